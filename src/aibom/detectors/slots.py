"""Names of models and datasets in places that are called so: parameters, fields, keys, registries."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom import names, signatures
from aibom.bill import Detection, Kind, Usage
from aibom.expressions import expression
from aibom.knowledge import packages, services, value_calls
from aibom.protocols import CODE, FunctionDetector
from aibom.slots import (
    NUMBER_WORDS,
    REGISTRY,
    RESELLERS,
    WORDS,
    Slot,
    is_about,
    is_published,
    is_table,
    is_weights,
    looks_named,
    may_name,
    read,
    words,
)
from aibom.syntax.values import (
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Item,
    Mapping,
    Name,
    Sequence,
    Template,
    Text,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Mapping_

    from aibom.files import File
    from aibom.syntax import Binding, Code, Scope

__all__ = ["detect"]


_DEEPEST: Final = 3
"""How deep a registry may be nested for what is in it to count together."""


_DECLARES: Final = frozenset(
    {"Field", "field", "attrib", "ib", "Option", "Argument", "Query", "Form", "Body", "Header", "Param", "Parameter"}
)
"""What fields and parameters are declared with, whose default is their value: pydantic, attrs, typer, FastAPI."""
_CHECKSUM: Final = expression(r"(?:(?:md5|sha\d+):)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})")


def _find(file: File) -> Iterator[Detection]:
    """Ids, names of hosted models and links to weights in parameters, fields, keys and registries called so."""
    code = file.code
    ai = _imports_ai(code)
    asked = _Asked(file)
    whose = _Whose(file)
    elsewhere = _Elsewhere(file)
    seen: set[tuple[int, int]] = set()
    for text, slot in _strings(code, whose, asked, elsewhere):
        if (text.line, text.column) in seen:
            continue
        for named, confidence in read(text.value, slot, ai=ai):
            seen.add((text.line, text.column))
            mentioned = is_table(slot) or is_published(slot) or names.is_placeholder(named.name)
            usage = Usage.MENTION if mentioned else slot.usage
            yield Detection(
                named.kind,
                named.name,
                file.at(text.line, text.column),
                named.provider,
                revision=named.revision,
                usage=usage,
                symbol=slot.symbol,
                confidence=confidence,
                hosted=named.hosted,
                flags=frozenset({"slot"} | ({"fallback"} if slot.fallback else set()) | ({"ai"} if ai else set())),
                context=[("url", named.source)] if named.source else [],
            )


@cache
def _ai_roots() -> frozenset[str]:
    return frozenset(i.split(".")[0] for p in packages() if p.ecosystem == "pypi" for i in p.imports) | {
        f"npm:{p.name}" for p in packages() if p.ecosystem == "npm"
    }


def _imports_ai(code: Code) -> bool:
    return any(i.target.split(".")[0] in _ai_roots() or signatures.is_known(i.target) for i in code.imports)


# -- where strings stand -------------------------------------------------------------------------


_ASKING: Final = frozenset(
    {
        *("startswith", "endswith", "replace", "split", "rsplit", "partition", "rpartition", "find", "index", "count"),
        *("startsWith", "endsWith", "includes", "indexOf", "match", "search", "removeprefix", "removesuffix", "strip"),
        *("any", "all", "has", "test", "print", "log", "info", "debug", "warn", "warning", "error"),
    }
)
"""Methods of strings and of logs: what they are given is compared or shown."""
_LISTED: Final = expression(
    r"(?i:supported|available|valid|known|allowed|choices|options|default|fallback|recommended|all)"
)
"""What a list is called that something is picked from."""


_ASKED: Final = expression(
    r"\bany\((?:[^;]{0,300}?)\sfor \w+ in (\w+)\b|(?<!for )\b\w+[)\]\"']?\s+(?:not\s+)?in\s+(\w+)\b"
    r"|\b(\w+)\.(?:includes|has)\(|\.startswith\((?:tuple\()?(\w+)\)"
)
"""``name in LIST``, ``LIST.includes(name)``, ``name.startswith(LIST)`` and ``any(part in name for part in LIST)``."""
_AFTER_IN: Final = expression(r"in\s+(\w+)")
_STARTS: Final = expression(r"startswith\((?:tuple\()?(\w+)")
_HAS: Final = expression(r"(\w+)\.(?:includes|has)\(")
_ABOVE: Final = 4
"""So many lines above its ``for``, a comprehension begins."""


def _maybe_asked(text: str) -> set[str]:
    """Return the names that `_ASKED` can find in *text*, and others: what begins with plain letters is found faster."""
    found = {*_AFTER_IN.findall(text), *_STARTS.findall(text)}
    if ".includes(" in text or ".has(" in text:
        found.update(_HAS.findall(text))
    return found


class _Asked:
    """
    Tells which lists the file only asks whether a name is among them.

    They say what models can do; nothing is taken from them.
    """

    def __init__(self, file: File) -> None:
        lists = Counter(
            b.name
            for scope in file.code.scopes
            for b in scope.bindings
            if isinstance(b.value, Sequence | Call) and not _LISTED.search(b.name)
        )
        asked: Counter[str] = Counter()
        if not lists.keys().isdisjoint(_maybe_asked(file.text)):
            asked.update(name for found in _ASKED.finditer(file.text) for name in found.groups() if name in lists)
        # To count the words of a whole file takes long: only for what is asked at all.
        named = Counter(filter(asked.__contains__, re.findall(r"\w+", file.text))) if asked else asked
        self.lists = frozenset(n for n in asked if lists[n] < named[n] <= asked[n] + lists[n])
        self.lines = file.text.split("\n")

    def __contains__(self, binding: Binding) -> bool:
        if not isinstance(binding.value, Element):
            return binding.name in self.lists
        above = " ".join(self.lines[max(0, binding.line - _ABOVE) : binding.line])
        name = re.escape(binding.name)
        return re.search(rf"\bany\(.*?(?:\(\s*{name}\b|\b{name} in\b|\b{name}\s*==|==\s*{name}\b)", above) is not None


class _Whose:
    """Tells whose models a file, or a class in it, is about."""

    def __init__(self, file: File) -> None:
        self.code = file.code
        *folders, name = file.path.split("/")
        stem = name.partition(".")[0]
        self.outside = names.provider_in(stem) or (names.provider_of_prefix(folders[-1]) if len(folders) > 1 else None)
        if self.outside is None:
            served = {p for i in file.code.imports if (p := _servers().get(i.target.split(".")[0])) is not None}
            self.outside = served.pop() if len(served) == 1 else None
        self.known: dict[int, str | None] = {}

    def at(self, scope: int) -> str | None:
        """Return the provider that the innermost class or function is called after, else the file."""
        if scope <= 0:
            return self.outside
        if scope not in self.known:
            found = self.code.scopes[scope]
            last = found.name.rpartition(".")[2]
            self.known[scope] = names.provider_in(last) or self.at(found.parent)
        return self.known[scope]


@cache
def _servers() -> Mapping_[str, str]:
    """Return the provider of each package by the name that it is imported under, where there is one alone."""
    found: dict[str, set[str]] = {}
    for package in packages():
        if package.provider is not None and package.provider in services():
            for root in package.imports:
                found.setdefault(root, set()).add(package.provider)
    return {root: providers.pop() for root, providers in found.items() if len(providers) == 1}


_PUBLISHES: Final = expression(
    r"(?i:push_?to_?hub)\w*|save_to_hub|(?:create|delete|move|duplicate)_repo|create_commit|create_model_card"
    r"|upload_(?:large_)?(?:file|folder)|(?:create|delete)Repo|upload(?:Files?|FileWithProgress|FilesWithProgress)"
    r"|save_pretrained\w*|save_model"
)
"""Methods that upload to a hub, manage what is there, or save (huggingface_hub, its JavaScript, transformers)."""
_TOKENIZES: Final = frozenset({"encoding_for_model", "encodingForModel", "encoding_name_for_model"})
"""Functions of tiktoken that give the tokenizer of a model, which they do not call."""
_AT_GITHUB: Final = expression(r"github(?:usercontent)?\.com/(?:repos/)?\{(?:\w+\.)?(\w+)\}")


class _Elsewhere:
    """
    Tells which names of a file go to something that loads nothing.

    Those that are uploaded to a hub are published; those of repositories of source code are no models.
    """

    def __init__(self, file: File) -> None:
        given: dict[str, set[str]] = {}
        for call in file.code.every_call:
            last = call.last
            kind = "published" if _PUBLISHES.fullmatch(last) else "source" if _is_of_github(call) else "loaded"
            for keyword, value in (*((None, v) for v in call.arguments), *call.keywords):
                if isinstance(value, Name | Attribute):
                    to = "published" if keyword == "hub_model_id" else kind
                    given.setdefault(value.name, set()).add(to)
        for name in _AT_GITHUB.findall(file.text) if "github" in file.text else ():
            given.setdefault(name, set()).add("source")
        self.published = frozenset(n for n, kinds in given.items() if kinds == {"published"})
        self.source = frozenset(n for n, kinds in given.items() if "source" in kinds)


def _is_of_github(call: Call) -> bool:
    """Tell whether *call* asks GitHub for a repository, as PyGithub and its like do."""
    return call.last in {"get_repo", "getRepo"} and bool(words(call.callee) & {"github", "gh", "g"})


def _strings(code: Code, whose: _Whose, asked: _Asked, elsewhere: _Elsewhere) -> Iterator[tuple[Text, Slot]]:
    """Yield the strings of *code* with their slots; the place that says most first."""
    for index, scope in enumerate(code.scopes):
        yield from _of_scope(index, scope, asked, whose, elsewhere)
    parameters = _parameters(code)
    registered = {place for scope in code.scopes for b in scope.bindings for place in _registered(b.value, 0)}
    given: Counter[str] = Counter()
    for call in code.every_call:
        given[call.callee] += looks_named(
            v.value for v in (*call.arguments, *dict(call.keywords).values()) if isinstance(v, Text)
        )
    for call in code.every_call:
        last = call.callee.rstrip("()[]").rpartition(".")[2]
        if _is_of_github(call):
            continue
        held = [v for v in call.arguments if _may_hold(v)]
        named = [(k, v) for k, v in call.keywords if _may_hold(v)]
        if last in _ASKING or not (held or named):
            continue
        around = Slot(words(last) - {"get", "set"}, symbol=call.callee, made=last[:1].isupper())
        if given[call.callee] >= REGISTRY:  # register("a"), register("b"), …: one of them is picked.
            around = evolve(_optional(around), siblings=given[call.callee])
        if (call.line, call.column) in registered:
            around = _optional(around)
        published, tokenizes = _PUBLISHES.fullmatch(last) is not None, last in _TOKENIZES
        around = evolve(around, published=published, asked=tokenizes) if published or tokenizes else around
        around = evolve(
            around, around=names.provider_in(last) or whose.at(call.scope), provider=_served_at(call.keywords)
        )
        key = _key(call, last)
        if key is not None:  # cfg.get("model", "id"), add_argument("--model", default="id")
            around = evolve(around, words=words(key), own=words(key))
        for name, value in named:
            handed = key is not None and name in _HANDS
            yield from _within(value, around if handed else around.within(name if name != "**" else ""))
        own = parameters.get(call.callee, ())
        for number, value in enumerate(call.arguments):
            if _may_hold(value) and not (key is not None and isinstance(value, Text) and value.value == key):
                yield from _within(value, around.within(own[number]) if number < len(own) else around)


_HANDS: Final = frozenset({"default", "fallback", "choices"})
_ASKS: Final = {"get": 0, "pop": 0, "setdefault": 0, "getattr": 1}
"""Functions that give what stands under a key, and the position of that."""
_DECLARES_OPTIONS: Final = frozenset({"add_argument", "option", "argument", "add_option", "DEFINE_string"})


def _key(call: Call, last: str) -> str | None:
    """Return the name that *call* asks for with a default, or under which it declares an option; None for others."""
    position = _ASKS.get(last)
    if position is not None:
        key = call.argument(position)
        return key.value if isinstance(key, Text) and words(key.value) & WORDS else None
    if last not in _DECLARES_OPTIONS:
        return None
    said = [a.value.lstrip("-").replace("-", "_") for a in call.arguments if isinstance(a, Text)]
    return next((s for s in said if words(s) & WORDS), None)


def _parameters(code: Code) -> dict[str, tuple[str, ...]]:
    """Return the parameters of the functions and classes that *code* itself defines, by what they are called."""
    found: dict[str, tuple[str, ...]] = {}
    for scope in code.scopes:
        if scope.kind != "function" or code.language != "python":
            continue
        names_ = tuple(p.name for p in scope.parameters if p.kind == "normal")
        outer = code.scopes[scope.parent]
        if outer.kind == "module":
            found[scope.name] = names_
        elif outer.kind == "class" and scope.name.endswith(".__init__"):
            found[outer.name] = names_[1:]
    for scope in code.scopes:
        if scope.kind == "class" and code.language == "python":  # A dataclass takes its fields in their order.
            fields = tuple(dict.fromkeys(b.name for b in scope.bindings if b.annotation is not None))
            found.setdefault(scope.name, fields)
    return found


def _served_at(named: Iterable[tuple[str, Value | None]]) -> str | None:
    """Return the provider whose address stands among *named*: the model beside it is one that it serves."""
    addresses = (v.value for key, v in named if names.is_address(key) and isinstance(v, Text))
    return next((p for p in map(names.provider_of_url, addresses) if p is not None), None)


def _is_default(binding: Binding) -> bool:
    """Tell whether a name keeps the value that it has, and gets another one when it has none."""
    last = binding.name.rpartition(".")[2]
    return isinstance(binding.value, Choice) and any(
        isinstance(option, Name | Attribute) and option.name == last for option in binding.value.options[:-1]
    )


def _registered(value: Value, depth: int) -> Iterator[tuple[int, int]]:
    """Yield where calls stand that describe one of several things in a dict or a list: ``{"a": Info("id"), …}``."""
    match value:
        case Mapping(items=items) if len(items) > 1 and depth <= _DEEPEST and not _is_settings(items):
            inner = [v for _, v in items]
        case Sequence(items=items) if len(items) > 1 and depth <= _DEEPEST:
            inner = list(items)
        case _:
            return
    for item in inner:
        if isinstance(item, Call):
            yield item.line, item.column
            yield from ((v.line, v.column) for _, v in item.keywords if isinstance(v, Call))
            yield from ((v.line, v.column) for v in item.arguments if isinstance(v, Call))
        else:
            yield from _registered(item, depth + 1)


def _of_scope(
    index: int, scope: Scope, asked: _Asked, whose: _Whose, elsewhere: _Elsewhere
) -> Iterator[tuple[Text, Slot]]:
    title = scope.name.rpartition(".")[2]
    served = _served_at((p.name, p.default) for p in scope.parameters)
    for parameter in scope.parameters:
        if parameter.default is not None and _may_hold(parameter.default):
            own = words(parameter.name)
            symbol = f"{scope.name}({parameter.name}=…)"
            slot = Slot(own, symbol=symbol, own=own, scope=index, around=whose.at(index), provider=served)
            yield from _within(parameter.default, slot)
    owner = words(title) if scope.kind == "class" else frozenset()
    enum = any(getattr(b, "name", "").endswith("Enum") for b in scope.bases)
    named = looks_named(b.value.value for b in scope.bindings if isinstance(b.value, Text)) if owner & WORDS else 0
    for binding in scope.bindings:
        if binding.grows == "call":
            continue  # The call has a slot of its own.
        # In Java a member of an enum is made of what stands behind its name.
        given = binding.value.arguments if enum and isinstance(binding.value, Call) else (binding.value,)
        given = tuple(filter(_may_hold, given))
        if not given:
            continue
        fallback = binding.fallback or _is_default(binding)
        last = binding.name.rpartition(".")[2]
        if last in elsewhere.source:
            continue
        own = words(last)
        listed = enum or (named > 1 and not own & WORDS)
        usage = Usage.OPTIONAL if listed or (binding.conditional and not fallback) else Usage.USED
        within = max(index, binding.scope)
        called_after = names.provider_in(last)
        slot = Slot(
            words(binding.name) | owner,
            usage,
            f"{scope.name}.{binding.name}" if scope.name else binding.name,
            siblings=len(scope.bindings) if enum else 1,
            own=own,
            scope=within,
            asked=binding in asked,
            published=last in elsewhere.published,
            fallback=fallback,
            around=called_after if called_after in RESELLERS else whose.at(within),
        )
        for value in given:
            yield from _within(value, slot)
    for value in filter(_may_hold, scope.returns):
        yield from _within(value, Slot(words(title), symbol=f"{scope.name}()", scope=index, around=whose.at(index)))


_HOLDING: Final = (Text, Choice, Element, Sequence, Mapping, Item, Call, Template)
"""What strings may stand in."""


def _may_hold(value: Value) -> bool:
    """Tell whether a string that may be a name can stand in *value*; most values have none, and need no slot."""
    match value:
        case Text(value=text):
            return may_name(text)
        case Call():
            return any(map(_may_hold, _taken(value)))
        case Element(of=inner) | Item(key=inner):
            return _may_hold(inner)
        case _:
            return isinstance(value, _HOLDING)


def _within(value: Value, slot: Slot, depth: int = 0) -> Iterator[tuple[Text, Slot]]:
    if depth > 12:  # noqa: PLR2004 - no registry is so deep
        return
    match value:
        case Text(value=text):
            if may_name(text):
                yield value, slot
        case Choice(options=options):
            # The last of `a || "b"` is what holds unless somebody says more; the first where a list says what else may.
            sure = 0 if isinstance(options[-1], Sequence) else len(options) - 1
            for number, option in enumerate(options):
                yield from _within(option, slot if number == sure else _optional(slot), depth + 1)
        case Element(of=of):
            yield from _within(of, slot, depth + 1)
        case Sequence(items=items):
            held = [item for item in items if _may_hold(item)]
            if held:
                inner = evolve(
                    slot,
                    usage=Usage.OPTIONAL if len(items) > 1 else slot.usage,
                    siblings=(count := max(slot.siblings, _shapes(items))),
                    routed=slot.routed or (count >= REGISTRY and _is_routed(items)),
                    checked=slot.checked or _is_fetched(items),
                )
                for item in held:
                    yield from _within(item, inner, depth + 1)
        case Mapping(items=items):
            yield from _of_mapping(items, slot, depth)
        case Item(key=key):
            yield from _within(key, evolve(slot, words=frozenset()), depth + 1)
        case Call():  # Its arguments have slots of their own.
            for taken in _taken(value):
                yield from _within(taken, slot, depth + 1)
        case Template(parts=(Text(value=start) as first, *_)):  # Whatever the file is called, the repository is known.
            link = names.hub_link(start)
            yield from [(evolve(first, value=link), slot)] if link is not None else []
        case _:
            pass


_HANDED: Final = frozenset({"argument", "attribute", "field", "setting"})


def _taken(call: Call) -> tuple[Value, ...]:
    """Return the default in ``Field("org/name", description=…)``, and what ``os.getenv("MODEL", "id")`` hands on."""
    if call.last in _DECLARES:
        given = call.argument(None, "default")
        return call.arguments[:1] if given is None else (given,)
    handed = value_calls().get(call.callee)
    taken = call.argument(handed.position, *handed.keywords) if handed is not None and handed.gives in _HANDED else None
    return () if taken is None else (taken,)


def _of_mapping(items: tuple[tuple[Value | None, Value], ...], slot: Slot, depth: int) -> Iterator[tuple[Text, Slot]]:
    count = max(_shapes([v for _, v in items]), _shapes([k for k, _ in items if k is not None]), slot.siblings)
    sums = sum(isinstance(v, Text) and _CHECKSUM.fullmatch(v.value) is not None for _, v in items)
    one = sums == 1 or _is_settings(items)  # What a dict says of one thing is no choice.
    about = not _is_settings(items) and _abouts(items) > 1
    described = slot.described or about
    fetched = sums > 0 or _is_fetched([v for _, v in items])
    ids = any(isinstance(k, Text) and looks_named([k.value]) for k, _ in items)
    files = 0 if ids else sum(isinstance(v, Text) and is_weights(v.value) for _, v in items)
    priced = bool(slot.words & NUMBER_WORDS)
    usage = Usage.OPTIONAL if len(items) > 1 and not one else slot.usage
    parts = [part for item in items for part in item if part is not None] if count >= REGISTRY else []
    routed = slot.routed or _is_routed(parts)
    inner = evolve(slot, usage=usage, siblings=count, described=described, checked=fetched, files=files, routed=routed)
    listing = _listing(items, slot)
    pages = {owner for k, v in items if isinstance(k, Text) and words(k.value) & _PAGES and (owner := _owner(v))}
    for key, value in items:
        held = (
            _may_hold(value) and (_owner(value) or "/") not in pages
        )  # { model: "articles/draft", view: "articles/edit" }
        if isinstance(key, Text):
            if held:
                within = inner.within(key.value) if key.value.isidentifier() else inner
                listed = listing.get(key.value, slot.listed)
                yield from _within(value, within if listed is None else evolve(within, listed=listed), depth + 1)
            if not may_name(key.value):
                continue
            # The keys of a registry of downloads are file names, and its values their checksums.
            yield (
                key,
                evolve(
                    inner,
                    usage=Usage.OPTIONAL,
                    key=True,
                    numeric=_is_number(value) or (priced and not any(_texts(value, 0))),
                    described=described or _describes(key.value, value),
                    checked=sums > 1,
                ),
            )
        elif held:
            yield from _within(value, inner, depth + 1)


_PAGES: Final = frozenset({"view", "views", "controller", "route", "template", "layout", "page", "action", "component"})
"""Words of keys for parts of a program's own pages."""


