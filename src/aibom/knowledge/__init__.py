"""Tables of what is known about AI libraries and services, as data files with a loader."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from aibom.errors import PluginError
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = [
    "ATLAS_RELEASE",
    "CATEGORIES",
    "LANGUAGES",
    "REGISTRIES",
    "AgentCall",
    "CommandRow",
    "HostedModel",
    "HubLicence",
    "Image",
    "Implicit",
    "Package",
    "PickleGlobal",
    "Service",
    "Signature",
    "Threat",
    "ValueCall",
    "agent_calls",
    "atlas",
    "commands",
    "constants",
    "harmful_tools",
    "hosted_models",
    "hub_licences",
    "images",
    "implicit",
    "later_in_atlas",
    "legacy_names",
    "owners",
    "packages",
    "parse_signatures",
    "pickle_globals",
    "read_slot",
    "rows",
    "services",
    "signatures",
    "threats",
    "value_calls",
]

_KINDS: Final = frozenset({"model", "dataset", "service"})
_FLAGS: Final = frozenset(
    {
        *("hosted", "produced", "formats", "hub-path", "repo-type", "prefix", "id-shape", "family", "strings-only"),
        *("hub-file", "hub-ids", "list", "object", "weights-file", "weights-url"),
    }
)
_CONTEXT: Final = expression(r"(?:\d+:)?[A-Za-z_]\w*|[A-Za-z_]\w*\.[A-Za-z_]\w*")
_OPTIONS: Final = frozenset({"bare", "callee", "needs", "provider", "task", "unless", "within"})

CATEGORIES: Final = frozenset(
    [
        "framework",
        "model-library",
        "inference",
        "training",
        "sdk",
        "orchestration",
        "agents",
        "vector-store",
        "data",
        "tokenizer",
        "evaluation",
        "guardrails",
        "observability",
        "interface",
        "other",
    ]
)
"""What an AI package is for."""

LANGUAGES: Final = ("java", "go", "rust", "csharp", "php")
"""Languages whose calls stand in a table of their own; Kotlin's are in Java's."""

REGISTRIES: Final = frozenset(
    [
        *(
            "coqui",
            "doctr",
            "easyocr",
            "espnet",
            "flair",
            "gpt4all",
            "kaggle",
            "keras",
            "local",
            "mlflow",
            "modelscope",
        ),
        *("docker", "foundry-local", "ngc", "piper", "xinference"),
        *("nemo", "nltk", "openclip", "openml", "paddleocr", "sklearn", "spacy", "stanza", "tfds", "tfhub", "timm"),
        *("rapidocr", "torchaudio", "torchhub", "torchtext", "torchvision", "ultralytics", "wandb", "whisper"),
    ]
)
"""Providers beside the hosted services and the Hub: where a library finds the files of the names that it knows."""


def _records(text: str, where: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not lines:
        return
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            msg = f"{where}: a row has {len(cells)} cells and the header {len(header)}: {line[:60]!r}"
            raise PluginError(msg)
        yield dict(zip(header, cells, strict=True))


def rows(name: str) -> tuple[dict[str, str], ...]:
    """
    Return the rows of the table *name* of this package, each as column → cell.

    A table is UTF-8 with tabs. Lines that begin with ``#`` say what it is, its source and its date; then comes the
    header.
    """
    data = pkgutil.get_data(__name__, f"{name}.tsv")
    return tuple(_records((data or b"").decode("utf-8"), f"{name}.tsv"))


@frozen
class Package:
    """A package that counts as AI."""

    ecosystem: str
    """The type of its package URL where there is one: ``pypi``, ``npm``, ``maven``, ``golang``, …"""
    name: str
    """
    As its registry writes it; for PyPI normalised by PEP 503, for Maven ``group/artifact``, for Go without ``/v2``.
    """
    category: str
    """One of `CATEGORIES`."""
    imports: tuple[str, ...]
    provider: str | None
    """The provider that the package talks to unless it is told otherwise."""
    note: str


@frozen
class Packages:
    """The table of AI packages. The row of a full name wins over a family's, and a longer family over a shorter one."""

    exact: Mapping[tuple[str, str], Package]
    families: tuple[Package, ...]
    _starts: Mapping[str, Sequence[tuple[str, Package]]] = field(init=False, repr=False, eq=False)
    """How the names of each family begin, by ecosystem, the longest first: a lock may have 100,000 packages."""

    @_starts.default
    def _begin(self) -> Mapping[str, Sequence[tuple[str, Package]]]:
        found: dict[str, list[tuple[str, Package]]] = {}
        for family in sorted(self.families, key=lambda p: -len(p.name)):
            start = _folded(family.ecosystem, family.name[:-1])
            found.setdefault(family.ecosystem, []).append((start, family))
        return found

    def get(self, ecosystem: str, name: str) -> Package | None:
        """Return what is known of the package *name* of *ecosystem*; None when it does not count as AI."""
        folded = _folded(ecosystem, name)
        found = self.exact.get((ecosystem, folded))
        if found is None:
            found = next((p for start, p in self._starts.get(ecosystem, ()) if folded.startswith(start)), None)
        if found is None and ecosystem == "conda":  # Most projects are called there as on PyPI.
            return self.get("pypi", re.sub(r"[-_.]+", "-", name).lower())
        return found

    def canonical(self, ecosystem: str, name: str) -> str:
        """
        Return *name* as its registry writes it, where case does not count and the package is known.

        >>> packages().canonical("nuget", "microsoft.ml"), packages().canonical("pypi", "torch")
        ('Microsoft.ML', 'torch')
        """
        if ecosystem != "nuget":
            return name
        found = self.exact.get((ecosystem, name.lower()))
        return found.name if found is not None else name

    def __iter__(self) -> Iterator[Package]:
        yield from self.exact.values()
        yield from self.families


