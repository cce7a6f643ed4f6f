"""Every property that we write is on its page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aibom import scan
from aibom.bill import (
    Advisory,
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Fact,
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
    Verdict,
)
from aibom.cyclonedx import merge_into, to_bom, to_document

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "properties.md"


OF_ENRICHERS = ("digest-verified", "identical-to", "notices-checked", "repository-url", "requested")
"""What no scan states."""


def everything(kind: Kind) -> Component:
    fact = Fact("mit", "card:front-matter")
    return Component(
        kind,
        "huggingface",
        "a/b",
        evidence=[Evidence(Location("app.py", 1), "x", revision="main")],
        card=Card([("task", fact), ("co2-grams", fact)], [Metric("wer", "5", "card")]),
        licences=[fact],
        hashes=[("crc", "0")],
        properties=[("endpoint", "x"), ("usage", "true"), *((name, "x") for name in OF_ENRICHERS)],
        resolutions=[Resolution("a" * 40, "main", "", "hub")],
        commit="a" * 40,
        files=[ModelFile("m.bin", "hub", 7, "gguf", verdicts=[Verdict("av", "unsafe", "hub", date="2026-11-26")])],
        advisories=[Advisory("X-1", "osv:dump@2026-11-20", ranges=["<2"], fixed=["2"], until="2027-01-01")],
        origin="app.py",
    )


def names(value: Any) -> set[str]:  # noqa: ANN401 - a part of a document
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        own = {p["name"] for p in value.get("properties", ())}
        return own.union(*(names(part) for part in value.values()))
    return set()


PLACEHOLDERS = {
    "skipped": "<reason>",
    "stated": "<name>",
    "source": "<fact>",
    "co2": "<fact>",
    "inferred": "<field>",
    "from": "<pointer>",
    "statement": "<key>",
}


def general(found: set[str]) -> set[str]:
    """Return the names as the page has them: with a placeholder for what is open."""
    named = set()
    for name in found:
        parts = name.split(":", 2)
        if parts[:2] == ["aibom", "coverage"] and parts[2].startswith("skipped:"):
            named.add("aibom:coverage:skipped:<reason>")
        elif len(parts) > 2 and parts[1] in PLACEHOLDERS and name != "aibom:source:license":
            named.add(f"aibom:{parts[1]}:{PLACEHOLDERS[parts[1]]}")
        elif parts[0] == "aibom":
            named.add(name)
    return named


def test_every_property_that_we_write_is_on_its_page_and_no_other():
    made = [everything(kind) for kind in Kind]
    finding = Finding("no-licence", Level.WARNING, made[0].ref, "nobody states one", (), ("AML.T0010",))
    bill = Bill(
        [*made, Component(Kind.SERVICE, "openai", "openai")],
        [Relation(made[0].ref, made[1].ref, RelationKind.TRAINED_ON)],
        [finding],
        settled=[Settled(finding, "resolved", "it is")],
        diagnostics=[Diagnostic("too-large", "?")],
        coverage=Coverage(unhandled=1, skips=[Skip(".venv/", "excluded-by-default")], ignored_but_read=[".env"]),
        target=Target(
            source="setup.cfg", version="x" * 2000, stated=[("sbom-author", Fact("Ada", "statement:Ada@2026-11-25"))]
        ),
    )
    bom = to_bom(bill)
    written = names(to_document(bill)) | {p.name for c in (*bom.components, bom.metadata) for p in c.properties}
    host: dict[str, Any] = {
        "metadata": {"component": {"type": "application", "name": "x", "bom-ref": "r"}},
        "components": [],
    }
    host |= {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    host |= {"compositions": [{"aggregate": "complete", "assemblies": ["r"]}]}
    written |= names(merge_into(host, bill))
    root = Path(__file__).parents[2]
    for tree in (root / "tests" / "cases", root / "tests" / "applications", root / "examples"):
        written |= names(to_document(scan(tree, plugins=False, ignore=False), mentions=True))

    written |= names(to_document(bill, spec_version="1.5"))
    assert general(written) == set(re.findall(r"^\| `(aibom:[^`]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
