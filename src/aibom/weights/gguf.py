"""
What a GGUF file says about itself: the key-value pairs of its header, and its tensors.

The format: https://github.com/ggml-org/ggml, docs/gguf.md ("File Structure" and "Standardized key-value pairs"). Nobody
says how long the header is, so it is walked from the start; large arrays (the vocabulary) are stepped over, not kept.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Final, Literal

from attrs import define, field

from aibom.expressions import expression
from aibom.templates import reaches
from aibom.weights.reading import LONGEST_TEXT, Unreadable, in_order, quoted

if TYPE_CHECKING:
    from aibom.weights.reading import Fact

MAGIC: Final = b"GGUF"
"""The first four bytes, in either byte order."""

HEAD: Final = 32 << 20
"""How many first bytes are wanted when the header goes on after them; a vocabulary of 256,000 takes about half."""

QUANTIZATION: Final = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    4: "Q4_1_SOME_F16",
    5: "Q4_2",
    6: "Q4_3",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    33: "Q4_0_4_4",
    34: "Q4_0_4_8",
    35: "Q4_0_8_8",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
    39: "NVFP4",
    40: "Q1_0",
    41: "Q2_0",
}
"""
The quantization that ``general.file_type`` names: ``enum llama_ftype`` in include/llama.h of ggml-org/llama.cpp,
without its ``ALL_`` and ``MOSTLY_``. A number that is not here is stated as the fact ``file-type``.
"""

DTYPES: Final = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    6: "Q5_0",
    7: "Q5_1",
    8: "Q8_0",
    9: "Q8_1",
    10: "Q2_K",
    11: "Q3_K",
    12: "Q4_K",
    13: "Q5_K",
    14: "Q6_K",
    15: "Q8_K",
    16: "IQ2_XXS",
    17: "IQ2_XS",
    18: "IQ3_XXS",
    19: "IQ1_S",
    20: "IQ4_NL",
    21: "IQ3_S",
    22: "IQ2_S",
    23: "IQ4_XS",
    24: "I8",
    25: "I16",
    26: "I32",
    27: "I64",
    28: "F64",
    29: "IQ1_M",
    30: "BF16",
    34: "TQ1_0",
    35: "TQ2_0",
    39: "MXFP4",
    40: "NVFP4",
    41: "Q1_0",
    42: "Q2_0",
}
"""The type of a tensor: ``enum ggml_type`` in include/ggml.h of ggml-org/ggml. Another is stated as ``type-43``."""

TEXTS: Final = {
    "general.architecture": "architecture",
    "general.author": "author",
    "general.basename": "basename",
    "general.description": "description",
    "general.doi": "doi",
    "general.finetune": "finetune",
    "general.license": "license",
    "general.license.link": "license-link",
    "general.license.name": "license-name",
    "general.name": "name",
    "general.organization": "organization",
    "general.quantized_by": "quantized-by",
    "general.repo_url": "repository",
    "general.size_label": "size-label",
    "general.source.huggingface.repository": "source-repository",
    "general.source.repo_url": "source-repository",
    "general.type": "type",
    "general.url": "url",
    "general.uuid": "uuid",
    "general.version": "version",
    "tokenizer.ggml.model": "tokenizer",
}
"""Which text of the header is stated as which fact: docs/gguf.md, "General metadata" and "Source metadata"."""

LISTS: Final = {
    "general.datasets": "dataset",
    "general.languages": "language",
    "general.tags": "tag",
}
"""Which array of texts is stated as which fact, once for each of them."""

NUMBERS: Final = {"split.count": "shards", "split.no": "shard"}
"""Which whole number is stated as which fact: ``LLM_KV_SPLIT_*`` in llama.cpp; shards are counted from 0."""

LLM_NUMBERS: Final = {
    "block_count": "block-count",
    "context_length": "context-length",
    "embedding_length": "embedding-length",
    "expert_count": "expert-count",
}
"""The same for ``<architecture>.<key>``; the context is in tokens, the embedding in elements. docs/gguf.md, "LLM"."""

_TEMPLATE: Final = "tokenizer.chat_template"
_MOST_OTHERS: Final = 200  # pairs that are stated as they are
_LONGEST_OTHER: Final = 256  # characters of one of them
_MOST_LISTED: Final = 100
_KEPT: Final = 1 << 20  # bytes of texts of one header
_ORIGIN: Final = expression(r"general\.(base_model|dataset)\.(\d{1,4})\.(name|repo_url)")
_SCALARS: Final = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "B", 10: "Q", 11: "q", 12: "d"}
_WHOLE: Final = frozenset({0, 1, 2, 3, 4, 5, 10, 11})
_BOOL: Final = 7
_STRING: Final = 8
_ARRAY: Final = 9
_VERSIONS: Final = (1, 2, 3)  # version 1 has lengths of 32 bits
_FIXED: Final = 24  # bytes before the first key: magic, version, number of tensors, number of pairs
_LONGEST_KEY: Final = 65535  # docs/gguf.md: "at most 2^16-1 bytes long"
_MOST_TENSORS: Final = 262_144  # real files have some thousand
_MOST_PAIRS: Final = 65536  # real files have fewer than two hundred
_MOST_DIMENSIONS: Final = 8  # docs/gguf.md: "currently at most 4, but this may change"
_MOST_NESTED: Final = 65536  # arrays in an array
_DEEPEST: Final = 4  # arrays in arrays; docs/gguf.md allows them and no program writes them
_MOST_DTYPES: Final = 64


class _Cut(Exception):  # noqa: N818 – not an error: there is more of the file than was given
    """The given bytes end here, and the file does not."""


@define
class _Cursor:
    """A place in the first bytes of a file of *size* bytes, and the byte order of its numbers."""

    head: bytes
    size: int
    order: Literal["<", ">"]
    at: int = 0
    wide: str = "Q"
    """struct's type of lengths and counts."""

    def step(self, length: int) -> int:
        """Move on by *length* bytes and return where they start."""
        start, self.at = self.at, self.at + length
        if self.at > self.size:
            raise Unreadable("The header goes on after the end of the file.")
        if self.at > len(self.head):
            raise _Cut
        return start

    def number(self, code: str) -> int:
        """Return the whole number of struct's type *code* that is here."""
        layout = self.order + code
        (value,) = struct.unpack_from(layout, self.head, self.step(struct.calcsize(layout)))
        return int(value)

    def string(self) -> bytes:
        """Return the text that is here, in bytes."""
        length = self.number(self.wide)
        start = self.step(length)
        return self.head[start : self.at]

    def scalar(self, kind: int) -> str | int:
        """Return the number or the truth that is here."""
        layout = self.order + _SCALARS[kind]
        (value,) = struct.unpack_from(layout, self.head, self.step(struct.calcsize(layout)))
        if kind == _BOOL:
            return "true" if value else "false"
        return int(value) if kind in _WHOLE else f"{value:.9g}"

    def strings(self) -> list[str]:
        """Return the first texts of the array that is here; none when it has something else in it."""
        start = self.at
        inner, count = self.number("I"), self.number(self.wide)
        if inner != _STRING or count > _MOST_LISTED:
            self.at = start
            self.skip(_ARRAY)
            return []
        return [_text(self.string()) for _ in range(count)]

    def skip(self, kind: int, depth: int = 0) -> None:
        """Step over a value of type *kind*."""
        if kind in _SCALARS:
            self.step(struct.calcsize("=" + _SCALARS[kind]))
        elif kind == _STRING:
            self.step(self.number(self.wide))
        elif kind == _ARRAY and depth < _DEEPEST:
            inner, count = self.number("I"), self.number(self.wide)
            if inner in _SCALARS:
                self.step(count * struct.calcsize("=" + _SCALARS[inner]))
            elif inner == _STRING:
                self.skip_strings(count)
            elif count > _MOST_NESTED:
                raise Unreadable(f"An array says that it has {count} arrays in it, more than is read.")
            else:
                for _ in range(count):
                    self.skip(inner, depth + 1)
        else:
            raise Unreadable(f"A value has the type {kind}, which GGUF does not have, or lies too deep.")

    def skip_strings(self, count: int) -> None:
        """Step over *count* texts: a vocabulary has some hundred thousand, so this is as tight as it gets."""
        if count > self.size:
            raise Unreadable(f"An array says that it has {count} texts, more than the file has bytes.")
        length = struct.Struct(self.order + self.wide)
        at, last = self.at, len(self.head) - length.size
        for _ in range(count):
            if at > last:
                at += length.size
                break
            at += length.size + length.unpack_from(self.head, at)[0]
        self.at = at
        self.step(0)


