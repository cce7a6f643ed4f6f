"""The answers of a hub, kept in one file: what was asked, when, and what came back."""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from aibom.bill import is_commit
from aibom.errors import TargetError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

__all__ = ["ANONYMOUS", "Answer", "Cache", "Question", "default_path", "scope_of"]

ANONYMOUS: Final = "anonymous"
DAY: Final = 24 * 3600.0
HOUR: Final = 3600.0
_VERSION: Final = 1
_LARGEST: Final = 64 * 1024 * 1024
"""No answer that was kept is unpacked to more bytes than this, whatever the file says."""
_OK: Final = 200
_NEGATIVE: Final = frozenset({401, 403, 404, 410, 451})

_TABLE: Final = """
create table if not exists answers (
    endpoint text not null, kind text not null, name text not null, revision text not null, what text not null,
    scope text not null, status integer not null, code text not null, canonical text not null, "commit" text not null,
    asked real not null, body blob not null,
    primary key (endpoint, kind, name, revision, what, scope)
) without rowid
"""
_COLUMNS: Final = (
    *("endpoint", "kind", "name", "revision", "what", "scope", "status", "code", "canonical", "commit", "asked"),
    "body",
)
_LISTED: Final = ", ".join(f'"{column}"' for column in _COLUMNS)
_SELECT: Final = f"select {_LISTED} from answers"  # noqa: S608 - of our own words
_VALUES: Final = ", ".join("?" * len(_COLUMNS))
_INSERT: Final = f"insert into answers ({_LISTED}) values ({_VALUES})"  # noqa: S608 - of our own words
_END: Final = 253402300800.0
"""The first second of the year 10000: no time of an answer is later."""


@frozen
class Question:
    """What a hub is asked."""

    endpoint: str
    kind: str
    """``models`` or ``datasets``."""
    name: str
    revision: str
    """Empty for the default branch."""
    what: str
    """``info``, or ``file:`` and the path of a file."""
    scope: str = ANONYMOUS
    """Who asks: answers to a token are for nobody else. See `scope_of`."""

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What the answer is kept under."""
        return (self.endpoint, self.kind, self.name, self.revision, self.what, self.scope)


@frozen
class Answer:
    """What a hub answered."""

    status: int
    """Of HTTP."""
    body: bytes = b""
    canonical: str = ""
    """The name that the hub gives what it was asked for; empty when it does not say."""
    commit: str = ""
    code: str = ""
    """The hub's own word for an error, such as ``GatedRepo``."""
    asked: float = 0.0
    """When, in seconds since 1970."""

    @property
    def ok(self) -> bool:
        """Whether it is what was asked for, and no refusal."""
        return self.status == _OK


def scope_of(token: str | None) -> str:
    """Return a word for who holds *token*, from which nobody can learn it."""
    return ANONYMOUS if token is None else sha256(b"aibom:" + token.encode()).hexdigest()[:16]


def default_path() -> Path:
    """Return where answers are kept unless somebody says otherwise: in the platform's folder for caches."""
    from platformdirs import user_cache_path

    return user_cache_path("aibom", appauthor=False) / "hub.sqlite"


