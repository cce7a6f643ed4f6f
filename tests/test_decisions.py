"""Decisions settle notices and findings, say why and until when, and a mistyped one settles nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

import aibom
from aibom import Bill, Decision, Diagnostic, cli
from aibom.cyclonedx import read, to_document, to_json, to_xml, validate
from aibom.decisions import read_decisions
from aibom.errors import DecisionsError
from aibom.pipeline import available_rules
from aibom.policy import Exemption
from aibom.reports import to_sarif
from aibom.testing import bill_of

TODAY = date(2026, 11, 26)
BILL = bill_of(
    {
        "component": [
            {
                "kind": "library",
                "provider": "pypi",
                "name": "acme",
                "version": "1.0",
                "places": ["uv.lock:3"],
                "properties": {"notices-checked": "osv:dump@2026-11-20"},
                "advisories": [
                    {"id": "GHSA-1", "source": "osv:dump@2026-11-20", "aliases": ["CVE-1"], "fixed": ["2"]},
                    {"id": "PYSEC-2", "source": "osv:dump@2026-11-20"},
                ],
            },
            {"name": "a/b", "places": ["app.py:3"], "card": {"task": "x"}, "licences": ["cc0-1.0"]},
        ]
    }
)


def assessed(*decisions: Decision, bill: Bill = BILL, today: date = TODAY) -> Bill:
    return aibom.assess(bill, plugins=False, decisions=decisions, today=today)


def found(bill: Bill) -> list[str]:
    return [f"{f.rule} {bill[f.component].name}" for f in bill.findings]


def said(bill: Bill) -> list[str]:
    return [str(d) for d in bill.diagnostics]


NOT_AFFECTED = Decision(
    "acme.load() is never called",
    id="CVE-1",
    state="not_affected",
    component="pkg:pypi/acme",
    justification="code_not_reachable",
    by="Ada",
    expires=date(2026, 12, 31),
)


def test_without_decisions_everything_is_found():
    assert ["known-vulnerability acme", "known-vulnerability acme", "unpinned-revision a/b"] == found(assessed())
    assert [] == said(assessed())


def test_a_notice_that_somebody_has_settled_is_no_finding_and_its_analysis_says_why():
    bill = assessed(NOT_AFFECTED)

    assert ["known-vulnerability acme", "unpinned-revision a/b"] == found(bill)
    assert [] == said(bill)
    settled, other = bill["acme"].advisories
    assert ("not_affected", "code_not_reachable") == (settled.state, settled.justification)
    assert "acme.load() is never called; by Ada; until 2026-12-31" == settled.detail
    assert other == BILL["acme"].advisories[1]


@pytest.mark.parametrize("state", ["exploitable", "in_triage"])
def test_a_notice_that_somebody_looks_at_stays_a_finding(state: str):
    bill = assessed(evolve(NOT_AFFECTED, state=state, justification=""))

    assert found(assessed()) == found(bill)
    assert state == bill["acme"].advisories[0].state
    assert [] == said(bill)


def test_what_a_rule_finds_can_be_settled_and_leaves_a_trace():
    bill = assessed(Decision("mirrored here", id="unpinned-*", state="false_positive", component="a/*", by="Ada"))

    assert ["known-vulnerability acme"] * 2 == found(bill)
    what = "unpinned-revision of model:huggingface:a/b is false_positive"
    assert [f"app.py:3: decision-applied: {what}: mirrored here; by Ada"] == said(bill)


PICKLE: dict[str, Any] = {"name": "m.pkl", "provider": "local"}


def pickle_of(*imports: str) -> Bill:
    place = {"at": "m.pkl", "context": {"pickle-dangerous": list(imports)}}
    return bill_of({"component": [PICKLE | {"places": [place]}]})


def test_a_decision_about_one_import_settles_no_other():
    decision = Decision("ours", id="dangerous-pickle", state="false_positive", component="m.pkl", what="os.system")

    one, two = (assessed(decision, bill=pickle_of(*names)) for names in (["os.system"], ["os.system", "socket.x"]))

    assert [] == found(one)
    assert ["dangerous-pickle m.pkl"] == found(two)
    assert ["decision-unused"] == [d.code for d in assessed(decision, bill=pickle_of("socket.x")).diagnostics]


def test_an_exemption_for_one_import_lets_no_other_pass():
    exemption = Exemption("ours", rule="dangerous-pickle", what="os.*")
    policy = aibom.Policy(exemptions=[exemption])

    one, two = (
        aibom.check(assessed(bill=pickle_of(*names)), policy, today=TODAY)
        for names in (["os.system", "os.popen"], ["os.system", "socket.x"])
    )

    assert (True, False) == (one.passed, two.passed)


def test_a_finding_that_somebody_looks_at_stays():
    bill = assessed(Decision("asked the owner", id="unpinned-revision", state="in_triage"))

    assert found(assessed()) == found(bill)
    assert [] == said(bill)


def test_a_decision_that_has_run_out_settles_nothing_and_takes_back_what_it_said():
    late = date(2027, 1, 1)
    before = assessed(NOT_AFFECTED)

    bill = assessed(NOT_AFFECTED, bill=before, today=late)

    assert found(assessed()) == found(bill)
    assert BILL["acme"].advisories == bill["acme"].advisories
    expected = "decision-expired: CVE-1 of pkg:pypi/acme: acme.load() is never called; by Ada; until 2026-12-31"
    assert [expected] == said(bill)


def test_what_another_has_stated_is_not_taken_back():
    stated = evolve(BILL["acme"].advisories[0], state="resolved", detail="patched by us")
    other = evolve(BILL["acme"], advisories=[stated])

    bill = assessed(NOT_AFFECTED, bill=Bill([other]), today=date(2027, 1, 1))

    assert (stated,) == bill["acme"].advisories
    assert [] == found(bill)


def test_a_decision_about_nothing_is_said():
    bill = assessed(Decision("gone", id="CVE-9", state="resolved"), Decision("x", id="gated", state="resolved"))

    assert ["decision-unused: CVE-9 of *: gone", "decision-unused: gated of *: x"] == said(bill)


def test_of_several_decisions_the_first_holds():
    first = Decision("first", id="CVE-1", state="in_triage")

    bill = assessed(first, NOT_AFFECTED)

    assert "in_triage" == bill["acme"].advisories[0].state
    assert found(assessed()) == found(bill)


def test_twice_is_as_once():
    decisions = (
        NOT_AFFECTED,
        Decision("x", id="unpinned-*", state="resolved"),
        Decision("y", id="z", state="resolved"),
    )
    once = assessed(*decisions)

    assert said(once) == said(assessed(*decisions, bill=once))[: len(said(once))]
    assert once.findings == assessed(*decisions, bill=once).findings


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_documents_carry_decisions_and_are_read_back(version: str):
    bill = assessed(NOT_AFFECTED, Decision("x", id="unpinned-*", state="resolved"))

    document: Any = to_document(bill, spec_version=version)
    analysis = {v["id"]: v.get("analysis") for v in document["vulnerabilities"]}

    assert {
        "GHSA-1": {
            "state": "not_affected",
            "justification": "code_not_reachable",
            "detail": "acme.load() is never called; by Ada; until 2026-12-31",
        },
        "PYSEC-2": None,
    } == analysis
    assert [] == [str(p) for p in validate(to_json(bill, spec_version=version))]
    assert [] == [str(p) for p in validate(to_xml(bill, spec_version=version))]
    assert bill == read(to_json(bill, spec_version=version))


FILE = """
[[decision]]
id = "CVE-1"
component = "pkg:pypi/acme"
state = "not_affected"
justification = "code_not_reachable"
reason = "acme.load() is never called"
by = "Ada"
expires = 2026-12-31
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "aibom-decisions.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_decisions_are_read_from_a_file(tmp_path: Path):
    assert (NOT_AFFECTED,) == read_decisions(written(tmp_path, FILE))
    assert assessed(NOT_AFFECTED) == aibom.assess(
        BILL, plugins=False, decisions=tmp_path / "aibom-decisions.toml", today=TODAY
    )
    assert () == read_decisions(written(tmp_path, ""))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[decision]]", "[[decisions]]", "a file of decisions has no 'decisions'; it has decision"),
        ("[[decision]]", "decision = 1\n[x]", "a file of decisions has no 'x'; it has decision"),
        (FILE, "decision = [1]", "decisions are written [[decision]]"),
        (
            "by =",
            "who =",
            "[[decision]] has no 'who'; it has by, component, expires, id, justification, reason, state, what",
        ),
        ('reason = "acme.load() is never called"', "", "a decision has a reason"),
        ('id = "CVE-1"', 'id = " "', "a decision has an id"),
        ('state = "not_affected"', "", "a decision has a state"),
        (
            '"not_affected"',
            '"ignored"',
            "the state is 'ignored', and not one of exploitable, false_positive, in_triage",
        ),
        ('"code_not_reachable"', '"because"', "the justification is 'because', and not one of code_not_present, "),
        ('"not_affected"', '"resolved"', "a justification says why something is not_affected; other states have none"),
        ("2026-12-31", '"2026-12-31"', "expires is a day, such as 2027-01-31, without quotes, and not '2026-12-31'"),
        ('"Ada"', "3", "by of a decision is a text, and not 3"),
    ],
)
def test_a_mistyped_decision_settles_nothing(tmp_path: Path, old: str, new: str, message: str):
    with pytest.raises(DecisionsError) as caught:
        read_decisions(written(tmp_path, FILE.replace(old, new)))

    assert str(caught.value).startswith("aibom-decisions.toml: " + message)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path):
    with pytest.raises(DecisionsError) as gone:
        read_decisions(tmp_path / "none.toml")
    with pytest.raises(DecisionsError) as odd:
        read_decisions(written(tmp_path, "x"))

    assert "cannot read the decisions 'none.toml': No such file or directory" == str(gone.value)
    assert str(odd.value).startswith("the decisions 'aibom-decisions.toml' are not TOML: ")


