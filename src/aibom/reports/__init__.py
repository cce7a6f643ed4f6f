"""For people and code scanning: a table, Markdown, SARIF, and why a component is in a bill."""

from __future__ import annotations

from aibom.reports.explanation import to_explanation
from aibom.reports.markdown import to_markdown
from aibom.reports.sarif import to_sarif
from aibom.reports.table import finding_line, findings_of, open_ends, to_table

__all__ = [
    "finding_line",
    "findings_of",
    "open_ends",
    "to_explanation",
    "to_markdown",
    "to_sarif",
    "to_table",
]
