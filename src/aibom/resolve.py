"""Merge what detectors claim into the components of a bill."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import evolve

from aibom.bill import Card, Component, Evidence, Kind, Relation, RelationKind, Usage, is_commit
from aibom.knowledge import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Detection

__all__ = ["components", "merge", "relations", "stated"]


def components(detections: Iterable[Detection]) -> tuple[Component, ...]:
    """
    Return the components that the settled *detections* show, each once, with all of its evidence.

    The order of *detections* does not matter. `TypeError` when a name is still symbolic: `link` settles those.
    """
    return merge(_claimed(d) for d in detections)


def _claimed(detection: Detection) -> Component:
    if not isinstance(detection.name, str):
        msg = f"{detection.at}: the name is not settled; run link() first"
        raise TypeError(msg)
    revision = detection.revision if isinstance(detection.revision, str) else None
    evidence = Evidence(
        detection.at,
        detection.detector,
        detection.symbol,
        detection.usage,
        detection.confidence,
        detection.technique,
        revision=revision,
        context=detection.context,
        reaches=detection.reaches,
    )
    return Component(
        detection.kind,
        detection.provider,
        detection.name,
        version=detection.version,
        hosted=detection.hosted,
        evidence=[evidence],
        card=detection.card,
        licences=detection.licences,
        hashes=detection.hashes,
        properties=detection.properties,
        files=detection.files,
    )


def merge(claims: Iterable[Component]) -> tuple[Component, ...]:
    """
    Return *claims* with those about the same thing made one; no evidence is lost.

    Two claims are about the same thing when kind, provider and name agree, and whether it is hosted. A library is
    further told apart by its exact version; a claim without one goes to each of them. A model or a dataset is told
    apart by the commit that it is pinned to where the code pins several; what is claimed without one of these is a
    component of its own. Merging again, or in another order, changes nothing.
    """
    groups: dict[tuple[Kind, str, str, bool], list[Component]] = defaultdict(list)
    for claim in claims:
        groups[claim.kind, claim.provider, claim.name, claim.hosted].append(claim)
    merged = [c for members in groups.values() for c in _same_name(members)]
    return tuple(sorted(merged, key=lambda c: (c.ref, c.hosted)))


def _same_name(members: list[Component]) -> Iterator[Component]:
    if members[0].kind is Kind.LIBRARY:
        of_version: dict[str | None, list[Component]] = defaultdict(list)
        for member in members:
            of_version[member.version].append(member)
        loose = of_version.pop(None, [])
        for version in sorted(v for v in of_version if v is not None) or (None,):
            yield evolve(_one([*of_version.get(version, []), *loose]), version=version)
        return
    every = _one(members)
    uses = [e for e in every.evidence if e.usage is not Usage.MENTION]
    commits = sorted({e.revision.lower() for e in uses if e.revision is not None and is_commit(e.revision)})
    if len(commits) < 2:  # noqa: PLR2004 - one commit, or none
        yield evolve(every, commit=commits[0] if commits and every.pinned else None)
        return
    for commit in [*commits, None]:
        parts = [part for m in members if (part := _at(m, commit, commits)) is not None]
        if parts:
            yield evolve(_one(parts), commit=commit)


def _at(member: Component, commit: str | None, commits: list[str]) -> Component | None:
    """Return what *member* says about one of *commits*, or about none of them; None when it says nothing."""

    def among(revision: str | None) -> str | None:
        return revision.lower() if revision is not None and revision.lower() in commits else None

    if not member.evidence:
        return member if among(member.commit) == commit else None
    own = [e for e in member.evidence if among(e.revision) == commit]
    return evolve(member, evidence=own) if own else None


def _one(members: list[Component]) -> Component:
    first = min(members, key=lambda c: (c.ref, c.version or ""))
    return evolve(
        first,
        commit=None,
        evidence=[e for m in members for e in m.evidence],
        card=Card([f for m in members for f in m.card.facts], [f for m in members for f in m.card.metrics]),
        licences=[f for m in members for f in m.licences],
        hashes=[h for m in members for h in m.hashes],
        properties=[p for m in members for p in m.properties],
        files=[f for m in members for f in m.files],
        resolutions=[r for m in members for r in m.resolutions],
    )


def relations(found: Iterable[Component]) -> tuple[tuple[Component, ...], tuple[Relation, ...]]:
    """
    Return *found* with the services that its hosted models need, and the edges from each model to its service.

    A service is described by what its provider documents (``knowledge/services.tsv``); the evidence is the code's.
    """
    known = services()
    claims = list(found)
    for model in tuple(claims):
        service = known.get(model.provider) if model.hosted and model.kind is Kind.MODEL else None
        if service is not None:
            evidence = [evolve(e, revision=None) for e in model.evidence if e.usage is not Usage.MENTION]
            if not evidence:
                continue
            claims.append(Component(Kind.SERVICE, service.provider, service.provider, hosted=True, evidence=evidence))
    merged = []
    for component in merge(claims):
        service = known.get(component.provider) if component.kind is Kind.SERVICE else None
        if service is not None and component.name == service.provider:
            properties = [("title", service.title), ("external", "true" if service.external else "false")]
            redirected = any(key in {"base_url", "azure_endpoint"} for e in component.evidence for key, _ in e.context)
            if service.endpoint and not redirected:
                properties += [("endpoint", service.endpoint), ("endpoint-source", service.source)]
            component = evolve(component, properties=[*component.properties, *properties])  # noqa: PLW2901 - a richer one of the same
        merged.append(component)
    refs = {c.provider: c.ref for c in merged if c.kind is Kind.SERVICE and c.name == c.provider}
    edges = [
        Relation(c.ref, refs[c.provider], RelationKind.SERVED_BY)
        for c in merged
        if c.kind is Kind.MODEL and c.hosted and c.provider in refs
    ]
    return tuple(merged), tuple(sorted(edges))


def stated(detections: Iterable[Detection], found: Iterable[Component]) -> tuple[Relation, ...]:
    """
    Return the edges that the settled *detections* state between the components *found*.

    Where an id is pinned to several commits, the edge begins at the one that the place shows, and ends at each of them.
    What was not found has no edge.
    """
    known: dict[tuple[Kind, str, str, bool], list[Component]] = defaultdict(list)
    for component in found:
        known[component.kind, component.provider, component.name, component.hosted].append(component)
    edges: set[Relation] = set()
    for detection in detections:
        for other in detection.related:
            sources = known[detection.kind, detection.provider, str(detection.name), detection.hosted]
            if len(sources) > 1:
                sources = [c for c in sources if any(e.location == detection.at for e in c.evidence)]
            ends = known[other.kind, other.provider, other.name, other.hosted]
            pairs = ((s.ref, e.ref) for s in sources for e in ends)
            edges.update(Relation(s, e, other.relation, other.how) for s, e in pairs if s != e)
    return tuple(sorted(edges))