_MAJOR: Final = expression(r"/v[0-9]+$|\.v[0-9]+$")


def _folded(ecosystem: str, name: str) -> str:
    """Return *name* without what does not tell packages of *ecosystem* apart."""
    match ecosystem:
        case "golang":  # The major version is part of the path of a module.
            return _MAJOR.sub("", name).lower()
        case "nuget" | "composer":
            return name.lower()
        case "cargo":  # The registry takes both for the same.
            return name.replace("_", "-").lower()
        case "maven":  # Scala's version stands behind the name.
            return re.sub(r"_(?:2\.\d+|3)$", "", name)
        case _:
            return name


@cache
def packages() -> Packages:
    """
    Return the packages that count as AI (``packages.tsv``).

    >>> packages().get("pypi", "transformers").category
    'model-library'
    """
    every = [
        Package(
            r["ecosystem"],
            r["name"],
            r["category"],
            tuple(filter(None, r["imports"].split("|"))),
            r["provider"] or None,
            r["note"],
        )
        for r in rows("packages")
    ]
    exact = {(p.ecosystem, _folded(p.ecosystem, p.name)): p for p in every if not p.name.endswith("*")}
    return Packages(exact, tuple(p for p in every if p.name.endswith("*")))


@frozen
class Service:
    """Somebody's API for hosted models."""

    provider: str
    """The key that ``aibom:provider`` carries."""
    title: str
    endpoint: str | None
    """Where its clients go unless they are told otherwise; None when that depends on the account or the machine."""
    external: bool
    """It runs outside of the machine that the code runs on."""
    hosts: tuple[str, ...]
    """Host names by which a ``base_url`` is recognised; ``*`` stands for any characters."""
    prefixes: tuple[str, ...]
    """Names by which ``provider/model`` and ``provider:model`` strings mean it."""
    source: str
    """The documentation that says so."""
    organisation: str = ""
    """Who runs it; empty where that is whoever uses it."""
    variables: tuple[str, ...] = ()
    """Variables of the environment that its clients read and that mean nothing else."""
    models: str = ""
    """A regular expression for how the names of its models begin, where no other service has such names."""
    authenticated: bool = False
    """Its documentation says that every request needs a key or a signature; else that is not known."""


