from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from aibom.bill import (
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Relation,
    RelationKind,
    Target,
)
from aibom.cyclonedx import bom_link, bom_reference, merge_into, to_document, validate
from aibom.errors import DocumentError

HERE = [Evidence(Location("app.py", 3), "transformers", "load")]
COMMIT = "a" * 40
MODEL = Component(
    Kind.MODEL,
    "huggingface",
    "Qwen/Qwen3-8B",
    evidence=HERE,
    card=Card([("task", Fact("text-generation", "card")), ("architecture", Fact("Qwen3", "file:config.json"))]),
    licences=[Fact("apache-2.0", "card")],
    hashes=[("SHA-256", "1" * 64)],
    files=[ModelFile("model.safetensors", "tree", 9, hashes=[("SHA-256", "2" * 64)])],
)
DATASET = Component(Kind.DATASET, "huggingface", "stanfordnlp/imdb", evidence=HERE)
HOSTED = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=HERE)
SERVICE = Component(Kind.SERVICE, "openai", "openai", hosted=True, evidence=HERE)
LIBRARY = Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0", evidence=HERE)
BILL = Bill(
    [MODEL, DATASET, HOSTED, SERVICE, LIBRARY],
    [
        Relation(HOSTED.ref, SERVICE.ref, RelationKind.SERVED_BY),
        Relation(MODEL.ref, DATASET.ref, RelationKind.TRAINED_ON),
    ],
    coverage=Coverage(seen=3),
    target=Target("shop", "1.0"),
)
GAP = Bill([MODEL], diagnostics=[Diagnostic("not-followed", "x")])
HOST: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 4,
    "metadata": {
        "tools": {"components": [{"type": "application", "name": "theirs"}]},
        "component": {"type": "application", "bom-ref": "app", "name": "their-shop"},
    },
    "components": [
        {"name": "left-pad", "type": "library", "bom-ref": "pad"},
        {
            "type": "library",
            "bom-ref": "torch-ref",
            "name": "torch",
            "version": "2.9.0",
            "purl": "pkg:pypi/torch@2.9.0",
        },
    ],
    "dependencies": [{"ref": "app", "dependsOn": ["pad"]}, {"ref": "pad", "dependsOn": []}],
}


def host(**parts: object) -> dict[str, Any]:
    return deepcopy({**HOST, **parts})


def merged(document: dict[str, Any], bill: Bill = BILL, timestamp: datetime | None = None) -> dict[str, Any]:
    result: dict[str, Any] = merge_into(document, bill, timestamp=timestamp)
    assert () == validate(result)
    return result


