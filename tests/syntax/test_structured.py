from __future__ import annotations

import configparser
import json
import math
import sys
import tomllib
import tracemalloc
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import alone

from aibom.syntax import Data, Entry, Problem, Prose, structured
from aibom.syntax.structured import read, read_env, read_ini, read_json, read_toml, read_yaml

FORMATS = ("json", "yaml", "toml", "ini", "env")

TOO_DEEP = "values are nested more than 200 levels deep; those below were not read"

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | float | bool | None"

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=["python", "libyaml"][: len(LOADERS)])
def _either_yaml(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """Read YAML with libyaml, and as where there is none."""
    monkeypatch.setattr(structured, "_YAML_LOADER", request.param)


def leaves(value: Tree, *keys: str) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, *keys, key)]
    if isinstance(value, list):
        return [leaf for number, inner in enumerate(value) for leaf in leaves(inner, *keys, str(number))]
    return [(keys, value)]


def values(data: Data) -> list[tuple[tuple[str, ...], Any]]:
    return [(e.keys, e.value) for e in data.entries]


def simple(data: Data) -> dict[str, Any]:
    return {".".join(e.keys): e.value for e in data.entries}


def codes(data: Data) -> tuple[tuple[str, int], ...]:
    return tuple((p.code, p.line) for p in data.problems)


def test_json_values_know_their_keys_and_places():
    text = (
        "{\n"
        '  "models": ["gpt-5", {"id": "o3"}],\n'
        '  "n": 1, "t": 0.5, "e": 1e2, "on": true, "off": false, "no": null\n'
        "}\n"
    )

    expected = Data(
        "json",
        (
            Entry(("models", "0"), "gpt-5", 2, 14),
            Entry(("models", "1", "id"), "o3", 2, 30),
            Entry(("n",), 1, 3, 8),
            Entry(("t",), 0.5, 3, 16),
            Entry(("e",), 100.0, 3, 26),
            Entry(("on",), True, 3, 37),
            Entry(("off",), False, 3, 50),
            Entry(("no",), None, 3, 63),
        ),
    )

    assert expected == read_json(text)


def test_comments_and_trailing_commas_in_json_are_no_problem():
    text = '// tsconfig\n{\n  "a": "x // no", // yes\n  "b": [1, /* two\n lines */ 2,],\n}'

    expected = Data(
        "json",
        (Entry(("a",), "x // no", 3, 8), Entry(("b", "0"), 1, 4, 9), Entry(("b", "1"), 2, 5, 11)),
        (
            Prose("tsconfig", "comment", 1),
            Prose("yes", "comment", 3),
            Prose("two\n lines", "comment", 4),
        ),
    )

    assert expected == read_json(text)


def test_escapes_in_json_are_decoded_and_a_lone_surrogate_is_data():
    text = r'{"a\u0041": "\ud83d\ude00\n", "b": "\ud800", "c": "😀", "d": 1}'

    expected = (
        Entry(("aA",), "😀\n", 1, 13),
        Entry(("b",), "\ud800", 1, 36),
        Entry(("c",), "😀", 1, 51),
        Entry(("d",), 1, 1, 61),  # Columns are characters, also behind those beyond the first plane.
    )

    assert (expected, ()) == (read_json(text).entries, read_json(text).problems)


@pytest.mark.parametrize(
    ("text", "found", "message"),
    [
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, "a comma is missing"),
        ('{"a": 1, "b" 2}', {"a": 1, "b": 2}, "a colon is missing"),
        ('{"a" {"b": 2}}', {"a.b": 2}, "a colon is missing"),
        ('{"a": , "b": 2}', {"b": 2}, "a comma is not expected here"),
        ('{"a" "b": 2}', {"a": "b"}, "a colon is missing"),
        ('["a": 2]', {"0": "a", "1": 2}, "a colon is not expected here"),
        ('{"a": 1, "b"}', {"a": 1}, "a value is missing"),
        ('{"a": 1, "b": }', {"a": 1}, "a value is missing"),
        ('{"a": [1, 2}, "b": 3}', {"a.0": 1, "a.1": 2, "b": 3}, "a closing bracket has no opening one"),
        ("1]", {"": 1}, "a closing bracket has no opening one"),
        ("1, 2", {"": 2}, "a comma is not expected here"),
        ('{"a": 1}\n{"a": 2}', {"a": 2}, "there is more than one value"),
        ('{"a": 1', {"a": 1}, "the text ends before a bracket is closed"),
        ('{"a": "b,\n"c": 2}', {"c": 2}, "a string has no end"),
        ('{a: 1, b: "x"}', {"a": 1, "b": "x"}, "a key has no quotes"),
        ("[nil, 01, 2]", {"2": 2}, "this is no value"),
        ("[1 / 2]", {"0": 1, "1": 2}, "this is no value"),
        ('{"a": 1} /*/ x', {"a": 1}, "a comment has no end"),
        ('{{"a": 1}, "b": 2}', {".a": 1, "b": 2}, "a key is missing"),
        (r'["\q", 1]', {"0": r"\q", "1": 1}, "a string has an unknown escape"),
    ],
)
def test_json_around_a_break_is_read(text: str, found: dict[str, Any], message: str):
    data = read_json(text)

    assert (found, [("syntax-error", message)]) == (simple(data), [(p.code, p.message) for p in data.problems])


