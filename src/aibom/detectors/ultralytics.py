"""YOLO and other models of Ultralytics, and the datasets they are trained on."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "ultralytics", "YOLO and other models of Ultralytics, and the datasets they are trained on."
)
