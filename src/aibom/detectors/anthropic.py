"""Claude models behind the Anthropic API, Amazon Bedrock and Vertex AI."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("anthropic", "Claude models behind the Anthropic API, Amazon Bedrock and Vertex AI.")