@cache
def services() -> Mapping[str, Service]:
    """
    Return the hosted services by provider (``services.tsv``).

    >>> services()["openai"].title
    'OpenAI API'
    """
    return {
        r["provider"]: Service(
            r["provider"],
            r["title"],
            r["endpoint"] or None,
            r["external"] == "yes",
            tuple(filter(None, r["hosts"].split("|"))),
            tuple(filter(None, r["prefixes"].split("|"))),
            r["source"],
            r["organisation"],
            tuple(filter(None, r["variables"].split("|"))),
            r["models"],
            r["authenticated"] == "yes",
        )
        for r in rows("services")
    }


@frozen(cache_hash=True)  # A table of them is the key of what is made of it.
class Signature:
    """A call that names a model, a dataset or a service, and where in it the name stands."""

    detector: str
    callee: str
    """A pattern of `aibom.syntax.matches`."""
    kind: str
    """``model``, ``dataset`` or ``service``."""
    provider: str
    id: tuple[int | None, tuple[str, ...]]
    """Position (None: keyword only) and keywords of the argument that names it."""
    revision: tuple[int | None, tuple[str, ...]]
    context: tuple[str, ...]
    """
    Keyword arguments whose value is kept with the evidence; ``1:name`` is also the argument at 1.

    `link` follows those that are no literals.
    """
    flags: frozenset[str]
    """
    - ``hosted``: the model runs behind an API.
    - ``produced``: the code publishes the name, and does not load it.
    - ``formats``: names of file formats are no ids (`datasets.load_dataset`).
    - ``repo-type``: the argument ``repo_type`` says what kind it is.
    - ``prefix``: the name begins with its provider, as in ``openai:gpt-4o`` and ``groq/llama-3``.
    - ``id-shape``: only names with an owner count, because the receiver is not known.
    - ``family``: only names that look like the provider's own count, for the same reason.
    - ``hub-file``: the argument is a path on the Hub, with or without ``hf://``: ``datasets/owner/name/data.csv``.
    - ``hub-path``: only what leads to the Hub by itself counts, such as ``hf://``; the argument may be a dict of such.
    - ``strings-only``: the argument often takes an object; only strings count.
    - ``object``: the argument may also take an object made elsewhere, so what cannot be followed is no gap.
    - ``list``: the argument may be a list of names.
    - ``hub-ids``: a name with an owner is an id of the Hub; without one it is the library's own.
    - ``weights-file``: the argument may be anything that was saved; only a file of weights counts whose name says of
      what.
    - ``weights-url``: only links to files of weights, or to the Hub, count.
    """
    options: tuple[tuple[str, str], ...]
    """
    Flags with a value.

    - ``bare=sentence-transformers``: the owner of a name without one.
    - ``task=0|task``: the argument that says what the model is for.
    - ``provider=model_provider``: the argument that says who serves the name.
    - ``callee=1``: the call itself is the name: its last part, or the part so far from the end.
    - ``needs=1|pretrained``: the argument without which, or with None or False, nothing is loaded.
    - ``unless=source=local``: not when this argument is this.
    - ``within=*.params.model``: the keys that lead to the name in the argument; ``*`` is each element of a list,
      and ``@x`` a field of an object.
    """

    def option(self, name: str) -> str:
        """Return the value of the flag *name*; empty when the row has none."""
        return next((value for key, value in self.options if key == name), "")


def read_slot(cell: str) -> tuple[int | None, tuple[str, ...]]:
    """
    Read a cell such as ``1|model`` as position and keywords.

    >>> read_slot("1|model"), read_slot("model|model_name"), read_slot("")
    ((1, ('model',)), (None, ('model', 'model_name')), (None, ()))
    """
    parts = [p for p in cell.split("|") if p]
    if parts and parts[0].isdecimal():
        return int(parts[0]), tuple(parts[1:])
    return None, tuple(parts)


