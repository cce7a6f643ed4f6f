"""What the licences of base models and datasets mean for what is made of them. No legal advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Kind, Level, RelationKind
from aibom.expressions import expression
from aibom.licences import Commercial, terms
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Component, Relation
    from aibom.licences import Terms

__all__ = ["RULES"]

_STUDY: Final = "https://arxiv.org/abs/2509.09873"
_MODELGO: Final = "https://arxiv.org/abs/2412.11483"
_HOW: Final = {"finetune": "fine-tune", "adapter": "adapter", "quantized": "quantization", "merge": "merge"}


def _ancestors(component: Component, view: View) -> Iterator[tuple[Terms, str, tuple[str]]]:
    """
    Yield what *component*, if the project uses it, is derived from and whose terms are known, with the way as text.

    Last comes what a reason has it about: the base and its licence. Of a model through models, and of a dataset through
    datasets: what data do to a model is another matter. Nothing is said of a base of the same owner, who may give other
    terms, and of each licence only its nearest.
    """
    if component.kind not in {Kind.MODEL, Kind.DATASET} or component.hosted or not view.used(component):
        return
    seen = set()
    for chain in view.chains(component, RelationKind.DERIVED_FROM):
        last = chain[-1][1]
        found = view.licence(last)
        own = last.group is not None and last.group == component.group
        if found is None or own or found.spdx in seen or any(c.kind is not component.kind for _, c in chain):
            continue
        seen.add(found.spdx)
        yield found, _way(component, chain, view), (f"{last.name} {found.spdx}",)


def _way(component: Component, chain: tuple[tuple[Relation, Component], ...], view: View) -> str:
    """
    Return *chain* as text: ``a/b (mit) ← fine-tune of c/d (llama3.1 by hub)``.

    It is what a finding has for evidence: each step, and who says under which licence it is.
    """
    parts = [f"{component.name} ({_under(component)})"]
    for edge, other in chain:
        match edge.kind:
            case RelationKind.DERIVED_FROM:
                word = f"{_HOW.get(edge.how, 'derived')} " + ("of" if edge.how in _HOW else "from")
            case RelationKind.TRAINED_ON:
                word = "trained on"
            case _:
                word = str(edge.kind).replace("-", " ")
        parts.append(f"← {word} {other.name} ({_under(other)})")
    return " ".join(parts)


def _under(component: Component) -> str:
    return " and ".join(f"{f.value} by {f.source}" for f in component.licences) or "no licence stated"


def _relicensed(component: Component, view: View) -> bool:
    """Tell whether it is known what *component* itself states: a licence, or that it states none."""
    return view.licence(component) is not None or view.asked(component)


@rule(
    "lineage-stricter",
    level="warning",
    fix="Keep to the terms of the base model too, or take a model whose whole line allows your use.",
    references=[_STUDY],
)
def lineage_stricter(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset that the code uses is derived from one whose licence allows less than its own does.

    Whoever derives something cannot give away more rights than they got: the strictest licence of the line is the one
    that counts. Conflicts that are inherited cannot be mended further down. Not legal advice.
    """
    if not _relicensed(component, view):
        return
    own = view.licence(component)
    rank = Commercial.YES.rank if own is None or own.commercial is Commercial.UNKNOWN else own.commercial.rank
    for base, way, about in _ancestors(component, view):
        if base.commercial in {Commercial.CONDITIONAL, Commercial.NO} and base.commercial.rank > rank:
            word = "no commercial use" if base.commercial is Commercial.NO else "commercial use on conditions"
            yield Reason(f"the line allows {word}: {way}; {base.clause}", about=about)


