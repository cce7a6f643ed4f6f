"""Put what enrichers found out into the document that they were asked about."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from aibom.bill import Coverage
from aibom.cyclonedx.components import listed
from aibom.cyclonedx.document import to_document
from aibom.cyclonedx.merge import merged
from aibom.cyclonedx.parts import entries, part, text
from aibom.cyclonedx.reading import read_entries
from aibom.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from aibom.bill import Bill, Component

    _Stated: TypeAlias = "tuple[Component, dict[str, Any]]"

__all__ = ["complete", "is_ours"]


def is_ours(document: Mapping[str, object]) -> bool:
    """Tell whether aibom wrote *document* as a whole, and not into that of another tool."""
    return text(part(part(document, "metadata"), "component"), "bom-ref").startswith("aibom:root")


def complete(
    document: Mapping[str, object], bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False
) -> dict[str, object]:
    """
    Return *document*, which another tool wrote, with what *bill*, read from it and enriched, says more.

    What it states stays, as `merge_into` has it: so do its package URLs, also where a commit is known by now, or the
    hub calls the model by another name. Nothing is said of what is needed by what, nor how complete it is: that was not
    looked at. `DocumentError` as for `merge_into`.

    >>> from aibom.bill import Bill, Component, Fact, Kind
    >>> theirs = {"type": "machine-learning-model", "name": "tone", "purl": "pkg:huggingface/acme/tone"}
    >>> document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [theirs]}
    >>> known = Component(Kind.MODEL, "huggingface", "acme/tone", licences=[Fact("mit", "card")])
    >>> complete(document, Bill([known]))["components"][0]["licenses"]
    [{'license': {'id': 'MIT', 'acknowledgement': 'declared'}}]
    """
    version = document.get("specVersion")
    source = dict(document)
    copies: dict[int, Any] = {}
    try:
        source = deepcopy(source)
        host = deepcopy(source, copies)
        theirs = [(component, copies[id(entry)]) for component, entry in read_entries(source)]
        ours = to_document(bill, mentions=mentions, spec_version=version if isinstance(version, str) else "")
        same = _same(theirs, bill, mentions=mentions)
        known = frozenset(bill.components)
        _say_less(ours, bill, {ref for ref, (component, _) in same.items() if component in known})
        listed_there = {text(each, "id") for each in entries(host, "vulnerabilities")}
        ours["vulnerabilities"] = [v for v in entries(ours, "vulnerabilities") if text(v, "id") not in listed_there]
        return merged(host, ours, same={ref: entry for ref, (_, entry) in same.items()}, timestamp=timestamp)
    except RecursionError:
        raise DocumentError("the document is nested too deeply to add anything to it") from None


def _say_less(ours: dict[str, Any], bill: Bill, unchanged: Container[str]) -> None:
    """Take out of our document what is said of a tree that was scanned, for none was, and of what is *unchanged*."""
    root = text(part(part(ours, "metadata"), "component"), "bom-ref")
    ours["compositions"] = []
    ours["dependencies"] = [node for node in ours["dependencies"] if node.get("ref") != root]
    if bill.coverage == Coverage():
        said = ours["metadata"].get("properties", [])
        said = [each for each in said if not each["name"].startswith("aibom:coverage:")]
        ours["metadata"] = {**ours["metadata"], "properties": said} if said else {"tools": ours["metadata"]["tools"]}
    for key in ("components", "services"):
        ours[key] = [_bare(each) if each["bom-ref"] in unchanged else each for each in ours.get(key, [])]


def _bare(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("bom-ref", "type", "group", "name") if key in entry}


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
