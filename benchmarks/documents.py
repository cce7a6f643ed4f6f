"""
Measure how time and memory grow with a document, beside cyclonedx-python-lib.

    python benchmarks/documents.py [--components 100 1000 10000 100000] [--library 1000]

A bill of so many models, datasets, libraries and services is made, with a card, a licence and places each. Then: build
the document, write it as JSON and XML, validate it, read it back, convert it to 1.7, merge it into a host of as many
packages, and compare it with a bill of which every tenth component moved. Each size runs in a process of its own; what
else the machine does makes no difference: the seconds are those of the processor (process_time), and the peak of memory
is that of the system (ru_maxrss).

The library writes and validates the same components, up to `--library` of them: its time is quadratic, and 10,000 take
it minutes. Beyond, the line through its last size is taken for it: it needs at least so long.

Exit code 1 when a component of the largest document takes more than three times as long as one of the second smallest,
or the library is less than fifteen times as slow to write and validate 10,000.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable

GROWTH_MOST = 3.0
TIMES_LEAST = 15
OF_INTEREST = 10_000


def one(size: int, *, library: bool) -> dict[str, float]:
    """Return the seconds that each step takes with *size* components, and the peak of memory in MB."""
    from attrs import evolve

    import aibom
    from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Relation, RelationKind
    from aibom.compare import compare
    from aibom.cyclonedx import to_document, validate
    from aibom.cyclonedx.convert import convert, to_xml

    kinds = (Kind.MODEL, Kind.MODEL, Kind.DATASET, Kind.LIBRARY)
    providers = {Kind.MODEL: "huggingface", Kind.DATASET: "huggingface", Kind.LIBRARY: "pypi"}

    def component(number: int) -> Component:
        kind = kinds[number % len(kinds)]
        facts = [("task", Fact("text-generation", "card:front-matter")), ("language", Fact("en", "card:front-matter"))]
        return Component(
            kind,
            providers[kind],
            f"part{number}" if kind is Kind.LIBRARY else f"org{number % 97}/part{number}",
            version=f"1.{number % 10}" if kind is Kind.LIBRARY else None,
            evidence=[
                Evidence(Location(f"src/m{number % 1000}.py", place + 1), "transformers", "transformers.pipeline")
                for place in range(2)
            ],
            card=Card() if kind is Kind.LIBRARY else Card(facts),
            licences=[Fact("apache-2.0", "card:front-matter")],
        )

    parts = [component(number) for number in range(size)]
    models = [c for c in parts if c.kind is Kind.MODEL]
    datasets = [c for c in parts if c.kind is Kind.DATASET]
    edges = [Relation(m.ref, d.ref, RelationKind.TRAINED_ON) for m, d in zip(models, datasets, strict=False)]
    moved = [evolve(c, licences=[Fact("mit", "card:front-matter")]) if n % 10 == 0 else c for n, c in enumerate(parts)]
    host = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "app"}},
        "components": [
            {"type": "library", "bom-ref": f"p{n}", "name": f"part{n}", "version": "2", "purl": f"pkg:pypi/part{n}@2"}
            for n in range(size)
        ],
        "dependencies": [{"ref": "app", "dependsOn": [f"p{n}" for n in range(size)]}],
    }
    took: dict[str, float] = {}

    def measured(name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        result = work()
        took[name] = time.process_time() - began
        return result

    bill = measured("bill", lambda: Bill(parts, edges))
    measured("build", lambda: to_document(bill))
    text = measured("JSON", lambda: aibom.to_json(bill))
    measured("XML", lambda: to_xml(bill))
    validate({"bomFormat": "CycloneDX", "specVersion": "1.6"})  # The schema is read once.
    assert not measured("validate", lambda: validate(text))
    assert measured("read", lambda: aibom.read(text)) == bill
    assert '"specVersion": "1.7"' in measured("convert", lambda: convert(text, spec_version="1.7"))[:200]
    merged = measured("merge", lambda: aibom.merge_into(host, bill))
    assert len(merged["components"]) > size  # type: ignore[arg-type]
    assert len(measured("diff", lambda: compare(bill, Bill(moved, edges))).changes) == -(-size // 10)
    took["peak"] = _peak()
    if library:
        _library(bill, measured)
    return took


def _library(bill: object, measured: Callable[..., object]) -> None:
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    import aibom
    from aibom.bill import Bill

    assert isinstance(bill, Bill)
    bom = aibom.to_bom(bill)
    text = measured("library JSON", lambda: JsonV1Dot6(bom).output_as_string())
    assert isinstance(text, str)
    JsonStrictValidator(SchemaVersion.V1_6).validate_str("{}")  # The schema is read once.
    assert measured("library validate", lambda: JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is None


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--components", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--library", type=int, default=1_000, help="the most components that the library gets")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        (size,) = given.components
        print(json.dumps(one(size, library=size <= given.library)))
        return 0
    steps = ("bill", "build", "JSON", "XML", "validate", "read", "convert", "merge", "diff")
    print(f"{'components':>10} " + " ".join(f"{step:>9}" for step in steps) + "      peak   library JSON, validate")
    runs: dict[int, dict[str, float]] = {}
    for size in given.components:
        command = [sys.executable, __file__, "--one", "--components", str(size), "--library", str(given.library)]
        runs[size] = run = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        shown = " ".join(f"{run[step]:8.3f}s" for step in steps)
        theirs = _theirs(runs, size)
        print(
            f"{size:10,d} {shown} {run['peak']:6.0f} MB   {theirs[0]:.1f} s, {theirs[1]:.1f} s{theirs[2]}", flush=True
        )
    broken = []
    sizes = sorted(runs)
    if len(sizes) > 2:  # noqa: PLR2004 - the smallest is mostly overhead
        small, large = sizes[1], sizes[-1]
        for step in steps:
            growth = runs[large][step] / large / (runs[small][step] / small)
            print(f"{step}: a component of {large:,d} takes {growth:.2f} x as long as one of {small:,d}")
            if growth > GROWTH_MOST:
                broken.append(f"{step} is not linear")
    if OF_INTEREST in runs:
        ours = runs[OF_INTEREST]["JSON"] + runs[OF_INTEREST]["validate"]
        json_, check, note = _theirs(runs, OF_INTEREST)
        times = (json_ + check) / ours
        print(
            f"{OF_INTEREST:,d} written and validated: {ours:.2f} s; "
            f"the library {json_ + check:.0f} s{note}: {times:.0f} x"
        )
        if times < TIMES_LEAST:
            broken.append(f"the library is only {times:.0f} times as slow")
    for promise in broken:
        print("BROKEN", promise)
    return 1 if broken else 0


def _theirs(runs: dict[int, dict[str, float]], size: int) -> tuple[float, float, str]:
    """Return what the library takes to write and to validate, measured, or at least."""
    known = max((s for s in runs if s <= size and "library JSON" in runs[s]), default=0)
    if not known:
        return float("nan"), float("nan"), ""
    factor = size / known
    run = runs[known]
    note = "" if known == size else f" or more (by the line through {known:,d})"
    return run["library JSON"] * factor, run["library validate"] * factor, note


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