def named(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (c for c in [*document["components"], *document.get("services", [])] if c["name"] == name)
    assert isinstance(found, dict)
    return found


def model_host(**fields: object) -> dict[str, Any]:
    entry = {
        "type": "machine-learning-model",
        "bom-ref": "theirs",
        "name": "Qwen3-8B",
        "purl": "pkg:huggingface/Qwen/Qwen3-8B",
        **fields,
    }
    return host(components=[entry], dependencies=[])


def test_what_the_host_states_stays_in_its_order():
    before = host()
    after = merged(before)

    assert HOST == before
    assert HOST["components"][0] == after["components"][0]
    assert list(HOST) == list(after)[: len(HOST)]
    assert HOST["serialNumber"] == after["serialNumber"]
    assert 5 == after["version"]
    assert HOST["components"][1] == {key: after["components"][1][key] for key in HOST["components"][1]}
    assert list(HOST["components"][1]) == list(after["components"][1])[: len(HOST["components"][1])]


def test_their_application_is_ours_and_needs_what_ours_needs():
    after = merged(host())

    assert HOST["metadata"]["component"] == after["metadata"]["component"]
    assert {
        "app": [
            "pad",
            "aibom:dataset:huggingface:stanfordnlp/imdb",
            "aibom:model:openai:gpt-4o",
            "aibom:service:openai:openai",
            "pkg:huggingface/Qwen/Qwen3-8B",
            "torch-ref",
        ],
        "pad": [],
        "aibom:model:openai:gpt-4o": ["aibom:service:openai:openai"],
        "pkg:huggingface/Qwen/Qwen3-8B": ["aibom:dataset:huggingface:stanfordnlp/imdb"],
        "aibom:dataset:huggingface:stanfordnlp/imdb": [],
        "aibom:service:openai:openai": [],
        "torch-ref": [],
    } == {node["ref"]: node.get("dependsOn", []) for node in after["dependencies"]}


@pytest.mark.parametrize(
    "bill", [BILL, Bill(), Bill([MODEL, MODEL]), Bill(diagnostics=[Diagnostic("not-followed", "x")])]
)
@pytest.mark.parametrize(
    "document",
    [
        host(),
        model_host(),
        model_host(hashes=[{"alg": "SHA-256", "content": "9" * 64}], **{"bom-ref": "pkg:huggingface/Qwen/Qwen3-8B"}),
        {"bomFormat": "CycloneDX", "specVersion": "1.6"},
        host(compositions=[{"aggregate": "complete", "assemblies": ["app"]}]),
        host(components=[{"type": "library", "bom-ref": "aibom:model:openai:gpt-4o", "name": "trap"}], dependencies=[]),
        host(metadata={"component": {"type": "application", "name": "no-ref"}}, dependencies=[]),
        host(metadata={"tools": [{"vendor": "them", "name": "tool"}]}, dependencies=[]),
    ],
    ids=["host", "model", "conflict", "empty", "composed", "trap", "no-ref", "old-tools"],
)
def test_merging_again_changes_the_version_alone(document: dict[str, Any], bill: Bill):
    once = merged(document, bill)
    twice = merged(once, bill)

    assert {**once, "version": once["version"] + 1} == twice


def test_equal_package_urls_are_one_component_and_the_card_comes_to_theirs():
    after = merged(model_host(licenses=[{"license": {"id": "MIT"}}], modelCard={"modelParameters": {"task": "chat"}}))
    (theirs, *_) = after["components"]
    ours = next(c for c in to_document(BILL)["components"] if c["name"] == "Qwen3-8B")  # type: ignore[attr-defined]

    assert ["Qwen3-8B"] == [c["name"] for c in after["components"] if c["type"] == "machine-learning-model"][:1]
    assert [{"license": {"id": "MIT"}}] == theirs["licenses"]
    assert "chat" == theirs["modelCard"]["modelParameters"]["task"]
    assert "Qwen3" == theirs["modelCard"]["modelParameters"]["modelArchitecture"]
    assert ours["evidence"] == theirs["evidence"]
    assert ours["properties"] == theirs["properties"]
    assert "group" not in theirs
    assert 1 == sum(c.get("purl") == "pkg:huggingface/Qwen/Qwen3-8B" for c in after["components"])


@pytest.mark.parametrize(
    ("fields", "one"),
    [
        ({}, True),
        ({"purl": "pkg:HuggingFace/Qwen/Qwen3-8B"}, True),
        ({"purl": f"pkg:huggingface/Qwen/Qwen3-8B@{COMMIT}"}, False),
        ({"purl": "pkg:huggingface/Qwen/Qwen3-8B?repository_url=https://hub.example"}, False),
        ({"hashes": [{"alg": "SHA-256", "content": "9" * 64}]}, False),
        ({"hashes": [{"alg": "SHA-1", "content": "9" * 40}]}, True),
        ({"type": "library"}, False),
        ({"purl": "Qwen/Qwen3-8B"}, False),
    ],
)
def test_components_are_one_by_package_url_unless_content_or_kind_contradict(fields: dict[str, Any], one: bool):
    document = model_host(**fields)
    result: Any = merge_into(document, Bill([MODEL]))

    assert (1 if one else 2) == len(result["components"])
    assert document["components"][0].items() <= {**result["components"][0], **fields}.items()


@pytest.mark.parametrize(
    ("fields", "one"),
    [
        ({"purl": None}, True),
        ({"purl": "pkg:generic/weights"}, False),
        ({"purl": None, "hashes": [{"alg": "MD5", "content": "1" * 32}]}, False),
    ],
)
def test_without_a_package_url_equal_content_makes_one(fields: dict[str, Any], one: bool):
    document = model_host(hashes=[{"alg": "SHA-256", "content": "1" * 64}])
    document["components"][0] = {k: v for k, v in {**document["components"][0], **fields}.items() if v is not None}
    after = merged(document, Bill([MODEL]))

    assert (1 if one else 2) == len(after["components"])


@pytest.mark.parametrize(
    ("version", "purls", "met"),
    [
        (None, ["pkg:pypi/torch@2.8.0"], 0),
        (None, ["pkg:pypi/torch@2.8.0", "pkg:pypi/torch@2.9.0"], None),
        ("2.9.0", ["pkg:pypi/torch@2.8.0"], None),
        ("2.9.0", ["pkg:pypi/torch@2.8.0", "pkg:pypi/torch@2.9.0?file_name=torch.whl"], 1),
        ("2.9.0", ["pkg:pypi/torch@2.9.0?file_name=torch.whl", "pkg:pypi/torch@2.9.0"], 1),
        (None, ["pkg:npm/%40a/torch@2.8.0"], None),
    ],
)
def test_a_library_is_theirs_when_they_alone_know_more_of_it(version: str | None, purls: list[str], met: int | None):
    library = Component(Kind.LIBRARY, "pypi", "torch", version=version, evidence=HERE)
    theirs = [
        {"type": "library", "bom-ref": p, "name": "torch", "version": p.rpartition("@")[2][:5], "purl": p}
        for p in purls
    ]
    document = host(components=theirs, dependencies=[])
    after = merged(document, Bill([library]))
    again = merged(after, Bill([library]))

    assert [i == met for i in range(len(purls))] == ["evidence" in c for c in after["components"]][: len(purls)]
    assert len(purls) + (met is None) == len(after["components"])
    assert {**after, "version": after["version"] + 1} == again


def test_a_reference_that_is_taken_gets_another_name_everywhere():
    trap = {"type": "library", "bom-ref": "aibom:dataset:huggingface:stanfordnlp/imdb", "name": "trap"}
    after = merged(host(components=[trap], dependencies=[]))

    renamed = "aibom:dataset:huggingface:stanfordnlp/imdb~aibom"
    assert trap == after["components"][0]
    assert renamed == named(after, "imdb")["bom-ref"]
    assert [{"ref": renamed}] == named(after, "Qwen3-8B")["modelCard"]["modelParameters"]["datasets"]
    edges = {node["ref"]: node.get("dependsOn", []) for node in after["dependencies"]}
    assert [renamed] == edges["pkg:huggingface/Qwen/Qwen3-8B"]
    assert renamed in edges["app"]


def test_names_that_are_taken_too_are_counted_on():
    refs = ["pkg:pypi/torch@2.9.0", "pkg:pypi/torch@2.9.0~aibom", "pkg:pypi/torch@2.9.0~aibom2"]
    traps = [{"type": "file", "bom-ref": ref, "name": "trap"} for ref in refs]
    after = merged(host(components=traps, dependencies=[]), Bill([LIBRARY]))

    assert "pkg:pypi/torch@2.9.0~aibom3" == named(after, "torch")["bom-ref"]


def test_files_of_a_model_come_to_the_like_of_theirs():
    file = {"type": "file", "name": "model.safetensors", "mime-type": "application/octet-stream"}
    after = merged(model_host(components=[file]), Bill([MODEL]))

    ((theirs,),) = (c["components"] for c in after["components"])
    assert "application/octet-stream" == theirs["mime-type"]
    assert [{"alg": "SHA-256", "content": "2" * 64}] == theirs["hashes"]
    assert "pkg:huggingface/Qwen/Qwen3-8B#model.safetensors" == theirs["bom-ref"]


def test_a_component_without_a_reference_gets_ours():
    document = host(dependencies=[])
    del document["components"][1]["bom-ref"]
    after = merged(document, Bill([LIBRARY]))

    assert "pkg:pypi/torch@2.9.0" == named(after, "torch")["bom-ref"]
    assert ["pkg:pypi/torch@2.9.0"] == after["dependencies"][0]["dependsOn"]


def test_nested_components_of_the_host_are_met_too():
    document = host(dependencies=[])
    document["components"] = [{**document["components"][0], "components": [document["components"][1]]}]
    after = merged(document, Bill([LIBRARY]))

    (pad,) = after["components"]
    assert "aibom:provider" in {p["name"] for p in pad["components"][0]["properties"]}


def test_without_an_application_of_theirs_ours_is_described():
    after = merged({"bomFormat": "CycloneDX", "specVersion": "1.7", "components": []})

    assert ("shop", "aibom:root:shop@1.0") == tuple(after["metadata"]["component"][k] for k in ("name", "bom-ref"))
    assert 2 == after["version"]


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        ([{"vendor": "them", "name": "tool"}], [{"vendor": "them", "name": "tool"}, {"name": "aibom"}]),
        ({"components": []}, {"components": [{"type": "application", "name": "aibom"}]}),
        ({"services": []}, {"services": [], "components": [{"type": "application", "name": "aibom"}]}),
        (None, {"components": [{"type": "application", "name": "aibom"}]}),
    ],
)
def test_our_tool_stands_beside_theirs_in_their_form(tools: object, expected: object):
    metadata = {"tools": tools} if tools is not None else {}
    found = merged(host(metadata=metadata, dependencies=[]))["metadata"]["tools"]

    for tool in found if isinstance(found, list) else found["components"]:
        tool.pop("version", None)
    assert expected == found


