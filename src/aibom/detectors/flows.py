"""Hosted models: what flows to and from them, within one function. Pickles that are loaded without limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from aibom import signatures
from aibom.bill import Detection, Kind
from aibom.expressions import expression
from aibom.knowledge import services
from aibom.protocols import CODE, FunctionDetector, hints_of
from aibom.syntax import matches
from aibom.syntax.values import (
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Formatted,
    Item,
    Mapping,
    Name,
    Sequence,
    Slice,
    Template,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.knowledge import Signature
    from aibom.syntax import Code, Scope
    from aibom.syntax.values import Value

__all__ = ["detect"]

_USER: Final = (
    *("input", "raw_input", "prompt", "click.prompt", "typer.prompt", "questionary.*().ask", "inquirer.prompt"),
    *("rich.prompt.*.ask", "sys.stdin.read", "sys.stdin.readline", "getpass.getpass", "**.readline.question"),
    *("streamlit.text_input", "streamlit.text_area", "streamlit.chat_input", "chainlit.AskUserMessage**"),
    *("speech_recognition.**", "npm:prompts", "npm:@inquirer/prompts.*", "npm:readline**.question"),
)
"""Calls that give what a user enters."""
_REQUESTS: Final = expression(
    r"(?:flask|quart|bottle)\.request(?:\..*)?|sys\.(?:argv|stdin)(?:\..*)?|django\.http\..*|streamlit\.session_state"
)
"""Imported names that hold what a user sent."""
_HANDLERS: Final = frozenset(
    [
        *("api_route", "api_view", "command", "delete", "event", "get", "handler", "listen", "message", "on_message"),
        *("patch", "post", "put", "route", "websocket"),
    ]
)
"""Decorators of functions that are called with what a user sent."""
_CONTENT: Final = (
    *("requests.get", "requests.post", "requests.request", "requests.Session().*", "httpx.get", "httpx.post"),
    *("httpx.*Client().get", "httpx.*Client().post", "urllib.request.urlopen", "aiohttp.ClientSession().get"),
    *("trafilatura.*", "bs4.BeautifulSoup", "feedparser.parse", "newspaper.**", "wikipedia.*", "praw.**"),
    *("pypdf.PdfReader**", "PyPDF2.PdfReader**", "pdfplumber.open**", "fitz.open**", "docx.Document**"),
    *("imaplib.**", "youtube_transcript_api.**", "tavily.**.search", "serpapi.**", "duckduckgo_search.**"),
    *("googlesearch.**", "exa_py.**", "firecrawl.**", "playwright.**.content", "selenium.**.page_source"),
    *("**.similarity_search", "**.similarity_search_with_score", "**.max_marginal_relevance_search"),
    *("**.get_relevant_documents", "**.as_retriever().invoke", "**.as_query_engine().query", "chromadb.**.query"),
    *("qdrant_client.**.search", "qdrant_client.**.query_points", "pinecone.**.query", "weaviate.**.near_text"),
    *("langchain_community.document_loaders.**.load", "langchain.document_loaders.**.load"),
    *("npm:axios.get", "npm:cheerio.load", "npm:rss-parser**.parseURL"),
)
"""Calls that give text which somebody outside wrote, or may have written."""
_SINKS: Final = {
    "exec": ("exec", "eval", "compile", "builtins.exec", "builtins.eval", "Function", "npm:vm.*", "npm:vm2.**"),
    "shell": (
        *(
            "os.system",
            "os.popen",
            "subprocess.*",
            "asyncio.create_subprocess_shell",
            "pty.spawn",
            "commands.getoutput",
        ),
        *("npm:child_process.*", "npm:node:child_process.*", "npm:execa**"),
    ),
    "sql": (
        *("sqlite3.**.execute", "sqlite3.**.executescript", "psycopg**.execute", "pymysql.**.execute"),
        *("sqlalchemy.**.execute", "sqlalchemy.text", "duckdb.**", "**.cursor().execute", "pandas.read_sql**"),
        *("mysql.**.execute", "asyncpg.**.fetch", "asyncpg.**.execute"),
    ),
    "html": (
        *("flask.render_template_string", "markupsafe.Markup", "flask.Markup", "django.utils.safestring.mark_safe"),
        *("IPython.display.HTML", "jinja2.Template", "streamlit.components.v1.html"),
    ),
}
"""Calls that run, query or show what they are given."""
_STEPS: Final = 400
"""So many parts of expressions are looked at for one call."""


def _find(file: File) -> Iterator[Detection]:
    """Hosted models: what flows to and from them, within one function. Pickles that are loaded without limits."""
    code = file.code
    for call in code.calls("torch.load"):
        allowed = call.argument(None, "weights_only")
        if isinstance(allowed, Const) and allowed.value is False:
            at = file.at(call.line, call.column)
            context = [("unpickles", "anything"), ("weights_only", "false")]
            yield Detection(Kind.LIBRARY, "torch", at, "pypi", symbol=call.callee, context=context, scope=call.scope)
    hosted = {_key(call): (call, signature) for call, signature in _hosted(code)}
    if not hosted:
        return
    flows = _Flows(code)
    into: dict[_Key, set[tuple[str, str]]] = {key: set() for key in hosted}
    for key, (call, signature) in hosted.items():
        into[key] |= {("input", kind) for kind in flows.sources(call, signature)}
    for what, sink in _sinks(code):
        for reached in flows.reached(sink):
            if _key(reached) in into:
                into[_key(reached)].add(("output", what))
    for key, (call, signature) in hosted.items():
        if into[key]:
            receiver = call.function.of if isinstance(call.function, Attribute) else call
            yield Detection(
                Kind.SERVICE,
                signature.provider,
                file.at(call.line, call.column),
                signature.provider,
                symbol=call.callee,
                context=sorted(into[key]),
                hosted=True,
                scope=call.scope,
                receiver=receiver,
            )


_Key: TypeAlias = "tuple[str, int, int]"


def _key(call: Call) -> _Key:
    """Return what tells *call* from the others of its file; the same call is there as several objects."""
    return call.callee, call.line, call.column


@cache
def _table() -> tuple[Signature, ...]:
    """Return the calls that a hosted model answers."""
    known = services()
    return tuple(s for s in signatures.every() if s.kind == "model" and "hosted" in s.flags and s.provider in known)


@cache
def _among() -> signatures.ByLast:
    return signatures.by_last(_table())


def _hosted(code: Code) -> Iterator[tuple[Call, Signature]]:
    among = _among()
    for call in signatures.candidates(code, among):
        found = next(iter(signatures.matching(call.callee, among)), None)
        if found is not None:
            yield call, found


def _sinks(code: Code) -> Iterator[tuple[str, Call]]:
    for call in code.every_call:
        for what, patterns in _SINKS.items():
            if any(matches(pattern, call.callee) for pattern in patterns if _may(pattern, call.last)):
                yield what, call
                break


def _may(pattern: str, last: str) -> bool:
    """Tell by the last part whether *pattern* may match: most calls answer to none."""
    end = pattern.rpartition(".")[2]
    return "*" in end or end == last


class _Flows:
    """Which calls an expression gets its value from, within the function that holds it."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.imports = {i.name: i.target for i in code.imports}
        self.bound: dict[tuple[int, str], list[Value]] = {}
        for index, scope in enumerate(code.scopes):
            for binding in scope.bindings:
                self.bound.setdefault((index, binding.name), []).append(binding.value)

    def sources(self, call: Call, signature: Signature) -> set[str]:
        """Return where what *call* sends comes from: ``user``, ``content``, both or neither."""
        position, names = signature.id
        told = [value for index, value in enumerate(call.arguments) if index != position]
        told += [value for name, value in call.keywords if name not in names]
        found = set()
        for part, scope in self._parts(told, call.scope):
            if isinstance(part, Call):
                if _is_one(part.callee, _USER):
                    found.add("user")
                elif _is_one(part.callee, _CONTENT):
                    found.add("content")
            elif isinstance(part, Name) and (
                _is_request(self.imports.get(part.name, "")) or self._is_sent(part, scope)
            ):
                found.add("user")
        return found

    def reached(self, call: Call) -> Iterator[Call]:
        """Yield the calls that the arguments of *call* get their values from."""
        told = [*call.arguments, *(value for _, value in call.keywords)]
        return (part for part, _ in self._parts(told, call.scope) if isinstance(part, Call))

    def _parts(self, told: list[Value], scope: int) -> Iterator[tuple[Value, int]]:
        """Yield the expressions that *told* are made of, names replaced by what they are bound to."""
        waiting: list[tuple[Value, int]] = [(value, scope) for value in told]
        seen: set[tuple[int, str]] = set()
        for _ in range(_STEPS):
            if not waiting:
                return
            part, scope = waiting.pop()
            yield part, scope
            if isinstance(part, Name):
                at = self._where(part.name, scope)
                if at is not None and (at, part.name) not in seen:
                    seen.add((at, part.name))
                    waiting += [(value, at) for value in self.bound[at, part.name]]
            else:
                waiting += [(child, scope) for child in _children(part)]

    def _where(self, name: str, scope: int) -> int | None:
        """Return the scope that binds *name*, from *scope* outwards."""
        while True:
            if (scope, name) in self.bound:
                return scope
            if scope == 0:
                return None
            scope = self.code.scopes[scope].parent

    def _is_sent(self, name: Name, scope: int) -> bool:
        """Tell whether *name* is a parameter of a function that is called with what a user sent."""
        while scope:
            here = self.code.scopes[scope]
            if any(p.name == name.name and not _is_injected(p.default) for p in here.parameters):
                return _is_handler(here)
            scope = here.parent
        return False


