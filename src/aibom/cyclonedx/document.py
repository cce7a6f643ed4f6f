"""A bill as a CycloneDX document: plain dictionaries, in a fixed order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from aibom.bill import Kind, RelationKind
from aibom.cyclonedx.components import (
    finding_pairs,
    listed,
    settled_pairs,
    sourced,
    to_component,
    to_properties,
    to_service,
    to_version,
)
from aibom.cyclonedx.evidence import place_text
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.schema import VERSIONS
from aibom.cyclonedx.text import clean, is_machine_path, to_statements
from aibom.cyclonedx.versions import as_version
from aibom.cyclonedx.vulnerabilities import to_vulnerabilities
from aibom.errors import DocumentError
from aibom.expressions import expression
from aibom.knowledge import ATLAS_RELEASE
from aibom.licences import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aibom.bill import Bill, Component, Coverage, Diagnostic, Target
    from aibom.cyclonedx.components import Listed

__all__ = ["to_document", "to_json", "utc"]

_NAMESPACE: Final = UUID("5b0d6f0e-8a55-5f0e-9d0b-3f6a3c0d1c9e")  # Of our serial numbers; it must never change.
_UNNAMED: Final = "project"
_ENCODE: Final = json.JSONEncoder(allow_nan=False).encode
_WHOLE_LIST: Final = 10_000
"""A hub's list of so many files may have been cut."""


def to_document(
    bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False, spec_version: str = "1.6"
) -> dict[str, object]:
    """
    Return *bill* as a CycloneDX document.

    Equal bills give equal documents, the serial number too; it depends on the *timestamp*, which is left out when there
    is none. What is only mentioned is left out unless *mentions*. *spec_version* is ``1.5``, ``1.6`` or ``1.7``; what
    1.5 has no place for, such as the lines of occurrences, stands in properties ``aibom:from:…``.

    >>> from aibom.bill import Bill, Component, Kind
    >>> document = to_document(Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)]))
    >>> document["components"][0]["bom-ref"]
    'aibom:model:openai:gpt-4o'
    """
    if spec_version not in VERSIONS:
        msg = f"aibom does not write CycloneDX {spec_version}, only {', '.join(VERSIONS)}"
        raise DocumentError(msg)
    if not mentions:
        bill = bill.without_mentions()
    items = listed(bill)
    root = _root(bill.target)
    content: dict[str, object] = {
        "version": 1,
        "metadata": _metadata(bill, items, root, timestamp),
        "components": [to_component(item) for item in items if item.component.kind is not Kind.SERVICE],
        "services": [to_service(item) for item in items if item.component.kind is Kind.SERVICE],
        **({"externalReferences": [_ATLAS]} if _threatened(bill) else {}),
        "dependencies": _dependencies(bill, items, str(root["bom-ref"])),
        "compositions": [_composition(bill, str(root["bom-ref"])), *_assemblies(bill, items)],
    }
    if timestamp is not None and (annotations := list(_annotations(bill, items, timestamp))):
        content["annotations"] = annotations
    if against := to_vulnerabilities(items):
        content["vulnerabilities"] = against
    clean(content)
    # 1.7 adds to 1.6 and takes nothing away that we write. 1.5 has neither lines nor several identities.
    written = max(spec_version, "1.6")
    document: dict[str, object] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{written}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": written,
        "serialNumber": f"urn:uuid:{uuid5(_NAMESPACE, json.dumps(content))}",
        **content,
    }
    return document if written == spec_version else as_version(document, spec_version)


def to_json(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False, spec_version: str = "1.6") -> str:
    """
    Return *bill* as the text of a CycloneDX document in JSON; the arguments are those of `to_document`.

    The text is ASCII: no console and no default encoding can break it.
    """
    document = to_document(bill, timestamp=timestamp, mentions=mentions, spec_version=spec_version)
    return _indented(document, "\n") + "\n"


def _indented(value: object, newline: str) -> str:
    """Return what ``json.dumps(value, indent=2)`` returns, in half the time."""
    if isinstance(value, str):
        return _ENCODE(value)
    inner = newline + "  "
    if value and isinstance(value, dict):
        items = [f'"{key}": {_indented(item, inner)}' for key, item in value.items()]  # The keys are ours: plain words.
        return "{" + inner + ("," + inner).join(items) + newline + "}"
    if value and isinstance(value, list):
        return "[" + inner + ("," + inner).join([_indented(item, inner) for item in value]) + newline + "]"
    return _ENCODE(value)


