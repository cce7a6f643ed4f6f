"""Follow values through functions: parameters to their callers, calls to what they return."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from attrs import evolve

from aibom.bill import Location
from aibom.expressions import expression
from aibom.knowledge import value_calls
from aibom.link import branches, options, settings
from aibom.link.cells import (
    Cell,
    Class,
    Content,
    External,
    Frame,
    Function,
    Guess,
    Instance,
    Module,
    Open,
    Parsed,
    Placed,
)
from aibom.link.handed import inner_calls
from aibom.link.limits import BUDGET, CALLEE_BUDGET, COMBINATIONS, DEEPEST_CLASS, MOST_IMPORTS, WIDEST
from aibom.link.modules import in_tests
from aibom.link.started import to_option, to_parameter
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
    formatted,
    parts,
    shown,
)

if TYPE_CHECKING:
    from aibom.link.follow import Follower
    from aibom.link.modules import Table
    from aibom.syntax import Parameter, Scope
    from aibom.syntax.values import Value

__all__ = ["callers", "declared_options", "instances", "parameter", "result", "views"]

_CONSTRUCTORS: Final = frozenset({"__init__", "__new__", "__call__", "__post_init__"})
_OPTIONS: Final = frozenset({"option", "argument", "add_argument"})
_INTO: Final = frozenset({"parse_args_into_dataclasses", "parse_json_file", "parse_yaml_file", "parse_dict"})
_PARSES: Final = frozenset({"parse_args", "parse_known_args", *_INTO})


# -- parameters ----------------------------------------------------------------------------------


def parameter(f: Follower, cell: Cell, table: Table, scope: int, wanted: Parameter, depth: int) -> list[Cell]:
    """Return what *wanted*, a parameter of the function *scope*, can be: its default, and what callers give."""
    function = table.code.scopes[scope]
    if wanted.kind in {"*", "**"}:
        rest = _rest(f, cell.past(Location(table.path, wanted.line)), table, scope, wanted)
        return rest or [cell.of(Open("supplied-by-caller", f"the name comes from {wanted.kind}{wanted.name}"))]
    if _is_self(table, scope, wanted):
        frame = cell.frame
        while frame is not None:
            if (frame.path, frame.scope) == (table.path, scope) and frame.this is not None:
                return [cell.of(frame.this)]
            frame = frame.caller.frame
        kind = Class if wanted.name == "cls" else Instance
        return [cell.of(kind(table.path, table.owner(scope) or 0, own=True))]
    framed, given, this = _framed(cell, table, scope, wanted)
    if given is not None:
        return f.reduce(given, depth + 1)
    here = Location(table.path, wanted.line, 0, table.code.cell_of(wanted.line))
    found: list[Cell] = []
    if wanted.default is not None:
        found += f.reduce(cell.at(wanted.default, table.path, function.parent).past(here), depth + 1)
    outside = cell.at(cell.value, table.path, function.parent)
    if wanted.annotation is not None:
        found += _literals(f, evolve(outside, optional=True).past(here), wanted.annotation, depth)
    for decorator in function.decorators:
        found += _decorated(f, outside.of(decorator), decorator, wanted.name, depth)
    found += to_parameter(f, cell.past(here), table, scope, wanted)
    if not framed:
        found += _from_callers(f, cell.past(here), table, scope, wanted, this, depth)
    if wanted.annotation is not None and not any(isinstance(c.value, Text | Mapping | Instance) for c in found):
        found += instances(f, cell.at(wanted.annotation, table.path, function.parent), wanted.annotation, depth)
    if not found and wanted.default is None:
        return [cell.of(_missing(function, wanted))]
    return found


def _rest(f: Follower, cell: Cell, table: Table, scope: int, wanted: Parameter) -> list[Cell]:
    """Return what callers give to ``*args`` or ``**kwargs``: what no other parameter takes."""
    function = table.code.scopes[scope]
    named = {p.name for p in function.parameters}
    frame = cell.frame
    given = (
        [(cell.path, frame.call)] if frame and frame.call and (frame.path, frame.scope) == (table.path, scope) else []
    )
    found: list[Cell] = []
    for path, call in given or callers(f, table, scope):
        place = Location(path, call.line, call.column, f.table(path).code.cell_of(call.line))
        seen = frame.caller if given and frame is not None else cell.at(call, path, call.scope)
        via = cell.past(place).via
        if wanted.kind == "**":
            pairs = [
                (Text(k, call.line, 0) if k != "**" else None, v) for k, v in call.keywords if k not in named | {"*"}
            ]
            found.append(evolve(seen, value=Mapping(tuple(pairs)), via=via))
        else:
            first = sum(p.kind == "normal" for p in function.parameters) - (function.parent > 0)
            found.append(evolve(seen, value=Sequence(call.arguments[max(first, 0) :]), via=via))
    return found


def _from_callers(
    f: Follower, cell: Cell, table: Table, scope: int, wanted: Parameter, this: Instance | None, depth: int
) -> list[Cell]:
    """Return what the callers of the function *scope* give to *wanted*; where *this* is known, those that make it."""
    every = callers(f, table, scope)
    # Of several objects one is handed over, where only its class is known.
    several = this is not None and this.loose and sum(not in_tests(path) for path, _ in every) > 1
    given: list[Cell] = []
    for path, call in every:
        value = _argument(call, table, scope, wanted.name)
        if value is not None and (this is None or _makes(f, path, call, this)):
            place = Location(path, call.line, call.column, f.table(path).code.cell_of(call.line))
            picked = several or branches.is_one_of(f, path, call)
            given.append(cell.at(value, path, call.scope, optional=picked).past(place))
    found: dict[int, list[Cell]] = {}
    cheap = sorted(range(len(given)), key=lambda n: not isinstance(given[n].value, Text | Const))
    for done, number in enumerate(cheap):
        with f.share(len(given) - done):
            found[number] = f.reduce(given[number], depth + 1)
    return [c for number in range(len(given)) for c in found[number]]


def _decorated(f: Follower, cell: Cell, decorator: Value, name: str, depth: int) -> list[Cell]:
    """Return what a decorator of the command line, of Hydra or of pytest gives to the parameter *name*."""
    if not isinstance(decorator, Call):  # model_option = click.option(…), used as @model_option
        made = f.reduce(cell, depth + 1) if isinstance(decorator, Name | Attribute) else []
        calls = [(c, c.value) for c in made]
        return [
            d
            for c, call in calls
            if isinstance(call, Call) and call.last in _OPTIONS
            for d in _declared(f, c, call, name, depth)
        ]
    if decorator.last in _OPTIONS:
        return _declared(f, cell, decorator, name, depth)
    if decorator.callee == "hydra.main":
        return settings.hydra(f, cell, decorator, depth)
    if decorator.last == "parametrize" and len(decorator.arguments) > 1:
        return _parametrized(f, cell, decorator, name, depth)
    return []


def _parametrized(f: Follower, cell: Cell, decorator: Call, name: str, depth: int) -> list[Cell]:
    """Return what ``@pytest.mark.parametrize("a,b", [(…, …), …])`` gives to the parameter *name*."""
    first, rows = decorator.arguments[:2]
    given = [i.value for i in first.items if isinstance(i, Text)] if isinstance(first, Sequence) else []
    names = [n.strip() for n in first.value.split(",")] if isinstance(first, Text) else given
    if name not in names:
        return []
    found: list[Cell] = []
    for table in f.reduce(cell.of(rows), depth + 1):
        for row in f.elements(table, depth) if not isinstance(table.value, Open) else ():
            value = row.value
            if isinstance(value, Call) and value.last == "param":
                value = Sequence(value.arguments) if len(names) > 1 else next(iter(value.arguments), value)
            if len(names) > 1:
                value = Item(value, Const(names.index(name)))
            found += f.reduce(row.of(value, optional=True), depth + 1)
    return found


def _literals(f: Follower, cell: Cell, annotation: Value, depth: int) -> list[Cell]:
    """Return what ``Literal["a", "b"]`` allows, also where the annotation is a name for it."""
    match annotation:
        case Item(of=Name(name="Literal") | Attribute(name="Literal"), key=key):
            return f.each((cell.of(i) for i in (key.items if isinstance(key, Sequence) else (key,))), depth + 1)
        case Item(of=Name(name="Optional" | "Annotated") | Attribute(name="Optional" | "Annotated"), key=key):
            return _literals(f, cell, key.items[0] if isinstance(key, Sequence) and key.items else key, depth)
        case (
            Item(of=Name(name="Union") | Attribute(name="Union"), key=Sequence(items=options)) | Choice(options=options)
        ):
            return [c for o in options for c in _literals(f, cell, o, depth)]
        case Name() | Attribute():
            return [
                c
                for alias in f.reduce(cell.of(annotation), depth + 1)
                if isinstance(alias.value, Sequence)
                for c in f.elements(alias, depth)
                if isinstance(c.value, Text)
            ]
        case _:
            return []


def _is_self(table: Table, scope: int, wanted: Parameter) -> bool:
    function = table.code.scopes[scope]
    bound = function.parent > 0 and table.code.scopes[function.parent].kind == "class"
    return bound and wanted.name in {"self", "cls"} and function.parameters[:1] == (wanted,)


def _framed(cell: Cell, table: Table, scope: int, wanted: Parameter) -> tuple[bool, Cell | None, Instance | None]:
    """Tell whether the function is looked at through a call, what that call gives to *wanted*, and what self is."""
    frame = cell.frame
    while frame is not None:
        if (frame.path, frame.scope) == (table.path, scope):
            if frame.call is None:
                init = table.code.scopes[scope].name.endswith("__init__")
                return False, None, frame.this if init and isinstance(frame.this, Instance) else None
            value = _argument(frame.call, table, scope, wanted.name)
            if value is None:
                return True, None, None
            return True, evolve(frame.caller, value=value, via=cell.via, optional=cell.optional), None
        frame = frame.caller.frame
    return False, None, None


def _makes(f: Follower, path: str, call: Call, this: Instance) -> bool:
    """Tell whether *call*, of a constructor, may be part of making the instance *this*."""
    below = [(this.path, this.scope), *(f.heirs_of(this.path, this.scope) if this.own else ())]
    if call.callee == "super().__init__":
        inside = f.table(path).owner(call.scope)
        return inside is not None and (
            (path, inside) in below or (path, inside) in f.ancestors_of(this.path, this.scope)
        )
    made = [c.value for c in f.callee_of(path, call)]
    return any((m.path, m.scope) in below for m in made if isinstance(m, Class))


def views(f: Follower, cell: Cell) -> list[Cell]:
    """
    Return *cell* as each class sees it that ``self`` may be of there, or else as each caller of its function does.

    Two names that are looked up in one view go together. None where there are not several.
    """
    table = f.table(cell.path)
    scope = cell.scope
    while scope > 0 and table.code.scopes[scope].kind != "function":
        scope = table.code.scopes[scope].parent
    if scope <= 0:
        return []
    frame = cell.frame
    while frame is not None and (frame.path, frame.scope) != (cell.path, scope):
        frame = frame.caller.frame
    call, caller = (frame.call, frame.caller) if frame is not None else (None, cell.framed(None))
    kinds = _kinds(f, table, scope, frame)
    found = [cell.framed(Frame(cell.path, scope, call, caller, this)) for this in kinds]
    if len(found) == 1 and isinstance(kinds[0], Instance):
        found = [
            seen.framed(Frame(cell.path, scope, call, caller, this))
            for this in _makings(f, kinds[0])
            if this.made is not None
            for seen in [cell.past(_place_of(f, this.made))]
        ]
    if len(found) > 1 or frame is not None:
        return found if len(found) > 1 else []
    found = []
    for path, made in callers(f, table, scope):
        place = Location(path, made.line, made.column, f.table(path).code.cell_of(made.line))
        seen = cell.past(Location(table.path, table.code.scopes[scope].line)).past(place)
        found.append(seen.framed(Frame(cell.path, scope, made, Cell(made, path, made.scope))))
    if not all(p.default is None for p in table.code.scopes[scope].parameters):  # Nobody has to give it.
        plain = Call("?", Unknown("a caller", 0), (), (), 0, 0, 0)
        found.append(cell.framed(Frame(cell.path, scope, plain, cell.framed(None))))
    return found if len(found) > 1 else []


def _kinds(f: Follower, table: Table, scope: int, frame: Frame | None) -> list[Class | Instance]:
    """Return what ``self`` may be in the method *scope*: its class, and those that inherit the method from it."""
    function = table.code.scopes[scope]
    first = function.parameters[0] if function.parameters else None
    this = frame.this if frame is not None else None
    if this is None and first is not None and _is_self(table, scope, first):
        this = Instance(table.path, table.owner(scope) or 0, own=True)
    if not isinstance(this, Class | Instance) or not this.own:
        return []
    name = function.name.rpartition(".")[2]
    below = f.heirs_of(this.path, this.scope)
    other = {heir for heir in below if (heir[1], name) in f.table(heir[0]).children}
    kept = [k for k in dict.fromkeys(below) if k not in other and not other.intersection(f.ancestors_of(*k))]
    return [evolve(this, path=path, scope=index, own=False) for path, index in [(this.path, this.scope), *kept]]


def _makings(f: Follower, kind: Instance) -> list[Instance]:
    """Return the instances of the class of *kind* that the calls of its constructor make."""
    init = f.constructor(kind.path, kind.scope)
    name = f.table(kind.path).code.scopes[kind.scope].name.rpartition(".")[2]
    calls = f.calls_of(name) if init is None else callers(f, f.table(init[0]), init[1])
    return [
        evolve(kind, made=Cell(call, path, call.scope))
        for path, call in calls
        if call.callee != "super().__init__" and _makes(f, path, call, kind)
    ]


def _place_of(f: Follower, made: Cell) -> Location:
    """Return where the call *made* stands."""
    if not isinstance(made.value, Call):
        raise AssertionError  # noqa: TRY004 - only calls make instances
    return Location(made.path, made.value.line, made.value.column, f.table(made.path).code.cell_of(made.value.line))


def _missing(function: Scope, wanted: Parameter) -> Open:
    """Return why nothing is known of a parameter: anybody may call a public function, nobody a private one."""
    name = function.name.rpartition(".")[2]
    what = f"the name is the parameter {wanted.name} of {function.name}()"
    if not name.startswith("_") or name in _CONSTRUCTORS:
        return Open("supplied-by-caller", what)
    return Open("not-followed", f"{what}, and no call of it was found")


def _argument(call: Call, table: Table, scope: int, name: str) -> Value | None:
    """Return what *call* gives to the parameter *name* of the function *scope*."""
    function = table.code.scopes[scope]
    plain = [p.name for p in function.parameters if p.kind == "normal"]
    position = plain.index(name) if name in plain else None
    bound = function.parent > 0 and table.code.scopes[function.parent].kind == "class"
    static = any(isinstance(d, Name) and d.name == "staticmethod" for d in function.decorators)
    unbound = bool(call.arguments) and isinstance(call.arguments[0], Name) and call.arguments[0].name in {"self", "cls"}
    if position is not None and bound and not static and not unbound:  # Base.__init__(self, …) is unbound.
        position -= 1
    value = call.argument(position if position is None or position >= 0 else None, name)
    spread = next((v for k, v in call.keywords if k == "**"), None)
    if value is None and spread is not None:
        return Item(spread, Text(name, call.line, 0))
    return value


# -- options of the command line -----------------------------------------------------------------


def declared_options(f: Follower, cell: Cell, name: str, depth: int, paths: tuple[str, ...] = ()) -> list[Cell]:
    """Return what ``parser.add_argument("--name", default=…)`` declares in *paths*, or where *cell* stands."""
    found: list[Cell] = []
    declared = False
    asked = paths or (cell.path,)
    if f.table(asked[0]).code.language != "python":
        return options.declared(f, cell, name, depth, asked)
    if not any(_declares(f, path, name) for path in asked):
        asked = tuple(dict.fromkeys(i for path in asked for i in _imported(f, path)))
    for path in asked:
        code = f.table(path).code
        for call in code.calls("**.add_argument"):
            if name in _destinations(call):
                declared = True
                found += _declared(f, cell.at(call, path, call.scope), call, name, depth)
                found += to_option(f, cell.past(Location(path, call.line)), path, call)
        for call in code.calls("**.set_defaults"):
            if (given := call.argument(None, name)) is not None:
                found += f.reduce(cell.at(given, path, call.scope).past(Location(path, call.line)), depth + 1)
        for call in code.calls("**.add_arguments"):  # simple_parsing: add_arguments(Options, dest="options")
            dest = call.argument(1, "dest")
            if isinstance(dest, Text) and dest.value == name and call.arguments:
                found += _made_of(f, cell.at(call.arguments[0], path, call.scope), depth, parsed=path)
    if declared and not any(isinstance(c.value, Text | Open) or _holds(c.value) for c in found):
        return [cell.of(Open("supplied-by-caller", f"the name is the option --{name.replace('_', '-')}"))]
    return found


def _holds(value: Value) -> bool:
    return (isinstance(value, Sequence) and bool(value.items)) or value in _SWITCHED


def _declares(f: Follower, path: str, name: str) -> bool:
    calls = f.table(path).code.calls("**.add_argument", "**.add_arguments", "**.set_defaults")
    return any(
        name in _destinations(c)
        or c.argument(None, name) is not None
        or (isinstance(dest := c.argument(1, "dest"), Text) and dest.value == name)
        for c in calls
    )


def _imported(f: Follower, path: str) -> list[str]:
    """Return the modules of the tree that *path* imports and that declare options."""
    known = f.declaring.get(path)
    if known is None:
        known = f.declaring[path] = _declaring(f, path)
    return known


def _declaring(f: Follower, path: str) -> list[str]:
    targets = dict.fromkeys(f.table(path).imports.values())
    found = [m for t in targets if (m := f.modules.find(t, path)) is not None]
    return [p for p in dict.fromkeys(m[0] for m in found[:MOST_IMPORTS]) if b"add_argument" in f.source.data(p)]


def _made_of(f: Follower, cell: Cell, depth: int, parsed: str = "") -> list[Cell]:
    """Return an instance of the class of the tree that *cell* is, or that it is an instance of."""
    return [
        c.of(Instance(c.value.path, c.value.scope, parsed=parsed))
        for c in f.reduce(cell, depth + 1)
        if isinstance(c.value, Class | Instance)
    ]


_SWITCHES: Final = {"store_true": False, "store_false": True}
"""Actions of options that take no value, and what such an option is when nobody gives it."""
_SWITCHED: Final = (Const(value=False), Const(value=True))
FLAGS: Final = frozenset({"absl.flags.FLAGS", "tensorflow.flags.FLAGS", "tensorflow.app.flags.FLAGS", "gflags.FLAGS"})
_DEFINES: Final = ("DEFINE_string", "DEFINE_enum", "DEFINE_list", "DEFINE_multi_string", "DEFINE_spaceseplist")


def flag(f: Follower, cell: Cell, name: str, depth: int) -> list[Cell]:
    """Return what ``flags.DEFINE_string("name", default, …)`` declares, anywhere in the tree."""
    found: list[Cell] = []
    for last in _DEFINES:
        f.wanted.add(last)
        for path, call in f.calls_of(last):
            first, default = call.argument(0, "name"), call.argument(1, "default")
            if not (isinstance(first, Text) and first.value == name):
                continue
            seen = cell.at(call, path, call.scope).past(Location(path, call.line))
            if default is not None:
                found += f.reduce(seen.of(default), depth + 1)
            choices = call.argument(2, "enum_values") if last == "DEFINE_enum" else None
            for listed in f.reduce(seen.of(choices, optional=True), depth + 1) if choices is not None else ():
                found += f.elements(listed, depth)
            if not any(isinstance(c.value, Text | Sequence | Open) for c in found):
                found.append(cell.of(Open("supplied-by-caller", f"the name is the flag --{name}")))
    return found


def _declared(f: Follower, cell: Cell, call: Call, name: str, depth: int) -> list[Cell]:
    """Return the default and the choices of an option, when *call* declares the option *name*."""
    if name not in _destinations(call):
        return []
    found: list[Cell] = []
    default = call.argument(None, "default", "const")
    if default is not None:
        found += f.reduce(cell.of(default).past(Location(cell.path, call.line)), depth + 1)
    action = call.argument(None, "action")
    if isinstance(action, Text) and action.value in _SWITCHES and default is None:
        return [cell.of(Const(_SWITCHES[action.value]))]
    kind = call.argument(None, "type")
    choices = kind.argument(0, "choices") if isinstance(kind, Call) else call.argument(None, "choices")
    if choices is not None:
        for listed in f.reduce(cell.of(choices, optional=True).past(Location(cell.path, call.line)), depth + 1):
            found += f.elements(listed, depth)
    return found


def _destinations(call: Call) -> set[str]:
    """Return the names under which an option's value is found: ``--base-model`` gives ``base_model``."""
    dest = call.argument(None, "dest")
    if isinstance(dest, Text):
        return {dest.value}
    flags = [a.value for a in call.arguments if isinstance(a, Text)]
    plain = {x.replace("-", "_") for x in flags if not x.startswith("-") and " " not in x}
    if plain:  # click.option("--model", "name"), and what stands without a dash in any of them.
        return plain
    long = {x.split("/")[0].lstrip("-").replace("-", "_") for x in flags if x.startswith("--")}
    return long or {x.lstrip("-").replace("-", "_") for x in flags}


