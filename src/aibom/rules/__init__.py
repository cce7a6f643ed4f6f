"""What facts mean: each rule one small function."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aibom.protocols import Rule

__all__ = ["BUILTIN", "builtin"]

BUILTIN = (
    "exposure",
    "keeping_up",
    "licensing",
    "lineage",
    "loading",
    "notices",
    "pinning",
)
"""The modules of this package; each offers its rules as a tuple, ``RULES``."""


@cache
def builtin() -> tuple[Rule, ...]:
    """Return aibom's own rules, by id."""
    every = (rule for module in BUILTIN for rule in import_module(f"{__name__}.{module}").RULES)
    return tuple(sorted(every, key=lambda rule: rule.id))
