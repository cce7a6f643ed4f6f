"""The facts of Python source; `ast` says which calls and strings there are to be found."""

from __future__ import annotations

import ast
import io
import random
import sysconfig
import tokenize
import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aibom.syntax import Binding, Code, Data, Entry, Import, Parameter, Problem, Prose, matches, values
from aibom.syntax._engine import DEEPEST
from aibom.syntax.python import read
from aibom.syntax.values import (
    APART,
    Attribute,
    Call,
    Choice,
    Const,
    Element,
    Formatted,
    Item,
    Mapping,
    Name,
    Sequence,
    Slice,
    Template,
    Text,
    Unknown,
    Value,
    parts,
    shown,
)

Place: TypeAlias = tuple[int, int]
Sources: TypeAlias = list[tuple[str, str, ast.AST, Code]]


def value(expression: str) -> Value:
    """Return *expression* as a value; it stands in line 1, four columns in."""
    return read(f"x = {expression}").scopes[0].bindings[-1].value


def bound(text: str, scope: int = 0) -> dict[str, Value]:
    return {b.name: b.value for b in read(text).scopes[scope].bindings}


def callees(text: str) -> list[str]:
    return [call.callee for call in read(text).every_call]


def last_callee(text: str) -> str:
    """Return the callee of the last line's outermost call."""
    return read(text).every_call[-1].callee


# -- the oracle ----------------------------------------------------------------------------------

STDLIB = Path(sysconfig.get_paths()["stdlib"])
LEFT_OUT = {"site-packages", "dist-packages", "lib2to3", "test", "tests", "idle_test"}
"""What is not the library, and what is odd on purpose: not every distribution has it."""
EVERY = sorted(p for p in STDLIB.rglob("*.py") if not LEFT_OUT & set(p.parts))
SAMPLE = random.Random(26).sample(EVERY, min(300, len(EVERY)))


@pytest.fixture(scope="module")
def sources() -> Sources:
    """Return those files of the standard library that are valid Python: name, text, Python's tree and our facts."""
    found: Sources = []
    for path in SAMPLE:
        try:
            text = path.read_text(encoding="utf-8")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError):
            continue
        found.append((path.relative_to(STDLIB).as_posix(), text, tree, read(text)))
    return found


def place(lines: list[str], node: ast.expr) -> Place:
    return node.lineno, len(lines[node.lineno - 1].encode()[: node.col_offset].decode()) + 1


def callee_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=of, attr=name):
            return f"{callee_of(of)}.{name}"
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format")):
            return "?"  # "…".format(…) is a template to us, and not the result of a call.
        case ast.Call(func=function):
            return f"{callee_of(function)}()"
        case ast.Subscript(value=of):
            return f"{callee_of(of)}[]"
        case _:
            return "?"


def written(function: Value) -> str:
    """Write *function* as `callee_of` does."""
    match function:
        case Name(name=name):
            name = name.removesuffix(APART)  # A variable of a comprehension may go by another name.
            return "?" if name.startswith("<lambda") else name
        case Attribute(of=of, name=name):
            return f"{written(of)}.{name}"
        case Call(function=inner):
            return f"{written(inner)}()"
        case Item(of=of):
            return f"{written(of)}[]"
        case _:
            return "?"


def is_followed_further(node: ast.expr) -> bool:
    """Tell whether we look through the receiver of *node*, and so say more than `callee_of`: ``(a := b).c()``."""
    return any(isinstance(n, ast.NamedExpr | ast.BoolOp | ast.Await) for n in ast.walk(node))


def taken_for_type_aliases(tree: ast.AST) -> set[int]:
    """Return the calls that the grammar does not see: it takes ``type(self).x = y`` for the alias of a type."""
    found = set()
    for n in ast.walk(tree):
        target = n.targets[0] if isinstance(n, ast.Assign) else n.target if isinstance(n, ast.AnnAssign) else None
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        if isinstance(target, ast.Call) and isinstance(target.func, ast.Name) and target.func.id == "type":
            found.add(id(target))
    return found


def test_every_call_that_python_finds_in_its_library_is_found_at_its_place(sources: Sources):
    missing, extra, count = [], [], 0
    for name, text, tree, code in sources:
        lines = text.split("\n")
        unseen = taken_for_type_aliases(tree)
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and id(n) not in unseen]
        plain = {place(lines, n) for n in calls if not is_followed_further(n.func) and text.isascii()}
        ours = Counter((c.line, c.column) for c in code.every_call)
        theirs = Counter(place(lines, n) for n in calls)
        missing += [(name, *p) for p in theirs - ours]
        extra += [(name, *p) for p in ours - theirs]
        named = Counter((c.line, c.column, written(c.function)) for c in code.every_call if (c.line, c.column) in plain)
        expected = Counter((*place(lines, n), callee_of(n.func)) for n in calls if place(lines, n) in plain)
        missing += [(name, line, column) for line, column, _ in expected - named]
        count += len(calls)

    assert ([], []) == (missing, extra)
    assert count > 20_000


def adjacent(text: str) -> set[Place]:
    """Return the places of literals that another one follows."""
    tokens = [
        t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type not in {tokenize.NL, tokenize.COMMENT}
    ]
    return {(t.start[0], t.start[1] + 1) for t, after in pairwise(tokens) if t.type == after.type == tokenize.STRING}


def test_every_string_that_python_finds_in_its_library_is_found_at_its_place(sources: Sources):
    missing, count = [], 0
    for name, text, tree, code in sources:
        lines = text.split("\n")
        passed_by = {
            id(inner)
            for n in ast.walk(tree)
            if isinstance(n, ast.JoinedStr) or (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))
            for inner in ast.walk(n)
        }
        ours = {(t.line, t.column, t.value) for t, _ in code.strings}
        somewhere = {t.value for t, _ in code.strings}
        several = adjacent(text)
        for n in ast.walk(tree):
            if not isinstance(n, ast.Constant) or not isinstance(n.value, str) or id(n) in passed_by:
                continue
            count += 1
            # Adjacent literals count as one, which stands where the longest of them does.
            at = place(lines, n)
            if (*at, n.value) not in ours and not (n.value in somewhere and at in several):
                missing.append((name, *at, n.value))

    assert [] == missing
    assert count > 10_000


def test_every_comment_that_python_finds_in_its_library_is_prose(sources: Sources):
    missing = []
    for name, text, _, code in sources:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        theirs = Counter(t.start[0] for t in tokens if t.type == tokenize.COMMENT)
        ours = Counter(p.line for p in code.prose if p.kind == "comment")
        missing += [(name, line) for line in (theirs - ours) + (ours - theirs)]

    assert [] == missing


def test_no_file_of_the_library_is_said_to_be_broken(sources: Sources):
    broken = [(name, p) for name, _, _, code in sources for p in code.problems if p.code == "syntax-error"]

    assert [] == broken


LITERALS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=30)


@given(LITERALS)
@example("\\")
@example("{{}}\\N{DIGIT ONE}\n'\"")
def test_a_string_literal_means_what_python_says(text: str):
    assert Text(text, 1, 5) == value(repr(text))


