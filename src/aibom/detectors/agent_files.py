"""Files that tell assistants and models what to do: subagents, skills, commands, instructions and prompts."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from aibom import mcp, names
from aibom.bill import Detection, Diagnostic, Kind, Related, RelationKind, Usage
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.syntax.structured import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.syntax import Data, Entry

__all__ = ["detect"]

_FILES: Final = (
    *(
        "*.md",
        "*.mdc",
        "*.prompty",
        "*.prompt",
        "*.j2",
        "*.jinja",
        "*.jinja2",
        "*.txt",
        "*.mustache",
        "*.hbs",
        "*.liquid",
    ),
    *(
        ".cursorrules",
        ".windsurfrules",
        ".clinerules",
        ".roorules",
        ".goosehints",
        ".rules",
        "agents.yaml",
        "agents.yml",
    ),
)
_INSTRUCTIONS: Final = expression(
    r"(?:^|/)(?:(?:AGENTS?|CLAUDE(?:\.local)?|GEMINI|QWEN|WARP|CRUSH)\.md|\.(?:cursor|windsurf|cline|roo)rules|\.goosehints|\.rules"
    r"|\.github/(?:copilot-instructions\.md|instructions/.+\.instructions\.md)|\.clinerules/[^/]+\.md"
    r"|\.(?:cursor|windsurf|continue|roo|kilocode|trae|claude)/rules[\w-]*/.+\.mdc?|\.junie/guidelines\.md|\.kiro/steering/[^/]+\.md)$"
)
_SKILL: Final = expression(r"(?:^|/)SKILL\.md$")
_COMMAND: Final = expression(
    r"(?:^|/)(?:\.claude/commands/.+\.md|\.github/prompts/.+\.prompt\.md|\.(?:cursor|opencode|windsurf)/(?:commands?|workflows)/.+\.md"
    r"|[^/]+\.prompt\.md)$"
)
_AGENT: Final = expression(
    r"(?:^|/)(?:\.(?P<tool>claude|cursor|opencode|github|gemini|factory)/(?:agents?|chatmodes|droids)/.+\.md|(?P<plugin>agents)/[^/]+\.md"
    r"|[^/]+\.(?P<mode>agent|chatmode)\.md)$"
)
_PROVIDERS: Final = {
    "claude": "claude-code",
    "cursor": "cursor",
    "opencode": "opencode",
    "github": "github-copilot",
    "gemini": "gemini-cli",
    "factory": "factory",
}
_PROMPTS: Final = expression(
    r"(?:^|/)(?:(?:[\w.-]*[-_.])?prompts?(?:[-_]templates?)?/(?:.+/)?[^/]+\.(?:md|txt|j2|jinja2?|mustache|hbs|liquid|prompt)"
    r"|[^/]+\.(?:prompty|prompt)|[^/]*(?:system[-_]?prompt|[-_]prompt)[^/]*\.(?:md|txt|j2|jinja2?))$",
    re.IGNORECASE,
)
_NO_PROMPTS: Final = expression(
    r"(?:^|/)(?:README|CHANGELOG|LICEN[CS]E|CONTRIBUTING|index)[^/]*$|(?:^|/)docs?/", re.IGNORECASE
)
_TEMPLATE: Final = expression(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|(?<![\w{$])\{[a-z_]\w*\}(?!\})|<<\w+>>|\$\{\w+\}")
_ALIASES: Final = frozenset({"sonnet", "opus", "haiku", "opusplan"})
"""What Claude Code takes for the newest model of a family."""
_MOST_TOOLS: Final = 200


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Subagents, skills, commands, instructions and prompts that stand in files of their own."""
    if file.name in {"agents.yaml", "agents.yml"}:
        yield from _crew(file)
        return
    path = file.path
    agent = _AGENT.search(path)
    role = _role(path)
    if agent is None and not role:
        return
    front = _front_matter(file.text)
    if agent is not None and (agent["tool"] or agent["mode"] or front.get("name")):
        if not file.text.strip() or (agent["plugin"] and front.get("description") is None):
            return
        yield from _agent(
            file, front, _PROVIDERS.get(agent["tool"] or "", "github-copilot" if agent["mode"] else "claude-code")
        )
        role = "instructions"
    if role and file.text.strip():
        yield _prompt(file, role)
        yield from _model(file, front)


def _role(path: str) -> str:
    if _SKILL.search(path):
        return "skill"
    if _COMMAND.search(path):
        return "command"
    if _INSTRUCTIONS.search(path):
        return "instructions"
    return "prompt" if _PROMPTS.search(path) and not _NO_PROMPTS.search(path) else ""


def _front_matter(text: str) -> Data:
    """Return what stands between the dashes at the head of a file, with the lines of the file."""
    head = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    return read("\n" + head[1] if head is not None else "", "yaml")


