"""What a bill is made of."""

from __future__ import annotations

import pickle
import random
import re
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aibom.bill import (
    Bill,
    Card,
    Component,
    Coverage,
    Detection,
    Diagnostic,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Relation,
    RelationKind,
    Skip,
    Target,
    Technique,
    Usage,
    is_commit,
    printable,
)
from aibom.diagnostics import CODES
from aibom.errors import IncompleteError, MissingExtraError

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"
OTHER_COMMIT = "0123456789abcdef0123456789abcdef01234567"


def at(path: str = "app.py", line: int = 1, **more: Any) -> Evidence:  # noqa: ANN401 - whatever its fields take
    """Return evidence at a place."""
    return Evidence(Location(path, line), "test", **more)


def model(
    name: str = "Qwen/Qwen3-8B",
    *evidence: Evidence,
    provider: str = "huggingface",
    **more: Any,  # noqa: ANN401 - whatever its fields take
) -> Component:
    """Return a model."""
    return Component(Kind.MODEL, provider, name, evidence=evidence, **more)


def a_full_bill() -> Bill:
    """Return a bill with something in every field."""
    chained = at("app.py", 3, symbol="f", reaches=(Location("lib.py", 4, 5), Location("app.py", 9, 1)), revision=COMMIT)
    card = Card([("license", Fact("mit", "card")), ("parameters", Fact("8", "file"))])
    qwen = model(
        "Qwen/Qwen3-8B",
        chained,
        at("z.ipynb", 7, usage=Usage.OPTIONAL, technique=Technique.OTHER, context=[("b", "2"), ("a", "1")]),
        card=card,
        licences=[Fact("mit", "card"), Fact("apache-2.0", "card")],
        hashes=[("SHA-256", "ff"), ("MD5", "00")],
        properties=[("y", "1"), ("x", "2")],
    )
    gpt = model("gpt-4o", at("b.py", 2), provider="openai", hosted=True)
    openai = Component(Kind.SERVICE, "openai", "openai", hosted=True)
    torch = Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0")
    return Bill(
        [torch, openai, gpt, qwen, qwen],
        [
            Relation(gpt.ref, openai.ref, RelationKind.SERVED_BY),
            Relation(qwen.ref, "x", RelationKind.DERIVED_FROM, "merge"),
        ],
        [
            Finding(
                "unpinned", Level.WARNING, qwen.ref, "no commit", (Location("app.py", 3),), ("https://example.org",)
            ),
            Finding("licence", Level.INFO, qwen.ref, "mit"),
        ],
        [Diagnostic("not-followed", "b", Location("b.py", 2)), Diagnostic("detector-failed", "a")],
        Coverage(4, 3, 2, 1, [Skip("z", "too-large"), Skip("a/", "ignored")], [".env", "a.gguf"]),
        Target("acme", "1.0", "pkg:pypi/acme@1.0", "pyproject.toml"),
    )


# -- values ----------------------------------------------------------------------------------------


def test_everything_in_a_bill_is_sorted_and_there_once():
    bill = a_full_bill()

    qwen = bill["Qwen/Qwen3-8B"]
    assert ["library:pypi:torch@2.9.0", "model:huggingface:Qwen/Qwen3-8B", "model:openai:gpt-4o"] == [
        c.ref for c in bill if c.kind is not Kind.SERVICE
    ]
    assert [RelationKind.DERIVED_FROM, RelationKind.SERVED_BY] == [r.kind for r in bill.relations]
    assert ["licence", "unpinned"] == [f.rule for f in bill.findings]
    assert ["detector-failed", "not-followed"] == [d.code for d in bill.diagnostics]
    assert (Skip("a/", "ignored"), Skip("z", "too-large")) == bill.coverage.skips
    assert (".env", "a.gguf") == bill.coverage.ignored_but_read
    assert ["app.py", "z.ipynb"] == [e.location.path for e in qwen.evidence]
    assert (("a", "1"), ("b", "2")) == qwen.evidence[1].context
    assert (Fact("apache-2.0", "card"), Fact("mit", "card")) == qwen.licences
    assert (("MD5", "00"), ("SHA-256", "ff")) == qwen.hashes
    assert (("x", "2"), ("y", "1")) == qwen.properties


