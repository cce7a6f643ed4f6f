"""Whatever a tree holds, the document is valid and sound, and the same for any order."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from attrs import evolve
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aibom.bill import (
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
    Relation,
    RelationKind,
    Resolution,
    Skip,
    Target,
    Technique,
    Usage,
    Verdict,
)
from aibom.cyclonedx import read, to_bom, to_json, validate
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.text import is_machine_path, to_endpoint

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
        "target": draw(st.builds(Target, *[st.none() | TEXT] * 3, st.none() | PATHS)),
    }


def FINDINGS(refs: st.SearchStrategy[str]) -> st.SearchStrategy[Finding]:  # noqa: N802 - as the others
    places = st.lists(LOCATIONS, max_size=2).map(tuple)
    return st.builds(Finding, TEXT, st.sampled_from(Level), refs, TEXT, places, st.lists(TEXT, max_size=2).map(tuple))


def as_shown(it: Bill) -> Bill:
    """Return *it* as a document may show it: no key in an address, no path of a machine, purls in their own form."""
    target = it.target
    name = target.name if target.name and not is_machine_path(target.name) else None
    purl = canonical_purl(target.purl) if target.purl else None
    return evolve(
        it,
        target=Target(name, target.version or None, purl, target.source),
        components=[
            evolve(c, properties=[(n, to_endpoint(v)[0] if n == "endpoint" else v) for n, v in c.properties])
            for c in it.components
        ],
    )


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


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bills())
def test_a_document_without_mentions_is_that_of_the_bill_without_them(parts: dict[str, Any]):
    it = bill(parts)

    assert as_shown(it.without_mentions()) == read(to_json(it))
