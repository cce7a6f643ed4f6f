"""What Python projects say they need: requirements files, pyproject.toml, setup.cfg."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote

from attrs import frozen

from aibom.expressions import expression
from aibom.manifests.need import LONGEST, Include, Need, is_true, malformed, range_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.syntax import Data, Entry, Problem

__all__ = [
    "Requirement",
    "canonical",
    "read_pyproject",
    "read_requirement",
    "read_requirements",
    "read_setup_cfg",
    "read_version",
]

_NO_REQUIREMENT: Final = "this is not a requirement that can be read"
_NO_TEXT: Final = "a requirement is not a text, or much too long"

# Quantifiers are possessive, so that no text is read twice.
_START: Final = expression(r"([A-Za-z0-9][A-Za-z0-9._-]*+)\s*+(?:\[[^\]]*+\]\s*+)?+")
_COMMENT: Final = expression(r"(?:^|(?<=\s))#.*")
_OPTION: Final = expression(r"--?[A-Za-z]")
_INCLUDE: Final = expression(r"""(?:-[rc]|--(?:requirement|constraint)(?=[\s=]))\s*+=?\s*+["']?([^"']++)["']?\s*+""")
_EDITABLE: Final = expression(r"""(?:-e|--editable(?=[\s=]))\s*+=?\s*+["']?""")
_OPTIONS: Final = expression(r"\s--?[A-Za-z].*", re.DOTALL)
_EGG: Final = expression(r"[#&]egg=([A-Za-z0-9._-]++)")
_WHEEL_PARTS: Final = (5, 6)
"""Of the name of a wheel: name, version, perhaps a build, and three tags (PEP 427)."""


@frozen
class Requirement:
    """What one requirement says, but for its extras and markers."""

    name: str
    version: str | None = None
    version_range: str | None = None


def canonical(name: str) -> str | None:
    """
    Return *name* as PEP 503 normalises it; None when no project can have it.

    >>> canonical("Sentence_Transformers")
    'sentence-transformers'
    """
    from packaging.utils import InvalidName, canonicalize_name

    try:
        return canonicalize_name(name, validate=True)
    except InvalidName:
        return None


def read_version(text: str) -> tuple[str | None, str | None]:
    """
    Return the version and the range of versions that *text* is: one of them, or none when it is empty.

    `ValueError` when it is neither.

    >>> read_version("2.9.1"), read_version("2.*")
    (('2.9.1', None), (None, '2.*'))
    """
    return (text, None) if _is_version(text) else (None, range_of(text))


def _is_version(text: str) -> bool:
    from packaging.version import InvalidVersion, Version

    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def read_requirement(text: str) -> Requirement | None:
    """
    Return what the requirement *text* says, as PEP 508 or pip write it; None when it is a place that tells no name.

    Only a pin is a version: ``==`` or ``===`` without a wildcard, or the name of a wheel. `ValueError` when *text* is
    no requirement.

    >>> read_requirement("Torch[opt] == 2.9.1 ; python_version > '3'")
    Requirement(name='torch', version='2.9.1', version_range=None)
    """
    if len(text) > LONGEST:
        raise ValueError(_NO_REQUIREMENT)
    start = _START.match(text)
    if start is not None and text.startswith("@", start.end()):
        place, *_ = text[start.end() + 1 :].split(maxsplit=1) or [""]
        named = canonical(start[1])
        if named is None or not place:
            raise ValueError(_NO_REQUIREMENT)
        found = _read_place(place)
        return found if found is not None and found.name == named else Requirement(named)
    # A marker says when, and not what: cut off, a broken one does no harm.
    head = text.partition(";")[0].strip()
    if len(head.split()) == 1 and ("/" in head or head.startswith(".") or head.endswith((".whl", ".gz", ".zip"))):
        return _read_place(head)
    return _read_specified(head, start)


def _read_specified(head: str, start: re.Match[str] | None) -> Requirement:
    """Read a name, perhaps extras, and perhaps versions. *start* is where it has the first two."""
    from packaging.requirements import Requirement as Pep508
    from packaging.utils import canonicalize_name

    written = "".join(head[start.end() :].split()) if start else ""
    if "${" in head:  # pip puts an environment variable here. What it holds is not for us to say.
        name = canonical(start[1]) if start else None
        if name is None:
            raise ValueError(_NO_REQUIREMENT)
        return Requirement(name, None, range_of(written))
    parsed = Pep508(head)
    name = canonicalize_name(parsed.name)
    match list(parsed.specifier):
        case [only] if only.operator in {"==", "==="} and _is_version(
            only.version
        ):  # `==1.*` is none, nor all of `===`.
            return Requirement(name, only.version)
    return Requirement(name, None, range_of(written.removeprefix("(").removesuffix(")")))


