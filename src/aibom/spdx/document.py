"""
The JSON-LD of a bill, written by hand: some ten shapes of objects.

spdx-python-model (Apache-2.0, generated from the SHACL of the specification) would write the same, and it is what the
tests check these documents with. As a dependency it costs 0.15 s of start-up and holds every object twice; the shapes
that a bill needs are few, and stable within 3.0.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from aibom.bill import Kind, RelationKind, Usage, is_commit, printable
from aibom.expressions import expression
from aibom.licences import DISCLAIMER, is_concluded
from aibom.spdx.licences import expression_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aibom.bill import Advisory, Bill, Card, Component, Diagnostic, Fact

__all__ = ["to_spdx", "to_spdx_document"]

_CONTEXT: Final = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_NAMESPACE: Final = UUID("0f6f2f64-2f0c-5d57-8d0b-8a3c7a1f2b11")  # Of our document ids; it must never change.
_CREATION: Final = "_:creationinfo"
_EPOCH: Final = "1970-01-01T00:00:00Z"
_HASHES: Final = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
    "SHA3-256": "sha3_256",
    "SHA3-384": "sha3_384",
    "SHA3-512": "sha3_512",
    "BLAKE2b-256": "blake2b256",
    "BLAKE2b-384": "blake2b384",
    "BLAKE2b-512": "blake2b512",
    "BLAKE3": "blake3",
}
"""CycloneDX's names of algorithms, and those of SPDX (Core/Vocabularies/HashAlgorithm)."""
_TYPES: Final = {
    Kind.MODEL: "ai_AIPackage",
    Kind.DATASET: "dataset_DatasetPackage",
    Kind.LIBRARY: "software_Package",
    Kind.SERVICE: "software_Package",
}
_PURPOSES: Final = {Kind.MODEL: "model", Kind.DATASET: "data", Kind.LIBRARY: "library", Kind.SERVICE: "application"}
_RELATIONS: Final = {
    RelationKind.DERIVED_FROM: "descendantOf",
    RelationKind.TRAINED_ON: "trainedOn",
    RelationKind.TESTED_ON: "testedOn",
}
"""Relations of a model that SPDX has a word for; all others are dependencies."""
_HYPERPARAMETERS: Final = (
    *("attention-heads", "context-length", "hidden-size", "key-value-heads", "layers", "parameters", "quantization"),
    *("vocab-size", "dtype"),
)
_DATA_TYPES: Final = {
    "audio": "audio",
    "automatic-speech-recognition": "audio",
    "image-classification": "image",
    "object-detection": "image",
    "tabular-classification": "structured",
    "tabular-regression": "structured",
    "text-classification": "text",
    "text-generation": "text",
    "question-answering": "text",
    "summarization": "text",
    "token-classification": "text",
    "translation": "text",
    "time-series-forecasting": "timeseries",
    "video-classification": "video",
}
"""What the data of a task is (Dataset/Vocabularies/DatasetType)."""
_OWN_LICENCE: Final = "CC0-1.0"
"""What SPDX asks documents to be under."""
_TIME: Final = expression(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.\d+)?Z"
)
_ID: Final = expression(r"[^A-Za-z0-9.-]+")


def to_spdx_document(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False) -> dict[str, object]:
    """
    Return *bill* as an SPDX 3.0.1 document: a JSON-LD graph.

    Equal bills give equal documents. SPDX asks for the time of creation: without a *timestamp* it is 1970-01-01. What
    is only mentioned is left out unless *mentions*. Services, agents, tools and prompts are software packages; what
    SPDX has no property for stands in the package's ``comment`` as ``name=value`` lines, and places are annotations.

    >>> from aibom.bill import Bill, Component, Kind
    >>> document = to_spdx_document(Bill([Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B")]))
    >>> [e["name"] for e in document["@graph"] if e["type"] == "ai_AIPackage"]
    ['Qwen/Qwen3-8B']
    """
    return _Writer(bill if mentions else bill.without_mentions(), timestamp).document()


