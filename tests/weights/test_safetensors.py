"""What a safetensors file says about itself."""

from __future__ import annotations

import pytest
from tests.weights.make import safetensors, tensor

from aibom.weights import HEAD, Weights, needed, read

NAME = "model.safetensors"


def problem(content: bytes) -> str:
    """Return the problem of *content*, which has to have one and no facts."""
    found = read(content, size=len(content), name=NAME)
    assert found is not None
    assert found.problem is not None

    assert Weights("safetensors", problem=found.problem) == found

    return found.problem


def facts(content: bytes) -> tuple[tuple[str, str | int], ...]:
    """Return the facts of *content*, which has to be readable."""
    found = read(content, size=len(content), name=NAME)
    assert found is not None

    assert Weights("safetensors", facts=found.facts) == found

    return found.facts


def test_a_file_states_its_tensors_and_its_known_metadata() -> None:
    content = safetensors(
        {
            "__metadata__": {
                "format": "pt",
                "modelspec.title": "Tiny",
                "modelspec.license": "MIT",
                "modelspec.architecture": "gpt",
                "ss_base_model_version": "sdxl",
                "something-else": "x",
            },
            "b": tensor("F32", [2], 12, 20),
            "a": tensor("BF16", [2, 3], 0, 12),
        },
        bytes(20),
    )

    assert Weights(
        "safetensors",
        facts=(
            ("architecture", "gpt"),
            ("base-model-version", "sdxl"),
            ("dtypes", "BF16,F32"),
            ("framework", "pt"),
            ("license", "MIT"),
            ("name", "Tiny"),
            ("parameters", 8),
            ("tensors", 2),
        ),
    ) == read(content, size=len(content), name=NAME)


def test_scalars_empty_tensors_padding_and_null_metadata_are_valid() -> None:
    header = (
        b' { "__metadata__" : null , "s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},'
        b'"e":{"dtype":"F32","shape":[0,5],"data_offsets":[4,4]}}   '
    )

    assert (("dtypes", "F32"), ("parameters", 1), ("tensors", 2)) == facts(safetensors(header, bytes(4)))


def test_a_file_without_tensors_is_valid() -> None:
    assert (("parameters", 0), ("tensors", 0)) == facts(safetensors(b"{}      "))


def test_a_dtype_of_the_future_is_named_and_not_sized() -> None:
    content = safetensors({"a": tensor("F3", [8], 0, 3)}, bytes(3))

    assert (("dtypes", "F3"), ("parameters", 8), ("tensors", 1)) == facts(content)


def test_four_bit_elements_share_bytes() -> None:
    content = safetensors({"a": tensor("F4", [4], 0, 2)}, bytes(2))

    assert (("dtypes", "F4"), ("parameters", 4), ("tensors", 1)) == facts(content)


def test_a_text_too_long_to_be_a_fact_is_left_out() -> None:
    content = safetensors({"__metadata__": {"modelspec.license": "x" * 4097, "modelspec.title": "x" * 4096}})

    assert (("name", "x" * 4096), ("parameters", 0), ("tensors", 0)) == facts(content)


def test_a_lone_surrogate_is_spelled_out() -> None:
    content = safetensors(b'{"__metadata__":{"modelspec.title":"\\ud800"}}')

    assert (("name", "\\ud800"), ("parameters", 0), ("tensors", 0)) == facts(content)


