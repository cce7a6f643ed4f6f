"""The public verbs: run detectors over a tree, enrichers and rules over a bill, and write what they found."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.asking.threads import WORKERS, at_once
from aibom.bill import (
    Advisory,
    Bill,
    Card,
    Component,
    Detection,
    Diagnostic,
    Enrichment,
    Fact,
    Kind,
    Location,
    Metric,
    ModelFile,
    Relation,
    Resolution,
    Target,
)
from aibom.commands.started import STARTED
from aibom.credentials import masked
from aibom.detectors import builtin
from aibom.errors import DocumentError, PluginError
from aibom.expressions import expression
from aibom.files import CODE_SUFFIXES, LIMIT, walk
from aibom.manifests import DESCRIBING, describe
from aibom.names import without_secrets
from aibom.plugins import ENRICHERS, RULES, load
from aibom.prefilter import pattern_of
from aibom.protocols import Detector, Enricher, Rule, wants
from aibom.resolve import components, relations, stated, uses

if TYPE_CHECKING:
    import os
    import re
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from aibom.compare import Difference
    from aibom.decisions import Decision
    from aibom.elements import Element, Statement
    from aibom.files import File, Tree
    from aibom.link import Source
    from aibom.policy import Outcome, Policy
    from aibom.prefilter import Pattern
    from aibom.protocols import Hints
    from aibom.syntax import Code, Data

__all__ = [
    "FORMATS",
    "HASH_LIMIT",
    "assess",
    "available_detectors",
    "available_enrichers",
    "available_rules",
    "check",
    "convert",
    "coverage",
    "diff",
    "enrich",
    "format_of",
    "render",
    "scan",
    "with_statements",
    "write",
]

HASH_LIMIT: Final = 16 * 1024**3
"""The most bytes of a model file that is hashed, unless the caller says otherwise: about a minute of reading."""


def available_detectors(*, plugins: bool = True) -> tuple[tuple[Detector, ...], tuple[Diagnostic, ...]]:
    """Return aibom's own detectors and those of installed plugins, and diagnostics for plugins that do not load."""
    if not plugins:
        return builtin(), ()
    found: list[Detector] = list(builtin())
    loaded, problems = load()
    broken = []
    for name, offered in loaded:
        try:
            found.append(_made(offered))
        except Exception as error:  # noqa: BLE001 - somebody else's code may raise anything, and the scan goes on
            why = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
            broken.append(Diagnostic("plugin-not-loaded", f"{name}: {why}"))
    return tuple(found), (*problems, *broken)


def _made(offered: object) -> Detector:
    """Return the detector that an entry point offers, or that what it offers makes; `PluginError` when it is none."""
    made = offered
    if callable(offered) and (isinstance(offered, type) or not isinstance(offered, Detector)):
        made = offered()
    if not isinstance(made, Detector):
        raise PluginError("it is no detector: see aibom.protocols.Detector")
    run = _Run([made])  # Its patterns are of the right form:
    _ = run.strong, run.weak
    return made


def scan(  # noqa: PLR0913 - options, by name
    path: str | os.PathLike[str] = ".",
    *,
    detectors: Sequence[Detector] | None = None,
    plugins: bool = True,
    exclude: Sequence[str] = (),
    ignore: bool = True,
    libraries: bool = True,
    limit: int = LIMIT,
    progress: Callable[[int], object] | None = None,
    hashes: bool | int = True,
    hash_progress: Callable[[int, int], object] | None = None,
) -> Bill:
    r"""
    Find the AI that the code below *path* uses. Reads the disk; uses no network; runs nothing of what it reads.

    *path* is a folder or a single file. *detectors* are aibom's own and those of *plugins* unless they are given.
    *exclude* are patterns as in a ``.gitignore``; *ignore* says whether ``.gitignore`` and ``.aibomignore`` count.
    Without *libraries* the bill has models, datasets and services alone. A file of more than *limit* bytes is not
    read. *progress* is called with the number of files that were seen so far.

    With *hashes*, model files get their SHA-256; those of more bytes than *hashes*, or than `HASH_LIMIT` when it is
    True, get a diagnostic instead. *hash_progress* is called with how many bytes of how many were hashed so far, not
    always from the caller's thread.

    `TargetError` when there is nothing at *path*. What cannot be read or decided is in the bill's diagnostics.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "app.py").write_text("from openai import OpenAI\nOpenAI().responses.create(model='gpt-4o')\n")
    >>> scan(folder)
    <Bill: 1 model, 1 service, 1 library>
    """
    problems: list[Diagnostic] = []
    if detectors is None:
        detectors, lost = available_detectors(plugins=plugins)
        problems += lost
    else:
        for each in detectors:
            if not isinstance(each, Detector):
                raise PluginError(f"{each!r} is no detector: see aibom.protocols.Detector")
    run = _Run(detectors)
    tree = walk(path, exclude=exclude, ignore=ignore, limit=limit, wanted=run.wanted)
    for number, file in enumerate(tree, 1):
        run.look(file)
        if progress is not None:
            progress(number)
    target = _target(tree)
    settled, open_ = run.settled(tree, target.name)
    if not libraries:
        settled = [d for d in settled if d.kind is not Kind.LIBRARY]
    if hashes is not False:
        settled, without = _hashed(tree, settled, HASH_LIMIT if hashes is True else hashes, hash_progress)
        problems += without
    found, edges = relations(components(settled))
    diagnostics = [*problems, *run.diagnostics, *open_, *tree.diagnostics]
    return Bill(
        found,
        (*edges, *stated(settled, found), *uses(settled, found)),
        diagnostics=diagnostics,
        coverage=tree.coverage,
        target=target,
    )


