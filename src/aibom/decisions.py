"""What somebody has decided about a notice or a finding, why, and until when: as a bill of exploitability says it."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, fields, frozen

from aibom.bill import Diagnostic, Level, Settled
from aibom.errors import DecisionsError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from aibom.bill import Advisory, Bill, Component, Finding

__all__ = [
    "JUSTIFICATIONS",
    "SETTLED",
    "STATES",
    "Decision",
    "day_of",
    "holds_decisions",
    "lapsed",
    "means",
    "means_what",
    "read_decisions",
    "settled",
    "stated",
    "still_settled",
]

STATES: Final = ("exploitable", "false_positive", "in_triage", "not_affected", "resolved", "resolved_with_pedigree")
"""What may be decided, in the words of CycloneDX (``vulnerabilities[].analysis.state``)."""
SETTLED: Final = frozenset({"false_positive", "not_affected", "resolved", "resolved_with_pedigree"})
"""States after which there is nothing to do."""
JUSTIFICATIONS: Final = (
    *("code_not_present", "code_not_reachable", "requires_configuration", "requires_dependency"),
    *("requires_environment", "protected_by_compiler", "protected_at_runtime", "protected_at_perimeter"),
    "protected_by_mitigating_control",
)
"""Why something is not affected, in the words of CycloneDX (``vulnerabilities[].analysis.justification``)."""


@frozen
class Decision:
    """
    What somebody has decided about a security notice, or about what a rule finds.

    >>> Decision("we never load files of others", id="CVE-2025-32434", state="not_affected", by="Ada").note
    'we never load files of others; by Ada'
    """

    reason: str
    """Why; a sentence for whoever reads the bill."""
    id: str
    """The id of a notice or one of its aliases, or the id of a rule; a pattern, as a shell's."""
    state: str
    """One of `STATES`."""
    component: str = "*"
    """A pattern of a name, a package URL, a ref or an origin; see `means`."""
    justification: str = ""
    """One of `JUSTIFICATIONS`, where the state is ``not_affected``."""
    by: str = ""
    """Who decided it."""
    expires: date | None = None
    """The last day on which it holds."""
    what: str = "*"
    """Of a rule: a pattern of what its finding is about (`Finding.about`), such as an import; see `means_what`."""

    @property
    def until(self) -> str:
        """The last day as documents write it; empty where there is none."""
        return "" if self.expires is None else self.expires.isoformat()

    @property
    def note(self) -> str:
        """The reason, by whom and until when: the detail of the analysis."""
        who = [f"by {self.by}"] if self.by else []
        return "; ".join([self.reason, *who, *([f"until {self.expires}"] if self.expires else [])])

    def about(self, advisory: Advisory) -> bool:
        """Tell whether *advisory* is meant, by its own id or by one of its aliases."""
        return any(fnmatchcase(id_, self.id) for id_ in (advisory.id, *advisory.aliases))


def means(pattern: str, component: Component) -> bool:
    """
    Tell whether *pattern* means *component*: by its name, its ref, its origin, or its package URL.

    The package URL may go without its version.

    >>> from aibom.bill import Component, Kind
    >>> torch = Component(Kind.LIBRARY, "pypi", "torch", version="2.5.0")
    >>> [means(p, torch) for p in ("torch", "pkg:pypi/torch", "pkg:pypi/torch@2.5.0", "pkg:pypi/torch@2.4*", "tor")]
    [True, True, True, False, False]
    """
    if pattern == "*":
        return True
    names = [component.name, component.ref, component.origin]
    if pattern.startswith(("pkg:", "*")) and (purl := component.purl):
        bare = purl.partition("?")[0]
        names += [purl, bare, bare.rpartition("@")[0] or bare]
    return any(fnmatchcase(name, pattern) for name in names if name)


def means_what(pattern: str, finding: Finding) -> bool:
    """
    Tell whether *pattern* means everything that *finding* is about: what is new in it was not decided about.

    >>> from aibom.bill import Finding, Level
    >>> found = Finding("dangerous-pickle", Level.ERROR, "x", "…", about=["os.system", "socket.socket"])
    >>> means_what("os.system", found), means_what("*", found)
    (False, True)
    """
    return pattern == "*" or all(fnmatchcase(what, pattern) for what in finding.about or ("",))


