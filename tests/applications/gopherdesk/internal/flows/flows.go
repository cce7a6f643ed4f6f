package flows

import (
	"context"

	"github.com/firebase/genkit/go/ai"
	"github.com/firebase/genkit/go/genkit"
	"github.com/firebase/genkit/go/plugins/googlegenai"
)

// Menu plans a week of meals for the galley.
func Menu(ctx context.Context, stores string) (string, error) {
	g, err := genkit.Init(ctx,
		genkit.WithPlugins(&googlegenai.GoogleAI{}),
		genkit.WithDefaultModel("googleai/gemini-2.5-flash-preview-04-17"),
	)
	if err != nil {
		return "", err
	}
	resp, err := genkit.Generate(ctx, g, ai.WithPrompt("Plan meals from: %s", stores))
	if err != nil {
		return "", err
	}
	return resp.Text(), nil
}