def _prompt(file: File, role: str) -> Detection:
    if role == "prompt" and _TEMPLATE.search(file.text):
        role = "template"
    used = role in {"instructions", "skill", "command"}
    return Detection(
        Kind.PROMPT,
        file.path,
        file.at(0),
        "local",
        usage=_usage(file, Usage.USED if used else Usage.OPTIONAL),
        symbol=role,
        confidence=1.0 if used else 0.7,
        properties=[("role", role)],
        hashes=[("SHA-256", sha256(file.bytes).hexdigest())] if file.bytes else (),
    )


def _usage(file: File, usage: Usage) -> Usage:
    from aibom.link.modules import in_tests  # The heaviest stage; most trees have no such file.

    return Usage.MENTION if in_tests(file.path) else usage


def _agent(file: File, front: Data, provider: str) -> Iterator[Detection]:
    name = _text(front.get("name")) or file.name.partition(".")[0]
    tools = list(_tools(front))
    servers = sorted({t.split("__")[1] for t in tools if t.startswith("mcp__") and t.count("__")})
    own = sorted({t for t in tools if not t.startswith("mcp__")})
    related = [Related(RelationKind.USES, Kind.PROMPT, "local", file.path)]
    related += [Related(RelationKind.USES, Kind.TOOL, provider, tool) for tool in own]
    related += [
        Related(RelationKind.USES, Kind.SERVICE, mcp.PROVIDER, s, hosted=h) for s in servers for h in (False, True)
    ]
    stated = front.get("name") or next(iter(front.entries), None)
    line = stated.line if stated is not None else 1
    model = _named(front)
    if model is not None:
        related.append(Related(RelationKind.USES, Kind.MODEL, model.provider, model.name, hosted=True))
    usage = _usage(file, Usage.USED)
    yield Detection(
        Kind.AGENT, name, file.at(line), provider, usage=usage, symbol="agent", origin=file.path, related=related
    )
    at = file.at(_line(front, "tools") or line)
    for tool in own:
        yield Detection(Kind.TOOL, tool, at, provider, usage=usage, symbol="tools")


def _tools(front: Data) -> Iterator[str]:
    for entry in list(front.under("tools"))[:_MOST_TOOLS]:
        if isinstance(entry.value, bool) and len(entry.keys) > 1:
            yield from [entry.keys[1]] if entry.value else []
        elif isinstance(entry.value, str):
            yield from (t.strip() for t in re.split(r",(?![^(]*\))", entry.value) if t.strip() not in {"", "*"})


def _line(front: Data, key: str) -> int:
    entry = next(iter(front.under(key)), None)
    return entry.line if entry is not None else 0


def _named(front: Data) -> names.Named | None:
    """Return the model that the head of a file names; None when it names none, or leaves it to whoever runs it."""
    entry = front.get("model")
    text = _text(entry)
    if not text or text in {"inherit", "default", "auto"} or " (" in text:
        return None
    if text in _ALIASES:
        return names.Named(Kind.MODEL, "anthropic", text, hosted=True)
    return names.read_hosted(text, "unknown", prefixed=True)


def _model(file: File, front: Data) -> Iterator[Detection]:
    named = _named(front)
    entry = front.get("model")
    if named is not None and entry is not None:
        yield Detection(
            Kind.MODEL,
            named.name,
            file.at(entry.line, entry.column),
            named.provider,
            usage=_usage(file, Usage.USED),
            symbol="model",
            confidence=0.9,
            hosted=True,
        )
    kind = _text(front.get("model", "configuration", "type"))
    for key in ("azure_deployment", "model", "name"):
        entry = front.get("model", "configuration", key)
        if kind and entry is not None and (text := _text(entry)) and "$" not in text:  # A .prompty file.
            provider = "azure" if "azure" in kind else names.provider_of_prefix(kind) or "unknown"
            at = file.at(entry.line, entry.column)
            yield Detection(
                Kind.MODEL,
                text,
                at,
                provider,
                usage=_usage(file, Usage.OPTIONAL),
                symbol=f"model.configuration.{key}",
                hosted=True,
            )
            return


def _crew(file: File) -> Iterator[Detection]:
    """Yield the agents that a file of CrewAI describes: a role, a goal and a backstory under each name."""
    described: dict[str, dict[str, Entry]] = {}
    for entry in file.data.entries:
        if len(entry.keys) == 2:  # noqa: PLR2004 - a name, and what is said of it
            described.setdefault(entry.keys[0], {})[entry.keys[1]] = entry
    for name, said in described.items():
        if {"role", "goal"} <= said.keys() or {"role", "backstory"} <= said.keys():
            first = min(said.values(), key=lambda e: e.line)
            llm = said.get("llm")
            uses = [file.at(llm.line, llm.column)] if llm is not None else []
            yield Detection(
                Kind.AGENT,
                name,
                file.at(first.line),
                "crewai",
                usage=_usage(file, Usage.USED),
                symbol="agents.yaml",
                uses=tuple(uses),
            )


def _text(entry: Entry | None) -> str:
    return entry.value.strip() if entry is not None and isinstance(entry.value, str) else ""


detect = FunctionDetector("agent-files", (_find.__doc__ or "").strip(), _FILES, (), _find)
