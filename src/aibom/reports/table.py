"""A bill as a table for the terminal."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

from aibom.bill import Kind, Level, places_of, printable, version_of
from aibom.licences import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aibom.bill import Bill, Component, Finding

__all__ = ["columns_of", "finding_line", "findings_of", "open_ends", "section", "to_table", "width_of"]

_NARROWEST: Final = 60
_OPEN_SHOWN: Final = 20
_SHOWN_OF_A_RULE: Final = 10
_TITLES: Final = {
    Kind.MODEL: "Models",
    Kind.DATASET: "Datasets",
    Kind.SERVICE: "Services",
    Kind.LIBRARY: "Libraries",
    Kind.AGENT: "Agents",
    Kind.TOOL: "Tools",
    Kind.PROMPT: "Prompts",
}


def to_table(bill: Bill, *, width: int | None = None) -> str:
    r"""
    Return *bill* as a table of *width* columns; the terminal's width unless it is given.

    Its summary follows, and what is open; the reasons are not cut to the width.
    What was scanned is hostile input: control characters are written as escapes.

    >>> from aibom.bill import Bill
    >>> to_table(Bill())
    'nothing found\n'
    """
    wide = width_of(width)
    lines: list[str] = []
    for kind, title in _TITLES.items():
        found = bill.of(kind)
        if found:
            heads = (f"{title} ({len(found)})", "provider", "version", "usage", "where")
            lines += [*section(heads, [columns_of(c) for c in found], wide), ""]
    if bill.findings:
        lines += [f"Findings ({len(bill.findings)})", *findings_of(bill), DISCLAIMER, ""]
    return "\n".join([*lines, bill.summary, *open_ends(bill)]) + "\n"


def findings_of(bill: Bill, level: Level = Level.WARNING) -> list[str]:
    """
    Return the findings of *bill* from *level* on, a line each, the gravest first; those below it are counted.

    Of many by one rule the first are shown, and the others are counted: a document has all.

    >>> from aibom.bill import Bill, Finding
    >>> findings_of(Bill(findings=[Finding("gated", Level.INFO, "model:huggingface:a/b", "a/b is gated")]))
    ['… and 1 info: gated (1)']
    """
    order = tuple(Level)
    shown = [f for f in bill.findings if order.index(f.level) >= order.index(level)]
    shown.sort(key=lambda f: (-order.index(f.level), f.rule))
    lines = []
    for (rule, at), group in groupby(shown, key=lambda f: (f.rule, f.level)):
        those = list(group)
        lines += [finding_line(f) for f in those[:_SHOWN_OF_A_RULE]]
        if len(those) > _SHOWN_OF_A_RULE:
            lines.append(f"… and {len(those) - _SHOWN_OF_A_RULE} more {at}: {printable(rule)}")
    for below in order[: order.index(level)]:
        counts = Counter(f.rule for f in bill.findings if f.level is below)
        if counts:
            rules = ", ".join(f"{rule} ({count})" for rule, count in sorted(counts.items()))
            lines.append(f"… and {counts.total()} {below}: {rules}")
    return lines


def finding_line(finding: Finding) -> str:
    """Return *finding* as a line: its level and rule, the reason, and the first place."""
    more = f" +{len(finding.evidence) - 1}" if len(finding.evidence) > 1 else ""
    where = f" ({finding.evidence[0]}{more})" if finding.evidence else ""
    return f"{finding.level}: {printable(finding.rule)}: {printable(finding.reason)}{where}"


def width_of(width: int | None) -> int:
    """Return *width*, or that of the terminal; no less than what a table needs."""
    return max(width or get_terminal_size((120, 24)).columns, _NARROWEST)


def open_ends(bill: Bill) -> list[str]:
    """
    Return what makes *bill* incomplete, a line each; many are counted.

    >>> from aibom.bill import Bill, Diagnostic
    >>> open_ends(Bill(diagnostics=[Diagnostic("not-followed", "it comes from a file")]))
    ['not-followed: it comes from a file']
    """
    found = [str(d) for d in bill.diagnostics if d.incomplete]
    more = len(found) - _OPEN_SHOWN
    return [*found[:_OPEN_SHOWN], *([f"… and {more} more"] if more > 0 else [])]


def columns_of(component: Component) -> tuple[str, str, str, str, str]:
    """Return what a reader wants to see of *component*: name, provider, version, usage, and where."""
    places = places_of(component)
    where = (f"{places[0]} +{len(places) - 1}" if places[1:] else places[0]) if places else ""
    shown = (component.name, component.provider, version_of(component))
    name, provider, version = map(printable, shown)
    return name, provider, version, str(component.usage), where


def section(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return the lines of a table of *width* columns; cells are shortened in the middle until it fits."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for column in (0, len(heads) - 1, *range(len(heads) - 2, 0, -1)):  # The name and the last give way first.
        excess = sum(widths) + 2 * (len(widths) - 1) - width
        if excess > 0:
            widths[column] = max(widths[column] - excess, min(widths[column], 24))
    line = "  ".join("─" * w for w in widths)
    return [_line(heads, widths), line, *(_line(row, widths) for row in rows)]


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(_fit(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    """
    Shorten *text* in the middle: the ends of names and paths say most.

    >>> _fit("sentence-transformers/all-MiniLM-L6-v2", 20)
    'sentence-t…iLM-L6-v2'
    """
    if len(text) <= width:
        return text
    left = width // 2
    return f"{text[:left]}…{text[len(text) - (width - left - 1) :]}"
