"""
JSON, YAML, TOML, INI, .env: values that know their lines.

Every reader takes any text, raises nothing, and needs time and memory in proportion to the text, however it is nested
or broken. YAML comes from PyYAML's events, so that no object is ever made of it. The scanners of the others are ours:
``json``, ``tomllib`` and ``configparser`` do not say where a value stands, and stop at the first break.
"""

from __future__ import annotations

import re
from contextlib import suppress
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import yaml
from attrs import define, field

from aibom.expressions import expression
from aibom.syntax import Data, Entry, Problem, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["read", "read_env", "read_ini", "read_json", "read_toml", "read_yaml"]

_DEEPEST: Final = 200
_MOST_ENTRIES: Final = 200_000
_MOST_KEYS: Final = 4_000_000  # Those of all entries together: 200,000 entries of 200 keys would fill 320 MB.
_MOST_REPEATED: Final = 10_000
_MOST_TAG_DIRECTIVES: Final = 100

_Keys: TypeAlias = "tuple[str, ...]"
_Value: TypeAlias = "str | float | bool | None"


def read(text: str, format: str) -> Data:  # noqa: A002 - it is what `Data` calls it.
    """
    Return what *text* says when it is read as *format*: ``json``, ``yaml``, ``toml``, ``ini`` or ``env``.

    >>> read("MODEL=gpt-5", "env").get("MODEL").value
    'gpt-5'
    """
    return _READERS[format](text)


def read_json(text: str) -> Data:
    """
    Return the values of JSON, or of JSON with comments and trailing commas, such as ``tsconfig.json``.

    What else is wrong is a problem, and is read as it was probably meant.

    >>> read_json('{"models": ["gpt-5", "o3"]}').entries[1]
    Entry(keys=('models', '1'), value='o3', line=1, column=22)
    """
    return _gathered("json", text, lambda out: _Json(out).read())


def read_yaml(text: str) -> Data:
    r"""
    Return the values of all documents of a YAML stream, up to the first error.

    Plain scalars are what YAML 1.1 makes of them, except where a number would lose its text: ``1.10``, ``0123456`` and
    ``1:30`` stay text, and so do dates and ``.nan``. A key is the text that is written. What an alias repeats or
    ``<<`` merges stands at the place of the alias. Tags are not looked up: ``!Ref x`` is the text ``x``. A character
    that YAML forbids becomes U+FFFD.

    >>> read_yaml("base: &b {model: gpt-5}\nprod: *b\n").get("prod", "model")
    Entry(keys=('prod', 'model'), value='gpt-5', line=2, column=7)
    """
    return _gathered("yaml", text, lambda out: _Yaml(out).read())


def read_toml(text: str) -> Data:
    r"""
    Return the values of TOML 1.1; dates are text, as written.

    A line that is broken is skipped.

    >>> read_toml('[[package]]\nname = "torch"\n').entries
    (Entry(keys=('package', '0', 'name'), value='torch', line=2, column=8),)
    """
    return _gathered("toml", text, lambda out: _Toml(out).read())


def read_ini(text: str) -> Data:
    r"""
    Return the options of an INI file, as ``configparser`` reads it without interpolation; names keep their case.

    An option before the first section has its name as its only key, one without a delimiter has the value None. The
    n-th line of a value is the n-th line of the file from the line of its entry, so a comment in between is an empty
    line.

    >>> read_ini("[tool:x]\nModel = a\n").entries
    (Entry(keys=('tool:x', 'Model'), value='a', line=2, column=9),)
    """
    return _gathered("ini", text, lambda out: _Ini(out).read())


def read_env(text: str) -> Data:
    """
    Return the settings of a ``.env`` file, as python-dotenv reads it without interpolation.

    A name without ``=`` sets nothing. A line that is broken is skipped.

    >>> read_env('export MODEL="gpt-5"  # ours').entries
    (Entry(keys=('MODEL',), value='gpt-5', line=1, column=14),)
    """
    return _gathered("env", text, _read_env)


class _Enough(Exception):  # noqa: N818 - it is no error.
    """A limit is reached: what was gathered until now is the result."""


class _Wrong(Exception):  # noqa: N818 - it becomes a `Problem`.
    """The grammar is broken at a place."""

    def __init__(self, message: str, at: int) -> None:
        self.message = message
        self.at = at


