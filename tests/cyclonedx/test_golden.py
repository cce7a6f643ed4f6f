"""Documents that are kept, to be read: ``--regold`` writes them anew, and their diff is read like code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from tests.cyclonedx.bills import BILLS, as_shown
from tests.spdx.test_document import checked

import aibom
from aibom.cyclonedx import convert

HERE: Final = Path(__file__).parent / "golden"
VERSIONS: Final = ("1.5", "1.6", "1.7")
WHEN: Final = datetime(2026, 11, 26, tzinfo=UTC)
NAMES: Final = (*(f"{version}.cdx.{ending}" for version in VERSIONS for ending in ("json", "xml")), "3.0.1.spdx3.json")
FILES: Final = [f"{case}/{name}" for case in BILLS for name in NAMES]


def written(case: str, name: str) -> str:
    bill, version = BILLS[case], name.partition(".cdx")[0]
    if name.endswith(".spdx3.json"):
        return aibom.to_spdx(bill, timestamp=WHEN, mentions=True)
    write = aibom.to_xml if name.endswith(".xml") else aibom.to_json
    return write(bill, timestamp=WHEN, mentions=True, spec_version=version)


@pytest.fixture(autouse=True)
def _of_no_version(monkeypatch: pytest.MonkeyPatch):
    """A document names the version of its tool, which is not what these are about."""
    monkeypatch.setattr("importlib.metadata.version", lambda _: "0")


@pytest.mark.parametrize("file", FILES)
def test_a_bill_is_written_as_it_is_kept(file: str, *, regold: bool):
    path = HERE / file
    text = written(*file.split("/"))
    if regold:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == text


def test_nothing_else_is_kept():
    assert sorted(FILES) == sorted(p.relative_to(HERE).as_posix() for p in HERE.rglob("*") if p.is_file())


@pytest.mark.parametrize("file", [file for file in FILES if ".cdx." in file])
def test_what_is_kept_is_strictly_valid_and_sound(file: str):
    assert () == aibom.validate((HERE / file).read_bytes())


@pytest.mark.parametrize("case", BILLS)
def test_spdx_that_is_kept_is_what_its_specification_asks_for(case: str):
    checked((HERE / case / "3.0.1.spdx3.json").read_text("utf-8"))


@pytest.mark.parametrize("file", [file for file in FILES if ".cdx." in file])
def test_what_is_kept_is_read_as_the_bill_that_it_is(file: str):
    assert as_shown(BILLS[file.partition("/")[0]]) == aibom.read(HERE / file)


@pytest.mark.parametrize("case", BILLS)
@pytest.mark.parametrize("version", VERSIONS)
def test_json_and_xml_that_are_kept_are_twins(case: str, version: str):
    text, xml = ((HERE / case / f"{version}.cdx.{ending}").read_bytes() for ending in ("json", "xml"))

    assert json.loads(text) == json.loads(convert(xml))


@pytest.mark.parametrize("case", BILLS)
def test_versions_that_are_kept_become_one_another(case: str):
    texts = {version: (HERE / case / f"{version}.cdx.json").read_text("utf-8") for version in VERSIONS}

    for given in VERSIONS:
        for wanted in VERSIONS:
            assert json.loads(texts[wanted]) == json.loads(convert(texts[given], spec_version=wanted))
