"""Models of libraries that recognise, separate and synthesise speech."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("speech", "Models of libraries that recognise, separate and synthesise speech.")
