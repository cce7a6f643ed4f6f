"""What shell scripts, Makefiles, justfiles, Procfiles and the scripts of packages run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Detection, Diagnostic, Location, Usage
from aibom.commands import Environment, beside, commented, detections, of_set, remarks, runs
from aibom.commands.started import exported
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.syntax.shell import Line, Set, lines_of, read, read_just, read_make
from aibom.syntax.windows import read_batch, read_powershell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.syntax.shell import Script

__all__ = ["detect"]

_MAKE: Final = expression(r"(?:GNU)?[Mm]akefile(?:\..+)?|.+\.mk")
_JUST: Final = expression(r"\.?[Jj]ustfile|.+\.just")
_FILES: Final = (
    *("*.sh", "*.bash", "*.zsh", "*.ksh", "*.command", "*.sbatch", "*.slurm", "*.pbs", "*.bats"),
    *("Makefile", "makefile", "GNUmakefile", "Makefile.*", "*.mk", "justfile", "Justfile", ".justfile", "*.just"),
    *("*.ps1", "*.psm1", "*.bat", "*.cmd"),
    *(
        "Procfile",
        "Procfile.*",
        "package.json",
        "pyproject.toml",
        "tox.ini",
        "entrypoint",
        "run",
        "start",
        "train",
        "serve",
    ),
)
_SHEBANG: Final = expression(r"#!.*\b(?:ba|z|k|da)?sh\b")
_SCRIPTS: Final = (
    *(("scripts",), ("tool", "poe", "tasks"), ("tool", "pdm", "scripts"), ("tool", "taskipy", "tasks")),
    *(("tool", "pixi", "tasks"), ("tool", "hatch", "envs"), ("tool", "rye", "scripts")),
)
_MOST_BYTES: Final = 2_000_000


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Models, datasets, images and AI libraries that scripts name: of shells, Windows, Makefiles, packages, tox."""
    if len(file.bytes) > _MOST_BYTES:
        yield Diagnostic(
            "limit-reached", f"it has more than {_MOST_BYTES:,} bytes; its commands were not read", file.at(0)
        )
        return
    if file.name in {"package.json", "pyproject.toml"}:
        yield from _of_package(file)
        return
    if file.name == "tox.ini":
        yield from _of_tox(file)
        return
    named = "." in file.name or file.name == "Procfile" or _MAKE.fullmatch(file.name) or _JUST.fullmatch(file.name)
    if not named and not _SHEBANG.match(file.text):
        return
    lines = lines_of(file.text)
    env = Environment()
    lazy = False
    if _MAKE.fullmatch(file.name):
        script, lazy = read_make(lines), True
    elif _JUST.fullmatch(file.name):
        script, lazy = read_just(lines), True
    elif file.name.lower().endswith((".bat", ".cmd")):
        script = read_batch(lines)
    elif file.name.lower().endswith((".ps1", ".psm1")):
        script = read_powershell(lines)
    elif file.name.startswith("Procfile"):
        script = read(tuple(evolve(x, text=re.sub(r"^[\w-]+:", lambda m: " " * len(m[0]), x.text)) for x in lines))
    else:
        script = read(lines)
    yield from _problems(file, script)
    claims = list(detections(runs(script, file.path, env, beside(file), lazy=lazy)))
    yield from claims
    yield from _of_sets(file, script, {(d.at.path, d.at.line) for d in claims})
    yield from remarks(commented(file.text) if lazy else script.comments, file.path)


def _problems(file: File, script: Script) -> Iterator[Diagnostic]:
    for problem in script.problems:
        yield Diagnostic(problem.code, problem.message, file.at(problem.line))


def _of_sets(file: File, script: Script, taken: set[tuple[str, int]]) -> Iterator[Detection]:
    """Yield what variables name that no command is seen to take: other programs may read them."""
    for step in script.steps:
        if isinstance(step, Set) and (file.path, step.line) not in taken and not step.function:
            texts = [t for w in step.words for t in Environment().expand(w, file.path)]
            usage = Usage.OPTIONAL if step.conditional or len(texts) > 1 else Usage.USED
            yield from of_set(step.name, texts, usage=usage)
            yield from exported(step.name, tuple(texts), Location(file.path, step.line), usage)


def _of_tox(file: File) -> Iterator[Detection]:
    """Yield what the environments of tox run and install: the lines below ``commands`` and ``deps``."""
    key = ""
    held: dict[str, list[Line]] = {"run": [], "install": []}
    for line in lines_of(file.text):
        begins = _TOX_KEY.match(line.text)
        text = line.text
        if begins is not None:
            key = _TOX.get(begins[1], "")
            text = f"{' ' * begins.end()}{text[begins.end() :]}"
        elif line.text[:1] not in {" ", "\t"}:
            key = ""
        text = re.sub(r"^(\s*)-\s", r"\1  ", text)  # A command that may fail.
        if key and text.strip():
            if key == "install":
                text = text.partition(":")[2] if _TOX_FACTOR.match(text) else text
                column = line.column + len(line.text) - len(text.lstrip()) - len("pip install ")
                held[key].append(Line(f"pip install {text.strip()}", line.number, column))
            else:
                held[key].append(Line(text.replace("{toxinidir}/", " " * 12), line.number, line.column))
    for lines in held.values():
        for found in detections(runs(read(lines), file.path, Environment(), beside(file))):
            yield evolve(found, usage=min(found.usage, Usage.OPTIONAL, key=lambda u: u.weight))


_TOX_KEY: Final = expression(r"([a-z_]+)\s*=")
_TOX_FACTOR: Final = expression(r"\s*!?[\w{},-]+:\s")
_TOX: Final = {"commands": "run", "commands_pre": "run", "commands_post": "run", "deps": "install"}


def _of_package(file: File) -> Iterator[Detection]:
    """Yield what the scripts of a package run."""
    for keys in _SCRIPTS:
        if (keys[0] == "scripts") != (file.name == "package.json"):
            continue
        for entry in file.data.under(*keys):
            if isinstance(entry.value, str) and len(entry.value) < 20_000:  # noqa: PLR2004 - no command is longer
                script = read(lines_of(entry.value, entry.line, entry.column + 1))
                for found in detections(runs(script, file.path, Environment(), beside(file))):
                    yield evolve(found, usage=min(found.usage, Usage.OPTIONAL, key=lambda u: u.weight))


_NAMES: Final = (
    r"(?i:model|dataset|huggingface|hf\.co|llama|whisper|spacy|nltk|kaggle|vllm|embed|langchain|openai|anthropic|transformers)",
    r"\bhf\b|\blms\b|\bllm\b|\byolo\b|\bdvc\b|\btts\b|\btgi\b",
    r"\b(?:pip|pip3|uv|conda|npm|yarn|pnpm|bun|poetry)\b[^\n]*\b(?:install|add|i)\b",
    r"\b(?:go (?:get|install)|(?:cargo|bundle) add|cargo install|gem install|composer require|dotnet add)\b",
    r"\bpython[\d.]*\s+[^\s#]|\b(?:torchrun|accelerate|deepspeed)\b|\.(?:sh|bash|py)\s+[^\s#]",
    r"\bdocker\b|\bpodman\b|\.(?:onnx|gguf|safetensors|pth?|ckpt|tflite)\b",
)


detect = FunctionDetector("commands", (_find.__doc__ or "").strip(), _FILES, _NAMES, _find)
