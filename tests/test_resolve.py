"""Claims about the same thing become one component, in any order, and nothing is lost."""

from __future__ import annotations

import random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from aibom.bill import (
    Bill,
    Card,
    Component,
    Detection,
    Evidence,
    Fact,
    Kind,
    Location,
    Metric,
    ModelFile,
    Related,
    Relation,
    RelationKind,
    Technique,
    Usage,
)
from aibom.knowledge import services
from aibom.resolve import components, merge, relations, stated, uses
from aibom.syntax.values import Name

A, B, C = "a" * 40, "b" * 40, "c" * 40


def model(name: str = "Qwen/Qwen3-8B", line: int = 1, **more: Any) -> Detection:  # noqa: ANN401 - whatever its fields take
    """Return a claim about a model of the Hub."""
    return Detection(Kind.MODEL, name, Location("app.py", line), **more)


def library(version: str | None, line: int, **more: Any) -> Detection:  # noqa: ANN401 - whatever its fields take
    """Return a claim about a library."""
    return Detection(Kind.LIBRARY, "torch", Location("app.py", line), "pypi", version=version, **more)


def shown(found: tuple[Component, ...]) -> list[tuple[str, list[int]]]:
    """Return each component's ref and the lines of its evidence."""
    return [(c.ref, [e.location.line for e in c.evidence]) for c in found]


# -- properties ------------------------------------------------------------------------------------

LOCATIONS = st.builds(Location, st.sampled_from(["a.py", "b.py"]), st.integers(1, 3))
PAIRS = st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("12")), max_size=1)
REVISIONS = st.none() | st.sampled_from([A, A.upper(), B, C, "main"])
DETECTIONS = st.builds(
    Detection,
    st.sampled_from([Kind.MODEL, Kind.MODEL, Kind.DATASET, Kind.LIBRARY, Kind.SERVICE]),
    st.sampled_from(["a/b", "openai"]),
    LOCATIONS,
    provider=st.sampled_from(["huggingface", "openai"]),
    revision=REVISIONS,
    version=st.none() | st.sampled_from(["1", "2"]),
    usage=st.sampled_from(Usage),
    hosted=st.booleans(),
    properties=PAIRS,
    context=PAIRS,
)
FACTS = st.builds(Fact, st.sampled_from("12"), st.sampled_from("st"))
ENRICHED = st.builds(
    lambda claim, commit, card, licences, hashes: evolve(
        claim, commit=commit, card=Card(card), licences=licences, hashes=hashes
    ),
    st.lists(DETECTIONS, min_size=1, max_size=1).map(lambda d: components(d)[0]),
    st.none() | st.sampled_from([A, B]),
    st.lists(st.tuples(st.just("license"), FACTS), max_size=1),
    st.lists(FACTS, max_size=1),
    st.lists(st.tuples(st.just("MD5"), st.sampled_from("12")), max_size=1),
) | st.builds(
    Component,
    st.sampled_from(Kind),
    st.sampled_from(["huggingface", "openai"]),
    st.sampled_from(["a/b", "openai"]),
    st.none() | st.sampled_from([A, B]),
    hosted=st.booleans(),
)


@given(st.lists(DETECTIONS, max_size=8), st.randoms(use_true_random=False))
def test_claims_in_any_order_give_the_same_components(claims: list[Detection], dice: random.Random):
    shuffled = list(claims)
    dice.shuffle(shuffled)

    assert components(claims) == components(shuffled)


@given(st.lists(ENRICHED, max_size=8), st.randoms(use_true_random=False))
def test_components_in_any_order_merge_to_the_same(claims: list[Component], dice: random.Random):
    shuffled = list(claims)
    dice.shuffle(shuffled)

    assert merge(claims) == merge(shuffled)


@given(st.lists(DETECTIONS, max_size=8))
def test_to_merge_what_was_merged_changes_nothing(claims: list[Detection]):
    once = components(claims)

    assert once == merge(once)


