"""Tell whether lines run by default, or only when somebody asks for what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.link import settings
from aibom.link.cells import Cell, Class, Function, Instance, Module, Open
from aibom.link.limits import BUDGET, CALLEE_BUDGET
from aibom.link.modules import in_tests
from aibom.names import provider_in
from aibom.syntax import Branch
from aibom.syntax.values import Attribute, Call, Const, Element, Mapping, Name, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aibom.link.cells import Frame
    from aibom.link.follow import Follower
    from aibom.link.modules import Table
    from aibom.syntax.values import Choice, Value

__all__ = ["chosen", "first", "is_one_of", "narrowed", "picked", "variants"]

_THINGS: Final = (Class, Function, Instance, Module)
"""What is true as a truth value."""


def picked(f: Follower, path: str, line: int, frame: Frame | None = None) -> bool | None:
    """
    Tell whether *line* runs only when somebody asks for it; False when it runs by default, None when nothing says so.

    A branch is taken by default when what it asks for is the default of a parameter, a setting or an option, or what
    the code itself gives. What is asked of something without a default is a choice of somebody's.
    """
    found: bool | None = None
    if f.plain:
        return None
    for number, branch in f.table(path).branches_at(line):
        taken = _taken(f, path, number, branch, frame)
        if taken is False:
            return True
        found = False if taken else found
    return found


def first(f: Follower, cell: Cell, choice: Choice) -> bool | None:
    """Tell whether *choice*, which stands where *cell* does, comes to the first of its options by default."""
    for number, tests in enumerate((choice.tests, choice.others)):
        asked = [Branch(0, 0, cell.scope, t.subject, t.values, t.holds) for t in tests]
        taken = [_taken(f, cell.path, -id(t), b, cell.frame) for t, b in zip(tests, asked, strict=True)]
        found = False if False in taken else True if True in taken else None
        if found is not None:
            return found is (number == 0)
    return None


def narrowed(f: Follower, found: list[Cell], cell: Cell, table: Table, scope: int, name: str) -> list[Cell]:
    """
    Return what *found*, all that *name* may be, can be where *cell* stands: a branch there may have asked for it.

    ``if size == "small":`` leaves *small* of all sizes, and tells it where nobody gives one;
    ``if not name.startswith("acme/"):`` leaves the names without.
    """
    line = cell.value.line if isinstance(cell.value, Name) else 0
    for number, branch in table.branches_at(line):
        changed = any(branch.first <= b.line < line for b in table.bindings[scope].get(name, ()))
        if branch.scope != scope or changed:
            continue
        match branch.subject:
            case Name(name=subject) if subject == name and isinstance(next(iter(branch.values), None), Element):
                among, whole = _elements(f, table, number, branch)
                if whole or not branch.holds:
                    found = [
                        c for c in found if not isinstance(c.value, Text) or (c.value.value in among) is branch.holds
                    ]
            case Name(name=subject) if subject == name and branch.values:
                asked = {v.value: v for v in branch.values if isinstance(v, Text)}
                if len(asked) == len(branch.values):
                    found = _equal(found, cell, asked, holds=branch.holds)
            case Call(function=Attribute(of=Name(name=subject), name=method), arguments=(Text(value=text),)) if (
                subject == name and method in _ENDS and not branch.values
            ):
                ends = _ENDS[method]
                found = [c for c in found if not isinstance(c.value, Text) or ends(c.value.value, text) == branch.holds]
            case _:
                pass
    return found


def _elements(f: Follower, table: Table, number: int, branch: Branch) -> tuple[frozenset[str], bool]:
    """Return the names in what *branch* asks for as ``name in MODELS``, and whether that is all that it holds."""
    if number not in table.among:
        table.among[number] = (frozenset(), False)  # Asked again meanwhile.
        cells = [c for v in branch.values for c in f.reduce(Cell(v, table.path, branch.scope), 1)]
        texts = frozenset(c.value.value for c in cells if isinstance(c.value, Text))
        table.among[number] = (texts, bool(texts) and all(isinstance(c.value, Text) for c in cells))
    return table.among[number]


_ENDS: Final = {"startswith": str.startswith, "endswith": str.endswith}


def _equal(found: list[Cell], cell: Cell, asked: dict[str, Text], *, holds: bool) -> list[Cell]:
    """Return what *found* can be that is one of *asked*, or none of them where the test does not hold."""
    kept = [c for c in found if (isinstance(c.value, Text) and c.value.value in asked) == holds]
    if not holds:
        return kept
    known = {c.value.value for c in kept if isinstance(c.value, Text)}
    return [*kept, *(evolve(cell.of(text), optional=True) for value, text in asked.items() if value not in known)]


def is_one_of(f: Follower, path: str, call: Call) -> bool:
    """Tell whether *call* is made only when somebody asks for it, or makes one of several things to pick from."""
    return (call.line, call.column) in f.table(path).entries or picked(f, path, call.line) is True


def variants(f: Follower, places: Iterable[tuple[str, int, str]]) -> frozenset[tuple[str, int]]:
    """
    Return the lines among *places* that stand in one of several classes of the tree with the same base.

    A place is a file, a line, and what it is for. Somebody picks the class, and with it what it loads; one that is
    called after a provider has there what it asks for by default. A base that another package has says nothing.
    """
    found: dict[tuple[str, str], dict[tuple[str, int], list[tuple[str, int]]]] = {}
    for path, line, what in places:
        scopes = f.table(path).code.scopes
        around = [n for n, s in enumerate(scopes) if n and s.kind == "class" and s.line < line <= s.end]
        inner = scopes[around[-1]] if around else None
        base = inner.bases[0] if inner is not None and inner.bases else None
        if inner is None or not isinstance(base, Name) or provider_in(inner.name.rpartition(".")[2]) is not None:
            continue
        if f.canonical(Cell(base, path, inner.parent)) in {None, "?"}:
            found.setdefault((base.name, what), {}).setdefault((path, around[-1]), []).append((path, line))
    return frozenset(
        place
        for classes in found.values()
        if len(classes) >= _SEVERAL
        for (path, scope), inside in classes.items()
        if not _runs_anyway(f, path, scope)
        for place in inside
    )


_SEVERAL: Final = 3


def chosen(f: Follower, path: str, line: int, column: int) -> bool:
    """
    Tell whether what is written there is in a function or a class that a registry holds, and that nothing else runs.

    The default of a parameter is what the function or the class uses once it is there, and is not asked about.
    """
    table = f.table(path)
    around = [n for n, s in enumerate(table.code.scopes) if n and s.line <= line <= s.end]
    for number in reversed(around):
        scope = table.code.scopes[number]
        if scope.kind == "lambda" and scope.line != line:
            continue
        for parameter in scope.parameters:
            default = parameter.default
            if isinstance(default, Text) and (default.line, default.column) == (line, column):
                return False
        if _is_registered(f, path, number):
            return True
    return False


def _is_registered(f: Follower, path: str, scope: int) -> bool:
    key = (path, scope)
    known = f.registered.get(key)
    if known is None:
        f.registered[key] = False  # Asked again meanwhile.
        steps, f.steps = f.steps, BUDGET - CALLEE_BUDGET
        hurried, f.hurried = f.hurried, False
        known = f.registered[key] = _holds(f, path, scope) and not _runs_anyway(f, path, scope)
        f.steps, f.hurried = steps, hurried
    return known


def _holds(f: Follower, path: str, scope: int) -> bool:
    """Tell whether a dict or a list holds the function or class *scope* with others of its kind."""
    facts = f.table(path).code.scopes[scope]
    last = facts.name.rpartition(".")[2]
    if facts.kind == "class" and provider_in(last) is not None:
        return False  # It is picked for whom it asks, and has its model by default.
    for held_in, holder, value in f.held(last):
        for cell in f.reduce(Cell(value, held_in, holder), 1):
            if isinstance(cell.value, Class | Function) and (cell.value.path, cell.value.scope) == (path, scope):
                return True
    return False


def _runs_anyway(f: Follower, path: str, scope: int) -> bool:
    """Tell whether a call in the tree runs the function *scope*, or makes the class, and does not pick it."""
    table = f.table(path)
    facts = table.code.scopes[scope]
    last = facts.name.rpartition(".")[2]
    for name in (last, *f.other_names(last)):
        for at, call in f.calls_of(name):
            if in_tests(at) or picked(f, at, call.line):
                continue
            for cell in f.callee_of(at, call):
                same = isinstance(cell.value, Class | Function) and (cell.value.path, cell.value.scope) == (path, scope)
                if same and not cell.optional:
                    return True
    return False


def _taken(f: Follower, path: str, number: int, branch: Branch, frame: Frame | None) -> bool | None:
    """Tell whether *branch* is taken by default; None when that is not known."""
    key = ("branch", path, number)
    if frame is None and key in f.taken:
        return f.taken[key]
    if f.plain:
        return None
    f.plain += 1
    f.busy.add(key)
    steps, circles, wanted = f.steps, f.circles, set(f.wanted)
    f.steps = max(steps, BUDGET - CALLEE_BUDGET)
    start = f.steps
    try:
        found = _decided(f, path, branch, frame)
    finally:
        f.busy.discard(key)
        f.plain -= 1
        whole = f.steps <= BUDGET and f.circles == circles
        f.steps = min(steps + f.steps - start, BUDGET)
        f.wanted.intersection_update(wanted)  # Callers are not looked for only to tell this.
    if frame is None and whole and number >= 0:
        f.taken[key] = found
    return found


def _decided(f: Follower, path: str, branch: Branch, frame: Frame | None) -> bool | None:
    is_ = _known(f, path, branch, branch.subject, frame)
    if branch.values:
        return _compared(f, path, branch, frame, is_)
    truths = [_truth(c.value) for c in is_]
    if branch.rest and not all(isinstance(c.value, Const) and isinstance(c.value.value, bool) for c in is_):
        return None  # `if not texts: return`: what is given is not empty, although it is by default.
    if branch.holds in truths:
        return True
    return False if truths and any(t is not None for t in truths) and not any(_is_other(c) for c in is_) else None


def _compared(f: Follower, path: str, branch: Branch, frame: Frame | None, is_: list[Cell]) -> bool | None:
    asked = [c for v in branch.values for c in _known(f, path, branch, v, frame)]
    wanted = [c.value.value for c in asked if isinstance(c.value, Text | Const)]
    have = [c.value.value for c in is_ if isinstance(c.value, Text | Const)]
    if any(_is_other(c) for c in asked) or (branch.rest and None in have):
        return None
    open_ = any(_is_other(c) for c in is_)
    if not wanted:
        # What somebody gives is looked for among what the code has.
        return not branch.holds if asked and have and not open_ else None
    if None in wanted:
        return _among(have, wanted, branch) if have and not branch.rest else None
    if _among(have, wanted, branch):
        return True
    if open_ or not is_:
        return None
    return False if have else not branch.holds


def _among(have: list[str | float | bool | None], wanted: list[str | float | bool | None], branch: Branch) -> bool:
    return any((v in wanted) == branch.holds for v in have)


def _is_inside(cell: Cell, path: str, branch: Branch) -> bool:
    """Tell whether *cell* is what the lines of *branch* themselves give to what they ask for."""
    value = cell.value
    return (
        isinstance(value, Text) and cell.path == path and branch.first <= value.line <= branch.last and not branch.rest
    )


def _known(f: Follower, path: str, branch: Branch, value: Value, frame: Frame | None) -> list[Cell]:
    """Return what *value* is when nobody picks anything, and what of it is open; tests do not count."""
    cells = [settings.settled(f, c) for c in f.reduce(Cell(value, path, branch.scope, frame=frame), 1)]
    cells = [c for c in cells if not _is_inside(c, path, branch)]
    sure = [c for c in cells if not c.optional and not in_tests(c.path) and not any(in_tests(p.path) for p in c.via)]
    if sure or not cells:
        return sure
    return [cells[0].of(Open("supplied-by-caller", "one of several"))]


def _is_other(cell: Cell) -> bool:
    """Tell whether *cell* is neither known nor given by somebody: the program finds it out when it runs."""
    match cell.value:
        case Text() | Const() | Mapping() | Sequence():
            return False
        case Open(code=code):
            return code == "limit-reached"
        case other:
            return not isinstance(other, _THINGS)


def _truth(value: Value) -> bool | None:
    match value:
        case Text(value=text):
            return bool(text)
        case Const(value=const):
            return bool(const)
        case Mapping(items=items) | Sequence(items=items):
            return bool(items)
        case _ if isinstance(value, _THINGS):
            return True
        case _:
            return None
