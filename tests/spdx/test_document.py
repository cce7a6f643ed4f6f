"""A bill as SPDX 3.0.1: every object is one of the specification, every id resolves, equal bills give equal bytes."""

from __future__ import annotations

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cyclonedx.bills import BILLS

import aibom
from aibom.bill import (
    Advisory,
    Bill,
    Card,
    Component,
    Diagnostic,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Relation,
    RelationKind,
    Resolution,
    Settled,
    Target,
    Usage,
    Verdict,
)
from aibom.spdx import to_spdx, to_spdx_document

EXAMPLE = Path(__file__).parents[2] / "examples" / "rag-service"
AT = Evidence(Location("app.py", 3), "transformers", "transformers.AutoModel.from_pretrained", revision="v1")


def checked(text: str) -> Any:  # noqa: ANN401 - an object of generated classes
    """Return the objects that *text* describes, by the classes that are made of the SHACL of the specification."""
    model = pytest.importorskip("spdx_python_model", reason="spdx-python-model is not installed").v3_0_1
    objects = model.SHACLObjectSet()
    model.JSONLDDeserializer().read(io.BytesIO(text.encode()), objects)
    out = io.BytesIO()
    model.JSONLDSerializer().write(objects, out)  # It checks what is required, and how often.
    missing = objects.link()
    assert not missing, f"ids that nothing has: {missing}"
    return objects


def graph(bill: Bill, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever the function takes
    document: dict[str, Any] = to_spdx_document(bill, **more)
    found: list[dict[str, Any]] = document["@graph"]
    return found


def of_type(elements: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [e for e in elements if e["type"] == kind]


def full() -> Bill:
    facts = [
        ("task", Fact("text-classification", "hub")),
        ("architecture", Fact("BertForSequenceClassification", "hub")),
        ("limitation", Fact("English only.", "card:7")),
        ("use-case", Fact("Moods.", "card:3")),
        ("training-data", Fact("Notes.", "card:9")),
        ("parameters", Fact("110000000", "hub")),
        ("publisher", Fact("acme", "hub")),
        ("description", Fact("A small model.", "card:1")),
        ("arxiv", Fact("2310.16944", "hub")),
    ]
    tone = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        evidence=[AT],
        card=Card(facts, [Metric("f1", "0.9", "card", dataset="acme/notes", split="test")]),
        licences=[Fact("mit", "card"), Fact("house licence", "card")],
        hashes=[("SHA-256", "a" * 64), ("crc32", "0")],
        files=[
            ModelFile("model.bin", "hub", 7, "pytorch", [("SHA-256", "b" * 64)], [Verdict("av", "safe", "hub")]),
        ],
        resolutions=[Resolution("c" * 40, "v1", "2026-11-25", "hub")],
        properties=[("gated", "auto")],
    )
    base = Component(Kind.MODEL, "huggingface", "acme/base")
    data_facts = [("task", Fact("translation", "card")), ("dataset-bytes", Fact("12", "card"))]
    notes = Component(Kind.DATASET, "huggingface", "acme/notes", card=Card(data_facts))
    hosted = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[AT])
    service = Component(Kind.SERVICE, "openai", "openai", hosted=True)
    library = Component(Kind.LIBRARY, "pypi", "torch", version="2.8.0")
    return Bill(
        [tone, base, notes, hosted, service, library],
        [
            Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM, "finetune"),
            Relation(tone.ref, notes.ref, RelationKind.TRAINED_ON),
            Relation(tone.ref, notes.ref, RelationKind.TESTED_ON),
            Relation(hosted.ref, service.ref, RelationKind.SERVED_BY),
            Relation(library.ref, tone.ref, RelationKind.BUNDLED_IN),
        ],
        [Finding("unpinned", Level.WARNING, tone.ref, "no revision")],
        [Diagnostic("not-followed", "the name comes from somewhere", Location("app.py", 9))],
        target=Target("shop", "1.0"),
    )


