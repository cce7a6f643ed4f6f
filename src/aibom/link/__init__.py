"""Follow names from the file that uses them to the file that defines them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from attrs import evolve

from aibom import names, signatures, slots
from aibom.bill import Detection, Diagnostic, Kind, Location, Symbolic, Technique, Usage
from aibom.commands.started import STARTED
from aibom.knowledge import REGISTRIES, owners, services
from aibom.link import branches, clients, facts, functions
from aibom.link.agents import is_part, parts_of
from aibom.link.cells import Cell, External, Function, Open, Placed
from aibom.link.follow import Follower, TooFarError
from aibom.link.handed import HANDING, inner_calls
from aibom.link.limits import BUDGET, CALLEE_BUDGET, MOST_CALLER_FILES, MOST_WAYS, ROUNDS
from aibom.link.modules import Source, in_tests
from aibom.link.objects import external_base
from aibom.link.packages import Packages
from aibom.link.started import Starts
from aibom.prefilter import pattern_of
from aibom.syntax.values import Attribute, Call, Const, Item, Mapping, Name, Text, Value, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Mapping_

    from aibom.knowledge import Signature

__all__ = ["Source", "link"]

_GUESSES: Final = frozenset({"family", "hub-path", "id-shape", "object", "produced", "weights-file", "weights-url"})
"""Flags of signatures that speak only when there is a name: they leave nothing open."""


def link(source: Source, detections: Iterable[Detection]) -> tuple[list[Detection], list[Diagnostic]]:
    """
    Return *detections* with every symbolic name settled, and diagnostics for those that could not be.

    One detection with a symbolic name becomes one for each value that it can have, at the place where the value is
    written. Files that the detectors did not see are searched, and parsed when they may call a function that a name
    comes through.
    """
    follower = Follower(source)
    follower.modules.packages = Packages(source)
    detections = list(detections)
    follower.starts = Starts(follower, [d for d in detections if STARTED in d.flags])
    detections = [d for d in detections if STARTED not in d.flags]
    follower.index(sorted(source.parsed))
    given = [d for d in detections if not _is_shadowed(follower, d)]
    follower.plain += 1  # Which branch runs does not matter for what is called.
    every = [*given, *_indirect(follower, given)]
    follower.plain -= 1
    results: list[tuple[list[Detection], list[Diagnostic]]] = [([], []) for _ in every]
    searched: set[str] = set()
    limits: list[Diagnostic] = []
    waiting: list[tuple[int, frozenset[str]]] = []
    todo = list(range(len(every)))
    for _ in range(ROUNDS):
        waiting = []
        for number in todo:
            follower.wanted.clear()
            results[number] = _settled(follower, every[number])
            if follower.wanted - searched:
                waiting.append((number, frozenset(follower.wanted)))
        wanted = {name for _, asked in waiting for name in asked} - searched
        searched |= wanted
        found = _search(follower, wanted) if wanted else 0
        if found > MOST_CALLER_FILES:
            names_ = ", ".join(sorted(wanted)[:5])
            why = f"{found} files may call {names_} …; {MOST_CALLER_FILES} of them were looked at"
            limits.append(Diagnostic("limit-reached", why, every[waiting[0][0]].at))
        if not found:
            break
        todo = [number for number, _ in waiting]
    else:  # The rounds ended while names were still asked for.
        for number, asked in waiting:
            if asked - searched and not results[number][0]:
                why = (
                    f"{every[number].symbol}: callers of {', '.join(sorted(asked - searched)[:5])} were not looked for"
                )
                results[number] = ([], [Diagnostic("limit-reached", why, every[number].at)])
    settled = [d for found, _ in results for d in found]
    files = facts.files(follower, [d for n, d in enumerate(every) if results[n][0]])
    settled = _without_files(settled, files | follower.files_of_hub)
    settled = _without_caches(settled)
    settled = [_picked(d) if _is_chosen(follower, d) else d for d in settled]
    loaded = [d for d in settled if d.usage is Usage.USED and d.kind is Kind.MODEL and d.at.path in follower.indexed]
    classes = branches.variants(follower, [(d.at.path, d.at.line, d.symbol) for d in loaded if "slot" not in d.flags])
    settled = [_picked(d) if (d.at.path, d.at.line) in classes else d for d in settled]
    stored = _stored(follower, [d for d, (found, _) in zip(every, results, strict=True) if found])
    settled = _in_place(_in_their_tree(_without_echoes(settled, stored)))
    return settled, [*limits, *(p for _, problems in results for p in problems)]


def _in_place(settled: list[Detection]) -> list[Detection]:
    """
    Call a model on disk by its place in the tree, where a file or a folder of the tree is meant.

    Code writes a path as it is seen from the file, from the project or from where the program runs: the nearest folder
    above the code that leads to a model counts.
    """
    local = {id(d) for d in settled if d.kind is Kind.MODEL and d.provider == "local"}
    there = {str(d.name) for d in settled if id(d) in local and f"{d.at.path}/".startswith(f"{d.name}/")}
    found = []
    for detection in settled:
        place = _path_among(there, detection.at.path, str(detection.name)) if there and id(detection) in local else ""
        if not place:
            found.append(detection)
            continue
        doubted = names.is_placeholder(str(detection.name)) and not in_tests(detection.at.path)
        usage = Usage.USED if doubted and detection.usage is Usage.MENTION else detection.usage
        found.append(evolve(detection, name=place, usage=usage))
    return found


def _path_among(there: set[str], path: str, name: str) -> str:
    """Return which of the paths *there* the code in *path* means by *name*; empty when it is none of them."""
    name = name.removeprefix("file://").replace("\\", "/")
    folder = path
    while folder:
        folder = posixpath.dirname(folder)
        whole = posixpath.normpath(posixpath.join(folder, name))
        if whole in there:
            return whole
    return ""


def _in_their_tree(settled: list[Detection]) -> list[Detection]:
    """
    Take what only looks like an id of a model for a mention when nothing in the tree has to do with AI.

    Scanners, vans and cameras have models, too: ``{"model": "acme/x200"}``.
    """
    doubtful = [d for d in settled if _is_doubtful(d)]
    if not doubtful or any(_is_of_ai(d) for d in settled):
        return settled
    doubted = {id(d) for d in doubtful}
    return [evolve(d, usage=Usage.MENTION) if id(d) in doubted else d for d in settled]


def _is_doubtful(detection: Detection) -> bool:
    """Tell whether only the place of *detection* says that it names a model: neither its owner nor its name does."""
    owner, slash, name = str(detection.name).partition("/")
    return (
        "slot" in detection.flags
        and "ai" not in detection.flags
        and bool(slash)
        and not detection.hosted
        and detection.provider == "huggingface"
        and detection.confidence <= _DOUBTFUL
        and owner.lower() not in owners()
        and not slots.speaks(name)
        and not slots.words(detection.symbol) & _SPEAKING
    )


def _is_of_ai(detection: Detection) -> bool:
    """Tell whether *detection* shows by itself that the tree has to do with AI."""
    if detection.kind is Kind.SERVICE or "ai" in detection.flags:
        return True
    return not _is_doubtful(detection) and detection.usage is not Usage.MENTION


_SPEAKING: Final = frozenset(
    {
        *("hf", "huggingface", "llm", "llms", "lora", "embedding", "embeddings", "embedder", "reranker", "pretrained"),
        *("vae", "unet", "controlnet", "diffusion", "transformer", "transformers", "whisper", "vllm", "checkpoint"),
    }
)
"""Words that say by themselves that a place is for the name of a model."""
_DOUBTFUL: Final = 0.7
"""Up to this confidence, a place alone says that a string names a model."""


def _without_echoes(settled: list[Detection], stored: Mapping_[str, set[str]]) -> list[Detection]:
    """
    Drop what a slot suggests where a call says what the same string is, and all but the first ways from one place.

    A name that many callers hand to many loaders has a way for each pair of them; the hundredth says nothing new.
    """
    ways: dict[tuple[object, ...], int] = defaultdict(int)
    kept = []
    for detection in sorted(settled, key=lambda d: len(d.reaches)):
        key = (detection.kind, detection.provider, detection.name, detection.at, detection.usage, detection.revision)
        ways[key] += 1
        if ways[key] <= MOST_WAYS:
            kept.append(detection)
    settled = _as_used(_of_one_file(_without_copies(_without_branches(kept)), stored))
    read = {_place(d) for d in settled if "echo" not in d.flags}
    said = {_place(d) for d in settled if "slot" not in d.flags}
    return [d for d in settled if "slot" not in d.flags or _place(d) not in (read if "echo" in d.flags else said)]


def _without_copies(settled: list[Detection]) -> list[Detection]:
    """
    Drop the paths that are put together of an id which is loaded from the Hub, and a file of it.

    ``local if exists(local := join(repo, file)) else hf_hub_download(repo, file)`` is one model, and the other file's
    name is none of its own.
    """
    ids = {str(d.name) for d in settled if d.provider == "huggingface" and not d.hosted and "/" in str(d.name)}
    return [d for d in settled if d.provider != "local" or "/".join(str(d.name).split("/", 2)[:2]) not in ids]


def _without_files(settled: list[Detection], files: frozenset[tuple[str, int, str]]) -> list[Detection]:
    """Drop what a slot takes for a model and the code asks a repository for: one of its *files*."""

    def is_file(d: Detection) -> bool:
        held = "slot" in d.flags and d.provider in {"local", "unknown"}
        return held and (d.at.path, d.at.line, str(d.name)) in files

    return [d for d in settled if not is_file(d)]


_DESTINATIONS: Final = ("fname", "filename", "file_name", "dst", "dest", "destination", "output", "out", "save_path")
"""Arguments that say where a download goes."""


def _stored(follower: Follower, downloads: list[Detection]) -> dict[str, set[str]]:
    """Return the names under which *downloads* keep files of weights, each with the links that lead to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for detection in downloads:
        if "weights-url" not in detection.flags or not isinstance(detection.name, Value):
            continue
        at = detection.at
        for call in follower.table(at.path).code.every_call:
            if (call.line, call.column) != (at.line, at.column):
                continue
            follower.steps = BUDGET - CALLEE_BUDGET
            kept = call.argument(1 if len(call.arguments) > 1 else None, *_DESTINATIONS)
            keyword = call.argument(None, *_DESTINATIONS)
            kept = keyword if keyword is not None else kept
            given = follower.strings(Cell(detection.name, at.path, detection.scope), 0)
            links = {names.without_secrets(c.value.value) for c in given if isinstance(c.value, Text)}
            start = Cell(kept, at.path, detection.scope) if kept is not None and len(links) == 1 else None
            views = [start, *functions.views(follower, start)] if start is not None else []
            for cell in (c for view in views[1:] or views for c in follower.strings(view, 0)):
                if isinstance(cell.value, Text) and (last := cell.value.value.replace("\\", "/").rpartition("/")[2]):
                    found[last] |= links
    return found


