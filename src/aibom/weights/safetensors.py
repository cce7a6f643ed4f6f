"""
What a safetensors file says about itself: its tensors, and the free text that its writer left.

The format: eight bytes with the length of the header, the header as JSON, and then the tensors. The rules are those
of https://github.com/huggingface/safetensors: README.md ("Format"), and ``Metadata::validate`` in its src/tensor.rs.
The header is walked member by member: a JSON parser would need up to thirty times the memory of a hostile header.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import frozen

from aibom.expressions import expression
from aibom.weights.reading import LONGEST_TEXT, Unreadable, encodable, in_order, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from aibom.weights.reading import Fact

LENGTH_FIELD: Final = 8
"""The bytes of the length of the header: an unsigned little-endian integer of 64 bits."""

LONGEST_HEADER: Final = 100_000_000
"""The most bytes that a header may have: ``MAX_HEADER_SIZE`` in safetensors/src/tensor.rs."""

BITS: Final = {
    "BOOL": 8,
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    "U8": 8,
    "I8": 8,
    "F8_E5M2": 8,
    "F8_E4M3": 8,
    "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8,
    "I16": 16,
    "U16": 16,
    "F16": 16,
    "BF16": 16,
    "I32": 32,
    "U32": 32,
    "F32": 32,
    "C64": 64,
    "F64": 64,
    "I64": 64,
    "U64": 64,
}
"""The bits of one element: ``Dtype::bitsize`` in safetensors/src/tensor.rs. A dtype that is not here is not sized."""

METADATA: Final = {
    # safetensors.torch.save_file and transformers write the framework.
    "format": "framework",
    # https://github.com/Stability-AI/ModelSpec, which image models follow.
    "modelspec.architecture": "architecture",
    "modelspec.author": "author",
    "modelspec.license": "license",
    "modelspec.merged_from": "merged-from",
    "modelspec.title": "name",
    # kohya-ss/sd-scripts, the trainer of most image adapters; its ss_sd_model_name is left out: it may be a local path.
    "ss_base_model_version": "base-model-version",
}
"""Which free text of the header (key of ``__metadata__``) is stated as which fact."""

_U64: Final = 2**64 - 1
_LONGEST_ENTRY: Final = 4096  # characters of what is said about one tensor; real ones have about a hundred
_MOST_DTYPES: Final = 64
_MOST_MEMBERS: Final = 250_000  # of an object; the largest files of one shard have some ten thousand tensors
_SPACE: Final = expression(r"[ \t\n\r]*")
_JSON: Final = json.JSONDecoder()
_Value = TypeVar("_Value")


@frozen
class _Tensor:
    """One tensor: its dtype, how many elements it has, and where its bytes lie after the header."""

    dtype: str
    elements: int
    begin: int
    end: int


def looks_right(head: bytes, size: int) -> bool:
    """
    Tell whether *head* can be the start of a safetensors file of *size* bytes, whatever its name.

    The format has no magic number: the length of the header must fit and the header must start an object.
    """
    length = int.from_bytes(head[:LENGTH_FIELD], "little")
    return length <= min(LONGEST_HEADER, size - LENGTH_FIELD) and head[LENGTH_FIELD : LENGTH_FIELD + 2] in {
        b'{"',
        b"{}",
    }


def wanted(head: bytes, size: int) -> int:
    """
    Return how many first bytes of the file `facts` wants, given its first bytes and its *size* in bytes.

    Never more than the format allows (a hundred megabytes), nor more than the file has.
    """
    length = int.from_bytes(head[:LENGTH_FIELD], "little")
    if length > min(LONGEST_HEADER, size - LENGTH_FIELD):
        return LENGTH_FIELD  # It is refused for its length, so there is no need to see it.
    return LENGTH_FIELD + length


def facts(head: bytes, size: int) -> tuple[Fact, ...]:
    """
    Return what the header in *head* says, for a file of *size* bytes.

    ``parameters`` is the number of elements of all tensors in this file (which may be one shard of several, and may
    pack several weights in an element); ``tensors`` is how many there are; ``dtypes`` their types, sorted, with commas.
    Raises `Unreadable` where the reference implementation refuses the file too.
    """
    text = _header(head, size)
    metadata: dict[str, str] = {}

    def member(name: str, at: int) -> tuple[_Tensor | None, int]:
        if name == "__metadata__":
            found, at = _metadata(text, at)
            metadata.update(found)
            return None, at
        return _tensor(name, text, at)

    members, at = _object(text, _after_space(text, 0), member)
    if _after_space(text, at) != len(text):
        raise Unreadable("The header goes on after its JSON object.")

    tensors = [tensor for tensor in members.values() if tensor is not None]
    _check_layout(tensors, size - LENGTH_FIELD - int.from_bytes(head[:LENGTH_FIELD], "little"))
    stated: list[Fact] = [("parameters", sum(tensor.elements for tensor in tensors)), ("tensors", len(tensors))]
    dtypes = {tensor.dtype for tensor in tensors}
    if len(dtypes) > _MOST_DTYPES:
        raise Unreadable(f"The tensors have {len(dtypes)} dtypes, more than there are.")
    if dtypes:
        stated.append(("dtypes", ",".join(sorted(dtypes))))
    stated.extend((METADATA[key], value) for key, value in metadata.items())
    return in_order(stated)


def _header(head: bytes, size: int) -> str:
    if len(head) < LENGTH_FIELD:
        raise Unreadable(f"The file has {len(head)} bytes, too few for the length of a header.")
    length = int.from_bytes(head[:LENGTH_FIELD], "little")
    if length > LONGEST_HEADER:
        raise Unreadable(f"The header says that it has {length} bytes; the format allows {LONGEST_HEADER}.")
    if LENGTH_FIELD + length > size:
        raise Unreadable(f"The header says that it has {length} bytes, but the file has {size}.")
    if LENGTH_FIELD + length > len(head):
        raise Unreadable(
            f"The header has {length} bytes, and only the first {len(head)} bytes of the file were looked at."
        )
    try:
        return head[LENGTH_FIELD : LENGTH_FIELD + length].decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("The header is not UTF-8.") from None


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at  # pragma: no branch – the pattern matches everywhere


def _object(text: str, at: int, value: Callable[[str, int], tuple[_Value, int]]) -> tuple[dict[str, _Value], int]:
    """
    Read the JSON object that starts at *at*, each value with *value*, and return it with the place after it.

    *value* gets the name of the member and the place where its value starts, and returns what it made of it and the
    place after it.
    """
    if text[at : at + 1] != "{":
        raise Unreadable("The header is not a JSON object.")
    members: dict[str, _Value] = {}
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "}":
        return members, at + 1
    while True:
        name, at = _string(text, at)
        if len(members) == _MOST_MEMBERS:
            raise Unreadable(f"The header has an object of more than {_MOST_MEMBERS} members, more than is read.")
        if name in members:
            raise Unreadable(f"The header has {quoted(name)} twice.")
        at = _past(text, at, ":")
        members[name], at = value(name, at)
        at = _after_space(text, at)
        if text[at : at + 1] == "}":
            return members, at + 1
        at = _past(text, at, ",")


def _past(text: str, at: int, mark: str) -> int:
    at = _after_space(text, at)
    if text[at : at + 1] != mark:
        raise Unreadable("The header is not valid JSON.")
    return _after_space(text, at + 1)


def _string(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise Unreadable("The header is not valid JSON.")
    try:
        value, end = _JSON.raw_decode(text, at)
    except ValueError:
        raise Unreadable("The header is not valid JSON.") from None
    return encodable(value), end


def _metadata(text: str, at: int) -> tuple[dict[str, str], int]:
    if text.startswith("null", at):
        return {}, at + len("null")
    found, at = _object(text, at, lambda _, at: _string(text, at))
    return {key: value for key, value in found.items() if key in METADATA and len(value) <= LONGEST_TEXT}, at


def _tensor(name: str, text: str, at: int) -> tuple[_Tensor, int]:
    try:
        entry, length = _JSON.raw_decode(text[at : at + _LONGEST_ENTRY])
    except (ValueError, RecursionError):
        raise Unreadable(f"What the header says about {quoted(name)} is not valid JSON, or too long.") from None
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [begin, end]} if (
            all(map(_is_count, shape)) and _is_count(begin) and _is_count(end) and begin <= end
        ):
            tensor = _Tensor(encodable(dtype), _elements(name, shape), begin, end)
        case _:
            raise Unreadable(f"The header does not give {quoted(name)} a dtype, a shape and an offset.")
    bits = BITS.get(dtype)
    if bits is not None and bits * tensor.elements != 8 * (end - begin):
        raise Unreadable(f"The shape and the dtype of {quoted(name)} do not fit its {end - begin} bytes.")
    return tensor, at + length


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _U64


def _elements(name: str, shape: list[int]) -> int:
    elements = 1
    for dimension in shape:
        elements *= dimension
        if elements > _U64:
            raise Unreadable(f"The shape of {quoted(name)} has more elements than can be counted.")
    return elements


def _check_layout(tensors: list[_Tensor], room: int) -> None:
    """Check that *tensors* cover the *room* bytes after the header without a gap, without overlap, to the end."""
    reached = 0
    for tensor in sorted(tensors, key=lambda tensor: (tensor.begin, tensor.end)):
        if tensor.begin != reached:
            what = "overlap" if tensor.begin < reached else "leave a gap"
            raise Unreadable(f"The tensors {what} at byte {min(reached, tensor.begin)} after the header.")
        reached = tensor.end
    if reached != room:
        raise Unreadable(f"The tensors take {reached} bytes, but {room} bytes follow the header.")
