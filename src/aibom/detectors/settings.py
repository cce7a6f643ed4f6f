"""Models and datasets that files of settings name: YAML, TOML, JSON, INI and .env files of any name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from aibom import names, signatures, slots
from aibom.bill import Detection, Diagnostic, Kind, Usage
from aibom.expressions import expression
from aibom.knowledge import services
from aibom.protocols import FunctionDetector
from aibom.slots import REGISTRY, Slot
from aibom.syntax.values import Call, Const, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.syntax import Data, Entry
    from aibom.syntax.values import Value

__all__ = ["detect"]

_FILES: Final = (
    "*.json",
    "*.jsonc",
    "*.yaml",
    "*.yml",
    "*.toml",
    "*.ini",
    "*.cfg",
    "*.properties",
    "*.env",
    ".env",
    ".env.*",
    "*.dvc",
    "MLmodel",
)
_OTHERS: Final = expression(
    r"(?:package|composer|bower|lerna|turbo|nx|[tj]sconfig(?:\..+)?|vocab|tokenizer|tokenizer_config|special_tokens_map"
    r"|added_tokens|npm-shrinkwrap|.*\.schema)\.json|(?:.*[-.])?lock\.(?:ya?ml|json|toml)|pylock(?:\..+)?\.toml|setup\.cfg"
    r"|\.pre-commit-config\.ya?ml|dependabot\.ya?ml|mkdocs\.ya?ml|environment\.ya?ml|(?:docker-)?compose[\w.-]*\.models\.ya?ml"
)
"""Files that are not about what the project's own code loads: manifests, locks, vocabularies, schemas, tools."""
_LANGUAGES: Final = expression(r"(?:^|/)(?:locales?|i18n|l10n|lang|languages|translations|messages)/")
_MOST_BYTES: Final = 2_000_000
"""A longer file holds data, and nobody's settings."""
_MOST: Final = 2000
"""So many names are taken from one file."""

words: Final = lru_cache(maxsize=4096)(slots.words.__wrapped__)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MOST_BESIDE: Final = 50
"""So many keys of one container are asked who serves its models."""

# -- what keys say -------------------------------------------------------------------------------

_DATASET: Final = frozenset({"dataset", "datasets", "corpus", "corpora"})
_MODEL: Final = frozenset({"model", "models"})
_SLOTS: Final = (
    _words(
        """
    checkpoint checkpoints ckpt pretrained encoder embedding embeddings embedder embedders embed reranker
    rerankers rerank ranker vocoder tokenizer tokenizers llm llms lm backbone lora loras vae unet controlnet
    whisper asr tts stt deployment judge captioner summarizer transformer engine
    """
    )
    | _MODEL
    | _DATASET
)
_STRONG: Final = _words(
    """
    pretrained hf huggingface tokenizer reranker rerank embedding embeddings embedder embed llm llms vocoder
    lora
    """
)
"""Words that no other trade has."""
_GENERIC: Final = _words(
    """
    name id path value default ref source src uri url hub hf string options option params args kwargs init
    config configs primary fallback fallbacks remote from or identifier slug choices available enabled list
    string litellm
    """
)
"""Words of keys that say nothing by themselves: what is above them counts."""
_NEVER: Final = _words(
    """
    key secret token tokens password credential credentials auth type class dir directory folder version format
    output provider task license dim dims size prefix suffix author owner kind device dtype backend framework
    image images uses repository template templates route routes endpoint mime media content scope package
    packages namespace timezone docs documentation description title help message prompt command cmd regex
    pattern language lang region method mode status level color table schema revision commit branch tag host
    port user username email field role roles tag tags
    """
)
"""Words of keys whose value is no model, whatever stands beside them."""
_PATHS: Final = frozenset({"path", "paths", "file", "repo", "out"})
_LOCAL_OWNERS: Final = frozenset(
    {"out", "save", "saved", "work_dirs", "exp", "exps", "experiments", "trained", "ckpt", "local", "storage", "var"}
)
_TABLES: Final = _words(
    """
    price prices pricing cost costs limit limits window windows capability capabilities deprecated unsupported
    excluded rates quota quotas dimensions dims supports
    """
)
_PROVIDERS: Final = frozenset({"provider", "providers", "engine", "backend", "framework", "vendor", "platform"})
_CREATING: Final = ("_target_", "_component_", "class_path")
"""Keys whose value is a callable that the values beside it are given to: Hydra, torchtune, jsonargparse."""
_PROVIDER_KEYS: Final = frozenset({"api_type", *_CREATING, "apitype", "client", "model_type", "llm_type"})
_PROVIDER_PARTS: Final = frozenset({"name", "type", "api", "default", "model", "nlp", "class", "id"})
_PLAIN_PARTS: Final = frozenset({"model", "name", "id", "or", "path", "deployment", "default", "version", "value"})
_ADDRESSES: Final = frozenset({"base_url", "api_base", "baseurl", "apibase", "endpoint", "api_host", "url", "host"})
_ADDRESS_PARTS: Final = frozenset({"base", "url", "api", "host", "endpoint", "server", "uri", "kwargs", "model"})
_OF_CLIENTS: Final = frozenset({"OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_BASE_URL", "OPENAI_API_HOST"})
"""Variables that lead OpenAI's client to any server that answers like it."""
_TITLES: Final = frozenset({"name", "title", "label", "displayName", "display_name", "id"})
_NAMING: Final = ("model", "model_name", "modelName", "model_id", "modelId")
"""Keys that name a model, beside which a title is what it is called on a screen."""
_CONTAINERS: Final = frozenset(
    {"models", "llms", "checkpoints", "embeddings", "rerankers", "encoders", "presets", "choices"}
)
_CONTAINERS_MORE: Final = frozenset(
    {"options", "available", "supported", "registry", "catalog", "catalogue", "known", "all"}
)
_LINKS: Final = _words(
    """
    homepage documentation docs readme reference references citation license paper website link links info
    issues blog
    """
)
_ENVIRONMENT: Final = frozenset({"environment", "env", "envs", "variables"})

