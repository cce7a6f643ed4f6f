"""What other programs make of our documents. None is a dependency: a test is skipped where its program is absent."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from tests.cyclonedx.bills import BILLS

import aibom
from aibom.bill import Bill, Card, Component, Evidence, Fact, Kind, Location, Relation, RelationKind, Target
from aibom.cyclonedx import merge_into, merged_text, to_document
from aibom.cyclonedx.convert import convert

HERE = [Evidence(Location("app.py", 3), "transformers", "load", reaches=(Location("lib.py", 9),))]
MODEL = Component(
    Kind.MODEL,
    "huggingface",
    "Qwen/Qwen3-8B",
    evidence=HERE,
    card=Card([("task", Fact("text-generation", "card")), ("limitation", Fact("It errs.", "card"))]),
    licences=[Fact("apache-2.0", "card")],
    hashes=[("SHA-256", "1" * 64)],
)
BASE = Component(Kind.MODEL, "huggingface", "Qwen/Qwen3-8B-Base")
HOSTED = Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=HERE)
SERVICE = Component(Kind.SERVICE, "openai", "openai", hosted=True, evidence=HERE)
DATASET = Component(Kind.DATASET, "huggingface", "stanfordnlp/imdb", evidence=HERE)
LIBRARY = Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0", evidence=HERE)
BILL = Bill(
    [MODEL, BASE, HOSTED, SERVICE, DATASET, LIBRARY],
    [
        Relation(HOSTED.ref, SERVICE.ref, RelationKind.SERVED_BY),
        Relation(MODEL.ref, BASE.ref, RelationKind.DERIVED_FROM, "finetune"),
    ],
    target=Target("shop", "1.0"),
)
HOST = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "version": 1,
    "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "shop", "version": "1.0"}},
    "components": [{"type": "library", "bom-ref": "r1", "name": "ms", "version": "2.1.3", "purl": "pkg:npm/ms@2.1.3"}],
    "dependencies": [{"ref": "app", "dependsOn": ["r1"]}, {"ref": "r1", "dependsOn": []}],
}
DOCUMENTS: dict[str, Any] = {
    **{f"ours-{version}": to_document(BILL, spec_version=version) for version in ("1.5", "1.6", "1.7")},
    "merged": merge_into(HOST, BILL),
    **{case: to_document(bill, mentions=True) for case, bill in BILLS.items() if bill},
}
VALIDATE = """
const fs = require('node:fs');
const { Validation } = require('@cyclonedx/cyclonedx-library');
(async () => {
  for (const file of process.argv.slice(1)) {
    const text = fs.readFileSync(file, 'utf8');
    const xml = file.endsWith('.xml');
    const version = xml ? text.match(/schema.bom.(1[.][0-9])/)[1] : JSON.parse(text).specVersion;
    const validator = xml ? new Validation.XmlValidator(version) : new Validation.JsonStrictValidator(version);
    console.log(JSON.stringify(await validator.validate(text)));
  }
})();
"""


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENTS[request.param]
    return found


@pytest.fixture
def file(document: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "bom.cdx.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_cyclonedx_python_lib_accepts_and_reads_it(document: dict[str, Any]):
    version = SchemaVersion.from_version(document["specVersion"])
    bom = Bom.from_json(document)  # type: ignore[attr-defined]

    assert None is JsonStrictValidator(version).validate_str(json.dumps(document))
    assert [len(document[key]) for key in ("components", "services", "dependencies")] == [
        len(part) for part in (bom.components, bom.services, bom.dependencies)
    ]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # It leaves its own files open.
def test_lib4sbom_finds_every_component_with_its_type(document: dict[str, Any], file: Path):
    parser = pytest.importorskip("lib4sbom.parser", reason="lib4sbom is not installed").SBOMParser()
    if '{"ref": ' in json.dumps([component.get("modelCard") for component in document["components"]]):
        pytest.skip("lib4sbom reads nothing where datasets are references; see docs/reference/properties.md")
    parser.parse_file(str(file))

    every = [part for whole in document["components"] for part in (whole, *whole.get("components", ()))]
    expected = Counter(component["type"].upper() for component in every)
    assert expected == Counter(package["type"] for package in parser.get_packages())


def test_the_editor_validator_accepts_it(file: Path):
    program = shutil.which("cdx-ev")
    if program is None:
        pytest.skip("cdx-ev is not installed")

    assert 0 == subprocess.run([program, "validate", file], check=False, capture_output=True).returncode


def test_the_javascript_library_accepts_it_strictly(document: dict[str, Any], file: Path):
    node = shutil.which("node")
    if (
        node is None
        or subprocess.run(
            [node, "-e", "require('@cyclonedx/cyclonedx-library')"], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("node does not find @cyclonedx/cyclonedx-library; NODE_PATH may say where it is")
    xml = file.with_suffix(".xml")
    xml.write_text(convert(document, "xml"), encoding="utf-8")
    done = subprocess.run([node, "-e", VALIDATE, file, xml], check=False, capture_output=True, text=True)

    assert ("null\nnull\n", "") == (done.stdout, done.stderr)


def test_cdxgen_validates_it_deeply(file: Path):
    program = shutil.which("cdx-validate")
    if program is None:
        pytest.skip("cdx-validate of cdxgen is not installed")
    report = file.with_name("report.json")  # What it writes to a pipe may be cut off.
    subprocess.run(
        [program, "--input", file, "--strict", "--report", "json", "--report-file", report],
        check=False,
        capture_output=True,
    )

    found = json.loads(report.read_text("utf-8"))
    assert (True, True) == (found["schemaValid"], found["deepValid"])


def ran(*command: object) -> None:
    program = shutil.which(str(command[0]))
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run([program, *map(str, command[1:])], check=True, capture_output=True)


def host_of_python(folder: Path, ending: str) -> Path:
    (folder / "requirements.txt").write_text("fastapi==0.116.1\ntorch==2.9.0\n", encoding="utf-8")
    made = folder / f"host.{ending}"
    source = folder / "requirements.txt"
    ran("cyclonedx-py", "requirements", source, "--sv", "1.6", "--of", ending.upper(), "--output-file", made)
    return made


def host_of_node(folder: Path, ending: str) -> Path:
    project = {"name": "shop", "version": "1.0.0", "dependencies": {"ms": "2.1.3"}}
    lock = {"": project, "node_modules/ms": {"version": "2.1.3"}}
    (folder / "package.json").write_text(json.dumps(project), encoding="utf-8")
    content = {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": lock}
    (folder / "package-lock.json").write_text(json.dumps(content), encoding="utf-8")
    made = folder / f"host.{ending}"
    options = ("--package-lock-only", "--output-format", ending.upper(), "--output-file", made)
    ran("cyclonedx-npm", *options, folder / "package.json")
    return made


def host_of_cdxgen(folder: Path, ending: str) -> Path:
    (folder / "requirements.txt").write_text("fastapi==0.116.1\ntorch==2.9.0\n", encoding="utf-8")
    made = folder / "host.json"
    ran("cdxgen", "--type", "python", "--no-install-deps", "--no-recurse", "--output", made, folder)
    if ending == "xml":  # It writes none.
        made = folder / "host.xml"
        made.write_text(convert((folder / "host.json").read_bytes(), "xml"), encoding="utf-8")
    return made


def errors_of(text: str | bytes) -> set[tuple[str, str]]:
    return {(fault.code, fault.message) for fault in aibom.validate(text) if fault.level is aibom.Level.ERROR}


@pytest.mark.parametrize("make", [host_of_python, host_of_node, host_of_cdxgen])
@pytest.mark.parametrize("ending", ["json", "xml"])
def test_hosts_of_other_tools_get_their_ai_and_stay_as_valid_as_they_were(
    make: Callable[[Path, str], Path], ending: str, tmp_path: Path
):
    host = make(tmp_path, ending).read_bytes()
    merged = merged_text(host if ending == "xml" else host.decode(), BILL)
    before, after = (json.loads(convert(text)) for text in (host, merged))

    assert errors_of(merged) == errors_of(host)
    assert before["components"][0] in after["components"]
    assert {"Qwen3-8B", "gpt-4o", "imdb"} < {component["name"] for component in after["components"]}
    torch = [c for c in after["components"] if c.get("purl", "").startswith("pkg:pypi/torch@2.9.0")]
    assert (1, True) == (len(torch), any(p["name"] == "aibom:usage" for p in torch[0]["properties"]))


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    private, public = tmp_path / "key.pem", tmp_path / "key.pub"
    ran("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", private)
    ran("openssl", "ec", "-in", private, "-pubout", "-out", public)
    return private, public


def test_a_document_is_signed_beside_itself_and_a_changed_one_is_found_out(tmp_path: Path, keys: tuple[Path, Path]):
    document, signature = tmp_path / "ml-bom.cdx.json", tmp_path / "ml-bom.cdx.json.sig"
    document.write_text(aibom.to_json(BILL), encoding="utf-8")
    ran("openssl", "dgst", "-sha256", "-sign", keys[0], "-out", signature, document)
    verify = ("openssl", "dgst", "-sha256", "-verify", keys[1], "-signature", signature, document)
    ran(*verify)
    document.write_text(aibom.to_json(Bill()), encoding="utf-8")

    with pytest.raises(subprocess.CalledProcessError):
        ran(*verify)


def test_a_model_is_signed_together_with_its_document(tmp_path: Path, keys: tuple[Path, Path]):
    model, signature = tmp_path / "model", tmp_path / "model.sig"
    model.mkdir()
    (model / "model.bin").write_bytes(b"weights")
    (model / "ml-bom.cdx.json").write_text(aibom.to_json(BILL), encoding="utf-8")
    ran("model_signing", "sign", "key", model, "--private_key", keys[0], "--signature", signature)
    verify = ("model_signing", "verify", "key", model, "--signature", signature, "--public_key", keys[1])
    ran(*verify)
    (model / "ml-bom.cdx.json").write_text(aibom.to_json(Bill()), encoding="utf-8")

    with pytest.raises(subprocess.CalledProcessError):
        ran(*verify)
