"""Follow values through attributes: modules, classes, instances, fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Location
from aibom.knowledge import constants
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
    Settings,
)
from aibom.link.functions import FLAGS, declared_options, flag
from aibom.link.limits import BUDGET, DEEPEST, DEEPEST_CLASS
from aibom.link.modules import dotted_name, in_tests
from aibom.link.namespaces import PREFIXES
from aibom.link.started import to_field
from aibom.syntax.values import Attribute, Call, Const, Mapping, Name, Sequence, Text, Unknown, shown

if TYPE_CHECKING:
    from aibom.link.follow import Follower
    from aibom.link.modules import Table
    from aibom.syntax import Binding
    from aibom.syntax.values import Value

__all__ = ["attribute", "constructor", "dotted", "external_base", "fields", "is_enum", "member_of"]

_ENVIRONMENTS: Final = frozenset({"process.env", "import.meta.env", "Bun.env"})
"""The environment, in JavaScript."""
_PROPERTIES: Final = frozenset({"property", "cached_property", "computed_field"})


def attribute(f: Follower, cell: Cell, value: Attribute, depth: int) -> list[Cell]:
    """Return what ``of.name`` is."""
    written = shown(value)
    assigned, added = _assigned(f, cell, written, depth)
    if assigned and not (added and all(b.conditional and not b.grows for b in added)):
        return assigned
    full = f.table(cell.path).imports.get(written)
    if full is not None:
        found = dotted(f, cell, full, depth)
    else:
        owners = _members(f, cell, value, depth) or f.reduce(cell.of(value.of), depth + 1)
        found = [c for owner in owners for c in member_of(f, owner, value, depth)]
    if assigned:  # Only branches assign it: it may still have what it had.
        return assigned + [c for c in found if isinstance(c.value, Text | Sequence | Mapping)]
    return f.bound(cell, f.table(cell.path), added, depth, before=found) if added else found


def _members(f: Follower, cell: Cell, value: Attribute, depth: int) -> list[Cell]:
    """Return an instance of the Enum of which *value* asks a member for a method or a property: ``Kind.A.repo``."""
    if (
        not isinstance(value.of, Attribute)
        or value.name in {"value", "name"}
        or not isinstance(value.of.of, Name | Attribute)
    ):
        return []
    kinds = [(c, c.value) for c in f.reduce(cell.of(value.of.of), depth + 1) if isinstance(c.value, Class)]
    return [
        c.of(Instance(kind.path, kind.scope, made=_made(f, kind, value.of.name)))
        for c, kind in kinds
        if (kind.scope, value.name) in f.table(kind.path).children and is_enum(f, kind)
    ]


def _made(f: Follower, kind: Class, name: str) -> Cell | None:
    """Return the call that makes the member *name* of an Enum, as Java writes it: ``FAST("id")``."""
    made = [b for b in f.table(kind.path).bindings[kind.scope].get(name, ()) if isinstance(b.value, Call)]
    return Cell(made[0].value, kind.path, made[0].scope) if len(made) == 1 else None


def _assigned(f: Follower, cell: Cell, name: str, depth: int) -> tuple[list[Cell], list[Binding]]:
    """
    Return what is assigned to the dotted *name* itself, as in ``args.model = …``, and the bindings that do it.

    When there are none, the bindings are those that add to what it holds.
    """
    table = f.table(cell.path)
    scope = cell.scope
    own = name.partition(".")[2] if name.startswith(("self.", "cls.")) else ""
    added: list[Binding] = []
    while scope >= 0:
        bindings = table.bindings[scope].get(name)
        if "." in own and table.code.scopes[scope].kind == "class":
            bindings = table.bindings[scope].get(own)
        key = ("assigned", cell.path, scope, name)
        if bindings and all(b.grows for b in bindings):
            added += bindings
        elif bindings and key in f.busy:
            f.circles += 1
        elif bindings:
            f.busy.add(key)
            found = f.bound(cell, table, bindings, depth)
            f.busy.discard(key)
            if any(not isinstance(c.value, Const) for c in found):
                return found, bindings
        scope = table.code.scopes[scope].parent
    return [], added


def member_of(f: Follower, owner: Cell, value: Attribute, depth: int) -> list[Cell]:  # noqa: C901, PLR0912 - one case for each kind of owner
    """Return ``owner.name``, where *value* is the attribute that asks for it."""
    name = value.name
    unknown = Open("not-followed", f"the name is {shown(value)}")
    match owner.value:
        case Module(path=path):
            return _in_module(f, owner, path, name, depth)
        case External(dotted=outer) if outer in FLAGS:
            return flag(f, owner, name, depth) or [owner.of(External(f"{outer}.{name}"))]
        case External(dotted=outer) if options.gives_options(outer):
            return options.declared(f, owner, name, depth, (owner.path,)) or [owner.of(External(f"{outer}.{name}"))]
        case External(dotted=outer):
            whole, setting = f"{outer}.{name}", outer in _ENVIRONMENTS
            return _declared(f, owner, whole, depth) or [
                owner.of(_outside(whole, setting=setting, line=_line_of(value)))
            ]
        case itself if _is_itself(itself, name):
            return [owner]
        case (Class(path=path, scope=scope) | Instance(path=path, scope=scope)) as kind:
            if name == "__class__":
                return [owner.of(Class(path, scope, own=kind.own))]
            found = _member(f, owner, path, scope, name, depth, 0)
            if isinstance(kind, Instance) and kind.parsed:
                if told := to_field(f, owner, kind, name):
                    return told + [c for c in found or () if isinstance(c.value, Text)]
                if found is not None and all(_is_given(c.value) for c in found):
                    return [owner.of(Open("supplied-by-caller", f"the name is the option --{name}"))]
            if kind.own:
                found = _overridden(f, owner, path, scope, name, depth) + (found or []) or found
            if found is not None:
                return found
            if is_enum(f, kind):  # What this is called on is one of the members.
                return f.elements(owner, depth) if name in {"value", "name", "_value_"} else [owner.of(unknown)]
            base = external_base(f, path, scope)
            if base is not None:
                made = "()" if isinstance(owner.value, Instance) else ""
                return [owner.of(External(f"{base}{made}.{name}"))]
            return declared_options(f, owner, name, depth) or [owner.of(unknown)]
        case Mapping():
            return f.built_in(owner, _getting(name), Attribute(owner.value, "get"), depth) or []
        case Parsed(paths=paths):
            return declared_options(f, owner, name, depth, paths) or [owner.of(unknown)]
        case Call() as call if (given := _replaced(f, owner, call, name, depth)) is not None:
            return given
        case Call() as call:
            callee = f.canonical(owner.of(call.function), depth + 1) or "?"
            told = options.declared(f, owner, name, depth, (owner.path,)) if options.gives_options(callee) else []
            return told or [owner.of(External(f"{callee}().{name}"))]
        case Settings() as part:
            return settings.child(f, owner, part, name) or [owner.of(evolve(unknown, setting=True))]
        case Text(value=text) if name in settings.READS:
            return [owner.of(Content(text))]
        case Open() | Guess():
            declared = isinstance(owner.value, Open) and owner.value.code == "supplied-by-caller"
            told = declared_options(f, owner, name, depth) if declared else []
            return told or [settings.asked_of(owner, value.of, name) or owner]
        case _:
            return [owner.of(unknown)]


def _is_given(value: Value) -> bool:
    return isinstance(value, Open) and value.code == "supplied-by-caller"


def _is_itself(value: Value, name: str) -> bool:
    """Tell whether ``value.name`` comes to *value*: a member of an Enum, and the dict of options or of an instance."""
    match value:
        case Text():
            return name in {"value", "name"}
        case Parsed() | Instance():
            return name == "__dict__"
        case _:
            return isinstance(value, Const)


def _getting(name: str) -> Call:
    """Return the call ``.get("name")``."""
    return Call("get", Name("get", 0), (Text(name, 0, 0),), (), 0, 0, 0)


_CHANGES: Final = frozenset({"dataclasses.replace", "attrs.evolve", "attr.evolve", "attr.assoc", "copy.replace"})


def _replaced(f: Follower, owner: Cell, call: Call, name: str, depth: int) -> list[Cell] | None:
    """Return the field *name* of what ``replace(object, name=…)`` gives, or of what a flag holds; None for others."""
    callee = f.canonical(owner.of(call.function), depth + 1) or ""
    if name == "value" and callee.rpartition(".")[2].startswith("DEFINE_") and len(call.arguments) > 1:
        return f.reduce(owner.of(call.arguments[1]), depth + 1)
    if callee not in _CHANGES or not call.arguments:
        return None
    given = call.argument(None, name)
    return f.reduce(owner.of(given if given is not None else Attribute(call.arguments[0], name)), depth + 1)


def _outside(dotted_: str, *, setting: bool, line: int) -> Value:
    """Return what the dotted name is, outside of the tree; of a constant that names a model, that name."""
    known = constants().get(dotted_)
    if known is not None:
        return Text(known, line, 0)
    return Open("not-followed", f"the name comes from {dotted_}", setting=True) if setting else External(dotted_)


def _line_of(value: Value) -> int:
    """Return the line in which *value* is written; 0 when it does not say."""
    while isinstance(value, Attribute):
        value = value.of
    return value.line if isinstance(value, Name | Call) else 0


def _declared(f: Follower, owner: Cell, name: str, depth: int) -> list[Cell]:
    """Return what a package of the tree declares under *name*."""
    if not name.startswith(PREFIXES) or f.modules.find(name, owner.path) is None:
        return []
    return dotted(f, owner, name, depth + 1)


# -- modules -------------------------------------------------------------------------------------


def _in_module(f: Follower, cell: Cell, path: str, name: str, depth: int) -> list[Cell]:
    table = f.table(path)
    if name in table.imports or name in table.bindings[0] or (0, name) in table.children or table.stars:
        return f.name(cell.at(Name(name, 0), path, 0), name, depth + 1)
    found = f.modules.find(f".{name}", path) if path.endswith("__init__.py") else None
    if found is not None and not found[1]:
        return [cell.of(Module(found[0]))]
    return [cell.of(External(f"{dotted_name(path)}.{name}"))]


def dotted(f: Follower, cell: Cell, target: str, depth: int) -> list[Cell]:
    """Return what the imported name *target* is."""
    found = f.modules.find(target, cell.path)
    if found is None:
        return [cell.of(_outside(target.lstrip("."), setting=False, line=_line_of(cell.value)))]
    f.steps += 1
    if depth > DEEPEST or f.steps > BUDGET:
        return [cell.of(Open("limit-reached", "the value is too far away"))]
    path, rest = found
    key = ("dotted", path, rest, cell.frame)
    if key in f.busy:
        f.circles += 1
        return []
    f.busy.add(key)
    try:
        cells = [cell.at(Module(path), path, 0)]
        for name in rest:
            asked = Attribute(Name(dotted_name(path), 0), name)
            cells = [got for c in cells for got in member_of(f, c, asked, depth + 1)]
        return cells
    finally:
        f.busy.discard(key)


# -- classes -------------------------------------------------------------------------------------


def external_base(f: Follower, path: str, scope: int, depth: int = 0) -> str | None:
    """Return the dotted name of the first class outside of the tree that the class *scope* inherits from."""
    if depth > DEEPEST_CLASS:
        return None
    table = f.table(path)
    for base in table.code.scopes[scope].bases:
        for cell in f.reduce(Cell(base, path, table.code.scopes[scope].parent), 1):
            match cell.value:
                case External(dotted=name) if "." in name:
                    return name
                case Class(path=inner, scope=inside):
                    found = external_base(f, inner, inside, depth + 1)
                    if found is not None:
                        return found
                case _:
                    pass
    return None


def is_enum(f: Follower, kind: Class | Instance, depth: int = 0) -> bool:
    """Tell whether the class, or that of the instance, inherits from ``enum.Enum``."""
    return f.kept(f.enums, (kind.path, kind.scope), lambda: _is_enum(f, kind, depth))


def _is_enum(f: Follower, kind: Class | Instance, depth: int) -> bool:
    bases = f.table(kind.path).code.scopes[kind.scope].bases
    if any(shown(b).endswith("Enum") for b in bases):
        return True
    return depth < DEEPEST_CLASS and any(is_enum(f, c, depth + 1) for c in _tree_bases(f, kind.path, kind.scope))


def _tree_bases(f: Follower, path: str, scope: int) -> list[Class]:
    """Return the classes of the tree that the class *scope* inherits from directly."""
    return f.kept(f.inherits, (path, scope), lambda: _bases_in_tree(f, path, scope))


def _bases_in_tree(f: Follower, path: str, scope: int) -> list[Class]:
    table = f.table(path)
    cells = [
        c
        for base in table.code.scopes[scope].bases
        for c in f.reduce(Cell(base, path, table.code.scopes[scope].parent), 1)
    ]
    return [c.value for c in cells if isinstance(c.value, Class) and (c.value.path, c.value.scope) != (path, scope)]


def constructor(f: Follower, path: str, scope: int, depth: int = 0) -> tuple[str, int] | None:
    """Return the ``__init__`` that making an instance of the class *scope* runs, its own or that of a base."""
    init = f.table(path).children.get((scope, "__init__"))
    if init is not None:
        return path, init
    bases = _tree_bases(f, path, scope) if depth < DEEPEST_CLASS else []
    return next((found for b in bases if (found := constructor(f, b.path, b.scope, depth + 1)) is not None), None)


def fields(f: Follower, path: str, scope: int, depth: int = 0) -> list[str]:
    """Return the names of the fields of the class *scope*, in the order of its constructor; those of bases first."""
    names = [
        n
        for b in (_tree_bases(f, path, scope) if depth < DEEPEST_CLASS else [])
        for n in fields(f, b.path, b.scope, depth + 1)
    ]
    names += [b.name for b in f.table(path).code.scopes[scope].bindings if b.scope == scope]
    return list(dict.fromkeys(n for n in names if n != "model_config"))


def _member(f: Follower, owner: Cell, path: str, scope: int, name: str, depth: int, up: int) -> list[Cell] | None:
    """Return what ``.name`` is on the class *scope* or an instance of it; None when the class does not say."""
    key = ("member", path, scope, name)
    if key in f.busy or up > DEEPEST_CLASS:
        f.circles += 1
        return []
    f.busy.add(key)
    try:
        table = f.table(path)
        child = table.children.get((scope, name))
        fields = table.bindings[scope].get(name) if child is not None and table.code.members else None
        if child is not None:
            method = table.code.scopes[child]
            this = owner.value if isinstance(owner.value, Class | Instance) else None
            if any(shown(d).rpartition(".")[2] in _PROPERTIES for d in method.decorators):
                frame = Frame(path, child, None, owner, this)
                return f.each((owner.at(r, path, child, frame=frame) for r in method.returns), depth + 1)
            found = [owner.of(Class(path, child) if method.kind == "class" else Function(path, child, this=this))]
            return found + (_bound(f, owner, table, scope, name, depth) if fields else [])
        bindings = table.bindings[scope].get(name, [])
        if bindings and all(b.grows for b in bindings):
            below = _inherited(f, owner, table, scope, name, depth, up) or []
            return f.bound(owner.framed(None), table, bindings, depth, before=below)
        if bindings:
            set_ = _set_outside(f, owner, table, scope, name)
            given = _bound(f, owner, table, scope, name, depth)
            if any(not f.files.is_example(c) for c in set_):
                given = [evolve(c, optional=True) for c in given if isinstance(c.value, Text)]
            return set_ + given
        return _inherited(f, owner, table, scope, name, depth, up)
    finally:
        f.busy.discard(key)


_FROM_ENVIRONMENT: Final = frozenset({"pydantic_settings.BaseSettings", "pydantic.BaseSettings"})


def _set_outside(f: Follower, owner: Cell, table: Table, scope: int, name: str) -> list[Cell]:
    """Return what the environment, or the application's settings, give to a field, where files of the tree set it."""
    if table.code.members:
        return settings.of_class(f, owner, table.path, scope, name)
    if not f.files.sets_variables or external_base(f, table.path, scope) not in _FROM_ENVIRONMENT:
        return []
    prefix = ""
    for binding in table.bindings[scope].get("model_config", []):
        given = binding.value.argument(None, "env_prefix") if isinstance(binding.value, Call) else None
        prefix = given.value if isinstance(given, Text) else prefix
    inner = table.children.get((scope, "Config"))
    for binding in table.bindings[inner].get("env_prefix", []) if inner is not None else ():
        prefix = binding.value.value if isinstance(binding.value, Text) else prefix
    for binding in table.bindings[scope].get(name, []):
        field = binding.value
        alias = field.argument(None, "validation_alias", "alias", "env") if isinstance(field, Call) else None
        if isinstance(alias, Text):
            return settings.environment(f, owner, alias.value)[0]
    return settings.environment(f, owner, f"{prefix}{name}")[0]


