package x
import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.model.ModelId
import com.aallam.openai.client.OpenAI
import com.aallam.openai.client.OpenAIHost
import com.aallam.openai.client.OpenAIConfig

suspend fun a() {
    val ai = OpenAI(OpenAIConfig(token = "x", host = OpenAIHost(baseUrl = "https://api.groq.com/openai/v1/")))
    ai.chatCompletion(ChatCompletionRequest(model = ModelId("llama3-70b-8192"), messages = listOf()))
}
suspend fun b() {
    val ai = OpenAI(token = "x", host = OpenAIHost("https://openrouter.ai/api/v1/"))
    val request = ChatCompletionRequest(model = ModelId("google/gemini-flash-1.5"), messages = listOf())
    ai.chatCompletion(request)
}
suspend fun c() {
    val ai = OpenAI("x")
    ai.chatCompletion(ChatCompletionRequest(model = ModelId("gpt-4o"), messages = listOf()))
}
