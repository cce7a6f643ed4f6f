package com.acme;

import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties(prefix = "acme.ai")
public class AiProperties {
    private String rerankModel = "gpt-3.5-turbo";

    public String getRerankModel() {
        return rerankModel;
    }
}
