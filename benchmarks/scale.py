"""
Measure how time and memory grow with a tree.

    python benchmarks/scale.py [--files 5000 50000]

Each tree is generated: of a hundred files 70 are Python, 30 are prose, settings, data and pictures; one in a hundred
uses AI, through a constant of another module now and then. `aibom scan --output` runs in a process of its own; its peak
of memory is that of the system (ru_maxrss). The time for each file should be the same in both.

Exit code 1 when the peak is 300 MB or more, or a file of the large tree takes more than 1.5 times as long as one of
the small tree.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from speed import source

MEMORY_MOST = 300
GROWTH_MOST = 1.5

USES = (
    """from transformers import pipeline


def load():
    return pipeline('text-generation', model='org{n}/model-{n}')
""",
    """from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(model='gpt-4o', input=text)
""",
    """from sentence_transformers import SentenceTransformer

from .settings{n} import MODEL

embedder = SentenceTransformer(MODEL)
""",
    """from datasets import load_dataset


def data(name='org{n}/data-{n}'):
    return load_dataset(name)
""",
)
SETTINGS = "MODEL = 'sentence-transformers/model-{n}'\n"


def write(folder: Path, files: int) -> int:
    """Write a tree of about *files* files; return its size in bytes."""
    chooser = random.Random(files)
    texts = [source(chooser, chooser.randint(500, 9000)) for _ in range(100)]
    prose = [" ".join(text.split())[:2000] for text in texts]
    data = [json.dumps({"rows": text.split()[:100]}, indent=1) for text in texts]
    size = 0
    for number in range(files):
        place = folder / f"area{number // 1000}" / f"part{number // 50 % 20}"
        if number % 50 == 0:
            place.mkdir(parents=True, exist_ok=True)
        kind = number % 100
        text = chooser.choice(texts)
        if kind == 0:
            use = USES[number // 100 % len(USES)].replace("{n}", str(number))
            path, text = place / f"module{number}.py", use + text
            (place / f"settings{number}.py").write_text(SETTINGS.replace("{n}", str(number)), encoding="utf-8")
        elif kind < 70:  # noqa: PLR2004 - of a hundred
            path = place / f"module{number}.py"
        else:
            suffix = (".md", ".json", ".yaml", ".txt", ".png", ".js")[kind % 6]
            text = f"name: {number}\nsizes: [1, 2]\n" * 20 if suffix == ".yaml" else chooser.choice(prose)
            path, text = place / f"file{number}{suffix}", chooser.choice(data) if suffix == ".json" else text
        size += path.write_text(text, encoding="utf-8")
    return size


def run(folder: Path, out: Path) -> tuple[float, float]:
    """Scan *folder* in a process of its own; return the seconds and the peak of its memory in MB."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "aibom", "scan", str(folder), "--output", str(out), "--quiet"]
    _, status, usage = os.wait4(os.spawnv(os.P_NOWAIT, sys.executable, command), 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("the scan failed")
    return time.perf_counter() - began, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="+", default=[5_000, 50_000])
    given = parser.parse_args()
    rates, broken = [], []
    for files in given.files:
        with tempfile.TemporaryDirectory() as temporary:
            folder, out = Path(temporary, "tree"), Path(temporary, "bill.cdx.json")
            size = write(folder, files)
            run(folder, out)  # Into the cache of the disk.
            took, peak = run(folder, out)
            components = len(json.loads(out.read_bytes())["components"])
        rates.append(took / files)
        print(
            f"{files:7d} files {size / 1e6:7.1f} MB: {took:7.2f} s, {took / files * 1e6:6.0f} µs a file, "
            f"{size / took / 1e6:5.1f} MB/s, peak {peak:4.0f} MB, {components} components"
        )
        if peak >= MEMORY_MOST:
            broken.append(f"{files} files take {peak:.0f} MB")
    growth = rates[-1] / rates[0]
    print(f"a file of the largest tree takes {growth:.2f} x as long as one of the smallest")
    if growth > GROWTH_MOST:
        broken.append("the time is not linear")
    for promise in broken:
        print("BROKEN", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
