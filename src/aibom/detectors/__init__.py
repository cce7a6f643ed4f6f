"""One module for each thing that aibom knows how to find."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aibom.protocols import Detector

__all__ = ["BUILTIN", "builtin"]

BUILTIN = (
    "anthropic",
    "datasets",
    "diffusers",
    "huggingface_hub",
    "imports",
    "langchain",
    "libraries",
    "mentions",
    "model_files",
    "openai",
    "sentence_transformers",
    "slots",
    "transformers",
)
"""The modules of this package; each offers its detector under the name ``detect``."""


@cache
def builtin() -> tuple[Detector, ...]:
    """Return aibom's own detectors, by name."""
    return tuple(sorted((import_module(f"{__name__}.{module}").detect for module in BUILTIN), key=lambda d: d.name))