def test_a_bill_is_a_value():
    bill = a_full_bill()

    assert bill == a_full_bill()
    assert hash(bill) == hash(a_full_bill())
    assert bill != Bill(bill.components)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_bill_comes_back_from_a_pickle_as_it_was(protocol: int):
    bill = a_full_bill()

    assert bill == pickle.loads(pickle.dumps(bill, protocol))


def test_a_detection_comes_back_from_a_pickle_as_it_was():
    detection = Detection(
        Kind.MODEL, "a/b", Location("a.py", 1), flags=frozenset({"x"}), context=[("b", "2"), ("a", "1")]
    )

    assert detection == pickle.loads(pickle.dumps(detection))


def test_values_cannot_be_changed():
    with pytest.raises(AttributeError):
        a_full_bill().components = ()  # type: ignore[misc]


LOCATIONS = st.builds(Location, st.sampled_from("ab"), st.integers(0, 1))
TEXT = st.sampled_from(["", "a", "b"])
EVIDENCE = st.builds(
    Evidence,
    LOCATIONS,
    TEXT,
    TEXT,
    st.sampled_from(Usage),
    st.sampled_from([0.5, 1.0]),
    st.sampled_from(Technique),
    TEXT,
    st.none() | TEXT,
    st.lists(st.tuples(TEXT, TEXT), max_size=1),
    st.lists(LOCATIONS, max_size=2).map(tuple),
)
COMPONENTS = st.builds(
    Component,
    st.sampled_from(Kind),
    TEXT,
    TEXT,
    st.none() | st.just(COMMIT),
    st.none() | TEXT,
    st.booleans(),
    st.lists(EVIDENCE, max_size=3),
)
DIAGNOSTICS = st.builds(Diagnostic, TEXT, TEXT, st.none() | LOCATIONS | st.just(Location("")), st.sampled_from(Level))


