"""Follow values through functions: parameters to their callers, calls to what they return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Location
from aibom.knowledge import value_calls
from aibom.link import settings
from aibom.link.cells import Cell, Class, Content, External, Frame, Function, Guess, Instance, Open, Parsed
from aibom.link.limits import DEEPEST_CLASS
from aibom.syntax.values import Attribute, Call, Choice, Item, Mapping, Name, Sequence, Template, Text, Unknown, shown

if TYPE_CHECKING:
    from aibom.link.follow import Follower
    from aibom.link.modules import Table
    from aibom.syntax import Parameter, Scope
    from aibom.syntax.values import Value

__all__ = ["callers", "declared_options", "instances", "parameter", "result"]

_CONSTRUCTORS: Final = frozenset({"__init__", "__new__", "__call__", "__post_init__"})
_OPTIONS: Final = frozenset({"option", "argument", "add_argument"})
_PARSES: Final = frozenset({"parse_args", "parse_known_args", "parse_args_into_dataclasses"})


# -- parameters ----------------------------------------------------------------------------------


def parameter(f: Follower, cell: Cell, table: Table, scope: int, wanted: Parameter, depth: int) -> list[Cell]:
    """Return what *wanted*, a parameter of the function *scope*, can be: its default, and what callers give."""
    function = table.code.scopes[scope]
    if wanted.kind in {"*", "**"}:
        rest = _rest(f, cell, table, scope, wanted)
        return rest or [cell.of(Open("supplied-by-caller", f"the name comes from {wanted.kind}{wanted.name}"))]
    if _is_self(table, scope, wanted):
        frame = cell.frame
        while frame is not None:
            if (frame.path, frame.scope) == (table.path, scope) and frame.this is not None:
                return [cell.of(frame.this)]
            frame = frame.caller.frame
        return [cell.of(Instance(table.path, table.owner(scope) or 0, own=True))]
    framed, given, this = _framed(cell, table, scope, wanted)
    if given is not None:
        return f.reduce(given, depth + 1)
    here = Location(table.path, wanted.line, 0, table.code.cell_of(wanted.line))
    found: list[Cell] = []
    if wanted.default is not None:
        found += f.reduce(cell.at(wanted.default, table.path, function.parent).past(here), depth + 1)
    for choice in _literals(wanted.annotation):
        found += f.reduce(cell.at(choice, table.path, function.parent, optional=True).past(here), depth + 1)
    for decorator in function.decorators:
        if isinstance(decorator, Call) and decorator.last in _OPTIONS:
            found += _declared(f, cell.at(decorator, table.path, function.parent), decorator, wanted.name, depth)
        if isinstance(decorator, Call) and decorator.callee == "hydra.main":
            found += settings.hydra(f, cell.at(decorator, table.path, function.parent), decorator, depth)
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
    found: list[Cell] = []
    for path, call in callers(f, table, scope):
        value = _argument(call, table, scope, wanted.name)
        if value is not None and (this is None or _makes(f, path, call, this)):
            place = Location(path, call.line, call.column, f.table(path).code.cell_of(call.line))
            found += f.reduce(cell.at(value, path, call.scope).past(place), depth + 1)
    return found


def _literals(annotation: Value | None) -> tuple[Value, ...]:
    """Return what ``Literal["a", "b"]`` allows."""
    match annotation:
        case Item(of=Name(name="Literal") | Attribute(name="Literal"), key=Sequence(items=items)):
            return items
        case Item(of=Name(name="Literal") | Attribute(name="Literal"), key=Text() as one):
            return (one,)
        case _:
            return ()


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
                return False, None, frame.this if isinstance(frame.this, Instance) else None
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
    made = [c.value for c in f.reduce(Cell(call.function, path, call.scope), 1)]
    return any((m.path, m.scope) in below for m in made if isinstance(m, Class))


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
    if position is not None and bound and not static:
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
    for path in paths or (cell.path,):
        for call in f.table(path).code.calls("**.add_argument"):
            if name in _destinations(call):
                declared = True
                found += _declared(f, cell.at(call, path, call.scope), call, name, depth)
    if declared and not any(isinstance(c.value, Text | Open) for c in found):
        return [cell.of(Open("supplied-by-caller", f"the name is the option --{name.replace('_', '-')}"))]
    return found


def _declared(f: Follower, cell: Cell, call: Call, name: str, depth: int) -> list[Cell]:
    """Return the default and the choices of an option, when *call* declares the option *name*."""
    if name not in _destinations(call):
        return []
    found: list[Cell] = []
    default = call.argument(None, "default", "const")
    if default is not None:
        found += f.reduce(cell.of(default).past(Location(cell.path, call.line)), depth + 1)
    kind = call.argument(None, "type")
    choices = kind.argument(0, "choices") if isinstance(kind, Call) else call.argument(None, "choices")
    if choices is not None:
        for options in f.reduce(cell.of(choices, optional=True).past(Location(cell.path, call.line)), depth + 1):
            found += f.elements(options, depth)
    return found


def _destinations(call: Call) -> set[str]:
    """Return the names under which an option's value is found: ``--base-model`` gives ``base_model``."""
    dest = call.argument(None, "dest")
    if isinstance(dest, Text):
        return {dest.value}
    flags = [a.value for a in call.arguments if isinstance(a, Text)]
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
            return []
        f.busy.add(key)
        found = [(p, c) for p, c in f.calls_of(name) if _runs(f, p, c, table.path, scope, owner)]
        for child in (
            f.subclasses(table.path, owner) if owner is not None and function.name.endswith("__init__") else ()
        ):
            found += [(p, c) for p, c in f.calls_of(child) if _runs(f, p, c, table.path, scope, owner)]
        if function.name.endswith("__init__") and owner is not None:
            found += [(p, c) for p, c in f.calls_of("__init__") if _is_super(f, p, c, table.path, owner)]
        f.busy.discard(key)
        f.known_callers[key] = found
    f.wanted.add(name)
    return found


