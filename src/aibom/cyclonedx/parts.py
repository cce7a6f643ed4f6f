"""The parts of a JSON object that may be of any form: what is not of the form that one asks for is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Entry", "entries", "number", "part", "properties", "text", "texts"]

Entry = Mapping[str, object]

_LARGEST: Final = 10**10
"""No file has as many lines; larger numbers are somebody's joke."""


def text(entry: Entry, key: str) -> str:
    """Return the string at *key*; empty when there is none."""
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def number(entry: Entry, key: str) -> int:
    """Return the positive whole number at *key*; 0 when there is none."""
    value = entry.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST else 0


def part(entry: Entry, key: str) -> Entry:
    """Return the object at *key*; an empty one when there is none."""
    value = entry.get(key)
    return value if isinstance(value, Mapping) else {}


def entries(entry: Entry, key: str) -> Iterator[Entry]:
    """Yield the objects in the list at *key*."""
    values = entry.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, Mapping))


def texts(entry: Entry, key: str) -> Iterator[str]:
    """Yield the strings in the list at *key*."""
    values = entry.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, str))


def properties(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the names and values of its properties."""
    for each in entries(entry, "properties"):
        yield text(each, "name"), text(each, "value")
