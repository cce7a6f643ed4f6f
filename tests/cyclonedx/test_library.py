from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator

from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Relation, RelationKind, Target
from aibom.cyclonedx import to_bom, to_document

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


def test_what_the_library_cannot_hold_is_a_property():
    bom = to_bom(BILL)

    (model,) = (c for c in bom.components if c.name == "Qwen3-8B")
    assert Property(name="aibom:task", value="text-generation") in model.properties
    assert Property(name="aibom:composition", value="unknown") in bom.metadata.properties


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


def test_a_host_takes_our_components_into_a_bom_of_its_own():
    host = Bom()
    host.components.update(to_bom(BILL).components)

    assert ["Qwen3-8B", "gpt-4o", "imdb", "torch"] == sorted(c.name for c in host.components)
