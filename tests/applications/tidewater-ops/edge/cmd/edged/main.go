package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"example.com/tidewater/edge/internal/llm"
)

var (
	model  = flag.String("model", "deepseek-chat", "model that writes the summary")
	embed  = flag.String("embed-model", llm.DefaultEmbedder, "model for vectors")
	region = flag.String("region", "eu/north", "region of the piers")
)

func main() {
	var local string
	flag.StringVar(&local, "local-model", "gemma3:4b", "model of Ollama")
	flag.Parse()
	ctx := context.Background()
	text, err := llm.Summarise(ctx, *model, *region)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(text)
	_ = llm.Vectors(ctx, *embed, text)
	_ = llm.Offline(ctx, local, text)
}