def test_what_pythons_json_writes_beyond_json_is_read():
    data = read_json("[NaN, Infinity, -Infinity, 1e999, -0]")

    assert (["NaN", math.inf, -math.inf, math.inf, 0], ()) == ([e.value for e in data.entries], data.problems)


def test_a_number_that_python_does_not_convert_stays_text():
    digits = "9" * 5_000

    assert digits == read_json(f"[{digits}]").entries[0].value


def test_duplicate_keys_are_all_there_and_the_last_one_is_got():
    data = read_json('{"a": 1, "a": 2}')

    assert ([1, 2], Entry(("a",), 2, 1, 15)) == ([e.value for e in data.entries], data.get("a"))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_text_without_values_has_no_problem(kind: str):
    assert [Data(kind)] * 3 == [read(text, kind) for text in ("", " \n\n", "\ufeff")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [("json", '{"a": "b"}'), ("yaml", "a: b"), ("toml", "a = 'b'"), ("ini", "a = b"), ("env", "a=b")],
)
def test_a_byte_order_mark_is_no_part_of_the_first_line(kind: str, text: str):
    assert (read(text, kind), "b") == (read("\ufeff" + text, kind), read(text, kind).entries[0].value)


@pytest.mark.usefixtures("_either_yaml")
def test_yaml_values_know_their_keys_and_places():
    text = (
        "# head\n"
        "model: gpt-5  # why\n"
        "list:\n"
        '  - "a # b"\n'
        "  - {x: 'é😀', y: [1]}\n"
        "text: |\n"
        "  one # two\n"
        "\n"
        "# tail\n"
        "none:\n"
    )

    expected = Data(
        "yaml",
        (
            Entry(("model",), "gpt-5", 2, 8),
            Entry(("list", "0"), "a # b", 4, 5),
            Entry(("list", "1", "x"), "é😀", 5, 9),
            Entry(("list", "1", "y", "0"), 1, 5, 19),
            Entry(("text",), "one # two\n", 6, 7),
            Entry(("none",), None, 10, 6),
        ),
        (Prose("head", "comment", 1), Prose("why", "comment", 2), Prose("tail", "comment", 9)),
    )

    assert expected == read_yaml(text)


@pytest.mark.usefixtures("_either_yaml")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Off", False),
        ("~", None),
        ("null", None),
        ("'yes'", "yes"),
        ("12", 12),
        ("-1_000", -1000),
        ("0", 0),
        ("0x1F", 31),
        ("0b_", "0b_"),
        ("-0b11", -3),
        ("0123456", "0123456"),
        ("22:22", "22:22"),
        ("1.5", 1.5),
        ("1.10", "1.10"),
        ("2.00", "2.00"),
        ("1.0", 1.0),
        ("1.0e+20", 1e20),
        ("1:30.5", "1:30.5"),
        ("-.inf", -math.inf),
        (".nan", ".nan"),
        ("2024-05-13", "2024-05-13"),
        ("2024-05-13T10:00:00Z", "2024-05-13T10:00:00Z"),
        ("=", "="),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!int x", "x"),
        ("!!float 3", 3.0),
        ("!!bool maybe", "maybe"),
        ("!!null ''", None),
        ("!!binary aGk=", "aGk="),
        ("!Ref Model", "Model"),
        ("! 12", "12"),
        ("!!python/object/apply:os.system [id]", None),
        ("9" * 5_000, "9" * 5_000),
    ],
)
def test_plain_scalars_of_yaml_are_what_pyyaml_makes_of_them_but_keep_their_text(text: str, value: object):
    data = read_yaml(f"a: {text}")

    assert (value, ()) == (data.entries[-1].value if data.get("a") else None, data.problems)


