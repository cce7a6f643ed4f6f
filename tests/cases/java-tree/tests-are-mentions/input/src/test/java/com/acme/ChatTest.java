package com.acme;

import dev.langchain4j.model.openai.OpenAiChatModel;

class ChatTest {
    Object chat = OpenAiChatModel.builder().modelName("gpt-4o").build();
}
