"""What Go modules, Rust crates and .NET projects say they need: go.mod, Cargo.toml, *.csproj, and their locks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests import xml
from aibom.manifests.need import LONGEST, Need, above, aside, asked, grouped, is_true, malformed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.manifests.need import Manifest, Stated
    from aibom.manifests.xml import Element
    from aibom.syntax import Data

__all__ = [
    "read_cargo",
    "read_cargo_lock",
    "read_go_mod",
    "read_go_sum",
    "read_nuget_config",
    "read_nuget_lock",
    "read_project",
]

# Go

_MODULE: Final = expression(r'"?([A-Za-z0-9][\w.~-]*(?:/[\w.~!-]+)+)"?')
_GO_VERSION: Final = expression(r"v\d+\.\d+\.\d+[\w.+-]*")


def read_go_mod(text: str) -> Iterator[Stated]:
    """Yield what a ``go.mod`` needs; Go builds with the versions that it names."""
    block = ""
    needs: list[Need] = []
    replaced: dict[str, tuple[str, str | None]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.partition("//")[0].split()
        if not words:
            continue
        if block and words == [")"]:
            block = ""
            continue
        if not block and words[-1] == "(":
            block = words[0]
            continue
        verb, rest = (block, words) if block else (words[0], words[1:])
        column = len(line) - len(line.lstrip()) + 1 + (0 if block else len(verb) + 1)
        if verb == "require":
            found = _MODULE.fullmatch(rest[0]) if rest else None
            if found is None or len(rest) != 2 or not _GO_VERSION.fullmatch(rest[1]):  # noqa: PLR2004 - module, version.
                if not (found is None and rest and "." in rest[0] and "/" not in rest[0]):  # Such as gopkg.example.
                    yield malformed("this is not a module and its version", number)
                continue
            needs.append(Need("golang", found[1], number, column, "require", rest[1]))
        elif verb == "replace" and "=>" in rest:
            at = rest.index("=>")
            target = rest[at + 1 : at + 3]
            if rest[:at] and target:
                replaced[rest[0].strip('"')] = (target[0], target[1] if len(target) > 1 else None)
    for need in needs:
        yield from _replaced(need, replaced.get(need.name))


def _replaced(need: Need, other: tuple[str, str | None] | None) -> Iterator[Need]:
    """Yield *need*, or what is built in its place: another version, a fork, or a folder, which tells no version."""
    if other is None:
        yield need
        return
    name, version = other
    yield Need("golang", need.name, need.line, need.column, "require", version if name == need.name else None)
    if name != need.name and version is not None and _MODULE.fullmatch(name):
        yield Need("golang", name, need.line, need.column, "replace", version)


def read_go_sum(manifest: Manifest) -> Iterator[Stated]:
    """Yield the modules of a ``go.sum`` whose code was fetched, unless a ``go.mod`` beside it knows better."""
    if manifest.sibling("go.mod") is not None:
        return
    for number, line in enumerate(manifest.text.split("\n"), start=1):
        words = line.split()
        if not words or (len(words) > 1 and words[1].endswith("/go.mod")):
            continue
        if len(words) != 3 or not _GO_VERSION.fullmatch(words[1]):  # noqa: PLR2004 - module, version, hash.
            yield malformed("this is not a module, its version and its hash", number)
        elif _MODULE.fullmatch(words[0]):
            yield Need("golang", words[0], number, 1, "go.sum module", words[1], hashed=True)


# Rust

_CRATE: Final = expression(r"[A-Za-z0-9][\w-]*")
_CARGO: Final = {"dependencies": False, "dev-dependencies": True, "build-dependencies": True}
_CARGO_EXACT: Final = expression(r"=\s*(\d+\.\d+\.\d+[\w.+-]*)")
_SEMVER: Final = expression(r"(\d+\.\d+\.\d+[\w.+-]*)")


def read_cargo(data: Data) -> Iterator[Stated]:
    """Yield what a ``Cargo.toml`` needs; what only its workspace lists is optional there."""

    def head(keys: tuple[str, ...]) -> int:
        at = 1 if keys[:1] == ("workspace",) else 2 if keys[:1] == ("target",) else 0
        section = keys[at].replace("_", "-") if len(keys) > at + 1 else ""
        return at + 2 if section in _CARGO else 0

    for keys, fields in grouped(data.entries, head).items():
        first = next(iter(fields.values()))
        stated = fields.get((), fields.get(("version",)))
        at = stated or first
        name = text_of(fields.get(("package",))) or keys[-1]
        text = text_of(stated)
        if not _CRATE.fullmatch(name) or (stated is not None and text is None):
            yield malformed("the name or the version of a dependency is not one", first.line)
            continue
        version, version_range = asked(text, _CARGO_EXACT)
        optional = _CARGO[keys[-2].replace("_", "-")] or keys[0] == "workspace" or is_true(fields.get(("optional",)))
        yield Need("cargo", name, at.line, at.column, ".".join(keys[:-1]), version, version_range, optional)


def read_cargo_lock(manifest: Manifest) -> Iterator[Stated]:
    """Yield the crates of a ``Cargo.lock``, but for those that are the project itself."""
    beside = manifest.sibling("Cargo.toml")
    optional: set[str] = set()
    if beside is not None:
        own = (s for s in read_cargo(beside.data) if isinstance(s, Need) and not s.entry.startswith("workspace"))
        optional = aside(own)
    crates = grouped(manifest.data.entries, lambda keys: 2 if keys[:1] == ("package",) and len(keys) > 2 else 0)  # noqa: PLR2004
    # Before version 2 the hashes stand apart: "checksum name version (source)".
    stated = (key for entry in manifest.data.under("metadata") for key in entry.keys[1:2])
    hashed = {key.split(" ")[1] for key in stated if key.startswith("checksum ")}
    for fields in crates.values():
        first = next(iter(fields.values()))
        name, version = text_of(fields.get(("name",))), text_of(fields.get(("version",)))
        if name is None or version is None or not _CRATE.fullmatch(name) or not _SEMVER.fullmatch(version):
            yield malformed("a package of the lock has no name or no version", first.line)
        elif ("source",) in fields:
            at = fields["name",]
            has_hash = ("checksum",) in fields or name in hashed
            yield Need(
                "cargo", name, at.line, at.column, "Cargo.lock package", version, None, name in optional, has_hash
            )


# .NET

_ID: Final = expression(r"\w[\w.-]*", re.ASCII)
# NuGet takes the lowest version that will do: what is named alone is what is installed.
_NUGET: Final = expression(r"\[?\s*(\d+(?:\.\d+){0,3}(?:-[\w.-]+)?(?:\+[\w.-]+)?)\s*\]?")
_REFERENCES: Final = {
    "PackageReference": False,
    "GlobalPackageReference": True,
    "PackageVersion": True,
    "DotNetCliToolReference": True,
}
_PROPERTY: Final = expression(r"\$\(([\w.]+)\)")
_MOST_STEPS: Final = 10
_LONGEST: Final = 500
_TESTS: Final = expression(r"(?i)(?:^|[./_-])(?:unit|integration)?tests?(?:[./_-]|$)")


def read_project(manifest: Manifest) -> Iterator[Stated]:
    """
    Yield what a project or a file of properties of MSBuild needs.

    Properties come from it, and from the ``Directory.Build.props`` and ``Directory.Packages.props`` around it. What is
    only given a version is optional there.
    """
    project, problem = xml.read(manifest.text)
    if problem is not None:
        yield problem
    if project is None or project.tag != "Project":
        return
    properties = _properties(manifest, project)
    in_tests = _TESTS.search(manifest.path.rpartition(".")[0]) is not None
    for group in _groups(project, "ItemGroup"):
        for element in group.children:
            if element.tag not in _REFERENCES:
                continue
            written = element.attributes.get("Include") or element.attributes.get("Update") or ""
            if len(written) > LONGEST:
                yield malformed("the name of a package is not one", element.line)
                continue
            for name in filter(None, (part.strip() for part in _filled(written, properties).split(";"))):
                yield _reference(name, element, properties, aside_=_REFERENCES[element.tag] or in_tests)


def _groups(project: Element, tag: str) -> Iterator[Element]:
    yield from project.all(tag)
    for path in (("Choose", "When"), ("Choose", "Otherwise"), ("Target",)):
        yield from project.all(*path, tag)


def _reference(name: str, element: Element, properties: dict[str, str], *, aside_: bool) -> Stated:
    if not _ID.fullmatch(name):
        return malformed("the name of a package is not one", element.line)
    given = [
        value for key in ("VersionOverride", "Version") if (value := element.attributes.get(key) or element.get(key))
    ]
    text = _filled(given[0], properties) if given and len(given[0]) <= LONGEST else None
    version, version_range = asked(text if text and "$(" not in text else None, _NUGET)
    private = (element.attributes.get("PrivateAssets") or element.get("PrivateAssets")).lower() == "all"
    return Need("nuget", name, element.line, element.column, element.tag, version, version_range, aside_ or private)


def _properties(manifest: Manifest, project: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    others = above(manifest, "Directory.Build.props", "Directory.Packages.props")
    for root in (project, *(xml.read(other.text)[0] for other in others if other.path != manifest.path)):
        for group in _groups(root, "PropertyGroup") if root is not None else ():
            for child in group.children:
                found.setdefault(child.tag, child.text.strip())
    return found


def _filled(text: str, properties: dict[str, str]) -> str:
    for _ in range(_MOST_STEPS):
        filled = _PROPERTY.sub(lambda m: properties.get(m[1], m[0]), text)
        if filled == text or len(filled) > _LONGEST:
            break
        text = filled
    return text


def read_nuget_config(text: str) -> Iterator[Stated]:
    """Yield the packages of a ``packages.config``."""
    root, problem = xml.read(text)
    if problem is not None:
        yield problem
    for element in root.all("package") if root is not None else ():
        name = element.attributes.get("id", "")
        if not _ID.fullmatch(name):
            yield malformed("the name of a package is not one", element.line)
            continue
        version, version_range = asked(element.attributes.get("version"), _NUGET)
        optional = element.attributes.get("developmentDependency", "").lower() == "true"
        yield Need("nuget", name, element.line, element.column, "packages.config", version, version_range, optional)


def read_nuget_lock(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``packages.lock.json``."""
    in_tests = _TESTS.search(manifest.path) is not None
    for keys, fields in grouped(
        manifest.data.entries,
        lambda k: 3 if k[:1] == ("dependencies",) and len(k) > 3 else 0,  # noqa: PLR2004
    ).items():
        first = next(iter(fields.values()))
        if text_of(fields.get(("type",))) == "Project":
            continue
        if not _ID.fullmatch(keys[2]):
            yield malformed("the name of a package is not one", first.line)
            continue
        version, _ = asked(text_of(fields.get(("resolved",))), _NUGET)
        hashed = ("contentHash",) in fields
        yield Need("nuget", keys[2], first.line, first.column, "packages.lock.json", version, None, in_tests, hashed)
