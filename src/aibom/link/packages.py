"""Find the modules of a tree that JavaScript imports by the name of a package, or by an alias of its own."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.link.modules import Source
    from aibom.syntax import Data

__all__ = ["Packages"]

_PREFIX: Final = "npm:"
_TSCONFIG: Final = expression(r"(?:^|/)[tj]sconfig(?:\.[\w-]+)?\.json$")
_MOST: Final = 2000
"""So many files of one tree are read for the names of packages, and for aliases."""
_MOST_EXTENDS: Final = 8
_CONDITIONS: Final = ("source", "development", "import", "module", "default", "require", "node", "types")
"""Of several targets of an export, in the order in which they most likely lead to what people wrote."""
_ENTRIES: Final = ("source", "module", "main", "types")
_BUILT: Final = expression(r"^(?:dist|lib|build|out|es|esm|cjs)(?:/(?:src|esm|cjs|es|node|browser))?/")
_USUAL: Final = ("src/index", "index", "src/main", "lib/index", "mod")
_SUFFIX: Final = expression(r"(?:\.d)?\.[cm]?[jt]sx?$")


@frozen
class _Alias:
    """``paths`` of a tsconfig.json or ``imports`` of a package.json."""

    folder: str
    pattern: str
    targets: tuple[str, ...]
    """From the root of the tree."""

    def stems(self, specifier: str) -> Iterator[str]:
        """Yield what *specifier* may mean."""
        before, star, after = self.pattern.partition("*")
        if not star:
            yield from self.targets if specifier == self.pattern else ()
        elif specifier.startswith(before) and specifier.endswith(after) and len(specifier) >= len(before + after):
            inside = specifier[len(before) : len(specifier) - len(after)]
            yield from (target.replace("*", inside) for target in self.targets)


class Packages:
    """
    The packages of a tree, as a workspace of npm, pnpm or yarn has them, and the aliases of its sources.

    What is said where: ``name`` and ``exports`` of package.json (nodejs.org/api/packages.html), ``compilerOptions`` of
    tsconfig.json (typescriptlang.org/tsconfig#paths). Nothing is read before something is looked for.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.aliases: list[_Alias] | None = None
        self.bases: list[str] = []
        """The folders that have a ``baseUrl``, and lead there."""
        self.entries: dict[str, tuple[str, Data]] = {}
        """The folder and the manifest of each package."""
        self.known: dict[tuple[str, str], tuple[str, tuple[str, ...]] | None] = {}

    def find(
        self, dotted: str, importer: str, script: Callable[[str], str | None]
    ) -> tuple[str, tuple[str, ...]] | None:
        """
        Return the file that ``npm:…`` *dotted* begins with and what remains of the name; None when it is not ours.

        *script* gives the path of a module without its ending.
        """
        if self.aliases is None:
            self._read()
        if not self.aliases and not self.entries and not self.bases:
            return None
        key = (dotted, importer)
        if key not in self.known:
            self.known[key] = self._found(dotted, importer, script)
        return self.known[key]

    def _found(
        self, dotted: str, importer: str, script: Callable[[str], str | None]
    ) -> tuple[str, tuple[str, ...]] | None:
        parts = dotted.removeprefix(_PREFIX).split(".")
        whole: tuple[str, tuple[str, ...]] | None = None
        for count in range(len(parts), 0, -1):
            stems = self._stems("/".join(parts[:count]), importer)
            path = next((p for p in map(script, stems) if p is not None and p != importer), None)
            if path is None:
                continue
            if count == len(parts):  # Rather a name that the package exports than a module in it that is called so.
                whole = path, ()
            elif whole is None or count == len(parts) - 1:
                return path, tuple(parts[count:])
        return whole

    def _stems(self, specifier: str, importer: str) -> Iterator[str]:
        folder = posixpath.dirname(importer)
        near = [a for a in self.aliases or () if not a.folder or f"{folder}/".startswith(f"{a.folder}/")]
        for alias in sorted(near, key=lambda a: (-len(a.folder), "*" in a.pattern, -len(a.pattern))):
            yield from alias.stems(specifier)
        name = "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])
        if name in self.entries:
            home, data = self.entries[name]
            yield from (_inside(home, stem) for stem in _exported(data, specifier[len(name) + 1 :]))
        for base in self.bases:
            yield _inside(base, specifier)

    # -- what manifests say --------------------------------------------------------------------------

    def _read(self) -> None:
        self.aliases = []
        paths = sorted(self.source.settings_paths, key=lambda p: (p.count("/"), p))
        manifests = [p for p in paths if posixpath.basename(p) == "package.json"][:_MOST]
        for path in manifests:
            self._manifest(path, self.source.settings(path))
        for path in [p for p in paths if _TSCONFIG.search(p)][:_MOST]:
            self._options(path)

    def _manifest(self, path: str, data: Data) -> None:
        folder = posixpath.dirname(path)
        name = data.get("name")
        if name is not None and isinstance(name.value, str):
            self.entries.setdefault(name.value, (folder, data))
        for pattern, targets in _grouped(data, "imports").items():
            self._add(folder, pattern, targets)

    def _options(self, path: str) -> None:
        """Take note of the aliases of a tsconfig.json, or of one that it extends."""
        folder, data, at = posixpath.dirname(path), self.source.settings(path), path
        for _ in range(_MOST_EXTENDS):
            found = _grouped(data, "compilerOptions", "paths")
            base = data.get("compilerOptions", "baseUrl")
            said = base.value if base is not None and isinstance(base.value, str) else None
            home = _inside(posixpath.dirname(at), said or ".")
            if said is not None and home not in self.bases:
                self.bases.append(home)
            for pattern, targets in found.items():
                self._add(folder, pattern, [_inside(home, t) for t in targets], whole=True)
            more = data.get("extends")
            if found or more is None or not isinstance(more.value, str) or not more.value.startswith("."):
                return
            at = _inside(posixpath.dirname(at), more.value if more.value.endswith(".json") else f"{more.value}.json")
            data = self.source.settings(at) if at in self.source.settings_paths else type(data)("json")

    def _add(self, folder: str, pattern: str, targets: Iterable[str], *, whole: bool = False) -> None:
        stems = tuple(t if whole else _inside(folder, t) for t in targets)
        if self.aliases is not None and pattern.strip("*") and stems:
            self.aliases.append(_Alias(folder, pattern, stems))


def _inside(folder: str, stem: str) -> str:
    return posixpath.normpath(f"{folder}/{stem}").lstrip("/")


def _grouped(data: Data, *keys: str) -> dict[str, list[str]]:
    """Return the texts under *keys* by the next key: what a pattern may mean."""
    found: dict[str, list[str]] = {}
    for entry in data.under(*keys):
        if isinstance(entry.value, str) and len(entry.keys) > len(keys):
            found.setdefault(entry.keys[len(keys)], []).append(entry.value)
    return found


def _exported(data: Data, inside: str) -> Iterator[str]:
    """Yield what a package gives under its own name, or under a path *inside* it; as built, and as written."""
    exports = _by_condition(data, f"./{inside}" if inside else ".")
    stems = [*exports, inside] if inside else [*exports, *_texts(data, _ENTRIES), *_USUAL]
    for stem in stems:
        plain = stem.removeprefix("./")
        yield plain
        if _SUFFIX.search(plain):
            yield _SUFFIX.sub("", plain)
        built = _SUFFIX.sub("", _BUILT.sub("", plain))
        yield from (f"src/{built}", built)


def _by_condition(data: Data, export: str) -> list[str]:
    """Return the targets of an export, those that are most likely sources first."""
    found: list[tuple[int, str]] = []
    for entry in data.under("exports"):
        path = [k for k in entry.keys[1:] if k.startswith(".")]
        if not isinstance(entry.value, str) or (path or ["."])[0] != export:
            continue
        last = entry.keys[-1]
        found.append((_CONDITIONS.index(last) if last in _CONDITIONS else len(_CONDITIONS), entry.value))
    return [value for _, value in sorted(found)]


def _texts(data: Data, keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        entry = data.get(key)
        if entry is not None and isinstance(entry.value, str):
            yield entry.value
