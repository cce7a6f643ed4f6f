from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import aibom
from aibom.bill import Bill, Component, Evidence, Kind, Location
from aibom.cli import main
from aibom.cyclonedx import convert, to_document, to_json, to_xml, validate
from aibom.errors import DocumentError
from aibom.pipeline import format_of

BILL = Bill(
    [
        Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[Evidence(Location("b.py", 2), "x")]),
        Component(Kind.DATASET, "huggingface", "a/b", evidence=[Evidence(Location("a.py", 1), "x")]),
    ]
)
FOREIGN = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 7,
    "metadata": {"timestamp": "2026-01-01T00:00:00Z", "tools": [{"name": "other"}]},
    "components": [{"type": "library", "name": "z"}, {"type": "library", "name": "a", "tags": ["t"]}],
}


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_a_bill_is_written_in_every_version_and_format(version: str):
    document = to_document(BILL, spec_version=version)

    assert () == validate(document)
    assert () == validate(to_xml(BILL, spec_version=version))
    assert document == json.loads(convert(to_xml(BILL, spec_version=version)))
    assert version == document["specVersion"]


def test_every_version_has_the_same_serial_number():
    assert 1 == len({to_document(BILL, spec_version=version)["serialNumber"] for version in ("1.5", "1.6", "1.7")})


def test_what_is_not_converted_stays_to_the_byte():
    text = to_json(BILL)

    assert text == convert(text)
    assert json.loads(text) == json.loads(convert(convert(text, "xml")))
    assert text == convert(convert(text, spec_version="1.5"), spec_version="1.6")


def test_a_foreign_document_keeps_its_order_and_nothing_is_added():
    assert FOREIGN == json.loads(convert(FOREIGN))
    assert list(FOREIGN) == list(json.loads(convert(FOREIGN, spec_version="1.5")))
    assert FOREIGN == json.loads(convert(convert(FOREIGN, spec_version="1.5").encode("utf-8-sig"), spec_version="1.6"))


@pytest.mark.parametrize(
    ("document", "format_", "message"),
    [
        (FOREIGN, "yaml", "aibom converts to json and xml, not to 'yaml'"),
        ("", "json", "this is no CycloneDX document: it is not JSON: "),
        ("{}", "json", "this is no CycloneDX document: its bomFormat is not 'CycloneDX'"),
        ("[1]", "json", "this is no CycloneDX document: its bomFormat is not 'CycloneDX'"),
        ('{"a": NaN}', "json", "this is no CycloneDX document: it is not JSON: NaN is no number of JSON"),
        ("[" * 100_000, "json", "this is no CycloneDX document: it is nested too deeply"),
        (b"\xff\xfe\xfd", "json", "this is no CycloneDX document: it is not JSON: "),
        (FOREIGN | {"x": {1}}, "json", "#/x: Object of type set is not JSON serializable"),
        (FOREIGN | {"version": float("nan")}, "json", "#/version: Out of range float values are not JSON compliant"),
    ],
)
def test_what_cannot_be_converted_is_refused(document: dict[str, object] | str | bytes, format_: str, message: str):
    with pytest.raises(DocumentError, match="^" + re.escape(message)):
        convert(document, format_)


@pytest.mark.parametrize("name", ["bom", "bom.yaml", "bom.spdx.xml", ""])
def test_some_names_mean_no_format(name: str):
    assert None is format_of(name)


def test_a_bill_is_written_as_its_file_is_named(tmp_path: Path):
    aibom.write(BILL, tmp_path / "x.cdx.xml", spec_version="1.7")
    aibom.write(BILL, tmp_path / "x.cdx.json", spec_version="1.5")

    assert to_xml(BILL, spec_version="1.7") == (tmp_path / "x.cdx.xml").read_text("utf-8")
    assert to_json(BILL, spec_version="1.5") == (tmp_path / "x.cdx.json").read_text("utf-8")


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.output


def test_the_command_converts_by_the_names_of_files(tmp_path: Path):
    source, target, back = tmp_path / "in.json", tmp_path / "out.cdx.xml", tmp_path / "back.cdx.json"
    source.write_text(to_json(BILL), encoding="utf-8")

    assert (0, "") == run("convert", source, "--output", target, "--spec-version", "1.5")
    assert (0, "") == run("convert", target, "-o", back, "--spec-version", "1.6")

    assert to_xml(BILL, spec_version="1.5") == target.read_text("utf-8")
    assert json.loads(to_json(BILL)) == json.loads(back.read_text("utf-8"))


