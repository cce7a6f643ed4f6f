"""
How long `assess` takes: bills of 1,000 to 10,000 components, with lines of descent, licences and places.

    python benchmarks/assess.py
"""

from __future__ import annotations

import time
from itertools import pairwise

from aibom import (
    Bill,
    Card,
    Component,
    Evidence,
    Fact,
    Kind,
    Location,
    ModelFile,
    Relation,
    RelationKind,
    assess,
)

LICENCES = ("mit", "apache-2.0", "llama3.1", "gemma", "cc-by-nc-4.0", "cc-by-sa-4.0", "other", "GPL-3.0-or-later")


def bill(size: int) -> Bill:
    """Return a bill of *size* models and datasets, in lines of descent of eight."""
    components = [
        Component(
            Kind.MODEL if n % 5 else Kind.DATASET,
            "huggingface",
            f"owner{n % 97}/thing-{n}",
            evidence=[Evidence(Location(f"src/m{n % 300}.py", n % 900 + 1), "transformers")] if n % 3 else [],
            card=Card([("task", Fact("fill-mask", "hub")), ("tag", Fact("lora", "hub"))]),
            licences=[Fact(LICENCES[n % len(LICENCES)], "hub")],
            files=[ModelFile("model.safetensors", "hub", format="safetensors")],
        )
        for n in range(size)
    ]
    edges = [
        Relation(a.ref, b.ref, RelationKind.TRAINED_ON if b.kind is Kind.DATASET else RelationKind.DERIVED_FROM)
        for n, (b, a) in enumerate(pairwise(components))
        if n % 8
    ]
    return Bill(components, edges)


def main() -> None:
    """Print a line for each size."""
    assess(bill(10), plugins=False)  # The tables are read once.
    for size in (1_000, 2_000, 5_000, 10_000):
        given = bill(size)
        started = time.perf_counter()
        findings = len(assess(given, plugins=False).findings)
        taken = time.perf_counter() - started
        print(f"{size:>6} components  {findings:>7} findings  {taken:6.2f} s  {taken / size * 1e6:6.0f} µs each")


if __name__ == "__main__":
    main()
