"""Jupyter notebooks: their cells, as one Python file whose lines are those of the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.syntax import Code, Problem, Prose
from aibom.syntax.python import read as read_python
from aibom.syntax.shell import Line
from aibom.syntax.structured import read_json

if TYPE_CHECKING:
    from aibom.syntax import Data, Entry

__all__ = ["commands", "read"]

_PYTHONS: Final = frozenset({"python", "Python", "ipython"})
_OTHER_CELL: Final = expression(r"\s*%%(?!time|capture|prun|memit)")
"""The first line of a cell that is not Python."""
_MAGIC: Final = expression(r"\s*(?:%{1,2}[A-Za-z]|!(?!=)|\?|[\w.*]+\?{1,2}\s*$)")
"""A line for the shell or for IPython: ``!ls``, ``%cd``, ``?f``, ``f??``. An operator may begin a line too: ``% b``."""
_ASSIGNED: Final = expression(r"(\s*[\w., ]+=\s*)(?:%[A-Za-z]|!(?!=))")
"""What the shell or a magic gives a name: ``files = !ls``."""


def read(text: str) -> Code:
    """
    Return the facts of the notebook whose JSON is *text*.

    All code cells are read as one module, because names go from one to the next. Lines are those of the ``.ipynb``
    file; lines for the shell and for IPython (``!``, ``%``) are left out.
    """
    data = read_json(text)
    kinds, sources, odd = _cells(data)
    problems = data.problems
    if not problems and (odd or data.get("nbformat") is None):
        problems = (Problem("malformed-notebook", odd or "it does not say which nbformat it has", 1),)
    language = data.get("metadata", "kernelspec", "language") or data.get("metadata", "language_info", "name")
    if language is not None and language.value not in _PYTHONS:
        return Code("notebook", problems=problems)
    lines: list[str] = []
    places: list[int] = []
    cells: list[tuple[int, int]] = []
    prose: list[Prose] = []
    for number, entries in sources.items():
        cells.append((entries[0].line, int(number) + 1))
        if kinds.get(number) == "markdown":
            prose += [Prose(str(entry.value), "docstring", entry.line) for entry in entries]
        elif kinds.get(number) == "code":
            block = [(line, entry.line) for entry in entries for line in str(entry.value).split("\n")[: _count(entry)]]
            if block and _OTHER_CELL.match(block[0][0]):
                continue
            lines += [*(_python(line) for line, _ in block), ""]
            places += [*(place for _, place in block), block[-1][1] if block else 1]
    code = read_python("\n".join(lines), tuple(places))
    found = (*problems, *code.problems)
    return evolve(code, language="notebook", prose=(*code.prose, *prose), problems=found, cells=tuple(cells))


_SHELL_CELL: Final = expression(r"\s*%%(?:bash|sh|shell|system|sx|!|script\s+(?:ba|z)?sh)\b.*")
_SHELL_LINE: Final = expression(r"(\s*(?:[\w., ]+=\s*)?(?:!{1,2}(?!=)|%{1,2}(?:sx|system|sh)\s))(.*)")
_PACKAGES: Final = expression(r"(\s*%{1,2})((?:pip|conda|mamba|uv)\s.*)")
_RUN: Final = expression(r"(\s*%)run\s+(.*\.py\b.*)")


def commands(text: str) -> tuple[tuple[Line, ...], ...]:
    """
    Return what the notebook whose JSON is *text* hands to the shell: cells of ``%%bash``, ``!``, ``%pip``, ``%run``.

    Each group of lines is one text. Columns are those of the ``.ipynb`` file where a line stands alone in it.
    """
    kinds, sources, _ = _cells(read_json(text))
    found: list[tuple[Line, ...]] = []
    for number, entries in sources.items():
        if kinds.get(number) != "code":
            continue
        block = [
            Line(line, entry.line, entry.column + 1 if not index else 0)
            for entry in entries
            for index, line in enumerate(str(entry.value).split("\n")[: _count(entry)])
        ]
        if block and _SHELL_CELL.fullmatch(block[0].text):
            found.append(tuple(block[1:]))
            continue
        held: list[Line] = []
        for line in block:
            begins = None if held else _command(line)
            if begins is not None or held:
                held.append(begins or line)
                if not line.text.endswith("\\"):
                    found.append(tuple(held))
                    held = []
        if held:
            found.append(tuple(held))
    return tuple(group for group in found if group)


def _command(line: Line) -> Line | None:
    """Return the command of a line that is not Python; None when it is none."""
    if run := _RUN.match(line.text):
        column = line.column + run.start(2) - len("python ") if line.column else 0
        return Line(f"python {run[2]}", line.number, max(column, 0))
    command = _SHELL_LINE.match(line.text) or _PACKAGES.match(line.text)
    if command is None:
        return None
    return Line(command[2], line.number, line.column + command.start(2) if line.column else 0)


def _cells(data: Data) -> tuple[dict[str, str], dict[str, list[Entry]], str]:
    """Return the kind and the source of each cell by its number, and what is odd about the notebook."""
    kinds: dict[str, str] = {}
    sources: dict[str, list[Entry]] = {}
    odd = ""
    for entry in data.entries:
        match entry.keys:
            case ("cells", number, "cell_type") if isinstance(entry.value, str):
                kinds[number] = entry.value
            case ("cells", number, "source") | ("cells", number, "source", _) if isinstance(entry.value, str):
                sources.setdefault(number, []).append(entry)
            case ("cells",) | ("cells", _) | ("cells", _, "cell_type" | "source", *_):
                odd = odd or f"line {entry.line} is not what a cell is made of"
            case ("worksheets", *_):
                odd = odd or "it is of nbformat 3, which ended in 2015"
            case _:
                pass
    return kinds, sources, odd


def _count(entry: Entry) -> int | None:
    """Return how many lines a piece of source has: the line break at its end begins none."""
    return -1 if str(entry.value).endswith("\n") else None


def _python(line: str) -> str:
    """Return *line* without what only IPython understands, in as many lines."""
    if _MAGIC.match(line):
        indent = line[: len(line) - len(line.lstrip())]
        return f"{indent}pass"
    assigned = _ASSIGNED.match(line)
    return line if assigned is None else f"{assigned[1]}..."
