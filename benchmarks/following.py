"""
Measure what following values costs.

    python benchmarks/following.py [FOLDER ...] [--runs 3] [--sizes 500 5000]

folders    All FOLDERs in one run, in this process, and in turns:
             (a) walk, read and search for the hints;
             (b) the same, and the files with a hint read by the front ends that a scan has, into facts;
             (c) the whole scan: (b), detectors, settings, manifests, following, merging.
           Seconds, seconds a MB, c/a and c/b; and what following alone takes, the stage between detectors and merging,
           beside (b).
generated  Projects that could blow up, of n and 10 n parts: modules that import each other in a ring; registries of n
           entries (a dict, a list, an Enum, the body of a class, an object of JavaScript); a dict filled line by line;
           a name that n callers hand on; calls through n wrappers.

Exit code 1 when following takes more than twice (b), or the whole scan more than three times, or ten times the parts
take more than fifteen times as long. Times are the least of several runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aibom
from aibom.detectors import builtin
from aibom.files import walk
from aibom.pipeline import _Run, _searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aibom import Bill

FOLLOWING_MOST = 2.0
SCAN_MOST = 3.0
GROWTH_MOST = 1.5
"""So many times as long may a part take in a project of ten times the size."""


def least(work: Callable[[], object], runs: int) -> float:
    """Return the least time that *work* takes."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def searched(folder: Path, *, read: bool) -> int:
    """Walk and read *folder* and search its code for hints; *read* the files that have one. Return their bytes."""
    run = _Run(builtin())
    size = 0
    for file in walk(folder, wanted=run.wanted):
        if file.language is None:
            if run.wanted(file.name):
                _searchable(file)
        elif run._hinted(_searchable(file)):  # noqa: SLF001 - the same search as a scan
            size += len(file.bytes)
            if read:
                _ = file.code
        file.release()
    return size


def following(folder: Path) -> float:
    """Scan *folder* stage by stage; return what the stage that follows values takes."""
    run = _Run(builtin())
    tree = walk(folder, wanted=run.wanted)
    for file in tree:
        run.look(file)
    began = time.perf_counter()
    run.settled(tree, None)
    return time.perf_counter() - began


def folders(paths: Iterable[Path], runs: int) -> list[str]:
    """Measure scans of real projects."""
    print("                      MB with          (b) and    (c) the   (c) s             following   following")
    print("folders                a hint  (a) s  facts, s  scan, s    a MB  c/a    c/b   alone, s    alone/b")

    def line(name: str, size: float, a: float, b: float, c: float, alone: float) -> None:
        print(
            f"{name[:22]:22} {size:6.2f} {a:6.2f} {b:9.2f} {c:8.2f} {c / size if size else 0:7.2f} {c / a:5.1f} "
            f"{c / b:6.2f} {alone:9.2f} {alone / b:9.2f}"
        )

    total = [0.0] * 5
    for path in paths:
        searched(path, read=True)  # Into the cache of the disk, and tables and grammars into memory.
        row = [searched(path, read=False) / 1e6, *[float("inf")] * 4]
        for _ in range(runs):
            taken = (
                least(lambda p=path: searched(p, read=False), 1),
                least(lambda p=path: searched(p, read=True), 1),
                least(lambda p=path: aibom.scan(p, plugins=False), 1),
                following(path),
            )
            row[1:] = map(min, row[1:], taken)
        line(path.name, *row)
        total = [x + y for x, y in zip(total, row, strict=True)]
    line("all", *total)
    _, _, facts, scan, alone = total
    broken = []
    if alone > FOLLOWING_MOST * facts:
        broken.append(f"following alone takes {alone / facts:.2f} x of search and facts")
    if scan > SCAN_MOST * facts:
        broken.append(f"the scan takes {scan / facts:.2f} x of search and facts")
    return broken


LOADER = "from transformers import AutoModel\n\n\ndef load(name):\n    return AutoModel.from_pretrained(name)\n\n\n"


def ring(n: int) -> dict[str, str]:
    """Return modules that import each other in a ring; each takes the name from the next."""
    files = {
        f"ring/m{k}.py": f"from .m{(k + 1) % n} import *\nfrom .m{(k + 1) % n} import NAME{(k + 1) % n} as NAME{k}\n"
        f"from transformers import AutoModel\nmodel = AutoModel.from_pretrained(NAME{k})\n"
        for k in range(n)
    }
    return {**files, "ring/__init__.py": "", "ring/m0.py": files["ring/m0.py"] + "NAME0 = 'acme/ranker-7b'\n"}


def registry(n: int) -> dict[str, str]:
    """Return a registry of *n* entries, and a loader that takes one of them."""
    entries = "".join(f"    'key{k}': {{'repo': 'acme/ranker-{k}b', 'size': {k}}},\n" for k in range(n))
    return {"app.py": f"{LOADER}MODELS = {{\n{entries}}}\n\n\ndef get(key):\n    return load(MODELS[key]['repo'])\n"}


