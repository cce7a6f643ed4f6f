"""Security notices, and what scanners of a hub flagged, as the vulnerabilities of a document, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from aibom.bill import SEVERITIES, Advisory, Rating
from aibom.cyclonedx.components import to_properties
from aibom.cyclonedx.text import unclean
from aibom.decisions import JUSTIFICATIONS, STATES
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aibom.bill import Verdict
    from aibom.cyclonedx.components import Listed

__all__ = ["read_vulnerabilities", "to_vulnerabilities"]

_LONGEST: Final = 1024
"""Characters of a version in `affects`, by the schema."""
_OSV: Final = "https://osv.dev/vulnerability/"
_ID: Final = expression(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_TIME: Final = expression(r"(\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z")
_METHODS: Final = {"CVSS:3.0": "CVSSv3", "CVSS:3.1": "CVSSv31", "CVSS:4.0": "CVSSv4"}
_OWN: Final = "aibom:"
_REF: Final = "aibom:vulnerability:"
_HIGHEST: Final = 10
"""As CVSS counts."""


def to_vulnerabilities(items: Sequence[Listed]) -> list[dict[str, object]]:
    """
    Return what is known against the components of *items*, by id.

    A notice about several components is one entry, unless somebody has decided differently about them. An analysis
    stands there when somebody has stated one, and else none: nobody is looking at it that we know of.
    """
    notices: dict[Advisory, list[Listed]] = {}
    flagged: dict[tuple[str, str, str], list[tuple[str, Verdict, Listed]]] = {}
    for item in items:
        for advisory in item.component.advisories:
            notices.setdefault(advisory, []).append(item)
        for file in item.component.files:
            for verdict in file.verdicts:
                if verdict.flagged:
                    by = (verdict.scanner, verdict.status, item.ref)
                    flagged.setdefault(by, []).append((file.path, verdict, item))
    numbers: dict[str, int] = {}
    entries = []
    for advisory, about in sorted(notices.items(), key=lambda pair: (pair[0].id, repr(pair[0]))):
        numbers[advisory.id] = numbers.get(advisory.id, 0) + 1
        suffix = f"#{numbers[advisory.id]}" if numbers[advisory.id] > 1 else ""
        entries.append(_notice(advisory, about, suffix))
    return [*entries, *(_scanned(*key, found) for key, found in sorted(flagged.items(), key=lambda pair: pair[0]))]


def _notice(advisory: Advisory, items: Sequence[Listed], suffix: str) -> dict[str, object]:
    analysis = {
        "state": advisory.state if advisory.state in STATES else "",
        "justification": advisory.justification if advisory.justification in JUSTIFICATIONS else "",
        "detail": advisory.detail,
    }
    # In the order of the notice, which says how the ranges and what is fixed belong together.
    facts = [("affected-range", r) for r in advisory.ranges]
    facts += [("fixed-version", v) for v in advisory.fixed]
    facts.append(("notice-source", advisory.source))
    if advisory.until:
        facts.append(("analysis-until", advisory.until))
    entry: dict[str, object] = {
        "bom-ref": f"{_REF}{advisory.id}{suffix}",
        "id": advisory.id,
        "source": _source(advisory.id),
        "references": [{"id": alias, "source": _source(alias)} for alias in advisory.aliases],
        "ratings": [_rating(rating) for rating in advisory.ratings],
        "cwes": [int(cwe.removeprefix("CWE-")) for cwe in advisory.cwes],
        "description": advisory.summary,
        "recommendation": f"Fixed in {', '.join(advisory.fixed)}." if advisory.fixed else "",
        "advisories": [{"url": url} for url in advisory.references],
        "published": advisory.published if _TIME.fullmatch(advisory.published) else "",
        "updated": advisory.modified if _TIME.fullmatch(advisory.modified) else "",
        "analysis": {key: value for key, value in analysis.items() if value},
        "affects": [_affects(item) for item in sorted(items, key=lambda item: item.ref)],
        "properties": [property_ for fact in facts for property_ in to_properties([fact])],
    }
    return {key: value for key, value in entry.items() if value}


def _affects(item: Listed) -> dict[str, object]:
    version = item.component.version
    entry: dict[str, object] = {"ref": item.ref}
    fits = version is not None and 0 < len(version) <= _LONGEST
    return {**entry, "versions": [{"version": version, "status": "affected"}]} if fits else entry


def _source(id_: str) -> dict[str, object]:
    name = id_.partition("-")[0] or "unknown"
    return {"name": name, "url": _OSV + id_} if _ID.fullmatch(id_) else {"name": name}


def _rating(rating: Rating) -> dict[str, object]:
    entry: dict[str, object] = {
        "source": {"name": rating.source},
        "severity": rating.severity if rating.severity in SEVERITIES else "unknown",
        "method": _METHODS.get(rating.vector[:8], "other") if rating.vector else "",
        "vector": rating.vector,
    }
    entry = {key: value for key, value in entry.items() if value}
    return {**entry, "score": float(rating.score)} if rating.score else entry


def _scanned(scanner: str, status: str, ref: str, found: Sequence[tuple[str, Verdict, Listed]]) -> dict[str, object]:
    """Return what *scanner* says of files of one component: its own word, which can be wrong in both directions."""
    files = sorted({path for path, _, _ in found})
    details = sorted({verdict.detail for _, verdict, _ in found if verdict.detail})
    id_ = f"hub-scan:{scanner}:{status}"
    facts = [("scanned-file", path) for path in files]
    facts += [("notice-source", source) for source in sorted({verdict.source for _, verdict, _ in found})]
    facts += [("scanned-on", day) for day in sorted({verdict.date for _, verdict, _ in found if verdict.date})]
    entry: dict[str, object] = {
        "bom-ref": f"{_REF}{id_}:{ref}",
        "id": id_,
        "source": {"name": scanner},
        "description": f"{scanner} calls {len(files)} of its files {status}",
        "detail": "; ".join(details),
        "affects": [{"ref": ref}],
        "tools": {"components": [{"type": "application", "name": scanner}]},
        "properties": to_properties(facts),
    }
    return {key: value for key, value in entry.items() if value}


# -- reading ---------------------------------------------------------------------------------------------


def read_vulnerabilities(document: Mapping[str, object]) -> dict[str, tuple[Advisory, ...]]:
    """
    Return the notices that *document* has, by the bom-ref that each is about; what scanners flagged is left out.

    The text of those that we wrote is put back in *document* as it was.
    """
    found: dict[str, list[Advisory]] = {}
    for entry in _entries(document, "vulnerabilities"):
        if isinstance(entry, dict) and _text(entry, "bom-ref").startswith(_REF):
            unclean(entry)
        id_ = _text(entry, "id")
        if id_ and not id_.startswith("hub-scan:"):
            advisory = _advisory(entry, id_)
            for affected in _entries(entry, "affects"):
                found.setdefault(_text(affected, "ref"), []).append(advisory)
    return {ref: tuple(every) for ref, every in found.items() if ref}


def _advisory(entry: Mapping[str, object], id_: str) -> Advisory:
    own = [(_text(p, "name").removeprefix(_OWN), _text(p, "value")) for p in _entries(entry, "properties")]
    analysis = entry.get("analysis")
    stated = analysis if isinstance(analysis, Mapping) else {}
    cwes = entry.get("cwes")
    source = next((value for name, value in own if name == "notice-source"), "document")
    return Advisory(
        id_,
        source,
        _text(entry, "description"),
        aliases=filter(None, (_text(r, "id") for r in _entries(entry, "references"))),
        ratings=map(_read_rating, _entries(entry, "ratings")),
        cwes=[f"CWE-{n}" for n in (cwes if isinstance(cwes, list) else ()) if isinstance(n, int) and n > 0],
        published=_text(entry, "published"),
        modified=_text(entry, "updated"),
        ranges=(value for name, value in own if name == "affected-range"),
        fixed=(value for name, value in own if name == "fixed-version"),
        references=filter(None, (_text(a, "url") for a in _entries(entry, "advisories"))),
        state=_text(stated, "state"),
        justification=_text(stated, "justification"),
        detail=_text(stated, "detail"),
        until=next((value for name, value in own if name == "analysis-until"), ""),
    )


def _read_rating(entry: Mapping[str, object]) -> Rating:
    source = entry.get("source")
    by = _text(source, "name") if isinstance(source, Mapping) else ""
    score = entry.get("score")
    known = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= _HIGHEST
    number = f"{score:.1f}" if known else ""
    severity = _text(entry, "severity")
    return Rating(severity if severity in SEVERITIES else "unknown", by, _text(entry, "vector"), number)


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _entries(entry: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    values: Iterable[object] = value if isinstance(value := entry.get(key), list) else ()
    return (value for value in values if isinstance(value, Mapping))
