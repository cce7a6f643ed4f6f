"""C# source: calls, bindings, imports and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax.values import Attribute, Call, Const, Item, Mapping, Name, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["LANGUAGE", "PREFIX", "read"]

PREFIX: Final = "dotnet:"
"""What the dotted names of the namespaces of .NET begin with."""
TYPE_ARGUMENT: Final = "<>"
"""The keyword under which a call keeps its type argument: ``Configure<OpenAIOptions>(…)``."""


def read(text: str) -> Code:
    """
    Return the facts of the C# source *text*.

    >>> code = read('using OpenAI.Chat; var client = new ChatClient(model: "gpt-4o");')
    >>> [(call.callee, call.argument(0, "model").value) for call in code.every_call], code.imports[0].target
    ([('ChatClient', 'gpt-4o')], 'dotnet:OpenAI.Chat.*')
    """
    return c.read_with(text, LANGUAGE)


def _using(reader: c.Reader, node: Node) -> Value:
    inner = c.kids(node)
    alias = c.part(node, "name")
    line = reader.source.line(node)
    if inner:
        target = PREFIX + "".join(reader.source.text(inner[-1]).split()).partition("<")[0]
        if alias is not None and alias.id != inner[-1].id:
            reader.imports.append(Import(target, reader.plain(alias), line))
        else:
            reader.imports.append(Import(f"{target}.*", "*", line))
    return Unknown("nothing", line)


def _namespace(reader: c.Reader, node: Node) -> Value:
    body = c.part(node, "body")
    if body is not None:
        reader.each(body)
    return Unknown("nothing", reader.source.line(node))


def _attributes(reader: c.Reader, node: Node) -> Iterator[Value]:
    for child in c.kids(node):
        if child.type == "attribute_list":
            for each in c.kids(child):
                title = c.part(each, "name")
                line = reader.source.line(each)
                if title is not None:
                    yield reader.call(
                        each, c.dotted(reader.plain(title), line), c.part(each, ":attribute_argument_list")
                    )


def _modifiers(reader: c.Reader, node: Node) -> set[str]:
    return {reader.source.text(child) for child in node.children if child.type == "modifier"}


def _method(reader: c.Reader, node: Node) -> Value:
    title, formal, body = c.part(node, "name"), c.part(node, "parameters"), c.part(node, "body")
    marks = tuple(_attributes(reader, node))
    made = node.type == "constructor_declaration"
    inside = reader.scopes[reader.scope].kind == "class"
    static = "static" in _modifiers(reader, node) or not inside
    initializer = c.part(node, ":constructor_initializer")
    if initializer is not None:
        owner = Name(reader.scopes[reader.scope].name.rpartition(".")[2], reader.source.line(node))
        given = c.part(initializer, ":argument_list")
        if any(child.type == "this" for child in initializer.children):
            reader.call(initializer, owner, given)
        else:
            for _ in reader.arguments(given):
                pass
    reader.function(
        node,
        "__init__" if made else reader.plain(title) if title is not None else "",
        _parameters(reader, formal) if formal is not None else (),
        [body] if body is not None else [],
        method=not static,
        decorators=marks,
        gives=body is not None and body.type == "arrow_expression_clause",
    )
    return Unknown("nothing", reader.source.line(node))


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    owner = node.parent.type if node.parent is not None else ""
    field = owner in {"record_declaration", "class_declaration", "struct_declaration"}
    for child in c.kids(node):
        title = c.part(child, "name")
        if child.type == "parameter" and title is not None:
            inner = c.kids(child)
            default = inner[-1] if any(k.type == "=" for k in child.children) else None
            yield c.Raw(reader.plain(title), child, default, c.part(child, "type"), field=field)
    listed = node.child_by_field_name("name")  # params string[] names
    if listed is not None:
        yield c.Raw(reader.plain(listed), listed, kind="*")


def _variables(reader: c.Reader, node: Node) -> Value:
    """Read ``type a = x, b = y``."""
    type_ = c.part(node, "type")
    noted = None if type_ is not None and type_.type == "implicit_type" else reader.type(type_)
    for child in c.kids(node):
        if child.type != "variable_declarator":
            continue
        title = c.part(child, "name", ":tuple_pattern")
        right = c.kids(child)[-1] if any(k.type == "=" for k in child.children) else None
        line = reader.source.line(child)
        if title is None:
            continue
        value = reader.read(right) if right is not None else Unknown("a field", line)
        names = list(c.names_in(reader, title))
        for number, name in enumerate(names):
            got = value if number == 0 else Unknown("an unpacked value", line)
            if right is None and noted is None:
                reader.scopes[reader.scope].declared.add(name)
            else:
                reader.declare(name, got, child, noted)
    return Unknown("nothing", reader.source.line(node))


def _property(reader: c.Reader, node: Node) -> Value:
    title, value = c.part(node, "name"), c.part(node, "value")
    accessors = c.part(node, "accessors")
    noted = reader.type(c.part(node, "type"))
    for _ in _attributes(reader, node):
        pass
    line = reader.source.line(node)
    if title is None:
        return reader.inside(node)
    name = reader.plain(title)
    body = value if value is not None and value.type == "arrow_expression_clause" else None
    gives = body is not None
    for accessor in c.kids(accessors) if accessors is not None else ():
        if (c.part(accessor, "name") or accessor).type == "get":
            body = c.part(accessor, "body", ":arrow_expression_clause") or body
            gives = body is not None and body.type == "arrow_expression_clause"
    if body is not None:
        static = "static" in _modifiers(reader, node)
        marks = (Name("property", line),)
        reader.function(node, name, (), [body], method=not static, decorators=marks, gives=gives)
    else:
        reader.declare(name, reader.read(value) if value is not None else Unknown("a field", line), node, noted)
    return Unknown("nothing", line)


def _initialised(reader: c.Reader, node: Node) -> Iterator[tuple[str, Value]]:
    """Yield what ``{ Name = value }`` gives to what is made, and what stands in it otherwise."""
    body = c.part(node, "initializer", ":initializer_expression")
    for child in c.kids(body) if body is not None else ():
        left, right = c.part(child, "left"), c.part(child, "right")
        if child.type == "assignment_expression" and left is not None and right is not None:
            if left.type == "identifier":
                yield reader.plain(left), reader.read(right)
            else:
                reader.read(right)
        else:
            reader.read(child)


def _made(reader: c.Reader, node: Node) -> Value:
    """Read ``new Type(…) { … }``; a dictionary or a list with its contents is that."""
    body = c.part(node, "initializer", ":initializer_expression")
    line = reader.source.line(node)
    inner = c.kids(body) if body is not None else []
    pairs: list[tuple[Value | None, Value]] = []
    for child in inner:
        left, right = c.part(child, "left"), c.part(child, "right")
        if child.type == "assignment_expression" and left is not None and left.type == "element_binding_expression":
            key = c.part(c.part(left, 0) or left, 0)
            if key is not None and right is not None:
                pairs.append((reader.read(key), reader.read(right)))
        elif child.type == "initializer_expression" and len(c.kids(child)) == 2:  # noqa: PLR2004 - key, value
            key, value = c.kids(child)
            pairs.append((reader.read(key), reader.read(value)))
    if pairs and len(pairs) == len(inner):
        return Mapping(tuple(pairs))
    type_ = c.part(node, "type")
    if inner and type_ is not None and not any(child.type == "assignment_expression" for child in inner):
        return Sequence(tuple(reader.read(child) for child in inner))
    plain = c.part(type_, 0) if type_ is not None and type_.type == "generic_name" else type_  # new Option<string>(…)
    function = reader.type(plain) if plain is not None else _expected(reader, node)
    return reader.call(node, function or Name("?", line), c.part(node, "arguments", ":argument_list"), _initialised)


def _expected(reader: c.Reader, node: Node) -> Value | None:
    """Return the type that ``new(…)`` makes: that of the variable or the property which it is for."""
    head = node.parent
    for _ in range(3):
        if head is None:
            return None
        type_ = c.part(head, "type", "returns")
        if type_ is not None:
            return reader.type(type_)
        head = head.parent
    return None


def _conditional(reader: c.Reader, node: Node) -> Value:
    """Read ``a?.b`` and ``a?["b"]``."""
    of, rest = c.part(node, "condition", 0), c.part(node, -1)
    if of is None or rest is None:
        return reader.inside(node)
    value = reader.read(of)
    stack: list[Node] = []
    head: Node | None = rest
    while head is not None and head.type in {"member_access_expression", "invocation_expression"}:
        stack.append(head)
        head = c.part(head, "expression", "function")
    if head is not None and head.type == "member_binding_expression":
        title = c.part(head, "name", 0)
        value = Attribute(value, reader.plain(title)) if title is not None else value
    elif head is not None and head.type == "element_binding_expression":
        key = c.part(c.part(head, 0) or head, 0)
        value = Item(value, reader.read(key)) if key is not None else value
    for link in reversed(stack):
        if link.type == "member_access_expression":
            title = c.part(link, "name")
            value = Attribute(value, reader.plain(title)) if title is not None else value
        else:
            value = reader.call(link, value, c.part(link, "arguments"), _type_argument)
    return value


def _type_argument(reader: c.Reader, node: Node) -> Iterator[tuple[str, Value]]:
    """Yield the type argument of a call, as a keyword."""
    function = c.part(node, "function")
    name = (
        c.part(function, "name") if function is not None and function.type == "member_access_expression" else function
    )
    if name is not None and name.type == "generic_name":
        listed = c.part(name, ":type_argument_list")
        type_ = reader.type(c.part(listed, 0)) if listed is not None else None
        if type_ is not None:
            yield TYPE_ARGUMENT, type_


def _verbatim(reader: c.Reader, node: Node) -> Value:
    text = reader.source.text(node)
    return reader.text(text[2:-1].replace('""', '"'), node, raw=True)


def _raw(reader: c.Reader, node: Node) -> Value:
    inner = c.part(node, ":raw_string_content")
    return reader.text(reader.source.text(inner) if inner is not None else "", node, raw=True)


def _arm(node: Node) -> Iterator[Node]:
    inner = c.kids(node)
    if node.type == "switch_expression_arm":
        yield from inner[-1:]
    else:
        yield from (child for child in inner if child.type.endswith(("_statement", "block")))


def _enum_member(reader: c.Reader, node: Node) -> Value:
    title, value = c.part(node, "name"), c.part(node, "value")
    for mark in _attributes(reader, node):  # [EnumMember(Value = "gpt-4o")], [Description("gpt-4o")]
        given = mark.argument(0, "Value", "value") if isinstance(mark, Call) else None
        if isinstance(given, Text) and title is not None:
            reader.declare(reader.plain(title), given, node)
    return reader.read(value) if value is not None else Const(None)


def _tuple(reader: c.Reader, node: Node) -> Value:
    return Sequence(tuple(v for _, v in reader.arguments(node)))


_MEMBER: Final = c.Member(of=("expression",), name=("name",))
_CLASS: Final = c.class_(bases=(":base_list",), parameters=(":parameter_list",), decorators=_attributes)

LANGUAGE: Final = c.Language(
    name="csharp",
    grammar="tree_sitter_c_sharp",
    holders=frozenset({"Value", "CurrentValue"}),
    hand_on=frozenset({"ToString", "Trim", "ToLowerInvariant", "GetAwaiter", "GetResult", "AsSpan"}),
    wraps=frozenset({"Lazy", "Uri", "Task.FromResult", "Options.Create", "Convert.ToString"}),
    defaults=frozenset({"GetValueOrDefault"}),
    formats={"string.Format": "{", "String.Format": "{"},
    parameters=_parameters,
    nodes={
        "using_directive": _using,
        "namespace_declaration": _namespace,
        "file_scoped_namespace_declaration": _namespace,
        "class_declaration": _CLASS,
        "struct_declaration": _CLASS,
        "record_declaration": _CLASS,
        "record_struct_declaration": _CLASS,
        "interface_declaration": _CLASS,
        "enum_declaration": c.class_(enum=True),
        "enum_member_declaration": _enum_member,
        "attribute_list": c.ignored,
        "method_declaration": _method,
        "constructor_declaration": _method,
        "local_function_statement": _method,
        "field_declaration": c.Same(-1),
        "variable_declaration": _variables,
        "property_declaration": _property,
        "arrow_expression_clause": c.Same(),
        "assignment_expression": c.assignment(),
        "if_statement": c.branch("consequence", "alternative"),
        "conditional_expression": c.choice("consequence", "alternative", condition=("condition",)),
        "switch_expression": c.cases(0, frozenset({"switch_expression_arm"}), _arm),
        "switch_statement": c.cases("value", frozenset({"switch_section"}), _arm),
        "foreach_statement": c.loop("left", "right"),
        "for_statement": c.branch("body"),
        "while_statement": c.branch("body"),
        "catch_clause": c.branch("body"),
        "return_statement": c.returned,
        "yield_statement": c.returned,
        "expression_statement": c.Same(),
        "global_statement": c.Same(),
        "parenthesized_expression": c.Same(),
        "cast_expression": c.Same("value"),
        "as_expression": c.Same("left"),
        "await_expression": c.Same(),
        "postfix_unary_expression": c.Same(),
        "checked_expression": c.Same(),
        "argument": c.Same(-1),
        "invocation_expression": c.Calls(function=("function",), more=_type_argument),
        "object_creation_expression": _made,
        "implicit_object_creation_expression": _made,
        "array_creation_expression": c.Same(-1),
        "implicit_array_creation_expression": c.Same(-1),
        "initializer_expression": c.sequence,
        "collection_expression": c.sequence,
        "collection_element": c.Same(),
        "expression_element": c.Same(),
        "spread_element": c.Same(),
        "tuple_expression": _tuple,
        "element_access_expression": c.subscript("expression", "subscript"),
        "conditional_access_expression": _conditional,
        "member_access_expression": _MEMBER,
        "qualified_name": c.Member(of=("qualifier",), name=("name",)),
        "generic_name": c.name(0),
        "predefined_type": c.name(),
        "binary_expression": c.binary(chooses=frozenset({"??"})),
        "lambda_expression": c.lambda_(("parameters",), ("body",)),
        "implicit_parameter": c.name(),
        "typeof_expression": c.ignored,
        "this": c.this,
        "base": c.name(),
        "string_literal": c.template(()),
        "verbatim_string_literal": _verbatim,
        "raw_string_literal": _raw,
        "interpolated_string_expression": c.template(("interpolation",)),
        **dict.fromkeys(
            ("boolean_literal", "null_literal", "integer_literal", "real_literal", "character_literal"), c.constant
        ),
    },
)
