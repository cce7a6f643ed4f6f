package example;

import com.google.adk.agents.LlmAgent;
import com.google.adk.tools.FunctionTool;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.spring.AiService;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

class Calculator {
    @Tool("Adds two numbers")
    int add(int a, int b) {
        return a + b;
    }

    @Tool(name = "times")
    int multiply(int a, int b) {
        return a * b;
    }

    int plain(int a) {
        return a;
    }
}

interface Clerk {
    String answer(String question);
}

@AiService
interface Greeter {
    String greet(String name);
}

class Assistants {
    Clerk clerk() {
        var model = OpenAiChatModel.builder().modelName("gpt-4o-mini").build();
        return AiServices.builder(Clerk.class).chatModel(model).tools(new Calculator()).build();
    }

    Clerk simple(OpenAiChatModel model) {
        return AiServices.create(Clerk.class, model);
    }

    LlmAgent weather() {
        return LlmAgent.builder()
            .name("weather")
            .model("gemini-2.0-flash")
            .instruction("Say what the weather is.")
            .tools(FunctionTool.create(Calculator.class, "add"))
            .build();
    }

    Object servers() {
        var stdio = new StdioMcpTransport.Builder()
            .command(List.of("npx", "-y", "@modelcontextprotocol/server-everything@2025.1.14"))
            .build();
        var other = new StdioClientTransport(ServerParameters.builder("uvx").args("mcp-server-time==0.6.2").build());
        return List.of(stdio, other);
    }
}

class Support {
    private final ChatClient chatClient;

    Support(ChatClient.Builder builder) {
        this.chatClient = builder.defaultSystem("You help.").defaultTools(new Calculator()).build();
    }
}

class Plain {
    private final ChatClient chatClient;

    Plain(ChatModel model) {
        this.chatClient = ChatClient.create(model);
    }

    Object notAnAgent(HttpClient.Builder builder) {
        return builder.version(2).build();
    }
}
