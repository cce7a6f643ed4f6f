package a

import (
	"context"
	"os"

	"github.com/openai/openai-go"
	"github.com/openai/openai-go/azure"
	"github.com/openai/openai-go/option"
	goopenai "github.com/sashabaranov/go-openai"
	"github.com/anthropics/anthropic-sdk-go"
)

type Service struct {
	client *goopenai.Client
	model  string
}

func envOr(key, fallback string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return fallback
}

// field client made in a constructor
func NewService() *Service {
	config := goopenai.DefaultConfig(os.Getenv("GROQ_API_KEY"))
	config.BaseURL = "https://api.groq.com/openai/v1"
	return &Service{client: goopenai.NewClientWithConfig(config), model: envOr("MODEL", "llama-3.1-8b-instant")}
}

func (s *Service) Ask(ctx context.Context, q string) {
	s.client.CreateChatCompletion(ctx, goopenai.ChatCompletionRequest{Model: s.model})
}

// request in a variable
func B(ctx context.Context) {
	client := openai.NewClient(option.WithBaseURL(envOr("BASE", "https://openrouter.ai/api/v1")))
	params := openai.ChatCompletionNewParams{
		Model: openai.ChatModel("mistralai/mistral-nemo"),
	}
	client.Chat.Completions.New(ctx, params)
}

// azure
func C(ctx context.Context) {
	client := openai.NewClient(azure.WithEndpoint(os.Getenv("AZURE_OPENAI_ENDPOINT"), "2024-06-01"), azure.WithAPIKey("x"))
	client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "dep-gpt4o"})
}

// local
func D(ctx context.Context) {
	client := openai.NewClient(option.WithBaseURL("http://localhost:11434/v1/"))
	client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "llama3.2"})
}

// config literal
func E(ctx context.Context) {
	client := goopenai.NewClientWithConfig(goopenai.ClientConfig{BaseURL: "https://api.mistral.ai/v1"})
	req := goopenai.ChatCompletionRequest{}
	req.Model = "open-mistral-nemo"
	client.CreateChatCompletion(ctx, req)
}

// plain
func F(ctx context.Context) {
	client := openai.NewClient()
	client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: openai.ChatModelGPT4o})
	c2 := anthropic.NewClient()
	c2.Messages.New(ctx, anthropic.MessageNewParams{Model: anthropic.ModelClaude3_7SonnetLatest})
}
