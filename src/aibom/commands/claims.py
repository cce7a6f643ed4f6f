"""Claim what a word of a command names, at the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom import names
from aibom.bill import Detection, Usage
from aibom.commands.running import HOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aibom.commands.running import Given, Run

__all__ = ["claim", "unless_placeholder", "usage"]

_LONGEST_SYMBOL: Final = 120
_GUESSED: Final = 0.7
"""Up to this confidence, only the name of an option says that its value names a model."""


def usage(run: Run, given: Given) -> Usage:
    """Tell how the value *given* is used by *run*: in any case, or only in some."""
    return Usage.OPTIONAL if run.optional or given.optional else Usage.USED


def unless_placeholder(name: str, usage: Usage) -> Usage:
    """Return *usage*; a mention where *name* only shows what a name looks like: ``org/model``."""
    return Usage.MENTION if names.is_placeholder(name) else usage


def claim(
    named: names.Named,
    value: Given,
    run: Run,
    symbol: str,
    *,
    confidence: float,
    revision: str | None = None,
    context: Sequence[tuple[str, str]] = (),
    produced: bool = False,
) -> Detection:
    """
    Return the claim that *run* uses what *value* names, *named*; with *produced*, that it publishes it.

    The place is that of the name. Where it is not that of the command, the claim leads there.
    """
    at = value.place()
    start = value.text.find(named.name)
    if start > 0 and (there := value.place(start)).line != at.line:  # "$MIRROR/org/name/resolve/main/model.onnx"
        at = there
    direct = (at.path, at.line) == (run.at.path, run.at.line) or (at.path == run.at.path and _near(run, at.line))
    return Detection(
        named.kind,
        named.name,
        at,
        named.provider,
        revision=named.revision or revision,
        usage=unless_placeholder(named.name, Usage.MENTION if produced else usage(run, value)),
        symbol=symbol[:_LONGEST_SYMBOL].replace(HOLE, "…"),
        confidence=confidence,
        hosted=named.hosted,
        flags=frozenset({"slot"} if confidence <= _GUESSED else ()),
        context=context,
        reaches=() if direct else (run.at,),
    )


def _near(run: Run, line: int) -> bool:
    """Tell whether *line* is one of those that the command stands on."""
    return run.command is not None and any(
        p.line == line for w in run.command.words for p in w.parts if p.kind == "text"
    )
