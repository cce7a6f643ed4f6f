"""The components and services of a bill as CycloneDX writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.bill import Kind, RelationKind, Usage
from aibom.cyclonedx import cards
from aibom.cyclonedx.evidence import callstack, identity, occurrence, occurrence_text, places
from aibom.cyclonedx.purl import purl_of
from aibom.cyclonedx.text import is_loopback, is_public, to_endpoint, to_text
from aibom.knowledge import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aibom.bill import Bill, Component, Evidence, Fact, Relation, Verdict

__all__ = ["Listed", "known_of", "listed", "to_component", "to_properties", "to_service", "to_version"]

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
_PLAIN: Final = frozenset({Kind.AGENT, Kind.TOOL, Kind.PROMPT})
"""Kinds that CycloneDX has no type for: `aibom:kind` names them."""
_SCOPES: Final = {Usage.USED: "required", Usage.OPTIONAL: "optional", Usage.MENTION: "excluded"}
_HUB_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_DIGEST: Final = re.compile(r"(?:[a-fA-F0-9]{32}|[a-fA-F0-9]{40}|[a-fA-F0-9]{64}|[a-fA-F0-9]{96}|[a-fA-F0-9]{128})")
_ALGORITHMS: Final = re.compile(r"MD5|SHA-1|SHA-(?:256|384|512)|SHA3-(?:256|384|512)|BLAKE2b-(?:256|384|512)|BLAKE3")


@frozen
class Listed:
    """A component that goes into a document, with its ``bom-ref``."""

    component: Component
    ref: str
    purl: str | None
    evidence: tuple[Evidence, ...]
    """The part of its evidence that the document shows."""
    related: tuple[tuple[Relation, Listed], ...] = ()
    """The components of the document to which it has an edge."""


def listed(bill: Bill, *, mentions: bool) -> tuple[Listed, ...]:
    """
    Return the components of *bill* that a document lists, each with a ``bom-ref`` of its own.

    What is only mentioned is left out unless *mentions*. What has no evidence at all stays: somebody said that it is
    there, an enricher for instance, and nobody that it is merely mentioned.
    """
    found: list[Listed] = []
    taken: set[str] = set()
    for component in bill.components:
        evidence = tuple(e for e in component.evidence if mentions or e.usage is not Usage.MENTION)
        if component.evidence and not evidence:
            continue
        purl = purl_of(component)
        ref = wanted = to_text(purl or f"aibom:{component.ref}")
        number = 1
        while ref in taken:
            number += 1
            ref = f"{wanted}~{number}"
        taken.add(ref)
        found.append(Listed(component, ref, purl, evidence))
    others: dict[str, list[Listed]] = {}
    for item in found:
        others.setdefault(item.component.ref, []).append(item)
    edges: dict[str, list[tuple[Relation, Listed]]] = {}
    for relation in bill.relations:
        if relation.source != relation.target:
            edges.setdefault(relation.source, []).extend((relation, other) for other in others.get(relation.target, ()))
    return tuple(evolve(item, related=tuple(edges.get(item.component.ref, ()))) for item in found)


def to_component(item: Listed) -> dict[str, object]:
    """Return the entry of ``components`` for a model, a dataset or a library."""
    component = item.component
    evidence: dict[str, object] = {
        "identity": identity(item.evidence, "purl" if item.purl else "name"),
        "occurrences": [occurrence(place) for place in places(item.evidence)],
        "callstack": callstack(item.evidence),
    }
    hub = _hub_page(component)
    entry: dict[str, object | None] = {
        "type": _TYPES[component.kind],
        "bom-ref": item.ref,
        "publisher": component.card["publisher"].value if "publisher" in component.card else None,
        "group": component.group,
        "name": component.title,
        "version": _version(component),
        "description": _description(component),
        "scope": _SCOPES[component.usage] if item.evidence else None,
        "hashes": _hashes(component.hashes),
        "licenses": _licences(component.licences),
        "purl": item.purl,
        "pedigree": cards.pedigree((relation, other.component, other.purl) for relation, other in item.related),
        "externalReferences": cards.references(component, hub),
        "evidence": {name: part for name, part in evidence.items() if part},
        "modelCard": cards.model_card(component, _datasets(item)),
        "data": cards.data(component, hub),
        "components": _files(item),
        "properties": [*to_properties(_facts(item)), *_reserved(component)],
    }
    return {key: value for key, value in entry.items() if value or key == "name"}


def _description(component: Component) -> str | None:
    """Return the first words of a model's card; those of a dataset stand in its ``data``."""
    told = component.card.all("description") if component.kind is Kind.MODEL else ()
    return told[0].value if told else None


def _datasets(item: Listed) -> list[str]:
    """Return the references of the datasets on which a model was trained or tested."""
    kinds = {RelationKind.TRAINED_ON, RelationKind.TESTED_ON}
    return sorted({other.ref for relation, other in item.related if relation.kind in kinds})


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
    stated = {**dict(known_of(component.provider, component.name)), **dict(component.properties)}
    facts = [*_facts(item), *(("occurrence", occurrence_text(place)) for place in places(item.evidence))]
    entry: dict[str, object | None] = {
        "bom-ref": item.ref,
        "provider": {"name": stated["organisation"]} if stated.get("organisation") else None,
        "group": component.group,
        "name": component.title,
        "version": _version(component),
        "endpoints": sorted(set(shown)),
        "authenticated": {"true": True, "false": False}.get(stated.get("authenticated", "")),
        "x-trust-boundary": _crosses_trust_boundary(component, endpoints),
        # Questions go there and answers come back. What is in them, no scan can tell.
        "data": [{"flow": "bi-directional", "classification": "unknown"}],
        "licenses": _licences(component.licences),
        "properties": to_properties(facts),
    }
    return {key: value for key, value in entry.items() if value or value is False or key == "name"}


