"""What tools that deploy are told on their command lines: images, variables and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.commands.running import Arg, Given

__all__ = ["PROGRAMS", "images", "settings"]

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


def images(args: tuple[Arg, ...]) -> Iterator[Arg]:
    """Yield the images that a command names."""
    for key, value in _options(args):
        if key in _IMAGES:
            yield value


def settings(args: tuple[Arg, ...]) -> Iterator[tuple[str, Given]]:
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
