"""What a licence is, by whatever name it is stated, and what it asks. No legal advice."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.expressions import expression
from aibom.knowledge import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from license_expression import LicenseSymbol, Licensing

    from aibom.bill import Fact

__all__ = [
    "CLASSES",
    "DISCLAIMER",
    "OBLIGATIONS",
    "Commercial",
    "Terms",
    "combined",
    "ids_of",
    "is_concluded",
    "is_licence_file",
    "of_text",
    "terms",
]

DISCLAIMER: Final = "None of it is legal advice."
"""What stands beside findings wherever they are shown."""

OBLIGATIONS: Final[Mapping[str, str]] = {
    "attribution": "name the authors and keep their notices",
    "limited-copyleft": "share changes to the licensed part itself under the same licence",
    "share-alike": "share adaptations under the same licence",
    "copyleft": "share derived works under the same licence",
    "network-copyleft": "offer the source to those who use it over a network",
    "flow-down": "pass the terms on to whoever gets the model or a derivative of it",
    "use-restrictions": "keep to the restrictions of use",
    "research-only": "use it for research alone",
    "no-derivatives": "do not share adaptations",
    "territory": "mind the countries that are left out",
    "user-threshold": "ask for a separate licence from a number of users",
    "revenue-threshold": "ask for a separate licence from a revenue",
    "output-restriction": "do not improve other models with its output",
    "output-naming": "name models that were improved with its output as the licence says",
    "naming": "begin the names of derivatives as the licence says",
}
"""What a licence may ask, and what that means."""
CLASSES: Final = (
    *("public-domain", "permissive", "weak-copyleft", "copyleft", "use-restricted", "no-derivatives", "non-commercial"),
    "unknown",
)
"""What sorts of licences there are, from the one that asks least."""


class Commercial(StrEnum):
    """Whether a licence allows commercial use."""

    YES = "yes"
    CONDITIONAL = "conditional"
    """Yes, on conditions; `Terms.clause` has them."""
    UNKNOWN = "unknown"
    NO = "no"

    @property
    def rank(self) -> int:
        """The strictness: what is not known is taken for stricter than a condition, and less strict than a ban."""
        return list(Commercial).index(self)


@frozen
class Terms:
    """What a licence, or several together, ask."""

    stated: str
    """As it was stated."""
    spdx: str
    """An SPDX id or expression, a ``LicenseRef-…``, or ``NOASSERTION``."""
    kind: str = "unknown"
    """One of `CLASSES`."""
    commercial: Commercial = Commercial.UNKNOWN
    clause: str = ""
    """Why commercial use is not simply allowed."""
    obligations: tuple[str, ...] = ()
    """Of `OBLIGATIONS`; ``naming:`` has the word after it."""
    confidence: str = "low"
    """``high`` where the text was searched or is a standard, ``medium``, or ``low``."""
    source: str = ""
    """Where the terms are known from."""
    known: bool = True
    """Whether somebody who reads the name knows which licence is meant."""

    @property
    def naming(self) -> str:
        """The word that names of derivatives begin with; empty when there is none."""
        return next((o.partition(":")[2] for o in self.obligations if o.startswith("naming:")), "")

    @property
    def asks(self) -> str:
        """What it asks, in words."""
        return "; ".join(OBLIGATIONS[o.partition(":")[0]] for o in self.obligations)

    def __contains__(self, obligation: object) -> bool:
        return any(o.partition(":")[0] == obligation for o in self.obligations)


def _plain(text: str) -> str:
    """Return *text* as `licences.tsv` writes names: spellings differ in case, blanks, underscores and a full stop."""
    return re.sub(r"[\s_]+", " ", text.strip().strip(".").casefold()).removeprefix("license:").strip()


@cache
def _table() -> dict[str, Terms]:
    known: dict[str, Terms] = {}
    for row in rows("licences"):
        found = Terms(
            row["key"],
            row["spdx"],
            row["class"],
            Commercial(row["commercial"]),
            row["clause"],
            tuple(filter(None, row["obligations"].split("|"))),
            row["confidence"],
            row["source"],
            known=row["key"] not in {"unknown", "other"},
        )
        for name in [row["key"], row["name"], row["spdx"], *filter(None, row["names"].split("|"))]:
            known.setdefault(_plain(name), found)
            known.setdefault(_plain(name).replace(" ", "-"), found)
    return known


@cache
def terms(stated: str) -> Terms:
    """
    Return what is known of the licence that is *stated*: a key of the Hub, a name, an SPDX id or an expression.

    What is not recognised comes back as unknown, never as permissive.

    >>> terms("llama3.1").commercial, terms("GNU GPLv3").spdx, terms("our own").known
    (<Commercial.CONDITIONAL: 'conditional'>, 'GPL-3.0', False)
    >>> terms("mit OR cc-by-nc-4.0").commercial
    <Commercial.YES: 'yes'>
    """
    text = stated.strip()
    plain = _plain(text)
    for name in (plain, plain.removesuffix(" license").removesuffix("-license"), plain.replace(" ", "-")):
        found = _table().get(name)
        if found is not None:
            return evolve(found, stated=text)
    if len(text) <= _LONGEST and re.fullmatch(r"[\w.+() -]+", text):
        found = _of_expression(text)
        if found is not None:
            return found
    return Terms(text, _reference(text), known=False, source="no table knows the name")


_LONGEST: Final = 300
"""Characters of an expression."""


def _reference(text: str) -> str:
    idstring = re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")[:60]
    return f"LicenseRef-hub-{idstring}" if idstring else "NOASSERTION"


def _of_expression(text: str) -> Terms | None:
    """Return the terms of an SPDX *text*, an id or an expression; None when it is none, or none knows a name in it."""
    from license_expression import AND, OR, ExpressionError, LicenseSymbol, LicenseWithExceptionSymbol

    try:
        parsed = _licensing().parse(re.sub(r"\b(and|or|with)\b", lambda m: m[0].upper(), text), simple=True)
    except (ExpressionError, ValueError, AttributeError):
        return None

    def of(node: object) -> Terms | None:
        if isinstance(node, AND | OR):
            parts = [of(arg) for arg in node.args]
            known = [p for p in parts if p is not None]
            if len(known) != len(parts):
                return None
            return combined(known) if isinstance(node, AND) else _either(known)
        if isinstance(node, LicenseWithExceptionSymbol):
            base = of(node.license_symbol)
            return base and evolve(base, stated=str(node), spdx=f"{base.spdx} WITH {node.exception_symbol.key}")
        return _of_symbol(node) if isinstance(node, LicenseSymbol) else None

    found = of(parsed)
    return None if found is None else evolve(found, stated=text)


@cache
def _licensing() -> Licensing:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


@cache
def _categories() -> dict[str, tuple[str, str]]:
    """Return the SPDX id and the category of every licence that license-expression's data has, by its ids."""
    from license_expression import get_license_index

    found: dict[str, tuple[str, str]] = {}
    for each in get_license_index():
        own = each.get("spdx_license_key") or ""
        if not own or each.get("is_exception"):
            continue
        for id_ in (own, *each.get("other_spdx_license_keys", ())):
            found.setdefault(id_.casefold(), (own, each.get("category") or ""))
    return found


