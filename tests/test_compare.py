from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aibom import diff, to_document
from aibom.bill import (
    Bill,
    Card,
    Component,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Resolution,
    Usage,
)
from aibom.cli import main
from aibom.compare import Change, Difference, What, compare
from aibom.errors import DocumentError
from aibom.reports import difference_to_json, difference_to_markdown, difference_to_table

FIRST, SECOND = "a" * 40, "b" * 40


def evidence(revision: str | None = None, usage: Usage = Usage.USED) -> list[Evidence]:
    return [Evidence(Location("app.py", 3), "transformers", "load", usage, revision=revision)]


MODEL = Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B", evidence=evidence())
PINNED = evolve(MODEL, commit=FIRST, evidence=evidence(FIRST))
TORCH = Component(Kind.LIBRARY, "pypi", "torch", version="2.8.0", evidence=evidence())
HOSTED = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=evidence())


def test_equal_bills_differ_in_nothing():
    assert Difference() == compare(Bill([MODEL, TORCH]), Bill([TORCH, MODEL]))
    assert not compare(Bill([MODEL]), Bill([MODEL]))


def test_what_only_one_bill_has_is_added_or_removed():
    assert Difference(added=[HOSTED], removed=[TORCH]) == compare(Bill([MODEL, TORCH]), Bill([MODEL, HOSTED]))


def test_another_place_is_no_change():
    moved = evolve(MODEL, evidence=[Evidence(Location("lib.py", 9), "transformers", "load")])

    assert not compare(Bill([MODEL]), Bill([moved]))


def test_what_is_only_mentioned_is_not_there():
    mentioned = evolve(MODEL, evidence=evidence(usage=Usage.MENTION))

    assert not compare(Bill(), Bill([mentioned]))
    assert Difference(removed=[MODEL]) == compare(Bill([MODEL]), Bill([mentioned]))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (
            PINNED,
            evolve(PINNED, commit=SECOND, evidence=evidence(SECOND)),
            [(What.VERSION, "version", (FIRST,), (SECOND,))],
        ),
        (
            evolve(MODEL, evidence=evidence("main")),
            evolve(MODEL, evidence=evidence("v2")),
            [(What.VERSION, "revision", ("main",), ("v2",))],
        ),
        (TORCH, evolve(TORCH, version="2.9.0"), [(What.VERSION, "version", ("2.8.0",), ("2.9.0",))]),
        (
            evolve(TORCH, version=None, properties=[("version-range", ">=2")]),
            evolve(TORCH, version=None, properties=[("version-range", ">=3")]),
            [(What.VERSION, "version-range", (">=2",), (">=3",))],
        ),
        (
            evolve(MODEL, resolutions=[Resolution(FIRST, "", "2026-01-01", "hub")]),
            evolve(MODEL, resolutions=[Resolution(SECOND, "", "2026-02-01", "hub")]),
            [(What.VERSION, "resolved", (f"the default branch = {FIRST}",), (f"the default branch = {SECOND}",))],
        ),
        (
            evolve(MODEL, resolutions=[Resolution(FIRST, "", "2026-01-01", "hub")]),
            evolve(MODEL, resolutions=[Resolution(FIRST, "", "2026-02-01", "cache")]),
            [],
        ),
        (
            evolve(MODEL, licences=[Fact("mit", "card")]),
            evolve(MODEL, licences=[Fact("apache-2.0", "card")]),
            [(What.LICENCE, "license", ("mit",), ("apache-2.0",))],
        ),
        (evolve(MODEL, licences=[Fact("mit", "card")]), evolve(MODEL, licences=[Fact("mit", "hub")]), []),
        (
            MODEL,
            evolve(MODEL, evidence=evidence(usage=Usage.OPTIONAL)),
            [(What.USAGE, "usage", ("used",), ("optional",))],
        ),
        (
            evolve(MODEL, hashes=[("SHA-256", "1")], files=[ModelFile("m.bin", "tree", hashes=[("SHA-256", "2")])]),
            evolve(MODEL, hashes=[("SHA-256", "3")], files=[ModelFile("m.bin", "tree", hashes=[("SHA-256", "4")])]),
            [(What.CONTENT, "SHA-256", ("1",), ("3",)), (What.CONTENT, "m.bin SHA-256", ("2",), ("4",))],
        ),
        (
            evolve(MODEL, card=Card([("task", Fact("a", "x")), ("language", Fact("en", "x"))])),
            evolve(
                MODEL,
                card=Card(
                    [("language", Fact("en", "y")), ("language", Fact("de", "y"))],
                    [Metric("wer", "0.1", "y", dataset="d", split="test"), Metric("f1", "0.9", "y")],
                ),
            ),
            [
                (What.CARD, "f1", (), ("0.9",)),
                (What.CARD, "language", (), ("de",)),
                (What.CARD, "task", ("a",), ()),
                (What.CARD, "wer on d/test", (), ("0.1",)),
            ],
        ),
    ],
)
def test_what_is_said_differently_of_one_component_is_a_change(
    before: Component, after: Component, changes: list[tuple[What, str, tuple[str, ...], tuple[str, ...]]]
):
    expected = Difference(changes=[Change(after.ref, what, name, old, new) for what, name, old, new in changes])

    assert expected == compare(Bill([before]), Bill([after]))


