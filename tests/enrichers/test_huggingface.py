"""The Hub is asked over real sockets: what it knows comes into the bill, and no fault loses anything else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest
from attrs import evolve
from tests.enrichers.local_hub import Fault, LocalHub, commit_of
from tests.enrichers.serving import running

import aibom
from aibom import cards
from aibom.asking import client
from aibom.asking.cache import DAY, Answer, Cache
from aibom.bill import (
    Bill,
    Component,
    Enrichment,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Relation,
    RelationKind,
    Resolution,
    Usage,
    Verdict,
    printable,
)
from aibom.enrichers import huggingface
from aibom.enrichers.hf_cache import HuggingFaceCache
from aibom.enrichers.huggingface import HuggingFace
from aibom.errors import TargetError

TODAY = time.strftime("%Y-%m-%d", time.gmtime())
TOO_MANY: Fault = (429, {"ratelimit": '"api";r=0;t=0', "ratelimit-policy": '"fixed window";"api";q=500;w=300'}, b"")


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with running(LocalHub()) as served:
        yield served


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between tries; what waits is asserted on by its own tests."""
    monkeypatch.setattr(client, "_BACKOFF", 0.0)
    monkeypatch.setattr(client, "READ", 1.0)
    monkeypatch.setattr(client, "CONNECT", 2.0)


def used(name: str, kind: Kind = Kind.MODEL, revision: str | None = None) -> Component:
    return Component(
        kind, "huggingface", name, evidence=[Evidence(Location("app.py", 1), "transformers", revision=revision)]
    )


def enriched(hub: LocalHub, tmp_path: Path, *components: Component, **more: Any) -> Bill:  # noqa: ANN401 - whatever HuggingFace takes
    source = HuggingFace(endpoint=hub.url, cache=tmp_path / "cache.sqlite", **more)
    try:
        return aibom.enrich(Bill(components), [source])
    finally:
        source.close()


def codes(bill: Bill) -> list[str]:
    return [d.code for d in bill.diagnostics]


def said(component: Component) -> dict[str, str]:
    return {name: fact.value for name, fact in component.card.facts}


# -- what is known ---------------------------------------------------------------------------------


def test_record_and_card_come_in_with_their_source(hub: LocalHub, tmp_path: Path):
    hub.add(
        "acme/tone",
        card="---\nlicense: mit\n---\n# Tone\n\n## Limitations\n\nEnglish only.\n",
        cardData={"license": "mit", "language": ["en"], "datasets": ["acme/notes"], "base_model": "acme/base"},
        pipeline_tag="text-classification",
        config={"architectures": ["BertForSequenceClassification"], "model_type": "bert"},
        safetensors={"parameters": {"F32": 7}, "total": 7},
    )
    hub.add("acme/base", tags=[])
    hub.add("acme/notes", dataset=True, cardData={"license": ["cc-by-4.0"]})

    bill = enriched(hub, tmp_path, used("acme/tone"))

    tone = bill["acme/tone"]
    commit = commit_of("acme/tone")
    source = f"hub:model_info@{commit[:12]}"
    assert {
        "architecture": "BertForSequenceClassification",
        "created": "2025-01-02T03:04:05.000Z",
        "dtype": "F32",
        "architecture-family": "bert",
        "language": "en",
        "last-modified": "2026-01-02T03:04:05.000Z",
        "limitation": "English only.",
        "parameters": "7",
        "publisher": "acme",
        "task": "text-classification",
    } == said(tone)
    assert Fact("English only.", f"card@{commit[:12]}:6") == tone.card["limitation"]
    assert Fact("text-classification", source) == tone.card["task"]
    assert (Fact("mit", f"{source}:cardData"),) == tone.licences
    assert (Resolution(commit, "", TODAY, f"hub:{hub.url}"),) == tone.resolutions
    assert ("repository-url", hub.url) in tone.properties
    assert {
        Relation(tone.ref, "model:huggingface:acme/base", RelationKind.DERIVED_FROM),
        Relation(tone.ref, "dataset:huggingface:acme/notes", RelationKind.TRAINED_ON),
    } == set(bill.relations)
    assert ("cc-by-4.0",) == tuple(f.value for f in bill["acme/notes"].licences)
    assert [] == codes(bill)


def test_files_come_with_the_digests_of_their_content_and_what_scanners_say(hub: LocalHub, tmp_path: Path):
    digest = "ab" * 32
    hub.add(
        "acme/tone",
        siblings=[
            {"rfilename": "config.json", "size": 12, "blobId": "c" * 40},
            {
                "rfilename": "pytorch_model.bin",
                "size": 99,
                "lfs": {"sha256": digest, "size": 99, "pointerSize": 134},
                "securityFileStatus": {"avScan": {"status": "safe"}, "pickleImportScan": {"status": "unsafe"}},
            },
        ],
        securityRepoStatus={
            "scansDone": True,
            "filesWithIssues": [{"path": "pytorch_model.bin", "level": "suspicious"}],
        },
    )

    (tone,) = enriched(hub, tmp_path, used("acme/tone")).models

    source = f"hub:model_info@{commit_of('acme/tone')[:12]}"
    assert (
        ModelFile("config.json", source, 12),
        ModelFile(
            "pytorch_model.bin",
            source,
            99,
            "pytorch",
            [("SHA-256", digest)],
            [
                Verdict("avScan", "safe", f"{source}:securityFileStatus", date=TODAY),
                Verdict("hub", "suspicious", f"{source}:securityRepoStatus", date=TODAY),
                Verdict("pickleImportScan", "unsafe", f"{source}:securityFileStatus", date=TODAY),
            ],
        ),
    ) == tone.files
    assert Fact("true", f"{source}:securityRepoStatus") == tone.card["scans-done"]


def test_a_model_that_does_not_exist_has_no_fact(hub: LocalHub, tmp_path: Path):
    bill = enriched(hub, tmp_path, used("no/such"))

    (told,) = bill.diagnostics
    assert (used("no/such"),) == bill.components
    message = f"no/such: {hub.url} does not give it to us: it is not there, private, or needs a token"
    assert ("hub-not-accessible", message) == (told.code, told.message)


def test_a_renamed_repository_is_one_component_under_its_name_of_today(hub: LocalHub, tmp_path: Path):
    hub.add("google-bert/bert-base-uncased", pipeline_tag="fill-mask")
    hub.moved["bert-base-uncased"] = "google-bert/bert-base-uncased"

    bill = enriched(hub, tmp_path, used("bert-base-uncased"), used("google-bert/bert-base-uncased"))

    (model,) = bill.models
    assert ("google-bert/bert-base-uncased", ["bert-base-uncased"]) == (
        model.name,
        [e.requested for e in model.evidence if e.requested],
    )
    assert "fill-mask" == said(model)["task"]


