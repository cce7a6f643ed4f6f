"""What a file says, in the same words for every language."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, field

from aibom.syntax.values import Call, Text, Value, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

__all__ = [
    "Binding",
    "Branch",
    "Call",
    "Code",
    "Data",
    "Entry",
    "Import",
    "Parameter",
    "Problem",
    "Prose",
    "Scope",
    "Value",
    "matches",
]


@frozen
class Problem:
    """What keeps a file, or a part of it, from being understood."""

    code: str
    """A code of `aibom.diagnostics.CODES`."""
    message: str
    line: int = 0


@frozen
class Import:
    """A name that an import brings into the file."""

    target: str
    """What is imported, dotted; leading dots are those of a relative import. ``x.y.*`` for a star import."""
    name: str
    """The name that it gets; ``*`` for a star import."""
    line: int
    scope: int = 0


@frozen
class Parameter:
    """A parameter of a function."""

    name: str
    default: Value | None
    annotation: Value | None
    line: int
    kind: str = "normal"
    """``normal``, ``keyword-only``, ``*`` or ``**``."""


@frozen
class Binding:
    """A value that a name gets."""

    name: str
    """A plain name, or a dotted one for an attribute: ``args.model``."""
    value: Value
    line: int
    scope: int
    """The scope where *value* is to be read; not the one that holds the binding, for ``self.x = …``."""
    conditional: bool = False
    """It stands in a branch, a loop or a handler."""
    annotation: Value | None = None
    fallback: bool = False
    """It is what the name gets where it has no value: ``if name is None: name = …``."""
    grows: str = ""
    """
    Set where the value is added to what the name holds.

    ``item`` for ``x[key] = …`` and ``x += […]``, ``call`` for ``x.append(…)``; the value is a mapping or a sequence.
    """


@frozen
class Scope:
    """A module, a class or a function, and the names that are bound in it."""

    kind: str
    """``module``, ``class``, ``function`` or ``lambda``."""
    name: str
    """Qualified within the module: ``Loader.load``; empty for the module."""
    parent: int
    line: int
    parameters: tuple[Parameter, ...] = ()
    bases: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    """Keyword arguments of a class statement."""
    decorators: tuple[Value, ...] = ()
    bindings: tuple[Binding, ...] = ()
    returns: tuple[Value, ...] = ()
    yields: tuple[Value, ...] = ()
    """What a generator gives one after the other; of ``yield from`` an element of it."""
    end: int = 0
    """The line where it ends; 0 where the front end does not tell."""


@frozen
class Branch:
    """Lines that run only when a test comes out as told."""

    first: int
    last: int
    scope: int
    """The scope where the test stands."""
    subject: Value
    """What is tested."""
    values: tuple[Value, ...] = ()
    """What it is compared with; without any the test is whether it is true."""
    holds: bool = True
    """Whether the lines run when it is one of these, or when it is none of them."""
    rest: bool = False
    """They stand after a branch that left the function."""


@frozen
class Prose:
    """Text that is not run: a comment, or a string that stands alone, such as a docstring."""

    text: str
    kind: str
    """``comment`` or ``docstring``."""
    line: int


@frozen
class Code:
    """The facts of a file of source code."""

    language: str
    scopes: tuple[Scope, ...] = ()
    """The module first."""
    every_call: tuple[Call, ...] = ()
    imports: tuple[Import, ...] = ()
    strings: tuple[tuple[Text, int], ...] = ()
    """Every string literal that is code, with the index of its scope."""
    prose: tuple[Prose, ...] = ()
    problems: tuple[Problem, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    """For a notebook: the first line of each cell, and the cell's number from 1."""
    members: bool = False
    """What a class binds is seen in its methods as it is, without ``self.``, as in Java."""
    tests: tuple[tuple[int, int], ...] = ()
    """The first and the last line of what is compiled for tests only, as in Rust."""
    branches: tuple[Branch, ...] = ()
    """In the order of their first lines; a front end may leave out those whose test it does not read."""
    _by_last: dict[str, list[Call]] = field(init=False, eq=False, repr=False, hash=False)

    @_by_last.default
    def _index(self) -> dict[str, list[Call]]:
        index: dict[str, list[Call]] = {}
        for call in self.every_call:
            index.setdefault(call.last, []).append(call)
        return index

    _firsts: frozenset[str] = field(init=False, eq=False, repr=False, hash=False)

    @_firsts.default
    def _begin(self) -> frozenset[str]:
        return frozenset(call.callee.partition(".")[0] for call in self.every_call)

    def calls_of(self, lasts: AbstractSet[str], firsts: AbstractSet[str] = frozenset()) -> list[Call]:
        """
        Return the calls of whose callee the last part is among *lasts*, or the first among *firsts*.

        They come in the order of `every_call`.
        """
        ends, heads = self._by_last.keys() & lasts, self._firsts & firsts
        if heads:
            return [c for c in self.every_call if c.last in ends or c.callee.partition(".")[0] in heads]
        if len(ends) <= 1:
            return [call for last in ends for call in self._by_last[last]]
        return [call for call in self.every_call if call.last in ends]

    def calls(self, *patterns: str) -> Iterator[Call]:
        """
        Yield the calls whose callee matches one of *patterns*, in the order of the file.

        In a pattern ``*`` stands for a part of a dotted name, or a piece of it, and ``**`` for any number of parts:
        ``transformers.*.from_pretrained``, ``openai.*().embeddings.create``.
        """
        names = {p.rpartition(".")[2] for p in patterns}
        wild = [n for n in names if "*" in n]
        lasts = [n for n in self._by_last if n in names or any(matches(w, n) for w in wild)] if wild else names
        found = [
            call
            for last in lasts
            for call in self._by_last.get(last, ())
            if any(matches(p, call.callee) for p in patterns)
        ]
        yield from sorted(found, key=lambda c: (c.line, c.column, c.callee))

    def cell_of(self, line: int) -> int:
        """Return the number of the notebook cell that *line* is in, from 1; 0 when this is no notebook."""
        index = bisect_right(self.cells, line, key=lambda cell: cell[0])
        return self.cells[index - 1][1] if index else 0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = re.split(r"(\*\*|\*)", pattern)
    inner = {"**": r".*", "*": r"[^.]*"}
    return re.compile("".join(inner.get(p) or re.escape(p) for p in pieces), re.DOTALL)


