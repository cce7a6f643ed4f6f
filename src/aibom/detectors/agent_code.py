"""Agents, tools, and MCP servers and clients that code makes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aibom import mcp
from aibom.bill import Detection, Diagnostic, Kind
from aibom.expressions import expression
from aibom.knowledge import agent_calls
from aibom.protocols import CODE, FunctionDetector
from aibom.syntax import matches, values
from aibom.syntax.values import Attribute, Call, Name, Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.files import File
    from aibom.knowledge import AgentCall
    from aibom.syntax import Code, Scope
    from aibom.syntax.values import Value

__all__ = ["detect"]

_KINDS: Final = {"agent": Kind.AGENT, "asker": Kind.AGENT, "class": Kind.AGENT, "team": Kind.AGENT, "tool": Kind.TOOL}
_PLAIN: Final = expression(
    r"_?(?:my_?)?(?:chat_?)?(?:client|agent|llm|assistant|model|executor|kernel|this)?$", re.IGNORECASE
)
"""Names of variables that say no more than what the value is."""


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Agents with their models, tools and prompt files, and MCP servers and clients, that code makes."""
    code = file.code
    bound = _bound(code)
    targets = [i.target for i in code.imports]
    stars = tuple(target[:-2] for target in targets if target.endswith(".*"))
    for call in code.every_call:
        made: set[Kind] = set()
        for row in agent_calls().get(call.last, ()):
            kind = _KINDS.get(row.what, Kind.SERVICE)
            symbol = _answers(row, call.callee, targets, stars) if kind not in made else ""
            if row.what in {"decorator", "class"} or not symbol or (row.what == "asker" and not _has_tools(call)):
                continue
            made.add(kind)
            name = bound.get((call.line, call.column)) or ""
            if row.what == "asker" or (":" in row.callee + row.within and _PLAIN.match(name)):
                name = _of_scope(code, call.scope, classes=row.what != "asker") or name
            yield Detection(
                kind,
                Text(_of_tool(call) or name or _of_scope(code, call.scope), call.line, call.column),
                file.at(call.line, call.column),
                row.provider if kind is Kind.AGENT else "local" if kind is Kind.TOOL else mcp.PROVIDER,
                symbol=symbol,
                receiver=call,
                scope=call.scope,
                origin=file.path if kind is not Kind.SERVICE else "",
            )
    imported = {i.name: i.target.rpartition(".")[2] for i in code.imports}
    for number, scope in enumerate(code.scopes):
        for decorator in scope.decorators if scope.kind in {"function", "class"} else ():
            function = decorator.function if isinstance(decorator, Call) else decorator
            last = function.name if isinstance(function, Attribute | Name) else ""
            callee = decorator.callee if isinstance(decorator, Call) else shown(function)
            for row in _by_imported(imported, function, last):
                symbol = _answers(row, callee, targets, stars) if ":" in row.callee else f"@{shown(function)}"
                if row.what != ("class" if scope.kind == "class" else "decorator") or not symbol:
                    continue
                yield Detection(
                    Kind.AGENT if row.what == "class" else Kind.TOOL,
                    Text(scope.name.rpartition(".")[2], scope.line, 0),
                    file.at(scope.line),
                    row.provider if row.what == "class" else "local",
                    symbol=symbol if symbol.startswith("@") else f"@{symbol}",
                    receiver=decorator,
                    scope=number if row.what == "class" else scope.parent,
                    origin=file.path,
                )
                break


def _answers(row: AgentCall, callee: str, targets: list[str], stars: tuple[str, ...]) -> str:
    """Return what *callee* is called in full, when it answers to *row*; empty when it does not."""
    if row.within and not any(target.startswith(row.within) for target in targets):
        return ""
    if matches(row.callee, callee):
        return callee
    wholes = (f"{star}.{callee}" for star in stars) if ":" in row.callee and callee[:1].isupper() else ()
    return next((whole for whole in wholes if matches(row.callee, whole)), "")


