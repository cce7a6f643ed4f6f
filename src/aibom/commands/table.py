"""Read a command by its rows in the table of commands."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from aibom import names, slots
from aibom.bill import Kind
from aibom.commands.claims import claim
from aibom.commands.links import linked
from aibom.commands.naming import named_by
from aibom.commands.running import HOLE
from aibom.commands.started import started
from aibom.commands.words import base, normal, parse
from aibom.knowledge import commands
from aibom.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.bill import Detection
    from aibom.commands.words import Words
    from aibom.knowledge import CommandRow

__all__ = ["by_rows", "exact", "rows"]

_LONGEST_FILE: Final = 200
"""So long is the name of a file that is kept as context."""
_TALKING: Final = frozenset(
    {"echo", "printf", "grep", "sed", "awk", "test", "[", "[[", "export", "set", "cat", "django-admin"}
)
"""Programs whose words are text."""
_SLOT: Final = frozenset({"model", "models", "llm", "embedding", "checkpoint", "tokenizer"})


@cache
def exact() -> Mapping[str, tuple[CommandRow, ...]]:
    """Return the rows by the names of their programs; below ``*`` stand those with a pattern for a name."""
    found: dict[str, list[CommandRow]] = {}
    for row in commands():
        for program in row.programs:
            found.setdefault(program if "*" not in program else "*", []).append(row)
    return {name: tuple(each) for name, each in found.items()}


@lru_cache(maxsize=1024)
def rows(program: str) -> tuple[CommandRow, ...]:
    """Return the rows of *program*."""
    patterns = (r for r in exact().get("*", ()) if any("*" in p and fnmatchcase(program, p) for p in r.programs))
    return tuple(dict.fromkeys((*exact().get(program, ()), *patterns)))


def by_rows(program: str, words: Words) -> Iterator[Detection]:
    """Yield what *words* name by the rows of *program*; where it has none, what its options are called after."""
    for row in rows(program):
        after = next((n for subcommand in row.words if (n := _behind(words, subcommand)) is not None), None)
        if after is not None:
            yield from _by_row(row, words, after)
    if not rows(program) and program not in _TALKING:
        yield from _unknown(program, words)


def _unknown(program: str, words: Words) -> Iterator[Detection]:
    if any(names.has_id_shape(g.text.rpartition("=")[2]) for arg in words.args[1:] for g in arg):
        yield from started(program, "program", words.args[1:], words.run)
    for key, arg in parse(words.args[1:]).options:
        said = slots.words(key.lstrip("-"))
        for value in arg or () if said & _SLOT else ():
            if HOLE not in value.text:
                for named, sure in slots.read(value.text, Slot(said), ai=False):
                    yield claim(named, value, words.run, f"{program} {key}", confidence=sure)


def _behind(words: Words, subcommand: tuple[str, ...]) -> int | None:
    """Return the number of the first word behind *subcommand*; None when the command has another."""
    number = 1
    for wanted in subcommand:
        while number < len(words.args) and words.text(number).startswith("-") and "=" in words.text(number):
            number += 1
        if number >= len(words.args) or (wanted != "*" and words.text(number) != wanted):
            return None
        number += 1
    return number


def _by_row(row: CommandRow, words: Words, start: int) -> Iterator[Detection]:
    program = words.text(0)
    program = program.removeprefix("python:") if program.startswith("python:") else base(program)
    symbol = " ".join([program, *(words.text(n) for n in range(1, start))])
    if row.read == "url":
        yield from linked(row, words)
        return
    parsed = parse(words.args[start:], row.switches)
    kind = Kind(row.kind)
    if row.read == "repo":
        said = next((a[0].text for a in parsed.at("--repo-type") if a), "")
        if said == "space":
            return
        kind = Kind.DATASET if said == "dataset" else kind
    revision = parsed.first(row.revision)
    files = [arg[0].text for slot in row.files for arg in parsed.at(slot)]
    context = parsed.told(row.context)
    context += [("file", file) for file in files if HOLE not in file and 0 < len(file) <= _LONGEST_FILE]
    for slot in {normal(slot): slot for slot in row.id}.values():
        for value in (value for arg in parsed.at(slot) for value in arg):
            for named, at, more in named_by(row, value, kind):
                yield claim(
                    named,
                    at,
                    words.run,
                    f"{symbol} {slot}" if slot.startswith("-") else symbol,
                    revision=revision,
                    context=[*context, *more],
                    produced=row.produced,
                    confidence=0.9,
                )