@rule(
    "lineage-no-derivatives",
    level="warning",
    fix="Use the base model itself, or ask its owner whether this derivative may be shared.",
    references=[_STUDY, _MODELGO],
)
def lineage_no_derivatives(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset that the code uses is derived from one whose licence forbids to share adaptations.

    A fine-tune, an adapter, a merge or a quantization may be an adaptation, and then it should not have been published.
    Whether a quantization is one is unsettled. Not legal advice.
    """
    for base, way, about in _ancestors(component, view):
        if "no-derivatives" in base:
            yield Reason(f"adaptations of the base must not be shared: {way}", about=about)


@rule(
    "lineage-share-alike",
    level="warning",
    fix="Ask the owner for the licence that the base asks for, or keep to that licence yourself.",
    references=[_STUDY, _MODELGO],
)
def lineage_share_alike(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset that is used has another licence than the share-alike or copyleft licence of its base asks for.

    Derivatives of the base may be shared under the same licence alone. How far copyleft reaches for weights is
    unsettled. Not legal advice.
    """
    own = view.licence(component)
    if own is None:
        return
    for base, way, about in _ancestors(component, view):
        if ("share-alike" in base or "copyleft" in base) and not _covers(own, base):
            said = f"the base asks for its own licence, {base.spdx}, and the {component.kind} has {own.spdx}: {way}"
            yield Reason(said, about=about)


def _covers(own: Terms, base: Terms) -> bool:
    """
    Tell whether *own* includes the licence of *base*, -only and or-later aside.

    Creative Commons' share-alike licences also take a later version (3.0 of BY-SA, 4 b), and BY-SA 4.0 takes GPL-3.0
    (creativecommons.org/compatiblelicenses).
    """
    wanted = _plain(base.spdx)
    for part in map(_plain, re.split(r" AND | OR |[()]", own.spdx)):
        if part == wanted or (wanted, part) == ("CC-BY-SA-4.0", "GPL-3.0"):
            return True
        theirs, mine = _SHARE_ALIKE.fullmatch(wanted), _SHARE_ALIKE.fullmatch(part)
        if (
            theirs
            and mine
            and theirs["family"] == mine["family"]
            and float(mine["version"]) >= float(theirs["version"])
        ):
            return True
    return False


_SHARE_ALIKE: Final = expression(r"(?P<family>CC-BY-(?:NC-)?SA)-(?P<version>\d\.\d)")


def _plain(spdx: str) -> str:
    return re.sub(r"-(?:only|or-later)$|\+$", "", spdx.strip())


@rule(
    "lineage-flow-down",
    level="warning",
    fix="Pass the terms of the base on to your own users, whatever the derivative's card says.",
    references=[_STUDY, "https://www.licenses.ai/"],
)
def lineage_flow_down(component: Component, view: View) -> Iterator[Reason]:
    """
    A model or a dataset that is used is derived from one whose terms must be passed on, and its licence passes none on.

    RAIL licences, the Llama licences and the Gemma terms bind also those who get a derivative. Not legal advice.
    """
    own = view.licence(component)
    if own is None or "flow-down" in own or own.commercial is Commercial.UNKNOWN:
        return
    for base, way, about in _ancestors(component, view):
        if "flow-down" in base:
            yield Reason(f"the terms of the base are not passed on: {way}", about=about)


@rule(
    "lineage-naming",
    level="info",
    fix="Name the base where you name the model; if the derivative is yours, rename it.",
    references=["https://www.llama.com/llama3_1/license/"],
)
def lineage_naming(component: Component, view: View) -> Iterator[Reason]:
    """
    A model is derived from one whose licence says how names of derivatives begin, and its name begins otherwise.

    The Llama licences since Llama 3 ask for “Llama” at the beginning of the name. Not legal advice.
    """
    for base, way, about in _ancestors(component, view):
        if (
            component.kind is Kind.MODEL
            and base.naming
            and not _letters(component.title).startswith(_letters(base.naming))
        ):
            yield Reason(f"its name should begin with {base.naming!r}: {way}", about=about)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


@rule(
    "non-commercial-data",
    level="warning",
    fix="Leave the dataset out of what is trained for a product, or ask its owner for another licence.",
    references=[_STUDY],
)
def non_commercial_data(component: Component, view: View) -> Iterator[Reason]:
    """
    A model that the code uses, or that it trains, is said to be trained on data without commercial use.

    Data of its base models, and data that other data were made from, count. For what the project trains itself that is
    a risk of its own; for a model of others it is good to know: whether the licence of data reaches a model is
    unsettled. Not legal advice.
    """
    for data, found, way in _data(component, view):
        if found.commercial is Commercial.NO:
            own = bool(data.loads)
            level = Level.WARNING if own else Level.INFO
            where = "; the code loads the dataset itself" if own else ""
            text = f"the data allows no commercial use: {way}{where}"
            yield Reason(text, level=level, about=(f"{data.name} {found.spdx}",))


def _data(component: Component, view: View) -> Iterator[tuple[Component, Terms, str]]:
    """
    Yield the data of *component*, a model that is used, whose terms are known, and the way to them as text.

    Its own, those of its base models, and what these data were made from.
    """
    if component.kind is not Kind.MODEL or component.hosted or not view.used(component):
        return
    for chain in view.chains(component, RelationKind.DERIVED_FROM, RelationKind.TRAINED_ON):
        kinds = [c.kind for _, c in chain]
        found = view.licence(chain[-1][1]) if kinds[-1] is Kind.DATASET else None
        # What a model made is no data of that model's own: see output-restriction.
        through = kinds.index(Kind.DATASET) if Kind.DATASET in kinds else len(kinds)
        if found is not None and all(kind is Kind.DATASET for kind in kinds[through:]):
            yield chain[-1][1], found, _way(component, chain, view)


@rule(
    "data-share-alike",
    level="info",
    fix="Decide whether the data's licence binds what you hand on, and write it down.",
    references=[_MODELGO],
)
def data_share_alike(component: Component, view: View) -> Iterator[Reason]:
    """
    A model that the code uses is said to be trained on data under a share-alike or a copyleft licence.

    Whether such a licence reaches a model is unsettled, and depends on how much of the data the model holds. Not legal
    advice.
    """
    own = view.licence(component)
    for data, found, way in _data(component, view):
        if ("share-alike" in found or "copyleft" in found) and (own is None or not _covers(own, found)):
            yield Reason(f"the data asks for its own licence: {way}", about=(f"{data.name} {found.spdx}",))


@rule(
    "output-restriction",
    level="warning",
    fix="Read the terms of the model that made the data before you train on it.",
    references=["https://ai.meta.com/llama/license/"],
)
def output_restriction(component: Component, view: View) -> Iterator[Reason]:
    """
    A dataset is made with a model whose terms forbid to improve other models with its output, or ask for its name.

    Then training another model on it may break those terms. What the text of a dataset's card says to be made with a
    version of Llama counts, too. Not legal advice.
    """
    if component.kind not in {Kind.DATASET, Kind.MODEL} or component.hosted or not view.used(component):
        return
    if component.kind is Kind.DATASET:
        yield from _said_to_be_made(component, f"{component.name} ({_under(component)})")
    for chain in view.chains(component, RelationKind.DERIVED_FROM, RelationKind.TRAINED_ON):
        kinds = [component.kind, *(c.kind for _, c in chain)]
        if kinds[-1] is Kind.DATASET:
            yield from _said_to_be_made(chain[-1][1], _way(component, chain, view))
        if kinds[-1] is not Kind.MODEL or kinds[-2] is not Kind.DATASET:
            continue
        found = view.licence(chain[-1][1])
        if found is not None and ("output-restriction" in found or "output-naming" in found):
            asks = "must not improve other models" if "output-restriction" in found else "asks for its name in models"
            made = chain[-1][1].name
            way = _way(component, chain, view)
            yield Reason(f"the output of the model {asks}: {way}", about=(f"{made} {found.spdx}",))


def _said_to_be_made(data: Component, way: str) -> Iterator[Reason]:
    """Yield which models the text of the card of *data* says that it was made with, where their terms restrict that."""
    versions: dict[str, str] = {}
    for name, fact in data.card.facts:
        if name in _TELLING:
            for found in _MADE_WITH.finditer(fact.value):
                versions.setdefault(found["version"], fact.source)
    for version, source in sorted(versions.items()):
        known = terms(f"llama{version}")
        if "output-restriction" in known or "output-naming" in known:
            asks = "must not improve other models" if "output-restriction" in known else "asks for its name in models"
            text = f"the card of {data.name} says that Llama {version} made some of it ({source}), whose output {asks}"
            yield Reason(f"{text}: {way}", about=(f"{data.name} llama{version}",))


_TELLING: Final = frozenset({"annotation", "curation", "description", "training-data"})
_MADE_WITH: Final = expression(
    r"\b(?:annotated|created|distill?ed|generated|labell?ed|made|produced|rewritten|synthesi[sz]ed|translated|written)\b"
    r"[^.;:]{0,40}?\b(?:by|from|through|using|via|with)\b[^.;:]{0,40}?"
    r"\bllama[ -]?(?P<version>2|3(?:\.[123])?|4)(?!\.?\w)",
    re.IGNORECASE,
)
"""A sentence of a card by which a version of Llama made data; of other models no table has the terms by their name."""


@rule(
    "lineage-unknown",
    level="warning",
    fix="Ask the owner what the model was made of; a base model that nobody names may have any licence.",
    references=[_STUDY],
)
def lineage_unknown(component: Component, view: View) -> Iterator[Reason]:
    """
    A model is an adapter, a quantization or a merge, and nobody says of which model.

    Its licence, its data and what is known against the base cannot be told. It is only said of what a hub or a card
    was read for.
    """
    if component.kind is not Kind.MODEL or component.hosted or not view.used(component) or not view.asked(component):
        return
    if view.targets(component, RelationKind.DERIVED_FROM):
        return
    for name, word in _DERIVED:
        for fact in component.card.all(name):
            tag = name != "tag" or fact.value.casefold() in _TAGS
            if tag:
                yield Reason(f"{component.name} {word} {fact.value!r} ({fact.source}), and nobody names its base model")
                return


_DERIVED: Final = (("adapter", "is an adapter for"), ("quantized-by", "is quantized by"), ("tag", "has the tag"))
_TAGS: Final = frozenset({"adapter", "fine-tuned", "finetuned", "lora", "merge", "mergekit", "peft", "qlora"})


RULES: Final = (
    data_share_alike,
    lineage_flow_down,
    lineage_naming,
    lineage_no_derivatives,
    lineage_share_alike,
    lineage_stricter,
    lineage_unknown,
    non_commercial_data,
    output_restriction,
)
