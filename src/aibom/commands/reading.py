"""Read what a command names, whatever it runs: another command, a shell, a script, Python, a container."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.bill import Kind, Usage
from aibom.commands import deploying
from aibom.commands.claims import usage
from aibom.commands.containers import of_docker
from aibom.commands.installing import installed
from aibom.commands.modelfiles import MODELFILE, of_modelfile
from aibom.commands.options import by_options
from aibom.commands.programs import (
    LAUNCHERS,
    PYTHON,
    RUNNING,
    SCRIPT,
    SEEKING,
    SHELL_SCRIPT,
    SHELLS,
    SKIPPING,
    starts,
)
from aibom.commands.running import HOLE, Environment, Given, Run, runs
from aibom.commands.snippets import of_lines, of_text
from aibom.commands.started import Started, started
from aibom.commands.table import by_rows, exact, rows
from aibom.commands.variables import of_set
from aibom.commands.words import Words, base
from aibom.syntax.shell import Line, lines_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aibom.bill import Detection, Location

__all__ = ["detections", "of_argv", "of_options"]

_DEEPEST: Final = 5
"""So many commands may stand one inside of another: ``sudo sh -c "docker run …"``."""
_LONGEST: Final = 400
"""So many words of one command are read."""
_MOST_BESIDE: Final = 6
"""With more words, a program that gets a here-document runs something else than that."""
_MOST_CALLED: Final = 500
"""So many commands are read of a script that another one calls."""


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
        yield from of_set(name, given, usage=usage(run, given[0]) if given else Usage.USED)
    yield from of_argv(run)
    yield from _document(run)


def of_argv(run: Run) -> Iterator[Detection]:
    """Yield what the words of one command name."""
    yield from _of(Words(run.args[:_LONGEST], run))


def of_options(run: Run, start: int) -> Iterator[Detection]:
    """Yield what options say from the word *start* on that are called after models, whatever the program."""
    yield from by_options(Words(run.args[:_LONGEST], run), start)


def _of(words: Words) -> Iterator[Detection]:
    if not words.args or words.depth > _DEEPEST:
        return
    program = base(words.text(0))
    yield from installed(words)
    if program in deploying.PROGRAMS:
        yield from deploying.detections(words)
    if program in SKIPPING:
        yield from _of(words.behind(words.skipped(*SKIPPING[program])))
    elif program in SHELLS or program in {"eval", "su"}:
        yield from _of_shell(words)
    elif program in {"docker", "podman", "nerdctl"}:
        yield from of_docker(words, _of)
    elif program == "accelerate" or program in LAUNCHERS:
        yield from _of_script(words, 1)
    elif PYTHON.fullmatch(program) or (HOLE in program and (words.text(1) == "-m" or SCRIPT.fullmatch(words.text(1)))):
        yield from _of_python(words)
    elif SHELL_SCRIPT.fullmatch(program) and program not in exact() and program not in LAUNCHERS:
        yield from _of_called(words)
    elif SCRIPT.fullmatch(program) and program not in exact():
        yield from _of_script(words, 0)
    elif program in SEEKING:
        at = next((i for i in range(1, len(words.args)) if starts(words, i)), None)
        if at is not None:
            yield from _of(words.behind(at))
        elif words.text(1) == "run" and program in RUNNING:  # A program of the project itself.
            at = next((i for i in range(2, len(words.args)) if not words.text(i).startswith("-")), len(words.args))
            yield from started(words.text(at), "program", words.args[at + 1 :], words.run)
    else:
        yield from by_rows(program, words)


def _of_shell(words: Words) -> Iterator[Detection]:
    """Yield what ``sh -c "…"``, ``eval "…"`` and ``bash script.sh …`` run."""
    number = 1
    if base(words.text(0)) in SHELLS:
        while words.text(number).startswith(("-", "+")) and not re.fullmatch(r"-[a-z]*c", words.text(number)):
            number += 2 if words.text(number) in {"-o", "+o", "-O"} else 1
        if number < len(words.args) and not words.text(number).startswith("-"):
            yield from _of_called(words.behind(number))
            return
        number = 1
    if base(words.text(0)) != "eval":
        while number < len(words.args) and not re.fullmatch(r"-[a-z]*c", words.text(number)):
            number += 1
        number += 1
    for given in words.args[number][:4] if number < len(words.args) else ():
        yield from _inner(given, words)


def _of_called(words: Words) -> Iterator[Detection]:
    """Yield what another script of the tree makes of what it is given here; what it says by itself is found there."""
    found = words.run.source(words.text(0)) if words.depth <= _DEEPEST and len(words.args) > 1 else None
    if found is None or found[0] == words.run.at.path:
        return
    path, script = found
    env = Environment()
    env.give(words.args[1:])
    for run in islice(runs(script, path, env, words.run.source), _MOST_CALLED):
        inner = evolve(run, optional=words.run.optional or run.optional)
        for claim in _of(Words(run.args[:_LONGEST], inner, words.depth + 1)):
            own = claim.name.own if isinstance(claim.name, Started) else {claim.at.path}
            if own != {path} and claim.kind is not Kind.LIBRARY:
                yield claim


def _inner(given: Given, words: Words) -> Iterator[Detection]:
    """Yield what the text *given* says when it is run by a shell."""
    at = given.place()
    script = read(_lines(given))
    env = words.run.environment.copy() if words.run.environment is not None else Environment()
    for run in runs(script, at.path, env, words.run.source):
        args = tuple(tuple(_placed(g, given, at) for g in arg) for arg in run.args) if given.marks[1:] else run.args
        inner = evolve(run, args=args, at=words.run.at, optional=words.run.optional or run.optional)
        yield from _of(Words(args[:_LONGEST], inner, words.depth + 1))


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


def _of_python(words: Words) -> Iterator[Detection]:
    number = 1
    while number < len(words.args):
        text = words.text(number)
        if text == "-m" or (text.startswith("-m") and len(text) > 2):  # noqa: PLR2004 - a module behind it
            module, after = (words.text(number + 1), number + 2) if text == "-m" else (text[2:], number + 1)
            if module in {"accelerate.commands.launch", "torch.distributed.run", "torch.distributed.launch"}:
                yield from _of_script(words, after)
            elif module in {"pip", "uv", "pipx"}:
                yield from installed(
                    evolve(words, args=((evolve(words.args[0][0], text=module),), *words.args[after:]))
                )
            else:
                program = evolve(words.args[0][0], text=f"python:{module}")
                inner = evolve(words, args=((program,), *words.args[after:]))
                known = list(by_rows(f"python:{module}", inner))
                yield from known or by_options(inner, 1)
                if not rows(f"python:{module}"):
                    yield from started(module, "module", words.args[after:], words.run)
            return
        if text == "-c":
            for given in words.args[number + 1][:1] if number + 1 < len(words.args) else ():
                yield from of_text(given, words.run)
            return
        if text in {"-W", "-X"}:
            number += 1
        elif not text.startswith("-") or text == "-":
            script = base(text)
            if script in exact():
                yield from by_rows(script, words.behind(number))
            elif script != "manage.py":
                yield from by_options(words, number + 1)
                yield from started(text, "path", words.args[number + 1 :], words.run)
            return
        number += 1


def _of_script(words: Words, start: int) -> Iterator[Detection]:
    """Yield what is given to a Python script, which stands at or behind the word *start*."""
    for number in range(start, len(words.args)):
        text = words.text(number)
        if SCRIPT.fullmatch(text):
            yield from by_options(words, number + 1)
            yield from started(text.partition("::")[0], "path", words.args[number + 1 :], words.run)
            return
        if text in {"-m", "--module"}:
            yield from _of_python(words.behind(number - 1))
            return
    yield from by_options(words, start)


def _document(run: Run) -> Iterator[Detection]:
    """Yield what a here-document says that Python or a shell reads."""
    command = run.command
    if command is None or not command.document or len(run.args) > _MOST_BESIDE:
        return
    program = base(run.args[0][0].text)
    if MODELFILE.search(command.output) and program in {"cat", "tee", "echo"}:
        yield from of_modelfile(command.document, run.at)
    elif PYTHON.fullmatch(program) and all(a[0].text.startswith("-") for a in run.args[1:]):
        text = "\n".join(line.text for line in command.document)
        yield from of_lines(text, tuple(line.number for line in command.document), run, column=True)
    elif program in SHELLS or program == "ssh":
        env = run.environment.copy() if run.environment is not None else Environment()
        for inner in runs(read(command.document), run.at.path, env, run.source):
            yield from of_argv(evolve(inner, optional=run.optional or inner.optional))