@given(st.text(st.sampled_from("\\xuUN{}01aFnrtvb'8\n é$"), max_size=12))
@example("\\x4")
@example("\\777")
@example("\\U00110000")
@example("\\N{DIGIT ONE}\\N{NO SUCH NAME}\\N{")
def test_escapes_mean_what_python_says(content: str):
    source = f'"""{content} """'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            expected = ast.literal_eval(source)
        except SyntaxError:
            return  # What Python refuses has no meaning to agree on.

    assert Text(expected, 1, 5) == value(source)


@given(st.text(st.sampled_from("\\xuN{}'\"a\n"), max_size=8).filter(lambda t: not t.endswith("\\")))
def test_a_raw_string_means_what_python_says(content: str):
    source = f'r"""{content} """'
    try:
        expected = ast.literal_eval(source)
    except SyntaxError:
        return

    assert Text(expected, 1, 5) == value(source)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "r", "f", "u", "R", "F"]), st.text(st.sampled_from("aé/ -"), max_size=6)),
        min_size=1,
        max_size=5,
    )
)
def test_adjacent_literals_are_one(literals: list[tuple[str, str]]):
    source = " ".join(f"{prefix}'{text}'" for prefix, text in literals)
    joined = value(source)

    assert isinstance(joined, Text)
    assert "".join(text for _, text in literals) == joined.value


# -- imports -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("import a", [("a", "a")]),
        ("import a.b.c", [("a", "a"), ("a.b.c", "a.b.c")]),
        ("import a as b", [("a", "b")]),
        ("import a.b as c", [("a.b", "c")]),
        ("import a, b.c as d", [("a", "a"), ("b.c", "d")]),
        ("from a import b", [("a.b", "b")]),
        ("from a.b import c as d, e", [("a.b.c", "d"), ("a.b.e", "e")]),
        ("from a import (\n    b,  # why\n    c as d,\n)", [("a.b", "b"), ("a.c", "d")]),
        ("from . import a", [(".a", "a")]),
        ("from .. import a as b", [("..a", "b")]),
        ("from .a import b", [(".a.b", "b")]),
        ("from ...a.b import c", [("...a.b.c", "c")]),
        ("from . a import b", [(".a.b", "b")]),
        ("from a import *", [("a.*", "*")]),
        ("from .a import *", [(".a.*", "*")]),
        ("from . import *", [(".*", "*")]),
        ("from __future__ import annotations", []),
    ],
)
def test_an_import_says_what_it_brings_and_how_it_is_called(statement: str, expected: object):
    assert expected == [(i.target, i.name) for i in read(statement).imports]


def test_imports_stand_where_they_stand():
    code = read(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    import a\n"
        "try:\n"
        "    import b\n"
        "except ImportError:\n"
        "    import c as b\n"
        "def f():\n"
        "    from d import (\n"
        "        e,\n"
        "    )\n"
    )
    expected = (
        Import("typing.TYPE_CHECKING", "TYPE_CHECKING", 1),
        Import("a", "a", 3),
        Import("b", "b", 5),
        Import("c", "b", 7),
        Import("d.e", "e", 10, scope=1),
    )

    assert expected == code.imports


# -- callees -------------------------------------------------------------------------------------

METHOD = "from a import A\nclass C:\n    "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import openai\nopenai.OpenAI()", "openai.OpenAI"),
        ("import openai as o\no.OpenAI()", "openai.OpenAI"),
        ("import a.b\na.b.c()", "a.b.c"),
        ("import a.b as d\nd.c()", "a.b.c"),
        ("from a import b as c\nc()", "a.b"),
        ("from .a import b\nb()", ".a.b"),
        ("from a import A\nA().b.c()", "a.A().b.c"),
        ("from a import A\nx = A()\nx.b()", "a.A().b"),
        ("from a import A\nx = A()\ny = x\ny.b()", "a.A().b"),
        ("from a import f\ng = f\ng()", "a.f"),
        ("from a import A\nload = A.load\nload()", "a.A.load"),
        ("from a import A\nx: A = A()\nx.b()", "a.A().b"),
        ("from a import A\nx: A\nx.b()", "a.A().b"),
        ("from a import A\nx: 'A'\nx.b()", "a.A().b"),
        ("from a import A\nwith A() as x:\n    x.b()", "a.A().b"),
        ("from a import A\nwith (A() as x, open('f')):\n    x.b()", "a.A().b"),
        ("from a import A\nasync def f():\n    async with A() as x:\n        await x.b()", "a.A().b"),
        ("from a import A\nif (x := A()):\n    x.b()", "a.A().b"),
        ("from a import A\n(x := A()).b()", "a.A().b"),
        ("from a import f\nf().g().h()", "a.f().g().h"),
        ("from a import f\nf()['k'].h()", "a.f()[].h"),
        ("from a import f\nf[0]()", "a.f[]"),
        ("from a import f\nf()()", "a.f()"),
        ("from a import A\nx = y or A()\nx.b()", "y.b"),
        ("from a import A\nx = A() if c else None\nx.b()", "a.A().b"),
        ("from a import A\nx = await_ = A()\nawait_.b()", "a.A().b"),
        ("from a import A\nx, y = A(), 1\nx.b()", "a.A().b"),
        ("from a import A\nclass C:\n    x = A()\n    def f(self):\n        self.x.b()", "a.A().b"),
        ("from a import A\nclass C:\n    x: A\n    def f(self):\n        self.x.b()", "a.A().b"),
        (f"{METHOD}def __init__(self):\n        self.x = A()\n    def f(self):\n        self.x.b()", "a.A().b"),
        (f"{METHOD}def __init__(self, x: A):\n        self.x = x\n    def f(self):\n        self.x.b()", "a.A().b"),
        ("from a import A\nclass C:\n    x = A()\n    @classmethod\n    def f(cls):\n        cls.x.b()", "a.A().b"),
        ("class C:\n    def f(self):\n        self.g()", "C.g"),
        ("class C:\n    def f(self):\n        super().f()", "super().f"),
        ("class C:\n    def f(self):\n        lambda: self.g()", "C.g"),
        ("def f(self):\n    self.g()", "?.g"),
        ("from a import A\nx = A()\ndef f():\n    x.b()", "a.A().b"),
        ("from a import A\nx = A()\ndef f(x):\n    x.b()", "?.b"),
        ("from a import A\ndef f():\n    x = A()\n    def g():\n        x.b()", "a.A().b"),
        ("from a import A\nclass C:\n    x = A()\n    def f(self):\n        x.b()", "x.b"),
        ("from a import f\ndef f():\n    pass\nf()", "f"),
        ("from a import C\nclass C:\n    pass\nC().x()", "C().x"),
        ("def f(x):\n    x.b()", "?.b"),
        ("def f(x):\n    x()", "?"),
        ("def f(*x):\n    x.b()", "?.b"),
        ("for x in f():\n    x.b()", "x.b"),
        ("unknown.b()", "unknown.b"),
        ("'a'.join(x)", "?.join"),
        ("(a + b).c()", "?.c"),
        ("(lambda: 1)()", "<lambda 1:2>"),
        ("x = y\ny = x\nx.b()", "x.b"),
        ("x = x\nx()", "x"),
        ("x = x.y\nx.b()", "x.y.b"),
        ("from a import A\nx = A()\nx = x.y()\nx.b()", "a.A().y().b"),
        ("from a import A, B\nx = A()\nx.b()\nx = B()\nx.b()", "a.B().b"),
        ("from a import A, B\nx = B()\nif x.b(): pass\nx = A()\n(lambda: 1, x.c())", "a.A().c"),
        ("from a import A\ndef f(x: A):\n    x = x.y()\n    x.b()", "a.A().y().b"),
        ("from a import A\ndef f():\n    x.b()\nx = A()", "a.A"),
    ],
)
def test_a_callee_is_resolved_as_far_as_the_file_goes(text: str, expected: object):
    assert expected == last_callee(text)