def test_a_model_has_what_the_ai_profile_asks_for():
    (_, tone, _) = sorted(of_type(graph(full()), "ai_AIPackage"), key=lambda e: e["name"])

    assert "acme/tone" == tone["name"]
    assert {
        "ai_domain": ["text-classification"],
        "ai_typeOfModel": ["BertForSequenceClassification"],
        "ai_hyperparameter": [{"type": "DictionaryEntry", "key": "parameters", "value": "110000000"}],
        "ai_metric": [{"type": "DictionaryEntry", "key": "f1/acme/notes/test", "value": "0.9"}],
        "ai_limitation": "English only.",
        "ai_informationAboutApplication": "Moods.",
        "ai_informationAboutTraining": "Notes.",
    } == {key: value for key, value in tone.items() if key.startswith("ai_")}
    assert ("c" * 40, f"pkg:huggingface/acme/tone@{'c' * 40}", "A small model.") == (
        tone["software_packageVersion"],
        tone["software_packageUrl"],
        tone["description"],
    )
    assert [{"type": "Hash", "algorithm": "sha256", "hashValue": "a" * 64}] == tone["verifiedUsing"]
    assert "aibom:pinned=false" in tone["comment"]
    assert "aibom:source:limitation=English only. (card:7)" in tone["comment"]


def test_relations_have_the_words_of_the_specification():
    document = graph(full())
    names = {e["spdxId"]: e.get("name", "") for e in document if "spdxId" in e}

    found = {
        (names[r["from"]], r["relationshipType"], *(names[t] for t in r["to"]))
        for r in of_type(document, "Relationship")
    }

    assert {
        ("acme/tone", "descendantOf", "acme/base"),
        ("acme/tone", "trainedOn", "acme/notes"),
        ("acme/tone", "testedOn", "acme/notes"),
        ("acme/tone", "contains", "model.bin"),
        ("acme/tone", "contains", "torch"),
        ("gpt-4o", "dependsOn", "openai"),
    } <= found


def test_licences_are_expressions_and_say_what_was_stated():
    found = {
        e["simplelicensing_licenseExpression"]: e.get("comment")
        for e in of_type(graph(full()), "simplelicensing_LicenseExpression")
    }

    assert {
        "MIT": "as stated: mit",
        "LicenseRef-house-licence": "as stated: house licence",
        "CC0-1.0": None,
    } == found


def test_a_licence_that_was_read_in_its_file_is_concluded():
    said = [Fact("mit", "card:front-matter"), Fact("Apache-2.0", "file:LICENSE")]
    relations = of_type(graph(Bill([Component(Kind.MODEL, "huggingface", "acme/tone", licences=said)])), "Relationship")

    assert ["hasConcludedLicense", "hasDeclaredLicense"] == [
        r["relationshipType"] for r in relations if "License" in r["relationshipType"]
    ]


@pytest.mark.parametrize(
    ("component", "location"),
    [
        (Component(Kind.MODEL, "huggingface", "acme/tone"), "https://huggingface.co/acme/tone"),
        (
            Component(Kind.DATASET, "huggingface", "a/b", properties=[("repository-url", "https://hub.example/")]),
            "https://hub.example/datasets/a/b",
        ),
        (Component(Kind.MODEL, "huggingface", "a/b", properties=[("repository-url", "hub")]), None),
        (
            Component(Kind.MODEL, "unknown", "m.pt", origin="https://downloads.example/v1/m.pt"),
            "https://downloads.example/v1/m.pt",
        ),
        (Component(Kind.MODEL, "local", "m.pt", origin="weights/m.pt"), None),
        (Component(Kind.MODEL, "huggingface", "acme/tone", hosted=True), None),
    ],
)
def test_a_component_says_where_it_can_be_had(component: Component, location: str | None):
    (package,) = [e for e in graph(Bill([component])) if e["type"] in {"ai_AIPackage", "dataset_DatasetPackage"}]

    assert location == package.get("software_downloadLocation")


def test_the_root_needs_what_the_code_names_and_the_rest_hangs_below_that():
    found = graph(full())
    (needed,) = [
        r["to"]
        for r in of_type(found, "Relationship")
        if r["from"].endswith("/shop") and r["relationshipType"] == "dependsOn"
    ]

    assert ["huggingface-acme-tone-" + "c" * 40, "openai-gpt-4o"] == [target.rpartition("/")[2] for target in needed]


