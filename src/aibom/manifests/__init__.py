"""
Read what a manifest or a lock file says it needs.

No reader opens a file, follows a URL, expands an environment variable or runs anything. Each takes any text, raises
nothing, and says what it could not read. No message quotes the file, so that a password in a URL cannot leak.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from aibom.bill import Target
from aibom.manifests import locks, npm, python
from aibom.manifests.need import Include, Need
from aibom.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aibom.syntax import Data

__all__ = ["DESCRIBING", "PATTERNS", "Include", "Manifest", "Need", "Stated", "describe", "is_manifest", "read"]

Stated: TypeAlias = "Need | Include | Problem"
"""What a place in a manifest says."""

_DATA: Final[Mapping[str, Callable[[str, Data], Iterator[Stated]]]] = {
    "npm-shrinkwrap.json": npm.read_lock,
    "package-lock.json": npm.read_lock,
    "package.json": lambda _, data: npm.read_package(data),
    "poetry.lock": locks.read_poetry,
    "pyproject.toml": lambda _, data: python.read_pyproject(data),
    "setup.cfg": lambda _, data: python.read_setup_cfg(data),
    "uv.lock": locks.read_uv,
}

PATTERNS: Final = (*_DATA, "pylock.toml", "pylock.*.toml", "*.txt", "*.in", "requirements*.lock")
"""Shell patterns of the base names of manifests. The path must also suit `is_manifest`."""

DESCRIBING: Final = ("pyproject.toml", "setup.cfg", "package.json")
"""The names of the manifests that `describe` reads; the one that knows best first."""

_PYLOCK: Final = re.compile(r"pylock(?:\.[^.]+)?\.toml")
_REQUIREMENTS: Final = re.compile(
    r".*(?:requirements?|constraints?)[^/]*\.(?:txt|in)|requirements[^/]*\.lock", re.IGNORECASE
)
_ASIDE: Final = frozenset(
    {"ci", "dev", "develop", "development", "doc", "docs", "extra", "extras", "lint", "linting", "optional"}
    | {"test", "testing", "tests", "typing"}
)
"""Words in the path of a requirements file for what the program itself does without."""


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


def is_manifest(path: str) -> bool:
    """
    Tell whether the file at *path* is read for what it says itself, and not only where another one includes it.

    >>> is_manifest("requirements/base.txt"), is_manifest("docs/notes.txt")
    (True, False)
    """
    *folders, name = path.split("/")
    if name in _DATA or _PYLOCK.fullmatch(name):
        return True
    return bool(_REQUIREMENTS.fullmatch(name)) or ("requirements" in folders and name.endswith((".txt", ".in")))


def read(manifest: Manifest, include: Include | None = None) -> Iterator[Stated]:
    """
    Yield what *manifest* needs, what it includes, and what of it could not be read, in no particular order.

    A file whose name is not that of another format is read as requirements, since only these are included. *include* is
    what includes it.
    """
    reader = locks.read_pylock if _PYLOCK.fullmatch(manifest.name) else _DATA.get(manifest.name)
    if reader is not None:
        return chain(_odd(manifest), reader(manifest.name, manifest.data))
    words = set(re.split(r"[^a-z]+", manifest.path.lower()))
    limits = not words.isdisjoint({"constraint", "constraints"}) or (include is not None and include.limits)
    aside = not words.isdisjoint(_ASIDE) or (include is not None and include.optional)
    return python.read_requirements(manifest.text, limits=limits, optional=limits or aside)


_TABLES: Final = ("project", "tool", "dependency-groups", "dependencies", "devDependencies", "packages")
_LISTS: Final = ("package",)


def _odd(manifest: Manifest) -> Iterator[Problem]:
    """Yield what is wrong with the outermost values of *manifest*: a list where a table should stand, or a number."""
    lists = (*_LISTS, "packages") if manifest.name.startswith("pylock") else _LISTS
    for entry in manifest.data.entries:
        first, second = (*entry.keys, None, None)[:2]
        if first is None:  # The file is one value.
            yield Problem("malformed-manifest", "it is one value, and no table", entry.line)
            return
        wrong = first.isdecimal() and manifest.name.endswith(".json")
        wrong |= first in lists and (second is None or not second.isdecimal())
        wrong |= first in _TABLES and first not in lists and (second is None or second == "0")
        if wrong:
            yield Problem("malformed-manifest", "a value is not of the type that the format gives it", entry.line)
            return


def describe(manifest: Manifest) -> Target | None:
    """
    Return what *manifest*, one of `DESCRIBING`, says about the project that it stands in; None when it names none.

    A version that is only computed when the project is built is unknown.
    """
    tables, ecosystem = {
        "pyproject.toml": ((("project",), ("tool", "poetry")), "pypi"),
        "setup.cfg": ((("metadata",),), "pypi"),
        "package.json": (((),), "npm"),
    }.get(manifest.name, ((), ""))
    names = [n for table in tables if (n := _text(manifest.data, *table, "name"))]
    if not names:
        return None
    versions = [v for table in tables if (v := _text(manifest.data, *table, "version"))]
    version = versions[0] if versions and not versions[0].startswith(("attr:", "file:")) else None
    return Target(names[0], version, _purl(ecosystem, names[0], version), manifest.path)


def _text(data: Data, *keys: str) -> str:
    entry = data.get(*keys)
    return entry.value.strip() if entry is not None and isinstance(entry.value, str) else ""


def _purl(ecosystem: str, name: str, version: str | None) -> str | None:
    """Return the package URL; None where *name* is no name in *ecosystem*."""
    from packageurl import PackageURL

    known = python.canonical(name) if ecosystem == "pypi" else npm.canonical(name)
    if known is None:
        return None
    group, _, title = known.rpartition("/")
    return str(PackageURL(ecosystem, group or None, title, version))
