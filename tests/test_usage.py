"""
What of a model's names is used, optional or a mention.

The programs are in ``usage.txt``: a title, the files, and at the end of each line with a name what it is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aibom import Kind, scan

PROGRAMS = (Path(__file__).parent / "usage.txt").read_text(encoding="utf-8")
SAID = re.compile(r"# (used|optional|mention)$")


def programs() -> dict[str, dict[str, str]]:
    """Return the files of each program, by its title."""
    found = {}
    for program in PROGRAMS.split("=== ")[1:]:
        title, _, body = program.partition("\n")
        first, *others = re.split(r"^--- (\S+)\n", body, flags=re.MULTILINE)
        files = {"app.py": first} if first else {}
        found[title] = files | dict(zip(others[::2], others[1::2], strict=True))
    return found


@pytest.mark.parametrize("title", programs())
def test_usage_is_what_the_line_says(title: str, tmp_path: Path):
    files = programs()[title]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    bill = scan(tmp_path, plugins=False)

    found: dict[str, str] = {}
    places = [e for c in bill if c.kind in {Kind.MODEL, Kind.DATASET} for e in c.evidence]
    for e in sorted(places, key=lambda e: e.usage.weight):  # A line is as used as its strongest name.
        found[f"{e.location.path}:{e.location.line}"] = str(e.usage)
    expected = {
        f"{path}:{number}": said[1]
        for path, text in files.items()
        for number, line in enumerate(text.split("\n"), 1)
        if (said := SAID.search(line))
    }
    assert expected == found