def listed(n: int) -> dict[str, str]:
    """Return a list of *n* names, and a loader that takes each."""
    entries = "".join(f"    'acme/ranker-{k}b',\n" for k in range(n))
    return {"app.py": f"{LOADER}MODELS = [\n{entries}]\n\nfor name in MODELS:\n    load(name)\n"}


def enum(n: int) -> dict[str, str]:
    """Return an Enum of *n* members, and a loader that takes one of them."""
    entries = "".join(f"    KEY{k} = 'acme/ranker-{k}b'\n" for k in range(n))
    use = "def get(which: Models):\n    return load(which.value)\n"
    return {"app.py": f"from enum import Enum\n{LOADER}class Models(str, Enum):\n{entries}\n\n{use}"}


def body(n: int) -> dict[str, str]:
    """Return a class with *n* attributes, and loaders that take some."""
    entries = "".join(f"    key{k} = 'acme/ranker-{k}b'\n" for k in range(n))
    use = f"load(Models.key0)\nload(Models.key{n - 1})\nload(Models().key{n // 2})\n"
    return {"app.py": f"{LOADER}class Models:\n{entries}\n\n{use}"}


def object_(n: int) -> dict[str, str]:
    """Return an object of JavaScript with *n* entries, and a loader that takes one of them."""
    entries = "".join(f"  key{k}: {{ repo: 'acme/ranker-{k}b', size: {k} }},\n" for k in range(n))
    use = "export const get = (key) => pipeline('feature-extraction', MODELS[key].repo);\n"
    return {
        "app.js": f"import {{ pipeline }} from '@huggingface/transformers';\nconst MODELS = {{\n{entries}}};\n{use}"
    }


def filled(n: int) -> dict[str, str]:
    """Return a dict and a list that are filled line by line."""
    entries = "".join(f"MODELS['k{k}'] = 'acme/ranker-{k}b'\nNAMES.append('acme/reader-{k}b')\n" for k in range(n))
    use = "def get(key):\n    return load(MODELS[key])\n\n\nfor name in NAMES:\n    load(name)\n"
    return {"app.py": f"{LOADER}MODELS = {{}}\nNAMES = []\n{entries}\n\n{use}"}


def called(n: int) -> dict[str, str]:
    """Return *n* modules that call one wrapper."""
    files = {f"use{k}.py": f"from lib import load\nload('acme/ranker-{k}b')\nlist(map(load, [k]))\n" for k in range(n)}
    return {"lib.py": LOADER, **files}


def wrapped(n: int) -> dict[str, str]:
    """Return *n* wrappers, each around the last, with two callers each."""
    wrappers = "".join(
        f"def load{k}(name, other=None):\n    load{k - 1}(other)\n    return load{k - 1}(name)\n\n\n"
        for k in range(1, n)
    )
    return {"app.py": f"{LOADER.replace('load(', 'load0(')}{wrappers}load{n - 1}('acme/ranker-7b')\n"}


MADE: Final = {
    ring: lambda _: 1,
    registry: lambda n: n,
    listed: lambda n: n,
    enum: lambda n: n,
    body: lambda n: n,
    object_: lambda n: n,
    filled: lambda n: 2 * n,
    called: lambda n: n,
    wrapped: lambda _: 1,
}
"""What is generated, and how many models a project of n parts has."""


def generated(sizes: list[int], runs: int) -> list[str]:
    """Measure how scans of generated projects grow, and what they find."""
    broken = []
    print(f"generated      {'  '.join(f'{n:>12}' for n in sizes)}   growth   found in the largest")
    for make, models in MADE.items():
        times = []
        bills: list[Bill] = []
        for n in sizes:
            with tempfile.TemporaryDirectory() as temporary:
                for path, text in make(n).items():
                    target = Path(temporary, path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8")
                times.append(least(lambda t=temporary, b=bills: b.append(aibom.scan(t, plugins=False)), runs))
            found = sum(c.name.startswith("acme/") for c in bills[-1].models)
            limited = any(d.code == "limit-reached" for d in bills[-1].diagnostics)
            if found != models(n) and not limited:
                broken.append(f"{make.__name__} of {n}: {found} models of {models(n)}, and nothing says why")
        growth = times[-1] / times[0]
        seen = f"{found} of {models(sizes[-1])}{', and says so' * (limited and found != models(sizes[-1]))}"
        name = make.__name__.rstrip("_")
        print(f"{name:14} {'  '.join(f'{t:10.2f} s' for t in times)}   {growth:5.1f} x   {seen}", flush=True)
        if growth > GROWTH_MOST * sizes[-1] / sizes[0]:
            broken.append(f"{make.__name__} grows {growth:.1f} x")
    return broken


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 5000])
    given = parser.parse_args()
    broken = folders(given.folders, given.runs) if given.folders else []
    if given.sizes:
        broken += generated(given.sizes, max(1, given.runs - 2))
    for promise in broken:
        print("BROKEN", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
