"""Models that Go code uses: the providers' clients, langchaingo, Genkit, Eino, Ollama, ONNX Runtime."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "go",
    "Models that Go code uses: the providers' clients, langchaingo, Genkit, Eino, Ollama, ONNX Runtime.",
)
