"""Follow what an agent is given: its name, model, tools, prompts, servers and other agents."""

from __future__ import annotations

import posixpath
import re
import shlex
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import mcp
from aibom.bill import Detection, Kind, Location, Usage
from aibom.expressions import expression
from aibom.knowledge import agent_calls, harmful_tools
from aibom.link import objects
from aibom.link.cells import Cell, Class, Content, External, Function, Instance
from aibom.link.modules import in_tests
from aibom.syntax import matches
from aibom.syntax.values import Attribute, Call, Const, Element, Item, Mapping, Name, Sequence, Text, Value, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.knowledge import AgentCall
    from aibom.link.follow import Follower

__all__ = ["is_part", "parts_of"]

_DEEPEST: Final = 5
"""How many calls, one within another, lead from an agent to what it uses."""
_MOST: Final = 500
"""So many things of one agent are followed."""
_TOOLS: Final = frozenset(
    {
        *("tools", "functions", "plugins", "toolsets", "toolkit", "extra_tools", "func", "function", "fn"),
        *("tool", "Tools", "defaultTools", "Plugins", "toolRegistry", "ToolsConfig"),
    }
)
_PROMPTS: Final = frozenset(
    {
        *("instructions", "instruction", "system_prompt", "system_message", "prompt", "systemPrompt", "system"),
        *("Instructions", "Instruction", "SystemPrompt", "preamble", "defaultSystem", "systemMessage", "fromResource"),
    }
)
_READS: Final = frozenset(
    {
        *("open", "read_text", "read", "ReadAllText", "ReadAllTextAsync", "ReadFile", "readString", "readText"),
        *("include_str!", "read_to_string", "readFile", "readFileSync", "ClassPathResource", "getResource"),
    }
)
"""Last parts of calls that read a file."""
_ADDS: Final = expression(
    r"(?:add|import|register|use)_?\w*(?:tool|plugin|service|mcp|completion|function|server|chatclient)s?"
    r"(?:fromtype|fromobject|frompromptdirectory)?(?:async)?|addfrom(?:type|object)",
    re.IGNORECASE,
)
"""Methods that give an agent, or the kernel of one, something to use: ``add_tool``, ``ImportPluginFromType``."""
_LONGEST: Final = 200
"""Of a name."""


def is_part(detection: Detection) -> bool:
    """Tell whether *detection* is of an agent, a tool, or an MCP server or client that a call makes."""
    of_agents = detection.kind in {Kind.AGENT, Kind.TOOL} or detection.provider == mcp.PROVIDER
    return of_agents and isinstance(detection.receiver, Value)


def parts_of(follower: Follower, detection: Detection) -> list[Detection]:
    """Return *detection* settled, and the tools, prompt files and servers that it brings; nothing when it is none."""
    call = detection.receiver
    if isinstance(call, Call) and not detection.symbol.startswith("@"):
        row = next((r for r in agent_calls().get(call.last, ()) if _fits(r, call, detection)), None)
        return list(_Part(follower, detection, call, row).found()) if row is not None else []
    return _decorated(follower, detection)


def _fits(row: AgentCall, call: Call, detection: Detection) -> bool:
    kinds = {"agent": Kind.AGENT, "asker": Kind.AGENT, "team": Kind.AGENT, "tool": Kind.TOOL}
    known = row.what not in {"decorator", "class"} and kinds.get(row.what, Kind.SERVICE) is detection.kind
    return known and (matches(row.callee, call.callee) or matches(row.callee, detection.symbol))


def _decorated(follower: Follower, detection: Detection) -> list[Detection]:
    """Return the tool that a decorator makes of a function; nothing when the decorator is another one."""
    decorator = detection.receiver
    path = detection.at.path
    own = detection.symbol.removeprefix("@") if ":" in detection.symbol else ""  # The imports of its file tell.
    callee = own or (_decorates(follower, path, detection.scope, decorator) if isinstance(decorator, Value) else "")
    if not callee or not isinstance(detection.name, Text) or not isinstance(decorator, Value):
        return []
    rows = [r for r in agent_calls().get(callee.rpartition(".")[2], ()) if matches(r.callee, callee)]
    if own and rows and rows[0].what == "class":
        made = decorator if isinstance(decorator, Call) else Call(callee, decorator, (), (), detection.at.line, 0, 0)
        return list(_Part(follower, detection, made, rows[0]).found())
    function = decorator.function if isinstance(decorator, Call) else decorator
    name = detection.name.value
    if isinstance(decorator, Call):
        titles = ("name", "name_override", "name_or_callable")
        given = (
            decorator.argument(rows[0].name[0], *rows[0].name[1])
            if rows and rows[0].name[1]
            else decorator.argument(0, *titles)
        )
        if isinstance(given, Text) and given.value.strip() and " " not in given.value.strip():
            name = given.value.strip()
    owners: tuple[Location, ...] = ()
    if isinstance(function, Attribute) and not own:
        cells = follower.reduce(Cell(function.of, path, detection.scope), 1)
        owners = tuple(_at(follower, c.path, c.value) for c in cells if isinstance(c.value, Call))
    scope = follower.table(path).children.get((detection.scope, detection.name.value), 0)
    context = (*detection.context, *_harmful(follower, path, scope))
    return [evolve(_plain(detection, name), used_by=owners, symbol=callee, context=context)]


