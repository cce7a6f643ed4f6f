"""What pickles import, told without running them."""

from __future__ import annotations

import functools
import io
import operator
import os
import pickle
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weights.make import archive, joblib_array, npy, stack_global, torch_pickle

from aibom import scan
from aibom.knowledge import pickle_globals
from aibom.weights import look, pickles
from aibom.weights.pickles import HIDDEN, read, verdict
from aibom.weights.source import Source


def imports(content: bytes) -> tuple[set[tuple[str, str]], str | None]:
    found = read(Source(io.BytesIO(content)))
    return found.imports, found.problem


class Touches:
    """Would make a file when it is loaded."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_nothing_that_is_scanned_is_loaded(tmp_path: Path, protocol: int):
    mark = tmp_path / "made"
    folder = tmp_path / "tree"
    folder.mkdir()
    content = pickle.dumps(Touches(str(mark)), protocol)
    (folder / "m.pkl").write_bytes(content)
    (folder / "m.pt").write_bytes(archive({"m/data.pkl": content, "m/version": b"3"}))
    (folder / "m.npy").write_bytes(npy((1,), "|O", content))
    (folder / "m.joblib").write_bytes(content)
    bill = scan(folder, plugins=False)

    said = sorted(str(d) for d in bill.diagnostics)
    assert not mark.exists()
    assert [
        f"m.{kind}: unsafe-pickle: loading it can run code: it imports posix.system{where}"
        for kind, where in (("joblib", ""), ("npy", ""), ("pkl", ""), ("pt", " (m/data.pkl)"))
    ] == said


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"a": [1, 2.5, b"x" * 2000, None, True, 10**40, "é" * 2000, (1,), (1, 2, 3, 4)], "b": {3, frozenset([1])}},
            set(),
        ),
        (functools.partial(print, 1), {("functools", "partial"), ("builtins", "print")}),
        (operator.attrgetter("a.b"), {("operator", "attrgetter")}),
        (Path("a"), {("pathlib", "PosixPath")}),
    ],
)
def test_what_python_writes_is_read_to_its_end(protocol: int, value: object, expected: set[tuple[str, str]]):
    found, problem = imports(pickle.dumps(value, protocol))

    python2 = {("__builtin__", "print"): ("builtins", "print")}
    noise = {"_codecs", "copyreg", "copy_reg"} | ({"builtins", "__builtin__"} if not expected else set())
    assert problem is None
    assert expected == {python2.get(pair, pair) for pair in found if pair[0] not in noise}


MODULE = b"\x8c\x05posix"
NAME = b"\x8c\x06system"


@pytest.mark.parametrize(
    "content",
    [
        b"\x80\x04" + MODULE + NAME + b"\x93.",
        b"\x80\x04" + MODULE + b"\x94" + NAME + b"\x94\x93.",
        b"\x80\x04" + MODULE + b"\x940" + NAME + b"\x940h\x00h\x01\x93.",
        b"\x80\x04" + NAME + b"q\x07" + MODULE + b"q\x090" + b"0" + b"h\x09h\x07\x93.",
        b"\x80\x04" + MODULE + NAME + b"N0\x93.",
        b"\x80\x04" + MODULE + NAME + b"(NNN1\x93.",
        b"\x80\x04" + MODULE + b"2" + b"0" + NAME + b"\x93.",
        b"Vposix\nVsystem\n\x93.",
        b"V\\u0070osix\nVs\\u0079stem\n\x93.",
        b"S'posix'\nS'syst\\x65m'\n\x93.",
        b"cposix\nsystem\n.",
        b"(iposix\nsystem\n.",
        b"X\x05\0\0\0posixU\x06system\x93.",
        b"\x8d" + struct.pack("<Q", 5) + b"posixT\x06\0\0\0system\x93.",
        b"p1\n"[:0] + b"Vposix\np1000000\n0Vsystem\np2\n0g1000000\ng2\n\x93.",
    ],
)
def test_an_import_is_found_however_its_names_come_to_the_stack(content: bytes):
    assert ({("posix", "system")}, None) == imports(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\x80\x04cbuiltins\ngetattr\n" + NAME + b"R" + NAME + b"\x93.",
        b"\x80\x04h\x05" + NAME + b"\x93.",
        b"\x80\x04K\x01K\x02\x93.",
    ],
)
def test_an_import_that_is_computed_is_dangerous(content: bytes):
    found, _ = imports(content)

    assert HIDDEN in found
    assert "dangerous" == verdict(*HIDDEN)


def test_an_extension_of_copyreg_is_unknown():
    assert ({("copyreg", "extension 5")}, None) == imports(b"\x80\x02\x82\x05.")
    assert "unknown" == verdict("copyreg", "extension 5")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x80\x04\x95\x01", "beyond byte 2"),
        (b"\x80\x04\xffN.", "beyond byte 2: 0xff is no opcode"),
        (b"\x80\x09N.", "protocol 9"),
        (b"\x80\x04X\xff\xff\xff\x7fabc", "2147483647 bytes follow"),
        (b"\x80\x04\x8e" + b"\xff" * 8, "bytes follow, and they do not"),
        (b"\x80\x04N", "without a STOP"),
        (b"\x80\x040.", "its stack is empty"),
        (b"\x80\x04u.", "no mark"),
        (b"Vabc", "within a line"),
        (b"I1\npx\n.", "make no sense"),
        (joblib_array((9,), "f8", bytes(8)), "more bytes than follow"),
        (joblib_array((9,), "V8", bytes(72)), "type that is not read"),
        (pickle.dumps(1, 4) + b"\x80\x04\xfe", "beyond byte"),
    ],
)
def test_what_cannot_be_read_says_from_where_on(content: bytes, said: str):
    _, problem = imports(content)

    assert problem is not None
    assert said in problem


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x80\x04N0" + MODULE + NAME + b"\x93.", "system"),
        (b"N0cposix\nsystem\n.", "system"),
        (b"N0cposix\nsystem\n\xff", "system"),
        (b"N0ccollections\nOrderedDict\n.", "OrderedDict"),
        (b"class Some\nthing\n", None),
        (b"N0.", None),
    ],
)
def test_a_pickle_that_begins_like_none_is_found_under_the_name_of_one(content: bytes, expected: str | None):
    found = look(io.BytesIO(content), "m.pkl")

    assert expected == (found.imports[0].name if found is not None and found.imports else None)


def test_what_stands_before_a_break_is_found():
    found, problem = imports(pickle.dumps(os.system, 4)[:-1] + b"\xff")

    assert {("posix", "system")} == found
    assert problem is not None


def test_every_pickle_of_a_file_is_read():
    assert ({("posix", "system")}, None) == imports(pickle.dumps([1], 4) + pickle.dumps(os.system, 4))


def test_arrays_of_joblib_are_stepped_over():
    content = joblib_array((2, 2), "f8", b"\xff" * 32)
    found = read(Source(io.BytesIO(content)))

    assert (None, 1, 4) == (found.problem, found.arrays, found.elements)


def test_a_pickle_within_an_array_of_objects_is_read():
    found, problem = imports(joblib_array((1,), "O8", pickle.dumps(os.system, 2), padded=False))

    assert ("posix", "system") in found or ("os", "system") in found
    assert problem is None


def test_more_opcodes_than_are_read_are_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pickles, "MOST_OPCODES", 100)

    assert "more than 100 opcodes" in str(imports(b"\x80\x04" + b"N0" * 200 + b".")[1])
    assert "more than 100 opcodes" in str(imports(b"\x80\x04K\x01" + b"\x94" * 400_000 + b".")[1])


def test_a_member_that_is_encrypted_is_not_taken_for_harmless():
    content = bytearray(archive({"m/data.pkl": torch_pickle(), "m/version": b"3"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = look(io.BytesIO(bytes(content)), "m.pt")

    assert found is not None
    assert ["m/data.pkl"] == [member for member, _ in found.unreadable]


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("collections", "OrderedDict", "safe"),
        ("torch._utils", "_rebuild_tensor_v2", "safe"),
        ("torch", "FloatStorage", "safe"),
        ("torch", "load", "dangerous"),
        ("torch", "os.system", "dangerous"),
        ("torch.storage", "_load_from_bytes", "dangerous"),
        ("sklearn.tree._classes", "DecisionTreeClassifier", "safe"),
        ("sklearn.utils", "load_it", "unknown"),
        ("numpy.testing._private.utils", "runstring", "dangerous"),
        ("os", "path.join", "dangerous"),
        ("builtins", "eval", "dangerous"),
        ("__builtin__", "set", "safe"),
        ("shop.models", "Ranker", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_each_import_has_a_verdict(module: str, name: str, expected: str):
    assert expected == verdict(module, name)


def test_the_table_of_imports_is_sound():
    rows = pickle_globals()

    assert {"safe", "dangerous", "unknown"} == {row.verdict for row in rows}
    assert len(rows) == len({(row.module, row.name) for row in rows})
    assert [] == [row for row in rows if not (row.module and row.name and row.why and row.source)]


@settings(deadline=None)  # A busy machine is no fault.
@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes):
    found = read(Source(io.BytesIO(content)))

    assert found.end <= len(content) + 2**40


@settings(deadline=None)  # A busy machine is no fault.
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    ),
    st.integers(0, 5),
)
def test_every_pickle_of_plain_values_is_harmless(value: object, protocol: int):
    found, problem = imports(pickle.dumps(value, protocol))

    assert problem is None
    assert {"safe"} >= {verdict(*pair) for pair in found}


@pytest.mark.parametrize("where", [0, 1, 17])
def test_the_fast_way_and_the_slow_way_agree(where: int):
    value = {str(n): (n, n * 0.5, [str(n)] * 3, Path("a")) for n in range(300)}
    for protocol in range(6):
        content = pickle.dumps(value, protocol)
        source = Source(io.BytesIO(content))
        source.window = 310 + where  # So short that most is read the slow way.

        assert imports(content) == (read(source).imports, None)


def test_a_global_of_many_names_is_found_once():
    content = b"\x80\x04" + stack_global("a", "B") * 50 + b"."

    assert ({("a", "B")}, None) == imports(content)
