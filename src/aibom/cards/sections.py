"""What the sections of a card say, found by their headings in its Markdown."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from aibom.bill import Fact
from aibom.cards.markdown import PSEUDO, tree
from aibom.cards.metadata import Said, address, ids
from aibom.expressions import expression
from aibom.knowledge import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aibom.cards.markdown import Section, Words

__all__ = ["of_text"]

_LARGEST: Final = 200_000
"""So many characters of a card are read; the longest real ones are tables of results."""
_LONGEST_LINE: Final = 20_000
_KEPT: Final = 600
"""So many characters of a section are kept."""
_LONGEST: Final = 200
"""So many characters of what stands behind a label are kept."""
_SHORT: Final = 4
"""A first heading of more words is the name of the card, whatever words it has."""
_LINKS: Final = expression(
    r"(?:home ?page|repository|paper|leaderboard|point of contact|website|demo|(?:total )?(?:amount|size) of .{3,40}):"
    r"[^\n]{0,300}",
    re.IGNORECASE,
)
"""A line of the list of links at the head of a dataset's description."""
_TEMPLATE: Final = expression(
    r"Carbon emissions can be estimated using the Machine Learning Impact calculator presented in Lacoste et al\. ?"
    r"\(2019\)\.|Users \(both direct and downstream\) should be made aware of the risks,? biases and limitations of the"
    r" model\.(?: More information needed for further recommendations\.)?",
    re.IGNORECASE,
)
"""What the template of huggingface_hub (modelcard_template.md at 2.4.0) says of every model."""

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
            r"training (?:procedure|details|setup|script|process|regime|parameters|config|approach|method|recipe|specs)"
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
_APART: Final = expression(
    r"^(?:languages?|licen[sc]e|table of contents|model sources|dataset sources)$|^dataset structure|^data (?:fields|"
    r"instances|splits)"
)
"""Headings of templates that are no part of the description that they stand in."""
_NOTHING: Final = expression(
    r"(?:more information (?:is )?needed(?: for further recommendations)?|needs more information"
    r"|todo|tbd|tba|n/?a|none|coming soon"
    r"|\{\{[^{}]*\}\}|more details? (?:will be )?(?:added )?(?:soon|later)|…|optional)?",
    re.IGNORECASE,
)
"""What stands between marks where there is no answer; see `_is_nothing`."""
_PROMPT: Final = expression(
    r"\[?(?:More Information Needed|Needs More Information)\]?(?:\([^)]{0,300}\))?", re.IGNORECASE
)


_LABELS: Final = {
    # As the template of huggingface_hub has them (modelcard_template.md at 2.4.0), and cards of Meta, Google, Red Hat.
    "manufacturer": r"(?:model )?(?:developed|created|built|made) by|(?:model )?(?:developers?|creators?)",
    "funder": r"funded by",
    "shared-by": r"shared by",
    "model-type": r"model type",
    "base": r"fine-?tuned from(?: model)?|base model",
    "licence": r"licen[sc]e",
    "repository": r"repository|source code|code repository",
    "paper": r"paper",
    "demo": r"demo",
    "co2-hardware": r"hardware type",
    "co2-hours": r"hours used",
    "co2-provider": r"cloud provider",
    "co2-location": r"compute region",
    "co2-emitted": r"carbon emitted|co2 ?eq(?:uivalent)? emitted|emissions",
}
"""Labels of single facts: ``- **Developed by:** Acme``."""
_LABELS_OF_DATASETS: Final = {
    "curator": r"curated by|(?:dataset )?(?:curators?|creators?|maintainers?)",
    "funder": r"funded by",
    "shared-by": r"shared by",
    "home-page": r"home ?page",
    "repository": r"repository",
    "paper": r"paper",
}
_LABELLED: Final = {
    "out-of-scope": r"out[ -]of[ -]scope(?: uses?)?(?: cases?)?|(?:prohibited|misuse and out of scope) uses?",
    "use-case": r"(?:primary )?intended uses?(?: cases?)?|use cases?|direct uses?|intended (?:purpose|applications?)",
    "limitation": r"(?:known |technical )?limitations?",
    "bias-risk": r"bias(?:es)?|risks?|bias and risks|ethical considerations",
    "training-data": r"training (?:data|datasets?|corpus)",
    "evaluation": r"evaluation(?: results| data)?",
}
"""Labels of what could as well stand below a heading: ``- **Out-of-scope:** Medicine``."""
_CAUTION: Final = frozenset({"bias-risk", "limitation", "out-of-scope", "recommendation"})
_ARXIV: Final = expression(
    r"(?:arxiv(?:\.org/(?:abs|pdf)/|[ :]+(?:preprint arxiv:)?)|eprint\s*=\s*[{\"]\s*(?:arxiv:)?)(\d{4}\.\d{4,5})",
    re.IGNORECASE,
)
_DOI: Final = expression(r"\b10\.\d{4,9}/[^\s\"'{}<>,;]+[^\s\"'{}<>,;.)]")


