"""Put what enrichers know into a bill: names become canonical, facts meet, new components come in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from aibom.bill import Card, Component, Diagnostic, Evidence, Fact, Relation
from aibom.resolve import merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aibom.bill import Bill, Enrichment, Location

__all__ = ["SINGLE", "enriched"]

SINGLE: Final = frozenset(
    [
        *(
            "architecture",
            "context-length",
            "created",
            "architecture-family",
            "gated",
            "last-modified",
            "library",
            "new-version",
        ),
        *("parameters", "pretty-name", "publisher", "quantization", "task"),
    ]
)
"""Fields of a card that have one value. What the code or a file says of them wins over what a network says."""

_ORDER: Final = ("code", "file", "tree", "weights", "hf-cache", "card", "hub")
"""Whose word counts first where one value is all that a field can have: the beginnings of `Fact.source`."""


def enriched(bill: Bill, known: Iterable[tuple[Component, Enrichment]]) -> Bill:
    """
    Return *bill* with what is *known* of its components.

    Each enrichment comes with the component that it was asked about. A component that gets a canonical name is merged
    with the one that has it already; the requested name stays on its evidence. The order does not matter.

    >>> from aibom.bill import Bill, Component, Enrichment, Kind
    >>> legacy = Component(Kind.MODEL, "huggingface", "gpt2")
    >>> enriched(Bill([legacy]), [(legacy, Enrichment(name="openai-community/gpt2"))]).models
    (<Component model:huggingface:openai-community/gpt2 mention, named in 0 places>,)
    """
    news = _News()
    for component, enrichment in known:
        news.take(component, enrichment)
    return news.added_to(bill)


@define
class _News:
    """What is known so far, by the ref of the component that was asked about."""

    of: dict[str, list[Enrichment]] = field(factory=dict)
    names: dict[str, set[str]] = field(factory=dict)
    components: dict[str, list[Component]] = field(factory=dict)
    relations: set[Relation] = field(factory=set)
    diagnostics: list[Diagnostic] = field(factory=list)

    def take(self, component: Component, enrichment: Enrichment) -> None:
        ref = component.ref
        self.of.setdefault(ref, []).append(enrichment)
        if enrichment.name is not None and enrichment.name != component.name:
            self.names.setdefault(ref, set()).add(enrichment.name)
        for other in enrichment.components:
            self.components.setdefault(other.ref, []).append(other)
        self.relations.update(enrichment.relations)
        self.diagnostics += enrichment.diagnostics

    def added_to(self, bill: Bill) -> Bill:
        everything = [*bill.components, *(c for others in self.components.values() for c in others)]
        diagnostics = list(self.diagnostics)
        renamed: dict[str, str] = {}
        claims = []
        for component in everything:
            now = self._canonical(component, diagnostics)
            for enrichment in self.of.get(component.ref, ()):
                now = _with(now, enrichment)
            claims.append(now)
            renamed[component.ref] = now.ref
        merged, contradictions = _agreed(merge(claims))
        edges = {
            Relation(renamed.get(r.source, r.source), renamed.get(r.target, r.target), r.kind, r.how)
            for r in (*bill.relations, *self.relations)
        }
        findings = [evolve(f, component=renamed.get(f.component, f.component)) for f in bill.findings]
        return evolve(
            bill,
            components=merged,
            relations=_between(merged, edges),
            findings=findings,
            diagnostics=[*bill.diagnostics, *diagnostics, *contradictions],
        )

    def _canonical(self, component: Component, diagnostics: list[Diagnostic]) -> Component:
        names = self.names.get(component.ref)
        if not names:
            return component
        if len(names) > 1:
            message = f"{component.name} is said to be {' and '.join(sorted(names))}; it keeps its name"
            diagnostics.append(Diagnostic("contradiction", message))
            return component
        evidence = [e if e.requested else evolve(e, requested=component.name) for e in component.evidence]
        return evolve(component, name=next(iter(names)), evidence=evidence)


def _with(component: Component, known: Enrichment) -> Component:
    return evolve(
        component,
        card=Card([*component.card.facts, *known.card.facts], [*component.card.metrics, *known.card.metrics]),
        licences=[*component.licences, *known.licences],
        hashes=[*component.hashes, *known.hashes],
        files=[*component.files, *known.files],
        resolutions=[*component.resolutions, *known.resolutions],
        properties=[*component.properties, *known.properties],
    )


def _agreed(components: Sequence[Component]) -> tuple[list[Component], list[Diagnostic]]:
    """Return *components* with one fact for each field that has one value, and what contradicts it as diagnostics."""
    agreed = []
    problems: list[Diagnostic] = []
    for component in components:
        kept: list[tuple[str, Fact]] = []
        for name, group in groupby(component.card.facts, key=lambda pair: pair[0]):
            facts = [fact for _, fact in group]
            if name not in SINGLE:
                kept += [(name, fact) for fact in facts]
                continue
            first = min(facts, key=_weight)
            kept.append((name, first))
            for other in facts:
                if other.value != first.value:
                    message = (
                        f"{component.name}: {name} is {first.value!r} by {first.source}, "
                        f"and {other.value!r} by {other.source}; the former is kept"
                    )
                    problems.append(Diagnostic("contradiction", message, _place(component.evidence)))
        agreed.append(evolve(component, card=Card(kept, component.card.metrics)))
    return agreed, problems


def _weight(fact: Fact) -> tuple[int, str, str]:
    start = fact.source.partition(":")[0]
    return (_ORDER.index(start) if start in _ORDER else len(_ORDER), fact.source, fact.value)


def _place(evidence: tuple[Evidence, ...]) -> Location | None:
    return evidence[0].location if evidence else None


def _between(components: Iterable[Component], edges: Iterable[Relation]) -> list[Relation]:
    """
    Return the *edges* whose ends are among *components*, each end in full.

    An end that names no commit means each of those to which the code pins the component.
    """
    exact = set()
    loose: dict[str, list[str]] = {}
    for component in components:
        exact.add(component.ref)
        if component.commit:
            loose.setdefault(evolve(component, commit=None).ref, []).append(component.ref)

    def ends(ref: str) -> list[str]:
        return [ref] if ref in exact else loose.get(ref, [])

    return [
        evolve(edge, source=source, target=target)
        for edge in edges
        for source in ends(edge.source)
        for target in ends(edge.target)
        if source != target
    ]
