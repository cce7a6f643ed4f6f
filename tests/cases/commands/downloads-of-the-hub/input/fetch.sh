#!/usr/bin/env bash
set -euo pipefail
REVISION=0123456789abcdef0123456789abcdef01234567
hf download BAAI/bge-m3 --revision "$REVISION" --include "*.safetensors"
huggingface-cli download stanfordnlp/imdb --repo-type dataset --revision=main
hf download --quiet --repo-type=space gradio/hello_world
hf download openai-community/gpt2 config.json tokenizer.json --local-dir "$HOME/models"
hf upload acme-labs/our-finetune ./out
git clone --depth 1 https://huggingface.co/datasets/rajpurkar/squad
GIT_LFS_SKIP_SMUDGE=1 git lfs clone https://huggingface.co/intfloat/e5-small "$DIR"
git submodule add https://huggingface.co/thenlper/gte-small third_party/gte
git clone https://github.com/huggingface/transformers.git
wget -qO m.gguf "https://huggingface.co/TheBloke/Mistral-7B-v0.1-GGUF/resolve/main/mistral-7b-v0.1.Q4_K_M.gguf"
curl -fL https://huggingface.co/datasets/nyu-mll/glue/resolve/refs%2Fconvert%2Fparquet/a.parquet -o a
aria2c -x 8 https://dl.acme.dev/u2net.onnx
curl https://huggingface.co/docs/hub/index