def utc(timestamp: datetime) -> str:
    """Return *timestamp* as documents write it; `ValueError` when it has no time zone."""
    if timestamp.utcoffset() is None:
        msg = f"timestamp={timestamp.isoformat()} has no time zone; give one, such as datetime.now(UTC)"
        raise ValueError(msg)
    return timestamp.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _root(target: Target) -> dict[str, object]:
    """
    Return the component that the document describes: what was scanned, as its manifest names it.

    Without a manifest the name is a constant. The folder's name would make the bytes depend on where the tree lies.
    """
    known = bool(target.name) and not is_machine_path(target.name or "")
    name = target.name if known else _UNNAMED
    version = to_version(target.version)
    purl = canonical_purl(target.purl) if target.purl else None
    facts = [("target-source", target.source)] if target.source is not None else []
    facts += [(f"statement:{name}", sourced(fact)) for name, fact in target.stated]
    if not known:
        facts.append(("target-unknown", "true"))
    if (target.version or None) != version:
        facts.append(("version", target.version or ""))
    entry: dict[str, object | None] = {
        "type": "application",
        "bom-ref": "aibom:root" + (f":{name}" if known else "") + (f"@{version}" if version else ""),
        "name": name,
        "version": version,
        "purl": purl,
        "manufacturer": _organisation(target, "system-producer"),
        "properties": to_properties(facts),
    }
    return {key: value for key, value in entry.items() if value or key == "name"}


def _metadata(
    bill: Bill, items: Sequence[Listed], root: dict[str, object], timestamp: datetime | None
) -> dict[str, object]:
    facts = [*_coverage(bill.coverage), *_unlisted(bill, items)]
    if bill.findings or bill.settled:
        facts.append(("disclaimer", DISCLAIMER))
    if _threatened(bill):
        facts.append(("atlas-release", ATLAS_RELEASE))
    facts += [("diagnostic", to_statements(_diagnostic(d))) for d in bill.diagnostics]
    entry: dict[str, object] = {} if timestamp is None else {"timestamp": utc(timestamp)}
    entry["lifecycles"] = [{"phase": "pre-build"}]
    entry["tools"] = {"components": [_tool()]}
    if authors := [_contact(fact.value) for name, fact in bill.target.stated if name == "sbom-author" and fact.value]:
        entry["authors"] = authors
    entry["component"] = root
    for key, name in (("manufacturer", "sbom-manufacturer"), ("supplier", "system-supplier")):
        if organisation := _organisation(bill.target, name):
            entry[key] = organisation
    entry["properties"] = to_properties(facts)
    return entry


_ATLAS: Final = {
    "type": "threat-model",
    "url": "https://atlas.mitre.org",
    "comment": f"MITRE ATLAS, release {ATLAS_RELEASE}: the techniques (AML.T…) to which findings refer",
}


def _threatened(bill: Bill) -> bool:
    """Tell whether a finding refers to techniques of MITRE ATLAS."""
    findings = (*bill.findings, *(s.finding for s in bill.settled))
    return any(r.startswith("AML.") for finding in findings for r in finding.references)


def _organisation(target: Target, key: str) -> dict[str, object] | None:
    """
    Return the organisation that somebody states as *key*; None where they name several, or none.

    The contact that is stated is that of whoever made the system; else of its supplier, else of the document's maker.
    """
    names = {fact.value for name, fact in target.stated if name == key and fact.value}
    if len(names) != 1:
        return None
    found: dict[str, object] = {"name": names.pop()}
    stated = {name for name, fact in target.stated if fact.value}
    if key == next((k for k in ("system-producer", "system-supplier", "sbom-manufacturer") if k in stated), None):
        contacts = [_contact(fact.value) for name, fact in target.stated if name == "contact" and fact.value]
        found |= {"contact": contacts} if contacts else {}
    return found


def _contact(stated: str) -> dict[str, str]:
    """
    Return a person or an organisation as CycloneDX has it.

    >>> _contact("Ada Example <ada@shop.example>"), _contact("Shop Ltd."), _contact("ada@shop.example")
    ({'name': 'Ada Example', 'email': 'ada@shop.example'}, {'name': 'Shop Ltd.'}, {'email': 'ada@shop.example'})
    """
    found = _NAME_AND_ADDRESS.fullmatch(stated)
    if found is None:
        return {"email": stated} if _ADDRESS.fullmatch(stated) else {"name": stated}
    return {"name": found[1], "email": found[2]}


