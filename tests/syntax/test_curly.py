"""The front ends of Java, Kotlin, Go, Rust, C# and PHP give the same facts for what means the same."""

from __future__ import annotations

import pytest

from aibom.syntax import Code, csharp, go, java, kotlin, php, rust
from aibom.syntax.values import Attribute, Call, Choice, Element, Item, Mapping, Name, Sequence, Template, Text, Value

READERS = {
    "java": java.read,
    "kotlin": kotlin.read,
    "go": go.read,
    "rust": rust.read,
    "csharp": csharp.read,
    "php": php.read,
}


def simple(value: Value) -> object:
    """Return *value* in a form that is easily written: no lines, no columns."""
    match value:
        case Text(value=text):
            return text
        case Name(name=name):
            return ("name", name)
        case Attribute(of=of, name=name):
            return (simple(of), name)
        case Item(of=of, key=key):
            return (simple(of), "[]", simple(key))
        case Choice(options=options):
            return {"or": [simple(o) for o in options]}
        case Template(parts=parts):
            return {"join": [simple(p) for p in parts]}
        case Sequence(items=items):
            return [simple(i) for i in items]
        case Mapping(items=items):
            return {"map": [(simple(k) if k is not None else None, simple(v)) for k, v in items]}
        case Element(of=of):
            return ("each", simple(of))
        case Call(callee=callee):
            return ("call", callee)
        case _:
            return type(value).__name__


def bound(code: Code, name: str) -> list[object]:
    """Return what *name* is bound to anywhere in *code*."""
    return [simple(b.value) for s in code.scopes for b in s.bindings if b.name == name]


def java_(line: str) -> str:
    return f"class A {{ void f(String m) {{ {line} }} }}"


def kotlin_(line: str) -> str:
    return f"fun f(m: String) {{ {line} }}"


def go_(line: str) -> str:
    return f"package a\nfunc f(m string) {{ {line} }}"


def rust_(line: str) -> str:
    return f"fn f(m: String) {{ {line} }}"


def csharp_(line: str) -> str:
    return f"class A {{ void F(string m) {{ {line} }} }}"


def php_(line: str) -> str:
    return f"<?php function f(string $m) {{ {line} }}"


