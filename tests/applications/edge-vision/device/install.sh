#!/usr/bin/env bash
set -euo pipefail
REPO=bartowski/SmolLM2-135M-Instruct-GGUF
FILE=SmolLM2-135M-Instruct-Q4_K_M.gguf
curl -fL "https://huggingface.co/$REPO/resolve/main/$FILE" -o "/opt/models/$FILE"
apt-get install -y libgl1 && pip install "onnxruntime==1.21.1"
