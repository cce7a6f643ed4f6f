"""
Fetch the corpus, scan each of its projects twice, check the documents, and score what was found.

    python benchmarks/detection/run.py CACHE [--split FOLDER] [--only NAME ...] [--offline] [--list]

For each project: the seconds of a scan and per MB of what it holds, whether the document is valid (``aibom validate``),
and whether two scans under SOURCE_DATE_EPOCH, of the project and of a copy that lies elsewhere, give the same bytes.
Then the scores of score.py, the F1 of its ids with ``--strict-ids``, and the agreement of usage.py.
CACHE/predictions.jsonl and CACHE/boms/ are kept.

Exit code 1 when a scan failed, a document is not valid, or the bytes differ. A score is no failure.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import score
import usage
from fetch_corpus import DEV, fetch, projects
from predict import predictions

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


def aibom(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of the aibom that is installed beside this interpreter."""
    command = [sys.executable, "-m", "aibom", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, check=False, env=os.environ | EPOCH)


def size_of(folder: Path) -> float:
    """Return how many MB the files below *folder* have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def look(folder: Path, bom: Path) -> tuple[float, list[str]]:
    """Scan *folder* into *bom*; return the seconds that it took, and what is wrong."""
    began = time.perf_counter()
    done = aibom("scan", str(folder), "--output", str(bom))
    seconds = time.perf_counter() - began
    if done.returncode or not bom.exists():
        return seconds, [f"exit code {done.returncode}: {done.stderr.strip()[-300:]}"]
    wrong = []
    checked = aibom("validate", str(bom))
    if checked.returncode:
        wrong.append(f"not valid: {checked.stdout.strip()[:300]}")
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "elsewhere", folder.name)
        shutil.copytree(folder, copy, symlinks=True)
        again = Path(temporary, "again.cdx.json")
        aibom("scan", str(copy), "--output", str(again))
        if not again.exists() or again.read_bytes() != bom.read_bytes():
            wrong.append("a second scan gives other bytes")
    return seconds, wrong


def main() -> int:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--split", type=Path, default=DEV)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--offline", action="store_true", help="the corpus was fetched before")
    parser.add_argument("--list", action="store_true", help="list every miss and false alarm")
    given = parser.parse_args()
    failed = [] if given.offline else fetch(given.cache, given.split, given.only)
    boms = given.cache / "boms"
    boms.mkdir(parents=True, exist_ok=True)
    found = given.cache / "predictions.jsonl"
    total, size = 0.0, 0.0
    with found.open("w", encoding="utf-8") as out:
        for row in projects(given.split, given.only):
            name = row["name"]
            folder, bom = given.cache / "src" / name, boms / f"{name}.cdx.json"
            bom.unlink(missing_ok=True)
            megabytes = size_of(folder)
            seconds, wrong = look(folder, bom)
            total, size = total + seconds, size + megabytes
            failed += [f"{name}: {what}" for what in wrong]
            print(
                f"{seconds:7.2f} s {megabytes:8.2f} MB  {name}  {'; '.join(wrong) or 'valid, same bytes'}", flush=True
            )
            if bom.exists():
                out.writelines(json.dumps(p) + "\n" for p in predictions(name, json.loads(bom.read_bytes())))
    print(f"{total:7.2f} s {size:8.2f} MB  all: {total / size if size else 0:.3f} s per MB, {len(failed)} failed\n")
    options = ["--split", str(given.split), *(["--list"] if given.list else [])]
    only = ["--project", *given.only] if given.only else []
    score.main([str(found), *options, *only])
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stdout(io.StringIO()):
        scores = Path(temporary, "scores.json")
        score.main([str(found), "--split", str(given.split), *only, "--strict-ids", "--json", str(scores)])
        strict = json.loads(scores.read_text(encoding="utf-8"))["scores"]["id"]["all kinds|used+optional"]
    print(f"\nids, spelled as the labels spell them (--strict-ids): F1 {strict['f1']:.3f}")
    print("\nusage at the places that labels have")
    usage.main([str(found), "--split", str(given.split), *only])
    for problem in failed:
        print("FAIL", problem)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
