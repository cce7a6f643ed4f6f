"""The reader of shell text gives commands and variables, whatever stands around them, and never stops at a break."""

from __future__ import annotations

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from aibom.syntax import Problem
from aibom.syntax.shell import (
    DIALECTS,
    Command,
    Line,
    Script,
    Set,
    Word,
    lines_of,
    read,
    read_just,
    read_make,
    template,
)


def shown(word: Word) -> str:
    return "".join(p.text if p.kind == "text" else f"<{p.text}>" if p.kind == "variable" else "?" for p in word.parts)


def steps(script: Script) -> list[str]:
    found = []
    for step in script.steps:
        words = " ".join(map(shown, step.words))
        found.append(f"{step.name}{step.how}{words}" if isinstance(step, Set) else words)
    return found


def of(text: str, dialect: str = "shell") -> list[str]:
    return steps(read(lines_of(text), dialect))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c && d || e | f & g", ["a b", "c", "d", "e", "f", "g"]),
        ("a \\\n  b \\\r\n c", ["a b c"]),
        ("a 'b c' \"d $e\" f\\ g", ["a b c d <e> f g"]),
        ('a "x\\"y\\$z\\n"', ['a x"y$z\\n']),
        ("a $'b' $\"c $d\"", ["a b c <d>"]),
        ("a # b\n# c\nd", ["a", "d"]),
        ("a > b 2>&1 < c &> d >| e", ["a"]),
        ("a 2>/dev/null b", ["a b"]),
        ("a <(b c) >(d)", ["a", "b c", "d"]),
        ("a <<< b c", ["a c"]),
        ("(a; b) c", ["a", "b", "c"]),
        ("(( x = 1 )) && a", ["a"]),
        ("[[ -n $a && b ]] && c", ["[[ -n <a>", "b ]]", "c"]),
        ("if a; then b; elif c; then d; else e; fi; f", ["a", "b", "c", "d", "e", "f"]),
        ("while a; do b; done < c", ["a", "b"]),
        ("until ! a; do b; done", ["a", "b"]),
        ("for x in a $b 'c d'; do e $x; done", ["xfora <b> c d", "e <x>"]),
        ("for ((i=0; i<3; i++)); do a; done", ["a"]),
        ("select x in a b\ndo c; done", ["xfora b", "c"]),
        ("case $x in a|'b)') c;; (d) e ;; esac; f", ["c", "e", "f"]),
        ("f() { a $1; }; f b", ["a <1>", "f b"]),
        ("function f { a; }\nfunction g () (\nb\n)", ["a", "b"]),
        ("{ a; }; time b", ["a", "b"]),
        ("a=b", ["a=b"]),
        ("a=b c=d", ["a=b", "c=d"]),
        ("a+=b", ["a+=b"]),
        ("a=(b 'c d' # e\n f)", ["a=b c d f"]),
        ("a[0]=b", ["a=b"]),
        ("export a=b c=$d", ["a=b", "c=<d>"]),
        ("declare -a x=(a b)", ["x=a b"]),
        ("a=b c d", ["c d"]),
        ("a ${b} ${c:-d} ${e:=f$g} ${h:?i} ${j##*/} ${#k} ${!l} ${m[@]} ${n[0]} ${o[1]}", None),
        ("a $(b c) `d`", ["a ? ?", "b c", "d"]),
        ("a $((1 + 2))", ["a ?"]),
        ("a @(b|c)", ["a @?"]),
        ("a $ b", ["a $ b"]),
        ("a {b,c} }", ["a {b,c} }"]),
        ("a ${{ matrix.x }} {{ .Values.y }} {{- .Z -}}", ["a <matrix.x> <.Values.y> <.Z>"]),
        ("a << parameters.x >> b", ["a <parameters.x> b"]),
        ("a |& b\n;; c", ["a", "b", "c"]),
        ("a &>> b\nc", ["a", "c"]),
    ],
)
def test_commands_and_variables(text: str, expected: list[str] | None):
    expected = expected or ["a <b> <c> <e> <h> ? ? ? <m> <n> ?"]

    assert expected == of(text)


@pytest.mark.parametrize(
    ("dialect", "text", "expected"),
    [
        ("make", "a $(B) ${C} $$d $(shell e f) $$(g)", ["a <B> <C> <d> ? ?", "g"]),
        ("macro", "a $(b.c) $(d e)", ["a <b.c> ?", "d e"]),
        ("compose", "a $$b ${c:-d}", ["a $b <c>"]),
        ("notebook", "a {b} $c {d.e} {f g}", ["a <b> <c> <d.e> {f g}"]),
    ],
)
def test_dialects_have_variables_of_their_own(dialect: str, text: str, expected: list[str]):
    assert expected == of(text, dialect)


