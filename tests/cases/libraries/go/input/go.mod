module example.com/acme

go 1.25

require (
	github.com/sashabaranov/go-openai v1.41.2
	github.com/openai/openai-go/v3 v3.8.1 // indirect
	github.com/tmc/langchaingo v0.1.14
	github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai v0.9.0
	github.com/pkg/errors v0.9.1
	github.com/qdrant/go-client
)

require github.com/ollama/ollama v0.12.10

replace github.com/tmc/langchaingo => ../langchaingo

replace github.com/ollama/ollama v0.12.10 => github.com/jmorganca/ollama v0.12.11

exclude github.com/anthropics/anthropic-sdk-go v1.0.0
