"""Ask rules what the facts of a bill mean, and show them each component with what it is related to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from aibom.bill import Diagnostic, Finding, Kind, Level, RelationKind, Settled, Usage, is_commit
from aibom.knowledge import threats
from aibom.licences import combined, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aibom.bill import Bill, Component, Location, Relation, Resolution
    from aibom.licences import Terms
    from aibom.protocols import Rule

__all__ = ["Reason", "View", "assessed"]

PLACES: Final = 20
"""The most places that a finding names by itself; the component has them all."""
DEPTH: Final = 32
"""How far base models of base models are followed."""
ANCESTORS: Final = 200
"""The most base models and datasets that are looked at for one component."""


def _given(places: Sequence[Location] | None) -> tuple[Location, ...] | None:
    return None if places is None else tuple(places)


@frozen
class Reason:
    """
    What a rule says about the component that it was shown; the core makes a `Finding` of it.

    >>> Reason("no use names a commit").level is None
    True
    """

    text: str
    """One sentence: what was seen, in words that the facts carry."""
    evidence: tuple[Location, ...] | None = field(default=None, converter=_given)
    """Places that show it; None: where the component is used."""
    level: Level | None = None
    """Where it is another than the rule's own."""
    references: tuple[str, ...] = ()
    """Besides those of the rule."""
    about: tuple[str, ...] = ()
    """As in `Finding`: what tells this reason from others that the rule has about the component, now or in a year."""
    settled: tuple[str, str, str] | None = None
    """The state, the detail and the last day of what somebody has decided about it, as in `aibom.bill.Settled`."""
    facts: tuple[str, ...] | None = None
    """Of the facts that the rule finds (`aibom.knowledge.threats`), those that this shows; None: all of them."""


