"""Rust source: calls, bindings, imports and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.syntax import Import
from aibom.syntax import _curly as c
from aibom.syntax._engine import DEEPEST
from aibom.syntax.values import Item, Mapping, Name, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from aibom.syntax import Code

__all__ = ["LANGUAGE", "PREFIX", "read"]

PREFIX: Final = "rust:"
"""What the dotted names of Rust's crates begin with: ``rust:hf_hub.api.sync.Api``."""
_OWN: Final = ("crate", "super", "self")
_TEST: Final = expression(r"#\[\s*(?:cfg\s*\(\s*test\s*\)|(?:\w+::)*(?:test|rstest)\b)")
_DEFAULT: Final = expression(r"^(?:default_value|default_value_t|default)$")


def read(text: str) -> Code:
    """
    Return the facts of the Rust source *text*.

    >>> code = read('use hf_hub::api::sync::Api; fn f() { Api::new()?.model("org/name".into()); }')
    >>> [call.callee for call in code.every_call]
    ['rust:hf_hub.api.sync.Api.new', 'rust:hf_hub.api.sync.Api.new().model']
    """
    return c.read_with(text, LANGUAGE, _start)


def _start(reader: c.Reader) -> None:
    """Let the roots of paths be found: what the file says of its own crate, and the crates that it names in full."""
    reader.imports += [Import(PREFIX + root, root, 1) for root in _OWN[:2]]


def _use(reader: c.Reader, node: Node) -> Value:
    argument = c.part(node, "argument")
    if argument is not None:
        _used(reader, argument, "", 0)
    return Unknown("nothing", reader.source.line(node))


def _used(reader: c.Reader, node: Node, before: str, depth: int) -> None:
    """Take note of what the tree of a ``use`` brings in; *before* is the path that leads to it."""
    if depth > DEEPEST:
        return
    line = reader.source.line(node)
    match node.type:
        case "scoped_use_list":
            path, listed = c.part(node, "path"), c.part(node, "list")
            inside = before + (f"{_path(reader, path)}." if path is not None else "")
            for child in c.kids(listed) if listed is not None else ():
                _used(reader, child, inside, depth + 1)
        case "use_list":
            for child in c.kids(node):
                _used(reader, child, before, depth + 1)
        case "use_as_clause":
            path, alias = c.part(node, "path"), c.part(node, "alias")
            if path is not None and alias is not None:
                _import(reader, before + _path(reader, path), reader.source.text(alias), line)
        case "use_wildcard":
            inner = c.part(node, 0)
            path_ = before + _path(reader, inner) if inner is not None else before.rstrip(".")
            _import(reader, f"{path_}.*", "*", line)
        case "self":
            _import(reader, before.rstrip("."), before.rstrip(".").rpartition(".")[2], line)
        case _:
            whole = before + _path(reader, node)
            _import(reader, whole, whole.rpartition(".")[2], line)


def _path(reader: c.Reader, node: Node) -> str:
    return re.sub(r"\s|^::|r#", "", reader.source.text(node)).replace("::", ".")


def _import(reader: c.Reader, target: str, name: str, line: int) -> None:
    if target.startswith("super.") and reader.scope:  # In a module that stands in the file: the file itself.
        target = target.replace("super.", "self.", 1)
    reader.imports.append(Import(PREFIX + target, name, line))


def _mod(reader: c.Reader, node: Node) -> Value:
    """Read ``mod name;``, another file, or ``mod name { … }``, a scope of this one."""
    name, body = c.part(node, "name"), c.part(node, "body")
    line = reader.source.line(node)
    if name is not None and body is None:
        text = reader.plain(name)
        reader.imports.append(Import(f"{PREFIX}self.{text}", text, line))
    elif name is not None and body is not None:
        back = reader.open_class(reader.plain(name), line)
        reader.each(body)
        reader.scope = back
    return Unknown("nothing", line)


def _attribute(reader: c.Reader, node: Node) -> Value:
    """Take note of the lines of what is compiled for tests only; the attribute stands before it."""
    following = node.next_named_sibling
    while following is not None and (following.type == "attribute_item" or following.is_extra):
        following = following.next_named_sibling
    if following is not None and _TEST.match(reader.source.text(node)[:200]):
        reader.tests.append(
            (reader.source.line(node), reader.source.line(node) + following.end_point[0] - node.start_point[0])
        )
    return Unknown("nothing", reader.source.line(node))


def _struct(reader: c.Reader, node: Node) -> Value:
    """Read a struct: its fields, and what attributes of clap and serde give to them."""
    name, body = c.part(node, "name"), c.part(node, "body")
    line = reader.source.line(node)
    if name is None:
        return Unknown("nothing", line)
    back = reader.open_class(reader.plain(name), line)
    _fields(reader, body)
    reader.scope = back
    return Unknown("nothing", line)


