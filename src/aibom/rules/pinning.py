"""Whether the same code gets the same model tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Kind, Usage, is_commit
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Component

__all__ = ["RULES"]

_ON_A_HUB: Final = frozenset({"huggingface", "modelscope"})


@rule(
    "unpinned-revision",
    level="warning",
    fix='Name the commit: revision="<40 hexadecimal digits>", in every call that loads it.',
    references=["https://huggingface.co/docs/huggingface_hub/guides/download", "CWE-494", "CWE-829"],
)
def unpinned_revision(component: Component, view: View) -> Iterator[Reason]:
    """
    A use of a model or a dataset of a hub names no commit.

    What the name means can change: who can write to the repository, or takes over its name, decides what the code loads
    tomorrow.
    """
    if component.kind not in {Kind.MODEL, Kind.DATASET} or component.hosted or component.provider not in _ON_A_HUB:
        return
    uses = [e for e in component.evidence if e.usage is not Usage.MENTION]
    without = [e for e in uses if not e.revision]
    if without:
        yield Reason(
            f"{component.name} is loaded without a revision: the default branch at the time of the download is used",
            [e.location for e in without],
        )
    loose = [e for e in uses if e.revision and not is_commit(e.revision)]
    if loose:
        names = ", ".join(sorted({repr(e.revision) for e in loose}))
        yield Reason(
            f"{component.name} is loaded at {names}: a branch, a tag or a short hash, and no full commit hash",
            [e.location for e in loose],
        )


RULES: Final = (unpinned_revision,)
