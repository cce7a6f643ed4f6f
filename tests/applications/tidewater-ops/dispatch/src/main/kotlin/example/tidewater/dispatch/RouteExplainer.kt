package example.tidewater.dispatch

import org.springframework.ai.chat.client.ChatClient
import org.springframework.ai.openai.OpenAiChatOptions
import org.springframework.beans.factory.annotation.Value
import org.springframework.core.io.Resource
import org.springframework.stereotype.Service

@Service
class RouteExplainer(
    builder: ChatClient.Builder,
    private val tools: RouteTools,
    @Value("classpath:/prompts/route.st") private val prompt: Resource,
    @Value("\${tidewater.explain.model:gpt-4o-2024-11-20}") private val explainModel: String,
) {
    private val client: ChatClient = builder
        .defaultSystem(prompt)
        .defaultTools(tools)
        .build()

    fun explain(route: String): String? =
        client.prompt()
            .user(route)
            .options(OpenAiChatOptions.builder().model(explainModel).build())
            .call()
            .content()
}
