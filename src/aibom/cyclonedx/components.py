"""The components and services of a bill as CycloneDX writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from attrs import frozen

from aibom.bill import Fact, Kind, RelationKind, Usage, is_commit
from aibom.cyclonedx import cards
from aibom.cyclonedx.evidence import callstack, identity, occurrence, occurrence_text, place_text, places
from aibom.cyclonedx.licences import licences
from aibom.cyclonedx.purl import file_purl, purl_of
from aibom.cyclonedx.text import (
    is_loopback,
    is_public,
    protected,
    to_endpoint,
    to_statements,
    to_text,
    unprotected,
)
from aibom.expressions import expression
from aibom.knowledge import services
from aibom.licences import is_concluded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Bill, Component, Finding, Metric, Relation, Resolution, Settled, Verdict

__all__ = [
    "PLAIN",
    "RESERVED",
    "Listed",
    "fact_of",
    "finding_pairs",
    "known_of",
    "listed",
    "said_by_version",
    "settled_pairs",
    "sourced",
    "to_component",
    "to_properties",
    "to_service",
    "to_version",
]

_VERSION_LENGTH: Final = 1024  # The schema's limit.

_TYPES: Final = {
    Kind.MODEL: "machine-learning-model",
    Kind.DATASET: "data",
    Kind.LIBRARY: "library",
    # 2.0-dev refers to an agent's runtime as an application; a tool is a program of the agent's, and no package.
    Kind.AGENT: "application",
    Kind.TOOL: "application",
    Kind.PROMPT: "file",
}
PLAIN: Final = frozenset({Kind.AGENT, Kind.TOOL, Kind.PROMPT})
"""Kinds that CycloneDX has no type for: `aibom:kind` names them."""
_SCOPES: Final = {Usage.USED: "required", Usage.OPTIONAL: "optional", Usage.MENTION: "excluded"}
_HUB_ID: Final = expression(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_DIGEST: Final = expression(r"[a-fA-F0-9]+")
_LENGTHS: Final = {
    "MD5": 32,
    "SHA-1": 40,
    **dict.fromkeys(("SHA-256", "SHA3-256", "BLAKE2b-256", "BLAKE3"), 64),
    **dict.fromkeys(("SHA-384", "SHA3-384", "BLAKE2b-384"), 96),
    **dict.fromkeys(("SHA-512", "SHA3-512", "BLAKE2b-512"), 128),
}
"""How many hexadecimal digits the digests of the algorithms have that CycloneDX knows."""


@frozen
class Listed:
    """A component that goes into a document, with its ``bom-ref``."""

    component: Component
    ref: str
    purl: str | None
    related: tuple[tuple[Relation, Listed], ...] = ()
    """The components of the document to which it has an edge."""
    said: tuple[tuple[str, str], ...] = ()
    """Its relations and findings, as properties."""


def listed(bill: Bill) -> tuple[Listed, ...]:
    """Return the components of *bill*, each with a ``bom-ref`` of its own and what the bill says of it."""
    found: list[Listed] = []
    taken: set[str] = set()
    for component in bill.components:
        purl = purl_of(component)
        # Some readers, such as cdxgen's validator, refuse references that look encoded.
        ref = wanted = f"aibom:{component.ref}" if purl is None else unquote(purl)
        number = 1
        while ref in taken:
            number += 1
            ref = f"{wanted}~{number}"
        taken.add(ref)
        found.append(Listed(component, ref, purl))
    others: dict[str, list[Listed]] = {}
    for item in found:
        others.setdefault(item.component.ref, []).append(item)
    edges: dict[str, list[tuple[Relation, Listed]]] = {}
    said: dict[str, list[tuple[str, str]]] = {}
    for relation in bill.relations:
        said.setdefault(relation.source, []).append(("relation", _relation(relation)))
        if relation.source != relation.target:
            edges.setdefault(relation.source, []).extend((relation, other) for other in others.get(relation.target, ()))
    for finding in bill.findings:
        said.setdefault(finding.component, []).append(("finding", to_statements(finding_pairs(finding))))
    for settled in bill.settled:
        said.setdefault(settled.finding.component, []).append(("settled", to_statements(settled_pairs(settled))))
    # Of several components with one reference, the first one has what is said of it.
    return tuple(
        Listed(item.component, item.ref, item.purl, tuple(edges.get(ref, ())), tuple(said.pop(ref, ())))
        for item in found
        for ref in [item.component.ref]
    )


def _relation(relation: Relation) -> str:
    how = [("how", relation.how)] if relation.how else []
    return to_statements([("kind", str(relation.kind)), ("target", relation.target), *how])


def finding_pairs(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield what *finding* says, without the component that it is about."""
    yield "rule", finding.rule
    yield "level", str(finding.level)
    yield "reason", finding.reason
    yield from (("at", place_text(location)) for location in finding.evidence)
    yield from (("reference", reference) for reference in finding.references)
    yield from (("about", what) for what in finding.about)