_BY_CATEGORY: Final = {
    "Permissive": ("permissive", Commercial.YES, ("attribution",)),
    "Public Domain": ("public-domain", Commercial.YES, ()),
    "Copyleft": ("copyleft", Commercial.YES, ("attribution", "copyleft")),
    "Copyleft Limited": ("weak-copyleft", Commercial.YES, ("attribution", "limited-copyleft")),
}


def _of_symbol(symbol: LicenseSymbol) -> Terms | None:
    """Return the terms of one id that no row of ours has, by its category in license-expression's data."""
    key = str(symbol.key)
    own = _table().get(_plain(key)) or _table().get(_plain(re.sub(r"-(?:only|or-later)$|\+$", "", key)))
    if own is not None:
        return evolve(own, stated=key, spdx=key if own.spdx.casefold() in key.casefold() else own.spdx)
    known = _categories().get(key.casefold())
    if known is None:
        return None
    spdx, category = known
    source = f"license-expression: {category}"
    if re.match(r"CC-BY-\S*N[CD]", spdx):
        obligations = [o for mark, o in (("-SA", "share-alike"), ("-ND", "no-derivatives")) if mark in spdx]
        free = "-NC" not in spdx
        return Terms(
            key,
            spdx,
            "no-derivatives" if free else "non-commercial",
            Commercial.CONDITIONAL if free else Commercial.NO,
            "adapted material must not be shared" if free else "non-commercial purposes only (NC)",
            ("attribution", *obligations),
            "high",
            source,
        )
    if category not in _BY_CATEGORY:
        return Terms(key, spdx, clause=f"its category is {category!r}; the text was not read here", source=source)
    kind, commercial, obligations_ = _BY_CATEGORY[category]
    return Terms(key, spdx, kind, commercial, "", obligations_, "high", source)


