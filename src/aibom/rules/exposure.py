"""Which threats the way in which AI is used is exposed to. An exposure is no vulnerability."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aibom.assessment import Reason
from aibom.bill import Kind, Level, Location, RelationKind, Usage
from aibom.expressions import expression
from aibom.names import is_every_address
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Component, Relation

__all__ = ["RULES"]

_PRIVATE: Final = expression(
    # Names of one word are of the machine or its network; the endings are reserved for such (RFC 6761, 6762, 8375, and
    # ICANN's .internal of 2024), or are those of Docker and Kubernetes.
    r"[a-z0-9_-]+|.*\.(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|svc)",
    re.IGNORECASE,
)
_SECTIONS: Final = frozenset(
    {"author", "citation", "description", "evaluation", "training-data", "training-procedure", "use-case"}
)
"""Facts that only the text of a card states: with one of them it was read."""


def _used(component: Component) -> list[Location]:
    return [e.location for e in component.evidence if e.usage is not Usage.MENTION]


def _kind(component: Component) -> str:
    return next((value for name, value in component.properties if name == "kind"), "")


def _all(component: Component, name: str) -> list[str]:
    return [value for key, value in component.properties if key == name]


@rule(
    "hosted-model",
    level="info",
    fix="Know what the provider may keep and use; send no more than the task needs.",
    references=["https://owasp.org/www-project-top-10-for-large-language-model-applications/"],
)
def hosted_model(component: Component, view: View) -> Iterator[Reason]:
    """
    A model runs at somebody else's.

    What is sent to it leaves the house, and who runs it can see it.
    """
    external = component.kind is Kind.SERVICE and ("external", "true") in component.properties
    if external and not _kind(component) and _used(component):  # Of vector stores and MCP servers others tell.
        models = sorted({c.name for _, c in view.sources(component, RelationKind.SERVED_BY) if _used(c)})
        what = f" to {', '.join(models[:5])}" if models else ""
        yield Reason(f"what the code sends{what} goes to {component.name}")


@rule(
    "floating-alias",
    level="info",
    fix="Name a dated version where the provider offers one, and test before you move on.",
    references=["https://platform.openai.com/docs/models"],
)
def floating_alias(component: Component, view: View) -> Iterator[Reason]:
    """
    A hosted model is named by an alias for the newest version.

    The provider decides which model answers, and changes it without a change of the code.
    """
    del view
    name = component.name
    floats = name.endswith(("-latest", ":latest")) or (name.endswith("-preview") and not _DATED.search(name))
    tagged = component.provider == "ollama"  # Of tags, tag-unpinned tells.
    if component.kind is Kind.MODEL and component.hosted and floats and not tagged and _used(component):
        yield Reason(f"{name} is whatever {component.provider} serves under that name")


_DATED: Final = expression(r"-(?:\d{4}|\d{6}|\d{8}|\d{4}-\d\d-\d\d)-")
"""In the name of a preview: gpt-4-0125-preview is one version for good, and gpt-4-turbo-preview is the newest."""


@rule(
    "user-input-to-prompt",
    level="info",
    fix="Keep instructions and input apart, limit what the answer can set off, and check what comes back.",
    references=["https://genai.owasp.org/llmrisk/llm01-prompt-injection/"],
)
def user_input_to_prompt(component: Component, view: View) -> Iterator[Reason]:
    """
    What a user enters reaches a hosted model.

    Whoever enters it can try to change what the model does: a prompt injection. Flows are looked for within one file of
    Python, JavaScript or TypeScript.
    """
    del view
    places = [e.location for e in component.evidence if ("input", "user") in e.context]
    if component.kind is Kind.SERVICE and places:
        yield Reason(f"what a user enters reaches {component.name}", places)


@rule(
    "untrusted-content-to-prompt",
    level="info",
    fix="Treat what comes from outside as data: mark it, limit what an answer can set off, check what comes back.",
    references=["https://genai.owasp.org/llmrisk/llm01-prompt-injection/"],
)
def untrusted_content_to_prompt(component: Component, view: View) -> Iterator[Reason]:
    """
    Text from the web, from files or from a search reaches a hosted model.

    Whoever writes such a text can try to change what the model does: an indirect prompt injection. It is a warning
    where an agent of the same file can use tools: then the model can do something. Flows are looked for within one file
    of Python, JavaScript or TypeScript.
    """
    places = [e.location for e in component.evidence if ("input", "content") in e.context]
    if component.kind is Kind.SERVICE and places:
        agents = view.agents_in({place.path for place in places})
        armed = sorted({a.name for a in agents if any(map(_is_tool, _of(view.targets(a, RelationKind.USES))))})
        more = f"; in the same file {_few(armed)} can use tools" if armed else ""
        level = Level.WARNING if armed else None
        yield Reason(f"text from outside reaches {component.name}{more}", places, level, about=tuple(armed))


def _of(related: tuple[tuple[Relation, Component], ...]) -> list[Component]:
    return [component for _, component in related]


def _few(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004 - a line


@rule(
    "model-output-to-sink",
    level="warning",
    fix="Never run, query or show an answer as it is: parse it, allow what is known, escape it.",
    references=["https://genai.owasp.org/llmrisk/llm052025-improper-output-handling/"],
)
def model_output_to_sink(component: Component, view: View) -> Iterator[Reason]:
    """
    The answer of a hosted model reaches code that runs it, a shell, a database or a page.

    An answer may hold what somebody put into the prompt. Flows are looked for within one file of Python, JavaScript or
    TypeScript, and in PHP to code and commands.
    """
    del view
    if component.kind is not Kind.SERVICE:
        return
    sinks: dict[str, list[Location]] = {}
    for e in component.evidence:
        for key, value in e.context:
            if key == "output":
                sinks.setdefault(value, []).append(e.location)
    for sink, places in sorted(sinks.items()):
        fact = f"llm.output-to-sink.{_SINKS[sink]}"
        yield Reason(f"an answer of {component.name} reaches {sink}", places, about=(sink,), facts=(fact,))


_SINKS: Final = {"exec": "code", "shell": "shell", "sql": "query", "html": "page"}
"""The parts of the fact, by the words of the detector of flows."""


@rule(
    "vector-store",
    level="info",
    fix="Know who can write into the store; part it by tenant, and treat what comes out as text from outside.",
    references=["https://genai.owasp.org/llmrisk/llm082025-vector-and-embedding-weaknesses/"],
)
def vector_store(component: Component, view: View) -> Iterator[Reason]:
    """
    Texts are looked up in a vector store and may reach a model.

    Who can write into the store can put words into prompts, and who can query it may read what others wrote.
    """
    del view
    if _kind(component) == "vector-store" and _used(component):
        where = ", at somebody else's" if ("external", "true") in component.properties else ""
        yield Reason(f"texts come from the vector store {component.name}{where}")


@rule(
    "agent-with-tools",
    level="info",
    fix="Give it as few tools as it needs, with as few rights, and ask a person before what cannot be undone.",
    references=["https://genai.owasp.org/llmrisk/llm062025-excessive-agency/"],
)
def agent_with_tools(component: Component, view: View) -> Iterator[Reason]:
    """
    An agent can use tools.

    Whoever gets words into its prompt can try to make it use them.
    """
    if component.kind is not Kind.AGENT or not _used(component):
        return
    tools = sorted({c.name for _, c in view.targets(component, RelationKind.USES) if _is_tool(c)})
    if tools:
        yield Reason(f"the agent {component.name} can use {_few(tools)}", about=tuple(tools))


def _is_tool(component: Component) -> bool:
    return component.kind is Kind.TOOL or _kind(component) == "mcp-server"


@rule(
    "dangerous-tool",
    level="warning",
    fix="Run it in a sandbox, allow what is known, and ask a person first.",
    references=["https://genai.owasp.org/llmrisk/llm062025-excessive-agency/"],
)
def dangerous_tool(component: Component, view: View) -> Iterator[Reason]:
    """
    A tool of an agent runs commands or code, writes files, queries a database or sends messages, as it is told.

    Its code says so, or the package that it comes from; of a function of the tree whose code does not say it, and which
    is only called so, it is good to know, and no more. What the code checks before is not looked at.
    """
    users = _in_hands_of(component, view) if component.kind is Kind.TOOL else []
    if not users:
        return
    told = sorted({value for e in component.evidence for name, value in e.context if name == "harm"})
    harms = [(what, callee, place) for each in told for what, callee, place in [_harm(each)]]
    words = _parts_of(component.name)
    named = next((what for what, sets in _NAMES if any(_has(words, each) for each in sets)), "")
    sorts = tuple(dict.fromkeys(what for what, _, _ in harms)) or ((named,) if named else ())
    if not sorts:
        return
    does = "; ".join(
        f"{callee} at {place} {_DOES[what]}" if place else f"it is {callee}, which {_DOES[what]}"
        for what, callee, place in harms[:3]
    )
    yield Reason(
        f"the tool {component.name} is in the hands of {', '.join(users[:5])}: {does or 'its name says so'}",
        [*_used(component), *(_place(place) for _, _, place in harms if place)],
        None if harms or component.provider != "local" else Level.INFO,
        about=(*users, *(f"{what} {callee}" for what, callee, _ in harms)),
        facts=tuple(f"agent.tool.dangerous.{what}" for what in sorts),
    )


_DOES: Final = {
    "code": "runs the code that it is given",
    "data": "changes or reads the data that it is told to",
    "outside": "sends or fetches what it is told to",
    "shell": "runs the commands that it is given",
}


def _in_hands_of(tool: Component, view: View) -> list[str]:
    """Return who uses *tool*, or a tool that is made of it: agents, and the clients of servers that offer it."""
    waiting, seen, agents = [tool], {tool.ref}, set()
    while waiting:
        for _, user in view.sources(waiting.pop(), RelationKind.USES):
            if user.kind is Kind.AGENT:
                agents.add(user.name)
            elif _kind(user) == "mcp-server":  # One of the tree, which offers the tool.
                agents.add(f"clients of {user.name}")
            elif user.kind is Kind.TOOL and user.ref not in seen and len(seen) < _MOST:
                seen.add(user.ref)
                waiting.append(user)
    return sorted(agents)


_MOST: Final = 100


def _harm(text: str) -> tuple[str, str, str]:
    """Return the harm, the call or the tool, and the place, empty of tools of packages, of what evidence says."""
    what, _, rest = text.partition(" ")
    callee, _, place = rest.partition(" ")
    return (what if what in _DOES else "code"), callee, place


def _place(text: str) -> Location:
    path, _, line = text.rpartition(":")
    return Location(path, int(line)) if line.isdecimal() else Location(text)


def _parts_of(name: str) -> frozenset[str]:
    """
    Return the words of the *name* of a tool, without those that say nothing.

    >>> sorted(_parts_of("PythonREPLTool")), sorted(_parts_of("executive_summary"))
    (['python', 'repl'], ['executive', 'summary'])
    """
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)
    return frozenset(word.lower() for word in words) - _FILLING


_FILLING: Final = frozenset({"async", "local", "my", "plugin", "safe", "tool", "toolkit", "tools", "toolset", "use"})


def _has(words: frozenset[str], wanted: str) -> bool:
    """Tell whether *words* are those that are *wanted*: some of them, or with ``=`` before them, all of them."""
    if wanted.startswith("="):
        return bool(words) and words <= {*wanted[1:].split("|")}
    return all(words & {*each.split("|")} for each in wanted.split())


_RUN: Final = "call|exec|execute|execution|executor|interpreter|run|runner"
_NAMES: Final = (
    ("code", (f"code|python {_RUN}", "python repl", "code eval", "=eval", "=exec", "=python|code")),
    (
        "shell",
        (f"shell|bash|terminal|cmd|command|commands|powershell {_RUN}", "=shell|bash|terminal|powershell|command|cmd"),
    ),
    (
        "data",
        (
            "write|writer|delete|remove|move|copy|edit|overwrite|save file|files",
            "file|files management|manager|system",
            f"sql query|db|database|{_RUN}",
            f"database|db query|write|update|delete|{_RUN}",
            "=sql|database|db",
        ),
    ),
    (
        "outside",
        (
            "http request|requests|get|post|fetch|call|client",
            "requests get|post|put|patch|delete|all",
            "send|reply|forward mail|email|gmail|sms|message|slack",
            "=http|browser|playwright|requests|gmail|slack|email|mail",
            "browser|playwright control|navigate|navigation|action|automation",
        ),
    ),
)
"""Words that a tool is called by which can do harm: one of each group, or, after ``=``, no others."""


@rule(
    "remote-mcp-server",
    level="warning",
    fix="Know who runs it; give it no more than it needs, and look at its tools again when they change.",
    references=["https://modelcontextprotocol.io/specification/draft/basic/security_best_practices"],
)
def remote_mcp_server(component: Component, view: View) -> Iterator[Reason]:
    """
    An MCP server is at a public address.

    Who runs it decides what its tools say and do, and can change that at any time. Of a server at an address of this
    machine or of a private network it is not said; who runs one at a public address, the address does not tell.
    """
    del view
    hosts = sorted({urlsplit(url).hostname or "" for url in _all(component, "endpoint")})
    remote = [host for host in hosts if host and not _is_private(host)]
    if _kind(component) == "mcp-server" and remote and _used(component):
        yield Reason(f"the MCP server {component.name} is at {', '.join(remote)}", about=tuple(remote))


def _is_private(host: str) -> bool:
    """Tell whether *host* is a name or an address of this machine or of a private network."""
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return _PRIVATE.fullmatch(host) is not None


@rule(
    "server-at-every-address",
    level="warning",
    fix="Bind it to 127.0.0.1 or to an inner network, or ask for a key, and limit what one caller may use.",
    references=["https://owasp.org/www-project-top-10-for-large-language-model-applications/"],
)
def server_at_every_address(component: Component, view: View) -> Iterator[Reason]:
    """
    A command serves a model at every address of the machine, or a container's port is published at all of them.

    Whoever reaches the port can ask the model. Inside of a container, as an image or a compose file has it, that is
    usual, and good to know: what is published decides. Whether callers need a key is not looked at.
    """
    del view
    served = component.kind is Kind.MODEL or _category(component) == "inference"
    if not (served or (component.kind is Kind.SERVICE and ("external", "false") in component.properties)):
        return
    uses = [e for e in component.evidence if e.usage is not Usage.MENTION]
    bound = [e for e in uses if any(key in _HOSTS and is_every_address(value) for key, value in e.context)]
    if bound:
        loose = any(e.detector not in _CONTAINED for e in bound)
        text = f"{component.name} is served at every address of the machine"
        inside = "" if loose else ", which may be a container"
        yield Reason(text + inside, [e.location for e in bound], None if loose else Level.INFO, about=("host",))
    published = [(value, e.location) for e in uses for key, value in e.context if key == "published"]
    if published:
        ports = ", ".join(sorted({value for value, _ in published})[:5])
        text = f"{component.name} has ports that are published at every address of the machine: {ports}"
        yield Reason(text, [place for _, place in published], about=("published",))


_HOSTS: Final = frozenset({"host", "hostname"})
_CONTAINED: Final = frozenset({"dockerfiles", "pipelines", "services", "settings"})
"""Detectors of what images, compose files and manifests set: there an address is one of the container's, as a rule."""


