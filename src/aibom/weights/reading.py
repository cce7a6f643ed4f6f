"""What the readers of model files share: how they state facts, and how they give up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    Fact = tuple[str, str | int]

LONGEST_TEXT = 4096
"""The longest text, in characters, that is kept as a fact; a longer one is left out, never cut."""


_LOCAL: Final = expression(
    r"/[^/\s]+/\S*"  # the whole text is an absolute path
    r"|(?s:.*)(?:^|[\s\"'=(,;:])(?:/(?:home|Users|root|tmp|var|mnt|media|data|opt|srv|scratch|workspace|content|kaggle)/"
    r"|[A-Za-z]:\\|\\\\|file://)(?s:.*)"
)


def is_local(text: str) -> bool:
    r"""
    Tell whether *text* has a path of somebody's machine in it: such texts are of no use to others, and not theirs.

    >>> is_local("/home/me/model.imatrix"), is_local("C:\\models\\a"), is_local("https://example.org/home/me")
    (True, True, False)
    """
    return _LOCAL.fullmatch(text) is not None


class Unreadable(Exception):  # noqa: N818 – it is an outcome that a reader reports, and never leaves this package
    """The bytes do not hold what they promise; the message is one sentence for people, safe to print."""


def quoted(text: str) -> str:
    r"""
    Return *text* in quotes, at most 60 characters of it, with everything but printable ASCII escaped.

    >>> print(quoted("a\nb"))
    'a\nb'
    """
    return ascii(text if len(text) <= 60 else text[:60] + "...")  # said in the docstring


def encodable(text: str) -> str:
    r"""
    Return *text* with lone surrogates spelled out, so that it can always be written as UTF-8.

    JSON can spell a lone surrogate ("\\ud800") and no encoding of Unicode can.

    >>> encodable("caf\u00e9 \ud800")
    'café \\ud800'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """
    Return *facts* without duplicates and without paths of somebody's machine, sorted by name and then by value.

    >>> in_order([("tensors", 2), ("name", "b"), ("name", "a"), ("name", "a")])
    (('name', 'a'), ('name', 'b'), ('tensors', 2))
    """
    kept = {fact for fact in facts if not (isinstance(fact[1], str) and is_local(fact[1]))}
    return tuple(sorted(kept, key=lambda fact: (fact[0], str(fact[1]))))
