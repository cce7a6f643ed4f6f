"""Read a stream at any offset, so much and no more."""

from __future__ import annotations

import bz2
import lzma
import struct
import zipfile
import zlib
from io import SEEK_END, BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from aibom.weights.reading import Unreadable, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Source", "members", "opened"]

WINDOW: Final = 64 * 1024
"""How many bytes are read at once when fewer are asked for."""

BUDGET: Final = 512 << 20
"""The most bytes that are read of one file, all together; real headers and pickles take far less."""

MOST_MEMBERS: Final = 100_000
"""The most members of an archive; real checkpoints have some thousand."""

LONGEST_DIRECTORY: Final = 32 << 20
"""The most bytes of an archive's directory."""

DECOMPRESSED: Final = 64 << 20
"""The most bytes that are decompressed of one file."""

_EOCD: Final = b"PK\x05\x06"
_EOCD_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65535
_DEFLATED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,  # zipfile: the member is encrypted.
    OSError,
    EOFError,
    ValueError,
    struct.error,
    zlib.error,
    OverflowError,
)


class Source:
    """
    A stream, or a part of one, that is read at any offset within a budget.

    >>> Source(BytesIO(b"abcdef")).at(2, 3)
    b'cde'
    """

    def __init__(self, stream: BinaryIO, start: int = 0, size: int | None = None, *, complete: bool = True) -> None:
        self.stream = stream
        self.start = start
        try:
            whole = stream.seek(0, SEEK_END)
        except OSError:
            whole = 0
        self.size = max(min(whole - start, whole if size is None else size), 0)
        """In bytes."""
        self.complete = complete
        """False when there is more of it than can be read."""
        self.left = BUDGET
        self.window = WINDOW
        """How many bytes are read at once when fewer are asked for; readers that jump want fewer."""
        self._at = 0
        self._window = b""

    def at(self, offset: int, length: int) -> bytes:
        """Return *length* bytes from *offset* on, fewer at the end; `Unreadable` when the disk or the budget fails."""
        if offset < 0 or length <= 0 or offset >= self.size:
            return b""
        inner = offset - self._at
        if inner >= 0 and inner + length <= len(self._window):
            return self._window[inner : inner + length]
        wanted = min(max(length, self.window), self.size - offset)
        self.left -= wanted
        if self.left < 0:
            raise Unreadable("More of the file would have to be read than is read.")
        try:
            self.stream.seek(self.start + offset)
            data = self.stream.read(wanted)
        except (OSError, ValueError, OverflowError) as error:
            raise Unreadable(f"It could not be read: {type(error).__name__}.") from None
        self._at, self._window = offset, data
        return data[:length]

    def window_at(self, offset: int) -> tuple[bytes, int]:
        """Return some bytes around *offset*, and where among them it is; it is behind them at the end."""
        if not self._at <= offset < self._at + len(self._window):
            self.at(offset, 1)
        return self._window, offset - self._at

    def exactly(self, offset: int, length: int) -> bytes:
        """Return *length* bytes from *offset* on; `Unreadable` when there are fewer."""
        data = self.at(offset, length)
        if len(data) != length:
            raise Unreadable(f"It ends at byte {offset + len(data)}, within something that goes on.")
        return data

    def number(self, layout: str, offset: int) -> int:
        """Return the whole number of struct's *layout* at *offset*."""
        (value,) = struct.unpack(layout, self.exactly(offset, struct.calcsize(layout)))
        return int(value)

    def part(self, start: int, size: int) -> Source:
        """Return the part from *start* on, of *size* bytes at most, with a budget of its own."""
        return Source(self.stream, self.start + start, max(min(size, self.size - start), 0))


# -- archives ------------------------------------------------------------------------------------


def members(source: Source) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """
    Return the zip archive that *source* holds, and its members; `Unreadable` when it is broken or too large.

    Its directory counts, which stands at the end: that is what loaders go by.
    """
    tail = min(source.size, _EOCD_SIZE + _LONGEST_COMMENT)
    end = source.at(source.size - tail, tail)
    found = end.rfind(_EOCD)
    if found < 0 or len(end) - found < _EOCD_SIZE:
        raise Unreadable("The archive has no directory at its end: it is truncated.")
    count, length = struct.unpack_from("<HI", end, found + 10)
    room = source.size - tail + found
    if length != 0xFFFFFFFF and (length > LONGEST_DIRECTORY or length > room):  # else it is zip64
        raise Unreadable(f"The archive's directory says that it has {length} bytes, more than is read.")
    if count == 0xFFFF or length == 0xFFFFFFFF:
        at = end.rfind(b"PK\x06\x06", 0, found)
        if at >= 0 and len(end) - at >= 56:  # APPNOTE.TXT 4.3.14
            entries, long = struct.unpack_from("<QQ", end, at + 32)
            if entries > MOST_MEMBERS or long > LONGEST_DIRECTORY:
                raise Unreadable(f"The archive says that it has {entries} members, more than is read.")
    try:
        archive = zipfile.ZipFile(_Window(source))
        infos = archive.infolist()
    except _BROKEN as error:
        raise Unreadable(f"The archive's directory is broken: {type(error).__name__}.") from None
    if len(infos) > MOST_MEMBERS:
        raise Unreadable(f"The archive has {len(infos)} members, more than is read.")
    return archive, infos


def opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = DECOMPRESSED) -> Source:
    """Return the content of a member, *most* bytes of it; `Unreadable` when it cannot be had."""
    if info.compress_type not in _DEFLATED or info.flag_bits & _ENCRYPTED:
        raise Unreadable(
            f"The member {quoted(info.filename)} is encrypted, or compressed by a method that is not read."
        )
    try:
        with archive.open(info) as member:
            content = member.read(most)
            complete = not member.read(1)
    except _BROKEN as error:
        raise Unreadable(f"The member {quoted(info.filename)} cannot be read: {type(error).__name__}.") from None
    return Source(BytesIO(content), complete=complete)


class _Window(BytesIO):
    """A `Source` as a file object, for zipfile."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._place = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        self._place = max((0, self._place, self._source.size)[whence] + offset, 0)
        return self._place

    def read(self, size: int | None = -1) -> bytes:
        rest = max(self._source.size - self._place, 0)
        wanted = rest if size is None or size < 0 else min(size, rest)
        try:
            data = self._source.at(self._place, wanted)
        except Unreadable as problem:
            raise OSError(str(problem)) from None
        self._place += len(data)
        return data


# -- compressed files ----------------------------------------------------------------------------

COMPRESSED: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x5d\x00\x00", "lzma"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x78\x01", "zlib"),
    (b"\x78\x5e", "zlib"),
    (b"\x78\x9c", "zlib"),
    (b"\x78\xda", "zlib"),
)
"""The first bytes of what joblib compresses with (joblib/compressor.py), and the name of the method."""


def compression(head: bytes) -> str | None:
    """Return the method that *head* is compressed with, or None."""
    return next((name for magic, name in COMPRESSED if head.startswith(magic)), None)


def decompressed(source: Source, method: str, most: int = DECOMPRESSED) -> Source:
    """Return what *source* is when it is decompressed, *most* bytes of it; `Unreadable` when it is broken."""
    chunks: list[bytes] = []
    size = 0
    try:
        for chunk in _lz4(source, most) if method == "lz4" else _stream(source, method):
            chunks.append(chunk[: most - size])
            size += len(chunks[-1])
            if size >= most:
                return Source(BytesIO(b"".join(chunks)), complete=False)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        if not size:
            raise Unreadable(f"It is not compressed with {method} as its first bytes say, or is damaged.") from None
        return Source(BytesIO(b"".join(chunks)), complete=False)
    return Source(BytesIO(b"".join(chunks)))


_STEP: Final = 1 << 20


def _stream(source: Source, method: str) -> Iterator[bytes]:
    if method in {"zlib", "gzip"}:
        yield from _inflated(source, zlib.MAX_WBITS | (16 if method == "gzip" else 0))
        return
    made: dict[str, Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]] = {
        "bz2": bz2.BZ2Decompressor,
        "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=DECOMPRESSED),
        "lzma": lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=DECOMPRESSED),
    }
    engine = made[method]()
    at = 0
    while not engine.eof:
        data = b""
        if engine.needs_input:
            data = source.at(at, WINDOW)
            at += len(data)
            if not data:
                raise EOFError
        yield engine.decompress(data, _STEP)


def _inflated(source: Source, bits: int) -> Iterator[bytes]:
    engine = zlib.decompressobj(bits)
    at, rest = 0, b""
    while not engine.eof:
        data = rest or source.at(at, WINDOW)
        if not rest:
            at += len(data)
            if not data:
                raise EOFError
        yield engine.decompress(data, _STEP)
        rest = engine.unconsumed_tail


def _lz4(source: Source, most: int) -> Iterator[bytes]:
    """Yield the blocks of an LZ4 frame: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md."""
    flags = source.exactly(4, 2)[0]
    if flags >> 6 != 1:
        raise ValueError(flags)
    at = 4 + 2 + (8 if flags & 0x08 else 0) + (4 if flags & 0x01 else 0) + 1
    linked, checked = not flags & 0x20, bool(flags & 0x10)
    history = b""
    while True:
        size = source.number("<I", at)
        at += 4
        if not size:
            return
        length = size & 0x7FFFFFFF
        if length > 4 << 20:  # a block has 4 MiB at most
            raise ValueError(length)
        data = source.exactly(at, length)
        at += length + (4 if checked else 0)
        block = data if size >> 31 else _lz4_block(data, history if linked else b"", min(most, 4 << 20))
        yield block
        if linked:
            history = (history + block)[-65536:]


def _lz4_block(data: bytes, history: bytes, most: int) -> bytes:
    """Decompress one block; *history* is what may be copied from: lz4_Block_format.md of the same place."""
    out = bytearray(history)
    begin, at, end = len(history), 0, len(data)
    while at < end:
        token = data[at]
        at += 1
        length, at = _lz4_length(data, at, token >> 4)
        if at + length > end:
            raise EOFError
        out += data[at : at + length]
        at += length
        if at >= end:
            break
        offset = int.from_bytes(data[at : at + 2], "little")
        at += 2
        length, at = _lz4_length(data, at, token & 15)
        length += 4
        if not offset or offset > len(out) or len(out) - begin + length > most:
            raise ValueError(offset)
        start = len(out) - offset
        if offset >= length:
            out += out[start : start + length]
        else:  # The copy overlaps itself: a pattern that repeats.
            pattern = bytes(out[start:])
            out += (pattern * (length // offset + 1))[:length]
    return bytes(out[begin:])


def _lz4_length(data: bytes, at: int, length: int) -> tuple[int, int]:
    if length == 15:  # the format's own mark for "more follows"
        while True:
            if at >= len(data):
                raise EOFError
            length += data[at]
            at += 1
            if data[at - 1] != 255:  # as above
                break
    return length, at
