"""Models behind the clients of Groq, Cohere, Mistral, Together, Replicate and other providers."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "providers", "Models behind the clients of Groq, Cohere, Mistral, Together, Replicate and other providers."
)
