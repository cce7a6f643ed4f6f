"""Write tiny model files, valid or with one thing wrong."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

SCALARS = {
    "u8": 0,
    "i8": 1,
    "u16": 2,
    "i16": 3,
    "u32": 4,
    "i32": 5,
    "f32": 6,
    "bool": 7,
    "u64": 10,
    "i64": 11,
    "f64": 12,
}
CODES = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "B", 10: "Q", 11: "q", 12: "d"}


def safetensors(header: dict[str, Any] | bytes, data: bytes = b"") -> bytes:
    """Return a safetensors file; *header* as bytes is taken as it is."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def tensor(dtype: str, shape: list[int], begin: int, end: int) -> dict[str, Any]:
    """Return what a safetensors header says about one tensor."""
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def string(text: str | bytes, order: str = "<", wide: str = "Q") -> bytes:
    """Return a GGUF string, its length as struct's type *wide*."""
    value = text.encode() if isinstance(text, str) else text
    return struct.pack(f"{order}{wide}", len(value)) + value


def value(kind: str, content: Any, order: str = "<", wide: str = "Q") -> bytes:  # noqa: ANN401 – whatever the kind holds
    """Return a GGUF value with its type; the kind ``[u8]`` is an array of u8, ``[[u8]]`` an array of those."""
    if kind == "str":
        return struct.pack(f"{order}I", 8) + string(content, order, wide)
    if kind.startswith("["):
        inner = [value(kind[1:-1], item, order, wide) for item in content]
        of = inner[0][:4] if inner else struct.pack(f"{order}I", 0)
        packed = b"".join(item[4:] for item in inner)
        return struct.pack(f"{order}I", 9) + of + struct.pack(f"{order}{wide}", len(inner)) + packed
    number = SCALARS[kind]
    return struct.pack(f"{order}I{CODES[number]}", number, content)


def gguf(
    *pairs: tuple[str | bytes, str, Any],
    tensors: tuple[tuple[str, list[int], int, int], ...] = (),
    version: int = 3,
    order: str = "<",
    counts: tuple[int, int] | None = None,
    data: bytes = b"",
) -> bytes:
    """Return a GGUF file of *pairs* (key, kind, value) and *tensors* (name, shape, type, offset)."""
    count = counts or (len(tensors), len(pairs))
    wide = "I" if version == 1 else "Q"
    parts = [b"GGUF", struct.pack(f"{order}I2{wide}", version, *count)]
    parts += [string(key, order, wide) + value(kind, content, order, wide) for key, kind, content in pairs]
    for name, shape, kind, offset in tensors:
        shaped = struct.pack(f"{order}I{len(shape)}{wide}", len(shape), *shape)
        parts.append(string(name, order, wide) + shaped + struct.pack(f"{order}IQ", kind, offset))
    return b"".join(parts) + data


# -- protobuf ------------------------------------------------------------------------------------


