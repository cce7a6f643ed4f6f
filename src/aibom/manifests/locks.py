"""What the lock files of Python projects say is installed: those of uv, poetry, PDM and pipenv, pylock.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from aibom.manifests.need import Need, grouped, is_true, malformed, text_of
from aibom.manifests.python import canonical, read_requirement, read_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aibom.syntax import Data, Entry, Problem

__all__ = ["read_pdm", "read_pipfile", "read_pipfile_lock", "read_poetry", "read_pylock", "read_uv"]

_Fields: TypeAlias = "dict[tuple[str, ...], Entry]"
"""The entries of one package, by their keys within it."""
_Node: TypeAlias = "tuple[str, str]"
"""A package, and one of its extras, or nothing for the package itself."""

_HASHES: Final = frozenset({"hash", "hashes"})


def read_uv(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``uv.lock``, but for those that are the project itself."""
    packages = _packages(data, "package")
    runtime = _runtime(packages)

    def optional(fields: _Fields) -> bool:
        return runtime is not None and text_of(fields.get(("name",))) not in runtime

    yield from _needs(name, (p for p in packages if not _is_own(p)), optional)


def read_poetry(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``poetry.lock``."""
    # poetry before 1.3 keeps the hashes apart, under the names of their packages.
    hashed = {e.keys[2] for e in data.entries if e.keys[:2] == ("metadata", "files") and e.keys[-1] == "hash"}
    yield from _needs(name, _packages(data, "package"), _is_optional_for_poetry, hashed)


def read_pylock(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``pylock.toml`` (PEP 751), but for the one that is the project itself."""
    packages = _packages(data, "packages")
    own = {".", "./"}
    others = (p for p in packages if text_of(p.get(("directory", "path"))) not in own)

    def optional(fields: _Fields) -> bool:
        marker = text_of(fields.get(("marker",))) or ""
        return "extras" in marker or "dependency_groups" in marker

    yield from _needs(name, others, optional)


def read_pdm(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``pdm.lock``."""
    # PDM before 2.0 keeps the hashes apart, under the name and the version of their package.
    hashed = {e.keys[2].partition(" ")[0] for e in data.entries if e.keys[:2] == ("metadata", "files")}

    def optional(fields: _Fields) -> bool:
        groups = {entry.value for keys, entry in fields.items() if keys[0] == "groups"}
        return bool(groups) and "default" not in groups

    yield from _needs(name, _packages(data, "package"), optional, hashed)


def read_pipfile(data: Data) -> Iterator[Need | Problem]:
    """Yield what a ``Pipfile`` needs; every category but ``packages`` is for something beside the program."""
    yield from _pipenv(data, "packages", "Pipfile", {"source", "requires", "scripts", "pipenv"})


def read_pipfile_lock(name: str, data: Data) -> Iterator[Need | Problem]:
    """Yield the packages of a ``Pipfile.lock``."""
    yield from _pipenv(data, "default", name, {"_meta"})


def _pipenv(data: Data, main: str, file: str, others: set[str]) -> Iterator[Need | Problem]:
    for keys, fields in grouped(data.entries, lambda k: 2 if len(k) > 1 and k[0] not in others else 0).items():
        first = next(iter(fields.values()))
        stated = fields.get((), fields.get(("version",)))
        at = stated or first
        text = text_of(stated) or ""
        try:
            found = read_requirement(f"{keys[1]}{'' if text == '*' else text}")
        except ValueError:
            found = None
        if found is None or (stated is not None and not text):
            yield malformed("the name or the version of a package is not one", first.line)
            continue
        hashed = any(not _HASHES.isdisjoint(key) for key in fields)
        place = f"{file} {keys[0]}"
        optional = keys[0] != main
        yield Need("pypi", found.name, at.line, at.column, place, found.version, found.version_range, optional, hashed)


def _packages(data: Data, section: str) -> list[_Fields]:
    found: dict[str, _Fields] = {}
    for entry in data.entries:
        if entry.keys[:1] == (section,) and len(entry.keys) > 2:  # noqa: PLR2004 - the section, a number, a key.
            found.setdefault(entry.keys[1], {})[entry.keys[2:]] = entry
    return list(found.values())


def _needs(
    lock: str, packages: Iterable[_Fields], optional: Callable[[_Fields], bool], hashed: Iterable[str] = ()
) -> Iterator[Need | Problem]:
    for fields in packages:
        first = next(iter(fields.values()))
        written = text_of(fields.get(("name",)))
        name = canonical(written) if written is not None else None
        at = fields.get(("name",), first)
        stated = fields.get(("version",))
        try:
            version, version_range = (None, None) if stated is None else read_version(text_of(stated) or "?")
        except ValueError:
            yield malformed("the version of a package of the lock is not one", at.line)
            continue
        if name is None:
            yield malformed("a package of the lock has no name", first.line)
            continue
        has_hash = (written or "") in hashed or any(not _HASHES.isdisjoint(keys) for keys in fields)
        entry = f"{lock} package"
        yield Need("pypi", name, at.line, at.column, entry, version, version_range, optional(fields), has_hash)


def _is_optional_for_poetry(fields: _Fields) -> bool:
    """Whether only an extra or a group needs the package; each version of poetry says it in another way."""
    category = text_of(fields.get(("category",)))
    groups = {entry.value for keys, entry in fields.items() if keys[0] == "groups"}
    return (
        is_true(fields.get(("optional",)))
        or (category is not None and category != "main")
        or (bool(groups) and "main" not in groups)
    )


def _is_own(fields: _Fields) -> bool:
    """Whether the package is the project, or a member of its workspace."""
    return ("source", "editable") in fields or ("source", "virtual") in fields


def _runtime(packages: list[_Fields]) -> set[str] | None:
    """Return the names that the project needs without extras and groups; None when the lock does not say."""
    edges: dict[_Node, list[_Node]] = {}
    waiting: list[_Node] = []
    for fields in packages:
        name = text_of(fields.get(("name",))) or ""
        if _is_own(fields):
            waiting.append((name, ""))
        for keys, entry in fields.items():
            _add_edge(edges, name, fields, keys, entry)
    if not waiting:
        return None
    reached = set(waiting)
    while waiting:
        for node in edges.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return {name for name, _ in reached}


def _add_edge(edges: dict[_Node, list[_Node]], name: str, fields: _Fields, keys: tuple[str, ...], entry: Entry) -> None:
    """Add what the entry at *keys* of the package *name* depends on, if it tells a dependency or an extra of one."""
    match keys:
        case ("dependencies", _, "name"):
            edges.setdefault((name, ""), []).append((str(entry.value), ""))
        case ("optional-dependencies", extra, _, "name"):
            edges.setdefault((name, extra), []).append((str(entry.value), ""))
        case ("dependencies", number, "extra", _):
            target = text_of(fields.get(("dependencies", number, "name"))) or ""
            edges.setdefault((name, ""), []).append((target, str(entry.value)))
        case ("optional-dependencies", extra, number, "extra", _):
            target = text_of(fields.get(("optional-dependencies", extra, number, "name"))) or ""
            edges.setdefault((name, extra), []).append((target, str(entry.value)))
        case _:
            pass