# -- callers -------------------------------------------------------------------------------------


def callers(f: Follower, table: Table, scope: int) -> list[tuple[str, Call]]:
    """Return the calls in the tree that run the function *scope*."""
    function = table.code.scopes[scope]
    name = function.name.rpartition(".")[2]
    owner = function.parent if table.code.scopes[function.parent].kind == "class" else None
    if name in _CONSTRUCTORS and owner is not None:
        name = table.code.scopes[owner].name.rpartition(".")[2]
    key = ("callers", table.path, scope)
    found = f.known_callers.get(key)
    if found is None:
        if key in f.busy:
            f.circles += 1
            return []
        f.busy.add(key)
        asked = [*_candidates(f, table, scope, name), *settings.targets(f, name)]
        steps = f.steps
        if not f.hurried:  # It is looked for once for all who ask: it costs the first of them nothing.
            f.steps = min(steps, BUDGET - min(BUDGET, CALLEE_BUDGET + 4 * len(asked)))
        found = [(p, ran) for p, c in asked if (ran := _run_by(f, p, c, table.path, scope, owner)) is not None]
        if function.name.endswith("__init__") and owner is not None:
            for child in f.subclasses(table.path, owner):
                made = [*f.calls_of(child), *settings.targets(f, child)]
                found += [(p, c) for p, c in made if _runs(f, p, c, table.path, scope, owner)]
            found += [(p, c) for p, c in f.calls_of("__init__") if _is_super(f, p, c, table.path, owner)]
            found += _by_own_class(f, table.path, scope, owner)
        f.busy.discard(key)
        f.steps = f.steps if f.hurried else steps
        f.known_callers[key] = found
    f.wanted.add(name)
    return found


