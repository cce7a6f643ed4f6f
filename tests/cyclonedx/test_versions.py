from __future__ import annotations

import re
from typing import Any

import pytest

from aibom.cyclonedx import validate
from aibom.cyclonedx.versions import as_version
from aibom.errors import DocumentError


def bom(version: str, **parts: object) -> dict[str, object]:
    return {"bomFormat": "CycloneDX", "specVersion": version, **parts}


def one(version: str, **parts: object) -> dict[str, object]:
    return bom(version, components=[{"type": "machine-learning-model", "name": "m", **parts}])


def component(document: dict[str, Any]) -> dict[str, Any]:
    (found,) = document["components"]
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key != "name"}


MODEL = "machine-learning-model"
ENERGY = {
    "activity": "training",
    "energyProviders": [
        {"organization": {"name": "o"}, "energySource": "solar", "energyProvided": {"value": 1, "unit": "kWh"}}
    ],
    "activityEnergyCost": {"value": 1.5, "unit": "kWh"},
}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            {"tags": ["a"], "properties": [{"name": "x", "value": "y"}]},
            {
                "type": MODEL,
                "properties": [{"name": "x", "value": "y"}, {"name": "aibom:from:/tags", "value": '["a"]'}],
            },
            id="a-key",
        ),
        pytest.param(
            {"evidence": {"occurrences": [{"location": "a.py", "line": 3}]}},
            {
                "type": MODEL,
                "evidence": {"occurrences": [{"location": "a.py"}]},
                "properties": [{"name": "aibom:from:/evidence/occurrences/0/line", "value": "3"}],
            },
            id="a-key-within",
        ),
        pytest.param(
            {"modelCard": {"considerations": {"environmentalConsiderations": {"energyConsumptions": [ENERGY]}}}},
            {
                "type": MODEL,
                "modelCard": {
                    "considerations": {},
                    "properties": [
                        {
                            "name": "aibom:from:/considerations/environmentalConsiderations",
                            "value": '{"energyConsumptions":[{"activity":"training","energyProviders":[{"organization":'
                            '{"name":"o"},"energySource":"solar","energyProvided":{"value":1,"unit":"kWh"}}],'
                            '"activityEnergyCost":{"value":1.5,"unit":"kWh"}}]}',
                        }
                    ],
                },
            },
            id="the-nearest-properties",
        ),
        pytest.param(
            {"type": "cryptographic-asset"},
            {"type": "data", "properties": [{"name": "aibom:from:/type", "value": '"cryptographic-asset"'}]},
            id="a-type-of-component",
        ),
        pytest.param(
            {"externalReferences": [{"type": "rfc-9116", "url": "https://x"}]},
            {
                "type": MODEL,
                "externalReferences": [{"type": "other", "url": "https://x"}],
                "properties": [{"name": "aibom:from:/externalReferences/0/type", "value": '"rfc-9116"'}],
            },
            id="a-type-of-reference",
        ),
        pytest.param(
            {"evidence": {"identity": [{"field": "name"}, {"field": "purl"}]}},
            {
                "type": MODEL,
                "evidence": {"identity": {"field": "name"}},
                "properties": [
                    {"name": "aibom:from:/evidence/identity", "value": '[{"field":"name"},{"field":"purl"}]'}
                ],
            },
            id="one-where-there-were-many",
        ),
        pytest.param(
            {"hashes": [{"alg": "MD5", "content": "0" * 32}]},
            {"type": MODEL, "hashes": [{"alg": "MD5", "content": "0" * 32}]},
            id="what-stays",
        ),
        pytest.param(
            {"licenses": [{"license": {"id": "MIT", "acknowledgement": "declared"}}]},
            {
                "type": MODEL,
                "licenses": [
                    {
                        "license": {
                            "id": "MIT",
                            "properties": [{"name": "aibom:from:/acknowledgement", "value": '"declared"'}],
                        }
                    }
                ],
            },
            id="in-a-licence",
        ),
    ],
)
def test_what_1_5_has_no_place_for_moves_to_a_property_and_back(parts: dict[str, object], expected: dict[str, object]):
    document = one("1.6", **parts)

    old = as_version(document, "1.5")

    assert expected == component(old)
    assert () == validate(old)
    assert document == as_version(old, "1.6")
    assert old == as_version(old, "1.5")


