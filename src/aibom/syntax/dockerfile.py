"""
Dockerfiles and Containerfiles: their instructions in order, with the stage of each.

The reader is ours: the one grammar that there is for tree-sitter has no wheels, and the format is a line at a time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.expressions import expression
from aibom.syntax.shell import Line, Part, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Instruction", "read", "words_of"]

_ESCAPE: Final = expression(r"#\s*escape\s*=\s*(\S)", re.IGNORECASE)
_HEAD: Final = expression(r"\s*([A-Za-z]+)(?=\s|$)\s*")
_FLAG: Final = expression(r"--[a-z][\w-]*(?:=\S*)?\s*")
_HEREDOC: Final = expression(r"<<-?[\"']?(\w+)[\"']?")
_MOST: Final = 20_000


@frozen
class Instruction:
    """An instruction, without its keyword and flags."""

    name: str
    """In upper case."""
    lines: tuple[Line, ...]
    flags: tuple[str, ...] = ()
    stage: int = 0
    """The stage that it belongs to, from 1; 0 is before the first ``FROM``."""
    document: tuple[Line, ...] = ()
    """The text of a here-document that is all there is: ``RUN <<EOF``."""
    onbuild: bool = False

    @property
    def line(self) -> int:
        """The line that it begins on."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(line.text.removesuffix("\\").strip() for line in self.lines).strip()


def read(text: str) -> tuple[Instruction, ...]:
    r"""
    Return the instructions of *text*.

    >>> [(i.name, i.text, i.stage) for i in read("FROM a AS b\nRUN x \\\n  y\n")]
    [('FROM', 'a AS b', 1), ('RUN', 'x y', 1)]
    """
    return tuple(_instructions(text))


def _instructions(text: str) -> Iterator[Instruction]:
    rows = text.split("\n")
    escape = "\\"
    if rows and (said := _ESCAPE.match(rows[0])):
        escape = said[1]
    ends: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if len(row) < 60 and row.strip():  # noqa: PLR2004 - no delimiter is longer
            ends.setdefault(row.strip(), []).append(number)
    number, stage, count = 0, 0, 0
    while number < len(rows) and count < _MOST:
        row = rows[number].rstrip("\r")
        head = _HEAD.match(row)
        if not row.strip() or row.lstrip().startswith("#") or head is None:
            number += 1
            continue
        count += 1
        onbuild = head[1].upper() == "ONBUILD"
        start = head.end()
        if onbuild and (inner := _HEAD.match(row, start)):
            head, start = inner, inner.end()
        flags = []
        while found := _FLAG.match(row, start):
            flags.append(found[0].strip())
            start = found.end()
        lines = [Line(row[start:], number + 1, start + 1)]
        while number + 1 < len(rows) and rows[number].rstrip("\r ").endswith(escape):
            number += 1
            following = rows[number].rstrip("\r")
            if not following.strip() or following.lstrip().startswith("#"):  # They do not end the instruction.
                rows[number] = escape
                continue
            lines.append(Line(following, number + 1))
        if escape != "\\":
            lines = [
                evolve(x, text=x.text.rstrip()[:-1] + "\\") if x.text.rstrip().endswith(escape) else x for x in lines
            ]
        number += 1
        name = head[1].upper()
        stage += name == "FROM" and not onbuild
        document: list[Line] = []
        for delimiter in _HEREDOC.findall(lines[0].text) if name in {"RUN", "COPY", "ADD"} else ():
            last = next((n for n in ends.get(delimiter, []) if n >= number), None)
            if last is not None:
                document += [Line(r, number + n + 1) for n, r in enumerate(rows[number : last + 1])]
                number = last + 1
        alone = bool(document) and _HEREDOC.fullmatch(lines[0].text.strip()) is not None
        if document and not alone:
            lines += document
        yield Instruction(name, tuple(lines), tuple(flags), stage, tuple(document[:-1]) if alone else (), onbuild)


def words_of(instruction: Instruction) -> tuple[Word, ...] | None:
    """Return the words of the exec form, ``["a", "b"]``; None when it is the shell form."""
    text = instruction.text
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    words, line, column = [], 0, 0
    for each in found:
        if not isinstance(each, str):
            return None
        quoted = json.dumps(each, ensure_ascii=False)
        for number in range(line, len(instruction.lines)):
            at = instruction.lines[number].text.find(quoted, column if number == line else 0)
            if at >= 0:
                line, column = number, at + len(quoted)
                break
        here = instruction.lines[line]
        place = (here.number, here.column + max(column - len(quoted), 0) + 1)
        words.append(Word((Part("text", each, *place, quoted=True),), *place))
    return tuple(words)