def _has_tools(call: Call) -> bool:
    """Tell whether a model is asked with tools that it may call."""
    match call.argument(None, "tools", "toolsets"):
        case None:
            return False
        case values.Mapping(items=()) | values.Sequence(items=()):
            return False
        case _:
            return True


def _of_tool(call: Call) -> str:
    """Return the name of the method that ``AIFunctionFactory.Create(Calendar.FreeDays)`` makes a tool of."""
    first = call.argument(0) if call.callee.endswith("AIFunctionFactory.Create") else None
    return first.name if isinstance(first, Attribute | Name) and not first.name.startswith("<") else ""


def _by_imported(imported: Mapping[str, str], function: Value, last: str) -> Iterator[AgentCall]:
    """Yield the rows that a decorator may answer to, by its last name, or by the one that it is imported under."""
    yield from agent_calls().get(last, ())
    if isinstance(function, Name) and imported.get(last, last) != last:
        yield from agent_calls().get(imported[last], ())


def _bound(code: Code) -> Mapping[tuple[int, int], str]:
    """Return the names that calls are bound to, by the place of the call."""
    found: dict[tuple[int, int], str] = {}
    for scope in code.scopes:
        for binding in scope.bindings:
            if isinstance(binding.value, Call):
                found.setdefault((binding.value.line, binding.value.column), binding.name.rpartition(".")[2])
    given = (v for call in code.every_call for v in (*call.arguments, *(v for _, v in call.keywords)))
    for table in (part for value in given if isinstance(value, values.Mapping) for part in values.parts(value)):
        for key, made in table.items if isinstance(table, values.Mapping) else ():
            if isinstance(key, Text) and isinstance(made, Call):  # tools: { now: tool({…}) }
                found.setdefault((made.line, made.column), key.value)
    return found


def _of_scope(code: Code, scope: int, *, classes: bool = False) -> str:
    """Return the name of the function, or of the class, that a call stands in; empty at the top of a module."""
    facts: Scope = code.scopes[scope]
    while facts.kind not in {"class" if classes else "function", "module"}:
        facts = code.scopes[facts.parent]
    return facts.name.rpartition(".")[2]


@cache
def _hints() -> tuple[str | tuple[str, ...], ...]:
    """Return expressions for an import of one of the packages, and for decorators of instances from elsewhere."""
    every = {row.within or row.callee for rows in agent_calls().values() for row in rows}
    roots = {re.split(r"[.(*]", c.removeprefix("npm:"), maxsplit=1)[0] for c in every}
    names = "|".join(sorted(re.escape(r) for r in roots - {"google", "openai", "anthropic"} if ":" not in r))
    return (
        rf"""(?:from|import|require)\b\s*\(?\s*["'`]?(?:npm:)?(?:{names})\b""",
        r"google\.adk\b",
        r"@\w+(?:\.\w+)*\.tool(?:_plain)?\b",
        (r"\bmcp_servers\b|[\"']mcp[\"']", r"\b(?:openai|anthropic)\b"),
        *sorted({hint for callee in every if (hint := _hint(callee))}),
    )


def _hint(callee: str) -> str:
    """Return an expression for the import of the package of *callee* in Java, Go, Rust or C#; empty for others."""
    language, _, rest = callee.partition(":")
    literal = re.split(r"[*(]", rest, maxsplit=1)[0]
    match language if literal else "":  # Of any package: what it is chained to has a hint.
        case "java":
            package = re.match(r"(?:[a-z]\w*\.)*[a-z]\w*", literal)
            return re.escape(package[0]) if package else ""
        case "dotnet":
            return rf"using\s+(?:static\s+)?{re.escape('.'.join(literal.split('.')[:2]).rstrip('.'))}\b"
        case "go":
            path, slash, last = literal.rpartition("/")
            return f'"{re.escape(path + slash + last.partition(".")[0])}'
        case "rust":
            return rf"\b{re.escape(literal.partition('.')[0])}::"
        case _:
            return ""


detect = FunctionDetector("agent-code", (_find.__doc__ or "").strip(), CODE, _hints, _find)
