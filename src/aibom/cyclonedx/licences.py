"""Licences as CycloneDX writes them: declared or concluded, by SPDX id, as an expression, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.knowledge import hub_licences
from aibom.licences import is_concluded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aibom.bill import Fact

__all__ = ["licences"]

_AMBIGUOUS: Final = frozenset({"agpl-3.0", "gpl-1.0", "gpl-2.0", "gpl-3.0", "lgpl-2.0", "lgpl-2.1", "lgpl-3.0"})
"""
SPDX has these ids for "only", deprecated (license list 3.0, 2018). Who writes one today does not say whether a later
version may be taken: the name is kept as it is stated.
"""


def licences(facts: Iterable[Fact], urls: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """
    Return the licences that *facts* state: by SPDX id, as one expression, else by name; sorted, each once.

    CycloneDX allows an expression only alone. What was read in a licence file is *concluded*, all else *declared*.
    *urls* says where the text is of a licence that has no SPDX id, by its name; else the address is that of the table.
    """
    said = sorted({(fact.value, is_concluded(fact)) for fact in facts if fact.value})
    if not said:
        return []
    from cyclonedx.spdx import is_expression  # Bills without licences need no list of them.

    if len(said) == 1:
        value, concluded = said[0]
        composed = " " in value or value.startswith("LicenseRef-")  # A name such as gpl passes for an expression.
        if composed and _spdx_id(value) is None and value.isascii() and is_expression(value):
            return [{"expression": value, "acknowledgement": _acknowledged(concluded)}]
    found = {(*_licence(value, urls or {}).items(), ("acknowledgement", _acknowledged(c))) for value, c in said}
    return [{"license": dict(pairs)} for pairs in sorted(found)]


def _acknowledged(concluded: bool) -> str:  # noqa: FBT001 - it is what the function writes
    return "concluded" if concluded else "declared"


def _licence(value: str, urls: Mapping[str, str]) -> dict[str, str]:
    known = _spdx_id(value)
    if known is not None:
        return {"id": known}
    row = hub_licences().get(value.lower())
    url = urls.get(value) or (row.url if row is not None else "")
    return {"name": value} | ({"url": url} if url else {})


def _spdx_id(value: str) -> str | None:
    """Return the id of the SPDX list that *value* means, in the list's own case; None when there is none."""
    from cyclonedx.spdx import fixup_id

    key = value.lower()
    if key in _AMBIGUOUS:
        return None
    row = hub_licences().get(key)
    return fixup_id(row.spdx if row is not None and row.spdx else value)
