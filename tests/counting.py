"""Count what Python does, so that a test can tell linear from worse without a clock."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["alone", "steps"]


@contextmanager
def alone() -> Iterator[None]:
    """Let nothing else take steps meanwhile: others' callbacks, such as those of Hypothesis, run when garbage is."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def steps(work: Callable[[], object]) -> int:
    """Return how many instructions of Python *work* takes; what C code does inside of one is not counted."""
    count = 0

    def traced(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - as sys.settrace has it
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        with alone():
            work()
    finally:
        sys.settrace(before)
    return count
