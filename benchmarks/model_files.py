"""
What aibom says of model files that other people published: format, size and SHA-256 of each, beside what is known.

``python benchmarks/model_files.py CACHE`` fetches the packages of model_files.tsv into the folder CACHE by their pins
(about 200 MB, once), unpacks them there and scans each. It exits with 1 when a file is missing from a bill, or anything
about it is wrong. Nothing of the packages is installed or run.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Final

import aibom
from aibom import weights

TABLE: Final = Path(__file__).with_suffix(".tsv")


def main() -> int:
    """Fetch, scan and compare; return the exit code."""
    parser = argparse.ArgumentParser(description="What aibom says of published model files.")
    parser.add_argument("cache", type=Path)
    cache = parser.parse_args().cache
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    expected: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        expected.setdefault(row["pin"], []).append(row)
    wrong = unlisted = 0
    for pin, rows in expected.items():
        folder = unpacked(pin, cache)
        started = time.perf_counter()
        bill = aibom.scan(folder, plugins=False)
        took = time.perf_counter() - started
        files = {f.source.removeprefix("file:"): f for c in bill for f in c.files}
        for row in rows:
            found = files.get(row["path"])
            if found is not None:
                said = (found.format, str(found.size), dict(found.hashes).get("SHA-256"))
            else:
                unlisted += 1
                said = looked(folder / row["path"])
            known = (row["format"], row["size"], row["sha256"])
            if row["format"] in {"coreml-part", "spacy"}:  # Parts: the bill lists them, with the format of the whole.
                said, known = (said[1:], known[1:]) if found is not None else (("missing",), known)  # type: ignore[assignment]
            if said != known:
                wrong += 1
                print(f"WRONG {pin} {row['path']}: {said}, and not {known}")
        print(f"{pin}: {len(rows)} files, {len(bill)} components, {len(bill.diagnostics)} diagnostics, {took:.2f} s")
        for diagnostic in bill.diagnostics:
            if "pickle" in diagnostic.code or "weights" in diagnostic.code:
                print(f"    {diagnostic}"[:200])
    total = sum(map(len, expected.values()))
    print(f"{total} files: {wrong} wrong; {unlisted} are recognised, and no models as far as their content shows")
    return 1 if wrong else 0


def looked(path: Path) -> tuple[str, str, str | None]:
    """Return what the readers say of a file that the bill does not list."""
    with path.open("rb") as stream:
        found = weights.look(stream, path.name)
    from aibom.weights.digests import digests

    digest = digests({"": lambda: path.open("rb")})[""]
    return found.format if found is not None else "none", str(path.stat().st_size), digest


def unpacked(pin: str, cache: Path) -> Path:
    """Return the folder with what the package *pin* holds; it is fetched when it is not there."""
    folder = cache / pin.replace("==", "-")
    if folder.is_dir():
        return folder
    downloads = cache / "downloads"
    name, version = pin.split("==")
    archives = [
        f for f in downloads.glob("*") if f.name.lower().replace("_", "-").startswith(f"{name}-{version}".lower())
    ]
    if not archives:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(downloads), pin]
        subprocess.run(command, check=True)
        archives = [
            f for f in downloads.glob("*") if f.name.lower().replace("_", "-").startswith(f"{name}-{version}".lower())
        ]
    if archives[0].suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archives[0]) as archive:
            archive.extractall(folder)
    else:
        with tarfile.open(archives[0]) as archive:
            archive.extractall(folder, filter="data")
    return folder


if __name__ == "__main__":
    sys.exit(main())
