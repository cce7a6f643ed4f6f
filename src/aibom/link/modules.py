"""The modules of a tree, and the names that each of them binds."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.knowledge import packages
from aibom.link.harms import harms_of
from aibom.link.limits import MOST_BRANCHES
from aibom.link.namespaces import PREFIXES, Namespaces
from aibom.link.options import variables
from aibom.syntax import Binding, Data, Scope
from aibom.syntax.values import Attribute, Call, Mapping, Name, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.link.harms import Harm
    from aibom.link.packages import Packages
    from aibom.syntax import Branch, Code, Parameter
    from aibom.syntax.values import Value

__all__ = ["Modules", "Source", "Table", "dotted_name", "in_tests"]

_ROOTS: Final = frozenset({"src", "lib", "python", "app"})
"""Folders that a project puts on Python's path."""
_INSTALLED: Final = frozenset({"setup.py", "pyproject.toml", "setup.cfg"})
_TESTS: Final = expression(
    r"(?:^|/)(?:tests?|testing|__tests__)/|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$"
    r"|(?:^|/)__mocks__/|\.(?:test|spec|stories)\.[cm]?[jt]sx?$"
    r"|_test\.go$|(?:^|/)(?:testdata|benches|androidTest|integrationTest|[\w.]*\.(?:Unit|Integration)?Tests?)/"
    r"|(?:^|/)(?:\w*(?:Tests?|IT|Spec)|Test\w+)\.(?:java|kt|cs|php)$|(?:^|/)tests\.rs$|_tests?\.rs$"
)


_SCRIPTS: Final = ("./", "../", "@/", "~/", "#/", "$lib/")
"""How the specifier of a JavaScript module of the same tree begins; the last four are aliases of a folder above."""
_ENDINGS: Final = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte")
_SUFFIXES: Final = (*_ENDINGS, *(f"/index{ending}" for ending in _ENDINGS[:8]))


class Source:
    """What `link` needs to know of the tree that is scanned: its modules, read and parsed on demand."""

    def __init__(
        self,
        paths: Iterable[str],
        code: Callable[[str], Code],
        data: Callable[[str], bytes],
        parsed: Iterable[str],
        own: str | None = None,
        *,
        settings: Callable[[str], Data] = lambda _: Data(""),
        settings_paths: Iterable[str] = (),
        images: Iterable[str] = (),
    ) -> None:
        self.paths = tuple(paths)
        """The paths of all files of source code that can be linked."""
        self.code = code
        """Returns the facts of a file; parses it when that has not been done."""
        self.data = data
        """Returns the bytes of a file."""
        self.parsed = frozenset(parsed)
        """The paths whose facts are there already."""
        self.own = own.lower().replace("-", "_") if own else None
        """The import name of the project that the tree is, where that is known."""
        self.settings = settings
        """Returns the values of a file of settings; reads it."""
        self.settings_paths = tuple(settings_paths)
        """The paths of the files of settings."""
        self.images = tuple(images)
        """The paths of the Dockerfiles."""


class Table:
    """The names of one module, ready to be looked up."""

    def __init__(self, path: str, code: Code) -> None:
        self.path = path
        if not code.scopes:  # Of settings, to which a name may lead.
            code = evolve(code, scopes=(Scope("module", "", -1, 1),))
        self.code = code
        self.bindings: list[dict[str, list[Binding]]] = []
        self.parameters: list[dict[str, Parameter]] = []
        self.children: dict[tuple[int, str], int] = {}
        """The functions and classes in a scope, by name."""
        for index, scope in enumerate(code.scopes):
            bound: dict[str, list[Binding]] = {}
            for binding in scope.bindings:
                bound.setdefault(binding.name, []).append(binding)
            self.bindings.append(bound)
            self.parameters.append({p.name: p for p in scope.parameters})
            last = scope.name.rpartition(".")[2]
            if index and not ((scope.parent, last) in self.children and _is_setter(scope)):
                self.children[scope.parent, last] = index
        for name, call, default in variables(code):
            where, root = call.scope, name.partition(".")[0]
            while where > 0 and root not in self.bindings[where] and root not in self.parameters[where]:
                where = code.scopes[where].parent
            self.bindings[where].setdefault(name, []).append(Binding(name, default, call.line, call.scope))
        self.imports: dict[str, str] = {}
        self.stars: list[str] = []
        """The modules of which all names are imported."""
        for imported in code.imports:
            if imported.name == "*":
                self.stars.append(imported.target.removesuffix(".*"))
            else:
                self.imports[imported.name] = imported.target

        self.declaring: list[Call] | None = None
        """The calls that may declare options of a command line, not in Python; None before they are looked for."""
        self.declared: dict[str, list[tuple[Call, Value | None]]] = {}
        """Of names of such options: the calls that declare them, with their defaults."""
        self.among: dict[int, tuple[frozenset[str], bool]] = {}
        """Of branches that ask whether something is among others: those that are known, and whether all are."""
        self._entries: frozenset[tuple[int, int]] | None = None
        self._segments: tuple[list[int], list[tuple[tuple[int, Branch], ...]]] | None = None

    def branches_at(self, line: int) -> tuple[tuple[int, Branch], ...]:
        """Return the branches that *line* is in, outermost first, with their numbers; of many the innermost."""
        if not self.code.branches:
            return ()
        if self._segments is None:
            self._segments = _segments(self.code.branches)
        starts, within = self._segments
        index = bisect_right(starts, line) - 1
        return within[index] if index >= 0 else ()

    @cached_property
    def harms(self) -> dict[int, tuple[Harm, ...]]:
        """What the functions and classes of the module can do with what they are given, by their scopes."""
        return harms_of(self.code)

    @property
    def entries(self) -> frozenset[tuple[int, int]]:
        """
        Return where the calls stand that make one of several things for somebody to pick from.

        They are the values of a dict, the elements of a constant list, or what is registered: ``register(Chat("id"))``.
        """
        if self._entries is None:
            self._entries = frozenset(_entries(self.code))
        return self._entries

    def owner(self, scope: int) -> int | None:
        """Return the class that the function *scope* stands in."""
        while scope > 0:
            if self.code.scopes[scope].kind == "class":
                return scope
            scope = self.code.scopes[scope].parent
        return None


