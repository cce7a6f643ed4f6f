"""JavaScript source, with JSX: calls, bindings, imports and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

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
    Template,
    Text,
    Unknown,
    Value,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

__all__ = ["GRAMMAR", "read", "read_minified", "read_with"]

GRAMMAR: Final = "tree_sitter_javascript"

LONGEST_LINE: Final = 5000
"""A longer line, outside of a data URL, is not written by people: the file is minified, or bundled."""
LONGEST_AVERAGE: Final = 500
LARGEST_MINIFIED: Final = 100_000
"""A minified file of more characters is a bundle of others' libraries; a smaller one is the package itself."""
LEAST_BUNDLED: Final = 1000
"""So many lines that people may have written make a file a bundle; what machines wrote between them is left out."""

_TARGET: Final = expression(
    r"(?:npm:|https?://(?:[^/]+/(?:npm|v\d+|gh)/|(?:esm\.sh|cdn\.skypack\.dev|unpkg\.com)/(?:\*|v\d+/)?))?"
    r"(?P<package>@[^/@]+/[^/@]+|[^/@]+)(?:@[^/]*)?(?P<inside>/.*)?"
)
"""A package, its version and what of it is meant, also in the forms of Deno and of the CDNs."""
_OWN: Final = ("./", "../", "@/", "~/", "#/", "$lib/")
"""How the specifier of a module of the same tree begins; all but the first two are common aliases of its sources."""
_ESCAPE: Final = expression(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n)|(.))", re.DOTALL)
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_SHAPES: Final = {
    "unary_expression": "a computed value",
    "update_expression": "a computed value",
    "regex": "a regular expression",
    "yield_expression": "a yielded value",
}
_BRANCHES: Final = frozenset(
    {
        "if_statement",
        "else_clause",
        "for_statement",
        "for_in_statement",
        "while_statement",
        "do_statement",
        "switch_statement",
        "catch_clause",
    }
)
_MOST_JOINED: Final = 200
"""Entries that are joined to one mapping; a longer list is several."""
_FUNCTIONS: Final = frozenset(
    {
        "arrow_function",
        "function_expression",
        "function_declaration",
        "generator_function",
        "generator_function_declaration",
    }
)
_CLASSES: Final = frozenset({"class_declaration", "class", "abstract_class_declaration"})
_WRAPPERS: Final = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression"}
)
_LOADS: Final = frozenset({"require", "import"})
_MOCKS: Final = frozenset({"jest", "vi"})
_ENVIRONMENTS: Final = frozenset({"process.env", "import.meta.env", "Bun.env"})
_OPTIONS: Final = frozenset({"option", "requiredOption"})


def read(text: str) -> Code:
    r"""
    Return the facts of the JavaScript source *text*.

    A package is the root of a dotted name, behind ``npm:``. The properties of an object that is an argument count as
    keyword arguments too.

    >>> code = read('import OpenAI from "openai"\nnew OpenAI().responses.create({model: "gpt-4o"})')
    >>> [call.callee for call in code.every_call]
    ['npm:openai', 'npm:openai().responses.create']
    >>> code.every_call[1].argument(None, "model").value
    'gpt-4o'
    """
    return read_with(text, GRAMMAR)


def read_minified(_text: str) -> Code:
    """Return no facts: the name of the file says that it is made by a machine of others that people wrote."""
    return Code("javascript", (Scope("module", "", -1, 1),), problems=(Problem("minified", "its name says so"),))


