"""The hub and its cache where they are shared, broken, moved or behind something else."""

from __future__ import annotations

import json
import multiprocessing
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.enrichers.local_hub import Fault, LocalHub
from tests.enrichers.serving import running

import aibom
from aibom.asking import client
from aibom.asking.cache import Answer, Cache, Question
from aibom.bill import Bill, Component, Evidence, Kind, Location
from aibom.enrichers.huggingface import HuggingFace
from aibom.errors import TargetError

AT = [Evidence(Location("app.py", 1), "transformers")]
SECRET = "hf_" + "s" * 20


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    monkeypatch.setattr(client, "_BACKOFF", 0.0)
    with running(LocalHub()) as served:
        yield served


def model(name: str) -> Component:
    return Component(Kind.MODEL, "huggingface", name, evidence=AT)


def enriched(source: HuggingFace, *names: str) -> Bill:
    try:
        return aibom.enrich(Bill(map(model, names)), [source])
    finally:
        source.close()


def question(name: str, revision: str = "") -> Question:
    return Question("https://hub.example", "models", name, revision, "info")


def test_a_hub_may_lie_below_a_path(hub: LocalHub, tmp_path: Path):
    hub.prefix = "/api-of/ours"
    hub.add("acme/tone", card="## Limitations\n\nEnglish only.\n", pipeline_tag="ner")
    hub.moved["tone"] = "acme/tone"

    bill = enriched(HuggingFace(endpoint=hub.url + hub.prefix + "/", cache=tmp_path / "c.sqlite"), "tone")

    (tone,) = bill.models
    assert ("acme/tone", "English only.") == (tone.name, tone.card["limitation"].value)
    address = f"{hub.url}{hub.prefix}".replace("/", "%2F")
    assert (tone.purl or "").endswith(f"?repository_url={address}")
    assert all(path.startswith(hub.prefix + "/") for path in hub.asked)


