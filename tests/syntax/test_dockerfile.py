"""The reader of Dockerfiles gives instructions with their lines, stages and here-documents."""

from __future__ import annotations

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from aibom.syntax.dockerfile import read, words_of
from aibom.syntax.shell import Line


def test_instructions_know_their_stage_flags_and_lines():
    text = "ARG A=1\nfrom --platform=linux/amd64 x AS y\n"
    text += "RUN --mount=type=cache,target=/c a \\\n# note\n\n  && b\nFROM y\nONBUILD RUN c\n"
    found = [(i.name, i.text, i.flags, i.stage, i.line, i.onbuild) for i in read(text)]

    assert [
        ("ARG", "A=1", (), 0, 1, False),
        ("FROM", "x AS y", ("--platform=linux/amd64",), 1, 2, False),
        ("RUN", "a && b", ("--mount=type=cache,target=/c",), 1, 3, False),
        ("FROM", "y", (), 2, 7, False),
        ("RUN", "c", (), 2, 8, True),
    ] == found


def test_here_documents_are_not_read_as_instructions():
    first, second, third = read("RUN <<EOF\nFROM a\nEOF\nRUN python - <<X\nb\nX\nCMD c")

    assert (Line("FROM a", 2),) == first.document
    assert ["python - <<X", "b", "X"] == [line.text for line in second.lines]
    assert "CMD" == third.name


def test_another_escape_may_join_lines():
    (instruction,) = read("# escape=`\nRUN a `\n b")

    assert ["a \\", " b"] == [line.text for line in instruction.lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('CMD ["a", \\\n  "b c"]', [("a", 1, 7), ("b c", 2, 4)]),
        ("CMD a b", None),
        ('CMD ["a", 1]', None),
        ("CMD [a]", None),
    ],
)
def test_the_exec_form_has_words(text: str, expected: list[tuple[str, int, int]] | None):
    words = words_of(read(text)[0])

    assert expected == (None if words is None else [(w.plain, w.line, w.column) for w in words])


@for_any(st.text(alphabet='FROMRUN <EOF\n\\#[]"a ', max_size=200))
def test_any_text_is_read(text: str):
    assert read(text) == read(text)
