"""What is wrong with a CycloneDX document: by its schema, and by what no schema can say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Never

from aibom.bill import Diagnostic, Level, Location, printable
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.schema import schema_of
from aibom.cyclonedx.text import is_machine_path
from aibom.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.cyclonedx.schema import Schema

__all__ = ["check", "validate"]

_LISTS_OF_REFS: Final = frozenset(
    {"dependsOn", "provides", "assemblies", "subjects", "dependencies", "vulnerabilities"}
)
_LINKS_WITHIN: Final = frozenset({"dependsOn", "provides"})
_PLACES: Final = (("occurrences", "location"), ("frames", "fullFilename"))
_BOM_LINK: Final = "urn:cdx:"
_ERRORS_SHOWN: Final = 100
_MESSAGE_LENGTH: Final = 300


def check(document: Mapping[str, object]) -> tuple[Diagnostic, ...]:
    """
    Return what is wrong with *document* though the schema may accept it, by place.

    ``duplicate-reference``, ``dangling-reference`` and ``model-card-on-other`` break the specification and are errors.
    ``self-dependency``, ``bad-purl`` and ``machine-path`` are warnings. The path of each location is a JSON pointer.

    >>> for fault in check({"dependencies": [{"ref": "app"}]}):
    ...     print(fault)
    #/dependencies/0/ref: dangling-reference: nothing in the document has the bom-ref 'app'
    """
    objects = tuple(_objects(document, ()))
    known: dict[str, _Place] = {}
    faults: list[Diagnostic] = []
    for place, entry in objects:
        ref = entry.get("bom-ref")
        if not isinstance(ref, str):
            continue
        if ref in known:
            where = _pointer(known[ref])
            faults.append(_error("duplicate-reference", place, "bom-ref", f"{ref!r} is the bom-ref of {where} too"))
        known.setdefault(ref, place)
    for place, entry in objects:
        faults += _dangling(place, entry, known)
        faults += _about_component(place, entry)
        faults += _about_paths(place, entry)
    return tuple(sorted(faults, key=lambda fault: fault.order))


def validate(document: Mapping[str, object] | str | bytes) -> tuple[Diagnostic, ...]:
    """
    Return everything that is wrong with *document*, by place: what `check` finds, and ``schema`` errors.

    The schema is that of the document's own version, strictly. What is no CycloneDX document at all has one error,
    ``not-a-document``. `DocumentError` for XML, which cannot be judged yet.

    >>> [fault.code for fault in validate('{"name": "package.json"}')]
    ['not-a-document']
    """
    try:
        # A mapping is written and read: so tuples, NaN and keys that are no text meet the same rules as a file.
        parsed = _parsed(document if isinstance(document, (str, bytes)) else json.dumps(document))
        if isinstance(parsed, str):
            return (_not_a_document(parsed),)
        schema = schema_of(str(parsed.get("specVersion")))
        if schema is None:
            return (_not_a_document(f"specVersion is {parsed.get('specVersion')!r}, none that has a JSON schema"),)
        return tuple(sorted([*_schema_errors(schema, parsed), *check(parsed)], key=lambda fault: fault.order))
    except RecursionError:
        return (_not_a_document("it is nested too deeply"),)


_Place = tuple["str | int", ...]


def _objects(document: object, place: _Place) -> Iterator[tuple[_Place, Mapping[str, object]]]:
    """Yield every object in *document*, outer ones first, in the order in which they stand."""
    waiting = [(place, document)]  # No recursion: a foreign document may be deeper than the stack.
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, Mapping):
            yield place, value
            waiting += [((*place, key), item) for key, item in reversed(tuple(value.items()))]
        elif isinstance(value, (list, tuple)):
            waiting += [((*place, index), item) for index, item in reversed(tuple(enumerate(value)))]


def _references(place: _Place, entry: Mapping[str, object]) -> Iterator[tuple[_Place, str]]:
    """Yield the references to other parts of the document that stand in *entry* itself."""
    ref = entry.get("ref")
    if isinstance(ref, str):
        yield (*place, "ref"), ref
    for key, value in entry.items():
        # `tools` is a list of references in evidence only; elsewhere, and in old documents, it holds tools.
        if isinstance(value, (list, tuple)) and (key in _LISTS_OF_REFS or (key == "tools" and "identity" in place)):
            yield from (((*place, key, index), item) for index, item in enumerate(value) if isinstance(item, str))


def _dangling(place: _Place, entry: Mapping[str, object], known: Mapping[str, object]) -> Iterator[Diagnostic]:
    for where, ref in _references(place, entry):
        within = not _LINKS_WITHIN.isdisjoint(where) or place[:1] == ("dependencies",)
        if ref not in known and (within or not ref.startswith(_BOM_LINK)):
            yield _error("dangling-reference", where, None, f"nothing in the document has the bom-ref {ref!r}")
        if "dependsOn" in where and ref == entry.get("ref"):
            yield _warning("self-dependency", where, None, f"{ref!r} depends on itself")


def _about_component(place: _Place, entry: Mapping[str, object]) -> Iterator[Diagnostic]:
    kind = entry.get("type")
    if "modelCard" in entry and kind != "machine-learning-model":
        message = f"a component of type {kind!r} cannot have a model card"
        yield _error("model-card-on-other", place, "modelCard", message)
    purl = entry.get("purl")
    if isinstance(purl, str) and canonical_purl(purl) is None:
        yield _warning("bad-purl", place, "purl", f"{purl!r} is no package URL")


def _about_paths(place: _Place, entry: Mapping[str, object]) -> Iterator[Diagnostic]:
    for holder, key in _PLACES:
        path = entry.get(key) if holder in place[-2:-1] else None
        if isinstance(path, str) and (is_machine_path(path) or ".." in path.split("/")):
            yield _warning("machine-path", place, key, f"{path!r} does not lie in what was scanned")
    if place == ("metadata", "component"):
        name = entry.get("name")
        if isinstance(name, str) and is_machine_path(name):
            yield _warning("machine-path", place, "name", f"{name!r} is a place on one machine, and no name")
    if "externalReferences" in place[-2:-1]:
        url = entry.get("url")
        if isinstance(url, str) and url.lower().startswith("file:"):
            yield _warning("machine-path", place, "url", f"{url!r} leads to a place on one machine")


def _parsed(document: str | bytes) -> Mapping[str, object] | str:
    """Return the JSON object that *document* holds, or what keeps it from being a CycloneDX document."""
    start = document.lstrip()[:1] if isinstance(document, str) else document.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in {"<", b"<"}:
        raise DocumentError("this is XML; aibom can validate CycloneDX in JSON only, convert it first")
    try:
        parsed = json.loads(document, parse_constant=_refuse)
    except ValueError as error:  # Also text that is not UTF-8, and numbers without end.
        return f"it is not JSON: {error}"
    if not isinstance(parsed, dict):
        return f"it is {type(parsed).__name__} and not an object"
    if parsed.get("bomFormat") != "CycloneDX":
        return "its bomFormat is not 'CycloneDX'"
    return parsed


def _refuse(constant: str) -> Never:
    msg = f"{constant} is no number of JSON"
    raise ValueError(msg)


def _schema_errors(schema: Schema, document: Mapping[str, object]) -> Iterator[Diagnostic]:
    for number, (place, message) in enumerate(schema.errors(document, _ERRORS_SHOWN + 1)):
        if number == _ERRORS_SHOWN:
            yield _error("schema", (), None, f"there are more than {_ERRORS_SHOWN} errors; these are the first")
            return
        yield _error("schema", place, None, _short(message))


def _short(message: str) -> str:
    # The validator quotes the value, which may be the whole document; what is wrong with it stands at the end.
    if len(message) <= _MESSAGE_LENGTH:
        return message
    half = _MESSAGE_LENGTH // 2
    return f"{message[:half]} … {message[-half:]}"


def _not_a_document(reason: str) -> Diagnostic:
    return Diagnostic("not-a-document", f"this is no CycloneDX document: {printable(reason)}", None, Level.ERROR)


def _error(code: str, place: _Place, key: str | None, message: str) -> Diagnostic:
    return Diagnostic(code, message, _at(place, key), Level.ERROR)


def _warning(code: str, place: _Place, key: str | None, message: str) -> Diagnostic:
    return Diagnostic(code, message, _at(place, key), Level.WARNING)


def _at(place: _Place, key: str | None) -> Location:
    return Location(_pointer(place if key is None else (*place, key)))


def _pointer(place: _Place) -> str:
    """Return *place* as a JSON pointer, with the ``#`` that stands before one in a URL (RFC 6901)."""
    return "".join(["#", *("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)])
