"""What projects in Ruby, PHP, Dart, R, Julia and Elixir say they need, and their locks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests.need import Need, asked, grouped, malformed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.manifests.need import Stated
    from aibom.syntax import Data

__all__ = [
    "read_composer",
    "read_composer_lock",
    "read_description",
    "read_gemfile",
    "read_gemfile_lock",
    "read_julia",
    "read_julia_manifest",
    "read_mix",
    "read_mix_lock",
    "read_pubspec",
    "read_pubspec_lock",
    "read_renv",
]

_NAME: Final = expression(r"[A-Za-z0-9_][\w.-]*", re.ASCII)
_VERSION: Final = r"v?\d+(?:\.\d+)*[\w.+-]*"
_PLAIN: Final = expression(rf"=?=?\s*({_VERSION})")
_THREE: Final = expression(r"(v?\d+\.\d+\.\d+[\w.+-]*)")
_NO_NAME: Final = "a package has no name or no version"

# Ruby

_GEM: Final = expression(
    r"""\s*(?:gem|\w+\.add_(?:(runtime|development)_)?dependency)[\s(]\s*["']([\w.-]+)["'](.*)""", re.DOTALL
)
_GEM_VERSIONS: Final = expression(r"""\s*,\s*\[?\s*["']([^"']*)["']""")
_GROUP: Final = expression(r"\s*+group[\s(]++(.*?)\sdo\b.*")
_OTHERS: Final = frozenset({"development", "test", "dev", "ci", "doc", "docs", "lint"})
_LOCKED: Final = expression(r"    ([\w.-]+) \(([^()\s]+)\)\s*")


def read_gemfile(text: str) -> Iterator[Stated]:
    """Yield what a ``Gemfile`` or a ``*.gemspec`` needs."""
    groups: list[bool] = []
    for number, line in enumerate(text.split("\n"), start=1):
        stated = line.partition(" #")[0] if not line.lstrip().startswith("#") else ""
        group = _GROUP.fullmatch(stated[:500])
        if group is not None:
            words = set(re.findall(r"\w+", group[1]))
            groups.append(bool(words) and words <= _OTHERS)
        elif re.search(r"\bdo\b(?:\s*\|[^|]*\|)?\s*$", stated[:500]):
            groups.append(False)
        elif stated.strip() == "end" and groups:
            groups.pop()
        found = _GEM.fullmatch(stated[:2000])
        if found is not None:
            yield _gem(found, number, optional=any(groups))


def _gem(found: re.Match[str], number: int, *, optional: bool) -> Stated:
    versions, rest = [], found[3]
    while (more := _GEM_VERSIONS.match(rest)) is not None:
        versions.append(more[1])
        rest = rest[more.end() :]
    given = re.search(r"\bgroups?(?::|\s*=>)\s*(\[[^\]]*\]|:\w+)", rest)
    words = set(re.findall(r"\w+", given[1])) if given else set()
    optional |= found[1] == "development" or (bool(words) and words <= _OTHERS)
    version, version_range = asked(", ".join(versions) or None, _PLAIN)
    place = "gem" if found[0].lstrip().startswith("gem") else "gemspec"
    return Need("gem", found[2], number, found.start(2), place, version, version_range, optional)


def read_gemfile_lock(text: str) -> Iterator[Stated]:
    """Yield the gems of a ``Gemfile.lock``, but for the project itself."""
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1].strip():
            section = line.strip()
        found = _LOCKED.fullmatch(line) if section in {"GEM", "GIT"} else None
        if found is not None:
            version = re.split(r"-(?=[a-z])", found[2])[0]  # A platform may stand behind the version.
            yield Need("gem", found[1], number, 5, "Gemfile.lock gem", version)
        elif section == "GEM" and line.startswith("    ") and line[4:5].strip():
            yield malformed("this is not a gem and its version", number)


# PHP

_COMPOSER: Final = expression(r"[\w.-]+/[\w.-]+", re.ASCII)


def read_composer(data: Data) -> Iterator[Stated]:
    """Yield what a ``composer.json`` needs."""
    for entry in data.entries:
        match entry.keys:
            case ("require" | "require-dev" as section, name) if "/" in name:
                text = text_of(entry)
                if text is None or not _COMPOSER.fullmatch(name):
                    yield malformed("the name or the version of a dependency is not one", entry.line)
                    continue
                version, version_range = asked(text, _THREE)
                optional = section == "require-dev"
                yield Need(
                    "composer", name.lower(), entry.line, entry.column, section, version, version_range, optional
                )
            case _:
                pass


def read_composer_lock(data: Data) -> Iterator[Stated]:
    """Yield the packages of a ``composer.lock``."""
    size = lambda k: 2 if k[:1] in {("packages",), ("packages-dev",)} and len(k) > 2 else 0  # noqa: E731, PLR2004
    for keys, fields in grouped(data.entries, size).items():
        name, version = text_of(fields.get(("name",))), text_of(fields.get(("version",)))
        if name is None or version is None or not _COMPOSER.fullmatch(name):
            yield malformed(_NO_NAME, next(iter(fields.values())).line)
            continue
        at = fields["name",]
        exact = version if re.fullmatch(_VERSION, version) else None
        hashed = bool(text_of(fields.get(("dist", "shasum"))))
        optional = keys[0] == "packages-dev"
        yield Need(
            "composer", name.lower(), at.line, at.column, f"composer.lock {keys[0]}", exact, None, optional, hashed
        )


# Dart

_PUB: Final = {"dependencies": False, "dev_dependencies": True, "dependency_overrides": True}


