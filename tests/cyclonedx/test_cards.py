"""What is known of models and datasets lands in its place in the document, and says where it comes from."""

from __future__ import annotations

from typing import Any

import pytest

import aibom
from aibom.bill import (
    Bill,
    Card,
    Component,
    Fact,
    Kind,
    Metric,
    ModelFile,
    Relation,
    RelationKind,
    Resolution,
    Verdict,
)

COMMIT = "a" * 40


def written(*components: Component, relations: tuple[Relation, ...] = ()) -> list[dict[str, Any]]:
    document: Any = aibom.to_document(Bill(components, relations))
    assert () == aibom.validate(document)
    found: list[dict[str, Any]] = document["components"]
    return found


def card(**facts: str | list[str]) -> Card:
    pairs = [
        (k.replace("_", "-"), v)
        for k, values in facts.items()
        for v in ([values] if isinstance(values, str) else values)
    ]
    return Card([(name, Fact(value, "card:3")) for name, value in pairs])


def model(name: str, **more: Any) -> Component:  # noqa: ANN401 - whatever its fields take
    return Component(Kind.MODEL, "huggingface", name, **more)


def properties(entry: dict[str, Any]) -> list[tuple[str, str]]:
    return [(p["name"], p["value"]) for p in entry["properties"]]


def test_a_model_card_has_each_fact_in_its_place():
    facts = card(
        task="fill-mask",
        architecture_family="bert",
        architecture="BertForMaskedLM",
        parameters="110000000",
        context_length="512",
        language=["en", "de", "deu"],
        use_case="Masked words.",
        out_of_scope="Facts.",
        limitation="English.",
        bias_risk="Stereotypes.",
        recommendation="Test it.",
        co2_grams="149200",
        co2_hardware="a TPU",
        publisher="acme",
        description="A small model.",
    )
    metric = Metric("wer", "5.1", "card", "asr", "acme/speech", "clean", "test")

    (entry,) = written(model("acme/tone", card=Card(facts.facts, [metric])))

    assert ("acme", "A small model.") == (entry["publisher"], entry["description"])
    assert {
        "modelParameters": {
            "task": "fill-mask",
            "architectureFamily": "bert",
            "modelArchitecture": "BertForMaskedLM",
            "inputs": [{"format": "text"}],
            "outputs": [{"format": "text"}],
        },
        "quantitativeAnalysis": {
            "performanceMetrics": [{"type": "wer", "value": "5.1", "slice": "acme/speech/clean/test"}]
        },
        "considerations": {
            "useCases": ["Masked words."],
            "technicalLimitations": ["English.", "Out of scope: Facts."],
            "ethicalConsiderations": [{"name": "Stereotypes.", "mitigationStrategy": "Test it."}],
            "environmentalConsiderations": {
                "properties": [
                    {"name": "aibom:co2:grams", "value": "149200"},
                    {"name": "aibom:co2:hardware", "value": "a TPU"},
                ]
            },
        },
        "properties": [
            {"name": "aibom:inferred:inputs", "value": "from the task fill-mask"},
            {"name": "aibom:inferred:outputs", "value": "from the task fill-mask"},
            {"name": "cdx:ai-ml:model:hyperparameter:context_length", "value": "512"},
            {"name": "cdx:ai-ml:model:language", "value": "de,en"},
            {"name": "cdx:ai-ml:model:modality", "value": "text"},
            {"name": "cdx:ai-ml:model:parameter:count", "value": "110M"},
        ],
    } == entry["modelCard"]
    assert ("aibom:source:limitation", "English. (card:3)") in properties(entry)


def test_datasets_are_components_to_which_the_card_refers():
    tone, notes = model("acme/tone"), Component(Kind.DATASET, "huggingface", "acme/notes")
    edge = Relation(tone.ref, notes.ref, RelationKind.TRAINED_ON)

    data, entry = written(tone, notes, relations=(edge,))

    assert ("data", [{"ref": data["bom-ref"]}]) == (
        data["type"],
        entry["modelCard"]["modelParameters"]["datasets"],
    )


