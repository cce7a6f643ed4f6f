"""Read Modelfiles of Ollama: what a model is made from, and its adapters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names
from aibom.bill import Kind
from aibom.commands.claims import claim
from aibom.commands.naming import named_by
from aibom.commands.running import Given, Run
from aibom.expressions import expression
from aibom.knowledge import commands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Detection, Location
    from aibom.syntax.shell import Line

__all__ = ["MODELFILE", "of_modelfile"]

MODELFILE: Final = expression(r"(?i)(?:^|[/.])modelfile(?:$|[.-])")
_FROM: Final = expression(r"\s*(FROM|ADAPTER)\s+(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)


def of_modelfile(lines: Iterable[Line], at: Location) -> Iterator[Detection]:
    """Yield what the lines of an Ollama Modelfile are made from, and its adapters."""
    row = next(r for r in commands() if "ollama" in r.programs)
    quoted = ""
    for line in lines:
        if quoted:  # A text of several lines, such as a template.
            quoted = "" if quoted in line.text else quoted
            continue
        if line.text.count('"""') == 1:
            quoted = '"""'
        if found := _FROM.match(line.text):
            group = 2 if found[2] else 3
            place = evolve(at, line=line.number, column=line.column + found.start(group))
            value = Given(found[group], ((0, place),))
            run = Run((), place)
            if value.text.startswith((".", "/", "~")) or names.has_weights_suffix(value.text):
                if not value.text.startswith(("/", "~")):
                    named = names.Named(Kind.MODEL, "local", value.text)
                    yield claim(named, value, run, found[1].upper(), confidence=0.9)
                continue
            for named, where, more in named_by(row, value, Kind.MODEL):
                yield claim(named, where, run, found[1].upper(), confidence=1.0, context=more)
