"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import aibom
from aibom.expressions import Expression, expression

ROOT = Path(aibom.__file__).parent
MODULES = sorted(
    ".".join(("aibom", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in ROOT.rglob("*.py")
    if path.name != "__main__.py"
)


def test_an_expression_is_what_the_pattern_is():
    found = expression(r"(?P<name>\w+)-(\d+)b", re.IGNORECASE)

    again = [found.fullmatch("Ranker-7B"), found.fullmatch("Ranker-7B")]
    assert [("Ranker", "7"), ("Ranker", "7")] == [match.groups() for match in again if match]
    assert (r"(?P<name>\w+)-(\d+)b", 2, {"name": 1}) == (found.pattern, found.groups, found.groupindex)
    assert repr(re.compile(r"(?P<name>\w+)-(\d+)b", re.IGNORECASE)) == repr(found)


def test_every_expression_of_aibom_can_be_compiled():
    found = [value for name in MODULES for value in vars(import_module(name)).values() if type(value) is Expression]

    assert len(found) > 300
    assert [] == [e for e in found if not isinstance(getattr(e, "pattern", None), str | bytes)]