@given(st.lists(COMPONENTS, max_size=5), st.lists(DIAGNOSTICS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_found_does_not_show(
    components: list[Component], diagnostics: list[Diagnostic], dice: random.Random
):
    first = Bill(components, diagnostics=diagnostics)
    dice.shuffle(components)
    dice.shuffle(diagnostics)
    second = Bill(components, diagnostics=diagnostics)

    assert first == second
    assert repr(first.components) == repr(second.components)


@given(st.lists(EVIDENCE, max_size=8))
def test_evidence_that_differs_is_sorted_differently(evidence: list[Evidence]):
    assert len(set(evidence)) == len({e.order for e in evidence})


def test_no_revision_and_an_empty_one_differ():
    none, empty = at(), at(revision="")

    assert (none, empty) == model("a/b", empty, none).evidence
    assert none.order < empty.order


@given(st.lists(DIAGNOSTICS, max_size=8))
def test_diagnostics_that_differ_are_sorted_differently(diagnostics: list[Diagnostic]):
    assert len(set(diagnostics)) == len({d.order for d in diagnostics})


@pytest.mark.parametrize(
    ("revision", "expected"),
    [
        (COMMIT, True),
        (COMMIT.upper(), True),
        (COMMIT[:-1], False),
        (COMMIT + "0", False),
        ("g" * 40, False),
        ("0" * 39 + "０", False),  # noqa: RUF001 - a digit, and not of ours
        ("", False),
        (None, False),
    ],
)
def test_a_commit_is_forty_hexadecimal_digits(revision: str | None, *, expected: bool):
    assert expected == is_commit(revision)


@given(st.text(st.characters(exclude_categories=())))
def test_what_was_made_printable_is_printable(text: str):
    assert printable(text).isprintable()
    assert not text.isprintable() or printable(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ünï code", "ünï code"),
        ("a\u202eb", "a\\u202eb"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("\udce9", "\\udce9"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_a_reader_could_misread_is_an_escape(text: str, expected: str):
    assert expected == printable(text)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (Location("a.py"), "a.py"),
        (Location("a.py", 3, 7), "a.py:3"),
        (Location("a.ipynb", 30, 7, 2), "a.ipynb:30 (cell 2)"),
        (Location("a\nb.py", 3), "a\\nb.py:3"),
    ],
)
def test_a_location_reads_as_editors_write_it(location: Location, expected: str):
    assert expected == str(location)


# -- components ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (model("Qwen/Qwen3-8B"), "pkg:huggingface/Qwen/Qwen3-8B"),
        (model("Qwen/Qwen3-8B", commit=COMMIT), f"pkg:huggingface/Qwen/Qwen3-8B@{COMMIT}"),
        (model("Qwen/Qwen3-8B", version="main"), "pkg:huggingface/Qwen/Qwen3-8B"),
        (model("Qwen/Qwen3-8B", hosted=True), None),
        (model("bert-base-uncased"), None),
        (model("a/b/c"), None),
        (model("/b"), None),
        (model("a/"), None),
        (model("gpt-4o", provider="openai", hosted=True), None),
        (model("models/a.onnx", provider="local"), None),
        (model("https://example.org/a.onnx", provider="unknown"), None),
        (Component(Kind.DATASET, "huggingface", "stanfordnlp/imdb", commit=COMMIT), None),
        (Component(Kind.SERVICE, "openai", "openai", hosted=True), None),
        (Component(Kind.LIBRARY, "pypi", "torch"), "pkg:pypi/torch"),
        (Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0+cpu"), "pkg:pypi/torch@2.9.0%2Bcpu"),
        (Component(Kind.LIBRARY, "npm", "openai", version="6.1.0"), "pkg:npm/openai@6.1.0"),
        (Component(Kind.LIBRARY, "npm", "@ai-sdk/openai", version="2.0.0"), "pkg:npm/%40ai-sdk/openai@2.0.0"),
        (Component(Kind.LIBRARY, "julia", "Flux"), None),
        (Component(Kind.LIBRARY, "pypi", "a\udce9"), None),
        (Component(Kind.LIBRARY, "pypi", ""), None),
        (Component(Kind.LIBRARY, "pypi", " "), None),
        (
            Component(Kind.LIBRARY, "docker", "vllm/vllm-openai", version="v0.6.3"),
            "pkg:docker/vllm/vllm-openai@v0.6.3",
        ),
        (
            Component(Kind.LIBRARY, "docker", "ghcr.io/huggingface/text-generation-inference", version="2.4"),
            "pkg:docker/huggingface/text-generation-inference@2.4?repository_url=ghcr.io",
        ),
        (Component(Kind.LIBRARY, "docker", "localhost:5000/x"), "pkg:docker/x?repository_url=localhost:5000"),
    ],
)
def test_a_purl_says_what_its_specification_allows(component: Component, expected: str | None):
    assert expected == component.purl


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (model("Qwen/Qwen3-8B"), ("Qwen", "Qwen3-8B")),
        (model("gpt2"), (None, "gpt2")),
        (model("a/"), (None, "a/")),
        (model("models/deep/a.onnx", provider="local"), (None, "models/deep/a.onnx")),
        (model("https://example.org/a.onnx", provider="unknown"), (None, "https://example.org/a.onnx")),
        (model("accounts/fireworks/models/x", provider="fireworks"), ("accounts/fireworks/models", "x")),
        (Component(Kind.LIBRARY, "npm", "@ai-sdk/openai"), ("@ai-sdk", "openai")),
    ],
)
def test_a_group_stands_before_the_last_slash(component: Component, expected: tuple[str | None, str]):
    assert expected == (component.group, component.title)


