package llm

import (
	"context"
	"os"

	"github.com/openai/openai-go"
	"github.com/openai/openai-go/option"
	goopenai "github.com/sashabaranov/go-openai"
)

const deepSeekURL = "https://api.deepseek.com/v1"

// DefaultEmbedder is what the cloud side indexes with.
const DefaultEmbedder = "text-embedding-3-small"

func newClient() openai.Client {
	return openai.NewClient(
		option.WithBaseURL(deepSeekURL),
		option.WithAPIKey(os.Getenv("DEEPSEEK_API_KEY")),
	)
}

// Summarise asks the model to say what happened at the piers of a region.
func Summarise(ctx context.Context, model, region string) (string, error) {
	client := newClient()
	done, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(region)},
	})
	if err != nil {
		return "", err
	}
	return done.Choices[0].Message.Content, nil
}

// Vectors embeds a text.
func Vectors(ctx context.Context, model, text string) error {
	client := goopenai.NewClient(os.Getenv("OPENAI_API_KEY"))
	_, err := client.CreateEmbeddings(ctx, goopenai.EmbeddingRequest{
		Input: []string{text},
		Model: goopenai.EmbeddingModel(model),
	})
	return err
}

// Review is a second opinion, from the deployment of the port authority.
func Review(ctx context.Context, text string) (string, error) {
	config := goopenai.DefaultAzureConfig(os.Getenv("AZURE_OPENAI_KEY"), "https://port-authority.openai.azure.com/")
	config.AzureModelMapperFunc = func(string) string { return "port-gpt4o" }
	client := goopenai.NewClientWithConfig(config)
	answer, err := client.CreateChatCompletion(ctx, goopenai.ChatCompletionRequest{
		Model:    goopenai.GPT4o,
		Messages: []goopenai.ChatCompletionMessage{{Role: "user", Content: text}},
	})
	if err != nil {
		return "", err
	}
	return answer.Choices[0].Message.Content, nil
}
