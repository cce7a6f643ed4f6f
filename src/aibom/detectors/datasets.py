"""Datasets that the datasets library loads."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("datasets", "Datasets that the datasets library loads.")