def _category(component: Component) -> str:
    return next((value for name, value in component.properties if name == "category"), "")


@rule(
    "third-party-data",
    level="info",
    fix="Pin the commit of the data, look at a sample, and keep the hash of what was used.",
    references=["https://genai.owasp.org/llmrisk/llm042025-data-and-model-poisoning/"],
)
def third_party_data(component: Component, view: View) -> Iterator[Reason]:
    """
    The code loads a dataset that somebody else publishes.

    Who can change the data can change what a model learns from it, or how it is measured. It is a warning where no
    commit is pinned: then the data can change after somebody has looked at it.
    """
    del view
    places = [e.location for e in component.loads]
    if component.kind is Kind.DATASET and component.provider == "huggingface" and places:
        loose = "" if component.pinned else ", and no commit is pinned"
        yield Reason(
            f"{component.name}, which {component.group or 'somebody'} publishes, is loaded{loose}",
            places,
            None if component.pinned else Level.WARNING,
        )


def _keys(view: View, ref: str) -> list[tuple[list[Location], tuple[str, ...]]]:
    """Return the places of keys in each file beside what has *ref*, and what a finding about them is about."""
    places: dict[str, list[Location]] = {}
    for place in view.beside("secret-literal", ref):
        places.setdefault(place.path, []).append(place)
    # Lines move: the file, and how many keys stand in it, say whether there is another one.
    return [
        (those, tuple(f"{path} {number}" if number > 1 else path for number in range(1, len(those) + 1)))
        for path, those in sorted(places.items())
    ]