def test_a_ref_tells_the_weights_from_the_service_that_runs_them():
    loaded, hosted = model("Qwen/Qwen3-8B"), model("Qwen/Qwen3-8B", hosted=True)

    assert loaded.ref != hosted.ref


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (model("a/b", commit=COMMIT), f"model:huggingface:a/b@{COMMIT}"),
        (model("gpt-4o", provider="openai", hosted=True), "model:openai:gpt-4o"),
        (Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0"), "library:pypi:torch@2.9.0"),
        (Component(Kind.DATASET, "huggingface", "imdb"), "dataset:huggingface:imdb"),
    ],
)
def test_a_ref_is_kind_provider_name_and_what_is_pinned(component: Component, expected: str):
    assert expected == component.ref


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], False),
        ([at(revision=COMMIT)], True),
        ([at(revision=COMMIT.upper())], True),
        ([at(revision=COMMIT), at(line=2, revision=OTHER_COMMIT)], True),
        ([at(revision=COMMIT), at(line=2)], False),
        ([at(revision=COMMIT), at(line=2, revision="main")], False),
        ([at(revision=COMMIT), at(line=2, usage=Usage.MENTION)], True),
        ([at(revision=COMMIT), at(line=2, usage=Usage.OPTIONAL)], False),
        ([at(revision=COMMIT, usage=Usage.MENTION)], False),
    ],
)
def test_a_component_is_pinned_when_every_use_names_a_commit(evidence: list[Evidence], *, expected: bool):
    assert expected == model("a/b", *evidence).pinned


def test_revisions_are_those_of_uses_as_they_are_written():
    component = model(
        "a/b",
        at(revision="v2"),
        at(line=2, revision="main"),
        at(line=3, revision="old", usage=Usage.MENTION),
        at(line=4),
    )

    assert ("main", "v2") == component.revisions


@pytest.mark.parametrize(
    ("usages", "expected"),
    [
        ([], Usage.MENTION),
        ([Usage.MENTION], Usage.MENTION),
        ([Usage.MENTION, Usage.OPTIONAL], Usage.OPTIONAL),
        ([Usage.OPTIONAL, Usage.USED, Usage.MENTION], Usage.USED),
    ],
)
def test_a_component_is_as_used_as_its_strongest_evidence(usages: list[Usage], expected: Usage):
    component = model("a/b", *(at(line=n, usage=usage) for n, usage in enumerate(usages)))

    assert expected is component.usage


def test_a_card_knows_what_was_stated_and_nothing_else():
    card = Card([("license", Fact("mit", "card"))])

    assert Fact("mit", "card") == card["license"]
    assert "license" in card
    assert "architecture" not in card
    assert card
    assert not Card()
    with pytest.raises(KeyError, match="architecture"):
        card["architecture"]


# -- finding one's way -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    [
        "Qwen/Qwen3-8B",
        "huggingface:Qwen/Qwen3-8B",
        "model:huggingface:Qwen/Qwen3-8B",
        "pkg:huggingface/Qwen/Qwen3-8B",
    ],
)
def test_a_component_answers_to_its_name_its_provider_its_ref_and_its_purl(key: str):
    bill = a_full_bill()

    assert bill.models[0] == bill[key]
    assert key in bill
    assert bill.models[0] in bill


def test_a_bill_does_not_hold_what_is_not_a_component():
    bill = a_full_bill()

    assert "qwen" not in bill
    assert None not in bill
    assert 1 not in bill


def test_a_name_that_is_not_there_is_an_error_with_a_hint():
    with pytest.raises(KeyError) as error:
        a_full_bill()["qwen/Qwen3-8b"]

    assert ("no component 'qwen/Qwen3-8b' in this bill; did you mean 'Qwen/Qwen3-8B'?",) == error.value.args


@pytest.mark.parametrize("key", ["qwen3-8b", "Qwen3"])
def test_a_part_of_a_name_in_another_case_is_a_hint_too(key: str):
    with pytest.raises(KeyError, match="did you mean 'Qwen/Qwen3-8B'"):
        a_full_bill()[key]


