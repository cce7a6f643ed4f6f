"""
A CycloneDX document as one of another version.

What the version has no place for moves to a property, ``aibom:from:<pointer>``, of the nearest object around it that
has properties: the value is the JSON that stood there, the pointer (RFC 6901) starts at that object. In a version that
has the place again, it moves back.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from aibom.cyclonedx.schema import OLDER, VERSIONS, JsonSchema, json_schema
from aibom.cyclonedx.text import pointer
from aibom.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["MOVED", "as_version"]

MOVED: Final = "aibom:from:"
"""The prefix of properties that hold what another version has a place for."""

_SCHEMA: Final = "http://cyclonedx.org/schema/bom-{}.schema.json"
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_DIGITS: Final = 10  # No list is longer.
_STAND_INS: Final = ("other", "data")
"""What stands where a version does not know the type of a thing: of a reference, and of a component."""


def as_version(document: Mapping[str, object], version: str, *, xml: bool = False) -> dict[str, object]:
    """
    Return *document*, of 1.2 to 1.7, as one of *version*, 1.5 to 1.7.

    Order, serial number and everything else stay as they are.

    With *xml*, also what JSON of that version has a place for and XML has not moves to properties: 1.5 has one ``data``
    of a component in XML, and many in JSON.

    `DocumentError` when the document is of a version that is not one of these, or of no form that can be moved.

    >>> new = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
    ...     {"type": "library", "name": "torch", "tags": ["ai"]}]}
    >>> old = as_version(new, "1.5")
    >>> old["components"][0]["properties"]
    [{'name': 'aibom:from:/tags', 'value': '["ai"]'}]
    >>> as_version(old, "1.6") == new
    True
    """
    if version not in VERSIONS:
        raise DocumentError(f"aibom does not write CycloneDX {version}, only {', '.join(VERSIONS)}")
    if document.get("specVersion") not in {*OLDER, *VERSIONS}:
        was = document.get("specVersion")
        raise DocumentError(f"aibom converts CycloneDX of {', '.join((*OLDER, *VERSIONS))}, not of {was!r}")
    try:
        head = {"specVersion": version}
        if "$schema" in document:
            head["$schema"] = _SCHEMA.format(version)
        fitted = _fitter(version, xml).fit({**_restored(document), **head}, _fitter(version, xml).schema.root)
    except RecursionError:
        raise DocumentError("the document is nested too deeply to be converted") from None
    if fitted is None or fitted.moves:
        raise DocumentError(f"CycloneDX {version} has no place for the document as a whole: validate it first")
    assert isinstance(fitted.value, dict)  # noqa: S101 - it was one
    return fitted.value


# -- moving out ----------------------------------------------------------------------------------------

_Place = tuple["str | int", ...]
_Move = tuple[_Place, object]


@frozen
class _Fitted:
    """A value as a version has it, and what had to leave it: places in the value as it was."""

    value: object
    moves: tuple[_Move, ...] = ()
    cost: int = 0
    """How many things were moved, also within."""


@lru_cache(maxsize=2 * len(VERSIONS))
def _fitter(version: str, xml: bool) -> _Fitter:  # noqa: FBT001 - two places below call it
    return _Fitter(json_schema(version), one_data=xml and version == "1.5")


@frozen(eq=False)
class _Fitter:
    """Makes values fit into the JSON schema of one version."""

    schema: JsonSchema
    one_data: bool
    kept: dict[int, Mapping[str, Mapping[str, object]]] = field(init=False, factory=dict)

    def fit(self, value: object, node: Mapping[str, object]) -> _Fitted | None:
        """Return *value* as *node* has it; None where it has no place for it."""
        node = self.schema.resolved(node)
        kind = node.get("type")
        if isinstance(kind, str) and not _is(value, kind):
            if kind == "object" and isinstance(value, list) and value:
                return self.first(value, node)
            return None
        allowed = node.get("enum")
        if isinstance(allowed, list) and value not in allowed:
            stand_in = next((each for each in _STAND_INS if each in allowed), None)
            return None if stand_in is None else _Fitted(stand_in, (((), value),), 1)
        pattern = node.get("pattern")
        if isinstance(pattern, str) and isinstance(value, str) and not re.search(pattern, value):
            return None
        alternatives = self.alternatives(node)
        if alternatives:
            return self.cheapest(value, alternatives)
        if isinstance(value, dict) and "properties" in node:
            return self.fit_object(value, node)
        if isinstance(value, list) and "items" in node:
            return self.fit_list(value, node)
        return _Fitted(value)

    def alternatives(self, node: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
        """Return the alternatives of *node* that say what a value looks like, not only which keys it needs."""
        found = node.get("oneOf") or node.get("anyOf")
        if not isinstance(found, list):
            return ()
        return [each for each in found if not {"type", "$ref", "properties", "oneOf", "anyOf"}.isdisjoint(each)]

    def cheapest(self, value: object, nodes: Iterable[Mapping[str, object]]) -> _Fitted | None:
        """Return *value* as that one of *nodes* has it which moves least."""
        best: _Fitted | None = None
        for node in nodes:
            found = self.fit(value, node)
            if found is not None and not found.cost:
                return found
            if found is not None and (best is None or found.cost < best.cost):
                best = found
        return best

    def first(self, value: Sequence[object], node: Mapping[str, object]) -> _Fitted | None:
        """Return the first of several where the version has a place for one; the whole list moves."""
        found = self.fit(value[0], node)
        if found is None or len(value) == 1:
            return found if found is None else _Fitted(found.value, (((), list(value)),), 1)
        return _Fitted(found.value, (((), list(value)),), len(value))

    def fit_object(self, value: Mapping[str, object], node: Mapping[str, object]) -> _Fitted | None:
        properties = self.properties(node)
        closed = node.get("additionalProperties") is False
        held: dict[str, object] = {}
        moves: list[_Move] = []
        cost = 0
        for key, inner in value.items():
            if key not in properties:
                if closed:
                    moves.append(((key,), inner))
                    cost += 1
                else:
                    held[key] = inner
                continue
            found = self.fit(inner, properties[key])
            if found is None:
                moves.append(((key,), inner))
                cost += 1
                continue
            held[key] = found.value
            moves += [((key, *place), what) for place, what in found.moves]
            cost += found.cost
        required = node.get("required")
        if isinstance(required, list) and any(key not in held for key in required):
            return None
        if moves and "array" in self.schema.kinds(properties.get("properties", {})):
            present = held.get("properties", [])
            assert isinstance(present, list)  # noqa: S101 - it fits into the schema
            held["properties"] = [*present, *map(_property, moves)]
            moves = []
        return _Fitted(held, tuple(moves), cost)

    def fit_list(self, value: Sequence[object], node: Mapping[str, object]) -> _Fitted:
        items = node["items"]
        held: list[object] = []
        moves: list[_Move] = []
        cost = 0
        for number, item in enumerate(value):
            found: _Fitted | None = None
            if isinstance(items, list):  # One for each position: an expression stands alone.
                found = self.fit(item, items[number]) if number < len(items) else None
            elif isinstance(items, dict) and not (number and self.is_data(node)):
                found = self.fit(item, items)
            if found is None or any(place == () for place, _ in found.moves):
                moves.append(((number,), item))
                cost += 1
                continue
            held.append(found.value)
            moves += [((number, *place), what) for place, what in found.moves]
            cost += found.cost
        return _Fitted(held, tuple(moves), cost)

    def properties(self, node: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
        """Return the keys of objects at *node*; asked for often."""
        found = self.kept.get(id(node))
        if found is None:
            found = self.kept[id(node)] = self.schema.properties(node)
        return found

    def is_data(self, node: Mapping[str, object]) -> bool:
        """Tell whether *node* is the list of data of a component, and only one has a place."""
        return self.one_data and node is self.schema.properties({"$ref": "#/definitions/component"})["data"]


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES.get(kind, (object,)))


def _property(move: _Move) -> dict[str, object]:
    place, what = move
    where = pointer(place)
    try:
        value = json.dumps(what, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise DocumentError(f"{where}: {error}") from None
    return {"name": MOVED + where.removeprefix("#"), "value": value}


# -- moving back ---------------------------------------------------------------------------------------


def _restored(document: Mapping[str, object]) -> dict[str, object]:
    """Return *document* with everything back in its place that a property holds; what fits nowhere stays there."""
    copy = _copied(document)
    assert isinstance(copy, dict)  # noqa: S101 - it was one
    _put_all_back(copy)
    return copy


def _copied(value: object) -> object:
    """Return *value* with lists and objects of its own, so that they can be changed."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(inner) for inner in value]
    return value