def stated(bill: Bill, decisions: Sequence[Decision], *, today: date) -> Bill:
    """
    Return *bill* with what *decisions* say of the notices in it; of several about one the first holds.

    What one that has run out said earlier is taken back.
    """
    if not any(c.advisories for c in bill.components):
        return bill
    standing = [d for d in decisions if d.expires is None or d.expires >= today]
    over = [d for d in decisions if d not in standing]

    def decided(component: Component, advisory: Advisory) -> Advisory:
        for decision in standing:
            if decision.about(advisory) and means(decision.component, component):
                return evolve(
                    advisory,
                    state=decision.state,
                    justification=decision.justification,
                    detail=decision.note,
                    until=decision.until,
                )
        if any(d.about(advisory) and means(d.component, component) and advisory.detail == d.note for d in over):
            return _undecided(advisory)
        return advisory

    return evolve(
        bill,
        components=[
            evolve(c, advisories=[decided(c, a) for a in c.advisories]) if c.advisories else c for c in bill.components
        ],
    )


def settled(bill: Bill, decisions: Sequence[Decision], *, today: date) -> Bill:
    """
    Return *bill* with the findings that *decisions* settle in `Bill.settled`.

    Each of these leaves a diagnostic, ``decision-applied``. One that has run out, or that is about nothing in the
    bill, is a diagnostic too, and settles nothing.
    """
    codes = {"decision-applied", "decision-expired", "decision-unused"}
    said = [d for d in bill.diagnostics if d.code not in codes]
    by_ref = {c.ref: c for c in bill.components}
    notices = [(c, a) for c in bill.components for a in c.advisories]
    used = {n for n, d in enumerate(decisions) if any(d.about(a) and means(d.component, c) for c, a in notices)}
    about = {
        rule: [(n, d) for n, d in enumerate(decisions) if fnmatchcase(rule, d.id)]
        for rule in {f.rule for f in bill.findings}
    }
    findings = []
    done = list(bill.settled)
    for finding in bill.findings:
        component = by_ref.get(finding.component)
        chosen = None
        for number, decision in about[finding.rule]:
            meant = decision.component == "*" if component is None else means(decision.component, component)
            if not meant or not means_what(decision.what, finding):
                continue
            used.add(number)
            if chosen is None and (decision.expires is None or decision.expires >= today):
                chosen = decision
        if chosen is None or chosen.state not in SETTLED:
            findings.append(finding)
        else:
            done.append(Settled(finding, chosen.state, chosen.note, chosen.until))
            said.append(_applied(done[-1]))
    for number, decision in enumerate(decisions):
        what = f"{decision.id} of {decision.component}: {decision.note}"
        if decision.expires is not None and decision.expires < today:
            said.append(Diagnostic("decision-expired", what))
        elif number not in used:
            said.append(Diagnostic("decision-unused", what))
    return evolve(bill, findings=findings, settled=done, diagnostics=said)


def _applied(settled: Settled) -> Diagnostic:
    finding = settled.finding
    place = finding.evidence[0] if finding.evidence else None
    text = f"{finding.rule} of {finding.component} is {settled.state}: {settled.detail}"
    return Diagnostic("decision-applied", text, place)


def holds_decisions(bill: Bill) -> bool:
    """Tell whether *bill* has anything that holds until some day."""
    return bool(bill.settled) or any(a.until for c in bill.components for a in c.advisories)


def lapsed(bill: Bill, *, today: date) -> Bill:
    """
    Return *bill* without the decisions in it whose last day is over: what they settled is a finding again.

    Each is a diagnostic, ``decision-expired``.
    """
    over = [s for s in bill.settled if _is_over(s.until, today)]
    if not over and not any(_is_over(a.until, today) for c in bill.components for a in c.advisories):
        return bill
    gone = {_applied(s) for s in over}
    said = [Diagnostic("decision-expired", f"{_called(s.finding)}: {s.detail}") for s in over]
    return evolve(
        bill,
        components=[
            evolve(c, advisories=[_undecided(a) if _is_over(a.until, today) else a for a in c.advisories])
            if c.advisories
            else c
            for c in bill.components
        ],
        findings=[*bill.findings, *(s.finding for s in over)],
        settled=[s for s in bill.settled if s not in over],
        diagnostics=[*(d for d in bill.diagnostics if d not in gone), *said],
    )


