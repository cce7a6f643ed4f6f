package llm

import (
	"acme.example/rag/internal/config"
	openai "github.com/sashabaranov/go-openai"
)

type Client struct {
	model string
	cfg   *config.Config
}

func New(model string) *Client { return &Client{model: model, cfg: config.Load()} }

func (c *Client) Chat() openai.ChatCompletionRequest {
	return openai.ChatCompletionRequest{Model: c.model}
}

func (c *Client) Other(tier string) openai.ChatCompletionRequest {
	return openai.ChatCompletionRequest{Model: pick(tier)}
}

func (c *Client) Configured() openai.ChatCompletionRequest {
	return openai.ChatCompletionRequest{Model: c.cfg.Embedding}
}

func embed() openai.EmbeddingRequest {
	return openai.EmbeddingRequest{Model: config.EmbeddingModel}
}