def of_text(body: str, *, dataset: bool = False, source: str = "card", first_line: int = 1) -> Said:
    r"""
    Return what the sections of *body*, the Markdown of a card, say; each with the line of its heading.

    A heading is told by its words, in the synonyms that templates and people use, and so is the label at the head of a
    paragraph: ``- **Developed by:** Acme``. Of a section the first sentences are kept, as plain text; what a template
    left unanswered is no answer.

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
    facts: list[tuple[str, Fact]] = []
    labelled: list[tuple[str, Words]] = []
    top = tree(body, first_line)
    for number, section in enumerate(_walk([top])):
        title = number == 1 and len(section.title.split()) > _SHORT  # The title of the card.
        names = () if title else _fields(section.title, fields)
        for name in names:
            words = _kept(section, fields, dataset=dataset)
            if words:
                facts.append((name, Fact(words, f"{source}:{section.line}")))
        if "citation" in names:
            facts += _papers(section, source)
        labelled += [(name, words) for words in section.words if (name := _labelled(words, names, dataset=dataset))]
    facts += [_fact(name, words, source) for name, words in labelled if name not in {"base", "licence"}]
    return Said(
        facts=tuple(dict.fromkeys(fact for fact in facts if not _is_nothing(fact[1].value))),
        licences=tuple(Fact(w.said, f"{source}:{w.line}") for n, w in labelled if n == "licence"),
        bases=tuple((base, "finetune") for n, w in labelled if n == "base" for base in ids([w.said, w.link], [])[:1]),
        problems=tuple(problems),
    )


_LINKED: Final = frozenset({"demo", "home-page", "license-link", "paper", "repository"})
"""Labels of addresses."""


def _fact(name: str, words: Words, source: str) -> tuple[str, Fact]:
    value = address(words.link) or address(words.said) if name in _LINKED else words.said
    paper = _ARXIV.match(value.partition("//www.")[2] or value.partition("//")[2]) if name == "paper" else None
    if paper is not None:
        name, value = "arxiv", paper[1]
    return name, Fact(value[:_LONGEST], f"{source}:{words.line}")


def _labelled(words: Words, enclosing: Sequence[str], *, dataset: bool) -> str:
    """Return the field that the label of *words* names; empty where they are but a part of their section."""
    if not words.label or not words.said or _is_nothing(words.said):
        return ""
    label = _normal(words.label)
    labels: Mapping[str, str] = _LABELS_OF_DATASETS if dataset else _LABELS
    for name, pattern in labels.items():
        if re.fullmatch(pattern, label):
            if name == "licence" and address(words.said):
                return "license-link"
            if name == "licence" and len(words.said.split()) > _SHORT:
                return ""
            if name in _LINKED:
                return name if address(words.link) or address(words.said) else ""
            return name
    for name, pattern in _LABELLED.items():
        if re.fullmatch(pattern, label):
            careful = name in _CAUTION and not _CAUTION.isdisjoint(enclosing)
            return "" if name in enclosing or careful else name
    return ""


def _papers(section: Section, source: str) -> Iterator[tuple[str, Fact]]:
    """Yield the numbers of arXiv and the DOIs that a citation has."""
    waiting = [section]
    for part in waiting:
        waiting += part.inner
        for words in part.words:
            text = f"{words.text} {words.link}".replace("\\_", "_")  # As TeX writes it.
            for name, pattern in (("arxiv", _ARXIV), ("doi", _DOI)):
                for found in pattern.findall(text):
                    if not found.endswith(".pdf"):  # An address that goes on behind a DOI.
                        yield name, Fact(found, f"{source}:{words.line}")


def _is_nothing(said: str) -> bool:
    """
    Tell whether *said*, on one line, is no answer: marks alone, or what templates and people put in its place.

    >>> [_is_nothing(said) for said in ("[More Information Needed]", "- ...", "**N/A**.", "None of these towns")]
    [True, True, True, False]
    """
    return _NOTHING.fullmatch(said.lstrip(" [(<*_-").rstrip(" ])>*_.:!-")) is not None


def _normal(title: str) -> str:
    """Return a title in small letters: without marks, numbers and what templates add."""
    plain = " ".join(re.sub(r"[^\w\s'-]+|_", " ", title.lower()).split())
    return re.sub(r"^(?:\d+(?: \d+)*|[ivx]+(?= )) ", "", plain).removesuffix(" optional")


@lru_cache(maxsize=4096)
def _fields(title: str, fields: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the fields of which a heading speaks; several for one such as "Limitations and bias"."""
    plain = _normal(title)
    if not plain or len(plain) > 100:  # noqa: PLR2004 - a sentence that somebody made a heading
        return ()
    found = [name for name, pattern in fields if re.search(pattern, plain)]
    known = {name for name, _ in fields}
    found += [name for name in dict.fromkeys(_abroad(plain)) if name in known and name not in found]
    if _is_how_to(plain):
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


