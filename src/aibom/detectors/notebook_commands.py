"""What the lines of notebooks run that are for the shell: ``!``, ``%pip``, ``%run``, ``%%bash``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from aibom.bill import Location
from aibom.commands import Environment, beside, detections, given, runs
from aibom.protocols import FunctionDetector
from aibom.syntax.notebook import commands
from aibom.syntax.shell import read
from aibom.syntax.values import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.files import File

__all__ = ["detect"]


def _find(file: File) -> Iterator[Detection]:
    """Models, datasets and AI libraries that the lines of notebooks for the shell name: ``!``, ``%pip``, ``%%bash``."""
    env = Environment()
    for binding in file.code.scopes[0].bindings if file.code.scopes else ():
        if isinstance(binding.value, Text):
            at = Location(file.path, binding.value.line, binding.value.column)
            env.set(binding.name, [given(binding.value.value, at)], conditional=binding.conditional)
    for lines in commands(file.text):
        for found in detections(runs(read(lines, "notebook"), file.path, env, beside(file))):
            yield evolve(
                found,
                at=file.at(found.at.line, found.at.column),
                reaches=tuple(file.at(place.line, place.column) for place in found.reaches),
            )


_HINTS = (
    r"(?:\"|\\n)\s*(?:\w[\w ,]*=\s*)?(?:!{1,2}\s*[A-Za-z]|%{1,2}(?:bash|sh|shell|script|pip|conda|uv|run|system|sx)\b)",
)

detect = FunctionDetector("notebook-commands", (_find.__doc__ or "").strip(), ("*.ipynb",), _HINTS, _find)
