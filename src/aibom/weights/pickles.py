"""
What a pickle imports when it is loaded, told by its opcodes; nothing of it is run.

A pickle is a program for a small stack machine (`pickletools` of the standard library describes it). Here the machine
is run with everything that matters replaced by a note of what it would be: a global is its two names, a call its
callee. So names that are kept in the memo, built on the stack, or written in a way that merely looks odd are found all
the same; picklescan (MIT) guesses them from the opcodes before, holds all opcodes in memory, and does not say where it
stopped; fickling is under the LGPL. What cannot be read is said with its offset, and is never taken for harmless.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field, frozen

from aibom.expressions import expression
from aibom.weights.reading import Unreadable

if TYPE_CHECKING:
    from aibom.weights.source import Source

__all__ = ["Pickled", "read", "verdict"]

MOST_OPCODES: Final = 4_000_000
"""How many opcodes of a file are read, a quarter of those that take time; a few seconds."""

LONGEST_NAME: Final = 1024
"""The longest text, in bytes, that is kept: no module has a longer name."""

KEPT: Final = 32 << 20
"""The most bytes of texts that are kept."""

MOST_PICKLES: Final = 256
"""How many pickles one after another, or one within another, are read of a file."""

HIDDEN: Final = ("?", "?")
"""The import of what is only known when it runs."""

_MOST_STACK: Final = 2_000_000
_MOST_IMPORTS: Final = 10_000
_MOST_ITEMS: Final = 16
_MOST_STORAGES: Final = 1_000_000

TORCH_MAGIC: Final = 0x1950A86A20F9469CFC6C
"""What torch.save() wrote first before version 1.6: torch/serialization.py, MAGIC_NUMBER."""


@frozen
class _Global:
    module: str
    name: str


@define(eq=False)
class _Object:
    """What a call or a class made: its callee, and what it was given."""

    callee: object
    args: object
    state: object = None


@define(eq=False)
class _Dict:
    items: dict[str, object] = field(factory=dict)


class _Mark:
    """The mark on the stack."""


_MARK: Final = _Mark()
_Value: TypeAlias = object


@define
class Pickled:
    """What was read of a file of pickles."""

    imports: set[tuple[str, str]] = field(factory=set)
    """Module and name of each global; `HIDDEN` where they are computed."""
    called: set[tuple[str, str]] = field(factory=set)
    """Those of them that are called, or whose instances are made."""
    persistent: bool = False
    """It refers to objects outside of it, as PyTorch's do."""
    storages: dict[str, tuple[str, int]] = field(factory=dict)
    """PyTorch's storages by their keys: the class of the storage, and how many elements it has."""
    arrays: int = 0
    """Arrays that lie raw in the file, as joblib writes them."""
    elements: int = 0
    """How many elements these have."""
    protocol: int = 0
    """The highest that is stated."""
    pickles: int = 0
    """How many pickles were read to their end."""
    end: int = 0
    """Where reading stopped, in bytes."""
    trailing: int = 0
    """How many bytes follow the last pickle, and are none."""
    problem: str | None = None
    """Why it could not be read to its end, with the offset, in one sentence."""


_COUNTED: Final = {
    # opcode: bytes of the length that its argument begins with, and whether that is text
    ord("X"): (4, "text"),
    0x8C: (1, "text"),
    0x8D: (8, "text"),
    ord("T"): (4, "bytes-text"),
    ord("U"): (1, "bytes-text"),
    ord("B"): (4, "bytes"),
    ord("C"): (1, "bytes"),
    0x8E: (8, "bytes"),
    0x96: (8, "bytes"),
    0x8A: (1, "long"),
    0x8B: (4, "long"),
}
_NONE: Final = frozenset(b"N\x88\x89\x97")  # push something of no interest: None, True, False, an out-of-band buffer
_PICKLE: Final = expression(rb"\x80[\x00-\x05]")
_DTYPE: Final = expression(r"[<>|=]?([a-zA-Z])(\d+)")


