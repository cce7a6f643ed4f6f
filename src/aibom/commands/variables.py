"""Read the variables of the environment that are called after models and datasets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom import names, slots
from aibom.bill import Detection, Kind, Usage
from aibom.commands.claims import unless_placeholder
from aibom.expressions import expression
from aibom.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aibom.commands.running import Given

__all__ = ["of_set"]

_NO_SLOT: Final = frozenset(
    {
        *("path", "dir", "file", "image", "tag", "key", "token", "url", "port", "host", "output", "out", "type"),
        *("format", "folder", "cache", "class", "task", "version", "endpoint", "prompt", "timeout", "addr"),
        *("address", "server", "service", "namespace", "bucket", "label", "kind", "size", "dtype", "backend"),
        *("device", "user", "account"),
    }
)
_SLOT: Final = frozenset(
    {
        *("model", "models", "llm", "embedding", "embeddings", "embedder", "reranker", "checkpoint", "ckpt"),
        *("tokenizer", "encoder", "dataset", "datasets", "pretrained", "lora", "deployment", "repo", "hf"),
    }
)
_SURE: Final = frozenset(
    {
        *("hf", "huggingface", "llm", "embed", "embedding", "embeddings", "embedder", "rerank", "reranker"),
        *("tokenizer", "pretrained", "lora"),
    }
)
_DATED: Final = expression(r"^(?:gpt-\d|claude-|gemini-\d|text-embedding-|command-[ar]|mistral-\w+-|deepseek-).*\w$")
"""Names of hosted models that are nothing else, whatever the variable is called."""
_BINDS: Final = {"OLLAMA_HOST": "ollama"}
"""Variables that say where a server listens, and the service that it is (docs.ollama.com/faq)."""
_PLAIN_NAMES: Final = frozenset({"model", "models", "id", "name", "repo", "or", "path", "default", "base", "dataset"})
"""Names of variables that say nothing else than that this is a model, or a dataset."""


def of_set(name: str, given: Sequence[Given], *, usage: Usage = Usage.USED, symbol: str = "") -> Iterator[Detection]:
    """Yield what the variable *name* of the environment names, where it is called after models."""
    server = _BINDS.get(name)
    for value in given if server is not None else ():
        if names.is_every_address(value.text):
            yield Detection(
                Kind.SERVICE,
                server or "",
                value.place(),
                server or "",
                usage=Usage.OPTIONAL if value.optional and usage is Usage.USED else usage,
                symbol=symbol or name,
                context=[("host", value.text)],
                hosted=True,
            )
    said = slots.words(name)
    if said & _NO_SLOT - ({"path"} if said >= {"name", "or"} else set()):
        return
    if not said & _SLOT:  # SUMMARIZER=claude-sonnet-4-20250514 says it by its value.
        given = [g for g in given if names.hosted_family(g.text) is not None and _DATED.search(g.text)]
    first = re.match(r"([A-Za-z]+)_", name)
    provider = names.provider_of_prefix(first[1]) if first else None
    provider = None if provider == "huggingface" else provider  # HF_MODEL_ID is what is loaded, and not who serves it.
    for value in given:
        if value.known and value.text:
            slot = Slot(said | ({"model"} if not said & {"dataset", "datasets"} else set()), provider=provider)
            for named, sure in slots.read(value.text, slot, ai=bool(said & _SURE) or said <= _PLAIN_NAMES):
                yield Detection(
                    named.kind,
                    named.name,
                    value.place(),
                    named.provider,
                    revision=named.revision,
                    usage=unless_placeholder(
                        named.name, Usage.OPTIONAL if value.optional and usage is Usage.USED else usage
                    ),
                    symbol=symbol or name,
                    confidence=sure,
                    hosted=named.hosted,
                    flags=frozenset({"slot"}),
                )
