"""Follow values into what a program is told on its command line, in other languages than Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.bill import Location
from aibom.expressions import expression
from aibom.link.cells import Class, Instance, Open
from aibom.link.limits import MOST_IMPORTS
from aibom.syntax.values import Attribute, Call, Choice, Mapping, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.link.cells import Cell
    from aibom.link.follow import Follower
    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["asked", "declared", "gives_options", "variables"]

_PARSERS: Final = expression(
    r"npm:(?:commander|yargs|yargs/yargs|node:util|util|meow|minimist|mri|cac|sade|citty|arg|command-line-args|"
    r"@oclif/core|@commander-js/extra-typings|caporal|gluegun|clipanion)\b"
)
"""Packages of JavaScript that read the command line, at the head of a dotted name."""
_DERIVED: Final = frozenset(
    {"parse", "try_parse", "parse_from", "try_parse_from", "from_args", "from_env", "default", "load"}
)
"""What makes a struct of Rust from the command line, the environment or its defaults."""
_GO: Final = {
    "String": 1,
    "StringP": 2,
    "StringSlice": 1,
    "StringSliceP": 2,
    "StringArray": 1,
    "StringVar": 2,
    "StringVarP": 3,
    "StringSliceVar": 2,
    "SetDefault": 1,
    "TextVar": 2,
}
"""Functions of Go's `flag`, pflag and viper that declare an option, and the position of its default."""
_VARIABLES: Final = frozenset({"StringVar", "StringVarP", "StringSliceVar", "StringSliceVarP"})
"""Those that set the variable which they are given first; the name of the option stands behind it."""
_NAMED_SECOND: Final = _VARIABLES | {"TextVar"}
_GETTERS: Final = {
    "go": frozenset({"GetString", "GetStringSlice", "String", "Get", "Lookup", "MustString"}),
    "rust": frozenset({"get_one", "value_of", "get_many", "get_string", "get"}),
    "javascript": frozenset({"getOptionValue", "get", "opt"}),
    "csharp": frozenset({"GetValue", "GetValueForOption", "GetRequiredValue", "GetValueForArgument"}),
}
"""Methods that ask for an option by its name, or by what declares it."""
_DECLARING: Final = frozenset(
    {
        *_GO,
        *("StringFlag", "StringSliceFlag", "default_value", "option", "requiredOption", "positional", "default"),
        *("options", "parseArgs", "defineCommand", "meow", "minimist", "mri", "parse"),
    }
)
"""The last parts of what declares options in any language; a bundle of JavaScript calls 10,000 other things."""
_HOLDS: Final = frozenset({"default", "defaultValue", "Value", "initialValue"})


def gives_options(dotted: str) -> bool:
    """Tell whether *dotted* names the options that a library of JavaScript has read."""
    return _PARSERS.match(dotted) is not None


def _plain(name: str) -> str:
    """Return *name* as options are compared: ``--base-model <id>`` and ``baseModel`` are one."""
    found = re.search(r"(?:^|--)([A-Za-z][\w.-]*)(?:[ =,|<]|$)", name)
    return re.sub(r"[-_]", "", found[1] if found else name).lower()


def variables(code: Code) -> Iterator[tuple[str, Call, Value]]:
    """Yield each variable of *code* that a call of Go lets the command line set, with its default: ``StringVar``."""
    for call in code.calls(*(f"**.{last}" for last in sorted(_VARIABLES))) if code.language == "go" else ():
        name, default = _written(call.argument(0)), call.argument(_GO[call.last])
        if name and default is not None:
            yield name, call, default


def _written(value: Value | None) -> str:
    match value:
        case Name(name=name):
            return name
        case Attribute(of=of, name=name):
            return f"{_written(of)}.{name}"
        case _:
            return ""


def asked(f: Follower, cell: Cell, call: Call, dotted: str, depth: int) -> list[Cell] | None:
    """Return what *call*, which is not the tree's own, gives of the command line; None when it has nothing to do."""
    language = f.table(cell.path).code.language
    language = "javascript" if language == "typescript" else language
    last = dotted.rpartition(".")[2]
    if language == "rust" and last in _DERIVED and isinstance(call.function, Attribute):
        made = [c.value for c in f.reduce(cell.of(call.function.of), depth + 1)]
        return [cell.of(Instance(m.path, m.scope)) for m in made if isinstance(m, Class)] or None
    if language == "go" and last in _GO and last not in {*_VARIABLES, "SetDefault"} and _of_flags(dotted):
        default = call.argument(_GO[last])
        return f.reduce(cell.of(default), depth + 1) if default is not None else None
    if last not in _GETTERS.get(language, ()):
        return None
    first = call.argument(0)
    if language == "csharp":
        return _of_option(f, cell, first, depth) if first is not None else None
    for text in f.strings(cell.of(first), depth + 1) if first is not None else ():
        if isinstance(text.value, Text):
            found = declared(f, cell, text.value.value, depth, (cell.path,))
            if language == "go" and "viper" in dotted:
                found = _in_files(f, cell, text.value.value, optional=bool(found)) + found
            return found or None
    return None


def _of_flags(dotted: str) -> bool:
    return dotted.startswith(("go:flag.", "go:github.com/spf13/pflag.")) or re.search(r"[Ff]lag", dotted) is not None


def _in_files(f: Follower, cell: Cell, key: str, *, optional: bool) -> list[Cell]:
    """Return what the one file of settings that has the keys of viper's *key* says."""
    found = f.files.guess(tuple(key.split(".")))
    if found is None or not isinstance(found[1].value, str):
        return []
    path, entry = found
    return [cell.at(Text(found[1].value, entry.line, entry.column), path, 0, optional=optional)]


