"""The card beside the weights of a model, or the files of a dataset, that lie in the scanned tree."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import cards
from aibom.bill import Card, Enrichment, Kind
from aibom.enrichment import of_said

if TYPE_CHECKING:
    from aibom.bill import Component

__all__ = ["LocalCard"]

_LARGEST: Final = 4 * 1024 * 1024
_BESIDE: Final = ("config.json", "adapter_config.json", "model_index.json", "dataset_infos.json")
"""Files beside which a README describes a model or a dataset, even without front matter."""
_SPACE: Final = "sdk"
"""The key that makes the front matter that of a Space, which is a program."""


class LocalCard:
    """
    The model or dataset card that lies beside what was scanned.

    That is a ``README.md`` in the folder of a local component: with front matter, or beside a configuration. The scan
    has read its front matter in part; this reads all of it, and its sections. *root* is the folder that was scanned;
    without one nothing is known.
    """

    name = "local-card"
    summary = "The model or dataset card beside a local component: its front matter and its sections."

    def __init__(self, root: str | os.PathLike[str] | None = None) -> None:
        self._root = None if root is None else Path(root)

    def enrich(self, component: Component) -> Enrichment:
        """Return what the card beside *component* says; nothing about what does not lie in the tree."""
        if self._root is None or component.provider != "local" or component.kind not in {Kind.MODEL, Kind.DATASET}:
            return Enrichment()
        path = self._card(component.origin or component.name)
        if path is None:
            return Enrichment()
        try:
            text = path.read_bytes()[:_LARGEST].decode("utf-8", "replace")
        except OSError:
            return Enrichment()
        front = cards.parse(text)
        beside = any((path.parent / name).is_file() for name in _BESIDE)
        if _SPACE in front.values or not (front.values or beside):
            return Enrichment()
        where = path.relative_to(os.path.realpath(self._root)).as_posix()
        said = cards.of_readme(text, dataset=component.kind is Kind.DATASET, source=f"file:{where}")
        known = of_said(component, said)
        stated = {(name, fact.value) for name, fact in component.card.facts}
        have = {licence.value for licence in component.licences}
        return evolve(
            known,
            card=Card(
                [(name, fact) for name, fact in known.card.facts if (name, fact.value) not in stated],
                [] if component.card.metrics else known.card.metrics,
            ),
            licences=[licence for licence in known.licences if licence.value not in have],
        )

    def _card(self, name: str) -> Path | None:
        """Return the card in the folder that *name* is, or lies in; None when there is none within the tree."""
        root = Path(os.path.realpath(self._root or ""))
        place = Path(os.path.realpath(root / name))
        folder = place if place.is_dir() else place.parent
        path = Path(os.path.realpath(folder / "README.md"))
        return path if path.is_relative_to(root) and path.is_file() else None