@pytest.mark.parametrize(
    "annotation",
    [
        "A",
        "a.A",
        "'A'",
        "'a.A'",
        "A | None",
        "None | A",
        "'A | None'",
        "Optional[A]",
        "typing.Optional[A]",
        "'Optional[A]'",
        "'typing.Optional[a.A]'",
        "Union[A, None]",
        "typing.Union[None, A]",
        "Annotated[A, 'meta']",
        "Annotated[A | None, 'meta']",
        "Optional['A']",
        "A | B",
    ],
)
def test_a_parameter_is_an_instance_of_its_annotation(annotation: str):
    text = (
        f"import a, typing\nfrom a import A\ndef f(x: {annotation}, *, y: {annotation} = None):\n    x.b()\n    y.b()\n"
    )

    assert ["a.A().b", "a.A().b"] == callees(text)


@pytest.mark.parametrize("annotation", ["list[A]", "'list[A]'", "Union[()]", "Union[None]", "None", "A[B]", "3", "..."])
def test_other_annotations_do_not_say_what_a_parameter_is(annotation: str):
    assert "?.b" == last_callee(f"from a import A\ndef f(x: {annotation}):\n    x.b()\n").replace("None()", "?")


def test_a_name_is_what_it_was_last_set_to():
    text = "from a import A, B\nx = A()\nx.c()\nx = B()\nx.d()\ndef f():\n    x.e()\n"

    assert ["a.A", "a.A().c", "a.B", "a.B().d", "a.B().e"] == callees(text)


def test_a_name_that_is_set_often_costs_little():
    text = "from a import A\n" + "x = A()\nx.b()\n" * 5000

    assert {"a.A", "a.A().b"} == set(callees(text))


def test_the_scope_of_a_name_is_the_one_where_it_stands():
    text = (
        "from a import A, B\n"
        "x = A()\n"
        "def f():\n"
        "    x = B()\n"
        "    x.inner()\n"
        "    def g(x):\n"
        "        x.parameter()\n"
        "    return lambda x: x.of_a_lambda()\n"
        "x.outer()\n"
    )
    expected = ["a.A", "a.B", "a.B().inner", "?.parameter", "?.of_a_lambda", "a.A().outer"]

    assert expected == callees(text)


def test_a_long_chain_of_aliases_is_given_up():
    text = "from a import A\nx0 = A()\n" + "".join(f"x{n + 1} = x{n}\n" for n in range(30)) + "x30.b()\n"

    assert "x18.b" == last_callee(text)


# -- calls ---------------------------------------------------------------------------------------


def test_a_call_keeps_its_arguments():
    call = value("f(1, 'a', *b, 'lost', k=2, **c, **{'d': 3})")
    expected = Call(
        "f",
        Name("f", 1),
        (Const(1), Text("a", 1, 10)),
        (("*", Name("b", 1)), ("k", Const(2)), ("**", Name("c", 1)), ("**", Mapping(((Text("d", 1, 40), Const(3)),)))),
        1,
        5,
        0,
    )

    assert expected == call


@pytest.mark.parametrize(
    ("position", "names", "expected"),
    [
        (0, (), Const(1)),
        (1, (), None),
        (None, ("k",), Const(2)),
        (0, ("k",), Const(2)),
        (0, ("z",), Const(1)),
        (None, ("z",), None),
        (None, ("z", "k"), Const(2)),
    ],
)
def test_an_argument_goes_to_a_name_or_to_a_position(position: int | None, names: tuple[str, ...], expected: object):
    call = value("f(1, k=2)")

    assert isinstance(call, Call)
    assert expected == call.argument(position, *names)


def test_arguments_may_be_commented_and_stand_on_their_own_lines():
    code = read("f(  # one\n    # two\n    'a',  # three\n    k='b',  # four\n)\n")
    expected = Call("f", Name("f", 1), (Text("a", 3, 5),), (("k", Text("b", 4, 7)),), 1, 1, 0)

    assert (expected,) == code.every_call
    assert [(1, "one"), (2, "two"), (3, "three"), (4, "four")] == [(p.line, p.text) for p in code.prose]


def test_a_generator_may_be_the_only_argument():
    call = read("sum(f(x) for x in xs if g(x))").every_call[-1]

    assert ("sum", (Sequence((read(" " * 4 + "f(x)").every_call[0],)),)) == (call.callee, call.arguments)
    assert ["f", "g", "sum"] == sorted(callees("sum(f(x) for x in xs if g(x))"))


EVERYWHERE = [
    "{}",
    "x = {}",
    "x: int = {}",
    "x: {} = 1",
    "x += {}",
    "x = y = {}",
    "x[{}] = 1",
    "x[1, {}] = 1",
    "{}[1] = 1",
    "{}.y = 1",
    "x[{}].y = 1",
    "x, {}.y = 1, 2",
    "del x[{}]",
    "assert {}, 'm'",
    "assert x, {}",
    "raise {}",
    "raise x from {}",
    "if {}: pass",
    "if x: {}",
    "if x: pass\nelif {}: pass",
    "if x: pass\nelse: {}",
    "while {}: pass",
    "while x: pass\nelse: {}",
    "for x in {}: pass",
    "for {}.y in x: pass",
    "for x in y: {}",
    "for x in y: pass\nelse: {}",
    "try: {}\nfinally: pass",
    "try: pass\nexcept {}: pass",
    "try: pass\nexcept x: {}",
    "try: pass\nexcept* x: {}",
    "try: pass\nexcept x: pass\nelse: {}",
    "try: pass\nfinally: {}",
    "with {}: pass",
    "with {} as x: pass",
    "with x as {}.y: pass",
    "with x as ({}.y, z): pass",
    "with x: {}",
    "def f(x={}): pass",
    "def f(x: {}): pass",
    "def f(x: {} = 1): pass",
    "def f(*, x={}): pass",
    "def f() -> {}: pass",
    "def f(): return {}",
    "def f(): yield {}",
    "def f(): yield from {}",
    "async def f(): await {}",
    "async def f(): return [x async for x in {}]",
    "async def f():\n    async for x in {}: pass",
    "@{}\ndef f(): pass",
    "@{}.x\nclass C: pass",
    "class C({}): pass",
    "class C(metaclass={}): pass",
    "class C:\n    x = {}",
    "lambda: {}",
    "lambda x={}: x",
    "x = [{}, 1]",
    "x = [*{}]",
    "x = ({}, 1)",
    "x = *{}, 1",
    "x = {{{}, 1}}",
    "x = {{{}: 1}}",
    "x = {{1: {}}}",
    "x = {{**{}}}",
    "x = [{} for x in y]",
    "x = [x for x in {}]",
    "x = [x for x in y if {}]",
    "x = [x for x in y for z in {}]",
    "x = {{{}: 1 for x in y}}",
    "x = {{1: {} for x in y}}",
    "x = {{1: 2 for x in y if {}}}",
    "x = {{{} for x in y}}",
    "x = ({} for x in y)",
    "x = {} or y",
    "x = y and {}",
    "x = {} and y",
    "x = not {}",
    "x = -{}",
    "x = {} + 1",
    "x = 1 + {}",
    "x = 1 @ {}",
    "x = 1 < {} < 2",
    "x = y in {}",
    "x = {} if y else z",
    "x = y if {} else z",
    "x = y if z else {}",
    "x = y[{}]",
    "x = y[1, {}]",
    "x = y[{}:2]",
    "x = y[1:2, ::{}]",
    "x = {}.y",
    "x = f(*{})",
    "x = f(**{})",
    "x = f(y={})",
    "x = f'a{{{}}}b'",
    "x = f'a{{y:{{{}}}}}b'",
    "x = f'a{{{}!r:>3}}b'",
    "x = '%s' % {}",
    "x = '%s' % ({}, 1)",
    "x = '{{}}'.format({})",
    "if (x := {}): pass",
    "match {}:\n    case 1: pass",
    "match x:\n    case y if {}: pass",
    "match x:\n    case 1: {}",
    "type X = Annotated[int, {}]",
    "print({})",
    "(({}))",
    "{}; x",
    "global x; {}",
]