@pytest.mark.usefixtures("_either_yaml")
def test_a_value_begins_behind_its_anchor_and_its_tag():
    text = "a: &x !t  gpt-5\nb: !t\n  'o3'\nc: [!t , 1]\nd: &y # why\n  z\n"

    expected = (
        Entry(("a",), "gpt-5", 1, 11),
        Entry(("b",), "o3", 3, 3),
        Entry(("c", "0"), "", 4, 7),
        Entry(("c", "1"), 1, 4, 10),
        Entry(("d",), "z", 6, 3),
    )

    assert (expected, (Prose("why", "comment", 5),)) == (read_yaml(text).entries, read_yaml(text).prose)


def test_keys_of_yaml_are_the_text_that_is_written():
    text = "on: 1\n2: {~: 3}\n? [a, {b: &x c}, *x]\n: 4\n*x : 5\n&k key: 6\n*k : 7\n? &m {n: o}\n: 8\n"

    expected = [("on",), ("2", "~"), ("?",), ("?",), ("key",), ("key",), ("?",)]

    assert expected == [e.keys for e in read_yaml(text).entries]


@pytest.mark.usefixtures("_either_yaml")
def test_documents_of_yaml_follow_each_other_and_forget_their_anchors():
    data = read_yaml("a: &x 1\n---\na: *x\n---\n- 3\n--- 4\n")

    assert [(("a",), 1), (("0",), 3), ((), 4)] == values(read_yaml("a: &x 1\n---\n- 3\n--- 4\n"))
    assert ([(("a",), 1), (("0",), 3), ((), 4)], (Problem("syntax-error", "an alias has no anchor", 3),)) == (
        values(data),
        data.problems,
    )


@pytest.mark.usefixtures("_either_yaml")
def test_an_alias_repeats_values_at_its_own_place():
    text = "base: &b\n  model: &m gpt-5\n  args: [1]\nprod: *b\nname: *m\n"

    expected = (
        Entry(("base", "model"), "gpt-5", 2, 13),
        Entry(("base", "args", "0"), 1, 3, 10),
        Entry(("prod", "model"), "gpt-5", 4, 7),
        Entry(("prod", "args", "0"), 1, 4, 7),
        Entry(("name",), "gpt-5", 5, 7),
    )

    assert expected == read_yaml(text).entries


@pytest.mark.usefixtures("_either_yaml")
def test_a_merge_gives_what_the_mapping_does_not_say_itself():
    text = (
        "a: &a {x: 1, y: 1, z: {p: 1, q: 1}}\n"
        "b: &b {y: 2, w: 2}\n"
        "c:\n"
        "  z: {p: 3}\n"
        "  <<: [*a, *b]\n"
        "  x: 3\n"
        "d:\n"
        "  <<: {x: 4}\n"
        "e:\n"
        "  '<<': 5\n"
        "f: {<<: *a, x: 6}\n"
        "g: {<<: [{x: 7}], <<: 8}\n"
    )

    expected = [
        (("c", "z", "p"), 3, 4),
        (("c", "y"), 1, 5),
        (("c", "w"), 2, 5),
        (("c", "x"), 3, 6),
        (("d", "x"), 4, 8),
        (("e", "<<"), 5, 10),
        (("f", "y"), 1, 11),
        (("f", "z", "p"), 1, 11),
        (("f", "z", "q"), 1, 11),
        (("f", "x"), 6, 11),
        (("g", "x"), 7, 12),
        (("g", "<<"), 8, 12),
    ]

    data = read_yaml(text)

    assert (expected, ()) == ([(e.keys, e.value, e.line) for e in data.entries if e.keys[0] > "b"], data.problems)


def test_what_is_merged_can_be_merged_again():
    text = "a: &a {x: 1}\nb: &b\n  <<: *a\n  y: 2\nc: {<<: *b}\n"

    assert {"a.x": 1, "b.x": 1, "b.y": 2, "c.x": 1, "c.y": 2} == simple(read_yaml(text))


