"""Weights that are fetched by their link."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "downloads",
    "Weights that are fetched by their link.",
    hints=[
        r"https?://[^\s\"']+\.(?:onnx|pth?|safetensors|gguf|ckpt|h5|tflite|caffemodel|t7|torchscript)\b",
        r"https?://(?:huggingface\.co|hf\.co)/",
        r"\bhf://",
        r"\bdef\s+\w*download\w*\(",  # The link may be put together in another file.
        r"https?://[^\s\"']+(?i:models?|weights|ckpts?|checkpoints?|pretrained|_infer)[^\s\"']*\.(?:zip|tar|tgz)\b",
    ],
)