def _owner(value: Value) -> str:
    """Return what stands before the slash of a string; empty when it has none."""
    return value.value.partition("/")[0] if isinstance(value, Text) and "/" in value.value else ""


def _is_fetched(values: Iterable[Value]) -> bool:
    """Tell whether a link stands among *values* that does not name the file: what is fetched has another name."""
    return any(
        isinstance(v, Text) and "://" in v.value and not names.read_weights_url(v.value, Kind.MODEL) for v in values
    )


def _describes(name: str, value: Value) -> bool:
    """Tell whether *value*, a dict or a call with keywords, says what a model costs and can do, and names none."""
    if isinstance(value, Call):  # ModelInfo(input_price=…, supports_vision=True)
        value = Mapping(tuple((Text(k, value.line, 0), v) for k, v in value.keywords))
    if not isinstance(value, Mapping) or any(t.value != name and looks_named([t.value]) for t in _texts(value, 0)):
        return False
    numbers = sum(isinstance(v, Const) for _, v in value.items)
    return _abouts(value.items) > 1 or (numbers >= REGISTRY and numbers * 2 > len(value.items))


def _abouts(items: tuple[tuple[Value | None, Value], ...]) -> int:
    return sum(isinstance(k, Text) and is_about(k.value) for k, _ in items)


