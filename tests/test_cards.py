"""What cards and records say, by the forms that people write; real ones where they are at hand."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import aibom
from aibom import cards
from aibom.bill import Bill, Component, Enrichment, Fact, Kind, Metric, ModelFile
from aibom.cards import Said
from aibom.enrichment import enriched, of_said
from aibom.knowledge import rows

HERE = Path(__file__).parent
REAL = next((p / "shared" / "hub" / "data" for p in HERE.parents if (p / "shared" / "hub" / "data").is_dir()), None)
SECTIONS = {
    *("annotation", "author", "bias-risk", "citation", "contact", "curation", "curator", "description"),
    *("downstream-use", "environmental", "evaluation", "licence-text", "limitation", "out-of-scope", "personal-data"),
    *("recommendation", "training-data", "training-procedure", "use-case"),
}

real = pytest.mark.skipif(REAL is None, reason="the real cards and records are not at hand")


def fields(text: str, *, dataset: bool = False) -> list[tuple[str, str]]:
    return [(name, fact.value) for name, fact in cards.of_text(text, dataset=dataset).facts]


# -- sections --------------------------------------------------------------------------------------

HEADINGS: dict[str, list[str]] = {
    "Uses": ["use-case"],
    "Direct Use": ["use-case"],
    "Intended uses & limitations": ["use-case", "limitation"],
    "Limitations and bias": ["limitation", "bias-risk"],
    "Bias, Risks, and Limitations": ["limitation", "bias-risk"],
    "Out-of-Scope Use": ["out-of-scope"],
    "Misuse and Malicious Use": ["out-of-scope"],
    "Downstream Use [optional]": ["downstream-use"],
    "3.1 Training Data": ["training-data"],
    "Details of the task - Dataset 📚": ["training-data"],
    "Model fine-tuning 🏋️": ["training-procedure"],
    "Training specs": ["training-procedure"],
    "Eval results": ["evaluation"],
    "Testing Data": ["evaluation"],
    "Environmental Impact": ["environmental"],
    "Environmental specs": [],
    "BibTeX entry and citation info": ["citation"],
    "Acknowledgements": [],
    "How to use": [],
    "Usage": [],
    "Considerations": ["limitation"],
    "Model Details": ["description"],
    "x" * 200: [],
    "???": [],
}


@pytest.mark.parametrize("title", HEADINGS)
def test_a_heading_is_told_by_its_words(title: str):
    found = fields(f"# A\n\n## {title}\n\nSome words.\n")

    assert [(name, "Some words.") for name in HEADINGS[title]] == found


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Personal and Sensitive Information", "personal-data"),
        ("Dataset Curators", "curator"),
        ("Licensing Information", "licence-text"),
        ("Curation Rationale", "curation"),
        ("Annotation process", "annotation"),
        ("Supported Tasks and Leaderboards", "use-case"),
    ],
)
def test_datasets_have_headings_of_their_own(title: str, name: str):
    assert [(name, "Some words.")] == fields(f"### {title}\n\nSome words.\n", dataset=True)


def test_who_adds_a_dataset_to_the_hub_is_not_its_curator():
    assert [] == fields("### Contributions\n\nThanks to @somebody for adding this dataset.\n", dataset=True)


def test_links_at_the_head_of_a_dataset_are_no_description():
    links = "- **Homepage:** https://a.example\n- **Paper:** [A](https://b.example)\n- **Size of the files:** 3 MB\n"

    found = fields(f"## Dataset Description\n\n{links}\n### Dataset Summary\n\nNames of towns.\n", dataset=True)

    assert [
        ("description", "Names of towns."),
        ("home-page", "https://a.example"),
        ("paper", "https://b.example"),
    ] == found


PLACES: dict[str, str] = {
    "underlined": "Limitations\n-----------\n\nEnglish only.\n",
    "HTML": "<h1>A</h1>\n<h2 align='center'>⚠️ Limitations</h2>\n<p>English only.</p>\n<h2>Next</h2>\nx\n",
    "HTML before Markdown": "<h3>Limitations</h3>\n\nEnglish *only*.\n",
    "folded": "<details>\n<summary><b>Limitations</b></summary>\n\nEnglish only.\n\n</details>\n\nNext.\n",
    "folded in one block": "<details><summary>Limitations</summary>English only.</details>\n\nNext.\n",
    "bold and alone": "**Limitations:**\n\nEnglish only.\n\n**Next**\n\n## Next\n",
    "a label": "**Limitations:** English only.\n\nNext.\n",
    "a label in a list": "## Overview\n\n- **Limitations**: English only.\n",
    "a label of a line": "**Format:** x\n**Limitations:** English only.<br>**Next:** x\n",
    "a table of HTML": "## Limitations\n\n<table><tr><td>English</td>\n<td>only.</td></tr></table>\n",
    "not in the code of HTML": "## Limitations\n\n<script>var x;</script>\n<!-- Say it. -->\n<p>English only.</p>\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_heading_may_be_written_in_any_way(place: str):
    assert [("limitation", "English only.")] == [f for f in fields(PLACES[place]) if f[0] != "description"]


def test_headings_of_html_have_their_line():
    said = cards.of_text("# A\n\n<div>\n<h2>Limitations</h2>\nEnglish only.\n</div>\n", source="card")

    assert (("limitation", Fact("English only.", "card:4")),) == said.facts


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("局限性", "limitation"),
        ("训练数据介绍", "training-data"),
        ("モデルの説明", "description"),
        ("학습 데이터", "training-data"),
        ("Uso previsto", "use-case"),
        ("Avaliação", "evaluation"),
        ("Données d'entraînement", "training-data"),
        ("Données d’entraînement", "training-data"),
        ("Verwendungszweck", "use-case"),
        ("Limitazioni", "limitation"),
        ("Ограничения", "limitation"),
        ("Comment utiliser", ""),
        ("如何使用", ""),
    ],
)
def test_headings_in_other_languages_are_told_too(title: str, name: str):
    assert ([(name, "Some words.")] if name else []) == fields(f"## {title}\n\nSome words.\n")


def test_every_translated_heading_is_one_of_a_field():
    assert {row["field"] for row in rows("headings")} <= SECTIONS | {"how-to"}


def test_a_part_in_bold_type_without_words_below_is_stressed_text():
    assert [("limitation", "It is slow. No children under ten")] == fields(
        "## Limitations\n\nIt is slow.\n\n**No children under ten**\n"
    )


def test_parts_of_a_caution_stay_together_and_what_is_out_of_scope_does_not():
    assert [
        ("limitation", "Bias: Of news. Limitation: Short texts."),
        ("bias-risk", "Bias: Of news. Limitation: Short texts."),
        ("use-case", "Chat."),
        ("out-of-scope", "Medicine."),
    ] == fields(
        "## Limitations and bias\n\n- **Bias:** Of news.\n- **Limitation:** Short texts.\n\n"
        "## Intended Use\n\nChat.\n\n**Out-of-scope** Medicine.\n"
    )


TEMPLATE = """
### Model Description

