"""What the documents of other tools say of models and datasets, as far as a bill can hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.bill import Card, Fact, Kind, Metric
from aibom.cyclonedx.cards import CONSIDERATIONS, PARAMETERS, TAXONOMY
from aibom.cyclonedx.parts import entries, part, properties, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.cyclonedx.parts import Entry

__all__ = ["card_of", "hashes_of", "identity_of", "licences_of"]

_FACTS_OF_CONSIDERATIONS: Final = {
    field: name for name, field in CONSIDERATIONS.items() if name not in {"downstream-use", "out-of-scope"}
}
_NAMES_OF_TAXONOMY: Final = {name: fact for fact, name in TAXONOMY.items()}
_MODEL: Final = "cdx:ai-ml:model:"


def identity_of(entry: Entry) -> tuple[str, str, str, str]:
    """
    Return the provider, the name, the version and the qualified purl of *entry*, from its purl if that can be parsed.

    >>> identity_of({"name": "Qwen/Qwen3-8B", "group": "Qwen"})
    ('unknown', 'Qwen/Qwen3-8B', '', '')
    >>> identity_of({"name": "x", "purl": "pkg:huggingface/Qwen/Qwen3-8B@abc"})
    ('huggingface', 'Qwen/Qwen3-8B', 'abc', 'pkg:huggingface/Qwen/Qwen3-8B@abc')
    """
    group, title, version, purl = (text(entry, key) for key in ("group", "name", "version", "purl"))
    # The guide for ML-BOMs repeats the owner in the name.
    name = title if not group or title.startswith(f"{group}/") else f"{group}/{title}"
    if not purl:
        return "unknown", name, version, ""
    from packageurl import PackageURL  # Only documents with one need it.

    try:
        said = PackageURL.from_string(purl)
    except ValueError:
        return purl.removeprefix("pkg:").partition("/")[0] or "unknown", name, version, purl
    if said.type == "huggingface":
        name = f"{said.namespace}/{said.name}" if said.namespace else said.name
        version = said.version or version
    return said.type, name, version, purl


def licences_of(entry: Entry) -> list[Fact]:
    """
    Return the licences of *entry*, declared and concluded.

    >>> licences_of({"licenses": [{"license": {"id": "MIT"}}]})
    [Fact(value='MIT', source='cyclonedx:licenses')]
    """
    found = []
    for each in entries(entry, "licenses"):
        licence = part(each, "license")
        said = text(each, "expression") or text(licence, "id") or text(licence, "name")
        concluded = "concluded" in {text(each, "acknowledgement"), text(licence, "acknowledgement")}
        if said:
            found.append(Fact(said, "cyclonedx:licenses" + (":concluded" if concluded else "")))
    return found


def hashes_of(entry: Entry) -> list[tuple[str, str]]:
    """Return the hashes of *entry*, as pairs of algorithm and digest."""
    pairs = [(text(each, "alg"), text(each, "content")) for each in entries(entry, "hashes")]
    return [pair for pair in pairs if all(pair)]


def card_of(entry: Entry, kind: Kind) -> Card:
    """
    Return what *entry* says of a model or a dataset; the source of each fact is the field that states it.

    >>> card_of({"modelCard": {"modelParameters": {"task": "fill-mask"}}}, Kind.MODEL).facts
    (('task', Fact(value='fill-mask', source='cyclonedx:modelCard.modelParameters.task')),)
    """
    card = part(entry, "modelCard")
    said = [
        *_plain(entry),
        *_parameters(part(card, "modelParameters")),
        *_considerations(part(card, "considerations")),
        *_taxonomy(properties(card), "modelCard.properties"),
        *_taxonomy(properties(part(card, "modelParameters")), "modelCard.modelParameters.properties"),
        *_taxonomy(properties(entry), "properties"),
        *(_data(entry) if kind is Kind.DATASET else ()),
    ]
    facts = [(name, Fact(value, f"cyclonedx:{field}")) for name, value, field in said if value]
    return Card(facts, _metrics(card))


def _plain(entry: Entry) -> Iterator[tuple[str, str, str]]:
    for name in ("publisher", "description"):
        yield name, text(entry, name), name
    yield "manufacturer", text(part(entry, "manufacturer"), "name"), "manufacturer"
    yield "supplier", text(part(entry, "supplier"), "name"), "supplier"
    yield from (("tag", tag, "tags") for tag in texts(entry, "tags"))


def _parameters(parameters: Entry) -> Iterator[tuple[str, str, str]]:
    at = "modelCard.modelParameters"
    yield from ((name, text(parameters, field), f"{at}.{field}") for field, name in PARAMETERS)
    yield "approach", text(part(parameters, "approach"), "type"), f"{at}.approach"
    for field, name in (("inputs", "input"), ("outputs", "output")):
        yield from ((name, text(each, "format"), f"{at}.{field}") for each in entries(parameters, field))


def _considerations(considerations: Entry) -> Iterator[tuple[str, str, str]]:
    at = "modelCard.considerations"
    for field, name in _FACTS_OF_CONSIDERATIONS.items():
        yield from ((name, value, f"{at}.{field}") for value in texts(considerations, field))
    for each in entries(considerations, "ethicalConsiderations"):
        yield "bias-risk", text(each, "name"), f"{at}.ethicalConsiderations"
        yield "recommendation", text(each, "mitigationStrategy"), f"{at}.ethicalConsiderations"
    for each in entries(considerations, "fairnessAssessments"):
        yield "bias-risk", text(each, "harms"), f"{at}.fairnessAssessments"
        yield "recommendation", text(each, "mitigationStrategy"), f"{at}.fairnessAssessments"


def _taxonomy(pairs: Iterable[tuple[str, str]], at: str) -> Iterator[tuple[str, str, str]]:
    for name, value in pairs:
        if name == f"{_MODEL}language":
            yield from (("language", code.strip(), at) for code in value.split(","))
        elif name in _NAMES_OF_TAXONOMY:
            yield _NAMES_OF_TAXONOMY[name], value, at
        elif name.startswith(_MODEL):
            yield name.removeprefix(_MODEL), value, at


def _data(entry: Entry) -> Iterator[tuple[str, str, str]]:
    for each in (*entries(entry, "data"), entry):  # A dataset that stands in a model card is its own data.
        yield "description", text(each, "description"), "data.description"
        yield "classification", text(each, "classification"), "data.classification"
        yield "url", text(part(each, "contents"), "url"), "data.contents.url"
        yield from (("personal-data", value, "data.sensitiveData") for value in texts(each, "sensitiveData"))
        governance = part(each, "governance")
        for field, name in (("custodians", "publisher"), ("stewards", "curator"), ("owners", "owner")):
            for who in entries(governance, field):
                told = text(part(who, "organization"), "name") or text(part(who, "contact"), "name")
                yield name, told, f"data.governance.{field}"


def _metrics(card: Entry) -> Iterator[Metric]:
    for each in entries(part(card, "quantitativeAnalysis"), "performanceMetrics"):
        name, value = text(each, "type"), text(each, "value")
        if name or value:
            yield Metric(name, value, "cyclonedx:modelCard.quantitativeAnalysis", split=text(each, "slice"))