def _elsewhere(view: View) -> Iterator[Reason]:
    """Yield the files with keys that name nothing that we know: of what the keys are, nobody can tell."""
    for places, about in _keys(view, ""):
        text = f"what looks like a key stands in {places[0].path}, which names nothing that aibom knows"
        yield Reason(text, places, Level.WARNING, about=about, facts=())


@rule(
    "literal-secret",
    level="error",
    fix="Take the key out of the file and out of its history, withdraw it, and read it from the environment.",
    references=["CWE-798"],
    whole=_elsewhere,
)
def literal_secret(component: Component, view: View) -> Iterator[Reason]:
    """
    A file holds what looks like a key, such as one of an AI service, a hub or an MCP server.

    Who can read the file can read what stands there; whether it opens anything, nobody tried. The finding has the
    place, and never the key. It is about the service, the model or the dataset that the file names last before the
    place; where it names none it is about the tree, and a warning: some keys are public, and aibom cannot tell whose
    it is.
    """
    if component.kind not in {Kind.SERVICE, Kind.MODEL, Kind.DATASET} or not _used(component):
        return
    for places, about in _keys(view, component.ref):
        fact = "mcp.config.credentials" if _kind(component) == "mcp-server" else "secret.ai-api-key"
        text = f"what looks like a key stands in a file that uses {component.name}"
        yield Reason(text, places, about=about, facts=(fact,))


@rule(
    "no-bias-section",
    level="info",
    fix="Ask its authors, or test the model on what matters to you.",
    references=["NIST AI 600-1", "https://huggingface.co/docs/hub/model-cards"],
)
def no_bias_section(component: Component, view: View) -> Iterator[Reason]:
    """
    The card of a model was read, and says nothing of bias, risks or limitations.

    That says nothing of the model: whoever uses it has no word of its authors on what it does worse, and for whom.
    """
    del view
    said = {name for name, _ in component.card.facts}
    if component.kind is Kind.MODEL and said & _SECTIONS and not said & {"bias-risk", "limitation", "out-of-scope"}:
        yield Reason(f"the card of {component.name} has no section on bias, risks or limitations")


RULES: Final = (
    agent_with_tools,
    dangerous_tool,
    floating_alias,
    hosted_model,
    literal_secret,
    model_output_to_sink,
    no_bias_section,
    remote_mcp_server,
    server_at_every_address,
    third_party_data,
    untrusted_content_to_prompt,
    user_input_to_prompt,
    vector_store,
)
