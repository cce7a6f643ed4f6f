package com.acme;

import com.acme.openai.models.Params;
import org.apache.commons.lang3.StringUtils;

/** Serves application/json; the image is registry.example/acme/server. */
class Server {
    static final String TYPE = "application/json";
    static final String IMAGE = "acme/model-server:1.2";
    static final String MODEL = "model";

    Object make(Params params) {
        return new Car.Builder().model("Beetle").modelName("org/name").build();
    }

    void log() {
        LOGGER.info("loaded model acme/small in {} ms", 3);
    }
}