def to_spdx(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False) -> str:
    """Return *bill* as the text of an SPDX 3.0.1 document; the arguments are those of `to_spdx_document`."""
    document = to_spdx_document(bill, timestamp=timestamp, mentions=mentions)
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


class _Writer:
    """The graph of one bill."""

    def __init__(self, bill: Bill, timestamp: datetime | None) -> None:
        if timestamp is not None and timestamp.utcoffset() is None:
            message = f"timestamp={timestamp.isoformat()} has no time zone; give one, such as datetime.now(UTC)"
            raise ValueError(message)
        self.bill = bill
        self.created = _EPOCH if timestamp is None else timestamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.base = ""
        self.refs: dict[str, list[str]] = {}
        self.graph: list[dict[str, object]] = []
        self.licences: dict[str, str] = {}
        self.notices: dict[Advisory, str] = {}
        self.taken: set[str] = set()

    def document(self) -> dict[str, object]:
        """Return the document; its ids are made of its content."""
        self._write()
        content = json.dumps([self.created, self.graph])
        base = f"https://spdx.org/spdxdocs/aibom-{uuid5(_NAMESPACE, content)}"
        graph = json.loads(json.dumps(self.graph).replace(_BASE, base))
        return {"@context": _CONTEXT, "@graph": graph}

    def _write(self) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            own = version("aibom")
        except PackageNotFoundError:  # A source tree that is not installed has no version.
            own = ""
        tool, agent = self._id("Tool", "aibom"), self._id("SoftwareAgent", "aibom")
        self.graph.append(
            {
                "type": "CreationInfo",
                "@id": _CREATION,
                "specVersion": "3.0.1",
                "created": self.created,
                "createdBy": [agent],
                "createdUsing": [tool],
            }
        )
        self._element("SoftwareAgent", agent, name="aibom")
        self._element("Tool", tool, name=f"aibom {own}".strip())
        packages = [self._component(c) for c in self.bill.components]
        root = self._root()
        self._relations(root, packages)
        profiles = ["ai", "core", "dataset", "simpleLicensing", "software"]
        if self.notices:
            profiles.insert(3, "security")
        self._findings(root)
        self._annotate(root, _open_ends(self.bill.diagnostics))
        self._annotate(root, (f"{key}: {fact.value} ({fact.source})" for key, fact in self.bill.target.stated))
        elements = sorted(str(e["spdxId"]) for e in self.graph if "spdxId" in e)
        sbom = self._id("Sbom", "bill")
        self._element(
            "software_Sbom",
            sbom,
            name="AI bill of materials",
            element=elements,
            rootElement=[root],
            software_sbomType=["source"],
        )
        self._element(
            "SpdxDocument",
            self._id("SpdxDocument", "document"),
            name=f"AI bill of materials of {self.bill.target.name or 'project'}",
            profileConformance=profiles,
            element=sorted([*elements, sbom]),
            rootElement=[sbom],
            dataLicense=self._licence(_OWN_LICENCE),
            comment=DISCLAIMER if self.bill.findings or self.bill.settled else None,
        )

    # -- elements ----------------------------------------------------------------------------------

    def _id(self, kind: str, name: str) -> str:
        """Return an id that nothing else of the document has."""
        wanted = f"{_BASE}/{kind}/{quote(_ID.sub('-', name), safe='')[:120]}"
        found, number = wanted, 1
        while found in self.taken:
            number += 1
            found = f"{wanted}-{number}"
        self.taken.add(found)
        return found

    def _element(self, kind: str, spdx_id: str, **fields: object) -> str:
        entry: dict[str, object] = {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION}
        entry |= {key: value for key, value in fields.items() if value not in (None, "", [], {})}
        self.graph.append(entry)
        return spdx_id

    def _root(self) -> str:
        target = self.bill.target
        return self._element(
            "software_Package",
            self._id("Package", target.name or "project"),
            name=target.name or "project",
            software_packageVersion=target.version,
            software_packageUrl=target.purl,
            software_primaryPurpose="application",
        )

    def _component(self, component: Component) -> str:
        kind = _TYPES.get(component.kind, "software_Package")
        spdx_id = self._id(
            str(component.kind),
            "-".join(filter(None, (component.provider, component.name, component.resolved or component.version))),
        )
        self.refs.setdefault(component.ref, []).append(spdx_id)
        card = component.card
        published = self._publisher(component)
        fields: dict[str, object] = {
            "name": printable(component.name) or "unnamed",
            "description": card["description"].value if "description" in card else None,
            "comment": "\n".join(_remarks(component)),
            "software_packageVersion": component.resolved or component.version or _asked(component),
            "software_packageUrl": component.purl,
            "software_primaryPurpose": _PURPOSES.get(component.kind, "other"),
            "software_downloadLocation": _location(component),
            "suppliedBy": published,
            "verifiedUsing": [_hash(a, d) for a, d in component.hashes if a in _HASHES],
            "externalRef": list(_references(component)),
        }
        if component.kind is Kind.MODEL:
            fields |= _ai(card)
        elif component.kind is Kind.DATASET:
            fields |= _dataset(card)
        self._element(kind, spdx_id, **fields)
        self._files(component, spdx_id)
        for fact in component.licences:
            said = "hasConcludedLicense" if is_concluded(fact) else "hasDeclaredLicense"
            self._relate(spdx_id, said, [self._licence(fact.value)])
        self._known_against(component, spdx_id)
        lines = [
            f"{e.location}: {e.usage}: {printable(e.symbol)}" + (f" (asks for {e.revision})" if e.revision else "")
            for e in component.evidence
        ]
        self._annotate(spdx_id, lines)
        return spdx_id

    def _publisher(self, component: Component) -> str | None:
        """Return the organization that put a component where it is, which is not always who made it."""
        if "publisher" not in component.card:
            return None
        name = component.card["publisher"].value
        spdx_id = f"{_BASE}/Organization/{quote(_ID.sub('-', name), safe='')[:120]}"
        if spdx_id not in self.taken:
            self.taken.add(spdx_id)
            self._element("Organization", spdx_id, name=name)
        return spdx_id

    def _files(self, component: Component, package: str) -> None:
        ids = []
        for file in component.files:
            comment = [f"size={file.size}"] if file.size >= 0 else []
            comment += [f"format={file.format}"] if file.format else []
            comment += [
                f"scan={v.scanner}: {v.status} ({v.source}{f', {v.date}' if v.date else ''})" for v in file.verdicts
            ]
            ids.append(
                self._element(
                    "software_File",
                    self._id("File", f"{component.name}-{file.path}"),
                    name=printable(file.path),
                    comment="\n".join(comment),
                    verifiedUsing=[_hash(a, d) for a, d in file.hashes if a in _HASHES],
                )
            )
        if ids:
            self._relate(package, "contains", sorted(ids))

    def _known_against(self, component: Component, package: str) -> None:
        """Write the security notices about *component*, and what somebody has decided about them."""
        for advisory in component.advisories:
            if advisory not in self.notices:
                self.notices[advisory] = self._element(
                    "security_Vulnerability",
                    self._id("Vulnerability", advisory.id),
                    name=printable(advisory.id) or "unnamed",
                    description=advisory.summary,
                    comment=printable(f"aibom:notice-source={advisory.source}"),
                    externalIdentifier=[_identifier(each) for each in (advisory.id, *advisory.aliases)],
                    security_publishedTime=_second(advisory.published),
                    security_modifiedTime=_second(advisory.modified),
                )
            self._relate(package, "hasAssociatedVulnerability", [self.notices[advisory]])
            decided = [advisory.state, advisory.justification, advisory.detail]
            if advisory.state:
                self._annotate(package, [": ".join(filter(None, (advisory.id, *decided)))])

    def _licence(self, value: str) -> str:
        """Return the element of a licence: an expression of SPDX, or a name of its own as a LicenseRef."""
        if value not in self.licences:
            self.licences[value] = self._element(
                "simplelicensing_LicenseExpression",
                self._id("License", value),
                simplelicensing_licenseExpression=expression_of(value),
                comment=f"as stated: {printable(value)}" if value != _OWN_LICENCE else None,
            )
        return self.licences[value]

    # -- relations ---------------------------------------------------------------------------------

    def _relate(self, source: str, kind: str, targets: Sequence[str]) -> None:
        self._element(
            "Relationship",
            self._id("Relationship", f"{kind}-{source.rpartition('/')[2]}"),
            **{"from": source, "relationshipType": kind, "to": list(targets)},
        )

    def _relations(self, root: str, packages: Sequence[str]) -> None:
        used = [c for c in self.bill.components if c.evidence]
        # What no code names (a base model that only a card knows) hangs below what names it.
        below = {r.source if r.kind is RelationKind.BUNDLED_IN else r.target for r in self.bill.relations}
        named = {ref for c in used for ref in self.refs[c.ref]}
        named.update(ref for c in self.bill.components if c.ref not in below for ref in self.refs[c.ref])
        if needed := [package for package in packages if package in named]:
            self._relate(root, "dependsOn", sorted(needed))
        for relation in self.bill.relations:
            for source in self.refs.get(relation.source, ()):
                targets = [t for t in self.refs.get(relation.target, ()) if t != source]
                if not targets:
                    continue
                if relation.kind is RelationKind.BUNDLED_IN:
                    for target in targets:
                        self._relate(target, "contains", [source])
                else:
                    self._relate(source, _RELATIONS.get(relation.kind, "dependsOn"), targets)

    def _annotate(self, subject: str, lines: Iterable[str]) -> None:
        for line in lines:
            self._element(
                "Annotation",
                self._id("Annotation", subject.rpartition("/")[2]),
                annotationType="other",
                contentType="text/plain",
                subject=subject,
                statement=line,
            )

    def _findings(self, root: str) -> None:
        """Write what rules say, and what somebody has settled of it; what is of no component is of *root*."""
        said = [(f, f"[{f.rule}] {f.level}: {f.reason}") for f in self.bill.findings]
        said += [
            (s.finding, f"[{s.finding.rule}] {s.state}: {s.finding.reason}; {s.detail}") for s in self.bill.settled
        ]
        for finding, line in said:
            for subject in self.refs.get(finding.component, ()) if finding.component else (root,):
                self._annotate(subject, [line])


