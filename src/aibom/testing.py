"""Try a detector on a string or a folder, and a rule on a table, for their authors."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aibom.bill import (
    Advisory,
    Bill,
    Card,
    Component,
    Diagnostic,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Rating,
    Relation,
    RelationKind,
    Resolution,
    Usage,
    Verdict,
)
from aibom.errors import PluginError
from aibom.pipeline import assess, scan

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from aibom.protocols import Detector, Rule

__all__ = ["bill_of", "found", "found_in", "judged", "shown"]


def found(files: str | Mapping[str, str | bytes], *detectors: Detector) -> dict[str, list[str]]:
    r"""
    Return what *detectors* find in *files*: paths and their contents, or one string, the contents of ``app.py``.

    Without *detectors*, aibom's own are asked. What they find is linked and merged as in a scan; `shown` has the form.

    >>> found("import openai\nopenai.OpenAI().embeddings.create(model='text-embedding-3-small')")["model"]
    ['openai:text-embedding-3-small (hosted) | app.py:2:41 | used | openai | openai.OpenAI().embeddings.create']
    """
    tree = {"app.py": files} if isinstance(files, str) else files
    with tempfile.TemporaryDirectory() as folder:
        for path, content in tree.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return found_in(folder, *detectors)


def found_in(folder: str | os.PathLike[str], *detectors: Detector) -> dict[str, list[str]]:
    """Return what *detectors* find below *folder*, in the form of `shown`."""
    chosen: Sequence[Detector] | None = detectors or None
    return shown(scan(folder, detectors=chosen, plugins=False))


def shown(bill: Bill) -> dict[str, list[str]]:
    """
    Return *bill* as lists of lines, to be compared with what was expected.

    One list for each kind of component, with one line for each piece of evidence:
    ``provider:name@version#origin (hosted) | place | usage | detector | symbol | revision | chain | context |
    properties | card | licences | hashes``, empty parts left out; one for the files of components
    (``provider:name | path | bytes | format | SHA-256``); one for the relations other than to services; and one for
    the diagnostics. The keys of empty lists are left out.
    """
    lines: dict[str, list[str]] = {}
    for component in bill:
        name = f"{component.provider}:{component.name}"
        name += f"@{component.version or component.commit}" if component.version or component.commit else ""
        name += f"#{component.origin}" if component.origin and component.kind in {Kind.MODEL, Kind.DATASET} else ""
        name += " (hosted)" if component.hosted else ""
        for e in component.evidence:
            where = f"{e.location.path}:{e.location.line}:{e.location.column}"
            parts = [
                name,
                f"{where} cell {e.location.cell}" if e.location.cell else where,
                str(e.usage),
                e.detector,
                e.symbol,
                f"revision {e.revision}" if e.revision else "",
                "reaches " + " → ".join(map(str, e.reaches)) if e.reaches else "",
                *(f"{key}={value}" for key, value in e.context),
                *(f"{key}={value}" for key, value in component.properties),
                *(f"{key}={fact.value} ({fact.source})" for key, fact in component.card.facts),
                *(f"{m.name}={m.value} on {m.dataset} ({m.source})" for m in component.card.metrics),
                *(f"licence={fact.value} ({fact.source})" for fact in component.licences),
                *(f"{algorithm}={digest}" for algorithm, digest in component.hashes),
            ]
            lines.setdefault(str(component.kind), []).append(" | ".join(p for p in parts if p))
        for file in component.files:
            parts = [name, file.path, str(file.size), file.format, *(digest for _, digest in file.hashes)]
            lines.setdefault("files", []).append(" | ".join(p for p in parts if p))
    for edge in bill.relations:
        if edge.kind is not RelationKind.SERVED_BY:  # Every hosted model has one.
            how = f" ({edge.how})" if edge.how else ""
            lines.setdefault("relations", []).append(f"{edge.source} {edge.kind}{how} {edge.target}")
    if bill.diagnostics:
        lines["diagnostics"] = [str(d) for d in bill.diagnostics]
    return lines


def judged(table: Mapping[str, Any], *rules: Rule) -> list[str]:
    """
    Return what *rules* say of the bill that *table* describes, see `bill_of`; aibom's own unless they are given.

    One line for each finding: ``[rule] level name: reason | places``. A rule that fails is a line too.

    >>> from aibom.rules.pinning import unpinned_revision
    >>> judged({"component": [{"name": "a/b", "places": ["app.py:3"]}]}, unpinned_revision)[0][:39]
    '[unpinned-revision] warning a/b: a/b is'
    """
    bill = assess(bill_of(table), rules or None, plugins=False)
    names = {"": "the tree", **{c.ref: c.name for c in bill}}
    lines = [
        f"[{f.rule}] {f.level} {names[f.component]}: {f.reason}"
        + (f" | {', '.join(map(str, f.evidence))}" if f.evidence else "")
        for f in bill.findings
    ]
    return [*lines, *(str(d) for d in bill.diagnostics if d.code == "rule-failed")]


def bill_of(table: Mapping[str, Any]) -> Bill:
    """
    Return the bill that *table* describes: its ``component``, a list of tables, and ``diagnostics``.

    A component is a model of the Hub unless ``kind`` and ``provider`` say otherwise. ``name``, ``commit``, ``version``,
    ``hosted`` and ``origin`` are its own; ``places`` say where it is used, as ``path:line`` or as tables with ``at``,
    ``detector``, ``usage``, ``revision``, ``requested``, ``symbol`` and ``context``; ``card``, ``properties`` and
    ``hashes`` have values, or lists of values, by their names (of a card also tables with ``value`` and ``source``);
    ``licences`` is a list; ``files`` are paths, or tables with the fields of a `aibom.ModelFile`; ``resolutions`` are
    commits, or tables;
    ``advisories`` are tables with the fields of an `aibom.bill.Advisory`, ``ratings`` among them; a word for a
    relation, such as ``derived-from``, is a list of names or refs of other components, or of tables with ``name`` and
    ``how``.
    A diagnostic is written ``code: message``, or as a table with ``code``, ``message`` and ``at``.

    >>> bill_of({"component": [{"name": "a/b", "derived-from": ["c/d"]}, {"name": "c/d"}]}).relations[0].target
    'model:huggingface:c/d'
    """
    described = [(_component(each), each) for each in table.get("component", ())]
    components = [component for component, _ in described]
    edges = [edge for component, each in described for edge in _edges(component, each, components)]
    return Bill(components, edges, diagnostics=map(_diagnostic, table.get("diagnostics", ())))


def _diagnostic(said: str | Mapping[str, str]) -> Diagnostic:
    if isinstance(said, str):
        code, _, message = said.partition(": ")
        return Diagnostic(code, message)
    return Diagnostic(said["code"], said["message"], _place(said["at"]))


_FIELDS = frozenset(
    [
        *("kind", "provider", "name", "commit", "version", "hosted", "origin", "places", "card", "properties"),
        *("licences", "hashes", "files", "resolutions", "advisories"),
        *RelationKind,
    ]
)


def _advisory(table: Mapping[str, Any]) -> Advisory:
    return Advisory(**{**table, "ratings": [Rating(**each) for each in table.get("ratings", ())]})


def _component(table: Mapping[str, Any]) -> Component:
    unknown = sorted(table.keys() - _FIELDS)
    if unknown:
        raise PluginError(f"a component of a table has no {unknown[0]!r}; it has {', '.join(sorted(_FIELDS))}")
    return Component(
        Kind(table.get("kind", Kind.MODEL)),
        table.get("provider", "huggingface"),
        table["name"],
        commit=table.get("commit"),
        version=table.get("version"),
        hosted=table.get("hosted", False),
        origin=table.get("origin", ""),
        evidence=[_use(each) for each in table.get("places", ())],
        card=Card(
            (key, Fact(**value) if isinstance(value, dict) else Fact(value, "card"))
            for key, value in _named(table.get("card", {}))
        ),
        licences=[Fact(each, "card") if isinstance(each, str) else Fact(**each) for each in table.get("licences", ())],
        hashes=list(_named(table.get("hashes", {}))),
        properties=list(_named(table.get("properties", {}))),
        files=[_file(each) for each in table.get("files", ())],
        advisories=[_advisory(each) for each in table.get("advisories", ())],
        resolutions=[
            Resolution(each, "", "2026-11-25", "hub") if isinstance(each, str) else Resolution(**each)
            for each in table.get("resolutions", ())
        ],
    )


def _named(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(k, v) for k, values in table.items() for v in (values if isinstance(values, list) else [values])]


def _place(text: str) -> Location:
    path, _, line = text.partition(":")
    return Location(path, int(line or 0))


def _use(table: str | Mapping[str, Any]) -> Evidence:
    if isinstance(table, str):
        return Evidence(_place(table), "test")
    return Evidence(
        _place(table["at"]),
        table.get("detector", "test"),
        table.get("symbol", ""),
        Usage(table.get("usage", Usage.USED)),
        requested=table.get("requested", ""),
        revision=table.get("revision"),
        context=_named(table.get("context", {})),
    )


def _file(table: str | Mapping[str, Any]) -> ModelFile:
    if isinstance(table, str):
        return ModelFile(table, "hub")
    rest = {key: value for key, value in table.items() if key not in {"hashes", "verdicts"}}
    verdicts = [Verdict(scanner, status, "hub") for scanner, status in _named(table.get("verdicts", {}))]
    return ModelFile(**{"source": "hub", **rest}, hashes=_named(table.get("hashes", {})), verdicts=verdicts)


def _edges(component: Component, table: Mapping[str, Any], components: Sequence[Component]) -> list[Relation]:
    found = []
    for kind in RelationKind:
        for each in table.get(kind, ()):
            name, how = (each, "") if isinstance(each, str) else (each["name"], each.get("how", ""))
            others = [c for c in components if name in {c.name, c.ref}]
            if not others:
                raise PluginError(f"{component.name} is {kind} {name!r}, which is no component of the table")
            found += [Relation(component.ref, other.ref, kind, how) for other in others]
    return found
