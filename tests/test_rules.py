"""
Every table of tests/rules/<rule>.toml is a case of that rule; the .json beside it has what is found.

`aibom.testing.bill_of` says how a bill is written as a table.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from aibom.rules import builtin
from aibom.testing import judged

CASES = Path(__file__).parent / "rules"
RULES = {rule.id: rule for rule in builtin()}


@pytest.mark.parametrize("id", sorted(RULES))
def test_rule(id: str, *, regold: bool):  # noqa: A002
    cases = tomllib.loads((CASES / f"{id}.toml").read_text("utf-8"))
    actual = {name: judged(table, RULES[id]) for name, table in cases.items()}

    file = CASES / f"{id}.json"
    if regold:
        file.write_text(json.dumps(actual, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    expected = json.loads(file.read_text("utf-8"))

    assert expected == actual
    assert any(expected.values())
    assert not all(expected.values())


def test_every_table_of_cases_belongs_to_a_rule():
    assert set(RULES) == {file.stem for file in CASES.iterdir()}
