"""XML with the line of each element, and nothing that a document declares: no entities, no other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from attrs import define, field

from aibom.manifests.need import malformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.syntax import Problem

__all__ = ["Element", "read"]

_DEEPEST: Final = 100
_MOST: Final = 100_000
_LONGEST: Final = 10_000


@define(eq=False)
class Element:
    """An element, its text without that of the elements in it, and where it begins."""

    tag: str
    """Without its namespace."""
    line: int
    column: int
    attributes: Mapping[str, str] = field(factory=dict)
    text: str = ""
    """Up to 10,000 characters."""
    children: list[Element] = field(factory=list, repr=False)

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements that the path *tags* leads to."""
        found = [self]
        for tag in tags:
            found = [child for element in found for child in element.children if child.tag == tag]
        yield from found

    def get(self, *tags: str) -> str:
        """Return the text of the first element that the path *tags* leads to; empty when there is none."""
        return next((element.text.strip() for element in self.all(*tags)), "")


class _Stop(Exception):  # noqa: N818 - it becomes a `Problem`.
    """The rest is not read."""


def read(text: str) -> tuple[Element | None, Problem | None]:
    """
    Return the outermost element of *text*, as far as it can be read, and what ended the reading.

    A document that declares entities is not read beyond that: they are how a short text becomes a long one.

    >>> read("<a><b>1</b></a>")[0].get("b")
    '1'
    """
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    root: list[Element] = []
    outer: list[Element] = []
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST or len(outer) == _DEEPEST:
            raise _Stop(f"it has more than {_MOST:,} elements, or they are nested more than {_DEEPEST} levels deep")
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        element = Element(tag.rpartition(" ")[2], *place, attributes)
        (outer[-1].children if outer else root).append(element)
        outer.append(element)

    def end(_tag: str) -> None:
        outer.pop()

    def said(data: str) -> None:
        if outer and len(outer[-1].text) < _LONGEST:
            outer[-1].text = (outer[-1].text + data)[:_LONGEST]

    def declared(*_: object) -> None:
        raise _Stop("it declares entities, which are not read")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, said
    parser.EntityDeclHandler = declared
    problem = None
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - C takes it by position.
    except _Stop as stop:
        problem = malformed(str(stop), parser.CurrentLineNumber)
    except expat.ExpatError as error:
        problem = malformed("the XML is broken; what stands before this was read", error.lineno)
    return (root[0] if root else None), problem