def _is_number(value: Value) -> bool:
    """Tell whether *value* is a number, or a collection of numbers."""
    match value:
        case Const(value=int() | float()):
            return True
        case Sequence(items=items) if items:
            return all(isinstance(i, Const) for i in items)
        case Mapping(items=items) if items:
            return all(isinstance(i, Const) for _, i in items)
        case _:
            return False


def _is_settings(items: tuple[tuple[Value | None, Value], ...]) -> bool:
    """Tell whether a dict is one thing's settings, such as ``{"model": …, "temperature": …}``, and no registry."""
    keys = [k.value for k, _ in items if isinstance(k, Text)]
    return any(words(k) & {"model", "models"} for k in keys)


def _shapes(values: list[Value] | tuple[Value, ...]) -> int:
    return looks_named(t.value for v in values for t in _texts(v, 0))


def _listing(items: tuple[tuple[Value | None, Value], ...], slot: Slot) -> dict[str, str]:
    """Return the providers that are keys of a dict of models by who serves them; none where it is no such dict."""
    keys = [(k.value, v) for k, v in items if isinstance(k, Text) and isinstance(v, Text | Sequence | Mapping)]
    found = {key: p for key, _ in keys if (p := names.provider_of_prefix(key)) is not None and p not in _NO_LISTING}
    if len(found) < 2 or 2 * len(found) < len(keys):  # noqa: PLR2004 - one key may mean anything
        return {}
    served = (names.hosted_family(t.value) is not None for k, v in keys if k in found for t in _texts(v, 0))
    return found if slot.words & _ABOUT_MODELS or sum(islice(served, 50)) > 1 else {}