SAME: dict[str, tuple[object, list[tuple[str, str]]]] = {
    "a literal": (
        "org/x",
        [
            ("java", java_('String x = "org/x";')),
            ("java", java_('var x = """org/x""";')),
            ("kotlin", kotlin_('val x: String = "org/x"')),
            ("kotlin", kotlin_('val x = """org/x"""')),
            ("go", go_('x := "org/x"')),
            ("go", go_("var x string = `org/x`")),
            ("rust", rust_('let x = "org/x".to_string();')),
            ("rust", rust_('let x: String = String::from("org/x");')),
            ("rust", rust_('let x = r#"org/x"#;')),
            ("csharp", csharp_('var x = "org/x";')),
            ("csharp", csharp_('string x = @"org/x";')),
            ("csharp", csharp_('var x = """org/x""";')),
            ("php", php_('$x = "org/x";')),
            ("php", php_("$x = 'org/x';")),
            ("php", php_("$x = <<<'T'\norg/x\nT;")),
        ],
    ),
    "a literal that is joined": (
        "org/x-small",
        [
            ("java", java_('var x = "org/" + "x" + "-small";')),
            ("kotlin", kotlin_('val x = "org/" + "x-small"')),
            ("go", go_('x := "org/" + "x-small"')),
            ("go", go_('x := fmt.Sprintf("%s/x-%s", "org", "small")')),
            ("rust", rust_('let x = format!("{}/x-{size}", "org", size = "small");')),
            ("csharp", csharp_('var x = "org/" + "x-small";')),
            ("csharp", csharp_('var x = string.Format("{0}/x-{1}", "org", "small");')),
            ("php", php_('$x = "org/" . "x-small";')),
            ("php", php_('$x = sprintf("%s/x-%s", "org", "small");')),
        ],
    ),
    "a template": (
        {"join": ["org/", ("name", "m"), "-small"]},
        [
            ("java", java_('var x = "org/" + m + "-small";')),
            ("java", java_('var x = String.format("org/%s-small", m);')),
            ("java", java_('var x = "org/%s-small".formatted(m);')),
            ("kotlin", kotlin_('val x = "org/$m-small"')),
            ("kotlin", kotlin_('val x = "org/${m}-small"')),
            ("go", go_('x := fmt.Sprintf("org/%s-small", m)')),
            ("rust", rust_('let x = format!("org/{m}-small");')),
            ("rust", rust_('let x = format!("org/{}-small", m);')),
            ("csharp", csharp_('var x = $"org/{m}-small";')),
            ("php", php_('$x = "org/{$m}-small";')),
            ("php", php_('$x = "org/$m-small";')),
        ],
    ),
    "a default": (
        {"or": [("name", "m"), "org/x"]},
        [
            ("java", java_('var x = Optional.ofNullable(m).orElse("org/x");')),
            ("java", java_('var x = Optional.ofNullable(m).orElseGet(() -> "org/x");')),
            ("java", java_('var x = m != null ? m : "org/x";')),
            ("kotlin", kotlin_('val x = m ?: "org/x"')),
            ("kotlin", kotlin_('val x = if (m != null) m else "org/x"')),
            ("kotlin", kotlin_('val x = m.ifEmpty { "org/x" }')),
            ("rust", rust_('let x = m.unwrap_or("org/x".into());')),
            ("rust", rust_('let x = m.unwrap_or_else(|_| "org/x".to_owned());')),
            ("rust", rust_('let x = if m.len() > 0 { m } else { "org/x".into() };')),
            ("csharp", csharp_('var x = m ?? "org/x";')),
            ("csharp", csharp_('var x = m is not null ? m : "org/x";')),
            ("php", php_('$x = $m ?? "org/x";')),
            ("php", php_('$x = $m ?: "org/x";')),
            ("php", php_('$x = $m !== "" ? $m : "org/x";')),
        ],
    ),
    "one of several cases": (
        {"or": ["org/x", "org/y"]},
        [
            ("java", java_('var x = switch (m) { case "a" -> "org/x"; default -> "org/y"; };')),
            ("kotlin", kotlin_('val x = when (m) { "a" -> "org/x"; else -> "org/y" }')),
            ("rust", rust_('let x = match m { "a" => "org/x", _ => "org/y" };')),
            ("csharp", csharp_('var x = m switch { "a" => "org/x", _ => "org/y" };')),
            ("php", php_('$x = match ($m) { "a" => "org/x", default => "org/y" };')),
        ],
    ),
    "a list": (
        ["org/x", "org/y"],
        [
            ("java", java_('var x = List.of("org/x", "org/y");')),
            ("java", java_('String[] x = {"org/x", "org/y"};')),
            ("java", java_('var x = new String[] {"org/x", "org/y"};')),
            ("kotlin", kotlin_('val x = listOf("org/x", "org/y")')),
            ("go", go_('x := []string{"org/x", "org/y"}')),
            ("rust", rust_('let x = vec!["org/x", "org/y"];')),
            ("rust", rust_('let x = ["org/x", "org/y"];')),
            ("csharp", csharp_('var x = new[] { "org/x", "org/y" };')),
            ("csharp", csharp_('string[] x = ["org/x", "org/y"];')),
            ("csharp", csharp_('var x = new List<string> { "org/x", "org/y" };')),
            ("php", php_('$x = ["org/x", "org/y"];')),
            ("php", php_('$x = array("org/x", "org/y");')),
        ],
    ),
    "a map": (
        {"map": [("a", "org/x"), ("b", "org/y")]},
        [
            ("java", java_('var x = Map.of("a", "org/x", "b", "org/y");')),
            ("java", java_('var x = Map.ofEntries(Map.entry("a", "org/x"), Map.entry("b", "org/y"));')),
            ("kotlin", kotlin_('val x = mapOf("a" to "org/x", "b" to "org/y")')),
            ("go", go_('x := map[string]string{"a": "org/x", "b": "org/y"}')),
            ("rust", rust_('let x = HashMap::from([("a", "org/x"), ("b", "org/y")]);')),
            ("rust", rust_('let x = json!({"a": "org/x", "b": "org/y"});')),
            ("csharp", csharp_('var x = new Dictionary<string, string> { ["a"] = "org/x", ["b"] = "org/y" };')),
            ("csharp", csharp_('var x = new Dictionary<string, string> { { "a", "org/x" }, { "b", "org/y" } };')),
            ("php", php_('$x = ["a" => "org/x", "b" => "org/y"];')),
        ],
    ),
    "what is held": (
        ("name", "m"),
        [
            ("java", java_("var x = (String) m;")),
            ("kotlin", kotlin_("val x = m!!")),
            ("kotlin", kotlin_("val x = m as String")),
            ("go", go_("x := (m)")),
            ("go", go_("x := string(m)")),
            ("rust", rust_("let x = Some(&m.clone())?;")),
            ("rust", rust_("let Some(x) = m else { return };")),
            ("csharp", csharp_("var x = (string)m!;")),
            ("csharp", csharp_("var x = m as string;")),
            ("php", php_("$x = (string) $m;")),
        ],
    ),
    "an element": (
        ("each", ("name", "m")),
        [
            ("java", java_("for (String x : m) { g(x); }")),
            ("kotlin", kotlin_("for (x in m) { g(x) }")),
            ("go", go_("for _, x := range m { g(x) }")),
            ("rust", rust_("for x in m.iter() { g(x); }")),
            ("csharp", csharp_("foreach (var x in m) { G(x); }")),
            ("php", php_("foreach ($m as $x) { g($x); }")),
            ("php", php_("foreach ($m as $k => $x) { g($x); }")),
        ],
    ),
    "what stands at a key": (
        (("name", "m"), "[]", "a"),
        [
            ("java", java_('var x = m["a"];')),
            ("kotlin", kotlin_('val x = m["a"]')),
            ("go", go_('x := m["a"]')),
            ("rust", rust_('let x = m["a"];')),
            ("csharp", csharp_('var x = m["a"];')),
            ("csharp", csharp_('var x = m?["a"];')),
            ("php", php_('$x = $m["a"];')),
        ],
    ),
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(language, text, expected, id=f"{title}: {text}")
        for title, (expected, each) in SAME.items()
        for language, text in each
        if not (language == "java" and "m[" in text)
    ],
)
def test_what_means_the_same_is_the_same_value(language: str, text: str, expected: object):
    code = READERS[language](text)

    assert ((), [expected]) == (code.problems, bound(code, "x"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("java", java_('String x = System.getenv("X"); if (x == null || x.isEmpty()) { x = "org/x"; }')),
        ("kotlin", kotlin_('var x = g(); if (x.isNullOrEmpty()) { x = "org/x" }')),
        ("go", go_('x := os.Getenv("X"); if x == "" { x = "org/x" }')),
        ("rust", rust_('let mut x = g(); if x.is_empty() { x = "org/x".into(); }')),
        ("csharp", csharp_('var x = G(); if (string.IsNullOrEmpty(x)) x = "org/x";')),
        ("csharp", csharp_('var x = G(); x ??= "org/x";')),
        ("php", php_('$x = g(); if (is_null($x)) { $x = "org/x"; }')),
        ("php", php_('$x = g(); $x ??= "org/x";')),
    ],
)
def test_what_a_name_gets_where_it_has_no_value_is_a_fallback(language: str, text: str):
    code = READERS[language](text)
    found = [(b.conditional, b.fallback) for s in code.scopes for b in s.bindings if b.name == "x"]

    assert [(False, False), (True, True)] == found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("java", "import a.B; class C { B b; void f() { b.of().name().load(1); } }", "java:a.B().of().name().load"),
        (
            "kotlin",
            "import a.B\nclass C(val b: B) { fun f() { b.of().name().load(1) } }",
            "java:a.B().of().name().load",
        ),
        (
            "go",
            'package c\nimport "x.y/a"\ntype C struct { b *a.B }\nfunc (c *C) f() { c.b.of().name().load(1) }',
            "go:x.y/a.B().of().name().load",
        ),
        ("rust", "use a::B;\nfn f() { let b = B::new()?; b.of().name().load(1); }", "rust:a.B.new().of().name().load"),
        (
            "csharp",
            "using B = A.B; class C { B b; void F() { b.Of().Name().Load(1); } }",
            "dotnet:A.B().Of().Name().Load",
        ),
        (
            "php",
            "<?php use A\\B; class C { private B $b; function f() { $this->b->of()->name()->load(1); } }",
            "php:A.B().of().name().load",
        ),
    ],
)
def test_a_chain_of_calls_is_named_from_what_it_begins_with(language: str, text: str, expected: str):
    code = READERS[language](text)

    assert expected in [call.callee for call in code.every_call]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("java", 'enum M { A("org/x"); final String id; M(String id) { this.id = id; } }'),
        ("kotlin", 'enum class M(val id: String) { A("org/x") }'),
    ],
)
def test_a_member_of_an_enum_is_a_call_of_its_constructor(language: str, text: str):
    (enum,) = [s for s in READERS[language](text).scopes if s.name == "M"]
    values = [b.value for b in enum.bindings if b.name == "A"]

    assert [Name("Enum", 1)] == list(enum.bases)
    assert ["org/x"] == [v.argument(0).value for v in values if isinstance(v, Call) and isinstance(v.argument(0), Text)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("github.com/sashabaranov/go-openai", ("go-openai", "openai")),
        ("github.com/anthropics/anthropic-sdk-go", ("anthropic-sdk-go", "anthropic")),
        ("github.com/openai/openai-go/v2", ("openai-go", "openai")),
        ("gopkg.in/yaml.v3", ("yaml",)),
        ("os", ("os",)),
    ],
)
def test_a_package_of_go_may_have_another_name_than_its_path(path: str, expected: tuple[str, ...]):
    assert expected == go.package_names(path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("use a::b::C;", [("rust:a.b.C", "C")]),
        ("use a::{b, c::D as E, self};", [("rust:a.b", "b"), ("rust:a.c.D", "E"), ("rust:a", "a")]),
        ("use a::b::*;", [("rust:a.b.*", "*")]),
        ("mod b;", [("rust:self.b", "b")]),
        ("mod t { use super::X; }", [("rust:self.X", "X")]),
    ],
)
def test_a_use_of_rust_brings_in_names(line: str, expected: list[tuple[str, str]]):
    found = [(i.target, i.name) for i in rust.read(line).imports if i.name not in {"crate", "super"}]

    assert expected == found


