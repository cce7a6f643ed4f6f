"""
Applications as teams write them, in many languages and places, scored by the scorer of the corpus.

tests/applications/<name>/ is scanned; tests/applications/labels/<name>.tsv says which models and datasets it names,
<name>.more.tsv which libraries, services, MCP servers, agents and model files. benchmarks/applications.py prints more.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any

import pytest

SUITE: Any = importlib.import_module("benchmarks.applications")
BAR = 0.95

SHORT: dict[str, str] = {}
"""Applications in which models and datasets are still lost or made up, and what is missing."""
REST: dict[str, str] = {}
"""Applications of which the other labels are not all found yet, and what is missing."""


@functools.cache
def look(name: str) -> Any:  # noqa: ANN401 - benchmarks/ is not typed for tests
    return SUITE.look(name)


def applications(gaps: dict[str, str]) -> list[object]:
    return [
        pytest.param(name, marks=[pytest.mark.xfail(strict=True, reason=gaps[name])] if name in gaps else [])
        for name in SUITE.names()
    ]


def short(names: list[str]) -> dict[str, float]:
    measures = SUITE.headline(SUITE.compare({name: look(name).document for name in names}))
    return {
        f"{level} {rate}": measure[rate]
        for level, measure in measures.items()
        for rate in ("recall", "precision")
        if measure[rate] < BAR  # What has no labels has no rates, which are then not a number.
    }


@pytest.mark.parametrize("name", SUITE.names())
def test_the_document_of_an_application_is_valid_and_the_same_twice(name: str):
    assert look(name).problems == ()


@pytest.mark.parametrize("name", applications(SHORT))
def test_what_an_application_names_is_found_and_nothing_else(name: str):
    assert short([name]) == {}


@pytest.mark.parametrize("name", applications(REST))
def test_libraries_services_agents_and_files_of_an_application_are_found(name: str):
    assert SUITE.absent(name, look(name)) == []


@pytest.mark.xfail("parcel-tracker" in SHORT, strict=True, reason="what SHORT says")
def test_an_application_without_ai_has_no_alarm():
    without = [name for name in SUITE.names() if not SUITE.labels(name)]

    assert [alarm for name in without for alarm in SUITE.alarms(SUITE.compare({name: look(name).document}))] == []


@pytest.mark.xfail(bool(SHORT), strict=True, reason="what SHORT says")
def test_all_applications_together_reach_the_bar():
    assert short(SUITE.names()) == {}


def test_the_suite_has_the_size_that_it_must_have():
    sizes = {name: sum(path.is_file() for path in (SUITE.SUITE / name).rglob("*")) for name in SUITE.names()}
    labels = [row for name in SUITE.names() for row in SUITE.labels(name)]

    assert {name: size for name, size in sizes.items() if not 8 <= size <= 20} == {}
    assert len(sizes) >= 12
    assert sum(row["strength"] in {"used", "optional"} for row in labels) >= 300


def test_every_label_stands_where_its_line_is():
    gone = []
    for name in SUITE.names():
        for row in [*SUITE.labels(name), *SUITE.more(name)]:
            path, _, line = row["path:line"].rpartition(":")
            lines = (SUITE.SUITE / name / path).read_text(encoding="utf-8", errors="replace").splitlines()
            if int(line) > len(lines) + 1:
                gone.append(f"{name}/{row['path:line']}")

    assert gone == []
