"""What is broken, lies or is too much: said, within bounds of work and memory."""

from __future__ import annotations

import gzip
import io
import pickle
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.weights import make
from tests.weights.make import archive, npy, onnx, proto, varint

from aibom.weights import Weights, archives, look, pickles, protobuf, source
from aibom.weights.arrays import array
from aibom.weights.graphs import READERS
from aibom.weights.protobuf import Walk
from aibom.weights.reading import Unreadable
from aibom.weights.source import Source, decompressed, members, opened
from aibom.weights.tflite import facts as tflite_facts

if TYPE_CHECKING:
    from collections.abc import Callable

NODE = proto((1, "x"), (2, "Add"))
LZ4 = b"\x04\x22\x4d\x18\x60\x70\x73"


def of(content: bytes) -> Source:
    return Source(io.BytesIO(content))


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Unreadable) as caught:
        call()
    return str(caught.value)


def seen(name: str, content: bytes) -> Weights:
    found = look(io.BytesIO(content), name)
    assert found is not None
    return found


# -- streams -------------------------------------------------------------------------------------


class Fails(io.BytesIO):
    """A disk that fails."""

    def read(self, _size: int | None = -1) -> bytes:
        raise OSError


class CannotSeek(io.BytesIO):
    def seek(self, _offset: int, _whence: int = 0) -> int:
        raise OSError


def test_a_disk_that_fails_is_a_problem():
    assert "It could not be read: OSError." == refused(lambda: Source(Fails(b"abc")).at(0, 1))
    assert 0 == Source(CannotSeek(b"abc")).size
    assert "It could not be read: OSError." == str(getattr(look(Fails(b"abc"), "m.onnx"), "problem", ""))


def test_a_reader_cannot_read_on_and_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source, "BUDGET", 10)

    assert "More of the file would have to be read than is read." == refused(lambda: of(bytes(20)).at(0, 20))


def test_a_part_ends_where_it_ends():
    part = of(b"abcdef").part(2, 3)

    assert (b"cde", b"", 3) == (part.at(0, 9), part.at(3, 1), part.size)
    assert "It ends at byte 3, within something that goes on." == refused(lambda: part.exactly(1, 3))


# -- archives ------------------------------------------------------------------------------------


def zip64(entries: int, length: int) -> bytes:
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, length, 0)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
    return record + locator + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(90), "no directory at its end"),
        (b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 2**30, 0, 0), "1073741824 bytes, more than is read"),
        (zip64(2**40, 10), "1099511627776 members, more than is read"),
        (zip64(3, 2**40), "more than is read"),
        (archive({"a": b"b"})[:-22].replace(b"PK\x01\x02", b"XX\x01\x02") + archive({"a": b"b"})[-22:], "is broken"),
    ],
)
def test_a_directory_of_an_archive_that_lies_is_refused(content: bytes, said: str):
    assert said in refused(lambda: members(of(content)))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source, "MOST_MEMBERS", 1)

    assert "2 members, more than is read" in refused(lambda: members(of(archive({"a": b"", "b": b""}))))


def test_a_member_is_read_so_far_and_no_further():
    file, (info,) = members(of(archive({"a": b"x" * 100}, deflated=True)))

    content = opened(file, info, 10)
    assert (b"x" * 10, False) == (content.at(0, 99), content.complete)


def test_a_member_that_is_damaged_is_refused():
    content = bytearray(archive({"a": b"x" * 1000}, deflated=True))
    content[31:34] = b"\xff\xff\xff"
    file, (info,) = members(of(bytes(content)))

    assert "cannot be read" in refused(lambda: opened(file, info))
    info.compress_type = zipfile.ZIP_LZMA
    assert "by a method that is not read" in refused(lambda: opened(file, info))


def test_more_pickles_than_are_read_are_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "MOST_PICKLES", 1)
    content = archive({"m/data.pkl": b"\x80\x02N.", "m/constants.pkl": b"\x80\x02N."})

    assert (("", "It has 2 pickles, more than are read."),) == seen("m.pt", content).unreadable


def test_a_llamafile_whose_weights_are_none_is_refused():
    compressed = archive({"m.gguf": make.gguf() * 9}, deflated=True)

    assert "are compressed" in str(seen("m.llamafile", b"MZ" + compressed).problem)
    assert "is no GGUF" in str(seen("m.llamafile", b"MZ" + archive({"m.gguf": b"x"})).problem)


def test_a_configuration_of_keras_that_is_no_object_is_refused():
    content = archive({"metadata.json": b"{}", "config.json": b"[]"})

    assert "Its config.json is no JSON object." == seen("m.keras", content).problem


