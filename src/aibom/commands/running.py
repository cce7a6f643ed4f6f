"""The values that the words of commands have: variables, loops, arrays and functions followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, evolve, field, frozen

from aibom.bill import Location
from aibom.expressions import expression
from aibom.syntax.shell import Command, Set, Word, lines_of, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aibom.files import File
    from aibom.syntax.shell import Part, Script

__all__ = ["HOLE", "Environment", "Given", "Run", "beside", "given", "runs"]

HOLE: Final = "\0"
"""Stands in a text for what is not known."""
_WIDEST: Final = 24
"""So many values of one word are followed."""
_LONGEST: Final = 4000
_DEEPEST: Final = 20
_MOST_SOURCES: Final = 20
_MOST_RUNS: Final = 20_000
"""So many commands of one script are followed, those of a function once for each of its calls."""
_ALTERNATIVES: Final = expression(r"\|\||&&")
_QUOTED: Final = expression(r"['\"]([^'\"]*)['\"]")
_NAMES: Final = expression(r"[$.]?[A-Za-z_][\w.-]*")
_FIELD: Final = expression(r"\S+")
_DEFAULT: Final = expression(r"default\s+\"([^\"]*)\"")


@frozen
class Given:
    """A value of a word."""

    text: str
    marks: tuple[tuple[int, Location], ...]
    """Where its pieces are written: the offset of each in the text, and its place."""
    optional: bool = False
    """Only a branch gives it, and there is another without it."""
    loose: bool = False
    """No quotes keep its spaces from parting words."""

    @property
    def known(self) -> bool:
        """Whether the whole of it is known."""
        return HOLE not in self.text

    def place(self, start: int = 0, length: int = 0) -> Location:
        """Return where the text from *start* on is written; where its first piece is, when it has several."""
        at = self.marks[0]
        for mark in self.marks:
            if mark[0] <= start:
                at = mark
        offset, place = at
        del length
        return evolve(place, column=place.column + start - offset) if place.column else place

    def part(self, start: int, end: int | None = None) -> Given:
        """Return the piece of it between *start* and *end*."""
        text = self.text[start:end]
        after = start + len(text)
        marks = [(0, self.place(start)), *((o - start, p) for o, p in self.marks if start < o < after)]
        return evolve(self, text=text, marks=tuple(marks))


def given(text: str, at: Location, *, optional: bool = False) -> Given:
    """Return the value *text*, which is written at *at*."""
    return Given(text, ((0, at),), optional)


Arg: TypeAlias = tuple[Given, ...]
"""The values that a word may have; the first one tells what it is."""


@frozen
class Run:
    """A command, with the values of its words."""

    args: tuple[Arg, ...]
    at: Location
    optional: bool = False
    command: Command | None = None
    sets: tuple[tuple[str, Arg], ...] = ()
    """Variables that it is run with."""
    environment: Environment | None = field(default=None, eq=False, repr=False)
    """What a shell that it starts sees."""
    source: Source = field(default=lambda _name: None, eq=False, repr=False)
    """Gives another script of the tree."""


@define
class Environment:
    """What variables are set to."""

    values: dict[str, Arg] = field(factory=dict)
    arrays: set[str] = field(factory=set)
    """The variables whose values are the elements of an array."""
    arguments_given: tuple[Arg, ...] = ()
    """What a script or a function is called with, without what was shifted out."""
    arguments_whole: tuple[Arg, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Arg]) -> Environment:
        """Return one with *values*."""
        return cls(dict(values))

    def copy(self) -> Environment:
        """Return an equal one."""
        return Environment(dict(self.values), set(self.arrays), self.arguments_given, self.arguments_whole)

    def give(self, arguments: Sequence[Arg]) -> None:
        """Set ``$1``, ``$2``, … and ``$@``."""
        self.arguments_given = self.arguments_whole = tuple(arguments)
        for position in range(1, 10):
            self.values.pop(str(position), None)
        for position, options in enumerate(arguments[:9], 1):
            self.values[str(position)] = options
        each = [a[0] for a in arguments if a]
        self.values["@"] = tuple(each[:_WIDEST])
        for position in range(1, 10):
            self.values[f"@:{position}"] = tuple(each[position - 1 :][:_WIDEST])

    def shift(self, count: int) -> None:
        """Do what ``shift`` does."""
        whole = self.arguments_whole
        self.give(self.arguments_given[count:])
        self.arguments_whole = whole

    def set(self, name: str, found: Iterable[Given], *, how: str = "=", conditional: bool = False) -> None:
        """Give *name* the values *found*."""
        new = tuple(found)[:_WIDEST]
        old = self.values.get(name, ())
        if how == "?=" and any(g.known for g in old):
            return
        if how == "+=" and name not in self.arrays and old:
            new = tuple(_joined([a, b]) for a in old for b in new)[:_WIDEST]
        elif how == "+=":
            new = (*old, *new)[:_WIDEST]
        elif conditional and old:
            new = (*old, *(evolve(g, optional=True) for g in new if g not in old))[:_WIDEST]
        self.values[name] = new

    def expand(self, word: Word, path: str, depth: int = 0) -> list[Given]:
        """Return the values that *word*, which stands in the file *path*, may have."""
        found: list[list[Given]] = [[]]
        for part in word.parts:
            options = self._options(part, path, depth)
            if len(options) == 1:  # Copying what there is for each part would take time with the square of the parts.
                for before in found:
                    before.append(options[0])
            else:
                found = [[*before, option] for before in found for option in options][:_WIDEST]
        loose = len(word.parts) == 1 and word.parts[0].kind == "variable" and not word.parts[0].quoted
        at = Location(path, word.line, word.column)
        return [evolve(_joined(pieces, at), loose=loose) for pieces in found]

    def _options(self, part: Part, path: str, depth: int) -> list[Given]:
        at = Location(path, part.line, part.column)
        if part.kind == "text":
            return [Given(part.text, ((0, at),))]
        if part.kind == "instead":
            set_ = any(g.text and g.text != HOLE for g in self.values.get(part.text, ()))
            return self.expand(part.fallback, path, depth + 1) if set_ and part.fallback else [Given("", ((0, at),))]
        known = list(self.values.get(part.text, ())) if part.kind == "variable" else []
        if part.kind == "variable" and not known and not part.text.isidentifier():
            known = self._of_expression(part.text, at)
        if part.text in self.arrays and not part.every:
            known = known[:1]
        usable = [g for g in known if g.text and g.known] or [g for g in known if g.text.strip(HOLE)]
        if usable and (part.fallback is None or not all(g.optional for g in usable)):
            return usable
        if part.fallback is not None and depth < _DEEPEST:
            return [*self.expand(part.fallback, path, depth + 1), *usable][:_WIDEST]
        return [Given(HOLE, ((0, at),))]

    def _of_expression(self, text: str, at: Location) -> list[Given]:
        """Return what the expression of a pipeline or a chart comes to: ``inputs.x || 'y'``, ``.Values.x | quote``."""
        found: list[Given] = []
        for piece in _ALTERNATIVES.split(text)[:_WIDEST]:
            word = piece.strip().strip("()").strip()
            if quoted := _QUOTED.fullmatch(word):
                found.append(Given(quoted[1], ((0, at),), optional=bool(found)))
            elif word in self.values:
                found += self.values[word]
            else:
                found += [g for name in _NAMES.findall(word) for g in self.values.get(name, ())][:_WIDEST]
        if not found and (default := _DEFAULT.search(text)):
            found.append(Given(default[1], ((0, at),)))
        return found

    def arguments(self, word: Word, path: str) -> list[Arg]:
        """Return the arguments that *word* becomes: several where it is an array, or a variable with spaces in it."""
        only = word.parts[0] if len(word.parts) == 1 else None
        if only is not None and only.kind == "text" and only.text:  # Most words.
            return [(Given(only.text, ((0, Location(path, only.line, only.column)),)),)]
        if only is not None and only.every and (only.text in self.arrays or only.text.startswith("@")):
            return [(g,) for g in self.values.get(only.text, ())]
        if only is not None and only.kind == "instead" and not only.quoted:  # ${X:+--option "$X"}
            return [(piece,) for given in self.expand(word, path)[:1] for piece in _pieces(given)]
        found = [g for g in self.expand(word, path) if g.text] or [Given("", ((0, Location(path, word.line)),))]
        if found[0].loose and " " in found[0].text.strip():
            return [(piece,) for piece in _pieces(found[0])]
        return [tuple(found)]


def _joined(pieces: list[Given], at: Location | None = None) -> Given:
    pieces = [p for p in pieces if p.text] or pieces[:1]
    if not pieces:
        return Given("", ((0, at or Location("")),))
    if len(pieces) == 1:
        return pieces[0]
    text, marks, optional = "", list[tuple[int, Location]](), False
    for piece in pieces:
        marks += [(len(text) + offset, place) for offset, place in piece.marks]
        text += piece.text
        optional = optional or piece.optional
        if len(text) > _LONGEST:
            return Given(HOLE, tuple(marks[:1]))
    return Given(text, tuple(marks[:_WIDEST]), optional)


def _pieces(found: Given) -> Iterator[Given]:
    start = 0
    for word in found.text.split(" "):
        if word.strip():
            yield found.part(start, start + len(word))
        start += len(word) + 1


Source: TypeAlias = "Callable[[str], tuple[str, Script] | None]"
"""Gives the file that ``source NAME`` reads, with its path."""


def runs(
    script: Script, path: str, environment: Environment, source: Source = lambda _name: None, *, lazy: bool = False
) -> Iterator[Run]:
    """
    Yield the commands of *script*, the text of the file *path*, with the values of their words.

    *environment* is what variables are set to before; afterwards it has what the script sets. *lazy*: all variables are
    set before any command runs, as in a Makefile.
    """
    yield from _Running(script, path, environment, source).every(lazy=lazy)


class _Running:
    """Follows one script."""

    def __init__(self, script: Script, path: str, environment: Environment, source: Source) -> None:
        self.script = script
        self.path = path
        self.env = environment
        self.source = source
        self.sourced: set[str] = set()
        self.calls: dict[str, list[tuple[Arg, ...]]] = {}
        self.count = 0
        self.before: Command | None = None
        self.before_args: list[Arg] = []

    def every(self, *, lazy: bool) -> Iterator[Run]:
        outside = [s for s in self.script.steps if not s.function]
        if lazy:
            for step in outside:
                if isinstance(step, Set):
                    self.set(step)
            outside = [s for s in outside if isinstance(s, Command)]
        for step in outside:
            yield from self.step(step)
        bodies: dict[str, list[Command | Set]] = {}
        for step in self.script.steps:
            if step.function:
                bodies.setdefault(step.function, []).append(step)
        done: set[str] = set()
        outer = self.env
        while len(done) < len(bodies):
            # Those that are called first: what they are given is known then.
            name = next((n for n in self.calls if n in bodies and n not in done), None)
            name = next(n for n in bodies if n not in done) if name is None else name
            done.add(name)
            for call in list(dict.fromkeys(self.calls.get(name, [])))[:_WIDEST] or [
                ()
            ]:  # Each with what it is given, and not with a mix.
                self.env = self.inner(outer, call)
                for step in bodies[name] if self.count < _MOST_RUNS else ():
                    yield from self.step(step)
        self.env = outer

    def inner(self, outer: Environment, call: tuple[Arg, ...]) -> Environment:
        """Return what a function sees that is given the arguments *call*."""
        env = outer.copy()
        env.give(call)
        return env

    def option(self, step: Set) -> tuple[Given, ...] | None:
        """Return what the script is given for the option that a branch of ``case`` reads; None where it reads none."""
        parts = [p for w in step.words for p in w.parts]
        own = len(parts) == 1 and (parts[0].kind == "unknown" or parts[0].text in {"2", "1", "OPTARG"})
        args = self.env.arguments_whole
        if not step.pattern or not own or not args:
            return None
        found: list[Given] = []
        for raw in step.pattern.split("|"):
            wanted = raw.strip().strip("\"'")
            wanted = f"-{wanted}" if len(wanted) == 1 and wanted.isalnum() else wanted  # getopts
            for number, arg in enumerate(args):
                if wanted.endswith("=*") and arg[0].text.startswith(wanted[:-1]):
                    found += [g.part(len(wanted) - 1) for g in arg]
                elif arg[0].text == wanted and number + 1 < len(args):
                    found += args[number + 1]
        return tuple(found)

    def set(self, step: Set) -> None:
        given = self.option(step)
        if given is not None:
            if given:
                self.env.set(step.name, given)
            return
        array = step.array
        options: list[Given] = []
        for word in step.words:
            expanded = self.env.arguments(word, self.path) if array or step.how == "for" else []
            options += [g for arg in expanded for g in arg] if expanded else self.env.expand(word, self.path)
        if array or step.how == "for":
            options = [p for g in options for p in (_pieces(g) if g.loose else (g,))]
        if array:
            self.env.arrays.add(step.name)
        elif step.how not in {"for", "+="}:
            self.env.arrays.discard(step.name)
        self.env.set(step.name, options, how=step.how, conditional=step.conditional)

    def step(self, step: Command | Set) -> Iterator[Run]:
        self.count += 1
        if isinstance(step, Set):
            self.set(step)
            return
        for word in step.words:
            for part in word.parts:
                if part.sets and part.fallback is not None:
                    self.env.set(part.text, self.env.expand(part.fallback, self.path), how="?=")
        args = [arg for word in step.words for arg in self.env.arguments(word, self.path)]
        if not args:
            return
        name = args[0][0].text
        if name in {"source", "."} and len(args) > 1:
            yield from self.read(args[1][0].text)
        if name in self.script.functions:
            self.calls.setdefault(name, []).append(tuple(args[1:]))
        sets = tuple((s.name, tuple(self.env.expand(s.words[0], self.path))) for s in step.sets if s.words)
        at = Location(self.path, step.line, step.column)
        if name == "read" and len(args) > 1:
            self.fill(step, [a[0].text for a in args[1:] if not a[0].text.startswith("-")])
        args = self.piped(step, args)
        self.before, self.before_args = step, args
        if name == "shift":
            self.env.shift(int(args[1][0].text) if len(args) > 1 and args[1][0].text.isdecimal() else 1)
        yield Run(tuple(args), at, step.conditional, step, sets, self.env, self.source)

    def piped(self, step: Command, args: list[Arg]) -> list[Arg]:
        """Return the words of ``xargs`` with what the command before it prints: ``echo a b | xargs hf download``."""
        before = self.before
        printing = before is not None and before.line == step.line and self.before_args[0][0].text in {"echo", "printf"}
        if args[0][0].text != "xargs" or not printing:
            return args
        items = [
            piece
            for arg in self.before_args[1:]
            if not arg[0].text.startswith("-") and "%" not in arg[0].text
            for given in arg
            for piece in _pieces(given)
        ]
        number, mark = 1, ""
        while number < len(args) and args[number][0].text.startswith("-"):
            text = args[number][0].text
            if text.startswith("-I"):
                mark = text[2:] or (args[number + 1][0].text if number + 1 < len(args) else "")
            number += 2 if text in {"-I", "-n", "-P", "-L", "-d", "-s"} else 1
        if not items:
            return args
        words = [tuple(items) if mark and arg[0].text == mark else arg for arg in args[number:]]
        return words if mark else [*words, tuple(items[:_WIDEST])]

    def fill(self, step: Command, names: list[str]) -> None:
        """Set the variables *names* to what a loop with ``read`` in its condition reads: a here-document, or a file."""
        columns: list[list[Given]] = [[] for _ in names]
        for line in step.document:
            if not line.text.lstrip().startswith("#"):
                for column, field_ in zip(columns, _FIELD.finditer(line.text), strict=False):
                    at = Location(self.path, line.number, line.column + field_.start())
                    column.append(Given(field_[0], ((0, at),)))
        before = self.before
        input_ = step.input
        if not step.document and not input_ and before is not None and before.line == step.line:
            words = [w.plain or "" for w in before.words]  # cat names.txt | while read name
            input_ = words[1] if len(words) == 2 and words[0] == "cat" else ""  # noqa: PLR2004 - cat and its file
        read = self.source(input_) if input_ else None
        for row in read[1].steps if read is not None else ():
            for column, word in zip(columns, row.words if isinstance(row, Command) else (), strict=False):
                column.extend(Environment().expand(word, read[0] if read is not None else ""))
        for name, column in zip(names, columns, strict=True):
            if column:
                self.env.set(name, column)

    def read(self, name: str) -> Iterator[Run]:
        """Take over what the file *name* sets; its commands are found where they stand."""
        if len(self.sourced) >= _MOST_SOURCES or name in self.sourced or HOLE in name.rpartition("/")[2]:
            return
        self.sourced.add(name)
        found = self.source(name)
        if found is not None:
            inner = _Running(found[1], found[0], self.env, self.source)
            inner.sourced = self.sourced
            for _ in inner.every(lazy=False):
                pass
        yield from ()


_MOST_BESIDE: Final = 50
"""So many other scripts are looked for from one file."""
_MOST_BYTES: Final = 2_000_000


def beside(file: File) -> Source:
    """Return what gives other scripts of the tree by the names that those in *file* have for them."""
    known: dict[str, tuple[str, Script] | None] = {}

    def source(name: str) -> tuple[str, Script] | None:
        if name not in known:
            known[name] = found(name) if len(known) < _MOST_BESIDE else None
        return known[name]

    def found(name: str) -> tuple[str, Script] | None:
        name = name.rpartition(HOLE)[2].replace("\\", "/").lstrip("/").removeprefix("./")
        folder = ""
        for _ in range(
            file.path.count("/") + 1
        ):  # Most scripts are run from the root of the tree, or from beside them.
            other = file.sibling(folder + name) if name else None
            if other is not None and other.path != file.path and len(other.bytes) <= _MOST_BYTES:
                return other.path, read(lines_of(other.text))
            folder += "../"
        return None

    return source