def test_a_legacy_name_is_canonical_by_the_table_where_no_hub_is_asked(hub: LocalHub, tmp_path: Path):
    bill = enriched(hub, tmp_path, used("gpt2"), offline=True)

    assert ("openai-community/gpt2",) == tuple(c.name for c in bill.models)
    assert [] == hub.asked


def test_a_branch_is_resolved_and_stays_unpinned_and_a_commit_stays_as_it_is(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", _revisions={"v1": "a" * 40, "b" * 40: "b" * 40})
    pinned = evolve(used("acme/tone", revision="b" * 40), commit="b" * 40)

    branch = enriched(hub, tmp_path, used("acme/tone", revision="v1"))["acme/tone"]
    commit = enriched(hub, tmp_path, pinned)["acme/tone"]

    assert (False, "a" * 40, f"pkg:huggingface/acme/tone@{'a' * 40}") == (
        branch.pinned,
        branch.resolved,
        (branch.purl or "").partition("?")[0],
    )
    today = Resolution(commit_of("acme/tone"), "", TODAY, f"hub:{hub.url}")
    assert (True, "b" * 40, (today,)) == (commit.pinned, commit.resolved, commit.resolutions)


def test_uses_of_several_revisions_are_resolved_each_and_no_one_commit_is_claimed(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", _revisions={"v1": "1" * 40, "a/b": "2" * 40, "refs/pr/1": "3" * 40, "abc1234": "1" * 40})

    def resolved(*revisions: str | None, **more: Any) -> tuple[str | None, dict[str, str]]:  # noqa: ANN401 - as above
        evidence = [Evidence(Location("app.py", n), "x", revision=each) for n, each in enumerate(revisions, 1)]
        (model,) = enriched(hub, tmp_path, evolve(used("acme/tone"), evidence=evidence), **more)
        return model.resolved, {r.revision: r.commit for r in model.resolutions}

    assert (None, {"v1": "1" * 40, "a/b": "2" * 40}) == resolved("v1", "a/b")
    assert (None, {"": commit_of("acme/tone"), "refs/pr/1": "3" * 40}) == resolved(None, "refs/pr/1")
    assert ("1" * 40, {"v1": "1" * 40, "abc1234": "1" * 40}) == resolved("v1", "abc1234")
    assert (None, {"v1": "1" * 40}) == resolved("v1", "v9")
    assert (None, {"v1": "1" * 40, "a/b": "2" * 40}) == resolved("v1", "a/b", offline=True)


@pytest.mark.hostile
@pytest.mark.parametrize("revision", ["..", ".", "\ud800", "a\0b", "a b", "../../x", "/main", "x" * 100_000, "?x=1"])
def test_what_is_no_revision_is_not_asked_for_and_loses_nothing_else(hub: LocalHub, tmp_path: Path, revision: str):
    hub.add("acme/odd", pipeline_tag="asr")
    hub.add("acme/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, used("acme/odd", revision=revision), used("acme/tone"))

    why = f"acme/odd: {revision[:60]!r} is no name of a branch, a tag or a commit"
    assert [f"app.py:1: hub-no-revision: {printable(why)}"] == list(map(str, bill.diagnostics))
    assert ({}, "ner") == (said(bill["acme/odd"]), said(bill["acme/tone"])["task"])
    assert ["/api/models/acme/tone"] == hub.asked
    assert Enrichment() == HuggingFaceCache(tmp_path).enrich(used("acme/odd", revision=revision))


def test_a_record_of_another_commit_than_was_asked_about_is_said(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", _revisions={"b" * 40: "c" * 40})

    bill = enriched(hub, tmp_path, evolve(used("acme/tone", revision="b" * 40), commit="b" * 40))

    why = f"acme/tone: commit {'b' * 40} was asked about, and the record is of {'c' * 40}"
    assert [f"app.py:1: odd-card: {why}"] == list(map(str, bill.diagnostics))
    assert "b" * 40 == bill["acme/tone"].resolved


def test_ids_that_differ_in_case_are_one_where_the_hub_says_so(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone")
    hub.moved["Acme/Tone"] = "acme/tone"

    (model,) = enriched(hub, tmp_path, used("Acme/Tone"), used("acme/tone"))

    assert ("acme/tone", ["Acme/Tone"]) == (model.name, [e.requested for e in model.evidence if e.requested])


def test_a_name_that_changed_several_times_is_followed(hub: LocalHub, tmp_path: Path):
    hub.add("acme/now", pipeline_tag="ner")
    hub.moved |= {"first": "acme/second", "acme/second": "acme/third", "acme/third": "acme/now"}

    (model,) = enriched(hub, tmp_path, used("first"))

    assert ("acme/now", "ner") == (model.name, said(model)["task"])


def test_a_revision_that_is_not_there_is_said(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone")

    bill = enriched(hub, tmp_path, used("acme/tone", revision="v9"))

    assert [f"app.py:1: hub-no-revision: acme/tone: {hub.url} has no revision 'v9' of it"] == [
        str(d) for d in bill.diagnostics
    ]


def test_what_is_only_mentioned_and_what_is_elsewhere_is_not_asked_about(hub: LocalHub, tmp_path: Path):
    mention = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        evidence=[Evidence(Location("README.md", 1), "mentions", usage=Usage.MENTION)],
    )
    others = [Component(Kind.MODEL, "openai", "gpt-4o", hosted=True), Component(Kind.LIBRARY, "pypi", "torch")]
    odd = [used("{org}/{name}"), used("../../etc/passwd"), used("a" * 300)]

    bill = enriched(hub, tmp_path, mention, *others, *odd)

    assert ([], Bill([mention, *others, *odd])) == (hub.asked, bill)


def test_base_models_are_asked_about_up_to_the_root(hub: LocalHub, tmp_path: Path):
    hub.add("a/quant", tags=["base_model:b/tuned", "base_model:quantized:b/tuned"])
    hub.add(
        "b/tuned", cardData={"base_model": "c/root"}, baseModels={"relation": "finetune", "models": [{"id": "c/root"}]}
    )
    hub.add("c/root", cardData={"license": "apache-2.0"})

    bill = enriched(hub, tmp_path, used("a/quant"))

    assert [("a/quant", "b/tuned", "quantized"), ("b/tuned", "c/root", "finetune")] == [
        (r.source.rpartition(":")[2], r.target.rpartition(":")[2], r.how) for r in bill.relations
    ]
    assert ("apache-2.0",) == tuple(f.value for f in bill["c/root"].licences)


def test_counters_come_only_when_they_are_asked_for(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone")

    without = said(enriched(hub, tmp_path, used("acme/tone"))["acme/tone"])
    with_them = said(enriched(hub, tmp_path, used("acme/tone"), volatile=True)["acme/tone"])

    assert {"downloads": "5", "likes": "2"} == {k: v for k, v in with_them.items() if k not in without}


def test_croissant_metadata_come_only_when_they_are_asked_for_and_from_the_cache_offline(hub: LocalHub, tmp_path: Path):
    hub.add("acme/notes", dataset=True, cardData={"license": "mit"})
    hub.add("acme/bare", dataset=True)
    hub.files["datasets/acme/notes/croissant"] = json.dumps(
        {
            "license": "https://choosealicense.com/licenses/apache-2.0/",
            "creator": {"@type": "Organization", "name": "Acme"},
            "citeAs": "Acme (2026)",
            "rai:personalSensitiveInformation": "Names of customers.",
        }
    ).encode()
    data = [used("acme/notes", Kind.DATASET), used("acme/bare", Kind.DATASET)]

    without = enriched(hub, tmp_path, *data, croissant=False)
    rich = enriched(hub, tmp_path, *data, croissant=True)
    offline = enriched(hub, tmp_path, *data, croissant=True, offline=True)

    added = {k: v for k, v in said(rich["acme/notes"]).items() if k not in said(without["acme/notes"])}
    assert {"citation": "Acme (2026)", "curator": "Acme", "personal-data": "Names of customers."} == added
    assert ("mit",) == tuple(f.value for f in rich["acme/notes"].licences)
    assert (rich, []) == (offline, codes(rich))


@pytest.mark.parametrize(
    ("tags", "served"), [(["croissant"], 1), (["library:mlcroissant", 7], 1), (["csv"], 0), (7, 0)]
)
def test_croissant_is_asked_for_where_the_record_says_that_it_is_there(
    hub: LocalHub, tmp_path: Path, tags: object, served: int
):
    hub.add("acme/notes", dataset=True, tags=tags)
    hub.files["datasets/acme/notes/croissant"] = b'{"citeAs": "Acme (2026)"}'

    notes = enriched(hub, tmp_path, used("acme/notes", Kind.DATASET))["acme/notes"]

    at = f"croissant@{commit_of('acme/notes')[:12]}:json"
    assert [Fact("Acme (2026)", at)] * served == list(notes.card.all("citation"))
    assert served == sum(path.endswith("/croissant") for path in hub.asked)


def test_croissant_metadata_are_of_the_default_branch_whatever_is_used(hub: LocalHub, tmp_path: Path):
    pin = "ab" * 20
    hub.add("acme/notes", dataset=True, tags=["croissant"], _revisions={pin: pin})
    hub.files["datasets/acme/notes/croissant"] = b'{"citeAs": "Acme (2026)"}'
    notes = evolve(used("acme/notes", Kind.DATASET, pin), commit=pin)

    bill = enriched(hub, tmp_path, notes)

    assert (Fact("Acme (2026)", "croissant@main:json"),) == bill["acme/notes"].card.all("citation")


def test_croissant_metadata_of_the_default_branch_grow_old_whatever_is_used(hub: LocalHub, tmp_path: Path):
    pin = "ab" * 20
    hub.add("acme/notes", dataset=True, tags=["croissant"], _revisions={pin: pin})
    hub.files["datasets/acme/notes/croissant"] = b'{"citeAs": "Acme (2026)"}'
    notes = evolve(used("acme/notes", Kind.DATASET, pin), commit=pin)

    enriched(hub, tmp_path, notes)
    hub.files["datasets/acme/notes/croissant"] = b'{"citeAs": "Acme (2027)"}'
    later = Cache(tmp_path / "cache.sqlite", now=lambda: time.time() + 2 * DAY)
    source = HuggingFace(endpoint=hub.url, cache=later)
    bill = aibom.enrich(Bill([notes]), [source])
    source.close()

    assert ["Acme (2027)"] == [fact.value for fact in bill["acme/notes"].card.all("citation")]


# -- tokens ----------------------------------------------------------------------------------------


def test_no_token_is_sent_unless_one_is_given(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_TOKEN", "hf_of_the_machine")
    hub.add("acme/tone")

    enriched(hub, tmp_path, used("acme/tone"))
    enriched(hub, tmp_path, used("acme/tone"), token="hf_given")

    assert [None, "Bearer hf_given"] == [h.get("authorization") for h in hub.headers]


def test_the_saved_token_is_sent_where_that_is_said_and_only_there(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hub.add("acme/tone")
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "token").write_text("hf_saved\n", encoding="utf-8")
    monkeypatch.setattr(huggingface_hub.constants, "HF_TOKEN_PATH", str(tmp_path / "token"))

    enriched(hub, tmp_path, used("acme/tone"))
    enriched(hub, tmp_path, used("acme/tone"), token=True)
    (tmp_path / "token").unlink()

    assert [None, "Bearer hf_saved"] == [h.get("authorization") for h in hub.headers]
    with pytest.raises(TargetError, match="no token is saved"):
        HuggingFace(cache=":memory:", token=True)


@pytest.mark.parametrize("token", ["hf_a b", "hf_\u00e4", "hf_a\x00", " "])
def test_what_is_no_token_is_refused_and_not_shown(token: str):
    with pytest.raises(TargetError, match="it is one word of ASCII") as refused:
        HuggingFace(cache=":memory:", token=token)

    assert token.strip() not in str(refused.value) or token == " "


def test_a_token_may_end_a_line(hub: LocalHub, tmp_path: Path):
    enriched(hub, tmp_path, used("acme/tone"), token="hf_given\r\n")

    assert ["Bearer hf_given"] == [h.get("authorization") for h in hub.headers]


def test_nothing_is_sent_that_the_user_has_for_other_programs(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    hub.add("acme/tone")

    enriched(hub, tmp_path, used("acme/tone"))

    (headers,) = hub.headers
    assert {"host", "accept", "accept-encoding", "connection", "user-agent"} == set(headers)
    assert headers["user-agent"].startswith("aibom; hf_hub/")


def test_a_token_goes_to_no_other_host(hub: LocalHub, tmp_path: Path):
    with running(LocalHub()) as elsewhere:
        elsewhere.add("acme/tone", pipeline_tag="ner")
        hub.faults["/api/models/acme/tone"] = [(307, {"location": f"{elsewhere.url}/api/models/acme/tone"}, b"")]

        bill = enriched(hub, tmp_path, used("acme/tone"), token="hf_given")

    assert "ner" == said(bill["acme/tone"])["task"]
    assert [None] == [h.get("authorization") for h in elsewhere.headers]


def test_answers_to_a_token_are_for_nobody_else(hub: LocalHub, tmp_path: Path):
    hub.add("acme/secret", pipeline_tag="ner")

    enriched(hub, tmp_path, used("acme/secret"), token="hf_given")
    bill = enriched(hub, tmp_path, used("acme/secret"), offline=True)

    assert {} == said(bill["acme/secret"])


def test_what_a_bill_says_to_be_of_another_hub_is_asked_there_without_the_token(hub: LocalHub, tmp_path: Path):
    with running(LocalHub()) as other:
        hub.add("acme/tone", pipeline_tag="ner")
        other.add("acme/tone", pipeline_tag="asr", cardData={"base_model": "acme/base"})
        other.add("acme/base")
        entry = {"type": "machine-learning-model", "group": "acme", "name": "tone"}
        purls = ["pkg:huggingface/acme/tone", f"pkg:huggingface/acme/tone?repository_url={other.url}"]
        components = [{**entry, "bom-ref": purl, "purl": purl} for purl in purls]
        document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}

        bill = enriched(hub, tmp_path, *aibom.read(document), token="hf_given")
        again = enriched(hub, tmp_path, *aibom.read(aibom.to_document(bill)), offline=True)

    ours, theirs = sorted((c for c in bill.models if c.title == "tone"), key=lambda c: c.origin)
    assert ("ner", "asr") == (said(ours)["task"], said(theirs)["task"])
    assert f"?repository_url={other.url.replace('/', '%2F')}" in str(theirs.purl)
    assert ["/api/models/acme/tone", "/api/models/acme/base"] == other.asked
    assert ({None}, {"Bearer hf_given"}) == (
        {h.get("authorization") for h in other.headers},
        {h.get("authorization") for h in hub.headers},
    )
    assert [other.url] * 2 == [dict(c.properties)["repository-url"] for c in again.models if c.origin]


def test_a_bill_of_a_private_hub_is_asked_about_there_the_next_time(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", pipeline_tag="ner")
    document = aibom.to_document(enriched(hub, tmp_path, used("acme/tone")))
    with running(LocalHub()) as usual:
        bill = enriched(usual, tmp_path / "else", *aibom.read(document))

    assert ([], "ner") == (usual.asked, said(bill["acme/tone"])["task"])


@pytest.mark.parametrize("address", ["ftp://x", "file:///etc/passwd", "javascript:1", "x"])
def test_what_is_no_address_of_a_hub_is_passed_over(hub: LocalHub, tmp_path: Path, address: str):
    hub.add("acme/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, evolve(used("acme/tone"), properties=[("repository-url", address)]))

    assert "ner" == said(bill["acme/tone"])["task"]


@pytest.mark.parametrize("address", ["hub.example", "http://[::1", "ftp://x"])
def test_an_endpoint_that_is_none_is_said(tmp_path: Path, address: str):
    bill = enriched(LocalHub(url=address), tmp_path, used("acme/tone"))

    why = "that is no address of a hub, which begins with https:// or http://"
    assert [f"hub-unavailable: {address}: {why}: acme/tone"] == list(map(str, bill.diagnostics))


# -- the cache -------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing_and_offline_gives_the_same(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", card="## Uses\n\nTo tell moods.\n", cardData={"base_model": "acme/base"})
    hub.add("acme/base")

    first = enriched(hub, tmp_path, used("acme/tone"), used("no/such"))
    count = len(hub.asked)
    second = enriched(hub, tmp_path, used("acme/tone"), used("no/such"))
    offline = enriched(hub, tmp_path, used("acme/tone"), used("no/such"), offline=True)

    assert (count, first, first) == (len(hub.asked), second, offline)


def test_what_was_asked_for_by_one_name_is_known_by_the_other_too(hub: LocalHub, tmp_path: Path):
    hub.add("openai-community/gpt2", card="## Uses\n\nTo write.\n", pipeline_tag="text-generation")
    hub.moved["gpt2"] = "openai-community/gpt2"

    def both(folder: str, first: str, second: str) -> list[dict[str, str]]:
        asked = enriched(hub, tmp_path / folder, used(first))
        known = enriched(hub, tmp_path / folder, used(second), offline=True)
        assert ["openai-community/gpt2"] * 2 == [c.name for bill in (asked, known) for c in bill]
        return [said(bill["openai-community/gpt2"]) for bill in (asked, known)]

    renamed, legacy = both("a", "gpt2", "openai-community/gpt2"), both("b", "openai-community/gpt2", "gpt2")
    assert [renamed[0]] * 3 == [renamed[1], *legacy]
    assert "To write." == renamed[0]["use-case"]


def test_offline_what_no_cache_knows_is_said_once(hub: LocalHub, tmp_path: Path):
    bill = enriched(hub, tmp_path, *(used(f"a/{n}") for n in "abcde"), offline=True)

    message = f"{hub.url} was not asked about a/a, a/b, a/c and 2 more: offline, and no answer of it is kept"
    assert [f"hub-not-asked: {message}"] == [str(d) for d in bill.diagnostics]


def test_a_cache_that_is_none_is_said_and_the_hub_is_asked_all_the_same(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", pipeline_tag="ner")
    (tmp_path / "cache.sqlite").write_bytes(b"no database" * 100)

    bill = enriched(hub, tmp_path, used("acme/tone"))

    assert (["cache-not-used"], "ner") == (codes(bill), said(bill["acme/tone"])["task"])


# -- faults ----------------------------------------------------------------------------------------

PATH = "/api/models/acme/odd"
FAULTS: dict[str, tuple[list[Fault | str], str]] = {
    "401": ([(401, {}, b"{}")], "hub-not-accessible"),
    "403": ([(403, {}, b"{}")], "hub-not-accessible"),
    "404": ([(404, {"x-error-code": "RepoNotFound"}, b"{}")], "hub-not-accessible"),
    "410": ([(410, {}, b"")], "hub-gone"),
    "418": ([(418, {}, b"")], "hub-unavailable"),
    "gated": ([(403, {"x-error-code": "GatedRepo"}, b"{}")], "hub-gated"),
    "disabled": ([(403, {"x-error-message": "Access to this resource is disabled."}, b"{}")], "hub-disabled"),
    "429 by RateLimit": ([TOO_MANY], "hub-unavailable"),
    "429 by Retry-After": ([(429, {"retry-after": "0"}, b"")], "hub-unavailable"),
    "500": ([(500, {}, b"")], "hub-unavailable"),
    "503": ([(503, {}, b"")], "hub-unavailable"),
    "slow": (["slow"], "hub-unavailable"),
    "truncated": (["truncated"], "hub-unavailable"),
    "dropped": (["drop"], "hub-unavailable"),
    "cut JSON": ([(200, {}, b'{"id": "acme/odd", "tags"')], "hub-unavailable"),
    "HTML with 200": ([(200, {"content-type": "text/html"}, b"<html><body>Sign in</body></html>")], "hub-unavailable"),
    "a list": ([(200, {}, b"[]")], "hub-unavailable"),
    "deep JSON": ([(200, {}, b"[" * 200_000)], "hub-unavailable"),
    "a circle of redirects": ([(307, {"location": PATH}, b"")], "hub-unavailable"),
    "a redirect to a file": ([(307, {"location": "file:///etc/passwd"}, b"")], "hub-unavailable"),
    "a redirect to no address": ([(307, {"location": "http://[::1"}, b"")], "hub-unavailable"),
    "a redirect to nothing": ([(307, {"location": "http://"}, b"")], "hub-unavailable"),
    "429 with an absurd quota": (
        [(429, {"ratelimit": '"api";r=0;t=' + "9" * 5000, "retry-after": "inf"}, b"")],
        "hub-unavailable",
    ),
    "429 with an absurd wait": ([(429, {"retry-after": "1e308"}, b"")], "hub-unavailable"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_loses_what_is_known_of_others(hub: LocalHub, tmp_path: Path, fault: str):
    answers, code = FAULTS[fault]
    hub.add("acme/tone", pipeline_tag="ner")
    hub.faults[PATH] = list(answers)

    bill = enriched(hub, tmp_path, used("acme/odd"), used("acme/tone"))

    assert (used("acme/odd"), "ner", [code]) == (bill["acme/odd"], said(bill["acme/tone"])["task"], codes(bill))


@pytest.mark.parametrize("fault", ["none", TOO_MANY, (503, {}, b""), "truncated", "drop", "slow"])
def test_what_passes_is_tried_again(hub: LocalHub, tmp_path: Path, fault: Fault | str):
    hub.add("acme/odd", pipeline_tag="ner")
    hub.faults[PATH] = [fault, "none"]

    bill = enriched(hub, tmp_path, used("acme/odd"))

    assert ([], "ner") == (codes(bill), said(bill["acme/odd"])["task"])


def test_a_hub_that_fails_again_and_again_is_given_up(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "_ENDURANCE", 10)
    hub.faults["*"] = [(503, {}, b"")]

    bill = enriched(hub, tmp_path, *(used(f"a/{n}") for n in range(100)))

    assert ({"hub-unavailable"}, True) == (set(codes(bill)), 30 <= len(hub.asked) < 60)


def test_many_odd_repositories_are_no_reason_to_give_a_hub_up(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "_ENDURANCE", 10)
    for number in range(20):
        hub.faults[f"/api/models/a/{number}"] = [(503, {}, b"")]
    hub.add("b/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, *(used(f"a/{n}") for n in range(20)), used("b/tone"), workers=2)

    assert ("ner", 21) == (said(bill["b/tone"])["task"], len(bill))


def test_a_quota_that_never_comes_back_is_given_up_for_all(hub: LocalHub, tmp_path: Path):
    hub.faults["*"] = [(429, {"retry-after": "300"}, b"")]
    waited: list[float] = []

    source = HuggingFace(endpoint=hub.url, cache=tmp_path / "cache.sqlite", workers=1)

    def pretend(seconds: float) -> None:
        waited.append(seconds)
        source.hub()._until = 0.0

    source.hub()._sleep = pretend
    bill = aibom.enrich(Bill(map(used, ("a/a", "a/b", "a/c"))), [source])
    source.close()

    assert ({"hub-unavailable"}, [300] * 3) == (set(codes(bill)), [round(seconds) for seconds in waited])
    assert 6 == len(hub.asked)  # Four for the first one, and one for each of the others.


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [("-3", 1, 1), ("nan", 5, 5), ("soon", 5, 5), ("", 5, 5), ("Wed, 21 Oct 2015 07:28:00 GMT", 1, 1), (None, 50, 60)],
)
def test_a_wait_may_be_a_number_a_date_or_nonsense(header: str | None, least: float, most: float):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)

    assert least <= client._seconds({"retry-after": date if header is None else header}) <= most


def test_a_hub_that_is_away_is_given_up_and_nothing_is_lost(tmp_path: Path):
    away = LocalHub(url="http://127.0.0.1:9")  # The port of discard, where nobody listens.

    bill = enriched(away, tmp_path, *(used(f"a/{n}") for n in range(50)))

    assert 50 == len(bill)
    assert {"hub-unavailable"} == set(codes(bill))
    assert not bill.complete


def test_a_quota_is_announced_before_it_is_waited_for_and_can_be_refused(hub: LocalHub, tmp_path: Path):
    hub.add("acme/odd")
    hub.faults[PATH] = [(429, {"ratelimit": '"api";r=0;t=120'}, b"")]
    told: list[float] = []

    def refuse(seconds: float) -> bool:
        told.append(seconds)
        return False

    bill = enriched(hub, tmp_path, used("acme/odd"), wait=refuse)

    assert ([121.0], ["hub-unavailable"], 1) == (told, codes(bill), len(hub.asked))


IMPATIENT = """
import signal, sys, aibom
from aibom.bill import Bill, Component, Kind
from aibom.enrichers.huggingface import HuggingFace

signal.signal(signal.SIGINT, signal.default_int_handler)  # What runs in the background may ignore it.
source = HuggingFace(endpoint=sys.argv[1], cache=":memory:", wait=lambda seconds: print("waiting", flush=True) or True)
try:
    aibom.enrich(Bill(Component(Kind.MODEL, "huggingface", f"a/{n}") for n in range(20)), [source])
except KeyboardInterrupt:
    print("stopped")
"""


def test_who_does_not_want_to_wait_for_a_quota_can_stop_it(hub: LocalHub):
    hub.faults["*"] = [(429, {"retry-after": "200"}, b"")]
    with subprocess.Popen([sys.executable, "-c", IMPATIENT, hub.url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "waiting\n" == process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        try:
            said, _ = process.communicate(timeout=20)
        finally:
            process.kill()

    assert "stopped" in said


def test_a_wait_that_was_refused_is_no_reason_not_to_ask_about_others(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", pipeline_tag="ner")
    hub.faults[PATH] = [(429, {"retry-after": "120"}, b"")]
    told: list[float] = []

    bill = enriched(hub, tmp_path, used("acme/odd"), used("acme/tone"), wait=told.append, workers=1)

    assert ([120.0], "ner") == (told, said(bill["acme/tone"])["task"])


def test_a_quota_that_is_used_up_and_not_waited_for_is_not_asked_for_again_and_again(hub: LocalHub, tmp_path: Path):
    hub.faults["*"] = [(429, {"retry-after": "120"}, b"")]

    bill = enriched(hub, tmp_path, *(used(f"a/{n}") for n in range(40)), wait=lambda _seconds: False)

    assert ({"hub-unavailable"}, True) == (set(codes(bill)), len(hub.asked) <= 24)


def test_a_wait_beyond_the_limit_is_not_even_asked_for(hub: LocalHub, tmp_path: Path):
    hub.add("acme/odd")
    hub.faults[PATH] = [(429, {"retry-after": "86400"}, b"")]
    told: list[float] = []

    def wait(seconds: float) -> bool:
        told.append(seconds)
        return True

    bill = enriched(hub, tmp_path, used("acme/odd"), wait=wait)

    assert ([], ["hub-unavailable"]) == (told, codes(bill))


def test_an_answer_without_end_is_cut(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "LARGEST", 1000)
    hub.add("acme/odd", tags=["x" * 2000])

    assert ["hub-unavailable"] == codes(enriched(hub, tmp_path, used("acme/odd")))


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_an_answer_that_comes_a_byte_at_a_time_is_given_up(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "WHOLE", 0.5)
    hub.faults[PATH] = ["drip"]

    bill = enriched(hub, tmp_path, used("acme/odd"))

    why = "the answer takes more than 0 s"
    assert [f"hub-unavailable: {hub.url}: {why}: acme/odd"] == list(map(str, bill.diagnostics))


def test_the_card_of_a_gated_repository_is_said_not_to_have_been_read(hub: LocalHub, tmp_path: Path):
    hub.add("acme/gated", card="## Uses\n\nMoods.\n", gated="auto", pipeline_tag="ner")
    path = f"/acme/gated/resolve/{commit_of('acme/gated')}/README.md"
    hub.faults[path] = [(403, {"x-error-code": "GatedRepo"}, b"")]

    bill = enriched(hub, tmp_path, used("acme/gated"))

    assert [f"card-not-read: {hub.url}: the text of the card of acme/gated"] == list(map(str, bill.diagnostics))
    assert ("auto", "ner") == (said(bill["acme/gated"])["gated"], said(bill["acme/gated"])["task"])


def test_a_page_to_sign_in_is_no_card_and_no_licence_and_is_not_kept(hub: LocalHub, tmp_path: Path):
    with_licence(hub, "acme/tone", APACHE)
    hub.models["acme/tone"]["siblings"].append({"rfilename": "README.md"})
    hub.files["acme/tone/README.md"] = b"## Limitations\n\nEnglish only.\n"
    page = b"\n<!DOCTYPE html><html><body>Sign in</body></html>\n\n## Limitations\n\nWho signed in.\n"
    for name in ("README.md", "LICENSE.txt"):
        path = f"/acme/tone/resolve/{commit_of('acme/tone')}/{name}"
        hub.faults[path] = [(200, {"content-type": "text/html"}, page), "none"]

    first = enriched(hub, tmp_path, used("acme/tone"))
    second = enriched(hub, tmp_path, used("acme/tone"))

    assert ["card-not-read", "licence-not-read"] == codes(first)
    assert ([], False, "English only.") == (
        codes(second),
        "limitation" in said(first["acme/tone"]),
        said(second["acme/tone"])["limitation"],
    )


ODD_RECORDS: dict[str, dict[str, Any]] = {
    "fields of other types": {"tags": 7, "siblings": {"a": 1}, "config": [1], "safetensors": "x", "cardData": 3},
    "lists of odd things": {"tags": [None, 7, {"a": 1}], "siblings": [None, 7, {"rfilename": None}]},
    "a model-index without form": {"model-index": [{"results": [{"metrics": [None, {"type": "wer"}]}]}]},
    "numbers that are none": {"safetensors": {"total": "many", "parameters": {"F32": None}}},
    "huge numbers": {"safetensors": {"total": 10**400}},
    "control characters": {"pipeline_tag": "ner\x00\x1b[31m\u202e", "author": "\ud800"},
    "deep values": {"cardData": {"license": [[[[["mit"]]]]], "language": {"a": {"b": "c"}}}},
    "a name that is no id": {"id": "../../../etc/passwd"},
    "a name that is a number": {"id": 7},
    "a name that is true": {"id": True},
    "a name that no file can hold": {"id": "\ud800/x", "sha": "\ud800"},
    "conditions of another form": {"gated": ["auto"]},
    "deep fields": {"config": nested(900), "tags": nested(900)},
    "texts that no file can hold": {
        "tags": ["license:\ud800", "base_model:x/\udfff"],
        "siblings": [{"rfilename": "\ud800.bin"}],
        "cardData": {"datasets": ["\ud800/d"], "license": "\ud800"},
    },
    "numbers that are no numbers": {"safetensors": {"total": float("nan"), "parameters": {"F32": float("inf")}}},
    "no commit": {"sha": None},
    "an odd commit": {"sha": "main"},
}


@pytest.mark.parametrize("odd", ODD_RECORDS)
def test_an_odd_record_loses_nothing_else_and_gives_a_valid_document(hub: LocalHub, tmp_path: Path, odd: str):
    hub.add("acme/odd", library_name="transformers")
    hub.models["acme/odd"] |= ODD_RECORDS[odd]
    hub.add("acme/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, used("acme/odd"), used("acme/tone"))

    assert ("transformers", "ner") == (said(bill["acme/odd"])["library"], said(bill["acme/tone"])["task"])
    assert () == aibom.validate(aibom.to_document(bill))


@pytest.mark.parametrize("fault", [UnicodeError, RuntimeError])
def test_a_list_that_fails_in_a_way_nobody_thought_of_loses_nothing_else(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
):
    monkeypatch.setattr(huggingface, "LARGE", 2)
    hub.add("acme/tone", pipeline_tag="ner")
    hub.add("acme/mood", pipeline_tag="ner")
    monkeypatch.setattr(client.Hub, "page", lambda *_: (_ for _ in ()).throw(fault))

    bill = enriched(hub, tmp_path, used("acme/tone"), used("acme/mood"), used("other/none"))

    assert ("ner", "ner") == (said(bill["acme/tone"])["task"], said(bill["acme/mood"])["task"])
    assert ["hub-not-accessible"] == codes(bill)


def test_a_hub_whose_name_is_none_is_said_to_have_no_address(hub: LocalHub, tmp_path: Path):
    there = f"https://{'a' * 70}.example"  # RFC 1035: no part of a name has more than 63 letters.
    hub.add("acme/tone", pipeline_tag="ner")
    odd = evolve(used("acme/mood"), origin=there, properties=[("repository-url", there)])

    bill = enriched(hub, tmp_path, used("acme/tone"), odd)

    assert "ner" == said(bill["acme/tone"])["task"]
    assert [f"{there}: what is asked for makes no address: acme/mood"] == [d.message for d in bill.diagnostics]


@pytest.mark.hostile
def test_marks_that_are_escaped_in_a_record_are_read_in_time(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", pipeline_tag="ner")
    hub.files["acme/tone/config.json"] = b"[" * 60 + b'"' + b'\\"' * 100_000  # What is not linear takes minutes.
    hub.models["acme/tone"]["siblings"] = [{"rfilename": "config.json"}]
    began = time.perf_counter()

    bill = enriched(hub, tmp_path, used("acme/tone"))

    assert (True, "ner") == (time.perf_counter() - began < 20, said(bill["acme/tone"])["task"])


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (b"[" * 10_000 + b"]" * 10_000, "what is nested more than 50 deep is left out"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "what is nested more than 50 deep is left out"),
        (b"9" * 5000, "a number has 5000 digits, and is left out"),
        (b'"\xff\xfe"', ""),
        (b'"' + b"[{" * 900 + b'"', ""),
    ],
)
def test_what_python_cannot_read_in_a_record_is_left_out_and_said(
    hub: LocalHub, tmp_path: Path, value: bytes, problem: str
):
    body = b'{"id": "acme/odd", "x": ' + value + b', "library_name": "transformers"}'
    hub.faults[PATH] = [(200, {}, body)]

    bill = enriched(hub, tmp_path, used("acme/odd"))

    expected = [f"app.py:1: odd-card: acme/odd: {problem}"] if problem else []
    assert ("transformers", expected) == (said(bill["acme/odd"])["library"], list(map(str, bill.diagnostics)))


def test_a_record_that_breaks_the_reader_loses_no_other(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def breaking(record: dict[str, Any], **more: Any) -> cards.Said:  # noqa: ANN401 - whatever it takes
        if record["id"] == "acme/odd":
            raise KeyError(record["id"])
        return of_record(record, **more)

    of_record = cards.of_record
    monkeypatch.setattr(cards, "of_record", breaking)
    hub.add("acme/odd")
    hub.add("acme/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, used("acme/odd"), used("acme/tone"))

    assert "ner" == said(bill["acme/tone"])["task"]
    assert ["app.py:1: odd-card: acme/odd: its record cannot be read: KeyError"] == list(map(str, bill.diagnostics))


ODD_CARDS: dict[str, Callable[[], str]] = {
    "HTML": lambda: "<script>alert(1)</script>\n## Uses\n\n<img src=x onerror=alert(1)> Moods.\n",
    "a YAML bomb": lambda: "---\na: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(300)) + "---\n",
    "deep YAML": lambda: "---\na: " + "[" * 5000 + "\n---\n## Uses\n\nMoods.\n",
    "control characters": lambda: "---\nlicense: m\x00it\n---\n## Uses\n\nMo\x00o\x1bds.\n",
    "a line of 5 MB": lambda: "## Uses\n\n" + "x" * 5_000_000,
    "a huge card": lambda: "## Uses\n\nMoods.\n" * 200_000,
    "deep Markdown": lambda: ">" * 20_000 + " x\n" + "- " * 5000 + "x\n" + "[" * 20_000,
    "a tag of Python": lambda: "---\nlicense: !!python/object/apply:os.system ['true']\n---\n",
    "no text": lambda: "",
    "bytes": lambda: "\udcff\udcfe".encode("utf-8", "surrogateescape").decode("latin-1"),
}


@pytest.mark.hostile
@pytest.mark.parametrize("odd", ODD_CARDS)
def test_a_hostile_card_loses_nothing_else_and_gives_a_valid_document(hub: LocalHub, tmp_path: Path, odd: str):
    hub.add("acme/odd", card=ODD_CARDS[odd](), pipeline_tag="asr")
    hub.add("acme/tone", pipeline_tag="ner")

    bill = enriched(hub, tmp_path, used("acme/odd"), used("acme/tone"))

    assert ("asr", "ner") == (said(bill["acme/odd"])["task"], said(bill["acme/tone"])["task"])
    assert () == aibom.validate(aibom.to_document(bill))


# -- how many requests, and how fast -----------------------------------------------------------------------------


def test_the_benchmark_measures_what_it_says(tmp_path: Path):
    suite: Any = import_module("benchmarks.enrich")

    assert suite.slow(48, str(tmp_path)) > 3


@pytest.mark.parametrize(("workers", "least", "most"), [(1, 1, 1), (6, 2, 6)])
def test_so_many_threads_ask_as_were_said(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, least: int, most: int
):
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    hub.delay = 0.05
    threads: set[str] = set()
    get = client.Hub.get

    def noted(source: client.Hub, address: str) -> Answer:
        threads.add(threading.current_thread().name)
        return get(source, address)

    monkeypatch.setattr(client.Hub, "get", noted)

    aibom.enrich(Bill(used(f"a/{n}") for n in range(30)), cache=tmp_path / "c.sqlite", workers=workers)

    assert least <= len(threads) <= most


@pytest.mark.parametrize(("count", "owners"), [(50, 1), (100, 4), (50, 50)])
def test_a_large_bill_takes_few_requests_cold_and_none_warm(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, owners: int
):
    monkeypatch.setattr(huggingface, "LARGE", 40)  # benchmarks/enrich.py has as many as there are in large bills.
    names = [f"owner{n % owners}/model{n}" for n in range(count)]
    for name in names:
        hub.add(name, card="## Uses\n\nMoods.\n", pipeline_tag="ner")

    first = enriched(hub, tmp_path, *map(used, names))
    cold = len(hub.asked)
    second = enriched(hub, tmp_path, *map(used, names))

    assert {"ner"} == {said(c)["task"] for c in first.models}
    assert cold <= 1.1 * count
    assert cold == len(hub.asked) or owners == count  # There the cards that were left over come in.
    assert {"card-not-read"} >= set(codes(first))
    assert len(second) == len(names)


def test_what_a_list_says_does_for_large_bills_and_is_asked_for_in_full_by_small_ones(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(huggingface, "LARGE", 10)
    names = [f"owner/model{n}" for n in range(20)]
    for name in names:
        hub.add(name, siblings=[{"rfilename": "m.bin", "lfs": {"sha256": "ab" * 32, "size": 1}}])
    pinned = evolve(used(names[0], revision=commit_of(names[0])), commit=commit_of(names[0]))

    enriched(hub, tmp_path, *map(used, names))
    cold = len(hub.asked)
    enriched(hub, tmp_path, *map(used, names))
    offline = enriched(hub, tmp_path, pinned, offline=True)

    assert (cold, []) == (len(hub.asked), codes(offline))
    enriched(hub, tmp_path, pinned)
    assert f"/api/models/{names[0]}/revision/{commit_of(names[0])}" in hub.asked


# -- the text of the licence, and where the branch is today ----------------------------------------

APACHE = b"Apache License\nVersion 2.0, January 2004\n... Grant of Patent License ...\nEND OF TERMS AND CONDITIONS\n"


def with_licence(hub: LocalHub, name: str, text: bytes) -> None:
    files = [{"rfilename": "LICENSE.txt", "size": len(text)}, {"rfilename": "license.py"}, {"rfilename": "x/LICENSE"}]
    hub.add(name, cardData={"license": "mit"}, siblings=files)
    hub.files[f"{name}/LICENSE.txt"] = text


def test_the_text_of_the_licence_is_read_and_said_apart_from_what_the_card_declares(hub: LocalHub, tmp_path: Path):
    with_licence(hub, "acme/tone", APACHE)

    bill = enriched(hub, tmp_path, used("acme/tone"))

    at = commit_of("acme/tone")[:12]
    expected = {Fact("mit", f"hub:model_info@{at}:cardData"), Fact("apache-2.0", f"hub-file@{at}:LICENSE.txt")}
    assert expected == set(bill["acme/tone"].licences)
    finding = next(f for f in aibom.assess(bill).findings if f.rule == "licence-mismatch")
    assert (
        f"acme/tone declares mit (hub:model_info@{at}:cardData), "
        f"and its licence file is apache-2.0 (hub-file@{at}:LICENSE.txt)"
    ) == finding.reason


def test_the_configuration_says_what_the_record_does_not(hub: LocalHub, tmp_path: Path):
    files = [{"rfilename": "config.json", "size": 90}]
    hub.add("acme/tone", siblings=files, config={"model_type": "llama", "architectures": ["LlamaForCausalLM"]})
    hub.add("acme/gone", siblings=files)
    hub.add("acme/large", siblings=[{"rfilename": "config.json", "size": 10**9}])
    hub.add("acme/notes", dataset=True, siblings=files)
    hub.files["acme/tone/config.json"] = json.dumps(
        {"model_type": "other", "max_position_embeddings": 4096, "quantization_config": {"quant_method": "awq"}}
    ).encode()
    every = [*map(used, ("acme/tone", "acme/gone", "acme/large")), used("acme/notes", Kind.DATASET)]

    bill = enriched(hub, tmp_path, *every)
    hub.asked.clear()
    offline = enriched(hub, tmp_path, *every, offline=True)

    tone = bill["acme/tone"]
    at = commit_of("acme/tone")[:12]
    assert Fact("4096", f"hub-file@{at}:config.json") == tone.card["context-length"]
    assert ("awq", "llama") == (said(tone)["quantization"], said(tone)["architecture-family"])
    assert [("config-not-read", f"{hub.url}: the configuration of acme/gone")] == [
        (d.code, d.message) for d in bill.diagnostics
    ]
    assert (bill, []) == (offline, hub.asked)


def test_a_configuration_that_is_none_says_nothing(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", siblings=[{"rfilename": "config.json"}], pipeline_tag="ner")
    hub.files["acme/tone/config.json"] = b"[" * 100_000

    bill = enriched(hub, tmp_path, used("acme/tone"))

    assert ("ner", False) == (said(bill["acme/tone"])["task"], "context-length" in bill["acme/tone"].card)


def test_a_text_that_was_read_once_is_not_asked_for_again(hub: LocalHub, tmp_path: Path):
    with_licence(hub, "acme/tone", APACHE)
    first = enriched(hub, tmp_path, used("acme/tone"))
    hub.asked.clear()

    assert first == enriched(hub, tmp_path, used("acme/tone"), offline=True)
    assert [] == hub.asked


def test_a_text_that_is_none_we_know_or_is_not_given_is_said(hub: LocalHub, tmp_path: Path):
    with_licence(hub, "acme/own", b"Ask us.")
    with_licence(hub, "acme/gone", b"")
    del hub.files["acme/gone/LICENSE.txt"]
    with_licence(hub, "acme/large", b"x" * (256 * 1024 + 1))

    bill = enriched(hub, tmp_path, *map(used, ("acme/own", "acme/gone", "acme/large")))

    assert ["mit"] * 3 == [f.value for c in bill.models for f in c.licences]
    assert [
        ("licence-not-read", f"{hub.url}: the text of the licence of acme/gone"),
        ("licence-not-recognised", f"acme/own: LICENSE.txt (hub-file@{commit_of('acme/own')[:12]})"),
    ] == [(d.code, d.message) for d in bill.diagnostics]


def test_of_a_pinned_model_it_is_asked_where_the_branch_is_today(hub: LocalHub, tmp_path: Path):
    pin = "ab" * 20
    hub.add("acme/tone", _revisions={pin: pin})
    hub.add("acme/same")
    model = used("acme/tone", revision=pin)
    same = used("acme/same", revision=commit_of("acme/same"))

    bill = enriched(
        hub, tmp_path, evolve(model, commit=pin), evolve(same, commit=commit_of("acme/same")), used("acme/gone")
    )

    assert (Resolution(commit_of("acme/tone"), "", TODAY, f"hub:{hub.url}"),) == bill["acme/tone"].resolutions
    assert pin == bill["acme/tone"].resolved
    newer = [f.component for f in aibom.assess(bill).findings if f.rule == "newer-commit"]
    assert [bill["acme/tone"].ref] == newer