def read_with(text: str, grammar: str) -> Code:
    """Return the facts of *text*, parsed with *grammar*."""
    lines = text.split("\n")
    longest = max(lines, key=len)
    dense = (len(longest) > LONGEST_LINE and "base64," not in longest) or len(text) > LONGEST_AVERAGE * (
        len(lines) + 10
    )
    left_out: tuple[Problem, ...] = ()
    if dense and len(text) > LARGEST_MINIFIED:
        long = [n for n, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
        text = "\n".join("" if len(line) > LONGEST_LINE else line for line in lines)
        if not len(lines) - len(long) >= LEAST_BUNDLED or len(text) > LONGEST_AVERAGE * len(lines):
            why = f"it has a line of {len(longest)} characters"
            return Code("javascript", (Scope("module", "", -1, 1),), problems=(Problem("minified", why),))
        why = f"lines of more than {LONGEST_LINE} characters are left out, the longest of {len(longest)}"
        left_out = (Problem("minified", why, long[0] if long else 1),)
    reader = _Reader(parse(grammar, text))
    reader.prose += comments(reader.source, "comment")
    reader.statements(reader.source.root)
    found = left_out + problems(reader.source)
    if reader.too_deep:
        found += (Problem("too-deep", f"expressions are nested more than {DEEPEST} deep", reader.too_deep),)
    code = resolved(
        Code(
            "javascript",
            tuple(s.frozen() for s in reader.scopes),
            tuple(reader.calls),
            tuple(reader.imports),
            tuple(reader.strings),
            tuple(sorted(reader.prose, key=lambda p: p.line)),
            found,
        )
    )
    for call in code.every_call:
        _spread(call)
    return code


def _spread(call: Call) -> None:
    """Let what an API is given as a whole, ``create(options)``, count as its keyword arguments."""
    given = [a for a in call.arguments if isinstance(a, Name | Attribute | Call | Choice)]
    if given and ":" in call.callee.partition(".")[0] and not any(k == "**" for k, _ in call.keywords):
        object.__setattr__(call, "keywords", (*call.keywords, ("**", given[-1])))


def target_of(specifier: str) -> str:
    """
    Return the dotted name of the module that *specifier* means.

    >>> target_of("openai"), target_of("https://esm.sh/@langchain/community@0.3/llms/ollama"), target_of("./a.js")
    ('npm:openai', 'npm:@langchain/community.llms.ollama', './a.js')
    """
    if specifier in {".", ".."} or (specifier.startswith("./") and specifier.endswith("/")):
        return f"{specifier.rstrip('/')}/index"
    if specifier.startswith(_OWN):
        return specifier
    found = _TARGET.match(specifier)
    if found is None:
        return f"npm:{specifier}"
    inside = re.sub(r"\.[cm]?js$", "", found["inside"] or "").strip("/").replace(".", "-").replace("/", ".")
    return f"npm:{found['package']}" + (f".{inside}" if inside else "")


@define
class _Open:
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
    """Its variables, also those without a value; and its parameters."""

    def frozen(self) -> Scope:
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


class _Reader:
    """Walks one tree and collects its facts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.scopes: list[_Open] = [_Open("module", "", -1, 1)]
        self.calls: list[Call] = []
        self.imports: list[Import] = []
        self.strings: list[tuple[Text, int]] = []
        self.prose: list[Prose] = []
        self.too_deep = 0
        self.scope = 0
        self.depth = 0
        self.conditional = 0

    # -- statements ------------------------------------------------------------------------------

    def statements(self, block: Node) -> None:
        if self._deep(block):
            return
        self.depth += 1
        for node in block.named_children:
            self.statement(node)
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
        elif kind in _BRANCHES:
            self.branch(node)
        elif kind in _FUNCTIONS and node.child_by_field_name("name") is not None:
            self.function(node, self.named(node))
        elif kind in _CLASSES and node.child_by_field_name("name") is not None:
            self.class_(node, self.named(node))
        elif kind in _EXPRESSIONS or kind in _WRAPPERS or kind in _SHAPES:
            self.value(node)
        else:
            self.statements(node)

    def branch(self, node: Node) -> None:
        self.conditional += 1
        skipped: tuple[int, ...] = ()
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type == "for_in_statement" and left is not None and right is not None:
            skipped = (left.id, right.id)
            value = self.value(right)
            operator = node.child_by_field_name("operator")
            keys = operator is not None and operator.type == "in"
            self.declare(left, Unknown("a key", self.source.line(node)) if keys else Element(value))
        if not self._deep(node):
            self.depth += node.type != "else_clause"
            for child in node.named_children:
                if child.id not in skipped:
                    self.statement(child)
            self.depth -= node.type != "else_clause"
        self.conditional -= 1

    def declaration(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "variable_declarator":
                self.declarator(child)

    def declarator(self, node: Node) -> None:
        target, right = node.child_by_field_name("name"), node.child_by_field_name("value")
        if target is None:
            return
        name = self.source.text(target) if target.type == "identifier" else ""
        noted = self.annotation(node.child_by_field_name("type"))
        if right is None:
            self.scopes[self.scope].declared.add(name)
        elif name and right.type in _FUNCTIONS:
            self.function(right, name)
        elif name and right.type in _CLASSES:
            self.class_(right, name)
        else:
            self.declare(target, self.value(right), noted)

    def declare(self, target: Node, value: Value, annotation: Value | None = None) -> None:
        """Bind what the pattern *target* names, here, to *value*."""
        kind = target.type
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            name = self.source.text(target)
            self.scopes[self.scope].declared.add(name)
            self.add(self.scope, name, value, target, annotation)
        else:
            self.pattern(target, value, self.declare)

    def pattern(self, target: Node, value: Value, bind: Callable[[Node, Value], None]) -> None:
        """Take *value* apart as *target* does, and bind the pieces."""
        if self._deep(target):
            return
        self.depth += 1
        kind = target.type
        if kind == "object_pattern":
            for child in target.named_children:
                self.property_pattern(child, value, bind)
        elif kind == "array_pattern":
            for index, child in enumerate(c for c in target.named_children if c.type != "comment"):
                rest = child.type == "rest_pattern"
                bind(child, Sequence((Element(value),)) if rest else _element(value, index))
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            left, right = target.child_by_field_name("left"), target.child_by_field_name("right")
            if left is not None and right is not None:
                bind(left, _choice(value, self.value(right)))
        elif kind == "rest_pattern":
            for child in target.named_children:
                bind(child, value)
        elif kind not in {"comment", "identifier", "undefined"}:
            self.value(target)
        self.depth -= 1

    def property_pattern(self, node: Node, value: Value, bind: Callable[[Node, Value], None]) -> None:
        match node.type:
            case "shorthand_property_identifier_pattern":
                bind(node, Attribute(value, self.source.text(node)))
            case "object_assignment_pattern":
                left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
                if left is not None and right is not None:
                    bind(left, _choice(Attribute(value, self.source.text(left)), self.value(right)))
            case "pair_pattern":
                key, inner = node.child_by_field_name("key"), node.child_by_field_name("value")
                if key is not None and inner is not None:
                    bind(inner, _member(value, self.key(key)))
            case "rest_pattern":
                for child in node.named_children:
                    bind(child, value)
            case _:
                pass

    def assign(self, target: Node, value: Value) -> None:
        """Bind what an assignment to *target* changes, where it was declared."""
        kind = target.type
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            name = self.source.text(target)
            self.add(self.owner_of(name), name, value, target)
        elif kind == "member_expression":
            self.assign_member(target, value)
        elif kind == "subscript_expression":
            of, key = target.child_by_field_name("object"), target.child_by_field_name("index")
            if of is None or key is None:
                return
            entry = Mapping(((self.value(key, keep=False), value),))
            name = self.source.text(of)
            if of.type == "identifier":  # E["K"] = "v", in the function to which a compiled enum is handed.
                self.add_entry(self.owner_of(name, argument=False), name, entry, target)
            else:
                self.assign(of, entry)
        elif kind in {"parenthesized_expression", "non_null_expression", "as_expression"} and target.named_children:
            self.assign(target.named_children[0], value)
        else:
            self.pattern(target, value, self.assign)

    def add_entry(self, scope: int, name: str, entry: Mapping, node: Node) -> None:
        """Bind *name* to a mapping with *entry*, and with those that were written right before."""
        bindings = self.scopes[scope].bindings
        last = bindings[-1] if bindings else None
        same = last is not None and last.name == name and last.scope == self.scope
        if last is not None and same and isinstance(last.value, Mapping) and len(last.value.items) < _MOST_JOINED:
            bindings[-1] = evolve(last, value=Mapping(last.value.items + entry.items))
        else:
            self.add(scope, name, entry, node)

    def owner_of(self, name: str, *, argument: bool = True) -> int:
        """Return the scope that declares *name*; without *argument*, that of the variable handed to a function."""
        index = self.scope
        while index > 0:
            scope = self.scopes[index]
            parameter = any(p.name == name for p in scope.parameters)
            outer = not argument and parameter and name in self.scopes[scope.parent].declared
            if name in scope.declared and not outer:
                return index
            index = scope.parent
        return 0

    def assign_member(self, target: Node, value: Value) -> None:
        dotted = re.sub(r"\?\.|!\.", ".", self.source.text(target)).replace("#", "")
        dotted = re.sub(r"^\(\s*([\w$.]+)(?:\s+as\s[^()]*)?\)", r"\1", dotted)  # (options as Options).model = …
        root, _, rest = dotted.partition(".")
        owner = self.owner()
        if not re.fullmatch(r"[\w$.]+", dotted):
            self.value(target)
        elif root == "this" and owner is not None:
            self.add(owner, rest, value, target)
        elif dotted == "module.exports":
            self.export_default(value, target)
        elif root == "exports" or dotted.startswith("module.exports."):
            name = dotted.removeprefix("module.").removeprefix("exports.")
            if not (isinstance(value, Name) and value.name == name) and name != "__esModule":
                self.add(0, name, value, target)
        else:
            self.add(self.scope, dotted, value, target)

    def export_default(self, value: Value, node: Node) -> None:
        self.add(0, "default", value, node)
        if isinstance(value, Mapping) and self.scope == 0:
            bound = {b.name for b in self.scopes[0].bindings} | self.scopes[0].declared
            for key, inner in value.items:
                if isinstance(key, Text) and key.value not in bound:
                    if isinstance(inner, Name) and inner.name == key.value:
                        continue
                    self.add(0, key.value, inner, node)

    def owner(self) -> int | None:
        """Return the class whose method is being read."""
        index = self.scope
        while index > 0:
            if self.scopes[index].kind == "class":
                return index
            index = self.scopes[index].parent
        return None

    def add(self, scope: int, name: str, value: Value, node: Node, annotation: Value | None = None) -> None:
        line = self.source.line(node)
        self.scopes[scope].bindings.append(Binding(name, value, line, self.scope, self.conditional > 0, annotation))

    def returned(self, node: Node) -> None:
        for child in node.named_children:
            if child.type != "comment":
                self.scopes[self.scope].returns.append(self.value(child))

    # -- modules ---------------------------------------------------------------------------------

    def specifier(self, node: Node | None) -> str | None:
        """Return the module that a literal specifier means."""
        if node is None or node.type not in {"string", "template_string"} or node.named_child_count > 1:
            return None
        text = self.source.text(node)[1:-1]
        return target_of(text) if text and "${" not in text and "\n" not in text else None

    def import_statement(self, node: Node) -> None:
        source = node.child_by_field_name("source")
        clause = next((c for c in node.named_children if c.type in {"import_clause", "import_require_clause"}), None)
        if clause is not None and clause.type == "import_require_clause":
            source = clause.child_by_field_name("source")
        target = self.specifier(source)
        if target is None:
            return
        if clause is None:
            self.imported(target, "", node)
            return
        for child in clause.named_children:
            match child.type:
                case "identifier":
                    default = not target.startswith("npm:") and clause.type == "import_clause"
                    self.imported(f"{target}.default" if default else target, self.source.text(child), child)
                case "namespace_import":
                    for name in child.named_children:
                        self.imported(target, self.source.text(name), name)
                case "named_imports":
                    for each in child.named_children:
                        self.specified(target, each)
                case _:
                    pass

    def specified(self, target: str, node: Node) -> None:
        """Take note of ``name as alias``, which *target* has."""
        name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
        if name is not None:
            text = self.source.text(name).strip("\"'")
            whole = target if text == "default" and target.startswith("npm:") else f"{target}.{text}"
            self.imported(whole, self.source.text(alias or name), node)

    def imported(self, target: str, name: str, node: Node) -> None:
        self.imports.append(Import(target, name, self.source.line(node), self.scope))

    def export_statement(self, node: Node) -> None:
        target = self.specifier(node.child_by_field_name("source"))
        clause = next((c for c in node.named_children if c.type in {"export_clause", "namespace_export"}), None)
        value = node.child_by_field_name("value")
        declaration = node.child_by_field_name("declaration")
        if target is not None and clause is None:
            self.imported(f"{target}.*", "*", node)
        elif target is not None and clause is not None and clause.type == "export_clause":
            for each in clause.named_children:
                self.specified(target, each)
        elif clause is not None:
            for each in clause.named_children:
                name, alias = each.child_by_field_name("name"), each.child_by_field_name("alias")
                if name is not None and alias is not None:
                    self.add(0, self.source.text(alias), Name(self.source.text(name), self.source.line(each)), each)
        elif value is not None:
            self.export_default(self.value(value), node)
        elif declaration is not None:
            self.statement(declaration)
            name = declaration.child_by_field_name("name")
            if name is not None and any(c.type == "default" for c in node.children):
                self.add(0, "default", Name(self.source.text(name), self.source.line(node)), node)
        else:
            for child in node.named_children:
                if child.type != "decorator":
                    self.statement(child)

    # -- functions and classes -------------------------------------------------------------------

    def named(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self.source.text(name).lstrip("#").strip("\"'") if name is not None else ""

    def function(
        self, node: Node, name: str, *, method: bool = False, decorators: tuple[Value, ...] = (), kind: str = "function"
    ) -> None:
        body = node.child_by_field_name("body")
        formal = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
        if body is None or self._deep(node):
            return
        outer = self.scopes[self.scope]
        self.scopes[self.scope].declared.add(name)
        qualified = f"{outer.name}.{name}" if outer.name else name
        self.scopes.append(_Open(kind, qualified, self.scope, self.source.line(node), decorators=decorators))
        self.scope = len(self.scopes) - 1
        outside, self.conditional = self.conditional, 0
        self.depth += 1
        self.parameters(formal, method=method)
        if body.type == "statement_block":
            self.statements(body)
        else:
            self.scopes[self.scope].returns.append(self.value(body))
        self.depth -= 1
        self.conditional = outside
        self.scope = self.scopes[self.scope].parent

    def parameters(self, node: Node | None, *, method: bool) -> None:
        scope = self.scopes[self.scope]
        found = [Parameter("self", None, None, scope.line)] if method else []
        later: list[tuple[Node, Value]] = []
        fields: list[tuple[str, Node]] = []
        if node is not None:
            children = [node] if node.type == "identifier" else node.named_children
            for child in children:
                if child.type in {"comment", "decorator"}:
                    continue
                parameter, pattern = self.parameter(child)
                found.append(parameter)
                if pattern is not None:
                    later.append((pattern, Name(parameter.name, parameter.line)))
                if any(c.type in {"accessibility_modifier", "readonly"} for c in child.children):
                    fields.append((parameter.name, child))
        scope.parameters = tuple(found)
        scope.declared.update(p.name for p in found)
        for pattern, value in later:
            self.declare(pattern, value)
        owner = self.owner()
        for name, child in fields if owner is not None else ():
            self.add(owner or 0, name, Name(name, self.source.line(child)), child)

    def parameter(self, node: Node) -> tuple[Parameter, Node | None]:
        """Return a parameter, and the pattern that takes it apart."""
        default: Node | None = None
        noted: Value | None = None
        inner = node
        if node.type in {"required_parameter", "optional_parameter"}:
            default, noted = node.child_by_field_name("value"), self.annotation(node.child_by_field_name("type"))
            inner = node.child_by_field_name("pattern") or node
        elif node.type == "assignment_pattern":
            default = node.child_by_field_name("right")
            inner = node.child_by_field_name("left") or node
        value = self.value(default) if default is not None else None
        line = self.source.line(inner)
        if inner.type == "identifier":
            return Parameter(self.source.text(inner), value, noted, line), None
        if inner.type == "rest_pattern":
            return Parameter(self.source.text(inner).lstrip("."), None, None, line, "*"), None
        if inner.type == "this":
            return Parameter("this", None, None, line, "keyword-only"), None
        name = re.sub(r"\s+", " ", self.source.text(inner))
        return Parameter(name if len(name) < 60 else f"{name[:50]}…", value, None, line), inner  # noqa: PLR2004 - for a message

    def annotation(self, node: Node | None) -> Value | None:
        """Return what a type says: a class, or the strings that are allowed."""
        if node is None or self._deep(node):
            return None
        self.depth += 1
        try:
            match node.type:
                case "type_annotation" | "parenthesized_type" | "readonly_type":
                    return self.annotation(node.named_children[0]) if node.named_children else None
                case "type_identifier":
                    return Name(self.source.text(node), self.source.line(node))
                case "nested_type_identifier":
                    first, *rest = self.source.text(node).split(".")
                    found: Value = Name(first, self.source.line(node))
                    for part in rest:
                        found = Attribute(found, part)
                    return found
                case "generic_type":
                    return self.annotation(node.child_by_field_name("name"))
                case "union_type" | "literal_type":
                    return self.union(node)
                case _:
                    return None
        finally:
            self.depth -= 1

    def union(self, node: Node) -> Value | None:
        texts = self.literals(node)
        if texts:
            return Item(Name("Literal", self.source.line(node)), Sequence(texts))
        for child in node.named_children if node.type == "union_type" else ():
            found = self.annotation(child)
            if found is not None:
                return found
        return None

    def literals(self, node: Node) -> tuple[Value, ...]:
        """Return the strings of ``"a" | "b"``; none when there is something else than strings."""
        found: list[Value] = []
        stack = [node]
        while stack:
            head = stack.pop()
            if head.type == "union_type":
                stack += reversed(head.named_children)
            elif head.type == "literal_type" and head.named_children and head.named_children[0].type == "string":
                found.append(self.string(head.named_children[0]))
            elif head.type not in {"comment", "literal_type", "predefined_type"}:
                return ()
        return tuple(found)

    def class_(self, node: Node, name: str) -> None:
        body = node.child_by_field_name("body")
        if body is None or self._deep(node):
            return
        bases = [
            self.value(child)
            for heritage in node.named_children
            if heritage.type == "class_heritage"
            for child in _bases(heritage)
        ]
        for child in node.named_children:
            if child.type == "decorator":
                self.unknown(child)
        outer = self.scopes[self.scope]
        outer.declared.add(name)
        qualified = f"{outer.name}.{name}" if outer.name else name
        self.scopes.append(_Open("class", qualified, self.scope, self.source.line(node), bases=tuple(bases)))
        self.scope = len(self.scopes) - 1
        outside, self.conditional = self.conditional, 0
        self.depth += 1
        for member in body.named_children:
            self.class_member(member)
        self.depth -= 1
        self.conditional = outside
        self.scope = self.scopes[self.scope].parent

    def class_member(self, node: Node) -> None:
        words = {c.type for c in node.children}
        match node.type:
            case "method_definition":
                line = self.source.line(node)
                decorators: tuple[Value, ...] = (Name("property", line),) if "get" in words else ()
                decorators += (Name("staticmethod", line),) if "static" in words else ()
                name = {"constructor": "__init__"}.get(self.named(node), self.named(node))
                self.function(node, name, method="static" not in words, decorators=decorators)
            case "field_definition" | "public_field_definition":
                target = node.child_by_field_name("property") or node.child_by_field_name("name")
                right = node.child_by_field_name("value")
                noted = self.annotation(node.child_by_field_name("type"))
                if target is None:
                    return
                name = self.source.text(target).lstrip("#").strip("\"'")
                if right is not None and right.type in _FUNCTIONS:
                    self.function(right, name, method=True)
                elif right is not None or noted is not None:
                    value = self.value(right) if right is not None else Unknown("a field", self.source.line(node))
                    self.add(self.scope, name, value, node, noted)
            case "class_static_block":
                self.statements(node)
            case _:
                pass

    def enum(self, node: Node) -> None:
        """Read an enum of TypeScript, as a class that inherits from one."""
        name, body = self.named(node), node.child_by_field_name("body")
        line = self.source.line(node)
        outer = self.scopes[self.scope]
        outer.declared.add(name)
        qualified = f"{outer.name}.{name}" if outer.name else name
        self.scopes.append(_Open("class", qualified, self.scope, line, bases=(Name("Enum", line),)))
        self.scope = len(self.scopes) - 1
        for member in body.named_children if body is not None else ():
            key, value = member.child_by_field_name("name"), member.child_by_field_name("value")
            if key is not None and value is not None:
                self.add(self.scope, self.source.text(key).strip("\"'"), self.value(value), member)
        self.scope = self.scopes[self.scope].parent

    def type_alias(self, node: Node) -> None:
        value = node.child_by_field_name("value")
        texts = self.literals(value) if value is not None else ()
        if texts:
            self.add(self.scope, self.named(node), Sequence(texts), node)

    # -- expressions -----------------------------------------------------------------------------

    def value(self, node: Node, *, keep: bool = True) -> Value:
        """Return the expression *node* as a value, and collect the calls in it."""
        if self._deep(node):
            return Unknown("an expression nested too deep", self.source.line(node))
        kind = node.type
        if kind in {"identifier", "shorthand_property_identifier"}:
            return Name(self.source.text(node), self.source.line(node))
        self.depth += 1
        try:
            if kind in {"string", "template_string"}:
                text = self.string(node) if kind == "string" else self.template(node)
                if keep and isinstance(text, Text):
                    self.strings.append((text, self.scope))
                return text
            if kind in _WRAPPERS or kind == "type_assertion":
                inner = [c for c in node.named_children if c.type not in {"comment", "type_arguments"}]
                return self.value(inner[0]) if inner else self.unknown(node)
            handler = _EXPRESSIONS.get(kind)
            return handler(self, node) if handler is not None else self.unknown(node)
        finally:
            self.depth -= 1

    def unknown(self, node: Node) -> Value:
        """Read what is inside *node*, which as a whole is not followed."""
        for child in node.named_children:
            if child.type == "statement_block":
                self.statements(child)
            elif child.type != "comment":
                self.value(child)
        return Unknown(_SHAPES.get(node.type, "an expression"), self.source.line(node))

    def string(self, node: Node) -> Text:
        line, column = self.source.place(node)
        return Text(_unescape(self.source.text(node)[1:-1]), line, column)

    def template(self, node: Node) -> Value:
        line, column = self.source.place(node)
        pieces: list[Value] = []
        for child in node.named_children:
            if child.type == "template_substitution":
                pieces += [self.value(c) for c in child.named_children if c.type != "comment"]
            elif child.type in {"string_fragment", "escape_sequence"}:
                pieces.append(Text(_unescape(self.source.text(child)), line, column))
        return joined(pieces, line) if pieces else Text("", line, column)

    def member(self, node: Node) -> Value:
        of, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        if of is None or name is None:
            return self.unknown(node)
        return Attribute(self.value(of), self.source.text(name).lstrip("#"))

    def subscript(self, node: Node) -> Value:
        of, key = node.child_by_field_name("object"), node.child_by_field_name("index")
        if of is None or key is None:
            return self.unknown(node)
        return _member(self.value(of), self.value(key, keep=False))

    def key(self, node: Node) -> Value:
        """Return the key of a property."""
        if node.type == "computed_property_name":
            inner = [c for c in node.named_children if c.type != "comment"]
            return self.value(inner[0]) if inner else self.unknown(node)
        if node.type == "string":
            return self.value(node)
        line, column = self.source.place(node)
        return Text(self.source.text(node).lstrip("#"), line, column)

    def object(self, node: Node) -> Value:
        items: list[tuple[Value | None, Value]] = []
        for child in node.named_children:
            match child.type:
                case "pair":
                    key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                    if key is not None and value is not None:
                        items.append((self.key(key), self.value(value)))
                case "shorthand_property_identifier":
                    line, column = self.source.place(child)
                    name = self.source.text(child)
                    items.append((Text(name, line, column), Name(name, line)))
                case "spread_element":
                    items += [(None, self.value(c)) for c in child.named_children if c.type != "comment"]
                case "method_definition":
                    line, column = self.source.place(child)
                    items.append((Text(self.named(child), line, column), self.anonymous(child)))
                case _:
                    pass
        return Mapping(tuple(items))

    def array(self, node: Node) -> Value:
        items: list[Value] = []
        for child in node.named_children:
            if child.type == "spread_element":
                items += [Element(self.value(c)) for c in child.named_children if c.type != "comment"]
            elif child.type != "comment":
                items.append(self.value(child))
        return Sequence(tuple(items))

    def anonymous(self, node: Node) -> Value:
        line, column = self.source.place(node)
        name = f"<function {line}:{column}>"
        if node.type in _CLASSES:
            self.class_(node, name)
        else:
            self.function(node, name, kind="lambda")
        return Name(name, line)

    def binary(self, node: Node) -> Value:
        """Read ``a + b + c`` and ``a || b || c``; the chain of left operands may be long, and costs no depth."""
        operands: list[tuple[str, Node]] = []
        first = node
        while first.type == "binary_expression":
            left, right, operator = (first.child_by_field_name(f) for f in ("left", "right", "operator"))
            if left is None or right is None or operator is None:
                break
            operands.append((operator.type, right))
            first = left
        value = self.unknown(first) if first.type == "binary_expression" else self.value(first)
        line = self.source.line(node)
        sum_: list[Value] = []
        options: list[Value] = []
        for operator_, right in reversed(operands):
            other = self.value(right)
            if operator_ == "+":
                sum_ = sum_ or [value]
                sum_.append(other)
                value = other
                continue
            if sum_:
                value, sum_ = joined(sum_, line), []
            if operator_ in {"||", "??"}:
                options = options or [value]
                options.append(other)
                value = Unknown("a choice", line)
                continue
            if options:
                value, options = _choice(*options), []
            value = other if operator_ == "&&" else Unknown("a computed value", line)
        if options:
            return _choice(*options)
        return joined(sum_, line) if sum_ else value

    def ternary(self, node: Node) -> Value:
        """Read ``a ? b : c ? d : e``; the chain may be long, and costs no depth."""
        options: list[Value] = []
        head: Node | None = node
        while head is not None and head.type == "ternary_expression":
            condition, yes = head.child_by_field_name("condition"), head.child_by_field_name("consequence")
            if condition is not None:
                self.value(condition)
            if yes is not None:
                options.append(self.value(yes))
            head = head.child_by_field_name("alternative")
        if head is not None:
            options.append(self.value(head))
        return _choice(*options)

    def assignment(self, node: Node) -> Value:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return self.unknown(node)
        value = self.value(right)
        augmented = node.type == "augmented_assignment_expression"
        operator = node.child_by_field_name("operator")
        if augmented and (operator is None or operator.type not in {"||=", "??="}):
            self.value(left)
            return Unknown("a computed value", self.source.line(node))
        self.conditional += augmented
        self.assign(left, value)
        self.conditional -= augmented
        return value

    def sequence(self, node: Node) -> Value:
        inner = [self.value(c) for c in node.named_children if c.type != "comment"]
        return inner[-1] if inner else self.unknown(node)

    def unary(self, node: Node) -> Value:
        """Read ``-1``; what another operator makes of a value is not followed."""
        operand = node.child_by_field_name("argument")
        value = self.value(operand) if operand is not None else None
        if node.children[0].type == "-" and isinstance(value, Const) and type(value.value) in {int, float}:
            return Const(-(value.value or 0))
        return Unknown(_SHAPES[node.type], self.source.line(node))

    def constant(self, node: Node) -> Value:
        match node.type:
            case "true" | "false":
                return Const(node.type == "true")
            case "number":
                try:
                    text = self.source.text(node).replace("_", "").rstrip("n")
                    return Const(int(text, 0) if text.isalnum() and not re.match(r"0\d|\d+e", text) else float(text))
                except ValueError:
                    return Const(None)
            case _:
                return Const(None)

    def jsx(self, node: Node) -> Value:
        """Read an element as a call of its component, with the attributes as keywords."""
        name = node.child_by_field_name("name")
        keywords: list[tuple[str, Value]] = []
        for child in node.named_children:
            if child.type == "jsx_attribute" and child.named_children:
                value = self.value(child.named_children[-1]) if len(child.named_children) > 1 else Const(value=True)
                keywords.append((self.source.text(child.named_children[0]), value))
            elif child.type == "jsx_expression":
                self.value(child)
        if name is not None and name.type in {"identifier", "member_expression", "nested_identifier"}:
            line, column = self.source.place(node)
            props = Mapping(tuple((Text(k, line, column), v) for k, v in keywords))
            function = Name(self.source.text(name), line) if name.type == "identifier" else self.value(name)
            if self.source.text(name)[:1].isupper():
                self.calls.append(Call("", function, (props,), tuple(keywords), line, column, self.scope))
        return Unknown("an element", self.source.line(node))

    # -- calls -----------------------------------------------------------------------------------

    def call(self, node: Node) -> Value:
        function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        line, column = self.source.place(node)
        if function is None:
            return self.unknown(node)
        called = self.source.text(function) if function.type in {"identifier", "import", "member_expression"} else ""
        if called in _LOADS and arguments is not None:
            target = self.specifier(next(iter(arguments.named_children), None))
            if target is not None:
                self.imported(target, target, node)
                return Name(target, line)
        if function.type == "member_expression":  # Chains of calls in fluent code are long: they cost no depth.
            self.depth -= 1
        of = self.super(function, line) if function.type == "super" else self.value(function)
        self.depth += function.type == "member_expression"
        if arguments is not None and arguments.type == "template_string":
            self.value(arguments)
            arguments = None
        if called.partition(".")[0] in _MOCKS or called == "require.resolve":
            return Unknown("a module", line)  # jest.mock("@scope/module")
        positional, keywords = self.arguments(arguments) if arguments is not None else ((), ())
        if isinstance(of, Attribute) and of.name in _OPTIONS:
            keywords += _option(positional)
        call = Call("", of, positional, keywords, line, column, self.scope)
        self.calls.append(call)
        return self.given(call)

    def super(self, node: Node, line: int) -> Value:
        made = Call("", Name("super", line), (), (), line, 0, self.scope)
        return Attribute(made, "__init__") if node.type == "super" else made

    def given(self, call: Call) -> Value:
        """Return what *call* gives where that can be told by its name: a default, the values of an object."""
        match call.function, call.arguments:
            case Attribute(of=Name(name="Object"), name="values" | "keys" | "entries" as name), (of, *_):
                return evolve(call, function=Attribute(of, {"entries": "items"}.get(name, name)), arguments=())
            case Attribute(of=Name(name="Object"), name="freeze"), (of, *_):
                return of
            case Attribute(of=Name(name="Object"), name="assign"), of:
                return Mapping(tuple((None, o) for o in of))
            case (
                Attribute(of=Call() | Sequence() as of, name="default"),
                (Text() | Template() | Name() | Attribute() as default,),
            ):  # z.string().default("…")
                return Choice((default, of)) if isinstance(of, Sequence) else default
            case Attribute(name="enum" | "nativeEnum"), (Sequence() as options,):
                return options
            case Attribute(of=Name(name="z" | "zod"), name="object" | "strictObject" | "looseObject"), (
                Mapping() as shape,
                *_,
            ):
                return shape  # What it parses has its fields, with their defaults.
            case Attribute(of=Mapping() | Name() as schema, name="parse" | "parseAsync"), (given, *_) if (
                self.is_schema(schema) or shown(given) in _ENVIRONMENTS
            ):
                return schema
            case _:
                return call

    def is_schema(self, value: Value) -> bool:
        """Tell whether *value* is the shape of an object, or a variable of the module that holds one."""
        if not isinstance(value, Name) or value.name not in self.scopes[0].declared:
            return isinstance(value, Mapping)
        bound = (b.value for b in reversed(self.scopes[0].bindings) if b.name == value.name)
        return isinstance(next(bound, None), Mapping)

    def arguments(self, node: Node) -> tuple[tuple[Value, ...], tuple[tuple[str, Value], ...]]:
        positional: list[Value] = []
        keywords: list[tuple[str, Value]] = []
        starred = False
        for child in node.named_children:
            if child.type == "comment":
                continue
            if child.type == "spread_element":
                unpacked = [("*", self.value(c)) for c in child.named_children if c.type != "comment"]
                keywords += unpacked if not starred else []
                starred = True
                continue
            value = self.value(child)
            if isinstance(value, Mapping):
                keywords += _keywords(value)
            if not starred:
                positional.append(value)
        return tuple(positional), tuple(keywords)

    def this(self, node: Node) -> Value:
        return Name("self", self.source.line(node))


def _bases(heritage: Node) -> Iterator[Node]:
    """Yield what a class extends."""
    for child in heritage.named_children:
        if child.type == "extends_clause":
            yield from child.children_by_field_name("value")
        elif child.type != "implements_clause":
            yield child


def _keywords(value: Mapping) -> Iterator[tuple[str, Value]]:
    for key, inner in value.items:
        if key is None:
            yield "**", inner
        elif isinstance(key, Text):
            yield key.value, inner


def _option(positional: tuple[Value, ...]) -> tuple[tuple[str, Value], ...]:
    """Return the default of ``.option("--model <name>", "…", "default")`` or ``.option("model", {default: …})``."""
    match positional:
        case (Text(value=flags), Mapping(items=items)):
            default = next((v for k, v in items if isinstance(k, Text) and k.value == "default"), None)
        case (Text(value=flags), Text(), default):
            pass
        case _:
            return ()
    found = re.search(r"(?:^|--)([A-Za-z][\w-]*)(?:[ =,]|$)", flags)
    return ((found[1].replace("-", "_"), default),) if found is not None and default is not None else ()


def _choice(*options: Value) -> Value:
    flat = tuple(o for v in options for o in (v.options if isinstance(v, Choice) else (v,)))
    return flat[0] if len(flat) == 1 else Choice(flat)


def _member(of: Value, key: Value) -> Value:
    """Return ``of[key]``, which for a plain name is the same as ``of.key``."""
    return Attribute(of, key.value) if isinstance(key, Text) and key.value.isidentifier() else Item(of, key)


def _element(value: Value, index: int) -> Value:
    if isinstance(value, Sequence):
        return value.items[index] if index < len(value.items) else Unknown("an unpacked value", 0)
    return Item(value, Const(index))


def _unescape(raw: str) -> str:
    r"""
    Return what the escapes in a string literal stand for.

    >>> _unescape(r"a\x41\u{42}\'") == "aAB'"
    True
    """

    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code:
            number = int(code, 16)
            return chr(number) if number <= 0x10FFFF else found[0]  # noqa: PLR2004 - the last code point of Unicode
        return "" if found[4] else _PLAIN.get(found[5], found[5])

    return _ESCAPE.sub(character, raw) if "\\" in raw else raw


_STATEMENTS: Final[dict[str, Callable[[_Reader, Node], object]]] = {
    "comment": lambda _self, _node: None,
    "identifier": lambda _self, _node: None,
    "lexical_declaration": _Reader.declaration,
    "variable_declaration": _Reader.declaration,
    "import_statement": _Reader.import_statement,
    "export_statement": _Reader.export_statement,
    "return_statement": _Reader.returned,
    "enum_declaration": _Reader.enum,
    "type_alias_declaration": _Reader.type_alias,
    "interface_declaration": lambda _self, _node: None,
    "function_signature": lambda _self, _node: None,
    "string": lambda _self, _node: None,
}
_EXPRESSIONS: Final[dict[str, Callable[[_Reader, Node], Value]]] = {
    "string": lambda self, node: self.value(node),
    "template_string": lambda self, node: self.value(node),
    "call_expression": _Reader.call,
    "new_expression": _Reader.call,
    "member_expression": _Reader.member,
    "nested_identifier": _Reader.member,
    "subscript_expression": _Reader.subscript,
    "object": _Reader.object,
    "array": _Reader.array,
    "arrow_function": _Reader.anonymous,
    "function_expression": _Reader.anonymous,
    "generator_function": _Reader.anonymous,
    "class": _Reader.anonymous,
    "binary_expression": _Reader.binary,
    "ternary_expression": _Reader.ternary,
    "assignment_expression": _Reader.assignment,
    "augmented_assignment_expression": _Reader.assignment,
    "sequence_expression": _Reader.sequence,
    "true": _Reader.constant,
    "false": _Reader.constant,
    "null": _Reader.constant,
    "undefined": _Reader.constant,
    "number": _Reader.constant,
    "unary_expression": _Reader.unary,
    "this": _Reader.this,
    "super": lambda self, node: Call("", Name("super", self.source.line(node)), (), (), 0, 0, self.scope),
    "meta_property": lambda self, node: Attribute(Name("import", self.source.line(node)), "meta"),
    "jsx_self_closing_element": _Reader.jsx,
    "jsx_opening_element": _Reader.jsx,
    "jsx_text": lambda self, node: Unknown("text", self.source.line(node)),
    "type_arguments": lambda self, node: Unknown("types", self.source.line(node)),
    "type_annotation": lambda self, node: Unknown("a type", self.source.line(node)),
}
