from __future__ import annotations

import pytest

from aibom.syntax import Code
from aibom.syntax import typescript as ts
from aibom.syntax.javascript import read, read_minified
from aibom.syntax.values import Attribute, Choice, Const, Item, Mapping, Name, Sequence, Template, Text, Value


def callees(text: str) -> list[str]:
    return [call.callee for call in read(text).every_call]


def bound(code: Code, name: str) -> Value:
    return next(b.value for s in code.scopes for b in s.bindings if b.name == name)


def plain(value: Value | None) -> object:
    match value:
        case None:
            return None
        case Text(value=text):
            return text
        case Const(value=const):
            return const
        case Name(name=name):
            return f"<{name}>"
        case Attribute(of=of, name=name):
            return f"{plain(of)}.{name}"
        case Item(of=of, key=key):
            return f"{plain(of)}[{plain(key)}]"
        case Choice(options=items):
            return [plain(i) for i in items]
        case Template(parts=items):
            return ("+", *(plain(i) for i in items))
        case Sequence(items=items):
            return tuple(plain(i) for i in items)
        case Mapping(items=pairs):
            return {plain(k): plain(v) for k, v in pairs}
        case _:
            return type(value).__name__


@pytest.mark.parametrize(
    ("imported", "root"),
    [
        ('import O from "openai"', "npm:openai"),
        ('import { OpenAI as O } from "openai"', "npm:openai.OpenAI"),
        ('import { default as O } from "openai"', "npm:openai"),
        ('import type { OpenAI as O } from "openai/index.mjs"', "npm:openai.index.OpenAI"),
        ('const O = require("openai")', "npm:openai"),
        ('const { OpenAI: O } = require("openai")', "npm:openai.OpenAI"),
        ('const O = require("openai").OpenAI', "npm:openai.OpenAI"),
        ('const { OpenAI: O } = await import("openai")', "npm:openai.OpenAI"),
        ('import O from "npm:openai@4"', "npm:openai"),
        ('import O from "https://esm.sh/openai@4.1.0"', "npm:openai"),
        ('import O from "./llm.js"', "./llm.js.default"),
        ('import { O } from ".."', "../index.O"),
    ],
)
def test_a_package_is_the_root_of_what_is_called(imported: str, root: str):
    assert [root, f"{root}().a.b"] == callees(f"{imported};\nconst c = new O();\nc.a.b();\n")


def test_a_module_may_be_imported_as_a_whole():
    assert ["npm:openai.OpenAI"] == callees('import * as ai from "openai"; new ai.OpenAI()')


def test_the_properties_of_an_object_are_keyword_arguments_too():
    (call,) = read('f("x", {model: "gpt-4o", "top-p": 1, stop, ...rest, ["k"]: 2, g() {}})').every_call

    assert ["x", {"model": "gpt-4o", "top-p": 1, "stop": "<stop>", None: "<rest>", "k": 2}] == [
        plain(call.arguments[0]),
        {k: v for k, v in plain(call.arguments[1]).items() if k != "g"},  # type: ignore[attr-defined]
    ]
    assert ["model", "top-p", "stop", "**", "k", "g"] == [k for k, _ in call.keywords]


