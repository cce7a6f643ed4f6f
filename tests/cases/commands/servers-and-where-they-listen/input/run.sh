#!/bin/sh
vllm serve Qwen/Qwen3-8B --host 0.0.0.0 --port 8000 --api-key "$KEY"
vllm serve Qwen/Qwen3-4B --host=127.0.0.1
llama-server -hf ggml-org/gemma-3-1b-it-GGUF --host :: --api-key secret
text-generation-launcher --model-id HuggingFaceH4/zephyr-7b-beta --hostname 0.0.0.0
text-embeddings-router --model-id BAAI/bge-small-en-v1.5 --hostname "$HOST"
python -m sglang.launch_server --model-path Qwen/Qwen3-0.6B --host 0.0.0.0
