"""What the lock files of other JavaScript tools say is installed: yarn.lock, pnpm-lock.yaml, bun.lock, deno.lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests.need import Need, aside, grouped, is_true, malformed, text_of
from aibom.manifests.npm import canonical, read_package, read_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.manifests.need import Manifest, Stated
    from aibom.syntax import Data

__all__ = ["read_bun", "read_bun_binary", "read_deno", "read_deno_lock", "read_pnpm", "read_yarn"]

_YARN_FIELD: Final = expression(r"""(?:  |\t)"?(version|resolution|integrity|checksum)"?:?[ ]++"?([^"\r]*+)"?\r?""")
_YARN_HEAD: Final = expression(r"""["']?((?:@[^@/"\s]+/)?[^@/"\s]+)@([^",]*)""")
# pnpm 5: /name/1.0.0_peer; 6: /name@1.0.0(peer@1); 9: name@1.0.0. A host may stand in front.
_PNPM: Final = expression(r"/?((?:@[^/@]+/)?[^/@]+)[@/]([0-9][^(_/]*)(?:[(_].*)?")
_NAMED: Final = expression(r"((?:@[^/@]+/)?[^/@]+)@(.+)")
_EXACT: Final = expression(r"\d+\.\d+\.\d+[\w.+-]*")
_DENO: Final = expression(r"(npm|jsr):/?((?:@[^/@]+/)?[^/@]+)(?:@([^/]*))?(?:/.*)?")


def _aside(manifest: Manifest) -> set[str]:
    """Return what the package.json beside the lock needs only for the development: the lock does not say it."""
    package = manifest.sibling("package.json")
    return aside(read_package(package.data)) if package is not None else set()