@pytest.mark.parametrize("template", EVERYWHERE)
def test_a_call_is_seen_wherever_it_stands(template: str):
    text = template.format("needle('hay')")
    call = next((c for c in read(text).every_call if c.callee.endswith("needle")), None)
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "needle" in row)
    column = text.split("\n")[line - 1].index("needle") + 1

    assert call is not None
    assert (line, column, (Text("hay", line, column + 7),)) == (call.line, call.column, call.arguments)


@pytest.mark.parametrize("template", [t for t in EVERYWHERE if t not in {"{}", "{}; x", "(({}))", "global x; {}"}])
def test_a_string_is_seen_wherever_it_stands(template: str):
    text = template.format("('hay', 1)")

    assert "hay" in [t.value for t, _ in read(text).strings]


def test_the_calls_of_a_callee_are_asked_for_with_patterns():
    code = read(
        "from openai import OpenAI\nimport transformers as t\n"
        "t.pipeline('x')\nc = OpenAI()\nc.embeddings.create(1)\nc.chat.completions.create(2); t.AutoModel.load(3)\n"
    )

    def asked(*patterns: str) -> list[str]:
        return [c.callee for c in code.calls(*patterns)]

    assert ["openai.OpenAI().embeddings.create"] == asked("openai.*().embeddings.create")
    assert [
        "openai.OpenAI().embeddings.create",
        "openai.OpenAI().chat.completions.create",
    ] == asked("**.create", "openai.OpenAI().embeddings.create")
    assert ["transformers.AutoModel.load"] == asked("transformers.*.lo*")
    assert [] == asked("create", "openai.*.create", "")
    assert ["openai.OpenAI"] == asked("openai.OpenAI")


@pytest.mark.parametrize(
    ("pattern", "dotted", "expected"),
    [
        ("a.b", "a.b", True),
        ("a.b", "axb", False),
        ("a.*", "a.b", True),
        ("a.*", "a.b.c", False),
        ("a.**", "a.b.c", True),
        ("**.c", "a.b.c", True),
        ("a.*().c", "a.B().c", True),
        ("a.Auto*.c", "a.AutoModel.c", True),
        ("a.**.c", "a.c", False),
        ("?.c", "?.c", True),
    ],
)
def test_a_pattern_stands_for_dotted_names(pattern: str, dotted: str, expected: object):
    assert expected is matches(pattern, dotted)


# -- bindings ------------------------------------------------------------------------------------


def test_a_binding_knows_its_line_its_scope_and_its_annotation():
    code = read("A = 1\nB: int = 2\nC: str\nclass K:\n    D = 3\n    def f(self):\n        e = 4\n        self.g = 5\n")
    module, class_, function = code.scopes

    assert (
        Binding("A", Const(1), 1, 0),
        Binding("B", Const(2), 2, 0, annotation=Name("int", 2)),
        Binding("C", Unknown("declared without a value", 3), 3, 0, annotation=Name("str", 3)),
    ) == module.bindings
    assert (Binding("D", Const(3), 5, 1), Binding("g", Const(5), 8, 2)) == class_.bindings
    assert (Binding("e", Const(4), 7, 2),) == function.bindings
    assert [("module", "", -1, 1), ("class", "K", 0, 4), ("function", "K.f", 1, 6)] == [
        (s.kind, s.name, s.parent, s.line) for s in code.scopes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if c:\n    x = 1", True),
        ("if c: pass\nelif d:\n    x = 1", True),
        ("if c: pass\nelse:\n    x = 1", True),
        ("for i in j:\n    x = 1", True),
        ("while c:\n    x = 1", True),
        ("try: pass\nexcept E:\n    x = 1", True),
        ("match c:\n    case 1:\n        x = 1", True),
        ("if __name__ == '__main__':\n    if c:\n        x = 1", True),
        ("if TYPE_CHECKING: pass\nelse:\n    x = 1", True),
        ("if not TYPE_CHECKING_OR_SO:\n    x = 1", True),
        ("x = 1", False),
        ("with c:\n    x = 1", False),
        ("try:\n    x = 1\nfinally: pass", False),
        ("try: pass\nfinally:\n    x = 1", False),
        ("if __name__ == '__main__':\n    x = 1", False),
        ("if TYPE_CHECKING:\n    x = 1", False),
        ("if typing.TYPE_CHECKING:\n    x = 1", False),
        ("if sys.version_info >= (3, 11):\n    x = 1", False),
    ],
)
def test_what_stands_in_a_branch_is_conditional(text: str, expected: object):
    flags = {b.name: b.conditional for b in read(text).scopes[0].bindings}

    assert expected is flags["x"]


def test_the_body_of_a_function_in_a_branch_is_its_own():
    code = read("if c:\n    def f():\n        x = 1\n    class K:\n        y = 2\n    z = 3\n")

    assert [("z", True), ("x", False), ("y", False)] == [
        (b.name, b.conditional) for s in code.scopes for b in s.bindings
    ]


