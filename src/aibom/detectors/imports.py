"""AI libraries that code imports, but for JavaScript."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aibom.bill import Detection, Kind
from aibom.knowledge import packages
from aibom.protocols import CODE, FunctionDetector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.files import File

__all__ = ["detect"]

_COMMON = frozenset(
    [
        "adapters",
        "agents",
        "art",
        "comet",
        "composer",
        "helm",
        "hub",
        "inference",
        "interpreter",
        "llm",
        "marker",
        "spaces",
        "streaming",
        "swift",
        "ts",
    ]
)
"""Import names that people give their own modules as well; for these only a manifest counts."""


@cache
def _by_import() -> Mapping[str, str]:
    """Return the package of each import name that belongs to one alone, or to one of the same name."""
    owners: dict[str, set[str]] = {}
    for package in packages():
        if package.ecosystem == "pypi" and not package.name.endswith("*"):
            for name in package.imports:
                owners.setdefault(name, set()).add(package.name)
    found = {}
    for name, candidates in owners.items():
        same = name.replace("_", "-").lower()
        if name not in _COMMON and (len(candidates) == 1 or same in candidates):
            found[name] = same if same in candidates else min(candidates)
    return found


def _find(file: File) -> Iterator[Detection]:
    """AI libraries that Python, Java, Kotlin, Go, Rust, C# and PHP import; an import does not tell their version."""
    seen = set()
    for imported in file.code.imports:
        found = _imported(file, imported.target)
        if found is None or found[:2] in seen:
            continue
        ecosystem, name, written = found
        package = packages().get(ecosystem, name)
        if package is not None:
            seen.add((ecosystem, name))
            yield Detection(
                Kind.LIBRARY,
                name,
                file.at(imported.line),
                ecosystem,
                symbol=f"import {written}",
                confidence=0.9,
                properties=[("category", package.category)],
            )


def _imported(file: File, target: str) -> tuple[str, str, str] | None:
    """Return ecosystem and name of the package that *target* is imported from, and what of *target* says so."""
    ecosystem = _ECOSYSTEMS.get(file.code.language, "pypi")
    if file.code.language == "javascript":  # The detector of that name knows its packages.
        return None
    if ecosystem != "pypi":
        target = target.partition(":")[2].removesuffix(".*")
    mark = "/" if ecosystem == "golang" else "."
    parts = target.split(mark)[:_DEEPEST]
    for count in range(len(parts), 0, -1):
        written = mark.join(parts[:count])
        name = _package(ecosystem, written)
        if name is not None:
            shadowed = ecosystem == "pypi" and _is_shadowed(parts[0], file)
            return None if shadowed else (ecosystem, name, written)
    return None


def _package(ecosystem: str, written: str) -> str | None:
    """Return the package whose modules are called *written*."""
    if ecosystem == "golang":
        return written if _is_module(written) else None
    return (_by_import() if ecosystem == "pypi" else _by_prefix(ecosystem)).get(written)


_ECOSYSTEMS: Final = {
    "java": "maven",
    "kotlin": "maven",
    "go": "golang",
    "rust": "cargo",
    "csharp": "nuget",
    "php": "composer",
}
"""Where the libraries of a language come from."""
_OWN: Final = frozenset({"llm"})
"""Crates that people call modules of their own after."""


@cache
def _by_prefix(ecosystem: str) -> Mapping[str, str]:
    """Return the package of each name that its imports begin with, where that is one package alone."""
    owners: dict[str, set[str]] = {}
    for package in packages():
        if package.ecosystem == ecosystem and not package.name.endswith("*"):
            for name in package.imports:
                owners.setdefault(name, set()).add(package.name)
    return {name: min(found) for name, found in owners.items() if len(found) == 1 and name not in _OWN}


def _is_module(path: str) -> bool:
    """Tell whether *path* is that of a Go module that is known by its full name."""
    found = packages().get("golang", path)
    return found is not None and not found.name.endswith("*")


_DEEPEST: Final = 12
"""So many parts of a name are compared."""


def _is_shadowed(name: str, file: File) -> bool:
    """Tell whether *name*, imported by the script *file*, is a module next to it: Python looks there first."""
    if file.name in {f"{name}.py", "__init__.py"} or file.sibling("__init__.py") is not None:
        return False  # Part of a package, where an absolute import does not look.
    return any(file.sibling(path) is not None for path in (f"{name}.py", f"{name}/__init__.py"))


@cache
def _hints() -> tuple[str, ...]:
    names = "|".join(sorted(re.escape(n) for n in _by_import()))
    roots = {name for e in ("maven", "cargo", "nuget", "composer") for name in _by_prefix(e)}
    modules = {p.name for p in packages() if p.ecosystem == "golang" and not p.name.endswith("*")}
    other = "|".join(sorted(re.escape(n).replace(r"\.", r"(?:\.|::|\\)") for n in roots))
    paths = "|".join(sorted(re.escape(n) for n in modules))
    return (
        rf"\b(?:import|from)[ \t]+(?:{names})\b",
        rf"\b(?:import|use|using)[ \t]+(?:static[ \t]+)?(?:[\w.]+[ \t]*=[ \t]*|::)?(?:{other})\b",
        rf'"(?:{paths})["/]',
    )


detect = FunctionDetector("imports", (_find.__doc__ or "").strip(), CODE, _hints, _find)
