"""
What a model file says about itself. Reads bytes, runs nothing.

A file is told by what is in it; its name only says what to expect. Nothing here opens a file, follows a length without
checking it, or unpickles.
"""

from __future__ import annotations

import posixpath
from typing import BinaryIO, Final

from attrs import frozen

__all__ = ["HEAD", "SUFFIXES", "Import", "Weights", "look", "needed", "read", "suffix_of"]

HEAD: Final = 1 << 20
"""How many first bytes of a file, in bytes, to give to `needed` and `read`: a file of fewer bytes is given whole."""

SUFFIXES: Final = frozenset(
    {
        ".bin",
        ".caffemodel",
        ".cbm",
        ".ckpt",
        ".dill",
        ".engine",
        ".ftz",
        ".ggjt",
        ".ggml",
        ".gguf",
        ".h5",
        ".hdf5",
        ".jit",
        ".joblib",
        ".keras",
        ".lite",
        ".llamafile",
        ".mar",
        ".mlmodel",
        ".model",
        ".npy",
        ".npz",
        ".onnx",
        ".params",
        ".pb",
        ".pdiparams",
        ".pdmodel",
        ".pdparams",
        ".pickle",
        ".pkl",
        ".plan",
        ".pmml",
        ".pt",
        ".pt2",
        ".pte",
        ".pth",
        ".ptl",
        ".safetensors",
        ".sav",
        ".spm",
        ".tflite",
        ".trt",
        ".ubj",
        ".weights",
    }
)
"""The suffixes (lower-case, with their dot) that make a file worth a look; what it is, `read` tells by its content."""

_PROMISES: Final = {
    ".gguf": "gguf",
    ".keras": "keras-zip",
    ".onnx": "onnx",
    ".safetensors": "safetensors",
    ".tflite": "tflite",
}
"""The suffixes that promise one format, so that other content is worth a word."""


@frozen(order=True)
class Import:
    """What a pickle imports when it is loaded."""

    module: str
    """``?`` where it is computed, and cannot be told."""
    name: str
    verdict: str
    """``safe``: the framework behind the file; ``dangerous``: it can run code; ``unknown``: in no table."""
    member: str = ""
    """The member of the archive that holds the pickle."""


@frozen
class Weights:
    """
    What a model file says about itself.

    >>> Weights("gguf", facts=(("architecture", "llama"), ("context-length", 8192))).facts
    (('architecture', 'llama'), ('context-length', 8192))
    """

    format: str
    """
    What the content is: ``safetensors``, ``gguf``, ``git-lfs-pointer``; or, only recognised: ``pytorch-zip``,
    ``pytorch-pickle`` (torch.save before 1.6), ``pickle``, ``joblib``, ``onnx``, ``hdf5``, ``keras-hdf5``,
    ``keras-zip``, ``tflite``, ``numpy``, ``ggml`` (before GGUF), ``fasttext``. Where the content is none of them, what
    the name promises.
    """

    facts: tuple[tuple[str, str | int], ...] = ()
    """
    Pairs of a name and a value, sorted; a name may come more than once. Values are exactly as stated in the file;
    numbers count elements (``parameters``), tensors (``tensors``), tokens (``context-length``) or bytes (``size``,
    ``truncated-at``). The readers say which facts there are: `safetensors.facts`, `gguf.facts`, `sniff.pointer`.
    """

    problem: str | None = None
    """Why it could not be read, in one sentence without a path or control characters; then there are no facts."""
    model: bool = False
    """It holds a model, and nothing else; else it may be anything, such as a pickle."""
    pickled: bool = False
    """It holds a pickle."""
    imports: tuple[Import, ...] = ()
    """What its pickles import, at most 200, the dangerous ones first to be kept."""
    unreadable: tuple[tuple[str, str], ...] = ()
    """Members (empty: the file itself) whose pickles could not be read to their ends, and why."""
    lambdas: tuple[str, ...] = ()
    """Layers of Keras that carry code."""
    external: tuple[str, ...] = ()
    """Files beside it that hold its tensors, as it names them."""


