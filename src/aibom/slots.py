"""Tell by its shape, its place and its neighbours whether a string names a model or a dataset."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import names
from aibom.bill import Kind, Usage
from aibom.expressions import expression
from aibom.knowledge import owners, packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "NUMBER_WORDS",
    "REGISTRY",
    "RESELLERS",
    "WORDS",
    "Slot",
    "is_about",
    "is_published",
    "is_table",
    "is_weights",
    "looks_named",
    "may_name",
    "read",
    "speaks",
    "words",
]

_MODEL_WORDS: Final = frozenset(
    {
        *("model", "models", "checkpoint", "checkpoints", "ckpt", "pretrained", "encoder", "embedding", "embeddings"),
        *("embedder", "reranker", "rerankers", "ranker", "vocoder", "tokenizer", "tokenizers", "llm", "llms", "lm"),
        *("embedders", "encoders", "rankers", "vocoders", "backbones", "captioners", "classifiers", "translators"),
        *("backbone", "lora", "vae", "unet", "controlnet", "hf", "huggingface", "transformer", "transformers", "chat"),
        *("captioner", "summarizer", "classifier", "translator", "whisper", "clip", "diffusion", "engine", "engines"),
        *("deployment", "completion", "agent", "judge", "ner", "sessions", "session", "repo", "hub"),
    }
)
_DATASET_WORDS: Final = frozenset({"dataset", "datasets", "corpus", "corpora", "benchmark", "benchmarks"})
WORDS: Final = _MODEL_WORDS | _DATASET_WORDS
"""What places for models and datasets are called."""
_OTHER_WORDS: Final = frozenset(
    {
        *("mime", "mimetype", "mimetypes", "media", "content", "template", "templates", "route", "routes", "endpoint"),
        *("timezone", "tz", "github", "gitlab", "bitbucket", "docker", "image", "package", "packages", "license"),
        *("licence", "author", "unit"),
        *(
            "units",
            "header",
            "headers",
            "agents",
            "description",
            "help",
            "prompt",
            "message",
            "messages",
            "title",
            "docs",
        ),
        *(
            "format",
            "formats",
            "regex",
            "pattern",
            "command",
            "cmd",
            "version",
            "namespace",
            "scope",
            "module",
            "space",
        ),
        *("task", "citation", "reference", "pip", "requirement", "requirements", "dependency", "dependencies"),
        *("dir", "directory", "folder", "root", "split", "splits", "subset", "subsets"),
    }
)
_PACKAGE_WORDS: Final = frozenset(
    {"package", "packages", "pip", "requirement", "requirements", "dependency", "dependencies", "extras", "module"}
    | {"modules", "import", "imports", "library", "libraries", "distribution", "distributions"}
)
_NEVER_WORDS: Final = frozenset(
    {"license", "licence", "licenses", "licences", "route", "routes", "docker", "dockerfile", "container", "containers"}
)
"""What has a slash and is no id: ``model_license = "MIT/Apache-2.0"``, ``MODEL_ROUTE = "chat/completions"``."""
_IMAGE: Final = expression(r"(?i)(\w*image(?:_(?:name|uri|ref|tag))?)(?:=…\))?$")
"""Names of images of containers: an ``image_model`` is a model, and a ``model_image`` is none."""
_HUB_WORDS: Final = frozenset({"hf", "hub", "huggingface"})
_OF_HUB: Final = frozenset({"id", "ids"})
"""Words beside ``repo`` that say of which kind it is: ``repo_id`` is huggingface_hub's word."""
_LOOSE_WORDS: Final = frozenset(
    {"chat", "clip", "engine", "engines", "agent", "judge", "session", "sessions", "hub", "repo", "classifier", "lm"}
    | {"classifiers", "translator", "translators", "completion", "deployment", "summarizer", "benchmark", "benchmarks"}
    | {"corpus", "corpora"}
)
"""Words of slots that mean other things as often: what says nothing by itself either is no name there."""
_WORDS_ALONE: Final = expression(r"[A-Za-z]+/[A-Za-z_]+")
"""Two words: ``min/max``, ``news/sports``."""
_FILE_WORDS: Final = frozenset({"model", "models", "weights", "weight", "checkpoint", "checkpoints", "ckpt", "ckpts"})
NUMBER_WORDS: Final = frozenset(
    {"price", "prices", "pricing", "cost", "costs", "limit", "limits", "window", "windows", "rate", "rates"}
    | {"tokens", "dimensions", "dims"}
)
"""A table of numbers about models names them without using them."""
_LIST_WORDS: Final = frozenset(
    {"capabilities", "capability", "supports", "reasoning"} | {"deprecated", "unsupported", "excluded"}
)
"""So does a list of those that can do something, or that are not to be used."""
_PART_WORDS: Final = frozenset(
    {"prefix", "prefixes", "suffix", "suffixes", "family", "families", "regex", "regexes", "pattern", "patterns"}
)
"""What only a part of a name is called."""

