"""Embedding models and rerankers of sentence-transformers."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("sentence-transformers", "Embedding models and rerankers of sentence-transformers.")
