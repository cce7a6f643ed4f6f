"""Which other format a model file has, told by its first bytes; nothing of it is decoded."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression

if TYPE_CHECKING:
    from aibom.weights.reading import Fact

_MAGICS: Final = (
    # https://docs.hdfgroup.org/hdf5/ – File Format Specification, II.A: the format signature.
    (0, b"\x89HDF\r\n\x1a\n", "hdf5"),
    # https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: "Format Version 1.0".
    (0, b"\x93NUMPY", "numpy"),
    # tensorflow/lite/schema/schema.fbs: file_identifier "TFL3"; a FlatBuffer has it after its root offset.
    (4, b"TFL3", "tflite"),
    # ggml before GGUF: the numbers ggml, ggmf, ggjt and ggla, as little-endian integers. ggml-org/llama.cpp, llama.h.
    (0, b"lmgg", "ggml"),
    (0, b"fmgg", "ggml"),
    (0, b"tjgg", "ggml"),
    (0, b"algg", "ggml"),
    # facebookresearch/fastText, src/fasttext.cc: FASTTEXT_FILEFORMAT_MAGIC_INT32 and version 12.
    (0, b"\xba\x16\x4f\x2f\x0c\x00\x00\x00", "fasttext"),
)

_LFS: Final = expression(
    # https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: version first, the other keys sorted.
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v1\n"
    rb"(?:ext-[^\n]*\n)*oid sha256:(?P<sha256>[0-9a-f]{64})\nsize (?P<size>[0-9]{1,19})\n?"
)
_LONGEST_POINTER: Final = 1024  # the same document: a pointer is less than 1024 bytes

# pickletools: PROTO, then what a pickler writes first: a frame (from 4 on), or a collection, global, text or number.
_PICKLE: Final = expression(
    rb"\x80(?:[\x04\x05](?:\x95.{6}\x00\x00|[)}\](cKMJN\x8c])|[\x02\x03][)}\](cXKMJ\x8a])", re.DOTALL
)
# The same for protocols 1 and 0, without PROTO: a collection, a global, or a mark and then one of those.
_OLD_PICKLE: Final = expression(
    rb"[}\])]q\x00|\(?(?:c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n|(?<=\()[dlt]p?\d*\n|(?<=\()i[A-Za-z_][\w.]*\n\w+\n)"
)
PICKLE_SUFFIXES: Final = (".pkl", ".pickle", ".p", ".joblib", ".sav", ".dill", ".model", ".pt", ".pth", ".ckpt")
# torch/serialization.py: MAGIC_NUMBER = 0x1950a86a20f9469cfc6c, pickled with protocol 2.
_TORCH: Final = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
# joblib/numpy_pickle_utils.py and joblib/compressor.py: zlib, gzip, bz2, lzma, xz, lz4.
_COMPRESSED: Final = (b"\x78", b"\x1f\x8b", b"BZh", b"\x5d\x00\x00", b"\xfd7zXZ", b"\x04\x22\x4d\x18")

_ZIP: Final = b"PK\x03\x04"  # APPNOTE.TXT 4.3.7: local file header
_ZIP_HEADER: Final = 30
_MOST_ENTRIES: Final = 64

# onnx/onnx.proto: the fields of ModelProto, by wire type (0: varint, 2: length-delimited).
_ONNX: Final = {1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2}
_ONNX_GRAPH: Final = 7
_ONNX_NEWEST: Final = 64  # ir_version counts up from 1 and is at 13
_MOST_FIELDS: Final = 256


def pointer(head: bytes, size: int) -> tuple[Fact, ...] | None:
    """
    Return what *head* says when it is a Git LFS pointer, or None.

    ``sha256`` (hexadecimal) and ``size`` (bytes) are those of the file that the pointer, of *size* bytes, stands for.
    """
    match = _LFS.fullmatch(head) if size == len(head) < _LONGEST_POINTER else None
    return None if match is None else (("sha256", match["sha256"].decode()), ("size", int(match["size"])))


def format_of(head: bytes, size: int, suffix: str) -> str | None:
    """
    Return the format that the first bytes *head* of a file of *size* bytes show, or None.

    The *suffix* (lower-case, with its dot) only helps where a format has no magic number.
    """
    for at, magic, name in _MAGICS:
        if head.startswith(magic, at):
            # h5py writes attribute names as they are; Keras and its predecessors leave these on the root group.
            return "keras-hdf5" if name == "hdf5" and (b"keras_version" in head or b"layer_names" in head) else name
    if head.startswith(_ZIP):
        return _zip(head)
    if _is_pickle(head, size, suffix):
        return "pytorch-pickle" if head.startswith(_TORCH) else "joblib" if b"joblib" in head else "pickle"
    if suffix == ".joblib" and head.startswith(_COMPRESSED):
        return "joblib"
    return "onnx" if _is_onnx(head, size) else None


def _zip(head: bytes) -> str | None:
    names: set[bytes] = set()
    at = 0
    for _ in range(_MOST_ENTRIES):
        if at < 0 or len(head) < at + _ZIP_HEADER:
            break
        (length,) = struct.unpack_from("<H", head, at + 26)
        names.add(head[at + _ZIP_HEADER : at + _ZIP_HEADER + length])
        at = head.find(_ZIP, at + 4)
    # torch/serialization.py, _save: every record lies in one folder, and data.pkl comes first.
    if any(name.endswith(b"/data.pkl") for name in names):
        return "pytorch-zip"
    # keras/src/saving/saving_lib.py: _METADATA_FILENAME and _CONFIG_FILENAME, in this order.
    return "keras-zip" if {b"metadata.json", b"config.json"} <= names else None


def _is_pickle(head: bytes, size: int, suffix: str) -> bool:
    # Every pickle ends with STOP, which is a full stop; some programs write several, or data, behind it.
    if _PICKLE.match(head):
        return size > len(head) or b"." in head
    # Without a magic number, a text can look like one, so it has to be a pickle to its last byte.
    old = suffix in PICKLE_SUFFIXES and _OLD_PICKLE.match(head) is not None
    return old and (size > len(head) or head.endswith(b"."))


def _is_onnx(head: bytes, size: int) -> bool:
    """Tell whether *head* is a ModelProto: its version first, as every writer has it, and later on a graph."""
    at = 0
    for position in range(_MOST_FIELDS):
        key, at = _varint(head, at)
        number, wire = key >> 3, key & 7
        if _ONNX.get(number) != wire or (position == 0) != (number == 1):
            return False
        value, at = _varint(head, at)
        if position == 0 and not 1 <= value <= _ONNX_NEWEST:
            return False
        if wire:
            at += value
            if at > size:
                return False
        if number == _ONNX_GRAPH:
            return True
    return False


def _varint(head: bytes, at: int) -> tuple[int, int]:
    """Return the number at *at* (https://protobuf.dev/programming-guides/encoding/) and the place after it, or -1."""
    value = 0
    for shift, byte in enumerate(head[at : at + 10]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:  # the continuation bit
            return value, at + shift + 1
    return -1, at