@given(st.lists(ENRICHED, max_size=8))
def test_to_merge_enriched_components_twice_is_to_merge_them_once(claims: list[Component]):
    once = merge(claims)

    assert once == merge(once)


@given(st.lists(DETECTIONS, max_size=8))
def test_to_claim_something_twice_is_to_claim_it_once(claims: list[Detection]):
    assert components(claims) == components(claims + claims)


@given(st.lists(DETECTIONS, max_size=8))
def test_no_evidence_is_lost_and_none_is_made_up(claims: list[Detection]):
    found = components(claims)

    assert {(d.kind, d.provider, d.name, d.hosted, d.at, d.usage, d.revision, d.context) for d in claims} == {
        (c.kind, c.provider, c.name, c.hosted, e.location, e.usage, e.revision, e.context)
        for c in found
        for e in c.evidence
    }


@given(st.lists(DETECTIONS, max_size=8))
def test_no_property_is_lost_and_none_is_made_up(claims: list[Detection]):
    found = components(claims)

    assert {(d.kind, d.provider, d.name, d.hosted, p) for d in claims for p in d.properties} == {
        (c.kind, c.provider, c.name, c.hosted, p) for c in found for p in c.properties
    }


@given(st.lists(DETECTIONS, max_size=8))
def test_a_commit_is_only_said_where_every_use_names_it(claims: list[Detection]):
    for component in components(claims):
        uses = {(e.revision or "").lower() for e in component.evidence if e.usage is not Usage.MENTION}

        assert component.commit is None or {component.commit} == uses


@given(st.lists(DETECTIONS.filter(lambda d: d.kind is Kind.MODEL), max_size=8))
def test_each_model_of_a_bill_has_a_ref_of_its_own(claims: list[Detection]):
    hub = [d for d in claims if d.provider == "huggingface"]
    refs = [c.ref for c in components(hub)]

    assert len(refs) == len(set(refs))


@given(st.lists(DETECTIONS, max_size=8), st.randoms(use_true_random=False))
def test_relations_do_not_depend_on_the_order_and_settle_at_once(claims: list[Detection], dice: random.Random):
    found = list(components(claims))
    once = relations(found)
    dice.shuffle(found)

    assert once == relations(found)
    assert once == relations(once[0])
    assert {r.source for r in once[1]} | {r.target for r in once[1]} <= {c.ref for c in once[0]}


# -- names, versions, commits ----------------------------------------------------------------------


def test_one_name_in_two_places_is_one_component_with_two_pieces_of_evidence():
    claims = [
        model(line=2, symbol="g", confidence=0.7, reaches=(Location("b.py", 1),), detector="y"),
        model(
            line=1, symbol="f", usage=Usage.OPTIONAL, technique=Technique.MANIFEST, context=[("k", "v")], detector="x"
        ),
    ]

    assert (
        Component(
            Kind.MODEL,
            "huggingface",
            "Qwen/Qwen3-8B",
            evidence=[
                Evidence(
                    Location("app.py", 1), "x", "f", Usage.OPTIONAL, technique=Technique.MANIFEST, context=[("k", "v")]
                ),
                Evidence(Location("app.py", 2), "y", "g", confidence=0.7, reaches=(Location("b.py", 1),)),
            ],
        ),
    ) == components(claims)


@pytest.mark.parametrize(
    "other",
    [
        model("qwen/qwen3-8b"),
        model(provider="openai"),
        model(hosted=True),
        Detection(Kind.DATASET, "Qwen/Qwen3-8B", Location("app.py", 1)),
    ],
)
def test_what_differs_in_kind_provider_name_or_host_is_another_thing(other: Detection):
    assert 2 == len(components([model(), other]))


def test_the_weights_and_the_service_that_runs_them_are_two_things_that_a_bill_tells_apart():
    bill = Bill(components([model(revision=A), model(line=2, hosted=True)]))

    loaded, hosted = bill[f"model:huggingface:Qwen/Qwen3-8B@{A}"], next(c for c in bill if c.hosted)
    assert f"pkg:huggingface/Qwen/Qwen3-8B@{A}" == loaded.purl
    assert hosted.purl is None
    assert hosted == bill[hosted.ref]


