"""A bill from a CycloneDX document: ours without loss, those of others as far as they go."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, evolve

from aibom.bill import (
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Relation,
    RelationKind,
    Resolution,
    Settled,
    Skip,
    Target,
    Technique,
    Usage,
    Verdict,
    as_purl,
    is_commit,
)
from aibom.cyclonedx.components import PLAIN, RESERVED, fact_of, known_of, said_by_version
from aibom.cyclonedx.convert import read_document
from aibom.cyclonedx.evidence import OWN, own_path, place_of
from aibom.cyclonedx.foreign import card_of, hashes_of, identity_of, licences_of
from aibom.cyclonedx.parts import entries, number, part, properties, text, texts
from aibom.cyclonedx.text import from_text, statements, unclean, unprotected
from aibom.cyclonedx.versions import as_version
from aibom.cyclonedx.vulnerabilities import read_vulnerabilities
from aibom.errors import DocumentError
from aibom.names import without_secrets

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from aibom.bill import Advisory
    from aibom.cyclonedx.parts import Entry

__all__ = ["read", "read_components", "read_entries"]

_KINDS: Final = {"machine-learning-model": Kind.MODEL, "data": Kind.DATASET}
_OWN: Final = "aibom:"
_NAMED: Final = {str(kind): kind for kind in PLAIN}
_SCOPES: Final = {"required": Usage.USED, "optional": Usage.OPTIONAL, "excluded": Usage.MENTION}


def read(source: str | os.PathLike[str] | Mapping[str, object]) -> Bill:
    """
    Return the bill that a CycloneDX document states: *source* is its path, its text, or the document itself.

    What `to_json` wrote with its *mentions* is read back without loss: components with their evidence, facts with
    their sources, relations, findings, diagnostics and coverage. Of the documents of other tools come the components
    and services, model cards, licences, hashes, places, datasets and base models, with the field of the document as
    the source of each fact; what is not of the form that the specification describes is passed over.

    `DocumentError` when there is no CycloneDX document.

    >>> from aibom.bill import Bill, Component, Kind
    >>> from aibom.cyclonedx.document import to_json
    >>> bill = Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)])
    >>> read(to_json(bill)) == bill
    True

    .. versionadded:: 26.1.0
    """
    return _Reader().read(_loaded(source)).bill()


def _loaded(source: str | os.PathLike[str] | Entry) -> dict[str, object]:
    """Return the document as an object that nobody else holds, with what 1.5 has no place for in its place again."""
    content: str | bytes = source if isinstance(source, str) else ""
    try:
        if isinstance(source, Mapping):
            content = json.dumps(source)
        elif not str(content).lstrip("\ufeff \t\r\n").startswith(("{", "[", "<")):
            content = Path(source).read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot read {str(source)!r}: {error.strerror}") from None
    except (TypeError, ValueError, RecursionError) as error:  # Also a null in the path.
        raise DocumentError(f"this is no CycloneDX document: {error}") from None
    document = read_document(content)
    if document.get("specVersion") == "1.5":
        with suppress(DocumentError):  # Somebody else's, of a form of its own: as it is.
            return as_version(document, "1.6")
    return document


def read_components(text: str) -> tuple[Component, ...] | None:
    """
    Return the components and services of the CycloneDX document *text*, with their evidence; None when it is none.

    They stand in the order of the document; see `read`.

    >>> (it,) = read_components('{"bomFormat": "CycloneDX", "components": [{"type": "data", "name": "imdb"}]}') or ()
    >>> it
    <Component dataset:unknown:imdb mention, named in 0 places>
    """
    try:
        return tuple(_Reader().read(_loaded(text.lstrip("\ufeff"))).components)
    except DocumentError:
        return None


def read_entries(document: dict[str, object]) -> tuple[Bill, list[tuple[Component, Entry]]]:
    """Return the bill that *document* states, which may be changed, and what it lists, with the entries that do."""
    reader = _Reader().read(document)
    return reader.bill(), reader.entries


@define
class _Reader:
    """What was read of one document so far."""

    components: list[Component] = Factory(list)
    relations: list[Relation] = Factory(list)
    findings: list[Finding] = Factory(list)
    settled: list[Settled] = Factory(list)
    diagnostics: list[Diagnostic] = Factory(list)
    coverage: Coverage = Factory(Coverage)
    target: Target = Factory(Target)
    entries: list[tuple[Component, Entry]] = Factory(list)
    """What is listed, with where it stands; no base models and datasets that are only spoken of."""
    _refs: dict[str, str] = Factory(dict)
    """From the document's references to `Component.ref`."""
    _others: list[tuple[Component, Entry]] = Factory(list)
    """What other tools wrote, whose base models and datasets come after what the document lists."""
    _known: set[str] = Factory(set)
    """Each `Component.ref` so far."""
    _datasets: list[tuple[str, str]] = Factory(list)
    """A model's `Component.ref`, and the document's reference of what it was trained or tested on."""

    def bill(self) -> Bill:
        """Return everything as a bill."""
        return Bill(
            self.components,
            self.relations,
            self.findings,
            self.diagnostics,
            coverage=self.coverage,
            target=self.target,
            settled=self.settled,
        )

    def read(self, document: dict[str, object]) -> _Reader:
        """Read *document*, which may be changed."""
        metadata = document.get("metadata")
        if isinstance(metadata, dict):
            self._metadata(metadata)
        waiting: list[tuple[Entry, Component | None]] = [(e, None) for e in entries(document, "components")]
        for entry, whole in waiting:  # No recursion: a foreign document may be deep.
            found = self._component(entry, _KINDS.get(text(entry, "type"), Kind.LIBRARY))
            if whole is not None:
                self.relations.append(Relation(found.ref, whole.ref, RelationKind.BUNDLED_IN))
            if not _is_own(entry):
                waiting += [(part_, found) for part_ in entries(entry, "components") if not _is_file(part_, found)]
        services = list(entries(document, "services"))
        for entry in services:
            self._component(entry, Kind.SERVICE)
            services += entries(entry, "services")
        for component, entry in self._others:
            self._related(component, entry)
        for model, ref in self._datasets:
            if ref in self._refs:
                self.relations.append(Relation(model, self._refs[ref], RelationKind.TRAINED_ON))
        told: dict[str, list[Advisory]] = {}
        for ref, advisories in read_vulnerabilities(document).items():
            if ref in self._refs:
                told.setdefault(self._refs[ref], []).extend(advisories)
        self.components = [evolve(c, advisories=told[c.ref]) if c.ref in told else c for c in self.components]
        self.entries = [(evolve(c, advisories=told[c.ref]) if c.ref in told else c, e) for c, e in self.entries]
        return self

    def _component(self, entry: Entry, kind: Kind) -> Component:
        own = _is_own(entry)
        found = self._own(entry, kind) if own else _foreign(entry, kind)
        self._add(found, entry)
        self.entries.append((found, entry))
        if not own:
            self._others.append((found, entry))
        return found

    def _add(self, component: Component, entry: Entry) -> None:
        self.components.append(component)
        self._known.add(component.ref)
        if ref := text(entry, "bom-ref"):
            self._refs.setdefault(ref, component.ref)

    # -- what we wrote --------------------------------------------------------------------------

    def _metadata(self, metadata: dict[str, object]) -> None:
        root = metadata.get("component")
        if isinstance(root, dict):
            if text(root, "bom-ref").startswith("aibom:root"):
                unclean(root)
                self.target = _target(root)
            else:
                name, version, purl = (text(root, key) or None for key in ("name", "version", "purl"))
                self.target = Target(name, version, purl)
                if text(root, "type") in _KINDS:
                    self._component(root, _KINDS[text(root, "type")])
        stated = [
            (from_text(name).removeprefix(_OWN), from_text(value))
            for name, value in properties(metadata)
            if name.startswith(_OWN)
        ]
        self.coverage = _coverage(stated)
        for name, value in stated:
            said = statements(value)
            if name == "diagnostic":
                self.diagnostics.append(_diagnostic(said))
            elif name == "relation":
                self._relation(_one(said, "source"), said)
            elif name == "finding":
                self.findings.append(_finding(_one(said, "component"), said))
            elif name == "settled":
                self.settled.append(_settled(_one(said, "component"), said))

    def _relation(self, source: str, said: _Said) -> None:
        kind = _one(said, "kind")
        if kind in _RELATIONS:
            self.relations.append(Relation(source, _one(said, "target"), RelationKind(kind), _one(said, "how")))

    def _own(self, entry: Entry, kind: Kind) -> Component:
        if isinstance(entry, dict):
            unclean(entry)
        stated = [(n.removeprefix(_OWN), v) for n, v in properties(entry) if n.startswith(_OWN)]
        held: dict[str, list[str]] = {}
        facts: list[tuple[str, str]] = []
        own: list[tuple[str, str]] = []
        service = kind is Kind.SERVICE
        for name, value in stated:
            if name in RESERVED or (name == "kind" and not service):
                held.setdefault(name, []).append(value)
            elif name.startswith("source:"):
                facts.append((name.removeprefix("source:"), value))
            else:
                own.append((name, value))
        first = {name: values[0] for name, values in held.items()}
        provider = first["provider"]
        if service:
            known = set(known_of(provider, text(entry, "name")))
            own = [pair for pair in (*own, *_fields(entry)) if pair not in known]
        else:
            kind = _NAMED.get(first.get("kind", ""), kind)
        group, title = text(entry, "group"), text(entry, "name")
        pinned = first.get("pinned") == "true"
        commit, version = said_by_version(kind, text(entry, "version"), pinned=pinned)
        if service:
            evidence = [e for value in held.get("occurrence", ()) for e in _said_of_place(statements(value), None)]
        else:
            evidence = [e for o in entries(part(entry, "evidence"), "occurrences") for e in _occurrence(o)]
        stated_facts = [(name, fact) for name, value in facts if (fact := fact_of(value)) is not None]
        hashes = [(unprotected(alg), digest) for alg, _, digest in (h.partition(":") for h in held.get("hash", ()))]
        found = Component(
            kind,
            provider,
            f"{group}/{title}" if group else title,
            commit=first["commit"] or None if "commit" in first else commit,
            version=first.get("version", version),
            hosted=first.get("hosted", "true" if service else "false") == "true",
            evidence=evidence,
            card=Card(
                [(_meant(name), fact) for name, fact in stated_facts if name != "license"],
                [_metric(statements(value)) for value in held.get("metric", ())],
            ),
            licences=[fact for name, fact in stated_facts if name == "license"],
            hashes=[*hashes_of(entry), *hashes],
            properties=[(_meant(name), value) for name, value in own],
            files=[_file(each) for each in entries(entry, "components")],
            resolutions=[_resolution(statements(value)) for value in held.get("resolved", ())],
            origin=first.get("origin", ""),
        )
        for value in held.get("relation", ()):
            self._relation(found.ref, statements(value))
        self.findings += [_finding(found.ref, statements(value)) for value in held.get("finding", ())]
        self.settled += [_settled(found.ref, statements(value)) for value in held.get("settled", ())]
        return found

    # -- what others wrote ----------------------------------------------------------------------

    def _related(self, component: Component, entry: Entry) -> None:
        """Take in the datasets and the base models of *component*, and theirs."""
        waiting = [(component, entry)]
        for whole, said in waiting:
            for base in entries(part(said, "pedigree"), "ancestors"):
                found = _foreign(base, _KINDS.get(text(base, "type"), Kind.LIBRARY))
                self.relations.append(Relation(whole.ref, found.ref, RelationKind.DERIVED_FROM))
                if found.ref not in self._known:
                    self._add(found, base)
                waiting.append((found, base))
            for data in entries(part(part(said, "modelCard"), "modelParameters"), "datasets"):
                if ref := text(data, "ref"):
                    self._datasets.append((whole.ref, ref))
                elif text(data, "name"):
                    found = _foreign(data, Kind.DATASET)
                    self.relations.append(Relation(whole.ref, found.ref, RelationKind.TRAINED_ON))
                    if found.ref not in self._known:
                        self._add(found, data)


