from __future__ import annotations

import json
import re
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.schema import _res as files
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Metric, Usage
from aibom.cyclonedx import to_document, to_xml
from aibom.cyclonedx.versions import as_version
from aibom.cyclonedx.xml import MisfitError, dump, load
from aibom.errors import DocumentError

VERSIONS = ("1.5", "1.6", "1.7")
SCHEMAS = {v: etree.XMLSchema(etree.parse(files.BOM_XML[SchemaVersion.from_version(v)])) for v in VERSIONS}


def bom(spec: str = "1.6", **parts: object) -> dict[str, object]:
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{spec}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": spec,
        "version": 1,
        **parts,
    }


def xml(inner: str) -> str:
    return f'<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">{inner}</bom>'


def model(**parts: object) -> dict[str, object]:
    return {"type": "machine-learning-model", "name": "m", **parts}


def faults(text: str, version: str = "1.6") -> list[str]:
    schema = SCHEMAS[version]
    schema.validate(etree.fromstring(text.encode()))
    return [error.message for error in schema.error_log]


def test_a_document_stands_in_the_order_of_the_xsd():
    document = bom(
        components=[
            model(
                purl="pkg:huggingface/a/b",
                hashes=[{"content": "ab" * 32, "alg": "SHA-256"}],
                version="1 & <2>",
                **{"bom-ref": "m", "mime-type": "application/x"},
            )
        ]
    )

    text = dump(document)

    assert (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">\n'
        "  <components>\n"
        '    <component type="machine-learning-model" mime-type="application/x" bom-ref="m">\n'
        "      <name>m</name>\n"
        "      <version>1 &amp; &lt;2&gt;</version>\n"
        "      <hashes>\n"
        f'        <hash alg="SHA-256">{"ab" * 32}</hash>\n'
        "      </hashes>\n"
        "      <purl>pkg:huggingface/a/b</purl>\n"
        "    </component>\n"
        "  </components>\n"
        "</bom>\n"
    ) == text
    assert [] == faults(text)


CONTACT = {"name": "c", "email": "c@example.com"}


@pytest.mark.parametrize(
    "component",
    [
        pytest.param({"data": [{"type": "dataset", "governance": {"owners": [{"contact": CONTACT}]}}]}, id="contact"),
        pytest.param({"modelCard": {"quantitativeAnalysis": {"graphics": {"collection": []}}}}, id="empty-list"),
        pytest.param({"evidence": {"identity": [{"field": "name", "confidence": 1.2e-07}]}}, id="exponent"),
        pytest.param({"evidence": {"identity": [{"field": "name", "confidence": 1}]}}, id="whole-number"),
        pytest.param({"evidence": {"copyright": [{"text": "a"}, {"text": "b"}]}}, id="boxed-text"),
        pytest.param({"description": " a\r\nb\tc ", "group": "\u00e9\U0001f600"}, id="white-space"),
        pytest.param({"bom-ref": 'a"b\n\tc&<'}, id="white-space-in-an-attribute"),
        pytest.param({"modified": False}, id="boolean"),
        pytest.param({"licenses": [{"expression": "MIT", "acknowledgement": "declared"}]}, id="expression"),
        pytest.param(
            {"licenses": [{"license": {"name": "x", "acknowledgement": "concluded", "text": {"content": "t"}}}]},
            id="licence",
        ),
        pytest.param(
            {"modelCard": {"modelParameters": {"datasets": [{"ref": "d"}, {"type": "dataset", "name": "n"}]}}},
            id="datasets",
        ),
        pytest.param({"properties": [{"name": "a", "value": "b"}, {"name": "c"}]}, id="property-without-value"),
        pytest.param({"swid": {"tagId": "t", "name": "n", "tagVersion": 3, "patch": True}}, id="swid"),
        pytest.param({"supplier": {"name": "s", "url": ["https://a", "https://b"]}}, id="repeated-elements"),
    ],
)
def test_json_comes_back_from_valid_xml(component: dict[str, object]):
    document = bom(components=[model(**component)])

    text = dump(document)

    assert [] == faults(text)
    assert document == load(text)
    assert document == load(text.encode("utf-16").replace("UTF-8".encode("utf-16-le"), "UTF-16".encode("utf-16-le")))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"metadata": {"tools": [{"vendor": "v", "name": "n"}]}}, id="old-tools"),
        pytest.param({"metadata": {"tools": {"components": [model()], "services": []}}}, id="new-tools"),
        pytest.param(
            {"services": [{"name": "s", "data": [{"flow": "inbound", "classification": "x"}]}]}, id="classification"
        ),
        pytest.param(
            {
                "services": [
                    {"name": "s", "data": [{"flow": "inbound", "classification": "x", "source": ["https://a"]}]}
                ]
            },
            id="dataflow",
        ),
        pytest.param({"services": [{"name": "s", "data": []}]}, id="no-data"),
        pytest.param({"compositions": [{"aggregate": "unknown", "assemblies": ["a", "b"]}]}, id="references"),
        pytest.param({"dependencies": [{"ref": "a", "dependsOn": ["b"], "provides": ["c"]}]}, id="dependencies"),
        pytest.param({"dependencies": [{"ref": "a", "dependsOn": []}]}, id="no-dependencies"),
        pytest.param({"metadata": {}}, id="nothing"),
    ],
)
def test_parts_of_the_document_come_back(parts: dict[str, Any]):
    document = bom(**parts)

    text = dump(document)

    assert [] == faults(text)
    assert document == load(text)