def read_pubspec(data: Data) -> Iterator[Stated]:
    """Yield what a ``pubspec.yaml`` needs."""
    for keys, fields in grouped(data.entries, lambda k: 2 if k[:1] and k[0] in _PUB and len(k) > 1 else 0).items():
        first = next(iter(fields.values()))
        if not _NAME.fullmatch(keys[1]):
            yield malformed("the name or the version of a dependency is not one", first.line)
            continue
        version, version_range = asked(
            text_of(fields.get((), fields.get(("version",)))), re.compile(r"(\d+\.\d+\.\d+[\w.+-]*)")
        )
        version_range = None if version_range == "any" else version_range
        yield Need("pub", keys[1], first.line, first.column, keys[0], version, version_range, _PUB[keys[0]])


def read_pubspec_lock(data: Data) -> Iterator[Stated]:
    """Yield the packages of a ``pubspec.lock``."""
    for keys, fields in grouped(data.entries, lambda k: 2 if k[:1] == ("packages",) and len(k) > 2 else 0).items():  # noqa: PLR2004
        first = next(iter(fields.values()))
        version = text_of(fields.get(("version",)))
        if version is None or not _NAME.fullmatch(keys[1]):
            yield malformed(_NO_NAME, first.line)
            continue
        optional = text_of(fields.get(("dependency",))) == "direct dev"
        hashed = ("description", "sha256") in fields
        yield Need("pub", keys[1], first.line, first.column, "pubspec.lock package", version, None, optional, hashed)


# R

_FIELDS: Final = {"Depends": False, "Imports": False, "LinkingTo": False, "Suggests": True, "Enhances": True}
_R: Final = expression(r"\s*([A-Za-z][A-Za-z0-9.]*)\s*(?:\(\s*([<>=!]{1,2})\s*([\d.-]+)\s*\))?\s*")


def read_description(text: str) -> Iterator[Stated]:
    """Yield what the ``DESCRIPTION`` of an R package needs."""
    if not re.search(r"^(?:Package|Imports|Depends):", text, re.MULTILINE):
        return
    field = ""
    for number, line in enumerate(text.split("\n"), start=1):
        column = 0
        if line[:1].strip():
            field, colon, line_ = line.partition(":")
            column = len(field) + len(colon)
        else:
            line_ = line
        if field not in _FIELDS:
            continue
        for part in line_[:2000].split(","):
            found = _R.fullmatch(part)
            if found is not None and found[1] != "R":
                exact = found[3] if found[2] == "==" else None
                range_ = None if exact or not found[3] else f"{found[2]} {found[3]}"
                place = column + len(part) - len(part.lstrip()) + 1
                yield Need("cran", found[1], number, place, field, exact, range_, _FIELDS[field])
            elif found is None and part.strip():
                yield malformed("this is not a package and a version", number)
            column += len(part) + 1


def read_renv(data: Data) -> Iterator[Stated]:
    """Yield the packages of an ``renv.lock``."""
    for keys, fields in grouped(data.entries, lambda k: 2 if k[:1] == ("Packages",) and len(k) > 2 else 0).items():  # noqa: PLR2004
        first = next(iter(fields.values()))
        name, version = text_of(fields.get(("Package",))) or keys[1], text_of(fields.get(("Version",)))
        if version is None or not _NAME.fullmatch(name):
            yield malformed(_NO_NAME, first.line)
            continue
        hashed = ("Hash",) in fields
        yield Need("cran", name, first.line, first.column, "renv.lock package", version, None, hashed=hashed)


# Julia


def read_julia(data: Data) -> Iterator[Stated]:
    """Yield what the ``Project.toml`` of a Julia package needs."""
    for entry in data.entries:
        match entry.keys:
            case ("deps" | "extras" | "weakdeps" as section, name) if _NAME.fullmatch(name):
                version_range = asked(text_of(data.get("compat", name)), re.compile(r"=\s*(\d+\.\d+\.\d+)"))
                yield Need("julia", name, entry.line, entry.column, section, *version_range, section != "deps")
            case _:
                pass


def read_julia_manifest(data: Data) -> Iterator[Stated]:
    """Yield the packages of a ``Manifest.toml`` of Julia, of any version."""

    def head(keys: tuple[str, ...]) -> int:
        at = 1 if keys[:1] == ("deps",) else 0
        return at + 2 if len(keys) > at + 2 and keys[at + 1].isdecimal() else 0

    for keys, fields in grouped(data.entries, head).items():
        if ("uuid",) in fields and ("version",) in fields:
            at = fields["version",]
            yield Need("julia", keys[-2], at.line, at.column, "Manifest.toml package", text_of(at))


# Elixir

_MIX: Final = expression(r"""\{\s*:(\w+)\s*,\s*(?:"([^"\n]*)"|\w+:)([^{}\n]*)""")
_MIX_LOCK: Final = expression(r"""\s*"(\w+)":\s*\{:hex,\s*:(\w+),\s*"([\w.+-]+)",\s*"\w+".*""")


def read_mix(text: str) -> Iterator[Stated]:
    """Yield what a ``mix.exs`` needs."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _MIX.finditer(line[:2000]) if not line.lstrip().startswith("#") else ():
            version, version_range = asked(found[2], re.compile(r"(?:==\s*)(\d+\.\d+\.\d+[\w.+-]*)"))
            only = re.search(r"\bonly:\s*(\[[^\]]*\]|:\w+)", found[3])
            optional = "optional: true" in found[3] or (only is not None and ":prod" not in only[1])
            yield Need("hex", found[1], number, found.start(1), "deps", version, version_range, optional)


def read_mix_lock(text: str) -> Iterator[Stated]:
    """Yield the packages of a ``mix.lock``."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _MIX_LOCK.fullmatch(line)
        if found is not None:
            yield Need("hex", found[2], number, found.start(1), "mix.lock package", found[3], None, hashed=True)
