"""
Terraform and OpenTofu: the attributes of their blocks, with their lines.

The reader is thin: it takes strings, references and here-documents with the blocks around them, and skips functions and
conditions. python-hcl2 has no places of values, and stops at the first break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.expressions import expression
from aibom.syntax.shell import Line, Part, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Attribute", "read"]

_DEEPEST: Final = 60
_MOST: Final = 100_000
_TOKEN: Final = expression(
    r"""
    (?P<space>[ \t\r]++)
    | (?P<newline>\n)
    | (?P<comment>(?:\#|//)[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?+)
    | (?P<heredoc><<-?\w++[ \t\r]*+(?=\n))
    | (?P<string>"(?:[^"\\\n$%]|\\.|[$%](?!\{)|[$%]\{(?:[^{}"\n]|"[^"\n]*"|\{[^{}\n]*\})*\})*+"?+)
    | (?P<word>[A-Za-z_*][\w.*-]*+(?:\[[^\]\n"]*\])*+)
    | (?P<open>[\[{(])
    | (?P<close>[\]})])
    | (?P<set>=(?!=)|:)
    | (?P<other>.)
    """,
    re.VERBOSE,
)
_EXPRESSION: Final = expression(r"\$\{([^{}]*+)\}")


@frozen
class Attribute:
    """A value, with the blocks and keys that lead to it."""

    keys: tuple[str, ...]
    """Types, labels and names, outermost first: ``resource``, ``aws_sagemaker_model``, ``m``, ``image``."""
    word: Word
    line: int
    column: int
    document: tuple[Line, ...] = ()
    """The lines of a here-document."""


def read(text: str) -> tuple[Attribute, ...]:
    r"""
    Return the attributes of *text* that are strings or references, in their order.

    >>> [(a.keys, a.word.plain) for a in read('variable "m" {\n  default = "a/b"\n}')]
    [(('variable', 'm', 'default'), 'a/b')]
    """
    return tuple(_attributes(text))


def _attributes(text: str) -> Iterator[Attribute]:  # noqa: C901, PLR0912, PLR0915 - one branch for each token
    stack: list[tuple[tuple[str, ...], bool]] = []
    """What is open, and whether it is a list or a call."""
    keys: tuple[str, ...] = ()
    head: list[str] = []
    key: str | None = None
    line, start, count, in_list = 1, 0, 0, False
    endless: set[str] = set()
    """Here-documents that nothing ends any more."""
    at = 0
    while (found := _TOKEN.match(text, at)) is not None and count < _MOST:
        at = found.end()
        kind, token, column = found.lastgroup, found[0], found.start() - start + 1
        match kind:
            case "newline":
                line, start = line + 1, at
                if not in_list:
                    head, key = [], None
            case "comment":
                line += token.count("\n")
            case "heredoc":
                name = token.strip("<- \t\r")
                end = None if name in endless else re.compile(rf"^[ \t]*{name}[ \t\r]*$", re.MULTILINE).search(text, at)
                if end is None:
                    endless.add(name)
                body = text[at + 1 : end.start()] if end else ""
                if end is not None and key is not None:
                    rows = body.removesuffix("\n").split("\n")
                    document = tuple(Line(r, line + 1 + n) for n, r in enumerate(rows))
                    yield Attribute((*keys, key), Word((), line, column), line, column, document)
                    count += 1
                if end is not None:
                    line += text.count("\n", at, end.end())
                    at = end.end()
                    start = text.rfind("\n", 0, at) + 1
            case "string":
                if key is not None or in_list:
                    count += 1
                    word = _word(token[1:-1] if token.endswith('"') else token[1:], line, column + 1)
                    yield Attribute((*keys, key) if key is not None else keys, word, line, column + 1)
                    if in_list and key is not None and not keys:
                        key = None
                else:
                    head.append(token.strip('"'))
            case "word":
                if key is not None or in_list:
                    if "." in token:
                        count += 1
                        part = Part("variable", token, line, column)
                        yield Attribute(
                            (*keys, key) if key is not None else keys, Word((part,), line, column), line, column
                        )
                else:
                    head.append(token)
            case "set":
                if head:
                    key, head = head[-1], []
            case "open":
                inner = (*keys, key) if key is not None else (*keys, *head)
                if len(stack) < _DEEPEST:
                    stack.append((keys, in_list))
                    keys = inner[:20]
                    in_list = token != "{"  # noqa: S105 - a bracket
                key, head = None, []
            case "close":
                if stack:
                    keys, in_list = stack.pop()
                key, head = None, []
            case _:
                if token == "," and not in_list:  # noqa: S105 - a comma
                    head, key = [], None
    if count >= _MOST:
        return


def _word(text: str, line: int, column: int) -> Word:
    parts: list[Part] = []
    at = 0
    for found in _EXPRESSION.finditer(text):
        if found.start() > at:
            parts.append(Part("text", text[at : found.start()], line, column + at, quoted=True))
        parts.append(Part("variable", found[1].strip(), line, column + found.start(), quoted=True))
        at = found.end()
    if at < len(text) or not parts:
        parts.append(Part("text", text[at:], line, column + at, quoted=True))
    return Word(tuple(parts), line, column)
