"""Search bytes for one of many expressions at once, fast."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from aibom.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Pattern", "pattern_of"]


class Pattern(Protocol):
    """A compiled expression over bytes."""

    def search(self, data: bytes, /) -> object | None:
        """Return something when the expression holds somewhere in *data*, None when it does not."""


def pattern_of(expressions: Iterable[str]) -> Pattern:
    r"""
    Return one pattern for all *expressions* (RE2 syntax). `PluginError` when one of them is none.

    google-re2 is used where it is installed: its speed does not depend on the number of alternatives, whereas Python's
    ``re`` takes 6.7 s over Django's source for 250 of them (measured). Where there is no wheel of it, ``re`` does the
    same work more slowly.

    >>> bool(pattern_of(["transformers", r"\bopenai"]).search(b"import openai"))
    True
    """
    every = sorted(set(expressions))
    try:
        return _compiled("|".join(every) if every else r"[^\x00-\xff]")
    except Exception:
        for expression in every:
            try:
                _compiled(expression)
            except Exception as error:  # noqa: BLE001 - re.error or re2.error, which have no common root
                raise PluginError(f"the hint {expression!r} is no expression of RE2: {error}") from None
        raise  # Each alone can be compiled: this is not the caller's mistake.


def _compiled(expression: str) -> Pattern:
    try:
        import re2  # Not to be had everywhere.
    except ImportError:
        return re.compile(expression.encode())
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.max_mem = 64 << 20
    options.log_errors = False
    pattern: Pattern = re2.compile(expression.encode(), options)
    return pattern
