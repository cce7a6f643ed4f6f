"""Read Python that stands inside of a command: ``python -c "…"``, and here-documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names, signatures
from aibom.bill import Usage
from aibom.commands.claims import unless_placeholder
from aibom.commands.running import HOLE
from aibom.syntax.values import Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.commands.running import Given, Run
    from aibom.syntax import Code

__all__ = ["of_lines", "of_text"]

_LONGEST: Final = 100_000
"""Nobody writes more on a command line."""


def of_text(given: Given, run: Run) -> Iterator[Detection]:
    """Yield what Python code names that is a word of a command: ``python -c "…"``."""
    place = given.place()
    count = given.text.count("\n") + 1
    lines = tuple(range(place.line, place.line + count)) if len(given.marks) == 1 else (place.line,) * count
    yield from of_lines(given.text.replace(HOLE, "_"), lines, run, column=False)


def of_lines(text: str, lines: tuple[int, ...], run: Run, *, column: bool) -> Iterator[Detection]:
    """Yield what Python code names: literals, and names that are bound to one. *lines* are the numbers of its lines."""
    from aibom.syntax.python import read as read_python  # The grammar is loaded where there is Python.

    if len(text) > _LONGEST:
        return
    code = read_python(text, lines)
    for call in code.every_call:
        for signature in signatures.matching(call.callee, signatures.known()):
            at = evolve(run.at, line=call.line, column=call.column if column else 0)
            for claim in signatures.claims(call, signature, at):
                yield from _settled(claim, code, run, column=column)


def _settled(claim: Detection, code: Code, run: Run, *, column: bool) -> Iterator[Detection]:
    name = claim.name
    if isinstance(name, Name):
        bound = [b.value for s in code.scopes for b in s.bindings if b.name == name.name and isinstance(b.value, Text)]
        name = bound[0] if bound else name
    if isinstance(name, str) or not isinstance(name, Text):
        return
    if claim.hosted:
        named = names.read_hosted(name.value, claim.provider, prefixed="prefix" in claim.flags)
    elif claim.provider in {"huggingface", "unknown", "local"}:
        bare = next((f.partition("=")[2] for f in claim.flags if f.startswith("bare=")), None)
        named = names.read_name(name.value, claim.kind, flags=claim.flags, bare=bare)
        if {"id-shape", "weights-url", "hub-path", "family"} & claim.flags and not names.has_id_shape(name.value):
            return
    else:
        named = names.read_own(name.value, claim.kind, claim.provider, hub_ids="hub-ids" in claim.flags)
    if named is None:
        return
    usage = Usage.MENTION if "produced" in claim.flags else Usage.OPTIONAL if run.optional else Usage.USED
    yield evolve(
        claim,
        kind=named.kind,
        provider=named.provider,
        name=named.name,
        hosted=named.hosted,
        revision=claim.revision.value if isinstance(claim.revision, Text) else named.revision,
        at=evolve(claim.at, line=name.line, column=name.column if column else 0),
        usage=unless_placeholder(named.name, usage),
        receiver=None,
        flags=frozenset(),
        scope=0,
    )