def test_an_archive_under_the_name_of_another_format_is_a_problem():
    assert "The name ends in .onnx" in str(seen("m.onnx", archive({"m/data.pkl": b"\x80\x02N."})).problem)
    assert "not what .keras promises" in str(seen("m.keras", archive({"a.txt": b""})).problem)
    assert look(io.BytesIO(b"PK\x03\x04" + bytes(99)), "m.bin") is None


# -- compressed files ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["gzip", "zlib", "bz2", "xz", "lzma", "lz4"])
def test_what_is_not_compressed_as_it_says_is_refused(method: str):
    assert "or is damaged" in refused(lambda: decompressed(of(b"\x1f\x8b" + b"\xff" * 40), method))


@pytest.mark.parametrize(
    "block",
    [
        b"\x10a\0\0",  # an offset of 0
        b"\x10a\x05\0",  # an offset before the start
        b"\xf0",  # a length that does not end
        b"\x50a",  # literals that are not there
        b"\x1fa\x01\0" + b"\xff" * 20_000 + b"\x00",  # more than a block may hold
    ],
)
def test_a_block_of_lz4_that_lies_is_refused(block: bytes):
    content = LZ4 + struct.pack("<I", len(block)) + block + bytes(4)

    assert "or is damaged" in refused(lambda: decompressed(of(content), "lz4"))


def test_a_frame_of_lz4_with_every_option_is_read():
    linked = b"\x04\x22\x4d\x18" + bytes([0x40 | 0x10 | 0x08 | 0x01, 0x40]) + bytes(8 + 4 + 1)
    blocks = [(b"abcd", True), (b"\x04\x04\x00", False), (b"", True)]
    for data, raw in blocks[:2]:
        linked += struct.pack("<I", len(data) | raw << 31) + data + bytes(4)

    assert b"abcdabcdabcd"[:12] == decompressed(of(linked + bytes(4)), "lz4").at(0, 99)
    assert "or is damaged" in refused(lambda: decompressed(of(b"\x04\x22\x4d\x18\0\0\0\0"), "lz4"))
    assert "or is damaged" in refused(lambda: decompressed(of(LZ4 + b"\xff\xff\xff\x7f"), "lz4"))


def test_a_bomb_is_decompressed_so_far_and_no_further():
    packed = gzip.compress(bytes(1 << 20))

    content = decompressed(of(packed), "gzip", most=1000)
    assert (1000, False) == (content.size, content.complete)
    cut = decompressed(of(packed[:-20]), "gzip")
    assert not cut.complete


# -- protobuf ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x0b", "a field of the type 3"),
        (b"\x00\x01", "goes on after the end"),
        (b"\x08" + b"\xff" * 11, "does not end"),
        (b"\x0d\0", "goes on after the end"),
        (b"\x09" + bytes(8) + b"\x0d" + bytes(4) + b"\x0a", "ends too early"),
    ],
)
def test_a_message_that_is_none_is_refused(content: bytes, said: str):
    assert said in refused(lambda: list(Walk(of(content)).fields(0, len(content))))


def test_a_message_of_many_fields_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(protobuf, "MOST_FIELDS", 3)

    assert "more than 3 fields" in refused(lambda: list(Walk(of(b"\x08\1" * 9)).fields(0, 18)))


def test_a_text_is_kept_when_it_is_one():
    content = proto((1, "ok"), (2, b"\xff"), (3, "a\x07"), (4, "x" * 5000), (5, 1))
    walk = Walk(of(content))

    assert ["ok", "", "", "", ""] == [walk.text(field) for field in walk.fields(0, len(content))]


def test_a_shape_is_read_packed_or_not():
    packed = proto((1, varint(2) + varint(300)), (2, 1))
    content = proto((1, 8), (7, proto((2, "g"), (5, packed))))

    assert ("parameters", 600) in seen("m.onnx", content).facts


def test_an_onnx_file_with_two_graphs_is_refused():
    assert "It has no graph." == seen("m.onnx", onnx() + proto((7, b""))).problem


@pytest.mark.parametrize(
    ("format_", "content", "said"),
    [
        ("tensorflow-saved-model", proto((2, b"")), "does not start with the version"),
        ("tensorflow-saved-model", proto((1, 1)), "It has no graph."),
        ("tensorflow-graph", proto((1, proto((1, "x")))), "A node has no name, or no operation."),
        ("tensorflow-graph", proto((1, NODE), (9, "x")), "no part of a graph"),
        ("tensorflow-graph", proto((4, b"")), "It has no nodes."),
        ("coreml", proto((1, 4), (99, b"")), "no part of a model"),
        ("coreml", proto((1, 4)), "no model of a kind that is known"),
        ("caffe", proto((1, "net")), "It has no layers."),
        ("caffe", proto((200, "net")), "no part of a net"),
        ("paddle", proto((4, 1)), "does not start with a block"),
        ("paddle", proto((1, proto((1, 0)))), "It has no operations."),
        ("sentencepiece", proto((1, proto((2, 1)))), "A piece has no text."),
        ("sentencepiece", proto((9, 1)), "no part of a tokenizer"),
        ("sentencepiece", proto((2, b"")), "It has no pieces."),
    ],
)
def test_a_graph_that_is_none_is_refused(format_: str, content: bytes, said: str):
    assert said in refused(lambda: READERS[format_](of(content)))


