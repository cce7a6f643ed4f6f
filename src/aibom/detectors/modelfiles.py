"""What models Ollama's Modelfiles are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom.bill import Location
from aibom.commands import of_modelfile
from aibom.protocols import detector
from aibom.syntax.shell import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.files import File

__all__ = ["detect"]


@detector("modelfiles", files=("Modelfile", "modelfile", "Modelfile.*", "Modelfile-*", "*.modelfile", "*.Modelfile"))
def detect(file: File) -> Iterator[Detection]:
    """Models that Ollama's Modelfiles are made from, and their adapters."""
    yield from of_modelfile(lines_of(file.text), Location(file.path))
