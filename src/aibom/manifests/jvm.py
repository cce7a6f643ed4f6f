"""What projects of the JVM say they need: Maven's pom.xml, Gradle's build files, catalogs and locks, sbt."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.manifests import xml
from aibom.manifests.need import Need, above, asked, grouped, malformed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aibom.manifests.need import Fields, Manifest, Stated
    from aibom.manifests.xml import Element
    from aibom.syntax import Data

__all__ = ["read_catalog", "read_gradle", "read_gradle_lock", "read_pom", "read_sbt"]

# A version may have anything but what ranges are written with; `latest.release` and `1.+` are not one.
_EXACT: Final = expression(r"((?!(?i:latest|release)\b)[0-9A-Za-z][\w.-]*)")
_PROPERTY: Final = expression(r"\$\{([^${}]+)\}")
_MOST_STEPS: Final = 10
_LONGEST: Final = 500
_PART: Final = expression(r"[\w.-]+")

# Maven


def read_pom(manifest: Manifest) -> Iterator[Stated]:
    """Yield what a ``pom.xml`` needs; properties come from it, and from its parents in the tree."""
    project, problem = xml.read(manifest.text)
    if problem is not None:
        yield problem
    if project is None or project.tag != "project":
        return
    properties = _properties(manifest, project)
    managed = ("dependencyManagement", "dependencies")
    for path, place, optional in (
        (("dependencies",), "dependencies", False),
        (managed, "dependencyManagement", True),
        (("profiles", "profile", "dependencies"), "profiles.dependencies", True),
    ):
        for element in project.all(*path, "dependency"):
            yield _dependency(element, place, properties, optional=optional)


def _properties(manifest: Manifest, project: Element) -> Mapping[str, str]:
    """Return the properties of *project*, and what its parents in the tree add."""
    found: dict[str, str] = {}
    here, element = manifest, project
    seen = {manifest.path}
    for _ in range(_MOST_STEPS):
        for properties in element.all("properties"):
            for child in properties.children:
                found.setdefault(child.tag, child.text.strip())
        parent = next(element.all("parent"), None)
        for key in ("version", "groupId"):
            value = element.get(key) or (parent.get(key) if parent is not None else "")
            if value:
                found.setdefault(f"project.{key}", value)
                found.setdefault(f"pom.{key}", value)
            if parent is not None:
                found.setdefault(f"project.parent.{key}", parent.get(key))
        if parent is None:
            break
        given = next(parent.all("relativePath"), None)
        path = "../pom.xml" if given is None else given.text.strip()
        path = path if path.endswith(".xml") else f"{path}/pom.xml"
        above_ = here.sibling(path) if path != "/pom.xml" else None
        if above_ is None or above_.path in seen:
            break
        seen.add(above_.path)
        outer, _ = xml.read(above_.text)
        if outer is None:
            break
        here, element = above_, outer
    return found


def _filled(text: str, properties: Mapping[str, str]) -> str:
    """Return *text* with its properties put in, as far as they are known."""
    for _ in range(_MOST_STEPS):
        filled = _PROPERTY.sub(lambda m: properties.get(m[1], m[0]), text)
        if filled == text or len(filled) > _LONGEST:
            break
        text = filled
    return text


def _dependency(element: Element, place: str, properties: Mapping[str, str], *, optional: bool) -> Stated:
    group, artifact = (_filled(element.get(tag), properties) for tag in ("groupId", "artifactId"))
    if not (_PART.fullmatch(group) and _PART.fullmatch(artifact)):
        unknown = "${" in group + artifact
        message = "a property of a dependency is not in the tree" if unknown else "a dependency has no name"
        return malformed(message, element.line)
    optional |= _filled(element.get("scope"), properties) == "test" or element.get("optional") == "true"
    version, version_range = asked(_filled(element.get("version"), properties) or None, _EXACT)
    if version_range is not None and "${" in version_range:
        version_range = None
    name = f"{group}/{artifact}"
    return Need("maven", name, element.line, element.column, place, version, version_range, optional)


# Gradle

_COMMENT: Final = expression(
    r"""("(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?+"""
)
_CONFIGURATION: Final = (
    r"\b((?:[A-Za-z]\w*)?(?:[iI]mplementation|[aA]pi|[cC]ompile|[cC]ompileOnly|[cC]ompileOnlyApi|[rR]untime|[rR]untimeOnly"
    r"|[aA]nnotationProcessor|[dD]evelopmentOnly|classpath|[kK]apt|[kK]sp))\b"
)
_WRAPPED: Final = r"\s*+(?:\(\s*+)?+(?:(?:enforcedPlatform|platform|project\.dependencies\.platform)\s*\(\s*+)?"
_NOTATION: Final = expression(_CONFIGURATION + _WRAPPED + r"""["']([\w.-]+):([\w.-]+)(?::([^"'\n]*))?["']""")
_MAP: Final = expression(
    _CONFIGURATION
    + _WRAPPED
    + r"""\[?\s*group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["']"""
    + r"""(?:\s*,\s*version\s*[:=]\s*["']?([^"',)\s]+)["']?)?"""
)
_ACCESSOR: Final = expression(_CONFIGURATION + _WRAPPED + r"libs\.([A-Za-z][\w.]*)")
_ASIDE: Final = expression(r"(?i:test|annotationProcessor|kapt|ksp|developmentOnly)|^classpath$")
_PLATFORM: Final = "latform("
"""A platform gives versions, and no code."""
_VARIABLE: Final = expression(
    r"""(?:(?:\b(?:def|val|var|String|const)\s+|\bext\.|\bext\[["']|\bextra\[["']|^[ \t]*(?:set\s*\(\s*["'])?)"""
    r"""([A-Za-z_]\w*)["']?\]?\s*[=,]|\b(?:val|var)\s+(\w+)\s+by\s+extra\s*\()\s*["']([\w.+-]+)["']""",
    re.MULTILINE,
)
_REFERENCE: Final = expression(
    r"\$\{?(?:rootProject\.|project\.)?(?:ext(?:ra)?[.\[]['\"]?)?([A-Za-z_][\w.]*)(?:['\"]?\])?\}?"
)


