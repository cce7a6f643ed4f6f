"""The licences and home pages of AI libraries, as what is installed or locked in the scanned tree states them."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Mapping
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from aibom.bill import Card, Enrichment, Fact, Kind
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Component

__all__ = ["Libraries"]

_LARGEST: Final = 2 * 1024 * 1024
_LARGEST_LOCK: Final = 64 * 1024 * 1024
_MOST: Final = 20_000
_ENVIRONMENTS: Final = (".venv", "venv", "env", ".env", "__pypackages__", "vendor", "node_modules")
"""Folders at the root of a project in which its packages are installed."""
_CLASSIFIER: Final = "License :: OSI Approved :: "
_URL: Final = expression(r"https?://[^\s,<>\"']+")
_PROVIDERS: Final = frozenset({"composer", "npm", "pypi"})
_MOST_FOLDERS: Final = 200
_HOME: Final = expression(r"home ?-?page|home", re.IGNORECASE)


class Libraries:
    """
    The licence and the home page of AI libraries, as the tree states them.

    They are read from ``package-lock.json`` and ``composer.lock``, and from the metadata of what is installed in the
    project's own folders (``.venv``, ``node_modules``, …): never from the machine's own Python, and without network.
    The folders are the root of the tree, and those above the files that name the library. What is of another version
    than the code asks for says nothing. *root* is the folder that was scanned; without one nothing is known.
    """

    name = "libraries"
    summary = "Licences and home pages of AI libraries, from lock files and installed packages in the tree."

    def __init__(self, root: str | os.PathLike[str] | None = None) -> None:
        self._root = None if root is None else Path(root)
        self._lock = threading.Lock()
        self._known: dict[str, list[_Stated]] = {}

    def enrich(self, component: Component) -> Enrichment:
        """Return what the tree states of *component*."""
        if self._root is None or component.kind is not Kind.LIBRARY or component.provider not in _PROVIDERS:
            return Enrichment()
        root = Path(os.path.realpath(self._root))
        wanted = _normal(component.name) if component.provider == "pypi" else component.name
        for stated in self._of(root, _folders(component)):
            if (component.provider, wanted) != (stated.provider, stated.name):
                continue
            # Packages of Composer are tagged v1.2.0 or 1.2.0, and mean the same.
            if component.version is None or component.version.removeprefix("v") == stated.version.removeprefix("v"):
                facts = [("home-page", Fact(stated.home, stated.source))] if stated.home else []
                facts += [("installed-version", Fact(stated.version, stated.source))] if not component.version else []
                return Enrichment(card=Card(facts), licences=[Fact(value, stated.source) for value in stated.licences])
        return Enrichment()

    def _of(self, root: Path, folders: Iterable[str]) -> Iterator[_Stated]:
        """Yield what *folders* below *root* state, each read once."""
        for name in folders:
            with self._lock:
                if name not in self._known:
                    folder = Path(os.path.realpath(root / name))
                    inside = folder.is_relative_to(root) and folder.is_dir() and len(self._known) < _MOST_FOLDERS
                    self._known[name] = list(_all(root, folder)) if inside else []
                known = self._known[name]
            yield from known


def _folders(component: Component) -> list[str]:
    """Return the folders above the files that name *component*, the nearest first; the root of the tree is the last."""
    parents = {parent.as_posix() for e in component.evidence for parent in PurePosixPath(e.location.path).parents}
    return sorted(parents | {"."}, key=lambda name: (0 if name == "." else -len(name.split("/")), name))


class _Stated:
    """What a place in the tree states about one version of a package."""

    __slots__ = ("home", "licences", "name", "provider", "source", "version")

    def __init__(self, provider: str, name: str, version: str, licences: list[str], home: str, source: str) -> None:
        self.provider = provider
        self.name = name
        self.version = version
        self.licences = [" ".join(value.split())[:120] for value in licences]
        self.home = home
        self.source = source


def _normal(name: str) -> str:
    """Return the name of a distribution as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _all(root: Path, folder: Path) -> Iterator[_Stated]:
    """Yield what *folder* below *root* states, in an order that depends on names alone."""
    yield from _locked(root, folder / "package-lock.json")
    yield from _locked_by_composer(root, folder / "composer.lock")
    for name in _ENVIRONMENTS:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            yield from _installed(root, folder / name)


