package example

import ai.koog.agents.core.agent.AIAgent
import ai.koog.agents.core.tools.annotations.Tool
import ai.koog.prompt.executor.clients.openai.OpenAIModels
import ai.koog.prompt.executor.llms.all.simpleOpenAIExecutor
import org.springframework.ai.chat.client.ChatClient

class Clock {
    @Tool
    fun now(): String = "12:00"
}

suspend fun main() {
    val agent = AIAgent(
        executor = simpleOpenAIExecutor(System.getenv("OPENAI_API_KEY")),
        systemPrompt = "You tell the time.",
        llmModel = OpenAIModels.Chat.GPT4o,
    )
    println(agent.run("What time is it?"))
}

class Desk(builder: ChatClient.Builder) {
    private val client = builder.build()
}
