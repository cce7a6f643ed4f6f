"""Repositories that huggingface_hub downloads, asks about, or runs on Hugging Face's servers."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "huggingface-hub", "Repositories that huggingface_hub downloads, asks about, or runs on Hugging Face's servers."
)
