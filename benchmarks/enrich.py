"""
Measure how enriching asks: against a hub of our own, over real sockets.

    python benchmarks/enrich.py [--models 1000] [--slow 160]

Requests for so many models of 40 owners, with cards: the first time and the second. Then the time for some models with
100 ms for each answer, by one thread and by as many as there are by default. Exit code 1 when the first run takes more
than 1.1 requests for a model, the second takes any, or these are not eight times as fast.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.enrichers.local_hub import LocalHub
from tests.enrichers.serving import running

import aibom
from aibom.asking.threads import WORKERS
from aibom.bill import Bill, Component, Evidence, Kind, Location
from aibom.enrichers.huggingface import HuggingFace

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST = 1.1
FASTER = 8.0


def models(count: int, owners: int) -> list[Component]:
    """Return so many models, of so many owners."""
    at = [Evidence(Location("app.py", 1), "transformers")]
    return [Component(Kind.MODEL, "huggingface", f"owner{n % owners}/model{n}", evidence=at) for n in range(count)]


def asked(hub: LocalHub, components: list[Component], cache: Path, *, workers: int = WORKERS) -> tuple[int, float]:
    """Return how many requests it took to enrich *components*, and how many seconds."""
    before = len(hub.asked)
    began = time.perf_counter()
    source = HuggingFace(endpoint=hub.url, cache=cache, workers=workers, texts=hub.delay == 0)
    try:
        bill = aibom.enrich(Bill(components), [source])
    finally:
        source.close()
    assert all("task" in model.card for model in bill.models)
    return len(hub.asked) - before, time.perf_counter() - began


def serve(count: int, link: Connection) -> None:
    """Serve so many models in a process of its own, 100 ms for an answer, until somebody says otherwise."""
    hub = LocalHub(delay=0.1)
    for component in models(count, 40):
        hub.add(component.name, pipeline_tag="ner")
    with running(hub):
        link.send(hub.url)
        link.recv()


def slow(count: int, folder: str) -> float:
    """Return how much faster the default is than one thread where each answer takes 100 ms."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(count, there))
    process.start()
    hub = LocalHub(url=here.recv(), delay=0.1)
    every = models(count, 40)
    try:
        times = {n: asked(hub, every, Path(folder, f"slow{n}.sqlite"), workers=n)[1] for n in (1, WORKERS)}
    finally:
        here.send(None)
        process.join()
    print(
        f"100 ms for an answer, {count} models: 1 thread {times[1]:.1f} s, {WORKERS} threads {times[WORKERS]:.1f} s:",
        end=" ",
    )
    print(f"{times[1] / times[WORKERS]:.1f} times as fast")
    return times[1] / times[WORKERS]


def main() -> int:
    """Measure, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=160)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with running(LocalHub()) as hub:
            every = models(given.models, 40)
            for component in every:
                hub.add(component.name, card="## Uses\n\nMoods.\n", pipeline_tag="ner")
            counts = {}
            for run in ("cold", "warm"):
                counts[run], seconds = asked(hub, every, Path(folder, "cache.sqlite"))
                print(f"{run}: {given.models} models, {counts[run]} requests, {seconds:.1f} s")
        ratio = slow(given.slow, folder)
    return int(counts["cold"] > MOST * given.models or counts["warm"] > 0 or ratio < FASTER)


if __name__ == "__main__":
    raise SystemExit(main())
