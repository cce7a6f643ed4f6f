"""What the metadata of a card states: front matter, or the same from a hub's record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.bill import Fact, Metric, ModelFile
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Said", "address", "extended", "ids", "items", "of_metadata", "text"]

_LONGEST: Final = 500
_MOST: Final = 200
"""So many values of one field are taken."""
_MOST_METRICS: Final = 500
HOW: Final = frozenset({"adapter", "finetune", "merge", "quantized"})
"""How a model may be made of another (huggingface.co/docs/hub/model-cards#specifying-a-base-model)."""
_ID: Final = expression(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
_NO_ID: Final = frozenset({"custom", "n/a", "na", "none", "null", "other", "private", "proprietary", "tbd", "unknown"})
_URL: Final = expression(r"(https?://)(?:[^/@\s]*@)?([^\s\"'<>]{3,400})")
_HUB_URL: Final = expression(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?(?P<id>[\w.-]+/[\w.-]+)/?")


@frozen
class Said:
    """What a card or a record says of the thing that it describes."""

    facts: tuple[tuple[str, Fact], ...] = ()
    licences: tuple[Fact, ...] = ()
    metrics: tuple[Metric, ...] = ()
    files: tuple[ModelFile, ...] = ()
    bases: tuple[tuple[str, str], ...] = ()
    """Ids of models that it was made from, and how: ``finetune``, ``adapter``, ``quantized``, ``merge`` or empty."""
    trained_on: tuple[str, ...] = ()
    """Ids of datasets."""
    tested_on: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """For a dataset: ids of those that it was made from."""
    properties: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    """What is odd, in words."""

    def and_also(self, other: Said) -> Said:
        """Return what both say."""
        return Said(
            (*self.facts, *other.facts),
            (*self.licences, *other.licences),
            (*self.metrics, *other.metrics),
            (*self.files, *other.files),
            (*self.bases, *other.bases),
            (*self.trained_on, *other.trained_on),
            (*self.tested_on, *other.tested_on),
            (*self.sources, *other.sources),
            (*self.properties, *other.properties),
            (*self.problems, *other.problems),
        )

    def with_problems(self, problems: Iterable[str]) -> Said:
        """Return the same with further *problems*."""
        return evolve(self, problems=(*self.problems, *problems))


def text(value: object) -> str:
    """
    Return a scalar as it would be written in YAML, without line breaks; empty for what is none.

    >>> text(False), text(1.0), text(" a  b "), text(["a"])
    ('false', '1', 'a b', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact in a float
    if isinstance(value, int):
        return str(value) if value.bit_length() < 1024 else ""  # noqa: PLR2004 - no number of parameters
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def items(value: object) -> list[object]:
    """Return the elements of a list, or *value* alone when it is none; nothing for None. At most some hundreds."""
    if value is None or value == "":
        return []
    return list(value[:_MOST]) if isinstance(value, list | tuple) else [value]


def _texts(value: object) -> list[str]:
    return [found for each in items(value) if (found := text(each))]


_LISTS: Final = {
    "language": "language",
    "languages": "language",
    "tags": "tag",
    "metrics": "metric-name",
    "library_name": "library",
    "pipeline_tag": "task",
    "new_version": "new-version",
    "paperswithcode_id": "paperswithcode",
    "model_name": "pretty-name",
    "pretty_name": "pretty-name",
    "license_link": "license-link",
    "license_name": "license-name",
    "license_details": "license-details",
    "quantized_by": "quantized-by",
    "model_creator": "creator",
    "arxiv": "arxiv",
    "doi": "doi",
}
_OF_DATASETS: Final = {
    "task_categories": "task",
    "task_ids": "task-id",
    "size_categories": "size-category",
    "multilinguality": "multilinguality",
    "annotations_creators": "annotations-creator",
    "language_creators": "language-creator",
    "language_bcp47": "language",
}


def of_metadata(values: Mapping[str, object], *, dataset: bool = False, source: str) -> Said:
    """
    Return what the metadata *values* of a card state.

    They come from YAML, or from the ``cardData`` of a hub's record, and may be of any form: what is odd is a problem,
    and loses nothing else. Facts come from *source*.

    >>> said = of_metadata({"license": "mit", "base_model": "a/b", "base_model_relation": "adapter"}, source="card")
    >>> said.licences, said.bases
    ((Fact(value='mit', source='card'),), (('a/b', 'adapter'),))
    """
    problems: list[str] = []
    keys = _LISTS | _OF_DATASETS if dataset else _LISTS
    facts = []
    for key, name in keys.items():
        value = values.get(key)
        if isinstance(value, Mapping) and not dataset:
            problems.append(f"{key} is a mapping")
            continue
        found = _nested(value) if isinstance(value, Mapping) else items(value)
        for each in found[:_MOST]:
            # YAML 1.1 takes `no` for false: in a list of languages it is Norwegian.
            said = "no" if name == "language" and each is False else text(each)
            said = address(said) or said if name == "license-link" else said
            if said:
                facts.append((name, Fact(said, source)))
            elif each is not None and each != "":
                problems.append(f"{key} holds a {type(each).__name__}")
    facts += _emissions(values.get("co2_eq_emissions"), source, problems)
    facts += _tagged(_texts(values.get("tags")), source)
    if any(name in values for name in ("extra_gated_prompt", "extra_gated_fields")):
        facts.append(("gated-terms", Fact("true", source)))
    if dataset:
        facts += _sizes(values.get("dataset_info"), source)
    return Said(
        facts=tuple(dict.fromkeys(facts)),
        licences=_licences(values, source),
        metrics=() if dataset else tuple(_metrics(values.get("model-index"), source, problems)),
        bases=() if dataset else _bases(values, problems),
        trained_on=() if dataset else ids(values.get("datasets"), problems, "datasets"),
        tested_on=() if dataset else _tested(values.get("model-index")),
        sources=ids(extended(values.get("source_datasets")), []) if dataset else (),
        problems=tuple(problems),
    )


def _nested(value: Mapping[str, object]) -> list[object]:
    """Return the values of a mapping from configurations to lists: old cards of datasets have these."""
    return [each for inner in value.values() for each in items(inner)]


def _licences(values: Mapping[str, object], source: str) -> tuple[Fact, ...]:
    value = values.get("license", values.get("licenses"))
    found = _texts(_nested(value) if isinstance(value, Mapping) else value)
    named = _texts(values.get("license_name"))
    if named and "other" in found:  # The card gives it a name of its own.
        found = [*(v for v in found if v != "other"), *named]
    return tuple(Fact(v, source) for v in dict.fromkeys(found))


def _bases(values: Mapping[str, object], problems: list[str]) -> tuple[tuple[str, str], ...]:
    how = text(values.get("base_model_relation"))
    if how and how not in HOW:
        problems.append(f"base_model_relation is {how!r}")
        how = ""
    found = ids(values.get("base_model"), problems, "base_model")
    if not how and len(found) > 1 and "merge" in {t.lower() for t in _texts(values.get("tags"))}:
        how = "merge"
    return tuple((name, how) for name in found)


def ids(value: object, problems: list[str], key: str = "") -> tuple[str, ...]:
    """Return the ids among the values of *key*; a path, a sentence or a placeholder is none, and a problem."""
    found = []
    for each in items(value):
        name = text(each)
        url = _HUB_URL.fullmatch(name)
        name = url["id"] if url is not None else name
        if _ID.fullmatch(name) and name.lower() not in _NO_ID:
            found.append(name)
        elif name.lower() not in _NO_ID or not name:
            problems.append(f"{key} names {name!r}, which is no id" if name else f"{key} holds a {type(each).__name__}")
    return tuple(dict.fromkeys(found))


def extended(value: object) -> list[object]:
    """Return what ``extended|other-name`` and ``original`` leave of the sources of a dataset."""
    every = _nested(value) if isinstance(value, Mapping) else items(value)
    names = [text(each) for each in every]
    return [n.removeprefix("extended|") for n in names if n != "original" and not n.startswith("extended|other")]


def _tagged(tags: Iterable[str], source: str) -> list[tuple[str, Fact]]:
    """Return the facts that a hub writes as tags: ``arxiv:2310.16944``, ``doi:10.57967/hf/0001``."""
    parted = (tag.partition(":") for tag in tags)
    return [(name, Fact(value, source)) for name, _, value in parted if name in {"arxiv", "doi"} and value]


def _emissions(value: object, source: str, problems: list[str]) -> list[tuple[str, Fact]]:
    """Return what ``co2_eq_emissions`` states: a number of grams, or that and how it was found."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        grams = text(value)
        if not _is_number(grams):
            problems.append("co2_eq_emissions is no number")
            return []
        return [("co2-grams", Fact(grams, source))]
    names = {
        "emissions": "co2-grams",
        "source": "co2-source",
        "training_type": "co2-training-type",
        "geographical_location": "co2-location",
        "hardware_used": "co2-hardware",
    }
    found = [(name, Fact(said, source)) for key, name in names.items() if (said := text(value.get(key)))]
    return [(name, fact) for name, fact in found if name != "co2-grams" or _is_number(fact.value)]


def _is_number(value: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", value) is not None


def _sizes(value: object, source: str) -> list[tuple[str, Fact]]:
    """Return the sizes that ``dataset_info`` states, of all its configurations together."""
    sums: dict[str, int] = {}
    configs = [each for each in items(value) if isinstance(each, Mapping)]
    for config in configs:
        for key, name in (("download_size", "download-bytes"), ("dataset_size", "dataset-bytes")):
            size = text(config.get(key))
            if size.isdigit():
                sums[name] = sums.get(name, 0) + int(size)
        for split in items(config.get("splits")):
            count = text(split.get("num_examples")) if isinstance(split, Mapping) else ""
            if count.isdigit():
                sums["examples"] = sums.get("examples", 0) + int(count)
    return [(name, Fact(str(total), source)) for name, total in sums.items()]


_UNNAMED: Final = frozenset({"", "unknown", "other", "custom"})
"""What stands where the hub wants a known name."""
_NO_SCORE: Final = frozenset({"nan", ".nan", "inf", "-inf", ".inf", "-.inf", "null", "none"})


def address(value: str) -> str:
    """
    Return *value* when it is an URL, without a user and a password; else nothing.

    >>> address("https://me:secret@a.example/x"), address("a.example")
    ('https://a.example/x', '')
    """
    found = _URL.fullmatch(value)
    return f"{found[1]}{found[2]}" if found is not None else ""


# -- scores --------------------------------------------------------------------------------------


def _results(value: object) -> Iterator[Mapping[str, object]]:
    for model in items(value):
        if isinstance(model, Mapping):
            yield from (result for result in items(model.get("results")) if isinstance(result, Mapping))


def _part(result: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = result.get(key)
    return found if isinstance(found, Mapping) else {}


def _metrics(value: object, source: str, problems: list[str]) -> Iterator[Metric]:
    """Yield the scores of a ``model-index``."""
    if value is not None and not isinstance(value, list):
        problems.append("model-index is no list")
    count = 0
    for result in _results(value):
        task, dataset = _part(result, "task"), _part(result, "dataset")
        for metric in items(result.get("metrics")):
            if not isinstance(metric, Mapping):
                problems.append("a metric is no mapping")
                continue
            kind, label = text(metric.get("type")), text(metric.get("name"))
            name = (label or kind) if kind.lower() in _UNNAMED else kind
            score = metric.get("value")
            shown = text(score) if not isinstance(score, Mapping | list) else ""
            shown = "" if shown.lower() in _NO_SCORE else shown
            if not name or not shown:
                problems.append("a metric has no name or no single value")
                continue
            count += 1
            if count > _MOST_METRICS:
                problems.append(f"model-index has more than {_MOST_METRICS} scores")
                return
            yield Metric(
                name,
                shown,
                source,
                task=text(task.get("type")),
                dataset=_named(dataset),
                config=text(dataset.get("config")) or text(dataset.get("args")),
                split=text(dataset.get("split")),
                verified=text(metric.get("verified")) == "true",
                label=label if label.lower() != name.lower() else "",
                url=address(text(_part(result, "source").get("url"))),
            )


def _named(dataset: Mapping[str, object]) -> str:
    """Return the id of a dataset; its name where the id is none."""
    kind, name = text(dataset.get("type")), text(dataset.get("name"))
    return (name or kind) if kind.lower() in _UNNAMED else kind


def _tested(value: object) -> tuple[str, ...]:
    """Return the datasets of a ``model-index`` that are named by an id with its owner; a bare name may be anything."""
    names = (text(_part(result, "dataset").get("type")) for result in _results(value))
    return tuple(dict.fromkeys(n for n in names if "/" in n and _ID.fullmatch(n)))