ONE, TWO, THREE, FOUR = map(Const, (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("a = 1", {"a": ONE}),
        ("(a) = 1", {"a": ONE}),
        ("a, = 1, 2", {"a": ONE}),
        ("(a,) = [1, 2]", {"a": ONE}),
        ("a, b = 1, 2", {"a": ONE, "b": TWO}),
        ("(a, b) = (1, 2)", {"a": ONE, "b": TWO}),
        ("[a, b] = [1, 2]", {"a": ONE, "b": TWO}),
        ("a, (b, c) = 1, (2, 3)", {"a": ONE, "b": TWO, "c": THREE}),
        ("a, *b = 1, 2, 3", {"a": ONE, "b": Sequence((TWO, THREE))}),
        ("a, *b, c = 1, 2, 3, 4", {"a": ONE, "b": Sequence((TWO, THREE)), "c": FOUR}),
        ("*a, b = 1, 2", {"a": Sequence((ONE,)), "b": TWO}),
        ("*a, b = f", {"a": Sequence((Element(Name("f", 1)),)), "b": Item(Name("f", 1), Const(-1))}),
        ("a, b = f", {"a": Item(Name("f", 1), Const(0)), "b": Item(Name("f", 1), ONE)}),
        ("a, b = 1,", {"a": ONE, "b": Unknown("an unpacked value", 0)}),
        ("a, b = (1, 2) if c else (3, 4)", {"a": Choice((ONE, THREE)), "b": Choice((TWO, FOUR))}),
        ("a = b = c = 1", {"a": ONE, "b": ONE, "c": ONE}),
        ("a = b, c = 1, 2", {"a": Sequence((ONE, TWO)), "b": ONE, "c": TWO}),
        ("a.b = 1", {"a.b": ONE}),
        ("a.b.c = 1", {"a.b.c": ONE}),
        ("a().b = 1", {}),
        ("a['k'] = 1", {"a": Mapping(((Text("k", 1, 3), ONE),))}),
        ("a.b['k'] = 1", {"a.b": Mapping(((Text("k", 1, 5), ONE),))}),
        ("a[1, 2] = 3", {"a": Mapping(((Sequence((ONE, TWO)), THREE),))}),
        ("a['k']['l'] = 1", {"a": Mapping(((Text("k", 1, 3), Mapping(((Text("l", 1, 8), ONE),))),))}),
        ("a += [1]", {"a": Sequence((ONE,))}),
        ("a |= {'k': 1}", {"a": Mapping(((Text("k", 1, 7), ONE),))}),
        ("a += 1", {}),
        ("a += 'x'", {"a": Template((Name("a", 1), Text("x", 1, 6)), 1)}),
        ("a |= b", {"a": Mapping(((None, Name("b", 1)),))}),
        ("a.append(1)", {"a": Sequence((ONE,))}),
        ("a.insert(1, 2)", {"a": Sequence((TWO,))}),
        ("a.b.add(1)", {"a.b": Sequence((ONE,))}),
        ("a[2].extend(f)", {"a": Mapping(((TWO, Sequence((Element(Name("f", 1)),))),))}),
        ("a.update(f, k=1)", {"a": Mapping(((None, Name("f", 1)), (Text("k", 1, 0), ONE)))}),
        ("a.setdefault(1, 2)", {"a": Mapping(((ONE, TWO),))}),
        ("a().append(1)", {}),
        ("setattr(a, 'b', 1)", {"a.b": ONE}),
        ("setattr(a, b, 1)", {}),
        ("for a in f: pass", {"a": Element(Name("f", 1))}),
        (
            "for a, b in f: pass",
            {"a": Item(Element(Name("f", 1)), Const(0)), "b": Item(Element(Name("f", 1)), ONE)},
        ),
        ("with f as a: pass", {"a": Name("f", 1)}),
        ("with f as (a, b): pass", {"a": Item(Name("f", 1), Const(0)), "b": Item(Name("f", 1), ONE)}),
        ("with f as a.b: pass", {"a.b": Name("f", 1)}),
        ("(a := 1)", {"a": ONE}),
        ("f(a := 1)", {"a": ONE}),
        ("[a for a in f]", {"a": Element(Name("f", 1))}),
        ("type A = list[B]", {"A": Item(Name("list", 1), Name("B", 1))}),
        ("type A[T] = T", {"A": Name("T", 1)}),
        ("a: int = 1", {"a": ONE}),
        ("a: int", {"a": Unknown("declared without a value", 1)}),
        ("type(a).b = 1", {}),
        ("del a", {}),
        ("global a", {}),
        ("a == 1", {}),
    ],
)
def test_a_statement_binds_names(statement: str, expected: object):
    assert expected == bound(statement)


def test_what_a_method_says_of_self_is_said_of_its_class():
    text = (
        "class K:\n"
        "    def f(self):\n"
        "        self.a = 1\n"
        "        self.b, self.c = 2, 3\n"
        "        self.d['k'] = 4\n"
        "        def g():\n"
        "            self.e: int = 1\n"
        "    @classmethod\n"
        "    def h(cls):\n"
        "        cls.i = 2\n"
    )
    expected = {
        "a": ONE,
        "b": TWO,
        "c": THREE,
        "d": Mapping(((Text("k", 5, 16), FOUR),)),
        "e": ONE,
        "i": TWO,
    }

    assert expected == bound(text, 1)


def test_self_outside_of_a_class_is_a_name_like_others():
    assert {"self.a": ONE} == bound("self.a = 1")


# -- functions and classes -----------------------------------------------------------------------


def test_parameters_have_kinds_defaults_and_annotations():
    code = read("def f(a, b: int, c=1, d: str = 'x', /, *e: float, g, h: bool = True, **i: list): pass")
    expected = (
        Parameter("a", None, None, 1),
        Parameter("b", None, Name("int", 1), 1),
        Parameter("c", ONE, None, 1),
        Parameter("d", Text("x", 1, 32), Name("str", 1), 1),
        Parameter("e", None, Name("float", 1), 1, "*"),
        Parameter("g", None, None, 1, "keyword-only"),
        Parameter("h", Const(value=True), Name("bool", 1), 1, "keyword-only"),
        Parameter("i", None, Name("list", 1), 1, "**"),
    )

    assert expected == code.scopes[1].parameters


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("def f():", []),
        ("def f(*, a):", [("a", "keyword-only")]),
        ("def f(a, *b, c):", [("a", "normal"), ("b", "*"), ("c", "keyword-only")]),
        ("def f(**a):", [("a", "**")]),
        ("def f(a, /, b):", [("a", "normal"), ("b", "normal")]),
        ("def f(\n    a,  # why\n    b,\n):", [("a", "normal"), ("b", "normal")]),
        ("async def f(a):", [("a", "normal")]),
        ("def f[T](a: T):", [("a", "normal")]),
        ("class K:\n  def f(self, a):", [("self", "normal"), ("a", "normal")]),
    ],
)
def test_parameters_are_of_a_kind(head: str, expected: object):
    code = read(f"{head}\n    pass\n")

    assert expected == [(p.name, p.kind) for p in code.scopes[-1].parameters]


def test_a_lambda_is_a_function_with_a_name_of_its_own():
    code = read("f = lambda a, *b, c=1, **d: g(a)\n")
    lambda_ = code.scopes[1]

    assert Name("<lambda 1:5>", 1) == code.scopes[0].bindings[0].value
    assert ("lambda", "<lambda 1:5>", 0) == (lambda_.kind, lambda_.name, lambda_.parent)
    assert [("a", "normal"), ("b", "*"), ("c", "keyword-only"), ("d", "**")] == [
        (p.name, p.kind) for p in lambda_.parameters
    ]
    assert code.every_call == lambda_.returns
    assert [1] == [call.scope for call in code.every_call]


def test_a_function_has_returns_and_decorators():
    code = read("@a\n@b.c(1)  # why\n@(d)\ndef f():\n    if x:\n        return 'y'\n    return\n    return 1, 2\n")
    function = code.scopes[1]

    assert ("a", "b.c(…)", "d") == tuple(shown(d) for d in function.decorators)
    assert (Text("y", 6, 16), Sequence((ONE, TWO))) == function.returns
    assert 4 == function.line


def test_a_class_has_bases_keywords_and_decorators():
    code = read("@dataclass\nclass K(A, b.C[D], metaclass=M, **kw):\n    class L: pass\n    def f(self): pass\n")
    class_ = code.scopes[1]

    assert (Name("A", 2), Item(Attribute(Name("b", 2), "C"), Name("D", 2))) == class_.bases
    assert (("metaclass", Name("M", 2)), ("**", Name("kw", 2))) == class_.keywords
    assert (Name("dataclass", 1),) == class_.decorators
    assert ["", "K", "K.L", "K.f"] == [s.name for s in code.scopes]


