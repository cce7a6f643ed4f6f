"""Models that Ollama serves."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("ollama", "Models that Ollama serves.")
