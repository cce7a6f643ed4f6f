"""The cache of huggingface_hub on this machine: commits, cards, configurations and digests, without any network."""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import cards
from aibom.asking.client import default_endpoint, without_user
from aibom.bill import Card, Component, Enrichment, Kind, ModelFile, Resolution, Usage, is_commit
from aibom.cards import Said
from aibom.cards.record import FORMATS, of_config
from aibom.enrichment import of_said
from aibom.expressions import expression
from aibom.names import is_revision

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HuggingFaceCache", "default_folder"]

_NAME: Final = expression(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,95}(?:/[A-Za-z0-9][A-Za-z0-9_.-]{0,95})?")
_SHA256: Final = expression(r"[0-9a-f]{64}")
_LARGEST: Final = 4 * 1024 * 1024
"""The most bytes of a card or a configuration that are read."""
_MOST_FILES: Final = 10_000


def default_folder() -> Path:
    """
    Return where huggingface_hub keeps what it fetches: ``HF_HUB_CACHE``, else ``hub`` in ``HF_HOME``.

    Both as huggingface_hub reads them (docs, "Environment variables"); it is not imported, because it reads them once.
    """
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):  # The latter until huggingface_hub 1.0.
        if os.environ.get(name):
            return Path(os.path.expandvars(os.environ[name])).expanduser()
    home = os.environ.get("HF_HOME")
    if home:
        return Path(os.path.expandvars(home)).expanduser() / "hub"
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "huggingface" / "hub"


class HuggingFaceCache:
    """
    What huggingface_hub has fetched to this machine.

    That is the commit that would be loaded here without network, which may be an older one than the hub's, the card,
    the configuration, and the files that are there, with the SHA-256 of those in Git LFS: the cache calls them by it.
    No link out of a repository's folder is followed, and no path of the machine comes into the bill. *folder* is
    ``HF_HUB_CACHE``, else ``hub`` in ``HF_HOME``, unless it is given.

    >>> HuggingFaceCache("no/such/folder").enrich(Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B"))
    Enrichment(...)
    """

    name = "hf-cache"
    summary = "What huggingface_hub has fetched to this machine: the commit that would be loaded, card, files, digests."

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._folder = default_folder() if folder is None else Path(folder)

    def enrich(self, component: Component) -> Enrichment:
        """Return what the cache has of *component*; nothing where it has none of it, or not the revision."""
        kind = {Kind.MODEL: "models", Kind.DATASET: "datasets"}.get(component.kind)
        if kind is None or component.provider != "huggingface" or not _NAME.fullmatch(component.name):
            return Enrichment()
        hubs = {value for name, value in component.properties if name == "repository-url"}
        if component.hosted or hubs - {without_user(default_endpoint())}:  # It runs elsewhere, or is of another hub.
            return Enrichment()
        revisions = _revisions(component)
        for name in _names(component):
            folder = self._folder / f"{kind}--{name.replace('/', '--')}"
            if not folder.is_dir():
                continue
            repository = _Repository(folder, Path(os.path.realpath(folder)))
            here = {revision: commit for revision in revisions if (commit := repository.commit(revision)) is not None}
            if here:
                return _said(component, repository, here)
        return Enrichment()


def _names(component: Component) -> list[str]:
    """Return what huggingface_hub may have called *component*: its folders keep the name that was asked for."""
    asked = {e.requested for e in component.evidence if e.requested and _NAME.fullmatch(e.requested)}
    return [component.name, *sorted(asked - {component.name})]


def _revisions(component: Component) -> list[str]:
    """Return the revisions that uses ask for, the default branch, which is empty, first."""
    asked = {e.revision or "" for e in component.evidence if e.usage is not Usage.MENTION}
    return [component.commit] if component.commit else sorted(asked or {""})


@frozen
class _Repository:
    """The folder of one repository: ``refs``, ``snapshots`` and ``blobs``."""

    folder: Path
    real: Path
    """The same without links."""

    def inside(self, path: Path) -> Path | None:
        """Return the file that *path* leads to; None when that is none, or lies elsewhere."""
        real = Path(os.path.realpath(path))
        return real if real.is_relative_to(self.real) and real.is_file() else None

    def text(self, path: Path) -> str | None:
        """Return the text of the file at *path*; None when it is none of ours, or far too large."""
        real = self.inside(path)
        try:
            if real is None or real.stat().st_size > _LARGEST:
                return None
            return real.read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    def commit(self, revision: str) -> str | None:
        """Return the commit that *revision* means here; None when it is not here."""
        if is_commit(revision):
            commit: str | None = revision.lower()
        else:
            named = revision or "main"
            if not is_revision(named):
                return None
            commit = (self.text(self.folder.joinpath("refs", *named.split("/"))) or "").strip().lower()
        return commit if is_commit(commit) and self.snapshot(commit or "").is_dir() else None

    def snapshot(self, commit: str) -> Path:
        """Return the folder of what was fetched of *commit*."""
        return self.folder / "snapshots" / commit

    def files(self, commit: str, source: str) -> Iterator[ModelFile]:
        """Yield the files that are here of *commit*."""
        top = self.snapshot(commit)
        for place, folders, names in os.walk(top, followlinks=False):
            folders.sort()
            for name in sorted(names):
                path = Path(place, name)
                real = self.inside(path)
                if real is None:
                    continue
                try:
                    size = real.stat().st_size
                except OSError:
                    continue
                inner = path.relative_to(top).as_posix()
                digest = real.name if path.is_symlink() and _SHA256.fullmatch(real.name) else ""
                ending = path.suffix.lower()
                yield ModelFile(inner, source, size, FORMATS.get(ending, ""), [("SHA-256", digest)] if digest else [])


def _said(component: Component, repository: _Repository, here: dict[str, str]) -> Enrichment:
    """Return what the *repository* says: of the first of the revisions that are *here*, and which commits they are."""
    dataset = component.kind is Kind.DATASET
    commit = next(iter(here.values()))
    at = f"hf-cache@{commit[:12]}"
    top = repository.snapshot(commit)
    card = repository.text(top / "README.md")
    said = Said() if card is None else cards.of_readme(card, dataset=dataset, source=f"{at}:README.md")
    config = _mapping(repository.text(top / "config.json")) if not dataset else {}
    known = of_said(component, said)
    files = list(islice(repository.files(commit, at), _MOST_FILES))
    return evolve(
        known,
        card=Card([*known.card.facts, *of_config(config, source=f"{at}:config.json")], known.card.metrics),
        files=files,
        # When the ref was written nobody knows; the hub may mean another commit by it today.
        resolutions=[Resolution(each, revision, "", "hf-cache") for revision, each in here.items() if each != revision],
    )


def _mapping(text: str | None) -> dict[str, object]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
