"""What commands Python code starts: ``subprocess.run([...])``, ``os.system("…")``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Location
from aibom.commands import HOLE, Environment, Given, Run, detections, given, of_argv, runs
from aibom.protocols import FunctionDetector
from aibom.syntax.shell import Line, lines_of, read
from aibom.syntax.values import Choice, Name, Sequence, Template, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.bill import Detection
    from aibom.files import File
    from aibom.syntax import Code
    from aibom.syntax.values import Call, Value

__all__ = ["detect"]

_CALLS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput"), "subprocess"
    ),
    **dict.fromkeys(("system", "popen", "execvp", "execv", "spawnvp"), "os"),
    **dict.fromkeys(("create_subprocess_exec", "create_subprocess_shell"), "asyncio"),
}
"""Functions that start a command, and their module."""
_DEEPEST: Final = 5
_WIDEST: Final = 8


def _find(file: File) -> Iterator[Detection]:
    """Models, datasets and AI libraries that the commands name which Python code starts."""
    code = file.code
    for call in code.every_call:
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
                yield from of_argv(Run(words, at))
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
        yield from detections(runs(read(lines), self.file.path, env))

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


def _joined(a: Given, b: Given) -> Given:
    if not a.text:
        return b
    return Given(a.text + b.text, (*a.marks, *((len(a.text) + o, p) for o, p in b.marks)))


_HINTS: Final = (
    (
        r"subprocess|\bos\.(?:system|popen|exec|spawn)|create_subprocess",
        (
            r"huggingface-cli|\bhf\b|\bvllm\b|ollama|llama-(?:server|cli)|text-generation-launcher|huggingface\.co|\bspacy\b|\bnltk\b|kaggle"
            r"|optimum-cli|accelerate|torchrun|deepspeed|lm_eval|\byolo\b|sglang|mlx_lm|lmdeploy|\bwhisper\b|\blitellm\b|ct2-transformers"
            r"|--model|\bpip\b|\buv\b|\.py[\"' ]"
        ),
    ),
)

detect = FunctionDetector("subprocesses", (_find.__doc__ or "").strip(), ("*.py", "*.pyw", "*.ipynb"), _HINTS, _find)
