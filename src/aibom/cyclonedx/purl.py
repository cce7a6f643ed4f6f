"""Package URLs as their specification writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aibom.bill import as_purl

if TYPE_CHECKING:
    from aibom.bill import Component

__all__ = ["canonical_purl", "file_purl", "purl_of"]


def canonical_purl(text: str) -> str | None:
    """
    Return *text* as the specification writes that package URL, or None where it is none.

    >>> canonical_purl("pkg:huggingface/Qwen/Qwen3-8B?repository_url=https://hub.example")
    'pkg:huggingface/Qwen/Qwen3-8B?repository_url=https:%2F%2Fhub.example'
    >>> canonical_purl("Qwen/Qwen3-8B")
    """
    from packageurl import PackageURL  # Only documents need it.

    try:
        return as_purl(PackageURL.from_string(text))
    except ValueError:  # Also a lone surrogate, which no encoding can write.
        return None


def purl_of(component: Component) -> str | None:
    """Return the package URL of *component*; None also where its name makes none."""
    try:
        return component.purl
    except ValueError:
        return None


def file_purl(purl: str | None, path: str) -> str | None:
    """
    Return the package URL of one file of what *purl* names; None where *path* makes no subpath.

    >>> file_purl("pkg:huggingface/acme/tone", "onnx/model q4.onnx")
    'pkg:huggingface/acme/tone#onnx/model%20q4.onnx'
    """
    from urllib.parse import quote

    # purl-spec: a segment of a subpath is not empty, and neither `.` nor `..`.
    if purl is None or "#" in purl or {"", ".", ".."} & set(path.split("/")):
        return None
    try:
        return f"{purl}#{quote(path, safe='/:')}"
    except UnicodeEncodeError:  # The name of a file need not be UTF-8.
        return None
