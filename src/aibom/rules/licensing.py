"""Whether what the code uses may be used, as far as its own licence says. No legal advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Kind
from aibom.licences import Commercial, ids_of, is_concluded, is_licence_file, terms
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Component, Fact
    from aibom.licences import Terms

__all__ = ["RULES"]

_HUB: Final = "https://huggingface.co/docs/hub/repositories-licenses"
_WASHING: Final = "https://arxiv.org/abs/2602.08816"
_OF_A_HUB: Final = frozenset({Kind.MODEL, Kind.DATASET})


def _licensed(component: Component, view: View) -> Terms | None:
    """Return the terms of what the project uses itself and gets in a copy."""
    if component.hosted or not view.used(component):
        return None
    return view.licence(component)


def _reason(component: Component, text: str) -> Reason:
    """Return *text* as a reason about the licences of *component*: under another licence it is another one."""
    return Reason(text, about=ids_of(component.licences))


def _stated(component: Component) -> str:
    """Return the licences of *component* as stated, each with where."""
    return " and ".join(f"{f.value} ({f.source})" for f in component.licences)


@rule(
    "licence-non-commercial",
    level="warning",
    fix="Use it for what the licence allows, ask its owner for another licence, or choose something else.",
    references=[_HUB],
)
def licence_non_commercial(component: Component, view: View) -> Iterator[Reason]:
    """
    The licence of something that the code uses, such as a model or a library, allows no commercial use.

    A product or a service that makes money, directly or not, may not be what its owner allows. Not legal advice.
    """
    found = _licensed(component, view)
    if found is not None and found.commercial is Commercial.NO:
        yield _reason(component, f"the licence of {component.name} is {_stated(component)}: {found.clause}")


@rule(
    "licence-conditional",
    level="warning",
    fix="Read the conditions, and write down who decided that they are met.",
    references=[_HUB],
)
def licence_conditional(component: Component, view: View) -> Iterator[Reason]:
    """
    The licence of something that the code uses, such as a model or a library, allows commercial use on conditions.

    The conditions, such as a number of users, a revenue, a territory or a policy of use, are outside of the code:
    somebody has to say that they are met. Not legal advice.
    """
    found = _licensed(component, view)
    if found is not None and found.commercial is Commercial.CONDITIONAL:
        yield _reason(component, f"the licence of {component.name} is {_stated(component)}: {found.clause}")


@rule(
    "licence-obligations",
    level="info",
    fix="Do what the licence asks before you hand it on, by itself or in a product.",
    references=[_HUB],
)
def licence_obligations(component: Component, view: View) -> Iterator[Reason]:
    """
    The licence of something that the code uses, such as a model or a library, asks something of those who hand it on.

    Notices, the same licence for derivatives, terms that must be passed on and names are owed also where everything is
    free of charge. Not legal advice.
    """
    found = _licensed(component, view)
    if found is not None and found.obligations:
        yield _reason(component, f"{_stated(component)} of {component.name} asks: {found.asks}")


@rule(
    "licence-unknown",
    level="warning",
    fix="Find the licence on the page of the model or dataset, or ask its owner; that none is stated allows nothing.",
    references=[_HUB],
)
def licence_unknown(component: Component, view: View) -> Iterator[Reason]:
    """
    Nobody states under which licence a model or a dataset may be used, or the name says too little.

    No licence is not a permissive licence: whoever made it keeps all rights. It is only said of what a hub or a card
    was read for. Not legal advice.
    """
    if component.kind not in _OF_A_HUB or component.hosted or not view.used(component):
        return
    found = view.licence(component)
    if found is None:
        if view.asked(component):
            yield Reason(f"no licence of {component.name} is stated by its hub or its card")
    elif found.commercial is Commercial.UNKNOWN:
        why = found.clause or "no table knows which licence that is"
        yield _reason(component, f"the licence of {component.name} is {_stated(component)}: {why}")


@rule(
    "licence-mismatch",
    level="warning",
    fix="Ask the owner which one holds; until then keep to the stricter one.",
    references=[_HUB, "https://arxiv.org/abs/2509.09873"],
)
def licence_mismatch(component: Component, view: View) -> Iterator[Reason]:
    """
    What the card of a model or a dataset declares is another licence than that of its licence file.

    The text is what the owner grants; a tag on a page is easily set, and copied. Not legal advice.
    """
    declared = [f for f in component.licences if not is_concluded(f)]
    concluded = [f for f in component.licences if is_concluded(f)]
    for text in concluded:
        others = [f for f in declared if not _same(f, text)]
        if declared and len(others) == len(declared):
            said = ", ".join(f"{f.value} ({f.source})" for f in others)
            yield Reason(
                f"{component.name} declares {said}, and its licence file is {text.value} ({text.source})",
                about=(f"{' '.join(ids_of(others))} / {' '.join(ids_of([text]))}",),
            )


def _same(one: Fact, other: Fact) -> bool:
    a, b = terms(one.value), terms(other.value)
    return re.sub(r"-(?:only|or-later)$", "", a.spdx) == re.sub(r"-(?:only|or-later)$", "", b.spdx)


@rule(
    "licence-text-missing",
    level="info",
    fix="Ask the owner to add the text; keep a copy of what was declared, with its date.",
    references=[_WASHING],
)
def licence_text_missing(component: Component, view: View) -> Iterator[Reason]:
    """
    The repository of a model or a dataset declares a licence, and has no file with its text.

    Licences such as MIT and Apache-2.0 ask that their text and a notice go along: without them a declared licence is
    weaker evidence. In a study of 2026, 96 of 100 permissive models had no text. Not legal advice.
    """
    found = _licensed(component, view)
    listed = [f for f in component.files if f.source.startswith("hub")]
    if found is None or not listed or "attribution" not in found or any(is_licence_file(f.path) for f in listed):
        return
    text = f"{component.name} declares {_stated(component)}, and none of its {len(listed)} files is a licence"
    yield _reason(component, text)


RULES: Final = (
    licence_conditional,
    licence_mismatch,
    licence_non_commercial,
    licence_obligations,
    licence_text_missing,
    licence_unknown,
)
