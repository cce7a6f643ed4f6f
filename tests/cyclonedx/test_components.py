from __future__ import annotations

from typing import Any

import pytest

from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Technique, Usage
from aibom.cyclonedx import to_document, validate

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"


def at(line: int = 1, path: str = "app.py", **more: Any) -> Evidence:  # noqa: ANN401 - the fields of a value
    return Evidence(Location(path, line, 9), "transformers", **more)


def component(
    kind: Kind = Kind.MODEL,
    provider: str = "huggingface",
    name: str = "Qwen/Qwen3-8B",
    **more: Any,  # noqa: ANN401 - the fields of a value
) -> Component:
    evidence = more.pop("evidence", [at()])
    return Component(kind, provider, name, evidence=evidence, **more)


def written(it: Component, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of a value
    document: dict[str, Any] = to_document(Bill([it]), **more)
    assert () == validate(document)
    entries = [*document["components"], *document["services"]]
    assert 1 == len(entries)
    return dict(entries[0])


def properties(entry: dict[str, Any], name: str) -> list[str]:
    return [p["value"] for p in entry["properties"] if p["name"] == f"aibom:{name}"]


def test_a_pinned_model_says_everything_that_is_known_of_it():
    it = component(
        commit=COMMIT,
        evidence=[at(symbol="transformers.AutoModel.from_pretrained", revision=COMMIT)],
        card=Card([("task", Fact("text-generation", "card:front-matter"))]),
        licences=[Fact("apache-2.0", "card:front-matter")],
        hashes=[("SHA-256", "ab" * 32), ("git-sha1", "ab")],
    )

    assert {
        "type": "machine-learning-model",
        "bom-ref": f"pkg:huggingface/Qwen/Qwen3-8B@{COMMIT}",
        "group": "Qwen",
        "name": "Qwen3-8B",
        "version": COMMIT,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": "ab" * 32}],
        "licenses": [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}],
        "purl": f"pkg:huggingface/Qwen/Qwen3-8B@{COMMIT}",
        "externalReferences": [
            {"type": "distribution", "url": "https://huggingface.co/Qwen/Qwen3-8B"},
            {"type": "model-card", "url": "https://huggingface.co/Qwen/Qwen3-8B"},
            {"type": "vcs", "url": "https://huggingface.co/Qwen/Qwen3-8B"},
        ],
        "evidence": {
            "identity": [
                {
                    "field": "purl",
                    "confidence": 1.0,
                    "methods": [
                        {
                            "technique": "source-code-analysis",
                            "confidence": 1.0,
                            "value": "transformers: transformers.AutoModel.from_pretrained",
                        }
                    ],
                }
            ],
            "occurrences": [
                {
                    "location": "app.py",
                    "line": 1,
                    "symbol": "transformers.AutoModel.from_pretrained",
                    "additionalContext": f"usage=used; detector=transformers; column=9; revision={COMMIT}",
                }
            ],
        },
        "modelCard": {
            "modelParameters": {
                "task": "text-generation",
                "inputs": [{"format": "text"}],
                "outputs": [{"format": "text"}],
            },
            "properties": [
                {"name": "aibom:inferred:inputs", "value": "from the task text-generation"},
                {"name": "aibom:inferred:outputs", "value": "from the task text-generation"},
                {"name": "cdx:ai-ml:model:modality", "value": "text"},
            ],
        },
        "properties": [
            {"name": "aibom:hash", "value": "git-sha1:ab"},
            {"name": "aibom:hosted", "value": "false"},
            {"name": "aibom:pinned", "value": "true"},
            {"name": "aibom:provider", "value": "huggingface"},
            {"name": "aibom:revision", "value": COMMIT},
            {"name": "aibom:source:license", "value": "apache-2.0 (card:front-matter)"},
            {"name": "aibom:source:task", "value": "text-generation (card:front-matter)"},
            {"name": "aibom:usage", "value": "used"},
        ],
    } == written(it)


def test_a_dataset_is_data_with_its_address_and_no_package_url():
    entry = written(component(Kind.DATASET, name="stanfordnlp/imdb"))

    assert {
        "type": "data",
        "bom-ref": "aibom:dataset:huggingface:stanfordnlp/imdb",
        "group": "stanfordnlp",
        "name": "imdb",
        "scope": "required",
        "externalReferences": [{"type": "distribution", "url": "https://huggingface.co/datasets/stanfordnlp/imdb"}],
        "evidence": entry["evidence"],
        "data": [
            {
                "type": "dataset",
                "name": "stanfordnlp/imdb",
                "contents": {"url": "https://huggingface.co/datasets/stanfordnlp/imdb"},
            }
        ],
        "properties": [
            {"name": "aibom:pinned", "value": "false"},
            {"name": "aibom:provider", "value": "huggingface"},
            {"name": "aibom:usage", "value": "used"},
        ],
    } == entry