def varint(number: int) -> bytes:
    """Return *number* as protobuf writes it."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def proto(*fields: tuple[int, int | str | bytes]) -> bytes:
    """Return a message of *fields*: numbers as varints, texts and messages with their lengths."""
    out = b""
    for number, content in fields:
        if isinstance(content, int):
            out += varint(number << 3) + varint(content)
        else:
            data = content.encode() if isinstance(content, str) else content
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def onnx(*, tensors: tuple[bytes, ...] = (), more: bytes = b"") -> bytes:
    """Return an ONNX model with these initializers."""
    graph = proto((1, proto((4, "Relu"))), (2, "main"), *((5, t) for t in tensors))
    opset = proto((2, 17))
    return (
        proto((1, 8), (2, "pytorch"), (3, "2.3"), (7, graph), (8, opset), (14, proto((1, "task"), (2, "asr")))) + more
    )


def onnx_tensor(shape: tuple[int, ...], kind: int = 1, location: str = "") -> bytes:
    """Return a TensorProto."""
    tensor_ = proto(*((1, n) for n in shape), (2, kind), (8, "w"))
    return tensor_ + (proto((13, proto((1, "location"), (2, location)))) if location else b"")


# -- FlatBuffers ---------------------------------------------------------------------------------


class Flat:
    """Writes tables of FlatBuffers from the front: an offset is mended once its target is known."""

    def __init__(self, identifier: bytes) -> None:
        self.out = bytearray(4) + identifier

    def table(self, *fields: int | None) -> tuple[int, list[int]]:
        """Write a table with 32-bit fields; return where it is and where its fields are (0: its default)."""
        vtable = len(self.out)
        size = 4 + 2 * len(fields)
        at = vtable + size + size % 4
        slots, places, offset = [], [], 4
        for value in fields:
            slots.append(0 if value is None else offset)
            places.append(0 if value is None else at + offset)
            offset += 0 if value is None else 4
        self.out += struct.pack(f"<HH{len(fields)}H", size, offset, *slots) + bytes(size % 4)
        self.out += struct.pack("<i", at - vtable) + b"".join(struct.pack("<i", v) for v in fields if v is not None)
        return at, places

    def point(self, place: int) -> None:
        """Let the offset at *place* lead to the end."""
        self.out += bytes(-len(self.out) % 4)
        struct.pack_into("<I", self.out, place, len(self.out) - place)

    def table_here(self, place: int, *fields: int | None) -> tuple[int, list[int]]:
        """Write a table that the offset at *place* leads to."""
        self.out += bytes(-len(self.out) % 4)
        at, places = self.table(*fields)
        struct.pack_into("<I", self.out, place, at - place)
        return at, places

    def vector(self, place: int, items: bytes, count: int) -> int:
        """Write a vector that the offset at *place* leads to; return where its items are."""
        self.point(place)
        self.out += struct.pack("<I", count) + items
        return len(self.out) - len(items)


def tflite() -> bytes:
    """Return a model with one float tensor of 2×3 that has content, and a description."""
    flat = Flat(b"TFL3")
    model, fields = flat.table(3, None, 0, 0, 0)
    struct.pack_into("<I", flat.out, 0, model)
    flat.vector(fields[3], b"made by hand", 12)
    graphs = flat.vector(fields[2], bytes(4), 1)
    _, graph = flat.table_here(graphs, 0)
    tensors = flat.vector(graph[0], bytes(4), 1)
    _, tensor_ = flat.table_here(tensors, 0, None, 1)
    flat.vector(tensor_[0], struct.pack("<2i", 2, 3), 2)
    buffers = flat.vector(fields[4], bytes(8), 2)
    flat.table_here(buffers, None)
    _, second = flat.table_here(buffers + 4, 0)
    flat.vector(second[0], bytes(24), 24)
    return bytes(flat.out)


# -- archives and arrays -------------------------------------------------------------------------


def npy(shape: tuple[int, ...] = (2, 2), dtype: str = "<f4", data: bytes | None = None) -> bytes:
    """Return an array of numpy."""
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (63 - (10 + len(header)) % 64) + b"\n"
    size = 4
    for length in shape:
        size *= length
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header + (bytes(size) if data is None else data)


def archive(members: dict[str, bytes], *, deflated: bool = False) -> bytes:
    """Return a zip of *members*, without the present time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            file.writestr(info, content)
    return stream.getvalue()


# -- pickles -------------------------------------------------------------------------------------


def stack_global(module: str, name: str) -> bytes:
    """Return the opcodes that import *name* of *module* by STACK_GLOBAL."""
    parts = (b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name))
    return b"".join(parts) + b"\x93"


def storage(kind: str, key: str, elements: int) -> bytes:
    """Return the opcodes of a storage of PyTorch."""
    texts = [b"\x8c" + bytes([len(t)]) + t.encode() for t in ("storage", key, "cpu")]
    return (
        b"("
        + texts[0]
        + f"ctorch\n{kind}\n".encode()
        + texts[1]
        + texts[2]
        + b"J"
        + struct.pack("<i", elements)
        + b"tQ"
    )


def torch_pickle(*storages: bytes) -> bytes:
    """Return what ``data.pkl`` of a checkpoint holds."""
    return b"\x80\x02}q\x00(" + b"".join(b"U\x01w" + s for s in storages) + b"u."


def joblib_array(shape: tuple[int, ...], dtype: str, data: bytes, *, padded: bool = True) -> bytes:
    """Return joblib's pickle of an estimator with one array, whose bytes stand in the middle of the opcodes."""

    def text(value_: str) -> bytes:
        return b"\x8c" + bytes([len(value_)]) + value_.encode()

    shaped = b"(" + b"".join(b"K" + bytes([n]) for n in shape) + b"t"
    kind = stack_global("numpy", "dtype") + text(dtype) + b"\x89\x88\x87R"
    state = b"}(" + text("shape") + shaped + text("dtype") + kind
    state += (text("numpy_array_alignment_bytes") + b"K\x10" if padded else b"") + b"u"
    wrapper = stack_global("joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81" + state + b"b"
    raw = (b"\x03\xff\xff\xff" if padded else b"") + data
    made = stack_global("sklearn.linear_model._logistic", "LogisticRegression") + b")\x81}" + text("coef_")
    return b"\x80\x04" + made + wrapper + raw + b"sb."