@pytest.mark.usefixtures("_either_yaml")
def test_an_alias_inside_its_own_anchor_repeats_nothing():
    data = read_yaml("&a [1, *a, {<<: *a}]")

    assert ([(("0",), 1)], ()) == (values(data), data.problems)


@pytest.mark.usefixtures("_either_yaml")
@pytest.mark.hostile
def test_a_bomb_of_aliases_does_not_go_off():
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    data = read_yaml(text + "last: 1\n")

    message = "aliases repeat more than 10000 values; from here on they were not followed"

    assert (10_010, Problem("too-many", message, 5)) == (len(data.entries), data.problems[0])
    assert data.get("last") is not None


@pytest.mark.hostile
def test_a_bomb_of_merges_that_add_nothing_does_not_go_off():
    keys = ", ".join(f"k{n}: 1" for n in range(1_000))
    data = read_yaml(f"a: &a {{{keys}}}\n" + f"b: {{{keys}, <<: [{', '.join(['*a'] * 100)}]}}\n")

    assert (2_000, (("too-many", 2),)) == (len(data.entries), codes(data))


@pytest.mark.usefixtures("_either_yaml")
@pytest.mark.parametrize(
    ("text", "found", "line"),
    [
        ("a: 1\nb: [1, 2}\nc: 3\n", {"a": 1, "b.0": 1, "b.1": 2}, 2),
        ("a: 1\nb: c: d\n", {"a": 1, "b": "c"}, 2),
        ("a: 1\nb:\n\tc: 2\n", {"a": 1}, 3),
        ("a: 1\nb: *x\nc: 3\n", {"a": 1, "c": 3}, 2),
    ],
)
def test_yaml_before_a_break_is_read(text: str, found: dict[str, Any], line: int):
    data = read_yaml(text)

    assert (found, (("syntax-error", line),)) == (simple(data), codes(data))


@pytest.mark.usefixtures("_either_yaml")
def test_a_string_without_an_end_has_no_comments():
    data = read_yaml("# one\na: 1 # two\nb: 'x # y\n")

    assert ([(("a",), 1)], ["one", "two"]) == (values(data), [c.text for c in data.prose])
    assert ["syntax-error"] == [p.code for p in data.problems]


@pytest.mark.usefixtures("_either_yaml")
@pytest.mark.hostile
def test_what_pyyaml_itself_stumbles_over_is_a_syntax_error():
    data = read_yaml('a: 1\nb: "\\UFFFFFFFF"\n')

    assert ([(("a",), 1)], ["syntax-error"]) == (values(data), [p.code for p in data.problems])


@pytest.mark.usefixtures("_either_yaml")
@pytest.mark.hostile
def test_characters_that_yaml_forbids_are_data():
    data = read_yaml("a: x\0y\nb: '\ud800'\nc: \"\u2028\"\nd: e\x85f\ng: h\n")

    expected = (
        Entry(("a",), "x\ufffdy", 1, 4),
        Entry(("b",), "\ufffd", 2, 4),
        Entry(("c",), "\u2028", 3, 4),
    )

    assert expected == data.entries[:3]
    assert Entry(("g",), "h", 5, 4) == read_yaml("a: '\u2028'\n\n\n\ng: h\n").entries[-1]


@pytest.mark.hostile
def test_yaml_with_a_thousand_tag_directives_is_not_read():
    text = "".join(f"%TAG !{n}! x\n" for n in range(1_000)) + "--- a\n"
    message = "there are more than 100 tag directives; nothing was read"

    assert Data("yaml", problems=(Problem("too-many", message, 1),)) == read_yaml(text)


