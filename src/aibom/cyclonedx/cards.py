"""What is known of models and datasets as CycloneDX writes it: model cards, data, pedigree, references."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from aibom.bill import Kind, RelationKind
from aibom.cyclonedx.text import to_endpoint
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aibom.bill import Card, Component, Fact, Metric, Relation

__all__ = [
    "CONSIDERATIONS",
    "MODALITIES",
    "PARAMETERS",
    "TAXONOMY",
    "data",
    "ethical",
    "licence_urls",
    "model_card",
    "pedigree",
    "references",
    "summary",
]

PARAMETERS: Final = (
    ("task", "task"),
    ("architectureFamily", "architecture-family"),
    ("modelArchitecture", "architecture"),
)
"""The fields of ``modelParameters``, and which fact of a card each of them holds."""
TAXONOMY: Final = {
    # The CycloneDX property taxonomy, cdx/ai-ml.md at d8ac6ed (2026-06-29). The schema allows properties on the model
    # card, and none on its parameters.
    "attention-heads": "cdx:ai-ml:model:hyperparameter:num_attention_heads",
    "context-length": "cdx:ai-ml:model:hyperparameter:context_length",
    "hidden-size": "cdx:ai-ml:model:hyperparameter:hidden_size",
    "key-value-heads": "cdx:ai-ml:model:hyperparameter:num_key_value_heads",
    "layers": "cdx:ai-ml:model:hyperparameter:num_hidden_layers",
    "parameters": "cdx:ai-ml:model:parameter:count",
    "quantization": "cdx:ai-ml:model:hyperparameter:quantization",
    "tokenizer": "cdx:ai-ml:model:tokenizer",
    "vocab-size": "cdx:ai-ml:model:hyperparameter:vocab_size",
}
"""The property that the taxonomy reserves for a fact of a card."""
CONSIDERATIONS: Final = {
    "use-case": "useCases",
    "downstream-use": "useCases",
    "limitation": "technicalLimitations",
    "out-of-scope": "technicalLimitations",
    "intended-user": "users",
    "trade-off": "performanceTradeoffs",
}
"""The lists of ``considerations`` that hold a section of a card."""
_CO2: Final = (
    *("co2-grams", "co2-source", "co2-training-type", "co2-location", "co2-hardware", "co2-hours", "co2-provider"),
    "co2-emitted",
)
_APPROACHES: Final = frozenset(
    {"supervised", "unsupervised", "reinforcement-learning", "semi-supervised", "self-supervised"}
)
"""The values that the schema allows for ``approach.type``."""
_TASKS: Final = {
    # What goes in and what comes out, as the hub defines its tasks (huggingface.co/tasks, read 2026-11-25).
    "audio-classification": ("audio", "label"),
    "audio-text-to-text": ("audio text", "text"),
    "audio-to-audio": ("audio", "audio"),
    "automatic-speech-recognition": ("audio", "text"),
    "conversational": ("text", "text"),
    "depth-estimation": ("image", "image"),
    "document-question-answering": ("image text", "text"),
    "fill-mask": ("text", "text"),
    "image-classification": ("image", "label"),
    "image-feature-extraction": ("image", "embedding"),
    "image-segmentation": ("image", "mask label"),
    "image-text-to-text": ("image text", "text"),
    "image-to-3d": ("image", "3d"),
    "image-to-image": ("image", "image"),
    "image-to-text": ("image", "text"),
    "image-to-video": ("image", "video"),
    "keypoint-detection": ("image", "keypoint"),
    "mask-generation": ("image", "mask"),
    "object-detection": ("image", "box label"),
    "question-answering": ("text", "text"),
    "sentence-similarity": ("text", "score"),
    "summarization": ("text", "text"),
    "table-question-answering": ("table text", "text"),
    "text-classification": ("text", "label"),
    "text-generation": ("text", "text"),
    "text-ranking": ("text", "score"),
    "text-to-3d": ("text", "3d"),
    "text-to-audio": ("text", "audio"),
    "text-to-image": ("text", "image"),
    "text-to-speech": ("text", "audio"),
    "text-to-video": ("text", "video"),
    "text2text-generation": ("text", "text"),
    "token-classification": ("text", "label"),
    "translation": ("text", "text"),
    "unconditional-image-generation": ("", "image"),
    "video-classification": ("video", "label"),
    "video-text-to-text": ("video text", "text"),
    "video-to-video": ("video", "video"),
    "visual-question-answering": ("image text", "text"),
    "voice-activity-detection": ("audio", "label"),
    "zero-shot-classification": ("text", "label"),
    "zero-shot-image-classification": ("image text", "label"),
    "zero-shot-object-detection": ("image text", "box label"),
}
"""The formats of what a task takes and gives by its definition, parted by blanks."""
MODALITIES: Final = frozenset({"text", "code", "instruct", "image", "video", "audio", "sensor", "biometric", "genomic"})
"""The words that the taxonomy has for modalities."""
_URL: Final = expression(r"https?://[^\s\"'<>]+")
_ARXIV: Final = expression(r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?", re.IGNORECASE)
_DOI: Final = expression(r"10\.\d{4,9}/\S+")
_LINKS: Final = {
    "demo": ("website", "Demo"),
    "home-page": ("website", ""),
    "paper": ("documentation", "Paper"),
    "repository": ("vcs", "Repository"),
}
"""Addresses that a card names, and what CycloneDX calls such references."""
_FORGE: Final = expression(
    r"https?://(?:(?:www\.)?(?:github|gitlab|bitbucket|gitee|codeberg|huggingface|hf)\.(?:com|org|co)|git(?:lab)?\.[\w.-]+)"
    r"/.+|.+\.git/?"
)
"""Addresses of version control; cards call pages and archives repositories too."""
_MOST: Final = 60


def model_card(component: Component, datasets: Sequence[str]) -> dict[str, object] | None:
    """
    Return the model card of *component*; None when nothing is known that belongs there.

    *datasets* are the references of the datasets in the document on which it was trained or tested.
    """
    if component.kind is not Kind.MODEL:
        return None
    card = component.card
    parameters: dict[str, object] = {field: card[name].value for field, name in PARAMETERS if name in card}
    approach = next((f.value for f in card.all("approach") if f.value in _APPROACHES), None)
    if approach is not None:
        parameters = {"approach": {"type": approach}, **parameters}
    if datasets:
        parameters["datasets"] = [{"ref": ref} for ref in datasets]
    for field, name in (("inputs", "input"), ("outputs", "output")):
        formats = sorted({fact.value for each in (name, f"{name}-modality") for fact in card.all(each)})
        if formats or (formats := _by_task(card, field)):
            parameters[field] = [{"format": value} for value in formats]
    metrics = _metrics(card.metrics)
    parts: dict[str, object] = {
        "modelParameters": parameters,
        "quantitativeAnalysis": {"performanceMetrics": metrics} if metrics else {},
        "considerations": _considerations(card),
        "properties": [{"name": name, "value": value} for name, value in sorted(set(_properties(card))) if value],
    }
    return {key: part for key, part in parts.items() if part} or None


def _by_task(card: Card, field: str) -> list[str]:
    """Return the formats that the tasks of a model have by their definition: its ``inputs`` or its ``outputs``."""
    known = [_TASKS[fact.value] for fact in card.all("task") if fact.value in _TASKS]
    return sorted({word for taken, given in known for word in (taken if field == "inputs" else given).split()})


def _metrics(metrics: Sequence[Metric]) -> list[dict[str, object]]:
    """Return the scores; those of one name on one slice are called as their author calls them, to tell them apart."""
    slices = ["/".join(filter(None, (m.dataset, m.config, m.split))) for m in metrics]
    often = Counter((metric.name, of) for metric, of in zip(metrics, slices, strict=True))
    found = [
        {"type": metric.label or metric.name if often[metric.name, of] > 1 else metric.name, "value": metric.value}
        | ({"slice": of} if of else {})
        for metric, of in zip(metrics, slices, strict=True)
    ]
    return [{key: value for key, value in entry.items() if value} for entry in found]


def _considerations(card: Card) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, field in CONSIDERATIONS.items():
        texts = [fact.value for fact in card.all(name)]
        if name == "out-of-scope":  # The field is for what the model cannot do; say that these are uses.
            texts = [f"Out of scope: {text}" for text in texts]
        if texts:
            listed = found.setdefault(field, [])
            assert isinstance(listed, list)  # noqa: S101 - we made it
            listed += [text for text in texts if text not in listed]
    if concerns := ethical(card):
        found["ethicalConsiderations"] = concerns
    emissions = [(name.replace("co2-", "co2:"), fact.value) for name in _CO2 for fact in card.all(name)]
    if emissions:  # The fields for energy need a provider and kWh, which nobody states beside an emission.
        found["environmentalConsiderations"] = {
            "properties": [{"name": f"aibom:{name}", "value": value} for name, value in emissions]
        }
    return found


def summary(card: Card) -> str | None:
    """Return the description of a card; of several the one that stands first in its text."""
    told = card.all("description")
    return min(told, key=_place).value if told else None


def _place(fact: Fact) -> tuple[int, str]:
    line = fact.source.rpartition(":")[2]
    return (int(line) if re.fullmatch(r"[0-9]{1,9}", line) else 10**9, fact.value)


def ethical(card: Card) -> list[dict[str, object]]:
    """Return what a card says of bias and risks, with what it recommends beside it."""
    advice = " ".join(fact.value for fact in card.all("recommendation"))
    found: list[dict[str, object]] = [{"name": fact.value} for fact in card.all("bias-risk")]
    if advice and found:
        found[0]["mitigationStrategy"] = advice
    elif advice:
        found = [{"name": "Recommendations", "mitigationStrategy": advice}]
    return found


def _properties(card: Card) -> Iterator[tuple[str, str]]:
    """Yield the properties that the taxonomy reserves."""
    for name, fact in card.facts:
        if name in TAXONOMY:
            yield TAXONOMY[name], _shortened(fact.value) if name == "parameters" else fact.value
        elif name == "chat-template-sha256":
            yield "cdx:ai-ml:model:template:chat", "true"
    tasks = {fact.value for fact in card.all("task")}
    modalities = {fact.value for name in ("modality", "input-modality", "output-modality") for fact in card.all(name)}
    modalities |= {word for task in tasks for part in _TASKS.get(task, ()) for word in part.split()}
    modalities &= MODALITIES
    yield from (("cdx:ai-ml:model:modality", modality) for modality in modalities)
    for field, name in (("inputs", "input"), ("outputs", "output")):
        if not any(each in card for each in (name, f"{name}-modality")) and _by_task(card, field):
            yield f"aibom:inferred:{field}", f"from the task {', '.join(sorted(tasks & _TASKS.keys()))}"
    languages = sorted({fact.value.lower() for fact in card.all("language")})
    codes = [code for code in languages if re.fullmatch(r"[a-z]{2}", code)]  # ISO 639-1, says the taxonomy.
    if codes:
        yield "cdx:ai-ml:model:language", ",".join(codes)


def _shortened(count: str) -> str:
    """
    Return a number of parameters as the taxonomy writes it.

    >>> _shortened("7241732096"), _shortened("125000000"), _shortened("66955010"), _shortened("7B"), _shortened("17")
    ('7.24B', '125M', '67M', '7B', '17')
    """
    if not count.isascii() or not count.isdigit():
        return count
    number = int(count)
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if number >= size:
            return f"{number / size:.3g}{letter}" if number < 1000 * size else f"{number // size}{letter}"
    return count


def data(component: Component, page: str | None) -> list[dict[str, object]] | None:
    """Return the ``data`` of a dataset: what it is, where it lies, and who is responsible for it."""
    if component.kind is not Kind.DATASET:
        return None
    card = component.card
    entry: dict[str, object] = {"type": "dataset", "name": component.name}
    if page:
        entry["contents"] = {"url": page}
    if card.all("personal-data"):
        entry["sensitiveData"] = [fact.value for fact in card.all("personal-data")]
    if told := summary(card):
        entry["description"] = told
    governance: dict[str, object] = {}
    if "publisher" in card:
        governance["custodians"] = [{"organization": {"name": card["publisher"].value}}]
    if card.all("curator"):
        governance["stewards"] = [{"contact": {"name": fact.value}} for fact in card.all("curator")]
    if governance:
        entry["governance"] = governance
    return [entry]


def pedigree(bases: Iterable[tuple[Relation, Component, str | None]]) -> dict[str, object] | None:
    """
    Return what a model was made from, as its authors state it; *bases* come with their package URL.

    The ancestors stand among the components of the document too; here they have no ``bom-ref``, which must be unique.
    """
    ancestors: list[dict[str, str | None]] = []
    notes = []
    for relation, base, purl in bases:
        if relation.kind is not RelationKind.DERIVED_FROM:
            continue
        kind = "machine-learning-model" if base.kind is Kind.MODEL else "data"
        entry = {"type": kind, "group": base.group, "name": base.title, "purl": purl}
        ancestor = {key: value for key, value in entry.items() if value or key == "name"}
        if ancestor not in ancestors:  # Two sources, one of which says how.
            ancestors.append(ancestor)
        if relation.how:
            notes.append(f"{relation.how} of {base.name}")
    if not ancestors:
        return None
    return {"ancestors": ancestors} | ({"notes": "; ".join(notes)} if notes else {})


def references(component: Component, page: str | None) -> list[dict[str, str]]:
    """Return where more is to be found: the page of the hub, papers, the licence; sorted, each once."""
    found: set[tuple[str, str, str]] = set()
    if page is not None:
        types = {Kind.MODEL: ("distribution", "model-card", "vcs"), Kind.DATASET: ("distribution",)}
        found.update((kind, page, "") for kind in types.get(component.kind, ()))
    for metric in component.card.metrics:  # Who says so.
        url, fits = to_endpoint(metric.url)
        if fits:
            found.add(("evidence", url, "Scores"))
    address, fits = to_endpoint(component.address)
    if fits and address:
        found.add(("distribution", address, ""))
    for fact in component.card.all("arxiv"):
        if paper := _ARXIV.fullmatch(fact.value):
            found.add(("documentation", f"https://arxiv.org/abs/{paper[1]}", "Paper"))
    for fact in component.card.all("doi"):
        url, fits = to_endpoint(f"https://doi.org/{fact.value}")
        if fits and _DOI.fullmatch(fact.value):
            found.add(("documentation", url, "DOI"))
    for name, (kind, comment) in _LINKS.items():
        for fact in component.card.all(name):
            url, fits = to_endpoint(fact.value)
            if fits and _URL.fullmatch(url):
                found.add(("website" if kind == "vcs" and not _FORGE.fullmatch(url) else kind, url, comment))
    found.update(("license", url, "") for url in _licence_links(component, page))
    entries = sorted(found)[:_MOST]
    return [{"type": t, "url": u} | ({"comment": c} if c else {}) for t, u, c in entries]


def _licence_links(component: Component, page: str | None) -> list[str]:
    """Return the addresses of licences that the card of *component* names; a path is one within its repository."""
    found = []
    for fact in component.card.all("license-link"):
        inside = f"{page}/blob/{component.commit or component.resolved or 'main'}/{fact.value}" if page else ""
        url, fits = to_endpoint(fact.value if _URL.match(fact.value) else inside)
        if fits and _URL.fullmatch(url):
            found.append(url)
    return found


def licence_urls(component: Component, page: str | None) -> dict[str, str]:
    """
    Return where the card of *component* says that the text of its licence is, by the name of the licence.

    That is certain where it names one address, and one licence that is not of the SPDX list.
    """
    links = _licence_links(component, page)
    own = {fact.value for fact in component.card.all("license-name")} or {fact.value for fact in component.licences}
    return dict.fromkeys(own, links[0]) if len(links) == len(own) == 1 else {}
