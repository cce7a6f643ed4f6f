"""Walk the fields of a protobuf message without its schema, and without reading what is stepped over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define

from aibom.expressions import expression
from aibom.weights.reading import LONGEST_TEXT, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.weights.source import Source

__all__ = ["Field", "Walk", "varint"]

MOST_FIELDS: Final = 1_000_000
"""The most fields that are looked at in one file; the largest graphs have some hundred thousand."""

_PLAIN: Final = expression(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*")


@define
class Field:
    """One field of a message: its number, its wire type, and its number or where its bytes lie."""

    number: int
    wire: int
    """0: a number; 1: eight bytes; 2: bytes, a text or a message; 5: four bytes."""
    value: int
    """The number; for bytes, the offset at which they start."""
    end: int
    """The offset behind the field."""


def varint(source: Source, at: int) -> tuple[int, int]:
    """Return the number at *at* (https://protobuf.dev/programming-guides/encoding/) and the offset behind it."""
    data = source.at(at, 10)
    value = 0
    for place, byte in enumerate(data):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # the continuation bit
            return value & 0xFFFF_FFFF_FFFF_FFFF, at + place + 1
    raise Unreadable(f"At byte {at} a number ends too early, or does not end.")


class Walk:
    """Walks messages of one file, within a number of fields that is shared by all of them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        source.window = 4096
        self.left = MOST_FIELDS

    def fields(self, start: int, end: int) -> Iterator[Field]:
        """Yield the fields between two offsets; `Unreadable` when they do not fit."""
        at = start
        while at < end:
            self.left -= 1
            if self.left < 0:
                raise Unreadable(f"It has more than {MOST_FIELDS} fields.")
            key, behind = varint(self.source, at)
            number, wire = key >> 3, key & 7
            if wire == 0:
                value, stop = varint(self.source, behind)
            elif wire == 2:  # as `Field` says
                length, value = varint(self.source, behind)
                stop = value + length
            elif wire in {1, 5}:
                value, stop = behind, behind + (8 if wire == 1 else 4)
            else:
                raise Unreadable(f"At byte {at} there is a field of the type {wire}, which protobuf does not use.")
            if not number or stop > end:
                raise Unreadable(f"At byte {at} a field goes on after the end of what holds it.")
            yield Field(number, wire, value, stop)
            at = stop

    def inner(self, field: Field) -> Iterator[Field]:
        """Yield the fields of the message that *field* holds."""
        return self.fields(field.value, field.end) if field.wire == 2 else iter(())  # as above

    def text(self, field: Field) -> str:
        """Return the text of *field*; empty when it is none, or too long to be kept."""
        length = field.end - field.value
        if field.wire != 2 or length > LONGEST_TEXT:  # as above
            return ""
        try:
            text = self.source.at(field.value, length).decode("utf-8")
        except UnicodeDecodeError:
            return ""
        return text if _PLAIN.fullmatch(text) else ""

    def texts(self, field: Field, *numbers: int) -> tuple[str, ...]:
        """Return the texts of the fields *numbers* of the message in *field*; empty where there is none."""
        found = dict.fromkeys(numbers, "")
        for part in self.inner(field):
            if part.number in found and not found[part.number]:
                found[part.number] = self.text(part)
        return tuple(found.values())

    def numbers(self, field: Field) -> list[int]:
        """Return the numbers of a repeated field of numbers: packed, or one."""
        if field.wire == 0:
            return [field.value]
        found: list[int] = []
        at = field.value
        while at < field.end and len(found) < 64:  # no tensor has so many dimensions
            value, at = varint(self.source, at)
            found.append(value)
        return found
