"""Model files in a tree: what belongs together, what is missing, where it comes from, and its hashes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.weights.make import (
    archive,
    gguf,
    npy,
    onnx,
    onnx_tensor,
    proto,
    safetensors,
    storage,
    tensor,
    torch_pickle,
)

from aibom import scan, to_json
from aibom.cyclonedx import validate
from aibom.weights.digests import digests

if TYPE_CHECKING:
    from aibom.bill import Bill, Component

SHA = "0123456789abcdef0123456789abcdef01234567"
SMALL = safetensors({"w": tensor("F32", [2, 2], 0, 16)}, bytes(16))
CONFIG = b'{"architectures": ["BertModel"], "model_type": "bert"}'


def bill(tmp_path: Path, files: dict[str, bytes | str], **options: bool | int) -> Bill:
    for path, content in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return scan(tmp_path, plugins=False, **options)  # type: ignore[arg-type]


def card(component: Component) -> dict[str, str]:
    return {name: fact.value for name, fact in component.card.facts}


def paths(component: Component) -> list[str]:
    return [file.path for file in component.files]


def said(found: Bill) -> list[str]:
    return [str(d) for d in found.diagnostics]


# -- several files, one model --------------------------------------------------------------------


def shards(*numbers: int, count: int = 3) -> dict[str, bytes | str]:
    index = {"weight_map": {f"w{n}": f"model-{n:05}-of-{count:05}.safetensors" for n in range(1, count + 1)}}
    files: dict[str, bytes | str] = {f"m/model-{n:05}-of-{count:05}.safetensors": SMALL for n in numbers}
    return {**files, "m/model.safetensors.index.json": json.dumps(index)}


def test_shards_are_one_model(tmp_path: Path):
    (model,) = bill(tmp_path, {**shards(1, 2, 3), "m/config.json": CONFIG, "m/tokenizer.json": "{}"}).models

    assert ("m", "12", "3", "3") == (model.name, *(card(model)[k] for k in ("parameters", "tensors", "shards")))
    assert [
        "m/config.json",
        *(f"m/model-{n:05}-of-00003.safetensors" for n in (1, 2, 3)),
        "m/model.safetensors.index.json",
        "m/tokenizer.json",
    ] == paths(model)


def test_a_missing_shard_is_said_and_its_parameters_are_not_made_up(tmp_path: Path):
    found = bill(tmp_path, shards(2, 3))

    assert [
        "m/model-00002-of-00003.safetensors: missing-shard: model-00001-of-00003.safetensors is not in the tree"
    ] == said(found)
    assert ("m/model.safetensors", "8") == (found.models[0].name, card(found.models[0])["incomplete-parameters"])
    assert "parameters" not in card(found.models[0])


def test_an_index_without_its_shards_is_a_model_that_is_missing(tmp_path: Path):
    found = bill(tmp_path, shards())

    assert ["m/model.safetensors"] == [m.name for m in found.models]
    assert ["m/model.safetensors.index.json: missing-shard: none of its 3 shards is in the tree"] == said(found)


def test_a_split_gguf_is_one_model(tmp_path: Path):
    part = gguf(
        ("general.architecture", "str", "llama"), ("split.count", "u16", 2), tensors=(("w", [2], 0, 0),), data=bytes(8)
    )
    (model,) = bill(tmp_path, {f"q4-{n:05}-of-00002.gguf": part for n in (1, 2)}).models

    assert ("q4.gguf", "4", "2") == (model.name, card(model)["parameters"], card(model)["shards"])


def test_a_saved_model_is_its_folder(tmp_path: Path):
    node = proto((1, "x"), (2, "VarHandleOp"))
    saved = proto((1, 1), (2, proto((1, proto((4, "serve"))), (2, proto((1, node))))))
    files = {"export/1/saved_model.pb": saved, "export/1/variables/variables.index": b"i"}
    (model,) = bill(tmp_path, {**files, "export/1/variables/variables.data-00000-of-00001": b"d"}).models

    assert "export/1" == model.name
    assert [
        "export/1/saved_model.pb",
        "export/1/variables/variables.data-00000-of-00001",
        "export/1/variables/variables.index",
    ] == paths(model)


def test_a_package_of_core_ml_is_one_model(tmp_path: Path):
    spec = proto((1, 7), (2, b""), (502, b""))
    inner = "m.mlpackage/Data/com.apple.CoreML"
    files: dict[str, bytes | str] = {f"{inner}/model.mlmodel": spec, f"{inner}/weights/weight.bin": onnx()}
    (model,) = bill(tmp_path, {**files, "m.mlpackage/Manifest.json": "{}"}).models

    assert ("m.mlpackage", "ml-program", 3) == (model.name, card(model)["architecture"], len(model.files))


def test_tensors_outside_of_an_onnx_file_are_a_part_of_it(tmp_path: Path):
    model = onnx(tensors=(onnx_tensor((2,), location="m.onnx.data"), onnx_tensor((2,), location="../../etc/passwd")))
    found = bill(tmp_path, {"m.onnx": model, "m.onnx.data": bytes(8)})

    assert ["m.onnx", "m.onnx.data"] == paths(found.models[0])
    assert ["m.onnx: missing-shard: its tensors are in ../../etc/passwd, which is not in the tree"] == said(found)


def test_openvino_has_its_weights_beside_its_graph(tmp_path: Path):
    net = b'<?xml version="1.0"?>\n<net name="det" version="11"><layers/></net>'
    (model,) = bill(tmp_path, {"det.xml": net, "det.bin": bytes(64), "pom.xml": "<project/>"}).models

    assert ["det.bin", "det.xml"] == paths(model)


def test_a_folder_of_mlflow_is_one_model(tmp_path: Path):
    description = (
        "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n  sklearn:\n    pickled_model: model.pkl\n"
    )
    description += "run_id: 8d1f\nmlflow_version: 2.9.2\nsignature:\n  inputs: '[]'\n"
    pickled = b"\x80\x04cposix\nsystem\n."
    found = bill(tmp_path, {"m/MLmodel": description, "m/model.pkl": pickled, "m/requirements.txt": "scikit-learn\n"})
    (model,) = found.models

    facts = sorted((n, f.value) for n, f in model.card.facts)
    assert [
        ("flavor", "python_function"),
        ("flavor", "sklearn"),
        ("format", "mlflow"),
        ("mlflow-version", "2.9.2"),
        ("run-id", "8d1f"),
        ("signature", "true"),
    ] == facts
    assert ["m/MLmodel", "m/model.pkl", "m/requirements.txt"] == paths(model)
    assert ["m/model.pkl: unsafe-pickle: loading it can run code: it imports posix.system"] == said(found)


def test_a_package_of_spacy_has_the_name_by_which_it_is_loaded(tmp_path: Path):
    meta = {
        "lang": "de",
        "name": "core_news_sm",
        "version": "3.7.0",
        "license": "MIT",
        "spacy_version": ">=3.7",
        "pipeline": [],
    }
    code = "import spacy\nspacy.load('de_core_news_sm')\n"
    files: dict[str, bytes | str] = {
        "model/meta.json": json.dumps(meta),
        "model/vocab/lexemes.bin": b"x",
        "app.py": code,
    }
    (model,) = bill(tmp_path, files).models

    assert ("spacy", "de_core_news_sm", "3.7.0") == (model.provider, model.name, model.version)
    assert ["MIT"] == [f.value for f in model.licences]
    assert ["app.py:2", "model/meta.json"] == [str(e.location) for e in model.evidence]
    assert ["model/meta.json", "model/vocab/lexemes.bin"] == paths(model)


def test_a_tokenizer_alone_is_a_model_and_beside_weights_a_part(tmp_path: Path):
    tokenizer = proto((1, proto((1, "<unk>"))), (2, proto((3, 1))))
    found = bill(tmp_path, {"alone/tok.model": tokenizer, "m/model.safetensors": SMALL, "m/tokenizer.model": tokenizer})

    assert [("m/model.safetensors", 2), ("tok.model", 1)] == [(m.name, len(m.files)) for m in found.models]


def test_weights_in_a_hugging_face_cache_are_those_of_the_hub(tmp_path: Path):
    folder = f"hub/models--org--name/snapshots/{SHA}"
    found = bill(tmp_path, {f"{folder}/model.safetensors": SMALL, f"{folder}/config.json": CONFIG})
    (model,) = found.models

    assert ("huggingface", "org/name", SHA) == (model.provider, model.name, model.commit)
    assert ["config.json", "model.safetensors"] == paths(model)
    weights = next(e for e in model.evidence if e.detector == "model-files")
    assert (("identity", "the cache's folder models--org--name"),) == weights.context


def test_a_folder_says_what_it_was_made_from_and_not_that_it_is_that(tmp_path: Path):
    config = b'{"architectures": ["BertModel"], "_name_or_path": "org/base"}'
    found = bill(tmp_path, {"m/model.safetensors": SMALL, "m/config.json": config})

    assert "local:m" in {f"{m.provider}:{m.name}" for m in found.models}
    assert "4" == card(found["local:m"])["parameters"]


# -- pickles and arrays --------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "expected"), [("cache/rows.npz", "mention"), ("weights/rows.npz", "used")])
def test_arrays_are_a_model_where_their_path_says_so_and_else_unknown(tmp_path: Path, path: str, expected: str):
    (model,) = bill(tmp_path, {path: archive({"a.npy": npy()})}).models

    assert ("rows.npz", path, expected) == (model.name, model.origin, model.usage)
    assert (("content", "unknown") in model.properties) is (expected == "mention")


def test_paths_of_somebody_elses_machine_are_not_copied(tmp_path: Path):
    content = gguf(("quantize.imatrix.file", "str", "/home/me/x.imatrix"), ("general.name", "str", "C:\\models\\x"))
    outside = onnx(tensors=(onnx_tensor((2,), location="/home/me/w.bin"),))
    found = bill(tmp_path, {"m.gguf": content, "m.onnx": outside})

    assert ["m.onnx: missing-shard: its tensors are in a file of the machine that made it"] == said(found)
    assert "me" not in to_json(found).split("/")


def test_a_pickle_of_the_project_itself_is_told_apart_from_a_dangerous_one(tmp_path: Path):
    content = archive({"m/data.pkl": b"\x80\x02cshop.nets\nRanker\n.", "m/version": b"3"})
    found = bill(tmp_path, {"m.pt": content})

    assert ["m.pt: unknown-pickle: it imports what no table knows: shop.nets.Ranker (m/data.pkl)"] == said(found)
    assert found.complete
    assert (("pickle-unknown", "shop.nets.Ranker (m/data.pkl)"),) == found.models[0].evidence[0].context


def test_a_pickle_that_breaks_off_is_not_clean(tmp_path: Path):
    found = bill(tmp_path, {"m.pt": archive({"m/data.pkl": torch_pickle(storage("FloatStorage", "0", 3))[:-4]})})

    assert ["unreadable-pickle"] == [d.code for d in found.diagnostics]
    assert not found.complete
    assert "pickle-unreadable" in dict(found.models[0].evidence[0].context)


# -- hashes --------------------------------------------------------------------------------------


def test_files_have_their_hash_unless_it_is_switched_off(tmp_path: Path):
    (model,) = bill(tmp_path, {"m.safetensors": SMALL}).models
    (without,) = bill(tmp_path, {}, hashes=False).models

    expected = (("SHA-256", hashlib.sha256(SMALL).hexdigest()),)
    assert (expected, ()) == (model.files[0].hashes, without.files[0].hashes)
    assert (expected, ()) == (model.hashes, without.hashes)


def test_a_file_over_the_limit_has_a_diagnostic_instead_of_a_hash(tmp_path: Path):
    found = bill(tmp_path, {"m.safetensors": SMALL}, hashes=10)

    size = len(SMALL)
    assert [f"m.safetensors: not-hashed: it has {size} bytes, more than the limit of 10 for hashes"] == said(found)
    assert found.complete


def test_progress_of_hashing_is_in_bytes_of_how_many(tmp_path: Path):
    (tmp_path / "a.safetensors").write_bytes(SMALL)
    (tmp_path / "b.safetensors").write_bytes(SMALL)
    seen: list[tuple[int, int]] = []
    scan(tmp_path, plugins=False, hash_progress=lambda done, total: seen.append((done, total)))

    assert (2 * len(SMALL), 2 * len(SMALL)) == max(seen)


def test_one_content_under_two_names_is_read_once(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"x" * 10)
    os.link(tmp_path / "a", tmp_path / "b")
    read: list[int] = []
    found = digests({n: (tmp_path / n).open("rb").__enter__ for n in "a"}, progress=read.append)
    both = digests({n: lambda n=n: (tmp_path / n).open("rb") for n in "ab"})  # type: ignore[misc]

    assert found["a"] == both["a"] == both["b"]
    assert [10] == read


def test_what_is_no_file_of_the_system_is_hashed_too():
    assert hashlib.sha256(b"a").hexdigest() == digests({"a": lambda: io.BytesIO(b"a")})["a"]


def test_what_cannot_be_read_to_its_end_has_no_hash():
    class Broken(io.BytesIO):
        def readinto(self, _buffer: object) -> int:
            raise OSError

    assert {"a": None} == digests({"a": Broken})


@pytest.mark.skipif(sys.platform == "win32", reason="no sparse files by seeking")
def test_the_header_of_a_huge_file_is_read_without_the_rest(tmp_path: Path):
    size = 100 * 10**9
    header = {"w": tensor("F16", [size // 2], 0, size)}
    with (tmp_path / "m.safetensors").open("wb") as file:
        file.write(safetensors(header))
        file.truncate(file.tell() + size)
    (model,) = scan(tmp_path, plugins=False, hashes=False).models

    assert str(size // 2) == card(model)["parameters"]


# -- documents -----------------------------------------------------------------------------------


def test_a_document_nests_the_files_of_a_model_and_says_what_they_state(tmp_path: Path):
    header = [
        ("general.architecture", "str", "llama"),
        ("llama.context_length", "u32", 8192),
        ("general.license", "str", "mit"),
    ]
    content = gguf(*header, ("general.file_type", "u32", 15), ("tokenizer.chat_template", "str", "{{ x }}"))
    text = to_json(bill(tmp_path, {"m.gguf": content}))
    component = next(c for c in json.loads(text)["components"] if c["type"] == "machine-learning-model")

    digest = hashlib.sha256(content).hexdigest()
    assert [] == list(validate(text))
    assert [{"alg": "SHA-256", "content": digest}] == component["hashes"]
    assert [("file", "m.gguf", digest)] == [
        (c["type"], c["name"], c["hashes"][0]["content"]) for c in component["components"]
    ]
    assert [{"license": {"id": "MIT", "acknowledgement": "declared"}}] == component["licenses"]
    reserved = {p["name"].removeprefix("cdx:ai-ml:model:"): p["value"] for p in component["modelCard"]["properties"]}
    assert ("8192", "Q4_K_M", "true") == tuple(
        reserved[k] for k in ("hyperparameter:context_length", "hyperparameter:quantization", "template:chat")
    )
    stated = {p["name"]: p["value"] for p in component["properties"]}
    template = hashlib.sha256(b"{{ x }}").hexdigest()
    assert f"{template} (file:m.gguf)" == stated["aibom:source:chat-template-sha256"]
    assert "8192 (file:m.gguf)" == stated["aibom:source:context-length"]


# -- odd trees -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "beside"),
    [
        ("net.pdmodel", proto((1, proto((1, 0), (4, b"")))), "net.pdiparams"),
        ("net.caffemodel", proto((1, "n"), (100, b"")), "net.prototxt"),
        ("net.weights", b"\0\0\0\0\2\0\0\0\0\0\0\0" + bytes(40), "net.cfg"),
        ("net-0001.params", b"\x12\x01" + bytes(30), "net-symbol.json"),
    ],
)
def test_the_other_half_of_a_model_lies_beside_it(tmp_path: Path, name: str, content: bytes, beside: str):
    (model,) = bill(tmp_path, {f"m/{name}": content, f"m/{beside}": "x"}).models

    assert {f"m/{name}", f"m/{beside}"} == set(paths(model))


@pytest.mark.parametrize("index", ["[]", "{", '{"weight_map": 3}', '{"weight_map": {"a": "../x", "b": 3}}'])
def test_an_index_that_is_none_says_nothing(tmp_path: Path, index: str):
    found = bill(tmp_path, {"m.safetensors.index.json": index, "n-00001-of-00001.safetensors": SMALL})

    assert (["n.safetensors"], []) == ([m.name for m in found.models], said(found))


def test_more_shards_than_anybody_has_are_not_looked_for(tmp_path: Path):
    found = bill(tmp_path, {f"m-0000{n}-of-99999.safetensors": SMALL for n in (1, 2)})

    assert (["m.safetensors"], []) == ([m.name for m in found.models], said(found))


def test_a_shard_that_is_no_model_is_a_file_of_it(tmp_path: Path):
    found = bill(tmp_path, {"m-00001-of-00002.safetensors": SMALL, "m-00002-of-00002.safetensors": "x"})

    assert ["safetensors", "safetensors"] == [f.format for f in found.models[0].files]


def test_the_parts_of_a_pipeline_of_diffusers_are_one_model(tmp_path: Path):
    files = {f"sd/{part}/diffusion_pytorch_model.safetensors": SMALL for part in ("unet", "vae")}
    found = bill(tmp_path, {**files, "sd/model_index.json": '{"_class_name": "StableDiffusionPipeline"}'})

    assert ["sd"] == [m.name for m in found.models]
    assert {"sd/unet/diffusion_pytorch_model.safetensors", "sd/vae/diffusion_pytorch_model.safetensors"} <= set(
        paths(found.models[0])
    )


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("meta.json", '{"lang": "de", "name": "x"}'),
        ("meta.json", '{"lang": "de", "name": "x", "version": "1"}'),
        ("meta.json", '{"title": "x"}'),
        ("MLmodel", "a: 1\n"),
        ("layout.xml", "<layout/>"),
        ("small_model.json", "{}"),
    ],
)
def test_what_only_has_the_name_of_a_description_is_none(tmp_path: Path, path: str, content: str):
    assert [] == list(bill(tmp_path, {path: content}).models)


def test_a_broken_file_in_a_folder_of_mlflow_is_said(tmp_path: Path):
    found = bill(
        tmp_path, {"m/MLmodel": "flavors:\n  onnx:\n    data: m.onnx\n", "m/data/m.onnx": "x", "m/data/a/b": "y"}
    )

    assert ["m/data/m.onnx: unreadable-weights: The content is not what .onnx promises."] == said(found)
    assert ["m/MLmodel", "m/data/a/b", "m/data/m.onnx"] == paths(found.models[0])


def test_many_imports_are_counted_and_not_all_named(tmp_path: Path):
    content = b"\x80\x04" + b"".join(b"cshop.nets\nC%d\n" % n for n in range(30)) + b"."
    (line,) = said(bill(tmp_path, {"m.pkl": content}))

    assert line.endswith(" and 10 more")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_the_links_of_a_hugging_face_cache_are_read_once_each(tmp_path: Path):
    hub = tmp_path / "hub" / "models--org--name"
    (hub / "blobs").mkdir(parents=True)
    (hub / "blobs" / "abc").write_bytes(SMALL)
    for commit in (SHA, SHA[::-1]):
        (hub / "snapshots" / commit).mkdir(parents=True)
        (hub / "snapshots" / commit / "model.safetensors").symlink_to("../../blobs/abc")
    found = scan(tmp_path, plugins=False).models

    assert [SHA, SHA[::-1]] == sorted(str(m.commit) for m in found)
    assert {hashlib.sha256(SMALL).hexdigest()} == {digest for m in found for f in m.files for _, digest in f.hashes}
