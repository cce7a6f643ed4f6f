"""Model files that ONNX Runtime, OpenVINO, LiteRT and Core ML run."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("model-runtimes", "Model files that ONNX Runtime, OpenVINO, LiteRT and Core ML run.")
