"""
What a TFLite or ExecuTorch file says about itself: FlatBuffers, read within bounds.

The format: https://flatbuffers.dev/internals/ and tensorflow/lite/schema/schema.fbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.weights.reading import LONGEST_TEXT, Unreadable, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.weights.reading import Fact
    from aibom.weights.source import Source

DTYPES: Final = {
    0: "F32",
    1: "F16",
    2: "I32",
    3: "U8",
    4: "I64",
    5: "STRING",
    6: "BOOL",
    7: "I16",
    8: "C64",
    9: "I8",
    10: "F64",
    11: "C128",
    12: "U64",
    15: "U32",
    16: "U16",
    17: "I4",
    18: "BF16",
}
"""``enum TensorType``, in the words of safetensors."""

_MOST_ITEMS: Final = 100_000
_QUANTIZED: Final = frozenset({"I8", "U8", "I4", "I16"})


class _Table:
    """A table: its fields lie where its vtable says."""

    def __init__(self, source: Source, at: int) -> None:
        self.source = source
        self.at = at
        self.fields = at - source.number("<i", at)
        self.length = source.number("<H", self.fields) if self.fields >= 0 else 0
        if self.fields < 0 or self.length < 4 or self.length % 2:  # the vtable's own two numbers
            raise Unreadable(f"At byte {at} there is no table.")

    def place(self, field: int) -> int:
        """Return where the field lies; 0 when it has its default."""
        slot = 4 + 2 * field
        offset = self.source.number("<H", self.fields + slot) if slot + 2 <= self.length else 0
        return self.at + offset if offset else 0

    def number(self, field: int, layout: str = "<I") -> int:
        at = self.place(field)
        return self.source.number(layout, at) if at else 0

    def target(self, field: int) -> int:
        at = self.place(field)
        return at + self.source.number("<I", at) if at else 0

    def text(self, field: int) -> str:
        at = self.target(field)
        length = self.source.number("<I", at) if at else 0
        return self.source.exactly(at + 4, length).decode("utf-8", "replace") if 0 < length <= LONGEST_TEXT else ""

    def vector(self, field: int) -> tuple[int, int]:
        """Return where a vector's items lie, and how many it says it has."""
        at = self.target(field)
        return (at + 4, self.source.number("<I", at)) if at else (0, 0)

    def tables(self, field: int) -> Iterator[_Table]:
        at, count = self.vector(field)
        if count > _MOST_ITEMS or at + 4 * count > self.source.size:
            raise Unreadable(f"A list says that it has {count} items, more than fit.")
        for place in range(at, at + 4 * count, 4):
            yield _Table(self.source, place + self.source.number("<I", place))


def facts(source: Source) -> tuple[Fact, ...]:
    """
    Return what a TFLite model says.

    ``parameters`` counts the elements of tensors that have content, ``dtypes`` are the types of these; ``signature``
    and ``metadata`` are names. Raises `Unreadable` when an offset leads out of the file.
    """
    model = _Table(source, source.number("<I", 0))
    stated: list[Fact] = [("schema-version", model.number(0))]
    description = model.text(3)
    if description:
        stated.append(("description", description))
    sizes = []
    for buffer in model.tables(4):
        at, size = buffer.vector(0)
        if at + size > source.size:
            raise Unreadable(f"A buffer says that it has {size} bytes, more than follow.")
        # Since 2023 large content lies behind the FlatBuffer: offset and size are fields 1 and 2.
        sizes.append(size or buffer.number(2, "<Q"))
    parameters = tensors = graphs = 0
    dtypes: set[str] = set()
    for graph in model.tables(2):
        graphs += 1
        for tensor in graph.tables(0):
            tensors += 1
            number = tensor.number(2)
            if not 0 < number < len(sizes) or not sizes[number]:
                continue
            at, count = tensor.vector(0)
            if count > 64:  # no tensor has so many dimensions
                raise Unreadable(f"A tensor says that it has {count} dimensions.")
            elements = 1
            for place in range(at, at + 4 * count, 4):
                elements *= max(source.number("<i", place), 0)
            if elements > 8 * max(sizes[number], 1):
                continue  # Sparse, or a lie: not counted.
            parameters += elements
            dtypes.add(DTYPES.get(tensor.number(1, "<b"), "other"))
    stated += [("parameters", parameters), ("tensors", tensors), ("subgraphs", graphs)]
    stated += [("metadata", name) for entry in model.tables(6) if (name := entry.text(0))]
    stated += [("signature", key) for entry in model.tables(7) if (key := entry.text(2))]
    if dtypes:
        stated.append(("dtypes", ",".join(sorted(dtypes))))
    return in_order(stated)