def test_what_rust_compiles_for_tests_only_is_told_by_its_lines():
    code = rust.read('fn f() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn g() { h("org/x"); }\n}\n')

    assert (3, 7) in code.tests


def test_a_type_argument_of_csharp_is_kept():
    (call,) = csharp.read("services.Configure<Options>(section);").every_call

    assert Name("Options", 1) == call.argument(None, csharp.TYPE_ARGUMENT)


def test_what_an_annotation_says_is_the_value_of_a_field():
    code = java.read('class A { @Value("${a.b:org/x}") String m; A(@Value("${c}") String n) {} }')
    (field,) = [b.value for s in code.scopes for b in s.bindings if b.name == "m"]
    (parameter,) = [p.default for s in code.scopes for p in s.parameters if p.name == "n"]

    assert [("call", "Value")] * 2 == [simple(field), simple(parameter or Name("", 0))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("java", "class A { void f( { g('x') "),
        ("kotlin", "class A { fun f( { g( "),
        ("go", "package a\nfunc f( { g( "),
        ("rust", "fn f( { g( let"),
        ("csharp", "class A { void F( { G( "),
        ("php", "<?php class A { function f( { g( "),
    ],
)
def test_a_broken_file_is_said_to_be_broken_once(language: str, text: str):
    assert ["syntax-error"] == [p.code for p in READERS[language](text).problems]