_NO_LISTING: Final = frozenset({"huggingface", "litellm", "vllm"})
"""Prefixes under which anything may stand."""
_ABOUT_MODELS: Final = frozenset({"model", "models", "llm", "llms"})


def _is_routed(values: list[Value] | tuple[Value, ...]) -> bool:
    """Tell whether *values* hold models of several providers, each behind its prefix."""
    found: set[str] = set()
    for text in (t.value for v in values for t in _texts(v, 0) if "/" in t.value):
        if (named := names.read_prefixed(text)) is not None:
            found.add(named.provider)
            if len(found) > 1:
                return True
    return False


def _texts(value: Value, depth: int) -> Iterator[Text]:
    """Yield the strings in *value*, without what calls are given."""
    match value:
        case Text():
            yield value
        case Mapping(items=items) if depth < _DEEPEST:
            for _, inner in items:
                yield from _texts(inner, depth + 1)
        case Sequence(items=inners) if depth < _DEEPEST:
            for inner in inners:
                yield from _texts(inner, depth + 1)
        case _:
            pass


def _optional(slot: Slot) -> Slot:
    return evolve(slot, usage=Usage.OPTIONAL)


_SELLERS: Final = (
    "openai|anthropic|azure|bedrock|vertex_?ai|mistral|cohere|groq|together_?ai|fireworks|openrouter|deepseek|perplexity|voyage"
    "|ollama|lm_?studio|litellm|moonshot|minimax|dashscope|zhipu|sambanova|deepinfra|siliconflow|cerebras|sarvam|zeroentropy"
    "|watsonx|gigachat|elevenlabs|deepgram"
)
_HINTS: Final = (
    r"https?://[^\s\"']+\.(?:onnx|pth?|safetensors|gguf|ckpt|h5|tflite|caffemodel|task|litertlm)\b",
    r"https?://(?:huggingface\.co|hf\.co)/",
    r"https?://[^\s\"']+(?i:models?|weights|ckpts?|checkpoints?|pretrained|_infer)[^\s\"']*\.(?:zip|tar|tgz)\b",
    r"\b[a-z]{2,3}_(?:core|dep|ent|sent)_(?:web|news|wiki|sci|ud)_(?:sm|md|lg|trf|scibert)\b",
    r"\bazureml://registries/",
    (r"""["']local:[\w.-]+/""", r"(?i:embed|model)"),
    (
        r"""[\w-]\.(?:onnx|pth?|safetensors|gguf|ckpt|h5|tflite|caffemodel|bin)["'\\]""",
        r"\b(?:md5|sha\d+):|\b[0-9a-f]{32}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{64}\b|https?://|(?i:models?|weights|checkpoints?)\w*\b[^\n]*[=:]\s*\{",
    ),
    r"""["'](?:[a-z]+_)?(?:PP-[A-Z]|SLAN|UVDoc|RT-DETR-|PaddleOCR-VL)""",
    r"""["'](?:yolo|sam|rtdetr|FastSAM|mobile_sam)[\w.-]*\.pt["']""",
    (r"""["'][A-Za-z0-9][\w.-]*/[\w.-]+/(?:[\w.-]+)?["'\\]""", r"(?i:hf_?hub|huggingface)"),
    r"-(?i:gguf)/[\w.-]+\.gguf",
    (
        r"""["'](?:gpt2|openai-gpt|distil\w+-|(?:albert|bert|roberta|t5|xlm|xlnet)-)""",
        r"(?i:model)",
    ),
    (
        r"""["'][A-Za-z][\w./:]*[-\d][\w.:/-]*["']""",
        r"(?i:model|deployment|embedding)\w*[\"']?\s*[:=]",
        rf"(?i:{_SELLERS})",
    ),
    (
        r"""["'](?:gpt-[345]|chatgpt-|claude-|gemini-|text-embedding-|o[134]-|command-r|mistral-|deepseek-|grok-|rerank-)""",
        r"(?i:model|llm|embed|engine|deployment|chat|agent|rerank)",
    ),
    (
        r"""["'][A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*["'\\]""",
        r"(?i:model|llm|embed|checkpoint|ckpt|pretrained|encoder|rerank|vocoder|tokenizer|dataset|repo_id|hugging|transformer)",
    ),
)
"""Links to weights and spaCy's names speak for themselves; a string of an id's shape only beside a word of a slot."""

detect = FunctionDetector("slots", (_find.__doc__ or "").strip(), CODE, _HINTS, _find)