def parse_signatures(text: str, where: str = "signatures") -> tuple[Signature, ...]:
    """
    Read a table of signatures, for instance one of your own.

    `PluginError` when a row is not of the form of ``knowledge/signatures.tsv``.
    """
    return tuple(_signature(r, where) for r in _records(text, where))


def _signature(row: Mapping[str, str], where: str) -> Signature:
    try:
        flags = [flag.partition("=") for flag in row["flags"].split()]
        found = Signature(
            row["detector"],
            row["callee"],
            row["kind"],
            row["provider"],
            read_slot(row["id"]),
            read_slot(row["revision"]),
            tuple(filter(None, row["context"].split("|"))),
            frozenset(flag for flag, equals, _ in flags if not equals),
            tuple((name, value) for name, equals, value in flags if equals),
        )
    except KeyError as error:
        raise PluginError(f"{where}: the table has no column {error}") from None
    if found.kind not in _KINDS:
        raise PluginError(f"{where}: {found.callee}: the kind is {found.kind!r}, not model, dataset or service")
    if unknown := sorted({*found.flags - _FLAGS, *(name for name, _ in found.options if name not in _OPTIONS)}):
        raise PluginError(f"{where}: {found.callee}: there is no flag {unknown[0]!r}")
    if wrong := [cell for cell in found.context if not _CONTEXT.fullmatch(cell)]:
        raise PluginError(f"{where}: {found.callee}: {wrong[0]!r} is no keyword argument")
    if found.kind != "service" and found.id == (None, ()) and not found.option("callee"):
        raise PluginError(f"{where}: {found.callee}: the row does not say which argument names the {found.kind}")
    return found


@cache
def signatures() -> tuple[Signature, ...]:
    """Return the calls that aibom knows (``signatures.tsv``, and a table for each language that has its own)."""
    found: tuple[Signature, ...] = ()
    for name in ("signatures", *LANGUAGES):
        data = pkgutil.get_data(__name__, f"{name}.tsv")
        found += parse_signatures((data or b"").decode("utf-8"), f"{name}.tsv")
    return found


@frozen
class HubLicence:
    """A licence under a name that hubs give it and SPDX does not."""

    key: str
    spdx: str
    """The id that SPDX has for it; empty when it has none."""
    url: str
    """Its text or its terms; empty when that is not known."""


@cache
def hub_licences() -> Mapping[str, HubLicence]:
    """
    Return the licences of hubs by their key in lower case (``hub_licences.tsv``).

    >>> hub_licences()["odbl"].spdx
    'ODbL-1.0'
    """
    return {row["key"]: HubLicence(row["key"], row["spdx"], row["url"]) for row in rows("hub_licences")}


@cache
def constants() -> Mapping[str, str]:
    """
    Return the constants of libraries that stand for the name of a model (``constants.tsv``).

    >>> constants()["go:github.com/sashabaranov/go-openai.GPT4o"]
    'gpt-4o'
    """
    return {r["constant"]: r["id"] for r in rows("constants")}


@frozen
class Implicit:
    """What a library takes when a call names nothing."""

    callee: str
    """A pattern of `aibom.syntax.matches`."""
    argument: str
    """The keyword of the argument that would name it, as in the row of the signature."""
    when: tuple[tuple[tuple[int | None, tuple[str, ...]], frozenset[str]], ...]
    """Arguments, and what each must be: one of some literal values; an empty one stands for no argument."""
    provider: str
    id: str
    revision: str | None
    """The revision that the library pins; None when it takes the newest."""
    library: str
    """The library, and the version whose source says so."""
    source: str
    """The file that says so."""