class _Gathering:
    """The facts of one file, gathered in its order and within the limits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.prose: list[Prose] = []
        self.problems: dict[str, Problem] = {}
        self._keys = 0
        self._line = 1
        self._line_start = 0
        self._seen = 0

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column of the character *at*, which never lies before the one asked for last."""
        newlines = self.text.count("\n", self._seen, at)
        if newlines:
            self._line += newlines
            self._line_start = self.text.rfind("\n", self._seen, at) + 1
        self._seen = at
        return self._line, at - self._line_start + 1

    def add(self, keys: _Keys, value: _Value, at: int) -> None:
        """Add the value that begins at the character *at*."""
        self.add_entry(Entry(keys, value, *self.place(at)))

    def add_entry(self, entry: Entry) -> None:
        """Add *entry*, unless its keys are too many; stop when the entries are."""
        depth = len(entry.keys)
        if depth > _DEEPEST:
            self.too_deep(entry.line)
            return
        self._keys += depth
        if self._keys > _MOST_KEYS or len(self.entries) == _MOST_ENTRIES:
            self.too_many(entry.line)
        self.entries.append(entry)

    def comment(self, text: str, at: int) -> None:
        """Add the comment *text*, without its marks, which begins at the character *at*."""
        self.add_comment(text, self.place(at)[0])

    def add_comment(self, text: str, line: int) -> None:
        """Add the comment *text* of *line*, unless it is empty; stop when the comments are too many."""
        stripped = text.strip()
        if stripped and len(self.prose) == _MOST_ENTRIES:
            self.too_many(line)
        if stripped:
            self.prose.append(Prose(stripped, "comment", line))

    def problem(self, code: str, message: str, line: int) -> None:
        """Note the first problem of each *code*; a break has many that only follow from it."""
        self.problems.setdefault(code, Problem(code, message, line))

    def wrong(self, message: str, at: int) -> None:
        """Note that the grammar is broken at the character *at*."""
        if "syntax-error" not in self.problems:  # Counting the lines each time would be quadratic.
            self.problem("syntax-error", message, self.text.count("\n", 0, at) + 1)

    def too_deep(self, line: int) -> None:
        """Note that values are nested too deeply."""
        self.problem("too-deep", f"values are nested more than {_DEEPEST} levels deep; those below were not read", line)

    def too_many(self, line: int) -> None:
        """Stop, as there are too many values or comments."""
        self.problem("too-many", f"there are more than {_MOST_ENTRIES} values; from here on they were not read", line)
        raise _Enough


def _gathered(format: str, text: str, gather: Callable[[_Gathering], None]) -> Data:  # noqa: A002
    out = _Gathering(text.removeprefix("\ufeff"))
    with suppress(_Enough):
        gather(out)
    return Data(format, tuple(out.entries), tuple(out.prose), tuple(out.problems.values()))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where *pattern* ends, which begins at the character *at*, or that when it is not there."""
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _line_end(text: str, at: int) -> int:
    """Return where the line of the character *at* ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _integer(text: str, base: int = 10) -> int | str:
    try:
        return int(text, base)
    except ValueError:  # Python converts no more than 4,300 digits.
        return text


# JSON

