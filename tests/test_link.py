"""
Following names: what a program means does not depend on how it is written.

Each test writes a small program that loads one model, and changes it step by step without changing what it loads. The
same model has to be found after every step, and no other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
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
    """Add a step that writes *lines* and *expression*; in them ``{e}`` is what gave the name before, ``{n}`` a number."""

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


def elsewhere(style: str, path: str = "m{n}.py") -> None:
    """Add a step that moves all there is to another module, and imports it in this *style*."""

    def run(p: Program) -> Program:
        n = str(p.count)
        file = path.replace("{n}", n)
        text = "\n".join((*p.lines, f"E{n} = {p.expression}"))
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
    text = "\n".join((*p.lines, f"E{n} = {p.expression}"))
    modules = (*p.modules, (f"pub{n}/_impl.py", text), (f"pub{n}/__init__.py", f"from ._impl import E{n}\n"))
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
        "from transformers import AutoModel\ndef inner(name):\n    return AutoModel.from_pretrained(name)\n"
        "def outer(name, n=1):\n    return inner(name)",
        "outer({e})",
    ),
    "a wrapper with keywords": (
        "from transformers import AutoModel\ndef load(**kw):\n    return AutoModel.from_pretrained(**kw)",
        "load(pretrained_model_name_or_path={e})",
    ),
    "a wrapping class": (
        "from transformers import AutoModel\nclass L:\n    def __init__(self, name):\n        self.name = name\n"
        "    def load(self):\n        return AutoModel.from_pretrained(self.name)",
        "L({e}).load()",
    ),
    "a wrapping method": (
        "from transformers import AutoModel\nclass L:\n    def load(self, name):\n"
        "        return AutoModel.from_pretrained(name)",
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


@pytest.mark.parametrize("end", ENDS)
def test_a_call_may_be_written_in_many_ways(end: str):
    check(START, end)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_literal_may_be_written_in_many_ways(written: str):
    check(Program((), written), "a class")
    check(Program((f"v = {written}",), "v"), "a wrapper")


@pytest.mark.parametrize("name", STEPS)
def test_a_name_may_come_in_many_ways(name: str):
    check(STEPS[name](START), "a class")


@pytest.mark.parametrize("name", STEPS)
def test_a_name_may_come_in_many_ways_to_a_wrapper(name: str):
    check(STEPS[name](START), "a wrapper")


STEPWISE: Final = st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=5)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(WRITTEN), STEPWISE, st.sampled_from(sorted(ENDS)))
def test_a_name_may_come_in_many_ways_one_after_the_other(written: str, names: list[str], end: str):
    program = Program((), written)
    for name in names:
        program = STEPS[name](program)
    check(program, end)
