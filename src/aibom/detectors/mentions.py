"""Models and datasets that comments, docstrings and Markdown name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aibom import names
from aibom.bill import Detection, Kind, Usage
from aibom.protocols import CODE, FunctionDetector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File

__all__ = ["detect"]

_URL = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/[\w./@%-]+")
_HOSTED = re.compile(
    r"(?<![\w./-])(gpt-(?:3\.5-turbo|4o?)(?:-[a-z0-9]+)*|text-embedding-(?:3-(?:small|large)|ada-002)|claude-[0-9a-z]+(?:-[0-9a-z]+)+"
    r"|gemini-\d(?:\.\d)?-[a-z0-9]+(?:-[a-z0-9]+)*|o[134]-mini)(?![\w/])"
)

_LOADER = re.compile(
    r"\b(from_pretrained|load_dataset|snapshot_download|hf_hub_download|SentenceTransformer|CrossEncoder)\(\s*[\"']([\w.-]+/[\w.-]+)[\"']"
)

_HINTS = (
    r"\b(?:from_pretrained|load_dataset|snapshot_download|hf_hub_download|SentenceTransformer|CrossEncoder)\(",
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/",
    _HOSTED.pattern.replace(r"(?<![\w./-])", r"\b").replace(r"(?![\w/])", ""),
)


def _lines(file: File) -> Iterator[tuple[int, str]]:
    """Yield the lines of prose in *file*, with their numbers: all of Markdown, the comments and docstrings of code."""
    if file.language is None:
        yield from enumerate(file.text.split("\n"), 1)
    else:
        yield from ((p.line + n, line) for p in file.code.prose for n, line in enumerate(p.text.split("\n")))


def _named(line: str) -> Iterator[tuple[names.Named | None, int, str, float]]:
    """Yield what *line* names, where in it, what it looks like there, and how far that can be trusted."""
    for found in _URL.finditer(line):
        url = found[0].rstrip(".,/")
        yield (None if names.is_picture(url) else names.read_name(url, Kind.MODEL)), found.start(), "a link", 0.6
    for found in _LOADER.finditer(line):
        kind = Kind.DATASET if found[1] == "load_dataset" else Kind.MODEL
        if names.has_id_shape(found[2]):
            yield names.Named(kind, "huggingface", found[2]), found.start(2) - 1, f"{found[1]} in prose", 0.6
    for found in _HOSTED.finditer(line):
        provider = names.hosted_family(found[1])
        if provider is not None:
            yield names.Named(Kind.MODEL, provider, found[1], hosted=True), found.start(), "prose", 0.5


def _find(file: File) -> Iterator[Detection]:
    """Models and datasets that comments, docstrings and Markdown name: hosted models, links, calls of loaders."""
    for number, line in _lines(file):
        for named, column, symbol, confidence in _named(line):
            if named is None or names.is_placeholder(named.name) or not (named.hosted or "/" in named.name):
                continue
            yield Detection(
                named.kind,
                named.name,
                file.at(number, column + 1 if file.language is None else 0),
                named.provider,
                usage=Usage.MENTION,
                symbol=symbol,
                confidence=confidence,
                hosted=named.hosted,
            )


detect = FunctionDetector("mentions", (_find.__doc__ or "").strip(), (*CODE, "*.md", "*.rst"), _HINTS, _find)
