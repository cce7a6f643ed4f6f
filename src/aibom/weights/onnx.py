"""
What an ONNX file says about itself: who made it, what it needs, and where its tensors are.

The messages: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

from aibom.weights.protobuf import Walk
from aibom.weights.reading import Unreadable, in_order

if TYPE_CHECKING:
    from aibom.weights.protobuf import Field
    from aibom.weights.reading import Fact
    from aibom.weights.source import Source

DTYPES: Final = {
    1: "F32",
    2: "U8",
    3: "I8",
    4: "U16",
    5: "I16",
    6: "I32",
    7: "I64",
    8: "STRING",
    9: "BOOL",
    10: "F16",
    11: "F64",
    12: "U32",
    13: "U64",
    14: "C64",
    15: "C128",
    16: "BF16",
    17: "F8_E4M3FN",
    18: "F8_E4M3FNUZ",
    19: "F8_E5M2",
    20: "F8_E5M2FNUZ",
    21: "U4",
    22: "I4",
    23: "F4_E2M1",
    24: "F8_E8M0",
    25: "U2",
    26: "I2",
}
"""``TensorProto.DataType``, in the words of safetensors."""

_TEXTS: Final = {2: "producer", 3: "producer-version", 4: "domain"}
_MOST: Final = 200  # of each kind of thing that is listed
_GRAPH: Final = 7
_LONGEST: Final = 2**63


def facts(source: Source) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """
    Return what the model in *source* says, and the names of the files that hold its tensors.

    ``parameters`` is the number of elements of its initializers, ``dtypes`` their types, ``opset`` the version of the
    default operators, or ``domain version``. Raises `Unreadable` when it is no model to its last byte.
    """
    walk = Walk(source)
    stated: list[Fact] = []
    external: set[str] = set()
    graphs = 0
    for field in walk.fields(0, source.size):
        if field.number in _TEXTS and (text := walk.text(field)):
            stated.append((_TEXTS[field.number], text))
        elif field.number == 1 and field.wire == 0:
            stated.append(("ir-version", field.value))
        elif field.number == _GRAPH:
            graphs += 1
            stated += _graph(walk, field, external)
        elif field.number == 8:  # opset_import
            stated.append(("opset", _opset(walk, field)))
        elif field.number == 14:  # metadata_props
            key, value = walk.texts(field, 1, 2)
            if key and len(stated) < _MOST:
                stated.append((f"metadata:{key}", value))
    if graphs != 1:
        raise Unreadable("It has no graph.")
    return in_order(stated), tuple(sorted(external))


def _opset(walk: Walk, field: Field) -> str:
    domain, version = "", 0
    for part in walk.inner(field):
        if part.number == 1:
            domain = walk.text(part)
        elif part.number == 2 and part.wire == 0:  # version
            version = part.value
    return str(version) if domain in {"", "ai.onnx"} else f"{domain} {version}"


def _graph(walk: Walk, field: Field, external: set[str]) -> list[Fact]:
    stated: list[Fact] = []
    parameters = tensors = nodes = 0
    dtypes: set[str] = set()
    for part in walk.inner(field):
        if part.number == 1:
            nodes += 1
        elif part.number == 2 and (name := walk.text(part)):  # name
            stated.append(("graph", name))
        elif part.number == 5:  # initializer
            elements, dtype = _tensor(walk, part, external)
            parameters, tensors = parameters + elements, tensors + 1
            dtypes.add(dtype)
    stated += [("parameters", parameters), ("tensors", tensors), ("nodes", nodes)]
    if dtypes:
        stated.append(("dtypes", ",".join(sorted(dtypes)[:_MOST])))
    return stated


def _tensor(walk: Walk, field: Field, external: set[str]) -> tuple[int, str]:
    shape: list[int] = []
    kind = 0
    for part in walk.inner(field):
        if part.number == 1:
            shape += walk.numbers(part)
        elif part.number == 2 and part.wire == 0:  # data_type
            kind = part.value
        elif part.number == 13:  # external_data
            key, value = walk.texts(part, 1, 2)
            if key == "location" and value and len(external) < _MOST:
                external.add(value)
    elements = prod(shape[:64])
    if elements >= _LONGEST:
        raise Unreadable("A tensor says that it has more elements than can be counted.")
    return elements, DTYPES.get(kind, f"type-{min(kind, 10_000)}")