_LIBRARIES: Final = {
    **dict.fromkeys(("spacy", "spacynlpengine"), "spacy"),
    **dict.fromkeys(("stanza", "flair"), ""),
    **dict.fromkeys(
        ("transformers", "huggingface", "hf", "sentencetransformers", "sentencetransformer"), "huggingface"
    ),
    **dict.fromkeys(("diffusers", "peft", "fastembed", "flagembedding", "huggingfaceembeddings"), "huggingface"),
    **dict.fromkeys(("whisper", "openaiwhisper", "fasterwhisper", "whisperx"), "whisper"),
    "stanza": "stanza",
    "flair": "flair",
}
"""Libraries that load models themselves, by their names without punctuation."""
_LOADING: Final = frozenset(_LIBRARIES.values())
_ELSEWHERE: Final = frozenset(
    {"google", "github", "nvidia", "ibm", "azure", "together", "vertex", "databricks", "replicate", "bedrock"}
)
"""Names of providers that sell much besides models."""
_EXAMPLES: Final = frozenset({"example", "examples", "sample", "samples"})
"""Words of keys below which stands what somebody may send, and nothing that is loaded."""
_NAMESPACES: Final = _words(
    """
    azure azure_ai bedrock vertex_ai groq ollama ollama_chat openrouter together_ai fireworks_ai gemini
    anthropic replicate hosted_vllm lm_studio litellm_proxy perplexity sagemaker google-gla google-vertex
    google_genai google_vertexai azure_openai
    """
)
"""Prefixes of provider/model that are no owners on the Hub."""
_IN_CLASSES: Final = expression(
    r"(azure|openai|anthropic|bedrock|ollama|cohere|mistralai|gemini|groq|vertexai|openrouter|transformers|huggingface|diffusers|spacy|stanza|flair)"
)
_REFERENCE: Final = expression(r"\$\{(\.*)([A-Za-z_]\w*(?:\.\w+)*)\}")
"""``${a.b}``; leading dots are relative (omegaconf.readthedocs.io, "Config node interpolation")."""
_FOUNDATION: Final = expression(r"arn:(?:aws[\w-]*)?:bedrock:[\w*-]*:[\d*]*:(?:foundation-model|inference-profile)/\S+")
_PARAMETER: Final = expression(r"[A-Za-z][\w.-]*")
_PSEUDO: Final = expression(r"\$\{AWS::\w+\}")
"""What CloudFormation says of where it runs, as in the name of a model of Bedrock."""
_MOST_FILLED: Final = 8
_LONGEST_FILLED: Final = 500
_PROMPTFOO: Final = expression(
    r"(?P<provider>[a-z_-]+):"
    r"(?:(?:chat|completion|messages|embeddings?|responses|realtime|text-generation|converse):)?(?P<model>\S+)"
)
"""Names of providers as promptfoo writes them: ``openai:chat:gpt-4o`` (promptfoo.dev/docs/providers)."""
_SENTENCE: Final = expression(
    r"(?:all|paraphrase|multi-qa|msmarco|distiluse|nli|stsb|gtr-t5|sentence-t5|average_word_embeddings|clip-ViT)-[\w.-]+|LaBSE"
)
"""Names that sentence-transformers completes by itself."""
_WHISPER: Final = expression(r"(?:tiny|base|small|medium|large|turbo)(?:\.en|-v[123](?:-turbo)?)?")
_YOLO: Final = expression(r"(?:yolo(?:v?\d+)(?:-?[nsmblxtce])?(?:-\w+)?|sam2?_[a-z]|rtdetr-[lx])\.pt")
_LANGUAGE: Final = expression(r"[a-z]{2,3}(?:-[a-z]{2,5})?")
_URL: Final = expression(r"(?:https?|hf)://\S+|(?:hf|huggingface)\.co/\S+")
_FILE_URL: Final = expression(r"\.(?:onnx|pth?|safetensors|gguf|ckpt|tflite|caffemodel)$", re.IGNORECASE)
_NO_NAMES: Final = _words(
    """
    auto default none null latest custom local base true false model string float int any user admin
    """
)
_VARIABLE: Final = expression(r"([A-Z][A-Z0-9_]*)=(.+)", re.DOTALL)
_AI: Final = expression(
    r"(?i)huggingface|transformers|openai|anthropic|\bllms?\b|_llm|llm_|embedding|tokenizer|\blora\b|fine-?tun|temperature"
    r"|max_(?:new_)?tokens|litellm|ollama|vllm|langchain|\bspacy\b|stanza|epochs|learning_rate|batch_size|gguf|diffusion"
)
"""What a file says that is about models."""


@frozen
class _Place:
    """A string in a file of settings, and what leads to it."""

    text: str
    keys: tuple[str, ...]
    """The names of the keys, outermost first; numbers of lists left out."""
    entry: Entry
    group: tuple[object, ...]
    """What the strings of one list or registry have in common."""
    role: bool = False
    """Its own key says nothing: it is what somebody calls one of many."""
    strong: bool = False
    slot: frozenset[str] = field(default=frozenset())
    variable: tuple[str, ...] = ("",)
    """The variable of the environment that it sets."""


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Models and datasets that YAML, TOML, JSON, INI and .env files of any name set."""
    if _OTHERS.fullmatch(file.name) or _LANGUAGES.search(file.path) or len(file.bytes) > _MOST_BYTES:
        return
    data = file.data
    if _is_schema(data):
        return
    for document in data.documents(file.text):
        yield from _found(file, _Reader(file, document))


def _found(file: File, reader: _Reader) -> Iterator[Detection | Diagnostic]:
    found = list(reader.found())
    many = _repeated(found)
    seen: set[tuple[object, ...]] = set()
    for place, detection in found[:_MOST]:
        if place.group in many:  # Rows of data: each name once.
            if (key := (place.group, detection.name)) not in seen:
                seen.add(key)
                yield evolve(detection, usage=Usage.MENTION)
        else:
            yield detection
    if len(found) > _MOST:
        yield Diagnostic("limit-reached", f"it names {len(found):,} models; {_MOST:,} were taken", file.at(1))
    yield from reader.keys_that_are_names()


_ROWS: Final = 30


def _repeated(found: list[tuple[_Place, Detection]]) -> set[tuple[object, ...]]:
    """Return the groups in which few names stand many times, as in a log or a set of answers."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for place, detection in found:
        groups[place.group].append(str(detection.name))
    return {g for g, given in groups.items() if len(given) >= _ROWS and len(set(given)) * 2 < len(given)}