@cache
def implicit() -> tuple[Implicit, ...]:
    """
    Return what libraries take when a call names nothing (``implicit.tsv``).

    >>> next(i.id for i in implicit() if i.callee == "keybert.KeyBERT")
    'sentence-transformers/all-MiniLM-L6-v2'
    """
    return tuple(
        Implicit(
            r["callee"],
            r["argument"],
            tuple(
                (read_slot(slot), frozenset(values.split(",")))
                for slot, _, values in (cell.partition("=") for cell in r["when"].split())
            ),
            r["provider"],
            r["id"],
            r["revision"] or None,
            r["library"],
            r["source"],
        )
        for r in rows("implicit")
    )


@frozen
class AgentCall:
    """A call, or a decorator, that makes an agent, a tool, or an MCP server or client."""

    what: str
    """``agent``, ``asker``, ``team``, ``tool``, ``decorator``, ``class``, ``server``, ``client`` or ``clients``."""
    callee: str
    """A pattern of `aibom.syntax.matches`."""
    within: str
    """What the file must import for the row to count, where the callee alone would say too little; else empty."""
    provider: str
    """The package whose call it is."""
    name: tuple[int | None, tuple[str, ...]]
    """Position and keywords of the argument with the name."""
    parts: tuple[tuple[int | None, tuple[str, ...]], ...]
    """Those with what it uses; of a client the command, its arguments and the address."""


@cache
def agent_calls() -> Mapping[str, tuple[AgentCall, ...]]:
    """
    Return the calls that make agents and what belongs to them (``agents.tsv``), by the last part of the callee.

    >>> [row.provider for row in agent_calls()["create_swarm"]]
    ['langgraph-swarm']
    """
    found: dict[str, list[AgentCall]] = {}
    for r in rows("agents"):
        parts = tuple((None, ()) if cell == "-" else read_slot(cell) for cell in r["parts"].split())
        within, _, callee = r["callee"].rpartition("|")
        row = AgentCall(r["what"], callee, within, r["provider"], read_slot(r["name"]), parts)
        found.setdefault(row.callee.rpartition(".")[2], []).append(row)
    return {last: tuple(found[last]) for last in found}


@cache
def harmful_tools() -> tuple[tuple[str, str], ...]:
    """
    Return the tools of packages that can do harm (``harmful_tools.tsv``): a pattern of the callee, and the harm.

    >>> ("smolagents.PythonInterpreterTool", "code") in harmful_tools()
    True
    """
    return tuple((row["callee"], row["harm"]) for row in rows("harmful_tools"))


@frozen
class ValueCall:
    """A function outside of the tree whose result can be told from its arguments."""

    callee: str
    gives: str
    """What it gives, as the header of the table says: ``argument`` (it hands one on), ``setting`` (a default), …"""
    position: int | None
    keywords: tuple[str, ...]


@cache
def value_calls() -> Mapping[str, ValueCall]:
    """
    Return the functions that hand on what they are given (``values.tsv``), by their dotted name.

    >>> value_calls()["os.getenv"].gives
    'setting'
    """
    return {r["callee"]: ValueCall(r["callee"], r["gives"], *read_slot(r["argument"])) for r in rows("values")}


@cache
def owners() -> Mapping[str, str]:
    """
    Return well-known owners on the Hub, in lower case (``owners.tsv``).

    Each with whether the name is as well known elsewhere: ``yes`` or ``no``.

    >>> owners()["baai"], owners()["microsoft"]
    ('no', 'yes')
    """
    return {r["owner"].lower(): r["elsewhere"] for r in rows("owners")}


@cache
def legacy_names() -> Mapping[tuple[str, str], str]:
    """
    Return the canonical id of models and datasets of the Hub that had a name without an owner (``legacy.tsv``).

    >>> legacy_names()["model", "gpt2"]
    'openai-community/gpt2'
    """
    return {(r["kind"], r["name"]): r["canonical"] for r in rows("legacy")}


