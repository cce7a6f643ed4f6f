from __future__ import annotations

import json
from pathlib import Path

import pytest

from aibom.bill import Bill, Component, Kind
from aibom.cli import main
from aibom.cyclonedx import merged_text, to_json, validate
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


def test_compact_text_stays_compact():
    text = json.dumps(HOST, separators=(",", ":"))

    assert ": " not in merged_text(text, Bill())
