"""Every property that we write is on its page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aibom.bill import (
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Skip,
    Target,
)
from aibom.cyclonedx import to_bom, to_document

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "properties.md"


FURTHER = [(name, "x") for name in ("deprecated", "digest-verified", "family", "identical-to", "repository-url")]
"""What enrichers state, which has a row of its own."""


def everything(kind: Kind) -> Component:
    fact = Fact("mit", "card:front-matter")
    return Component(
        kind,
        "huggingface",
        "a/b",
        evidence=[Evidence(Location("app.py", 1), "x", revision="main")],
        card=Card([("task", fact), ("format", fact)]),
        licences=[fact],
        hashes=[("crc", "0")],
        properties=[
            ("endpoint", "x"),
            ("implicit", "true"),
            ("version-range", ">=1"),
            ("content", "unknown"),
            ("unreadable", "true"),
            *FURTHER,
        ],
        files=[ModelFile("m.bin", "file:m.bin", size=1, format="gguf")],
        origin="app.py",
    )


def names(value: Any) -> set[str]:  # noqa: ANN401 - a part of a document
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        own = {p["name"] for p in value.get("properties", ())}
        return own.union(*(names(part) for part in value.values()))
    return set()


def test_every_property_that_we_write_is_on_its_page_and_no_other():
    bill = Bill(
        [*map(everything, Kind), Component(Kind.SERVICE, "openai", "openai")],
        diagnostics=[Diagnostic(code, "?") for code in ("not-followed", "supplied-by-caller", "too-large")],
        coverage=Coverage(unhandled=1, skips=[Skip(".venv/", "excluded-by-default")], ignored_but_read=[".env"]),
        target=Target(source="setup.cfg"),
    )
    bom = to_bom(bill)
    written = names(to_document(bill)) | {p.name for c in (*bom.components, bom.metadata) for p in c.properties}

    written |= names(to_document(bill, spec_version="1.5"))
    general = {re.sub("(?<=:skipped:).*", "<reason>", name) for name in written if not name.endswith(":count")}
    general = {re.sub("(?<=^aibom:source:)(?!license$|task$).*", "<fact>", name) for name in general}
    general = {re.sub("(?<=^aibom:from:).*", "<pointer>", name) for name in general}
    assert general == set(re.findall(r"^\| `(aibom:[^`]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