@define
class View:
    """
    A bill as rules see it: each component with what it is related to.

    >>> from aibom.bill import Bill, Component, Kind
    >>> view = View(Bill([Component(Kind.MODEL, "huggingface", "a/b")]))
    >>> view.component("model:huggingface:a/b").name
    'a/b'
    """

    bill: Bill
    _by_ref: dict[str, Component] = field(init=False)
    _out: dict[str, list[Relation]] = field(init=False, factory=lambda: defaultdict(list))
    _in: dict[str, list[Relation]] = field(init=False, factory=lambda: defaultdict(list))
    _named: dict[tuple[str, str, str, str], list[Component]] = field(init=False, factory=lambda: defaultdict(list))
    _terms: dict[str, Terms | None] = field(init=False, factory=dict)
    _last: Component | None = field(init=False, default=None)
    _ways: dict[tuple[RelationKind, ...], tuple[tuple[tuple[Relation, Component], ...], ...]] = field(
        init=False, factory=dict
    )
    _uses: dict[str, list[tuple[int, bool, str]]] | None = field(init=False, default=None)
    _near: dict[str, dict[str, list[Location]]] = field(init=False, factory=dict)
    _agents: dict[str, dict[str, Component]] | None = field(init=False, default=None)
    _heads: dict[tuple[str, str, str, str], tuple[Resolution, ...]] = field(init=False, factory=dict)
    _said: dict[tuple[str, str], list[Diagnostic]] = field(init=False, factory=lambda: defaultdict(list))

    def __attrs_post_init__(self) -> None:
        self._by_ref = {c.ref: c for c in self.bill.components}
        for component in self.bill.components:
            self._named[component.kind, component.provider, component.name, component.origin].append(component)
        for edge in self.bill.relations:
            self._out[edge.source].append(edge)
            self._in[edge.target].append(edge)
        for diagnostic in self.bill.diagnostics:
            about, colon, _ = diagnostic.message.partition(": ")
            if colon:
                self._said[diagnostic.code, about].append(diagnostic)

    def component(self, ref: str) -> Component | None:
        """Return the component with this *ref*."""
        return self._by_ref.get(ref)

    def same_name(self, component: Component) -> tuple[Component, ...]:
        """Return the components of this kind, provider and name, whatever their commit; *component* is one of them."""
        return tuple(self._named.get((component.kind, component.provider, component.name, component.origin), ()))

    def used(self, component: Component) -> bool:
        """
        Tell whether the project uses *component* itself.

        One that is only mentioned it does not use, nor one that stands in the bill because another comes from it, by
        a record of a hub or by a card in the tree. Where nothing says where it is used, and nothing comes from it, it
        is taken for used.
        """
        uses = [e for e in component.evidence if e.usage is not Usage.MENTION]
        if component.evidence and not uses:
            return False
        if any(("states", "made-of") not in e.context for e in uses):
            return True
        return not any(edge.kind in _ORIGINS for edge in self._in.get(component.ref, ()))

    def asked(self, component: Component) -> bool:
        """Tell whether a hub or a card was read for *component*: only then is what nobody states known to be absent."""
        sources = [f.source for _, f in component.card.facts] + [f.source for f in component.licences]
        return bool(component.resolutions) or any(s.startswith(("hub", "card", "hf-cache")) for s in sources)

    def named_in(self, path: str) -> Sequence[tuple[int, bool, str]]:
        """
        Return the services, models and datasets that the file *path* uses, by line: the ref of each use last.

        Of what stands in one line a service comes after the rest. Models that a service runs are left out: it is there.
        """
        if self._uses is None:
            self._uses = defaultdict(list)
            for component in (*self.bill.services, *self.bill.models, *self.bill.datasets):
                service = component.kind is Kind.SERVICE
                if component.hosted and not service and self.targets(component, RelationKind.SERVED_BY):
                    continue
                for e in component.evidence:
                    if e.usage is not Usage.MENTION:
                        self._uses[e.location.path].append((e.location.line, service, component.ref))
            for named in self._uses.values():
                named.sort()
        return self._uses.get(path, ())

    def beside(self, code: str, ref: str) -> Sequence[Location]:
        """
        Return the places of the diagnostics *code* that stand beside what has *ref*.

        That is what their file names last before them, or else first; see `named_in`. An empty *ref* is for those in
        files that name nothing.
        """
        if code not in self._near:
            near: dict[str, list[Location]] = defaultdict(list)
            for each in self.bill.diagnostics:
                if each.code == code and each.location is not None:
                    named = self.named_in(each.location.path)
                    number = bisect_right(named, each.location.line, key=lambda use: use[0])
                    near[named[max(0, number - 1)][2] if named else ""].append(each.location)
            self._near[code] = near
        return self._near[code].get(ref, ())

    def heads(self, component: Component) -> tuple[Resolution, ...]:
        """
        Return what each branch or tag of *component*, whatever its commit, was said to mean on the last day of all.

        The default branch comes first, and full hashes are no branches.
        """
        key = component.kind, component.provider, component.name, component.origin
        if key not in self._heads:
            latest: dict[str, Resolution] = {}
            for other in self.same_name(component):
                for each in other.resolutions:
                    known = latest.get(each.revision)
                    if not is_commit(each.revision) and (known is None or each.date > known.date):
                        latest[each.revision] = each
            self._heads[key] = tuple(sorted(latest.values(), key=lambda r: (r.revision, r.commit)))
        return self._heads[key]

    def agents_in(self, paths: Iterable[str]) -> tuple[Component, ...]:
        """Return the agents that the files *paths* make or use."""
        if self._agents is None:
            self._agents = defaultdict(dict)
            for agent in self.bill.agents:
                for e in agent.evidence:
                    if e.usage is not Usage.MENTION:
                        self._agents[e.location.path][agent.ref] = agent
        found = {ref: agent for path in paths for ref, agent in self._agents.get(path, {}).items()}
        return tuple(found[ref] for ref in sorted(found))

    def licence(self, component: Component) -> Terms | None:
        """Return what the licences of *component* ask, all together; None when none is stated."""
        if component.ref not in self._terms:
            by_id = {found.spdx: found for found in map(terms, sorted({f.value for f in component.licences}))}
            self._terms[component.ref] = combined(by_id.values()) if by_id else None
        return self._terms[component.ref]

    def targets(self, component: Component, *kinds: RelationKind) -> tuple[tuple[Relation, Component], ...]:
        """Return what *component* stands in one of the relations *kinds* to, or in any."""
        edges = self._out.get(component.ref, ())
        return tuple(
            (e, self._by_ref[e.target]) for e in edges if e.target in self._by_ref and e.kind in (kinds or _ANY)
        )

    def sources(self, component: Component, *kinds: RelationKind) -> tuple[tuple[Relation, Component], ...]:
        """Return what stands in one of the relations *kinds* to *component*, or in any."""
        edges = self._in.get(component.ref, ())
        return tuple(
            (e, self._by_ref[e.source]) for e in edges if e.source in self._by_ref and e.kind in (kinds or _ANY)
        )

    def diagnostics(self, component: Component, *codes: str) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of *codes* whose message begins with a name that *component* is asked for by."""
        names = dict.fromkeys([component.name, *(e.requested for e in component.evidence if e.requested)])
        return tuple(d for code in codes for name in names for d in self._said.get((code, name), ()))

    def chains(self, component: Component, *kinds: RelationKind) -> Sequence[tuple[tuple[Relation, Component], ...]]:
        """
        Return the way from *component* to each thing that it comes from by relations of *kinds*, nearest first.

        Each thing once, by a shortest way, at most `DEPTH` steps and `ANCESTORS` things; circles end.
        """
        if self._last is not component:  # Rules ask one after the other about the same component.
            self._last, self._ways = component, {}
        if kinds not in self._ways:
            self._ways[kinds] = tuple(self._found(component, kinds))
        return self._ways[kinds]

    def _found(
        self, component: Component, kinds: tuple[RelationKind, ...]
    ) -> Iterator[tuple[tuple[Relation, Component], ...]]:
        seen = {component.ref}
        level: list[tuple[tuple[Relation, Component], ...]] = [()]
        for _ in range(DEPTH):
            further = []
            for chain in level:
                for step in self.targets(chain[-1][1] if chain else component, *kinds):
                    ref = step[0].target
                    if ref in seen:
                        continue
                    if len(seen) > ANCESTORS:
                        return
                    seen.add(ref)
                    further.append((*chain, step))
                    yield further[-1]
            level = further


_ORIGINS: Final = frozenset({RelationKind.DERIVED_FROM, RelationKind.TRAINED_ON, RelationKind.TESTED_ON})
_ANY: Final = frozenset(RelationKind)


def assessed(bill: Bill, rules: Sequence[Rule]) -> Bill:
    """
    Return *bill* with what *rules* find, in place of what was found before by a rule of the same id.

    A rule that raises gives a diagnostic, ``rule-failed``, and loses nothing of what others say.
    """
    view = View(bill)
    ids = {rule.id for rule in rules}
    findings = [f for f in bill.findings if f.rule not in ids]
    settled = [s for s in bill.settled if s.finding.rule not in ids]
    failed = [d for d in bill.diagnostics if d.code != "rule-failed"]
    crashes: dict[str, list[str]] = {}
    for component in (*bill.components, None):
        for rule in rules:
            try:
                reasons = _reasons(rule, component, view)
                said = [(_finding(rule, component, reason), reason.settled) for reason in reasons]
                findings += [finding for finding, decided in said if decided is None]
                settled += [Settled(finding, *decided) for finding, decided in said if decided is not None]
            except Exception as error:  # noqa: BLE001 - one crashing rule never stops the others
                what = "the tree" if component is None else component.name
                crashes.setdefault(rule.id, []).append(f"{what}: {type(error).__name__}: {error}")
    for id_, those in crashes.items():
        more = f" (and on {len(those) - 1} more)" if len(those) > 1 else ""
        failed.append(Diagnostic("rule-failed", f"{id_}: {those[0]}{more}"))
    return evolve(bill, findings=findings, settled=settled, diagnostics=failed)


def _reasons(rule: Rule, component: Component | None, view: View) -> Iterable[Reason]:
    """Return what *rule* says of *component*; of the tree when there is none."""
    if component is not None:
        return rule.judge(component, view)
    whole: Callable[[View], Iterable[Reason]] | None = getattr(rule, "whole", None)
    return () if whole is None else whole(view)


def _finding(rule: Rule, component: Component | None, reason: Reason) -> Finding:
    if not isinstance(reason, Reason):
        raise TypeError(f"it yielded {type(reason).__name__}, not a Reason")
    places = reason.evidence
    if places is None:  # All of them would be looked at anew for each finding.
        places = () if component is None else _places(component)
    return Finding(
        rule.id,
        reason.level or rule.level,
        "" if component is None else component.ref,
        reason.text,
        places,
        tuple(dict.fromkeys([*rule.references, *reason.references, *_exposes(rule, reason)])),
        reason.about,
    )


def _exposes(rule: Rule, reason: Reason) -> list[str]:
    """Return the ids of what the facts that *reason* shows expose to; `ValueError` when *rule* does not find one."""
    known = _facts().get(rule.id, {})
    shown = known if reason.facts is None else reason.facts
    unknown = [fact for fact in shown if fact not in known]
    if unknown:
        raise ValueError(f"no row of the table of threats says that it finds {unknown[0]!r}")
    return [id_ for fact in shown for id_ in known[fact]]


@cache
def _facts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the facts that each rule finds, by the rule's id, and what each exposes to."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for threat in threats():
        for rule in threat.rules:
            found.setdefault(rule, {})[threat.fact] = threat.ids
    return found


def _places(component: Component) -> tuple[Location, ...]:
    """Return where *component* is used; where it is mentioned, when that is all."""
    uses = [e.location for e in component.evidence if e.usage is not Usage.MENTION]
    places = uses or [e.location for e in component.evidence]
    return tuple(dict.fromkeys(places))[:PLACES]