# -- values --------------------------------------------------------------------------------------

A, B, C = (Name(n, 1) for n in "abc")


def decided_by(name: Name) -> tuple[tuple[values.Test, ...], tuple[values.Test, ...]]:
    """Return what must be true for the first and for the second of two."""
    return (values.Test(name, (), holds=True),), (values.Test(name, (), holds=False),)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a'", Text("a", 1, 5)),
        ("('a')", Text("a", 1, 6)),
        ("(  # why\n    'a'\n)", Text("a", 2, 5)),
        ("1", ONE),
        ("1_000", Const(1000)),
        ("0x10", Const(16)),
        ("0o17", Const(15)),
        ("0b11", THREE),
        ("1.5e3", Const(1500.0)),
        ("1_0.5", Const(10.5)),
        ("2j", Const(None)),
        ("0777", Const(777.0)),
        ("9" * 5000, Const(float("inf"))),
        ("True", Const(value=True)),
        ("False", Const(value=False)),
        ("None", Const(None)),
        ("a", A),
        ("a.b", Attribute(A, "b")),
        ("a[1]", Item(A, ONE)),
        ("a[1, 2]", Item(A, Sequence((ONE, TWO)))),
        ("a[1:2]", Item(A, Slice(ONE, TWO))),
        ("a[::-1]", Item(A, Slice(None, None, Const(-1)))),
        ("a[1:]", Item(A, Slice(ONE, None))),
        ("[]", Sequence(())),
        ("[1, 2]", Sequence((ONE, TWO))),
        ("(1, 2)", Sequence((ONE, TWO))),
        ("{1, 2}", Sequence((ONE, TWO))),
        ("1, 2", Sequence((ONE, TWO))),
        ("[1,  # why\n 2]", Sequence((ONE, TWO))),
        ("[*a, 1]", Sequence((Element(A), ONE))),
        ("(*a, 1)", Sequence((Element(A), ONE))),
        ("*a, 1", Sequence((Element(A), ONE))),
        ("[* a.b, 1]", Sequence((Element(Attribute(A, "b")), ONE))),
        ("{}", Mapping(())),
        ("{1: 2, **a, 'b': c,  # why\n}", Mapping(((ONE, TWO), (None, A), (Text("b", 1, 17), C)))),
        ("a or b", Choice((A, B))),
        ("a or b or c", Choice((A, B, C))),
        ("a or (b or c)", Choice((A, B, C))),
        ("a and b", B),
        ("a if c else b", Choice((A, B), *decided_by(C))),
        ("(a  # why\n if c else 1)", Choice((A, ONE), *decided_by(Name("c", 2)))),
        ("[a for b in c]", Sequence((A,))),
        ("(a for b in c)", Sequence((A,))),
        ("{a for b in c if d}", Sequence((A,))),
        ("{a: b for c in d if e}", Mapping(((A, B),))),
        ("await a", A),
        ("(a := 1)", ONE),
        ("[1] + [2]", Sequence((ONE, TWO))),
        ("a | b", Choice((A, B))),
        ("a | b | c", Choice((A, B, C))),
        ("a | {1: 2}", Mapping(((None, A), (ONE, TWO)))),
        ("a - b", Unknown("a computed value", 1)),
        ("-1", Const(-1)),
        ("-1.5", Const(-1.5)),
        ("~1", Unknown("a computed number", 1)),
        ("-True", Unknown("a computed number", 1)),
        ("not a", Unknown("a comparison", 1)),
        ("a < b", Unknown("a comparison", 1)),
        ("...", Unknown("...", 1)),
        ("b'a'", Unknown("bytes", 1)),
        ("rb'a'", Unknown("bytes", 1)),
        ("b'a' b'b'", Template((Unknown("bytes", 1), Unknown("bytes", 1)), 1)),
        # Strings.
        ("''", Text("", 1, 5)),
        ("'''a\nb'''", Text("a\nb", 1, 5)),
        (r"'a\x41\u00e9\U0001F600\101\N{DIGIT ONE}'", Text("aAé😀A1", 1, 5)),
        (r"'\q\x4'", Text(r"\q\x4", 1, 5)),
        (r"'\N{NO SUCH NAME}\U00110000'", Text(r"\N{NO SUCH NAME}\U00110000", 1, 5)),
        ("'a\\\nb'", Text("ab", 1, 5)),
        (r"'\\n'", Text(r"\n", 1, 5)),
        (r"r'\n'", Text(r"\n", 1, 5)),
        (r"r'\\'", Text(r"\\", 1, 5)),
        (r"R'\''", Text(r"\'", 1, 5)),
        ("u'a'", Text("a", 1, 5)),
        ("'{{}}'", Text("{{}}", 1, 5)),
        ("f'{{a}}'", Text("{a}", 1, 5)),
        ("f''", Text("", 1, 5)),
        ("'a' 'b'", Text("ab", 1, 5)),
        ("('a'  # why\n    'longer')", Text("alonger", 2, 5)),
        ("'longer' 'a'", Text("longera", 1, 5)),
        # Templates.
        ("f'a/{b}'", Template((Text("a/", 1, 5), B), 1)),
        ("f'{a}{b}'", Template((A, B), 1)),
        ("f'{a}'", Template((A,), 1)),
        ("f'{a!r:>10}-{b=}'", Template((A, Text("-", 1, 5), B), 1)),
        (r"rf'\d{a}'", Template((Text(r"\d", 1, 5), A), 1)),
        (r"f'\x41{{{a}}}\n'", Template((Text("A{", 1, 5), A, Text("}\n", 1, 5)), 1)),
        ("f'a' f'{b}' 'c'", Template((Text("a", 1, 5), B, Text("c", 1, 17)), 1)),
        ("'a' + b", Template((Text("a", 1, 5), B), 1)),
        ("'a' + b + 'c'", Template((Text("a", 1, 5), B, Text("c", 1, 15)), 1)),
        ("'a' + ('b' + c)", Template((Text("a", 1, 5), Text("b", 1, 12), C), 1)),
        ("'aa' + 'b'", Text("aab", 1, 5)),
        ("'a' + 'bb'", Text("abb", 1, 11)),
        ("a / 'b'", Template((A, Text("/", 1, 0), Text("b", 1, 9)), 1)),
        ("a / 'b' / c", Template((A, Text("/", 1, 0), Text("b", 1, 9), Text("/", 1, 0), C), 1)),
        ("'a/%s' % b", Template((Text("a/", 1, 5), B), 1)),
        ("'%s/%d%%' % (a, b)", Template((A, Text("/", 1, 5), B, Text("%", 1, 5)), 1)),
        ("'%(k)s' % a", Template((Item(A, Text("k", 1, 5)),), 1)),
        ("'%s%s' % a", Template((A, Unknown("a missing value", 1)), 1)),
        ("'a' % b", Text("a", 1, 5)),
        ("'%s' % 'a'", Text("a", 1, 12)),
        ("a % b", Formatted(A, B, 1)),
        ("'{}/{}'.format(a, b)", Template((A, Text("/", 1, 5), B), 1)),
        ("'{1}{0}'.format(a, b)", Template((B, A), 1)),
        ("'{k}'.format(k=a)", Template((A,), 1)),
        ("'{k!r:>3}{{}}'.format(k=a)", Template((A, Text("{", 1, 5), Text("}", 1, 5)), 1)),
        ("'{x}'.format(k=a)", Template((Unknown("a value of format()", 1),), 1)),
        ("'a'.format(b)", Text("a", 1, 5)),
        ("'{}'.format('a')", Text("a", 1, 17)),
    ],
)
def test_an_expression_has_a_value(expression: str, expected: object):
    assert expected == value(expression)


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("lambda: 1", None),
        ("yield_", None),
        ("a @ b", "a computed value"),
        ("~a", "a computed number"),
    ],
)
def test_what_is_not_followed_says_what_it_is(expression: str, shape: str | None):
    got = value(expression)

    assert shape == (got.shape if isinstance(got, Unknown) else None)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a.b", "a.b"),
        ("a['k']", "a['k']"),
        ("a['not a name']", "a['…']"),
        ("a[0]", "a[0]"),
        ("a[b]", "a[b]"),
        ("f(1)", "f(…)"),
        ("a or b or c or d", "a or b or c"),
        ("f'a{b}'", "'…'+b"),
        ("'secret'", "'…'"),
        ("None", "None"),
        ("{}", "{…}"),
        ("[]", "[…]"),
        ("a < b", "a comparison"),
    ],
)
def test_a_value_is_shown_as_code_without_its_strings(expression: str, expected: object):
    assert expected == shown(value(expression))


