"""Models of PyTorch Hub, and models and datasets of torchvision and torchaudio."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "torch-hub", "Models of PyTorch Hub, and models and datasets of torchvision and torchaudio."
)