def test_a_dataset_of_elsewhere_has_a_name_and_no_address():
    assert [{"type": "dataset", "name": "punkt"}] == written(component(Kind.DATASET, "nltk", "punkt"))["data"]


def test_a_library_has_the_version_of_its_pin_and_its_range_as_a_property():
    it = component(Kind.LIBRARY, "pypi", "torch", version="2.9.0", properties=[("version-range", ">=2")])
    entry = written(it)

    assert ("library", "pkg:pypi/torch@2.9.0", "2.9.0") == (entry["type"], entry["purl"], entry["version"])
    assert [
        {"name": "aibom:provider", "value": "pypi"},
        {"name": "aibom:usage", "value": "used"},
        {"name": "aibom:version-range", "value": ">=2"},
    ] == entry["properties"]
    assert "externalReferences" not in entry


def test_a_hub_library_has_no_page_of_its_own():
    assert "externalReferences" not in written(component(Kind.LIBRARY, "huggingface", "a/b"))


def test_a_hosted_model_is_named_as_the_api_takes_it():
    entry = written(component(provider="together", name="meta-llama/Llama-3-70b", hosted=True))

    assert ("meta-llama", "Llama-3-70b", ["true"], []) == (
        entry["group"],
        entry["name"],
        properties(entry, "hosted"),
        properties(entry, "pinned"),
    )
    assert {"purl", "externalReferences", "version"}.isdisjoint(entry)


def test_the_tag_of_ollama_stays_in_the_name():
    entry = written(component(provider="ollama", name="llama3.2:3b", hosted=True, evidence=[at(revision="3b")]))

    assert "llama3.2:3b" == entry["name"]
    assert "version" not in entry


def test_a_local_path_is_a_name_without_group_and_package_url():
    entry = written(component(provider="local", name="/models/llama/8b"))

    assert ("aibom:model:local:/models/llama/8b", "/models/llama/8b") == (entry["bom-ref"], entry["name"])
    assert {"group", "purl", "externalReferences"}.isdisjoint(entry)
    assert [] == properties(entry, "pinned")


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        (["main", "main"], "main"),
        (["main", "v1"], None),
        (["main", None], None),
        ([None], None),
        (["v" * 1025], None),
    ],
)
def test_a_branch_is_the_version_when_all_uses_agree_on_it(revisions: list[str | None], expected: str | None):
    evidence = [at(n, revision=revision) for n, revision in enumerate(revisions)]
    entry = written(component(evidence=[*evidence, at(99, usage=Usage.MENTION, revision="other")]))

    assert expected == entry.get("version")
    assert sorted({r for r in revisions if r}) == properties(entry, "revision")


@pytest.mark.parametrize(
    ("usage", "scope"), [(Usage.USED, "required"), (Usage.OPTIONAL, "optional"), (Usage.MENTION, "excluded")]
)
def test_the_scope_follows_the_strongest_usage(usage: Usage, scope: str):
    entry = written(component(evidence=[at(1, usage=usage), at(2, usage=Usage.MENTION)]), mentions=True)

    assert (scope, [usage]) == (entry["scope"], properties(entry, "usage"))
    assert 2 == len(entry["evidence"]["occurrences"])


def test_mentions_of_what_is_used_are_left_out():
    entry = written(component(evidence=[at(1), at(2, usage=Usage.MENTION)]))

    assert [1] == [o["line"] for o in entry["evidence"]["occurrences"]]


def test_what_has_no_evidence_says_nothing_of_its_usage():
    entry = written(component(evidence=()))

    assert {"scope", "evidence"}.isdisjoint(entry)
    assert [] == properties(entry, "usage")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["mit", "MIT"], [{"license": {"id": "MIT"}}]),
        (["odbl"], [{"license": {"id": "ODbL-1.0"}}]),
        (["MIT OR Apache-2.0"], [{"expression": "MIT OR Apache-2.0"}]),
        (["MIT OR Apache-2.0", "other"], [{"license": {"name": "MIT OR Apache-2.0"}}, {"license": {"name": "other"}}]),
        (["gemma"], [{"license": {"name": "gemma", "url": "https://ai.google.dev/gemma/terms"}}]),
        (["c-uda"], [{"license": {"name": "c-uda"}}]),
        (["gpl-3.0"], [{"license": {"name": "gpl-3.0"}}]),
        (["GPL-3.0-only"], [{"license": {"id": "GPL-3.0-only"}}]),
    ],
)
def test_licences_are_ids_or_one_expression_or_names(values: list[str], expected: list[Any]):
    found = written(component(licences=[Fact(value, "card") for value in values]))["licenses"]

    stated = [each.get("license", each).pop("acknowledgement") for each in found]
    assert (expected, {"declared"}) == (found, set(stated))


