import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.model.ModelId
import com.github.ajalt.clikt.core.CliktCommand
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.option

class Ask : CliktCommand() {
    private val model by option("--model", "-m", help = "which model").default("gpt-4o-mini")
    private val folder by option("--folder").default("notes/all")

    override fun run() {
        send(ChatCompletionRequest(model = ModelId(model), messages = listOf()))
    }
}
