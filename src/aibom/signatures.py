"""Read what a known call names."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from aibom import names
from aibom.bill import Detection, Kind, Location
from aibom.knowledge import constants, implicit, read_slot, signatures
from aibom.syntax import matches
from aibom.syntax.values import Attribute, Choice, Const, Element, Item, Mapping, Name, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Mapping_

    from aibom.knowledge import Implicit, Signature
    from aibom.syntax import Code
    from aibom.syntax.values import Call, Value

__all__ = [
    "ByLast",
    "by_last",
    "candidates",
    "claims",
    "every",
    "implied",
    "is_known",
    "known",
    "literal",
    "matching",
    "roots",
    "said_of",
    "stars",
    "under",
]


def every() -> tuple[Signature, ...]:
    """Return aibom's own table of signatures."""
    return signatures()


class ByLast(dict[str, "tuple[Signature, ...]"]):
    """Rows of a table by the last part of their callee, as `by_last` makes it."""

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The first parts of those whose last part has a ``*``."""
        return frozenset(last[:-2] for last in self if last.endswith(".*"))


@cache
def by_last(table: tuple[Signature, ...]) -> ByLast:
    """
    Return the rows of *table* by the last part of their callee.

    Those whose last part has a ``*`` are under their first part and ``.*``, or under ``*`` when that has one too.
    """
    found: dict[str, list[Signature]] = {}
    for signature in table:
        first, last = signature.callee.partition(".")[0], signature.callee.rpartition(".")[2]
        key = last if "*" not in last else "*" if "*" in first else f"{first}.*"
        found.setdefault(key, []).append(signature)
    return ByLast({last: tuple(found[last]) for last in found})


@cache
def known() -> ByLast:
    """Return the rows of aibom's own table, as `by_last` does."""
    return by_last(every())


