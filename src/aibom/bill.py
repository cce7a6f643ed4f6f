"""What a bill is made of: plain frozen values. No files, no network, no CycloneDX."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import field, frozen

from aibom.diagnostics import CODES, Level
from aibom.errors import IncompleteError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

__all__ = [
    "Advisory",
    "Bill",
    "Card",
    "Component",
    "Coverage",
    "Detection",
    "Diagnostic",
    "Enrichment",
    "Evidence",
    "Fact",
    "Finding",
    "Kind",
    "Level",
    "Location",
    "Metric",
    "ModelFile",
    "Rating",
    "Related",
    "Relation",
    "RelationKind",
    "Resolution",
    "Settled",
    "Skip",
    "Symbolic",
    "Target",
    "Technique",
    "Usage",
    "Verdict",
    "as_purl",
    "is_commit",
    "printable",
]

_HEX: Final = frozenset("0123456789abcdef")
_PACKAGES: Final = frozenset(
    {"cargo", "composer", "conda", "cran", "docker", "gem", "golang", "hex", "maven", "npm", "nuget", "pub", "pypi"}
)
"""Registries of libraries, called as the types of package URLs are. Julia's needs a UUID, which we do not have."""
_COMMIT_LENGTH: Final = 40
_SHOWN_IN_NOTEBOOK: Final = 40
_NOTES_IN_NOTEBOOK: Final = 10


def is_commit(revision: str | None) -> bool:
    """
    Tell whether *revision* is a full commit hash, and not a branch, a tag or a short hash.

    >>> is_commit("86b5e0934494bd15c9632b12f734a8a67f723594"), is_commit("main"), is_commit("86b5e09")
    (True, False, False)
    """
    return revision is not None and len(revision) == _COMMIT_LENGTH and _HEX.issuperset(revision.lower())


def as_purl(purl: object) -> str:
    """
    Return *purl*, a ``PackageURL``, as the specification writes it.

    >>> as_purl("pkg:huggingface/Qwen/Qwen3-8B?repository_url=https://hub.example")
    'pkg:huggingface/Qwen/Qwen3-8B?repository_url=https:%2F%2Fhub.example'
    """
    # packageurl-python leaves `/` in the values of qualifiers, the specification's own tests do not; delete this
    # when it passes them. `?` and `#` stand for themselves nowhere else.
    start, question, rest = str(purl).partition("?")
    qualifiers, hash_, subpath = rest.partition("#")
    return start + question + qualifiers.replace("/", "%2F") + hash_ + subpath


def printable(text: str) -> str:
    r"""
    Return *text* with everything that a terminal or a reader could misread written as an escape.

    Scanned names are hostile input: a file name may hold a line break or a terminal's control sequence.

    >>> printable("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class Kind(StrEnum):
    """What a component is."""

    MODEL = "model"
    DATASET = "dataset"
    SERVICE = "service"
    """A hosted API, or an MCP server."""
    LIBRARY = "library"
    """An AI framework, SDK, vector store, agent framework, …"""
    AGENT = "agent"
    """A model that acts: what the code makes with an agent framework, or a subagent that a file describes."""
    TOOL = "tool"
    """Something that a model may call: a function or a class of the code, or what a framework brings."""
    PROMPT = "prompt"
    """A file that tells a model what to do: instructions, a skill, a template of a prompt."""


class Usage(StrEnum):
    """What a place in the code does with a component."""

    USED = "used"
    """Loaded or called when the code around it runs with its defaults."""
    OPTIONAL = "optional"
    """Only when someone picks it: a registry entry, a choice, another branch or configuration."""
    MENTION = "mention"
    """Named and not loaded: a comment, a docstring, prose, a test."""

    @property
    def weight(self) -> int:
        """The strength of the claim: a component is as used as its strongest evidence."""
        return (Usage.MENTION, Usage.OPTIONAL, Usage.USED).index(self)


class RelationKind(StrEnum):
    """How one component depends on another."""

    DERIVED_FROM = "derived-from"
    TRAINED_ON = "trained-on"
    TESTED_ON = "tested-on"
    SERVED_BY = "served-by"
    LOADED_BY = "loaded-by"
    BUNDLED_IN = "bundled-in"
    USES = "uses"
    """An agent its model, tools, servers, prompts and other agents; a server the package that it is started from."""


class Technique(StrEnum):
    """How a component was identified, in the words of CycloneDX (`component.evidence.identity.methods`)."""

    SOURCE = "source-code-analysis"
    MANIFEST = "manifest-analysis"
    BINARY = "binary-analysis"
    FILENAME = "filename"
    OTHER = "other"


@frozen
class Location:
    """A place in the scanned tree."""

    path: str
    """POSIX path relative to the scanned root."""
    line: int = 0
    """From 1; 0 is the file as a whole. In a notebook this is the line of the ``.ipynb`` file."""
    column: int = 0
    """In characters, from 1; 0 when it is not known."""
    cell: int = 0
    """The cell of a notebook, from 1; 0 in other files."""

    @property
    def order(self) -> tuple[str, int, int, int]:
        """What places are sorted by."""
        return (self.path, self.line, self.column, self.cell)

    def __lt__(self, other: Location) -> bool:
        return self.order < other.order

    def __str__(self) -> str:
        text = printable(self.path)
        if self.line:
            text += f":{self.line}"
        return f"{text} (cell {self.cell})" if self.cell else text


@frozen
class Fact:
    """A value, and where it comes from. Nobody stated it: then there is no fact."""

    value: str
    source: str
    """Such as ``card:front-matter``, ``file:config.json`` or ``lockfile:uv.lock:120``."""


_T = TypeVar("_T")


def _sorted_set(values: Iterable[_T], order: Callable[[_T], Any]) -> tuple[_T, ...]:
    """Return *values*, each once, sorted by *order*, which must tell apart what is not equal."""
    given = tuple(values)
    return given if len(given) < 2 else tuple(sorted(set(given), key=order))  # noqa: PLR2004 - most are one or none


def _pairs(values: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(values)))


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _facts(values: Iterable[Fact]) -> tuple[Fact, ...]:
    return _sorted_set(values, repr)


def _named_facts(values: Iterable[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    return _sorted_set(values, repr)


@frozen(order=True)
class Metric:
    """One score that somebody states for a model."""

    name: str
    """What was measured: ``accuracy``, ``wer``, ``mmlu``."""
    value: str
    """The score as it is stated."""
    source: str
    """Where it is stated; see `Fact.source`."""
    task: str = ""
    dataset: str = ""
    """The id or the name of what it was measured on."""
    config: str = ""
    split: str = ""
    verified: bool = False
    """Somebody other than the author vouches for it, and the source says so."""
    label: str = ""
    """What its author calls it, where that says more than the name: ``Test WER (+LM)``."""
    url: str = ""
    """Where the score was published first, such as a leaderboard."""


def _metrics(values: Iterable[Metric]) -> tuple[Metric, ...]:
    return tuple(sorted(set(values)))


@frozen
class Card:
    """What is known about a model or a dataset beyond its name; every value with its source."""

    facts: tuple[tuple[str, Fact], ...] = field(default=(), converter=_named_facts)
    """
    Pairs of a field's name (``task``, ``architecture``, ``parameters``, …) and what is known of it.

    A field of which several values hold (``language``) stands several times.
    """
    metrics: tuple[Metric, ...] = field(default=(), converter=_metrics)

    def __getitem__(self, name: str) -> Fact:
        """Return the first fact about *name*; `KeyError` when nobody stated it."""
        for key, fact in self.facts:
            if key == name:
                return fact
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in self.facts)

    def get(self, name: str) -> Fact | None:
        """
        Return the first fact about *name*; None when nobody stated it.

        >>> Card([("task", Fact("text-generation", "hub:model_info"))]).get("licence") is None
        True
        """
        return next((fact for key, fact in self.facts if key == name), None)

    def all(self, name: str) -> tuple[Fact, ...]:
        """Return every fact about *name*, sorted by its value."""
        return tuple(fact for key, fact in self.facts if key == name)

    def __bool__(self) -> bool:
        return bool(self.facts or self.metrics)


_ALARMS: Final = frozenset({"caution", "dangerous", "suspicious", "unsafe"})
"""
The words of scanners that raise an alarm.

