"""
Following names: what a program means does not depend on how it is written.

Each test writes a small program that loads one model, and changes it step by step without changing what it loads. The
same model has to be found after every step, and no other.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aibom.bill import Bill, Kind, Usage
from aibom.detectors import builtin
from aibom.pipeline import scan

NAME: Final = "acme/ranker-7b"
LOADERS: Final = tuple(d for d in builtin() if d.name in {"transformers", "datasets", "openai", "diffusers"})
"""Detectors of calls alone: one that guesses by what a variable is called would find the name in any case."""


@frozen
class Program:
    """A program in the making."""

    lines: tuple[str, ...]
    """Of app.py, before the call."""
    expression: str
    """What gives the name at the end of *lines*."""
    modules: tuple[tuple[str, str], ...] = ()
    count: int = 0
    """Steps so far; it makes names that are not taken."""

    def then(self, *lines: str, expression: str) -> Program:
        return evolve(self, lines=(*self.lines, *lines), expression=expression, count=self.count + 1)


Step: TypeAlias = Callable[[Program], Program]
STEPS: dict[str, Step] = {}


def step(function: Step) -> Step:
    STEPS[function.__name__] = function
    return function


def simple(name: str, *lines: str, expression: str) -> None:
    """Add a step that writes *lines* and *expression*; ``{e}`` is what gave the name before, ``{n}`` a number."""

    def run(p: Program) -> Program:
        return p.then(
            *(line.replace("{e}", p.expression).replace("{n}", str(p.count)) for line in lines),
            expression=expression.replace("{e}", p.expression).replace("{n}", str(p.count)),
        )

    STEPS[name] = run


simple("variable", "v{n} = {e}", expression="v{n}")
simple("annotated variable", "v{n}: str = {e}", expression="v{n}")
simple("final variable", "import typing", "v{n}: typing.Final = {e}", expression="v{n}")
simple("parentheses", expression="({e})")
simple("chained assignment", "v{n} = w{n} = {e}", expression="w{n}")
simple("walrus", "print(v{n} := {e})", expression="v{n}")
simple("tuple unpacking", "v{n}, w{n} = 0, {e}", expression="w{n}")
simple("nested unpacking", "(u{n}, (v{n}, w{n})) = 0, (1, {e})", expression="w{n}")
simple("starred unpacking", "*v{n}, w{n} = 0, 1, {e}", expression="w{n}")
simple("swapped", "v{n}, w{n} = {e}, 0", "v{n}, w{n} = w{n}, v{n}", expression="w{n}")
simple("str()", expression="str({e})")
simple("strip()", expression="({e}).strip()")
simple("f-string", "v{n} = {e}", expression='f"{v{n}}"')
simple("format()", expression='"{}".format({e})')
simple("percent", expression='"%s" % ({e},)')
simple("plus nothing", expression='({e}) + ""')
simple("none or", expression="(None or {e})")
simple("environment or", "import os", expression='(os.environ.get("V{n}") or {e})')
simple("environment with a default", "import os", expression='os.environ.get("V{n}", {e})')
simple("getenv with a default", "from os import getenv", expression='getenv("V{n}", {e})')
simple("getenv with a default by name", "from os import getenv", expression='getenv("V{n}", default={e})')
simple("conditional of the same", expression="({e} if print() else {e})")
simple("conditional of none", "v{n} = None", "v{n} = {e} if v{n} is None else v{n}", expression="v{n}")
simple("if none", "v{n} = None", "if v{n} is None:", "    v{n} = {e}", expression="v{n}")
simple("if not", "v{n} = None", "if not v{n}:", "    v{n} = {e}", expression="v{n}")
simple("in a try", "try:", "    v{n} = {e}", "except Exception:", "    raise", expression="v{n}")
simple("in a with", "with open('f') as f:", "    v{n} = {e}", expression="v{n}")
simple("main guard", 'if __name__ == "__main__":', "    v{n} = {e}", expression="v{n}")
# Containers.
simple("dict", 'd{n} = {"other": 3, "key": {e}}', expression='d{n}["key"]')
simple("dict in a dict", 'd{n} = {"a": {"b": {e}}}', expression='d{n}["a"]["b"]')
simple("dict()", "d{n} = dict(key={e})", expression='d{n}["key"]')
simple("dict.get", 'd{n} = {"key": {e}}', expression='d{n}.get("key")')
simple("dict.get with a default", "d{n} = {}", expression='d{n}.get("key", {e})')
simple("dict.pop", 'd{n} = {"key": {e}}', expression='d{n}.pop("key")')
simple("dict set later", "d{n} = {}", 'd{n}["key"] = {e}', expression='d{n}["key"]')
simple("dict updated", 'd{n} = {"a": 1}', 'd{n} |= {"key": {e}}', expression='d{n}["key"]')
simple("dict merged", 'd{n} = {**{"a": 1}, **{"key": {e}}}', expression='d{n}["key"]')
simple("dict with a constant key", 'K{n} = "key"', "d{n} = {K{n}: {e}}", expression="d{n}[K{n}]")
simple("dict values", 'd{n} = {"key": {e}}', "for v{n} in d{n}.values():", "    pass", expression="v{n}")
simple("dict items", 'd{n} = {"key": {e}}', "for k{n}, v{n} in d{n}.items():", "    pass", expression="v{n}")
simple("keys of a dict", "for v{n} in {{e}: 1}:", "    pass", expression="v{n}")
simple("keys()", "d{n} = {{e}: 1}", "for v{n} in d{n}.keys():", "    pass", expression="v{n}")
simple("enumerate()", "for i{n}, v{n} in enumerate([{e}]):", "    pass", expression="v{n}")
simple("zip()", "for i{n}, v{n} in zip([0], [{e}]):", "    pass", expression="v{n}")
simple("sorted()", "for v{n} in sorted([{e}]):", "    pass", expression="v{n}")
simple("list", "l{n} = [{e}]", expression="l{n}[0]")
simple("last of a list", "l{n} = [1, {e}]", expression="l{n}[-1]")
simple("tuple", "l{n} = (1, {e})", expression="l{n}[1]")
simple("starred list", "k{n} = [{e}]", "l{n} = [*k{n}]", expression="l{n}[0]")
simple("lists added", "l{n} = [] + [{e}]", expression="l{n}[0]")
simple("loop", "for v{n} in [{e}]:", "    pass", expression="v{n}")
simple("loop over a variable", "l{n} = ({e},)", "for v{n} in l{n}:", "    pass", expression="v{n}")
simple("comprehension", "l{n} = [v for v in [{e}]]", expression="l{n}[0]")
# Functions.
simple("function", "def f{n}():", "    return {e}", expression="f{n}()")
simple("annotated function", "def f{n}() -> str:", "    '''Doc.'''", "    return {e}", expression="f{n}()")
simple("async function", "async def f{n}():", "    return {e}", expression="(await f{n}())")
simple("local variable", "def f{n}():", "    x = {e}", "    return x", expression="f{n}()")
simple("global", "v{n} = None", "def f{n}():", "    global v{n}", "    v{n} = {e}", "f{n}()", expression="v{n}")
simple("positional argument", "def f{n}(x):", "    return x", expression="f{n}({e})")
simple("second argument", "def f{n}(y, x):", "    return x", expression="f{n}(0, {e})")
simple("keyword argument", "def f{n}(y=0, *, x):", "    return x", expression="f{n}(x={e})")
simple("default argument", "def f{n}(x={e}):", "    return x", expression="f{n}()")
simple("keyword-only default", "def f{n}(*, x={e}):", "    return x", expression="f{n}()")
simple("default none", "def f{n}(x=None):", "    return x or {e}", expression="f{n}()")
simple(
    "default none tested",
    "def f{n}(x=None):",
    "    if x is None:",
    "        x = {e}",
    "    return x",
    expression="f{n}()",
)
simple("argument before star", "def f{n}(x, *rest):", "    return x", expression="f{n}({e}, 1, 2)")
simple("star arguments", "def f{n}(y, x):", "    return x", "a{n} = (0, {e})", expression="f{n}(*a{n})")
simple("keywords in a dict", "def f{n}(x):", "    return x", 'k{n} = {"x": {e}}', expression="f{n}(**k{n})")
simple("collected keywords", "def f{n}(**kw):", '    return kw["x"]', expression="f{n}(x={e})")
simple("collected arguments", "def f{n}(*args):", "    return args[0]", expression="f{n}({e})")
simple("lambda", "f{n} = lambda: {e}", expression="f{n}()")
simple("lambda with a parameter", "f{n} = lambda x: x", expression="f{n}({e})")
simple("lambda with a default", "f{n} = lambda x={e}: x", expression="f{n}()")
simple(
    "closure", "def f{n}():", "    x = {e}", "    def g():", "        return x", "    return g()", expression="f{n}()"
)
simple("returned function", "def f{n}():", "    def g():", "        return {e}", "    return g", expression="f{n}()()")
simple("alias of a function", "def f{n}(x):", "    return x", "g{n} = f{n}", expression="g{n}({e})")
simple(
    "partial",
    "from functools import partial",
    "def f{n}(x):",
    "    return x",
    "g{n} = partial(f{n}, {e})",
    expression="g{n}()",
)
simple(
    "partial by name",
    *("import functools", "def f{n}(x):", "    return x", "g{n} = functools.partial(f{n}, x={e})"),
    expression="g{n}()",
)
simple(
    "decorated",
    *("import functools", "@functools.cache", "def f{n}():", "    return {e}"),
    expression="f{n}()",
)
simple("generator", "def f{n}():", "    yield {e}", "for v{n} in f{n}():", "    pass", expression="v{n}")
# Classes.
simple("class attribute", "class C{n}:", "    x = {e}", expression="C{n}.x")
simple("class attribute of an instance", "class C{n}:", "    x = {e}", expression="C{n}().x")
simple("attribute of self", "class C{n}:", "    def __init__(self):", "        self.x = {e}", expression="C{n}().x")
simple(
    "attribute given to init",
    *("class C{n}:", "    def __init__(self, x):", "        self.x = x", "c{n} = C{n}({e})"),
    expression="c{n}.x",
)
simple(
    "attribute given by name",
    *("class C{n}:", "    def __init__(self, *, x):", "        self.x = x", "c{n} = C{n}(x={e})"),
    expression="c{n}.x",
)
simple(
    "attribute with a default",
    *("class C{n}:", "    def __init__(self, x={e}):", "        self.x = x", "c{n} = C{n}()"),
    expression="c{n}.x",
)
simple("attribute from outside", "class C{n}: pass", "c{n} = C{n}()", "c{n}.x = {e}", expression="c{n}.x")
simple("method", "class C{n}:", "    def f(self):", "        return {e}", expression="C{n}().f()")
simple("method with an argument", "class C{n}:", "    def f(self, x):", "        return x", expression="C{n}().f({e})")
simple(
    "method through self",
    *("class C{n}:", "    def f(self):", "        return self.g()", "    def g(self):", "        return {e}"),
    expression="C{n}().f()",
)
simple("property", "class C{n}:", "    @property", "    def x(self):", "        return {e}", expression="C{n}().x")
simple(
    "static method", "class C{n}:", "    @staticmethod", "    def f(x):", "        return x", expression="C{n}.f({e})"
)
simple(
    "class method",
    "class C{n}:",
    "    @classmethod",
    "    def f(cls, x):",
    "        return x",
    expression="C{n}.f({e})",
)
simple("base class", "class B{n}:", "    x = {e}", "class C{n}(B{n}): pass", expression="C{n}().x")
simple(
    "init of a base class",
    *("class B{n}:", "    def __init__(self, x):", "        self.x = x", "class C{n}(B{n}):"),
    *("    def __init__(self):", "        super().__init__({e})"),
    expression="C{n}().x",
)
simple("nested class", "class C{n}:", "    class D:", "        x = {e}", expression="C{n}.D.x")
simple(
    "dataclass",
    *("from dataclasses import dataclass", "@dataclass", "class C{n}:", "    y: int = 0", "    x: str = {e}"),
    expression="C{n}().x",
)
simple(
    "dataclass given",
    *("from dataclasses import dataclass", "@dataclass", "class C{n}:", "    x: str", "c{n} = C{n}({e})"),
    expression="c{n}.x",
)
simple(
    "dataclass field",
    *("import dataclasses", "@dataclasses.dataclass", "class C{n}:", "    x: str = dataclasses.field(default={e})"),
    expression="C{n}().x",
)
simple(
    "dataclass factory",
    *("import dataclasses", "@dataclasses.dataclass", "class C{n}:"),
    *("    x: str = dataclasses.field(default_factory=lambda: {e})",),
    expression="C{n}().x",
)
simple(
    "pydantic field",
    *("from pydantic import BaseModel, Field", "class C{n}(BaseModel):", "    x: str = Field({e}, description='d')"),
    expression="C{n}().x",
)
simple(
    "named tuple",
    *("from typing import NamedTuple", "class C{n}(NamedTuple):", "    x: str = {e}"),
    expression="C{n}().x",
)
simple("enum", "from enum import Enum", "class C{n}(Enum):", "    X = {e}", expression="C{n}.X.value")
simple(
    "members of an enum",
    *("from enum import Enum", "class C{n}(Enum):", "    X = {e}", "for c{n} in C{n}:", "    pass"),
    expression="c{n}.value",
)
simple("enum by name", "from enum import Enum", "class C{n}(Enum):", "    X = {e}", expression='C{n}["X"].value')
simple("string enum", "from enum import StrEnum", "class C{n}(StrEnum):", "    X = {e}", expression="C{n}.X")
simple("simple namespace", "from types import SimpleNamespace", "c{n} = SimpleNamespace(x={e})", expression="c{n}.x")
simple("getattr", "class C{n}:", "    x = {e}", expression='getattr(C{n}, "x")')
simple("getattr with a default", "import types", expression='getattr(types, "x{n}", {e})')
# The command line.
simple(
    "argparse",
    *("import argparse", "p{n} = argparse.ArgumentParser()", 'p{n}.add_argument("--the-x{n}", default={e})'),
    "a{n} = p{n}.parse_args()",
    expression="a{n}.the_x{n}",
)
simple(
    "argparse in a function",
    *("import argparse", "def f{n}():", "    p = argparse.ArgumentParser()"),
    *('    p.add_argument("-x", "--xx{n}", dest="y{n}", default={e})', "    return p.parse_args()", "a{n} = f{n}()"),
    expression="a{n}.y{n}",
)


def moved(p: Program, path: str) -> str:
    """Return the text of the module *path* that holds all there is; the root is a package, too."""
    deeper = "." * path.count("/")
    lines = [line.replace("from .", f"from {deeper}.") for line in p.lines]
    return "\n".join((*lines, f"E{p.count} = {p.expression}"))


def elsewhere(style: str, path: str = "m{n}.py") -> None:
    """Add a step that moves all there is to another module, and imports it in this *style*."""

    def run(p: Program) -> Program:
        n = str(p.count)
        file = path.replace("{n}", n)
        text = moved(p, file)
        dotted = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        package, _, module = dotted.rpartition(".")
        filled = style.format(n=n, dotted=dotted, package=package, module=module, name=f"E{n}")
        *lines, expression = filled.split("\n")
        return evolve(
            p, lines=tuple(lines), expression=expression, modules=(*p.modules, (file, text)), count=p.count + 1
        )

    STEPS[f"elsewhere: {style} ({path})"] = run


elsewhere("from {dotted} import {name}\n{name}")
elsewhere("from {dotted} import {name} as N{n}\nN{n}")
elsewhere("import {dotted}\n{dotted}.{name}")
elsewhere("import {dotted} as m{n}_\nm{n}_.{name}")
elsewhere("from {dotted} import *\n{name}")
elsewhere("from .{dotted} import {name}\n{name}")
elsewhere("from . import {dotted}\n{dotted}.{name}")
elsewhere("from {dotted} import {name}\n{name}", "pkg{n}/m.py")
elsewhere("from {package} import {module}\n{module}.{name}", "pkg{n}/m{n}.py")
elsewhere("import {dotted}\n{dotted}.{name}", "pkg{n}/m{n}.py")
elsewhere("from {dotted} import {name}\n{name}", "pkg{n}/__init__.py")
elsewhere("def f{n}():\n    from {dotted} import {name}\n    return {name}\nf{n}()")
elsewhere("try:\n    from {dotted} import {name}\nexcept ImportError:\n    raise\n{name}")


@step
def published_through_a_package(p: Program) -> Program:
    n = p.count
    modules = (
        *p.modules,
        (f"pub{n}/_impl.py", moved(p, f"pub{n}/_impl.py")),
        (f"pub{n}/__init__.py", f"from ._impl import E{n}\n"),
    )
    return evolve(p, lines=(f"from pub{n} import E{n}",), expression=f"E{n}", modules=modules, count=n + 1)


WRITTEN: Final = (
    f'"{NAME}"',
    f"'{NAME}'",
    f'"""{NAME}"""',
    f'r"{NAME}"',
    '"acme/" "ranker-7b"',
    '"acme" + "/" + "ranker-7b"',
    'f"acme/{"ranker"!s}-7b"'.replace('"ranker"', "'ranker'"),
    "f\"acme/ranker-{'7b'}\"",
    '"acme/%s" % "ranker-7b"',
    '"%s/%s" % ("acme", "ranker-7b")',
    '"{}/{}".format("acme", "ranker-7b")',
    '"{o}/ranker-{s}".format(o="acme", s="7b")',
    '"/".join(["acme", "ranker-7b"])',
    '"ACME/Ranker-7B".lower()',
    'f"acme/ranker-{7}b"',
    '"acme/ranker-%db" % 7',
    '("acme"\n    "/ranker"\n    "-7b")',
    r'"acme\x2franker\u002d7b"',
)
"""The same string, as literals are put together."""

ENDS: Final = {
    "a class": ("from transformers import AutoModel", "AutoModel.from_pretrained({e})"),
    "an alias": ("from transformers import AutoModel as A", "A.from_pretrained({e})"),
    "a module": ("import transformers as t", "t.AutoModel.from_pretrained({e})"),
    "a keyword": ("import transformers", "transformers.pipeline('text-generation', model={e})"),
    "a method as a value": (
        "from transformers import AutoModel",
        "load = AutoModel.from_pretrained\nload({e})",
    ),
    "partial": (
        "from functools import partial\nfrom transformers import AutoModel",
        "load = partial(AutoModel.from_pretrained, {e})\nload()",
    ),
    "partial called": (
        "from functools import partial\nfrom transformers import AutoModel",
        "load = partial(AutoModel.from_pretrained, use_cache=True)\nload({e})",
    ),
    "a wrapper": (
        "from transformers import AutoModel\ndef load(name):\n    return AutoModel.from_pretrained(name)",
        "load({e})",
    ),
    "a wrapper by name": (
        "from transformers import AutoModel\ndef load(*, name):\n    return AutoModel.from_pretrained(name)",
        "load(name={e})",
    ),
    "a private wrapper": (
        "from transformers import AutoModel\ndef _load(name):\n    return AutoModel.from_pretrained(name)",
        "_load({e})",
    ),
    "a wrapper of a wrapper": (
        (
            "from transformers import AutoModel\ndef inner(name):\n    return AutoModel.from_pretrained(name)\n"
            "def outer(name, n=1):\n    return inner(name)"
        ),
        "outer({e})",
    ),
    "a wrapper with keywords": (
        "from transformers import AutoModel\ndef load(**kw):\n    return AutoModel.from_pretrained(**kw)",
        "load(pretrained_model_name_or_path={e})",
    ),
    "a wrapping class": (
        (
            "from transformers import AutoModel\nclass L:\n    def __init__(self, name):\n        self.name = name\n"
            "    def load(self):\n        return AutoModel.from_pretrained(self.name)"
        ),
        "L({e}).load()",
    ),
    "a wrapping method": (
        (
            "from transformers import AutoModel\nclass L:\n    def load(self, name):\n"
            "        return AutoModel.from_pretrained(name)"
        ),
        "L().load({e})",
    ),
    "a lambda": (
        "from transformers import AutoModel\nload = lambda name: AutoModel.from_pretrained(name)",
        "load({e})",
    ),
    "a subclass": (
        "from transformers import AutoModel\nclass Mine(AutoModel):\n    pass",
        "Mine.from_pretrained({e})",
    ),
    "a function that chooses": (
        "from transformers import AutoModel\ndef cls():\n    return AutoModel",
        "cls().from_pretrained({e})",
    ),
    "a dict of classes": (
        "from transformers import AutoModel\nkinds = {'a': AutoModel}",
        "kinds['a'].from_pretrained({e})",
    ),
    "keywords in a dict": (
        "from transformers import AutoModel",
        "kw = {{'pretrained_model_name_or_path': {e}}}\nAutoModel.from_pretrained(**kw)",
    ),
    "star arguments": (
        "from transformers import AutoModel",
        "args = ({e},)\nAutoModel.from_pretrained(*args)",
    ),
    "main": (
        "from transformers import AutoModel",
        "def main():\n    AutoModel.from_pretrained({e})\nif __name__ == '__main__':\n    main()",
    ),
}
"""Imports and definitions of app.py, and how they load what an expression gives."""


def files_of(program: Program, end: str) -> dict[str, str]:
    head, call = ENDS[end]
    app = "\n".join((head, *program.lines, call.format(e=program.expression), ""))
    return {"app.py": app, **{path: text + "\n" for path, text in program.modules}}


def scanned(files: dict[str, str]) -> Bill:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return scan(folder, detectors=LOADERS)


def used(bill: Bill) -> set[tuple[str, str]]:
    """Return what the code uses: providers and names; only mentioned things and libraries are left out."""
    return {
        (c.provider, c.name)
        for c in bill
        if c.kind is not Kind.LIBRARY and any(e.usage is not Usage.MENTION for e in c.evidence)
    }


def check(program: Program, end: str) -> None:
    files = files_of(program, end)
    bill = scanned(files)
    text = "\n".join(f"# {path}\n{content}" for path, content in files.items())

    assert ({("huggingface", NAME)}, []) == (used(bill), [str(d) for d in bill.diagnostics if d.incomplete]), text


START: Final = Program((), WRITTEN[0])


def steps_of(*names: str, written: str = WRITTEN[0]) -> Program:
    program = Program((), written)
    for name in names:
        program = STEPS[name](program)
    return program


@pytest.mark.parametrize("end", sorted(ENDS))
def test_a_call_may_be_written_in_many_ways(end: str):
    check(START, end)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_literal_may_be_written_in_many_ways(written: str):
    check(Program((), written), "a class")
    check(Program((f"v = {written}",), "v"), "a wrapper")


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_name_may_come_in_many_ways(name: str):
    check(steps_of(name), "a class")


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_name_may_come_in_many_ways_to_a_wrapper(name: str):
    check(steps_of(name), "a wrapper")


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_name_may_come_in_many_ways_from_another_module(name: str):
    check(steps_of(name, "published_through_a_package"), "a wrapper")


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_name_may_come_twice_in_the_same_way(name: str):
    check(steps_of(name, name), "a class")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(WRITTEN),
    st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=5),
    st.sampled_from(sorted(ENDS)),
)
@example(WRITTEN[0], ["alias of a function", "if none"], "a keyword")  # The default model of the task was taken.
@example(WRITTEN[0], ["global", "annotated function"], "a keyword")  # The same.
def test_a_name_may_come_in_many_ways_one_after_the_other(written: str, names: list[str], end: str):
    check(steps_of(*names, written=written), end)


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("default none", "strip()"),
        ("none or", "strip()"),
        ("if none", "strip()"),
        ("default none", "enum"),
        ("none or", "enum"),
        ("if none", "enum"),
    ],
)
def test_a_default_of_none_leaves_nothing_open(name: str, after: str):
    check(steps_of(name, after), "a class")


@pytest.mark.parametrize(
    "annotation",
    ["C", "'C'", "Optional[C]", "typing.Optional[C]", "C | None", "None | C", "Union[C, None]", "Annotated[C, 'x']"],
)
def test_a_parameter_may_be_an_instance_that_its_annotation_names(annotation: str):
    lines = (
        "import typing",
        "from typing import Annotated, Optional, Union",
        "class C:",
        f"    x = {WRITTEN[0]}",
        f"def f(c: {annotation}):",
        "    return AutoModel.from_pretrained(c.x)",
    )

    assert {NAME: "used"} == named("\n".join(lines))


@pytest.mark.parametrize("annotation", ["Literal['a/x']", "Literal['a/x', 'a/y']", "typing.Literal['a/x']"])
def test_a_parameter_may_be_one_of_the_literals_of_its_annotation(annotation: str):
    lines = (
        "import typing",
        "from typing import Literal",
        f"def f(name: {annotation}):",
        "    return AutoModel.from_pretrained(name)",
    )

    assert set(re.findall(r"a/.", annotation)) == set(named("\n".join(lines)))


def test_a_module_may_be_reached_through_its_package():
    files = {
        "app.py": f"{IMPORT}import pkg\nimport pkg.sub\nAutoModel.from_pretrained(pkg.sub.deep.NAME)\n",
        "pkg/__init__.py": "",
        "pkg/sub/__init__.py": "from . import deep\n",
        "pkg/sub/deep.py": "NAME = 'a/x'\n",
    }

    assert {("huggingface", "a/x")} == used(scanned(files))


def test_classes_may_inherit_through_several_modules():
    files = {
        "app.py": "from mine import Mine\nMine.from_pretrained('a/x')\n",
        "mine.py": "from ours import Ours\nclass Mine(Ours):\n    pass\n",
        "ours.py": "from transformers import AutoModel\nclass Ours(AutoModel):\n    pass\n",
    }

    assert {("huggingface", "a/x")} == used(scanned(files))


# -- several names -------------------------------------------------------------------------------

IMPORT: Final = "from transformers import AutoModel\n"


def named(text: str, **others: str) -> dict[str, str]:
    """Return the models that app.py uses, and how."""
    bill = scanned({"app.py": IMPORT + text, **{f"{k}.py": v for k, v in others.items()}})
    return {c.name: str(min(e.usage for e in c.evidence)) for c in bill.models}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AutoModel.from_pretrained('a/x' if c else 'a/y')", {"a/x": "used", "a/y": "optional"}),
        ("AutoModel.from_pretrained(c or 'a/x' or 'a/y')", {"a/x": "used", "a/y": "optional"}),
        ("n = 'a/x'\nif c:\n    n = 'a/y'\nAutoModel.from_pretrained(n)", {"a/x": "used", "a/y": "optional"}),
        ("def f(n='a/x'):\n    AutoModel.from_pretrained(n)\nf('a/y')", {"a/x": "used", "a/y": "used"}),
        ("def f(n):\n    AutoModel.from_pretrained(n)\nf('a/x')\nf(n='a/y')", {"a/x": "used", "a/y": "used"}),
        ("d = {'k': 'a/x', 'l': 'a/y'}\nAutoModel.from_pretrained(d['k'])", {"a/x": "used"}),
        ("l = ['a/x', 'a/y']\nAutoModel.from_pretrained(l[1])", {"a/y": "used"}),
        ("for n in ['a/x', 'a/y']:\n    AutoModel.from_pretrained(n)", {"a/x": "used", "a/y": "used"}),
        ("class A:\n    n = 'a/x'\nclass B:\n    n = 'a/y'\nAutoModel.from_pretrained(B.n)", {"a/y": "used"}),
        ("def f():\n    n = 'a/x'\nn = 'a/y'\nAutoModel.from_pretrained(n)", {"a/y": "used"}),
        ("def f(a, b):\n    return b\nAutoModel.from_pretrained(f('a/x', 'a/y'))", {"a/y": "used"}),
    ],
)
def test_of_several_names_those_that_can_be_meant_are_found(text: str, expected: dict[str, str]):
    assert expected == named(text)


@given(st.permutations(range(6)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_definitions_does_not_matter(order: list[int]):
    functions = [f"def f{n}(x):\n    return f{n + 1}(x)" for n in range(5)] + ["def f5(x):\n    return x"]
    text = "\n".join(functions[n] for n in order)

    assert {"a/x": "used"} == named(f"{text}\nAutoModel.from_pretrained(f0('a/x'))")


@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8, unique=True))
@settings(max_examples=20, deadline=None)
def test_a_constant_may_pass_through_any_modules(names: list[str]):
    first, *rest = names
    modules = {f"mod_{first}": "NAME = 'a/x'\n"}
    for before, after in pairwise(names):
        modules[f"mod_{after}"] = f"from mod_{before} import NAME\n"
    last = rest[-1]

    assert {"a/x": "used"} == named(f"from mod_{last} import NAME\nAutoModel.from_pretrained(NAME)", **modules)


# -- circles and limits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "n = n\nAutoModel.from_pretrained(n)",
        "m = n\nn = m\nAutoModel.from_pretrained(n)",
        "n = f'{n}x'\nAutoModel.from_pretrained(n)",
        "n = n or n\nAutoModel.from_pretrained(n)",
        "n = [n]\nAutoModel.from_pretrained(n[0])",
        "n = {'n': n}\nAutoModel.from_pretrained(n['n'])",
        "def f(n):\n    return f(n)\nAutoModel.from_pretrained(f('a/x'))",
        "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nAutoModel.from_pretrained(f('a/x'))",
        "def _f(n):\n    _f(n)\n    AutoModel.from_pretrained(n)",
        "def f(n=f()):\n    AutoModel.from_pretrained(n)\n    return n",
        "class A(A):\n    pass\nAutoModel.from_pretrained(A().n)",
        "class A(B):\n    pass\nclass B(A):\n    pass\nAutoModel.from_pretrained(A().n)\nA.from_pretrained('a/x')",
        "class A:\n    def f(self):\n        self.n = self.n\n        AutoModel.from_pretrained(self.n)",
        "class A:\n    def f(self):\n        return self.f()\nAutoModel.from_pretrained(A().f())",
        "f = lambda n: f(n)\nAutoModel.from_pretrained(f('a/x'))",
        "from functools import partial\nf = partial(f, f)\nAutoModel.from_pretrained(f())",
        "from app import n\nAutoModel.from_pretrained(n)",
        "from app import *\nAutoModel.from_pretrained(n)",
        "import app\nAutoModel.from_pretrained(app.app.app.n)",
        "n = AutoModel.from_pretrained(n)\nAutoModel.from_pretrained(n)",
        "AutoModel = AutoModel.from_pretrained\nAutoModel.from_pretrained(AutoModel)",
        "for n in n:\n    AutoModel.from_pretrained(n)",
        "n = [n for n in n]\nAutoModel.from_pretrained(n)",
        "n[n] = n\nAutoModel.from_pretrained(n[n])",
        "n.n = n\nAutoModel.from_pretrained(n.n.n)",
    ],
)
def test_what_leads_back_to_itself_ends(text: str):
    bill = scanned({"app.py": IMPORT + text})

    assert {c.name for c in bill.models} <= {"a/x"}
    assert {d.code for d in bill.diagnostics} <= {"not-followed", "limit-reached", "supplied-by-caller"}


@pytest.mark.parametrize("size", [2, 3, 7])
def test_modules_in_a_ring_end(size: int):
    ring = {f"m{n}": f"from m{(n + 1) % size} import *\nfrom m{(n + 1) % size} import NAME\n" for n in range(size)}
    bill = scanned(
        {
            "app.py": IMPORT + "from m0 import NAME\nAutoModel.from_pretrained(NAME)",
            **{f"{k}.py": v for k, v in ring.items()},
        }
    )

    assert [] == [c.name for c in bill.models]
    assert {"not-followed"} == {d.code for d in bill.diagnostics}


def test_a_name_in_a_ring_of_modules_is_found_where_it_is_defined():
    modules = {"m0": "from m1 import *\n", "m1": "from m2 import *\nNAME = 'a/x'\n", "m2": "from m0 import *\n"}

    assert {"a/x": "used"} == named("from m2 import NAME\nAutoModel.from_pretrained(NAME)", **modules)


def codes(text: str, **others: str) -> set[str]:
    bill = scanned({"app.py": IMPORT + text, **{f"{k}.py": v for k, v in others.items()}})
    return {d.code for d in bill.diagnostics}


def test_what_is_too_far_away_is_said():
    text = "n0 = 'a/x'\n" + "".join(f"n{n + 1} = n{n}\n" for n in range(60)) + "AutoModel.from_pretrained(n60)"

    assert {"limit-reached"} == codes(text)


def test_what_is_near_enough_is_found():
    text = "n0 = 'a/x'\n" + "".join(f"n{n + 1} = n{n}\n" for n in range(12)) + "AutoModel.from_pretrained(n12)"

    assert {"a/x": "used"} == named(text)


def test_what_leads_to_too_many_others_is_said():
    lines = ["n0 = 'a/x'"] + [f"n{n + 1} = n{n} or n{n} or n{n}" for n in range(14)]
    text = "\n".join((*lines, "AutoModel.from_pretrained(n14)"))

    assert {"limit-reached"} == codes(text)


def test_a_template_of_too_many_names_is_said():
    choices = "\n".join(f"for c{n} in ['a', 'b', 'c', 'd']:\n    pass" for n in range(4))
    text = f"{choices}\nAutoModel.from_pretrained('a/' + c0 + c1 + c2 + c3)"

    assert {"limit-reached"} == codes(text)


def test_a_wide_registry_is_read():
    registry = ", ".join(f"'k{n}': 'a/x{n}'" for n in range(500))

    assert 500 == len(named(f"d = {{{registry}}}\nAutoModel.from_pretrained(d[key])"))


def test_a_key_far_down_a_wide_registry_is_found():
    rows = ", ".join(f"'k{n}': 'a/x{n}'" for n in range(2500))

    assert {"a/x2400": "used"} == named(f"M = {{{rows}}}\nAutoModel.from_pretrained(M['k2400'])")
    assert "used" == named(f"M = {{{rows}}}\nK = 'k2400'\nAutoModel.from_pretrained(M.get(K))")["a/x2400"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M = {'a': 'a/x'}\nAutoModel.from_pretrained(M['b'])", "the name is M['b'], and nothing gives it a value"),
        ("M = {}\nAutoModel.from_pretrained(M['b'])", "the name is M['b'], and nothing gives it a value"),
        ("for m in []:\n    AutoModel.from_pretrained(m)", "the name is m, and nothing gives it a value"),
        (
            "def f():\n    return g()\ndef g():\n    return f()\nAutoModel.from_pretrained(f())",
            "the name leads back to itself",
        ),
    ],
)
def test_a_name_without_a_value_says_what_it_is(text: str, expected: str):
    (problem,) = scanned({"app.py": f"from transformers import AutoModel\n{text}\n"}).diagnostics

    assert f"transformers.AutoModel.from_pretrained: {expected}" == problem.message


@pytest.mark.parametrize(
    "declared",
    [
        "@dataclasses.dataclass\nclass C:\n    model: str",
        "@dataclasses.dataclass\nclass C:\n    model: str = dataclasses.field(metadata={'help': 'which'})",
        "@attrs.define\nclass C:\n    model: str",
        "@attrs.define\nclass C:\n    model: str = attrs.field()",
        "@attr.s\nclass C:\n    model = attr.ib()",
        "class C(pydantic.BaseModel):\n    model: str",
        "class C(pydantic.BaseModel):\n    model: str = pydantic.Field(...)",
        "class C(pydantic.BaseModel):\n    model: str = pydantic.Field(description='which')",
        "class C(typing.NamedTuple):\n    model: str",
    ],
)
def test_a_field_without_a_default_is_supplied_by_the_caller(declared: str):
    imports = "import attr, attrs, dataclasses, pydantic, typing\n"
    load = "\ndef load(c: C):\n    AutoModel.from_pretrained(c.model)\n"

    assert {"supplied-by-caller"} == codes(imports + declared + load)
    assert {"a/x": "used"} == named(imports + declared + load + "load(C(model='a/x'))")


def test_a_wrapper_with_many_callers_is_followed_to_each():
    calls = "\n".join(f"load('a/x{n}')" for n in range(300))

    assert 300 == len(named(f"def load(name):\n    AutoModel.from_pretrained(name)\n{calls}"))


def test_callers_that_were_too_many_for_another_question_are_found():
    calls = "\n".join(f"load(other, 'a/x{n}')" for n in range(600))
    load = "def load(thing, name):\n    thing.from_pretrained(1)\n    AutoModel.from_pretrained(name)\n"

    assert {f"a/x{n}": "used" for n in range(600)} == named(f"{load}{calls}")


def test_callers_in_files_that_name_no_library_are_found():
    app = "def load_it(name):\n    return AutoModel.from_pretrained(name)"
    others = {f"caller{n}": f"from app import load_it\nload_it('a/x{n}')\n" for n in range(5)}

    assert {f"a/x{n}": "used" for n in range(5)} == named(app, **others)


def test_callers_of_callers_are_found():
    app = "def load_it(name):\n    return AutoModel.from_pretrained(name)"
    others = {"one": "from app import load_it\ndef load_one(n):\n    return load_it(n)\n"}
    for n in ("two", "three", "four"):
        before = {"two": "one", "three": "two", "four": "three"}[n]
        others[n] = f"from {before} import load_{before}\ndef load_{n}(n):\n    return load_{before}(n)\n"
    others["five"] = "from four import load_four\nload_four('a/x')\n"

    assert {"a/x": "used"} == named(app, **others)


def test_too_many_files_with_callers_are_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("aibom.link.MOST_CALLER_FILES", 3)
    app = "def load_it(name):\n    return AutoModel.from_pretrained(name)"
    others = {f"caller{n}": f"from app import load_it\nload_it('a/x{n}')\n" for n in range(5)}

    assert {"limit-reached"} == codes(app, **others)
    assert 3 == len(named(app, **others))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def load(name):\n    AutoModel.from_pretrained(name)", {"supplied-by-caller"}),
        ("def _load(name):\n    AutoModel.from_pretrained(name)", {"not-followed"}),
        ("import os\nAutoModel.from_pretrained(os.environ['M'])", {"not-followed"}),
        ("AutoModel.from_pretrained(input())", {"not-followed"}),
        ("AutoModel.from_pretrained('a/' + input())", {"not-followed"}),
        ("AutoModel.from_pretrained(unheard_of)", {"not-followed"}),
        ("from elsewhere import name\nAutoModel.from_pretrained(name)", {"not-followed"}),
        ("AutoModel.from_pretrained(a - b)", {"not-followed"}),
        ("AutoModel.from_pretrained('/'.join(f()))", {"not-followed"}),
        ("for n in f():\n    AutoModel.from_pretrained(n)", {"not-followed"}),
        ("n = b''\nAutoModel.from_pretrained(n.decode())", {"not-followed"}),
        ("class C(Base):\n    pass\nAutoModel.from_pretrained(C.name)", {"not-followed"}),
        ("from base import Base\nclass C(Base):\n    pass\nAutoModel.from_pretrained(C().name)", {"not-followed"}),
        ("class C:\n    pass\nAutoModel.from_pretrained(C().name)", {"not-followed"}),
        ("def f():\n    pass\nAutoModel.from_pretrained(f.name)", {"not-followed"}),
        ("def _f(n):\n    AutoModel.from_pretrained(n)\n_f(*a)", {"not-followed"}),
        ("AutoModel.from_pretrained('a/x')", set()),
        ("AutoModel.from_pretrained(None)", set()),
        ("AutoModel.from_pretrained(3)", set()),
    ],
)
def test_what_stays_open_says_why(text: str, expected: set[str]):
    assert expected == codes(text)


def test_a_caller_whose_argument_leads_far_leaves_the_others_their_share():
    far = "\n".join(f"x{n + 1} = x{n} or x{n}" for n in range(14))
    lines = (
        "def load(name):",
        "    return AutoModel.from_pretrained(name)",
        "x0 = 'acme/reader-1b'",
        far,
        "load(x14)",
        "def other(name):",
        "    return load(name)",
        f"other({WRITTEN[0]})",
    )

    assert NAME in named("\n".join(lines))