def test_a_template_is_one_word_whatever_it_holds():
    assert "a 'b' $x <y>" == shown(template(lines_of("a 'b' $x $(y)"), "kubernetes", raw=True))
    assert "a b <c>" == shown(template(lines_of("a 'b' \"$c\"")))
    assert "a\nb?" == shown(template(lines_of("a\nb`c`")))


def test_the_text_behind_a_variable_is_a_word_of_its_own():
    command = read(lines_of("a ${b:-c/\"d\"'e'\\f$g} ${h:=i}")).steps[0]
    fallbacks = [(shown(p.fallback), p.sets) for w in command.words for p in w.parts if p.fallback is not None]

    assert [("c/def<g>", False), ("i", True)] == fallbacks


def test_words_know_where_they_are_written():
    script = read((Line("hf download \\", 7, 5), Line("  a/b  'c'", 8)))

    assert [(7, 5), (7, 8), (8, 3), (8, 8)] == [(w.line, w.column) for w in script.steps[0].words]


def test_what_stands_in_a_branch_is_conditional():
    text = "a\nif b; then c; else d; fi\ne || f\ncase $x in\n g) h;;\nesac\ni"
    found = {shown(s.words[0]): s.conditional for s in read(lines_of(text)).steps if isinstance(s, Command)}

    assert {"a": False, "b": False, "c": True, "d": True, "e": False, "f": True, "h": True, "i": False} == found


def test_here_documents_belong_to_their_command():
    script = read(lines_of("cat > Modelfile <<-'EOF'\n\tFROM a\n\tEOF\nb <<X <<\"Y\"\n1\nX\n2\nY\nc"))
    found = [
        (shown(s.words[0]), s.output, [d.text for d in s.document]) for s in script.steps if isinstance(s, Command)
    ]

    assert [("cat", "Modelfile", ["\tFROM a"]), ("b", "", ["2"]), ("c", "", [])] == found


def test_functions_are_told_with_what_stands_in_them():
    script = read(lines_of("f() { a; x=b; }\nc"))

    assert frozenset({"f"}) == script.functions
    assert ["f", "f", ""] == [s.function for s in script.steps]


@pytest.mark.parametrize(
    ("text", "expected", "message"),
    [
        ("a 'b\nc d", ["a b", "c d"], "a quote is not closed; it was taken to end with its line"),
        ('a "b\nc d', ["a b", "c d"], "a quote is not closed; it was taken to end with its line"),
        ("a <<X\nb c", ["a", "b c"], "a here-document is not closed; its text was read as commands"),
        ("a $(b\nc", ["a ?", "b", "c"], "a bracket is not closed; it was taken to end with its line"),
    ],
)
def test_a_break_costs_a_line(text: str, expected: list[str], message: str):
    script = read(lines_of(text))

    assert expected == steps(script)
    assert (Problem("syntax-error", message, 1),) == script.problems


def test_commands_too_deep_are_not_read():
    script = read(lines_of("a $(b " * 20 + ")" * 20))

    assert "too-deep" in [p.code for p in script.problems]
    assert 9 == len(script.steps)


def test_comments_are_kept_with_their_lines():
    script = read(lines_of("a # b\n  # c"))

    assert (Line(" b", 1, 3), Line(" c", 2, 3)) == script.comments


def test_a_makefile_has_variables_and_recipes():
    text = "A ?= b\nC := $(A)/d # e\nexport F = g\nH += i\n"
    text += "t: X=1\nt: dep\n\t@-run $(A) \\\n\t  $$Y\n\n# note\nifeq (a,b)\nendif\n"

    assert ["A?=b", "C=<A>/d", "F=g", "H+=i", "X=1", "run <A> <Y>"] == steps(read_make(lines_of(text)))


def test_a_justfile_has_variables_defaults_and_recipes():
    text = 'm := "a/b"\n# note\nserve size="base" n=\'1\' k=2: dep\n    @vllm serve {{m}} \\\n      {{size}}\n'

    assert ["m=a/b", "size=base", "n=1", "k=2", "vllm serve <m> <size>"] == steps(read_just(lines_of(text)))


@for_any(
    st.text(alphabet="ab$(){}[]'\"`\\;|&<>#= \n\tEOF:-@{case in esac if then fi", max_size=200),
    st.sampled_from(sorted(DIALECTS)),
)
def test_any_text_is_read(text: str, dialect: str):
    script = read(lines_of(text), dialect)
    numbers = [s.line for s in script.steps]

    assert all(1 <= n <= text.count("\n") + 1 for n in numbers)
    assert script == read(lines_of(text), dialect)
