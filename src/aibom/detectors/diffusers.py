"""Image, audio and video models that diffusers loads."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("diffusers", "Image, audio and video models that diffusers loads.")