def _read_place(place: str) -> Requirement | None:
    """Return what the URL or path *place* tells: the name of a wheel its name and version, ``#egg=`` a name."""
    file = unquote(re.split(r"[#?]", place, maxsplit=1)[0].rpartition("/")[2])
    parts = file.removesuffix(".whl").split("-")
    if file.endswith(".whl") and len(parts) in _WHEEL_PARTS:
        name = canonical(parts[0])
        if name is not None:
            return Requirement(name, parts[1] if _is_version(parts[1]) else None)
    egg = _EGG.search(place)
    name = canonical(egg[1]) if egg else None
    return Requirement(name) if name else None


@frozen
class _Place:
    """Where requirements stand, and what that means for them."""

    entry: str
    optional: bool


def _needs(text: str, line: int, column: int, place: _Place, *, hashed: bool = False) -> Iterator[Need | Problem]:
    try:
        found = read_requirement(text)
    except ValueError:  # packaging's errors are that too.
        yield malformed(_NO_REQUIREMENT, line)
        return
    if found is not None:
        yield Need(
            "pypi", found.name, line, column, place.entry, found.version, found.version_range, place.optional, hashed
        )


# Requirements files


def read_requirements(text: str, *, limits: bool = False, optional: bool = False) -> Iterator[Need | Include | Problem]:
    """
    Yield what the requirements file *text* needs and includes, as pip reads it.

    *limits* tells that it holds constraints, which install nothing.
    """
    place = _Place("constraints" if limits else "requirements", optional)
    for number, column, line in _logical_lines(text.removeprefix("\ufeff")):
        include = _INCLUDE.fullmatch(line)
        if include is not None:
            constrains = line.startswith(("-c", "--c"))
            yield Include(include[1].strip(), number, limits or constrains, optional or constrains)
            continue
        editable = _EDITABLE.match(line)
        if _OPTION.match(line) and editable is None:
            continue
        stated = _OPTIONS.sub("", line[editable.end() :].rstrip("\"'") if editable else line)
        yield from _needs(stated, number, column, place, hashed="--hash" in line)


