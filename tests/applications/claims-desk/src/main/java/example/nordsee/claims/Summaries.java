package example.nordsee.claims;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Optional;

class Summaries {
    private static final String MODEL = Optional.ofNullable(System.getenv("SUMMARY_MODEL")).orElse("gpt-4o-2024-11-20");

    private final OpenAIClient client = OpenAIOkHttpClient.fromEnv();

    String shorten(String text) {
        var params = ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage("In three sentences:\n" + text)
                .build();
        return client.chat().completions().create(params).choices().get(0).message().content().orElse("");
    }

    String title(String text) {
        var params = ChatCompletionCreateParams.builder()
                .model(ChatModel.GPT_4_1_NANO)
                .addUserMessage("A title:\n" + text)
                .build();
        return client.chat().completions().create(params).choices().get(0).message().content().orElse("");
    }
}