def _of_option(f: Follower, cell: Cell, option: Value, depth: int) -> list[Cell] | None:
    """Return the default of an ``Option<string>`` of System.CommandLine."""
    found: list[Cell] = []
    known = False
    for made in f.reduce(cell.of(option), depth + 1):
        call = made.value
        if not isinstance(call, Call) or call.last not in {"Option", "Argument"}:
            continue
        known = True
        default = call.argument(1, "getDefaultValue", "DefaultValueFactory", "defaultValue")
        if isinstance(default, Name):
            lazy = Call("?", default, (), (), call.line, call.column, call.scope)
            found += [c for c in f.reduce(made.of(lazy), depth + 1) if isinstance(c.value, Text)]
    if known and not found:
        return [cell.of(Open("supplied-by-caller", "the name is an option of the command line"))]
    return found or None


def declared(f: Follower, cell: Cell, name: str, depth: int, paths: tuple[str, ...]) -> list[Cell]:
    """
    Return the defaults of the option *name* in *paths*, or in the modules that these import or are beside.

    An option that is declared without one is supplied by whoever runs the program.
    """
    for asked_ in (paths, tuple(dict.fromkeys(p for path in paths for p in _around(f, path)))):
        found: list[Cell] = []
        known = False
        for path in asked_:
            for call, default in _declared_in(f, path, _plain(name)):
                known = True
                if default is not None:
                    seen = cell.at(default, path, call.scope).past(Location(path, call.line))
                    found += f.reduce(seen, depth + 1)
        if known:
            return found or [cell.of(Open("supplied-by-caller", f"the name is the option --{name}"))]
    return []


def _around(f: Follower, path: str) -> Iterator[str]:
    """Yield the modules of the tree that *path* imports, and those that are parsed already and declare options."""
    targets = dict.fromkeys(f.table(path).imports.values())
    found = [m for t in list(targets)[:MOST_IMPORTS] if (m := f.modules.find(t, path)) is not None]
    yield from (m[0] for m in found)
    language = f.table(path).code.language
    for last in ("option", "requiredOption", "SetDefault", "StringP", "StringVarP", "String", "default_value"):
        for other, _ in f.calls_of(last)[:MOST_IMPORTS]:
            if f.table(other).code.language == language:
                yield other


def _declared_in(f: Follower, path: str, wanted: str) -> list[tuple[Call, Value | None]]:
    """Return the calls of *path* that declare the option *wanted*, each with its default; looked for once."""
    table = f.table(path)
    if table.declaring is None:
        table.declaring = [c for c in table.code.every_call if c.last.rpartition(":")[2] in _DECLARING]
    found = table.declared.get(wanted)
    if found is None:
        found = table.declared[wanted] = list(_declarations(table.code.language, table.declaring, wanted))
    return found


def _declarations(language: str, calls: Iterable[Call], wanted: str) -> Iterator[tuple[Call, Value | None]]:
    """Yield those of *calls* that declare the option *wanted*, each with its default."""
    for call in calls:
        match language, call.last:
            case (("javascript" | "typescript"), _):
                yield from ((call, value) for value in _of_javascript(call, wanted))
            case "go", last if last in _GO:
                at = 1 if last in _NAMED_SECOND else 0
                if _said(call.argument(at)) == wanted:
                    yield call, call.argument(_GO[last])
            case "go", ("StringFlag" | "StringSliceFlag"):
                if _said(call.argument(None, "Name")) == wanted:
                    yield call, call.argument(None, "Value")
            case "rust", "default_value":
                head: Value = call
                while isinstance(head, Call) and isinstance(head.function, Attribute):
                    if head.last == "new" and _said(head.argument(0)) == wanted:
                        yield call, call.argument(0)
                    head = head.function.of
            case _:
                pass


def _of_javascript(call: Call, wanted: str) -> Iterator[Value | None]:
    """Yield the default that *call* gives to an option, as the libraries of JavaScript declare one."""
    match call.last.rpartition(":")[2]:
        case "option" | "requiredOption" | "positional":
            default = next((v for k, v in call.keywords if _plain(k) == wanted), None)
            if _said(call.argument(0)) == wanted:
                yield default if default is not None else call.argument(None, "default")
        case "default" if isinstance(call.function, Attribute):
            made = call.function.of
            while isinstance(made, Call):
                if made.last in {"Option", "Argument", "createOption"} and _said(made.argument(0)) == wanted:
                    yield call.argument(0)
                made = made.function.of if isinstance(made.function, Attribute) else Name("", 0)
            if len(call.arguments) > 1 and _said(call.arguments[0]) == wanted:
                yield call.arguments[1]
        case "options" | "parseArgs" | "defineCommand" | "meow" | "minimist" | "mri" | "parse" | "default":
            for key, value in call.keywords:
                tables = [value] if key in {"options", "args", "flags", "default"} else []
                tables += [Mapping(((Text(key, call.line, 0), value),))] if call.last in {"options", "default"} else []
                yield from (v for t in tables for v in _in_table(t, wanted))
        case _:
            pass


def _in_table(table: Value, wanted: str) -> Iterator[Value | None]:
    """Yield the default of the option *wanted* in a table of options."""
    for key, value in table.items if isinstance(table, Mapping) else ():
        if not isinstance(key, Text) or _plain(key.value) != wanted:
            continue
        match value:
            case Mapping(items=items):
                yield next((v for k, v in items if isinstance(k, Text) and k.value in _HOLDS), None)
            case Call():
                yield value.argument(None, *sorted(_HOLDS))
            case Text() | Name() | Attribute() | Choice():
                yield value
            case _:
                pass


def _said(value: Value | None) -> str | None:
    return _plain(value.value) if isinstance(value, Text) else None