# -- what a document keeps -------------------------------------------------------------------------


OVER = date(2027, 1, 1)
MIRROR = Decision("mirrored here", id="unpinned-*", state="false_positive", by="Ada", expires=date(2026, 12, 31))
FAIL = aibom.Policy(level="info")


def failures(bill: Bill, today: date) -> list[str]:
    outcome = aibom.check(bill, FAIL, today=today)
    return [f"{f.rule} {bill[f.component].name}" for f in outcome.failures]


@pytest.mark.parametrize("version", ["1.5", "1.6"])
def test_a_document_that_is_checked_after_the_last_day_of_a_decision_fails(version: str):
    document = to_json(assessed(NOT_AFFECTED, MIRROR), spec_version=version)
    bill = read(document)

    assert ["known-vulnerability acme"] == failures(bill, date(2026, 12, 31))
    assert found(assessed()) == sorted(failures(bill, OVER))


def test_a_document_that_is_assessed_anew_without_decisions_keeps_those_that_it_has_until_their_last_day():
    before = read(to_json(assessed(NOT_AFFECTED, MIRROR)))

    still = aibom.assess(before, plugins=False, today=TODAY)
    over = aibom.assess(before, plugins=False, today=OVER)

    assert before == still
    assert found(assessed()) == found(over)
    assert () == over.settled
    assert ("", "", "", "") == tuple(
        getattr(over["acme"].advisories[0], name) for name in ("state", "justification", "detail", "until")
    )
    about = "known-vulnerability (CVE-1) of library:pypi:acme@1.0"
    assert [
        f"decision-expired: {about}: acme.load() is never called; by Ada; until 2026-12-31",
        "decision-expired: unpinned-revision of model:huggingface:a/b: mirrored here; by Ada; until 2026-12-31",
    ] == said(over)


