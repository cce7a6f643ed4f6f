"""Recognise a model file by its content, and hand it to the reader of its format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import evolve

from aibom import weights
from aibom.expressions import expression
from aibom.weights import Import, Weights, pickles, sniff
from aibom.weights.reading import LONGEST_TEXT, Unreadable, encodable, in_order
from aibom.weights.source import Source, compression, decompressed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aibom.weights.pickles import Pickled
    from aibom.weights.reading import Fact

__all__ = ["look"]

_FRAMEWORKS: Final = frozenset(
    [
        *("autogluon", "catboost", "cuml", "diffusers", "fastai", "flair", "flax", "gensim", "gluonts", "gpytorch"),
        *("haiku", "hdbscan", "hmmlearn", "imblearn", "implicit", "interpret", "jax", "jaxlib", "keras", "lightfm"),
        *("lightgbm", "lightning", "lightning_fabric", "mxnet", "nemo", "ngboost", "nltk", "optax", "orbit", "paddle"),
        *("peft", "pmdarima", "prophet", "pycaret", "pyod", "pytorch_lightning", "river", "sentence_transformers"),
        *("sklearn", "skops", "skorch", "spacy", "stable_baselines3", "statsmodels", "surprise", "sktime"),
        *("tensorflow", "thinc", "timm", "torch", "torchaudio", "torchvision", "tpot", "transformers", "ultralytics"),
        *("umap", "xgboost"),
    ]
)
"""Packages whose objects make a pickle a model."""

_PACKED: Final = frozenset({".bz2", ".gz", ".joblib", ".lz4", ".lzma", ".pickle", ".pkl", ".p", ".sav", ".xz", ".z"})
_GRAPHS: Final = {
    # What may be in a protobuf file that has no magic number, by its suffix.
    ".caffemodel": ("caffe",),
    ".mlmodel": ("coreml",),
    ".model": ("sentencepiece",),
    ".pb": ("tensorflow-saved-model", "tensorflow-graph"),
    ".pdmodel": ("paddle",),
    ".spm": ("sentencepiece",),
}
_PROMISING: Final = {".caffemodel": "caffe", ".mlmodel": "coreml", ".pdmodel": "paddle"}
"""Suffixes that promise a format, so that other content is worth a word."""
_SURE: Final = frozenset(
    [
        *("caffe", "catboost", "coreml", "darknet", "executorch", "fasttext", "ggml", "gguf", "git-lfs-pointer"),
        *("keras-hdf5", "keras-zip", "lightgbm", "mxnet", "onnx", "openvino", "paddle", "pmml", "pytorch-export"),
        *("pytorch-pickle", "pytorch-zip", "safetensors", "sentencepiece", "tensorflow-graph"),
        *("tensorflow-saved-model", "tensorrt", "tflite", "torchscript", "word-vectors", "word2vec", "xgboost-binary"),
        *("xgboost-json", "xgboost-ubj", "llamafile"),
    ]
)
"""Formats that hold models and nothing else. A pickle, an HDF5 file or an array may be anything."""

_MOST_IMPORTS: Final = 200


def look(stream: BinaryIO, name: str) -> Weights | None:
    """
    Return what the file in *stream*, called *name*, says about itself; None when nothing shows that it is a model.

    Reads what it needs of the stream, in any order. Never raises for what is in it; work and memory are bounded,
    whatever the size of the file.
    """
    source = Source(stream)
    try:
        return _look(source, name)
    except Unreadable as problem:
        return Weights(_suffix(name).lstrip(".") or "unknown", problem=str(problem)) if source.size else None


def _suffix(name: str) -> str:
    return weights.suffix_of(name)


def _look(source: Source, name: str) -> Weights | None:
    suffix = _suffix(name)
    head = source.at(0, weights.HEAD)
    needed = weights.needed(head, size=source.size, name=name)
    if needed > len(head):
        head = source.at(0, needed)
    if head.startswith(b"PK\x03\x04") or suffix == ".llamafile":
        found = _archive(source, suffix, head)
    else:
        read = weights.read(head, size=source.size, name=name)
        found = _inspected(source, read, head, suffix) if read is not None and read.problem is None else read
    if found is None:
        found = _unmarked(source, head, suffix)
    if found is not None and found.problem is None and found.format in _SURE:
        return evolve(found, model=True)
    return found


def _inspected(source: Source, read: Weights, head: bytes, suffix: str) -> Weights | None:
    """Return *read* with what the reader of its format makes of the whole file."""
    match read.format:
        case "onnx":
            return _onnx(source)
        case "tflite":
            from aibom.weights import tflite

            try:
                return evolve(read, facts=tflite.facts(source))
            except Unreadable as problem:
                return evolve(read, problem=str(problem))
        case "joblib" if (method := compression(head)) is not None:
            return _compressed(source, method, suffix)
        case "pickle" | "joblib" | "pytorch-pickle":
            return _pickle(source, read.format, suffix)
        case "hdf5" | "keras-hdf5":
            return _hdf5(read, head)
        case "numpy":
            return _numpy(source)
        case _:
            return read


def _onnx(source: Source) -> Weights:
    from aibom.weights import onnx

    try:
        facts, external = onnx.facts(source)
    except Unreadable as problem:
        return Weights("onnx", problem=str(problem))
    return Weights("onnx", facts=facts, external=external)


def _numpy(source: Source) -> Weights:
    from aibom.weights.arrays import array

    try:
        elements, dtype, start = array(source)
    except Unreadable as problem:
        return Weights("numpy", problem=str(problem))
    found = Weights("numpy", facts=(("dtypes", dtype), ("parameters", elements)))
    return _with(found, [("", pickles.read(source, start))]) if dtype == "object" else found


def _archive(source: Source, suffix: str, head: bytes) -> Weights | None:
    from aibom.weights import archives

    try:
        archive = archives.read(source, suffix)
    except Unreadable as problem:
        known = sniff.format_of(head, source.size, suffix)
        promised = known or {".keras": "keras-zip", ".npz": "numpy-zip", ".llamafile": "llamafile"}.get(suffix)
        unmade = suffix in {".safetensors", ".gguf", ".onnx", ".tflite"}
        if unmade:
            return Weights(known or "zip", problem=f"The name ends in {suffix}, but the content is a zip archive.")
        return None if promised is None else Weights(promised, problem=str(problem))
    if archive is None:
        kept = {".keras", ".safetensors", ".gguf", ".onnx", ".tflite"}
        return Weights(suffix[1:], problem=f"The content is not what {suffix} promises.") if suffix in kept else None
    if suffix in {".safetensors", ".gguf", ".onnx", ".tflite"} or (
        suffix == ".keras" and archive.format != "keras-zip"
    ):
        return Weights(archive.format, problem=f"The name ends in {suffix}, but the content is {archive.format}.")
    found = Weights(archive.format, facts=archive.facts, lambdas=archive.lambdas, model=archive.model)
    if archive.problem is not None:
        found = evolve(found, unreadable=(("", archive.problem),))
    return _with(found, archive.pickles)


def _pickle(source: Source, format_: str, suffix: str) -> Weights:
    read = pickles.read(source)
    facts: list[Fact] = [("protocol", read.protocol)] if read.protocol else []
    if read.storages:
        facts.append(("parameters", sum(count for _, count in read.storages.values())))
        facts.append(("tensors", len(read.storages)))
    elif read.arrays:
        facts += [("parameters", read.elements), ("tensors", read.arrays)]
    if read.trailing and format_ != "pytorch-pickle":
        facts.append(("trailing-bytes", read.trailing))
    if format_ == "pickle" and suffix == ".pdparams":
        format_ = "paddle-pickle"
    if format_ == "pickle" and any(module.split(".")[0] == "joblib" for module, _ in read.imports):
        format_ = "joblib"
    if format_ == "pickle" and any(module.split(".")[0] in {"dill", "cloudpickle"} for module, _ in read.imports):
        format_ = next(m.split(".")[0] for m, _ in sorted(read.imports) if m.split(".")[0] in {"dill", "cloudpickle"})
    found = Weights(format_, facts=in_order(facts), model=format_ == "paddle-pickle")
    return _with(found, [("", read)])


def _with(found: Weights, read: Iterable[tuple[str, Pickled]]) -> Weights:
    """Return *found* with what the pickles in it import."""
    imports: set[Import] = set()
    unreadable = set(found.unreadable)
    frameworks: set[str] = set()
    classes: set[str] = set()
    for member, pickled in read:
        if pickled.problem is not None:
            unreadable.add((member, pickled.problem))
        for module, name in pickled.imports:
            root = module.split(".")[0]
            if root in _FRAMEWORKS:
                frameworks.add(root)
                if (module, name) in pickled.called and name[:1].isupper() and root != "torch" and "." in module:
                    classes.add(f"{root}:{name}")
            imports.add(Import(encodable(module), encodable(name), pickles.verdict(module, name), member))
    facts = list(found.facts)
    if found.format not in {"pytorch-zip", "pytorch-pickle", "torchscript"}:
        facts += [("framework", name) for name in sorted(frameworks)]
        facts += [("class", text.partition(":")[2]) for text in sorted(classes)[:20]]
    worst = sorted(imports, key=lambda i: (i.verdict != "dangerous", i.verdict != "unknown", i))[:_MOST_IMPORTS]
    return evolve(
        found,
        facts=in_order(facts),
        imports=tuple(sorted(worst)),
        unreadable=tuple(sorted(unreadable)),
        pickled=True if imports or unreadable or found.pickled else found.pickled,
        model=found.model or bool(frameworks),
    )


_VERSION: Final = expression(rb"keras_version.{1,300}?(\d+\.\d+\.\d+[\w.+-]{0,16})", re.DOTALL)


def _hdf5(read: Weights, head: bytes) -> Weights:
    """Return *read* with what stands in the first bytes: Keras writes its configuration as JSON, unpacked."""
    from aibom.weights.archives import config_facts, lambdas

    facts: list[Fact] = list(read.facts)
    found: tuple[str, ...] = ()
    if match := _VERSION.search(head):
        facts.append(("keras-version", match[1].decode()))
    at = head.find(b'{"class_name"')
    if at >= 0:
        try:
            config, _ = json.JSONDecoder().raw_decode(head[at:].decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            config = None
        if isinstance(config, dict):
            facts += config_facts(config)
            found = lambdas(config)
    return evolve(read, facts=in_order(facts), lambdas=found)


def _unmarked(source: Source, head: bytes, suffix: str) -> Weights | None:
    """Return what a file is whose format has no magic number."""
    from aibom.weights import texts
    from aibom.weights.graphs import READERS

    method = compression(head) if suffix in _PACKED else None
    if method is not None:
        return _compressed(source, method, suffix)
    recognised = texts.recognised(source, suffix)
    if recognised is not None:
        return Weights(recognised[0], facts=recognised[1])
    why = ""
    for format_ in _GRAPHS.get(suffix, ()):
        try:
            return Weights(format_, facts=READERS[format_](source))
        except Unreadable as problem:
            why = str(problem)
    promised = _PROMISING.get(suffix)
    if promised is None and suffix in sniff.PICKLE_SUFFIXES:
        return _odd_pickle(source, head, suffix)
    return None if promised is None else Weights(promised, problem=why)


def _odd_pickle(source: Source, head: bytes, suffix: str) -> Weights | None:
    """Return what a file is that begins as no pickler begins, and that a loader may take for a pickle all the same."""
    marked = head[:1] == b"\x80" and head[1:2] <= b"\x05"
    found = _pickle(source, "pickle", suffix)
    dangerous = any(each.verdict == "dangerous" for each in found.imports)
    return found if marked or dangerous or (found.imports and not found.unreadable) else None


def _compressed(source: Source, method: str, suffix: str) -> Weights | None:
    try:
        inner = decompressed(source, method)
    except Unreadable as problem:
        return Weights("joblib", problem=str(problem)) if suffix == ".joblib" else None
    head = inner.at(0, 4096)
    kind = sniff.format_of(head, max(inner.size, len(head) + (not inner.complete)), ".pkl")
    if kind not in {"pickle", "joblib"}:
        return Weights("joblib", problem="What is compressed in it is no pickle.") if suffix == ".joblib" else None
    found = _pickle(inner, "joblib" if suffix == ".joblib" or kind == "joblib" else "pickle", suffix)
    return evolve(found, facts=in_order([*found.facts, ("compression", method[:LONGEST_TEXT])]))