def _segments(branches: Iterable[Branch]) -> tuple[list[int], list[tuple[tuple[int, Branch], ...]]]:
    """Return the lines where something begins or ends, and for each the branches that it and those after it are in."""
    numbered = list(enumerate(branches))
    starts: list[int] = []
    within: list[tuple[tuple[int, Branch], ...]] = []
    active: list[tuple[int, Branch]] = []
    at = 0
    for line in sorted({b.first for b in branches} | {b.last + 1 for b in branches}):
        active = [(n, b) for n, b in active if b.last >= line]
        while at < len(numbered) and numbered[at][1].first <= line:
            active.append(numbered[at])
            at += 1
        active = active[-MOST_BRANCHES:]
        starts.append(line)
        within.append(tuple(active))
    return starts, within


def _entries(code: Code) -> Iterator[tuple[int, int]]:
    for binding in (b for s in code.scopes for b in s.bindings):
        match binding.value:
            case Mapping(items=items):
                held = [v for _, v in items]
            case Sequence(items=inner) if binding.name.isupper():
                held = list(inner)
            case _:
                continue
        made = [v for v in held if isinstance(v, Call)]
        yield from ((v.line, v.column) for v in made if len(made) > 1)
    adding: dict[tuple[str, int], list[Call]] = defaultdict(list)
    for call in code.every_call:
        name = call.function.name if isinstance(call.function, Name | Attribute) else ""
        if _REGISTERS.match(name):
            adding[name, call.scope].append(call)
    for calls in adding.values():
        given = [a for c in calls for a in (*c.arguments, *(v for _, v in c.keywords)) if isinstance(a, Call)]
        yield from ((a.line, a.column) for a in given if len(calls) > _MANY)


_REGISTERS: Final = expression(r"_?(?:register|add)(?:_|$|[A-Z])")
_MANY: Final = 2
"""What is registered more often than that is picked from."""


def _is_setter(scope: Scope) -> bool:
    """Tell whether a method sets or deletes a property, which another method of the same name gives."""
    return any(isinstance(d, Attribute) and d.name in {"setter", "deleter"} for d in scope.decorators)


