package x;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.azure.ai.openai.OpenAIClientBuilder;
import org.springframework.ai.openai.*;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.beans.factory.annotation.Value;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;

class A {
    private final OpenAIClient client;
    @Value("${llm.base-url:https://api.together.xyz/v1}") private String base;

    A() {
        this.client = OpenAIOkHttpClient.builder().fromEnv().baseUrl("https://api.x.ai/v1").build();
    }

    void a() {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder().model("grok-2").build();
        client.chat().completions().create(params);
    }
    void b() {
        client.chat().completions().create(ChatCompletionCreateParams.builder().model("grok-2-mini").addUserMessage("x").build());
    }
    void c() {
        OpenAiChatModel m = OpenAiChatModel.builder().modelName("meta-llama/Llama-3-8b-chat-hf").baseUrl(base).build();
        var e = OpenAiEmbeddingModel.builder().modelName("text-embedding-3-small").build();
    }
    void d() {
        var api = OpenAiApi.builder().baseUrl("https://api.groq.com/openai").apiKey("x").build();
        var model = OpenAiChatModel2.x();
        var m2 = new org.springframework.ai.openai.OpenAiChatModel(api, OpenAiChatOptions.builder().model("gemma2-9b-it").build());
    }
    void e() {
        var c = new OpenAIClientBuilder().endpoint("https://x.openai.azure.com").buildClient();
        c.getChatCompletions("my-deployment", null);
    }
    void f() {
        var plain = OpenAIOkHttpClient.fromEnv();
        plain.chat().completions().create(ChatCompletionCreateParams.builder().model(ChatModel.GPT_4O).build());
    }
}
