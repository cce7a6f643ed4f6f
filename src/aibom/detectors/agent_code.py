"""Agents, tools, and MCP servers and clients that code makes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from aibom import mcp
from aibom.bill import Detection, Diagnostic, Kind
from aibom.knowledge import agent_calls
from aibom.protocols import CODE, FunctionDetector
from aibom.syntax import matches
from aibom.syntax.values import Attribute, Call, Name, Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.files import File
    from aibom.knowledge import AgentCall
    from aibom.syntax import Code, Scope
    from aibom.syntax.values import Value

__all__ = ["detect"]

_KINDS: Final = {"agent": Kind.AGENT, "team": Kind.AGENT, "tool": Kind.TOOL}


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Agents with their models, tools and prompt files, and MCP servers and clients, that code makes."""
    code = file.code
    bound = _bound(code)
    for call in code.every_call:
        for row in agent_calls().get(call.last, ()):
            if row.what == "decorator" or not matches(row.callee, call.callee):
                continue
            kind = _KINDS.get(row.what, Kind.SERVICE)
            name = bound.get((call.line, call.column)) or _of_scope(code, call.scope)
            yield Detection(
                kind,
                Text(name, call.line, call.column),
                file.at(call.line, call.column),
                row.provider if kind is Kind.AGENT else "local" if kind is Kind.TOOL else mcp.PROVIDER,
                symbol=call.callee,
                receiver=call,
                scope=call.scope,
                origin=file.path if kind is not Kind.SERVICE else "",
            )
    imported = {i.name: i.target.rpartition(".")[2] for i in code.imports}
    for scope in code.scopes:
        for decorator in scope.decorators if scope.kind == "function" else ():
            function = decorator.function if isinstance(decorator, Call) else decorator
            last = function.name if isinstance(function, Attribute | Name) else ""
            if any(row.what == "decorator" for row in _by_imported(imported, function, last)):
                yield Detection(
                    Kind.TOOL,
                    Text(scope.name.rpartition(".")[2], scope.line, 0),
                    file.at(scope.line),
                    "local",
                    symbol=f"@{shown(function)}",
                    receiver=decorator,
                    scope=scope.parent,
                    origin=file.path,
                )


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
    return found


def _of_scope(code: Code, scope: int) -> str:
    """Return the name of the function that a call stands in; empty at the top of a module."""
    facts: Scope = code.scopes[scope]
    while facts.kind not in {"function", "module"}:
        facts = code.scopes[facts.parent]
    return facts.name.rpartition(".")[2]


@cache
@cache
def _hints() -> tuple[str | tuple[str, ...], ...]:
    """Return expressions for an import of one of the packages, and for decorators of instances from elsewhere."""
    every = {row.callee for rows in agent_calls().values() for row in rows}
    roots = {re.split(r"[.(*]", c.removeprefix("npm:"), maxsplit=1)[0] for c in every} - {
        "google",
        "openai",
        "anthropic",
    }
    names = "|".join(sorted(map(re.escape, roots)))
    return (
        rf"""(?:from|import|require)\b\s*\(?\s*["'`]?(?:npm:)?(?:{names})\b""",
        r"google\.adk\b",
        r"@\w+(?:\.\w+)*\.tool(?:_plain)?\b",
        (r"\bmcp_servers\b|[\"']mcp[\"']", r"\b(?:openai|anthropic)\b"),
    )


detect = FunctionDetector("agent-code", (_find.__doc__ or "").strip(), CODE, _hints, _find)