def _put_all_back(value: object) -> None:
    """Put back what the objects in *value* hold; the outermost first, as what comes back may hold such things too."""
    if isinstance(value, dict):
        properties = value.get("properties")
        if isinstance(properties, list) and any(map(_moved, properties)):
            left = [each for each in properties if not (_moved(each) and _put_back(value, each))]
            if left:
                value["properties"] = left
            else:
                value.pop("properties", None)
        for inner in value.values():
            _put_all_back(inner)
    elif isinstance(value, list):
        for inner in value:
            _put_all_back(inner)


def _moved(each: object) -> bool:
    return isinstance(each, dict) and isinstance(name := each.get("name"), str) and name.startswith(MOVED + "/")


def _put_back(held: dict[str, object], each: Mapping[str, object]) -> bool:
    """Put what the property *each* holds where it was; tell whether there is such a place."""
    name, text = each.get("name"), each.get("value")
    if not isinstance(name, str) or not isinstance(text, str):
        return False
    try:
        what = json.loads(text)
    except (ValueError, RecursionError):
        return False
    *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in name.removeprefix(MOVED + "/").split("/")]
    at: object = held
    for step in steps:
        if isinstance(at, dict) and step in at:
            at = at[step]
        elif isinstance(at, list) and (number := _index(step)) is not None and number < len(at):
            at = at[number]
        else:
            return False
    if isinstance(at, dict):
        at[last] = what
        return True
    if isinstance(at, list) and (number := _index(last)) is not None and number <= len(at):
        at.insert(number, what)
        return True
    return False


def _index(step: str) -> int | None:
    return int(step) if step.isdecimal() and len(step) < _DIGITS else None
