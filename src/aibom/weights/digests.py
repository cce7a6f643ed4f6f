"""SHA-256 of files, streamed in threads, each content once."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CHUNK", "WORKERS", "digests"]

CHUNK: Final = 1 << 20
"""How many bytes are read at once; hashlib lets other threads run while it works on them."""

WORKERS: Final = 4
"""How many files are read at once, at most: more make a disk seek, and a processor has no more to do."""


def digests(
    streams: Mapping[str, Callable[[], BinaryIO]], *, progress: Callable[[int], object] | None = None
) -> dict[str, str | None]:
    """
    Return the SHA-256 of each of *streams*, in hexadecimal; None where it could not be read to its end.

    Each is called to open a stream, which is read once and closed. Two that are the same file with the same size and
    time of change are read once: a file that changes while it is read can have either hash. *progress* is called with
    the number of bytes that were read so far, of all files, from the threads that read them.

    >>> import io
    >>> digests({"a": lambda: io.BytesIO(b"")})["a"][:8]
    'e3b0c442'
    """
    known: dict[tuple[int, ...], str | None] = {}
    lock = Lock()
    done = 0

    def read(chunk: int) -> None:
        nonlocal done
        with lock:
            done += chunk
            if progress is not None:
                progress(done)

    def one(opened: Callable[[], BinaryIO]) -> str | None:
        with opened() as stream:
            key = _key(stream)
            with lock:
                if key is not None and key in known:
                    return known[key]
            found = _digest(stream, read)
        if key is not None:
            with lock:
                known[key] = found
        return found

    if len(streams) < 2:  # one needs no threads
        return {path: one(opened) for path, opened in streams.items()}
    with ThreadPoolExecutor(min(WORKERS, len(streams), (os.cpu_count() or 1) + 1)) as pool:
        return dict(zip(streams, pool.map(one, streams.values()), strict=True))


def _key(stream: BinaryIO) -> tuple[int, ...] | None:
    try:
        status = os.fstat(stream.fileno())
    except OSError:  # A stream that is no file of the system.
        return None
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _digest(stream: BinaryIO, read: Callable[[int], None]) -> str | None:
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(CHUNK))
    try:
        while size := stream.readinto(buffer):  # type: ignore[attr-defined]  # Every stream of files and BytesIO has it.
            digest.update(buffer[:size])
            read(size)
    except OSError:
        return None
    return digest.hexdigest()
