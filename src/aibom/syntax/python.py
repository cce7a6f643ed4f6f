"""Python source: calls, bindings, imports and text."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from aibom.expressions import expression
from aibom.syntax import Binding, Branch, Code, Import, Parameter, Problem, Prose, Scope
from aibom.syntax._engine import DEEPEST, Source, parse, problems
from aibom.syntax.values import (
    APART,
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Formatted,
    Item,
    Mapping,
    Name,
    Sequence,
    Slice,
    Template,
    Test,
    Text,
    Unknown,
    Value,
    formatted,
    joined,
    percent,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

__all__ = ["joined", "read", "resolved"]

GRAMMAR: Final = "tree_sitter_python"

_SHAPES: Final = {
    "comparison_operator": "a comparison",
    "not_operator": "a comparison",
    "unary_operator": "a computed number",
    "binary_operator": "a computed value",
    "lambda": "a lambda",
    "await": "an awaited value",
    "ellipsis": "...",
    "list_comprehension": "a comprehension",
    "set_comprehension": "a comprehension",
    "dictionary_comprehension": "a comprehension",
    "generator_expression": "a generator",
}
_ESCAPE: Final = expression(
    r"""\\(?:(?P<plain>[\\'"abfnrtv])|(?P<line>\n)|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})"""
    r"""|U(?P<U>[0-9a-fA-F]{8})|(?P<octal>[0-7]{1,3})|N\{(?P<name>[^{}]*)\})"""
)
_PLAIN: Final = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_BRANCHES: Final = frozenset(
    {
        "if_statement",
        "for_statement",
        "while_statement",
        "match_statement",
        "except_clause",
        "elif_clause",
        "else_clause",
        "case_clause",
    }
)
_GUARDS: Final = expression(r"^(__name__\s*==|TYPE_CHECKING$|typing\.TYPE_CHECKING$|sys\.version_info)")

_MOST_ARMS: Final = 50
"""So many tests of the arms above one arm are remembered."""
_COMPARING: Final = {"==": True, "is": True, "in": True, "!=": False, "is not": False, "not in": False}
"""Operators that ask for one of some values, and those that ask for none of them."""
_ODD: Final = expression(
    r":=|\blambda\b|\b(?:for|await|yield)\b|__name__|\.(?:append|add|update|extend|insert|setdefault)\("
)
"""What binds names, or adds to what they hold."""
_LONGEST_TEST: Final = 300
_MOST_LEFT: Final = 1000
"""After so many branches of a file that return, it is not noted when what follows them runs."""

_QUOTES: Final = frozenset("'\"")
_DOTTED: Final = expression(r"[\w.]+")
_GROWING: Final = frozenset({"append", "appendleft", "add", "insert", "extend", "update", "setdefault"})
"""Methods that put something into what they are called on."""
_EMPTY: Final = expression(r"not\s+\(?(?P<not>[\w.]+)(?:\s*:=.*\))?$|(?P<none>[\w.]+)\s+(?:is|==)\s+None$")


def read(text: str, lines: tuple[int, ...] = ()) -> Code:
    r"""
    Return the facts of the Python source *text*.

    *lines* are the line numbers to give to its lines, where they are not 1, 2, 3, …: those of a notebook.

    >>> code = read("from openai import OpenAI as O\nc = O()\nc.responses.create(model='gpt-4o')")
    >>> [call.callee for call in code.every_call]
    ['openai.OpenAI', 'openai.OpenAI().responses.create']
    """
    text, deep = _shallow(text)
    text, comments = _without_long_comments(text, lines)
    reader = _Reader(parse(GRAMMAR, text, lines))
    reader.prose += comments
    reader.too_deep = deep
    reader.comments()
    reader.statements(reader.source.root)
    reader.placed()
    scopes = tuple(s.frozen() for s in reader.scopes)
    found = problems(reader.source)
    if reader.too_deep:
        found += (Problem("too-deep", f"expressions are nested more than {DEEPEST} deep", reader.too_deep),)
    code = Code(
        "python",
        scopes,
        tuple(reader.calls),
        tuple(reader.imports),
        tuple(reader.strings),
        tuple(sorted(reader.prose, key=lambda p: p.line)),
        found,
        branches=tuple(sorted(reader.branches, key=lambda b: (b.first, -b.last))),
    )
    return resolved(code)


_INDENTED: Final = expression(r"^ {96}|^(?= *\t)[ \t]{12}|^[ \t]*\\\n", re.MULTILINE)
"""A line that may be in so many blocks: each is a column deeper, and a tab is eight; or whose indent goes on below."""
_DEEPEST_BLOCK: Final = 100
"""Blocks that Python itself takes within each other (MAXINDENT of its tokenizer)."""
_COMMENTS: Final = expression(r"(?:^[ \t]*#[^\n]*\n){100,}", re.MULTILINE)


def _shallow(text: str) -> tuple[str, int]:
    """
    Return *text* without the lines in more blocks than Python takes, and the first of them; 0 when there is none.

    The grammar's scanner keeps the indents in a buffer of fixed size, and writes past its end (tree-sitter-python
    0.25).
    """
    if _INDENTED.search(text) is None:
        return text, 0
    indents = [0]
    lines = text.split("\n")
    first = carried = 0
    for number, line in enumerate(lines):
        body = line.lstrip(" \t\f")
        columns = carried + len(line[: len(line) - len(body)].expandtabs(8))
        carried = columns if body == "\\" else 0
        if not body or carried:
            continue
        while indents[-1] > columns:
            indents.pop()
        if indents[-1] < columns:
            indents.append(columns)
        if len(indents) > _DEEPEST_BLOCK:
            first = first or number + 1
            lines[number] = ""
    return "\n".join(lines), first


def _without_long_comments(text: str, lines: tuple[int, ...]) -> tuple[str, list[Prose]]:
    """
    Return *text* with long runs of comments blanked, and these comments.

    At each comment the grammar's scanner looks through all that follow (tree-sitter-python 0.25): 10,000 of them take
    half a minute.
    """
    prose: list[Prose] = []

    def blank(found: re.Match[str]) -> str:
        first = text.count("\n", 0, found.start()) + 1
        run = found[0].splitlines()
        for number, line in enumerate(run, first):
            place = lines[min(number, len(lines)) - 1] if lines else number
            prose.append(Prose(line.strip().lstrip("#! "), "comment", place))
        return "\n" * len(run)

    return _COMMENTS.sub(blank, text), prose


@define
class _Open:
    """A scope that is still being read."""

    kind: str
    name: str
    parent: int
    line: int
    parameters: tuple[Parameter, ...] = ()
    bases: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    decorators: tuple[Value, ...] = ()
    end: int = 0
    bindings: list[Binding] = field(factory=list)
    returns: list[Value] = field(factory=list)
    yields: list[Value] = field(factory=list)
    elsewhere: dict[str, int] = field(factory=dict)
    """The names that a ``global`` or ``nonlocal`` statement binds in another scope."""
    known: set[str] = field(factory=set)
    """The parameters, and the names that are bound so far."""

    def frozen(self) -> Scope:
        return Scope(
            self.kind,
            self.name,
            self.parent,
            self.line,
            self.parameters,
            self.bases,
            self.keywords,
            self.decorators,
            tuple(self.bindings),
            tuple(self.returns),
            tuple(self.yields),
            self.end,
        )


class _Reader:
    """Walks one tree and collects its facts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.scopes: list[_Open] = [_Open("module", "", -1, 1)]
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.strings: list[tuple[Text, int]] = []
        self.prose: list[Prose] = []
        self.branches: list[Branch] = []
        self.remaining = _MOST_LEFT
        self.too_deep = 0
        self.scope = 0
        self.depth = 0
        self.conditional = 0
        self.empty: list[str] = []
        self.renamed: dict[str, str] = {}
        """Variables of the comprehensions around that go by another name, to keep them apart from those outside."""
        """For each branch that is being read: the name of which it says that it has no value, or nothing."""

    # -- statements ------------------------------------------------------------------------------

    def statements(self, block: Node) -> None:
        """Read every statement of *block*."""
        if self._deep(block):
            return
        self.depth += 1
        for node in block.named_children:
            kind = node.type
            handler = _STATEMENTS.get(kind)
            if handler is not None:
                handler(self, node)
            else:
                self.other(node, kind)
                if kind == "if_statement":
                    self.left(node, block)
        self.depth -= 1

    def _deep(self, node: Node) -> bool:
        if self.depth <= DEEPEST:
            return False
        self.too_deep = self.too_deep or self.source.line(node)
        return True

    def statement(self, node: Node) -> None:
        kind = node.type
        handler = _STATEMENTS.get(kind)
        if handler is not None:
            handler(self, node)
        else:
            self.other(node, kind)

    def other(self, node: Node, kind: str) -> None:
        """Read a statement without names of its own: what is in it counts."""
        if kind in _BRANCHES:
            self.branch(node)
        elif kind in _EXPRESSIONS or kind in _SHAPES:
            self.value(node)
        else:
            self.statements(node)

    def branch(self, node: Node) -> None:
        condition = node.child_by_field_name("condition")
        guard = condition is not None and _GUARDS.match(self.source.text(condition)) is not None
        if node.type == "if_statement" and not guard:
            self.arms(node)
        elif node.type == "match_statement":
            self.cases(node)
        if node.type == "for_statement":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None:
                self.bind(left, Element(self.value(right)), None)
        empty = _EMPTY.match(self.source.text(condition)) if condition is not None else None
        self.empty.append(empty["not"] or empty["none"] if empty is not None else "")
        self.conditional += not guard
        skip = {n.id for n in (node.child_by_field_name("left"), node.child_by_field_name("right")) if n is not None}
        if not self._deep(node):
            self.depth += 1
            for child in node.named_children:
                if child.id not in skip:
                    self.statement(child)
            self.depth -= 1
        self.conditional -= not guard
        self.empty.pop()

    # -- which lines run -------------------------------------------------------------------------

    def arms(self, node: Node) -> None:
        """Note when each arm of an ``if`` runs: when its own test holds, and no test before it."""
        before: list[Test] = []
        for arm in (node, *node.children_by_field_name("alternative")):
            condition = arm.child_by_field_name("condition")
            body = arm.child_by_field_name("body" if arm.type == "else_clause" else "consequence")
            tests = self.tests(condition, holds=True) if condition is not None else []
            if body is not None:
                self.note(body, body, [*before, *tests])
            if condition is not None and len(before) < _MOST_ARMS:  # Each arm has the tests of all before it.
                before += self.tests(condition, holds=False)

    def cases(self, node: Node) -> None:
        """Note when each ``case`` of a ``match`` on a name runs."""
        subject, body = node.child_by_field_name("subject"), node.child_by_field_name("body")
        of = self.peek(subject) if subject is not None else None
        if of is None or body is None:
            return
        before: list[Value] = []
        for case in body.named_children:
            block = case.child_by_field_name("consequence")
            patterns = [c for c in case.named_children if c.type == "case_pattern"]
            text = self.source.text(patterns[0]) if len(patterns) == 1 else ""
            if block is None or not text:
                continue
            values = [v for n in _literals(patterns[0]) if (v := self.peek(n)) is not None]
            if text == "_" or text.isidentifier():
                self.note(block, block, [Test(of, tuple(before), holds=False)] if before else [])
            elif values and case.child_by_field_name("guard") is None:
                self.note(block, block, [Test(of, tuple(values), holds=True)])
                before += values

    def left(self, node: Node, block: Node) -> None:
        """Note when what follows the ``if`` *node* in *block* runs, where all of its arms return."""
        following = node.next_named_sibling
        arms = (node, *node.children_by_field_name("alternative"))
        if following is None or not self.remaining:
            return
        tests: list[Test] = []
        for arm in arms:
            condition, body = arm.child_by_field_name("condition"), arm.child_by_field_name("consequence")
            within = [c.type for c in body.named_children if c.type != "comment"] if body is not None else []
            if condition is None or within[-1:] != ["return_statement"]:
                return
            tests += self.tests(condition, holds=False)
        self.remaining -= 1
        self.note(following, block, tests, rest=True)

    def note(self, first: Node, last: Node, tests: list[Test], *, rest: bool = False) -> None:
        """Note that the lines from *first* to the end of *last* run when all of *tests* come out as told."""
        start, end = self.source.line(first), self.source.last_line(last)
        self.branches += [Branch(start, end, self.scope, t.subject, t.values, t.holds, rest) for t in tests]

    def tests(self, node: Node, *, holds: bool) -> list[Test]:
        """Return what must be true of names for *node* to come out as *holds*; what else must be is left out."""
        operands = [c for c in node.named_children if c.type != "comment"]
        match node.type:
            case "parenthesized_expression" if len(operands) == 1:
                return self.tests(operands[0], holds=holds)
            case "not_operator" if len(operands) == 1:
                return self.tests(operands[0], holds=not holds)
            case "boolean_operator" if len(operands) == 2:  # noqa: PLR2004 - left and right
                operator = node.child_by_field_name("operator")
                together = operator is not None and (operator.type == "and") == holds
                return [t for o in operands for t in self.tests(o, holds=holds)] if together else []
            case "comparison_operator" if len(operands) == 2:  # noqa: PLR2004 - left and right
                operator_ = node.children_by_field_name("operators")[0].type
                return self.compared(operands[0], operator_, operands[1], holds=holds)
            case "identifier" | "attribute" | "call" | "subscript":
                of = self.peek(node)
                return [Test(of, (), holds)] if of is not None else []
            case _:
                return []

    def compared(self, left: Node, operator: str, right: Node, *, holds: bool) -> list[Test]:
        """Return what must be true for ``left operator right`` to come out as *holds*."""
        same = _COMPARING.get(operator)
        if same is None:
            return []
        if left.type in {"string", "none"} and "in" not in operator.split():
            left, right = right, left
        of, value = self.peek(left), self.peek(right)
        if of is None or value is None or not isinstance(of, Name | Attribute | Call | Item):
            return []
        if "in" in operator.split():
            if isinstance(value, Name | Attribute):
                return [Test(of, (Element(value),), same == holds)]
            known = isinstance(value, Sequence) and all(isinstance(i, Text | Const) for i in value.items)
            return [Test(of, value.items, same == holds)] if isinstance(value, Sequence) and known else []
        return [Test(of, (value,), same == holds)]

    def peek(self, node: Node) -> Value | None:
        """Return *node* as a value without taking note of what is in it, which is read elsewhere; None of the odd."""
        if _ODD.search(text := self.source.text(node)) or len(text) > _LONGEST_TEST or self._deep(node):
            return None
        if node.type == "dotted_name":
            root, *rest = text.split(".")
            of: Value = Name(root, self.source.line(node))
            for name in rest:
                of = Attribute(of, name)
            return of
        calls, strings, scopes = len(self.calls), len(self.strings), len(self.scopes)
        value = self.value(node)
        del self.calls[calls:], self.strings[strings:], self.scopes[scopes:]
        return value

    # -- statements without branches -------------------------------------------------------------

    def expression_statement(self, node: Node) -> None:
        children = node.named_children
        if len(children) == 1 and children[0].type in {"string", "concatenated_string"}:
            self.docstring(children[0])
            return
        for child in children:
            self.statement(child)

    def docstring(self, node: Node) -> None:
        value = self.value(node, keep_strings=False)
        if isinstance(value, Text):
            self.prose.append(Prose(value.value, "docstring", value.line))

    def comments(self) -> None:
        """Take note of every comment; the grammar hangs them anywhere, so walking the statements would miss some."""
        for node in self.source.every("comment"):
            self.prose.append(Prose(self.source.text(node).lstrip("#! "), "comment", self.source.line(node)))

    def assignment(self, node: Node) -> None:
        left, right, annotation = (node.child_by_field_name(f) for f in ("left", "right", "type"))
        noted = self.value(annotation) if annotation is not None else None
        if left is None:
            return
        if right is None:
            value: Value = Unknown("declared without a value", self.source.line(node))
        elif right.type == "assignment":
            value = self.assignment_chain(right)
        else:
            value = self.value(right)
        self.bind(left, value, noted)

    def assignment_chain(self, node: Node) -> Value:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or self._deep(node):
            return Unknown("an assignment", self.source.line(node))
        self.depth += 1
        value = self.assignment_chain(right) if right.type == "assignment" else self.value(right)
        self.depth -= 1
        self.bind(left, value, None)
        return value

    def type_alias(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        value = self.value(right)
        named = left.named_children[0] if left.named_children else left
        if named.type == "generic_type":
            named = named.named_children[0]
        if named.type == "identifier":
            self.bind(named, value, None)
        else:  # The grammar takes ``type(x).y = z`` for an alias.
            self.value(named)

    def augmented(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        operator = node.child_by_field_name("operator")
        value = self.value(right)
        match value, operator.type if operator is not None else "":
            case ((Mapping() | Sequence()), "+=" | "|="):
                self.grow(left, value)
            case ((Name() | Attribute() | Call()), "|="):
                self.grow(left, Mapping(((None, value),)))
            case ((Name() | Attribute() | Call() | Text() | Template() | Item() | Choice()), "+=") if left.type in {
                "identifier",
                "attribute",
            }:
                self.bind(left, joined([self.value(left), value], self.source.line(node)), None)
            case _:
                self.value(left)

    def bind(self, target: Node, value: Value, annotation: Value | None) -> None:
        """Bind what the pattern *target* names to *value*."""
        kind = target.type
        if kind == "identifier":
            name = self.source.text(target)
            self.add(self.scope, self.renamed.get(name, name), value, target, annotation)
        elif kind == "tuple_pattern" and target.child_count == 3 and target.named_child_count == 1:  # noqa: PLR2004 - (a)
            self.bind(target.named_children[0], value, annotation)
        elif kind in {"pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list"}:
            self.bind_each([c for c in target.named_children if c.type != "comment"], value)
        elif kind == "attribute":
            self.bind_attribute(target, value, annotation)
        elif kind == "subscript":
            self.grow(target, value)
        else:
            self.value(target)

    def grow(self, target: Node, value: Value) -> None:
        """Note that *value* is added to what *target* names; an element of it becomes *value*."""
        kind = target.type
        if kind == "subscript":
            of, keys = target.child_by_field_name("value"), target.children_by_field_name("subscript")
            if of is not None and keys:
                self.grow(of, Mapping(((self.key(keys), value),)))
        elif kind == "identifier":
            self.add(self.scope, self.source.text(target), value, target, None, "item")
        elif kind == "attribute":
            self.bind_attribute(target, value, None, "item")
        else:
            self.value(target)

    def bind_each(self, targets: list[Node], value: Value) -> None:
        """Unpack *value* into *targets*, one of which may have a star."""
        count = len(targets)
        star = next((n for n, t in enumerate(targets) if t.type in {"list_splat_pattern", "list_splat"}), count)
        for index, target in enumerate(targets):
            if index < star:
                self.bind(target, _item(value, index), None)
            elif index > star:
                self.bind(target, _item(value, index - count), None)
            else:
                for inner in target.named_children:
                    self.bind(inner, _rest(value, index, count - index - 1), None)

    def bind_attribute(self, target: Node, value: Value, annotation: Value | None, grows: str = "") -> None:
        if not self.add_attribute(self.source.text(target), value, target, annotation, grows):
            self.value(target)

    def add_attribute(self, dotted: str, value: Value, node: Node, annotation: Value | None, grows: str = "") -> bool:
        """Bind the attribute *dotted*, that of ``self`` in its class; False when it is none."""
        root, _, rest = dotted.partition(".")
        if _DOTTED.fullmatch(dotted) is None:
            return False
        owner = self.owner() if root in {"self", "cls"} else None
        if owner is not None:
            self.add(owner, rest, value, node, annotation, grows)
        else:
            self.add(self.scope, dotted, value, node, annotation, grows)
        return True

    def owner(self) -> int | None:
        """Return the class whose method is being read."""
        index = self.scope
        while index > 0:
            if self.scopes[index].kind == "class":
                return index
            index = self.scopes[index].parent
        return None

    def add(self, scope: int, name: str, value: Value, node: Node, annotation: Value | None, grows: str = "") -> None:
        line = self.source.line(node)
        scope = self.scopes[scope].elsewhere.get(name, scope)
        fallback = bool(self.empty) and self.empty[-1].removeprefix("self.") == name
        self.scopes[scope].bindings.append(
            Binding(name, value, line, self.scope, self.conditional > 0, annotation, fallback, grows)
        )
        self.scopes[scope].known.add(name)

    def global_statement(self, node: Node) -> None:
        """Note that what this function binds to these names is bound in the module."""
        self.scopes[self.scope].elsewhere.update((self.source.text(child), 0) for child in node.named_children)

    def nonlocal_statement(self, node: Node) -> None:
        """Note that what this function binds to these names is bound in the function around it."""
        outer = self.scopes[self.scope].parent
        while outer > 0 and self.scopes[outer].kind == "class":
            outer = self.scopes[outer].parent
        around = self.scopes[max(outer, 0)].elsewhere
        names = [self.source.text(child) for child in node.named_children]
        self.scopes[self.scope].elsewhere.update((name, around.get(name, max(outer, 0))) for name in names)

    def placed(self) -> None:
        """Move what is added to a name to the scope that has it: a function may fill a dict of its module."""
        for index, scope in enumerate(self.scopes):
            if not any(b.grows for b in scope.bindings):
                continue
            own = {b.name.partition(".")[0] for b in scope.bindings if not b.grows} | {p.name for p in scope.parameters}
            kept = []
            for binding in scope.bindings:
                root = binding.name.partition(".")[0]
                home = None if not binding.grows or root in own or scope.kind == "class" else self.home(index, root)
                if home is None:
                    kept.append(binding)
                else:
                    self.scopes[home].bindings.append(binding)
            scope.bindings[:] = kept

    def home(self, index: int, name: str) -> int | None:
        """Return the scope around the scope *index* that binds *name*."""
        index = self.scopes[index].parent
        while index >= 0:
            scope = self.scopes[index]
            if scope.kind != "class" and (
                any(b.name == name and not b.grows for b in scope.bindings)
                or any(p.name == name for p in scope.parameters)
            ):
                return index
            index = scope.parent
        return None

    def returned(self, node: Node) -> None:
        for child in node.named_children:
            self.scopes[self.scope].returns.append(self.value(child))

    def with_statement(self, node: Node) -> None:
        for child in node.named_children:
            if child.type != "with_clause":
                self.statement(child)
                continue
            for item in child.named_children:
                value = item.child_by_field_name("value")
                if value is None:
                    continue
                if value.type == "as_pattern":
                    inner, alias = value.named_children[0], value.child_by_field_name("alias")
                    read = self.value(inner)
                    for name in alias.named_children if alias is not None else ():
                        self.bind(name, read, None)
                else:
                    self.value(value)

    def import_statement(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "dotted_name":
                root = self.source.text(child).split(".")[0]
                self.imports.append(Import(root, root, self.source.line(child), self.scope))
                full = self.source.text(child)
                if full != root:
                    self.imports.append(Import(full, full, self.source.line(child), self.scope))
            elif child.type == "aliased_import":
                self.aliased("", child)

    def import_from(self, node: Node) -> None:
        module = node.child_by_field_name("module_name")
        if module is None:
            return
        prefix = self.source.text(module).replace(" ", "")
        prefix += "" if prefix.endswith(".") else "."
        for child in node.named_children:
            if child.id == module.id:
                continue
            line = self.source.line(child)
            if child.type == "dotted_name":
                name = self.source.text(child)
                self.imports.append(Import(prefix + name, name, line, self.scope))
            elif child.type == "aliased_import":
                self.aliased(prefix, child)
            elif child.type == "wildcard_import":
                self.imports.append(Import(prefix + "*", "*", line, self.scope))

    def aliased(self, prefix: str, node: Node) -> None:
        name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
        if name is not None and alias is not None:
            line = self.source.line(node)
            self.imports.append(Import(prefix + self.source.text(name), self.source.text(alias), line, self.scope))

    def function(self, node: Node, decorators: tuple[Value, ...] = ()) -> None:
        name, parameters, body = (node.child_by_field_name(f) for f in ("name", "parameters", "body"))
        gives = node.child_by_field_name("return_type")
        if gives is not None:
            self.value(gives)
        read = tuple(self.parameters(parameters)) if parameters is not None else ()
        self.enter(
            "function", self.source.text(name) if name is not None else "", node, parameters=read, decorators=decorators
        )
        if body is not None:
            self.body(body)
        self.leave()

    def body(self, node: Node) -> None:
        outside, self.conditional = self.conditional, 0
        self.statements(node)
        self.conditional = outside

    def class_(self, node: Node, decorators: tuple[Value, ...] = ()) -> None:
        name, supers, body = (node.child_by_field_name(f) for f in ("name", "superclasses", "body"))
        bases, keywords = self.arguments(supers) if supers is not None else ((), ())
        self.enter("class", self.source.text(name) if name is not None else "", node, decorators=decorators)
        self.scopes[self.scope].bases, self.scopes[self.scope].keywords = bases, keywords
        if body is not None:
            self.body(body)
        self.leave()

    def decorated(self, node: Node) -> None:
        decorators = tuple(
            self.value(child)
            for d in node.named_children
            if d.type == "decorator"
            for child in d.named_children
            if child.type != "comment"
        )
        inner = node.child_by_field_name("definition")
        if inner is not None and inner.type == "function_definition":
            self.function(inner, decorators)
        elif inner is not None:
            self.class_(inner, decorators)

    def enter(
        self,
        kind: str,
        name: str,
        node: Node,
        *,
        parameters: tuple[Parameter, ...] = (),
        decorators: tuple[Value, ...] = (),
    ) -> None:
        outer = self.scopes[self.scope]
        qualified = f"{outer.name}.{name}" if outer.name else name
        self.scopes.append(
            _Open(
                kind,
                qualified,
                self.scope,
                self.source.line(node),
                parameters,
                decorators=decorators,
                end=self.source.last_line(node),
            )
        )
        self.scope = len(self.scopes) - 1
        self.scopes[-1].known.update(p.name for p in parameters)

    def leave(self) -> None:
        self.scope = self.scopes[self.scope].parent

    def parameters(self, node: Node) -> Iterator[Parameter]:
        kind = "normal"
        for child in node.named_children:
            match child.type:
                case "identifier":
                    yield Parameter(self.source.text(child), None, None, self.source.line(child), kind)
                case "default_parameter" | "typed_default_parameter":
                    name, value, noted = (child.child_by_field_name(f) for f in ("name", "value", "type"))
                    if name is not None and value is not None:
                        default = self.value(value)
                        annotation = self.value(noted) if noted is not None else None
                        yield Parameter(self.source.text(name), default, annotation, self.source.line(name), kind)
                case "typed_parameter":
                    inner, noted = child.named_children[0], child.child_by_field_name("type")
                    annotation = self.value(noted) if noted is not None else None
                    name_text = self.source.text(inner)
                    star = {"list_splat_pattern": "*", "dictionary_splat_pattern": "**"}.get(inner.type, kind)
                    kind = "keyword-only" if star == "*" else kind
                    yield Parameter(name_text.lstrip("*"), None, annotation, self.source.line(child), star)
                case "list_splat_pattern":
                    kind = "keyword-only"
                    yield Parameter(self.source.text(child).lstrip("*"), None, None, self.source.line(child), "*")
                case "dictionary_splat_pattern":
                    yield Parameter(self.source.text(child).lstrip("*"), None, None, self.source.line(child), "**")
                case "keyword_separator":
                    kind = "keyword-only"
                case _:
                    pass

    # -- expressions -----------------------------------------------------------------------------

    def value(self, node: Node, *, keep_strings: bool = True) -> Value:
        """Return the expression *node* as a value, and collect the calls in it."""
        kind = node.type
        if kind == "identifier":
            name = self.source.text(node)
            return Name(self.renamed.get(name, name) if self.renamed else name, self.source.line(node))
        if self.depth > DEEPEST and self._deep(node):
            return Unknown("an expression nested too deep", self.source.line(node))
        self.depth += 1
        if kind == "string" or kind == "concatenated_string":  # noqa: PLR1714 - half a microsecond, a million times
            value = self.string(node) if kind == "string" else self.concatenated(node)
            if keep_strings and isinstance(value, Text):
                self.strings.append((value, self.scope))
        else:
            handler = _EXPRESSIONS.get(kind)
            value = handler(self, node) if handler is not None else self.unknown(node)
        self.depth -= 1
        return value

    def unknown(self, node: Node) -> Value:
        """Read what is inside *node*, which as a whole is not followed."""
        for child in node.named_children:
            self.value(child)
        return Unknown(_SHAPES.get(node.type, "an expression"), self.source.line(node))

    def string(self, node: Node) -> Value:
        line, column = self.source.place(node)
        raw = self.source.text(node)
        quote = raw[:1]
        if quote in _QUOTES and "\\" not in raw and raw[1:3] != quote * 2 and raw[-1:] == quote and len(raw) > 1:
            return Text(raw[1:-1], line, column)  # The most are so plain that their parts need not be looked at.
        children = node.children
        opening = self.source.text(children[0]) if children else ""
        prefix = opening.rstrip("'\"").lower()
        pieces: list[Value] = []
        end = children[0].end_byte if children else node.start_byte
        for child in children[1:]:  # The last is the closing quote; the grammar adds to it what a raw string has of \\.
            if child.type not in {"interpolation", "string_end"}:
                continue
            stop = child.start_byte if child.type == "interpolation" else child.end_byte - len(opening) + len(prefix)
            raw = self.source.between(end, stop)
            end = child.end_byte
            if raw:
                pieces.append(Text(_literal(raw, prefix), line, column))
            if child.type == "interpolation":
                pieces.append(self.interpolated(child))
        if "b" in prefix:
            return Unknown("bytes", line)
        if all(isinstance(p, Text) for p in pieces) and len(pieces) < 2:  # noqa: PLR2004 - no more than one piece
            return pieces[0] if pieces else Text("", line, column)
        return Template(tuple(pieces), line)

    def interpolated(self, node: Node) -> Value:
        """Read ``{expression:format}``; a format may have expressions of its own."""
        inner, form = node.child_by_field_name("expression"), node.child_by_field_name("format_specifier")
        if form is not None:
            self.unknown(form)
        return self.value(inner) if inner is not None else Unknown("an f-string", self.source.line(node))

    def concatenated(self, node: Node) -> Value:
        inner = [self.string(c) for c in node.named_children if c.type == "string"]
        return joined(inner, self.source.line(node))

    def call(self, node: Node) -> Value:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        line, column = self.source.place(node)
        column += self.starred(node)
        if function is None or arguments is None:
            return self.unknown(node)
        if function.type == "attribute":  # Chains of calls in fluent code are long: they cost no depth.
            self.depth -= 1
        of = self.value(function)
        self.depth += function.type == "attribute"
        positional, keywords = self.arguments(arguments)
        call = Call("", of, positional, keywords, line, column, self.scope)
        self.calls.append(call)
        if not isinstance(of, Name | Attribute):
            return call
        if of.name == "format" and isinstance(of, Attribute) and isinstance(of.of, Text):
            return formatted(of.of, call)
        if of.name in _GROWING and isinstance(of, Attribute):
            self.grown(of.of, call, of.name, function)
        elif of.name == "setattr" and isinstance(of, Name):
            self.attribute_set(call, node)
        elif of.name == "save_hyperparameters":
            self.saved(call, node)
        return call

    def saved(self, call: Call, node: Node) -> None:
        """Note that Lightning keeps arguments of the method as ``self.hparams.name``: all, or those that are named."""
        named = {a.value for a in call.arguments if isinstance(a, Text)}
        for parameter in self.scopes[self.scope].parameters[1:]:
            if not named or parameter.name in named:
                self.add_attribute(f"self.hparams.{parameter.name}", Name(parameter.name, call.line), node, None)

    def grown(self, target: Value, call: Call, how: str, function: Node) -> None:
        """Note what the method *how* of a list, a set or a dict puts into *target*."""
        given = call.arguments
        entry: Value | None = None
        if how == "update":
            pairs: list[tuple[Value | None, Value]] = [(None, a) for a in given[:1]]
            pairs += [(Text(k, call.line, 0) if k != "**" else None, v) for k, v in call.keywords if k != "*"]
            entry = Mapping(tuple(pairs)) if pairs else None
        elif how == "setdefault" and len(given) == 2:  # noqa: PLR2004 - a key and its value
            entry = Mapping((given,))
        elif how == "extend" and given:
            entry = Sequence((Element(given[0]),))
        elif how in {"append", "appendleft", "add", "insert"} and given:
            entry = Sequence(given[-1:])
        while entry is not None:
            match target:
                case Item(of=of, key=key) | Call(function=Attribute(of=of, name="setdefault"), arguments=(key, _)):
                    target, entry = of, Mapping(((key, entry),))
                case _:
                    break
        if isinstance(target, Name | Attribute) and entry is not None:
            self.add_attribute(shown(target), entry, function, None, "call")

    def attribute_set(self, call: Call, node: Node) -> None:
        """Read ``setattr(object, "name", value)`` as an assignment."""
        match call.arguments:
            case (Name() | Attribute()) as of, Text(value=name), value if name.isidentifier():
                self.add_attribute(f"{shown(of)}.{name}", value, node, None)
            case _:
                pass

    def arguments(self, node: Node) -> tuple[tuple[Value, ...], tuple[tuple[str, Value], ...]]:
        positional: list[Value] = []
        keywords: list[tuple[str, Value]] = []
        starred = False
        if node.type != "argument_list":
            return (self.value(node),), ()
        for child in node.named_children:
            match child.type:
                case "keyword_argument":
                    name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                    if name is not None and value is not None:
                        keywords.append((self.source.text(name), self.value(value)))
                case "dictionary_splat":
                    keywords += [("**", self.value(c)) for c in child.named_children]
                case "list_splat":
                    unpacked = [("*", self.value(c)) for c in child.named_children]
                    keywords += unpacked if not starred else []
                    starred = True
                case "comment":
                    pass
                case _:
                    value_ = self.value(child)
                    if not starred:
                        positional.append(value_)
        return tuple(positional), tuple(keywords)

    def attribute(self, node: Node) -> Value:
        of, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if of is None or name is None:
            return self.unknown(node)
        return Attribute(self.value(of), self.source.text(name))

    def subscript(self, node: Node) -> Value:
        of, keys = node.child_by_field_name("value"), node.children_by_field_name("subscript")
        if of is None or not keys:
            return self.unknown(node)
        return Item(self.value(of), self.key(keys))

    def key(self, nodes: list[Node]) -> Value:
        """Read what stands between the brackets of a subscript: a value, or a tuple of several."""
        return self.value(nodes[0]) if len(nodes) == 1 else self.elements(nodes)

    def dictionary(self, node: Node) -> Value:
        items: list[tuple[Value | None, Value]] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    items.append((self.value(key), self.value(value)))
            elif child.type == "dictionary_splat":
                items += [(None, self.value(c)) for c in child.named_children]
        return Mapping(tuple(items))

    def sequence(self, node: Node) -> Value:
        return self.elements(node.named_children)

    def elements(self, nodes: list[Node]) -> Sequence:
        """Read the elements of a list, a tuple or a set; of ``*other`` one element stands for all."""
        items: list[Value] = []
        for node in nodes:
            if node.type != "comment":
                value = self.value(node)
                items.append(Element(value) if self.starred(node) else value)
        return Sequence(tuple(items))

    def starred(self, node: Node) -> bool:
        """Tell whether *node* begins with a star. In a list the grammar binds it tightest: ``(*a).b()``."""
        return self.source.data.startswith(b"*", node.start_byte)

    def parenthesized(self, node: Node) -> Value:
        inner: Value = Unknown("an expression", self.source.line(node))
        for child in node.named_children:
            if child.type != "comment":
                inner = self.value(child)
        return inner

    def boolean(self, node: Node) -> Value:
        left, right, operator = (node.child_by_field_name(f) for f in ("left", "right", "operator"))
        if left is None or right is None or operator is None:
            return self.unknown(node)
        options = self.value(left), self.value(right)
        if operator.type != "or":
            return options[1]
        return Choice(tuple(o for v in options for o in (v.options if isinstance(v, Choice) else (v,))))

    def conditional_expression(self, node: Node) -> Value:
        inner = [c for c in node.named_children if c.type != "comment"]
        values = [self.value(c) for c in inner]
        if len(values) != 3:  # noqa: PLR2004 - a if b else c
            return Unknown("a condition", self.source.line(node))
        tests = (tuple(self.tests(inner[1], holds=holds)) for holds in (True, False))
        return Choice((values[0], values[-1]), *tests)

    def binary(self, node: Node) -> Value:
        """Read ``a + b + c``; the chain of its left operands may be long, and costs no depth."""
        operands: list[tuple[str, Node]] = []
        first = node
        while first.type == "binary_operator":
            left, right, operator = (first.child_by_field_name(f) for f in ("left", "right", "operator"))
            if left is None or right is None or operator is None:
                break
            operands.append((operator.type, right))
            first = left
        value = self.unknown(first) if first.type == "binary_operator" else self.value(first)
        line = self.source.line(node)
        pieces: list[Value] = []
        for operator_, right in reversed(operands):
            other = self.value(right)
            if operator_ == "+" and not isinstance(other, Sequence):
                pieces = pieces or [value]
                pieces.append(other)
                continue
            value = joined(pieces, line) if pieces else value
            pieces = []
            value = _operated(operator_, value, other, line)
        return joined(pieces, line) if pieces else value

    def named(self, node: Node) -> Value:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None:
            return self.unknown(node)
        read = self.value(value)
        self.bind(name, read, None)
        return read

    def awaited(self, node: Node) -> Value:
        children = node.named_children
        return self.value(children[-1]) if children else self.unknown(node)

    def yielded(self, node: Node) -> Value:
        for child in node.named_children:
            value = self.value(child)
            whole = node.children[1].type == "from"
            self.scopes[self.scope].yields.append(Element(value) if whole else value)
        return Unknown("a yielded value", self.source.line(node))

    def slice_(self, node: Node) -> Value:
        parts: list[Value | None] = [None]
        for child in node.children:
            if child.type == ":":
                parts.append(None)
            elif child.is_named:
                parts[-1] = self.value(child)
        return Slice(*parts[:3]) if len(parts) > 1 else Unknown("a slice", self.source.line(node))

    def lambda_(self, node: Node) -> Value:
        parameters, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        read = tuple(self.parameters(parameters)) if parameters is not None else ()
        line = self.source.line(node)
        self.enter("lambda", f"<lambda {line}:{node.start_point[1] + 1}>", node, parameters=read)
        name = self.scopes[self.scope].name.rpartition(".")[2]
        renamed, self.renamed = self.renamed, {k: v for k, v in self.renamed.items() if k not in {p.name for p in read}}
        if body is not None:
            self.scopes[self.scope].returns.append(self.value(body))
        self.renamed = renamed
        self.leave()
        return Name(name, line)

    def comprehension(self, node: Node) -> Value:
        renamed = self.renamed
        try:
            return self._comprehension(node)
        finally:
            self.renamed = renamed

    def _comprehension(self, node: Node) -> Value:
        for child in node.named_children:
            if child.type == "for_in_clause":
                left, right = child.child_by_field_name("left"), child.child_by_field_name("right")
                if left is not None and right is not None:
                    element = Element(self.value(right))
                    self.renamed = self.renamed | self._apart(left)
                    self.bind(left, element, None)
            elif child.type == "if_clause":
                self.unknown(child)
        body = node.child_by_field_name("body")
        if body is None:
            return self.unknown(node)
        if body.type != "pair":
            return Sequence((self.value(body),))
        key, value = body.child_by_field_name("key"), body.child_by_field_name("value")
        if key is None or value is None:
            return self.unknown(body)
        return Mapping(((self.value(key), self.value(value)),))

    def _apart(self, pattern: Node) -> dict[str, str]:
        """Return other names for the variables in *pattern* of a comprehension that names around it are called, too."""
        names = [self.source.text(n) for n in (pattern, *pattern.named_children) if n.type == "identifier"]
        return {name: f"{name}{APART}" for name in names if self._is_bound(name)}

    def _is_bound(self, name: str) -> bool:
        scope = self.scope
        while scope >= 0:
            if name in self.scopes[scope].known:
                return True
            scope = self.scopes[scope].parent
        return False

    def constant(self, node: Node) -> Value:
        match node.type:
            case "true":
                return Const(value=True)
            case "false":
                return Const(value=False)
            case "none":
                return Const(None)
            case _:
                return Const(_number(self.source.text(node)))

    def unary(self, node: Node) -> Value:
        """Read ``-1``; what another operator makes of a value is not followed."""
        operand = node.child_by_field_name("argument")
        value = self.value(operand) if operand is not None else None
        if node.children[0].type == "-" and isinstance(value, Const) and type(value.value) in {int, float}:
            return Const(-(value.value or 0))
        return Unknown(_SHAPES[node.type], self.source.line(node))

    def typed(self, node: Node) -> Value:
        children = [c for c in node.named_children if c.type != "comment"]
        return self.value(children[0]) if len(children) == 1 else self.unknown(node)

    def generic_type(self, node: Node) -> Value:
        if len(node.named_children) != 2:  # noqa: PLR2004 - a name, and what stands between its brackets
            return self.unknown(node)
        of, between = node.named_children
        return Item(self.value(of), self.key([c for c in between.named_children if c.type != "comment"]))


_STATEMENTS: Final[dict[str, Callable[[_Reader, Node], object]]] = {
    "expression_statement": _Reader.expression_statement,
    "comment": lambda _self, _node: None,
    "assignment": _Reader.assignment,
    "augmented_assignment": _Reader.augmented,
    "return_statement": _Reader.returned,
    "import_statement": _Reader.import_statement,
    "import_from_statement": _Reader.import_from,
    "function_definition": _Reader.function,
    "class_definition": _Reader.class_,
    "decorated_definition": _Reader.decorated,
    "with_statement": _Reader.with_statement,
    "type_alias_statement": _Reader.type_alias,
    "global_statement": _Reader.global_statement,
    "nonlocal_statement": _Reader.nonlocal_statement,
    "identifier": lambda _self, _node: None,
}
_EXPRESSIONS: Final[dict[str, Callable[[_Reader, Node], Value]]] = {
    "string": lambda self, node: self.value(node),
    "concatenated_string": lambda self, node: self.value(node),
    "call": _Reader.call,
    "attribute": _Reader.attribute,
    "subscript": _Reader.subscript,
    "dictionary": _Reader.dictionary,
    "list": _Reader.sequence,
    "tuple": _Reader.sequence,
    "set": _Reader.sequence,
    "expression_list": _Reader.sequence,
    "parenthesized_expression": _Reader.parenthesized,
    "list_splat": _Reader.parenthesized,
    "boolean_operator": _Reader.boolean,
    "conditional_expression": _Reader.conditional_expression,
    "binary_operator": _Reader.binary,
    "named_expression": _Reader.named,
    "await": _Reader.awaited,
    "yield": _Reader.yielded,
    "slice": _Reader.slice_,
    "lambda": _Reader.lambda_,
    "list_comprehension": _Reader.comprehension,
    "set_comprehension": _Reader.comprehension,
    "dictionary_comprehension": _Reader.comprehension,
    "generator_expression": _Reader.comprehension,
    "true": _Reader.constant,
    "false": _Reader.constant,
    "none": _Reader.constant,
    "integer": _Reader.constant,
    "unary_operator": _Reader.unary,
    "float": _Reader.constant,
    "type": _Reader.typed,
    "generic_type": _Reader.generic_type,
    "type_parameter": _Reader.sequence,
}


def _literals(pattern: Node) -> list[Node]:
    """Return the literals and dotted names that a ``case`` compares with; none when it does anything else."""
    found = []
    for node in pattern.named_children:
        if node.type == "union_pattern":
            found += node.named_children
        else:
            found.append(node)
    plain = {"string", "integer", "none", "true", "false", "dotted_name"}
    return found if all(n.type in plain for n in found) else []


def _literal(raw: str, prefix: str) -> str:
    """Return what the source text *raw* of a string stands for, given the letters before its quote."""
    if "f" in prefix:
        raw = raw.replace("{{", "{").replace("}}", "}")
    return raw if "r" in prefix or "\\" not in raw else _unescape(raw)


def _unescape(raw: str) -> str:
    r"""
    Return what the escapes in a string literal stand for; odd ones stay as they are, as in Python.

    >>> _unescape(r"a\x41\n") == "aA" + chr(10)
    True
    """

    def character(match: re.Match[str]) -> str:
        kind = match.lastgroup
        text = match[kind] if kind else ""
        match kind:
            case "plain":
                return _PLAIN[text]
            case "line":
                return ""
            case "octal":
                return chr(int(text, 8))
            case "name":
                from unicodedata import lookup

                try:
                    return lookup(text)
                except KeyError:
                    return match[0]
            case _:
                code = int(text, 16)
                return chr(code) if code <= 0x10FFFF else match[0]  # noqa: PLR2004 - the last code point of Unicode

    return _ESCAPE.sub(character, raw)


def _number(text: str) -> float | None:
    try:
        return int(text.replace("_", ""), 0)
    except ValueError:
        try:
            return float(text.replace("_", ""))
        except ValueError:
            return None  # A complex number, or more digits than int() takes.


def _operated(operator: str, left: Value, right: Value, line: int) -> Value:
    """Return what a binary operator makes of two values."""
    match operator:
        case "+" if isinstance(left, Sequence) and isinstance(right, Sequence):
            return Sequence(left.items + right.items)
        case "+":
            return joined([left, right], line)
        case "/":
            return joined([left, Text("/", line, 0), right], line)
        case "%" if isinstance(left, Text):
            return percent(left, right)
        case "%" if isinstance(left, Name | Attribute | Item | Choice | Template):
            return Formatted(left, right, line)
        case "|" if isinstance(right, Mapping):
            return Mapping(((None, left), *right.items))
        case "|":
            return Choice((*(left.options if isinstance(left, Choice) else (left,)), right))
        case _:
            return Unknown("a computed value", line)


def _item(value: Value, index: int) -> Value:
    """Return the element of *value* that unpacking gives to the target number *index*."""
    if isinstance(value, Sequence):
        inside = -len(value.items) <= index < len(value.items)
        return value.items[index] if inside else Unknown("an unpacked value", 0)
    if isinstance(value, Choice):
        return Choice(tuple(_item(o, index) for o in value.options))
    return Item(value, Const(index))


def _rest(value: Value, before: int, after: int) -> Value:
    """Return what unpacking *value* leaves to the target with a star, between so many others."""
    if isinstance(value, Sequence):
        return Sequence(value.items[before : len(value.items) - after])
    return Sequence((Element(value),))


# -- names within the file -----------------------------------------------------------------------


def resolved(code: Code) -> Code:
    """Return *code* with the callee of every call resolved as far as this file goes."""
    names = _Names(code)
    for call in code.every_call:
        # Calls are values too, nested in others: each is completed in place, before anybody else has seen it.
        object.__setattr__(call, "callee", names.callee(call.function, call.scope))
    return evolve(code)


_WRAPPING: Final = frozenset({"Optional", "Union", "Annotated"})
_ANNOTATION: Final = expression(r"(?:[\w.]*Optional\[)?(?P<name>[A-Za-z_][\w.]*)\]?(?:\s*\|\s*None)?")
"""An annotation that is written as a string, so that the class need not be imported."""


class _Names:
    """Looks names up in the scopes of one file."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.imports: dict[str, str] = {i.name: i.target for i in code.imports}
        self.bound: list[dict[str, list[Binding]]] = [{} for _ in code.scopes]
        for names, scope in zip(self.bound, code.scopes, strict=True):
            for binding in scope.bindings:
                if not binding.grows:
                    names.setdefault(binding.name, []).append(binding)
            for bindings in names.values():
                bindings.sort(key=lambda b: b.line)
        self.busy: set[int] = set()
        """The bindings that are being looked at, by their id: ``x = x.y`` speaks of an earlier x."""
        self.parameters = [{p.name: p for p in scope.parameters} for scope in code.scopes]
        self.defined = {(s.parent, s.name.rpartition(".")[2]) for s in code.scopes[1:]}

    def callee(self, function: Value, scope: int, depth: int = 0) -> str:
        if depth > 12:  # noqa: PLR2004 - a = b; b = a
            return "?"
        match function:
            case Name(name=name, line=line):
                return self.name(name, scope, depth, line)
            case Attribute(of=Name(name="self" | "cls"), name=name):
                return self.member(name, scope, depth)
            case Attribute(of=Call(function=Name(name="super")), name=name):
                return f"super().{name}"
            case Attribute(of=of, name=name):
                dotted = f"{self.callee(of, scope, depth)}.{name}"
                return self.imports.get(dotted, dotted)
            case Call(function=inner, scope=inside):
                return f"{self.callee(inner, inside, depth + 1)}()"
            case Item(of=of):
                return f"{self.callee(of, scope, depth + 1)}[]"
            case Choice(options=options):
                return self.callee(options[0], scope, depth + 1)
            case _:
                return "?"

    def latest(self, index: int, name: str, line: int = 0) -> Binding | None:
        """Return the binding of *name* in a scope that holds in *line*; the last one when no line is given."""
        bindings = self.bound[index].get(name)
        if bindings is None:
            return None
        if len(bindings) == 1 and id(bindings[0]) not in self.busy:
            return bindings[0]
        end = bisect_right(bindings, line, key=lambda b: b.line)
        numbers = chain(range(end - 1, -1, -1), range(len(bindings) - 1, end - 1, -1))
        return next((bindings[n] for n in numbers if id(bindings[n]) not in self.busy), None)

    def name(self, name: str, scope: int, depth: int, line: int = 0) -> str:
        index = scope
        while index >= 0:
            if index == scope or self.code.members or self.code.scopes[index].kind != "class":
                parameter = self.parameters[index].get(name)
                binding = self.latest(index, name, line if index == scope else 0)
                if parameter is not None and binding is None:
                    return self.annotated(parameter.annotation, index, depth)
                if binding is not None and (index, name) not in self.defined:
                    return self.instance(binding, depth, name)
                if (index, name) in self.defined:
                    return name
            index = self.code.scopes[index].parent
        return self.imports.get(name, name)

    def member(self, name: str, scope: int, depth: int) -> str:
        index = scope
        while index > 0 and self.code.scopes[index].kind != "class":
            index = self.code.scopes[index].parent
        owner = self.code.scopes[index].name if index > 0 else "?"
        binding = self.latest(index, name) if index > 0 else None
        return f"{owner}.{name}" if binding is None else self.instance(binding, depth, f"{owner}.{name}")

    def instance(self, binding: Binding, depth: int, own: str) -> str:
        """Return what the value of *binding* is, when that is an instance or an alias; else its own name."""
        self.busy.add(id(binding))
        try:
            return self.of_binding(binding, depth, own)
        finally:
            self.busy.discard(id(binding))

    def of_binding(self, binding: Binding, depth: int, own: str) -> str:
        match binding.value:
            case Call() | Name() | Attribute() | Choice():
                found = self.callee(binding.value, binding.scope, depth + 1)
            case Unknown() if binding.annotation is not None:
                found = self.annotated(binding.annotation, binding.scope, depth)
            case _:
                return own
        return own if found.startswith("?") else found

    def annotated(self, annotation: Value | None, scope: int, depth: int) -> str:
        match annotation:
            case Name() | Attribute():
                return f"{self.callee(annotation, scope, depth + 1)}()"
            case (
                Choice(options=options)
                | Item(of=Name(name="Union") | Attribute(name="Union"), key=Sequence(items=options))
            ):
                some = (o for o in options if not isinstance(o, Const))  # OpenAI | None
                return self.annotated(next(some, None), scope, depth)
            case Item(of=Name(name=last) | Attribute(name=last), key=key) if last in _WRAPPING:
                return self.annotated(next(iter(key.items), None) if isinstance(key, Sequence) else key, scope, depth)
            case Text(value=text):
                found = _ANNOTATION.fullmatch(text)
                if found is None:
                    return "?"
                root, _, rest = found["name"].partition(".")
                dotted = self.name(root, scope, depth + 1)
                return f"{dotted}.{rest}()" if rest else f"{dotted}()"
            case _:
                return "?"