# Each alternative takes what it can and never gives back (`*+`), so no text is read twice.
_JSON: Final = expression(
    r"""
    [ \t\n\r]*+
    (?: ("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")[ \t\n\r]*+:
      | ([\[{])
      | ([\]}])
      | ([:,])
      | ([^ \t\n\r"\[\]{}:,/]++)
      | (//[^\n]*+ | /\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?+)
      | ("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")
      | ("[^\n]*+ | /)
      | \Z )
    """,
    re.VERBOSE,
)
_OPEN: Final = 2
_CLOSE: Final = 3
_CLOSER: Final = {"[": "]", "{": "}"}
_JSON_NUMBER: Final = expression(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_JSON_WORDS: Final[Mapping[str, _Value]] = {
    "true": True,
    "false": False,
    "null": None,
    # Not JSON, but written by Python's `json`.
    "NaN": "NaN",  # It stays text in every format: equal files must have equal values.
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


class _Json:
    """A scanner of JSON that goes on after errors."""

    def __init__(self, out: _Gathering) -> None:
        self.out = out
        self.tokens = _JSON.finditer(out.text)
        self.outer: list[tuple[_Keys, str, int, str]] = []
        """What to go back to: the fields below, for each container that is open around the innermost."""
        self.prefix: _Keys = ()
        self.inside = ""
        """The bracket that opened the innermost container."""
        self.number = 0
        self.key = ""
        self.due = "value"
        """What the grammar expects: a value, a key, a colon, or ``end``, which is a comma or a closing bracket."""

    def read(self) -> None:
        take = (None, self.named, self.open, self.close, self.mark, self.word, self.comment, self.string, self.stray)
        for token in self.tokens:
            kind = token.lastindex
            if kind is not None:
                take[kind](token[kind], token.start(kind))  # type: ignore[misc]
        if self.inside and "too-deep" not in self.out.problems:
            self.out.wrong("the text ends before a bracket is closed", len(self.out.text))

    def named(self, token: str, at: int) -> None:
        """Take a string and the colon behind it."""
        if self.due == "key":
            self.key = self.unescaped(token, at)
            self.due = "value"
        else:
            self.string(token, at)
            self.mark(":", at + len(token))

    def string(self, token: str, at: int) -> None:
        self.begin(at)
        if self.due == "key":
            self.key = self.unescaped(token, at)
            self.due = "colon"
        else:
            self.out.add(self.here(), self.unescaped(token, at), at)
            self.due = "end"

    def unescaped(self, token: str, at: int) -> str:
        if "\\" in token:
            try:
                return str(scanstring(token, 1, False)[0])  # noqa: FBT003 - C takes it by position.
            except JSONDecodeError:
                self.out.wrong("a string has an unknown escape", at)
        return token[1:-1]

    def word(self, token: str, at: int) -> None:
        self.begin(at)
        number = _JSON_NUMBER.fullmatch(token)
        if self.due == "key":
            self.out.wrong("a key has no quotes", at)
            self.key = token
            self.due = "colon"
            return
        keys = self.here()
        if number is not None:
            self.out.add(keys, _integer(token) if number.lastindex is None else float(token), at)
        elif token in _JSON_WORDS:
            self.out.add(keys, _JSON_WORDS[token], at)
        else:
            self.out.wrong("this is no value", at)
        self.due = "end"

    def open(self, bracket: str, at: int) -> None:
        self.begin(at)
        if self.due == "key":
            self.out.wrong("a key is missing", at)
            self.key = ""
        if len(self.outer) == _DEEPEST:
            self.out.too_deep(self.out.place(at)[0])
            self.here()
            self.skip()
            self.due = "end"
            return
        prefix = self.here()
        self.outer.append((self.prefix, self.inside, self.number, self.key))
        self.prefix, self.inside, self.number = prefix, bracket, 0
        self.due = "key" if bracket == "{" else "value"

    def close(self, bracket: str, at: int) -> None:
        if self.inside == "{" and self.due in {"colon", "value"}:
            self.out.wrong("a value is missing", at)
        if bracket != _CLOSER.get(self.inside):
            self.out.wrong("a closing bracket has no opening one", at)
        if self.outer:  # The wrong bracket closes too: it is more likely mistyped than too much.
            self.prefix, self.inside, self.number, self.key = self.outer.pop()
            self.due = "end"

    def mark(self, mark: str, at: int) -> None:
        if mark == ":":
            if self.due == "colon":
                self.due = "value"
            else:
                self.out.wrong("a colon is not expected here", at)
        else:
            if self.due != "end" or not self.inside:
                self.out.wrong("a comma is not expected here", at)
            self.due = "key" if self.inside == "{" else "value"

    def comment(self, token: str, at: int) -> None:
        block = token[1] == "*"
        if block and not token.endswith("*/", 2):
            self.out.wrong("a comment has no end", at)
        self.out.comment(token[2:].removesuffix("*/" if block else ""), at)

    def stray(self, token: str, at: int) -> None:
        if token[0] != '"':
            self.out.wrong("this is no value", at)
            return
        self.out.wrong("a string has no end", at)
        self.begin(at)
        self.key = ""
        self.due = "colon" if self.due == "key" else "end"

    def begin(self, at: int) -> None:
        """Say what is missing before the key or the value that begins at the character *at*."""
        if self.due == "end":
            self.out.wrong("a comma is missing" if self.inside else "there is more than one value", at)
            self.due = "key" if self.inside == "{" else "value"
        elif self.due == "colon":
            self.out.wrong("a colon is missing", at)
            self.due = "value"

    def here(self) -> _Keys:
        """Return the keys of the next value."""
        if self.inside == "{":
            return (*self.prefix, self.key)
        if self.inside == "[":
            self.number += 1
            return (*self.prefix, str(self.number - 1))
        return ()

    def skip(self) -> None:
        """Skip what is inside a bracket that is open."""
        depth = 1
        for token in self.tokens:
            depth += (token.lastindex == _OPEN) - (token.lastindex == _CLOSE)
            if not depth:
                return


# YAML

_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is missing where PyYAML has no wheel.
_YAML_FORBIDDEN: Final = expression("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_YAML_PROPERTIES: Final = expression(r"(?:[&!]\S*+\s*+(?:#.*+\s*+)*+)*+")
_YAML_TAG: Final = "tag:yaml.org,2002:"
_PLAIN_DECIMAL: Final = expression(r"[-+]?[0-9]+\.[0-9]+")


def _yaml_bool(text: str) -> bool | str:
    return yaml.SafeLoader.bool_values.get(text.lower(), text)


def _yaml_integer(text: str) -> int | str:
    """Return what PyYAML makes of *text*, except that ``0123456`` and ``1:30`` are no integers any more in YAML 1.2."""
    plain = text.replace("_", "")
    digits = plain.lstrip("+-")
    based = digits[:2] in {"0b", "0x"}
    if not based and digits != "0" and digits.startswith("0"):
        return text
    value = _integer(plain, 0 if based else 10)
    return text if isinstance(value, str) else value


def _yaml_float(text: str) -> float | str:
    """Return what PyYAML makes of *text*, except for ``1:30.5`` and for ``1.10``, which may be a version."""
    plain = text.replace("_", "").lower()
    try:
        value = float(plain.replace(".inf", "inf"))
    except ValueError:
        return text
    return text if _PLAIN_DECIMAL.fullmatch(text) and repr(value) != text else value


_YAML_VALUES: Final[Mapping[str, Callable[[str], _Value]]] = {
    _YAML_TAG + "bool": _yaml_bool,
    _YAML_TAG + "float": _yaml_float,
    _YAML_TAG + "int": _yaml_integer,
    _YAML_TAG + "null": lambda _: None,
}


def _yaml_value(event: yaml.ScalarEvent) -> _Value:
    text: str = event.value
    tag = event.tag
    if tag is None and event.implicit[0]:
        resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
        tag = next((name for name, pattern in resolvers if pattern.match(text)), None)
    convert = _YAML_VALUES.get(tag or "")
    return text if convert is None else convert(text)


def _start(event: yaml.Event) -> int:
    """Return the first character of *event*; its line would count those that only YAML breaks, such as U+2028."""
    return int(event.start_mark.index) if event.start_mark is not None else 0


class _Span(NamedTuple):
    """The entries of a collection that has an anchor."""

    start: int
    stop: int
    depth: int


@define(eq=False)
class _Node:
    """A collection that is open."""

    prefix: _Keys
    is_list: bool
    anchor: str | None
    start: int
    number: int = 0
    key: str | None = None
    names: set[str] = field(factory=set)
    """The keys of a mapping, which win over those that are merged into it."""
    merging: bool = False
    """Its next value is merged into the mapping; or it is the list of what is merged into the mapping around it."""
    merges: list[tuple[_Span, int, int]] = field(factory=list)
    """What to merge, with the line and the column of the alias."""

    def here(self) -> _Keys:
        """Return the keys of the next value; None is the place of a key."""
        if self.is_list:
            self.number += 1
            return (*self.prefix, str(self.number - 1))
        key, self.key = self.key or "", None
        return (*self.prefix, key)


class _Yaml:
    """A reader of the events of YAML, which come without recursion and with aliases as they are written."""

    def __init__(self, out: _Gathering) -> None:
        self.out = out
        self.nodes: list[_Node] = []
        self.anchors: dict[str, _Value | _Span] = {}
        self.complex = 0
        """How deep we are in a key that is a collection: it has no entries."""
        self.seen = 0
        self.repeated = 0
        self.merged = False

    def read(self) -> None:
        text = _YAML_FORBIDDEN.sub("\ufffd", self.out.text)
        if text.count("%TAG") > _MOST_TAG_DIRECTIVES:  # libyaml compares each with each.
            message = f"there are more than {_MOST_TAG_DIRECTIVES} tag directives; nothing was read"
            self.out.problem("too-many", message, 1)
            return
        try:
            for event in yaml.parse(text, Loader=_YAML_LOADER):
                self.comments(_start(event))
                self.take(event)
            self.comments(len(text))
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML's own scanner leaks the latter two.
            mark = getattr(error, "problem_mark", None)
            at = self.seen if mark is None else mark.index
            begun = getattr(error, "context_mark", None)  # A string without an end begins here.
            self.comments(at if begun is None else min(at, begun.index))
            problem = getattr(error, "problem", None) or "an escape or a directive is wrong"
            if "nesting depth" in problem:  # A limit of libyaml's own, met before the events.
                self.out.too_deep(self.out.place(self.seen)[0])
            else:
                self.out.wrong(problem, at)
        finally:
            if self.merged:
                self.out.entries.sort(key=lambda entry: (entry.line, entry.column))

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self.scalar(event)
            case yaml.CollectionStartEvent():
                self.open(event)
            case yaml.CollectionEndEvent():
                self.close()
            case yaml.AliasEvent():
                self.alias(event)
            case yaml.DocumentStartEvent():
                self.anchors.clear()
            case _:
                pass  # The stream begins or ends, or a document ends.

    def scalar(self, event: yaml.ScalarEvent) -> None:
        at = _start(event)
        end = at if event.end_mark is None else event.end_mark.index
        if event.anchor is not None or event.tag is not None:
            at = min(_end(_YAML_PROPERTIES, self.out.text, at), end)
            self.comments(at)
        self.seen = end
        if self.complex:
            return
        value = _yaml_value(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        if self.awaits_key():
            self.key(event.value, merging=event.value == "<<" and event.implicit[0])
            return
        self.out.add(self.here(), value, at)

    def open(self, event: yaml.CollectionStartEvent) -> None:
        if self.complex or self.awaits_key():
            self.complex += 1
            if self.complex == 1:
                self.key("?")
        if len(self.nodes) + self.complex >= _DEEPEST:  # libyaml takes time that is quadratic in the depth of brackets.
            self.out.too_deep(self.out.place(_start(event))[0])
            raise _Enough
        if self.complex:
            return
        if event.anchor is not None:
            self.anchors[event.anchor] = _Span(0, 0, 0)  # An alias inside of it repeats nothing.
        is_list = isinstance(event, yaml.SequenceStartEvent)
        merging = bool(self.nodes) and self.nodes[-1].merging
        prefix = self.nodes[-1].prefix if merging else self.here()
        if merging:
            self.here()
        self.nodes.append(_Node(prefix, is_list, event.anchor, len(self.out.entries), merging=merging and is_list))

    def close(self) -> None:
        if self.complex:
            self.complex -= 1
            return
        node = self.nodes.pop()
        for span, line, column in node.merges:
            names = frozenset(node.names)
            for entry in self.repeat(span, node.prefix, line, column):
                name = entry.keys[len(node.prefix)]
                if name not in names:
                    node.names.add(name)
                    self.out.add_entry(entry)
                    self.merged = True
        if node.anchor is not None:
            self.anchors[node.anchor] = _Span(node.start, len(self.out.entries), len(node.prefix))

    def alias(self, event: yaml.AliasEvent) -> None:
        if self.complex:
            return
        at = _start(event)
        if event.anchor not in self.anchors:
            self.out.wrong("an alias has no anchor", at)
        value = self.anchors.get(event.anchor or "", _Span(0, 0, 0))
        if self.awaits_key():
            self.key("?" if isinstance(value, _Span) else str(value))
            return
        node = self.nodes[-1] if self.nodes else None
        keys = self.here()
        if not isinstance(value, _Span):
            self.out.add(keys, value, at)
            return
        line, column = self.out.place(at)
        if node is not None and node.merging:
            target = self.nodes[-2] if node.is_list else node
            target.merges.append((value, line, column))
            return
        for entry in self.repeat(value, keys, line, column):
            self.out.add_entry(entry)

    def repeat(self, span: _Span, prefix: _Keys, line: int, column: int) -> Iterator[Entry]:
        """Yield the entries of *span* under *prefix*, unless too many were repeated before."""
        allowed = span.start + _MOST_REPEATED - self.repeated
        for entry in self.out.entries[span.start : min(span.stop, allowed)]:
            self.repeated += 1
            yield Entry((*prefix, *entry.keys[span.depth :]), entry.value, line, column)
        if span.stop > allowed:
            message = f"aliases repeat more than {_MOST_REPEATED} values; from here on they were not followed"
            self.out.problem("too-many", message, line)

    def awaits_key(self) -> bool:
        return bool(self.nodes) and not self.nodes[-1].is_list and self.nodes[-1].key is None

    def key(self, key: str, *, merging: bool = False) -> None:
        node = self.nodes[-1]
        node.key = key
        node.merging = merging
        node.names.add(key)

    def here(self) -> _Keys:
        return self.nodes[-1].here() if self.nodes else ()

    def comments(self, stop: int) -> None:
        """Add the comments between what was read last and the character *stop*, where a ``#`` is in no string."""
        text = self.out.text
        at = text.find("#", self.seen, stop)
        while at >= 0:
            end = min(_line_end(text, at), stop)
            self.out.comment(text[at + 1 : end], at)
            at = text.find("#", end, stop)
        self.seen = max(self.seen, stop)


# TOML

_TOML_BASIC: Final = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
# No possessive group around the quotes: Python 3.11.2 goes on in the wrong place after one.
_TOML_MULTILINE: Final = r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
_TOML_MULTILINE_LITERAL: Final = r"'''(?:[^']++|'{1,2}(?!'))*'{3,5}"
_TOML_BLANK: Final = expression(r"[ \t\n\r]*+")
_TOML_SPACE: Final = expression(r"[ \t\r]*+")
_TOML_KEY: Final = expression(rf"[ \t]*+(?:([A-Za-z0-9_-]++)|({_TOML_BASIC})|('[^'\n]*+'))[ \t]*+")
_TOML_VALUE: Final = expression(
    rf"""
    [ \t]*+
    (?: ({_TOML_BASIC})(?!")
      | ('[^'\n]*+')(?!')
      | ([\[{{])
      | ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ ][0-9]{{2}}:[0-9:.]++(?:[Zz]|[+-][0-9:]++)?+ | [A-Za-z0-9_.:+-]++)
      | ({_TOML_MULTILINE})
      | ({_TOML_MULTILINE_LITERAL}) )
    """,
    re.VERBOSE,
)
_TOML_SKIPPED: Final = expression(
    rf"{_TOML_MULTILINE}|{_TOML_MULTILINE_LITERAL}|{_TOML_BASIC}|'[^'\n]*+'|#[^\n]*+|([\[{{])|([\]}}])"
)
_TOML_ESCAPE: Final = expression(
    r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([ \t\r]*+\n[ \t\r\n]*+)|([\s\S]))"
)
_TOML_ESCAPED: Final = {
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    '"': '"',
    "\\": "\\",
}
_TOML_INTEGER: Final = expression(
    r"[+-]?(?:0|[1-9](?:_?[0-9])*)|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*"
)
_TOML_FLOAT: Final = expression(r"[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?")
_TOML_DATE: Final = expression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].*)?|[0-9]{2}:[0-9]{2}.*")
_TOML_WORDS: Final[Mapping[str, _Value]] = {
    "true": True,
    "false": False,
    **{sign + "inf": float(sign + "inf") for sign in ("", "+", "-")},
    **{sign + "nan": sign + "nan" for sign in ("", "+", "-")},
}


class _Toml:
    """A scanner of TOML that goes on at the next line after an error."""

    def __init__(self, out: _Gathering) -> None:
        self.out = out
        self.text = out.text
        self.table: _Keys = ()
        self.counts: dict[_Keys, int] = {}
        """How many elements each array of tables has."""

    def read(self) -> None:
        at = self.blank(0)
        while at < len(self.text):
            try:
                at = self.header(at) if self.text[at] == "[" else self.pair(at)
                at = self.line_end(at)
            except _Wrong as wrong:
                self.out.wrong(wrong.message, wrong.at)
                at = _line_end(self.text, wrong.at)
            at = self.blank(at)

    def header(self, at: int) -> int:
        """Read ``[table]`` or ``[[array]]``; return where it ends."""
        brackets = 2 if self.text.startswith("[[", at) else 1
        parts, at = self.key(at + brackets)
        if not self.text.startswith("]" * brackets, at):
            raise _Wrong("a table has no closing bracket", at)
        table: _Keys = ()
        for part in parts:
            table = (*self.inside(table), part)
        if brackets > 1:
            self.counts[table] = self.counts.get(table, 0) + 1
        self.table = self.inside(table)
        return at + brackets

    def inside(self, table: _Keys) -> _Keys:
        """Return the keys of what is in *table*: for an array, that is in its last element."""
        count = self.counts.get(table, 0)
        return (*table, str(count - 1)) if count else table

    def pair(self, at: int) -> int:
        """Read ``key = value``; return where it ends."""
        parts, at = self.name(at)
        frames: list[tuple[_Keys, int]] = []
        keys: _Keys | None = self.table + parts
        while keys is not None:
            opened, at = self.value(keys, at, frames)
            keys, at = self.following(at, frames, due=not opened)
        return at

    def value(self, keys: _Keys, at: int, frames: list[tuple[_Keys, int]]) -> tuple[bool, int]:
        """Read a scalar, or open an array (as its keys and 0) or an inline table (-1); return where that ends."""
        token = _TOML_VALUE.match(self.text, at)
        if token is None:
            raise _Wrong("a value is missing, or a string has no end", at)
        at = token.start(token.lastindex or 0)
        basic, literal, opening, bare, multiline, multiline_literal = token.groups()
        if opening is not None and len(keys) >= _DEEPEST:
            self.out.too_deep(self.out.place(at)[0])
            return False, self.skip(at)
        if opening is not None:
            frames.append((keys, 0 if opening == "[" else -1))
        elif basic is not None:
            self.out.add(keys, self.unescaped(basic[1:-1], at), at)
        elif literal is not None:
            self.out.add(keys, literal[1:-1], at)
        elif bare is not None:
            self.out.add(keys, _toml_bare(bare, at), at)
        elif multiline is not None:
            self.out.add(keys, self.unescaped(multiline[3:-3].removeprefix("\n"), at), at)
        else:
            self.out.add(keys, multiline_literal[3:-3].removeprefix("\n"), at)
        return opening is not None, token.end()

    def following(self, at: int, frames: list[tuple[_Keys, int]], *, due: bool) -> tuple[_Keys | None, int]:
        """
        Return the keys of the next value in *frames*, and where it begins; None when all of them are closed.

        *due* tells that a comma must come first.
        """
        while frames:
            at = self.blank(at)
            prefix, number = frames[-1]
            mark = self.text[at : at + 1]
            if mark == ("}" if number < 0 else "]"):
                frames.pop()
                at += 1
                due = True
            elif due:
                if mark != ",":
                    raise _Wrong("a comma or a closing bracket is missing", at)
                at += 1
                due = False
            elif number < 0:
                parts, at = self.name(at)
                return prefix + parts, at
            else:
                frames[-1] = (prefix, number + 1)
                return (*prefix, str(number)), at
        return None, at

    def name(self, at: int) -> tuple[_Keys, int]:
        """Read a key and its equals sign."""
        parts, at = self.key(at)
        if not self.text.startswith("=", at):
            raise _Wrong("an equals sign is missing", at)
        return parts, at + 1

    def key(self, at: int) -> tuple[_Keys, int]:
        """Read a key with its dots; of one that is too deep, as many parts as show it."""
        parts: list[str] = []
        while True:
            token = _TOML_KEY.match(self.text, at)
            if token is None:
                raise _Wrong("a key is missing", at)
            bare, basic, literal = token.groups()
            if len(parts) <= _DEEPEST:
                parts.append(bare or (literal[1:-1] if basic is None else self.unescaped(basic[1:-1], at)))
            at = token.end()
            if not self.text.startswith(".", at):
                return tuple(parts), at
            at += 1

    def unescaped(self, text: str, at: int) -> str:
        """Return the value of a string with the escapes of *text*; one that is unknown stays, and is wrong."""

        def value(escape: re.Match[str]) -> str:
            short, long, byte, newline, character = escape.groups()
            number = short or long or byte
            if newline is not None:
                return ""
            with suppress(ValueError, KeyError, OverflowError):  # chr() knows 0x110000 characters.
                return _TOML_ESCAPED[character] if number is None else chr(int(number, 16))
            self.out.wrong("a string has an unknown escape", at)
            return escape[0]

        return _TOML_ESCAPE.sub(value, text) if "\\" in text else text

    def blank(self, at: int) -> int:
        """Skip white space, lines and comments."""
        while True:
            at = _end(_TOML_BLANK, self.text, at)
            if not self.text.startswith("#", at):
                return at
            at = self.comment(at)

    def line_end(self, at: int) -> int:
        """Skip what may follow on a line."""
        at = _end(_TOML_SPACE, self.text, at)
        if self.text.startswith("#", at):
            at = self.comment(at)
        if self.text[at : at + 1] not in {"", "\n"}:
            raise _Wrong("the end of the line is expected here", at)
        return at

    def comment(self, at: int) -> int:
        end = _line_end(self.text, at)
        self.out.comment(self.text[at + 1 : end], at)
        return end

    def skip(self, at: int) -> int:
        """Skip the array or inline table that opens at the character *at*."""
        depth = 0
        for token in _TOML_SKIPPED.finditer(self.text, at):
            depth += (token[1] is not None) - (token[2] is not None)
            if not depth:
                return token.end()
        return len(self.text)


def _toml_bare(text: str, at: int) -> _Value:
    if text in _TOML_WORDS:
        return _TOML_WORDS[text]
    if _TOML_INTEGER.fullmatch(text):
        return _integer(text, 0)
    if _TOML_FLOAT.fullmatch(text):
        return float(text)
    if _TOML_DATE.fullmatch(text):
        return text
    raise _Wrong("this is no value", at)


# INI

_INI_DELIMITER: Final = expression("[=:]")


class _Ini:
    """A reader of the lines of an INI file."""

    def __init__(self, out: _Gathering) -> None:
        self.out = out
        self.section: _Keys = ()
        self.keys: _Keys = ()
        self.lines: list[str] | None = None
        """The lines of the option that is being read; None when it has no value."""
        self.place = (0, 0)
        self.indent: int | None = None
        """That of the option; lines that stand further in continue its value."""

    def read(self) -> None:
        for number, line in enumerate(self.out.text.split("\n"), start=1):
            self.take(line, number)
        self.finish()

    def take(self, line: str, number: int) -> None:
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if not stripped or stripped[0] in "#;":
            self.out.add_comment(stripped.lstrip("#;"), number)
            if self.lines is not None:
                self.lines.append("")
        elif self.lines is not None and self.indent is not None and indent > self.indent:
            self.lines.append(stripped)
        else:
            self.finish()
            self.statement(line, stripped, indent, number)

    def statement(self, line: str, stripped: str, indent: int, number: int) -> None:
        if stripped[0] == "[" and "]" in stripped[2:]:
            self.section = (stripped[1 : stripped.rindex("]")],)
            return
        if stripped[0] == "[":
            self.out.problem("syntax-error", "a section has no name or no closing bracket", number)
            return
        delimiter = _INI_DELIMITER.search(line)
        if delimiter is None:
            self.keys, self.place = (*self.section, stripped), (number, indent + 1)
            self.out.add_entry(Entry(self.keys, None, *self.place))
            return
        name = line[: delimiter.start()].strip()
        if not name:
            self.out.problem("syntax-error", "an option has no name", number)
            return
        rest = line[delimiter.end() :]
        self.keys, self.indent, self.lines = (*self.section, name), indent, [rest.strip()]
        self.place = (number, len(line) - len(rest.lstrip()) + 1)

    def finish(self) -> None:
        """Add the option that was being read."""
        if self.lines is not None:
            self.out.add_entry(Entry(self.keys, "\n".join(self.lines).rstrip(), *self.place))
            self.lines = None


# .env

_ENV: Final = expression(
    r"""
    [^\S\n]*+
    (?: export[^\S\n]++ )?+
    (?: '([^'\n]++)' | ([^=\#\s]++) )
    [^\S\n]*+
    (= [^\S\n]*+)?+
    """,
    re.VERBOSE,
)
_ENV_DOUBLE: Final = expression(r'"([^"\\]*+(?:\\[\s\S][^"\\]*+)*+)"')
_ENV_SINGLE: Final = expression(r"'([^'\\]*+(?:\\[\s\S][^'\\]*+)*+)'|'([^'\n]*+)'")
_ENV_DOUBLE_ESCAPE: Final = expression(r"\\([\\'\"abfnrtv])")
_ENV_SINGLE_ESCAPE: Final = expression(r"\\([\\'])")
_ENV_ESCAPED: Final = dict(zip("\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v", strict=True))
_ENV_COMMENT: Final = expression(r"(?<=\s)#")
_ENV_LINE_END: Final = expression(r"[^\S\n]*+(#[^\n]*+)?+(?=\n|\Z)")
_ENV_BLANK: Final = expression(r"\s*+")


def _read_env(out: _Gathering) -> None:
    text = out.text
    at = _end(_ENV_BLANK, text, 0)
    while at < len(text):
        try:
            at = _env_line(out, at)
        except _Wrong as wrong:
            out.wrong(wrong.message, wrong.at)
            at = _line_end(text, wrong.at)
        at = _end(_ENV_BLANK, text, at)


def _env_line(out: _Gathering, at: int) -> int:
    """Read a setting or a comment; return where it ends."""
    text = out.text
    name = None if text[at] == "#" else _ENV.match(text, at)
    if name is None and text[at] != "#":
        raise _Wrong("a name is missing", at)
    start = end = at if name is None else name.end()
    value = None
    if name is not None and name[3] is not None:
        value, end = _env_value(text, start)
    rest = _ENV_LINE_END.match(text, end)
    if rest is None:
        raise _Wrong("the end of the line is expected here", end)
    if name is not None and value is not None:
        out.add((name[1] or name[2],), value, start)
    if rest[1] is not None:
        out.comment(rest[1][1:], rest.start(1))
    return rest.end()


def _env_value(text: str, at: int) -> tuple[str, int]:
    """Return the value that begins at the character *at*, and where it ends."""
    quote = text[at : at + 1]
    if quote == '"':
        token, escape = _ENV_DOUBLE.match(text, at), _ENV_DOUBLE_ESCAPE
    elif quote == "'":
        token, escape = _ENV_SINGLE.match(text, at), _ENV_SINGLE_ESCAPE
    else:
        end = _line_end(text, at)
        comment = _ENV_COMMENT.search(text, at, end)
        end = end if comment is None else comment.start()
        return text[at:end].rstrip(), end
    if token is None:
        raise _Wrong("a string has no end", at)
    value = token[1] if token[1] is not None else token[2]
    return escape.sub(lambda found: _ENV_ESCAPED[found[1]], value), token.end()


# .properties

_PROPERTY: Final = expression(
    r"[ \t\f]*+(?:[#!](?P<comment>[^\r\n]*+)|(?P<key>(?:[^\\=: \t\f\r\n]|\\.)++)[ \t\f]*+[=:]?[ \t\f]*+)?+"
)
_PROPERTY_VALUE: Final = expression(r"(?:[^\\\r\n]|\\(?:\r\n|.))*+", re.DOTALL)
_PROPERTY_ESCAPE: Final = expression(r"\\(?:u([0-9a-fA-F]{4})|(\r?\n|\r)[ \t\f]*|(.))", re.DOTALL)


def read_properties(text: str) -> Data:
    r"""
    Return the settings of a ``.properties`` file of Java; a dot in a name parts keys, as YAML would nest them.

    >>> read_properties("app.model = gpt-5\n").entries
    (Entry(keys=('app', 'model'), value='gpt-5', line=1, column=13),)
    """
    return _gathered("properties", text, _read_properties)


def _read_properties(out: _Gathering) -> None:
    text, at = out.text, 0
    while at < len(text):
        found = _PROPERTY.match(text, at)
        if found is None:
            raise AssertionError  # It also matches nothing.
        if found["comment"] is not None:
            out.comment(found["comment"], found.start())
            at = found.end()
        elif found["key"] is not None:
            value = _PROPERTY_VALUE.match(text, found.end())
            end = value.end() if value is not None else found.end()
            keys = tuple(k for k in _unescaped_property(found["key"]).split(".") if k)
            out.add(keys, _unescaped_property(text[found.end() : end]).strip(), found.end())
            at = end
        else:
            at = found.end()
        at = _line_end(text, at) + 1


def _unescaped_property(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return "" if found[2] else {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}.get(found[3], found[3])

    return _PROPERTY_ESCAPE.sub(character, text) if "\\" in text else text


_READERS: Final[Mapping[str, Callable[[str], Data]]] = {
    "json": read_json,
    "yaml": read_yaml,
    "toml": read_toml,
    "ini": read_ini,
    "env": read_env,
    "properties": read_properties,
}
