"""What a GGUF file says about itself."""

from __future__ import annotations

import hashlib
import struct

import pytest
from tests.weights.make import gguf, string

from aibom.weights import HEAD, Weights, needed, read

NAME = "model.gguf"


def found(content: bytes, name: str = NAME) -> Weights | None:
    """Return what the whole file says."""
    return read(content, size=len(content), name=name)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_states_its_metadata_and_its_tensors(version: int) -> None:
    content = gguf(
        ("general.architecture", "str", "llama"),
        ("general.name", "str", "Tiny"),
        ("general.license", "str", "mit"),
        ("general.file_type", "u32", 15),
        ("general.base_model.count", "u32", 3),
        ("general.base_model.0.name", "str", "Base"),
        ("general.base_model.0.repo_url", "str", "https://huggingface.co/a/base"),
        ("general.base_model.1.name", "str", "Other"),
        ("general.base_model.2.name", "str", ""),
        ("general.dataset.0.repo_url", "str", "https://huggingface.co/datasets/a/b"),
        ("general.tags", "[str]", ["x", "y"]),
        ("llama.context_length", "u64", 8192),
        ("llama.rope.freq_base", "f32", 1.0),
        ("other.context_length", "u64", 1),
        ("llama.block_count", "f32", 1.0),
        ("general.author", "[u8]", [1, 2]),
        ("tokenizer.ggml.scores", "[f32]", [0.0, 1.0]),
        ("nested", "[[str]]", [["a"], ["b", "c"]]),
        ("flag", "bool", 1),
        ("split.no", "u16", 0),
        ("split.count", "u16", 2),
        ("tokenizer.chat_template", "str", "{{ x }}"),
        ("tokenizer.chat_template.tools", "str", "{{ t.__class__ }}"),
        ("tokenizer.chat_templates", "[str]", ["tools"]),
        ("general.languages", "[str]", ["de", "en"]),
        ("general.datasets", "[u8]", [1]),
        ("general.organization", "str", "x" * 4097),
        ("general.quantized_by", "str", b"caf\xe9"),
        tensors=(("a", [2, 3], 12, 0), ("b", [2], 0, 8), ("c", [], 43, 8)),
        version=version,
        data=bytes(16),
    )

    assert Weights(
        "gguf",
        facts=(
            ("architecture", "llama"),
            ("base-model", "Other"),
            ("base-model", "https://huggingface.co/a/base"),
            ("chat-template-reaches", "__class__"),
            ("chat-template-sha256", hashlib.sha256(b"{{ x }}").hexdigest()),
            ("chat-template-sha256:tools", hashlib.sha256(b"{{ t.__class__ }}").hexdigest()),
            ("context-length", 8192),
            ("dataset", "https://huggingface.co/datasets/a/b"),
            ("dtypes", "F32,Q4_K,type-43"),
            ("gguf-version", version),
            ("language", "de"),
            ("language", "en"),
            ("license", "mit"),
            ("metadata:flag", "true"),
            ("metadata:general.base_model.count", 3),
            ("metadata:llama.rope.freq_base", "1"),
            ("metadata:other.context_length", 1),
            ("name", "Tiny"),
            ("parameters", 9),
            ("quantization", "Q4_K_M"),
            ("quantized-by", "caf\\xe9"),
            ("shard", 0),
            ("shards", 2),
            ("tag", "x"),
            ("tag", "y"),
            ("tensors", 3),
        ),
    ) == found(content)


def test_a_big_endian_file_is_read() -> None:
    content = gguf(("general.architecture", "str", "llama"), ("llama.context_length", "u32", 512), order=">")

    assert Weights(
        "gguf",
        facts=(
            ("architecture", "llama"),
            ("byte-order", "big"),
            ("context-length", 512),
            ("gguf-version", 3),
            ("parameters", 0),
            ("tensors", 0),
        ),
    ) == found(content)


def test_a_quantization_of_the_future_is_stated_by_its_number() -> None:
    content = gguf(("general.file_type", "u32", 99))

    assert Weights("gguf", facts=(("file-type", 99), ("gguf-version", 3), ("parameters", 0), ("tensors", 0))) == found(
        content
    )


def test_a_number_where_a_text_belongs_is_no_fact() -> None:
    content = gguf(("general.name", "u32", 1), ("general.file_type", "str", "x"))

    assert Weights("gguf", facts=(("gguf-version", 3), ("parameters", 0), ("tensors", 0))) == found(content)


def test_a_file_is_recognised_whatever_its_name() -> None:
    expected = Weights("gguf", facts=(("gguf-version", 3), ("parameters", 0), ("tensors", 0)))

    assert expected == found(gguf(), "sha256-9f3c")


