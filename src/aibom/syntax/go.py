"""Go source: calls, bindings, imports and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax._engine import DEEPEST
from aibom.syntax.values import Call, Element, Mapping, Name, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code
    from aibom.syntax.values import Value

__all__ = ["LANGUAGE", "PREFIX", "read"]

PREFIX: Final = "go:"
"""What the dotted names of Go's packages begin with: ``go:github.com/owner/name.Function``."""
_VERSION: Final = expression(r"(?:/v\d+|\.v\d+)$")
_AFFIXES: Final = expression(r"^go[-_.]|[-_.]?(?:go-sdk|sdk-go|golang|go|sdk)$")


def read(text: str) -> Code:
    """
    Return the facts of the Go source *text*.

    >>> code = read('package a; import "github.com/sashabaranov/go-openai"; func f() { openai.NewClient("k") }')
    >>> [call.callee for call in code.every_call]
    ['go:github.com/sashabaranov/go-openai.NewClient']
    """
    return c.read_with(text, LANGUAGE)


def package_names(path: str) -> tuple[str, ...]:
    """
    Return the names that the package at *path* may have; only its source tells which one it has.

    >>> package_names("github.com/sashabaranov/go-openai"), package_names("gopkg.in/yaml.v3")
    (('go-openai', 'openai'), ('yaml',))
    """
    last = _VERSION.sub("", path).rpartition("/")[2]
    short = _AFFIXES.sub("", last)
    return tuple(dict.fromkeys(n for n in (last, short) if n))


def _import(reader: c.Reader, node: Node) -> Value:
    path, alias = c.part(node, "path"), c.part(node, "name")
    line = reader.source.line(node)
    target = reader.source.text(path)[1:-1] if path is not None else ""
    if alias is not None and alias.type == "dot":
        reader.imports.append(Import(f"{PREFIX}{target}.*", "*", line))
    elif alias is not None:
        reader.imports.append(Import(PREFIX + target, reader.source.text(alias), line))
    elif target:
        reader.imports += [Import(PREFIX + target, name, line) for name in package_names(target)]
    return Unknown("nothing", line)


def _spec(reader: c.Reader, node: Node) -> Value:
    """Read ``a, b = x, y`` of a ``const`` or a ``var``."""
    names = [n for n in node.children_by_field_name("name") if n.type == "identifier"]
    listed = c.part(node, "value")
    noted = reader.type(c.part(node, "type"))
    line = reader.source.line(node)
    values = [reader.read(v) for v in c.kids(listed)] if listed is not None else []
    for number, name in enumerate(names):
        value = values[number] if number < len(values) else Unknown("a variable without a value", line)
        if number < len(values) or noted is not None:
            reader.declare(reader.plain(name), value, node, noted)
        else:
            reader.scopes[reader.scope].declared.add(reader.plain(name))
    return Unknown("nothing", line)


def _short(reader: c.Reader, node: Node) -> Value:
    """Read ``a, err := f()``; of several values that one call gives, the first is what it gives."""
    left, right = c.part(node, "left"), c.part(node, "right")
    values = [reader.read(v) for v in c.kids(right)] if right is not None else []
    for number, target in enumerate(c.kids(left) if left is not None else ()):
        value = values[number] if number < len(values) else Unknown("an unpacked value", reader.source.line(node))
        if node.type == "short_var_declaration" and target.type == "identifier":
            reader.declare(reader.plain(target), value, node)
        else:
            reader.assign(target, value)
    return Unknown("nothing", reader.source.line(node))


def _assignment(reader: c.Reader, node: Node) -> Value:
    operator = c.part(node, "operator")
    if operator is not None and operator.type == "=":
        return _short(reader, node)
    return reader.inside(node)


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    for child in c.kids(node):
        kind = "*" if child.type == "variadic_parameter_declaration" else "normal"
        for name in child.children_by_field_name("name"):
            yield c.Raw(reader.plain(name), child, type=c.part(child, "type"), kind=kind)


