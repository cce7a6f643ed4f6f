"""
Count what real cards and records of the Hub state, and how many of their sections are recognised.

    python benchmarks/cards.py FOLDER

FOLDER has ``model_cards/*.md``, ``dataset_cards/*.md`` and ``model_info/*.json``. For each of them, how many there are,
and how many state each field; then recall and precision of sections on the 90 cards of
``tests/data/card_sections.tsv``, which were read by hand. Exit code 1 when a document is not valid, or less than nine
of ten sections are recognised.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import aibom
from aibom import cards
from aibom.bill import Bill, Component, Kind
from aibom.enrichment import enriched, of_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.cards import Said

LABELS = Path(__file__).parent.parent / "tests" / "data" / "card_sections.tsv"
LEAST = 0.9


def read(folder: Path, kind: str) -> Iterator[tuple[str, Said]]:
    """Yield each card or record of one *kind*, and what it states."""
    if kind == "model_info":
        for path in sorted((folder / kind).glob("*.json")):
            found = json.loads(path.read_text("utf-8", "replace"))
            for number, record in enumerate(found if isinstance(found, list) else [found]):
                yield f"{number}-{path.name}", cards.of_record(record, source="hub")
        return
    for path in sorted((folder / kind).glob("*.md")):
        yield path.name, cards.of_readme(path.read_text("utf-8", "replace"), dataset=kind == "dataset_cards")


def names_of(said: Said) -> set[str]:
    """Return the fields that are stated."""
    found = {name for name, _ in said.facts}
    for name in ("licences", "metrics", "files", "bases", "trained_on", "tested_on", "sources", "problems"):
        if getattr(said, name):
            found.add(f"({name})")
    return found


def sections(folder: Path) -> tuple[float, float]:
    """Return recall and precision on the cards that were read by hand."""
    known = set()
    rows = []
    for line in LABELS.read_text("utf-8").splitlines():
        if not line.startswith(("#", "folder\t")):
            place, name, names = line.split("\t")
            rows.append((place, name, set(names.split())))
            known |= rows[-1][2]
    right = wanted = found = 0
    for place, name, names in rows:
        body = cards.parse((folder / place / name).read_text("utf-8", "replace")).body
        got = {n for n, _ in cards.of_text(body, dataset=place == "dataset_cards").facts} & known
        right += len(got & names)
        wanted += len(names)
        found += len(got)
    return right / wanted, right / found


def main() -> int:
    """Count, and return the exit code."""
    folder = Path(sys.argv[1])
    every = []
    for kind in ("model_info", "model_cards", "dataset_cards"):
        began = time.perf_counter()
        stated = list(read(folder, kind))
        seconds = time.perf_counter() - began
        counts = Counter(name for _, said in stated for name in names_of(said))
        print(f"{kind}: {len(stated)}, in {seconds:.1f} s")
        for name, count in counts.most_common():
            print(f"  {count:5}  {name}")
        for name, said in stated:
            dataset = Kind.DATASET if kind == "dataset_cards" else Kind.MODEL
            component = Component(dataset, "huggingface", f"{kind}/{name}"[:90])
            every.append((component, of_said(component, said)))
    problems = aibom.validate(aibom.to_document(enriched(Bill([c for c, _ in every]), every)))
    recall, precision = sections(folder)
    print(f"document of all {len(every)}: {f'{len(problems)} faults' if problems else 'valid'}")
    print(f"sections of 90 cards, by hand: recall {recall:.3f}, precision {precision:.3f}")
    return 1 if problems or recall < LEAST else 0


if __name__ == "__main__":
    raise SystemExit(main())
