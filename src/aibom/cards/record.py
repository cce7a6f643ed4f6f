"""What the record that a hub keeps of a repository states, read field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Fact, Metric, ModelFile, Verdict
from aibom.cards.metadata import HOW, Said, address, extended, ids, items, of_metadata, text
from aibom.expressions import expression
from aibom.templates import reaches

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMATS", "VOLATILE", "of_config", "of_record"]

VOLATILE: Final = ("downloads", "likes", "downloadsAllTime", "trendingScore")
"""Counters that change from hour to hour; a bill that has them is another one each time."""
_MOST_FILES: Final = 10_000
FORMATS: Final = {
    ".safetensors": "safetensors",
    ".gguf": "gguf",
    ".onnx": "onnx",
    ".bin": "pytorch",
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".ckpt": "pytorch",
    ".pkl": "pickle",
    ".pickle": "pickle",
    ".joblib": "joblib",
    ".h5": "hdf5",
    ".keras": "keras",
    ".msgpack": "flax",
    ".tflite": "tflite",
    ".mlmodel": "coreml",
    ".ot": "rust",
    ".npz": "npz",
    ".nemo": "nemo",
    ".engine": "tensorrt",
    ".pb": "tensorflow",
}
"""What files of a repository usually hold, by the ending of their name."""
_SIZES: Final = {
    "hidden_size": "hidden-size",
    "num_attention_heads": "attention-heads",
    "num_hidden_layers": "layers",
    "num_key_value_heads": "key-value-heads",
    "vocab_size": "vocab-size",
}
_TAGS: Final = expression(
    r"(?P<key>base_model|dataset|license|arxiv|doi|language|multilinguality|size_categories|source_datasets"
    r"|task_categories|task_ids):(?P<value>.+)"
)
_TAGS_OF_DATASETS: Final = {
    "language": "language",
    "multilinguality": "multilinguality",
    "size_categories": "size-category",
    "task_categories": "task",
    "task_ids": "task-id",
}
"""What the hub repeats of the card of a dataset as tags, with the facts that they are."""
_CONTEXT: Final = ("max_position_embeddings", "n_positions", "max_sequence_length", "seq_length", "n_ctx")
"""How the configurations of architectures call the longest input; the first that is there counts."""


def of_record(record: Mapping[str, object], *, dataset: bool = False, source: str, volatile: bool = False) -> Said:
    """
    Return what *record*, the JSON that a hub gives for a repository, states.

    Nothing in it is trusted to have its form: an odd field is a problem, and loses nothing else. Facts come from
    *source*; those of the card from ``<source>:cardData``. With *volatile* the counters come too.

    >>> said = of_record({"pipeline_tag": "fill-mask", "cardData": {"license": "mit"}, "siblings": 7}, source="hub")
    >>> [(name, fact.value) for name, fact in said.facts], [fact.value for fact in said.licences], said.problems
    ([('task', 'fill-mask')], ['mit'], ('siblings is no list',))
    """
    problems: list[str] = []
    facts: list[tuple[str, Fact]] = []

    def add(name: str, value: object) -> None:
        said = text(value)
        if said:
            facts.append((name, Fact(said, source)))

    name = text(record.get("id")) or text(record.get("modelId"))
    owner, slash, _ = name.partition("/")
    add("publisher", record.get("author") if isinstance(record.get("author"), str) else owner if slash else None)
    for key, field in (("pipeline_tag", "task"), ("library_name", "library"), ("createdAt", "created")):
        add(field, record.get(key))
    add("last-modified", record.get("lastModified"))
    if record.get("gated") not in (None, False):  # It may be of any form, a list too.
        add("gated", record.get("gated"))
    for key in ("private", "disabled"):
        if record.get(key) is True:
            add(key, "true")
    status = record.get("securityRepoStatus")
    if isinstance(status, Mapping) and isinstance(status.get("scansDone"), bool):
        facts.append(("scans-done", Fact(text(status["scansDone"]), f"{source}:securityRepoStatus")))
    for key in VOLATILE if volatile else ():
        add(key, record.get(key))
    if not dataset:
        facts += of_config(_mapping(record, "config", problems), source=source)
        facts += _weights(_mapping(record, "safetensors", problems), source)
        facts += _gguf(_mapping(record, "gguf", problems), source)
        info = _mapping(record, "transformersInfo", problems)
        add("loader", info.get("auto_model"))
        add("custom-class", info.get("custom_class"))
    card = dict(_mapping(record, "cardData", problems))
    if "model-index" not in card and isinstance(record.get("model-index"), list):
        card["model-index"] = record["model-index"]
    stated = of_metadata(card, dataset=dataset, source=f"{source}:cardData")
    said = Said(
        facts=tuple(facts),
        metrics=tuple(_scores(record.get("evalResults"), source)),
        files=tuple(_files(record, source, problems)),
        bases=(*_bases(record.get("baseModels")), *_base_of_adapter(record.get("config"))),
        tested_on=_tested(record.get("evalResults")),
        problems=tuple(problems),
    )
    return _with_tags(said.and_also(stated), [text(t) for t in items(record.get("tags"))], source, dataset=dataset)


def _mapping(record: Mapping[str, object], key: str, problems: list[str]) -> Mapping[str, object]:
    value = record.get(key)
    if value is None or value == [] or value is False:
        return {}
    if isinstance(value, Mapping):
        return {str(k): v for k, v in value.items()}
    problems.append(f"{key} is no mapping")
    return {}


def of_config(config: Mapping[str, object], *, source: str) -> list[tuple[str, Fact]]:
    """Return what a ``config.json`` states: architecture, family, context length, quantization, code of its own."""
    facts = [("architecture", text(each)) for each in items(config.get("architectures"))]
    pipeline = config.get("diffusers")  # The class in model_index.json, as the hub notes it.
    if isinstance(pipeline, Mapping):
        facts.append(("architecture", text(pipeline.get("_class_name"))))
    facts.append(("architecture-family", text(config.get("model_type"))))
    nested = config.get("text_config")
    places = [config, nested] if isinstance(nested, Mapping) else [config]
    lengths = (text(place[key]) for place in places for key in _CONTEXT if key in place)
    facts.append(("context-length", next((n for n in lengths if n.isdigit() and n != "0"), "")))
    quantization = config.get("quantization_config")
    if isinstance(quantization, Mapping):
        method = text(quantization.get("quant_method")) or ("bitsandbytes" if quantization.get("load_in_4bit") else "")
        facts.append(("quantization", method))
        facts.append(("quantization-bits", text(quantization.get("bits"))))
    adapter = config.get("peft")
    if isinstance(adapter, Mapping):
        facts.append(("adapter", text(adapter.get("task_type")) or "peft"))
    own = config.get("auto_map")
    if isinstance(own, Mapping):
        facts += [("custom-code", text(each)) for value in own.values() for each in items(value)]
    for key, name in _SIZES.items():
        if text(config.get(key)).isdigit():
            facts.append((name, text(config[key])))
    tokenizer = config.get("tokenizer_config")
    template = tokenizer.get("chat_template") if isinstance(tokenizer, Mapping) else config.get("chat_template_jinja")
    for each in items(template):
        words = each.get("template") if isinstance(each, Mapping) else each
        if isinstance(words, str) and words:
            facts.append(("chat-template-sha256", sha256(words.encode("utf-8", "surrogatepass")).hexdigest()))
            facts += [("chat-template-reaches", word) for word in reaches(words)]
    return list(dict.fromkeys((name, Fact(value, source)) for name, value in facts if value))


def _weights(weights: Mapping[str, object], source: str) -> Iterator[tuple[str, Fact]]:
    """Yield the number of parameters and their types, as the hub read them from safetensors files."""
    total = text(weights.get("total"))
    if total.isdigit() and total != "0":
        yield "parameters", Fact(total, f"{source}:safetensors")
    types = weights.get("parameters")
    if isinstance(types, Mapping):
        for kind in sorted(types, key=str):
            if text(kind) and text(types[kind]).isdigit():
                yield "dtype", Fact(text(kind), f"{source}:safetensors")


def _gguf(gguf: Mapping[str, object], source: str) -> Iterator[tuple[str, Fact]]:
    names = {"total": "parameters", "architecture": "architecture-family", "context_length": "context-length"}
    for key, name in names.items():
        if text(gguf.get(key)) not in {"", "0"}:
            yield name, Fact(text(gguf[key]), f"{source}:gguf")
    template = gguf.get("chat_template")
    if isinstance(template, str) and template:
        digest = sha256(template.encode("utf-8", "surrogatepass")).hexdigest()
        yield "chat-template-sha256", Fact(digest, f"{source}:gguf")
        yield from (("chat-template-reaches", Fact(word, f"{source}:gguf")) for word in reaches(template))


def _bases(value: object) -> tuple[tuple[str, str], ...]:
    """Return what ``baseModels`` states: ``{relation, models: [{id}]}``."""
    if not isinstance(value, Mapping):
        return ()
    how = text(value.get("relation"))
    models = [text(each.get("id")) for each in items(value.get("models")) if isinstance(each, Mapping)]
    return tuple((name, how if how in HOW else "") for name in models if name)


def _base_of_adapter(config: object) -> tuple[tuple[str, str], ...]:
    """Return the model that the configuration of an adapter names (``adapter_config.json`` of PEFT)."""
    adapter = config.get("peft") if isinstance(config, Mapping) else None
    named = adapter.get("base_model_name_or_path") if isinstance(adapter, Mapping) else None
    return tuple((name, "adapter") for name in ids(named, []) if "/" in name)


def _tested(value: object) -> tuple[str, ...]:
    """Return the datasets of ``evalResults``."""
    datasets = [each.get("dataset") for each in items(value) if isinstance(each, Mapping)]
    names = [text(of.get("id") if isinstance(of, Mapping) else of) for of in datasets]
    return tuple(name for name in ids(names, []) if "/" in name)


def _scores(value: object, source: str) -> Iterator[Metric]:
    """Yield ``evalResults``, the newer form of scores."""
    for each in items(value):
        if not isinstance(each, Mapping):
            continue
        dataset = each.get("dataset")
        about = dataset if isinstance(dataset, Mapping) else {"id": dataset}
        name = text(each.get("metric")) or text(about.get("task_id")) or text(each.get("task_id"))
        score = text(each.get("value"))
        if name and score:
            yield Metric(
                name,
                score,
                f"{source}:evalResults",
                dataset=text(about.get("id")),
                config=text(about.get("config")),
                split=text(about.get("split")),
                verified=each.get("verified") is True,
                url=address(text(origin.get("url"))) if isinstance(origin := each.get("source"), Mapping) else "",
            )


# -- files ---------------------------------------------------------------------------------------


def _files(record: Mapping[str, object], source: str, problems: list[str]) -> Iterator[ModelFile]:
    """Yield the files of the repository. The blob id of what is not in LFS is git's, and no digest of the content."""
    siblings = record.get("siblings")
    if siblings is None:
        return
    if not isinstance(siblings, list):
        problems.append("siblings is no list")
        return
    if len(siblings) > _MOST_FILES:
        problems.append(f"there are more than {_MOST_FILES} files; the first ones are listed")
    flagged = _flagged(record.get("securityRepoStatus"), source)
    for each in siblings[:_MOST_FILES]:
        path = each.get("rfilename") if isinstance(each, Mapping) else None
        if not isinstance(path, str) or not path:
            problems.append("a file has no name")
            continue
        lfs = each.get("lfs")
        held = lfs if isinstance(lfs, Mapping) else {}
        digest = text(held.get("sha256") or held.get("oid")).removeprefix("sha256:").lower()
        size = held.get("size", each.get("size"))
        yield ModelFile(
            path,
            source,
            size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else -1,
            next((kind for ending, kind in FORMATS.items() if path.lower().endswith(ending)), ""),
            [("SHA-256", digest)] if re.fullmatch(r"[0-9a-f]{64}", digest) else [],
            [*_verdicts(each.get("securityFileStatus") or each.get("security"), source), *flagged.get(path, ())],
        )


