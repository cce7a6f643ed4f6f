package main

import "acme.example/rag/internal/llm"

func main() {
	llm.New("o3-mini").Chat()
}
