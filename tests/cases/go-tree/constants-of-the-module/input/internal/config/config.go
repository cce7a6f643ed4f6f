package config

import "os"

// Config is what the program needs to know.
type Config struct {
	ChatModel string `env:"CHAT_MODEL" envDefault:"gpt-4.1-mini"`
	Embedding string
}

const EmbeddingModel = "text-embedding-3-small"

func Load() *Config {
	model := os.Getenv("RERANK_MODEL")
	if model == "" {
		model = "gpt-4o"
	}
	return &Config{Embedding: model}
}