def _bound(f: Follower, owner: Cell, table: Table, scope: int, name: str, depth: int) -> list[Cell]:
    """Return what the class *scope* itself gives to its attribute *name*, and what those give who make it."""
    bindings = table.bindings[scope][name]
    made = owner.value.made if isinstance(owner.value, Instance) else None
    own = isinstance(owner.value, Instance) and (
        (owner.value.path, owner.value.scope) == (table.path, scope)
        or (table.path, scope) in f.ancestors_of(owner.value.path, owner.value.scope)
    )
    if made is not None and isinstance(made.value, Call) and own:
        return _of_made(f, owner, table, scope, name, made, depth)
    init = table.children.get((scope, "__init__"))
    inside: Frame | None = None
    if init is not None and isinstance(owner.value, Instance):
        inside = Frame(table.path, init, None, owner.framed(None), owner.value)
    found = f.bound(owner.framed(inside), table, bindings, depth)
    found += _given_to_field(f, owner, table, scope, name, depth)
    return found or _required(f, owner, table, scope, name)


def _required(f: Follower, owner: Cell, table: Table, scope: int, name: str) -> list[Cell]:
    """Return why nothing is known of the field *name* of the class *scope* that has no default; else nothing."""
    bindings = table.bindings[scope].get(name, [])
    if table.code.language != "python" or not all(_is_declared(b, scope) for b in bindings):
        return []
    what = f"the name is the field {name} of {table.code.scopes[scope].name}, which has no default"
    if external_base(f, table.path, scope) in _FROM_ENVIRONMENT:
        return [owner.of(Open("not-followed", f"{what}: it comes from the environment", setting=True))]
    return [owner.of(Open("supplied-by-caller", what))]


