"""Read what ``docker`` and its like are told to run, in which image and with which variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import mcp
from aibom.commands.claims import usage
from aibom.commands.images import image_of, read_image
from aibom.commands.programs import is_program
from aibom.commands.table import by_rows
from aibom.commands.variables import of_set
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aibom.bill import Detection
    from aibom.commands.running import Given, Run
    from aibom.commands.words import Words

__all__ = ["of_docker", "of_gateway"]

_SWITCHES: Final = frozenset(
    {
        *("-d", "-i", "-t", "-it", "-ti", "-dit", "-itd", "-P", "--rm", "--privileged", "--init", "--interactive"),
        *("--tty", "--detach", "--read-only", "--no-healthcheck", "--publish-all", "--sig-proxy", "--quiet", "-q"),
        *("--oom-kill-disable", "--use-api-socket", "--replace", "--tls-verify"),
    }
)
_EXEC_VALUED: Final = frozenset({"-e", "-u", "-w", "--env", "--user", "--workdir", "--index", "--env-file", "-v", "-p"})
_SERVER: Final = expression(r"[\w.@/-]+")


def of_docker(words: Words, read: Callable[[Words], Iterator[Detection]]) -> Iterator[Detection]:
    """
    Yield what ``docker run`` and its like name: the image, what it is run with, and its variables.

    *read* reads the command that is run in the container.
    """
    number = 1
    while number < len(words.args) and words.text(number) in {"container", "image"}:
        number += 1
    verb = words.text(number)
    if verb == "model":
        program = evolve(words.args[0][0], text="docker-model")
        yield from by_rows("docker-model", evolve(words, args=((program,), *words.args[number + 1 :])))
    elif verb == "mcp":
        yield from of_gateway(words.run, len(words.run.args) - len(words.args) + number + 1)
    elif verb == "pull":
        for arg in words.args[number + 1 :]:
            if not arg[0].text.startswith("-"):
                for value in arg:
                    yield from image_of(value, words.run)
    elif verb in {"run", "create"}:
        yield from _run(words.behind(number), read)
    elif verb in {"exec", "compose"}:
        texts = [words.text(i) for i in range(len(words.args))]
        start = next((i for i in range(number, len(texts)) if texts[i] in {"exec", "run"}), None)
        if start is not None:
            after = words.behind(start).skipped(1, _EXEC_VALUED)  # One word is the container's name.
            yield from read(words.behind(start + after))


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
            yield from mcp.detections(server, each.text, each.place(), usage=usage(run, each), symbol="docker mcp")


def _run(words: Words, read: Callable[[Words], Iterator[Detection]]) -> Iterator[Detection]:
    """Yield what the words behind ``docker`` name, of which the first is ``run`` or ``create``."""
    number, entry = 1, None
    ports: list[str] = []
    while number < len(words.args) and words.text(number).startswith("-"):
        key, equals, _ = words.text(number).partition("=")
        value = words.args[number] if equals else words.args[number + 1] if number + 1 < len(words.args) else ()
        start = len(key) + 1 if equals else 0
        if key in {"-e", "--env"}:
            for given in value:
                name, set_, _ = given.text[start:].partition("=")
                if set_:
                    at = start + len(name) + 1
                    yield from of_set(name, (given.part(at),), usage=usage(words.run, given))
        elif key in {"-p", "--publish"} and value:
            ports.append(value[0].text[start:])
        elif key == "--entrypoint" and value:
            entry = value[0].part(start)
        number += 1 if equals or key in _SWITCHES else 2
    if number >= len(words.args):
        return
    for option in words.args[number][:4]:
        yield from image_of(option, words.run, ports=ports)
    rest = words.args[number + 1 :]
    image = read_image(words.text(number))
    program = image.row.program.split() if image is not None else []
    if entry is not None:
        yield from read(evolve(words, args=((entry,), *rest)))
    elif program and not (rest and is_program(rest[0][0].text)):
        own = tuple((evolve(words.args[number][0], text=word),) for word in program)
        yield from by_rows(program[0], evolve(words, args=(*own, *rest)))
    else:
        yield from read(evolve(words, args=rest))
