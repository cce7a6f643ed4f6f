"""What an expression can be: a literal, a choice, a template, a name, a call, or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from aibom.bill import Symbolic
from aibom.expressions import expression

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

__all__ = [
    "APART",
    "Attribute",
    "Call",
    "Choice",
    "Const",
    "Element",
    "Formatted",
    "Item",
    "Mapping",
    "Name",
    "Sequence",
    "Slice",
    "Template",
    "Test",
    "Text",
    "Unknown",
    "Value",
    "formatted",
    "frozen",
    "joined",
    "percent",
]


if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type | None = None, **options: object) -> object:
        """Make a value class. Nothing changes a value; to forbid it would make each take twice as long to make."""
        options.setdefault("unsafe_hash", options.get("eq", True))
        return attrs.define(cls, **options)


class Value(Symbolic):
    """An expression of the code. Lines and columns count from 1; columns are in characters."""

    __slots__ = ()


@frozen
class Text(Value):
    """A string literal; adjacent literals count as one."""

    value: str
    line: int
    column: int


@frozen
class Const(Value):
    """A number, a truth value or None."""

    value: float | bool | None


@frozen
class Name(Value):
    """A plain name, to be looked up in the scope where it stands."""

    name: str
    line: int


@frozen
class Attribute(Value):
    """``of.name``."""

    of: Value
    name: str


@frozen
class Item(Value):
    """``of[key]``."""

    of: Value
    key: Value


@frozen
class Element(Value):
    """One of what iterating over *of* gives: the target of a ``for``."""

    of: Value


@frozen
class Slice(Value):
    """What stands between the brackets of ``of[start:stop:step]``, as the key of an `Item`."""

    start: Value | None
    stop: Value | None
    step: Value | None = None


@frozen
class Choice(Value):
    """One of several, as in ``a or b`` and ``a if c else b``; which one is decided when the code runs."""

    options: tuple[Value, ...]
    tests: tuple[Test, ...] = ()
    """What must be true for the first of two, as far as that is known."""
    others: tuple[Test, ...] = ()
    """What must be true for the second of them."""


@frozen
class Test:
    """What must be true of a value: that it is one of some others, or none of them; of no others, that it is true."""

    subject: Value
    values: tuple[Value, ...]
    holds: bool


@frozen
class Template(Value):
    """Parts joined to one string: an f-string, ``+``, ``%``, ``.format``."""

    parts: tuple[Value, ...]
    line: int


@frozen
class Formatted(Value):
    """``text % operand``, where the text is not written there."""

    text: Value
    operand: Value
    line: int


@frozen
class Mapping(Value):
    """A dict display. A ``**`` entry has no key."""

    items: tuple[tuple[Value | None, Value], ...]


@frozen
class Sequence(Value):
    """A list, tuple or set display."""

    items: tuple[Value, ...]


@frozen
class Call(Value):
    """A call, with its callee resolved as far as the file goes."""

    callee: str
    """
    The dotted name of what is called, import aliases and instances resolved: ``openai.OpenAI().models.list``.

    A part that was itself called ends with ``()``. A leading ``?`` is a value that the file does not tell.
    Leading dots are those of a relative import.
    """
    function: Value
    arguments: tuple[Value, ...]
    """Positional arguments; those from a ``*`` on are left out, because their place is not known."""
    keywords: tuple[tuple[str, Value], ...]
    """Keyword arguments; what is unpacked has the name ``*`` or ``**``."""
    line: int
    column: int
    scope: int
    """Index into the scopes of the code."""

    def argument(self, position: int | None, *names: str) -> Value | None:
        """Return the argument that goes to one of *names* or to *position* (from 0); None when it is not given."""
        for key, value in self.keywords:
            if key in names:
                return value
        if position is None:
            return None
        if position < len(self.arguments):
            return self.arguments[position]
        spread = next((value for key, value in self.keywords if key == "*"), None)
        if spread is None:
            return None
        index = position - len(self.arguments)
        others = next((value for key, value in self.keywords if key == "**"), None)
        if others is None or not names:
            return Item(spread, Const(index))
        # It is in one of the two, and at its place in the list only if that is so long.
        listed = Element(Item(spread, Slice(Const(index), Const(index + 1))))
        return Choice((listed, Item(others, Text(names[0], self.line, 0))))

    @property
    def last(self) -> str:
        """The last part of the callee: ``create``."""
        return self.callee.rpartition(".")[2]


@frozen
class Unknown(Value):
    """An expression that aibom does not follow."""

    shape: str
    """What kind of expression it is, for the message: ``a comparison``."""
    line: int


def parts(value: Value) -> Iterator[Value]:
    """Yield *value* and everything inside it, outermost first; what a nested call does is not entered."""
    stack = [value]
    while stack:
        head = stack.pop()
        yield head
        match head:
            case Attribute(of=of) | Element(of=of):
                stack.append(of)
            case Item(of=of, key=key):
                stack += [key, of]
            case Formatted(text=text, operand=operand):
                stack += [operand, text]
            case Choice(options=inner) | Template(parts=inner) | Sequence(items=inner):
                stack += reversed(inner)
            case Mapping(items=items):
                stack += [v for pair in reversed(items) for v in reversed(pair) if v is not None]
            case _:
                pass


APART: Final = "~"
"""Ends the name of a variable of a comprehension that something else around it is called, too."""


def shown(value: Value) -> str:  # noqa: C901 - one case for each kind of value
    """
    Write *value* as code, for a message. Strings stay out: they may be secrets.

    >>> shown(Attribute(Name("args", 3), "model"))
    'args.model'
    """
    match value:
        case Name(name=name):
            return name.removesuffix(APART)
        case Attribute(of=of, name=name):
            return f"{shown(of)}.{name}"
        case Item(of=of, key=Text(value=key)) if key.isidentifier():
            return f"{shown(of)}[{key!r}]"
        case Item(of=of, key=key):
            return f"{shown(of)}[{shown(key)}]"
        case Call(function=function):
            return f"{shown(function)}(…)"
        case Formatted(text=text):
            return f"{shown(text)} % …"
        case Slice():
            return "…:…"
        case Choice(options=options):
            return " or ".join(shown(o) for o in options[:3])
        case Template(parts=inner):
            return "+".join(shown(p) for p in inner[:4])
        case Element(of=of):
            return f"an element of {shown(of)}"
        case Text():
            return "'…'"
        case Const(value=const):
            return repr(const)
        case Mapping():
            return "{…}"
        case Sequence():
            return "[…]"
        case Unknown(shape=shape):
            return shape
        case _:
            return "an expression"


# -- strings that are put together -------------------------------------------------------------

_PERCENT: Final = expression(
    r"%(?:\((?P<key>[^)]*)\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?[hlL]?(?P<type>[diouxXeEfFgGcrsa%])"
)
_BRACES: Final = expression(r"\{\{|\}\}|\{(?P<field>[^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}")
_PIECES: Final = expression(r"^[^.\[]*|\.[^.\[]+|\[[^\]]*(?=\])")
"""What a field of ``format()`` is made of: ``0``, ``.name`` and ``[key``."""


def joined(pieces: list[Value], line: int) -> Value:
    """Join *pieces* to one string: a text when all of them are texts, else a template."""
    flat = [p for piece in pieces for p in (piece.parts if isinstance(piece, Template) else (piece,))]
    texts = [p for p in flat if isinstance(p, Text)]
    if texts and len(texts) == len(flat):
        longest = max(texts, key=lambda t: len(t.value))
        return Text("".join(t.value for t in texts), longest.line, longest.column or texts[0].column)
    return Template(tuple(flat), line)


def _fields(text: Text, pattern: re.Pattern[str], value_of: Callable[[re.Match[str]], Value | str]) -> Value:
    pieces: list[Value] = []
    end = 0
    for found in pattern.finditer(text.value):
        pieces.append(Text(text.value[end : found.start()], text.line, text.column))
        got = value_of(found)
        pieces.append(Text(got, text.line, text.column) if isinstance(got, str) else got)
        end = found.end()
    pieces.append(Text(text.value[end:], text.line, text.column))
    return joined([p for p in pieces if not (isinstance(p, Text) and not p.value)] or [text], text.line)


def percent(text: Text, operand: Value) -> Value:
    """Return ``text % operand`` as a template."""
    values = iter(operand.items if isinstance(operand, Sequence) else (operand,))

    def value_of(found: re.Match[str]) -> Value | str:
        if found["type"] == "%":
            return "%"
        if found["key"] is not None:
            return Item(operand, Text(found["key"], text.line, text.column))
        return next(values, Unknown("a missing value", text.line))

    return _fields(text, _PERCENT, value_of)


def formatted(text: Text, call: Call) -> Value:
    """Return ``text.format(…)`` as a template; *call* has the arguments."""
    count = iter(range(len(call.arguments)))

    def value_of(found: re.Match[str]) -> Value | str:
        name = found["field"]
        if name is None:
            return found[0][0]
        first, *path = _PIECES.findall(name) or [""]
        index = next(count, None) if not first else int(first) if first.isdecimal() else None
        value = call.argument(index, *([first] if first else []))
        if value is None and (spread := call.argument(None, "**")) is not None and first:
            value = Item(spread, Text(first, call.line, 0))
        if value is None:
            return Unknown("a value of format()", call.line)
        for piece in path:
            value = Attribute(value, piece[1:]) if piece[0] == "." else Item(value, _key(piece[1:], call.line))
        return value

    return _fields(text, _BRACES, value_of)


def _key(text: str, line: int) -> Value:
    return Const(int(text)) if text.isdecimal() else Text(text, line, 0)
