package main

import (
	"context"
	"os"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/ollama/ollama/api"
	"github.com/openai/openai-go/v2"
	gpt "github.com/sashabaranov/go-openai"
	"github.com/tmc/langchaingo/llms/ollama"
	"google.golang.org/genai"
)

func main() {
	ctx := context.Background()
	client := gpt.NewClient(os.Getenv("OPENAI_API_KEY"))
	resp, err := client.CreateChatCompletion(ctx, gpt.ChatCompletionRequest{
		Model:    gpt.GPT4oMini,
		Messages: []gpt.ChatCompletionMessage{{Role: "user", Content: "hi"}},
	})
	_ = openai.ChatCompletionNewParams{Model: openai.ChatModelGPT4_1}
	_ = openai.EmbeddingNewParams{Model: openai.EmbeddingModel("text-embedding-3-large")}
	_ = anthropic.MessageNewParams{Model: anthropic.ModelClaude3_7SonnetLatest, MaxTokens: 1024}
	_ = &api.ChatRequest{Model: "llama3.2:3b"}
	llm, err := ollama.New(ollama.WithModel("mistral"))
	google, err := genai.NewClient(ctx, nil)
	google.Models.GenerateContent(ctx, "gemini-2.0-flash", nil, nil)
	_, _, _ = resp, err, llm
}
