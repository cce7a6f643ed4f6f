"""Kotlin source: calls, bindings, imports and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax.java import LANGUAGE as JAVA
from aibom.syntax.java import PREFIX, setting_of
from aibom.syntax.values import Call, Name, Sequence, Template, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["LANGUAGE", "read"]

_SIMPLE: Final = expression(r"(?<!\\)\$([A-Za-z_]\w*)")


def read(text: str) -> Code:
    """
    Return the facts of the Kotlin source *text*.

    >>> code = read('import com.openai.models.ChatModel as M; val m = g(model = M.GPT_4O, name = "x")')
    >>> [(call.callee, call.argument(None, "name").value) for call in code.every_call], code.imports[0].name
    ([('g', 'x')], 'M')
    """
    return c.read_with(text, LANGUAGE)


def _import(reader: c.Reader, node: Node) -> Value:
    path = c.part(node, ":qualified_identifier", ":identifier")
    line = reader.source.line(node)
    if path is not None:
        target = PREFIX + re.sub(r"[\s`]", "", reader.source.text(path))
        alias = next((k for k in c.kids(node) if k.type == "identifier" and k.id != path.id), None)
        if reader.source.text(node).rstrip().endswith("*"):
            reader.imports.append(Import(f"{target}.*", "*", line))
        else:
            name = reader.plain(alias) if alias is not None else target.rpartition(".")[2]
            reader.imports.append(Import(target, name, line))
    return Unknown("nothing", line)


def _annotations(reader: c.Reader, node: Node) -> Iterator[Value]:
    modifiers = c.part(node, ":modifiers", ":parameter_modifiers")
    for child in c.kids(modifiers) if modifiers is not None else ():
        if child.type == "annotation":
            yield reader.read(child)


def _annotation(reader: c.Reader, node: Node) -> Value:
    made = c.part(node, ":constructor_invocation")
    type_ = c.part(made or node, ":user_type")
    function = reader.type(type_) or Name("?", reader.source.line(node))
    return reader.call(node, function, c.part(made, ":value_arguments") if made is not None else None)


def _words(node: Node) -> set[str]:
    modifiers = c.part(node, ":modifiers")
    return {word.type for child in modifiers.children for word in child.children} if modifiers is not None else set()


def _class(reader: c.Reader, node: Node) -> Value:
    enum = "enum" in _words(node)
    return _ENUM(reader, node) if enum else _CLASS(reader, node)


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    """Yield the parameters of a function or of a primary constructor; the default stands beside its parameter."""
    children = c.kids(node)
    if node.type == "lambda_parameters":
        yield from (c.Raw(name, node) for name in c.names_in(reader, node))
        return
    vararg = False
    for number, child in enumerate(children):
        if child.type == "parameter_modifiers":
            vararg = "vararg" in reader.source.text(child)
            continue
        if child.type not in {"parameter", "class_parameter"}:
            continue
        title = c.part(child, ":identifier")
        type_ = c.part(child, ":user_type", ":nullable_type")
        following = children[number + 1] if number + 1 < len(children) else None
        default = None
        if child.type == "class_parameter":
            default = _after(child, "=")
        elif following is not None and following.type not in {"parameter", "parameter_modifiers"}:
            default = following
        field = child.type == "class_parameter" and any(k.type in {"val", "var"} for k in child.children)
        value = setting_of(tuple(_annotations(reader, child)))
        if title is not None:
            kind = "*" if vararg else "normal"
            yield c.Raw(reader.plain(title), child, default, type_, kind, field=field, value=value)
        vararg = False


def _after(node: Node, sign: str) -> Node | None:
    """Return the named child that follows *sign*."""
    seen = False
    for child in node.children:
        if seen and child.is_named and not child.is_extra:
            return child
        seen = seen or child.type == sign
    return None


def _property(reader: c.Reader, node: Node) -> Value:
    """Read ``val name: Type = value``, also with a getter or a delegate."""
    pattern = c.part(node, ":variable_declaration", ":multi_variable_declaration")
    if pattern is None:
        return reader.inside(node)
    type_ = c.part(pattern, ":user_type", ":nullable_type")
    noted = reader.type(type_)
    marks = tuple(_annotations(reader, node))
    names = [reader.plain(t) for t in _titles(pattern)]
    line = reader.source.line(node)
    right = _after(node, "=")
    delegate, getter = c.part(node, ":property_delegate"), c.part(node, ":getter")
    value: Value | None = reader.read(right) if right is not None else None
    if value is None and delegate is not None:
        value = reader.read(delegate)
        given = [v for k, v in value.keywords if k == c.BODY] if isinstance(value, Call) else []
        value = given[-1] if given else value  # by lazy { … }
    if value is None and getter is not None and names:
        body = c.part(getter, ":function_body")
        inside = reader.scopes[reader.scope].kind == "class"
        reader.function(
            node, names[0], (), [body] if body is not None else [],
            method=inside, decorators=(Name("property", line),), gives=True,
        )  # fmt: skip
        return Unknown("nothing", line)
    for number, name in enumerate(names):
        got = value if number == 0 else Unknown("an unpacked value", line)
        got = got or setting_of(marks) or Unknown("a field", line)
        reader.declare(name, got, node, noted)
    return Unknown("nothing", line)


def _titles(pattern: Node) -> Iterator[Node]:
    listed = [pattern] if pattern.type == "variable_declaration" else c.kids(pattern)
    for each in listed:
        title = c.part(each, ":identifier")
        if title is not None:
            yield title


def _function(reader: c.Reader, node: Node) -> Value:
    title = c.part(node, "name")
    formal, body = c.part(node, ":function_value_parameters"), c.part(node, ":function_body", ":block")
    made = node.type == "secondary_constructor"
    method = reader.scopes[reader.scope].kind == "class"
    single = body is not None and c.part(body, ":block") is None and body.type == "function_body"
    marks = tuple(_annotations(reader, node))
    delegated = c.part(node, ":constructor_delegation_call")
    if delegated is not None:
        reader.call(
            delegated,
            Name(reader.scopes[reader.scope].name.rpartition(".")[2], reader.source.line(node)),
            c.part(delegated, ":value_arguments"),
        )
    reader.function(
        node,
        "__init__" if made else reader.plain(title) if title is not None else "",
        _parameters(reader, formal) if formal is not None else (),
        [body] if body is not None else [],
        method=method,
        decorators=marks,
        gives=single,
    )
    return Unknown("nothing", reader.source.line(node))


def _entry(reader: c.Reader, node: Node) -> Value:
    """Read a member of an enum: what its constructor is given, as a call of it."""
    title, given = c.part(node, ":identifier"), c.part(node, ":value_arguments")
    if title is not None and given is not None:
        owner = reader.scopes[reader.scope].name.rpartition(".")[2]
        call = reader.call(node, Name(owner, reader.source.line(node)), given)
        reader.declare(reader.plain(title), call, node)
    return Unknown("nothing", reader.source.line(node))


def _more(reader: c.Reader, node: Node) -> Iterator[tuple[str, Value]]:
    """Yield what a function at the end of a call assigns, ``chat { model = … }``, and what it gives."""
    annotated = c.part(node, ":annotated_lambda")
    literal = c.part(annotated, ":lambda_literal") if annotated is not None else None
    if literal is None:
        return
    before = len(reader.scopes)
    value = reader.read(literal)
    if before < len(reader.scopes):
        for name in reader.of_lambda(value):
            yield c.BODY, name
    for child in c.kids(literal):
        left = c.part(child, "left")
        if child.type == "assignment" and left is not None and left.type == "identifier":
            found = [b for s in reader.scopes for b in s.bindings if b.name == reader.plain(left)]
            same = [b for b in found if b.line == reader.source.line(left)]
            if same:
                yield same[-1].name, same[-1].value


def _lambda(reader: c.Reader, node: Node) -> Value:
    line, column = reader.source.place(node)
    title = f"<function {line}:{column}>"
    formal = c.part(node, ":lambda_parameters")
    body = [k for k in c.kids(node) if k.type != "lambda_parameters"]
    names = [c.Raw(n, formal) for n in c.names_in(reader, formal)] if formal is not None else []
    last = body[-1:] if body else []

    reader.function(node, title, names, body[:-1])
    if last:
        index = next(n for n in range(len(reader.scopes) - 1, -1, -1) if reader.scopes[n].name.endswith(title))
        back, reader.scope = reader.scope, index
        value = reader.read(last[0])
        if not isinstance(value, Unknown):
            reader.give(value)
        reader.scope = back
    return Name(title, line)


def _string(reader: c.Reader, node: Node) -> Value:
    """Read a string; the grammar does not tell ``$name`` from text."""
    value = _TEMPLATE(reader, node)
    pieces: list[Value] = []
    for piece in value.parts if isinstance(value, Template) else (value,):
        if not isinstance(piece, Text) or "$" not in reader.source.text(node):
            pieces.append(piece)
            continue
        end = 0
        for found in _SIMPLE.finditer(piece.value):
            pieces += [evolve(piece, value=piece.value[end : found.start()]), Name(found[1], piece.line)]
            end = found.end()
        pieces.append(evolve(piece, value=piece.value[end:]))
    return value if len(pieces) == 1 or "\\$" in reader.source.text(node) else reader.joined(pieces, node)


def _infix(reader: c.Reader, node: Node) -> Value:
    """Read ``"a" to "b"``, a pair."""
    inner = c.kids(node)
    if len(inner) == 3 and reader.source.text(inner[1]) == "to":  # noqa: PLR2004 - a, to, b
        return Sequence((reader.read(inner[0]), reader.read(inner[2])))
    return reader.inside(node, "a computed value")


def _object(reader: c.Reader, node: Node) -> Value:
    """Read ``object : Type { … }``."""
    line, column = reader.source.place(node)
    body = c.part(node, ":class_body")
    back = reader.open_class(f"<class {line}:{column}>", line)
    if body is not None:
        reader.each(body)
    reader.scope = back
    return Unknown("an object", line)


def _companion(reader: c.Reader, node: Node) -> Value:
    """Read a companion object: its members are those of the class."""
    body = c.part(node, ":class_body")
    return reader.each(body) if body is not None else Unknown("nothing", reader.source.line(node))


def _unary(reader: c.Reader, node: Node) -> Value:
    operand = c.part(node, "argument", 0)
    same = any(child.type == "!!" for child in node.children)
    value = reader.read(operand) if operand is not None else reader.inside(node)
    return value if same else Unknown("a computed value", reader.source.line(node))


def _if(reader: c.Reader, node: Node) -> Value:
    condition = c.part(node, "condition")
    inner = [k for k in c.kids(node) if condition is None or k.id != condition.id]
    numbers = [c.kids(node).index(k) for k in inner]
    return c.branch(*numbers)(reader, node)


def _when_arm(node: Node) -> Iterator[Node]:
    conditions = {n.id for n in node.children_by_field_name("condition")}
    yield from (k for k in c.kids(node) if k.id not in conditions)


def _for(reader: c.Reader, node: Node) -> Value:
    return c.loop(":variable_declaration", 1, -1)(reader, node)


def _return(reader: c.Reader, node: Node) -> Value:
    inner = [k for k in c.kids(node) if k.type != "label"]
    if inner:
        reader.give(reader.read(inner[-1]))
    return Unknown("nothing", reader.source.line(node))


_TEMPLATE: Final = c.template(("interpolation",))
_CLASS: Final = c.class_(
    bodies=(":class_body",),
    bases=(":delegation_specifiers",),
    parameters=(":primary_constructor",),
    decorators=_annotations,
)
_ENUM: Final = c.class_(
    bodies=(":enum_class_body", ":class_body"),
    bases=(":delegation_specifiers",),
    parameters=(":primary_constructor",),
    enum=True,
    decorators=_annotations,
)


def _formal(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    inner = c.part(node, ":class_parameters")
    return _parameters(reader, inner if inner is not None else node)


LANGUAGE: Final = c.Language(
    name="kotlin",
    grammar="tree_sitter_kotlin",
    names=frozenset({"identifier"}),
    comments=("line_comment", "block_comment"),
    hand_on=JAVA.hand_on | {"trimIndent", "trimMargin", "toModelId"},
    wraps=JAVA.wraps | {"requireNotNull", "checkNotNull"},
    defaults=JAVA.defaults | {"getOrDefault", "getOrElse", "ifEmpty", "ifBlank", "ifNull"},
    lists=JAVA.lists | {"listOf", "setOf", "arrayOf", "mutableListOf", "listOfNotNull", "sequenceOf", "Pair"},
    maps=JAVA.maps | {"mapOf", "mutableMapOf", "hashMapOf", "linkedMapOf"},
    formats={"String.format": "%", "*.format": "%"},
    parameters=_formal,
    nodes={
        "package_header": c.ignored,
        "import": _import,
        "class_declaration": _class,
        "object_declaration": c.class_(
            bodies=(":class_body",), bases=(":delegation_specifiers",), decorators=_annotations
        ),
        "companion_object": _companion,
        "object_literal": _object,
        "enum_entry": _entry,
        "annotation": _annotation,
        "property_declaration": _property,
        "property_delegate": c.Same(),
        "function_declaration": _function,
        "secondary_constructor": _function,
        "function_body": c.block,
        "block": c.block,
        "assignment": c.assignment(),
        "if_expression": _if,
        "when_expression": c.cases(":when_subject", frozenset({"when_entry"}), _when_arm),
        "try_expression": c.choice(":block", ":catch_block"),
        "for_statement": _for,
        "while_statement": c.branch(-1),
        "return_expression": _return,
        "parenthesized_expression": c.Same(),
        "as_expression": c.Same("left"),
        "unary_expression": _unary,
        "call_expression": c.Calls(function=(0,), arguments=(":value_arguments",), more=_more),
        "navigation_expression": c.Member(of=(0,), name=(-1,)),
        "index_expression": c.subscript(0, 1),
        "binary_expression": c.binary(chooses=frozenset({"?:"})),
        "infix_expression": _infix,
        "lambda_literal": _lambda,
        "annotated_lambda": c.Same(),
        "user_type": c.ignored,
        "this_expression": c.this,
        "string_literal": _string,
        "multiline_string_literal": _string,
        **dict.fromkeys(("number_literal", "character_literal", "true", "false", "null"), c.constant),
    },
)
