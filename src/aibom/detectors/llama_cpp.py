"""Models for llama.cpp, MLX, GPT4All and other runtimes on one's own machine."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "llama-cpp", "Models for llama.cpp, MLX, GPT4All and other runtimes on one's own machine."
)
