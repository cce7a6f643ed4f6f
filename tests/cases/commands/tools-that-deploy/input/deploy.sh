gcloud run deploy chat --image=ollama/ollama:0.6.5 --set-env-vars=OLLAMA_MODEL=granite3.3:8b,MODE=acme/mode --gpu=1
gcloud run deploy web --image acme/web --set-env-vars "EMBEDDING_MODEL=acme/embedding"
az containerapp create -n x --image ghcr.io/huggingface/text-embeddings-inference:cpu-1.7 --env-vars MODEL_ID=acme/tei PORT=80
kubectl run vllm --image=vllm/vllm-openai:v0.8.5 --env="HF_MODEL_ID=acme/kubectl"
kubectl set env deployment/x LLM_MODEL=gpt-4o-mini
helm upgrade --install embed ./charts/embed --set model.id=acme/helm-set,image.tag=1 --set-string rerank.model=acme/helm-string
heroku config:set OPENAI_MODEL=gpt-4.1-mini COLOUR=acme/red
docker mcp gateway run --servers=fetch,time --port 80
docker mcp server enable postgres
