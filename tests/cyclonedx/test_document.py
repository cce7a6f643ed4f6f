from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from aibom.bill import (
    Bill,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Finding,
    Kind,
    Level,
    Location,
    ModelFile,
    Relation,
    RelationKind,
    Skip,
    Target,
    Usage,
)
from aibom.cyclonedx import check, to_document, to_json, validate
from aibom.errors import DocumentError


def at(line: int, path: str = "app.py", **more: Any) -> Evidence:  # noqa: ANN401 - the fields of a value
    return Evidence(Location(path, line), "transformers", **more)


def model(name: str, *evidence: Evidence) -> Component:
    return Component(Kind.MODEL, "huggingface", name, evidence=evidence)


def properties(holder: dict[str, Any], name: str) -> list[str]:
    return [p["value"] for p in holder.get("properties", []) if p["name"] == f"aibom:{name}"]


def written(bill: Bill, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of a value
    return to_document(bill, **more)


def metadata(bill: Bill, **more: Any) -> Any:  # noqa: ANN401 - the fields of a value
    return to_document(bill, **more)["metadata"]


def needs(bill: Bill, **more: Any) -> dict[str, list[str]]:  # noqa: ANN401 - the fields of a value
    return {d["ref"]: d["dependsOn"] for d in written(bill, **more)["dependencies"]}


def test_an_empty_bill_is_a_valid_document():
    text = to_json(Bill())

    assert () == validate(text)
    assert text.endswith("}\n")
    assert [
        "$schema",
        "bomFormat",
        "specVersion",
        "serialNumber",
        "version",
        "metadata",
        "components",
        "services",
        "dependencies",
        "compositions",
    ] == list(json.loads(text))


def test_json_is_indented_as_python_indents_it():
    bill = Bill([model("a/é", at(1))])

    assert json.dumps(to_document(bill), indent=2) + "\n" == to_json(bill)


def test_a_document_without_a_timestamp_says_none():
    assert ["lifecycles", "tools", "component", "properties"] == list(metadata(Bill()))


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5))), "2026-01-01T22:04:05Z"),
    ],
)
def test_a_timestamp_is_written_in_utc(timestamp: datetime, expected: str):
    assert expected == metadata(Bill(), timestamp=timestamp)["timestamp"]


def test_a_timestamp_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="timestamp=2026-01-02T00:00:00 has no time zone"):
        to_document(Bill(), timestamp=datetime(2026, 1, 2))  # noqa: DTZ001 - this is the point


def test_the_serial_number_follows_from_the_content_and_its_time():
    bill = Bill([model("a/b", at(1))])
    now = datetime(2026, 1, 2, tzinfo=UTC)

    numbers = [
        to_document(b, timestamp=t)["serialNumber"]
        for b, t in ((bill, None), (bill, now), (Bill(), None), (bill, None))
    ]

    assert numbers[0] == numbers[3]
    assert 3 == len(set(numbers))


def test_a_version_that_we_do_not_write_is_refused():
    with pytest.raises(DocumentError, match=r"does not write CycloneDX 1\.4, only 1\.5, 1\.6, 1\.7"):
        to_document(Bill(), spec_version="1.4")


def test_version_1_7_is_valid_too():
    assert () == validate(to_json(Bill([model("a/b", at(1))]), spec_version="1.7"))


def test_the_tool_is_aibom_without_a_version_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    from importlib import metadata as installed

    def absent(name: str):
        raise installed.PackageNotFoundError(name)

    monkeypatch.setattr(installed, "version", absent)

    assert {"components": [{"type": "application", "name": "aibom"}]} == metadata(Bill())["tools"]


def test_the_tool_has_the_version_that_is_installed(monkeypatch: pytest.MonkeyPatch):
    from importlib import metadata as installed

    monkeypatch.setattr(installed, "version", lambda name: f"{name}-26.1.0")

    assert [{"type": "application", "name": "aibom", "version": "aibom-26.1.0"}] == metadata(Bill())["tools"][
        "components"
    ]


def test_the_root_is_what_the_manifest_says():
    target = Target("shop", "1.2", "pkg:pypi/shop@1.2?download_url=https://x/y", "pyproject.toml")

    assert {
        "type": "application",
        "bom-ref": "aibom:root:shop@1.2",
        "name": "shop",
        "version": "1.2",
        "purl": "pkg:pypi/shop@1.2?download_url=https:%2F%2Fx%2Fy",
        "properties": [{"name": "aibom:target-source", "value": "pyproject.toml"}],
    } == metadata(Bill(target=target))["component"]