def read_yarn(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``yarn.lock`` of any version, but for those that are the project itself."""
    optional = _aside(manifest)
    head, line = "", 0
    fields: dict[str, str] = {}
    for number, text in enumerate([*manifest.text.split("\n"), "end:"], start=1):
        if text[:1] not in {"", " ", "\t", "#", "\r"}:
            if head and not head.startswith("__metadata"):
                yield from _yarn(head, fields, line, optional)
            head, line, fields = text, number, {}
        elif head and (found := _YARN_FIELD.fullmatch(text)) is not None:
            fields[found[1]] = found[2]


def _yarn(head: str, fields: dict[str, str], line: int, optional: set[str]) -> Iterator[Stated]:
    found = _YARN_HEAD.match(head)
    version = fields.get("version")
    if found is None or version is None or not head.rstrip().endswith(":"):
        yield malformed("this is not a package of a lock of yarn", line)
        return
    named = _YARN_HEAD.match(fields.get("resolution", ""))
    name, spec = (named or found)[1], (named or found)[2]
    if spec.startswith(("workspace:", "link:", "portal:", "file:")) or version == "0.0.0-use.local":
        return
    if named is None and spec.startswith("npm:") and (alias := _NAMED.fullmatch(spec[4:])) is not None:
        name = alias[1]
    if canonical(name) is None:
        yield malformed("this is not a package of a lock of yarn", line)
        return
    exact = version if _EXACT.fullmatch(version) else None
    hashed = bool(fields.get("integrity") or fields.get("checksum"))
    yield Need("npm", name, line, 1, "yarn.lock package", exact, None, name in optional, hashed)


def read_pnpm(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``pnpm-lock.yaml`` of the versions 5 to 9."""
    data = manifest.data
    runtime = _pnpm_runtime(data)
    packages = grouped(data.entries, lambda keys: 2 if keys[:1] == ("packages",) and len(keys) > 2 else 0)  # noqa: PLR2004
    for keys, fields in packages.items():
        first = next(iter(fields.values()))
        found = _PNPM.fullmatch(keys[1])
        stated = text_of(fields.get(("version",)))
        named = _NAMED.fullmatch(keys[1].lstrip("/"))
        name = text_of(fields.get(("name",))) or (found[1] if found else named[1] if named else "")
        if canonical(name) is None:
            if not keys[1].startswith(("file:", "link:", "http", "git")):
                yield malformed("this is not a package of a lock of pnpm", first.line)
            continue
        version = stated or (found[2] if found else None)
        exact = version if version and _EXACT.fullmatch(version) else None
        unused = runtime is not None and keys[1].lstrip("/").partition("(")[0] not in runtime
        optional = is_true(fields.get(("dev",))) or is_true(fields.get(("optional",))) or unused
        hashed = ("resolution", "integrity") in fields
        yield Need("npm", name, first.line, first.column, f"{manifest.name} package", exact, None, optional, hashed)


def _pnpm_runtime(data: Data) -> set[str] | None:
    """Return the packages that the projects of a lock of version 9 need to run; None where others flag them."""
    edges: dict[str, list[str]] = {}
    waiting: list[str] = []
    for entry in data.entries:
        match entry.keys:
            case ("importers", _, "dependencies", name, "version"):
                waiting.append(_pnpm_key(name, str(entry.value)))
            case ("snapshots", key, "dependencies", name):
                edges.setdefault(key.partition("(")[0], []).append(_pnpm_key(name, str(entry.value)))
            case _:
                pass
    if not any(entry.keys[:1] == ("snapshots",) for entry in data.entries):
        return None
    reached = set(waiting)
    while waiting:
        for key in edges.get(waiting.pop(), ()):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return reached


def _pnpm_key(name: str, version: str) -> str:
    plain = version.partition("(")[0]
    return plain if _NAMED.fullmatch(plain) and not plain[0].isdecimal() else f"{name}@{plain}"


def read_bun(manifest: Manifest) -> Iterator[Stated]:
    """Yield the packages of a ``bun.lock``: what stands first in the list of each is its name and version."""
    data = manifest.data
    wanted: dict[str, bool] = {}
    for entry in data.under("workspaces"):
        if len(entry.keys) == 4:  # noqa: PLR2004 - workspaces, folder, section, name.
            wanted[entry.keys[3]] = wanted.get(entry.keys[3], True) and entry.keys[2] != "dependencies"
    for keys, fields in grouped(data.entries, lambda k: 2 if k[:1] == ("packages",) and len(k) > 2 else 0).items():  # noqa: PLR2004
        first = fields.get(("0",))
        text = text_of(first)
        found = _NAMED.fullmatch(text) if text is not None else None
        if first is None or found is None or canonical(found[1]) is None:
            yield malformed("this is not a package of a lock of Bun", next(iter(fields.values())).line)
        elif not found[2].startswith(("workspace:", "link:", "file:")):
            version = found[2] if _EXACT.fullmatch(found[2]) else None
            hashed = any(isinstance(e.value, str) and e.value.startswith("sha") for e in fields.values())
            optional = wanted.get(keys[1], False)
            yield Need("npm", found[1], first.line, first.column, "bun.lock package", version, None, optional, hashed)


def read_bun_binary(manifest: Manifest) -> Iterator[Stated]:
    """Say that a ``bun.lockb`` is not read, unless a ``bun.lock`` stands beside it."""
    if manifest.sibling("bun.lock") is None:
        yield malformed("it is in the binary format of Bun; `bun install --save-text-lockfile` writes one as text", 0)


def read_deno(data: Data) -> Iterator[Stated]:
    """Yield what the imports of a ``deno.json`` need from npm and JSR."""
    for entry in data.entries:
        if entry.keys[:1] not in {("imports",), ("scopes",)}:
            continue
        text = text_of(entry) or ""
        found = _DENO.fullmatch(text)
        if found is not None:
            try:
                name, version, version_range = read_spec(found[2], found[3] or "")
            except ValueError:
                yield malformed("the name or the version of a dependency is not one", entry.line)
                continue
            yield Need(found[1], name, entry.line, entry.column, "imports", version, version_range)


def read_deno_lock(data: Data) -> Iterator[Stated]:
    """Yield the packages of a ``deno.lock`` of the versions 3 to 5."""

    def head(keys: tuple[str, ...]) -> int:
        at = 1 if keys[:1] == ("packages",) else 0
        return at + 2 if len(keys) > at + 2 and keys[at] in {"npm", "jsr"} else 0

    for keys, fields in grouped(data.entries, head).items():
        first = next(iter(fields.values()))
        found = _NAMED.fullmatch(keys[-1].partition("_")[0])  # Peers stand behind the first underscore.
        if found is None or canonical(found[1]) is None or not _EXACT.fullmatch(found[2]):
            found = _NAMED.fullmatch(keys[-1])
        if found is None or canonical(found[1]) is None:
            yield malformed("this is not a package of a lock of Deno", first.line)
            continue
        version = found[2].partition("_")[0]
        exact = version if _EXACT.fullmatch(version) else None
        hashed = ("integrity",) in fields
        yield Need(keys[-2], found[1], first.line, first.column, "deno.lock package", exact, None, hashed=hashed)