def test_base_models_are_ancestors_and_how_is_a_note():
    tone, base = model("acme/tone"), model("acme/base")
    edge = Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM, "quantized")

    _, entry = written(tone, base, relations=(edge,))

    ancestor = {
        "type": "machine-learning-model",
        "group": "acme",
        "name": "base",
        "purl": "pkg:huggingface/acme/base",
    }
    assert {"ancestors": [ancestor], "notes": "quantized of acme/base"} == entry["pedigree"]


def test_papers_and_licences_are_references():
    facts = card(arxiv="2310.16944", doi="10.57967/hf/0001", license_link="LICENSE")

    (entry,) = written(model("acme/tone", card=facts))

    page = "https://huggingface.co/acme/tone"
    assert [
        ("distribution", page),
        ("documentation", "https://arxiv.org/abs/2310.16944"),
        ("documentation", "https://doi.org/10.57967/hf/0001"),
        ("license", f"{page}/blob/main/LICENSE"),
        ("model-card", page),
        ("vcs", page),
    ] == [(r["type"], r["url"]) for r in entry["externalReferences"]]


def test_a_base_that_two_sources_name_is_one_ancestor():
    tone, base = model("acme/tone"), model("acme/base")
    edges = tuple(Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM, how) for how in ("", "finetune"))

    _, entry = written(tone, base, relations=edges)

    assert ([("acme", "base")], "finetune of acme/base") == (
        [(a["group"], a["name"]) for a in entry["pedigree"]["ancestors"]],
        entry["pedigree"]["notes"],
    )


@pytest.mark.parametrize(
    ("licences", "facts", "expected"),
    [
        (["acme-1"], {"license_name": "acme-1", "license_link": "https://a.example/l"}, ["https://a.example/l"]),
        (["acme-1"], {"license_link": "LICENSE"}, [f"https://huggingface.co/acme/tone/blob/{COMMIT}/LICENSE"]),
        (["acme-1"], {"license_link": "https://me:secret@a.example/l?key=x"}, ["https://a.example/l"]),
        (["acme-1", "acme-2"], {"license_link": "https://a.example/l"}, [None, None]),
        (["acme-1"], {"license_link": ["https://a.example/l", "https://b.example/l"]}, [None]),
        (["mit"], {"license_link": "https://a.example/l"}, [None]),
        (["acme-1"], {"license_link": "https://a.example/{l}|<x>"}, ["https://a.example/%7Bl%7D%7C%3Cx%3E"]),
    ],
)
def test_a_licence_that_is_not_spdx_has_the_address_that_the_card_names(
    licences: list[str], facts: dict[str, str | list[str]], expected: list[str | None]
):
    stated = [Fact(name, "card:front-matter") for name in licences]

    (entry,) = written(model("acme/tone", commit=COMMIT, licences=stated, card=card(**facts)))

    assert expected == [each["license"].get("url") for each in entry["licenses"]]


def test_addresses_of_a_card_are_references_without_what_is_secret():
    facts = card(
        repository=["https://github.com/acme/tone", "https://archive.example/acme"],
        paper="https://acme.example/paper.pdf",
        demo="https://demo.example",
        home_page="https://acme.example/tone?key=x",
        doi="10.1162/a|b{c}",
    )

    (entry,) = written(model("acme/tone", card=facts))

    assert {
        ("vcs", "https://github.com/acme/tone", "Repository"),
        ("website", "https://archive.example/acme", "Repository"),
        ("documentation", "https://acme.example/paper.pdf", "Paper"),
        ("documentation", "https://doi.org/10.1162/a%7Cb%7Bc%7D", "DOI"),
        ("website", "https://demo.example", "Demo"),
        ("website", "https://acme.example/tone", ""),
    } <= {(r["type"], r["url"], r.get("comment", "")) for r in entry["externalReferences"]}


