"""What model files that are zip archives say about themselves: PyTorch, TorchScript, Keras 3, numpy, llamafile."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

from aibom.expressions import expression
from aibom.weights import pickles
from aibom.weights.arrays import array
from aibom.weights.reading import LONGEST_TEXT, Unreadable, encodable, in_order, quoted
from aibom.weights.source import members, opened

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from aibom.weights.pickles import Pickled
    from aibom.weights.reading import Fact
    from aibom.weights.source import Source

__all__ = ["Archive", "read"]

MOST_PICKLES: Final = 64
"""How many pickles of an archive are read."""
PICKLE_BUDGET: Final = 256 << 20
"""How many bytes of pickles of an archive are decompressed, all together."""

_CONFIG: Final = 16 << 20
_PARTS: Final = (
    ".gguf",
    ".h5",
    ".hdf5",
    ".onnx",
    ".pb",
    ".pkl",
    ".pt",
    ".pth",
    ".safetensors",
    ".tflite",
    ".bin",
    ".npy",
)
_DEEPEST: Final = 64
_LAYERS: Final = 100_000


@define
class Archive:
    """What an archive holds."""

    format: str
    facts: tuple[Fact, ...] = ()
    pickles: list[tuple[str, Pickled]] = field(factory=list)
    """The pickles in it, by the names of their members."""
    problem: str | None = None
    """Why a part of it could not be read."""
    lambdas: tuple[str, ...] = ()
    """Layers of Keras that carry code."""
    model: bool = True
    """Nothing else looks so."""


def read(source: Source, suffix: str) -> Archive | None:
    """Return what the archive in *source* is; None when it is no model. `Unreadable` when it is broken."""
    archive, infos = members(source)
    names = {info.filename: info for info in infos}
    folders = {name.partition("/")[0] for name in names if "/" in name}
    torch = [info for info in infos if re.fullmatch(r"(?:[^/]*/)?data\.pkl", info.filename)]
    if torch:
        return _torch(archive, infos, names, folders)
    if {"metadata.json", "config.json"} <= names.keys():
        return _keras(archive, names)
    if any(name.endswith("/archive_format") or name == "serialized_exported_program.json" for name in names):
        return Archive("pytorch-export", _version(archive, infos))
    if infos and all(info.filename.endswith(".npy") for info in infos):
        return _arrays(archive, infos)
    weights = [info for info in infos if info.filename.lower().endswith(".gguf")]
    if weights and suffix in {".llamafile", "", ".exe"}:
        return _llamafile(source, weights[0])
    parts = [n for n in names if n.lower().endswith(_PARTS)]
    if not parts:
        return None
    found = Archive("zip", tuple(("member", encodable(n)) for n in sorted(parts)[:50] if len(n) < LONGEST_TEXT))
    found.model = any(n.lower().endswith((".gguf", ".onnx", ".safetensors", ".tflite", ".pth", ".pt")) for n in parts)
    _read_pickles(archive, [i for i in infos if i.filename.lower().endswith(".pkl")], found)
    return found


def _torch(archive: ZipFile, infos: list[ZipInfo], names: dict[str, ZipInfo], folders: set[str]) -> Archive:
    script = any(re.fullmatch(r"[^/]*/code/.+", name) or name.endswith("/constants.pkl") for name in names)
    found = Archive("torchscript" if script else "pytorch-zip")
    _read_pickles(archive, [i for i in infos if i.filename.endswith(".pkl")], found)
    stated: list[Fact] = list(_version(archive, infos))
    storages: dict[str, tuple[str, int]] = {}
    for _, pickled in found.pickles:
        storages.update(pickled.storages)
    if storages:
        stated.append(("parameters", sum(count for _, count in storages.values())))
        stated.append(("tensors", len(storages)))
        kinds = {_STORAGES.get(kind, kind) for kind, _ in storages.values()}
        stated.append(("dtypes", ",".join(sorted(kinds)[:64])))
    folder = next(iter(folders)) if len(folders) == 1 else ""
    if folder and folder not in {"archive", "model"} and folder.isprintable():
        stated.append(("name", folder))
    found.facts = in_order(stated)
    return found


_STORAGES: Final = {
    "FloatStorage": "F32",
    "DoubleStorage": "F64",
    "HalfStorage": "F16",
    "BFloat16Storage": "BF16",
    "LongStorage": "I64",
    "IntStorage": "I32",
    "ShortStorage": "I16",
    "CharStorage": "I8",
    "ByteStorage": "U8",
    "BoolStorage": "BOOL",
    "UntypedStorage": "U8",
}


def _version(archive: ZipFile, infos: list[ZipInfo]) -> tuple[Fact, ...]:
    for info in infos:
        if info.filename.rpartition("/")[2] == "version" and info.file_size < 64:  # a number
            text = opened(archive, info, 64).at(0, 64).strip()
            if text.isdigit():
                return (("file-version", text.decode()),)
    return ()


def _read_pickles(archive: ZipFile, infos: list[ZipInfo], found: Archive) -> None:
    budget = PICKLE_BUDGET
    for number, info in enumerate(infos):
        name = encodable(info.filename)
        if number >= MOST_PICKLES or budget <= 0:
            found.problem = f"It has {len(infos)} pickles, more than are read."
            return
        try:
            content = opened(archive, info, min(budget, PICKLE_BUDGET // 4))
        except Unreadable as problem:
            found.pickles.append((name, pickles.Pickled(problem=str(problem))))
            continue
        budget -= content.size
        found.pickles.append((name, pickles.read(content)))


def _keras(archive: ZipFile, names: dict[str, ZipInfo]) -> Archive:
    stated: list[Fact] = []
    metadata = _json(archive, names["metadata.json"])
    config = _json(archive, names["config.json"])
    if not isinstance(config, dict) or not isinstance(metadata, dict):
        raise Unreadable("Its config.json is no JSON object.")
    version = metadata.get("keras_version")
    if isinstance(version, str) and len(version) < LONGEST_TEXT:
        stated.append(("keras-version", encodable(version)))
    stated += config_facts(config)
    return Archive("keras-zip", in_order(stated), lambdas=lambdas(config))


def config_facts(config: dict[str, object]) -> list[Fact]:
    """Return the class and the name that the configuration of a Keras model states."""
    stated: list[Fact] = []
    if isinstance(config.get("class_name"), str):
        stated.append(("architecture", encodable(str(config["class_name"]))[:LONGEST_TEXT]))
    inner = config.get("config")
    if isinstance(inner, dict) and isinstance(inner.get("name"), str):
        stated.append(("name", encodable(inner["name"])[:LONGEST_TEXT]))
    return stated


def lambdas(config: object) -> tuple[str, ...]:
    """Return the names of the layers that carry code of their own, or that load a function by its name."""
    found: set[str] = set()
    waiting: list[tuple[object, int]] = [(config, 0)]
    seen = 0
    while waiting and seen < _LAYERS:
        value, depth = waiting.pop()
        seen += 1
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            kind = value.get("class_name")
            if kind in {"Lambda", "__lambda__"}:
                inner = value.get("config")
                name = inner.get("name") if isinstance(inner, dict) else None
                found.add(encodable(name)[:200] if isinstance(name, str) else "Lambda")
            waiting.extend((v, depth + 1) for v in value.values())
        elif isinstance(value, list):
            waiting.extend((v, depth + 1) for v in value)
    return tuple(sorted(found))[:100]


def _json(archive: ZipFile, info: ZipInfo) -> object:
    content = opened(archive, info, _CONFIG)
    if not content.complete:
        raise Unreadable(f"The member {quoted(info.filename)} is larger than is read.")
    try:
        return json.loads(content.at(0, content.size))
    except (ValueError, RecursionError):
        raise Unreadable(f"The member {quoted(info.filename)} is no JSON.") from None


def _arrays(archive: ZipFile, infos: list[ZipInfo]) -> Archive:
    found = Archive("numpy-zip", model=False)
    elements = 0
    dtypes: set[str] = set()
    weighty = 0
    for info in infos[:10_000]:
        content = opened(archive, info, 64 * 1024)
        shape, dtype, start = array(content)
        elements += shape
        dtypes.add(dtype)
        weighty += bool(_WEIGHTY.search(info.filename.removesuffix(".npy")))
        if dtype == "object":
            whole = opened(archive, info)
            found.pickles.append((encodable(info.filename), pickles.read(whole, start)))
    # Filters, and tables of numbers, are arrays too: layers come in numbers, and are called so.
    found.model = len(infos) >= 4 and weighty * 2 >= len(
        infos
    )  # a layer has a kernel and a bias, and one layer is no model
    found.facts = in_order(
        [("parameters", elements), ("tensors", len(infos)), ("dtypes", ",".join(sorted(dtypes)[:64]))]
    )
    return found


_WEIGHTY: Final = expression(
    r"(?i)(?:^|[_./:\d-])(?:w|b|weights?|bias(?:es)?|kernel|gamma|beta|emb(?:ed(?:dings?)?)?|[wb]_?[ih]h|moving_\w+|running_\w+)(?:$|[_./:\d-])"
)


def _llamafile(source: Source, info: ZipInfo) -> Archive:
    from aibom.weights import gguf

    if info.compress_type:
        raise Unreadable("The weights in it are compressed, so that their header cannot be read.")
    header = source.exactly(info.header_offset + 26, 4)
    start = info.header_offset + 30 + int.from_bytes(header[:2], "little") + int.from_bytes(header[2:], "little")
    weights = source.part(start, info.file_size)
    head = weights.at(0, gguf.HEAD)
    if not gguf.looks_right(head):
        raise Unreadable(f"The member {quoted(info.filename)} is no GGUF.")
    facts = gguf.facts(head, weights.size)
    return Archive("llamafile", in_order([*facts, ("member", encodable(info.filename))]))
