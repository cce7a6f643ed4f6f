"""What the Croissant metadata of a dataset state (mlcommons.org/croissant, JSON-LD of schema.org)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from aibom.bill import Fact
from aibom.cards.metadata import Said, items, text
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["of_croissant"]

_FIELDS: Final = {
    "citeAs": "citation",
    "conformsTo": "croissant",
    "datePublished": "published",
    "description": "description",
    "inLanguage": "language",
    "isLiveDataset": "live",
    "keywords": "tag",
    "version": "version",
    "rai:dataBiases": "bias-risk",
    "rai:dataCollection": "curation",
    "rai:dataLimitations": "limitation",
    "rai:dataUseCases": "use-case",
    "rai:personalSensitiveInformation": "personal-data",
}
"""Properties of schema.org and of Croissant's vocabularies, and the facts of a card that they state."""
_SPDX: Final = expression(r"https?://(?:www\.)?spdx\.org/licenses/([\w.+-]+?)(?:\.html|\.json)?/?")
_CHOOSE: Final = expression(r"https?://choosealicense\.com/licenses/([\w.+-]+?)/?")


def of_croissant(metadata: Mapping[str, object], *, source: str) -> Said:
    """
    Return what *metadata*, the Croissant JSON-LD of a dataset, state; facts come from *source*.

    >>> said = of_croissant({"license": "https://choosealicense.com/licenses/mit/", "citeAs": "X"}, source="croissant")
    >>> said.licences, said.facts
    ((Fact(value='mit', source='croissant'),), (('citation', Fact(value='X', source='croissant')),))
    """
    facts = [
        (name, Fact(said, source))
        for key, name in _FIELDS.items()
        for each in items(metadata.get(key))
        if (said := text(each))
    ]
    facts += [("curator", Fact(name, source)) for name in _names(metadata.get("creator"))]
    licences = [Fact(_licence(text(each)), source) for each in items(metadata.get("license")) if text(each)]
    return Said(facts=tuple(dict.fromkeys(facts)), licences=tuple(dict.fromkeys(licences)))


def _names(value: object) -> Iterator[str]:
    """Yield the names of people and organizations."""
    for each in items(value):
        name = text(each.get("name")) if isinstance(each, Mapping) else text(each)
        if name:
            yield name


def _licence(stated: str) -> str:
    """Return the key of a licence that an address of a list of licences means; other text as it is."""
    found = _SPDX.fullmatch(stated) or _CHOOSE.fullmatch(stated)
    return found[1] if found is not None else stated
