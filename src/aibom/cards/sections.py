"""What the sections of a card say, found by their headings in its Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field

from aibom.bill import Fact
from aibom.cards.metadata import Said
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

__all__ = ["of_text"]

_LARGEST: Final = 200_000
"""So many characters of a card are read; the longest real ones are tables of results."""
_LONGEST_LINE: Final = 20_000
_KEPT: Final = 600
"""So many characters of a section are kept."""
_DEEPEST: Final = 20
_SHORT: Final = 4
"""A first heading of more words is the name of the card, whatever words it has."""
_LINKS: Final = expression(
    r"(?:home ?page|repository|paper|leaderboard|point of contact|website|demo|(?:total )?(?:amount|size) of .{3,40}):"
    r"[^\n]{0,300}",
    re.IGNORECASE,
)
"""A line of the list of links at the head of a dataset's description."""

_MODEL: Final = (
    ("out-of-scope", r"out[ -]?of[ -]?scope|misuse|malicious|prohibited|not (?:be )?(?:used|intended)|unsupported use"),
    ("downstream-use", r"^downstream uses?$"),
    (
        "use-case",
        (
            r"intended (?:use|purpose|usage)|^(?:direct|primary|suitable|potential|model)? ?uses?(?: ?cases?)?$"
            r"|use ?cases?|applications?$|^direct use|^intended"
        ),
    ),
    (
        "limitation",
        r"limitation|known (?:issues|problems)|caveat|shortcoming|failure|weakness|what .* can ?not|^considerations$",
    ),
    ("bias-risk", r"\bbias|\brisks?\b|ethic|fairness|\bsafety\b|responsib|harm|societal|broader impact|trustworth"),
    ("recommendation", r"recommendation|guidelines? for"),
    (
        "training-data",
        (
            r"(?:train(?:ing|ed)?|pre-?train(?:ing)?|fine-?tun(?:ing|ed))[ -]*(?:and evaluation |and test )?"
            r"(?:data|corp|set\b|on\b)|^(?:the )?(?:data|datasets?|corpus|corpora)(?: used| description)?$"
            r"|data ?sets? (?:used|details|specs)|\bdata ?set$|data (?:source|collection|overview)|^data$"
            r"|training dataset|^dataset"
        ),
    ),
    (
        "training-procedure",
        (
            r"training (?:procedure|details|setup|process|regime|parameters|config|approach|method|recipe|specs)"
            r"|^model (?:pre-?)?(?:training|fine-?tuning)$"
            r"|hyper-?parameter|^(?:pre-?|fine-?)?(?:training|tuning)$|how .* trained|pre-?processing|pre-?training"
            r"|fine-?tuning"
        ),
    ),
    (
        "evaluation",
        (
            r"evaluat|\beval\b|results?\b|benchmark|performance|accurac|scores?$|^metrics?"
            r"|testing (?:data|factors)|test set"
        ),
    ),
    (
        "environmental",
        r"environmental (?:impact|cost|consideration|footprint)|carbon|co2|emissions|energy (?:use|cons)",
    ),
    ("citation", r"\bcit(?:e|ation|ing)|bibtex|^references?$"),
    ("author", r"\bauthors?\b|contributors?|developed by|created by|^team$|credits"),
    ("contact", r"contact|feedback|questions"),
    (
        "description",
        (
            r"model (?:description|details|summary|overview|information)"
            r"|^(?:overview|description|summary|introduction|about)$"
        ),
    ),
)
_DATASET: Final = (
    ("personal-data", r"personal|sensitive|privacy|anonymi"),
    ("out-of-scope", r"out[ -]?of[ -]?scope|misuse"),
    ("use-case", r"supported tasks|intended use|^(?:direct )?uses?$|use ?cases?"),
    ("limitation", r"limitation|known (?:issues|problems)|caveat"),
    ("bias-risk", r"\bbias|\brisks?\b|ethic|social impact|societal|fairness"),
    ("recommendation", r"recommendation"),
    ("annotation", r"annotat"),
    (
        "curation",
        r"curation rationale|dataset creation|^source data$|data collection|collection and processing|normalization",
    ),
    ("curator", r"curators?|maintainers?|funded|shared by"),
    ("licence-text", r"licens|licenc"),
    ("citation", r"\bcit(?:e|ation|ing)|bibtex"),
    ("contact", r"contact|point of"),
    (
        "description",
        r"dataset (?:summary|description|details|overview)|^(?:overview|description|summary|introduction|about)$",
    ),
)
_NO_USE: Final = expression(
    r"^how to|^usage|^use (?:it|with|in|the|this|on)\b|^using|get(?:ting)? started|quick ?start|^example|^code|demo"
    r"|install|inference"
)
"""Headings that hold the word use, and say how to run the code."""
_NOTHING: Final = expression(
    r"[\s\[(<*_-]*(?:more information (?:is )?needed(?: for further recommendations)?|needs more information"
    r"|todo|tbd|tba|n/?a|none|coming soon"
    r"|more details? (?:will be )?(?:added )?(?:soon|later)|\.{3}|…|-+|optional)?[\s\])>*_.:!-]*",
    re.IGNORECASE,
)
_PROMPT: Final = expression(r"\[?(?:More Information Needed|Needs More Information)\]?(?:\([^)]*\))?", re.IGNORECASE)


