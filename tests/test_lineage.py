"""Every row of tests/lineage.tsv is a line of descent; what the rules of lineage say of it stands beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aibom.assessment import DEPTH
from aibom.bill import Level
from aibom.pipeline import assess
from aibom.rules.lineage import RULES
from aibom.testing import bill_of

TABLE = Path(__file__).parent / "lineage.tsv"


def lines() -> tuple[list[str], list[list[str]]]:
    text = TABLE.read_text("utf-8").splitlines()
    return [t for t in text if t.startswith(("#", "chain\t"))], [
        t.split("\t") for t in text if not t.startswith(("#", "chain\t"))
    ]


def table(chain: str) -> dict[str, Any]:
    components: list[dict[str, Any]] = []
    kind = "model"
    for number, step in enumerate(chain.split(" < ")):
        how, stated = step.split(" ", 1) if number else ("", step)
        relation = "trained-on" if how == "trained-on" else "derived-from"
        kind = "dataset" if how in {"trained-on", "made-from"} else "model"
        name, equals, licence = stated.rpartition("=")
        component: dict[str, Any] = {"name": f"o{number}/{name}" if equals else f"o{number}/{kind}", "kind": kind}
        if number:
            known = how if how in {"finetune", "adapter", "quantized", "merge"} else ""
            components[-1][relation] = [{"name": component["name"], "how": known}]
        if number == 0 or licence.endswith("!"):
            component["places"] = ["app.py:3"]
        licence = licence.rstrip("!")
        if licence == "?":
            component["card"] = {"task": "text-generation"}
        elif licence != "-":
            component["licences"] = [licence]
        components.append(component)
    return {"component": components}


def found(chain: str) -> list[str]:
    findings = [f for f in assess(bill_of(table(chain)), RULES).findings if f.component.startswith("model:")]
    ids = " ".join(f.rule + "!" * (f.level is Level.WARNING) for f in findings)
    return [chain, ids, " / ".join(f.reason for f in findings)]


def test_every_line_of_descent_is_judged_as_the_table_says(*, regold: bool):
    head, rows = lines()
    actual = [found(row[0]) for row in rows]

    if regold:
        TABLE.write_text("\n".join([*head, *("\t".join(row) for row in actual)]) + "\n", encoding="utf-8")
        _, rows = lines()

    assert rows == actual
    assert 60 <= len({row[0] for row in rows})
    assert {rule.id for rule in RULES} - {"lineage-unknown"} == {
        word.rstrip("!") for row in rows for word in row[1].split()
    }


def test_a_line_that_goes_round_or_on_for_ever_ends():
    circle = {
        "component": [{"name": "a", "places": ["x.py:1"], "derived-from": ["b"]}, {"name": "b", "derived-from": ["a"]}]
    }
    endless = " < finetune ".join(["mit"] * (DEPTH + 1) + ["cc-by-nc-4.0"])

    assert () == assess(bill_of(circle), RULES).findings
    assert ["", ""] == found(endless)[1:]
    assert re.match("lineage-stricter!", found(endless.replace("mit < finetune ", "", 1))[1])


def test_an_owner_may_give_other_terms_to_what_they_derive_themselves():
    own = [
        {"name": "a/b", "places": ["x.py:1"], "licences": ["mit"], "derived-from": ["a/c"]},
        {"name": "a/c", "licences": ["llama3"], "derived-from": ["d/e"]},
        {"name": "d/e", "licences": ["cc-by-nc-4.0"]},
    ]

    assert ["lineage-stricter"] == [f.rule for f in assess(bill_of({"component": own}), RULES).findings]
