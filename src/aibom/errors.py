"""Every exception that aibom raises, under one root."""

from __future__ import annotations

__all__ = [
    "AibomError",
    "DecisionsError",
    "DocumentError",
    "IncompleteError",
    "MissingExtraError",
    "PluginError",
    "PolicyError",
    "StatementsError",
    "TargetError",
]


class AibomError(Exception):
    """
    The root of all errors of aibom.

    Exceptions are for the caller's mistakes. What is found in the world that is scanned is a
    `Diagnostic` of the bill and raises nothing.

    ::

        AibomError
        ├── TargetError         there is nothing to scan at that path
        ├── DocumentError       that document cannot be read or written
        ├── PluginError         a detector, enricher or rule is not of the form that aibom asks for
        ├── PolicyError         a policy cannot be read, or has something that no policy has
        ├── StatementsError     a file of statements cannot be read, or names an element that there is not
        ├── DecisionsError      a file of decisions cannot be read, or has something that no decision has
        ├── MissingExtraError   an optional package is not installed
        └── IncompleteError     `Bill.raise_for_errors()`: the bill does not say everything
    """


class TargetError(AibomError):
    """There is nothing that can be scanned at the path that was given."""


class DocumentError(AibomError):
    """A document cannot be read, or cannot be written as asked."""


class StatementsError(AibomError):
    """A file of statements cannot be read, or names an element that there is not."""


class DecisionsError(AibomError):
    """A file of decisions cannot be read, or has something that no decision has."""


class PolicyError(AibomError):
    """A policy cannot be read, or has something that no policy has."""


class PluginError(AibomError):
    """A detector or an enricher is not of the form that `aibom.protocols` describes."""


class MissingExtraError(AibomError):
    """A function needs a package that comes with one of aibom's extras."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package: install it with  pip install 'aibom[{extra}]'")


class IncompleteError(AibomError):
    """Something could not be read, decided or followed; the message lists it."""
