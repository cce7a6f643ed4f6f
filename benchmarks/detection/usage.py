"""
Compare the usage that predictions carry with the strength of the labels at the same places.

    python benchmarks/detection/usage.py PREDICTIONS.jsonl [--split FOLDER] [--project NAME ...] [--list]

A prediction and a label are the same place when project, path, line and kind of thing are the same and their ids match
as score.py matches them. When several labels match, the closest in strength does not count: the strongest one does, as
a place is as used as its strongest use. `neutral` labels have no strength.

The projects are in two halves by a hash of their names. Rules are written with the labels of the half that was looked
at; of the other half --list shows nothing.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

from fetch_corpus import DEV, projects
from score import GROUPS, HEADLINE, RANKS, Rules, Thing, half, in_scope, norm, read_labels

STRENGTHS = ("used", "optional", "mention")


def placed(path: Path, known: dict[str, Thing]) -> list[Thing]:
    """Return the predictions in scope, each place of a thing once, with the strongest usage that is said of it."""
    found: dict[tuple[object, ...], Thing] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        group = GROUPS.get(said["kind"])
        if group is None or not in_scope(known, said["project"], said["path"]):
            continue
        one = {
            "project": said["project"],
            "kind": said["kind"],
            "group": group,
            "id": norm(str(said["id"])),
            "raw": said["id"],
            "path": said["path"],
            "line": int(said.get("line") or 0),
            "strength": said.get("strength") or "used",
        }
        key = (one["project"], group, one["id"], one["path"], one["line"])
        if key not in found or RANKS[one["strength"]] > RANKS[found[key]["strength"]]:
            found[key] = one
    return list(found.values())


def pairs(predictions: list[Thing], labels: list[Thing], rules: Rules) -> list[tuple[Thing, Thing]]:
    """Return each prediction with the strongest label at its place; those without one are left out."""
    at: dict[tuple[object, ...], list[Thing]] = collections.defaultdict(list)
    for label in labels:
        if label["strength"] in STRENGTHS:
            at[label["project"], label["path"], label["line"]].append(label)
    found = []
    for one in predictions:
        same = [label for label in at[one["project"], one["path"], one["line"]] if rules.match(one, label)]
        if same:
            found.append((one, max(same, key=lambda label: RANKS[label["strength"]])))
    return found


def report(title: str, found: list[tuple[Thing, Thing]]) -> None:
    """Print the agreement of *found* and how the usages are mixed up."""
    table = collections.Counter((label["strength"], one["strength"]) for one, label in found)
    strong = [(one, label) for one, label in found if {one["strength"], label["strength"]} <= HEADLINE]
    agree = sum(one["strength"] == label["strength"] for one, label in found)
    agree_strong = sum(one["strength"] == label["strength"] for one, label in strong)
    print(f"\n{title}: {rate(agree, len(found))} of all, {rate(agree_strong, len(strong))} where both use it")
    print(f"  {'label':<10}" + "".join(f"{said:>10}" for said in STRENGTHS) + "  (prediction)")
    for strength in STRENGTHS:
        print(f"  {strength:<10}" + "".join(f"{table[strength, said]:>10}" for said in STRENGTHS))


def rate(part: int, whole: int) -> str:
    """Write a share with what it is of."""
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "none"


def main(arguments: list[str] | None = None) -> int:
    """Compare what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--split", type=Path, default=DEV)
    parser.add_argument("--project", nargs="*", default=[])
    parser.add_argument("--list", action="store_true", help="list the places of the half that was looked at")
    given = parser.parse_args(arguments)
    known = {row["name"]: row for row in projects(given.split, given.project)}
    found = pairs(
        placed(given.predictions, known), read_labels(given.split, known), Rules(strict=False, any_provider=False)
    )
    report("all", found)
    for name in ("looked at", "unseen"):
        report(name, [pair for pair in found if half(pair[0]["project"]) == name])
    if given.list:
        print("\nlabel, prediction, id, place, how")
        for one, label in found:
            if one["strength"] != label["strength"] and half(one["project"]) == "looked at":
                where = f"{one['project']}/{one['path']}:{one['line']}"
                print("  *", label["strength"], one["strength"], one["raw"], where, label["how"], sep="\t")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
