"""The schemas of CycloneDX, as cyclonedx-python-lib brings them, and what they say of a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from cyclonedx.schema import SchemaVersion
    from jsonschema_rs import Draft7Validator

__all__ = ["OLDER", "VERSIONS", "JsonSchema", "Schema", "json_schema", "schema_of", "xml_schema", "xsd_errors"]

VERSIONS: Final = ("1.5", "1.6", "1.7")
"""The versions that aibom writes and converts; the first to know models is 1.5."""

OLDER: Final = ("1.2", "1.3", "1.4")
"""
The versions that aibom reads besides, and converts to later ones. 1.5 takes no key and no word of theirs away: compared
by their schemas, as cyclonedx-python-lib 11.12 has them.
"""

_PREFIX: Final = "http://cyclonedx.org/schema/"


@frozen
class Schema:
    """The strict schema of one version of CycloneDX."""

    _version: SchemaVersion
    _fast: Draft7Validator | None
    """Accepts or refuses in milliseconds; None where the extra ``fast`` is not installed."""

    def errors(self, document: Mapping[str, object], limit: int) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the place and the message of the first *limit* errors."""
        if self._fast is not None and self._fast.is_valid(document):
            return
        for error in islice(_exact(self._version).iter_errors(document), limit):
            yield tuple(error.absolute_path), error.message


@lru_cache(maxsize=16)
def schema_of(spec_version: str) -> Schema | None:
    """Return the schema of a version; None where the version has none for JSON."""
    from cyclonedx.schema import SchemaVersion

    try:
        version = SchemaVersion.from_version(spec_version)
    except ValueError:
        return None
    # The library also takes 1.6.1 for 1.6.
    if version.to_version() != spec_version or version <= SchemaVersion.V1_1:
        return None
    return Schema(version, _fast(version))


def _fast(version: SchemaVersion) -> Draft7Validator | None:
    try:
        import jsonschema_rs
        from cyclonedx.schema import _res as files  # Private, and without it there is only the slow way.
    except ImportError:
        return None
    schema = files.BOM_JSON_STRICT[version]
    assert schema is not None  # noqa: S101 - `schema_of` asks for versions that have one
    registry = jsonschema_rs.Registry(
        [(_PREFIX + name, _read(path)) for name, path in _parts().items()], draft=jsonschema_rs.Draft7
    )
    return jsonschema_rs.Draft7Validator(_read(schema), registry=registry, validate_formats=True)


@lru_cache(maxsize=16)
def _exact(version: SchemaVersion) -> Any:  # noqa: ANN401 - jsonschema has no types
    """
    Return the validator that says what is wrong and where, in time linear in the document.

    The library's own takes time quadratic in the number of components, as its ``uniqueItems`` compares each with each,
    and 25 ms for each URL.
    """
    from cyclonedx.schema import _res as files
    from jsonschema import Draft7Validator, FormatChecker, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    schema = files.BOM_JSON_STRICT[version]
    assert schema is not None  # noqa: S101 - `schema_of` asks for versions that have one
    checker = FormatChecker(())
    checker.checkers = dict(Draft7Validator.FORMAT_CHECKER.checkers)
    for name in ("iri", "iri-reference"):
        if name in checker.checkers:
            function, raises = checker.checkers[name]
            checker.checkers[name] = (_quickly(function), raises)
    registry = Registry().with_resources(
        [(_PREFIX + name, DRAFT7.create_resource(_read(path))) for name, path in _parts().items()]
    )
    linear = validators.extend(Draft7Validator, {"uniqueItems": _unique})
    return linear(_read(schema), registry=registry, format_checker=checker)


_PLAIN_URL: Final = expression(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[A-Za-z0-9._-]+(?::[0-9]+)?)?(?:/[A-Za-z0-9._~-]+)*/?")


def _quickly(check: Callable[[object], bool]) -> Callable[[object], bool]:
    """Return *check* for URLs; of most a regular expression can tell that they are one."""

    def checked(value: object) -> bool:
        return (isinstance(value, str) and _PLAIN_URL.fullmatch(value) is not None) or check(value)

    return checked


def _unique(validator: Any, wanted: bool, value: object, _schema: object) -> Iterator[Exception]:  # noqa: ANN401, FBT001 - the form that jsonschema asks for
    from jsonschema import ValidationError

    if wanted and validator.is_type(value, "array"):
        assert isinstance(value, list)  # noqa: S101 - as it says
        if len({_hashable(item) for item in value}) != len(value):
            yield ValidationError(f"{value!r} has non-unique elements")


