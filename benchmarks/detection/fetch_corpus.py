"""
Fetch the labelled corpus by pin.

    python benchmarks/detection/fetch_corpus.py CACHE [--split FOLDER] [--only NAME ...] [--jobs 2]

For each row of FOLDER/projects.tsv it downloads exactly that release from PyPI (``pip download``; the pinned name
decides sdist or wheel) or npm (``npm pack``), checks its SHA-256, and unpacks it to CACHE/src/NAME/ without the
archive's single top folder (npm: ``package/``; a wheel has none). The paths of labels are relative to that folder. An
archive that is in CACHE/dl with the right digest is not fetched again.

``pip download`` of an sdist runs that project's build back end to read its metadata, in an environment of its own: run
this where running other people's set-up code is acceptable. Nothing is installed, and no label needs anything to run.

Exit code 1 when a project failed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

DEV = Path(__file__).resolve().parent / "dev"
"""The projects that detectors may be made on."""

Row: TypeAlias = dict[str, str]


def projects(split: Path, only: list[str] | tuple[str, ...] = ()) -> list[Row]:
    """Return the rows of the table of projects in the folder *split*, those called *only* when there are any."""
    with (split / "projects.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in rows if not only or row["name"] in only]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(row: Row, folder: Path) -> Path:
    """Return the archive of a project in *folder*, which has the digest that the table says."""
    target = folder / row["filename"]
    if target.exists() and digest(target) == row["sha256"]:
        return target
    if row["source"] == "pypi":
        kind = "--only-binary" if row["filename"].endswith(".whl") else "--no-binary"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", kind, ":all:"]
        command.append(f"{row['registry_name']}=={row['version']}")
    else:
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{row['registry_name']}@{row['version']}"]
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        done = subprocess.run(command, cwd=temporary, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-300:]}")
        (got,) = (path for path in Path(temporary).iterdir() if path.is_file())
        if digest(got) != row["sha256"]:
            raise RuntimeError(f"{got.name} has another digest than the pinned {row['filename']}")
        shutil.move(got, target)
    return target


def members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the files of an archive by the path that they are unpacked to; links and devices are left out."""
    if archive.suffix in {".whl", ".zip"}:
        top = 0 if archive.suffix == ".whl" else 1
        with zipfile.ZipFile(archive) as packed:
            for info in packed.infolist():
                if not info.is_dir():
                    with packed.open(info) as content:
                        yield "/".join(info.filename.split("/")[top:]), content
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            content_or_none = tar.extractfile(member) if member.isfile() else None
            if content_or_none is not None:
                yield "/".join([part for part in member.name.split("/") if part not in {"", "."}][1:]), content_or_none


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive into *folder*, whatever was there before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in members(archive):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise RuntimeError(f"a path of the archive leaves the folder: {name}")
        if name:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file)


def fetch(cache: Path, split: Path = DEV, only: list[str] | tuple[str, ...] = (), jobs: int = 2) -> list[str]:
    """Fetch the projects of *split* into *cache*; return what went wrong."""
    downloads, sources = cache / "dl", cache / "src"
    downloads.mkdir(parents=True, exist_ok=True)
    sources.mkdir(parents=True, exist_ok=True)

    def one(row: Row) -> str | None:
        folder, stamp = sources / row["name"], sources / f".{row['name']}.sha256"
        try:
            if not (folder.exists() and stamp.exists() and stamp.read_text("ascii") == row["sha256"]):
                unpack(download(row, downloads), folder)
                stamp.write_text(row["sha256"], "ascii")
        except Exception as error:  # noqa: BLE001 - the others are still fetched
            return f"{row['name']}: {type(error).__name__}: {error}"
        return None

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return [problem for problem in pool.map(one, projects(split, only)) if problem]


def main() -> int:
    """Fetch what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--split", type=Path, default=DEV, help="folder with a projects.tsv (default: dev)")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    failed = fetch(given.cache, given.split, given.only, given.jobs)
    for problem in failed:
        print("FAIL", problem)
    count = len(projects(given.split, given.only))
    print(f"{count - len(failed)} of {count} projects in {given.cache / 'src'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
