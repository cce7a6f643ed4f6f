"""
Find the AI that a code base uses, and write it down as a CycloneDX ML-BOM.

Three words: `scan` reads a tree, the `Bill` says what was found and what was not decided, `write` writes it::

    import aibom

    bill = aibom.scan("path/to/repo")
    aibom.write(bill, "ml-bom.cdx.json")

`scan` reads the disk and uses no network; nothing that is scanned is imported, executed or unpickled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom.bill import (
    Bill,
    Card,
    Component,
    Coverage,
    Detection,
    Diagnostic,
    Enrichment,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Related,
    Relation,
    RelationKind,
    Resolution,
    Target,
    Usage,
    Verdict,
)
from aibom.errors import (
    AibomError,
    DecisionsError,
    DocumentError,
    IncompleteError,
    MissingExtraError,
    PluginError,
    PolicyError,
    StatementsError,
    TargetError,
)

if TYPE_CHECKING:
    from aibom.assessment import Reason
    from aibom.compare import Change, Difference
    from aibom.cyclonedx import (
        bom_link,
        bom_reference,
        merge_into,
        read,
        to_bom,
        to_document,
        to_json,
        to_xml,
        validate,
    )
    from aibom.decisions import Decision
    from aibom.elements import Element, State, Statement
    from aibom.pipeline import assess, check, convert, coverage, diff, enrich, scan, with_statements, write
    from aibom.policy import Outcome, Policy
    from aibom.protocols import detector, rule
    from aibom.spdx import to_spdx

__all__ = [
    "AibomError",
    "Bill",
    "Card",
    "Change",
    "Component",
    "Coverage",
    "Decision",
    "DecisionsError",
    "Detection",
    "Diagnostic",
    "Difference",
    "DocumentError",
    "Element",
    "Enrichment",
    "Evidence",
    "Fact",
    "Finding",
    "IncompleteError",
    "Kind",
    "Level",
    "Location",
    "Metric",
    "MissingExtraError",
    "ModelFile",
    "Outcome",
    "PluginError",
    "Policy",
    "PolicyError",
    "Reason",
    "Related",
    "Relation",
    "RelationKind",
    "Resolution",
    "State",
    "Statement",
    "StatementsError",
    "Target",
    "TargetError",
    "Usage",
    "Verdict",
    "assess",
    "bom_link",
    "bom_reference",
    "check",
    "convert",
    "coverage",
    "detector",
    "diff",
    "enrich",
    "merge_into",
    "read",
    "rule",
    "scan",
    "to_bom",
    "to_document",
    "to_json",
    "to_spdx",
    "to_xml",
    "validate",
    "with_statements",
    "write",
]

# The verbs are loaded when they are first used: import aibom stays light.
_LATER = {
    "Change": "aibom.compare",
    "Decision": "aibom.decisions",
    "Difference": "aibom.compare",
    "Reason": "aibom.assessment",
    "Outcome": "aibom.policy",
    "Policy": "aibom.policy",
    "assess": "aibom.pipeline",
    "check": "aibom.pipeline",
    "coverage": "aibom.pipeline",
    "Element": "aibom.elements",
    "State": "aibom.elements",
    "Statement": "aibom.elements",
    "bom_link": "aibom.cyclonedx",
    "bom_reference": "aibom.cyclonedx",
    "convert": "aibom.pipeline",
    "detector": "aibom.protocols",
    "diff": "aibom.pipeline",
    "enrich": "aibom.pipeline",
    "merge_into": "aibom.cyclonedx",
    "read": "aibom.cyclonedx",
    "rule": "aibom.protocols",
    "scan": "aibom.pipeline",
    "to_bom": "aibom.cyclonedx",
    "to_document": "aibom.cyclonedx",
    "to_json": "aibom.cyclonedx",
    "to_spdx": "aibom.spdx",
    "to_xml": "aibom.cyclonedx",
    "validate": "aibom.cyclonedx",
    "with_statements": "aibom.pipeline",
    "write": "aibom.pipeline",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("aibom")
    if name not in _LATER:
        raise AttributeError(f"module 'aibom' has no attribute {name!r}")
    value = getattr(import_module(_LATER[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
