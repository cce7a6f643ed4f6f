"""Each element of the G7 and of CISA is observed, declared, unknown, or only a person can say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import aibom
from aibom import Bill, State, Statement, StatementsError, Target, cli
from aibom.elements import Element, read_statements, to_markdown
from aibom.reports import coverage_to_table
from aibom.testing import bill_of

SAID = Statement("sbom-author", "Shop Ltd.", "Ada", "2026-11-25")
TABLE = {
    "component": [
        {
            "name": "a/b",
            "places": ["app.py:1"],
            "licences": ["mit"],
            "card": {"architecture": "Bert"},
            "hashes": {"SHA-256": "ab"},
            "trained-on": ["d/e"],
        },
        {"name": "gpt-4o", "provider": "openai", "hosted": True, "places": ["app.py:2"]},
        {"name": "x/y", "places": [{"at": "README.md:1", "usage": "mention"}]},
        {"name": "d/e", "kind": "dataset"},
        {
            "name": "openai",
            "provider": "openai",
            "kind": "service",
            "properties": {"endpoint": "https://a.example"},
            "places": ["app.py:2"],
        },
    ]
}


def by_key(bill: Bill, *statements: Statement) -> dict[str, Element]:
    return {e.key: e for e in aibom.coverage(bill, statements) if e.standard == "G7"}


def states(bill: Bill, *statements: Statement) -> dict[str, tuple[State, int, int]]:
    return {key: (e.state, e.have, e.of) for key, e in by_key(bill, *statements).items()}


def test_there_are_50_elements_of_the_g7_and_17_of_cisa():
    standards = [e.standard for e in aibom.coverage(Bill())]

    assert (50, 17) == (standards.count("G7"), standards.count("CISA"))


def test_an_empty_bill_has_what_every_document_has_and_nothing_is_made_up():
    found = aibom.coverage(Bill())

    assert {State.OBSERVED, State.UNKNOWN, State.PERSON} == {e.state for e in found}
    assert all(e.says == "every document that aibom writes" for e in found if e.state is State.OBSERVED)
    assert all(e.fill for e in found if e.state is not State.OBSERVED)


def test_what_the_bill_shows_is_counted_and_says_who_says_so():
    found = states(bill_of(TABLE))

    assert {
        "model-name": (State.OBSERVED, 2, 2),
        "model-identifier": (State.OBSERVED, 1, 2),
        "model-license": (State.DECLARED, 1, 2),
        "model-properties": (State.DECLARED, 1, 2),
        "model-training-properties": (State.DECLARED, 1, 2),
        "model-hash-value": (State.OBSERVED, 1, 2),
        "model-version": (State.UNKNOWN, 0, 2),
        "model-external-references": (State.OBSERVED, 1, 2),
        "dataset-name": (State.OBSERVED, 1, 1),
        "dataset-license": (State.UNKNOWN, 0, 1),
        "system-components": (State.OBSERVED, 1, 1),
        "system-data-flow": (State.OBSERVED, 1, 1),
        "sbom-dependency-relationship": (State.OBSERVED, 1, 1),
        "infrastructure-software": (State.UNKNOWN, 0, 1),
        "security-metrics": (State.PERSON, 0, 1),
    }.items() <= found.items()
    assert "card" == by_key(bill_of(TABLE))["model-license"].says


def test_the_target_names_the_system():
    found = by_key(Bill(target=Target("shop", None, None, "pyproject.toml")))

    assert (State.OBSERVED, "pyproject.toml") == (found["system-name"].state, found["system-name"].says)
    assert State.UNKNOWN is found["system-version"].state


def test_a_person_fills_what_only_a_person_knows_and_takes_nothing_from_what_is_observed():
    name = Statement("system-components", "many", "Ada", "2026-11-25")

    found = by_key(bill_of(TABLE), SAID, name)

    author = found["sbom-author"]
    assert (State.DECLARED, 1, 1, "Shop Ltd., by Ada on 2026-11-25") == (
        author.state,
        author.have,
        author.of,
        author.says,
    )
    assert "" == author.fill
    assert State.OBSERVED is found["system-components"].state


TOML = """
by = "Ada"
date = 2026-11-25
[system]
sbom-author = "Shop Ltd."
[[statement]]
element = "dataset-sensitivity"
component = "d/e"
value = "addresses"
by = "Bob"
date = 2026-10-01
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "aibom.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_statements_are_read_with_who_and_when(tmp_path: Path):
    path = written(tmp_path, TOML)

    assert (Statement("dataset-sensitivity", "addresses", "Bob", "2026-10-01", "d/e"), SAID) == read_statements(path)
    assert State.DECLARED in {e.state for e in aibom.coverage(Bill(), path)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "the statements 'aibom.toml' are not TOML: "),
        ("author = 1", "aibom.toml: there is no 'author'; write by, date, [system] and [[statement]]"),
        ("system = 1", "aibom.toml: write [system] with a line for each element, and [[statement]] for the others"),
        (
            '[[statement]]\nwho = "x"',
            "aibom.toml: a statement has no 'who'; it has element, value, by, date, component",
        ),
        ('[system]\nauthor = "x"', "aibom.toml: there is no element 'author'; there are contact, cybersecurity-policy"),
        ('[system]\nsbom-author = "x"', "aibom.toml: by of 'sbom-author' is a text, and not None"),
        ('by = "x"\n[system]\nsbom-author = 1', "aibom.toml: value of 'sbom-author' is a text, and not 1"),
        (
            'by = "x"\ndate = "2026"\n[system]\nsbom-author = "y"',
            "aibom.toml: the date of 'sbom-author' is a day, such as 2026-11-25, without quotes, and not '2026'",
        ),
    ],
)
def test_a_mistyped_statement_is_said(tmp_path: Path, text: str, message: str):
    with pytest.raises(StatementsError) as caught:
        read_statements(written(tmp_path, text))

    assert str(caught.value).startswith(message)


