"""PHP source: calls, bindings, imports and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from aibom.expressions import expression
from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax.values import Attribute, Call, Mapping, Name, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["LANGUAGE", "PREFIX", "read"]

PREFIX: Final = "php:"
"""What the dotted names of PHP's classes begin with: ``php:OpenAI.Client`` is ``\\OpenAI\\Client``."""
_NAMESPACE: Final = expression(rb"^\s*(?:<\?php\s+)?namespace\s+([A-Za-z_][\w\\]*)", re.MULTILINE)
_SETTINGS: Final = frozenset({"config", "env"})
"""Functions that Laravel has everywhere: what they give is a setting."""
_OWN: Final = expression(rb"\b(?:class|enum|trait|interface|function)\s+([A-Za-z_]\w*)")


def read(text: str) -> Code:
    r"""
    Return the facts of the PHP source *text*.

    >>> code = read("<?php use OpenAI\\Client; function f(Client $c) { $c->chat()->create(['model' => 'gpt-4o']); }")
    >>> [(call.callee, call.argument(None, 'model')) for call in code.every_call][-1]
    ('php:OpenAI.Client().chat().create', Text(value='gpt-4o', line=1, column=81))
    """
    return c.read_with(text, LANGUAGE, _start)


def _start(reader: c.Reader) -> None:
    said = _NAMESPACE.search(reader.source.data)
    reader.package = said[1].decode("ascii", "replace") if said is not None else ""
    reader.brought.update(name.decode("ascii", "replace") for name in _OWN.findall(reader.source.data))


# -- names ---------------------------------------------------------------------------------------


def _dotted(reader: c.Reader, node: Node) -> str:
    return "".join(reader.source.text(node).split()).strip("\\").replace("\\", ".")


def _use(reader: c.Reader, node: Node) -> Value:
    r"""Read ``use A\B;``, ``use A\B as C;`` and ``use A\{B, C\D as E};``."""
    line = reader.source.line(node)
    group = c.part(node, "body")
    before = f"{_dotted(reader, c.kids(node)[0])}." if group is not None else ""
    for clause in c.kids(group if group is not None else node):
        title, alias = c.part(clause, 0), c.part(clause, "alias")
        if clause.type == "namespace_use_clause" and title is not None:
            dotted = before + _dotted(reader, title)
            name = reader.plain(alias) if alias is not None else dotted.rpartition(".")[2]
            reader.brought.add(name)
            reader.imports.append(Import(PREFIX + dotted, name, reader.source.line(clause)))
    return Unknown("nothing", line)


def _qualified(reader: c.Reader, node: Node) -> Value:
    r"""Read ``\A\B``, which needs no import, and ``A\B``, which begins with an imported name."""
    line, dotted = reader.source.line(node), _dotted(reader, node)
    if reader.source.text(node).startswith("\\"):
        return _imported(reader, dotted, line)
    return c.dotted(dotted, line)


def _imported(reader: c.Reader, dotted: str, line: int) -> Value:
    """Return the class that is called *dotted* from everywhere, under the last part of its name."""
    name = dotted.rpartition(".")[2]
    if name not in reader.brought:
        reader.brought.add(name)
        reader.imports.append(Import(PREFIX + dotted, name, line))
    return Name(name, line)


def _class_named(reader: c.Reader, node: Node) -> Value:
    """Return the class *node*; one of a file without a namespace that is not its own is seen from everywhere."""
    if node.type == "name" and not reader.package:
        return _imported(reader, reader.source.text(node), reader.source.line(node))
    return reader.read(node)


def _variable(reader: c.Reader, node: Node) -> Value:
    name = reader.source.text(node).lstrip("$")
    return Name("self" if name == "this" else name, reader.source.line(node))


# -- calls ---------------------------------------------------------------------------------------


@frozen
class _Function(c.Calls):
    """A call of a function; ``define('NAME', value)`` is a constant."""

    def build(self, reader: c.Reader, node: Node, of: Value | None) -> Value:
        """Return the call, and take note of what it defines."""
        if isinstance(of, Name) and of.name in _SETTINGS:
            of = _imported(reader, of.name, of.line)
        call = c.Calls.build(self, reader, node, of)
        match call:
            case Call(function=Name(name="define"), arguments=(Text(value=name), value)):
                reader.add(0, name, value, node)
            case _:
                pass
        return call


