"""
Measure what a scan costs before it finds anything.

    python benchmarks/speed.py [--megabytes 48] [--pairs 5] [--only start|bare|front]

start   `import aibom` and `aibom scan` of an empty folder, beside a bare Python and one that imports click.
bare    A generated tree of Python without any AI, beside a bare walk, read and search of the same files with one
        regular expression. Both are processes of their own, start-up included, and take turns. Once more with a
.gitignore. front   MB of source that the front ends read in a second, beside the bare parse of their grammar.

Exit code 1 when the empty folder takes more than 0.35 s, `import aibom` more than 0.1 s on top of Python's own start,
or the tree without AI twice as long as the bare walk. Times are the least of several, ratios the median of pairs.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORT_MOST = 0.1
EMPTY_MOST = 0.35
RATIO_MOST = 2.0

BARE = r"""
import os, re, sys

pattern = re.compile(sys.argv[2].encode())
found = 0
for folder, folders, names in os.walk(sys.argv[1]):
    folders.sort()
    for name in sorted(names):
        with open(os.path.join(folder, name), "rb") as file:
            found += pattern.search(file.read()) is not None
print(found)
"""
"""The least that anything written in Python does to search a tree."""

EXPRESSION = r"(?:import|from)\s+(?:torch|openai|transformers)"
"""The one search: what somebody would write who looks for three libraries."""
PLAIN = "transformers"
"""No promise, for comparison: for plain letters `re` only looks for bytes, which is eight times as fast."""

IGNORED = (
    "*.pyc\n__pycache__/\nbuild/\n/dist/\n.venv\n*.egg-info/\nnode_modules/\n!keep.pyc\ndocs/_build\n.cache/**/tmp\n"
)

WORDS = re.findall(
    r"\w+",
    """
    account address amount batch buffer cache channel client column command config context counter cursor customer
    data delta device driver entry error event factory field filter flags format frame group handle header index
    invoice item key label layer level limit line list manager mapping matrix message method mode name node number
    offset option order owner packet page parent parser path payload pending pool port prefix process queue range
    record region request result row scheduler schema section sequence session signal size source stack state status
    stream table target task text timeout token total trace type unit user value vector version view weight window
    worker writer
    """,
)


def source(chooser: random.Random, size: int) -> str:
    """Return about *size* characters of ordinary Python that names no AI library."""
    pick = chooser.choice
    lines = ['"""Handle the ' + " ".join(pick(WORDS) for _ in range(8)) + '."""', "", "import os", "import re", ""]
    length = sum(map(len, lines))
    while length < size:
        name, other, third = pick(WORDS), pick(WORDS), pick(WORDS)
        block = [
            f"class {name.title()}{other.title()}:",
            f'    """The {third} of a {name}, with its {other}."""',
            "",
            f"    {third.upper()} = {{'{other}': {chooser.randint(0, 999)}, '{name}': '{third}/{other}'}}",
            "",
            f"    def __init__(self, {name}, {other}=None, *, {third}_size={chooser.randint(1, 99)}):",
            f"        self.{name} = {name}  # the {other} comes later",
            f"        self.{other} = {other} or {{}}",
            "",
            f"    def {third}_{name}(self, {other}, index=0):",
            f"        for number, item in enumerate(self.{other}.get('{third}', [])):",
            f"            if item is None or number > {chooser.randint(1, 99)}:",
            f"                raise ValueError(f'no {third} {{number}} in {{item!r}}')",
            f"            index += len(str(item)) * {chooser.randint(2, 9)}",
            f"        return os.path.join('{name}', re.sub(r'[^a-z]+', '_', str(index)))",
            "",
            "",
        ]
        lines += block
        length += sum(len(line) + 1 for line in block)
    return "\n".join(lines) + "\n"


def tree(folder: Path, megabytes: float, *, seed: int = 0, size: int = 20_000) -> int:
    """Write a tree of Python without AI; return how many bytes it has."""
    chooser = random.Random(seed)
    written, number = 0, 0
    texts = [source(chooser, chooser.randint(size // 4, size * 2)) for _ in range(40)]
    while written < megabytes * 1e6:
        path = folder / f"package{number // 200}" / f"part{number // 20 % 10}" / f"module{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        written += path.write_text(f"# {number}\n{chooser.choice(texts)}", encoding="utf-8")
        number += 1
    print(f"    {number} files, {written / 1e6:.1f} MB")
    return written


WITHOUT = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, Python compiles every module anew at each start, which what is installed never does."""