_BASE: Final = "https://spdx.org/spdxdocs/aibom-00000000-0000-0000-0000-000000000000"
"""Stands for the namespace of the document until its content is known."""


def _hash(algorithm: str, digest: str) -> dict[str, object]:
    return {"type": "Hash", "algorithm": _HASHES[algorithm], "hashValue": digest}


def _identifier(name: str) -> dict[str, object]:
    kind = "cve" if name.startswith("CVE-") else "securityOther"
    return {"type": "ExternalIdentifier", "externalIdentifierType": kind, "identifier": printable(name) or "unnamed"}


def _second(stated: str) -> str | None:
    """
    Return the time *stated* as SPDX writes times, to the second; None when it is none.

    >>> _second("2026-01-02T03:04:05.678Z")
    '2026-01-02T03:04:05Z'
    >>> _second("soon")
    """
    found = _TIME.fullmatch(stated)
    return f"{found[1]}Z" if found else None


def _asked(component: Component) -> str | None:
    """Return the branch or tag on which all uses agree."""
    asked = {e.revision for e in component.evidence if e.usage is not Usage.MENTION}
    return asked.pop() if len(asked) == 1 else None


def _location(component: Component) -> str | None:
    """Return where *component* can be had: the address that it is fetched from, or its page of the hub."""
    if component.address:
        return quote(component.address, safe="%:/?#[]@!$&'()*+,;=", errors="replace")
    if component.provider != "huggingface" or component.hosted or component.name.count("/") != 1:
        return None
    folder = "datasets/" if component.kind is Kind.DATASET else ""
    hub = dict(component.properties).get("repository-url", "https://huggingface.co").rstrip("/")
    if not hub.startswith(("https://", "http://")):
        return None
    page = quote(f"{hub}/{folder}{component.name}", safe="%:/@", errors="replace")
    return f"{page}/tree/{component.resolved}" if is_commit(component.resolved) else page


