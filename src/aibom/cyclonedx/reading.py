"""What a CycloneDX document says of its components and of the places that show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.bill import Component, Evidence, Kind, Location, Usage, is_commit
from aibom.cyclonedx.components import known_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["read_components"]

_KINDS: Final = {"machine-learning-model": Kind.MODEL, "data": Kind.DATASET}
_OWN: Final = "aibom:"
_NAMED: Final = {str(kind): kind for kind in (Kind.AGENT, Kind.TOOL, Kind.PROMPT)}
_SAID_ELSEWHERE: Final = frozenset({"provider", "hosted", "pinned", "usage", "revision", "occurrence", "origin"})
"""Properties of ours that a component has fields for, or its evidence."""
_SCOPES: Final = {"required": Usage.USED, "optional": Usage.OPTIONAL, "excluded": Usage.MENTION}
_SAID_BY_EVIDENCE: Final = frozenset({"usage", "detector", "reaches", "cell", "revision", "requested"})
_DIGITS: Final = 10
_LARGEST: Final = 10**_DIGITS
"""No file has as many lines; larger numbers are somebody's joke."""

_Entry = Mapping[str, object]


def read_components(text: str) -> tuple[Component, ...] | None:
    """
    Return the components and services of the CycloneDX document *text*, with their evidence; None when it is none.

    The document may be anybody's: what is not of the form that the specification describes is passed over. Of several
    uses at one place a document does not say which detector, revision and call belong together, nor do we then.

    >>> (it,) = read_components('{"bomFormat": "CycloneDX", "components": [{"type": "data", "name": "imdb"}]}') or ()
    >>> it
    <Component dataset:unknown:imdb mention, named in 0 places>
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("bomFormat") != "CycloneDX":
        return None
    return tuple(_components(document))


def _components(document: _Entry) -> Iterator[Component]:
    waiting = list(_entries(document, "components"))
    for entry in waiting:  # No recursion: a foreign document may be deep.
        yield _component(entry, _KINDS.get(_text(entry, "type"), Kind.LIBRARY))
        waiting += _entries(entry, "components")
    for entry in _entries(document, "services"):
        yield _component(entry, Kind.SERVICE)


def _component(entry: _Entry, kind: Kind) -> Component:
    stated = [
        (_text(p, "name").removeprefix(_OWN), _text(p, "value"))
        for p in _entries(entry, "properties")
        if _text(p, "name").startswith(_OWN)
    ]
    endpoints = entry.get("endpoints")
    stated += [("endpoint", url) for url in endpoints if isinstance(url, str)] if isinstance(endpoints, list) else []
    own = dict(stated)
    kind = _NAMED.get(own.get("kind", ""), kind) if kind is not Kind.SERVICE else kind
    if kind is Kind.SERVICE:
        stated += _fields(entry)
        known = set(known_of(own.get("provider", ""), _text(entry, "name")))
        stated = [pair for pair in stated if pair not in known]
    purl = _text(entry, "purl")
    group, title, version = (_text(entry, key) for key in ("group", "name", "version"))
    pinned = own.get("pinned") == "true"
    usage = _usage(own.get("usage")) or _SCOPES.get(_text(entry, "scope"), Usage.USED)
    evidence = [e for place in _places(entry, stated) for e in _evidence(place, usage, pinned=pinned)]
    evidence = _with_chain(evidence, _chain(entry), usage)
    found = Component(
        kind,
        own.get("provider") or purl.removeprefix("pkg:").partition("/")[0] or "unknown",
        # The guide for ML-BOMs repeats the owner in the name.
        title if not group or title.startswith(f"{group}/") else f"{group}/{title}",
        commit=version if is_commit(version) and kind is not Kind.LIBRARY else None,
        version=version or None if kind is Kind.LIBRARY else None,
        hosted=own.get("hosted") == "true" or kind is Kind.SERVICE,
        evidence=evidence,
        properties=[pair for pair in stated if pair[0] not in _SAID_ELSEWHERE and pair != ("kind", str(kind))],
        origin=own.get("origin", ""),
    )
    if own.get("pinned") == "false" and found.pinned:  # One of the uses at a place names no revision.
        found = evolve(found, evidence=[*found.evidence, evolve(found.evidence[0], revision=None)])
    if purl and found.purl != purl:  # Of a type that we do not make.
        return evolve(found, properties=[*found.properties, ("purl", purl)])
    return found


def _fields(entry: _Entry) -> Iterator[tuple[str, str]]:
    """Yield what a service has fields for that a component has none for."""
    if name := _text(_part(entry, "provider"), "name"):
        yield "organisation", name
    answer = entry.get("authenticated")
    if isinstance(answer, bool):
        yield "authenticated", "true" if answer else "false"


@frozen
class _Place:
    """One occurrence, as a document has it."""

    path: str
    line: int
    symbol: str
    said: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Return each value that *name* has in the context."""
        return [value for key, value in self.said if key == name]