def test_statements_that_are_not_there_are_said(tmp_path: Path):
    with pytest.raises(StatementsError, match=r"cannot read the statements 'no.toml': No such file"):
        read_statements(tmp_path / "no.toml")


def test_the_report_has_counts_and_no_score_and_is_not_misled():
    hostile = Statement("sbom-author", "a|b<script>@me\n", "Ada", "2026-11-25")

    text = to_markdown(aibom.coverage(Bill(), [hostile]))

    assert "50 elements: 7 observed, 1 declared, 29 unknown, 13 only a person can say." in text
    assert "| SBOM author | declared | 1 of 1 | a\\|b&lt;script>@<!-- -->me\\\\n, by Ada on 2026-11-25 |  |" in text
    assert "%" not in text


def test_a_table_has_what_is_there_and_then_what_is_missing_with_what_would_fill_it():
    said = [Statement("sbom-author", "Shop\n", "Ada", "2026-11-25")]

    lines = coverage_to_table(aibom.coverage(Bill(), said), width=110).splitlines()

    assert "G7: 50 elements: 7 observed, 1 declared, 29 unknown, 13 only a person can say" == lines[0]
    assert "There (8)                 state     known of  who says so" == lines[2]
    assert "SBOM author               declared  1 of 1    Shop\\n, by Ada on 2026-11-25" == lines[4]
    missing = lines.index("Missing (42)              state                  what would fill it")
    assert "SBOM author signature     only a person can say  sign the document, and" == lines[missing + 2][:71]
    assert [] == [line for line in lines if len(line) > 110]


def test_the_command_shows_a_table_when_asked(tmp_path: Path):
    (tmp_path / "app.py").write_text("import torch\n", encoding="utf-8")

    result = CliRunner().invoke(cli.main, ["coverage", str(tmp_path), "--format", "table"])

    assert result.stdout.startswith("G7: 50 elements: ")
    assert "\nCISA: 17 elements: " in result.stdout


def test_the_command_tells_of_a_folder(tmp_path: Path):
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "app.py").write_text("import torch\n", encoding="utf-8")

    result = CliRunner().invoke(cli.main, ["coverage", str(folder), "-s", str(written(tmp_path, TOML))])

    assert 0 == result.exit_code
    assert "| SBOM author | declared | 1 of 1 | Shop Ltd., by Ada on 2026-11-25 |  |" in result.stdout


SYSTEM = Statement("sbom-author", "Ada Example <ada@shop.example>", "Ada Example", "2026-11-25")
OF_DATA = Statement("dataset-sensitivity", "Names.", "Ada Example", "2026-11-25", "d/e")
OF_MODEL = Statement("model-license", "Apache-2.0", "Ada Example", "2026-11-25", "a/b")


