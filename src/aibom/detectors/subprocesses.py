"""What commands Python code starts: ``subprocess.run([...])``, ``os.system("…")``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Location
from aibom.commands import HOLE, Environment, Given, Run, beside, detections, given, of_argv, of_set, runs
from aibom.protocols import FunctionDetector
from aibom.syntax.shell import Line, lines_of, read
from aibom.syntax.values import Attribute, Choice, Mapping, Name, Sequence, Template, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Mapping_

    from aibom.bill import Detection
    from aibom.files import File
    from aibom.syntax import Code
    from aibom.syntax.values import Call, Value

__all__ = ["detect"]

_CALLS: Final[Mapping_[str, str]] = {
    **dict.fromkeys(
        ("run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"), "subprocess"
    ),
    **dict.fromkeys(("system", "popen", "execvp", "execv", "spawnvp"), "os"),
    **dict.fromkeys(("create_subprocess_exec", "create_subprocess_shell"), "asyncio"),
}
"""Functions that start a command, and their module."""
_IMAGE_CALLS: Final = frozenset({"run_commands", "pip_install", "uv_pip_install", "env"})
"""Methods of an image of Modal (modal.com/docs/reference/modal.Image, as known on 2026-11-26)."""
_SESSION_CALLS: Final = frozenset({"run", "run_always", "install", "sudo", "local"})
_SESSIONS: Final = frozenset({"session", "c", "ctx", "context", "conn", "connection"})
"""What the session of nox, or the context of invoke and fabric, is called."""
_DEEPEST: Final = 5
_WIDEST: Final = 8


def _find(file: File) -> Iterator[Detection]:
    """Models, datasets and AI libraries that the commands name which Python code starts."""
    code = file.code
    for call in code.every_call:
        if call.last in _IMAGE_CALLS or call.last in _SESSION_CALLS:
            yield from _Reader(file, code, call).built()
        module = _CALLS.get(call.last)
        if module is None or call.callee != f"{module}.{call.last}":
            continue
        reader = _Reader(file, code, call)
        yield from reader.found()


class _Reader:
    """Reads one call."""

    def __init__(self, file: File, code: Code, call: Call) -> None:
        self.file = file
        self.code = code
        self.call = call

    def built(self) -> Iterator[Detection]:
        """Yield what an image of Modal, a session of nox or a task of invoke installs and runs."""
        call = self.call
        root = call.callee.partition(".")[0]
        imported = {i.target.partition(".")[0] for i in self.code.imports}
        receiver = call.function.of if isinstance(call.function, Attribute) else None
        if call.last in _IMAGE_CALLS and (root == "modal" or (root == "?" and "modal" in imported)):
            yield from self._image()
        elif (
            call.last in _SESSION_CALLS
            and imported & {"nox", "invoke", "fabric"}
            and isinstance(receiver, Name)
            and receiver.name in _SESSIONS
        ):
            words = [self.texts(a, 0)[:1] for a in call.arguments]
            at = Location(self.file.path, call.line, call.column)
            if call.last == "install":
                words = [[given("pip", at)], [given("install", at)], *words]
            if call.last != "install" and len(call.arguments) == 1:
                yield from self._shell(call.arguments[0])
            elif words and all(words):
                yield from of_argv(Run(tuple(tuple(w) for w in words), at, source=beside(self.file)))

    def _image(self) -> Iterator[Detection]:
        call = self.call
        at = Location(self.file.path, call.line, call.column)
        flat = [v for a in call.arguments for v in _flat(self.bound(a, 0))]
        if call.last == "run_commands":
            for argument in flat:
                yield from self._shell(argument)
        elif call.last == "env" and call.arguments:
            pairs = self.bound(call.arguments[0], 0)
            for key, value in pairs.items if isinstance(pairs, Mapping) else ():
                if isinstance(key, Text):
                    yield from of_set(key.value, self.texts(value, 0), symbol="modal.Image.env")
        else:
            words = [t for a in flat for t in self.texts(a, 0)]
            head = (given("pip", at), given("install", at))
            for word in words:
                for found in of_argv(Run(tuple((w,) for w in (*head, word)), at)):
                    yield evolve(found, symbol=f"modal.Image.{call.last}")

    def found(self) -> Iterator[Detection]:
        call = self.call
        at = Location(self.file.path, call.line, call.column, self.code.cell_of(call.line))
        if call.last == "create_subprocess_exec":
            value: Value | None = Sequence(call.arguments)
        elif call.last in {"execvp", "execv", "spawnvp"}:
            value = call.argument(2 if call.last == "spawnvp" else 1)
        else:
            value = call.argument(0, "args", "cmd", "command")
        value = self.bound(value, 0) if value is not None else None
        if isinstance(value, Sequence):
            words = tuple(tuple(self.texts(item, 0)) for item in value.items)
            if words and all(words):
                yield from of_argv(Run(words, at, source=beside(self.file)))
        elif value is not None:
            yield from self._shell(value)

    def _shell(self, value: Value) -> Iterator[Detection]:
        """Yield what the text *value* says to a shell; what is put into it becomes a variable, which is followed."""
        value = self.bound(value, 0)
        env, lines = Environment(), list[Line]()
        for part in value.parts if isinstance(value, Template) else (value,):
            if isinstance(part, Text):
                first, *rest = lines_of(part.value, part.line, part.column + 1)
                lines = (
                    [*lines[:-1], evolve(lines[-1], text=lines[-1].text + first.text), *rest]
                    if lines
                    else [first, *rest]
                )
            else:
                name = f"aibom_{len(env.values)}"
                env.set(name, self.texts(part, 0))
                before = lines[-1] if lines else Line("", self.call.line, self.call.column)
                lines = [*lines[:-1], evolve(before, text=f"{before.text}${{{name}}}")]
        yield from detections(runs(read(lines), self.file.path, env, beside(self.file)))

    def bound(self, value: Value, depth: int) -> Value:
        """Return what the name *value* is bound to once, in its function or in the module."""
        if isinstance(value, Name) and depth < _DEEPEST:
            for scope in dict.fromkeys((self.call.scope, 0)):
                found = [b.value for b in self.code.scopes[scope].bindings if b.name == value.name]
                if len(found) == 1:
                    return self.bound(found[0], depth + 1)
        return value

    def texts(self, value: Value, depth: int) -> list[Given]:
        """Return the texts that *value* may be; what is not known of them is a hole."""
        here = Location(self.file.path, self.call.line, self.call.column)
        match self.bound(value, depth):
            case Text(value=text, line=line, column=column):
                return [given(text, Location(self.file.path, line, column))]
            case Template(parts=parts, line=line) if depth < _DEEPEST:
                found = [Given("", ((0, Location(self.file.path, line)),))]
                for part in parts:
                    found = [_joined(a, b) for a in found for b in self.texts(part, depth + 1)][:_WIDEST]
                return found
            case Choice(options=options) if depth < _DEEPEST:
                return [t for o in options for t in self.texts(o, depth + 1)][:_WIDEST]
            case _:
                return [given(HOLE, here)]


def _flat(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Sequence) else (value,)


def _joined(a: Given, b: Given) -> Given:
    if not a.text:
        return b
    return Given(a.text + b.text, (*a.marks, *((len(a.text) + o, p) for o, p in b.marks)))


_HINTS: Final = (
    (
        r"\b(?:modal|nox|invoke|fabric)\b",
        r"\.(?:run_commands|pip_install|uv_pip_install|env|run|install|run_always|sudo|local)\(",
    ),
    (
        r"subprocess|\bos\.(?:system|popen|exec|spawn)|create_subprocess",
        (
            r"huggingface-cli|\bhf\b|\bvllm\b|ollama|llama-(?:server|cli)|text-generation-launcher|huggingface\.co|\bspacy\b|\bnltk\b|kaggle"
            r"|optimum-cli|accelerate|torchrun|deepspeed|lm_eval|\byolo\b|sglang|mlx_lm|lmdeploy|\bwhisper\b|\blitellm\b|ct2-transformers"
            r"|\bpget\b|\bwget\b|\bcurl\b|\baria2c\b|--model|\bpip\b|\buv\b|\.py[\"' ]"
        ),
    ),
)

detect = FunctionDetector("subprocesses", (_find.__doc__ or "").strip(), ("*.py", "*.pyw", "*.ipynb"), _HINTS, _find)
