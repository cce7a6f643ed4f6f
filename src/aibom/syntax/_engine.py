"""Run a language's tree-sitter grammar over a file, and hand out its nodes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.syntax import Problem, Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Parser, Query, Tree

__all__ = ["DEEPEST", "Source", "comments", "parse", "problems"]

DEEPEST: Final = 150
"""How deep a front end follows nested nodes; beyond that it says `too-deep`. Python's own stack allows for more."""

_SLOW_WHEN_BROKEN: Final = frozenset({"tree_sitter_kotlin"})
"""
Grammars that take time that is quadratic in what follows a break: a megabyte of broken Kotlin takes 80 seconds
(tree-sitter-kotlin 1.1).
"""
_MOST_BROKEN: Final = 25_000
"""So many bytes of them are looked at for a break at once: half a second, if they are broken from the start."""
_LARGEST_DECLARATION: Final = 100_000
"""A declaration that is larger is not read, and the rest of the file neither."""
_MARGIN: Final = expression(rb"\n(?=[a-z@])")
_MOST_PROBLEMS: Final = 5
"""Breaks that are reported for one file; more say nothing new."""


@cache
def _language(module: str) -> Language:
    from tree_sitter import Language

    name, _, variant = module.partition(":")
    pointer: object = getattr(import_module(name), f"language_{variant}" if variant else "language")()
    return Language(pointer)


@cache
def _parser(module: str) -> Parser:
    from tree_sitter import Parser

    return Parser(_language(module))


@cache
def _every(language: Language, kind: str) -> Query:
    from tree_sitter import Query

    return Query(language, f"({kind}) @found")


def parse(grammar: str, text: str, lines: tuple[int, ...] = ()) -> Source:
    """
    Parse *text* with the tree-sitter grammar that the Python module *grammar* offers; of several, ``module:name``.

    *lines* are the numbers of its lines, where they are not 1, 2, 3, …
    """
    data = text.encode("utf-8", "surrogatepass")
    parser, cut = _parser(grammar), 0
    if grammar in _SLOW_WHEN_BROKEN and len(data) > _MOST_BROKEN:
        kept = _readable(parser, data)
        cut = 0 if kept == len(data) else data.count(b"\n", 0, kept) + 1
        data = data[:kept]
    return Source(parser.parse(data), data, lines, text[: len(data)] if text.isascii() else None, cut)


def _readable(parser: Parser, data: bytes) -> int:
    """Return how many bytes of *data* can be parsed in linear time: up to the end of the first part that is broken."""
    at = 0
    while len(data) - at > _MOST_BROKEN:
        end = _boundary(data, at)
        if end < 0:
            return data.rfind(b"\n", at, at + _MOST_BROKEN) + 1 or at
        if parser.parse(data[at:end]).root_node.has_error:
            return end
        at = end
    return len(data)


def _boundary(data: bytes, at: int) -> int:
    """Return where a part of *data* that begins *at* may end: after a declaration; -1 when that is too far away."""
    end = data.rfind(b"\n}", at, at + _MOST_BROKEN)  # What stands at the margin ends a declaration.
    if end < 0:
        last = max((m.start() for m in _MARGIN.finditer(data, at + 1, at + _MOST_BROKEN)), default=-1)
        if last >= 0:  # Or it begins one.
            return last + 1
        end = data.find(b"\n}", at, at + _LARGEST_DECLARATION)
    if end >= 0:
        return data.find(b"\n", end + 1) + 1 or len(data)
    return len(data) if len(data) - at <= _LARGEST_DECLARATION else -1


class Source:
    """A parsed file: its tree, and where its nodes stand. Drop it as soon as the facts are taken."""

    __slots__ = ("_lines", "_plain", "cut", "data", "root", "tree")

    def __init__(self, tree: Tree, data: bytes, lines: tuple[int, ...], plain: str | None, cut: int = 0) -> None:
        self.tree = tree
        self.cut = cut
        """The line from which on nothing was read; 0 when all was."""
        self.data = data
        self.root: Node = tree.root_node
        self._lines = lines
        self._plain = plain
        """The text, where its bytes are its characters."""

    def text(self, node: Node) -> str:
        """Return the source text of *node*."""
        return self.between(node.start_byte, node.end_byte)

    def between(self, start: int, end: int) -> str:
        """Return the source text between two bytes."""
        if self._plain is not None:
            return self._plain[start:end]
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def every(self, kind: str) -> list[Node]:
        """Return the nodes of *kind*, in the order of the source."""
        if self.root.has_error:
            # Under a node of an error there may be thousands of tokens without a name, and a query looks from each of
            # them for the next that has one (tree-sitter 0.25): 100,000 open brackets take it 15 seconds.
            return [node for node in _nodes(self.root) if node.type == kind]
        from tree_sitter import QueryCursor

        found = QueryCursor(_every(self.tree.language, kind)).captures(self.root).get("found", [])
        return sorted(found, key=lambda n: n.start_byte)

    def line(self, node: Node) -> int:
        """Return the line of *node*, from 1."""
        row = node.start_point[0]
        if not self._lines:
            return row + 1
        return self._lines[min(row, len(self._lines) - 1)]

    def last_line(self, node: Node) -> int:
        """Return the line in which *node* ends, from 1."""
        row, column = node.end_point
        row = max(row - (column == 0), node.start_point[0])
        return self._lines[min(row, len(self._lines) - 1)] if self._lines else row + 1

    def place(self, node: Node) -> tuple[int, int]:
        """Return line and column of *node*, both from 1, the column in characters."""
        column = node.start_point[1]
        if self._plain is None:
            start = node.start_byte
            column = len(self.data[start - column : start].decode("utf-8", "replace"))
        return self.line(node), column + 1


def comments(source: Source, *kinds: str) -> Iterator[Prose]:
    """Yield the comments of *source*, nodes of *kinds*, without their marks; the grammars hang them anywhere."""
    for kind in kinds:
        for node in source.every(kind):
            text = source.text(node).removeprefix("//").removeprefix("/*").removesuffix("*/")
            yield Prose(text.strip("*/!# \t"), "comment", source.line(node))


def _nodes(root: Node) -> Iterator[Node]:
    """Yield *root* and all below it, in the order of the source; iterative, because the tree may be deep."""
    cursor = root.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _broken(root: Node) -> Iterator[Node]:
    """Yield the nodes where the grammar did not hold; iterative, because the tree may be deep."""
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None and node.has_error:
            if node.is_error or node.is_missing:
                yield node
            elif cursor.goto_first_child():
                continue
        elif node is not None and node.is_missing:
            yield node
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def problems(source: Source) -> tuple[Problem, ...]:
    """
    Return what is wrong with *source*: its first breaks of the grammar, and from which line on nothing was read.

    It is one problem for the file.
    """
    if not source.root.has_error:
        why = f"a declaration is larger than {_LARGEST_DECLARATION} bytes; from here on nothing was read"
        return (Problem("too-many", why, source.cut),) if source.cut else ()
    lines: list[int] = []
    for node in _broken(source.root):
        line = source.line(node)
        if line not in lines:
            lines.append(line)
        if len(lines) == _MOST_PROBLEMS:
            break
    first, *others = lines or [1]
    also = f", also at {', '.join(map(str, others))}" if others else ""
    rest = f", and none from line {source.cut} on" if source.cut else ""
    return (
        Problem("syntax-error", f"the grammar does not hold here{also}; the facts around it were read{rest}", first),
    )
