"""Findings as SARIF: places, rules, threats, and fingerprints that stay when lines move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import evolve

import aibom
from aibom.bill import Bill, Component, Finding, Kind, Level, Location
from aibom.knowledge import atlas
from aibom.pipeline import available_rules
from aibom.reports import to_sarif
from aibom.testing import bill_of

FINDING = Finding(
    "trust-remote-code",
    Level.ERROR,
    "model:huggingface:a/b@" + "c" * 40,
    "code runs",
    (Location("app.py", 3, 5), Location("app.py", 9), Location("dir with space/ü.py", 1)),
    ("AML.T0011.000", "OWASP-LLM03:2025", "CWE-94", "https://docs.example"),
)


def run(*findings: Finding) -> dict[str, Any]:
    log = json.loads(to_sarif(Bill(findings=findings), available_rules(plugins=False)[0]))
    found: dict[str, Any] = log["runs"][0]
    return found


def test_each_file_of_a_finding_is_a_result_with_its_places():
    first, second = run(FINDING)["results"]

    assert {"startLine": 3, "startColumn": 5} == first["locations"][0]["physicalLocation"]["region"]
    assert [{"startLine": 9}] == [p["physicalLocation"]["region"] for p in first["relatedLocations"]]
    uri = second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert ("dir%20with%20space/%C3%BC.py", "error", "code runs") == (uri, first["level"], first["message"]["text"])


def test_a_finding_without_a_place_is_about_the_tree():
    (result,) = run(evolve(FINDING, evidence=()))["results"]

    assert [{"physicalLocation": {"artifactLocation": {"uri": "."}}}] == result["locations"]


def test_threats_are_taxa_of_their_taxonomies_and_have_names():
    found = run(FINDING)

    assert [("ATLAS", "AML.T0011.000"), ("OWASP", "OWASP-LLM03:2025"), ("CWE", "CWE-94")] == [
        (t["toolComponent"]["name"], t["id"]) for t in found["results"][0]["taxa"]
    ]
    (technique,) = found["taxonomies"][0]["taxa"]
    assert "shortDescription" in technique


def test_the_release_of_atlas_is_said_and_which_ids_are_later():
    odd = evolve(FINDING, references=("AML.T0011.000", "AML.T0115.000", "CWE-94"))

    first, other = run(odd)["taxonomies"]

    assert ("2026.04", None) == (first["version"], other.get("version"))
    assert {"AML.T0011.000": None, "AML.T0115.000": {"release": "later than 2026.04"}} == {
        taxon["id"]: taxon.get("properties") for taxon in first["taxa"]
    }


def test_a_rule_has_what_atlas_has_against_it_apart_from_what_is_advised():
    rules = run(FINDING, evolve(FINDING, rule="remote-mcp-server"), evolve(FINDING, rule="gated"))

    by_id = {rule["id"]: rule.get("properties") for rule in rules["tool"]["driver"]["rules"]}

    assert by_id["gated"] is None
    assert {
        "mitigationsOfAtlas": [f"AML.M0014 {atlas()['AML.M0014']}"],
        "mitigationsAdvised": [f"{i} {atlas()[i]}" for i in ("AML.M0028", "AML.M0026", "AML.M0024")],
    } == by_id["remote-mcp-server"]


def test_a_log_says_that_none_of_it_is_legal_advice():
    assert "None of it is legal advice." in run(FINDING)["tool"]["driver"]["fullDescription"]["text"]


def test_a_rule_describes_itself_and_one_that_is_not_known_is_its_id():
    odd = evolve(FINDING, rule="somebody-elses")

    known, unknown = sorted(run(FINDING, odd)["tool"]["driver"]["rules"], key=len, reverse=True)

    assert ("trust-remote-code", {"id": "somebody-elses"}) == (known["id"], unknown)
    assert known["shortDescription"]["text"].startswith("A model is loaded")


def test_a_fingerprint_stays_when_lines_and_commits_change_and_no_other_is_the_same():
    moved = evolve(FINDING, component="model:huggingface:a/b@" + "d" * 40, evidence=(Location("app.py", 77),))
    other = evolve(FINDING, component="model:huggingface:a/c")

    one, two, three = (run(f)["results"][0]["partialFingerprints"]["aibom/v1"] for f in (FINDING, moved, other))

    assert one == two != three


def test_a_name_that_ends_with_sarif_is_written_so(tmp_path: Path):
    bill = aibom.assess(Bill([Component(Kind.DATASET, "huggingface", "a/b")]))

    aibom.write(bill, tmp_path / "findings.sarif")

    assert "2.1.0" == json.loads((tmp_path / "findings.sarif").read_text("utf-8"))["version"]


def test_a_name_with_a_scope_is_no_version():
    refs = ["library:npm:@ai-sdk/openai@1.0", "library:npm:@ai-sdk/google@1.0", "library:npm:@ai-sdk/google"]

    marks = [run(evolve(FINDING, component=ref))["results"][0]["partialFingerprints"] for ref in refs]

    assert marks[0] != marks[1]


def test_two_notices_about_one_library_are_two_results_that_stay_what_they_are():
    library = {"kind": "library", "provider": "npm", "name": "@acme/ai", "version": "1.0", "places": ["package.json:3"]}
    notices = [{"id": f"GHSA-{n}", "source": "osv:dump@2026-11-20"} for n in (1, 2)]

    def marks(**changed: object) -> list[str]:
        bill = aibom.assess(bill_of({"component": [{**library, **changed}]}), plugins=False)
        return [
            r["partialFingerprints"]["aibom/v1"]
            for r in json.loads(to_sarif(bill, available_rules(plugins=False)[0]))["runs"][0]["results"]
            if r["ruleId"] == "known-vulnerability"
        ]

    both = marks(advisories=notices)

    assert 2 == len(set(both))
    assert both[1:] == marks(advisories=notices[1:], version="1.1")


def test_a_notice_keeps_its_fingerprint_when_another_database_has_it_too():
    library = {"kind": "library", "provider": "pypi", "name": "acme", "version": "1.0", "places": ["uv.lock:3"]}
    ghsa = {"id": "GHSA-9", "aliases": ["CVE-1"], "source": "osv:dump@2026-11-20"}
    pysec = {"id": "PYSEC-3", "aliases": ["CVE-1"], "source": "osv:dump@2026-11-21", "fixed": ["2"]}

    def mark(*advisories: dict[str, Any]) -> set[str]:
        bill = aibom.assess(bill_of({"component": [{**library, "advisories": list(advisories)}]}), plugins=False)
        results = json.loads(to_sarif(bill, available_rules(plugins=False)[0]))["runs"][0]["results"]
        return {r["partialFingerprints"]["aibom/v1"] for r in results if r["ruleId"] == "known-vulnerability"}

    assert mark(ghsa) == mark(pysec) == mark(ghsa, pysec)


def test_another_import_of_a_pickle_is_another_result():
    def mark(*imports: str) -> set[str]:
        place = {"at": "m.pkl", "context": {"pickle-dangerous": list(imports)}}
        bill = aibom.assess(bill_of({"component": [{"name": "m.pkl", "provider": "local", "places": [place]}]}))
        results = json.loads(to_sarif(bill))["runs"][0]["results"]
        return {r["partialFingerprints"]["aibom/v1"] for r in results if r["ruleId"] == "dangerous-pickle"}

    assert mark("os.system") != mark("os.system", "socket.socket")


def test_what_cannot_be_told_apart_otherwise_has_a_number():
    results = run(FINDING, evolve(FINDING, reason="code runs, too"))["results"]

    assert len(results) == len({r["partialFingerprints"]["aibom/v1"] for r in results})


def test_a_place_stands_once_in_a_result():
    # SARIF 2.1.0, 3.27.22: relatedLocations are unique; two names in one line without a column are one place.
    twice = evolve(FINDING, evidence=(Location("a.py", 3, cell=1), Location("a.py", 3, cell=2), Location("a.py", 5)))

    (result,) = run(twice)["results"]

    assert [5] == [p["physicalLocation"]["region"]["startLine"] for p in result["relatedLocations"]]