def _hashed(
    tree: Tree, detections: list[Detection], limit: int, progress: Callable[[int, int], object] | None
) -> tuple[list[Detection], list[Diagnostic]]:
    """Return *detections* with the hashes of the files that lie in *tree*, and why some have none."""
    sizes = {f.source.removeprefix("file:"): f.size for d in detections for f in d.files if _wants_hash(f)}
    if not sizes:
        return detections, []
    from aibom.weights.digests import digests  # Trees without model files need none.

    problems = [
        Diagnostic("not-hashed", f"it has {size:,} bytes, more than the limit of {limit:,} for hashes", Location(path))
        for path, size in sizes.items()
        if size > limit
    ]
    opened = {path: tree.file(path) for path, size in sizes.items() if size <= limit}
    total = sum(sizes[path] for path in opened)
    taken = digests(
        {path: file.stream for path, file in sorted(opened.items()) if file is not None},
        progress=None if progress is None else lambda done: progress(done, total),
    )

    def with_hash(file: ModelFile) -> ModelFile:
        digest = taken.get(file.source.removeprefix("file:")) if _wants_hash(file) else None
        return file if digest is None else evolve(file, hashes=[("SHA-256", digest)])

    return [_with_files(d, [with_hash(f) for f in d.files]) if d.files else d for d in detections], problems


def _with_files(detection: Detection, files: list[ModelFile]) -> Detection:
    """Return *detection* with *files*; the hash of a model that is one file of the tree is that of the file."""
    weights = [f for f in files if f.format]
    own = weights[0].hashes if detection.provider == "local" and len(weights) == 1 else ()
    return evolve(detection, files=files, hashes=[*detection.hashes, *own])


def _wants_hash(file: ModelFile) -> bool:
    return file.source.startswith("file:") and not file.hashes


_MOST_NAMES: Final = 10_000
"""Names of files whose detectors are remembered."""


