"""Read how a server of the Model Context Protocol is started or reached, without its secrets."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.bill import Detection, Kind, Related, RelationKind, Technique, Usage
from aibom.credentials import masked
from aibom.expressions import expression
from aibom.knowledge import packages
from aibom.names import host_of, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aibom.bill import Location

__all__ = ["PROVIDER", "Server", "detections", "read"]

PROVIDER: Final = "mcp"
"""The provider of every MCP server: the protocol by which it is reached."""


@frozen
class Server:
    """How an MCP server is started or reached."""

    transport: str = ""
    """``stdio``, ``http``, ``sse`` or ``ws``; empty when nothing says so."""
    command: str = ""
    """How it is started, with ``***`` in the place of secrets."""
    endpoint: str = ""
    """Where it is reached, without user, password, query and fragment."""
    ecosystem: str = ""
    """``npm``, ``pypi``, ``oci`` or ``github``; empty when the command starts no package."""
    package: str = ""
    version: str = ""
    """The version, tag or commit that the command asks for."""
    pinned: bool = False
    """Every start runs the same: one exact version, a commit or a digest."""
    variables: tuple[str, ...] = ()
    """The names of the variables that it is given."""

    @property
    def origin(self) -> str:
        """What tells it from others of the same name: its package, else its address, else its command."""
        return f"{self.ecosystem}:{self.package}" if self.package else self.endpoint or self.command


def read(
    command: str = "", args: Sequence[str] = (), url: str = "", *, transport: str = "", variables: Iterable[str] = ()
) -> Server | None:
    """
    Read the *command* with its *args*, or the *url*, of an MCP server; None when there is neither.

    *transport* is what the settings say of it. Of *variables* only the names are kept.

    >>> server = read("npx", ["-y", "@modelcontextprotocol/server-github@2025.4.8", "--token", "abc"])
    >>> server.ecosystem, server.package, server.version, server.pinned
    ('npm', '@modelcontextprotocol/server-github', '2025.4.8', True)
    >>> server.command
    'npx -y @modelcontextprotocol/server-github@2025.4.8 --token ***'
    """
    words = [w for w in (*_words(command, alone=not args), *args)[:_MOST_WORDS] if w and len(w) <= _LONGEST_WORD]
    names = tuple(sorted(set(variables)))
    if not words:
        if "://" not in url:
            return None
        return Server(_transport(transport, url), endpoint=without_secrets(url), variables=names)
    ecosystem, package, version, pinned = _started(words)
    address = url or next((w for w in words if w.startswith(("http://", "https://"))), "")
    bridge = package in _BRIDGES and address
    shown = " ".join(_quoted(w) for w in masked([_plain(w) for w in words]))
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    return Server(
        _transport(transport, address) if bridge else transport.lower() or "stdio",
        shown,
        without_secrets(address) if bridge or url else "",
        ecosystem,
        package,
        version,
        pinned,
        names,
    )


def detections(
    server: Server, name: str, at: Location, *, usage: Usage = Usage.USED, disabled: bool = False, symbol: str = ""
) -> Iterator[Detection]:
    """
    Yield what *server*, called *name*, is in a bill: a service, and the package that it is started from.

    Without a *name* it is called after its package, its host, or the script that it runs.
    """
    script = next((w for w in server.command.split() if w.endswith((".py", ".js", ".mjs", ".ts"))), server.command)
    name = name or server.package or host_of(server.endpoint) or script
    if disabled:
        usage = min(usage, Usage.OPTIONAL, key=lambda u: u.weight)
    package = server.package if server.ecosystem in {"npm", "pypi"} else ""
    facts = [("kind", "mcp-server"), ("transport", server.transport), ("command", server.command)]
    facts += [("endpoint", server.endpoint)]
    if server.package:
        pinned = "true" if server.pinned else "false"
        facts += [("package", server.origin), ("package-version", server.version), ("package-pinned", pinned)]
    facts += [("variables", variable) for variable in server.variables]
    facts += [("disabled", "true")] if disabled else []
    yield Detection(
        Kind.SERVICE,
        name,
        at,
        PROVIDER,
        usage=usage,
        symbol=symbol,
        hosted=bool(server.endpoint),
        properties=[(key, value) for key, value in facts if value],
        origin=server.origin,
        related=[Related(RelationKind.USES, Kind.LIBRARY, server.ecosystem, package)] if package else (),
    )
    if package:
        known = packages().get(server.ecosystem, package)
        yield Detection(
            Kind.LIBRARY,
            package,
            at,
            server.ecosystem,
            version=server.version if server.pinned else None,
            usage=usage,
            symbol=symbol,
            technique=Technique.MANIFEST,
            properties=[("category", known.category if known is not None else "agents")],
        )


_LONGEST: Final = 500
"""So much of a command is shown."""
_MOST_WORDS: Final = 200
_LONGEST_WORD: Final = 2000
"""What is longer, or comes after so many, is no part of how a server is started."""
_BRIDGES: Final = frozenset(
    {"mcp-remote", "supergateway", "mcp-proxy", "@pyroprompts/mcp-stdio-to-streamable-http-adapter"}
)
"""Packages that reach a server elsewhere, whose address they are given."""
_NPX: Final = frozenset({"npx", "bunx", "pnpx"})
_TWO_WORDS: Final = frozenset(
    {("npm", "exec"), ("npm", "x"), ("pnpm", "dlx"), ("pnpm", "exec"), ("yarn", "dlx"), ("bun", "x")}
)
_SHELLS: Final = frozenset({"sh", "bash", "zsh"})
_UVX_VALUES: Final = frozenset(
    {"--with", "--python", "-p", "--index", "--index-url", "--extra-index-url", "--with-editable"}
)
_DOCKER_FLAGS: Final = frozenset(
    {"--rm", "-i", "-t", "-it", "-d", "--interactive", "--tty", "--init", "--privileged", "--detach"}
)
_NPM: Final = expression(
    r"(?P<name>(?:@[a-z0-9~][\w.~-]*/)?[a-z0-9~][\w.~-]*)(?:@(?P<version>[\w.^~<>=*+-]+))?", re.IGNORECASE
)
_PYPI: Final = expression(
    r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,.-]*\])?(?:(?:==|@)(?P<version>[\w.+!*-]+)|(?P<range>[<>=!~].*))?"
)
_GIT: Final = expression(
    r"(?:[\w.-]+\s*@\s*)?(?:git\+)?https?://github\.com/(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?(?:[@#](?P<version>[\w./-]+))?(?:#.*)?"
)
_GITHUB: Final = expression(r"github:(?P<name>[\w.-]+/[\w.-]+?)(?:#(?P<version>[\w./-]+))?")
_IMAGE: Final = expression(
    r"(?P<name>(?:[\w.-]+(?::\d+)?/)*[a-z0-9][\w.-]*)(?::(?P<tag>[\w][\w.-]*))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)
_EXACT: Final = expression(r"v?\d+(?:\.\d+){1,3}(?:[-.+]?[A-Za-z][\w.+-]*)?")
_COMMIT: Final = expression(r"[0-9a-f]{40}")
_ABSOLUTE: Final = expression(r"(?:/|~[\w-]*/|[A-Za-z]:[\\/]|\\\\)(?:[^/\\]+[\\/])*(?P<last>[^/\\]*)[\\/]?")


def _words(command: str, *, alone: bool) -> list[str]:
    """Return the words of a command; one that stands alone may have its arguments with it."""
    if not alone or " " not in command.strip():
        return [command.strip()]
    try:
        return shlex.split(command)
    except ValueError:  # A quote is open.
        return command.split()


def _started(words: list[str]) -> tuple[str, str, str, bool]:
    """Return ecosystem, name and version of the package that *words* start, and whether it is pinned."""
    nothing = ("", "", "", False)
    first = ""
    for _ in range(4):  # cmd /c npx …, env A=b npx …, bash -c "npx …"
        first = re.split(r"[/\\]", words[0])[-1].lower().removesuffix(".exe").removesuffix(".cmd") if words else ""
        if first == "cmd" and len(words) > 1 and words[1].lower() == "/c":
            words = words[2:]
        elif first == "env":
            words = [w for w in words[1:] if "=" not in w and not w.startswith("-")]
        elif first in _SHELLS and len(words) > 2 and words[1].endswith("c"):  # noqa: PLR2004 - bash -c and the command
            words = _words(words[2], alone=True)
        else:
            break
    rest = words[1:]
    if first in _NPX or (first, *rest[:1]) in _TWO_WORDS:
        return _npm(rest if first in _NPX else rest[1:])
    if first == "deno":
        return next((_npm([w.removeprefix("npm:")]) for w in rest if w.startswith("npm:")), nothing)
    if first == "uvx" or (first == "uv" and rest[:2] == ["tool", "run"]):
        return _pypi(rest if first == "uvx" else rest[2:], "--from")
    if first == "pipx" and rest[:1] == ["run"]:
        return _pypi(rest[1:], "--spec")
    if first in {"docker", "podman"} and "run" in rest:
        return _image(rest[rest.index("run") + 1 :])
    return nothing


def _npm(words: list[str]) -> tuple[str, str, str, bool]:
    spec = _option(words, ("-p", "--package")) or next((w for w in words if not w.startswith("-")), "")
    if found := (_GITHUB.fullmatch(spec) or _GIT.fullmatch(spec)):
        return _repository(found)
    found = _NPM.fullmatch(spec)
    if found is None or not re.search("[A-Za-z]", found["name"]):
        return "", "", "", False
    version = found["version"] or ""
    return "npm", found["name"], version, _EXACT.fullmatch(version) is not None


def _pypi(words: list[str], given: str) -> tuple[str, str, str, bool]:
    spec = _option(words, (given,)) or _first(words, _UVX_VALUES | {given})
    if found := _GIT.fullmatch(spec):
        return _repository(found)
    found = _PYPI.fullmatch(spec)
    if found is None or spec.endswith(".py"):
        return "", "", "", False
    version = found["version"] or found["range"] or ""
    name = re.sub(r"[-_.]+", "-", found["name"]).lower()
    return "pypi", name, version, _EXACT.fullmatch(version) is not None


def _repository(found: re.Match[str]) -> tuple[str, str, str, bool]:
    version = found["version"] or ""
    return "github", found["name"], version, _COMMIT.fullmatch(version) is not None


def _image(words: list[str]) -> tuple[str, str, str, bool]:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = "=" not in word and word not in _DOCKER_FLAGS
        else:
            found = _IMAGE.fullmatch(word)
            if found is None:
                break
            return "oci", found["name"], found["digest"] or found["tag"] or "", found["digest"] is not None
    return "", "", "", False


def _option(words: list[str], names: tuple[str, ...]) -> str:
    for number, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else words[number + 1] if number + 1 < len(words) else ""
    return ""


def _first(words: list[str], with_value: frozenset[str]) -> str:
    skip = False
    for word in words:
        if skip or word.startswith("-"):
            skip = word in with_value
        else:
            return word
    return ""


def _transport(stated: str, url: str) -> str:
    """Return the transport as stated, else as the address shows it."""
    said = re.sub(r"[^a-z]", "", stated.lower())
    if said in {"sse", "stdio"}:
        return said
    if said in {"http", "streamablehttp", "httpstream", "streamable"}:
        return "http"
    if said in {"ws", "websocket"} or url.startswith(("ws://", "wss://")):
        return "ws"
    return "sse" if without_secrets(url).rstrip("/").endswith("/sse") else "http" if url else ""


def _plain(word: str) -> str:
    """Return *word* without what an address hides, and a path without where it lies on a machine."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", word):
        return without_secrets(word)
    if len(word) > 2 and (found := _ABSOLUTE.fullmatch(word)):  # noqa: PLR2004 - cmd /c
        return f"…/{found['last']}"
    name, equals, value = word.partition("=")
    if equals and name.startswith("-") and value:
        return f"{name}={_plain(value)}"
    return word


def _quoted(word: str) -> str:
    return shlex.quote(word) if re.search(r"\s", word) else word