def test_an_element_and_an_unheard_of_value_are_shown_too():
    assert ("an element of a", "an expression") == (shown(Element(A)), shown(Value()))


def test_the_parts_of_a_value_come_outermost_first():
    whole = value("{'k': [a.b, c['d']], **e, 1: f'{g}{h or i}', 2: j(k)}")
    names_ = [p.name for p in parts(whole) if isinstance(p, Name)]

    assert whole is next(parts(whole))
    assert ["a", "c", "e", "g", "h", "i"] == names_
    assert ["k", "d"] == [p.value for p in parts(whole) if isinstance(p, Text)]
    assert [A] == [p for p in parts(Element(A)) if isinstance(p, Name)]


# -- text that is not run ------------------------------------------------------------------------


def test_docstrings_and_comments_are_told_apart_from_strings():
    code = read(
        '#!/usr/bin/env python\n"""Module."""\nx = "code"  # Why.\n\n\nclass K:\n    "Class."\n\n    # Before.\n'
        '    def f(self):\n        """Function\n        in lines."""\n        "loose" "string"\n'
        '        f"no {prose}"\n        return "b"\n'
    )
    expected = (
        Prose("/usr/bin/env python", "comment", 1),
        Prose("Module.", "docstring", 2),
        Prose("Why.", "comment", 3),
        Prose("Class.", "docstring", 7),
        Prose("Before.", "comment", 9),
        Prose("Function\n        in lines.", "docstring", 11),
        Prose("loosestring", "docstring", 13),
    )

    assert expected == code.prose
    assert [(Text("code", 3, 5), 0), (Text("b", 15, 16), 2)] == list(code.strings)


def test_a_string_has_the_scope_that_it_stands_in():
    code = read("a = 'm'\ndef f(b='d'):\n    return 'f'\nclass K:\n    c = 'k'\ng = lambda: 'l'\n")

    assert [("m", 0), ("d", 0), ("f", 1), ("k", 2), ("l", 3)] == [(t.value, scope) for t, scope in code.strings]


def test_a_long_run_of_comments_costs_little_and_is_kept():
    code = read("\n".join(f"# line {n}" for n in range(5000)) + "\nx = 'a'\n")

    assert [(n + 1, f"line {n}") for n in range(5000)] == [(p.line, p.text) for p in code.prose]
    assert ((Text("a", 5001, 5), 0),) == code.strings


# -- places --------------------------------------------------------------------------------------


def test_columns_are_in_characters():
    code = read("é = 'ü'; f('😀', g('a'))\n")

    assert [("ü", 5), ("😀", 12), ("a", 19)] == [(t.value, t.column) for t, _ in code.strings]
    assert {("f", 10), ("g", 17)} == {(c.callee, c.column) for c in code.every_call}


def test_lines_may_be_given():
    code = read("a = f('x')\nb = 'y'\n# c\n", (10, 20, 30))

    assert [10, 20] == [t.line for t, _ in code.strings]
    assert [(10, 5)] == [(c.line, c.column) for c in code.every_call]
    assert [30] == [p.line for p in code.prose]
    assert 30 == read("a = f('x')\nb = 'y'\n# c\n\n\nd = 1", (10, 20, 30)).scopes[0].bindings[-1].line


# -- what is broken, or too much -----------------------------------------------------------------

BROKEN = "the grammar does not hold here"
READ = "the facts around it were read"


def test_the_facts_around_a_break_survive():
    code = read("from a import A\nx = A()\ndef f(:\n    pass\n\nx.b('c')\n")

    assert (Problem("syntax-error", f"{BROKEN}; {READ}", 3),) == code.problems
    assert ["a.A", "a.A().b"] == [c.callee for c in code.every_call]


def test_several_breaks_are_one_problem_that_names_the_first_few_lines():
    good = "x = 1\n" * 3
    code = read("".join(f"{good}y = = {n}\n" for n in range(8)))
    lines = [4 * (n + 1) for n in range(5)]

    assert (Problem("syntax-error", f"{BROKEN}, also at {', '.join(map(str, lines[1:]))}; {READ}", 4),) == code.problems


def test_what_is_missing_is_a_break_too():
    assert ["syntax-error"] == [p.code for p in read("f(1").problems]
    assert ["syntax-error"] == [p.code for p in read("x = [1, 2\n").problems]


@given(st.text(st.sampled_from("abf 'x\"()[]{}:=,.*#\\\n\t@%+-é0"), max_size=60))
def test_no_text_makes_the_reader_fail(text: str):
    code = read(text)

    assert code == read(text)


PROGRAM = (
    "import os\nfrom a.b import (c as d, *)\n@e(1)\nclass K(d, metaclass=M):\n    '''Doc.'''\n"
    "    x: Optional['Y'] = f'a{b!r:>{w}}c' 'd' + e % (f, *g)\n    def m(self, a, *b, c: int = 1, **d) -> z:\n"
    "        self.y, *q = [i for i in j if k], {**l, 'm': n}\n        with o() as (p, q[1]): return lambda r: await s\n"
    "        match t:\n            case {'u': v, **w} if x: y[1:2, ::3] = z = 1\ntype A[B] = C | None\n"
)


@given(st.integers(0, len(PROGRAM)), st.integers(0, 12), st.sampled_from(["", "(", "'", "\n", ":", "=", "*", " ", "}"]))
def test_no_damage_makes_the_reader_fail(at: int, length: int, insert: str):
    code = read(PROGRAM[:at] + insert + PROGRAM[at + length :])

    assert "python" == code.language


def test_python_2_is_read():
    code = read("print 'a', f(1)\nexec 'b'\nprint >>x, g(2)\ntry:\n    pass\nexcept E, e:\n    h(3)\n")

    assert {"f", "g", "h"} == {c.callee for c in code.every_call}