def _of_one_file(settled: list[Detection], stored: Mapping_[str, set[str]]) -> list[Detection]:
    """Call a file of weights by the link that it comes from, where one link alone leads to a file of that name."""
    links: dict[str, set[str]] = defaultdict(set)
    for name, from_ in stored.items():
        links[name] |= from_
    for detection in settled:
        name = str(detection.name)
        if detection.kind is Kind.MODEL and detection.provider == "unknown" and "://" in name:
            links[name.rpartition("/")[2]].add(name)
    # The same link without encryption is asked when the other one fails.
    same = {f"http://{link[8:]}": link for of in links.values() for link in of if link.startswith("https://")}
    safest = {name: {same.get(link, link) for link in of} for name, of in links.items()}
    named = {**{name: min(of) for name, of in safest.items() if len(of) == 1}, **same}
    return [
        evolve(d, name=named[name])
        if d.kind is Kind.MODEL and d.provider == "unknown" and (name := str(d.name)) in named
        else d
        for d in settled
    ]


def _is_chosen(follower: Follower, detection: Detection) -> bool:
    """Tell whether *detection* stands in a function or a class that somebody picks by a name or from a list."""
    loads = detection.kind in {Kind.MODEL, Kind.DATASET} and detection.usage is Usage.USED
    at = detection.at
    return loads and at.path in follower.indexed and branches.chosen(follower, at.path, at.line, at.column)


