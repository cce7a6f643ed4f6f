"""Datasets of scikit-learn and OpenML."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("sklearn", "Datasets of scikit-learn and OpenML.")
