package chat

import "github.com/sashabaranov/go-openai"

var request = openai.ChatCompletionRequest{Model: openai.GPT4o}
