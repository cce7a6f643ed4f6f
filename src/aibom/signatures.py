"""Read what a known call names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aibom import names
from aibom.bill import Detection, Kind, Location
from aibom.knowledge import read_slot, signatures
from aibom.syntax import matches
from aibom.syntax.values import Attribute, Choice, Const, Item, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.knowledge import Signature
    from aibom.syntax.values import Call, Value

__all__ = ["by_last", "claims", "every", "matching"]


def every() -> tuple[Signature, ...]:
    """Return aibom's own table of signatures."""
    return signatures()


@cache
def by_last(table: tuple[Signature, ...]) -> Mapping[str, tuple[Signature, ...]]:
    """Return the rows of *table* by the last part of their callee; those that end in a ``*`` under ``*``."""
    found: dict[str, list[Signature]] = {}
    for signature in table:
        last = signature.callee.rpartition(".")[2]
        found.setdefault("*" if "*" in last else last, []).append(signature)
    return {last: tuple(found[last]) for last in found}


def matching(callee: str, among: Mapping[str, tuple[Signature, ...]]) -> Iterator[Signature]:
    """Yield the signatures of *among* (as from `by_last`) that the dotted name *callee* answers to."""
    last = callee.rpartition(".")[2]
    for signature in (*among.get(last, ()), *among.get("*", ())):
        if matches(signature.callee, callee):
            yield signature


def claims(call: Call, signature: Signature, at: Location) -> Iterator[Detection]:
    """
    Yield what *call*, which answers to *signature*, names.

    The name stays symbolic: `link` settles it, also when it is a literal, so that every name is read in one place.
    """
    kept = []
    for cell in signature.context:
        position, found, key = cell.rpartition(":")
        value = _literal(call.argument(int(position) if found else None, key))
        kept += [(key, value)] if value is not None else []
    task = _literal(_slot(call, signature.option("task")))
    if task is not None:
        kept.append(("task", task))
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
    name = call.argument(*signature.id[:1], *signature.id[1])
    flags = signature.flags
    if name is None and (spread := call.argument(None, "**")) is not None and signature.id[1]:
        name = Item(spread, Text(signature.id[1][0], call.line, 0))  # f(**{"model": …})
        flags |= frozenset() if not call.arguments and signature.id[0] == 0 else {"spread"}
    if name is None or isinstance(name, Const) or _is_no_name(name, signature):
        return
    yield Detection(
        kind,
        name,
        at,
        _provider(call, signature),
        revision=_revision(call, signature),
        symbol=call.callee,
        hosted="hosted" in signature.flags,
        flags=flags | {f"{key}={value}" for key, value in signature.options if key == "bare"},
        receiver=(call.function.of if isinstance(call.function, Attribute) else call)
        if "hosted" in signature.flags
        else None,
        scope=call.scope,
        context=kept,
        properties=[("produced", "true")] if "produced" in signature.flags else (),
    )


def _provider(call: Call, signature: Signature) -> str:
    """Return who serves the name: an argument may say so."""
    match _slot(call, signature.option("provider")):
        case Text(value=said):
            return names.provider_of_prefix(said) or "unknown"
        case _:
            return signature.provider


def _revision(call: Call, signature: Signature) -> Value | None:
    position, keywords = signature.revision
    spread = call.argument(None, "**")
    found = call.argument(position, *keywords)
    if found is None and spread is not None and keywords:
        return Item(spread, Text(keywords[0], call.line, 0))
    return found


def _is_no_name(name: Value, signature: Signature) -> bool:
    """Tell whether the argument is of another type than a name, such as a loaded model in ``pipeline(model=…)``."""
    return isinstance(name, Sequence) or ("strings-only" in signature.flags and not isinstance(name, Text | Choice))


def _slot(call: Call, cell: str) -> Value | None:
    position, keywords = read_slot(cell)
    return call.argument(position, *keywords)


def _literal(value: Value | None) -> str | None:
    match value:
        case Const(value=bool() as truth):
            return "true" if truth else "false"
        case Const(value=int() | float() as number):
            return str(number)
        case Text(value=text) if len(text) <= 120 and text.isprintable():  # noqa: PLR2004 - a value for a reader, not a document
            return names.without_secrets(text) if "://" in text else text
        case _:
            return None
