"""TypeScript source, also with JSX, and the scripts of Vue and Svelte components: read as JavaScript is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.syntax import Code, Scope
from aibom.syntax.javascript import read_with

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read", "read_component", "read_declarations", "read_tsx"]

GRAMMAR: Final = "tree_sitter_typescript:typescript"
TSX: Final = "tree_sitter_typescript:tsx"
_SCRIPT: Final = expression(r"<script\b[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)


def read(text: str) -> Code:
    """Return the facts of the TypeScript source *text*."""
    return read_with(text, GRAMMAR)


def read_tsx(text: str) -> Code:
    """Return the facts of the TypeScript source *text* with JSX."""
    return read_with(text, TSX)


def read_component(text: str) -> Code:
    """Return the facts of the scripts in the Vue or Svelte component *text*, with the lines of the file."""
    return read_with("".join(_scripts(text)), GRAMMAR)


def read_declarations(_text: str) -> Code:
    """Return no facts: a file of declarations runs nothing, and repeats what its module says."""
    return Code("javascript", (Scope("module", "", -1, 1),))


def _scripts(text: str) -> Iterator[str]:
    """Yield the scripts in *text*, and the ends of lines between them."""
    end = 0
    for found in _SCRIPT.finditer(text):
        yield "\n" * text.count("\n", end, found.start(1))
        yield found[1]
        end = found.end(1)
