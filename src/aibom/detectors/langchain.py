"""Models that LangChain's classes and functions name, for every provider."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("langchain", "Models that LangChain's classes and functions name, for every provider.")
