from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cyclonedx.bills import BILLS

from aibom.bill import Bill, Component, Kind
from aibom.cli import main
from aibom.cyclonedx import convert, merged_text, to_json, to_xml, validate
from aibom.errors import DocumentError

BILL = Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)])
HOST = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [{"type": "file", "name": "né"}]}


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main([str(a) for a in arguments])
    code = caught.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    text = "from openai import OpenAI\nOpenAI().responses.create(model='gpt-4o')\n"
    (tmp_path / "src" / "app.py").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_tree_and_a_document_come_into_a_host(tree: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    host, ours, out, again = (tree / name for name in ("host.json", "ours.cdx.json", "out.cdx.json", "again.cdx.json"))
    host.write_text(json.dumps(HOST), encoding="utf-8")
    ours.write_text(to_json(BILL), encoding="utf-8")

    assert 0 == run("merge", host, tree / "src", "--output", out)
    assert 0 == run("merge", host, ours, "--output", again)
    for path, names in ((out, ["né", "openai", "gpt-4o"]), (again, ["né", "gpt-4o"])):
        document = json.loads(path.read_text("utf-8"))
        assert () == validate(document)
        assert names == [c["name"] for c in document["components"]]
        assert "1970-01-01T00:00:00Z" == document["metadata"]["timestamp"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "it is not JSON"),
        ("[]", "it is no object of JSON"),
        ("{}", "its bomFormat is not 'CycloneDX'"),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_what_is_no_document_takes_nothing(text: str, message: str):
    with pytest.raises(DocumentError, match=message):
        merged_text(text, BILL)


def test_the_command_line_says_what_it_cannot_do(tree: Path, capsys: pytest.CaptureFixture[str]):
    host = tree / "host.json"
    host.write_bytes(b"\xff")

    assert 2 == run("merge", host, tree, "--output", tree / "out.json")
    assert "is not UTF-8 text" in capsys.readouterr().err
    assert 2 == run("merge", tree / "none.json", tree, "--output", tree / "out.json")
    assert "cannot read" in capsys.readouterr().err
    host.write_text(json.dumps(HOST), encoding="utf-8")
    assert 2 == run("merge", host, tree, "--output", tree / "missing" / "out.json")
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("indent", [None, 1, 2, 4, "\t"])
@pytest.mark.parametrize("ascii_", [True, False])
@pytest.mark.parametrize("end", ["", "\n"])
def test_text_stays_as_the_host_writes_it(indent: str | int | None, ascii_: bool, end: str):
    text = json.dumps(HOST, indent=indent, ensure_ascii=ascii_) + end
    merged = merged_text(text, BILL)

    written = json.dumps(json.loads(merged), indent=indent, ensure_ascii=ascii_) + end
    assert written == merged


XML = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/{}"
  serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="3">
  <metadata>
    <component type="application" bom-ref="shop">
      <name>shop</name>
      <version>1.0</version>
    </component>
  </metadata>
  <components>
    <component type="library" bom-ref="ms">
      <name>ms</name>
      <version>2.1.3</version>
      <purl>pkg:npm/ms@2.1.3</purl>
    </component>
  </components>
  <dependencies>
    <dependency ref="shop">
      <dependency ref="ms"/>
    </dependency>
    <dependency ref="ms"/>
  </dependencies>
</bom>
"""


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_a_host_in_xml_stays_xml(version: str):
    merged = merged_text(XML.format(version).encode(), BILL)

    assert () == validate(merged)
    document = json.loads(convert(merged))
    assert (version, 4) == (document["specVersion"], document["version"])
    assert ["ms", "gpt-4o"] == [c["name"] for c in document["components"]]
    assert ["ms", "aibom:model:openai:gpt-4o"] == document["dependencies"][0]["dependsOn"]


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("case", BILLS)
def test_any_bill_comes_into_a_host_of_any_version_and_format_once(case: str, version: str):
    for host in (XML.format(version), convert(XML.format(version))):
        merged = merged_text(host, BILLS[case], mentions=True)
        again = merged_text(merged, BILLS[case], mentions=True)

        assert () == validate(merged)
        first, second = (json.loads(convert(text)) for text in (merged, again))
        assert first | {"version": 5} == second


def test_a_host_in_json_and_one_in_xml_get_the_same():
    of_json = merged_text(convert(XML.format("1.6")), BILL)

    assert json.loads(of_json) == json.loads(convert(merged_text(XML.format("1.6"), BILL)))


def test_what_a_bill_in_xml_states_comes_into_a_host_in_xml(tree: Path):
    host, ours, out = tree / "host.xml", tree / "ours.cdx.xml", tree / "out.cdx.xml"
    host.write_text(XML.format("1.6"), encoding="utf-8")
    ours.write_text(to_xml(BILL), encoding="utf-8")

    assert 0 == run("merge", host, ours, "--output", out)
    assert '<component type="machine-learning-model" bom-ref="aibom:model:openai:gpt-4o">' in out.read_text("utf-8")
    assert 0 == run("merge", host, ours, "--output", tree / "out.cdx.json")
    assert () == validate((tree / "out.cdx.json").read_bytes())
    ours.write_text("<bom", encoding="utf-8")
    assert 2 == run("merge", host, ours, "--output", out)  # A broken bill is not one that says nothing.


def test_an_older_host_is_refused_with_the_way_out():
    older = json.dumps(HOST | {"specVersion": "1.4"})
    way = "convert it first, which takes nothing away: aibom convert HOST --output NEW --spec-version 1.6"
    with pytest.raises(DocumentError, match=way):
        merged_text(older, BILL)

    assert () == validate(merged_text(convert(older, spec_version="1.6"), BILL))


def test_a_host_in_xml_that_json_cannot_hold_is_refused():
    odd = XML.format("1.6").replace("<name>shop</name>", '<name>shop</name><x:y xmlns:x="urn:x"/>')
    with pytest.raises(DocumentError, match=r"^#/metadata/component: JSON has no place for <{urn:x}y> here"):
        merged_text(odd, BILL)


def test_compact_text_stays_compact():
    text = json.dumps(HOST, separators=(",", ":"))

    assert ": " not in merged_text(text, Bill())
