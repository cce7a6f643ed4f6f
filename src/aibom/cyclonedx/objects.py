"""Objects of cyclonedx-python-lib that bring along what the library has no place for: model cards, data, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self, cast
from xml.etree.ElementTree import Element, fromstring, tostring

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component
from cyclonedx.schema import SchemaVersion
from cyclonedx.schema.schema import SCHEMA_VERSIONS
from py_serializable import ObjectMetadataLibrary, SerializationType
from py_serializable.helpers import BaseHelper

from aibom.cyclonedx.versions import as_version
from aibom.cyclonedx.xml import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from py_serializable import ViewType

__all__ = ["OF_BOM", "OF_COMPONENT", "RichBom", "RichComponent"]

_VERSIONS: Final[Mapping[type[ViewType], str]] = {
    view: v.to_version() for v, view in SCHEMA_VERSIONS.items() if v >= SchemaVersion.V1_5
}
"""The versions that have a place for all this, by what the library calls a view."""

OF_COMPONENT: Final[Mapping[str, tuple[str, ...]]] = {
    "modelCard": ("cryptoProperties", "patentAssertions", "tags", "signature"),
    "data": ("cryptoProperties", "patentAssertions", "tags", "signature"),
}
OF_BOM: Final[Mapping[str, tuple[str, ...]]] = {
    "compositions": ("properties", "vulnerabilities", "declarations", "definitions"),
    "annotations": ("declarations", "definitions"),
    "formulation": ("declarations", "definitions"),
}
"""
What the library has no place for, in the order of the XML schema, and which of its elements stand behind that.

Of cyclonedx-python-lib 11.12.0; its issues 578, 912 and 913 ask for it.
"""


class _Rich:
    """Writes ``aibom_parts``, a part of a document by its key, beside what the library writes."""

    aibom_parts: Mapping[str, object]
    _aibom_keys: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, plain: object, parts: Mapping[str, object]) -> Self:
        """Return *plain*, an object of the library, with *parts*; it shares everything else with it."""
        rich = cls.__new__(cls)
        rich.__dict__.update(vars(plain), aibom_parts=parts)
        return rich

    def _aibom_document(self) -> dict[str, Any]:
        """Return a document of nothing but these parts."""
        raise AssertionError

    def as_xml(
        self,
        view_: type[ViewType] | None = None,
        as_string: bool = True,  # noqa: FBT001, FBT002 - py-serializable's own signature
        element_name: str | None = None,
        xmlns: str | None = None,
    ) -> Element | str:
        """Return the element that py-serializable makes, with the further parts in their places."""
        # It puts `as_xml` into classes, which its types do not show.
        element = super().as_xml(view_, as_string=False, element_name=element_name, xmlns=xmlns)  # type: ignore[misc]
        if view_ is not None and view_ in _VERSIONS:
            new = self._aibom_elements(_VERSIONS[view_])
            for key, behind in self._aibom_keys.items():
                names = [child.tag.rpartition("}")[2] for child in element]
                at = next((i for i, name in enumerate(names) if name in behind), len(names))
                for number, child in enumerate(new.get(key, ())):
                    element.insert(at + number, _named(child, xmlns))
        return tostring(element, "unicode") if as_string else cast("Element", element)

    def aibom_json(self, key: str, version: str) -> object:
        """Return the part *key* as *version* has it; None where there is none."""
        if key not in self.aibom_parts or version != "1.5":  # Later versions take nothing away.
            return self.aibom_parts.get(key)
        return self._aibom_within(as_version(self._aibom_document(), version)).get(key)

    def _aibom_within(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what holds the parts in what `_aibom_document` returns."""
        return document

    def _aibom_elements(self, version: str) -> dict[str, list[Element]]:
        root = fromstring(dump(as_version(self._aibom_document(), version, xml=True)))  # noqa: S314 - our own text
        found: dict[str, list[Element]] = {}
        for child in self._aibom_holder(root):
            found.setdefault(child.tag.rpartition("}")[2], []).append(child)
        return found

    def _aibom_holder(self, root: Element) -> Iterable[Element]:
        return root


def _part(key: str) -> property:
    """Return the property that names *key* to py-serializable, which asks objects for what it writes."""

    def part(self: _Rich) -> tuple[_Rich, str] | None:
        return (self, key) if key in self.aibom_parts else None

    return property(part)


class RichComponent(_Rich, Component):
    """A component with a model card or data."""

    _aibom_keys = OF_COMPONENT

    def _aibom_document(self) -> dict[str, Any]:
        component = {"type": self.type.value, "name": self.name, **self.aibom_parts}
        return {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component]}

    def _aibom_within(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        component: Mapping[str, Any] = document["components"][0]
        return component

    def _aibom_holder(self, root: Element) -> Iterable[Element]:
        return root[0][0]


class RichBom(_Rich, Bom):
    """A document with compositions and annotations."""

    _aibom_keys = OF_BOM

    def _aibom_document(self) -> dict[str, Any]:
        return {"bomFormat": "CycloneDX", "specVersion": "1.6", **self.aibom_parts}


RichBom.__name__ = "Bom"  # py-serializable makes the name of the root element of it.


def _named(element: Element, xmlns: str | None) -> Element:
    """Return *element* in the namespace *xmlns*; attributes too, as the library has it, else ElementTree refuses."""
    prefix = "" if xmlns is None else f"{{{xmlns}}}"
    for each in element.iter():
        each.tag = prefix + each.tag.rpartition("}")[2]
        for name in list(each.attrib):
            each.attrib[prefix + name.rpartition("}")[2]] = each.attrib.pop(name)
    element.tail = None
    return element


class _AsStated(BaseHelper):
    """Writes a part as the document has it: in JSON here, in XML with its siblings."""

    @classmethod
    def json_normalize(cls, o: tuple[_Rich, str], *, view: type[ViewType] | None, **_: object) -> object:
        owner, key = o
        return owner.aibom_json(key, _VERSIONS.get(view, "")) if view is not None else None

    @classmethod
    def xml_normalize(cls, o: object, **_: object) -> None:  # noqa: ARG003 - py-serializable's own signature
        return None


def _register(rich: type[_Rich], base: type, keys: Iterable[str]) -> None:
    """
    Tell py-serializable of *rich*, which is written as *base*, and of the parts that it has besides.

    It looks up how to write an object by the name of its class, and a class that is derived has no entry. The
    registries are private, so the versions of both packages are bounded, and tested at both ends: `make lowest`.
    """
    library = ObjectMetadataLibrary
    known, name = (f"{each.__module__}.{each.__qualname__}" for each in (base, rich))
    library.klass_mappings[name] = library.klass_mappings[known]
    properties = dict(library.klass_property_mappings[known])
    for key in keys:
        setattr(rich, f"aibom_{key}", _part(key))
        properties[f"aibom_{key}"] = library.SerializableProperty(
            prop_name=f"aibom_{key}",
            prop_type=str,
            custom_names={SerializationType.JSON: key},
            custom_type=_AsStated,
            views=set(_VERSIONS),
        )
    library.klass_property_mappings[name] = properties


for _rich, _base, _keys in ((RichComponent, Component, OF_COMPONENT), (RichBom, Bom, OF_BOM)):
    _register(_rich, _base, _keys)
