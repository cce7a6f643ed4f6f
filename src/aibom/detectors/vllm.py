"""Models that vLLM, SGLang and other servers of models load."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("vllm", "Models that vLLM, SGLang and other servers of models load.")