def test_everything_of_one_name_can_be_asked_for():
    bill = Bill([model("openai"), Component(Kind.SERVICE, "openai", "openai"), model("a/b"), model("c/b")])

    assert ["model:huggingface:openai", "service:openai:openai"] == [c.ref for c in bill.named("openai")]
    assert ["a/b", "c/b"] == [c.name for c in bill.named("b")]
    assert ["a/b"] == [c.name for c in bill.named("aibom:model:huggingface:a/b")]
    assert () == bill.named("d")


def test_a_name_like_no_other_is_an_error_without_a_hint():
    with pytest.raises(KeyError) as error:
        a_full_bill()["zzzzzzzz"]

    assert ("no component 'zzzzzzzz' in this bill",) == error.value.args


def test_an_ambiguous_name_is_an_error_that_says_what_to_write_and_that_works():
    openai, azure = (model("gpt-4o", provider=provider, hosted=True) for provider in ("openai", "azure"))
    bill = Bill([openai, azure])

    with pytest.raises(KeyError) as error:
        bill["gpt-4o"]

    assert (
        "'gpt-4o' names several components; write one of 'model:azure:gpt-4o', 'model:openai:gpt-4o'",
    ) == error.value.args
    assert openai == bill["openai:gpt-4o"]
    assert azure == bill["model:azure:gpt-4o"]


def test_a_bill_that_cannot_write_one_of_its_purls_still_finds_the_rest():
    bill = Bill([Component(Kind.LIBRARY, "pypi", "a\udce9"), model("Qwen/Qwen3-8B")])

    assert bill.models[0] == bill["pkg:huggingface/Qwen/Qwen3-8B"]


def test_a_bill_is_a_collection_of_its_components():
    bill = a_full_bill()

    assert bill.components == tuple(bill)
    assert 4 == len(bill)
    assert bill
    assert not Bill()
    assert not Bill(diagnostics=[Diagnostic("not-followed", "")])


def test_each_kind_has_its_list():
    bill = a_full_bill()

    assert (["Qwen/Qwen3-8B", "gpt-4o"], [], ["openai"], ["torch"]) == tuple(
        [c.name for c in found] for found in (bill.models, bill.datasets, bill.services, bill.libraries)
    )


# -- for people ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bill", "expected"),
    [
        (Bill(), "nothing found"),
        (a_full_bill(), "2 models, 1 service, 1 library, 1 call could not be followed, 1 place could not be read"),
        (
            Bill([Component(Kind.LIBRARY, "pypi", n) for n in ("a", "b")] + [model("a/b")]),
            "1 model, 2 libraries",
        ),
        (Bill([Component(Kind.DATASET, "huggingface", n) for n in ("a", "b")]), "2 datasets"),
        (
            Bill([model()], diagnostics=[Diagnostic("supplied-by-caller", "a")]),
            "1 model, 1 call takes its model from the caller",
        ),
        (
            Bill([model()], diagnostics=[Diagnostic("supplied-by-caller", m) for m in "ab"]),
            "1 model, 2 calls take theirs from the caller",
        ),
        (
            Bill(
                diagnostics=[Diagnostic("not-followed", f"f: {m}", Location("a.py", n)) for m in "ab" for n in (1, 2)]
            ),
            "nothing found, 2 calls could not be followed",
        ),
        (
            Bill(diagnostics=[Diagnostic("not-followed", m) for m in "ab"]),
            "nothing found, 2 calls could not be followed",
        ),
        (Bill(diagnostics=[Diagnostic("broken-link", "a")]), "nothing found"),
    ],
)
def test_a_summary_counts_what_was_found_and_what_is_open(bill: Bill, expected: str):
    assert expected == bill.summary


def test_a_repr_is_one_line_however_the_target_is_called():
    bill = Bill([model()], target=Target("a\x1b[2J\nb"))

    assert "<Bill of a\\x1b[2J\\nb: 1 model>" == repr(bill)


