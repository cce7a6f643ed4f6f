"""Models and datasets that Rust code uses: hf-hub, tokenizers, fastembed, mistral.rs, rig, ort, and others."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "rust",
    "Models and datasets that Rust code uses: hf-hub, tokenizers, fastembed, mistral.rs, rig, ort, and others.",
)
