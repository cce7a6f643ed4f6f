docker run --gpus all -p 8080:80 -v "$PWD/data:/data" -e HF_TOKEN="$HF_TOKEN" ghcr.io/huggingface/text-generation-inference:2.4.0 --model-id HuggingFaceH4/zephyr-7b-beta
docker run -d --name v --ipc=host vllm/vllm-openai:v0.6.3 --model Qwen/Qwen2.5-1.5B-Instruct --revision main
docker run -it --rm -e EMBEDDING_MODEL=BAAI/bge-m3 acme/server-7b:latest python app.py
docker exec -it ollama ollama pull gemma2:2b
docker run --rm --entrypoint hf python-hub:1 download google/siglip-base-patch16-224
docker pull qdrant/qdrant:v1.12.0
docker run nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3
docker run postgres:16
