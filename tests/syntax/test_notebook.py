"""Notebooks: their cells are one module, and places are those of the file."""

from __future__ import annotations

import json

import pytest

from aibom.syntax import Binding, Problem, Prose
from aibom.syntax.notebook import read
from aibom.syntax.values import Const, Text, Unknown


def code(source: str | list[str]) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def markdown(source: str | list[str]) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, object], language: str | None = "python") -> str:
    """Return a notebook as Jupyter writes it: one space for a level, a line for each line of the source."""
    spec = {"kernelspec": {"display_name": "K", "language": language, "name": "k"}} if language else {}
    return json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def line_of(text: str, needle: str) -> int:
    """Return the line of the notebook's file in which *needle* is written."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if needle in line)


def callees(text: str) -> list[str]:
    return [call.callee for call in read(text).every_call]


def test_lines_are_those_of_the_file():
    text = notebook(code(["import a\n", "a.first('x')\n", "\n", "a.second('y')"]), code(["a.third('z')"]))
    found = read(text)

    assert [(f"a.{n}", line_of(text, f"a.{n}")) for n in ("first", "second", "third")] == [
        (c.callee, c.line) for c in found.every_call
    ]
    assert [("x", line_of(text, "first")), ("y", line_of(text, "second")), ("z", line_of(text, "third"))] == [
        (t.value, t.line) for t, _ in found.strings
    ]
    assert ("notebook", ()) == (found.language, found.problems)


def test_cells_have_numbers_as_a_reader_counts_them():
    text = notebook(markdown(["# Title"]), code(["a()"]), markdown([]), code([]), code(["b()\n", "c()"]))
    found = read(text)

    assert [("a", 2), ("b", 5), ("c", 5)] == [(c.callee, found.cell_of(c.line)) for c in found.every_call]
    assert 0 == found.cell_of(1)


@pytest.mark.parametrize("source", ["x = 1\ny = f('a')\n", "x = 1\ny = f('a')", ["x = 1\n", "y = f('a')"]])
def test_a_source_is_one_string_or_a_list_of_lines(source: str | list[str]):
    found = read(notebook(code(source)))

    assert ["x", "y"] == [b.name for b in found.scopes[0].bindings]
    assert ["f"] == [c.callee for c in found.every_call]


def test_a_source_in_one_string_stands_in_one_line():
    text = notebook(code("x = 1\ny = f('a')\nz = g('b')\n"))
    line = line_of(text, "f('a')")

    assert [("f", line), ("g", line)] == [(c.callee, c.line) for c in read(text).every_call]


def test_a_notebook_may_be_one_line():
    text = json.dumps(json.loads(notebook(code(["x = f('a')\n", "x.b()"]), code("g(x)"))), separators=(",", ":"))
    found = read(text)

    assert [("f", 1), ("f().b", 1), ("g", 1)] == [(c.callee, c.line) for c in found.every_call]
    assert () == found.problems


def test_names_go_from_cell_to_cell():
    text = notebook(code(["from openai import OpenAI"]), code(["client = OpenAI()"]), code(["client.models.list()"]))

    assert ["openai.OpenAI", "openai.OpenAI().models.list"] == callees(text)


def test_a_function_may_not_go_on_in_the_next_cell():
    text = notebook(code(["def f():\n", "    g()"]), code(["h()"]))

    assert [("g", "f"), ("h", "")] == [(c.callee, read(text).scopes[c.scope].name) for c in read(text).every_call]


@pytest.mark.parametrize(
    "line",
    [
        "!pip install x",
        "  !pip install x",
        "%matplotlib inline",
        "%load_ext a.b",
        "?f",
        "f?",
        "f??",
        "%%time",
        "%%timeit",
        "files = !ls",
        "x = %env HOME",
    ],
)
def test_lines_for_ipython_are_left_out_and_the_rest_is_read(line: str):
    text = notebook(code([f"{line}\n", "g('a')"]))
    found = read(text)

    assert (["g"], ()) == ([c.callee for c in found.every_call], found.problems)


@pytest.mark.parametrize(
    "line",
    [
        "g('b')  # Why?",
        "g('b?')",
        "x = ('a %s'\n     % g())",
        "x = ('a'\n     != g())",
        "x = QQQ\nWhat?\nQQQ + g()",
        "x = g('a' == 'b')",
        "x != g()",
    ],
)
def test_what_is_python_stays(line: str):
    found = read(notebook(code([f"{part}\n" for part in line.split("\n")])))

    assert (["g"], ()) == ([c.callee for c in found.every_call], found.problems)


def test_what_the_shell_gives_a_name_is_not_known():
    (binding,) = read(notebook(code(["files = !ls"]))).scopes[0].bindings

    assert ("files", Unknown("...", binding.line)) == (binding.name, binding.value)


def test_a_line_for_the_shell_may_be_the_body_of_a_block():
    found = read(notebook(code(["if a:\n", "    !pip install x\n", "g('a')"])))

    assert (["g"], ()) == ([c.callee for c in found.every_call], found.problems)


@pytest.mark.parametrize(
    "magic", ["%%bash", "%%sh", "%%html", "%%javascript", "%%writefile a.py", "%%R", "%%sql", "%%latex", "%%script x"]
)
def test_a_cell_in_another_language_is_left_out(magic: str):
    text = notebook(code([f"{magic}\n", "f('a') (((\n"]), code(["g('b')"]))
    found = read(text)

    assert (["g"], (), [2]) == (
        [c.callee for c in found.every_call],
        found.problems,
        [found.cell_of(c.line) for c in found.every_call],
    )


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 10", "%%capture out", "%%prun"])
def test_a_cell_that_is_measured_or_captured_is_python(magic: str):
    assert ["g"] == callees(notebook(code([f"{magic}\n", "g('b')"])))


@pytest.mark.parametrize("language", ["python", "Python", "ipython", None])
def test_python_has_several_names(language: str | None):
    assert ["g"] == callees(notebook(code(["g()"]), language=language))


@pytest.mark.parametrize("language", ["R", "julia", "scala", "javascript"])
def test_a_notebook_for_another_kernel_has_no_python(language: str):
    found = read(notebook(code(["g('a')"]), language=language))

    assert ("notebook", (), (), ()) == (found.language, found.every_call, found.strings, found.problems)


def test_the_language_may_stand_in_language_info():
    text = json.dumps({"cells": [code("g()")], "metadata": {"language_info": {"name": "R"}}, "nbformat": 4})

    assert [] == callees(text)


def test_markdown_is_prose():
    text = notebook(markdown(["# Title\n", "about gpt-4o"]), code(["'''Doc.'''\n", "f()  # Why."]))

    assert {
        Prose("# Title\n", "docstring", line_of(text, "# Title")),
        Prose("about gpt-4o", "docstring", line_of(text, "about")),
        Prose("Doc.", "docstring", line_of(text, "Doc.")),
        Prose("Why.", "comment", line_of(text, "Why.")),
    } == set(read(text).prose)


def test_raw_cells_and_outputs_are_left_out():
    raw: dict[str, object] = {"cell_type": "raw", "metadata": {}, "source": ["f('a')"]}
    cell = code(["g('b')"]) | {"outputs": [{"output_type": "stream", "text": ["h('c')"]}]}

    assert ["g"] == callees(notebook(raw, cell))


def test_a_break_in_a_cell_is_named_by_its_line():
    text = notebook(code(["good('a')"]), code(["def f(:\n", "    pass"]), code(["fine('b')"]))
    message = "the grammar does not hold here; the facts around it were read"

    assert (Problem("syntax-error", message, line_of(text, "def f")),) == read(text).problems
    assert ["good", "fine"] == callees(text)


def test_broken_json_is_said_and_what_could_be_read_is_read():
    text = notebook(code(["f('a')"]))
    found = read(text[: text.index('"nbformat"')])

    assert {"syntax-error"} == {p.code for p in found.problems} - {"too-deep"} or found.problems
    assert ["f"] == [c.callee for c in found.every_call]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "it does not say which nbformat it has"),
        ("[]", "it does not say which nbformat it has"),
        ("3", "it does not say which nbformat it has"),
        ('{"cells": []}', "it does not say which nbformat it has"),
        ('{"metadata": {}}', "it does not say which nbformat it has"),
        ('{"nbformat": 4,\n"cells": {"a": 1}}', "line 2 is not what a cell is made of"),
        ('{"nbformat": 4, "cells":\n3}', "line 2 is not what a cell is made of"),
        ('{"nbformat": 4, "cells": [{"source":\n\n3}]}', "line 3 is not what a cell is made of"),
        (
            '{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code"}]}]}',
            "it is of nbformat 3, which ended in 2015",
        ),
    ],
)
def test_what_is_not_of_the_format_is_malformed(text: str, message: str):
    assert (Problem("malformed-notebook", message, 1),) == read(text).problems


def test_an_empty_notebook_is_fine():
    found = read(notebook())

    assert ((), (), ()) == (found.problems, found.every_call, found.cells)


def test_an_empty_file_is_no_notebook():
    assert [] != [p.code for p in read("").problems]


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": "code"},
        {"source": ["f()"]},
        {"cell_type": 3, "source": ["f()"]},
        {"cell_type": "code", "source": None},
        {"cell_type": "code", "source": [1, None]},
        {"cell_type": "code", "source": {"a": "f()"}},
    ],
)
def test_odd_cells_do_no_harm(cell: dict[str, object]):
    assert "g" in callees(notebook(cell, code(["g()"])))


def test_columns_are_those_of_the_source():
    found = read(notebook(code(["é = g('a')"])))

    assert [(5, 7)] == [(c.column, t.column) for c, (t, _) in zip(found.every_call, found.strings, strict=True)]


def test_bindings_stand_in_the_lines_of_the_file():
    text = notebook(code(["A = 1\n", "B = 'x'"]))
    a, b = line_of(text, "A ="), line_of(text, "B =")

    assert (Binding("A", Const(1), a, 0), Binding("B", Text("x", b, 5), b, 0)) == read(text).scopes[0].bindings
