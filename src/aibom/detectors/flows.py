"""Hosted models: what flows to and from them, within one file. Pickles that are loaded without limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from aibom import names, signatures
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
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as _Mapping

    from aibom.files import File
    from aibom.knowledge import Signature
    from aibom.syntax import Code, Scope
    from aibom.syntax.values import Value

__all__ = ["detect"]

_USER: Final = (
    *("input", "raw_input", "prompt", "click.prompt", "typer.prompt", "questionary.*().ask", "inquirer.prompt"),
    *("rich.prompt.*.ask", "sys.stdin.read", "sys.stdin.readline", "getpass.getpass", "**.readline.question"),
    *("streamlit.text_input", "streamlit.text_area", "streamlit.chat_input", "chainlit.AskUserMessage**"),
    *("argparse.ArgumentParser().parse_args", "argparse.ArgumentParser().parse_known_args"),
    *("speech_recognition.**", "npm:prompts", "npm:@inquirer/prompts.*", "npm:readline**.question"),
)
"""Calls that give what a user enters."""
_REQUESTS: Final = expression(
    r"(?:flask|quart|bottle)\.request(?:\..*)?|sys\.(?:argv|stdin)(?:\..*)?|django\.http\..*|streamlit\.session_state"
)
"""Names of modules that hold what a user sent."""
_SENT: Final = expression(
    r"(?:(?:c|ctx|context|event)\.)?(?:req|request)\.(?:body|formData|json|params|query|searchParams|text)"
)
"""What JavaScript calls that which a user sent, in the handlers of its web frameworks."""
_GENERATING: Final = ("npm:ai.generateText", "npm:ai.streamText", "npm:ai.generateObject", "npm:ai.streamObject")
"""Functions that are given a model, and ask it."""
_HANDED: Final = ("gradio.**", "telegram.ext.*Handler", "telegram.ext.*().*handler")
"""Calls that are given the functions which are called with what a user sent."""
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
_ASKING: Final = frozenset(
    [
        *("abatch", "achat", "acomplete", "agenerate", "ainvoke", "apredict", "astream", "batch", "chat", "complete"),
        *("generate", "invoke", "predict", "stream", "stream_chat", "stream_complete"),
    ]
)
"""Methods that ask the hosted model that they are called on, where the client is made with the name of the model."""
_KEEPING: Final = frozenset({"bind", "bind_tools", "with_config", "with_retry", "with_structured_output"})
"""Methods that give a client like the one that they are called on."""
_TUNING: Final = frozenset(
    [
        *(
            "config",
            "frequency_penalty",
            "max_completion_tokens",
            "max_output_tokens",
            "max_retries",
            "max_tokens",
            "n",
        ),
        *("presence_penalty", "seed", "stop", "stream", "temperature", "timeout", "top_k", "top_p", "verbose"),
    ]
)
"""Arguments that say how to answer: what they are given is no part of a prompt."""
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
_OF_PHP: Final = {
    "exec": ("eval",),
    "shell": ("exec", "shell_exec", "system", "passthru", "popen", "proc_open"),
}
"""The same of PHP (php.net/manual, Program execution): what it calls ``exec`` runs a command."""
_CLEAN: Final = (
    *("html.escape", "markupsafe.escape", "flask.escape", "shlex.quote", "shlex.join", "bleach.clean", "nh3.clean"),
    *("int", "float", "bool", "len", "npm:dompurify.sanitize", "npm:sanitize-html", "npm:escape-html"),
)
"""Calls after which what they are given can do no harm in a page, a shell or a query."""
_SHELLS: Final = frozenset(
    {"bash", "cmd", "powershell", "pwsh", "sh", "zsh", "/bin/bash", "/bin/sh", "python", "python3"}
)
"""Programs that run what they are given."""
_QUERIES: Final = frozenset({"operation", "query", "sql", "statement"})
"""Arguments that hold the text of a query."""
_STEPS: Final = 400
"""So many parts of expressions are looked at for one call."""


def _find(file: File) -> Iterator[Detection]:
    """Hosted models: what flows to and from them, within one file. Pickles that are loaded without limits."""
    code = file.code
    yield from _unpickled(file, code)
    hosted = {_key(call): (call, signature) for call, signature in _hosted(code)}
    if not hosted:
        return
    flows = _Flows(code)
    asked = {_key(call): (call, signature) for call, signature in flows.asking(hosted)} | hosted
    into: dict[_Key, set[tuple[str, str]]] = {key: set() for key in asked}
    makers = {key for key, (call, _) in asked.items() if call.last[:1].isupper()}
    for key, (call, signature) in asked.items():
        if key not in makers:
            into[key] |= {("input", kind) for kind in flows.sources(call, None if key not in hosted else signature)}
    for what, sink in _sinks(code):
        reached = {_key(call) for call in flows.reached(what, sink)} & asked.keys()
        for key in reached - makers or reached:
            into[key].add(("output", what))
    for key, (call, signature) in asked.items():
        if into[key]:
            receiver = call.function.of if key in hosted and isinstance(call.function, Attribute) else call
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


def _unpickled(file: File, code: Code) -> Iterator[Detection]:
    """
    Yield what is loaded by calls that run what a pickle says.

    Of ``torch.load`` the library is claimed, whose version decides where the call leaves it open; of others the model,
    where the name of the file says that it is one.
    """
    bound = _Bound(code)
    for call in code.calls("torch.load"):
        told, allowed = _told(bound, call, "weights_only")
        if isinstance(allowed, Const) and allowed.value is False:
            context = [("unpickles", "anything"), ("weights_only", "false")]
        elif not told:
            context = [("unpickles", "by-version")]
        else:
            continue
        at = file.at(call.line, call.column)
        yield Detection(Kind.LIBRARY, "torch", at, "pypi", symbol=call.callee, context=context, scope=call.scope)
    for call in code.calls(*_UNSAFE):
        at = file.at(call.line, call.column)
        context = [("safe_mode", "false")]
        yield Detection(Kind.LIBRARY, "keras", at, "pypi", symbol=call.callee, context=context, scope=call.scope)
    for call in code.calls(*_PICKLES, "numpy.load"):
        if call.callee == "numpy.load":
            allowed = call.argument(2, "allow_pickle")
            if not isinstance(allowed, Const) or allowed.value is not True:
                continue
        name = _loaded(bound, call)
        if name is not None and names.says_model(name.value) and name.value.lower().endswith(_PICKLED):
            yield Detection(
                Kind.MODEL,
                name,
                file.at(call.line, call.column),
                "local",
                symbol=call.callee,
                context=[("unpickles", "anything")],
                flags=frozenset({"object"}),
                scope=call.scope,
            )


def _told(bound: _Bound, call: Call, name: str) -> tuple[bool, Value | None]:
    """Return whether *call* is given *name*, and as what: also by a literal of options that it unpacks."""
    given = call.argument(None, name)
    if given is not None:
        return True, given
    for key, value in call.keywords:
        for table in bound.of(value, call.scope) if key == "**" else ():
            if isinstance(table, Call) and table.callee == "dict" and table.argument(None, name) is not None:
                return True, table.argument(None, name)
            for item, held in table.items if isinstance(table, Mapping) else ():
                if isinstance(item, Text) and item.value == name:
                    return True, held
    return False, None


def _loaded(bound: _Bound, call: Call) -> Text | None:
    """Return the name of the file that *call* loads, where it is written: given, opened, or bound to a name."""
    value = call.argument(0, "filename", "file")
    for _ in range(_DEEPEST):
        if isinstance(value, Name):
            value = next(bound.of(value, call.scope), None)
        elif isinstance(value, Call) and value.last in {"open", "Path"}:
            on = value.function.of if isinstance(value.function, Attribute) else None
            value = on if isinstance(on, Call) and on.last == "Path" else value.argument(0)  # Path("x").open("rb")
        else:
            break
    return value if isinstance(value, Text) else None


class _Bound:
    """What the names of a file are bound to."""

    def __init__(self, code: Code) -> None:
        self.scopes = code.scopes
        self.names: dict[tuple[int, str], list[Value]] = {}
        for index, scope in enumerate(code.scopes):
            for parameter in scope.parameters:
                self.names.setdefault((index, parameter.name), [])
            for binding in scope.bindings:
                self.names.setdefault((index, binding.name), []).append(binding.value)

    def of(self, value: Value, scope: int) -> Iterator[Value]:
        """Yield what *value* can be: where it is a name, what that is bound to from *scope* outwards."""
        found = [value]
        if isinstance(value, Name):
            while scope and (scope, value.name) not in self.names:
                scope = self.scopes[scope].parent
            found = self.names.get((scope, value.name), [])
        for each in found:  # {"weights_only": True} if torch.__version__ >= "1.13" else {}
            yield from each.options if isinstance(each, Choice) else (each,)


_PICKLES: Final = (
    *("joblib.load", "pickle.load", "cloudpickle.load", "dill.load", "pandas.read_pickle"),
    *("sklearn.externals.joblib.load", "_pickle.load"),
)
"""Calls that run what a pickle says, and have no limit on it."""
_UNSAFE: Final = (
    *("keras.config.enable_unsafe_deserialization", "tensorflow.keras.config.enable_unsafe_deserialization"),
    "keras.saving.enable_unsafe_deserialization",
)
"""Calls after which Keras loads every model without its safe mode (keras.io/api/models, "Serialization utilities")."""
_PICKLED: Final = (".joblib", ".pickle", ".pkl", ".p", ".sav", ".dill", ".npy", ".npz", ".pt", ".pth", ".bin")
_DEEPEST: Final = 4


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
    sinks = _OF_PHP if code.language == "php" else _SINKS
    for call in code.every_call:
        for what, patterns in sinks.items():
            if any(matches(pattern, call.callee) for pattern in patterns if _may(pattern, call.last)):
                yield what, call
                break


def _may(pattern: str, last: str) -> bool:
    """Tell by the last part whether *pattern* may match: most calls answer to none."""
    end = pattern.rpartition(".")[2]
    return "*" in end or end == last


_Part: TypeAlias = "tuple[Value, int, bool]"
"""An expression, the scope to read it in, and whether a function was entered by what it returns."""


class _Flows:
    """
    Which calls an expression gets its value from, within the file that holds it.

    Names are replaced by what they are bound to, parameters by what the calls in the file give, and calls of functions
    of the file by what these return. Conditions are not looked at, and neither is what a function does to its argument.
    """

    def __init__(self, code: Code) -> None:
        self.code = code
        self.imports = {i.name: i.target for i in code.imports}
        self.script = code.language in {"javascript", "typescript", "tsx"}
        self.web = any(i.target.partition(".")[0] in {"django", "rest_framework"} for i in code.imports)
        self.bound: dict[tuple[int, str], list[Value]] = {}
        self.functions: dict[str, int] = {}
        for index, scope in enumerate(code.scopes):
            for binding in scope.bindings:
                self.bound.setdefault((index, binding.name), []).append(binding.value)
            if scope.kind == "function" and (scope.parent == 0 or code.scopes[scope.parent].kind == "class"):
                self.functions[scope.name] = index
        self.callers: dict[int, list[Call]] = {}
        self.handed: set[str] = set()
        for call in code.every_call:
            function = self._called(call)
            if function is not None:
                self.callers.setdefault(function, []).append(call)
            if any(matches(pattern, call.callee) for pattern in _HANDED):
                given = (*call.arguments, *(value for _, value in call.keywords))
                self.handed |= {value.name for value in given if isinstance(value, Name)}

    def _called(self, call: Call) -> int | None:
        """Return the function of the file that *call* calls."""
        name = call.callee.replace("()", "")
        start, dot, rest = name.partition(".")
        if dot and start in {"self", "cls", "this"}:
            scope = call.scope
            while scope and self.code.scopes[scope].kind != "class":
                scope = self.code.scopes[scope].parent
            name = f"{self.code.scopes[scope].name}.{rest}"
        return self.functions.get(name)

    def asking(self, hosted: _Mapping[_Key, tuple[Call, Signature]]) -> Iterator[tuple[Call, Signature]]:
        """Yield the calls that ask a client which one of the calls *hosted* makes, such as ``llm.invoke(…)``."""
        for call in self.code.every_call:
            client: Value | None = None
            if call.last in _ASKING and isinstance(call.function, Attribute):
                client = call.function.of
            elif call.callee in _GENERATING:
                client = _option(call, "model")
            if client is not None:
                made = next((c for c in self._clients(client, call.scope) if _key(c) in hosted), None)
                if made is not None:
                    yield call, hosted[_key(made)][1]

    def _clients(self, value: Value, scope: int) -> Iterator[Call]:
        """Yield the calls that may make what *value* is, through names, choices and ``prompt | model``."""
        waiting = [(value, scope)]
        seen: set[tuple[int, str]] = set()
        while waiting:
            part, scope = waiting.pop()
            if isinstance(part, Call):
                yield part
                if part.last in _KEEPING and isinstance(part.function, Attribute):
                    waiting.append((part.function.of, scope))
            elif isinstance(part, Choice):
                waiting += [(option, scope) for option in part.options]
            else:
                name = _dotted(part)
                at = self._where(name, scope) if name else None
                if at is not None and (at, name) not in seen:
                    seen.add((at, name))
                    waiting += [(bound, at) for bound in self.bound.get((at, name), ())]

    def sources(self, call: Call, signature: Signature | None) -> set[str]:
        """
        Return where what *call* sends comes from: ``user``, ``content``, both or neither.

        By its *signature* one of the arguments is the name of the model; without one none is.
        """
        position, names = (None, ()) if signature is None else signature.id
        told = [value for index, value in enumerate(call.arguments) if index != position]
        if self.script and call.keywords:  # The literal of an object, whose pairs are there as keywords.
            told = [value for value in told if not isinstance(value, Mapping)]
        told += [value for name, value in call.keywords if name not in names and name not in _TUNING]
        return {kind for part, scope in self._parts(told, call.scope) if (kind := self._kind(part, scope))}

    def _kind(self, part: Value, scope: int) -> str:
        """Return what *part* gives: ``user`` for what a user enters or sends, ``content`` for texts of others."""
        if isinstance(part, Call):
            name = _dotted(part.function) if self.script and isinstance(part.function, Attribute) else ""
            if _SENT.fullmatch(name) or _is_one(part.callee, _USER):
                return "user"
            return "content" if _is_one(part.callee, _CONTENT) else ""
        name = _dotted(part)
        start, dot, rest = name.partition(".")
        sent = (self.script and _SENT.fullmatch(name)) or _is_request(self.imports.get(start, "") + dot + rest)
        return "user" if sent or (isinstance(part, Name) and self._is_sent(part, scope)) else ""

    def reached(self, what: str, call: Call) -> Iterator[Call]:
        """Yield the calls from which *call*, a sink of the sort *what*, gets what it runs, queries or shows."""
        told = [*call.arguments, *(value for _, value in call.keywords)]
        if what == "sql":  # What is bound to its parameters is no part of a query.
            told = [*call.arguments[:1], *(value for name, value in call.keywords if name in _QUERIES)]
        elif what == "shell":
            told = [part for value in told for part in _run(call, value)]
        return (part for part, _ in self._parts(told, call.scope) if isinstance(part, Call))

    def _parts(self, told: list[Value], scope: int) -> Iterator[tuple[Value, int]]:
        """Yield the expressions that *told* are made of, here and in the functions that call this one or are called."""
        waiting: list[_Part] = [(value, scope, False) for value in told]
        seen: set[tuple[int, str]] = set()
        for _ in range(_STEPS):
            if not waiting:
                return
            part, scope, inside = waiting.pop()
            yield part, scope
            if isinstance(part, Name):
                at = self._where(part.name, scope)
                if at is not None and (at, part.name) not in seen:
                    seen.add((at, part.name))
                    waiting += [(value, at, inside) for value in self.bound.get((at, part.name), ())]
                    if not inside:  # What a call is given, is a part of the call already.
                        waiting += [(value, place, False) for value, place in self._given(part.name, at)]
                continue
            if isinstance(part, Call) and _is_one(part.callee, _CLEAN):
                continue
            waiting += [(child, scope, inside) for child in _children(part)]
            function = self._called(part) if isinstance(part, Call) else None
            if function is not None and (function, "()") not in seen:
                seen.add((function, "()"))
                waiting += [(value, function, True) for value in self.code.scopes[function].returns]

    def _given(self, name: str, scope: int) -> Iterator[tuple[Value, int]]:
        """Yield what the calls in the file give for the parameter *name* of the function *scope*."""
        here = self.code.scopes[scope]
        names = [p.name for p in here.parameters]
        if name not in names:
            return
        bare = bool(names) and names[0] in {"self", "cls"}
        for call in self.callers.get(scope, ()):
            value = call.argument(names.index(name) - bare, name)
            if value is not None:
                yield value, call.scope

    def _where(self, name: str, scope: int) -> int | None:
        """Return the scope that binds *name*, or has it as a parameter, from *scope* outwards."""
        while True:
            if (scope, name) in self.bound or any(p.name == name for p in self.code.scopes[scope].parameters):
                return scope
            if scope == 0:
                return None
            scope = self.code.scopes[scope].parent

    def _is_sent(self, name: Name, scope: int) -> bool:
        """Tell whether *name* is a parameter of a function that is called with what a user sent."""
        while scope:
            here = self.code.scopes[scope]
            if any(p.name == name.name and not _is_injected(p.default) for p in here.parameters):
                view = self.web and name.name == "request"
                return view or _is_handler(here) or here.name.rpartition(".")[2] in self.handed
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


def _option(call: Call, name: str) -> Value | None:
    """Return the argument *name* of *call*, or what its first argument, a literal of an object, has under it."""
    given = call.argument(None, name)
    if given is None and call.arguments and isinstance(call.arguments[0], Mapping):
        pairs = call.arguments[0].items
        given = next((value for key, value in pairs if isinstance(key, Text) and key.value == name), None)
    return given


def _run(call: Call, value: Value) -> tuple[Value, ...]:
    """Return what of *value*, an argument of a call that starts a program, is run: of a list the program alone."""
    shell = call.argument(None, "shell")
    if not isinstance(value, Sequence) or (isinstance(shell, Const) and shell.value is True):
        return (value,)
    first = value.items[:1]
    program = first[0].value if first and isinstance(first[0], Text) else ""
    return value.items if program in _SHELLS else first


def _dotted(value: Value) -> str:
    """Return the dotted name that *value* is; empty when it is none."""
    parts: list[str] = []
    while isinstance(value, Attribute):
        parts.append(value.name)
        value = value.of
    return ".".join([value.name, *reversed(parts)]) if isinstance(value, Name) else ""


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
def _hints() -> tuple[str | tuple[str, ...], ...]:
    pickles = (r"\b(?:joblib|pickle|dill)\b", r"\bread_pickle\b|\bload\b")
    return (
        (r"\btorch\b", r"\bload\b"),
        r"\bweights_only\b",
        pickles,
        r"\ballow_pickle\b",
        r"\benable_unsafe_deserialization\b",
        *hints_of(_table()),
    )


detect = FunctionDetector("flows", (_find.__doc__ or "").strip(), CODE, _hints, _find)