def _is_declared(binding: Binding, scope: int) -> bool:
    """Tell whether *binding* only says of which type a field of the class *scope* is: ``model: str``."""
    return binding.scope == scope and binding.annotation is not None and isinstance(binding.value, Unknown)


def _of_made(f: Follower, owner: Cell, table: Table, scope: int, name: str, made: Cell, depth: int) -> list[Cell]:
    """Return the attribute *name* of the instance that the call *made* makes."""
    call = made.value
    if not isinstance(call, Call):
        raise AssertionError  # noqa: TRY004 - only calls make instances
    bindings = table.bindings[scope].get(name, [])
    this = owner.value
    if not isinstance(this, Instance):
        raise AssertionError  # noqa: TRY004 - only instances are made
    init = constructor(f, this.path, this.scope)
    if init is not None:
        inside = Frame(*init, call, made)
        if (
            init[0] != table.path or table.code.scopes[init[1]].parent != scope
        ):  # self.x of a base, set by its own init.
            own = table.children.get((scope, "__init__"))
            inside = Frame(table.path, own, None, owner.framed(None), this) if own is not None else inside
        return f.bound(owner.framed(inside), table, bindings, depth)
    names = fields(f, this.path, this.scope)
    given = call.argument(names.index(name) if name in names else None, name)
    for spread in (v for k, v in call.keywords if k == "**" and given is None):  # Config(**yaml.safe_load(file))
        for cell in f.reduce(evolve(made, value=spread, via=owner.via), depth + 1):
            found = settings.child(f, cell, cell.value, name) if isinstance(cell.value, Settings) else []
            if found:
                return found
    if given is None:
        return f.bound(owner.framed(None), table, bindings, depth) or _required(f, owner, table, scope, name)
    place = Location(made.path, call.line, call.column, f.table(made.path).code.cell_of(call.line))
    return f.reduce(evolve(made, value=given, via=owner.via, optional=owner.optional).past(place), depth + 1)


