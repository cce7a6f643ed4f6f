"""Tell what of a bill of materials is stated, what is unknown, and what only a person can say."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from aibom.bill import Card, Fact, Kind, Usage
from aibom.errors import StatementsError
from aibom.knowledge import rows

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from aibom.bill import Bill, Component

__all__ = ["Element", "State", "Statement", "covered", "read_statements", "stated", "to_markdown"]

MORE: Final = frozenset({"contact", "risk-acceptance", "sbom-manufacturer", "system-supplier"})
"""Keys beyond the elements of the standards: what CycloneDX has a field for, and risks that somebody takes."""
_FACTS: Final = {
    "dataset-sensitivity": "personal-data",
    "dataset-description": "description",
    "model-description": "description",
    "model-producer": "manufacturer",
}
"""The fact of a card that a statement about a component is, where that is called otherwise."""
_LICENCES: Final = frozenset({"dataset-license", "model-license"})


class State(StrEnum):
    """What is known of an element."""

    OBSERVED = "observed"
    """The code, a file or a hub shows it."""
    DECLARED = "declared"
    """A card or a person says so; nobody has checked it."""
    UNKNOWN = "unknown"
    """Nobody has stated it."""
    PERSON = "only a person can say"
    """No tool can find it out, and nobody has stated it."""


@frozen(order=True)
class Statement:
    """What a person says of a system or of a component, and nobody can read from code."""

    key: str
    """The key of an element, such as ``intended-application-area``."""
    value: str
    by: str
    """Who says so."""
    date: str
    """The day on which it was said, as ``YYYY-MM-DD``."""
    component: str = ""
    """The name of the component; empty for the system as a whole."""


@frozen
class Element:
    """One element that a standard asks for, and what is known of it."""

    standard: str
    """``G7`` or ``CISA``."""
    cluster: str
    name: str
    key: str
    state: State
    have: int
    """Of how many components it is known; 0 or 1 for what the document has once."""
    of: int
    """How many components there are that should have it; 1 for what the document has once."""
    says: str
    """Who says so, or what is stated."""
    where: str
    """Where CycloneDX has it."""
    fill: str
    """What would fill it, or the rest of it; empty when nothing is missing."""


_KINDS: Final = {"models": Kind.MODEL, "datasets": Kind.DATASET, "services": Kind.SERVICE}


def covered(bill: Bill, statements: Iterable[Statement] = ()) -> tuple[Element, ...]:
    """
    Return each element of the G7 and of CISA, and what *bill* and *statements* say of it.

    >>> from aibom.bill import Bill
    >>> next(e.state for e in covered(Bill()) if e.key == "intended-application-area")
    <State.PERSON: 'only a person can say'>
    """
    said: dict[str, list[Statement]] = {}
    for statement in sorted({*statements, *_held(bill)}):
        said.setdefault(statement.key, []).append(statement)
    shown = [c for c in bill.components if c.usage is not Usage.MENTION or not c.evidence]
    answers: dict[str, tuple[State, int, int, str]] = {}
    found = []
    for row in rows("elements"):
        probe = row["probe"]
        if probe not in answers:
            answers[probe] = _answer(probe, bill, shown)
        state, have, of, says = answers[probe]
        stated = said.get(row["key"], [])
        if stated and state in {State.UNKNOWN, State.PERSON}:
            words = "; ".join(f"{s.value}, by {s.by} on {s.date}" for s in stated)
            state, have, of, says = State.DECLARED, max(1, len(stated)), max(of, 1, len(stated)), words
        missing = have < of or state in {State.UNKNOWN, State.PERSON}
        fill = row["fill"] if missing else ""
        found.append(
            Element(
                row["standard"], row["cluster"], row["element"], row["key"], state, have, of, says, row["where"], fill
            )
        )
    return tuple(found)


def _answer(probe: str, bill: Bill, shown: list[Component]) -> tuple[State, int, int, str]:
    """Return what *bill* says of what *probe* looks for: the state, of how many of how many, and who says so."""
    word, _, rest = probe.partition(":")
    match word:
        case "tool":
            return State.OBSERVED, 1, 1, "every document that aibom writes"
        case "statement":
            return State.PERSON, 0, 1, ""
        case "relations":
            return _once(len(bill.relations), "relation")
        case "components":
            return _once(len(shown), "component")
        case "libraries":
            return _once(sum(c.kind is Kind.LIBRARY for c in shown), "library")
        case "target":
            value = getattr(bill.target, rest)
            return (State.OBSERVED, 1, 1, str(bill.target.source or "")) if value else (State.UNKNOWN, 0, 1, "")
        case _:
            return _among([c for c in shown if c.kind is _KINDS[word]], rest, bill)


def _once(count: int, noun: str) -> tuple[State, int, int, str]:
    return (State.OBSERVED, 1, 1, f"{count} × {noun}") if count else (State.UNKNOWN, 0, 1, "")


def _among(components: list[Component], what: str, bill: Bill) -> tuple[State, int, int, str]:
    word, _, names = what.partition(":")
    wanted = names.split("|")
    edges = {r.source for r in bill.relations if r.kind in wanted} if word == "relation" else set()
    sources: list[str] = []
    have = 0
    for component in components:
        says = _sources(component, word, wanted, edges)
        have += bool(says)
        sources += says
    if not have:
        return State.UNKNOWN, 0, len(components), ""
    declared = all(s.startswith("card") for s in sources)
    who = ", ".join(sorted({s.partition("@")[0].partition(":")[0] for s in sources}))
    return (State.DECLARED if declared else State.OBSERVED), have, len(components), who


def _sources(component: Component, word: str, wanted: list[str], edges: set[str]) -> list[str]:
    """Return who says of *component* what is looked for; nobody: it is not known."""
    match word:
        case "fact":
            return [fact.source for name, fact in component.card.facts if name in wanted]
        case "property":
            return ["code" for name, _ in component.properties if name in wanted]
        case "relation":
            return ["card"] if component.ref in edges else []
        case "licences":
            return [fact.source for fact in component.licences]
        case "hashes":
            return ["file"] if component.hashes or any(f.hashes for f in component.files) else []
        case "version":
            return ["code"] if component.version or component.resolved else []
        case "purl":
            return ["code"] if component.purl else []
        case "hub":
            return ["code"] if component.provider == "huggingface" and not component.hosted else []
        case _:
            return ["code"]


# -- what only a person can say ------------------------------------------------------------------


def read_statements(path: str | os.PathLike[str]) -> tuple[Statement, ...]:
    """
    Return what the TOML file *path*, ``aibom.toml``, states: who says what of the system, and on which day.

    `StatementsError` when it cannot be read, or names an element that there is not.
    """
    name = Path(path).name
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise StatementsError(f"cannot read the statements {name!r}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StatementsError(f"the statements {name!r} are not TOML: {error}") from None
    try:
        return tuple(sorted(_statement(each, table) for each in _each(table)))
    except StatementsError as error:
        raise StatementsError(f"{name}: {error}") from None


def _each(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    unknown = sorted(table.keys() - {"by", "date", "system", "statement"})
    if unknown:
        raise StatementsError(f"there is no {unknown[0]!r}; write by, date, [system] and [[statement]]")
    system, several = table.get("system", {}), table.get("statement", [])
    if not isinstance(system, dict) or not isinstance(several, list) or not all(isinstance(s, dict) for s in several):
        raise StatementsError("write [system] with a line for each element, and [[statement]] for the others")
    return [*({"element": key, "value": value} for key, value in system.items()), *several]


def _statement(each: Mapping[str, Any], table: Mapping[str, Any]) -> Statement:
    unknown = sorted(each.keys() - {"element", "value", "by", "date", "component"})
    if unknown:
        raise StatementsError(f"a statement has no {unknown[0]!r}; it has element, value, by, date, component")
    key, value = each.get("element"), each.get("value")
    known = {row["key"] for row in rows("elements")} | MORE
    if key not in known:
        raise StatementsError(f"there is no element {key!r}; there are {', '.join(sorted(known))}")
    by, day, about = each.get("by", table.get("by")), each.get("date", table.get("date")), each.get("component", "")
    for word, text in (("value", value), ("by", by), ("component", about or "-")):
        if not isinstance(text, str) or not text.strip():
            raise StatementsError(f"{word} of {key!r} is a text, and not {text!r}")
    if isinstance(day, datetime) or not isinstance(day, date):
        raise StatementsError(f"the date of {key!r} is a day, such as 2026-11-25, without quotes, and not {day!r}")
    return Statement(key, str(value), str(by), day.isoformat(), str(about))


def stated(bill: Bill, statements: Iterable[Statement]) -> Bill:
    """Return *bill* with *statements* as facts of its target and its components; see `aibom.with_statements`."""
    system: list[tuple[str, Fact]] = [*bill.target.stated]
    of: dict[str, list[tuple[str, Fact]]] = {}
    for statement in statements:
        fact = Fact(statement.value, f"{_SOURCE}{statement.by}@{statement.date}")
        if not statement.component:
            system.append((statement.key, fact))
            continue
        found = bill.named(statement.component)
        if not found:
            raise StatementsError(
                f"there is no component {statement.component!r} in the bill: {statement.key} cannot be said of it"
            )
        for component in found:
            of.setdefault(component.ref, []).append((statement.key, fact))
    return evolve(
        bill,
        target=evolve(bill.target, stated=system),
        components=[_with(c, of[c.ref]) if c.ref in of else c for c in bill.components],
    )


_SOURCE: Final = "statement:"


def _with(component: Component, said: list[tuple[str, Fact]]) -> Component:
    facts = [(_FACTS.get(key, key), fact) for key, fact in said if key not in _LICENCES]
    return evolve(
        component,
        card=Card([*component.card.facts, *facts], component.card.metrics),
        licences=[*component.licences, *(fact for key, fact in said if key in _LICENCES)],
    )


def _held(bill: Bill) -> Iterator[Statement]:
    """Yield what persons said of the system, from *bill* itself."""
    for key, fact in bill.target.stated:
        by, _, day = fact.source.removeprefix(_SOURCE).rpartition("@")
        yield Statement(key, fact.value, by, day)


def to_markdown(elements: Iterable[Element]) -> str:
    """
    Return *elements* as Markdown: how many of each state, and a table for each standard.

    There is no score: which elements count how much is for the reader to say.
    """
    every = list(elements)
    lines = ["# What the bill of materials says", ""]
    for standard in dict.fromkeys(e.standard for e in every):
        own = [e for e in every if e.standard == standard]
        counts = ", ".join(f"{sum(e.state is s for e in own)} {s}" for s in State)
        lines += [f"## {standard}", "", f"{len(own)} elements: {counts}.", ""]
        lines += [
            "| element | state | known of | who says so | what would fill it |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {_cell(e.name)} | {e.state} | {e.have} of {e.of} | {_cell(e.says)} | {_cell(e.fill)} |" for e in own
        ]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    from aibom.bill import printable

    return printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("@", "@<!-- -->")