@frozen
class _Static(c.Calls):
    """``A::b(…)``."""

    def receiver(self, _node: Node) -> Node | None:
        """Return nothing: a class is no link of a chain."""
        return None

    def build(self, reader: c.Reader, node: Node, of: Value | None) -> Value:
        """Return the call of the method of the class."""
        scope = c.part(node, "scope")
        return c.Calls.build(self, reader, node, _class_named(reader, scope) if scope is not None else of)


@frozen
class _StaticProperty(c.Member):
    """``A::$b``."""

    def build(self, reader: c.Reader, node: Node, of: Value | None) -> Value:
        """Return the attribute of the class."""
        found = c.part(node, *self.name)
        name = reader.source.text(found).lstrip("$") if found is not None else ""
        return Attribute(of if of is not None else Name("?", reader.source.line(node)), name)


def _new(reader: c.Reader, node: Node) -> Value:
    title, given = c.part(node, 0), c.part(node, ":arguments")
    if title is None or title.type == "anonymous_class":
        return reader.inside(node)
    return reader.call(node, _class_named(reader, title), given)


# -- values --------------------------------------------------------------------------------------


def _string(reader: c.Reader, node: Node) -> Value:
    line, column = reader.source.place(node)
    pieces: list[Value] = []
    body = c.part(node, "value") if node.type in {"heredoc", "nowdoc"} else node
    for child in c.kids(body) if body is not None else ():
        if child.type in {"string_content", "nowdoc_string"}:
            pieces.append(Text(reader.source.text(child), line, column))
        elif child.type == "escape_sequence":
            pieces.append(Text(c.unescaped(reader.source.text(child)), line, column))
        else:
            pieces.append(reader.read(child))
    return reader.joined(pieces, node)


def _array(reader: c.Reader, node: Node) -> Value:
    """Read ``['a' => 1]``, a map, and ``[1, 2]``, a list."""
    pairs: list[tuple[Value | None, Value]] = []
    items: list[Value] = []
    for child in c.kids(node):
        inner = c.kids(child)
        if child.type == "array_element_initializer" and len(inner) == 2:  # noqa: PLR2004 - key, value
            pairs.append((reader.read(inner[0]), reader.read(inner[1])))
        else:
            items.append(reader.read(inner[0] if inner and child.type == "array_element_initializer" else child))
    return Mapping(tuple(pairs)) if pairs else Sequence(tuple(items))


def _ternary(reader: c.Reader, node: Node) -> Value:
    """Read ``a ? b : c``, and ``a ?: c``, which is a or c."""
    asked, given, other = c.part(node, "condition"), c.part(node, "body"), c.part(node, "alternative")
    first = reader.read(asked) if asked is not None else None
    found = [reader.read(part) for part in (given, other) if part is not None]
    return c.chosen(*([first] if given is None and first is not None else []), *found) if found else reader.each(node)


# -- declarations --------------------------------------------------------------------------------


def _function(reader: c.Reader, node: Node) -> Value:
    title, formal, body = c.part(node, "name"), c.part(node, "parameters"), c.part(node, "body")
    static = any(child.type == "static_modifier" for child in node.children)
    name = reader.plain(title) if title is not None else ""
    reader.function(
        node,
        "__init__" if name == "__construct" else name,
        _parameters(reader, formal) if formal is not None else (),
        [body] if body is not None else [],
        method=node.type == "method_declaration" and not static,
    )
    return Unknown("nothing", reader.source.line(node))


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    for child in c.kids(node):
        title = c.part(child, "name")
        if title is not None:
            name = reader.source.text(title).lstrip("$&.")
            kind = "*" if child.type == "variadic_parameter" else "normal"
            promoted = child.type == "property_promotion_parameter"
            yield c.Raw(name, child, c.part(child, "default_value"), c.part(child, "type"), kind, field=promoted)


def _constant(reader: c.Reader, node: Node) -> Value:
    inner = c.kids(node)
    if len(inner) > 1:
        reader.declare(reader.plain(inner[0]), reader.read(inner[-1]), node)
    return Unknown("nothing", reader.source.line(node))