def _references(component: Component) -> Iterator[dict[str, object]]:
    page = _location(component)
    if page is not None and component.provider == "huggingface":
        yield {"type": "ExternalRef", "externalRefType": "documentation", "locator": [page.partition("/tree/")[0]]}
    for fact in component.card.all("arxiv"):
        if re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", fact.value):
            url = f"https://arxiv.org/abs/{fact.value}"
            yield {"type": "ExternalRef", "externalRefType": "documentation", "locator": [url]}


def _entries(facts: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"type": "DictionaryEntry", "key": key, "value": value} for key, value in sorted(set(facts))]


def _together(card: Card, *names: str) -> str | None:
    texts = [fact.value for name in names for fact in card.all(name)]
    return "\n".join(dict.fromkeys(texts)) or None


def _ai(card: Card) -> dict[str, object]:
    """Return what the AI profile has properties for."""
    sizes = [(name, fact.value) for name in _HYPERPARAMETERS for fact in card.all(name)]
    scores = [("/".join(filter(None, (m.name, m.dataset, m.config, m.split))), m.value) for m in card.metrics]
    return {
        "ai_domain": sorted({fact.value for fact in card.all("task")}),
        "ai_typeOfModel": sorted(
            {fact.value for name in ("architecture", "architecture-family") for fact in card.all(name)}
        ),
        "ai_hyperparameter": _entries(sizes),
        "ai_metric": _entries(scores),
        "ai_limitation": _together(card, "limitation", "out-of-scope", "bias-risk"),
        "ai_informationAboutApplication": _together(card, "use-case", "downstream-use"),
        "ai_informationAboutTraining": _together(card, "training-data", "training-procedure"),
    }


