"""Models that transformers, peft and optimum load by name."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("transformers", "Models that transformers, peft and optimum load by name.")
