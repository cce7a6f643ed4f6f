"""What JavaScript projects say they need: package.json, package-lock.json."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests.need import Need, is_true, malformed, range_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.syntax import Data, Entry, Problem

__all__ = ["canonical", "read_lock", "read_package", "read_spec"]

_SECTIONS: Final = {
    "dependencies": False,
    "devDependencies": True,
    "optionalDependencies": True,
    "peerDependencies": True,
}
"""The objects of a package.json that name packages, and whether the program does without."""

_NAME: Final = expression(r"(?:@[A-Za-z0-9._~-]+/)?[A-Za-z0-9._~-]+")
_LONGEST_NAME: Final = 214  # By the documentation of package.json.
# node-semver: an exact version may begin with "=" or "v".
_EXACT: Final = expression(r"[=v\s]*+(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)", re.ASCII)
# yarn leaves the name out where it is the same.
_ALIAS: Final = expression(r"npm:(?:([\^~<>=*][^@]*|\d+(?:\.[^@]*)?)|(@?[^@]+)(?:@(.*))?)", re.DOTALL)
_WITHIN: Final = expression(r"((?:workspace|catalog):)([^/:]*)")
_FLAGS: Final = ("dev", "devOptional", "optional", "peer")
_NOTHING: Final = "?"
"""What no version is written as."""
_NODE_MODULES: Final = "node_modules/"


def canonical(name: str) -> str | None:
    """Return *name* as it is; None when no package can have it."""
    return name if len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) else None


def read_spec(name: str, spec: str) -> tuple[str, str | None, str | None]:
    """
    Return what ``"name": "spec"`` asks for: the package, its version, and a range of versions.

    A file, a URL or a repository tells neither. `ValueError` when it is none of these.

    >>> read_spec("ai", "5.0.1"), read_spec("gpt", "npm:openai@^4"), read_spec("ai", "github:vercel/ai")
    (('ai', '5.0.1', None), ('openai', None, '^4'), ('ai', None, None))
    """
    alias = _ALIAS.fullmatch(spec)
    if alias is not None:
        name, spec = alias[2] or name, alias[1] or alias[3] or ""
    if canonical(name) is None:
        raise ValueError("no package can have this name")
    exact = _EXACT.fullmatch(spec)
    if exact is not None:
        return name, exact[1], None
    within = _WITHIN.fullmatch(spec)
    if within is not None:
        return name, None, within[1] + (range_of(within[2]) or "")
    return (name, None, None) if ":" in spec or "/" in spec else (name, None, range_of(spec))


def read_package(data: Data) -> Iterator[Need | Problem]:
    """Yield what a ``package.json`` needs."""
    for entry in data.entries:
        match entry.keys:
            case (section, name) if section in _SECTIONS:
                yield from _need(name, entry, section, optional=_SECTIONS[section], hashed=False)
            case (section, *_) if section in _SECTIONS:
                yield malformed("a name and a version are expected here", entry.line)


def _need(name: str, entry: Entry, place: str, *, optional: bool, hashed: bool) -> Iterator[Need | Problem]:
    spec = "" if entry.value == "" else text_of(entry) or _NOTHING
    try:
        name, version, version_range = read_spec(name, spec)
    except ValueError:
        yield malformed("the name or the version of a dependency is not one", entry.line)
        return
    yield Need("npm", name, entry.line, entry.column, place, version, version_range, optional, hashed)


def read_lock(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``package-lock.json`` of any version, but for those that are the project itself."""
    modern = any(entry.keys[0] == "packages" for entry in data.entries if entry.keys)
    packages: dict[tuple[str, ...], dict[tuple[str, ...], Entry]] = {}
    for entry in data.entries:
        size = _size(entry.keys, modern=modern)
        if size:
            packages.setdefault(entry.keys[:size], {})[entry.keys[size:]] = entry
    for keys, fields in packages.items():
        package = text_of(fields.get(("name",))) if modern else None
        stated = fields.get(("version",))
        if stated is None:  # A link to a folder of the project, or a package that is only bundled.
            continue
        optional = any(is_true(fields.get((flag,))) for flag in _FLAGS)
        title = package or keys[-1].rpartition(_NODE_MODULES)[2]
        yield from _need(title, stated, f"{name} package", optional=optional, hashed=("integrity",) in fields)


def _size(keys: tuple[str, ...], *, modern: bool) -> int:
    """Return how many of *keys* lead to a package; 0 when they lead into none."""
    if modern:  # Version 2 repeats everything in the form of version 1, for older clients.
        return 2 if len(keys) > 2 and keys[0] == "packages" and _NODE_MODULES in keys[1] else 0  # noqa: PLR2004
    size = 0
    while len(keys) > size + 2 and keys[size] == "dependencies":
        size += 2
    return size