def test_how_complete_we_are_is_said_unless_they_speak_of_it():
    gap = Bill(diagnostics=[Diagnostic("not-followed", "x")])
    alone = merged(host(), gap)
    spoken = merged(host(compositions=[{"aggregate": "complete", "assemblies": ["app"]}]), gap)

    assert [{"aggregate": "incomplete", "assemblies": ["app"], "dependencies": ["app"]}] == alone["compositions"]
    assert [{"aggregate": "complete", "assemblies": ["app"]}] == spoken["compositions"]
    assert {"name": "aibom:composition", "value": "incomplete"} in spoken["metadata"]["properties"]


def test_a_property_that_has_one_value_keeps_theirs():
    document = model_host(properties=[{"name": "aibom:usage", "value": "optional"}, {"name": "x", "value": "1"}])
    (model,) = merged(document, Bill([MODEL]))["components"]

    assert [{"name": "aibom:usage", "value": "optional"}, {"name": "x", "value": "1"}] == model["properties"][:2]
    assert 1 == sum(p["name"] == "aibom:usage" for p in model["properties"])


def test_an_old_form_of_identity_becomes_one_of_several():
    theirs = {"field": "purl", "confidence": 0.5}
    (model,) = merged(model_host(evidence={"identity": theirs}), Bill([MODEL]))["components"]

    assert theirs == model["evidence"]["identity"][0]
    assert 1 < len(model["evidence"]["identity"])


