"""Each element of the G7 and of CISA is observed, declared, unknown, or only a person can say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

import aibom
from aibom import Bill, Card, Component, Fact, Kind, State, Statement, StatementsError, Target, cli
from aibom.elements import Element, read_statements, to_markdown
from aibom.knowledge import rows
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

    assert "50 elements: 7 observed, 1 declared, 31 unknown, 11 only a person can say." in text
    assert "| SBOM author | declared | 1 of 1 | a\\|b&lt;script>@<!-- -->me\\\\n, by Ada on 2026-11-25 |  |" in text
    assert "%" not in text


def test_a_table_has_what_is_there_and_then_what_is_missing_with_what_would_fill_it():
    said = [Statement("sbom-author", "Shop\n", "Ada", "2026-11-25")]

    lines = coverage_to_table(aibom.coverage(Bill(), said), width=110).splitlines()

    assert "G7: 50 elements: 7 observed, 1 declared, 31 unknown, 11 only a person can say" == lines[0]
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


def test_a_risk_that_somebody_takes_is_written_and_settles_nothing(tmp_path: Path):
    bill = aibom.assess(bill_of({"component": [{"name": "a/b", "places": ["app.py:3"]}]}), plugins=False)
    said = Statement("risk-acceptance", "a mirror of ours is used", "Ada", "2026-11-25", "a/b")

    after = aibom.with_statements(bill, [said, evolve(said, component="")])
    document: Any = aibom.to_document(after)

    file = tmp_path / "aibom.toml"
    file.write_text('by = "Ada"\ndate = 2026-11-25\n[system]\nrisk-acceptance = "x"\ncontact = "y"\n', encoding="utf-8")
    assert ["contact", "risk-acceptance"] == [s.key for s in read_statements(file)]
    assert bill.findings == after.findings
    text = "a mirror of ours is used (statement:Ada@2026-11-25)"
    assert {"name": "aibom:source:risk-acceptance", "value": text} in document["components"][0]["properties"]
    root = document["metadata"]["component"]
    assert {"name": "aibom:statement:risk-acceptance", "value": text} in root["properties"]


def test_nothing_can_be_said_of_a_component_that_there_is_not():
    with pytest.raises(StatementsError, match=r"^there is no dataset 'd/e' in the bill: dataset-sensitivity"):
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


TWO_SETS: dict[str, Any] = {
    "component": [
        {"name": "d/e", "kind": "dataset", "places": ["train.py:1"]},
        {"name": "d/f", "kind": "dataset", "places": ["train.py:2"]},
        {"name": "d/e", "places": ["app.py:1"]},
    ]
}


def said_of(component: str, key: str = "dataset-sensitivity", value: str = "Names.") -> Statement:
    return Statement(key, value, "Ada", "2026-11-25", component)


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("hub:model_info@0123456789ab:cardData", State.DECLARED),
        ("hub:model_info@0123456789ab:tags", State.DECLARED),
        ("hf-cache@0123456789ab:README.md:front-matter", State.DECLARED),
        ("file:models/README.md:12", State.DECLARED),
        ("card@0123456789ab:12", State.DECLARED),
        ("croissant@0123456789ab:json", State.DECLARED),
        ("table:hosted-models (openai.com, 2026-11-01)", State.DECLARED),
        ("hub:model_info@0123456789ab", State.OBSERVED),
        ("hub:model_info@0123456789ab:safetensors", State.OBSERVED),
        ("file:m.gguf", State.OBSERVED),
    ],
)
def test_what_a_card_says_is_declared_wherever_it_was_read(source: str, state: State):
    model = Component(Kind.MODEL, "huggingface", "a/b", card=Card([("architecture", Fact("Bert", source))]))

    assert state is by_key(Bill([model]))["model-properties"].state


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("hub:model_info@0123456789ab:cardData", State.DECLARED),
        ("file:m.gguf", State.DECLARED),
        ("hub-file@0123456789ab:LICENSE", State.OBSERVED),
    ],
)
def test_a_licence_is_observed_where_its_text_is(source: str, state: State):
    model = Component(Kind.MODEL, "huggingface", "a/b", licences=[Fact("mit", source)])

    assert state is by_key(Bill([model]))["model-license"].state


def test_what_is_said_of_a_component_counts_for_that_one_however_often_it_is_said():
    bill = bill_of(TWO_SETS)

    one = by_key(bill, said_of("d/e"), said_of("d/e", value="Addresses."))["dataset-sensitivity"]
    both = by_key(bill, said_of("d/e"), said_of("d/f"))["dataset-sensitivity"]
    system = by_key(bill, said_of(""))["dataset-sensitivity"]

    assert (State.DECLARED, 1, 2) == (one.state, one.have, one.of)
    assert (
        "Addresses., by Ada on 2026-11-25 (of d/e); Names., by Ada on 2026-11-25 (of d/e)",
        "the card has to say it, or aibom.toml; it is never inferred",
    ) == (one.says, one.fill)
    assert (2, 2, "") == (both.have, both.of, both.fill)
    assert (2, 2, "Names., by Ada on 2026-11-25") == (system.have, system.of, system.says)


def test_a_document_counts_what_persons_stated_as_the_bill_does():
    bill = bill_of(TWO_SETS)
    said = [
        said_of("d/e"),
        said_of("d/e", "model-license", "MIT"),
        said_of("d/e", "model-producer", "Acme"),
        said_of("", "security-controls", "Reviewed."),
    ]

    read = aibom.read(aibom.to_document(aibom.with_statements(bill, said), mentions=True))

    assert by_key(bill, *said) == by_key(read)
    assert {
        "dataset-sensitivity": (State.DECLARED, 1, 2),
        "model-license": (State.DECLARED, 1, 1),
        "model-producer": (State.DECLARED, 1, 1),
        "dataset-license": (State.UNKNOWN, 0, 2),
        "security-controls": (State.DECLARED, 1, 1),
    }.items() <= states(read).items()


def test_the_licence_of_a_dataset_is_none_of_the_model_that_has_its_name():
    bill = aibom.with_statements(bill_of(TWO_SETS), [said_of("d/e", "dataset-license", "MIT")])

    assert [("dataset", ["MIT"]), ("dataset", []), ("model", [])] == [
        (str(c.kind), [f.value for f in c.licences]) for c in bill
    ]
    assert State.UNKNOWN is by_key(bill)["model-license"].state
    with pytest.raises(StatementsError, match=r"^there is no model 'd/f' in the bill: model-license cannot be said"):
        aibom.with_statements(bill_of(TWO_SETS), [said_of("d/f", "model-license", "MIT")])


def test_what_is_said_of_something_that_there_is_not_counts_for_nothing_and_says_so():
    found = by_key(bill_of(TWO_SETS), said_of("x/y"))["dataset-sensitivity"]

    assert (State.UNKNOWN, 0, 2) == (found.state, found.have, found.of)
    assert found.fill.endswith("; nothing in the bill that it can be said of is called x/y")


def test_notices_that_were_looked_up_refer_to_vulnerabilities():
    torch = {"name": "torch", "kind": "library", "provider": "pypi", "version": "2.6.0", "places": ["uv.lock:1"]}
    looked = torch | {"properties": {"notices-checked": "osv@2026-11-25"}}

    assert (State.UNKNOWN, 0, 1) == states(bill_of({"component": [torch]}))["vulnerability-referencing"]
    assert (State.OBSERVED, 1, 1) == states(bill_of({"component": [looked]}))["vulnerability-referencing"]


def test_every_fact_that_an_element_looks_for_is_one_that_something_states():
    sources = [p for p in Path(aibom.__file__).parent.rglob("*.py") if p.name != "elements.py"]
    text = "\n".join(p.read_text("utf-8") for p in sources)
    probes = [row["probe"].split(":") for row in rows("elements")]
    names = {name for probe in probes if probe[1:2] in (["fact"], ["property"]) for name in probe[2].split("|")}

    assert set() == {name for name in names if f'"{name}"' not in text}
