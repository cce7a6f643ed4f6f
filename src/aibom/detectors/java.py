"""Models that Java and Kotlin code uses: Spring AI, LangChain4j, DJL, Koog, and the providers' own clients."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "java",
    "Models that Java and Kotlin code uses: Spring AI, LangChain4j, DJL, Koog, and the providers' own clients.",
)