def test_toml_values_know_their_keys_and_places():
    text = (
        "# lock\n"
        'a = "x # y"  # why\n'
        'b.c."d.e" = 1\n'
        "[tool.'x y']\n"
        "on = true\n"
        "[[package]]\n"
        'name = "torch"\n'
        'files = [ { url = "u", size = 3 },  # one\n'
        "  # two\n"
        '  {url = "v"}, ]\n'
        "[package.meta]\n"
        "k = 'x\\y'\n"
        "[[package]]\n"
        "name = '''\n"
        "two\n"
        "lines'''\n"
        "[[package.dep]]\n"
        'n = """\\\n'
        '   x\\u0041"" """\n'
    )

    expected = Data(
        "toml",
        (
            Entry(("a",), "x # y", 2, 5),
            Entry(("b", "c", "d.e"), 1, 3, 13),
            Entry(("tool", "x y", "on"), True, 5, 6),
            Entry(("package", "0", "name"), "torch", 7, 8),
            Entry(("package", "0", "files", "0", "url"), "u", 8, 19),
            Entry(("package", "0", "files", "0", "size"), 3, 8, 31),
            Entry(("package", "0", "files", "1", "url"), "v", 10, 10),
            Entry(("package", "0", "meta", "k"), "x\\y", 12, 5),
            Entry(("package", "1", "name"), "two\nlines", 14, 8),
            Entry(("package", "1", "dep", "0", "n"), 'xA"" ', 18, 5),
        ),
        (
            Prose("lock", "comment", 1),
            Prose("why", "comment", 2),
            Prose("one", "comment", 8),
            Prose("two", "comment", 9),
        ),
    )

    assert expected == read_toml(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+1_000", 1000),
        ("0xdead_beef", 0xDEADBEEF),
        ("0o17", 15),
        ("0b11", 3),
        ("-0.5e1_0", -0.5e10),
        ("1.10", 1.1),
        ("-inf", -math.inf),
        ("+nan", "+nan"),
        ("2024-05-13", "2024-05-13"),
        ("2024-05-13 10:00:00.5+01:00", "2024-05-13 10:00:00.5+01:00"),
        ("2024-05-13T10:00:00Z", "2024-05-13T10:00:00Z"),
        ("10:00:00", "10:00:00"),
        ('""', ""),
        ("''", ""),
        ('""""x""""', '"x"'),
        ("''''x'''''", "'x''"),
        (r'"\t\e\x41\U0001F600\"\\"', '\t\x1bA😀"\\'),
        ("9" * 5_000, "9" * 5_000),
    ],
)
def test_values_of_toml_are_what_the_format_says(text: str, value: object):
    data = read_toml(f"a = {text} # c")

    assert ([(("a",), value)], ()) == (values(data), data.problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a", "an equals sign is missing"),
        ("a = ", "a value is missing, or a string has no end"),
        ('a = "x', "a value is missing, or a string has no end"),
        ('a = """x', "a value is missing, or a string has no end"),
        ("a = '''x", "a value is missing, or a string has no end"),
        ("a = x", "this is no value"),
        ("a = 01", "this is no value"),
        ("= 1", "a key is missing"),
        ("a. = 1", "a key is missing"),
        ("[a", "a table has no closing bracket"),
        ("[[a]", "a table has no closing bracket"),
        ("a = {b}", "an equals sign is missing"),
        ("a = {,}", "a key is missing"),
        ("[] x", "a key is missing"),
    ],
)
def test_toml_goes_on_at_the_line_after_a_break(text: str, message: str):
    data = read_toml(f"y = 1\n{text}\nz = 2\n")

    assert ({"y": 1, "z": 2}, (Problem("syntax-error", message, 2),)) == (simple(data), data.problems)


@pytest.mark.parametrize(
    ("text", "found", "message"),
    [
        ("a = 1 b = 2", {"a": 1}, "the end of the line is expected here"),
        ("a = [1 2]", {"a.0": 1}, "a comma or a closing bracket is missing"),
        ("a = [1, 2", {"a.0": 1, "a.1": 2}, "a comma or a closing bracket is missing"),
        (r'a = "\q\UFFFFFFFF\U00110000"', {"a": r"\q\UFFFFFFFF\U00110000"}, "a string has an unknown escape"),
    ],
)
def test_toml_before_a_break_in_a_line_is_read(text: str, found: dict[str, Any], message: str):
    data = read_toml(text)

    assert (found, (Problem("syntax-error", message, 1),)) == (simple(data), data.problems)


def test_ini_values_know_their_keys_and_places():
    text = (
        "top = 1\n"
        "[options]\n"
        "; why\n"
        "Name: x # y\n"
        "install_requires =\n"
        "    torch>=2\n"
        "    # no\n"
        "\n"
        "    [x] = 3\n"
        "empty =\n"
        "\n"
        "[tool:x]\n"
        "  flag\n"
        "    = 2\n"
        "  é😀 = = 3\n"
        "#\n"
    )

    expected = Data(
        "ini",
        (
            Entry(("top",), "1", 1, 7),
            Entry(("options", "Name"), "x # y", 4, 7),
            Entry(("options", "install_requires"), "\ntorch>=2\n\n\n[x] = 3", 5, 19),
            Entry(("options", "empty"), "", 10, 8),
            Entry(("tool:x", "flag"), None, 13, 3),
            Entry(("tool:x", "é😀"), "= 3", 15, 8),
        ),
        (Prose("why", "comment", 3), Prose("no", "comment", 7)),
        (Problem("syntax-error", "an option has no name", 14),),
    )

    assert expected == read_ini(text)


