"""AI libraries that Python code imports."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

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
    """AI libraries that Python code imports; their version is not known from an import."""
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


def _is_shadowed(name: str, file: File) -> bool:
    """Tell whether *name*, imported by the script *file*, is a module next to it: Python looks there first."""
    if file.name in {f"{name}.py", "__init__.py"} or file.sibling("__init__.py") is not None:
        return False  # Part of a package, where an absolute import does not look.
    return any(file.sibling(path) is not None for path in (f"{name}.py", f"{name}/__init__.py"))


@cache
def _hints() -> tuple[str, ...]:
    names = "|".join(sorted(re.escape(n) for n in _by_import()))
    return (rf"\b(?:import|from)[ \t]+(?:{names})\b",)


detect = FunctionDetector("imports", (_find.__doc__ or "").strip(), CODE, _hints(), _find)
