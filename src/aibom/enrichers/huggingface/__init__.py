"""The Hugging Face Hub, or another hub of its kind: records, cards, files, and what names mean there today."""

from __future__ import annotations

import json
import math
import os
import re
import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from attrs import evolve, frozen

from aibom import cards
from aibom.asking.cache import Answer, Cache, Question, default_path, scope_of
from aibom.asking.client import Away, Hub, default_endpoint, saved_token, without_user
from aibom.asking.threads import WORKERS, at_once
from aibom.bill import (
    Component,
    Diagnostic,
    Enrichment,
    Fact,
    Kind,
    Resolution,
    Usage,
    is_commit,
)
from aibom.cards import Said
from aibom.cards.record import of_config
from aibom.enrichment import of_said
from aibom.errors import AibomError, TargetError
from aibom.expressions import expression
from aibom.knowledge import legacy_names
from aibom.licences import is_licence_file, of_text
from aibom.names import is_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["HuggingFace"]

LARGE: Final = 400
"""With more repositories than this, those of one owner are asked for at once: an anonymous user may ask 500 times."""
_BUDGET: Final = 1.1
"""So many requests a repository are spent on a large bill; cards that are left over are asked for the next time."""
_LICENCE: Final = 256 * 1024
"""No text of a licence has more bytes."""
_MOST_LICENCES: Final = 3
_CROISSANT: Final = frozenset({"croissant", "library:mlcroissant"})
"""Tags that the hub gives to datasets that it describes in Croissant."""
_CONFIG: Final = "config.json"
_LARGEST_CONFIG: Final = 1024 * 1024
_NO_SUCH_FILE: Final = 404
_SHOWN: Final = 60
"""So many characters of what is no name are shown."""
_PAGE: Final = 1000
_MOST_PAGES: Final = 5
_NAME: Final = expression(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,95}(?:/[A-Za-z0-9][A-Za-z0-9_.-]{0,95})?")
_EXPAND: Final = (
    *("author", "baseModels", "cardData", "config", "createdAt", "disabled", "evalResults", "gated", "gguf"),
    *("lastModified", "library_name", "model-index", "pipeline_tag", "private", "safetensors", "sha", "siblings"),
    *("tags", "transformersInfo"),
)
_EXPAND_DATASETS: Final = (
    *("author", "cardData", "createdAt", "disabled", "gated", "lastModified", "private", "sha", "siblings", "tags"),
)


@frozen(order=True)
class _Asked:
    """A repository at one revision."""

    kind: str
    name: str
    revision: str
    hub: str = ""
    """The address of another hub than the one that the user means; the bill names it."""

    @property
    def dataset(self) -> bool:
        return self.kind == "datasets"