def test_a_root_with_nothing_but_a_name_has_nothing_else():
    assert {"type": "application", "bom-ref": "aibom:root:shop", "name": "shop"} == metadata(
        Bill(target=Target("shop"))
    )["component"]


@pytest.mark.parametrize("name", [None, "", "/home/me/shop"])
def test_a_root_without_a_name_has_a_neutral_one_and_says_so(name: str | None):
    assert {
        "type": "application",
        "bom-ref": "aibom:root@1.0",
        "name": "project",
        "version": "1.0",
        "properties": [{"name": "aibom:target-unknown", "value": "true"}],
    } == metadata(Bill(target=Target(name, "1.0")))["component"]


def test_coverage_is_said_with_every_path_that_was_not_read():
    skips = [Skip(".venv/", "excluded-by-default"), Skip("big.bin", "too-large"), Skip("big.csv", "too-large")]

    said = metadata(Bill(coverage=Coverage(9, 8, 7, 6, skips, [".env"])))["properties"]

    assert [
        ("aibom:coverage:ignored-but-read", ".env"),
        ("aibom:coverage:parsed", "7"),
        ("aibom:coverage:read", "8"),
        ("aibom:coverage:seen", "9"),
        ("aibom:coverage:skipped:excluded-by-default", ".venv/"),
        ("aibom:coverage:skipped:too-large", "big.bin"),
        ("aibom:coverage:skipped:too-large", "big.csv"),
        ("aibom:coverage:unhandled", "6"),
    ] == [(p["name"], p["value"]) for p in said]


def test_what_was_not_decided_or_read_is_said_with_its_code_and_place():
    diagnostics = [
        Diagnostic("not-followed", "the model comes from x; y", Location("a.py", 3)),
        Diagnostic("supplied-by-caller", "the caller names the model", Location("n.ipynb", 4, cell=2)),
        Diagnostic("too-large", "300 MB"),
    ]

    said = metadata(Bill(diagnostics=diagnostics))

    assert [
        "code=not-followed; at=a.py:3; level=warning; message=the model comes from x%3B y",
        "code=supplied-by-caller; at=n.ipynb:4:0:2; level=info; message=the caller names the model",
        "code=too-large; level=warning; message=300 MB",
    ] == properties(said, "diagnostic")


def findings(*refs: str) -> list[Finding]:
    return [Finding("no-licence", Level.WARNING, ref, "nobody states one", (Location("app.py", 1),)) for ref in refs]


def test_findings_are_annotations_by_us_when_there_is_a_time_and_properties_always():
    it = model("a/b", at(1))
    bill = Bill([it], findings=findings(it.ref, "model:x:gone"))
    document: Any = to_document(bill, timestamp=datetime(2026, 1, 2, tzinfo=UTC), mentions=True)

    (note,) = document["annotations"]
    assert (["pkg:huggingface/a/b"], "2026-01-02T00:00:00Z", "[no-licence] warning: nobody states one") == (
        note["subjects"],
        note["timestamp"],
        note["text"],
    )
    assert "aibom" == note["annotator"]["component"]["name"]
    said = "rule=no-licence; level=warning; reason=nobody states one; at=app.py:1"
    assert [said] == properties(document["components"][0], "finding")
    assert [f"component=model:x:gone; {said}"] == properties(document["metadata"], "finding")
    assert "annotations" not in to_document(bill)
    assert () == validate(document)


def test_the_files_of_a_model_are_complete_as_the_hub_lists_them_and_incomplete_without_a_shard():
    commit = "a" * 40
    whole = Component(Kind.MODEL, "huggingface", "a/b", commit, files=[ModelFile("x", f"hub:model_info@{commit[:12]}")])
    part = Component(Kind.MODEL, "local", "w", files=[ModelFile("w-1.bin", "file:w-1.bin")])
    lost = Diagnostic("missing-shard", "w-2.bin is not there", Location("w-1.bin"))
    document: Any = to_document(Bill([whole, part, Component(Kind.MODEL, "local", "z")], diagnostics=[lost]))

    assert [("incomplete", ["aibom:root"]), ("complete", [f"pkg:huggingface/a/b@{commit}"])] == [
        (c["aggregate"], c["assemblies"]) for c in document["compositions"][:2]
    ]
    assert ("incomplete", ["aibom:model:local:w"]) == tuple(document["compositions"][2].values())