def _function(reader: c.Reader, node: Node) -> Value:
    title, formal, body = c.part(node, "name"), c.part(node, "parameters"), c.part(node, "body")
    receiver = c.part(node, "receiver")
    line = reader.source.line(node)
    back, this = reader.scope, ""
    if receiver is not None and (raw := next(iter(c.kids(receiver)), None)) is not None:
        type_, named = reader.type(c.part(raw, "type")), c.part(raw, "name")
        this = reader.plain(named) if named is not None else ""
        reader.open_class(type_.name if isinstance(type_, Name) else "?", line)
    reader.function(
        node,
        reader.plain(title) if title is not None else "",
        _parameters(reader, formal) if formal is not None else (),
        [body] if body is not None else [],
        method=receiver is not None,
        this=this,
    )
    reader.scope = back
    return Unknown("nothing", line)


def _type(reader: c.Reader, node: Node) -> Value:
    """Read ``type Name struct {…}``."""
    name, kind = c.part(node, "name"), c.part(node, "type")
    line = reader.source.line(node)
    if name is None or kind is None or kind.type != "struct_type":
        return Unknown("nothing", line)
    back = reader.open_class(reader.plain(name), line)
    listed = c.part(kind, ":field_declaration_list")
    for field in c.kids(listed) if listed is not None else ():
        noted = reader.type(c.part(field, "type"))
        value = _default_of(reader, field)
        for each in field.children_by_field_name("name"):
            reader.declare(reader.plain(each), value or Unknown("a field", line), field, noted)
    reader.scope = back
    return Unknown("nothing", line)


_TAG: Final = expression(r'\b(?:default|envDefault):"([^"]*)"')
"""Tags that give a field its value: those of envconfig, env and defaults."""


_KEY: Final = expression(r'\b(?:yaml|toml|mapstructure|koanf|hcl|ini):"([\w.-]+)[^"]*"')
"""Tags that say under which key a file of settings has the field."""
TAGGED: Final = f"{PREFIX}reflect.StructTag.Get"
"""What a field with such a tag is: what stands at that key, in a file that the program reads."""


def _default_of(reader: c.Reader, field: Node) -> Value | None:
    tag = c.part(field, "tag")
    if tag is None:
        return None
    text = reader.source.text(tag)
    found = _TAG.search(text)
    if found is not None:
        return reader.text(found[1], tag, raw=True)
    key = _KEY.search(text)
    line, column = reader.source.place(tag)
    asked = Text(key[1], line, column) if key is not None else None
    return Call(TAGGED, Name(TAGGED, line), (asked,), (), line, column, reader.scope) if asked is not None else None


def _composite(reader: c.Reader, node: Node) -> Value:
    type_, body = c.part(node, "type"), c.part(node, "body")
    return _literal(reader, type_, body, node) if body is not None else reader.inside(node)


def _literal(reader: c.Reader, type_: Node | None, body: Node, node: Node) -> Value:
    """Read ``Type{…}``: a map, a list, or a call of the type with its fields as keywords."""
    kind = type_.type if type_ is not None else ""
    inner = c.part(type_, "value", "element") if type_ is not None else None
    positional: list[Value] = []
    pairs: list[tuple[Value, Value]] = []
    for child in c.kids(body):
        if child.type == "keyed_element":
            key, value = c.part(child, "key"), c.part(child, "value")
            if key is not None and value is not None:
                pairs.append((_key(reader, key, kind), _element(reader, value, inner)))
        else:
            positional.append(_element(reader, child, inner))
    if kind == "map_type":
        return Mapping(tuple(pairs))
    if kind in {"slice_type", "array_type", "implicit_length_array_type"}:
        return Sequence((*positional, *(v for _, v in pairs)))
    keywords = tuple((k.value, v) for k, v in pairs if isinstance(k, Text))
    line, column = reader.source.place(node)
    function = reader.type(type_) or Name("?", line)
    return reader.called(function, tuple(positional), keywords, line, column)


def _key(reader: c.Reader, node: Node, kind: str) -> Value:
    inner = c.kids(node)[0] if c.kids(node) else node
    if inner.type == "identifier" and kind != "map_type":
        return reader.text(reader.plain(inner), inner, keep=False)
    return reader.read(inner)


