"""What a manifest states: the packages that it needs, and the files that it includes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.syntax import Problem

if TYPE_CHECKING:
    from aibom.syntax import Entry

__all__ = ["LONGEST", "Include", "Need", "is_true", "malformed", "range_of", "text_of"]

LONGEST: Final = 2_000
"""A longer name, version or requirement, in characters, is no such thing."""

# What ranges of packaging, poetry and npm are written with; no "/", ":" or "@", with which a URL would come in.
_RANGE: Final = re.compile(r"[\w .,*+!<>=~^|(){}$-]*", re.ASCII)


@frozen
class Need:
    """A package that a manifest or a lock file asks for, and where it says so."""

    ecosystem: str
    """``pypi`` or ``npm``."""
    name: str
    """For PyPI normalised by PEP 503, for npm as written."""
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