@define
class _Header:
    """What has been read of a header so far."""

    version: int
    big: bool
    pairs: dict[str, str | int] = field(factory=dict)
    templates: dict[str, str] = field(factory=dict)
    reached: set[str] = field(factory=set)
    lists: list[Fact] = field(factory=list)
    kept: int = 0
    tensors: int | None = None
    parameters: int = 0
    dtypes: set[str] = field(factory=set)
    cut: int | None = None


def version(head: bytes) -> tuple[int, Literal["<", ">"]]:
    """
    Return the version that *head* states, and the byte order in which it makes sense.

    The order is nowhere stated. As versions are small, the half of the number that is zero shows it:
    https://github.com/ggml-org/llama.cpp/issues/3957
    """
    little = int.from_bytes(head[4:8], "little")
    if little & 0xFFFF or not little:
        return little, "<"
    return int.from_bytes(head[4:8], "big"), ">"


def looks_right(head: bytes) -> bool:
    """Tell whether *head* is the start of a GGUF file, whatever its name."""
    return head.startswith(MAGIC) and 1 <= version(head)[0] <= max(_VERSIONS)


def wanted(head: bytes, size: int) -> int:
    """Return how many first bytes of the file `facts` wants, given its first bytes and its *size* in bytes."""
    try:
        return HEAD if _walk(head, size).cut is not None else len(head)
    except Unreadable:
        return len(head)