def test_an_author_may_say_more_of_a_core_ml_model():
    said = proto((100, proto((1, "com.github.apple.coremltools.version"), (2, "8.0"))))
    content = proto((1, 7), (10, 1), (2, proto((100, said))), (502, b""))

    assert ("metadata:com.github.apple.coremltools.version", "8.0") in READERS["coreml"](of(content))


# -- FlatBuffers and arrays ----------------------------------------------------------------------


def test_a_flatbuffer_that_lies_about_its_lists_is_refused():
    good = make.tflite()
    places = [at for at in range(8, len(good) - 4, 4) if good[at : at + 4] == b"\x01\0\0\0"]
    said = set()
    for at in places:
        broken = good[:at] + b"\xff\xff\xff\x7f" + good[at + 4 :]
        try:
            tflite_facts(of(broken))
        except Unreadable as problem:
            said.add(str(problem))

    assert any("items, more than fit" in text for text in said)


def test_a_buffer_that_is_larger_than_its_file_is_refused():
    good = make.tflite()
    at = good.rindex(struct.pack("<I", 24))

    assert "more than follow" in refused(lambda: tflite_facts(of(good[:at] + b"\xff\xff\0\0" + good[at + 4 :])))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"NUMPY", "It is no numpy array."),
        (b"\x93NUMPY\x02\0" + struct.pack("<I", 2**31), "more than is read"),
        (b"\x93NUMPY\x01\0\x04\0os()", "not of the form that numpy writes"),
        (npy((2**32, 2**32), data=b""), "more elements than can be counted"),
    ],
)
def test_an_array_that_is_none_is_refused(content: bytes, said: str):
    assert said in refused(lambda: array(of(content)))


def test_types_of_arrays_have_the_words_of_safetensors():
    kinds = {"<f2": "F16", "|b1": "BOOL", "<c8": "C64", "|u1": "U8", "<U10": "U10", "|O": "object", "<M8[ns]": "M8[ns]"}

    assert kinds == {kind: array(of(npy((1,), kind)))[1] for kind in kinds}


# -- pickles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "content", "said"),
    [
        ("_MOST_STACK", b"\x80\x04" + b"(" * 99 + b".", "values on its stack"),
        ("_MOST_IMPORTS", b"\x80\x04" + b"".join(b"ca\nb%d\n" % n for n in range(99)) + b".", "imports more than"),
        ("KEPT", b"\x80\x04" + b"\x8c\x05abcde" * 99 + b".", "bytes of short texts"),
        ("MOST_PICKLES", pickle.dumps(1, 4) * 99, "holds more than"),
    ],
)
def test_more_than_is_read_of_a_pickle_is_said(monkeypatch: pytest.MonkeyPatch, limit: str, content: bytes, said: str):
    monkeypatch.setattr(pickles, limit, 20)
    options = {"most": 20} if limit == "MOST_PICKLES" else {}

    assert said in str(pickles.read(of(content), **options).problem)


@pytest.mark.parametrize(
    ("opcodes", "said"),
    [
        (b"\x94", "its stack is empty"),
        (b"N2..", None),
        (b"\x87", "its stack is empty"),
        (b"(t}\x92", "its stack is empty"),
        (b"Vx\nPid\n.", None),
        (b"K\x01b.", None),
        (b"b.", "its stack is empty"),
        (b"cos\nX\n)\x81}b.", None),
        (b"F1.5\nI01\nL9L\n.", None),
        (b"\x97\x98\x88.", None),
        (b"\x84\x01\0\0\0\x83\x01\0.", None),
        (b"r\xff\xff\xff\xff", "its stack is empty"),
        (b"Nr\x01\0\0\0j\x01\0\0\0.", None),
        (b"(cos\nX\no.", None),
        (b"(dNNs0(l(e.", None),
        (b"](N\x90\x8f(\x91.", None),
        (b"(K\x01\x91.", None),
        (b"V" + b"x" * 100_000 + b"\n.", None),
        (b"cos\nX\n))}\x92.", None),
        (b"\x80\x05\x95" + bytes(8) + b"\x96" + struct.pack("<Q", 2) + b"ab.", None),
    ],
)
def test_every_opcode_is_read(opcodes: bytes, said: str | None):
    problem = pickles.read(of(b"\x80\x05" + opcodes)).problem

    assert (problem is None) if said is None else (said in str(problem))