def _called(finding: Finding) -> str:
    about = f" ({', '.join(finding.about)})" if finding.about else ""
    return f"{finding.rule}{about} of {finding.component}"


def _is_over(until: str, today: date) -> bool:
    """Tell whether the day *until* is over; of what is no day nobody can say that it is not."""
    try:
        return bool(until) and date.fromisoformat(until) < today
    except ValueError:
        return True


def _undecided(advisory: Advisory) -> Advisory:
    return evolve(advisory, state="", justification="", detail="", until="")


def still_settled(bill: Bill, earlier: Iterable[Settled]) -> Bill:
    """
    Return *bill* with its findings settled as far as *earlier* ones are.

    These are by the same rule, about the same of the same component, and of no lower level.
    """
    held: dict[tuple[str, str], list[Settled]] = {}
    for each in earlier:
        held.setdefault((each.finding.rule, each.finding.component), []).append(each)
    if not held:
        return bill
    levels = tuple(Level)
    findings = []
    done = list(bill.settled)
    for finding in bill.findings:
        for each in held.get((finding.rule, finding.component), ()):
            graver = levels.index(finding.level) > levels.index(each.finding.level)
            if not graver and set(finding.about or ("",)) <= set(each.finding.about or ("",)):
                done.append(evolve(each, finding=finding))
                break
        else:
            findings.append(finding)
    return evolve(bill, findings=findings, settled=done)


# -- the file ------------------------------------------------------------------------------------


def read_decisions(path: str | os.PathLike[str]) -> tuple[Decision, ...]:
    """
    Return the decisions that the TOML file *path*, ``aibom-decisions.toml``, holds.

    `DecisionsError` when it cannot be read, or has something that no decision has: a mistyped word must not settle
    anything.
    """
    name = Path(path).name
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise DecisionsError(f"cannot read the decisions {name!r}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DecisionsError(f"the decisions {name!r} are not TOML: {error}") from None
    try:
        return tuple(map(_decision, _tables(table)))
    except DecisionsError as error:
        raise DecisionsError(f"{name}: {error}") from None


def _tables(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    _only(table, {"decision"}, "a file of decisions")
    every = table.get("decision", [])
    if not isinstance(every, list) or not all(isinstance(each, dict) for each in every):
        raise DecisionsError("decisions are written [[decision]]")
    return every


def _decision(table: Mapping[str, Any]) -> Decision:
    _only(table, {f.name for f in fields(Decision)}, "[[decision]]")
    for word in ("id", "reason", "state"):
        if not str(table.get(word, "")).strip():
            raise DecisionsError(f"a decision has {'an' if word == 'id' else 'a'} {word}")
    for word in table.keys() - {"expires"}:
        if not isinstance(table[word], str):
            raise DecisionsError(f"{word} of a decision is a text, and not {table[word]!r}")
    if table["state"] not in STATES:
        raise DecisionsError(f"the state is {table['state']!r}, and not one of {', '.join(STATES)}")
    why = table.get("justification", "")
    if why and why not in JUSTIFICATIONS:
        raise DecisionsError(f"the justification is {why!r}, and not one of {', '.join(JUSTIFICATIONS)}")
    if why and table["state"] != "not_affected":
        raise DecisionsError("a justification says why something is not_affected; other states have none")
    expires = table.get("expires")
    if isinstance(expires, datetime) or not isinstance(expires, date | None):
        raise DecisionsError(f"expires is a day, such as 2027-01-31, without quotes, and not {expires!r}")
    return Decision(**table)


def _only(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    unknown = sorted(table.keys() - set(known))
    if unknown:
        raise DecisionsError(f"{where} has no {unknown[0]!r}; it has {', '.join(sorted(known))}")


def day_of(today: date | None) -> date:
    """Return *today*, or the present day where nobody says."""
    return today or datetime.now(UTC).date()