def _overridden(f: Follower, owner: Cell, path: str, scope: int, name: str, depth: int) -> list[Cell]:
    """Return what classes that inherit from the class *scope* make of its attribute *name*."""
    found: list[Cell] = []
    for heir, index in f.heirs_of(path, scope):
        table = f.table(heir)
        child = table.children.get((index, name))
        if child is not None:
            method = table.code.scopes[child]
            if any(shown(d).rpartition(".")[2] in _PROPERTIES for d in method.decorators):
                found += f.each((owner.at(r, heir, child) for r in method.returns), depth + 1)
            elif method.kind == "function":
                found.append(owner.of(Function(heir, child, this=Instance(heir, index, own=True))))
        elif name in table.bindings[index]:
            found += f.bound(owner.framed(None), table, table.bindings[index][name], depth)
        elif len(table.code.scopes[index].bases) > 1:
            found += _beside(f, owner, (heir, index), (path, scope), name, depth)
    return found


def _order(f: Follower, path: str, scope: int) -> list[tuple[str, int]]:
    """Return the classes in which Python looks for what the class *scope* has: a shared base after all its heirs."""
    found = [(path, scope), *f.ancestors_of(path, scope)]
    return [kind for number, kind in enumerate(found) if kind not in found[number + 1 :]]


def _beside(
    f: Follower, owner: Cell, heir: tuple[str, int], asking: tuple[str, int], name: str, depth: int
) -> list[Cell]:
    """Return *name* as *heir* has it from another base than the class *asking*, as in ``class C(Mixin, Base)``."""
    for path, scope in _order(f, *heir):
        table = f.table(path)
        if name in table.bindings[scope] or (scope, name) in table.children:
            own = (path, scope) == asking or (path, scope) in f.ancestors_of(*asking)
            return [] if own else _member(f, owner, path, scope, name, depth, 1) or []
    return []