def settled_pairs(settled: Settled) -> Iterator[tuple[str, str]]:
    """Yield what *settled* says: the finding, and what somebody has decided about it."""
    yield from finding_pairs(settled.finding)
    yield "state", settled.state
    yield "detail", settled.detail
    if settled.until:
        yield "until", settled.until


def to_component(item: Listed) -> dict[str, object]:
    """Return the entry of ``components`` for anything but a service."""
    component = item.component
    evidence: dict[str, object] = {
        "identity": identity(component.evidence, "purl" if item.purl else "name"),
        "occurrences": [occurrence(place) for place in places(component.evidence)],
        "callstack": callstack(component.evidence),
        "licenses": licences(fact for fact in component.licences if is_concluded(fact)),
    }
    hub = _hub_page(component)
    entry: dict[str, object | None] = {
        "type": _TYPES[component.kind],
        "bom-ref": item.ref,
        "manufacturer": {"name": component.card["manufacturer"].value} if component.card.all("manufacturer") else None,
        "publisher": component.card["publisher"].value if "publisher" in component.card else None,
        "group": component.group,
        "name": component.title,
        "version": _version(component),
        "description": _description(component),
        "scope": _SCOPES[component.usage] if component.evidence else None,
        "hashes": _hashes(component.hashes),
        "licenses": licences(component.licences, cards.licence_urls(component, hub)),
        "purl": item.purl,
        "pedigree": cards.pedigree((relation, other.component, other.purl) for relation, other in item.related),
        "externalReferences": cards.references(component, hub),
        "evidence": {name: part for name, part in evidence.items() if part},
        "modelCard": cards.model_card(component, _datasets(item)),
        "data": cards.data(component, hub),
        "components": _files(item),
        "tags": sorted({fact.value for fact in component.card.all("tag") if fact.value}),
        "properties": [*to_properties(_facts(item)), *_reserved(component)],
    }
    return {key: value for key, value in entry.items() if value or key == "name"}


def _description(component: Component) -> str | None:
    """Return the first words of a card; those of a dataset stand in its ``data``."""
    return cards.summary(component.card) if component.kind is not Kind.DATASET else None


def _datasets(item: Listed) -> list[str]:
    """Return the references of the datasets on which a model was trained or tested."""
    kinds = {RelationKind.TRAINED_ON, RelationKind.TESTED_ON}
    found = ((relation, other) for relation, other in item.related if other.component.kind is Kind.DATASET)
    return sorted({other.ref for relation, other in found if relation.kind in kinds})


def _reserved(component: Component) -> list[dict[str, str]]:
    """Return the properties that the CycloneDX taxonomy has a name for (cdx/ai-ml.md)."""
    template = component.kind is Kind.PROMPT and ("role", "template") in component.properties
    return [{"name": "cdx:ai-ml:model:template:prompt", "value": "true"}] if template else []


def to_service(item: Listed) -> dict[str, object]:
    """
    Return the entry of ``services`` for a hosted service.

    CycloneDX has no evidence for services: the places are properties, ``aibom:occurrence``. `authenticated` is there
    only when somebody states it.
    """
    component = item.component
    endpoints = [value for name, value in component.properties if name == "endpoint"]
    shown = [url for url, fits in map(to_endpoint, endpoints) if fits]
    stated = _of_service(component)
    facts = [*_facts(item), *(("occurrence", occurrence_text(e)) for e in component.evidence)]
    entry: dict[str, object | None] = {
        "bom-ref": item.ref,
        "provider": {"name": stated["organisation"]} if stated.get("organisation") else None,
        "group": component.group,
        "name": component.title,
        "version": _version(component),
        "description": _description(component),
        "endpoints": sorted(set(shown)),
        "authenticated": {"true": True, "false": False}.get(stated.get("authenticated", "")),
        "x-trust-boundary": _crosses_trust_boundary(component, endpoints),
        # Questions go there and answers come back. What is in them, no scan can tell.
        "data": [{"flow": "bi-directional", "classification": "unknown"}],
        "licenses": licences(component.licences),
        "externalReferences": cards.references(component, None),
        "properties": to_properties(facts),
        "tags": sorted({fact.value for fact in component.card.all("tag") if fact.value}),
    }
    return {key: value for key, value in entry.items() if value or value is False or key == "name"}


