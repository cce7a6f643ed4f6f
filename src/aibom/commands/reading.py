"""Read what a command names, by the table of commands."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import mcp, names, signatures, slots
from aibom.bill import Detection, Kind, Usage
from aibom.commands import deploying
from aibom.commands.running import HOLE, Arg, Environment, Given, Run, runs
from aibom.commands.started import Started, started
from aibom.expressions import expression
from aibom.knowledge import commands, images, packages
from aibom.manifests.conda import read_spec
from aibom.manifests.need import Need, asked
from aibom.manifests.python import read_requirement
from aibom.slots import Slot
from aibom.syntax.shell import Line, lines_of, read
from aibom.syntax.values import Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aibom.bill import Location
    from aibom.knowledge import CommandRow
    from aibom.knowledge import Image as ImageRow
    from aibom.syntax import Code

__all__ = [
    "Image",
    "Install",
    "detections",
    "image_of",
    "is_program",
    "of_argv",
    "of_gateway",
    "of_modelfile",
    "of_options",
    "of_set",
    "read_image",
]

_DEEPEST: Final = 5
"""So many commands may stand one inside of another: ``sudo sh -c "docker run …"``."""
_LONGEST: Final = 400
"""So many words of one command are read."""


@frozen
class Install:
    """Packages that a command installs."""

    need: Need
    at: Location


@frozen
class Image:
    """An image of a container that counts as AI."""

    row: ImageRow
    name: str
    """As written, without its tag."""
    tag: str | None


def detections(runs_: Iterable[Run]) -> Iterator[Detection]:
    """Yield what the commands *runs_* name: models, datasets, images, and the AI libraries that they install."""
    seen: set[Detection] = set()
    for run in runs_:
        for found in _of_run(run):
            if found not in seen:  # A function may be called many times with the same.
                seen.add(found)
                yield found


def _of_run(run: Run) -> Iterator[Detection]:
    for name, given in run.sets:
        yield from of_set(name, given, usage=_usage(run, given[0]) if given else Usage.USED)
    yield from of_argv(run)
    yield from _document(run)


# -- what a command is ---------------------------------------------------------------------------

_PYTHON: Final = expression(r"(?:python|pypy)[\d.]*(?:\.exe)?|py|ipython\d?")
_SHELLS: Final = frozenset({"sh", "bash", "zsh", "dash", "ash", "ksh", "fish"})
_VERSION: Final = expression(r"\.exe$")
_SKIPPING: Final[Mapping[str, tuple[int, frozenset[str]]]] = {
    "sudo": (0, frozenset({"-u", "-g", "-h", "-p", "--user", "--group"})),
    "doas": (0, frozenset({"-u"})),
    "env": (0, frozenset({"-u", "-C", "--unset", "--chdir"})),
    **dict.fromkeys(
        ("nohup", "exec", "command", "builtin", "setsid", "time", "unbuffer", "caffeinate", "tini", "gosu"),
        (0, frozenset({"-f", "-o", "-a"})),
    ),
    "nice": (0, frozenset({"-n"})),
    "ionice": (0, frozenset({"-c", "-n", "-p"})),
    "timeout": (1, frozenset({"-k", "-s", "--signal", "--kill-after"})),
    "stdbuf": (0, frozenset({"-i", "-o", "-e"})),
    "xargs": (0, frozenset({"-n", "-P", "-I", "-L", "-d", "-a", "-s"})),
    "taskset": (1, frozenset()),
    "retry": (0, frozenset({"-t", "-d", "-m", "--times", "--delay"})),
}
"""Commands that run the rest of their words: how many words of their own stand first, and options with a value."""
_SEEKING: Final = frozenset(
    {
        *("srun", "mpirun", "mpiexec", "horovodrun", "numactl", "xvfb-run", "ssh", "nsys", "ncu", "strace", "parallel"),
        *("uv", "uvx", "poetry", "pipenv", "pdm", "hatch", "rye", "pipx", "conda", "mamba", "micromamba", "pixi"),
        *(
            "npx",
            "bunx",
            "pnpm",
            "yarn",
            "npm",
            "bun",
            "dotenv",
            "doppler",
            "op",
            "docker-compose",
            "kubectl",
            "screen",
            "oc",
        ),
        *(
            "tmux",
            "ray",
            "dumb-init",
            "coverage",
            "just",
            "tox",
            "nox",
            "pixi",
            "opentelemetry-instrument",
            "streamlit",
            "chainlit",
            "ddtrace-run",
        ),
    }
)
"""Commands behind whose options a program that is known stands somewhere."""
_RUNNING: Final = frozenset({"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "pixi"})
_LAUNCHERS: Final = frozenset(
    {"torchrun", "deepspeed", "colossalai", "composer", "torch-distributed-launch", "distributed_train.sh"}
)
_SCRIPT: Final = expression(r"[^\s]*\.py(?:::\w+)?")
_GENERAL: Final = frozenset(
    {
        *(
            "--help",
            "-h",
            "--version",
            "--verbose",
            "--quiet",
            "--force",
            "--debug",
            "--yes",
            "-y",
            "--trust-remote-code",
        ),
        *("--trust_remote_code", "--dry-run", "--overwrite", "--recursive", "--bf16", "--fp16", "--tf32", "--do_train"),
        *("--do_eval", "--do_predict", "--push_to_hub", "--overwrite_output_dir", "--gradient_checkpointing"),
        *("--load_in_4bit", "--load_in_8bit", "--use_peft", "--use_lora", "--streaming", "--no-cache"),
    }
)
"""Options without a value, whatever the command."""


@cache
def _exact() -> Mapping[str, tuple[CommandRow, ...]]:
    found: dict[str, list[CommandRow]] = {}
    for row in commands():
        for program in row.programs:
            found.setdefault(program if "*" not in program else "*", []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


@lru_cache(maxsize=1024)
def _rows(program: str) -> tuple[CommandRow, ...]:
    patterns = (r for r in _exact().get("*", ()) if any("*" in p and fnmatchcase(program, p) for p in r.programs))
    return tuple(dict.fromkeys((*_exact().get(program, ()), *patterns)))


def is_program(word: str) -> bool:
    """Tell whether *word* is the name of a program whose words are read."""
    name = _base(word)
    return name in _exact() or _PYTHON.fullmatch(name) is not None or name in _LAUNCHERS | _SHELLS | {"accelerate"}


def _base(word: str) -> str:
    return _VERSION.sub("", word.rpartition("/")[2].rpartition("\\")[2])


@frozen
class _Words:
    """A command that is being read."""

    args: Sequence[Arg]
    run: Run
    depth: int = 0

    def text(self, number: int) -> str:
        return self.args[number][0].text if number < len(self.args) else ""

    def behind(self, number: int) -> _Words:
        """Return the words from *number* on, as a command."""
        return evolve(self, args=self.args[number:], depth=self.depth + 1)


def of_argv(run: Run) -> Iterator[Detection]:
    """Yield what the words of one command name."""
    yield from _of(_Words(run.args[:_LONGEST], run))


def of_options(run: Run, start: int) -> Iterator[Detection]:
    """Yield what options say from the word *start* on that are called after models, whatever the program."""
    yield from _of_options(_Words(run.args[:_LONGEST], run), start)


def _of(words: _Words) -> Iterator[Detection]:
    if not words.args or words.depth > _DEEPEST:
        return
    program = _base(words.text(0))
    yield from _installs(words)
    if program in deploying.PROGRAMS:
        yield from _deployed(words)
    if program in _SKIPPING:
        yield from _of(words.behind(_skipped(words, *_SKIPPING[program])))
    elif program in _SHELLS or program in {"eval", "su"}:
        yield from _of_shell(words)
    elif program == "docker" or program in {"podman", "nerdctl"}:
        yield from _of_docker(words)
    elif program == "accelerate" or program in _LAUNCHERS:
        yield from _of_script(words, 1)
    elif _PYTHON.fullmatch(program) or (
        HOLE in program and (words.text(1) == "-m" or _SCRIPT.fullmatch(words.text(1)))
    ):
        yield from _of_python(words)
    elif _SHELL_SCRIPT.fullmatch(program) and program not in _exact() and program not in _LAUNCHERS:
        yield from _of_called(words)
    elif _SCRIPT.fullmatch(program) and program not in _exact():
        yield from _of_script(words, 0)
    elif program in _SEEKING:
        at = next((i for i in range(1, len(words.args)) if _starts(words, i)), None)
        if at is not None:
            yield from _of(words.behind(at))
        elif words.text(1) == "run" and program in _RUNNING:  # A program of the project itself.
            at = next((i for i in range(2, len(words.args)) if not words.text(i).startswith("-")), len(words.args))
            yield from started(words.text(at), "program", words.args[at + 1 :], words.run)
    else:
        yield from _by_rows(program, words)


def _deployed(words: _Words) -> Iterator[Detection]:
    """Yield what a tool that deploys is told to run, and with which variables."""
    args = tuple(words.args)
    for arg in deploying.images(args):
        for value in arg[:4]:
            yield from image_of(value, words.run, f"{_base(words.text(0))} --image")
    seen: set[tuple[str, Given]] = set()
    for name, given in deploying.settings(args):
        if (name, given) not in seen:
            seen.add((name, given))
            yield from of_set(name, (given,), usage=_usage(words.run, given))


def _starts(words: _Words, number: int) -> bool:
    """Tell whether a program begins at the word *number*."""
    word, before = words.text(number), words.text(number - 1)
    if before in {
        "--with",
        "--extra",
        "--group",
        "--from",
        "--package",
        "-p",
        "add",
        "install",
        "--name",
        "-n",
        "pull",
    }:
        return False
    return is_program(word) or (_SCRIPT.fullmatch(word) is not None)


def _skipped(words: _Words, own: int, valued: frozenset[str]) -> int:
    number = 1
    while number < len(words.args):
        text = words.text(number)
        if text in valued:
            number += 2
        elif text.startswith("-") or re.match(r"[A-Za-z_]\w*=", text):
            number += 1
        elif own:
            own -= 1
            number += 1
        else:
            break
    return number


def _of_shell(words: _Words) -> Iterator[Detection]:
    """Yield what ``sh -c "…"``, ``eval "…"`` and ``bash script.sh …`` run."""
    number = 1
    if _base(words.text(0)) in _SHELLS:
        while words.text(number).startswith(("-", "+")) and not re.fullmatch(r"-[a-z]*c", words.text(number)):
            number += 2 if words.text(number) in {"-o", "+o", "-O"} else 1
        if number < len(words.args) and not words.text(number).startswith("-"):
            yield from _of_called(words.behind(number))
            return
        number = 1
    if _base(words.text(0)) != "eval":
        while number < len(words.args) and not re.fullmatch(r"-[a-z]*c", words.text(number)):
            number += 1
        number += 1
    for given in words.args[number][:4] if number < len(words.args) else ():
        yield from _inner(given, words)


_MOST_CALLED: Final = 500
"""So many commands are read of a script that another one calls."""
_SHELL_SCRIPT: Final = expression(r".+\.(?:sh|bash|zsh|ksh|sbatch|slurm)")


def _of_called(words: _Words) -> Iterator[Detection]:
    """Yield what another script of the tree makes of what it is given here; what it says by itself is found there."""
    found = words.run.source(words.text(0)) if words.depth <= _DEEPEST and len(words.args) > 1 else None
    if found is None or found[0] == words.run.at.path:
        return
    path, script = found
    env = Environment()
    env.give(words.args[1:])
    for run in islice(runs(script, path, env, words.run.source), _MOST_CALLED):
        inner = evolve(run, optional=words.run.optional or run.optional)
        for claim in _of(_Words(run.args[:_LONGEST], inner, words.depth + 1)):
            own = claim.name.own if isinstance(claim.name, Started) else {claim.at.path}
            if own != {path} and claim.kind is not Kind.LIBRARY:
                yield claim


def _inner(given: Given, words: _Words) -> Iterator[Detection]:
    """Yield what the text *given* says when it is run by a shell."""
    at = given.place()
    script = read(_lines(given))
    env = words.run.environment.copy() if words.run.environment is not None else Environment()
    for run in runs(script, at.path, env, words.run.source):
        args = tuple(tuple(_placed(g, given, at) for g in arg) for arg in run.args) if given.marks[1:] else run.args
        inner = evolve(run, args=args, at=words.run.at, optional=words.run.optional or run.optional)
        yield from _of(_Words(args[:_LONGEST], inner, words.depth + 1))


def _placed(inner: Given, outer: Given, at: Location) -> Given:
    """Return *inner*, a piece of the text *outer* on one line, at the places where that is written."""
    place = inner.marks[0][1]
    offset = place.column - at.column
    if len(inner.marks) > 1 or "\n" in outer.text or (place.path, place.line) != (at.path, at.line) or offset < 0:
        return inner
    found = outer.part(offset, offset + len(inner.text))
    return evolve(inner, marks=found.marks) if found.text == inner.text else inner


def _lines(given: Given) -> tuple[Line, ...]:
    """Return the lines of the text *given*, where they are written."""
    if HOLE in given.text:
        return lines_of(given.text, max(given.place().line, 1), max(given.place().column, 1))
    lines, offset = [], 0
    for text in given.text.split("\n"):
        at = given.place(offset)
        lines.append(Line(text, max(at.line, 1), max(at.column, 1)))
        offset += len(text) + 1
    return tuple(lines)


def _of_python(words: _Words) -> Iterator[Detection]:
    number = 1
    while number < len(words.args):
        text = words.text(number)
        if text == "-m" or (text.startswith("-m") and len(text) > 2):  # noqa: PLR2004 - a module behind it
            module, after = (words.text(number + 1), number + 2) if text == "-m" else (text[2:], number + 1)
            if module in {"accelerate.commands.launch", "torch.distributed.run", "torch.distributed.launch"}:
                yield from _of_script(words, after)
            elif module in {"pip", "uv", "pipx"}:
                yield from _installs(
                    evolve(words, args=((evolve(words.args[0][0], text=module),), *words.args[after:]))
                )
            else:
                program = evolve(words.args[0][0], text=f"python:{module}")
                inner = evolve(words, args=((program,), *words.args[after:]))
                known = list(_by_rows(f"python:{module}", inner))
                yield from known or _of_options(inner, 1)
                if not _rows(f"python:{module}"):
                    yield from started(module, "module", words.args[after:], words.run)
            return
        if text == "-c":
            for given in words.args[number + 1][:1] if number + 1 < len(words.args) else ():
                yield from _of_code(given.text, given, words.run)
            return
        if text in {"-W", "-X"}:
            number += 1
        elif not text.startswith("-") or text == "-":
            script = _base(text)
            if script in _exact():
                yield from _by_rows(script, words.behind(number))
            elif script != "manage.py":
                yield from _of_options(words, number + 1)
                yield from started(text, "path", words.args[number + 1 :], words.run)
            return
        number += 1


def _of_script(words: _Words, start: int) -> Iterator[Detection]:
    """Yield what is given to a Python script, which stands at or behind the word *start*."""
    for number in range(start, len(words.args)):
        text = words.text(number)
        if _SCRIPT.fullmatch(text):
            yield from _of_options(words, number + 1)
            yield from started(text.partition("::")[0], "path", words.args[number + 1 :], words.run)
            return
        if text in {"-m", "--module"}:
            yield from _of_python(words.behind(number - 1))
            return
    yield from _of_options(words, start)


# -- options -------------------------------------------------------------------------------------


@frozen
class _Parsed:
    """The words of a command, told apart."""

    positional: tuple[Arg, ...] = ()
    options: tuple[tuple[str, Arg | None], ...] = ()

    def get(self, name: str) -> Iterator[Arg]:
        """Yield the values of the option *name*."""
        wanted = _normal(name)
        return (value for key, value in self.options if value is not None and _normal(key) == wanted)


def _normal(option: str) -> str:
    return option.replace("_", "-")


def _parse(args: Sequence[Arg], switches: frozenset[str] = frozenset()) -> _Parsed:
    positional, options, number = list[Arg](), list[tuple[str, Arg | None]](), 0
    while number < len(args):
        text = args[number][0].text
        number += 1
        if text == "--":
            positional += args[number:]
            break
        if not text.startswith("-") or text == "-" or re.fullmatch(r"-[\d.]+", text):
            positional.append(args[number - 1])
            continue
        key, equals, _ = text.partition("=")
        if equals:
            at = len(key) + 1
            options.append((key, tuple(g.part(at) for g in args[number - 1] if g.text.startswith(f"{key}="))))
        elif key in switches or key in _GENERAL or number == len(args) or _is_option(args[number][0].text):
            options.append((key, None))
        else:
            options.append((key, args[number]))
            number += 1
    return _Parsed(tuple(positional), tuple(options))


def _is_option(text: str) -> bool:
    return text.startswith("-") and not re.fullmatch(r"-[\d.]+", text) and text != "-"


def _usage(run: Run, given: Given) -> Usage:
    return Usage.OPTIONAL if run.optional or given.optional else Usage.USED


def _of_options(words: _Words, start: int) -> Iterator[Detection]:
    """Yield what options say that are called after models and datasets, whatever the script."""
    parsed = _parse(words.args[start:])
    given = [(key, arg) for key, arg in parsed.options if arg is not None]
    for arg in parsed.positional:  # Hydra and Fire: model.name=org/x
        text = arg[0].text
        if found := re.match(r"[+~]{0,2}([A-Za-z_][\w.@-]*)=", text):
            given.append((found[1], tuple(g.part(found.end()) for g in arg if len(g.text) > found.end())))
    context = _told(parsed, ("--trust_remote_code", "--trust-remote-code"))
    revision = next(
        (a[0].text for key, a in given if re.search(r"(?:^-*|model_)revision$", key.replace("-", "_")) and a), None
    )
    for key, arg in given:
        for value in arg:
            for named, sure in _by_option(key, value.text):
                yield _detection(named, value, words.run, key, confidence=sure, revision=revision, context=context)


_DATASET: Final = frozenset({"dataset", "datasets"})


def _by_option(option: str, text: str) -> Iterator[tuple[names.Named, float]]:
    """Yield what the value *text* of an option of some script names."""
    if HOLE in text or not text:
        return
    said = slots.words(option.lstrip("-").replace(".", "_"))
    if said & {
        "output",
        "out",
        "save",
        "dir",
        "hub",
        "push",
        "log",
        "logging",
        "type",
        "template",
        "class",
        "url",
        "project",
        "prefix",
    }:
        if not said >= {"hub", "model"} or "push" in said:
            return
        return
    kind = Kind.DATASET if said & _DATASET and not said & {"model"} else Kind.MODEL
    # With an underscore, as argparse.HfArgumentParser makes it; --dataset-name of others says of which kind it is.
    bare = said >= {"name", "or", "path"} or option.lstrip("-") == "dataset_name"
    if bare and "/" not in text:
        named = names.read_name(text, kind, flags=frozenset({"formats"}))
        if named is not None and named.provider == "huggingface" and names.hosted_family(text) is None:
            yield named, 0.7
            return
    yield from slots.read(
        text, Slot(said | ({"model"} if said & {"teacher", "student", "policy", "draft"} else set())), ai=True
    )


def _told(parsed: _Parsed, options: Iterable[str]) -> list[tuple[str, str]]:
    """Return the *options* that are given, as context of the evidence."""
    found = []
    for wanted in options:
        for key, value in parsed.options:
            if _normal(key) == _normal(wanted):
                text = value[0].text if value else "true"
                if HOLE not in text and len(text) <= 80:  # noqa: PLR2004 - a word, and no document
                    found.append((key.lstrip("-").replace("-", "_"), text))
    return found


# -- the rows of the table -----------------------------------------------------------------------


def _by_rows(program: str, words: _Words) -> Iterator[Detection]:
    known = False
    for row in _rows(program):
        known = True
        for subcommand in row.words:
            after = _behind(words, subcommand)
            if after is not None:
                yield from _by_row(row, words, after)
                break
    if not known and program not in {
        "echo",
        "printf",
        "grep",
        "sed",
        "awk",
        "test",
        "[",
        "[[",
        "export",
        "set",
        "cat",
        "django-admin",
    }:
        if any(names.has_id_shape(g.text.rpartition("=")[2]) for arg in words.args[1:] for g in arg):
            yield from started(program, "program", words.args[1:], words.run)
        parsed = _parse(words.args[1:])
        for key, arg in parsed.options:
            for value in arg or ():
                said = slots.words(key.lstrip("-"))
                if said & {"model", "models", "llm", "embedding", "checkpoint", "tokenizer"} and HOLE not in value.text:
                    for named, sure in slots.read(value.text, Slot(said), ai=False):
                        yield _detection(named, value, words.run, f"{program} {key}", confidence=sure)


def _behind(words: _Words, subcommand: tuple[str, ...]) -> int | None:
    """Return the number of the first word behind *subcommand*; None when the command has another."""
    number = 1
    for wanted in subcommand:
        while number < len(words.args) and words.text(number).startswith("-") and "=" in words.text(number):
            number += 1
        if number >= len(words.args) or (wanted != "*" and words.text(number) != wanted):
            return None
        number += 1
    return number


def _by_row(row: CommandRow, words: _Words, start: int) -> Iterator[Detection]:
    program = (
        _base(words.text(0)).removeprefix("python:") if not words.text(0).startswith("python:") else words.text(0)[7:]
    )
    symbol = " ".join([program, *(words.text(n) for n in range(1, start))])
    if row.read == "url":
        yield from _links(row, words, symbol)
        return
    parsed = _parse(words.args[start:], row.switches)
    kind = Kind(row.kind)
    if row.read == "repo":
        said = next((a[0].text for a in parsed.get("--repo-type") if a), "")
        if said == "space":
            return
        kind = Kind.DATASET if said == "dataset" else kind
    revision = _first(parsed, row.revision)
    context = _told(parsed, row.context)
    files = [a[0].text for slot in row.files for a in _slot(parsed, slot)]
    context += [("file", text) for text in files if HOLE not in text and text and len(text) <= 200]  # noqa: PLR2004
    for slot in {_normal(slot): slot for slot in row.id}.values():
        for arg in _slot(parsed, slot):
            for value in arg:
                for named, at, more in _named(row, value, kind):
                    yield _detection(
                        named,
                        at,
                        words.run,
                        f"{symbol} {slot}" if slot.startswith("-") else symbol,
                        revision=revision,
                        context=[*context, *more],
                        produced=row.produced,
                        confidence=0.9,
                    )


def _slot(parsed: _Parsed, slot: str) -> Iterator[Arg]:
    if slot.startswith("-"):
        yield from parsed.get(slot)
    elif slot.endswith("="):
        for arg in parsed.positional:
            if arg[0].text.startswith(slot):
                yield tuple(g.part(len(slot)) for g in arg if g.text.startswith(slot))
    elif slot.endswith("+"):
        yield from parsed.positional[int(slot[:-1]) :]
    elif slot.isdecimal():
        yield from parsed.positional[int(slot) : int(slot) + 1]


def _first(parsed: _Parsed, slots_: Iterable[str]) -> str | None:
    for slot in slots_:
        for arg in _slot(parsed, slot):
            if len({g.text for g in arg}) == 1 and arg[0].known and arg[0].text:
                return arg[0].text
    return None


_QUANT: Final = expression(r":([A-Za-z0-9_.-]+)$")
_OLLAMA: Final = expression(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?(?::[\w.-]+)?")
_WEIGHTS: Final = expression(r"\.(?:gguf|ggml|bin|onnx|pt|pth|safetensors|tflite|h5|llamafile|pb|ckpt)$", re.IGNORECASE)
_JSON_MODEL: Final = expression(r"""["']?(?:model|model_name|name|model_id|modelId)["']?\s*[:=]\s*["']([^"'\s]+)["']""")
_SCHEME: Final = expression(r"(huggingface|hf|ollama|oci|docker)://(?!https?:)(.+)")


def _named(  # noqa: C901, PLR0912, PLR0915 - one branch for each way to read a name
    row: CommandRow, value: Given, kind: Kind
) -> Iterator[tuple[names.Named, Given, list[tuple[str, str]]]]:
    """Yield what *value* names, where it is written, and what else it says."""
    text = value.text.strip("\"'")
    if not text or (HOLE in text and row.read not in {"pairs", "json"}):
        return
    match row.read:
        case "repo" | "path" | "shape" | "quant" | "hub" | "file":
            yield from _loaded(row, value, text, kind)
        case "own" | "whisper":
            named = names.read_own(text, kind, row.provider, hub_ids=row.read == "whisper")
            if (
                row.provider not in {"ultralytics", "spacy", "nltk"}
                and named is None
                and re.fullmatch(r"[\w./:-]+", text)
            ):
                named = names.Named(kind, row.provider, text)
            if named is not None and named.provider != "local":
                yield named, value, []
        case "hub-ids":
            if names.has_id_shape(text):
                yield names.Named(kind, row.provider, text), value, []
        case "ollama":
            yield from _ollama(value, text, kind)
        case "docker":
            if text.startswith(("hf.co/", "huggingface.co/")):
                yield from _ollama(value, text, kind)
            elif re.fullmatch(r"[\w.-]+/[\w./-]+(?::[\w.-]+)?", text):
                yield names.Named(kind, "docker", text), value, []
        case "lms":
            if "://" in text or names.has_id_shape(text.partition("@")[0]):
                named = names.read_name(text.partition("@")[0] if "://" not in text else text, kind)
                if named is not None and "://" not in text:
                    named = evolve(named, provider="lmstudio" if named.name.split("/")[0].islower() else named.provider)
                if named is not None:
                    yield named, value, _quantization(text.partition("@")[2])
            elif re.fullmatch(r"[\w.@-]+", text):
                yield (
                    names.Named(kind, "lmstudio", text.partition("@")[0]),
                    value,
                    _quantization(text.partition("@")[2]),
                )
        case "hosted":
            named = names.read_hosted(text, row.provider, prefixed=True)
            if named is not None:
                yield named, value, []
        case "family":
            named = _family(text, row.provider)
            if named is not None:
                yield named, value, []
        case "scheme":
            if found := _SCHEME.fullmatch(text):
                if found[1] in {"huggingface", "hf"}:
                    parts = found[2].split("/")
                    named = names.read_name("/".join(parts[:2]).partition("@")[0], kind)
                    if named is not None:
                        yield named, value, [("file", p) for p in parts[2:3] if p]
                elif found[1] == "ollama":
                    yield from _ollama(value, found[2], kind)
        case "pairs":
            yield from _pairs(value, text, kind)
        case "module":
            for found in re.finditer(r"[\w.-]+=([^\s=,]+)", text):
                named = names.read_name(found[1], kind)
                if named is not None and named.provider == "huggingface":
                    yield named, value.part(found.start(1)), []
            for found in _JSON_PATH.finditer(text):
                if names.has_id_shape(found[1]):
                    yield names.Named(kind, "huggingface", found[1]), value.part(found.start(1)), []
        case "json":
            for found in _JSON_MODEL.finditer(text):
                if names.has_id_shape(found[1]):
                    yield names.Named(kind, "huggingface", found[1]), value.part(found.start(1)), []
        case "garden":
            if names.has_id_shape(text):
                yield names.Named(kind, "huggingface", text), value, []
            elif found := re.fullmatch(r"(?:publishers/)?([\w-]+)/(?:models/)?([\w.-]+(?:@[\w.-]+)?)", text):
                yield names.Named(kind, "vertex", f"{found[1]}/{found[2]}", hosted=True), value, []
        case "ngc":
            if found := re.fullmatch(r"((?:[\w.-]+/){1,2}[\w.-]+)(?::([\w.-]+))?", text):
                yield names.Named(kind, "ngc", found[1], found[2]), value, []
        case "registry":
            if found := re.fullmatch(r"azureml://registries/([\w-]+)/models/([\w.-]+)(?:/versions/(\w+))?.*", text):
                yield names.Named(kind, "azure", f"{found[1]}/{found[2]}", found[3]), value, []
        case _:  # slot
            for named, _ in slots.read(text, Slot(frozenset({"model"})), ai=True):
                yield named, value, []


_JSON_PATH: Final = expression(r"""["'](?:path|base_model_name)["']\s*:\s*["']([^"']+)["']""")


def _quantization(text: str) -> list[tuple[str, str]]:
    return [("quantization", text)] if text else []


def _loaded(
    row: CommandRow, value: Given, text: str, kind: Kind
) -> Iterator[tuple[names.Named, Given, list[tuple[str, str]]]]:
    more: list[tuple[str, str]] = []
    if row.read == "file":
        if _WEIGHTS.search(text) and not text.startswith(("/", "~")) and "://" not in text:
            yield names.Named(kind, "local", text), value, []
        return
    if row.read == "hub" and not (names.leads_to_hub(text) or text.startswith("git@hf.co:")):
        return
    if text.startswith("git@hf.co:"):
        text = f"https://hf.co/{text[10:]}"
    if row.read == "quant" and "://" not in text and (found := _QUANT.search(text)):
        text, more = text[: found.start()], [("quantization", found[1])]
    if row.read == "shape" and not names.has_id_shape(text) and not names.leads_to_hub(text):
        return
    named = names.read_name(text, kind)
    if named is None:
        return
    if named.provider == "local" and (row.read != "path" or text.startswith(("/", "~", "\\")) or text in {".", ".."}):
        return
    if named.provider == "unknown" or (named.provider == "huggingface" and row.read == "hub" and "/spaces/" in text):
        return
    if named.provider == "huggingface" and (":" in text and "://" not in text):
        return
    yield named, value, more


def _ollama(value: Given, text: str, kind: Kind) -> Iterator[tuple[names.Named, Given, list[tuple[str, str]]]]:
    for host in ("hf.co/", "huggingface.co/"):
        if text.startswith(host):
            found = _QUANT.search(text)
            named = names.read_name(text[: found.start()] if found else text, kind)
            if named is not None:
                yield named, value, _quantization(found[1] if found else "")
            return
    if text.startswith(("ollama://", "hf://", "huggingface://")):
        scheme, _, rest = text.partition("://")
        yield from _ollama(value, rest if scheme == "ollama" else f"hf.co/{rest}", kind)
    elif _OLLAMA.fullmatch(text) and not _WEIGHTS.search(text):
        yield names.Named(kind, "ollama", text, hosted=True), value, []


def _family(text: str, provider: str) -> names.Named | None:
    """Read *text* as the name of a hosted model, where it is known to be one."""
    named = names.read_hosted(text, provider, prefixed=True)
    if named is None or "://" in text:
        return None
    return named if names.hosted_family(named.name) is not None or named.provider not in {provider, "unknown"} else None


def _pairs(value: Given, text: str, kind: Kind) -> Iterator[tuple[names.Named, Given, list[tuple[str, str]]]]:
    """Yield what ``pretrained=org/name,revision=main,peft=…`` names."""
    found = {m[1]: m for m in re.finditer(r"(?:^|,)\s*([a-z_]+)=([^,]*)", text)}
    revision = found["revision"][2] if "revision" in found and HOLE not in found["revision"][2] else None
    trust = [("trust_remote_code", found["trust_remote_code"][2])] if "trust_remote_code" in found else []
    for key in ("pretrained", "model_name", "model", "peft", "tokenizer", "delta"):
        if key not in found or HOLE in found[key][2] or not found[key][2]:
            continue
        text = found[key][2]
        family = _family(text, "unknown") if key == "model" else None
        named = family or names.read_name(text, kind)
        if named is not None and named.provider != "unknown" and not text.startswith("/"):
            at = value.part(found[key].start(2), found[key].end(2))
            yield evolve(named, revision=revision if key in {"pretrained", "model_name", "model"} else None), at, trust


# -- links ---------------------------------------------------------------------------------------

_API: Final = expression(r"https?://generativelanguage\.googleapis\.com/v\w+/models/([\w.-]+):")
_INFERENCE: Final = expression(
    r"https?://(?:api-inference\.huggingface\.co/(?:models|pipeline/[\w-]+)|router\.huggingface\.co/hf-inference/models)/([\w.-]+/[\w.-]+)"
)
_REPLICATE: Final = expression(r"https?://api\.replicate\.com/v1/models/([\w.-]+/[\w.-]+)/")
_BODY: Final = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--json", "--post-data", "--body-data"})
_MOST_SENT: Final = 10
"""So many models are read from what one command sends."""
_FILE_PATH: Final = expression(r"/(?:resolve|raw)/[^/]+/([^?#]+)")


def _links(row: CommandRow, words: _Words, symbol: str) -> Iterator[Detection]:
    """Yield what the addresses name that a command fetches, and what it sends to one that serves models."""
    symbol = _base(words.text(0))
    addresses = [value for arg in words.args[1:] for value in arg if "://" in value.text[:300]]
    for value in addresses:
        at = value.part(value.text.find("http")) if value.text.find("http") > 0 else value
        text = at.text.strip("\"'")
        if found := _API.match(text):
            named: names.Named | None = names.Named(Kind.MODEL, "google", found[1], hosted=True)
        elif found := _INFERENCE.match(text):
            named = names.Named(Kind.MODEL, "huggingface", found[1], hosted=True)
        elif found := _REPLICATE.match(text):
            named = names.Named(Kind.MODEL, "replicate", found[1], hosted=True)
        elif HOLE in text:
            continue
        else:
            named = names.read_weights_url(text, Kind(row.kind))
            if named is not None and named.provider == "huggingface" and not re.search(r"/(?:resolve|raw|blob)/", text):
                continue
        if named is not None and HOLE not in named.name:
            file = _FILE_PATH.search(names.without_secrets(text)) if named.provider == "huggingface" else None
            context = [("file", file[1])] if file and HOLE not in file[1] else []
            yield _detection(named, at, words.run, symbol, confidence=0.9, context=context)
    provider = next((p for v in addresses if (p := names.provider_of_url(v.text.strip("\"'"))) is not None), None)
    if provider is None:
        return
    for number, arg in enumerate(words.args):
        if (words.text(number - 1) in _BODY and number) or arg[0].text.startswith("{"):
            for found in islice(_JSON_MODEL.finditer(arg[0].text), _MOST_SENT):
                named = names.read_hosted(found[1], provider)
                if named is not None and HOLE not in found[1] and provider != "huggingface":
                    yield _detection(named, arg[0].part(found.start(1)), words.run, symbol, confidence=0.9)


# -- containers ----------------------------------------------------------------------------------

_DOCKER_SWITCHES: Final = frozenset(
    {
        *(
            "-d",
            "-i",
            "-t",
            "-it",
            "-ti",
            "-dit",
            "-itd",
            "-P",
            "--rm",
            "--privileged",
            "--init",
            "--interactive",
            "--tty",
        ),
        *(
            "--detach",
            "--read-only",
            "--no-healthcheck",
            "--publish-all",
            "--sig-proxy",
            "--quiet",
            "-q",
            "--oom-kill-disable",
        ),
        *("--use-api-socket", "--replace", "--tls-verify"),
    }
)


_EXEC_VALUED: Final = frozenset({"-e", "-u", "-w", "--env", "--user", "--workdir", "--index", "--env-file", "-v", "-p"})


def _of_docker(words: _Words) -> Iterator[Detection]:
    """Yield what ``docker run`` and its like name: the image, what it is run with, and its variables."""
    number = 1
    while number < len(words.args) and words.text(number) in {"container", "image"}:
        number += 1
    verb = words.text(number)
    if verb == "model":
        program = evolve(words.args[0][0], text="docker-model")
        yield from _by_rows("docker-model", evolve(words, args=((program,), *words.args[number + 1 :])))
    elif verb == "mcp":
        yield from of_gateway(words.run, len(words.run.args) - len(words.args) + number + 1)
    elif verb == "pull":
        for arg in words.args[number + 1 :]:
            if not arg[0].text.startswith("-"):
                for value in arg:
                    yield from image_of(value, words.run)
    elif verb in {"run", "create"}:
        yield from _docker_run(words, number + 1)
    elif verb in {"exec", "compose"}:
        texts = [words.text(i) for i in range(len(words.args))]
        start = next((i for i in range(number, len(texts)) if texts[i] in {"exec", "run"}), None)
        if start is not None:
            after = _skipped(words.behind(start), 1, _EXEC_VALUED)  # One word is the container's name.
            yield from _of(words.behind(start + after))


def of_gateway(run: Run, start: int) -> Iterator[Detection]:
    """
    Yield the servers of the Model Context Protocol that Docker's gateway starts, by their names in its catalogue.

    The words of *run* from *start* on are ``gateway run --servers=a,b``, ``server enable a b``, or the options alone.
    Source: docs.docker.com/ai/mcp-catalog-and-toolkit, as known on 2026-11-26.
    """
    args = run.args[start:]
    texts = [arg[0].text for arg in args]
    named: list[Given] = []
    if texts[:2] == ["server", "enable"]:
        named = [arg[0] for arg in args[2:] if not arg[0].text.startswith("-")]
    for number, arg in enumerate(args):
        key, equals, _ = texts[number].partition("=")
        if key != "--servers":
            continue
        given = arg[0].part(len(key) + 1) if equals else args[number + 1][0] if number + 1 < len(args) else None
        if given is not None:
            named += (given.part(found.start(), found.end()) for found in _SERVER.finditer(given.text))
    for each in named:
        if each.known and each.text:
            server = mcp.Server("stdio", f"docker mcp gateway run --servers={each.text}")
            yield from mcp.detections(server, each.text, each.place(), usage=_usage(run, each), symbol="docker mcp")


_SERVER: Final = expression(r"[\w.@/-]+")


def _docker_run(words: _Words, number: int) -> Iterator[Detection]:
    entry = None
    while number < len(words.args) and words.text(number).startswith("-"):
        key, equals, _ = words.text(number).partition("=")
        value = words.args[number] if equals else words.args[number + 1] if number + 1 < len(words.args) else ()
        start = len(key) + 1 if equals else 0
        if key in {"-e", "--env"}:
            for given in value:
                name, set_, _ = given.text[start:].partition("=")
                if set_:
                    at = start + len(name) + 1
                    yield from of_set(name, (given.part(at),), usage=_usage(words.run, given))
        elif key == "--entrypoint" and value:
            entry = value[0].part(start)
        number += 1 if equals or key in _DOCKER_SWITCHES else 2
    if number >= len(words.args):
        return
    for option in words.args[number][:4]:
        yield from image_of(option, words.run)
    rest = words.args[number + 1 :]
    image = read_image(words.text(number))
    if entry is not None:
        yield from _of(evolve(words, args=((entry,), *rest), depth=words.depth + 1))
    elif image is not None and image.row.program and not (rest and is_program(rest[0][0].text)):
        first = tuple((evolve(words.args[number][0], text=w),) for w in image.row.program.split())
        inner = evolve(words, args=(*first, *rest), depth=words.depth + 1)
        yield from _by_rows(image.row.program.split()[0], inner)
    else:
        yield from _of(evolve(words, args=rest, depth=words.depth + 1))


_TAGGED: Final = expression(
    r"(?:docker://)?(?P<name>[A-Za-z0-9][\w.-]*(?::\d+)?(?:/[\w.*-]+)*)(?::(?P<tag>[\w.\0-]+))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)


def read_image(text: str) -> Image | None:
    """
    Return the image that *text* names, if it is one that serves models or keeps vectors.

    >>> read_image("vllm/vllm-openai:v0.6.3").tag, read_image("python:3.12-slim")
    ('v0.6.3', None)
    """
    found = _TAGGED.fullmatch(text.strip())
    if found is None:
        return None
    name = found["name"].removeprefix("docker.io/").removeprefix("index.docker.io/")
    row = next((i for i in images() if fnmatchcase(name, i.name)), None)
    tag = found["digest"] or found["tag"]
    return Image(row, name, tag if tag is None or HOLE not in tag else None) if row is not None else None


_NIM: Final = expression(r"nvcr\.io/nim/(?P<name>[\w.-]+/[\w.-]+)(?::(?P<tag>[\w.-]+))?")


def image_of(value: Given, run: Run, symbol: str = "image") -> Iterator[Detection]:
    """Yield the library that an image is, or the model that one of NVIDIA's NIM images holds."""
    if nim := _NIM.fullmatch(value.text.strip()):
        named = names.Named(Kind.MODEL, "ngc", f"nim/{nim['name']}", nim["tag"])
        yield _detection(named, value, run, symbol, confidence=0.9)
        return
    image = read_image(value.text)
    if image is not None:
        yield Detection(
            Kind.LIBRARY,
            image.name,
            value.place(),
            "docker",
            version=image.tag,
            usage=_usage(run, value),
            symbol=symbol,
            properties=[("category", image.row.category)],
        )


# -- variables -----------------------------------------------------------------------------------

_NO_SLOT: Final = frozenset(
    {
        "path",
        "dir",
        "file",
        "image",
        "tag",
        "key",
        "token",
        "url",
        "port",
        "host",
        "output",
        "out",
        "type",
        "format",
        "folder",
        "cache",
        "class",
    }
    | {
        "task",
        "version",
        "endpoint",
        "prompt",
        "timeout",
        "addr",
        "address",
        "server",
        "service",
        "namespace",
        "bucket",
        "label",
        "kind",
        "size",
        "dtype",
        "backend",
        "device",
        "user",
        "account",
    }
)
_SLOT: Final = frozenset(
    {
        *(
            "model",
            "models",
            "llm",
            "embedding",
            "embeddings",
            "embedder",
            "reranker",
            "checkpoint",
            "ckpt",
            "tokenizer",
            "encoder",
        ),
        *("dataset", "datasets", "pretrained", "lora", "deployment", "repo", "hf"),
    }
)


_SURE: Final = frozenset(
    {
        *("hf", "huggingface", "llm", "embed", "embedding", "embeddings", "embedder", "rerank", "reranker"),
        *("tokenizer", "pretrained", "lora"),
    }
)
_DATED: Final = expression(r"^(?:gpt-\d|claude-|gemini-\d|text-embedding-|command-[ar]|mistral-\w+-|deepseek-).*\w$")
"""Names of hosted models that are nothing else, whatever the variable is called."""
_PLAIN_NAMES: Final = frozenset({"model", "models", "id", "name", "repo", "or", "path", "default", "base", "dataset"})
"""Names of variables that say nothing else than that this is a model, or a dataset."""


def of_set(name: str, given: Sequence[Given], *, usage: Usage = Usage.USED, symbol: str = "") -> Iterator[Detection]:
    """Yield what the variable *name* of the environment names, where it is called after models."""
    said = slots.words(name)
    if said & _NO_SLOT - ({"path"} if said >= {"name", "or"} else set()):
        return
    if not said & _SLOT:  # SUMMARIZER=claude-sonnet-4-20250514 says it by its value.
        given = [g for g in given if names.hosted_family(g.text) is not None and _DATED.search(g.text)]
    first = re.match(r"([A-Za-z]+)_", name)
    provider = names.provider_of_prefix(first[1]) if first else None
    provider = None if provider == "huggingface" else provider  # HF_MODEL_ID is what is loaded, and not who serves it.
    for value in given:
        if value.known and value.text:
            slot = Slot(said | ({"model"} if not said & _DATASET else set()), provider=provider)
            for named, sure in slots.read(value.text, slot, ai=bool(said & _SURE) or said <= _PLAIN_NAMES):
                yield Detection(
                    named.kind,
                    named.name,
                    value.place(),
                    named.provider,
                    revision=named.revision,
                    usage=_downgraded(named.name, Usage.OPTIONAL if value.optional and usage is Usage.USED else usage),
                    symbol=symbol or name,
                    confidence=sure,
                    hosted=named.hosted,
                    flags=frozenset({"slot"}),
                )


# -- Python inside of a command ------------------------------------------------------------------


def _document(run: Run) -> Iterator[Detection]:
    """Yield what a here-document says that Python or a shell reads."""
    command = run.command
    if command is None or not command.document or len(run.args) > 6:  # noqa: PLR2004 - a script of its own is not told by stdin
        return
    program = _base(run.args[0][0].text)
    if _MODELFILE.search(run.command.output if run.command else "") and program in {"cat", "tee", "echo"}:
        yield from of_modelfile(command.document, run.at)
    elif _PYTHON.fullmatch(program) and all(a[0].text.startswith("-") for a in run.args[1:]):
        text = "\n".join(line.text for line in command.document)
        yield from _of_python_code(text, tuple(line.number for line in command.document), run, column=True)
    elif program in _SHELLS or program == "ssh":
        env = run.environment.copy() if run.environment is not None else Environment()
        for inner in runs(read(command.document), run.at.path, env, run.source):
            yield from of_argv(evolve(inner, optional=run.optional or inner.optional))


_MODELFILE: Final = expression(r"(?i)(?:^|[/.])modelfile(?:$|[.-])")
_FROM: Final = expression(r"\s*(FROM|ADAPTER)\s+(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)


def of_modelfile(lines: Iterable[Line], at: Location) -> Iterator[Detection]:
    """Yield what the lines of an Ollama Modelfile are made from, and its adapters."""
    row = next(r for r in commands() if "ollama" in r.programs)
    quoted = ""
    for line in lines:
        if quoted:  # A text of several lines, such as a template.
            quoted = "" if quoted in line.text else quoted
            continue
        if line.text.count('"""') == 1:
            quoted = '"""'
        if found := _FROM.match(line.text):
            group = 2 if found[2] else 3
            place = evolve(at, line=line.number, column=line.column + found.start(group))
            value = Given(found[group], ((0, place),))
            run = Run((), place)
            if value.text.startswith((".", "/", "~")) or _WEIGHTS.search(value.text):
                if not value.text.startswith(("/", "~")):
                    named = names.Named(Kind.MODEL, "local", value.text)
                    yield _detection(named, value, run, found[1].upper(), confidence=0.9)
                continue
            for named, where, more in _named(row, value, Kind.MODEL):
                yield _detection(named, where, run, found[1].upper(), confidence=1.0, context=more)


def _of_code(text: str, at: Given, run: Run) -> Iterator[Detection]:
    place = at.place()
    count = text.count("\n") + 1
    lines = tuple(range(place.line, place.line + count)) if len(at.marks) == 1 else (place.line,) * count
    yield from _of_python_code(text.replace(HOLE, "_"), lines, run, column=False)


def _of_python_code(text: str, lines: tuple[int, ...], run: Run, *, column: bool) -> Iterator[Detection]:
    """Yield what Python code names that stands inside of a command: literals, and names that are bound to one."""
    from aibom.syntax.python import read as read_python  # The grammar is loaded where there is Python.

    if len(text) > 100_000:  # noqa: PLR2004 - nobody writes more on a command line
        return
    code = read_python(text, lines)
    for call in code.every_call:
        for signature in signatures.matching(call.callee, signatures.known()):
            at = evolve(run.at, line=call.line, column=call.column if column else 0)
            for claim in signatures.claims(call, signature, at):
                yield from _settled(claim, code, run, column=column)


def _settled(claim: Detection, code: Code, run: Run, *, column: bool) -> Iterator[Detection]:
    name = claim.name
    if isinstance(name, Name):
        bound = [b.value for s in code.scopes for b in s.bindings if b.name == name.name and isinstance(b.value, Text)]
        name = bound[0] if bound else name
    if isinstance(name, str) or not isinstance(name, Text):
        return
    if claim.hosted:
        named = names.read_hosted(name.value, claim.provider, prefixed="prefix" in claim.flags)
    elif claim.provider in {"huggingface", "unknown", "local"}:
        bare = next((f.partition("=")[2] for f in claim.flags if f.startswith("bare=")), None)
        named = names.read_name(name.value, claim.kind, flags=claim.flags, bare=bare)
        if {"id-shape", "weights-url", "hub-path", "family"} & claim.flags and not names.has_id_shape(name.value):
            return
    else:
        named = names.read_own(name.value, claim.kind, claim.provider, hub_ids="hub-ids" in claim.flags)
    if named is None:
        return
    usage = Usage.MENTION if "produced" in claim.flags else Usage.OPTIONAL if run.optional else Usage.USED
    yield evolve(
        claim,
        kind=named.kind,
        provider=named.provider,
        name=named.name,
        hosted=named.hosted,
        revision=claim.revision.value if isinstance(claim.revision, Text) else named.revision,
        at=evolve(claim.at, line=name.line, column=name.column if column else 0),
        usage=_downgraded(named.name, usage),
        receiver=None,
        flags=frozenset(),
        scope=0,
    )


# -- packages ------------------------------------------------------------------------------------

_PIP: Final = expression(r"pip[\d.]*")
_PIP_VALUED: Final = frozenset(
    {
        *(
            "-r",
            "--requirement",
            "-c",
            "--constraint",
            "-i",
            "--index-url",
            "--extra-index-url",
            "-f",
            "--find-links",
            "-t",
        ),
        *(
            "--target",
            "--prefix",
            "--python",
            "-p",
            "--root",
            "--platform",
            "--python-version",
            "-e",
            "--editable",
            "--index",
        ),
        *(
            "--group",
            "--extra",
            "--optional",
            "--progress-bar",
            "--timeout",
            "--retries",
            "--trusted-host",
            "--upgrade-strategy",
        ),
        *(
            "--no-binary",
            "--only-binary",
            "--abi",
            "--cache-dir",
            "--torch-backend",
            "--config-settings",
            "-C",
            "--src",
            "-G",
        ),
        *(
            "--source",
            "--with",
            "--from",
            "--spec",
            "-d",
            "--dest",
            "--proxy",
            "--cert",
            "--channel",
            "-n",
            "--name",
            "-w",
            "--tag",
        ),
    }
)
_INSTALLERS: Final[Mapping[tuple[str, ...], str]] = {
    **dict.fromkeys(
        [
            ("pip", "install"),
            ("pip", "download"),
            ("pip", "wheel"),
            ("uv", "pip", "install"),
            ("uv", "add"),
            ("uv", "tool", "install"),
        ],
        "pypi",
    ),
    **dict.fromkeys(
        [("pipx", "install"), ("poetry", "add"), ("pdm", "add"), ("rye", "add"), ("pipenv", "install")], "pypi"
    ),
    **dict.fromkeys(
        [("conda", "install"), ("mamba", "install"), ("micromamba", "install"), ("conda", "create")], "conda"
    ),
    **dict.fromkeys(
        [
            ("npm", "install"),
            ("npm", "i"),
            ("npm", "add"),
            ("npm", "ci"),
            ("yarn", "add"),
            ("pnpm", "add"),
            ("pnpm", "install"),
        ],
        "npm",
    ),
    **dict.fromkeys([("bun", "add"), ("bun", "install"), ("deno", "add"), ("yarn", "global", "add")], "npm"),
    **dict.fromkeys([("go", "get"), ("go", "install")], "golang"),
    **dict.fromkeys([("cargo", "add"), ("cargo", "install")], "cargo"),
    **dict.fromkeys([("gem", "install"), ("bundle", "add")], "gem"),
    ("composer", "require"): "composer",
}


def needs(args: Sequence[Arg]) -> Iterator[tuple[Need, Given]]:
    """
    Yield the packages that a command such as ``pip install`` and ``uv add`` installs, and where it names them.

    What leads to files or addresses is left out, and so is what is not known.
    """
    texts = [arg[0].text for arg in args[:4]]
    if not texts:
        return
    head = [_base(texts[0]), *texts[1:]]
    head[0] = "pip" if _PIP.fullmatch(head[0]) else head[0]
    if head[0] == "dotnet" and head[1:2] == ["add"] and head[3:4] == ["package"]:  # dotnet add PROJECT package NAME
        head, args = ["dotnet", "add", "package"], [*args[:2], *args[3:]]
    if head[:3] == ["dotnet", "add", "package"]:
        yield from _added(args[3:])
        return
    for size in (3, 2):
        ecosystem = _INSTALLERS.get(tuple(head[:size]))
        if ecosystem is not None:
            number = size
            while number < len(args):
                text = args[number][0].text
                if text in _PIP_VALUED:
                    number += 1
                elif not text.startswith("-"):
                    for value in args[number]:
                        need = _need(ecosystem, value.text.strip("\"'"), value, " ".join(head[:size]))
                        if need is not None:
                            yield need, value
                number += 1
            return


def _added(args: Sequence[Arg]) -> Iterator[tuple[Need, Given]]:
    """Yield the package behind ``dotnet add package``; its version is an option."""
    texts = [arg[0].text.strip("\"'") for arg in args]
    for number, text in enumerate(texts):
        before = texts[number - 1] if number else ""
        if not text.startswith("-") and not before.startswith("-") and HOLE not in text:
            versions = [b for a, b in pairwise(texts) if a in {"--version", "-v"} and HOLE not in b]
            place = args[number][0].place()
            version, version_range = asked(versions[0] if versions else None, _EXACT_OTHER)
            name = packages().canonical("nuget", text)
            entry = "dotnet add package"
            yield Need("nuget", name, place.line, place.column, entry, version, version_range), args[number][0]
            return


_EXACT_OTHER: Final = expression(r"=?(v?\d+(?:\.\d+){1,3}[\w.+-]*)")
_AT: Final = {"golang": "@", "cargo": "@", "composer": ":"}
"""What stands between a package and its version."""


def _need(ecosystem: str, text: str, value: Given, entry: str) -> Need | None:
    place = value.place()
    if ecosystem in {*_AT, "gem"}:
        name, _, written = text.partition(_AT.get(ecosystem, ":"))
        if HOLE in name or not re.fullmatch(r"[A-Za-z0-9][\w./-]*", name):
            return None
        version, version_range = asked(written if written and HOLE not in written else None, _EXACT_OTHER)
        if ecosystem == "cargo" and version is not None and not written.startswith("="):
            version, version_range = None, version  # `cargo add x@1.2` asks for what suits 1.2.
        version_range = None if version_range in {"latest", "upgrade", "none"} else version_range
        return Need(ecosystem, name, place.line, place.column, entry, version, version_range)
    if ecosystem == "npm":
        found = re.fullmatch(r"(?:npm:)?(@[\w.-]+/[\w.-]+|[\w.-]+)(?:@([\w.^~*<>= -]+))?", text.replace(HOLE, ""))
        if found is None or text.startswith((".", "/")):
            return None
        version = found[2] if found[2] and HOLE not in text else None
        exact = version if version and re.fullmatch(r"\d+(?:\.\d+){2}[\w.+-]*", version) else None
        return Need("npm", found[1], place.line, place.column, entry, exact, None if exact else version)
    if "://" in text or ("/" in text and "::" not in text) or text.endswith((".whl", ".txt", ".gz")):
        return None
    known = re.split(r"(?=[=<>!~])|@", text)[0] if HOLE in text else text
    if ecosystem == "conda":
        stated = read_spec(known)
        return Need("conda", stated[0], place.line, place.column, entry, *stated[1:]) if stated is not None else None
    try:
        requirement = read_requirement(known)
    except ValueError:
        return None
    if requirement is None:
        return None
    return Need(
        "pypi", requirement.name, place.line, place.column, entry, requirement.version, requirement.version_range
    )


def _installs(words: _Words) -> Iterator[Detection]:
    for need, value in needs(words.args):
        package = packages().get(need.ecosystem, need.name)
        if package is not None:
            yield Detection(
                Kind.LIBRARY,
                need.name,
                value.place(),
                need.ecosystem,
                version=need.version,
                usage=_usage(words.run, value),
                symbol=need.entry,
                properties=[
                    ("category", package.category),
                    *([("version-range", need.version_range)] if need.version_range else []),
                ],
            )


# -- what is written -----------------------------------------------------------------------------


def _downgraded(name: str, usage: Usage) -> Usage:
    return Usage.MENTION if names.is_placeholder(name) else usage


_GUESSED: Final = 0.7
"""Up to this confidence, only the name of an option says that its value names a model."""


def _detection(
    named: names.Named,
    value: Given,
    run: Run,
    symbol: str,
    *,
    confidence: float,
    revision: str | None = None,
    context: Sequence[tuple[str, str]] = (),
    produced: bool = False,
) -> Detection:
    at = value.place()
    start = value.text.find(named.name)
    if start > 0 and (there := value.place(start)).line != at.line:  # "$MIRROR/org/name/resolve/main/model.onnx"
        at = there
    direct = (at.path, at.line) == (run.at.path, run.at.line) or (at.path == run.at.path and _near(run, at.line))
    return Detection(
        named.kind,
        named.name,
        at,
        named.provider,
        revision=named.revision or revision,
        usage=_downgraded(named.name, Usage.MENTION if produced else _usage(run, value)),
        symbol=symbol if len(symbol) <= 120 and HOLE not in symbol else symbol[:120].replace(HOLE, "…"),  # noqa: PLR2004
        confidence=confidence,
        hosted=named.hosted,
        flags=frozenset({"slot"} if confidence <= _GUESSED else ()),
        context=context,
        reaches=() if direct else (run.at,),
    )


def _near(run: Run, line: int) -> bool:
    """Tell whether *line* is one of those that the command stands on."""
    return run.command is not None and any(
        p.line == line for w in run.command.words for p in w.parts if p.kind == "text"
    )
