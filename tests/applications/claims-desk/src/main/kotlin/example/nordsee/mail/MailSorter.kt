package example.nordsee.mail

import dev.langchain4j.model.embedding.EmbeddingModel
import dev.langchain4j.model.ollama.OllamaChatModel
import dev.langchain4j.model.ollama.OllamaEmbeddingModel

private const val SORTER = "qwen2.5:7b"

data class SorterConfig(
    val baseUrl: String = "http://gpu-1:11434",
    val chatModel: String = SORTER,
    val embeddingModel: String = System.getenv("MAIL_EMBEDDER") ?: "mxbai-embed-large",
    val folder: String = "inbox/unsorted",
)

class MailSorter(private val config: SorterConfig = SorterConfig()) {
    private val chat = OllamaChatModel.builder().baseUrl(config.baseUrl).modelName(config.chatModel).build()
    private val vectors: EmbeddingModel =
        OllamaEmbeddingModel.builder().baseUrl(config.baseUrl).modelName(config.embeddingModel).build()

    fun folderOf(mail: String): String = chat.chat("Which folder? claims/new, claims/open or spam.\n$mail")
}
