"""
A bill as a CycloneDX document.

Importing this package does not import the CycloneDX library: documents are written without it.
"""

from __future__ import annotations

from aibom.cyclonedx.completing import complete, is_to_be_completed
from aibom.cyclonedx.convert import convert, made_at, read_document, to_xml
from aibom.cyclonedx.document import to_document, to_json
from aibom.cyclonedx.faults import check, validate
from aibom.cyclonedx.library import to_bom
from aibom.cyclonedx.merge import bom_link, bom_reference, merge_into, merged_text
from aibom.cyclonedx.reading import read, read_components

__all__ = [
    "bom_link",
    "bom_reference",
    "check",
    "complete",
    "convert",
    "is_to_be_completed",
    "made_at",
    "merge_into",
    "merged_text",
    "read",
    "read_components",
    "read_document",
    "to_bom",
    "to_document",
    "to_json",
    "to_xml",
    "validate",
]