def _candidates(f: Follower, table: Table, scope: int, name: str) -> list[tuple[str, Call]]:
    """Return the calls that may run the function *scope*: by its name, by others, and those of what it is given to."""
    function = table.code.scopes[scope]
    names = [name, *f.other_names(name)]
    if function.name.endswith("__call__"):
        names += [f"{name}()"]
    found = [pc for n in names for pc in (*f.calls_of(n), *f.decorations_of(n))]
    for path, call in f.handed(name):
        found += [(path, inner) for inner in inner_calls(call)]
    seen: dict[tuple[str, int, int, int], tuple[str, Call]] = {}
    for path, call in found:
        seen.setdefault((path, call.line, call.column, id(call.function)), (path, call))
    return list(seen.values())


def _by_own_class(f: Follower, path: str, scope: int, owner: int) -> list[tuple[str, Call]]:
    """Return the calls ``cls(…)`` and ``type(self)(…)`` around the class *owner* that run its ``__init__``."""
    around = [(path, owner), *f.heirs_of(path, owner), *f.ancestors_of(path, owner)]
    return [
        (p, c)
        for name in ("cls", "__class__", "type()")
        for p, c in f.calls_of(name)
        if (p, f.table(p).owner(c.scope)) in around and _runs(f, p, c, path, scope, owner)
    ]


