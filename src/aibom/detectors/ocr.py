"""Models of libraries that read text in images."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("ocr", "Models of libraries that read text in images.")
