"""What a known call names."""

from __future__ import annotations

from typing import Any

import pytest

from aibom.bill import Detection, Kind, Location
from aibom.knowledge import Signature, parse_signatures
from aibom.signatures import by_last, claims, every, matching
from aibom.syntax.values import Attribute, Call, Choice, Const, Item, Mapping, Name, Sequence, Text, Unknown, Value
from aibom.testing import found

AT = Location("app.py", 3, 5)
HEADER = "detector\tcallee\tkind\tprovider\tid\trevision\tcontext\tflags\n"


def row(
    callee: str = "acme.load",
    kind: str = "model",
    provider: str = "huggingface",
    id: str = "0|model",  # noqa: A002 - the column's name
    revision: str = "revision",
    context: str = "",
    flags: str = "",
) -> Signature:
    """Return a row of a table."""
    cells = ("acme", callee, kind, provider, id, revision, context, flags)
    return parse_signatures(HEADER + "\t".join(cells))[0]


def text(value: str) -> Text:
    """Return a literal."""
    return Text(value, 3, 10)


def call(*arguments: Value, callee: str = "acme.load", **keywords: Value) -> Call:
    """Return a call."""
    function = Attribute(Name("acme", 3), callee.rpartition(".")[2])
    return Call(callee, function, arguments, tuple(keywords.items()), 3, 5, 2)


def claimed(made: Call, signature: Signature) -> list[Detection]:
    """Return what the call claims."""
    return list(claims(made, signature, AT))


def the_only(made: Call, signature: Signature) -> Detection:
    """Return the one claim of the call."""
    (detection,) = claimed(made, signature)
    return detection


def test_a_call_names_a_model_by_position_and_says_where_and_how():
    made = call(text("a/b"), revision=text("main"), quantize=Const(True))

    assert [
        Detection(
            Kind.MODEL,
            text("a/b"),
            AT,
            "huggingface",
            revision=text("main"),
            symbol="acme.load",
            scope=2,
            context=[("quantize", "true")],
        )
    ] == claimed(made, row(context="quantize|device"))


@pytest.mark.parametrize(
    ("made", "cell", "expected"),
    [
        (call(text("a/b")), "0|model", text("a/b")),
        (call(model=text("a/b")), "0|model", text("a/b")),
        (call(text("x"), text("a/b")), "1|model", text("a/b")),
        (call(text("x"), model=text("a/b")), "0|model", text("a/b")),
        (call(name=text("a/b")), "model|name", text("a/b")),
        (call(text("x")), "model", None),
        (call(text("x")), "1", None),
        (call(model=text("x")), "0", None),
        (call(), "0|model", None),
        (call(Name("MODEL", 3)), "0", Name("MODEL", 3)),
        (call(Const(None)), "0", None),
        (call(Const(3)), "0", None),
        (call(Sequence((text("a/b"),))), "0", None),
        (call(Unknown("a comparison", 3)), "0", Unknown("a comparison", 3)),
    ],
)
def test_the_name_stands_where_the_row_says(made: Call, cell: str, expected: Value | None):
    assert ([] if expected is None else [expected]) == [d.name for d in claimed(made, row(id=cell))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Const(True), "true"),
        (Const(False), "false"),
        (Const(7), "7"),
        (Const(0.5), "0.5"),
        (Const(None), None),
        (text("4bit"), "4bit"),
        (text(""), ""),
        (text("x" * 121), None),
        (text("a\x1b[31m"), None),
        (text("https://me:SECRET@host.example/v1?key=SECRET#SECRET"), "https://host.example/v1"),
        (Name("X", 3), None),
        (Mapping(()), None),
        (Choice((text("a"), text("b"))), None),
    ],
)
def test_literal_context_is_kept_without_secrets_and_anything_else_is_not(value: Value, expected: str | None):
    detection = the_only(call(text("a/b"), extra=value), row(context="extra"))

    assert (() if expected is None else (("extra", expected),)) == detection.context


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(text("a/b"), text("en")), (("name", "en"),)),
        (call(text("a/b"), name=text("en")), (("name", "en"),)),
        (call(text("a/b"), Name("X", 3)), ()),
        (call(text("a/b")), ()),
    ],
)
def test_context_may_stand_at_a_position_too(made: Call, expected: tuple[tuple[str, str], ...]):
    assert expected == the_only(made, row(context="1:name")).context


SPREAD = Mapping(((text("model"), text("a/b")),))


@pytest.mark.parametrize(
    ("arguments", "keywords", "expected"),
    [
        ((), {"**": SPREAD}, [(Item(SPREAD, Text("model", 3, 0)), Item(SPREAD, Text("revision", 3, 0)))]),
        ((), {"model": text("c/d"), "**": SPREAD}, [(text("c/d"), Item(SPREAD, Text("revision", 3, 0)))]),
        ((), {"revision": text("v1"), "**": SPREAD}, [(Item(SPREAD, Text("model", 3, 0)), text("v1"))]),
        ((text("c/d"),), {"**": SPREAD}, [(text("c/d"), Item(SPREAD, Text("revision", 3, 0)))]),
    ],
)
def test_what_is_not_given_by_name_may_be_in_the_arguments_that_are_spread(
    arguments: tuple[Value, ...], keywords: dict[str, Value], expected: list[tuple[Value, Value]]
):
    made = Call("acme.load", Name("load", 3), arguments, tuple(keywords.items()), 3, 5, 0)

    assert expected == [(d.name, d.revision) for d in claims(made, row(), AT)]


def test_spread_arguments_name_nothing_where_the_row_knows_no_keyword():
    made = Call("acme.load", Name("load", 3), (), (("**", SPREAD),), 3, 5, 0)

    assert [] == claimed(made, row(id="0"))


