"""Whether bytes hold one of many expressions."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aibom.detectors import builtin
from aibom.errors import PluginError
from aibom.prefilter import pattern_of


@pytest.fixture(params=["re2", "re"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run every test with google-re2 and without it."""
    if request.param == "re":
        monkeypatch.setitem(sys.modules, "re2", None)
    else:
        pytest.importorskip("re2", reason="google-re2 has no wheel here")
    return str(request.param)


@pytest.mark.parametrize(
    ("expressions", "data", "expected"),
    [
        (["transformers", r"\bopenai"], b"import openai", True),
        (["transformers", r"\bopenai"], b"import myopenai", False),
        (["a", "b"], b"xxbxx", True),
        (["a|b", "c"], b"c", True),
        (["a"], b"", False),
        (["a"], b"A", False),
        (["(?i:a)"], b"A", True),
        ([r"completions\s*\.\s*create"], b"completions \\\n  .create", False),
        ([r"completions\s*\.\s*create"], b"completions\n  .create", True),
        (["é"], "é".encode(), True),
        (["é"], b"\xe9", False),
        ([r"\x00b"], b"a\x00b\xff\xfe", True),
        ([r"^b"], b"a\nb", False),
        (["a.b"], b"a\nb", False),
        ([""], b"", True),
    ],
)
def test_one_expression_that_holds_is_enough(expressions: list[str], data: bytes, *, expected: bool):
    assert expected is bool(pattern_of(expressions).search(data))


@pytest.mark.parametrize("data", [b"", b"a", bytes(range(256)), b"\n" * 10])
def test_no_expression_never_holds(data: bytes):
    assert pattern_of([]).search(data) is None


def test_the_order_and_the_number_of_expressions_does_not_matter():
    pattern = pattern_of(f"name{n:04}x" for n in range(3000))

    assert pattern.search(b"..name2999x..")
    assert not pattern.search(b"..name3000x..")


@pytest.mark.parametrize("wrong", ["(", "[a", "*a", "a(?P<x", r"\p"])
def test_what_is_no_expression_is_named(wrong: str):
    with pytest.raises(PluginError, match=re.escape(f"the hint {wrong!r} is no expression of RE2")):
        pattern_of(["good", wrong, "zood"])


def test_what_only_python_knows_is_no_expression_of_re2(engine: str):
    if engine == "re":
        assert pattern_of(["(?<=a)b"]).search(b"ab")
    else:
        with pytest.raises(PluginError, match="the hint"):
            pattern_of(["(?<=a)b"])


@given(data=st.binary(max_size=40))
def test_both_engines_say_the_same(data: bytes):
    words = [r"\bab", "b.c", r"x\s*\.\s*y", r"\xff"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "re2", None)
        slow = bool(pattern_of(words).search(data))

    assert slow is bool(pattern_of(words).search(data))


def test_every_hint_of_aibom_is_an_expression():
    hints = [h for d in builtin() for h in d.hints if isinstance(h, str)]
    weak = [part for d in builtin() for h in d.hints if isinstance(h, tuple) for part in h]

    pattern_of(weak)
    assert not pattern_of(hints).search(b"import os\nprint('hello, world')\n")
    assert pattern_of(hints).search(b"import openai\n")


def test_no_hint_holds_in_any_code():
    ordinary = (
        b'// using the "words" of java.util, std::fmt and Go\nimport os, "fmt"\nfrom here import there\nuse std::io;\n'
    )
    wide = {h for d in builtin() for h in d.hints if isinstance(h, str) and pattern_of([h]).search(ordinary)}

    assert wide == set()