def _without_caches(settled: list[Detection]) -> list[Detection]:
    """Drop the folder in which a model is kept where the same text is its id as well; the id is as used as both."""
    kept_in: dict[tuple[Location, Kind], list[Usage]] = defaultdict(list)
    for d in settled:
        if d.provider == "local" and d.at.column and d.reaches:
            kept_in[d.at, d.kind].append(d.usage)
    ids = {(d.at, d.kind) for d in settled if d.provider == "huggingface" and (d.at, d.kind) in kept_in}
    found = []
    for d in settled:
        if (d.at, d.kind) not in ids:
            found.append(d)
        elif d.provider == "huggingface":
            usage = max((d.usage, *kept_in[d.at, d.kind]), key=lambda u: u.weight)
            found.append(d if usage is d.usage else evolve(d, usage=usage))
        elif d.provider != "local":
            found.append(d)
    return found


def _picked(detection: Detection) -> Detection:
    return evolve(detection, usage=Usage.OPTIONAL) if detection.usage is Usage.USED else detection


def _as_used(settled: list[Detection]) -> list[Detection]:
    """
    Take a name for used where its own place says so, although it reaches a call only in a branch.

    ``if not config.model: config.model = "id"`` is what happens by default. Of several files of weights in one folder,
    somebody picks one.
    """
    used = {_place(d) for d in settled if "fallback" in d.flags and d.usage is Usage.USED}
    beside: dict[str, set[str]] = defaultdict(set)
    for detection in settled:
        if detection.technique is Technique.BINARY:
            beside[posixpath.dirname(detection.at.path)].add(detection.at.path)
    found = []
    for detection in settled:
        usage = detection.usage
        if usage is Usage.OPTIONAL and detection.kind is Kind.MODEL and _place(detection) in used:
            usage = Usage.USED
        elif usage is Usage.USED and len(beside.get(posixpath.dirname(detection.at.path), ())) > 1:
            usage = Usage.OPTIONAL if detection.technique is Technique.BINARY else usage
        found.append(detection if usage is detection.usage else evolve(detection, usage=usage))
    return found


def _place(detection: Detection) -> tuple[str, int, str]:
    """Return the line of *detection*, and the last part of the name there."""
    return detection.at.path, detection.at.line, str(detection.name).rpartition("/")[2]


def _without_branches(settled: list[Detection]) -> list[Detection]:
    """
    Leave one provider to a name that a branch for each of many hands to its own client.

    Which branch a name goes to is not followed. The provider that names its models so is the one; it is also that of a
    name that would else be an id of the Hub without an owner. When there is none among many, it is not known.
    A library that has names of its own goes before the Hub for a name without an owner, and the Hub before the disk.
    With an owner, it is the Hub's, where one of the branches loads from there.
    """
    ways: dict[tuple[Location, str], list[Detection]] = defaultdict(list)
    for detection in settled:
        if detection.kind is Kind.MODEL and detection.reaches:
            ways[detection.at, str(detection.name).rpartition("/")[2]].append(detection)
    dropped: set[int] = set()
    added: list[Detection] = []
    for found in ways.values():
        providers = {d.provider for d in found}
        whole = max((str(d.name) for d in found), key=len)
        last = whole.removeprefix("sentence-transformers/")
        family = names.hosted_family(last)
        owned = not whole.startswith("sentence-transformers/") or all(str(d.name) != last for d in found)
        if "huggingface" in providers and owned and names.has_id_shape(whole) and names.hosted_by_owner(whole) is None:
            dropped.update(id(d) for d in found if d.provider != "huggingface" or str(d.name) != whole)
        elif "huggingface" in providers and providers & (REGISTRIES | {"local"}):
            on_disk = {id(d) for d in found if d.provider == "local" and names.has_id_shape(str(d.name))}
            own = providers & (REGISTRIES - {"local"})
            dropped |= on_disk | {
                id(d) for d in found if own and d.provider == "huggingface" and "/" not in str(d.name)
            }
        elif family in providers and len(providers) > 1:
            others = {"azure"} if len(providers) < _MANY else set()
            dropped.update(id(d) for d in found if d.provider not in {family, *others})
        elif family is not None and len(providers - {"unknown"}) > 1 and "huggingface" not in providers:
            first = min(found, key=lambda d: (d.provider, len(d.reaches), d.symbol))
            dropped.update(id(d) for d in found)
            added.append(evolve(first, name=last, provider=family, hosted=True))
        elif "unknown" in providers and 1 < len(providers) < _MANY:
            dropped.update(id(d) for d in found if d.provider == "unknown" and d.hosted)
        elif len(providers) >= _MANY or (family is not None and providers == {"huggingface"}):
            on_the_hub = "huggingface" in providers and any(
                names.has_id_shape(str(d.name)) for d in found if d.provider != "huggingface"
            )
            owner = family or ("huggingface" if on_the_hub else "unknown")
            first = min(found, key=lambda d: (d.provider != owner, len(str(d.name)), d.provider, d.symbol))
            dropped.update(id(d) for d in found)
            added.append(
                evolve(
                    first, name=last if owner != "huggingface" else whole, provider=owner, hosted=owner != "huggingface"
                )
            )
    return [d for d in settled if id(d) not in dropped] + added