@define
class _Section:
    """A heading and what stands below it."""

    title: str
    level: int
    line: int
    words: list[str] = field(factory=list)
    inner: list[_Section] = field(factory=list)
    fields: tuple[str, ...] = ()


def of_text(body: str, *, dataset: bool = False, source: str = "card", first_line: int = 1) -> Said:
    r"""
    Return what the sections of *body*, the Markdown of a card, say; each with the line of its heading.

    A heading is told by its words, in the synonyms that templates and people use. Of a section the first sentences are
    kept, as plain text; what a template left unanswered is no answer.

    >>> of_text("## Limitations\n\nIt *invents* facts.\n\n## Uses\n\n[More Information Needed]\n").facts
    (('limitation', Fact(value='It invents facts.', source='card:1')),)
    """
    problems = []
    if len(body) > _LARGEST:
        body = body[:_LARGEST]
        problems.append(f"only the first {_LARGEST} characters of the card were read")
    if max(map(len, body.splitlines()), default=0) > _LONGEST_LINE:
        body = "\n".join(line[:_LONGEST_LINE] for line in body.split("\n"))
        problems.append(f"lines of the card were cut at {_LONGEST_LINE} characters")
    fields = _DATASET if dataset else _MODEL
    facts = []
    sections = _tree(body, first_line)
    for section in _walk(sections):
        if section is sections[0] and len(section.title.split()) > _SHORT:  # The title of the card.
            continue
        for name in section.fields or _fields(section.title, fields):
            words = _kept(section, fields)
            if words:
                facts.append((name, Fact(words, f"{source}:{section.line}")))
    return Said(facts=tuple(facts), problems=tuple(problems))


def _fields(title: str, fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the fields of which a heading speaks; several for one such as "Limitations and bias"."""
    plain = " ".join(re.sub(r"[^\w\s'-]+|_", " ", title.lower()).split())
    plain = re.sub(r"^(?:\d+(?: \d+)*|[ivx]+(?= )) ", "", plain).removesuffix(" optional")  # As templates say.
    if not plain or len(plain) > 100:  # noqa: PLR2004 - a sentence that somebody made a heading
        return ()
    found = [name for name, pattern in fields if re.search(pattern, plain)]
    if _NO_USE.search(plain):
        found = [name for name in found if name not in {"use-case", "downstream-use", "description"}]
    if "out-of-scope" in found or "downstream-use" in found:  # "Misuse and out-of-scope use" is about no other use.
        found = [name for name in found if name not in {"use-case", "bias-risk"}]
    if "training-data" in found:
        found = [name for name in found if name != "training-procedure"]
    if "evaluation" in found and re.search(r"testing data|test(?:ing)? set|evaluation data", plain):
        found = [name for name in found if name != "training-data"]
    if "bias-risk" in found and "environmental" in found:
        found.remove("environmental")
    return tuple(found)


def _kept(section: _Section, fields: Sequence[tuple[str, str]]) -> str:
    """Return the beginning of what a section says, with that of the parts that speak of nothing else."""
    words: list[str] = []

    def take(part: _Section) -> None:
        words.extend(part.words)
        for inner in part.inner:
            if sum(map(len, words)) > _KEPT:
                return
            if not _fields(inner.title, fields) and not _NO_USE.search(inner.title.lower()):
                take(inner)

    take(section)
    every = " ".join(filter(None, (_PROMPT.sub("", w).strip() for w in words if not _LINKS.fullmatch(w))))
    every = " ".join(every.split())
    if _NOTHING.fullmatch(every) or not re.search(r"\w{2}", every):
        return ""
    if len(every) <= _KEPT:
        return every
    cut = every[:_KEPT]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return (cut[: end + 1] if end > _KEPT // 2 else cut.rsplit(" ", 1)[0]) + " …"


def _walk(sections: Sequence[_Section]) -> Iterator[_Section]:
    waiting = list(reversed(sections))
    while waiting:
        section = waiting.pop()
        yield section
        waiting += reversed(section.inner)


def _tree(body: str, first_line: int) -> list[_Section]:
    """Return the sections of *body*, one within another."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    tokens = reader.parse(body)
    top = _Section("", 0, first_line)
    path = [top]
    heading = False
    for token in tokens:
        if token.type == "heading_open":
            heading = True
            level = int(token.tag[1:])
            while len(path) > 1 and path[-1].level >= level:
                path.pop()
            section = _Section("", level, first_line + (token.map[0] if token.map else 0))
            path[-1].inner.append(section)
            path.append(section)
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline":
            said = _plain(token)
            if heading:
                path[-1].title = said
            elif said:
                path[-1].words.append(said)
        elif token.type in {"fence", "code_block"} and re.search(r"@\w+\s*\{", token.content):
            path[-1].words.append(" ".join(token.content.split()))  # A citation in BibTeX.
    return top.inner


def _plain(token: Token) -> str:
    """Return the text of an inline token: without images, HTML and marks."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())
