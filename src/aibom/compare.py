"""What changed between two bills."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, field, frozen

from aibom.bill import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.bill import Bill, Component, Finding

__all__ = ["Change", "Difference", "Told", "What", "compare"]


class What(StrEnum):
    """What of a component changed."""

    VERSION = "version"
    """
    Its version, or the revision, tag or commit that the code asks for, or what that meant when it was asked; of a file
    of weights or data, the address or the path that it comes from.
    """
    LICENCE = "licence"
    USAGE = "usage"
    """Whether it is used, optional or only mentioned."""
    CONTENT = "content"
    """Its hashes, or those of its files."""
    CARD = "card"
    """What is known of it beyond its name."""


@frozen(order=True)
class Change:
    """One thing that two bills say differently of a component that both have."""

    component: str
    """The `Component.ref` in the new bill."""
    what: What
    name: str
    """What it is called: ``license``, ``revision``, ``task``, ``SHA-256``, …"""
    old: tuple[str, ...] = ()
    """What only the old bill says; empty where it says nothing else than the new one."""
    new: tuple[str, ...] = ()
    """What only the new bill says."""

    def __str__(self) -> str:
        sides = (printable(", ".join(values)) or "nothing" for values in (self.old, self.new))
        return f"{printable(self.component)}: {printable(self.name)}: {' → '.join(sides)}"


def _by_ref(values: Iterable[Component]) -> tuple[Component, ...]:
    return tuple(sorted(values, key=lambda c: (c.ref, c.order)))


def _changes(values: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(set(values)))


def _findings(values: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(values), key=lambda f: f.order))


@frozen(repr=False)
class Difference:
    """
    What changed between two bills; false when nothing did.

    >>> from aibom.bill import Bill, Component, Kind
    >>> compare(Bill(), Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)]))
    <Difference: 1 added>
    """

    added: tuple[Component, ...] = field(default=(), converter=_by_ref)
    """Components that only the new bill has."""
    removed: tuple[Component, ...] = field(default=(), converter=_by_ref)
    """Components that only the old bill has."""
    changes: tuple[Change, ...] = field(default=(), converter=_changes)
    """What is said differently of the components that both have."""
    new_findings: tuple[Finding, ...] = field(default=(), converter=_findings)
    gone_findings: tuple[Finding, ...] = field(default=(), converter=_findings)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changes or self.new_findings or self.gone_findings)

    def of(self, what: What) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.what is what)

    @property
    def summary(self) -> str:
        """
        One line for people: how many of each.

        >>> Difference().summary
        'nothing changed'
        """
        counts = [(len(self.added), "added"), (len(self.removed), "removed")]
        counts += [(len({c.component for c in self.of(what)}), _SUMMED[what]) for what in What]
        counts += [(len(self.new_findings), "new findings"), (len(self.gone_findings), "findings gone")]
        return ", ".join(f"{number} {word}" for number, word in counts if number) or "nothing changed"

    def __repr__(self) -> str:
        return f"<Difference: {self.summary}>"


_SUMMED: Final = {
    What.VERSION: "of another version",
    What.LICENCE: "of another licence",
    What.USAGE: "of another usage",
    What.CONTENT: "of other content",
    What.CARD: "with other facts",
}


def compare(old: Bill, new: Bill) -> Difference:
    """
    Return what changed from *old* to *new*. Where a component is named makes no difference, nor what is only mentioned.

    A component is the same when kind, provider, name and origin are; where one bill has several of these, the one of
    the same version. What is left of them comes in pairs, by version. A file that is fetched from another address, or
    lies elsewhere, is the same when it is the only one of its name that went and came. What has no other is added or
    removed.

    A finding is the same when rule, component and level are, and what it is about (`Finding.about`): its words and
    places may change.
    """
    old, new = old.without_mentions(), new.without_mentions()
    pairs, removed, added = _paired(old.components, new.components)
    now = {was.ref: is_.ref for was, is_ in pairs}

    def key(finding: Finding) -> tuple[str, ...]:
        return (finding.rule, str(finding.level), now.get(finding.component, finding.component))

    before, after = _judged(old), _judged(new)
    earlier, later = Told(), Told()
    for told, those in ((earlier, before), (later, after)):
        for finding, component in those:
            told.add(key(finding), finding, component)
    return Difference(
        added,
        removed,
        [change for pair in pairs for change in _changed(*pair)],
        [f for f, component in after if not earlier.has(key(f), f, component)],
        [f for f, component in before if not later.has(key(f), f, component)],
    )


def _judged(bill: Bill) -> list[tuple[Finding, Component | None]]:
    by_ref = {c.ref: c for c in bill.components}
    return [(f, by_ref.get(f.component)) for f in bill.findings]


@define
class Told:
    """
    What findings of one bill are about, to tell which of another bill say something new.

    A finding is told when everything that it is about is, by whatever id of a notice: another notice, import or licence
    under the same rule is new.

    >>> from aibom.bill import Finding, Level
    >>> told = Told()
    >>> told.add(("a",), Finding("x", Level.INFO, "c", "…", about=["os.system"]), None)
    >>> told.has(("a",), Finding("x", Level.INFO, "c", "…", about=["os.system", "os.popen"]), None)
    False
    """

    _about: dict[tuple[str, ...], set[str]] = Factory(dict)

    def add(self, key: tuple[str, ...], finding: Finding, component: Component | None) -> None:
        """Keep what *finding* about *component* is about, under *key*."""
        for names in _names(finding, component):
            self._about.setdefault(key, set()).update(names)

    def has(self, key: tuple[str, ...], finding: Finding, component: Component | None) -> bool:
        """Tell whether everything that *finding* about *component* is about was kept under *key*."""
        told = self._about.get(key, set())
        return all(not told.isdisjoint(names) for names in _names(finding, component))


def _names(finding: Finding, component: Component | None) -> list[set[str]]:
    """Return what *finding* is about, each thing by all of its names: a notice has an id in each database."""
    advisories = component.advisories if component is not None else ()
    groups = [{a.id, *a.aliases} for a in advisories]
    return [set().union({what}, *(ids for ids in groups if what in ids)) for what in finding.about or ("",)]


_Pairs = list[tuple["Component", "Component"]]


def _paired(old: Iterable[Component], new: Iterable[Component]) -> tuple[_Pairs, list[Component], list[Component]]:
    """Return the components of both, those of *old* alone and those of *new* alone."""
    pairs: _Pairs = []
    removed: list[Component] = []
    added: list[Component] = []
    groups: dict[tuple[object, ...], tuple[list[Component], list[Component]]] = {}
    for side, components in enumerate((old, new)):
        for component in components:
            key = (component.kind, component.provider, component.name, component.hosted, component.origin)
            groups.setdefault(key, ([], []))[side].append(component)
    for before, after in groups.values():
        same: dict[str, list[Component]] = {}
        for component in after:
            same.setdefault(component.ref, []).append(component)
        left, met = [], set()
        for component in before:
            others = same.get(component.ref)
            if others:
                pairs.append((component, others.pop(0)))
                met.add(id(pairs[-1][1]))
            else:
                left.append(component)
        rest = [component for component in after if id(component) not in met]
        pairs += zip(left, rest, strict=False)
        removed += left[len(rest) :]
        added += rest[len(left) :]
    moved = _moved(removed, added)
    gone, come = ({id(pair[side]) for pair in moved} for side in (0, 1))
    return (
        [*pairs, *moved],
        [component for component in removed if id(component) not in gone],
        [component for component in added if id(component) not in come],
    )


_FILES: Final = frozenset({"local", "unknown"})
"""Providers whose models and datasets are files: their origin is where these come from."""


def _moved(removed: Iterable[Component], added: Iterable[Component]) -> _Pairs:
    """Return the files that come from elsewhere now, as far as their names leave no doubt."""
    named: dict[tuple[object, ...], tuple[list[Component], list[Component]]] = {}
    for side, components in enumerate((removed, added)):
        for component in components:
            if component.origin and component.provider in _FILES:
                key = (component.kind, component.provider, component.name)
                named.setdefault(key, ([], []))[side].append(component)
    return [(old[0], new[0]) for old, new in named.values() if len(old) == len(new) == 1]


def _changed(before: Component, after: Component) -> Iterator[Change]:
    """Yield what *after* says differently."""
    for what, read in _READ:
        then, now = set(read(before)), set(read(after))
        for name in sorted({name for name, _ in then ^ now}):
            gone = tuple(sorted(value for key, value in then - now if key == name))
            come = tuple(sorted(value for key, value in now - then if key == name))
            yield Change(after.ref, what, name, gone, come)


def _versions(component: Component) -> Iterator[tuple[str, str]]:
    if component.origin and component.provider in _FILES:
        yield "origin", component.origin
    if version := component.commit or component.version:
        yield "version", version
    yield from (("revision", revision) for revision in component.revisions if revision != component.commit)
    yield from (("resolved", f"{r.revision or 'the default branch'} = {r.commit}") for r in component.resolutions)
    yield from (pair for pair in component.properties if pair[0] == "version-range")


def _usages(component: Component) -> Iterator[tuple[str, str]]:
    if component.evidence:
        yield "usage", str(component.usage)


def _contents(component: Component) -> Iterator[tuple[str, str]]:
    yield from component.hashes
    yield from ((f"{file.path} {name}", digest) for file in component.files for name, digest in file.hashes)


def _card(component: Component) -> Iterator[tuple[str, str]]:
    yield from ((name, fact.value) for name, fact in component.card.facts)
    for metric in component.card.metrics:
        place = "/".join(part for part in (metric.dataset, metric.config, metric.split) if part)
        yield f"{metric.name} on {place}" if place else metric.name, metric.value


_READ: Final[tuple[tuple[What, Callable[[Component], Iterator[tuple[str, str]]]], ...]] = (
    (What.VERSION, _versions),
    (What.LICENCE, lambda component: (("license", licence.value) for licence in component.licences)),
    (What.USAGE, _usages),
    (What.CONTENT, _contents),
    (What.CARD, _card),
)
