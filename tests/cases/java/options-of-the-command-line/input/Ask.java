import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(name = "ask")
class Ask implements Runnable {
    @Option(names = {"-m", "--model"}, defaultValue = "gpt-4o-mini")
    private String model;

    @Option(names = "--folder", defaultValue = "notes/all")
    private String folder;

    @CommandLine.Option(names = "--judge")
    private String judge = "gpt-4.1-nano";

    public void run() {
        var client = OpenAIOkHttpClient.fromEnv();
        client.chat().completions().create(ChatCompletionCreateParams.builder().model(model).build());
        client.chat().completions().create(ChatCompletionCreateParams.builder().model(judge).build());
    }
}