def test_a_licence_that_a_licence_file_shows_is_concluded_and_evidence():
    entry = written(component(licences=[Fact("mit", "card"), Fact("MIT", "file:weights/LICENSE.txt")]))

    concluded = {"license": {"id": "MIT", "acknowledgement": "concluded"}}
    assert [concluded, {"license": {"id": "MIT", "acknowledgement": "declared"}}] == entry["licenses"]
    assert [concluded] == entry["evidence"]["licenses"]


def test_a_service_has_endpoints_and_its_places_as_properties():
    it = component(
        Kind.SERVICE,
        "openai",
        "openai",
        hosted=True,
        evidence=[at(3, symbol="openai.OpenAI"), at(0, ".env", usage=Usage.OPTIONAL)],
        properties=[
            *(("endpoint", "https://me:key@api.openai.com/v1?key=x"), ("endpoint", "{base}/v1"), ("via", "sdk")),
        ],
    )

    assert {
        "bom-ref": "aibom:service:openai:openai",
        "name": "openai",
        "provider": {"name": "OpenAI"},
        "endpoints": ["https://api.openai.com/v1"],
        "authenticated": True,
        "x-trust-boundary": True,
        "data": [{"flow": "bi-directional", "classification": "unknown"}],
        "properties": [
            {"name": "aibom:authenticated-source", "value": "platform.openai.com/docs"},
            {"name": "aibom:endpoint", "value": "{base}/v1"},
            {"name": "aibom:occurrence", "value": "at=.env; usage=optional; detector=transformers; column=9"},
            {
                "name": "aibom:occurrence",
                "value": "at=app.py:3; usage=used; detector=transformers; symbol=openai.OpenAI; column=9",
            },
            {"name": "aibom:provider", "value": "openai"},
            {"name": "aibom:usage", "value": "used"},
            {"name": "aibom:via", "value": "sdk"},
        ],
    } == written(it)


@pytest.mark.parametrize(
    ("endpoints", "hosted", "expected"),
    [
        ([], True, True),
        ([], False, None),
        (["http://localhost:11434"], True, False),
        (["http://me@127.0.0.1/v1"], False, False),
        (["http://localhost", "https://api.example.com"], True, True),
        (["http://gpu-box:8000"], False, None),
        (["http://gpu-box:8000", "http://10.0.0.5", "http://[fd00::1]/v1"], True, None),
        (["https://api.example.com"], False, None),
    ],
)
def test_the_trust_boundary_is_said_where_the_code_shows_it(endpoints: list[str], hosted: bool, expected: bool | None):
    it = component(Kind.SERVICE, "vllm", "vllm", hosted=hosted, properties=[("endpoint", e) for e in endpoints])

    assert expected == written(it).get("x-trust-boundary")


def test_a_server_that_whoever_uses_it_runs_may_be_on_either_side():
    it = component(Kind.SERVICE, "ollama", "ollama", hosted=True, properties=[("external", "false")])

    assert "x-trust-boundary" not in written(it)


@pytest.mark.parametrize(
    ("kind", "type_"), [(Kind.AGENT, "application"), (Kind.TOOL, "application"), (Kind.PROMPT, "file")]
)
def test_what_cyclonedx_has_no_type_for_says_what_it_is(kind: Kind, type_: str):
    entry = written(component(kind, "local", "prompts/a b.md", origin="x.py", hashes=[("SHA-256", "ab" * 32)]))

    assert (type_, "prompts/a b.md", [str(kind)], ["x.py"]) == (
        entry["type"],
        entry["name"],
        properties(entry, "kind"),
        properties(entry, "origin"),
    )
    assert f"aibom:{kind}:local:prompts/a b.md#x.py" == entry["bom-ref"]
    assert [{"alg": "SHA-256", "content": "ab" * 32}] == entry["hashes"]


def test_a_template_of_a_prompt_has_the_mark_of_the_taxonomy():
    entry = written(component(Kind.PROMPT, "local", "a.j2", properties=[("role", "template")]))

    assert {"name": "cdx:ai-ml:model:template:prompt", "value": "true"} in entry["properties"]


def test_a_service_that_nobody_knows_has_the_provider_and_the_answer_that_somebody_states():
    stated = [("organisation", "Acme"), ("authenticated", "false")]
    entry = written(component(Kind.SERVICE, "mcp", "a/b", properties=stated))

    assert ("a/b", {"name": "Acme"}, False) == (entry["name"], entry["provider"], entry["authenticated"])
    assert ["false", "mcp", "used"] == [p["value"] for p in entry["properties"] if p["name"] != "aibom:occurrence"]


def test_the_endpoint_of_a_model_is_a_property_without_its_key():
    it = component(provider="azure", name="gpt-4o", hosted=True, properties=[("endpoint", "https://x.example/?key=1")])

    assert ["https://x.example/"] == properties(written(it), "endpoint")


