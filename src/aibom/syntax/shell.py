"""
Shell text: its commands in their order, what their words are made of, and what variables are set to.

The scanner is ours: shell stands in other languages (Makefiles, Dockerfiles, pipelines, charts, notebooks), whose own
templates no grammar of the shell holds, and a break must cost a line and not the file. It takes any text, raises
nothing, and needs time and memory in proportion to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.expressions import expression
from aibom.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "DIALECTS",
    "Command",
    "Line",
    "Part",
    "Script",
    "Set",
    "Word",
    "lines_of",
    "read",
    "read_just",
    "read_make",
    "template",
]

DIALECTS: Final = frozenset({"shell", "make", "macro", "kubernetes", "compose", "notebook"})
"""
What a variable may look like beside ``$X`` and ``${X}``.

``make``: ``$(X)`` and ``$X`` are its own, ``$$X`` is the shell's. ``macro``: ``$(X)`` is a variable (Azure Pipelines).
``kubernetes``: nothing else is one. ``compose``: ``$$`` is a dollar. ``notebook``: ``{x}`` is a variable of Python.
"""

_DEEPEST: Final = 8
"""How deep commands inside of commands are read."""
_MOST: Final = 50_000
"""So many commands are read of one text."""
_LONGEST_WORD: Final = 20_000
"""What of a word is kept, in parts."""


@frozen
class Line:
    """A line of shell text, and where it stands in its file."""

    text: str
    number: int
    """From 1."""
    column: int = 1
    """Of its first character."""


@frozen
class Part:
    """A piece of a word."""

    kind: str
    """
    ``text``; ``variable``; ``instead``: *fallback* where a variable is set; or ``unknown``, what only running it tells.
    """
    text: str
    """The text, or the name of the variable."""
    line: int
    column: int
    quoted: bool = False
    """It stands in quotes, so that spaces in it part no words."""
    fallback: Word | None = None
    """What stands for a variable that has no value: ``${X:-this}``."""
    every: bool = False
    """All the elements of an array: ``${X[@]}``."""
    sets: bool = False
    """The variable gets the value of *fallback*: ``${X:=this}``."""


@frozen
class Word:
    """A word of a command."""

    parts: tuple[Part, ...]
    line: int
    column: int

    @property
    def plain(self) -> str | None:
        """The text of a word without variables; None when it has some."""
        if len(self.parts) == 1 and self.parts[0].kind == "text":  # Most words, and it is asked of all.
            return self.parts[0].text
        if any(p.kind != "text" for p in self.parts):
            return None
        return "".join(p.text for p in self.parts)


@frozen
class Set:
    """A variable gets a value."""

    name: str
    words: tuple[Word, ...]
    """Several for an array, and for what a loop goes over."""
    line: int
    how: str = "="
    """``=``, ``+=``, ``for``, or ``?=``: only when it has none."""
    conditional: bool = False
    function: str = ""
    """The function that it stands in."""
    array: bool = False
    pattern: str = ""
    """The pattern of the branch of a ``case`` that it stands in: ``-m|--model``."""


@frozen
class Command:
    """A command with its words."""

    words: tuple[Word, ...]
    line: int
    column: int
    conditional: bool = False
    """It stands in a branch."""
    function: str = ""
    """The function that it stands in."""
    sets: tuple[Set, ...] = ()
    """Variables that are set for this command alone."""
    document: tuple[Line, ...] = ()
    """The here-document that it reads."""
    output: str = ""
    """The file that it writes, where its name is plain."""
    input: str = ""
    """The file that it reads, for ``read`` in the condition of a loop: ``done < names.txt``."""


@frozen
class Script:
    """The facts of a shell text."""

    steps: tuple[Command | Set, ...] = ()
    """In the order of the text."""
    functions: frozenset[str] = frozenset()
    comments: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def lines_of(text: str, number: int = 1, column: int = 1) -> tuple[Line, ...]:
    """Return the lines of *text*, whose first one stands at line *number* and *column* of its file."""
    first, *rest = text.split("\n")
    return (Line(first, number, column), *(Line(line, number + n) for n, line in enumerate(rest, 1)))


def read(lines: Iterable[Line], dialect: str = "shell") -> Script:
    r"""
    Return the commands of *lines*.

    >>> script = read(lines_of("M=a/b\nvllm serve ${M:-c}"))
    >>> [s.name if isinstance(s, Set) else [w.plain for w in s.words] for s in script.steps]
    ['M', ['vllm', 'serve', None]]
    """
    return _Reader(tuple(lines), dialect).script()


def template(lines: Sequence[Line], dialect: str = "shell", *, raw: bool = False) -> Word:
    """
    Return the text of *lines* as one word, whatever spaces it has; with *raw* quotes in it are its own.

    >>> [p.text for p in template(lines_of("a b/${X}")).parts]
    ['a b/', 'X']
    """
    line = lines[0]
    reader = _Reader(tuple(lines), dialect)
    parts, _ = reader.inside(0, len(reader.text), (0, "", False), quoted=raw, raw=raw)
    return Word(tuple(parts), line.number, line.column)


_RESERVED: Final = frozenset(
    {
        *("if", "then", "elif", "else", "fi", "while", "until", "do", "done", "case", "esac", "for", "select"),
        *("function", "{", "}", "!", "time"),
    }
)
_SETTERS: Final = frozenset({"export", "declare", "local", "readonly", "typeset", "env", "set_env", "setenv"})
_ASSIGNS: Final = expression(r"([A-Za-z_]\w*)(?:\[[^\]\n]{0,80}\])?(\+?=)")
_BLANK: Final = expression(r"(?:[ \t\r]|\\\r?\n)*+")
_PLAIN: Final = expression(r"[^\s'\"`$\\;&|<>(){}#]++")
_SIMPLE: Final = expression(r"[\w./:=@%+,~^-]++")
_ENDS: Final = frozenset({" ", "\n", "\t", ";", ""})
_NAME: Final = expression(r"[A-Za-z_]\w*+|[0-9@*#?$!-]")
_REST: Final = expression(r":\s*([1-9])\}")
_BRACED: Final = expression(r"(!?)([A-Za-z_]\w*+|[0-9]+|[@*])(\[[^\]\n]{0,80}\])?+")
_MACRO: Final = expression(r"\$\(([A-Za-z_][\w.-]*+)\)")
_EXPRESSION: Final = expression(r"\$?\{\{-?\s*+([^{}\n]{0,200}?)\s*+-?\}\}")
_CIRCLE: Final = expression(r"<<\s*((?:parameters|pipeline\.parameters|matrix)\.[\w.-]+)\s*>>")
_PYTHON: Final = expression(r"\{([A-Za-z_][\w.]*)\}")
_QUOTED: Final = expression(r'[^"\\$`{]++')
_FUNCTION: Final = expression(r"[ \t]*\([ \t]*\)")
_HEREDOC: Final = expression(r"<<(-?)[ \t]*(?:\\?([\w.!%+-]+)|'([^'\n]+)'|\"([^\"\n]+)\")")
_REDIRECT: Final = expression(r"(?:\d{0,2}|&)(?:>>|>\||>&|<>|<&|<<<|>|<)")


class _Reader:
    """Reads one text."""

    def __init__(self, lines: tuple[Line, ...], dialect: str) -> None:
        self.lines = lines
        self.dialect = dialect
        self.text = "\n".join(line.text for line in lines)
        self.starts = [0]
        for line in lines[:-1]:
            self.starts.append(self.starts[-1] + len(line.text) + 1)
        self.ends: dict[str, list[int]] | None = None
        self.found: list[tuple[int, Command | Set]] = []
        self.functions: set[str] = set()
        self.comments: list[Line] = []
        self.problems: dict[str, Problem] = {}
        self.inner: list[tuple[int, int, int, str, bool]] = []
        """Commands inside of words: start, end, depth, function, conditional."""
        self.endless: set[str] = set()
        """Quotes that are not closed any more from some place on."""

    def script(self) -> Script:
        self.inner.append((0, len(self.text), 0, "", False))
        while self.inner and len(self.found) < _MOST:
            start, end, depth, function, conditional = self.inner.pop()
            _Commands(self, start, end, depth, function, conditional=conditional).read()
        if len(self.found) >= _MOST:
            self.problem("too-many", f"there are more than {_MOST} commands; some were not read", 0)
        self.found.sort(key=lambda pair: pair[0])
        return Script(
            tuple(step for _, step in self.found),
            frozenset(self.functions),
            tuple(self.comments),
            tuple(self.problems.values()),
        )

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column, in the file, of the character *at*."""
        if not self.lines:
            return 1, 1
        number = bisect_right(self.starts, at) - 1
        line = self.lines[number]
        return line.number, line.column + at - self.starts[number]

    def problem(self, code: str, message: str, at: int) -> None:
        self.problems.setdefault(code, Problem(code, message, self.place(at)[0]))

    def document(self, end: str, at: int, limit: int, *, tabs: bool) -> tuple[int, int] | None:
        """Return the first line of a here-document that begins at the line of *at*, and the line that ends it."""
        if self.ends is None:
            self.ends = {}
            for number, line in enumerate(self.lines):
                stripped = line.text.strip()
                if len(stripped) <= 80:  # noqa: PLR2004 - no longer delimiter is kept
                    self.ends.setdefault(stripped, []).append(number)
        first = bisect_right(self.starts, at) - 1
        numbers = self.ends.get(end, [])
        for number in numbers[bisect_left(numbers, first) :][:1]:
            if self.starts[number] <= limit:
                return first, number
        del tabs  # A delimiter that is indented ends it too: the text may be indented as a whole.
        return None

    # -- words -----------------------------------------------------------------------------------

    def word(self, at: int, end: int, scope: tuple[int, str, bool]) -> tuple[Word, int]:
        """Return the word that begins at *at*, and where it ends."""
        text, parts, i = self.text, list[Part](), at
        found = _SIMPLE.match(text, at, end)
        if found is not None and text[found.end() : found.end() + 1] in _ENDS:  # Most words.
            line, column = self.place(at)
            return Word((Part("text", found[0], line, column),), line, column), found.end()
        while i < end and len(parts) < _LONGEST_WORD:
            c = text[i]
            if c in " \t\r\n;&|)":
                break
            if c in "<>":
                if (found := _CIRCLE.match(text, i)) is None:
                    break
                i = self.variable(parts, found[1], i, found.end(), quoted=False)
            elif c == "(":
                if i == at or text[i - 1] not in "@?*+!":
                    break
                i = self.paren(parts, i, end)
            elif c == "'":
                i = self.single(parts, i + 1, end)
            elif c == '"':
                i = self.double(parts, i + 1, end, scope)
            elif c == "\\":
                if text[i + 1 : i + 2] not in {"\n", ""} and text[i + 1 : i + 3] != "\r\n":
                    self.literal(parts, text[i + 1], i + 1)
                i += 3 if text[i + 1 : i + 3] == "\r\n" else 2
            elif c in "$`{":
                i = self.expansion(parts, i, end, scope, quoted=False)
            elif found := _PLAIN.match(text, i, end):
                self.literal(parts, found[0], i)
                i = found.end()
            else:
                self.literal(parts, c, i)
                i += 1
        i = max(i, at)
        return Word(tuple(parts), *self.place(at)), i

    def literal(self, parts: list[Part], text: str, at: int, *, quoted: bool = False) -> None:
        if "\n" in text[:-1]:  # Each line has a place of its own.
            for piece in text.splitlines(keepends=True):
                self.literal(parts, piece, at, quoted=quoted)
                at += len(piece)
            return
        line, column = self.place(at)
        if parts and parts[-1].kind == "text" and parts[-1].quoted == quoted:
            before = parts[-1]
            if not before.text.endswith("\n") and (before.line, before.column + len(before.text)) == (line, column):
                parts[-1] = evolve(before, text=before.text + text)
                return
        parts.append(Part("text", text, line, column, quoted))

    def variable(
        self, parts: list[Part], name: str, at: int, after: int, *, quoted: bool, fallback: Word | None = None
    ) -> int:
        parts.append(Part("variable", name, *self.place(at), quoted, fallback))
        return after

    def unknown(self, parts: list[Part], at: int, *, quoted: bool) -> None:
        parts.append(Part("unknown", "", *self.place(at), quoted))

    def paren(self, parts: list[Part], at: int, end: int) -> int:
        """Take a glob such as ``@(a|b)``."""
        after = self.closed(at + 1, end)
        self.unknown(parts, at, quoted=False)
        return after

    def single(self, parts: list[Part], at: int, end: int) -> int:
        close = -1 if "'" in self.endless else self.text.find("'", at, end)
        if close < 0:
            close = self.line_end(at, end)
            self.unclosed("'", at)
            self.literal(parts, self.text[at:close], at, quoted=True)
            return close
        self.literal(parts, self.text[at:close], at, quoted=True)
        return close + 1

    def unclosed(self, quote: str, at: int) -> None:
        self.endless.add(quote)
        self.problem("syntax-error", "a quote is not closed; it was taken to end with its line", at)

    def line_end(self, at: int, end: int) -> int:
        found = self.text.find("\n", at, end)
        return end if found < 0 else found

    def double(self, parts: list[Part], at: int, end: int, scope: tuple[int, str, bool]) -> int:
        """Take what stands in double quotes, which end at their line when nothing closes them."""
        if '"' in self.endless:
            end = self.line_end(at, end)
        text, i, kept, queued = self.text, at, len(parts), len(self.inner)
        self.literal(parts, "", at, quoted=True)
        while i < end and len(parts) < _LONGEST_WORD:
            c = text[i]
            if c == '"':
                if len(parts) > kept + 1 and parts[kept].kind == "text" and not parts[kept].text:
                    del parts[kept]  # It only kept an empty word from being none.
                return i + 1
            if c == "\\":
                if text[i + 1 : i + 2] != "\n":
                    self.literal(parts, text[i + 1 : i + 2] if text[i + 1 : i + 2] in '"\\$`' else text[i : i + 2], i)
                    parts[-1] = evolve(parts[-1], quoted=True)
                i += 2
            elif c in "$`{":
                i = self.expansion(parts, i, end, scope, quoted=True)
            else:
                found = _QUOTED.match(text, i, end)
                self.literal(parts, found[0] if found else c, i, quoted=True)
                i = found.end() if found else i + 1
        if '"' in self.endless:
            return i
        self.unclosed('"', at)
        del parts[kept:], self.inner[queued:]
        return self.double(parts, at, end, scope)

    def expansion(self, parts: list[Part], i: int, end: int, scope: tuple[int, str, bool], *, quoted: bool) -> int:
        """Take what begins with ``$``, a backquote or a brace."""
        text = self.text
        if found := _EXPRESSION.match(text, i, end):
            return self.variable(parts, found[1], i, found.end(), quoted=quoted)
        if text[i] == "{":
            if self.dialect == "notebook" and (found := _PYTHON.match(text, i, end)):
                return self.variable(parts, found[1], i, found.end(), quoted=quoted)
            self.literal(parts, "{", i, quoted=quoted)
            return i + 1
        if text[i] == "`":
            return self.substitution(parts, i, i + 1, end, scope, quoted=quoted, close="`")
        after = text[i + 1 : i + 2]
        if self.dialect == "make" and after == "$":  # The shell's own.
            return self.expansion_of_shell(parts, i + 1, end, scope, quoted=quoted)
        if self.dialect == "compose" and after == "$":
            self.literal(parts, "$", i, quoted=quoted)
            return i + 2
        if self.dialect in {"make", "macro", "kubernetes"} and (found := _MACRO.match(text, i, end)):
            return self.variable(parts, found[1], i, found.end(), quoted=quoted)
        if self.dialect == "kubernetes":
            self.literal(parts, "$", i, quoted=quoted)
            return i + 1
        if self.dialect == "make" and after == "(":
            self.unknown(parts, i, quoted=quoted)
            return self.closed(i + 2, end)
        return self.expansion_of_shell(parts, i, end, scope, quoted=quoted)

    def expansion_of_shell(
        self, parts: list[Part], i: int, end: int, scope: tuple[int, str, bool], *, quoted: bool
    ) -> int:
        text = self.text
        after = text[i + 1 : i + 2]
        if after == "{":
            return self.braces(parts, i, end, scope, quoted=quoted)
        if after == "(":
            if text[i + 2 : i + 3] == "(":
                self.unknown(parts, i, quoted=quoted)
                return self.closed(i + 2, end)
            return self.substitution(parts, i, i + 2, end, scope, quoted=quoted, close=")")
        if after in {"'", '"'} and not quoted:  # $'…' and $"…"
            return self.single(parts, i + 2, end) if after == "'" else self.double(parts, i + 2, end, scope)
        found = _NAME.match(text, i + 1, end)
        if found is None:
            self.literal(parts, "$", i, quoted=quoted)
            return i + 1
        parts.append(Part("variable", found[0], *self.place(i), quoted, every=found[0] in {"@", "*"}))
        return found.end()

    def substitution(
        self, parts: list[Part], i: int, start: int, end: int, scope: tuple[int, str, bool], *, quoted: bool, close: str
    ) -> int:
        """Take ``$(…)``: what it gives is not known, but its commands are commands."""
        after = self.closed(start, end) if close == ")" else self.text.find(close, start, end) + 1 or end
        self.unknown(parts, i, quoted=quoted)
        depth, function, conditional = scope
        if depth < _DEEPEST:
            stop = after - 1 if self.text[after - 1 : after] == close else after
            self.inner.append((start, max(stop, start), depth + 1, function, conditional))
        else:
            self.problem("too-deep", f"commands are nested more than {_DEEPEST} levels deep", i)
        return after

    def braces(self, parts: list[Part], i: int, end: int, scope: tuple[int, str, bool], *, quoted: bool) -> int:
        """Take ``${…}``."""
        text = self.text
        found = _BRACED.match(text, i + 2, end)
        close = self.closed(i + 2, end, "}") if found is None or text[found.end() : found.end() + 1] != "}" else -1
        if found is None or found[1]:
            self.unknown(parts, i, quoted=quoted)
            return close if close >= 0 else self.closed(i + 2, end, "}")
        name, index, at = found[2], found[3], found.end()
        every = index in {"[@]", "[*]"} or name in {"@", "*"}
        place = self.place(i)
        if close < 0:
            known = index is None or every or index == "[0]"
            kind = "variable" if known else "unknown"
            parts.append(Part(kind, name if known else "", *place, quoted, every=every))
            return at + 1
        if name in {"@", "*"} and (rest := _REST.match(text, at, end)):  # "${@:2}"
            parts.append(Part("variable", f"@:{rest[1]}", *place, quoted, every=True))
        elif operator := re.compile(r":?[-=+]").match(text, at, end):
            inner, j = list[Part](), operator.end()
            if scope[0] < _DEEPEST:
                inner, j = self.inside(j, close - 1, (scope[0] + 1, *scope[1:]), quoted=quoted)
            fallback = Word(tuple(inner), *self.place(min(operator.end(), end)))
            kind = "instead" if operator[0].endswith("+") else "variable"
            parts.append(Part(kind, name, *place, quoted, fallback, sets=operator[0].endswith("=")))
        elif text[at : at + 2] == ":?" or text[at : at + 1] == "?":
            parts.append(Part("variable", name, *place, quoted))
        else:
            self.unknown(parts, i, quoted=quoted)
        return close

    def inside(
        self, i: int, end: int, scope: tuple[int, str, bool], *, quoted: bool, raw: bool = False
    ) -> tuple[list[Part], int]:
        """Return the parts of what stands behind ``:-``, up to *end*."""
        text, parts = self.text, list[Part]()
        while i < end:
            c = text[i]
            if c == '"' and not raw:
                i = self.double(parts, i + 1, end, scope)
            elif c == "'" and not quoted:
                i = self.single(parts, i + 1, end)
            elif c in "${" or (c == "`" and not raw):
                i = self.expansion(parts, i, end, scope, quoted=quoted)
            elif c == "\\" and not raw:
                self.literal(parts, text[i + 1 : min(i + 2, end)], i + 1, quoted=quoted)
                i += 2
            else:
                found = re.compile(r"[^\"'\\$`{]++").match(text, i, end)
                self.literal(parts, found[0] if found else c, i, quoted=quoted)
                i = found.end() if found else i + 1
        return parts, i

    def closed(self, i: int, end: int, close: str = ")") -> int:
        """Return where the bracket ends that is open at *i*; the end of the line when nothing closes it."""
        if close in self.endless:
            end = self.line_end(i, end)
        opened = "(" if close == ")" else "{"
        pattern = _TO_PAREN if close == ")" else _TO_BRACE
        depth, at = 1, i
        while found := pattern.search(self.text, at, end):
            at = found.end()
            if found[0] == opened:
                depth += 1
            elif found[0] == close:
                depth -= 1
                if not depth:
                    return at
        if close not in self.endless:
            self.endless.add(close)
            self.problem("syntax-error", "a bracket is not closed; it was taken to end with its line", i)
            return self.closed(i, end, close)
        return end