def _enum(reader: c.Reader, node: Node) -> Value:
    """Read an enum: the fields of its variants, and what a variant holds, as if they were its own."""
    name, body = c.part(node, "name"), c.part(node, "body")
    line = reader.source.line(node)
    if name is None:
        return Unknown("nothing", line)
    back = reader.open_class(reader.plain(name), line)
    for variant in c.kids(body) if body is not None else ():
        title, held = c.part(variant, "name"), c.part(variant, "body")
        if held is not None and held.type == "field_declaration_list":
            _fields(reader, held)
        elif held is not None and title is not None:
            noted = reader.type(c.part(held, 0))
            reader.declare(reader.plain(title), Unknown("a field", line), variant, noted)
    reader.scope = back
    return Unknown("nothing", line)


def _fields(reader: c.Reader, body: Node | None) -> None:
    """Declare the fields in *body*, each with the default that the attributes before it state."""
    default: Value | None = None
    for child in c.kids(body) if body is not None else ():
        if child.type == "attribute_item":
            default = _default_of(reader, child) or default
        elif child.type == "field_declaration":
            title = c.part(child, "name")
            if title is not None:
                noted = reader.type(c.part(child, "type"))
                absent = Unknown("a field", reader.source.line(child))
                reader.declare(reader.plain(title), default or absent, child, noted)
            default = None


def _default_of(reader: c.Reader, node: Node) -> Value | None:
    """Return the default that ``#[arg(long, default_value = "…")]`` states."""
    attribute = c.part(node, ":attribute")
    tokens = c.part(attribute, "arguments") if attribute is not None else None
    for key, value in _arguments(reader, tokens) if tokens is not None else ():
        if _DEFAULT.match(key):
            return value
    return None


def _impl(reader: c.Reader, node: Node) -> Value:
    type_, body = reader.type(c.part(node, "type")), c.part(node, "body")
    line = reader.source.line(node)
    back = reader.scope
    reader.open_class(type_.name if isinstance(type_, Name) else "?", line)
    if body is not None:
        reader.each(body)
    reader.scope = back
    return Unknown("nothing", line)


def _function(reader: c.Reader, node: Node) -> Value:
    name, formal, body = c.part(node, "name"), c.part(node, "parameters"), c.part(node, "body")
    method = formal is not None and c.part(formal, ":self_parameter") is not None
    last = _last(body) if body is not None else None
    reader.function(
        node,
        reader.plain(name) if name is not None else "",
        _parameters(reader, formal) if formal is not None else (),
        [body] if body is not None else [],
        method=method,
        gives=last is not None,
    )
    return Unknown("nothing", reader.source.line(node))


def _last(body: Node) -> Node | None:
    """Return the expression without a semicolon that ends *body*: what the function gives."""
    inner = c.kids(body)
    if not inner or inner[-1].type.endswith(("_item", "_declaration")):
        return None
    if inner[-1].type == "expression_statement" and inner[-1].children[-1].type == ";":
        return None
    return inner[-1]


def _block(reader: c.Reader, node: Node) -> Value:
    value = reader.each(node)
    return value if _last(node) is not None else Unknown("nothing", reader.source.line(node))


def _parameters(reader: c.Reader, node: Node) -> Iterator[c.Raw]:
    for child in c.kids(node):
        if child.type in {"identifier", "closure_parameters"}:
            yield from (c.Raw(name, child) for name in c.names_in(reader, child))
        elif child.type == "parameter":
            pattern = c.part(child, "pattern")
            name = next(c.names_in(reader, pattern), "_") if pattern is not None else "_"
            yield c.Raw(name, child, type=c.part(child, "type"))


def _self_or_name(reader: c.Reader, node: Node) -> Value:
    """Read a name of a type; ``Self`` is the one that is being read."""
    text = reader.plain(node)
    owner = reader.owner()
    if text == "Self" and owner is not None:
        return c.dotted(reader.scopes[owner].name, reader.source.line(node))
    return Name(text, reader.source.line(node))


def _named(reader: c.Reader, node: Node) -> Value:
    """Read a plain name."""
    return _self_or_name(reader, node) if reader.plain(node) == "Self" else reader.named(node)


class _Path(c.Member):
    """``a::b``; a crate at the root of a path needs no import."""

    def build(self, reader: c.Reader, node: Node, of: Value | None) -> Value:
        """Return the name, and take note of the crate."""
        if isinstance(of, Name) and of.name.islower() and of.name not in {*_OWN, *(i.name for i in reader.imports)}:
            reader.imports.append(Import(PREFIX + of.name, of.name, of.line))
        return super().build(reader, node, of)