class _Run:
    """One scan: the detectors, and what they have found so far."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self.given = tuple(detectors)
        self.own_hints: dict[str, list[list[Pattern]]] = {}
        self.by_name: dict[str, list[Detector]] = {}
        self.detections: list[Detection] = []
        self.diagnostics: list[Diagnostic] = []
        self.codes: dict[str, Code] = {}
        self.linkable: list[str] = []
        self.settings: list[str] = []
        self.images: list[str] = []

    @cached_property
    def detectors(self) -> list[tuple[Detector, re.Pattern[str]]]:
        """Each detector, with the names that it asks for."""
        return [(d, wants(d.files)) for d in self.given]

    @cached_property
    def hints(self) -> Hints:
        """The hints about code. A detector of settings has hints of its own, which say nothing about it."""
        of_code = [d for d, pattern in self.detectors if any(pattern.match(f"x{suffix}") for suffix in CODE_SUFFIXES)]
        return tuple(sorted({h for d in of_code for h in d.hints}, key=str))

    @cached_property
    def strong(self) -> Pattern:
        """Holds in every file that has a hint of one expression."""
        return pattern_of(h for h in self.hints if isinstance(h, str))

    @cached_property
    def any_hint(self) -> Pattern:
        """Holds in every file that has a hint, and in few others: one search, and not several, of most files."""
        return pattern_of(h if isinstance(h, str) else h[0] for h in self.hints)

    @cached_property
    def weak(self) -> list[list[Pattern]]:
        """The hints of several expressions."""
        return [[pattern_of([part]) for part in h] for h in self.hints if isinstance(h, tuple)]

    def wanted(self, name: str) -> bool:
        """Tell whether a detector asks for files called *name*."""
        return bool(self._for(name))

    def _for(self, name: str) -> list[Detector]:
        """Return the detectors that ask for files called *name*; names recur, and so does what is in their endings."""
        found = self.by_name.get(name)
        if found is None:
            found = [d for d, pattern in self.detectors if pattern.match(name)]
            if len(self.by_name) < _MOST_NAMES:
                self.by_name[name] = found
        return found

    def _asking(self, file: File) -> list[Detector]:
        """Return the detectors that ask for *file*: a script without a suffix is what its first line says."""
        found = self._for(file.name)
        if found or "." in file.name:
            return found
        return self._for(f"{file.name}.{'sh' if file.language is None else 'py'}")

    def _has_hint(self, detector: Detector, data: bytes) -> bool:
        """Tell whether a file that is no code, and holds *data*, has something for *detector*."""
        parts = self.own_hints.get(detector.name)
        if parts is None:
            strong = pattern_of(h for h in detector.hints if isinstance(h, str))
            weak = [[pattern_of([part]) for part in h] for h in detector.hints if isinstance(h, tuple)]
            parts = self.own_hints[detector.name] = [[strong], *weak]
        return any(all(part.search(data) is not None for part in group) for group in parts)

    def _hinted(self, data: bytes) -> bool:
        """Tell whether a file of code that holds *data* is worth parsing."""
        if self.any_hint.search(data) is None:
            return False
        return self.strong.search(data) is not None or any(
            all(part.search(data) is not None for part in parts) for parts in self.weak
        )

    def look(self, file: File) -> None:
        """Show *file* to the detectors that ask for it."""
        code = file.language is not None
        if file.format is not None:
            self.settings.append(file.path)
        if _IMAGE.search(file.name):
            self.images.append(file.path)
        if code:
            self.linkable.append(file.path)
            hintless = any(not d.hints for d in self._asking(file))
            if not hintless and not self._hinted(_searchable(file)):
                file.release()
                return
            self.codes[file.path] = file.code
        for detector in self._asking(file):
            if code or not detector.hints or self._has_hint(detector, file.bytes):
                self._run(detector, file)
        self.diagnostics += file.diagnostics
        file.release()

    def _run(self, detector: Detector, file: File) -> None:
        try:
            offered: Iterable[object] = detector.detect(file)
            for found in offered:
                if isinstance(found, Detection):
                    self.detections.append(evolve(found, detector=detector.name))
                elif isinstance(found, Diagnostic):
                    self.diagnostics.append(found)
                else:
                    self._failed(detector, file, f"it yielded {type(found).__name__}, not a Detection or a Diagnostic")
        except Exception as error:  # noqa: BLE001 - one crashing detector never stops a scan
            self._failed(detector, file, f"{type(error).__name__}: {error}")

    def _failed(self, detector: Detector, file: File, why: str) -> None:
        self.diagnostics.append(Diagnostic("detector-failed", f"{detector.name}: {why}", Location(file.path)))

    def settled(self, tree: Tree, own: str | None) -> tuple[list[Detection], list[Diagnostic]]:
        """Return the detections with their names settled, and what of them is open."""
        if not self.codes and all(STARTED in d.flags for d in self.detections):
            return [], []
        from aibom.link import link  # A tree without AI needs none.

        return link(self.source(tree, own), self.detections)

    def source(self, tree: Tree, own: str | None) -> Source:
        """Return the modules of *tree* for `link`; those without a hint are read again when a name leads there."""

        def code(path: str) -> Code:
            if path not in self.codes:
                file = tree.file(path)
                if file is None:
                    from aibom.syntax import Code

                    self.codes[path] = Code("")
                else:
                    self.codes[path] = file.code
                    file.release()
            return self.codes[path]

        def data(path: str) -> bytes:
            file = tree.file(path)
            if file is None:
                return b""
            content = _searchable(file)
            file.release()
            return content

        def settings(path: str) -> Data:
            file = tree.file(path)
            if file is None:
                from aibom.syntax import Data

                return Data("")
            values = file.data
            file.release()
            return values

        from aibom.link import Source

        return Source(
            self.linkable,
            code,
            data,
            self.codes,
            own,
            settings=settings,
            settings_paths=self.settings,
            images=self.images,
        )


_IMAGE: Final = expression(
    r"^(?:Docker|Container)file(?:\.(?!dockerignore$|md$|py$)[\w.-]+)?$|\.(?:Docker|docker|Container)file$"
)
"""Names of files that images are built from; a container runs with the variables that they set."""
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def _searchable(file: File) -> bytes:
    """Return what to search for hints: the bytes of *file*, in UTF-8 where its encoding is no superset of ASCII."""
    return file.text.encode("utf-8", "replace") if file.bytes.startswith(_WIDE) else file.bytes


def _target(tree: Tree) -> Target:
    """Return the name and version of the scanned project, from the manifest at its root."""
    for name in DESCRIBING:
        file = tree.file(name)
        described = describe(file) if file is not None else None
        if described is not None:
            return described
    return Target()


# -- enriching -----------------------------------------------------------------------------------

DEPTH: Final = 5
"""How many rounds of components that enrichers speak of are asked about in turn: base models of base models, …"""


def available_enrichers(  # noqa: PLR0913 - those of `enrich`
    *,
    root: str | os.PathLike[str] | None = None,
    offline: bool = False,
    cache: str | os.PathLike[str] | None = None,
    token: str | bool | None = None,
    plugins: bool = True,
    workers: int = WORKERS,
    wait: Callable[[float], bool] | None = None,
    progress: Callable[[int, int], object] | None = None,
    notices: bool | str | os.PathLike[str] = False,
) -> tuple[tuple[Enricher, ...], tuple[Diagnostic, ...]]:
    """
    Return aibom's own enrichers and those of installed plugins, and diagnostics for plugins that do not load.

    The arguments are those of `enrich`; *progress* tells of the questions of one round.
    """
    from aibom import enrichers

    found: list[Enricher] = list(
        enrichers.builtin(
            root=root,
            offline=offline,
            cache=cache,
            token=token,
            workers=workers,
            wait=wait,
            progress=progress,
            notices=notices,
        )
    )
    if not plugins:
        return tuple(found), ()
    loaded, problems = load(group=ENRICHERS)
    broken = []
    for name, offered in loaded:
        try:
            found.append(_made_enricher(offered))
        except Exception as error:  # noqa: BLE001 - somebody else's code may raise anything, and the run goes on
            why = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
            broken.append(Diagnostic("plugin-not-loaded", f"{name}: {why}"))
    return tuple(found), (*problems, *broken)


def _made_enricher(offered: object) -> Enricher:
    """Return the enricher that an entry point offers, or that what it offers makes; `PluginError` when it is none."""
    made = offered() if callable(offered) and not isinstance(offered, Enricher) else offered
    if not isinstance(made, Enricher):
        raise PluginError("it is no enricher: see aibom.protocols.Enricher")
    return made


def enrich(  # noqa: PLR0913 - all but the first two are by keyword, and tell aibom's own enrichers
    bill: Bill,
    enrichers: Sequence[Enricher] | None = None,
    *,
    root: str | os.PathLike[str] | None = None,
    offline: bool = False,
    cache: str | os.PathLike[str] | None = None,
    token: str | bool | None = None,
    plugins: bool = True,
    workers: int = WORKERS,
    wait: Callable[[float], bool] | None = None,
    progress: Callable[[int, int], object] | None = None,
    notices: bool | str | os.PathLike[str] = False,
) -> Bill:
    """
    Return *bill* with what *enrichers* know about its components. Uses the network, unless *offline*.

    *enrichers* are aibom's own and those of *plugins* unless they are given; the further arguments tell aibom's own:
    *root* is the tree that was scanned, for those that look at its files; *cache* is the file in which answers are
    kept; a *token* goes to the Hub and nowhere else, True means the one that is saved on the machine, and without it
    none is sent; *wait* is asked before a quota is waited for, with the seconds that it takes, and may refuse by
    answering False. *notices* asks osv.dev for security notices about libraries with an exact version; a path is a dump
    of it, which is read instead.

    What enrichers speak of, such as base models and datasets, comes into the bill and is asked about in turn, for
    `DEPTH` rounds at the most; what is further away is named by a diagnostic. *workers* threads ask at once. *progress*
    is called now and then, from one thread or another, with the number of components that were asked about, and of
    those that are to be.

    A component that nobody knows comes back as it was. What could not be asked is in the bill's diagnostics.

    >>> from aibom.bill import Bill
    >>> enrich(Bill(), enrichers=[]) == Bill()
    True

    .. versionadded:: 26.1.0
    """
    problems: tuple[Diagnostic, ...] = ()
    own = enrichers is None
    before = total = 0

    def within(done: int, _of: int) -> None:
        if progress is not None:
            progress(before + done, total)

    if enrichers is None:
        enrichers, problems = available_enrichers(
            root=root,
            offline=offline,
            cache=cache,
            token=token,
            plugins=plugins,
            workers=workers,
            wait=wait,
            progress=within,
            notices=notices,
        )
    if isinstance(enrichers, Enricher):
        raise PluginError(f"the enrichers are a sequence: write [{enrichers.name}]")
    enrichers = tuple(enrichers)  # They may be a generator.
    for each in enrichers:
        if not isinstance(each, Enricher):
            raise PluginError(f"{each!r} is no enricher: see aibom.protocols.Enricher")
    from aibom.enrichment import enriched

    if own:  # What could not be asked the last time is asked now, or said anew.
        bill = evolve(bill, diagnostics=[d for d in bill.diagnostics if not _of_asking(d)])
    first = [e for e in enrichers if not getattr(e, "last", False)]
    last = [e for e in enrichers if getattr(e, "last", False)]
    known: list[tuple[Component, Enrichment]] = []
    asked: set[str] = set()
    waiting = {c.ref: c for c in bill.components}
    total = len(waiting)
    try:
        for _ in range(DEPTH + 1):
            if not waiting:
                break
            before = len(asked)
            asked |= waiting.keys()
            answers = _asked(list(waiting.values()), first, workers)
            known += answers
            said = {c.ref: c for _, enrichment in answers for c in enrichment.components}
            waiting = {ref: c for ref, c in sorted(said.items()) if ref not in asked}
            total += len(waiting)
            if progress is not None:
                progress(len(asked), total)
        if waiting:
            names = sorted({component.name for component in waiting.values()})
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - a line's length
            message = f"{', '.join(names[:3])}{more}: more than {DEPTH} steps from what the code names"
            problems = (*problems, Diagnostic("lineage-cut", message))
        richer = enriched(bill, known)
        if last and richer:
            richer = enriched(richer, _asked(richer.components, last, workers))
    finally:
        for each in enrichers if own else ():
            close = getattr(each, "close", None)
            if close is not None:
                close()
    return evolve(richer, diagnostics=[*richer.diagnostics, *problems])


def _of_asking(diagnostic: Diagnostic) -> bool:
    """Tell whether *diagnostic* says how asking went, and nothing of what was scanned or answered."""
    code = diagnostic.code
    return code.startswith("hub-") or code in _OF_ASKING


_OF_ASKING: Final = frozenset(
    {"cache-not-used", "card-not-read", "config-not-read", "enricher-failed", "licence-not-read", "lineage-cut"}
)


def _asked(
    components: Sequence[Component], enrichers: Iterable[Enricher], workers: int
) -> list[tuple[Component, Enrichment]]:
    """Return what *enrichers* know of *components*, with each answer the component that was asked about."""
    answers: list[tuple[Component, Enrichment]] = []
    for enricher in enrichers:
        together = getattr(enricher, "enrich_all", None)
        if together is not None:
            answers += _together(enricher, together, components)
        else:
            answers += zip(
                components, at_once(partial(_one_asked, enricher), components, workers=max(1, workers)), strict=True
            )
    return [(component, enrichment) for component, enrichment in answers if enrichment]


def _one_asked(enricher: Enricher, component: Component) -> Enrichment:
    try:
        return _checked(enricher.enrich(component))
    except Exception as error:  # noqa: BLE001 - one crashing enricher never stops the others
        return _enricher_failed(enricher, component.name, error)


def _together(
    enricher: Enricher, together: Callable[[Sequence[Component]], Iterable[object]], components: Sequence[Component]
) -> list[tuple[Component, Enrichment]]:
    try:
        answers = list(zip(components, together(components), strict=True))
    except Exception as error:  # noqa: BLE001 - as above
        return [(components[0], _enricher_failed(enricher, f"{len(components)} components", error))]
    found = []
    for component, answer in answers:
        try:
            found.append((component, _checked(answer)))
        except PluginError as error:
            found.append((component, _enricher_failed(enricher, component.name, error)))
    return found


_PARTS: Final[Mapping[str, type]] = {
    "files": ModelFile,
    "resolutions": Resolution,
    "advisories": Advisory,
    "components": Component,
    "relations": Relation,
    "diagnostics": Diagnostic,
}
"""What the fields of an `Enrichment` hold."""


def _checked(answer: object) -> Enrichment:
    """Return *answer*; `PluginError` when it is no enrichment through and through, which would fail far from here."""
    if not isinstance(answer, Enrichment):
        raise PluginError(f"it answered with {type(answer).__name__}, not an Enrichment")
    if not isinstance(answer.card, Card):
        raise PluginError(f"its card is {type(answer.card).__name__}, not a Card")
    facts: list[object] = [*answer.licences, *(fact for _, fact in answer.card.facts)]
    parts: list[tuple[str, type, Iterable[object]]] = [
        ("facts", Fact, facts),
        ("metrics", Metric, answer.card.metrics),
        *((field, kind, getattr(answer, field)) for field, kind in _PARTS.items()),
    ]
    for field, kind, values in parts:
        for each in values:
            if not isinstance(each, kind):
                raise PluginError(f"among its {field} is {type(each).__name__}, not a {kind.__name__}")
    pairs = [*answer.hashes, *answer.properties]
    texts: list[object] = [text for pair in pairs for text in pair]
    texts += [name for name, _ in answer.card.facts] + ([] if answer.name is None else [answer.name])
    texts += [text for fact in facts if isinstance(fact, Fact) for text in (fact.value, fact.source)]
    for each in texts:
        if not isinstance(each, str):
            raise PluginError(f"it states {each!r}, which is {type(each).__name__} and no text")
    if answer.name == "":
        raise PluginError("its name is empty")
    return answer


def _enricher_failed(enricher: Enricher, what: str, error: Exception) -> Enrichment:
    message = f"{enricher.name}: {what}: {type(error).__name__}: {_said_by(error)}"
    return Enrichment(diagnostics=(Diagnostic("enricher-failed", message),))


def _said_by(error: Exception) -> str:
    """Return what *error* says, without the paths of this machine, and without what may be a secret."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    words = [without_secrets(word) if "://" in word else word for word in str(error).split()]
    return " ".join(masked(words))