def facts(head: bytes, size: int) -> tuple[Fact, ...]:
    """
    Return what the header in *head* says, for a file of *size* bytes.

    ``parameters`` is the number of elements of all tensors in this file, ``tensors`` how many there are, ``dtypes``
    their types, sorted, with commas. ``base-model`` and ``dataset`` are the stated repository, or else the stated name.
    When *head* ends before the header does, the facts up to there are returned with ``truncated-at``, in bytes.
    Raises `Unreadable` when the header promises what the file cannot hold.
    """
    header = _walk(head, size)
    stated: list[Fact] = [("gguf-version", header.version)]
    if header.big:
        stated.append(("byte-order", "big"))
    for name, digest in header.templates.items():
        stated.append((f"chat-template-sha256:{name}" if name else "chat-template-sha256", digest))
    stated += [("chat-template-reaches", word) for word in sorted(header.reached)]
    stated += header.lists
    if header.cut is not None:
        stated.append(("truncated-at", header.cut))
    if header.tensors is not None:
        stated += [("tensors", header.tensors), ("parameters", header.parameters)]
    if header.dtypes:
        stated.append(("dtypes", ",".join(sorted(header.dtypes))))
    return in_order(stated + _stated(header.pairs))


def _stated(pairs: dict[str, str | int]) -> list[Fact]:
    stated: list[Fact] = []
    origins: dict[tuple[str, str], dict[str, str]] = {}
    others: list[Fact] = []
    architecture = str(pairs.get("general.architecture", ""))
    for key, value in pairs.items():
        prefix, _, last = key.rpartition(".")
        origin = _ORIGIN.fullmatch(key)
        if isinstance(value, str):
            if key in TEXTS:
                stated.append((TEXTS[key], value))
            elif origin and value:
                origins.setdefault((origin[1], origin[2]), {})[origin[3]] = value
        elif key == "general.file_type":
            stated.append(("quantization", QUANTIZATION[value]) if value in QUANTIZATION else ("file-type", value))
        elif key in NUMBERS:
            stated.append((NUMBERS[key], value))
        elif prefix == architecture and last in LLM_NUMBERS:
            stated.append((LLM_NUMBERS[last], value))
            continue
        if not (origin or key in TEXTS or key in NUMBERS or key == "general.file_type"):
            others.append((f"metadata:{key}", value))
    stated += others[:_MOST_OTHERS]
    stated.extend(
        (what.replace("_", "-"), named.get("repo_url", named.get("name", ""))) for (what, _), named in origins.items()
    )
    return stated


