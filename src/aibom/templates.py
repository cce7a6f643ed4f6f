"""What a chat template reaches beyond rendering, told by its words; nothing of it is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["reaches"]

_LONGEST: Final = 1_000_000
"""So many characters of a template are looked at."""
_OPENING: Final = expression(r"\{[{%#]")
_SPECIAL: Final = expression(r"__[a-z0-9_]{1,60}__")
_FILES: Final = expression(r"^\s*[-+]?\s*(include|import|from|extends)\b")
_OWN: Final = expression(r"(?<![\w.])(cycler|joiner|lipsum|get_flashed_messages|url_for)\b(?=\s*[.(\[])")
"""Names of Jinja and Flask from which the modules of Python are reached; no template of a chat needs them."""
_NAMING: Final = expression(r"(?:\[|\b(?:get)?attr\s{0,9}\()\s{0,9}\Z")
"""What stands before a text that names an attribute or an item."""
_WORD: Final = 60


def reaches(template: str) -> tuple[str, ...]:
    """
    Return the words by which *template*, Jinja that makes a prompt of messages, reaches beyond that.

    Attributes with two underscores, by which the classes and modules of Python are reached; ``attr`` with a name that
    begins with an underscore; other files; names that no template of a chat needs. A sandbox refuses all of them.
    What a template says is not looked at, and so it may mislead a model all the same.

    >>> reaches("{% for m in messages %}{{ m.content }}{% endfor %}")
    ()
    >>> reaches("{{ cycler.__init__.__globals__.os.popen('id').read() }}{% include 'x' %}")
    ('__globals__', '__init__', 'cycler', 'include')
    """
    found: set[str] = set()
    for statement, code, names in _codes(template[:_LONGEST]):
        if statement:
            found |= set(_FILES.findall(code))
        found |= {*_SPECIAL.findall(code), *_OWN.findall(code), *names}
    return tuple(sorted(found))


def _codes(template: str) -> Iterator[tuple[bool, str, list[str]]]:
    """Yield each statement and expression: which it is, its code without texts, and the texts that name attributes."""
    at = 0
    while (opening := _OPENING.search(template, at)) is not None:
        at = opening.end()
        if opening.group() == "{#":
            at = template.find("#}", at) + 2
            if at == 1:
                return
            continue
        statement = opening.group() == "{%"
        code: list[str] = []
        names: list[str] = []
        depth = 0
        while at < len(template):
            char = template[at]
            if char in "'\"":
                end = _end_of_text(template, at)
                if end - at > 1 and template[at + 1] == "_" and _NAMING.search("".join(code[-_WORD:])):
                    names.append(template[at + 1 : end][:_WORD])
                code.append("''")
                at = end
            elif template.startswith("%}" if statement else "}}", at) and not depth:
                break
            else:
                depth += (char == "{") - (char == "}" and depth > 0)
                code.append(char)
            at += 1
        yield statement, "".join(code), names
        at += 2


def _end_of_text(template: str, at: int) -> int:
    """Return where the text that is opened at *at* is closed; the end of the template where nothing closes it."""
    quote = template[at]
    at += 1
    while at < len(template) and template[at] != quote:
        at += 2 if template[at] == "\\" else 1
    return min(at, len(template))
