"""
A CycloneDX document as XML, and back.

Which key becomes which element, in which order, is taken at run time from the two schemas of the version: its XSD says
what XML looks like, its JSON schema what the value is. What the two call by other names stands in tables here.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol, cast
from xml.sax.saxutils import escape

from attrs import field, frozen, mutable

from aibom.cyclonedx.schema import OLDER, VERSIONS, JsonSchema, json_schema, xml_schema
from aibom.cyclonedx.text import pointer
from aibom.errors import DocumentError
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Never
    from xml.etree.ElementTree import Element

__all__ = ["MisfitError", "dump", "load", "version_of"]

_NAMESPACE: Final = "http://cyclonedx.org/schema/bom/"
_SCHEMA: Final = "http://cyclonedx.org/schema/bom-{}.schema.json"
_OF_JSON: Final = ("$schema", "bomFormat", "specVersion")
"""Keys of the root that XML says by its namespace."""


class MisfitError(DocumentError):
    """A part of a document has no place in the other format."""

    def __init__(self, place: tuple[str | int, ...], why: str) -> None:
        super().__init__(f"{pointer(place)}: {why}")
        self.place = place
        """The steps to the part, in JSON."""
        self.why = why


def dump(document: Mapping[str, object]) -> str:
    """
    Return *document* as XML of its own version, 1.5 to 1.7.

    `DocumentError`, with the JSON pointer, for what XML has no place for: signatures, keys that the version does not
    know, values of a wrong type, characters that XML cannot hold. Nothing is left out in silence, but three things look
    alike in XML: an empty list and none where an element is repeated for each item (``dependsOn``, ``data``, ``url``,
    …), a property with an empty value and one without, and one identity in ``evidence`` and a list of one.

    >>> print(dump({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>
    """
    version = document.get("specVersion")
    if version not in VERSIONS:
        raise DocumentError(f"aibom writes XML of CycloneDX {', '.join(VERSIONS)}, not of {version!r}")
    content = {key: value for key, value in document.items() if key not in _OF_JSON}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    shape = _root(version)
    try:
        shape.write(_Output(lines), "bom", content, (), f' xmlns="{_NAMESPACE}{version}"')
    except RecursionError:
        raise DocumentError("the document is nested too deeply to be written as XML") from None
    return "".join(lines)


def load(text: str | bytes) -> dict[str, object]:
    """
    Return the document that the XML in *text* holds, as JSON has it.

    ``$schema``, ``bomFormat`` and ``specVersion`` come from the namespace. A dependency without others below it has an
    empty ``dependsOn``: that is what an empty element says. Comments and processing instructions are not content.

    `DocumentError` for what is no CycloneDX of 1.2 to 1.7, for what JSON has no place for (elements and attributes of
    other namespaces, XML signatures), and for document types and entities, which are never read.

    >>> load('<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>')["specVersion"]
    '1.6'
    """
    root = _parsed(text)
    version = _version(root)
    try:
        # What the older versions have, 1.5 has too, and by the same names.
        shape = _root(version if version in VERSIONS else VERSIONS[0])
        content = cast("dict[str, object]", shape.read(root, ()))
    except RecursionError:
        raise DocumentError("the document is nested too deeply to be read") from None
    return {"$schema": _SCHEMA.format(version), "bomFormat": "CycloneDX", "specVersion": version, **content}


def version_of(text: str | bytes) -> str:
    """Return the version of the document in *text*; `DocumentError` as of `load` when it is not even that."""
    return _version(_parsed(text))


def _version(root: Element) -> str:
    version = root.tag.removeprefix(f"{{{_NAMESPACE}").removesuffix("}bom")
    if version not in {*OLDER, *VERSIONS}:
        raise DocumentError(
            f"this XML is no CycloneDX that aibom reads: its root is <{root.tag}>; wanted is <bom> in the namespace "
            f"{_NAMESPACE} of {', '.join((*OLDER, *VERSIONS))}"
        )
    return version


def _parsed(text: str | bytes) -> Element:
    from xml.etree.ElementTree import ParseError  # XML is read where it is asked for.

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        # A byte order mark belongs to bytes; before text it is one character too many.
        root: Element = fromstring(text.removeprefix("\ufeff") if isinstance(text, str) else text, forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentError("this XML has a document type or entities, which aibom does not read") from None
    except (ParseError, ValueError, LookupError) as error:  # Also encodings that nobody knows.
        raise DocumentError(f"this is no well-formed XML: {error}") from None
    return root


# -- what a schema's two sides look like ------------------------------------------------------------

_Place = tuple["str | int", ...]


@frozen
class _Output:
    """Where XML goes: its parts, and how deep the next element stands."""

    parts: list[str]
    depth: int = 0

    def deeper(self) -> _Output:
        return _Output(self.parts, self.depth + 1)

    def add(self, start: str, inner: str, tag: str) -> None:
        """Add an element that holds text, or nothing."""
        indent = "  " * self.depth
        self.parts.append(f"{indent}<{start}>{inner}</{tag}>\n" if inner else f"{indent}<{start}/>\n")

    def open(self, start: str) -> None:
        self.parts.append(f"{'  ' * self.depth}<{start}>\n")

    def close(self, tag: str) -> None:
        self.parts.append(f"{'  ' * self.depth}</{tag}>\n")


class _Shape(Protocol):
    """How one value stands in XML: as one element."""

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        """Write *value* as the element *tag*."""
        ...

    def read(self, element: Element, place: _Place) -> object:
        """Return the value that *element* holds."""
        ...


_UNWRITABLE: Final = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER: Final = expression(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


@frozen
class _Leaf:
    """Text, a number or a Boolean."""

    kind: str = "string"
    strip: bool = False
    """Whether white space around it says nothing, as of URLs."""

    def text(self, value: object, place: _Place) -> str:
        """Return *value* as XML has it, not escaped."""
        match self.kind:
            case "boolean" if isinstance(value, bool):
                return "true" if value else "false"
            case "integer" if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
            case "number" if isinstance(value, int | float) and not isinstance(value, bool):
                return format(Decimal(repr(value)), "f")  # xs:decimal has no exponent.
            case "string" if isinstance(value, str):
                found = _UNWRITABLE.search(value)
                if found:
                    _refuse(place, f"XML cannot hold the character {found[0]!r}")
                return value
        raise MisfitError(place, f"{_short(value)} is no {self.kind}")

    def value(self, text: str, place: _Place) -> object:
        """Return what *text* of XML says."""
        if self.kind == "string":
            return text.strip() if self.strip else text
        stripped = text.strip()
        if self.kind == "boolean" and stripped in _BOOLEANS:
            return _BOOLEANS[stripped]
        if self.kind in {"integer", "number"} and _NUMBER.fullmatch(stripped):
            try:
                return int(stripped) if "." not in stripped else self._fraction(stripped)
            except (InvalidOperation, ValueError, OverflowError):  # Thousands of digits.
                pass
        raise MisfitError(place, f"{_short(text)} is no {self.kind}")

    def _fraction(self, text: str) -> object:
        if self.kind == "integer":
            raise ValueError(text)
        return float(text)

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        output.add(tag + attributes, _escaped(self.text(value, place)), tag)

    def read(self, element: Element, place: _Place) -> object:
        _no_attributes(element, place)
        return self.value(_text(element, place), place)


@frozen
class _Boxed:
    """An object of one key, whose value is all that the element holds."""

    key: str
    leaf: _Leaf

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        held = _object(value, place)
        if set(held) != {self.key}:
            _refuse(place, f"XML has a place for {self.key!r} alone here")
        self.leaf.write(output, tag, held[self.key], (*place, self.key), attributes)

    def read(self, element: Element, place: _Place) -> object:
        return {self.key: self.leaf.read(element, (*place, self.key))}


@frozen
class _Ref:
    """A reference: text in JSON, the attribute ``ref`` of an empty element in XML."""

    leaf: _Leaf = _Leaf()

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        ref = _quoted(self.leaf.text(value, place))
        output.add(f"{tag}{attributes} ref={ref}", "", tag)

    def read(self, element: Element, place: _Place) -> object:
        if set(element.attrib) != {"ref"} or len(element) or (element.text or "").strip():
            _refuse(place, f"<{_local(element)}> should hold nothing, and have the attribute ref alone")
        return element.attrib["ref"]


@frozen
class _Mixed:
    """An object, or text alone (the types of IKEv2)."""

    record: _Shape
    leaf: _Leaf = _Leaf()

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        shape = self.leaf if isinstance(value, str) else self.record
        shape.write(output, tag, value, place, attributes)

    def read(self, element: Element, place: _Place) -> object:
        return (self.record if len(element) else self.leaf).read(element, place)


@frozen
class _Alternative:
    """One of the elements that may stand at a place."""

    tag: str
    holds: Callable[[object], bool]
    """Tells whether a value of JSON is meant."""
    shape: _Shape
    key: str | None = None
    """Set where JSON holds the value below a key of its own."""


@frozen
class _Choice:
    """An element that holds one other, or a list of others, each of one of several names."""

    alternatives: tuple[_Alternative, ...]
    many: bool

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        numbered: list[tuple[_Place, object]]
        numbered = [((*place, i), x) for i, x in enumerate(_list(value, place))] if self.many else [(place, value)]
        if not numbered:
            output.add(tag + attributes, "", tag)
            return
        output.open(tag + attributes)
        for where, item in numbered:
            self._write(output.deeper(), item, where)
        output.close(tag)

    def _write(self, output: _Output, item: object, place: _Place) -> None:
        chosen = next((each for each in self.alternatives if each.holds(item)), None)
        if chosen is None:
            _refuse(place, f"{_short(item)} is none of {', '.join(each.tag for each in self.alternatives)}")
        if chosen.key is not None:
            held = _object(item, place)
            if set(held) != {chosen.key}:
                _refuse(place, f"XML has a place for {chosen.key!r} alone here")
            item, place = held[chosen.key], (*place, chosen.key)
        chosen.shape.write(output, chosen.tag, item, place)

    def read(self, element: Element, place: _Place) -> object:
        _no_attributes(element, place)
        _no_text(element, place)
        if self.many:
            return [self._read(child, (*place, number)) for number, child in enumerate(element)]
        if len(element) != 1:
            _refuse(place, f"<{_local(element)}> should hold one element")
        return self._read(element[0], place)

    def _read(self, child: Element, place: _Place) -> object:
        name = _local(child)
        chosen = next((each for each in self.alternatives if each.tag == name), None)
        if chosen is None:
            _refuse(place, f"JSON has no place for <{name}> here")
        if chosen.key is None:
            return chosen.shape.read(child, place)
        return {chosen.key: chosen.shape.read(child, (*place, chosen.key))}


@frozen
class _Wrapped:
    """A list: one element that holds one for each item."""

    tag: str
    item: _Shape

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        items = _list(value, place)
        if not items:
            output.add(tag + attributes, "", tag)
            return
        output.open(tag + attributes)
        inner = output.deeper()
        for number, item in enumerate(items):
            self.item.write(inner, self.tag, item, (*place, number))
        output.close(tag)

    def read(self, element: Element, place: _Place) -> object:
        _no_attributes(element, place)
        _no_text(element, place)
        return [self._read(child, (*place, number)) for number, child in enumerate(element)]

    def _read(self, child: Element, place: _Place) -> object:
        name = _local(child)
        if name != self.tag:
            _refuse(place, f"JSON has no place for <{name}> here")
        return self.item.read(child, place)


@frozen
class _Tools:
    """Tools: a list of them, as once, or components and services."""

    old: _Shape
    new: _Shape

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        (self.old if isinstance(value, list) else self.new).write(output, tag, value, place, attributes)

    def read(self, element: Element, place: _Place) -> object:
        new = any(_local(child) in {"components", "services"} for child in element)
        return (self.new if new else self.old).read(element, place)


@frozen
class _Flows:
    """The data of a service: classifications alone, or flows that say more."""

    short: _Wrapped
    long: _Wrapped

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        items = _list(value, place)
        if all(isinstance(item, dict) and set(item) == {"flow", "classification"} for item in items):
            self.short.write(output, tag, items, place, attributes)
            return
        told: list[object] = []
        for number, item in enumerate(items):
            held = dict(_object(item, (*place, number)))
            told.append({"classification": {k: held.pop(k) for k in ("flow", "classification") if k in held}, **held})
        self.long.write(output, tag, told, place, attributes)

    def read(self, element: Element, place: _Place) -> object:
        if not any(_local(child) == "dataflow" for child in element):
            return self.short.read(element, place)
        flows = cast("list[dict[str, dict[str, object]]]", self.long.read(element, place))
        return [{**flow.pop("classification", {}), **flow} for flow in flows]


@frozen
class _Field:
    """One key of an object, and the element, attribute or text that it is in XML."""

    key: str
    name: str
    shape: _Shape
    repeated: bool = False
    """Whether the element stands once for each item of a list."""
    most: int | None = None
    """How many items XML has a place for."""
    single: bool = False
    """Whether JSON may hold one value in place of a list of one; XML cannot tell them apart."""
    empty: bool = False
    """Whether absence means an empty list."""
    required: bool = False
    """Whether JSON must have it: what need not be there is absent where XML has no text."""

    def write(self, output: _Output, value: object, place: _Place) -> None:
        if not self.repeated or (self.single and not isinstance(value, list)):
            self.shape.write(output, self.name, value, place)
            return
        items = _list(value, place)
        if self.most is not None and len(items) > self.most:
            _refuse(place, f"XML of this version has a place for {self.most} of these, not for {len(items)}")
        for number, item in enumerate(items):
            self.shape.write(output, self.name, item, (*place, number))

    def read(self, elements: list[Element], place: _Place) -> object:
        if self.repeated:
            return [self.shape.read(element, (*place, number)) for number, element in enumerate(elements)]
        first = self.shape.read(elements[0], place)
        if len(elements) > 1:
            if not isinstance(self.shape, _Wrapped):
                _refuse(place, f"<{self.name}> stands {len(elements)} times")
            for element in elements[1:]:
                first = [*cast("list[object]", first), *cast("list[object]", self.shape.read(element, place))]
        return first


@mutable
class _Record:
    """An object: attributes, elements in the order of the XSD, or attributes and text."""

    attributes: Mapping[str, _Field] = field(factory=dict)
    """By key."""
    elements: Mapping[str, _Field] = field(factory=dict)
    """By key, in order."""
    content: _Field | None = None
    """The key whose value is the text of the element."""
    by_attribute: Mapping[str, _Field] = field(factory=dict)
    by_element: Mapping[str, _Field] = field(factory=dict)
    order: Mapping[str, int] = field(factory=dict)
    """Of the keys in JSON, as its schema has them."""

    def write(self, output: _Output, tag: str, value: object, place: _Place, attributes: str = "") -> None:
        held = _object(value, place)
        start = tag + attributes
        known = 0
        for key, each in self.attributes.items():
            if key in held:
                leaf = cast("_Leaf", each.shape)
                start += f" {each.name}={_quoted(leaf.text(held[key], (*place, key)))}"
                known += 1
        if self.content is not None:
            text = ""
            if self.content.key in held:
                leaf = cast("_Leaf", self.content.shape)
                text = _escaped(leaf.text(held[self.content.key], (*place, self.content.key)))
                known += 1
            self._all(held, known, place)
            output.add(start, text, tag)
            return
        children = [each for key, each in self.elements.items() if key in held]
        self._all(held, known + len(children), place)
        # An empty list of elements that are repeated writes none.
        if not any(not each.repeated or held[each.key] != [] for each in children):
            output.add(start, "", tag)
            return
        output.open(start)
        inner = output.deeper()
        for each in children:
            each.write(inner, held[each.key], (*place, each.key))
        output.close(tag)

    def _all(self, held: Mapping[str, object], known: int, place: _Place) -> None:
        if known == len(held):
            return
        content = {self.content.key} if self.content else set()
        (first, *_) = [k for k in held if k not in self.attributes and k not in self.elements and k not in content]
        _refuse((*place, first), "XML of this version has no place for it")

    def read(self, element: Element, place: _Place) -> object:
        held: dict[str, object] = {}
        for name, text in element.attrib.items():
            each = self.by_attribute.get(name)
            if each is None:
                _refuse(place, f"JSON has no place for the attribute {name} of <{_local(element)}>")
            held[each.key] = cast("_Leaf", each.shape).value(text, (*place, each.key))
        if self.content is not None:
            text = _text(element, place)
            if text or self.content.required:
                held[self.content.key] = cast("_Leaf", self.content.shape).value(text, (*place, self.content.key))
            return held
        _no_text(element, place)
        found: dict[str, list[Element]] = {}
        for child in element:
            found.setdefault(_local(child), []).append(child)
        for name, children in found.items():
            each = self.by_element.get(name)
            if each is None:
                _refuse(place, f"JSON has no place for <{name}> here")
            held[each.key] = each.read(children, (*place, each.key))
        for each in self.by_element.values():
            if each.empty:
                held.setdefault(each.key, [])
        return dict(sorted(held.items(), key=lambda item: self.order[item[0]]))


# -- from the schemas to shapes ------------------------------------------------------------------------

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_OTHER_NAMES: Final = {
    "content-type": "contentType",
    "cryptoRef": "cryptoRefArray",
    "dependency": "dependsOn",
    "details": "expressionDetails",
    "individual": "contact",
    "license-identifier": "licenseIdentifier",
    "responses": "response",
}
"""The elements and attributes of XML that are other keys in JSON, where JSON does not have them by their own name."""

_TEXT_KEYS: Final = ("content", "value", "expression", "classification")
"""The keys that XML may write as the text of an element that has attributes besides."""

_LISTS_OF_SEVERAL: Final = (
    ["expression", "license"],
    ["expression", "expression-detailed", "license"],
    ["components", "services", "tool"],
    ["dataset", "ref"],
    ["environmentVar", "value"],
    ["patent", "patentFamily"],
    ["classification", "dataflow"],
)
"""The names of elements that stand together below one that is a list in JSON."""

_AS_WRITTEN: Final = ("xs:string", "xs:normalizedString")
_UNBOUNDED: Final = "unbounded"
_PERSON: Final = frozenset({"email", "phone"})


@lru_cache(maxsize=len(VERSIONS))
def _root(version: str) -> _Shape:
    schema = json_schema(version)
    maker = _Maker(xml_schema(version), schema)
    (root,) = (e for e in maker.xsd if e.tag == _XS + "element" and e.get("name") == "bom")
    return maker.shape(root, {**schema.root, "type": "object"})


@frozen(eq=False)
class _Maker:
    """Makes the shapes of one version."""

    xsd: Element
    schema: JsonSchema
    types: Mapping[str, Element] = field(init=False)
    made: dict[tuple[int, int], _Record] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(
            self, "types", {name: e for e in self.xsd if (name := e.get("name")) and e.tag != _XS + "element"}
        )

    def complex_type(self, element: Element) -> Element | None:
        """Return the type of *element* when it is more than text."""
        name = element.get("type", "").removeprefix("bom:")
        declared = self.types.get(name)
        inline = element.find(_XS + "complexType")
        found = inline if declared is None else declared
        return found if found is not None and found.tag == _XS + "complexType" else None

    def children(self, kind: Element) -> Iterator[tuple[Element, bool]]:
        """Yield the elements that *kind* may hold, in order, and whether they may stand several times."""
        waiting = [(kind, False)]
        while waiting:
            at, many = waiting.pop()
            if at.tag == _XS + "element":
                yield at, many or at.get("maxOccurs") == _UNBOUNDED
                continue
            inside = [
                (each, many or at.get("maxOccurs") == _UNBOUNDED)
                for each in at
                if each.tag in {_XS + "sequence", _XS + "choice", _XS + "element"}
            ]
            waiting += reversed(inside)

    def attributes(self, kind: Element) -> Iterator[Element]:
        """Yield the attributes of *kind*."""
        for each in (*kind, *kind.iterfind(f"{_XS}simpleContent/{_XS}extension/*")):
            if each.tag == _XS + "attribute":
                yield each
            elif each.tag == _XS + "attributeGroup":
                yield from self.attributes(self.types[each.get("ref", "").removeprefix("bom:")])

    def leaf(self, declared: Element, node: Mapping[str, object]) -> _Leaf:
        """Return the shape of text that the XSD declares, with the type that JSON gives it."""
        kind = self.kind(node)
        return _Leaf(kind if kind in {"boolean", "integer", "number"} else "string", self.strips(declared))

    def kind(self, node: Mapping[str, object]) -> str:
        """Return the type of values at *node*; empty where there may be several."""
        kinds = self.schema.kinds(node)
        return next(iter(kinds)) if len(kinds) == 1 else ""

    def strips(self, declared: Element) -> bool:
        """Tell whether white space around a value of the type of *declared* is none of it."""
        name = declared.get("type") or declared.get("base")
        while name is not None and name.startswith("bom:"):
            restriction = self.types[name.removeprefix("bom:")].find(_XS + "restriction")
            name = None if restriction is None else restriction.get("base")
        if name is None:
            restriction = declared.find(f"{_XS}simpleType/{_XS}restriction")
            name = "xs:string" if restriction is None else restriction.get("base")
        return name not in _AS_WRITTEN

    def shape(self, element: Element, node: Mapping[str, object]) -> _Shape:
        """Return how a value of *node* of the JSON schema stands as *element* of the XSD."""
        node = self.schema.resolved(node)
        kind = self.complex_type(element)
        properties = self.schema.properties(node)
        if kind is None:
            if len(properties) == 1:
                ((key, inner),) = properties.items()
                return _Boxed(key, self.leaf(element, inner))
            return self.leaf(element, node)
        special = self.special(kind, node)
        if special is not None:
            return special
        if self.kind(node) == "array":
            ((child, _),) = self.children(kind)
            return _Wrapped(child.get("name", ""), self.shape(child, self.schema.items(node)))
        if not properties:
            return _Ref()
        return self.record(kind, properties, (id(kind), id(node)))

    def record(
        self, kind: Element, properties: Mapping[str, Mapping[str, object]], identity: tuple[int, int]
    ) -> _Record:
        """Return the shape of an object with *properties*; components hold components, and their shape itself."""
        if identity in self.made:
            return self.made[identity]
        record = self.made[identity] = _Record()

        def key_of(declared: Element) -> str | None:
            name = declared.get("name", "")
            other = _OTHER_NAMES.get(name, name)
            return name if name in properties else other if other in properties else None

        attributes = [(key, each) for each in self.attributes(kind) if (key := key_of(each)) is not None]
        record.attributes = {
            key: _Field(key, each.get("name", ""), self.leaf(each, properties[key])) for key, each in attributes
        }
        extension = kind.find(f"{_XS}simpleContent/{_XS}extension")
        if extension is not None:
            key = next(k for k in _TEXT_KEYS if k in properties and k not in record.attributes)
            record.content = _Field(key, "", self.leaf(extension, properties[key]), required=key != "value")
        fields: dict[str, _Field] = {}
        for element, many in self.children(kind):
            key_or_none = key_of(element)
            if key_or_none is not None:
                fields.setdefault(key_or_none, self.field(element, key_or_none, properties[key_or_none], many=many))
        record.elements = fields
        record.order = {key: number for number, key in enumerate(properties)}
        record.by_attribute = {each.name: each for each in record.attributes.values()}
        record.by_element = {each.name: each for each in fields.values()}
        return record

    def field(self, element: Element, key: str, node: Mapping[str, object], *, many: bool) -> _Field:
        """Return how *key* stands as *element*."""
        name = element.get("name", "")
        kinds = self.schema.kinds(node)
        if "array" not in kinds or self.wraps(element, node):
            return _Field(key, name, self.shape(element, node))
        items = self.schema.items(node)
        kind = self.complex_type(element)
        shape = self.shape(element, items)
        if kind is not None and kind.get("mixed") == "true":
            shape = _Mixed(shape)
        single = "object" in kinds
        most = None if many else 1
        return _Field(key, name, shape, repeated=True, most=most, single=single, empty=key == "dependsOn")

    def wraps(self, element: Element, node: Mapping[str, object]) -> bool:
        """Tell whether *element* holds a list, and is not repeated for each item."""
        kind = self.complex_type(element)
        if kind is None:
            return False
        children = list(self.children(kind))
        if sorted({child.get("name", "") for child, _ in children}) in _LISTS_OF_SEVERAL:
            return True
        if len(children) != 1 or not children[0][1] or any(True for _ in self.attributes(kind)):
            return False
        return element.get("maxOccurs") != _UNBOUNDED or children[0][0].get("name") not in self.schema.properties(
            self.schema.items(node)
        )

    def special(self, kind: Element, node: Mapping[str, object]) -> _Shape | None:
        """Return the shape where JSON and XML part ways further than names and lists."""
        children = {e.get("name", ""): e for e, _ in self.children(kind)}
        schema = self.schema
        match sorted(children):
            case ["expression", "license"] | ["expression", "expression-detailed", "license"]:
                return self.licenses(children, schema.items(node))
            case ["components", "services", "tool"]:
                old, new = schema.alternative(node, "array"), schema.alternative(node, "object")
                return _Tools(
                    _Wrapped("tool", self.shape(children["tool"], schema.items(old))),
                    self.record(kind, schema.properties(new), (id(kind), id(new))),
                )
            case ["dataset", "ref"]:
                reference, data = schema.parted(schema.items(node), "ref")
                ref = self.shape(children["ref"], schema.properties(reference)["ref"])
                return _Choice(
                    (
                        _Alternative("ref", lambda value: isinstance(value, dict) and "ref" in value, ref, "ref"),
                        _Alternative("dataset", _is_object, self.shape(children["dataset"], data)),
                    ),
                    many=True,
                )
            case ["environmentVar", "value"]:
                of_property = schema.alternative(schema.items(node), "object")
                return _Choice(
                    (
                        _Alternative("value", lambda value: isinstance(value, str), _Leaf()),
                        _Alternative("environmentVar", _is_object, self.shape(children["environmentVar"], of_property)),
                    ),
                    many=True,
                )
            case ["patent", "patentFamily"]:
                family, patent = schema.parted(schema.items(node), "familyId")
                return _Choice(
                    (
                        _Alternative(
                            "patentFamily",
                            lambda value: isinstance(value, dict) and "familyId" in value,
                            self.shape(children["patentFamily"], family),
                        ),
                        _Alternative("patent", _is_object, self.shape(children["patent"], patent)),
                    ),
                    many=True,
                )
            case ["classification", "dataflow"]:
                items = schema.items(node)
                return self.flows(children, items)
            case ["contact", "organization", "ref"] | ["individual", "organization"] if not (
                {"organization", "individual"} & schema.properties(node).keys()
            ):
                person, entity = schema.parted(node, "email")
                tag = "contact" if "contact" in children else "individual"
                found = [
                    _Alternative(tag, _is_person, self.shape(children[tag], person)),
                    _Alternative("organization", _is_object, self.shape(children["organization"], entity)),
                ]
                if "ref" in children:
                    found.insert(0, _Alternative("ref", lambda value: isinstance(value, str), _Leaf()))
                return _Choice(tuple(found), many=False)
        return None

    def licenses(self, children: Mapping[str, Element], node: Mapping[str, object]) -> _Shape:
        """Return the shape of a list of licences and expressions."""
        properties = self.schema.properties(node)
        held = {key: value for key, value in properties.items() if key != "license"}
        found = [
            _Alternative(
                "license",
                lambda value: isinstance(value, dict) and "license" in value,
                self.shape(children["license"], properties["license"]),
                "license",
            )
        ]
        for tag in ("expression-detailed", "expression"):
            if tag in children:
                kind = self.complex_type(children[tag])
                assert kind is not None  # noqa: S101 - it has attributes
                record = self.record(kind, held, (id(kind), id(node)))
                found.append(_Alternative(tag, _says_more if "-" in tag else _is_object, record))
        return _Choice(tuple(found), many=True)

    def flows(self, children: Mapping[str, Element], items: Mapping[str, object]) -> _Shape:
        """Return the shape of the data of a service."""
        properties = self.schema.properties(items)
        short = self.shape(children["classification"], items)
        kind = self.complex_type(children["dataflow"])
        assert kind is not None  # noqa: S101 - it has elements
        long = self.record(kind, {k: v for k, v in properties.items() if k != "flow"}, (id(kind), id(items)))
        told = {
            key: (_Field(key, key, short) if key == "classification" else each) for key, each in long.elements.items()
        }
        long.elements = told
        long.by_element = {each.name: each for each in told.values()}
        return _Flows(_Wrapped("classification", short), _Wrapped("dataflow", long))


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_person(value: object) -> bool:
    return isinstance(value, dict) and not _PERSON.isdisjoint(value)


def _says_more(value: object) -> bool:
    """Tell whether an expression has what XML has no attribute for."""
    return isinstance(value, dict) and not {"expressionDetails", "licensing", "properties"}.isdisjoint(value)


# -- small things --------------------------------------------------------------------------------------


def _object(value: object, place: _Place) -> Mapping[str, object]:
    if not isinstance(value, dict):
        _refuse(place, f"{_short(value)} is no object")
    return value


def _list(value: object, place: _Place) -> list[object]:
    if not isinstance(value, list | tuple):
        _refuse(place, f"{_short(value)} is no list")
    return list(value)


def _local(element: Element) -> str:
    """Return the name of *element*; with its namespace where that is not the one of CycloneDX."""
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace.startswith("{" + _NAMESPACE) else element.tag


def _text(element: Element, place: _Place) -> str:
    if len(element):
        _refuse(place, f"<{_local(element)}> holds <{_local(element[0])}>, and should hold text alone")
    return element.text or ""


def _no_text(element: Element, place: _Place) -> None:
    for text in (element.text, *(child.tail for child in element)):
        if text and not text.isspace():
            _refuse(place, f"<{_local(element)}> holds the text {_short(text.strip())}, for which there is no place")


def _no_attributes(element: Element, place: _Place) -> None:
    for name in element.attrib:
        _refuse(place, f"JSON has no place for the attribute {name} of <{_local(element)}>")


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})  # A parser reads a bare one as the end of a line.


def _quoted(text: str) -> str:
    escaped = escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f'"{escaped}"'


_SHOWN: Final = 60


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _refuse(place: _Place, why: str) -> Never:
    raise MisfitError(place, why)
