"""
Scan the corpus with the aibom that is installed, and write what it found as predictions for score.py.

    python benchmarks/detection/predict.py CACHE OUT.jsonl [--split FOLDER] [--only NAME ...]

It reads nothing but the CycloneDX 1.6 document that ``python -m aibom scan FOLDER --output FILE`` writes, so it checks
what a user gets:

  component type                       machine-learning-model: a model; data: a dataset
  property  aibom:provider             huggingface, openai, ollama, spacy, …
  property  aibom:hosted = true        a model behind an API: its id becomes provider:id
  property  aibom:implicit = true      left out: the default of a library, which no label has
  group / name                         the id (group/name when there is a group)
  evidence.occurrences[]               location (relative to the scanned folder), line, and an additionalContext with
                                       usage=used|optional|mention

A component that says nothing of these is still read: the id from group and name, the usage from its scope.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fetch_corpus import DEV, projects

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"machine-learning-model": "model", "data": "dataset"}
SCOPES = {"required": "used", "optional": "optional", "excluded": "mention"}


def predictions(project: str, document: dict[str, Any]) -> Iterator[dict[str, object]]:
    """Yield what *document* says about the models and datasets of *project*, one place each."""
    root = document.get("metadata", {}).get("component")  # A model repository describes its own model there.
    for component in [*([root] if root else []), *document.get("components", [])]:
        kind = KINDS.get(component.get("type"))
        properties = {p["name"]: p.get("value") for p in component.get("properties", [])}
        if not kind or properties.get("aibom:implicit") == "true":
            continue
        name = f"{component['group']}/{component['name']}" if component.get("group") else component["name"]
        if kind == "model" and properties.get("aibom:hosted") == "true":
            kind, name = "service-model", f"{properties.get('aibom:provider', 'unknown')}:{name}"
        for place in component.get("evidence", {}).get("occurrences", []):
            usage = re.search(r"usage=(\w+)", place.get("additionalContext") or "")
            yield {
                "project": project,
                "kind": kind,
                "id": name,
                "path": place["location"],
                "line": place.get("line") or 0,
                "strength": usage[1] if usage else SCOPES.get(component.get("scope"), "used"),
            }


def main() -> int:
    """Predict what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", type=Path, default=DEV)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has aibom installed")
    given = parser.parse_args()
    failed, started = 0, time.perf_counter()
    with given.out.open("w", encoding="utf-8") as out, tempfile.TemporaryDirectory() as temporary:
        for row in projects(given.split, given.only):
            name, began = row["name"], time.perf_counter()
            bom = Path(temporary, f"{name}.cdx.json")
            command = [given.python, "-m", "aibom", "scan", str(given.cache / "src" / name), "--output", str(bom)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
            if not bom.exists():
                failed += 1
                print(f"FAIL {name}: exit {done.returncode}: {done.stderr.strip()[-300:]}", file=sys.stderr)
                continue
            for prediction in predictions(name, json.loads(bom.read_bytes())):
                out.write(json.dumps(prediction) + "\n")
            print(f"{time.perf_counter() - began:7.2f} s  {name}", file=sys.stderr)
    print(f"{time.perf_counter() - started:7.2f} s  all, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
