"""Read the name that a word of a command is, in the way that the row of the command says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve

from aibom import names, slots
from aibom.commands.running import HOLE
from aibom.expressions import expression
from aibom.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aibom.bill import Kind
    from aibom.commands.running import Given
    from aibom.knowledge import CommandRow

__all__ = ["JSON_MODEL", "named_by"]

Found: TypeAlias = "Iterator[tuple[names.Named, Given, list[tuple[str, str]]]]"
"""What a word names, where that is written, and what else it says."""

JSON_MODEL: Final = expression(r"""["']?(?:model|model_name|name|model_id|modelId)["']?\s*[:=]\s*["']([^"'\s]+)["']""")
_JSON_PATH: Final = expression(r"""["'](?:path|base_model_name)["']\s*:\s*["']([^"']+)["']""")
_QUANT: Final = expression(r":([A-Za-z0-9_.-]+)$")
_OLLAMA: Final = expression(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?(?::[\w.-]+)?")
_OLLAMA_SCHEME: Final = expression(r"^(?:ollama://)+")
_ON_HUB: Final = expression(r"(?:hf|huggingface)(?:\.co/|://)")
_SCHEME: Final = expression(r"(huggingface|hf|ollama|oci|docker)://(?!https?:)(.+)")
_OWN: Final = expression(r"[\w./:-]+")
_CLOSED: Final = frozenset({"ultralytics", "spacy", "nltk"})
"""Providers whose models are all known by the shape of their names."""


def named_by(row: CommandRow, value: Given, kind: Kind) -> Found:
    """Yield what *value* names, where it is written, and what else it says."""
    text = value.text.strip("\"'")
    if text and (HOLE not in text or row.read in {"pairs", "json"}):
        yield from _WAYS[row.read](row, value, text, kind)


def _own(row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    named = names.read_own(text, kind, row.provider, hub_ids=row.read == "whisper")
    if named is None and row.provider not in _CLOSED and _OWN.fullmatch(text):
        named = names.Named(kind, row.provider, text)
    if named is not None and named.provider != "local":
        yield named, value, []


def _hub_id(row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if names.has_id_shape(text):
        yield names.Named(kind, row.provider, text), value, []


def _docker(row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if text.startswith(("hf.co/", "huggingface.co/")):
        yield from _ollama(row, value, text, kind)
    elif re.fullmatch(r"[\w.-]+/[\w./-]+(?::[\w.-]+)?", text):
        yield names.Named(kind, "docker", text), value, []


def _lm_studio(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    name, _, quantization = text.partition("@")
    if "://" in text:
        named = names.read_name(text, kind)
    elif names.has_id_shape(name):
        named = names.read_name(name, kind)
        if named is not None and named.name.split("/")[0].islower():
            named = evolve(named, provider="lmstudio")
    else:
        named = names.Named(kind, "lmstudio", name) if re.fullmatch(r"[\w.@-]+", text) else None
    if named is not None:
        yield named, value, _quantized(quantization)


def _hosted(row: CommandRow, value: Given, text: str, _kind: Kind) -> Found:
    named = names.read_hosted(text, row.provider, prefixed=True)
    if named is not None:
        yield named, value, []


def _of_family(row: CommandRow, value: Given, text: str, _kind: Kind) -> Found:
    named = _family(text, row.provider)
    if named is not None:
        yield named, value, []


def _with_scheme(row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    found = _SCHEME.fullmatch(text)
    if found is None:
        return
    if found[1] in {"huggingface", "hf"}:
        parts = found[2].split("/")
        named = names.read_name("/".join(parts[:2]).partition("@")[0], kind)
        if named is not None:
            yield named, value, [("file", part) for part in parts[2:3] if part]
    elif found[1] == "ollama":
        yield from _ollama(row, value, found[2], kind)


def _module(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    for found in re.finditer(r"[\w.-]+=([^\s=,]+)", text):
        named = names.read_name(found[1], kind)
        if named is not None and named.provider == "huggingface":
            yield named, value.part(found.start(1)), []
    for found in _JSON_PATH.finditer(text):
        if names.has_id_shape(found[1]):
            yield names.Named(kind, "huggingface", found[1]), value.part(found.start(1)), []


def _json(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    for found in JSON_MODEL.finditer(text):
        if names.has_id_shape(found[1]):
            yield names.Named(kind, "huggingface", found[1]), value.part(found.start(1)), []


def _garden(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if names.has_id_shape(text):
        yield names.Named(kind, "huggingface", text), value, []
    elif found := re.fullmatch(r"(?:publishers/)?([\w-]+)/(?:models/)?([\w.-]+(?:@[\w.-]+)?)", text):
        yield names.Named(kind, "vertex", f"{found[1]}/{found[2]}", hosted=True), value, []


def _ngc(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if found := re.fullmatch(r"((?:[\w.-]+/){1,2}[\w.-]+)(?::([\w.-]+))?", text):
        yield names.Named(kind, "ngc", found[1], found[2]), value, []


def _registry(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if (found := names.read_azure(text)) is not None:
        yield evolve(found, kind=kind), value, []


def _by_shape(_row: CommandRow, value: Given, text: str, _kind: Kind) -> Found:
    for named, _ in slots.read(text, Slot(frozenset({"model"})), ai=True):
        yield named, value, []


def _file(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    if names.has_weights_suffix(text) and not text.startswith(("/", "~")) and "://" not in text:
        yield names.Named(kind, "local", text), value, []


def _loaded(row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    more: list[tuple[str, str]] = []
    if row.read == "hub" and not (names.leads_to_hub(text) or text.startswith("git@hf.co:")):
        return
    if text.startswith("git@hf.co:"):
        text = f"https://hf.co/{text[10:]}"
    if row.read == "quant" and "://" not in text and (found := _QUANT.search(text)):
        text, more = text[: found.start()], _quantized(found[1])
    if row.read == "shape" and not names.has_id_shape(text) and not names.leads_to_hub(text):
        return
    named = names.read_name(text, kind)
    if named is None or named.provider == "unknown":
        return
    if named.provider == "local" and (row.read != "path" or text.startswith(("/", "~", "\\")) or text in {".", ".."}):
        return
    if named.provider == "huggingface" and row.read == "hub" and "/spaces/" in text:
        return
    if named.provider == "huggingface" and ":" in text and "://" not in text:
        return
    yield named, value, more


def _ollama(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    text = _OLLAMA_SCHEME.sub("", text)
    on_hub = _ON_HUB.match(text)
    if on_hub is None:
        if _OLLAMA.fullmatch(text) and not names.has_weights_suffix(text):
            yield names.Named(kind, "ollama", text, hosted=True), value, []
        return
    text = f"hf.co/{text[on_hub.end() :]}"
    found = _QUANT.search(text)
    named = names.read_name(text[: found.start()] if found else text, kind)
    if named is not None:
        yield named, value, _quantized(found[1] if found else "")


def _pairs(_row: CommandRow, value: Given, text: str, kind: Kind) -> Found:
    """Yield what ``pretrained=org/name,revision=main,peft=…`` names."""
    found = {m[1]: m for m in re.finditer(r"(?:^|,)\s*([a-z_]+)=([^,]*)", text)}
    revision = found["revision"][2] if "revision" in found and HOLE not in found["revision"][2] else None
    trust = [("trust_remote_code", found["trust_remote_code"][2])] if "trust_remote_code" in found else []
    for key in ("pretrained", "model_name", "model", "peft", "tokenizer", "delta"):
        if key not in found or HOLE in found[key][2] or not found[key][2]:
            continue
        text = found[key][2]
        family = _family(text, "unknown") if key == "model" else None
        named = family or names.read_name(text, kind)
        if named is not None and named.provider != "unknown" and not text.startswith("/"):
            at = value.part(found[key].start(2), found[key].end(2))
            yield evolve(named, revision=revision if key in {"pretrained", "model_name", "model"} else None), at, trust


def _family(text: str, provider: str) -> names.Named | None:
    """Read *text* as the name of a hosted model, where it is known to be one."""
    named = names.read_hosted(text, provider, prefixed=True)
    if named is None or "://" in text:
        return None
    return named if names.hosted_family(named.name) is not None or named.provider not in {provider, "unknown"} else None


def _quantized(text: str) -> list[tuple[str, str]]:
    return [("quantization", text)] if text else []


_WAYS: Final[Mapping[str, Callable[[CommandRow, Given, str, Kind], Found]]] = {
    **dict.fromkeys(("repo", "path", "shape", "quant", "hub"), _loaded),
    **dict.fromkeys(("own", "whisper"), _own),
    "docker": _docker,
    "family": _of_family,
    "file": _file,
    "garden": _garden,
    "hosted": _hosted,
    "hub-ids": _hub_id,
    "json": _json,
    "lms": _lm_studio,
    "module": _module,
    "ngc": _ngc,
    "ollama": _ollama,
    "pairs": _pairs,
    "registry": _registry,
    "scheme": _with_scheme,
    "slot": _by_shape,
}
"""The ways to read a name that `aibom.knowledge.CommandRow.read` explains."""
