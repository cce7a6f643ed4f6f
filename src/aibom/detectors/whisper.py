"""Whisper models, in any of its implementations."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("whisper", "Whisper models, in any of its implementations.")
