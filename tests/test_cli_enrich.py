"""Enriching on the command line: against a hub of our own, over real sockets."""

from __future__ import annotations

import json
import runpy
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import huggingface_hub.constants
import pytest
from click.testing import CliRunner, Result
from tests.enrichers.local_hub import LocalHub, commit_of
from tests.enrichers.serving import running

import aibom
from aibom import cli
from aibom.asking import client
from aibom.cli import main
from aibom.cyclonedx import read_document

CODE: Final = "from transformers import AutoModel\nAutoModel.from_pretrained('acme/ranker-7b')\n"
TOO_MANY: Final = (429, {"ratelimit": '"api";r=0;t=120'}, b"")


@pytest.fixture(autouse=True)
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    """Work in a folder with a small program, beside a hub that knows its model, with a cache of our own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.delenv("HUGGING_FACE_HUB_TOKEN", raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "fetched"))
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "pulled"))
    monkeypatch.setattr(client, "_BACKOFF", 0.0)
    (tmp_path / "src" / "app.py").write_text(CODE, encoding="utf-8")
    served = LocalHub()
    served.add("acme/ranker-7b", pipeline_tag="text-ranking", cardData={"license": "mit"})
    with running(served):
        monkeypatch.setenv("HF_ENDPOINT", served.url)
        yield served


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def ranker(path: str = "bill.json") -> dict[str, Any]:
    document = json.loads(Path(path).read_text("utf-8"))
    assert () == aibom.validate(document)
    found: dict[str, Any] = next(c for c in document["components"] if c["name"] == "ranker-7b")
    return found


def test_a_scan_can_be_enriched(hub: LocalHub):
    result = run("scan", "src", "--enrich", "--no-libraries", "-o", "bill.json")

    assert (0, "bill.json: 1 model\n") == (result.exit_code, result.stderr)
    host = hub.url.replace("/", "%2F")
    assert {
        "purl": f"pkg:huggingface/acme/ranker-7b@{commit_of('acme/ranker-7b')}?repository_url={host}",
        "licenses": [{"license": {"id": "MIT", "acknowledgement": "declared"}}],
    } == {key: ranker()[key] for key in ("purl", "licenses")}


def test_a_scan_asks_nobody_unless_it_is_told_to(hub: LocalHub):
    run("scan", "src", "-o", "bill.json")

    assert [] == hub.asked


@pytest.mark.parametrize("option", ["--offline", "--cache=x", "--token-from-env", "--saved-token", "--no-wait"])
def test_what_is_of_use_with_enrich_alone_is_refused_without(option: str):
    result = run("scan", "src", option)

    assert 2 == result.exit_code
    assert "are of use with --enrich alone" in result.stderr


def test_a_written_bill_can_be_enriched(hub: LocalHub):
    run("scan", "src", "--no-libraries", "-o", "bill.json")

    result = run("enrich", "bill.json", "--output", "rich.json")

    assert (0, "rich.json: 1 model\n") == (result.exit_code, result.stderr)
    assert [{"license": {"id": "MIT", "acknowledgement": "declared"}}] == ranker("rich.json")["licenses"]
    assert hub.asked == ["/api/models/acme/ranker-7b"]


def test_what_others_wrote_can_be_enriched():
    component = {
        "type": "machine-learning-model",
        "name": "ranker-7b",
        "group": "acme",
        "purl": "pkg:huggingface/acme/ranker-7b",
    }
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [component]}
    Path("theirs.json").write_text(json.dumps(document), encoding="utf-8")

    run("enrich", "theirs.json", "-o", "rich.json", "-q")

    assert [{"license": {"id": "MIT", "acknowledgement": "declared"}}] == ranker("rich.json")["licenses"]


THEIRS: Final[dict[str, object]] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 3,
    "metadata": {"authors": [{"name": "Jo"}], "component": {"type": "application", "name": "app", "bom-ref": "app"}},
    "components": [
        {
            "type": "machine-learning-model",
            "bom-ref": "1",
            "supplier": {"name": "X"},
            "group": "acme",
            "name": "ranker-7b",
            "purl": "pkg:huggingface/acme/ranker-7b",
        },
        {"type": "machine-learning-model", "bom-ref": "2", "name": "gpt2", "purl": "pkg:huggingface/gpt2"},
        {"type": "library", "bom-ref": "3", "name": "left-pad", "version": "1.0", "purl": "pkg:npm/left-pad@1.0"},
        {"type": "file", "bom-ref": "4", "name": "x.txt"},
    ],
    "dependencies": [{"ref": "app", "dependsOn": ["1", "3"]}],
    "vulnerabilities": [{"id": "CVE-2026-1", "affects": [{"ref": "3"}]}],
}


def test_the_document_of_another_tool_keeps_all_that_it_states(hub: LocalHub):
    hub.models["acme/ranker-7b"]["cardData"]["base_model"] = "acme/base"
    hub.add("acme/base")
    hub.add("openai-community/gpt2", pipeline_tag="text-generation")
    hub.moved["gpt2"] = "openai-community/gpt2"
    Path("theirs.json").write_text(json.dumps(THEIRS), encoding="utf-8")

    run("enrich", "theirs.json", "-o", "rich.json", "-q")

    rich: Any = json.loads(Path("rich.json").read_text("utf-8"))
    assert () == aibom.validate(rich)
    model, gpt, library, file, base = rich["components"]
    before: Any = THEIRS["components"]
    assert before[0] == {key: model[key] for key in before[0]}
    assert ([{"license": {"id": "MIT", "acknowledgement": "declared"}}], commit_of("acme/ranker-7b")) == (
        model["licenses"],
        model["version"],
    )
    assert ("gpt2", "text-generation") == (gpt["name"], gpt["modelCard"]["modelParameters"]["task"])
    assert {"name": "aibom:requested", "value": "gpt2"} in gpt["properties"]
    assert (before[2:], "base") == ([library, file], base["name"])
    for key in ("serialNumber", "vulnerabilities", "specVersion"):
        assert THEIRS[key] == rich[key]
    assert {"ref": "app", "dependsOn": ["1", "3"]} in rich["dependencies"]
    assert ({"authors", "component", "timestamp", "tools"}, 4) == (set(rich["metadata"]), rich["version"])


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
@pytest.mark.parametrize("ending", ["json", "xml"])
@pytest.mark.parametrize("ours", [True, False])
def test_a_document_keeps_its_version_in_json_and_in_xml(version: str, ending: str, ours: bool):
    if ours:
        run("scan", "src", "--no-libraries", "-q", "-o", "theirs.cdx.json")
    else:
        Path("theirs.cdx.json").write_text(json.dumps(THEIRS), encoding="utf-8")
    run("convert", "theirs.cdx.json", "-o", f"in.cdx.{ending}", "--spec-version", version)

    result = run("enrich", f"in.cdx.{ending}", "--output", f"out.cdx.{ending}")

    assert 0 == result.exit_code
    text = Path(f"out.cdx.{ending}").read_text("utf-8")
    document = read_document(text)
    assert (version, ()) == (document["specVersion"], aibom.validate(document))
    assert ("mit",) == tuple(f.value.lower() for f in aibom.read(document)["acme/ranker-7b"].licences)


def test_the_name_of_a_document_does_not_matter():
    Path("theirs").write_text(json.dumps(THEIRS), encoding="utf-8")

    assert (0, "MIT") == (run("enrich", "theirs", "-o", "bill.json").exit_code, _licence(ranker()))


def _licence(component: dict[str, Any]) -> str:
    return str(component["licenses"][0]["license"]["id"])


@pytest.mark.parametrize("format_", ["cyclonedx", "cyclonedx-xml"])
def test_a_completed_document_can_be_printed(format_: str):
    Path("theirs.json").write_text(json.dumps(THEIRS), encoding="utf-8")

    printed = read_document(run("enrich", "theirs.json", "-f", format_, "-o", "-").stdout)

    assert (THEIRS["serialNumber"], 4) == (printed["serialNumber"], len(printed["components"]))  # type: ignore[arg-type] # JSON


@pytest.mark.parametrize(("version", "expected"), [("1.4", "1.6"), ("9.9", "1.6"), (None, "1.6")])
def test_a_document_of_another_version_is_enriched_too(version: str | None, expected: str):
    Path("theirs.json").write_text(json.dumps({**THEIRS, "specVersion": version}), encoding="utf-8")

    assert 0 == run("enrich", "theirs.json", "-o", "rich.json", "-q").exit_code

    assert (expected, "MIT") == (
        json.loads(Path("rich.json").read_text())["specVersion"],
        _licence(ranker("rich.json")),
    )


def test_a_signed_document_is_not_broken(hub: LocalHub):
    signed = {"value": "x", "algorithm": "ES256"}
    Path("theirs.json").write_text(json.dumps({**THEIRS, "signature": signed}), encoding="utf-8")

    result = run("enrich", "theirs.json", "-o", "rich.json")

    assert (2, True, []) == (result.exit_code, "the document is signed" in result.stderr, hub.asked)


def test_a_cache_that_cannot_be_used_is_said():
    Path("odd.sqlite").write_bytes(b"no database" * 100)

    result = run("scan", "src", "--enrich", "--no-libraries", "--cache", "odd.sqlite", "-o", "bill.json")

    why = "'odd.sqlite' is no cache of aibom: file is not a database; remove it, or name another one"
    assert [f"cache-not-used: {why}", "bill.json: 1 model"] == result.stderr.splitlines()


def test_a_saved_token_is_sent_by_opt_in_alone(hub: LocalHub, monkeypatch: pytest.MonkeyPatch):
    Path("token").write_text("hf_saved", encoding="utf-8")
    monkeypatch.setattr(huggingface_hub.constants, "HF_TOKEN_PATH", "token")

    run("scan", "src", "--enrich", "-q")
    run("scan", "src", "--enrich", "--saved-token", "-q")
    both = run("scan", "src", "--enrich", "--saved-token", "--token-from-env", "-q")

    assert ([None, "Bearer hf_saved"], 2) == ([h.get("authorization") for h in hub.headers], both.exit_code)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("none.json", None, "there is no file"), ("odd.json", "[]", "is no CycloneDX document")],
)
def test_what_is_no_bill_is_refused(name: str, content: str | None, message: str):
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")

    result = run("enrich", name, "-o", "rich.json")

    assert 2 == result.exit_code
    assert message in result.stderr


def test_a_hub_that_is_away_is_no_failure_and_the_bill_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # The port of discard, where nobody listens.

    result = run("scan", "src", "--enrich", "--no-libraries", "-o", "bill.json")

    why = "hub-unavailable: http://127.0.0.1:9: no connection: ConnectError: acme/ranker-7b\n"
    summary = "bill.json: 1 model, a hub did not answer everything\n"
    assert (0, why + summary) == (result.exit_code, result.stderr)
    properties = json.loads(Path("bill.json").read_text("utf-8"))["metadata"]["properties"]
    message = why.strip().partition(": ")[2]
    value = f"code=hub-unavailable; level=warning; message={message}"
    assert {"name": "aibom:diagnostic", "value": value} in properties


@pytest.mark.parametrize("command", [("scan", "src", "--enrich"), ("enrich", "bill.json")])
def test_what_could_not_be_asked_fails_on_demand(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch):
    run("scan", "src", "-q", "-o", "bill.json")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")

    assert 3 == run(*command, "-q", "--fail-on-incomplete").exit_code


def test_offline_asks_nobody_and_says_what_is_missing(hub: LocalHub):
    result = run("scan", "src", "--enrich", "--offline", "--no-libraries", "-o", "bill.json")

    why = f"hub-not-asked: {hub.url} was not asked about acme/ranker-7b: offline, and no answer of it is kept"
    assert ([], [why]) == (hub.asked, result.stderr.splitlines()[:1])


def test_what_was_not_asked_the_last_time_is_not_said_once_it_is_asked():
    run("scan", "src", "--enrich", "--offline", "--no-libraries", "-q", "-o", "bill.json")

    result = run("enrich", "bill.json", "-o", "rich.json", "--fail-on-incomplete")

    assert (0, "rich.json: 1 model\n") == (result.exit_code, result.stderr)
    assert [] == [d.code for d in aibom.read("rich.json").diagnostics]


def test_offline_knows_what_a_cache_knows(hub: LocalHub):
    run("scan", "src", "--enrich", "--cache", "hub.sqlite", "-q", "-o", "first.json")
    asked = len(hub.asked)
    run("scan", "src", "--enrich", "--offline", "--cache", "hub.sqlite", "-q", "-o", "second.json")

    assert asked == len(hub.asked)
    assert Path("first.json").read_bytes() == Path("second.json").read_bytes()


def test_a_token_is_sent_by_opt_in_alone(hub: LocalHub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", "hf_mine")

    run("scan", "src", "--enrich", "-q")
    run("scan", "src", "--enrich", "--token-from-env", "-q")

    assert [None, "Bearer hf_mine"] == [h.get("authorization") for h in hub.headers]


def test_a_token_that_is_not_there_is_said():
    result = run("scan", "src", "--enrich", "--token-from-env")

    assert 2 == result.exit_code
    assert "neither HF_TOKEN nor HUGGING_FACE_HUB_TOKEN is set" in result.stderr


def test_a_quota_is_announced_and_the_wait_for_it_can_be_refused(hub: LocalHub):
    hub.faults["*"] = [TOO_MANY]

    result = run("scan", "src", "--enrich", "--no-wait", "--no-libraries", "-o", "bill.json")

    assert 0 == result.exit_code
    assert "aibom: the hub's quota is used up for 121 s: not waiting for it" == result.stderr.splitlines()[0]
    assert 1 == len(hub.asked)


def test_a_quota_that_is_waited_for_is_announced(hub: LocalHub):
    hub.faults["*"] = [(429, {"retry-after": "0"}, b""), "none"]

    result = run("scan", "src", "--enrich", "--no-libraries", "-o", "bill.json")

    said = "aibom: the hub's quota is used up for 1 s: waiting; --no-wait goes on without"
    assert [said, "bill.json: 1 model"] == result.stderr.splitlines()


def test_a_terminal_shows_how_far_we_are(monkeypatch: pytest.MonkeyPatch):
    shown: list[str] = []
    monkeypatch.setattr(cli, "_progress", lambda: shown.append)
    monkeypatch.setattr(cli, "_on_terminal", lambda: True)

    run("scan", "src", "--enrich", "--no-libraries")

    assert "████████████████████1 of 1 asked" in shown


# -- the cache ------------------------------------------------------------------------------------


def test_a_cache_goes_to_a_machine_without_network(hub: LocalHub):
    run("scan", "src", "--enrich", "-q", "-o", "first.json")

    assert (0, "taken.sqlite: 2 answers\n") == _told(run("cache", "export", "taken.sqlite"))
    assert (0, "2 answers new or newer\n") == _told(run("cache", "import", "taken.sqlite", "--cache", "there.sqlite"))
    asked = len(hub.asked)
    run("scan", "src", "--enrich", "--offline", "--cache", "there.sqlite", "-q", "-o", "second.json")
    assert asked == len(hub.asked)
    assert Path("first.json").read_bytes() == Path("second.json").read_bytes()


def _told(result: Result) -> tuple[int, str]:
    return result.exit_code, result.stderr


def test_a_cache_says_what_it_holds_and_can_be_cleared(hub: LocalHub):
    run("scan", "src", "--enrich", "--cache", "hub.sqlite", "-q", "-o", "bill.json")

    first, second = run("cache", "info", "--cache", "hub.sqlite").stdout.splitlines()

    assert ("hub.sqlite: 2 answers", True) == (first, second.startswith(f"{hub.url} models (anonymous): 2, from 20"))
    assert (0, "2 answers forgotten\n") == _told(run("cache", "clear", "--cache", "hub.sqlite"))
    assert "hub.sqlite: 0 answers\n" == run("cache", "info", "--cache", "hub.sqlite").stdout


@pytest.mark.parametrize("command", [("info",), ("clear",), ("export", "taken.sqlite")])
def test_a_cache_that_is_not_there_is_not_made(command: tuple[str, ...]):
    result = run("cache", *command, "--cache", "none.sqlite")

    assert (2, False) == (result.exit_code, Path("none.sqlite").exists())
    assert "there is no cache 'none.sqlite'" in result.stderr


def test_the_enrichers_are_listed_in_the_order_in_which_they_are_asked():
    result = run("enrichers", "--no-plugins")

    names = [line.split()[0] for line in result.stdout.splitlines()]
    expected = ["local-card", "libraries", "hosted-models", "ollama", "hf-cache", "huggingface", "digests", "osv"]
    assert (0, expected) == (result.exit_code, names)


def test_a_written_bill_can_be_enriched_with_the_tree_that_it_is_of():
    Path("src/package-lock.json").write_text(
        json.dumps({"packages": {"node_modules/openai": {"version": "5.1.0", "license": "Apache-2.0"}}}), "utf-8"
    )
    Path("src/package.json").write_text(json.dumps({"dependencies": {"openai": "5.1.0"}}), "utf-8")
    run("scan", "src", "-q", "-o", "bill.json")

    run("enrich", "bill.json", "--root", "src", "-q", "-o", "rich.json")

    components = json.loads(Path("rich.json").read_text("utf-8"))["components"]
    assert [[{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}]] == [
        c["licenses"] for c in components if c["name"] == "openai"
    ]


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_where_nothing_is_known_a_document_stays_as_it_is(version: str):
    library = {"type": "library", "name": "a", "version": "1"}
    data = {"type": "dataset", "name": "Notes", "contents": {"url": "https://data.example"}, "classification": "public"}
    components: Any = [
        *THEIRS["components"][2:],  # type: ignore[index] # JSON
        {**library, "name": "whole", "components": [{**library, "name": "part"}]},
        {**library, "name": "patched", "pedigree": {"ancestors": [library]}},
        {"type": "machine-learning-model", "name": "m", "modelCard": {"modelParameters": {"datasets": [data]}}},
    ]
    document = {**THEIRS, "components": components, "specVersion": version}
    Path("theirs.json").write_text(json.dumps(document), encoding="utf-8")

    run("enrich", "theirs.json", "-o", "rich.json", "-q")

    rich = json.loads(Path("rich.json").read_text("utf-8"))
    assert {**document, "version": 4} == {**rich, "metadata": document["metadata"]}


def test_the_example_is_enriched_by_its_small_cache_without_any_network(monkeypatch: pytest.MonkeyPatch):
    examples = Path(__file__).parent.parent / "examples"
    monkeypatch.setattr(sys, "argv", ["make_cache.py", "example.sqlite"])
    runpy.run_path(str(examples / "hub" / "make_cache.py"), run_name="__main__")
    monkeypatch.setenv("HF_ENDPOINT", "https://huggingface.co")

    def connected(*_given: object) -> None:
        pytest.fail("somebody is asked")

    monkeypatch.setattr(socket.socket, "connect", connected)  # As `make bom` runs it.

    options = ("--enrich", "--offline", "--cache", "example.sqlite")
    result = run("scan", str(examples / "rag-service"), *options, "-q", "-o", "bill.json")

    bill = aibom.read("bill.json")
    model = bill["sentence-transformers/all-MiniLM-L6-v2"]
    assert (0, "A text of more than 256 word pieces is cut.") == (result.exit_code, model.card["limitation"].value)
    assert [] == [d.code for d in bill.diagnostics if d.code == "hub-unavailable"]