def test_what_is_spread_ends_the_positions():
    (call,) = read("f(a, ...b, c)").every_call

    assert (["<a>"], [("*", "<b>")]) == ([plain(a) for a in call.arguments], [(k, plain(v)) for k, v in call.keywords])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'a\\x41\\u0042\\u{43}\\n\\'\\\n'", "aABC\n'"),
        ("`a`", "a"),
        ("`a${b}c`", ("+", "a", "<b>", "c")),
        ("'a' + b + 'c'", ("+", "a", "<b>", "c")),
        ("'a' + 'b'", "ab"),
        ("process.env.X ?? 'd'", ["<process>.env.X", "d"]),
        ("a || b || 'c'", ["<a>", "<b>", "c"]),
        ("a && 'b'", "b"),
        ("a ? 'b' : c ? 'd' : 'e'", ["b", "d", "e"]),
        ("('a' as const)!", "a"),
        ("<string>'a'", "a"),
        ("['a', , ...b]", ("a", "Element")),
        ("{a: 'b', c}", {"a": "b", "c": "<c>"}),
        ("a['b']", "<a>.b"),
        ("a?.b[c]", "<a>.b[<c>]"),
        ("await a", "<a>"),
        ("(a, 'b')", "b"),
        ("z.enum(['a', 'b']).default('a')", ["a", ("a", "b")]),
        ("z.string().default('a')", "a"),
        ("Object.freeze({a: 'b'})", {"a": "b"}),
        ("1_000", 1000),
        ("0.5", 0.5),
        ("0x10", 16),
        ("null", None),
        ("true", True),
        ("x = 'y'", "y"),
        ("a - b", "Unknown"),
    ],
)
def test_what_an_expression_is(source: str, expected: object):
    assert expected == plain(bound(ts.read(f"const v = {source};"), "v"))


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("const {a, b: c, d = 'x', ...e} = o", "a", "<o>.a"),
        ("const {a, b: c, d = 'x', ...e} = o", "c", "<o>.b"),
        ("const {a, b: c, d = 'x', ...e} = o", "d", ["<o>.d", "x"]),
        ("const {a: {b = 'x'}} = o", "b", ["<o>.a.b", "x"]),
        ("const [a, b] = ['x', 'y']", "b", "y"),
        ("function f({model = 'x'} = {}) {}", "model", ["<{model = 'x'}>.model", "x"]),
        ("class A { model = 'x' }", "model", "x"),
        ("class A { static #model = 'x' }", "model", "x"),
        ("class A { constructor(m) { this.model = m } }", "model", "<m>"),
        ("class A { constructor(private model = 'x') {} }", "model", "<model>"),
        ("enum E { A = 'x' }", "A", "x"),
        ("var E; (function (E) { E['A'] = 'x'; E['B'] = 'y' })(E || (E = {}))", "E", {"A": "x", "B": "y"}),
        ("type T = 'a' | 'b'", "T", ("a", "b")),
        ("options.model = 'x'", "options.model", "x"),
        ("exports.model = 'x'", "model", "x"),
        ("module.exports = {model: 'x'}", "model", "x"),
        ("export default {model: 'x'}", "default", {"model": "x"}),
        ("export {a as b}", "b", "<a>"),
        ("let m; function f() { m = 'x' }", "m", "x"),
        ("m ??= 'x'", "m", "x"),
        ("for (const m of ['x']) {}", "m", "Element"),
        ("namespace N { export const m = 'x' }", "m", "x"),
    ],
)
def test_what_a_name_is_bound_to(source: str, name: str, expected: object):
    code = ts.read(source)
    values = [b.value for s in code.scopes for b in s.bindings if b.name == name]

    assert expected == plain(values[0])


def test_functions_have_parameters_with_defaults_and_types():
    code = ts.read("const f = async (a: OpenAI, b = 'x', c: 'y' | 'z' = 'y', ...d) => a.g()")

    assert [("a", None), ("b", "x"), ("c", "y"), ("d", None)] == [
        (p.name, plain(p.default) if p.default else None) for p in code.scopes[1].parameters
    ]
    assert ("function", "f") == (code.scopes[1].kind, code.scopes[1].name)
    assert ["OpenAI().g"] == [c.callee for c in code.every_call]
    assert 1 == len(code.scopes[1].returns)


def test_methods_have_a_self_and_constructors_the_name_of_those_of_python():
    code = read("class A extends B { constructor(a) { super(a); super.m() } static s() {} get p() { return 1 } }")

    assert ["A.__init__", "A.s", "A.p"] == [s.name for s in code.scopes[2:]]
    assert [["self", "a"], [], ["self"]] == [[p.name for p in s.parameters] for s in code.scopes[2:]]
    assert ["super().__init__", "super().m"] == [c.callee for c in code.every_call]


def test_what_an_import_names_is_no_string():
    code = read("import 'a/b'; import c from 'c/d'; require('e/f'); export * from './g'; jest.mock('h/i')")

    assert ((), ["npm:a.b", "npm:c.d", "npm:e.f", "./g.*"]) == (code.strings, [i.target for i in code.imports])


