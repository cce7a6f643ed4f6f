package com.acme;

import static com.acme.config.Names.EMBEDDING;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;

class Chat {
    Object chat() {
        return OpenAiChatModel.builder().modelName(Models.CHAT).build();
    }

    Object of(String model) {
        return OpenAiChatModel.builder().modelName(model).build();
    }

    Object fast() {
        return of(Models.Tier.FAST.id());
    }

    Object embedding() {
        return OpenAiEmbeddingModel.builder().modelName(EMBEDDING).build();
    }
}
