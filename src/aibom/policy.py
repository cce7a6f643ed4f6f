"""Decide whether a bill may pass: by its findings, its licences, its publishers, and what was decided before."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, fields, frozen

from aibom.bill import Finding, Kind, Level, Usage
from aibom.compare import Told
from aibom.decisions import day_of, means, means_what
from aibom.errors import PolicyError
from aibom.licences import CLASSES, combined, ids_of, terms

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from aibom.bill import Bill, Component

__all__ = ["Exemption", "Outcome", "Policy", "checked", "read_policy"]


def _strings(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _level(value: Level | str | None) -> Level | None:
    return None if value is None else Level(value)


def _usages(values: Iterable[Usage | str]) -> tuple[Usage, ...]:
    return tuple(map(Usage, values))


def _exemptions(values: Iterable[Exemption]) -> tuple[Exemption, ...]:
    return tuple(values)


@frozen
class Exemption:
    """What may pass all the same, why, and until when."""

    reason: str
    """Why; a sentence for whoever reads the policy next."""
    rule: str = "*"
    """A pattern of ids of rules, as a shell's."""
    component: str = "*"
    """A pattern of names, as a shell's; package URLs and origins are matched too: see `aibom.decisions.means`."""
    expires: date | None = None
    """The last day on which it holds."""
    by: str = ""
    """Who decided it."""
    what: str = "*"
    """A pattern of what the finding is about, as in `aibom.Decision`."""

    def covers(self, finding: Finding, component: Component | None) -> bool:
        """Tell whether *finding* about *component* is meant; without one, its ref is its name."""
        if not fnmatchcase(finding.rule, self.rule) or not means_what(self.what, finding):
            return False
        if component is None:
            return fnmatchcase(finding.component, self.component)
        return means(self.component, component)


@frozen
class Policy:
    """
    What makes a bill fail.

    >>> Policy(level="error").level
    <Level.ERROR: 'error'>
    """

    level: Level | None = field(default=Level.ERROR, converter=_level)
    """Findings of this level and above fail; None: none does by its level."""
    rules: tuple[str, ...] = field(default=(), converter=_strings)
    """Ids of rules, as patterns, whose findings fail whatever their level."""
    ignore: tuple[str, ...] = field(default=(), converter=_strings)
    """Ids of rules, as patterns, whose findings never fail."""
    usage: tuple[Usage, ...] = field(default=(Usage.USED, Usage.OPTIONAL), converter=_usages)
    """Components of these usages count; one without evidence always does."""
    pinned: bool = False
    """
    Every model and dataset must be pinned: of a hub by a commit, at an address or of Ollama by a digest that is known.

    See `Component.loose`.
    """
    licences_allow: tuple[str, ...] = field(default=(), converter=_strings)
    """
    Classes of licences, SPDX ids or names, of models, datasets and libraries; where there are any, every other fails.

    Of a library without a stated licence nobody can say: see `Outcome.open`.
    """
    licences_deny: tuple[str, ...] = field(default=(), converter=_strings)
    publishers_allow: tuple[str, ...] = field(default=(), converter=_strings)
    """Owners of models and datasets of a hub, as patterns; where there are any, every other one fails."""
    publishers_deny: tuple[str, ...] = field(default=(), converter=_strings)
    providers_allow: tuple[str, ...] = field(default=(), converter=_strings)
    """Who may serve models, datasets and services, as patterns: ``huggingface``, ``openai``, …"""
    providers_deny: tuple[str, ...] = field(default=(), converter=_strings)
    names_allow: tuple[str, ...] = field(default=(), converter=_strings)
    """Names of models and datasets, as patterns; of what is fetched from an address, the address too."""
    names_deny: tuple[str, ...] = field(default=(), converter=_strings)
    """The same, and names of libraries."""
    exemptions: tuple[Exemption, ...] = field(default=(), converter=_exemptions)


@frozen
class Outcome:
    """What a policy says of a bill."""

    failures: tuple[Finding, ...] = ()
    """What makes it fail, findings and breaches of lists alike; a list's have rules called ``policy-…``."""
    excused: tuple[tuple[Finding, Exemption], ...] = ()
    """What would, were it not for an exemption."""
    known: tuple[Finding, ...] = ()
    """What would, had it not been there before."""
    expired: tuple[Exemption, ...] = ()
    """Exemptions that have run out."""
    unused: tuple[Exemption, ...] = ()
    """Exemptions that excuse nothing; take them out of the policy."""
    open: tuple[Finding, ...] = ()
    """What cannot be held against the policy, because nobody knows it: licences. It fails nothing."""

    @property
    def passed(self) -> bool:
        """Whether nothing fails."""
        return not self.failures


_LEVELS: Final = tuple(Level)
_LISTED: Final = ("licences", "publishers", "providers", "names")
_HUBS: Final = frozenset({"huggingface", "modelscope"})
_LICENSED: Final = frozenset({Kind.MODEL, Kind.DATASET, Kind.LIBRARY})


