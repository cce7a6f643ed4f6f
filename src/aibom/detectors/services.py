"""Hosted services that HTTP requests and variables of the environment show."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names
from aibom.bill import Detection, Diagnostic, Kind, Usage
from aibom.expressions import expression
from aibom.knowledge import services
from aibom.protocols import CODE, FunctionDetector
from aibom.syntax.values import Attribute, Call, Item, Mapping, Name, Template, Text, parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Table

    from aibom.files import File
    from aibom.syntax import Code, Entry
    from aibom.syntax.values import Value

__all__ = ["detect"]

_FILES: Final = (*CODE, ".env", ".env.*", "*.env", "*.yaml", "*.yml", "*.toml")
_METHODS: Final = frozenset(
    {"post", "request", "stream", "fetch", "urlopen", "Request", "put", "ky", "axios", "got", "$fetch", "ofetch"}
)
_PATH: Final = expression(
    r"/(?:v1|openai|api|v\d(?:beta)?)?/?(?:chat/completions|completions|embeddings|responses|messages|rerank|images/generations"
    r"|audio/(?:speech|transcriptions)|moderations)\b|/api/(?:generate|chat|embed(?:dings)?)$|:(?:generateContent|streamGenerateContent"
    r"|embedContent|predict|rawPredict)\b|/invocations$|/(?:invoke|converse)(?:-with-response-stream|-stream)?$|/v\d/(?:predictions|inference|generate)\b"
)
"""How the paths of the interfaces of models end; from the providers' references, 2026-11."""
_SURE: Final = expression(r"chat/completions|/api/generate$|v1/(?:completions|embeddings)\b")
"""Those that no other trade has, on whatever host."""
_IN_URL: Final = (
    ("google", expression(r"generativelanguage\.googleapis\.com/v[\w.]+/(?:models|tunedModels)/(?P<model>[\w.-]+):")),
    ("vertex", expression(r"aiplatform\.googleapis\.com/.*/models/(?P<model>[\w.@-]+):")),
    (
        "huggingface",
        expression(r"(?:api-inference|router)\.huggingface\.co/(?:[\w-]+/)?models/(?P<model>[\w.-]+/[\w.-]+)"),
    ),
    ("azure", expression(r"\.(?:openai|cognitiveservices)\.azure\.com/openai/deployments/(?P<model>[\w.-]+)/")),
    ("bedrock", expression(r"bedrock-runtime[\w.-]*\.amazonaws\.com/model/(?P<model>[\w.:-]+)/")),
    ("replicate", expression(r"api\.replicate\.com/v1/models/(?P<model>[\w.-]+/[\w.-]+)/predictions")),
)
"""Where a provider takes the model in the path of the address."""
_DEEPEST: Final = 4
_MOST_TEXTS: Final = 200
_MOST: Final = 8
"""So many values of one name are looked at."""


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Services and models that plain HTTP requests ask; services whose variables of the environment are read."""
    if file.language is None:
        yield from _settings(file)
        return
    code = file.code
    bound = _Bound(code)
    for call in code.every_call:
        if call.last in _METHODS:
            yield from _request(file, bound, call)
    yield from _variables(file, code)


# -- requests ------------------------------------------------------------------------------------


def _request(file: File, bound: _Bound, call: Call) -> Iterator[Detection]:
    url = call.argument(None, "url", "full_url")
    if url is None:
        url = next((a for a in call.arguments[:2] if not (isinstance(a, Text) and a.value.isupper())), None)
    if url is None:
        return
    said = list(islice(_texts(bound, call, url, 0), _MOST_TEXTS))
    if not any(_is_ours(text) for text in said):
        return
    at = file.at(call.line, call.column)
    symbol = call.callee.removeprefix("?.")
    client = evolve(call, keywords=(("base_url", url),))
    yield Detection(
        Kind.SERVICE,
        "unknown",
        at,
        "unknown",
        symbol=symbol,
        hosted=True,
        scope=call.scope,
        receiver=client,
        confidence=0.9,
    )
    for provider, pattern in _IN_URL:
        for text in said:
            if (found := pattern.search(text)) is not None:
                yield Detection(
                    Kind.MODEL,
                    found["model"],
                    at,
                    provider,
                    symbol=symbol,
                    hosted=True,
                    confidence=0.9,
                    scope=call.scope,
                )
                return
    body = _body(bound, call)
    if body is not None:
        yield Detection(
            Kind.MODEL,
            Item(body, Text("model", call.line, 0)),
            at,
            "unknown",
            symbol=symbol,
            hosted=True,
            scope=call.scope,
            receiver=client,
            confidence=0.9,
            flags=frozenset({"object"}),
        )


def _is_ours(text: str) -> bool:
    """Tell whether an address, or the end of one, leads to a model."""
    path = text.split("?", 1)[0]
    if "://" in text and names.provider_of_url(text) is not None:
        return _PATH.search(path) is not None or any(pattern.search(text) for _, pattern in _IN_URL)
    return _SURE.search(path) is not None


def _texts(bound: _Bound, call: Call, value: Value, depth: int) -> Iterator[str]:
    """Yield the strings that *value* is made of, names of this file followed; joined where they are joined."""
    if depth > _DEEPEST:
        return
    match value:
        case Text(value=text):
            yield text
        case Template(parts=inner):
            yield "".join(next(_texts(bound, call, part, depth + 1), "x") for part in inner)
        case Name(name=name):
            for given in bound.of(call.scope, name)[:_MOST]:
                yield from _texts(bound, call, given, depth + 1)
        case Attribute(of=Name(name="self" | "this"), name=name):
            for given in bound.attributes.get(name, [])[:_MOST]:
                yield from _texts(bound, call, given, depth + 1)
        case Call(arguments=arguments):
            for argument in arguments[:2]:  # os.getenv("X", "https://…"), urljoin(base, path)
                yield from _texts(bound, call, argument, depth + 1)
        case _:
            for part in list(parts(value))[1:_MOST]:
                if isinstance(part, Text | Template | Name):
                    yield from _texts(bound, call, part, depth + 1)


class _Bound:
    """What the names of one file are bound to."""

    def __init__(self, code: Code) -> None:
        self.parents = [scope.parent for scope in code.scopes]
        self.names: dict[tuple[int, str], list[Value]] = defaultdict(list)
        self.attributes: dict[str, list[Value]] = defaultdict(list)
        """Those of ``self`` and ``this``, and of classes."""
        for index, scope in enumerate(code.scopes):
            for binding in scope.bindings:
                self.names[index, binding.name].append(binding.value)
                self.attributes[binding.name.rpartition(".")[2]].append(binding.value)
            for parameter in scope.parameters:
                if parameter.default is not None:
                    self.names[index, parameter.name].append(parameter.default)

    def of(self, scope: int, name: str) -> list[Value]:
        """Return what *name* is in the innermost scope around *scope* that binds it."""
        while scope >= 0:
            found = self.names.get((scope, name))
            if found:
                return found
            scope = self.parents[scope]
        return []


def _body(bound: _Bound, call: Call) -> Value | None:
    """Return what a request sends, as the dict that is written as JSON."""
    body = call.argument(None, "json", "data", "body", "content")
    if body is None and len(call.arguments) > 1 and call.last in {"post", "put", "axios", "ky"}:
        body = call.arguments[1]
    if isinstance(body, Name):  # body = json.dumps({…}).encode()
        given = bound.of(call.scope, body.name)
        body = next((value for value in given if isinstance(value, Call)), body)
    for _ in range(_DEEPEST):
        match body:
            case Call(arguments=arguments) if arguments:  # json.dumps({…}), JSON.stringify({…})
                body = arguments[0]
            case Call(function=Attribute(of=inner)):
                body = inner
            case _:
                break
    return body if isinstance(body, Mapping | Name | Attribute | Item) else None


# -- variables of the environment ----------------------------------------------------------------


@cache
def _by_variable() -> Table[str, str]:
    return {variable: s.provider for s in services().values() for variable in s.variables}


@cache
def _any_variable() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z0-9_])(?:" + "|".join(sorted(_by_variable(), key=len, reverse=True)) + r")(?![A-Za-z0-9_])"
    )


def _variables(file: File, code: Code) -> Iterator[Detection]:
    seen: set[str] = set()
    for text, _ in code.strings:
        if text.value in _by_variable() and text.value not in seen:
            seen.add(text.value)
            yield _of_variable(file, text.value, text.line, text.column)
    if code.language != "javascript":
        return
    for number, line in enumerate(file.text.split("\n"), 1):
        for found in _IN_SCRIPT.finditer(line) if "env" in line else ():
            variable = found["name"]
            if variable in _by_variable() and variable not in seen:
                seen.add(variable)
                yield _of_variable(file, variable, number, found.start("name") + 1)


_IN_SCRIPT: Final = expression(r"\benv(?:\.|\[[\"'])(?P<name>[A-Z][A-Z0-9_]+)")


def _settings(file: File) -> Iterator[Detection]:
    seen: set[str] = set()
    for entry in file.data.entries:
        said = [entry.keys[-1]] if entry.keys else []
        said += _any_variable().findall(entry.value) if isinstance(entry.value, str) else []
        for variable in said:
            if variable in _by_variable() and variable not in seen:
                seen.add(variable)
                found = _of_variable(file, variable, entry.line, entry.column)
                value = entry.value if isinstance(entry.value, str) and variable == entry.keys[-1] else ""
                address = re.fullmatch(r"https?://[^\s$]+", value)
                context = [("base_url", names.without_secrets(value))] if address else []
                yield evolve(found, context=[*context, *_bound_to(file, entry, variable)])


def _bound_to(file: File, entry: Entry, variable: str) -> list[tuple[str, str]]:
    """Return that a server listens at every address, where *entry* sets the *variable* that says so."""
    if variable != "OLLAMA_HOST" or not isinstance(entry.value, str):
        return []
    value = entry.value if entry.keys[-1] == variable else entry.value.partition(f"{variable}=")[2]
    if entry.value == variable:  # {name: OLLAMA_HOST, value: 0.0.0.0}
        beside = file.data.get(*entry.keys[:-1], "value")
        value = beside.value if beside is not None and isinstance(beside.value, str) else ""
    return [("host", value)] if names.is_every_address(value) else []


def _of_variable(file: File, variable: str, line: int, column: int) -> Detection:
    provider = _by_variable()[variable]
    return Detection(
        Kind.SERVICE,
        provider,
        file.at(line, column),
        provider,
        usage=Usage.OPTIONAL,
        symbol=variable,
        confidence=0.5,
        hosted=True,
    )


@cache
def _hints() -> tuple[str, ...]:
    every = "|".join(sorted(_by_variable()))
    hosts = "|".join(sorted(re.escape(h).replace(r"\*", "") for s in services().values() for h in s.hosts))
    return (rf"\b(?:{every})\b", rf"(?:{hosts})", r"chat/completions|/api/generate\b|v1/(?:completions|embeddings)\b")


detect = FunctionDetector("services", (_find.__doc__ or "").strip(), _FILES, _hints, _find)