_ADDRESS: Final = expression(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NAME_AND_ADDRESS: Final = expression(rf"([^<>]*[^<>\s])\s*<({_ADDRESS.pattern})>")


def _tool() -> dict[str, object]:
    from importlib.metadata import PackageNotFoundError, version  # `import aibom` stays light.

    tool: dict[str, object] = {"type": "application", "name": "aibom"}
    try:
        tool["version"] = version("aibom")
    except PackageNotFoundError:  # A source tree that is not installed has no version.
        return tool
    return tool


def _coverage(coverage: Coverage) -> Iterator[tuple[str, str]]:
    """Yield how much was looked at, and what was not."""
    yield "coverage:seen", str(coverage.seen)
    yield "coverage:read", str(coverage.read)
    yield "coverage:parsed", str(coverage.parsed)
    if coverage.unhandled:
        yield "coverage:unhandled", str(coverage.unhandled)
    yield from ((f"coverage:skipped:{skip.reason}", skip.path) for skip in coverage.skips)
    yield from (("coverage:ignored-but-read", path) for path in coverage.ignored_but_read)


def _unlisted(bill: Bill, items: Sequence[Listed]) -> Iterator[tuple[str, str]]:
    """Yield relations and findings of what is no component of the document."""
    refs = {item.component.ref for item in items}
    for relation in bill.relations:
        if relation.source not in refs:
            how = [("how", relation.how)] if relation.how else []
            ends = [("kind", str(relation.kind)), ("source", relation.source), ("target", relation.target)]
            yield "relation", to_statements([*ends, *how])
    for finding in bill.findings:
        if finding.component not in refs:
            yield "finding", to_statements([("component", finding.component), *finding_pairs(finding)])
    for settled in bill.settled:
        if settled.finding.component not in refs:
            about = ("component", settled.finding.component)
            yield "settled", to_statements([about, *settled_pairs(settled)])


def _diagnostic(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    yield "code", diagnostic.code
    if diagnostic.location is not None:
        yield "at", place_text(diagnostic.location)
    yield "level", str(diagnostic.level)
    yield "message", diagnostic.message


def _annotations(bill: Bill, items: Sequence[Listed], timestamp: datetime) -> Iterator[dict[str, object]]:
    """
    Yield what rules say of components, as notes of this tool.

    CycloneDX asks when a note was made: a document without a time has the findings as properties alone.
    """
    refs: dict[str, list[str]] = {}
    for item in items:
        refs.setdefault(item.component.ref, []).append(item.ref)
    when = utc(timestamp)
    for finding in bill.findings:
        if finding.component in refs:
            yield {
                "subjects": sorted(refs[finding.component]),
                "annotator": {"component": _tool()},
                "timestamp": when,
                "text": f"[{finding.rule}] {finding.level}: {finding.reason}",
            }


def _dependencies(bill: Bill, items: Sequence[Listed], root: str) -> list[dict[str, object]]:
    """
    Return the graph: the root needs what the code names, and components need each other as the relations say.

    What no code names (a base model that only a card knows) hangs below what names it.
    """
    refs: dict[str, list[str]] = {}
    for item in items:
        refs.setdefault(item.component.ref, []).append(item.ref)
    needs: dict[str, set[str]] = {item.ref: set() for item in items}
    for relation in bill.relations:
        ends = (relation.source, relation.target)
        # What is bundled in something is a part of it: there the whole needs the part.
        user, used = reversed(ends) if relation.kind is RelationKind.BUNDLED_IN else ends
        for ref in refs.get(user, ()):
            needs[ref].update(other for other in refs.get(used, ()) if other != ref)
    below = set().union(*needs.values())
    needs[root] = {item.ref for item in items if item.component.evidence or item.ref not in below}
    return [{"ref": ref, "dependsOn": sorted(needs[ref])} for ref in (root, *sorted(needs.keys() - {root}))]


def _composition(bill: Bill, root: str) -> dict[str, object]:
    """
    Return how complete the document is.

    ``incomplete`` when we know that something is missing. Else ``unknown``, the word of the specification for a best
    effort: a scan finds what it has detectors for, and cannot know that there is nothing else.
    """
    aggregate = "unknown" if bill.complete else "incomplete"
    return {"aggregate": aggregate, "assemblies": [root], "dependencies": [root]}


def _assemblies(bill: Bill, items: Sequence[Listed]) -> Iterator[dict[str, object]]:
    """Yield how complete the files of a model are, where somebody says so: a part that lacks, or a hub's whole list."""
    lacking = {d.location.path for d in bill.diagnostics if d.code == "missing-shard" and d.location is not None}
    for aggregate in ("complete", "incomplete"):
        refs = [item.ref for item in items if _aggregate(item.component, lacking) == aggregate]
        if refs:
            yield {"aggregate": aggregate, "assemblies": refs}


def _aggregate(component: Component, lacking: set[str]) -> str | None:
    if component.kind is Kind.SERVICE or not component.files:
        return None
    if lacking and any(f.path in lacking or f.source.removeprefix("file:") in lacking for f in component.files):
        return "incomplete"
    listing = component.commit is not None and all(
        f.source.startswith("hub:") and f.source.endswith(f"@{component.commit[:12]}") for f in component.files
    )
    return "complete" if listing and len(component.files) < _WHOLE_LIST else None