@frozen
class CommandRow:
    """A command that names a model or a dataset, and where in its words the name stands."""

    programs: tuple[str, ...]
    """Base names; ``python:x`` is ``python -m x``; ``*`` stands for any characters."""
    words: tuple[tuple[str, ...], ...]
    """The subcommands, each as its words; an empty one is any."""
    id: tuple[str, ...]
    """``0``: the first word that is no option; ``0+``: that and all after it; ``--x``: an option; ``x=``: a word that
    begins so."""
    kind: str
    provider: str
    read: str
    """
    How the name is read.

    - ``repo``: a repository of the Hub; ``--repo-type`` says of which kind.
    - ``path``: an id of the Hub, or a path below the project. ``shape``: only an id with its owner.
    - ``hub``: only what leads to the Hub by itself. ``url``: only links to files of weights, or to the Hub.
    - ``quant``: an id with the name of a quantization behind it: ``org/name:Q4_K_M``. ``file``: a file of weights.
    - ``own``, ``ollama``, ``docker``, ``lms``, ``whisper``, ``ngc``, ``garden``, ``registry``: as these name models.
    - ``hub-ids``: an id with an owner, which the command looks up in the registry of its row.
    - ``hosted``: a model behind an API, perhaps with its provider in front. ``family``: only names that are known.
    - ``scheme``: only with a scheme in front: ``huggingface://``, ``ollama://``.
    - ``pairs``: ``pretrained=org/name,revision=…``. ``module``: ``name=org/name``. ``json``: ``{"model": "org/name"}``.
    - ``slot``: whatever looks like a name.
    """
    produced: bool
    """The command publishes the name, and does not load it."""
    revision: tuple[str, ...]
    files: tuple[str, ...]
    context: tuple[str, ...]
    """Options that are kept with the evidence."""
    switches: frozenset[str]
    """Options that take no value."""


@cache
def commands() -> tuple[CommandRow, ...]:
    """
    Return the commands that aibom knows (``commands.tsv``).

    >>> next(row.id for row in commands() if "vllm" in row.programs)
    ('0', '--model', '--tokenizer')
    """
    return tuple(
        CommandRow(
            _cells(r["program"]),
            tuple(tuple(w.split()) if w != "*" else () for w in _cells(r["words"])),
            _cells(r["id"]),
            r["kind"],
            r["provider"],
            r["read"].split()[0],
            "produced" in r["read"].split(),
            _cells(r["revision"]),
            _cells(r["files"]),
            _cells(r["context"]),
            frozenset(_cells(r["switches"])),
        )
        for r in rows("commands")
    )