def test_what_moves_keeps_its_place_in_a_list():
    licences = [{"license": {"id": "MIT"}}, {"expression": "MIT OR ISC"}, {"license": {"id": "ISC"}}]
    document = one("1.7", licenses=licences)

    old = as_version(document, "1.6")

    assert {
        "type": MODEL,
        "licenses": [licences[0], licences[2]],
        "properties": [{"name": "aibom:from:/licenses/1", "value": '{"expression":"MIT OR ISC"}'}],
    } == component(old)
    assert document == as_version(old, "1.7")


def test_xml_of_1_5_has_one_data_of_a_component():
    document = bom(
        "1.6",
        components=[{"type": "data", "name": "d", "data": [{"type": "dataset", "name": str(n)} for n in range(3)]}],
    )

    old = as_version(document, "1.5", xml=True)

    assert [
        {"name": "aibom:from:/data/1", "value": '{"type":"dataset","name":"1"}'},
        {"name": "aibom:from:/data/2", "value": '{"type":"dataset","name":"2"}'},
    ] == component(old)["properties"]
    assert document == as_version(old, "1.6")
    assert document["components"] == as_version(document, "1.5")["components"]


def test_parts_of_the_root_move_to_its_properties():
    document = bom("1.7", citations=[{"pointers": ["/x"], "timestamp": "2026-01-01T00:00:00Z", "note": "n"}])

    old = as_version(document, "1.6")

    assert ["aibom:from:/citations"] == [p["name"] for p in old["properties"]]  # type: ignore[attr-defined]
    assert document == as_version(old, "1.7")


def test_the_document_that_is_given_stays_as_it_was():
    document = one("1.6", tags=["a"])
    old = as_version(document, "1.5")

    as_version(old, "1.6")

    assert one("1.6", tags=["a"]) == document
    assert as_version(document, "1.5") == old


def test_the_schema_is_named_where_it_was():
    document = {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", **bom("1.6")}

    assert "http://cyclonedx.org/schema/bom-1.5.schema.json" == as_version(document, "1.5")["$schema"]


@pytest.mark.parametrize(
    "each",
    [
        {"name": "aibom:from:/tags"},
        {"name": "aibom:from:/tags", "value": "{"},
        {"name": "aibom:from:/tags", "value": "[" * 100_000},
        {"name": "aibom:from:tags", "value": "1"},
        {"name": "aibom:from:/gone/x", "value": "1"},
        {"name": "aibom:from:/hashes/7/alg", "value": "1"},
        {"name": "aibom:from:/hashes/7", "value": "1"},
        {"name": f"aibom:from:/hashes/{'9' * 5000}", "value": "1"},
        {"name": "aibom:from:/hashes/-", "value": "1"},
        {"name": "aibom:from:/name/x", "value": "1"},
    ],
    ids=range(10),
)
def test_a_property_that_fits_nowhere_stays(each: dict[str, object]):
    document = one("1.6", hashes=[{"alg": "MD5", "content": "0" * 32}], properties=[each])

    assert document == as_version(document, "1.6")


def test_a_name_with_a_slash_comes_back():
    document = one("1.6", **{"a/b~c": 1})

    old = as_version(document, "1.5")

    assert [{"name": "aibom:from:/a~1b~0c", "value": "1"}] == component(old)["properties"]


@pytest.mark.parametrize(
    ("document", "version", "message"),
    [
        (bom("1.6"), "1.4", "aibom does not write CycloneDX 1.4, only 1.5, 1.6, 1.7"),
        (bom("1.1"), "1.5", "aibom converts CycloneDX of 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, not of '1.1'"),
        ({}, "1.5", "aibom converts CycloneDX of 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, not of None"),
        ({"specVersion": "1.6"}, "1.5", "CycloneDX 1.5 has no place for the document as a whole"),
    ],
)
def test_what_cannot_be_converted_is_refused(document: dict[str, object], version: str, message: str):
    with pytest.raises(DocumentError, match="^" + re.escape(message)):
        as_version(document, version)


@pytest.mark.hostile
def test_a_document_of_any_depth_is_refused_and_not_followed():
    deep: dict[str, object] = {"type": "library", "name": "x"}
    for _ in range(5_000):
        deep = {"type": "library", "name": "x", "components": [deep]}

    with pytest.raises(DocumentError, match="nested too deeply to be converted"):
        as_version(bom("1.6", components=[deep]), "1.5")
