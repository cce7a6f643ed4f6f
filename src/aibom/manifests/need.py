"""What a manifest states: the packages that it needs, and the files that it includes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from attrs import frozen

from aibom.expressions import expression
from aibom.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.syntax import Code, Data, Entry

__all__ = [
    "LONGEST",
    "Fields",
    "Include",
    "Manifest",
    "Need",
    "Stated",
    "above",
    "aside",
    "asked",
    "grouped",
    "is_true",
    "malformed",
    "range_of",
    "text_of",
]

Fields: TypeAlias = "dict[tuple[str, ...], Entry]"
"""The entries of one package, by their keys within it."""
_FARTHEST: Final = 8
"""So many folders upward a file is looked for."""

LONGEST: Final = 2_000
"""A longer name, version or requirement, in characters, is no such thing."""

# What ranges of packaging, poetry and npm are written with; no "/", ":" or "@", with which a URL would come in.
_RANGE: Final = expression(r"[\w .,*+!<>=~^|(){}\[\]$-]*", re.ASCII)


@frozen
class Need:
    """A package that a manifest or a lock file asks for, and where it says so."""

    ecosystem: str
    """The type of its package URL where there is one: ``pypi``, ``npm``, ``maven``, ``golang``, …"""
    name: str
    """For PyPI normalised by PEP 503, for Maven ``group/artifact``, elsewhere as written."""
    line: int
    column: int
    entry: str
    """What the place is: ``project.dependencies``, ``uv.lock package``, ``devDependencies``."""
    version: str | None = None
    """The one version that is asked for, as written; None when there are several, or none is named."""
    version_range: str | None = None
    """The versions that will do, as written, where that is not one."""
    optional: bool = False
    """Only an extra, a group, a peer or the development needs it."""
    hashed: bool = False
    """The place says by which hash to recognise its files."""


@frozen
class Include:
    """A file of requirements that is to be read too."""

    path: str
    """As written: relative to the file that includes it."""
    line: int
    limits: bool = False
    """It holds constraints, which install nothing."""
    optional: bool = False
    """Only an extra or the development needs what is in it."""


def malformed(message: str, line: int) -> Problem:
    """Return the problem that an entry of a manifest is not of its format."""
    return Problem("malformed-manifest", message, line)


def text_of(entry: Entry | None) -> str | None:
    """Return the text of *entry*; None when it is none, or too long for a name or a version."""
    if entry is None or not isinstance(entry.value, str) or len(entry.value) > LONGEST:
        return None
    return entry.value.strip() or None


def is_true(entry: Entry | None) -> bool:
    """Tell whether *entry* is there and true."""
    return entry is not None and entry.value is True


def range_of(text: str) -> str | None:
    """
    Return *text* without needless space, as a range of versions; None when it is empty.

    `ValueError` when no range is written so.
    """
    if not _RANGE.fullmatch(text):
        raise ValueError("a version range has characters that no range has")
    return " ".join(text.split()) or None


Stated: TypeAlias = "Need | Include | Problem"
"""What a place in a manifest says."""


class Manifest(Protocol):
    """A file, as far as the readers look at it; `aibom.files.File` is one."""

    @property
    def path(self) -> str:
        """POSIX path relative to the root."""

    @property
    def name(self) -> str:
        """Its last part."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def data(self) -> Data:
        """The values that it holds."""

    @property
    def code(self) -> Code:
        """The facts of its code."""

    def sibling(self, name: str) -> Manifest | None:
        """Return the file that *name* means in its folder; None when there is none."""


def above(manifest: Manifest, *names: str) -> Iterator[Manifest]:
    """Yield the files called one of *names* in the folder of *manifest* and in those around it, the nearest first."""
    for up in range(min(manifest.path.count("/") + 1, _FARTHEST)):
        for name in names:
            found = manifest.sibling("../" * up + name)
            if found is not None:
                yield found


def grouped(entries: Iterable[Entry], size: Callable[[tuple[str, ...]], int]) -> dict[tuple[str, ...], Fields]:
    """Return *entries* by the keys that lead to their package, which are the first *size*; 0 is for none."""
    found: dict[tuple[str, ...], Fields] = {}
    for entry in entries:
        number = size(entry.keys)
        if number:
            found.setdefault(entry.keys[:number], {})[entry.keys[number:]] = entry
    return found


def asked(text: str | None, exact: re.Pattern[str]) -> tuple[str | None, str | None]:
    """
    Return the version and the range that *text* asks for; the first group of *exact* is a version.

    What is written as neither is neither.
    """
    if text is None:
        return None, None
    found = exact.fullmatch(text.strip())
    if found is not None:
        return found[1], None
    try:
        return None, None if text.strip() == "*" else range_of(text)
    except ValueError:
        return None, None


def aside(stated: Iterable[Stated]) -> set[str]:
    """Return the names of the packages that *stated* asks for, and that the program itself does without."""
    wanted: dict[str, bool] = {}
    for found in stated:
        if isinstance(found, Need):
            wanted[found.name] = wanted.get(found.name, True) and found.optional
    return {name for name, optional in wanted.items() if optional}
