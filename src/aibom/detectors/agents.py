"""Models that agent frameworks and prompting libraries name, for every provider."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "agents", "Models that agent frameworks and prompting libraries name, for every provider."
)
