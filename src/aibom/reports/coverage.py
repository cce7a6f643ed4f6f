"""Which elements a bill of materials has, as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom.bill import printable
from aibom.elements import State
from aibom.reports.table import section, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aibom.elements import Element

__all__ = ["coverage_to_table"]

_MISSING = (State.UNKNOWN, State.PERSON)


def coverage_to_table(elements: Iterable[Element], *, width: int | None = None) -> str:
    r"""
    Return *elements* as a table of *width* columns for each standard; the terminal's width unless it is given.

    What is there comes first, in the order of the standard, and then what is missing, with what would fill it. There is
    no score: which elements count how much is for the reader to say.

    >>> coverage_to_table([])
    ''
    """
    every = list(elements)
    wide = width_of(width)
    lines: list[str] = []
    for standard in dict.fromkeys(e.standard for e in every):
        own = [e for e in every if e.standard == standard]
        counts = ", ".join(f"{sum(e.state is s for e in own)} {s}" for s in State)
        lines += [f"{standard}: {len(own)} elements: {counts}", ""]
        there = [e for e in own if e.state not in _MISSING]
        if there:
            states = [(printable(e.name), str(e.state), f"{e.have} of {e.of}", printable(e.says)) for e in there]
            lines += [*section((f"There ({len(there)})", "state", "known of", "who says so"), states, wide), ""]
        missing = [e for e in own if e.state in _MISSING]
        if missing:
            rows = [(printable(e.name), str(e.state), printable(e.fill)) for e in missing]
            lines += [*section((f"Missing ({len(missing)})", "state", "what would fill it"), rows, wide), ""]
    return "\n".join(lines)
