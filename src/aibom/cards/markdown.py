"""The Markdown of a card, taken apart: its sections, one within another, and what stands below their headings."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

__all__ = ["PSEUDO", "Section", "Words", "tree"]

PSEUDO: Final = 7
"""The level of a line in bold type that stands alone, as people write a heading below all others."""
_DEEPEST: Final = 20
_FOLDED: Final = 6
"""The level of a ``<summary>``, the heading of what a page folds."""
_SHORT: Final = 8
"""A line in bold type of more words is a sentence."""
_TAG: Final = expression(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)\b[^<>]{0,2000}>")
_LABEL: Final = expression(r"(?P<label>[^:.!?]{3,50}):\s+(?P<said>\S.*)", re.DOTALL)
_BIBTEX: Final = expression(r"@\w+\s*\{")
_SILENT: Final = frozenset({"script", "style", "svg", "template"})


@frozen
class Words:
    """A paragraph, the item of a list or a cell, as plain text."""

    text: str
    label: str = ""
    """What it begins with, when that is marked as the name of the rest: ``- **Developed by:** Acme``."""
    said: str = ""
    """The rest."""
    link: str = ""
    """Where the first link in the rest leads."""
    line: int = 0
    """Where it stands in the file, from 1."""


@define
class Section:
    """A heading and what stands below it."""

    title: str
    level: int
    line: int
    words: list[Words] = field(factory=list)
    inner: list[Section] = field(factory=list)


def tree(body: str, first_line: int = 1) -> Section:
    r"""
    Return the sections of *body*, one within another, in one without a title that has what stands before them.

    Headings are those of Markdown and of HTML, a ``<summary>``, and lines in bold type that stand alone.

    >>> top = tree("A model.\n\n<h2>Limits</h2>\n\nEnglish *only*.\n")
    >>> [(section.title, [words.text for words in section.words]) for section in (top, *top.inner)]
    [('', ['A model.']), ('Limits', ['English only.'])]
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(body)
    builder = _Builder(first_line)
    within = 0
    heading = False
    for number, token in enumerate(tokens):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type in {"bullet_list_open", "ordered_list_open", "blockquote_open", "table_open"}:
            within += 1
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close", "table_close"}:
            within -= 1
        elif token.type == "heading_open":
            heading = True
            builder.open("", int(token.tag[1:]), line)
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline":
            if heading:
                builder.here.title = _plain(token.children or ())
                continue
            alone = not within and tokens[number - 1].type == "paragraph_open"
            for piece in _pieces(token):
                builder.take(piece, line, alone=alone)
        elif token.type == "html_block":
            builder.html(token.content, line)
        elif token.type in {"fence", "code_block"} and _BIBTEX.search(token.content):
            builder.here.words.append(Words(" ".join(token.content.split()), line=line))
    return builder.top


class _Builder:
    """The sections that were read so far."""

    def __init__(self, first_line: int) -> None:
        self.top = Section("", 0, first_line)
        self._path = [self.top]

    @property
    def here(self) -> Section:
        """The section that is being read."""
        return self._path[-1]

    def open(self, title: str, level: int, line: int) -> None:
        while len(self._path) > 1 and self.here.level >= level:
            self._path.pop()
        section = Section(title, level, line)
        self.here.inner.append(section)
        self._path.append(section)

    def take(self, piece: Sequence[Token], line: int, *, alone: bool) -> None:
        """Take one paragraph, or a line of it that begins with a label."""
        words = _words(piece, line)
        if not words.text:
            return
        if alone and words.label and not words.said and _is_title(words.label):
            self.open(words.label, PSEUDO, line)
        else:
            self.here.words.append(words)

    def html(self, text: str, line: int) -> None:
        """Take a block of HTML."""
        title: list[str] | None = None
        words: list[str] = []
        place = line

        def flush() -> None:
            if said := " ".join(" ".join(words).split()):
                self.here.words.append(Words(said, line=place))
            words.clear()

        for at, tag, said in _tags(text):
            if re.fullmatch(r"h[1-6]|summary", tag):
                flush()
                title, place = [], line + at
            elif re.fullmatch(r"/(?:h[1-6]|summary)", tag) and title is not None:
                self.open(" ".join(" ".join(title).split()), _FOLDED if tag == "/summary" else int(tag[2]), place)
                title = None
            elif tag == "/details":
                flush()
                if self.here.level >= _FOLDED:
                    self._path.pop()
            elif title is not None:
                title.append(said)
            else:
                words.append(said)
        flush()


def _is_title(text: str) -> bool:
    return len(text.split()) <= _SHORT and not text.endswith((".", "!", "…"))


def _pieces(token: Token) -> Iterator[list[Token]]:
    """Yield the parts of an inline token: a line that begins in bold type begins a new one."""
    piece: list[Token] = []
    children = [child for child in token.children or () if child.type != "text" or child.content]
    for number, child in enumerate(children):
        following = children[number + 1] if number + 1 < len(children) else None
        broken = child.type in {"softbreak", "hardbreak"} or _is_break(child)
        if broken and following is not None and following.type == "strong_open":
            yield piece
            piece = []
        else:
            piece.append(child)
    yield piece


def _words(piece: Sequence[Token], line: int) -> Words:
    text = _plain(piece)
    if piece and piece[0].type == "strong_open":
        end = next((n for n, child in enumerate(piece) if child.type == "strong_close"), len(piece))
        label, rest = _plain(piece[:end]).rstrip(": "), piece[end:]
        return Words(text, label, _plain(rest).lstrip(":- "), _link(rest), line)
    found = _LABEL.fullmatch(text)
    if found is not None:
        return Words(text, found["label"].strip(), found["said"], _link(piece), line)
    return Words(text, line=line)


def _link(piece: Sequence[Token]) -> str:
    for child in piece:
        if child.type == "link_open":
            return str(child.attrs.get("href", ""))
    return ""


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _plain(piece: Sequence[Token]) -> str:
    """Return the text of inline tokens: without images, HTML and marks."""
    parts = []
    for child in piece:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _is_break(child):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _tags(text: str) -> Iterator[tuple[int, str, str]]:
    """
    Yield the tags of HTML by their names, and the text between them with an empty one; each with its line, from 0.

    Each character is looked at a bounded number of times, whatever the HTML.
    """
    at = line = 0
    silent = ""
    while at < len(text):
        start = text.find("<", at)
        start = len(text) if start == -1 else start
        if not silent and text[at:start].strip():
            yield line, "", unescape(text[at:start])
        found = _TAG.match(text, start)
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            end = len(text) if end == -1 else end + 3
        elif found is not None:
            end = found.end()
            name = found["name"].lower()
            if silent:
                silent = "" if found["close"] and name == silent else silent
            elif name in _SILENT and not found["close"]:
                silent = name
            else:
                yield line + text.count("\n", at, start), found["close"] + name, ""
        else:
            end = start + 1
            if start < len(text) and not silent:
                yield line, "", "<"  # A sign of its own, as in "< 5".
        line += text.count("\n", at, end)
        at = end
