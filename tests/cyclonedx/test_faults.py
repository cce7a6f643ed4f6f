from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aibom.bill import Diagnostic, Level, Location
from aibom.cyclonedx import check, validate
from aibom.cyclonedx.schema import schema_of

MODEL = {"type": "machine-learning-model", "name": "m"}
LINK = "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#x"


def bom(**parts: object) -> dict[str, object]:
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", **parts}


def faults(document: dict[str, object]) -> list[tuple[str, str]]:
    return [(fault.code, fault.location.path if fault.location else "") for fault in check(document)]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            bom(components=[MODEL | {"bom-ref": "a", "components": [MODEL | {"bom-ref": "a"}]}]),
            [("duplicate-reference", "#/components/0/components/0/bom-ref")],
        ),
        (
            bom(metadata={"component": MODEL | {"bom-ref": "a"}}, services=[{"name": "s", "bom-ref": "a"}]),
            [("duplicate-reference", "#/services/0/bom-ref")],
        ),
        (bom(components=[MODEL | {"bom-ref": 5}]), []),
        (bom(dependencies=[{"ref": "gone", "dependsOn": []}]), [("dangling-reference", "#/dependencies/0/ref")]),
        (
            bom(
                components=[MODEL | {"bom-ref": "a"}],
                dependencies=[{"ref": "a", "dependsOn": ["b"], "provides": ["c"]}],
            ),
            [
                ("dangling-reference", "#/dependencies/0/dependsOn/0"),
                ("dangling-reference", "#/dependencies/0/provides/0"),
            ],
        ),
        (
            bom(components=[MODEL | {"bom-ref": "a"}], dependencies=[{"ref": "a", "dependsOn": [LINK]}]),
            [("dangling-reference", "#/dependencies/0/dependsOn/0")],
        ),
        (
            bom(components=[MODEL | {"bom-ref": "a"}], dependencies=[{"ref": "a", "dependsOn": ["a"]}]),
            [("self-dependency", "#/dependencies/0/dependsOn/0")],
        ),
        (
            bom(compositions=[{"aggregate": "complete", "assemblies": ["x", LINK], "dependencies": ["y"]}]),
            [
                ("dangling-reference", "#/compositions/0/assemblies/0"),
                ("dangling-reference", "#/compositions/0/dependencies/0"),
            ],
        ),
        (bom(annotations=[{"subjects": ["x"]}]), [("dangling-reference", "#/annotations/0/subjects/0")]),
        (
            bom(components=[MODEL | {"modelCard": {"modelParameters": {"datasets": [{"ref": "x"}, {"ref": LINK}]}}}]),
            [("dangling-reference", "#/components/0/modelCard/modelParameters/datasets/0/ref")],
        ),
        (
            bom(vulnerabilities=[{"affects": [{"ref": "x"}]}]),
            [("dangling-reference", "#/vulnerabilities/0/affects/0/ref")],
        ),
        (
            bom(components=[MODEL | {"evidence": {"identity": [{"field": "name", "tools": ["x"]}]}}]),
            [("dangling-reference", "#/components/0/evidence/identity/0/tools/0")],
        ),
        (bom(metadata={"tools": ["x"]}), []),
        (
            bom(components=[{"type": "library", "name": "l", "modelCard": {}}, MODEL | {"modelCard": {}}]),
            [("model-card-on-other", "#/components/0/modelCard")],
        ),
        (
            bom(components=[MODEL | {"purl": "gpt2"}, MODEL | {"purl": "pkg:pypi/torch"}]),
            [("bad-purl", "#/components/0/purl")],
        ),
        (
            bom(
                components=[
                    MODEL | {"evidence": {"occurrences": [{"location": x} for x in ("a.py", "/a", "a/../b", 5)]}}
                ]
            ),
            [
                ("machine-path", "#/components/0/evidence/occurrences/1/location"),
                ("machine-path", "#/components/0/evidence/occurrences/2/location"),
            ],
        ),
        (
            bom(
                components=[
                    MODEL | {"evidence": {"callstack": {"frames": [{"fullFilename": x} for x in ("a.py", "C:\\a", 5)]}}}
                ]
            ),
            [("machine-path", "#/components/0/evidence/callstack/frames/1/fullFilename")],
        ),
        (
            bom(metadata={"component": {"name": "/home/me/shop"}}, components=[MODEL | {"name": "/models/x"}]),
            [("machine-path", "#/metadata/component/name")],
        ),
        (bom(metadata={"component": {"name": 5}}), []),
        (
            bom(externalReferences=[{"url": "file:///home/me"}, {"url": "https://x"}, {"url": 5}]),
            [("machine-path", "#/externalReferences/0/url")],
        ),
        (bom(**{"x/y~z": {"ref": "gone"}}), [("dangling-reference", "#/x~1y~0z/ref")]),
        (bom(components=[MODEL | {"bom-ref": "a"}], dependencies=[{"ref": "a", "dependsOn": []}]), []),
        (bom(dependencies=["a"]), [("dangling-reference", "#/dependencies/0")]),
        (bom(dependencies=[{"dependsOn": []}]), []),
        (bom(services=[{"name": "s", "data": [{"flow": "inbound", "classification": "x"}]}]), []),
        (bom(components=[MODEL | {"hashes": [{"alg": "SHA-0", "content": "ab"}, {"alg": "MD5", "content": 5}]}]), []),
        (bom(components=[MODEL | {"licenses": [{"license": {"id": "MIT"}}, {"license": {"id": "no such"}}]}]), []),
    ],
)
def test_each_fault_is_found_at_its_place(document: dict[str, object], expected: list[tuple[str, str]]):
    assert expected == faults(document)