def _walk(head: bytes, size: int) -> _Header:
    if not head.startswith(MAGIC):
        raise Unreadable("The file does not start with GGUF.")
    number, order = version(head)
    if number not in _VERSIONS:
        raise Unreadable(f"GGUF version {number} is not one that is read (1 to 3 are).")
    header = _Header(version=number, big=order == ">")
    cursor = _Cursor(head, size, order, at=8, wide="I" if number == 1 else "Q")
    try:
        tensors, pairs = cursor.number(cursor.wide), cursor.number(cursor.wide)
        if pairs > _MOST_PAIRS or tensors > _MOST_TENSORS:
            raise Unreadable(f"The header says that it has {pairs} pairs and {tensors} tensors, more than is read.")
        for _ in range(pairs):
            _pair(cursor, header)
        for _ in range(tensors):
            _tensor(cursor, header)
        header.tensors = tensors
    except _Cut:
        header.cut = len(head)
        header.parameters, header.dtypes = 0, set()
    return header


def _pair(cursor: _Cursor, header: _Header) -> None:
    length = cursor.number(cursor.wide)
    if length > _LONGEST_KEY:
        raise Unreadable(f"A key says that it has {length} bytes; the format allows {_LONGEST_KEY}.")
    start = cursor.step(length)
    key = _text(cursor.head[start : cursor.at])
    kind = cursor.number("I")
    if key.startswith(_TEMPLATE) and kind == _STRING and key[len(_TEMPLATE) :][:1] in {"", "."}:
        template = cursor.string()
        header.templates[key[len(_TEMPLATE) + 1 :]] = hashlib.sha256(template).hexdigest()
        header.reached |= set(reaches(template.decode("utf-8", "replace")))
    elif key in header.pairs:
        raise Unreadable(f"The header has {quoted(key)} twice.")
    elif key in LISTS and kind == _ARRAY:
        header.lists += [(LISTS[key], text) for text in cursor.strings() if 0 < len(text) <= _LONGEST_OTHER]
    elif kind == _STRING:
        value = cursor.string()
        header.kept += len(value)
        if len(value) <= (LONGEST_TEXT if _is_wanted(key) else _LONGEST_OTHER) and header.kept <= _KEPT:
            header.pairs[key] = _text(value)
    elif kind in _SCALARS and (_is_wanted(key) or len(header.pairs) < 2 * _MOST_OTHERS):
        number = cursor.scalar(kind)
        if kind in _WHOLE or not _is_wanted(key):
            header.pairs[key] = number
    else:
        cursor.skip(kind)


def _is_wanted(key: str) -> bool:
    known = key in TEXTS or key in NUMBERS or key == "general.file_type"
    return known or key.rpartition(".")[2] in LLM_NUMBERS or _ORIGIN.fullmatch(key) is not None


def _text(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace")


def _tensor(cursor: _Cursor, header: _Header) -> None:
    name = _text(cursor.string()[:LONGEST_TEXT])
    dimensions = cursor.number("I")
    if dimensions > _MOST_DIMENSIONS:
        raise Unreadable(f"{quoted(name)} says that it has {dimensions} dimensions.")
    elements = 1
    for _ in range(dimensions):
        elements *= cursor.number(cursor.wide)
    kind, offset = cursor.number("I"), cursor.number("Q")
    header.parameters += elements
    # No type of ggml takes less than a bit for an element.
    if header.parameters > 8 * cursor.size or offset > cursor.size:
        raise Unreadable(f"{quoted(name)} does not fit the {cursor.size} bytes of the file.")
    header.dtypes.add(DTYPES.get(kind, f"type-{kind}"))
    if len(header.dtypes) > _MOST_DTYPES:
        raise Unreadable(f"The tensors have more than {_MOST_DTYPES} types, more than there are.")
