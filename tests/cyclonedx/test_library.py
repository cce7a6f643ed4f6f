from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.exception.serialization import SerializationOfUnsupportedComponentTypeException
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as LibraryComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.schema.schema import SCHEMA_VERSIONS
from cyclonedx.validation import make_schemabased_validator

from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Relation, RelationKind, Target
from aibom.cyclonedx import to_bom, to_document
from aibom.cyclonedx.convert import read_document
from aibom.cyclonedx.objects import RichBom, RichComponent
from aibom.cyclonedx.versions import as_version

_VIEW = SCHEMA_VERSIONS[SchemaVersion.V1_6]

HERE = [Evidence(Location("app.py", 3), "transformers", "load")]
MODEL = Component(
    Kind.MODEL,
    "huggingface",
    "Qwen/Qwen3-8B",
    evidence=HERE,
    card=Card([("task", Fact("text-generation", "card:front-matter"))]),
    licences=[Fact("apache-2.0", "card:front-matter")],
)
HOSTED = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=HERE)
SERVICE = Component(
    Kind.SERVICE, "openai", "openai", hosted=True, evidence=HERE, properties=[("endpoint", "https://api.openai.com/v1")]
)
BILL = Bill(
    [
        MODEL,
        HOSTED,
        SERVICE,
        Component(Kind.DATASET, "huggingface", "stanfordnlp/imdb", evidence=HERE),
        Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0", evidence=HERE),
    ],
    [Relation(HOSTED.ref, SERVICE.ref, RelationKind.SERVED_BY)],
    target=Target("shop", "1.0"),
)


@pytest.mark.parametrize("form", OutputFormat)
@pytest.mark.parametrize("version", [SchemaVersion.V1_5, SchemaVersion.V1_6, SchemaVersion.V1_7])
def test_the_outputters_of_the_library_write_it_validly(form: OutputFormat, version: SchemaVersion):
    text = make_outputter(to_bom(BILL), form, version).output_as_string()

    assert None is make_schemabased_validator(form, version).validate_str(text)
    assert all(c.name in text for c in to_bom(BILL).components)
    assert text == make_outputter(to_bom(BILL), form, version).output_as_string()


@pytest.mark.parametrize("form", OutputFormat)
@pytest.mark.parametrize("version", [SchemaVersion.V1_5, SchemaVersion.V1_6, SchemaVersion.V1_7])
def test_the_outputters_write_cards_data_and_compositions(form: OutputFormat, version: SchemaVersion):
    written: Any = read_document(make_outputter(to_bom(BILL), form, version).output_as_string())
    expected: Any = as_version(to_document(BILL), version.to_version(), xml=form is OutputFormat.XML)

    assert expected["compositions"] == written["compositions"]
    for key in ("modelCard", "data"):
        assert {c["bom-ref"]: c.get(key) for c in expected["components"]} == {
            c["bom-ref"]: c.get(key) for c in written["components"]
        }


def test_annotations_stand_behind_what_the_library_writes():
    note = {
        "subjects": ["a"],
        "annotator": {"individual": {"name": "me"}},
        "timestamp": "2026-01-01T00:00:00Z",
        "text": "seen",
    }
    plain = Bom(components=[LibraryComponent(name="a", bom_ref="a")], properties=[Property(name="x", value="1")])
    rich = RichBom.of(plain, {"annotations": [note], "compositions": [{"aggregate": "complete"}]})
    for form in OutputFormat:
        text = make_outputter(rich, form, SchemaVersion.V1_6).output_as_string()

        assert None is make_schemabased_validator(form, SchemaVersion.V1_6).validate_str(text)
        assert [note] == read_document(text)["annotations"]


def test_a_card_stands_before_the_tags_of_a_component():
    plain = LibraryComponent(
        name="a", type=ComponentType.MACHINE_LEARNING_MODEL, bom_ref="a", tags=["x"], properties=[Property(name="y")]
    )
    bom = Bom(components=[RichComponent.of(plain, {"modelCard": {"modelParameters": {"task": "t"}}})])
    text = make_outputter(bom, OutputFormat.XML, SchemaVersion.V1_6).output_as_string()

    assert None is make_schemabased_validator(OutputFormat.XML, SchemaVersion.V1_6).validate_str(text)
    assert text.index("<properties>") < text.index("<modelCard>") < text.index("<tags>")


def test_versions_without_models_are_refused_by_the_library_itself():
    with pytest.raises(SerializationOfUnsupportedComponentTypeException):
        make_outputter(to_bom(BILL), OutputFormat.JSON, SchemaVersion.V1_4).output_as_string()


def test_an_object_writes_itself_without_a_namespace_too():
    bom: Any = RichBom.of(Bom(), {"compositions": [{"aggregate": "complete"}]})

    assert "<compositions>" in bom.as_xml(_VIEW)
    assert "compositions" not in bom.as_xml(SCHEMA_VERSIONS[SchemaVersion.V1_3])


def test_the_callstack_keeps_its_order():
    chained = [Evidence(Location("a.py", 3), "x", reaches=(Location("z.py", 2), Location("b.py", 9)))]
    (model,) = to_bom(Bill([Component(Kind.MODEL, "openai", "gpt-4o", evidence=chained)])).components

    assert model.evidence is not None
    assert model.evidence.callstack is not None
    assert ["b.py", "z.py", "a.py"] == [frame.full_filename for frame in model.evidence.callstack.frames]


def test_serial_number_references_and_graph_are_those_of_the_document():
    bom = to_bom(BILL)
    document: dict[str, Any] = to_document(BILL)

    assert document["serialNumber"] == bom.serial_number.urn
    assert {d["ref"]: d["dependsOn"] for d in document["dependencies"]} == {
        d.ref.value: sorted(sub.ref.value for sub in d.dependencies) for d in bom.dependencies
    }


@pytest.mark.parametrize("timestamp", [None, datetime(2026, 1, 2, tzinfo=UTC)])
def test_the_time_is_the_argument_or_the_epoch(timestamp: datetime | None):
    assert (timestamp or datetime(1970, 1, 1, tzinfo=UTC)) == to_bom(BILL, timestamp=timestamp).metadata.timestamp


@pytest.mark.parametrize("form", OutputFormat)
def test_a_host_takes_our_components_into_a_bom_of_its_own(form: OutputFormat):
    host = Bom()
    host.components.update(to_bom(BILL).components)
    text = make_outputter(host, form, SchemaVersion.V1_6).output_as_string()

    assert ["Qwen3-8B", "gpt-4o", "imdb", "torch"] == sorted(c.name for c in host.components)
    assert None is make_schemabased_validator(form, SchemaVersion.V1_6).validate_str(text)
    assert "text-generation" in text


def test_the_text_depends_on_no_hash_seed():
    program = (
        "from tests.cyclonedx.test_library import BILL, OutputFormat, SchemaVersion, make_outputter, to_bom\n"
        "for form in OutputFormat:\n"
        "    print(make_outputter(to_bom(BILL), form, SchemaVersion.V1_6).output_as_string())\n"
    )
    root = Path(__file__).parents[2]
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }

    (text,) = texts
    assert b"BomRef." not in text