def test_a_header_longer_than_the_head_asks_for_more_once() -> None:
    content = gguf(
        ("general.architecture", "str", "llama"),
        ("tokenizer.ggml.tokens", "[str]", ["token"] * 100_000),
        ("tokenizer.chat_template", "str", "x"),
        tensors=(("a", [4], 0, 0),),
        data=bytes(16),
    )

    assert len(content) == needed(content[:HEAD], size=len(content), name=NAME)

    assert 32 << 20 == needed(content[:HEAD], size=10**10, name=NAME)

    assert len(content) == needed(content, size=len(content), name=NAME)

    assert Weights("gguf", facts=(("architecture", "llama"), ("gguf-version", 3), ("truncated-at", HEAD))) == read(
        content[:HEAD], size=len(content), name=NAME
    )


def test_facts_about_tensors_are_all_or_none() -> None:
    content = gguf(tensors=(("a", [4], 0, 0), ("b", [4], 0, 16)), data=bytes(32))

    assert Weights("gguf", facts=(("gguf-version", 3), ("truncated-at", 70))) == read(
        content[:70], size=len(content), name=NAME
    )


def test_a_file_that_will_be_refused_asks_for_nothing() -> None:
    content = gguf(counts=(0, 10**9)) + bytes(100)

    assert len(content) == needed(content, size=10**10, name=NAME)


HUGE = 2**63


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file does not start with GGUF."),
        (bytes(100), "The file does not start with GGUF."),
        (b"GGUF", "GGUF version 0 is not one that is read (1 to 3 are)."),
        (gguf(version=4), "GGUF version 4 is not one that is read (1 to 3 are)."),
        (gguf()[:-1], "The header goes on after the end of the file."),
        (gguf(counts=(0, 1)), "The header goes on after the end of the file."),
        (gguf(counts=(1, 0)), "The header goes on after the end of the file."),
        (
            gguf(counts=(0, 65537)),
            "The header says that it has 65537 pairs and 0 tensors, more than is read.",
        ),
        (
            gguf(counts=(HUGE, 0)),
            f"The header says that it has 0 pairs and {HUGE} tensors, more than is read.",
        ),
        (
            gguf(counts=(0, 1)) + struct.pack("<Q", HUGE),
            f"A key says that it has {HUGE} bytes; the format allows 65535.",
        ),
        (
            gguf(counts=(0, 1)) + string("general.name") + struct.pack("<IQ", 8, HUGE),
            "The header goes on after the end of the file.",
        ),
        (
            gguf(counts=(0, 1)) + string("x") + struct.pack("<IIQ", 9, 8, HUGE),
            f"An array says that it has {HUGE} texts, more than the file has bytes.",
        ),
        (
            gguf(counts=(0, 1)) + string("x") + struct.pack("<IIQ", 9, 9, HUGE),
            f"An array says that it has {HUGE} arrays in it, more than is read.",
        ),
        (
            gguf(counts=(0, 1)) + string("x") + struct.pack("<IIQ", 9, 8, 2) + string("a"),
            "The header goes on after the end of the file.",
        ),
        (
            gguf(counts=(0, 1)) + string("x") + struct.pack("<IIQ", 9, 0, HUGE),
            "The header goes on after the end of the file.",
        ),
        (
            gguf(counts=(0, 1)) + string("x") + struct.pack("<I", 13),
            "A value has the type 13, which GGUF does not have, or lies too deep.",
        ),
        (
            gguf(("x", "[[[[[u8]]]]]", [[[[[1]]]]])),
            "A value has the type 9, which GGUF does not have, or lies too deep.",
        ),
        (gguf(("general.name", "str", "a"), ("general.name", "str", "b")), "The header has 'general.name' twice."),
        (gguf(tensors=(("a\n", [1] * 9, 0, 0),)), "'a\\n' says that it has 9 dimensions."),
        (gguf(tensors=(("a", [HUGE, HUGE], 0, 0),)), "'a' does not fit the 65 bytes of the file."),
        (gguf(tensors=(("a", [1], 0, 62),)), "'a' does not fit the 57 bytes of the file."),
        (
            gguf(tensors=tuple(("a", [0], 100 + i, 0) for i in range(65))),
            "The tensors have more than 64 types, more than there are.",
        ),
    ],
)
def test_a_file_that_does_not_hold_what_it_promises_has_a_problem(content: bytes, expected: str) -> None:
    assert Weights("gguf", problem=expected) == found(content)


def test_a_text_that_starts_with_gguf_is_nothing_under_another_name() -> None:
    assert found(b"GGUF is a format", "about.bin") is None
