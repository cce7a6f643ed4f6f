"""MCP servers that files of settings name: those of editors, assistants, agents and containers."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from aibom import mcp
from aibom.bill import Diagnostic, Usage
from aibom.credentials import is_literal, is_secret_name, is_token
from aibom.expressions import expression
from aibom.protocols import FunctionDetector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection, Location
    from aibom.files import File
    from aibom.syntax import Entry

__all__ = ["detect"]

_FILES: Final = ("*.json", "*.jsonc", "*.json5", "*.yaml", "*.yml", "*.toml")
_CONTAINERS: Final = frozenset(
    {
        *("mcpServers", "mcp_servers", "mcpservers", "mcp-servers", "context_servers", "modelContextProtocolServers"),
        *("MCPServers", "MCP_SERVERS"),
    }
)
"""Keys below which servers stand, by their names or in a list."""
_LANGUAGES: Final = expression(r"(?:^|/)(?:locales?|i18n|l10n|lang|languages|translations|messages)/")
_MOST_BYTES: Final = 5_000_000
"""``.claude.json`` holds the history of every project beside its servers."""
_ADDRESSES: Final = ("url", "serverUrl", "httpUrl", "server_url", "uri", "endpoint", "baseUrl")
_COMMANDS: Final = ("command", "cmd", "path")
_LISTS: Final = frozenset({"args", "arguments", "command", "cmd"})
_VARIABLES: Final = frozenset(
    {"env", "envs", "environment", "env_keys", "headers", "http_headers", "env_http_headers", "requestInit"}
)
_FAR: Final = 60
"""So many lines above the first value under a name, the name is looked for."""
_WIDE: Final = 2_000
"""So many characters beside the first value, or at the end of a line above it."""


@frozen
class _Stated:
    """What a file says of one server."""

    texts: dict[str, str] = field(factory=dict)
    """By key; those below ``command`` and ``transport`` too."""
    lists: dict[str, list[str]] = field(factory=lambda: defaultdict(list))
    variables: list[str] = field(factory=list)
    flags: dict[str, bool] = field(factory=dict)
    entries: list[Entry] = field(factory=list)


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """MCP servers that files of settings name, with the package or address, and whether the package is pinned."""
    if _LANGUAGES.search(file.path) or len(file.bytes) > _MOST_BYTES:
        return
    servers: dict[tuple[str, ...], _Stated] = defaultdict(_Stated)
    own = {e.keys[0] for e in file.data.entries if e.keys}
    for entry in file.data.entries:
        end = _server(file, entry.keys, own)
        if end:
            _take(servers[entry.keys[:end]], entry, end)
    lines: list[str] | None = None
    for keys, stated in servers.items():
        yield from _secrets(file, stated)
        lines = file.text.split("\n") if lines is None else lines
        yield from _detections(file, keys, stated, lines)


def _server(file: File, keys: tuple[str, ...], own: set[str]) -> int:
    """Return how many of *keys* lead to a server; 0 when they lead to none."""
    for number, key in enumerate(keys[:-1]):
        last = key.rpartition(".")[2]  # "amazonQ.mcpServers", "mcp.servers"
        if key == "properties":  # A schema says what files may hold.
            return 0
        if last == "mcp_config" and number > 0:  # manifest.json of a bundle: server.mcp_config
            return number + 1
        inside = number > 0 and keys[number - 1].rpartition(".")[2].lower() == "mcp"
        named = file.name in {"mcp.json", ".mcp.json", "mcp.jsonc"} and number == 0
        listed = last in _CONTAINERS or (last == "servers" and (inside or named or key == "mcp.servers"))
        listed = listed or (key == "connections" and number > 1 and "mcp" in keys[:number])  # Spring AI
        listed = listed or (key == "mcp" and number == 0 and _is_opencode(file, keys))
        listed = listed or (key == "extensions" and number == 0 and _is_goose(file, own))
        if listed:
            return number + 2 if len(keys) > number + 2 else 0
    bare = file.name == ".mcp.json" and not own & {*_CONTAINERS, "servers", "$schema", "inputs"}
    return 1 if bare and len(keys) > 1 else 0  # A plugin's own file may leave the outer key out.


def _is_opencode(file: File, keys: tuple[str, ...]) -> bool:
    kind = file.data.get("mcp", keys[1], "type")
    return kind is not None and kind.value in {"local", "remote"}


def _is_goose(file: File, own: set[str]) -> bool:
    return bool({"GOOSE_MODEL", "GOOSE_PROVIDER"} & own) or "goose" in file.path.lower()


def _take(stated: _Stated, entry: Entry, end: int) -> None:
    """Take note of one value of a server."""
    stated.entries.append(entry)
    rest = [
        k for k in entry.keys[end:] if k not in {"transport", "connection", "params", "config"} or k == entry.keys[-1]
    ]
    if not rest:
        return
    first, last, value = rest[0], rest[-1], entry.value
    if first in _VARIABLES and len(rest) > 1:
        name = value if last.isdecimal() else last
        stated.variables.append(str(name).partition("=")[0])
    elif last.isdecimal() and len(rest) > 1 and rest[-2] in _LISTS:
        stated.lists[rest[-2]].append("" if value is None else str(value))
    elif isinstance(value, bool):
        stated.flags[last] = value
    elif value is not None and len(rest) <= 2 and first not in _VARIABLES:  # noqa: PLR2004 - command.path of Zed
        stated.texts.setdefault(last, str(value))


def _detections(file: File, keys: tuple[str, ...], stated: _Stated, lines: list[str]) -> Iterator[Detection]:
    texts, lists = stated.texts, stated.lists
    name = keys[-1]
    if name.isdecimal():
        name = texts.get("name") or texts.get("id") or texts.get("label") or ""
    elif name == "mcp_config":
        title = file.data.get("name")
        name = str(title.value) if title is not None and title.value else ""
    command = next((texts[k] for k in _COMMANDS if texts.get(k)), "")
    words = [*lists["command"], *lists["cmd"], *lists["args"], *lists["arguments"]]
    if not command and words:
        command, words = words[0], words[1:]
    elif isinstance(texts.get("args"), str):
        words = [*words, *texts["args"].split()]
    url = next((texts[k] for k in _ADDRESSES if "://" in texts.get(k, "")), "")
    kind = texts.get("transportType") or texts.get("transport") or texts.get("type") or ""
    if not kind and "httpUrl" in texts:
        kind = "http"
    local = "" if kind in {"local", "remote", "custom", "builtin", "node", "python", "binary"} else kind
    server = mcp.read(command, words, url, transport=local, variables=stated.variables)
    if server is None or kind == "builtin":
        return
    off = stated.flags.get("disabled") is True or False in {stated.flags.get(k) for k in ("enabled", "isActive")}
    from aibom.link.settings import is_alternative  # The heaviest stage; most trees have no such file.

    usage = Usage.OPTIONAL if is_alternative(file.path) else Usage.USED
    symbol = ".".join(keys[:-1]) or "mcp"
    yield from mcp.detections(
        server, name, _place(file, keys[-1], stated, lines), usage=usage, disabled=off, symbol=_short(symbol)
    )


def _secrets(file: File, stated: _Stated) -> Iterator[Diagnostic]:
    """Name the places of literal secrets among the variables and headers that a server is given."""
    for entry in stated.entries:
        name, value = entry.keys[-1], entry.value
        inside = len(entry.keys) > 1 and entry.keys[-2] in _VARIABLES
        if inside and isinstance(value, str) and is_secret_name(name) and is_literal(value):
            under = f" under {name}" if name.isprintable() and not is_token(name) else ""
            yield Diagnostic("secret-literal", f"a literal key stands here{under}", file.at(entry.line, entry.column))


def _short(symbol: str) -> str:
    """Keep what the keys say last: in ``.claude.json`` a path of the machine stands before it."""
    return ".".join(part for part in symbol.split(".")[-2:] if "/" not in part and "\\" not in part)


def _place(file: File, name: str, stated: _Stated, lines: list[str]) -> Location:
    """Return where *name* is written: on the line of its first value, or above it."""
    first = min(stated.entries, key=lambda e: (e.line, e.column))
    if not name.isdecimal():
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?=[\"'\]]?\s*(?:[:=\]]|$))")
        for line in range(first.line, max(first.line - _FAR, 0), -1):
            text = lines[line - 1] if line <= len(lines) else ""
            at = first.column if line == first.line else len(text)  # A file may have all its servers on one line.
            found = pattern.search(text, max(at - _WIDE, 0), at + _WIDE)
            if found is not None:
                return file.at(line, found.start() + 1)
    return file.at(first.line, first.column)


_HINTS: Final = (
    r"(?i:mcp[-_.]?servers)",
    r"context_servers",
    r"modelContextProtocolServers",
    r"mcp_config",
    r"(?i:\bmcp\b)",
    r"\bextensions:",
    r"\"servers\"",
    r"(?:npx|uvx)",
)

detect = FunctionDetector("mcp-servers", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
