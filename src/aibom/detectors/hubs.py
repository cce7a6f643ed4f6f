"""Models and datasets of ModelScope, Kaggle, MLflow and Weights & Biases."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("hubs", "Models and datasets of ModelScope, Kaggle, MLflow and Weights & Biases.")