def _is_how_to(title: str) -> bool:
    return _NO_USE.search(title) is not None or "how-to" in _abroad(title)


@cache
def _words_abroad() -> tuple[tuple[str, str], ...]:
    return tuple((word, row["field"]) for row in rows("headings") for word in row["words"].split("|"))


def _abroad(title: str) -> list[str]:
    """Return the fields of which a heading speaks in another language than English (``knowledge/headings.tsv``)."""
    return [name for word, name in _words_abroad() if (title == word[1:] if word.startswith("=") else word in title)]


def _kept(section: Section, fields: tuple[tuple[str, str], ...], *, dataset: bool) -> str:
    """Return the beginning of what a section says, with that of the parts that speak of nothing else."""
    words: list[str] = []
    names = _fields(section.title, fields)

    def apart(part: Section) -> bool:
        return names == ("description",) and _APART.search(_normal(part.title)) is not None

    def take(part: Section) -> None:
        for each in part.words:
            unanswered = each.label and each.said and _is_nothing(each.said)
            if not unanswered and not _labelled(each, names, dataset=dataset):
                words.append(each.text)
        for inner in part.inner:
            if sum(map(len, words)) > _KEPT:
                return
            if not (inner.words or inner.inner) and inner.level == PSEUDO:
                words.append(inner.title)  # No heading after all: words that somebody stresses.
            elif not _fields(inner.title, fields) and not _is_how_to(inner.title.lower()) and not apart(inner):
                take(inner)

    take(section)
    every = " ".join(_PROMPT.sub("", _TEMPLATE.sub("", w)) for w in words if not _LINKS.fullmatch(w))
    every = " ".join(every.split())
    if _is_nothing(every) or not re.search(r"\w{2}", every):
        return ""
    if len(every) <= _KEPT:
        return every
    cut = every[:_KEPT]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return (cut[: end + 1] if end > _KEPT // 2 else cut.rsplit(" ", 1)[0]) + " …"


def _walk(sections: Sequence[Section]) -> Iterator[Section]:
    waiting = list(reversed(sections))
    while waiting:
        section = waiting.pop()
        yield section
        waiting += reversed(section.inner)
