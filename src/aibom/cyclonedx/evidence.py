"""Where a component was found, and how sure that is, as CycloneDX writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.cyclonedx.text import is_machine_path, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aibom.bill import Evidence, Location, Technique

__all__ = ["Place", "callstack", "identity", "occurrence", "occurrence_text", "places"]

_REACHES_SHOWN: Final = 5
_FRAMES_SHOWN: Final = 8
_CONFIDENCE_DIGITS: Final = 4


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
        """
        What else is known of the place, as ``name=value`` parted by ``; ``, the usage first.

        A semicolon in a value is written ``%3B``: nothing that a file is called can add a statement of its own.
        """
        pairs = [("usage", str(self.evidence[0].usage))]
        pairs += [("detector", name) for name in _distinct(e.detector for e in self.evidence)]
        calls = _distinct(_where(e.reaches[-1]) for e in self.evidence if e.reaches)
        pairs += [("reaches", call) for call in calls[:_REACHES_SHOWN]]
        if len(calls) > _REACHES_SHOWN:
            pairs.append(("more-reaches", str(len(calls) - _REACHES_SHOWN)))
        if self.cell:
            pairs.append(("cell", str(self.cell)))
        pairs += [("revision", revision) for revision in _distinct(e.revision for e in self.evidence)]
        pairs += [("requested", name) for name in _distinct(e.requested for e in self.evidence)]
        pairs += sorted({pair for e in self.evidence for pair in e.context})
        return "; ".join(f"{name}={value}".replace(";", "%3B") for name, value in pairs)


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


def occurrence_text(place: Place) -> str:
    """Return *place* as one line of text, for what has no ``evidence`` in CycloneDX: a service."""
    line = f":{place.line}" if place.line > 0 else ""
    symbol = f"; symbol={place.symbol.replace(';', '%3B')}" if place.symbol else ""
    return f"{_relative(place.path)}{line} ({place.context}{symbol})"


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


def _where(location: Location) -> str:
    return f"{_relative(location.path)}:{location.line}" if location.line > 0 else _relative(location.path)


def _relative(path: str) -> str:
    # A file may be called `C:\x.py`. The dot says that it lies in the tree all the same.
    path = to_text(path)  # A backslash and a control character are written with two backslashes, as a UNC path begins.
    return f"./{path}" if is_machine_path(path) and not path.startswith("/") else path


def _distinct(values: Iterable[str | None]) -> list[str]:
    found = {value for value in values if value}
    return sorted(found) if len(found) > 1 else list(found)
