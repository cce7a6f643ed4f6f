#!/usr/bin/env bash
MIRROR=https://huggingface.co
REPO=thenlper/gte-small
curl -fsSL "$MIRROR/onnx-community/language_detection-ONNX/resolve/main/onnx/model_int8.onnx" -o lang.onnx
curl -fsSL "$MIRROR/$REPO/resolve/main/model.safetensors" -o gte.safetensors
