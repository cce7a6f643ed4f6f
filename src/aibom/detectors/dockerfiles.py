"""What Dockerfiles and Containerfiles download, install, set and start, and the images that they begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from aibom.bill import Detection, Diagnostic, Location, Usage
from aibom.commands import (
    Environment,
    Run,
    beside,
    commented,
    detections,
    given,
    image_of,
    of_argv,
    of_set,
    read_image,
    remarks,
    runs,
)
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.syntax.dockerfile import read, words_of
from aibom.syntax.shell import Command, Line, Set, template
from aibom.syntax.shell import read as read_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.commands.running import Arg
    from aibom.files import File
    from aibom.syntax.dockerfile import Instruction
    from aibom.syntax.shell import Word

__all__ = ["detect"]

_FILES: Final = (
    *("Dockerfile", "dockerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile", "Dockerfile-*", "Dockerfile_*"),
    *("Containerfile", "Containerfile.*", "*.Containerfile"),
)
_MOST_BYTES: Final = 1_000_000
_FROM: Final = expression(r"(\S+)(?:\s+[Aa][Ss]\s+(\S+))?")


@define
class _Stage:
    """What a stage knows."""

    env: Environment
    entry: Instruction | None = None
    command: Instruction | None = None
    image: str = ""
    name: str = ""
    bases: set[int] = field(factory=set)
    """The stages that it takes from."""
    found: list[Detection] = field(factory=list)


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Models, datasets, images and AI libraries that Dockerfiles and Containerfiles name, stage by stage."""
    if file.name.endswith((".dockerignore", ".md", ".py")) or len(file.bytes) > _MOST_BYTES:
        return
    yield from _Reader(file).found()
    yield from remarks(commented(file.text), file.path)


