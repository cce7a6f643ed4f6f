"""A bill as objects of cyclonedx-python-lib, for programs that hold a ``Bom`` of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from aibom.cyclonedx.document import to_document

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom

    from aibom.bill import Bill

__all__ = ["to_bom"]


def to_bom(bill: Bill, *, timestamp: datetime | None = None, mentions: bool = False) -> Bom:
    """
    Return *bill* as a ``Bom`` of cyclonedx-python-lib; its own outputters write it, in JSON and XML, from 1.5 on.

    It says what `to_document` says. The library has no place for model cards, data, compositions and annotations:
    they are brought along by objects of classes of their own, which write them, also in a ``Bom`` of yours::

        bom.components.update(aibom.to_bom(bill).components)

    What the library reads of such a document, and writes again, has lost them.

    The library cannot leave a timestamp out: without one it is 1970-01-01, so that equal bills stay equal.

    >>> from aibom.bill import Bill, Component, Kind
    >>> [c.name for c in to_bom(Bill([Component(Kind.MODEL, "openai", "gpt-4o", hosted=True)])).components]
    ['gpt-4o']
    """
    from cyclonedx.model.bom import Bom

    from aibom.cyclonedx.objects import OF_BOM, OF_COMPONENT, RichBom, RichComponent

    document: dict[str, Any] = to_document(bill, timestamp=timestamp, mentions=mentions, spec_version="1.6")
    parts = {c["bom-ref"]: {key: c.pop(key) for key in OF_COMPONENT if key in c} for c in document["components"]}
    whole = {key: document.pop(key) for key in OF_BOM if key in document}
    # py-serializable adds `from_json` to the class, which its types do not show.
    bom = cast("Bom", Bom.from_json(data=document))  # type: ignore[attr-defined]
    if timestamp is None:
        bom.metadata.timestamp = datetime.fromtimestamp(0, UTC)
    bom.components = [
        RichComponent.of(component, part) if (part := parts.get(component.bom_ref.value or "")) else component
        for component in bom.components
    ]
    return RichBom.of(bom, whole)