def test_of_several_versions_the_equal_ones_meet_first():
    third = evolve(TORCH, version="2.9.0")
    fourth = evolve(TORCH, version="3.0.0")

    assert Difference(added=[fourth], changes=[]) == compare(Bill([TORCH, third]), Bill([TORCH, third, fourth]))
    assert Difference(
        removed=[third], changes=[Change(fourth.ref, What.VERSION, "version", ("2.8.0",), ("3.0.0",))]
    ) == compare(Bill([TORCH, third]), Bill([fourth]))


def fetched(version: str) -> Component:
    origin = f"https://downloads.example/{version}/sam.pt"
    return Component(Kind.MODEL, "unknown", "sam.pt", evidence=evidence(), origin=origin)


def test_a_file_that_comes_from_another_address_moved():
    change = Change(
        fetched("v2").ref,
        What.VERSION,
        "origin",
        ("https://downloads.example/v1/sam.pt",),
        ("https://downloads.example/v2/sam.pt",),
    )

    assert Difference(changes=[change]) == compare(Bill([fetched("v1")]), Bill([fetched("v2")]))


def test_which_of_several_files_of_one_name_moved_nobody_can_tell():
    old, new = Bill([fetched("v1"), fetched("v2")]), Bill([fetched("v3")])

    assert Difference(new.components, old.components) == compare(old, new)


def test_an_agent_of_another_file_is_another_one():
    old, new = (
        Component(Kind.AGENT, "crewai", "Writer", origin=path, evidence=evidence()) for path in ("a.py", "b.py")
    )

    assert Difference([new], [old]) == compare(Bill([old]), Bill([new]))


def test_a_hosted_model_is_not_the_one_that_is_downloaded():
    hosted = evolve(MODEL, hosted=True)

    assert Difference(added=[hosted], removed=[MODEL]) == compare(Bill([MODEL]), Bill([hosted]))


def test_a_finding_is_the_same_though_its_component_moved_and_its_words_changed():
    after = evolve(PINNED, commit=SECOND, evidence=evidence(SECOND))
    old = [Finding("unsafe", Level.WARNING, PINNED.ref, "a"), Finding("gone", Level.ERROR, PINNED.ref, "b")]
    new = [Finding("unsafe", Level.WARNING, after.ref, "A"), Finding("new", Level.INFO, after.ref, "c")]
    found = compare(Bill([PINNED], findings=old), Bill([after], findings=new))

    assert (new[1],) == found.new_findings
    assert (old[1],) == found.gone_findings


bills = st.lists(
    st.builds(
        Component,
        st.sampled_from([Kind.MODEL, Kind.LIBRARY]),
        st.sampled_from(["huggingface", "pypi"]),
        st.sampled_from(["a/b", "c"]),
        version=st.sampled_from([None, "1", "2"]),
        evidence=st.sampled_from([(), tuple(evidence()), tuple(evidence("main"))]),
        licences=st.sampled_from([(), (Fact("mit", "x"),)]),
    ),
    max_size=6,
    unique_by=lambda component: component.ref,  # As `resolve` makes them.
).map(Bill)


@given(bills, bills)
def test_the_way_back_is_the_reverse(old: Bill, new: Bill):
    there, back = compare(old, new), compare(new, old)

    assert (there.added, there.removed) == (back.removed, back.added)
    assert sorted((c.what, c.old, c.new) for c in there.changes) == sorted((c.what, c.new, c.old) for c in back.changes)
    assert not compare(old, old)


# -- as people and programs read it ----------------------------------------------------------------

CHANGED = Difference(
    [HOSTED],
    [TORCH],
    [Change(MODEL.ref, What.LICENCE, "license", ("mit",), ()), Change("model:x|y\x1b", What.CARD, "task", (), ("z",))],
    [Finding("unsafe", Level.WARNING, MODEL.ref, "it is pickled", (Location("app.py", 3),))],
    [Finding("unpinned", Level.INFO, MODEL.ref, "no commit")],
)