def to_properties(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """
    Return pairs of name and value as properties of ours, sorted, each once.

    >>> to_properties([("usage", "used"), ("provider", "openai")])
    [{'name': 'aibom:provider', 'value': 'openai'}, {'name': 'aibom:usage', 'value': 'used'}]
    """
    return [{"name": f"aibom:{name}", "value": value} for name, value in sorted(set(facts))]


def _facts(item: Listed) -> Iterator[tuple[str, str]]:
    """Yield what the fields of CycloneDX cannot say of a component."""
    component = item.component
    yield "provider", component.provider
    if component.kind in _PLAIN:
        yield "kind", str(component.kind)
    if component.origin:
        yield "origin", component.origin
    if component.kind is Kind.SERVICE:
        yield from (pair for pair in known_of(component.provider, component.name) if pair[0] not in _FIELDS_OF_SERVICES)
    if component.kind is Kind.MODEL:
        yield "hosted", _flag(component.hosted)
    if component.kind in {Kind.MODEL, Kind.DATASET} and not component.hosted and component.provider != "local":
        yield "pinned", _flag(component.pinned)
    if item.evidence:
        yield "usage", str(component.usage)
    yield from (("revision", revision) for revision in component.revisions)
    for r in component.resolutions:
        day, asked = f" on {r.date}" if r.date else "", r.revision or "the default branch"
        yield "resolved", f"{r.commit}{day} from {asked} ({r.source})"
    yield from (("hash", f"{alg}:{digest}") for alg, digest in component.hashes if not _fits(alg, digest))
    yield from (("source:license", f"{licence.value} ({licence.source})") for licence in component.licences)
    yield from _carded(component)
    yield from _stated(component)


def _carded(component: Component) -> Iterator[tuple[str, str]]:
    """Yield what the card says, and where each value is stated."""
    for name, fact in component.card.facts:
        if name == "task":
            yield "source:task", fact.source
            continue
        if name not in cards.HELD:
            yield name, fact.value
        yield f"source:{name}", f"{fact.value} ({fact.source})"


def _stated(component: Component) -> Iterator[tuple[str, str]]:
    """Yield the component's own properties, less those that a service has a field for."""
    for name, value in component.properties:
        if component.kind is Kind.SERVICE and name in _FIELDS_OF_SERVICES:
            continue
        if name != "endpoint":
            yield name, value
            continue
        url, fits = to_endpoint(value)
        if not fits or component.kind is not Kind.SERVICE:
            yield name, url


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
    """Return the commit, else the release of a library, else the branch or tag on which all uses agree."""
    version = component.commit or component.version
    if version is None and component.provider != "ollama":  # There the tag is a part of the name.
        asked = {e.revision for e in component.evidence if e.usage is not Usage.MENTION}
        version = component.resolved or (asked.pop() if len(asked) == 1 else None)
    return to_version(version)


def to_version(version: str | None) -> str | None:
    """Return *version* if the schema accepts it: it limits the length."""
    return version if version and len(to_text(version)) <= _VERSION_LENGTH else None


def _files(item: Listed) -> list[dict[str, object]]:
    """Return the files that a model is made of: CycloneDX nests them in what they are parts of."""
    found = []
    times: dict[str, int] = {}
    for file in item.component.files:
        # Of two commits, or where somebody lies, one path has several files.
        times[file.path] = times.get(file.path, 0) + 1
        more = f"~{times[file.path]}" if times[file.path] > 1 else ""
        properties = [("size", str(file.size))] if file.size >= 0 else []
        properties += [("format", file.format)] if file.format else []
        properties += [("hash", f"{alg}:{digest}") for alg, digest in file.hashes if not _fits(alg, digest)]
        properties.append(("source", file.source))
        properties += [("scan", _verdict(verdict)) for verdict in file.verdicts]
        entry: dict[str, object] = {
            "type": "file",
            "bom-ref": to_text(f"{item.ref}#{file.path}{more}"),
            "name": file.path,
            "hashes": _hashes(file.hashes),
            "properties": to_properties(properties),
        }
        found.append({key: value for key, value in entry.items() if value or key == "name"})
    return found


def _verdict(verdict: Verdict) -> str:
    found = f": {verdict.detail}" if verdict.detail else ""
    return f"{verdict.scanner}: {verdict.status}{found} ({verdict.source})"


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
    return _ALGORITHMS.fullmatch(algorithm) is not None and _DIGEST.fullmatch(digest) is not None


def _licences(facts: tuple[Fact, ...]) -> list[Mapping[str, object]]:
    """
    Return the licences as stated: by SPDX id, as one expression, else by name.

    The schema allows an expression only alone.
    """
    if not any(fact.value for fact in facts):
        return []
    from cyclonedx.spdx import fixup_id, is_expression  # Bills without licences need no list of them.

    values = sorted({fixup_id(fact.value) or fact.value for fact in facts if fact.value})
    if len(values) == 1 and fixup_id(values[0]) is None and values[0].isascii() and is_expression(values[0]):
        return [{"expression": values[0]}]
    return [{"license": {"id" if fixup_id(value) else "name": value}} for value in values]


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