def test_a_fault_says_what_and_where_and_how_bad():
    document = bom(components=[MODEL | {"bom-ref": "a", "purl": "x"}, MODEL | {"bom-ref": "a"}])

    assert (
        Diagnostic("bad-purl", "'x' is no package URL", Location("#/components/0/purl"), Level.WARNING),
        Diagnostic(
            "duplicate-reference",
            "'a' is the bom-ref of #/components/0 too",
            Location("#/components/1/bom-ref"),
            Level.ERROR,
        ),
    ) == check(document)


def test_what_the_schema_refuses_is_found_at_its_place_beside_other_faults():
    document = bom(components=[{"type": "model", "name": "x"}], dependencies=[{"ref": "gone", "dependsOn": []}])

    for form in (
        document,
        json.dumps(document),
        json.dumps(document).encode(),
        json.dumps(document).encode("utf-8-sig"),
    ):
        schema, dangling = validate(form)

        assert ("schema", Location("#/components/0/type"), Level.ERROR) == (schema.code, schema.location, schema.level)
        assert schema.message.startswith("'model' is not one of ['application'")
        assert ("dangling-reference", Location("#/dependencies/0/ref")) == (dangling.code, dangling.location)


def test_a_key_that_the_schema_does_not_know_is_an_error():
    (fault,) = validate(bom(colour="red"))

    assert "#: schema: Additional properties are not allowed ('colour' was unexpected)" == str(fault)


def test_many_schema_errors_are_cut_off_and_said_to_be():
    found = validate(bom(components=[{"type": "x", "name": "y", "version": str(n)} for n in range(200)]))

    assert 101 == len(found)
    assert "#: schema: there are more than 100 errors; these are the first" == str(found[0])


def test_a_long_message_keeps_its_two_ends():
    (fault,) = validate(bom(components="x" * 10_000))

    assert 303 == len(fault.message)
    assert fault.message.endswith("is not of type 'array'")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "it is not JSON: Expecting value"),
        ("{", "it is not JSON: Expecting property name"),
        (b"\xff\xfe\xfd", "it is not JSON: "),
        ('{"a": NaN}', "it is not JSON: NaN is no number of JSON"),
        ({"a": float("nan")}, "it is not JSON: NaN is no number of JSON"),
        ("[]", "it is list and not an object"),
        ('{"spdxVersion": "SPDX-2.3"}', "its bomFormat is not 'CycloneDX'"),
        (bom(specVersion="9.9"), "specVersion is '9.9', none that has a JSON schema"),
        (bom(specVersion="1.6.1"), "specVersion is '1.6.1', none that has a JSON schema"),
        (bom(specVersion="one"), "specVersion is 'one', none that has a JSON schema"),
        (bom(specVersion="1.1"), "specVersion is '1.1', none that has a JSON schema"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_cyclonedx_document_is_said_so(document: dict[str, object] | str | bytes, reason: str):
    (fault,) = validate(document)

    assert ("not-a-document", None, Level.ERROR) == (fault.code, fault.location, fault.level)
    assert fault.message.startswith(f"this is no CycloneDX document: {reason}")


HEAD = '<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">'
WRONG = f"{HEAD}<components><component type='model' bom-ref='a'><name>x</name></component></components></bom>"
DANGLING = f"{HEAD}<dependencies><dependency ref='gone'/></dependencies></bom>"


@pytest.mark.parametrize(
    "form",
    [str, str.encode, lambda text: text.encode("utf-16"), lambda text: "\ufeff" + text],
    ids=["text", "utf-8", "utf-16", "byte-order-mark"],
)
def test_xml_is_judged_by_its_xsd_and_by_the_rules_beyond_it(form: Callable[[str], str | bytes]):
    schema = validate(form(WRONG))

    assert [("schema", Location("/bom/components/component", 1))] == [(f.code, f.location) for f in schema[:1]]
    assert schema[0].message.startswith(
        "Element 'component', attribute 'type': [facet 'enumeration'] The value 'model'"
    )
    assert ["#/dependencies/0/ref: dangling-reference: nothing in the document has the bom-ref 'gone'"] == [
        str(fault) for fault in validate(form(DANGLING))
    ]


def test_one_of_several_elements_is_named_by_its_number():
    components = "<component type='data'><name>x</name></component><component type='data'/>"

    (fault,) = validate(f"{HEAD}<components>{components}</components></bom>")

    assert Location("/bom/components/component[2]", 1) == fault.location


def test_what_xml_holds_besides_cyclonedx_is_said_not_to_be_checked():
    (fault,) = validate(f"{HEAD}<properties/><x:note xmlns:x='urn:x'>hello</x:note></bom>")

    assert "#: rules-not-checked: JSON has no place for <{urn:x}note> here" == str(fault)
    assert Level.INFO is fault.level


def test_many_errors_in_xml_are_cut_off_and_said_to_be():
    component = "<component type='x'><name>x</name></component>"

    found = validate(f"{HEAD}<components>{component * 200}</components></bom>")

    assert 101 == len([fault for fault in found if fault.code == "schema"])
    assert "#: schema: there are more than 100 errors; these are the first" == str(found[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<bom/>", "this XML is no CycloneDX that aibom reads: its root is <bom>; wanted is <bom> in the namespace"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><bom>", "this is no well-formed XML: no element found"),
        (HEAD.replace("1.6", "1.1") + "</bom>", "this XML is no CycloneDX that aibom reads: its root is <{http://"),
        ("<!DOCTYPE bom []>" + HEAD + "</bom>", "this XML has a document type or entities, which aibom does not read"),
        (b"<?xml version='1.0' encoding='nothing'?><bom/>", "this is no well-formed XML: "),
    ],
)
def test_xml_that_is_no_document_of_ours_is_said_so(text: str | bytes, reason: str):
    (fault,) = validate(text)

    assert ("not-a-document", None, Level.ERROR) == (fault.code, fault.location, fault.level)
    assert reason in fault.message