_MANY: Final = 3
"""A name that reaches clients of so many providers goes to each of them through a branch."""


def _is_shadowed(follower: Follower, detection: Detection) -> bool:
    """Tell whether the library that *detection* is about is hidden by a module of the tree with the same name."""
    root = detection.symbol.partition(".")[0]
    if not isinstance(detection.name, Value) or not root.isidentifier() or root == follower.source.own:
        return False
    return follower.modules.find(root, detection.at.path) is not None


def _search(follower: Follower, wanted: set[str]) -> int:
    """Parse the files that may call one of *wanted*, and return how many there are."""
    # A call of it, an import under another name, and a class that inherits from it.
    # It may be handed on, or decorate.
    hands = "|".join(sorted({*HANDING, "target"}))
    forms = (
        r"\b{}\s*\(",
        r"\b{}\s+as\b",
        r"class\s+\w+\s*\([^)]*\b{}\b",
        r"\b(?:" + hands + r")\b\s*[(=][^\n]{0,80}\b{}\b",
        r"@[\w.]*\b{}\b",
        r"\b{}\s*\{",  # Made with braces, as in Go and Rust.
        r"<{}>",  # Bound to settings, as in C#.
    )
    pattern = pattern_of(form.replace("{}", re.escape(name)) for name in wanted for form in forms)
    source = follower.source
    found = [p for p in source.paths if p not in follower.indexed and pattern.search(source.data(p)) is not None]
    follower.index(sorted(found)[:MOST_CALLER_FILES])
    return len(found)


def _indirect(follower: Follower, given: list[Detection]) -> Iterator[Detection]:
    """Yield the known calls whose callee only shows when the names of other files are followed."""
    # Not what fetches any link: `get` is called everywhere, and links to weights are found where they stand.
    among = signatures.by_last(
        tuple(s for s in _reachable(follower, signatures.every()) if "weights-url" not in s.flags)
    )
    taken = {(d.at.path, d.at.line, d.at.column) for d in given}
    yield from _handed(follower)
    _search(follower, set(_published(follower, among)))
    wanted = {*among, *follower.heirs(among), *follower.aliases(among), "__init__"}
    called = {last for last in follower.called() if last in wanted or last.endswith(_BY_NAME)}
    for last in sorted(called):
        for path, call in sorted(follower.calls_of(last), key=lambda pc: (pc[0], pc[1].line, pc[1].column)):
            if (path, call.line, call.column) in taken or (last == "__init__" and call.callee != "super().__init__"):
                continue
            by_name = last.endswith(_BY_NAME) or any(f"{end}." in call.callee for end in _BY_NAME)
            known = list(_by_name(follower, path, call, among)) if by_name else []
            yield from known
            if known:
                continue
            callee = _callee(follower, call.function, path, call.scope)
            if callee is None or callee == call.callee:
                continue
            answered = list(signatures.matching(callee, among))
            if not answered or (callee.startswith("?") and _is_own(follower, call, path)):
                continue
            if any(f"{end}." in callee for end in _BY_NAME):  # bundle = pipelines.__dict__[name]; bundle.get_model()
                yield from _by_name(follower, path, call, among, held=True)
                continue
            at = Location(path, call.line, call.column, follower.table(path).code.cell_of(call.line))
            for signature in answered:
                told = evolve(call, callee=callee) if signature.option("callee") else call
                for claim in signatures.claims(told, signature, at):
                    yield evolve(claim, detector=signature.detector, symbol=callee)


def _by_name(
    follower: Follower, path: str, call: Call, among: Mapping_[str, tuple[Signature, ...]], *, held: bool = False
) -> Iterator[Detection]:
    """
    Yield what *call* names, whose callee, or a part of it, is an attribute by its name; there may be several.

    It may be *held* by a variable.
    """
    at = Location(path, call.line, call.column, follower.table(path).code.cell_of(call.line))
    rest, function = "", call.function
    while isinstance(function, Attribute):
        rest, function = f".{function.name}{rest}", function.of
    if not held and not _of_a_library(follower, path, function):
        return
    follower.steps = 0
    try:
        found = follower.reduce(Cell(function, path, call.scope), 0)
    except RecursionError:
        follower.busy.clear()
        return
    best: dict[str, Cell] = {}
    for cell in sorted(found, key=lambda c: c.optional):  # A default may be one of the choices, too.
        if isinstance(cell.value, External):
            best.setdefault(f"{cell.value.dotted}{rest}", cell)
    for callee, cell in best.items():
        for signature in signatures.matching(callee, among):
            for claim in signatures.claims(evolve(call, callee=callee), signature, at):
                name = Placed(evolve(cell, value=claim.name)) if isinstance(claim.name, Text) else claim.name
                yield evolve(claim, name=name, detector=signature.detector, symbol=callee)


def _of_a_library(follower: Follower, path: str, value: Value) -> bool:
    """Tell whether *value*, an attribute by its name, is one of something imported that the table knows calls of."""
    match value:
        case Call(arguments=(of, *_)) | Item(of=Attribute(of=of)):
            pass
        case _:
            return False
    while isinstance(of, Attribute):
        of = of.of
    target = follower.table(path).imports.get(of.name, "") if isinstance(of, Name) else ""
    return target.partition(".")[0] in signatures.roots()