def _inherited(f: Follower, owner: Cell, table: Table, scope: int, name: str, depth: int, up: int) -> list[Cell] | None:
    if len(table.code.scopes[scope].bases) > 1:
        for path, kind in _order(f, table.path, scope)[1:]:
            of = f.table(path)
            if name in of.bindings[kind] or (kind, name) in of.children:
                return _member(f, owner, path, kind, name, depth, up + 1)
        return None
    for base in table.code.scopes[scope].bases:
        for cell in f.reduce(Cell(base, table.path, table.code.scopes[scope].parent), depth + 1):
            if isinstance(cell.value, Class):
                found = _member(f, owner, cell.value.path, cell.value.scope, name, depth, up + 1)
                if found is not None:
                    return found
    return None


def _given_to_field(f: Follower, owner: Cell, table: Table, scope: int, name: str, depth: int) -> list[Cell]:
    """Return what callers give to a field of a class without ``__init__``, such as a dataclass or a pydantic model."""
    if (scope, "__init__") in table.children:
        return []
    class_name = table.code.scopes[scope].name.rpartition(".")[2]
    names = fields(f, table.path, scope)
    position = names.index(name) if name in names else None
    f.wanted.add(class_name)
    found: list[Cell] = []
    calls = [(path, call) for path, call in f.calls_of(class_name) if call.argument(position, name) is not None]
    loose = isinstance(owner.value, Instance) and owner.value.loose
    several = loose and sum(not in_tests(path) for path, _ in calls) > 1
    for path, call in calls:
        given = call.argument(position, name)
        if given is not None and _makes(f, path, call, table.path, scope):
            place = Location(path, call.line, call.column, f.table(path).code.cell_of(call.line))
            picked = several or branches.is_one_of(f, path, call)
            found += f.reduce(owner.at(given, path, call.scope, optional=picked).past(place), depth + 1)
    return found


def _makes(f: Follower, path: str, call: Call, target: str, scope: int) -> bool:
    cells = f.callee_of(path, call)
    return any(isinstance(c.value, Class) and (c.value.path, c.value.scope) == (target, scope) for c in cells)
