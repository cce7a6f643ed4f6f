package report

import (
	"context"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/tmc/langchaingo/llms/googleai"
	"github.com/tmc/langchaingo/llms/mistral"

	"github.com/tidewater/gopherdesk/internal/config"
)

// Weekly writes the report that goes to the office.
func Weekly(ctx context.Context, notes string) (string, error) {
	client := anthropic.NewClient()
	msg, err := client.Messages.New(ctx, anthropic.MessageNewParams{
		Model:     anthropic.Model(config.Summarizer()),
		MaxTokens: 4096,
		Messages:  []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock(notes))},
	})
	if err != nil {
		return "", err
	}
	return msg.Content[0].Text, nil
}

// Crew translates it for the crew.
func Crew(ctx context.Context) (*mistral.Model, error) {
	return mistral.New(mistral.WithModel(config.Translator()))
}

// Charts reads the weather charts.
func Charts(ctx context.Context) (*googleai.GoogleAI, error) {
	return googleai.New(ctx, googleai.WithDefaultModel("gemini-2.0-flash"), googleai.WithDefaultEmbeddingModel("text-embedding-004"))
}
