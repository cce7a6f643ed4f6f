"""A bill as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aibom.bill import Kind, Level, printable
from aibom.licences import DISCLAIMER
from aibom.reports.table import columns_of

if TYPE_CHECKING:
    from aibom.bill import Bill

__all__ = ["escaped", "to_markdown"]


def to_markdown(bill: Bill) -> str:
    """
    Return *bill* as Markdown: a table for each kind, and what is open.

    Every name is escaped: what was scanned is hostile input.
    """
    title = printable(bill.target.name) if bill.target.name else "this code base"
    lines = [f"# AI in {escaped(title)}", "", f"{bill.summary[:1].upper()}{bill.summary[1:]}.", ""]
    for kind in Kind:
        found = bill.of(kind)
        if found:
            lines += [
                f"## {kind.capitalize().replace('ry', 'rie')}s",
                "",
                "| name | provider | version | usage | where |",
                "| --- | --- | --- | --- | --- |",
            ]
            lines += ["| " + " | ".join(map(escaped, columns_of(c))) + " |" for c in found]
            lines.append("")
    if bill.findings:
        lines += ["## Findings", "", "| level | rule | reason | where |", "| --- | --- | --- | --- |"]
        for finding in sorted(bill.findings, key=lambda f: -tuple(Level).index(f.level)):
            first, more = (finding.evidence[0], len(finding.evidence) - 1) if finding.evidence else ("", 0)
            cells = (finding.level, finding.rule, finding.reason, f"{first}" + (f" +{more}" if more else ""))
            lines.append("| " + " | ".join(escaped(printable(cell)) for cell in cells) + " |")
        lines += ["", DISCLAIMER, ""]
    open_ = [d for d in bill.diagnostics if d.incomplete]
    if open_:
        lines += ["## Not decided", "", *(f"- {escaped(str(d))}" for d in open_), ""]
    return "\n".join(lines)


def escaped(text: str) -> str:
    r"""
    Return *text* so that Markdown shows it as it is.

    >>> escaped("a|b<script>")
    'a\\|b\\<script\\>'
    """
    # In a pull request @name would call somebody; an empty comment keeps the text as it is, and them asleep.
    return re.sub(r"([\\`*_{}\[\]<>#|!~&])", r"\\\1", text).replace("@", "@<!-- -->")
