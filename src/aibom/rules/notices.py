"""Which security notices are about a library in the version that is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Kind, Level
from aibom.decisions import SETTLED
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Advisory, Component

__all__ = ["RULES"]

_LEVELS: Final = {"critical": Level.ERROR, "high": Level.ERROR, "low": Level.INFO, "none": Level.INFO}
_SHOWN: Final = 5


@rule(
    "known-vulnerability",
    level="warning",
    fix="Use a version that the notice calls fixed, and take out a package that one calls harmful (MAL-…); where that "
    "cannot be, state why it does not matter here.",
    references=["https://osv.dev"],
)
def known_vulnerability(component: Component, view: View) -> Iterator[Reason]:
    """
    A security notice is about the version of a library that is used.

    By its own statement the notice is about this version; whether the code here uses what it is about, it cannot know.
    Databases that call the same thing by different ids are one finding. A notice of a package with harmful code
    (MAL-…) is an error whatever severity it states.
    """
    del view
    for notices in _same(component.advisories):
        decided = next(((n.state, n.detail, n.until) for n in notices if n.state in SETTLED), None)
        first = min(notices, key=lambda n: (n.severity == "unknown", not n.fixed, n.id))
        ids = sorted({id_ for n in notices for id_ in (n.id, *n.aliases)})
        others = [id_ for id_ in ids if id_ != first.id][:_SHOWN]
        also = f" ({', '.join(others)})" if others else ""
        summary = f": {first.summary}" if first.summary else ""
        severity = first.severity if first.severity != "unknown" else "of no stated severity"
        after = list(dict.fromkeys(v for n in notices for v in n.fixed))[:_SHOWN]
        fixed = f"fixed in {', '.join(after)}" if after else "no fixed version is stated"
        malicious = any(id_.startswith("MAL-") for id_ in ids)
        what = "a notice of harmful code" if malicious else severity
        yield Reason(
            f"{first.id}{also}, {what}, is about {component.name} {component.version or ''}{summary}; "
            f"{fixed} ({first.source})",
            level=Level.ERROR if malicious else _LEVELS.get(first.severity),
            references=(
                *sorted(f"https://osv.dev/vulnerability/{n.id}" for n in notices),
                *sorted({cwe for n in notices for cwe in n.cwes}),
            ),
            facts=("library.known-malicious" if malicious else "library.known-vuln",),
            settled=decided,
            about=(min(ids, key=lambda id_: (not id_.startswith("CVE-"), id_)),),
        )


def _same(advisories: tuple[Advisory, ...]) -> list[list[Advisory]]:
    """Return *advisories* in groups that share an id."""
    leads: dict[str, str] = {}

    def lead(id_: str) -> str:
        while leads.setdefault(id_, id_) != id_:
            leads[id_] = leads[leads[id_]]  # Halve the way for those who come after.
            id_ = leads[id_]
        return id_

    for each in advisories:
        for alias in each.aliases:
            leads[lead(alias)] = lead(each.id)
    groups: dict[str, list[Advisory]] = {}
    for each in advisories:
        groups.setdefault(lead(each.id), []).append(each)
    return [sorted(members) for members in groups.values()]


@rule(
    "notices-not-checked",
    level="info",
    fix="Run aibom enrich --notices, with the lock file beside the code so that versions are known.",
    references=["https://osv.dev"],
)
def notices_not_checked(component: Component, view: View) -> Iterator[Reason]:
    """
    Nobody looked for security notices about a library, or the look was not whole.

    That nothing is said against it does not mean that nothing is known. Of a library whose exact version is not known,
    and of an image, nothing can be looked up: see library-unpinned and image-unpinned.
    """
    checked = any(name == "notices-checked" for name, _ in component.properties)
    asked = component.kind is Kind.LIBRARY and component.version and component.provider != "docker"
    if asked and not checked and view.used(component):
        yield Reason(f"security notices about {component.name} {component.version} were not looked up")


RULES: Final = (
    known_vulnerability,
    notices_not_checked,
)
