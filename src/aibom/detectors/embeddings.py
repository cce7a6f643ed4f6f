"""Models of libraries that embed, rank, classify and tag text."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("embeddings", "Models of libraries that embed, rank, classify and tag text.")