def test_a_library_is_a_component_for_each_version_and_imports_go_to_each():
    claims = [library("2.9.0", 1), library(None, 2), library("2.8.0", 3), library("2.9.0", 4)]

    assert [("library:pypi:torch@2.8.0", [2, 3]), ("library:pypi:torch@2.9.0", [1, 2, 4])] == shown(components(claims))


def test_a_library_without_a_version_is_one_component():
    assert [("library:pypi:torch", [1, 2])] == shown(components([library(None, 1), library(None, 2)]))


def test_what_one_version_says_of_itself_does_not_go_to_another():
    found = components([library("1", 1, properties=[("a", "1")]), library("2", 2, properties=[("a", "2")])])

    assert [(("a", "1"),), (("a", "2"),)] == [c.properties for c in found]


@pytest.mark.parametrize(
    ("revisions", "expected", "pinned"),
    [
        ([None], [("model:huggingface:Qwen/Qwen3-8B", [0])], False),
        (["main"], [("model:huggingface:Qwen/Qwen3-8B", [0])], False),
        ([A], [(f"model:huggingface:Qwen/Qwen3-8B@{A}", [0])], True),
        ([A, A.upper()], [(f"model:huggingface:Qwen/Qwen3-8B@{A}", [0, 1])], True),
        ([A, None], [("model:huggingface:Qwen/Qwen3-8B", [0, 1])], False),
        ([A, "main"], [("model:huggingface:Qwen/Qwen3-8B", [0, 1])], False),
        ([A[:12], A[:12]], [("model:huggingface:Qwen/Qwen3-8B", [0, 1])], False),
    ],
)
def test_a_commit_counts_when_every_use_names_it(
    revisions: list[str | None], expected: list[tuple[str, list[int]]], *, pinned: bool
):
    found = components([model(line=n, revision=revision) for n, revision in enumerate(revisions)])

    assert expected == shown(found)
    assert pinned is found[0].pinned


def test_two_commits_are_two_components_and_what_names_none_is_a_third():
    claims = [model(line=n, revision=revision) for n, revision in enumerate([A, B, None, A, "main"])]

    found = components(claims)

    assert [
        ("model:huggingface:Qwen/Qwen3-8B", [2, 4]),
        (f"model:huggingface:Qwen/Qwen3-8B@{A}", [0, 3]),
        (f"model:huggingface:Qwen/Qwen3-8B@{B}", [1]),
    ] == shown(found)
    assert [False, True, True] == [c.pinned for c in found]


def test_a_mention_of_a_third_commit_is_not_lost_and_pins_nothing():
    claims = [model(line=1, revision=A), model(line=2, revision=B), model(line=3, revision=C, usage=Usage.MENTION)]

    assert [
        ("model:huggingface:Qwen/Qwen3-8B", [3]),
        (f"model:huggingface:Qwen/Qwen3-8B@{A}", [1]),
        (f"model:huggingface:Qwen/Qwen3-8B@{B}", [2]),
    ] == shown(components(claims))


def test_a_mention_does_not_unpin():
    claims = [model(line=1, revision=A), model(line=2, usage=Usage.MENTION)]

    assert [(f"model:huggingface:Qwen/Qwen3-8B@{A}", [1, 2])] == shown(components(claims))


def test_what_is_known_of_one_commit_does_not_go_to_another():
    one, two = components([model(revision=A), model(line=2, revision=B)])
    known = [
        evolve(c, hashes=[("MD5", c.commit)], licences=[Fact(c.commit, "x")], card=Card([("k", Fact(c.commit, "x"))]))
        for c in (one, two)
        if c.commit
    ]

    assert tuple(known) == merge(known)


