"""Tell what functions do with what they are given that can do harm: run it, write where it says, send it out."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.syntax import matches
from aibom.syntax.values import (
    Attribute,
    Call,
    Const,
    Element,
    Formatted,
    Item,
    Mapping,
    Name,
    Sequence,
    Template,
    Text,
    Value,
)
from aibom.syntax.values import Choice as _Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.syntax import Code

__all__ = ["Harm", "harms_of"]

_DOES: Final = {
    "code": ("exec", "eval", "builtins.exec", "builtins.eval", "npm:vm.*", "npm:node:vm.*", "npm:vm2.**"),
    "shell": (
        *("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "pty.spawn"),
        *("asyncio.create_subprocess_shell", "npm:child_process.exec", "npm:child_process.execSync"),
        *("npm:node:child_process.exec", "npm:node:child_process.execSync"),
    ),
    "data": (
        *("shutil.rmtree", "os.remove", "os.unlink", "os.rmdir", "os.removedirs", "sqlite3.**.execute"),
        *("sqlite3.**.executescript", "psycopg**.execute", "pymysql.**.execute", "sqlalchemy.**.execute"),
        *("sqlalchemy.text", "duckdb.**.execute", "duckdb.sql", "**.cursor().execute", "pandas.read_sql**"),
        *("asyncpg.**.fetch", "asyncpg.**.execute", "npm:fs.writeFile**", "npm:fs.rm**", "npm:fs.unlink**"),
        *("npm:node:fs.writeFile**", "npm:node:fs.rm**", "npm:node:fs.unlink**", "npm:fs.promises.writeFile"),
    ),
    "outside": ("requests.*", "httpx.*", "urllib.request.urlopen", "npm:axios.*"),
}
"""Calls that do harm with what their first argument says, by the sort of the harm."""
_RUNS: Final = ("subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output")
_STARTS: Final = (*_RUNS, "subprocess.Popen", "asyncio.create_subprocess_exec")
"""Calls that start a program: harmful where a shell, or the whole command, is given."""
_SHELLS: Final = frozenset({"bash", "cmd", "powershell", "pwsh", "python", "python3", "sh", "zsh"})
_PATHS: Final = ("pathlib.Path().write_text", "pathlib.Path().write_bytes", "pathlib.Path().unlink")
"""Methods that write or remove the file that they are called on."""
_MAILS: Final = ("smtplib.**.sendmail", "smtplib.**.send_message", "slack_sdk.**.chat_postMessage")
"""Calls that send what they are given to somebody, in any argument."""
_OWN: Final = frozenset({"cls", "context", "ctx", "self", "this"})
"""Parameters that no caller of a tool gives."""
_DEEPEST: Final = 12
_STEPS: Final = 200
_LASTS: Final = frozenset(
    pattern.rpartition(".")[2]
    for pattern in (*(p for those in _DOES.values() for p in those), *_STARTS, *_PATHS, *_MAILS, "open", "io.open")
)


@frozen
class Harm:
    """One call that can do harm with what a function is given."""

    what: str
    """``code``, ``data``, ``outside`` or ``shell``."""
    callee: str
    line: int


def harms_of(code: Code) -> dict[int, tuple[Harm, ...]]:
    """
    Return the scopes of *code* that can do harm with their parameters, and by which calls.

    A function within another, or a method of a class, counts for that one too, and a function that hands its own
    parameters to one of the same file. What is checked in between is not looked at.
    """
    found: dict[int, dict[Harm, None]] = {}
    waiting: deque[tuple[int, Harm]] = deque()

    def add(scope: int, harm: Harm) -> None:
        for each in _outwards(code, scope):
            known = found.setdefault(each, {})
            if harm not in known and len(known) < _DEEPEST:
                known[harm] = None
                waiting.append((each, harm))

    given = _Given(code)
    for call in code.every_call:
        harm = _harm(call, given) if _may(call) else None
        if harm is not None:
            add(call.scope, harm)
    callers: dict[int, list[Call]] | None = None
    while waiting:
        if callers is None:
            callers = _callers(code)
        scope, harm = waiting.popleft()
        for call in callers.get(scope, ()):
            values = (*call.arguments, *(value for _, value in call.keywords))
            if any(given.is_given(value, call.scope) for value in values):
                add(call.scope, harm)
    return {scope: tuple(harms) for scope, harms in found.items()}


def _outwards(code: Code, scope: int) -> Iterator[int]:
    for _ in range(_DEEPEST):
        if scope <= 0:
            return
        yield scope
        scope = code.scopes[scope].parent


def _may(call: Call) -> bool:
    return call.last in _LASTS or call.callee.startswith(("requests.", "httpx.", "npm:", "sqlite3.", "pandas."))


def _harm(call: Call, given: _Given) -> Harm | None:
    """Return the harm that *call* can do with what the function around it is given."""
    first = call.argument(0, "args", "cmd", "command", "url", "sql", "query", "path", "file", "source")
    callee = call.callee
    if any(matches(pattern, callee) for pattern in _MAILS):
        values = (*call.arguments, *(value for _, value in call.keywords))
        return Harm("outside", callee, call.line) if any(given.is_given(v, call.scope) for v in values) else None
    if callee in _PATHS:
        on = call.function.of if isinstance(call.function, Attribute) else None
        return Harm("data", callee, call.line) if on is not None and given.is_given(on, call.scope) else None
    if first is None:
        return None
    if callee in {"open", "io.open"}:
        mode = call.argument(1, "mode")
        writes = isinstance(mode, Text) and any(c in mode.value for c in "wax+")
        return Harm("data", callee, call.line) if writes and given.is_given(first, call.scope) else None
    if callee in _STARTS:
        return Harm("shell", callee, call.line) if _is_command(call, first, given) else None
    for what, patterns in _DOES.items():
        if any(matches(pattern, callee) for pattern in patterns):
            if what == "outside":
                whole = isinstance(first, Name) and given.is_given(first, call.scope)
                return Harm(what, callee, call.line) if whole else None
            return Harm(what, callee, call.line) if given.is_given(first, call.scope) else None
    return None


def _is_command(call: Call, first: Value, given: _Given) -> bool:
    """Tell whether *call* starts whatever it is given: by a shell, or as a command line that is taken apart."""
    shell = call.argument(None, "shell")
    if isinstance(shell, Const) and shell.value is True:
        return given.is_given(first, call.scope)
    if isinstance(first, Sequence):
        if not first.items:
            return False
        program = first.items[0]
        named = program.value.rpartition("/")[2] if isinstance(program, Text) else ""
        told = first.items[1:] if named in _SHELLS else (program,)
        return any(given.is_given(value, call.scope) for value in told)
    return given.is_given(first, call.scope)


class _Given:
    """Tell which expressions are made of the parameters of the functions around them."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.bound: dict[tuple[int, str], list[Value]] = {}
        self.parameters = [frozenset(p.name for p in scope.parameters) for scope in code.scopes]
        for index, scope in enumerate(code.scopes):
            for binding in scope.bindings:
                self.bound.setdefault((index, binding.name), []).append(binding.value)

    def is_given(self, value: Value, scope: int) -> bool:
        """Tell whether *value*, seen from *scope*, is made of a parameter."""
        waiting = [(value, scope)]
        seen: set[tuple[int, str]] = set()
        for _ in range(_STEPS):
            if not waiting:
                return False
            part, here = waiting.pop()
            if isinstance(part, Name):
                at = self._where(part.name, here)
                if at is None or (at, part.name) in seen:
                    continue
                seen.add((at, part.name))
                if part.name in self.parameters[at]:
                    return part.name not in _OWN
                waiting += [(bound, at) for bound in self.bound.get((at, part.name), ())]
            else:
                waiting += [(child, here) for child in _inside(part)]
        return False

    def _where(self, name: str, scope: int) -> int | None:
        """Return the function, from *scope* outwards, that binds *name* or has it as a parameter."""
        while scope > 0:
            if name in self.parameters[scope] or (scope, name) in self.bound:
                return scope
            scope = self.code.scopes[scope].parent
        return None


