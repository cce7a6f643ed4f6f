package com.acme;

public final class Models {
    public static final String CHAT = "gpt-4o-mini";

    public enum Tier {
        FAST("gpt-4.1-nano"),
        BEST("gpt-4.1");

        private final String id;

        Tier(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }
}
