"""For people and code scanning: tables, Markdown, SARIF, why a component is in a bill, and what changed."""

from __future__ import annotations

from aibom.reports.changes import difference_to_json, difference_to_markdown, difference_to_table
from aibom.reports.coverage import coverage_to_table
from aibom.reports.explanation import to_explanation
from aibom.reports.markdown import to_markdown
from aibom.reports.sarif import to_sarif
from aibom.reports.table import finding_line, findings_of, open_ends, to_table

__all__ = [
    "coverage_to_table",
    "difference_to_json",
    "difference_to_markdown",
    "difference_to_table",
    "finding_line",
    "findings_of",
    "open_ends",
    "to_explanation",
    "to_markdown",
    "to_sarif",
    "to_table",
]