def ids_of(stated: Iterable[Fact]) -> tuple[str, ...]:
    """Return the SPDX ids and expressions of what is *stated*, each once: other spellings are the same."""
    return tuple(sorted({terms(fact.value).spdx for fact in stated}))


def combined(parts: Iterable[Terms]) -> Terms:
    """
    Return what holds when all of *parts* do: the strictest, and every obligation.

    >>> combined([terms("mit"), terms("cc-by-nc-4.0")]).spdx
    'MIT AND CC-BY-NC-4.0'
    """
    every = list(dict.fromkeys(parts))
    if len(every) == 1:
        return every[0]
    strictest = max(every, key=lambda t: (t.commercial.rank, CLASSES.index(t.kind)))
    return Terms(
        " AND ".join(t.stated for t in every),
        " AND ".join(f"({t.spdx})" if " OR " in t.spdx else t.spdx for t in every),
        max((t.kind for t in every), key=CLASSES.index),
        strictest.commercial,
        "; ".join(dict.fromkeys(t.clause for t in every if t.clause)),
        tuple(o for o in _ORDER if any(_names(t, o) for t in every))
        + tuple(dict.fromkeys(o for t in every for o in t.obligations if ":" in o)),
        min((t.confidence for t in every), key=("low", "medium", "high").index),
        "; ".join(dict.fromkeys(t.source for t in every)),
        known=all(t.known for t in every),
    )


_ORDER: Final = tuple(o for o in OBLIGATIONS if o != "naming")


def _names(each: Terms, obligation: str) -> bool:
    return obligation in each.obligations


def _either(parts: list[Terms]) -> Terms:
    """Return what holds when one of *parts* may be chosen: that of the one that asks least."""
    chosen = min(parts, key=lambda t: (t.commercial.rank, CLASSES.index(t.kind), len(t.obligations)))
    return evolve(chosen, spdx=" OR ".join(f"({t.spdx})" if " AND " in t.spdx else t.spdx for t in parts))


# -- the text of a licence ------------------------------------------------------------------------


@frozen
class _Text:
    key: str
    head: str
    """Stands near the beginning."""
    phrases: tuple[str, ...]
    """All of them stand in it."""


@cache
def _texts() -> tuple[_Text, ...]:
    return tuple(
        _Text(row["key"], row["head"], tuple(filter(None, row["phrases"].split("|")))) for row in rows("licence_texts")
    )


_HEAD: Final = 1500
"""Characters in which the title of a licence stands, after a notice of copyright."""
_MOST: Final = 200_000
"""Characters of a text that are looked at."""


_FILE: Final = expression(
    r"(?:.*/)?(?:licen[cs]es?|copying|notice|unlicense)(?:[-._](?!(?:py|js|ts|json|ya?ml|toml)$)[^/]*)?", re.IGNORECASE
)


def is_licence_file(path: str) -> bool:
    """
    Tell whether a file is called as those are that hold the text of a licence.

    >>> is_licence_file("models/LICENSE.txt"), is_licence_file("COPYING"), is_licence_file("license.py")
    (True, True, False)
    """
    return _FILE.fullmatch(path) is not None


def is_concluded(fact: Fact) -> bool:
    """
    Tell whether a licence was recognised in the text of a licence file, and not stated by its name.

    >>> from aibom.bill import Fact
    >>> is_concluded(Fact("MIT", "file:models/LICENSE.txt")), is_concluded(Fact("mit", "card:front-matter"))
    (True, False)
    >>> is_concluded(Fact("mit", "hub-file@0123456789ab:LICENSE"))
    True
    """
    kind, colon, path = fact.source.partition(":")
    if kind == "file" or kind.partition("@")[0] == "hub-file":
        return bool(colon) and is_licence_file(path)
    return fact.source == "cyclonedx:licenses:concluded"


def of_text(text: str) -> str | None:
    """
    Return the key of the licence whose *text* this is, by phrases that it alone has; None when that is not certain.

    Case, blanks and punctuation do not count. A file that holds several licences is none of them.

    >>> of_text("Apache License, Version 2.0, January 2004 ... Grant of Patent License ... END OF TERMS AND CONDITIONS")
    'apache-2.0'
    >>> of_text("All rights reserved.")
    """
    plain = " ".join(re.findall(r"[a-z0-9]+", text[:_MOST].casefold()))
    found = [
        each
        for each in _texts()
        if (not each.head or each.head in plain[:_HEAD]) and all(phrase in plain for phrase in each.phrases)
    ]
    # BSD of three clauses has the phrases of two, and one more.
    closest = {each.key for each in found if not any(set(each.phrases) < set(other.phrases) for other in found)}
    return closest.pop() if len(closest) == 1 else None