def _made(reader: c.Reader, node: Node) -> Value:
    """Read ``Type { field: value, ..base }``."""
    name, body = c.part(node, "name"), c.part(node, "body")
    keywords: list[tuple[str, Value]] = []
    for child in c.kids(body) if body is not None else ():
        title, value = c.part(child, "field"), c.part(child, "value")
        if child.type == "shorthand_field_initializer":
            inner = c.part(child, 0)
            if inner is not None:
                keywords.append((reader.plain(inner), reader.read(inner)))
        elif title is not None and value is not None:
            keywords.append((reader.plain(title), reader.read(value)))
        else:
            reader.inside(child)
    line, column = reader.source.place(node)
    function = reader.read(name) if name is not None else Name("?", line)
    return reader.called(function, (), tuple(keywords), line, column)


def _let(reader: c.Reader, node: Node) -> Value:
    pattern, value = c.part(node, "pattern"), c.part(node, "value")
    noted = reader.type(c.part(node, "type"))
    line = reader.source.line(node)
    got = reader.read(value) if value is not None else Unknown("a variable without a value", line)
    alternative = c.part(node, "alternative")
    if alternative is not None:
        reader.read(alternative)
    if pattern is None:
        return got
    if pattern.type == "tuple_struct_pattern":  # Some(name), Ok(name)
        names = [n for child in c.kids(pattern)[1:] for n in c.names_in(reader, child)]
    else:
        names = list(c.names_in(reader, pattern))
    for number, name in enumerate(names):
        one = got
        if len(names) > 1:
            listed = isinstance(got, Sequence) and number < len(got.items)
            one = got.items[number] if isinstance(got, Sequence) and listed else Unknown("an unpacked value", line)
        if value is None and noted is None:
            reader.scopes[reader.scope].declared.add(name)
        else:
            reader.declare(name, one, node, noted)
    return Unknown("nothing", line)


def _if(reader: c.Reader, node: Node) -> Value:
    """Read ``if a { x } else if b { y } else { z }``; the chain may be long, and costs no depth."""
    options: list[Value] = []
    head: Node | None = node
    reader.conditional += 1
    while head is not None and head.type == "if_expression":
        condition, body = c.part(head, "condition"), c.part(head, "consequence")
        if condition is not None:
            reader.read(condition)
        asked = reader.source.text(condition)[:300] if condition is not None else ""
        reader.asked.append(asked if c.asks_for_nothing(asked) else "")
        if body is not None:
            options.append(reader.read(body))
        reader.asked.pop()
        other = c.part(head, "alternative")
        head = c.part(other, 0) if other is not None else None
    if head is not None:
        options.append(reader.read(head))
    reader.conditional -= 1
    kept = [o for o in options if not isinstance(o, Unknown)]
    return c.chosen(*kept) if kept else Unknown("a choice", reader.source.line(node))


def _macro(reader: c.Reader, node: Node) -> Value:
    """Read ``format!("…", a)``, ``vec![a, b]``, ``json!({…})`` and others, as calls."""
    title, tokens = c.part(node, "macro"), c.part(node, ":token_tree")
    line, column = reader.source.place(node)
    name = _path(reader, title).rpartition(".")[2] if title is not None else "?"
    given = list(_arguments(reader, tokens)) if tokens is not None else []
    positional = tuple(v for k, v in given if not k)
    keywords = tuple((k, v) for k, v in given if k)
    if name == "format":
        value = reader.formatted("{", positional, keywords)
        if isinstance(value, Text):
            reader.strings.append((value, reader.scope))
        return value if value is not None else Unknown("a formatted value", line)
    if name == "vec":
        return Sequence(positional)
    if name in {"json", "hashmap"} and positional:
        return positional[0]
    if name in {"env", "option_env"}:
        return Unknown(f"what {name}! gives", line)
    return reader.called(Name(f"{name}!", line), positional, keywords, line, column)


def _arguments(reader: c.Reader, tokens: Node, depth: int = 0) -> Iterator[tuple[str, Value]]:
    """Yield the arguments in the *tokens* of a macro, which the grammar does not read."""
    for tokens_ in _split(tokens.children[1:-1], ","):
        key, piece = "", tokens_
        if len(piece) > 2 and piece[0].type == "identifier" and piece[1].type == "=":  # noqa: PLR2004 - name = value
            key, piece = reader.plain(piece[0]), piece[2:]
        yield key, _tokens(reader, piece, depth + 1)


