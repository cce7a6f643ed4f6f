package main

import (
	"context"

	"example.com/w/internal/config"
	"github.com/anthropics/anthropic-sdk-go"
	"github.com/openai/openai-go"
	"github.com/openai/openai-go/option"
)

type server struct {
	cfg    *config.Config
	client openai.Client
}

func newServer(cfg *config.Config) *server {
	return &server{cfg: cfg, client: openai.NewClient(option.WithBaseURL(cfg.LLM.BaseURL))}
}

func (s *server) fast(ctx context.Context) {
	s.client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: s.cfg.LLM.Fast})
}

func main() {
	cfg, _ := config.Load("config.yaml")
	env := config.FromEnv()
	s := newServer(cfg)
	s.fast(context.Background())
	c := anthropic.NewClient()
	c.Messages.New(context.Background(), anthropic.MessageNewParams{Model: anthropic.Model(cfg.LLM.Model)})
	o := openai.NewClient()
	o.Embeddings.New(context.Background(), openai.EmbeddingNewParams{Model: env.Embedder})
	o.Chat.Completions.New(context.Background(), openai.ChatCompletionNewParams{Model: env.Judge})
}
