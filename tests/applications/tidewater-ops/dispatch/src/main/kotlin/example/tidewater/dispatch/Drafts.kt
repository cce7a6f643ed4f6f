package example.tidewater.dispatch

import com.openai.client.OpenAIClient
import com.openai.client.okhttp.OpenAIOkHttpClient
import com.openai.models.chat.completions.ChatCompletionCreateParams
import dev.langchain4j.model.openai.OpenAiChatModel
import dev.langchain4j.service.AiServices
import dev.langchain4j.service.SystemMessage

private const val GROQ = "https://api.groq.com/openai/v1"
const val DRAFT_MODEL = "llama-3.3-70b-versatile"

interface Clerk {
    @SystemMessage("You write short letters to customers.")
    fun write(facts: String): String
}

object Drafts {
    private val fast: OpenAIClient = OpenAIOkHttpClient.builder()
        .apiKey(System.getenv("GROQ_API_KEY"))
        .baseUrl(GROQ)
        .build()

    fun draft(text: String): String {
        val params = ChatCompletionCreateParams.builder()
            .model(DRAFT_MODEL)
            .addUserMessage(text)
            .build()
        return fast.chat().completions().create(params).choices()[0].message().content().orElse("")
    }

    fun clerk(depots: RouteTools): Clerk {
        val router = OpenAiChatModel.builder()
            .baseUrl("https://openrouter.ai/api/v1")
            .apiKey(System.getenv("OPENROUTER_API_KEY"))
            .modelName(System.getenv("CLERK_MODEL") ?: "qwen/qwen3-235b-a22b")
            .build()
        return AiServices.builder(Clerk::class.java)
            .chatModel(router)
            .tools(depots)
            .build()
    }
}
