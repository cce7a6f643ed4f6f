"""What a model file is, told by its content."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weights.make import gguf, safetensors, tensor

from aibom.weights import SUFFIXES, Weights, needed, read
from aibom.weights.gguf import DTYPES, QUANTIZATION

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{OID}\nsize 12345\n".encode()
TORCH = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."


def archive(*names: str) -> bytes:
    """Return a zip with empty files of these *names*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name), b"")  # Without the present time: names of tests hold these bytes.
    return stream.getvalue()


def onnx(*fields: tuple[int, int, int], data: bytes = b"") -> bytes:
    """Return a protobuf message of *fields* (number, wire type, value or length) and *data*."""
    return b"".join(bytes([number << 3 | wire, content]) for number, wire, content in fields) + data


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("m.pt", archive("m/data.pkl", "m/version"), "pytorch-zip"),
        ("m.bin", archive("archive/.format", "archive/data.pkl"), "pytorch-zip"),
        ("m.keras", archive("metadata.json", "config.json", "model.weights.h5"), "keras-zip"),
        ("m.pth", TORCH + b"rest", "pytorch-pickle"),
        ("m.pkl", pickle.dumps({"a": [1, 2]}, 2), "pickle"),
        ("m.pkl", pickle.dumps([1], 3), "pickle"),
        ("m.bin", pickle.dumps({"a": [1, 2]}, 4), "pickle"),
        ("m.bin", pickle.dumps(1, 5), "pickle"),
        ("m.ckpt", pickle.dumps([0.5] * 9, 5), "pickle"),
        ("m.pickle", pickle.dumps({"a": 1}, 0), "pickle"),
        ("m.pkl", b"cos\nsystem\n(S'true'\ntR.", "pickle"),
        ("m.pkl", b"(ios\nsystem\nS'true'\no.", "pickle"),
        ("m.joblib", b"\x80\x04\x95\x10\0\0\0\0\0\0\0\x8c\x15joblib.numpy_pickle.", "joblib"),
        ("m.joblib", b"\x78\x9c\x03", "joblib"),
        ("m.onnx", onnx((1, 0, 8), (2, 2, 1), data=b"x") + onnx((7, 2, 2), data=b"gg"), "onnx"),
        ("m.h5", b"\x89HDF\r\n\x1a\n" + bytes(9), "hdf5"),
        ("m.h5", b"\x89HDF\r\n\x1a\n" + bytes(9) + b"keras_version", "keras-hdf5"),
        ("m.tflite", b"\x1c\0\0\0TFL3", "tflite"),
        ("m.npy", b"\x93NUMPY\x01\0", "numpy"),
        ("m.ggml", b"tjgg\x03\0\0\0", "ggml"),
        ("m.bin", b"\xba\x16\x4f\x2f\x0c\0\0\0", "fasttext"),
    ],
)
def test_a_format_is_recognised_by_its_first_bytes(name: str, content: bytes, expected: str) -> None:
    assert Weights(expected) == read(content, size=len(content), name=name)


@pytest.mark.parametrize("protocol", range(6))
def test_pickles_of_every_protocol_are_recognised_when_longer_than_the_head(protocol: int) -> None:
    content = pickle.dumps({"weights": list(range(1000))}, protocol)

    assert Weights("pickle") == read(content[:100], size=len(content), name="m.pkl")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bin", b""),
        ("a.bin", b"\x7fELF" + bytes(60)),
        ("a.bin", pickle.dumps({"a": 1}, 0)),
        ("a.pkl", b"casa\nverde\nfin. Y mas"),
        ("a.pkl", b"\x80\x04\x95"),
        ("a.pkl", b"\x80\x02}q\x00"),
        ("a.pt", b"Uma frase."),
        ("a.pb", b"\x0a\x03abc"),
        ("a.pb", onnx((1, 0, 0))),
        ("a.pb", onnx((1, 0, 8), (7, 2, 100))),
        ("a.pb", onnx((1, 0, 8), (1, 0, 8))),
        ("a.pb", onnx((1, 0, 8), (9, 0, 8))),
        ("a.pb", onnx((1, 0, 8), *[(8, 2, 0)] * 300)),
        ("a.pb", b"\x08" + b"\xff" * 20),
        ("a.npz", archive("x.npy")),
        ("a.npz", archive(*(f"{i}.npy" for i in range(100)))),
        ("a.h5", b"not HDF5"),
        ("a.keras.zip", archive("config.json")),
    ],
)
def test_what_nothing_shows_to_be_a_model_is_none(name: str, content: bytes) -> None:
    assert read(content, size=len(content), name=name) is None


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "m.safetensors",
            pickle.dumps({"a": 1}, 4),
            Weights("pickle", problem="The name ends in .safetensors, but the content is pickle."),
        ),
        (
            "m.GGUF",
            safetensors(b"{}"),
            Weights("safetensors", problem="The name ends in .gguf, but the content is safetensors."),
        ),
        (
            "m.safetensors",
            gguf(),
            Weights("gguf", problem="The name ends in .safetensors, but the content is gguf."),
        ),
        ("m.onnx", b"", Weights("onnx", problem="The content is not what .onnx promises.")),
        ("m.tflite", bytes(99), Weights("tflite", problem="The content is not what .tflite promises.")),
        ("m.keras", archive("x"), Weights("keras-zip", problem="The content is not what .keras promises.")),
    ],
)
def test_a_name_that_promises_something_else_is_a_problem(name: str, content: bytes, expected: Weights) -> None:
    assert expected == read(content, size=len(content), name=name)


