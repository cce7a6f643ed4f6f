"""What a detector, an enricher and a rule are."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache, cached_property, partial
from inspect import cleandoc
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, runtime_checkable

from attrs import evolve, field, frozen

from aibom import signatures as _signatures
from aibom.diagnostics import Level
from aibom.errors import PluginError
from aibom.prefilter import pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.assessment import Reason, View
    from aibom.bill import Component, Detection, Diagnostic, Enrichment
    from aibom.files import File
    from aibom.knowledge import Signature

Hints: TypeAlias = "tuple[str | tuple[str, ...], ...]"
"""What `Detector.hints` is."""

__all__ = [
    "CODE",
    "Detector",
    "Enricher",
    "FunctionDetector",
    "FunctionRule",
    "Hints",
    "Rule",
    "SignatureDetector",
    "detector",
    "hints_of",
    "rule",
    "wants",
]

CODE = (
    *("*.py", "*.pyw", "*.ipynb"),
    *("*.js", "*.mjs", "*.cjs", "*.jsx", "*.ts", "*.mts", "*.cts", "*.tsx", "*.vue", "*.svelte"),
    *("*.java", "*.kt", "*.kts", "*.go", "*.rs", "*.cs", "*.php"),
)
"""The files that a detector of code asks for."""


@runtime_checkable
class Detector(Protocol):
    """
    Something that knows how to find one thing.

    It sees one file at a time and yields what the file claims. It opens nothing, catches nothing and logs nothing:
    the core walks, reads, parses, and turns an exception into a diagnostic.
    """

    @property
    def name(self) -> str:
        """Lower case with hyphens; the core writes it on every detection."""

    @property
    def summary(self) -> str:
        """What it finds; one sentence for the reference."""

    @property
    def files(self) -> tuple[str, ...]:
        """Shell patterns of base names: ``*.py``, ``requirements*.txt``. It is shown no other file."""

    @property
    def hints(self) -> Hints:
        """
        Regular expressions (RE2), one of which occurs in every file of code that it has something to say about.

        A tuple of expressions holds when all of them occur; put the rarest first. A file of code without a hint of any
        detector is not parsed. None: every file of *files* is shown.
        """

    def detect(self, file: File) -> Iterable[Detection | Diagnostic]:
        """Yield what *file* claims."""


@runtime_checkable
class Enricher(Protocol):
    """
    Something that knows more about components than the code says: a hub, a cache, a table.

    It is asked about one component at a time, from several threads, and answers with an `Enrichment`; an empty one
    when it knows nothing. It may raise: the core turns an exception into a diagnostic, and asks on.

    Two further methods are used where it has them. ``enrich_all(components)`` is asked instead, once for each round,
    and returns as many enrichments in the same order. ``close()`` is called on those that aibom made itself. One with
    an attribute ``last`` that is true is asked once, after all others, about the components as they are by then.
    """

    @property
    def name(self) -> str:
        """Lower case with hyphens; diagnostics name it."""

    @property
    def summary(self) -> str:
        """What it knows, and from where; one sentence for the reference."""

    def enrich(self, component: Component) -> Enrichment:
        """Return what is known about *component*."""


@runtime_checkable
class Rule(Protocol):
    """
    Something that says what the facts about a component mean.

    It is shown one component at a time, with the bill around it, and yields reasons; none when there is nothing to say.
    It reads nothing else and uses no network. It may raise: the core turns an exception into a diagnostic, and goes on.
    It claims no more than the facts carry: what nobody stated is unknown, and never bad or good.

    One that has a method ``whole(view)`` is asked once more, about what is of no component: a finding of that is about
    the tree, and its `Finding.component` is empty.
    """

    @property
    def id(self) -> str:
        """Lower case with hyphens; once released, it stays and keeps its meaning."""

    @property
    def summary(self) -> str:
        """What it sees; one sentence for the reference."""

    @property
    def why(self) -> str:
        """Why that matters; a sentence or two for the reference."""

    @property
    def fix(self) -> str:
        """What a reader can do about it; one sentence."""

    @property
    def level(self) -> Level:
        """That of its findings, unless a reason says otherwise."""

    @property
    def references(self) -> tuple[str, ...]:
        """Where one can read more: addresses, or ids such as ``CWE-494``."""

    def judge(self, component: Component, view: View) -> Iterable[Reason]:
        """Yield what there is to say about *component*, in a bill that *view* shows."""


def wants(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one expression for the base names that the shell *patterns* match."""
    return _wanting(tuple(patterns))


@cache
def _wanting(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(p) for p in patterns) or r"(?!)")


