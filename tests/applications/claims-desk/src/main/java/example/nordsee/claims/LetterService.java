package example.nordsee.claims;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import org.springframework.stereotype.Service;

@Service
public class LetterService {
    private final ChatModel writer;
    private final ChatModel triage;

    public LetterService() {
        this.writer = AnthropicChatModel.builder()
                .apiKey(System.getenv("ANTHROPIC_API_KEY"))
                .modelName(Models.LETTERS)
                .maxTokens(2000)
                .build();
        this.triage = AnthropicChatModel.builder()
                .apiKey(System.getenv("ANTHROPIC_API_KEY"))
                .modelName(Models.TRIAGE)
                .build();
    }

    public String letter(String facts) {
        return writer.chat("Write the customer a letter. Facts:\n" + facts);
    }

    public boolean urgent(String facts) {
        return triage.chat("Answer yes or no: is this urgent?\n" + facts).startsWith("yes");
    }
}
