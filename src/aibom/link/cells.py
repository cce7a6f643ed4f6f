"""What an expression is followed to: a value, and the place from which it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from aibom.syntax.values import Value, frozen

if TYPE_CHECKING:
    from aibom.bill import Location
    from aibom.syntax.values import Call

__all__ = [
    "Cell",
    "Class",
    "Content",
    "External",
    "Frame",
    "Function",
    "Guess",
    "Instance",
    "Module",
    "Open",
    "Parsed",
    "Placed",
    "Settings",
]

_LONGEST_CHAIN: Final = 8
"""Places that are kept of the way to a call; more are not read by anybody."""


@frozen
class Module(Value):
    """A module of the tree."""

    path: str


@frozen
class Function(Value):
    """A function of the tree."""

    path: str
    scope: int
    given: Call | None = None
    """The call of ``functools.partial`` that gave it some of its arguments."""
    this: Value | None = None
    """The instance whose method it is."""


@frozen
class Class(Value):
    """A class of the tree."""

    path: str
    scope: int
    own: bool = False
    """It is the ``cls`` of a method: it may be a class that inherits from this one."""


@frozen
class Instance(Value):
    """An instance of a class of the tree."""

    path: str
    scope: int
    """Of its class."""
    made: Cell | None = None
    """The call that made it, where that is known."""
    own: bool = False
    """It is the ``self`` of a method: it may be an instance of a class that inherits from its class."""
    parsed: str = ""
    """The file that makes it of the command line, if one does."""
    loose: bool = False
    """Only an annotation says that it is one: somebody hands it over."""


@frozen
class Parsed(Value):
    """The parsed options of a command line."""

    paths: tuple[str, ...]
    """The files that may declare the options: those of the parser and of the call that parses."""


@frozen
class External(Value):
    """Something that is not part of the tree."""

    dotted: str


@frozen
class Open(Value):
    """A value that is not known, and why."""

    code: str
    """``supplied-by-caller``, ``not-followed`` or ``limit-reached``."""
    message: str
    setting: bool = False
    """It comes from the environment or a file of settings, for which a default may stand in."""
    tail: str = ""
    """How the string ends, where that much is known: the name of a file in a folder that is not."""
    files: tuple[Cell, ...] = ()
    """The names of files of weights that it may end with."""


@frozen
class Settings(Value):
    """A file of settings of the tree, or what stands in it below some keys."""

    path: str
    keys: tuple[str, ...] = ()


@frozen
class Placed(Value):
    """A value that is to be read elsewhere than the container that holds it."""

    cell: Cell


@frozen
class Guess(Value):
    """What is asked of settings whose file the code does not tell."""

    keys: tuple[str, ...]
    hole: Open
    """What to say when no file has these keys, or several have."""


@frozen
class Content(Value):
    """What stands in the file called *name*."""

    name: str


@frozen(eq=False)  # Each is its own: comparing what hangs on them would cost more than following it.
class Frame:
    """The call through which the body of a function is looked at: its arguments take the place of the parameters."""

    path: str
    scope: int
    call: Call | None
    caller: Cell
    this: Value | None = None
    """What ``self`` is in it."""


@frozen
class Cell:
    """A value, and where it is to be read."""

    value: Value
    path: str
    scope: int
    optional: bool = False
    """Only when somebody picks it."""
    frame: Frame | None = field(default=None, repr=False)
    via: tuple[Location, ...] = ()
    """The places between the value and the call that it is followed from."""
    sure: bool = True
    """False when it is a guess that the code reads this value."""

    def of(self, value: Value, *, optional: bool = False) -> Cell:
        """Return *value* as seen from the same place."""
        return Cell(value, self.path, self.scope, self.optional or optional, self.frame, self.via, self.sure)

    def at(self, value: Value, path: str, scope: int, *, optional: bool = False, frame: Frame | None = None) -> Cell:
        """Return *value* as seen from another place."""
        return Cell(value, path, scope, self.optional or optional, frame, self.via, self.sure)

    def past(self, place: Location) -> Cell:
        """Return the cell with *place* in the chain that leads from it to the call."""
        if place in self.via or len(self.via) >= _LONGEST_CHAIN:
            return self
        via = (place, *self.via)
        return Cell(self.value, self.path, self.scope, self.optional, self.frame, via, self.sure)

    def framed(self, frame: Frame | None) -> Cell:
        """Return the cell as it is seen through *frame*."""
        if frame is self.frame:
            return self
        return Cell(self.value, self.path, self.scope, self.optional, frame, self.via, self.sure)

    def holding(self, other: Cell, *, extra: bool = False) -> Value:
        """Return *other* as a value in a container that is seen from here; *extra* when its own way counts, too."""
        value = other.value
        here = (other.path, other.scope) == (self.path, self.scope) and other.frame is self.frame
        if here and not extra and other.optional <= self.optional and other.sure >= self.sure:
            return value
        return Placed(other)

    def held(self, inner: Cell) -> Cell:
        """Return *inner*, which was held by what is seen from here."""
        via = inner.via
        if self.via:
            via = (*via, *(p for p in self.via if p not in via))[-_LONGEST_CHAIN:]
        optional, sure = self.optional or inner.optional, self.sure and inner.sure
        return Cell(inner.value, inner.path, inner.scope, optional, inner.frame, via, sure)
