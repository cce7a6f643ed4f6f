"""The models that Ollama has pulled to this machine: their manifests."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aibom.bill import Card, Enrichment, Fact, Kind, ModelFile
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Component

__all__ = ["Ollama", "default_folder"]

_LARGEST: Final = 1024 * 1024
_MOST_LAYERS: Final = 100
_SOURCE: Final = "ollama-manifest"
_NAME: Final = expression(
    r"(?:(?P<host>[\w.-]+(?::\d+)?)/)?(?:(?P<owner>[\w.-]+)/)?(?P<model>[\w.-]+)(?::(?P<tag>[\w.-]+))?"
)
"""``[host/][namespace/]model[:tag]`` (github.com/ollama/ollama, types/model/name.go)."""
_DIGEST: Final = expression(r"sha256[:-](?P<hex>[0-9a-f]{64})")
_MEDIA: Final = "application/vnd.ollama.image."
_CONFIG: Final = {"model_family": "architecture-family", "model_type": "parameters", "file_type": "quantization"}
"""Fields of the configuration, and the facts that they are: ``llama``, ``3.2B``, ``Q4_K_M``."""


def default_folder() -> Path:
    """Return where Ollama keeps models: ``OLLAMA_MODELS``, else ``~/.ollama/models`` (docs/faq.md of Ollama)."""
    named = os.environ.get("OLLAMA_MODELS")
    return Path(named).expanduser() if named else Path("~/.ollama/models").expanduser()


class Ollama:
    """
    What Ollama has pulled to this machine, by its manifests.

    That is the digest that a name such as ``llama3.2:3b`` means here, the layers with their SHA-256 and size, the
    family, the number of parameters and the quantization, the default parameters, and the title of the licence. No
    server is asked. *folder* is ``OLLAMA_MODELS``, else ``~/.ollama/models``, unless it is given.
    """

    name = "ollama"
    summary = "What Ollama has pulled to this machine: layers with their digests, family, quantization, licence."

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._folder = default_folder() if folder is None else Path(folder)

    def enrich(self, component: Component) -> Enrichment:
        """Return what the manifest of *component* says; nothing where it was not pulled."""
        if component.kind is not Kind.MODEL or component.provider != "ollama":
            return Enrichment()
        data = self._manifest(component.name)
        manifest = _mapping(data)
        if data is None or not manifest:
            return Enrichment()
        layers = list(_layers(manifest))
        facts = [("ollama-manifest-sha256", Fact(sha256(data).hexdigest(), _SOURCE))]
        config = _mapping(self._blob(manifest.get("config")))
        for key, name in _CONFIG.items():
            value = config.get(key)
            if isinstance(value, str) and value:
                facts.append((name, Fact(value, f"{_SOURCE}:config")))
        licences = []
        for kind, layer in layers:
            if kind == "params":
                facts += [("default-parameter", Fact(text, _SOURCE)) for text in _params(_mapping(self._blob(layer)))]
            elif kind == "license":
                title = _title(self._blob(layer))
                licences += [Fact(title, f"{_SOURCE}:license")] if title else []
            elif kind == "template":
                facts.append(("chat-template-sha256", Fact(_hex(layer), _SOURCE)))
        return Enrichment(card=Card(facts), licences=licences, files=[_file(kind, layer) for kind, layer in layers])

    def _manifest(self, name: str) -> bytes | None:
        found = _NAME.fullmatch(name)
        if found is None:
            return None
        host, owner, model, tag = (found[part] for part in ("host", "owner", "model", "tag"))
        if host is not None and owner is None and "." not in host and ":" not in host:
            host, owner = None, host
        parts = (host or "registry.ollama.ai", owner or "library", model, tag or "latest")
        return None if {".", ".."} & set(parts) else self._read(Path("manifests", *parts))

    def _blob(self, layer: object) -> bytes | None:
        digest = _DIGEST.fullmatch(str(layer.get("digest"))) if isinstance(layer, Mapping) else None
        return None if digest is None else self._read(Path("blobs", f"sha256-{digest['hex']}"))

    def _read(self, path: Path) -> bytes | None:
        """Return the file at *path*; None when it is none, lies elsewhere, or is too large to be what it should."""
        root = Path(os.path.realpath(self._folder))
        real = Path(os.path.realpath(root / path))
        try:
            if not real.is_relative_to(root) or not real.is_file() or real.stat().st_size > _LARGEST:
                return None
            return real.read_bytes()
        except OSError:
            return None


def _mapping(data: bytes | None) -> dict[str, object]:
    try:
        value = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _layers(manifest: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the layers with a digest, each with its kind: ``model``, ``adapter``, ``template``, and so on."""
    listed = manifest.get("layers")
    for layer in (listed if isinstance(listed, list) else [])[:_MOST_LAYERS]:
        if isinstance(layer, Mapping) and _DIGEST.fullmatch(str(layer.get("digest"))):
            yield str(layer.get("mediaType", "")).removeprefix(_MEDIA), layer


def _file(kind: str, layer: Mapping[str, object]) -> ModelFile:
    size = layer.get("size")
    named = _hex(layer)
    return ModelFile(
        f"{kind or 'layer'}-{named[:12]}",
        _SOURCE,
        size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else -1,
        "gguf" if kind in {"model", "projector"} else "",
        [("SHA-256", named)],
    )


def _hex(layer: Mapping[str, object]) -> str:
    digest = _DIGEST.fullmatch(str(layer["digest"]))
    return digest["hex"] if digest is not None else ""


def _params(values: Mapping[str, object]) -> list[str]:
    """Return the default parameters, as a Modelfile writes them: ``temperature 0.7``."""
    found = []
    for name in sorted(values):
        given = values[name]
        for value in given if isinstance(given, list) else [given]:
            shown = value if isinstance(value, str) else json.dumps(value)
            found += [f"{name} {shown}"[:200]] if isinstance(value, str | int | float) else []
    return found[:100]


def _title(data: bytes | None) -> str:
    """Return the first line of a licence that says something."""
    lines = (data or b"").decode("utf-8", "replace").splitlines()
    return next((" ".join(line.split())[:120] for line in lines if re.search(r"\w", line)), "")
