"""Model files with bytes changed, cut or put in: a reader may say anything about them, but it must come back."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weights.make import gguf, safetensors, tensor
from tests.weights.test_formats import READ

from aibom.bill import printable
from aibom.weights import SUFFIXES, look

FILES = [
    *(content for _, content, _, _ in READ),
    safetensors({"w": tensor("F32", [2], 0, 8)}, bytes(8)),
    gguf(("general.tags", "[str]", ["a"]), ("a", "f32", 0.5), tensors=(("w", [2], 0, 0),), data=bytes(8)),
]
NAMES = sorted(f"m{suffix}" for suffix in {*SUFFIXES, ".json", ".lz4", ".txt", ".xml", ".zip"})
EDGES = st.sampled_from(
    [b"\0", b"\xff", b"\x7f", b"\x80", b"\xff" * 8, b"\0" * 8, b"\xff\xff\xff\x7f", b"\x80" * 9 + b"\1"]
)


@settings(deadline=None)  # A busy machine is no fault.
@given(
    content=st.sampled_from(FILES),
    name=st.sampled_from(NAMES),
    changes=st.lists(st.tuples(st.integers(0, 10_000), EDGES | st.binary(max_size=9), st.integers(0, 9)), max_size=4),
    end=st.none() | st.integers(0, 10_000),
)
def test_a_changed_file_is_read_or_refused(
    content: bytes, name: str, changes: list[tuple[int, bytes, int]], end: int | None
):
    for at, put, over in changes:
        at %= len(content) + 1  # noqa: PLW2901 - within the file
        content = content[:at] + put + content[at + over :]
    found = look(io.BytesIO(content[:end]), name)

    if found is not None:
        assert found.problem is None or found.problem == printable(found.problem)
        assert found.facts == tuple(sorted(found.facts, key=lambda fact: (fact[0], str(fact[1]))))
        assert all(isinstance(value, int) or value.encode() is not None for _, value in found.facts)
        assert all(value.member.encode() is not None for value in found.imports)