def read_gradle(manifest: Manifest) -> Iterator[Stated]:
    """
    Yield what a ``build.gradle`` or ``build.gradle.kts`` needs.

    Versions may come from its own variables, those of ``gradle.properties``, and the catalog of the project.
    """
    text = _COMMENT.sub(lambda m: m[1] or re.sub(r"[^\n]", " ", m[0]), manifest.text)
    variables: dict[str, str] | None = None
    catalog: Mapping[str, Need] | None = None
    place = _Places(text)
    for pattern in (_NOTATION, _MAP):
        for found in pattern.finditer(text):
            written = (found[4] or "").partition("@")[0].partition(":")[0].removesuffix("!!")
            if "$" in (found[4] or "") or (pattern is _MAP and re.fullmatch(r"[A-Za-z_][\w.]*", written)):
                variables = _variables(manifest, text) if variables is None else variables
                written = _referred(found[4] if "$" in found[4] else "$" + written, variables)
            version, version_range = asked(written or None, _EXACT)
            name = f"{found[2]}/{found[3]}"
            optional = _ASIDE.search(found[1]) is not None or _PLATFORM in found[0]
            yield Need("maven", name, *place(found.start(2)), found[1], version, version_range, optional)
    for found in _ACCESSOR.finditer(text):
        catalog = _catalog(manifest) if catalog is None else catalog
        key = found[2].removesuffix(".get")
        optional = _ASIDE.search(found[1]) is not None
        for need in _looked_up(key, catalog):
            yield Need("maven", need.name, *place(found.start(2)), found[1], need.version, need.version_range, optional)


