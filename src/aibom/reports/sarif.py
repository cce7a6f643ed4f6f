"""Findings as SARIF 2.1.0, for code scanning: each with its place, its rule and the threats that it exposes to."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from attrs import evolve

from aibom.bill import Level
from aibom.knowledge import ATLAS_RELEASE, atlas, later_in_atlas, threats
from aibom.licences import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aibom.bill import Bill, Finding, Location, Settled
    from aibom.knowledge import Threat
    from aibom.protocols import Rule

__all__ = ["to_sarif"]

_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_TAXONOMIES: Final = (
    ("ATLAS", "MITRE", "https://atlas.mitre.org", "AML."),
    ("OWASP", "OWASP", "https://genai.owasp.org", "OWASP-"),
    ("CWE", "MITRE", "https://cwe.mitre.org", "CWE-"),
)
"""Name, organization, address, and how the ids in the references of a finding begin."""
_WHOLE: Final = "."
"""What a finding without a place is about: the tree as a whole."""


def to_sarif(bill: Bill, rules: Sequence[Rule] = ()) -> str:
    """
    Return the findings of *bill* as a SARIF 2.1.0 log; *rules* describe themselves in it.

    A result has a fingerprint of the rule, the component, the file and what it is about (`Finding.about`), such as a
    notice; not of the line or the version: it stays the same result when these change. What somebody has settled is
    suppressed, and says why. The threats that a finding exposes to stand as taxa of ATLAS, OWASP and CWE.

    >>> from aibom.bill import Bill
    >>> json.loads(to_sarif(Bill()))["runs"][0]["results"]
    []
    """
    by_id = {rule.id: rule for rule in rules}
    ids = sorted({f.rule for f in (*bill.findings, *(s.finding for s in bill.settled))})
    index = {rule: number for number, rule in enumerate(ids)}
    taxonomies = _taxonomies([*bill.findings, *(s.finding for s in bill.settled)])
    driver: dict[str, object] = {
        "name": "aibom",
        "fullDescription": {
            "text": f"What facts about the use of AI mean. An exposure is no vulnerability. {DISCLAIMER}"
        },
        "rules": [_descriptor(rule, by_id.get(rule)) for rule in ids],
        "supportedTaxonomies": [{"name": t["name"]} for t in taxonomies],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "taxonomies": taxonomies,
        "results": _all_results(bill, index),
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2) + "\n"


def _descriptor(rule_id: str, rule: Rule | None) -> dict[str, object]:
    properties = _mitigations(rule_id)
    if rule is None:
        return {"id": rule_id} | properties
    found: dict[str, object] = {
        "id": rule_id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }
    address = next((r for r in rule.references if r.startswith("https://")), None)
    return found | ({"helpUri": address} if address else {}) | properties


def _mitigations(rule_id: str) -> dict[str, object]:
    """Return what ATLAS has against what a rule finds, and apart from it what this project advises."""
    facts = [threat for threat in threats() if rule_id in threat.rules]
    names = atlas()
    found = {
        title: [f"{i} {names.get(i, '')}".strip() for i in dict.fromkeys(i for fact in facts for i in ids(fact))]
        for title, ids in _MITIGATIONS
    }
    held = {title: ids for title, ids in found.items() if ids}
    return {"properties": held} if held else {}


_MITIGATIONS: Final[tuple[tuple[str, Callable[[Threat], tuple[str, ...]]], ...]] = (
    ("mitigationsOfAtlas", lambda threat: threat.mapped),
    ("mitigationsAdvised", lambda threat: threat.advice),
)


def _all_results(bill: Bill, index: Mapping[str, int]) -> list[dict[str, object]]:
    """Return the results of *bill*; what is the same by its fingerprint is told apart by a number."""
    components = {c.ref: c for c in bill.components}
    seen: Counter[str] = Counter()
    found = []
    # SARIF 2.1.0, 3.27.23: all results of a run have suppressions, or none; an empty list says that there is none.
    none: dict[str, object] = {"suppressions": []} if bill.settled else {}
    judged = [(finding, none) for finding in bill.findings]
    judged += [(settled.finding, {"suppressions": [_suppression(settled)]}) for settled in bill.settled]
    for finding, suppressed in judged:
        component = components.get(finding.component)
        what = finding.component.rpartition("@")[0] or finding.component
        if component is not None:
            what = evolve(component, commit=None, version=None).ref
        for path, result in _results(finding, index):
            key = "\n".join([finding.rule, what, path, *finding.about])
            seen[key] += 1
            key += f"\n{seen[key]}" if seen[key] > 1 else ""
            digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            found.append({**result, "partialFingerprints": {"aibom/v1": digest}, **suppressed})
    return found


def _suppression(settled: Settled) -> dict[str, object]:
    """Return that somebody has settled a finding, and why; it is accepted: an analysis was stated."""
    return {"kind": "external", "status": "accepted", "justification": f"{settled.state}: {settled.detail}"}


def _taxonomy(reference: str) -> str:
    """Return the name of the taxonomy that *reference* is an id of; empty when it is none."""
    return next((name for name, _, _, start in _TAXONOMIES if reference.startswith(start)), "")


def _results(finding: Finding, index: Mapping[str, int]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield one result for each file, with its path: code scanning shows a result at its first place."""
    of_file: dict[str, list[Location]] = {}
    for place in finding.evidence:
        of_file.setdefault(place.path, []).append(place)
    for path, places in of_file.items() or ((_WHOLE, []),):
        first, *others = [_location(path, p) for p in dict.fromkeys(places)] or [_location(path, None)]
        others = [other for number, other in enumerate(others) if other not in [first, *others[:number]]]
        result: dict[str, object] = {
            "ruleId": finding.rule,
            "ruleIndex": index[finding.rule],
            "level": _LEVELS[finding.level],
            "message": {"text": finding.reason},
            "locations": [first],
            **_properties(finding),
        }
        if others:
            result["relatedLocations"] = others
        taxa = [
            {"id": reference, "toolComponent": {"name": name}}
            for reference in finding.references
            if (name := _taxonomy(reference))
        ]
        if taxa:
            result["taxa"] = taxa
        yield path, result


def _properties(finding: Finding) -> dict[str, object]:
    held = {"component": finding.component, "about": list(finding.about)}
    found = {name: value for name, value in held.items() if value}
    return {"properties": found} if found else {}


def _location(path: str, place: Location | None) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(path, safe="/.-_~", errors="replace")}}
    if place is not None and place.line:
        region = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        physical["region"] = region
    return {"physicalLocation": physical}


def _taxonomies(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return the parts of ATLAS, OWASP's lists and CWE to which findings refer."""
    every = sorted({reference for finding in findings for reference in finding.references})
    names = atlas()
    found: list[dict[str, object]] = []
    for name, organization, address, start in _TAXONOMIES:
        taxa = [_taxon(i, names) for i in every if i.startswith(start)]
        if taxa:
            release = {"version": ATLAS_RELEASE} if name == "ATLAS" else {}  # The ids of OWASP carry their year.
            about = {"organization": organization, "informationUri": address}
            found.append({"name": name, **release, **about, "taxa": taxa})
    return found


def _taxon(id_: str, names: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {"id": id_}
    if id_ in names:
        found["shortDescription"] = {"text": names[id_]}
    if id_ in later_in_atlas():
        found["properties"] = {"release": f"later than {ATLAS_RELEASE}"}
    return found
