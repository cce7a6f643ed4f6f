"""Model repositories in the tree: what a model's own files and its card say it is and is made of."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names
from aibom.bill import (
    Card,
    Detection,
    Fact,
    Kind,
    Metric,
    ModelFile,
    Related,
    RelationKind,
    Technique,
    Usage,
    is_commit,
)
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.syntax.structured import read_ini, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.files import File
    from aibom.syntax import Data, Entry

__all__ = ["detect"]

_WEIGHTS: Final = (
    *("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"),
    *("adapter_model.safetensors", "adapter_model.bin", "tf_model.h5", "flax_model.msgpack", "model.onnx"),
    *("onnx/model.onnx", "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin", "model.bin"),
    *("diffusion_pytorch_model.safetensors.index.json", "consolidated.safetensors", "consolidated.00.pth"),
    *("openvino_model.xml", "weights.npz", "model.ckpt.index", "rust_model.ot"),
)
"""What the libraries of Hugging Face, and those that follow them, call the weights beside a config.json."""
_CACHED: Final = expression(
    r"(?:^|/)(?P<kind>models|datasets)--(?P<id>[^/]+)/(?:snapshots/(?P<commit>[0-9a-f]{40})/|refs/(?P<ref>.+)$)"
)
"""A place in a Hugging Face cache (huggingface_hub, "Understand caching")."""
_CARD_KEYS: Final = frozenset({"pipeline_tag", "library_name", "base_model", "model-index", "base_model_relation"})
"""Keys of a card that only a model's has (huggingface.co/docs/hub/model-cards)."""
_DATA_KEYS: Final = frozenset({"dataset_info", "task_categories", "size_categories", "annotations_creators"})
"""Keys of a card that only a dataset's has (huggingface.co/docs/hub/datasets-cards)."""
_SDKS: Final = frozenset({"docker", "gradio", "static", "streamlit"})
"""What a Space is made with (huggingface.co/docs/hub/spaces-config-reference)."""
_MADE_OF: Final = (("states", "made-of"),)
"""What is said of a name that a card has as a base model or as training data: nothing is loaded by it."""
_LISTED: Final = (("states", "listed"),)
"""The same of what a Space or ``.gitmodules`` lists: that is used, and code, or git, says in which commit."""
_NO_NAMES: Final = frozenset({"custom", "internal", "other", "own", "private", "proprietary", "synthetic", "unknown"})
_CONFIGURING: Final = ("tokenizer_config.json", "processor_config.json", "preprocessor_config.json")
"""What else of a model may name code of its own (huggingface.co/docs/transformers/custom_models)."""
_HOW: Final = frozenset({"finetune", "adapter", "quantized", "merge"})
_MOST_METRICS: Final = 200
_MOST_NAMED: Final = 100
"""So many base models or datasets of one card are taken."""
_LONGEST: Final = 120


def _find(file: File) -> Iterator[Detection]:
    """Model repositories in the tree: identity, card, base models, datasets, and commits of a Hugging Face cache."""
    cached = _CACHED.search(file.path)
    if cached is not None and (cached["ref"] or cached["commit"]):
        yield from _of_cache(file, cached)
    elif file.name == ".gitmodules":
        yield from _submodules(file)
    elif file.name in {"config.json", "model_index.json", "adapter_config.json"}:
        yield from _of_config(file)
    elif file.name == "README.md":
        yield from _of_card(file)


# -- a Hugging Face cache ------------------------------------------------------------------------


def _of_cache(file: File, cached: re.Match[str]) -> Iterator[Detection]:
    """Yield the repository that a folder of a cache holds, with the commit that its place or its ref states."""
    name = cached["id"].replace("--", "/", 1)
    named = names.read_name(name, Kind.MODEL)
    commit = cached["commit"] or file.head(64).decode("ascii", "replace").strip()
    if named is None or named.provider != "huggingface" or not is_commit(commit):
        return
    found = Detection(
        Kind.DATASET if cached["kind"] == "datasets" else Kind.MODEL,
        named.name,
        file.at(1),
        revision=commit,
        symbol="snapshot of a Hugging Face cache" if cached["commit"] else f"refs/{cached['ref']}"[:_LONGEST],
        technique=Technique.FILENAME if cached["commit"] else Technique.MANIFEST,
    )
    if cached["commit"] and file.name == "README.md":
        card = _front_matter(file)
        facts, licences, metrics = _stated(card)
        found = evolve(found, card=Card(facts, metrics), licences=licences)
    elif cached["commit"] and file.name != "config.json":
        return
    yield found


# -- submodules ----------------------------------------------------------------------------------