HOSTILE = '<script>alert("1")</script>\'\x1b[31m\u202e'
ESCAPED = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;\\x1b[31m\\u202e"


def test_a_notebook_shows_hostile_names_as_text_in_every_cell():
    bill = Bill(
        [
            Component(Kind.MODEL, HOSTILE, HOSTILE, evidence=[at(HOSTILE, 1, revision=HOSTILE)]),
            Component(Kind.LIBRARY, "pypi", "torch", version=HOSTILE),
        ],
        target=Target(HOSTILE),
    )

    shown = bill._repr_html_()

    assert "<script" not in shown
    assert shown.isprintable()
    assert 6 == shown.count(ESCAPED)


def test_a_notebook_shows_a_row_for_each_component():
    bill = Bill([model("a/b", at("x.py", 1), at("x.py", 2), at("x.py", 3), at("y.py", 4))])

    cells = "".join(
        f"<td style='text-align:left;vertical-align:top;white-space:nowrap'>{c}</td>"
        for c in ("model", "huggingface", "a/b", "", "used", "x.py:1 +3")
    )
    assert f"<tbody><tr>{cells}</tr></tbody>" in bill._repr_html_()


def test_a_notebook_shows_what_is_only_mentioned_in_a_paler_colour():
    bill = Bill([model("a/b", at("x.py", 1)), model("a/c")])

    assert ["", " style='opacity:0.6'"] == re.findall("<tr([^>]*)><td", bill._repr_html_())


def test_a_notebook_shows_models_first_and_each_place_once():
    twice = model("a/b", at("x.py", 1), at("x.py", 1, revision="f" * 40))
    bill = Bill([Component(Kind.DATASET, "huggingface", "a/d"), twice])

    cells = re.findall("<td[^>]*>(.*?)</td>", bill._repr_html_())

    assert cells == [
        *("model", "huggingface", "a/b", "f" * 12, "used", "x.py:1"),
        *("dataset", "huggingface", "a/d", "", "mention", ""),
    ]


def test_a_notebook_shows_what_is_grave_and_what_is_open():
    bill = Bill(
        diagnostics=[Diagnostic("not-followed", f"it comes from {n:02}") for n in range(11)],
        findings=[Finding("gated", Level.INFO, "x", "b"), Finding("pinned", Level.WARNING, "x", "is <open>")],
    )

    shown = bill._repr_html_()

    assert (
        "<p>Errors and warnings (1)</p><ul><li>warning: pinned: is &lt;open&gt;</li></ul><p>Open (11)</p><ul>" in shown
    )
    assert shown.endswith("<li>not-followed: it comes from 09</li><li>… 1 more</li></ul>")
    assert "<table>" not in shown


@pytest.mark.parametrize(("count", "rows", "gap"), [(40, 40, ""), (41, 41, "… 1 more …"), (500, 41, "… 460 more …")])
def test_a_notebook_leaves_out_the_middle_of_a_long_bill(count: int, rows: int, gap: str):
    shown = Bill([model(f"a/m{n:03}") for n in range(count)])._repr_html_()

    assert rows + 1 == shown.count("<tr")
    assert gap in shown
    assert bool(gap) is ("more …" in shown)
    assert "a/m000<" in shown
    assert f"a/m{count - 1:03}<" in shown


def test_a_frame_needs_pandas_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError) as error:
        Bill().to_frame()

    assert "Bill.to_frame() needs an optional package: install it with  pip install 'aibom[jupyter]'" == str(
        error.value
    )


def test_a_frame_has_a_row_for_each_component():
    pytest.importorskip("pandas", reason="pandas comes with an extra")
    bill = Bill([model("a/b", at("x.py", 3, revision=COMMIT), commit=COMMIT)])

    assert [
        {
            "kind": "model",
            "provider": "huggingface",
            "name": "a/b",
            "version": COMMIT,
            "usage": "used",
            "pinned": True,
            "purl": f"pkg:huggingface/a/b@{COMMIT}",
            "places": ["x.py:3"],
        }
    ] == bill.to_frame().to_dict("records")


