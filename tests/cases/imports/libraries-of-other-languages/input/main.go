package main

import (
	"fmt"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	gpt "github.com/sashabaranov/go-openai"
	"github.com/openai/openai-gopher"
)

func main() { fmt.Println(openai.F, option.G, gpt.H) }
