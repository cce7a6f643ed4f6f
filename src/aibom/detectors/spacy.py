"""Pipelines of spaCy."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("spacy", "Pipelines of spaCy.")
