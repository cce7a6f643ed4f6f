"""The YAML at the head of a card, read with limits and without guessing types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml
from attrs import frozen

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Front", "parse"]

_LARGEST: Final = 1024 * 1024
"""The most characters of front matter; the longest real ones list configurations, in some 100 kB."""
_MOST_NODES: Final = 200_000
_MOST_ALIASES: Final = 200
_DEEPEST: Final = 60
_BEFORE: Final = expression(r"\ufeff?(?:\s|<!--.*?-->)*", re.DOTALL)
"""What may stand before the first mark: the Hub tolerates neither, and people write them all the same."""
_BLOCK: Final = expression(r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PLAIN: Final = expression(r"^(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>[\w./+-][^\n#{}\[\]&*!|>%@`]*)$", re.MULTILINE)
"""A line that means the same whatever is wrong around it."""
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""BaseLoader leaves every scalar a string: ``language: no`` is Norwegian, and ``1.10`` no number."""


@frozen
class Front:
    """A card, taken apart."""

    values: Mapping[str, object]
    """The front matter; empty when there is none. Scalars are strings."""
    body: str
    """The text below."""
    first_line: int
    """The line of the file at which the body begins, from 1."""
    problems: tuple[str, ...] = ()


def parse(text: str) -> Front:
    r"""
    Take a card apart.

    Front matter that is no YAML is read as far as its plain lines go, and a problem says so.

    >>> parse("---\nlanguage: no\n---\nHei\n")
    Front(values={'language': 'no'}, body='Hei\n', first_line=4, problems=())
    """
    before = _BEFORE.match(text)
    start = before.end() if before is not None else 0
    # A long text without an end mark is searched once.
    block = _BLOCK.match(text, start)
    if block is None:
        return Front({}, text, 1, ("the front matter has no end",) if text.startswith("---", start) else ())
    body = text[block.end() :]
    first_line = text.count("\n", 0, block.end()) + 1
    if len(block["yaml"]) > _LARGEST:
        return Front({}, body, first_line, (f"the front matter has more than {_LARGEST} characters",))
    try:
        values, problems = _values(block["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = getattr(error, "problem", None) or "it cannot be read"
        plain = {found["key"]: found["value"].strip("'\" \t\r") for found in _PLAIN.finditer(block["yaml"])}
        problem = f"the front matter is no YAML ({what}); only its plain lines were read"
        return Front(plain, body, first_line, (problem,))
    return Front(values, body, first_line, problems)


def _values(text: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the mapping that *text* is; `ValueError` for what would grow beyond bounds."""
    problems = []
    depth = aliases = 0
    awaited = False
    seen: set[str] = set()
    for nodes, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEEPEST or nodes > _MOST_NODES or aliases > _MOST_ALIASES:
            raise ValueError
        # The keys of the outermost mapping: a scalar at depth 1, in turn with its value.
        if depth == 1 and isinstance(event, yaml.ScalarEvent | yaml.AliasEvent | yaml.CollectionEndEvent):
            awaited = not awaited
            if awaited and isinstance(event, yaml.ScalarEvent):
                if event.value in seen:
                    problems.append(f"the front matter states {event.value!r} twice; the last counts")
                seen.add(event.value)
    loaded = yaml.load(text, Loader=_LOADER)  # noqa: S506 - BaseLoader makes strings, lists and dicts alone
    if loaded is None or loaded == "":
        return {}, tuple(problems)
    if not isinstance(loaded, dict):
        return {}, ("the front matter is no mapping",)
    return {str(key): value for key, value in loaded.items()}, tuple(problems)
