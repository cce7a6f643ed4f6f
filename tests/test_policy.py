"""A policy says what may not pass, what may all the same and until when; a mistyped word lets nothing pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import aibom
from aibom import Bill, Level, Policy, PolicyError
from aibom.cyclonedx import read, to_json
from aibom.policy import Exemption, read_policy
from aibom.testing import bill_of

TODAY = date(2026, 11, 25)
PIN = "86b5e0934494bd15c9632b12f734a8a67f723594"
CREW = {"kind": "agent", "provider": "crewai", "name": "Writer", "places": ["a.py:1"], "uses": ["do"]}
TOOL = {"kind": "tool", "provider": "local", "name": "do"}
BIN = {"path": "a.bin", "format": "pytorch"}
BAD = {"verdicts": {"picklescan": "unsafe"}}
MIS = {"source": "file:LICENSE"}
NC = {"name": "c/d", "licences": ["cc-by-nc-4.0"]}
MCP = {"kind": "service", "provider": "mcp", "name": "it", "places": [".mcp.json:3"]}
TABLE: dict[str, Any] = {
    "component": [
        {"name": "a/free", "licences": ["mit"], "places": [{"at": "app.py:1", "revision": PIN}]},
        {"name": "b/nc", "licences": ["cc-by-nc-4.0"], "places": ["app.py:2"]},
        {"name": "c/silent", "card": {"task": "x"}, "places": [{"at": "app.py:3", "usage": "optional"}]},
        {"name": "d/seen", "licences": ["cc-by-nc-4.0"], "places": [{"at": "README.md:3", "usage": "mention"}]},
        {"name": "gpt-4o", "provider": "openai", "hosted": True, "places": ["app.py:4"]},
        {"name": "torch", "provider": "pypi", "kind": "library", "places": ["app.py:5"]},
    ]
}
BILL = aibom.assess(bill_of(TABLE), plugins=False)


def failed(policy: Policy, since: Bill | None = None) -> list[str]:
    outcome = aibom.check(BILL, policy, since=since, today=TODAY)
    return [f"{f.rule} {f.component.split(':', 2)[2].partition('@')[0]}" for f in outcome.failures]


def lists(**options: Any) -> Policy:  # noqa: ANN401 - the fields of a policy
    return Policy(level=None, **options)


def test_without_a_policy_errors_alone_fail():
    assert aibom.check(BILL).passed
    assert not aibom.check(evolve(BILL, findings=[evolve(BILL.findings[0], level=Level.ERROR)])).passed


def test_a_level_fails_what_is_at_it_or_above_and_what_counts():
    assert [
        "licence-non-commercial b/nc",
        "unpinned-revision b/nc",
        "licence-unknown c/silent",
        "unpinned-revision c/silent",
    ] == failed(Policy(level=Level.WARNING))
    assert ["licence-non-commercial b/nc", "unpinned-revision b/nc"] == failed(
        Policy(level=Level.WARNING, usage=["used"])
    )


def test_rules_fail_or_not_whatever_their_level():
    assert ["licence-obligations a/free", "licence-obligations b/nc"] == failed(lists(rules=["licence-obl*"]))
    assert ["unpinned-revision b/nc", "unpinned-revision c/silent"] == failed(
        Policy(level=Level.WARNING, ignore=["licence-*"])
    )


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (lists(licences_deny=["non-commercial"]), ["policy-licence b/nc"]),
        (lists(licences_deny=["CC BY-NC 4.0"]), ["policy-licence b/nc"]),
        (lists(licences_deny=["unknown"]), ["policy-licence c/silent"]),
        (lists(licences_allow=["permissive"]), ["policy-licence b/nc", "policy-licence c/silent"]),
        (lists(licences_allow=["Apache-2.0", "MIT"]), ["policy-licence b/nc", "policy-licence c/silent"]),
        (lists(licences_allow=["mit", "non-commercial", "unknown"]), []),
        (lists(publishers_deny=["b"]), ["policy-publisher b/nc"]),
        (lists(publishers_allow=["a", "c"]), ["policy-publisher b/nc"]),
        (lists(providers_deny=["open*"]), ["policy-provider gpt-4o"]),
        (lists(providers_allow=["huggingface"]), ["policy-provider gpt-4o"]),
        (lists(names_deny=["*/nc"]), ["policy-name b/nc"]),
        (lists(names_allow=["gpt-4o", "?/nc", "c/*"]), ["policy-name a/free"]),
        (lists(pinned=True), ["policy-pinned b/nc", "policy-pinned c/silent"]),
    ],
)
def test_lists_allow_and_deny(policy: Policy, expected: list[str]):
    assert expected == failed(policy)


def test_what_is_to_be_pinned_needs_a_commit_or_a_digest():
    at = "https://models.example/"
    hub = {"provider": "torchhub", "name": "pytorch/vision"}
    web = {"provider": "unknown", "name": "x.pt"}
    table = {
        "component": [
            hub | {"places": [{"at": "app.py:1", "revision": "v0.10.0"}]},
            web | {"origin": f"{at}loose.pt", "places": ["app.py:2"]},
            web | {"origin": f"{at}held.pt", "places": [{"at": "app.py:3", "context": {"hash_prefix": "0123"}}]},
            {"provider": "ollama", "name": "llama3.2", "hosted": True, "places": ["app.py:4"]},
            {
                "provider": "ollama",
                "name": "qwen3",
                "hosted": True,
                "places": ["app.py:5"],
                "hashes": {"SHA-256": "ab"},
            },
            {"provider": "local", "name": "m.onnx", "places": ["app.py:6"]},
            {"name": "a/b", "places": [{"at": "README.md:3", "context": {"states": "made-of"}}]},
            {"provider": "openai", "name": "gpt-4o", "hosted": True, "places": ["app.py:7"]},
        ]
    }

    outcome = aibom.check(bill_of(table), lists(pinned=True))

    assert [
        "llama3.2 is used by a tag",
        "pytorch/vision is used without a commit",
        "x.pt is used without a digest",
    ] == sorted(f.reason for f in outcome.failures)


LIBRARIES = bill_of(
    {
        "component": [
            {"kind": "library", "provider": "pypi", "name": "ultralytics", "licences": ["AGPL-3.0"], "places": ["a:1"]},
            {"kind": "library", "provider": "pypi", "name": "torch", "licences": ["BSD-3-Clause"], "places": ["a:2"]},
            {"kind": "library", "provider": "pypi", "name": "odd", "licences": ["our own"], "places": ["a:3"]},
            {"kind": "library", "provider": "pypi", "name": "silent", "places": ["a:4"]},
            {"name": "c/silent", "places": ["a:5"]},
            {"name": "c/other", "licences": ["other"], "places": ["a:6"]},
        ]
    }
)


@pytest.mark.parametrize(
    ("policy", "expected", "unknown"),
    [
        (lists(licences_deny=["copyleft"]), ["ultralytics"], ["c/other", "c/silent", "odd", "silent"]),
        (lists(licences_deny=["agpl-3.0"]), ["ultralytics"], ["c/other", "c/silent", "odd", "silent"]),
        (lists(licences_deny=["non-commercial"]), [], ["c/other", "c/silent", "odd", "silent"]),
        (lists(licences_deny=["unknown"]), ["c/other", "c/silent", "odd"], ["silent"]),
        (lists(licences_allow=["permissive"]), ["c/other", "c/silent", "odd", "ultralytics"], ["silent"]),
        (lists(licences_allow=["permissive", "copyleft", "unknown"]), [], []),
        (lists(names_deny=["ultra*"]), ["ultralytics"], []),
        (lists(names_allow=["c/*"]), [], []),
    ],
)
def test_lists_hold_for_libraries_and_say_which_licences_nobody_knows(
    policy: Policy, expected: list[str], unknown: list[str]
):
    outcome = aibom.check(LIBRARIES, policy, today=TODAY)

    assert expected == sorted({LIBRARIES[f.component].name for f in outcome.failures})
    assert unknown == sorted({LIBRARIES[f.component].name for f in outcome.open})


def test_the_reason_of_a_list_says_what_denies():
    outcome = aibom.check(BILL, lists(licences_deny=["non-commercial"], publishers_allow=["a", "c"]))

    assert [
        "b/nc is under cc-by-nc-4.0 (non-commercial), which 'non-commercial' denies",
        "b/nc is of b, which no pattern allows",
    ] == [f.reason for f in outcome.failures]


def test_an_exemption_excuses_until_its_day():
    nc = Exemption("bought a licence", rule="licence-non-commercial", component="b/*", expires=TODAY)
    odd = Exemption("no longer there", component="x/y")
    policy = Policy(level=Level.WARNING, ignore=["unpinned-*", "licence-unknown"], exemptions=[nc, odd])

    today = aibom.check(BILL, policy, today=TODAY)
    later = aibom.check(BILL, policy, today=date(2026, 11, 26))

    assert (True, [nc], (), (odd,)) == (today.passed, [e for _, e in today.excused], today.expired, today.unused)
    assert (False, (), (nc,)) == (later.passed, later.excused, later.expired)


def test_what_was_there_before_does_not_fail_and_a_higher_level_does():
    policy = Policy(level=Level.WARNING)
    first = {**TABLE["component"][1], "places": ["old.py:9"]}
    before = aibom.assess(bill_of({"component": [first]}), plugins=False)
    info = evolve(before, findings=[evolve(f, level=Level.INFO) for f in before.findings])

    assert ["licence-unknown c/silent", "unpinned-revision c/silent"] == failed(policy, since=before)
    assert failed(policy) == failed(policy, since=info)
    assert 2 == len(aibom.check(BILL, policy, since=before).known)


ACME = {"kind": "library", "provider": "pypi", "name": "acme", "version": "1.0", "places": ["uv.lock:3"]}
OPENAI = {"kind": "service", "provider": "openai", "name": "openai"}
PICKLE = {"name": "a/b", "provider": "local"}


def notice(id_: str, *aliases: str, severity: str = "high") -> dict[str, Any]:
    rating = {"severity": severity, "source": "GHSA"}
    return {"id": id_, "aliases": list(aliases), "source": "osv:x@2026-11-20", "ratings": [rating]}


def place(at: str, *context: tuple[str, str]) -> dict[str, Any]:
    return {"at": at, "context": {key: [v for k, v in context if k == key] for key, _ in context}}


def key(at: str) -> dict[str, str]:
    return {"code": "secret-literal", "message": f"a key of {at}", "at": at}


CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "another notice": (
        {"component": [{**ACME, "advisories": [notice("GHSA-1", "CVE-1")]}]},
        {"component": [{**ACME, "advisories": [notice("GHSA-1", "CVE-1"), notice("GHSA-2")]}]},
        "GHSA-2",
    ),
    "another notice instead": (
        {"component": [{**ACME, "advisories": [notice("GHSA-1", "CVE-1")]}]},
        {"component": [{**ACME, "version": "1.1", "advisories": [notice("GHSA-2")]}]},
        "GHSA-2",
    ),
    "a sink that runs code beside one that shows": (
        {"component": [{**OPENAI, "places": [place("app.py:3", ("output", "html"))]}]},
        {"component": [{**OPENAI, "places": [place("app.py:3", ("output", "html"), ("output", "exec"))]}]},
        "reaches exec",
    ),
    "a second key in the file": (
        {"component": [{**OPENAI, "places": ["app.py:3"]}], "diagnostics": [key("app.py:5")]},
        {"component": [{**OPENAI, "places": ["app.py:3"]}], "diagnostics": [key("app.py:5"), key("app.py:9")]},
        "what looks like a key",
    ),
    "a key in another file": (
        {"component": [{**OPENAI, "places": ["app.py:3", "b.py:3"]}], "diagnostics": [key("app.py:5")]},
        {"component": [{**OPENAI, "places": ["app.py:3", "b.py:3"]}], "diagnostics": [key("app.py:5"), key("b.py:9")]},
        "what looks like a key",
    ),
    "another import of a pickle": (
        {"component": [{**PICKLE, "places": [place("m.pkl", ("pickle-dangerous", "os.system"))]}]},
        {
            "component": [
                {
                    **PICKLE,
                    "places": [place("m.pkl", ("pickle-dangerous", "os.system"), ("pickle-dangerous", "socket.x"))],
                }
            ]
        },
        "socket.x",
    ),
    "another licence": (
        {"component": [{"name": "a/b", "places": ["app.py:3"], "licences": ["cc-by-nc-4.0"]}]},
        {"component": [{"name": "a/b", "places": ["app.py:3"], "licences": ["cc-by-nc-nd-4.0"]}]},
        "cc-by-nc-nd-4.0",
    ),
    "a licence file of another licence": (
        {"component": [{"name": "a/b", "places": ["a.py:3"], "licences": ["mit", MIS | {"value": "gpl-3.0"}]}]},
        {"component": [{"name": "a/b", "places": ["a.py:3"], "licences": ["mit", MIS | {"value": "agpl-3.0"}]}]},
        "its licence file is agpl-3.0",
    ),
    "a branch where there was none": (
        {"component": [{"name": "a/b", "places": ["app.py:3"]}]},
        {"component": [{"name": "a/b", "places": ["app.py:3", {"at": "app.py:9", "revision": "main"}]}]},
        "'main'",
    ),
    "another file that a scanner flags": (
        {"component": [{"name": "a/b", "places": ["a.py:3"], "files": [BAD | {"path": "a.bin"}]}]},
        {"component": [{"name": "a/b", "files": [BAD | {"path": n} for n in ("a.bin", "b.bin")]}]},
        "b.bin",
    ),
    "another harm that a tool can do": (
        {"component": [CREW, {**TOOL, "places": [place("a.py:3", ("harm", "shell subprocess.run a.py:9"))]}]},
        {
            "component": [
                CREW,
                {
                    **TOOL,
                    "places": [
                        place("a.py:3", ("harm", "shell subprocess.run a.py:9"), ("harm", "outside requests.post a:8"))
                    ],
                },
            ]
        },
        "requests.post",
    ),
    "another file of weights that can run code": (
        {"component": [{"name": "a/b", "places": ["a.py:3"], "files": [BIN]}]},
        {"component": [{"name": "a/b", "places": ["a.py:3"], "files": [BIN, BIN | {"path": "b.bin"}]}]},
        "b.bin",
    ),
    "another base model": (
        {"component": [{"name": "a/b", "places": ["a.py:3"], "licences": ["mit"], "derived-from": ["c/d"]}, NC]},
        {
            "component": [
                {"name": "a/b", "places": ["a.py:3"], "licences": ["mit"], "derived-from": ["c/d", "e/f"]},
                NC,
                NC | {"name": "e/f", "licences": ["llama3.1"]},
            ]
        },
        "e/f",
    ),
    "another host of a server": (
        {"component": [{**MCP, "properties": {"kind": "mcp-server", "endpoint": "https://a.example"}}]},
        {"component": [{**MCP, "properties": {"kind": "mcp-server", "endpoint": "https://b.example"}}]},
        "b.example",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_new_fact_about_what_was_there_before_is_no_old_finding(name: str):
    old, new, word = CHANGES[name]
    before, after = (aibom.assess(bill_of(table), plugins=False) for table in (old, new))
    policy = Policy(level=Level.WARNING)

    outcome = aibom.check(after, policy, since=before, today=TODAY)
    changed = aibom.diff(before, after)

    assert [] != [f for f in outcome.failures if word in f.reason]
    assert [] != [f for f in changed.new_findings if word in f.reason]
    assert aibom.check(after, policy, since=after, today=TODAY).passed
    assert not aibom.diff(after, after)
    assert aibom.check(after, policy, since=read(to_json(after)), today=TODAY).passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            {"component": [{**OPENAI, "places": ["app.py:3"]}], "diagnostics": [key("app.py:5"), key("app.py:9")]},
            {"component": [{**OPENAI, "places": ["app.py:6"]}], "diagnostics": [key("app.py:7"), key("app.py:30")]},
        ),
        (
            {"component": [{**ACME, "advisories": [notice("GHSA-1")]}]},
            {"component": [{**ACME, "advisories": [notice("GHSA-1", "CVE-1"), notice("PYSEC-3", "CVE-1")]}]},
        ),
        (
            {"component": [{**OPENAI, "places": [place("app.py:3", ("output", "html"), ("output", "exec"))]}]},
            {"component": [{**OPENAI, "places": [place("a/app.py:4", ("output", "exec"))]}]},
        ),
        (
            {"component": [CREW, {**TOOL, "places": [place("a.py:3", ("harm", "shell subprocess.run a.py:9"))]}]},
            {"component": [CREW, {**TOOL, "places": [place("a.py:5", ("harm", "shell subprocess.run a.py:11"))]}]},
        ),
        (
            {"component": [{**ACME, "advisories": [notice("GHSA-1", severity="critical")]}]},
            {"component": [{**ACME, "version": "1.1", "advisories": [notice("GHSA-1", severity="low")]}]},
        ),
        (
            {"component": [{"name": "a/b", "places": ["app.py:3"], "licences": ["cc-by-nc-4.0"]}]},
            {"component": [{"name": "a/b", "places": ["app.py:3"], "licences": ["CC BY-NC 4.0"]}]},
        ),
    ],
    ids=[
        "lines move",
        "a notice gets other names",
        "one of two sinks is gone",
        "a tool moves",
        "it is graver no more",
        "spelling",
    ],
)
def test_an_old_fact_in_other_words_is_no_new_finding(old: dict[str, Any], new: dict[str, Any]):
    before, after = (aibom.assess(bill_of(table), plugins=False) for table in (old, new))

    outcome = aibom.check(after, Policy(level=Level.INFO), since=before, today=TODAY)

    assert () == outcome.failures
    assert outcome.known


FETCHED = bill_of(
    {
        "component": [
            {
                "name": "tone.onnx",
                "provider": "unknown",
                "origin": "https://models.example/v1/tone.onnx",
                "places": ["app.py:3"],
            }
        ]
    }
)


@pytest.mark.parametrize("pattern", ["tone.onnx", "https://models.example/*", "pkg:generic/tone.onnx*", "*models.ex*"])
def test_what_is_fetched_from_an_address_is_meant_by_its_name_and_by_its_address(pattern: str):
    exemption = Exemption("looked at by us", rule="policy-name", component=pattern)

    outcome = aibom.check(FETCHED, Policy(level=None, names_deny=["https://models.*"], exemptions=[exemption]))

    assert [exemption] == [e for _, e in outcome.excused]
    (finding, _), *_ = outcome.excused
    assert "tone.onnx (https://models.example/v1/tone.onnx) is a name which 'https://models.*' denies" == finding.reason
    assert aibom.check(FETCHED, Policy(level=None, names_allow=["https://models.example/*"])).passed
    assert not aibom.check(FETCHED, Policy(level=None, names_allow=["https://other.example/*"])).passed


def test_a_finding_about_what_is_not_in_the_bill_counts():
    finding = evolve(BILL.findings[0], component="model:x:y", level=Level.ERROR)

    outcome = aibom.check(Bill(findings=[finding]), Policy(exemptions=[Exemption("…", component="z")]))

    assert (finding,) == outcome.failures


FULL = """
usage = ["used"]
pinned = true
[fail]
level = "warning"
rules = ["gated"]
ignore = ["hash-*"]
[licences]
deny = ["non-commercial"]
[publishers]
allow = ["a"]
[[exemption]]
rule = "gated"
reason = "accepted by the board"
by = "somebody"
expires = 2027-01-31
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_policy_is_read_from_a_file(tmp_path: Path):
    expected = Policy(
        level=Level.WARNING,
        rules=["gated"],
        ignore=["hash-*"],
        usage=["used"],
        pinned=True,
        licences_deny=["non-commercial"],
        publishers_allow=["a"],
        exemptions=[Exemption("accepted by the board", rule="gated", by="somebody", expires=date(2027, 1, 31))],
    )

    assert expected == read_policy(written(tmp_path, FULL))
    assert Policy(level=None) == read_policy(written(tmp_path, '[fail]\nlevel = "none"\n'))
    assert Policy() == read_policy(written(tmp_path, ""))
    assert aibom.check(Bill(), written(tmp_path, FULL)).passed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "the policy 'policy.toml' is not TOML: "),
        ("pined = true", "policy.toml: a policy has no 'pined'; it has exemption, fail, "),
        ("[fail]\nlevels = 1", "policy.toml: [fail] has no 'levels'; it has ignore, level, rules"),
        ('[fail]\nlevel = "high"', "policy.toml: the level of [fail] is 'high', and not one of info, warning, error"),
        ('[fail]\nrules = "gated"', "policy.toml: rules of [fail] is a list of texts"),
        ('usage = ["loaded"]', "policy.toml: a usage is 'loaded', and not one of used, optional, mention"),
        ("pinned = 1", "policy.toml: pinned is true or false, and not 1"),
        ("licences = 1", "policy.toml: licences is a table: write [licences]"),
        ("[licences]\ndenied = []", "policy.toml: [licences] has no 'denied'; it has allow, deny"),
        ("exemption = 1", "policy.toml: exemptions are written [[exemption]]"),
        ('[[exemption]]\nrule = "x"', "policy.toml: an exemption has a reason"),
        ('[[exemption]]\nreason = "x"', "policy.toml: an exemption names a rule, a component, or both"),
        (
            '[[exemption]]\nreason = "x"\nrule="y"\nexpires = "2027"',
            "policy.toml: expires is a day, such as 2027-01-31",
        ),
        ('[[exemption]]\nreason = "x"\nuntil = 1', "policy.toml: [[exemption]] has no 'until'; it has by, "),
    ],
)
def test_a_mistyped_policy_lets_nothing_pass(tmp_path: Path, text: str, message: str):
    with pytest.raises(PolicyError) as caught:
        read_policy(written(tmp_path, text))

    assert str(caught.value).startswith(message)


def test_a_policy_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(PolicyError) as caught:
        aibom.check(Bill(), tmp_path / "none.toml")

    assert "cannot read the policy 'none.toml': No such file or directory" == str(caught.value)
