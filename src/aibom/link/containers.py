"""Follow values through dicts, lists and strings."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Location
from aibom.link import settings
from aibom.link.cells import Cell, Class, External, Guess, Instance, Module, Open, Parsed, Placed, Settings
from aibom.link.limits import BUDGET, COMBINATIONS, LONGEST, WIDEST
from aibom.link.modules import in_tests
from aibom.link.objects import fields, is_enum, member_of
from aibom.link.options import gives_options
from aibom.link.started import to_argv
from aibom.names import has_id_shape
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
    Slice,
    Template,
    Text,
    formatted,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.link.follow import Follower
    from aibom.syntax.values import Value

__all__ = ["built_in", "elements", "grown", "item", "placed"]

_SAME: Final = frozenset(
    {"copy", "as_posix", "resolve", "absolute", "expanduser", "toString", "__str__", "most_common", "to_list", "tolist"}
)
"""Methods that give what they are called on."""
_WITH_DEFAULT: Final = frozenset({"get", "pop", "setdefault"})
_STRINGS: Final[dict[str, Callable[..., object]]] = {
    **{name: getattr(str, name) for name in ("lower", "upper", "casefold", "title", "capitalize", "swapcase")},
    **{name: getattr(str, name) for name in ("strip", "lstrip", "rstrip", "removeprefix", "removesuffix")},
    **{name: getattr(str, name) for name in ("split", "rsplit", "partition", "rpartition", "splitlines", "replace")},
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "trim": str.strip,
    "trimStart": str.lstrip,
    "trimEnd": str.rstrip,
    "replaceAll": str.replace,
}
"""Methods of strings whose result is known when their arguments are; a list of strings, or a string."""
_METHODS: Final = (
    _SAME
    | _WITH_DEFAULT
    | {"items", "values", "keys", "join", "joinpath", "format", "format_map", "with_suffix", "at", "slice", *_STRINGS}
)


# -- what containers hold ------------------------------------------------------------------------


def grown(found: list[Cell], added: Iterable[tuple[Cell, str]]) -> list[Cell]:
    """Return the cells *found* with what is *added* to the containers among them; how says whether by a call."""
    pairs: list[tuple[Value | None, Value]] = []
    items: list[Value] = []
    rest: list[Cell] = []
    by_call = True
    for cell, how in added:
        by_call = by_call and how == "call"
        rest.append(cell)
        match cell.value:
            case Mapping(items=inner):
                pairs += [(_key(cell, k), Placed(cell.of(v))) for k, v in inner]
            case Sequence(items=inners):
                items += [Placed(cell.of(v)) for v in inners]
            case _:
                pass
    if not rest:
        return found
    held, changed = [], False
    for cell in found:
        match cell.value:
            case Mapping(items=inner) if pairs:
                held.append(evolve(cell, value=Mapping((*inner, *pairs))))
            case Sequence(items=inners) if items or any(k is None for k, _ in pairs):
                more = [Element(v) for k, v in pairs if k is None]  # names.update(others), of a set
                held.append(evolve(cell, value=Sequence((*inners, *items, *more))))
            case _:
                held.append(cell)
                continue
        changed = True
    if changed or (by_call and any(isinstance(c.value, _NO_CONTAINERS) and c.value != _ENVIRONMENT for c in found)):
        return held
    if found and by_call:  # digest.update(text): of what is not known, only keys say that it is a dict.
        pairs, items = [p for p in pairs if p[0] is not None], []
    first = rest[0]
    if found and not pairs and not items:
        return held
    if pairs:
        return [*held, evolve(first, value=Mapping(tuple(pairs)))]
    return [*held, evolve(first, value=Sequence(tuple(items)))]


_ENVIRONMENT: Final = External("os.environ")
_NO_CONTAINERS: Final = (Class, External, Instance, Module, Text)
"""What has methods such as ``update`` of its own."""


def _key(cell: Cell, key: Value | None) -> Value | None:
    return key if key is None or isinstance(key, Text | Const) else Placed(cell.of(key))


def placed(cell: Cell, value: Value) -> Value:
    """Return *value*, which is read where *cell* is, for a container that is read elsewhere."""
    match value:
        case Sequence(items=items):
            return Sequence(tuple(Placed(cell.of(i)) for i in items))
        case _:
            return Placed(cell.of(value))


def item(f: Follower, cell: Cell, of: Value, key: Value, depth: int) -> list[Cell]:  # noqa: C901, PLR0912 - one case for each kind of owner
    """Return ``of[key]``."""
    configured = settings.asked(f, cell, Item(of, key), depth)
    if configured is not None:
        return configured
    found: list[Cell] = []
    unknown = Open("not-followed", f"the name is {shown(Item(of, key))}")
    for owner in f.reduce(cell.of(of), depth + 1):
        match owner.value, key:
            case Mapping(items=items), _:
                found += _entries(f, owner, items, cell.of(key), depth)
            case ((Sequence() | Text()), Slice()):
                found.append(_sliced(f, cell, owner, key, depth))
            case Sequence(items=items), Const(value=int() as index) if -len(items) <= index < len(items):
                found += f.reduce(owner.of(items[index]), depth + 1)
            case Sequence(items=items), _:
                found += [owner.of(unknown)] if _is_one_text(items) else elements(f, owner, depth)
            case Text(value=text) as literal, Const(value=int() as index) if -len(text) <= index < len(text):
                found.append(owner.of(evolve(literal, value=text[index])))
            case (
                (Class() | Parsed() | Instance()),
                Text(value=name),
            ):  # A member of an Enum by name; vars(options)[name].
                found += member_of(f, owner, Attribute(of, name), depth)
            case Class() as kind, _ if is_enum(f, kind):
                found += [evolve(c, optional=True) for c in elements(f, owner, depth)]
            case Module(), Text(value=name):  # globals()[name]
                found += member_of(f, owner, Attribute(of, name), depth)
            case Instance(path=path, scope=scope), Const(value=int() as index):  # A NamedTuple.
                names = fields(f, path, scope)
                inside = -len(names) <= index < len(names)
                got = member_of(f, owner, Attribute(of, names[index]), depth) if inside else []
                found += got or [owner.of(unknown)]
            case External(dotted="typing.Literal" | "typing_extensions.Literal"), _:
                found.append(cell.of(key if isinstance(key, Sequence) else Sequence((key,)), optional=True))
            case Settings(), _:
                found += _of_settings(f, cell.of(key), owner, depth) or [owner.of(evolve(unknown, setting=True))]
            case ((Guess() | Open()), Text(value=name)) if (asked := settings.asked_of(owner, of, name)) is not None:
                found.append(asked)
            case External(dotted="sys.argv"), Const(value=int() as index) if given := to_argv(f, owner, index):
                found += given
            case External(dotted="os.environ"), Text(value=name) if set_ := settings.environment(f, owner, name)[0]:
                found += set_
            case External(dotted=dotted), Text(value=name) if gives_options(dotted):
                found += member_of(f, owner, Attribute(of, name), depth)
            case External(dotted=dotted), _ if dotted.endswith(".__dict__"):  # torchvision.models.__dict__[name]
                found += _by_name(f, owner.of(External(dotted.removesuffix(".__dict__"))), cell.of(key), depth) or [
                    owner
                ]
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


def _by_name(f: Follower, owner: Cell, key: Cell, depth: int) -> list[Cell]:
    """Return the attributes of *owner* whose names *key* can be."""
    named = [(c, c.value.value) for c in f.reduce(key, depth + 1) if isinstance(c.value, Text)]
    return [
        evolve(found, optional=found.optional or c.optional)
        for c, name in named[:COMBINATIONS]
        for found in member_of(f, owner, Attribute(owner.value, name), depth)
    ]


def _is_one_text(items: tuple[Value, ...]) -> bool:
    """Tell whether *items* are the pieces of one text: which of them is meant is no choice between names."""
    places = {(i.line, i.column) if isinstance(i, Text) else None for i in items}
    return len(items) > 1 and len(places) == 1 and None not in places and places != {(0, 0)}


def _sliced(f: Follower, cell: Cell, owner: Cell, key: Slice, depth: int) -> Cell:
    """Return ``owner[start:stop:step]``; a list as a whole when the numbers are not known."""
    numbers: list[int | None] = []
    for part in (key.start, key.stop, key.step):
        got = f.reduce(cell.of(part), depth + 1) if part is not None else []
        known = [c.value.value for c in got if isinstance(c.value, Const) and isinstance(c.value.value, int)]
        if part is not None and len(known) != 1:
            return owner if isinstance(owner.value, Sequence) else owner.of(Open("not-followed", "the name is cut off"))
        numbers.append(known[0] if part is not None else None)
    cut = slice(*numbers) if numbers[2] != 0 else slice(None)
    match owner.value:
        case Text(value=text) as literal:
            return owner.of(evolve(literal, value=text[cut]))
        case Sequence(items=items):
            return owner.of(Sequence(items[cut]))
        case _:
            return owner


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
    f: Follower,
    owner: Cell,
    items: tuple[tuple[Value | None, Value], ...],
    key: Cell,
    depth: int,
    *,
    open_ends: bool = True,
) -> list[Cell]:
    """
    Return the values of a dict for *key*: the chosen one, and the others as options when another key may come.

    With *open_ends*, what is unpacked in it and not known is what may have a key that is not found.
    """
    with f.share(2):  # A key that leads far leaves enough to look at what it chooses from.
        keys = [c for c in f.reduce(key, depth + 1) if isinstance(c.value, Text | Const)]
    constants = [c.value.value for c in keys if isinstance(c.value, Text | Const)]
    # What a test asks for, or somebody may pick, does not make the others less of a choice.
    picked = {c.value.value for c in keys if isinstance(c.value, Text | Const) and not _is_picked(c)}
    direct = isinstance(key.value, Text | Const)
    if f.turns and len(keys) == 1:  # The loop is looked at turn by turn: this is its key.
        key = keys[0]
    literal = isinstance(key.value, Text | Const)
    found: list[Cell] = []
    maybe: list[Value] = []
    holes: list[Cell] = []
    """What is unpacked in the dict and not known: it may have the key."""
    looked_at = _looked_at(f, items, constants, literal=literal)
    for name, value in reversed(looked_at) if literal else looked_at:
        if found and f.steps > BUDGET:  # The rest is too far away, too, and that was said.
            break
        if name is None:  # **other
            for inner in f.reduce(owner.of(value), depth + 1):
                got, lost = _unpacked(f, inner, value, key, depth, open_ends=literal and open_ends)
                found += got
                holes += lost
            if literal and found:
                break
            continue
        names = [name.value] if isinstance(name, Text | Const) else _constants(f, owner.of(name), depth)
        chosen = any(n in constants for n in names)
        f.looked_up.update(_written(c) for c in keys if isinstance(c.value, Text) and c.value.value in names)
        if chosen or not literal:
            used = any(n in picked for n in names)
            got = f.reduce(owner.of(value, optional=not used), depth + 1)
            asking = [] if direct or not isinstance(value, _NAMING) else keys
            asking = [c for c in asking if isinstance(c.value, Text) and c.value.value in names]
            found += _asked_by(f, got, asking)
        if literal and chosen:
            break  # Of two entries with one key, the last counts.
        if not names:
            maybe.append(value)
    if literal and not found:  # What stands at a key that is not known may be what is asked for.
        found = f.each((owner.of(value, optional=len(maybe) > 1) for value in reversed(maybe)), depth + 1)
    return found or holes


def _unpacked(
    f: Follower, inner: Cell, value: Value, key: Cell, depth: int, *, open_ends: bool
) -> tuple[list[Cell], list[Cell]]:
    """Return what *inner*, unpacked in a dict by ``**value``, has for *key*; with *open_ends*, also why it is open."""
    asking = key.value
    whole = settings.unfolded(f, inner)
    match whole.value:
        case Mapping(items=others):
            got = _entries(f, whole, others, key, depth, open_ends=False)
            return got, _entries(f, whole, others, key, depth) if open_ends and not got else []
        case Open() | Guess() if isinstance(asking, Text):
            asked = settings.asked_of(inner, value, asking.value)
            if asked is not None:
                return [asked], []
            return [], [inner] if open_ends and isinstance(whole.value, Open) else []
        case Call() if isinstance(asking, Text) and open_ends:
            return [], [inner.of(Open("not-followed", f"the name may be in what {shown(value)} gives"))]
        case Parsed() | Instance() if isinstance(asking, Text):  # **vars(args)
            return member_of(f, inner, Attribute(value, asking.value), depth), []
        case _:
            return [], []


def _looked_at(
    f: Follower, items: tuple[tuple[Value | None, Value], ...], constants: Iterable[object], *, literal: bool
) -> list[tuple[Value | None, Value]]:
    """Return the entries of a dict that may be what is asked for: however many others it has, those that are known."""
    if len(items) <= WIDEST:
        return list(items)
    wide = f.wide
    if wide is None or wide[0] is not items:
        by_key: dict[object, tuple[Value | None, Value]] = {}
        for name, value in items:
            if isinstance(name, Text | Const):
                by_key[name.value] = (name, value)
        open_ = [(n, v) for n, v in items if not isinstance(n, Text | Const)]
        wide = f.wide = (items, by_key, open_)
    _, known, others = wide
    asked = [known[constant] for constant in dict.fromkeys(constants) if constant in known]
    if literal:
        return (others + asked)[-WIDEST:]
    return (asked + [i for i in items[:WIDEST] if i not in asked])[:WIDEST]


_NAMING: Final = (Call, Choice, Mapping, Sequence, Template, Text)
"""What names something in a dict. A key that leads to a class or a function chooses code, and no model."""


def _asked_by(f: Follower, found: list[Cell], keys: list[Cell]) -> list[Cell]:
    """Return *found* with the places in its chain where the *keys* are written that lead to it."""
    for key in keys:
        if isinstance(key.value, Text) and key.value.line:
            f.keys_of[key.path, key.value.line] = key.value
            found = [c.past(Location(key.path, key.value.line)) for c in found]
    return found


def _written(cell: Cell) -> tuple[str, int, int]:
    return (cell.path, cell.value.line, cell.value.column) if isinstance(cell.value, Text) else ("", 0, 0)


def _is_picked(key: Cell) -> bool:
    return key.optional or any(in_tests(p.path) for p in key.via)


def _constants(f: Follower, cell: Cell, depth: int) -> list[object]:
    return [c.value.value for c in f.reduce(cell, depth + 1) if isinstance(c.value, Text | Const)]


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
        case (Class(path=path, scope=scope) | Instance(path=path, scope=scope)) as kind if is_enum(
            f, kind
        ) or isinstance(kind, Class):
            table = f.table(path)
            members = [b for bs in table.bindings[scope].values() for b in bs if not b.name.startswith("_")]
            return [c for b in members for c in f.bound(owner.of(kind, optional=len(members) > 1), table, [b], depth)]
        case Instance(path=path, scope=scope) if names := fields(f, path, scope):  # A NamedTuple.
            return [c for n in names for c in member_of(f, owner, Attribute(owner.value, n), depth)]
        case Text(value=text) as literal if len(text) <= LONGEST:
            return [owner.of(evolve(literal, value=character)) for character in text]
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


def _joined(f: Follower, cell: Cell, separator: Cell, depth: int) -> list[Cell]:
    """Return what ``separator.join(cell)`` gives."""
    between = separator.value
    if not isinstance(cell.value, Sequence) or not isinstance(between, Text):
        return [
            cell if isinstance(cell.value, Open) else cell.of(Open("not-followed", "the name is joined from parts"))
        ]
    parts = [p for item in cell.value.items for p in (evolve(between, line=0), item)][1:]
    if not parts:
        return [cell.of(evolve(between, value=""))]
    return f.reduce(cell.of(Template(tuple(parts), between.line)), depth + 1)


def _method(f: Follower, cell: Cell, call: Call, owner: Cell, name: str, depth: int) -> list[Cell]:
    match owner.value, name:
        case Mapping(items=items), "get" | "pop" | "setdefault" if call.arguments:
            default = call.argument(1, "default")
            found = _entries(f, owner, items, cell.of(call.arguments[0]), depth, open_ends=default is None)
            if default is not None:
                # Where a caller gives the dict, as **kwargs, others may leave the key out.
                by_caller = any(p.column for p in owner.via if p not in cell.via)
                chosen = any(not c.optional for c in found) and not by_caller
                if default == call.arguments[0]:  # ALIASES.get(name, name): what is no key stays as it is.
                    known = {k.value for k, _ in items if isinstance(k, Text)}
                    kept = f.reduce(cell.of(default), depth + 1)
                    return found + [c for c in kept if not (isinstance(c.value, Text) and c.value.value in known)]
                found += f.reduce(cell.of(default, optional=chosen), depth + 1)
            return found
        case ((Sequence() | Text()), "pop" | "at" | "slice"):
            return _taken_out(f, cell, call, owner, depth)
        case Mapping(), "items" | "values" | "keys":
            pairs = _pairs_of(f, owner, depth)
            return [owner.of(Sequence(tuple(_part(name, k, v) for k, v in pairs)))]
        case ((Mapping() | Sequence() | Text()), _) if name in _SAME:
            return [owner]
        case ((Text() | Sequence()), "join"):
            inner = f.reduce(cell.of(call.argument(0) or Text(",", 0, 0)), depth + 1)
            if isinstance(owner.value, Text):
                return [c for of in inner for c in _joined(f, of, owner, depth)]
            return [c for separator in inner for c in _joined(f, owner, separator, depth)]  # names.join("/")
        case _, "joinpath" if not isinstance(owner.value, Mapping | Sequence):
            pieces = [Placed(owner), *(p for a in call.arguments for p in (Text("/", 0, 0), Placed(cell.of(a))))]
            return f.reduce(cell.of(Template(tuple(pieces), call.line)), depth + 1)
        case Text() as text, "format":
            keywords = tuple((k, Placed(cell.of(v))) for k, v in call.keywords)
            given = evolve(call, arguments=tuple(Placed(cell.of(a)) for a in call.arguments), keywords=keywords)
            return f.reduce(owner.of(formatted(text, given)), depth + 1)
        case Text() as text, "format_map" if call.arguments:
            given = evolve(call, arguments=(), keywords=(("**", Placed(cell.of(call.arguments[0]))),))
            return f.reduce(owner.of(formatted(text, given)), depth + 1)
        case Text() as text, _ if name in _STRINGS:
            return _changed(f, cell, call, owner.of(text), name, depth)
        case ((Open() | Guess()), _):
            return [owner]
        case Const(value=None), _:
            return []
        case _:
            return [owner.of(Open("not-followed", f"the name is the result of {shown(call)}"))]


def _taken_out(f: Follower, cell: Cell, call: Call, owner: Cell, depth: int) -> list[Cell]:
    """Return what ``pop(n)``, or ``at(n)`` and ``slice(start, stop)`` of JavaScript, take out of *owner*."""
    if call.last == "slice":
        return [_sliced(f, cell, owner, Slice(call.argument(0), call.argument(1)), depth)]
    return item(f, owner, owner.value, call.argument(0) or Const(-1), depth)


def _part(name: str, key: Value, value: Value) -> Value:
    return Sequence((key, value)) if name == "items" else key if name == "keys" else value


def _pairs_of(f: Follower, owner: Cell, depth: int) -> list[tuple[Value, Value]]:
    """Return the keys and values of a dict, with those of the dicts that are unpacked in it."""
    found: list[tuple[Value, Value]] = []
    for key, value in owner.value.items[:WIDEST] if isinstance(owner.value, Mapping) and depth < WIDEST else ():
        if key is not None:
            found.append((key, value))
            continue
        for inner in f.reduce(owner.of(value), depth + 1):
            whole = settings.unfolded(f, inner)
            found += [(owner.holding(whole.of(k)), owner.holding(whole.of(v))) for k, v in _pairs_of(f, whole, depth)]
    return found


def _changed(f: Follower, cell: Cell, call: Call, owner: Cell, name: str, depth: int) -> list[Cell]:
    """Return what the method *name* of the string in *owner* gives, for each that its arguments can be."""
    literal = owner.value
    if not isinstance(literal, Text) or len(literal.value) > LONGEST:
        return [owner]
    options = [_constants(f, cell.of(a), depth) for a in (*call.arguments, *(v for _, v in call.keywords))]
    found: list[Cell] = []
    for given in islice(product(*options), COMBINATIONS):
        keywords = dict(zip([k for k, _ in call.keywords], given[len(call.arguments) :], strict=True))
        try:
            result = _STRINGS[name](literal.value, *given[: len(call.arguments)], **keywords)
        except (TypeError, ValueError):  # What Python would raise, too.
            continue
        if isinstance(result, str):
            found.append(owner.of(evolve(literal, value=result[:LONGEST])))
        elif isinstance(result, list | tuple):
            found.append(owner.of(Sequence(tuple(_pieces(f, owner, literal, result)))))
    return found or [owner.of(Open("not-followed", f"the name is the result of {shown(call)}"))]


def _pieces(f: Follower, owner: Cell, literal: Text, pieces: Iterable[str]) -> Iterator[Text]:
    """
    Yield the *pieces* of a text, each at the line where it stands.

    Where some of them are ids on lines of their own, words between them are none: they are those of a comment, which
    the code steps over.
    """
    ids = [piece for piece in pieces if has_id_shape(piece.strip())]
    rows = _rows(f, owner, literal) if "\n" in literal.value else []
    row = 0
    for piece in pieces:
        if ids and rows and piece.strip().isalpha():
            continue
        stripped = piece.strip()
        at = next((n for n in range(row, len(rows)) if stripped in rows[n]), None) if stripped else None
        if at is None:
            yield evolve(literal, value=piece)
        else:
            row = at
            column = rows[at].index(stripped) + 1 if at else literal.column
            yield evolve(literal, value=piece, line=literal.line + at, column=column)


def _rows(f: Follower, owner: Cell, literal: Text) -> list[str]:
    """Return the lines of the file that *literal* may reach over."""
    count = literal.value.count("\n") + 1
    text = f.source.data(owner.path)[:_MOST_BYTES].decode("utf-8", "replace")
    return text.split("\n")[literal.line - 1 : literal.line - 1 + count]


_MOST_BYTES: Final = 2_000_000
