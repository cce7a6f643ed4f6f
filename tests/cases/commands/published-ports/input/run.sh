OLLAMA_HOST=0.0.0.0 ollama serve
docker run -d -p 8001:8000 vllm/vllm-openai:v0.6.3 --model Qwen/Qwen3-4B
docker run -d -p 127.0.0.1:8002:8000 vllm/vllm-openai:v0.6.4 --model Qwen/Qwen3-4B
vllm serve Qwen/Qwen3-32B --host 0.0.0.0