@pytest.mark.parametrize(("level", "aggregate"), [(Level.INFO, "unknown"), (Level.WARNING, "incomplete")])
def test_the_composition_is_incomplete_when_something_is_unresolved_and_never_complete(level: Level, aggregate: str):
    document = to_document(Bill(diagnostics=[Diagnostic("x", "y", level=level)]))

    assert [{"aggregate": aggregate, "assemblies": ["aibom:root"], "dependencies": ["aibom:root"]}] == document[
        "compositions"
    ]


def test_the_root_depends_on_what_the_code_names_and_a_model_on_its_service():
    service = Component(Kind.SERVICE, "openai", "openai", evidence=[at(2)])
    hosted = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[at(1)])
    bill = Bill([service, hosted], [Relation(hosted.ref, service.ref, RelationKind.SERVED_BY)])

    assert {
        "aibom:root": ["aibom:model:openai:gpt-4o", "aibom:service:openai:openai"],
        "aibom:model:openai:gpt-4o": ["aibom:service:openai:openai"],
        "aibom:service:openai:openai": [],
    } == needs(bill)


def test_what_no_code_names_hangs_below_what_names_it():
    tuned, base = model("me/tuned", at(1)), model("org/base")
    bill = Bill([tuned, base], [Relation(tuned.ref, base.ref, RelationKind.DERIVED_FROM, "finetune")])

    assert {
        "aibom:root": ["pkg:huggingface/me/tuned"],
        "pkg:huggingface/me/tuned": ["pkg:huggingface/org/base"],
        "pkg:huggingface/org/base": [],
    } == needs(bill)


def test_the_whole_depends_on_what_is_bundled_in_it():
    part, whole = model("me/part", at(1)), model("me/whole", at(1))
    bill = Bill([part, whole], [Relation(part.ref, whole.ref, RelationKind.BUNDLED_IN)])

    assert ["pkg:huggingface/me/part"] == needs(bill)["pkg:huggingface/me/whole"]


def test_relations_to_nothing_or_to_itself_are_left_out():
    it = model("me/it", at(1))
    relations = [
        Relation(it.ref, it.ref, RelationKind.DERIVED_FROM),
        Relation(it.ref, "model:huggingface:no/where", RelationKind.DERIVED_FROM),
        Relation("model:huggingface:no/where", it.ref, RelationKind.DERIVED_FROM),
    ]

    assert {"aibom:root": ["pkg:huggingface/me/it"], "pkg:huggingface/me/it": []} == needs(Bill([it], relations))


def test_what_is_only_mentioned_is_written_on_request():
    used, mentioned = model("a/used", at(1)), model("a/mentioned", at(2, usage=Usage.MENTION))
    relation = Relation(used.ref, mentioned.ref, RelationKind.DERIVED_FROM)
    bill = Bill([used, mentioned], [relation])

    assert ["aibom:root", "pkg:huggingface/a/used"] == list(needs(bill))
    assert ["aibom:root", "pkg:huggingface/a/mentioned", "pkg:huggingface/a/used"] == list(needs(bill, mentions=True))


def test_components_with_one_package_url_keep_references_of_their_own():
    bill = Bill([Component(Kind.LIBRARY, "pypi", n, evidence=[at(1)]) for n in ("Foo_Bar", "foo-bar", "foo_bar")])

    assert ["pkg:pypi/foo-bar", "pkg:pypi/foo-bar~2", "pkg:pypi/foo-bar~3"] == [
        c["bom-ref"] for c in written(bill)["components"]
    ]
    assert () == check(to_document(bill))


def test_json_is_ascii_whatever_files_are_called():
    bill = Bill([model("a/b", at(1, "caf\udce9\n.py"), at(2, "café 😀.py"))])
    text = to_json(bill)

    assert text.isascii()
    assert ["café 😀.py", "caf\\udce9\\n.py"] == [
        o["location"] for o in json.loads(text)["components"][0]["evidence"]["occurrences"]
    ]


def test_writing_a_document_does_not_import_the_cyclonedx_library():
    code = (
        "import sys; from aibom.cyclonedx import to_json; from aibom.bill import Bill; to_json(Bill());"
        "print([name for name in sys.modules if name.partition('.')[0] in {'cyclonedx', 'packageurl', 'jsonschema'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]\n" == done.stdout
