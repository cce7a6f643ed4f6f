"""Tell secrets from other text: so that none is copied, and so that their places can be named."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

from aibom.expressions import expression

__all__ = ["MASK", "is_literal", "is_secret_name", "is_token", "looks_random", "masked"]

MASK: Final = "***"
"""What stands where a secret was."""

_TOKEN: Final = expression(
    r"(?<![A-Za-z0-9_-])(?:"
    r"sk-ant-[A-Za-z0-9_-]{20,}|sk-or-v1-[a-f0-9]{32,}|sk-(?:proj|svcacct|admin|live)-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{20,}"
    r"|hf_[A-Za-z0-9]{30,}|api_org_[A-Za-z]{30,}|AIza[A-Za-z0-9_-]{35}|gsk_[A-Za-z0-9]{30,}|xai-[A-Za-z0-9]{40,}"
    r"|r8_[A-Za-z0-9]{30,}|pplx-[a-f0-9A-Za-z]{40,}|nvapi-[A-Za-z0-9_-]{40,}|pa-[A-Za-z0-9_-]{40,}|jina_[A-Za-z0-9]{40,}"
    r"|csk-[a-z0-9]{40,}|fw_[A-Za-z0-9]{20,}|tgp_v1_[A-Za-z0-9_-]{30,}|lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"
    r"|pcsk_[A-Za-z0-9_]{40,}|(?:A3T[A-Z0-9]|AKIA|ASIA)[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{20,}"
    r"|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|glpat-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{30,}"
    r"|ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}|tvly-(?:dev-)?[A-Za-z0-9]{28,}|eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{10,}"
    r")(?![A-Za-z0-9_-])"
)
"""How the keys of services begin, by their own documentation and public lists of secret scanners, 2026-11."""
_NAME: Final = expression(
    r"(?:^|[_\W-])(?:api[_-]?key|apikey|secret(?:[_-]?(?:access[_-]?)?key)?|access[_-]?key|auth[_-]?token|access[_-]?token"
    r"|bearer(?:[_-]?token)?|token|password|passwd|pwd|credentials?|authorization|private[_-]?key|client[_-]?secret)$",
    re.IGNORECASE,
)
"""Names of what holds a secret; the last word decides: ``max_tokens`` and ``token_limit`` hold none."""
_FAKE: Final = expression(
    r"your|example|dummy|fake|placeholder|changeme|change[-_]me|replace|insert|xxx|\.\.\.|…|<|>|\*{3}|\$\{|\{\{|^\$|\bmock|sample"
    r"|redacted|todo|not[-_]?needed|secret-?here|key-?here|abcdef|123456|foobar|test",
    re.IGNORECASE,
)
"""What people write where a secret should stand, or in a test."""
_SHORTEST: Final = 20
_PIECE: Final = 16
_BITS: Final = 3.5
"""Of Shannon's entropy for each character: words have less, random keys more."""


def is_token(text: str) -> bool:
    """
    Tell whether *text* holds a key whose form is that of a service's, and no stand-in for one.

    >>> is_token("sk-ant-" + "a8Kd" * 6), is_token("sk-your-key-here"), is_token("gpt-4o")
    (True, False, False)
    """
    return any(not _is_fake(found[0]) for found in _TOKEN.finditer(text))


def is_secret_name(name: str) -> bool:
    """
    Tell whether what is called *name* holds a secret.

    >>> is_secret_name("OPENAI_API_KEY"), is_secret_name("--token"), is_secret_name("max_tokens")
    (True, True, False)
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return _NAME.search(words) is not None


def looks_random(text: str) -> bool:
    """
    Tell whether *text* is like a key that a machine made: long, of one piece, without a pattern, and no stand-in.

    >>> looks_random("9f8aKq2LzX0vB7mN4tYw1cRe"), looks_random("a-name-of-some-deployment"), looks_random("${KEY}")
    (True, False, False)
    """
    if not (_SHORTEST <= len(text) <= 512) or not re.fullmatch(r"[A-Za-z0-9_./+=~-]+", text) or _is_fake(text):  # noqa: PLR2004 - longer is data
        return False
    if "://" in text or text.count("/") > 1:
        return False
    longest = max(re.split(r"[-_./~]", text), key=len)  # claude-haiku-4-5-20251001 and UUIDs have short pieces.
    if len(longest) < _PIECE or not re.search(r"\d", longest) or not re.search(r"[A-Za-z]", longest):
        return False
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) >= _BITS


def is_literal(value: str) -> bool:
    """
    Tell whether *value*, of something called like a secret, is one: no reference to one, and no stand-in.

    >>> is_literal("Bearer k2Jd8sPq0"), is_literal("${env:TOKEN}"), is_literal("your-token")
    (True, False, False)
    """
    plain = value.strip().removeprefix("Bearer ").removeprefix("Basic ").strip()
    return len(plain) >= 8 and not _is_fake(plain) and not plain.startswith(("$", "%", "{", "op://"))  # noqa: PLR2004 - shorter is a word


def _is_fake(text: str) -> bool:
    body = re.sub(r"^[A-Za-z]{2,6}[-_]", "", text)
    return _FAKE.search(text) is not None or len(set(body)) < 6  # noqa: PLR2004 - sk-aaaaaaaaaaaaaaaaaaaaaaaa


_ASSIGNED: Final = expression(r"(?P<name>-{0,2}[A-Za-z_][\w.-]*)(?P<is>[=:]\s*)(?P<value>.+)", re.DOTALL)


def masked(words: list[str]) -> list[str]:
    """
    Return the *words* of a command with `MASK` in the place of every secret.

    A secret is what has the form of one, and what is given to an option or a variable that is named like one.

    >>> masked(["--api-key", "abc", "--port=80", "TOKEN=abc", "--token=${TOKEN}"])
    ['--api-key', '***', '--port=80', 'TOKEN=***', '--token=${TOKEN}']
    """
    shown = []
    hide = False
    for word in words:
        assigned = _ASSIGNED.fullmatch(word)
        if hide and not word.startswith("-"):
            shown.append(word if _is_reference(word) else MASK)
        elif assigned and "://" not in assigned["name"] + assigned["is"] + assigned["value"][:2]:
            secret = is_secret_name(assigned["name"]) or assigned["name"].isupper() or _hides(assigned["value"])
            keep = not secret or _is_reference(assigned["value"])
            shown.append(word if keep else f"{assigned['name']}{assigned['is']}{MASK}")
        else:
            shown.append(MASK if _hides(word) else word)
        hide = word.startswith("-") and not assigned and (is_secret_name(word) or word in {"-H", "--header"})
    return shown


def _hides(word: str) -> bool:
    return _TOKEN.search(word) is not None or looks_random(word)


def _is_reference(word: str) -> bool:
    """Tell whether *word* only says where the secret is: ``$TOKEN``, ``${input:token}``, ``%TOKEN%``."""
    return re.fullmatch(r"(?:Bearer\s+)?(?:\$\w+|\$\{\{?[^}]*\}?\}|%\w+%|<[\w-]+>)", word) is not None
