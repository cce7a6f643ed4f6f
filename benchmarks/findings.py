"""
Count what rules find in the written applications and in unpacked packages, and sample findings to check by hand.

    python benchmarks/findings.py [FOLDER ...] [--sample N] [--seed S]

Without a FOLDER the applications of ``tests/applications`` are scanned; with one, each folder below it is scanned
besides. Printed: findings by rule and level. With ``--sample`` the N findings follow that a fixed seed picks, rule by
rule in turn, each with its places: read the code there, and say whether the finding is right.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import aibom

SUITE = Path(__file__).resolve().parents[1] / "tests" / "applications"


class Found(NamedTuple):
    """One finding, and the project that it is of."""

    rule: str
    project: str
    level: str
    component: str
    reason: str
    places: tuple[str, ...]


def findings(project: Path) -> list[Found]:
    """Return what rules find in *project*, without any network."""
    bill = aibom.assess(aibom.scan(project, plugins=False), plugins=False)
    return [
        Found(f.rule, project.name, str(f.level), f.component, f.reason, tuple(map(str, f.evidence)))
        for f in bill.findings
    ]


def sampled(found: list[Found], size: int, seed: int) -> list[Found]:
    """Return *size* of what was *found*, by turns of each rule, so that rare rules are looked at too."""
    chance = random.Random(seed)
    waiting: dict[str, list[Found]] = defaultdict(list)
    for each in sorted(found):
        waiting[each.rule].append(each)
    for those in waiting.values():
        chance.shuffle(those)
    picked: list[Found] = []
    while len(picked) < min(size, len(found)):
        for rule in sorted(waiting):
            if waiting[rule] and len(picked) < size:
                picked.append(waiting[rule].pop())
    return sorted(picked)


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    groups = [SUITE, *given.folders]
    found: list[Found] = []
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(groups))
    for number, folder in enumerate(groups):
        for project in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "labels"):
            these = findings(project)
            found += these
            for each in these:
                counts[each.rule, each.level][number] += 1
    print("| rule | level | " + " | ".join(folder.name for folder in groups) + " |")
    print("| --- | --- | " + " | ".join("--:" for _ in groups) + " |")
    for (rule, level), numbers in sorted(counts.items()):
        print(f"| {rule} | {level} | " + " | ".join(map(str, numbers)) + " |")
    for number, each in enumerate(sampled(found, given.sample, given.seed), 1):
        print(f"\n{number}. {each.project}: {each.level}: {each.rule}: {each.reason}")
        print("   " + ", ".join(each.places))


if __name__ == "__main__":
    main()