def test_security_notices_are_vulnerabilities():
    notice = Advisory(
        "GHSA-a",
        "osv:dump@2026-11-20",
        "It is bad.",
        aliases=["CVE-2026-1"],
        published="2026-01-02T03:04:05.6Z",
        modified="soon",
        state="not_affected",
        justification="code_not_reachable",
    )
    libraries = [Component(Kind.LIBRARY, "pypi", name, version="1", advisories=[notice]) for name in ("a", "b")]
    bill = Bill(libraries)
    checked(to_spdx(bill))
    found = graph(bill)
    (vulnerability,) = of_type(found, "security_Vulnerability")

    assert ("GHSA-a", "It is bad.", "2026-01-02T03:04:05Z", None) == (
        vulnerability["name"],
        vulnerability["description"],
        vulnerability["security_publishedTime"],
        vulnerability.get("security_modifiedTime"),
    )
    assert [("securityOther", "GHSA-a"), ("cve", "CVE-2026-1")] == [
        (each["externalIdentifierType"], each["identifier"]) for each in vulnerability["externalIdentifier"]
    ]
    edges = [e for e in of_type(found, "Relationship") if e["relationshipType"] == "hasAssociatedVulnerability"]
    assert [[vulnerability["spdxId"]]] * 2 == [e["to"] for e in edges]
    assert ["GHSA-a: not_affected: code_not_reachable"] * 2 == [e["statement"] for e in of_type(found, "Annotation")]
    (document,) = of_type(found, "SpdxDocument")
    assert "security" in document["profileConformance"]


def test_places_findings_and_what_is_open_are_annotations():
    said = [e["statement"] for e in of_type(graph(full()), "Annotation")]

    assert [
        "[unpinned] warning: no revision",
        "app.py:3: used: transformers.AutoModel.from_pretrained (asks for v1)",
        "app.py:3: used: transformers.AutoModel.from_pretrained (asks for v1)",
        "app.py:9: not-followed: the name comes from somewhere",
    ] == sorted(said)


def test_what_is_settled_and_what_is_of_no_component_is_told_and_none_of_it_is_legal_advice():
    bill = full()
    key = Finding("key", Level.WARNING, "", "it stands in .env")
    settled = Settled(evolve(bill.findings[0], about=["x"]), "false_positive", "a mirror; by Ada")

    found = graph(evolve(bill, findings=[key], settled=[settled]))

    notes = {e["statement"]: e["subject"] for e in of_type(found, "Annotation")}
    packages = {e["spdxId"]: e["name"] for e in found if "name" in e}
    assert "shop" == packages[notes["[key] warning: it stands in .env"]]
    assert "acme/tone" == packages[notes["[unpinned] false_positive: no revision; a mirror; by Ada"]]
    assert ["None of it is legal advice."] == [e.get("comment") for e in of_type(found, "SpdxDocument")]
    assert [None] == [e.get("comment") for e in of_type(graph(evolve(bill, findings=())), "SpdxDocument")]


def test_the_kind_of_a_datasets_data_is_stated_only_where_it_is_known():
    known, unknown = Component(Kind.DATASET, "huggingface", "a/b"), Component(Kind.DATASET, "huggingface", "a/c")
    card = Card([("task", Fact("translation", "card"))])
    document = graph(Bill([Component(known.kind, known.provider, known.name, card=card), unknown]))

    assert [["text"], ["noAssertion"]] == [
        e["dataset_datasetType"] for e in of_type(document, "dataset_DatasetPackage")
    ]


def test_a_full_bill_is_an_spdx_document():
    checked(to_spdx(full()))


def test_the_example_is_an_spdx_document(tmp_path: Path):
    aibom.write(aibom.scan(EXAMPLE, plugins=False), tmp_path / "bill.spdx3.json")

    checked((tmp_path / "bill.spdx3.json").read_text("utf-8"))


