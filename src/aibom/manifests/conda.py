"""What conda and pixi say is needed: environment.yml, conda-lock.yml, pixi.toml, pixi.lock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.manifests.need import Need, asked, grouped, is_true, malformed, text_of
from aibom.manifests.python import canonical, read_requirements, read_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.manifests.need import Fields, Manifest, Stated
    from aibom.syntax import Data

__all__ = ["read_environment", "read_lock", "read_pixi", "read_pixi_lock", "read_spec"]

# A name, perhaps behind a channel, and versions with a build. `=1.2` is any 1.2.x; with a build it is that one.
_SPEC: Final = expression(
    r"(?:[^\s:]++::)?([A-Za-z0-9_][A-Za-z0-9._-]*+)\s*+(?:\[[^\]]*+\]\s*+)?((?:[=<>!~*]|(?<=\s)[^\s\[])[^\[]*+)?(?:\[.*\])?"
)
_EXACT: Final = expression(r"==?=?\s*([0-9][\w.!+-]*)")
_WITH_BUILD: Final = expression(r"=?=?\s*([0-9][\w.!+-]*)(?:=|\s+)[\w*.-]+")
_ARCHIVE: Final = expression(r".*/([^/]+)-([^-/]+)-[^-/]+(?:\.conda|\.tar\.bz2)")
_PIXI: Final = {
    "dependencies": ("conda", False),
    "pypi-dependencies": ("pypi", False),
    "host-dependencies": ("conda", True),
    "build-dependencies": ("conda", True),
}


def read_spec(text: str) -> tuple[str, str | None, str | None] | None:
    """
    Return the name, the version and the range of what conda calls a match specification; None when it is none.

    >>> read_spec("conda-forge::pytorch=2.1.0=cuda"), read_spec("faiss>=1.7")
    (('pytorch', '2.1.0', None), ('faiss', None, '>=1.7'))
    """
    found = _SPEC.fullmatch(text.strip())
    if found is None:
        return None
    written = (found[2] or "").strip()
    build = _WITH_BUILD.fullmatch(written)
    if build is not None and not re.search("[*<>,|]", build[0]):
        return found[1].lower(), build[1], None
    exact = _EXACT if written.startswith("==") else re.compile(r"(?!)")
    return (found[1].lower(), *asked(written or None, exact))


def read_environment(manifest: Manifest) -> Iterator[Stated]:
    """Yield what an ``environment.yml`` needs from conda, and from pip."""
    for entry in manifest.data.entries:
        match entry.keys:
            case ("dependencies", number) if number.isdecimal():
                text = text_of(entry)
                found = read_spec(text) if text is not None else None
                if found is None:
                    if "://" not in str(entry.value):
                        yield malformed("this is not a package that conda can find", entry.line)
                    continue
                yield Need("conda", found[0], entry.line, entry.column, "dependencies", found[1], found[2])
            case ("dependencies", _, "pip", _):
                for stated in read_requirements(text_of(entry) or ""):
                    yield _moved(stated, entry.line, entry.column)
            case _:
                pass


def _moved(stated: Stated, line: int, column: int) -> Stated:
    if isinstance(stated, Need):
        return evolve(stated, line=line, column=column, entry="dependencies.pip")
    return evolve(stated, line=line)


def read_lock(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``conda-lock.yml``."""
    packages = grouped(manifest.data.entries, lambda keys: 2 if keys[:1] == ("package",) and len(keys) > 2 else 0)  # noqa: PLR2004
    for fields in packages.values():
        groups = {text_of(e) for keys, e in fields.items() if keys[0] in {"category", "categories"}}
        optional = is_true(fields.get(("optional",))) or bool(groups and "main" not in groups)
        hashed = any(keys[0] == "hash" for keys in fields)
        manager = text_of(fields.get(("manager",)))
        yield _locked(fields, "pypi" if manager == "pip" else "conda", manifest.name, optional=optional, hashed=hashed)


def _locked(fields: Fields, ecosystem: str, lock: str, *, optional: bool, hashed: bool) -> Stated:
    first = next(iter(fields.values()))
    at = fields.get(("name",), first)
    name, version = text_of(fields.get(("name",))), fields.get(("version",))
    if name is not None and ecosystem == "pypi":
        name = canonical(name)
    if name is None:
        return malformed("a package of the lock has no name", first.line)
    exact = text_of(version) or (str(version.value) if version is not None and version.value is not None else None)
    return Need(ecosystem, name, at.line, at.column, f"{lock} package", exact, None, optional, hashed)


def read_pixi(data: Data, *before: str) -> Iterator[Stated]:
    """Yield what a ``pixi.toml`` needs; *before* are the keys that lead to it in another file."""
    size = len(before)

    def head(keys: tuple[str, ...]) -> int:
        if keys[:size] != before:
            return 0
        at = size
        while keys[at : at + 1] and keys[at] in {"feature", "target"}:
            at += 2
        return at + 2 if len(keys) > at + 1 and keys[at] in _PIXI else 0

    for keys, fields in grouped(data.entries, head).items():
        ecosystem, optional = _PIXI[keys[-2]]
        first = next(iter(fields.values()))
        stated = fields.get((), fields.get(("version",)))
        name = canonical(keys[-1]) if ecosystem == "pypi" else keys[-1].lower()
        text = (text_of(stated) or "").strip()
        if name is None or (stated is not None and not text):
            yield malformed("the name or the version of a dependency is not one", first.line)
            continue
        at = stated or first
        version, version_range = asked(text.removeprefix("==") if text.startswith("==") else text or None, _ONE)
        if not text.startswith("=="):
            version, version_range = None, version_range or version
        place = ".".join(keys[size:-1])
        optional = optional or "feature" in keys[size:-2]
        yield Need(ecosystem, name, at.line, at.column, place, version, version_range, optional)


_ONE: Final = expression(r"([0-9][\w.!+-]*)")


def read_pixi_lock(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``pixi.lock``; those that only other environments than ``default`` have are optional."""
    data = manifest.data
    default = {str(e.value) for e in data.under("environments", "default")}
    packages = grouped(data.entries, lambda keys: 2 if keys[:1] == ("packages",) and len(keys) > 2 else 0)  # noqa: PLR2004
    for fields in packages.values():
        first = next(iter(fields.values()))
        url = next((text_of(fields.get((k,))) for k in ("conda", "pypi", "url") if (k,) in fields), None) or ""
        ecosystem = "pypi" if ("pypi",) in fields or text_of(fields.get(("kind",))) == "pypi" else "conda"
        hashed = ("sha256",) in fields or ("md5",) in fields
        optional = bool(default) and bool(url) and url not in default
        archive = _ARCHIVE.fullmatch(url)
        if ("name",) in fields:
            yield _locked(fields, ecosystem, manifest.name, optional=optional, hashed=hashed)
        elif archive is not None:
            version, _ = read_version(archive[2]) if re.fullmatch(r"[\w.!+]+", archive[2]) else (None, None)
            place = f"{manifest.name} package"
            yield Need(
                "conda", archive[1], first.line, first.column, place, version or archive[2], None, optional, hashed
            )