def test_ini_around_a_break_is_read():
    data = read_ini("[a]\nb = 1\n[c\n[]\nd = 2\n")

    assert ({"a.b": "1", "a.d": "2"}, (("syntax-error", 3),)) == (simple(data), codes(data))


def test_env_values_know_their_keys_and_places():
    text = (
        "# head\n"
        "MODEL=gpt-5 # why\n"
        'export A = "x # \\n\\"y\\q" # quoted\n'
        "B='it\\'s\n"
        "two lines'\n"
        "C = x \n"
        "D=\n"
        "E= # no value\n"
        "F=a#b\n"
        "NAMED\n"
        "export\tG:H=😀\n"
        "'quoted key'=1\n"
    )

    expected = Data(
        "env",
        (
            Entry(("MODEL",), "gpt-5", 2, 7),
            Entry(("A",), 'x # \n"y\\q', 3, 12),
            Entry(("B",), "it's\ntwo lines", 4, 3),
            Entry(("C",), "x", 6, 5),
            Entry(("D",), "", 7, 3),
            Entry(("E",), "", 8, 4),
            Entry(("F",), "a#b", 9, 3),
            Entry(("G:H",), "😀", 11, 12),
            Entry(("quoted key",), "1", 12, 14),
        ),
        (
            Prose("head", "comment", 1),
            Prose("why", "comment", 2),
            Prose("quoted", "comment", 3),
            Prose("no value", "comment", 8),
        ),
    )

    assert expected == read_env(text)


def test_a_backslash_before_the_last_quote_of_an_env_file_is_text():
    assert {"A": "C:\\dir\\", "B": "2"} == simple(read_env("A='C:\\dir\\'\nB=2"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("=1", "a name is missing"),
        ("A B", "the end of the line is expected here"),
        ("A='x' y", "the end of the line is expected here"),
        ('A="x', "a string has no end"),
        ("A='x", "a string has no end"),
    ],
)
def test_env_goes_on_at_the_line_after_a_break(text: str, message: str):
    data = read_env(f"Y=1\n{text}\nZ=2\n")

    assert ({"Y": "1", "Z": "2"}, (Problem("syntax-error", message, 2),)) == (simple(data), data.problems)


@pytest.mark.hostile
@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("kind", "opening", "closing"),
    [
        ("json", "[", "]"),
        ("json", '{"a":', "}"),
        ("toml", "[", "]"),
        ("toml", "{a=", "}"),
        ("yaml", "[", "]"),
        ("yaml", "{a: ", "}"),
        ("yaml", "- ", ""),
        ("yaml", "? ", ""),
    ],
)
def test_what_is_nested_too_deeply_is_skipped(
    monkeypatch: pytest.MonkeyPatch, loader: type, kind: str, opening: str, closing: str
):
    monkeypatch.setattr(structured, "_YAML_LOADER", loader)
    head = "a = " if kind == "toml" else ""
    data = read(head + opening * 10_000 + "1" + closing * 10_000, kind)

    assert Data(kind, problems=(Problem("too-deep", TOO_DEEP, 1),)) == data


@pytest.mark.hostile
@pytest.mark.parametrize("kind", ["json", "toml"])
def test_what_follows_on_something_too_deep_is_read(kind: str):
    deep = "[" * 300 + '"]", 1' + "]" * 300
    text = f'{{"a": [0, {deep}, 2]}}' if kind == "json" else f"a = [0, {deep}, 2]"
    data = read(text, kind)

    assert ({"a.0": 0, "a.2": 2}, (("too-deep", 1),)) == (simple(data), codes(data))


@pytest.mark.hostile
@pytest.mark.parametrize(("kind", "head"), [("json", ""), ("toml", "a = ")])
def test_what_is_too_deep_may_also_lack_its_end(kind: str, head: str):
    data = read(head + "[" * 300, kind)

    assert ((), ("too-deep", 1)) == (data.entries, codes(data)[0])