@pytest.fixture
def without_lxml(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "lxml", None)


@pytest.mark.usefixtures("without_lxml")
def test_without_lxml_the_json_schema_judges_xml_and_a_diagnostic_says_so():
    assert [
        ("schema", Location("#/components/0/type"), Level.ERROR),
        ("xsd-not-used", None, Level.INFO),
    ] == sorted(((f.code, f.location, f.level) for f in validate(WRONG)), key=lambda found: found[0])
    assert {"schema", "xsd-not-used"} == {fault.code for fault in validate(f"{HEAD}<wrong/></bom>")}


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])
def test_every_version_with_a_json_schema_is_judged(version: str):
    assert () == validate({"bomFormat": "CycloneDX", "specVersion": version, "version": 1})


@pytest.fixture
def without_the_fast_extra(monkeypatch: pytest.MonkeyPatch):
    schema_of.cache_clear()
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    yield
    schema_of.cache_clear()


INVALID = sorted((Path(__file__).parent / "invalid").glob("*.json"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_document_is_refused_with_its_code_at_its_place(path: Path):
    case = json.loads(path.read_text(encoding="utf-8"))

    found = [[fault.code, fault.location.path if fault.location else None] for fault in validate(case["document"])]

    assert sorted(case["expected"]) == sorted(found)


def test_equal_items_are_found_whatever_they_are():
    first: dict[str, object] = MODEL | {"properties": [{"name": "a"}], "tags": ["x", "y"]}

    assert ["schema"] == [fault.code for fault in validate(bom(components=[first, dict(reversed(first.items()))]))]
    assert () == validate(bom(components=[first, first | {"tags": ["y", "x"]}, first | {"modified": True}]))


@pytest.mark.usefixtures("without_the_fast_extra")
def test_addresses_are_judged_alike_however_they_are_checked():
    def urls(*found: str) -> list[str]:
        references = [{"type": "other", "url": url} for url in found]
        faults = validate(bom(components=[MODEL | {"externalReferences": references}]))
        return [fault.location.path for fault in faults if fault.location]

    assert [] == urls("https://example.com/a/b", "https://example.com/a?b=c", "a/b", "https://exämple.com")
    assert ["#/components/0/externalReferences/0/url"] == urls("https://a b")


@pytest.mark.usefixtures("without_the_fast_extra")
def test_the_fast_extra_changes_no_verdict():
    assert () == validate(bom(components=[MODEL]))
    assert ["schema"] == [fault.code for fault in validate(bom(components=[{"name": "x"}]))]


def test_a_document_of_any_depth_is_checked():
    component: dict[str, object] = dict(MODEL)
    for _ in range(5_000):
        component = MODEL | {"components": [component]}

    assert () == check(bom(components=[component]))