Tells moods.

- **Developed by:** [Acme](https://acme.example)
- **Funded by [optional]:** [More Information Needed]
- **Model type:** Encoder
- **License:** Apache 2.0
- **Finetuned from model [optional]:** [the base](https://huggingface.co/acme/base)

### Model Sources [optional]

- **Repository:** https://me:secret@git.example/acme/tone
- **Paper [optional]:** [A](https://arxiv.org/abs/2310.16944)
- **Demo [optional]:** in our hall

### Recommendations

Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model. \
More information needed for further recommendations.

## Environmental Impact

Carbon emissions can be estimated using the [Machine Learning Impact calculator](https://a.example) presented in \
[Lacoste et al. (2019)](https://b.example).

- **Hardware Type:** 8 A100
- **Hours used:** 100
- **Cloud Provider:** TODO
- **Carbon Emitted:** 12 kg
"""


def test_the_labels_of_the_template_are_facts_and_its_own_words_are_none():
    said = cards.of_text(TEMPLATE)

    assert {
        ("description", "Tells moods."),
        ("manufacturer", "Acme"),
        ("model-type", "Encoder"),
        ("repository", "https://git.example/acme/tone"),
        ("arxiv", "2310.16944"),
        ("co2-hardware", "8 A100"),
        ("co2-hours", "100"),
        ("co2-emitted", "12 kg"),
    } == {(name, fact.value) for name, fact in said.facts} - {("description", "Demo [optional]: in our hall")}
    assert ((Fact("Apache 2.0", "card:9"),), (("acme/base", "finetune"),)) == (said.licences, said.bases)


def test_what_the_metadata_state_the_text_but_repeats():
    said = cards.of_readme(f"---\nlicense: mit\nbase_model: a/b\n---\n{TEMPLATE}")

    assert (["mit"], (("a/b", ""),)) == ([f.value for f in said.licences], said.bases)


def test_an_address_in_the_place_of_a_licence_is_where_it_stands():
    said = cards.of_text("**License:** https://a.example/l\n")

    assert ((("license-link", Fact("https://a.example/l", "card:1")),), ()) == (said.facts, said.licences)


def test_what_the_template_would_fill_in_is_no_answer():
    assert [] == fields("- **Developed by:** {{ developers }}\n\n## Limitations\n\n{{ limitations }}\n")


def test_a_dataset_has_labels_of_its_own():
    assert [("curator", "Acme"), ("funder", "A town")] == fields(
        "### Dataset Description\n\n- **Curated by:** Acme\n- **Funded by [optional]:** A town\n", dataset=True
    )


def test_a_citation_names_papers():
    text = "@misc{a, eprint={2310.16944}, doi={10.1162/tacl\\_a\\_00276}, b={10.1/2/3.pdf}}\n"
    text += "```\n\n### X\n\narXiv:2305.18290\n"

    assert {("arxiv", "2310.16944"), ("arxiv", "2305.18290"), ("doi", "10.1162/tacl_a_00276")} == {
        pair for pair in fields(f"## Citation\n\n```\n{text}") if pair[0] != "citation"
    }


@pytest.mark.hostile
@pytest.mark.parametrize(
    "part", ["<", "<!--", "<a ", "<h2>", "</details>", "<summary>", "**a**\n\n", "<script>", "&#x"]
)
def test_odd_html_is_read_in_time(part: str):
    began = time.perf_counter()

    cards.of_text("<div>\n" + part * (100_000 // len(part)))  # What is not linear takes minutes.

    assert time.perf_counter() - began < 30


def test_other_parts_of_the_template_are_no_description():
    assert [("description", "Names of towns.")] == fields(
        "## Dataset Description\n\n### Dataset Summary\n\nNames of towns.\n\n### Languages\n\nEnglish.\n", dataset=True
    )


def test_the_title_of_a_card_is_no_section():
    assert [] == fields("# Tone: pre-training encoders as judges of moods\n\nSome words.\n")


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "[More Information Needed]",
        "[More Information Needed](https://a.example)",
        "TODO",
        "N/A",
        "…",
        "- \n- ",
        "![x](y.png)",
    ],
)
def test_what_a_template_left_unanswered_is_no_answer(nothing: str):
    assert [] == fields(f"## Limitations\n\n{nothing}\n\n## Next\n")


def test_how_to_run_it_is_no_use():
    assert [] == fields("## Intended uses\n\n#### How to use\n\nLoad it with a library.\n")


def test_parts_of_a_section_that_speak_of_nothing_else_belong_to_it():
    assert [("training-data", "News. Of two years. Much of it.")] == fields(
        "## Training data\n\nNews.\n\n### Span\n\nOf two years.\n\n### Size\n\nMuch of it.\n"
    )


def test_a_long_section_is_cut_at_the_end_of_a_sentence():
    (found,) = fields("## Limitations\n\n" + "It is slow at times. " * 60)

    assert (True, True) == (len(found[1]) <= 602, found[1].endswith("times. …"))


def test_the_place_of_a_section_is_its_line_in_the_file():
    said = cards.of_readme("---\nlicense: mit\n---\n# A\n\n## Limitations\n\nNone known so far.\n")

    assert (("limitation", Fact("None known so far.", "card:6")),) == said.facts


# -- front matter ----------------------------------------------------------------------------------

FRONT: dict[str, tuple[str, Mapping[str, object], int]] = {
    "Norwegian": ("---\nlanguage: no\n---\n", {"language": "no"}, 0),
    "a version": ("---\nx: 1.10\n---\n", {"x": "1.10"}, 0),
    "a byte order mark and a comment before": ("\ufeff\n<!-- x -->\n---\na: b\n---\n", {"a": "b"}, 0),
    "dots at the end": ("---\na: b\n...\n", {"a": "b"}, 0),
    "Windows": ("---\r\na: b\r\n---\r\nx", {"a": "b"}, 0),
    "a tab": ("---\na:\tb\nlicense: mit\n\t- x\n---\n", {"a": "b", "license": "mit"}, 1),
    "a colon too many": ("---\na: b: c\nlicense: mit\n---\n", {"a": "b: c", "license": "mit"}, 1),
    "no mapping": ("---\nPaddleOCR\n---\n", {}, 1),
    "a key twice": ("---\na: b\na: c\n---\n", {"a": "c"}, 1),
    "no end": ("---\na: b\n", {}, 1),
    "no keys of text": ("---\n1: x\n---\n", {"1": "x"}, 0),
    "nothing in it": ("---\n---\nx", {}, 0),
    "none": ("# A\n", {}, 0),
    "too long": ("---\na: " + "x" * 1_100_000 + "\n---\n", {}, 1),
    "too many aliases": ("---\na: &a x\n" + "".join(f"b{n}: *a\n" for n in range(300)) + "---\n", {}, 1),
}


@pytest.mark.parametrize("form", FRONT)
def test_front_matter_is_read_without_guessing_types(form: str):
    text, values, problems = FRONT[form]

    front = cards.parse(text)

    assert (problems, values) == (len(front.problems), front.values)


def stated(values: Mapping[str, object], *, dataset: bool = False) -> Said:
    return cards.of_metadata(values, dataset=dataset, source="card")


def test_a_model_index_gives_scores():
    result = {
        "task": {"type": "asr"},
        "dataset": {"type": "acme/speech", "name": "Speech", "config": "en", "split": "test"},
        "metrics": [{"type": "wer", "value": 7.5, "verified": True}, {"name": "cer", "value": 2}, {"value": 1}, None],
    }

    said = stated({"model-index": [{"results": [result, None]}]})

    wer = Metric("wer", "7.5", "card", "asr", "acme/speech", "en", "test", verified=True)  # Equal words are no label.
    expected = (wer, Metric("cer", "2", "card", "asr", "acme/speech", "en", "test"))
    assert (expected, ("acme/speech",), 2) == (said.metrics, said.tested_on, len(said.problems))


def test_a_score_is_called_as_its_author_calls_it_where_the_hub_knows_no_name():
    result = {
        "dataset": {"type": "unknown", "name": "MT-Bench", "args": "en"},
        "metrics": [
            {"type": "unknown", "name": "win rate", "value": 0.9},
            {"type": "wer", "name": "Test WER (+LM)", "value": 1},
            {"type": "loss", "value": float("nan")},
        ],
        "source": {"name": "Board", "url": "https://me:secret@board.example/x"},
    }

    said = stated({"model-index": [{"results": [result]}]})

    url = "https://board.example/x"
    assert (
        Metric("win rate", "0.9", "card", dataset="MT-Bench", config="en", url=url),
        Metric("wer", "1", "card", dataset="MT-Bench", config="en", label="Test WER (+LM)", url=url),
    ) == said.metrics
    assert ("a metric has no name or no single value",) == said.problems


@pytest.mark.parametrize(
    ("values", "bases"),
    [
        ({"base_model": "a/b", "base_model_relation": "quantized"}, (("a/b", "quantized"),)),
        ({"base_model": ["a/b", "c/d"], "tags": ["Merge"]}, (("a/b", "merge"), ("c/d", "merge"))),
        ({"base_model": "https://huggingface.co/a/b"}, (("a/b", ""),)),
        ({"base_model": "a/b", "base_model_relation": "cousin"}, (("a/b", ""),)),
        ({"base_model": ["./here", "None", "a model of ours", {"a": "b"}]}, ()),
    ],
)
def test_base_models_are_ids_and_say_how(values: Mapping[str, object], bases: tuple[tuple[str, str], ...]):
    assert bases == stated(values).bases


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"co2_eq_emissions": 12.5}, {"co2-grams": "12.5"}),
        ({"co2_eq_emissions": {"emissions": "3", "source": "me", "x": 1}}, {"co2-grams": "3", "co2-source": "me"}),
        ({"co2_eq_emissions": "a lot"}, {}),
        ({"co2_eq_emissions": {"emissions": "a lot"}}, {}),
        ({"tags": ["arxiv:2310.1", "doi:10.1/x"]}, {"arxiv": "2310.1", "doi": "10.1/x"}),
        ({"extra_gated_prompt": "x"}, {"gated-terms": "true"}),
        ({"pipeline_tag": {"a": 1}}, {}),
        ({"languages": "en"}, {"language": "en"}),
        ({"license_link": "https://me:secret@a.example/l"}, {"license-link": "https://a.example/l"}),
        ({"language": [False, "de", None, 1.0]}, {"language": "1"}),
    ],
)
def test_fields_of_a_card_are_facts(values: Mapping[str, object], expected: Mapping[str, str]):
    facts = {name: fact.value for name, fact in stated(values).facts if name != "tag"}

    assert expected == facts


def test_a_licence_of_its_own_is_called_by_its_name():
    assert ("acme-1", "mit") == tuple(
        sorted(f.value for f in stated({"license": ["other", "mit"], "license_name": "acme-1"}).licences)
    )


def test_a_dataset_has_sizes_and_sources():
    info = [{"download_size": 5, "dataset_size": 7, "splits": [{"num_examples": 3}, {"num_examples": "x"}]}, None]

    said = stated(
        {"dataset_info": info, "source_datasets": ["original", "extended|squad", "extended|other-x"]}, dataset=True
    )

    sizes = {"download-bytes": "5", "dataset-bytes": "7", "examples": "3"}
    assert (sizes, ("squad",)) == ({n: f.value for n, f in said.facts}, said.sources)


# -- records ---------------------------------------------------------------------------------------


def test_a_record_states_what_its_fields_state():
    said = cards.of_record(
        {
            "id": "acme/tone",
            "gated": "manual",
            "private": True,
            "config": {
                "architectures": ["X"],
                "text_config": {"max_position_embeddings": 32},
                "quantization_config": {"load_in_4bit": True},
                "auto_map": {"AutoModel": "code.Tone"},
                "tokenizer_config": {"chat_template": [{"template": "{{ x }}"}]},
            },
            "transformersInfo": {"auto_model": "AutoModel"},
            "gguf": {"total": 9, "architecture": "llama", "context_length": 0, "chat_template": "x"},
            "baseModels": {"relation": "adapter", "models": [{"id": "a/b"}, {"no": 1}]},
            "evalResults": [{"dataset": {"id": "a/d", "task_id": "mmlu"}, "value": 1, "verified": True}, 7],
            "tags": ["base_model:a/b", "base_model:adapter:a/b", "dataset:a/d", "license:mit", "arxiv:2310.1", "x"],
            "siblings": [{"rfilename": "a.GGUF", "lfs": {"oid": "sha256:" + "A" * 64, "size": True}}],
        },
        source="hub",
    )

    facts = {name: fact.value for name, fact in said.facts}
    assert {"gated": "manual", "private": "true", "publisher": "acme", "context-length": "32"}.items() <= facts.items()
    assert {"quantization": "bitsandbytes", "custom-code": "code.Tone", "loader": "AutoModel"}.items() <= facts.items()
    assert {"parameters": "9", "arxiv": "2310.1"}.items() <= facts.items()
    assert ((("a/b", "adapter"),), ("a/d",), ("mit",)) == (
        said.bases,
        said.trained_on,
        tuple(f.value for f in said.licences),
    )
    assert (Metric("mmlu", "1", "hub:evalResults", dataset="a/d", verified=True),) == said.metrics
    assert (ModelFile("a.GGUF", "hub", -1, "gguf", [("SHA-256", "a" * 64)]),) == said.files


WHOLE: dict[str, Any] = {
    "id": "acme/tone",
    "gated": "auto",
    "private": False,
    "config": {
        "peft": {"base_model_name_or_path": "acme/base"},
        "diffusers": {"_class_name": "X"},
        "quantization_config": {"bits": 4, "quant_method": "q"},
        "auto_map": {"A": "b.C"},
        "architectures": ["A"],
        "text_config": {"n_ctx": 4},
        "tokenizer_config": {"chat_template": "{{ x }}"},
    },
    "gguf": {"total": 1, "architecture": "llama", "context_length": 2, "chat_template": "{{ x }}"},
    "safetensors": {"parameters": {"F32": 3}, "total": 3},
    "baseModels": {"relation": "adapter", "models": [{"id": "acme/base"}]},
    "evalResults": [{"dataset": {"id": "a/d", "task_id": "t"}, "value": 1, "source": {"url": "https://a.example"}}],
    "securityRepoStatus": {"scansDone": True, "filesWithIssues": [{"path": "m.bin", "level": "unsafe"}]},
    "siblings": [
        {
            "rfilename": "m.bin",
            "size": 3,
            "lfs": {"sha256": "a" * 64, "size": 3},
            "securityFileStatus": {"avScan": {"status": "safe", "message": "x", "pickleImports": [{"name": "x"}]}},
        }
    ],
    "tags": ["license:mit", "language:en"],
    "cardData": {
        "license": "other",
        "license_name": "acme-1",
        "license_link": "LICENSE",
        "co2_eq_emissions": {"emissions": 1},
        "base_model": ["acme/base"],
        "base_model_relation": "adapter",
        "model-index": [
            {
                "results": [
                    {
                        "task": {"type": "t"},
                        "dataset": {"name": "d", "type": "a/d", "args": "en"},
                        "metrics": [{"type": "m", "name": "M", "value": 1, "verified": True}],
                        "source": {"url": "https://a.example"},
                    }
                ]
            }
        ],
        "language": "en",
        "datasets": ["a/x"],
        "source_datasets": ["a/x"],
        "dataset_info": [{"splits": [{"num_examples": 3}], "download_size": 1}],
    },
}
ODD: list[Any] = [
    *(None, 1, -1, 1.5, "", "x", True, [], {}, [[]], [None], {"a": []}, [{"a": 1}], 10**400, float("nan")),
    *("\x00\ud800", {"x": {"y": {}}}, "https://me:x@a.example/x y|<z>", "a" * 3000),
]


def odd_ones(whole: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Yield *whole* with one of its values in the place of another, each in turn."""
    parts = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for key, value in parts:
        for other in (*ODD, *odd_ones(value)):
            copy: Any = dict(whole) if isinstance(whole, dict) else list(whole)
            copy[key] = other
            yield copy


@pytest.mark.hostile
@pytest.mark.parametrize("dataset", [False, True])
def test_no_odd_value_of_a_record_loses_the_others(dataset: bool):
    kind = Kind.DATASET if dataset else Kind.MODEL
    every = []
    for number, odd in enumerate(odd_ones(WHOLE)):
        said = cards.of_record(odd, dataset=dataset, source="hub")
        component = Component(kind, "huggingface", f"acme/m{number}")
        every.append((component, of_said(component, said)))

    some = every[::20]
    bill = enriched(Bill([component for component, _ in some]), some)

    assert len(every) > 1000
    assert () == aibom.validate(aibom.to_document(bill))


def record(values: Mapping[str, object], *, dataset: bool = False) -> Said:
    return cards.of_record(values, dataset=dataset, source="hub")


def test_the_class_of_a_pipeline_is_its_architecture():
    said = record({"config": {"diffusers": {"_class_name": "StableDiffusionPipeline"}}})

    assert (("architecture", Fact("StableDiffusionPipeline", "hub")),) == said.facts


def test_an_adapter_names_its_base_in_its_configuration():
    adapter = {"base_model_name_or_path": "acme/base", "task_type": "CAUSAL_LM"}

    assert ((("acme/base", "adapter"),), ()) == (
        record({"config": {"peft": adapter}}).bases,
        record({"config": {"peft": {"base_model_name_or_path": "/home/me/base"}}}).bases,
    )


def test_scores_of_the_new_form_name_their_datasets_and_where_they_are_from():
    result = {"dataset": {"id": "acme/d", "task_id": "hle"}, "value": 20.9, "source": {"url": "https://a.example"}}

    said = record({"evalResults": [result, {"dataset": "bare", "task_id": "x", "value": 1}]})

    assert (("acme/d",), ["https://a.example", ""]) == (said.tested_on, [m.url for m in said.metrics])


def test_tags_say_what_the_metadata_of_a_dataset_do_not():
    tags = ["license:mit", "license:cc0-1.0", "language:en", "task_categories:translation", "size_categories:n<1K"]
    tags += ["source_datasets:extended|acme/d", "source_datasets:original"]

    alone = record({"tags": tags}, dataset=True)
    beside = record({"tags": tags, "cardData": {"language": "de", "license": "mit"}}, dataset=True)

    expected = {"language": "en", "task": "translation", "size-category": "n<1K"}
    assert (expected, ["mit", "cc0-1.0"], ("acme/d",)) == (
        {name: fact.value for name, fact in alone.facts},
        [fact.value for fact in alone.licences],
        alone.sources,
    )
    assert (["de"], ["mit"]) == (
        [fact.value for name, fact in beside.facts if name == "language"],
        [fact.value for fact in beside.licences],
    )


# -- real cards and records ------------------------------------------------------------------------


def checked() -> Iterator[tuple[str, str, set[str]]]:
    for line in (HERE / "data" / "card_sections.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "folder\t")):
            folder, name, sections = line.split("\t")
            yield folder, name, set(sections.split())


def test_ninety_cards_are_checked_by_hand():
    labels = list(checked())

    assert 90 == len({name for _, name, _ in labels})
    assert SECTIONS >= {name for *_, names in labels for name in names}


@real
def test_nine_of_ten_sections_of_real_cards_are_recognised():
    right = wanted = found = 0
    for folder, name, sections in checked():
        text = (Path(REAL or "") / folder / name).read_text("utf-8", "replace")
        read = cards.of_text(cards.parse(text).body, dataset=folder == "dataset_cards")
        names = {n for n, _ in read.facts} & SECTIONS
        right += len(names & sections)
        wanted += len(sections)
        found += len(names)

    assert right / wanted >= 0.95
    assert right / found >= 0.95


def everything() -> Iterator[tuple[Component, Enrichment]]:
    """
    Yield what one in five real cards, and every real record of the Hub's form, says; each as a component of its own.

    ``benchmarks/cards.py`` reads all.
    """
    data = Path(REAL or "")
    for folder, kind in (("model_cards", Kind.MODEL), ("dataset_cards", Kind.DATASET)):
        for path in sorted((data / folder).glob("*.md"))[::5]:
            component = Component(kind, "huggingface", f"{folder}/{path.stem}"[:90])
            text = path.read_text("utf-8", "replace")
            yield component, of_said(component, cards.of_readme(text, dataset=kind is Kind.DATASET))
    for path in sorted((data / "model_info").glob("*.json")):
        record: Any = json.loads(path.read_text("utf-8", "replace"))
        if isinstance(record, dict) and isinstance(record.get("id") or record.get("modelId"), str):
            component = Component(Kind.MODEL, "huggingface", f"model_info/{path.stem}"[:90])
            yield component, of_said(component, cards.of_record(record, source="hub"))


@real
def test_real_cards_and_records_give_a_valid_document():
    every = list(everything())

    bill = enriched(Bill([component for component, _ in every]), every)

    assert len(every) > 350
    assert () == aibom.validate(aibom.to_document(bill))


@pytest.mark.hostile
@pytest.mark.parametrize(
    "card",
    [
        "---\na: b: c\nk: a" + " " * 100_000 + "#\n---\n",
        "## Limitations\n\nNote: " + "-" * 5_000 + "x\n",
    ],
    ids=["blanks in front matter that is no YAML", "dashes"],
)
def test_blanks_and_dashes_are_read_in_time(card: str):
    began = time.perf_counter()

    cards.of_readme(card)  # What is not linear takes minutes.

    assert time.perf_counter() - began < 20


def test_plain_lines_of_what_is_no_yaml_have_no_blanks_at_their_end():
    assert {"a": "b: c", "license": "mit", "tag": "a b"} == cards.parse(
        "---\na: b: c\nlicense: mit \t\r\ntag: a b  \n---\n"
    ).values
