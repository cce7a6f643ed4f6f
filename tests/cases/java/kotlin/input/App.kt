package com.acme

import ai.koog.agents.core.agent.AIAgent
import ai.koog.prompt.executor.clients.openai.OpenAIModels
import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.chat.chatCompletionRequest
import com.aallam.openai.api.model.ModelId
import dev.langchain4j.model.openai.OpenAiChatModel

const val DEFAULT = "gpt-4o-mini"

class Settings(val chat: String = System.getenv("CHAT_MODEL") ?: "gpt-4.1")

class App(private val settings: Settings = Settings()) {
    private val model by lazy { OpenAiChatModel.builder().modelName(settings.chat).build() }

    fun request(name: String = DEFAULT) = ChatCompletionRequest(model = ModelId(name), messages = listOf())

    fun dsl() = chatCompletionRequest {
        model = ModelId("gpt-4-turbo")
    }

    fun agent() = AIAgent(executor, llmModel = OpenAIModels.Chat.GPT4o)
}
