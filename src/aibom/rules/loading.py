"""Whether loading a model can run code that somebody else wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.assessment import Reason
from aibom.bill import Component, Kind, Level, RelationKind, Usage
from aibom.expressions import expression
from aibom.protocols import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.assessment import View
    from aibom.bill import Evidence, Fact

__all__ = ["RULES"]

_CAN_RUN: Final = frozenset({"hdf5", "joblib", "nemo", "pickle", "pytorch"})
"""Formats that may carry code which runs when they are loaded."""
_HARMLESS: Final = frozenset({"flax", "gguf", "safetensors"})
"""Formats of weights that carry data alone."""
_SHOWN: Final = 5


def _uses(component: Component) -> list[Evidence]:
    return [e for e in component.evidence if e.usage is not Usage.MENTION]


def _some(values: list[str]) -> str:
    shown = ", ".join(values[:_SHOWN])
    return f"{shown} and {len(values) - _SHOWN} more" if len(values) > _SHOWN else shown


@rule(
    "trust-remote-code",
    level="warning",
    fix="Use a model whose classes are in the library, or pin the commit whose code somebody has read.",
    references=["https://huggingface.co/docs/transformers/custom_models"],
)
def trust_remote_code(component: Component, view: View) -> Iterator[Reason]:
    """
    A model is loaded with trust_remote_code.

    Python code from its repository then runs on this machine; without a pinned commit, whatever code is there on that
    day.
    """
    del view
    if component.kind is not Kind.MODEL:
        return
    places = [e.location for e in _uses(component) if ("trust_remote_code", "true") in e.context]
    if places and component.provider == "local":
        text = f"code beside {component.name}, or that it names, runs when it is loaded"
        yield Reason(text, places, facts=("code.trust_remote_code.pinned",))  # It lies here: nobody changes it later.
    elif places:
        loose = "" if component.pinned else ", and no commit is pinned: the code can change"
        yield Reason(
            f"code from the repository of {component.name} runs when it is loaded{loose}",
            places,
            None if component.pinned else Level.ERROR,
            facts=("code.trust_remote_code.pinned" if component.pinned else "code.trust_remote_code",),
        )


@rule(
    "dataset-script",
    level="warning",
    fix="Use the dataset's Parquet files, or pin the commit whose script somebody has read.",
    references=["https://huggingface.co/docs/datasets/dataset_script"],
)
def dataset_script(component: Component, view: View) -> Iterator[Reason]:
    """
    A dataset is loaded with trust_remote_code.

    The loading script of its repository then runs on this machine.
    """
    del view
    places = [e.location for e in _uses(component) if ("trust_remote_code", "true") in e.context]
    if component.kind is Kind.DATASET and places:
        yield Reason(f"the loading script of {component.name} runs when it is loaded", places)


@rule(
    "custom-code",
    level="info",
    fix="Read the code at the commit that is used, or choose a model whose classes are in the library.",
    references=["https://huggingface.co/docs/transformers/custom_models"],
)
def custom_code(component: Component, view: View) -> Iterator[Reason]:
    """
    The configuration of a model names classes in its own repository, or in another one (auto_map).

    It does not load without trust_remote_code, which runs them. Code of another repository has a commit of its own,
    which a pin of the model does not hold (code_revision).
    """
    del view
    names = sorted({fact.value for fact in component.card.all("custom-code")})
    own = [name for name in names if "--" not in name]
    others = sorted({name.partition("--")[0] for name in names if "--" in name})
    if own:
        text = f"the configuration of {component.name} names code of its own: {_some(own)}"
        yield Reason(text, about=tuple(own))
    if others:
        text = f"the configuration of {component.name} names code of other repositories: {_some(others)}"
        yield Reason(text, about=tuple(others))


@rule(
    "code-capable-weights",
    level="warning",
    fix="Ask for safetensors, convert the weights once in a sandbox, or load them with weights_only=True.",
    references=["https://huggingface.co/docs/hub/security-pickle"],
)
def code_capable_weights(component: Component, view: View) -> Iterator[Reason]:
    """
    All weights of a model are in formats that can carry code.

    A pickle runs what it says when it is loaded. Nothing says that these do.
    """
    del view
    weights = [f for f in component.files if f.format in _CAN_RUN]
    if component.kind is Kind.MODEL and weights and not any(f.format in _HARMLESS for f in component.files):
        kinds = ", ".join(sorted({f.format for f in weights}))
        paths = [f.path for f in weights]
        text = f"the weights of {component.name} are there as {kinds} alone: {_some(paths)}"
        yield Reason(text, about=tuple(paths))


def _said(component: Component, name: str) -> tuple[list[str], list[Evidence]]:
    """Return what the evidence says under *name*, and where."""
    places = [e for e in component.evidence if any(key == name for key, _ in e.context)]
    return sorted({value for e in places for key, value in e.context if key == name}), places


def _named(component: Component, what: str, words: str) -> Iterator[Reason]:
    """Yield that *component* has what its evidence says under *what*, in *words*."""
    names, places = _said(component, what)
    if names:
        text = f"{words.format(component.name)} {_some(names)}"
        yield Reason(text, [e.location for e in places], about=tuple(names))


@rule(
    "dangerous-pickle",
    level="error",
    fix="Do not load the file; find out where it comes from, and ask for the weights in safetensors.",
    references=["https://docs.python.org/3/library/pickle.html"],
)
def dangerous_pickle(component: Component, view: View) -> Iterator[Reason]:
    """
    A pickle imports something that can run commands, open connections or read files.

    That is what a harmful file would do; whether this one does, only reading what it calls can tell.
    """
    del view
    yield from _named(component, "pickle-dangerous", "loading {} imports")


@rule(
    "unknown-pickle",
    level="info",
    fix="Look at what is imported; ask for the weights in safetensors.",
    references=["https://docs.python.org/3/library/pickle.html"],
)
def unknown_pickle(component: Component, view: View) -> Iterator[Reason]:
    """
    A pickle imports something that no table knows to be harmless.

    Most such imports are classes of the project that made the file.
    """
    del view
    yield from _named(component, "pickle-unknown", "loading {} imports")


@rule(
    "unreadable-weights",
    level="warning",
    fix="Do not load the file before you know what it is; fetch it anew from its source.",
    references=["https://huggingface.co/docs/hub/security-pickle"],
)
def unreadable_weights(component: Component, view: View) -> Iterator[Reason]:
    """
    A model file could not be read to its end.

    What cannot be read is not known to be harmless.
    """
    del view
    reasons, places = _said(component, "pickle-unreadable")
    pickled = bool(reasons)
    if ("unreadable", "true") in component.properties:
        reasons.append("its header does not hold")
        places = list(component.evidence)
    if reasons:
        text = f"{component.name} could not be read: {_some(reasons)}"
        facts = None if pickled else ()
        yield Reason(text, [e.location for e in places], about=tuple(reasons), facts=facts)


@rule(
    "code-in-model",
    level="warning",
    fix="Load it with safe_mode=True, which refuses such layers, or read the code of the layer first.",
    references=["https://keras.io/api/models/model_saving_apis/model_saving_and_loading/", "CWE-502"],
)
def code_in_model(component: Component, view: View) -> Iterator[Reason]:
    """
    A model of Keras has Lambda layers, which carry code, or is loaded without the mode that refuses them.

    The code runs when the model is loaded without safe mode, or is called.
    """
    del view
    yield from _named(component, "lambda-layer", "{} has layers with code:")
    places = [e.location for e in _uses(component) if ("safe_mode", "false") in e.context]
    if component.kind is Kind.MODEL and places:
        said = f"{component.name} is loaded with safe_mode=False: code in its layers would run"
        yield Reason(said, places, about=("safe_mode",))
    elif places:
        symbols = ", ".join(sorted({e.symbol for e in _uses(component) if ("safe_mode", "false") in e.context}))
        said = f"after {symbols} every model is loaded without safe mode: code in its layers would run"
        yield Reason(said, places, about=("safe_mode",))


@rule(
    "template-reaches",
    level="warning",
    fix="Render it in a sandbox, as transformers does, or use the template of the base model.",
    references=["https://jinja.palletsprojects.com/en/stable/sandbox/", "CWE-1336"],
)
def template_reaches(component: Component, view: View) -> Iterator[Reason]:
    """
    The chat template of a model has words by which a template reaches beyond rendering.

    A template is a program that every prompt goes through; a renderer without a sandbox runs what it reaches.
    """
    del view
    facts = component.card.all("chat-template-reaches")
    if facts:
        names = sorted({fact.value for fact in facts})
        text = f"the chat template of {component.name} has {_some(names)} ({facts[0].source})"
        yield Reason(text, about=tuple(names))


@rule(
    "template-differs",
    level="info",
    fix="Compare the two templates, and use the one of the model that it was made from unless you know why not.",
    references=["https://huggingface.co/docs/transformers/chat_templating"],
)
def template_differs(component: Component, view: View) -> Iterator[Reason]:
    """
    The chat template of a model is another one than that of what it is a copy or a quantization of.

    Every prompt goes through it. Many conversions mend a template, and the text of neither is judged. It is said of a
    file whose hub has another template, of what a file states as its source, and of a quantization; only where both
    templates were read.
    """
    if component.kind is not Kind.MODEL or not view.used(component):
        return
    own = _templates(component)
    files = [fact for fact in own if fact.source.startswith("file:")]
    others = [(component.name, [fact for fact in own if not fact.source.startswith("file:")])] if files else []
    sources = [_REPOSITORY.sub("", fact.value) for fact in component.card.all("source-repository")]
    originals = [c for name in sources for c in view.same_name(Component(Kind.MODEL, "huggingface", name))]
    originals += [c for edge, c in view.targets(component, RelationKind.DERIVED_FROM) if edge.how == "quantized"]
    others += [(c.name, _templates(c)) for c in originals]
    for name, theirs in others:
        mine = files if name == component.name else own
        if mine and theirs and {f.value for f in mine}.isdisjoint(f.value for f in theirs):
            text = f"the chat template of {component.name} ({mine[0].source}) is another than that of {name}"
            yield Reason(f"{text} ({theirs[0].source})", about=(name, *sorted({f.value for f in mine})))


_REPOSITORY: Final = expression(r"^https?://(?:www\.)?(?:huggingface\.co|hf\.co)/|/$")


def _templates(component: Component) -> list[Fact]:
    """Return the SHA-256 of the chat templates of *component*, with where each was read."""
    return [f for name, f in component.card.facts if name.partition(":")[0] == "chat-template-sha256"]


@rule(
    "unrestricted-unpickling",
    level="warning",
    fix="Write weights_only=True, which PyTorch has by default since 2.6, or use safetensors.",
    references=[
        "https://pytorch.org/docs/stable/generated/torch.load.html",
        "https://docs.python.org/3/library/pickle.html",
    ],
)
def unrestricted_unpickling(component: Component, view: View) -> Iterator[Reason]:
    """
    The code loads pickles without a limit on what they may import.

    Whoever can change the file can then have code run here. What torch.load does without weights_only depends on the
    version: before 2.6 it takes any pickle; where no version is known, that is good to know, and no more.
    """
    del view
    calls = [e for e in _uses(component) if ("unpickles", "anything") in e.context]
    if calls:
        names = sorted({e.symbol for e in calls})
        what = "takes any pickle" if component.kind is Kind.LIBRARY else f"takes any pickle for {component.name}"
        yield Reason(f"{', '.join(names)} {what}", [e.location for e in calls], about=tuple(names))
    left = [e for e in _uses(component) if ("unpickles", "by-version") in e.context]
    ranges = [value for name, value in component.properties if name == "version-range"]
    asked = [f"=={component.version}"] if component.version else ranges
    limited = _settled([_since(each, _LIMITED) for each in asked])
    if left and not limited:
        names = sorted({e.symbol for e in left})
        why = f"as {', '.join(asked)} is" if limited is False else "and no version is known that tells"
        yield Reason(
            f"{', '.join(names)} is not told weights_only: before 2.6 it takes any pickle, {why}",
            [e.location for e in left],
            Level.WARNING if limited is False else Level.INFO,
            about=tuple(f"{name} by its version" for name in names),
        )


_LIMITED: Final = (2, 6)
"""Since when torch.load takes weights alone unless it is told otherwise (PyTorch 2.6 release notes)."""


def _since(asked: str, first: tuple[int, ...]) -> bool | None:
    """
    Tell whether the versions in *asked*, a range, are *first* or later, or none of them; None when it leaves it open.

    >>> [_since(asked, (2, 6)) for asked in ("==2.5.1+cu121", ">=2.6,<3", "<2.6", ">=2.0", "^2.10", "==2.*")]
    [False, True, False, None, True, None]
    """
    said: list[bool | None] = []
    for operator, number, any_ in _CLAUSE.findall(asked):
        version = tuple(map(int, number.split(".")))
        later = (*version, 0) >= first
        if operator in {"==", "===", "="}:
            said.append(later if not any_ or len(version) >= len(first) else None)
        elif (operator in {">=", ">", "^", "~=", "~"} and later) or (operator == "<=" and not later):
            said.append(later)
        elif operator == "<" and (version == first or not later):
            said.append(False)
    return _settled(said)


_CLAUSE: Final = expression(r"(===|==|~=|>=|<=|\^|~|>|<|=)\s*v?(\d{1,9}(?:\.\d{1,9})*)(\.\*)?")


def _settled(answers: list[bool | None]) -> bool | None:
    """Return the one answer that all *answers* are; None when they differ, or there is none."""
    return answers[0] if answers and all(each is answers[0] for each in answers) else None


@rule(
    "scanner-flagged",
    level="error",
    fix="Do not load the file before you know why it was flagged; the repository's page says which scanner did.",
    references=["https://huggingface.co/docs/hub/security"],
)
def scanner_flagged(component: Component, view: View) -> Iterator[Reason]:
    """
    A scanner of the hub has flagged a file of the model.

    The verdict is the scanner's, of the day on which the record was read, and can be wrong in both directions.
    """
    del view
    for file in component.files:
        for verdict in file.verdicts:
            if verdict.flagged:
                detail = f": {verdict.detail}" if verdict.detail else ""
                day = f", read on {verdict.date}" if verdict.date else ""
                said = f"{file.path} of {component.name} {verdict.status}{detail} ({verdict.source}{day})"
                about = (f"{verdict.scanner} {verdict.status} {file.path}",)
                level = Level.WARNING if verdict.status.lower() == "caution" else None
                yield Reason(f"{verdict.scanner} calls {said}", level=level, about=about)


RULES: Final = (
    code_capable_weights,
    code_in_model,
    custom_code,
    dangerous_pickle,
    dataset_script,
    scanner_flagged,
    template_differs,
    template_reaches,
    trust_remote_code,
    unknown_pickle,
    unreadable_weights,
    unrestricted_unpickling,
)
