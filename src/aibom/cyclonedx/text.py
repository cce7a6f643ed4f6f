"""Text and addresses that every format of CycloneDX can hold, from names that may be hostile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["clean", "is_loopback", "is_machine_path", "is_public", "pointer", "to_endpoint", "to_text"]

# What XML 1.0 cannot hold or changes, what a terminal obeys, and what UTF-8 cannot encode: the bytes of a file name
# that is not UTF-8.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MACHINE_PATH: Final = re.compile(r"/|\\\\|[A-Za-z]:[\\/]|file:", re.IGNORECASE)
_USER: Final = re.compile(r"(?<=://)[^/?#]*@")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 3986 with a host that is a name or an IPv4 address. What it refuses by mistake is kept as a property.
_ABSOLUTE: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~%-]+(?::[0-9]*)?(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?"
)
_LOOPBACK: Final = re.compile(r"[a-z0-9+.-]+://(?:localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1\])(?:[:/]|$)", re.IGNORECASE)


def to_text(text: str) -> str:
    r"""
    Return *text* with control characters and what is no character at all written as escapes.

    JSON could hold some of them; XML could not, and the two must say the same.

    >>> to_text("a\nb"), to_text("caf\udce9.py"), to_text("café.py")
    ('a\\nb', 'caf\\udce9.py', 'café.py')
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def clean(value: dict[str, object] | list[object]) -> None:
    """Apply `to_text` to every string in *value*, in place; the keys are ours and need none."""
    # Values change and nothing is added or taken away: so the loop may run over what it changes.
    items: Iterable[tuple[Any, object]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, str):
            if not item.isprintable():
                value[key] = to_text(item)
        elif isinstance(item, dict | list):
            clean(item)


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
