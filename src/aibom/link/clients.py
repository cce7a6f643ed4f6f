"""Find the client that a request goes through, and the address that this client goes to."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from aibom import names
from aibom.link.cells import Cell
from aibom.syntax.values import Attribute, Call, Item, Mapping, Name, Text, Value, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.link.follow import Follower
    from aibom.syntax import Code

__all__ = ["Uses", "addresses"]

_CLIENTS: Final = frozenset({"openai_client", "client", "async_client", "provider", "model_client"})
"""Arguments of Python that are a client which another class talks through."""
_DEEPEST: Final = 8
"""How many calls, one within another, lead from a request to the address of its client."""
_MOST: Final = 60
"""So many expressions are looked at for one request."""


class Uses:
    """Where the calls of one file go: into a chain of calls, into the arguments of others, under a name."""

    def __init__(self, code: Code) -> None:
        self.at: dict[tuple[int, int], list[Call]] = defaultdict(list)
        self.chained: dict[tuple[int, int, str], Call] = {}
        self.given: dict[tuple[int, int, str], list[Call]] = defaultdict(list)
        self.named: dict[str, list[Call]] = defaultdict(list)
        self.bound: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        self.on: dict[str, list[Call]] = defaultdict(list)
        """The methods that are called on a name, or on a part of what it is."""
        for call in code.every_call:
            if (root := _root(call)) is not None:
                self.on[root].append(call)
            self.at[call.line, call.column].append(call)
            if isinstance(call.function, Attribute) and isinstance(call.function.of, Call):
                self.chained[_key(call.function.of)] = call
            for argument in (*call.arguments, *(v for _, v in call.keywords)):
                for part in parts(argument):
                    if isinstance(part, Call):
                        self.given[_key(part)].append(call)
                    elif isinstance(part, Name):
                        self.named[part.name].append(call)
        for scope in code.scopes:
            for binding in scope.bindings:
                if isinstance(binding.value, Call):
                    self.bound[_key(binding.value)].append(binding.name)

    def senders(self, call: Call, depth: int = 0) -> Iterator[Call]:
        """Yield the calls that *call*, or what is made with it, is part of or given to; the nearest first."""
        top = call
        for _ in range(_MOST):
            outer = self.chained.get(_key(top))
            if outer is None:
                break
            top = outer
        yield top
        if depth > 3:  # noqa: PLR2004 - a message in a request in a list in a call
            return
        held = [c for name in self.bound.get(_key(top), ()) for c in self.named.get(name, ()) if c.scope == top.scope]
        chain: Value = top
        inside: list[Call] = []
        while isinstance(chain, Call) and len(inside) < _MOST:
            inside += self.given.get(_key(chain), ())
            chain = chain.function.of if isinstance(chain.function, Attribute) else Name("", 0)
        for sender in (*inside, *held):
            yield from self.senders(sender, depth + 1)


def _root(call: Call) -> str | None:
    """Return the name at the head of ``a.b.c(…)``; None when there is none nearby."""
    head: Value = call.function
    for _ in range(_DEEPEST):
        match head:
            case Attribute(of=of):
                head = of
            case Call(function=function):
                head = function
            case Name(name=name) if head is not call.function:
                return name
            case _:
                return None
    return None


def _key(call: Call) -> tuple[int, int, str]:
    return call.line, call.column, call.callee


def addresses(follower: Follower, detection: Detection) -> tuple[list[Cell], bool]:
    """
    Return what says where the client of the request *detection* goes, and whether that client is one of Azure.

    The client is what the call is made on, or what the request is handed to by some call of the same function.
    """
    path = detection.at.path
    code = follower.table(path).code
    at = (detection.at.line, detection.at.column)
    search = _Search(follower, at, builders=code.language != "python")
    if isinstance(detection.receiver, Value):
        search.walk(Cell(detection.receiver, path, detection.scope), 0)
    uses = follower.uses(path)
    for call in uses.at.get(at, ()) if not search.found else ():
        if code.language == "python":
            search.clients_of(Cell(call, path, call.scope), call)
            continue
        for sender in islice(uses.senders(call), _MOST):
            search.made(Cell(sender, path, sender.scope), sender, 0)
            if search.found:
                break
    return search.found, search.azure


class _Search:
    """Looks for addresses in what a client is made of."""

    def __init__(self, follower: Follower, at: tuple[int, int], *, builders: bool) -> None:
        self.follower = follower
        self.at = at
        """Where the request stands."""
        self.builders = builders
        self.found: list[Cell] = []
        self.azure = False
        self.seen: set[tuple[str, int, int, str]] = set()

    def walk(self, cell: Cell, depth: int) -> None:
        """Look at what *cell* comes to, and at what that is made of."""
        if depth > _DEEPEST or len(self.seen) > _MOST:
            return
        for reduced in self.follower.reduce(cell, 1):
            match reduced.value:
                case Call() as call:
                    self.made(reduced, call, depth)
                case Mapping(items=items) if self.builders:
                    self._options(reduced, [(k.value, v) for k, v in items if isinstance(k, Text)], depth)
                case _:
                    pass
        if self.builders and isinstance(cell.value, Name):
            self._assigned(cell, cell.value.name)
        elif isinstance(cell.value, Attribute):
            self.walk(cell.of(cell.value.of), depth + 1)  # client.chat.completions is made on client.

    def made(self, cell: Cell, call: Call, depth: int) -> None:
        """Look at the call that makes a client, or that a request is handed to, and at what that is made of."""
        key = (cell.path, *_key(call))
        if key in self.seen:
            return
        self.seen.add(key)
        if call.last.startswith("Add") and (call.line, call.column) != self.at:
            return  # What else is registered in the same chain has a client of its own.
        self._options(cell, list(call.keywords), depth)
        if not self.builders:
            if isinstance(call.function, Attribute):
                self.walk(cell.of(call.function.of), depth + 1)
            return
        self.azure = self.azure or "azure" in call.last.lower()
        if names.is_address(call.last, further=True) and call.arguments:
            self.found.append(cell.of(call.arguments[-1 if call.last.lower().startswith("from") else 0]))
        for argument in call.arguments:
            if isinstance(argument, Call | Name | Mapping):
                self.walk(cell.of(argument), depth + 2)
            if isinstance(argument, Text | Name) and call.last[:1].isupper() and self._is_known(cell.of(argument)):
                self.found.append(cell.of(argument))  # OpenAIHost("https://…")
        if isinstance(call.function, Attribute):
            self.azure = self.azure or (isinstance(call.function.of, Name) and "azure" in call.function.of.name.lower())
            self.walk(cell.of(call.function.of), depth + 1)

    def _is_known(self, cell: Cell) -> bool:
        """Tell whether *cell* is the address of a provider that is known."""
        texts = [c.value.value for c in self.follower.strings(cell, 1) if isinstance(c.value, Text)]
        return bool(texts) and "://" in texts[0] and names.provider_of_url(texts[0]) is not None

    def _options(self, cell: Cell, given: list[tuple[str, Value]], depth: int) -> None:
        for name, value in given:
            if names.is_address(name, further=self.builders):
                self.found.append(cell.of(value))
            elif name == "**" and not self.builders:  # OpenAI(**options)
                asked = self.follower.strings(cell.of(Item(value, Text("base_url", 0, 0))), 1)
                self.found += [c for c in asked if isinstance(c.value, Text) and "://" in c.value.value]
            elif self.builders and isinstance(value, Call | Name | Mapping):
                self.walk(cell.of(value), depth + 2)

    def _assigned(self, cell: Cell, name: str) -> None:
        """Look at what is set on the value called *name*: ``config.BaseURL = …``."""
        table = self.follower.table(cell.path)
        scope = cell.scope
        while scope >= 0:
            for dotted, bindings in table.bindings[scope].items():
                owner, _, last = dotted.rpartition(".")
                if owner == name and names.is_address(last, further=True):
                    self.found += [cell.at(b.value, cell.path, b.scope) for b in bindings]
            scope = table.code.scopes[scope].parent if scope else -1

    def clients_of(self, cell: Cell, call: Call) -> None:
        """Look at the clients that *call* is given."""
        for name, value in call.keywords:
            if name in _CLIENTS:
                self.walk(cell.of(value), 1)
