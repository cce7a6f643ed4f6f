"""
Every folder of tests/cases/<detector>/<what is special>/ is a case: input/ is scanned, expected.json is found.

A folder that is not named like a detector (``link``, …) is scanned by all of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aibom.detectors import builtin
from aibom.testing import found_in

CASES = Path(__file__).parent / "cases"
DETECTORS = {detector.name: detector for detector in builtin()}
EVERY = sorted(
    case for group in CASES.iterdir() if group.is_dir() for case in group.iterdir() if (case / "input").is_dir()
)


GAPS = (CASES / "known-gaps.txt").read_text(encoding="utf-8").split()
"""Cases whose expected.json says what is right, and not what is found today: docs/explanation/what-we-do-not-see.md."""


def marked(case: Path) -> object:
    name = f"{case.parent.name}/{case.name}"
    gap = [pytest.mark.xfail(strict=True, reason="a known gap")] if name in GAPS else []
    return pytest.param(case, id=name, marks=gap)


@pytest.mark.parametrize("case", [marked(case) for case in EVERY])
def test_case(case: Path, *, regold: bool):
    detector = DETECTORS.get(case.parent.name)
    actual = found_in(case / "input", *([detector] if detector else []))

    file = case / "expected.json"
    if regold:
        file.write_text(json.dumps(actual, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    expected = json.loads(file.read_text(encoding="utf-8"))

    assert expected == actual


def test_every_detector_has_a_case_that_finds_something_and_one_that_finds_nothing():
    lacking = []
    for name in DETECTORS:
        kept = [json.loads((c / "expected.json").read_text("utf-8")) for c in EVERY if c.parent.name == name]
        if not (any(kept) and any(not found for found in kept)):
            lacking.append(name)

    assert [] == lacking
