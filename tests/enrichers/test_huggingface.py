"""The Hub is asked over real sockets: what it knows comes into the bill, and no fault loses anything else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.enrichers.local_hub import Fault, LocalHub, commit_of
from tests.enrichers.serving import running

import aibom
from aibom.asking import client
from aibom.bill import (
    Bill,
    Component,
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
)
from aibom.enrichers import huggingface
from aibom.enrichers.huggingface import HuggingFace

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

    without = enriched(hub, tmp_path, *data)
    rich = enriched(hub, tmp_path, *data, croissant=True)
    offline = enriched(hub, tmp_path, *data, croissant=True, offline=True)

    added = {k: v for k, v in said(rich["acme/notes"]).items() if k not in said(without["acme/notes"])}
    assert {"citation": "Acme (2026)", "curator": "Acme", "personal-data": "Names of customers."} == added
    assert ("mit",) == tuple(f.value for f in rich["acme/notes"].licences)
    assert (rich, []) == (offline, codes(rich))


# -- tokens ----------------------------------------------------------------------------------------


def test_no_token_is_sent_unless_one_is_given(hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_TOKEN", "hf_of_the_machine")
    hub.add("acme/tone")

    enriched(hub, tmp_path, used("acme/tone"))
    enriched(hub, tmp_path, used("acme/tone"), token="hf_given")

    assert [None, "Bearer hf_given"] == [h.get("authorization") for h in hub.headers]


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


# -- the cache -------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing_and_offline_gives_the_same(hub: LocalHub, tmp_path: Path):
    hub.add("acme/tone", card="## Uses\n\nTo tell moods.\n", cardData={"base_model": "acme/base"})
    hub.add("acme/base")

    first = enriched(hub, tmp_path, used("acme/tone"), used("no/such"))
    count = len(hub.asked)
    second = enriched(hub, tmp_path, used("acme/tone"), used("no/such"))
    offline = enriched(hub, tmp_path, used("acme/tone"), used("no/such"), offline=True)

    assert (count, first, first) == (len(hub.asked), second, offline)


def test_offline_what_no_cache_knows_is_said_once(hub: LocalHub, tmp_path: Path):
    bill = enriched(hub, tmp_path, *(used(f"a/{n}") for n in "abcde"), offline=True)

    message = f"{hub.url} was not asked about a/a, a/b, a/c and 2 more: offline, and no cache knows them"
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


ODD_RECORDS: dict[str, dict[str, Any]] = {
    "fields of other types": {"tags": 7, "siblings": {"a": 1}, "config": [1], "safetensors": "x", "cardData": 3},
    "lists of odd things": {"tags": [None, 7, {"a": 1}], "siblings": [None, 7, {"rfilename": None}]},
    "a model-index without form": {"model-index": [{"results": [{"metrics": [None, {"type": "wer"}]}]}]},
    "numbers that are none": {"safetensors": {"total": "many", "parameters": {"F32": None}}},
    "huge numbers": {"safetensors": {"total": 10**400}},
    "control characters": {"pipeline_tag": "ner\x00\x1b[31m\u202e", "author": "\ud800"},
    "deep values": {"cardData": {"license": [[[[["mit"]]]]], "language": {"a": {"b": "c"}}}},
    "a name that is no id": {"id": "../../../etc/passwd"},
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


# -- how many requests -----------------------------------------------------------------------------


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
