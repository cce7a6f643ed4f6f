"""Models that are called through LiteLLM, whose names begin with their provider."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "litellm", "Models that are called through LiteLLM, whose names begin with their provider."
)
