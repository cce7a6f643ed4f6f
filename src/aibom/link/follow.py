"""Follow an expression to what it can be."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from itertools import islice, product
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from attrs import evolve

from aibom import names, signatures
from aibom.bill import Location
from aibom.link import branches, containers, functions, handed, objects, settings
from aibom.link.cells import Cell, Class, Content, External, Function, Instance, Module, Open, Placed, Settings
from aibom.link.clients import Uses
from aibom.link.limits import BUDGET, COMBINATIONS, DEEPEST, DEEPEST_CLASS, LEAST_SHARE, WIDEST
from aibom.link.modules import Modules, Table, in_tests
from aibom.link.started import Starts
from aibom.syntax.go import TAGGED
from aibom.syntax.values import (
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Formatted,
    Item,
    Mapping,
    Name,
    Sequence,
    Template,
    Text,
    Unknown,
    percent,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from aibom.link.modules import Source
    from aibom.syntax import Binding, Scope
    from aibom.syntax.values import Value

__all__ = ["Follower", "TooFarError"]

T = TypeVar("T")
Pair: TypeAlias = "tuple[Value | None, Value]"
"""An entry of a dict."""
_NEAR: Final = 4
"""How far the element of a loop may be from the part of a string that it decides."""


class TooFarError(Exception):
    """Following one expression leads to more others than its budget allows."""


class Follower:
    """
    Follows expressions across the files of one tree.

    What an expression is followed to is a list of cells: texts, containers, functions, classes, and `Open` where it
    ends without a value.
    """

    hurried = False
    """Whether to raise `TooFarError` when the budget is spent, instead of saying so where it happens."""

    def __init__(self, source: Source) -> None:  # noqa: PLR0915 - one for each thing that is kept
        self.source = source
        self.modules = Modules(source.paths, source.settings_paths, source.data)
        self.files = settings.Files(source)
        self.starts = Starts(self, ())
        """The command lines that start scripts of the tree."""
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
        self._bound_to: dict[str, dict[str, None]] = defaultdict(dict)
        self._passed_to: dict[str, dict[str, None]] = defaultdict(dict)
        self._defined: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._callees: dict[tuple[str, int], list[Cell]] = {}
        self.enums: dict[tuple[str, int], bool] = {}
        self.annotated: dict[tuple[str, int], list[Class]] = {}
        self.inherits: dict[tuple[str, int], list[Class]] = {}
        self.declaring: dict[str, list[str]] = {}
        """Of files: the modules that they import and that declare options of a command line."""
        self._kept: list[Call] = []
        self.looked_up: set[tuple[str, int, int]] = set()
        """Where the texts are written that were keys of a dict, since somebody emptied it."""
        self.keys_of: dict[tuple[str, int], Text] = {}
        """The lines at which stands under which key something was looked up in a dict, since somebody emptied it."""
        self.plain = 0
        """Above zero, nobody asks whether branches run: what is looked for is no name, or decides about a branch."""
        self.outsiders: dict[Hashable, tuple[str | None, bool]] = {}
        """Of dotted names, by their meaning: what they are outside of the tree, and whether that could be told."""
        self.taken: dict[tuple[str, str, int], bool | None] = {}
        """Of branches that were asked for: whether they are taken by default."""
        self.registered: dict[tuple[str, int], bool] = {}
        """Of functions and classes that were asked for: whether somebody picks them from a registry."""
        self._held: dict[str, list[tuple[str, int, Value]]] = defaultdict(list)
        self.turns: dict[int, Cell] = {}
        """Of loops that are looked at turn by turn: the element of this turn, by the identity of its expression."""
        self.circles = 0
        """How often a circle was met: what was found on the way is not all there is, and not kept."""
        self._handed: dict[str, list[tuple[str, Call]]] = defaultdict(list)
        self._decorations: dict[str, list[tuple[str, Call]]] = defaultdict(list)
        self._other_names: dict[str, list[str]] = {}
        self.wide: tuple[object, dict[object, Pair], list[Pair]] | None = None
        """The last dict with many entries that was asked: these, them by their keys, and those without a known one."""
        self.files_of_hub: set[tuple[str, int, str]] = set()
        """Where files of weights are written that a link to a repository of the Hub ends with."""
        self._heirs: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._bases: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._uses: dict[str, Uses] = {}

    def index(self, paths: Iterable[str]) -> None:
        """Take note of the calls in *paths*; callers are looked for among them."""
        for path in paths:
            if path in self.indexed:
                continue
            self.indexed.add(path)
            code = self.table(path).code
            for call in code.every_call:
                self._calls[call.last].append((path, call))
                if call.last == "?" and isinstance(call.function, Name):  # A parameter is called.
                    self._calls[call.function.name].append((path, call))
                for value in (*call.arguments, *(v for _, v in call.keywords)):
                    if isinstance(value, Name | Attribute):
                        self._handed[value.name].append((path, call))
            for scope, facts in enumerate(code.scopes):
                self._note(path, scope, facts)
                if facts.kind == "function":
                    name = facts.name.rpartition(".")[2]
                    if name == "__init__":
                        name = code.scopes[facts.parent].name.rpartition(".")[2]
                    self._defined[name].append((path, scope))
                for base in facts.bases:
                    self._bases[shown(base).rpartition(".")[2]].append((path, scope))
        self.known_callers.clear()
        self._other_names.clear()
        self._callees.clear()
        self.outsiders.clear()
        self._heirs.clear()
        self.taken.clear()

    def set_in_code(self, cell: Cell, name: str, depth: int) -> list[Cell]:
        """Return what the file of *cell* sets the variable *name* of the environment to."""
        table = self.table(cell.path)
        return [
            found
            for names in table.bindings
            for binding in names.get("os.environ", ())
            if isinstance(binding.value, Mapping)
            for key, value in binding.value.items
            if isinstance(key, Text) and key.value == name
            for found in self.reduce(cell.at(value, cell.path, binding.scope), depth + 1)
            if isinstance(found.value, Text)
        ]

    def _note(self, path: str, scope: int, facts: Scope) -> None:
        """Take note of the other names that functions get in a scope, and of those that decorate it."""
        for value, inside in (*((b.value, b.scope) for b in facts.bindings), *((r, scope) for r in facts.returns)):
            for held in _registry_of(value):
                self._held[held.name].append((path, inside, held))
        for binding in facts.bindings:
            last = binding.name.rpartition(".")[2]
            for name, many in _named_in(binding.value):
                self._bound_to[name][f"{last}[]" if many else last] = None
                if many:
                    self._bound_to[name][last] = None
            if isinstance(binding.value, Call):  # cached = lru_cache(load)
                for argument in binding.value.arguments[:4]:
                    if isinstance(argument, Name | Attribute):
                        self._passed_to[argument.name][last] = None
        own = facts.name.rpartition(".")[2]
        for value in facts.returns:
            for name, _ in _named_in(value):
                self._bound_to[name][f"{own}()"] = None
        for decorator in facts.decorators:
            by = decorator.function if isinstance(decorator, Call) else decorator
            if isinstance(by, Name | Attribute):
                call = Call("?", decorator, (Name(own, 0),), (), facts.line, 1, facts.parent)
                key = f"{by.name}()" if isinstance(decorator, Call) else by.name
                self._decorations[key].append((path, call))

    def held(self, name: str) -> list[tuple[str, int, Value]]:
        """Return what is called *name* in dicts and lists of several functions or classes: file, scope, value."""
        return self._held.get(name, [])

    def bound_to(self, name: str) -> Iterable[str]:
        """Return the names that get something called *name*, or a container of it; those that return it with ``()``."""
        return self._bound_to.get(name, ())

    def passed_to(self, name: str) -> Iterable[str]:
        """Return the names that get the result of a call to which something called *name* is given."""
        return self._passed_to.get(name, ())

    def defined(self, name: str) -> list[tuple[str, int]]:
        """Return the functions called *name*, and the ``__init__`` of the classes called so, with their files."""
        return self._defined.get(name, [])

    def callee_of(self, path: str, call: Call) -> list[Cell]:
        """Return what *call* calls, looked at from the file *path* alone."""
        key = (path, id(call))
        known = self._callees.get(key)
        if known is None:
            circles, steps = self.circles, self.steps
            self.plain += 1
            try:
                known = self.reduce(Cell(call.function, path, call.scope), 1)
            finally:
                self.plain -= 1
            if circles == self.circles and steps <= self.steps <= BUDGET:
                self._callees[key] = known
                self._kept.append(call)  # Its id is not given to another.
        return known

    def handed(self, name: str) -> list[tuple[str, Call]]:
        """Return the calls that something called *name* is an argument of, and their files."""
        return self._handed.get(name, [])

    def decorations_of(self, name: str) -> list[tuple[str, Call]]:
        """Return the calls that decorating with *name* comes to, and their files."""
        return self._decorations.get(name, [])

    def other_names(self, name: str) -> list[str]:
        """Return the names under which something called *name* may be called."""
        known = self._other_names.get(name)
        if known is None:
            self._other_names[name] = []  # Asking again while it is looked for is a circle.
            try:
                known = self._other_names[name] = handed.names_of(self, name)
            except BaseException:
                del self._other_names[name]
                raise
        return known

    def table(self, path: str) -> Table:
        """Return the names of the module *path*."""
        table = self._tables.get(path)
        if table is None:
            table = self._tables[path] = Table(path, self.source.code(path))
        return table

    def uses(self, path: str) -> Uses:
        """Return where the calls of the module *path* go."""
        uses = self._uses.get(path)
        if uses is None:
            uses = self._uses[path] = Uses(self.table(path).code)
        return uses

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
        """Return the names under which something from elsewhere, called like one of *names*, may be called."""
        found = {"partial()"}
        pending = [n for n in names if n in self._bound_to or n in self._handed]
        for name in pending:
            if any(self._is_elsewhere(path, call, name) for path, call in self.handed(name)):
                found.update(self.other_names(name))
            found.update(self.bound_to(name))
        return found.union(*(self.bound_to(name) for name in found))

    def _is_elsewhere(self, path: str, call: Call, name: str) -> bool:
        """Tell whether what *call* is given as *name* is an attribute, or imported; a plain variable is neither."""
        given = (*call.arguments, *(v for _, v in call.keywords))
        imported = name in self.table(path).imports
        return any(
            isinstance(v, Attribute) or imported for v in given if isinstance(v, Attribute | Name) and v.name == name
        )

    def heirs_of(self, path: str, scope: int) -> list[tuple[str, int]]:
        """Return the classes that inherit from the class *scope*, with their files."""
        key = (path, scope)
        known = self._heirs.get(key)
        self.wanted.add(self.table(path).code.scopes[scope].name.rpartition(".")[2])
        if known is None:
            self._heirs[key] = known = []
            try:
                known += self._heirs_in(path, scope)
            except BaseException:
                del self._heirs[key]
                raise
        return known

    def _heirs_in(self, path: str, scope: int) -> list[tuple[str, int]]:
        key = (path, scope)
        found: list[tuple[str, int]] = []
        for inner, index in self._bases.get(self.table(path).code.scopes[scope].name.rpartition(".")[2], ()):
            table = self.table(inner)
            for base in table.code.scopes[index].bases:
                cells = self.reduce(Cell(base, inner, table.code.scopes[index].parent), 1)
                if any(isinstance(c.value, Class) and (c.value.path, c.value.scope) == key for c in cells):
                    found += [(inner, index), *self.heirs_of(inner, index)]
                    break
        return found

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
            if self.hurried and self.steps > BUDGET:
                raise TooFarError
            return [cell.of(Open("limit-reached", "the value is too far away"))]
        match cell.value:
            case Name(name=name):
                return self.name(cell, name, depth)
            case Attribute():
                return objects.attribute(self, cell, cell.value, depth)
            case Item(of=of, key=key):
                return containers.item(self, cell, of, key, depth)
            case Element() as one if id(one) in self.turns:
                self.circles += 1  # What is found now holds for this turn of the loop, and is not kept.
                return [cell.held(self.turns[id(one)])]
            case Element(of=of):
                return [c for o in self.reduce(cell.of(of), depth + 1) for c in containers.elements(self, o, depth)]
            case Choice(options=options) as choice:
                turned = bool(choice.tests or choice.others) and branches.first(self, cell, choice) is False
                return self._choice(cell, options[::-1] if turned else options, depth)
            case Template():
                return self._template(cell, cell.value, depth)
            case Call():
                return functions.result(self, cell, cell.value, depth)
            case Placed(cell=there):
                return self.reduce(cell.held(there), depth)
            case Formatted():
                return self._formatted(cell, cell.value, depth)
            case _:
                return [cell]

    @contextmanager
    def share(self, ways: int) -> Iterator[None]:
        """Leave to what is looked at within no more than is fair where there are so many *ways*, one of them long."""
        left = max(BUDGET - self.steps, 0)
        kept = left - max(left // ways, min(left, LEAST_SHARE))
        self.steps += kept
        try:
            yield
        finally:
            self.steps -= kept

    def each(self, cells: Iterable[Cell], depth: int) -> list[Cell]:
        """Return what any of *cells* can be."""
        found: list[Cell] = []
        for cell in cells:
            found += self.reduce(cell, depth)
            if len(found) > WIDEST:
                break
        return found

    def member_of(self, owner: Cell, value: Attribute, depth: int) -> list[Cell]:
        """Return ``owner.name``, where *value* is the attribute that asks for it."""
        return objects.member_of(self, owner, value, depth)

    def dotted(self, cell: Cell, target: str, depth: int) -> list[Cell]:
        """Return what the imported name *target* is."""
        return objects.dotted(self, cell, target, depth)

    def is_enum(self, kind: Class | Instance) -> bool:
        """Tell whether the class, or that of the instance, inherits from ``enum.Enum``."""
        return objects.is_enum(self, kind)

    def kept(self, table: dict[tuple[str, int], T], key: tuple[str, int], make: Callable[[], T]) -> T:
        """Return what *table* has for *key*, else what *make* gives; kept unless a circle was met."""
        known = table.get(key)
        if known is None:
            circles, steps = self.circles, self.steps
            known = make()
            if circles == self.circles and steps <= self.steps <= BUDGET:
                table[key] = known
        return known

    def constructor(self, path: str, scope: int) -> tuple[str, int] | None:
        """Return the ``__init__`` that making an instance of the class *scope* runs."""
        return objects.constructor(self, path, scope)

    def elements(self, owner: Cell, depth: int) -> list[Cell]:
        """Return what iterating over *owner* gives."""
        return containers.elements(self, owner, depth)

    def built_in(self, cell: Cell, call: Call, function: Attribute, depth: int) -> list[Cell] | None:
        """Return the result of a method of a dict, a list or a string; None when *call* is none."""
        return containers.built_in(self, cell, call, function, depth)

    def strings(self, cell: Cell, depth: int) -> list[Cell]:
        """Return the strings that *cell* can be, as texts, and what of it is open."""
        found: list[Cell] = []
        cells = self.reduce(cell, depth)
        if self.table(cell.path).code.members and not all(isinstance(c.value, Function) for c in cells):
            cells = [c for c in cells if not isinstance(c.value, Function)]  # A method may be called like a field.
        for reduced in (self._listed(settings.settled(self, c)) for c in cells):
            if isinstance(reduced.value, Class | Instance) and objects.is_enum(self, reduced.value):
                found += [c for m in containers.elements(self, reduced, depth) for c in self.strings(m, depth + 1)]
            elif isinstance(reduced.value, Sequence):
                for inner in reduced.value.items[:WIDEST]:
                    found += self.strings(reduced.of(inner), depth + 1)
            else:
                text = self._string(reduced)
                found += [reduced.of(text)] if text is not None else []
        if len(found) >= WIDEST:  # What lies beyond is not looked at, and somebody should know.
            return [*found[:WIDEST], cell.of(Open("limit-reached", "the value can be too many names"))]
        return found

    def _listed(self, cell: Cell) -> Cell:
        """Return the list that a part of a file of settings is; other values as they are."""
        whole = settings.unfolded(self, cell) if isinstance(cell.value, Settings) else cell
        return whole if isinstance(whole.value, Sequence) else cell

    def _string(self, cell: Cell) -> Value | None:
        """Return what *cell* is as a name; None when it is of another type, and so no name at all."""
        match cell.value:
            case Text() | Open():
                return cell.value
            case Settings(path=path, keys=keys) if self.files.at(path).children.get(keys):
                return Open("not-followed", f"the name is a part of {path}, not a value in it")
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
            case External(dotted="omegaconf.MISSING"):
                return Open("supplied-by-caller", "the name is a setting that has no default")
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

    def _formatted(self, cell: Cell, value: Formatted, depth: int) -> list[Cell]:
        """Return what ``text % operand`` gives."""
        found: list[Cell] = []
        for text in self.reduce(cell.of(value.text), depth + 1):
            if isinstance(text.value, Text):
                found += self.reduce(text.of(percent(text.value, containers.placed(cell, value.operand))), depth + 1)
            elif isinstance(text.value, Open):
                found.append(text)
        return found or [cell.of(Open("not-followed", f"the name is {shown(value)}"))]

    def _template(self, cell: Cell, template: Template, depth: int) -> list[Cell]:
        options: list[list[Cell]] = []
        for part in template.parts:
            reduced = [settings.settled(self, c) for c in self.reduce(cell.of(part), depth + 1)]
            lists = [c for c in reduced if isinstance(c.value, Sequence)]
            if lists and len(lists) == len(reduced):
                options.append(lists)
                continue
            got = [t for c in reduced for t in self._text_of(c, depth)]
            texts = [c for c in got if isinstance(c.value, Text)]
            if not texts:
                hole = next((c.value for c in got if isinstance(c.value, Open)), None)
                if hole is None or hole.code != "supplied-by-caller":
                    hole = Open("not-followed", f"the name is assembled from {shown(template)}")
                return [cell.of(self._with_tail(cell, template, hole, depth))]
            options.append(texts)
        if any(isinstance(c.value, Sequence) for cells in options for c in cells):
            return [_concatenated(cell, options)]
        if sum(len(cells) > 1 for cells in options) > 1:
            texts = self._correlated(cell, template, depth)
            if texts:
                return texts
        found = [_assembled(combination) for combination in islice(product(*options), COMBINATIONS + 1)]
        for whole, combination in zip(found, product(*options), strict=False):
            self._note_files(whole, combination)
        if len(found) > COMBINATIONS:
            found[-1] = cell.of(Open("limit-reached", "a template gives too many names"))
        return found

    def _note_files(self, whole: Cell, parts: tuple[Cell, ...]) -> None:
        """Take note of the files of weights among the *parts* of a link that names their repository."""
        if not isinstance(whole.value, Text) or names.hub_link(whole.value.value) is None:
            return
        for part in parts:
            text = part.value
            if not isinstance(text, Text) or not text.line or "://" in text.value:
                continue
            if names.has_weights_suffix(text.value):
                self.files_of_hub.add((part.path, text.line, text.value))

    def _correlated(self, cell: Cell, template: Template, depth: int) -> list[Cell]:
        """
        Return what *template* gives whose parts depend on one thing: the class, the caller or the turn of a loop.

        What one of these gives to a part goes with what the same gives to the others. Nothing when there is no such.
        """
        found: list[Cell] = []
        for loop in self._loops(cell, template)[:1]:
            turns = self.reduce(loop, depth + 1)
            for turn in turns[:WIDEST] if len(turns) > 1 else ():
                self.turns[id(loop.value)] = turn
                try:
                    found += self._template(cell, template, depth + 1)
                finally:
                    del self.turns[id(loop.value)]
        if not found:
            for view in functions.views(self, cell):
                found += self._template(view, template, depth + 1)
        return [c for c in found if isinstance(c.value, Text)]

    def _loops(self, cell: Cell, template: Template) -> list[Cell]:
        """Return the elements of loops that several parts of *template* are made of."""
        table = self.table(cell.path)
        parts: dict[int, tuple[Cell, set[int]]] = {}
        for number, part in enumerate(template.parts):
            pending: list[tuple[Value, int]] = [(part, 0)]
            while pending:
                value, far = pending.pop()
                match value:
                    case Element() if id(value) not in self.turns:
                        scope = cell.scope
                        parts.setdefault(id(value), (cell.at(value, cell.path, scope), set()))[1].add(number)
                    case Name(name=name) if far < _NEAR:
                        scope = cell.scope
                        while scope > 0 and name not in table.bindings[scope]:
                            scope = table.code.scopes[scope].parent
                        bound = table.bindings[scope].get(name, ())
                        pending += [(b.value, far + 1) for b in bound if not b.grows][:_NEAR]
                    case Item(of=of, key=key) if far < _NEAR:
                        pending += [(of, far + 1), (key, far + 1)]
                    case Attribute(of=of) if far < _NEAR:
                        pending.append((of, far + 1))
                    case Call(function=Attribute(of=of), arguments=arguments) if far < _NEAR:
                        pending += [(of, far + 1), *((a, far + 1) for a in arguments[:_NEAR])]
                    case _:
                        pass
        return [found for found, numbers in parts.values() if len(numbers) > 1]

    def _text_of(self, cell: Cell, depth: int) -> list[Cell]:
        """Return what the reduced *cell* is as a part of a string; a number is written out."""
        if isinstance(cell.value, Const) and cell.value.value is not None and not isinstance(cell.value.value, bool):
            return [cell.of(Text(str(cell.value.value), 0, 0))]
        return self.strings(cell, depth + 1)

    def _with_tail(self, cell: Cell, template: Template, hole: Open, depth: int) -> Open:
        """Return *hole* with the end of the string, when that is the name of a file of settings or of weights."""
        tail = ""
        for part in reversed(template.parts):
            cells = [c for c in self.strings(cell.of(part), depth + 1) if isinstance(c.value, Text)]
            texts = [c.value.value for c in cells if isinstance(c.value, Text)]
            before = template.parts[-2] if len(template.parts) > 1 else None
            folder = isinstance(before, Text) and before.value.endswith("/")
            if not tail and folder and texts and all(map(names.is_only, texts)):
                return evolve(hole, files=tuple(cells))
            if len(texts) != 1 or not (tail or settings.is_file_name(texts[0])):
                break
            tail = texts[0] + tail
        return evolve(hole, tail=tail) if tail else hole

    def name(self, cell: Cell, name: str, depth: int) -> list[Cell]:
        """Return what the plain *name* is where *cell* stands."""
        table = self.table(cell.path)
        scope = cell.scope
        while scope >= 0:
            member = scope != cell.scope and table.code.scopes[scope].kind == "class"
            if member and table.code.members and (name in table.bindings[scope] or (scope, name) in table.children):
                return objects.member_of(self, self._this(cell, table, scope), Attribute(cell.value, name), depth)
            if not member:
                found = self._local(cell, table, scope, name, depth)
                if found is not None:
                    return found
            scope = table.code.scopes[scope].parent
        found = self._imported(cell, table, name, depth)
        added = [b for bindings in table.bindings for b in bindings.get(name, ()) if b.grows]
        return self.bound(cell, table, added, depth, before=found) if added else found

    def _imported(self, cell: Cell, table: Table, name: str, depth: int) -> list[Cell]:
        """Return what *name* is that no scope of the module binds."""
        target = table.imports.get(name)
        if target is not None:
            return objects.dotted(self, cell, target, depth)
        for star in table.stars if self.steps <= BUDGET else ():
            found = objects.dotted(self, cell, f"{star}.{name}", depth)
            if found and not all(isinstance(c.value, External) for c in found):
                return found
        beside = self.modules.namespaces.beside(name, cell.path)
        if beside is not None and self.steps <= BUDGET:
            return objects.member_of(self, cell.at(Module(beside), beside, 0), Attribute(cell.value, name), depth + 1)
        return [cell.of(External(self.outside(table, name)))]

    def outside(self, table: Table, name: str) -> str:
        """Return the dotted name that *name*, which nothing in the tree binds, has where all names are imported."""
        known: frozenset[str] = signatures.roots() if table.stars else frozenset()
        return next((whole for star in table.stars if (whole := f"{star}.{name}") in known), name)

    def meaning(self, value: Value, path: str, scope: int) -> Hashable | None:
        """Return a key that dotted names of one meaning share, of those in one scope; None for other expressions."""
        root = value
        while isinstance(root, Attribute):
            root = root.of
        if not isinstance(root, Name):
            return None
        table = self.table(path)
        parameter = root.name in table.parameters[scope]
        bindings = table.bindings[scope].get(root.name, [])
        bindings, shadowed = _before(bindings, root.line, table, has_parameter=parameter)
        return path, scope, shown(value), shadowed, tuple(map(id, bindings))

    def _this(self, cell: Cell, table: Table, scope: int) -> Cell:
        """Return the instance of the class *scope* in whose method *cell* stands."""
        frame = cell.frame
        while frame is not None:
            if frame.path == table.path and isinstance(frame.this, Instance):
                return cell.of(frame.this)
            frame = frame.caller.frame
        return cell.at(Instance(table.path, scope, own=True), table.path, scope)

    def in_tests(self, place: Location) -> bool:
        """Tell whether *place* is in a test, or in a part of a file that is compiled for tests only."""
        if in_tests(place.path):
            return True
        known = place.path in self.indexed
        return known and any(a <= place.line <= b for a, b in self.table(place.path).code.tests)

    def _local(self, cell: Cell, table: Table, scope: int, name: str, depth: int) -> list[Cell] | None:
        """Return what *name* is within one scope; None when the scope does not bind it."""
        bindings = table.bindings[scope].get(name, [])
        parameter = table.parameters[scope].get(name)
        child = table.children.get((scope, name))
        if parameter is None and child is None and all(b.grows for b in bindings):
            return None  # What is only added to is bound elsewhere.
        line = (
            cell.value.line if isinstance(cell.value, Name) and cell.path == table.path and cell.scope == scope else 0
        )
        bindings, shadowed = _before(bindings, line, table, has_parameter=parameter is not None)
        key = ("local", table.path, scope, name, cell.frame, line)
        if key in self.busy:
            self.circles += 1
            return []
        self.busy.add(key)
        try:
            found = []
            if parameter is not None and not shadowed:
                with self.share(1 + bool(bindings)):  # What the function itself gives it is nearest.
                    found += functions.parameter(self, cell, table, scope, parameter, depth)
            if child is not None:
                made = Class if table.code.scopes[child].kind == "class" else Function
                found.append(cell.of(made(table.path, child)))
            found = self.bound(cell, table, bindings, depth, before=found)
            return branches.narrowed(self, found, cell, table, scope, name) if line else found
        finally:
            self.busy.discard(key)

    def bound(
        self, cell: Cell, table: Table, bindings: list[Binding], depth: int, *, before: Iterable[Cell] = ()
    ) -> list[Cell]:
        """Return what any of *bindings* gives its name, which is *before* already; some only add to what it holds."""
        found = list(before)
        added: list[tuple[Cell, str]] = []
        certain = any(not b.conditional and not b.grows for b in bindings)
        frame = cell.frame if cell.frame and cell.frame.path == table.path else None
        for number, binding in enumerate(bindings):
            asked = branches.picked(self, table.path, binding.line, frame)
            optional = binding.conditional and (certain or number > 0) if asked is None else asked
            optional = optional and not binding.fallback
            if number and _is_set_later(binding, bindings[0], table) and any(isinstance(c.value, Text) for c in found):
                optional = True
            inner = cell.at(binding.value, table.path, binding.scope, optional=optional, frame=frame)
            tagged = isinstance(binding.value, Call) and binding.value.callee == TAGGED
            if (isinstance(binding.value, Unknown) or tagged) and binding.annotation is not None:
                named = inner
                if table.code.language == "go" and table.code.scopes[binding.scope].kind == "class":
                    named = inner.at(inner.value, table.path, table.code.scopes[binding.scope].parent)  # LLM LLM
                made = functions.instances(self, named, binding.annotation, depth)
                found += made
                if made or not tagged:
                    continue
            place = Location(table.path, binding.line, 0, table.code.cell_of(binding.line))
            inner = inner.past(place)
            if _grows(binding, table) and (found or binding.grows):
                added.append((inner, binding.grows))
                continue
            found = containers.grown(found, added[:WIDEST])
            added = []
            if binding.fallback:
                found = [c for c in found if c.value != Const(None)]
            found += self.reduce(inner, depth + 1)
        return containers.grown(found, added[:WIDEST])

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


def _registry_of(value: Value) -> list[Name | Attribute]:
    """Return the names that stand in a dict or a list of several, also one from which an entry is taken at once."""
    while isinstance(value, Item):
        value = value.of
    match value:
        case Mapping(items=items):
            inner = [i.items[0] if isinstance(i, Sequence) and i.items else i for _, i in items[:WIDEST]]
        case Sequence(items=items):
            inner = list(items[:WIDEST])
        case _:
            return []
    held = [i for i in inner if isinstance(i, Name | Attribute)]
    return held if len(held) > 1 else []


def _named_in(value: Value) -> Iterator[tuple[str, bool]]:
    """Yield the names of what *value* may be, or hold, and whether it holds it; a call may hand on its arguments."""
    held: Iterable[Value] = ()
    many = False
    match value:
        case Name(name=name) | Attribute(name=name):
            yield name, False
        case Choice(options=options):
            held = options
        case Element(of=of) | Item(of=of):
            held = (of,)
        case Call(function=function, arguments=arguments):
            held = arguments[:1] if isinstance(function, Name | Attribute) and function.name == "partial" else ()
        case Mapping(items=items):
            held, many = [inner for _, inner in items[:WIDEST]], True
        case Sequence(items=inners):
            held, many = inners[:WIDEST], True
        case _:
            pass
    taken = isinstance(value, Element | Item)
    for inner in held:
        for name, inside in _named_in(inner):
            yield name, many or (inside and not taken)


def _is_replaced(value: Value) -> bool:
    if isinstance(value, Open):
        return value.setting or value.code == "supplied-by-caller"
    return isinstance(value, Const) and not value.value


def _makes_object(callee: str) -> bool:
    """Tell whether calling *callee* gives a loaded model or another object, and no name."""
    upper = callee.rpartition(".")[2][:1].isupper()
    return upper or any(True for _ in signatures.matching(callee, signatures.known()))


def _is_set_later(binding: Binding, first: Binding, table: Table) -> bool:
    """Tell whether *binding* stands in a function that somebody must call to replace what *first* gives."""
    if binding.scope == first.scope or binding.fallback or binding.grows or table.code.language != "python":
        return False
    scope = table.code.scopes[binding.scope]
    return scope.kind == "function" and scope.name.rpartition(".")[2] not in _MAKING


_MAKING: Final = frozenset({"__init__", "__new__", "__post_init__", "__attrs_post_init__", "__call__", "main", "setup"})
"""Functions that run anyway."""


def _grows(binding: Binding, table: Table) -> bool:
    """Tell whether *binding* adds to what its name holds; other languages than Python say so by a mapping alone."""
    return bool(binding.grows) or (table.code.language != "python" and isinstance(binding.value, Mapping))


def _before(bindings: list[Binding], line: int, table: Table, *, has_parameter: bool) -> tuple[list[Binding], bool]:
    """
    Return those of *bindings* that count at *line* of their own scope, and whether they replace a parameter.

    These are the last one before it that stands in no branch, and the ones in branches since. Where the name is used in
    another scope, or only before it is bound, all of them count (*line* is 0).
    """
    earlier = [b for b in bindings if b.line < line]
    if not any(not _grows(b, table) for b in earlier) and not has_parameter:
        return bindings, False
    if not earlier:
        return [] if has_parameter and line else bindings, False
    certain = [n for n, b in enumerate(earlier) if not b.conditional and not _grows(b, table)]
    # What another function adds may have come before.
    later = [b for b in bindings if b.grows and b.line >= line and b.scope != earlier[0].scope]
    return (earlier[certain[-1] :] if certain else earlier) + later, bool(certain)


def _concatenated(cell: Cell, options: list[list[Cell]]) -> Cell:
    """Return the list that the sum of lists is; what is no list is an element of it."""
    items = [
        cell.holding(part.of(value))
        for cells in options
        for part in cells
        for value in (part.value.items if isinstance(part.value, Sequence) else (part.value,))
    ]
    return cell.of(Sequence(tuple(items)))


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
