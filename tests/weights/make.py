"""Write tiny model files, valid or with one thing wrong."""

from __future__ import annotations

import json
import struct
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


def string(text: str | bytes, order: str = "<") -> bytes:
    """Return a GGUF string."""
    value = text.encode() if isinstance(text, str) else text
    return struct.pack(f"{order}Q", len(value)) + value


def value(kind: str, content: Any, order: str = "<") -> bytes:  # noqa: ANN401 – whatever the kind holds
    """Return a GGUF value with its type; the kind ``[u8]`` is an array of u8, ``[[u8]]`` an array of those."""
    if kind == "str":
        return struct.pack(f"{order}I", 8) + string(content, order)
    if kind.startswith("["):
        inner = [value(kind[1:-1], item, order) for item in content]
        of = inner[0][:4] if inner else struct.pack(f"{order}I", 0)
        packed = b"".join(item[4:] for item in inner)
        return struct.pack(f"{order}I", 9) + of + struct.pack(f"{order}Q", len(inner)) + packed
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
    parts = [b"GGUF", struct.pack(f"{order}IQQ", version, *count)]
    parts += [string(key, order) + value(kind, content, order) for key, kind, content in pairs]
    for name, shape, kind, offset in tensors:
        shaped = struct.pack(f"{order}I{len(shape)}Q", len(shape), *shape)
        parts.append(string(name, order) + shaped + struct.pack(f"{order}IQ", kind, offset))
    return b"".join(parts) + data