def test_the_command_says_what_it_cannot_read_or_write(tmp_path: Path):
    source = tmp_path / "in.json"
    source.write_text(to_json(BILL), encoding="utf-8")

    assert (2, f"aibom: TargetError: cannot read '{tmp_path}/no.json': No such file or directory\n") == run(
        "convert", tmp_path / "no.json", "-o", "x.json"
    )
    assert (2, f"aibom: TargetError: cannot write '{tmp_path}/no/x.json': No such file or directory\n") == run(
        "convert", source, "-o", tmp_path / "no" / "x.json"
    )
    code, said = run("convert", source, "-o", tmp_path / "x.txt")
    assert 2 == code
    assert "the name 'x.txt' means nothing that is converted to: end it with .cdx.json, .cdx.xml or .spdx3.json" in said
    code, said = run("convert", source, "-o", tmp_path / "x.spdx3.json", "--spec-version", "1.6")
    assert (2, True) == (code, "it says nothing of SPDX" in said)


def test_a_document_becomes_one_of_spdx_with_the_time_that_it_has(tmp_path: Path):
    when = datetime(2026, 11, 26, 1, 2, 3, tzinfo=UTC)
    for source, name in ((to_json(BILL, timestamp=when), "in.json"), (to_xml(BILL, timestamp=when), "in.xml")):
        (tmp_path / name).write_text(source, encoding="utf-8")
        target = tmp_path / f"{name}.spdx3.json"

        assert (0, "") == run("convert", tmp_path / name, "--output", target)
        assert aibom.to_spdx(BILL, timestamp=when) == target.read_text("utf-8")


@pytest.mark.parametrize("stated", [None, 7, "yesterday", "2026-11-26T01:02:03"])
def test_a_document_without_a_time_has_none_in_spdx(stated: object):
    document = to_document(BILL) | {"metadata": {"timestamp": stated}}

    assert "1970-01-01T00:00:00Z" == json.loads(aibom.convert(document, "spdx"))["@graph"][0]["created"]


def test_spdx_has_no_version_of_cyclonedx_and_is_not_read_back():
    with pytest.raises(DocumentError, match=r"^spec_version is a version of CycloneDX"):
        aibom.convert(to_document(BILL), "spdx", spec_version="1.6")
    with pytest.raises(DocumentError, match=r"^this is no CycloneDX document"):
        aibom.convert(aibom.to_spdx(BILL))


OLD = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><tools><tool><vendor>x</vendor><name>y</name></tool></tools></metadata>
  <components><component type="library" bom-ref="a"><name>a</name><version>1</version>
    <licenses><license><id>MIT</id></license></licenses><purl>pkg:pypi/a@1</purl></component></components>
  <services><service><name>s</name><data><classification flow="inbound">PII</classification></data></service></services>
  <dependencies><dependency ref="a"/></dependencies>
</bom>
"""


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("format_", ["json", "xml"])
def test_an_older_document_becomes_one_of_a_later_version(version: str, format_: str):
    assert () == validate(OLD)
    converted = convert(OLD, format_, spec_version=version)
    document = json.loads(convert(converted))

    assert () == validate(converted)
    assert (version, [{"vendor": "x", "name": "y"}]) == (document["specVersion"], document["metadata"]["tools"])
    assert [{"license": {"id": "MIT"}}] == document["components"][0]["licenses"]
    assert [{"flow": "inbound", "classification": "PII"}] == document["services"][0]["data"]


def test_an_older_document_needs_a_version_to_be_written_as():
    with pytest.raises(DocumentError, match=r"^aibom does not write CycloneDX 1.4, only 1.5, 1.6, 1.7"):
        convert(OLD)


def test_warnings_alone_fail_only_when_they_are_asked_to(tmp_path: Path):
    file = tmp_path / "bom.json"
    file.write_text(
        json.dumps(
            {**FOREIGN, "dependencies": [{"ref": "a"}], "components": [{"type": "data", "name": "a", "bom-ref": "a"}]}
        )
    )
    line = f"{file}: warning: #/dependencies/0: depends-on-missing: without dependsOn some readers fail; an empty list"

    code, output = run("validate", file)
    assert (0, True) == (code, output.startswith(line))
    assert output.endswith(f"{file}: valid, 1 warning\n")
    assert (1, f"{file}: 1 fault") == (
        run("validate", "--strict", file)[0],
        run("validate", "--strict", file)[1].splitlines()[-1],
    )
    assert (1, "") == run("validate", "--strict", "--quiet", file)


def test_xml_is_validated_by_the_command(tmp_path: Path):
    file = tmp_path / "bom.cdx.xml"
    file.write_text(to_xml(BILL), encoding="utf-8")

    assert (0, f"{file}: valid\n") == run("validate", file)
