#!/usr/bin/env bash
set -euo pipefail
# gcloud ai model-garden models deploy --model=google/gemma2@gemma-2-2b-it --region=europe-west4
MODEL=${1:-google/gemma3@gemma-3-12b-it}
gcloud ai model-garden models deploy \
  --model="$MODEL" \
  --region=europe-west4 --accept-eula
gcloud ai models upload --display-name=quarry/ore --artifact-uri=gs://quarry-models/ore --region=europe-west4
gcloud run deploy chat --image=ollama/ollama:0.6.5 --set-env-vars=OLLAMA_MODEL=granite3.3:8b --gpu=1
