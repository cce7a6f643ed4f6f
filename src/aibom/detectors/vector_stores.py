"""Vector stores that code reaches as servers, with their address."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Detection, Diagnostic, Kind
from aibom.expressions import expression
from aibom.knowledge import read_slot, rows
from aibom.protocols import CODE, FunctionDetector
from aibom.syntax import matches
from aibom.syntax.values import Const, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.files import File
    from aibom.syntax.values import Call

__all__ = ["detect"]

_EMBEDDED: Final = expression(r":memory:|[^:]*\.db|\.{0,2}/.*")
"""What stands for the address of a store within the process: a file, or memory."""


_CLOUD: Final = frozenset({"pinecone", "azure-ai-search", "mongodb-atlas", "astradb", "upstash-vector"})
"""Stores that only their makers run; the others run wherever somebody puts them."""


@cache
def _by_last() -> Mapping[str, tuple[dict[str, str], ...]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("stores"):
        found.setdefault(row["callee"].rpartition(".")[2], []).append(row)
    return {last: tuple(found[last]) for last in found}


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Vector stores that run as servers, with the address that the code gives; others are libraries."""
    for call in file.code.every_call:
        for row in _by_last().get(call.last, ()):
            if matches(row["callee"], call.callee) and not _is_embedded(call, row):
                yield _of_call(file, call, row)
                break


def _is_embedded(call: Call, row: Mapping[str, str]) -> bool:
    given = (call.argument(None, name) for name in row["unless"].split("|") if name)
    if any(value is not None and not (isinstance(value, Const) and value.value is None) for value in given):
        return True
    position, keywords = read_slot(row["address"])
    address = call.argument(position, *keywords)
    return isinstance(address, Text) and _EMBEDDED.fullmatch(address.value) is not None


def _of_call(file: File, call: Call, row: Mapping[str, str]) -> Detection:
    position, keywords = read_slot(row["address"])
    address = call.argument(position, *keywords)
    if isinstance(address, Sequence) and address.items:
        address = address.items[0]
    plain = isinstance(address, Text) and "://" not in address.value and re.fullmatch(r"[\w.-]{1,253}", address.value)
    return Detection(
        Kind.SERVICE,
        row["provider"],
        file.at(call.line, call.column),
        row["provider"],
        symbol=call.callee,
        hosted=True,
        scope=call.scope,
        properties=[("kind", "vector-store"), ("external", "true" if row["provider"] in _CLOUD else "false")],
        context=[("host", address.value)] if plain and isinstance(address, Text) else (),
        receiver=evolve(call, keywords=(("base_url", address),)) if address is not None and not plain else None,
    )


@cache
def _hints() -> tuple[str, ...]:
    roots = {row["callee"].removeprefix("npm:").split(".")[0] for row in rows("stores")} - {"azure"}
    names = "|".join(sorted(map(re.escape, roots)))
    return (rf"""(?:from|import|require)\b\s*\(?\s*["'`]?(?:npm:)?(?:{names})\b""", r"azure\.search\.documents")


detect = FunctionDetector("vector-stores", (_find.__doc__ or "").strip(), CODE, _hints, _find)