_NO_OWNERS: Final = frozenset(
    {
        *("application", "audio", "font", "image", "message", "multipart", "text", "video", "chemical"),  # MIME
        *("africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "europe", "indian", "pacific"),
        *("etc", "us", "usr", "var", "tmp", "home", "opt", "bin", "lib", "dev", "proc", "mnt", "src", "docs", "doc"),
        *("data", "test", "tests", "static", "templates", "assets", "public", "dist", "build", "config", "configs"),
        *("scripts", "examples", "example", "api", "v1", "v2", "v3", "app", "apps", "node_modules", "path", "output"),
        *(
            "outputs",
            "input",
            "inputs",
            "results",
            "logs",
            "cache",
            "images",
            "img",
            "media",
            "files",
            "file",
            "models",
        ),
        *(
            "checkpoints",
            "weights",
            "utils",
            "core",
            "common",
            "auth",
            "admin",
            "user",
            "users",
            "http",
            "https",
            "ftp",
        ),
        *(
            "refs",
            "heads",
            "origin",
            "feature",
            "bugfix",
            "train",
            "val",
            "valid",
            "eval",
            "metrics",
            "loss",
            "mozilla",
        ),
        *(
            "and",
            "or",
            "yes",
            "no",
            "true",
            "false",
            "on",
            "off",
            "he",
            "him",
            "his",
            "tcp",
            "tls",
            "ssl",
            "gnu",
            "utf",
        ),
        *(
            "chat",
            "completions",
            "embeddings",
            "library",
            "actions",
            "resources",
            "resource",
            "templates",
            "views",
            "pages",
            "www",
            "localhost",
            "spaces",
        ),
    }
)
_NO_NAMES: Final = frozenset({"assets", "weights", "checkpoints", "models", "releases", "downloads"})
"""Folders, and repositories of source code for files."""
_SPEAKING: Final = expression(
    r"\d+(?:\.\d+)?[bm](?![a-z0-9])|(?:^|[-_.])(?:base|large|small|tiny|mini|xl|xxl|instruct|chat|uncased|cased|gguf|awq|gptq|fp16|int8|lora|"
    r"embed\w*|rerank\w*|\w*bert\w*|\w*gpt\w*|\w*llama\w*|qwen\w*|t5|mt5|\w*t5|clip|blip\w*|whisper\w*|mistral|mixtral|gemma|phi|bge|gte|e5|"
    r"minilm\w*|mpnet|vit|yolo\w*|sdxl|stable|diffusion|wav2vec\w*|hubert|\w*bart|pegasus|m2m100|nllb|opus|marian|detr|dinov\d|siglip\w*|sam\d?|bark|xtts|speecht5|electra|quantized|ner|nli|squad|sst\w*|msmarco|colbert\w*|splade\w*|falcon|bloom\w*)"
    r"(?:$|[-_.\d])",
    re.IGNORECASE,
)
"""Pieces of names that models have, and little else."""
_SPACY: Final = expression(
    r"[a-z]{2,3}_(?:core|dep|ent|sent|udv25|pipeline)_(?:web|news|wiki|sci|med|ud|\w+?)_(?:sm|md|lg|trf|scibert)"
)
"""Names of spaCy's packages: language, type, genre, size (spacy.io/models)."""
_PICKLED: Final = (".pkl", ".joblib")
"""Endings of pickles, which may be anything; what a place for models calls so is one."""
_YOLO: Final = expression(
    r"(?:yolo(?:v?\d+[a-z]\w?|e-\w+)|sam[\d.]*_\w+|mobile_sam|FastSAM-[sx]|rtdetr-[lx])"
    r"(?:-(?:cls|depth|obb|pf|pose|seg|sem|world|worldv2))*\.pt"
)
"""Files that Ultralytics' libraries fetch by these names (docs.ultralytics.com/models)."""
_PADDLE: Final = expression(
    r"(?:[a-z]+_)?PP-OCRv\d_\w*(?:det|rec)\w*|PP-(?:LCNet|Doc|FormulaNet|Chart2Table|YOLOE?|HGNet|TSM|TSN)[\w+.-]*|PaddleOCR-VL(?:-[\d.]+)*(?:-\d+(?:\.\d+)?B)?"
    r"|SLAN(?:et|eXt)\w*|UVDoc|RT-DETR-[LHX]_\w+"
)
"""Models of PaddleX (its module lists, 3.x), which PaddleOCR fetches by these names."""
_OLLAMA: Final = expression(r"[a-z][a-z0-9._-]*:(?:latest|\d+(?:\.\d+)?[bm][\w.-]*|\d+x\d+b[\w.-]*|[\w.-]*q\d[\w.-]*)")
"""Names with a tag as Ollama writes them: llama3.2:3b."""
_LM_STUDIO: Final = expression(r"([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*-GGUF)/[\w.-]+\.gguf", re.IGNORECASE)
"""A file in a repository on the Hub as LM Studio names it: owner/name-GGUF/file.gguf."""
_REPLICATE: Final = expression(r"([a-z0-9][\w.-]*/[\w.-]+):([0-9a-f]{64})")
"""A version of a model on Replicate: owner/name:digest."""
_GGUF: Final = expression(r"[A-Za-z0-9][\w.-]*\.gguf", re.IGNORECASE)
_BARE: Final = expression(r"[A-Za-z0-9][\w.:/@-]{0,99}")
_LOCAL: Final = frozenset(
    {"spacy", "stanza", "flair", "whisper", "timm", "openclip", "nltk", "huggingface", "ultralytics"}
)
_PLAIN: Final = frozenset({"model", "models"})
_SERVED: Final = frozenset({"model", "models", "llm", "embedding", "embeddings", "deployment", "engine", "reranker"})
_BESIDE: Final = frozenset(
    {
        "name",
        "names",
        "id",
        "default",
        "chat",
        "text",
        "completion",
        "fast",
        "smart",
        "small",
        "large",
        "vision",
        "rerank",
    }
)
"""Words of names whose values are models that are served, and words that may stand beside these."""
_NOT_SERVED: Final = expression(
    r"(?:v?[\d.]+|\d{4}-\d\d.*|[a-z]+(?:_[a-z]+)+|[A-Z][A-Z\d_]*|[A-Z][a-z]+[A-Z]\w*|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)"
)
"""Versions, dates, names of variables, of classes and of modules."""
RESELLERS: Final = frozenset(
    {
        *("azure", "bedrock", "vertex", "openrouter", "github", "together", "fireworks", "groq", "nvidia", "deepinfra"),
        *(
            "cerebras",
            "databricks",
            "watsonx",
            "lmstudio",
            "sambanova",
            "replicate",
            "cloudflare",
            "novita",
            "siliconflow",
        ),
    }
)
"""Providers that serve the models of others under their names."""
_LONGEST: Final = 300
_ENOUGH: Final = 4
_ENOUGH_HOSTED: Final = 3
REGISTRY: Final = 3
"""So many names in one container make it a registry."""


@frozen
class Slot:
    """Where a string stands: the names that lead to it."""

    words: frozenset[str]
    usage: Usage = Usage.USED
    symbol: str = ""
    siblings: int = 1
    """How many strings of an id's shape stand in the same container."""
    made: bool = False
    """It is given to something whose name begins with a capital, and is so made of it."""
    key: bool = False
    """It is the key of a dict, and may be an alias."""
    numeric: bool = False
    """It is the key of a number, or of numbers."""
    described: bool = False
    """It is the key of a description: prices, limits, capabilities."""
    listed: str | None = None
    """The provider that is the key to it, in a dict of models by who serves them."""
    routed: bool = False
    """It stands among names that begin with the providers that serve them: ``openai/gpt-4o``."""
    checked: bool = False
    """It stands with a checksum or a link, as what is downloaded does."""
    files: int = 1
    """How many files of weights have a name in the same dict."""
    provider: str | None = None
    """Who serves the name, where the place says so."""
    around: str | None = None
    """The provider that the class or the file around it is called after, or whose package alone is imported."""
    own: frozenset[str] = frozenset()
    """The words of the innermost name."""

    fallback: bool = False
    """It is what a name gets that has no value yet: ``name = name or "id"``."""
    asked: bool = False
    """The code only asks whether a name is among these, or which tokenizer it has."""
    published: bool = False
    """It names what the code uploads, or manages on a hub, and does not load."""
    scope: int = 0
    """The scope of the code that the string stands in."""

    def within(self, name: str) -> Slot:
        """Return the slot of a part called *name*."""
        return evolve(self, words=self.words | words(name), own=words(name))


@cache
def words(name: str) -> frozenset[str]:
    """
    Return the words of an identifier, in lower case.

    >>> sorted(words("defaultModelName_v2"))
    ['default', 'model', 'name', 'v2']
    >>> sorted(words("modelGitHubRepo"))
    ['github', 'model', 'repo']
    """
    name = name.replace("GitHub", "Github").replace("GitLab", "Gitlab")
    return frozenset(w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d*|\d+", name))


def is_about(key: str) -> bool:
    """Tell whether *key* is one of a description of a model: its price, its limits, what it can do."""
    return bool(words(key) & (_LIST_WORDS | NUMBER_WORDS))


def is_table(slot: Slot) -> bool:
    """Tell whether a string stands in a table about models, such as a price list."""
    numbers = slot.numeric or (slot.words & NUMBER_WORDS and not slot.key)
    part = slot.own & _PART_WORDS
    return bool(slot.words & _LIST_WORDS or slot.described or slot.asked or numbers or part)


def is_published(slot: Slot) -> bool:
    """
    Tell whether a string names what is uploaded to a hub, and not what is loaded.

    >>> is_published(Slot(words("hub_model_id"))), is_published(Slot(words("model_id")))
    (True, False)
    """
    return slot.published or slot.words >= _PUBLISHED


_PUBLISHED: Final = frozenset({"hub", "model", "id"})
"""The words of ``hub_model_id``: where transformers.TrainingArguments uploads what was trained."""


def looks_named(values: Iterable[object]) -> int:
    """Return how many of *values* are strings that look like a model's name."""
    return sum(_remembered(v) if len(v) <= _LONGEST else _looks_named(v) for v in values if isinstance(v, str))


@lru_cache(maxsize=10_000)
def _remembered(text: str) -> bool:
    """Return what `_looks_named` does; each level of a registry asks about all that is below it."""
    return _looks_named(text)


def _looks_named(text: str) -> bool:
    return names.has_id_shape(text.rstrip("/")) or names.hosted_family(text) is not None or bool(_SPACY.fullmatch(text))


def may_name(text: str) -> bool:
    """Tell whether *text* may be a name at all, wherever it stands: it is not long, and has no spaces."""
    return bool(text) and len(text) <= _LONGEST and " " not in text and "\n" not in text


def read(text: str, slot: Slot, *, ai: bool) -> Iterator[tuple[names.Named, float]]:
    """
    Yield what *text* names in *slot*, and how sure that is; *ai* says whether the file is known to be about AI.

    >>> [named.name for named, _ in read("BAAI/bge-m3", Slot(words("embedding_model")), ai=False)]
    ['BAAI/bge-m3']
    >>> list(read("text/event-stream", Slot(words("media_type")), ai=True))
    []
    """
    if not may_name(text):
        return
    kind = Kind.DATASET if slot.words & _DATASET_WORDS and not slot.words & _PLAIN else Kind.MODEL
    if (known := _by_form(text, slot)) is not None:
        yield known
    elif slot.listed is not None and _is_listed(text, slot):
        yield names.Named(Kind.MODEL, slot.listed, text, hosted=slot.listed not in _LOCAL), 0.7
    elif "://" in text:
        named = names.read_weights_url(text, kind) if not names.is_picture(text) else None
        if named is not None:
            yield named, 0.8
    elif (slot.checked or (slot.files >= REGISTRY and slot.words & _FILE_WORDS)) and is_weights(text):
        yield names.Named(Kind.MODEL, "local" if "/" in text else "unknown", text), 0.7
    elif slot.words & _HUB_WORDS and (repository := _repository(text)):
        yield names.Named(kind, "huggingface", repository), 0.7
    elif (served := names.hosted_by_owner(text)) and slot.words & _MODEL_WORDS:
        router = slot.provider or (slot.around if slot.around in RESELLERS else None)
        yield names.Named(Kind.MODEL, router or served, text if router else text.partition("/")[2], hosted=True), 0.7
    elif (prefixed := _prefixed(text, slot)) is not None:
        yield prefixed, 0.7
    elif names.has_id_shape(text):
        if slot.words & _NEVER_WORDS or _is_image(slot):
            return
        if slot.provider is None and slot.around in RESELLERS and kind is Kind.MODEL and slot.own & _SERVED:
            slot = evolve(slot, provider=slot.around)
        if _points(text, slot, ai=ai) >= _ENOUGH:
            yield names.Named(kind, slot.provider or "huggingface", text, hosted=slot.provider is not None), 0.7
    else:
        yield from _hosted(text, slot, ai=ai)


def _by_form(text: str, slot: Slot) -> tuple[names.Named, float] | None:
    """Return what *text* names by a form that one library alone gives its names."""
    if _SPACY.fullmatch(text):
        return names.Named(Kind.MODEL, "spacy", text), 0.9
    if _YOLO.fullmatch(text) and slot.words & _FILE_WORDS:
        return names.Named(Kind.MODEL, "ultralytics", text), 0.7
    if _PADDLE.fullmatch(text) and slot.words & _FILE_WORDS:
        return names.Named(Kind.MODEL, "paddleocr", text), 0.7
    if (registered := names.read_azure(text)) is not None:
        return registered, 0.9
    own = text.removeprefix("local:")
    if own != text and slot.words & {"embed", "embedding"} and names.has_id_shape(own):
        return names.Named(Kind.MODEL, "huggingface", own), 0.9  # LlamaIndex: Settings.embed_model = "local:org/name"
    if listed := _LM_STUDIO.fullmatch(text):
        return names.Named(Kind.MODEL, "huggingface", listed[1]), 0.8
    if version := _REPLICATE.fullmatch(text):
        return names.Named(Kind.MODEL, "replicate", version[1], version[2], hosted=True), 0.9
    if slot.own & _PLAIN and _GGUF.fullmatch(text) and is_weights(text):
        return names.Named(Kind.MODEL, "gpt4all" if slot.around == "gpt4all" else "unknown", text), 0.6
    return None


def is_weights(text: str) -> bool:
    """
    Tell whether *text* is the name of a file of weights that tells which model it is.

    >>> is_weights("ggml-tiny.bin"), is_weights("pytorch_model.bin"), is_weights("notes.txt")
    (True, False, False)
    """
    return _is_file(text) and not names.is_any(text) and "{" not in text


def _is_file(text: str) -> bool:
    return names.has_weights_suffix(text) or text.lower().endswith(_PICKLED)


def speaks(name: str) -> bool:
    """
    Tell whether *name* has a piece that models have in their names, and little else.

    >>> speaks("support-bert-base"), speaks("ds2208")
    (True, False)
    """
    return _SPEAKING.search(name) is not None


def _is_image(slot: Slot) -> bool:
    """Tell whether the innermost name says that it is for an image of a container."""
    called = _IMAGE.search(slot.symbol) if "image" in slot.own else None
    return slot.own == {"image"} or (called is not None and words(called[1]) == slot.own)


def _repository(text: str) -> str | None:
    """Return the id in ``owner/name/`` and in ``owner/name/file.bin``; None when *text* is neither."""
    pieces = text.split("/")
    name = "/".join(pieces[:2])
    long = len(pieces) > 2 and (not pieces[-1] or _is_file(text))  # noqa: PLR2004 - more than an id
    return name if long and names.has_id_shape(name) else None


def _prefixed(text: str, slot: Slot) -> names.Named | None:
    """Return what ``provider/model`` or ``provider:model`` means in a place that is called after models."""
    if not _BARE.fullmatch(text) or not text[-1].isalnum() or slot.provider is not None:
        return None
    head, slash, rest = text.partition("/")
    called = bool(slot.words & _MODEL_WORDS) and not (slot.words & _OTHER_WORDS and not slot.words & _PLAIN)
    owner = names.provider_of_prefix(head) if slash else None
    if owner is not None and (slot.routed or (called and owner == slot.around)):
        return names.read_hosted(text, owner, prefixed=True)
    told = slash and (names.hosted_family(rest) or names.is_namespace(head))
    if slot.around in RESELLERS - {"azure"} or not (called or told):
        return None
    return names.read_prefixed(text)


def _is_listed(text: str, slot: Slot) -> bool:
    """Tell whether *text* is a model of the provider under whose key it stands: all of a list, of a dict its model."""
    direct = slot.own == words(slot.listed or "") or bool(slot.own & _SERVED and not slot.own - _SERVED - _BESIDE)
    if not direct or not _BARE.fullmatch(text) or _NOT_SERVED.fullmatch(text) or not text[-1].isalnum():
        return False
    if names.provider_of_prefix(text) is not None or _is_file(text) or names.is_placeholder(text):
        return False
    if "/" in text:  # An owner's models, which a reseller serves; under an owner's key they are those of the Hub.
        return slot.listed in RESELLERS and (names.has_id_shape(text) or text.count("/") > 1)
    return bool(re.search(r"[-\d]", text))


def _is_served(text: str, slot: Slot) -> bool:
    """Tell whether *text* may be a name that only the provider knows whose the code around it is."""
    if (
        not slot.own & _SERVED
        or slot.own - _SERVED - _BESIDE
        or not _BARE.fullmatch(text)
        or _NOT_SERVED.fullmatch(text)
    ):
        return False
    if slot.words & _PACKAGE_WORDS or packages().get("pypi", text) is not None:
        return False
    if names.provider_of_prefix(text) is not None or _is_file(text) or names.is_placeholder(text):
        return False
    return bool(re.search(r"[-\d]", text)) or (slot.around == "ollama" and text.isalnum())


def _hosted(text: str, slot: Slot, *, ai: bool) -> Iterator[tuple[names.Named, float]]:
    """Yield the model behind an API that *text* names: by how its provider names them, or because the place says so."""
    family = names.hosted_family(text)
    if family is not None and _OLLAMA.fullmatch(text):  # mistral-nemo:latest: the tag is Ollama's.
        family = "ollama"
    other = slot.words & _OTHER_WORDS and not slot.words & _PLAIN
    whole = text[-1].isalnum() and not re.search(r"[_|*\\()]", text)  # gpt-4|gpt-3.5 is an expression for names.
    if family is not None and whole and not _is_file(text) and not other:
        points = 2.0 * ("-" in text and bool(re.search(r"\d|latest|preview", text))) + 2 * bool(
            slot.words & _MODEL_WORDS
        )
        points += 2 * (slot.siblings >= REGISTRY) + 1 * ai + 1 * slot.made
        if points >= _ENOUGH_HOSTED:
            reseller = slot.around if slot.around in RESELLERS else None
            yield names.Named(Kind.MODEL, slot.provider or reseller or family, text, hosted=True), 0.7
    elif slot.around is not None and slot.provider is None and not slot.key and _is_served(text, slot):
        yield names.Named(Kind.MODEL, slot.around, text, hosted=True), 0.6
    elif names.is_plain(text) and ai and not other and slot.own & _PLAIN and not slot.own - _PLAIN - _BESIDE:
        yield names.Named(Kind.MODEL, "huggingface", text), 0.7
    elif slot.siblings >= REGISTRY and not slot.key and not other and _is_bare(text):
        yield names.Named(Kind.MODEL, slot.provider or "huggingface", text), 0.5
    elif slot.words & _PLAIN and not other:
        if _OLLAMA.fullmatch(text):
            yield names.Named(Kind.MODEL, slot.provider or "ollama", text, hosted=True), 0.6
        elif slot.provider is not None and _BARE.fullmatch(text):
            yield names.Named(Kind.MODEL, slot.provider, text, hosted=slot.provider not in _LOCAL), 0.6


def _is_bare(text: str) -> bool:
    """Tell whether *text* is a name without an owner that speaks for itself, as it may stand among ids."""
    speaks = _SPEAKING.search(text) is not None and _BARE.fullmatch(text) is not None
    return (
        speaks
        and text[-1].isalnum()
        and "-" in text
        and "/" not in text
        and bool(re.search(r"\d", text))
        and not _is_file(text)
    )


def _points(text: str, slot: Slot, *, ai: bool) -> float:
    """Weigh whether *text*, which has the shape of an id, is one: its owner, its words, its slot, its file."""
    owner, _, name = text.partition("/")
    if owner.lower() in _NO_OWNERS or name.lower() in _NO_NAMES or not re.search(r"[A-Za-z].*[A-Za-z]", name):
        return 0
    known = owners().get(owner.lower())
    points = 3.0 if known == "no" else 1.5 if known == "yes" else 0.0
    points += 2 * bool(_SPEAKING.search(name)) + 0.5 * bool(re.search(r"[-\d]", name))
    called = slot.words & (_MODEL_WORDS | _DATASET_WORDS)
    # A repository alone may be one of source code.
    points += 3 * bool(called) - 2 * (called == {"repo"} and not slot.words & _OF_HUB)
    if known is None and called <= _LOOSE_WORDS and _WORDS_ALONE.fullmatch(text):
        points -= 2
    points += 2 * (slot.siblings >= REGISTRY) + 1 * ai + 2 * (slot.provider is not None)
    return points - 4 * bool(slot.words & _OTHER_WORDS and not slot.words & (_PLAIN | {"dataset", "datasets"}))