@frozen
class FunctionDetector:
    """A detector that is a function; `detector` makes it."""

    name: str
    summary: str
    files: tuple[str, ...]
    _hints: Hints | Callable[[], Hints]
    """A function of them where they are made of a table, which is not read before a file of code is there."""
    detect: Callable[[File], Iterable[Detection | Diagnostic]] = field(repr=False)

    @cached_property
    def hints(self) -> Hints:
        """What `Detector.hints` says."""
        return self._hints() if callable(self._hints) else self._hints


def detector(
    name: str, *, files: Iterable[str] = CODE, hints: Iterable[str | tuple[str, ...]] = ()
) -> Callable[[Callable[[File], Iterable[Detection | Diagnostic]]], FunctionDetector]:
    """
    Make a detector of a function that takes a file and yields detections.

    The first line of its docstring is the summary. `PluginError` when something is not as `Detector` asks for.

    >>> @detector("acme", hints=["acme_ai"])
    ... def acme(file):
    ...     '''Models of the Acme cloud.'''
    ...     yield from ()
    >>> acme.name, acme.summary
    ('acme', 'Models of the Acme cloud.')
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise PluginError(f"a detector's name is lower case with hyphens, and {name!r} is not")
    for word, given in (("files", files), ("hints", hints)):
        if isinstance(given, str):
            raise PluginError(f"the {word} of the detector {name!r} are a sequence: write [{given!r}]")
    files, hints = tuple(files), tuple(hints)
    if hints:  # They are of the right form.
        pattern_of(part for hint in hints for part in ([hint] if isinstance(hint, str) else hint))

    def make(function: Callable[[File], Iterable[Detection | Diagnostic]]) -> FunctionDetector:
        lines = (function.__doc__ or "").strip().splitlines()
        if not lines:
            raise PluginError(f"the detector {name!r} has no docstring: write in a sentence what it finds")
        return FunctionDetector(name, lines[0].strip(), files, hints, function)

    return make


@frozen
class FunctionRule:
    """A rule that is a function; `rule` makes it."""

    id: str
    summary: str
    why: str
    fix: str
    level: Level
    references: tuple[str, ...]
    judge: Callable[[Component, View], Iterable[Reason]] = field(repr=False)
    whole: Callable[[View], Iterable[Reason]] | None = field(default=None, repr=False)


def rule(
    id: str,  # noqa: A002 - the users' word
    *,
    level: Level | str,
    fix: str,
    references: Iterable[str] = (),
    whole: Callable[[View], Iterable[Reason]] | None = None,
) -> Callable[[Callable[[Component, View], Iterable[Reason]]], FunctionRule]:
    """
    Make a rule of a function that takes a component and a view of its bill, and yields reasons.

    *whole*, a function that takes a view alone, has what the rule says of no component; see `Rule`.
    The first line of its docstring says what it sees, and the rest why that matters. `PluginError` when something is
    not as `Rule` asks for.

    >>> from aibom.assessment import Reason
    >>> @rule("not-ours", level="warning", fix="Use a model of Acme.")
    ... def not_ours(component, view):
    ...     '''
    ...     A model is not of Acme.
    ...
    ...     We look at our own models only.
    ...     '''
    ...     if component.group != "acme":
    ...         yield Reason(f"{component.name} is not of acme")
    >>> not_ours.level, not_ours.summary, not_ours.why
    (<Level.WARNING: 'warning'>, 'A model is not of Acme.', 'We look at our own models only.')
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        raise PluginError(f"the id of a rule is lower case with hyphens, and {id!r} is not")
    if isinstance(references, str):
        raise PluginError(f"the references of the rule {id!r} are a sequence: write [{references!r}]")
    try:
        chosen = Level(level)
    except ValueError:
        raise PluginError(f"the level of the rule {id!r} is {level!r}, not one of {', '.join(Level)}") from None
    known = tuple(references)

    def make(function: Callable[[Component, View], Iterable[Reason]]) -> FunctionRule:
        summary, _, why = cleandoc(function.__doc__ or "").partition("\n\n")
        if not summary or not why:
            raise PluginError(f"the rule {id!r} lacks a docstring: a line what it sees, an empty one, why it matters")
        return FunctionRule(id, " ".join(summary.split()), " ".join(why.split()), fix, chosen, known, function, whole)

    return make