def _harmful(follower: Follower, path: str, scope: int) -> list[tuple[str, str]]:
    """Return what a function or a class of the tree can do with what it is given: the harm, the call, its place."""
    table = follower.table(path)
    found = [("harm", f"{h.what} {h.callee} {Location(path, h.line)}") for h in table.harms.get(scope, ())]
    if table.code.scopes[scope].kind == "class":
        found += _harm_of(objects.external_base(follower, path, scope) or "")
    return found


def _harm_of(dotted: str) -> list[tuple[str, str]]:
    """Return what a tool of a package can do: the harm, and what it is called there."""
    return [("harm", f"{harm} {dotted}") for row, harm in harmful_tools() if matches(row, dotted)][:1]


def _decorates(follower: Follower, path: str, scope: int, decorator: Value) -> str:
    """Return the dotted name of a *decorator* that makes tools; empty when it is another one."""
    function = decorator.function if isinstance(decorator, Call) else decorator
    callee = follower.canonical(Cell(function, path, scope)) or ""
    rows = agent_calls().get(callee.rpartition(".")[2], ())
    return callee if any(r.what == "decorator" and matches(r.callee, callee) for r in rows) else ""


def _plain(detection: Detection, name: str) -> Detection:
    usage = Usage.MENTION if in_tests(detection.at.path) else detection.usage
    return evolve(detection, name=name[:_LONGEST], receiver=None, scope=0, usage=usage)


def _at(follower: Follower, path: str, call: Call) -> Location:
    return Location(path, call.line, call.column, follower.table(path).code.cell_of(call.line))


def _words(text: str) -> list[str]:
    """Return the words of a command line; nothing when its quotes do not close."""
    try:
        return shlex.split(text[:2000])
    except ValueError:
        return []


def _chain(call: Call) -> list[Call]:
    """Return *call* and the calls that it is made on, the last first: ``a().b().c()`` is c, b, a."""
    found = [call]
    while isinstance(found[-1].function, Attribute) and isinstance(found[-1].function.of, Call) and len(found) < _MOST:
        found.append(found[-1].function.of)
    return found


