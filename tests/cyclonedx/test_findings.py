"""Documents with findings say what these are not, and which release their ids are of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import aibom
from aibom import Bill, Finding, Level
from aibom.cyclonedx import read, to_document, to_json, to_xml, validate
from aibom.testing import bill_of

USED = bill_of({"component": [{"name": "a/b", "places": ["app.py:3"]}]})
FOUND = aibom.assess(USED, plugins=False)
LEGAL = Bill(USED.components, findings=[Finding("licence-unknown", Level.WARNING, USED.components[0].ref, "…")])


def stated(bill: Bill, **options: Any) -> dict[str, str]:  # noqa: ANN401 - of to_document
    document: Any = to_document(bill, **options)
    return {p["name"]: p.get("value", "") for p in document["metadata"]["properties"]}


def test_a_document_with_findings_is_no_legal_advice():
    assert "None of it is legal advice." == stated(FOUND)["aibom:disclaimer"]
    assert "aibom:disclaimer" not in stated(USED)


def test_a_document_says_which_release_of_atlas_its_findings_refer_to():
    document: Any = to_document(FOUND)
    (reference,) = document["externalReferences"]

    assert "2026.04" == stated(FOUND)["aibom:atlas-release"]
    assert ("threat-model", "https://atlas.mitre.org") == (reference["type"], reference["url"])
    assert "release 2026.04" in reference["comment"]
    assert "externalReferences" not in to_document(LEGAL)
    assert "aibom:atlas-release" not in stated(LEGAL)


def test_a_finding_begins_with_its_rule_and_is_an_annotation_where_there_is_a_time():
    document: Any = to_document(FOUND, timestamp=datetime(2026, 11, 26, tzinfo=UTC))

    values = [p["value"] for p in document["components"][0]["properties"] if p["name"] == "aibom:finding"]
    texts = [note["text"] for note in document["annotations"]]

    assert ["rule=not-checked; level=info; reason=", "rule=unpinned-revision; level=warning; reason="] == [
        value[: value.index("reason=") + 7] for value in values
    ]
    assert ["[not-checked] info: ", "[unpinned-revision] warning: "] == [t[: t.index(": ") + 2] for t in texts]
    # The schema asks for the time of an annotation, and none is made up.
    assert "annotations" not in to_document(FOUND)


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_such_documents_are_valid_and_read_back(version: str):
    assert () == validate(to_json(FOUND, spec_version=version))
    assert () == validate(to_xml(FOUND, spec_version=version))
    assert FOUND == read(to_json(FOUND, spec_version=version)) == read(to_xml(FOUND, spec_version=version))