# -- assessing -----------------------------------------------------------------------------------


def available_rules(*, plugins: bool = True) -> tuple[tuple[Rule, ...], tuple[Diagnostic, ...]]:
    """Return aibom's own rules and those of installed plugins, by id, and diagnostics for plugins that do not load."""
    from aibom.rules import builtin as builtin_rules

    own = builtin_rules()
    if not plugins:
        return own, ()
    found = {rule.id: rule for rule in own}
    loaded, problems = load(group=RULES)
    broken = []
    for name, offered in loaded:
        try:
            for rule in _made_rules(offered, found):
                found[rule.id] = rule
        except Exception as error:  # noqa: BLE001 - somebody else's code may raise anything, and the run goes on
            why = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
            broken.append(Diagnostic("plugin-not-loaded", f"{name}: {why}"))
    return tuple(rule for _, rule in sorted(found.items())), (*problems, *broken)


def _made_rules(offered: object, known: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """
    Return the rules that an entry point offers, one or several.

    `PluginError` when something of it is none, or has the id of one that is *known*.
    """
    made = offered() if callable(offered) and not isinstance(offered, Rule) else offered
    rules = tuple(made) if isinstance(made, list | tuple) else (made,)
    for each in rules:
        if not isinstance(each, Rule):
            raise PluginError("it is no rule: see aibom.protocols.Rule")
        if each.id in known:
            raise PluginError(f"there is a rule {each.id!r} already")
    return rules


def assess(
    bill: Bill,
    rules: Sequence[Rule] | None = None,
    *,
    plugins: bool = True,
    decisions: Sequence[Decision] | str | os.PathLike[str] = (),
    today: date | None = None,
) -> Bill:
    """
    Return *bill* with the findings of *rules*: what its facts mean. Reads no disk and uses no network.

    *rules* are aibom's own and those of *plugins* unless they are given. Each `Finding` has the id of its rule, a
    level, a reason, and the places and references that carry it. Findings that an earlier run of the same rules left in
    *bill* are replaced. None of it is legal advice.

    *decisions* are what somebody has decided about notices and findings, or the path of the TOML file that has it,
    ``aibom-decisions.toml``: a notice gets its analysis, and what is settled is no finding any more, until the decision
    has run out by *today*. It stands in `Bill.settled`. Without *decisions* those that an earlier run left in *bill*
    hold until their last day; where there is none, the calendar is not looked at.

    A rule that fails is in the bill's diagnostics, and so is a decision that was applied, has run out, or is about
    nothing. `DecisionsError` when the file cannot be read or has a word that no decision has.

    >>> from aibom.bill import Bill
    >>> assess(Bill()).findings
    ()

    .. versionadded:: 26.1.0
    """
    problems: tuple[Diagnostic, ...] = ()
    if rules is None:
        rules, problems = available_rules(plugins=plugins)
    for each in rules:
        if not isinstance(each, Rule):
            raise PluginError(f"{each!r} is no rule: see aibom.protocols.Rule")
    from aibom.assessment import assessed
    from aibom.decisions import day_of, holds_decisions, lapsed, read_decisions, settled, stated, still_settled

    given = read_decisions(decisions) if isinstance(decisions, str | PathLike) else decisions
    if not given and not holds_decisions(bill):
        judged = assessed(bill, rules)
        return evolve(judged, diagnostics=[*judged.diagnostics, *problems])
    day = day_of(today)
    bill = lapsed(bill, today=day)
    judged = assessed(stated(bill, given, today=day), rules)
    judged = settled(judged, given, today=day) if given else still_settled(judged, bill.settled)
    return evolve(judged, diagnostics=[*judged.diagnostics, *problems])


def check(
    bill: Bill,
    policy: Policy | str | os.PathLike[str] | None = None,
    *,
    since: Bill | None = None,
    today: date | None = None,
) -> Outcome:
    """
    Return what *policy* says of *bill*, which `assess` has looked at: what fails, and what is excused, and why.

    A *policy* is a value or the path of its TOML file; without one, findings of the level *error* fail. What *since*,
    an earlier bill, has already does not fail. Exemptions expire by *today*, and so do the decisions in *bill*: what
    they settled is a finding again.

    `PolicyError` when the file cannot be read or has a word that no policy has.

    >>> from aibom.bill import Bill
    >>> check(Bill()).passed
    True

    .. versionadded:: 26.1.0
    """
    from aibom.decisions import day_of, lapsed
    from aibom.policy import Policy, checked, read_policy

    chosen = Policy() if policy is None else policy
    if not isinstance(chosen, Policy):
        chosen = read_policy(chosen)
    day = day_of(today)
    return checked(lapsed(bill, today=day), chosen, since=since, today=day)


def coverage(bill: Bill, statements: Sequence[Statement] | str | os.PathLike[str] = ()) -> tuple[Element, ...]:
    """
    Return each element that the G7 and CISA ask a bill of materials for, and what is known of it.

    An element is observed, declared, unknown, or only a person can say it; `Element.fill` has what would fill it.
    *statements* are what persons say, or the path of the TOML file that has it, ``aibom.toml``. There is no score, and
    no word on compliance: it is evidence, and whoever reads it decides.

    `StatementsError` when the file cannot be read or names an element that there is not.

    >>> from aibom.bill import Bill
    >>> {element.standard for element in coverage(Bill())} == {"CISA", "G7"}
    True

    .. versionadded:: 26.1.0
    """
    from aibom.elements import covered, read_statements

    given = read_statements(statements) if isinstance(statements, str | PathLike) else statements
    return covered(bill, given)


def with_statements(bill: Bill, statements: Sequence[Statement] | str | os.PathLike[str]) -> Bill:
    """
    Return *bill* with what persons say: *statements*, or the path of the TOML file that has them, ``aibom.toml``.

    What they say of the system comes into `Target.stated`, and of a component onto its card, each with who said so and
    on which day. Documents have it in the fields of CycloneDX: ``sbom-author`` as ``metadata.authors``,
    ``sbom-manufacturer`` and ``system-supplier`` as ``metadata.manufacturer`` and ``metadata.supplier``, ``contact``
    as the contact of one of these,
    ``system-producer`` as the manufacturer of the root.

    `StatementsError` when the file cannot be read, or something is said of a component that there is not.

    >>> from aibom.bill import Bill
    >>> from aibom.elements import Statement
    >>> bill = with_statements(Bill(), [Statement("sbom-author", "Ada Example", "Ada Example", "2026-11-25")])
    >>> bill.target.stated[0][1].source
    'statement:Ada Example@2026-11-25'

    .. versionadded:: 26.1.0
    """
    from aibom.elements import read_statements, stated

    given = read_statements(statements) if isinstance(statements, str | PathLike) else statements
    return stated(bill, given)


# -- comparing -----------------------------------------------------------------------------------


def diff(old: Bill | Mapping[str, object], new: Bill | Mapping[str, object]) -> Difference:
    """
    Return what changed from *old* to *new*: bills, or CycloneDX documents as dictionaries, of whoever.

    Components added and removed, those of another version, licence, usage, content or with other facts, and findings
    that are new or gone. Where something is named makes no difference. `DocumentError` for what is no document.

    >>> from aibom.bill import Bill, Component, Kind
    >>> difference = diff(Bill(), Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)]))
    >>> difference, difference.added[0].name
    (<Difference: 1 added>, 'gpt-4o')

    .. versionadded:: 26.1.0
    """
    from aibom.compare import compare

    return compare(_bill(old), _bill(new))


def _bill(given: Bill | Mapping[str, object]) -> Bill:
    if isinstance(given, Bill):
        return given
    from aibom.cyclonedx import read

    return read(given)


# -- writing -------------------------------------------------------------------------------------

FORMATS: Final = {
    "spdx": (".spdx3.json", ".spdx.json"),
    "cyclonedx": (".json",),
    "cyclonedx-xml": (".xml",),
    "sarif": (".sarif",),
    "markdown": (".md",),
    "table": (".txt",),
}
"""The formats that a bill can be written in, and the endings of names that mean them."""


def render(
    bill: Bill,
    format: str,  # noqa: A002 - the users' word
    *,
    timestamp: datetime | None = None,
    mentions: bool = False,
    spec_version: str = "1.6",
) -> str:
    """
    Return *bill* as text in one of `FORMATS`; *spec_version* is the version of CycloneDX, 1.5 to 1.7.

    *timestamp* goes into documents that have one; without it the same bill gives the same bytes. With *mentions* also
    what the code only mentions is written. `DocumentError` for a format that is not known.
    """
    match format:
        case "cyclonedx":
            from aibom.cyclonedx import to_json

            return to_json(bill, timestamp=timestamp, mentions=mentions, spec_version=spec_version)
        case "cyclonedx-xml":
            from aibom.cyclonedx import to_xml

            return to_xml(bill, timestamp=timestamp, mentions=mentions, spec_version=spec_version)
        case "sarif":
            from aibom.reports import to_sarif

            return to_sarif(bill, available_rules()[0])
        case "spdx":
            from aibom.spdx import to_spdx

            return to_spdx(bill, timestamp=timestamp, mentions=mentions)
        case "table" | "markdown":
            from aibom import reports

            shown = bill if mentions else bill.without_mentions()
            return reports.to_table(shown) if format == "table" else reports.to_markdown(shown)
        case _:
            raise DocumentError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")


def write(
    bill: Bill,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the users' word
    timestamp: datetime | None = None,
    mentions: bool = False,
    spec_version: str = "1.6",
) -> None:
    """
    Write *bill* to the file *path*, in the *format* that its name means: ``.json``, ``.xml``, ``.md`` or ``.txt``.

    *spec_version* is the version of CycloneDX, 1.5 to 1.7.

    `DocumentError` when the name means none, or the file cannot be written.
    """
    name = Path(path).name
    chosen = format or format_of(name)
    if chosen is None:
        raise DocumentError(f"the name {name!r} does not say in which format to write: end it with {_endings()}")
    text = render(bill, chosen, timestamp=timestamp, mentions=mentions, spec_version=spec_version)
    try:
        Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DocumentError(f"cannot write {name!r}: {error.strerror}") from None


def format_of(path: str | os.PathLike[str]) -> str | None:
    """
    Return which of `FORMATS` the name of *path* means; None when it means none.

    >>> format_of("ml-bom.cdx.json"), format_of("ML-BOM.SPDX3.JSON"), format_of("ml-bom")
    ('cyclonedx', 'spdx', None)
    """
    name = Path(path).name.lower()
    if name.endswith(".spdx.xml"):  # There is such a format, of SPDX 2; what we would write is none.
        return None
    return next((each for each, endings in FORMATS.items() if name.endswith(endings)), None)


def convert(
    document: Mapping[str, object] | str | bytes,
    format: str = "json",  # noqa: A002 - the users' word
    *,
    spec_version: str | None = None,
) -> str:
    """
    Return the text of *document*, in JSON, in XML or as read from JSON, in *format*: ``json``, ``xml`` or ``spdx``.

    *spec_version* is ``1.5``, ``1.6`` or ``1.7``; the document's own unless it is given. Documents of 1.2 to 1.4 are
    read too, and written as one of these. The document itself is converted: its order, serial number, version,
    metadata and what aibom does not know stay, and nothing is added. What a version has no place for moves to
    properties ``aibom:from:…``, and back from them where it has one.

    As ``spdx``, SPDX 3.0.1, comes what `read` understands of the document, with the time that the document has. There
    is no way back: aibom does not read SPDX.

    `DocumentError`, with the place, for what is no CycloneDX of these versions and for what XML cannot hold, such as a
    signature; the JSON would be valid, but the signature would not.

    >>> print(convert({"bomFormat": "CycloneDX", "specVersion": "1.6"}, "xml", spec_version="1.7"), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <bom xmlns="http://cyclonedx.org/schema/bom/1.7"/>

    .. versionadded:: 26.1.0
    """
    from aibom.cyclonedx import convert as converted

    if format != "spdx":
        return converted(document, format, spec_version=spec_version)
    if spec_version is not None:
        raise DocumentError("spec_version is a version of CycloneDX: it says nothing of SPDX")
    from aibom.cyclonedx import made_at, read, read_document
    from aibom.spdx import to_spdx

    held = document if isinstance(document, Mapping) else read_document(document)
    return to_spdx(read(held), timestamp=made_at(held), mentions=True)


def _endings() -> str:
    return ", ".join(ending for endings in FORMATS.values() for ending in endings)
