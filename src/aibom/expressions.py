"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Expression", "expression"]


class Expression:
    """Stands for a `re.Pattern` that nobody has used so far."""

    def __init__(self, compiled: Callable[[], re.Pattern[str] | re.Pattern[bytes]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> object:
        """Return what the pattern has under *name*, and keep it: the next time it is an attribute like any other."""
        found: object = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found

    def __repr__(self) -> str:
        return repr(self._compiled())


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""
    Return what `re.compile` returns, but compile nothing before it is used.

    aibom has some four hundred expressions, most of which no file of a tree needs; to compile them takes a third of
    what a scan of an empty folder takes. Functions of `re` do not take the result for a pattern: use its methods.

    >>> expression(r"(\w+)-7b").fullmatch("ranker-7b")[1]
    'ranker'
    """
    return cast("re.Pattern[AnyStr]", Expression(lambda: re.compile(pattern, flags)))