def _logical_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the lines that say something, as pip joins them: number, column, and text without comment."""
    joined: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if not joined:
            first = number
        comment = line.lstrip().startswith("#")
        if line.rstrip("\r").endswith("\\") and not comment:
            joined.append(line.rstrip("\r")[:-1])
            continue
        joined.append(f" {line}" if comment else line)
        yield from _said(first, joined)
        joined = []
    yield from _said(first, joined)


def _said(number: int, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    line = _COMMENT.sub("", "".join(lines))
    stripped = line.strip()
    if not stripped:
        return
    before = 0
    while not lines[before].strip():  # The requirement may stand below the first line of those that are joined.
        before += 1
    yield number + before, len(lines[before]) - len(lines[before].lstrip()) + 1, stripped


# pyproject.toml

_Patterns: TypeAlias = "tuple[tuple[tuple[str, ...], bool], ...]"

_LISTS: Final[_Patterns] = (
    # Keys, where * is any; whether the program does without.
    (("project", "dependencies", "*"), False),
    (("project", "optional-dependencies", "*", "*"), True),
    (("dependency-groups", "*", "*"), True),
    (("build-system", "requires", "*"), True),
    (("tool", "hatch", "envs", "*", "dependencies", "*"), True),
    (("tool", "hatch", "envs", "*", "extra-dependencies", "*"), True),
    (("tool", "pdm", "dev-dependencies", "*", "*"), True),
    (("tool", "uv", "dev-dependencies", "*"), True),
)
_FILES: Final[_Patterns] = (
    (("tool", "setuptools", "dynamic", "dependencies", "file"), False),
    (("tool", "setuptools", "dynamic", "dependencies", "file", "*"), False),
    (("tool", "setuptools", "dynamic", "optional-dependencies", "*", "file"), True),
    (("tool", "setuptools", "dynamic", "optional-dependencies", "*", "file", "*"), True),
)
_POETRY: Final[_Patterns] = (
    (("tool", "poetry", "dependencies"), False),
    (("tool", "poetry", "dev-dependencies"), True),
    (("tool", "poetry", "group", "*", "dependencies"), True),
)


def _suits(pattern: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    return len(pattern) == len(keys) and all(p in {"*", k} for p, k in zip(pattern, keys, strict=True))


def read_pyproject(data: Data) -> Iterator[Need | Include | Problem]:
    """Yield what a ``pyproject.toml`` needs, by PEP 518, 621 and 735, and as hatch, PDM, poetry and uv say it."""
    tables: dict[tuple[str, ...], list[Entry]] = {}
    for entry in data.entries:
        table = _poetry_table(entry.keys)
        if table is not None:
            tables.setdefault(table, []).append(entry)
            continue
        for pattern, optional in _FILES:
            if _suits(pattern, entry.keys):
                yield from _included(entry, optional=optional)
        for pattern, optional in _LISTS:
            if _suits(pattern, entry.keys):
                yield from _listed(entry, _Place(".".join(entry.keys[:-1]), optional))
            elif _suits(pattern[:-1], entry.keys):
                yield malformed("a list of requirements is expected here", entry.line)
    for keys, entries in tables.items():
        yield from _read_poetry(keys, entries)


def _included(entry: Entry, *, optional: bool) -> Iterator[Include | Problem]:
    text = text_of(entry)
    if text is None:
        yield malformed("the name of a file is not a text", entry.line)
    else:
        yield Include(text, entry.line, optional=optional)


def _listed(entry: Entry, place: _Place) -> Iterator[Need | Problem]:
    """Read one requirement of a list; PDM writes some as pip does (``-e file:///…#egg=name``)."""
    text = text_of(entry)
    if text is None:
        yield malformed(_NO_TEXT, entry.line)
        return
    editable = _EDITABLE.match(text)
    yield from _needs(text[editable.end() :] if editable else text, entry.line, entry.column, place)


def _poetry_table(keys: tuple[str, ...]) -> tuple[str, ...] | None:
    """
    Return the keys of the dependency that the entry at *keys* belongs to; None when it belongs to none.

    One that is written as a list of tables, a version for each platform, is as many dependencies.
    """
    for pattern, _ in _POETRY:
        size = len(pattern)
        if len(keys) > size and _suits(pattern, keys[:size]):
            return keys[: size + 2] if keys[size + 1 : size + 2] and keys[size + 1].isdecimal() else keys[: size + 1]
    return None


def _read_poetry(table: tuple[str, ...], entries: list[Entry]) -> Iterator[Need | Problem]:
    """Read one dependency: its version as text, or a table with it, or a table with a place."""
    pattern, optional = next((p, o) for p, o in _POETRY if _suits(p, table[: len(p)]))
    fields = {entry.keys[len(table) :]: entry for entry in entries}
    entry = fields.get((), fields.get(("version",)))
    name = canonical(table[len(pattern)])
    line = (entry or entries[0]).line
    stated = text_of(entry)
    if name is None or (entry is not None and stated is None):
        yield malformed("the name or the version of a dependency is not one", line)
        return
    if name == "python":
        return
    try:
        # poetry: a version alone is the same as with `==`.
        version, _ = read_version((stated or "").removeprefix("==").removeprefix("=").strip())
        version_range = None if version else range_of(stated or "")
    except ValueError:
        yield malformed("the version of a dependency is not one", line)
        return
    optional = optional or is_true(fields.get(("optional",)))
    column = (entry or entries[0]).column
    yield Need("pypi", name, line, column, ".".join(table[: len(pattern)]), version, version_range, optional)


# setup.cfg


def read_setup_cfg(data: Data) -> Iterator[Need | Include | Problem]:
    """Yield what the ``setup.cfg`` of setuptools needs."""
    for entry in data.entries:
        keys = tuple(key.replace("-", "_") for key in entry.keys)  # setuptools once took both.
        if keys[:1] == ("options.extras_require",) and len(keys) > 1:
            yield from _lines(entry, _Place(f"options.extras_require.{entry.keys[1]}", optional=True))
        elif keys == ("options", "install_requires"):
            yield from _lines(entry, _Place("options.install_requires", optional=False))
        elif keys in {("options", "setup_requires"), ("options", "tests_require")}:
            yield from _lines(entry, _Place(".".join(keys), optional=True))


def _lines(entry: Entry, place: _Place) -> Iterator[Need | Include | Problem]:
    text = entry.value if isinstance(entry.value, str) else ""
    if text.startswith("file:"):
        paths = filter(None, (path.strip() for path in text[5:].split(",")))
        yield from (Include(path, entry.line, optional=place.optional) for path in paths)
        return
    # setuptools: one line is a list with semicolons, several are one requirement each.
    lines: Iterable[tuple[int, str]] = (
        enumerate(text.split("\n")) if "\n" in text else ((0, t) for t in text.split(";"))
    )
    for below, line in lines:
        stated = _COMMENT.sub("", line).strip()
        if stated:
            yield from _needs(stated, entry.line + below, 0 if below else entry.column, place)