def _runs(f: Follower, path: str, call: Call, target: str, scope: int, owner: int | None) -> bool:
    """Tell whether *call* runs the function *scope* of the file *target*."""
    return _run_by(f, path, call, target, scope, owner) is not None


def _run_by(f: Follower, path: str, call: Call, target: str, scope: int, owner: int | None) -> Call | None:
    """Return *call*, with what a partial call gave before, when it runs the function *scope* of the file *target*."""
    asked = Cell(call.function, path, call.scope)
    in_settings = path in f.files.paths  # There a name is whole: _target_: package.module.Class
    for cell in f.dotted(asked, call.callee, 1) if in_settings else f.callee_of(path, call):
        match cell.value:
            case Function(path=found, scope=inside, given=given) if (found, inside) == (target, scope):
                return call if given is None else _completed(call, given)
            case Class(path=found, scope=inside, own=own) if owner is not None and (
                _inits(f, found, inside, target, owner, 0) or (own and (target, owner) in f.heirs_of(found, inside))
            ):
                return None if f.table(target).code.scopes[scope].name.endswith("__call__") else call
            case Instance(path=found, scope=inside) if owner is not None and (
                f.table(target).code.scopes[scope].name.endswith("__call__")
                and ((found, inside) == (target, owner) or (target, owner) in f.ancestors_of(found, inside))
            ):
                return call
            case _:
                pass
    return None


