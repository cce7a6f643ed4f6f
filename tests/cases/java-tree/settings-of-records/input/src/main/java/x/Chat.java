package x;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class Chat {
    private static final String FALLBACK = "gpt-4o";
    private final Props props;

    @ConfigProperty(name = "judge.model", defaultValue = "o3-mini")
    String judge;

    Chat(Props props) {
        this.props = props;
    }

    @Bean
    ChatModel main() {
        return OpenAiChatModel.builder().baseUrl(props.baseUrl()).modelName(props.model()).build();
    }

    @Bean
    ChatModel judge() {
        return OpenAiChatModel.builder().modelName(judge).build();
    }

    @Bean
    ChatModel local() {
        return OllamaChatModel.builder().baseUrl("http://localhost:11434").modelName("mistral-nemo").build();
    }

    @Bean
    ChatModel mistral() {
        return MistralAiChatModel.builder().modelName("mistral-small-2503").build();
    }

    String azure(OpenAIClient client) {
        return client.getChatCompletions(props.azure().deployment(), null).toString();
    }

    String second(String text) {
        var model = System.getenv().getOrDefault("SECOND_MODEL", FALLBACK);
        var client = OpenAIOkHttpClient.fromEnv();
        var params = ChatCompletionCreateParams.builder().model(model).addUserMessage(text).build();
        return client.chat().completions().create(params).toString();
    }
}
