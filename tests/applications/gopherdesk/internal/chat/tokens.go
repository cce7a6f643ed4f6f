package chat

// window of each model in tokens, to cut long threads.
var window = map[string]int{
	"gpt-4":         8192,
	"gpt-4-32k":     32768,
	"gpt-4o":        128000,
	"gpt-3.5-turbo": 16385,
}

const encoding = "cl100k_base"