_RELATIONS: Final = frozenset(map(str, RelationKind))
_Said = list[tuple[str, str]]


def _is_own(entry: Entry) -> bool:
    return any(name == "aibom:provider" for name, _ in properties(entry))


def _is_file(entry: Entry, whole: Component) -> bool:
    return text(entry, "type") == "file" and whole.kind in {Kind.MODEL, Kind.DATASET}


def _meant(name: str) -> str:
    return name.removeprefix("stated:")


def _one(said: _Said, name: str) -> str:
    return next((value for key, value in said if key == name), "")


def _all(said: _Said, name: str) -> list[str]:
    return [value for key, value in said if key == name]


def _target(root: Entry) -> Target:
    stated = {n.removeprefix(_OWN): v for n, v in properties(root) if n.startswith(_OWN)}
    return Target(
        None if "target-unknown" in stated else text(root, "name"),
        stated.get("version", text(root, "version")) or None,
        text(root, "purl") or None,
        stated.get("target-source"),
        [
            (name.removeprefix("aibom:statement:"), fact)
            for name, value in properties(root)
            if name.startswith("aibom:statement:") and (fact := fact_of(value)) is not None
        ],
    )


def _coverage(stated: Iterable[tuple[str, str]]) -> Coverage:
    counts: dict[str, int] = {}
    skips = []
    read_all_the_same = []
    for name, value in stated:
        if name.startswith("coverage:skipped:"):
            skips.append(Skip(value, name.removeprefix("coverage:skipped:")))
        elif name == "coverage:ignored-but-read":
            read_all_the_same.append(value)
        elif name.startswith("coverage:"):
            counts[name.removeprefix("coverage:")] = _whole(value)
    seen, read_, parsed, unhandled = (counts.get(n, 0) for n in ("seen", "read", "parsed", "unhandled"))
    return Coverage(seen, read_, parsed, unhandled, skips, read_all_the_same)


