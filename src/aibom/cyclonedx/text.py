"""Text and addresses that every format of CycloneDX can hold, from names that may be hostile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "clean",
    "from_text",
    "is_loopback",
    "is_machine_path",
    "is_public",
    "pointer",
    "protected",
    "statements",
    "to_endpoint",
    "to_statements",
    "to_text",
    "unclean",
    "unprotected",
]

# What XML 1.0 cannot hold or changes, what a terminal obeys, and what UTF-8 cannot encode: the bytes of a file name
# that is not UTF-8.
_UNSAFE: Final = expression("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = r"(?:[nrt\\]|x[0-9a-f]{2}|u[0-9a-f]{4})"
# A backslash before what could be an escape is doubled: then every text can be read back.
_ESCAPED: Final = expression(rf"\\(?={_ESCAPE}|[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff])|{_UNSAFE.pattern}")
_READ: Final = expression(rf"\\{_ESCAPE}")
_MACHINE_PATH: Final = expression(r"/|\\\\|[A-Za-z]:[\\/]|file:", re.IGNORECASE)
_USER: Final = expression(r"(?<=://)[^/?#]*@")
_STRAY_PERCENT: Final = expression(r"%(?![0-9A-Fa-f]{2})")
# RFC 3986 with a host that is a name or an IPv4 address. What it refuses by mistake is kept as a property.
_ABSOLUTE: Final = expression(
    r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~%-]+(?::[0-9]*)?(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)
_LOOPBACK: Final = expression(r"[a-z0-9+.-]+://(?:localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1\])(?:[:/]|$)", re.IGNORECASE)


def to_text(text: str) -> str:
    r"""
    Return *text* with control characters and what is no character at all written as escapes.

    JSON could hold some of them; XML could not, and the two must say the same. A backslash that would be taken for the
    beginning of an escape is doubled, so that `from_text` reads every text back; apply it once.

    >>> to_text("a\nb"), to_text("caf\udce9.py"), to_text("café.py"), to_text("C:\\new")
    ('a\\nb', 'caf\\udce9.py', 'café.py', 'C:\\\\new')
    """
    if "\\" not in text and text.isprintable():
        return text
    return _ESCAPED.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def from_text(text: str) -> str:
    r"""
    Return the text of which `to_text` makes *text*.

    >>> from_text(r"a\nb"), from_text(r"C:\\new"), from_text(r"C:\models")
    ('a\nb', 'C:\\new', 'C:\\models')
    """
    return _READ.sub(_meant, text) if "\\" in text else text


def _meant(match: re.Match[str]) -> str:
    kind, digits = match[0][1], match[0][2:]
    return chr(int(digits, 16)) if digits else {"n": "\n", "r": "\r", "t": "\t"}.get(kind, kind)


def clean(value: dict[str, object] | list[object]) -> None:
    """Apply `to_text` to every string in *value*, in place; the keys are ours and need none."""
    _change(value, to_text)


def unclean(value: dict[str, object] | list[object]) -> None:
    """Apply `from_text` to every string in *value*, in place."""
    _change(value, from_text)


def _change(value: dict[str, object] | list[object], change: Callable[[str], str]) -> None:
    waiting = [value]
    while waiting:  # No recursion: a document of somebody else may be deep.
        holder = waiting.pop()
        # Values change and nothing is added or taken away: so the loop may run over what it changes.
        items: Iterable[tuple[Any, object]] = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, item in items:
            if isinstance(item, str):
                if "\\" in item or not item.isprintable():
                    holder[key] = change(item)
            elif isinstance(item, dict | list):
                waiting.append(item)


# A list of statements -----------------------------------------------------------------------------

_CODES: Final = {"%25": "%", "%28": "(", "%3A": ":", "%3B": ";", "%3D": "="}
_AS_CODE: Final = {char: code for code, char in _CODES.items()}
_CODED: Final = expression("|".join(_CODES))


def protected(text: str, characters: str) -> str:
    """
    Return *text* with each of *characters* written as a code, such as ``%3B``, and a ``%`` before such a code too.

    >>> protected("a;b", ";"), protected("100%;", ";"), protected("a%3Bb", ";")
    ('a%3Bb', '100%%3B', 'a%253Bb')
    """
    if "%" in text:
        text = _CODED.sub(lambda match: "%25" + match[0][1:], text)
    for char in characters:
        if char in text:
            text = text.replace(char, _AS_CODE[char])
    return text


def unprotected(text: str) -> str:
    """
    Return the text of which `protected` makes *text*.

    >>> unprotected("a%3Bb"), unprotected("100%%3B"), unprotected("a%253Bb"), unprotected("%2F")
    ('a;b', '100%;', 'a%3Bb', '%2F')
    """
    return _CODED.sub(lambda match: _CODES[match[0]], text) if "%" in text else text


def to_statements(pairs: Iterable[tuple[str, str]]) -> str:
    """
    Return *pairs* as ``name=value`` parted by ``; ``; nothing in a value can add a statement of its own.

    >>> to_statements([("usage", "used"), ("symbol", "a;b")])
    'usage=used; symbol=a%3Bb'
    """
    return "; ".join([f"{protected(name, ';=')}={protected(value, ';')}" for name, value in pairs])


def statements(text: str) -> list[tuple[str, str]]:
    """
    Return the pairs of which `to_statements` makes *text*; what is no statement is passed over.

    >>> statements("usage=used; symbol=a%3Bb; odd")
    [('usage', 'used'), ('symbol', 'a;b')]
    """
    parts = [part.partition("=") for part in text.split("; ")]
    return [(unprotected(name), unprotected(value)) for name, equals, value in parts if equals]


# Paths and addresses ------------------------------------------------------------------------------


def pointer(place: Iterable[str | int]) -> str:
    """
    Return *place* as a JSON pointer, with the ``#`` that stands before one in a URL (RFC 6901).

    >>> pointer(("components", 0, "a/b"))
    '#/components/0/a~1b'
    """
    return "".join(["#", *("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)])


def is_machine_path(path: str) -> bool:
    r"""
    Tell whether *path* says where something lies on one machine: POSIX, Windows, UNC, or a ``file:`` address.

    >>> is_machine_path("/home/me/x.py"), is_machine_path("C:\\Users\\me"), is_machine_path("src/x.py")
    (True, True, False)
    """
    return _MACHINE_PATH.match(path) is not None


def to_endpoint(address: str) -> tuple[str, bool]:
    """
    Return *address* as a document may show it, and whether it is a URL that the schema accepts.

    User, password, query and fragment are cut off: keys travel there.

    >>> to_endpoint("https://me:secret@api.example.com/v1?key=secret")
    ('https://api.example.com/v1', True)
    >>> to_endpoint("not an address")
    ('not an address', False)
    """
    shown = re.split(r"[?#]", _USER.sub("", address), maxsplit=1)[0]
    try:
        encoded = quote(_STRAY_PERCENT.sub("%25", shown), safe="%:/@!$&'()*+,;=")
    except UnicodeEncodeError:  # A lone surrogate is no character of any address.
        return shown, False
    return (encoded, True) if _ABSOLUTE.fullmatch(encoded) else (shown, False)


def is_loopback(address: str) -> bool:
    """
    Tell whether *address* leads to the machine that asks.

    >>> is_loopback("http://localhost:11434"), is_loopback("https://localhost.example.com")
    (True, False)
    """
    return _LOOPBACK.match(address) is not None


_PRIVATE_NAMES: Final = (".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".svc", ".localdomain")


def is_public(address: str) -> bool:
    """
    Tell whether *address* names a host of the public internet: no loopback, no private network, no name without a dot.

    >>> is_public("https://api.example.com/v1"), is_public("http://10.0.0.5:8000"), is_public("http://gpu-box:8000")
    (True, False, False)
    """
    from ipaddress import ip_address  # Only services need it.

    rest = address.partition("://")[2] or address
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.lower().endswith(_PRIVATE_NAMES) and not is_loopback(address)