def test_a_name_that_is_not_settled_is_the_callers_mistake():
    with pytest.raises(TypeError) as error:
        components([Detection(Kind.MODEL, Name("MODEL", 3), Location("app.py", 3))])

    assert "app.py:3: the name is not settled; run link() first" == str(error.value)


def test_nothing_claimed_is_nothing_found():
    assert () == components([])
    assert ((), ()) == relations([])


# -- services --------------------------------------------------------------------------------------


def hosted(
    name: str = "gpt-4o",
    line: int = 1,
    provider: str = "openai",
    **more: Any,  # noqa: ANN401 - whatever its fields take
) -> Detection:
    """Return a claim about a hosted model."""
    return model(name, line, provider=provider, hosted=True, **more)


def test_a_hosted_model_brings_its_service_with_the_same_evidence():
    found, edges = relations(components([hosted(), hosted("o3-mini", 2)]))

    service = Component(
        Kind.SERVICE,
        "openai",
        "openai",
        hosted=True,
        evidence=[Evidence(Location("app.py", line), "") for line in (1, 2)],
        properties=[
            ("endpoint", "https://api.openai.com/v1"),
            ("endpoint-source", "platform.openai.com/docs"),
            ("external", "true"),
            ("title", "OpenAI API"),
        ],
    )
    assert [service] == [c for c in found if c.kind is Kind.SERVICE]
    assert (
        Relation("model:openai:gpt-4o", "service:openai:openai", RelationKind.SERVED_BY),
        Relation("model:openai:o3-mini", "service:openai:openai", RelationKind.SERVED_BY),
    ) == edges


def test_a_service_that_a_client_shows_is_the_one_of_the_models():
    client = Detection(Kind.SERVICE, "openai", Location("app.py", 9), "openai", hosted=True)

    found, edges = relations(components([hosted(), client]))

    assert [("model:openai:gpt-4o", [1]), ("service:openai:openai", [1, 9])] == shown(found)
    assert ("service:openai:openai",) == tuple(r.target for r in edges)


@pytest.mark.parametrize("key", ["base_url", "azure_endpoint"])
def test_the_endpoint_is_the_one_that_the_code_goes_to(key: str):
    found, _ = relations(components([hosted(context=[(key, "https://me:pw@intranet.example/v1?k=1")]), hosted(line=2)]))

    stated = [c.properties for c in found if c.kind is Kind.SERVICE]
    assert [["https://intranet.example/v1"]] == [[v for k, v in pairs if k == "endpoint"] for pairs in stated]
    assert "endpoint-source" not in dict(stated[0])


def test_no_endpoint_is_said_where_the_code_goes_somewhere_that_is_not_known():
    found, _ = relations(components([hosted(context=[("base_url", "BASE")])]))

    assert [(("external", "true"), ("title", "OpenAI API"))] == [c.properties for c in found if c.kind is Kind.SERVICE]


def test_a_model_behind_an_address_of_nobody_that_is_known_is_served_by_that_host():
    claims = [
        hosted("qwen3", provider="unknown", context=[("base_url", "http://gpu-box:8000/v1")]),
        hosted("qwen3", 2, provider="unknown", context=[("base_url", "http://10.0.0.5/v1")]),
    ]
    found, edges = relations(components(claims))

    assert [
        ("10.0.0.5", [2], (("endpoint", "http://10.0.0.5/v1"),)),
        ("gpu-box:8000", [1], (("endpoint", "http://gpu-box:8000/v1"),)),
    ] == [(c.name, [e.location.line for e in c.evidence], c.properties) for c in found if c.kind is Kind.SERVICE]
    assert ["service:unknown:10.0.0.5", "service:unknown:gpu-box:8000"] == [e.target for e in edges]
    assert (found, edges) == relations(found)


# -- what needs what -------------------------------------------------------------------------------


