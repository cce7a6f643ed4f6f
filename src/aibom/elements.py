"""Tell what of a bill of materials is stated, what is unknown, and what only a person can say."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from attrs import evolve, frozen

from aibom.bill import Card, Fact, Kind, Usage
from aibom.errors import StatementsError
from aibom.knowledge import rows
from aibom.licences import is_concluded

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

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


_KINDS: Final = {"models": Kind.MODEL, "datasets": Kind.DATASET, "libraries": Kind.LIBRARY, "services": Kind.SERVICE}
_SHOWN: Final = 3
"""So many statements about one element are written out."""


def covered(bill: Bill, statements: Iterable[Statement] = ()) -> tuple[Element, ...]:
    """
    Return each element of the G7 and of CISA, and what *bill* and *statements* say of it.

    What is said of a component counts for that one; what is said of the system, for all that should have the element.

    >>> from aibom.bill import Bill
    >>> next(e.state for e in covered(Bill()) if e.key == "intended-application-area")
    <State.PERSON: 'only a person can say'>
    """
    given = [(s, _about(bill, s)) for s in dict.fromkeys(statements)]
    bill = _with_facts(bill, [pair for pair in given if not pair[0].component or pair[1]])
    astray: dict[str, list[str]] = {}
    for statement, about in given:
        if statement.component and not about:
            astray.setdefault(statement.key, []).append(statement.component)
    shown = [c for c in bill.components if c.usage is not Usage.MENTION or not c.evidence]
    answers: dict[tuple[str, str], _Answer] = {}
    found = []
    for row in rows("elements"):
        key, probe = row["key"], row["probe"]
        if (key, probe) not in answers:
            answers[key, probe] = _filled(key, _kind_of(key, probe), _answer(probe, bill, shown), bill, shown)
        state, have, of, says, _ = answers[key, probe]
        fill = row["fill"] if have < of or state in {State.UNKNOWN, State.PERSON} else ""
        if key in astray:
            missed = f"nothing in the bill that it can be said of is called {', '.join(sorted(set(astray[key])))}"
            fill = f"{fill}; {missed}" if fill else missed
        found.append(
            Element(row["standard"], row["cluster"], row["element"], key, state, have, of, says, row["where"], fill)
        )
    return tuple(found)


class _Answer(NamedTuple):
    """What is known of an element."""

    state: State
    have: int
    of: int
    says: str
    known: frozenset[str] = frozenset()
    """The refs of the components of which it is known."""


def _kind_of(key: str, probe: str) -> Kind | None:
    """Return the kind of the components that an element is about; None for one of the system."""
    by_key = {"dataset": Kind.DATASET, "model": Kind.MODEL}.get(key.partition("-")[0])
    return by_key or _KINDS.get(probe.partition(":")[0])


def _answer(probe: str, bill: Bill, shown: list[Component]) -> _Answer:
    """Return what *bill* says of what *probe* looks for, statements of persons aside."""
    word, _, rest = probe.partition(":")
    match word:
        case "tool":
            return _Answer(State.OBSERVED, 1, 1, "every document that aibom writes")
        case "statement":
            return _Answer(State.PERSON, 0, 1, "")
        case "relations":
            return _once(len(bill.relations), "relation")
        case "components":
            return _once(len(shown), "component")
        case "libraries" if not rest:
            return _once(sum(c.kind is Kind.LIBRARY for c in shown), "library")
        case "target":
            value = getattr(bill.target, rest)
            said = str(bill.target.source or "")
            return _Answer(State.OBSERVED, 1, 1, said) if value else _Answer(State.UNKNOWN, 0, 1, "")
        case _:
            return _among([c for c in shown if c.kind is _KINDS[word]], rest, bill)


def _once(count: int, noun: str) -> _Answer:
    return _Answer(State.OBSERVED, 1, 1, f"{count} × {noun}") if count else _Answer(State.UNKNOWN, 0, 1, "")


def _among(components: list[Component], what: str, bill: Bill) -> _Answer:
    word, _, names = what.partition(":")
    wanted = names.split("|")
    edges = {r.source for r in bill.relations if r.kind in wanted} if word == "relation" else set()
    sources: set[str] = set()
    known = set()
    for component in components:
        says = [s for s in _sources(component, word, wanted, edges) if not s.startswith(_SOURCE)]
        if says:
            known.add(component.ref)
            sources.update(says)
    if not known:
        return _Answer(State.UNKNOWN, 0, len(components), "")
    who = ", ".join(sorted({_short(s) for s in sources}))
    state = State.DECLARED if all(map(_is_declared, sources)) else State.OBSERVED
    return _Answer(state, len(known), len(components), who, frozenset(known))


def _short(source: str) -> str:
    """
    Return *source* without what is of one component: ``hub cardData`` for ``hub:model_info@0123:cardData``.

    >>> _short("card@0123:12"), _short("file:m.gguf"), _short("hub:model_info@0123:cardData")
    ('card', 'file', 'hub cardData')
    """
    kind = source.partition("@")[0].partition(":")[0]
    return next((f"{kind} {part}" for part in ("cardData", "tags") if source.endswith(f":{part}")), kind)


def _is_declared(source: str) -> bool:
    """
    Tell whether *source* is what somebody says of their own: a card, wherever it was read, a table, a person.

    A text that was recognised as that of a licence, a file of weights, and what a hub itself keeps are observed.
    """
    kind = source.partition(":")[0].partition("@")[0]
    return (
        kind in {"card", "croissant", "cyclonedx", "licence", "statement", "table"}
        or source.endswith((":cardData", ":tags", ":front-matter"))
        or "README.md" in source
    )


def _sources(component: Component, word: str, wanted: list[str], edges: set[str]) -> list[str]:
    """Return who says of *component* what is looked for; nobody: it is not known."""
    match word:
        case "fact":
            return [fact.source for name, fact in component.card.facts if name in wanted]
        case "property":
            return ["code" for name, _ in component.properties if name in wanted]
        case "relation":
            return ["card"] if component.ref in edges else []
        case "licences":  # A name is what somebody says, wherever it stands; a text is there.
            return [f.source if is_concluded(f) else _named_by(f) for f in component.licences]
        case "hashes":
            return ["file"] if component.hashes or any(f.hashes for f in component.files) else []
        case "version":
            return ["code"] if component.version or component.resolved else []
        case "purl":
            return ["code"] if component.purl else []
        case "hub":
            return ["code"] if component.provider == "huggingface" and not component.hosted else []
        case "notices":
            asked = any(name == "notices-checked" for name, _ in component.properties)
            return ["notices"] if asked or component.advisories else []
        case _:
            return ["code"]


def _named_by(fact: Fact) -> str:
    return fact.source if _is_declared(fact.source) else f"licence:{fact.source}"


def _filled(key: str, kind: Kind | None, answer: _Answer, bill: Bill, shown: list[Component]) -> _Answer:
    """Return *answer* with what persons say of the element *key*, where it is not known otherwise."""
    name = _FACTS.get(key, key)
    words: list[str] = [_words(fact) for said, fact in bill.target.stated if said == key]
    of_all = bool(words)
    told = set()
    for component in shown:
        if kind in {None, component.kind}:
            facts = component.licences if key in _LICENCES else component.card.all(name)
            stated = [fact for fact in facts if fact.source.startswith(_SOURCE)]
            if stated and component.ref not in answer.known:
                told.add(component.ref)
                words += [f"{_words(fact)} (of {component.name})" for fact in stated]
    if answer.state is State.OBSERVED and not answer.known:  # It is there, once and for all.
        return answer
    if not words or not (told or (of_all and answer.have < max(answer.of, 1))):
        return answer
    many = kind is not None
    of = max(1, answer.of)
    have = of if of_all or not many else answer.have + len(told)
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    says = "; ".join(filter(None, [answer.says, *words[:_SHOWN]])) + more
    return _Answer(State.OBSERVED if answer.state is State.OBSERVED else State.DECLARED, have, of, says)


def _words(fact: Fact) -> str:
    by, _, day = fact.source.removeprefix(_SOURCE).rpartition("@")
    return f"{fact.value}, by {by} on {day}"


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
    given = [(statement, _about(bill, statement)) for statement in statements]
    for statement, about in given:
        if statement.component and not about:
            kind = _kind_of(statement.key, "")
            what = "component" if kind is None else str(kind)
            raise StatementsError(
                f"there is no {what} {statement.component!r} in the bill: {statement.key} cannot be said of it"
            )
    return _with_facts(bill, given)


_SOURCE: Final = "statement:"


def _about(bill: Bill, statement: Statement) -> tuple[Component, ...]:
    """Return what *statement* can be said of: the licence of a dataset is none of the model that has its name."""
    if not statement.component:
        return ()
    kind = _kind_of(statement.key, "")
    return tuple(c for c in bill.named(statement.component) if kind in {None, c.kind})


def _with_facts(bill: Bill, given: Iterable[tuple[Statement, tuple[Component, ...]]]) -> Bill:
    system: list[tuple[str, Fact]] = [*bill.target.stated]
    of: dict[str, list[tuple[str, Fact]]] = {}
    for statement, about in given:
        fact = Fact(statement.value, f"{_SOURCE}{statement.by}@{statement.date}")
        if not statement.component:
            system.append((statement.key, fact))
        for component in about:
            of.setdefault(component.ref, []).append((statement.key, fact))
    if not system and not of:
        return bill
    return evolve(
        bill,
        target=evolve(bill.target, stated=system),
        components=[_with(c, of[c.ref]) if c.ref in of else c for c in bill.components],
    )


def _with(component: Component, said: list[tuple[str, Fact]]) -> Component:
    facts = [(_FACTS.get(key, key), fact) for key, fact in said if key not in _LICENCES]
    return evolve(
        component,
        card=Card([*component.card.facts, *facts], component.card.metrics),
        licences=[*component.licences, *(fact for key, fact in said if key in _LICENCES)],
    )


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