def _flagged(status: object, source: str) -> dict[str, list[Verdict]]:
    """Return what ``securityRepoStatus`` says of single files."""
    found: dict[str, list[Verdict]] = {}
    for each in items(status.get("filesWithIssues")) if isinstance(status, Mapping) else ():
        path, level = (text(each.get("path")), text(each.get("level"))) if isinstance(each, Mapping) else ("", "")
        if path and level:
            found.setdefault(path, []).append(Verdict("hub", level, f"{source}:securityRepoStatus"))
    return found


def _verdicts(status: object, source: str) -> Iterator[Verdict]:
    """Yield what each scanner says of a file: ``{"avScan": {"status": ..}, "pickleImportScan": ..}``."""
    if not isinstance(status, Mapping):
        return
    for scanner in sorted(status, key=str):
        said = status[scanner]
        if isinstance(said, Mapping) and text(said.get("status")):
            imports = [text(i.get("name")) for i in items(said.get("pickleImports")) if isinstance(i, Mapping)]
            detail = text(said.get("message")) or ", ".join(filter(None, imports))
            yield Verdict(text(scanner), text(said["status"]), f"{source}:securityFileStatus", detail[:300])


# -- tags ----------------------------------------------------------------------------------------


def _with_tags(said: Said, tags: list[str], source: str, *, dataset: bool) -> Said:
    """Return *said* with what only the tags state: base models, datasets, licences, papers, fields of a dataset."""
    bases: dict[str, str] = {}
    for name, how in said.bases:  # The first that says how counts.
        bases[name] = bases.get(name) or how
    trained = list(said.trained_on)
    licences = list(said.licences)
    facts = list(said.facts)
    sources = list(said.sources)
    stated = {name for name, _ in facts}
    for tag in tags:
        found = _TAGS.fullmatch(tag)
        if found is None:
            continue
        value = found["value"]
        match found["key"]:
            case "base_model" if not dataset:
                how, colon, name = value.partition(":")
                name, how = (name, how if how in HOW else "") if colon else (value, "")
                bases[name] = bases.get(name) or how
            case "dataset" if not dataset and value not in trained:
                trained.append(value)
            case "license" if not said.licences:
                licences.append(Fact(value, f"{source}:tags"))
            case "source_datasets" if dataset and not said.sources:
                sources += ids(extended(value), [])
            case key if dataset and _TAGS_OF_DATASETS.get(key, key) not in stated and key in _TAGS_OF_DATASETS:
                facts.append((_TAGS_OF_DATASETS[key], Fact(value, f"{source}:tags")))
            case "arxiv" | "doi" as key if not any(n == key and f.value == value for n, f in facts):
                facts.append((key, Fact(value, f"{source}:tags")))
            case _:
                pass
    return evolve(
        said,
        facts=tuple(facts),
        licences=tuple(dict.fromkeys(licences)),
        bases=tuple(bases.items()),
        trained_on=tuple(trained),
        sources=tuple(sources),
    )
