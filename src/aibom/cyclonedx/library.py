"""A bill as objects of cyclonedx-python-lib, for programs that hold a ``Bom`` of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from aibom.cyclonedx.components import to_properties
from aibom.cyclonedx.document import to_document

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom

    from aibom.bill import Bill

__all__ = ["to_bom"]


def to_bom(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False) -> Bom:
    """
    Return *bill* as a ``Bom`` of cyclonedx-python-lib; its own outputters write it, in JSON and XML.

    It says what `to_document` says, as far as the library can hold it. The library has no ``modelCard``, no ``data`` of
    a component and no ``compositions``. Of these, a model's task becomes the property ``aibom:task``, and the aggregate
    of the composition the property ``aibom:composition`` of the metadata. The ``data`` of a dataset is dropped: it
    repeats the component's name and its ``distribution`` reference.

    The library cannot leave a timestamp out: without one it is 1970-01-01, so that equal bills stay equal.

    >>> from aibom.bill import Bill, Component, Kind
    >>> [c.name for c in to_bom(Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)])).components]
    ['gpt-4o']
    """
    from cyclonedx.model.bom import Bom

    document: dict[str, Any] = to_document(bill, timestamp=timestamp, mentions=mentions)
    for component in document["components"]:
        card = component.pop("modelCard", None)
        task = card and card.get("modelParameters", {}).get("task")
        if task:
            _add(component, "task", task)
        component.pop("data", None)
    (composition,) = document.pop("compositions")
    _add(document["metadata"], "composition", composition["aggregate"])
    # py-serializable adds `from_json` to the class, which its types do not show.
    bom = cast("Bom", Bom.from_json(data=document))  # type: ignore[attr-defined]
    if timestamp is None:
        bom.metadata.timestamp = datetime.fromtimestamp(0, UTC)
    return bom


def _add(holder: dict[str, Any], name: str, value: str) -> None:
    holder["properties"] = [*holder.get("properties", ()), *to_properties([(name, value)])]
