"""The card, the configuration and the text of the licence beside a model or a dataset in the scanned tree."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import cards
from aibom.bill import Card, Enrichment, Fact, Kind
from aibom.cards.record import of_config
from aibom.enrichment import of_said
from aibom.licences import is_licence_file, of_text

if TYPE_CHECKING:
    from aibom.bill import Component

__all__ = ["LocalCard"]

_LARGEST: Final = 4 * 1024 * 1024
_LONGEST_TEXT: Final = 256 * 1024
_MOST_TEXTS: Final = 3
_BESIDE: Final = ("config.json", "adapter_config.json", "model_index.json", "dataset_infos.json")
"""Files beside which a README describes a model or a dataset, even without front matter."""
_SPACE: Final = "sdk"
"""The key that makes the front matter that of a Space, which is a program."""


class LocalCard:
    """
    The model or dataset card, the configuration, and the text of the licence, that lie beside what was scanned.

    The card is a ``README.md`` in the folder of a local component: with front matter, or beside a configuration. The
    scan has read its front matter in part; this reads all of it, and its sections. The ``config.json`` of a model says
    how long its input may be, how it is quantized, and what code of its own it runs. A file such as ``LICENSE`` in that
    folder says under which licence the model is, where its text is one that is known; at the root of the tree it is
    that of the project, and says nothing of the model. *root* is the folder that was scanned; without one nothing is
    known.
    """

    name = "local-card"
    summary = "The card, the configuration and the text of the licence beside a local model or dataset."

    def __init__(self, root: str | os.PathLike[str] | None = None) -> None:
        self._root = None if root is None else Path(root)

    def enrich(self, component: Component) -> Enrichment:
        """Return what lies beside *component* says; nothing about what does not lie in the tree."""
        if self._root is None or component.provider != "local" or component.kind not in {Kind.MODEL, Kind.DATASET}:
            return Enrichment()
        root = Path(os.path.realpath(self._root))
        place = Path(os.path.realpath(root / (component.origin or component.name)))
        folder = place if place.is_dir() else place.parent
        if not folder.is_relative_to(root):
            return Enrichment()
        known = _by_card(component, root, folder)
        config = [] if component.kind is Kind.DATASET else _by_config(root, folder)
        stated = {(name, fact.value) for name, fact in (*component.card.facts, *known.card.facts)}
        return evolve(
            known,
            card=Card(
                [*known.card.facts, *((name, fact) for name, fact in config if (name, fact.value) not in stated)],
                known.card.metrics,
            ),
            licences=[*known.licences, *_by_text(root, folder)],
        )


def _by_config(root: Path, folder: Path) -> list[tuple[str, Fact]]:
    """Return what the ``config.json`` in *folder* states."""
    path = Path(os.path.realpath(folder / "config.json"))
    try:
        if not path.is_relative_to(root) or not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        config = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    where = path.relative_to(root).as_posix()
    return of_config(config, source=f"file:{where}") if isinstance(config, dict) else []


def _by_card(component: Component, root: Path, folder: Path) -> Enrichment:
    path = Path(os.path.realpath(folder / "README.md"))
    if not path.is_relative_to(root) or not path.is_file():
        return Enrichment()
    try:
        text = path.read_bytes()[:_LARGEST].decode("utf-8", "replace")
    except OSError:
        return Enrichment()
    front = cards.parse(text)
    beside = any((path.parent / name).is_file() for name in _BESIDE)
    if _SPACE in front.values or not (front.values or beside):
        return Enrichment()
    where = path.relative_to(root).as_posix()
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


def _by_text(root: Path, folder: Path) -> list[Fact]:
    """Return the licences whose texts lie in *folder*; at the root of a tree lies that of the project."""
    if folder == root:
        return []
    found = []
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if is_licence_file(entry.name))
        for name in names[:_MOST_TEXTS]:
            path = Path(os.path.realpath(folder / name))
            if path.is_relative_to(root) and path.is_file():
                with path.open("rb") as file:
                    key = of_text(file.read(_LONGEST_TEXT).decode("utf-8", "replace"))
                if key is not None:
                    found.append(Fact(key, f"file:{path.relative_to(root).as_posix()}"))
    except OSError:
        return found
    return found