def _children(value: Value) -> Iterator[Value]:
    """Yield the expressions that *value* is made of."""
    match value:
        case Attribute(of=of) | Element(of=of):
            yield of
        case Item(of=of, key=key):
            yield from (of, key)
        case Choice(options=parts) | Template(parts=parts) | Sequence(items=parts):
            yield from parts
        case Formatted(text=text, operand=operand):
            yield from (text, operand)
        case Mapping(items=pairs):
            yield from (part for pair in pairs for part in pair if part is not None)
        case Slice(start=start, stop=stop):
            yield from (part for part in (start, stop) if part is not None)
        case Call(function=function, arguments=arguments, keywords=keywords):
            if isinstance(function, Attribute):
                yield function.of  # A method: what it is called on.
            yield from arguments
            yield from (v for _, v in keywords)
        case _:
            pass


def _is_one(callee: str, patterns: tuple[str, ...]) -> bool:
    last = callee.rpartition(".")[2]
    return any(matches(pattern, callee) for pattern in patterns if _may(pattern, last))


def _is_request(target: str) -> bool:
    return _REQUESTS.fullmatch(target) is not None


def _is_handler(scope: Scope) -> bool:
    """Tell whether the decorators of a function register it for requests or messages."""
    for decorator in scope.decorators:
        function = decorator.function if isinstance(decorator, Call) else decorator
        if isinstance(function, Attribute) and function.name in _HANDLERS:
            return True
    return False


def _is_injected(default: Value | None) -> bool:
    """Tell whether a framework gives a parameter something of the program's own (``Depends(get_db)``)."""
    return isinstance(default, Call) and default.last in {"Depends", "Security", "Provide", "inject"}


@cache
def _hints() -> tuple[str, ...]:
    return (r"\bweights_only\b", *hints_of(_table()))


detect = FunctionDetector("flows", (_find.__doc__ or "").strip(), CODE, _hints, _find)