_BY_NAME: Final = ("getattr()", "__dict__[]")
"""How callees end that are an attribute by its name: ``getattr(torchvision.models, name)(…)``."""


def _reachable(follower: Follower, table: tuple[Signature, ...]) -> Iterator[Signature]:
    """
    Yield the rows of *table* whose package some file may have, of those that are parsed.

    A file that imports a package of the table is one of them. Other languages than Python import otherwise.
    """
    present: set[str] = set()
    for path in follower.indexed:
        table_ = follower.table(path)
        present.update(target.partition(".")[0] for target in (*table_.imports.values(), *table_.stars))
        present.update(text.value.partition(".")[0] for text, _ in table_.code.strings)  # import_module("torch.hub")
    for signature in table:
        root = signature.callee.partition(".")[0]
        if not root.isidentifier() or root in present:
            yield signature


def _is_own(follower: Follower, call: Call, path: str) -> bool:
    """Tell whether *call* goes to a method that the tree defines, of a class that inherits from nothing outside."""
    follower.steps = BUDGET - CALLEE_BUDGET
    try:
        found = [c.value for c in follower.reduce(Cell(call.function, path, call.scope), 0)]
    except RecursionError:
        follower.busy.clear()
        return False
    return bool(found) and all(
        isinstance(v, Function)
        and (table := follower.table(v.path)).owner(v.scope) is not None
        and external_base(follower, v.path, table.owner(v.scope) or 0) is None
        for v in found
    )


def _published(follower: Follower, among: Mapping_[str, tuple[Signature, ...]]) -> Iterator[str]:
    """Yield the names that modules give to known calls: ``load = partial(AutoModel.from_pretrained, …)``."""
    for path in sorted(follower.indexed):
        for binding in follower.table(path).code.scopes[0].bindings:
            value = binding.value
            if isinstance(value, Call) and value.last == "partial" and value.arguments:
                value = value.arguments[0]
            if isinstance(value, Attribute | Name) and value.name in among:
                callee = _callee(follower, value, path, 0)
                if callee is not None and any(True for _ in signatures.matching(callee, among)):
                    yield binding.name


def _handed(follower: Follower) -> Iterator[Detection]:
    """Yield what ``functools.partial(load, "id")``, ``map(load, names)`` and the like give to a known call."""
    among = signatures.known()
    for last in sorted(HANDING):
        for path, call in follower.calls_of(last):
            inner = [evolve(call, function=call.arguments[0], arguments=call.arguments[1:])] if call.arguments else []
            for made in inner if last == "partial" else inner_calls(call):
                if not isinstance(made.function, Name | Attribute):
                    continue
                callee = _callee(follower, made.function, path, call.scope) or ""
                at = Location(path, call.line, call.column, follower.table(path).code.cell_of(call.line))
                for signature in signatures.matching(callee, among):
                    for claim in signatures.claims(evolve(made, callee=callee), signature, at):
                        yield evolve(claim, detector=signature.detector, symbol=callee)


def _settled(follower: Follower, detection: Detection) -> tuple[list[Detection], list[Diagnostic]]:
    try:
        return _settle(follower, detection)
    except RecursionError:  # Python's own stack is the last of the limits.
        follower.busy.clear()
        why = f"{detection.symbol}: following this value leads too deep"
        return [], [Diagnostic("limit-reached", why, detection.at)]


def _callee(follower: Follower, function: Value, path: str, scope: int) -> str | None:
    """Return what is called, outside of the tree; None when it is the tree's own or too far away."""
    return _outsider(follower, function, path, scope)[0]


def _outsider(follower: Follower, function: Value, path: str, scope: int) -> tuple[str | None, bool]:
    """Return what *function* is outside of the tree, and whether that could be told."""
    key = follower.meaning(function, path, scope)
    if key is not None and key in follower.outsiders:
        return follower.outsiders[key]
    outer: str | None = None
    found: tuple[str | None, bool] = None, True
    if key is not None and isinstance(function, Attribute):  # What a receiver is, is asked for each of its methods.
        outer, told = _outsider(follower, function.of, path, scope)
        found = f"{outer}.{function.name}" if outer is not None else None, told
    if found[1] and outer in {None, "?"}:
        found = _canonical(follower, Cell(function, path, scope))
    if key is not None:
        follower.outsiders[key] = found
    return found


def _canonical(follower: Follower, cell: Cell) -> tuple[str | None, bool]:
    follower.steps = BUDGET - CALLEE_BUDGET
    follower.plain += 1
    follower.hurried = True  # What is too far away is no callee: to look at the rest of it would be in vain.
    try:
        return follower.canonical(cell), True
    except (RecursionError, TooFarError):
        follower.busy.clear()
        return None, False
    finally:
        follower.hurried = False
        follower.plain -= 1


