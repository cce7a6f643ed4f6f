"""
Read what a manifest or a lock file says it needs.

No reader opens a file, follows a URL, expands an environment variable or runs anything. Each takes any text, raises
nothing, and says what it could not read. No message quotes the file, so that a password in a URL cannot leak.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from aibom.bill import Target
from aibom.expressions import expression
from aibom.manifests import compiled, conda, jvm, locks, node_locks, npm, python, scripting, setup_py
from aibom.manifests.need import Include, Manifest, Need, Stated
from aibom.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aibom.syntax import Data

__all__ = ["DESCRIBING", "PATTERNS", "Include", "Manifest", "Need", "Stated", "describe", "is_manifest", "read"]

_STRICT: Final[Mapping[str, Callable[[str, Data], Iterator[Stated]]]] = {
    "Pipfile.lock": locks.read_pipfile_lock,
    "npm-shrinkwrap.json": npm.read_lock,
    "package-lock.json": npm.read_lock,
    "package.json": lambda _, data: npm.read_package(data),
    "pdm.lock": locks.read_pdm,
    "poetry.lock": locks.read_poetry,
    "pyproject.toml": lambda _, data: chain(python.read_pyproject(data), conda.read_pixi(data, "tool", "pixi")),
    "setup.cfg": lambda _, data: python.read_setup_cfg(data),
    "uv.lock": locks.read_uv,
}
"""Formats that lists and tables are told apart in: what is of the other type is malformed."""

_OTHERS: Final[Mapping[str, Callable[[Manifest], Iterator[Stated]]]] = {
    "Cargo.lock": compiled.read_cargo_lock,
    "Cargo.toml": lambda file: compiled.read_cargo(file.data),
    "DESCRIPTION": lambda file: scripting.read_description(file.text),
    "Gemfile": lambda file: scripting.read_gemfile(file.text),
    "Gemfile.lock": lambda file: scripting.read_gemfile_lock(file.text),
    "Manifest.toml": lambda file: scripting.read_julia_manifest(file.data),
    "Pipfile": lambda file: locks.read_pipfile(file.data),
    "Project.toml": lambda file: scripting.read_julia(file.data),
    "build.gradle": jvm.read_gradle,
    "build.gradle.kts": jvm.read_gradle,
    "build.sbt": lambda file: jvm.read_sbt(file.text),
    "bun.lock": node_locks.read_bun,
    "bun.lockb": node_locks.read_bun_binary,
    "buildscript-gradle.lockfile": lambda file: jvm.read_gradle_lock(file.text),
    "composer.json": lambda file: scripting.read_composer(file.data),
    "composer.lock": lambda file: scripting.read_composer_lock(file.data),
    "conda-lock.yml": conda.read_lock,
    "deno.json": lambda file: node_locks.read_deno(file.data),
    "deno.jsonc": lambda file: node_locks.read_deno(file.data),
    "deno.lock": lambda file: node_locks.read_deno_lock(file.data),
    "go.mod": lambda file: compiled.read_go_mod(file.text),
    "go.sum": compiled.read_go_sum,
    "gradle.lockfile": lambda file: jvm.read_gradle_lock(file.text),
    "libs.versions.toml": lambda file: jvm.read_catalog(file.data),
    "mix.exs": lambda file: scripting.read_mix(file.text),
    "mix.lock": lambda file: scripting.read_mix_lock(file.text),
    "packages.config": lambda file: compiled.read_nuget_config(file.text),
    "packages.lock.json": compiled.read_nuget_lock,
    "pixi.lock": conda.read_pixi_lock,
    "pixi.toml": lambda file: conda.read_pixi(file.data),
    "pnpm-lock.yaml": node_locks.read_pnpm,
    "pom.xml": jvm.read_pom,
    "pubspec.lock": lambda file: scripting.read_pubspec_lock(file.data),
    "pubspec.yaml": lambda file: scripting.read_pubspec(file.data),
    "renv.lock": lambda file: scripting.read_renv(file.data),
    "setup.py": setup_py.read_setup,
    "yarn.lock": node_locks.read_yarn,
}
_NAMED: Final[tuple[tuple[re.Pattern[str], Callable[[Manifest], Iterator[Stated]]], ...]] = (
    (expression(r".*\.versions\.toml"), lambda file: jvm.read_catalog(file.data)),
    (expression(r".*\.(?:cs|fs|vb)proj|.*\.props|.*\.targets"), compiled.read_project),
    (expression(r".*\.gradle(?:\.kts)?"), jvm.read_gradle),
    (expression(r".*\.gemspec"), lambda file: scripting.read_gemfile(file.text)),
    (expression(r".*conda-lock\.ya?ml"), conda.read_lock),
    (expression(r"(?:.*[-_.])?(?:environment|conda|env)(?:[-_.].*)?\.ya?ml"), conda.read_environment),
)
"""Formats that a file is known by how its name ends, or by a word in it."""

PATTERNS: Final = (
    *_STRICT,
    *_OTHERS,
    *("pylock.toml", "pylock.*.toml", "*.txt", "*.in", "requirements*.lock"),
    *(
        "*.versions.toml",
        "*.csproj",
        "*.fsproj",
        "*.vbproj",
        "*.props",
        "*.targets",
        "*.gradle",
        "*.gradle.kts",
        "*.gemspec",
    ),
    *("*conda*.yml", "*conda*.yaml", "*env*.yml", "*env*.yaml"),
)
"""Shell patterns of the base names of manifests. The path must also suit `is_manifest`."""

DESCRIBING: Final = ("pyproject.toml", "setup.cfg", "package.json")
"""The names of the manifests that `describe` reads; the one that knows best first."""

_PYLOCK: Final = expression(r"pylock(?:\.[^.]+)?\.toml")
_REQUIREMENTS: Final = expression(
    r".*(?:requirements?|constraints?)[^/]*\.(?:txt|in)|requirements[^/]*\.lock", re.IGNORECASE
)
_ASIDE: Final = frozenset(
    {"ci", "dev", "develop", "development", "doc", "docs", "extra", "extras", "lint", "linting", "optional"}
    | {"test", "testing", "tests", "typing"}
)
"""Words in the path of a requirements file for what the program itself does without."""


def _of_others(name: str) -> Callable[[Manifest], Iterator[Stated]] | None:
    found = _OTHERS.get(name)
    return found or next((reader for pattern, reader in _NAMED if pattern.fullmatch(name)), None)


def is_manifest(path: str) -> bool:
    """
    Tell whether the file at *path* is read for what it says itself, and not only where another one includes it.

    >>> is_manifest("requirements/base.txt"), is_manifest("docs/notes.txt")
    (True, False)
    """
    *folders, name = path.split("/")
    if name in _STRICT or _PYLOCK.fullmatch(name) or _of_others(name) is not None:
        return True
    return bool(_REQUIREMENTS.fullmatch(name)) or ("requirements" in folders and name.endswith((".txt", ".in")))


def read(manifest: Manifest, include: Include | None = None) -> Iterator[Stated]:
    """
    Yield what *manifest* needs, what it includes, and what of it could not be read, in no particular order.

    A file whose name is not that of another format is read as requirements, since only these are included. *include* is
    what includes it.
    """
    other = _of_others(manifest.name)
    if other is not None:
        return other(manifest)
    reader = locks.read_pylock if _PYLOCK.fullmatch(manifest.name) else _STRICT.get(manifest.name)
    if reader is not None:
        return chain(_odd(manifest), reader(manifest.name, manifest.data))
    words = set(re.split(r"[^a-z]+", manifest.path.lower()))
    limits = not words.isdisjoint({"constraint", "constraints"}) or (include is not None and include.limits)
    aside = not words.isdisjoint(_ASIDE) or (include is not None and include.optional)
    return python.read_requirements(manifest.text, limits=limits, optional=limits or aside)


_TABLES: Final = ("project", "tool", "dependency-groups", "dependencies", "devDependencies", "packages")
_LISTS: Final = ("package",)


def _odd(manifest: Manifest) -> Iterator[Problem]:
    """Yield what is wrong with the outermost values of *manifest*: a list where a table should stand, or a number."""
    lists = (*_LISTS, "packages") if manifest.name.startswith("pylock") else _LISTS
    for entry in manifest.data.entries:
        first, second = (*entry.keys, None, None)[:2]
        if first is None:  # The file is one value.
            yield Problem("malformed-manifest", "it is one value, and no table", entry.line)
            return
        wrong = first.isdecimal() and manifest.name.endswith(".json")
        wrong |= first in lists and (second is None or not second.isdecimal())
        wrong |= first in _TABLES and first not in lists and (second is None or second == "0")
        if wrong:
            yield Problem("malformed-manifest", "a value is not of the type that the format gives it", entry.line)
            return


def describe(manifest: Manifest) -> Target | None:
    """
    Return what *manifest*, one of `DESCRIBING`, says about the project that it stands in; None when it names none.

    A version that is only computed when the project is built is unknown.
    """
    tables, ecosystem = {
        "pyproject.toml": ((("project",), ("tool", "poetry")), "pypi"),
        "setup.cfg": ((("metadata",),), "pypi"),
        "package.json": (((),), "npm"),
    }.get(manifest.name, ((), ""))
    names = [n for table in tables if (n := _text(manifest.data, *table, "name"))]
    if not names:
        return None
    versions = [v for table in tables if (v := _text(manifest.data, *table, "version"))]
    version = versions[0] if versions and not versions[0].startswith(("attr:", "file:")) else None
    return Target(names[0], version, _purl(ecosystem, names[0], version), manifest.path)


def _text(data: Data, *keys: str) -> str:
    entry = data.get(*keys)
    return entry.value.strip() if entry is not None and isinstance(entry.value, str) else ""


def _purl(ecosystem: str, name: str, version: str | None) -> str | None:
    """Return the package URL; None where *name* is no name in *ecosystem*."""
    from packageurl import PackageURL

    known = python.canonical(name) if ecosystem == "pypi" else npm.canonical(name)
    if known is None:
        return None
    group, _, title = known.rpartition("/")
    return str(PackageURL(ecosystem, group or None, title, version))