class _Reader:
    """Reads one file."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.source = beside(file)
        self.arguments = Environment()
        """The arguments before the first stage."""
        self.stages = [_Stage(Environment())]
        self.names: dict[str, int] = {}
        """The stages by their names."""

    def found(self) -> Iterator[Detection]:
        for instruction in read(self.file.text):
            if instruction.name == "FROM" and not instruction.onbuild:
                self._from(instruction)
            else:
                self._one(instruction)
        for stage in self.stages[1:]:
            self._started(stage)
        used = self._used()
        for number, stage in enumerate(self.stages):
            for detection in stage.found:
                picked = number in used or detection.usage is not Usage.USED
                yield detection if picked else evolve(detection, usage=Usage.OPTIONAL)

    def _used(self) -> set[int]:
        """Return the stages that a build takes which names no target: the last, and what it takes from."""
        todo, used = [len(self.stages) - 1], {0}
        while todo:
            number = todo.pop()
            if number not in used:
                used.add(number)
                todo += self.stages[number].bases
        return used

    def _from(self, instruction: Instruction) -> None:
        found = _FROM.match(instruction.text)
        word = self._word(Line(found[1], instruction.line, instruction.lines[0].column)) if found else None
        options = self.arguments.expand(word, self.file.path) if word is not None else []
        stage = _Stage(Environment(), name=(found[2] or "").lower() if found else "")
        for option in options:
            base = self._stage(option.text)
            if base is not None:
                before = self.stages[base]
                stage.env, stage.entry, stage.command = before.env.copy(), before.entry, before.command
                stage.bases.add(base)
                stage.image = before.image
            else:
                stage.image = stage.image or option.text
                stage.found += image_of(option, self._run(instruction), "FROM")
        self.stages.append(stage)
        if stage.name:
            self.names.setdefault(stage.name, len(self.stages) - 1)

    def _stage(self, name: str) -> int | None:
        if name.isdecimal():
            return int(name) + 1 if int(name) + 1 < len(self.stages) else None
        return self.names.get(name.lower())

    def _word(self, line: Line) -> Word:
        return template((line,))

    def _run(self, instruction: Instruction, args: tuple[Arg, ...] = ()) -> Run:
        at = Location(self.file.path, instruction.line, instruction.lines[0].column)
        return Run(args, at, instruction.onbuild, environment=self.stages[-1].env, source=self.source)

    def _one(self, instruction: Instruction) -> None:
        stage = self.stages[-1]
        match instruction.name:
            case "ARG" | "ENV":
                self._set(instruction, stage)
            case "RUN":
                stage.found += self._shell(instruction, stage)
            case "CMD":
                stage.command = instruction
            case "ENTRYPOINT":
                stage.entry, stage.command = instruction, None
            case "HEALTHCHECK":
                text = instruction.lines[0].text
                if text.startswith("CMD"):
                    first = evolve(instruction.lines[0], text=text[3:], column=instruction.lines[0].column + 3)
                    stage.found += self._shell(evolve(instruction, lines=(first, *instruction.lines[1:])), stage)
            case "ADD":
                args = [
                    stage.env.expand(self._word(Line(t, instruction.line, instruction.lines[0].column)), self.file.path)
                    for t in instruction.text.split()
                ]
                links = tuple(tuple(a) for a in args if a and "://" in a[0].text)
                if links:
                    run = self._run(instruction, ((given("curl", Location(self.file.path, instruction.line)),), *links))
                    stage.found += of_argv(run)
            case _:
                pass
        for flag in instruction.flags:
            key, _, value = flag.partition("=")
            if (key == "--from" and (base := self._stage(value)) is not None) or (
                key == "--mount"
                and (taken := re.search(r"from=([\w.-]+)", value))
                and (base := self._stage(taken[1])) is not None
            ):
                stage.bases.add(base)

    def _set(self, instruction: Instruction, stage: _Stage) -> None:
        first = instruction.lines[0]
        keyword = Line(f"export {first.text}", first.number, first.column - 7)
        text = instruction.text
        if instruction.name == "ENV" and (old := re.match(r"(\w+)\s+([^=\s].*)", text)) and "=" not in text.split()[0]:
            keyword = Line(f'export {old[1]}="{old[2]}"', first.number, first.column - 8)  # ENV NAME value
        script = read_shell((keyword, *instruction.lines[1:]))
        env = self.arguments if not instruction.stage else stage.env
        for step in script.steps:
            sets = step.sets if isinstance(step, Command) else (step,)
            for each in sets:
                self._assign(each, env, stage, instruction)
            if isinstance(step, Command) and instruction.name == "ARG":
                for word in step.words[1:]:  # ARG NAME: what was said before the first stage.
                    if word.plain in self.arguments.values and word.plain:
                        env.set(word.plain, self.arguments.values[word.plain])

    def _assign(self, step: Set, env: Environment, stage: _Stage, instruction: Instruction) -> None:
        options = [g for w in step.words for g in env.expand(w, self.file.path)]
        env.set(step.name, options)
        usage = Usage.OPTIONAL if instruction.onbuild else Usage.USED
        stage.found += of_set(step.name, options, usage=usage, symbol=f"{instruction.name} {step.name}")

    def _shell(self, instruction: Instruction, stage: _Stage) -> Iterator[Detection]:
        words = words_of(instruction)
        if words is not None:
            run = self._run(
                instruction, tuple((given_,) for w in words for given_ in stage.env.expand(w, self.file.path)[:1])
            )
            yield from of_argv(run)
            return
        script = read_shell(instruction.document or instruction.lines)
        for found in detections(runs(script, self.file.path, stage.env.copy(), self.source)):
            yield (
                evolve(found, usage=min(found.usage, Usage.OPTIONAL, key=lambda u: u.weight))
                if instruction.onbuild
                else found
            )

    def _started(self, stage: _Stage) -> None:
        """Read what a container of the stage starts: its entry point with its command."""
        entry, command = stage.entry, stage.command
        if entry is not None and words_of(entry) is None:
            stage.found += self._shell(entry, stage)
            return
        if command is not None and words_of(command) is None:
            stage.found += self._shell(command, stage)
            return
        words = [*(words_of(entry) or () if entry else ()), *(words_of(command) or () if command else ())]
        at = entry or command
        if at is None or not words:
            return
        args = tuple((option,) for w in words for option in stage.env.expand(w, self.file.path)[:1])
        image = read_image(stage.image)
        if entry is None and image is not None and image.row.program and args[0][0].text.startswith("-"):
            place = args[0][0].place()
            args = (*((given(w, place),) for w in image.row.program.split()), *args)
        stage.found += of_argv(self._run(at, args))


_HINTS: Final = (
    r"(?i:model|dataset|huggingface|hf\.co|llama|whisper|spacy|nltk|kaggle|vllm|embed|langchain|openai|anthropic|transformers)",
    r"\bpython[\d.]*[\"',\s]|\b(?:torchrun|accelerate|deepspeed)\b|\.(?:sh|py)\b",
    r"\bhf\b|\blms\b|\byolo\b|\bdvc\b|\btts\b|\.(?:onnx|gguf|safetensors|pth?|ckpt|tflite)\b",
    r"(?i:^|\n)\s*FROM\s+\S*(?:/|pytorch|tensorflow)",
    r"\b(?:pip|pip3|uv|conda|npm|yarn|pnpm|bun|poetry)\b[^\n]*\b(?:install|add|i)\b",
    r"\b(?:go (?:get|install)|(?:cargo|bundle) add|cargo install|gem install|composer require|dotnet add)\b",
)

detect = FunctionDetector("dockerfiles", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