def test_formulas_and_patents_come_back():
    document = bom(
        "1.7",
        components=[
            model(
                patentAssertions=[
                    {"assertionType": "license", "patentRefs": ["p"], "asserter": {"name": "o", "url": ["https://o"]}},
                    {"assertionType": "license", "asserter": CONTACT},
                    {"assertionType": "license", "asserter": "o"},
                ]
            )
        ],
        formulation=[
            {
                "workflows": [
                    {
                        "bom-ref": "w",
                        "uid": "w",
                        "taskTypes": ["build"],
                        "inputs": [{"environmentVars": ["A", {"name": "B", "value": "c"}]}],
                    }
                ]
            }
        ],
        definitions={
            "patents": [
                {"bom-ref": "f", "familyId": "1", "members": ["p"]},
                {
                    "bom-ref": "p",
                    "patentNumber": "US1",
                    "jurisdiction": "US",
                    "patentLegalStatus": "granted",
                    "patentAssignee": [{"name": "o"}, CONTACT],
                },
            ]
        },
    )

    text = dump(document)

    assert [] == faults(text, "1.7")
    assert document == load(text)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (bom("1.4"), "aibom writes XML of CycloneDX 1.5, 1.6, 1.7, not of '1.4'"),
        (bom(signature={}), "#/signature: XML of this version has no place for it"),
        (bom(components=[model(colour="red")]), "#/components/0/colour: XML of this version has no place for it"),
        (
            bom(components=[model(hashes=[{"alg": "MD5", "x": 1}])]),
            "#/components/0/hashes/0/x: XML of this version has",
        ),
        (bom(components={}), "#/components: {} is no list"),
        (bom(components=["m"]), "#/components/0: 'm' is no object"),
        (bom(components=[model(name=5)]), "#/components/0/name: 5 is no string"),
        (bom(components=[model(modified="no")]), "#/components/0/modified: 'no' is no boolean"),
        (bom(version=True), "#/version: True is no integer"),
        (bom(components=[model(name="a\x00")]), "#/components/0/name: XML cannot hold the character '\\x00'"),
        (bom(components=[model(name="\udce9")]), "#/components/0/name: XML cannot hold the character '\\udce9'"),
        (bom(components=[model(licenses=[{"x": 1}])]), "#/components/0/licenses/0/x: XML of this version has no place"),
        (bom(components=[model(licenses=["MIT"])]), "#/components/0/licenses/0: 'MIT' is none of license, expression"),
        (
            bom(components=[model(licenses=[{"license": {"id": "MIT"}, "x": 1}])]),
            "#/components/0/licenses/0: XML has a place for 'license' alone here",
        ),
        (
            bom(components=[model(evidence={"copyright": [{"text": "a", "x": 1}]})]),
            "#/components/0/evidence/copyright/0: XML has a place for 'text' alone here",
        ),
        (
            bom("1.5", components=[model(data=[{"type": "dataset"}] * 2)]),
            "#/components/0/data: XML of this version has a place for 1 of these, not for 2",
        ),
        (bom(components=[model(name=["x" * 100])]), f"#/components/0/name: ['{'x' * 58}… is no string"),
    ],
)
def test_what_xml_has_no_place_for_is_refused_at_its_place(document: dict[str, object], message: str):
    with pytest.raises(DocumentError, match="^" + re.escape(message)):
        dump(document)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<x xmlns='urn:x'/>", "#: JSON has no place for <{urn:x}x> here"),
        ("<colour/>", "#: JSON has no place for <colour> here"),
        ("text", "#: <bom> holds the text 'text', for which there is no place"),
        ("<metadata/><metadata/>", "#/metadata: <metadata> stands 2 times"),
        ("<components x='1'/>", "#/components: JSON has no place for the attribute x of <components>"),
        ("<components><service/></components>", "#/components/0: JSON has no place for <service> here"),
        ("<components><component colour='1'/></components>", "#/components/0: JSON has no place for the attribute"),
        (
            "<components><component><name><b/></name></component></components>",
            "#/components/0/name: <name> holds <b>, and should hold text alone",
        ),
        (
            "<components><component><modified>maybe</modified></component></components>",
            "#/components/0/modified: 'maybe' is no boolean",
        ),
        (
            "<components><component><licenses><x/></licenses></component></components>",
            "#/components/0/licenses/0: JSON has no place for <x> here",
        ),
        (
            f"<vulnerabilities><vulnerability><cwes><cwe>{'9' * 5000}</cwe></cwes></vulnerability></vulnerabilities>",
            f"#/vulnerabilities/0/cwes/0: '{'9' * 59}… is no integer",
        ),
        (
            "<vulnerabilities><vulnerability><cwes><cwe>1.5</cwe></cwes></vulnerability></vulnerabilities>",
            "#/vulnerabilities/0/cwes/0: '1.5' is no integer",
        ),
        (
            "<annotations><annotation><subjects><subject ref='a'>x</subject></subjects></annotation></annotations>",
            "#/annotations/0/subjects/0: <subject> should hold nothing, and have the attribute ref alone",
        ),
        (
            "<components><component><evidence><copyright><text x='1'/></copyright></evidence></component></components>",
            "#/components/0/evidence/copyright/0/text: JSON has no place for the attribute x of <text>",
        ),
    ],
)
def test_what_json_has_no_place_for_is_refused_at_its_place(inner: str, message: str):
    with pytest.raises(MisfitError, match="^" + re.escape(message)):
        load(xml(inner))


