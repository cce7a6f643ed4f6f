"""What a setup.py tells setuptools, as far as it stands there; nothing of it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests.need import Include, Need, malformed
from aibom.manifests.python import read_requirement
from aibom.syntax.values import Attribute, Call, Choice, Item, Mapping, Name, Sequence, Template, Text, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.manifests.need import Manifest, Stated
    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["read_setup"]

_MOST: Final = 5_000
"""So many expressions are looked at for one argument."""
_FILE: Final = expression(r"[\w./-]+\.(?:txt|in|pip|lock)")
_ARGUMENTS: Final = {"install_requires": False, "setup_requires": True, "tests_require": True, "extras_require": True}


def read_setup(manifest: Manifest) -> Iterator[Stated]:
    """
    Yield what a ``setup.py`` needs: lists in the call of ``setup()``, and names and functions of the file behind them.

    A file of requirements that the code reads for one is included.
    """
    code = manifest.code
    seen = set()
    for call in code.calls("setuptools.setup", "setup", "?.setup", "distutils.core.setup"):
        for key, value in _keywords(code, call):
            if key not in _ARGUMENTS:
                continue
            for found in _Reader(code, key, optional=_ARGUMENTS[key]).read(value):
                if not isinstance(found, Include):
                    yield found
                elif (found.path, found.optional) not in seen and manifest.sibling(found.path) is not None:
                    seen.add((found.path, found.optional))
                    yield found


def _keywords(code: Code, call: Call) -> Iterator[tuple[str, Value]]:
    """Yield the keyword arguments of *call*, and those of a dict of the file that is unpacked into it."""
    for key, value in call.keywords:
        if key != "**":
            yield key, value
            continue
        bound = [b.value for b in code.scopes[0].bindings if isinstance(value, Name) and b.name == value.name]
        for mapping in (value, *bound):
            if isinstance(mapping, Mapping):
                yield from ((k.value, v) for k, v in mapping.items if isinstance(k, Text))


class _Reader:
    """Reads one argument."""

    def __init__(self, code: Code, place: str, *, optional: bool) -> None:
        self.code = code
        self.place = place
        self.optional = optional
        self.seen: set[str] = set()
        self.count = 0

    def read(self, value: Value | None) -> Iterator[Stated]:
        todo = [value]
        while todo:
            self.count += 1
            head = todo.pop()
            if self.count > _MOST:
                yield malformed("there is too much in this argument; the rest was not read", getattr(head, "line", 0))
                return
            match head:
                case Text():
                    yield from self.texts(head)
                case Sequence(items=inner) | Choice(options=inner):
                    todo += reversed(inner)
                case Template(parts=inner):  # `BASE + ["torch"]`
                    if not any(isinstance(part, Text) for part in inner):
                        todo += reversed(inner)
                case Mapping(items=items):
                    todo += [v for _, v in reversed(items)]
                case Name(name=name):
                    todo += reversed(self.bound(name))
                case Item(of=Name(name=name), key=Text(value=key)):
                    for mapping in self.bound(name):
                        if isinstance(mapping, Mapping):
                            todo += [v for k, v in mapping.items if isinstance(k, Text) and k.value == key]
                case Call():
                    yield from self.called(head, todo)
                case Attribute(of=of):
                    todo.append(of)
                case _:
                    pass

    def bound(self, name: str) -> list[Value]:
        """Return what the module binds *name* to, the first time that it is asked for."""
        if name in self.seen:
            return []
        self.seen.add(name)
        return [b.value for b in self.code.scopes[0].bindings if b.name == name or b.name.startswith(f"{name}[")]

    def texts(self, text: Text) -> Iterator[Stated]:
        """Read a requirement, or several in the lines of one string."""
        for below, line in enumerate(text.value.split("\n")):
            stated = line.partition(" #")[0].strip()
            if not stated or stated.startswith("#"):
                continue
            try:
                found = read_requirement(stated)
            except ValueError:
                yield malformed("this is not a requirement that can be read", text.line + below)
                continue
            if found is not None:
                column = 0 if below else text.column
                yield Need(
                    "pypi",
                    found.name,
                    text.line + below,
                    column,
                    self.place,
                    found.version,
                    found.version_range,
                    self.optional,
                )

    def called(self, call: Call, todo: list[Value | None]) -> Iterator[Stated]:
        """Look for files of requirements in *call*, in the function of the file that it calls, and in its receiver."""
        arguments = [*call.arguments, *(v for _, v in call.keywords)]
        texts = [t for a in arguments for t in parts(a) if isinstance(t, Text)]
        named = [t for t in texts if _FILE.fullmatch(t.value)]
        for text in named:
            yield Include(text.value.removeprefix("./"), text.line, optional=self.optional)
        scope = next(
            (n for n, s in enumerate(self.code.scopes) if s.kind == "function" and s.name == call.callee), None
        )
        if scope is not None and not named and call.callee not in self.seen:
            self.seen.add(call.callee)
            for text, place in self.code.strings:
                if place == scope and _FILE.fullmatch(text.value):
                    yield Include(text.value.removeprefix("./"), text.line, optional=self.optional)
            todo += self.code.scopes[scope].returns
        if call.last in {"list", "sorted", "set", "tuple", "sum", "dict"}:
            todo += arguments
        if isinstance(call.function, Attribute):
            todo.append(call.function.of)