class Cache:
    """
    A file of answers. Threads and processes may share it.

    What was asked at a commit stays true for ever; at a branch it is believed for a day, that something is not there
    for an hour. Failures of the server are not kept. A file that is no cache, or cannot be written, raises
    `TargetError`.
    """

    def __init__(self, path: str | os.PathLike[str], *, now: Callable[[], float] = time.time) -> None:
        self.path = Path(path)
        self.problem = ""
        """What is wrong with the file, when that only shows while it is used."""
        self._now = now
        self._lock = threading.Lock()
        self._written = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=30, check_same_thread=False, isolation_level=None)
        except (OSError, ValueError, sqlite3.Error) as error:
            raise TargetError(f"cannot open the cache {self.path.name!r}: {_why(error)}") from None
        try:
            try:
                self._prepare()
            except sqlite3.OperationalError:  # It cannot be written; then it is read as it is.
                self._db.close()
                self._db = _as_it_is(self.path)
                _check(self._db)
        except sqlite3.Error as error:
            self._db.close()
            raise TargetError(_no_cache(self.path, error)) from None

    def _prepare(self) -> None:
        _check(self._db)
        with suppress(sqlite3.OperationalError):  # Some network file systems have no shared memory; then without.
            self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.execute(_TABLE)
        self._db.execute(f"pragma user_version = {_VERSION}")

    def get(self, question: Question, *, stale: bool = False) -> Answer | None:
        """
        Return the answer to *question*; None when none is kept that holds. With *stale* its age is no matter.

        What is damaged, or of another form than we write, is not there.
        """
        try:
            with self._lock:
                row = self._db.execute(
                    'select status, body, canonical, "commit", code, asked from answers where endpoint = ? and kind = ?'
                    " and name = ? and revision = ? and what = ? and scope = ?",
                    question.key,
                ).fetchone()
        except sqlite3.Error as error:
            self.problem = _no_cache(self.path, error)
            return None
        answer = None if row is None else _of_row(row)
        return answer if answer is None or stale or self._holds(question, answer) else None

    def _holds(self, question: Question, answer: Answer) -> bool:
        age = abs(self._now() - answer.asked)  # Of a machine whose clock is ahead it is no more true.
        if not answer.ok:
            return age < HOUR
        return is_commit(question.revision) or age < DAY

    def put(self, question: Question, answer: Answer) -> None:
        """Keep *answer*, unless it is a failure that says nothing about what was asked."""
        if (not answer.ok and answer.status not in _NEGATIVE) or not self._written:
            return
        packed = zlib.compress(answer.body, 6)
        row = (answer.status, answer.code, answer.canonical, answer.commit, answer.asked, packed)
        try:
            with self._lock:
                self._db.execute(_INSERT.replace("insert", "insert or replace"), (*question.key, *row))
        except sqlite3.OperationalError:  # The disk is full, the file is read-only, or somebody holds on to it.
            self._written = False
        except sqlite3.Error as error:
            self.problem = _no_cache(self.path, error)
            self._written = False

    def __len__(self) -> int:
        with self._lock:
            (count,) = self._db.execute("select count(*) from answers").fetchone()
        return int(count)

    def described(self) -> list[str]:
        """
        Return what is kept, a line for each hub, kind and way of asking: how many answers, and from when.

        >>> kept = Cache(":memory:")
        >>> kept.put(Question("https://hub.example", "models", "a/b", "", "info"), Answer(200, asked=86400.0))
        >>> kept.described()
        ['https://hub.example models (anonymous): 1, from 1970-01-02 to 1970-01-02']
        """
        with self._lock:
            found = self._db.execute(
                "select endpoint, kind, scope, count(*), min(asked), max(asked) from answers group by 1, 2, 3 order by"
                " 1, 2, 3"
            ).fetchall()
        return [
            f"{endpoint} {kind} ({ANONYMOUS if scope == ANONYMOUS else 'with a token'}): {count},"
            f" from {_day(first)} to {_day(last)}"
            for endpoint, kind, scope, count, first, last in found
        ]

    def export(self, path: str | os.PathLike[str]) -> int:
        """
        Write what everybody may know to the new file *path*, and return how many answers that is.

        Answers to a token stay behind. `TargetError` when *path* is there already or cannot be written.
        """
        target = Path(path)
        if target.exists():
            raise TargetError(f"{target.name!r} is there already; remove it, or name another file")
        try:
            with closing(Cache(target)) as other, self._lock:
                rows = self._db.execute(f"{_SELECT} where scope = ? order by 1, 2, 3, 4, 5", (ANONYMOUS,))
                count = other._take(rows)  # noqa: SLF001 - of the same class
                other._db.execute("pragma journal_mode = delete")  # noqa: SLF001 - one file, without others beside it
        except sqlite3.Error as error:
            target.unlink(missing_ok=True)
            raise TargetError(f"cannot copy {self.path.name!r} to {target.name!r}: {error}") from None
        return count

    def take_from(self, path: str | os.PathLike[str]) -> int:
        """Take over the answers in the file *path*, the newer one of two, and return how many that is."""
        source = Path(path)
        if not source.is_file():
            raise TargetError(f"there is no file {source.name!r}")
        try:
            with closing(_as_it_is(source)) as other:
                _check(other)
                rows = [row for row in other.execute(_SELECT).fetchall() if _of_row(_answered(row)) is not None]
        except sqlite3.Error as error:
            raise TargetError(_no_cache(source, error)) from None
        try:
            with self._lock:
                return self._take(rows)
        except sqlite3.Error as error:
            raise TargetError(f"the cache {self.path.name!r} cannot be written: {error}") from None

    def _take(self, rows: Iterable[tuple[object, ...]]) -> int:
        before = self._db.total_changes
        self._db.execute("begin immediate")
        try:
            self._db.executemany(
                f"{_INSERT} on conflict do update set"
                ' status = excluded.status, body = excluded.body, canonical = excluded.canonical, "commit" ='
                ' excluded."commit", code = excluded.code, asked = excluded.asked where excluded.asked > answers.asked',
                rows,
            )
        except sqlite3.Error:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")
        return self._db.total_changes - before

    def clear(self) -> int:
        """Forget everything, and return how many answers that was."""
        try:
            with self._lock:
                return int(self._db.execute("delete from answers").rowcount)
        except sqlite3.Error as error:
            raise TargetError(f"the cache {self.path.name!r} cannot be written: {error}") from None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()


