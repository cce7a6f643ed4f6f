package com.acme;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;

class AiConfig {
    @Value("${acme.ai.chat-model:gpt-4o}")
    private String chatModel;

    private final AiProperties properties;

    AiConfig(AiProperties properties) {
        this.properties = properties;
    }

    Object chat() {
        return OpenAiChatModel.builder().modelName(chatModel).build();
    }

    Object rerank() {
        return OpenAiChatModel.builder().modelName(properties.getRerankModel()).build();
    }

    Object embedding(Environment environment) {
        String name = environment.getProperty("acme.ai.embedding", "text-embedding-ada-002");
        return OpenAiEmbeddingModel.builder().modelName(name).build();
    }
}
