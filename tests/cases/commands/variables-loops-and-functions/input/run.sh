#!/bin/bash
source ./settings.sh
MODEL=${1:-Qwen/Qwen2.5-7B-Instruct}
: "${EMBEDDER:=BAAI/bge-small-en-v1.5}"
ENCODERS=(
  intfloat/e5-base   # the first
  "thenlper/gte-base"
)
for encoder in "${ENCODERS[@]}"; do
  hf download "$encoder"
done
for size in tiny small; do hf download openai/whisper-$size; done
fetch() {
  local repo="$1" rev=$2
  hf download "$repo" --revision "$rev"
}
fetch google/gemma-2b main
fetch google/flan-t5-base v2
if [[ -n "${BIG:-}" ]]; then
  MODEL=Qwen/Qwen2.5-72B-Instruct
fi
ARGS="--model-id $RERANKER --port 80"
text-embeddings-router $ARGS
vllm serve "$MODEL"
hf download "$EMBEDDER"
hf download "$UNKNOWN"
hf download "$OWNER/name"
case "$2" in
  small) hf download HuggingFaceTB/SmolLM2-135M ;;
  *) echo none ;;
esac
docker build . || hf download facebook/opt-125m
