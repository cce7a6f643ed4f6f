package com.acme

import com.acme.Models.CHAT
import dev.langchain4j.model.openai.OpenAiChatModel

fun other() = OpenAiChatModel.builder().modelName(CHAT).build()
