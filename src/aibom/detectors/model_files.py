"""Model files in the tree, recognised by what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom import weights
from aibom.bill import Detection, Diagnostic, Kind, Technique
from aibom.protocols import FunctionDetector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File

__all__ = ["detect"]

_FORMATS = frozenset(
    {
        "fasttext",
        "ggml",
        "git-lfs-pointer",
        "gguf",
        "keras-hdf5",
        "keras-zip",
        "onnx",
        "pytorch-pickle",
        "pytorch-zip",
        "safetensors",
        "tflite",
    }
)
"""Formats that hold models and nothing else. A pickle, an HDF5 file or an array may be anything."""


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Model files in the tree, recognised by what is in them: safetensors, GGUF, ONNX, PyTorch, Keras, TFLite."""
    head = file.head(weights.HEAD)
    needed = weights.needed(head, size=file.size, name=file.name)
    if needed > len(head):
        head = file.head(needed)
    read = weights.read(head, size=file.size, name=file.name)
    if read is None or (read.problem is None and read.format not in _FORMATS):
        return
    if read.problem is not None:
        yield Diagnostic("unreadable-weights", read.problem, file.at(0))
    facts = [(f"file:{key}", str(value)) for key, value in read.facts]
    status = [("unreadable", "true")] if read.problem is not None else []
    yield Detection(
        Kind.MODEL,
        file.path,
        file.at(0),
        "local",
        symbol=f"{read.format} file",
        technique=Technique.BINARY,
        properties=[("format", read.format), ("size", str(file.size)), *facts, *status],
    )


detect = FunctionDetector(
    "model-files", (_find.__doc__ or "").strip(), tuple(f"*{suffix}" for suffix in sorted(weights.SUFFIXES)), (), _find
)
