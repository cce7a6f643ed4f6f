"""Do one thing to many at once, in threads that nobody has to wait for."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["WORKERS", "at_once"]

WORKERS: Final = 12
"""
So many ask at once unless somebody says otherwise.

Eight cannot be eight times as fast as one: with 100 ms for an answer they are 7.7 times (``benchmarks/enrich.py``).
"""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def at_once(function: Callable[[_Given], _Made], given: Iterable[_Given], *, workers: int) -> Iterator[_Made]:
    """
    Yield what *function* makes of each of *given*, in their order, by so many *workers* at once.

    What it raises is raised here. Whoever stops iterating, as Ctrl-C does, waits for no answer that is under way: an
    executor of `concurrent.futures` would, again at the end of the program, and a hub may take minutes.

    >>> list(at_once(str.upper, "abc", workers=2))
    ['A', 'B', 'C']
    """
    every = list(given)
    if workers < 2 or len(every) < 2:  # noqa: PLR2004 - a thread of its own for one is of no use
        yield from map(function, every)
        return
    made: list[Future[_Made]] = [Future() for _ in every]
    left = iter(zip(every, made, strict=True))
    lock = threading.Lock()
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            with lock:
                following = next(left, None)
            if following is None:
                return
            each, promise = following
            try:
                promise.set_result(function(each))
            except BaseException as error:  # noqa: BLE001 - whoever asked for the result gets it
                promise.set_exception(error)

    for number in range(min(workers, len(every))):
        threading.Thread(target=work, name=f"aibom-{number}", daemon=True).start()
    try:
        for promise in made:
            yield promise.result()
    finally:
        stopped.set()