@pytest.mark.parametrize(("kind", "head", "depth"), [("json", "", 200), ("toml", "a = ", 199), ("yaml", "", 199)])
def test_values_just_above_the_limit_of_depth_are_read(kind: str, head: str, depth: int):
    data = read(head + "[" * depth + "1" + "]" * depth, kind)

    assert ([1], ()) == ([e.value for e in data.entries], data.problems)


@pytest.mark.hostile
def test_a_dotted_name_that_is_too_deep_is_skipped():
    text = f"a.{'b.' * 10_000}c = 1\nd = 2\n[{'e.' * 10_000}f]\ng = 3\n[h]\ni = 4\n"
    data = read_toml(text)

    assert ({"d": 2, "h.i": 4}, (Problem("too-deep", TOO_DEEP, 1),)) == (simple(data), data.problems)


@pytest.mark.hostile
def test_an_alias_does_not_build_keys_that_are_too_deep():
    inner = "[" * 150 + "1" + "]" * 150
    data = read_yaml(f"a: &a {inner}\nb: {'[' * 100}*a{']' * 100}\nc: 2\n")

    assert (2, (Problem("too-deep", TOO_DEEP, 2),)) == (len(data.entries), data.problems)


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("kind", "unit"), [("json", "[1]\n"), ("yaml", "- 1\n"), ("toml", "a=1\n"), ("ini", "a=1\n"), ("env", "A=1\n")]
)
def test_no_more_values_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch, kind: str, unit: str):
    monkeypatch.setattr(structured, "_MOST_ENTRIES", 50)
    data = read(unit * 60, kind)

    message = "there are more than 50 values; from here on they were not read"

    assert (50, Problem("too-many", message, 51)) == (len(data.entries), data.problems[-1])


@pytest.mark.hostile
@pytest.mark.parametrize(("kind", "mark"), [("json", "//"), ("yaml", "#"), ("toml", "#"), ("ini", ";"), ("env", "#")])
def test_no_more_comments_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch, kind: str, mark: str):
    monkeypatch.setattr(structured, "_MOST_ENTRIES", 50)
    data = read(f"{mark}\n" + f"{mark} c\n" * 60, kind)

    assert (50, (("too-many", 52),)) == (len(data.prose), codes(data))


@pytest.mark.hostile
def test_deep_keys_of_many_values_do_not_fill_the_memory():
    data = read_json("[" * 199 + "1," * 100_000)

    assert (4_000_000 // 199, (("too-many", 1),)) == (len(data.entries), codes(data))


def steps(text: str, kind: str) -> int:
    """Count the calls that reading *text* takes, of Python and of C."""
    count = 0

    def step(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    read(text, kind)  # Expressions are compiled when they are first used.
    before = sys.getprofile()
    sys.setprofile(step)
    try:
        with alone():
            read(text, kind)
    finally:
        sys.setprofile(before)
    return count


PATTERNS = {
    "json": ("[", '{"a":', "[1],\n", '"', '"\\', "/*", "/", "x ", "]", ":", '"a\n', "//\n", '{"a":1}\n'),
    "yaml": ("[", "- ", "? ", "a: 1\n", "- *a\n", "- &a\n", "- 'a'\n", "#\n", '"', "---\n", "[a]: 1\n"),
    "toml": ("a=[", "[", "a=1\n", 'a="""\\', "'''", "a.", "[[a]]\n", "[a.b]\n[[a]]\n", "a='\n", "#\n"),
    "ini": ("a=1\n", " a\n", "[\n", "[a]\n", "#\n", "\n", "a\n b\n"),
    "env": ("A=1\n", "A='", 'A="\\\n', "'", "#\n", "A B\n", "A= "),
}


@pytest.mark.hostile
@pytest.mark.parametrize(("kind", "pattern"), [(f, p) for f, patterns in PATTERNS.items() for p in patterns])
def test_twice_the_text_takes_at_most_twice_the_steps(kind: str, pattern: str):
    size = 1_000

    assert steps(pattern * size * 2, kind) <= 2 * steps(pattern * size, kind) + 100


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("kind", "head", "pattern"),
    [("json", "", "["), ("json", "", '{"a":'), ("toml", "a = ", "{a="), ("toml", "", "a.")],
)
def test_twice_the_depth_takes_at_most_twice_the_memory(kind: str, head: str, pattern: str):
    def peak(times: int) -> int:
        text = head + pattern * times
        tracemalloc.start()
        try:
            read(text, kind)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)

    assert peak(20_000) <= 2 * peak(10_000) + 100_000


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("json", '{"name": "some-package", "version": "1.2.3"},\n'),
        ("yaml", "- name: some-package\n  version: 1.2.3\n"),
        ("toml", '[[package]]\nname = "some-package"\nversion = "1.2.3"\n'),
        ("ini", "[package]\nname = some-package\nversion = 1.2.3\n"),
        ("env", "export NAME='some-package'\nVERSION=1.2.3\n"),
    ],
)
def test_a_file_of_two_megabytes_is_read_to_its_end(kind: str, unit: str):
    times = 2_000_000 // len(unit)
    text = f"[{unit * times}]" if kind == "json" else unit * times
    data = read(text, kind)

    assert (2 * times, (), times * unit.count("\n")) == (
        len(data.entries),
        data.problems,
        data.entries[-1].line,
    )


