"""What is wrong with a CycloneDX document: by its schema, and by what no schema can say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Never

from aibom.bill import Diagnostic, Level, Location, printable
from aibom.cyclonedx.convert import is_xml
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.schema import schema_of, xsd_errors
from aibom.cyclonedx.text import is_machine_path, pointer
from aibom.errors import DocumentError
from aibom.expressions import expression

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
_LINK: Final = expression(r"urn:cdx:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[1-9][0-9]*(?:#.+)?", re.DOTALL)
_COMPONENTS: Final = frozenset({"ancestors", "component", "components", "descendants", "variants"})
_HUB_PURL: Final = expression(r"pkg:/*huggingface/[^@?#]*@(?P<version>[^?#]*)", re.IGNORECASE)
_COMMIT: Final = expression("[0-9a-fA-F]{40}")
# In hexadecimal digits; of the algorithms of CycloneDX 1.7 those whose length their name or standard fixes.
_DIGEST_LENGTHS: Final = {
    "MD5": 32,
    "SHA-1": 40,
    "SHA-256": 64,
    "SHA-384": 96,
    "SHA-512": 128,
    "SHA3-256": 64,
    "SHA3-384": 96,
    "SHA3-512": 128,
    "BLAKE2b-256": 64,
    "BLAKE2b-384": 96,
    "BLAKE2b-512": 128,
    "Streebog-256": 64,
    "Streebog-512": 128,
}
_ERRORS_SHOWN: Final = 100
_MORE: Final = f"there are more than {_ERRORS_SHOWN} errors; these are the first"
_MESSAGE_LENGTH: Final = 300


def check(document: Mapping[str, object]) -> tuple[Diagnostic, ...]:
    """
    Return what is wrong with *document* though the schema may accept it, by place.

    What breaks the specification is an error: references to nothing or to two things, parts that a component of that
    type cannot have, digests of a wrong length, BOM-Links of a wrong form, ids of licences in a wrong case. What breaks
    good practice alone is a warning. The page of the diagnostics lists the codes. The path of each location is a JSON
    pointer.

    >>> for fault in check({"dependencies": [{"ref": "app", "dependsOn": []}]}):
    ...     print(fault)
    #/dependencies/0/ref: dangling-reference: nothing in the document has the bom-ref 'app'
    """
    objects = tuple(_objects(document, ()))
    known: dict[str, _Place] = {}
    types: dict[str, object] = {}
    faults: list[Diagnostic] = []
    for place, entry in objects:
        ref = entry.get("bom-ref")
        if not isinstance(ref, str):
            continue
        if ref in known:
            where = pointer(known[ref])
            faults.append(_error("duplicate-reference", place, "bom-ref", f"{ref!r} is the bom-ref of {where} too"))
        known.setdefault(ref, place)
        if "components" in place[-2:-1]:
            types.setdefault(ref, entry.get("type"))
    for place, entry in objects:
        faults += _dangling(place, entry, known)
        faults += _about_component(place, entry)
        faults += _about_paths(place, entry)
        faults += _about_licence(place, entry)
        faults += _about_hash(place, entry)
        faults += _about_datasets(place, entry, types)
    faults += _about_dependencies(document.get("dependencies"))
    return tuple(sorted(faults, key=lambda fault: fault.order))


def validate(document: Mapping[str, object] | str | bytes) -> tuple[Diagnostic, ...]:
    """
    Return everything that is wrong with *document*, by place: what `check` finds, and ``schema`` errors.

    The schema is that of the document's own version, strictly: for JSON of 1.2 to 1.7 its JSON schema, for XML of 1.2
    to 1.7 its XSD, which needs the extra ``xml``. Without it the JSON schema judges what the XML says, and
    ``xsd-not-used`` says so. The place of an XSD error is the path and the line of the element.

    What is no CycloneDX document at all has one error, ``not-a-document``.

    >>> [fault.code for fault in validate('{"name": "package.json"}')]
    ['not-a-document']
    """
    if isinstance(document, (str, bytes)) and is_xml(document):
        return _of_xml(document)
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


def _of_xml(text: str | bytes) -> tuple[Diagnostic, ...]:
    from aibom.cyclonedx.xml import MisfitError, load, version_of

    try:
        version = version_of(text)
    except DocumentError as error:
        return (_not_a_document(str(error)),)
    errors = xsd_errors(text, version, _ERRORS_SHOWN + 1)
    faults = [] if errors is None else _first([_xsd_error(*error) for error in errors])
    try:
        document = load(text)
    except MisfitError as error:
        if not faults:  # Extensions and signatures are valid, and JSON has no place for them.
            code, level = ("rules-not-checked", Level.INFO) if errors is not None else ("schema", Level.ERROR)
            faults.append(Diagnostic(code, error.why, Location(pointer(error.place)), level))
    except DocumentError as error:
        return (_not_a_document(str(error)),)
    else:
        if errors is None:
            schema = schema_of(version)
            assert schema is not None  # noqa: S101 - every version with XML that we read has one
            faults += _schema_errors(schema, document)
        faults += check(document)
    if errors is None:
        faults.append(Diagnostic("xsd-not-used", "lxml is not installed: pip install 'aibom[xml]'"))
    return tuple(sorted(faults, key=lambda fault: fault.order))


def _xsd_error(path: str, line: int, message: str) -> Diagnostic:
    return Diagnostic("schema", _short(message), Location(path, line), Level.ERROR)


def _first(errors: list[Diagnostic]) -> list[Diagnostic]:
    """Return *errors*, or the first and that there are more."""
    if len(errors) <= _ERRORS_SHOWN:
        return errors
    return [_error("schema", (), None, _MORE), *errors[:_ERRORS_SHOWN]]


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
        elif ref not in known and ref.startswith(_BOM_LINK) and _LINK.fullmatch(ref) is None:
            yield _error("bad-bom-link", where, None, f"{ref!r} is no BOM-Link: urn:cdx:serial number/version#bom-ref")
        if "dependsOn" in where and ref == entry.get("ref"):
            yield _warning("self-dependency", where, None, f"{ref!r} depends on itself")


def _about_component(place: _Place, entry: Mapping[str, object]) -> Iterator[Diagnostic]:
    kind = entry.get("type")
    if "modelCard" in entry and kind != "machine-learning-model":
        message = f"a component of type {kind!r} cannot have a model card"
        yield _error("model-card-on-other", place, "modelCard", message)
    if "data" in entry and kind != "data" and _is_component(place, entry):
        yield _error("data-on-other", place, "data", f"a component of type {kind!r} cannot have data")
    purl = entry.get("purl")
    if not isinstance(purl, str):
        return
    if canonical_purl(purl) is None:
        yield _warning("bad-purl", place, "purl", f"{purl!r} is no package URL")
        return
    found = _HUB_PURL.match(purl)
    if found and _COMMIT.fullmatch(found["version"]) is None:
        message = f"{found['version']!r} is no commit, as the purl specification asks for"
        yield _warning("purl-without-commit", place, "purl", message)


def _is_component(place: _Place, entry: Mapping[str, object]) -> bool:
    # A service has data too, and a list of them; components stand below these keys.
    return not _COMPONENTS.isdisjoint(place[-2:]) and "name" in entry


def _about_licence(place: _Place, entry: Mapping[str, object]) -> Iterator[Diagnostic]:
    spelled = entry.get("id")
    if place[-1:] != ("license",) or not isinstance(spelled, str):
        return
    from cyclonedx.spdx import fixup_id  # A third of a second: it reads the list of licences.

    known = fixup_id(spelled)
    if known is not None and known != spelled:
        yield _error("licence-id-case", place, "id", f"the SPDX id is {known!r}, not {spelled!r}")


def _about_hash(place: _Place, entry: Mapping[str, object]) -> Iterator[Diagnostic]:
    algorithm, digest = entry.get("alg"), entry.get("content")
    if not isinstance(algorithm, str) or not isinstance(digest, str):
        return
    length = _DIGEST_LENGTHS.get(algorithm, len(digest))
    if length != len(digest):
        message = f"a digest of {algorithm} has {length} hexadecimal digits, not {len(digest)}"
        yield _error("hash-length", place, "content", message)


def _about_datasets(place: _Place, entry: Mapping[str, object], types: Mapping[str, object]) -> Iterator[Diagnostic]:
    ref = entry.get("ref")
    if isinstance(ref, str) and "datasets" in place[-2:-1] and types.get(ref, "data") != "data":
        yield _warning(
            "dataset-of-other-type", place, "ref", f"{ref!r} is a component of type {types[ref]!r}, not data"
        )


def _about_dependencies(entries: object) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict):
            continue
        place = ("dependencies", number)
        if "dependsOn" not in entry:
            message = "without dependsOn some readers fail; an empty list says that there is nothing"
            yield _warning("depends-on-missing", place, None, message)
        ref = entry.get("ref")
        if isinstance(ref, str) and ref in seen:
            yield _warning("repeated-dependency", place, "ref", f"the dependencies of {ref!r} stand before already")
        elif isinstance(ref, str):
            seen.add(ref)


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


def _schema_errors(schema: Schema, document: Mapping[str, object]) -> list[Diagnostic]:
    errors = schema.errors(document, _ERRORS_SHOWN + 1)
    return _first([_error("schema", place, None, _short(message)) for place, message in errors])


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
    return Location(pointer(place if key is None else (*place, key)))