def _settle(follower: Follower, detection: Detection) -> tuple[list[Detection], list[Diagnostic]]:
    """Return what *detection* names, and what of it is open."""
    follower.steps = 0
    follower.looked_up.clear()
    follower.keys_of.clear()
    if is_part(detection):
        return parts_of(follower, detection), []
    if not isinstance(detection.name, Value):
        return _marked(follower, detection), []
    start = Cell(detection.name, detection.at.path, detection.scope)
    read = _Reading(follower, detection)
    found: list[Detection] = []
    given: dict[int, frozenset[Location]] = {}
    open_: dict[Open, None] = {}
    through: dict[Open, set[frozenset[Location]]] = defaultdict(set)
    starts = [start]
    if "hub-path" in detection.flags:  # {"train": "hf://…"}
        reduced = [(c, c.value) for c in follower.reduce(start, 0)]
        starts += [c.of(v) for c, m in reduced if isinstance(m, Mapping) for _, v in m.items]
    for cell in (c for s in starts for c in follower.strings(s, 0)):
        match cell.value:
            case Text() as literal:
                named = list(read.named(cell, literal))
                found += named
                given |= dict.fromkeys(map(id, named), facts.calls(cell))
                if not named and _may_name(literal.value, detection):
                    open_[Open("not-followed", "the text that it is given is no name", setting=True)] = None
            case Open() as hole:
                filed = read.filed(hole)
                found += filed
                if not filed:
                    through[hole := evolve(hole, files=())].add(facts.calls(cell))
                    open_[hole] = None
            case _:
                pass
    implied, deciding = facts.implied(follower, detection, start, frozenset(given.values()))
    found += implied
    if not found and not open_:
        open_ |= dict.fromkeys(deciding or _without_name(follower, detection, start))
    if follower.steps > BUDGET:
        open_[Open("limit-reached", "following this value was stopped: it leads to too many others")] = None
    found = _without_keys(follower, found)
    if any(d.usage is Usage.USED for d in found) and branches.picked(follower, detection.at.path, detection.at.line):
        asking = _callers(follower, detection)
        code = {detection.at.path, *follower.indexed}  # What a command names, it asks for, too.
        found = [_picked(d) if d.at.path in code and not given.get(id(d), frozenset()) & asking else d for d in found]
    # In JavaScript any last argument may be the options: pipeline(task).
    bag = "spread" in detection.flags and follower.table(detection.at.path).code.language != "python"
    if follower.in_tests(detection.at) or _GUESSES & detection.flags or bag:
        return _shortest(found), []
    if found:  # A public function with a caller in the tree, or a default: what others may give leaves no hole.
        # What a setting gives to one caller is not what another caller names.
        answered = set(given.values())
        open_ = {
            hole: None
            for hole in open_
            if hole.code != "supplied-by-caller" and not (hole.setting and through[hole] <= answered)
        }
    return _shortest(found), [Diagnostic(h.code, f"{detection.symbol}: {h.message}", detection.at) for h in open_]


def _without_name(follower: Follower, detection: Detection, start: Cell) -> Iterator[Open]:
    """Yield why the expression in *start*, the name of *detection*, is no name, where it should be one."""
    circles = follower.circles
    ends = [c.value for c in follower.reduce(start, 0)]
    if isinstance(start.value, Const) or (not ends and "spread" in detection.flags):
        return  # create(**options), and the options name no model.
    if not ends:
        circle = follower.circles > circles
        what = "leads back to itself" if circle else f"is {shown(start.value)}, and nothing gives it a value"
        yield Open("not-followed", f"the name {what}")
    elif all(isinstance(v, Const) and v.value is None for v in ends):
        yield Open("supplied-by-caller", f"{shown(start.value)} is None unless somebody sets it")


def _without_keys(follower: Follower, found: list[Detection]) -> list[Detection]:
    """Return *found* without names that a dict of the tree has something else for: ``ALIASES.get(name, name)``."""
    keys = follower.looked_up
    kept = [
        d
        for d in found
        if "/" in str(d.name) or (d.at.path, d.at.line, d.at.column) not in keys or dict(d.context).get("alias")
    ]
    return kept or found


def _callers(follower: Follower, detection: Detection) -> frozenset[Location]:
    """Return the calls of the function that *detection* stands in: what they name, they ask for."""
    table = follower.table(detection.at.path)
    if table.code.scopes[detection.scope].kind == "module":
        return frozenset()
    every = functions.callers(follower, table, detection.scope)
    return frozenset(Location(p, c.line, c.column, follower.table(p).code.cell_of(c.line)) for p, c in every)


def _may_name(text: str, detection: Detection) -> bool:
    """Tell whether *text*, which could not be read as a name, may stand for one: a template, for instance."""
    folder = bool(text) and not text.strip("./\\~")
    return folder or (bool(text.strip()) and detection.hosted and any(mark in text for mark in "${<"))


def _shortest(found: list[Detection]) -> list[Detection]:
    """Keep of several ways from one place to the call the surest, and of these the shortest."""
    best: dict[tuple[object, ...], Detection] = {}
    for detection in sorted(found, key=lambda d: (-d.usage.weight, len(d.reaches), d.reaches)):
        best.setdefault(
            (detection.kind, detection.provider, detection.name, detection.at, detection.revision), detection
        )
    return list(best.values())


def _marked(follower: Follower, detection: Detection) -> list[Detection]:
    """
    Return a detection whose name needed no link: a service by its client's address, what tests name as a mention.

    Nothing is returned for a client whose address is not known: it may talk to anybody.
    """
    if detection.kind is Kind.SERVICE and detection.receiver is not None:
        read = _Reading(follower, detection)
        if detection.provider not in {*services(), "unknown"}:  # It is what it is, wherever it runs.
            return [_addressed(detection, read.address)]
        name = read.provider
        context = [(key, value) for key, value in detection.context if not names.is_address(key)]
        if read.provider == "unknown" and not isinstance(read.address, Text):
            return []
        if isinstance(read.address, Text):
            address = names.without_secrets(read.address.value)
            context.append(("base_url", address))
            name = urlsplit(address).netloc or name if name == "unknown" else name
        detection = evolve(detection, provider=read.provider, name=name, receiver=None, context=context)
    if detection.kind is Kind.LIBRARY or not follower.in_tests(detection.at):
        asked = detection.kind in {Kind.MODEL, Kind.DATASET} and detection.usage is Usage.USED
        asked = asked and "fallback" not in detection.flags
        chosen = asked and branches.picked(follower, detection.at.path, detection.at.line)
        return [_picked(detection) if chosen else detection]
    return [evolve(detection, usage=Usage.MENTION)]