def checked(bill: Bill, policy: Policy, *, since: Bill | None = None, today: date | None = None) -> Outcome:
    """
    Return what *policy* says of *bill*.

    What an earlier bill, *since*, has already does not fail: the same rule about the same component, at this level or a
    higher one, with nothing new that it is about (`Finding.about`). *today* is what exemptions expire by.
    """
    day = day_of(today)
    by_ref = {c.ref: c for c in bill.components}
    before = _told(since, policy) if since is not None else Told()
    failures: list[Finding] = []
    known: list[Finding] = []
    excused: list[tuple[Finding, Exemption]] = []
    standing = [e for e in policy.exemptions if e.expires is None or e.expires >= day]
    for finding in _breaches(bill, policy):
        component = by_ref.get(finding.component)
        exemption = next((e for e in standing if e.covers(finding, component)), None)
        if exemption is not None:
            excused.append((finding, exemption))
        elif before.has(_key(finding.level, finding, component), finding, component):
            known.append(finding)
        else:
            failures.append(finding)
    taken = {id(e) for _, e in excused}
    return Outcome(
        tuple(sorted(failures, key=lambda f: (-_LEVELS.index(f.level), f.order))),
        tuple(excused),
        tuple(known),
        tuple(e for e in policy.exemptions if e not in standing),
        tuple(e for e in standing if id(e) not in taken),
        tuple(_open(bill, policy)),
    )


def _key(level: Level, finding: Finding, component: Component | None) -> tuple[str, ...]:
    """Return what two bills have of the same finding: a new commit or another place makes no new one."""
    if component is None:
        return (finding.rule, level, finding.component)
    return (finding.rule, level, component.kind, component.provider, component.name, component.origin)


def _told(bill: Bill, policy: Policy) -> Told:
    """Return what fails of *bill* by *policy*, at its level and at those below: what is graver now is new."""
    by_ref = {c.ref: c for c in bill.components}
    told = Told()
    for finding in _breaches(bill, policy):
        component = by_ref.get(finding.component)
        for level in _LEVELS[: _LEVELS.index(finding.level) + 1]:
            told.add(_key(level, finding, component), finding, component)
    return told


def _breaches(bill: Bill, policy: Policy) -> Iterator[Finding]:
    """Yield what fails by *policy*, exemptions aside."""
    counted = {c.ref for c in bill.components if not c.evidence or c.usage in policy.usage}
    known = {c.ref for c in bill.components}
    for finding in bill.findings:
        if finding.component in known and finding.component not in counted:
            continue
        if any(fnmatchcase(finding.rule, p) for p in policy.ignore):
            continue
        high = policy.level is not None and _LEVELS.index(finding.level) >= _LEVELS.index(policy.level)
        if high or any(fnmatchcase(finding.rule, p) for p in policy.rules):
            yield finding
    for component in bill.components:
        if component.ref in counted:
            yield from _listed(component, policy)


def _breach(component: Component, rule: str, reason: str, about: Iterable[str] = ()) -> Finding:
    places = tuple(dict.fromkeys(e.location for e in component.evidence))[:20]
    return Finding(f"policy-{rule}", Level.ERROR, component.ref, reason, places, about=tuple(about))


def _open(bill: Bill, policy: Policy) -> Iterator[Finding]:
    """Yield what has a licence that is not known, where the policy asks for licences and does not fail it."""
    if not policy.licences_allow and not policy.licences_deny:
        return
    for component in bill.components:
        counts = not component.evidence or component.usage in policy.usage
        if not counts or component.hosted or component.kind not in _LICENSED or _licence(component, policy):
            continue
        unknown = _class_of(sorted({f.value for f in component.licences})) == "unknown"
        if unknown and "unknown" not in policy.licences_allow:
            yield evolve(_breach(component, "licence", _under(component)), level=Level.INFO)


def _listed(component: Component, policy: Policy) -> Iterator[Finding]:
    breach = partial(_breach, component)
    name = component.name
    if component.kind in {Kind.MODEL, Kind.DATASET, Kind.SERVICE}:
        why = _against([component.provider], policy.providers_allow, policy.providers_deny)
        if why:
            yield breach("provider", f"{name} is served by {component.provider}, {why}")
    if component.kind not in _LICENSED:
        return
    names = [name, component.origin] if component.origin else [name]
    why = _against(names, () if component.kind is Kind.LIBRARY else policy.names_allow, policy.names_deny)
    if why:
        where = f" ({component.origin})" if component.origin else ""
        yield breach("name", f"{name}{where} is a name {why}")
    if policy.pinned and component.loose:
        yield breach("pinned", f"{name} is used {component.loose}")
    if component.hosted:
        return
    of_a_hub = component.provider in _HUBS
    why = _against([component.group or ""], policy.publishers_allow, policy.publishers_deny) if of_a_hub else ""
    if why:
        yield breach("publisher", f"{name} is of {component.group or 'nobody'}, {why}")
    why = _licence(component, policy)
    if why:
        yield breach("licence", why, ids_of(component.licences))