@pytest.mark.parametrize("name", ["m.safetensors", "m.gguf", "m.bin"])
def test_a_git_lfs_pointer_says_what_it_stands_for(name: str) -> None:
    assert Weights("git-lfs-pointer", facts=(("sha256", OID), ("size", 12345))) == read(
        POINTER, size=len(POINTER), name=name
    )


@pytest.mark.parametrize(
    "content", [POINTER + b"more\n", POINTER.replace(b"size 12345", b"size x"), POINTER + b" " * 1024]
)
def test_what_only_resembles_a_pointer_is_none(content: bytes) -> None:
    assert read(content, size=len(content), name="m.bin") is None


def test_a_file_of_another_format_needs_no_more_than_its_head() -> None:
    assert len(TORCH) == needed(TORCH, size=10**10, name="m.pt")


def test_the_tables_name_each_thing_once() -> None:
    assert (len(QUANTIZATION), len(DTYPES)) == (len(set(QUANTIZATION.values())), len(set(DTYPES.values())))


VALID = (
    safetensors(
        {"__metadata__": {"format": "pt"}, "a": tensor("F32", [2], 0, 8), "b": tensor("F16", [1, 2], 8, 12)}, bytes(12)
    ),
    gguf(
        ("general.architecture", "str", "llama"),
        ("llama.context_length", "u64", 8192),
        ("tokenizer.ggml.tokens", "[str]", ["a", "b"]),
        ("tokenizer.chat_template", "str", "x"),
        tensors=(("a", [2], 0, 0),),
        data=bytes(8),
    ),
    gguf(("general.architecture", "str", "llama"), tensors=(("a", [2], 0, 0),), order=">", data=bytes(8)),
    archive("m/data.pkl", "m/version"),
    onnx((1, 0, 8), (2, 2, 1), data=b"x") + onnx((7, 2, 2), data=b"gg"),
    pickle.dumps({"a": [1, 2]}, 4),
    POINTER,
)
NAMES = st.sampled_from(sorted(SUFFIXES)).map(lambda suffix: "model" + suffix)
MUTATED = st.builds(
    lambda content, at, patch, cut: (content[: at % len(content)] + patch + content[at % len(content) + len(patch) :])[
        :cut
    ],
    st.sampled_from(VALID),
    st.integers(0, 1000),
    st.one_of(st.binary(max_size=9), st.integers(0, 2**64 - 1).map(lambda number: struct.pack("<Q", number))),
    st.one_of(st.none(), st.integers(0, 300)),
)


@given(content=st.one_of(st.binary(max_size=200), MUTATED), more=st.integers(0, 2**40), name=NAMES)
def test_no_bytes_make_it_raise(content: bytes, more: int, name: str) -> None:
    size = len(content) + more

    assert len(content) <= needed(content, size=size, name=name) <= size

    found = read(content, size=size, name=name)

    assert found is None or found.problem is None or (found.facts == () and found.problem.isprintable())


@given(content=MUTATED, name=NAMES)
def test_facts_are_sorted_and_can_be_written(content: bytes, name: str) -> None:
    found = read(content, size=len(content), name=name)
    facts = () if found is None else found.facts

    assert sorted(facts, key=lambda fact: (fact[0], str(fact[1]))) == list(facts)

    assert all(str(value).encode() for _, value in facts if value != "")