A = b'"dtype":"F32","shape":[1],"data_offsets":[0,4]'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file has 0 bytes, too few for the length of a header."),
        (bytes(7), "The file has 7 bytes, too few for the length of a header."),
        (bytes(64), "The header is not a JSON object."),
        (b"PK\x03\x04" + bytes(60), "The header says that it has 67324752 bytes, but the file has 64."),
        (b"\xff" * 64, "The header says that it has 18446744073709551615 bytes; the format allows 100000000."),
        (safetensors(b"{}")[:-1], "The header says that it has 2 bytes, but the file has 9."),
        (safetensors(b'{"\xff"}'), "The header is not UTF-8."),
        (safetensors(b"[]"), "The header is not a JSON object."),
        (safetensors(b"[" * 100_000), "The header is not a JSON object."),
        (safetensors(b"{}x"), "The header goes on after its JSON object."),
        (safetensors(b"{"), "The header is not valid JSON."),
        (safetensors(b"{1:2}"), "The header is not valid JSON."),
        (safetensors(b'{"a'), "The header is not valid JSON."),
        (safetensors(b'{"a"'), "The header is not valid JSON."),
        (safetensors(b'{"a":{' + A + b"} 1"), "The header is not valid JSON."),
        (safetensors(b'{"a":{' + A + b'},"a":{' + A + b"}}"), "The header has 'a' twice."),
        (safetensors(b'{"__metadata__":[]}'), "The header is not a JSON object."),
        (safetensors(b'{"__metadata__":{"format":1}}'), "The header is not valid JSON."),
        (
            safetensors(b'{"a":' + b"[" * 100_000),
            "What the header says about 'a' is not valid JSON, or too long.",
        ),
        (
            safetensors(b'{"\\n\\u001b' + b"a" * 100 + b'":' + b'{"x":' * 100_000),
            f"What the header says about '\\n\\x1b{'a' * 58}...' is not valid JSON, or too long.",
        ),
        (safetensors(b'{"a":{}}'), "The header does not give 'a' a dtype, a shape and an offset."),
        (
            safetensors({"a": tensor("F32", [-1], 0, 4)}),
            "The header does not give 'a' a dtype, a shape and an offset.",
        ),
        (
            safetensors(b'{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]}}'),
            "The header does not give 'a' a dtype, a shape and an offset.",
        ),
        (
            safetensors({"a": tensor("F32", [1], 4, 0)}),
            "The header does not give 'a' a dtype, a shape and an offset.",
        ),
        (
            safetensors({"a": tensor("F32", [2**63, 4], 0, 4)}),
            "The shape of 'a' has more elements than can be counted.",
        ),
        (
            safetensors({"a": tensor("F32", [2], 0, 4)}, bytes(4)),
            "The shape and the dtype of 'a' do not fit its 4 bytes.",
        ),
        (
            safetensors({"a": tensor("F4", [3], 0, 1)}, bytes(1)),
            "The shape and the dtype of 'a' do not fit its 1 bytes.",
        ),
        (
            safetensors({"a": tensor("U8", [4], 0, 4), "b": tensor("U8", [4], 2, 6)}, bytes(6)),
            "The tensors overlap at byte 2 after the header.",
        ),
        (
            safetensors({"a": tensor("U8", [1], 0, 1), "b": tensor("U8", [1], 2, 3)}, bytes(3)),
            "The tensors leave a gap at byte 1 after the header.",
        ),
        (
            safetensors({"a": tensor("U8", [4], 0, 4)}, bytes(3)),
            "The tensors take 4 bytes, but 3 bytes follow the header.",
        ),
        (
            safetensors({"a": tensor("U8", [4], 0, 4)}, bytes(5)),
            "The tensors take 4 bytes, but 5 bytes follow the header.",
        ),
        (
            safetensors({str(i): tensor(f"X{i}", [0], 0, 0) for i in range(65)}),
            "The tensors have 65 dtypes, more than there are.",
        ),
    ],
)
def test_a_file_that_does_not_hold_what_it_promises_has_a_problem(content: bytes, expected: str) -> None:
    assert expected == problem(content)


def test_a_header_of_more_members_than_is_read_is_a_problem() -> None:
    content = safetensors({"__metadata__": {str(i): "" for i in range(250_001)}})

    assert "The header has an object of more than 250000 members, more than is read." == problem(content)


def test_a_header_longer_than_the_head_asks_for_more_once() -> None:
    names = [f"layer.{i}" for i in range(20_000)]
    content = safetensors({name: tensor("U8", [1], i, i + 1) for i, name in enumerate(names)}, bytes(len(names)))
    header = len(content) - len(names)

    assert HEAD < header

    assert header == needed(content[:HEAD], size=len(content), name=NAME)

    assert header == needed(content[:header], size=len(content), name=NAME)

    assert Weights("safetensors", facts=(("dtypes", "U8"), ("parameters", 20_000), ("tensors", 20_000))) == read(
        content[:header], size=len(content), name=NAME
    )


def test_a_header_that_was_not_asked_for_is_a_problem() -> None:
    content = safetensors(b"{}" + b" " * 100)

    assert Weights(
        "safetensors",
        problem="The header has 102 bytes, and only the first 50 bytes of the file were looked at.",
    ) == read(content[:50], size=len(content), name=NAME)


def test_nothing_is_asked_for_that_will_be_refused() -> None:
    assert 16 == needed(b"\xff" * 16, size=10**12, name=NAME)


def test_a_file_is_recognised_whatever_its_name() -> None:
    content = safetensors({"a": tensor("U8", [1], 0, 1)}, b"x")

    assert Weights("safetensors", facts=(("dtypes", "U8"), ("parameters", 1), ("tensors", 1))) == read(
        content, size=len(content), name="9f3c"
    )


def test_what_only_resembles_a_header_is_nothing_under_another_name() -> None:
    content = safetensors(b'{"a":1}')

    assert read(content, size=len(content), name="data.bin") is None