def test_a_choice_of_none_or_of_two_is_refused():
    text = dump(bom("1.7", components=[model(patentAssertions=[{"assertionType": "license", "asserter": "o"}])]))

    with pytest.raises(MisfitError, match=r"/asserter: <asserter> should hold one element$"):
        load(text.replace("<ref>o</ref>", "<ref>o</ref><ref>p</ref>"))


def test_wrapping_elements_that_stand_twice_are_one_list():
    consumption = "<energyConsumption><activity>training</activity></energyConsumption>"
    twice = f"<energyConsumptions>{consumption}</energyConsumptions>" * 2
    card = f"<environmentalConsiderations>{twice}</environmentalConsiderations>"
    text = xml(
        "<components><component type='machine-learning-model'><name>m</name><modelCard><considerations>"
        f"{card}</considerations></modelCard></component></components>"
    )

    document: dict[str, Any] = load(text)
    (component,) = document["components"]

    assert {"energyConsumptions": [{"activity": "training"}] * 2} == component["modelCard"]["considerations"][
        "environmentalConsiderations"
    ]


@pytest.mark.hostile
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE bom [<!ENTITY a "b">]><bom/>',
        '<!DOCTYPE bom SYSTEM "file:///etc/passwd"><bom/>',
        "<bom>&a;</bom>",
        "<" * 1000,
        "<?xml version='1.0' encoding='utf-7'?><bom/>",
        b"\xff\xfe<\x00",
        b"\x00",
        "",
        "\ud800",
    ],
)
def test_hostile_xml_is_refused(text: str | bytes):
    with pytest.raises(DocumentError):
        load(text)


@pytest.mark.hostile
def test_a_document_of_any_depth_is_refused_and_not_followed():
    deep: dict[str, Any] = model()
    for _ in range(5_000):
        deep = model(components=[deep])

    with pytest.raises(DocumentError, match="nested too deeply to be written as XML"):
        dump(bom(components=[deep]))
    with pytest.raises(DocumentError, match="nested too deeply to be read"):
        load(xml("<components><component>" * 5_000 + "</component></components>" * 5_000))


def test_comments_are_no_content():
    assert {"metadata": {}} == {k: v for k, v in load(xml("<!-- a --><metadata/><?b c?>")).items() if k == "metadata"}


NAMES = st.text(min_size=1, max_size=8)
FACTS = st.builds(Fact, NAMES, st.just("card:front-matter"))
COMPONENTS = st.builds(
    lambda kind, name, origin, path, line, licences, task, metric, usage: Component(
        kind,
        "huggingface",
        name,
        origin=origin,
        evidence=[Evidence(Location(path, line), "x", usage=usage)],
        licences=licences,
        card=Card([("task", task)], metrics=[metric]) if kind is Kind.MODEL else Card(),
    ),
    st.sampled_from(Kind),
    NAMES,
    st.one_of(st.none(), NAMES),
    NAMES,
    st.integers(1, 10**6),
    st.lists(FACTS, max_size=2),
    FACTS,
    st.builds(Metric, name=NAMES, value=NAMES, source=st.just("card:model-index")),
    st.sampled_from(Usage),
)


@pytest.mark.parametrize("version", VERSIONS)
@given(st.lists(COMPONENTS, max_size=3))
def test_any_bill_is_valid_xml_that_says_what_its_json_says(version: str, components: list[Component]):
    bill = Bill(components)

    text = to_xml(bill, mentions=True, spec_version=version)

    assert [] == faults(text, version)
    document = to_document(bill, mentions=True, spec_version=version)
    assert as_version(document, version, xml=True) == load(text)
    assert json.loads(json.dumps(document)) == document