def _split(nodes: list[Node], sign: str) -> Iterator[list[Node]]:
    piece: list[Node] = []
    for node in nodes:
        if node.type == sign:
            if piece:
                yield piece
            piece = []
        elif not node.is_extra:
            piece.append(node)
    if piece:
        yield piece


_MAKES: Final = frozenset({"from", "new", "Some", "from_static"})
"""What makes something of the one string that it is given: ``String::from("…")``, ``Some("…")``."""


def _made_of(reader: c.Reader, piece: list[Node], depth: int) -> Text | None:
    """Return the string in ``String::from("…")``, also with ``.into()`` behind it; None when *piece* is another."""
    at = next((n for n, p in enumerate(piece) if p.type == "token_tree"), 0)
    before, after = piece[: max(at - 1, 0)], piece[at + 1 :]
    if not at or piece[at - 1].type != "identifier" or reader.plain(piece[at - 1]) not in _MAKES:
        return None
    calm = all(p.type in {"identifier", "::"} for p in before) and all(
        p.type in {".", "identifier"} or not reader.source.text(p).strip("()") for p in after
    )
    inner = [p for p in piece[at].children[1:-1] if not p.is_extra]
    found = _tokens(reader, inner, depth + 1) if calm and inner else None
    return found if isinstance(found, Text) else None


def _tokens(reader: c.Reader, piece: list[Node], depth: int) -> Value:
    """Return what the tokens *piece* are as a value: a literal, a path, or a table of them."""
    line = reader.source.line(piece[0])
    if depth > DEEPEST:
        reader.too_deep = reader.too_deep or line
        return Unknown("an expression nested too deep", line)
    while piece and piece[0].type in {"&", "*"}:
        piece = piece[1:]
    if len(piece) == 1 and piece[0].type == "token_tree":
        return _table(reader, piece[0], depth)
    if (
        piece
        and piece[0].type in {"string_literal", "raw_string_literal"}
        and all(p.type in {".", "identifier"} or not reader.source.text(p).strip("()") for p in piece[1:])
    ):
        return reader.read(piece[0])
    names = [p for p in piece if p.type in {"identifier", "self"}]
    signs = [p for p in piece if p.type not in {"identifier", "self"}]
    if names and all(s.type in {".", "::"} for s in signs):
        return c.dotted(".".join(reader.plain(n) for n in names), line)
    if (made := _made_of(reader, piece, depth)) is not None:
        return made
    for each in piece:
        if each.type == "token_tree":
            _table(reader, each, depth)
        elif each.type in {"string_literal", "raw_string_literal"}:
            reader.read(each)
    return Unknown("a computed value", line)


def _table(reader: c.Reader, node: Node, depth: int) -> Value:
    pieces = list(_split(node.children[1:-1], ","))
    if node.children and node.children[0].type == "{":
        items: list[tuple[Value | None, Value]] = []
        for piece in pieces:
            pair = list(_split(piece, ":"))
            if len(pair) == 2:  # noqa: PLR2004 - key: value
                items.append((_tokens(reader, pair[0], depth + 1), _tokens(reader, pair[1], depth + 1)))
            else:
                _tokens(reader, piece, depth + 1)
        return Mapping(tuple(items))
    values = tuple(_tokens(reader, piece, depth + 1) for piece in pieces)
    return values[0] if node.children and node.children[0].type == "(" and len(values) == 1 else Sequence(values)


def _arm(node: Node) -> Iterator[Node]:
    yield from (child for child in (c.part(node, ":match_pattern"), c.part(node, "value")) if child is not None)


def _pattern(reader: c.Reader, node: Node) -> Value:
    """Read the pattern of an arm: ``Kind::Ask { model }`` binds a field of that, ``Kind::Ask(args)`` what it holds."""
    inner = c.part(node, 0)
    line = reader.source.line(node)
    if inner is None or inner.type not in {"struct_pattern", "tuple_struct_pattern"}:
        return reader.inside(node)
    title = c.part(inner, "type")
    path = _path(reader, title) if title is not None else ""
    owner, _, last = path.rpartition(".")
    if inner.type == "tuple_struct_pattern":
        names = [n for child in c.kids(inner)[1:] for n in c.names_in(reader, child)]
        if owner and len(names) == 1:
            reader.declare(names[0], c.dotted(f"{owner}.{last}", line), node)
        return Unknown("a pattern", line)
    for field in c.kids(inner):
        name = c.part(field, "name")
        if field.type == "field_pattern" and name is not None:
            bound = c.part(field, "pattern")
            given = next(c.names_in(reader, bound), "") if bound is not None else reader.plain(name)
            if given:
                reader.declare(given, c.dotted(f"{owner or path}.{reader.plain(name)}", line), node)
    return Unknown("a pattern", line)