def _places(entry: _Entry, stated: Iterable[tuple[str, str]]) -> Iterator[_Place]:
    for occurrence in _entries(_part(entry, "evidence"), "occurrences"):
        said = _said(_text(occurrence, "additionalContext"))
        yield _Place(_text(occurrence, "location"), _number(occurrence, "line"), _text(occurrence, "symbol"), said)
    for name, value in stated:  # Services have no evidence in CycloneDX.
        if name == "occurrence" and value.endswith(")"):
            where, _, context = value[:-1].partition(" (usage=")
            said = _said(f"usage={context}")
            symbol = next((text for key, text in said if key == "symbol"), "")
            at = _location(where)
            yield _Place(at.path, at.line, symbol, tuple(pair for pair in said if pair[0] != "symbol"))


def _said(context: str) -> tuple[tuple[str, str], ...]:
    parts = [part.replace("%3B", ";").partition("=") for part in context.split("; ")]
    return tuple((name, value) for name, equals, value in parts if equals)


def _evidence(place: _Place, usage: Usage, *, pinned: bool) -> Iterator[Evidence]:
    """Yield as much evidence as *place* has detectors, revisions, names and calls."""
    cell = next((int(n) for n in place.all("cell") if n.isascii() and n.isdigit() and len(n) < _DIGITS), 0)
    at = Location(place.path, place.line, cell=cell)
    own = _usage(next(iter(place.all("usage")), "")) or usage
    calls = [(_location(call),) for call in place.all("reaches")]
    context = [pair for pair in place.said if pair[0] not in _SAID_BY_EVIDENCE]
    detectors, revisions, names = (place.all(name) for name in ("detector", "revision", "requested"))
    if len(calls) > 1 and place.symbol:  # It is that of one of them.
        yield Evidence(at, detectors[0] if detectors else "", place.symbol, own, revision=next(iter(revisions), None))
    symbol = place.symbol if len(calls) < 2 else ""  # noqa: PLR2004 - one call, or none
    rows = list(zip_longest(detectors, revisions, names, calls)) or [(None, None, None, None)]
    for detector, revision, name, call in rows:
        yield Evidence(
            at,
            detector or (detectors[0] if detectors else ""),
            symbol,
            own,
            requested=name or "",
            revision=revision or (revisions[-1] if pinned and revisions else None),
            context=context,
            reaches=call or (),
        )


def _chain(entry: _Entry) -> tuple[Location, ...]:
    """Return the callstack of *entry* from the place where the name is written to the call."""
    frames = [
        Location(_text(frame, "fullFilename"), _number(frame, "line"))
        for frame in _entries(_part(_part(entry, "evidence"), "callstack"), "frames")
        if _text(frame, "fullFilename")
    ]
    return tuple(reversed(frames))


def _with_chain(evidence: list[Evidence], chain: tuple[Location, ...], usage: Usage) -> list[Evidence]:
    """Return *evidence* with the whole *chain* where its place and its call are; else with one more for it."""
    if not chain:
        return evidence

    def fits(e: Evidence) -> bool:
        start = (e.location.path, e.location.line) == (chain[0].path, chain[0].line)
        return start and e.reaches[-1:] == chain[1:][-1:]

    if not any(map(fits, evidence)):
        return [*evidence, Evidence(chain[0], "", usage=usage, reaches=chain[1:])]
    return [evolve(e, reaches=chain[1:]) if fits(e) else e for e in evidence]


def _usage(text: str | None) -> Usage | None:
    return Usage(text) if text in list(Usage) else None


def _location(text: str) -> Location:
    """
    Return the place that *text* names.

    >>> _location("src/app.py:3"), _location("app.py")
    (Location(path='src/app.py', line=3, column=0, cell=0), Location(path='app.py', line=0, column=0, cell=0))
    """
    path, colon, line = text.rpartition(":")
    if colon and line.isascii() and line.isdigit() and len(line) < _DIGITS:
        return Location(path, int(line))
    return Location(text)


def _text(entry: _Entry, key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _number(entry: _Entry, key: str) -> int:
    value = entry.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST else 0


def _part(entry: _Entry, key: str) -> _Entry:
    value = entry.get(key)
    return value if isinstance(value, Mapping) else {}


def _entries(entry: _Entry, key: str) -> Iterator[_Entry]:
    values = entry.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, Mapping))