def _as_it_is(path: Path) -> sqlite3.Connection:
    """Open the file at *path* without writing to it, nor beside it where that is not allowed."""
    address = path.absolute().as_uri()
    try:
        opened = sqlite3.connect(f"{address}?mode=ro", uri=True, check_same_thread=False, isolation_level=None)
        opened.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return sqlite3.connect(
            f"{address}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
    return opened


def _check(db: sqlite3.Connection) -> None:
    """Raise when the file is of a version that we do not know, or of somebody else."""
    (version,) = db.execute("pragma user_version").fetchone()
    if version not in {0, _VERSION}:
        raise sqlite3.DatabaseError(f"its version is {version}, and this aibom knows {_VERSION}")
    tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
    columns = {row[1] for row in db.execute("pragma table_info(answers)")}
    if (tables and "answers" not in tables) or columns not in ({*_COLUMNS}, set()):
        raise sqlite3.DatabaseError("it holds something else")


def _answered(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what `_of_row` takes of a whole *row*."""
    status, code, canonical, commit, asked, body = row[6:]
    return status, body, canonical, commit, code, asked


def _of_row(row: tuple[Any, ...]) -> Answer | None:
    """Return the answer that a *row* is; None when somebody else has put another thing there, or it is damaged."""
    status, body, canonical, commit, code, asked = row
    texts = all(isinstance(value, str) for value in (canonical, commit, code))
    if not (texts and isinstance(status, int) and isinstance(asked, float) and 0 <= asked < _END):
        return None
    unpacked = _unpacked(body)
    return None if unpacked is None else Answer(status, unpacked, canonical, commit, code, asked)


def _unpacked(body: bytes) -> bytes | None:
    """Return what *body* packs; None when it is damaged or far too large."""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(body, _LARGEST)
    except (zlib.error, TypeError):
        return None
    return data if reader.eof else None


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _no_cache(path: Path, error: sqlite3.Error) -> str:
    return f"{path.name!r} is no cache of aibom: {error}; remove it, or name another one"


def _why(error: OSError | ValueError | sqlite3.Error) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