def _index(reader: c.Reader, node: Node) -> Value:
    of, key = c.part(node, 0), c.part(node, 1)
    return Item(reader.read(of), reader.read(key)) if of is not None and key is not None else reader.inside(node)


def _return(reader: c.Reader, node: Node) -> Value:
    inner = c.part(node, 0)
    if inner is not None:
        reader.give(reader.read(inner))
    return Unknown("nothing", reader.source.line(node))


def _unary(reader: c.Reader, node: Node) -> Value:
    inner = c.part(node, 0)
    value = reader.read(inner) if inner is not None else reader.inside(node)
    return value if node.children[0].type == "*" else Unknown("a computed value", reader.source.line(node))


_WRAPS: Final = frozenset(
    {
        *("Some", "Ok", "Box.new", "Arc.new", "Rc.new", "Mutex.new", "String.from", "Cow.from", "Cow.Borrowed"),
        *("Cow.Owned", "PathBuf.from", "Path.new", "std.sync.Arc.new", "std.string.String.from", "Wrapping"),
    }
)

LANGUAGE: Final = c.Language(
    name="rust",
    grammar="tree_sitter_rust",
    names=frozenset({"field_identifier"}),
    comments=("line_comment", "block_comment"),
    members=False,
    hand_on=frozenset(
        {
            *("to_string", "to_owned", "into", "clone", "as_str", "as_ref", "as_deref", "unwrap", "cloned", "copied"),
            *("trim", "to_str", "iter", "into_iter", "to_vec", "borrow", "deref", "into_boxed_str", "as_mut", "ok"),
            *("unwrap_or_default", "as_string", "leak", "await", "to_path_buf", "as_path"),
        }
    ),
    wraps=_WRAPS,
    defaults=frozenset({"unwrap_or", "unwrap_or_else", "or", "or_else", "map_or"}),
    maps=frozenset({"HashMap.from", "BTreeMap.from", "std.collections.HashMap.from"}),
    parameters=_parameters,
    nodes={
        "identifier": _named,
        "type_identifier": _self_or_name,
        "use_declaration": _use,
        "extern_crate_declaration": c.ignored,
        "mod_item": _mod,
        "attribute_item": _attribute,
        "inner_attribute_item": c.ignored,
        "struct_item": _struct,
        "enum_item": _enum,
        "trait_item": c.class_(),
        "enum_variant": c.ignored,
        "impl_item": _impl,
        "function_item": _function,
        "function_signature_item": c.ignored,
        "const_item": c.declaration(("name",), ("value",), ("type",)),
        "static_item": c.declaration(("name",), ("value",), ("type",)),
        "type_item": c.ignored,
        "macro_definition": c.ignored,
        "let_declaration": _let,
        "let_condition": _let,
        "block": _block,
        "async_block": c.Same(-1),
        "unsafe_block": c.Same(-1),
        "expression_statement": c.Same(),
        "if_expression": _if,
        "match_pattern": _pattern,
        "match_expression": c.cases("value", frozenset({"match_arm"}), _arm),
        "for_expression": c.loop("pattern", "value"),
        "while_expression": c.branch("body"),
        "loop_expression": c.branch("body"),
        "return_expression": _return,
        "assignment_expression": c.assignment(),
        "try_expression": c.Same(),
        "await_expression": c.Same(),
        "reference_expression": c.Same("value"),
        "parenthesized_expression": c.Same(),
        "type_cast_expression": c.Same("value"),
        "unary_expression": _unary,
        "binary_expression": c.binary(),
        "call_expression": c.Calls(function=("function",)),
        "generic_function": c.Same("function"),
        "field_expression": c.Member(of=("value",), name=("field",)),
        "scoped_identifier": _Path(of=("path",), name=("name",)),
        "scoped_type_identifier": c.Member(of=("path",), name=("name",)),
        "generic_type": c.Same("type"),
        "generic_type_with_turbofish": c.Same("type"),
        "index_expression": _index,
        "struct_expression": _made,
        "array_expression": c.sequence,
        "tuple_expression": c.sequence,
        "closure_expression": c.lambda_(("parameters",), ("body",)),
        "macro_invocation": _macro,
        "self": c.this,
        "crate": c.name(),
        "super": c.name(),
        "string_literal": c.template(()),
        "raw_string_literal": c.template((), raw=True),
        **dict.fromkeys(("boolean_literal", "integer_literal", "float_literal", "char_literal"), c.constant),
    },
)
