"""
Feed the readers of model files what nobody thought of: `make fuzz`.

The first byte of an input picks the name of the file, the rest is its content. The files of the tests are the seeds.
An exception, a hang of ten seconds or more than 1 GiB of memory is a fault, and the input that shows it is kept.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["aibom"]):
    from aibom import weights
    from aibom.weights import (  # noqa: F401 – imported here to be instrumented
        archives,
        arrays,
        gguf,
        graphs,
        looking,
        onnx,
        pickles,
        protobuf,
        safetensors,
        sniff,
        source,
        texts,
        tflite,
    )

NAMES = sorted(f"m{suffix}" for suffix in {*weights.SUFFIXES, ".json", ".lz4", ".p", ".txt", ".vec", ".xml", ".zip"})


def one(data: bytes) -> None:
    """Read one input."""
    if data:
        weights.look(io.BytesIO(data[1:]), NAMES[data[0] % len(NAMES)])


def seeds(folder: Path) -> None:
    """Write the files of the tests into *folder*, once."""
    from tests.weights.test_formats import READ

    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, content, format_, _) in enumerate(READ):
        place = NAMES.index("m" + weights.suffix_of(name))
        (folder / f"{format_}-{number}").write_bytes(bytes([place]) + content)


if __name__ == "__main__":
    corpus = next((Path(a) for a in sys.argv[1:] if not a.startswith("-")), None)
    if corpus is not None:
        seeds(corpus)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
