"""Why a component is in a bill: from a scan, from a document, and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aibom import pipeline
from aibom.bill import Bill, Component, Evidence, Kind, Location, Usage
from aibom.cli import main
from aibom.cyclonedx import read_components, to_json
from aibom.reports import to_explanation

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"
SETTINGS, CALLER, CALL = (
    Location("shop/settings.py", 2, 9),
    Location("shop/app.py", 5, 3),
    Location("shop/llm.py", 4, 5),
)
LOAD = "transformers.AutoModel.from_pretrained"
TREE = {
    "settings.py": 'class Settings:\n    model = "Qwen/Qwen3-8B"\n',
    "llm.py": "from transformers import AutoModel\n\n\ndef load(name):\n    return AutoModel.from_pretrained(name)\n",
    "app.py": "from llm import load\nfrom settings import Settings\n\nload(Settings().model)\n",
    "README.md": "It loads [a model](https://huggingface.co/Qwen/Qwen3-8B).\n",
}


def a_model(*evidence: Evidence, **more: Any) -> Component:  # noqa: ANN401 - the fields of a value
    return Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B", evidence=evidence, **more)


def chained(*reaches: Location, at: Location = SETTINGS, **more: Any) -> Evidence:  # noqa: ANN401 - the fields of a value
    return Evidence(at, "transformers", more.pop("symbol", LOAD), reaches=reaches, **more)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def aibom(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


def read(bill: Bill) -> tuple[Component, ...]:
    found = read_components(to_json(bill, mentions=True))
    assert found is not None
    return Bill(found).components


def document(*components: object, **more: object) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "components": components, **more})


# -- what is said ----------------------------------------------------------------------------------


def test_the_facts_come_first_and_then_each_place_with_its_way_to_the_call():
    it = a_model(
        Evidence(Location("README.md", 9), "mentions", usage=Usage.MENTION),
        chained(CALLER, CALL, revision=COMMIT, context=[("x", "true")], requested="qwen"),
        Evidence(Location("nb.ipynb", 7, cell=2), "transformers", "transformers.pipeline", revision=COMMIT),
        commit=COMMIT,
        properties=[("implicit", "true")],
    )

    assert (
        "model Qwen/Qwen3-8B\n"
        "  provider  huggingface\n"
        "  hosted    no\n"
        f"  purl      pkg:huggingface/Qwen/Qwen3-8B@{COMMIT}\n"
        f"  version   {COMMIT}\n"
        "  pinned    yes\n"
        "  usage     used\n"
        "  implicit  true\n"
        "\n"
        f"nb.ipynb:7 (cell 2): used, found by transformers, at revision {COMMIT}\n"
        "  → transformers.pipeline\n"
        "\n"
        f"shop/settings.py:2: used, found by transformers, at revision {COMMIT}, written as qwen, x=true\n"
        "  → shop/app.py:5\n"
        "    → shop/llm.py:4: transformers.AutoModel.from_pretrained\n"
        "\n"
        "README.md:9: mention, found by mentions\n"
    ) == to_explanation(it)


def test_what_several_detectors_and_calls_say_of_one_line_is_one_place():
    it = a_model(
        chained(CALL),
        chained(CALLER, symbol=""),
        Evidence(Location("shop/settings.py", 2, 30), "slots", usage=Usage.OPTIONAL, revision="main"),
    )

    assert [
        "shop/settings.py:2: used, found by slots, found by transformers, at revision main",
        "  → shop/app.py:5",
        "  → shop/llm.py:4: transformers.AutoModel.from_pretrained",
    ] == to_explanation(it).splitlines()[-3:]


def test_what_no_place_shows_is_said_to_be_so():
    assert "dataset x\n  provider  hf\n  usage     mention\n\nno place in the code shows it\n" == to_explanation(
        Component(Kind.DATASET, "hf", "x")
    )


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=10) | st.sampled_from(["\x1b[2J", "a\nb", "\u202e"])
PLACES = st.builds(Location, HOSTILE, *[st.integers(0, 2)] * 3)
EVIDENCE = st.builds(
    Evidence,
    PLACES,
    HOSTILE,
    HOSTILE,
    st.sampled_from(Usage),
    requested=HOSTILE,
    revision=st.none() | HOSTILE | st.just(COMMIT),
    context=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=1),
    reaches=st.lists(PLACES, max_size=10).map(tuple),
)
COMPONENTS = st.builds(
    Component,
    st.sampled_from(Kind),
    HOSTILE,
    HOSTILE,
    evidence=st.lists(EVIDENCE, max_size=3),
    properties=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=2),
)


@pytest.mark.hostile
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COMPONENTS)
def test_no_name_makes_a_line_of_its_own_in_a_bill_or_its_document(component: Component):
    for it in (component, *read(Bill([component]))):
        text = to_explanation(it)

        assert text.replace("\n", "").isprintable()
        ways = sum(max(len(e.reaches), 1) for e in it.evidence)
        most = 1 + 6 + len(it.properties) + 2 * len(it.evidence) + ways + 2
        assert len(text.splitlines()) <= most


# -- from a document -------------------------------------------------------------------------------


def test_a_document_explains_a_chain_as_the_bill_does():
    it = a_model(chained(CALLER, CALL, revision=COMMIT), commit=COMMIT)

    assert [to_explanation(it)] == [to_explanation(c) for c in read(Bill([it]))]


def test_a_document_has_the_whole_way_of_every_chain_and_what_belongs_together():
    other = chained(SETTINGS, CALL, at=Location("b.py", 1), usage=Usage.OPTIONAL, symbol="")
    bill = Bill([a_model(chained(CALLER, symbol="a.load"), chained(CALL, symbol="b.load"), other)])

    assert bill.components == read(bill)


@pytest.mark.parametrize("second", [COMMIT, None])
@pytest.mark.parametrize("call", [CALLER, CALL])
def test_pinned_is_what_the_document_says(second: str | None, call: Location):
    it = a_model(chained(CALL, revision=COMMIT), chained(call, symbol="x", revision=second))

    assert [it.pinned] == [c.pinned for c in read(Bill([it]))]


def test_services_libraries_and_hosted_models_are_read_back():
    bill = Bill(
        [
            Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[chained(CALL)]),
            Component(Kind.LIBRARY, "npm", "@acme/sdk", version="1.0", evidence=[Evidence(Location("a;b.py"), "x")]),
            Component(
                Kind.SERVICE,
                "openai",
                "openai",
                hosted=True,
                evidence=[chained(CALL, at=Location("nb.ipynb", 3, cell=2), usage=Usage.OPTIONAL)],
                properties=[("endpoint", "https://api.openai.com/v1")],
            ),
        ]
    )

    assert list(map(to_explanation, bill)) == list(map(to_explanation, read(bill)))


def test_a_document_of_another_tool_is_explained_as_far_as_it_goes():
    found = read_components(
        document(
            {
                "type": "library",
                "name": "server",
                "purl": "pkg:golang/ollama/server@v1",
                "components": [
                    {"type": "machine-learning-model", "group": "Qwen", "name": "Qwen/Qwen3-8B", "scope": "optional"}
                ],
            },
            {"type": "data", "name": "imdb", "evidence": {"occurrences": [{"location": "/x/a.py", "line": 3}]}},
            {"name": "x", "evidence": {"callstack": {"frames": [{"fullFilename": "b.py"}, {"fullFilename": "a.py"}]}}},
        )
    )

    assert found is not None
    assert ["server", "imdb", "x", "Qwen/Qwen3-8B"] == [c.name for c in found]
    assert "  purl      pkg:golang/ollama/server@v1\n" in to_explanation(found[0])
    assert ["/x/a.py:3: used"] == to_explanation(found[1]).splitlines()[-1:]
    assert ["a.py: used", "  → b.py"] == to_explanation(found[2]).splitlines()[-2:]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "package.json"}', "[" * 100_000])
def test_what_is_no_document_has_no_components(text: str):
    assert None is read_components(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HOSTILE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("components", "services", "properties", "evidence", "occurrences", "callstack", "frames"),
                    *("location", "line", "additionalContext", "fullFilename", "endpoints", "scope"),
                    *("name", "value", "type", "purl", "group", "version"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@pytest.mark.hostile
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(JSON, max_size=3), JSON)
def test_no_document_breaks_the_reader(components: list[object], services: object):
    found = read_components(document(*components, services=services))

    assert found is not None
    assert all(map(to_explanation, found))


@pytest.mark.parametrize(
    "entry",
    [
        {"evidence": {"occurrences": [{"location": "a.py", "line": True}, {"location": "a.py", "line": 10**20}]}},
        {"evidence": {"occurrences": [{"location": "a.py", "additionalContext": "cell=²; reaches=a:9999999999999"}]}},
        {"properties": [{"name": "aibom:usage", "value": "often"}, {"name": "aibom:occurrence", "value": "a.py"}]},
    ],
)
def test_numbers_and_words_that_mean_nothing_are_passed_over(entry: dict[str, object]):
    (it,) = read_components(document({"type": "library", "name": "x", **entry})) or ()

    assert {("a.py", 0, 0)} >= {(e.location.path, e.location.line, e.location.cell) for e in it.evidence}


# -- the command line ------------------------------------------------------------------------------


def test_a_scan_is_explained_from_the_name_to_the_call(tree: Path):
    result = aibom("explain", "Qwen3-8B", tree)

    assert 0 == result.exit_code
    _, place, mention = result.stdout.split("\n\n")
    first, *steps = place.splitlines()
    assert "settings.py:2: used, found by transformers" == first
    assert "  → app.py:4" == steps[0]
    assert "→ llm.py:5: transformers.AutoModel.from_pretrained" == steps[-1].lstrip()
    assert mention.startswith("README.md:1: mention, found by mentions\n")


def test_a_document_is_read_and_nothing_scanned(tree: Path, monkeypatch: pytest.MonkeyPatch):
    scanned = aibom("explain", "Qwen3-8B", tree).stdout
    file = tree / "bom.json"
    pipeline.write(pipeline.scan(tree, plugins=False), file)
    monkeypatch.setattr(pipeline, "scan", None)

    shown = aibom("explain", "aibom:model:huggingface:Qwen/Qwen3-8B", file).stdout
    assert scanned.split("\n\nREADME")[0] == shown.rstrip()


@pytest.mark.parametrize("content", [b"{}", b"\xff"])
def test_a_json_file_that_is_no_document_is_scanned(tmp_path: Path, content: bytes):
    (tmp_path / "x.json").write_bytes(content)

    assert "no component 'x' in this bill" in aibom("explain", "x", tmp_path / "x.json").stderr


def test_an_empty_document_is_not_scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.json").write_text(document())
    monkeypatch.setattr(pipeline, "scan", None)

    assert 2 == aibom("explain", "x", tmp_path / "x.json").exit_code


@pytest.mark.parametrize(
    ("id_", "hint"),
    [
        ("qwen3-8b", "; did you mean 'Qwen/Qwen3-8B'?"),
        ("Qwen3", "; did you mean 'Qwen/Qwen3-8B'?"),
        ("gpt-4o", ""),
        ("\x1b[2J", ""),
    ],
)
def test_an_unknown_name_exits_with_2_and_names_like_it(tree: Path, id_: str, hint: str):
    result = aibom("explain", id_, tree)

    assert (2, "") == (result.exit_code, result.stdout)
    assert f"no component {id_!r} in this bill{hint}\n" in result.stderr


def test_everything_of_that_name_is_explained(tree: Path):
    (tree / "app.py").write_text("import openai\nopenai.OpenAI().responses.create(model='gpt-4o')\n")
    (tree / "requirements.txt").write_text("openai==2.0\n")

    shown = aibom("explain", "openai", tree).stdout
    assert shown.startswith("library openai\n")
    assert 1 == shown.count("\n\nservice openai\n")


def test_nothing_there_is_an_error(tmp_path: Path):
    result = aibom("explain", "x", tmp_path / "gone")

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("aibom: TargetError: ")


# -- what is open ----------------------------------------------------------------------------------

OPEN = (
    "import os\nfrom transformers import AutoModel\n\n\ndef load(name):\n    return AutoModel.from_pretrained(name)\n"
)
LOST = "\n\nAutoModel.from_pretrained(os.environ['MODEL'])\n"


def test_a_table_ends_with_what_could_not_be_followed_once(tmp_path: Path):
    (tmp_path / "app.py").write_text(OPEN + LOST)

    for options in ((), ("--quiet",), ("--output", "-", "--format", "table")):
        result = aibom("scan", tmp_path, *options)
        assert [
            "1 library, 1 call takes its model from the caller, 1 call could not be followed",
            "app.py:9: not-followed: transformers.AutoModel.from_pretrained: the name comes from os.environ['MODEL']",
        ] == result.stdout.splitlines()[-2:]
        assert "" == result.stderr


def test_a_document_on_standard_output_leaves_it_to_standard_error(tmp_path: Path):
    (tmp_path / "app.py").write_text(OPEN + LOST)

    result = aibom("scan", tmp_path, "--output", "-")
    assert "CycloneDX" == json.loads(result.stdout)["bomFormat"]
    assert 1 == result.stderr.count("not-followed")


@pytest.mark.parametrize(("code", "aggregate", "exit_code"), [(OPEN, "unknown", 0), (OPEN + LOST, "incomplete", 3)])
def test_only_what_could_not_be_followed_makes_a_bill_incomplete(
    tmp_path: Path, code: str, aggregate: str, exit_code: int
):
    (tmp_path / "app.py").write_text(code)

    result = aibom("scan", tmp_path, "--fail-on-incomplete", "--quiet", "--output", tmp_path / "bom.json")
    written = json.loads((tmp_path / "bom.json").read_text())
    said = [p["value"] for p in written["metadata"]["properties"] if p["name"] == "aibom:diagnostic"]
    assert (exit_code, "") == (result.exit_code, result.output)
    assert aggregate == written["compositions"][0]["aggregate"]
    assert ["code=supplied-by-caller", "code=supplied-by-caller; at=app.py:6"][1:] == [
        text.rpartition("; level=info; message=transformers.AutoModel.from_pretrained: the name is")[0].rpartition(":")[
            0
        ]
        for text in said
        if "supplied-by-caller" in text
    ]
    assert any("code=not-followed" in text for text in said) is bool(exit_code)