def test_the_columns_of_a_line_are_one_occurrence_with_the_strongest_use():
    here = Location("n.ipynb", 7, 5, 3)
    calls = tuple(Location("run.py", n) for n in range(1, 8))
    evidence = [
        Evidence(here, "b;usage=mention", "hub.load", Usage.OPTIONAL, reaches=(calls[0], calls[1])),
        Evidence(Location("n.ipynb", 7, 9, 3), "a", usage=Usage.USED, requested="Qwen3", context=[("trust", "true")]),
        *(Evidence(here, "a", "hub.get", Usage.MENTION, reaches=(call,)) for call in calls[2:]),
        Evidence(here, "a", "hub.get", reaches=(Location("whole.py"),), revision="v1"),
    ]

    assert [
        {
            "location": "n.ipynb",
            "line": 7,
            "symbol": "hub.get",
            "additionalContext": "; ".join(
                [
                    "usage=used; detector=a; column=5; cell=3; reaches=whole.py; revision=v1",
                    "usage=used; detector=a; symbol=; column=9; cell=3; requested=Qwen3; trust=true",
                    "usage=optional; detector=b%3Busage=mention; symbol=hub.load; column=5; cell=3",
                    "reaches=run.py:1; reaches=run.py:2",
                    *(f"usage=mention; detector=a; column=5; cell=3; reaches=run.py:{n}" for n in range(3, 8)),
                ]
            ),
        }
    ] == written(component(evidence=evidence), mentions=True)["evidence"]["occurrences"]


def test_the_callstack_leads_from_the_call_back_to_where_the_name_is_written():
    way = (Location("shop/__init__.py", 3, 5), Location(".env"), Location("C:\\x", 4))
    entry = written(component(evidence=[at(), at(path="src/shop/settings.py", reaches=way)]))

    assert {
        "frames": [
            {"module": "C:\\x", "line": 4, "fullFilename": "./C:\\x"},
            {"module": ".env", "fullFilename": ".env"},
            {"module": "shop.__init__", "line": 3, "column": 5, "fullFilename": "shop/__init__.py"},
            {"module": "src.shop.settings", "line": 1, "column": 9, "fullFilename": "src/shop/settings.py"},
        ]
    } == entry["evidence"]["callstack"]


def test_the_callstack_is_that_of_the_strongest_evidence_and_of_equals_the_first():
    call = (Location("z.py", 1),)
    evidence = [
        at(1, usage=Usage.OPTIONAL, reaches=call),
        at(2, confidence=0.5, reaches=call),
        at(3, confidence=0.9, reaches=call),
        at(4, confidence=0.9, reaches=call),
        at(5),
    ]

    entry = written(component(evidence=evidence))
    assert [1, 3] == [frame["line"] for frame in entry["evidence"]["callstack"]["frames"]]


def test_a_long_callstack_keeps_what_is_next_to_the_call_and_where_the_name_is_written():
    it = component(evidence=[at(1, reaches=tuple(Location("app.py", n) for n in range(2, 22)))])

    frames = written(it)["evidence"]["callstack"]["frames"]
    assert [21, 20, 19, 18, 17, 16, 15, 1] == [frame["line"] for frame in frames]


def test_there_is_no_callstack_where_names_stand_in_their_calls():
    assert "callstack" not in written(component())["evidence"]


def test_each_technique_is_a_method_with_its_strongest_evidence():
    evidence = [
        at(1, confidence=0.5),
        at(2, confidence=0.9, symbol="strong"),
        at(3, confidence=float("nan"), technique=Technique.FILENAME),
        at(4, confidence=7, technique=Technique.MANIFEST),
    ]

    assert [
        {
            "field": "name",
            "confidence": 1.0,
            "methods": [
                {"technique": "filename", "confidence": 0.0, "value": "transformers"},
                {"technique": "manifest-analysis", "confidence": 1.0, "value": "transformers"},
                {"technique": "source-code-analysis", "confidence": 0.9, "value": "transformers: strong"},
            ],
        }
    ] == written(component(provider="spacy", name="en_core_web_sm", evidence=evidence))["evidence"]["identity"]


@pytest.mark.parametrize(("path", "expected"), [("C:\\x.py", "./C:\\x.py"), ("\\\x83.py", "./\\\\\\x83.py")])
def test_a_file_that_is_called_like_a_drive_lies_in_the_tree(path: str, expected: str):
    entry = written(component(evidence=[at(1, path)]))

    assert [expected] == [o["location"] for o in entry["evidence"]["occurrences"]]


@pytest.mark.parametrize("name", ["a/\udc80", "a/b c", "a/b\n"])
def test_a_name_that_the_hub_would_refuse_has_no_page(name: str):
    assert "externalReferences" not in written(component(name=name))
