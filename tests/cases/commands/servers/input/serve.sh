vllm serve Qwen/Qwen3-8B --port 8000 --trust-remote-code --quantization awq
CUDA_VISIBLE_DEVICES=0 python -m vllm.entrypoints.openai.api_server --model=mistralai/Mistral-7B-v0.3 --revision v1
text-generation-launcher --model-id tiiuae/falcon-7b --num-shard 2
text-embeddings-router --model-id BAAI/bge-large-en-v1.5
llama-server -hf ggml-org/gemma-3-4b-it-GGUF:Q4_K_M -c 8192 --jinja
llama-cli -m models/phi-2.Q4_K_M.gguf -p "hello"
llama-cli -m /opt/models/other.gguf
python -m sglang.launch_server --model-path deepseek-ai/DeepSeek-R1-Distill-Qwen-7B --tp 2
lmdeploy serve api_server internlm/internlm3-8b-instruct --server-port 23333
vllm serve meta-llama/Llama-3.2-1B --lora-modules sql=yard1/llama-2-7b-sql-lora-test
ollama serve &
ollama pull llama3.2:3b && ollama run hf.co/bartowski/Qwen2.5-7B-Instruct-GGUF:Q8_0
lms get qwen2.5-7b-instruct@q4_k_m
docker model pull ai/smollm2:360M-Q4_K_M
mlx_lm.generate --model mlx-community/Llama-3.2-3B-Instruct-4bit --prompt hi
mlflow models serve -m models:/ranker/3 -p 5000
nohup python -m llama_cpp.server --model models/x.gguf &
