"""Gemini models, and those on Vertex AI."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("google", "Gemini models, and those on Vertex AI.")