def _addressed(detection: Detection, address: Value | None) -> Detection:
    """Return the service with its *address*, where that is known."""
    known = isinstance(address, Text) and "://" in address.value
    text = names.without_secrets(address.value) if isinstance(address, Text) and known else ""
    context = (*detection.context, ("base_url", text)) if text else detection.context
    usage = Usage.MENTION if in_tests(detection.at.path) else detection.usage
    return evolve(detection, receiver=None, scope=0, context=context, usage=usage, origin=names.host_of(text))


class _Reading:
    """Reads the names that one detection comes to, as its provider does."""

    def __init__(self, follower: Follower, detection: Detection) -> None:
        self.follower = follower
        self.detection = detection
        self.address: Value | None = None
        """Where the client goes, when the code says so."""
        self.served: list[tuple[str, Text, frozenset[Location]]] = []
        """Whom the client may talk to, each with its address and the calls that this comes through."""
        self.paths: set[str] = set()
        """The files in which the addresses stand."""
        self.providers: dict[str, None] = {}
        """Those that the client may be made for: one in a branch talks to another server."""
        self.provider = self._provider() if detection.hosted else detection.provider
        self.revisions = self._revisions(detection.revision)
        self.asks: bool | None = None
        """Whether the call is given a revision, known or not; None until somebody asks."""
        self.facts: dict[str, list[tuple[str, frozenset[Location]]]] | None = None
        """What the facts can be that the call does not state as literals; None until somebody asks."""

    def named(self, cell: Cell, literal: Text) -> Iterator[Detection]:
        """Yield what the string *literal* in *cell* names, if it names anything."""
        named = self._hosted(literal.value, cell) if self.detection.hosted else self._loaded(literal.value)
        if named is None:
            return
        named = self._whose(cell, named)
        outside = names.of_outside(named)
        confidence = self._confidence(cell) if outside is None else min(0.5, self._confidence(cell))
        named = outside or named
        call = self.detection.at
        cell_number = self.follower.table(cell.path).code.cell_of(literal.line)
        place = Location(cell.path, literal.line, literal.column, cell_number)
        usage = Usage.OPTIONAL if cell.optional else Usage.USED
        tests = self.follower.in_tests(place) or self.follower.in_tests(call)
        if tests or "produced" in self.detection.flags or names.is_placeholder(literal.value):
            usage = Usage.MENTION
        direct = (place.path, place.line) == (call.path, call.line)
        revision = self._revision_of(cell) or named.revision
        found = evolve(
            self.detection,
            kind=named.kind,
            provider=named.provider,
            name=named.name,
            hosted=named.hosted,
            at=place,
            usage=usage,
            revision=revision,
            receiver=None,
            flags=frozenset(),
            scope=0,
            context=(*self._context(named, cell), *(self._asked() if revision is None else ())),
            facts=(),
            confidence=confidence,
            reaches=() if direct else (*self._chain(cell, place), call),
        )
        yield found
        yield from self._called(found)

    def filed(self, hole: Open) -> list[Detection]:
        """Return the files of weights that *hole* may be, which lie in a folder that is not known."""
        own = self.detection.provider in {"local", "unknown"} and "weights-file" not in self.detection.flags
        files = hole.files if own else ()
        named = (d for c in files if isinstance(c.value, Text) for d in self.named(c, c.value))
        return [evolve(d, provider="unknown") for d in named if d.provider == "local"]

    def _called(self, found: Detection) -> Iterator[Detection]:
        """Yield the places where *found* is chosen by another name of it: the key of a registry."""
        for number, step in enumerate(found.reaches[:-1]):
            key = self.follower.keys_of.get((step.path, step.line))
            if key is not None and names.is_short_for(key.value, str(found.name)):
                cell = self.follower.table(step.path).code.cell_of(step.line)
                yield evolve(
                    found,
                    at=Location(step.path, step.line, key.column, cell),
                    usage=Usage.MENTION if self.follower.in_tests(step) else found.usage,
                    context=(*found.context, ("alias", key.value)),
                    reaches=found.reaches[number + 1 :],
                )

    def _context(self, named: names.Named, cell: Cell) -> tuple[tuple[str, str], ...]:
        """Return the facts about the use, with the address of a server that is nobody's that is known."""
        context = (*self.detection.context, *self._facts(cell))
        served = self._served_with(cell)
        address = served[1] if served is not None else self.address
        if named.provider == "unknown" and isinstance(address, Text) and "://" in address.value:
            kept = [pair for pair in context if not names.is_address(pair[0])]
            return (*kept, ("base_url", names.without_secrets(address.value)))
        return context

    def _whose(self, cell: Cell, named: names.Named) -> names.Named:
        """Return *named* with the provider that the class around it is called after: OpenAI's client serves many."""
        if not named.hosted or named.provider not in {"openai", "unknown"} or isinstance(self.address, Text):
            return named
        if named.provider == "unknown" and names.hosted_family(named.name) == self.detection.provider:
            named = evolve(named, provider=self.detection.provider)  # Where it goes unless somebody gives an address.
        scopes, scope = self.follower.table(cell.path).code.scopes, cell.scope
        while scope > 0:
            owner = names.provider_in(scopes[scope].name.rpartition(".")[2]) if scopes[scope].kind == "class" else None
            if owner is not None:
                return named if owner == "openai" else evolve(named, provider=owner)
            scope = scopes[scope].parent
        return named

    def _confidence(self, cell: Cell) -> float:
        if not cell.sure:
            return min(0.5, self.detection.confidence)
        return 0.7 if {"id-shape", "family"} & self.detection.flags else self.detection.confidence

    def _chain(self, cell: Cell, place: Location) -> Iterator[Location]:
        """Yield the lines between *place*, where the name is written, and the call; each once."""
        seen = {(place.path, place.line), (self.detection.at.path, self.detection.at.line)}
        for step in cell.via:
            if (step.path, step.line) not in seen:
                seen.add((step.path, step.line))
                yield step

    def _loaded(self, text: str) -> names.Named | None:
        flags, provider, kind = self.detection.flags, self.detection.provider, self.detection.kind
        if "prefix" in flags:  # LlamaIndex: "local:BAAI/bge-m3"
            text = text.removeprefix("local:")
        if "hub-file" in flags:  # fs.open("datasets/owner/name/data.csv")
            text = f"hf://{text.removeprefix('hf://')}"
        if "weights-url" in flags:
            return names.read_weights_url(text, kind)
        if provider not in {"huggingface", "unknown", "local"}:
            return names.read_own(text, kind, provider, hub_ids="hub-ids" in flags)
        bare = next((f.removeprefix("bare=") for f in flags if f.startswith("bare=")), None)
        named = names.read_name(text, kind, flags=flags, bare=bare)
        if named and "id-shape" in flags and not (named.provider == "huggingface" and "/" in named.name):
            return None
        if "hub-path" in flags and not (named and named.provider == "huggingface" and names.leads_to_hub(text)):
            return None
        if provider == "local" and named is not None and named.provider == "huggingface":
            return None
        if "weights-file" in flags and named is not None and not names.is_weights(named.name):
            return None
        return named

    def _hosted(self, text: str, cell: Cell) -> names.Named | None:
        flags = self.detection.flags
        own = names.hosted_family(text)
        provider = own if own is not None and own in self.providers else self.provider
        served = self._served_with(cell)
        provider = served[0] if served is not None else provider
        named = names.read_hosted(text, provider, prefixed="prefix" in flags)
        if named is None or "family" not in flags:
            return named
        family = names.hosted_family(text)
        if family is None:
            return None
        return named if self.provider != self.detection.provider else evolve(named, provider=family)

    def _served_with(self, cell: Cell) -> tuple[str, Text] | None:
        """Return whom the client talks to, and where, when one call gives the address and the name in *cell*."""
        if len({address.value for _, address, _ in self.served}) < 2:  # noqa: PLR2004 - one is the same for every name
            return None
        through = facts.calls(cell)
        most = max(len(calls & through) for *_, calls in self.served)
        found = {t.value: (provider, t) for provider, t, calls in self.served if len(calls & through) == most}
        if most and len(found) == 1:
            return next(iter(found.values()))
        if not isinstance(cell.value, Text):
            return None
        here = cell.value  # {"groq": {"url": …, "model": …}, "ollama": {…}}: an address stands beside its models.
        far = {t.value: (abs(t.line - here.line), abs(t.column - here.column), p, t) for p, t, _ in self.served}
        near = sorted(far.values(), key=lambda one: one[:2])
        beside = near[0][0] <= 1 and near[0][:2] < near[1][:2] and self._in_file_of(cell)
        return near[0][2:] if beside else None

    def _in_file_of(self, cell: Cell) -> bool:
        """Tell whether all addresses of the client are written in the file of *cell*."""
        return self.paths == {cell.path}

    def _provider(self) -> str:
        """Return who serves a hosted model: the client's ``base_url`` may lead to another provider than its class."""
        detection, follower = self.detection, self.follower
        if not isinstance(detection.receiver, Value):
            return detection.provider
        found, azure = clients.addresses(follower, detection)
        for cell in found:
            texts_ = list(follower.strings(cell, 1))
            texts = [t.value for t in texts_]
            self.address = self.address or next(iter(texts), None)
            said = next((t.value for t in texts if isinstance(t, Text)), None)
            self.providers[(names.provider_of_url(said) if said is not None else None) or "unknown"] = None
            for text in texts_:
                if isinstance(text.value, Text):
                    provider = names.provider_of_url(text.value.value) or "unknown"
                    self.served.append((provider, text.value, facts.calls(text)))
                    self.paths.add(text.path)
        nobodys = "unknown" in (self.providers or {"unknown": None})
        # Every resource of Azure has an address of its own.
        if nobodys and (detection.provider == "azure" or (azure and detection.provider == "openai")):
            return "azure"
        return next(iter(self.providers), detection.provider)

    def _revisions(self, revision: str | Symbolic | None) -> list[tuple[str, frozenset[Location]]]:
        """Return the revisions that the call may ask for, each with the calls that it comes through."""
        if not isinstance(revision, Value):
            return [(revision, frozenset())] if isinstance(revision, str) else []
        start = Cell(revision, self.detection.at.path, self.detection.scope)
        cells = self.follower.strings(start, 1)
        return [(c.value.value, facts.calls(c)) for c in cells if isinstance(c.value, Text)]

    def _revision_of(self, cell: Cell) -> str | None:
        """Return the revision that goes with the name in *cell*; None when the code names none, or several."""
        return facts.fitting(self.revisions, facts.calls(cell))

    def _asked(self) -> tuple[tuple[str, str], ...]:
        """Return that the call is given a revision, where it is: which one, nobody knows, or it is one of several."""
        if self.asks is None:
            self.asks = facts.is_given(self.follower, self.detection, self.detection.revision)
        return (("revision-given", "true"),) if self.asks else ()

    def _facts(self, cell: Cell) -> Iterator[tuple[str, str]]:
        """Yield the facts that go with the name in *cell*, of those that the call does not state as literals."""
        if self.facts is None:
            self.facts = {k: facts.said(self.follower, self.detection, v) for k, v in self.detection.facts}
        for key, options in self.facts.items():
            text = facts.fitting(options, facts.calls(cell))
            if text is not None:
                yield key, text