def test_an_element_is_a_call_of_its_component():
    code = read('const x = <Chat model="gpt-4o" {...rest}><p title="y">{f()}</p></Chat>')

    assert [("Chat", "gpt-4o"), ("f", None)] == [
        (c.callee, plain(c.argument(None, "model")) if c.keywords else None) for c in code.every_call
    ]


def test_an_option_of_the_command_line_has_a_default():
    code = read('p.option("-m, --model-name <name>", "which", "gpt-4o"); y.option("model", {default: "gpt-4"})')

    assert ["gpt-4o", "gpt-4"] == [plain(c.argument(None, "model_name", "model")) for c in code.every_call]


def test_comments_are_prose():
    code = read("#!/usr/bin/env node\n// one\n/** two\n * three */\nf(/* four */)\n")

    assert [(2, "one"), (3, "two\n * three"), (5, "four")] == [(p.line, p.text) for p in code.prose]


def test_columns_are_in_characters():
    (call,) = read("/* äöü */ f('x')").every_call

    assert (1, 11) == (call.line, call.column)


def test_the_scripts_of_a_component_keep_their_lines():
    code = ts.read_component(
        "<template>\n<a/>\n</template>\n<script>\nf()\n</script>\n<script lang='ts'>g()</script>\n"
    )

    assert [("f", 5), ("g", 7)] == [(c.callee, c.line) for c in code.every_call]


def test_tsx_has_types_and_elements():
    assert ["A"] == [c.callee for c in ts.read_tsx("const x: T<U> = <A b='c' />").every_call]


def test_declarations_say_nothing():
    assert () == ts.read_declarations("declare const M: 'gpt-4o'").strings


@pytest.mark.parametrize("text", ["var a='b';" * 120_000, ("a;" * 400 + "\n") * 150])
def test_what_is_minified_is_not_read(text: str):
    code = read(text)

    assert (("minified",), ()) == (tuple(p.code for p in code.problems), code.every_call)
    assert ("minified",) == tuple(p.code for p in read_minified("f()").problems)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(\n" * 4000 + "1" + ")\n" * 4000,
        "x = " + "[\n" * 4000 + "]\n" * 4000,
        "x = " + "{a:\n" * 3000 + "1" + "}\n" * 3000,
        "(()=>\n" * 2000 + "1" + ")\n" * 2000,
        "{\n" * 3000 + "}\n" * 3000,
        "if (a)\n" * 3000,
        "x" + ".a()\n" * 5000,
        "x = " + "`${\n" * 1000 + "1" + "}`\n" * 1000,
        "a =\n" * 3000 + "1",
        "const " + "{a:\n" * 2000 + "b" + "}\n" * 2000 + " = x",
        "x = " + "<A>\n" * 2000 + "</A>\n" * 2000,
        "!\n" * 5000 + "x",
    ],
)
def test_deep_nesting_is_said(text: str):
    assert {"too-deep"} <= {p.code for p in read(text).problems}


@pytest.mark.parametrize(
    "text", ["x = 'a'" + "\n+ 'b'" * 20_000, "x = a" + "\n|| b" * 20_000, "x = " + "a ? b :\n" * 3000 + "c"]
)
def test_long_chains_cost_no_depth(text: str):
    assert () == read(text).problems


def test_a_broken_file_gives_the_facts_around_the_break():
    code = read("const a = ;\nimport O from 'openai';\nnew O();\n")

    assert ("syntax-error",) == tuple(p.code for p in code.problems)
    assert "npm:openai" in [c.callee for c in code.every_call]


def test_a_bundle_is_read_without_the_lines_that_machines_wrote():
    text = "const MODEL = 'acme/ranker-7b';\n" + "f(1);\n" * 1000 + f"var data = [{'1, ' * 50_000}];\nload(MODEL);\n"

    code = read(text)

    assert "load" in {c.callee for c in code.every_call}
    assert [("minified", 1002)] == [(p.code, p.line) for p in code.problems]


def test_a_bundle_of_few_lines_is_not_read():
    code = read("f(1);\n" * 900 + f"var data = [{'1, ' * 50_000}];\n")

    assert [] == list(code.every_call)
    assert ["minified"] == [p.code for p in code.problems]
