"""Bills from documents: ours in every version and format, and those of others as far as they go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import aibom
from aibom.bill import (
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
    Target,
    Usage,
    Verdict,
)
from aibom.errors import DocumentError

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"


def full() -> Bill:
    stated = {"task": "fill-mask", "limitation": "English; only.", "parameters": "110000000", "tag": "a (b)"}
    tone = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        evidence=[
            Evidence(Location("app.py", 3, 9), "transformers", "load", reaches=(Location("b.py", 4, 5),)),
            Evidence(Location("app.py", 3, 30), "slots", usage=Usage.OPTIONAL, revision="main", confidence=0.75),
            Evidence(Location("nb.ipynb", 7, 1, 2), "transformers", "load", context=[("trust_remote_code", "true")]),
        ],
        card=Card(
            [(name, Fact(value, "card:3")) for name, value in stated.items()],
            [Metric("wer", "5.1", "card", "asr", "acme/speech", verified=True, label="WER", url="https://a.example")],
        ),
        licences=[Fact("gemma", "card:front-matter")],
        hashes=[("SHA-256", "b" * 64), ("git-sha1", "ab")],
        files=[
            ModelFile(
                "m.bin", "hub", 7, "pytorch", [("SHA-256", "c" * 64)], [Verdict("av", "safe", "hub", date="2026-11-20")]
            )
        ],
        resolutions=[Resolution(COMMIT, "main", "2026-11-25", "hub:https://hub.example")],
    )
    notes = Component(Kind.DATASET, "huggingface", "acme/notes", COMMIT)
    service = Component(
        Kind.SERVICE,
        "openai",
        "openai",
        hosted=True,
        evidence=[Evidence(Location("app.py", 9), "services", "openai.OpenAI")],
        properties=[("endpoint", "https://api.openai.com/v1")],
    )
    agent = Component(Kind.AGENT, "openai-agents", "Triage", origin="app.py")
    return Bill(
        [tone, notes, service, agent],
        [
            Relation(tone.ref, notes.ref, RelationKind.TRAINED_ON),
            Relation(agent.ref, tone.ref, RelationKind.USES, "as its model"),
        ],
        [
            Finding(
                "no-pin",
                Level.WARNING,
                tone.ref,
                "a branch; it moves",
                (Location("app.py", 3),),
                ("https://x.example",),
            )
        ],
        [Diagnostic("not-followed", "the model comes from x", Location("a.py", 3))],
        target=Target("shop", "1.0", "pkg:pypi/shop@1.0", "pyproject.toml"),
    )


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("write", [aibom.to_json, aibom.to_xml])
def test_our_documents_come_back_in_every_version_and_format(version: str, write: Any):  # noqa: ANN401 - two functions
    assert full() == aibom.read(write(full(), mentions=True, spec_version=version))


def test_a_path_a_text_and_a_document_say_the_same(tmp_path: Path):
    text = aibom.to_json(full())
    (tmp_path / "bom.json").write_text("\ufeff" + text, encoding="utf-8")

    assert full() == aibom.read(tmp_path / "bom.json") == aibom.read(str(tmp_path / "bom.json"))
    assert full() == aibom.read(text) == aibom.read(json.loads(text))


def test_reading_a_document_leaves_it_as_it_is():
    document = aibom.to_document(full())
    before = json.dumps(document)
    aibom.read(document)

    assert before == json.dumps(document)


@pytest.mark.parametrize(
    "source", ["", "nowhere.json", "{", "[]", '{"name": "package.json"}', "a\0b", {"x": {1}}, "[" * 10**5]
)
def test_what_is_no_document_is_refused(source: Any):  # noqa: ANN401 - what callers may give by mistake
    with pytest.raises(DocumentError):
        aibom.read(source)


def of_others(*components: object, **more: object) -> Bill:
    return aibom.read({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components, **more})


def test_the_card_of_another_tool_is_read_with_the_field_as_source():
    entry = {
        "type": "machine-learning-model",
        "name": "tone",
        "purl": f"pkg:huggingface/acme/tone@{COMMIT}",
        "publisher": "who uploaded it",
        "manufacturer": {"name": "who made it"},
        "licenses": [{"license": {"id": "MIT", "acknowledgement": "concluded"}}, {"license": {"name": "gemma"}}],
        "hashes": [{"alg": "SHA-256", "content": "b" * 64}],
        "components": [{"type": "file", "name": "m.bin"}, {"type": "library", "name": "code"}],
        "modelCard": {
            "modelParameters": {
                "approach": {"type": "supervised"},
                "task": "fill-mask",
                "inputs": [{"format": "string"}],
            },
            "quantitativeAnalysis": {"performanceMetrics": [{"type": "wer", "value": "5", "slice": "test"}]},
            "considerations": {
                "technicalLimitations": ["English."],
                "ethicalConsiderations": [{"name": "Bias.", "mitigationStrategy": "Test."}],
            },
            "properties": [{"name": "cdx:ai-ml:model:language", "value": "de,en"}],
        },
    }
    bill = of_others(entry)
    it = bill["acme/tone"]

    assert ("huggingface", COMMIT, f"pkg:huggingface/acme/tone@{COMMIT}") == (it.provider, it.commit, it.purl)
    card = "cyclonedx:modelCard"
    assert {
        ("publisher", "who uploaded it", "cyclonedx:publisher"),
        ("manufacturer", "who made it", "cyclonedx:manufacturer"),
        ("approach", "supervised", f"{card}.modelParameters.approach"),
        ("task", "fill-mask", f"{card}.modelParameters.task"),
        ("input", "string", f"{card}.modelParameters.inputs"),
        ("limitation", "English.", f"{card}.considerations.technicalLimitations"),
        ("bias-risk", "Bias.", f"{card}.considerations.ethicalConsiderations"),
        ("recommendation", "Test.", f"{card}.considerations.ethicalConsiderations"),
        ("language", "de", f"{card}.properties"),
        ("language", "en", f"{card}.properties"),
    } == {(name, fact.value, fact.source) for name, fact in it.card.facts}
    assert (Metric("wer", "5", f"{card}.quantitativeAnalysis", split="test"),) == it.card.metrics
    assert (Fact("MIT", "cyclonedx:licenses:concluded"), Fact("gemma", "cyclonedx:licenses")) == it.licences
    assert ([("SHA-256", "b" * 64)], ["m.bin"]) == (list(it.hashes), [f.path for f in it.files])
    assert [Relation(bill["code"].ref, it.ref, RelationKind.BUNDLED_IN)] == list(bill.relations)


def test_datasets_and_base_models_of_another_tool_are_components_with_relations():
    base = {
        "type": "machine-learning-model",
        "name": "base",
        "pedigree": {"ancestors": [{"name": "root"}]},
        "version": "2",
    }
    data = {
        "type": "dataset",
        "name": "inline",
        "sensitiveData": ["Names."],
        "governance": {"owners": [{"contact": {"name": "me"}}]},
    }
    model = {
        "type": "machine-learning-model",
        "name": "tone",
        "pedigree": {"ancestors": [{**base, "description": "It is listed below too."}]},
        "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}, {"ref": "gone"}, data, {}]}},
    }
    bill = of_others(model, {"type": "data", "name": "notes", "bom-ref": "d"}, base)

    tone = bill["tone"].ref
    assert {
        (tone, bill["notes"].ref, "trained-on"),
        (tone, bill["inline"].ref, "trained-on"),
        (tone, bill["base"].ref, "derived-from"),
        (bill["base"].ref, bill["root"].ref, "derived-from"),
    } == {(r.source, r.target, str(r.kind)) for r in bill.relations}
    assert ["Names.", "me"] == [bill["inline"].card[name].value for name in ("personal-data", "owner")]


def test_services_and_the_root_of_another_tool_are_read():
    root = {"type": "machine-learning-model", "name": "tone", "version": "2"}
    inner = {"name": "inner"}
    service = {
        "name": "api",
        "provider": {"name": "Acme"},
        "authenticated": True,
        "endpoints": ["https://x.example"],
        "services": [inner],
    }
    bill = of_others(metadata={"component": root}, services=[service])

    assert (Target("tone", "2"), ["tone"]) == (bill.target, [c.name for c in bill.models])
    assert ["api", "inner"] == [c.name for c in bill.services]
    assert (("authenticated", "true"), ("endpoint", "https://x.example"), ("organisation", "Acme")) == bill.services[
        0
    ].properties


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("invalid/*.json")), ids=lambda p: p.stem)
def test_an_invalid_document_is_read_as_far_as_it_goes_or_refused(path: Path):
    try:
        bill = aibom.read(path)
    except DocumentError:
        return

    assert bill == aibom.read(aibom.to_json(bill, mentions=True))
