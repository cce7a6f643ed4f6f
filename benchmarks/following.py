"""
Measure what following values costs.

    python benchmarks/following.py [FOLDER ...] [--runs 3] [--sizes 1250 2500 5000]

folders    For each FOLDER: seconds and seconds a MB of a whole scan, and its ratio to `walk, read and search for the
           hints` and to that and the bare parse of the files with a hint. All are in this process, and take turns.
generated  Projects that could blow up, of n, 2n and 4n parts: modules that import each other in a ring, a registry of n
           entries, a dict filled line by line, a name that n callers hand on, and calls through n wrappers.

Exit code 1 when all folders together take more than twice the search and the parse, or when four times the parts take
more than six times as long. Times are the least of several.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

import aibom
from aibom.detectors import builtin
from aibom.files import walk
from aibom.pipeline import _Run, _searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RATIO_MOST = 2.0
GROWTH_MOST = 6.0

GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}


def least(work: Callable[[], object], runs: int) -> float:
    """Return the least time that *work* takes."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def hinted(folder: Path) -> tuple[list[tuple[str, bytes]], int]:
    """Walk and read *folder* and search its code for hints; return the files that have one, and the bytes of all."""
    run = _Run(builtin())
    found, size = [], 0
    for file in walk(folder, wanted=run.wanted):
        data = _searchable(file)
        size += len(data)
        if file.language is not None and run._hinted(data):  # noqa: SLF001 - the same search as a scan
            found.append((file.language, data))
        file.release()
    return found, size


def parsed(files: Iterable[tuple[str, bytes]]) -> int:
    """Parse *files* with the bare grammars, and drop the trees."""
    parsers = {}
    for name, (module, function) in GRAMMARS.items():
        parsers[name] = Parser(Language(getattr(__import__(module), function)()))
    return sum(parsers[language].parse(data) is not None for language, data in files if language in parsers)


def folders(paths: Iterable[Path], runs: int) -> list[str]:
    """Measure scans of real projects."""
    print("folders           MB   scan s   s/MB   / walk+read+search   / that + parse")
    total_scan = total_search = total_parse = 0.0
    for path in paths:
        files, size = hinted(path)
        scan = least(lambda p=path: aibom.scan(p, plugins=False), runs)
        search = least(lambda p=path: hinted(p), runs)
        parse = least(lambda f=files: parsed(f), runs)
        total_scan, total_search, total_parse = total_scan + scan, total_search + search, total_parse + parse
        print(
            f"{path.name[:14]:14} {size / 1e6:6.2f} {scan:8.3f} {scan / size * 1e6:6.2f} {scan / search:12.2f} "
            f"{scan / (search + parse):18.2f}"
        )
    if not total_scan:
        return []
    ratio = total_scan / (total_search + total_parse)
    print(f"all            {'':6} {total_scan:8.3f} {'':6} {total_scan / total_search:12.2f} {ratio:18.2f}")
    return [f"following takes {ratio:.2f} x of search and parse"] if ratio > RATIO_MOST else []


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


def generated(sizes: list[int], runs: int) -> list[str]:
    """Measure how scans of generated projects grow."""
    broken = []
    print(f"generated      {'  '.join(f'{n:>12}' for n in sizes)}   growth")
    for make in (ring, registry, filled, called, wrapped):
        times = []
        for n in sizes:
            with tempfile.TemporaryDirectory() as temporary:
                for path, text in make(n).items():
                    target = Path(temporary, path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8")
                times.append(least(lambda t=temporary: aibom.scan(t, plugins=False), runs))
        growth = times[-1] / times[0]
        print(f"{make.__name__:14} {'  '.join(f'{t:10.2f} s' for t in times)}   {growth:5.1f} x")
        if growth > GROWTH_MOST * sizes[-1] / sizes[0] / 4:
            broken.append(f"{make.__name__} grows {growth:.1f} x")
    return broken


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1250, 2500, 5000])
    given = parser.parse_args()
    broken = folders(given.folders, given.runs) if given.folders else []
    if given.sizes:
        broken += generated(given.sizes, max(1, given.runs - 2))
    for promise in broken:
        print("BROKEN", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