def nested(kind: str, depth: int) -> str:
    return {
        "calls": "f(" * depth + "'a'" + ")" * depth,
        "lists": "[" * depth + "'a'" + "]" * depth,
        "parentheses": "(" * depth + "'a'" + ")" * depth,
        "dicts": "{1: " * depth + "'a'" + "}" * depth,
        "attributes": "a" + ".b()" * depth,
        "subscripts": "a" + "[1]" * depth,
        "choices": "a if b else (" * depth + "'a'" + ")" * depth,
        "assignments": "x = " * depth + "'a'",
        "lambdas": "lambda: " * depth + "'a'",
        "nots": "not " * depth + "'a'",
        "right additions": "'a' + (" * depth + "'a'" + ")" * depth,
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        *("calls", "lists", "parentheses", "dicts", "attributes", "subscripts", "choices", "assignments", "lambdas"),
        *("nots", "right additions"),
    ],
)
@pytest.mark.parametrize("depth", [DEEPEST * 2, 5000])
def test_what_is_nested_too_deep_is_said_and_the_rest_is_read(kind: str, depth: int):
    code = read(f"before('a')\nx = {nested(kind, depth)}\nafter('b')\n")

    assert Problem("too-deep", f"expressions are nested more than {DEEPEST} deep", 2) in code.problems
    assert {"before", "after"} <= {c.callee for c in code.every_call}


@pytest.mark.parametrize("kind", ["calls", "lists", "parentheses", "dicts", "attributes", "subscripts", "assignments"])
def test_what_people_write_is_not_too_deep(kind: str):
    assert () == read(f"x = {nested(kind, 20)}\n").problems


def test_blocks_may_be_deep_too():
    text = "".join(f"{'    ' * n}if a:\n" for n in range(60)) + "    " * 60 + "f('b')\n"

    assert ["f"] == callees(text)


def test_blocks_that_are_too_deep_are_said():
    text = "".join(f"{'    ' * n}if a:\n" for n in range(90)) + "    " * 90 + "f('b')\ng('c')\n"

    assert (["g"], ["too-deep"]) == (callees(text), [p.code for p in read(text).problems])


def test_more_blocks_than_python_takes_are_left_out():
    text = "".join(f"{' ' * n}if a:\n" for n in range(500)) + " " * 500 + "f('b')\ng('c')\n"

    assert (["g"], ["too-deep"]) == (callees(text), [p.code for p in read(text).problems])


def test_a_chain_of_additions_may_be_long():
    code = read("x = " + " + ".join(["'a'"] * 20_000) + "\n")
    joined = code.scopes[0].bindings[0].value

    assert isinstance(joined, Text)
    assert ("a" * 20_000, ()) == (joined.value, code.problems)


def test_a_chain_of_additions_with_a_gap_is_one_template():
    code = read("x = " + " + ".join(["'a'", "b"] * 5000) + "\n")
    joined = code.scopes[0].bindings[0].value

    assert isinstance(joined, Template)
    assert (10_000, ()) == (len(joined.parts), code.problems)


def test_an_empty_file_has_a_module_and_nothing_else():
    code = read("")

    assert ("python", 1, (), (), (), (), ()) == (
        code.language,
        len(code.scopes),
        code.every_call,
        code.imports,
        code.strings,
        code.prose,
        code.problems,
    )
    assert 0 == code.cell_of(1)


def test_a_byte_order_of_surrogates_does_no_harm():
    code = read("x = '\udc80'\nf('a')\n")

    assert ["f"] == [c.callee for c in code.every_call]


# -- settings ------------------------------------------------------------------------------------


def test_settings_are_asked_for_by_their_keys():
    entries = (
        Entry(("a", "b"), "first", 1, 1),
        Entry(("a", "c"), 2, 2, 1),
        Entry(("a", "b"), "last", 3, 1),
        Entry(("d",), None, 4, 1),
    )
    data = Data("yaml", entries)

    assert entries[2] == data.get("a", "b")
    assert data.get("a") is None
    assert entries[:3] == tuple(data.under("a"))
    assert entries == tuple(data.under())


def test_comments_around_a_break_are_prose_all_the_same():
    code = read("# one\nx = (((((\n# two\ny = 1  # three\ndef f(:\n    # four\n    pass\n")

    assert [("one", 1), ("two", 3), ("three", 4), ("four", 6)] == [
        (p.text, p.line) for p in code.prose if p.kind == "comment"
    ]
    assert ["syntax-error"] == [p.code for p in code.problems]


@pytest.mark.parametrize(
    ("test", "then", "otherwise"),
    [
        ("size == 'a'", [("size", ["a"], True)], [("size", ["a"], False)]),
        ("'a' == size", [("size", ["a"], True)], [("size", ["a"], False)]),
        ("size != 'a'", [("size", ["a"], False)], [("size", ["a"], True)]),
        ("size is None", [("size", [None], True)], [("size", [None], False)]),
        ("size in ('a', 'b')", [("size", ["a", "b"], True)], [("size", ["a", "b"], False)]),
        ("size in names", [("size", ["an element of names"], True)], [("size", ["an element of names"], False)]),
        ("size in names()", [], []),
        ("size > 3", [], []),
        ("a < b < c", [], []),
        ("not self.fast", [("self.fast", [], False)], [("self.fast", [], True)]),
        ("(a and b)", [("a", [], True), ("b", [], True)], []),
        ("a or b", [], [("a", [], False), ("b", [], False)]),
        ("(x := a)", [], []),
        ("size.lower() == 'a'", [("size.lower(…)", ["a"], True)], [("size.lower(…)", ["a"], False)]),
    ],
)
def test_a_branch_says_what_must_be_true_for_its_lines_to_run(
    test: str, then: list[object], otherwise: list[object]
) -> None:
    code = read(f"if {test}:\n    pass\nelse:\n    pass\n")

    said = [
        (
            b.first,
            shown(b.subject),
            [v.value if isinstance(v, Text | Const) else shown(v) for v in b.values],
            b.holds,
        )
        for b in code.branches
    ]
    assert [(2, *t) for t in then] + [(4, *t) for t in otherwise] == said  # type: ignore[misc]


def test_what_follows_a_branch_that_returns_runs_when_its_test_fails():
    code = read("def f(a):\n    if a == 'x':\n        return 1\n    # why\n    b()\n    return 2\n")

    assert [(3, 3, True, False), (4, 6, False, True)] == [(b.first, b.last, b.holds, b.rest) for b in code.branches]


def test_what_follows_a_branch_that_raises_runs_anyway():
    code = read("def f(a):\n    if a is None:\n        raise ValueError\n    b()\n")

    assert [3] == [b.first for b in code.branches]


def test_a_case_runs_when_the_subject_is_one_of_its_literals():
    code = read(
        "match a.b:\n    case 'x' | 'y':\n        1\n    case K.A:\n        2\n"
        "    case [_, q]:\n        3\n    case 4 if z:\n        4\n    case _:\n        5\n"
    )

    assert [(3, ["'…'", "'…'"], True), (5, ["K.A"], True), (11, ["'…'", "'…'", "K.A"], False)] == [
        (b.first, [shown(v) for v in b.values], b.holds) for b in code.branches
    ]


def test_calls_in_a_test_are_found_once():
    code = read("if load('a') == 'b':\n    pass\n")

    assert (["load"], ["a", "b"]) == ([c.callee for c in code.every_call], [t.value for t, _ in code.strings])