def _runs(f: Follower, path: str, call: Call, target: str, scope: int, owner: int | None) -> bool:
    """Tell whether *call* runs the function *scope* of the file *target*."""
    for cell in f.reduce(Cell(call.function, path, call.scope), 1):
        match cell.value:
            case Function(path=found, scope=inside) if (found, inside) == (target, scope):
                return True
            case Class(path=found, scope=inside) if owner is not None and _inits(f, found, inside, target, owner, 0):
                return True
            case _:
                pass
    return False


def _is_super(f: Follower, path: str, call: Call, target: str, owner: int) -> bool:
    """Tell whether *call* is ``super().__init__(…)`` in a class that inherits from the class *owner* directly."""
    table = f.table(path)
    inside = table.owner(call.scope)
    if call.callee != "super().__init__" or inside is None:
        return False
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


def result(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:
    """Return what *call* gives."""
    if isinstance(call.function, Attribute):
        got = f.built_in(cell, call, call.function, depth)
        if got is not None:
            return got
    found: list[Cell] = []
    for function in f.reduce(cell.of(call.function), depth + 1):
        match function.value:
            case Function(path=path, scope=scope, given=given, this=this):
                whole = call if given is None else _completed(call, given)
                seen = evolve(cell, optional=cell.optional or function.optional)
                found += _returned(f, seen, whole, Frame(path, scope, whole, evolve(seen, via=()), this), depth)
            case Class(path=path, scope=scope):
                found.append(cell.of(Instance(path, scope, made=evolve(cell, value=call, via=()))))
            case External(dotted=dotted) if dotted.rpartition(".")[2] in _PARSES:
                found += _parsed(f, cell, call, (cell.path, function.path), depth)
            case External(dotted=dotted):
                found += _known(f, cell, call, dotted, depth)
            case Open() | Content():
                found.append(function)
            case Guess(hole=hole):
                found.append(function.of(hole))
            case _:
                found.append(cell)
    return found


def _completed(call: Call, given: Call) -> Call:
    """Return the call that ``partial(function, …)(…)`` comes to."""
    return evolve(call, arguments=given.arguments[1:] + call.arguments, keywords=call.keywords + given.keywords)


def _parsed(f: Follower, cell: Cell, call: Call, paths: tuple[str, ...], depth: int) -> list[Cell]:
    """Return the options that a parser of the command line gives, in the form of its method."""
    options = cell.of(Parsed(tuple(dict.fromkeys(paths))))
    if call.last == "parse_known_args":
        return [cell.of(Sequence((options.value, Unknown("the rest of the command line", call.line))))]
    if call.last != "parse_args_into_dataclasses" or not isinstance(call.function, Attribute):
        return [options]
    found: list[Value] = []
    for parser in f.reduce(cell.of(call.function.of), depth + 1):  # transformers.HfArgumentParser((A, B))
        kinds = parser.value.argument(0, "dataclass_types") if isinstance(parser.value, Call) else None
        for kind in kinds.items if isinstance(kinds, Sequence) else (kinds,) if kinds is not None else ():
            reduced = [c.value for c in f.reduce(parser.of(kind), depth + 1)]
            found += [Instance(made.path, made.scope) for made in reduced if isinstance(made, Class)]
    return [cell.of(Sequence(tuple(found)))] if found else [options]


def _returned(f: Follower, cell: Cell, call: Call, frame: Frame, depth: int) -> list[Cell]:
    key = ("returned", frame.path, frame.scope, id(call))
    if key in f.busy:
        return []
    f.busy.add(key)
    try:
        returns = f.table(frame.path).code.scopes[frame.scope].returns
        return f.each((cell.at(value, frame.path, frame.scope, frame=frame) for value in returns), depth + 1)
    finally:
        f.busy.discard(key)


def _known(f: Follower, cell: Cell, call: Call, dotted: str, depth: int) -> list[Cell]:
    """Return the result of a function outside of the tree that hands on what it is given (``values.tsv``)."""
    row = value_calls().get(dotted)
    if row is None:
        return [cell]
    value = call.argument(row.position, *row.keywords)
    match row.gives:
        case "argument" if value is not None:
            return f.reduce(cell.of(value), depth + 1)
        case "setting":
            first = call.arguments[0] if call.arguments else None
            given = f.reduce(cell.of(first), depth + 1) if first is not None else []
            names = [c.value.value for c in given if isinstance(c.value, Text)]
            found, sure = settings.environment(f, cell, names[0]) if len(names) == 1 else ([], False)
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
        case "mapping":
            pairs = tuple((Text(k, call.line, 0), v) for k, v in call.keywords if k != "**")
            return [cell.of(Mapping(pairs))]
        case "partial" if call.arguments:
            return [
                c.of(evolve(c.value, given=call)) if isinstance(c.value, Function) else c
                for c in f.reduce(cell.of(call.arguments[0]), depth + 1)
            ]
        case _:
            return [cell]


def _pairs(f: Follower, cell: Cell, call: Call, dotted: str, depth: int) -> list[Cell]:
    """Return what ``enumerate`` and ``zip`` give, as a sequence of pairs."""
    columns = [f.reduce(cell.of(a), depth + 1) for a in call.arguments]
    columns_ = [[i for c in cells for i in f.elements(c, depth)] for cells in columns]
    if any(isinstance(i.value, Open) for column in columns_ for i in column):
        return [cell.of(Open("not-followed", f"the name is an element of {dotted}(…)"))]
    index: list[Value] = [Unknown("a number", call.line)] if dotted == "enumerate" else []
    length = max((len(column) for column in columns_), default=0)
    rows = (Sequence((*index, *(c[row].value for c in columns_ if row < len(c)))) for row in range(length))
    return [cell.of(Sequence(tuple(rows)))]


def _attribute(f: Follower, cell: Cell, call: Call, default: Value | None, depth: int) -> list[Cell]:
    """Return ``getattr(object, name, default)``."""
    name = call.arguments[1]
    got = f.reduce(cell.of(Attribute(call.arguments[0], name.value)), depth + 1) if isinstance(name, Text) else []
    got = [settings.settled(f, c) if default is not None else c for c in got]
    texts = [c for c in got if isinstance(c.value, Text)]
    if default is not None:
        return texts + f.reduce(cell.of(default, optional=bool(texts)), depth + 1)
    return texts or got or [cell.of(Open("not-followed", f"the name is {shown(call)}"))]


def instances(f: Follower, cell: Cell, annotation: Value, depth: int) -> list[Cell]:
    """Return an instance of the class that *annotation* names."""
    match annotation:
        case Choice(options=options):
            return [c for o in options for c in instances(f, cell, o, depth)]
        case Item(of=Name(name="Union") | Attribute(name="Union"), key=Sequence(items=items)):
            return [c for o in items for c in instances(f, cell, o, depth)]
        case Item(of=Name(name="Optional") | Attribute(name="Optional"), key=inner):
            pass
        case Item(of=Name(name="Annotated") | Attribute(name="Annotated"), key=Sequence(items=(inner, *_))):
            pass
        case Text(value=text) if text.isidentifier():
            inner = Name(text, annotation.line)
        case _:
            inner = annotation
    return [
        c.of(Instance(c.value.path, c.value.scope))
        for c in f.reduce(cell.of(inner), depth + 1)
        if isinstance(c.value, Class)
    ]
