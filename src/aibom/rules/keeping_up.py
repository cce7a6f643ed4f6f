"""Whether what the code uses is still the current thing, as far as somebody was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Kind
from aibom.knowledge import services
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Component

__all__ = ["RULES"]


@rule(
    "newer-commit",
    level="info",
    fix="Look at what changed, and move the pin when it suits you.",
    references=["https://huggingface.co/docs/huggingface_hub/guides/download"],
)
def newer_commit(component: Component, view: View) -> Iterator[Reason]:
    """
    A pinned model or dataset is at another commit than its branch was when somebody looked.

    What was changed since is not in what the code loads, mended things neither.
    """
    if component.commit is None or not view.used(component):
        return
    known = [r for r in view.heads(component) if r.commit != component.commit]
    for resolution in known[:_SHOWN]:
        branch = repr(resolution.revision) if resolution.revision else "the default branch"
        day = f" on {resolution.date}" if resolution.date else ""
        yield Reason(
            f"{component.name} is pinned to {component.commit[:12]}; "
            f"{branch} was at {resolution.commit[:12]}{day} ({resolution.source})",
            about=(branch,),
        )
    if len(known) > _SHOWN:
        text = f"{len(known) - _SHOWN} more branches and tags of {component.name} were at other commits"
        yield Reason(text, about=("more branches and tags",))


_SHOWN: Final = 5
"""So many branches and tags are named, the default branch first."""


@rule(
    "new-version",
    level="info",
    fix="Look at the newer model; change over when it suits you.",
    references=["https://huggingface.co/docs/hub/model-cards#specifying-a-new-version"],
)
def new_version(component: Component, view: View) -> Iterator[Reason]:
    """
    The card of a model names a newer one.

    Its authors advise to use that instead.
    """
    if view.used(component):
        for fact in component.card.all("new-version"):
            text = f"{component.name} has a newer version by its authors: {fact.value} ({fact.source})"
            yield Reason(text, about=(fact.value,))


@rule(
    "model-retired",
    level="warning",
    fix="Change over to the model that the provider recommends, and test with it.",
    references=[],
)
def model_retired(component: Component, view: View) -> Iterator[Reason]:
    """
    The provider of a hosted model has announced its end.

    From the day of the shutdown on requests fail. The finding names the days, and does not look at the calendar.
    """
    if component.kind is not Kind.MODEL or not view.used(component):
        return
    shut = component.card.all("shutdown")
    said = [(f"shut down on {f.value}", f.source) for f in shut]
    said += [(f"deprecated on {f.value}", f.source) for f in component.card.all("deprecated") if not shut]
    after = component.card.all("successor")
    instead = f"; the provider recommends {', '.join(f.value for f in after)}" if after else ""
    for what, source in said:
        yield Reason(f"{component.name} is {what} ({source}){instead}", about=(what,))


@rule(
    "not-checked",
    level="info",
    fix="Run aibom enrich, or aibom scan --enrich: then the hub is asked; of a hosted model that no table has, ask its "
    "provider.",
    references=[],
)
def not_checked(component: Component, view: View) -> Iterator[Reason]:
    """
    No hub was asked about a model or a dataset, or it did not answer; no table knows a hosted model.

    Its licence, its origin and newer commits are not known: that nothing is said against it does not mean that there is
    nothing. Of one that is pinned, and of which only the pinned commit was asked about, newer commits alone are not
    known. One that was asked about and has no finding of newer-commit is current. Of a hosted model that the table of
    aibom enrich has, and that has no finding of model-retired, no final end was known on the day that its source has.
    """
    if component.kind is Kind.MODEL and component.hosted and view.used(component):
        provider = services().get(component.provider)
        if provider is not None and not provider.external:  # Whoever uses it runs it.
            return
        if not any(fact.source.startswith(_TABLE) for _, fact in component.card.facts):
            text = f"whether {component.provider} ends {component.name} is not known: nobody looked, or no table has it"
            yield Reason(text, about=("end",))
        return
    of_a_hub = component.kind in {Kind.MODEL, Kind.DATASET} and component.provider == "huggingface"
    if not of_a_hub or component.hosted or not view.used(component):
        return
    if not view.asked(component):
        yield Reason(f"no hub has answered about {component.name}: licence, origin and newer commits are not known")
    elif component.commit and not any(other.resolutions for other in view.same_name(component)):
        text = f"whether there are newer commits of {component.name} than the one that is pinned was not asked"
        yield Reason(text, about=("newer commits",))


_TABLE: Final = "table:hosted-models"
"""How the sources begin of what is known of hosted models (`aibom.enrichers.hosted_models`)."""

RULES: Final = (
    model_retired,
    new_version,
    newer_commit,
    not_checked,
)