def _against(values: list[str], allow: tuple[str, ...], deny: tuple[str, ...]) -> str:
    """Return why what is called by *values* is not allowed; empty when it is."""
    hit = next((p for p in deny if any(fnmatchcase(value, p) for value in values)), None)
    if hit is not None:
        return f"which {hit!r} denies"
    return (
        "which no pattern allows" if allow and not any(fnmatchcase(value, p) for value in values for p in allow) else ""
    )


def _licence(component: Component, policy: Policy) -> str:
    allow, deny = policy.licences_allow, policy.licences_deny
    if not allow and not deny:
        return ""
    stated = sorted({f.value for f in component.licences})
    if not stated and component.kind is Kind.LIBRARY:  # Most are not looked up: that says nothing of the licence.
        return ""
    words = {_class_of(stated)}
    for text in stated:
        each = terms(text)
        words |= {each.spdx, text, each.kind}
    said = _under(component)
    hit = next((w for w in deny if w in words or _names(w) & words), None)
    if hit is not None:
        return f"{said}, which {hit!r} denies"
    if not allow:
        return ""
    granted = set(allow).union(*(_names(w) for w in allow))
    every = [{terms(t).kind, terms(t).spdx, t} for t in stated] or [{"unknown"}]
    return "" if all(granted & each for each in every) else f"{said}, which is not allowed"


def _class_of(stated: list[str]) -> str:
    return combined(list(map(terms, stated))).kind if stated else "unknown"


def _under(component: Component) -> str:
    stated = sorted({f.value for f in component.licences})
    return f"{component.name} is under {' and '.join(stated) or 'no licence that is stated'} ({_class_of(stated)})"


def _names(word: str) -> set[str]:
    return set() if word in CLASSES else {terms(word).spdx}


# -- the file ------------------------------------------------------------------------------------


def read_policy(path: str | os.PathLike[str]) -> Policy:
    """
    Return the policy that the TOML file *path* holds.

    `PolicyError` when it cannot be read, or has something that no policy has: a mistyped word must not let pass.
    """
    name = Path(path).name
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyError(f"cannot read the policy {name!r}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"the policy {name!r} is not TOML: {error}") from None
    try:
        return _policy(table)
    except PolicyError as error:
        raise PolicyError(f"{name}: {error}") from None


def _policy(table: Mapping[str, Any]) -> Policy:
    _only(table, {"fail", "usage", "pinned", "exemption", *_LISTED}, "a policy")
    fail = _table(table, "fail")
    _only(fail, {"level", "rules", "ignore"}, "[fail]")
    values: dict[str, Any] = {key: _list(fail, key, "[fail]") for key in ("rules", "ignore") if key in fail}
    if "level" in fail:
        values["level"] = None if fail["level"] == "none" else _one_of(fail["level"], Level, "the level of [fail]")
    if "usage" in table:
        values["usage"] = [_one_of(v, Usage, "a usage") for v in _list(table, "usage", "a policy")]
    if "pinned" in table:
        if not isinstance(table["pinned"], bool):
            raise PolicyError(f"pinned is true or false, and not {table['pinned']!r}")
        values["pinned"] = table["pinned"]
    for word in _LISTED:
        part = _table(table, word)
        _only(part, {"allow", "deny"}, f"[{word}]")
        values |= {f"{word}_{key}": _list(part, key, f"[{word}]") for key in part}
    every = table.get("exemption", [])
    if not isinstance(every, list):
        raise PolicyError("exemptions are written [[exemption]]")
    values["exemptions"] = [_exemption(each) for each in every]
    return Policy(**values)


def _exemption(table: Mapping[str, Any]) -> Exemption:
    _only(table, {f.name for f in fields(Exemption)}, "[[exemption]]")
    if not str(table.get("reason", "")).strip():
        raise PolicyError("an exemption has a reason")
    expires = table.get("expires")
    if isinstance(expires, datetime) or not isinstance(expires, date | None):
        raise PolicyError(f"expires is a day, such as 2027-01-31, without quotes, and not {expires!r}")
    if not {"rule", "component"} & table.keys():
        raise PolicyError("an exemption names a rule, a component, or both")
    return evolve(Exemption(""), **table)


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise PolicyError(f"{key} is a table: write [{key}]")
    return value


def _list(table: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = table[key]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise PolicyError(f"{key} of {where} is a list of texts")
    return value


def _one_of(value: str, kinds: type[Level | Usage], what: str) -> Level | Usage:
    try:
        return kinds(value)
    except ValueError:
        raise PolicyError(f"{what} is {value!r}, and not one of {', '.join(kinds)}") from None


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise PolicyError(f"{where} has no {unknown[0]!r}; it has {', '.join(sorted(known))}")
