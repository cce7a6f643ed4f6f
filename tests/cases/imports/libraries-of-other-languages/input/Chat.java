package example;

import dev.langchain4j.model.openai.OpenAiChatModel;
import com.anthropic.client.*;
import static ai.djl.Application.NLP;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

class Chat {}