def _cells(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


@frozen
class Image:
    """An image of a container that serves models, or keeps what they need."""

    name: str
    """As ``docker pull`` takes it, without its tag; ``*`` stands for any characters."""
    category: str
    """One of `CATEGORIES`."""
    program: str
    """The program that the arguments of its container belong to; empty when there is none that is known."""


@cache
def images() -> tuple[Image, ...]:
    """
    Return the images that count as AI (``images.tsv``).

    >>> next(i.program for i in images() if i.name == "vllm/vllm-openai")
    'vllm serve'
    """
    return tuple(Image(r["image"], r["category"], r["program"]) for r in rows("images"))


@frozen
class PickleGlobal:
    """What it means when a pickle imports something."""

    module: str
    """``**`` at its end is the module itself and all below it."""
    name: str
    """A pattern of the shell, that matches no dot."""
    verdict: str
    """``safe``, ``dangerous`` or ``unknown``."""
    why: str
    source: str


@cache
def pickle_globals() -> tuple[PickleGlobal, ...]:
    """Return what it means when a pickle imports something; a dangerous row wins over a safe one."""
    return tuple(PickleGlobal(**row) for row in rows("pickle_globals"))


@frozen
class Threat:
    """What a fact about the use of AI exposes to. An exposure is no vulnerability."""

    fact: str
    """Such as ``model.revision.unpinned``."""
    rules: tuple[str, ...]
    """The ids of the rules that find it; empty when none does, and *open* says why."""
    relation: str
    """``exposure``, ``weakness``, ``finding``, ``control-present``, ``gap``, ``context``, ``information`` …"""
    ids: tuple[str, ...]
    """Ids of MITRE ATLAS, of OWASP's lists with their year, and of CWE."""
    mapped: tuple[str, ...]
    """Mitigations that ATLAS itself maps to these techniques."""
    advice: tuple[str, ...]
    """Mitigations of ATLAS that this project suggests besides."""
    why: str
    must_not_say: str
    """What a finding must not claim."""
    open: str
    """Why no rule finds it."""


@cache
def threats() -> tuple[Threat, ...]:
    """
    Return the facts that expose to threats, with the rules that find each (``threats.tsv``).

    >>> next(t for t in threats() if "trust-remote-code" in t.rules).ids[:2]
    ('AML.T0011.000', 'AML.T0010.003')
    """
    found = []
    for row in rows("threats"):
        ids = [*_listed(row["atlas"])]
        ids += [f"OWASP-{i}:2025" for i in _listed(row["llm2025"])]
        ids += [f"OWASP-{i}:2026" for i in _listed(row["llm2026"])]
        ids += [f"OWASP-{i}:2026" for i in _listed(row["agentic2026"])]
        ids += [f"CWE-{i}" for i in _listed(row["cwe"])]
        found.append(
            Threat(
                row["fact"],
                _listed(row["rules"]),
                row["relation"],
                tuple(ids),
                _listed(row["mapped"]),
                _listed(row["advice"]),
                row["rationale"],
                row["must_not_say"],
                row["open"],
            )
        )
    return tuple(found)


ATLAS_RELEASE: Final = "2026.04"
"""The release of MITRE ATLAS that was read, as data 5.6.0 (``atlas.tsv``)."""


@cache
def later_in_atlas() -> frozenset[str]:
    """Return the ids that a later release of MITRE ATLAS than `ATLAS_RELEASE` has, by what others say of it."""
    return frozenset(row["id"] for row in rows("atlas") if row["release"] != ATLAS_RELEASE)


@cache
def atlas() -> Mapping[str, str]:
    """
    Return the names of MITRE ATLAS by id (``atlas.tsv``).

    >>> atlas()["AML.M0014"]
    'Verify AI Artifacts'
    """
    return {row["id"]: row["name"] for row in rows("atlas")}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@frozen
class HostedModel:
    """What a provider publishes of a hosted model; what it does not say is empty."""

    provider: str
    name: str
    """As the provider calls it; ``*`` stands for any characters."""
    family: str
    context: str
    """The context window, in tokens."""
    inputs: tuple[str, ...]
    """What goes in: ``text``, ``image``, ``audio``, ``video``, ``pdf``."""
    outputs: tuple[str, ...]
    """What comes out: the same, or ``embedding``, ``scores``."""
    deprecated: str
    """The day on which its end was announced, ``YYYY-MM-DD``."""
    shutdown: str
    """The day from which on it answers no more."""
    successor: str
    """What the provider recommends instead."""
    source: str
    """The address of the documentation that says so."""
    known: str
    """The day up to which we know that it does."""


@cache
def hosted_models() -> tuple[HostedModel, ...]:
    """
    Return what is published of hosted models (``hosted_models.tsv``).

    >>> next(m.shutdown for m in hosted_models() if m.name == "claude-2.1")
    '2025-07-21'
    """
    return tuple(
        HostedModel(
            r["provider"],
            r["name"],
            r["family"],
            r["context"],
            tuple(filter(None, r["inputs"].split("|"))),
            tuple(filter(None, r["outputs"].split("|"))),
            r["deprecated"],
            r["shutdown"],
            r["successor"],
            r["source"],
            r["known"],
        )
        for r in rows("hosted_models")
    )
