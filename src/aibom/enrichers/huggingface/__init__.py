"""The Hugging Face Hub, or another hub of its kind: records, cards, files, and what names mean there today."""

from __future__ import annotations

import json
import math
import os
import threading
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from attrs import evolve, frozen

from aibom import cards
from aibom.asking.cache import Answer, Cache, Question, default_path, scope_of
from aibom.asking.client import Away, Hub, default_endpoint, without_user
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
from aibom.enrichment import of_said
from aibom.errors import AibomError
from aibom.expressions import expression
from aibom.knowledge import legacy_names
from aibom.licences import is_licence_file, of_text

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
_PAGE: Final = 1000
_MOST_PAGES: Final = 5
_NAME: Final = expression(r"[A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9][\w.-]{0,95})?")
_EXPAND: Final = (
    *("author", "baseModels", "cardData", "config", "createdAt", "disabled", "evalResults", "gated", "gguf"),
    *("lastModified", "library_name", "model-index", "pipeline_tag", "private", "safetensors", "sha", "siblings"),
    *("tags", "transformersInfo"),
)
_EXPAND_DATASETS: Final = (
    *("author", "cardData", "createdAt", "disabled", "gated", "lastModified", "private", "sha", "siblings", "tags"),
)


@frozen
class _Asked:
    """A repository at one revision, with the components that are it."""

    kind: str
    name: str
    revision: str

    @property
    def dataset(self) -> bool:
        return self.kind == "datasets"


