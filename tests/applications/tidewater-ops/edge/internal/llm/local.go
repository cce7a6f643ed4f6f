package llm

import (
	"context"

	"github.com/ollama/ollama/api"
	"github.com/spf13/viper"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/ollama"
	lcopenai "github.com/tmc/langchaingo/llms/openai"
)

func init() {
	viper.SetDefault("guard.model", "llama-guard3:1b")
	viper.SetDefault("guard.level", "strict/high")
}

// Offline answers without the net.
func Offline(ctx context.Context, model, text string) error {
	client, err := api.ClientFromEnvironment()
	if err != nil {
		return err
	}
	return client.Generate(ctx, &api.GenerateRequest{Model: model, Prompt: text}, func(api.GenerateResponse) error { return nil })
}

// Guard says whether a text may be sent.
func Guard(ctx context.Context, text string) (string, error) {
	model, err := ollama.New(ollama.WithModel(viper.GetString("guard.model")))
	if err != nil {
		return "", err
	}
	return llms.GenerateFromSinglePrompt(ctx, model, text)
}

// Shared asks the model server of the port.
func Shared(ctx context.Context, text string) (string, error) {
	model, err := lcopenai.New(
		lcopenai.WithBaseURL("http://vllm.port.internal:8000/v1"),
		lcopenai.WithToken("none"),
		lcopenai.WithModel("Qwen/Qwen2.5-14B-Instruct-AWQ"),
	)
	if err != nil {
		return "", err
	}
	return llms.GenerateFromSinglePrompt(ctx, model, text)
}
