package example.nordpost.labels;

import java.util.Map;

public final class Printer {
    private static final String MODEL = "zebra/zd421";
    private static final Map<String, String> MEDIA = Map.of("a6", "labels/a6", "a5", "labels/a5");

    private final String modelName;

    public Printer(String modelName) {
        this.modelName = modelName == null ? MODEL : modelName;
    }

    public static Builder builder() {
        return new Builder();
    }

    public String medium(String size) {
        return MEDIA.getOrDefault(size, "labels/roll") + modelName;
    }

    public static final class Builder {
        private String model = "brother/ql820";

        public Builder model(String model) {
            this.model = model;
            return this;
        }

        public Printer build() {
            return new Printer(model);
        }
    }

    public static void main(String[] args) {
        Printer.builder().model("dymo/labelwriter-550").build().medium("a6");
    }
}
