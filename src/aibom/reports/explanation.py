"""Why a component is in a bill: every place that shows it, and the way from there to the call."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from aibom.bill import Kind, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Component, Evidence

__all__ = ["to_explanation"]


def to_explanation(component: Component) -> str:
    r"""
    Return why *component* is in its bill: what is known of it, and each place that shows it, the strongest use first.

    Below a place stands the way of the name to the call that uses it. What was scanned is hostile input: control
    characters are written as escapes.

    >>> from aibom.bill import Component, Evidence, Kind, Location
    >>> there = Evidence(Location("app.py", 3), "openai", "openai.embeddings.create", reaches=(Location("llm.py", 9),))
    >>> print(to_explanation(Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[there])))
    model gpt-4o
      provider  openai
      hosted    yes
      usage     used
    <BLANKLINE>
    app.py:3: used, found by openai
      → llm.py:9: openai.embeddings.create
    <BLANKLINE>
    """
    facts = list(_facts(component))
    width = max(len(name) for name, _ in facts)
    lines = [f"{component.kind} {component.name}", *(f"  {name.ljust(width)}  {value}" for name, value in facts)]
    for _, there in groupby(sorted(component.evidence, key=_place), key=_place):
        lines += ["", *_shown(list(there))]
    if not component.evidence:
        lines += ["", "no place in the code shows it"]
    return "\n".join(map(printable, lines)) + "\n"


def _facts(component: Component) -> Iterator[tuple[str, str]]:
    yield "provider", component.provider
    if component.kind is Kind.MODEL:
        yield "hosted", _yes(component.hosted)
    if component.purl:
        yield "purl", component.purl
    if component.commit or component.version:
        yield "version", component.commit or component.version or ""
    if component.kind in {Kind.MODEL, Kind.DATASET} and not component.hosted and component.provider != "local":
        yield "pinned", _yes(component.pinned)
    yield "usage", component.usage
    yield from component.properties


def _yes(value: bool) -> str:  # noqa: FBT001 - it is what the function says
    return "yes" if value else "no"


def _place(evidence: Evidence) -> tuple[int, str, int, int]:
    """Return what evidence is sorted and grouped by: the columns of a line are one place."""
    at = evidence.location
    return -evidence.usage.weight, at.path, at.line, at.cell


def _shown(there: list[Evidence]) -> Iterator[str]:
    """Yield the lines about one place."""
    parts = [str(there[0].usage), "found by " + ", ".join(_distinct(e.detector for e in there))]
    parts += [f"at revision {revision}" for revision in _distinct(e.revision for e in there)]
    parts += [f"written as {name}" for name in _distinct(e.requested for e in there)]
    parts += [f"{name}={value}" for name, value in sorted({pair for e in there for pair in e.context})]
    yield f"{there[0].location}: {', '.join(parts)}"
    seen: set[str] = set()
    for e in there:
        symbol = f": {e.symbol}" if e.symbol else ""
        ways = [f"  {'  ' * step}→ {place}" for step, place in enumerate(e.reaches)] or ["  → here"]
        ways[-1] += symbol
        way = "\n".join(ways)
        if way not in seen and (e.reaches or symbol):
            seen.add(way)
            yield from ways


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})
