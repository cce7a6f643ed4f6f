"""Commands that are commented out: what they name is mentioned, and not used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Kind, Usage
from aibom.commands.programs import is_program
from aibom.commands.reading import detections
from aibom.commands.running import Environment, runs
from aibom.expressions import expression
from aibom.syntax.shell import Line, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Detection

__all__ = ["commented", "remarks"]

_LEAD: Final = expression(
    r"[#\s]*(?:[-*>$]\s+)*(?:(?:RUN|CMD|ENTRYPOINT)\s+|(?:-\s*)?(?:run|script|command|cmd|entrypoint|args)\s*:\s*)?[\"']?"
)
_COMMENT: Final = expression(r"(\s*)#")
_WORDS: Final = expression(r"\[\s*(\"[^\"\n]*\"(?:\s*,\s*\"[^\"\n]*\")*)\s*\]\s*")
_TELLING: Final = expression(r"[/:_\d-]")
_MOST: Final = 2_000
"""So many commands that are commented out are read in one file."""
_LONGEST: Final = 2_000


def commented(text: str) -> Iterator[Line]:
    """Yield the comments of a file whose comments are lines that begin with ``#``."""
    for number, row in enumerate(text.split("\n"), 1):
        found = _COMMENT.match(row)
        if found is not None:
            yield Line(row[found.end() :], number, found.end() + 1)


def remarks(comments: Iterable[Line], path: str) -> Iterator[Detection]:
    """Yield what the *comments* of the file *path* name where they are commands, as mentions."""
    held: list[Line] = []
    count = 0
    for line in comments:
        follows = bool(held) and held[-1].number + 1 == line.number and held[-1].text.rstrip().endswith("\\")
        if held and not follows:
            yield from _command(held, path)
            held = []
        if not follows:
            line = _plain(line)  # noqa: PLW2901 - the command in it
            if len(line.text) > _LONGEST or not is_program((line.text.split(maxsplit=1) or [""])[0].strip('"')):
                continue
            count += 1
            if count > _MOST:
                return
        held.append(line)
    if held:
        yield from _command(held, path)


def _plain(line: Line) -> Line:
    """Return the command that a comment holds, without what leads to it."""
    found = _LEAD.match(line.text)
    start = found.end() if found else 0
    text = line.text[start:]
    if listed := _WORDS.fullmatch(text):  # CMD ["hf", "download"], each word at its place.
        inner = re.sub(r"\"\s*,\s*\"", lambda m: '"' + " " * (len(m[0]) - 2) + '"', listed[1])
        return evolve(line, text=inner, column=line.column + start + listed.start(1))
    return evolve(line, text=text, column=line.column + start)


def _command(lines: list[Line], path: str) -> Iterator[Detection]:
    for found in detections(runs(read(tuple(lines)), path, Environment())):
        named = isinstance(found.name, str) and found.kind in {Kind.MODEL, Kind.DATASET}
        if named and _TELLING.search(str(found.name)):
            yield evolve(found, usage=Usage.MENTION)