The Hub's API has besides them ``unscanned``, ``safe``, ``queued`` and ``error`` (its OpenAPI description, read on
2026-11-26), and of the imports of pickles ``innocuous``, ``suspicious`` and ``dangerous`` (huggingface_hub's docs).
"""


@frozen(order=True)
class Verdict:
    """What a scanner for malicious files says about one file."""

    scanner: str
    """Such as ``protectai`` or ``picklescan``."""
    status: str
    """In the scanner's own word: ``safe``, ``unsafe``, ``suspicious``, ``queued``, …"""
    source: str
    """Where the verdict was read; see `Fact.source`."""
    detail: str = ""
    """What it found, such as the imports of a pickle."""
    date: str = ""
    """The day on which the verdict was read, ``YYYY-MM-DD``; empty where nobody can say."""

    @property
    def flagged(self) -> bool:
        """Whether the scanner raises an alarm, by its own word; one that nobody knows raises none."""
        return self.status.lower() in _ALARMS


def _verdicts(values: Iterable[Verdict]) -> tuple[Verdict, ...]:
    return tuple(sorted(set(values)))


@frozen(order=True)
class ModelFile:
    """One file that a component is made of."""

    path: str
    """POSIX path within the component's repository or, for a local one, within the scanned tree."""
    source: str
    """Where it was seen: ``tree``, ``hub:model_info@<sha>``, ``hf-cache``."""
    size: int = -1
    """In bytes; -1 when it is not known."""
    format: str = ""
    """Such as ``safetensors`` or ``gguf``; empty when it is not known."""
    hashes: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """Pairs of a CycloneDX algorithm name (``SHA-256``) and the digest of the content in hex."""
    verdicts: tuple[Verdict, ...] = field(default=(), converter=_verdicts)


def _files(values: Iterable[ModelFile]) -> tuple[ModelFile, ...]:
    return tuple(sorted(set(values)))


def _related(values: Iterable[Related]) -> tuple[Related, ...]:
    return tuple(sorted(set(values)))


class Symbolic:
    """
    A name that a detector cannot know yet: an expression of the code.

    `link` settles it. `aibom.syntax.values` has the kinds.
    """

    __slots__ = ()


@frozen(order=True)
class Related:
    """What a detection says that its component has to do with another one, which must be detected too."""

    relation: RelationKind
    """From the detection's component to the other: *derived-from* its base model."""
    kind: Kind
    provider: str
    name: str
    hosted: bool = False
    how: str = ""
    """As in `Relation`."""


@frozen
class Detection:
    """
    One detector's claim about one place.

    The name may still be symbolic: then *scope* says in which function or class it is to be read.
    """

    kind: Kind
    name: str | Symbolic
    at: Location
    """Where the name is written, or where the call stands while the name is symbolic."""
    provider: str = "huggingface"
    """Who serves the name: ``huggingface``, ``openai``, ``pypi``, …"""
    revision: str | Symbolic | None = None
    """Commit, branch or tag as the code writes it; None when it names none."""
    version: str | None = None
    """The exact version of a library, from a pin or a lock; None when it is not known."""
    usage: Usage = Usage.USED
    symbol: str = ""
    """The call, key or entry that makes the claim: ``transformers.AutoModel.from_pretrained``."""
    detector: str = ""
    """The detector's name; the core fills it in."""
    confidence: float = 1.0
    """From 0 to 1."""
    hosted: bool = False
    """The model runs behind somebody's API."""
    technique: Technique = Technique.SOURCE
    scope: int = 0
    """Index into the scopes of the file's code; 0 is the module."""
    properties: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """Further facts about the component, by the names of docs/reference/properties.md without their prefix."""
    context: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """Further facts about this use: ``trust_remote_code=true``."""
    facts: tuple[tuple[str, Symbolic], ...] = ()
    """Those of them that are still expressions; `link` puts what they come to into *context*."""
    receiver: Symbolic | None = None
    """What the call is made on, or the call itself when it makes a client; `link` reads the ``base_url`` from it."""
    flags: frozenset[str] = frozenset()
    """How the name is to be read: see `aibom.knowledge.Signature`."""
    reaches: tuple[Location, ...] = ()
    """The chain from the place where the name is written to the call that uses it; the call last."""
    card: Card = Card()
    """What this place states about the component."""
    licences: tuple[Fact, ...] = field(default=(), converter=_facts)
    """The licences that this place states, as it writes them."""
    hashes: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """Pairs of a CycloneDX algorithm name (``SHA-256``) and the digest in hex."""
    files: tuple[ModelFile, ...] = field(default=(), converter=_files)
    """The files that it is made of, as far as this place shows."""
    related: tuple[Related, ...] = field(default=(), converter=_related)
    origin: str = ""
    """What tells it from others of the same name: the file that defines an agent, the package of a server."""
    uses: tuple[Symbolic | Location, ...] = ()
    """What it needs to work, such as an agent's model and tools: places where that is named or called."""
    used_by: tuple[Location, ...] = ()
    """Where that is made which uses it: the agent or the server that a decorated function is a tool of."""


@frozen(repr=False)
class Evidence:
    """
    One place that shows a component.

    It stores the place and the symbol, never the source line, so that a key beside it cannot leak.
    """

    location: Location
    detector: str
    symbol: str = ""
    usage: Usage = Usage.USED
    confidence: float = 1.0
    technique: Technique = Technique.SOURCE
    requested: str = ""
    """The name as this place writes it, where it is not the component's."""
    revision: str | None = None
    """The revision that this place asks for."""
    context: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    reaches: tuple[Location, ...] = ()
    """The chain to the call that uses the name; the call last. Empty where the name stands in the call."""

    @property
    def order(self) -> tuple[Any, ...]:
        """What evidence is sorted by: the place first."""
        return (
            self.location.order,
            self.detector,
            self.symbol,
            self.usage,
            tuple(place.order for place in self.reaches),
            self.revision is not None,
            self.revision or "",
            self.requested,
            self.context,
            self.confidence,
            self.technique,
        )

    def __repr__(self) -> str:
        """
        Say where and what.

        >>> Evidence(Location("app.py", 3), "openai", "openai.OpenAI().responses.create")
        <Evidence app.py:3 used openai.OpenAI().responses.create>
        """
        return f"<Evidence {self.location} {self.usage} {printable(self.symbol)}>"


def _evidence(values: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return _sorted_set(values, lambda e: e.order)


@frozen(order=True)
class Resolution:
    """
    The commit that somebody named for a branch, a tag or a short hash at some time.

    It is no pin: the next day the same name may mean another commit.
    """

    commit: str
    """In full: 40 hexadecimal digits."""
    revision: str
    """What was asked for; empty for the default branch, when no use names one."""
    date: str
    """The day on which it was named, as ``YYYY-MM-DD``; empty where nobody can say, such as in a local cache."""
    source: str
    """Who named it; see `Fact.source`."""


def _is_checked(evidence: Evidence) -> bool:
    """Tell whether a download is given the digest that the file must have."""
    given = {name: value for name, value in evidence.context if value.lower() not in {"", "false", "none"}}
    return not given.keys().isdisjoint({"check_hash", "file_hash", "hash_prefix", "known_hash", "md5_hash"})


def _resolutions(values: Iterable[Resolution]) -> tuple[Resolution, ...]:
    return tuple(sorted(set(values)))


@frozen(order=True)
class Rating:
    """How severe somebody calls what an advisory is about."""

    severity: str
    """``critical``, ``high``, ``medium``, ``low``, ``none``, or ``unknown``."""
    source: str
    """Who says so: the database of the advisory, or ``CVSS`` where it was computed from the vector."""
    vector: str = ""
    """As it is stated: ``CVSS:3.1/AV:N/…``."""
    score: str = ""
    """From 0.0 to 10.0; empty where nobody states one, and it cannot be computed."""


def _ratings(values: Iterable[Rating]) -> tuple[Rating, ...]:
    return tuple(sorted(set(values)))


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


@frozen(order=True)
class Advisory:
    """
    A security notice that by its own words is about the version of a component that is used.

    It is about the library: whether the code here reaches what is vulnerable, it does not say.
    """

    id: str
    source: str
    """Who was asked, and the day of the answer: ``osv:api.osv.dev@2026-11-26``."""
    summary: str = ""
    aliases: tuple[str, ...] = field(default=(), converter=_texts)
    """Ids of other databases for the same thing."""
    ratings: tuple[Rating, ...] = field(default=(), converter=_ratings)
    cwes: tuple[str, ...] = field(default=(), converter=_texts)
    published: str = ""
    modified: str = ""
    ranges: tuple[str, ...] = field(default=(), converter=_in_order)
    """The versions that it is about, as it states them: ``>=0, <2.6.0``."""
    fixed: tuple[str, ...] = field(default=(), converter=_in_order)
    """The versions that it calls fixed."""
    references: tuple[str, ...] = field(default=(), converter=_texts)
    withdrawn: str = ""
    """When it was taken back; empty while it stands."""
    state: str = ""
    """What somebody has decided about it here, in the words of CycloneDX: ``not_affected``, ``exploitable``, …"""
    justification: str = ""
    """In the words of CycloneDX, such as ``code_not_reachable``."""
    detail: str = ""
    """Why, by whom, and until when."""
    until: str = ""
    """The last day on which that decision holds, ``YYYY-MM-DD``; empty where it has none."""

    @property
    def severity(self) -> str:
        """The gravest of the ratings; ``unknown`` when nobody states one."""
        return min((r.severity for r in self.ratings), key=_severity_order, default="unknown")


SEVERITIES: Final = ("critical", "high", "medium", "low", "none", "unknown")


def _severity_order(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _advisories(values: Iterable[Advisory]) -> tuple[Advisory, ...]:
    return tuple(sorted(set(values)))


@frozen(repr=False)
class Component:
    """A model, a dataset, a service or a library that the code uses, with the places that show it."""

    kind: Kind
    provider: str
    name: str
    """As the provider writes it, case kept: ``Qwen/Qwen3-8B``, ``gpt-4o``, ``llama3.2:3b``, ``torch``."""
    commit: str | None = None
    """The 40-hex commit that every use names; None when one of them does not."""
    version: str | None = None
    """The exact version of a library, from a pin or a lock."""
    hosted: bool = False
    evidence: tuple[Evidence, ...] = field(default=(), converter=_evidence)
    card: Card = Card()
    licences: tuple[Fact, ...] = field(default=(), converter=_facts)
    hashes: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """Pairs of a CycloneDX algorithm name (``SHA-256``) and the digest in hex."""
    properties: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    files: tuple[ModelFile, ...] = field(default=(), converter=_files)
    """The files that it is made of, as far as somebody lists them."""
    resolutions: tuple[Resolution, ...] = field(default=(), converter=_resolutions)
    """What the revisions that the uses ask for meant on some day, where they are no commits."""
    origin: str = ""
    """
    What tells it from others of the same name: the address or the path of a file of weights or data, the file that
    defines an agent, the package of a server.
    """
    advisories: tuple[Advisory, ...] = field(default=(), converter=_advisories)
    """Security notices about its version. None is not "nothing known": see the property ``notices-checked``."""

    @property
    def ref(self) -> str:
        """
        The component's identity within a bill.

        >>> Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B").ref
        'model:huggingface:Qwen/Qwen3-8B'
        """
        version = self.commit or self.version
        # The same id can be downloaded from the Hub and run on its servers: these are two components.
        provider = "huggingface-inference" if self.hosted and self.provider == "huggingface" else self.provider
        origin = f"#{self.origin}" if self.origin and self.origin != self.name else ""
        return f"{self.kind}:{provider}:{self.name}" + (f"@{version}" if version else "") + origin

    @property
    def group(self) -> str | None:
        """The owner or scope in front of the name's last slash; None when there is none."""
        return self._split()[0]

    @property
    def title(self) -> str:
        """The name without its group."""
        return self._split()[1]

    def _split(self) -> tuple[str | None, str]:
        # What somebody calls an agent or a server is no path of owners.
        own = self.kind in {Kind.AGENT, Kind.TOOL, Kind.PROMPT} or self.provider in {"local", "mcp"}
        if own or "://" in self.name:
            return None, self.name
        group, slash, title = self.name.rpartition("/")
        return (group, title) if slash and group and title else (None, self.name)

    @property
    def revisions(self) -> tuple[str, ...]:
        """The revisions that the uses name, as written; mentions do not count."""
        return tuple(sorted({e.revision for e in self._uses() if e.revision}))

    @property
    def pinned(self) -> bool:
        """Whether everything that loads it names a full commit hash."""
        loads = self.loads
        return bool(loads) and all(is_commit(e.revision) for e in loads)

    @property
    def loose(self) -> str:
        """
        Why the same name may give something else tomorrow; empty where nothing of that is known.

        A repository without a commit, a tag of Ollama's, a file at an address that no digest is known of: neither does
        the download get one, nor has the address one of 64 digits, as whisper's do. Of hosted models, of libraries and
        of what lies in the tree it is not said.

        >>> at = Evidence(Location("app.py", 3), "torch-hub")
        >>> Component(Kind.MODEL, "torchhub", "pytorch/vision", evidence=[at]).loose
        'without a commit'
        """
        if self.kind not in {Kind.MODEL, Kind.DATASET} or not self.loads:
            return ""
        if self.provider in {"huggingface", "modelscope", "torchhub"} and not self.hosted:
            return "" if self.pinned else "without a commit"
        if self.hashes or any(f.hashes for f in self.files):
            return ""
        if self.provider == "ollama":
            return "by a tag"
        parts = self.address.split("/")
        held = all(map(_is_checked, self.loads)) or any(len(p) == 64 and _HEX.issuperset(p) for p in parts)  # noqa: PLR2004 - SHA-256
        return "without a digest" if self.address and not held else ""

    @property
    def loads(self) -> tuple[Evidence, ...]:
        """
        The uses by which something gets it, without the places that only state that it belongs to something.

        >>> card = Evidence(Location("README.md", 3), "repositories", context=[("states", "made-of")])
        >>> Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B", evidence=[card]).loads
        ()
        """
        return tuple(e for e in self._uses() if not any(name == "states" for name, _ in e.context))

    def _uses(self) -> tuple[Evidence, ...]:
        return tuple(e for e in self.evidence if e.usage is not Usage.MENTION)

    @property
    def resolved(self) -> str | None:
        """
        The one commit that is known of it: that of the pin, else what the revision of all uses meant when it was asked.

        None when nobody said, or the revisions that are asked for are several commits.
        """
        asked = {e.revision or "" for e in self._uses()}
        commits = {r.commit for r in self.resolutions} | {r.lower() for r in asked if is_commit(r)}
        default = {"", "main"}  # The default branch may go by its name.
        named = {r.revision for r in self.resolutions}
        told = all(r in named or is_commit(r) or (r in default and named & default) for r in asked)
        return self.commit or (commits.pop() if told and len(commits) == 1 else None)

    @property
    def usage(self) -> Usage:
        """The strongest usage among the evidence."""
        return max((e.usage for e in self.evidence), key=lambda u: u.weight, default=Usage.MENTION)

    @property
    def address(self) -> str:
        """
        The address of the web that the code fetches it from, of no hub that is known; empty where there is none.

        >>> Component(Kind.MODEL, "unknown", "tiny.pt", origin="https://models.example/tiny.pt").address
        'https://models.example/tiny.pt'
        """
        return self.origin if self.provider == "unknown" and self.origin.startswith(("https://", "http://")) else ""

    @property
    def purl(self) -> str | None:
        """
        The package URL, or None where the purl specification has no type that fits.

        A Hub model needs a namespace, and only a commit is a version: branches and tags stay out
        (purl-spec, type ``huggingface``). A dataset has none, because the type means models. A file that is
        fetched from an address is of the type ``generic``.

        >>> Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B").purl
        'pkg:huggingface/Qwen/Qwen3-8B'
        >>> Component(Kind.DATASET, "huggingface", "stanfordnlp/imdb").purl

        Another hub than huggingface.co is a qualifier.
        """
        from packageurl import PackageURL  # Only documents need it, and import aibom stays light.

        fetched = self.address
        if fetched and self.kind in {Kind.MODEL, Kind.DATASET}:
            version = None
        elif self.kind is Kind.LIBRARY and self.provider in _PACKAGES:
            version = self.version
        elif (
            self.kind is Kind.MODEL and self.provider == "huggingface" and not self.hosted and self.name.count("/") == 1
        ):
            version = self.resolved
        else:
            return None
        try:
            if fetched:
                return as_purl(PackageURL("generic", None, self.name, None, {"download_url": fetched}))
            if self.provider == "docker":
                # purl-spec, type docker: a registry that is not Docker Hub's is a qualifier; a tag is a version.
                host, slash, rest = self.name.partition("/")
                elsewhere = bool(slash) and bool({".", ":"} & set(host))
                namespace, _, title = (rest if elsewhere else self.name).rpartition("/")
                registry = {"repository_url": host} if elsewhere else None
                return as_purl(PackageURL("docker", namespace or None, title, self.version, registry))
            if self.provider == "golang":  # purl-spec, type golang: namespace and name are lower case.
                group, _, title = self.name.lower().rpartition("/")
                return as_purl(PackageURL("golang", group or None, title, version))
            # purl-spec, type huggingface: a hub that is not huggingface.co is a qualifier.
            hub = dict(self.properties).get("repository-url") if self.provider == "huggingface" else None
            qualifiers = {"repository_url": hub} if hub else None
            purl = PackageURL(self.provider, self.group, self.title, version, qualifiers)
            return as_purl(purl) if purl.namespace or self.kind is Kind.LIBRARY else None
        except (TypeError, ValueError):  # The name is empty or blank, or has a lone surrogate: nothing can write it.
            return None

    @property
    def order(self) -> tuple[Any, ...]:
        """What components of one name are sorted by."""
        evidence = tuple(e.order for e in self.evidence)
        return (
            self.hosted,
            self.version or "",
            self.origin,
            evidence,
            self.properties,
            self.hashes,
            repr((self.licences, self.card, self.files, self.resolutions, self.advisories)),
        )

    def __repr__(self) -> str:
        """
        Say what it is and how often it is named.

        >>> Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B", evidence=[Evidence(Location("app.py", 3), "x")])
        <Component model:huggingface:Qwen/Qwen3-8B used, named in 1 place>
        """
        return f"<Component {printable(self.ref)} {self.usage}, named in {_count(len(self.evidence), 'place')}>"


@frozen(order=True)
class Relation:
    """An edge between two components, by their `Component.ref`."""

    source: str
    target: str
    kind: RelationKind
    how: str = ""
    """For *derived-from*: ``finetune``, ``adapter``, ``quantized``, ``merge``, or empty when nobody says."""


@frozen
class Enrichment:
    """
    What an enricher knows about one component; empty when that is nothing.

    Every value says where it comes from. A field that nobody stated is left out: nothing here is a default.
    """

    name: str | None = None
    """The canonical name, where the provider knows the component under another one than the code asks for."""
    card: Card = Card()
    licences: tuple[Fact, ...] = field(default=(), converter=_facts)
    hashes: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    files: tuple[ModelFile, ...] = field(default=(), converter=_files)
    resolutions: tuple[Resolution, ...] = field(default=(), converter=_resolutions)
    properties: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    advisories: tuple[Advisory, ...] = field(default=(), converter=_advisories)
    components: tuple[Component, ...] = ()
    """Others that it speaks of: base models, datasets. They need no evidence."""
    relations: tuple[Relation, ...] = ()
    """Edges by `Component.ref`, of *components* and of the enriched component as it was given."""
    diagnostics: tuple[Diagnostic, ...] = ()

    def __bool__(self) -> bool:
        return self != Enrichment()


@frozen
class Diagnostic:
    """What could not be read or decided, and where. Nothing is lost in silence."""

    code: str
    message: str
    location: Location | None = None
    level: Level = field()

    @level.default
    def _level_of_code(self) -> Level:
        meaning = CODES.get(self.code)
        return Level.WARNING if meaning is None else meaning.level

    @property
    def incomplete(self) -> bool:
        """Whether the bill may miss something because of this."""
        return self.level is not Level.INFO

    @property
    def order(self) -> tuple[Any, ...]:
        """What diagnostics are sorted by: the place first."""
        return (self.location is not None, self.location or Location(""), self.code, self.message, self.level)

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        return f"{where}{self.code}: {printable(self.message)}"


@frozen
class Finding:
    """What a rule says about a component, and why."""

    rule: str
    level: Level
    component: str
    """The `Component.ref` that it is about; empty where it is about the tree, and no component."""
    reason: str
    evidence: tuple[Location, ...] = ()
    references: tuple[str, ...] = ()
    about: tuple[str, ...] = field(default=(), converter=_texts)
    """
    What it is about, where one rule can find several things about one component: the id of a notice, an import, a file.

    It stays when lines, days and words change: by it an earlier bill, and code scanning, know a finding again.
    """

    @property
    def order(self) -> tuple[Any, ...]:
        """What findings are sorted by."""
        return (self.component, self.rule, self.level, self.reason, self.evidence, self.references, self.about)


@frozen
class Settled:
    """What a rule says, and somebody has settled: it fails nothing, and is a finding again after its last day."""

    finding: Finding
    state: str
    """In the words of CycloneDX: ``not_affected``, ``false_positive``, …"""
    detail: str
    """Why, by whom, and until when."""
    until: str = ""
    """The last day on which it holds, ``YYYY-MM-DD``; empty where it has none."""

    @property
    def order(self) -> tuple[Any, ...]:
        """What it is sorted by."""
        return (self.finding.order, self.state, self.detail, self.until)


@frozen(order=True)
class Skip:
    """A file or folder that was not read, and why. A folder's path ends with a slash."""

    path: str
    reason: str
    """``ignored``, ``excluded``, ``excluded-by-default``, ``no-reader``, ``too-large``, ``not-text``, ``unreadable``,
    ``not-a-file``, ``broken-link`` or ``outside-root``."""


def _skips(values: Iterable[Skip]) -> tuple[Skip, ...]:
    return tuple(sorted(set(values)))


@frozen
class Coverage:
    """How much of the tree was looked at."""

    seen: int = 0
    """Files that the walk met, without those in folders that it did not enter."""
    read: int = 0
    """Files whose bytes were searched for a hint, or were handed to a detector."""
    parsed: int = 0
    """Files of which facts were taken."""
    unhandled: int = 0
    """Files of a kind that no detector reads (``no-reader``); they are counted and not listed."""
    skips: tuple[Skip, ...] = field(default=(), converter=_skips)
    """Everything else that was not read."""
    ignored_but_read: tuple[str, ...] = field(default=(), converter=_texts)
    """Files that git ignores and that were read all the same: model files, settings such as ``.env``."""

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Each reason for a skip, and how often it held."""
        counts: dict[str, int] = {"no-reader": self.unhandled} if self.unhandled else {}
        for skip in self.skips:
            counts[skip.reason] = counts.get(skip.reason, 0) + 1
        return tuple(sorted(counts.items()))


@frozen
class Target:
    """What was scanned. Name and version come from its manifest; nothing is taken from where it lies."""

    name: str | None = None
    version: str | None = None
    purl: str | None = None
    source: str | None = None
    """The manifest that says so, relative to the root."""
    stated: tuple[tuple[str, Fact], ...] = field(default=(), converter=_named_facts)
    """What persons say of it, by the keys of ``aibom.toml``; see `aibom.with_statements`."""


def _components(values: Iterable[Component]) -> tuple[Component, ...]:
    # What tells apart components of one name takes long to make, and few have one name.
    named: dict[tuple[str, ...], list[Component]] = {}
    for component in values:
        named.setdefault((component.kind, component.provider, component.name, component.ref), []).append(component)
    return tuple(c for name in sorted(named) for c in _sorted_set(named[name], lambda c: c.order))


def _relations(values: Iterable[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(set(values)))


def _findings(values: Iterable[Finding]) -> tuple[Finding, ...]:
    return _sorted_set(values, lambda f: f.order)


def _settled(values: Iterable[Settled]) -> tuple[Settled, ...]:
    return _sorted_set(values, lambda s: s.order)


def _diagnostics(values: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return _sorted_set(values, lambda d: d.order)


@frozen(repr=False)
class Bill:
    """
    The AI that a code base uses. Sorted at construction: equal scans are equal values.

    >>> bill = Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)])
    >>> bill
    <Bill: 1 model>
    >>> bill["gpt-4o"].provider
    'openai'
    """

    components: tuple[Component, ...] = field(default=(), converter=_components)
    relations: tuple[Relation, ...] = field(default=(), converter=_relations)
    findings: tuple[Finding, ...] = field(default=(), converter=_findings)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), converter=_diagnostics)
    coverage: Coverage = Coverage()
    target: Target = Target()
    settled: tuple[Settled, ...] = field(default=(), converter=_settled)
    """What would be findings, had nobody decided about them; see `aibom.assess`."""

    def of(self, kind: Kind) -> tuple[Component, ...]:
        """Return the components of one *kind*, by name."""
        return tuple(c for c in self.components if c.kind is kind)

    @property
    def models(self) -> tuple[Component, ...]:
        """The models, hosted ones too."""
        return self.of(Kind.MODEL)

    @property
    def datasets(self) -> tuple[Component, ...]:
        """The datasets."""
        return self.of(Kind.DATASET)

    @property
    def services(self) -> tuple[Component, ...]:
        """The hosted services and MCP servers."""
        return self.of(Kind.SERVICE)

    @property
    def libraries(self) -> tuple[Component, ...]:
        """The AI libraries."""
        return self.of(Kind.LIBRARY)

    @property
    def agents(self) -> tuple[Component, ...]:
        """The agents."""
        return self.of(Kind.AGENT)

    @property
    def tools(self) -> tuple[Component, ...]:
        """The tools that models may call."""
        return self.of(Kind.TOOL)

    @property
    def prompts(self) -> tuple[Component, ...]:
        """The files with prompts and instructions."""
        return self.of(Kind.PROMPT)

    @property
    def complete(self) -> bool:
        """Whether everything that was recognised could be read and decided."""
        return not any(d.incomplete for d in self.diagnostics)

    def without_mentions(self) -> Bill:
        """Return the bill with only what is used: components and evidence that are merely mentioned are left out."""
        from attrs import evolve

        kept = [
            evolve(c, evidence=tuple(e for e in c.evidence if e.usage is not Usage.MENTION))
            if any(e.usage is Usage.MENTION for e in c.evidence)
            else c
            for c in self.components
            if c.usage is not Usage.MENTION or not c.evidence
        ]
        refs = {c.ref for c in kept} | {""}
        return evolve(
            self,
            components=kept,
            relations=tuple(r for r in self.relations if r.source in refs and r.target in refs),
            findings=tuple(f for f in self.findings if f.component in refs),
            settled=tuple(s for s in self.settled if s.finding.component in refs),
        )

    def __iter__(self) -> Iterator[Component]:
        return iter(self.components)

    def __len__(self) -> int:
        return len(self.components)

    def __bool__(self) -> bool:
        return bool(self.components)

    def __contains__(self, key: object) -> bool:
        return key in self.components or (isinstance(key, str) and bool(self.named(key)))

    def named(self, key: str) -> tuple[Component, ...]:
        """
        Return every component with this name, ``provider:name``, purl or ref; a name may go without its owner.

        What nobody is called is looked for among the places: the address of a file, or its path in the tree.

        >>> Bill([Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B")]).named("Qwen3-8B")
        (<Component model:huggingface:Qwen/Qwen3-8B mention, named in 0 places>,)
        """
        if key.startswith("pkg:"):
            from urllib.parse import unquote  # The references of a document have nothing encoded.

            wanted = unquote(key)
            return tuple(c for c in self.components if key == c.name or wanted == unquote(c.purl or ""))
        ref = key.removeprefix("aibom:")  # Documents write it so.
        found = tuple(c for c in self.components if key in {c.name, f"{c.provider}:{c.name}"} or ref == c.ref)
        return found or tuple(c for c in self.components if key and key in {c.title, c.origin})

    def __getitem__(self, key: str) -> Component:
        """
        Return the component with this name, ``provider:name``, purl or ref; a name may go without its owner.

        `KeyError` when there is none, or when several answer to it; the message says what to write.
        """
        found = self.named(key)
        if len(found) == 1:
            return found[0]
        if found:
            msg = f"{key!r} names several components; write one of {', '.join(repr(c.ref) for c in found)}"
            raise KeyError(msg)
        close = _close(key, self.components)
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        msg = f"no component {key!r} in this bill{hint}"
        raise KeyError(msg)

    def raise_for_errors(self) -> None:
        """
        Raise `IncompleteError` when the bill may miss something; the message lists each diagnostic.

        >>> Bill().raise_for_errors()
        """
        lost = [str(d) for d in self.diagnostics if d.incomplete]
        if lost:
            raise IncompleteError("the bill is incomplete:\n  " + "\n  ".join(lost))

    @property
    def summary(self) -> str:
        """
        One line for people: how many of each kind, and what is left open.

        >>> Bill(diagnostics=[Diagnostic("not-followed", "…")]).summary
        'nothing found, 1 call could not be followed'
        """
        used = [c for c in self.components if c.usage is not Usage.MENTION or not c.evidence]
        counts = [(sum(c.kind is kind for c in used), kind) for kind in Kind]
        parts = [_count(number, kind) for number, kind in counts if number] or ["nothing found"]
        if mentioned := len(self.components) - len(used):
            parts.append(f"{mentioned} only mentioned")
        if n := self._calls("supplied-by-caller"):
            parts.append(f"{_count(n, 'call')} {'takes its model' if n == 1 else 'take theirs'} from the caller")
        if n := self._calls("not-followed"):
            parts.append(f"{_count(n, 'call')} could not be followed")
        if n := sum(d.code == "limit-reached" for d in self.diagnostics):
            parts.append(f"{_count(n, 'search')} reached a limit")
        if any(d.incomplete and d.code.startswith("hub-") for d in self.diagnostics):
            parts.append("a hub did not answer everything")  # One diagnostic may be about many components.
        others = [d for d in self.diagnostics if d.code not in {"not-followed", "limit-reached"}]
        if n := sum(d.incomplete and not d.code.startswith("hub-") for d in others):
            parts.append(f"{_count(n, 'place')} could not be read")
        return ", ".join(parts)

    def _calls(self, code: str) -> int:
        """Return how many calls diagnostics with *code* are about: one call may be open in several ways."""
        said = [(d.location, d.message.partition(": ")[0]) for d in self.diagnostics if d.code == code]
        return len({place for place in said if place[0] is not None}) + sum(place[0] is None for place in said)

    def __repr__(self) -> str:
        target = f" of {printable(self.target.name)}" if self.target.name else ""
        return f"<Bill{target}: {self.summary}>"

    def _repr_html_(self) -> str:
        """
        Render a small table for notebooks, models first, and below it the gravest findings and what is open.

        Every name is escaped: what was scanned is hostile input.
        """
        head = "".join(
            f"<th style='{_CELL}'>{h}</th>" for h in ("kind", "provider", "name", "version", "usage", "where")
        )
        rows = [_row(c) for kind in Kind for c in self.of(kind)]
        if len(rows) > _SHOWN_IN_NOTEBOOK:
            half = _SHOWN_IN_NOTEBOOK // 2
            gap = f"<tr><td colspan='6'>… {len(rows) - 2 * half} more …</td></tr>"
            rows = [*rows[:half], gap, *rows[-half:]]
        grave = [f"{f.level}: {f.rule}: {f.reason}" for f in self.findings if f.level is not Level.INFO]
        notes = _notes("Errors and warnings", grave) + _notes(
            "Open", [str(d) for d in self.diagnostics if d.incomplete]
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""
        return f"<p>{escape(repr(self)[1:-1])}</p>{table}{notes}"

    def to_frame(self) -> pd.DataFrame:
        """
        Return the components as a pandas DataFrame, one row each.

        `MissingExtraError` when pandas is not installed.
        """
        try:
            import pandas as pd  # An extra.
        except ImportError:
            what = "Bill.to_frame()"
            raise MissingExtraError(what, "jupyter") from None
        columns = ["kind", "provider", "name", "version", "usage", "pinned", "purl", "places"]
        rows = [
            (
                str(c.kind),
                c.provider,
                c.name,
                c.commit or c.version,
                str(c.usage),
                c.pinned,
                c.purl,
                [str(e.location) for e in c.evidence],
            )
            for c in self.components
        ]
        return pd.DataFrame(rows, columns=columns)


def _close(key: str, components: Iterable[Component]) -> list[str]:
    """Return up to three names that somebody who wrote *key* may have meant."""
    from difflib import get_close_matches  # Only for a message.

    names: dict[str, str] = {}
    for component in components:
        for word in (component.name, component.title):
            names.setdefault(word.casefold(), component.name)
    wanted = key.casefold()
    found = [names[word] for word in get_close_matches(wanted, names, n=3)]
    found += [name for word, name in names.items() if wanted and wanted in word]
    return list(dict.fromkeys(found))[:3]


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + ("es" if noun.endswith("ch") else "s")
    return f"{number} {noun if number == 1 else plural}"


def places_of(component: Component) -> list[str]:
    """Return the places that show *component*, each once."""
    return list(dict.fromkeys(str(e.location) for e in component.evidence))


def version_of(component: Component) -> str:
    """Return what a reader wants to see of the version: the head of a commit, a version, revisions or a range."""
    if component.commit:
        return component.commit[:12]
    ranges = ", ".join(value for name, value in component.properties if name == "version-range")
    revisions = (r[:12] if is_commit(r) else r for r in component.revisions)
    return component.version or ", ".join(revisions) or ranges


_CELL: Final = "text-align:left;vertical-align:top;white-space:nowrap"
"""Notebooks put the text of cells to the right, and break names in two; a table that is too wide scrolls there."""


def _row(component: Component) -> str:
    places = places_of(component)
    where = (f"{places[0]} +{len(places) - 1}" if places[1:] else places[0]) if places else ""
    cells = (component.kind, component.provider, component.name, version_of(component), component.usage, where)
    shown = (escape(printable(str(cell))) for cell in cells)
    pale = " style='opacity:0.6'" if component.usage is Usage.MENTION else ""
    return f"<tr{pale}>" + "".join(f"<td style='{_CELL}'>{cell}</td>" for cell in shown) + "</tr>"


def _notes(title: str, lines: Sequence[str]) -> str:
    shown = [*lines[:_NOTES_IN_NOTEBOOK]]
    if len(lines) > len(shown):
        shown.append(f"… {len(lines) - len(shown)} more")
    items = "".join(f"<li>{escape(printable(line))}</li>" for line in shown)
    return f"<p>{title} ({len(lines)})</p><ul>{items}</ul>" if lines else ""