def _element(reader: c.Reader, node: Node, type_: Node | None) -> Value:
    inner = c.kids(node)[0] if node.type == "literal_element" and c.kids(node) else node
    if inner.type == "literal_value":  # The type of the elements need not be repeated.
        if reader.depth > DEEPEST:
            reader.too_deep = reader.too_deep or reader.source.line(inner)
            return Unknown("a literal nested too deep", reader.source.line(inner))
        reader.depth += 2
        value = _literal(reader, type_, inner, inner)
        reader.depth -= 2
        return value
    return reader.read(inner)


def _range(reader: c.Reader, node: Node) -> Value:
    clause, body = c.part(node, ":range_clause"), c.part(node, "body")
    left = c.part(clause, "left") if clause is not None else None
    right = c.part(clause, "right") if clause is not None else None
    reader.conditional += 1
    if left is not None and right is not None:
        value = reader.read(right)
        names = [reader.plain(n) for n in c.kids(left)]
        if names and isinstance(value, Mapping):
            reader.declare(names[0], Element(value), left)
        if len(names) > 1:
            listed = value
            if isinstance(value, Mapping):
                listed = Sequence(tuple(v for _, v in value.items))
            reader.declare(names[1], Element(listed), left)
    elif clause is None:
        for child in c.kids(node):
            if body is None or child.id != body.id:
                reader.read(child)
    if body is not None:
        reader.read(body)
    reader.conditional -= 1
    return Unknown("nothing", reader.source.line(node))


def _unary(reader: c.Reader, node: Node) -> Value:
    operator, operand = c.part(node, "operator"), c.part(node, "operand")
    value = reader.read(operand) if operand is not None else reader.inside(node)
    same = operator is not None and operator.type in {"&", "*"}
    return value if same else Unknown("a computed value", reader.source.line(node))


def _arms(node: Node) -> Iterator[Node]:
    yield from (child for child in c.kids(node) if child.type != "expression_list")


def _return(reader: c.Reader, node: Node) -> Value:
    """Read ``return value, err``: the first value counts."""
    listed = c.part(node, ":expression_list")
    for number, child in enumerate(c.kids(listed) if listed is not None else ()):
        value = reader.read(child)
        if number == 0:
            reader.give(value)
    return Unknown("nothing", reader.source.line(node))


LANGUAGE: Final = c.Language(
    name="go",
    grammar="tree_sitter_go",
    names=frozenset({"identifier", "field_identifier", "package_identifier", "type_identifier"}),
    members=False,
    wraps=frozenset({"string", "strings.TrimSpace", "strings.Clone"}),
    formats={"fmt.Sprintf": "%"},
    parameters=_parameters,
    nodes={
        "package_clause": c.ignored,
        "import_spec": _import,
        "const_spec": _spec,
        "var_spec": _spec,
        "type_spec": _type,
        "short_var_declaration": _short,
        "assignment_statement": _assignment,
        "function_declaration": _function,
        "method_declaration": _function,
        "func_literal": c.lambda_(("parameters",), ("body",)),
        "if_statement": c.branch("consequence", "alternative"),
        "for_statement": _range,
        "expression_switch_statement": c.cases("value", frozenset({"expression_case", "default_case"}), _arms),
        "type_switch_statement": c.branch(),
        "select_statement": c.branch(),
        "return_statement": _return,
        "expression_statement": c.Same(),
        "literal_element": c.Same(),
        "parenthesized_expression": c.Same(),
        "type_assertion_expression": c.Same("operand"),
        "type_conversion_expression": c.Same("operand"),
        "slice_expression": c.Same("operand"),
        "unary_expression": _unary,
        "binary_expression": c.binary(),
        "call_expression": c.Calls(function=("function",)),
        "selector_expression": c.Member(of=("operand",), name=("field",)),
        "qualified_type": c.Member(of=("package",), name=("name",)),
        "generic_type": c.Same("type"),
        "index_expression": c.subscript("operand", "index"),
        "composite_literal": _composite,
        "interpreted_string_literal": c.template(()),
        "raw_string_literal": c.template((), raw=True),
        **dict.fromkeys(("true", "false", "nil", "int_literal", "float_literal", "rune_literal", "iota"), c.constant),
    },
)