def test_the_time_is_that_which_is_given_and_must_have_a_zone():
    (info,) = of_type(graph(full(), timestamp=datetime(2026, 1, 2, 3, tzinfo=UTC)), "CreationInfo")

    assert "2026-01-02T03:00:00Z" == info["created"]
    with pytest.raises(ValueError, match="has no time zone"):
        to_spdx_document(full(), timestamp=datetime(2026, 1, 2))  # noqa: DTZ001 - it is what is refused


def test_mentions_are_left_out_unless_they_are_asked_for():
    seen = Evidence(Location("README.md", 1), "mentions", usage=Usage.MENTION)
    bill = Bill([Component(Kind.MODEL, "huggingface", "a/b", evidence=[seen])])

    counts = [len(of_type(graph(bill, mentions=m), "ai_AIPackage")) for m in (False, True)]

    assert [0, 1] == counts


TEXTS = st.text(max_size=8) | st.sampled_from(
    ["", "a/b", "\x00", "\ud800", "x" * 300, "../..", "Ünï/cödé", "{a}", 'q"']
)
COMPONENTS = st.builds(
    Component,
    st.sampled_from(Kind),
    TEXTS,
    TEXTS,
    version=st.none() | TEXTS,
    hosted=st.booleans(),
    evidence=st.lists(st.builds(Evidence, st.builds(Location, TEXTS, st.integers(0, 3)), TEXTS, TEXTS), max_size=2),
    card=st.builds(
        Card,
        st.lists(
            st.tuples(
                st.sampled_from(["task", "limitation", "publisher", "dataset-bytes", "arxiv", "description", "dtype"]),
                st.builds(Fact, TEXTS, TEXTS),
            ),
            max_size=3,
        ),
        st.lists(st.builds(Metric, TEXTS, TEXTS, TEXTS), max_size=2),
    ),
    licences=st.lists(st.builds(Fact, TEXTS, TEXTS), max_size=2),
    files=st.lists(st.builds(ModelFile, TEXTS, TEXTS, st.integers(-1, 9)), max_size=2),
)


@pytest.mark.hostile
@settings(max_examples=40)
@given(st.lists(COMPONENTS, max_size=3))
def test_any_bill_is_an_spdx_document_and_always_the_same(components: list[Component]):
    bill = Bill(components)

    text = to_spdx(bill, mentions=True)

    assert text == to_spdx(Bill(reversed(components)), mentions=True)
    assert text.isascii()
    checked(text)


OF_THE_SPECIFICATION = pytest.mark.skipif(
    not os.environ.get("AIBOM_SPDX"),
    reason="AIBOM_SPDX names no folder with schema.json, spdx-model.ttl and spdx-context.jsonld of SPDX 3.0.1",
)
SHOWN = {"full": full(), **BILLS}


@OF_THE_SPECIFICATION
@pytest.mark.parametrize("name", SHOWN)
def test_the_schema_of_the_specification_holds(name: str):
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    schema = json.loads(Path(os.environ["AIBOM_SPDX"], "schema.json").read_text("utf-8"))
    errors = jsonschema_rs.validator_for(schema).iter_errors(json.loads(to_spdx(SHOWN[name], mentions=True)))

    assert [] == [e.message for e in errors]


@OF_THE_SPECIFICATION
@pytest.mark.filterwarnings("ignore")  # rdflib warns of its own.
@pytest.mark.parametrize("name", SHOWN)
def test_the_shapes_of_the_specification_hold(name: str):
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    rdflib = pytest.importorskip("rdflib")
    folder = Path(os.environ["AIBOM_SPDX"])
    context = json.loads((folder / "spdx-context.jsonld").read_text("utf-8"))
    text = json.dumps(json.loads(to_spdx(SHOWN[name], mentions=True)) | context)
    shapes = rdflib.Graph().parse(folder / "spdx-model.ttl")
    conforms, _, said = pyshacl.validate(
        rdflib.Graph().parse(data=text, format="json-ld"), shacl_graph=shapes, ont_graph=shapes
    )

    assert (True, "") == (conforms, "" if conforms else said)
