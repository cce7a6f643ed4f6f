"""Documents with findings of every rule are valid, in each format and version, and are read back."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import aibom
from aibom import Bill
from aibom.cyclonedx import read, to_document, to_json, to_xml, validate
from aibom.rules import builtin
from aibom.testing import bill_of

CASES = Path(__file__).parents[1] / "rules"
MOMENT = datetime(2026, 11, 26, tzinfo=UTC)


def found(rule: str) -> Bill:
    """Return the first bill of the cases of *rule* of which it has something to say."""
    tables = tomllib.loads((CASES / f"{rule}.toml").read_text("utf-8"))
    bills = (aibom.assess(bill_of(table), plugins=False) for table in tables.values())
    return next(bill for bill in bills if rule in {f.rule for f in bill.findings})


@pytest.mark.parametrize("rule", [r.id for r in builtin()])
def test_a_document_with_findings_is_valid_and_is_read_back(rule: str):
    bill = found(rule)
    documents = [to_json(bill, timestamp=MOMENT, mentions=True, spec_version=v) for v in ("1.5", "1.6", "1.7")]

    problems = [str(p) for text in (*documents, to_xml(bill, timestamp=MOMENT, mentions=True)) for p in validate(text)]

    assert [] == problems
    assert [bill.findings] * 3 == [read(text).findings for text in documents]


@pytest.mark.parametrize("rule", [r.id for r in builtin()])
def test_a_finding_is_an_annotation_and_a_property_of_its_component_and_no_vulnerability(rule: str):
    bill = found(rule)
    document: Any = to_document(bill, timestamp=MOMENT, mentions=True)

    notes = {note["text"].partition(":")[0] for note in document["annotations"]}
    held = [p for c in (*document["components"], *document["services"]) for p in c["properties"]]

    assert {f"[{f.rule}] {f.level}" for f in bill.findings} == notes
    assert len(bill.findings) == sum(p["name"] == "aibom:finding" for p in held)
    assert "AML." not in json.dumps(document.get("vulnerabilities", []))
