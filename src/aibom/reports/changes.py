"""What changed between two bills: as a table for the terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aibom.bill import printable
from aibom.compare import What
from aibom.reports.markdown import escaped
from aibom.reports.table import columns_of, section, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Component, Finding
    from aibom.compare import Difference

__all__ = ["difference_to_json", "difference_to_markdown", "difference_to_table"]

_TITLES = {
    What.VERSION: "Version",
    What.LICENCE: "Licence",
    What.USAGE: "Usage",
    What.CONTENT: "Content",
    What.CARD: "Facts",
}


def difference_to_table(difference: Difference, *, width: int | None = None) -> str:
    r"""
    Return *difference* as tables of *width* columns; the terminal's width unless it is given.

    Control characters are written as escapes.

    >>> from aibom.compare import Difference
    >>> difference_to_table(Difference())
    'nothing changed\n'
    """
    lines: list[str] = []
    for title, heads, rows in _sections(difference):
        lines += [*section((f"{title} ({len(rows)})", *heads), rows, width_of(width)), ""]
    return "\n".join([*lines, difference.summary]) + "\n"


def difference_to_markdown(difference: Difference) -> str:
    """Return *difference* as Markdown, for a pull request; every name is escaped."""
    lines = ["# What changed of the AI", "", f"{difference.summary[:1].upper()}{difference.summary[1:]}.", ""]
    for title, heads, rows in _sections(difference):
        lines += [f"## {title}", "", f"| name | {' | '.join(heads)} |", "| --- " * (len(heads) + 1) + "|"]
        lines += ["| " + " | ".join(map(escaped, row)) + " |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def difference_to_json(difference: Difference) -> str:
    """
    Return *difference* as JSON: lists of components, changes and findings, each with the `Component.ref` it is about.

    The text is ASCII, and equal differences give equal text.
    """
    content = {
        "added": [_component(c) for c in difference.added],
        "removed": [_component(c) for c in difference.removed],
        "changes": [
            {"component": c.component, "what": str(c.what), "name": c.name, "old": list(c.old), "new": list(c.new)}
            for c in difference.changes
        ],
        "newFindings": [_finding(f) for f in difference.new_findings],
        "goneFindings": [_finding(f) for f in difference.gone_findings],
    }
    return json.dumps(content, indent=2) + "\n"


def _component(component: Component) -> dict[str, str]:
    entry = {
        "component": component.ref,
        "kind": str(component.kind),
        "provider": component.provider,
        "name": component.name,
        "version": component.commit or component.version,
        "purl": component.purl,
        "usage": str(component.usage),
    }
    return {key: value for key, value in entry.items() if value}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "component": finding.component,
        "reason": finding.reason,
        "places": [str(place) for place in finding.evidence],
        "about": list(finding.about),
    }


def _sections(difference: Difference) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Yield each part that is not empty: its title, the heads of its columns but the first, and its rows."""
    for title, components in (("Added", difference.added), ("Removed", difference.removed)):
        if components:
            rows: list[tuple[str, ...]] = [(str(c.kind), *columns_of(c)) for c in components]
            yield title, ("provider", "version", "usage", "where"), [(f"{k} {n}", *rest) for k, n, *rest in rows]
    for what, title in _TITLES.items():
        if changes := difference.of(what):
            cells = ((c.component, c.name, ", ".join(c.old) or "–", ", ".join(c.new) or "–") for c in changes)
            yield title, ("field", "old", "new"), [tuple(map(printable, row)) for row in cells]
    for title, findings in (("New findings", difference.new_findings), ("Gone findings", difference.gone_findings)):
        if findings:
            shown = ((f.component, f"{f.level}: {f.rule}", f.reason) for f in findings)
            yield title, ("rule", "reason"), [tuple(map(printable, row)) for row in shown]
