"""Models, services and AI libraries that JavaScript and TypeScript code uses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names, signatures
from aibom.bill import Detection, Diagnostic, Kind, Usage
from aibom.expressions import expression
from aibom.knowledge import packages
from aibom.protocols import CODE, FunctionDetector
from aibom.slots import REGISTRY, words
from aibom.syntax.values import Attribute, Choice, Mapping, Name, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.files import File
    from aibom.knowledge import Signature
    from aibom.syntax import Code

__all__ = ["detect"]

_BARE: Final = expression(
    r"[A-Za-z][\w.]*-(?:[\w.]+-)*(?:base|small|large|mini\w*|medium|tiny|xl|v\d[\w.]*|\d+b|instruct|chat)(?:-[\w.]+)*",
    re.IGNORECASE,
)
"""Names without an owner that a library gives its models: fast-bge-small-en."""
_OPTION: Final = expression(r"--(?:model|engine|model-name|llm|embedding-model)(?:=|\s+)[\"']?([\w./:@-]+)")


@cache
def _table() -> tuple[Signature, ...]:
    return tuple(s for s in signatures.every() if s.detector == "javascript")


@cache
def _among() -> signatures.ByLast:
    return signatures.by_last(_table())


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Models, services and AI libraries that JavaScript and TypeScript code uses: by the packages that it imports."""
    if file.name == "package.json":
        yield from _scripts(file)
    if file.code.language != "javascript":
        return
    yield from _libraries(file)
    yield from _registries(file)
    among = _among()
    for call in signatures.candidates(file.code, among):
        for signature in signatures.matching(call.callee, among):
            for claim in signatures.claims(call, signature, file.at(call.line, call.column)):
                # createOpenAI({baseURL: …})("gpt-4o"): what is called knows who serves it.
                made = claim.hosted and call.callee.endswith("()")
                yield evolve(claim, receiver=call.function) if made else claim


def _libraries(file: File) -> Iterator[Detection]:
    seen = set()
    for imported in file.code.imports:
        whole = imported.target.removeprefix("npm:")
        if whole == imported.target:
            continue
        parts = whole.split(".")
        dotted = (".".join(parts[:count]) for count in range(min(len(parts), 3), 1, -1))  # brain.js
        name = next((n for n in dotted if ("npm", n) in packages().exact), parts[0])
        package = packages().get("npm", name)
        if package is not None and name not in seen:
            seen.add(name)
            yield Detection(
                Kind.LIBRARY,
                name,
                file.at(imported.line),
                "npm",
                symbol=f"import {name}",
                confidence=0.9,
                properties=[("category", package.category)],
            )


def _registries(file: File) -> Iterator[Detection]:
    """Yield the names without an owner that an enum or an object lists that is called after models."""
    defaults = _defaults(file.code)
    for title, entries in _listed(file.code):
        found = [(key, text) for key, text in entries if _BARE.fullmatch(text.value)]
        if len(found) < REGISTRY or not words(title) & {"model", "models"}:
            continue
        for key, text in found:
            if names.hosted_family(text.value) is None:
                yield Detection(
                    Kind.MODEL,
                    text.value,
                    file.at(text.line, text.column),
                    "unknown",
                    usage=Usage.USED if (title, key) in defaults else Usage.OPTIONAL,
                    symbol=f"{title}.{key}",
                    confidence=0.5,
                    flags=frozenset({"slot"}),
                )


def _listed(code: Code) -> Iterator[tuple[str, list[tuple[str, Text]]]]:
    """Yield the enums and objects of *code*, with the strings in them by key."""
    for scope in code.scopes:
        if scope.kind == "class" and any(isinstance(b, Name) and b.name == "Enum" for b in scope.bases):
            yield scope.name, [(b.name, b.value) for b in scope.bindings if isinstance(b.value, Text)]
        for binding in scope.bindings:
            if isinstance(binding.value, Mapping):
                pairs = ((k.value, v) for k, v in binding.value.items if isinstance(k, Text))
                yield binding.name, [(key, value) for key, value in pairs if isinstance(value, Text)]


def _defaults(code: Code) -> set[tuple[str, str]]:
    """Return the members, as in ``Model.SMALL``, that stand for what a caller does not say."""
    given = [p.default for s in code.scopes for p in s.parameters]
    chosen = [b.value.options[-1] for s in code.scopes for b in s.bindings if isinstance(b.value, Choice)]
    return {(v.of.name, v.name) for v in (*given, *chosen) if isinstance(v, Attribute) and isinstance(v.of, Name)}


def _scripts(file: File) -> Iterator[Detection]:
    """Yield the models that the scripts of a package name as options: ``--engine text-davinci-003``."""
    for entry in file.data.under("scripts"):
        for found in _OPTION.finditer(entry.value) if isinstance(entry.value, str) else ():
            provider = names.hosted_family(found[1])
            if provider is not None or names.has_id_shape(found[1]):
                yield Detection(
                    Kind.MODEL,
                    found[1],
                    file.at(entry.line, entry.column),
                    provider or "huggingface",
                    usage=Usage.OPTIONAL,
                    symbol=".".join(entry.keys),
                    confidence=0.7,
                    hosted=provider is not None,
                    flags=frozenset({"slot", "echo"}),  # A reader of commands says more.
                )


@cache
def _hints() -> tuple[str, ...]:
    """Return expressions for an import of one of the packages, also by a URL, and for what needs none."""
    known = {p.name.removesuffix("*") for p in packages() if p.ecosystem == "npm"}
    called = {re.split(r"[.*(]", s.callee.removeprefix("npm:"), maxsplit=1)[0] for s in _table()}
    every = "|".join(sorted(re.escape(name) for name in known | called))
    return (
        rf"""(?:from|import|require)\b\s*\(?\s*["'`](?:npm:|https?://[^"'`\s]*/)?(?:{every})""",
        r"(?:enum|const|var|let)\s+\w*Models?\b",
        _OPTION.pattern,
    )


detect = FunctionDetector("javascript", (_find.__doc__ or "").strip(), (*CODE, "package.json"), _hints, _find)
