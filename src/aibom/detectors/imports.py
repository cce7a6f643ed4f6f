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
    if file.code.language in _ECOSYSTEMS:
        yield from _others(file)
        return
    if file.code.language == "javascript":
        return
    known = _by_import()
    seen = set()
    for imported in file.code.imports:
        parts = imported.target.split(".")
        for count in range(len(parts), 0, -1):
            package = known.get(".".join(parts[:count])) if parts[0] else None
            if package is not None:
                if package not in seen and not _is_shadowed(parts[0], file):
                    seen.add(package)
                    row = packages().exact["pypi", package]
                    yield Detection(
                        Kind.LIBRARY,
                        package,
                        file.at(imported.line),
                        "pypi",
                        symbol=f"import {'.'.join(parts[:count])}",
                        confidence=0.9,
                        properties=[("category", row.category)],
                    )
                break


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


def _others(file: File) -> Iterator[Detection]:
    """Yield the libraries that *file* imports by names that begin with their own."""
    ecosystem = _ECOSYSTEMS[file.code.language]
    seen = set()
    for imported in file.code.imports:
        dotted = imported.target.partition(":")[2].removesuffix(".*")
        mark = "/" if ecosystem == "golang" else "."
        parts = dotted.split(mark)[:_DEEPEST]
        for count in range(len(parts), 0, -1):
            prefix = mark.join(parts[:count])
            if ecosystem == "golang":
                found = prefix if _is_module(prefix) else None
            else:
                found = _by_prefix(ecosystem).get(prefix)
            if found is None:
                continue
            package = packages().get(ecosystem, found)
            if found not in seen and package is not None:
                seen.add(found)
                yield Detection(
                    Kind.LIBRARY,
                    found,
                    file.at(imported.line),
                    ecosystem,
                    symbol=f"import {prefix}",
                    confidence=0.9,
                    properties=[("category", package.category)],
                )
            break


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