def test_a_decision_without_a_last_day_holds():
    bill = read(to_json(assessed(evolve(MIRROR, expires=None), evolve(NOT_AFFECTED, expires=None))))

    assert ["known-vulnerability acme"] == failures(bill, date(2099, 1, 1))


def test_of_a_last_day_that_is_no_day_nobody_can_say_that_it_is_still_to_come():
    (settled, *rest) = assessed(MIRROR).settled
    assert [] == rest

    bill = evolve(assessed(MIRROR), settled=[evolve(settled, until="soon")])

    assert "unpinned-revision a/b" in failures(bill, TODAY)


def test_decisions_that_are_given_are_those_that_hold():
    before = assessed(MIRROR)

    after = assessed(evolve(NOT_AFFECTED, component="*"), bill=before)

    assert "unpinned-revision a/b" in found(after)


def test_what_is_settled_does_not_settle_another_fact():
    table = {"name": "a/b", "places": [{"at": "app.py:3", "revision": "main"}], "card": {"task": "x"}}
    before = assessed(MIRROR, bill=bill_of({"component": [table]}))
    other = bill_of({"component": [{**table, "places": [{"at": "app.py:3", "revision": "dev"}]}]})

    bill = aibom.assess(evolve(other, settled=before.settled), plugins=False, today=TODAY)

    assert 1 == len(before.settled)
    assert "unpinned-revision a/b" in found(bill)