def test_the_frame_of_nothing_has_its_columns():
    pytest.importorskip("pandas", reason="pandas comes with an extra")

    assert ["kind", "provider", "name", "version", "usage", "pinned", "purl", "places"] == list(
        Bill().to_frame().columns
    )


# -- what is left open -----------------------------------------------------------------------------


def test_without_mentions_only_what_is_used_stays():
    used = model("a/used", at("a.py"), at("b.md", usage=Usage.MENTION))
    mentioned = model("a/mentioned", at("b.md", usage=Usage.MENTION))
    bill = Bill(
        [used, mentioned],
        [
            Relation(used.ref, mentioned.ref, RelationKind.DERIVED_FROM),
            Relation(mentioned.ref, used.ref, RelationKind.DERIVED_FROM),
            Relation(used.ref, used.ref, RelationKind.DERIVED_FROM),
        ],
        [Finding("x", Level.INFO, ref, "y") for ref in (used.ref, mentioned.ref)],
        [Diagnostic("not-followed", "kept")],
        target=Target("kept"),
    )

    assert (
        Bill(
            [model("a/used", at("a.py"))],
            [Relation(used.ref, used.ref, RelationKind.DERIVED_FROM)],
            [Finding("x", Level.INFO, used.ref, "y")],
            [Diagnostic("not-followed", "kept")],
            target=Target("kept"),
        )
        == bill.without_mentions()
    )


@given(st.lists(COMPONENTS, max_size=5))
def test_without_mentions_twice_is_once(components: list[Component]):
    once = Bill(components).without_mentions()

    assert once == once.without_mentions()
    assert not [e for c in once for e in c.evidence if e.usage is Usage.MENTION]


@pytest.mark.parametrize(("level", "complete"), [(Level.INFO, True), (Level.WARNING, False), (Level.ERROR, False)])
def test_a_bill_is_complete_unless_something_may_be_missing(level: Level, *, complete: bool):
    assert complete is Bill(diagnostics=[Diagnostic("x", "y", level=level)]).complete


def test_an_incomplete_bill_raises_on_request_and_lists_why():
    bill = Bill(
        diagnostics=[
            Diagnostic("not-followed", "the model comes from os.environ['M']", Location("b.py", 3)),
            Diagnostic("detector-failed", "acme: ValueError: no\x1b"),
            Diagnostic("broken-link", "not this one", Location("c")),
        ]
    )

    with pytest.raises(IncompleteError) as error:
        bill.raise_for_errors()

    assert (
        "the bill is incomplete:\n"
        "  detector-failed: acme: ValueError: no\\x1b\n"
        "  b.py:3: not-followed: the model comes from os.environ['M']"
    ) == str(error.value)


def test_a_complete_bill_raises_nothing():
    Bill([model()], diagnostics=[Diagnostic("supplied-by-caller", "x")]).raise_for_errors()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_diagnostic_is_as_serious_as_its_code(code: str):
    assert CODES[code].level is Diagnostic(code, "x").level


def test_a_code_that_nobody_knows_is_a_warning():
    assert Level.WARNING is Diagnostic("of-a-plugin", "x").level


def test_a_diagnostic_may_say_its_level():
    assert Level.ERROR is Diagnostic("broken-link", "x", level=Level.ERROR).level


def test_a_diagnostic_is_one_line():
    diagnostic = Diagnostic("not-followed", "a\nb\x1b[31m\u2028", Location("c\nd.py", 2))

    assert "c\\nd.py:2: not-followed: a\\nb\\x1b[31m\\u2028" == str(diagnostic)


def test_coverage_counts_each_reason():
    coverage = Coverage(unhandled=7, skips=[Skip("a", "ignored"), Skip("b", "too-large"), Skip("c", "ignored")])

    assert (("ignored", 2), ("no-reader", 7), ("too-large", 1)) == coverage.reasons
    assert () == Coverage().reasons
