package example.nordsee.claims;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/claims/v1")
public class ClaimsController {
    private final ChatClient chat;

    public ClaimsController(ChatClient.Builder builder) {
        this.chat = builder.defaultOptions(OpenAiChatOptions.builder().model("gpt-4o").temperature(0.0).build()).build();
    }

    @PostMapping(path = "/ask", produces = "text/plain", consumes = MediaType.APPLICATION_JSON_VALUE)
    public String ask(@RequestBody String question) {
        return chat.prompt().user(question).call().content();
    }

    @GetMapping("/models/{name}")
    public String vehicle(@PathVariable String name) {
        return switch (name) {
            case "gemini" -> "Brunel Motors/Gemini 2.0";
            case "phi" -> "Renault/Phi-3";
            default -> "unknown/unknown";
        };
    }
}
