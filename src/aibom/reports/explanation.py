"""Why a component is in a bill: every place that shows it, and the way from there to the call."""

from __future__ import annotations

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
    for there in _places(component.evidence):
        lines += ["", *_shown(there)]
    if not component.evidence:
        lines += ["", "no place in the code shows it"]
    return "\n".join(map(printable, lines)) + "\n"


def _facts(component: Component) -> Iterator[tuple[str, str]]:
    yield "provider", component.provider
    if component.kind is Kind.MODEL:
        yield "hosted", _yes(component.hosted)
    if component.purl and "purl" not in dict(component.properties):
        yield "purl", component.purl
    if component.origin:
        yield "origin", component.origin
    if component.commit or component.version:
        yield "version", component.commit or component.version or ""
    fetched = component.kind in {Kind.MODEL, Kind.DATASET} and not component.hosted and component.provider != "local"
    if fetched and component.evidence:
        yield "pinned", _yes(component.pinned)
    yield "usage", component.usage
    yield from component.properties
    yield from (("licence", f"{licence.value} ({licence.source})") for licence in component.licences)
    yield from ((name, f"{fact.value} ({fact.source})") for name, fact in component.card.facts)


def _yes(value: bool) -> str:  # noqa: FBT001 - it is what the function says
    return "yes" if value else "no"


def _places(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return *evidence* by place, the strongest use first; the columns of a line are one place."""
    found: dict[tuple[str, int, int], list[Evidence]] = {}
    for e in sorted(evidence, key=lambda e: -e.usage.weight):
        found.setdefault((e.location.path, e.location.line, e.location.cell), []).append(e)
    return list(found.values())


def _shown(there: list[Evidence]) -> Iterator[str]:
    """Yield the lines about one place."""
    parts = [str(there[0].usage)]
    parts += [f"found by {name}" for name in _distinct(e.detector for e in there)]
    parts += [f"at revision {revision}" for revision in _distinct(e.revision for e in there)]
    parts += [f"written as {name}" for name in _distinct(e.requested for e in there)]
    parts += [f"{name}={value}" for name, value in sorted({pair for e in there for pair in e.context})]
    yield f"{there[0].location}: {', '.join(parts)}"
    for way in dict.fromkeys(tuple(_way(e)) for e in there):
        yield from way


def _way(evidence: Evidence) -> Iterator[str]:
    """Yield the way from the name to the call, a line for each step; only the call where the name stands in it."""
    steps = [str(location) for location in evidence.reaches]
    if evidence.symbol:
        steps[-1:] = [": ".join([*steps[-1:], evidence.symbol])]
    for depth, step in enumerate(steps, 1):
        yield f"{'  ' * depth}→ {step}"


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})
