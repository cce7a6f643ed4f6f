"""Models that LlamaIndex's classes name, for every provider."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("llama-index", "Models that LlamaIndex's classes name, for every provider.")