def test_a_file_may_lie_on_another_host_which_gets_no_token(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", card="x")
    commit = hub.models["acme/tone"]["sha"]
    with running(LocalHub()) as elsewhere:
        elsewhere.files["blobs/README.md"] = b"## Limitations\n\nEnglish only.\n"
        there = f"{elsewhere.url}/blobs/resolve/x/README.md"
        hub.faults[f"/acme/tone/resolve/{commit}/README.md"] = [(302, {"location": there}, b"")]

        bill = enriched(HuggingFace(endpoint=hub.url, cache=tmp_path / "c.sqlite", token=SECRET), "acme/tone")

    assert "English only." == bill["acme/tone"].card["limitation"].value
    assert [None] == [h.get("authorization") for h in elsewhere.headers]


def test_the_next_page_of_a_list_is_never_on_another_host(hub: LocalHub):
    hub.faults["/api/models"] = [(200, {"link": '<http://other.example/api/models?x=1>; rel="next"'}, b"[]")]
    source = client.Hub(hub.url)

    try:
        assert None is source.page("/api/models?author=a")[1]
    finally:
        source.close()


def test_the_next_page_of_a_list_is_found_whatever_case_the_host_is_typed_in(hub: LocalHub):
    there = hub.url.replace("127.0.0.1", "localhost")
    hub.faults["/api/models"] = [(200, {"link": f'<{there}/api/models?cursor=1>; rel="next"'}, b"[]")]
    source = client.Hub(there.replace("localhost", "LocalHost"))

    try:
        assert "/api/models?cursor=1" == source.page("/api/models?author=a")[1]
    finally:
        source.close()


@pytest.mark.parametrize("fault", ["401", "cut", "drop", "away"])
def test_a_token_stands_nowhere_in_what_comes_out(hub: LocalHub, tmp_path: Path, fault: str):
    hub.add("acme/tone", pipeline_tag="ner")
    path = "/api/models/acme/tone"
    body = f'{{"error": "{SECRET}"}}'.encode()
    answers: dict[str, Fault | str] = {"401": (401, {}, body), "cut": (200, {}, body[:9])}
    hub.faults[path] = [answers.get(fault, "drop")]
    endpoint = hub.url.replace("http://", f"http://me:{SECRET}@") if fault != "away" else f"http://{SECRET}@127.0.0.1:9"
    source = HuggingFace(endpoint=endpoint, cache=tmp_path / "c.sqlite", token=SECRET)

    bill = enriched(source, "acme/tone")

    assert bill.diagnostics
    assert SECRET not in repr((bill, bill.diagnostics, source, source.hub())) + json.dumps(aibom.to_document(bill))
    assert all(SECRET.encode() not in file.read_bytes() for file in tmp_path.iterdir() if fault != "401")


@pytest.mark.parametrize(("name", "value"), [("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "true")])
def test_who_has_switched_the_network_off_is_obeyed(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)

    bill = enriched(HuggingFace(endpoint=hub.url, cache=tmp_path / "c.sqlite"), "acme/tone")

    assert ([], ["hub-not-asked"]) == (hub.asked, [d.code for d in bill.diagnostics])


def test_a_newer_version_is_a_fact_and_nothing_is_replaced(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", cardData={"new_version": "acme/tone-2"})

    bill = enriched(HuggingFace(endpoint=hub.url, cache=tmp_path / "c.sqlite"), "acme/tone")

    assert (["acme/tone"], "acme/tone-2") == ([c.name for c in bill], bill["acme/tone"].card["new-version"].value)


# -- the cache ------------------------------------------------------------------------------------


def fill(path: str, first: int) -> None:
    """Put answers into the cache at *path*; run by several processes at once."""
    cache = Cache(path)
    for number in range(first, first + 50):
        cache.put(question(f"a/{number}"), Answer(200, b"x" * 100, asked=1.0))
        cache.put(question("a/shared"), Answer(200, str(number).encode(), asked=float(number)))
    cache.close()


def test_several_processes_share_one_cache(tmp_path: Path):
    path = str(tmp_path / "c.sqlite")
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=fill, args=(path, 50 * n)) for n in range(4)]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    cache = Cache(path)
    assert ([0] * 4, 201) == ([p.exitcode for p in processes], len(cache))
    cache.close()


def test_what_is_exported_can_be_imported_and_answers_to_a_token_stay(tmp_path: Path):
    mine = Cache(tmp_path / "mine.sqlite")
    mine.put(question("a/b"), Answer(200, b"new", asked=2.0))
    mine.put(question("a/c"), Answer(404, b"", code="RepoNotFound", asked=2.0))
    mine.put(Question("https://hub.example", "models", "a/secret", "", "info", "0123"), Answer(200, b"x", asked=2.0))
    theirs = Cache(tmp_path / "theirs.sqlite")
    theirs.put(question("a/b"), Answer(200, b"old", asked=1.0))
    theirs.put(question("a/c"), Answer(200, b"newest", asked=3.0))

    assert 2 == mine.export(tmp_path / "out.sqlite")
    mine.close()
    assert 1 == theirs.take_from(tmp_path / "out.sqlite")

    found = [theirs.get(question(name), stale=True) for name in ("a/b", "a/c")]
    assert [b"new", b"newest"] == [answer.body for answer in found if answer is not None]
    theirs.close()


@pytest.mark.parametrize("name", ["none.sqlite", "odd.sqlite"])
def test_what_is_no_cache_is_not_imported(tmp_path: Path, name: str):
    (tmp_path / "odd.sqlite").write_bytes(b"no database" * 100)
    cache = Cache(tmp_path / "c.sqlite")

    with pytest.raises(TargetError, match=name):
        cache.take_from(tmp_path / name)
    cache.close()


def test_a_cache_of_another_version_is_refused(tmp_path: Path):
    db = sqlite3.connect(tmp_path / "c.sqlite")
    db.execute("pragma user_version = 99")
    db.close()

    with pytest.raises(TargetError, match="its version is 99"):
        Cache(tmp_path / "c.sqlite")


@pytest.mark.parametrize("tables", ["create table history (url)", "create table answers (url)"])
def test_the_database_of_somebody_else_is_refused_and_stays_as_it_is(tmp_path: Path, tables: str):
    db = sqlite3.connect(tmp_path / "c.sqlite")
    db.execute(tables)
    db.close()
    content = (tmp_path / "c.sqlite").read_bytes()

    with pytest.raises(TargetError, match="it holds something else"):
        Cache(tmp_path / "c.sqlite")
    mine = Cache(tmp_path / "mine.sqlite")
    with pytest.raises(TargetError, match="it holds something else"):
        mine.take_from(tmp_path / "c.sqlite")
    mine.close()
    assert content == (tmp_path / "c.sqlite").read_bytes()


def test_a_cache_that_breaks_while_it_is_used_loses_nothing_and_is_said(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", pipeline_tag="ner")
    cache = Cache(tmp_path / "c.sqlite")
    for number in range(100):
        cache.put(question(f"a/{number}"), Answer(200, random.Random(number).randbytes(3000), asked=1.0))
    cache.close()
    content = bytearray((tmp_path / "c.sqlite").read_bytes())
    for start in range(3 * 4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    (tmp_path / "c.sqlite").write_bytes(content)

    bill = enriched(HuggingFace(endpoint=hub.url, cache=tmp_path / "c.sqlite"), "acme/tone")

    assert ("ner", ["cache-not-used"]) == (bill["acme/tone"].card["task"].value, [d.code for d in bill.diagnostics])
    assert "'c.sqlite' is no cache of aibom: database disk image is malformed" in bill.diagnostics[0].message


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("asked", value) for value in ("x", 1e300, -1.0, float("inf"))),
        *(("status", "x"), ("canonical", b"\xff"), ("commit", b"\xff"), ("code", b"\xff"), ("body", 7)),
    ],
)
def test_an_answer_of_another_form_is_none(tmp_path: Path, column: str, value: object):
    cache = Cache(tmp_path / "c.sqlite")
    cache.put(question("a/b"), Answer(200, b"x", asked=1.0))
    cache._db.execute(f'update answers set "{column}" = ?', (value,))
    theirs = Cache(tmp_path / "theirs.sqlite")

    assert (None, 0) == (cache.get(question("a/b"), stale=True), theirs.take_from(tmp_path / "c.sqlite"))
    cache.close()
    theirs.close()


def test_an_answer_from_a_clock_that_is_ahead_does_not_hold_for_ever(tmp_path: Path):
    cache = Cache(tmp_path / "c.sqlite", now=lambda: 1e6)
    cache.put(question("a/b"), Answer(200, b"x", asked=9e8))

    assert (None, False) == (cache.get(question("a/b")), cache.get(question("a/b"), stale=True) is None)
    cache.close()


@pytest.mark.parametrize("name", ["folder", "file/c.sqlite", "a\0b"])
def test_where_no_cache_can_be_made_is_said(hub: LocalHub, tmp_path: Path, name: str):
    hub.add("acme/tone", pipeline_tag="ner")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")

    bill = enriched(HuggingFace(endpoint=hub.url, cache=tmp_path / name), "acme/tone")

    assert ("ner", ["cache-not-used"]) == (bill["acme/tone"].card["task"].value, [d.code for d in bill.diagnostics])


def test_an_import_that_fails_changes_nothing_and_can_be_made_again(tmp_path: Path):
    cache, other = Cache(tmp_path / "c.sqlite"), Cache(tmp_path / "o.sqlite")
    other.put(question("a/b"), Answer(200, b"x", asked=1.0))
    other.close()
    cache._db.execute("create trigger no before insert on answers begin select raise(abort, 'full'); end")

    with pytest.raises(TargetError, match="cannot be written: full"):
        cache.take_from(tmp_path / "o.sqlite")
    cache._db.execute("drop trigger no")

    assert 1 == cache.take_from(tmp_path / "o.sqlite")
    cache.close()


def test_a_cache_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cache = Cache(tmp_path / "c.sqlite")
    cache.put(question("a/b"), Answer(200, b"x", asked=1.0))
    cache.export(tmp_path / "shared.sqlite")
    cache.close()
    connect: Any = sqlite3.connect

    def refusing(path: object, **more: Any) -> sqlite3.Connection:  # noqa: ANN401 - whatever sqlite3 takes
        address = str(path) if str(path).startswith("file:") else f"file:{path}?mode=ro"
        opened: sqlite3.Connection = connect(address, **{**more, "uri": True})
        return opened

    monkeypatch.setattr(sqlite3, "connect", refusing)
    shared = Cache(tmp_path / "shared.sqlite")
    shared.put(question("a/c"), Answer(200, b"y", asked=1.0))

    found = shared.get(question("a/b"), stale=True)
    assert (b"x", 1) == (found.body if found else b"", len(shared))
    with pytest.raises(TargetError, match="cannot be written"):
        shared.clear()
    shared.close()


def test_a_damaged_answer_is_none(tmp_path: Path):
    cache = Cache(tmp_path / "c.sqlite")
    cache.put(question("a/b"), Answer(200, b"x", asked=1.0))
    cache._db.execute("update answers set body = ?", (b"no zlib",))

    assert None is cache.get(question("a/b"), stale=True)
    cache.close()