def _diagnostic(said: _Said) -> Diagnostic:
    at, code, message, level = (_one(said, name) for name in ("at", "code", "message", "level"))
    where = place_of(at) if any(name == "at" for name, _ in said) else None
    return Diagnostic(code, message, where, Level(level)) if level in _LEVELS else Diagnostic(code, message, where)


_LEVELS: Final = frozenset(map(str, Level))


def _finding(component: str, said: _Said) -> Finding:
    level = _one(said, "level")
    return Finding(
        _one(said, "rule"),
        Level(level) if level in _LEVELS else Level.WARNING,
        component,
        _one(said, "reason"),
        tuple(map(place_of, _all(said, "at"))),
        tuple(_all(said, "reference")),
        _all(said, "about"),
    )


def _settled(component: str, said: _Said) -> Settled:
    return Settled(_finding(component, said), *(_one(said, name) for name in ("state", "detail", "until")))


def _metric(said: _Said) -> Metric:
    name, value, source = (_one(said, key) for key in ("name", "value", "source"))
    task, dataset, config, split = (_one(said, key) for key in ("task", "dataset", "config", "split"))
    verified = _one(said, "verified") == "true"
    return Metric(name, value, source, task, dataset, config, split, verified, _one(said, "label"), _one(said, "url"))


def _resolution(said: _Said) -> Resolution:
    return Resolution(*(_one(said, key) for key in ("commit", "from", "on", "source")))