def read(source: Source, offset: int = 0, *, most: int = MOST_PICKLES) -> Pickled:
    """
    Return what the pickles in *source*, from *offset* on, import.

    Never raises for what is in it. A file of several pickles is read to the last, the raw arrays of joblib among them
    are stepped over, and so are the storages behind those of ``torch.save``.
    """
    found = Pickled()
    machine = _Machine(source, found, offset)
    try:
        machine.pickles(most)
    except Unreadable as problem:
        found.problem = f"It could not be read beyond byte {machine.begun}: {problem}"
    except (IndexError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        found.problem = f"It could not be read beyond byte {machine.begun}: the opcodes there make no sense."
    found.end = machine.at
    return found


@cache
def _table() -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    """Return pairs of a name and a verdict: by module, and by module with all below it."""
    from aibom.knowledge import pickle_globals  # Few trees have a pickle.

    exact: dict[str, list[tuple[str, str]]] = {}
    below: dict[str, list[tuple[str, str]]] = {}
    for row in sorted(pickle_globals(), key=lambda r: r.verdict != "dangerous"):  # The dangerous ones first.
        into = below if row.module.endswith(".**") else exact
        into.setdefault(row.module.removesuffix(".**"), []).append((row.name, row.verdict))
    return exact, below


def verdict(module: str, name: str) -> str:
    """
    Return what it means that a pickle imports *name* of *module*: ``safe``, ``dangerous`` or ``unknown``.

    >>> verdict("collections", "OrderedDict"), verdict("posix", "system"), verdict("shop.models", "Ranker")
    ('safe', 'dangerous', 'unknown')
    """
    exact, below = _table()
    parts = module.split(".")[:64]
    found = [
        said
        for rows in (exact.get(module, ()), *(below.get(".".join(parts[:n]), ()) for n in range(1, len(parts) + 1)))
        for pattern, said in rows
        if fnmatchcase(name, pattern) and (said == "dangerous" or "." not in name)
    ]
    # A name with dots walks on through attributes: `torch` and `os.system` is the system of os.
    if "." in name and any(verdict(".".join(name.split(".")[:n]), name.split(".")[n]) == "dangerous" for n in (1,)):
        return "dangerous"
    return min(found, key=("dangerous", "unknown", "safe").index, default="unknown")


class _Machine:
    """The machine; values are what is known of them, None when that is nothing."""

    def __init__(self, source: Source, found: Pickled, offset: int) -> None:
        self.source = source
        self.found = found
        self.at = self.begun = offset
        self.left = MOST_OPCODES
        self.kept = 0
        self.stack: list[_Value] = []
        self.memo: dict[int, _Value] = {}
        self.memos = 0
        self.top: _Value = None
        self.nested = 0

    def pickles(self, most: int) -> None:
        """Read pickle after pickle."""
        torch = False
        for number in range(most):
            self.one()
            self.found.pickles += 1
            torch = torch or (number == 0 and self.top == TORCH_MAGIC)
            # Five: the magic number, the protocol, the system, the object, and the keys of the storages behind them.
            if torch and number == 4:
                return
            if self.at >= self.source.size:
                break
            if not torch and not _PICKLE.match(self.source.at(self.at, 2)):
                self.found.trailing = self.source.size - self.at
                break
        else:
            raise Unreadable(f"it holds more than {most} pickles.")
        if not self.source.complete:
            raise Unreadable("there is more of it than is read.")

    def one(self) -> None:
        """Read one pickle, to its STOP."""
        self.stack, self.memo, self.memos = [], {}, 0
        at, step = self.source.at, self.step
        while True:
            self.run_plain()
            self.begun = self.at
            code = at(self.at, 1)
            if not code:
                raise Unreadable("it ends without a STOP." if self.source.complete else "there is more than is read.")
            self.at += 1
            self.left -= 4  # These take longer than the plain ones.
            if self.left < 0:
                raise Unreadable(f"it has more than {MOST_OPCODES} opcodes.")
            if code == b".":
                self.top = self.stack[-1] if self.stack else None
                return
            step(code[0])

    def run_plain(self) -> None:  # noqa: C901, PLR0912, PLR0915 – the same table as `step`, unrolled for speed
        """Do what plain opcodes with short arguments do, as far as they go: nine in ten, ten times as fast."""
        window, place = self.source.window_at(self.at)
        stack, memo, last = self.stack, self.memo, len(window) - 300
        memos, kept, first = self.memos, 0, place
        started = len(stack)
        room = min(self.left, _MOST_STACK - started)
        while first <= place < last and room > 0:
            room -= 1
            code = window[place]
            if code == 0x94 and stack:  # MEMOIZE
                top = stack[-1]
                if top is not None and top is not _MARK:
                    memo[memos] = top
                else:
                    memo.pop(memos, None)
                memos += 1
                place += 1
            elif code == 0x8C:  # SHORT_BINUNICODE
                end = place + 2 + window[place + 1]
                stack.append(window[place + 2 : end].decode("utf-8", "backslashreplace"))
                kept += end - place
                place = end
            elif code == 0x71 and stack:  # BINPUT
                top = stack[-1]
                if top is not None and top is not _MARK:
                    memo[window[place + 1]] = top
                else:
                    memo.pop(window[place + 1], None)
                memos += 1
                place += 2
            elif code == 0x68:  # BINGET
                stack.append(memo.get(window[place + 1]))
                place += 2
            elif code == 0x4B:  # BININT1
                stack.append(window[place + 1])
                place += 2
            elif code == 0x4D:  # BININT2
                stack.append(window[place + 1] | window[place + 2] << 8)
                place += 3
            elif code == 0x47:  # BINFLOAT
                stack.append(None)
                place += 9
            elif code == 0x73 and len(stack) > 2 and stack[-1] is not _MARK and stack[-2] is not _MARK:  # SETITEM
                if isinstance(stack[-3], _Dict):
                    _set(stack[-3], stack[-2:])
                del stack[-2:]
                place += 1
            elif code == 0x28:  # MARK
                stack.append(_MARK)
                place += 1
            elif code in b"N\x88\x89]":  # NONE, NEWTRUE, NEWFALSE, EMPTY_LIST
                stack.append(None)
                place += 1
            elif code == 0x30 and stack and stack[-1] is not _MARK:  # POP
                stack.pop()
                place += 1
            elif code == 0x7D:  # EMPTY_DICT
                stack.append(_Dict())
                place += 1
            elif code == 0x29:  # EMPTY_TUPLE
                stack.append(())
                place += 1
            elif code == 0x58 and not window[place + 2] and window[place + 3 : place + 5] == b"\0\0":  # BINUNICODE
                end = place + 5 + window[place + 1]
                stack.append(window[place + 5 : end].decode("utf-8", "backslashreplace"))
                kept += end - place
                place = end
            elif code in b"FpV":  # lines
                end = window.find(b"\n", place, place + 260)
                line = window[place + 1 : end]
                if end < 0 or b"\\" in line or (code == 0x70 and not (line.isdigit() and stack)):
                    break
                if code == 0x46:  # FLOAT
                    stack.append(None)
                elif code == 0x56:  # UNICODE
                    stack.append(line.decode("utf-8", "backslashreplace"))
                    kept += len(line)
                else:  # PUT
                    top = stack[-1]
                    memos += 1
                    if top is not None and top is not _MARK:
                        memo[int(line)] = top
                    else:
                        memo.pop(int(line), None)
                place = end + 1
            else:
                break
        self.left -= min(self.left, _MOST_STACK - started) - room
        self.kept += kept
        if self.kept > KEPT:
            raise Unreadable(f"it has more than {KEPT} bytes of short texts.")
        self.memos = memos
        self.at += place - first

    # -- arguments -------------------------------------------------------------------------------

    def take(self, length: int) -> bytes:
        data = self.source.exactly(self.at, length)
        self.at += length
        return data

    def line(self) -> bytes:
        """Return the line that is here, or nothing when it is longer than a name."""
        start = self.at
        data = self.source.at(start, LONGEST_NAME)
        end = data.find(b"\n")
        if end >= 0:
            self.at = start + end + 1
            return data[:end]
        at = start + len(data)
        while chunk := self.source.at(at, 65536):
            end = chunk.find(b"\n")
            if end >= 0:
                self.at = at + end + 1
                return b""
            at += len(chunk)
        raise Unreadable("it ends within a line.")

    def counted(self, code: int) -> _Value:
        width, kind = _COUNTED[code]
        length = int.from_bytes(self.take(width), "little", signed=code in {ord("T"), 0x8B})
        if length < 0 or self.at + length > self.source.size:
            if not self.source.complete and length >= 0:
                raise Unreadable("there is more of it than is read.")
            raise Unreadable(f"it says that {length} bytes follow, and they do not.")
        if length > LONGEST_NAME or kind == "bytes":
            self.at += length
            return None
        data = self.take(length)
        if kind == "long":
            return int.from_bytes(data, "little", signed=True)
        return self.text(data)

    def text(self, data: bytes) -> str:
        self.kept += len(data)
        if self.kept > KEPT:
            raise Unreadable(f"it has more than {KEPT} bytes of short texts.")
        return data.decode("utf-8", "backslashreplace")

    # -- opcodes ---------------------------------------------------------------------------------

    def step(self, code: int) -> None:  # noqa: C901, PLR0912, PLR0915 – a table of opcodes, as Python's own
        """Do what the opcode *code* does."""
        stack = self.stack
        if code in _COUNTED:
            self.push(self.counted(code))
        elif code in _NONE:
            self.push(None)
        elif code == 0x94:  # MEMOIZE
            self.remember(self.memos)
        elif code == ord("q"):  # BINPUT
            self.remember(self.take(1)[0])
        elif code == ord("r"):
            self.remember(int.from_bytes(self.take(4), "little"))
        elif code == ord("h"):
            self.push(self.memo.get(self.take(1)[0]))
        elif code == ord("j"):
            self.push(self.memo.get(int.from_bytes(self.take(4), "little")))
        elif code == ord("K"):
            self.push(self.take(1)[0])
        elif code == ord("M"):
            self.push(int.from_bytes(self.take(2), "little"))
        elif code == ord("J"):
            self.push(int.from_bytes(self.take(4), "little", signed=True))
        elif code == ord("G"):
            self.take(8)
            self.push(None)
        elif code == ord("("):
            self.push(_MARK)
        elif code in b"]\x8f":  # EMPTY_LIST, EMPTY_SET
            self.push(None)
        elif code == ord("}"):
            self.push(_Dict())
        elif code == ord(")"):
            self.push(())
        elif code == ord("t"):
            items = self.marked()
            self.push(tuple(items) if len(items) <= _MOST_ITEMS else None)
        elif code in b"\x85\x86\x87":  # TUPLE1, 2, 3
            count = code - 0x84
            items = stack[-count:]
            if len(items) < count:
                raise Unreadable("its stack is empty.")
            del stack[-count:]
            self.push(tuple(items))
        elif code in b"ae":  # APPEND, APPENDS
            _ = self.pop() if code == ord("a") else self.marked()
        elif code in b"su\x90":  # SETITEM, SETITEMS, ADDITEMS
            items = [self.pop(), self.pop()][::-1] if code == ord("s") else self.marked()
            if code != 0x90 and stack and isinstance(stack[-1], _Dict):
                _set(stack[-1], items)
        elif code in b"ld\x91":  # LIST, DICT, FROZENSET
            items = self.marked()
            made = _Dict() if code == ord("d") else None
            if made is not None:
                _set(made, items)
            self.push(made)
        elif code == ord("0"):
            self.pop()
        elif code == ord("1"):
            self.marked()
        elif code == ord("2"):
            self.push(stack[-1])
        elif code == ord("c"):  # GLOBAL
            module, name = self.line(), self.line()
            self.push(self.imported(self.text(module), self.text(name)))
        elif code == 0x93:  # STACK_GLOBAL
            last, first = self.pop(), self.pop()
            self.push(self.imported(first, last))
        elif code == ord("i"):  # INST
            module, name = self.line(), self.line()
            args = self.marked()
            callee = self.imported(self.text(module), self.text(name))
            self.push(self.call(callee, tuple(args[:_MOST_ITEMS])))
        elif code == ord("o"):  # OBJ
            args = self.marked()
            self.push(self.call(args[0] if args else None, tuple(args[1 : _MOST_ITEMS + 1])))
        elif code in b"R\x81":  # REDUCE, NEWOBJ
            given = self.pop()
            self.push(self.call(self.pop(), given))
        elif code == 0x92:  # NEWOBJ_EX
            self.pop()
            given = self.pop()
            self.push(self.call(self.pop(), given))
        elif code == ord("b"):  # BUILD
            state = self.pop()
            self.build(stack[-1] if stack else None, state)
        elif code in b"\x82\x83\x84":  # EXT1, 2, 4: what copyreg's registry of the loading program has at this number
            number = int.from_bytes(self.take({0x82: 1, 0x83: 2, 0x84: 4}[code]), "little")
            self.push(self.imported("copyreg", f"extension {number}"))
        elif code == ord("Q"):  # BINPERSID
            self.persistent(self.pop())
            self.push(None)
        elif code == ord("P"):
            self.line()
            self.found.persistent = True
            self.push(None)
        elif code in b"IL":
            digits = self.line().rstrip(b"L")
            self.push(int(digits) if digits[-20:].lstrip(b"-").isdigit() and len(digits) < 21 else None)
        elif code == ord("F"):
            self.line()
            self.push(None)
        elif code == ord("S"):
            self.push(self.text(_unescaped(self.line())))
        elif code == ord("V"):
            self.push(self.text(_unescaped(self.line(), raw=True)))
        elif code == ord("g"):
            self.push(self.memo.get(int(self.line())))
        elif code == ord("p"):
            self.remember(int(self.line()))
        elif code == 0x80:  # PROTO
            protocol = self.take(1)[0]
            if protocol > 5:  # the newest
                raise Unreadable(f"it states the protocol {protocol}, which no Python has.")
            self.found.protocol = max(self.found.protocol, protocol)
        elif code == 0x95:  # FRAME: how many bytes follow at least; loaders read them, and so do we, one by one
            self.take(8)
        elif code == 0x98:  # READONLY_BUFFER
            pass
        else:
            raise Unreadable(f"{code:#04x} is no opcode.")

    def push(self, value: _Value) -> None:
        if len(self.stack) >= _MOST_STACK:
            raise Unreadable(f"it puts more than {_MOST_STACK} values on its stack.")
        self.stack.append(value)

    def pop(self) -> _Value:
        if not self.stack or self.stack[-1] is _MARK:
            raise Unreadable("its stack is empty.")
        return self.stack.pop()

    def marked(self) -> list[_Value]:
        """Take what stands above the last mark, and the mark."""
        stack = self.stack
        for at in range(len(stack) - 1, -1, -1):
            if stack[at] is _MARK:
                items = stack[at + 1 :]
                del stack[at:]
                return items
        raise Unreadable("there is no mark on its stack.")

    def remember(self, number: int) -> None:
        if not self.stack:
            raise Unreadable("its stack is empty.")
        self.memos += 1
        top = self.stack[-1]
        if top is not None and top is not _MARK:
            self.memo[number] = top
        else:
            self.memo.pop(number, None)

    def imported(self, module: _Value, name: _Value) -> _Global:
        pair = (module, name) if isinstance(module, str) and isinstance(name, str) else HIDDEN
        if len(self.found.imports) >= _MOST_IMPORTS:
            raise Unreadable(f"it imports more than {_MOST_IMPORTS} names.")
        self.found.imports.add(pair)
        return _Global(*pair)

    def call(self, callee: _Value, given: _Value) -> _Object:
        if isinstance(callee, _Global):
            self.found.called.add((callee.module, callee.name))
        # copyreg._reconstructor(class, base, state) and copyreg.__newobj__(class, …) make an instance of the class.
        if (
            isinstance(callee, _Global)
            and callee.module in {"copyreg", "copy_reg"}
            and isinstance(given, tuple)
            and given
        ):
            return self.call(given[0], given[1:]) if isinstance(given[0], _Global) else _Object(callee, given)
        return _Object(callee, given)

    def persistent(self, key: _Value) -> None:
        """Note a storage of PyTorch: ``("storage", torch.FloatStorage, key, device, elements)``."""
        self.found.persistent = True
        match key:
            case ("storage", _Global() as kind, str(name), str(), int(count), *_) if 0 <= count < 2**63:
                if len(self.found.storages) < _MOST_STORAGES:
                    self.found.storages[name] = (kind.name, count)

    def build(self, made: _Value, state: _Value) -> None:
        """Set the state of an object; behind joblib's placeholder of an array its raw bytes follow."""
        if not isinstance(made, _Object):
            return
        made.state = state
        if made.callee != _Global("joblib.numpy_pickle", "NumpyArrayWrapper") or not isinstance(state, _Dict):
            return
        shape, dtype = state.items.get("shape"), state.items.get("dtype")
        width = _width(dtype)
        if not isinstance(shape, tuple) or width is None:
            raise Unreadable("an array of joblib follows, of a shape or type that is not read.")
        count = 1
        for length in shape:
            if not isinstance(length, int) or not 0 <= length < 2**63:
                raise Unreadable("an array of joblib follows, of a shape that is not read.")
            count *= length
        self.found.arrays += 1
        self.found.elements += count
        if width == 0:
            self.inner()
            return
        if "numpy_array_alignment_bytes" in state.items:
            padding = self.take(1)[0]
            self.at += padding
        self.at += count * width
        if self.at > self.source.size:
            raise Unreadable("an array says that it has more bytes than follow.")

    def inner(self) -> None:
        """Read the pickle that joblib writes in place of an array of objects."""
        self.nested += 1
        if self.nested > MOST_PICKLES:
            raise Unreadable(f"it holds more than {MOST_PICKLES} pickles.")
        kept = self.stack, self.memo, self.memos
        self.one()
        self.stack, self.memo, self.memos = kept


def _set(into: _Dict, items: list[_Value]) -> None:
    for key, value in zip(items[::2], items[1::2], strict=False):
        if len(into.items) >= _MOST_ITEMS:
            return
        if isinstance(key, str):
            into.items[key] = value


def _width(dtype: _Value) -> int | None:
    """Return the bytes of an element of numpy's *dtype*; 0 when it is an object, None when it is not told."""
    if not isinstance(dtype, _Object) or not isinstance(dtype.args, tuple) or not dtype.args:
        return None
    if isinstance(dtype.callee, _Global) and dtype.callee.module.split(".")[0] != "numpy":
        return None
    match = _DTYPE.fullmatch(dtype.args[0]) if isinstance(dtype.args[0], str) else None
    if match is None:
        return None
    kind, size = match[1], int(match[2][:9])
    if kind == "O":
        return 0
    return {"U": 4 * size, "V": None}.get(kind, size) or None


def _unescaped(data: bytes, *, raw: bool = False) -> bytes:
    """Return the text of a STRING (a literal in quotes) or a UNICODE opcode."""
    if not raw:
        data = data[1:-1] if len(data) > 1 and data[:1] == data[-1:] and data[:1] in b"'\"" else data
    if b"\\" not in data:
        return data
    codec = "raw_unicode_escape" if raw else "unicode_escape"
    try:
        return data.decode(codec).encode("utf-8", "backslashreplace")
    except (UnicodeError, ValueError):
        return data
