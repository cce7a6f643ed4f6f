"""How far values are followed. What is cut off ends in a diagnostic, `limit-reached`."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BUDGET",
    "CALLEE_BUDGET",
    "COMBINATIONS",
    "DEEPEST",
    "DEEPEST_CLASS",
    "LEAST_SHARE",
    "LONGEST",
    "MOST_BRANCHES",
    "MOST_CALLER_FILES",
    "MOST_IMPORTS",
    "MOST_NAMES",
    "MOST_WAYS",
    "ROUNDS",
    "WIDEST",
]

DEEPEST: Final = 40
"""How many steps a value is followed."""
BUDGET: Final = 4000
"""How many expressions are looked at for one name."""
WIDEST: Final = 2000
"""How many values of one container are looked at; a registry of models has hundreds."""
LEAST_SHARE: Final = 500
"""How many of them one of many callers may cost at least."""
CALLEE_BUDGET: Final = 200
"""How many of them to find out what a call calls that no file tells alone; those that are found take less than 200."""
COMBINATIONS: Final = 64
"""How many strings one template may give."""
LONGEST: Final = 4096
"""How long a string may be that a method of strings is worked out for; a name is shorter."""
DEEPEST_CLASS: Final = 8
"""Classes that inherit more deeply inherit in a circle."""
ROUNDS: Final = 6
"""How often a search for callers may lead to functions that have callers of their own."""
MOST_WAYS: Final = 20
"""How many ways from one written name to calls are kept as evidence."""
MOST_CALLER_FILES: Final = 400
"""How many files are parsed in one round because they may hold a caller."""
MOST_BRANCHES: Final = 40
"""Within so many branches, the innermost, it is asked whether a line runs."""
MOST_NAMES: Final = 40
"""Under how many other names one function is looked for."""
MOST_IMPORTS: Final = 50
"""In how many modules that a file imports the options of its command line are looked for."""
