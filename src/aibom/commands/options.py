"""Read the options of any script that are called after models and datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom import names, slots
from aibom.bill import Kind
from aibom.commands.claims import claim
from aibom.commands.running import HOLE
from aibom.commands.words import parse
from aibom.expressions import expression
from aibom.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.commands.words import Words

__all__ = ["by_options"]

_DATASET: Final = frozenset({"dataset", "datasets"})
_NO_SLOT: Final = frozenset(
    {
        *("output", "out", "save", "dir", "hub", "push", "log", "logging", "type", "template", "class", "url"),
        *("project", "prefix"),
    }
)
"""Words of options that say where something is put, or of which sort it is."""
_MODEL: Final = frozenset({"teacher", "student", "policy", "draft"})
"""Words of options that are called after the part that a model plays."""
_FIELD: Final = expression(r"[+~]{0,2}([A-Za-z_][\w.@-]*)=")
"""How Hydra and Fire write an option: ``model.name=org/x``."""
_REVISION: Final = expression(r"(?:^-*|model_)revision$")


def by_options(words: Words, start: int) -> Iterator[Detection]:
    """Yield what options say that are called after models and datasets, whatever the script."""
    parsed = parse(words.args[start:])
    given = [(key, arg) for key, arg in parsed.options if arg is not None]
    given += [
        (found[1], tuple(g.part(found.end()) for g in arg if len(g.text) > found.end()))
        for arg in parsed.positional
        if (found := _FIELD.match(arg[0].text))
    ]
    context = parsed.told(("--trust-remote-code",))
    revision = next((arg[0].text for key, arg in given if _REVISION.search(key.replace("-", "_")) and arg), None)
    for key, arg in given:
        for value in arg:
            for named, sure in _by_option(key, value.text):
                yield claim(named, value, words.run, key, confidence=sure, revision=revision, context=context)


def _by_option(option: str, text: str) -> Iterator[tuple[names.Named, float]]:
    """Yield what the value *text* of an option of some script names."""
    said = slots.words(option.lstrip("-").replace(".", "_"))
    if HOLE in text or not text or said & _NO_SLOT:
        return
    kind = Kind.DATASET if said & _DATASET and "model" not in said else Kind.MODEL
    # With an underscore, as argparse.HfArgumentParser makes it; --dataset-name of others says of which kind it is.
    bare = said >= {"name", "or", "path"} or option.lstrip("-") == "dataset_name"
    if bare and "/" not in text:
        named = names.read_name(text, kind, flags=frozenset({"formats"}))
        if named is not None and named.provider == "huggingface" and names.hosted_family(text) is None:
            yield named, 0.7
            return
    yield from slots.read(text, Slot(said | {"model"} if said & _MODEL else said), ai=True)
