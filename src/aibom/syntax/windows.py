"""Scripts of Windows, PowerShell and batch files: their lines as a POSIX shell would write them, where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.syntax.shell import Line, Script, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["read_batch", "read_powershell"]

_BACKSLASH: Final = expression(r"\\(?=[\w.$%{*])")

# -- batch files ---------------------------------------------------------------------------------

_REMARK: Final = expression(r"\s*@?(?:rem\b|::)\s?", re.IGNORECASE)
_BATCH_SET: Final = expression(r"(\s*@?set\s+)(\"?)([A-Za-z_]\w*)=([^\"\n]*)(\"?)\s*", re.IGNORECASE)
_BATCH_FOR: Final = expression(r"(\s*@?for)\s+%%?(\w)\s+in\s*\(([^()]*)\)\s*do\s*\(?", re.IGNORECASE)
_BATCH_IF: Final = expression(
    r"\s*@?if\s+(?:/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel)\s+\S+|\"[^\"]*\"\s*==\s*\"[^\"]*\"|\S+\s*==\s*\S+)\s*",
    re.IGNORECASE,
)
_QUIET: Final = expression(r"^(\s*)@")
_CALL: Final = expression(r"(\s*)@?(call|start(?:\s+/\w+)*)\s+", re.IGNORECASE)
_PERCENT: Final = expression(r"%%?([A-Za-z_]\w*|[0-9*])%?")
_DELAYED: Final = expression(r"!([A-Za-z_]\w*)!")


def read_batch(lines: Sequence[Line]) -> Script:
    """Return the facts of a ``.bat`` or ``.cmd`` file."""
    return read(_continued(list(_of_batch(lines)), "^"))


def _of_batch(lines: Sequence[Line]) -> Iterator[Line]:
    blocks: list[str] = []
    """The words that close what is open."""
    for line in lines:
        text = line.text.rstrip("\r")
        if found := _REMARK.match(text):
            yield Line(f"#{text[found.end() :]}", line.number, line.column + max(found.end() - 1, 0))
            continue
        if re.match(r"\s*\)", text):
            again = re.match(r"\s*\)\s*else\s*\(\s*$", text, re.IGNORECASE)
            yield evolve(line, text="else" if again else blocks.pop() if blocks else "")
            continue
        at = line.column
        if condition := _BATCH_IF.match(text):
            text, at = text[condition.end() :], at + condition.end()
            if text.strip() == "(":
                blocks.append("fi")
                yield evolve(line, text="if :; then")
                continue
            for one in _BATCH_ELSE.split(text):  # What follows is one command, or two, run in a branch.
                inner = one.rstrip(") \t").lstrip("( \t")
                start = at + text.find(inner) - len("false || ")
                yield from _batch_command(Line(f"false || {inner}", line.number, max(start, 1)), inner)
            continue
        if loop := _BATCH_FOR.match(text):
            body = text[loop.end() :].strip().rstrip(")")
            head = f"for {loop[2]} in "
            blocks += [] if body else ["done"]
            rest = f"; do {_batch_word(body)}; done" if body else "; do"
            spaces = " " * max(loop.start(3) - len(head), 0)
            yield evolve(line, text=f"{spaces}{head}{loop[3]}{rest}")
            continue
        yield from _batch_command(line, text)


_BATCH_ELSE: Final = expression(r"\belse\b", re.IGNORECASE)


def _batch_command(line: Line, text: str) -> Iterator[Line]:
    """Yield one command; *line* has its text behind what makes it conditional."""
    before = line.text[: len(line.text) - len(text)] if line.text.endswith(text) else ""
    if found := _BATCH_SET.fullmatch(text):
        value = _batch_word(found[4].rstrip())
        start = line.column + len(before) + found.start(4) - len(found[3]) - 2
        yield Line(f'{before}{found[3]}="{value}"', line.number, max(start - len(before), 1))
        return
    if call := _CALL.match(text):
        text = f"{' ' * call.end()}{text[call.end() :]}"
    command = _batch_word(_QUIET.sub(r"\1 ", text))
    yield evolve(line, text=f"{before}{command}")


def _batch_word(text: str) -> str:
    """Return *text* with the variables and paths of a batch file as a shell has them."""
    text = _PERCENT.sub(lambda m: "$@" if m[1] == "*" else f"${{{m[1]}}}", text)
    return _DELAYED.sub(r"${\1}", _BACKSLASH.sub("/", text))


# -- PowerShell ----------------------------------------------------------------------------------

_POWER_SET: Final = expression(
    r"(\s*)(?:\[[\w.\[\]]+\]\s*)?\$(?:(?:env|script|global|local):)?([A-Za-z_]\w*)\s*=\s*", re.IGNORECASE
)
_POWER_LIST: Final = expression(r"[\"'][^\"']*[\"']\s*,")
_POWER_FOR: Final = expression(r"(\s*)foreach\s*\(\s*\$(\w+)\s+in\s+", re.IGNORECASE)
_POWER_IF: Final = expression(r"\s*(?:\}\s*)?(?:else)?if\s*\(|\s*while\s*\(|\s*for\s*\(", re.IGNORECASE)
_POWER_ELSE: Final = expression(r"\s*(?:\}\s*)?(?:else|try|catch|finally|do)\b[^{]*\{\s*$", re.IGNORECASE)
_POWER_FUNCTION: Final = expression(r"(\s*)function\s+([\w-]+)[^{]*\{\s*$", re.IGNORECASE)
_POWER_ENV: Final = expression(r"\$\{?env:(\w+)\}?", re.IGNORECASE)
_POWER_CALL: Final = expression(r"(\s*)[&.]\s+(?=[\"'$\w])")
_EACH: Final = expression(r"\|\s*(?:ForEach-Object|foreach|%)\s*\{(.*)\}\s*$", re.IGNORECASE)
_DEFAULTS: Final = expression(r"\$(\w+)\s*=\s*(\"[^\"]*\"|'[^']*')")


def read_powershell(lines: Sequence[Line]) -> Script:
    """Return the facts of a ``.ps1`` script."""
    return read(_continued(list(_of_powershell(lines)), "`"))


def _continued(lines: list[Line], mark: str) -> list[Line]:
    return [evolve(x, text=f"{x.text.rstrip()[:-1]}\\") if x.text.rstrip().endswith(mark) else x for x in lines]


def _of_powershell(lines: Sequence[Line]) -> Iterator[Line]:  # noqa: PLR0915 - one branch for each form of a line
    blocks: list[str] = []
    """The words that close what is open."""
    remark, array, parameters = False, False, False
    for line in lines:
        text = line.text.rstrip("\r")
        if remark or text.lstrip().startswith("<#"):
            remark = "#>" not in text
            yield evolve(line, text="")
            continue
        if array:
            array = ")" not in text
            yield evolve(line, text=_plain(text.replace(",", " ")))
            continue
        if parameters or re.match(r"\s*param\s*\(", text, re.IGNORECASE):
            parameters = not text.rstrip().endswith(")")
            sets = list(_DEFAULTS.finditer(text))
            if sets:
                yield Line(
                    f"{sets[0][1]}={sets[0][2]}", line.number, line.column + sets[0].start(2) - len(sets[0][1]) - 1
                )
            continue
        if found := _POWER_FOR.match(text):
            blocks.append("done")
            items, _, body = text[found.end() :].rpartition(")")
            head = f"for {found[2]} in "
            spaces = " " * max(found.end() - len(head), 0)  # So that the elements stand where they are written.
            after = body.strip().lstrip("{").strip()
            closes = after.endswith("}")
            after = after.rstrip("}").strip() if closes else after
            if closes:
                blocks.pop()
            rest = f" ; do {_plain(after)} {'; done' if closes else ''}"
            yield evolve(line, text=f"{spaces}{head}{_items(items)}{rest}")
        elif found := _POWER_FUNCTION.match(text):
            blocks.append("}")
            yield evolve(line, text=f"{found[1]}{found[2].replace('-', '_')}() {{")
        elif _POWER_IF.match(text) or _POWER_ELSE.match(text):
            closed = blocks.pop() if text.lstrip().startswith("}") and blocks else ""
            blocks.append("fi")
            yield evolve(line, text=f"{closed}; if :; then" if closed else "if :; then")
        elif text.strip() == "}":
            yield evolve(line, text=blocks.pop() if blocks else "")
        elif found := _POWER_SET.match(text):
            value = text[found.end() :]
            start = line.column + found.end() - len(found[2]) - 1
            if value.startswith("@("):
                array = ")" not in value
                yield Line(f"{found[2]}=( {_plain(value[2:].replace(',', ' '))}", line.number, max(start - 1, 1))
            elif _POWER_LIST.match(value):
                yield Line(f"{found[2]}=({_plain(value.replace(',', ' '))})", line.number, max(start - 1, 1))
            else:
                yield Line(f"{found[2]}={_plain(value)}", line.number, start)
        else:
            yield from _piped(line, text)


def _piped(line: Line, text: str) -> Iterator[Line]:
    """Yield a command; ``"a", "b" | ForEach-Object { hf download $_ }`` is a loop."""
    if text.rstrip().endswith("}") and (found := _EACH.search(text)):
        given = text[: found.start()]
        head = "for _ in "
        if line.column > len(head):
            yield Line(f"{head}{_items(given)}; do {_plain(found[1])}; done", line.number, line.column - len(head))
        else:
            yield Line("for _ in \\", line.number, line.column)
            yield Line(f"{_items(given)}; do {_plain(found[1])}; done", line.number, line.column)
        return
    if found := _POWER_CALL.match(text):
        text = f"{' ' * found.end()}{text[found.end() :]}"
    yield evolve(line, text=_plain(text))


def _items(text: str) -> str:
    """Return the elements of a list as words, at their places."""
    text = re.sub(r"@\(", "  ", text).replace(",", " ")
    text = text.rstrip().rstrip(")") if text.rstrip().endswith(")") else text
    return re.sub(r"\$(\w+)\b", r"${\1[@]}", _plain(text)) if re.fullmatch(r"\s*\$\w+\s*", text) else _plain(text)


def _plain(text: str) -> str:
    """Return *text* with the variables and paths of PowerShell as a shell has them."""
    text = _POWER_ENV.sub(r"${\1}", text)
    return _BACKSLASH.sub("/", re.sub(r"\$_\b(?!\w)", "${_}", text))