def seconds(*command: str) -> float:
    """Return how long a process takes."""
    environment = {name: value for name, value in os.environ.items() if name != WITHOUT}
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def pairs(one: Callable[[], float], other: Callable[[], float], number: int) -> tuple[float, float, float]:
    """Run both in turns; return the least of each and the median of their ratios."""
    one(), other()  # Into the cache of the disk.
    both = [(one(), other()) for _ in range(number)]
    return min(a for a, _ in both), min(b for _, b in both), statistics.median(a / b for a, b in both)


def start(number: int) -> list[str]:
    """Measure what has to happen before the first file."""
    print("start-up, least of runs that take turns")
    with tempfile.TemporaryDirectory() as folder:
        empty, out = Path(folder, "empty"), Path(folder, "bill.cdx.json")
        empty.mkdir()
        commands = {
            "python -c pass": ("-c", "pass"),
            "import click": ("-c", "import click"),
            "import aibom": ("-c", "import aibom"),
            "aibom scan of an empty folder": ("-m", "aibom", "scan", str(empty), "--output", str(out)),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(number * 2 + 1):
            for name, command in commands.items():
                times[name].append(seconds(*command))
    least = {name: min(runs) for name, runs in times.items()}
    for name, took in least.items():
        print(f"    {took * 1000:7.0f} ms  {name}")
    broken = []
    if least["aibom scan of an empty folder"] > EMPTY_MOST:
        broken.append(f"a scan of an empty folder takes more than {EMPTY_MOST} s")
    if least["import aibom"] - least["python -c pass"] > IMPORT_MOST:
        broken.append(f"import aibom takes more than {IMPORT_MOST} s")
    return broken


def bare(megabytes: float, number: int) -> list[str]:
    """Measure a tree without AI beside a bare search of the same files."""
    broken = []
    for ignored in (False, True):
        print(f"a tree without AI{', with a .gitignore' if ignored else ''}")
        with tempfile.TemporaryDirectory() as temporary:
            folder, out = Path(temporary, "tree"), Path(temporary, "bill.cdx.json")
            size = tree(folder, megabytes)
            if ignored:
                (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
                (folder / "package0" / ".gitignore").write_text("*.log\n/tmp/\n", encoding="utf-8")
            runs = [
                pairs(
                    lambda f=folder, o=out: seconds("-m", "aibom", "scan", str(f), "--output", str(o)),
                    lambda f=folder, e=expression: seconds("-c", BARE, str(f), e),
                    number,
                )
                for expression in (EXPRESSION, PLAIN)
            ]
        (scan, search, ratio), (_, plain, beside) = runs
        print(f"    {scan:7.3f} s  aibom scan --output, {size / scan / 1e6:.0f} MB/s")
        print(f"    {search:7.3f} s  walk, read and search for {EXPRESSION}, {size / search / 1e6:.0f} MB/s")
        print(f"    {ratio:7.2f} x  (median of {number} pairs)")
        print(f"    {plain:7.3f} s  walk, read and search for {PLAIN}: {beside:.2f} x, no promise")
        if ratio >= RATIO_MOST:
            broken.append(f"a tree without AI{' and with a .gitignore' if ignored else ''} takes {ratio:.2f} x")
    return broken


def others() -> dict[str, tuple[list[str], str, str]]:
    """Return ordinary source of the languages with braces, with the module that reads each and its grammar."""
    parts = {
        "java": (
            'class %s { private final String %s = "%s"; // of the %s\n'
            '  int get(String %s) { if (%s == null) { return this.size.length() + 1; } return log(%s, "no %s"); } }\n'
        ),
        "kotlin": (
            'class %s(val %s: String = "%s") { // of the %s\n'
            '  fun get(%s: String?): Int { if (%s == null) { return size.length + 1 }\n return log(%s, "no %s") }\n}\n'
        ),
        "go": (
            'type %s struct { %s string `json:"%s"` } // of the %s\n'
            'func (s *T) Get(%s string) int { if %s == "" { return len(s.size) + 1 }; return log(%s, "no %s") }\n'
        ),
        "rust": (
            'struct %s { %s: String } const A: &str = "%s"; // of the %s\n'
            'fn get(%s: &str) -> usize { if %s.is_empty() { return SIZE.len() + 1; } log(%s, "no %s") }\n'
        ),
        "csharp": (
            'class %s { private readonly string %s = "%s"; // of the %s\n'
            '  int Get(string %s) { if (%s == null) { return this.size.Length + 1; } return Log(%s, "no %s"); } }\n'
        ),
        "javascript": (
            'class %s { %s = "%s"; // of the %s\n'
            '  get(%s) { if (%s === null) { return this.size.length + 1; } return log(%s, "no %s"); } }\n'
        ),
        "typescript": (
            'class %s { private %s: string = "%s"; // of the %s\n'
            '  get(%s: string): number { if (%s === null) { return this.size + 1; } return log(%s, "no %s"); } }\n'
        ),
    }
    chooser = random.Random(2)
    found = {}
    for name, part in parts.items():
        head = "package main\n" if name == "go" else ""
        texts = [head + "".join(part % tuple(chooser.choices(WORDS, k=8)) for _ in range(100)) for _ in range(30)]
        found[name] = (texts, f"aibom.syntax.{name}", "tree_sitter_" + {"csharp": "c_sharp"}.get(name, name))
    return found


def front(megabytes: float) -> list[str]:
    """Measure the front ends beside the bare parse of their grammar, in seconds of the processor."""
    import json
    from importlib import import_module

    import tree_sitter_python
    from tree_sitter import Language, Parser

    from aibom.syntax import dockerfile, notebook, python, shell, structured

    chooser = random.Random(1)
    texts = [source(chooser, 20_000) for _ in range(max(1, int(megabytes * 50)))]
    cells = [{"cell_type": "code", "source": text.splitlines(keepends=True)} for text in texts[:10]]
    values = [{"name": a, "of": [1, 2.5, {b: c}]} for a, b, c in (chooser.choices(WORDS, k=3) for _ in range(3000))]
    tables = "".join(f'[table{n}.{n % 7}]\nname = "{n}"\nsizes = [1, 2, {{ a = "b" }}]\n' for n in range(5000))
    rows = {
        "python": (texts, python.read, tree_sitter_python),
        "notebook": ([json.dumps({"nbformat": 4, "cells": cells}, indent=1)], notebook.read, None),
        "json": ([json.dumps(values, indent=1)], lambda text: structured.read(text, "json"), None),
        "toml": ([tables], lambda text: structured.read(text, "toml"), None),
        "yaml": (["".join(f"- {json.dumps(v)}\n" for v in values)], lambda text: structured.read(text, "yaml"), None),
    }
    for name, (each, module, grammar) in others().items():
        rows[name] = (each, import_module(module).read, import_module(grammar))
    for name, part, read_ in (
        (
            "shell",
            '%s="${%s:-%s}"  # of the %s\nif test -n "$%s"; then %s "$%s" --%s; fi\n',
            lambda t: shell.read(shell.lines_of(t)),
        ),
        ("dockerfile", "ENV %s=%s\n# of the %s\nRUN %s --%s \\\n  %s %s\nCOPY %s /srv\n", dockerfile.read),
    ):
        each = ["".join(part % tuple(chooser.choices(WORDS, k=8)) for _ in range(100)) for _ in range(30)]
        rows[name] = (each, read_, None)
    print("front ends, MB a second of the processor")
    for name, (each, read, grammar) in rows.items():
        size = sum(map(len, each)) / 1e6
        began = time.process_time()
        for text in each:
            read(text)
        took = time.process_time() - began
        line = f"    {size / took:7.2f}  {name} ({size:.1f} MB)"
        if grammar is not None:
            language = grammar.language_typescript if name == "typescript" else grammar.language
            parser = Parser(Language(language()))
            began = time.process_time()
            for text in each:
                parser.parse(text.encode())
            alone = time.process_time() - began
            line += f"; {size / alone:.2f} bare parse of its grammar: {took / alone:.1f} x"
        else:
            line += "; no grammar: the reader is ours"
        print(line)
    return []


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=48, help="of the tree without AI")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", choices=["start", "bare", "front"])
    given = parser.parse_args()
    broken = []
    if given.only in {None, "start"}:
        broken += start(given.pairs)
    if given.only in {None, "bare"}:
        broken += bare(given.megabytes, given.pairs)
    if given.only in {None, "front"}:
        broken += front(2)
    for promise in broken:
        print("BROKEN", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