def test_a_table_says_what_changed():
    assert """\
Added (1)     provider  version  usage  where
────────────  ────────  ───────  ─────  ────────
model gpt-4o  openai             used   app.py:3

Removed (1)    provider  version  usage  where
─────────────  ────────  ───────  ─────  ────────
library torch  pypi      2.8.0    used   app.py:3

Licence (1)                      field    old  new
───────────────────────────────  ───────  ───  ───
model:huggingface:Qwen/Qwen3-8B  license  mit  –

Facts (1)      field  old  new
─────────────  ─────  ───  ───
model:x|y\\x1b  task   –    z

New findings (1)                 rule             reason
───────────────────────────────  ───────────────  ─────────────
model:huggingface:Qwen/Qwen3-8B  warning: unsafe  it is pickled

Gone findings (1)                rule            reason
───────────────────────────────  ──────────────  ─────────
model:huggingface:Qwen/Qwen3-8B  info: unpinned  no commit

1 added, 1 removed, 1 of another licence, 1 with other facts, 1 new findings, 1 findings gone
""" == difference_to_table(CHANGED, width=100)


def test_markdown_is_escaped():
    text = difference_to_markdown(CHANGED)

    assert "| model:x\\|y\\\\x1b | task | – | z |" in text
    assert text.startswith("# What changed of the AI\n\n1 added, 1 removed")
    assert [line.count(" | ") for line in text.splitlines() if line.startswith("| name")] == [4, 4, 3, 3, 2, 2]


def test_json_is_for_programs():
    assert {
        "added": [
            {
                "component": "model:openai:gpt-4o",
                "kind": "model",
                "provider": "openai",
                "name": "gpt-4o",
                "usage": "used",
            }
        ],
        "removed": [
            {
                "component": "library:pypi:torch@2.8.0",
                "kind": "library",
                "provider": "pypi",
                "name": "torch",
                "version": "2.8.0",
                "purl": "pkg:pypi/torch@2.8.0",
                "usage": "used",
            }
        ],
        "changes": [
            {"component": MODEL.ref, "what": "licence", "name": "license", "old": ["mit"], "new": []},
            {"component": "model:x|y\x1b", "what": "card", "name": "task", "old": [], "new": ["z"]},
        ],
        "newFindings": [
            {
                "rule": "unsafe",
                "level": "warning",
                "component": MODEL.ref,
                "reason": "it is pickled",
                "places": ["app.py:3"],
                "about": [],
            }
        ],
        "goneFindings": [
            {
                "rule": "unpinned",
                "level": "info",
                "component": MODEL.ref,
                "reason": "no commit",
                "places": [],
                "about": [],
            }
        ],
    } == json.loads(difference_to_json(CHANGED))


def test_a_change_says_itself_in_one_line():
    assert "model:x|y\\x1b: task: nothing → z" == str(CHANGED.changes[1])


# -- documents and the command line ----------------------------------------------------------------


def test_documents_are_compared_as_bills_are():
    moved = evolve(TORCH, version="2.9.0")

    assert compare(Bill([TORCH]), Bill([moved])) == diff(to_document(Bill([TORCH])), Bill([moved]))


def test_what_is_no_document_cannot_be_compared():
    with pytest.raises(DocumentError, match="bomFormat is not 'CycloneDX'"):
        diff({"name": "package.json"}, Bill())


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main([str(a) for a in arguments])
    code = caught.value.code
    assert isinstance(code, int)
    return code


def write(folder: Path, model: str) -> Path:
    folder.mkdir(exist_ok=True)
    text = f"from transformers import pipeline\npipeline('text-generation', model='{model}')\n"
    (folder / "app.py").write_text(text, encoding="utf-8")
    return folder


def test_the_command_line_compares_documents_and_trees(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    old, new = write(tmp_path / "old", "Qwen/Qwen3-8B"), write(tmp_path / "new", "Qwen/Qwen3-14B")
    document = tmp_path / "old.cdx.json"
    assert 0 == run("scan", old, "--output", document, "--quiet")

    assert 0 == run("diff", document, new, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert (["Qwen/Qwen3-14B"], ["Qwen/Qwen3-8B"]) == tuple([c["name"] for c in found[k]] for k in ("added", "removed"))
    assert 0 == run("diff", old, old)
    assert "nothing changed\n" == capsys.readouterr().out
    assert 0 == run("diff", old, new, "--format", "markdown")
    assert "## Added" in capsys.readouterr().out
    assert 2 == run("diff", old, tmp_path / "missing")
