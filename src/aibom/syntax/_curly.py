"""Read a language with braces: it says what its nodes are, and gets scopes, bindings, calls, imports and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, evolve, field, frozen

from aibom.expressions import expression
from aibom.syntax import Binding, Code, Import, Parameter, Problem, Prose, Scope
from aibom.syntax._engine import DEEPEST, Source, comments, parse, problems
from aibom.syntax.python import joined, resolved
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
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Mapping as MappingType

    from tree_sitter import Node

__all__ = [
    "BODY",
    "Calls",
    "Language",
    "Member",
    "Raw",
    "Reader",
    "Same",
    "Shape",
    "asks_for_nothing",
    "assignment",
    "binary",
    "block",
    "branch",
    "cases",
    "choice",
    "chosen",
    "class_",
    "constant",
    "declaration",
    "dotted",
    "ignored",
    "kids",
    "lambda_",
    "loop",
    "name",
    "names_in",
    "part",
    "read_with",
    "returned",
    "sequence",
    "subscript",
    "template",
    "this",
    "unescaped",
]

BODY: Final = "<lambda>"
"""The keyword under which a call keeps what a function gives that stands behind it, as in Kotlin."""
_LONGEST_CHAIN: Final = 300
"""So many calls of one chain are read; nobody writes more."""
_MOST_OPEN: Final = 500
"""With so many brackets left open, a file is too broken for a query over its tree, which would take quadratic time."""

Part: TypeAlias = "str | int"
"""Where a part of a node is: a field; ``:kind``, the first child of that kind; or the number of a named child."""

_ESCAPE: Final = expression(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u+([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n\s*)|(.))", re.DOTALL
)
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "s": " "}
_NUMBER: Final = expression(r"[+-]?(?:0[xX][0-9a-fA-F_]+|[\d_]+(?:\.[\d_]+)?(?:[eE][+-]?\d+)?)")
_EMPTY: Final = expression(
    r"""==\s*(?:""|null\b|nil\b|None\b|string\.Empty)|\bis\s+null\b|(?i:is_?empty|is_?blank|is_?null|isnone|is_none)"""
    r"""|len\([^()]*\)\s*==\s*0|!\s*\w+\.isPresent|!\s*ok\b"""
)
"""How a condition asks whether something has no value."""
_TYPE: Final = expression(r"[A-Za-z_][\w]*(?:(?:\.|::)[A-Za-z_]\w*)*")
_PASSED: Final = frozenset({"mut", "dyn", "const", "impl", "readonly", "final", "static", "ref", "in", "out", "global"})
_WRAPPING: Final = frozenset(
    {
        *("Optional", "Option", "Arc", "Box", "Rc", "Mutex", "RwLock", "OnceCell", "Lazy", "lazy", "Result", "Cow"),
        *("IOptions", "IOptionsSnapshot", "IOptionsMonitor", "Task", "ValueTask", "Nullable", "ObjectProvider"),
        *("Provider", "Supplier", "AtomicReference", "CompletableFuture", "Mono", "State", "Data", "Ref"),
    }
)
"""Types that hold one of another type."""
_LONGEST_TYPE: Final = 300
_PERCENT: Final = expression(r"%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])")
_BRACES: Final = expression(r"\{\{|\}\}|\{([A-Za-z_]\w*|\d*)(?:[,:][^{}]*)?\}")


@frozen
class Language:
    """What is to be known of a language to read it."""

    name: str
    grammar: str
    """The Python module of its tree-sitter grammar."""
    nodes: MappingType[str, Shape]
    """What to make of a node, by its kind. What is not named here is looked into, and stays unknown as a value."""
    names: frozenset[str] = frozenset({"identifier"})
    """The kinds of nodes that are plain names."""
    comments: tuple[str, ...] = ("comment",)
    members: bool = True
    """The members of a class are seen in its methods as they are, without ``this``."""
    holders: frozenset[str] = frozenset()
    """Members that give what holds them: ``options.Value``."""
    hand_on: frozenset[str] = frozenset()
    """Methods that, without an argument, give what they are called on: ``clone``, ``toString``."""
    wraps: frozenset[str] = frozenset()
    """Functions that give their first argument: ``Some``, ``String::from``."""
    defaults: frozenset[str] = frozenset()
    """Methods that give what they are called on or, where that has no value, their argument: ``orElse``."""
    lists: frozenset[str] = frozenset()
    """Functions that make a list of their arguments."""
    maps: frozenset[str] = frozenset()
    """Functions that make a map of their arguments: pairs, or keys and values by turns."""
    local: bool = False
    """An assignment to a plain name makes a variable of the function that it stands in: there are no declarations."""
    records: bool = False
    """The pairs of a map that a call is given stand for keyword arguments: ``create(['model' => 'x'])``."""
    formats: MappingType[str, str] = {}
    """Functions that put their arguments into a string: ``%`` for ``%s``, ``{`` for ``{}``."""
    parameters: Callable[[Reader, Node], Iterator[Raw]] = field(default=lambda _reader, _node: iter(()))


@frozen
class Raw:
    """A parameter, a field or a property as the grammar has it."""

    name: str
    node: Node
    default: Node | None = None
    type: Node | None = None
    kind: str = "normal"
    field: bool = False
    """The parameter of a constructor is a field too."""
    value: Value | None = None
    """What stands for the default where no node does: what an annotation says."""


@frozen
class Same:
    """A node that is what a part of it is: ``(x)``, ``await x``, ``x!!``; by default its first child."""

    of: Part = 0

    def __call__(self, reader: Reader, node: Node) -> Value:
        """Return the value of the part."""
        inner = part(node, self.of)
        return reader.read(inner) if inner is not None else reader.inside(node)


@frozen
class Member:
    """``of.name``; without *of* a plain name."""

    of: tuple[Part, ...]
    name: tuple[Part, ...]

    def __call__(self, reader: Reader, node: Node) -> Value:
        """Return the attribute."""
        return reader.chain(node)

    def receiver(self, node: Node) -> Node | None:
        """Return what the name is asked of."""
        return part(node, *self.of)

    def build(self, reader: Reader, node: Node, of: Value | None) -> Value:
        """Return the attribute of *of*."""
        found = part(node, *self.name)
        text = reader.plain(found) if found is not None else ""
        if of is None:
            return Name(text, reader.source.line(node))
        return of if text in reader.language.holders else Attribute(of, text)


@frozen
class Calls:
    """A call: of a function; or of what is called *name* of *of*; or, where *made*, of a type that it makes."""

    function: tuple[Part, ...] = ()
    of: tuple[Part, ...] = ()
    name: tuple[Part, ...] = ()
    arguments: tuple[Part, ...] = ("arguments",)
    more: Callable[[Reader, Node], Iterator[tuple[str, Value]]] | None = None
    """Yields keyword arguments that stand outside of the parentheses."""
    made: tuple[Part, ...] = ()

    def __call__(self, reader: Reader, node: Node) -> Value:
        """Return the call."""
        return reader.chain(node)

    def receiver(self, node: Node) -> Node | None:
        """Return what is called, or what a method is called on."""
        return None if self.made else part(node, *(self.function or self.of))

    def build(self, reader: Reader, node: Node, of: Value | None) -> Value:
        """Return the call of *of*, or of its method."""
        place: Node | None = node
        if self.made:
            of = reader.type(part(node, *self.made))
        elif self.name:
            place = found = part(node, *self.name)
            text = reader.plain(found) if found is not None else ""
            of = Name(text, reader.source.line(node)) if of is None else Attribute(of, text)
        elif (called := part(node, *self.function)) is not None:
            shape = reader.language.nodes.get(called.type)
            place = part(called, *shape.name) if isinstance(shape, Member) else node
        if of is None:
            return reader.inside(node)
        return reader.call(node, of, part(node, *self.arguments), self.more, place)


Shape: TypeAlias = "Callable[[Reader, Node], Value]"
"""Takes note of the facts in a node, and returns what it is as a value."""


def kids(node: Node) -> list[Node]:
    """Return the named children of *node* that are no comments."""
    return [c for c in node.named_children if not c.is_extra]


def part(node: Node, *wanted: Part) -> Node | None:
    """Return the first part of *node* that is there."""
    for each in wanted:
        if isinstance(each, int):
            inner = kids(node)
            found = inner[each] if -len(inner) <= each < len(inner) else None
        elif each.startswith(":"):
            found = next((c for c in node.children if c.type == each[1:]), None)
        else:
            found = node.child_by_field_name(each)
        if found is not None:
            return found
    return None


def dotted(text: str, line: int) -> Value:
    """Return the dotted name *text* as a value."""
    first, *rest = re.split(r"\.|::", text)
    value: Value = Name(first, line)
    for name_ in rest:
        value = Attribute(value, name_)
    return value


def asks_for_nothing(condition: str) -> bool:
    """Tell whether *condition* asks whether something has no value: ``name == ""``."""
    return len(condition) < _LONGEST_TYPE and _EMPTY.search(condition) is not None


def chosen(*options: Value) -> Value:
    """Return one of *options*."""
    flat = tuple(o for v in options for o in (v.options if isinstance(v, Choice) else (v,)))
    return flat[0] if len(flat) == 1 else Choice(flat)


def read_with(text: str, language: Language, start: Callable[[Reader], None] | None = None) -> Code:
    """Return the facts of *text*; *start* is done before it is read."""
    reader = Reader(parse(language.grammar, text), language)
    broken = reader.source.root.has_error and text.count("{") - text.count("}") > _MOST_OPEN
    reader.prose += comments(reader.source, *language.comments) if not broken else ()
    if start is not None:
        start(reader)
    reader.each(reader.source.root)
    found = problems(reader.source)
    if reader.too_deep:
        found += (Problem("too-deep", f"expressions are nested more than {DEEPEST} deep", reader.too_deep),)
    return resolved(
        Code(
            language.name,
            tuple(s.frozen() for s in reader.scopes),
            tuple(reader.calls),
            tuple(reader.imports),
            tuple(reader.strings),
            tuple(sorted(reader.prose, key=lambda p: p.line)),
            found,
            members=language.members,
            tests=tuple(reader.tests),
        )
    )


@define
class Open:
    """A scope that is still being read."""

    kind: str
    name: str
    parent: int
    line: int
    parameters: tuple[Parameter, ...] = ()
    bases: tuple[Value, ...] = ()
    decorators: tuple[Value, ...] = ()
    bindings: list[Binding] = field(factory=list)
    returns: list[Value] = field(factory=list)
    declared: set[str] = field(factory=set)
    this: str = ""
    """The name that stands for the instance, where the language lets one choose it."""

    def frozen(self) -> Scope:
        """Return the scope as a fact."""
        return Scope(
            self.kind,
            self.name,
            self.parent,
            self.line,
            self.parameters,
            self.bases,
            (),
            self.decorators,
            tuple(self.bindings),
            tuple(self.returns),
        )


class Reader:
    """Walks one tree and collects its facts."""

    def __init__(self, source: Source, language: Language) -> None:
        self.source = source
        self.language = language
        self.scopes: list[Open] = [Open("module", "", -1, 1)]
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.strings: list[tuple[Text, int]] = []
        self.prose: list[Prose] = []
        self.tests: list[tuple[int, int]] = []
        """The first and the last line of what is there for tests only."""
        self.too_deep = 0
        self.scope = 0
        self.depth = 0
        self.conditional = 0
        self.asked: list[str] = []
        """The conditions around, as written, that ask whether something has no value."""
        self.classes: dict[tuple[int, str], int] = {}
        self.package = ""
        """The package or the namespace of the file, where its language needs to know it."""
        self.brought: set[str] = set()
        """The names of the file that are known to be its own or imported, where its language needs to know them."""

    # -- nodes -----------------------------------------------------------------------------------

    def read(self, node: Node) -> Value:
        """Take note of the facts in *node*, and return what it is as a value."""
        kind = node.type
        if kind in self.language.names:
            return self.named(node)
        if self.depth > DEEPEST:
            self.too_deep = self.too_deep or self.source.line(node)
            return Unknown("an expression nested too deep", self.source.line(node))
        self.depth += 1
        try:
            shape = self.language.nodes.get(kind)
            return self.inside(node) if shape is None else shape(self, node)
        finally:
            self.depth -= 1

    def inside(self, node: Node, shape: str = "an expression") -> Value:
        """Read what is in *node*, which as a whole is not followed."""
        self.each(node)
        return Unknown(shape, self.source.line(node))

    def each(self, node: Node) -> Value:
        """Read the children of *node*, and return the value of the last."""
        value: Value | None = None
        for child in node.named_children:
            if not child.is_extra:
                value = self.read(child)
        return Unknown("nothing", self.source.line(node)) if value is None else value

    def each_of(self, target: Node | None, of: Node | None, body: Node | None) -> None:
        """Read a loop: *target* is each element of *of* in *body*."""
        self.conditional += 1
        if target is not None and of is not None:
            value = self.read(of)
            for name_ in names_in(self, target):
                self.declare(name_, Element(value), target)
        if body is not None:
            self.read(body)
        self.conditional -= 1

    def plain(self, node: Node) -> str:
        """Return the name that *node* is, without the types of a generic one."""
        return self.source.text(node).partition("<")[0].strip("`@ ")

    def named(self, node: Node) -> Value:
        """Return the plain name *node*."""
        text = self.source.text(node).strip("`@")
        if text == "null":  # Some grammars take it for a name.
            return Const(None)
        index = self.scope
        while index > 0:
            if self.scopes[index].this == text:
                return Name("self", self.source.line(node))
            if text in self.scopes[index].declared:
                break
            index = self.scopes[index].parent
        return Name(text, self.source.line(node))

    def chain(self, node: Node) -> Value:
        """Read ``a.b().c().d``; the chain may be long, and costs no depth."""
        links: list[tuple[Member | Calls, Node]] = []
        head: Node | None = node
        self.depth += 1
        while head is not None:
            shape = self.language.nodes.get(head.type)
            if isinstance(shape, Same) and links:
                inner = part(head, shape.of)
                if inner is None:
                    break
                head = inner
            elif isinstance(shape, Member | Calls):
                if len(links) == _LONGEST_CHAIN:
                    self.too_deep = self.too_deep or self.source.line(node)
                    break
                links.append((shape, head))
                head = shape.receiver(head)
            else:
                break
        whole = len(links) < _LONGEST_CHAIN or head is None or head.type not in self.language.nodes
        value = self.read(head) if head is not None and whole else None
        for shape_, link in reversed(links):
            value = shape_.build(self, link, value)
        self.depth -= 1
        return value if value is not None else Unknown("an expression", self.source.line(node))

    # -- text ------------------------------------------------------------------------------------

    def text(self, value: str, node: Node, *, raw: bool = False, keep: bool = True) -> Text:
        """Return the string *value*, as it is written in *node*."""
        line, column = self.source.place(node)
        text = Text(value if raw else unescaped(value), line, column)
        if keep:
            self.strings.append((text, self.scope))
        return text

    def joined(self, pieces: Iterable[Value], node: Node) -> Value:
        """Return *pieces* as one string."""
        line, column = self.source.place(node)
        whole = [p for p in pieces if not (isinstance(p, Text) and not p.value)]
        value = joined(whole, line) if whole else Text("", line, column)
        if isinstance(value, Text):
            self.strings.append((value, self.scope))
        return value

    def formatted(self, style: str, given: tuple[Value, ...], keywords: tuple[tuple[str, Value], ...]) -> Value | None:
        """Return what a function makes that puts its arguments into its first one; None when that is no literal."""
        if not given or not isinstance(given[0], Text):
            return None
        text, rest = given[0], list(given[1:])
        named = dict(keywords)
        pieces: list[Value] = []
        end = taken = 0
        for found in (_PERCENT if style == "%" else _BRACES).finditer(text.value):
            pieces.append(evolve(text, value=text.value[end : found.start()]))
            end = found.end()
            key = found[1]
            if found[0] in {"%%", "{{", "}}"}:
                pieces.append(evolve(text, value=found[0][0]))
            elif style == "{" and key and not key.isdecimal():
                pieces.append(named.get(key) or Name(key, text.line))
            else:
                number = int(key) if style == "{" and key else taken
                taken += 1
                pieces.append(rest[number] if number < len(rest) else Unknown("a formatted value", text.line))
        pieces.append(evolve(text, value=text.value[end:]))
        return joined([p for p in pieces if not (isinstance(p, Text) and not p.value)] or [text], text.line)

    # -- scopes ----------------------------------------------------------------------------------

    def declare(self, name_: str, value: Value, node: Node, annotation: Value | None = None) -> None:
        """Bind *name_*, which is declared here."""
        self.scopes[self.scope].declared.add(name_)
        self.add(self.scope, name_, value, node, annotation)

    def add(self, scope: int, name_: str, value: Value, node: Node, annotation: Value | None = None) -> None:
        """Bind *name_* in *scope*."""
        if not name_ or name_ == "_":
            return
        word = name_.rpartition(".")[2]
        absent = any(re.search(rf"\b{re.escape(word)}\b", a) for a in self.asked)
        self.scopes[scope].bindings.append(
            Binding(name_, value, self.source.line(node), self.scope, self.conditional > 0, annotation, absent)
        )

    def assign(self, target: Node, value: Value) -> None:
        """Bind what an assignment to *target* changes, where that was declared."""
        known = self.target(target)
        match known:
            case Name(name=name_) if self.language.local:
                self.declare(name_, value, target)
            case Name(name=name_):
                self.add(self.owner_of(name_), name_, value, target)
            case Attribute(of=Name(name="self"), name=name_) if (owner := self.owner()) is not None:
                self.add(owner, name_, value, target)
            case Attribute() if (path := _path(known)) is not None:
                self.add(self.scope, path, value, target)
            case Item(of=of, key=key) if (path := _path(of)) is not None:
                entry = Mapping(((key, value),))
                owner = self.owner()
                if path.startswith("self.") and owner is not None:
                    self.add(owner, path.removeprefix("self."), entry, target)
                else:
                    self.add(self.owner_of(path), path, entry, target)
            case _:
                pass

    def target(self, node: Node) -> Value:
        """Return what is assigned to."""
        return self.read(node)

    def owner_of(self, name_: str) -> int:
        """Return the scope that declares *name_*."""
        index = self.scope
        while index > 0:
            scope = self.scopes[index]
            if name_ in scope.declared or (scope.kind == "class" and self.language.members):
                return index
            index = scope.parent
        return 0

    def owner(self) -> int | None:
        """Return the class that is being read."""
        index = self.scope
        while index > 0:
            if self.scopes[index].kind == "class":
                return index
            index = self.scopes[index].parent
        return None

    def open_class(
        self, name_: str, line: int, bases: tuple[Value, ...] = (), decorators: tuple[Value, ...] = ()
    ) -> int:
        """Enter the class *name_*, which may have been entered before; return the scope to go back to."""
        outer = self.scope
        known = self.classes.get((outer, name_))
        if known is None:
            before = self.scopes[outer]
            before.declared.add(name_)
            self.scopes.append(Open("class", f"{before.name}.{name_}" if before.name else name_, outer, line))
            known = self.classes[outer, name_] = len(self.scopes) - 1
        opened = self.scopes[known]
        opened.bases += bases
        opened.decorators += decorators
        self.scope = known
        return outer

    def function(
        self,
        node: Node,
        name_: str,
        parameters: Iterable[Raw],
        body: Iterable[Node],
        *,
        method: bool = False,
        decorators: tuple[Value, ...] = (),
        gives: bool = False,
        this: str = "",
    ) -> None:
        """Read a function; one that *gives* returns the value of its last expression."""
        outer = self.scopes[self.scope]
        outer.declared.add(name_)
        inside = outer.kind == "class"
        if inside and not method:
            decorators += (Name("staticmethod", self.source.line(node)),)
        qualified = f"{outer.name}.{name_}" if outer.name else name_
        line = self.source.line(node)
        kind = "lambda" if name_.startswith("<") else "function"
        self.scopes.append(Open(kind, qualified, self.scope, line, decorators=decorators, this=this))
        back, self.scope = self.scope, len(self.scopes) - 1
        outside, self.conditional = self.conditional, 0
        asked, self.asked = self.asked, []
        scope = self.scopes[self.scope]
        scope.parameters = (Parameter("self", None, None, line),) if method else ()
        for raw in parameters:
            value = self.read(raw.default) if raw.default is not None else raw.value
            noted = self.type(raw.type)
            scope.parameters += (Parameter(raw.name, value, noted, self.source.line(raw.node), raw.kind),)
            scope.declared.add(raw.name)
            if raw.field and inside:
                self.add(back, raw.name, Name(raw.name, self.source.line(raw.node)), raw.node, noted)
        for each in body:
            value = self.read(each)
            if gives and not isinstance(value, Unknown):
                self.give(value)
        self.asked = asked
        self.conditional = outside
        self.scope = back

    def give(self, value: Value) -> None:
        """Take note that the function that is being read returns *value*."""
        if not (isinstance(value, Unknown) and value.shape == "nothing"):
            self.scopes[self.scope].returns.append(value)

    def type(self, node: Node | None) -> Value | None:
        """Return the class that the type *node* names; of what wraps another type, that one."""
        if node is None or node.end_byte - node.start_byte > _LONGEST_TYPE:
            return None
        words = [w for w in _TYPE.findall(re.sub(r"'\w+", "", self.source.text(node))) if w not in _PASSED]
        while len(words) > 1 and re.split(r"\.|::", words[0])[-1] in _WRAPPING:
            del words[0]
        if not words:
            return None
        owner = self.owner()
        text = self.scopes[owner].name if words[0] == "Self" and owner is not None else words[0]
        return dotted(text, self.source.line(node))

    # -- calls -----------------------------------------------------------------------------------

    def call(
        self,
        node: Node,
        function: Value,
        arguments: Node | None,
        more: Callable[[Reader, Node], Iterator[tuple[str, Value]]] | None = None,
        place: Node | None = None,
    ) -> Value:
        """Return the call of *function*, or what it gives where its name tells that; it stands at *place*."""
        line, column = self.source.place(place or node)
        positional: list[Value] = []
        keywords: list[tuple[str, Value]] = []
        for key, value in self.arguments(arguments):
            if key:
                keywords.append((key, value))
            else:
                positional.append(value)
        keywords += more(self, node) if more is not None else ()
        if self.language.records:
            pairs = [pair for value in positional if isinstance(value, Mapping) for pair in value.items]
            keywords += [(key.value, value) for key, value in pairs if isinstance(key, Text)]
            if not keywords and len(positional) == 1 and isinstance(positional[0], Name | Attribute | Item):
                keywords.append(("**", positional[0]))  # create($parameters)
        return self.called(function, tuple(positional), tuple(keywords), line, column)

    def called(
        self,
        function: Value,
        positional: tuple[Value, ...],
        keywords: tuple[tuple[str, Value], ...],
        line: int,
        column: int,
    ) -> Value:
        """Return what calling *function* gives."""
        language = self.language
        path = _path(function)
        whole = path or ""
        last = whole.rpartition(".")[2] or (function.name if isinstance(function, Attribute) else "")
        if isinstance(function, Attribute) and all(key == BODY for key, _ in keywords):
            if last in language.hand_on and not positional and not keywords:
                return function.of
            if last in language.defaults and (positional or keywords):
                given_ = [v for _, v in keywords] or self.of_lambda(positional[-1])
                return chosen(function.of, *given_)
        if whole in language.wraps and positional:
            return positional[-1]
        if whole in language.lists:
            return Sequence(positional)
        if whole in language.maps:
            return _mapping(positional)
        style = language.formats.get(whole) or language.formats.get(f"*.{last}")
        if style is not None:
            given = positional
            if f"*.{last}" in language.formats and isinstance(function, Attribute) and whole not in language.formats:
                given = (function.of, *positional)  # "%s/%s".formatted(a, b)
            value = self.formatted(style, given, keywords)
            if value is not None:
                if isinstance(value, Text):
                    self.strings.append((value, self.scope))
                return value
        call = Call("", function, positional, keywords, line, column, self.scope)
        self.calls.append(call)
        return call

    def of_lambda(self, value: Value) -> tuple[Value, ...]:
        """Return what *value* gives, where that is a function that was just read; else *value* itself."""
        if isinstance(value, Name) and value.name.startswith("<"):
            for scope in reversed(self.scopes):
                if scope.kind == "lambda" and scope.name.endswith(value.name):
                    return tuple(scope.returns) or (value,)
        return (value,)

    def arguments(self, node: Node | None) -> Iterator[tuple[str, Value]]:
        """Yield the arguments in *node* with their keywords, empty for the positional ones."""
        for child in kids(node) if node is not None else ():
            inner = kids(child)
            key = child.child_by_field_name("name")
            if child.type in _ARGUMENTS:
                equals = any(c.type in {"=", ":"} for c in child.children)
                key = key or (inner[0] if equals and len(inner) > 1 else None)
                value = next((c for c in reversed(inner) if key is None or c.id != key.id), None)
                if value is not None:
                    yield (self.plain(key) if key is not None else ""), self.read(value)
            else:
                yield "", self.read(child)


_ARGUMENTS: Final = frozenset({"argument", "value_argument", "attribute_argument", "element_value_pair"})


def _path(value: Value) -> str | None:
    """Return the dotted name that *value* is; None when it is none."""
    parts: list[str] = []
    while isinstance(value, Attribute):
        parts.append(value.name)
        value = value.of
    return ".".join((value.name, *reversed(parts))) if isinstance(value, Name) else None


def _mapping(given: tuple[Value, ...]) -> Mapping:
    """Return the map of *given*: pairs, a list of pairs, or keys and values by turns."""
    if len(given) == 1 and isinstance(given[0], Sequence):
        given = given[0].items
    pairs = [v.items for v in given if isinstance(v, Sequence) and len(v.items) == 2]  # noqa: PLR2004 - a pair
    if len(pairs) == len(given):
        return Mapping(tuple((k, v) for k, v in pairs))
    return Mapping(tuple(zip(given[::2], given[1::2], strict=False)))


def unescaped(raw: str) -> str:
    r"""
    Return what the escapes in a string literal stand for.

    >>> unescaped(r"a\x41\u{42}\u0043\"") == 'aABC"'
    True
    """

    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code:
            number = int(code, 16)
            return chr(number) if number <= 0x10FFFF else found[0]  # noqa: PLR2004 - the last code point of Unicode
        return "" if found[4] else _PLAIN.get(found[5], found[5])

    return _ESCAPE.sub(character, raw) if "\\" in raw else raw


# -- shapes --------------------------------------------------------------------------------------


def ignored(reader: Reader, node: Node) -> Value:
    """Return nothing: the node has nothing to say."""
    return Unknown("nothing", reader.source.line(node))


def block(reader: Reader, node: Node) -> Value:
    """Read statements, of which the last may be the value of all."""
    return reader.each(node)


def this(reader: Reader, node: Node) -> Value:
    """Return the instance whose method it is."""
    return Name("self", reader.source.line(node))


def name(*parts: Part) -> Shape:
    """Make the shape of a node that holds a name."""

    def shape(reader: Reader, node: Node) -> Value:
        inner = part(node, *parts)
        return Name(reader.plain(inner if inner is not None else node), reader.source.line(node))

    return shape


def constant(reader: Reader, node: Node) -> Value:
    """Read a number, a truth value, or nothing."""
    text = reader.source.text(node)
    if text in {"true", "false"}:
        return Const(text == "true")
    found = _NUMBER.match(text.lower())
    if found is None or len(found[0]) > 40:  # noqa: PLR2004 - no number that anybody needs
        return Const(None)
    digits = found[0].replace("_", "")
    try:
        return Const(int(digits, 16) if digits.startswith("0x") else float(digits) if "." in digits else int(digits))
    except ValueError:
        return Const(None)


def template(holes: tuple[str, ...], *, raw: bool = False) -> Shape:
    """Make the shape of a string with *holes*, kinds of nodes that hold expressions; the rest of it is text."""

    def shape(reader: Reader, node: Node) -> Value:
        source = reader.source
        text = source.data[node.start_byte : node.end_byte]
        lead = len(text) - len(text.lstrip(b"$@rbfuLc#")) if text[:1] not in {b'"', b"`", b"'"} else 0
        body = text[lead:]
        mark = next((m for m in (b'"""', b'"', b"`", b"'") if body.startswith(m)), b"")
        start = node.start_byte + lead + len(mark)
        end = max(
            start, node.end_byte - (len(mark) if body.endswith(mark) else 0) - (lead if b"#" in text[:lead] else 0)
        )
        if b"#" in text[:lead]:
            hashes = text[:lead].count(b"#")
            end = max(start, node.end_byte - hashes - len(mark))
        pieces: list[Value] = []
        line, column = source.place(node)

        def plain(first: int, last: int) -> None:
            said = source.data[first:last].decode("utf-8", "surrogatepass")
            verbatim = raw or len(mark) == 3 or mark == b"`" or b"@" in text[:lead] or b"r" in text[:lead]  # noqa: PLR2004 - """
            pieces.append(Text(said if verbatim else unescaped(said), line, column))

        for child in node.named_children:
            if child.type in holes:
                plain(start, child.start_byte)
                start = child.end_byte
                inner = kids(child)
                expressions = [c for c in inner if not c.type.startswith("interpolation_")]
                pieces.append(reader.read(expressions[0]) if expressions else Unknown("nothing", line))
        plain(start, end)
        return reader.joined(pieces, node)

    return shape


def sequence(reader: Reader, node: Node) -> Value:
    """Read a list of expressions."""
    return Sequence(tuple(reader.read(c) for c in kids(node)))


def subscript(of: Part, key: Part) -> Shape:
    """Make the shape of ``of[key]``."""

    def shape(reader: Reader, node: Node) -> Value:
        owner, inner = part(node, of), part(node, key)
        if owner is None or inner is None:
            return reader.inside(node)
        while inner.type in _LISTS and kids(inner):
            inner = kids(inner)[0]
        value = reader.read(owner)
        return Item(value, reader.read(inner))

    return shape


_LISTS: Final = frozenset({"bracketed_argument_list", "argument"})


def binary(joins: frozenset[str] = frozenset({"+"}), chooses: frozenset[str] = frozenset()) -> Shape:
    """Make the shape of ``a + b`` and ``a ?? b``; a chain of left operands may be long, and costs no depth."""

    def shape(reader: Reader, node: Node) -> Value:
        operands: list[tuple[str, Node]] = []
        head = node
        while head.type == node.type:
            left, right = part(head, "left", 0), part(head, "right", -1)
            operator = part(head, "operator") or next((c for c in head.children if not c.is_named), None)
            if left is None or right is None or operator is None or left.id == right.id:
                break
            operands.append((operator.type, right))
            head = left
        sum_: list[Value] = [reader.inside(head) if head.type == node.type else reader.read(head)]
        line = reader.source.line(node)
        before = ""
        for operator_, right in reversed(operands):
            other = reader.read(right)
            if operator_ in joins | chooses and (operator_ == before or len(sum_) == 1):
                sum_.append(other)
            elif operator_ in joins | chooses:
                sum_ = [_operated(sum_, before in chooses, line), other]
            else:
                sum_ = [Unknown("a computed value", line)]
            before = operator_
        return _operated(sum_, before in chooses, line)

    return shape


def _operated(operands: list[Value], chooses: bool, line: int) -> Value:  # noqa: FBT001 - what the operator does
    """Return the *operands* of one operator as a value: one of them, or all joined."""
    if len(operands) == 1:
        return operands[0]
    return chosen(*operands) if chooses else joined(operands, line)


def choice(*parts: Part, condition: tuple[Part, ...] = ()) -> Shape:
    """Make the shape of one of several *parts*, by a *condition*."""

    def shape(reader: Reader, node: Node) -> Value:
        asked = part(node, *condition) if condition else None
        if asked is not None:
            reader.read(asked)
        found = [inner for p in parts if (inner := part(node, p)) is not None]
        return chosen(*(reader.read(inner) for inner in found)) if found else reader.inside(node)

    return shape


def branch(*arms: Part, condition: Part = "condition") -> Shape:
    """Make the shape of a branch: what it binds is bound in some cases. Its value is that of one of its *arms*."""

    def shape(reader: Reader, node: Node) -> Value:
        asked = part(node, condition)
        text = reader.source.text(asked) if asked is not None else ""
        fallback = asks_for_nothing(text)
        found = [inner for a in arms if (inner := part(node, a)) is not None]
        taken = {c.id for c in found}
        options: list[Value] = []
        for child in kids(node):
            inside = child.id in taken
            reader.conditional += 1
            if fallback and inside and child.id == found[0].id:
                reader.asked.append(text)
            value = reader.read(child)
            if fallback and inside and child.id == found[0].id:
                reader.asked.pop()
            reader.conditional -= 1
            if inside:
                options.append(value)
        kept = [o for o in options if not isinstance(o, Unknown)]
        return chosen(*kept) if kept else Unknown("a choice", reader.source.line(node))

    return shape


def cases(value: Part, arms: frozenset[str], bodies: Callable[[Node], Iterator[Node]]) -> Shape:
    """Make the shape of a ``switch``: its value is that of one of its arms, what *bodies* yields of it."""

    def shape(reader: Reader, node: Node) -> Value:
        asked = part(node, value)
        if asked is not None:
            reader.read(asked)
        options: list[Value] = []
        reader.conditional += 1
        stack = [c for c in kids(node) if asked is None or c.id != asked.id]
        for child in stack:
            for arm in [child] if child.type in arms else [c for c in kids(child) if c.type in arms]:
                last: Value | None = None
                for body in bodies(arm):
                    last = reader.read(body)
                if last is not None and not isinstance(last, Unknown):
                    options.append(last)
        reader.conditional -= 1
        return chosen(*options) if options else Unknown("a choice", reader.source.line(node))

    return shape


def loop(target: Part, of: Part, body: Part = "body") -> Shape:
    """Make the shape of ``for target in of``."""

    def shape(reader: Reader, node: Node) -> Value:
        reader.each_of(part(node, target), part(node, of), part(node, body))
        return Unknown("nothing", reader.source.line(node))

    return shape


def names_in(reader: Reader, node: Node) -> Iterator[str]:
    """Yield the plain names in a pattern."""
    stack = [node]
    while stack:
        head = stack.pop()
        if head.type == "identifier" or head.type in reader.language.names:
            yield reader.plain(head)
        else:
            types = {"type_identifier", "user_type", "predefined_type", "scoped_identifier"}
            named = head.child_by_field_name("type")
            stack += reversed([c for c in kids(head) if c.type not in types and (named is None or c.id != named.id)])


def declaration(target: tuple[Part, ...], value: tuple[Part, ...], type_: tuple[Part, ...] = ()) -> Shape:
    """Make the shape of ``type target = value``; what has no value yet is unknown, of its type."""

    def shape(reader: Reader, node: Node) -> Value:
        left, right = part(node, *target), part(node, *value)
        noted = reader.type(part(node, *type_)) if type_ else None
        if left is None:
            return reader.inside(node)
        found = list(names_in(reader, left)) or [reader.plain(left)]
        if right is not None and right.id == left.id:
            right = None
        line = reader.source.line(node)
        got: Value = reader.read(right) if right is not None else Unknown("a variable without a value", line)
        for number, name_ in enumerate(found):
            if right is None and reader.scopes[reader.scope].kind != "class" and noted is None:
                reader.scopes[reader.scope].declared.add(name_)
                continue
            one = got if len(found) == 1 or number == 0 else Unknown("an unpacked value", line)
            reader.declare(name_, one, node, noted)
        return Unknown("nothing", line)

    return shape


def assignment(left: Part = "left", right: Part = "right", operator: Part = "operator") -> Shape:
    """Make the shape of ``left = right``, and of ``left ??= right``."""

    def shape(reader: Reader, node: Node) -> Value:
        target, value = part(node, left), part(node, right)
        sign = part(node, operator)
        if target is None or value is None:
            return reader.inside(node)
        got = reader.read(value)
        if sign is None or sign.type == "=":
            reader.assign(target, got)
        elif sign.type == "??=":
            reader.conditional += 1
            reader.asked.append(reader.source.text(target)[:_LONGEST_TYPE])
            reader.assign(target, got)
            reader.asked.pop()
            reader.conditional -= 1
        else:
            reader.read(target)
        return got

    return shape


def returned(reader: Reader, node: Node) -> Value:
    """Read ``return value``."""
    for child in kids(node):
        reader.give(reader.read(child))
    return Unknown("nothing", reader.source.line(node))


def class_(
    *,
    names: tuple[Part, ...] = ("name",),
    bodies: tuple[Part, ...] = ("body",),
    bases: tuple[Part, ...] = (),
    parameters: tuple[Part, ...] = (),
    enum: bool = False,
    decorators: Callable[[Reader, Node], Iterator[Value]] | None = None,
) -> Shape:
    """Make the shape of a class, an enum, an object: a scope whose bindings are its members."""

    def shape(reader: Reader, node: Node) -> Value:
        found = part(node, *names)
        line = reader.source.line(node)
        above: list[Value] = []
        for child in (part(node, b) for b in bases):
            above += _bases(reader, child) if child is not None else ()
        if enum:
            above.append(Name("Enum", line))
        marks = tuple(decorators(reader, node)) if decorators is not None else ()
        back = reader.open_class(reader.plain(found) if found is not None else "Companion", line, tuple(above), marks)
        outside, reader.conditional = reader.conditional, 0
        formal = part(node, *parameters) if parameters else None
        if formal is not None:
            reader.function(node, "__init__", reader.language.parameters(reader, formal), (), method=True)
        for body in (part(node, b) for b in bodies):
            if body is not None:
                reader.each(body)
        reader.conditional = outside
        reader.scope = back
        return Unknown("nothing", line)

    return shape


def _bases(reader: Reader, node: Node) -> Iterator[Value]:
    """Yield the classes that *node* names; the arguments of one are read."""
    for child in kids(node):
        if child.type in {"type_list", "delegation_specifier", "constructor_invocation", "interface_type_list"}:
            yield from _bases(reader, child)
        elif child.type in {"value_arguments", "argument_list"}:
            for _ in reader.arguments(child):
                pass
        else:
            found = reader.type(child)
            if found is not None:
                yield found


def lambda_(parameters: tuple[Part, ...], body: tuple[Part, ...]) -> Shape:
    """Make the shape of a function without a name."""

    def shape(reader: Reader, node: Node) -> Value:
        line, column = reader.source.place(node)
        title = f"<function {line}:{column}>"
        formal, inner = part(node, *parameters), part(node, *body)
        plain = formal is not None and formal.type in reader.language.names
        raws = [Raw(reader.plain(formal), formal)] if formal is not None and plain else []
        if formal is not None and not plain:
            raws = list(reader.language.parameters(reader, formal))
        reader.function(node, title, raws, [inner] if inner is not None else [], gives=True)
        return Name(title, line)

    return shape