def test_a_settled_finding_is_suppressed_in_sarif_and_says_why():
    bill = assessed(NOT_AFFECTED, MIRROR)

    results = json.loads(to_sarif(bill, available_rules(plugins=False)[0]))["runs"][0]["results"]

    # SARIF 2.1.0, 3.27.23: all results of a run have suppressions, or none.
    assert {
        "GHSA-1": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "not_affected: acme.load() is never called; by Ada; until 2026-12-31",
            }
        ],
        "PYSEC-2": [],
        "a/b is l": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "false_positive: mirrored here; by Ada; until 2026-12-31",
            }
        ],
    } == {r["message"]["text"][:8].strip(" ,("): r["suppressions"] for r in results if r["ruleId"] in KNOWN}
    assert all("suppressions" not in r for r in json.loads(to_sarif(assessed()))["runs"][0]["results"])


KNOWN = {"known-vulnerability", "unpinned-revision"}


# -- the command line ------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, list(map(str, arguments)), catch_exceptions=False)


PIN = '[[decision]]\nid = "unpinned-revision"\nstate = "resolved"\nreason = "we run a mirror"\n'


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "app.py").write_text("from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n", "utf-8")
    return folder


def test_scan_assess_and_check_take_decisions(app: Path, tmp_path: Path):
    file = written(tmp_path, PIN + '[[decision]]\nid = "x"\nstate = "resolved"\nreason = "old"\n')
    policy = tmp_path / "policy.toml"
    policy.write_text('[fail]\nlevel = "warning"\n', encoding="utf-8")
    document = tmp_path / "bom.cdx.json"

    scanned = run("scan", app, "--assess", "--decisions", file, "-o", document)
    judged = run("assess", document, "--decisions", file)
    checks = [run("check", app, "-p", policy, *more) for more in ((), ("--decisions", file))]
    again = run("check", document, "-p", policy, "--decisions", file)

    assert (0, 0) == (scanned.exit_code, judged.exit_code)
    assert "unpinned-revision:" not in judged.stdout
    assert [1, 0, 0] == [c.exit_code for c in (*checks, again)]
    assert "decision-unused: x of *: old" in again.stderr
    assert "resolved: we run a mirror" in document.read_text("utf-8")


def test_check_says_that_a_decision_of_a_document_has_run_out(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = written(tmp_path, PIN + "expires = 2026-12-31\n")
    policy = tmp_path / "policy.toml"
    policy.write_text('[fail]\nlevel = "warning"\n', encoding="utf-8")
    document = tmp_path / "bom.cdx.json"

    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 12, 31, tzinfo=UTC).timestamp())))
    run("scan", app, "--assess", "--decisions", file, "-o", document)
    today = run("check", document, "-p", policy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())))
    later = run("check", document, "-p", policy)

    assert (0, 1) == (today.exit_code, later.exit_code)
    assert "decision-expired: unpinned-revision of model:huggingface:a/b: we run a mirror" in later.stderr
    assert "unpinned-revision: a/b is loaded without a revision" in later.stdout


def test_decisions_are_of_use_to_an_assessment_alone(app: Path, tmp_path: Path):
    result = run("scan", app, "--decisions", written(tmp_path, PIN))

    assert 2 == result.exit_code
    assert "--decisions is of use with --assess alone" in result.stderr


def test_a_decision_of_a_rule_is_a_diagnostic_that_the_bill_is_whole_with():
    applied = Diagnostic("decision-applied", "x")

    assert not applied.incomplete