def _file(entry: Entry) -> ModelFile:
    stated = [(n.removeprefix(_OWN), v) for n, v in properties(entry) if n.startswith(_OWN)]
    hashes = [(unprotected(alg), digest) for alg, _, digest in (h.partition(":") for h in _all(stated, "hash"))]
    scans = map(statements, _all(stated, "scan"))
    return ModelFile(
        text(entry, "name"),
        _one(stated, "source") or "cyclonedx:components",
        _whole(_one(stated, "size") or "-1"),
        _one(stated, "format"),
        [*hashes_of(entry), *hashes],
        [Verdict(*(_one(s, name) for name in ("scanner", "status", "source", "detail", "on"))) for s in scans],
    )


def _whole(value: str) -> int:
    return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else 0


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what a service has fields for that a component has none for."""
    yield from (("endpoint", url) for url in texts(entry, "endpoints"))
    if name := text(part(entry, "provider"), "name"):
        yield "organisation", name
    answer = entry.get("authenticated")
    if isinstance(answer, bool):
        yield "authenticated", "true" if answer else "false"


def _occurrence(entry: Entry) -> Iterator[Evidence]:
    """Yield the evidence of one occurrence that we wrote: each begins with its usage."""
    at = Location(own_path(text(entry, "location")), number(entry, "line"))
    runs: list[_Said] = []
    for pair in statements(text(entry, "additionalContext")):
        if pair[0] == "usage" or not runs:
            runs.append([])
        runs[-1].append(pair)
    for said in runs:
        yield from _said_of_place(said, at, text(entry, "symbol"))


def _said_of_place(said: _Said, at: Location | None, symbol: str = "") -> Iterator[Evidence]:
    """Yield the evidence that *said* states of *at*, or of the place that it names itself."""
    own = [(name, value) for name, value in said if name in OWN or name == "at"]
    first = dict(reversed(own))
    if first.get("usage") not in _USAGES:
        return
    at = at or place_of(first.get("at", ""))
    technique = first.get("technique", "")
    yield Evidence(
        evolve(at, column=_whole(first.get("column", "0")), cell=_whole(first.get("cell", "0"))),
        first.get("detector", ""),
        first.get("symbol", symbol),
        Usage(first["usage"]),
        _float(first.get("confidence", "1.0")),
        Technique(technique) if technique in _TECHNIQUES else Technique.SOURCE,
        first.get("requested", ""),
        first.get("revision"),
        [(_meant(name), value) for name, value in said if name not in OWN and name != "at"],
        tuple(map(place_of, _all(own, "reaches"))),
    )


_USAGES: Final = frozenset(map(str, Usage))
_TECHNIQUES: Final = frozenset(map(str, Technique))


def _float(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 1.0


def _foreign(entry: Entry, kind: Kind) -> Component:
    provider, name, version, purl = identity_of(entry)
    usage = _SCOPES.get(text(entry, "scope"), Usage.USED)
    chain = [
        Location(text(frame, "fullFilename"), number(frame, "line"))
        for frame in entries(part(part(entry, "evidence"), "callstack"), "frames")
        if text(frame, "fullFilename")
    ][::-1]
    evidence = [
        Evidence(Location(text(o, "location"), number(o, "line")), "", text(o, "symbol"), usage)
        for o in entries(part(entry, "evidence"), "occurrences")
    ]
    if chain:
        evidence.append(Evidence(chain[0], "", usage=usage, reaches=tuple(chain[1:])))
    pinnable = kind in {Kind.MODEL, Kind.DATASET}
    hub = _hub(purl) if provider == "huggingface" else ""
    found = Component(
        kind,
        provider,
        name,
        commit=version if pinnable and is_commit(version) else None,
        version=version or None if not pinnable or not is_commit(version) else None,
        hosted=kind is Kind.SERVICE,
        evidence=evidence,
        card=card_of(entry, kind),
        licences=licences_of(entry),
        hashes=hashes_of(entry),
        properties=list(_fields(entry)) if kind is Kind.SERVICE else [("repository-url", hub)] if hub else (),
        # The same name on two hubs is two things.
        origin=hub,
        files=[_file(each) for each in entries(entry, "components") if text(each, "type") == "file"]
        if pinnable
        else (),
    )
    if purl and as_purl(found.purl or "") != as_purl(purl):  # Of a type that we do not make.
        return evolve(found, properties=[*found.properties, ("purl", purl)])
    return found


def _hub(purl: str) -> str:
    """
    Return the address of the hub that *purl* names; empty where that is huggingface.co, or it names none.

    >>> _hub("pkg:huggingface/acme/tone@1?repository_url=https://me:secret@hub.example/")
    'https://hub.example'
    """
    from packageurl import PackageURL  # Only documents with one need it.

    try:
        qualifiers = PackageURL.from_string(purl).qualifiers
    except ValueError:
        return ""
    address = without_secrets(dict(qualifiers).get("repository_url", "")).rstrip("/")
    known = {"https://huggingface.co", "https://hf.co"}
    return address if address.startswith(("https://", "http://")) and address not in known else ""