def _is_schema(data: Data) -> bool:
    """Tell whether the file describes an interface or the form of other files."""
    if any(data.get(key) for key in ("openapi", "swagger", "asyncapi")):
        return True
    schema = data.get("$schema")
    return schema is not None and "json-schema.org" in str(schema.value)


@lru_cache(maxsize=4096)
def _split(key: str) -> tuple[str, ...]:
    """Return the parts of a key that is a path itself, as in ``[components.transformer.model]`` of spaCy."""
    parts = key.split(".")
    return tuple(parts) if all(p and (p[0].isalpha() or p[0] == "_") for p in parts) else (key,)


def _named_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for key in keys if not key.isdecimal() for part in _split(key))


@lru_cache(maxsize=4096)
def _refuses(key: str) -> bool:
    """Tell whether the value of *key* is no model: ``model_type`` says so, ``language_model_name`` does not."""
    said = [w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d*", key)]
    while said and said[-1] in _GENERIC:
        said.pop()
    return bool(_NEVER.intersection(said)) and said[-1] not in _SLOTS


def _slot_of(keys: tuple[str, ...]) -> tuple[frozenset[str], bool, bool] | None:
    """Return the words of the slot at *keys*, whether its last key is only a role, and whether it can be no other."""
    if not keys:
        return None
    own = words(keys[-1])
    if _refuses(keys[-1]) or keys[-1].lower() in _PROVIDER_KEYS or keys[-1].startswith("@"):
        return None
    strong = bool(own & _STRONG) or own >= {"name", "or", "path"} or own >= {"base", "model"} or own >= {"repo", "id"}
    if own & _SLOTS or strong:
        return own, False, strong
    generic = own <= _GENERIC or _library(keys[-1]) is not None
    for above in reversed(keys[-4:-1]):
        said = words(above)
        if _refuses(above):
            return None
        if said & _SLOTS:
            if not generic and not said & (_MODEL | _DATASET | {"llms", "llm", "embeddings"}):
                return None
            return said | (own if generic else frozenset()), not generic, bool(said & _STRONG) and generic
        if not said <= _GENERIC | _CONTAINERS_MORE:
            return None
    return None


def _library(name: str) -> str | None:
    return _LIBRARIES.get(re.sub(r"[^a-z]", "", name.lower()))


@lru_cache(maxsize=4096)
def _provider_names() -> dict[str, str]:
    found = {re.sub(r"[^a-z0-9]", "", p.lower()): s.provider for s in services().values() for p in s.prefixes}
    return {**found, **_LIBRARIES, "gpt": "openai", "claude": "anthropic", "ai21labs": "ai21"}


def _provider_of(value: str) -> str | None:
    """Return the provider, or the library, that the value of a key such as ``provider`` means."""
    whole = re.sub(r"[^a-z0-9]", "", value.lower())
    if whole in _provider_names():
        return _provider_names()[whole]
    if "." in value or value[:1].isupper():  # A class: langchain_openai.ChatOpenAI
        last = _IN_CLASSES.findall(value.lower())
        return _provider_names().get(last[-1] if "azure" not in last else "azure") if last else None
    return next((_provider_names()[w] for w in (value.lower().split("_")[0],) if w in _provider_names()), None)


def _provider_in(key: str, *, own: bool) -> str | None:
    """Return the provider that a key names: OPENAI_MODEL, azure_openai, ollama."""
    whole = re.sub(r"[^a-z0-9]", "", key.lower())
    if whole in _provider_names():
        return _provider_names()[whole]
    parts = [w for w in re.split(r"[^a-z0-9]+", key.lower()) if w]
    for first, second in pairwise(parts):
        if first + second in _provider_names():
            return _provider_names()[first + second]
    for part in parts:
        found = _provider_names().get(part)
        if found is not None and (own or found not in _ELSEWHERE) and part not in {"text", "transformers", "hf"}:
            return found
    return None


def _evaluated(place: _Place) -> names.Named | None:
    """Return the hosted model of a provider in promptfoo's form, below a key that is called so."""
    found = _PROMPTFOO.fullmatch(place.text)
    if found is None or not {"providers", "provider"}.intersection(place.keys[-2:]):
        return None
    provider = names.provider_of_prefix(found["provider"])
    family = names.hosted_family(found["model"])
    known = provider is not None and (family is not None or provider in _EVALUATED)
    return names.read_hosted(found["model"], provider or "unknown") if known else None


_EVALUATED: Final = frozenset(
    {"azure", "bedrock", "groq", "huggingface", "mistral", "ollama", "openai", "openrouter", "replicate", "vertex"}
)
"""Providers whose names in front of a colon say that a model follows, whatever it is called."""


def _as_called(claim: Detection) -> names.Named | None:
    """Return what the string that *claim* is about names, as the callable reads it."""
    text = claim.name.value if isinstance(claim.name, Text) else ""
    if claim.hosted:
        return names.read_hosted(text, claim.provider, prefixed="prefix" in claim.flags)
    if claim.provider not in {"huggingface", "unknown", "local"}:
        return names.read_own(text, claim.kind, claim.provider, hub_ids="hub-ids" in claim.flags)
    bare = next((f.removeprefix("bare=") for f in claim.flags if f.startswith("bare=")), None)
    return names.read_name(text, claim.kind, flags=claim.flags, bare=bare)


class _Reader:
    """Reads the names that one file of settings holds."""

    def __init__(self, file: File, data: Data) -> None:
        self.file = file
        self.data = data
        self.text = file.text
        self.ai = _AI.search(self.text) is not None
        self.scalars: dict[tuple[str, ...], dict[str, Entry]] = defaultdict(dict)
        self.containers: set[tuple[str, ...]] = set()
        for entry in data.entries:
            self.scalars[entry.keys[:-1]][entry.keys[-1]] = entry
            for end in range(len(entry.keys) - 1, 0, -1):
                if entry.keys[:end] in self.containers:
                    break
                self.containers.add(entry.keys[:end])
        folder, stem = file.path.split("/")[-2:-1], file.name.partition(".")[0]
        self.title = next((t for t in (stem, *folder) if words(t) & _SLOTS and not _refuses(t)), "")
        """What the name of the file, or of its folder, says that it is about."""
        from aibom.link.modules import (
            in_tests,
        )  # Following names is the heaviest stage; a tree without settings needs none.
        from aibom.link.settings import is_alternative, plain

        self.plain = plain
        stack = data.get("AWSTemplateFormatVersion") or data.get("Transform")  # template.yaml is no example of one.
        alternative = is_alternative(file.path) and stack is None
        self.usage = Usage.MENTION if in_tests(file.path) else Usage.OPTIONAL if alternative else Usage.USED
        self.counts: dict[tuple[object, ...], set[str]] = defaultdict(set)
        self.contexts: dict[tuple[str, ...], tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}

    # -- which strings stand in a slot -----------------------------------------------------------

    def found(self) -> Iterator[tuple[_Place, Detection]]:
        """Yield what the file names, and where."""
        created = list(self._created())
        yield from created
        taken = {(d.at.line, d.at.column) for _, d in created}
        entries = (e for e in self.data.entries if (e.line, e.column) not in taken)
        places = [p for e in entries if (p := self._place(e)) is not None]
        for place in places:
            if slots.looks_named([place.text]) or "/" in place.text or ":" in place.text:
                self.counts[place.group].add(place.text)
        for place in places:
            if "properties" in place.keys[:-1]:  # What values may be, said by a schema.
                continue
            named = next(iter(self._named(place)), None)
            if named is not None:
                yield place, self._detection(place, *named)

    def _created(self) -> Iterator[tuple[_Place, Detection]]:
        """Yield what known callables are given: ``_target_: transformers.AutoModel.from_pretrained`` and the rest."""
        for container, scalars in list(self.scalars.items()):
            for key in _CREATING:
                made = scalars.get(key)
                if made is not None and isinstance(made.value, str) and "." in made.value:
                    yield from self._called(container, made.value)

    def _called(self, container: tuple[str, ...], callee: str) -> Iterator[tuple[_Place, Detection]]:
        given: dict[tuple[int, int], Entry] = {}
        keywords: list[tuple[str, Value]] = []
        positional: list[Value] = []
        for inner in ((), ("init_args",), ("_args_",)):
            for key, entry in self.scalars.get((*container, *inner), {}).items():
                text = self.plain(self._filled(entry, entry.value)) if isinstance(entry.value, str) else None
                if isinstance(entry.value, bool):
                    keywords.append((key, Const(entry.value)))
                elif text and key not in _CREATING:
                    given[entry.line, entry.column] = entry
                    value = Text(text, entry.line, entry.column)
                    if inner == ("_args_",):
                        positional.append(value)
                    else:
                        keywords.append((key, value))
        call = Call(callee, Name(callee, 0), tuple(positional), tuple(keywords), 0, 0, 0)
        for signature in signatures.matching(callee, signatures.known()):
            for claim in signatures.claims(call, signature, self.file.at(0)):
                at = (claim.name.line, claim.name.column) if isinstance(claim.name, Text) else (0, 0)
                named = _as_called(claim) if at in given else None
                if named is not None:
                    entry = given[at]
                    place = _Place(named.name, _named_keys(entry.keys), entry, ("alone", *entry.keys))
                    yield place, self._detection(place, named, 0.9)

    def _place(self, entry: Entry) -> _Place | None:
        value = entry.value
        if not isinstance(value, str) or not entry.keys:
            return None
        keys, value = self._set(entry, value)
        variable = keys if keys != _named_keys(entry.keys) else ("",)
        text = self.plain(self._filled(entry, _PSEUDO.sub("", value)))
        if text is None or not text or " " in text or "\n" in text or text.startswith("os.environ/"):
            return None  # LiteLLM writes a variable of the environment so.
        slot = _slot_of(keys)
        if slot is None and len(keys) == 1 and words(keys[0]) <= _GENERIC and self.title:
            slot = _slot_of((self.title, *keys))  # conf/model/large.yaml: {name: …}
        group = self._group(entry.keys, role=slot is None or slot[1])
        if slot is None:
            return _Place(text, keys, entry, group)
        return _Place(text, keys, entry, group, slot[1], slot[2], slot[0], variable)

    def _filled(self, entry: Entry, value: str) -> str:
        """Return *value* with what the same file says in place of ``${a.b}``, as OmegaConf and spaCy do."""
        for _ in range(_MOST_FILLED):
            found = _REFERENCE.search(value)
            if found is None or len(value) > _LONGEST_FILLED:
                break
            dots, path = len(found[1]), tuple(found[2].split("."))
            target = self.data.get(*entry.keys[: len(entry.keys) - dots], *path) if dots else self.data.get(*path)
            if target is None or target is entry or not isinstance(target.value, str):
                break
            given = target.value.strip("\"'") if self.data.format == "ini" else target.value
            value = value[: found.start()] + given + value[found.end() :]
        return value

    def _set(self, entry: Entry, value: str) -> tuple[tuple[str, ...], str]:
        """Return the names of the keys and the value, those of a variable where the entry sets one."""
        keys = _named_keys(entry.keys)
        if self.data.format == "ini":
            return keys, value.strip("\"'")
        if entry.keys[-1].isdecimal() and keys and words(keys[-1]) & _ENVIRONMENT:
            found = _VARIABLE.fullmatch(value)  # environment: ["MODEL=gpt-4o"]
            return ((found[1],), found[2]) if found is not None else (keys, value)
        if entry.keys[-1] in {"value", "default"}:
            name = self.scalars[entry.keys[:-1]].get("name")  # env: [{name: MODEL, value: gpt-4o}]
            if name is not None and isinstance(name.value, str):
                # Also parameters of Seldon, Argo and Tekton: [{name: pretrained_model, value: org/name}]
                listed = len(entry.keys) > 1 and entry.keys[-2].isdecimal() and words(name.value) & _SLOTS
                if name.value.isupper() or (listed and _PARAMETER.fullmatch(name.value)):
                    return (name.value,), value
        return keys, value

    def _group(self, path: tuple[str, ...], *, role: bool) -> tuple[object, ...]:
        """Return what tells the strings of one list or registry from others."""
        if path[-1].isdecimal() or (role and len(path) > 1):
            return ("in", *path[:-1])
        for end in range(len(path) - 2, -1, -1):
            listed = path[end].isdecimal() or (end > 0 and bool(words(path[end - 1]) & (_CONTAINERS | _DATASET)))
            if listed:
                return ("each", *path[:end], "*", *path[end + 1 :])
        return ("alone", *path)

    # -- what they name --------------------------------------------------------------------------

    def _named(self, place: _Place) -> Iterator[tuple[names.Named, float]]:
        text = place.text
        kind = Kind.DATASET if place.slot & _DATASET and not place.slot & _MODEL else Kind.MODEL
        if _URL.fullmatch(text):
            yield from self._of_url(place, kind)
            return
        if place.entry.keys[-1] == "_name_or_path" and len(place.keys) == 1:
            named = names.read_name(text, kind)  # The config.json of a model: what it was made of.
            if (
                named is not None
                and named.provider == "huggingface"
                and self._has("model_type", "architectures", "_class_name")
            ):
                yield named, 0.8
            return
        if place.keys and place.keys[-1] == "hf_hub_url":  # dataset_info.json of LLaMA-Factory
            named = names.read_name(text, Kind.DATASET)
            if named is not None and named.provider == "huggingface":
                yield named, 0.9
            return
        if not place.slot and _FOUNDATION.fullmatch(text):  # What somebody may invoke, said by a policy.
            named = names.read_hosted(text.replace("arn::", "arn:aws:", 1), "bedrock")
            if named is not None and "*" not in named.name:
                yield named, 0.7
            return
        if not place.slot and (prefixed := _evaluated(place)) is not None:
            yield prefixed, 0.8
            return
        if not place.slot:
            if slots._SPACY.fullmatch(text) and not words(place.keys[-1] if place.keys else "") & _NEVER:  # noqa: SLF001
                yield names.Named(Kind.MODEL, "spacy", text), 0.8
            return
        if self._is_alias(place) or text.lower() in _NO_NAMES or not re.search(r"[A-Za-z]{2}", text):
            return
        if text.partition("/")[0].lower() in _LOCAL_OWNERS:
            return
        provider = self._provider(place)
        if kind is Kind.DATASET:
            yield from self._dataset(place)
        else:
            yield from self._model(place, provider)

    def _of_url(self, place: _Place, kind: Kind) -> Iterator[tuple[names.Named, float]]:
        named = names.read_name(place.text, kind)
        if named is None or names.is_picture(place.text):
            return
        hub = named.provider == "huggingface" and ("/" in named.name or place.slot)
        packed = kind is Kind.MODEL and names.is_model_archive(named.name)
        if hub or (named.provider == "unknown" and (packed or _FILE_URL.search(named.name))):
            yield named, 0.8

    def _dataset(self, place: _Place) -> Iterator[tuple[names.Named, float]]:
        given = self._slot(place, None)
        read = list(slots.read(place.text, given, ai=self._sure(place)))
        if not read and words(place.keys[-1]) == {"dataset", "name"} and self._has("model_name_or_path", "base_model"):
            named = names.read_name(place.text, Kind.DATASET, flags=frozenset({"formats"}))
            read = [(named, 0.6)] if named is not None and named.provider == "huggingface" else []
        yield from read

    def _model(self, place: _Place, provider: str | None) -> Iterator[tuple[names.Named, float]]:
        text, own = place.text, words(place.keys[-1])
        litellm = "litellm_params" in place.keys
        if slots._SPACY.fullmatch(text):  # noqa: SLF001 - as slots reads it, but whatever the provider
            yield names.Named(Kind.MODEL, "spacy", text), 0.9
        elif (prefixed := self._prefixed(text, provider, litellm=litellm)) is not None:
            yield prefixed, 0.8
        elif provider in _LOADING and not names.hosted_family(text):
            yield from self._loaded(place, provider or "")
        elif _YOLO.fullmatch(text):
            yield names.Named(Kind.MODEL, "ultralytics", text), 0.8
        elif self._is_bare(place):
            bare = "sentence-transformers" if _SENTENCE.fullmatch(text) else None
            named = names.read_name(text, Kind.MODEL, bare=bare)
            if named is not None and named.provider == "huggingface":
                yield named, 0.7
        elif "engine" in own and not own & _MODEL and names.hosted_family(text) is None:
            return
        else:
            known = provider if provider not in _LOADING else None
            if known in _ELSEWHERE and not self.ai and names.hosted_family(text) is None:
                known = None
            if known == "unknown" and not names.hosted_family(text) and not names.has_id_shape(text):
                known = None
            yield from slots.read(text, self._slot(place, known), ai=self._sure(place))

    def _loaded(self, place: _Place, library: str) -> Iterator[tuple[names.Named, float]]:
        """Yield what a library that loads models itself makes of the text."""
        text = place.text
        if library == "stanza":
            if _LANGUAGE.fullmatch(text):
                yield names.Named(Kind.MODEL, "stanza", text), 0.8
        elif library == "whisper" and _WHISPER.fullmatch(text):
            yield names.Named(Kind.MODEL, "whisper", text), 0.8
        elif library == "flair" and re.fullmatch(r"[a-z][a-z0-9-]+", text):
            yield names.Named(Kind.MODEL, "flair", text), 0.7
        elif library == "huggingface" and self._is_bare(place):
            bare = "sentence-transformers" if _SENTENCE.fullmatch(text) else None
            named = names.read_name(text, Kind.MODEL, bare=bare)
            if named is not None and named.provider == "huggingface":
                yield named, 0.8
        elif names.has_id_shape(text):
            yield from slots.read(text, self._slot(place, None), ai=True)

    def _prefixed(self, text: str, provider: str | None, *, litellm: bool) -> names.Named | None:
        """Read ``provider/model`` and ``provider:model``, as LiteLLM, pydantic-ai and others write them."""
        if _FOUNDATION.match(text):
            return names.read_hosted(text, "bedrock")
        if litellm:
            named = names.read_hosted(text, "unknown", prefixed=True)
            own = named is not None and named.provider == "openai"  # What answers like OpenAI at somebody's address.
            return evolve(named, provider="unknown") if named is not None and own and provider == "unknown" else named
        head, slash, rest = text.partition("/")
        family = names.hosted_family(rest)
        if (
            slash
            and rest
            and names.provider_of_prefix(head) is not None
            and provider in {None, names.provider_of_prefix(head), "litellm"}
        ):
            sure = family is not None and not rest.startswith("gpt-oss")
            if head.lower() in _NAMESPACES or sure:
                return names.read_hosted(text, "unknown", prefixed=True)
        head, colon, rest = text.partition(":")
        owner = names.provider_of_prefix(head) if colon and rest and "/" not in head else None
        known = provider in {None, owner} or names.hosted_family(rest) is not None
        if owner is not None and known and not slots._OLLAMA.fullmatch(text):  # noqa: SLF001
            return names.read_hosted(text, "unknown", prefixed=True)
        return None

    def _is_bare(self, place: _Place) -> bool:
        """Tell whether the text is a name without an owner that a library of Hugging Face takes."""
        text, own = place.text, words(place.keys[-1])
        if "/" in text or ":" in text or names.hosted_family(text) is not None or text == "ctrl":
            return False
        if _SENTENCE.fullmatch(text) or own >= {"name", "or", "path"}:
            return True
        probe = names.read_name(text, Kind.MODEL, bare="x")
        return probe is not None and probe.name == text and probe.provider == "huggingface"

    def _is_alias(self, place: _Place) -> bool:
        """Tell whether the text is what people or LiteLLM's clients call a model that is named beside it."""
        beside = self.scalars[place.entry.keys[:-1]]
        if place.keys[-1] in _TITLES and any(k in beside and beside[k].value for k in _NAMING):
            return True
        return place.keys[-1] == "model_name" and (*place.entry.keys[:-1], "litellm_params") in self.containers

    def _slot(self, place: _Place, provider: str | None) -> Slot:
        dataset = place.slot & _DATASET and not place.slot & _MODEL
        said = place.slot if dataset else place.slot | {"model"}
        return Slot(said, siblings=len(self.counts[place.group]), provider=provider)

    def _sure(self, place: _Place) -> bool:
        """Tell whether file and key leave no doubt that this is about models."""
        own = words(place.keys[-1])
        if not place.strong and not re.search(r"[-A-Z\d]", place.text):
            return False  # builtin/stable
        loose = own & _PATHS and not (place.slot & _DATASET and own <= _GENERIC)
        return (self.ai or place.strong) and not place.role and (place.strong or not loose)

    def _has(self, *keys: str) -> bool:
        return any((key,) in self.containers or key in self.scalars[()] for key in keys)

    # -- who serves them -------------------------------------------------------------------------

    def _provider(self, place: _Place) -> str | None:
        """Return who serves the model, or the library that loads it, as the keys around it say."""
        path = place.entry.keys
        own = words(place.keys[-1])
        own = own if own - _GENERIC or len(place.keys) == 1 else own | words(place.keys[-2])
        found = self._address(path, own) or _provider_in(place.keys[-1], own=True)
        for end in range(len(path) - 1, -1, -1):
            found = found or self._said(path[:end], own)
            if end == len(path) - 1:
                for above in reversed(place.keys[-5:-1]):
                    found = found or _provider_in(above, own=False)
        return "azure" if found == "openai" and "azure" in place.keys[:-1] else found  # spring.ai.azure.openai.chat

    def _said(self, container: tuple[str, ...], own: frozenset[str]) -> str | None:
        """Return the provider that a sibling of the key says: ``provider: openai``."""
        for key, value in self._of_container(container)[0]:
            rest = words(key) - _PROVIDERS - _PROVIDER_PARTS
            if key.lower() in _PROVIDER_KEYS or rest <= own or not own - _PLAIN_PARTS - rest:
                found = _provider_of(value)
                if found is not None:
                    return found
        for inner in ("provider", "engine", "backend"):
            for key in ("name", "type", "id"):
                entry_ = self.scalars.get((*container, inner), {}).get(key)
                if entry_ is not None and isinstance(entry_.value, str) and (found := _provider_of(entry_.value)):
                    return found
        return None

    def _address(self, path: tuple[str, ...], own: frozenset[str]) -> str | None:
        """Return the provider whose address stands beside the model; ``unknown`` for somebody's own server."""
        for key, value in self._of_container(path[:-1])[1]:
            parts = words(key)
            plain_ = key.lower() in _ADDRESSES or (key.upper() in _OF_CLIENTS and "openai" not in own)
            rest = parts - _ADDRESS_PARTS
            if plain_ or (rest and rest <= own):
                found = names.provider_of_url(value)
                if found is not None or "base" in parts:
                    return found or "unknown"
        return None

    def _of_container(self, container: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Return what *container* says of providers, and its addresses."""
        known = self.contexts.get(container)
        if known is None:
            texts = [(k, e.value) for k, e in self.scalars.get(container, {}).items() if isinstance(e.value, str)]
            said = [(k, v) for k, v in texts if k.lower() in _PROVIDER_KEYS or words(k) & _PROVIDERS]
            urls = [(k, v) for k, v in texts if "://" in v]
            at = [(k, v) for k, v in urls if k.lower() in _ADDRESSES or words(k) & {"url", "base", "endpoint"}]
            known = self.contexts[container] = said[:_MOST_BESIDE], at[:_MOST_BESIDE]
        return known

    # -- what is written -------------------------------------------------------------------------

    def _detection(self, place: _Place, named: names.Named, confidence: float) -> Detection:
        entry = place.entry
        usage = self.usage
        last = words(place.keys[-1]) if place.keys else frozenset()
        if self._is_registry(place, named) and usage is Usage.USED:
            usage = Usage.OPTIONAL
        table = any(words(key) & _TABLES for key in place.keys) or self._is_priced(entry)
        placeholder = names.is_placeholder(named.name) if named.provider != "unknown" else "example" in named.name
        if (
            any(words(key) & _EXAMPLES for key in place.keys)
            or table
            or placeholder
            or slots.is_published(Slot(last))
            or (last & _LINKS and not last & _SLOTS)
        ):
            usage = Usage.MENTION
        made_of = entry.keys == ("_name_or_path",)  # Of a config.json: nothing is loaded by that name.
        return Detection(
            named.kind,
            named.name,
            self.file.at(entry.line, entry.column),
            named.provider,
            revision=self._revision(entry) or named.revision,
            usage=usage,
            symbol=_symbol(entry.keys if place.keys[-1:] != place.variable else (*entry.keys, *place.variable)),
            confidence=confidence,
            hosted=named.hosted,
            context=[("states", "made-of")] if made_of else [],
            flags=frozenset({"slot"}),
        )

    def _is_priced(self, entry: Entry) -> bool:
        """Tell whether *entry* stands in a row that says what a model costs: ``{model: …, input_price: 2, …}``."""
        if entry.keys[-2:-1] == ("litellm_params",):  # A router is told there what the models cost that it calls.
            return False
        beside = self.scalars[entry.keys[:-1]].items()
        numbers = [k for k, e in beside if _NUMBER.fullmatch(str(e.value))]
        priced = [k for k in numbers if words(k) & _TABLES or k.lower() in _SIDES]
        return len(priced) > 1 and len(priced) * 2 >= len(beside) - 1

    def _is_registry(self, place: _Place, named: names.Named) -> bool:
        """Tell whether somebody picks one of several here."""
        how, *path = place.group
        count = len(self.counts[place.group])
        names_ = {w for k in path if isinstance(k, str) and not k.isdecimal() for w in words(k)}
        if named.kind is Kind.DATASET and self._has("base_model", "model_name_or_path", "output_dir", "model"):
            return False  # What one training takes, all of it.
        if how == "in":
            return count > 1 and (place.role or bool(names_ & (_CONTAINERS | _CONTAINERS_MORE)) or count >= REGISTRY)
        chosen = _CONTAINERS | _CONTAINERS_MORE | _DATASET | {"list", "providers"}
        whole = path[:1] == ["*"]  # The file is a list of models, as a project keeps them for somebody to pick from.
        return (
            how == "each" and count >= REGISTRY and (whole or bool(names_ & chosen)) and not self._has("merge_method")
        )

    def _revision(self, entry: Entry) -> str | None:
        beside = self.scalars[entry.keys[:-1]]
        own = entry.keys[-1]
        stem = own.removesuffix("_name_or_path").removesuffix("_name").removesuffix("_id")
        for key in ("revision", f"{own}_revision", f"{stem}_revision"):
            found = beside.get(key)
            if found is not None and isinstance(found.value, str) and found.value.isprintable() and found.value:
                return found.value
        return None

    # -- names that are keys ---------------------------------------------------------------------

    def keys_that_are_names(self) -> Iterator[Detection]:
        """Yield what the keys of registries and tables name: ``models: {gpt-4o: {…}}``."""
        lines: list[str] | None = None
        done = 0
        ordered = ((e.keys[:end], e.keys[end], e) for e in self.data.entries for end in range(len(e.keys)))
        seen: set[tuple[str, ...]] = set()
        for container, key, entry in ordered:
            if (*container, key) in seen or not container or key.isdecimal() or not slots.looks_named([key]):
                continue
            seen.add((*container, key))
            above = {w for k in container[-2:] for w in words(k)}
            inside = {w for k in entry.keys[len(container) + 1 :] for w in words(k)}
            table = bool((above | inside) & _TABLES) or isinstance(entry.value, float | int)
            if not above & (_MODEL | _TABLES | {"llms", "embeddings"}) or above & (_NEVER - {"tokens", "provider"}):
                continue
            named = next(iter(slots.read(key, Slot(frozenset({"model"}), siblings=REGISTRY), ai=True)), None)
            if named is None or done >= _MOST:
                continue
            lines = self.text.split("\n") if lines is None else lines
            line, column = _where(lines, key, entry.line)
            done += 1
            usage = Usage.MENTION if table or self.usage is Usage.MENTION else Usage.OPTIONAL
            yield Detection(
                named[0].kind,
                named[0].name,
                self.file.at(line, column),
                named[0].provider,
                usage=usage,
                symbol=_symbol((*container, key)),
                confidence=named[1],
                hosted=named[0].hosted,
                flags=frozenset({"slot"}),
            )


_SIDES: Final = frozenset({"input", "output", "prompt", "completion", "cached_input"})
"""What a price or a limit is said for: numbers of several of them are those of a table."""
_NUMBER: Final = expression(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FAR: Final = 40
"""So many lines above the first value under a key, the key is looked for."""


def _where(lines: list[str], key: str, line: int) -> tuple[int, int]:
    """Return line and column of *key*, which stands at *line* or above it."""
    for number in range(line, max(line - _FAR, 0), -1):
        column = lines[number - 1].find(key) if number <= len(lines) else -1
        if column >= 0:
            return number, column + 1
    return line, 0


_LONGEST: Final = 120


def _symbol(keys: tuple[str, ...]) -> str:
    """Write *keys* as a path: ``models[0].name``."""
    text = ""
    for number, run in groupby(keys, key=str.isdecimal):
        for key in run:
            text += f"[{key}]" if number else f".{key}" if text else key
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"


_KEYS: Final = (
    r"(?i:model|llm|embed|checkpoint|ckpt|pretrained|encoder|rerank|vocoder|tokenizer|dataset|repo_id|deployment|engine|whisper"
    r"|lora)"
)
_IS: Final = r"""["']?\s*[:=]\s*["']?"""
"""What stands between a key and its value on one line."""
_OWN_NAMES: Final = r"(?i:gpt|o[134]|claude|gemini|command|text-embedding|mistral|deepseek|grok)-"
_BARE_NAMES: Final = r"(?:[\w-]*bert|gpt2|t5-|all-Mini|all-mpnet|paraphrase-|multi-qa-|yolo|xlnet|albert)"
_SAYING: Final = r"(?i:bert|llama|gpt|qwen|mistral|gemma|whisper|clip|t5|minilm|bge|deberta)"
_SOMEBODY: Final = (
    r"(?i:openai|anthropic|azure|bedrock|vertex|gemini|mistral|cohere|groq|together|fireworks|replicate|openrouter|deepseek"
    r"|perplexity|voyage|ollama|lm_?studio|vllm|litellm|stanza|flair|whisper|sentence.?transformers)"
)
_ABOVE: Final = (
    r"(?:\b|_)(?i:models?|llms?|checkpoints?|pretrained|embeddings?|rerankers?|encoder|vocoder|tokenizer|datasets?|repo_id)"
    r"(?:_(?i:model|name|id|list))?"
)
"""A key below which names stand."""
_HINTS: Final = (
    r"hf://\w",
    r"(?:huggingface|hf)\.co/\w",
    r"https?://[^\s\"']+\.(?:onnx|pth?|safetensors|gguf|ckpt|tflite|caffemodel)\b",
    r"https?://[^\s\"']+(?i:models?|weights|ckpts?|checkpoints?|pretrained)[^\s\"']*\.(?:zip|tar|tgz)\b",
    r"\b[a-z]{2,3}_(?:core|dep|ent|sent)_(?:web|news|wiki|sci|med)_(?:sm|md|lg|trf|scibert)\b",
    r"_name_or_path\b",
    r":bedrock:[^\s\"']*:(?:foundation-model|inference-profile)/\w",
    (
        r"(?i:name)[\"']?\s*:\s*[\"']?[\w.-]*(?i:model|embed|checkpoint|tokenizer|dataset)",
        r"(?:value|default)[\"']?\s*:\s*[\"']?[\w.-]+[/:-]\w",
    ),
    _KEYS + r"[\w.-]*" + _IS + r"(?:\$\{[^}]*[:,]-?)?(?:[\w.-]+/\w|[a-zA-Z][\w.-]*:\w|" + _OWN_NAMES + ")",
    r"(?i:model|embed|transformer|tokenizer|encoder)[\w.-]*" + _IS + _BARE_NAMES,
    r"(?:name|path|id)" + _IS + r"[\w.-]+/[\w.-]*" + _SAYING,
    (
        rf"[-:=,\[\s\"'](?:\w[\w.-]*/[A-Za-z0-9][\w.-]*|{_OWN_NAMES}[\w.-]+)(?:[\"',\]}}\s#]|(?m:$))",
        rf"{_ABOVE}[\"'\]]*\s*(?:[:=]|(?m:$))",
    ),
    (rf"(?:[\"']|(?m:^)\s+){_OWN_NAMES}[\w.-]+[\"']?\s*:", r"(?i:pric|costs?\b|limits?\b)"),
    r"hf_hub_url\b",
    _KEYS + r"[\w.-]*" + _IS + r"\$\{\.*[A-Za-z_][\w.]*\}",
    r"\b(?:_target_|_component_|class_path)\b[\"']?\s*:",
    r"(?m:^)(?:name|path|id)" + _IS + r"[A-Za-z][\w.-]*/[\w.-]+[\"']?[ \t]*(?:#.*)?\r?(?m:$)",
    (_SOMEBODY + r":[\w.-]", r"(?i:\bproviders?\b)"),
    (_SOMEBODY, r"(?i:model|deployment|llm|embedd?ing)\w*" + _IS + r"[A-Za-z$]"),
)
"""
A key and its value on one line; a list or a table below a key; a table of prices; a bare name beside somebody's name.
"""

detect = FunctionDetector("settings", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