@cache
def roots() -> frozenset[str]:
    """Return the dotted names that callees of aibom's own table, and constants that name models, begin with."""
    found: set[str] = set()
    for callee in (*(s.callee for s in every()), *constants()):
        parts = re.split(r"[*(]", callee, maxsplit=1)[0].split(".")
        found.update(".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return frozenset(found - {"", "?"})


@cache
def _packages() -> frozenset[str]:
    """Return the packages of Java, Go, Rust and .NET that callees of aibom's own table begin with."""
    literal = {re.split(r"[*(]", s.callee, maxsplit=1)[0].rstrip(".") for s in every() if ":" in s.callee}
    return frozenset(p for name in literal for p in (name, name.rpartition(".")[0]) if ":" in p)


def is_known(target: str) -> bool:
    """
    Tell whether the imported name *target* is part of a package that the table knows calls of.

    >>> is_known("java:dev.langchain4j.model.openai.OpenAiChatModel"), is_known("java:java.util.List")
    (True, False)
    """
    parts = target.removesuffix(".*").split(".") if ":" in target else []
    return any(".".join(parts[:count]) in _packages() for count in range(1, len(parts) + 1))


def stars(code: Code) -> tuple[str, ...]:
    """Return the packages of which *code* imports all names, and that some callee of aibom's own table begins with."""
    return tuple(dict.fromkeys(s for i in code.imports if i.name == "*" for s in [i.target[:-2]] if s in roots()))


def under(stars: tuple[str, ...], call: Call, among: Mapping_[str, tuple[Signature, ...]]) -> Iterator[str]:
    """Yield what *call* would be called if its first name came from one of the packages *stars*."""
    if call.last in among and call.callee[:1].isupper():
        yield from (f"{star}.{call.callee}" for star in stars)


def matching(callee: str, among: Mapping_[str, tuple[Signature, ...]]) -> Iterator[Signature]:
    """Yield the signatures of *among* (as from `by_last`) that the dotted name *callee* answers to."""
    first, last = callee.partition(".")[0], callee.rpartition(".")[2]
    for signature in (*among.get(last, ()), *among.get(f"{first}.*", ()), *among.get("*", ())):
        if matches(signature.callee, callee):
            yield signature


def candidates(code: Code, among: ByLast) -> list[Call]:
    """Return the calls of *code* that may answer to a signature of *among* (as from `by_last`); most answer to none."""
    return list(code.every_call) if "*" in among else code.calls_of(among.keys(), among.firsts)


def claims(call: Call, signature: Signature, at: Location) -> Iterator[Detection]:
    """
    Yield what *call*, which answers to *signature*, names.

    The name stays symbolic: `link` settles it, also when it is a literal, so that every name is read in one place.
    What the library itself takes when the call names nothing is a literal at the call, with the property ``implicit``.
    """
    if _loads_nothing(call, signature):
        return
    given = [*_given(call, signature)]
    kept = [(key, value) for key, _, value in given if value is not None]
    facts = tuple((key, value) for key, value, said in given if said is None)
    kind = Kind(signature.kind)
    if "repo-type" in signature.flags:
        match call.argument(None, "repo_type"):
            case Text(value="dataset"):
                kind = Kind.DATASET
            case Text(value="space"):
                return
            case _:
                pass
    if kind is Kind.SERVICE:
        yield Detection(
            kind,
            signature.provider,
            at,
            signature.provider,
            symbol=call.callee,
            context=kept,
            hosted=True,
            scope=call.scope,
            receiver=call,
        )
        return
    name, flags = _name(call, signature)
    nothing = name is None or (isinstance(name, Const) and name.value is None)
    taken = _taken(call, signature) if nothing else None
    argument = _implying(call, signature) if taken is None else None
    if argument is not None:  # `link` finds out whether the call names something, and what decides if it does not.
        name, flags = Const(None) if name is None else name, flags | {f"implied={argument}"}
    if taken is not None:
        name, properties = Text(taken.id, call.line, call.column), [("implicit", "true")]
        kept.append(("library", taken.library))
    else:
        properties = [("produced", "true")] if "produced" in flags else []
    if (
        name is None
        or (isinstance(name, Const) and not (nothing and argument))
        or (taken is None and _is_no_name(name, signature))
    ):
        return
    yield Detection(
        kind,
        name,
        at,
        taken.provider if taken is not None else _provider(call, signature),
        revision=_revision(call, signature) or (taken.revision if taken is not None else None),
        symbol=call.callee,
        hosted="hosted" in flags,
        flags=flags
        | {f"{key}={value}" for key, value in signature.options if key == "bare"}
        | ({"revision-unpacked"} if _is_unpacked(call, signature) else set()),
        receiver=(call.function.of if isinstance(call.function, Attribute) else call) if "hosted" in flags else None,
        scope=call.scope,
        context=kept,
        facts=facts,
        properties=properties,
    )


def _given(call: Call, signature: Signature) -> Iterator[tuple[str, Value, str | None]]:
    """Yield the facts about its use that *call* states: the name, the expression, and what it is when it is literal."""
    spread = call.argument(None, "**")
    for cell in signature.context:
        position, found, key = cell.rpartition(":")
        value = _within(call, key) if "." in key else call.argument(int(position) if found else None, key)
        if value is None and spread is not None and "." not in key:
            value = Item(spread, Text(key, call.line, 0))
        if value is not None and (value != Const(None)):
            yield key.rpartition(".")[2], value, literal(value)
    task = _slot(call, signature.option("task"))
    if task is not None and task != Const(None):
        yield "task", task, literal(task)


def _loads_nothing(call: Call, signature: Signature) -> bool:
    """Tell whether an argument says that the call loads nothing, or nothing from where *signature* means."""
    if needed := signature.option("needs"):
        match _slot(call, needed):
            case None:
                if call.argument(None, "*", "**") is None:
                    return True
            case Const(value=None | False):
                return True
            case _:
                pass
    key, _, unwanted = signature.option("unless").partition("=")
    return bool(key) and _plain(call.argument(None, key)) == unwanted


def _name(call: Call, signature: Signature) -> tuple[Value | None, frozenset[str]]:
    """Return what of *call* is the name, and how it is to be read."""
    flags = signature.flags
    if distance := signature.option("callee"):
        part = call.callee.split(".")[-int(distance)].rstrip("()")
        return Text(re.sub(r"^(?:fetch|load)_", "", part), call.line, call.column), flags
    name = call.argument(*signature.id[:1], *signature.id[1])
    if name is None and (spread := _spread(call, signature)) is not None and signature.id[1]:
        name = Item(spread, Text(signature.id[1][0], call.line, 0))  # f(**{"model": …})
        flags |= frozenset() if not call.arguments and signature.id[0] == 0 else {"spread"}
    if name is not None and (path := signature.option("within")):
        for key in path.split("."):
            if key.startswith("@"):
                name = Attribute(name, key[1:])
            else:
                name = Element(name) if key == "*" else Item(name, Text(key, call.line, 0))
        flags |= {"object"}
    return name, flags


def _taken(call: Call, signature: Signature) -> Implicit | None:
    """Return what the library takes because *call* does not name what *signature* reads; None when nothing is known."""
    for row in _rows(call.callee, signature.id[1]) if call.argument(None, "*", "**") is None else ():
        asked = row.when
        if not any(row.argument in keywords for (_, keywords), _ in asked):
            asked = (*asked, (signature.id, frozenset({""})))
        if all(said_of(call.argument(position, *keywords)) in wanted for (position, keywords), wanted in asked):
            return row
    return None


def _spread(call: Call, signature: Signature) -> Value | None:
    """
    Return the options that *call* is given as a whole.

    In JavaScript that is the last argument, unless it is another one that decides which model a library takes.
    """
    spread = call.argument(None, "**")
    rows = _rows(call.callee, signature.id[1]) if spread is not None and ":" in call.callee else ()
    others = {position for row in rows for (position, _), _ in row.when} - {None, signature.id[0]}
    return None if any(spread is call.argument(position) for position in others) else spread


@cache
def _rows(callee: str, keywords: tuple[str, ...]) -> tuple[Implicit, ...]:
    return tuple(row for row in implicit() if row.argument in keywords and matches(row.callee, callee))


def _implying(call: Call, signature: Signature) -> str | None:
    """Return the argument without which the library may take a model of its own; what decides is not told here."""
    spread = call.argument(None, "*") or (_spread(call, signature) if ":" in call.callee else None)
    for row in _rows(call.callee, signature.id[1]) if spread is None else ():
        others = [c for c in row.when if row.argument not in c[0][1]]
        said = [said_of(call.argument(position, *keywords)) for (position, keywords), _ in others]
        if all(text is None or text in wanted for text, (_, wanted) in zip(said, others, strict=True)):
            return row.argument
    return None


def said_of(value: Value | None) -> str | None:
    """
    Return a literal as a condition of the table of implicit models writes it; empty when there is no argument.

    None when *value* is no literal.
    """
    match value:
        case None:
            return ""
        case Sequence(items=items):
            texts = [i.value for i in items if isinstance(i, Text)]
            return f"[{'+'.join(sorted(texts))}]" if len(texts) == len(items) else None
        case _:
            return _plain(value)


def implied(callee: str, argument: str) -> tuple[Implicit, ...]:
    """Return what libraries take, on one condition or another, when a call of *callee* has no *argument*."""
    return _rows(callee, (argument,))


def _plain(value: Value | None) -> str | None:
    """Return a literal as it is written in a cell of the table."""
    return "None" if isinstance(value, Const) and value.value is None else literal(value)


def _provider(call: Call, signature: Signature) -> str:
    """Return who serves the name: an argument may say so."""
    match _slot(call, signature.option("provider")):
        case Text(value=said):
            return names.provider_of_prefix(said) or "unknown"
        case Attribute(name=said):  # Provider::Anthropic
            return names.provider_of_prefix(said.lower()) or signature.provider
        case _:
            return signature.provider


def _revision(call: Call, signature: Signature) -> Value | None:
    position, keywords = signature.revision
    if keywords and "." in keywords[0]:
        return _within(call, keywords[0])
    spread = call.argument(None, "**")
    found = call.argument(position, *keywords)
    if found is None and spread is not None and keywords:
        return Item(spread, Text(keywords[0], call.line, 0))
    return found


def _is_unpacked(call: Call, signature: Signature) -> bool:
    """Tell whether the revision, if there is one, is in a dict that *call* unpacks or is given."""
    position, keywords = signature.revision
    nested = bool(keywords) and "." in keywords[0]
    return nested or (call.argument(None, "**") is not None and call.argument(position, *keywords) is None)


def _within(call: Call, keyword: str) -> Value | None:
    """Return what the dict that *call* is given has: ``model_kwargs.revision``."""
    outer, _, inner = keyword.partition(".")
    options = call.argument(None, outer)
    if isinstance(options, Mapping):
        return next((v for k, v in options.items if isinstance(k, Text) and k.value == inner), None)
    return None if options is None else Item(options, Text(inner, call.line, 0))


def _is_no_name(name: Value, signature: Signature) -> bool:
    """Tell whether the argument is of another type than a name, such as a loaded model in ``pipeline(model=…)``."""
    lists = isinstance(name, Sequence) and "list" not in signature.flags
    return lists or ("strings-only" in signature.flags and not isinstance(name, Text | Choice))


def _slot(call: Call, cell: str) -> Value | None:
    position, keywords = read_slot(cell)
    return call.argument(position, *keywords)


def literal(value: Value | None) -> str | None:
    """Return a literal as the facts of a use write it; None for other expressions, and for long texts."""
    match value:
        case Const(value=bool() as truth):
            return "true" if truth else "false"
        case Const(value=int() | float() as number):
            return str(number)
        case Attribute(of=Name(name=owner) | Attribute(name=owner), name=member) if owner.endswith("_Weights"):
            return member  # torchvision.models.ResNet50_Weights.DEFAULT
        case Text(value=text) if len(text) <= 120 and text.isprintable():  # noqa: PLR2004 - a value for a reader, not a document
            return names.without_secrets(text) if "://" in text else text
        case _:
            return None