def _inside(value: Value) -> Iterator[Value]:
    match value:
        case Attribute(of=of) | Element(of=of) | Item(of=of):
            yield of
        case _Choice(options=parts) | Template(parts=parts) | Sequence(items=parts):
            yield from parts
        case Formatted(text=text, operand=operand):
            yield from (text, operand)
        case Mapping(items=pairs):
            yield from (part for _, part in pairs)
        case Call(callee=callee, function=function, arguments=arguments, keywords=keywords):
            if callee in _CLEAN:
                return
            if isinstance(function, Attribute):
                yield function.of
            yield from arguments
            yield from (part for _, part in keywords)
        case _:
            return


_CLEAN: Final = frozenset({"bool", "float", "int", "len", "shlex.quote"})
"""Calls after which what they are given can do no harm."""


def _callers(code: Code) -> dict[int, list[Call]]:
    """Return the calls of the functions of *code*, by the scope of the function: of plain names and of ``self.x``."""
    functions = {
        scope.name: index
        for index, scope in enumerate(code.scopes)
        if scope.kind == "function" and (scope.parent == 0 or code.scopes[scope.parent].kind == "class")
    }
    found: dict[int, list[Call]] = {}
    for call in code.every_call:
        name = call.callee.replace("()", "")
        start, dot, rest = name.partition(".")
        if dot and start in {"self", "cls", "this"}:
            scope = call.scope
            while scope > 0 and code.scopes[scope].kind != "class":
                scope = code.scopes[scope].parent
            name = f"{code.scopes[scope].name}.{rest}"
        function = functions.get(name)
        if function is not None:
            found.setdefault(function, []).append(call)
    return found
