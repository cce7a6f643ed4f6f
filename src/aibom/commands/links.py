"""Read the addresses that a command fetches, and what it sends to one that serves models."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from aibom import names
from aibom.bill import Kind
from aibom.commands.claims import claim
from aibom.commands.naming import JSON_MODEL
from aibom.commands.running import HOLE
from aibom.commands.words import base
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.commands.words import Words
    from aibom.knowledge import CommandRow

__all__ = ["linked"]

_API: Final = expression(r"https?://generativelanguage\.googleapis\.com/v\w+/models/([\w.-]+):")
_INFERENCE: Final = expression(
    r"https?://(?:api-inference\.huggingface\.co/(?:models|pipeline/[\w-]+)|router\.huggingface\.co/hf-inference/models)/([\w.-]+/[\w.-]+)"
)
_REPLICATE: Final = expression(r"https?://api\.replicate\.com/v1/models/([\w.-]+/[\w.-]+)/")
_BODY: Final = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--json", "--post-data", "--body-data"})
_MOST_SENT: Final = 10
"""So many models are read from what one command sends."""
_FILE_PATH: Final = expression(r"/(?:resolve|raw)/[^/]+/([^?#]+)")


def linked(row: CommandRow, words: Words) -> Iterator[Detection]:
    """Yield what the addresses name that a command fetches, and what it sends to one that serves models."""
    symbol = base(words.text(0))
    addresses = [value for arg in words.args[1:] for value in arg if "://" in value.text[:300]]
    for value in addresses:
        at = value.part(value.text.find("http")) if value.text.find("http") > 0 else value
        text = at.text.strip("\"'")
        if found := _API.match(text):
            named: names.Named | None = names.Named(Kind.MODEL, "google", found[1], hosted=True)
        elif found := _INFERENCE.match(text):
            named = names.Named(Kind.MODEL, "huggingface", found[1], hosted=True)
        elif found := _REPLICATE.match(text):
            named = names.Named(Kind.MODEL, "replicate", found[1], hosted=True)
        elif HOLE in text:
            continue
        else:
            named = names.read_weights_url(text, Kind(row.kind))
            if named is not None and named.provider == "huggingface" and not re.search(r"/(?:resolve|raw|blob)/", text):
                continue
        if named is not None and HOLE not in named.name:
            file = _FILE_PATH.search(names.without_secrets(text)) if named.provider == "huggingface" else None
            context = [("file", file[1])] if file and HOLE not in file[1] else []
            yield claim(named, at, words.run, symbol, confidence=0.9, context=context)
    provider = next((p for v in addresses if (p := names.provider_of_url(v.text.strip("\"'"))) is not None), None)
    if provider is None:
        return
    for number, arg in enumerate(words.args):
        if (words.text(number - 1) in _BODY and number) or arg[0].text.startswith("{"):
            for found in islice(JSON_MODEL.finditer(arg[0].text), _MOST_SENT):
                named = names.read_hosted(found[1], provider)
                if named is not None and HOLE not in found[1] and provider != "huggingface":
                    yield claim(named, arg[0].part(found.start(1)), words.run, symbol, confidence=0.9)