def agent(name: str = "Triage", line: int = 1, **more: Any) -> Detection:  # noqa: ANN401 - whatever its fields take
    """Return a claim about an agent that `agents.Agent` makes."""
    return Detection(
        Kind.AGENT, name, Location("app.py", line, 5), "openai-agents", symbol="agents.Agent", origin="app.py", **more
    )


def used_by(*claims: Detection) -> list[tuple[str, str]]:
    """Return the edges that *claims* say."""
    return [(r.source, r.target) for r in uses(claims, components(claims))]


def test_an_agent_uses_the_model_that_its_own_call_names():
    beside = hosted("gpt-4o", 1, symbol="agents.Agent")
    above = evolve(hosted("o3", 9), symbol="agents.Agent", reaches=(Location("app.py", 2, 5),))

    assert [
        ("agent:openai-agents:Second#app.py", "model:openai:o3"),
        ("agent:openai-agents:Triage#app.py", "model:openai:gpt-4o"),
    ] == used_by(agent(), agent("Second", 2), beside, above)


def test_an_agent_uses_what_is_at_the_places_that_it_names_and_not_itself():
    tool = Detection(Kind.TOOL, "search", Location("tools.py", 3, 5), "local", origin="tools.py")
    library = Detection(Kind.LIBRARY, "torch", Location("tools.py", 3, 5), "pypi")
    places = (Location("tools.py", 3, 5), Location("app.py", 7, 1), Location("app.py", 1, 5), Location("x.py", 1))

    assert [
        ("agent:openai-agents:Triage#app.py", "agent:openai-agents:Other#app.py"),
        ("agent:openai-agents:Triage#app.py", "tool:local:search#tools.py"),
    ] == used_by(agent(uses=places), agent("Other", 7), tool, library)


def test_agents_of_one_name_in_two_files_are_two():
    found = components([agent(), evolve(agent(), at=Location("b.py", 1), origin="b.py")])

    assert ["agent:openai-agents:Triage#app.py", "agent:openai-agents:Triage#b.py"] == [c.ref for c in found]


def test_a_service_on_the_own_machine_is_not_external():
    found, _ = relations(components([hosted("llama3.2:3b", provider="ollama")]))

    assert [(("external", "false"), ("title", "Ollama"))] == [c.properties for c in found if c.kind is Kind.SERVICE]


@pytest.mark.parametrize(
    "claim",
    [
        model(),
        hosted("x", provider="unknown"),
        hosted("x", provider="of-a-plugin"),
        Detection(Kind.DATASET, "a/b", Location("app.py", 1), "openai", hosted=True),
    ],
)
def test_what_no_known_service_serves_has_no_service(claim: Detection):
    found = components([claim])

    assert (found, ()) == relations(found)


def test_a_model_that_is_only_mentioned_brings_no_service():
    found = components([hosted(usage=Usage.MENTION)])

    assert (found, ()) == relations(found)


def test_a_service_has_the_evidence_of_uses_and_not_of_mentions():
    found, _ = relations(components([hosted(), hosted(line=2, usage=Usage.MENTION)]))

    assert [("model:openai:gpt-4o", [1, 2]), ("service:openai:openai", [1])] == shown(found)


def test_a_service_of_a_plugin_stays_as_it_is():
    claim = Detection(Kind.SERVICE, "search", Location("mcp.json", 3), "mcp", properties=[("command", "npx")])
    found = components([claim])

    assert (found, ()) == relations(found)


@pytest.mark.parametrize("provider", sorted(services()))
def test_every_known_provider_has_a_service_for_its_models(provider: str):
    found, edges = relations(components([hosted("some-model", provider=provider)]))

    assert {c.ref for c in found} == {end for r in edges for end in (r.source, r.target)}
    assert 2 == len(found)


def test_what_several_say_of_a_card_and_of_files_is_kept_once():
    weights = ModelFile("model.safetensors", "tree", 7, hashes=[("SHA-256", "a" * 64)])
    score, other = Metric("wer", "5.1", "card:model-index"), Metric("wer", "6.0", "card:model-index")
    claim = Component(Kind.MODEL, "huggingface", "a/b", card=Card(metrics=[score]), files=[weights])

    merged = merge([claim, claim, evolve(claim, card=Card(metrics=[other]), files=())])

    assert (evolve(claim, card=Card(metrics=[other, score])),) == merged