def _submodules(file: File) -> Iterator[Detection]:
    """Yield the repositories of the Hub that are submodules: their commits are in git, and not in this file."""
    data = read_ini(file.text)
    for entry in data.entries:
        if entry.keys[-1] != "url" or not isinstance(entry.value, str):
            continue
        named = names.read_name(re.sub(r"\.git/?$", "", entry.value), Kind.MODEL)
        if named is not None and named.provider == "huggingface" and "/" in named.name:
            branch = data.get(*entry.keys[:-1], "branch")
            yield Detection(
                named.kind,
                named.name,
                file.at(entry.line, entry.column),
                revision=branch.value if branch is not None and isinstance(branch.value, str) else None,
                symbol="a submodule",
                technique=Technique.MANIFEST,
                context=_LISTED,
            )


# -- the files of a model ------------------------------------------------------------------------


def _folder(file: File) -> str:
    return posixpath.dirname(file.path) or "."


def _weights(file: File) -> list[ModelFile]:
    """Return the files of weights in the folder of *file*, by the names that they usually have."""
    folder = posixpath.dirname(file.path)
    found = ((name, file.sibling(name)) for name in _WEIGHTS)
    paths = ((f"{folder}/{n}".lstrip("/"), f) for n, f in found if f is not None)
    return [ModelFile(path, f"file:{path}", size=f.size) for path, f in paths]


def _of_config(file: File) -> Iterator[Detection]:
    """Yield the model whose folder *file* describes; a description without weights beside it is none."""
    data = file.data
    key = {"model_index.json": "_class_name", "adapter_config.json": "peft_type"}.get(file.name)
    if key is None:
        key = next((k for k in ("architectures", "model_type", "_class_name") if _is_there(data, k)), "")
        if file.sibling("../model_index.json") is not None:  # A part of a pipeline of diffusers.
            return
    weights = _weights(file)
    if not key or not _is_there(data, key) or not (weights or file.name == "model_index.json"):
        return
    source = f"file:{file.name}"
    facts = [("architecture", Fact(v, source)) for v in _texts(data, "architectures") or _texts(data, "_class_name")]
    facts += [("architecture-family", Fact(v, source)) for v in _texts(data, "model_type")]
    facts += [("adapter", Fact(v, source)) for v in _texts(data, "peft_type")]
    facts += _own_code(data, source)
    for name in _CONFIGURING:
        beside = file.sibling(name)
        facts += _own_code(beside.data, f"file:{name}") if beside is not None else ()
    adapter = file.name == "adapter_config.json"
    base = _entries(data, "base_model_name_or_path" if adapter else "_name_or_path")
    parts = [(e, n) for e in base if (n := _named(e.value, Kind.MODEL)) is not None]
    yield Detection(
        Kind.MODEL,
        _folder(file),
        file.at(1),
        "local",
        symbol=f"{file.name} beside its weights" if weights else file.name,
        technique=Technique.MANIFEST,
        card=Card(facts),
        files=weights,
        related=[_derived(n.name, "adapter" if adapter else "") for _, n in parts],
    )


def _own_code(data: Data, source: str) -> list[tuple[str, Fact]]:
    """Return the classes that a configuration names in files beside it, or in another repository."""
    own = (e.value for e in data.under("auto_map") if isinstance(e.value, str) and e.value.isprintable())
    return [("custom-code", Fact(v, source)) for v in list(own)[:_MOST_NAMED] if 0 < len(v) <= _LONGEST]


def _derived(name: str, how: str) -> Related:
    return Related(RelationKind.DERIVED_FROM, Kind.MODEL, "huggingface", name, how=how)


def _named(value: object, kind: Kind) -> names.Named | None:
    """Return what of the Hub *value* names; None for paths, placeholders and all else."""
    named = names.read_name(value, kind) if isinstance(value, str) and " " not in value else None
    return named if named is not None and named.provider == "huggingface" else None


def _is_there(data: Data, key: str) -> bool:
    return next(data.under(key), None) is not None


def _entries(data: Data, key: str) -> list[Entry]:
    """Return the values of *key*, which may be one or a list."""
    return [e for e in data.under(key) if e.value is not None and len(e.keys) <= 2][:_MOST_NAMED]  # noqa: PLR2004 - the key and a number


def _texts(data: Data, key: str) -> list[str]:
    values = (e.value for e in _entries(data, key))
    return [v for v in values if isinstance(v, str) and v.isprintable() and 0 < len(v) <= _LONGEST]


# -- cards ---------------------------------------------------------------------------------------


