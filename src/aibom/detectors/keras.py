"""Models and datasets of Keras and TensorFlow, and of TensorFlow Hub."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("keras", "Models and datasets of Keras and TensorFlow, and of TensorFlow Hub.")
