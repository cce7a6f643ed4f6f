"""The specification's own test files, where they lie beside the project: read, written, converted, refused."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.schema import _res as files
from lxml import etree

from aibom.bill import Level
from aibom.cyclonedx import convert, validate
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.versions import as_version
from aibom.cyclonedx.xml import dump, load
from aibom.errors import DocumentError

ROOT = Path(__file__).parents[2]
WHERE = (os.environ.get("AIBOM_CONFORMANCE", ""), *(str(p / "shared" / "conformance") for p in ROOT.parents[:2]))
DATA = next((Path(place) for place in WHERE if place and Path(place).is_dir()), None)
VERSIONS = ("1.5", "1.6", "1.7")

# What the specification's own files hold that XML cannot: signatures of JSON, and bom-refs that stand twice.
SIGNED = {"valid-attestation-1.6.json", "valid-attestation-1.7.json"}
REPEATED = {"valid-formulation-1.5.json", "valid-citations-1.7.json"}


def cases(pattern: str) -> list[Any]:
    if DATA is None:
        return [pytest.param(None, marks=pytest.mark.skip("the specification's test files are not here"))]
    found = sorted(DATA.glob(pattern))
    assert found
    return [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in found]


def schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(files.BOM_XML[SchemaVersion.from_version(version)]))


SCHEMAS = {version: schema(version) for version in VERSIONS} if DATA else {}


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def as_xml_has_it(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    """What XML does not tell apart: an empty list of what is repeated, one identity and a list of one."""
    if isinstance(value, list):
        return [as_xml_has_it(item) for item in value]
    if not isinstance(value, dict):
        return value
    held = {key: as_xml_has_it(inner) for key, inner in value.items() if not (key == "contact" and inner == [])}
    if isinstance(held.get("identity"), dict):
        held["identity"] = [held["identity"]]
    return held


def with_schema(document: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": f"http://cyclonedx.org/schema/bom-{document['specVersion']}.schema.json", **document}


@pytest.mark.parametrize("path", cases("json/*/valid-*.json"))
def test_a_valid_file_is_valid(path: Path):
    assert [] == [fault for fault in validate(path.read_bytes()) if fault.code == "schema"]


@pytest.mark.parametrize("path", cases("json/*/invalid-*.json"))
def test_an_invalid_file_is_refused_at_a_place(path: Path):
    faults = [fault for fault in validate(path.read_bytes()) if fault.level is Level.ERROR]

    assert faults
    assert all(fault.location or fault.code == "not-a-document" for fault in faults)


@pytest.mark.parametrize("path", cases("json/*/valid-*.json"))
def test_json_comes_back_from_xml(path: Path):
    document = read(path)
    if path.name in SIGNED:
        with pytest.raises(DocumentError, match=r"^#/signature: XML of this version has no place for it$"):
            dump(document)
        return
    text = dump(document)

    assert path.name in REPEATED or SCHEMAS[path.parent.name].validate(etree.fromstring(text.encode()))
    assert as_xml_has_it(with_schema(document)) == as_xml_has_it(load(text))


def content(text: bytes) -> Iterator[tuple[str, ...]]:
    """What XML says, without white space between elements, comments, and the order of attributes."""
    for element in etree.fromstring(text).iter(etree.Element):
        inside = element.text or ""
        yield (
            etree.QName(element).localname,
            inside if inside.strip() else "",
            str(len(list(element.iterancestors()))),
            *(f"{key}={value}" for key, value in sorted(element.attrib.items())),
        )


@pytest.mark.parametrize("path", cases("xml/*/valid-*.xml"))
def test_xml_comes_back_from_json_in_the_same_order(path: Path):
    before = path.read_bytes()
    if path.with_suffix(".json").name in SIGNED:
        with pytest.raises(DocumentError, match=r"JSON has no place for <.*xmldsig#}Signature> here$"):
            load(before)
        return

    after = dump(json.loads(json.dumps(load(before)))).encode()

    assert list(content(before)) == list(content(after))


@pytest.mark.parametrize("path", cases("xml/*/invalid-*.xml"))
def test_invalid_xml_is_refused_at_a_place(path: Path):
    faults = [fault for fault in validate(path.read_bytes()) if fault.level is Level.ERROR]

    assert faults
    assert all(fault.location or fault.code == "not-a-document" for fault in faults)


@pytest.mark.parametrize("path", cases("xml/*/valid-*.xml"))
def test_valid_xml_is_valid(path: Path):
    assert [] == [fault for fault in validate(path.read_bytes()) if fault.code in {"schema", "not-a-document"}]


@pytest.mark.parametrize("path", cases("json/*/valid-*.json"))
@pytest.mark.parametrize("version", VERSIONS)
def test_a_document_of_another_version_is_valid_and_comes_back(path: Path, version: str):
    document = read(path)

    other = as_version(document, version)

    assert [] == [fault for fault in validate(other) if fault.code == "schema"]
    assert document == as_version(other, path.parent.name)
    assert other == as_version(other, version)


@pytest.mark.parametrize("path", cases("json/*/valid-*.json"))
@pytest.mark.parametrize("version", VERSIONS)
def test_xml_of_another_version_is_valid(path: Path, version: str):
    if path.name in SIGNED | REPEATED:
        pytest.skip("XML cannot hold it in any version")

    text = convert(path.read_bytes(), "xml", spec_version=version)

    assert SCHEMAS[version].validate(etree.fromstring(text.encode()))


def given_parts(parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value}


@pytest.mark.parametrize("path", cases("extra/purl-spec/*-test.json"))
def test_package_urls_are_written_as_their_specification_says(path: Path):
    from packageurl import PackageURL

    told: list[tuple[str, object, object]] = []
    for case in json.loads(path.read_text(encoding="utf-8"))["tests"]:
        given, wanted, fails = case["input"], case.get("expected_output"), case.get("expected_failure", False)
        text = given
        if isinstance(given, dict):
            try:
                text = PackageURL(**given).to_string()
            except ValueError:
                text = ""
        got = canonical_purl(text)
        if fails:
            told.append((case["description"], None, got))
        elif isinstance(wanted, dict):
            assert got is not None
            parsed = PackageURL.from_string(got).to_dict()
            told.append((case["description"], given_parts(wanted), given_parts(parsed)))
        else:
            told.append((case["description"], wanted, got))

    assert [] == [each for each in told if each[1] != each[2]]