def _front_matter(file: File) -> Data:
    """Return the YAML at the head of a card, with the lines of the file."""
    text = file.text
    found = re.match(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    # One empty line in place of the first mark keeps the numbers of the lines.
    return read_yaml(f"\n{found[1]}" if found is not None else "")


def _of_card(file: File) -> Iterator[Detection]:
    """Yield what a card says: of the model or the dataset in its folder, and of what these were made from."""
    card = _front_matter(file)
    said = {e.keys[0] for e in card.entries}
    if _SDKS.intersection(_texts(card, "sdk")):  # A Space: it runs what it lists.
        listed = (_listed(file, e, kind, _LISTED) for e, kind in _lists(card, ("models", "datasets")))
        yield from (found for found in listed if found is not None)
        return
    weights = _weights(file)
    described = bool(weights) and any(file.sibling(n) for n in ("config.json", "adapter_config.json"))
    if said & _DATA_KEYS and not said & _CARD_KEYS:
        yield from _of_dataset(file, card)
    elif said & _CARD_KEYS or described:
        yield from _of_model(file, card, described=described)


def _of_model(file: File, card: Data, *, described: bool) -> Iterator[Detection]:
    related = []
    relation = next((v for v in _texts(card, "base_model_relation") if v in _HOW), None)
    bases = []
    for entry, kind in _lists(card, ("base_model", "datasets")):
        found = _listed(file, entry, kind)
        if found is None:
            continue
        yield evolve(found, usage=min(found.usage, Usage.OPTIONAL, key=lambda u: u.weight))
        if kind is Kind.MODEL:
            bases.append(str(found.name))
        else:
            related.append(Related(RelationKind.TRAINED_ON, Kind.DATASET, "huggingface", str(found.name)))
    how = relation or ("adapter" if file.sibling("adapter_config.json") is not None else "")
    related += [_derived(name, how) for name in bases]
    if described:
        facts, licences, metrics = _stated(card)
        yield Detection(
            Kind.MODEL,
            _folder(file),
            file.at(1),
            "local",
            symbol="model card",
            technique=Technique.MANIFEST,
            card=Card(facts, metrics),
            licences=licences,
            related=related,
        )


def _of_dataset(file: File, card: Data) -> Iterator[Detection]:
    facts, licences, _ = _stated(card)
    yield Detection(
        Kind.DATASET,
        _folder(file),
        file.at(1),
        "local",
        symbol="dataset card",
        technique=Technique.MANIFEST,
        card=Card(facts),
        licences=licences,
    )


def _lists(card: Data, keys: Iterable[str]) -> Iterator[tuple[Entry, Kind]]:
    for key in keys:
        kind = Kind.DATASET if key == "datasets" else Kind.MODEL
        yield from ((entry, kind) for entry in _entries(card, key))


def _listed(file: File, entry: Entry, kind: Kind, context: tuple[tuple[str, str], ...] = _MADE_OF) -> Detection | None:
    """Return what an entry of a card names; None when it is no id."""
    named = _named(entry.value, kind)
    if named is None or named.name.lower() in _NO_NAMES:
        return None
    return Detection(
        kind,
        named.name,
        file.at(entry.line, entry.column),
        symbol=f"{entry.keys[0]} of the card",
        usage=Usage.MENTION if names.is_placeholder(named.name) else Usage.USED,
        technique=Technique.MANIFEST,
        context=context,
    )


def _stated(card: Data) -> tuple[list[tuple[str, Fact]], list[Fact], list[Metric]]:
    """Return the facts, the licences and the scores that a card states."""
    source = "card:front-matter"
    keys = {"task": "pipeline_tag", "library": "library_name", "language": "language"}
    facts = [(name, Fact(value, source)) for name, key in keys.items() for value in _texts(card, key)]
    facts += [("task", Fact(value, source)) for value in _texts(card, "task_categories")]
    licences = _texts(card, "license")
    if "other" in licences:  # Then the card gives it a name of its own.
        licences = [v for v in licences if v != "other"] + (_texts(card, "license_name") or ["other"])
    return facts, [Fact(value, source) for value in licences], list(_metrics(card, source))


def _metrics(card: Data, source: str) -> Iterator[Metric]:
    """Yield the scores of ``model-index[].results[].metrics[]``."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    of: dict[tuple[str, ...], dict[str, str]] = {}
    for entry in card.under("model-index"):
        keys, value = entry.keys, "" if entry.value is None else str(entry.value)
        match keys[2:]:
            case ("results", _, "metrics", _, name):
                rows.setdefault(keys[:-1], {})[name] = value
            case ("results", _, "dataset" | "task" as part, name):
                of.setdefault(keys[:4], {})[f"{part}.{name}"] = value
            case _:
                pass
    for keys, row in list(rows.items())[:_MOST_METRICS]:
        about = of.get(keys[:4], {})
        name, value = row.get("type") or row.get("name", ""), row.get("value", "")
        if name and value and len(value) <= _LONGEST:
            yield Metric(
                name,
                value,
                source,
                about.get("task.type", ""),
                about.get("dataset.type") or about.get("dataset.name", ""),
                about.get("dataset.config", ""),
                about.get("dataset.split", ""),
            )


_HINTS: Final = (
    r"\A---[ \t]*\r?\n",
    r"\A[0-9a-f]{40}",
    r"(?:huggingface|hf)\.co[/:]",
    r"\"(?:architectures|model_type|_class_name|peft_type)\"\s*:",
)
_FILES: Final = ("README.md", "config.json", "model_index.json", "adapter_config.json", ".gitmodules", "main")
detect = FunctionDetector("repositories", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
