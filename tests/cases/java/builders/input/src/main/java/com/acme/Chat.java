package com.acme;

import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Model;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

class Chat {
    ChatCompletionCreateParams openai() {
        return ChatCompletionCreateParams.builder().addUserMessage("Hello").model(ChatModel.GPT_4O_MINI).build();
    }

    MessageCreateParams anthropic() {
        return MessageCreateParams.builder()
                .maxTokens(1024L)
                .model(Model.CLAUDE_3_5_HAIKU_LATEST)
                .build();
    }

    Object langchain() {
        var chat = OllamaChatModel.builder().baseUrl("http://localhost:11434").modelName("llama3.2").build();
        var azure = AzureOpenAiChatModel.builder().deploymentName("gpt-4o-prod").build();
        var builder = OpenAiEmbeddingModel.builder();
        builder.modelName("text-embedding-3-small");
        return builder.build();
    }

    Object spring() {
        return OpenAiChatOptions.builder().model("gpt-4.1").temperature(0.2).build();
    }

    Object bedrock() {
        return ConverseRequest.builder().modelId("anthropic.claude-3-haiku-20240307-v1:0").build();
    }
}
