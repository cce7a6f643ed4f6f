"""Try a detector on a string or a folder, for authors of detectors."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aibom.bill import RelationKind
from aibom.pipeline import scan

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from aibom.bill import Bill
    from aibom.protocols import Detector

__all__ = ["found", "found_in", "shown"]


def found(files: str | Mapping[str, str | bytes], *detectors: Detector) -> dict[str, list[str]]:
    r"""
    Return what *detectors* find in *files*: paths and their contents, or one string, the contents of ``app.py``.

    Without *detectors*, aibom's own are asked. What they find is linked and merged as in a scan; `shown` has the form.

    >>> found("import openai\nopenai.OpenAI().embeddings.create(model='text-embedding-3-small')")["model"]
    ['openai:text-embedding-3-small (hosted) | app.py:2:41 | used | openai | openai.OpenAI().embeddings.create']
    """
    tree = {"app.py": files} if isinstance(files, str) else files
    with tempfile.TemporaryDirectory() as folder:
        for path, content in tree.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return found_in(folder, *detectors)


def found_in(folder: str | os.PathLike[str], *detectors: Detector) -> dict[str, list[str]]:
    """Return what *detectors* find below *folder*, in the form of `shown`."""
    chosen: Sequence[Detector] | None = detectors or None
    return shown(scan(folder, detectors=chosen, plugins=False))


def shown(bill: Bill) -> dict[str, list[str]]:
    """
    Return *bill* as lists of lines, to be compared with what was expected.

    One list for each kind of component, with one line for each piece of evidence:
    ``provider:name@version (hosted) | place | usage | detector | symbol | revision | chain | context | properties |
    card | licences | hashes``, empty parts left out; one for the files of components (``provider:name | path | bytes |
    format | SHA-256``); one for the relations other than to services; and one for the diagnostics. The keys of empty
    lists are left out.
    """
    lines: dict[str, list[str]] = {}
    for component in bill:
        name = f"{component.provider}:{component.name}"
        name += f"@{component.version or component.commit}" if component.version or component.commit else ""
        name += " (hosted)" if component.hosted else ""
        for e in component.evidence:
            where = f"{e.location.path}:{e.location.line}:{e.location.column}"
            parts = [
                name,
                f"{where} cell {e.location.cell}" if e.location.cell else where,
                str(e.usage),
                e.detector,
                e.symbol,
                f"revision {e.revision}" if e.revision else "",
                "reaches " + " → ".join(map(str, e.reaches)) if e.reaches else "",
                *(f"{key}={value}" for key, value in e.context),
                *(f"{key}={value}" for key, value in component.properties),
                *(f"{key}={fact.value} ({fact.source})" for key, fact in component.card.facts),
                *(f"{m.name}={m.value} on {m.dataset} ({m.source})" for m in component.card.metrics),
                *(f"licence={fact.value} ({fact.source})" for fact in component.licences),
                *(f"{algorithm}={digest}" for algorithm, digest in component.hashes),
            ]
            lines.setdefault(str(component.kind), []).append(" | ".join(p for p in parts if p))
        for file in component.files:
            parts = [name, file.path, str(file.size), file.format, *(digest for _, digest in file.hashes)]
            lines.setdefault("files", []).append(" | ".join(p for p in parts if p))
    for edge in bill.relations:
        if edge.kind is not RelationKind.SERVED_BY:  # Every hosted model has one.
            how = f" ({edge.how})" if edge.how else ""
            lines.setdefault("relations", []).append(f"{edge.source} {edge.kind}{how} {edge.target}")
    if bill.diagnostics:
        lines["diagnostics"] = [str(d) for d in bill.diagnostics]
    return lines
