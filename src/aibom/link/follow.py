"""Follow an expression to what it can be."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, product
from typing import TYPE_CHECKING

from attrs import evolve

from aibom import names, signatures
from aibom.bill import Location
from aibom.link import containers, functions, objects, settings
from aibom.link.cells import Cell, Class, Content, External, Function, Instance, Module, Open, Settings
from aibom.link.limits import BUDGET, COMBINATIONS, DEEPEST, DEEPEST_CLASS, WIDEST
from aibom.link.modules import Modules, Table
from aibom.syntax.values import (
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Item,
    Mapping,
    Name,
    Sequence,
    Template,
    Text,
    Unknown,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from aibom.link.modules import Source
    from aibom.syntax import Binding
    from aibom.syntax.values import Value

__all__ = ["Follower"]


class Follower:
    """
    Follows expressions across the files of one tree.

    What an expression is followed to is a list of cells: texts, containers, functions, classes, and `Open` where it
    ends without a value.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.modules = Modules(source.paths)
        self.files = settings.Files(source)
        self.wanted: set[str] = set()
        """The functions and classes whose callers were asked for."""
        self.known_callers: dict[Hashable, list[tuple[str, Call]]] = {}
        self.busy: set[Hashable] = set()
        """What is being followed already: meeting it again is a circle."""
        self.steps = 0
        """Expressions that were looked at since somebody set it to zero."""
        self.indexed: set[str] = set()
        """The files whose calls are known."""
        self._tables: dict[str, Table] = {}
        self._calls: dict[str, list[tuple[str, Call]]] = defaultdict(list)
        self._heirs: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._bases: dict[str, list[tuple[str, int]]] = defaultdict(list)

    def index(self, paths: Iterable[str]) -> None:
        """Take note of the calls in *paths*; callers are looked for among them."""
        for path in paths:
            if path in self.indexed:
                continue
            self.indexed.add(path)
            code = self.table(path).code
            for call in code.every_call:
                self._calls[call.last].append((path, call))
            for scope, facts in enumerate(code.scopes):
                for base in facts.bases:
                    self._bases[shown(base).rpartition(".")[2]].append((path, scope))
        self.known_callers.clear()
        self._heirs.clear()

    def table(self, path: str) -> Table:
        """Return the names of the module *path*."""
        table = self._tables.get(path)
        if table is None:
            table = self._tables[path] = Table(path, self.source.code(path))
        return table

    def calls_of(self, last: str) -> list[tuple[str, Call]]:
        """Return the calls whose callee ends with *last*, and their files."""
        return self._calls.get(last, [])

    def called(self) -> Iterator[str]:
        """Yield the last part of each callee."""
        yield from self._calls

    def subclasses(self, path: str, scope: int) -> Iterator[str]:
        """Yield the names of classes that seem to inherit from the class *scope*, by their bases' names."""
        return self.heirs([self.table(path).code.scopes[scope].name.rpartition(".")[2]])

    def heirs(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names of classes that seem to inherit from one of *names*."""
        pending, seen = list(names), set()
        while pending:
            for inner, index in self._bases.get(pending.pop(), ()):
                name = self.table(inner).code.scopes[index].name.rpartition(".")[2]
                if name not in seen:
                    seen.add(name)
                    pending.append(name)
                    yield name

    def aliases(self, names: Iterable[str]) -> set[str]:
        """Return the names that are bound to something called like one of *names*, or to a partial call."""
        known = set(names)
        return {
            binding.name
            for path in self.indexed
            for scope in self.table(path).code.scopes
            for binding in scope.bindings
            if (isinstance(binding.value, Attribute | Name) and binding.value.name in known)
            or (isinstance(binding.value, Call) and binding.value.last == "partial")
        }

    def heirs_of(self, path: str, scope: int) -> list[tuple[str, int]]:
        """Return the classes that inherit from the class *scope*, with their files."""
        key = (path, scope)
        known = self._heirs.get(key)
        if known is None:
            self._heirs[key] = known = []
            for inner, index in self._bases.get(self.table(path).code.scopes[scope].name.rpartition(".")[2], ()):
                table = self.table(inner)
                for base in table.code.scopes[index].bases:
                    cells = self.reduce(Cell(base, inner, table.code.scopes[index].parent), 1)
                    if any(isinstance(c.value, Class) and (c.value.path, c.value.scope) == key for c in cells):
                        known += [(inner, index), *self.heirs_of(inner, index)]
                        break
        return known

    def ancestors_of(self, path: str, scope: int, depth: int = 0) -> list[tuple[str, int]]:
        """Return the classes of the tree that the class *scope* inherits from, with their files."""
        table = self.table(path)
        found: list[tuple[str, int]] = []
        for base in table.code.scopes[scope].bases if depth < DEEPEST_CLASS else ():
            for cell in self.reduce(Cell(base, path, table.code.scopes[scope].parent), 1):
                if isinstance(cell.value, Class):
                    found += [(cell.value.path, cell.value.scope)]
                    found += self.ancestors_of(cell.value.path, cell.value.scope, depth + 1)
        return found

    # -- what an expression is -------------------------------------------------------------------

    def reduce(self, cell: Cell, depth: int) -> list[Cell]:
        """Return what *cell* can be, with names, attributes and calls followed as far as they go."""
        self.steps += 1
        if depth > DEEPEST or self.steps > BUDGET:
            return [cell.of(Open("limit-reached", "the value is too far away"))]
        match cell.value:
            case Name(name=name):
                return self.name(cell, name, depth)
            case Attribute():
                return objects.attribute(self, cell, cell.value, depth)
            case Item(of=of, key=key):
                return containers.item(self, cell, of, key, depth)
            case Element(of=of):
                return [c for o in self.reduce(cell.of(of), depth + 1) for c in containers.elements(self, o, depth)]
            case Choice(options=options):
                return self._choice(cell, options, depth)
            case Template():
                return self._template(cell, cell.value, depth)
            case Call():
                return functions.result(self, cell, cell.value, depth)
            case _:
                return [cell]

    def each(self, cells: Iterable[Cell], depth: int) -> list[Cell]:
        """Return what any of *cells* can be."""
        found: list[Cell] = []
        for cell in cells:
            found += self.reduce(cell, depth)
            if len(found) > WIDEST:
                break
        return found

    def elements(self, owner: Cell, depth: int) -> list[Cell]:
        """Return what iterating over *owner* gives."""
        return containers.elements(self, owner, depth)

    def built_in(self, cell: Cell, call: Call, function: Attribute, depth: int) -> list[Cell] | None:
        """Return the result of a method of a dict, a list or a string; None when *call* is none."""
        return containers.built_in(self, cell, call, function, depth)

    def strings(self, cell: Cell, depth: int) -> list[Cell]:
        """Return the strings that *cell* can be, as texts, and what of it is open."""
        found: list[Cell] = []
        for reduced in (settings.settled(self, c) for c in self.reduce(cell, depth)):
            if isinstance(reduced.value, Sequence):
                for inner in reduced.value.items[:WIDEST]:
                    found += self.strings(reduced.of(inner), depth + 1)
            else:
                text = self._string(reduced)
                found += [reduced.of(text)] if text is not None else []
        return found[:WIDEST]

    def _string(self, cell: Cell) -> Value | None:
        """Return what *cell* is as a name; None when it is of another type, and so no name at all."""
        match cell.value:
            case Text() | Open():
                return cell.value
            case Const() | Instance() | Class() | Module() | Settings():
                return None
            case Function():
                return Open("not-followed", "the name is a function")
            case Mapping():
                return Open("not-followed", "the name is a dict")
            case Content():
                return Open("not-followed", "the name is what stands in a file")
            case Unknown(shape=shape):
                return Open("not-followed", f"the name is {shape}")
            case External(dotted=dotted):
                return Open("not-followed", f"the name comes from {dotted}")
            case Call() as call:
                callee = self.canonical(cell.of(call.function), 1) or call.callee
                if _makes_object(callee):
                    return None
                return Open("not-followed", f"the name is the result of {callee.lstrip('?.') or shown(call)}()")
            case other:
                return Open("not-followed", f"the name comes from {shown(other)}")

    # -- kinds of expressions --------------------------------------------------------------------

    def _choice(self, cell: Cell, options: tuple[Value, ...], depth: int) -> list[Cell]:
        found: list[Cell] = []
        decided = False
        for option in options:
            got = [settings.settled(self, c) for c in self.reduce(cell.of(option, optional=decided), depth + 1)]
            falsy = any(isinstance(c.value, Const) and not c.value.value for c in got)
            given = any(isinstance(c.value, Text | Mapping | Sequence) and not self.files.is_example(c) for c in got)
            decided = decided or (given and not falsy)
            found += got
        if any(isinstance(c.value, Text) for c in found):
            # `model or "default"`: what a caller or a setting may give is no hole when there is a default, nor is None.
            found = [c for c in found if not _is_replaced(c.value)]
        return found

    def _template(self, cell: Cell, template: Template, depth: int) -> list[Cell]:
        options: list[list[Cell]] = []
        for part in template.parts:
            got = self.strings(cell.of(part), depth + 1)
            if isinstance(part, Const):
                got = [cell.of(Text(str(part.value), 0, 0))]
            texts = [c for c in got if isinstance(c.value, Text)]
            if not texts:
                hole = next((c.value for c in got if isinstance(c.value, Open)), None)
                if hole is None or hole.code != "supplied-by-caller":
                    hole = Open("not-followed", f"the name is assembled from {shown(template)}")
                return [cell.of(self._with_tail(cell, template, hole, depth))]
            options.append(texts)
        found = [_assembled(combination) for combination in islice(product(*options), COMBINATIONS + 1)]
        if len(found) > COMBINATIONS:
            found[-1] = cell.of(Open("limit-reached", "a template gives too many names"))
        return found

    def _with_tail(self, cell: Cell, template: Template, hole: Open, depth: int) -> Open:
        """Return *hole* with the end of the string, when that is the name of a file of settings."""
        tail = ""
        for part in reversed(template.parts):
            texts = [c.value.value for c in self.strings(cell.of(part), depth + 1) if isinstance(c.value, Text)]
            if len(texts) != 1 or not (tail or settings.is_file_name(texts[0])):
                break
            tail = texts[0] + tail
        return evolve(hole, tail=tail) if tail else hole

    def name(self, cell: Cell, name: str, depth: int) -> list[Cell]:
        """Return what the plain *name* is where *cell* stands."""
        table = self.table(cell.path)
        scope = cell.scope
        while scope >= 0:
            if scope == cell.scope or table.code.scopes[scope].kind != "class":
                found = self._local(cell, table, scope, name, depth)
                if found is not None:
                    return found
            scope = table.code.scopes[scope].parent
        target = table.imports.get(name)
        if target is not None:
            return objects.dotted(self, cell, target, depth)
        for star in table.stars if self.steps <= BUDGET else ():
            found = objects.dotted(self, cell, f"{star}.{name}", depth)
            if found and not all(isinstance(c.value, External) for c in found):
                return found
        return [cell.of(External(name))]

    def _local(self, cell: Cell, table: Table, scope: int, name: str, depth: int) -> list[Cell] | None:
        """Return what *name* is within one scope; None when the scope does not bind it."""
        bindings = table.bindings[scope].get(name, [])
        parameter = table.parameters[scope].get(name)
        child = table.children.get((scope, name))
        if not bindings and parameter is None and child is None:
            return None
        line = (
            cell.value.line if isinstance(cell.value, Name) and cell.path == table.path and cell.scope == scope else 0
        )
        bindings, shadowed = _before(bindings, line, has_parameter=parameter is not None)
        key = ("local", table.path, scope, name, cell.frame, line)
        if key in self.busy:
            return []
        self.busy.add(key)
        try:
            found = []
            if parameter is not None and not shadowed:
                found += functions.parameter(self, cell, table, scope, parameter, depth)
            if child is not None:
                made = Class if table.code.scopes[child].kind == "class" else Function
                found.append(cell.of(made(table.path, child)))
            return found + self.bound(cell, table, bindings, depth)
        finally:
            self.busy.discard(key)

    def bound(self, cell: Cell, table: Table, bindings: list[Binding], depth: int) -> list[Cell]:
        """Return what any of *bindings* gives its name."""
        found: list[Cell] = []
        certain = any(not b.conditional for b in bindings)
        frame = cell.frame if cell.frame and cell.frame.path == table.path else None
        for number, binding in enumerate(bindings):
            optional = binding.conditional and not binding.fallback and (certain or number > 0)
            inner = cell.at(binding.value, table.path, binding.scope, optional=optional, frame=frame)
            if isinstance(binding.value, Unknown) and binding.annotation is not None:
                found += functions.instances(self, inner, binding.annotation, depth)
            else:
                place = Location(table.path, binding.line, 0, table.code.cell_of(binding.line))
                got = self.reduce(inner.past(place), depth + 1)
                found = _one_dict(found, got) if number else got
        return found

    # -- names outside of the tree ---------------------------------------------------------------

    def canonical(self, cell: Cell, depth: int = 0) -> str | None:
        """
        Return the dotted name of what *cell* is outside of the tree, ``()`` after what was called.

        ``?`` stands for a receiver that is not known, such as a parameter. None when the cell is the tree's own.
        """
        if depth > DEEPEST:
            return "?"
        match cell.value:
            case Attribute(of=Call(function=Name(name="super")), name=name):
                table = self.table(cell.path)
                owner = table.owner(cell.scope)
                base = objects.external_base(self, cell.path, owner) if owner is not None else None
                return None if base is None else base if name == "__init__" else f"{base}().{name}"
            case Attribute(of=of, name=name):
                outer = self.canonical(cell.of(of), depth + 1)
                if outer is not None and outer != "?":
                    return f"{outer}.{name}"
            case _:
                pass
        for reduced in self.reduce(cell, depth):
            found = self._outside(reduced, depth)
            if found is not None:
                return found
        return f"?.{cell.value.name}" if isinstance(cell.value, Attribute) else "?"

    def _outside(self, cell: Cell, depth: int) -> str | None:
        match cell.value:
            case External(dotted=dotted):
                return dotted
            case Call(function=function):
                inner = self.canonical(cell.of(function), depth + 1)
                return f"{inner}()" if inner else None
            case Class(path=path, scope=scope):
                return objects.external_base(self, path, scope)
            case Instance(path=path, scope=scope):
                base = objects.external_base(self, path, scope)
                return f"{base}()" if base else None
            case _:
                return None


def _is_replaced(value: Value) -> bool:
    if isinstance(value, Open):
        return value.setting or value.code == "supplied-by-caller"
    return isinstance(value, Const) and not value.value


def _makes_object(callee: str) -> bool:
    """Tell whether calling *callee* gives a loaded model or another object, and no name."""
    upper = callee.rpartition(".")[2][:1].isupper()
    return upper or any(True for _ in signatures.matching(callee, signatures.known()))


def _before(bindings: list[Binding], line: int, *, has_parameter: bool) -> tuple[list[Binding], bool]:
    """
    Return those of *bindings* that count at *line* of their own scope, and whether they replace a parameter.

    These are the last one before it that stands in no branch, and the ones in branches since. Where the name is used in
    another scope, or only before it is bound, all of them count (*line* is 0).
    """
    earlier = [b for b in bindings if b.line < line]
    if not earlier:
        return [] if has_parameter and line else bindings, False
    certain = [n for n, b in enumerate(earlier) if not b.conditional and not isinstance(b.value, Mapping)]
    return earlier[certain[-1] :] if certain else earlier, bool(certain)


def _assembled(combination: tuple[Cell, ...]) -> Cell:
    """Join the texts of *combination*; the result stands where most of what is the name in it is written."""
    pairs = [(c, c.value) for c in combination if isinstance(c.value, Text)]
    whole = "".join(t.value for _, t in pairs)
    (first, last), start, best, most = names.span(whole), 0, 0, -1
    for number, (_, text) in enumerate(pairs):
        end = start + len(text.value)
        covered = max(0, min(end, last) - max(start, first)) if text.line else -1
        if covered > most:
            best, most = number, covered
        start = end
    cell, literal = pairs[best]
    text = Text(whole, literal.line, literal.column)
    return evolve(cell, value=text, optional=any(c.optional for c in combination))


def _one_dict(before: list[Cell], more: list[Cell]) -> list[Cell]:
    """Join what two bindings say of one dict: ``config = {}`` and ``config["model"] = …``."""
    old = next((c for c in before if isinstance(c.value, Mapping)), None)
    new = next((c for c in more if isinstance(c.value, Mapping)), None)
    if old is None or new is None or not isinstance(old.value, Mapping) or not isinstance(new.value, Mapping):
        return before + more
    joined = evolve(old, value=Mapping(old.value.items + new.value.items))
    return [joined if c is old else c for c in before] + [c for c in more if c is not new]
