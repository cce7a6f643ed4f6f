"""Find the calls of a function that is handed on: to ``map``, to a thread, to a parameter, under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.link.limits import MOST_NAMES
from aibom.syntax.values import Attribute, Element, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.link.follow import Follower
    from aibom.syntax.values import Call, Value

__all__ = ["HANDING", "inner_calls", "names_of"]

_EACH: Final = frozenset({"map", "imap", "imap_unordered", "map_async", "amap", "process_map", "thread_map"})
"""They call their first argument with each element of the others."""
_WITH: Final = {
    **dict.fromkeys(("submit", "to_thread", "run_sync", "call_soon", "spawn", "start_soon", "run_in_threadpool"), 0),
    **dict.fromkeys(("run_in_executor", "call_later", "call_at"), 1),
}
"""They call an argument, the number of which stands here, with those that follow."""
_PACKED: Final = {"Thread": None, "Process": None, "Timer": 1, "apply": 0, "apply_async": 0}
"""They call an argument with those in a tuple and a dict: ``Thread(target=load, args=("a",))``."""
HANDING: Final = frozenset({*_EACH, *_WITH, *_PACKED, "starmap", "partial"})
"""Functions and methods that call what they are given, by the last part of their name."""


def inner_calls(call: Call) -> Iterator[Call]:
    """Yield the calls that *call* makes of a function that it is given; none when it is no such call."""
    last, given = call.last, call.arguments
    if last in _EACH and len(given) > 1:
        yield evolve(call, function=given[0], arguments=tuple(Element(a) for a in given[1:]), keywords=())
    elif last in _WITH and len(given) > _WITH[last]:
        place = _WITH[last]
        keywords = tuple((k, v) for k, v in call.keywords if k not in {"executor", "priority", "limiter"})
        yield evolve(call, function=given[place], arguments=given[place + 1 :], keywords=keywords)
    elif last in _PACKED:
        position = _PACKED[last]
        function = call.argument(position, "target", "function", "func")
        after = None if position is None else position + 1
        args = call.argument(after, "args")
        kwargs = call.argument(None if after is None else after + 1, "kwargs", "kwds")
        if function is not None:
            spread = [("*", args)] if args is not None else []
            spread += [("**", kwargs)] if kwargs is not None else []
            yield evolve(call, function=function, arguments=(), keywords=tuple(spread))
    elif last == "starmap" and len(given) > 1:
        yield evolve(call, function=given[0], arguments=(), keywords=(("*", Element(given[1])),))


def names_of(f: Follower, name: str) -> list[str]:
    """Return the names under which something called *name* may be called: those it is bound, returned or handed to."""
    found = dict.fromkeys((*f.bound_to(name), *f.passed_to(name), *_parameters(f, name)))
    found.pop(name, None)
    for other in list(found)[:MOST_NAMES]:
        found.update(dict.fromkeys(f.bound_to(other)))
    found.pop(name, None)
    return list(found)[:MOST_NAMES]


def _parameters(f: Follower, name: str) -> Iterator[str]:
    """Yield the parameters of the tree's functions that something called *name* is given to, by the function's name."""
    for _, call in f.handed(name):
        yield f"{call.last}()"  # lru_cache(load)(…)
        if call.last not in HANDING:
            for inside, scope in f.defined(call.last):
                yield from _parameter(f, call, inside, scope, name)


def _parameter(f: Follower, call: Call, path: str, scope: int, name: str) -> Iterator[str]:
    function = f.table(path).code.scopes[scope]
    plain = [p.name for p in function.parameters if p.kind == "normal"]
    if function.parent > 0 and f.table(path).code.scopes[function.parent].kind == "class":
        plain = plain[1:]
    for position, value in enumerate(call.arguments):
        if _is_called(value, name) and position < len(plain):
            yield plain[position]
    for key, value in call.keywords:
        if _is_called(value, name):
            yield key


def _is_called(value: Value, name: str) -> bool:
    return isinstance(value, Name | Attribute) and value.name == name
