"""Java source: calls, bindings, imports and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax.values import Attribute, Call, Name, Sequence, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["LANGUAGE", "PREFIX", "read"]

PREFIX: Final = "java:"
"""What the dotted names of Java's and Kotlin's packages begin with, so that no other language's are meant."""
SETTINGS: Final = frozenset(
    {
        *("Value", "ConfigProperty", "Property", "Named", "Option", "Parameters", "ShellOption", "RequestParam"),
        *("RequestHeader", "DefaultValue", "Bindable"),
    }
)
"""Annotations that say which setting a field or a parameter gets."""


def read(text: str) -> Code:
    """
    Return the facts of the Java source *text*.

    >>> code = read('import com.openai.models.ChatModel; class A { void f() { g(ChatModel.GPT_4O, "x"); } }')
    >>> [(call.callee, call.arguments[1].value) for call in code.every_call], code.imports[0].target
    ([('g', 'x')], 'java:com.openai.models.ChatModel')
    """
    return c.read_with(text, LANGUAGE)


def _import(reader: c.Reader, node: Node) -> Value:
    path = c.part(node, ":scoped_identifier", ":identifier")
    if path is not None:
        target = PREFIX + "".join(reader.source.text(path).split())
        star = any(child.type == "asterisk" for child in node.children)
        name = "*" if star else target.rpartition(".")[2]
        reader.imports.append(Import(f"{target}.*" if star else target, name, reader.source.line(node)))
    return Unknown("nothing", reader.source.line(node))


def annotated(reader: c.Reader, node: Node) -> Iterator[Value]:
    """Yield the annotations of a class, a method, a field or a parameter."""
    modifiers = c.part(node, ":modifiers")
    for child in c.kids(modifiers) if modifiers is not None else ():
        if child.type in {"annotation", "marker_annotation"}:
            yield reader.read(child)


def _annotation(reader: c.Reader, node: Node) -> Value:
    title = c.part(node, "name")
    line = reader.source.line(node)
    function = c.dotted(reader.source.text(title) if title is not None else "?", line)
    return reader.call(node, function, c.part(node, "arguments"))


def _pair(reader: c.Reader, node: Node) -> Value:
    value = c.part(node, "value")
    return reader.read(value) if value is not None else reader.inside(node)


def _class(reader: c.Reader, node: Node) -> Value:
    """Read ``Clerk.class``."""
    return Attribute(reader.type(c.part(node, 0)) or Name("?", reader.source.line(node)), "class")


def setting_of(marks: tuple[Value, ...]) -> Value | None:
    """Return the annotation that says which setting a field gets, if there is one."""
    return next((m for m in marks if isinstance(m, Call) and _last(m) in SETTINGS), None)


def _last(call: Call) -> str:
    return getattr(call.function, "name", "")


def _method(reader: c.Reader, node: Node) -> Value:
    title, formal, body = c.part(node, "name"), c.part(node, "parameters"), c.part(node, "body")
    marks = tuple(annotated(reader, node))
    modifiers = c.part(node, ":modifiers")
    static = modifiers is not None and any(child.type == "static" for child in modifiers.children)
    made = node.type in {"constructor_declaration", "compact_constructor_declaration"}
    name = "__init__" if made else reader.plain(title) if title is not None else ""
    raws = _parameters(reader, formal) if formal is not None else ()
    reader.function(node, name, raws, [body] if body is not None else [], method=not static, decorators=marks)
    return Unknown("nothing", reader.source.line(node))


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    record = node.parent is not None and node.parent.type == "record_declaration"
    for child in c.kids(node):
        if child.type == "identifier":
            yield c.Raw(reader.plain(child), child)
        title = c.part(child, "name")
        kind = "normal"
        if child.type == "spread_parameter":
            inner = c.part(child, ":variable_declarator")
            title, kind = (c.part(inner, "name") if inner is not None else None), "*"
        if title is not None:
            value = setting_of(tuple(annotated(reader, child)))
            yield c.Raw(reader.plain(title), child, type=c.part(child, "type"), kind=kind, value=value, field=record)


def _field(reader: c.Reader, node: Node) -> Value:
    value = setting_of(tuple(annotated(reader, node)))
    noted = reader.type(c.part(node, "type"))
    for declarator in node.children_by_field_name("declarator"):
        title, right = c.part(declarator, "name"), c.part(declarator, "value")
        if title is None:
            continue
        line = reader.source.line(declarator)
        got = reader.read(right) if right is not None else value or Unknown("a field", line)
        local = node.type == "local_variable_declaration"
        if local and right is None and noted is None:
            reader.scopes[reader.scope].declared.add(reader.plain(title))
        else:
            reader.declare(reader.plain(title), got, declarator, noted)
    return Unknown("nothing", reader.source.line(node))


