"""What a command line gives to a script that it starts: for whoever follows the script's options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom import names
from aibom.bill import Detection, Kind, Location, Symbolic, Usage
from aibom.commands.running import HOLE, Arg
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aibom.commands.running import Run

__all__ = ["STARTED", "Started", "exported", "started"]

STARTED: Final = "started"
"""Flag of the detections that name no component: they say that a script is started."""
_MOST: Final = 60
"""So many words of one command line are kept."""
_DOTTED: Final = expression(r"[\w.-]+")
_VARIABLE: Final = expression(r"[A-Z][A-Z0-9_]*")
_PLAIN: Final = expression(r"[\w.@$:+/\\~-]+")


@frozen
class Started(Symbolic):
    """A script of the tree that a command starts. `link` asks what its options are for; it is never written."""

    script: str
    """The path as written, below ``/`` where only its end is known; the name of a module, a program, a variable."""
    form: str
    """``path``, ``module``, ``program``, or ``variable`` of the environment."""
    args: tuple[Arg, ...]
    at: Location

    @property
    def own(self) -> frozenset[str]:
        """The files in which its arguments are written."""
        return frozenset(given.place().path for arg in self.args for given in arg)


def started(script: str, form: str, args: Sequence[Arg], run: Run) -> Iterator[Detection]:
    """Yield that *run* starts *script* with *args*; nothing where that cannot lead to a name."""
    if form == "path":
        before, hole, after = script.replace("\\", "/").rpartition(HOLE)
        script = f"/{after.lstrip('/')}" if hole else before + after
    if not script.strip("/") or HOLE in script or (_PLAIN if form == "path" else _DOTTED).fullmatch(script) is None:
        return
    kept = tuple(args[:_MOST])
    if not any(_may_name(given.text) for arg in kept for given in arg):
        return
    claim = Started(script, form, kept, run.at)
    usage = Usage.OPTIONAL if run.optional else Usage.USED
    yield Detection(Kind.MODEL, claim, run.at, "unknown", usage=usage, symbol=script[:120], flags=frozenset({STARTED}))


def exported(name: str, given: Arg, at: Location, usage: Usage) -> Iterator[Detection]:
    """Yield that a script sets the variable *name* of the environment: ``export BASE=org/name``."""
    kept = tuple(g for g in given if g.known and names.has_id_shape(g.text))
    if kept and _VARIABLE.fullmatch(name):
        claim = Started(name, "variable", (kept,), at)
        yield Detection(Kind.MODEL, claim, at, "unknown", usage=usage, symbol=name[:120], flags=frozenset({STARTED}))


def _may_name(text: str) -> bool:
    value = text.partition("=")[2] if text.startswith("-") else text
    return re.search(r"[A-Za-z]{2}", value) is not None