def _dataset(card: Card) -> dict[str, object]:
    """Return what the Dataset profile has properties for; it asks for the type of the data."""
    types = sorted({_DATA_TYPES[f.value] for f in card.all("task") if f.value in _DATA_TYPES})
    size = card["dataset-bytes"].value if "dataset-bytes" in card else ""
    return {
        "dataset_datasetType": types or ["noAssertion"],
        "dataset_datasetSize": int(size) if size.isdigit() else None,
        "dataset_intendedUse": _together(card, "use-case"),
        "dataset_knownBias": [fact.value for fact in card.all("bias-risk")],
        "dataset_dataCollectionProcess": _together(card, "curation"),
    }


def _remarks(component: Component) -> Iterator[str]:
    """Yield what SPDX has no property for."""
    yield printable(f"aibom:provider={component.provider}")
    if component.origin:
        yield printable(f"aibom:origin={component.origin}")
    if component.evidence:
        yield f"aibom:usage={component.usage}"
    if component.kind is Kind.MODEL:
        yield f"aibom:hosted={'true' if component.hosted else 'false'}"
        yield f"aibom:pinned={'true' if component.pinned else 'false'}"
    for resolution in component.resolutions:
        asked, day = resolution.revision or "the default branch", f" on {resolution.date}" if resolution.date else ""
        yield f"aibom:resolved={resolution.commit}{day} from {asked} ({resolution.source})"
    for name, value in component.properties:
        yield printable(f"aibom:{name}={value}")
    for name, fact in component.card.facts:
        yield printable(f"aibom:source:{name}={_short(fact)} ({fact.source})")


def _short(fact: Fact) -> str:
    return fact.value if len(fact.value) <= 100 else f"{fact.value[:100]}…"  # noqa: PLR2004 - the text itself is elsewhere


def _open_ends(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what makes the bill incomplete."""
    return (str(d) for d in diagnostics if d.incomplete or d.code == "supplied-by-caller")