def _constant(reader: c.Reader, node: Node) -> Value:
    """Read a member of an enum: what its constructor is given, as a call of it."""
    title, given, body = c.part(node, "name"), c.part(node, "arguments"), c.part(node, "body")
    line = reader.source.line(node)
    if title is not None and given is not None:
        owner = reader.scopes[reader.scope].name.rpartition(".")[2]
        reader.declare(reader.plain(title), reader.call(node, Name(owner, line), given), node)
    if body is not None:
        reader.inside(body)
    return Unknown("nothing", line)


def _made(reader: c.Reader, node: Node) -> Value:
    """Read ``new String[] {…}``."""
    inner = c.part(node, "value")
    return reader.read(inner) if inner is not None else Sequence(())


def _new(reader: c.Reader, node: Node) -> Value:
    """Read ``new Thing(…)``, also with a body."""
    noted = reader.type(c.part(node, "type")) or Name("?", reader.source.line(node))
    call = reader.call(node, noted, c.part(node, "arguments"))
    body = c.part(node, ":class_body")
    if body is not None:
        line, column = reader.source.place(node)
        back = reader.open_class(f"<class {line}:{column}>", line, (noted,))
        reader.each(body)
        reader.scope = back
    return call


def _arms(node: Node) -> Iterator[Node]:
    yield from (child for child in c.kids(node) if child.type != "switch_label")


LANGUAGE: Final = c.Language(
    name="java",
    grammar="tree_sitter_java",
    names=frozenset({"identifier", "type_identifier"}),
    comments=("line_comment", "block_comment"),
    hand_on=frozenset(
        {
            *("toString", "trim", "strip", "asString", "getValue", "getName", "value", "getModelName", "get"),
            *("orElseThrow", "stripIndent", "intern"),
        }
    ),
    wraps=frozenset(
        {
            *("Optional.of", "Optional.ofNullable", "Objects.requireNonNull", "String.valueOf", "Objects.toString"),
            *("Mono.just", "Collections.singletonList", "Collections.unmodifiableMap"),
            *("Collections.unmodifiableList", "Map.copyOf", "List.copyOf"),
        }
    ),
    defaults=frozenset({"orElse", "orElseGet"}),
    lists=frozenset({"List.of", "Arrays.asList", "Set.of", "Stream.of", "Map.entry", "Map.Entry", "ImmutableList.of"}),
    maps=frozenset({"Map.of", "Map.ofEntries", "ImmutableMap.of"}),
    formats={"String.format": "%", "*.formatted": "%"},
    parameters=_parameters,
    nodes={
        "package_declaration": c.ignored,
        "import_declaration": _import,
        "class_declaration": c.class_(bases=("superclass", "interfaces"), decorators=annotated),
        "interface_declaration": c.class_(bases=(":extends_interfaces",), decorators=annotated),
        "record_declaration": c.class_(bases=("interfaces",), parameters=("parameters",), decorators=annotated),
        "enum_declaration": c.class_(bases=("interfaces",), enum=True, decorators=annotated),
        "annotation_type_declaration": c.class_(),
        "annotation_type_element_declaration": c.declaration(("name",), ("value",)),
        "enum_constant": _constant,
        "annotation": _annotation,
        "marker_annotation": _annotation,
        "element_value_pair": _pair,
        "class_literal": _class,
        "element_value_array_initializer": c.sequence,
        "method_declaration": _method,
        "constructor_declaration": _method,
        "compact_constructor_declaration": _method,
        "field_declaration": _field,
        "constant_declaration": _field,
        "local_variable_declaration": _field,
        "resource": c.declaration(("name",), ("value",), ("type",)),
        "assignment_expression": c.assignment(),
        "if_statement": c.branch("consequence", "alternative"),
        "ternary_expression": c.choice("consequence", "alternative", condition=("condition",)),
        "switch_expression": c.cases("condition", frozenset({"switch_rule", "switch_block_statement_group"}), _arms),
        "enhanced_for_statement": c.loop("name", "value"),
        "for_statement": c.branch("body"),
        "while_statement": c.branch("body"),
        "do_statement": c.branch("body"),
        "catch_clause": c.branch("body"),
        "return_statement": c.returned,
        "yield_statement": c.Same(),
        "expression_statement": c.Same(),
        "parenthesized_expression": c.Same(),
        "cast_expression": c.Same("value"),
        "method_invocation": c.Calls(of=("object",), name=("name",)),
        "object_creation_expression": _new,
        "array_creation_expression": _made,
        "array_initializer": c.sequence,
        "array_access": c.subscript("array", "index"),
        "field_access": c.Member(of=("object",), name=("field",)),
        "scoped_identifier": c.Member(of=("scope",), name=("name",)),
        "scoped_type_identifier": c.Member(of=(0,), name=(-1,)),
        "generic_type": c.Same(),
        "binary_expression": c.binary(),
        "lambda_expression": c.lambda_(("parameters",), ("body",)),
        "this": c.this,
        "string_literal": c.template(("string_interpolation",)),
        **dict.fromkeys(
            (
                *("true", "false", "null_literal", "decimal_integer_literal", "hex_integer_literal"),
                *("decimal_floating_point_literal", "character_literal"),
            ),
            c.constant,
        ),
    },
)
