"""What providers publish about hosted models: family, context length, modalities, and when they are shut down."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from aibom.bill import Card, Enrichment, Fact, Kind
from aibom.knowledge import hosted_models

if TYPE_CHECKING:
    from aibom.bill import Component
    from aibom.knowledge import HostedModel

__all__ = ["HostedModels"]

_FIELDS: Final = (
    ("family", "family"),
    ("context", "context-length"),
    ("deprecated", "deprecated"),
    ("shutdown", "shutdown"),
    ("successor", "successor"),
)


class HostedModels:
    """
    What the documentation of providers says about hosted models, by a table of aibom's own.

    Family, context length in tokens, what goes in and what comes out, and the days on which a model was deprecated and
    is shut down. Each row has its source and the day up to which it is known to hold. A name that the table does not
    have gets nothing: nothing is guessed from a name.

    >>> from aibom.bill import Component
    >>> known = HostedModels().enrich(Component(Kind.MODEL, "openai", "text-davinci-003", hosted=True))
    >>> known.card["shutdown"].value
    '2024-01-04'
    """

    name = "hosted-models"
    summary = "Family, context length, modalities and shutdown of hosted models, by a table with sources."

    def enrich(self, component: Component) -> Enrichment:
        """Return what the table has about *component*."""
        if component.kind is not Kind.MODEL or not component.hosted:
            return Enrichment()
        facts: list[tuple[str, Fact]] = []
        for row in hosted_models():
            if row.provider == component.provider and fnmatchcase(component.name, row.name):
                facts += [(name, fact) for name, fact in _facts(row) if not any(n == name for n, _ in facts)]
        return Enrichment(card=Card(facts))


def _facts(row: HostedModel) -> list[tuple[str, Fact]]:
    source = f"table:hosted-models ({row.source}, {row.known})"
    found = [(name, Fact(getattr(row, field), source)) for field, name in _FIELDS if getattr(row, field)]
    found += [("input-modality", Fact(value, source)) for value in row.inputs]
    return found + [("output-modality", Fact(value, source)) for value in row.outputs]
