"""Models that PHP code uses: openai-php, Prism, LLPhant, Gemini, Neuron, and pipelines of Transformers PHP."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "php",
    "Models that PHP code uses: openai-php, Prism, LLPhant, Gemini, Neuron, and pipelines of Transformers PHP.",
    files=("*.php",),
)