class Modules:
    """Finds the file of a dotted module name, as Python would from the importing file."""

    def __init__(
        self, paths: Iterable[str], manifests: Iterable[str] = (), data: Callable[[str], bytes] = lambda _: b""
    ) -> None:
        self.paths = frozenset(paths)
        self._found: dict[tuple[str, str], tuple[str, tuple[str, ...]] | None] = {}
        self.packages: Packages | None = None
        """The packages and aliases of JavaScript, where somebody can read manifests."""
        self.installed = frozenset(
            posixpath.dirname(p) for p in (*self.paths, *manifests) if posixpath.basename(p) in _INSTALLED
        )
        """The folders that hold what describes a package."""
        self.namespaces = Namespaces(self.paths, data)
        """The packages, namespaces and crates of Java, Kotlin, C#, Go and Rust."""
        self.by_last: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for path in sorted(self.paths):
            if path.endswith((".py", ".pyw")):
                parts = path.rpartition(".")[0].split("/")
                if parts[-1] == "__init__":
                    parts.pop()
                if parts:
                    self.by_last[parts[-1]].append((tuple(parts), path))

    def find(self, dotted: str, importer: str) -> tuple[str, tuple[str, ...]] | None:
        """
        Return the path of the longest module that *dotted* begins with, and what remains of the name.

        Leading dots are those of a relative import. None when the tree has no such module.
        """
        key = dotted, importer
        if key not in self._found:
            self._found[key] = self._find(dotted, importer)
        return self._found[key]

    def _find(self, dotted: str, importer: str) -> tuple[str, tuple[str, ...]] | None:
        if dotted.startswith(_SCRIPTS):
            own = self._script(dotted, importer)
            if own is not None or dotted.startswith(".") or self.packages is None:
                return own
            dotted = f"npm:{dotted.replace('/', '.')}"  # It may be an alias that a tsconfig.json defines.
        if dotted.startswith("npm:"):
            return self.packages.find(dotted, importer, self.script) if self.packages is not None else None
        if dotted.startswith(PREFIXES):
            return self.namespaces.find(dotted, importer)
        level = len(dotted) - len(dotted.lstrip("."))
        parts = tuple(p for p in dotted.lstrip(".").split(".") if p)
        folder = tuple(importer.split("/")[:-1])
        if level:
            return self._below(folder[: len(folder) - level + 1], parts)
        for count in range(len(parts), 0, -1):
            found = self._absolute(parts[:count], folder, importer)
            if found is not None:
                return found, parts[count:]
        return None

    def _script(self, dotted: str, importer: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the module of JavaScript that *dotted* begins with, ``./models.js.NAME``, and what remains."""
        folder, _, last = dotted.rpartition("/")
        parts = last.split(".")
        for base in _bases(folder, importer):
            for count in range(len(parts), 0, -1):
                path = self.script(posixpath.normpath(f"{base}/{'.'.join(parts[:count])}").lstrip("/"))
                if path is not None:
                    return path, tuple(parts[count:])
        return None

    def script(self, stem: str) -> str | None:
        """Return the module of JavaScript at *stem*, with or without its ending; None when there is none."""
        # TypeScript is imported by the name of what it becomes.
        source = re.sub(r"\.([cm]?)jsx?$", r".\1ts", stem)
        candidates = (stem, *(stem + s for s in _SUFFIXES), source, f"{source}x")
        return next((path for path in candidates if path in self.paths), None)

    def _below(self, base: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        for count in range(len(parts), -1, -1):
            stem = "/".join((*base, *parts[:count]))
            for path in (f"{stem}.py", f"{stem}/__init__.py".lstrip("/")):
                if path in self.paths:
                    return path, parts[count:]
        return None

    def _absolute(self, parts: tuple[str, ...], folder: tuple[str, ...], importer: str) -> str | None:
        """
        Return the module *parts* nearest to *folder*: below one of its parents, or a root of sources there.

        A module does not import itself; within a package ``groq`` is the library, though a ``groq.py`` is beside it.
        """
        best: tuple[int, str] | None = None
        for have, path in self.by_last.get(parts[-1], ()):
            if have[-len(parts) :] != parts or path == importer:
                continue
            base = have[: -len(parts)]
            root = base[:-1] if base and base[-1] in _ROOTS else base
            near = folder[: len(base)] == base or folder[: len(root)] == root
            if not near and len(parts) == 1 and not self._is_root(base, path):
                continue  # One word is too little to go by.
            if base and parts[0] in _libraries() and "/".join((*base, "__init__.py")) in self.paths:
                continue
            rank = len(base) if near else -1
            if best is None or rank > best[0]:
                best = rank, path
        return best[1] if best else None

    def _is_root(self, base: tuple[str, ...], path: str) -> bool:
        """Tell whether *path* is a package in a folder to be installed: ``src``, or one with a manifest."""
        if not path.endswith("/__init__.py"):
            return False
        return base[-1:] == ("src",) or "/".join(base) in self.installed


@cache
def _libraries() -> frozenset[str]:
    """Return the names under which AI libraries of Python are imported."""
    return frozenset(i.partition(".")[0] for p in packages() if p.ecosystem == "pypi" for i in p.imports)


def _bases(folder: str, importer: str) -> Iterator[str]:
    """Yield the folders that *folder*, the first part of a specifier, may mean; an alias may mean any folder above."""
    here = posixpath.dirname(importer)
    if folder.startswith("."):
        yield f"{here}/{folder}" if here else folder
        return
    alias, _, rest = folder.partition("/")
    inside = f"lib/{rest}" if alias == "$lib" else rest
    while True:
        yield from (f"{here}/{root}{inside}" for root in ("", "src/"))
        if not here:
            return
        here = posixpath.dirname(here)


def dotted_name(path: str) -> str:
    """Return *path* as a dotted name, for a message."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def in_tests(path: str) -> bool:
    """
    Tell whether *path* is a test: what it names is not what the project uses.

    >>> in_tests("tests/test_llm.py"), in_tests("src/latest.py")
    (True, False)
    """
    return _TESTS.search(path) is not None
