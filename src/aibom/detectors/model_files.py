"""Model files in the tree, recognised by what is in them."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import names, weights
from aibom.bill import Card, Detection, Diagnostic, Fact, Kind, ModelFile, Technique, Usage, is_commit
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.weights import Weights
from aibom.weights.reading import is_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.files import File

    Found = Iterator[Detection | Diagnostic]

__all__ = ["detect"]

_SHARD: Final = expression(r"(?P<stem>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})(?P<suffix>\.[a-z]+)")
_MOST_SHARDS: Final = 1000
_ANYTHING: Final = frozenset({"cloudpickle", "dill", "hdf5", "joblib", "numpy", "numpy-zip", "pickle", "zip"})
"""Formats that hold all sorts of things: what cannot be read of them is not taken for a model."""
_UNKNOWN: Final = 0.1
"""Our confidence that a file that can be anything is a model: it is listed, as a mention."""
_MOST_FILES: Final = 500
"""Of one model."""
_MOST_NAMED: Final = 20
"""Imports that a diagnostic names."""
_DEEPEST: Final = 4
"""Folders within that of a model."""

_BESIDE: Final = frozenset(
    [
        *("adapter_config.json", "added_tokens.json", "chat_template.jinja", "chat_template.json", "config.json"),
        *("generation_config.json", "merges.txt", "model_index.json", "modules.json", "preprocessor_config.json"),
        *("processor_config.json", "quantize_config.json", "sentence_bert_config.json", "sentencepiece.bpe.model"),
        *("special_tokens_map.json", "spiece.model", "tokenizer.json", "tokenizer.model", "tokenizer_config.json"),
        *("vocab.json", "vocab.txt"),
    ]
)
"""Files that belong to the model beside them, as transformers and sentence-transformers write them."""
_TOKENIZERS: Final = frozenset({"tokenizer.model", "spiece.model", "sentencepiece.bpe.model"})
_WEIGHTS: Final = (".safetensors", ".bin", ".pt", ".pth", ".gguf", ".onnx", ".h5", ".msgpack")
_BUNDLES: Final = (".mlpackage/", ".mlmodelc/")
_HUB_CACHE: Final = expression(r"(?:.*/)?models--(?P<id>[^/]+)/snapshots/(?P<revision>[^/]+)/(?P<inner>.+)")
_CONFIG: Final = 4 << 20
_STEMS: Final = frozenset(
    [
        *("adapter_model", "consolidated", "diffusion_pytorch_model", "flax_model", "model", "openvino_model"),
        *("pytorch_model", "rust_model", "tf_model"),
    ]
)
"""What the libraries of Hugging Face call weights, before the first full stop."""
_DESCRIBING: Final = {
    "adapter_config.json": (b'"peft_type"',),
    "config.json": (b'"architectures"', b'"model_type"', b'"_class_name"'),
}
"""Files that describe the weights beside them, and a key that shows it."""

_PATTERNS: Final = (
    *(f"*{suffix}" for suffix in sorted(weights.SUFFIXES)),
    *("*.p", "*.lz4", "*.vec", "*.w2v", "*.xgb", "*.bst", "*.tensors", "*.dat", "*.zip", "*.xml", "*.index.json"),
    *("*lgb*.txt", "*lightgbm*.txt", "*model*.txt", "glove*.txt", "*xgb*.json", "*model*.json"),
    *("MLmodel", "meta.json", "sha256-*"),
)


@frozen
class _Origin:
    """Where a model comes from, as its surroundings show."""

    provider: str
    name: str
    revision: str | None = None
    proof: str = ""
    inner: str = ""
    """The path within the repository."""


def _find(file: File) -> Found:
    """Model files in the tree, recognised by what is in them: safetensors, GGUF, ONNX, PyTorch, pickles and more."""
    name = file.name
    if name == "meta.json":
        yield from _spacy(file)
    elif name == "MLmodel":
        yield from _mlflow(file)
    elif name.endswith(".index.json"):
        yield from _without_shards(file)
    elif not _is_part(file):
        with file.stream() as stream:
            found = weights.look(stream, name)
        if found is not None:
            yield from _claims(file, found)


def _claims(file: File, found: Weights) -> Found:
    """Yield what *found* says of *file*: the model, and what is wrong."""
    if found.problem is not None:
        yield Diagnostic("unreadable-weights", found.problem, file.at(0))
    yield from _warnings(file, found)
    confidence = _sure(file, found)
    if confidence <= 0:
        return
    shard = _SHARD.fullmatch(file.name)
    if shard is not None:
        if not _is_first(file, shard):
            return
        found, files, missing = _shards(file, found, shard)
        name = posixpath.join(posixpath.dirname(file.path), shard["stem"] + shard["suffix"])
        for each in missing:
            yield Diagnostic("missing-shard", f"{each} is not in the tree", file.at(0))
    else:
        files, name = [_file(file, found.format)], _bundle(file.path) or file.path
    name = _repository(file) or name
    files += _beside(file, found)
    lost = [e for e in found.external if not _external(file, e)]
    for each in lost:
        what = "a file of the machine that made it" if is_local(each) else f"{_shown(each)}, which is not in the tree"
        yield Diagnostic("missing-shard", f"its tensors are in {what}", file.at(0))
    yield _detection(file, found, name, files, confidence=confidence)


def _sure(file: File, found: Weights) -> float:
    """Return how sure it is that *file* is a model: 0 when it is not worth a word."""
    if found.model or (found.problem is not None and found.format not in _ANYTHING):
        return 1.0
    arrays = any(key == "parameters" and value for key, value in found.facts)
    if arrays and found.format in {"joblib", "numpy-zip", "pickle"} and names.says_model(file.path):
        return 0.5
    return _UNKNOWN if found.format in _ANYTHING - {"numpy", "zip"} else 0.0


def _detection(
    file: File, found: Weights, name: str, files: Iterable[ModelFile], *, confidence: float = 1.0
) -> Detection:
    origin = _origin(file)
    facts = [(key, Fact(str(value), f"file:{file.path}")) for key, value in found.facts]
    facts.append(("format", Fact(found.format, f"file:{file.path}")))
    context = [(f"pickle-{i.verdict}", _named(i.module, i.name, i.member)) for i in found.imports]
    context += [("pickle-unreadable", f"{member}: {why}" if member else why) for member, why in found.unreadable]
    context += [("lambda-layer", layer) for layer in found.lambdas]
    if origin is not None:
        context.append(("identity", origin.proof))
    files = list(files)[:_MOST_FILES]
    if origin is not None and origin.inner:
        folder = file.path.removesuffix(origin.inner)
        files = [evolve(f, path=f.path.removeprefix(folder)) for f in files]
    return Detection(
        Kind.MODEL,
        name if origin is None else origin.name,
        file.at(0),
        "local" if origin is None else origin.provider,
        revision=None if origin is None else origin.revision,
        usage=Usage.MENTION if confidence <= _UNKNOWN else Usage.USED,
        symbol=f"{found.format} file",
        technique=Technique.BINARY,
        confidence=confidence,
        properties=[
            *([("unreadable", "true")] if found.problem is not None else []),
            *([("content", "unknown")] if confidence <= _UNKNOWN else []),
        ],
        context=context,
        card=Card([(key, fact) for key, fact in facts if key != "license"]),
        licences=[fact for key, fact in facts if key == "license"],
        files=files,
    )


def _warnings(file: File, found: Weights) -> Iterator[Diagnostic]:
    """Yield what is unsafe about the pickles in *found*, or could not be read of them."""
    for verdict, code, says in (
        ("dangerous", "unsafe-pickle", "loading it can run code: it imports"),
        ("unknown", "unknown-pickle", "it imports what no table knows:"),
    ):
        by_member: dict[str, list[str]] = {}
        for each in found.imports:
            if each.verdict == verdict:
                by_member.setdefault(each.member, []).append(f"{each.module}.{each.name}")
        for member, imports in by_member.items():
            shown = ", ".join(map(_shown, imports[:_MOST_NAMED]))
            more = f" and {len(imports) - _MOST_NAMED} more" if len(imports) > _MOST_NAMED else ""
            where = f" ({_shown(member)})" if member else ""
            yield Diagnostic(code, f"{says} {shown}{more}{where}", file.at(0))
    for member, why in found.unreadable:
        where = f"{_shown(member)}: " if member else ""
        yield Diagnostic("unreadable-pickle", f"{where}{why[:1].lower()}{why[1:]}", file.at(0))
    if found.lambdas:
        layers = ", ".join(map(_shown, found.lambdas[:_MOST_NAMED]))
        yield Diagnostic(
            "code-in-model", f"layers that run code of their own when the model is loaded: {layers}", file.at(0)
        )


def _named(module: str, name: str, member: str) -> str:
    return f"{module}.{name}" + (f" ({member})" if member else "")


def _shown(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"  # noqa: PLR2004 - fits a line


def _file(file: File, format_: str = "") -> ModelFile:
    return ModelFile(file.path, f"file:{file.path}", file.size, format_)


# -- several files, one model --------------------------------------------------------------------


def _is_part(file: File) -> bool:
    """Tell whether *file* is a part of a model that another file stands for."""
    path, name = file.path, file.name
    bundle = next((b for b in _BUNDLES if b in f"/{path}"), None)
    if bundle is not None:
        inner = f"/{path}".partition(bundle)[2]
        return inner not in {"coremldata.bin", "model.mlmodel", "Data/com.apple.CoreML/model.mlmodel"}
    if any(file.sibling(f"{'../' * up}MLmodel") is not None for up in range(3) if path.count("/") >= up):
        return True
    if name in _TOKENIZERS or name.endswith(".spm"):
        return any(n.endswith(_WEIGHTS) or n == "config.json" for n in file.names())
    if name.endswith(".xml") or (name.endswith((".json", ".txt")) and file.size < 100):  # noqa: PLR2004 - too short for any
        return name.endswith(".xml") and b"<net" not in (head := file.head(4096)) and b"<PMML" not in head
    return False


def _bundle(path: str) -> str | None:
    """Return the folder that is the model in which *path* lies: a package of Core ML, a SavedModel."""
    for bundle in _BUNDLES:
        at = f"{path}/".find(bundle)
        if at >= 0:
            return path[: at + len(bundle) - 1]
    folder, _, name = path.rpartition("/")
    return folder if name == "saved_model.pb" and folder else None


def _is_first(file: File, shard: re.Match[str]) -> bool:
    """Tell whether *file* is the first shard that is there; the others are parts of it."""
    number, count = int(shard["number"]), int(shard["count"])
    if count > _MOST_SHARDS or not 1 <= number <= count:
        return True
    return not any(file.sibling(_shard_name(shard, n)) is not None for n in range(1, number))


def _shard_name(shard: re.Match[str], number: int) -> str:
    return f"{shard['stem']}-{number:05}-of-{shard['count']}{shard['suffix']}"


def _shards(file: File, first: Weights, shard: re.Match[str]) -> tuple[Weights, list[ModelFile], list[str]]:
    """Return the model that all the shards make, its files, and the shards that are missing."""
    files, missing, read = [_file(file, first.format)], [], [first]
    count = int(shard["count"])
    index = file.sibling(f"{shard['stem']}{shard['suffix']}.index.json")
    expected = {_shard_name(shard, n) for n in range(1, count + 1)} if count <= _MOST_SHARDS else set()
    if index is not None:
        files.append(_file(index))
        expected |= _in_index(index)
    for name in sorted(expected - {file.name}):
        other = file.sibling(name)
        if other is None:
            missing.append(_shown(name))
            continue
        with other.stream() as stream:
            found = weights.look(stream, other.name)
        files.append(_file(other, found.format if found is not None else ""))
        if found is not None:
            read.append(found)
    facts: dict[str, str | int] = {}
    sums = {"parameters", "tensors"}
    for found in read:
        for key, value in found.facts:
            if key in sums and isinstance(value, int):
                facts[key] = int(facts.get(key, 0)) + value
            elif key == "dtypes":
                facts[key] = ",".join(sorted({*str(facts.get(key, value)).split(","), *str(value).split(",")}))
    kept = [(key, value) for key, value in first.facts if key not in {*facts, "shard"}]
    counted = [
        ("shards", count),
        *(((f"incomplete-{k}", v) if missing and k in sums else (k, v)) for k, v in facts.items()),
    ]
    return evolve(first, facts=tuple(dict.fromkeys([*kept, *counted]))), files, missing


def _in_index(index: File) -> set[str]:
    """Return the shards that an index names."""
    if index.size > weights.HEAD * 32:
        return set()
    try:
        content = json.loads(index.head(index.size))
    except (ValueError, RecursionError):
        return set()
    known = content.get("weight_map") if isinstance(content, dict) else None
    if not isinstance(known, dict):
        return set()
    return {n for n in known.values() if isinstance(n, str) and "/" not in n and n.isprintable()}


def _without_shards(index: File) -> Found:
    """Yield the model of an index none of whose shards is there."""
    expected = _in_index(index)
    if not expected or any(index.sibling(name) is not None for name in expected):
        return
    yield Diagnostic("missing-shard", f"none of its {len(expected)} shards is in the tree", index.at(0))
    name = index.path.removesuffix(".index.json")
    yield _detection(index, Weights("index", facts=(("shards", len(expected)),)), name, [_file(index)])


def _beside(file: File, found: Weights) -> list[ModelFile]:
    """Return the files that belong to the model in *file*."""
    wanted: list[str] = []
    stem = posixpath.splitext(file.name)[0]
    bundle = _bundle(file.path)
    if bundle is not None and file.name != "saved_model.pb":
        up = "../" * (file.path[len(bundle) :].count("/") - 1)
        return [_file(f) for f in _below(file, up.rstrip("/")) if f.path != file.path]
    match found.format:
        case "tensorflow-saved-model":
            wanted += [f"{d}/{n}" for d in ("variables", "assets") for n in file.names(d) if not n.endswith("/")]
            wanted += ["fingerprint.pb", "keras_metadata.pb"]
        case "openvino":
            wanted.append(f"{stem}.bin")
        case "paddle":
            wanted.append(f"{stem}.pdiparams")
        case "caffe":
            wanted += [f"{stem}.prototxt", "deploy.prototxt"]
        case "darknet":
            wanted.append(f"{stem}.cfg")
        case "mxnet":
            wanted.append(re.sub(r"-\d{4}$", "", stem) + "-symbol.json")
        case "onnx":
            wanted += [e for e in found.external if _external(file, e)]
        case _:
            pass
    if found.format not in {"tensorflow-saved-model", "sentencepiece"}:
        wanted += [n for n in file.names() if n in _BESIDE]
    others = [file.sibling(n) for n in dict.fromkeys(wanted)]
    return [_file(o) for o in others if o is not None and o.path != file.path]


def _external(file: File, name: str) -> bool:
    """Tell whether the tree has the file *name* that an ONNX file refers to, beside it or below."""
    return not name.startswith(("/", "\\")) and ".." not in name.split("/") and file.sibling(name) is not None


def _below(file: File, folder: str, depth: int = 0) -> list[File]:
    """Return the files in *folder*, relative to that of *file*, and below it."""
    found: list[File] = []
    if depth > _DEEPEST:
        return found
    for name in file.names(folder or "."):
        path = f"{folder}/{name}" if folder else name
        if name.endswith("/"):
            found += _below(file, path.rstrip("/"), depth + 1)
        elif (other := file.sibling(path)) is not None:
            found.append(other)
        if len(found) >= _MOST_FILES:
            return found[:_MOST_FILES]
    return found


# -- folders that describe themselves ------------------------------------------------------------


def _values(file: File, format_: str) -> dict[tuple[str, ...], str]:
    """Return the plain values of a file of settings, whatever it is called."""
    from aibom.syntax.structured import read

    data = read(file.text, format_) if file.format is None else file.data
    return {e.keys: str(e.value) for e in data.entries if isinstance(e.value, str | int | float)}


def _spacy(file: File) -> Found:
    """Yield the package of spaCy that *file*, its ``meta.json``, describes: https://spacy.io/api/data-formats#meta."""
    if file.size > _CONFIG or b'"lang"' not in file.bytes:
        return
    values = _values(file, "json")
    lang, name, version = (values.get((key,), "") for key in ("lang", "name", "version"))
    if not (lang and name and version) or not {("spacy_version",), ("pipeline", "0")} & values.keys():
        return
    kept = ("license", "author", "email", "url", "spacy_version", "description", "parent_package")
    facts = [
        (key.replace("_", "-"), Fact(v, f"file:{file.path}")) for key in kept if (v := values.get((key,), "").strip())
    ]
    facts += [("language", Fact(lang, f"file:{file.path}")), ("format", Fact("spacy", f"file:{file.path}"))]
    facts += [
        ("dataset", Fact(v, f"file:{file.path}"))
        for k, v in values.items()
        if k[:1] == ("sources",) and k[-1:] == ("name",)
    ]
    yield Detection(
        Kind.MODEL,
        f"{lang}_{name}",
        file.at(0),
        "spacy",
        version=version,
        symbol="spaCy package",
        technique=Technique.MANIFEST,
        card=Card([(key, fact) for key, fact in facts if key not in {"license", "email"}]),
        licences=[fact for key, fact in facts if key == "license"],
        files=[_file(f, "" if f.path == file.path else "spacy") for f in _below(file, "")],
    )


