"""What tools that deploy are told on their command lines: images, variables and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.commands.claims import usage
from aibom.commands.images import image_of
from aibom.commands.variables import of_set
from aibom.commands.words import base
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.commands.running import Arg, Given
    from aibom.commands.words import Words

__all__ = ["PROGRAMS", "detections"]

PROGRAMS: Final = frozenset(
    {"gcloud", "az", "kubectl", "oc", "helm", "fly", "flyctl", "heroku", "railway", "koyeb", "sky"}
)
"""
Sources: cloud.google.com/sdk/gcloud, learn.microsoft.com/cli/azure, kubernetes.io/docs/reference/kubectl, helm.sh/docs,
fly.io/docs/flyctl, devcenter.heroku.com, docs.skypilot.co; as known on 2026-11-26.
"""
_IMAGES: Final = frozenset({"--image", "--container-image", "--image-url"})
_SETS: Final = frozenset(
    {
        *("--set-env-vars", "--update-env-vars", "--env-vars", "--replace-env-vars", "--set-env", "--env", "-e"),
        *("--environment-variables", "--container-env-vars", "--container-env"),
        *("--set", "--set-string", "--set-literal"),
    }
)
_PAIR: Final = expression(r"(?:^|(?<=,))\s*([A-Za-z_][\w.\[\]-]*)=([^,]*)")
_VARIABLE: Final = expression(r"([A-Z][A-Z0-9_]*)=(.+)")


def detections(words: Words) -> Iterator[Detection]:
    """Yield what a tool that deploys is told to run, and with which variables."""
    args = tuple(words.args)
    for arg in _images(args):
        for value in arg[:4]:
            yield from image_of(value, words.run, f"{base(words.text(0))} --image")
    for name, given in dict.fromkeys(_settings(args)):
        yield from of_set(name, (given,), usage=usage(words.run, given))


def _images(args: tuple[Arg, ...]) -> Iterator[Arg]:
    """Yield the images that a command names."""
    for key, value in _options(args):
        if key in _IMAGES:
            yield value


def _settings(args: tuple[Arg, ...]) -> Iterator[tuple[str, Given]]:
    """Yield the variables and values that a command sets: ``--set-env-vars=A=b,C=d``, ``--set model.id=x``, ``A=b``."""
    for key, value in _options(args):
        if key in _SETS:
            for given in value:
                for found in _PAIR.finditer(given.text):
                    yield found[1].replace(".", "_"), given.part(found.start(2), found.end(2))
    for arg in args[1:]:  # az containerapp create --env-vars A=b C=d; heroku config:set A=b
        for given in arg:
            if variable := _VARIABLE.fullmatch(given.text):
                yield variable[1], given.part(variable.start(2))


def _options(args: tuple[Arg, ...]) -> Iterator[tuple[str, Arg]]:
    for number, arg in enumerate(args):
        key, equals, _ = arg[0].text.partition("=")
        if not key.startswith("-"):
            continue
        if equals:
            yield key, tuple(g.part(len(key) + 1) for g in arg if g.text.startswith(f"{key}="))
        elif number + 1 < len(args):
            yield key, args[number + 1]