_STRINGS: Final = r"\\.|'[^'\n]*+'|\"(?:[^\"\\]|\\.)*+\""
_TO_PAREN: Final = expression(_STRINGS + r"|[()]", re.DOTALL)
_TO_BRACE: Final = expression(_STRINGS + r"|[{}]", re.DOTALL)


_LONGEST_PATTERN: Final = 200
_NO_READ: Final = -2
_MAY_READ: Final = -1


class _Commands:
    """Reads the commands between two places of the text."""

    def __init__(self, reader: _Reader, start: int, end: int, depth: int, function: str, *, conditional: bool) -> None:
        self.reader = reader
        self.text = reader.text
        self.at = start
        self.end = end
        self.depth = depth
        self.blocks: list[tuple[str, str, bool]] = []
        """What is open: the word that opened it, and what was so outside of it."""
        self.function = function
        self.conditional = conditional
        self.words: list[Word] = []
        self.sets: list[Set] = []
        self.begun = start
        self.output = ""
        self.branch = False
        """The command runs only if the one before it failed."""
        self.documents: list[tuple[str, bool, int]] = []
        """Here-documents whose body is still to come: its end, and the number of the command that reads it."""
        self.pattern = False
        """What comes next is the pattern of a ``case``."""
        self.branch_of = ""
        """The pattern of the branch that is being read."""
        self.loops: list[int] = []
        """Of the loops that are open: the number of the ``read`` in their condition; negative without one."""
        self.ended = -1
        """That of the loop whose ``done`` was just read."""

    @property
    def scope(self) -> tuple[int, str, bool]:
        return self.depth, self.function, self.conditional

    def read(self) -> None:
        reader, text = self.reader, self.text
        while self.at < self.end and len(reader.found) < _MOST:
            blank = _BLANK.match(text, self.at, self.end)
            self.at = blank.end() if blank else self.at
            if self.at >= self.end:
                break
            at, c = self.at, text[self.at]
            if self.pattern and c not in "\n#":
                self.skip_pattern()
                continue
            if c == "#":
                self.at = reader.line_end(at, self.end)
                line, column = reader.place(at)
                reader.comments.append(Line(text[at + 1 : self.at], line, column))
            elif c == "\n":
                self.finish()
                self.at += 1
                self.skip_documents()
            elif c in ";&|":
                self.operator(c)
            elif c == "(":
                self.open_paren()
            elif c == ")":
                self.finish()
                self.close("(")
                self.at += 1
            elif c in "<>" or (c in "&0123456789" and _REDIRECT.match(text, at)):
                self.redirect()
            else:
                self.take_word()
            if self.at <= at and self.at < self.end and text[self.at] == c and not self.pattern:
                self.at += 1  # Never stand still.
        self.finish()

    def operator(self, c: str) -> None:
        text = self.text
        if c == "&" and (found := _REDIRECT.match(text, self.at)) and found[0].startswith("&>"):
            self.redirect()
            return
        double = text[self.at : self.at + 2]
        self.finish()
        self.branch = double == "||"
        if double == ";;" and self.blocks and self.blocks[-1][0] == "case":
            self.pattern = True
            self.branch_of = ""
        self.at += 2 if double in {"&&", "||", ";;", "|&"} else 1

    def skip_pattern(self) -> None:
        """Skip the pattern of a branch of ``case``, up to its parenthesis."""
        if self.text.startswith("esac", self.at):
            self.pattern = False
            return
        found = re.compile(r"\(?(?:'[^'\n]*'|\"[^\"\n]*\"|[^)\n'\"])*+['\"]?\)?").match(self.text, self.at, self.end)
        after = found.end() if found else self.at + 1
        self.pattern = False
        self.branch_of = self.text[self.at : after].strip().strip("()").strip()[:_LONGEST_PATTERN]
        self.at = max(after, self.at + 1)

    def open_paren(self) -> None:
        reader = self.reader
        if self.text.startswith("((", self.at) and not self.words:
            self.at = reader.closed(self.at + 1, self.end)
            return
        if len(self.words) == 1 and (found := _FUNCTION.match(self.text, self.at, self.end)):
            self.at = found.end()
            self.begin_function(self.words[0].plain or "?")
            return
        self.finish()
        self.blocks.append(("(", self.function, self.conditional))
        self.at += 1

    def begin_function(self, name: str) -> None:
        self.words, self.sets = [], []
        self.reader.functions.add(name)
        blank = re.compile(r"\s*+").match(self.text, self.at, self.end)
        self.at = blank.end() if blank else self.at
        if self.text[self.at : self.at + 1] in {"{", "("}:
            self.blocks.append(("{" if self.text[self.at] == "{" else "(", self.function, self.conditional))
            self.function, self.conditional = name, False
            self.at += 1

    def close(self, opened: str) -> None:
        """Close the innermost block that *opened* began, and what is open inside of it."""
        for number in range(len(self.blocks) - 1, max(len(self.blocks) - 50, -1), -1):
            if self.blocks[number][0] == opened:
                _, self.function, self.conditional = self.blocks[number]
                del self.blocks[number:]
                return

    def redirect(self) -> None:
        reader = self.reader
        here = _HEREDOC.match(self.text, self.at, self.end)
        if here and not self.text.startswith("<<<", self.at) and not _CIRCLE.match(self.text, self.at, self.end):
            reads = self.ended if not self.words else -1
            self.documents.append((here[2] or here[3] or here[4], bool(here[1]), reads))
            self.at = here.end()
            return
        if _CIRCLE.match(self.text, self.at, self.end):
            self.take_word()
            return
        found = _REDIRECT.match(self.text, self.at, self.end)
        if self.text[self.at + 1 : self.at + 2] == "(" and self.text[self.at] in "<>":  # <(…)
            start = self.at + 2
            self.at = reader.closed(start, self.end)
            if self.depth < _DEEPEST:
                reader.inner.append((start, max(self.at - 1, start), self.depth + 1, self.function, self.conditional))
            return
        writes = found is not None and ">" in found[0] and "&" not in found[0]
        self.at = found.end() if found else self.at + 1
        blank = _BLANK.match(self.text, self.at, self.end)
        self.at = blank.end() if blank else self.at
        target, self.at = reader.word(self.at, self.end, self.scope)
        if writes and target.plain:
            self.output = target.plain
        elif not writes and target.plain and not self.words and self.ended >= 0:
            begun, command = reader.found[self.ended]
            if isinstance(command, Command):
                reader.found[self.ended] = (begun, evolve(command, input=target.plain))

    def take_word(self) -> None:
        reader, at = self.reader, self.at
        if not self.words and not self.sets:
            self.begun = at
        if (not self.words or self.setting()) and (found := _ASSIGNS.match(self.text, at, self.end)):
            self.assign(found)
            return
        word, self.at = reader.word(at, self.end, self.scope)
        self.ended = -1
        plain = word.plain if all(not p.quoted for p in word.parts) else None
        if not self.words and plain in _RESERVED:
            self.reserved(plain or "")
            return
        if word.parts:
            self.words.append(word)

    def setting(self) -> bool:
        first = self.words[0].plain
        return first in _SETTERS and all((w.plain or "-").startswith("-") for w in self.words[1:])

    def assign(self, found: re.Match[str]) -> None:
        reader = self.reader
        line = reader.place(self.at)[0]
        self.at = found.end()
        if self.text[self.at : self.at + 1] == "(":
            words = self.array()
        else:
            word, self.at = reader.word(self.at, self.end, self.scope)
            words = (word,)
        branch, array = self.conditional or self.branch, self.text[found.end() : found.end() + 1] == "("
        self.sets.append(Set(found[1], words, line, found[2], branch, self.function, array, self.branch_of))

    def array(self) -> tuple[Word, ...]:
        self.at += 1
        words = []
        while self.at < self.end and self.text[self.at] != ")":
            space = re.compile(r"(?:\s|\\\n|#[^\n]*)*+").match(self.text, self.at, self.end)
            self.at = space.end() if space else self.at
            word, after = self.reader.word(self.at, self.end, self.scope)
            if after <= self.at:
                if self.text[self.at : self.at + 1] == ")":
                    break
                after += 1
            elif word.parts:
                words.append(word)
            self.at = after
        self.at += 1
        return tuple(words)

    def reserved(self, word: str) -> None:
        match word:
            case "then" | "else" | "elif":
                self.close("then")
                if word != "elif":
                    self.blocks.append(("then", self.function, self.conditional))
                    self.conditional = True
            case "fi":
                self.close("then")
            case "do":
                self.blocks.append(("do", self.function, self.conditional))
            case "done":
                self.close("do")
                self.ended = self.loops.pop() if self.loops else -1
            case "{":
                self.blocks.append(("{", self.function, self.conditional))
            case "}":
                self.close("{")
            case "esac":
                self.close("case")
                self.branch_of = ""
            case "for" | "select":
                self.loops.append(_NO_READ)
                self.loop()
            case "while" | "until":
                self.loops.append(_MAY_READ)
            case "case":
                self.case()
            case "function":
                blank = _BLANK.match(self.text, self.at, self.end)
                self.at = blank.end() if blank else self.at
                name, self.at = self.reader.word(self.at, self.end, self.scope)
                if parens := _FUNCTION.match(self.text, self.at, self.end):
                    self.at = parens.end()
                self.begin_function(name.plain or "?")
            case _:  # if, while, until, !, time: a command follows.
                pass

    def case(self) -> None:
        found = re.compile(r"[^\n;]*?\sin(?=\s)").match(self.text, self.at, self.end)
        if found is not None:
            self.at = found.end()
            self.blocks.append(("case", self.function, self.conditional))
            self.conditional = self.pattern = True

    def loop(self) -> None:
        reader = self.reader
        found = re.compile(r"[ \t]*([A-Za-z_]\w*)[ \t]+in[ \t]").match(self.text, self.at, self.end)
        if found is None:
            counted = re.compile(r"[ \t]*\(\(").match(self.text, self.at, self.end)
            self.at = reader.closed(counted.end() - 1, self.end) if counted is not None else self.at
            return
        line = reader.place(self.at)[0]
        self.at = found.end()
        words = []
        while self.at < self.end:
            blank = _BLANK.match(self.text, self.at, self.end)
            self.at = blank.end() if blank else self.at
            if self.text[self.at : self.at + 1] in {"\n", ";", "", "#", ")"}:
                break
            word, after = reader.word(self.at, self.end, self.scope)
            if after <= self.at:
                after += 1
            elif word.parts:
                words.append(word)
            self.at = after
        self.add(Set(found[1], tuple(words), line, "for", self.conditional, self.function))

    def add(self, step: Command | Set) -> None:
        self.reader.found.append((self.begun, step))

    def finish(self) -> None:
        """End the command that is being read."""
        words, sets = self.words, self.sets
        alone = not words or (words[0].plain in _SETTERS and len(words) <= 1)
        if words and self.setting() and sets:
            alone = True
        if alone:
            for each in sets:
                self.add(each)
        if words and not (alone and sets):
            place = self.reader.place(self.begun)
            branch = self.conditional or self.branch
            self.add(Command(tuple(words), *place, branch, self.function, tuple(sets), output=self.output))
            self.documents = [d if d[2] >= 0 else (d[0], d[1], len(self.reader.found) - 1) for d in self.documents]
            if words[0].plain == "read" and self.loops and self.loops[-1] == _MAY_READ:
                self.loops[-1] = len(self.reader.found) - 1
        self.words, self.sets, self.output, self.branch = [], [], "", False

    def skip_documents(self) -> None:
        """Skip the bodies of the here-documents that begin here, and keep them with their commands."""
        reader = self.reader
        documents, self.documents = self.documents, []
        for end, tabs, number in documents:
            found = reader.document(end, self.at, self.end, tabs=tabs)
            if found is None:
                reader.problem(
                    "syntax-error", "a here-document is not closed; its text was read as commands", self.at - 1
                )
                continue
            first, last = found
            if number >= 0:
                begun, command = reader.found[number]
                if isinstance(command, Command):
                    reader.found[number] = (begun, evolve(command, document=reader.lines[first:last]))
            self.at = min(reader.starts[last] + len(reader.lines[last].text) + 1, self.end)