def test_a_large_file_of_kotlin_is_read_up_to_its_first_break():
    good, bad = 'fun f() {\n  load("é")\n}\n', "fun f( {\n  if (a) { return b\n"

    whole = kotlin.read(good * 5_000)
    broken = kotlin.read(good * 4_500 + bad * 6_000)
    endless = kotlin.read("x" * 200_000)

    assert (5_000, ()) == (len(whole.every_call), whole.problems)
    assert 4_500 == len(broken.every_call)
    assert ["syntax-error"] == [p.code for p in broken.problems]
    assert ", and none from line " in broken.problems[0].message
    assert () == endless.every_call
    assert ["too-many"] == [p.code for p in endless.problems]


def test_a_large_file_of_kotlin_without_braces_is_read():
    flat = kotlin.read('val a = load("org/a")\n' * 6_000)

    assert (6_000, ()) == (len(flat.every_call), flat.problems)


def test_a_large_class_of_kotlin_is_read():
    one = kotlin.read("class A {\n" + '  val a = load("org/a")\n' * 3_000 + "}\n" + "val b = load()\n" * 2_000)

    assert (5_000, ()) == (len(one.every_call), one.problems)


def test_a_file_of_kotlin_that_is_not_read_to_its_end_says_so():
    cut = kotlin.read('  val a = load("org/a")\n' * 6_000)

    assert 1_041 == len(cut.every_call)
    assert [("too-many", 1_042)] == [(p.code, p.line) for p in cut.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use A\\B;", [("php:A.B", "B")]),
        ("use A\\B as C;", [("php:A.B", "C")]),
        ("use A\\{B, C\\D as E};", [("php:A.B", "B"), ("php:A.C.D", "E")]),
        ("use function A\\f;", [("php:A.f", "f")]),
        ("\\A\\B::f();", [("php:A.B", "B")]),
        ("B::f();", [("php:B", "B")]),
        ("class B {} B::f();", []),
        ("namespace C; B::f();", []),
    ],
)
def test_php_names_a_class_by_an_import_or_from_everywhere(text: str, expected: list[tuple[str, str]]):
    assert expected == [(i.target, i.name) for i in php.read(f"<?php {text}").imports]


def test_the_pairs_of_an_array_are_keyword_arguments_in_php():
    (call,) = php.read("<?php f(['model' => 'org/x', 1 => 'y'], size: 2);").every_call

    assert ["model", "size"] == sorted(key for key, _ in call.keywords)
    assert "org/x" == simple(call.argument(None, "model") or Name("", 0))


def test_a_constant_that_php_defines_in_a_function_is_seen_everywhere():
    (scope,) = [s for s in php.read("<?php function f() { define('M', 'org/x'); }").scopes if s.kind == "module"]

    assert [("M", "org/x")] == [(b.name, simple(b.value)) for b in scope.bindings]


def test_an_assignment_in_php_makes_a_variable_of_its_function():
    code = php.read(
        "<?php $x = 'a'; function f() { $x = 'b'; } class C { public $x = 'c'; function g() { $this->x = 'd'; } }"
    )
    found = {s.name: [simple(b.value) for b in s.bindings if b.name == "x"] for s in code.scopes}

    assert {"": ["a"], "f": ["b"], "C": ["c", "d"], "C.g": []} == found