def _of_service(component: Component) -> dict[str, str]:
    return {**dict(known_of(component.provider, component.name)), **dict(component.properties)}


def to_properties(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """
    Return pairs of name and value as properties of ours, sorted, each once.

    XML cannot tell an empty value from none, so there is none.

    >>> to_properties([("usage", "used"), ("provider", "openai")])
    [{'name': 'aibom:provider', 'value': 'openai'}, {'name': 'aibom:usage', 'value': 'used'}]
    """
    return [{"name": f"aibom:{name}"} | ({"value": value} if value else {}) for name, value in sorted(set(facts))]


RESERVED: Final = frozenset(
    {"commit", "finding", "hash", "hosted", "metric", "occurrence", "origin", "pinned", "provider", "relation"}
    | {"resolved", "revision", "settled", "usage", "version"}
)
"""Properties of ours; what a detector calls so too has ``stated:`` before its name."""


def _facts(item: Listed) -> Iterator[tuple[str, str]]:
    """Yield what the fields of CycloneDX cannot say of a component."""
    component = item.component
    yield "provider", component.provider
    if component.kind in PLAIN:
        yield "kind", str(component.kind)
    if component.origin:
        yield "origin", component.origin
    if component.kind is Kind.MODEL or component.hosted is not (component.kind is Kind.SERVICE):
        yield "hosted", _flag(component.hosted)
    pinnable = component.kind in {Kind.MODEL, Kind.DATASET} and not component.hosted and component.provider != "local"
    if pinnable:
        yield "pinned", _flag(component.pinned)
    if component.evidence:
        yield "usage", str(component.usage)
    yield from (("revision", revision) for revision in component.revisions)
    commit, version = said_by_version(component.kind, _version(component), pinned=pinnable and component.pinned)
    if commit != component.commit:
        yield "commit", component.commit or ""
    if version != component.version:
        yield "version", component.version or ""
    yield from (("resolved", to_statements(_resolved(r))) for r in component.resolutions)
    yield from (
        ("hash", f"{protected(alg, ':')}:{digest}")
        for alg, digest in component.hashes
        if component.kind is Kind.SERVICE or not _fits(alg, digest)
    )
    yield from (("source:license", sourced(licence)) for licence in component.licences)
    yield from ((f"source:{_own_name(name, _OF_CARDS)}", sourced(fact)) for name, fact in component.card.facts)
    yield from (("metric", to_statements(_metric(metric))) for metric in component.card.metrics)
    yield from item.said
    yield from _stated(component)


_OF_CARDS: Final = frozenset({"license"})


def said_by_version(kind: Kind, version: str | None, *, pinned: bool) -> tuple[str | None, str | None]:
    """Return the commit and the version that the field ``version`` means."""
    if kind in {Kind.MODEL, Kind.DATASET}:
        return (version if pinned and is_commit(version) else None), None
    return None, version or None


def sourced(fact: Fact) -> str:
    """
    Return *fact* as ``value (source)``.

    >>> sourced(Fact("8192", "file:m.gguf"))
    '8192 (file:m.gguf)'
    """
    return f"{fact.value} ({protected(fact.source, '(')})"


def fact_of(text: str) -> Fact | None:
    """
    Return the fact of which `sourced` makes *text*, if it makes it of one.

    >>> fact_of("8192 (file:m.gguf)")
    Fact(value='8192', source='file:m.gguf')
    """
    value, found, source = text.rpartition(" (")
    return Fact(value, unprotected(source[:-1])) if found and source.endswith(")") else None


def _resolved(r: Resolution) -> Iterator[tuple[str, str]]:
    yield "commit", r.commit
    yield "from", r.revision
    if r.date:
        yield "on", r.date
    yield "source", r.source


def _metric(metric: Metric) -> Iterator[tuple[str, str]]:
    yield "name", metric.name
    yield "value", metric.value
    for name in ("label", "task", "dataset", "config", "split", "url"):
        value: str = getattr(metric, name)
        if value:
            yield name, value
    if metric.verified:
        yield "verified", "true"
    yield "source", metric.source


def _own_name(name: str, reserved: frozenset[str]) -> str:
    return f"stated:{name}" if name in reserved or name.startswith("stated:") else name


def _stated(component: Component) -> Iterator[tuple[str, str]]:
    """Yield the component's own properties, less those that a service has a field for."""
    service = component.kind is Kind.SERVICE
    known = set(known_of(component.provider, component.name)) if service else set()
    shown = _of_service(component) if service else {}
    said = {(name, shown[name]) for name in _FIELDS_OF_SERVICES if shown.get(name)} - known
    for name, value in component.properties:
        if name == "endpoint":
            url, fits = to_endpoint(value)
            if not fits or not service:
                yield name, url
        elif (name, value) in known or name.startswith("source:") or (name == "kind" and not service):
            yield f"stated:{name}", value
        elif (name, value) not in said or (name == "authenticated" and value not in {"true", "false"}):
            yield _own_name(name, RESERVED), value
    yield from (pair for pair in known if pair[0] not in _FIELDS_OF_SERVICES)


def known_of(provider: str, name: str) -> Iterator[tuple[str, str]]:
    """
    Yield what is known of whoever runs the service *name* of *provider* (``knowledge/services.tsv``).

    >>> list(known_of("groq", "groq"))
    [('organisation', 'Groq'), ('authenticated', 'true'), ('authenticated-source', 'console.groq.com/docs')]
    """
    row = services().get(provider) if name == provider else None
    if row is not None and row.organisation:
        yield "organisation", row.organisation
    if row is not None and row.authenticated:
        yield "authenticated", "true"
        yield "authenticated-source", row.source


_FIELDS_OF_SERVICES: Final = frozenset({"organisation", "authenticated"})


def _flag(value: bool) -> str:  # noqa: FBT001 - it is what the function writes
    return "true" if value else "false"


def _version(component: Component) -> str | None:
    """Return the commit of a model or a dataset, else the branch or tag on which all uses agree; else the release."""
    version = component.version
    if component.kind in {Kind.MODEL, Kind.DATASET}:
        version = component.commit or component.resolved or version
        if version is None and component.provider != "ollama":  # There the tag is a part of the name.
            asked = {e.revision for e in component.evidence if e.usage is not Usage.MENTION}
            version = asked.pop() if len(asked) == 1 else None
    return to_version(version)


def to_version(version: str | None) -> str | None:
    """Return *version* if the schema accepts it: it limits the length."""
    return version if version and len(to_text(version)) <= _VERSION_LENGTH else None


def _files(item: Listed) -> list[dict[str, object]]:
    """Return the files that a model is made of: CycloneDX nests them in what they are parts of."""
    found = []
    refs: dict[str, int] = {}
    for file in item.component.files:
        properties = [("size", str(file.size))] if file.size != -1 else []
        properties += [("format", file.format)] if file.format else []
        properties += [("hash", f"{protected(alg, ':')}:{d}") for alg, d in file.hashes if not _fits(alg, d)]
        properties.append(("source", file.source))
        properties += [("scan", to_statements(_verdict(verdict))) for verdict in file.verdicts]
        ref = f"{item.ref}#{file.path}"
        number = refs[ref] = refs.get(ref, 0) + 1  # Two sources may each say something of one file.
        entry: dict[str, object] = {
            "type": "file",
            "bom-ref": ref if number == 1 else f"{ref}~{number}",
            "name": file.path,
            "hashes": _hashes(file.hashes),
            "purl": file_purl(item.purl, file.path) if item.component.provider == "huggingface" else None,
            "properties": to_properties(properties),
        }
        found.append({key: value for key, value in entry.items() if value or key == "name"})
    return found


def _verdict(verdict: Verdict) -> Iterator[tuple[str, str]]:
    yield "scanner", verdict.scanner
    yield "status", verdict.status
    if verdict.detail:
        yield "detail", verdict.detail
    yield "source", verdict.source
    if verdict.date:
        yield "on", verdict.date


def _hashes(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"alg": alg, "content": digest} for alg, digest in pairs if _fits(alg, digest)]


def _hub_page(component: Component) -> str | None:
    """Return the page of what lies on the Hub under its full id; None when we do not know that it does."""
    if component.provider != "huggingface" or component.hosted or not _HUB_ID.fullmatch(component.name):
        return None
    folder = "datasets/" if component.kind is Kind.DATASET else ""
    hub = dict(component.properties).get("repository-url", "https://huggingface.co")
    url, fits = to_endpoint(hub)
    return f"{url.rstrip('/')}/{folder}{component.name}" if fits else None


def _fits(algorithm: str, digest: str) -> bool:
    return len(digest) == _LENGTHS.get(algorithm) and _DIGEST.fullmatch(digest) is not None


def _crosses_trust_boundary(component: Component, endpoints: list[str]) -> bool | None:
    """
    Tell whether data leaves the operator's machines; None when the code does not show it.

    A host of a private network may be anybody's, and so may a server that whoever uses it runs.
    """
    if endpoints:
        shown = [to_endpoint(url)[0] for url in endpoints]
        if all(map(is_loopback, shown)):
            return False
        return True if component.hosted and any(map(is_public, shown)) else None
    own = ("external", "false") in component.properties
    return True if component.hosted and not own else None