def test_a_component_that_is_signed_is_left_alone():
    signature = {"algorithm": "HS256", "value": "c2ln"}
    document = model_host(signature=signature)
    after = merged(document, Bill([MODEL]))

    assert document["components"][0] == after["components"][0]
    assert 2 == len(after["components"])


def test_the_time_is_theirs_unless_one_is_given():
    theirs = host(metadata={"timestamp": "2020-01-01T00:00:00Z"}, dependencies=[])

    assert "2020-01-01T00:00:00Z" == merged(theirs)["metadata"]["timestamp"]
    then = datetime(2026, 1, 2, tzinfo=UTC)
    assert "2026-01-02T00:00:00Z" == merged(theirs, timestamp=then)["metadata"]["timestamp"]


def test_a_document_with_parts_that_we_do_not_write_comes_in_whole():
    ours = to_document(Bill([LIBRARY]))
    ours["annotations"] = [
        {
            "bom-ref": "note",
            "subjects": ["pkg:pypi/torch@2.9.0"],
            "annotator": {"individual": {"name": "me"}},
            "timestamp": "2026-01-01T00:00:00Z",
            "text": "seen",
        }
    ]
    ours["vulnerabilities"] = [{"bom-ref": "flaw", "id": "X-1", "affects": [{"ref": "pkg:pypi/torch@2.9.0"}]}]
    document = host()
    document["components"][0]["bom-ref"] = "note"
    document["dependencies"] = []
    after: dict[str, Any] = merge_into(document, ours)
    again: dict[str, Any] = merge_into(after, ours)

    assert () == validate(after)
    assert ("note~aibom", ["torch-ref"]) == tuple(after["annotations"][0][key] for key in ("bom-ref", "subjects"))
    assert [{"ref": "torch-ref"}] == after["vulnerabilities"][0]["affects"]
    assert {**after, "version": 6} == again