class _Places:
    """Tells line and column of a character; asked in any order."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def __call__(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


def _variables(manifest: Manifest, text: str) -> dict[str, str]:
    found = {m[1] or m[2]: m[3] for m in _VARIABLE.finditer(text)}
    for other in above(manifest, "build.gradle", "build.gradle.kts"):
        if other.path != manifest.path:
            for match in _VARIABLE.finditer(other.text):
                found.setdefault(match[1] or match[2], match[3])
    for other in above(manifest, "gradle.properties"):
        for line in other.text.split("\n"):
            key, equals, value = line.partition("=")
            if equals and not line.lstrip().startswith("#"):
                found.setdefault(key.strip(), value.strip())
    return found


def _referred(text: str, variables: Mapping[str, str]) -> str:
    """Return *text* with the variables in it put in; empty when one is not known."""
    filled = _REFERENCE.sub(lambda m: variables.get(m[1], variables.get(m[1].rpartition(".")[2], "\0")), text)
    return "" if "\0" in filled else filled


def _catalog(manifest: Manifest) -> Mapping[str, Need]:
    """Return the libraries of the catalog of the build by their aliases, and those of bundles as ``bundles.x.0``."""
    for file in above(manifest, "gradle/libs.versions.toml"):
        found: dict[str, Need] = {}
        for alias, need in _of_catalog(file.data):
            if isinstance(need, Need):
                found[re.sub(r"[-_]", ".", alias)] = need
        for entry in file.data.under("bundles"):
            need_ = found.get(re.sub(r"[-_]", ".", text_of(entry) or ""))
            if need_ is not None and len(entry.keys) == 3:  # noqa: PLR2004 - bundles, its alias, a number.
                found[f"bundles.{re.sub(r'[-_]', '.', entry.keys[1])}:{entry.keys[2]}"] = need_
        return found
    return {}


def _looked_up(key: str, catalog: Mapping[str, Need]) -> Iterator[Need]:
    if key in catalog:
        yield catalog[key]
    elif key.startswith("bundles."):
        yield from (need for alias, need in catalog.items() if alias.partition(":")[0] == key)


def read_catalog(data: Data) -> Iterator[Stated]:
    """Yield the libraries of a ``libs.versions.toml``, which lists what the builds may take."""
    yield from (stated for _, stated in _of_catalog(data))


def _of_catalog(data: Data) -> Iterator[tuple[str, Stated]]:
    for keys, fields in grouped(data.entries, lambda k: 2 if k[:1] == ("libraries",) and len(k) > 1 else 0).items():
        first = next(iter(fields.values()))
        whole = text_of(fields.get(())) or ""
        module = text_of(fields.get(("module",))) or ""
        group, _, rest = (whole or module).partition(":")
        artifact, _, written = rest.partition(":")
        group = group or text_of(fields.get(("group",))) or ""
        artifact = artifact or text_of(fields.get(("name",))) or ""
        if not (_PART.fullmatch(group) and _PART.fullmatch(artifact)):
            yield keys[1], malformed("a library of the catalog has no name", first.line)
            continue
        version, version_range = asked(written or _version(data, fields), _EXACT)
        name = f"{group}/{artifact}"
        yield keys[1], Need("maven", name, first.line, first.column, "libraries", version, version_range, optional=True)


_RICH: Final = ((), ("strictly",), ("require",), ("prefer",))


def _version(data: Data, fields: Fields) -> str | None:
    reference = text_of(fields.get(("version", "ref")))
    for rich in _RICH:
        text = text_of(data.get("versions", reference, *rich) if reference else fields.get(("version", *rich)))
        if text is not None:
            return text
    return None


_LOCKED: Final = expression(r"([\w.-]+):([\w.-]+):([^=\s]+)=(\S*)\s*")


def read_gradle_lock(text: str) -> Iterator[Stated]:
    """Yield the packages of a ``gradle.lockfile``."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith(("#", "empty=")):
            continue
        found = _LOCKED.fullmatch(line)
        if found is None:
            yield malformed("this is not a package of a lock of Gradle", number)
            continue
        optional = all(_ASIDE.search(configuration) for configuration in found[4].split(","))
        yield Need("maven", f"{found[1]}/{found[2]}", number, 1, "gradle.lockfile", found[3], None, optional)


# sbt

_SBT: Final = expression(r'"([\w.-]+)"\s*(%%?%?)\s*"([\w.-]+)"\s*%\s*(?:"([^"\n]+)"|(\w+))(?:\s*%\s*("?[\w,>-]+"?))?')
_SBT_VALUE: Final = expression(r'\bval\s+(\w+)\s*(?::\s*String)?\s*=\s*"([^"\n]+)"')


def read_sbt(text: str) -> Iterator[Stated]:
    """Yield what a ``build.sbt`` needs."""
    text = _COMMENT.sub(lambda m: m[1] or re.sub(r"[^\n]", " ", m[0]), text)
    place = _Places(text)
    values = {m[1]: m[2] for m in _SBT_VALUE.finditer(text)}
    for found in _SBT.finditer(text):
        version, version_range = asked(found[4] or values.get(found[5]), _EXACT)
        optional = "test" in (found[6] or "").lower()
        name = f"{found[1]}/{found[3]}"
        yield Need("maven", name, *place(found.start()), "libraryDependencies", version, version_range, optional)