class _Part:
    """One call that makes an agent or what belongs to one."""

    def __init__(self, follower: Follower, detection: Detection, call: Call, row: AgentCall) -> None:
        self.follower = follower
        self.detection = detection
        self.call = call
        self.row = row
        self.places: dict[Location, None] = {}
        self.more: list[Detection] = []
        self.seen: set[tuple[str, int, int]] = set()

    def found(self) -> Iterator[Detection]:
        """Yield the settled detection, and what it brings."""
        if self.row.what in {"client", "clients"}:
            yield from self._clients()
            return
        owners: tuple[Location, ...] = ()
        for position, keywords in self.row.parts:
            if keywords == ("owner",):
                owners = self._owners()
                continue
            for value in self._given(position, keywords):
                self._walk(self._cell(value), keywords, 0)
        self._walk_around(self.call, 0)
        properties = [("role", "team")] if self.row.what == "team" else []
        origin = self.detection.origin
        if self.row.what == "server":
            properties = [("kind", "mcp-server"), ("role", "provided")]
            origin = self.detection.at.path
        if self.row.provider == "crewai" and self.call.argument(None, "config") is not None:
            origin = ""  # It is described in agents.yaml, under the same name.
        settled = _plain(self.detection, self._name())
        if self.row.what == "tool":
            settled = evolve(settled, context=[*settled.context, *self._inline()])
        yield evolve(settled, properties=properties, origin=origin, used_by=owners, uses=tuple(self.places))
        yield from (evolve(d, usage=settled.usage) for d in self.more)

    def _inline(self) -> list[tuple[str, str]]:
        """Return what the functions can do that stand in the call: ``tool({ execute: async ({ command }) => … })``."""
        path = self.detection.at.path
        children = self.follower.table(path).children
        given = [*self.call.arguments, *(value for key, value in self.call.keywords if key != "**")]
        names = dict.fromkeys(value.name for value in given if isinstance(value, Name))
        scopes = [children.get((self.call.scope, n)) for n in names if n.startswith("<function")]
        return [pair for scope in scopes if scope is not None for pair in _harmful(self.follower, path, scope)]

    def _cell(self, value: Value) -> Cell:
        return Cell(value, self.detection.at.path, self.detection.scope)

    def _text(self, value: Value | None) -> str:
        """Return the first string that *value* can be; empty when it is none that is known."""
        if value is None:
            return ""
        cells = self.follower.strings(self._cell(value), 1)
        return next((c.value.value.strip() for c in cells if isinstance(c.value, Text) and c.value.value.strip()), "")

    def _title(self, value: Value) -> str:
        """Return the name that *value* is: a string, or the class that ``Clerk.class`` stands for."""
        while isinstance(value, Attribute) and value.name in {"class", "java"}:
            value = value.of
            if isinstance(value, Name):
                return value.name
        return self._text(value)

    def _given(self, position: int | None, keywords: tuple[str, ...]) -> list[Value]:
        """
        Return what the call is given as one of *keywords*, or at *position*.

        In languages of builders also what methods of the same chain are given, and what stands in an argument that is
        a literal of its own: ``Config{Name: "x"}``.
        """
        value = self.call.argument(position, *keywords)
        if value is not None or not self._builds:
            return [value] if value is not None else []
        found: list[Value] = []
        for call in _chain(self.call)[1:]:
            found += call.arguments if call.last in keywords else ()
            found += [v for k, v in call.keywords if call.last in keywords and k == "<>"]
        inner = [a for c in _chain(self.call) for a in (*c.arguments, *(v for _, v in c.keywords))]
        inner += [a for c in inner if isinstance(c, Call) for a in (*c.arguments, *(v for _, v in c.keywords))]
        found += [v for c in inner if isinstance(c, Call) and (v := c.argument(None, *keywords)) is not None]
        return found[::-1] if len(found) > 1 else found

    @property
    def _builds(self) -> bool:
        return ":" in self.row.callee + self.row.within and "npm:" not in self.row.callee

    def _name(self) -> str:
        fallback = self.detection.name.value if isinstance(self.detection.name, Text) else ""
        position, keywords = self.row.name
        given = next((t for v in self._given(position, keywords) if (t := self._title(v))), "")
        title = given if given and "\n" not in given else ""
        return title or fallback or posixpath.basename(self.detection.at.path)

    def _owners(self) -> tuple[Location, ...]:
        function = self.call.function
        made = self.follower.reduce(self._cell(function.of), 1) if isinstance(function, Attribute) else []
        return tuple(_at(self.follower, c.path, c.value) for c in made if isinstance(c.value, Call))

    # -- what an agent uses ----------------------------------------------------------------------

    def _walk(self, cell: Cell, role: tuple[str, ...], depth: int) -> None:
        """Take note of what *cell*, given as *role*, comes to."""
        if depth > _DEEPEST or len(self.seen) > _MOST:
            return
        if isinstance(cell.value, Name):
            self._added(cell, cell.value.name, depth)
        for reduced in self.follower.reduce(cell, 1):
            match reduced.value:
                case Sequence(items=items):
                    for item in items[:_MOST]:
                        self._walk(reduced.of(item), role, depth + 1)
                case Mapping(items=items):
                    for key, value in items[:_MOST]:
                        self._walk(reduced.of(value), role, depth + 1)
                        del key
                case Function(path=path, scope=scope) | Class(path=path, scope=scope) if _TOOLS & {*role}:
                    self._tool(path, scope)
                case Instance(path=path, scope=scope, made=made):
                    if made is not None and isinstance(made.value, Call):
                        self.places[_at(self.follower, made.path, made.value)] = None
                    if _TOOLS & {*role} and not self._is_agent(path, scope):
                        self._tool(path, scope)
                case Content(name=text) | Text(value=text) if _PROMPTS & {*role}:
                    self._told(reduced, text, role)
                case External(dotted=dotted) if _TOOLS & {*role} and "." in dotted:
                    self._brought(dotted, cell)
                case Call() as call:
                    self._made(reduced, call, role, depth)
                case _:
                    pass

    def _told(self, cell: Cell, text: str, role: tuple[str, ...]) -> None:
        """Take note of the prompt file that *text* names, where it is no prompt itself."""
        if isinstance(cell.value, Content) or text.startswith("classpath:") or "fromResource" in role:
            self._prompt(text.removeprefix("classpath:"), cell)

    def _added(self, cell: Cell, name: str, depth: int) -> None:
        """Take note of what is given to the thing called *name* behind its making: ``kernel.add_plugin(…)``."""
        for call in self.follower.uses(cell.path).on.get(name, ())[:_MOST]:
            key = (cell.path, call.line, call.column)
            if _ADDS.fullmatch(call.last) and key not in self.seen:
                self.seen.add(key)
                self.places[_at(self.follower, cell.path, call)] = None
                role = ("tools",) if re.search("tool|plugin|function|from", call.last, re.IGNORECASE) else ()
                for value in (*call.arguments, *(v for _, v in call.keywords)):
                    if isinstance(value, Name | Attribute | Call):
                        self._walk(cell.at(value, cell.path, call.scope), role, depth + 1)

    def _is_agent(self, path: str, scope: int) -> bool:
        base = objects.external_base(self.follower, path, scope) or ""
        return any(
            r.what in {"agent", "team"} and matches(r.callee, base)
            for r in agent_calls().get(base.rpartition(".")[2], ())
        )

    def _made(self, cell: Cell, call: Call, role: tuple[str, ...], depth: int) -> None:
        """Take note of what an outside call makes, and of what that is made of."""
        key = (cell.path, call.line, call.column)
        if key in self.seen:
            return
        self.seen.add(key)
        place = _at(self.follower, cell.path, call)
        if call.last in _READS:
            self._prompt_of(cell, call, role)
            return
        self.places[place] = None
        title = call.last
        known = [r.what for r in agent_calls().get(title, ()) if matches(r.callee, call.callee)]
        if known and known != ["tool"]:  # It is in the bill for itself, with what it uses.
            return
        if _TOOLS & {*role} and title[:1].isupper() and not known:
            self._brought(call.callee, cell, place)
        if isinstance(call.function, Attribute):
            self._walk(cell.of(call.function.of), (), depth + 1)
        for value in (*call.arguments, *(v for _, v in call.keywords)):
            if isinstance(value, Name | Attribute | Call | Sequence | Mapping | Item | Element):
                self._walk(cell.of(value), role if title[:1].islower() else (), depth + 1)

    def _tool(self, path: str, scope: int) -> None:
        """Take note of a function or a class of the tree that a model may call."""
        facts = self.follower.table(path).code.scopes[scope]
        name = facts.name.rpartition(".")[2]
        if facts.kind == "class" and self._builds and (methods := self._methods(path, scope)):
            self.places.update(dict.fromkeys(methods))
            return
        if facts.kind == "class":
            inner = self.follower.table(path).code.scopes if self._builds else (facts,)
            parts = [s for s in inner if s.kind == "class" and s.name == facts.name] or [facts]
            own = next(
                (
                    b.value
                    for s in parts
                    for b in s.bindings
                    if b.name in {"name", "NAME"} and isinstance(b.value, Text)
                ),
                None,
            )
            name = own.value if own is not None and own.value.strip() else name
        if not name or name.startswith("<"):
            return
        at = Location(path, facts.line, 0, self.follower.table(path).code.cell_of(facts.line))
        self.places[at] = None
        if any(_decorates(self.follower, path, facts.parent, d) for d in facts.decorators):
            return  # It is in the bill for itself, by the name that the decorator gives it.
        self.more.append(
            Detection(
                Kind.TOOL,
                name[:_LONGEST],
                at,
                "local",
                symbol=self.detection.symbol,
                detector=self.detection.detector,
                origin=path,
                context=_harmful(self.follower, path, scope),
            )
        )

    def _methods(self, path: str, scope: int) -> list[Location]:
        """Return where the methods of a class stand that are tools by what is written above them."""
        code = self.follower.table(path).code
        lasts = {last for last, rows in agent_calls().items() if any(r.what == "decorator" for r in rows)}
        return [
            Location(path, facts.line, 0, code.cell_of(facts.line))
            for facts in code.scopes
            if facts.parent == scope
            and any(
                shown(d.function if isinstance(d, Call) else d).rpartition(".")[2] in lasts for d in facts.decorators
            )
        ]

    def _walk_around(self, call: Call, depth: int) -> None:
        """Walk what an agent is made on: the model that ``CreateAIAgent`` is a method of, the client of a builder."""
        if not self._builds:
            return
        self.places.update(dict.fromkeys(_at(self.follower, self.detection.at.path, c) for c in _chain(call)[1:]))
        if isinstance(call.function, Attribute) and isinstance(call.function.of, Call | Name):
            self._walk(self._cell(call.function.of), (), depth + 1)

    def _brought(self, dotted: str, cell: Cell, place: Location | None = None) -> None:
        """Take note of a tool that a package brings."""
        root, _, name = dotted.partition(".")
        name = name.rpartition(".")[2]
        if not name or root in {"?", ""} or name.endswith(")"):
            return
        root = root.partition("/")[0] if ":" in root and "npm:" not in root else root
        own = root == self.row.callee.partition(".")[0]
        provider = self.row.provider if own else root.removeprefix("npm:").replace("_", "-")
        at = place
        if at is None:
            line = cell.value.line if isinstance(cell.value, Name) else self.call.line
            at = Location(cell.path, line, 0, self.follower.table(cell.path).code.cell_of(line))
        self.places[at] = None
        self.more.append(
            Detection(
                Kind.TOOL,
                name[:_LONGEST],
                at,
                provider,
                symbol=self.detection.symbol,
                detector=self.detection.detector,
                context=_harm_of(dotted),
            )
        )

    # -- prompt files ----------------------------------------------------------------------------

    def _prompt_of(self, cell: Cell, call: Call, role: tuple[str, ...]) -> None:
        """Take note of the file that ``open("…").read()`` and ``Path("…").read_text()`` read."""
        if not _PROMPTS & {*role}:
            return
        inner: Value = call
        while isinstance(inner, Call) and isinstance(inner.function, Attribute):
            inner = inner.function.of
        value = inner.argument(0, "file") if isinstance(inner, Call) else inner
        for found in self.follower.strings(cell.of(value), 1) if value is not None else ():
            if isinstance(found.value, Text):
                self._prompt(found.value.value, found)

    def _prompt(self, name: str, cell: Cell) -> None:
        """Take note of the file *name*, read by the code of *cell*'s file."""
        folder = posixpath.dirname(self.detection.at.path)
        near = posixpath.dirname(cell.path)
        name = name.replace("\\", "/").lstrip("/")
        main, found, _ = self.detection.at.path.partition("src/main/")
        resources = (f"{main}src/main/resources",) if found else ()
        for base in dict.fromkeys((near, folder, posixpath.dirname(folder), *resources, "")):
            path = posixpath.normpath(posixpath.join(base, name))
            content = self.follower.source.data(path) if not path.startswith("..") else b""
            if content:
                self.places[Location(path)] = None
                self.more.append(
                    Detection(
                        Kind.PROMPT,
                        path,
                        Location(path),
                        "local",
                        symbol=self.detection.symbol,
                        detector=self.detection.detector,
                        reaches=(self.detection.at,),
                        hashes=[("SHA-256", sha256(content).hexdigest())],
                    )
                )
                return

    # -- MCP clients -----------------------------------------------------------------------------

    def _clients(self) -> Iterator[Detection]:
        """Yield the servers that a client starts or reaches."""
        several = [self._given(*part) if part != (None, ()) else [] for part in self.row.parts]
        values = [next(iter(found), None) for found in several]
        first = values[0] if values else None
        title = next((t for v in self._given(*self.row.name) if (t := self._title(v))), "")
        for cell in self.follower.reduce(self._cell(first), 1) if first is not None else ():
            match cell.value:
                case Mapping() if self.row.what == "client":
                    yield from self._server(cell, title)
                case Mapping(items=items):
                    yield from self._named(cell, items)
                case Sequence(items=items):
                    for item in items:
                        yield from (d for c in self.follower.reduce(cell.of(item), 1) for d in self._server(c, ""))
                case _:
                    pass
        text = self._text(first)
        if self.row.what == "clients":
            yield from self._made_server(mcp.read(url=text), "", self.detection.at)
            return
        words = [w for v in several[1] for w in self._texts(v)] if len(values) > 1 else []
        if self._builds and not words:
            text, *words = self._line(text, several)
        url = self._address(values[2]) if len(values) > 2 else ""  # noqa: PLR2004 - command, arguments, address
        if "://" in text:
            text, url = "", text
        elif " " in text and not words:  # A whole command line.
            text, *words = _words(text) or [text]
        elif not text and words and first is not None:
            text = "…"  # sys.executable
        variables = [
            str(k.value) for k in self._keys(self.call.argument(None, "env", "headers")) if isinstance(k, Text)
        ]
        yield from self._made_server(mcp.read(text, words, url, variables=variables), title, self.detection.at)

    def _line(self, text: str, several: list[list[Value]]) -> list[str]:
        """Return the words of a command, given one by one or as one list: ``NewClient("npx", nil, "-y", …)``."""
        listed = self._texts(several[0][0]) if several[0] else []
        if listed:
            return listed
        position = self.row.parts[0][0]
        others = list(several[1]) if len(several) > 1 else []
        if position is not None and len(self.row.parts) == 1:
            others += self.call.arguments[position + 1 :]
        return [text, *(t for v in others if (t := self._text(v)))]

    def _address(self, value: Value | None) -> str:
        """Return the address that *value* is; ``new URL("…")`` is one, too."""
        if isinstance(value, Call) and value.last == "URL" and value.arguments:
            value = value.arguments[0]
        return self._text(value)

    def _named(self, cell: Cell, items: tuple[tuple[Value | None, Value], ...]) -> Iterator[Detection]:
        for key, value in items:
            if not isinstance(key, Text):
                continue
            for inner in self.follower.reduce(cell.of(value), 1):
                if key.value in {"mcpServers", "servers"} and isinstance(inner.value, Mapping):
                    yield from self._named(inner, inner.value.items)
                else:
                    yield from self._server(inner, key.value, Location(cell.path, key.line, key.column))

    def _server(self, cell: Cell, name: str, at: Location | None = None) -> Iterator[Detection]:
        """Yield the server that a dict describes."""
        if not isinstance(cell.value, Mapping):
            return
        given = {k.value: v for k, v in cell.value.items if isinstance(k, Text)}

        def text(*keys: str) -> str:
            for key in keys:
                value = given.get(key)
                if isinstance(value, Call) and value.last == "URL" and value.arguments:
                    value = value.arguments[0]
                for found in self.follower.strings(cell.of(value), 1) if value is not None else ():
                    if isinstance(found.value, Text) and found.value.value:
                        return found.value.value
            return ""

        if "type" in given and text("type") not in {
            "",
            "mcp",
            "url",
            "stdio",
            "sse",
            "http",
            "streamable-http",
            "local",
            "remote",
        }:
            return
        words = self._texts(given.get("args"), cell)
        variables = [k.value for g in ("env", "headers") for k in self._keys(given.get(g), cell) if isinstance(k, Text)]
        kind = text("transport", "type")
        url = text("url", "server_url", "serverUrl", "httpUrl")
        server = mcp.read(
            text("command"), words, url, transport=kind if kind not in {"mcp", "url"} else "", variables=variables
        )
        yield from self._made_server(
            server, name or text("name", "server_label", "serverLabel"), at or self.detection.at
        )

    def _made_server(self, server: mcp.Server | None, name: str, at: Location) -> Iterator[Detection]:
        if server is None:
            return
        usage = Usage.MENTION if in_tests(self.detection.at.path) else self.detection.usage
        for made in mcp.detections(server, name[:_LONGEST], at, usage=usage, symbol=self.detection.symbol):
            here = (self.detection.at,) if at != self.detection.at else ()
            yield evolve(made, detector=self.detection.detector, reaches=here)

    def _texts(self, value: Value | None, cell: Cell | None = None) -> list[str]:
        """Return the strings in a list, ``…`` for those that are not known."""
        if value is None:
            return []
        found: list[str] = []
        for reduced in self.follower.reduce((cell or self._cell(value)).of(value), 1):
            for item in reduced.value.items[:_MOST] if isinstance(reduced.value, Sequence) else ():
                texts = [c.value.value for c in self.follower.strings(reduced.of(item), 1) if isinstance(c.value, Text)]
                known = str(item.value) if isinstance(item, Const) else "…"
                found.append(texts[0] if texts else known)
            if found:
                break
        return found

    def _keys(self, value: Value | None, cell: Cell | None = None) -> list[Value]:
        if value is None:
            return []
        reduced = self.follower.reduce((cell or self._cell(value)).of(value), 1)
        return [k for c in reduced if isinstance(c.value, Mapping) for k, _ in c.value.items if k is not None]
