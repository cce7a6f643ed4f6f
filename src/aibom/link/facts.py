"""Follow what calls say beside a name: facts about the use, and what a library takes where nothing is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import signatures
from aibom.bill import Usage
from aibom.link.cells import Cell, Open
from aibom.link.limits import BUDGET, CALLEE_BUDGET
from aibom.syntax.values import Attribute, Const, Item, Mapping, Sequence, Text, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aibom.bill import Detection, Location, Symbolic
    from aibom.knowledge import Implicit
    from aibom.link.follow import Follower
    from aibom.syntax.values import Call

__all__ = ["calls", "files", "fitting", "implied", "said"]

_NONE: Final = Const(None)


def calls(cell: Cell) -> frozenset[Location]:
    """Return the calls among the places that *cell* comes through; only they have a column."""
    return frozenset(place for place in cell.via if place.column)


def fitting(options: Iterable[tuple[str, frozenset[Location]]], through: frozenset[Location]) -> str | None:
    """
    Return the one of *options* that goes with a name that comes *through* some calls; None when there are several.

    A name that one caller gives goes with what the same caller gives, and with no other's.
    """
    fit = [(text, own) for text, own in options if own <= through]
    closest = max((len(own) for _, own in fit), default=0)
    texts = {text for text, own in fit if len(own) == closest}
    return texts.pop() if len(texts) == 1 else None


def said(f: Follower, detection: Detection, value: Symbolic) -> list[tuple[str, frozenset[Location]]]:
    """Return the literals that *value*, an argument of the call of *detection*, may be, with the calls to each."""
    cells = _aside(f, detection, value)
    return [(text, calls(c)) for c in cells if (text := signatures.literal(c.value)) is not None]


def is_given(f: Follower, detection: Detection, value: Symbolic | str | None) -> bool:
    """Tell whether *value*, an argument of the call of *detection*, is given, whatever it is, and not None."""
    if not isinstance(value, Value) or "revision-unpacked" in detection.flags:  # A dict may have none.
        return False
    return all(c.value != _NONE for c in _aside(f, detection, value))


def _aside(f: Follower, detection: Detection, value: Symbolic) -> list[Cell]:
    """Return what *value* can be, without a trace of having followed it: it is no name, and nobody must give it."""
    if not isinstance(value, Value):
        return []
    kept = f.steps, f.looked_up.copy(), f.keys_of.copy(), f.wanted.copy()
    f.steps = BUDGET - CALLEE_BUDGET
    try:
        return f.reduce(Cell(value, detection.at.path, detection.scope), 1)
    finally:
        f.steps, f.looked_up, f.keys_of, f.wanted = kept


def files(f: Follower, detections: Iterable[Detection]) -> frozenset[tuple[str, int, str]]:
    """Return the files that *detections* ask a repository of the Hub for, each with the line where it is written."""
    return frozenset(
        (c.path, c.value.line, c.value.value)
        for detection in detections
        for key, value in detection.facts
        if key in _FILES and detection.provider == "huggingface"
        for reduced in _aside(f, detection, value)
        for c in (f.elements(reduced, 1) if isinstance(reduced.value, Sequence) else (reduced,))
        if isinstance(c.value, Text)
    )


_FILES: Final = frozenset(
    {"filename", "file_name", "gguf_file", "model_file", "weight_name", "weights_name", "allow_patterns"}
)
"""Arguments that name files of a repository."""


# -- what a library takes ------------------------------------------------------------------------


@frozen
class _Way:
    """How it comes to what a library takes by itself."""

    calls: frozenset[Location]
    optional: bool
    task: str = ""


def implied(
    f: Follower, detection: Detection, start: Cell, given: frozenset[frozenset[Location]]
) -> tuple[list[Detection], list[Open]]:
    """
    Return what the library takes where the name in *start* is None, and what of that is open.

    *given* are the calls by which names come; one that gives a name decides for itself.
    """
    argument = next((f.removeprefix("implied=") for f in detection.flags if f.startswith("implied=")), None)
    call = _call(f, detection) if argument is not None else None
    if argument is None or call is None:
        return [], []
    nones = [calls(c) for c in _nothing(f, start)]
    nones = [n for n in nones if not any(names <= n for names in given)]  # It is replaced: x = "id" if x is None else x
    absent = start.value == _NONE and call.argument(None, argument) is None
    if "spread" in detection.flags and not nones and isinstance(start.value, Item):  # pipeline(task, **options)
        left_out = [c for c in f.reduce(start.of(start.value.of), 0) if isinstance(c.value, Mapping)]
        absent, nones = True, [calls(c) for c in left_out if not f.reduce(start, 0)]
    found: list[Detection] = []
    open_: dict[Open, None] = {}
    for row in signatures.implied(detection.symbol, argument) if nones else ():
        own = next((values for (_, keywords), values in row.when if argument in keywords), frozenset({""}))
        ways = _ways(f, detection, call, row, argument, open_) if ("" if absent else "None") in own else []
        ways = [w for w in ways if not (w.calls and w.calls in given)]
        ways = [w for w in ways if any(n <= w.calls or w.calls <= n for n in nones)]
        if ways:
            found.append(_default(f, detection, row, ways, picked=bool(given)))
    return found, [] if found else list(open_)


def _nothing(f: Follower, start: Cell) -> list[Cell]:
    """Return where the name in *start* is None; a part of what is None is none."""
    if isinstance(start.value, Attribute) and any(c.value == _NONE for c in f.reduce(start.of(start.value.of), 0)):
        return []
    return [c for c in f.reduce(start, 0) if c.value == _NONE and not _is_set_elsewhere(f, c)]


def _is_set_elsewhere(f: Follower, cell: Cell) -> bool:
    """Tell whether the None in *cell* is only what a variable has until the code gives it a value."""
    return any(
        len(bindings) > 1 and any(b.line == place.line and b.value == _NONE for b in bindings)
        for place in cell.via
        if not place.column
        for scope in f.table(place.path).bindings
        for bindings in scope.values()
    )


def _ways(
    f: Follower, detection: Detection, call: Call, row: Implicit, argument: str, open_: dict[Open, None]
) -> list[_Way]:
    """Return how the arguments of *call* come to what *row* asks of them; what is not known of them is *open_*."""
    ways = [_Way(frozenset(), optional=False)]
    for (position, keywords), values in row.when:
        value = call.argument(position, *keywords)
        text = signatures.said_of(value)
        if argument in keywords:
            continue
        if text is not None or value is None:
            ways = ways if text in values else []
            continue
        cells = _aside(f, detection, value)
        open_ |= {c.value: None for c in cells if isinstance(c.value, Open)}
        ways = [
            _Way(way.calls | calls(c), way.optional or c.optional, text if "task" in keywords else way.task)
            for way in ways
            for c in cells
            if (text := signatures.said_of(_whole(f, c))) in values and text is not None
        ]
    return ways


def _whole(f: Follower, cell: Cell) -> Value:
    """Return what *cell* holds, with the texts that the elements of a list are."""
    if not isinstance(cell.value, Sequence):
        return cell.value
    found = [f.reduce(cell.of(i), 1) for i in cell.value.items]
    return Sequence(tuple(c[0].value if len(c) == 1 else _NONE for c in found))


def _default(f: Follower, detection: Detection, row: Implicit, ways: list[_Way], *, picked: bool) -> Detection:
    """Return the model of *row*, which the library takes in any of these *ways*."""
    optional = all(w.optional or (picked and not w.calls) for w in ways)
    usage = Usage.MENTION if f.in_tests(detection.at) else Usage.OPTIONAL if optional else Usage.USED
    tasks = {w.task for w in ways if w.task}
    return evolve(
        detection,
        name=row.id,
        provider=row.provider,
        revision=row.revision,
        usage=usage,
        receiver=None,
        flags=frozenset(),
        facts=(),
        scope=0,
        context=(*detection.context, ("library", row.library), *(("task", task) for task in sorted(tasks)[:1])),
        properties=(*detection.properties, ("implicit", "true")),
    )


def _call(f: Follower, detection: Detection) -> Call | None:
    """Return the call that *detection* is about."""
    at, last = detection.at, detection.symbol.rpartition(".")[2]
    return next((c for c in f.uses(at.path).at[at.line, at.column] if c.last == last), None)
