"""Follow values through dicts, lists and strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.link import settings
from aibom.link.cells import Cell, Class, External, Guess, Instance, Open, Parsed, Settings
from aibom.link.limits import WIDEST
from aibom.link.objects import member_of
from aibom.syntax.values import Attribute, Const, Item, Mapping, Name, Sequence, Template, Text, shown

if TYPE_CHECKING:
    from aibom.link.follow import Follower
    from aibom.syntax.values import Call, Value

__all__ = ["built_in", "elements", "item"]

_SAME: Final = frozenset({"strip", "rstrip", "lstrip", "copy", "removesuffix", "removeprefix"})
_WITH_DEFAULT: Final = frozenset({"get", "pop", "setdefault"})
_METHODS: Final = _SAME | {"get", "pop", "setdefault", "items", "values", "join", "keys", "lower", "split"}


def item(f: Follower, cell: Cell, of: Value, key: Value, depth: int) -> list[Cell]:
    """Return ``of[key]``."""
    found: list[Cell] = []
    unknown = Open("not-followed", f"the name is {shown(Item(of, key))}")
    for owner in f.reduce(cell.of(of), depth + 1):
        match owner.value, key:
            case Mapping(items=items), _:
                found += _entries(f, owner, items, cell.of(key), depth)
            case Sequence(items=items), Const(value=int() as index) if -len(items) <= index < len(items):
                found += f.reduce(owner.of(items[index]), depth + 1)
            case Sequence(), _:
                found += elements(f, owner, depth)
            case (
                (Class() | Parsed() | Instance()),
                Text(value=name),
            ):  # A member of an Enum by name; vars(options)[name].
                found += member_of(f, owner, Attribute(of, name), depth)
            case Settings(), _:
                found += _of_settings(f, cell.of(key), owner, depth) or [owner.of(evolve(unknown, setting=True))]
            case ((Guess() | Open()), Text(value=name)) if (asked := settings.asked_of(owner, of, name)) is not None:
                found.append(asked)
            case External(dotted="os.environ"), Text(value=name) if set_ := settings.environment(f, owner, name)[0]:
                found += set_
            case External(dotted="os.environ" | "process.env"), _:
                what = f"the name comes from {shown(Item(of, key))}"
                found.append(owner.of(Open("not-followed", what, setting=True)))
            case Open(), _:
                found.append(owner)
            case Const(value=None), _:
                pass
            case _:
                found.append(owner.of(unknown))
    return found


def _of_settings(f: Follower, key: Cell, owner: Cell, depth: int) -> list[Cell]:
    """Return what stands at *key* in settings; all that they have, as options, when the key is not known."""
    if not isinstance(owner.value, Settings):
        return []
    known = [str(c.value.value) for c in f.reduce(key, depth + 1) if isinstance(c.value, Text | Const)]
    if known:
        return [c for name in known for c in settings.child(f, owner, owner.value, name)]
    whole = settings.unfolded(f, owner)
    if isinstance(whole.value, Mapping):
        return _entries(f, whole, whole.value.items, key, depth)
    return elements(f, whole, depth)


def _entries(
    f: Follower, owner: Cell, items: tuple[tuple[Value | None, Value], ...], key: Cell, depth: int
) -> list[Cell]:
    """Return the values of a dict for *key*: the chosen one, and the others as options when another key may come."""
    constants = [c.value.value for c in f.reduce(key, depth + 1) if isinstance(c.value, Text | Const)]
    literal = isinstance(key.value, Text | Const)
    found: list[Cell] = []
    for name, value in reversed(items[:WIDEST]) if literal else items[:WIDEST]:
        if name is None:  # **other
            for inner in f.reduce(owner.of(value), depth + 1):
                if isinstance(inner.value, Mapping):
                    found += _entries(f, inner, inner.value.items, key, depth)
            if literal and found:
                break
            continue
        names = [c.value.value for c in f.reduce(owner.of(name), depth + 1) if isinstance(c.value, Text | Const)]
        chosen = any(n in constants for n in names)
        if chosen or not literal:
            found += f.reduce(owner.of(value, optional=not chosen), depth + 1)
        if literal and chosen:
            break  # Of two entries with one key, the last counts.
    return found


def elements(f: Follower, owner: Cell, depth: int) -> list[Cell]:
    """Return what iterating over *owner* gives."""
    match owner.value:
        case Settings():
            return elements(f, settings.unfolded(f, owner), depth + 1)
        case Guess(hole=hole):
            return [owner.of(hole)]
        case Sequence(items=items):
            return f.each((owner.of(i) for i in items[:WIDEST]), depth + 1)
        case Mapping(items=items):
            return f.each((owner.of(k) for k, _ in items[:WIDEST] if k is not None), depth + 1)
        case Class(path=path, scope=scope):  # The members of an Enum.
            table = f.table(path)
            return f.bound(owner, table, [b for bs in table.bindings[scope].values() for b in bs], depth)
        case Open():
            return [owner]
        case Const():
            return []  # `for name in names or ()`: there is nothing in None.
        case other:
            return [owner.of(Open("not-followed", f"the name is an element of {shown(other)}"))]


def built_in(f: Follower, cell: Cell, call: Call, function: Attribute, depth: int) -> list[Cell] | None:
    """Return the result of a method of a dict, a list or a string; None when *call* is none."""
    if function.name not in _METHODS:
        return None
    owners = f.reduce(cell.of(function.of), depth + 1)
    if function.name in _WITH_DEFAULT and call.arguments:
        asked = [_asked(f, cell, call, owner, function, depth) for owner in owners]
        if any(cells is not None for cells in asked):
            return [c for cells in asked for c in cells or ()]
    owners = [settings.unfolded(f, o) for o in owners]
    if not any(isinstance(o.value, Mapping | Sequence | Text) for o in owners):
        default = call.argument(1, "default") if function.name in _WITH_DEFAULT else None
        return f.reduce(cell.of(default), depth + 1) if isinstance(default, Text | Name | Attribute) else None
    return [c for owner in owners for c in _method(f, cell, call, owner, function.name, depth)]


def _asked(f: Follower, cell: Cell, call: Call, owner: Cell, method: Attribute, depth: int) -> list[Cell] | None:
    """Return ``settings.get(key, default)``, or ``vars(options).pop(key)``; None when *owner* is neither."""
    key, default, of = call.arguments[0], call.argument(1, "default", "fallback"), method.of
    if isinstance(owner.value, Parsed) and isinstance(key, Text):
        return member_of(f, owner, Attribute(of, key.value), depth)
    if isinstance(owner.value, Settings):
        found = _of_settings(f, cell.of(key), owner, depth)
        if len(found) == 1 and isinstance(found[0].value, Settings) and isinstance(call.argument(1), Text):
            inner = _of_settings(f, cell.of(call.arguments[1]), found[0], depth)  # configparser: get(section, option)
            found, default = inner or found, None
        chosen = any(isinstance(c.value, Text | Settings) for c in found)
        return found + (f.reduce(cell.of(default, optional=chosen), depth + 1) if default is not None else [])
    asked = settings.asked_of(owner, of, key.value) if isinstance(key, Text) else None
    if asked is None:
        return None
    if default is None or default == Mapping(()):
        return [asked]
    known = [c for c in [settings.settled(f, asked)] if isinstance(c.value, Text)]
    return known + f.reduce(cell.of(default, optional=bool(known)), depth + 1)


def _joined(f: Follower, cell: Cell, separator: Text, depth: int) -> list[Cell]:
    """Return what ``separator.join(cell)`` gives."""
    if not isinstance(cell.value, Sequence):
        return [
            cell if isinstance(cell.value, Open) else cell.of(Open("not-followed", "the name is joined from parts"))
        ]
    parts = [p for item in cell.value.items for p in (evolve(separator, line=0), item)][1:]
    if not parts:
        return [cell.of(evolve(separator, value=""))]
    return f.reduce(cell.of(Template(tuple(parts), separator.line)), depth + 1)


def _method(f: Follower, cell: Cell, call: Call, owner: Cell, name: str, depth: int) -> list[Cell]:
    match owner.value, name:
        case Mapping(items=items), "get" | "pop" | "setdefault" if call.arguments:
            found = _entries(f, owner, items, cell.of(call.arguments[0]), depth)
            if len(call.arguments) > 1:
                chosen = any(not c.optional for c in found)
                found += f.reduce(cell.of(call.arguments[1], optional=chosen), depth + 1)
            return found
        case Mapping(items=items), "items":
            return [owner.of(Sequence(tuple(Sequence((k, v)) for k, v in items if k is not None)))]
        case Mapping(items=items), "values":
            return [owner.of(Sequence(tuple(v for _, v in items)))]
        case Mapping(items=items), "keys":
            return [owner.of(Sequence(tuple(k for k, _ in items if k is not None)))]
        case ((Mapping() | Sequence() | Text()), _) if name in _SAME:
            return [owner]
        case Text(value=text) as literal, "split" if not call.arguments or isinstance(call.arguments[0], Text):
            separator = call.arguments[0].value if call.arguments and isinstance(call.arguments[0], Text) else None
            pieces = text.split(separator) if separator != "" else [text]
            return [owner.of(Sequence(tuple(evolve(literal, value=piece) for piece in pieces)))]
        case Text() as separator, "join" if call.arguments:
            return [
                c
                for inner in f.reduce(cell.of(call.arguments[0]), depth + 1)
                for c in _joined(f, inner, separator, depth)
            ]
        case Text(value=text) as literal, "lower":
            return [owner.of(evolve(literal, value=text.lower()))]
        case _:
            return [owner.of(Open("not-followed", f"the name is the result of {shown(call)}"))]
