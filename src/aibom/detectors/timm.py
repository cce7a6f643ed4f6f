"""Vision models of timm and OpenCLIP."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("timm", "Vision models of timm and OpenCLIP.")