def _traits(reader: c.Reader, node: Node) -> Value:
    """Read ``use A, B;`` in a class: it has what the traits have."""
    opened = reader.scopes[reader.scope]
    opened.bases += tuple(reader.read(child) for child in c.kids(node) if child.type in {"name", "qualified_name"})
    return Unknown("nothing", reader.source.line(node))


def _property(reader: c.Reader, node: Node) -> Value:
    noted = reader.type(c.part(node, "type"))
    line = reader.source.line(node)
    for child in c.kids(node):
        title, value = c.part(child, "name"), c.part(child, "default_value")
        if child.type == "property_element" and title is not None:
            got = reader.read(value) if value is not None else Unknown("a field", line)
            reader.declare(reader.source.text(title).lstrip("$"), got, child, noted)
    return Unknown("nothing", line)


def _foreach(reader: c.Reader, node: Node) -> Value:
    inner = c.kids(node)
    if len(inner) < 2:  # noqa: PLR2004 - what is gone through, and the name of each
        return reader.inside(node)
    reader.each_of(inner[1] if inner[1].type != "pair" else c.kids(inner[1])[-1], inner[0], c.part(node, "body"))
    return Unknown("nothing", reader.source.line(node))


def _arms(node: Node) -> Iterator[Node]:
    given = c.part(node, "return_expression")
    if given is not None:
        yield given


LANGUAGE: Final = c.Language(
    name="php",
    grammar="tree_sitter_php:php",
    names=frozenset({"name"}),
    members=False,
    local=True,
    records=True,
    holders=frozenset({"value"}),  # Of a case of an enum, the string that it stands for.
    hand_on=frozenset({"getModelName", "toString", "value"}),
    wraps=frozenset({"trim", "strval"}),
    lists=frozenset({"array"}),
    formats={"sprintf": "%"},
    parameters=_parameters,
    nodes={
        "namespace_use_declaration": _use,
        "namespace_name": c.ignored,
        "qualified_name": _qualified,
        "variable_name": _variable,
        "relative_scope": c.this,
        "class_declaration": c.class_(bases=(":base_clause", ":class_interface_clause")),
        "interface_declaration": c.class_(bases=(":base_clause",)),
        "trait_declaration": c.class_(),
        "enum_declaration": c.class_(enum=True),
        "enum_case": _constant,
        "const_element": _constant,
        "use_declaration": _traits,
        "property_declaration": _property,
        "method_declaration": _function,
        "function_definition": _function,
        "arrow_function": c.lambda_(("parameters",), ("body",)),
        "anonymous_function": c.lambda_(("parameters",), ("body",)),
        "assignment_expression": c.assignment(),
        "augmented_assignment_expression": c.assignment(),
        "if_statement": c.branch("body", "alternative"),
        "else_clause": c.Same("body"),
        "else_if_clause": c.branch("body"),
        "switch_statement": c.branch("body"),
        "while_statement": c.branch("body"),
        "for_statement": c.branch("body"),
        "catch_clause": c.branch("body"),
        "foreach_statement": _foreach,
        "match_expression": c.cases(
            "condition", frozenset({"match_conditional_expression", "match_default_expression"}), _arms
        ),
        "conditional_expression": _ternary,
        "return_statement": c.returned,
        "expression_statement": c.Same(),
        "parenthesized_expression": c.Same(),
        "cast_expression": c.Same("value"),
        "function_call_expression": _Function(function=("function",)),
        "member_call_expression": c.Calls(of=("object",), name=("name",)),
        "nullsafe_member_call_expression": c.Calls(of=("object",), name=("name",)),
        "scoped_call_expression": _Static(name=("name",)),
        "object_creation_expression": _new,
        "member_access_expression": c.Member(of=("object",), name=("name",)),
        "nullsafe_member_access_expression": c.Member(of=("object",), name=("name",)),
        "scoped_property_access_expression": _StaticProperty(of=("scope",), name=("name",)),
        "class_constant_access_expression": c.Member(of=(0,), name=(1,)),
        "subscript_expression": c.subscript(0, 1),
        "array_creation_expression": _array,
        "binary_expression": c.binary(frozenset({"."}), frozenset({"??"})),
        "string": _string,
        "encapsed_string": _string,
        "heredoc": _string,
        "nowdoc": _string,
        **dict.fromkeys(("integer", "float", "boolean", "null"), c.constant),
    },
)