class HuggingFace:
    """
    What the Hugging Face Hub, or another hub of its kind, knows about models and datasets.

    *endpoint* is ``HF_ENDPOINT``, else huggingface.co, unless it is given. A *token* is sent there and nowhere else;
    without one none is sent, not even one that is saved on the machine. Answers are kept in the file *cache*; with
    *offline* they alone are used. *texts* says whether the cards are read, and not only the records; *croissant* asks
    for the Croissant metadata of datasets besides, one request more for each. *volatile* adds
    counters such as downloads, which make each bill another one. *wait* is asked before a quota is waited for, with the
    seconds that it takes, and may refuse by answering False; without it, quotas are waited for. *progress* is called
    with the number of questions of one round that have an answer, and of all.

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
        token: str | None = None,
        cache: str | os.PathLike[str] | Cache | None = None,
        offline: bool = False,
        texts: bool = True,
        croissant: bool = False,
        volatile: bool = False,
        workers: int = 8,
        wait: Callable[[float], bool] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> None:
        self.endpoint = (endpoint or default_endpoint()).rstrip("/")
        self.shown = without_user(self.endpoint)
        self._token = token
        self._offline = offline or _switched_off()
        self._texts = texts
        self._croissant = croissant
        self._volatile = volatile
        self._workers = max(1, workers)
        self._wait = wait if wait is not None else lambda _seconds: True
        self.progress = progress if progress is not None else lambda _done, _of: None
        self._hub: Hub | None = None
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
        return 0 if self._hub is None else self._hub.requests

    def close(self) -> None:
        """Close the connections and the cache."""
        if self._hub is not None:
            self._hub.close()
        if self._cache is not None:
            self._cache.close()

    def enrich(self, component: Component) -> Enrichment:
        """Return what the hub knows about *component*; nothing about what does not come from it."""
        (answer,) = self.enrich_all([component])
        return answer

    def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
        """Return what the hub knows about each of *components*, with as few requests as that takes."""
        wanted: dict[_Asked, list[int]] = defaultdict(list)
        for number, component in enumerate(components):
            asked = _question(component)
            if asked is not None:
                wanted[asked].append(number)
        run = _Round(self, list(wanted))
        run.ask()
        answers = [Enrichment() for _ in components]
        for asked, numbers in wanted.items():
            for number in numbers:
                answers[number] = run.told(asked, components[number])
        with self._lock:
            general, self._problems = [*self._problems, *run.general()], []
        if general and answers:
            answers[0] = evolve(answers[0], diagnostics=(*answers[0].diagnostics, *general))
        return answers

    # -- one question ------------------------------------------------------------------------------

    def question(self, asked: _Asked, what: str, revision: str | None = None) -> Question:
        """Return what the cache calls a question."""
        where = asked.revision if revision is None else revision
        return Question(self.shown, asked.kind, asked.name, where, what, scope_of(self._token))

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
    def croissant(self) -> bool:
        """Whether the Croissant metadata of datasets are read."""
        return self._croissant

    @property
    def volatile(self) -> bool:
        """Whether counters are wanted."""
        return self._volatile

    @property
    def workers(self) -> int:
        """How many requests are under way at once."""
        return self._workers

    def hub(self) -> Hub:
        """Return the connection to the hub, which is made when it is first needed."""
        with self._lock:
            if self._hub is None:
                self._hub = Hub(self.endpoint, token=self._token, wait=self._wait)
            return self._hub


def _switched_off() -> bool:
    """Tell whether the user has switched the network off, as huggingface_hub reads it (``HF_HUB_OFFLINE``)."""
    given = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE") or ""
    return given.upper() in {"1", "ON", "YES", "TRUE"}


def _question(component: Component) -> _Asked | None:
    """Return what to ask about *component*; None when it is nothing of a hub."""
    kind = {Kind.MODEL: "models", Kind.DATASET: "datasets"}.get(component.kind)
    if kind is None or component.provider != "huggingface" or not _NAME.fullmatch(component.name):
        return None
    if component.usage is Usage.MENTION and component.evidence:
        return None
    revisions = {e.revision or "" for e in component.evidence if e.usage is not Usage.MENTION}
    revision = component.commit or (revisions.pop() if len(revisions) == 1 else "")
    return _Asked(kind, component.name, revision)


class _Round:
    """One round of questions to a hub."""

    def __init__(self, source: HuggingFace, asked: Sequence[_Asked]) -> None:
        self.source = source
        self.asked = sorted(asked, key=lambda a: (a.kind, a.name, a.revision))
        self.records: dict[_Asked, Answer] = {}
        self.texts: dict[_Asked, Answer] = {}
        self.croissants: dict[_Asked, Answer] = {}
        self.licences: dict[_Asked, list[tuple[str, Answer]]] = {}
        self.heads: dict[_Asked, Answer] = {}
        self.failed: dict[_Asked, str] = {}
        self.unasked: list[_Asked] = []
        self.textless: list[_Asked] = []
        self.unread: list[_Asked] = []

    # -- asking ------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the records, then for the cards of what is there."""
        open_ = [a for a in self.asked if not self._kept(a)]
        if self.source.offline:
            self.unasked = open_
        elif open_:
            before = self.source.requests
            large = len(open_) > LARGE
            if large:
                open_ = self._by_owner(open_)
            self._each(self._record, open_)
            spent = self.source.requests - before
            self._ask_texts(math.floor(_BUDGET * len(self.asked)) - spent if large else None)
            self._ask_more(sparing=large)
            return
        self._ask_texts(None)
        self._ask_more(sparing=False)

    def _ask_more(self, *, sparing: bool) -> None:
        """
        Ask for what is good to know besides.

        With a large bill that is what the cache knows: an anonymous user's quota has to do for the records.
        """
        there = [a for a in self.asked if a in self.records and self.records[a].ok]
        self._ask_licences(there, sparing=sparing)
        for asked in there:
            if is_commit(asked.revision):
                self._ask_head(asked, sparing=sparing)
        self._ask_croissants()

    def _each(self, function: Callable[[_Asked], None], every: Sequence[_Asked]) -> None:
        if len(every) == 1:
            function(every[0])
            return
        with ThreadPoolExecutor(self.source.workers, thread_name_prefix="aibom-hub") as pool:
            for _ in pool.map(function, every):
                self.source.progress(len(self.records) + len(self.failed), len(self.asked))

    def _kept(self, asked: _Asked) -> bool:
        known = self.source.known(self.source.question(asked, "info"))
        if known is not None:
            self.records[asked] = known
        return known is not None

    def _record(self, asked: _Asked) -> None:
        path = f"/api/{asked.kind}/{asked.name}"
        if asked.revision:
            path += "/revision/" + _escaped(asked.revision)
        try:
            answer = self.source.hub().get(path + "?blobs=true&securityStatus=true")
        except Away as away:
            self.failed[asked] = str(away)
            return
        self._take(asked, answer)

    def _take(self, asked: _Asked, answer: Answer) -> None:
        if answer.ok:
            record = _json(answer.body)
            if record is None:
                self.failed[asked] = "the answer is no JSON"
                return
            answer = evolve(answer, canonical=str(record.get("id") or ""), commit=str(record.get("sha") or ""))
        self.records[asked] = answer
        self.source.keep(self.source.question(asked, "info"), answer)
        if answer.ok and is_commit(answer.commit) and answer.commit != asked.revision:
            self.source.keep(self.source.question(asked, "info", answer.commit), answer)

    def _by_owner(self, every: Sequence[_Asked]) -> list[_Asked]:
        """Ask for the repositories of each owner at once, and return what is left to be asked for by itself."""
        owners: dict[tuple[str, str], dict[str, _Asked]] = defaultdict(dict)
        rest = []
        for asked in every:
            owner, slash, _ = asked.name.partition("/")
            if slash and not asked.revision:
                owners[asked.kind, owner][asked.name] = asked
            else:
                rest.append(asked)
        groups = {key: group for key, group in owners.items() if len(group) > 1}
        rest += [a for key, group in owners.items() if key not in groups for a in group.values()]
        left: list[_Asked] = []

        def ask(key: tuple[str, str]) -> None:
            wanted = dict(groups[key])
            with suppress(Away):  # Then each is asked for by itself, and says why it fails.
                self._list(key, wanted)
            left.extend(wanted.values())

        with ThreadPoolExecutor(self.source.workers, thread_name_prefix="aibom-hub") as pool:
            for _ in pool.map(ask, sorted(groups)):
                pass
        return sorted([*rest, *left], key=lambda a: (a.kind, a.name, a.revision))

    def _list(self, key: tuple[str, str], wanted: dict[str, _Asked]) -> None:
        """Take what the list of an owner's repositories says of those that are *wanted* out of them."""
        kind, owner = key
        fields = _EXPAND_DATASETS if kind == "datasets" else _EXPAND
        hub = self.source.hub()
        query = "&".join([f"author={_escaped(owner)}", f"limit={_PAGE}", *(f"expand={name}" for name in fields)])
        url: str | None = f"/api/{kind}?{query}"
        # An owner with thousands of repositories is cheaper to ask for one by one.
        for _ in range(min(_MOST_PAGES, len(wanted))):
            if url is None or not wanted:
                return
            answer, url = hub.page(url)
            listed = _list(answer.body) if answer.ok else []
            for record in listed:
                name = record.get("id")
                asked = wanted.get(name) if isinstance(name, str) else None
                if asked is not None and is_commit(str(record.get("sha") or "")):
                    del wanted[str(name)]
                    self._take(asked, evolve(answer, body=json.dumps(record).encode()))

    def _ask_texts(self, budget: int | None) -> None:
        if not self.source.texts:
            return
        there = [a for a, answer in self.records.items() if answer.ok and _has_card(answer)]
        there.sort(key=lambda a: (a.kind, a.name, a.revision))
        open_ = []
        for asked in there:
            known = self.source.known(self.source.question(asked, "file:README.md", self._at(asked)))
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
        name = self.records[asked].canonical or asked.name
        folder = "datasets/" if asked.dataset else ""
        try:
            answer = self.source.hub().get(f"/{folder}{name}/resolve/{_escaped(at)}/README.md")
        except Away:
            self.textless.append(asked)
            return
        self.texts[asked] = answer
        self.source.keep(self.source.question(asked, "file:README.md", self._at(asked)), answer)

    def _ask_licences(self, there: Sequence[_Asked], *, sparing: bool) -> None:
        """Ask for the texts of the licences that the records list among the files."""
        if self.source.texts:
            wanted = [a for a in there if _licence_files(self.records[a])]
            if sparing or self.source.offline:
                for asked in wanted:
                    self._licence(asked, ask=False)
            else:
                self._each(self._licence, wanted)

    def _licence(self, asked: _Asked, *, ask: bool = True) -> None:
        """Take the texts of the licences of one repository, from the cache or, where that is wanted, from the hub."""
        at = self._at(asked)
        name = self.records[asked].canonical or asked.name
        folder = "datasets/" if asked.dataset else ""
        for path in _licence_files(self.records[asked]):
            question = self.source.question(asked, f"file:{path}", at)
            answer = self.source.known(question)
            if answer is None and ask:
                with suppress(Away):
                    answer = self.source.hub().get(
                        f"/{folder}{name}/resolve/{_escaped(at or 'main')}/{quote(path, safe='')}"
                    )
                    self.source.keep(question, answer)
            if answer is None or not answer.ok:
                self.unread.append(asked)
            else:
                self.licences.setdefault(asked, []).append((path, answer))

    def _ask_head(self, asked: _Asked, *, sparing: bool) -> None:
        """Ask where the default branch of a repository is of which a commit is used."""
        question = self.source.question(asked, "head", "")
        known = self.source.known(question)
        if known is None and not sparing and not self.source.offline:
            with suppress(Away):
                known = self.source.hub().get(f"/api/{asked.kind}/{asked.name}?expand=sha")
                known = evolve(known, commit=str((_json(known.body) or {}).get("sha") or ""), body=b"")
                self.source.keep(question, known)
        if known is not None and known.ok and is_commit(known.commit):
            self.heads[asked] = known

    def _ask_croissants(self) -> None:
        """Ask for the Croissant metadata of the datasets; a hub serves them for some."""
        if self.source.croissant:
            self._each(self._metadata, [a for a in self.records if a.dataset and self.records[a].ok])

    def _metadata(self, asked: _Asked) -> None:
        question = self.source.question(asked, "croissant", self._at(asked))
        known = self.source.known(question)
        if known is None and not self.source.offline:
            try:
                known = self.source.hub().get(f"/api/datasets/{self.records[asked].canonical or asked.name}/croissant")
            except Away:
                return
            self.source.keep(question, known)
        if known is not None:
            self.croissants[asked] = known

    # -- telling -----------------------------------------------------------------------------------

    def general(self) -> list[Diagnostic]:
        """Return what is to be said of many repositories at once."""
        found = []
        where = self.source.shown
        if self.unasked:
            message = f"{where} was not asked about {_some(self.unasked)}: offline, and no cache knows them"
            found.append(Diagnostic("hub-not-asked", message))
        reasons: dict[str, list[_Asked]] = defaultdict(list)
        for asked, why in self.failed.items():
            reasons[why].append(asked)
        for why, those in sorted(reasons.items()):
            found.append(Diagnostic("hub-unavailable", f"{where}: {why}: {_some(those)}"))
        if self.textless:
            found.append(Diagnostic("card-not-read", f"{where}: the text of the card of {_some(self.textless)}"))
        if self.unread:
            found.append(Diagnostic("licence-not-read", f"{where}: the text of the licence of {_some(self.unread)}"))
        return found

    def told(self, asked: _Asked, component: Component) -> Enrichment:
        """Return what the answers say of *component*."""
        answer = self.records.get(asked)
        if answer is None:
            return _by_table(component)
        place = component.evidence[0].location if component.evidence else None
        if not answer.ok:
            code, message = _refused(answer, asked, self.source.shown)
            return Enrichment(diagnostics=(Diagnostic(code, message, place),))
        record = _json(answer.body) or {}
        commit = answer.commit if is_commit(answer.commit) else ""
        source = f"hub:{'dataset' if asked.dataset else 'model'}_info" + (f"@{commit[:12]}" if commit else "")
        said = cards.of_record(record, dataset=asked.dataset, source=source, volatile=self.source.volatile)
        text = self.texts.get(asked)
        if text is not None and text.ok:
            words = text.body.decode("utf-8", "replace")
            at = f"card@{commit[:12]}" if commit else "card"
            read = cards.of_readme(words, dataset=asked.dataset, source=at)
            said = _completed(said, read)
        metadata = self.croissants.get(asked)
        if metadata is not None and metadata.ok:
            at = f"croissant@{commit[:12]}:json" if commit else "croissant"
            said = _completed(said, cards.of_croissant(_json(metadata.body) or {}, source=at))
        known = self._facts(asked, answer)
        told = of_said(component, said, name=known.name)
        day = datetime.fromtimestamp(answer.asked, UTC).date().isoformat()  # Scanners change their minds.
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
        resolutions: tuple[Resolution, ...] = ()
        if is_commit(answer.commit) and not is_commit(asked.revision):
            day = datetime.fromtimestamp(answer.asked, UTC).date().isoformat()
            resolutions = (Resolution(answer.commit.lower(), asked.revision, day, f"hub:{self.source.shown}"),)
        head = self.heads.get(asked)
        if head is not None:
            day = datetime.fromtimestamp(head.asked, UTC).date().isoformat()
            resolutions = (*resolutions, Resolution(head.commit.lower(), "", day, f"hub:{self.source.shown}"))
        elsewhere = self.source.shown not in {"https://huggingface.co", "https://hf.co"}
        return Enrichment(
            name=canonical,
            resolutions=resolutions,
            properties=[("repository-url", self.source.shown)] if elsewhere else [],
        )


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


def _has_card(answer: Answer) -> bool:
    """Tell whether the repository may have a card; only a list of its files can say that it has none."""
    record = _json(answer.body) or {}
    files = record.get("siblings")
    if not isinstance(files, list):
        return True
    return any(isinstance(f, Mapping) and f.get("rfilename") == "README.md" for f in files)


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


def _json(body: bytes) -> Mapping[str, object] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _list(body: bytes) -> list[Mapping[str, object]]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _escaped(revision: str) -> str:
    return quote(revision, safe="")