def _installed(root: Path, folder: Path) -> Iterator[_Stated]:
    seen = 0
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        seen += 1 + len(folders)
        if seen > _MOST:
            return
        here = Path(place)
        if here.name.endswith(".dist-info"):
            folders.clear()
            if "METADATA" in names:
                yield from _metadata(root, here / "METADATA")
        elif here.parent.name == "site-packages":
            folders.clear()  # The modules of a package hold no metadata.
        elif "package.json" in names and here.name != folder.name:
            yield from _package_json(root, here / "package.json")
            folders[:] = [name for name in folders if name == "node_modules"]


def _read(path: Path, root: Path, largest: int) -> str | None:
    try:
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(root) or not real.is_file() or real.stat().st_size > largest:
            return None
        return real.read_bytes().decode("utf-8", "replace")
    except OSError:
        return None


def _metadata(root: Path, path: Path) -> Iterator[_Stated]:
    """Yield what the core metadata of an installed distribution state (packaging.python.org, "Core metadata")."""
    text = _read(path, root, _LARGEST)
    if text is None:
        return
    said = HeaderParser().parsestr(text)
    licences = [said["License-Expression"]] if said["License-Expression"] else []
    classified = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith(_CLASSIFIER)]
    short = (said["License"] or "").strip()
    if not licences:
        # People put the whole text there; a line is a name.
        licences = [short] if short and "\n" not in short and len(short) <= 80 else classified  # noqa: PLR2004
    pages = [line.partition(",")[::2] for line in said.get_all("Project-URL") or ()]
    home = said["Home-page"] or next((url.strip() for label, url in pages if _HOME.fullmatch(label.strip())), "")
    name, version = said["Name"], said["Version"]
    if name and version:
        where = path.relative_to(root).as_posix()
        yield _Stated("pypi", _normal(name), version, licences, _page(home), f"file:{where}")


def _package_json(root: Path, path: Path) -> Iterator[_Stated]:
    said = _mapping(_read(path, root, _LARGEST))
    name, version = said.get("name"), said.get("version")
    if isinstance(name, str) and isinstance(version, str) and name and version:
        where = path.relative_to(root).as_posix()
        yield _Stated("npm", name, version, _npm_licences(said), _page(said.get("homepage")), f"file:{where}")


def _locked(root: Path, path: Path) -> Iterator[_Stated]:
    """Yield the licences that a ``package-lock.json`` of version 2 or 3 notes beside each package."""
    found = _mapping(_read(path, root, _LARGEST_LOCK)).get("packages")
    for place, said in sorted(found.items()) if isinstance(found, Mapping) else ():
        _, folder, name = place.rpartition("node_modules/")
        if not folder or not isinstance(said, Mapping):
            continue
        version, licences = said.get("version"), _npm_licences(said)
        if isinstance(version, str) and licences:
            yield _Stated("npm", name, version, licences, "", f"lockfile:{path.relative_to(root).as_posix()}")


def _locked_by_composer(root: Path, path: Path) -> Iterator[_Stated]:
    """Yield the licences and home pages that a ``composer.lock`` notes beside each package; several are a choice."""
    lock = _mapping(_read(path, root, _LARGEST_LOCK))
    for key in ("packages", "packages-dev"):
        listed = lock.get(key)
        for said in listed if isinstance(listed, list) else ():
            if not isinstance(said, Mapping):
                continue
            name, version, licences = said.get("name"), said.get("version"), said.get("license")
            several = [value for value in licences if isinstance(value, str)] if isinstance(licences, list) else []
            if isinstance(name, str) and isinstance(version, str):
                where = f"lockfile:{path.relative_to(root).as_posix()}"
                choice = [" OR ".join(several)] if several else []
                yield _Stated("composer", name.lower(), version, choice, _page(said.get("homepage")), where)


def _npm_licences(said: Mapping[str, object]) -> list[str]:
    value = said.get("license")
    if isinstance(value, Mapping):  # The form before npm 1.2.
        value = value.get("type")
    return [value] if isinstance(value, str) and value and not value.startswith("SEE LICENSE") else []


def _page(value: object) -> str:
    return value if isinstance(value, str) and _URL.fullmatch(value) else ""


def _mapping(text: str | None) -> dict[str, object]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