def test_what_persons_state_comes_into_the_document_and_back():
    bill = aibom.with_statements(
        bill_of(TABLE), [SYSTEM, OF_DATA, OF_MODEL, Statement("model-producer", "Acme", "Ada", "2026-11-25", "a/b")]
    )
    document: Any = aibom.to_document(bill, mentions=True)
    by_name = {c["name"]: c for c in document["components"]}

    assert [{"name": "Ada Example", "email": "ada@shop.example"}] == document["metadata"]["authors"]
    assert ["Names."] == by_name["e"]["data"][0]["sensitiveData"]
    assert ({"name": "Acme"}, ["Apache-2.0", "MIT"]) == (
        by_name["b"]["manufacturer"],
        sorted(each["license"]["id"] for each in by_name["b"]["licenses"]),
    )
    assert bill == aibom.read(document)
    assert State.DECLARED == by_key(bill)["sbom-author"].state
    assert "Ada Example <ada@shop.example>, by Ada Example on 2026-11-25" == by_key(bill)["sbom-author"].says
    assert () == aibom.validate(document)


def test_one_organisation_is_named_and_of_several_none():
    one = Statement("system-supplier", "Shop Ltd.", "Ada", "2026-11-25")
    other = Statement("system-supplier", "Other Ltd.", "Ada", "2026-11-25")
    made = [aibom.to_document(aibom.with_statements(Bill(), said)) for said in ([one], [one, other])]

    assert [{"name": "Shop Ltd."}, None] == [document["metadata"].get("supplier") for document in made]  # type: ignore[attr-defined]


CONTACTS = ["Ada Example <ada@shop.example>", "security@shop.example"]


@pytest.mark.parametrize(
    ("organisations", "expected"),
    [
        (("system-producer", "system-supplier", "sbom-manufacturer"), "producer"),
        (("system-supplier", "sbom-manufacturer"), "supplier"),
        (("sbom-manufacturer",), "manufacturer"),
        ((), None),
    ],
)
def test_a_contact_is_that_of_the_organisation_that_made_the_system(
    organisations: tuple[str, ...], expected: str | None
):
    said = [Statement(key, "Shop Ltd.", "Ada", "2026-11-25") for key in organisations]
    said += [Statement("contact", value, "Ada", "2026-11-25") for value in CONTACTS]
    bill = aibom.with_statements(Bill(), said)

    document: Any = aibom.to_document(bill)

    metadata = document["metadata"]
    found = {
        "producer": metadata["component"].get("manufacturer", {}).get("contact"),
        "supplier": metadata.get("supplier", {}).get("contact"),
        "manufacturer": metadata.get("manufacturer", {}).get("contact"),
    }
    contacts = [{"name": "Ada Example", "email": "ada@shop.example"}, {"email": "security@shop.example"}]
    assert {key: contacts if key == expected else None for key in found} == found
    assert () == aibom.validate(document)
    assert () == aibom.validate(aibom.to_xml(bill))
    assert bill == aibom.read(document)


def test_a_risk_that_somebody_takes_is_written_and_settles_nothing():
    bill = aibom.assess(bill_of({"component": [{"name": "a/b", "places": ["app.py:3"]}]}), plugins=False)
    said = Statement("risk-acceptance", "a mirror of ours is used", "Ada", "2026-11-25", "a/b")

    after = aibom.with_statements(bill, [said, evolve(said, component="")])
    document: Any = aibom.to_document(after)

    assert bill.findings == after.findings
    text = "a mirror of ours is used (statement:Ada@2026-11-25)"
    assert {"name": "aibom:source:risk-acceptance", "value": text} in document["components"][0]["properties"]
    root = document["metadata"]["component"]
    assert {"name": "aibom:statement:risk-acceptance", "value": text} in root["properties"]


def test_nothing_can_be_said_of_a_component_that_there_is_not():
    with pytest.raises(StatementsError, match=r"^there is no component 'd/e' in the bill: dataset-sensitivity"):
        aibom.with_statements(Bill(), [OF_DATA])


def test_a_scan_takes_the_statements_of_a_file(tmp_path: Path):
    (tmp_path / "aibom.toml").write_text(
        'by = "Ada"\ndate = 2026-11-25\n[system]\nsbom-manufacturer = "Shop Ltd."\n', encoding="utf-8"
    )
    (tmp_path / "tree").mkdir()
    done = CliRunner().invoke(
        cli.main, ["scan", str(tmp_path / "tree"), "--statements", str(tmp_path / "aibom.toml"), "-f", "cyclonedx"]
    )

    assert (0, {"name": "Shop Ltd."}) == (done.exit_code, json.loads(done.stdout)["metadata"]["manufacturer"])