def trees(scalars: st.SearchStrategy[Any], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Tree]:
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
    )


FLOATS = st.floats(allow_nan=False)
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"))
VALID = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    trees(st.none() | st.booleans() | st.integers() | FLOATS | st.text(), st.text()),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_json_that_is_written_is_read(tree: Tree, indent: int | None, ensure_ascii: bool):
    data = read_json(json.dumps(tree, indent=indent, ensure_ascii=ensure_ascii))

    assert (leaves(tree), ()) == (values(data), data.problems)


@given(
    trees(st.none() | st.booleans() | st.integers() | FLOATS | PRINTABLE, PRINTABLE),
    st.sampled_from([None, True, False]),
    st.booleans(),
)
def test_yaml_that_is_written_is_read(tree: Tree, flow: bool | None, allow_unicode: bool):
    data = read_yaml(yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=allow_unicode, sort_keys=False))

    assert (leaves(tree), ()) == (values(data), data.problems)


def toml(value: Tree) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",  # c\n".join(map(toml, value)) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


@given(
    st.dictionaries(VALID, trees(st.booleans() | st.integers(-(2**63), 2**63 - 1) | FLOATS | VALID, VALID), max_size=5)
)
def test_toml_that_is_written_is_read_as_tomllib_reads_it(tree: dict[str, Tree]):
    text = "".join(f"{toml(key)} = {toml(value)}\n" for key, value in tree.items())
    data = read_toml(text)

    assert (leaves(tomllib.loads(text)), ()) == (values(data), data.problems)


INI_LINES = ["[a]", "[b]", "x = 1", "Y: 2", "  more = 1", "", "    ", "w =", "   [q]", "v=# no", "; why", "  # c"]


@given(st.lists(st.sampled_from(INI_LINES)).map("\n".join))
def test_ini_is_read_as_configparser_reads_it(text: str):
    parser = configparser.RawConfigParser(strict=False, default_section="")
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string("[s]\n" + text)
    data = read_ini("[s]\n" + text)

    # Comments and blank lines inside a value are empty lines to us.
    expected = {(section, name): text.split() for section in parser.sections() for name, text in parser.items(section)}

    assert (expected, ()) == ({e.keys: str(e.value).split() for e in data.entries}, data.problems)


MARKS = "[]{}:,=#\"'\\|>&*!?-%@<; \n\tax1."
BITS = [
    "\n  ",
    ": ",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "---\n",
    '"""',
    "'''",
    "//",
    "/*",
    "*/",
    "\\u00e9",
    "\\U00110000",
    "[[",
]
ODDITIES = ["]]", "a = ", "!t ", "!!int ", "1.10", "%TAG ! x\n", "\0", "\ud800", "\u2028", "\r", "😀", "\ufeff", " #"]


@pytest.mark.hostile
@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("kind", FORMATS)
@given(text=st.text() | st.lists(st.sampled_from([*MARKS, *BITS, *ODDITIES])).map("".join))
def test_any_text_is_read_and_its_values_stand_in_it_in_order(loader: type, kind: str, text: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structured, "_YAML_LOADER", loader)
        data = read(text, kind)

    places = [(e.line, e.column) for e in data.entries]
    lines = text.removeprefix("\ufeff").split("\n")

    assert sorted(places) == places
    assert all(1 <= column <= len(lines[line - 1]) + 1 for line, column in places)
    assert {p.code for p in data.problems} <= {"syntax-error", "too-deep", "too-many"}