def _is_super(f: Follower, path: str, call: Call, target: str, owner: int) -> bool:
    """Tell whether *call* is ``super().__init__(…)`` in a class that inherits from the class *owner* directly."""
    table = f.table(path)
    inside = table.owner(call.scope)
    if inside is None:
        return False
    if call.callee != "super().__init__":  # Base.__init__(self, …)
        cells = f.reduce(Cell(call.function, path, call.scope), 1)
        init = f.table(target).children.get((owner, "__init__"))
        return any(isinstance(c.value, Function) and (c.value.path, c.value.scope) == (target, init) for c in cells)
    for base in table.code.scopes[inside].bases:
        for cell in f.reduce(Cell(base, path, table.code.scopes[inside].parent), 1):
            match cell.value:
                case Class(path=found, scope=scope) if (found, scope) == (target, owner):
                    return True
                case _:
                    pass
    return False


def _inits(f: Follower, path: str, scope: int, target: str, owner: int, depth: int) -> bool:
    """Tell whether making an instance of the class *scope* runs the ``__init__`` of the class *owner*."""
    if (path, scope) == (target, owner):
        return True
    table = f.table(path)
    if depth > DEEPEST_CLASS or (scope, "__init__") in table.children:
        return False
    for base in table.code.scopes[scope].bases:
        for cell in f.reduce(Cell(base, path, table.code.scopes[scope].parent), 1):
            match cell.value:
                case Class(path=found, scope=inside) if _inits(f, found, inside, target, owner, depth + 1):
                    return True
                case _:
                    pass
    return False


# -- results -------------------------------------------------------------------------------------


