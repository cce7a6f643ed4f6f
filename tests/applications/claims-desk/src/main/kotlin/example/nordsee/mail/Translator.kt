package example.nordsee.mail

import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.chat.ChatMessage
import com.aallam.openai.api.chat.ChatRole
import com.aallam.openai.api.model.ModelId
import com.aallam.openai.client.OpenAI

class Translator(private val client: OpenAI, private val model: String = "gpt-4o-mini") {
    suspend fun translate(text: String, target: String = "de/DE"): String? {
        val request = ChatCompletionRequest(
            model = ModelId(model),
            messages = listOf(ChatMessage(role = ChatRole.User, content = "Translate to $target: $text")),
        )
        return client.chatCompletion(request).choices.first().message.content
    }
}
