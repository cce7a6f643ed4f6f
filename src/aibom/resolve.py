"""Merge what detectors claim into the components of a bill."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Card, Component, Evidence, Kind, Location, Relation, RelationKind, Usage, is_commit
from aibom.knowledge import services
from aibom.names import host_of, is_only, told_apart, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aibom.bill import Detection, ModelFile

__all__ = ["ADDRESSES", "components", "merge", "relations", "stated", "uses"]


def components(detections: Iterable[Detection]) -> tuple[Component, ...]:
    """
    Return the components that the settled *detections* show, each once, with all of its evidence.

    The order of *detections* does not matter. `TypeError` when a name is still symbolic: `link` settles those.
    """
    return merge(_at_home([_claimed(d) for d in detections]))


def _at_home(claims: list[Component]) -> list[Component]:
    """
    Return *claims*, where what is called by the name of a file alone is the one file of that name whose place is known.

    Only where there is one: of two files of a name nobody says which is meant. A path that code writes, which begins at
    a folder of the package, is that of the one file of the tree whose path ends so.
    """
    for paths in (True, False):
        places: dict[tuple[Kind, str], set[tuple[str, str]]] = defaultdict(set)
        for claim in claims:
            if claim.origin and claim.provider in _OF_FILES and is_only(claim.name):
                places[claim.kind, claim.name].add((claim.provider, claim.origin))
        if places:
            claims = [_placed(claim, places, paths=paths) for claim in claims]
    return claims


def _placed(claim: Component, places: Mapping[tuple[Kind, str], set[tuple[str, str]]], *, paths: bool) -> Component:
    known = places.get((claim.kind, claim.name), set())
    if claim.hosted or claim.provider not in _OF_FILES or bool(claim.origin) is not paths:
        return claim
    if paths:
        known = {p for p in known if claim.provider == p[0] == "local" and p[1].endswith(f"/{claim.origin}")}
    if len(known) != 1:
        return claim
    (place,) = known
    return evolve(claim, provider=place[0], origin=place[1])


_OF_FILES: Final = frozenset({"local", "unknown"})
"""Providers of what is known as a file."""


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
    name, place = told_apart(detection.kind, detection.provider, detection.name)
    return Component(
        detection.kind,
        detection.provider,
        name,
        version=detection.version,
        hosted=detection.hosted,
        evidence=[evidence],
        card=detection.card,
        licences=detection.licences,
        hashes=detection.hashes,
        properties=detection.properties,
        files=detection.files,
        origin=detection.origin or place,
    )


def merge(claims: Iterable[Component]) -> tuple[Component, ...]:
    """
    Return *claims* with those about the same thing made one; no evidence is lost.

    Two claims are about the same thing when kind, provider, name, origin and whether it is hosted agree. A library is
    further told apart by its exact version; a claim without one goes to each of them. A model or a dataset is told
    apart by the commit that it is pinned to where the code pins several; what is claimed without one of these is a
    component of its own. Merging again, or in another order, changes nothing.
    """
    groups: dict[tuple[Kind, str, str, bool, str], list[Component]] = defaultdict(list)
    for claim in claims:
        groups[claim.kind, claim.provider, claim.name, claim.hosted, claim.origin].append(claim)
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
        version=_agreed(m.version for m in members),
        evidence=[e for m in members for e in m.evidence],
        card=Card([f for m in members for f in m.card.facts], [f for m in members for f in m.card.metrics]),
        licences=[f for m in members for f in m.licences],
        hashes=[h for m in members for h in m.hashes],
        properties=[p for m in members for p in m.properties],
        files=_together(f for m in members for f in m.files),
        resolutions=[r for m in members for r in m.resolutions],
        advisories=[a for m in members for a in m.advisories],
    )


ADDRESSES: Final = frozenset(
    {
        *("base_url", "azure_endpoint", "api_base", "openai_api_base", "api_host", "endpoint", "server_url", "host"),
        *("baseURL", "baseUrl", "serverURL", "url"),
    }
)
"""Facts about a use, by the arguments of clients, that say which server is asked."""


def _agreed(versions: Iterable[str | None]) -> str | None:
    """Return the version that all that state one agree on."""
    stated = {version for version in versions if version is not None}
    return stated.pop() if len(stated) == 1 else None


def _together(files: Iterable[ModelFile]) -> list[ModelFile]:
    """Return *files*, each place of each once, with all that was said of it."""
    known: dict[tuple[str, str], ModelFile] = {}
    for file in sorted(files):
        same = known.get((file.path, file.source))
        known[file.path, file.source] = (
            file
            if same is None
            else evolve(
                file,
                size=max(file.size, same.size),
                format=file.format or same.format,
                hashes=[*file.hashes, *same.hashes],
                verdicts=[*file.verdicts, *same.verdicts],
            )
        )
    return list(known.values())


def relations(found: Iterable[Component]) -> tuple[tuple[Component, ...], tuple[Relation, ...]]:
    """
    Return *found* with the services that its hosted models need, and the edges from each model to its service.

    A service is described by what its provider documents (``knowledge/services.tsv``); the evidence is the code's. A
    model behind an address of nobody that is known is served by that host.
    """
    known = services()
    claims = list(found)
    served: set[tuple[str, str, str]] = set()
    for model in tuple(claims):
        if not (model.hosted and model.kind is Kind.MODEL):
            continue
        shown = [evolve(e, revision=None) for e in model.evidence if e.usage is not Usage.MENTION]
        ours = shown if model.provider in known else []
        for name, evidence in (_hosts(shown) if model.provider == "unknown" else {model.provider: ours}).items():
            served.add((model.ref, model.provider, name))
            if evidence:
                claims.append(Component(Kind.SERVICE, model.provider, name, hosted=True, evidence=evidence))
    merged = [_described(c) if c.kind is Kind.SERVICE else c for c in merge(claims)]
    refs = {(c.provider, c.name): c.ref for c in merged if c.kind is Kind.SERVICE}
    edges = [
        Relation(model, refs[provider, name], RelationKind.SERVED_BY)
        for model, provider, name in served
        if (provider, name) in refs
    ]
    return tuple(merged), tuple(sorted(edges))


def _addresses(evidence: Evidence) -> list[str]:
    return [value for key, value in evidence.context if key in ADDRESSES and "://" in value]


def _hosts(uses: list[Evidence]) -> dict[str, list[Evidence]]:
    """Return the hosts that *uses* name, each with its part of them."""
    found: dict[str, list[Evidence]] = {}
    for use in uses:
        for address in _addresses(use):
            if host := host_of(address):
                found.setdefault(host, []).append(use)
    return found


def _described(service: Component) -> Component:
    """Return *service* with its addresses and what is known of its provider."""
    row = services().get(service.provider) if service.name == service.provider else None
    written = [without_secrets(address) for e in service.evidence for address in _addresses(e)]
    redirected = any(key in ADDRESSES for e in service.evidence for key, _ in e.context)
    properties = [("endpoint", address) for address in written]
    if row is not None:
        properties += [("title", row.title), ("external", "true" if row.external else "false")]
        if row.endpoint and not redirected:
            properties += [("endpoint", row.endpoint), ("endpoint-source", row.source)]
    return evolve(service, properties=[*service.properties, *properties])


def stated(detections: Iterable[Detection], found: Iterable[Component]) -> tuple[Relation, ...]:
    """
    Return the edges that the settled *detections* state between the components *found*.

    Where an id is pinned to several commits, the edge begins at the one that the place shows, and ends at each of them.
    What was not found has no edge.
    """
    known: dict[tuple[Kind, str, str, bool], list[Component]] = defaultdict(list)
    for component in found:
        known[component.kind, component.provider, component.name, component.hosted].append(component)

    def all_of(kind: Kind, provider: str, name: str, hosted: bool) -> list[Component]:  # noqa: FBT001 - as components are told apart
        name, place = told_apart(kind, provider, name)
        return [c for c in known[kind, provider, name, hosted] if c.origin == place or not place]

    edges: set[Relation] = set()
    for detection in detections:
        for other in detection.related:
            sources = all_of(detection.kind, detection.provider, str(detection.name), detection.hosted)
            if len(sources) > 1:
                sources = [c for c in sources if any(e.location == detection.at for e in c.evidence)]
            ends = all_of(other.kind, other.provider, other.name, other.hosted)
            pairs = ((s.ref, e.ref) for s in sources for e in ends)
            edges.update(Relation(s, e, other.relation, other.how) for s, e in pairs if s != e)
    return tuple(sorted(edges))


def uses(detections: Iterable[Detection], found: Iterable[Component]) -> tuple[Relation, ...]:
    """
    Return the edges from what needs something, such as an agent, to what it needs, as the settled *detections* say.

    A place means what is named there, and what is named for the call that stands there. A model that the call itself
    names, which makes an agent, is the agent's.
    """
    components = list(found)
    places: dict[object, set[str]] = defaultdict(set)
    owners: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for c in components:
        # A hosted model has an edge to its service; whoever uses the model needs none.
        if c.kind is Kind.LIBRARY or (c.kind is Kind.SERVICE and c.provider in {*services(), "unknown"}):
            continue
        for e in c.evidence:
            ends = {e.location, *e.reaches[-1:]}
            for place in ends:
                places[place.path, place.line, place.column].add(c.ref)
            if not e.reaches:  # The name stands on the line of its call.
                places[e.location.path, e.location.line].add(c.ref)
            owners[c.kind, c.provider, c.name, c.origin, e.location].add(c.ref)
    named: dict[tuple[str, Location], set[str]] = defaultdict(set)
    for c in components:
        for e in c.evidence if c.kind is Kind.MODEL else ():
            named[e.symbol, e.reaches[-1] if e.reaches else e.location].add(c.ref)
            if not e.reaches:
                named[e.symbol, evolve(e.location, column=0)].add(c.ref)
    edges = set()
    for d in detections:
        sources = owners.get((d.kind, d.provider, d.name, d.origin, d.at), set()) if d.kind in _USERS else set()
        for source in sources:
            targets = {t for p in d.uses if isinstance(p, Location) for t in _at_place(places, p)}
            if d.kind is Kind.AGENT:
                targets |= named.get((d.symbol, d.at), set()) | named.get((d.symbol, evolve(d.at, column=0)), set())
            edges |= {Relation(source, target, RelationKind.USES) for target in targets - {source}}
            users = {u for p in d.used_by for u in _at_place(places, p)}
            edges |= {Relation(user, source, RelationKind.USES) for user in users - {source}}
    return tuple(sorted(edges))


_USERS: Final = frozenset({Kind.AGENT, Kind.SERVICE, Kind.TOOL, Kind.PROMPT})


def _at_place(places: dict[object, set[str]], at: Location) -> set[str]:
    """Return what is at one place; of a line where nothing begins, what stands on it."""
    return places.get((at.path, at.line, at.column)) or places.get((at.path, at.line)) or set()
