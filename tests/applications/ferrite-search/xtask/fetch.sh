#!/usr/bin/env bash
set -euo pipefail

MODEL="${FERRITE_ENCODER:-thenlper/gte-small}"
DATA=mteb/scifact
MIRROR=https://huggingface.co

hf download "$MODEL" --local-dir "models/${MODEL##*/}"
hf download --repo-type dataset "$DATA"
curl -fsSL "$MIRROR/onnx-community/language_detection-ONNX/resolve/main/onnx/model_int8.onnx" -o models/lang.onnx
cargo install cargo-nextest --locked
docker pull rust:1.86-slim