def _mlflow(file: File) -> Found:
    """Yield the model of MLflow that *file* describes: https://mlflow.org/docs/latest/ml/model/#storage-format."""
    values = _values(file, "yaml")
    flavours = sorted({keys[1] for keys in values if keys[:1] == ("flavors",) and len(keys) > 1})
    if not flavours:
        return
    source = f"file:{file.path}"
    facts = [("flavor", Fact(flavour, source)) for flavour in flavours]
    kept = ("run_id", "model_uuid", "mlflow_version", "artifact_path", "utc_time_created")
    facts += [(key.replace("_", "-"), Fact(v, source)) for key in kept if (v := values.get((key,)))]
    if any(keys[:1] == ("signature",) for keys in values):
        facts.append(("signature", Fact("true", source)))
    facts.append(("format", Fact("mlflow", source)))
    files, context = [_file(file)], []
    for other in [f for f in _below(file, "") if f.path != file.path]:
        found = None
        if weights.suffix_of(other.name) in weights.SUFFIXES:
            with other.stream() as stream:
                found = weights.look(stream, other.name)
        files.append(_file(other, found.format if found is not None else ""))
        if found is None:
            continue
        if found.problem is not None:
            yield Diagnostic("unreadable-weights", found.problem, other.at(0))
        yield from _warnings(other, found)
        context += [(f"pickle-{i.verdict}", _named(i.module, i.name, other.name)) for i in found.imports]
        context += [("pickle-unreadable", f"{other.name}: {why}") for _, why in found.unreadable]
    yield Detection(
        Kind.MODEL,
        posixpath.dirname(file.path) or file.path,
        file.at(0),
        "local",
        symbol="MLflow model",
        technique=Technique.MANIFEST,
        context=context,
        card=Card(facts),
        files=files,
    )


# -- where it comes from -------------------------------------------------------------------------


def _origin(file: File) -> _Origin | None:
    """Return what shows from where the model in *file* comes; None when nothing does."""
    cached = _HUB_CACHE.fullmatch(file.path)
    if cached is not None:
        name = cached["id"].replace("--", "/", 1)
        revision = cached["revision"] if is_commit(cached["revision"]) else None
        return _Origin("huggingface", name, revision, f"the cache's folder models--{cached['id']}", cached["inner"])
    return None


def _repository(file: File) -> str | None:
    """Return the folder of the model repository that *file* is the weights of, as the libraries name them."""
    folder = posixpath.dirname(file.path)
    stem = _SHARD.sub(r"\g<stem>", file.name).partition(".")[0]
    if stem not in _STEMS:
        return None
    if folder and file.sibling("../model_index.json") is not None:  # A part of a pipeline of diffusers.
        return posixpath.dirname(folder) or "."
    for name, keys in _DESCRIBING.items():
        described = file.sibling(name)
        if described is not None and described.size <= _CONFIG and any(k in described.head(_CONFIG) for k in keys):
            return folder or "."
    return None


detect = FunctionDetector("model-files", (_find.__doc__ or "").strip(), _PATTERNS, (), _find)
