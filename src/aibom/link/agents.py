"""Follow what an agent is given: its name, model, tools, prompts, servers and other agents."""

from __future__ import annotations

import posixpath
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import mcp
from aibom.bill import Detection, Kind, Location, Usage
from aibom.knowledge import agent_calls
from aibom.link import objects
from aibom.link.cells import Cell, Class, Content, External, Function, Instance
from aibom.link.modules import in_tests
from aibom.syntax import matches
from aibom.syntax.values import Attribute, Call, Const, Element, Item, Mapping, Name, Sequence, Text, Value

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
    {"tools", "functions", "plugins", "toolsets", "toolkit", "extra_tools", "func", "function", "fn"}
)
_PROMPTS: Final = frozenset(
    {"instructions", "instruction", "system_prompt", "system_message", "prompt", "systemPrompt", "system"}
)
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
    kinds = {"agent": Kind.AGENT, "team": Kind.AGENT, "tool": Kind.TOOL}
    known = row.what != "decorator" and kinds.get(row.what, Kind.SERVICE) is detection.kind
    return known and matches(row.callee, call.callee)


def _decorated(follower: Follower, detection: Detection) -> list[Detection]:
    """Return the tool that a decorator makes of a function; nothing when the decorator is another one."""
    decorator = detection.receiver
    path = detection.at.path
    callee = _decorates(follower, path, detection.scope, decorator) if isinstance(decorator, Value) else ""
    if not callee or not isinstance(detection.name, Text):
        return []
    function = decorator.function if isinstance(decorator, Call) else decorator
    name = detection.name.value
    if isinstance(decorator, Call):
        given = decorator.argument(0, "name", "name_override", "name_or_callable")
        if isinstance(given, Text) and given.value.strip() and " " not in given.value.strip():
            name = given.value.strip()
    owners: tuple[Location, ...] = ()
    if isinstance(function, Attribute):
        made = follower.reduce(Cell(function.of, path, detection.scope), 1)
        owners = tuple(_at(follower, c.path, c.value) for c in made if isinstance(c.value, Call))
    return [evolve(_plain(detection, name), used_by=owners, symbol=callee)]


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
            value = self.call.argument(position, *keywords)
            if value is not None:
                self._walk(self._cell(value), keywords, 0)
        properties = [("role", "team")] if self.row.what == "team" else []
        origin = self.detection.origin
        if self.row.what == "server":
            properties = [("kind", "mcp-server"), ("role", "provided")]
            origin = self.detection.at.path
        if self.row.provider == "crewai" and self.call.argument(None, "config") is not None:
            origin = ""  # It is described in agents.yaml, under the same name.
        settled = _plain(self.detection, self._name())
        yield evolve(settled, properties=properties, origin=origin, used_by=owners, uses=tuple(self.places))
        yield from (evolve(d, usage=settled.usage) for d in self.more)

    def _cell(self, value: Value) -> Cell:
        return Cell(value, self.detection.at.path, self.detection.scope)

    def _text(self, value: Value | None) -> str:
        """Return the first string that *value* can be; empty when it is none that is known."""
        if value is None:
            return ""
        cells = self.follower.strings(self._cell(value), 1)
        return next((c.value.value.strip() for c in cells if isinstance(c.value, Text) and c.value.value.strip()), "")

    def _name(self) -> str:
        fallback = self.detection.name.value if isinstance(self.detection.name, Text) else ""
        position, keywords = self.row.name
        given = self._text(self.call.argument(position, *keywords))
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
        for reduced in self.follower.reduce(cell, 1):
            match reduced.value:
                case Sequence(items=items):
                    for item in items[:_MOST]:
                        self._walk(reduced.of(item), role, depth + 1)
                case Mapping(items=items):
                    for key, value in items[:_MOST]:
                        self._walk(reduced.of(value), role, depth + 1)
                        del key
                case Function(path=path, scope=scope) if _TOOLS & {*role}:
                    self._tool(path, scope)
                case Instance(path=path, scope=scope, made=made):
                    if made is not None and isinstance(made.value, Call):
                        self.places[_at(self.follower, made.path, made.value)] = None
                    if _TOOLS & {*role} and not self._is_agent(path, scope):
                        self._tool(path, scope)
                case Class(path=path, scope=scope) if _TOOLS & {*role}:
                    self._tool(path, scope)
                case Content(name=name) if _PROMPTS & {*role}:
                    self._prompt(name, reduced)
                case External(dotted=dotted) if _TOOLS & {*role} and "." in dotted:
                    self._brought(dotted, cell)
                case Call() as call:
                    self._made(reduced, call, role, depth)
                case _:
                    pass

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
        if call.callee in {"open", "open().read"} or call.last in {"open", "read_text", "read"}:
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
        if facts.kind == "class":
            own = next((b.value for b in facts.bindings if b.name == "name" and isinstance(b.value, Text)), None)
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
            )
        )

    def _brought(self, dotted: str, cell: Cell, place: Location | None = None) -> None:
        """Take note of a tool that a package brings."""
        root, _, name = dotted.partition(".")
        name = name.rpartition(".")[2]
        if not name or root in {"?", ""} or name.endswith(")"):
            return
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
        for base in dict.fromkeys((near, folder, posixpath.dirname(folder), "")):
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
        values = [
            self.call.argument(position, *keywords) if keywords or position is not None else None
            for position, keywords in self.row.parts
        ]
        first = values[0] if values else None
        title = (
            self._text(self.call.argument(*self.row.name[:1], *self.row.name[1])) if self.row.name != (None, ()) else ""
        )
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
        words = self._texts(values[1]) if len(values) > 1 else []
        url = self._address(values[2]) if len(values) > 2 else ""  # noqa: PLR2004 - command, arguments, address
        if "://" in text:
            text, url = "", text
        elif not text and words and first is not None:
            text = "…"  # sys.executable
        variables = [
            str(k.value) for k in self._keys(self.call.argument(None, "env", "headers")) if isinstance(k, Text)
        ]
        yield from self._made_server(mcp.read(text, words, url, variables=variables), title, self.detection.at)

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
