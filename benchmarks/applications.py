"""
Score what is found in the written applications of tests/applications/.

    python benchmarks/applications.py [NAME ...] [--list]

Each application is scanned in this process, twice; what its document says is compared with its labels by
detection/score.py. Printed: recall and precision of ids and of occurrences (used+optional) per application and in all,
and the recall of each mechanism. ``--list`` adds every miss and every false alarm by its line.

``labels/<name>.tsv`` is in the format of detection/dev/README.md. ``labels/<name>.more.tsv`` says what that has no
place for: ``kind, name, path:line, note`` of libraries, services, MCP servers, agents and model files.

Exit code 1 when a document is not valid or a second scan gives other bytes. A score is no failure.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent / "detection"))

import score
from predict import predictions

import aibom

SUITE = Path(__file__).resolve().parents[1] / "tests" / "applications"
MOMENT = datetime(2023, 11, 14, tzinfo=UTC)
RULES = score.Rules(strict=False, any_provider=False)


def names() -> list[str]:
    """Return the names of the applications."""
    return sorted(path.name for path in SUITE.iterdir() if path.is_dir() and path.name != "labels")


class Scan(NamedTuple):
    """What a scan of an application gave."""

    document: dict[str, Any]
    problems: tuple[str, ...]
    """What is wrong with the document itself."""
    diagnostics: frozenset[tuple[str, str, str]]
    """``diagnostic``, its code, and path:line."""


def look(name: str) -> Scan:
    """Scan an application twice and check its document."""
    bills = [aibom.scan(SUITE / name) for _ in range(2)]
    texts = [aibom.to_json(bill, timestamp=MOMENT) for bill in bills]
    problems = [str(problem) for problem in aibom.validate(texts[0])]
    if texts[0] != texts[1]:
        problems.append("a second scan gives other bytes")
    told = {("diagnostic", one.code, str(one.location or "")) for one in bills[0].diagnostics}
    return Scan(json.loads(texts[0]), tuple(problems), frozenset(told))


def compare(documents: dict[str, dict[str, Any]]) -> score.Scored:
    """Score the documents of some applications beside their labels."""
    known: dict[str, dict[str, Any]] = {name: {"name": name, "scope": "", "role": ""} for name in documents}
    marks = score.read_labels(SUITE, known)
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for name, document in documents.items():
        for said in predictions(name, document):
            where, line = str(said["path"]), int(str(said["line"]))
            group, ident = score.GROUPS[str(said["kind"])], score.norm(str(said["id"]))
            if score.in_scope(known, name, where):
                one = dict(said) | {"group": group, "id": ident, "raw": said["id"], "line": line}
                one["weak"] = said["strength"] == "mention"
                found.setdefault((name, group, ident, where, line), one)
    said_all = list(found.values())
    hits, _ = score.compare(said_all, marks, RULES)
    things = score.entities(marks)
    return score.Scored(marks, said_all, hits, things, score.predicted_ids(said_all, things, RULES))


def headline(scored: score.Scored) -> dict[str, dict[str, Any]]:
    """Return the measures of the view used+optional, of ids and of occurrences."""
    return {level: table["all kinds", "used+optional"] for level, table in scored.table().items()}


def lost(scored: score.Scored) -> list[str]:
    """Return each label of the view used+optional that no prediction hits, as a line."""
    return [
        f"{label['project']}/{label['path']}:{label['line']}\t{label['raw']}\t{label['how']}"
        for number, label in enumerate(scored.labels)
        if label["strength"] in score.HEADLINE and label["group"] and not scored.hit(number)
    ]


def alarms(scored: score.Scored) -> list[str]:
    """Return each prediction that stands where no label does, as a line."""
    return sorted(
        f"{one['project']}/{one['path']}:{one['line']}\t{one['raw']}"
        for one in scored.predictions
        if not one["labels"] and not one["neutral"] and not one["weak"]
    )


def rows(file_name: str) -> list[dict[str, str]]:
    """Return the rows of a table of labels."""
    with (SUITE / "labels" / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def labels(name: str) -> list[dict[str, str]]:
    """Return the labels of an application in the corpus' format."""
    return rows(f"{name}.tsv")