def look(stream: BinaryIO, name: str) -> Weights | None:
    """
    Return what the file in *stream*, called *name*, says about itself; None when nothing shows that it is a model.

    Reads what it needs of the stream, in any order; *name* is the last path segment. Never raises for what is in it;
    work and memory are bounded, whatever the size of the file.

    >>> import io, pickle
    >>> look(io.BytesIO(pickle.dumps(print)), "m.pkl").imports
    (Import(module='builtins', name='print', verdict='unknown', member=''),)
    """
    from aibom.weights import looking  # Every walk asks for SUFFIXES; few meet a model file.

    return looking.look(stream, name)


def suffix_of(name: str) -> str:
    """
    Return the suffix of *name* in lower case, with its dot.

    >>> suffix_of("model.ONNX")
    '.onnx'
    """
    return posixpath.splitext(name)[1].lower()


def needed(head: bytes, *, size: int, name: str) -> int:
    """
    Return how many first bytes `read` wants of a file, in bytes, given its first bytes *head*.

    *size* is that of the file in bytes, *name* its last path segment. The answer is ``len(head)`` when that is enough,
    and never more than *size*, nor than the format allows (safetensors: 100 megabytes) or we care for (GGUF: 32 MiB).
    Asking once is enough: with that many bytes, there is nothing more to ask for.

    >>> needed(b"GGUF", size=4, name="model.gguf")
    4
    """
    from aibom.weights import gguf, safetensors  # Every walk asks for SUFFIXES; few meet a model file.

    wanted = 0
    if gguf.looks_right(head):
        wanted = gguf.wanted(head, size)
    elif suffix_of(name) == ".safetensors" or safetensors.looks_right(head, size):
        wanted = safetensors.wanted(head, size)
    return max(len(head), min(wanted, size))


def read(head: bytes, *, size: int, name: str) -> Weights | None:
    """
    Return what a file says about itself, or None when nothing shows that it is a model.

    *head* are its first bytes (`HEAD` of them, or as many as `needed` asked for, or the whole file), *size* is its size
    in bytes and *name* its last path segment. A file whose name promises a model that its content does not keep comes
    back with a problem. Never raises, whatever the bytes are; work and memory are bounded by the length of *head*.

    >>> read(b"", size=0, name="model.safetensors").problem
    'The file has 0 bytes, too few for the length of a header.'
    >>> read(b"not a model", size=11, name="notes.bin") is None
    True
    """
    suffix = suffix_of(name)
    promised = _PROMISES.get(suffix)
    found = _recognised(head, size, suffix)
    if found is not None:
        if promised in {None, found.format} or found.format == "git-lfs-pointer":
            return found
        return Weights(found.format, problem=f"The name ends in {suffix}, but the content is {found.format}.")
    if promised == "safetensors":
        return _safetensors(head, size)  # It has no magic number: let its reader say what is wrong.
    if promised == "gguf":
        return _gguf(head, size)
    return None if promised is None else Weights(promised, problem=f"The content is not what {suffix} promises.")


def _recognised(head: bytes, size: int, suffix: str) -> Weights | None:
    from aibom.weights import gguf, safetensors, sniff

    pointer = sniff.pointer(head, size)
    if pointer is not None:
        return Weights("git-lfs-pointer", facts=pointer)
    if gguf.looks_right(head):
        return _gguf(head, size)
    if safetensors.looks_right(head, size):
        found = _safetensors(head, size)
        # Two bytes and a length that fits are little to go by: only what reads well is one, whatever its name.
        return found if found.problem is None or suffix == ".safetensors" else None
    format_ = sniff.format_of(head, size, suffix)
    return None if format_ is None else Weights(format_)


def _safetensors(head: bytes, size: int) -> Weights:
    from aibom.weights import safetensors
    from aibom.weights.reading import Unreadable

    try:
        return Weights("safetensors", facts=safetensors.facts(head, size))
    except Unreadable as problem:
        return Weights("safetensors", problem=str(problem))


def _gguf(head: bytes, size: int) -> Weights:
    from aibom.weights import gguf
    from aibom.weights.reading import Unreadable

    try:
        return Weights("gguf", facts=gguf.facts(head, size))
    except Unreadable as problem:
        return Weights("gguf", problem=str(problem))
