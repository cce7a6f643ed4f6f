"""Licences as expressions of SPDX."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from license_expression import Licensing

__all__ = ["expression_of"]


def expression_of(stated: str) -> str:
    """
    Return *stated* as an expression of SPDX; what SPDX does not list is a reference to a licence of its own.

    >>> expression_of("mit"), expression_of("Apache-2.0 or MIT"), expression_of("llama3.1"), expression_of("Our terms")
    ('MIT', 'Apache-2.0 OR MIT', 'LicenseRef-llama3.1', 'LicenseRef-Our-terms')
    """
    from license_expression import ExpressionError

    text = stated.strip()
    if text.isascii() and len(text) < 500:  # noqa: PLR2004 - no expression that people write is longer
        try:
            parsed = _licensing().parse(text, validate=True, strict=True)
        except (ExpressionError, AttributeError, IndexError):  # It leaks the latter two for odd text.
            parsed = None
        if parsed is not None:
            return str(parsed.render())
    return "LicenseRef-" + (re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip("-")[:100] or "unnamed")


@cache
def _licensing() -> Licensing:
    """Return the list of SPDX, which takes a quarter of a second to load."""
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()
