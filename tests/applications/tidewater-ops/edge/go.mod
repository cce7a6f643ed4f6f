module example.com/tidewater/edge

go 1.24

require (
	github.com/openai/openai-go v1.3.0
	github.com/ollama/ollama v0.7.1
	github.com/sashabaranov/go-openai v1.40.0
	github.com/spf13/cobra v1.9.1
	github.com/spf13/viper v1.20.1
	github.com/tmc/langchaingo v0.1.13
)
