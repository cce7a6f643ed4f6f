"""Where a component was found, and how sure that is, as CycloneDX writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.bill import Location, Technique
from aibom.cyclonedx.text import is_machine_path, protected, to_statements, to_text, unprotected
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aibom.bill import Evidence

__all__ = [
    "OWN",
    "Place",
    "callstack",
    "identity",
    "occurrence",
    "occurrence_text",
    "own_path",
    "place_of",
    "place_text",
    "places",
]

_FRAMES_SHOWN: Final = 8
_CONFIDENCE_DIGITS: Final = 4


OWN: Final = frozenset(
    {"usage", "detector", "symbol", "column", "cell", "reaches", "revision", "requested", "confidence", "technique"}
)
"""The statements of ours about a place; what a detector calls so too has ``stated:`` before its name."""


@frozen
class Place:
    """One place that shows a component, with everything that evidence says of it, the strongest use first."""

    path: str
    line: int
    cell: int
    evidence: tuple[Evidence, ...]

    @property
    def symbol(self) -> str:
        """The call, key or entry of the strongest use that names one."""
        return next((e.symbol for e in self.evidence if e.symbol), "")

    @property
    def context(self) -> str:
        """What else is known of the place: the statements of each piece of evidence in turn, the usage first."""
        symbol = self.symbol
        return to_statements(pair for e in self.evidence for pair in _said(e, symbol))


def _said(e: Evidence, symbol: str) -> Iterator[tuple[str, str]]:
    """Yield what *e* says beside its path and line, and the *symbol* that stands elsewhere already."""
    yield "usage", str(e.usage)
    if e.detector:
        yield "detector", e.detector
    if e.symbol != symbol:
        yield "symbol", e.symbol
    if e.location.column:
        yield "column", str(e.location.column)
    if e.location.cell:
        yield "cell", str(e.location.cell)
    for location in e.reaches:
        yield "reaches", place_text(location)
    if e.revision is not None:
        yield "revision", e.revision
    if e.requested:
        yield "requested", e.requested
    if e.confidence != 1.0:
        yield "confidence", repr(e.confidence)
    if e.technique is not Technique.SOURCE:
        yield "technique", str(e.technique)
    for name, value in e.context:
        yield (f"stated:{name}" if name in OWN or name.startswith("stated:") else name), value


def places(evidence: Iterable[Evidence]) -> tuple[Place, ...]:
    """
    Return the places of *evidence*, sorted, each once: the columns of a line are one place.

    *evidence* is in its own order, as a component holds it.
    """
    found: dict[tuple[str, int, int], list[Evidence]] = {}
    for e in evidence:
        found.setdefault((e.location.path, e.location.line, e.location.cell), []).append(e)
    return tuple(
        Place(*where, tuple(sorted(there, key=lambda e: -e.usage.weight))) for where, there in sorted(found.items())
    )


def occurrence(place: Place) -> dict[str, object]:
    """Return the entry of ``evidence.occurrences`` for *place*."""
    entry: dict[str, object] = {"location": _relative(place.path)}
    if place.line > 0:
        entry["line"] = place.line
    if place.symbol:
        entry["symbol"] = place.symbol
    entry["additionalContext"] = place.context
    return entry


def occurrence_text(e: Evidence) -> str:
    """Return *e* as one line of text, for what has no ``evidence`` in CycloneDX: a service."""
    at = Location(e.location.path, e.location.line)
    return to_statements([("at", place_text(at)), *_said(e, "")])


def place_text(location: Location) -> str:
    """
    Return *location* as ``path``, ``path:line``, ``path:line:column`` or ``path:line:column:cell``.

    A colon in the path is written ``%3A``.

    >>> place_text(Location("app.py", 3)), place_text(Location("nb.ipynb", 7, 0, 2)), place_text(Location("a:1"))
    ('app.py:3', 'nb.ipynb:7:0:2', 'a%3A1')
    """
    numbers = [location.line, location.column, location.cell]
    while numbers and not numbers[-1]:
        numbers.pop()
    return ":".join([protected(_relative(location.path), ":"), *map(str, numbers)])


def place_of(text: str) -> Location:
    """
    Return the place of which `place_text` makes *text*; whatever *text* is.

    >>> place_of("src/app.py:3"), place_of("app.py")
    (Location(path='src/app.py', line=3, column=0, cell=0), Location(path='app.py', line=0, column=0, cell=0))
    """
    path, *rest = text.split(":")
    if len(rest) <= _NUMBERS and all(map(_NUMBER.fullmatch, rest)):
        return Location(own_path(unprotected(path)), *map(int, rest))
    return Location(text)


_NUMBER: Final = expression(r"[0-9]{1,10}")
_NUMBERS: Final = 3


def callstack(evidence: Iterable[Evidence]) -> dict[str, object]:
    """
    Return ``evidence.callstack``: the way from a call back to where the name is written, of the strongest evidence.

    The call stands first, as in a stack trace and in the specification's own example. Of a long chain the frames next
    to the call are kept, and the last. Empty when every name stands in its call.
    """
    chained = [e for e in evidence if e.reaches]
    if not chained:
        return {}
    best = max(chained, key=lambda e: (e.usage.weight, _confidence(e)))  # The first of equals: evidence is sorted.
    calls = best.reaches[::-1][: _FRAMES_SHOWN - 1]
    return {"frames": [_frame(location) for location in (*calls, best.location)]}


def _frame(location: Location) -> dict[str, object]:
    entry: dict[str, object] = {"module": _module(location.path)}
    if location.line > 0:
        entry["line"] = location.line
    if location.column > 0:
        entry["column"] = location.column
    entry["fullFilename"] = _relative(location.path)
    return entry


def _module(path: str) -> str:
    """
    Return *path* without its ending, as a dotted name; CycloneDX wants a module in every frame.

    >>> _module("src/shop/llm.py"), _module("config/.env")
    ('src.shop.llm', 'config..env')
    """
    folder, slash, name = path.rpartition("/")
    return (folder + slash).replace("/", ".") + (name.rpartition(".")[0] or name)


def identity(evidence: Sequence[Evidence], field: str) -> list[dict[str, object]]:
    """
    Return ``evidence.identity`` for one *field*: a method for each technique, with its strongest evidence.

    Empty when there is no evidence: then nobody is confident of anything.
    """
    best: dict[Technique, Evidence] = {}
    for e in evidence:
        if _confidence(e) > _confidence(best.setdefault(e.technique, e)):
            best[e.technique] = e
    methods: list[dict[str, object]] = [
        {
            "technique": str(technique),
            "confidence": _confidence(e),
            "value": ": ".join(filter(None, (e.detector, e.symbol))),
        }
        for technique, e in sorted(best.items())
    ]
    if not methods:
        return []
    return [{"field": field, "confidence": max(map(_confidence, best.values())), "methods": methods}]


def _confidence(evidence: Evidence) -> float:
    # Plugins may state anything, also NaN, which JSON cannot hold; `max` then keeps its first argument.
    return round(min(1.0, max(0.0, evidence.confidence)), _CONFIDENCE_DIGITS)


def _is_odd(path: str) -> bool:
    """Tell whether *path* reads like one of a machine, or like one that was marked as none."""
    while path.startswith("./"):
        path = path[2:]
    return is_machine_path(to_text(path)) and not path.startswith("/")


def _relative(path: str) -> str:
    # A file may be called `C:\x.py`. The dot says that it lies in the tree all the same.
    return f"./{path}" if _is_odd(path) else path


def own_path(path: str) -> str:
    r"""
    Return the path of a file of the tree as it is, from a document's *path*.

    >>> own_path("src/app.py"), own_path("./C:\\x.py")
    ('src/app.py', 'C:\\x.py')
    """
    return path[2:] if path.startswith("./") and _is_odd(path) else path