@frozen
class SignatureDetector:
    """A detector that is rows of a table: calls, and where in them the name stands."""

    name: str
    summary: str
    _table: tuple[Signature, ...] | Callable[[], tuple[Signature, ...]] = field(repr=False)
    """A function where it is aibom's own, which is not read before a file of code is there."""
    files: tuple[str, ...] = CODE
    _hints: Hints | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        name: str,
        summary: str,
        *,
        files: tuple[str, ...] = CODE,
        hints: Iterable[str | tuple[str, ...]] | None = None,
    ) -> SignatureDetector:
        """Return the detector of the rows of aibom's own table whose detector is *name*; *hints*: not the table's."""
        return cls(name, summary, partial(_rows_of, name), files, None if hints is None else tuple(hints))

    @cached_property
    def table(self) -> tuple[Signature, ...]:
        """Return the rows. `PluginError` when aibom's own table has none for it."""
        return self._table() if callable(self._table) else self._table

    @cached_property
    def hints(self) -> Hints:
        """What `Detector.hints` says: those of the table, unless others were given."""
        return hints_of(self.table) if self._hints is None else self._hints

    @cached_property
    def _among(self) -> _signatures.ByLast:
        return _signatures.by_last(self.table)

    def detect(self, file: File) -> Iterator[Detection]:
        """Yield what the calls of *file* name that answer to the table."""
        among = self._among
        calls = _signatures.candidates(file.code, among)
        stars = _signatures.stars(file.code) if calls else ()
        for call in calls:
            known = call
            found = list(_signatures.matching(call.callee, among))
            for callee in _signatures.under(stars, call, among) if stars and not found else ():
                found = found or list(_signatures.matching(callee, among))
                known = evolve(call, callee=callee) if found and known is call else known
            for signature in found:
                yield from _signatures.claims(known, signature, file.at(call.line, call.column))


@cache
def _rows_of(detector: str) -> tuple[Signature, ...]:
    table = tuple(s for s in _signatures.every() if s.detector == detector)
    if not table:
        raise PluginError(f"no row of the table of signatures belongs to {detector!r}")
    return table


_WORDS: Final = frozenset(
    [
        *("TTS", "agents", "agno", "asteroid", "autogen", "cohere", "colbert", "doctr", "dspy", "espnet2", "fireworks"),
        *("flair", "guidance", "haystack", "instructor", "keras", "kokoro", "magentic", "marvin", "nemo"),
        *("outlines", "replicate", "sglang", "sklearn", "stanza", "strands", "surya", "texify", "together", "torch"),
        *("whisper",),
    ]
)
"""Packages whose names are words that stand elsewhere too, or whose use is mostly of another kind."""
_NAMESPACES: Final = frozenset({"azure", "google"})
"""Packages that many distributions share."""


def hints_of(table: Iterable[Signature]) -> tuple[str, ...]:
    """
    Return the expressions that a file must hold to have a call of *table*.

    That is the package's name (an import of it where the name is a word of its own), or, where the receiver is not told
    by the file, the last two parts of the call.
    """
    return tuple(sorted({_hint(signature.callee) for signature in table}))


_PACKAGE: Final = {"java": 3, "dotnet": 1, "rust": 1}
"""So many parts of a dotted name tell a package from others; in Go its whole path does."""


def _hint(callee: str) -> str:
    prefix, colon, whole = callee.partition(":")
    if colon:
        parts = re.split(r"[*(]", whole, maxsplit=1)[0].rstrip(".").split(".")
        if prefix == "go":
            folders, slash, last = ".".join(parts).rpartition("/")
            return re.escape(f"{folders}{slash}{last.partition('.')[0]}")
        if prefix == "php":  # The first part may be a word of prose; behind it stands ``\`` or ``::``.
            return r"\b" + re.escape(parts[0].removesuffix("()")) + r"(?:\\|::)"
        return r"\b" + re.escape(".".join(parts[: _PACKAGE.get(prefix, 1)])) + r"\b"
    first, *rest = callee.split(".")
    if first in _WORDS:
        return rf"\b(?:from|import)[ \t](?:[^\n]*[ \t,])?{first}\b"
    if first in _NAMESPACES:
        return rf"\b{first}(?:\.|[ \t]+import[^\n]*[ \t,]){_literal(rest[0])}\b"
    if first == "**":
        return r"\b" + _literal(rest[-1])
    if first.startswith("*"):
        return _literal(max(first.split("*"), key=len))
    if first != "?":
        return r"\b" + _literal(first)
    *_, before, last = ["**", *rest]
    if "*" in before or "(" in before:
        return _literal(last)
    return rf"{_literal(before)}\s*\.\s*{_literal(last)}"  # A chain of calls may be broken before or after a dot.


def _literal(part: str) -> str:
    """Return an expression for what stands in the code before a ``*`` or the arguments of a call."""
    return re.escape(re.split(r"[*(]", part, maxsplit=1)[0])