def test_what_the_row_does_not_ask_for_is_not_kept():
    assert () == the_only(call(text("a/b"), api_key=text("SECRET")), row(context="device")).context


@pytest.mark.parametrize(
    ("repo_type", "expected"),
    [
        (None, [Kind.MODEL]),
        (text("model"), [Kind.MODEL]),
        (text("dataset"), [Kind.DATASET]),
        (text("space"), []),
        (Const(None), [Kind.MODEL]),
        (Name("KIND", 3), [Kind.MODEL]),
    ],
)
def test_an_argument_may_say_of_what_kind_the_name_is(repo_type: Value | None, expected: list[Kind]):
    keywords = {} if repo_type is None else {"repo_type": repo_type}

    assert expected == [
        d.kind for d in claimed(call(text("a/b"), callee="acme.load", **keywords), row(flags="repo-type"))
    ]


def test_without_the_flag_the_kind_is_that_of_the_row():
    assert Kind.MODEL is the_only(call(text("a/b"), repo_type=text("dataset")), row()).kind


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (None, "unknown"),
        (text("azure_openai"), "azure"),
        (text("Groq"), "groq"),
        (text("of-nobody"), "unknown"),
        (Name("P", 3), "unknown"),
    ],
)
def test_an_argument_may_say_who_serves_the_model(provider: Value | None, expected: str):
    keywords = {} if provider is None else {"model_provider": provider}
    signature = row(provider="unknown", flags="hosted prefix provider=model_provider")

    assert expected == the_only(call(text("m"), callee="acme.load", **keywords), signature).provider


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (call(text("ner"), model=text("a/b")), (("task", "ner"),)),
        (call(task=text("ner"), model=text("a/b")), (("task", "ner"),)),
        (call(Name("T", 3), model=text("a/b")), ()),
        (call(text("x" * 500), model=text("a/b")), ()),
    ],
)
def test_the_task_is_kept_where_the_row_says_how(made: Call, expected: tuple[tuple[str, str], ...]):
    assert expected == the_only(made, row(id="1|model", flags="task=0|task")).context


def test_a_client_of_a_service_needs_no_name():
    detection = the_only(
        call(base_url=text("https://u:p@host/v1")), row(kind="service", provider="openai", id="", context="base_url")
    )

    assert (Kind.SERVICE, "openai", "openai", True, (("base_url", "https://host/v1"),)) == (
        detection.kind,
        detection.name,
        detection.provider,
        detection.hosted,
        detection.context,
    )


def test_a_hosted_model_keeps_what_it_is_called_on():
    detection = the_only(call(text("m")), row(flags="hosted"))

    assert (Name("acme", 3), True) == (detection.receiver, detection.hosted)


def test_a_loaded_model_keeps_no_receiver():
    assert the_only(call(text("m")), row()).receiver is None


def test_what_is_published_says_so():
    assert (("produced", "true"),) == the_only(call(text("a/b")), row(flags="produced")).properties


@pytest.mark.parametrize(
    ("value", "count"),
    [(text("a/b"), 1), (Choice((text("a/b"), Name("X", 3))), 1), (Name("tokenizer", 3), 0), (call(), 0)],
)
def test_an_argument_that_often_is_an_object_counts_as_a_string_only(value: Value, count: int):
    assert count == len(claimed(call(value), row(flags="strings-only")))


def test_link_is_told_how_to_read_the_name():
    detection = the_only(call(text("m")), row(flags="formats bare=acme task=0|task"))

    assert frozenset({"formats", "bare=acme"}) == detection.flags


# -- finding the row -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("callee", "expected"),
    [
        ("acme.load", ["acme.load", "**.load"]),
        ("acme.hub.load", ["acme.**.load", "**.load"]),
        ("acme.Client().run", ["acme.Client().*"]),
        ("acme.Client.run", []),
        ("acme.load.x", []),
        ("?.load", ["?.load", "**.load"]),
        ("acme.load_all", ["acme.load_*"]),
        ("load", []),
        ("", []),
    ],
)
def test_a_call_answers_to_the_rows_whose_pattern_it_matches(callee: str, expected: list[str]):
    patterns = ["acme.load", "acme.**.load", "?.load", "**.load", "acme.Client().*", "acme.load_*", "other.load"]
    among = by_last(tuple(row(callee=p) for p in patterns))

    assert expected == [s.callee for s in matching(callee, among)]


def test_every_row_is_found_by_a_call_that_it_was_written_for():
    among = by_last(every())
    lost = []
    for signature in every():
        written = signature.callee.replace("**", "a.b").replace("*", "x")
        if signature not in matching(written, among):
            lost.append(signature.callee)

    assert [] == lost


def test_the_table_can_be_read_twice_and_is_the_same():
    assert every() is every()


CHAT = "from langchain.chat_models import init_chat_model as chat\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CHAT + "chat('gpt-4o', model_provider='azure_openai')\n", ["azure:gpt-4o (hosted)"]),
        (CHAT + "chat('openai/gpt-oss-20b', model_provider='groq')\n", ["groq:openai/gpt-oss-20b (hosted)"]),
        (CHAT + "chat('anthropic:claude-sonnet-4-5')\n", ["anthropic:claude-sonnet-4-5 (hosted)"]),
        ("from datasets import load_dataset\nload_dataset('json', data_files='x.json')\n", []),
        (
            "from sentence_transformers import SentenceTransformer as S\nS('all-MiniLM-L6-v2')\n",
            ["huggingface:sentence-transformers/all-MiniLM-L6-v2"],
        ),
    ],
)
def test_a_flag_is_heard_up_to_the_bill(code: str, expected: list[str]):
    told: dict[str, Any] = found(code)

    assert expected == [line.split(" | ")[0] for line in told.get("model", []) + told.get("dataset", [])]
