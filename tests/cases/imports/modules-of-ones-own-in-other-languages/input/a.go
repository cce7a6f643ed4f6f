package a

import "example.com/openai/openai-go"