class HuggingFace:
    """
    What the Hugging Face Hub, or another hub of its kind, knows about models and datasets.

    *endpoint* is ``HF_ENDPOINT``, else huggingface.co, unless it is given. What a bill says to be of another hub, as
    the ``repository_url`` of a package URL does, is asked about there. A *token* is sent to the *endpoint* and nowhere
    else; without one none is sent, and one that is saved on the machine only where *token* is True. Answers are kept in
    the file *cache*; with *offline* they alone are used. *texts* says whether cards, texts of licences and
    configurations are read, and not only the records; *croissant* says whether the Croissant metadata of datasets are
    asked for, one request more for each: of those alone whose record says that they have some, unless it is given.
    *volatile* adds counters such as downloads, which make each bill another one. *wait* is asked before a quota is
    waited for, with the seconds that it takes, and may refuse by answering False; without it, quotas are waited for.
    *progress* is called with the number of questions of one round that have an answer, and of all.

    >>> from aibom.bill import Component, Kind
    >>> HuggingFace(offline=True, cache=":memory:").enrich(Component(Kind.MODEL, "openai", "gpt-4o"))
    Enrichment(...)
    """

    name = "huggingface"
    summary = "Records, cards and files of the Hugging Face Hub, or of a hub of its kind (`HF_ENDPOINT`)."

    def __init__(  # noqa: PLR0913 - all by keyword
        self,
        *,
        endpoint: str | None = None,
        token: str | bool | None = None,
        cache: str | os.PathLike[str] | Cache | None = None,
        offline: bool = False,
        texts: bool = True,
        croissant: bool | None = None,
        volatile: bool = False,
        workers: int = WORKERS,
        wait: Callable[[float], bool] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> None:
        self.endpoint = (endpoint or default_endpoint()).rstrip("/")
        self.shown = without_user(self.endpoint)
        self._token = _fit(saved_token() if token is True else token or None)
        self._offline = offline or _switched_off()
        self._texts = texts
        self._croissant = croissant
        self._volatile = volatile
        self._workers = max(1, workers)
        self._wait = wait if wait is not None else lambda _seconds: True
        self.progress = progress if progress is not None else lambda _done, _of: None
        self._hubs: dict[str, Hub] = {}
        self._lock = threading.Lock()
        self._problems: list[Diagnostic] = []
        self._cache: Cache | None = None
        try:
            self._cache = cache if isinstance(cache, Cache) else Cache(default_path() if cache is None else cache)
        except AibomError as error:  # The hub can be asked all the same.
            self._problems.append(Diagnostic("cache-not-used", str(error)))

    @property
    def requests(self) -> int:
        """How many requests were sent to the hub."""
        return sum(hub.requests for hub in self._hubs.values())

    def close(self) -> None:
        """Close the connections and the cache."""
        self._stop()
        if self._cache is not None:
            self._cache.close()

    def enrich(self, component: Component) -> Enrichment:
        """Return what the hub knows about *component*; nothing about what does not come from it."""
        (answer,) = self.enrich_all([component])
        return answer

    def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
        """Return what the hub knows about each of *components*, with as few requests as that takes."""
        wanted: dict[_Asked, list[int]] = defaultdict(list)
        revisions: dict[_Asked, set[str]] = defaultdict(set)
        for number, component in enumerate(components):
            asked = _question(component, self.shown)
            if asked is not None:
                wanted[asked].append(number)
                revisions[asked] |= _revisions(component)
        run = _Round(self, revisions)
        try:
            run.ask()
        except BaseException:  # Somebody does not want to wait any more: so do the threads.
            self._stop()
            raise
        answers = [Enrichment() for _ in components]
        for asked, numbers in wanted.items():
            for number in numbers:
                answers[number] = _told(run, asked, components[number])
        with self._lock:
            general, self._problems = [*self._problems, *run.general()], []
            if self._cache is not None and self._cache.problem:
                general.append(Diagnostic("cache-not-used", self._cache.problem))
                self._cache.problem = ""
        if general and answers:
            answers[0] = evolve(answers[0], diagnostics=(*answers[0].diagnostics, *general))
        return answers

    # -- one question ------------------------------------------------------------------------------

    def question(self, asked: _Asked, what: str, revision: str | None = None) -> Question:
        """Return what the cache calls a question."""
        where = asked.revision if revision is None else revision
        scope = scope_of(None if asked.hub else self._token)
        return Question(asked.hub or self.shown, asked.kind, asked.name, where, what, scope)

    def known(self, question: Question) -> Answer | None:
        """Return what the cache has; offline, however old it is."""
        return None if self._cache is None else self._cache.get(question, stale=self._offline)

    def keep(self, question: Question, answer: Answer) -> None:
        """Keep *answer* for the next time."""
        if self._cache is not None:
            self._cache.put(question, answer)

    @property
    def offline(self) -> bool:
        """Whether the hub is not asked at all."""
        return self._offline

    @property
    def texts(self) -> bool:
        """Whether cards are read."""
        return self._texts

    @property
    def croissant(self) -> bool | None:
        """Whether the Croissant metadata of datasets are read; None for those of which the record says there are."""
        return self._croissant

    @property
    def volatile(self) -> bool:
        """Whether counters are wanted."""
        return self._volatile

    @property
    def workers(self) -> int:
        """How many requests are under way at once."""
        return self._workers

    def hub(self, address: str = "") -> Hub:
        """Return the connection to the hub at *address*, else to the user's own; it is made when it is first needed."""
        with self._lock:
            if address not in self._hubs:
                token = None if address else self._token  # It is for the user's own hub alone.
                self._hubs[address] = Hub(address or self.endpoint, token=token, wait=self._wait)
            return self._hubs[address]

    def _stop(self) -> None:
        with self._lock:
            hubs, self._hubs = self._hubs, {}
        for hub in hubs.values():
            hub.stop()
            hub.close()


def _fit(token: str | None) -> str | None:
    """Return *token* without the ends of lines that files bring; `TargetError` when no header can hold it."""
    if token is None:
        return None
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise TargetError("the token holds what no token of a hub does: it is one word of ASCII")  # It is not shown.
    return token


def _switched_off() -> bool:
    """Tell whether the user has switched the network off, as huggingface_hub reads it (``HF_HUB_OFFLINE``)."""
    given = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE") or ""
    return given.upper() in {"1", "ON", "YES", "TRUE"}


def _question(component: Component, endpoint: str) -> _Asked | None:
    """Return what to ask about *component*; None when it is nothing of a hub. Of the hub at *endpoint* is the rule."""
    kind = {Kind.MODEL: "models", Kind.DATASET: "datasets"}.get(component.kind)
    if kind is None or component.provider != "huggingface" or not _NAME.fullmatch(component.name):
        return None
    if component.usage is Usage.MENTION and component.evidence:
        return None
    revisions = _revisions(component)
    revision = component.commit or (next(iter(revisions)) if len(revisions) == 1 else "")
    return _Asked(kind, component.name, revision, _elsewhere(component, endpoint))


def _revisions(component: Component) -> set[str]:
    """Return the revisions that the uses of *component* ask for; the empty one is the default branch."""
    return {e.revision or "" for e in component.evidence if e.usage is not Usage.MENTION} or {""}


def _elsewhere(component: Component, endpoint: str) -> str:
    """Return the address of the hub that the bill says *component* to be of; empty for the one at *endpoint*."""
    named = {without_user(value).rstrip("/") for name, value in component.properties if name == "repository-url"}
    others = {address for address in named if address.startswith(("https://", "http://"))} - {endpoint}
    return others.pop() if len(named) == len(others) == 1 else ""


def _told(run: _Round, asked: _Asked, component: Component) -> Enrichment:
    try:
        return run.told(asked, component)
    except Exception as error:  # noqa: BLE001 - an answer of a form that nobody thought of loses no other one
        place = component.evidence[0].location if component.evidence else None
        why = f"{component.name}: its record cannot be read: {type(error).__name__}"
        return Enrichment(diagnostics=(Diagnostic("odd-card", why, place),))


class _Round:
    """One round of questions to a hub."""

    def __init__(self, source: HuggingFace, revisions: Mapping[_Asked, set[str]]) -> None:
        self.source = source
        self.revisions = revisions
        self.asked = sorted(revisions)
        self.large = len(self.asked) > LARGE
        self.records: dict[_Asked, Answer] = {}
        self.texts: dict[_Asked, Answer] = {}
        self.croissants: dict[_Asked, Answer] = {}
        self.licences: dict[_Asked, list[tuple[str, Answer]]] = {}
        self.configs: dict[_Asked, Answer] = {}
        self.heads: dict[_Asked, dict[str, Answer]] = defaultdict(dict)
        """What revisions mean that nothing else is asked about, by the revision."""
        self.failed: dict[_Asked, str] = {}
        self.odd: set[_Asked] = set()
        self.unasked: list[_Asked] = []
        self.textless: list[_Asked] = []
        self.unread: list[_Asked] = []
        self.unconfigured: list[_Asked] = []

    # -- asking ------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the records, then for the cards of what is there."""
        self.odd = {a for a in self.asked if a.revision and not is_revision(a.revision)}
        open_ = [a for a in self.asked if a not in self.odd and not self._kept(a)]
        if self.source.offline:
            self.unasked = open_
        elif open_:
            before = self.source.requests
            if self.large:
                open_ = self._by_owner(open_)
            self._each(self._record, open_)
            spent = self.source.requests - before
            self._ask_texts(math.floor(_BUDGET * len(self.asked)) - spent if self.large else None)
            self._ask_more(sparing=self.large)
            return
        self._ask_texts(None)
        self._ask_more(sparing=False)

    def _ask_more(self, *, sparing: bool) -> None:
        """
        Ask for what is good to know besides.

        With a large bill that is what the cache knows: an anonymous user's quota has to do for the records.
        """
        there = [a for a in self.asked if a in self.records and self.records[a].ok]
        self._ask_files(there, sparing=sparing)
        self._each(partial(self._ask_heads, sparing=sparing), [a for a in there if self._open_revisions(a)])
        self._ask_croissants()

    def _each(self, function: Callable[[_Asked], None], every: Sequence[_Asked]) -> None:
        def guarded(asked: _Asked) -> None:
            try:
                function(asked)
            except Exception as error:  # noqa: BLE001 - what nobody thought of loses no other repository
                if asked not in self.records:
                    self.failed[asked] = type(error).__name__

        for _ in at_once(guarded, every, workers=self.source.workers):
            self.source.progress(len(self.records) + len(self.failed), len(self.asked))

    def _kept(self, asked: _Asked) -> bool:
        # What a list says of a repository lacks digests: it will do where one by one is too much, or nobody is asked.
        for what in ("info", "listed") if self.large or self.source.offline else ("info",):
            for name in (asked.name, self._legacy(asked)) if self.source.offline else (asked.name,):
                known = self.source.known(self.source.question(evolve(asked, name=name), what))
                if known is not None:
                    self.records[asked] = known
                    return True
        return False

    def _legacy(self, asked: _Asked) -> str:
        """Return the name by which somebody else may have asked for a repository with a legacy one, else its name."""
        kind = Kind.DATASET if asked.dataset else Kind.MODEL
        return legacy_names().get((kind, asked.name), asked.name)

    def _today(self, asked: _Asked) -> _Asked:
        """Return *asked* by the name that its record states, under which all but the record is kept."""
        name = self.records[asked].canonical
        return evolve(asked, name=name) if _NAME.fullmatch(name) else asked

    def _record(self, asked: _Asked) -> None:
        path = f"/api/{asked.kind}/{asked.name}"
        if asked.revision:
            path += "/revision/" + _escaped(asked.revision)
        try:
            answer = self.source.hub(asked.hub).get(path + "?blobs=true&securityStatus=true")
        except Away as away:
            self.failed[asked] = str(away)
            return
        self._take(asked, answer)

    def _take(self, asked: _Asked, answer: Answer, what: str = "info") -> None:
        if answer.ok:
            record = _json(answer.body)
            if record is None:
                self.failed[asked] = "the answer is no JSON"
                return
            answer = evolve(answer, canonical=_name(record), commit=_commit(record))
        self.records[asked] = answer
        # It is found again by the commit that it is of, and by the name of today.
        names = dict.fromkeys((asked, self._today(asked)))
        for each in names:
            self.source.keep(self.source.question(each, what), answer)
            if answer.ok and answer.commit and answer.commit != asked.revision:
                self.source.keep(self.source.question(each, what, answer.commit), answer)

    def _by_owner(self, every: Sequence[_Asked]) -> list[_Asked]:
        """Ask for the repositories of each owner at once, and return what is left to be asked for by itself."""
        owners: dict[tuple[str, str, str], dict[str, _Asked]] = defaultdict(dict)
        rest = []
        for asked in every:
            owner, slash, _ = asked.name.partition("/")
            if slash and not asked.revision:
                owners[asked.kind, owner, asked.hub][asked.name] = asked
            else:
                rest.append(asked)
        groups = {key: group for key, group in owners.items() if len(group) > 1}
        rest += [a for key, group in owners.items() if key not in groups for a in group.values()]
        left: list[_Asked] = []

        def ask(key: tuple[str, str, str]) -> None:
            wanted = dict(groups[key])
            with suppress(Exception):  # Then each is asked for by itself, and says why it fails.
                self._list(key, wanted)
            left.extend(wanted.values())

        for _ in at_once(ask, sorted(groups), workers=self.source.workers):
            pass
        return sorted([*rest, *left])

    def _list(self, key: tuple[str, str, str], wanted: dict[str, _Asked]) -> None:
        """Take what the list of an owner's repositories says of those that are *wanted* out of them."""
        kind, owner, address = key
        fields = _EXPAND_DATASETS if kind == "datasets" else _EXPAND
        hub = self.source.hub(address)
        query = "&".join([f"author={_escaped(owner)}", f"limit={_PAGE}", *(f"expand={name}" for name in fields)])
        url: str | None = f"/api/{kind}?{query}"
        # An owner with thousands of repositories is cheaper to ask for one by one.
        for _ in range(min(_MOST_PAGES, len(wanted))):
            if url is None or not wanted:
                return
            answer, url = hub.page(url)
            listed = _list(answer.body) if answer.ok else []
            for record in listed:
                asked = wanted.get(_name(record))
                if asked is not None and _commit(record):
                    del wanted[asked.name]
                    self._take(asked, evolve(answer, body=json.dumps(record).encode()), "listed")

    def _ask_texts(self, budget: int | None) -> None:
        if not self.source.texts:
            return
        there = [a for a, answer in self.records.items() if answer.ok and _has_card(answer)]
        there.sort()
        open_ = []
        for asked in there:
            known = self.source.known(self.source.question(self._today(asked), "file:README.md", self._at(asked)))
            if known is None:
                open_.append(asked)
            else:
                self.texts[asked] = known
        if self.source.offline:
            self.textless = open_
            return
        if budget is not None:
            self.textless = open_[max(0, budget) :]
            open_ = open_[: max(0, budget)]
        self._each(self._text, open_)

    def _at(self, asked: _Asked) -> str:
        """Return the commit that the record of *asked* is of, else what was asked for."""
        commit = self.records[asked].commit
        return commit if is_commit(commit) else asked.revision

    def _text(self, asked: _Asked) -> None:
        at = self._at(asked) or "main"
        name = self._today(asked).name
        folder = "datasets/" if asked.dataset else ""
        try:
            answer = self.source.hub(asked.hub).get(f"/{folder}{name}/resolve/{_escaped(at)}/README.md")
        except Away:
            self.textless.append(asked)
            return
        if _is_page(answer):
            self.textless.append(asked)
            return
        self.texts[asked] = answer
        self.source.keep(self.source.question(self._today(asked), "file:README.md", self._at(asked)), answer)

    def _ask_files(self, there: Sequence[_Asked], *, sparing: bool) -> None:
        """Ask for the texts of the licences, and for the configurations, that the records list among the files."""
        if not self.source.texts:
            return
        for take, wanted in (
            (self._licence, [a for a in there if _licence_files(self.records[a])]),
            (self._config, [a for a in there if not a.dataset and _has_config(self.records[a])]),
        ):
            if sparing or self.source.offline:
                for asked in wanted:
                    take(asked, ask=False)
            else:
                self._each(take, wanted)

    def _file(self, asked: _Asked, path: str, *, ask: bool) -> Answer | None:
        """Return a file of a repository, from the cache or, where that is wanted, from the hub."""
        at = self._at(asked)
        name = self._today(asked).name
        folder = "datasets/" if asked.dataset else ""
        question = self.source.question(self._today(asked), f"file:{path}", at)
        answer = self.source.known(question)
        if answer is None and ask:
            with suppress(Away):
                answer = self.source.hub(asked.hub).get(
                    f"/{folder}{name}/resolve/{_escaped(at or 'main')}/{quote(path, safe='')}"
                )
                if _is_page(answer):
                    return None
                self.source.keep(question, answer)
        return answer

    def _config(self, asked: _Asked, *, ask: bool = True) -> None:
        """Take the configuration of a model: its record has the architecture, and not how long an input may be."""
        answer = self._file(asked, _CONFIG, ask=ask)
        if answer is None or not answer.ok:
            self.unconfigured.append(asked)
        else:
            self.configs[asked] = answer

    def _licence(self, asked: _Asked, *, ask: bool = True) -> None:
        """Take the texts of the licences of one repository."""
        for path in _licence_files(self.records[asked]):
            answer = self._file(asked, path, ask=ask)
            if answer is None or not answer.ok:
                self.unread.append(asked)
            else:
                self.licences.setdefault(asked, []).append((path, answer))

    def _open_revisions(self, asked: _Asked) -> list[str]:
        """
        Return the revisions of a repository whose commits its record does not tell.

        Those are the branches and tags that only some uses name, and today's default branch where a commit is used.
        """
        named = {r for r in self.revisions[asked] if not is_commit(r) and (not r or is_revision(r))} - {asked.revision}
        return sorted(named | ({""} if is_commit(asked.revision) else set()))

    def _ask_heads(self, asked: _Asked, *, sparing: bool) -> None:
        """Ask which commits the open revisions of a repository are."""
        for revision in self._open_revisions(asked):
            question = self.source.question(self._today(asked), "head", revision)
            known = self.source.known(question)
            if known is None and not sparing and not self.source.offline:
                path = f"/api/{asked.kind}/{self._today(asked).name}" + (
                    f"/revision/{_escaped(revision)}" if revision else ""
                )
                with suppress(Away):
                    known = self.source.hub(asked.hub).get(f"{path}?expand=sha")
                    known = evolve(known, commit=_commit(_json(known.body) or {}), body=b"")
                    self.source.keep(question, known)
            if known is not None and known.ok and is_commit(known.commit):
                self.heads[asked][revision] = known

    def _ask_croissants(self) -> None:
        """Ask for the Croissant metadata of the datasets; a hub serves them for some, and says so in a tag."""
        if self.source.croissant is False:
            return
        there = [a for a in self.records if a.dataset and self.records[a].ok]
        if self.source.croissant is None:
            there = [] if self.large else [a for a in there if _has_croissant(self.records[a])]
        self._each(self._metadata, there)

    def _metadata(self, asked: _Asked) -> None:
        # They are those of the default branch, which moves on, whatever revision is used.
        at = self._at(asked) if asked.revision in {"", "main"} else ""
        question = self.source.question(self._today(asked), "croissant", at)
        known = self.source.known(question)
        if known is None and not self.source.offline:
            try:
                known = self.source.hub(asked.hub).get(f"/api/datasets/{self._today(asked).name}/croissant")
            except Away:
                return
            self.source.keep(question, known)
        if known is not None:
            self.croissants[asked] = known

    # -- telling -----------------------------------------------------------------------------------

    def general(self) -> list[Diagnostic]:
        """Return what is to be said of many repositories at once."""
        found = []
        for where, those in self._by_hub(self.unasked):
            message = f"{where} was not asked about {_some(those)}: offline, and no answer of it is kept"
            found.append(Diagnostic("hub-not-asked", message))
        reasons: dict[str, list[_Asked]] = defaultdict(list)
        for asked, why in self.failed.items():
            reasons[why].append(asked)
        for why, every in sorted(reasons.items()):
            for where, those in self._by_hub(every):
                found.append(Diagnostic("hub-unavailable", f"{where}: {why}: {_some(those)}"))
        refused = [a for a, answer in self.texts.items() if not answer.ok and answer.status != _NO_SUCH_FILE]
        for code, what, every in (
            ("card-not-read", "the text of the card", [*self.textless, *refused]),
            ("licence-not-read", "the text of the licence", self.unread),
            ("config-not-read", "the configuration", self.unconfigured),
        ):
            for where, those in self._by_hub(every):
                found.append(Diagnostic(code, f"{where}: {what} of {_some(those)}"))
        return found

    def _by_hub(self, every: Iterable[_Asked]) -> list[tuple[str, list[_Asked]]]:
        hubs: dict[str, list[_Asked]] = defaultdict(list)
        for asked in every:
            hubs[asked.hub or self.source.shown].append(asked)
        return sorted(hubs.items())

    def told(self, asked: _Asked, component: Component) -> Enrichment:
        """Return what the answers say of *component*."""
        answer = self.records.get(asked)
        place = component.evidence[0].location if component.evidence else None
        if asked in self.odd:
            why = f"{component.name}: {asked.revision[:_SHOWN]!r} is no name of a branch, a tag or a commit"
            return Enrichment(diagnostics=(Diagnostic("hub-no-revision", why, place),))
        if answer is None:
            return _by_table(component)
        if not answer.ok:
            code, message = _refused(answer, asked, asked.hub or self.source.shown)
            return Enrichment(diagnostics=(Diagnostic(code, message, place),))
        record, problems = _read(answer.body)
        record = record or {}
        commit = answer.commit if is_commit(answer.commit) else ""
        source = f"hub:{'dataset' if asked.dataset else 'model'}_info" + (f"@{commit[:12]}" if commit else "")
        said = cards.of_record(record, dataset=asked.dataset, source=source, volatile=self.source.volatile)
        text = self.texts.get(asked)
        if text is not None and text.ok:
            words = text.body.decode("utf-8", "replace")
            at = f"card@{commit[:12]}" if commit else "card"
            read = cards.of_readme(words, dataset=asked.dataset, source=at)
            said = _completed(said, read)
        config = self.configs.get(asked)
        if config is not None:
            at = f"hub-file@{commit[:12]}" if commit else "hub-file"
            said = _completed(said, Said(tuple(of_config(_json(config.body) or {}, source=f"{at}:{_CONFIG}"))))
        metadata = self.croissants.get(asked)
        if metadata is not None and metadata.ok:
            # They are those of the default branch, whatever revision is used.
            of_default = commit and asked.revision in {"", "main"}
            at = f"croissant@{commit[:12]}:json" if of_default else "croissant@main:json"
            said = _completed(said, cards.of_croissant(_json(metadata.body) or {}, source=at))
        known = self._facts(asked, answer)
        if commit and is_commit(asked.revision) and commit.lower() != asked.revision.lower():
            problems = (*problems, f"commit {asked.revision} was asked about, and the record is of {commit}")
        said = evolve(said, problems=(*said.problems, *problems))
        told = of_said(component, said, name=known.name, hub=asked.hub)
        day = _day(answer.asked)  # Scanners change their minds.
        files = [evolve(f, verdicts=[evolve(v, date=day) for v in f.verdicts]) if f.verdicts else f for f in told.files]
        concluded, odd = self._concluded(asked, component, commit)
        return evolve(
            told,
            licences=[*told.licences, *concluded],
            files=files,
            resolutions=known.resolutions,
            properties=[*told.properties, *known.properties],
            diagnostics=(*told.diagnostics, *odd),
        )

    def _concluded(self, asked: _Asked, component: Component, commit: str) -> tuple[list[Fact], list[Diagnostic]]:
        """Return the licences whose texts are among the files, and which text is none that we know."""
        place = component.evidence[0].location if component.evidence else None
        at = f"hub-file@{commit[:12]}" if commit else "hub-file"
        facts, odd = [], []
        for path, answer in self.licences.get(asked, ()):
            key = of_text(answer.body[:_LICENCE].decode("utf-8", "replace"))
            if key is None:
                odd.append(Diagnostic("licence-not-recognised", f"{component.name}: {path} ({at})", place))
            else:
                facts.append(Fact(key, f"{at}:{path}"))
        return facts, odd

    def _facts(self, asked: _Asked, answer: Answer) -> Enrichment:
        """Return what the answer as such says: the name and the commit, and where they hold."""
        canonical = answer.canonical if _NAME.fullmatch(answer.canonical) else None
        where = asked.hub or self.source.shown
        uses = self.revisions[asked]
        # Where uses differ, the default branch was asked, which none of them may mean.
        told = {asked.revision: answer} if asked.revision in uses and not is_commit(asked.revision) else {}
        resolutions = tuple(
            Resolution(each.commit.lower(), revision, _day(each.asked), f"hub:{where}")
            for revision, each in sorted({**told, **self.heads.get(asked, {})}.items())
            if is_commit(each.commit)
        )
        elsewhere = where not in {"https://huggingface.co", "https://hf.co"}
        return Enrichment(
            name=canonical,
            resolutions=resolutions,
            properties=[("repository-url", where)] if elsewhere else [],
        )


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _completed(record: Said, card: Said) -> Said:
    """
    Return what the *record* says, and what of the *card* it does not: sections, and all when it has no metadata.

    Both come from one commit, and the hub has read the front matter: it is not stated twice.
    """
    fields = {name for name, _ in record.facts}
    return Said(
        (*record.facts, *((n, f) for n, f in card.facts if f.source.endswith(_DIGITS) or n not in fields)),
        record.licences or card.licences,
        record.metrics or card.metrics,
        record.files,
        record.bases or card.bases,
        record.trained_on or card.trained_on,
        record.tested_on or card.tested_on,
        record.sources or card.sources,
        (*record.properties, *card.properties),
        (*record.problems, *card.problems),
    )


_DIGITS: Final = tuple("0123456789")
"""A section of a card has the number of its line at the end of its source."""


def _by_table(component: Component) -> Enrichment:
    """Return the canonical name of a model or a dataset with a legacy name, where no hub says it."""
    found = legacy_names().get((component.kind, component.name))
    if found is None:
        return Enrichment()
    return Enrichment(name=found, properties=[("canonical-source", "knowledge/legacy.tsv")])


def _refused(answer: Answer, asked: _Asked, where: str) -> tuple[str, str]:
    """Return code and message for an answer that is a refusal, in no stronger words than the answer allows."""
    what = f"{asked.name}: {where}"
    match answer.status, answer.code:
        case _, "GatedRepo":
            return "hub-gated", f"{what} gives it only to those who accept its conditions"
        case _, "DisabledRepo":
            return "hub-disabled", f"{what} has switched it off"
        case _, "RevisionNotFound":
            return "hub-no-revision", f"{what} has no revision {asked.revision!r} of it"
        case 401 | 403 | 404, _:
            return "hub-not-accessible", f"{what} does not give it to us: it is not there, private, or needs a token"
        case 410 | 451, _:
            return "hub-gone", f"{what} says that it was removed (HTTP {answer.status})"
        case _:
            return "hub-unavailable", f"{what} answers with HTTP {answer.status}"


def _some(asked: Iterable[_Asked]) -> str:
    names = sorted({a.name for a in asked})
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"  # noqa: PLR2004 - a line's length


def _is_page(answer: Answer) -> bool:
    """Tell whether what should be a file is a page of HTML: somebody wants the user to sign in."""
    start = answer.body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return answer.ok and start.startswith((b"<!doctype html", b"<html"))


_HEAD: Final = 200


def _has_card(answer: Answer) -> bool:
    """Tell whether the repository may have a card; only a list of its files can say that it has none."""
    record = _json(answer.body) or {}
    files = record.get("siblings")
    if not isinstance(files, list):
        return True
    return any(isinstance(f, Mapping) and f.get("rfilename") == "README.md" for f in files)


def _has_croissant(answer: Answer) -> bool:
    """Tell whether the tags of a dataset say that the hub describes it in Croissant."""
    tags = (_json(answer.body) or {}).get("tags")
    return isinstance(tags, list) and not _CROISSANT.isdisjoint(tag for tag in tags if isinstance(tag, str))


def _has_config(answer: Answer) -> bool:
    """Tell whether a record lists a configuration among the files, and of a size that one has."""
    files = (_json(answer.body) or {}).get("siblings")
    for each in files if isinstance(files, list) else ():
        if isinstance(each, Mapping) and each.get("rfilename") == _CONFIG:
            size = each.get("size")
            return not isinstance(size, int) or size <= _LARGEST_CONFIG
    return False


def _licence_files(answer: Answer) -> list[str]:
    """Return the files at the root of a repository that are called like the text of a licence, few and small ones."""
    files = (_json(answer.body) or {}).get("siblings")
    found = []
    for each in files if isinstance(files, list) else ():
        path, size = (each.get("rfilename"), each.get("size")) if isinstance(each, Mapping) else (None, None)
        small = not isinstance(size, int) or size <= _LICENCE
        if isinstance(path, str) and "/" not in path and small and is_licence_file(path):
            found.append(path)
    return sorted(found)[:_MOST_LICENCES]


def _name(record: Mapping[str, object]) -> str:
    """Return the id that a record states; empty where it is none."""
    name = record.get("id")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else ""


def _commit(record: Mapping[str, object]) -> str:
    """Return the commit that a record states; empty where it is none."""
    commit = record.get("sha")
    return commit if isinstance(commit, str) and is_commit(commit) else ""


def _json(body: bytes) -> Mapping[str, object] | None:
    return _read(body)[0]


def _read(body: bytes) -> tuple[Mapping[str, object] | None, tuple[str, ...]]:
    """Return the mapping in *body*, None when there is none, and what was left out of it."""
    value, problems = _loaded(body)
    return (value if isinstance(value, dict) else None), problems


def _list(body: bytes) -> list[Mapping[str, object]]:
    value, _ = _loaded(body)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


_DEEPEST: Final = 50
"""No field of a record is nested deeper; records of the Hub have some ten levels."""
_DIGITS_OF_A_NUMBER: Final = 40
_NO_BRACKETS: Final = bytes(sorted(set(range(256)) - {*b"[]{}"}))
_MARKS: Final = expression(r'\\.|["\[\]{}]', re.DOTALL)
"""What is escaped, the mark of a text, or a bracket: an expression for whole texts may take very long."""


def _loaded(body: bytes) -> tuple[object, tuple[str, ...]]:
    """
    Return the JSON in *body*, and what was left out of it: what Python cannot read, and nobody means, loses no other.

    None when it is no JSON.

    >>> _loaded(b'{"id": "a/b", "x": ' + b"[" * 9000 + b"]" * 9000 + b"}")
    ({'id': 'a/b', 'x': [...]}, ('what is nested more than 50 deep is left out',))
    """
    problems: list[str] = []

    def number(digits: str) -> int | None:
        if len(digits) <= _DIGITS_OF_A_NUMBER:
            return int(digits)
        problems.append(f"a number has {len(digits)} digits, and is left out")
        return None

    try:
        text = body.decode(json.detect_encoding(body), "replace")
        if _may_be_deep(body):
            text, whole = _flattened(text), text
            if text is not whole:
                problems.append(f"what is nested more than {_DEEPEST} deep is left out")
        return json.loads(text, parse_int=number), tuple(problems)
    except (ValueError, RecursionError):
        return None, ()


def _may_be_deep(body: bytes) -> bool:
    """Tell, fast, whether the JSON *body* is possibly nested too deep; brackets in texts count as well."""
    marks = body.translate(None, _NO_BRACKETS)
    for _ in range(_DEEPEST):
        if not marks:
            return False
        marks = marks.replace(b"[]", b"").replace(b"{}", b"")
    return bool(marks)


def _flattened(text: str) -> str:
    """Return the JSON *text* without what is nested too deep; the same object where nothing is."""
    kept: list[str] = []
    depth = start = 0
    within = False
    for found in _MARKS.finditer(text):
        mark = found[0]
        if mark == '"':
            within = not within
        elif within:
            continue
        elif mark in "[{":
            depth += 1
            if depth == _DEEPEST + 1:
                kept.append(text[start : found.start()] + "null")
        elif mark in "]}":
            if depth == _DEEPEST + 1:
                start = found.end()
            depth -= 1
    if not kept:
        return text
    # What has no end is no JSON, and stays none.
    return "".join(kept) + (text[start:] if depth <= _DEEPEST else "")


def _escaped(revision: str) -> str:
    return quote(revision, safe="")
