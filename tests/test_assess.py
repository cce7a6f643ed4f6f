"""Rules are asked about each component, fenced in, and what they say becomes findings."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from tests.counting import steps

import aibom
from aibom import (
    Bill,
    Component,
    Diagnostic,
    Evidence,
    Finding,
    Kind,
    Level,
    Location,
    Reason,
    Relation,
    RelationKind,
    Target,
    pipeline,
    plugins,
)
from aibom.assessment import ANCESTORS, DEPTH, PLACES, View
from aibom.bill import Advisory, Fact, Resolution
from aibom.errors import PluginError
from aibom.protocols import Rule, rule
from aibom.reports import to_sarif
from aibom.rules import builtin
from aibom.testing import bill_of, judged

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL = Component(Kind.MODEL, "huggingface", "a/b", evidence=[Evidence(Location("app.py", 3), "transformers")])


@rule("seen", level="info", fix="Nothing.", references=["https://a.example"])
def seen(component: Component, view: View):
    """
    There is a component.

    That is all.
    """
    yield Reason(f"{component.name} is one of {len(view.bill)}")


@rule("crashes", level="error", fix="Nothing.")
def crashes(component: Component, view: View):
    """
    It fails.

    It does.
    """
    yield Reason("this is kept with nothing")
    raise RuntimeError("it broke")


def test_a_reason_becomes_a_finding_with_all_that_the_rule_says():
    bill = aibom.assess(Bill([MODEL]), [seen])

    expected = Finding(
        "seen", Level.INFO, MODEL.ref, "a/b is one of 1", (Location("app.py", 3),), ("https://a.example",)
    )
    assert (expected,) == bill.findings


def test_a_rule_that_fails_loses_nothing_of_the_others():
    other = evolve(MODEL, name="c/d")

    bill = aibom.assess(Bill([MODEL, other]), [crashes, seen])

    assert ["seen", "seen"] == [f.rule for f in bill.findings]
    failed = Diagnostic("rule-failed", "crashes: a/b: RuntimeError: it broke (and on 1 more)")
    assert (failed,) == bill.diagnostics


def test_a_second_run_gives_the_same():
    once = aibom.assess(Bill([MODEL]), [crashes, seen])

    assert once == aibom.assess(once, [crashes, seen])


def test_what_others_found_stays():
    other = Finding("theirs", Level.INFO, MODEL.ref, "…")

    bill = aibom.assess(Bill([MODEL], findings=[other]), [seen])

    assert ["seen", "theirs"] == [f.rule for f in bill.findings]


def test_a_rule_that_yields_something_else_has_failed():
    @rule("odd", level="info", fix="Nothing.")
    def odd(component: Component, view: View):
        """
        It is odd.

        It is.
        """
        yield "text"

    bill = aibom.assess(Bill([MODEL]), [odd])

    assert (Diagnostic("rule-failed", "odd: a/b: TypeError: it yielded str, not a Reason"),) == bill.diagnostics


def test_what_is_no_rule_is_the_callers_mistake():
    with pytest.raises(PluginError) as caught:
        aibom.assess(Bill(), [len])  # type: ignore[list-item]

    assert "<built-in function len> is no rule: see aibom.protocols.Rule" == str(caught.value)


@pytest.mark.parametrize(
    ("id", "options", "message"),
    [
        ("Not Good", {}, "the id of a rule is lower case with hyphens, and 'Not Good' is not"),
        ("a", {"level": "high"}, "the level of the rule 'a' is 'high', not one of info, warning, error"),
        ("a", {"references": "CWE-1"}, "the references of the rule 'a' are a sequence: write ['CWE-1']"),
    ],
)
def test_a_rule_is_made_as_the_protocol_asks(id: str, options: dict[str, Any], message: str):  # noqa: A002
    with pytest.raises(PluginError) as caught:
        rule(id, **{"level": "info", "fix": "Nothing.", **options})

    assert message == str(caught.value)


def test_a_rule_says_what_it_sees_and_why():
    def bare(component: Component, view: View):
        """One line."""

    with pytest.raises(PluginError) as caught:
        rule("bare", level="info", fix="Nothing.")(bare)

    assert "the rule 'bare' lacks a docstring: a line what it sees, an empty one, why it matters" == str(caught.value)


def offered(monkeypatch: pytest.MonkeyPatch, *offers: object) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    entries = [EntryPoint(f"e{n}", f"plugin:e{n}", plugins.RULES) for n in range(len(offers))]
    loaded = tuple((e.name, o) for e, o in zip(entries, offers, strict=True))
    monkeypatch.setattr(pipeline, "load", lambda **_: (loaded, ()))
    found, problems = pipeline.available_rules()
    return tuple(r for r in found if r not in pipeline.available_rules(plugins=False)[0]), problems


def test_plugins_offer_rules_alone_in_tuples_or_made_by_a_function(monkeypatch: pytest.MonkeyPatch):
    third = evolve(seen, id="third")

    found, problems = offered(monkeypatch, seen, (crashes,), lambda: [third])

    assert (("crashes", "seen", "third"), ()) == (tuple(r.id for r in found), problems)


def test_a_plugin_that_offers_something_else_is_said(monkeypatch: pytest.MonkeyPatch):
    def broken():
        raise RuntimeError("no")

    found, problems = offered(monkeypatch, 3, evolve(seen, id="unpinned-revision"), broken)

    assert () == found
    assert [
        "plugin-not-loaded: e0: it is no rule: see aibom.protocols.Rule",
        "plugin-not-loaded: e1: there is a rule 'unpinned-revision' already",
        "plugin-not-loaded: e2: RuntimeError: no",
    ] == [str(p) for p in problems]


def test_what_plugins_lack_is_in_the_bill(monkeypatch: pytest.MonkeyPatch):
    problem = Diagnostic("plugin-not-loaded", "x")
    monkeypatch.setattr(pipeline, "load", lambda **_: ((), (problem,)))

    assert (problem,) == aibom.assess(Bill()).diagnostics


def test_a_finding_names_so_many_places_and_mentions_only_where_there_is_nothing_else():
    uses = [Evidence(Location("app.py", line), "x") for line in range(1, PLACES + 5)]
    mention = Evidence(Location("README.md", 1), "x", usage=aibom.Usage.MENTION)

    many, one = aibom.assess(
        Bill([evolve(MODEL, evidence=[*uses, mention]), evolve(MODEL, name="c/d", evidence=[mention])]), [seen]
    ).findings

    assert tuple(Location("app.py", line) for line in range(1, PLACES + 1)) == many.evidence
    assert (Location("README.md", 1),) == one.evidence


def test_the_view_knows_the_ways_to_what_a_component_comes_from():
    table = {
        "component": [
            {"name": "a", "derived-from": ["b", "c"]},
            {"name": "b", "derived-from": ["d"], "trained-on": ["e"]},
            {"name": "c", "derived-from": ["d"]},
            {"name": "d", "derived-from": ["a"]},
            {"name": "e", "kind": "dataset"},
        ]
    }
    bill = bill_of(table)
    view = View(bill)

    assert ["b", "c", "b d"] == [
        " ".join(c.name for _, c in chain) for chain in view.chains(bill["a"], RelationKind.DERIVED_FROM)
    ]
    assert ["b", "c", "b e", "b d"] == [" ".join(c.name for _, c in chain) for chain in view.chains(bill["a"])]
    assert ["b", "c"] == [c.name for _, c in view.sources(bill["d"], RelationKind.DERIVED_FROM)]
    assert ["a"] == [c.name for _, c in view.sources(bill["b"])]


def test_ways_end_at_a_depth_and_at_a_number():
    deep = [Component(Kind.MODEL, "huggingface", f"m{n:03}") for n in range(DEPTH + 9)]
    down = [Relation(a.ref, b.ref, RelationKind.DERIVED_FROM) for a, b in pairwise(deep)]
    wide = [Component(Kind.MODEL, "huggingface", f"w{n:03}") for n in range(ANCESTORS + 9)]
    out = [Relation(wide[0].ref, w.ref, RelationKind.DERIVED_FROM) for w in wide[1:]]

    view = View(Bill([*deep, *wide], [*down, *out]))

    assert DEPTH == len(list(view.chains(deep[0], RelationKind.DERIVED_FROM)))
    assert ANCESTORS == len(list(view.chains(wide[0], RelationKind.DERIVED_FROM)))


def test_the_view_knows_what_is_said_of_a_component_by_its_names():
    bill = bill_of(
        {
            "component": [{"name": "a/b", "places": [{"at": "x.py:1", "requested": "b"}]}],
            "diagnostics": ["hub-gone: a/b: it was removed", "hub-gated: b: ask", "hub-gone: other: no", "odd: text"],
        }
    )

    said = View(bill).diagnostics(bill["a/b"], "hub-gone", "hub-gated")

    assert ["a/b: it was removed", "b: ask"] == [d.message for d in said]


def test_a_table_that_cannot_be_read_is_the_authors_mistake():
    with pytest.raises(PluginError, match="a component of a table has no 'licence'"):
        bill_of({"component": [{"name": "a", "licence": "mit"}]})
    with pytest.raises(PluginError, match="a is derived-from 'b', which is no component of the table"):
        bill_of({"component": [{"name": "a", "derived-from": ["b"]}]})


def test_a_rule_that_fails_on_a_table_is_a_line():
    assert ["rule-failed: crashes: a: RuntimeError: it broke"] == judged({"component": [{"name": "a"}]}, crashes)


def test_a_package_that_its_own_tests_import_is_not_said_to_be_unpinned():
    own = Component(Kind.LIBRARY, "pypi", "acme", evidence=[Evidence(Location("tests/a.py", 3), "imports")])
    other = evolve(own, name="torch")

    bill = aibom.assess(Bill([own, other], target=Target("acme")), plugins=False)

    assert [other.ref] == [f.component for f in bill.findings if f.rule == "library-unpinned"]


def threats_of(table: dict[str, Any], id_: str) -> dict[str, set[str]]:
    """Return the ids of threats of each finding of a rule, by what it is about."""
    bill = aibom.assess(bill_of(table), plugins=False)
    starts = ("AML.", "OWASP-", "CWE-")
    found = [f for f in bill.findings if f.rule == id_]
    return {" ".join(f.about): {r for r in f.references if r.startswith(starts)} for f in found}


def used(provider: str, at: str = "app.py:3", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a component
    return {"kind": "service", "provider": provider, "name": provider, "places": [{"at": at, **more}]}


def test_an_answer_exposes_to_what_the_place_that_it_reaches_can_do_alone():
    sinks = ["exec", "shell", "sql", "html"]

    found = threats_of({"component": [used("openai", context={"output": sinks})]}, "model-output-to-sink")

    cwes = {sink: {i for i in ids if i.startswith("CWE-")} for sink, ids in found.items()}
    assert {
        "exec": {"CWE-1426", "CWE-94", "CWE-95"},
        "shell": {"CWE-1426", "CWE-78"},
        "sql": {"CWE-1426", "CWE-89"},
        "html": {"CWE-1426", "CWE-79"},
    } == cwes
    techniques = {sink: {i for i in ids if i.startswith("AML.")} for sink, ids in found.items()}
    assert {"exec": {"AML.T0050"}, "shell": {"AML.T0050"}, "sql": set(), "html": {"AML.T0077"}} == techniques


def test_a_key_is_one_of_an_agent_where_it_stands_in_the_configuration_of_one():
    secret = [{"code": "secret-literal", "message": "x", "at": ".env:2"}]
    server = used("mcp", ".mcp.json:1") | {"properties": {"kind": "mcp-server"}}
    inside = [{"code": "secret-literal", "message": "x", "at": ".mcp.json:2"}]

    plain = threats_of({"component": [used("openai", ".env:1")], "diagnostics": secret}, "literal-secret")
    agent = threats_of({"component": [server], "diagnostics": inside}, "literal-secret")

    assert {"AML.T0012", "AML.T0034", "AML.T0055"} == {i for i in plain[".env"] if i.startswith("AML.")}
    assert {"AML.T0055", "AML.T0083"} == {i for i in agent[".mcp.json"] if i.startswith("AML.")}


def tool(name: str) -> set[str]:
    crew = {"kind": "agent", "provider": "crewai", "name": "Writer", "places": ["a.py:1"], "uses": [name]}
    made = {"kind": "tool", "provider": "crewai", "name": name, "places": ["a.py:2"]}
    return threats_of({"component": [crew, made]}, "dangerous-tool")["Writer"]


@pytest.mark.parametrize(
    ("name", "has", "has_not"),
    [
        ("ShellTool", {"CWE-78", "AML.T0050"}, {"CWE-94", "AML.T0101", "AML.T0086"}),
        ("PythonREPLTool", {"CWE-94", "AML.T0050"}, {"CWE-78", "AML.T0101", "AML.T0086"}),
        ("file_write", {"CWE-250", "AML.T0101"}, {"CWE-78", "CWE-94", "AML.T0050", "AML.T0086"}),
        ("GmailSendMessage", {"CWE-250", "AML.T0086"}, {"CWE-78", "CWE-94", "AML.T0050", "AML.T0101"}),
    ],
)
def test_a_tool_exposes_to_what_its_name_says_that_it_does(name: str, has: set[str], has_not: set[str]):
    found = tool(name)

    assert has <= found
    assert not has_not & found


def test_code_of_a_commit_that_is_named_cannot_be_changed_later():
    def threats_at(revision: str) -> set[str]:
        place = {"at": "a.py:1", "revision": revision, "context": {"trust_remote_code": "true"}}
        (ids,) = threats_of({"component": [{"name": "a/b", "places": [place]}]}, "trust-remote-code").values()
        return ids

    assert {"AML.T0109"} == threats_at("main") - threats_at("c" * 40)


def test_of_what_a_hub_does_not_give_out_no_threat_follows():
    table: dict[str, Any] = {
        "component": [{"name": "a/b", "places": ["x.py:1"]}],
        "diagnostics": ["hub-not-accessible: a/b: it is not there, private, or needs a token", "hub-gone: a/b: gone"],
    }
    odd = table | {"diagnostics": ["hub-no-revision: a/b: it has no revision 'v9'"]}

    assert [set(), set()] == list(threats_of(table, "repository-gone").values())
    assert [set()] == list(threats_of(odd, "revision-gone").values())


def test_a_name_that_its_owner_changed_exposes_to_nothing_and_one_that_passed_to_another_does():
    def renamed(old: str) -> set[str]:
        places = [{"at": "x.py:1", "requested": old}]
        (ids,) = threats_of({"component": [{"name": "new/b", "places": places}]}, "repository-renamed").values()
        return ids

    assert set() == renamed("new/a")
    assert {"AML.T0109", "AML.T0073", "AML.T0074"} <= renamed("old/b")


def test_weights_that_cannot_be_read_are_no_pickle_for_that():
    broken: dict[str, Any] = {"name": "m.gguf", "provider": "local", "places": ["m.gguf"]}
    pickle = {"places": [{"at": "m.pkl", "context": {"pickle-unreadable": "cut"}}]}

    header = threats_of({"component": [broken | {"properties": {"unreadable": "true"}}]}, "unreadable-weights")
    cut = threats_of({"component": [broken | pickle]}, "unreadable-weights")

    assert [set()] == list(header.values())
    assert "CWE-502" in cut["cut"]


def test_a_reason_shows_facts_that_its_rule_finds():
    @rule("odd", level="info", fix="Nothing.")
    def odd(component: Component, view: View):
        """
        It is odd.

        It is.
        """
        yield Reason("x", facts=("llm.output-to-sink.shell",))

    (failed,) = aibom.assess(Bill([MODEL]), [odd]).diagnostics

    assert "no row of the table of threats says that it finds 'llm.output-to-sink.shell'" in failed.message


def test_a_notice_has_the_weaknesses_that_it_names():
    notice = {"id": "GHSA-1", "source": "osv:x@2026-11-20", "cwes": ["CWE-502", "CWE-20"]}
    acme = {"kind": "library", "provider": "pypi", "name": "acme", "version": "1", "places": ["uv.lock:1"]}
    harm = {"id": "MAL-2026-1", "source": "osv:x@2026-11-20", "cwes": ["CWE-506"]}

    found = threats_of({"component": [acme | {"advisories": [notice, harm]}]}, "known-vulnerability")

    assert {"CWE-20", "CWE-502", "CWE-1395"} == {i for i in found["GHSA-1"] if i.startswith("CWE-")}
    assert {"CWE-506"} == {i for i in found["MAL-2026-1"] if i.startswith("CWE-")}
    assert "AML.T0011.001" in found["MAL-2026-1"]


def test_a_key_in_a_file_that_names_nothing_is_found_settled_written_and_read_back():
    table = {"diagnostics": [{"code": "secret-literal", "message": "x", "at": "settings.yaml:2"}]}
    bill = aibom.assess(bill_of(table), plugins=False)
    decision = aibom.Decision("of a test account", id="literal-secret", state="not_affected")

    (finding,) = bill.findings
    settled = aibom.assess(bill, plugins=False, decisions=[decision])

    assert ("literal-secret", "", Level.WARNING, ("settings.yaml",)) == (
        finding.rule,
        finding.component,
        finding.level,
        finding.about,
    )
    assert [] == [r for r in finding.references if r.startswith("AML.")]
    assert (bill, settled) == (aibom.read(aibom.to_json(bill)), aibom.read(aibom.to_json(settled)))
    assert ((), 1) == (settled.findings, len(settled.settled))
    assert (finding,) == aibom.check(bill, aibom.Policy(level="warning")).failures
    assert "settings.yaml" in to_sarif(bill)


def test_a_rule_that_fails_on_the_tree_is_said():
    def broken(view: View):
        yield Reason(f"{len(view.bill)} components")
        raise RuntimeError("it broke")

    failing = evolve(seen, whole=broken)

    bill = aibom.assess(Bill([MODEL]), [failing])

    assert ("rule-failed: seen: the tree: RuntimeError: it broke",) == tuple(map(str, bill.diagnostics))
    assert 1 == len(bill.findings)


def steps_of(bill: Bill, id: str) -> int:  # noqa: A002
    """Return how many steps the rule *id*, and what it asks, take for *bill*."""
    one = next(rule for rule in builtin() if rule.id == id)
    return steps(lambda: aibom.assess(bill, [one]))


def keys_and_services(size: int) -> Bill:
    services = [
        Component(Kind.SERVICE, f"p{n}", f"s{n}", evidence=[Evidence(Location("app.py", 2 * n + 1), "t")])
        for n in range(size)
    ]
    return Bill(services, diagnostics=[Diagnostic("secret-literal", "k", Location("app.py", n)) for n in range(size)])


def commits_of_one_model(size: int) -> Bill:
    return Bill(
        Component(
            Kind.MODEL,
            "huggingface",
            "a/b",
            commit=f"{n:040x}",
            evidence=[Evidence(Location("app.py", n), "t", revision=f"{n:040x}")],
            resolutions=[Resolution(f"{n + 1:040x}", "main", "2026-11-25", "hub")],
        )
        for n in range(size)
    )


def a_long_line(size: int) -> Bill:
    made = [
        Component(Kind.MODEL, "huggingface", f"a{n}/m", licences=[Fact(("mit", "llama3.1")[n % 2], "card")])
        for n in range(size)
    ]
    edges = [Relation(a.ref, b.ref, RelationKind.DERIVED_FROM) for a, b in pairwise(made)]
    return Bill([evolve(c, evidence=[Evidence(Location("app.py", 1), "t")]) for c in made], edges)


def names_of_one_model(size: int) -> Bill:
    places = [Evidence(Location("app.py", n), "t", requested=f"old{n}/b") for n in range(size)]
    return Bill([Component(Kind.MODEL, "huggingface", "a/b", evidence=places)])


def notices_of_one_library(size: int) -> Bill:
    notices = [Advisory(f"GHSA-{n}", "osv", aliases=(f"CVE-{n}",)) for n in range(4 * size)]
    place = Evidence(Location("uv.lock", 1), "t")
    return Bill([Component(Kind.LIBRARY, "pypi", "acme", version="1", evidence=[place], advisories=notices)])


@pytest.mark.parametrize(
    ("made", "id"),
    [
        (notices_of_one_library, "known-vulnerability"),
        (keys_and_services, "literal-secret"),
        (commits_of_one_model, "newer-commit"),
        (commits_of_one_model, "not-checked"),
        (a_long_line, "lineage-stricter"),
        (a_long_line, "output-restriction"),
        (names_of_one_model, "repository-renamed"),
    ],
)
def test_a_rule_takes_four_times_the_steps_for_four_times_as_much(made: Callable[[int], Bill], id: str):  # noqa: A002
    small, large = steps_of(made(50), id), steps_of(made(200), id)

    assert large < 6 * small  # It would be 16 times as many, were each thing held against each other.
