"""Models that Haystack's components name, for every provider."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("haystack", "Models that Haystack's components name, for every provider.")
