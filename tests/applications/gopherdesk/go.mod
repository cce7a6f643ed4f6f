module github.com/tidewater/gopherdesk

go 1.23

require (
	github.com/sashabaranov/go-openai v1.38.1
	github.com/tmc/langchaingo v0.1.13
	github.com/ollama/ollama v0.6.5
	github.com/anthropics/anthropic-sdk-go v1.2.0
	github.com/firebase/genkit/go v0.5.2
	github.com/spf13/cobra v1.8.1
	github.com/go-chi/chi/v5 v5.1.0
	gopkg.in/yaml.v3 v3.0.1
)
