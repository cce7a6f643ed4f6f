"""Follow what command lines give to the scripts of the tree: to options, parameters, fields and ``sys.argv``."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.bill import Usage
from aibom.commands.started import Started
from aibom.expressions import expression
from aibom.link import settings
from aibom.link.cells import Instance, Placed, Settings
from aibom.syntax.values import Attribute, Call, Const, Item, Mapping, Name, Sequence, Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Detection
    from aibom.commands.running import Arg
    from aibom.link.cells import Cell
    from aibom.link.follow import Follower
    from aibom.link.modules import Table
    from aibom.syntax import Parameter
    from aibom.syntax.values import Value

__all__ = ["Starts", "to_argv", "to_field", "to_option", "to_parameter", "to_variable"]

_MOST_MODULES: Final = 60
"""So many modules are looked through for what a script imports."""
_MOST_FILES: Final = 300
_SWITCHES: Final = expression(
    r"store_true|store_false|store_const|count|help|version|append_const|BooleanOptionalAction"
)
_RUNS: Final = frozenset(
    {
        *("typer.run", "fire.Fire", "fire.core.Fire", "tyro.cli", "jsonargparse.CLI", "jsonargparse.auto_cli"),
        *("plac.call", "defopt.run", "argh.dispatch_command", "cyclopts.run", "clize.run", "simple_parsing.parse"),
    }
)
"""Functions that run another one with what the command line says."""
_COMMANDS: Final = frozenset({"command", "default", "callback"})
"""Decorators of click, typer and cyclopts that make a function a command."""
_OPTIONS: Final = frozenset({"option", "argument"})
_FILE: Final = expression(r"\.(?:ya?ml|json|toml)$")


@frozen
class _Given:
    """What one command line gives."""

    positional: tuple[Arg, ...]
    options: tuple[tuple[str, Arg], ...]


class Starts:
    """The command lines of one tree that start its scripts."""

    def __init__(self, follower: Follower, claims: Iterable[Detection]) -> None:
        self.follower = follower
        self.claims = [(d.name, d.usage) for d in claims if isinstance(d.name, Started)]
        self._of: dict[str, list[tuple[Started, Usage]]] | None = None
        self._below: dict[str, frozenset[str]] = {}

    def variable(self, name: str, importer: str) -> list[tuple[Started, Usage]]:
        """Return where scripts of the tree set the variable *name*: those at or above *importer*, else any."""
        found = [(s, u) for s, u in self.claims if s.form == "variable" and s.script == name]
        near = [(s, u) for s, u in found if importer.startswith(posixpath.dirname(s.at.path))]
        return near or found

    def of(self, path: str) -> list[tuple[Started, Usage]]:
        """Return those that start the script *path*, or one that imports it."""
        if not self.claims:
            return []
        if self._of is None:
            self._of = {}
            for started, usage in self.claims:
                if started.form == "variable":
                    continue
                found = self._file(started)
                if found is not None:
                    self._of.setdefault(found, []).append((started, usage))
        found_ = list(self._of.get(path, ()))
        for script, claims in self._of.items():
            if script != path and path in self._imported(script):
                found_ += claims
        return found_

    def _imported(self, script: str) -> frozenset[str]:
        """Return the modules of the tree that *script* imports, and those that these import."""
        if script not in self._below:
            f, pending, seen = self.follower, [script], dict.fromkeys([script])
            while pending and len(seen) < _MOST_MODULES:
                path = pending.pop(0)
                table = f.table(path)
                for target in (*table.imports.values(), *table.stars):
                    found = f.modules.find(target, path)
                    if found is not None and found[0] not in seen:
                        seen[found[0]] = None
                        pending.append(found[0])
            self._below[script] = frozenset(seen) - {script}
        return self._below[script]

    def _file(self, started: Started) -> str | None:
        """Return the file that *started* means; None when it is not of the tree."""
        modules = self.follower.modules
        importer = started.at.path
        if started.form == "path":
            return self._path(started.script, importer)
        dotted = started.script if started.form == "module" else self._program(started.script, importer)
        found = modules.find(dotted, importer) if dotted else None
        if found is None or (found[1] and started.form == "module"):
            return None
        path = found[0]
        if path.endswith("/__init__.py"):
            inner = f"{path[: -len('__init__.py')]}__main__.py"
            path = inner if inner in modules.paths and started.form == "module" else path
        return path

    def _path(self, text: str, importer: str) -> str | None:
        paths = self.follower.modules.paths
        ends_only = text.startswith("/") or text[1:2] == ":"  # In an image, or below a folder that is not known.
        text = re.sub(r"^(?:(?:\.{1,2}|[A-Za-z]:)?/+)+", "", posixpath.normpath(text))
        folder = posixpath.dirname(importer)
        while True:
            path = f"{folder}/{text}".lstrip("/")
            if path in paths:
                return path
            if not folder:
                break
            folder = posixpath.dirname(folder)
        parts = text.split("/")
        for start in range(len(parts) if ends_only else 1):  # A command may have gone to a folder before.
            tail = "/".join(parts[start:])
            ends = [p for p in paths if p == tail or p.endswith(f"/{tail}")]
            if ends:
                return ends[0] if len(ends) == 1 else None
        return None

    def _program(self, name: str, importer: str) -> str | None:
        """Return the module that a script of a manifest of the tree runs: ``[project.scripts]``."""
        folder = posixpath.dirname(importer)
        paths = sorted(
            (p for p in self.follower.files.paths if p.endswith("pyproject.toml")),
            key=lambda p: (not folder.startswith(posixpath.dirname(p)), p),
        )
        for path in paths[:_MOST_MODULES]:
            entries = self.follower.files.at(path).entries
            for keys in (("project", "scripts", name), ("tool", "poetry", "scripts", name)):
                entry = entries.get(keys)
                if entry is not None and isinstance(entry.value, str):
                    return entry.value.replace(":", ".").strip()
        return None


def _read(args: Iterable[Arg], switches: frozenset[str], many: frozenset[str]) -> _Given:
    """Tell options from other words; *switches* have no value, and those of *many* take all words up to the next."""
    words, positional, options = list(args), list["Arg"](), list[tuple[str, "Arg"]]()
    number, plain = 0, False
    while number < len(words):
        text = words[number][0].text
        number += 1
        if text == "--" and not plain:
            plain = number >= len(words) or not words[number][0].text.startswith("-")
            continue
        if plain or not _is_option(text):
            positional.append(words[number - 1])
            continue
        key, equals, _ = text.partition("=")
        if equals:
            at = len(key) + 1
            options.append((key, tuple(g.part(at) for g in words[number - 1] if g.text.startswith(f"{key}="))))
            continue
        if _plain(key) in switches:
            continue
        while number < len(words) and not _is_option(words[number][0].text):
            options.append((key, words[number]))
            number += 1
            if _plain(key) not in many:
                break
    return _Given(tuple(positional), tuple(options))


def _is_option(text: str) -> bool:
    return text.startswith("-") and len(text) > 1 and not text[1].isdigit()


def _plain(option: str) -> str:
    return option.lstrip("-").replace("_", "-")


def _cells(cell: Cell, started: Started, usage: Usage, arg: Arg) -> Iterator[Cell]:
    """Yield the values of *arg*, as they are seen from where they are written."""
    for given in arg:
        text = given.text.strip("\"'")
        if given.known and text:
            at = given.place()
            seen = cell.past(started.at) if started.at.path != at.path or started.at.line != at.line else cell
            optional = given.optional or usage is not Usage.USED
            yield seen.at(Text(text, at.line, at.column), at.path, 0, optional=optional)


def _given(cell: Cell, started: Started, usage: Usage, args: Iterable[Arg], *, many: bool) -> list[Cell]:
    """Return the values of *args*; as one list where *many* go to the same name."""
    found = [c for arg in args for c in _cells(cell, started, usage, arg)]
    return [cell.of(Sequence(tuple(Placed(c) for c in found)))] if many and found else found


def _matching(given: _Given, flags: frozenset[str]) -> Iterator[Arg]:
    return (arg for key, arg in given.options if _plain(key) in flags)


# -- argparse ------------------------------------------------------------------------------------


def to_option(f: Follower, cell: Cell, path: str, call: Call) -> list[Cell]:
    """Return what command lines give to the option that *call*, an ``add_argument`` in the file *path*, declares."""
    starts = f.starts.of(path)
    if not starts:
        return []
    declared = list(f.table(path).code.calls("**.add_argument"))
    switches = frozenset(n for c in declared if _is_switch(c) for n in _flags(c))
    many = frozenset(n for c in declared if _is_many(c) for n in _flags(c))
    flags = _flags(call)
    grouped = any(c.last == "add_parser" for c in f.table(path).code.every_call)
    found: list[Cell] = []
    for started, usage in starts:
        given = _read(started.args, switches, many)
        if flags:
            found += _given(cell, started, usage, _matching(given, flags), many=_is_many(call))
            continue
        receiver = call.function.of if isinstance(call.function, Attribute) else None
        title = shown(receiver) if receiver is not None else ""
        same = [c for c in declared if not _flags(c) and _receiver(c) == title]
        first = _of_parser(f, path, receiver, given) if grouped else 0
        at = next((n for n, c in enumerate(same) if c is call or (c.line, c.column) == (call.line, call.column)), None)
        if first is not None and at is not None:
            rest = given.positional[first + at :]
            each = _is_many(call)
            found += _given(cell, started, usage, rest if each else rest[:1], many=each)
    return found


def _receiver(call: Call) -> str:
    return shown(call.function.of) if isinstance(call.function, Attribute) else ""


def _of_parser(f: Follower, path: str, receiver: Value | None, given: _Given) -> int | None:
    """Return how many words stand before those of the parser *receiver*: the name of the command that it is for."""
    if not isinstance(receiver, Name):
        return 0
    for bindings in f.table(path).bindings:
        for binding in bindings.get(receiver.name, ()):
            made = binding.value
            if isinstance(made, Call) and made.last == "add_parser":
                title = made.argument(0, "name")
                named = given.positional[0][0].text if given.positional else ""
                return 1 if isinstance(title, Text) and title.value == named else None
    return 0


def _flags(call: Call) -> frozenset[str]:
    return frozenset(
        _plain(part)
        for a in call.arguments
        if isinstance(a, Text) and a.value.startswith("-")
        for part in a.value.split("/")
    )


def _is_switch(call: Call) -> bool:
    action = call.argument(None, "action")
    said = action.value if isinstance(action, Text) else action.name if isinstance(action, Name | Attribute) else ""
    is_flag = call.argument(None, "is_flag", "count")
    return _SWITCHES.fullmatch(said) is not None or (isinstance(is_flag, Const) and bool(is_flag.value))


def _is_many(call: Call) -> bool:
    number = call.argument(None, "nargs")
    multiple, action = call.argument(None, "multiple"), call.argument(None, "action")
    if isinstance(multiple, Const) and multiple.value:
        return True
    if isinstance(action, Text) and action.value in {"append", "extend"}:
        return True
    if isinstance(number, Text):
        return number.value in {"+", "*"}
    return isinstance(number, Const) and isinstance(number.value, int) and number.value not in {0, 1}


# -- parameters of functions ---------------------------------------------------------------------


def to_parameter(f: Follower, cell: Cell, table: Table, scope: int, wanted: Parameter) -> list[Cell]:
    """Return what command lines give to *wanted*, a parameter of a function that click, typer, fire or tyro runs."""
    starts = f.starts.of(table.path)
    command = _command(table, scope) if starts else None
    if command is None:
        return []
    flags, position, many = command.place(wanted)
    found: list[Cell] = []
    for started, usage in starts:
        given = _read(started.args, command.switches, frozenset())
        first = command.begins(given)
        if first is None:
            continue
        found += _given(cell, started, usage, _matching(given, flags), many=many)
        if position is not None:
            rest = given.positional[first + position :]
            found += _given(cell, started, usage, rest if many else rest[:1], many=many)
    return found


@frozen
class _Command:
    """A function that a command line runs."""

    names: frozenset[str]
    """What it is called on the command line."""
    needed: bool
    """There are others: it is only run when it is named."""
    parameters: tuple[Parameter, ...]
    declared: tuple[Call, ...]
    """``click.option`` and ``click.argument``, from top to bottom."""
    style: str
    switches: frozenset[str]
    makes: bool = False
    """It makes the object whose methods are the commands."""

    def begins(self, given: _Given) -> int | None:
        """Return the number of the first word that is its own; None when another command is meant."""
        for number, arg in enumerate(given.positional[:3]):
            if arg[0].text.replace("_", "-") in self.names:
                return number + 1
        return None if self.needed else 0

    def place(self, wanted: Parameter) -> tuple[frozenset[str], int | None, bool]:
        """Return the options that give *wanted*, its place among the other words, and whether it takes all of them."""
        if self.style == "click":
            arguments = [c for c in self.declared if c.last == "argument"]
            for call in self.declared:
                if wanted.name in _named(call):
                    at = arguments.index(call) if call in arguments else None
                    return _flags(call) if at is None else frozenset(), at, _is_many(call)
            return frozenset(), None, False
        marked = [_mark(p) for p in self.parameters]
        name = _plain(wanted.name)
        number = next((n for n, p in enumerate(self.parameters) if p is wanted or p.name == wanted.name), None)
        if number is None:
            return frozenset(), None, False
        if self.style == "fire" and self.makes:
            return frozenset({name, name[:1]}), None, False
        if self.style == "fire":
            return frozenset({name, name[:1]}), number, False
        if self.style == "tyro":
            return frozenset({name}), None, False
        mark = marked[number]
        plain = [n for n, p in enumerate(self.parameters) if _is_plain(p, marked[n])]
        each = _is_list(wanted.annotation)
        if number in plain:
            return frozenset(), plain.index(number), each
        said = _flags(mark) if mark is not None else frozenset()
        return said or frozenset({name}), None, each


def _named(call: Call) -> frozenset[str]:
    """Return the parameters that an option or an argument of click goes to."""
    texts = [a.value for a in call.arguments if isinstance(a, Text)]
    plain = [t for t in texts if not t.startswith("-")]
    long = [t for t in texts if t.startswith("--")]
    given = plain or [t.split("/")[0] for t in long or texts]
    return frozenset(t.lstrip("-").replace("-", "_").lower() for t in given)


def _mark(parameter: Parameter) -> Call | None:
    """Return ``typer.Option(…)`` or ``typer.Argument(…)`` of a parameter: its default, or in its annotation."""
    candidates: list[Value | None] = [parameter.default]
    annotation = parameter.annotation
    if isinstance(annotation, Item) and isinstance(annotation.key, Sequence):
        candidates += annotation.key.items
    return next((c for c in candidates if isinstance(c, Call) and c.last in {"Option", "Argument", "Parameter"}), None)


def _is_plain(parameter: Parameter, mark: Call | None) -> bool:
    """Tell whether a parameter is given without the name of an option."""
    if mark is not None and mark.last != "Parameter":
        return mark.last == "Argument"
    return parameter.default is None and parameter.kind in {"normal", ""}


def _command(table: Table, scope: int) -> _Command | None:
    """Return the function *scope* as a command; None when no command line runs it."""
    function = table.code.scopes[scope]
    name = function.name.rpartition(".")[2]
    parameters = tuple(p for p in function.parameters if p.name not in {"self", "cls", "ctx"})
    calls = [d for d in function.decorators if isinstance(d, Call)]
    declared = tuple(d for d in calls if d.last in _OPTIONS)
    title = next(
        (
            d.arguments[0].value
            for d in calls
            if d.last in _COMMANDS and d.arguments and isinstance(d.arguments[0], Text)
        ),
        name,
    )
    names = frozenset(
        {title.replace("_", "-"), *((name.replace("_", "-").removesuffix("-command"),) if title == name else ())}
    )
    if declared or any(_last(d) in _COMMANDS for d in function.decorators):
        others = sum(any(_last(d) == "command" for d in s.decorators) for s in table.code.scopes)
        group = any(_last(d) in {"group", "callback"} for s in table.code.scopes for d in s.decorators)
        needed = (others > 1 or group) and any(_last(d) == "command" for d in function.decorators)
        style = "click" if declared else "typer"
        switches = frozenset(n for c in declared if _is_switch(c) for n in _flags(c))
        return _Command(names, needed, parameters, declared, style, switches | _bools(parameters))
    for call in table.code.every_call:
        if call.callee in _RUNS:
            how = _run_by(table, call, scope, name)
            if how is not None:
                style = call.callee.partition(".")[0]
                style = {"fire": "fire", "typer": "typer", "tyro": "tyro", "jsonargparse": "tyro"}.get(style, "typer")
                names = frozenset({how or name.replace("_", "-")})
                return _Command(names, bool(how), parameters, (), style, _bools(parameters), name == "__init__")
    return None


def _is_list(annotation: Value | None) -> bool:
    match annotation:
        case (
            Item(of=Name(name="Annotated" | "Optional"), key=Sequence(items=(inner, *_)))
            | Item(of=Name(name="Optional"), key=inner)
        ):
            return _is_list(inner)
        case Item(of=Name(name=name)) | Item(of=Attribute(name=name)):
            return name in {"list", "List", "tuple", "Tuple", "Sequence", "Iterable"}
        case _:
            return False


def _bools(parameters: tuple[Parameter, ...]) -> frozenset[str]:
    """Return the options that are switches because their parameters are."""
    found = [p for p in parameters if isinstance(p.default, Const) and isinstance(p.default.value, bool)]
    return frozenset(n for p in found for n in (_plain(p.name), f"no-{_plain(p.name)}"))


def _last(decorator: Value) -> str:
    match decorator:
        case Call(function=function):
            return _last(function)
        case Name(name=name) | Attribute(name=name):
            return name
        case _:
            return ""


def _run_by(table: Table, call: Call, scope: int, name: str) -> str | None:
    """Return the word that makes *call* run the function *scope*, empty when none is needed; None when it does not."""
    function = table.code.scopes[scope]
    owner = function.parent if table.code.scopes[function.parent].kind == "class" else None
    given = call.argument(0, "component", "f", "func", "function")
    own = name.replace("_", "-")
    match given:
        case None:
            return own if function.parent == 0 else None
        case Mapping(items=items):
            for key, value in items:
                if _last(value) == name and isinstance(key, Text):
                    return key.value.replace("_", "-")
            return None
        case Sequence(items=items):
            return own if any(_last(i) == name for i in items) else None
        case Name() | Attribute() | Call():
            title = _last(given)
            if owner is not None and table.code.scopes[owner].name.rpartition(".")[2] == title:
                return "" if name == "__init__" else own
            return "" if owner is None and title == name else None
        case _:
            return None


# -- fields of classes ---------------------------------------------------------------------------


def to_field(f: Follower, cell: Cell, kind: Instance, name: str) -> list[Cell]:
    """Return what command lines, and the files that they name, give to the field *name* of parsed options."""
    found: list[Cell] = []
    bound = f.table(kind.path).bindings[kind.scope].get(name, ())
    each = any(_is_list(b.annotation) for b in bound)
    flag = _plain(name)
    for started, usage in f.starts.of(kind.parsed):
        given = _read(started.args, frozenset(), frozenset({flag} if each else ()))
        args = [arg for key, arg in given.options if _plain(key).rpartition(".")[2] == flag]
        found += _given(cell, started, usage, args, many=each)
        for arg in (*given.positional, *(a for _, a in given.options)):
            for one in arg:
                path = f.files.find(one.text, started.at.path) if one.known and _FILE.search(one.text) else None
                if path is not None:
                    got = settings.child(f, cell.past(started.at), Settings(path), name)
                    found += [c for c in got if isinstance(c.value, Text)]
    found += _in_named_file(f, cell, kind, name)
    return found if any(_FILE.search(c.path) for c in found) else found + _in_a_file(f, cell, kind, name)


_READING: Final = frozenset({"parse_yaml_file", "parse_json_file"})
"""Methods of transformers.HfArgumentParser."""


def _in_named_file(f: Follower, cell: Cell, kind: Instance, name: str) -> list[Cell]:
    """Return what the file of settings that the code itself hands to the parser gives to the field *name*."""
    found: list[Cell] = []
    for call in f.table(kind.parsed).code.every_call:
        given = call.argument(0, "json_file", "yaml_file") if call.last in _READING else None
        if given is None:
            continue
        start = evolve(cell.at(given, kind.parsed, call.scope), frame=None)
        for file in settings.files_of(f, start, given, 1):
            if isinstance(file.value, Settings):
                got = settings.child(f, file, file.value, name)
                found += [c for c in got if isinstance(c.value, Text)]
    return found


def _in_a_file(f: Follower, cell: Cell, kind: Instance, name: str) -> list[Cell]:
    """Return what files of settings give to a field when the code reads some that nobody names."""
    code = f.table(kind.parsed).code
    if not any(c.last in {*_READING, "TrlParser"} for c in code.every_call):
        return []
    fields = {b.name for b in f.table(kind.path).code.scopes[kind.scope].bindings}
    found: list[Cell] = []
    paths = sorted(f.files.paths) if len(f.files.paths) <= _MOST_FILES else ()
    word = re.compile(rb"(?m)(?:^|[{,])[\s\"']*" + re.escape(name.encode()) + rb"[\"']?\s*:")
    for path in paths:
        if _FILE.search(path) and word.search(f.source.data(path)[:100_000]):
            entries = f.files.at(path).entries
            if sum((field,) in entries for field in fields) > 1 and (name,) in entries:
                found += [c for c in settings.child(f, cell, Settings(path), name) if isinstance(c.value, Text)]
    several = len(found) > 1
    return [c.of(c.value, optional=several) for c in found]


# -- sys.argv ------------------------------------------------------------------------------------


def to_variable(f: Follower, cell: Cell, name: str) -> list[Cell]:
    """Return what scripts of the tree set the variable *name* of the environment to."""
    starts = f.starts.variable(name, cell.path)
    return [c for started, usage in starts for arg in started.args for c in _cells(cell, started, usage, arg)]


def to_argv(f: Follower, cell: Cell, number: int) -> list[Cell]:
    """Return what command lines give at ``sys.argv[number]``; 0 is the script."""
    found: list[Cell] = []
    for started, usage in f.starts.of(cell.path) if number else ():
        args = started.args[number - 1 : number] if number > 0 else started.args[number:][:1]
        for arg in args:
            found += _cells(cell, started, usage, arg)
    return found