def _hashable(value: object) -> object:
    """Return what is equal for values that JSON schema calls equal: 1 and 1.0, but not true."""
    if isinstance(value, dict):
        return frozenset((key, _hashable(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(_hashable(inner) for inner in value)
    return (bool, value) if isinstance(value, bool) else value


def _parts() -> dict[str, str]:
    """Return the schemas that those of CycloneDX refer to, by name."""
    from cyclonedx.schema import _res as files

    return {
        "spdx.SNAPSHOT.schema.json": files.SPDX_JSON,
        "jsf-0.82.SNAPSHOT.schema.json": files.JSF,
        "cryptography-defs.SNAPSHOT.schema.json": files.CRYPTOGRAPHY_DEFS,
    }


def xsd_errors(text: str | bytes, spec_version: str, limit: int) -> Iterator[tuple[str, int, str]] | None:
    """
    Return the path, the line and the message of the first *limit* errors of XML by its XSD; None without lxml.

    *text* is well-formed and has no document type: `aibom.cyclonedx.xml.load` was here.
    """
    try:
        from lxml import etree
    except ImportError:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(text.encode() if isinstance(text, str) else text, parser)
    schema = _xsd(spec_version)
    schema.validate(root)

    def told() -> Iterator[tuple[str, int, str]]:
        for error in islice(schema.error_log, limit):
            found = root.xpath(error.path) if error.path else []
            yield (_path(found[0]) if found else "/"), error.line, error.message.replace(f"{{{root.nsmap[None]}}}", "")

    return told()


@lru_cache(maxsize=len(VERSIONS))
def _xsd(spec_version: str) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree

    return etree.XMLSchema(etree.parse(_file("BOM_XML", spec_version)))


def _path(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the way to *element*, as XPath writes it, without the namespace."""
    steps: list[str] = []
    while element is not None:
        parent = element.getparent()
        name = element.tag.rpartition("}")[2]
        same = [] if parent is None else [each for each in parent if each.tag == element.tag]
        steps.append(f"{name}[{same.index(element) + 1}]" if len(same) > 1 else name)
        element = parent
    return "/" + "/".join(reversed(steps))


def _read(path: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads(Path(path).read_text(encoding="utf-8"))
    return schema


_Node = Mapping[str, object]


@frozen(eq=False)
class JsonSchema:
    """The JSON schema of one version, to be asked what may stand where."""

    root: _Node
    _merged: dict[int, _Node] = field(init=False, factory=dict)

    def resolved(self, node: _Node) -> _Node:
        """Return what *node* refers to, or *node*; what other files hold (licences, signatures) stays a reference."""
        while isinstance(ref := node.get("$ref"), str) and ref.startswith("#/definitions/"):
            node = _mapping(_mapping(self.root["definitions"])[ref.removeprefix("#/definitions/")])
        return node

    def branches(self, node: _Node) -> tuple[_Node, ...]:
        """Return *node* resolved, and all of the alternatives below it."""
        node = self.resolved(node)
        below = [b for word in ("oneOf", "anyOf", "allOf") for b in _list(node.get(word, ())) if isinstance(b, dict)]
        return (node, *(deep for branch in below for deep in self.branches(branch)))

    def kinds(self, node: _Node) -> frozenset[str]:
        """Return the types that a value at *node* may have."""
        return frozenset(kind for branch in self.branches(node) if isinstance(kind := branch.get("type"), str))

    def properties(self, node: _Node) -> dict[str, _Node]:
        """Return the keys of objects at *node*, those of all alternatives together."""
        found: dict[str, _Node] = {}
        for branch in self.branches(node):
            for key, inner in _mapping(branch.get("properties", {})).items():
                found.setdefault(key, _mapping(inner))
        return found

    def items(self, node: _Node) -> _Node:
        """Return what the items of lists at *node* are; one alternative for each kind of list."""
        found: list[_Node] = []
        for branch in self.branches(node):
            inner = branch.get("items", ())
            found += [_mapping(each) for each in (_list(inner) if isinstance(inner, list | tuple) else [inner])]
        if len(found) == 1:
            return self.resolved(found[0])
        # One value for one node: shapes are told apart by it.
        return self._merged.setdefault(id(self.resolved(node)), {"anyOf": found})

    def alternative(self, node: _Node, kind: str) -> _Node:
        """Return the alternative of *node* for values of type *kind*."""
        return next(branch for branch in self.branches(node) if branch.get("type") == kind)

    def parted(self, node: _Node, key: str) -> tuple[_Node, _Node]:
        """Return the first alternative of *node* whose objects have *key*, and the first whose objects have not."""
        objects = [b for b in self.branches(node) if "properties" in b]
        return (
            next(b for b in objects if key in _mapping(b["properties"])),
            next(b for b in objects if key not in _mapping(b["properties"])),
        )


def _mapping(value: object) -> dict[str, object]:
    assert isinstance(value, dict)  # noqa: S101 - the schemas are of this form
    return value


def _list(value: object) -> list[object]:
    assert isinstance(value, list | tuple)  # noqa: S101 - the schemas are of this form
    return list(value)


@lru_cache(maxsize=len(VERSIONS))
def json_schema(spec_version: str) -> JsonSchema:
    """Return the JSON schema of one of `VERSIONS`."""
    return JsonSchema(_read(_file("BOM_JSON_STRICT", spec_version)))


@lru_cache(maxsize=len(VERSIONS))
def xml_schema(spec_version: str) -> Element:
    """Return the XSD of one of `VERSIONS`, as XML."""
    from xml.etree.ElementTree import parse

    return parse(_file("BOM_XML", spec_version)).getroot()  # noqa: S314 - the same


def _file(table: str, spec_version: str) -> str:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.schema import _res as files  # Private; `_fast` uses it too.

    path = getattr(files, table)[SchemaVersion.from_version(spec_version)]
    assert isinstance(path, str)  # noqa: S101 - `VERSIONS` have all of them
    return path
