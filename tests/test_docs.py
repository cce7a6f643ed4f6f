"""What the documentation takes from the code is current; its examples are run by Sybil, see conftest.py."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import aibom

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
PROSE = sorted(
    p.relative_to(ROOT).as_posix()
    for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "_build" not in p.parts
)


@pytest.mark.parametrize("path", GENERATE["PATHS"])
def test_what_is_generated_is_current(path: str, *, regold: bool):
    wanted: Callable[[str], str] = GENERATE["wanted"]
    expected = wanted(path)

    if regold:
        (ROOT / path).write_text(expected, encoding="utf-8", newline="\n")
    assert expected == (ROOT / path).read_text(encoding="utf-8")


def test_every_marked_part_is_one_that_is_generated():
    parts = {
        name: path
        for path in PROSE
        for name in re.findall(r"<!-- generated: (\S+) -->", (ROOT / path).read_text("utf-8"))
    }

    assert set(GENERATE["PARTS"]) == set(parts)
    assert set(parts.values()) <= set(GENERATE["MARKED"])


def test_the_reference_of_the_library_has_every_public_name():
    text = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")

    assert [] == [name for name in aibom.__all__ if not re.search(rf":: aibom\.{name}$", text, re.MULTILINE)]


@pytest.mark.parametrize("path", PROSE)
def test_every_link_within_the_project_leads_somewhere(path: str):
    text = re.sub(r"```.*?```", "", (ROOT / path).read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text)

    assert [] == [t for t in targets if not (ROOT / path).parent.joinpath(t).exists()]


@pytest.mark.parametrize("path", PROSE)
def test_no_page_names_a_place_on_a_machine(path: str):
    text = (ROOT / path).read_text("utf-8")

    assert [] == re.findall(r"(?:/home/|/root/|/tmp/|/wor[k]/|[A-Z]:\\Users)\S*", text)
