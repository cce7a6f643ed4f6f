"""Find what a file of Java, Kotlin, Go, Rust, C# or PHP means by a name: packages, namespaces, crates."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["PREFIXES", "Namespaces"]

_NAME: Final = rb"([A-Za-z_]\w*)"


@frozen
class _Family:
    """How the files of one or several languages find each other."""

    prefix: str
    """What the dotted names of its imports begin with."""
    suffixes: tuple[str, ...]
    declares: re.Pattern[bytes] = field(repr=False)
    """Finds what a file declares for others; it may find more."""
    package: re.Pattern[bytes] | None = field(default=None, repr=False)
    """Finds the package or the namespace that a file says it belongs to; by default that is its folder."""
    outer: bool = False
    """What the outer namespaces hold is seen too."""


_FAMILIES: Final = (
    _Family(
        "java:",
        (".java", ".kt", ".kts"),
        expression(rb"\b(?:class|interface|enum|record|object|val|var|fun|typealias)\s+(?:<[^<>]*>\s*)?" + _NAME),
        expression(rb"^\s*package\s+([\w.`]+)", re.MULTILINE),
    ),
    _Family(
        "dotnet:",
        (".cs",),
        expression(rb"\b(?:class|interface|enum|record|struct)\s+" + _NAME),
        expression(rb"^\s*namespace\s+([\w.]+)", re.MULTILINE),
        outer=True,
    ),
    _Family(
        "go:",
        (".go",),
        expression(rb"^(?:(?:func|type|var|const)\s+|[ \t]+)" + _NAME + rb"(?=\s|\(|\[|,)", re.MULTILINE),
    ),
    _Family(
        "php:",
        (".php",),
        expression(rb"\b(?:class|interface|enum|trait|function|const)\s+" + _NAME),
        expression(rb"^\s*namespace\s+([\w\\]+)", re.MULTILINE),
    ),
    _Family("rust:", (".rs",), expression(rb"(?!)")),
)
PREFIXES: Final = tuple(family.prefix for family in _FAMILIES)
_MODULE: Final = expression(rb'^\s*module\s+"?([^\s"]+)', re.MULTILINE)
_PLAIN: Final = str.maketrans({"`": None, "\\": "."})
_MOST_BYTES: Final = 1_000_000
"""A longer file declares nothing that anybody wrote."""


class Namespaces:
    """The packages, namespaces and crates of one tree, by what its files declare; read when a name leads there."""

    def __init__(self, paths: Iterable[str], data: Callable[[str], bytes]) -> None:
        self.paths = frozenset(paths)
        self.data = data
        self._families: dict[str, _Family] = {s: f for f in _FAMILIES for s in f.suffixes}
        self._declared: dict[str, dict[tuple[str, str], list[str]]] = {}
        self._packages: dict[str, str] = {}
        self._modules: dict[str, tuple[str, str] | None] = {}

    def family(self, path: str) -> _Family | None:
        """Return the family of languages that the file *path* belongs to."""
        return self._families.get(posixpath.splitext(path)[1])

    def find(self, dotted: str, importer: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the file that declares what the import *dotted* means, and what remains of the name."""
        prefix, _, name = dotted.partition(":")
        if prefix == "rust":
            return self._crate(tuple(name.split(".")), importer)
        if prefix == "go":
            return self._go(name, importer)
        family = next((f for f in _FAMILIES if f.prefix == f"{prefix}:"), None)
        parts = tuple(name.split("."))
        for count in range(len(parts) - 1, 0, -1) if family is not None else ():
            found = self._in_package(family, ".".join(parts[:count]), parts[count], importer)
            if found is not None:
                return found, parts[count:]
        return None

    def beside(self, name: str, path: str) -> str | None:
        """Return the file of the same package as *path*, but for that itself, which declares *name*."""
        family = self.family(path)
        if family is None or family.prefix == "rust:":
            return None
        package = self._package(family, path)
        while True:
            found = self._in_package(family, package, name, path)
            if found is not None and found != path:
                return found
            if not (family.outer and package):
                return None
            package = package.rpartition(".")[0]

    def _in_package(self, family: _Family | None, package: str, name: str, importer: str) -> str | None:
        """Return the file of *package* that declares *name*: of several, the one that shares most of its folders."""
        if family is None:
            return None
        found = [p for p in self._index(family).get((package, name), ()) if p != importer]
        return max(found, key=lambda p: len(posixpath.commonprefix([p, importer])), default=None)

    def _index(self, family: _Family) -> dict[tuple[str, str], list[str]]:
        index = self._declared.get(family.prefix)
        if index is None:
            index = self._declared[family.prefix] = defaultdict(list)
            for path in sorted(p for p in self.paths if p.endswith(family.suffixes)):
                data = self.data(path)
                if len(data) <= _MOST_BYTES:
                    package = self._package(family, path)
                    for name in {found[1] for found in family.declares.finditer(data)}:
                        index[package, name.decode("ascii", "replace")].append(path)
        return index

    def _package(self, family: _Family, path: str) -> str:
        if family.package is None:
            return posixpath.dirname(path)
        known = self._packages.get(path)
        if known is None:
            said = family.package.search(self.data(path))
            known = self._packages[path] = said[1].decode("ascii", "replace").translate(_PLAIN) if said else ""
        return known

    # -- Go ----------------------------------------------------------------------------------------

    def _go(self, name: str, importer: str) -> tuple[str, tuple[str, ...]] | None:
        """Return what the import of a package of the same module means: its folder is that below ``go.mod``."""
        for folder in _above(importer):
            module = self._module(folder)
            if module is not None and (name + "/").startswith((f"{module[1]}/", f"{module[1]}.")):
                inside, _, rest = name[len(module[1]) :].rpartition("/")
                last, *parts = rest.split(".")
                if not inside and not name[len(module[1]) :].startswith("/"):  # The package of the module itself.
                    last, inside = "", ""
                    parts = name[len(module[1]) :].strip(".").split(".")
                package = posixpath.normpath(posixpath.join(folder, inside.strip("/"), last)).removeprefix(".")
                if not parts or not parts[0]:
                    return None
                found = self._in_package(_FAMILIES[2], package, parts[0], importer)
                return (found, tuple(parts)) if found is not None else None
        return None

    def _module(self, folder: str) -> tuple[str, str] | None:
        """Return *folder* and the path of the module whose ``go.mod`` stands in it."""
        if folder not in self._modules:
            said = _MODULE.search(self.data(posixpath.join(folder, "go.mod")))
            self._modules[folder] = (folder, said[1].decode("utf-8", "replace")) if said else None
        return self._modules[folder]

    # -- Rust --------------------------------------------------------------------------------------

    def _crate(self, parts: tuple[str, ...], importer: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the file that a path of modules means, ``crate.models.CHAT``, and what remains of it."""
        base, rest = self._base(parts, importer)
        if base is None:
            return None
        for count in range(len(rest), -1, -1):
            stem = posixpath.join(base, *rest[:count])
            roots = (f"{stem}/lib.rs", f"{stem}/main.rs") if not count else ()
            for path in (*roots, f"{stem}.rs", f"{stem}/mod.rs"):
                if path.lstrip("/") in self.paths:
                    return path.lstrip("/"), rest[count:]
        return None

    def _base(self, parts: tuple[str, ...], importer: str) -> tuple[str | None, tuple[str, ...]]:
        """Return the folder that holds the modules which *parts* lead through, and the parts that are left."""
        folder, name = posixpath.split(importer)
        own = folder if name in {"mod.rs", "lib.rs", "main.rs"} else posixpath.join(folder, name.removesuffix(".rs"))
        match parts:
            case ("self", *rest):
                if not rest:
                    return None, ()
                return own, tuple(rest)
            case ("super", *rest):
                above = posixpath.dirname(own)
                while rest and rest[0] == "super":
                    above, rest = posixpath.dirname(above), rest[1:]
                return above, tuple(rest)
            case ("crate", *rest):
                return self._root(importer), tuple(rest)
            case (crate, *rest):  # Another crate of the same workspace.
                for title in (crate, crate.replace("_", "-")):
                    for outer in _above(importer):
                        for inside in (title, f"crates/{title}"):
                            root = posixpath.join(outer, inside, "src")
                            if f"{root}/lib.rs" in self.paths:
                                return root, tuple(rest)
                if f"{self._root(importer)}/lib.rs" in self.paths and importer.endswith(("/main.rs",)):
                    return self._named_like(crate, importer), tuple(rest)
            case _:
                pass
        return None, ()

    def _named_like(self, crate: str, importer: str) -> str | None:
        """Return the root of the crate that *importer* belongs to, when its manifest calls it *crate*."""
        root = self._root(importer)
        manifest = self.data(posixpath.join(posixpath.dirname(root), "Cargo.toml"))
        said = re.search(rb'^\s*name\s*=\s*"([\w-]+)"', manifest, re.MULTILINE)
        return root if said and said[1].decode().replace("-", "_") == crate else None

    def _root(self, importer: str) -> str:
        for folder in _above(importer):
            if any(f"{folder}/{name}".lstrip("/") in self.paths for name in ("lib.rs", "main.rs")):
                return folder
        return posixpath.dirname(importer)


def _above(path: str) -> Iterator[str]:
    """Yield the folders that *path* lies in, the nearest first."""
    while path:
        path = posixpath.dirname(path)
        yield path
