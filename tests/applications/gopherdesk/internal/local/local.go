// Package local answers without a line to shore.
package local

import (
	"context"
	"io"

	"github.com/ollama/ollama/api"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/ollama"
)

const shipModel = "llama3.2:3b"

// Answer streams an answer to w.
func Answer(ctx context.Context, question string, w io.Writer) error {
	llm, err := ollama.New(ollama.WithModel(shipModel), ollama.WithServerURL("http://nav:11434"))
	if err != nil {
		return err
	}
	_, err = llms.GenerateFromSinglePrompt(ctx, llm, question, llms.WithStreamingFunc(func(_ context.Context, b []byte) error {
		_, err := w.Write(b)
		return err
	}))
	return err
}

// Vectors embeds on the ship's box.
func Vectors(ctx context.Context, text string) ([][]float32, error) {
	client, err := api.ClientFromEnvironment()
	if err != nil {
		return nil, err
	}
	resp, err := client.Embed(ctx, &api.EmbedRequest{Model: "all-minilm:33m", Input: text})
	if err != nil {
		return nil, err
	}
	return resp.Embeddings, nil
}
