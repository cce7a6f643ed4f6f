"""What Bicep deploys: models of Azure's AI services."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names
from aibom.bill import Detection, Kind, Usage
from aibom.expressions import expression
from aibom.protocols import FunctionDetector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File

__all__ = ["detect"]

_MOST_BYTES: Final = 2_000_000
_FURTHEST: Final = 60
"""So many lines of a resource are looked at."""
_RESOURCE: Final = expression(
    r"^\s*resource\s+\w+\s+'Microsoft\.(?:CognitiveServices|MachineLearningServices)/[\w/]*(?:[dD]eployments|serverlessEndpoints)@",
)
_BOUND: Final = expression(r"^(?:param\s+(\w+)\s+string\s*=|var\s+(\w+)\s*=)\s*'([^'$]*)'")
"""``param name string = 'default'`` and ``var name = 'value'``."""
_MODEL: Final = expression(r"\bmodel\s*:\s*\{")
_FIELD: Final = expression(r"\b(format|name|version)\s*:\s*(?:'([^'$]*)'|([A-Za-z_]\w*))")


def _find(file: File) -> Iterator[Detection]:
    """Models that Bicep deploys in Azure's AI services; parameters with a default and variables are followed."""
    if len(file.bytes) > _MOST_BYTES:
        return
    lines = file.text.split("\n")
    bound = {
        found[1] or found[2]: (found[3], number, found.start(3) + 1, bool(found[1]))
        for number, line in enumerate(lines, 1)
        if (found := _BOUND.match(line))
    }
    for number, line in enumerate(lines):
        if _RESOURCE.match(line):
            yield from _deployed(file, lines, number, bound)


def _deployed(
    file: File, lines: list[str], start: int, bound: dict[str, tuple[str, int, int, bool]]
) -> Iterator[Detection]:
    """Yield the model of the deployment that begins at line *start*, counted from 0."""
    fields: dict[str, tuple[str, int, int]] = {}
    inside, depth = False, 0
    for number in range(start, min(start + _FURTHEST, len(lines))):
        line = re.sub(r"(?:^|\s)//.*", "", lines[number])
        if number > start and re.match(r"\s*resource\s", line):
            break
        opened = None if inside else _MODEL.search(line)
        begin = 0
        if opened is not None:
            inside, begin = True, opened.end()
            depth = 1
        if not inside:
            continue
        end = len(line)
        for at in range(begin, len(line)):
            depth += {"{": 1, "}": -1}.get(line[at], 0)
            if depth == 0:
                end = at
                break
        for found in _FIELD.finditer(line, begin, end):
            value = (found[2], number + 1, found.start(2) + 1) if found[2] is not None else bound.get(found[3], ())[:3]
            if value:
                fields.setdefault(found[1], (value[0], value[1], value[2]))
        if depth == 0:
            break
    if "name" not in fields:
        return
    text, at_line, column = fields["name"]
    named = names.read_hosted(text, "azure")
    if named is None or named.kind is not Kind.MODEL:
        return
    version = fields.get("version")
    direct = start < at_line <= start + _FURTHEST
    yield Detection(
        Kind.MODEL,
        named.name,
        file.at(at_line, column),
        named.provider,
        revision=version[0] if version is not None and version[0] else None,
        usage=Usage.MENTION if names.is_placeholder(named.name) else Usage.USED,
        symbol="deployments.model",
        confidence=0.9,
        hosted=True,
        reaches=() if direct else (evolve(file.at(start + 1), column=0),),
    )


detect = FunctionDetector(
    "bicep", (_find.__doc__ or "").strip(), ("*.bicep",), (r"deployments@|serverlessEndpoints@",), _find
)