def test_a_field_of_a_card_may_have_several_values():
    card = Card([("language", Fact("en", "card")), ("language", Fact("de", "card")), ("task", Fact("x", "card"))])

    assert ("de", "en") == tuple(fact.value for fact in card.all("language"))
    assert () == card.all("licence")
    assert not Card()
    assert Card(metrics=[Metric("wer", "5.1", "card")])


# -- stated relations ------------------------------------------------------------------------------


def edges_of(*given: Detection) -> list[tuple[str, str, str, str]]:
    """Return the edges that *given* state, as plain text."""
    return [(e.source, e.kind, e.how, e.target) for e in stated(given, components(given))]


def derived_from(name: str, how: str = "adapter") -> Related:
    return Related(RelationKind.DERIVED_FROM, Kind.MODEL, "huggingface", name, how=how)


def test_what_a_place_states_of_two_components_becomes_an_edge():
    assert [
        ("model:huggingface:me/lora", "derived-from", "adapter", "model:huggingface:Qwen/Qwen3-8B"),
    ] == edges_of(model("me/lora", related=[derived_from("Qwen/Qwen3-8B")]), model("Qwen/Qwen3-8B", 2))


def test_no_edge_leads_to_what_nobody_found_or_back_to_itself():
    assert [] == edges_of(model("me/lora", related=[derived_from("Qwen/Qwen3-8B"), derived_from("me/lora")]))


def test_an_edge_begins_at_the_pinned_variant_that_its_place_shows():
    given = [
        model("me/lora", 1, revision=A, related=[derived_from("x/y")]),
        model("me/lora", 2, revision=B),
        model("x/y", 3, revision=A),
        model("x/y", 4, revision=B),
    ]

    assert [
        (f"model:huggingface:me/lora@{A}", "derived-from", "adapter", f"model:huggingface:x/y@{A}"),
        (f"model:huggingface:me/lora@{A}", "derived-from", "adapter", f"model:huggingface:x/y@{B}"),
    ] == edges_of(*given)


def test_what_a_place_states_of_a_component_is_kept():
    said = model(
        card=Card([("task", Fact("fill-mask", "card:front-matter"))]),
        licences=[Fact("mit", "card:front-matter")],
        hashes=[("SHA-256", "0" * 64)],
        files=[ModelFile("a.onnx", "tree", 3)],
    )

    (found,) = components([said, model(line=2)])

    assert (said.card, said.licences, said.hashes, said.files) == (
        found.card,
        found.licences,
        found.hashes,
        found.files,
    )


@pytest.mark.parametrize("place", ["https://host.example/v1/tone.onnx", "models/tone.onnx"])
def test_a_file_called_by_its_name_alone_is_the_one_whose_place_is_known(place: str):
    provider = "unknown" if "://" in place else "local"
    found = components([model(place, provider=provider), model("tone.onnx", 2, provider="unknown")])

    assert [(provider, "tone.onnx", place, 2)] == [(c.provider, c.name, c.origin, len(c.evidence)) for c in found]


def test_of_two_files_of_one_name_nobody_says_which_is_meant():
    named = ["https://host.example/a/tone.onnx", "https://host.example/b/tone.onnx", "tone.onnx"]
    found = components(model(name, provider="unknown") for name in named)

    assert sorted(["", *named[:2]]) == [c.origin for c in sorted(found, key=lambda c: c.origin)]


def test_a_file_that_any_could_be_called_is_named_by_its_place():
    found = components(model(name, provider="local") for name in ("a/best.pt", "./b/best.pt", "best.pt"))

    assert ["./b/best.pt", "a/best.pt", "best.pt"] == [c.name for c in found]
