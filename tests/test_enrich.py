"""What enrichers know comes into the bill: names, facts, components, relations; what fails is said."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve, field, frozen

import aibom
from aibom import pipeline
from aibom.asking.threads import at_once
from aibom.bill import (
    Bill,
    Card,
    Component,
    Diagnostic,
    Enrichment,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Relation,
    RelationKind,
    Resolution,
)
from aibom.enrichment import enriched
from aibom.errors import PluginError

COMMIT = "a" * 40
AT = Evidence(Location("app.py", 3), "transformers")


def model(name: str, *evidence: Evidence) -> Component:
    return Component(Kind.MODEL, "huggingface", name, evidence=evidence)


@frozen
class Knows:
    """An enricher that knows what it is told."""

    answers: dict[str, Enrichment]
    name: str = "knows"
    summary: str = "What it is told."
    asked: list[str] = field(factory=list)

    def enrich(self, component: Component) -> Enrichment:
        self.asked.append(component.name)
        return self.answers.get(component.name, Enrichment())


def fact(name: str, value: str, source: str) -> Enrichment:
    return Enrichment(card=Card([(name, Fact(value, source))]))


def test_a_component_that_nobody_knows_comes_back_as_it_was():
    bill = Bill([model("a/b", AT)])

    assert bill == aibom.enrich(bill, [Knows({})])


def test_facts_licences_files_and_resolutions_come_in():
    named = Resolution(COMMIT, "main", "2026-11-25", "hub:model_info")
    known = Enrichment(
        card=Card([("task", Fact("fill-mask", "hub:model_info"))]),
        licences=(Fact("mit", "card:front-matter"),),
        resolutions=(named,),
        properties=(("gated", "auto"),),
    )

    richer = aibom.enrich(Bill([model("a/b", AT)]), [Knows({"a/b": known})])

    expected = evolve(
        model("a/b", AT),
        card=known.card,
        licences=known.licences,
        resolutions=[named],
        properties=[("gated", "auto")],
    )
    assert Bill([expected]) == richer
    assert (False, COMMIT, f"pkg:huggingface/a/b@{COMMIT}") == (
        richer["a/b"].pinned,
        richer["a/b"].resolved,
        richer["a/b"].purl,
    )


def test_a_legacy_name_becomes_one_component_under_its_canonical_name():
    old, new = model("gpt2", AT), model("openai-community/gpt2", evolve(AT, location=Location("b.py", 1)))
    service = Component(Kind.SERVICE, "x", "x")
    bill = Bill(
        [old, new, service],
        [Relation(old.ref, service.ref, RelationKind.SERVED_BY)],
        [Finding("unpinned", Level.WARNING, old.ref, "no revision")],
    )

    richer = aibom.enrich(bill, [Knows({"gpt2": Enrichment(name="openai-community/gpt2")})])

    merged = evolve(new, evidence=[evolve(AT, requested="gpt2"), *new.evidence])
    expected = Bill(
        [merged, service],
        [Relation(merged.ref, service.ref, RelationKind.SERVED_BY)],
        [Finding("unpinned", Level.WARNING, merged.ref, "no revision")],
    )
    assert expected == richer


def test_two_canonical_names_are_a_contradiction_and_neither_is_taken():
    richer = aibom.enrich(
        Bill([model("x", AT)]), [Knows({"x": Enrichment(name="a/x")}), Knows({"x": Enrichment(name="b/x")})]
    )

    said = Diagnostic("contradiction", "x is said to be a/x and b/x; it keeps its name")
    assert Bill([model("x", AT)], diagnostics=[said]) == richer


def test_what_the_code_says_wins_over_what_the_hub_says():
    own = evolve(model("a/b", AT), card=Card([("task", Fact("ner", "code"))]))

    richer = aibom.enrich(Bill([own]), [Knows({"a/b": fact("task", "fill-mask", "hub:model_info")})])

    message = "a/b: task is 'ner' by code, and 'fill-mask' by hub:model_info; the former is kept"
    assert Bill([own], diagnostics=[Diagnostic("contradiction", message, AT.location)]) == richer


@pytest.mark.parametrize("names", [("acme-registry", "zoo"), ("zoo", "acme-registry")])
def test_of_two_sources_of_others_the_first_that_is_given_counts_and_those_of_aibom_before_them(names: tuple[str, str]):
    first, second = (Knows({"a/b": fact("task", name, f"{name}:1")}) for name in names)
    bill = Bill([model("a/b", AT)])

    alone = aibom.enrich(bill, [first, second])
    beside = aibom.enrich(bill, [first, second, Knows({"a/b": fact("task", "ner", "hub:model_info")})])

    assert (names[0], "ner") == (alone["a/b"].card["task"].value, beside["a/b"].card["task"].value)
    assert ["contradiction"] == [d.code for d in alone.diagnostics]


def test_equal_words_of_two_sources_are_no_contradiction():
    answers = [Knows({"a/b": fact("task", "ner", "hub:model_info")}), Knows({"a/b": fact("task", "ner", "card")})]

    richer = aibom.enrich(Bill([model("a/b", AT)]), answers)

    assert ("ner", "card") == (richer["a/b"].card["task"].value, richer["a/b"].card["task"].source)
    assert () == richer.diagnostics


def test_base_models_are_followed_to_the_root_and_cycles_end():
    a, b, c = model("a/a", AT), model("b/b"), model("c/c")

    def derived(new: Component, base: Component) -> Enrichment:
        edge = Relation(new.ref, base.ref, RelationKind.DERIVED_FROM, "finetune")
        return Enrichment(components=(base,), relations=(edge,))

    knows = Knows({"a/a": derived(a, b), "b/b": derived(b, c), "c/c": derived(c, a)})

    richer = aibom.enrich(Bill([a]), [knows])

    edges = [Relation(x.ref, y.ref, RelationKind.DERIVED_FROM, "finetune") for x, y in ((a, b), (b, c), (c, a))]
    assert Bill([a, b, c], edges) == richer
    assert ["a/a", "b/b", "c/c"] == knows.asked


def test_a_chain_without_an_end_is_followed_for_some_rounds():
    class Endless:
        name, summary = "endless", "One more each time."

        def enrich(self, component: Component) -> Enrichment:
            return Enrichment(components=(model(component.name + "x"),))

    richer = aibom.enrich(Bill([model("a/x", AT)]), [Endless()])

    assert pipeline.DEPTH + 2 == len(richer)
    assert ["lineage-cut: a/xxxxxxx: more than 5 steps from what the code names"] == list(map(str, richer.diagnostics))


def test_an_edge_to_a_pinned_component_finds_it_without_its_commit():
    pinned = evolve(model("a/b", evolve(AT, revision=COMMIT)), commit=COMMIT)
    base = model("c/d")
    edge = Relation(evolve(pinned, commit=None).ref, base.ref, RelationKind.DERIVED_FROM)

    richer = aibom.enrich(Bill([pinned]), [Knows({"a/b": Enrichment(components=(base,), relations=(edge,))})])

    assert (Relation(pinned.ref, base.ref, RelationKind.DERIVED_FROM),) == richer.relations


def test_an_edge_to_nothing_is_left_out():
    edge = Relation(model("a/b").ref, "model:huggingface:no/such", RelationKind.DERIVED_FROM)

    assert () == aibom.enrich(Bill([model("a/b")]), [Knows({"a/b": Enrichment(relations=(edge,))})]).relations


def test_a_crashing_enricher_loses_nothing_else():
    class Crashes:
        name, summary = "crashes", "Nothing."

        def enrich(self, component: Component) -> Enrichment:
            raise OSError(f"no {component.title}")

    richer = aibom.enrich(Bill([model("a/b")]), [Crashes(), Knows({"a/b": fact("task", "ner", "card")})])

    assert ("ner", ("enricher-failed: crashes: a/b: OSError: no b",)) == (
        richer["a/b"].card["task"].value,
        tuple(map(str, richer.diagnostics)),
    )


def test_an_enricher_may_be_asked_about_all_at_once():
    class AllAtOnce(Knows):
        def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
            self.asked.append(str(len(components)))
            return [fact("task", c.title, "card") for c in components]

    knows = AllAtOnce({})
    richer = aibom.enrich(Bill([model("a/b"), model("a/c")]), [knows])

    assert (["2"], "c") == (knows.asked, richer["a/c"].card["task"].value)


def test_an_odd_answer_among_many_loses_no_other():
    class Odd(Knows):
        def enrich_all(self, components: Sequence[Component]) -> list[object]:
            return [None, *(fact("task", c.title, "card") for c in components[1:])]

    richer = aibom.enrich(Bill([model("a/b"), model("a/c")]), [Odd({})])

    assert (["enricher-failed"], "c") == ([d.code for d in richer.diagnostics], richer["a/c"].card["task"].value)


def odd(value: Any) -> Any:  # noqa: ANN401 - what no type allows, and an author may do
    return value


ODD_ANSWERS: list[Any] = [
    {"name": 7},
    {"name": ""},
    {"card": None},
    {"card": Card([("task", odd("ner"))])},
    {"card": Card([("task", Fact(odd(7), "card"))])},
    {"card": Card((), odd(["accuracy"]))},
    {"licences": ["mit"]},
    {"licences": [Fact("mit", odd(None))]},
    {"files": ["model.bin"]},
    {"resolutions": ["main"]},
    {"properties": [("gated", True)]},
    {"hashes": [("SHA-256", None)]},
    {"components": ["acme/base"]},
    {"relations": [("a", "b")]},
    {"diagnostics": ["it failed"]},
    {"advisories": ["CVE-1"]},
]


@pytest.mark.parametrize("parts", ODD_ANSWERS, ids=repr)
def test_an_answer_with_odd_parts_is_said_and_loses_nothing_else(parts: dict[str, Any]):
    class Odd(Knows):
        def enrich(self, component: Component) -> Enrichment:
            del component
            return Enrichment(**parts)

    richer = aibom.enrich(Bill([model("a/b")]), [Odd({}), Knows({"a/b": fact("task", "ner", "card")})])

    assert (["enricher-failed"], "ner") == ([d.code for d in richer.diagnostics], richer["a/b"].card["task"].value)
    assert () == aibom.validate(aibom.to_document(richer))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(13, "Permission denied", "/home/me/.secret"), "PermissionError: Permission denied"),
        (
            ValueError("https://me:pw@hub.example/a?token=x says no to hf_abcdefghijklmnopqrstuvwxyz0123456789"),
            "ValueError: https://hub.example/a says no to ***",
        ),
    ],
)
def test_what_an_enricher_fails_with_tells_no_path_and_no_secret(error: Exception, expected: str):
    class Crashes(Knows):
        def enrich(self, component: Component) -> Enrichment:
            del component
            raise error

    (said,) = aibom.enrich(Bill([model("a/b")]), [Crashes({})]).diagnostics

    assert f"enricher-failed: knows: a/b: {expected}" == str(said)


def test_who_stops_waits_for_no_answer_that_is_under_way():
    asked, release = threading.Barrier(3, timeout=30), threading.Event()
    ended: list[int] = []

    def waits(number: int) -> int:
        if number < 2:
            asked.wait()
            release.wait(30)
            ended.append(number)
        return number

    answers = at_once(waits, range(9), workers=2)
    stopper = threading.Thread(target=asked.wait)
    stopper.start()
    main = threading.main_thread().ident
    timer = threading.Timer(0.1, signal.pthread_kill, [main, signal.SIGINT])
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # What runs in the background may ignore it.
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            next(answers)
    finally:
        signal.signal(signal.SIGINT, before)

    assert [] == ended
    release.set()
    stopper.join()


def test_what_is_done_to_many_comes_in_their_order_and_what_it_raises_comes_out():
    assert [n * n for n in range(50)] == list(at_once(lambda n: n * n, range(50), workers=8))
    with pytest.raises(ZeroDivisionError):
        list(at_once(lambda n: 1 // n, [1, 0, 1], workers=2))


@pytest.mark.parametrize("answer", [[], [Enrichment(), None], [Enrichment(), Enrichment(), Enrichment()]])
def test_too_few_odd_or_too_many_answers_are_said(answer: list[Enrichment]):
    class Odd(Knows):
        def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
            del components
            return answer

    richer = aibom.enrich(Bill([model("a/b"), model("a/c")]), [Odd({})])

    assert ["enricher-failed"] == [d.code for d in richer.diagnostics]


def test_what_is_no_enrichment_is_said():
    class Odd(Knows):
        def enrich(self, component: Component) -> Enrichment:
            return component  # type: ignore[return-value] # what an author may do

    (said,) = aibom.enrich(Bill([model("a/b")]), [Odd({})]).diagnostics

    assert "enricher-failed: knows: a/b: PluginError: it answered with Component, not an Enrichment" == str(said)


def test_enrichers_may_come_from_a_generator_and_one_alone_is_refused():
    knows = Knows({"a/b": fact("task", "ner", "card")})

    assert "ner" == aibom.enrich(Bill([model("a/b")]), (e for e in [knows]))["a/b"].card["task"].value  # type: ignore[arg-type] # what a caller may do
    with pytest.raises(PluginError, match=r"are a sequence: write \[knows\]"):
        aibom.enrich(Bill(), knows)  # type: ignore[arg-type] # what a caller may do


def test_what_is_no_enricher_is_refused():
    with pytest.raises(PluginError, match="is no enricher"):
        aibom.enrich(Bill(), [object()])  # type: ignore[list-item] # what a caller may do


def test_several_threads_ask_at_once():
    barrier = threading.Barrier(4, timeout=30)

    class Waits(Knows):
        def enrich(self, component: Component) -> Enrichment:
            barrier.wait()
            return super().enrich(component)

    richer = aibom.enrich(Bill([model(f"a/{n}") for n in "abcd"]), [Waits({})], workers=4)

    assert () == richer.diagnostics


def test_progress_tells_how_many_were_asked_of_how_many():
    told: list[tuple[int, int]] = []
    knows = Knows({"a/a": Enrichment(components=(model("b/b"),))})

    aibom.enrich(Bill([model("a/a")]), [knows], progress=lambda done, total: told.append((done, total)))

    assert [(1, 2), (2, 2)] == told


def test_the_order_of_what_is_known_does_not_matter():
    component = model("x", AT)
    known = [
        (component, Enrichment(name="a/x")),
        (component, fact("task", "ner", "card")),
        (component, fact("task", "asr", "hub:model_info")),
    ]

    assert enriched(Bill([component]), known) == enriched(Bill([component]), reversed(known))
