"""Security notices of osv.dev about libraries with an exact version: from its API, the cache, or a downloaded dump."""

from __future__ import annotations

import json
import math
import re
import threading
import time
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from attrs import define, evolve, field, frozen
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from aibom.asking.cache import Answer, Cache, Question, default_path
from aibom.asking.client import Away, Hub, without_user
from aibom.asking.threads import WORKERS, at_once
from aibom.bill import Advisory, Component, Diagnostic, Enrichment, Kind, Rating, Usage
from aibom.errors import AibomError, TargetError
from aibom.expressions import expression

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["ENDPOINT", "OSV"]

ENDPOINT: Final = "https://api.osv.dev"
_ECOSYSTEMS: Final = {
    "pypi": "PyPI",
    "npm": "npm",
    "maven": "Maven",
    "golang": "Go",
    "cargo": "crates.io",
    "nuget": "NuGet",
    "gem": "RubyGems",
    "composer": "Packagist",
    "hex": "Hex",
    "pub": "Pub",
}
"""The ecosystems of the OSV schema (https://ossf.github.io/osv-schema/, 1.7), by the types of package URLs."""
_SEMVER: Final = frozenset({"npm", "Go", "crates.io", "Hex", "Pub"})
_BATCH: Final = 1000
"""The most questions of one request (https://google.github.io/osv.dev/post-v1-querybatch/)."""
_MOST_PAGES: Final = 50
_LARGEST: Final = 8 * 1024 * 1024
"""The most bytes of one record; the largest of a public dump has less than one million."""
_SHOWN: Final = 5
_TEXT: Final = 500
"""The most characters of a summary."""
_REFERENCES: Final = 50
_NAMES: Final = expression(rb'"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_MODIFIED: Final = expression(rb'"modified"\s*:\s*"(\d{4}-\d\d-\d\d)')
_SEMANTIC: Final = expression(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", re.ASCII)
_NUMERIC: Final = expression(r"\d+(?:\.\d+)*", re.ASCII)
_WORDS: Final = {
    **{word: word for word in ("critical", "high", "medium", "low", "none")},
    "moderate": "medium",
    "important": "high",
}


@frozen(order=True)
class _Asked:
    """A library in one version, in the words of OSV."""

    ecosystem: str
    name: str
    version: str

    @property
    def query(self) -> dict[str, object]:
        return {"package": {"ecosystem": self.ecosystem, "name": self.name}, "version": self.version}

    @property
    def shown(self) -> str:
        return f"{self.name} {self.version}"


@define
class _Found:
    """What came out about one library."""

    records: list[Mapping[str, Any]] = field(factory=list)
    when: str = ""
    """The day of the answer; empty while there is none."""
    whole: bool = False
    """Whether everything was there that may name the library."""
    undecided: list[str] = field(factory=list)


class OSV:
    """
    What osv.dev knows of security notices about libraries of PyPI, npm, Maven, Go, crates.io, NuGet, RubyGems, ….

    Names and exact versions of libraries are sent to *endpoint*, and nothing else. Answers are kept for a day in the
    file *cache*; with *offline* they alone are used, however old. With a *dump*, a ``.zip`` of records as osv.dev
    publishes one for each ecosystem or a folder of such files or records, nothing is asked. *wait* is as in
    `aibom.enrichers.huggingface.HuggingFace`.

    A library in whose properties ``notices-checked`` is missing was not checked; what kept it so is a diagnostic.
    """

    name = "osv"
    summary = "Security notices of osv.dev about libraries with an exact version, or of a dump of it."

    def __init__(
        self,
        *,
        endpoint: str = ENDPOINT,
        cache: str | os.PathLike[str] | Cache | None = None,
        offline: bool = False,
        dump: str | os.PathLike[str] | None = None,
        workers: int = WORKERS,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.shown = without_user(self.endpoint)
        self._offline = offline
        self._dump = None if dump is None else Path(dump)
        if self._dump is not None and not self._dump.exists():
            raise TargetError(f"there is no dump {self._dump.name!r}")
        self._workers = max(1, workers)
        self._wait = wait if wait is not None else lambda _seconds: True
        self._lock = threading.Lock()
        self._hub: Hub | None = None
        self._cache: Cache | None = None
        self._problems: list[Diagnostic] = []
        if self._dump is None:
            try:
                self._cache = cache if isinstance(cache, Cache) else Cache(default_path() if cache is None else cache)
            except AibomError as error:  # It can be asked all the same.
                self._problems.append(Diagnostic("cache-not-used", str(error)))

    def close(self) -> None:
        """Close connections and the cache."""
        if self._hub is not None:
            self._hub.close()
            self._hub = None
        if self._cache is not None:
            self._cache.close()

    def enrich(self, component: Component) -> Enrichment:
        """Return the notices about *component*; `enrich_all` asks about many at once."""
        return self.enrich_all([component])[0]

    def enrich_all(self, components: Sequence[Component]) -> list[Enrichment]:
        """Return the notices about each of *components*."""
        wanted: dict[_Asked, list[int]] = defaultdict(list)
        loose = []
        for number, component in enumerate(components):
            if component.kind is not Kind.LIBRARY or component.provider not in _ECOSYSTEMS:
                continue
            if component.evidence and component.usage is Usage.MENTION:
                continue
            asked = _question(component)
            if asked is None:
                loose.append(component.name)
            else:
                wanted[asked].append(number)
        problems, self._problems = self._problems, []
        if loose:
            problems.append(Diagnostic("notices-no-version", f"{_some(loose)}: no exact version is known"))
        found = self._from_dump(wanted, problems) if self._dump is not None else self._asked(wanted, problems)
        answers = [Enrichment() for _ in components]
        for asked, numbers in sorted(wanted.items()):
            told = found[asked]
            if told.undecided:
                text = f"{asked.shown}: {_some(told.undecided)} may be about it"
                problems.append(Diagnostic("notices-undecided", text))
            if told.when:
                known = self._told(asked, told)
                for number in numbers:
                    answers[number] = known
        if problems and answers:
            answers[0] = evolve(answers[0], diagnostics=tuple(problems))
        return answers

    def _told(self, asked: _Asked, found: _Found) -> Enrichment:
        where = f"{self._source}@{found.when}"
        advisories = [_advisory(record, asked, where) for record in found.records]
        # What is not whole is no check: then "nothing known" would be too much.
        checked = [("notices-checked", where)] if found.whole and not found.undecided else []
        return Enrichment(advisories=advisories, properties=checked)

    @property
    def _source(self) -> str:
        return "osv:dump" if self._dump is not None else f"osv:{urlsplit(self.shown).netloc or self.shown}"

    # -- asking ------------------------------------------------------------------------------------

    def _asked(self, wanted: Iterable[_Asked], problems: list[Diagnostic]) -> dict[_Asked, _Found]:
        found = {asked: _Found() for asked in sorted(wanted)}
        listed: dict[_Asked, Answer] = {}
        for asked in found:
            answer = self._kept(self._list_of(asked))
            if answer is not None and _ids(answer.body) is not None:
                listed[asked] = answer
        open_ = [asked for asked in found if asked not in listed]
        why = "offline, and the cache does not know" if self._offline else ""
        if open_ and not self._offline:
            try:
                for start in range(0, len(open_), _BATCH):
                    listed |= self._batch(open_[start : start + _BATCH])
            except Away as away:
                why = str(away)
        ids = {pair for answer in listed.values() for pair in _ids(answer.body) or ()}
        records = self._records(sorted(ids))
        lost = []
        for asked, answer in listed.items():
            pairs = _ids(answer.body) or ()
            if any(pair not in records for pair in pairs):
                lost.append(asked.shown)
                why = why or "a notice could not be read"
                continue
            found[asked].when = _day(answer.asked)
            found[asked].whole = True
            found[asked].records = [r for pair in pairs if not (r := records[pair]).get("withdrawn")]
        lost += [asked.shown for asked in open_ if asked not in listed]
        if lost:
            problems.append(Diagnostic("notices-not-asked", f"{_some(lost)}: {self.shown}: {why}"))
        return found

    def _batch(self, asked: Sequence[_Asked]) -> dict[_Asked, Answer]:
        """Return the ids of the notices about each of *asked*, page after page."""
        pairs: dict[_Asked, list[tuple[str, str]]] = {each: [] for each in asked}
        waiting: list[tuple[_Asked, str]] = [(each, "") for each in asked]
        for _ in range(_MOST_PAGES):
            if not waiting:
                break
            queries = [{**each.query, **({"page_token": token} if token else {})} for each, token in waiting]
            answer = self._connection().post("/v1/querybatch", json.dumps({"queries": queries}).encode())
            if not answer.ok:
                raise Away(f"HTTP {answer.status}")
            results = (_object(answer.body) or {}).get("results")
            if not isinstance(results, list) or len(results) != len(waiting):
                raise Away("the answer does not fit the questions")
            further = []
            for (each, _), result in zip(waiting, results, strict=True):
                told = result if isinstance(result, Mapping) else {}
                vulns = told.get("vulns")
                for vuln in vulns if isinstance(vulns, list) else ():
                    if isinstance(vuln, Mapping) and isinstance(id_ := vuln.get("id"), str):
                        pairs[each].append((id_, str(vuln.get("modified") or "")))
                token = told.get("next_page_token")
                if isinstance(token, str) and token:
                    further.append((each, token))
            waiting = further
        if waiting:
            raise Away("the list of notices does not end")
        now = time.time()
        answers = {
            each: Answer(200, json.dumps(sorted(set(list_))).encode(), asked=now) for each, list_ in pairs.items()
        }
        for each, kept in answers.items():
            self._keep(self._list_of(each), kept)
        return answers

    def _records(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Mapping[str, Any]]:
        """Return the notices that can be had, by id and day of change."""

        def one(pair: tuple[str, str]) -> Mapping[str, Any] | None:
            question = Question(self.shown, "osv", pair[0], pair[1], "notice")
            answer = self._kept(question)
            if answer is None and not self._offline:
                try:
                    answer = self._connection().get("/v1/vulns/" + quote(pair[0], safe=""))
                except Away:
                    return None
                if answer.ok and _object(answer.body) is not None:
                    self._keep(question, answer)
            return _object(answer.body) if answer is not None and answer.ok else None

        read = zip(pairs, at_once(one, pairs, workers=self._workers), strict=True)
        return {pair: record for pair, record in read if record is not None}

    def _list_of(self, asked: _Asked) -> Question:
        return Question(self.shown, "osv", f"{asked.ecosystem}/{asked.name}", asked.version, "list")

    def _kept(self, question: Question) -> Answer | None:
        return None if self._cache is None else self._cache.get(question, stale=self._offline)

    def _keep(self, question: Question, answer: Answer) -> None:
        if self._cache is not None:
            self._cache.put(question, answer)

    def _connection(self) -> Hub:
        with self._lock:
            if self._hub is None:
                self._hub = Hub(self.endpoint, wait=self._wait)
            return self._hub

    # -- a dump ------------------------------------------------------------------------------------

    def _from_dump(self, wanted: Iterable[_Asked], problems: list[Diagnostic]) -> dict[_Asked, _Found]:
        """Return what the dump has, which is read once, record by record."""
        assert self._dump is not None  # noqa: S101 - the caller's condition
        found = {asked: _Found() for asked in sorted(wanted)}
        if not found:
            return found
        by_name: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
        for asked in found:
            by_name[asked.ecosystem, _canonical(asked.ecosystem, asked.name)].append(asked)
        names = {name for _, name in by_name}
        newest = ""
        ecosystems: set[str] = set()
        broken: list[str] = []
        for where, body in _bodies(self._dump, broken):
            day = _MODIFIED.search(body)
            newest = max(newest, day[1].decode() if day else "")
            quick = _quick_ecosystem(body)
            ecosystems |= quick
            if not any(_mentions(raw, names) for raw in _NAMES.findall(body)):
                continue
            record = _object(body)
            if record is None:
                broken.append(where)
            elif not record.get("withdrawn"):
                _matched(record, by_name, found)
        unread = [asked for asked in found if asked.ecosystem not in ecosystems]
        for asked, told in found.items():
            told.when = newest or "unknown"
            told.whole = asked.ecosystem in ecosystems and not broken
        if unread:
            missing = _some([asked.ecosystem for asked in unread])
            text = f"{_some([asked.shown for asked in unread])}: the dump has no records of {missing}"
            problems.append(Diagnostic("notices-not-asked", text))
        if broken:
            problems.append(Diagnostic("notices-not-asked", f"{_some(broken)}: a part of the dump could not be read"))
        return found


def _question(component: Component) -> _Asked | None:
    """Return what to ask about a library; None when its version is not known."""
    if not component.version:
        return None
    ecosystem = _ECOSYSTEMS[component.provider]
    name = component.name
    if ecosystem == "Maven":  # OSV parts group and artifact by a colon.
        group, slash, artifact = name.rpartition("/")
        name = f"{group}:{artifact}" if slash else name
    version = component.version
    if ecosystem == "Go":
        version = version.removeprefix("v")
    return _Asked(ecosystem, canonicalize_name(name) if ecosystem == "PyPI" else name, version)


# -- reading a dump --------------------------------------------------------------------------------------

_ECOSYSTEM: Final = expression(rb'"ecosystem"\s*:\s*"([^":]+)')


def _quick_ecosystem(body: bytes) -> set[str]:
    return {raw.decode("utf-8", "replace") for raw in _ECOSYSTEM.findall(body)}


def _mentions(raw: bytes, names: set[str]) -> bool:
    if b"\\" in raw:  # An escape: the whole record is read.
        return True
    text = raw.decode("utf-8", "replace")
    return not names.isdisjoint((text, text.lower(), canonicalize_name(text)))


def _canonical(ecosystem: str, name: str) -> str:
    if ecosystem == "PyPI":
        return canonicalize_name(name)
    # Registries without upper and lower case.
    return name.lower() if ecosystem in {"NuGet", "Packagist"} else name


def _bodies(path: Path, broken: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the records of a dump, with what each is called; what cannot be read is added to *broken*."""
    files = sorted(p for p in path.rglob("*") if p.suffix in {".json", ".zip"}) if path.is_dir() else [path]
    for file in files:
        try:
            if file.suffix == ".json":
                with file.open("rb") as stream:
                    body = stream.read(_LARGEST + 1)
                if len(body) > _LARGEST:
                    broken.append(file.name)
                else:
                    yield file.name, body
            else:
                yield from _zipped(file, broken)
        # zipfile raises any of these for a damaged or an encrypted file.
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
            broken.append(file.name)


def _zipped(file: Path, broken: list[str]) -> Iterator[tuple[str, bytes]]:
    import zlib

    with zipfile.ZipFile(file) as archive:
        for info in sorted(archive.infolist(), key=lambda i: i.filename):
            if info.is_dir() or not info.filename.endswith(".json"):
                continue
            try:
                with archive.open(info) as stream:
                    body = stream.read(_LARGEST + 1)
            except (zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
                broken.append(f"{file.name}/{info.filename}")
                continue
            if len(body) > _LARGEST:
                broken.append(f"{file.name}/{info.filename}")
            else:
                yield info.filename, body


def _matched(
    record: Mapping[str, Any], by_name: Mapping[tuple[str, str], Sequence[_Asked]], found: Mapping[_Asked, _Found]
) -> None:
    said: dict[_Asked, list[bool | None]] = defaultdict(list)
    for ecosystem, name, affected in _affected(record):
        for asked in by_name.get((ecosystem, _canonical(ecosystem, name)), ()):
            said[asked].append(_is_affected(affected, ecosystem, asked.version))
    for asked, words in said.items():
        if True in words:
            found[asked].records.append(record)
        elif None in words:
            found[asked].undecided.append(str(record.get("id")))


def _affected(record: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    every = record.get("affected")
    for affected in every if isinstance(every, list) else ():
        package = affected.get("package") if isinstance(affected, Mapping) else None
        if isinstance(package, Mapping):
            ecosystem, name = package.get("ecosystem"), package.get("name")
            if isinstance(ecosystem, str) and isinstance(name, str):
                yield ecosystem.partition(":")[0], name, affected


# -- versions --------------------------------------------------------------------------------------------


def _is_affected(affected: Mapping[str, Any], ecosystem: str, version: str) -> bool | None:
    """
    Tell whether *affected* is about *version*, by the algorithm of the OSV schema; None when that cannot be decided.

    >>> ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.6.0"}]}]
    >>> [_is_affected({"ranges": ranges}, "PyPI", v) for v in ("2.5.1", "2.6.0rc1", "2.6", "nightly")]
    [True, True, False, None]
    """
    versions = affected.get("versions")
    listed = [v for v in versions if isinstance(v, str)] if isinstance(versions, list) else []
    if version in listed:
        return True
    own = _order(ecosystem, version)
    if own is not None and any(_order(ecosystem, v) == own for v in listed):
        return True
    answers: list[bool | None] = []
    ranges = affected.get("ranges")
    for each in ranges if isinstance(ranges, list) else ():
        kind = each.get("type") if isinstance(each, Mapping) else None
        if kind in {"SEMVER", "ECOSYSTEM"}:
            answers.append(_within(each, ecosystem, version))
    if True in answers:
        return True
    if None in answers:
        return None
    # A record that lists no versions but commits says nothing about ours.
    return False if answers or listed else None


def _within(stated: Mapping[str, Any], ecosystem: str, version: str) -> bool | None:
    events = []
    limits = []
    own = _order(ecosystem, version)
    every = stated.get("events")
    for event in every if isinstance(every, list) else ():
        for word, value in event.items() if isinstance(event, Mapping) else ():
            if word == "limit" and value == "*":
                continue
            order = _order(ecosystem, value) if isinstance(value, str) else None
            if word == "introduced" and value == "0":
                events.append((_FIRST, word))
            elif order is None or own is None:
                return None
            elif word == "limit":
                limits.append(order)
            elif word in {"introduced", "fixed", "last_affected"}:
                events.append((_After(order), word))
    if own is None:  # From the first version on, and never fixed: every version is meant.
        return bool(events)
    if limits and not any(own < limit for limit in limits):
        return False
    inside = False
    # What is fixed and comes back in the same version is there.
    for at, word in sorted(events, key=lambda e: (e[0].key, e[1] == "introduced")):
        if word == "introduced":
            inside = inside or at.key[0] == 0 or own >= at.order
        elif own > at.order or (word == "fixed" and own == at.order):
            inside = False
    return inside


@frozen(eq=False)
class _After:
    """Where an event stands in the order of versions."""

    order: Any
    first: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        return (0,) if self.first else (1, self.order)


_FIRST: Final = _After(None, first=True)


@lru_cache(4096)
def _order(ecosystem: str, version: str) -> Any:  # noqa: ANN401 - what compares within its ecosystem
    """
    Return what *version* is ordered by in *ecosystem*; None when no order is known.

    PyPI by PEP 440, npm, Go, crates.io, Hex and Pub by SemVer 2. In the others only versions of numbers and dots have
    an order that all of them agree on.

    >>> _order("npm", "1.0.0-rc.1") < _order("npm", "1.0.0"), _order("Maven", "1.0") == _order("Maven", "1")
    (True, True)
    >>> _order("Maven", "1.0-alpha-1")
    """
    if len(version) > 256:  # noqa: PLR2004 - no registry has longer ones
        return None
    if ecosystem == "PyPI":
        try:
            return Version(version)
        except InvalidVersion:
            return None
    if ecosystem in _SEMVER:
        found = _SEMANTIC.fullmatch(version)
        if found is None:
            return None
        pre = found[4]
        parts = tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pre.split(".")) if pre else ()
        return (int(found[1]), int(found[2]), int(found[3]), not pre, parts)
    if _NUMERIC.fullmatch(version) is None:
        return None
    numbers = [int(n) for n in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


# -- records ---------------------------------------------------------------------------------------------


def _advisory(record: Mapping[str, Any], asked: _Asked, source: str) -> Advisory:
    """Return what *record* says, as far as it is of the form of the schema."""
    ranges: list[str] = []
    fixed: list[str] = []
    own = [a for e, n, a in _affected(record) if (e, _canonical(e, n)) == _key(asked)]
    for affected in own:
        for each in _list(affected, "ranges"):
            if isinstance(each, Mapping) and each.get("type") in {"SEMVER", "ECOSYSTEM"}:
                text, mended = _range(each)
                ranges += text
                fixed += mended
    database = record.get("database_specific")
    specific = database if isinstance(database, Mapping) else {}
    references = [r.get("url") for r in _list(record, "references") if isinstance(r, Mapping)]
    urls = sorted({u for u in references if isinstance(u, str) and u.startswith(("https://", "http://"))})
    summary = _text(record, "summary") or _text(record, "details").strip().partition("\n")[0]
    return Advisory(
        _text(record, "id"),
        source,
        summary if len(summary) <= _TEXT else summary[: _TEXT - 1] + "…",
        aliases=[a for a in _list(record, "aliases") if isinstance(a, str)],
        ratings=list(_rated(record, own, specific)),
        cwes=[c for c in _cwes(specific, own) if re.fullmatch(r"CWE-\d{1,6}", c)],
        published=_text(record, "published"),
        modified=_text(record, "modified"),
        ranges=ranges,
        fixed=fixed,
        references=urls[:_REFERENCES],
    )


def _cwes(specific: Mapping[str, Any], own: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the weaknesses that a record names: GHSA's of the whole, those of OpenSSF (``MAL-…``) of each package."""
    yield from (c for c in _list(specific, "cwe_ids") if isinstance(c, str))
    for affected in own:
        held = affected.get("database_specific")
        for each in _list(held, "cwes") if isinstance(held, Mapping) else ():
            if isinstance(each, Mapping):
                yield _text(each, "cweId")


def _key(asked: _Asked) -> tuple[str, str]:
    return asked.ecosystem, _canonical(asked.ecosystem, asked.name)


def _range(stated: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the ranges of versions that *stated* opens and closes, and the versions that it calls fixed."""
    signs = {"introduced": ">=", "fixed": "<", "last_affected": "<=", "limit": "<"}
    texts: list[str] = []
    fixed = []
    for event in _list(stated, "events"):
        for word, value in event.items() if isinstance(event, Mapping) else ():
            if word not in signs or not isinstance(value, str):
                continue
            piece = signs[word] + value
            if word == "introduced" or not texts:
                texts.append(piece)
            else:
                texts[-1] += f", {piece}"
            if word == "fixed":
                fixed.append(value)
    return texts, fixed


def _rated(
    record: Mapping[str, Any], own: Iterable[Mapping[str, Any]], specific: Mapping[str, Any]
) -> Iterator[Rating]:
    word = _WORDS.get(_text(specific, "severity").lower())
    if word is not None:
        yield Rating(word, _text(record, "id").partition("-")[0])
    for each in (*_list(record, "severity"), *(s for a in own for s in _list(a, "severity"))):
        if not isinstance(each, Mapping):
            continue
        vector = _text(each, "score")
        if not vector.startswith("CVSS:") or len(vector) > _TEXT:
            continue
        score = _cvss3(vector)
        if score is None:  # A vector of CVSS 4, which is stated and not computed.
            yield Rating("unknown", "CVSS", vector)
        else:
            yield Rating(_word(score), "CVSS", vector, f"{score:.1f}")


def _word(score: float) -> str:
    """Return the word of CVSS 3 for *score* (specification, section 5)."""
    for least, word in ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low")):
        if score >= least:
            return word
    return "none"


_WEIGHTS: Final = {
    "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
    "AC": {"L": 0.77, "H": 0.44},
    "UI": {"N": 0.85, "R": 0.62},
    **{name: {"H": 0.56, "L": 0.22, "N": 0.0} for name in "CIA"},
}
_PRIVILEGES: Final = {"U": {"N": 0.85, "L": 0.62, "H": 0.27}, "C": {"N": 0.85, "L": 0.68, "H": 0.5}}


def _cvss3(vector: str) -> float | None:
    """
    Return the base score of a vector of CVSS 3.0 or 3.1 (first.org, specification of 3.1, section 7.1).

    >>> _cvss3("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), _cvss3("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N")
    (9.8, 6.1)
    >>> _cvss3("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")
    """
    head, *parts = vector.split("/")
    if head not in {"CVSS:3.0", "CVSS:3.1"}:
        return None
    said = dict(part.partition(":")[::2] for part in parts)
    try:
        scope = said["S"]
        weight = {name: table[said[name]] for name, table in _WEIGHTS.items()}
        privileges = _PRIVILEGES[scope][said["PR"]]
    except KeyError:
        return None
    base = 1 - math.prod(1 - weight[name] for name in "CIA")
    impact = 6.42 * base if scope == "U" else 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15
    if impact <= 0:
        return 0.0
    exploitability = 8.22 * weight["AV"] * weight["AC"] * privileges * weight["UI"]
    total = min((impact + exploitability) * (1.0 if scope == "U" else 1.08), 10.0)
    whole = round(total * 100_000)
    return whole / 100_000 if not whole % 10_000 else (whole // 10_000 + 1) / 10


def _ids(body: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the ids and days of change that were kept; None when that is no list of them."""
    try:
        value = json.loads(body)
        return tuple((str(id_), str(day)) for id_, day in value)
    except (ValueError, TypeError, RecursionError):
        return None


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _some(names: Iterable[str]) -> str:
    every = sorted(set(names))
    shown = ", ".join(every[:_SHOWN])
    return shown if len(every) <= _SHOWN else f"{shown} and {len(every) - _SHOWN} more"


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
