"""Read the packages that a command installs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from aibom.bill import Detection, Kind
from aibom.commands.claims import usage
from aibom.commands.running import HOLE
from aibom.commands.words import base
from aibom.expressions import expression
from aibom.knowledge import packages
from aibom.manifests.conda import read_spec
from aibom.manifests.need import Need, asked
from aibom.manifests.python import read_requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aibom.commands.running import Arg, Given
    from aibom.commands.words import Words

__all__ = ["installed", "needs"]

_PIP: Final = expression(r"pip[\d.]*")
_PIP_VALUED: Final = frozenset(
    {
        *("-r", "--requirement", "-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f"),
        *("--find-links", "-t", "--target", "--prefix", "--python", "-p", "--root", "--platform", "--python-version"),
        *("-e", "--editable", "--index", "--group", "--extra", "--optional", "--progress-bar", "--timeout"),
        *("--retries", "--trusted-host", "--upgrade-strategy", "--no-binary", "--only-binary", "--abi"),
        *("--cache-dir", "--torch-backend", "--config-settings", "-C", "--src", "-G", "--source", "--with", "--from"),
        *("--spec", "-d", "--dest", "--proxy", "--cert", "--channel", "-n", "--name", "-w", "--tag"),
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
_EXACT_OTHER: Final = expression(r"=?(v?\d+(?:\.\d+){1,3}[\w.+-]*)")
_AT: Final = {"golang": "@", "cargo": "@", "composer": ":"}
"""What stands between a package and its version."""


def needs(args: Sequence[Arg]) -> Iterator[tuple[Need, Given]]:
    """
    Yield the packages that a command such as ``pip install`` and ``uv add`` installs, and where it names them.

    What leads to files or addresses is left out, and so is what is not known.
    """
    texts = [arg[0].text for arg in args[:4]]
    if not texts:
        return
    head = [base(texts[0]), *texts[1:]]
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


def installed(words: Words) -> Iterator[Detection]:
    """Yield the AI libraries that a command installs."""
    for need, value in needs(words.args):
        package = packages().get(need.ecosystem, need.name)
        if package is not None:
            yield Detection(
                Kind.LIBRARY,
                need.name,
                value.place(),
                need.ecosystem,
                version=need.version,
                usage=usage(words.run, value),
                symbol=need.entry,
                properties=[
                    ("category", package.category),
                    *([("version-range", need.version_range)] if need.version_range else []),
                ],
            )
