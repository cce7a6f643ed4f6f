"""
What a numpy file says about itself: the header of its array.

The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. The header is a literal of Python;
it is matched, and not evaluated.
"""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.weights.reading import Unreadable

if TYPE_CHECKING:
    from aibom.weights.source import Source

__all__ = ["array"]

_HEADER: Final = expression(
    r"\{\s*'descr':\s*(?:'(?P<dtype>[^']{1,64})'|(?P<fields>\[.*\])),\s*"
    r"'fortran_order':\s*(?:True|False),\s*'shape':\s*\((?P<shape>[\d,\sL]*)\),?\s*\}\s*",
    re.DOTALL,
)
_LONGEST: Final = 65536
_NAMES: Final = {"f": "F", "i": "I", "u": "U", "c": "C"}  # numpy's U is a text, and stays as it is


def array(source: Source) -> tuple[int, str, int]:
    """
    Return how many elements the array in *source* has, their type, and where its content starts.

    The type is in the words of safetensors, ``object`` when the content is a pickle. `Unreadable` when it is none.
    """
    if source.at(0, 6) != b"\x93NUMPY":
        raise Unreadable("It is no numpy array.")
    wide = source.exactly(6, 1)[0] > 1
    length = source.number("<I" if wide else "<H", 8)
    start = 12 if wide else 10
    if length > _LONGEST:
        raise Unreadable(f"Its header says that it has {length} bytes, more than is read.")
    match = _HEADER.fullmatch(source.exactly(start, length).decode("latin-1"))
    if match is None:
        raise Unreadable("Its header is not of the form that numpy writes.")
    shape = [int(n[:19]) for n in re.findall(r"\d+", match["shape"])[:64]]
    dtype = match["dtype"] or "fields"
    if dtype.lstrip("<>|=").startswith("O") or (match["fields"] and re.search(r"'[<>|=]?O", match["fields"])):
        return prod(shape), "object", start + length
    plain = re.fullmatch(r"[<>|=]?([a-zA-Z])(\d{1,4})", dtype)
    named = f"{_NAMES[plain[1]]}{int(plain[2]) * 8}" if plain and plain[1] in _NAMES else dtype.lstrip("<>|=")
    elements = prod(shape)
    if elements >= 2**63:
        raise Unreadable("Its shape has more elements than can be counted.")
    return elements, {"b1": "BOOL"}.get(named, named), start + length
