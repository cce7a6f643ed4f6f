"""Tell the words of a command apart: its program, its options, and what stands between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom.commands.running import HOLE, Arg, Run
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Parsed", "Words", "base", "normal", "parse"]

_VERSION: Final = expression(r"\.exe$")
_GENERAL: Final = frozenset(
    {
        *("--help", "-h", "--version", "--verbose", "--quiet", "--force", "--debug", "--yes", "-y"),
        *("--trust-remote-code", "--trust_remote_code", "--dry-run", "--overwrite", "--recursive", "--bf16"),
        *("--fp16", "--tf32", "--do_train", "--do_eval", "--do_predict", "--push_to_hub", "--overwrite_output_dir"),
        *("--gradient_checkpointing", "--load_in_4bit", "--load_in_8bit", "--use_peft", "--use_lora"),
        *("--streaming", "--no-cache"),
    }
)
"""Options without a value, whatever the command."""


_NUMBER: Final = expression(r"-[\d.]+")
_SETTING: Final = expression(r"[A-Za-z_]\w*=")
_LONGEST_TOLD: Final = 80
"""So long is a value that is kept as context: a word, and no document."""


def base(word: str) -> str:
    """
    Return the name of the program that *word* starts.

    >>> base("/usr/bin/python3"), base("hf.exe")
    ('python3', 'hf')
    """
    return _VERSION.sub("", word.rpartition("/")[2].rpartition("\\")[2])


def normal(option: str) -> str:
    """Return *option* as it is compared: many programs take ``--a_b`` for ``--a-b``."""
    return option.replace("_", "-")


@frozen
class Words:
    """A command that is being read."""

    args: Sequence[Arg]
    run: Run
    depth: int = 0
    """In how many other commands it stands."""

    def text(self, number: int) -> str:
        """Return the word *number* as it stands there; nothing where there is none."""
        return self.args[number][0].text if number < len(self.args) else ""

    def behind(self, number: int) -> Words:
        """Return the words from *number* on, as a command."""
        return evolve(self, args=self.args[number:], depth=self.depth + 1)

    def skipped(self, own: int, valued: frozenset[str]) -> int:
        """Return the number of the first word behind all options, those in *valued* with a value, and *own* others."""
        number = 1
        while number < len(self.args):
            text = self.text(number)
            if text in valued:
                number += 2
            elif text.startswith("-") or _SETTING.match(text):
                number += 1
            elif own:
                own -= 1
                number += 1
            else:
                break
        return number


@frozen
class Parsed:
    """The words of a command, told apart."""

    positional: tuple[Arg, ...] = ()
    options: tuple[tuple[str, Arg | None], ...] = ()

    def at(self, slot: str) -> Iterator[Arg]:
        """Yield what stands in *slot*, which is written as in the table of commands: ``0``, ``1+``, ``--x``, ``x=``."""
        if slot.startswith("-"):
            wanted = normal(slot)
            yield from (value for key, value in self.options if value is not None and normal(key) == wanted)
        elif slot.endswith("="):
            for arg in self.positional:
                if arg[0].text.startswith(slot):
                    yield tuple(g.part(len(slot)) for g in arg if g.text.startswith(slot))
        elif slot.endswith("+"):
            yield from self.positional[int(slot[:-1]) :]
        elif slot.isdecimal():
            yield from self.positional[int(slot) : int(slot) + 1]

    def first(self, slots: Iterable[str]) -> str | None:
        """Return the first value in one of *slots* that is known, and the only one that stands there."""
        for slot in slots:
            for arg in self.at(slot):
                if len({g.text for g in arg}) == 1 and arg[0].known and arg[0].text:
                    return arg[0].text
        return None

    def told(self, options: Iterable[str]) -> list[tuple[str, str]]:
        """Return the *options* that are given, as context of the evidence."""
        found = []
        for wanted in options:
            for key, value in self.options:
                if normal(key) == normal(wanted):
                    text = value[0].text if value else "true"
                    if HOLE not in text and len(text) <= _LONGEST_TOLD:
                        found.append((key.lstrip("-").replace("-", "_"), text))
        return found


def parse(args: Sequence[Arg], switches: frozenset[str] = frozenset()) -> Parsed:
    """Tell *args* apart; the options *switches* take no value."""
    positional, options, number = list[Arg](), list[tuple[str, Arg | None]](), 0
    while number < len(args):
        text = args[number][0].text
        number += 1
        if text == "--":
            positional += args[number:]
            break
        if not _is_option(text):
            positional.append(args[number - 1])
            continue
        key, equals, _ = text.partition("=")
        if equals:
            at = len(key) + 1
            options.append((key, tuple(g.part(at) for g in args[number - 1] if g.text.startswith(f"{key}="))))
        elif key in switches or key in _GENERAL or number == len(args) or _is_option(args[number][0].text):
            options.append((key, None))
        else:
            options.append((key, args[number]))
            number += 1
    return Parsed(tuple(positional), tuple(options))


def _is_option(text: str) -> bool:
    return text.startswith("-") and text != "-" and _NUMBER.fullmatch(text) is None
