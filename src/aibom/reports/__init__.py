"""For people: a table for the terminal, and Markdown."""

from __future__ import annotations

from aibom.reports.markdown import to_markdown
from aibom.reports.table import to_table

__all__ = ["to_markdown", "to_table"]
