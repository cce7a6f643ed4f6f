"""
Score predictions against the labels.

    python benchmarks/detection/score.py PREDICTIONS.jsonl [--split FOLDER] [--list] [--json OUT]
                                         [--strict-ids] [--any-provider] [--project NAME ...]

PREDICTIONS: JSON lines {"project", "kind", "id", "path", "line"[, "strength"]}; the path is relative to the unpacked
project (CACHE/src/PROJECT/). A prediction of strength "mention" is left out of the views `used` and `used+optional`:
the scanner itself said that it is weak evidence.

RULES

Scope. Never scored: paths that IGNORED matches (package metadata that repeats the README, lock files, licences, type
  stubs, source maps) and, where projects.tsv gives a scope, paths that it does not match.
Kinds. `model` and `service-model` form one group (a mix-up is counted as kind_confusions, and is no error); `dataset`
  is its own group; `service` and anything else is not scored: the labels of services are not exhaustive.
Ids. A label may hold alternatives, parted by `|`. Both sides are normalised: lower case; URL and hf:// prefix,
  datasets/, models/, revision (@rev) and .git at the end removed; provider/name and provider:name are the same. They
  match when they are equal, or when one side is bare and equals the last part of the other (`gpt-4o` and
  `openai:gpt-4o`, `all-MiniLM-L6-v2` and `sentence-transformers/all-MiniLM-L6-v2`). --strict-ids turns the rule of bare
  names off; --any-provider compares hosted models by name alone.
Neutral. Labels of strength `neutral` (weight files inside a model repository, names of tokenizers, architectures,
  spaces, images: reasonable people differ) are never a miss, and a prediction there is no false alarm: on the same line
  whatever the id, within two lines when the id matches, on any line for a label of a whole file (line 0).
Occurrences. A prediction is right when a label of the same project, path and group, within two lines, has a matching
  id. Repeats of one (project, path, line, id) count once. One label may be hit by several predictions.
Ids. For each project, labels whose alternatives match are one entity, as strong as its strongest occurrence; a
  predicted id is right when it matches an entity anywhere in the project.
Views. used; used+optional (THE HEADLINE); all (with mentions). Recall of a view: the share of its labels that were hit.
  Precision has two forms. lenient: predictions that only match a label outside the view are dropped. strict: they are
  false alarms (in `used+optional` this punishes reporting what README and docstrings mention as a use).
Negative projects have no labels: each id that is reported there is a false alarm, listed by project.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import math
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from fetch_corpus import DEV, projects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Thing: TypeAlias = dict[str, Any]
"""A label, a prediction, an entity or a predicted id."""

IGNORED = re.compile(
    r"(^|/)(PKG-INFO|SOURCES\.txt|METADATA|RECORD|LICEN[CS]E[^/]*|NOTICE[^/]*|ThirdPartyLicenses\.json"
    r"|(poetry|uv|pdm|Pipfile|package-lock|pnpm-lock|yarn|bun)[.\w-]*lock[\w.]*|package-lock\.json|pnpm-lock\.yaml)$"
    r"|\.egg-info/|\.dist-info/|(^|/)node_modules/|\.d\.[cm]?ts$|\.map$"
)
GROUPS = {
    "model": "model",
    "service-model": "model",
    "service_model": "model",
    "dataset": "dataset",
    "data": "dataset",
}
RANKS = {"used": 3, "optional": 2, "mention": 1, "neutral": 0}
VIEWS = {
    "used": {"used"},
    "used+optional": {"used", "optional"},
    "all": {"used", "optional", "mention"},
}
HEADLINE = VIEWS["used+optional"]
HALVES = ("looked at", "unseen")
TOLERANCE = 2
"""Lines between a label and a prediction of the same thing."""


def half(project: str) -> str:
    """
    Return the half that a project is in, by a hash of its name.

    Rules are written while looking at the labels of the one half; the other one says whether they hold elsewhere.
    """
    return HALVES[int(sha256(project.encode()).hexdigest(), 16) % 2]


def norm(text: str) -> str:
    """Return an id in the form in which ids are compared."""
    text = text.strip().strip("\"'`").lower()
    text = re.sub(
        r"^(pkg:huggingface/|hf://|huggingface://|https?://(www\.)?(huggingface\.co|hf\.co|hf-mirror\.com)/)", "", text
    )
    text = re.sub(r"^(datasets/|models/)", "", text)
    text = re.sub(r"/(resolve|blob|tree|raw)/.*$", "", text)
    text = re.sub(r"(\?.*|\.git)$", "", text)
    text = re.sub(r"^([\w.-]+):models/", r"\1:", text)
    if "://" not in text:
        text = re.sub(r"(?<=.)@[\w./-]+$", "", text).rstrip("/")
        text = re.sub(r"^([a-z_][\w.-]*):(?=[a-z])", r"\1/", text, count=1)
    return text


class Rules(NamedTuple):
    """How ids are compared."""

    strict: bool
    any_provider: bool

    def same(self, one: str, other: str, *, service: bool = False) -> bool:
        """Tell whether two normalised ids mean the same."""
        if one == other:
            return True
        ends = one.rsplit("/", 1)[-1] == other.rsplit("/", 1)[-1]
        if self.any_provider and service and ends:
            return True
        return not self.strict and ends and ("/" not in one or "/" not in other)

    def match(self, prediction: Thing, label: Thing) -> bool:
        """Tell whether a prediction and a label name the same thing."""
        service = prediction["kind"].startswith("service") or label["kind"] == "service-model"
        return prediction["group"] == label["group"] and any(
            self.same(prediction["id"], i, service=service) for i in label["ids"]
        )


def read_labels(split: Path, known: dict[str, Thing]) -> list[Thing]:
    """Return the labels of the *known* projects that are in scope."""
    labels = []
    for name in known:
        path = split / "labels" / f"{name}.tsv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                where, _, line = row["path:line"].rpartition(":")
                if in_scope(known, name, where):
                    labels.append(
                        {
                            "project": name,
                            "kind": row["kind"],
                            "group": GROUPS.get(row["kind"]),
                            "ids": [norm(i) for i in row["id"].split("|")],
                            "raw": row["id"],
                            "path": where,
                            "line": int(line),
                            "how": row["how"],
                            "strength": row["strength"],
                        }
                    )
    return labels


def read_predictions(path: Path, known: dict[str, Thing]) -> tuple[list[Thing], dict[str, int]]:
    """Return the predictions that count, and how many do not, by reason."""
    found: dict[tuple[object, ...], Thing] = {}
    skipped: collections.Counter[str] = collections.Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        said = json.loads(line)
        group = GROUPS.get(said["kind"])
        where = str(said["path"]).removeprefix("./")
        if said["project"] not in known:
            skipped["unknown project"] += 1
        elif group is None:
            skipped["kind not scored"] += 1
        elif not in_scope(known, said["project"], where):
            skipped["out of scope"] += 1
        else:
            one = {
                "project": said["project"],
                "kind": said["kind"],
                "group": group,
                "id": norm(str(said["id"])),
                "raw": said["id"],
                "path": where,
                "line": int(said.get("line") or 0),
                "weak": said.get("strength") == "mention",
            }
            key = (one["project"], group, one["id"], where, one["line"])
            skipped["repeat"] += key in found
            found.setdefault(key, one)
    return list(found.values()), {reason: count for reason, count in skipped.items() if count}


def in_scope(known: dict[str, Thing], project: str, path: str) -> bool:
    """Tell whether a path of a project is scored."""
    if project not in known or IGNORED.search(path):
        return False
    scope = known[project].get("scope") or ""
    return not scope or re.search(scope, path) is not None


def compare(predictions: list[Thing], labels: list[Thing], rules: Rules) -> tuple[dict[int, set[int]], int]:
    """
    Write on each prediction the labels that it hits, and whether it stands at a neutral one.

    Return the predictions that hit each label, and how often the kinds differ.
    """
    at = collections.defaultdict(list)
    for number, label in enumerate(labels):
        at[label["project"], label["path"]].append((number, label))
    hits: dict[int, set[int]] = collections.defaultdict(set)
    confusions = 0
    for index, one in enumerate(predictions):
        one["labels"], one["neutral"] = [], False
        for number, label in at[one["project"], one["path"]]:
            if abs(label["line"] - one["line"]) > TOLERANCE and label["line"] != 0:
                continue
            if label["strength"] == "neutral":
                service = label["kind"] == "service-model"
                one["neutral"] |= label["line"] in {0, one["line"]} or any(
                    rules.same(one["id"], i, service=service) for i in label["ids"]
                )
            elif rules.match(one, label):
                one["labels"].append(number)
                hits[number].add(index)
                confusions += one["kind"].replace("_", "-") != label["kind"]
    return hits, confusions


def entities(labels: list[Thing]) -> list[Thing]:
    """Return the things that the labels of each project name, with their labels."""
    by_project = collections.defaultdict(list)
    for number, label in enumerate(labels):
        if label["group"] and label["strength"] != "neutral":
            by_project[label["project"], label["group"]].append(number)
    found = []
    for (project, group), numbers in by_project.items():
        merged: list[list[int]] = []
        for number in numbers:
            ids = set(labels[number]["ids"])
            joined = [m for m in merged if any(ids & set(labels[n]["ids"]) for n in m)]
            merged = [m for m in merged if m not in joined] + [[number, *(n for m in joined for n in m)]]
        found += [
            {
                "project": project,
                "group": group,
                "labels": numbers_,
                "strength": max((labels[n]["strength"] for n in numbers_), key=lambda s: RANKS[s]),
                "ids": sorted({i for n in numbers_ for i in labels[n]["ids"]}),
                "raw": labels[min(numbers_)]["raw"],
                "service": any(labels[n]["kind"] == "service-model" for n in numbers_),
            }
            for numbers_ in merged
        ]
    return found


def predicted_ids(predictions: list[Thing], things: list[Thing], rules: Rules) -> list[Thing]:
    """Return the ids that are predicted for each project, with the entities that they match."""
    found: dict[tuple[str, str, str], Thing] = {}
    for one in predictions:
        key = (one["project"], one["group"], one["id"])
        start = {**one, "weak": True, "neutral": True, "where": [], "entities": set()}
        known = found.setdefault(key, start)
        known["weak"] &= one["weak"]
        known["neutral"] &= one["neutral"] and not one["labels"]
        known["where"].append(f"{one['path']}:{one['line']}")
    for known in found.values():
        for number, thing in enumerate(things):
            if (thing["project"], thing["group"]) == (known["project"], known["group"]) and any(
                rules.same(known["id"], i, service=thing["service"]) for i in thing["ids"]
            ):
                known["entities"].add(number)
    return list(found.values())


def measure(predicted: list[Thing], key: str, strengths: dict[int, str], view: set[str], found: int) -> Thing:
    """Return precision and recall of a view, of ids or occurrences; *key* leads to what each prediction matches."""
    right = [p for p in predicted if any(strengths.get(n) in view for n in p[key])]
    beside = [p for p in predicted if p[key] and not any(strengths.get(n) in view for n in p[key])]
    count = len(predicted) - len(beside)
    labels = sum(strength in view for strength in strengths.values())
    precision = len(right) / count if count else math.nan
    recall = found / labels if labels else math.nan
    if precision + recall > 0:
        f1 = 2 * precision * recall / (precision + recall)
    else:
        f1 = math.nan if math.isnan(precision + recall) else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "pred": count,
        "right": len(right),
        "labels": labels,
        "found": found,
        "strict_precision": len(right) / len(predicted) if predicted else math.nan,
    }


class Scored(NamedTuple):
    """Predictions beside labels."""

    labels: list[Thing]
    predictions: list[Thing]
    hits: dict[int, set[int]]
    entities: list[Thing]
    ids: list[Thing]

    def of(self, projects: Collection[str]) -> Scored:
        """Return what belongs to *projects*, with the numbers of labels and entities as they become."""
        labels = [n for n, one in enumerate(self.labels) if one["project"] in projects]
        predictions = [n for n, one in enumerate(self.predictions) if one["project"] in projects]
        entities = [n for n, one in enumerate(self.entities) if one["project"] in projects]
        to_label = {n: new for new, n in enumerate(labels)}
        to_prediction = {n: new for new, n in enumerate(predictions)}
        to_entity = {n: new for new, n in enumerate(entities)}
        return Scored(
            [self.labels[n] for n in labels],
            [
                {**self.predictions[n], "labels": [to_label[i] for i in self.predictions[n]["labels"]]}
                for n in predictions
            ],
            {to_label[n]: {to_prediction[p] for p in hit} for n, hit in self.hits.items() if n in to_label},
            [{**self.entities[n], "labels": {to_label[i] for i in self.entities[n]["labels"]}} for n in entities],
            [{**q, "entities": {to_entity[e] for e in q["entities"]}} for q in self.ids if q["project"] in projects],
        )

    def hit(self, number: int, *, weak: bool = False) -> bool:
        """Tell whether a label was hit, by a *weak* prediction too."""
        return any(weak or not self.predictions[p]["weak"] for p in self.hits.get(number, ()))

    def table(self) -> dict[str, dict[tuple[str, str], Thing]]:
        """Return the measures by level, kind and view."""
        rows: dict[str, dict[tuple[str, str], Thing]] = {"id": {}, "occurrence": {}}
        for group in ("model", "dataset", None):
            things = {n: e["strength"] for n, e in enumerate(self.entities) if group in {None, e["group"]}}
            marks = {
                n: l_["strength"] for n, l_ in enumerate(self.labels) if l_["group"] and group in {None, l_["group"]}
            }
            for name, view in VIEWS.items():
                weak = name == "all"

                def counts(p: Thing, key: str, group: str | None = group, *, weak: bool = weak) -> bool:
                    strong = weak or not p["weak"]
                    return group in {None, p["group"]} and strong and not (p["neutral"] and not p[key])

                ids = [q for q in self.ids if counts(q, "entities")]
                found = {n for q in ids for n in q["entities"] if things.get(n) in view}
                rows["id"][group or "all kinds", name] = measure(ids, "entities", things, view, len(found))
                places = [p for p in self.predictions if counts(p, "labels")]
                reached = sum(s in view and self.hit(n, weak=weak) for n, s in marks.items())
                rows["occurrence"][group or "all kinds", name] = measure(places, "labels", marks, view, reached)
        return rows

    @property
    def false_alarms(self) -> list[Thing]:
        """The ids that match nothing."""
        return [q for q in self.ids if not q["entities"] and not q["neutral"] and not q["weak"]]

    @property
    def found(self) -> set[int]:
        """The entities that a strong prediction names."""
        return {n for q in self.ids if not q["weak"] for n in q["entities"]}

    @property
    def misses(self) -> list[tuple[Any, ...]]:
        """The entities of the headline that no strong prediction names, and where they stand."""
        lost = []
        for number, thing in enumerate(self.entities):
            if thing["strength"] in HEADLINE and number not in self.found:
                first = [self.labels[n] for n in sorted(thing["labels"])][:3]
                where = [f"{label['path']}:{label['line']} {label['how']}" for label in first]
                lost.append((thing["project"], thing["group"], thing["strength"], thing["raw"], where))
        return sorted(lost)


def mean(values: Iterable[float]) -> float:
    """Return the mean of *values* that are numbers: a project without labels has no recall."""
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def report(scored: Scored, known: dict[str, Thing]) -> None:
    """Print the tables."""
    for level, rows in scored.table().items():
        print(f"\n{level} level")
        columns = f"{'P':>7}{'P strict':>9}{'R':>7}{'F1':>7}{'pred':>7}{'right':>7}{'labels':>8}{'found':>7}"
        print(f"{'kind':<11}{'view':<15}{columns}")
        for (group, view), r in rows.items():
            rates = f"{r['precision']:7.3f}{r['strict_precision']:9.3f}{r['recall']:7.3f}{r['f1']:7.3f}"
            print(f"{group:<11}{view:<15}{rates}{r['pred']:7d}{r['right']:7d}{r['labels']:8d}{r['found']:7d}")
    print("\nhalves of the projects (all kinds, used+optional)")
    for name in HALVES:
        for level, rows in scored.of([project for project in known if half(project) == name]).table().items():
            r = rows["all kinds", "used+optional"]
            shown = f"P {r['precision']:.3f}  R {r['recall']:.3f}  F1 {r['f1']:.3f}"
            print(f"  {name:<10} {level:<11} {shown}  found {r['found']} of {r['labels']}")
    print("\nmeans over the projects that have some (all kinds, used+optional)")
    each = [scored.of([project]).table() for project in known]
    for level in ("id", "occurrence"):
        rows_ = [table[level]["all kinds", "used+optional"] for table in each]
        shown = "  ".join(f"{name[0].upper()} {mean(r[name] for r in rows_):.3f}" for name in ("precision", "recall"))
        print(f"  {level:<11}{shown}")
    mechanisms: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for number, label in enumerate(scored.labels):
        if label["strength"] in HEADLINE and label["group"]:
            mechanisms[label["how"]][0] += 1
            mechanisms[label["how"]][1] += scored.hit(number)
    ranked = sorted(mechanisms.items(), key=lambda item: -item[1][0])
    shown = "  ".join(f"{how} {hit}/{total}" for how, (total, hit) in ranked)
    print(f"\noccurrence recall by mechanism (used+optional): {shown}")
    print("\nper project, ids (used+optional): found/labels, false alarms")
    alarms = collections.Counter(q["project"] for q in scored.false_alarms)
    for name, row in known.items():
        wanted = [n for n, e in enumerate(scored.entities) if e["project"] == name and e["strength"] in HEADLINE]
        found = sum(n in scored.found for n in wanted)
        print(f"  {name:<38}{found:>4}/{len(wanted):<4} {alarms[name]:>4}  {row.get('role', '')}")


def report_each(scored: Scored) -> None:
    """Print every miss and every false alarm."""
    print(f"\nMISSES ({len(scored.misses)})")
    for *what, where in scored.misses:
        print("  -", *what, *where, sep="\t")
    print(f"\nFALSE ALARMS ({len(scored.false_alarms)} ids)")
    for q in sorted(scored.false_alarms, key=lambda q: (q["project"], q["id"])):
        print("  +", q["project"], q["group"], q["raw"], *q["where"][:3], sep="\t")


def main(arguments: list[str] | None = None) -> int:
    """Score what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--split", type=Path, default=DEV)
    parser.add_argument("--project", nargs="*", default=[])
    parser.add_argument("--strict-ids", action="store_true")
    parser.add_argument("--any-provider", action="store_true")
    parser.add_argument("--list", action="store_true", help="list every miss and false alarm of the view used+optional")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    rules = Rules(given.strict_ids, given.any_provider)
    known = {row["name"]: row for row in projects(given.split, given.project)}
    labels = read_labels(given.split, known)
    predictions, skipped = read_predictions(given.predictions, known)
    hits, confusions = compare(predictions, labels, rules)
    things = entities(labels)
    scored = Scored(labels, predictions, hits, things, predicted_ids(predictions, things, rules))
    counted = sum(label["strength"] != "neutral" and label["group"] is not None for label in labels)
    print(
        f"projects {len(known)}  labels in scope {counted}  predictions {len(predictions)}  left out {skipped}"
        f"  kind_confusions {confusions}"
    )
    report(scored, known)
    if given.list:
        report_each(scored)
    if given.json:
        scores = {level: {"|".join(key): r for key, r in rows.items()} for level, rows in scored.table().items()}
        alarms = [[q["project"], q["group"], q["raw"], q["where"]] for q in scored.false_alarms]
        text = json.dumps({"scores": scores, "misses": scored.misses, "false_alarms": alarms}, indent=1)
        given.json.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