def test_what_a_task_takes_and_gives_is_marked_as_inferred_and_gives_way_to_what_is_stated():
    inferred = written(model("acme/tone", card=card(task="visual-question-answering")))[0]["modelCard"]
    stated = written(model("acme/tone", card=card(task="text-to-image", input="prompt")))[0]["modelCard"]
    unknown = written(model("acme/tone", card=card(task="other")))[0]["modelCard"]

    parameters = inferred["modelParameters"]
    assert ([{"format": "image"}, {"format": "text"}], [{"format": "text"}]) == (
        parameters["inputs"],
        parameters["outputs"],
    )
    assert [("aibom:inferred:inputs", "from the task visual-question-answering")] == properties(inferred)[:1]
    assert ([{"format": "prompt"}], [{"format": "image"}]) == (
        stated["modelParameters"]["inputs"],
        stated["modelParameters"]["outputs"],
    )
    assert ["aibom:inferred:outputs"] == [n for n, _ in properties(stated) if n.startswith("aibom:inferred")]
    assert {"task": "other"} == unknown["modelParameters"]


def test_of_several_descriptions_the_first_of_the_card_is_told():
    told = Card([("description", Fact("A part.", "card@abc:12")), ("description", Fact("The whole.", "card@abc:3"))])
    notes = Component(Kind.DATASET, "huggingface", "acme/notes", card=told)

    data, entry = written(notes, model("acme/tone", card=told))

    assert ("The whole.", "The whole.") == (data["data"][0]["description"], entry["description"])


def test_scores_of_one_name_are_told_apart_by_what_their_author_calls_them():
    metrics = [
        Metric("wer", "19.1", "card", dataset="acme/speech", label="Test WER"),
        Metric("wer", "14.8", "card", dataset="acme/speech", label="Test WER (+LM)", url="https://board.example"),
        Metric("cer", "7.7", "card", dataset="acme/speech", label="Test CER"),
    ]

    (entry,) = written(model("acme/tone", card=Card((), metrics)))

    assert {("cer", "7.7"), ("Test WER", "19.1"), ("Test WER (+LM)", "14.8")} == {
        (m["type"], m["value"]) for m in entry["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]
    }
    assert {"type": "evidence", "url": "https://board.example", "comment": "Scores"} in entry["externalReferences"]
    assert (
        "aibom:metric",
        "name=wer; value=14.8; label=Test WER (+LM); dataset=acme/speech; url=https://board.example; source=card",
    ) in properties(entry)


def test_a_resolved_commit_is_the_version_and_says_when_and_that_it_is_no_pin():
    named = Resolution(COMMIT, "", "2026-11-25", "hub:https://huggingface.co")

    (entry,) = written(model("acme/tone", resolutions=[named]))

    assert (COMMIT, f"pkg:huggingface/acme/tone@{COMMIT}") == (entry["version"], entry["purl"])
    assert {
        ("aibom:pinned", "false"),
        ("aibom:resolved", f"commit={COMMIT}; from=; on=2026-11-25; source=hub:https://huggingface.co"),
    } <= set(properties(entry))


def test_files_carry_what_scanners_say():
    verdict = Verdict("avScan", "unsafe", "hub", "a trojan", "2026-11-25")
    file = ModelFile("model.bin", "hub", 7, "pytorch", [("SHA-256", "b" * 64)], [verdict])

    (entry,) = written(model("acme/tone", files=[file]))

    assert [("SHA-256", "b" * 64)] == [(h["alg"], h["content"]) for h in entry["components"][0]["hashes"]]
    assert ("aibom:scan", "scanner=avScan; status=unsafe; detail=a trojan; source=hub; on=2026-11-25") in properties(
        entry["components"][0]
    )


def test_a_dataset_has_its_governance_and_what_is_sensitive():
    facts = card(publisher="acme", curator="The acme team.", personal_data="Names of customers.", description="Notes.")

    (entry,) = written(Component(Kind.DATASET, "huggingface", "acme/notes", card=facts))

    assert [
        {
            "type": "dataset",
            "name": "acme/notes",
            "contents": {"url": "https://huggingface.co/datasets/acme/notes"},
            "sensitiveData": ["Names of customers."],
            "description": "Notes.",
            "governance": {
                "custodians": [{"organization": {"name": "acme"}}],
                "stewards": [{"contact": {"name": "The acme team."}}],
            },
        }
    ] == entry["data"]


def test_an_empty_fact_is_no_property_of_the_taxonomy():
    (entry,) = written(model("acme/ranker", card=card(parameters="", task="fill-mask")))

    assert "cdx:ai-ml:model:parameter:count" not in dict(properties(entry["modelCard"]))