def more(name: str) -> list[dict[str, str]]:
    """Return what the labels beside the corpus' format say of an application."""
    return rows(f"{name}.more.tsv")


TYPES = {"machine-learning-model": {"file"}, "data": {"file"}, "library": {"library"}, "framework": {"library"}}
"""What a component of a type may be in the labels."""


def said(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return kind, name in lower case, and path:line of everything in a document that more() may name."""
    found = set()
    for entry in [*document.get("components", []), *document.get("services", [])]:
        kinds = set(TYPES.get(str(entry.get("type")), {"service"}))
        properties = [(p["name"], str(p.get("value"))) for p in entry.get("properties", [])]
        kinds |= {value for name, value in properties if name == "aibom:kind"}
        called = {str(entry["name"]), f"{entry.get('group')}/{entry['name']}", f"{entry.get('group')}:{entry['name']}"}
        called |= {value for name, value in properties if name in {"aibom:provider", "aibom:origin"}}
        places = {f"{o['location']}:{o.get('line') or 0}" for o in entry.get("evidence", {}).get("occurrences", [])}
        places |= {value for name, value in properties if name.startswith("aibom:evidence")}
        found |= {(kind, one.lower(), place) for kind in kinds for one in called for place in places or {""}}
    return found


def _plain(name: str) -> str:
    """Return *name* as registries compare names that people write in several ways."""
    return name.lower().replace("_", "-")


def absent(name: str, one: Scan) -> list[str]:
    """Return each thing of more() that a scan does not have in that file, or not at all for services."""
    found = said(one.document) | one.diagnostics
    gone = []
    for row in more(name):
        path = row["path:line"].rpartition(":")[0]
        names = _plain(row["name"]).split("|")
        same = {place.rpartition(":")[0] for kind, one, place in found if kind == row["kind"] and _plain(one) in names}
        if path not in same and "" not in same:
            gone.append(f"{name}/{row['path:line']}\t{row['kind']} {row['name']}\t{row['note']}")
    return gone


def main(arguments: list[str] | None = None) -> int:
    """Score what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="list every miss and false alarm")
    given = parser.parse_args(arguments)
    scans = {name: look(name) for name in given.names or names()}
    print(f"{'application':<22}{'id R':>7}{'id P':>7}{'occ R':>7}{'occ P':>7}{'labels':>8}{'more':>9}")
    for name in [*scans, "all"]:
        documents = {n: s.document for n, s in scans.items() if name in {n, "all"}}
        scored = compare(documents)
        ids, places = headline(scored).values()
        rates = "".join(f"{m[k]:7.3f}" for m in (ids, places) for k in ("recall", "precision"))
        wanted = sum(len(more(n)) for n in documents)
        gone = sum(len(absent(n, scans[n])) for n in documents)
        print(f"{name:<22}{rates}{places['labels']:8d}{f'{wanted - gone}/{wanted}':>9}")
    everything = compare({name: one.document for name, one in scans.items()})
    mechanisms: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for number, label in enumerate(everything.labels):
        if label["strength"] in score.HEADLINE and label["group"]:
            mechanisms[label["how"]][0] += everything.hit(number)
            mechanisms[label["how"]][1] += 1
    print("\nmechanism: found/labels")
    for how, (found, count) in sorted(mechanisms.items(), key=lambda item: -item[1][1]):
        print(f"  {how:<20}{found:>4}/{count}")
    if given.list:
        print("\nMISSES", *lost(everything), sep="\n  - ")
        print("\nFALSE ALARMS", *alarms(everything), sep="\n  + ")
        print("\nNOT FOUND OF THE REST", *(a for n, s in scans.items() for a in absent(n, s)), sep="\n  - ")
    problems = [f"{name}: {problem}" for name, one in scans.items() for problem in one.problems]
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
