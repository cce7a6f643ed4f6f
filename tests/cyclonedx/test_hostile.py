"""Whatever a tree holds, the document is valid and sound, and the same for any order."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cyclonedx.bills import as_shown

from aibom.bill import (
    SEVERITIES,
    Advisory,
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Rating,
    Relation,
    RelationKind,
    Resolution,
    Skip,
    Target,
    Technique,
    Usage,
    Verdict,
)
from aibom.cyclonedx import convert, read, to_bom, to_json, to_xml, validate

pytestmark = pytest.mark.hostile

# Lone surrogates too: that is how Python names a file whose name is not UTF-8.
NASTY = st.text(st.characters(exclude_categories=()), max_size=12)
LIKELY = st.sampled_from(
    [
        *(
            "Qwen/Qwen3-8B",
            "gpt-4o",
            "foo_bar",
            "Foo-Bar",
            "llama3.2:3b",
            "/models/x",
            "C:\\models\\x",
            "a//b",
            "..",
            "@a/b",
        ),
        *(
            "x" * 5000,
            "a;usage=mention",
            "../../etc",
            "file:///etc",
            "urn:cdx:x",
            "pkg:pypi/x",
            "http://x/y?a#b",
            "main",
        ),
    ]
)
TEXT = NASTY | LIKELY
PATHS = st.sampled_from(
    ["app.py", "C:\\x.py", "file:x", "a\nb.py", "caf\udce9.py", "\\\\a\\b", "a b/ü.ipynb"]
) | NASTY.filter(lambda path: path and not path.startswith("/") and ".." not in path.split("/"))
LOCATIONS = st.builds(Location, PATHS, *[st.integers(0, 3)] * 3)
PAIRS = st.lists(st.tuples(TEXT | st.just("endpoint"), TEXT), max_size=2)
EVIDENCE = st.builds(
    Evidence,
    LOCATIONS,
    TEXT,
    TEXT,
    st.sampled_from(Usage),
    st.floats(allow_nan=False),
    st.sampled_from(Technique),
    TEXT,
    st.none() | TEXT,
    PAIRS,
    st.lists(LOCATIONS, max_size=10).map(tuple),
)
NAMES = (
    st.sampled_from(
        [
            *("task", "license", "stated:task", "limitation", "bias-risk", "recommendation", "tag", "publisher"),
            "parameters",
        ]
    )
    | TEXT
)
FACTS = st.builds(Fact, TEXT | st.sampled_from(["mit", "MIT OR Apache-2.0", "AND"]), TEXT)
METRICS = st.builds(Metric, *[TEXT] * 7, st.booleans())
HASHES = st.lists(st.tuples(st.sampled_from(["MD5", "SHA-256", "crc"]) | TEXT, st.just("ab" * 16) | TEXT), max_size=2)
FILES = st.builds(
    ModelFile,
    TEXT,
    TEXT.filter(bool),
    st.integers(-1, 5),
    TEXT,
    HASHES,
    st.lists(st.builds(Verdict, *[TEXT] * 4), max_size=2),
)
TIMES = st.sampled_from(["", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678Z"])
RATINGS = st.builds(
    Rating, st.sampled_from(SEVERITIES), TEXT.filter(bool), TEXT, st.sampled_from(["", "0.0", "8.8", "10.0"])
)
ADVISORIES = st.builds(
    Advisory,
    TEXT.filter(bool),
    TEXT.filter(bool),
    TEXT,
    st.lists(TEXT.filter(bool), max_size=2),
    st.lists(RATINGS, max_size=2),
    st.lists(st.sampled_from(["CWE-79", "CWE-502"]), max_size=2),
    TIMES,
    TIMES,
    st.lists(TEXT, max_size=2),
    st.lists(TEXT, max_size=2),
    st.lists(st.sampled_from(["https://a.example/1", "https://b.example/2"]), max_size=2),
    state=st.sampled_from(["", "not_affected", "exploitable"]),
    justification=st.sampled_from(["", "code_not_reachable"]),
    detail=TEXT,
)
COMPONENTS = st.builds(
    Component,
    st.sampled_from(Kind),
    st.sampled_from(["huggingface", "openai", "pypi", "npm", "ollama", "local"]) | TEXT,
    TEXT,
    st.none() | st.just("a" * 40),
    st.none() | TEXT,
    st.booleans(),
    st.lists(EVIDENCE, max_size=4),
    st.builds(Card, st.lists(st.tuples(NAMES, FACTS), max_size=3), st.lists(METRICS, max_size=2)),
    st.lists(FACTS, max_size=2),
    HASHES,
    PAIRS,
    st.lists(FILES, max_size=2),
    st.lists(st.builds(Resolution, *[TEXT] * 4), max_size=2),
    TEXT,
    st.lists(ADVISORIES, max_size=1),
).map(lambda c: evolve(c, files=()) if c.kind is Kind.SERVICE else c)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.sampled_from(["not-followed", "supplied-by-caller", "too-large"]) | TEXT,
    TEXT,
    st.none() | LOCATIONS,
    st.sampled_from(Level),
)


@st.composite
def bills(draw: st.DrawFn) -> dict[str, Any]:
    components = draw(st.lists(COMPONENTS, max_size=5))
    every = Counter(c.ref for c in components)  # A notice is about a ref: of two components that share one, about both.
    components = [c if every[c.ref] == 1 else evolve(c, advisories=()) for c in components]
    refs = st.sampled_from([c.ref for c in components] or ["nothing"]) | TEXT
    skips = st.builds(Skip, PATHS, st.just("excluded-by-default") | TEXT)
    return {
        "components": components,
        "relations": draw(st.lists(st.builds(Relation, refs, refs, st.sampled_from(RelationKind), TEXT), max_size=4)),
        "findings": draw(st.lists(FINDINGS(refs), max_size=2)),
        "diagnostics": draw(st.lists(DIAGNOSTICS, max_size=3)),
        "coverage": draw(
            st.builds(Coverage, *[st.integers(0, 9)] * 4, st.lists(skips, max_size=2), st.lists(PATHS, max_size=1))
        ),
        "target": draw(
            st.builds(
                Target,
                *[st.none() | TEXT] * 3,
                st.none() | PATHS,
                st.lists(st.tuples(st.sampled_from(["sbom-author", "system-producer"]) | TEXT, FACTS), max_size=2),
            )
        ),
    }


def FINDINGS(refs: st.SearchStrategy[str]) -> st.SearchStrategy[Finding]:  # noqa: N802 - as the others
    places = st.lists(LOCATIONS, max_size=2).map(tuple)
    return st.builds(Finding, TEXT, st.sampled_from(Level), refs, TEXT, places, st.lists(TEXT, max_size=2).map(tuple))


def bill(parts: Any) -> Bill:  # noqa: ANN401 - the fields of a bill
    return Bill(**parts)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills(), st.booleans(), st.randoms(use_true_random=False))
def test_any_bill_is_a_valid_document_and_the_same_for_any_order(
    parts: dict[str, Any], mentions: bool, shuffler: random.Random
):
    text = to_json(bill(parts), mentions=mentions)

    assert () == validate(text)
    mixed = {k: shuffler.sample(v, len(v)) if isinstance(v, list) else v for k, v in parts.items()}
    assert text == to_json(bill(mixed), mentions=mentions)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills(), st.sampled_from(OutputFormat))
def test_any_bill_passes_through_the_library(parts: dict[str, Any], form: OutputFormat):
    text = make_outputter(to_bom(bill(parts), mentions=True), form, SchemaVersion.V1_6).output_as_string()

    assert None is make_schemabased_validator(form, SchemaVersion.V1_6).validate_str(text)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills())
def test_any_bill_comes_back_from_its_document(parts: dict[str, Any]):
    it = bill(parts)
    text = to_json(it, mentions=True)
    back = read(text)

    assert as_shown(it) == back
    assert text == to_json(back, mentions=True)
    assert back == read(json.loads(text))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills(), st.sampled_from(["1.5", "1.6", "1.7"]), st.sampled_from([to_json, to_xml]))
def test_any_bill_is_valid_and_comes_back_in_every_version_and_format(
    parts: dict[str, Any], version: str, write: Callable[..., str]
):
    it = bill(parts)
    text = write(it, mentions=True, spec_version=version)

    assert () == validate(text)
    assert as_shown(it) == read(text)
    assert json.loads(to_json(it, mentions=True)) == json.loads(convert(text, spec_version="1.6"))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills())
def test_a_document_without_mentions_is_that_of_the_bill_without_them(parts: dict[str, Any]):
    it = bill(parts)

    assert as_shown(it.without_mentions()) == read(to_json(it))
