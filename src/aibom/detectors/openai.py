"""Models behind the OpenAI API, and those of other providers reached with the same client."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "openai", "Models behind the OpenAI API, and those of other providers reached with the same client."
)
