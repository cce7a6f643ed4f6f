"""Find AI libraries in manifests and lock files."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Detection, Diagnostic, Kind, Technique, Usage
from aibom.knowledge import packages
from aibom.manifests import PATTERNS, Include, Need, is_manifest, read
from aibom.protocols import detector
from aibom.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File

__all__ = ["detect"]

_MOST_INCLUDES: Final = 100
_MOST_PROBLEMS: Final = 10
"""Of one file, one by one: a text that only has the name of a manifest has one on each line."""


@detector("libraries", files=PATTERNS)
def detect(file: File) -> Iterator[Detection | Diagnostic]:
    """AI libraries that manifests and lock files name, with the version where it is pinned or locked."""
    if not is_manifest(file.path):
        return
    known = packages()
    problems: Counter[str] = Counter()
    for place, found in _with_includes(file):
        if isinstance(found, Problem):
            problems[place.path] += 1
            if problems[place.path] <= _MOST_PROBLEMS:
                yield Diagnostic(found.code, found.message, place.at(found.line))
        elif (package := known.get(found.ecosystem, found.name)) is not None:
            name = known.canonical(found.ecosystem, found.name)
            yield _detection(evolve(found, name=name), package.category, place)
    for path, count in problems.items():
        if count > _MOST_PROBLEMS:
            message = f"{count - _MOST_PROBLEMS} more entries of {path} could not be read"
            yield Diagnostic("malformed-manifest", message, file.at(0))


def _detection(need: Need, category: str, file: File) -> Detection:
    properties = [("category", category)]
    if need.version_range is not None:
        properties.append(("version-range", need.version_range))
    return Detection(
        Kind.LIBRARY,
        need.name,
        file.at(need.line, need.column),
        provider=need.ecosystem,
        version=need.version,
        usage=Usage.OPTIONAL if need.optional else Usage.USED,
        symbol=need.entry,
        technique=Technique.MANIFEST,
        properties=properties,
        context=[("hashed", "true")] if need.hashed else (),
    )


def _with_includes(file: File) -> Iterator[tuple[File, Need | Problem]]:
    """Yield what *file* says, and what those say that only it and its like include, each file once."""
    waiting: deque[tuple[File, Include | None]] = deque([(file, None)])
    seen = {(file.path, False, False)}
    while waiting:
        here, include = waiting.popleft()
        for found in read(here, include):
            if not isinstance(found, Include):
                yield here, found
                continue
            included = None if "://" in found.path else here.sibling(found.path)
            if included is None:
                yield here, Problem("malformed-manifest", "the file that is included is not in the tree", found.line)
            elif not is_manifest(included.path) and (key := (included.path, found.limits, found.optional)) not in seen:
                if len(seen) > _MOST_INCLUDES:
                    yield here, Problem("limit-reached", f"more than {_MOST_INCLUDES} files are included", found.line)
                    return
                seen.add(key)
                waiting.append((included, found))
