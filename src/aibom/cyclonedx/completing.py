"""Put what enrichers found out into the document that they were asked about."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from attrs import evolve

from aibom.bill import Coverage
from aibom.cyclonedx.components import listed
from aibom.cyclonedx.document import to_document
from aibom.cyclonedx.merge import merged
from aibom.cyclonedx.parts import entries, part, text
from aibom.cyclonedx.reading import read_entries
from aibom.cyclonedx.schema import OLDER, VERSIONS
from aibom.cyclonedx.versions import as_version
from aibom.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from aibom.bill import Bill, Component

    _Stated: TypeAlias = "tuple[Component, dict[str, Any]]"

__all__ = ["complete", "is_to_be_completed"]


def is_to_be_completed(document: Mapping[str, object]) -> bool:
    """
    Tell whether *document* is of another tool, so that it has more to lose than a bill holds.

    What says no version that is known is of no tool whose documents can be kept. `DocumentError` for a signed one.
    """
    if text(part(part(document, "metadata"), "component"), "bom-ref").startswith("aibom:root"):
        return False
    if "signature" in document:
        raise DocumentError("the document is signed: take the signature away, enrich, and sign what comes out")
    return document.get("specVersion") in {*OLDER, *VERSIONS}


def complete(
    document: Mapping[str, object], bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False
) -> dict[str, object]:
    """
    Return *document*, which another tool wrote, with what *bill*, read from it and enriched, says more.

    What it states stays, as `merge_into` has it: so do its package URLs, also where a commit is known by now, or the
    hub calls the model by another name. Nothing is said of what is needed by what, nor how complete it is: that was not
    looked at. A document older than 1.5 becomes one of 1.6. `DocumentError` as for `merge_into`.

    >>> from aibom.bill import Bill, Component, Fact, Kind
    >>> theirs = {"type": "machine-learning-model", "name": "tone", "purl": "pkg:huggingface/acme/tone"}
    >>> document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [theirs]}
    >>> known = Component(Kind.MODEL, "huggingface", "acme/tone", licences=[Fact("mit", "card")])
    >>> complete(document, Bill([known]))["components"][0]["licenses"]
    [{'license': {'id': 'MIT', 'acknowledgement': 'declared'}}]
    """
    version = document.get("specVersion")
    if version in OLDER:  # Newer versions take nothing away.
        document, version = as_version(document, "1.6"), "1.6"
    if version == "1.5":
        with suppress(DocumentError):  # Of a form of its own: as it is. `read` does the same.
            newer = as_version(document, "1.6")
            return as_version(complete(newer, bill, timestamp=timestamp, mentions=mentions), "1.5")
    source = dict(document)
    copies: dict[int, Any] = {}
    try:
        source = deepcopy(source)
        host = deepcopy(source, copies)
        before, stated = read_entries(source)
        theirs = [(component, copies[id(entry)]) for component, entry in stated]
        bill = _news(bill, before)
        ours = to_document(bill, mentions=mentions, spec_version=version if isinstance(version, str) else "")
        same = _same(theirs, bill, mentions=mentions)
        known = frozenset(before.components)
        shown = bill if mentions else bill.without_mentions()
        _say_less(ours, bill, {item.ref for item in listed(shown) if item.component in known})
        listed_there = {text(each, "id") for each in entries(host, "vulnerabilities")}
        new = [each for each in entries(ours, "vulnerabilities") if text(each, "id") not in listed_there]
        ours = {key: value for key, value in ours.items() if key != "vulnerabilities"}
        ours |= {"vulnerabilities": new} if new else {}
        return merged(host, ours, same={ref: entry for ref, (_, entry) in same.items()}, timestamp=timestamp)
    except RecursionError:
        raise DocumentError("the document is nested too deeply to add anything to it") from None


def _news(bill: Bill, before: Bill) -> Bill:
    """Return *bill* without what is said of the whole that the document says already."""
    relations, findings, diagnostics = map(frozenset, (before.relations, before.findings, before.diagnostics))
    return evolve(
        bill,
        relations=[each for each in bill.relations if each not in relations],
        findings=[each for each in bill.findings if each not in findings],
        diagnostics=[each for each in bill.diagnostics if each not in diagnostics],
    )


def _say_less(ours: dict[str, Any], bill: Bill, unchanged: Container[str]) -> None:
    """Take out of our document what is said of a tree that was scanned, for none was, and of what is *unchanged*."""
    root = text(part(part(ours, "metadata"), "component"), "bom-ref")
    ours["compositions"] = []
    edges = [node for node in ours["dependencies"] if node.get("ref") != root]
    ours["dependencies"] = [node for node in edges if node.get("dependsOn") or node.get("provides")]
    if bill.coverage == Coverage():
        said = ours["metadata"].get("properties", [])
        said = [each for each in said if not each["name"].startswith("aibom:coverage:")]
        ours["metadata"] = {**ours["metadata"], "properties": said} if said else {"tools": ours["metadata"]["tools"]}
    held = {key: ours.pop(key, []) for key in ("components", "services")}
    new = {key: [each for each in every if each["bom-ref"] not in unchanged] for key, every in held.items()}
    named = set(_texts([ours, new]))
    for key, every in held.items():  # What new things refer to is needed, to know what it is called there.
        ours[key] = [
            _bare(each) if each["bom-ref"] in unchanged else each
            for each in every
            if each["bom-ref"] not in unchanged or each["bom-ref"] in named
        ]


def _bare(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("bom-ref", "type", "group", "name") if key in entry}


def _texts(value: object) -> Iterator[str]:
    """Yield every text in *value*."""
    waiting = [value]
    for each in waiting:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict | list):
            waiting += each.values() if isinstance(each, dict) else each


def _same(theirs: list[_Stated], bill: Bill, *, mentions: bool) -> dict[str, _Stated]:
    """Return which of *theirs* the references of our document are: a hub may call a model by another name by now."""
    refs: dict[tuple[object, ...], str] = {}
    for item in listed(bill if mentions else bill.without_mentions()):
        component = item.component
        names = {value for name, value in component.properties if name == "requested"}
        names |= {e.requested for e in component.evidence if e.requested} | {component.name}
        for name in names:
            refs.setdefault(_identity(component, name), item.ref)
    found: dict[str, _Stated] = {}
    for component, entry in theirs:
        ref = refs.get(_identity(component, component.name))
        if ref is not None:
            found.setdefault(ref, (component, entry))
    return found


def _identity(component: Component, name: str) -> tuple[object, ...]:
    kind, provider = component.kind, component.provider
    return (kind, provider, name, component.hosted, component.commit, component.version, component.origin)
