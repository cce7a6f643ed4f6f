"""What cards and records of a hub say about a model or a dataset, as facts with their source."""

from __future__ import annotations

from attrs import evolve

from aibom.cards.croissant import of_croissant
from aibom.cards.front_matter import parse
from aibom.cards.metadata import Said, of_metadata
from aibom.cards.record import of_record
from aibom.cards.sections import of_text

__all__ = ["Said", "of_croissant", "of_metadata", "of_readme", "of_record", "of_text", "parse"]


def of_readme(text: str, *, dataset: bool = False, source: str = "card") -> Said:
    r"""
    Return what the ``README.md`` of a repository of a hub says: its front matter and its sections.

    *source* is what facts are said to come from; the place within the card is added to it.

    >>> said = of_readme("---\nlicense: mit\n---\n# A\n\n## Limitations\n\nEnglish only.\n")
    >>> said.licences, said.facts
    ((Fact(value='mit', source='card:front-matter'),), (('limitation', Fact(value='English only.', source='card:6')),))
    """
    front = parse(text)
    stated = of_metadata(front.values, dataset=dataset, source=f"{source}:front-matter")
    written = of_text(front.body, dataset=dataset, source=source, first_line=front.first_line)
    if stated.licences:  # What the metadata state, the text but repeats.
        written = evolve(written, licences=())
    if stated.bases:
        written = evolve(written, bases=())
    return stated.and_also(written).with_problems(front.problems)
