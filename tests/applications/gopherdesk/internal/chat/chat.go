package chat

import (
	"context"

	openai "github.com/sashabaranov/go-openai"

	"github.com/tidewater/gopherdesk/internal/config"
)

// Client asks OpenAI.
type Client struct {
	api   *openai.Client
	model string
}

// New returns a client for a model.
func New(key, model string) *Client {
	return &Client{api: openai.NewClient(key), model: model}
}

// Ask returns the answer to a question.
func (c *Client) Ask(ctx context.Context, question string) (string, error) {
	resp, err := c.api.CreateChatCompletion(ctx, openai.ChatCompletionRequest{
		Model: c.model,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleUser, Content: question},
		},
	})
	if err != nil {
		return "", err
	}
	return resp.Choices[0].Message.Content, nil
}

// See describes a screenshot.
func (c *Client) See(ctx context.Context, model, url string) (string, error) {
	resp, err := c.api.CreateChatCompletion(ctx, openai.ChatCompletionRequest{
		Model:    model,
		Messages: []openai.ChatCompletionMessage{{Role: "user", Content: url}},
	})
	if err != nil {
		return "", err
	}
	return resp.Choices[0].Message.Content, nil
}

// Embed returns a vector per text.
func (c *Client) Embed(ctx context.Context, texts []string) (openai.EmbeddingResponse, error) {
	return c.api.CreateEmbeddings(ctx, openai.EmbeddingRequest{
		Input: texts,
		Model: openai.EmbeddingModel(config.Embeddings),
	})
}

// Listen writes down a voice message.
func (c *Client) Listen(ctx context.Context, path string) (openai.AudioResponse, error) {
	return c.api.CreateTranscription(ctx, openai.AudioRequest{Model: openai.Whisper1, FilePath: path})
}

// Moderate is true when a message must not be passed on.
func (c *Client) Moderate(ctx context.Context, text string) (bool, error) {
	resp, err := c.api.Moderations(ctx, openai.ModerationRequest{Input: text, Model: "omni-moderation-latest"})
	if err != nil {
		return false, err
	}
	return resp.Results[0].Flagged, nil
}
