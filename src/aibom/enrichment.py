"""Put what enrichers know into a bill: names become canonical, facts meet, new components come in."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import define, evolve, field

from aibom.bill import (
    Card,
    Component,
    Diagnostic,
    Enrichment,
    Evidence,
    Fact,
    Kind,
    Metric,
    ModelFile,
    Relation,
    RelationKind,
)
from aibom.resolve import merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aibom.bill import Bill, Location
    from aibom.cards import Said

__all__ = ["SINGLE", "enriched", "of_said"]

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

_ORDER: Final = ("code", "file", "tree", "weights", "lockfile", "ollama-manifest", "hf-cache", "card", "hub", "table")
"""Whose word counts first where one value is all that a field can have: the beginnings of `Fact.source`."""


def of_said(component: Component, said: Said, *, name: str | None = None, hub: str = "") -> Enrichment:
    r"""
    Return what the card or the record of *component* says: its facts, and what it was made from and tried on.

    Base models and datasets are taken to be of the Hub, as cards name them, or of the one at *hub*, whose record it is.
    *name* is the canonical one, when it is another. What is odd is a diagnostic at the first place that shows the
    component.

    >>> from aibom.bill import Component, Kind
    >>> from aibom.cards import of_readme
    >>> said = of_readme("---\nbase_model: acme/base\n---\n")
    >>> of_said(Component(Kind.MODEL, "local", "models/tone"), said).components
    (<Component model:huggingface:acme/base mention, named in 0 places>,)
    """
    others: list[Component] = []
    edges: list[Relation] = []

    def add(kind: Kind, other: str, relation: RelationKind, how: str = "") -> None:
        # What a document says to be of another hub is told apart by that from what is of the user's own.
        made = Component(
            kind,
            "huggingface",
            other,
            origin=component.origin if hub else "",
            properties=[("repository-url", hub)] if hub else (),
        )
        if made.name not in {component.name, name} or kind is not component.kind:
            others.append(made)
            edges.append(Relation(component.ref, made.ref, relation, how))

    for base, how in said.bases:
        add(Kind.MODEL, base, RelationKind.DERIVED_FROM, how)
    for names, relation in (
        (said.trained_on, RelationKind.TRAINED_ON),
        (said.tested_on, RelationKind.TESTED_ON),
        (said.sources, RelationKind.DERIVED_FROM),
    ):
        for each in names:
            add(Kind.DATASET, each, relation)
    place = _place(component.evidence)
    return Enrichment(
        name=name,
        card=Card(said.facts, said.metrics),
        licences=said.licences,
        files=said.files,
        properties=said.properties,
        components=tuple(others),
        relations=tuple(edges),
        diagnostics=tuple(
            Diagnostic("odd-card", f"{component.name}: {problem}", place) for problem in dict.fromkeys(said.problems)
        ),
    )


def enriched(bill: Bill, known: Iterable[tuple[Component, Enrichment]]) -> Bill:
    """
    Return *bill* with what is *known* of its components.

    Each enrichment comes with the component that it was asked about. A component that gets a canonical name is merged
    with the one that has it already; the requested name stays on its evidence. The order does not matter, but that of
    two sources that are none of aibom's own the first one counts where one value is all that a field can have.

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
    given: dict[str, int] = field(factory=dict)
    """The order in which sources came, by how they begin."""

    def take(self, component: Component, enrichment: Enrichment) -> None:
        ref = component.ref
        for _, fact in enrichment.card.facts:
            self.given.setdefault(_start(fact.source), len(self.given))
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
        merged, contradictions = _agreed(merge(claims), self.given)
        edges = {
            Relation(renamed.get(r.source, r.source), renamed.get(r.target, r.target), r.kind, r.how)
            for r in (*bill.relations, *self.relations)
        }
        findings = [evolve(f, component=renamed.get(f.component, f.component)) for f in bill.findings]
        settled = [
            evolve(s, finding=evolve(s.finding, component=renamed.get(s.finding.component, s.finding.component)))
            for s in bill.settled
        ]
        return evolve(
            bill,
            components=merged,
            relations=_between(merged, edges),
            findings=findings,
            settled=settled,
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
        # What a document of another tool lists, and nobody shows, has no evidence to keep it.
        asked = [] if evidence else [("requested", component.name)]
        return evolve(component, name=next(iter(names)), evidence=evidence, properties=[*component.properties, *asked])


def _with(component: Component, known: Enrichment) -> Component:
    return evolve(
        component,
        card=Card([*component.card.facts, *known.card.facts], [*component.card.metrics, *known.card.metrics]),
        licences=[*component.licences, *known.licences],
        hashes=[*component.hashes, *known.hashes],
        files=[*component.files, *known.files],
        resolutions=[*component.resolutions, *known.resolutions],
        advisories=[*component.advisories, *known.advisories],
        properties=[*component.properties, *known.properties],
    )


def _agreed(components: Sequence[Component], given: Mapping[str, int]) -> tuple[list[Component], list[Diagnostic]]:
    """Return *components* with one fact for each field that has one value, and what contradicts it as diagnostics."""

    def weight(fact: Fact) -> tuple[int, int, str, str]:
        rank, source = _rank(fact.source)
        return rank, given.get(_start(source), -1) if rank == len(_ORDER) else 0, source, fact.value

    agreed = []
    problems: list[Diagnostic] = []
    for component in components:
        kept: list[tuple[str, Fact]] = []
        for name, group in groupby(component.card.facts, key=lambda pair: pair[0]):
            facts = [fact for _, fact in group]
            if name not in SINGLE:
                kept += [(name, min(same, key=_weight)) for same in _alike(facts, lambda fact: fact.value)]
                continue
            first = min(facts, key=weight)
            kept.append((name, first))
            for other in facts:
                if other.value != first.value:
                    message = (
                        f"{component.name}: {name} is {first.value!r} by {first.source}, "
                        f"and {other.value!r} by {other.source}; the former is kept"
                    )
                    problems.append(Diagnostic("contradiction", message, _place(component.evidence)))
        scores = [min(same, key=_weight) for same in _alike(component.card.metrics, lambda m: evolve(m, source=""))]
        agreed.append(evolve(component, card=Card(kept, scores), files=_united(component.files)))
    return agreed, problems


_Stated = TypeVar("_Stated", Fact, Metric)


def _alike(stated: Iterable[_Stated], key: Callable[[_Stated], object]) -> list[list[_Stated]]:
    """Return what is *stated*, with what several sources state together."""
    groups: dict[object, list[_Stated]] = {}
    for each in stated:
        groups.setdefault(key(each), []).append(each)
    return list(groups.values())


def _weight(stated: Fact | Metric) -> tuple[int, str, str]:
    return (*_rank(stated.source), stated.value)


def _rank(source: str) -> tuple[int, str]:
    start = _start(source)
    return (_ORDER.index(start) if start in _ORDER else len(_ORDER), source)


def _start(source: str) -> str:
    return re.split(r"[:@ ]", source, maxsplit=1)[0]


def _united(files: Iterable[ModelFile]) -> list[ModelFile]:
    """
    Return *files*, with those of one path that may be one file as one; the sources of it are parted by ``; ``.

    Files of one path with different digests or sizes stay apart: they are of different commits, or somebody lies.
    """
    united: dict[str, list[ModelFile]] = {}
    for file in sorted(files, key=lambda f: (_rank(f.source), f)):
        there = united.setdefault(file.path, [])
        for number, other in enumerate(there):
            digests, others = dict(file.hashes), dict(other.hashes)
            agree = all(digests[name].lower() == others[name].lower() for name in digests.keys() & others.keys())
            if agree and (-1 in {file.size, other.size} or file.size == other.size):
                sources = dict.fromkeys([*other.source.split("; "), *file.source.split("; ")])
                there[number] = ModelFile(
                    file.path,
                    "; ".join(sources),
                    max(file.size, other.size),
                    other.format or file.format,
                    [*other.hashes, *(pair for pair in file.hashes if pair[0] not in others)],
                    [*other.verdicts, *file.verdicts],
                )
                break
        else:
            there.append(file)
    return [file for there in united.values() for file in there]


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