def test_those_who_name_a_part_that_gives_way_name_what_stands_in_its_place():
    ours = to_document(BILL)
    (model,) = (c for c in ours["components"] if c["name"] == "Qwen3-8B")  # type: ignore[attr-defined]
    model["modelCard"]["bom-ref"] = "our-card"
    ours["annotations"] = [
        {
            "subjects": ["our-card"],
            "annotator": {"individual": {"name": "me"}},
            "timestamp": "2026-01-01T00:00:00Z",
            "text": "seen",
        }
    ]
    after: dict[str, Any] = merge_into(model_host(modelCard={"bom-ref": "their-card"}), ours)

    assert () == validate(after)
    assert ["their-card"] == after["annotations"][0]["subjects"]


TOO_OLD = (
    "aibom cannot merge into CycloneDX 1.2, only into 1.5, 1.6, 1.7: convert it first, "
    "which takes nothing away: aibom convert HOST --output NEW --spec-version 1.6"
)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "there is nothing to merge into: its bomFormat is not 'CycloneDX'"),
        (
            {"bomFormat": "CycloneDX", "specVersion": "1.2"},
            TOO_OLD,
        ),
        (
            host(signature={"value": "x"}),
            "the document is signed: take the signature away, merge, and sign what comes out",
        ),
        (
            host(components={}),
            "nothing can be merged into 'components' of the document, which is not a list",
        ),
        (
            host(metadata=[]),
            "nothing can be merged into 'metadata' of the document, which is not an object",
        ),
    ],
)
def test_what_nothing_can_be_merged_into_is_refused(document: dict[str, Any], message: str):
    with pytest.raises(DocumentError) as caught:
        merge_into(document, BILL)

    assert message == str(caught.value)


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("own", ["1.5", "1.6", "1.7"])
def test_everything_comes_in_the_version_of_the_host(version: str, own: str):
    ours = to_document(BILL, spec_version=own)
    after: dict[str, Any] = merge_into(host(specVersion=version), ours)
    again: dict[str, Any] = merge_into(after, ours)

    assert () == validate(after)
    assert version == after["specVersion"]
    assert {**after, "version": after["version"] + 1} == again


def test_where_one_identity_has_a_place_theirs_stands():
    theirs = {"field": "name", "confidence": 0.5}
    document = {**model_host(evidence={"identity": theirs}), "specVersion": "1.5"}
    (model,) = merged(document, Bill([MODEL]))["components"]

    assert theirs == model["evidence"]["identity"]


@pytest.mark.hostile
def test_a_document_that_is_too_deep_is_refused():
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(DocumentError, match="nested too deeply"):
        merge_into({**HOST, "x": deep}, BILL)


@pytest.mark.hostile
def test_a_host_of_odd_forms_keeps_them():
    odd = host(
        components=[3, None, {"bom-ref": 4, "hashes": [7, {"alg": 1}], "purl": 8}], dependencies=[5, {"ref": []}]
    )
    after: Any = merge_into(odd, BILL)

    assert odd["components"] == after["components"][:3]
    assert odd["dependencies"] == after["dependencies"][:2]


def test_a_link_needs_a_serial_number():
    with pytest.raises(DocumentError, match="no serialNumber"):
        bom_link({"version": 1})


def test_a_host_can_point_to_the_bill_and_stay_as_it_is():
    text = json.dumps(to_document(BILL))
    reference = bom_reference(text)

    assert {
        "type": "bom",
        "url": bom_link(to_document(BILL)),
        "hashes": [{"alg": "SHA-256", "content": sha256(text.encode()).hexdigest()}],
    } == reference
    assert () == validate(host(externalReferences=[reference]))


@pytest.mark.parametrize("text", ["<bom/>", "[]", b"\xff"])
def test_a_reference_to_what_is_no_document_needs_an_address(text: str | bytes):
    with pytest.raises(DocumentError, match="say with `url` where it lies"):
        bom_reference(text)
