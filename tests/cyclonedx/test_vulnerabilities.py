"""Security notices in documents of every version, and back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from aibom import to_document, to_xml, validate
from aibom.bill import Advisory, Bill, Component, Evidence, Kind, Location, ModelFile, Rating, Verdict
from aibom.cyclonedx import read_components
from aibom.pipeline import assess

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
NOTICE = Advisory(
    "GHSA-aaaa-bbbb-cccc",
    "osv:dump@2026-11-20",
    "acme runs what it reads",
    aliases=["CVE-2026-1"],
    ratings=[Rating("critical", "CVSS", VECTOR, "9.8"), Rating("high", "GHSA")],
    cwes=["CWE-502"],
    published="2026-11-01T10:00:00Z",
    modified="2026-11-20T10:00:00Z",
    ranges=[">=0, <2.0.0"],
    fixed=["2.0.0"],
    references=["https://acme.example/notice"],
)


def library(name: str, *advisories: Advisory) -> Component:
    place = Evidence(Location("uv.lock", 3), "python-libraries")
    return Component(Kind.LIBRARY, "pypi", name, version="1.0", evidence=[place], advisories=advisories)


def vulnerabilities(*components: Component, spec_version: str = "1.6") -> list[dict[str, Any]]:
    document: Any = to_document(Bill(components), spec_version=spec_version)
    return document.get("vulnerabilities", [])  # type: ignore[no-any-return]


def test_a_notice_is_one_entry_for_all_that_it_is_about():
    assert vulnerabilities(library("acme", NOTICE), library("acme-core", NOTICE), library("other")) == [
        {
            "bom-ref": "aibom:vulnerability:GHSA-aaaa-bbbb-cccc",
            "id": "GHSA-aaaa-bbbb-cccc",
            "source": {"name": "GHSA", "url": "https://osv.dev/vulnerability/GHSA-aaaa-bbbb-cccc"},
            "references": [
                {"id": "CVE-2026-1", "source": {"name": "CVE", "url": "https://osv.dev/vulnerability/CVE-2026-1"}}
            ],
            "ratings": [
                {
                    "source": {"name": "CVSS"},
                    "severity": "critical",
                    "method": "CVSSv31",
                    "vector": VECTOR,
                    "score": 9.8,
                },
                {"source": {"name": "GHSA"}, "severity": "high"},
            ],
            "cwes": [502],
            "description": "acme runs what it reads",
            "recommendation": "Fixed in 2.0.0.",
            "advisories": [{"url": "https://acme.example/notice"}],
            "published": "2026-11-01T10:00:00Z",
            "updated": "2026-11-20T10:00:00Z",
            "affects": [
                {"ref": f"pkg:pypi/{name}@1.0", "versions": [{"version": "1.0", "status": "affected"}]}
                for name in ("acme-core", "acme")
            ],
            "properties": [
                {"name": "aibom:affected-range", "value": ">=0, <2.0.0"},
                {"name": "aibom:fixed-version", "value": "2.0.0"},
                {"name": "aibom:notice-source", "value": "osv:dump@2026-11-20"},
            ],
        }
    ]


def decided(state: str) -> Advisory:
    from attrs import evolve

    return evolve(NOTICE, state=state, justification="code_not_reachable", detail="we read no pickles")


def test_what_was_decided_differently_is_two_entries():
    found = vulnerabilities(library("acme", decided("not_affected")), library("acme-core", NOTICE))

    assert [(v["bom-ref"], v.get("analysis"), len(v["affects"])) for v in found] == [
        ("aibom:vulnerability:GHSA-aaaa-bbbb-cccc", None, 1),
        (
            "aibom:vulnerability:GHSA-aaaa-bbbb-cccc#2",
            {"state": "not_affected", "justification": "code_not_reachable", "detail": "we read no pickles"},
            1,
        ),
    ]


MODEL = Component(
    Kind.MODEL,
    "huggingface",
    "a/b",
    evidence=[Evidence(Location("app.py", 3), "x")],
    files=[
        ModelFile(
            "x.bin",
            "hub",
            verdicts=[
                Verdict("acme-scan", "unsafe", "hub:x", "os.system", "2026-11-20"),
                Verdict("other-scan", "safe", "hub:x"),
            ],
        )
    ],
)


def test_what_a_scanner_flags_is_told_in_its_own_word():
    assert vulnerabilities(MODEL) == [
        {
            "bom-ref": "aibom:vulnerability:hub-scan:acme-scan:unsafe:pkg:huggingface/a/b",
            "id": "hub-scan:acme-scan:unsafe",
            "source": {"name": "acme-scan"},
            "description": "acme-scan calls 1 of its files unsafe",
            "detail": "os.system",
            "affects": [{"ref": "pkg:huggingface/a/b"}],
            "tools": {"components": [{"type": "application", "name": "acme-scan"}]},
            "properties": [
                {"name": "aibom:notice-source", "value": "hub:x"},
                {"name": "aibom:scanned-file", "value": "x.bin"},
                {"name": "aibom:scanned-on", "value": "2026-11-20"},
            ],
        }
    ]


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_documents_with_notices_are_valid(version: str):
    odd = Advisory("not an\nid", "x", published="yesterday", ratings=[Rating("odd", "x", "y")])
    bill = Bill([library("acme", decided("not_affected"), odd), library("acme-core", NOTICE), MODEL])

    assert validate(json.dumps(to_document(bill, spec_version=version))) == ()
    assert validate(to_xml(bill, spec_version=version)) == ()


@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_notices_are_read_back(version: str):
    before = library("acme", decided("exploitable"))
    document = to_document(Bill([before, MODEL]), spec_version=version)

    after = {c.name: c.advisories for c in read_components(json.dumps(document)) or () if c.evidence}

    assert after == {"acme": before.advisories, "a/b": ()}


@pytest.mark.parametrize(
    "entries",
    [3, [3], [{}], [{"id": "X"}], [{"id": "X", "affects": [{"ref": 3}]}], [{"id": "X", "affects": [{"ref": "other"}]}]],
)
def test_what_is_no_notice_about_a_component_is_passed_over(entries: object):
    text = json.dumps(
        {
            "bomFormat": "CycloneDX",
            "components": [{"type": "library", "name": "acme", "bom-ref": "a"}],
            "vulnerabilities": entries,
        }
    )

    assert [c.advisories for c in read_components(text) or ()] == [()]


def test_a_notice_of_another_tool_is_read_as_far_as_it_goes():
    entry = {
        "id": "CVE-1",
        "affects": [{"ref": "a"}],
        "cwes": [79, "x"],
        "ratings": [{"score": 99, "severity": "odd"}],
        "analysis": 3,
    }
    text = json.dumps(
        {
            "bomFormat": "CycloneDX",
            "components": [{"type": "library", "name": "acme", "bom-ref": "a"}],
            "vulnerabilities": [entry],
        }
    )

    assert [c.advisories for c in read_components(text) or ()] == [
        (Advisory("CVE-1", "document", cwes=["CWE-79"], ratings=[Rating("unknown", "")]),)
    ]


def test_no_threat_of_a_catalogue_is_a_vulnerability():
    place = Evidence(Location("app.py", 3), "x", context=[("trust_remote_code", "true")])
    bill = assess(Bill([Component(Kind.MODEL, "huggingface", "c/d", evidence=[place]), library("acme", NOTICE), MODEL]))
    document: Any = to_document(bill)

    assert any(re.match("AML", r) for f in bill.findings for r in f.references)
    assert "AML." not in json.dumps(document["vulnerabilities"])