# -- Makefiles and justfiles ---------------------------------------------------------------------

_MAKE_SET: Final = expression(
    r"(?:(?:export|override|private)[ \t]+)*([A-Za-z_][\w.-]*+)[ \t]*+([?+!]?|::?:?)=[ \t]*+(.*)", re.DOTALL
)
_MAKE_TARGET: Final = expression(r"[^=:#\t]+::?[ \t]*([A-Za-z_][\w.-]*+)[ \t]*+([?+]?|:)=[ \t]*+(.*)", re.DOTALL)
_JUST_SET: Final = expression(r"(?:export[ \t]+)?([A-Za-z_][\w-]*+)[ \t]*:=[ \t]*(.*)")
_JUST_RECIPE: Final = expression(
    r"@?[A-Za-z_][\w-]*((?:[ \t]+[+*$]*[A-Za-z_][\w-]*(?:=(?:\"[^\"]*\"|'[^']*'|[^\s:]+))?)*)[ \t]*:"
)
_JUST_DEFAULT: Final = expression(r"([A-Za-z_][\w-]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\s:]+))")


def _joined(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield logical lines: those that end in a backslash with what follows."""
    held: list[Line] = []
    for line in lines:
        held.append(line)
        if not line.text.endswith("\\"):
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _gathered(scripts: Iterable[Script]) -> Script:
    steps: list[Command | Set] = []
    comments: list[Line] = []
    problems: dict[str, Problem] = {}
    for script in scripts:
        steps += script.steps
        comments += script.comments
        for problem in script.problems:
            problems.setdefault(problem.code, problem)
    return Script(tuple(steps), frozenset(), tuple(comments), tuple(problems.values()))


def read_make(lines: Sequence[Line]) -> Script:
    """Return the variables and the commands of a Makefile: every line of a recipe runs in a shell of its own."""
    return _gathered(_of_make(lines))


def _of_make(lines: Sequence[Line]) -> Iterator[Script]:
    for group in _joined(lines):
        first = group[0]
        if first.text.startswith("\t"):
            stripped = first.text.lstrip("\t @+-")
            start = Line(stripped, first.number, first.column + len(first.text) - len(stripped))
            yield read((start, *group[1:]), "make")
            continue
        text = first.text.strip()
        found = _MAKE_SET.match(text) or _MAKE_TARGET.match(text)
        if found is not None and not text.startswith("#"):
            value = re.split(r"\s#", found[3], maxsplit=1)[0].rstrip().rstrip("\\")
            column = first.text.find(value, first.text.find("=")) + first.column if value else first.column
            parts = read((Line(f"echo {value}", first.number, column - 5), *group[1:]), "make").steps
            words = tuple(w for c in parts[:1] if isinstance(c, Command) for w in c.words[1:])
            how = {"?": "?=", "+": "+="}.get(found[2], "=")
            yield Script((Set(found[1], words, first.number, how),))
        elif text.startswith("#"):
            yield Script(comments=(Line(text[1:], first.number, first.column),))


def read_just(lines: Sequence[Line]) -> Script:
    """Return the variables, the defaults of recipes, and the commands of a justfile."""
    return _gathered(_of_just(lines))


def _of_just(lines: Sequence[Line]) -> Iterator[Script]:
    for group in _joined(lines):
        first = group[0]
        if first.text[:1] in {" ", "\t"}:
            stripped = first.text.lstrip(" \t@-")
            start = Line(stripped, first.number, first.column + len(first.text) - len(stripped))
            yield read((start, *group[1:]), "shell")
        elif found := _JUST_SET.match(first.text):
            yield read((Line(f"{found[1]}={found[2]}", first.number, found.start(2) - len(found[1])),))
        elif found := _JUST_RECIPE.match(first.text):
            for default in _JUST_DEFAULT.finditer(found[1]):
                group_ = default.lastindex or 4
                part = Part("text", default[group_], first.number, found.start(1) + default.start(group_) + 1)
                word = Word((part,), part.line, part.column)
                yield Script((Set(default[1], (word,), first.number, conditional=True),))