def result(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:  # noqa: C901, PLR0912 - one case for each kind of callee
    """Return what *call* gives."""
    if isinstance(call.function, Attribute):
        got = f.built_in(cell, call, call.function, depth)
        if got is not None:
            return got
    configured = settings.asked(f, cell, call, depth)
    if configured is not None:
        return configured
    found: list[Cell] = []
    functions = f.reduce(cell.of(call.function), depth + 1)
    if any(isinstance(c.value, Function) for c in functions) and f.table(cell.path).code.members:
        functions = [c for c in functions if isinstance(c.value, Function)]  # A field may be called like a method.
    for function in functions:
        match function.value:
            case Function():
                found += _ran(f, cell, function, function.value, call, depth)
            case Class() as kind if call.arguments and f.is_enum(kind):  # Kind("a") is one of its members.
                found += [evolve(c, optional=True) for c in f.elements(function, depth)]
            case Class(path=path, scope=scope):
                found.append(cell.of(Instance(path, scope, made=evolve(cell, value=call, via=()))))
            case Text() | Instance() if not call.arguments and f.table(cell.path).code.language == "java":
                found.append(function)  # The accessor of a record: props.model()
            case Instance() if (called := _call_of(f, function, depth)) is not None:
                found += _ran(f, cell, function, called, call, depth)
            case External(dotted="super"):
                found += _super(f, cell) or [cell]
            case External(dotted="type") if len(call.arguments) == 1:
                made = [c for c in f.reduce(cell.of(call.arguments[0]), depth + 1) if isinstance(c.value, Instance)]
                found += [
                    c.of(Class(c.value.path, c.value.scope, own=c.value.own))
                    for c in made
                    if isinstance(c.value, Instance)
                ] or [cell]
            case External(dotted="globals" | "vars" | "locals") if not call.arguments:
                found.append(cell.of(Module(cell.path)))
            case External(dotted=dotted) if dotted.rpartition(".")[2] in _PARSES:
                found += _parsed(f, cell, call, (cell.path, function.path), depth)
            case External(dotted=dotted):
                told = options.asked(f, cell, call, dotted, depth)
                found += told if told is not None else _known(f, cell, call, dotted, depth)
            case Open() if (told := options.asked(f, cell, call, call.last, depth)) is not None:
                found += told
            case Open() | Content():
                found.append(function)
            case Guess(hole=hole):
                found.append(function.of(hole))
            case Call() as made_by:
                found += _of_made(f, cell, function, made_by, call, depth)
            case _:
                found.append(cell)
    return found


def _ran(f: Follower, cell: Cell, function: Cell, ran: Function, call: Call, depth: int) -> list[Cell]:
    """Return what *call* of the tree's function *ran* gives."""
    whole = call if ran.given is None else _completed(call, ran.given)
    seen = evolve(cell, optional=cell.optional or function.optional)
    return _returned(f, seen, whole, Frame(ran.path, ran.scope, whole, evolve(seen, via=()), ran.this), depth)


def _call_of(f: Follower, cell: Cell, depth: int) -> Function | None:
    """Return the ``__call__`` of the instance that *cell* is."""
    methods = [c.value for c in f.member_of(cell, Attribute(cell.value, "__call__"), depth)]
    return next((m for m in methods if isinstance(m, Function)), None)


def _super(f: Follower, cell: Cell) -> list[Cell]:
    """Return what ``super()`` is: an instance of each class of the tree that the class around inherits from."""
    table = f.table(cell.path)
    owner = table.owner(cell.scope)
    bases = table.code.scopes[owner].bases if owner is not None else ()
    cells = [c for b in bases for c in f.reduce(Cell(b, cell.path, table.code.scopes[owner or 0].parent), 1)]
    return [cell.of(Instance(c.value.path, c.value.scope)) for c in cells if isinstance(c.value, Class)]


_TUPLES: Final = frozenset(
    {"collections.namedtuple", "typing.NamedTuple", "typing.TypedDict", "dataclasses.make_dataclass"}
)


def _of_made(f: Follower, cell: Cell, function: Cell, made_by: Call, call: Call, depth: int) -> list[Cell]:
    """Return what calling the result of another call gives: of a ``namedtuple``, or of what wraps a function."""
    callee = f.canonical(function.of(made_by.function), depth + 1)
    if callee in _TUPLES and len(made_by.arguments) > 1:
        names = _field_names(f, function.of(made_by.arguments[1]), depth)
        pairs = [(Text(n, call.line, 0), v) for n, v in zip(names, call.arguments, strict=False)]
        pairs += [(Text(k, call.line, 0), v) for k, v in call.keywords if k not in {"*", "**"}]
        return [cell.of(Mapping(tuple(pairs)))]
    inner = f.reduce(function.of(made_by.arguments[0]), depth + 1) if made_by.arguments else []
    if not inner and len(call.arguments) == 1:  # lru_cache(maxsize=1)(load) is load.
        given = [c for c in f.reduce(cell.of(call.arguments[0]), depth + 1) if isinstance(c.value, Function)]
        return given or [cell]
    ran = [c for c in inner if isinstance(c.value, Function)]
    if ran:  # retrying(load)(…) calls load.
        return [r for c in ran if isinstance(c.value, Function) for r in _ran(f, cell, c, c.value, call, depth)]
    return [cell]


def _field_names(f: Follower, cell: Cell, depth: int) -> list[str]:
    found: list[str] = []
    for fields in f.reduce(cell, depth + 1):
        match fields.value:
            case Text(value=text):
                found += text.replace(",", " ").split()
            case Sequence(items=items):
                for item in items:
                    name = item.items[0] if isinstance(item, Sequence) and item.items else item
                    found += [name.value] if isinstance(name, Text) else []
            case Mapping(items=pairs):
                found += [k.value for k, _ in pairs if isinstance(k, Text)]
            case _:
                pass
    return found


def _completed(call: Call, given: Call) -> Call:
    """Return the call that ``partial(function, …)(…)`` comes to."""
    return evolve(call, arguments=given.arguments[1:] + call.arguments, keywords=call.keywords + given.keywords)


def _parsed(f: Follower, cell: Cell, call: Call, paths: tuple[str, ...], depth: int) -> list[Cell]:
    """Return the options that a parser of the command line gives, in the form of its method."""
    parsed = cell.of(Parsed(tuple(dict.fromkeys(paths))))
    if call.last == "parse_known_args":
        return [cell.of(Sequence((parsed.value, Unknown("the rest of the command line", call.line))))]
    if not isinstance(call.function, Attribute):
        return [parsed]
    if call.last not in _INTO:
        own = [c for c in f.reduce(cell.of(call.function.of), depth + 1) if isinstance(c.value, Instance)]
        made = [c.of(evolve(c.value, parsed=cell.path)) for c in own if isinstance(c.value, Instance)]
        return made or [parsed]  # class Options(Tap)
    found: list[Value] = []
    for parser in f.reduce(cell.of(call.function.of), depth + 1):  # transformers.HfArgumentParser((A, B))
        kinds = parser.value.argument(0, "dataclass_types") if isinstance(parser.value, Call) else None
        for kind in kinds.items if isinstance(kinds, Sequence) else (kinds,) if kinds is not None else ():
            reduced = [c.value for c in f.reduce(parser.of(kind), depth + 1)]
            found += [Instance(k.path, k.scope, parsed=cell.path) for k in reduced if isinstance(k, Class)]
    return [cell.of(Sequence(tuple(found)))] if found else [parsed]


def _returned(f: Follower, cell: Cell, call: Call, frame: Frame, depth: int) -> list[Cell]:
    key = ("returned", frame.path, frame.scope, id(call))
    if key in f.busy:
        f.circles += 1
        return []
    f.busy.add(key)
    try:
        function = f.table(frame.path).code.scopes[frame.scope]
        seen = cell.at(call, frame.path, frame.scope, frame=frame)
        if function.yields and not any(shown(d).rpartition(".")[2] in _ONCE for d in function.decorators):
            return [seen.of(Sequence(function.yields))]
        every = (*function.yields, *function.returns)
        return f.each((seen.of(v, optional=_is_picked(f, frame, v)) for v in every), depth + 1)
    finally:
        f.busy.discard(key)


def _is_picked(f: Follower, frame: Frame, value: Value) -> bool:
    """Tell whether the function of *frame* returns *value* only when somebody asks for it."""
    line = next((v.line for v in parts(value) if isinstance(v, Text | Name | Call | Template) and v.line), 0)
    return bool(line) and branches.picked(f, frame.path, line, frame) is True


_ONCE: Final = frozenset({"contextmanager", "asynccontextmanager", "fixture"})
"""Decorators of functions that yield once what a ``with`` or a test gets."""
_FACTORIES: Final = ("default_factory", "factory")


def _known(f: Follower, cell: Cell, call: Call, dotted: str, depth: int) -> list[Cell]:  # noqa: C901, PLR0912 - one case for each word of the table
    """Return the result of a function outside of the tree that hands on what it is given (``values.tsv``)."""
    row = value_calls().get(dotted)
    if row is None:
        return [cell]
    value = call.argument(row.position, *row.keywords)
    factory = call.argument(None, *_FACTORIES)
    match row.gives:
        case "field" if factory is None and _is_required(call, value):
            return [cell.of(Open("supplied-by-caller", "the name is a field that has no default"))]
        case "argument" | "field" if value is not None:
            return f.reduce(cell.of(value), depth + 1)
        case "argument" | "field" if factory is not None:
            return f.reduce(cell.of(evolve(call, function=factory, arguments=(), keywords=())), depth + 1)
        case "result" if value is not None:  # attrs.Factory(make), defaultdict(make)
            made = evolve(call, function=value, arguments=(), keywords=())
            if dotted == "collections.defaultdict":
                return [cell.of(Mapping(((Unknown("a key", call.line), made),)))]
            return f.reduce(cell.of(made), depth + 1)
        case "element" if value is not None:
            return [evolve(c, optional=True) for c in f.reduce(cell.of(Element(value)), depth + 1)]
        case "chain":
            return [cell.of(Sequence(tuple(Element(a) for a in call.arguments)))]
        case "product":
            return [cell.of(Sequence((Sequence(tuple(Element(a) for a in call.arguments)),)))]
        case "each" if len(call.arguments) > 1:
            made = evolve(call, function=call.arguments[0], arguments=tuple(Element(a) for a in call.arguments[1:]))
            return [cell.of(Sequence((made,)))]
        case "instance" if value is not None:
            return _made_of(f, cell.of(value), depth, parsed=cell.path) or [cell]
        case "module" if value is not None:
            return _module(f, cell, value, depth) or [cell]
        case "url" if len(call.arguments) > 1:
            return _urls(f, cell, call, depth)
        case "any":
            return f.reduce(cell.of(Choice(call.arguments)), depth + 1)
        case "tagged" if isinstance(value, Text):
            return settings.tagged(f, cell, value.value)
        case "configured":
            return settings.configured(f, cell, value, call.argument(None, "defaultValue"), depth) or [cell]
        case "setting" if call.arguments:
            first = call.arguments[0]
            given = f.reduce(cell.of(first), depth + 1)
            names = [c.value.value for c in given if isinstance(c.value, Text)]
            found, sure = settings.environment(f, cell, names[0]) if len(names) == 1 else ([], False)
            if len(names) == 1:
                found += f.set_in_code(cell, names[0], depth)
            if value is not None:
                return found + f.reduce(cell.of(value, optional=sure), depth + 1)
            if found:
                return found
            what = f"{dotted}({first.value!r})" if isinstance(first, Text) else dotted
            return [cell.of(Open("not-followed", f"the name comes from {what}", setting=True))]
        case "settings" if value is not None:
            got = settings.files_of(f, cell, value, depth)
            return [cell.of(c.value, optional=c.optional) for c in got] or [cell]
        case "parser":
            return settings.parser(f, cell, call, depth) or [cell]
        case "pairs" if call.arguments:
            return _pairs(f, cell, call, dotted, depth)
        case "attribute" if len(call.arguments) > 1:
            return _attribute(f, cell, call, value, depth)
        case "path" if call.arguments:
            pieces = [p for a in call.arguments for p in (Text("/", call.line, 0), a)][1:]
            return f.reduce(cell.of(Template(tuple(pieces), call.line)), depth + 1)
        case "substituted" if isinstance(call.function, Attribute):
            return _substituted(f, cell, call, call.function.of, depth)
        case "sub" if len(call.arguments) > 2:  # noqa: PLR2004 - pattern, replacement, string
            return _replaced(f, cell, call, depth)
        case "mapping":
            return _dict(f, cell, call, depth)
        case "keys" if call.arguments:
            default = call.argument(1) or Const(None)
            return [cell.of(Mapping(((Element(call.arguments[0]), default),)))]
        case "partial" if call.arguments:
            return [
                c.of(evolve(c.value, given=call)) if isinstance(c.value, Function) else c
                for c in f.reduce(cell.of(call.arguments[0]), depth + 1)
            ]
        case _:
            return [cell]


def _is_required(call: Call, default: Value | None) -> bool:
    """Tell whether *call* declares a field that somebody has to give: ``field()``, ``Field(...)``."""
    if default is None:
        return call.argument(None, "*", "**") is None
    return isinstance(default, Unknown) and default.shape == "..."


def _substituted(f: Follower, cell: Cell, call: Call, of: Value, depth: int) -> list[Cell]:
    """Return what ``string.Template(text).substitute(…)`` gives."""
    texts = [
        t
        for made in f.reduce(cell.of(of), depth + 1)
        if isinstance(made.value, Call) and made.value.arguments
        for t in f.reduce(made.of(made.value.arguments[0]), depth + 1)
    ]
    keywords = tuple((k, Placed(cell.of(v))) for k, v in call.keywords)
    keywords += tuple(("**", Placed(cell.of(a))) for a in call.arguments[:1])
    given = evolve(call, arguments=(), keywords=keywords)
    found: list[Cell] = []
    for text in texts:
        if not isinstance(text.value, Text):
            return [text] if isinstance(text.value, Open) else [cell]
        plain = text.value.value.replace("{", "{{").replace("}", "}}")
        fields = _FIELDS.sub(lambda m: "$" if m["sign"] else f"{{{m['plain'] or m['braced']}}}", plain)
        found += f.reduce(text.of(formatted(evolve(text.value, value=fields), given)), depth + 1)
    return found or [cell]


_FIELDS: Final = expression(r"\$(?:(?P<sign>\$)|(?P<plain>[A-Za-z_]\w*)|\{\{(?P<braced>[A-Za-z_]\w*)\}\})")
"""Where ``string.Template`` puts values, in a text whose braces are written twice."""
_HARMLESS: Final = expression(
    r"(?:[^\\*+?{}()|\[\]]|\\[^\W\d]|\\\W|\[[^\[\]]*\])*(?:[*+?](?:[^\\*+?{}()|\[\]]|\\\W)*)?"
)
"""Patterns without groups that repeat at most one thing: the time they take grows with the text as its square."""
_MOST_REPLACED: Final = 200


def _replaced(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:
    """Return what ``re.sub(pattern, replacement, text)`` gives, where the pattern is simple."""
    patterns, others, texts = (f.reduce(cell.of(a), depth + 1) for a in call.arguments[:3])
    found: list[Cell] = []
    for pattern, other, text in islice(product(patterns, others, texts), COMBINATIONS):
        match pattern.value, other.value, text.value:
            case Text(value=asked), Text(value=by), Text(value=whole) as literal if (
                _HARMLESS.fullmatch(asked) and len(whole) <= _MOST_REPLACED and "\\" not in by
            ):
                try:
                    found.append(text.of(evolve(literal, value=re.sub(asked, by, whole)[:_MOST_REPLACED])))
                except re.error:
                    continue
            case _:
                pass
    return found or [c for c in texts if isinstance(c.value, Open)] or [cell]


def _dict(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:
    """Return what ``dict(other, key=…)`` gives."""
    pairs: list[tuple[Value | None, Value]] = []
    for given in f.reduce(cell.of(call.arguments[0]), depth + 1) if call.arguments else ():
        match given.value:
            case Sequence(items=items):  # dict([("a", 1)]), dict(zip(…))
                for row in items[:WIDEST]:
                    inner = [c for c in f.reduce(given.of(row), depth + 1) if isinstance(c.value, Sequence)]
                    halves = [(c, c.value.items) for c in inner if isinstance(c.value, Sequence)]
                    pairs += [(cell.holding(c.of(i[0])), cell.holding(c.of(i[1]))) for c, i in halves if len(i) > 1]
            case _:
                pairs.append((None, cell.holding(given)))
    pairs += [(Text(k, call.line, 0) if k != "**" else None, v) for k, v in call.keywords if k != "*"]
    return [cell.of(Mapping(tuple(pairs)))]


def _module(f: Follower, cell: Cell, value: Value, depth: int) -> list[Cell]:
    """Return the modules that ``importlib.import_module(name)`` imports; relative names are those of the file."""
    names = [c.value.value for c in f.reduce(cell.of(value), depth + 1) if isinstance(c.value, Text)]
    return [c for n in names[:MOST_IMPORTS] for c in f.dotted(cell, n, depth + 1)]


def _urls(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:
    """Return what ``urljoin(base, path)`` gives, at the place of the path."""
    bases, ends = (f.strings(cell.of(a), depth + 1) for a in call.arguments[:2])
    found = [
        evolve(end, value=evolve(end.value, value=joined_url), optional=base.optional or end.optional)
        for base in bases
        for end in ends
        if isinstance(base.value, Text)
        and isinstance(end.value, Text)
        and (joined_url := _joined_url(base.value.value, end.value.value))
    ]
    open_ = [c for c in (*bases, *ends) if isinstance(c.value, Open)]
    return found[:COMBINATIONS] or open_[:1] or [cell]


def _joined_url(base: str, end: str) -> str:
    try:
        return urljoin(base, end)
    except ValueError:
        return ""


def _pairs(f: Follower, cell: Cell, call: Call, dotted: str, depth: int) -> list[Cell]:
    """Return what ``enumerate`` and ``zip`` give, as a sequence of pairs."""
    columns = [f.reduce(cell.of(a), depth + 1) for a in call.arguments]
    columns_ = [[i for c in cells for i in f.elements(c, depth)] for cells in columns]
    if any(isinstance(i.value, Open) for column in columns_ for i in column):
        return [cell.of(Open("not-followed", f"the name is an element of {dotted}(…)"))]
    index: list[Value] = [Unknown("a number", call.line)] if dotted == "enumerate" else []
    length = max((len(column) for column in columns_), default=0)
    rows = (Sequence((*index, *(cell.holding(c[row]) for c in columns_ if row < len(c)))) for row in range(length))
    return [cell.of(Sequence(tuple(rows)))]


def _attribute(f: Follower, cell: Cell, call: Call, default: Value | None, depth: int) -> list[Cell]:
    """Return ``getattr(object, name, default)``."""
    asked = f.reduce(cell.of(call.arguments[1]), depth + 1)[:COMBINATIONS]
    names = [(c, c.value.value) for c in asked if isinstance(c.value, Text)]
    got = [
        evolve(found, optional=found.optional or c.optional)
        for c, name in names
        for found in f.reduce(cell.of(Attribute(call.arguments[0], name)), depth + 1)
    ]
    got = [settings.settled(f, c) if default is not None else c for c in got]
    texts = [c for c in got if isinstance(c.value, Text)]
    if default is not None:
        return texts + f.reduce(cell.of(default, optional=bool(texts)), depth + 1)
    return texts or got or [cell.of(Open("not-followed", f"the name is {shown(call)}"))]


def instances(f: Follower, cell: Cell, annotation: Value, depth: int) -> list[Cell]:
    """Return an instance of the class that *annotation* names."""
    seen = Cell(annotation, cell.path, cell.scope)
    kinds = f.kept(f.annotated, (cell.path, id(annotation)), lambda: _classes(f, seen, annotation, depth))
    return [cell.of(Instance(kind.path, kind.scope, loose=True)) for kind in kinds]


def _classes(f: Follower, cell: Cell, annotation: Value, depth: int) -> list[Class]:
    """Return the classes of the tree that *annotation* names."""
    match annotation:
        case Choice(options=options):
            return [c for o in options for c in _classes(f, cell, o, depth)]
        case Item(of=Name(name="Union") | Attribute(name="Union"), key=Sequence(items=items)):
            return [c for o in items for c in _classes(f, cell, o, depth)]
        case Item(of=Name(name="Optional") | Attribute(name="Optional"), key=inner):
            pass
        case Item(of=Name(name="Annotated") | Attribute(name="Annotated"), key=Sequence(items=(inner, *_))):
            pass
        case Text(value=text) if text.isidentifier():
            inner = Name(text, annotation.line)
        case _:
            inner = annotation
    return [c.value for c in f.reduce(cell.of(inner), depth + 1) if isinstance(c.value, Class)]
