"""One tiny file of each format: what it is taken for, and what it says."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import pickle
import struct
import zlib
from collections import OrderedDict

import pytest
from tests.weights import make
from tests.weights.make import archive, gguf, joblib_array, npy, onnx, onnx_tensor, proto, storage, torch_pickle

from aibom.weights import Weights, look

TORCH = pickle.dumps(0x1950A86A20F9469CFC6C, 2)
CONFIG = {"class_name": "Sequential", "config": {"name": "mnist", "layers": [{"class_name": "Dense", "config": {}}]}}
LGBM = b"tree\nversion=v4\nnum_class=1\nobjective=binary sigmoid:1\n"
XGB = b'{"learner":{"feature_names":[],"gradient_booster":{},"objective":{"name":"binary:logistic"}},"version":[2,0,3]}'
PMML = b'<?xml version="1.0"?><PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><TreeModel/></PMML>'
NET = b'<?xml version="1.0"?>\n<net name="main_graph" version="11">\n<layers></layers></net>'
NODE = proto((1, "x"), (2, "Placeholder"))
SAVED = proto(
    (1, 1), (2, proto((1, proto((4, "serve"), (5, "2.11.0"))), (2, proto((1, NODE))), (5, proto((1, "serving")))))
)
PIECES = proto(*((1, proto((1, p))) for p in ("<unk>", "▁a", "b")), (2, proto((3, 2))))
VECTORS = b"2 8\n" + b"".join(w + b" " + struct.pack("<8f", *range(8)) + b"\n" for w in (b"king", b"queen"))
TEXT_VECTORS = b"1 8\nking 0.1 -0.2 0.3 0.4 0.5 0.6 0.7 1e-05\n"
LZ4 = b"\x04\x22\x4d\x18\x60\x70\x73"


def lz4(data: bytes) -> bytes:
    """Return an LZ4 frame whose one block is not compressed."""
    return LZ4 + struct.pack("<I", len(data) | 1 << 31) + data + bytes(4)


def seen(name: str, content: bytes) -> Weights | None:
    return look(io.BytesIO(content), name)


ESTIMATOR = joblib_array((2, 2), "f8", bytes(32))
READ = [
    ("m.onnx", onnx(tensors=(onnx_tensor((2, 3)),)), "onnx", {"parameters": 6, "opset": "17", "producer": "pytorch"}),
    ("m.bin", onnx(), "onnx", {"graph": "main", "metadata:task": "asr", "ir-version": 8, "nodes": 1}),
    ("m.tflite", make.tflite(), "tflite", {"parameters": 6, "dtypes": "F32", "description": "made by hand"}),
    ("m.pb", SAVED, "tensorflow-saved-model", {"tag": "serve", "tensorflow-version": "2.11.0", "nodes": 1}),
    ("m.pb", proto((1, NODE), (4, proto((1, 440)))), "tensorflow-graph", {"nodes": 1, "producer-version": 440}),
    (
        "m.mlmodel",
        proto((1, 4), (2, proto((100, proto((1, "Digits"), (3, "me"), (4, "MIT"))))), (500, b"")),
        "coreml",
        {"architecture": "neural-network", "author": "me", "license": "MIT", "specification-version": 4},
    ),
    ("m.caffemodel", proto((1, "LeNet"), (100, proto((1, "conv1")))), "caffe", {"name": "LeNet", "layers": 1}),
    ("m.pdmodel", proto((1, proto((1, 0), (2, 0), (3, b""), (4, b"")))), "paddle", {"nodes": 1, "variables": 1}),
    ("tok.model", PIECES, "sentencepiece", {"architecture": "bpe", "pieces": 3}),
    (
        "m.pt",
        archive(
            {
                "m/data.pkl": torch_pickle(storage("HalfStorage", "0", 5), storage("HalfStorage", "0", 5)),
                "m/version": b"3\n",
            }
        ),
        "pytorch-zip",
        {"parameters": 5, "dtypes": "F16", "file-version": "3"},
    ),
    (
        "m.jit",
        archive({"m/data.pkl": torch_pickle(), "m/code/m.py": b"", "m/constants.pkl": b"\x80\x02)."}),
        "torchscript",
        {"name": "m"},
    ),
    ("m.pt2", archive({"m/archive_format": b"pt2", "m/version": b"6"}), "pytorch-export", {"file-version": "6"}),
    (
        "m.pth",
        TORCH
        + b"\x80\x02M\xe9\x03."
        + b"\x80\x02}."
        + torch_pickle(storage("FloatStorage", "1", 7))
        + b"\x80\x02]."
        + bytes(28),
        "pytorch-pickle",
        {"parameters": 7},
    ),
    ("m.joblib", ESTIMATOR, "joblib", {"framework": "sklearn", "class": "LogisticRegression", "parameters": 4}),
    ("m.joblib", joblib_array((3,), "i8", bytes(24), padded=False), "joblib", {"parameters": 3}),
    ("m.joblib", joblib_array((1,), "O8", pickle.dumps([1], 2), padded=False), "joblib", {"parameters": 1}),
    *(
        ("m.joblib", packed, "joblib", {"compression": method, "framework": "sklearn"})
        for method, packed in {
            "zlib": zlib.compress(ESTIMATOR),
            "gzip": gzip.compress(ESTIMATOR),
            "bz2": bz2.compress(ESTIMATOR),
            "xz": lzma.compress(ESTIMATOR),
            "lzma": lzma.compress(ESTIMATOR, lzma.FORMAT_ALONE),
            "lz4": lz4(ESTIMATOR),
        }.items()
    ),
    ("m.pdparams", pickle.dumps({"w": [0.1]}, 4), "paddle-pickle", {"protocol": 4}),
    ("m.pkl", b"\x80\x04" + make.stack_global("dill._dill", "_create_type") + b".", "dill", {"protocol": 4}),
    ("m.npy", npy((2, 3)), "numpy", {"parameters": 6, "dtypes": "F32"}),
    (
        "m.npz",
        archive({f"enc_{n}.npy": npy() for n in ("w_ih", "w_hh", "b_ih", "b_hh")}),
        "numpy-zip",
        {"parameters": 16},
    ),
    (
        "m.keras",
        archive({"metadata.json": b'{"keras_version": "3.5.0"}', "config.json": json.dumps(CONFIG).encode()}),
        "keras-zip",
        {"keras-version": "3.5.0", "architecture": "Sequential", "name": "mnist"},
    ),
    (
        "m.h5",
        b"\x89HDF\r\n\x1a\n" + bytes(40) + b"keras_version\0\0\0\x03\0\0\0" + b"2.13.1\0" + json.dumps(CONFIG).encode(),
        "keras-hdf5",
        {"keras-version": "2.13.1", "architecture": "Sequential"},
    ),
    ("lgb.txt", LGBM, "lightgbm", {"objective": "binary sigmoid:1", "format-version": "v4", "classes": 1}),
    ("xgb.json", XGB, "xgboost-json", {"objective": "binary:logistic"}),
    ("m.ubj", b"{L\0\0\0\0\0\0\0\x07learner{L\0\0\0\0\0\0\0\x10gradient_booster{", "xgboost-ubj", {}),
    ("m.model", b"binf" + bytes(8), "xgboost-binary", {}),
    ("m.cbm", b"CBM1" + bytes(8), "catboost", {}),
    ("m.pmml", PMML, "pmml", {"format-version": "4.4", "architecture": "TreeModel"}),
    ("m.xml", NET, "openvino", {"name": "main_graph", "format-version": 11}),
    ("m.engine", b"ftrt" + bytes(20), "tensorrt", {}),
    ("m.params", b"\x12\x01" + bytes(30), "mxnet", {}),
    ("m.pte", b"\x1c\0\0\0ET12" + bytes(20), "executorch", {}),
    ("m.weights", struct.pack("<3iq", 0, 2, 0, 32013312) + bytes(40), "darknet", {"parameters": 10}),
    ("m.bin", VECTORS, "word2vec", {"words": 2, "dimensions": 8, "parameters": 16}),
    ("m.vec", TEXT_VECTORS, "word-vectors", {"words": 1}),
    (
        "m.llamafile",
        b"MZqFpD='\n" + archive({"tiny.gguf": gguf(("general.architecture", "str", "llama"))}),
        "llamafile",
        {"architecture": "llama", "member": "tiny.gguf"},
    ),
    ("m.zip", archive({"model/m.onnx": onnx()}), "zip", {"member": "model/m.onnx"}),
]


@pytest.mark.parametrize(("name", "content", "format_", "facts"), READ, ids=[f"{r[2]}-{n}" for n, r in enumerate(READ)])
def test_a_file_is_known_by_its_content_and_says_what_it_is(
    name: str, content: bytes, format_: str, facts: dict[str, object]
):
    found = seen(name, content)

    assert found is not None
    assert (format_, None, ()) == (found.format, found.problem, found.unreadable)
    assert facts == {key: value for key, value in found.facts if key in facts}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.bin", bytes(1000)),
        ("data.bin", b"2 7\nno vectors\n"),
        ("filters.npz", archive({"mel_80.npy": npy(), "mel_128.npy": npy()})),
        ("locale.pt", b'{"hello": "ola"}'),
        ("data.h5", b"\x89HDF\r\n\x1a\n" + bytes(100)),
        ("schema.pb", proto((1, "some.proto"), (2, "package"), (12, "proto3"))),
        ("net.weights", b"layer1 0.3\nlayer2 0.5\n"),
        ("car.model", b"# Blender MTL\no Cube\nv 1.0 1.0 1.0\n"),
        ("user.model", b"<?php class User extends Model {}"),
        ("cache.pkl", pickle.dumps({"a": OrderedDict(b=1)})),
        ("table.json", b'{"learner": 3}'),
        ("pom.xml", b"<project><name>x</name></project>"),
        ("notes.zip", archive({"a.txt": b"x"})),
        ("log.gz", gzip.compress(b"GET / 200", mtime=0)),
        ("engine.plan", b"1. buy milk"),
        ("readme.params", b"alpha=1"),
    ],
)
def test_what_only_has_the_name_of_a_model_is_none(name: str, content: bytes):
    found = seen(name, content)

    assert found is None or not (found.model or found.problem)


@pytest.mark.parametrize(("name", "content", "format_", "facts"), READ, ids=[f"{r[2]}-{n}" for n, r in enumerate(READ)])
def test_a_file_that_ends_anywhere_is_read_as_far_as_it_goes(
    name: str, content: bytes, format_: str, facts: dict[str, object]
):
    for end in range(0, len(content), max(len(content) // 40, 1)):
        found = seen(name, content[:end])

        assert found is None or isinstance(found, Weights), (format_, facts)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("m.onnx", onnx()[:-3], "At byte 36 a field goes on after the end of what holds it."),
        ("m.onnx", onnx(more=b"\x3a\x80\x80\x80\x80\x80\x80\x80\x80\x7f"), "a field goes on"),
        ("m.onnx", onnx(tensors=(onnx_tensor((2**62, 8)),)), "more elements than can be counted"),
        ("m.tflite", b"\xff\xff\xff\x7fTFL3" + bytes(20), "It ends at byte"),
        ("m.tflite", make.tflite()[:60], "It ends at byte"),
        ("m.keras", archive({"metadata.json": b"{}", "config.json": b"[" * 9999}), "is no JSON"),
        ("m.keras", archive({"metadata.json": b"{}", "config.json": b"{}"})[:-30], "no directory at its end"),
        ("m.mlmodel", b"plain text", "does not start with the version"),
        ("m.caffemodel", b"\0\1\2", "goes on after the end"),
    ],
)
def test_a_header_that_lies_is_a_problem(name: str, content: bytes, said: str):
    found = seen(name, content)

    assert found is not None
    assert found.problem is not None
    assert said in found.problem


def test_layers_that_carry_code_are_named():
    layer = {"class_name": "Lambda", "config": {"name": "twice", "function": {"class_name": "__lambda__"}}}
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": [layer]}}
    found = seen("m.keras", archive({"metadata.json": b"{}", "config.json": json.dumps(config).encode()}))

    assert found is not None
    assert ("Lambda", "twice") == found.lambdas


def test_an_onnx_file_names_the_files_that_hold_its_tensors():
    found = seen("m.onnx", onnx(tensors=(onnx_tensor((2,), location="m.onnx.data"),)))

    assert found is not None
    assert ("m.onnx.data",) == found.external


def test_lz4_copies_what_stands_before():
    start = b"\x80\x04" + make.stack_global("sklearn.svm", "SVC") + b"N"
    block = b"\xff" + bytes([len(start) - 15]) + start  # literals; the same 200 times; two more literals
    block += struct.pack("<H", 1) + bytes([200 - 4 - 15]) + b"\x20N."
    found = seen("m.lz4", LZ4 + struct.pack("<I", len(block)) + block + bytes(4))

    assert found is not None
    assert ((), "SVC") == (found.unreadable, found.imports[0].name)