def matches(pattern: str, dotted: str) -> bool:
    """
    Tell whether the dotted name *dotted* is one of those that *pattern* stands for.

    >>> matches("transformers.*.from_pretrained", "transformers.AutoModel.from_pretrained")
    True
    >>> matches("openai.*().embeddings.create", "openai.OpenAI.embeddings.create")
    False
    """
    return _compiled(pattern).fullmatch(dotted) is not None


@frozen
class Entry:
    """A value in a file of settings, with the keys that lead to it."""

    keys: tuple[str, ...]
    """From the outermost; an element of a list has its number, from 0, as a key."""
    value: str | float | bool | None
    line: int
    column: int


@frozen
class Data:
    """The values of a file of settings: JSON, YAML, TOML, INI or .env."""

    format: str
    entries: tuple[Entry, ...] = ()
    """In the order of the file."""
    prose: tuple[Prose, ...] = ()
    """Its comments."""
    problems: tuple[Problem, ...] = ()
    _by_keys: dict[tuple[str, ...], Entry] = field(init=False, eq=False, repr=False, hash=False)

    @_by_keys.default
    def _index(self) -> dict[tuple[str, ...], Entry]:
        return {e.keys: e for e in self.entries}

    def get(self, *keys: str) -> Entry | None:
        """Return the entry at exactly these *keys*; the last one wins when the file repeats itself."""
        return self._by_keys.get(keys)

    def documents(self, text: str) -> tuple[Data, ...]:
        """
        Return the values of each document of the YAML stream *text* that these are the values of.

        What was wrong, and the comments, are with the first; other formats are one document.
        """
        rows = text.split("\n") if self.format == "yaml" and "\n---" in text else []
        starts = [number for number, row in enumerate(rows, 1) if row.startswith("---")]
        if not self.entries or not any(self.entries[0].line < start <= self.entries[-1].line for start in starts):
            return (self,)
        parts: dict[int, list[Entry]] = {}
        for entry in self.entries:
            parts.setdefault(bisect_right(starts, entry.line), []).append(entry)
        first, *others = (tuple(part) for part in parts.values())
        return (evolve(self, entries=first), *(Data(self.format, part) for part in others))

    def under(self, *keys: str) -> Iterator[Entry]:
        """Yield the entries whose keys begin with *keys*, in the order of the file."""
        return (e for e in self.entries if e.keys[: len(keys)] == keys)
