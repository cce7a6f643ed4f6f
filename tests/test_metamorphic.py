"""
Whole programs: which models are found does not depend on how a program says which it loads.

`test_link` changes one name step by step. Here a program loads several models, each in a way of its own, under names
that may be the same in each of its modules: renaming a variable, moving a constant, splitting a literal, wrapping the
call and turning a positional argument into a keyword changes nothing.
"""

from __future__ import annotations

import keyword
import tempfile
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aibom.bill import Kind, Usage
from aibom.detectors import builtin
from aibom.pipeline import scan

LOADERS: Final = tuple(d for d in builtin() if d.name in {"transformers", "diffusers"})
"""Detectors of calls alone: one that guesses by what a variable is called would find the name in any case."""


@frozen
class Use:
    """One model that a program loads, and how."""

    owner: str
    name: str
    written: str = "'{o}/{n}'"
    """The expression of the id."""
    home: str = "here"
    """Where the constant stands."""
    wrapping: str = "bare"
    """What is around the call."""
    keyword: bool = False
    variable: str = "name"
    function: str = "load"

    @property
    def id(self) -> str:
        """What is loaded."""
        return f"{self.owner}/{self.name}"


WRITTEN: Final = (
    "'{o}/{n}'",
    "'{o}' '/{n}'",
    "'{o}/' + '{n}'",
    "f'{{\"{o}\"}}/{n}'",
    "'/'.join(['{o}', '{n}'])",
    "'%s/{n}' % '{o}'",
    "'{{}}/{{}}'.format('{o}', '{n}')",
    "'x/{o}/{n}'[2:]",
    "'{o}:{n}'.replace(':', '/')",
    "'{o}/{n}@v1'.split('@')[0]",
    "'{o}/{n}.git'.removesuffix('.git')",
)
HOMES: Final = {
    "here": ("{v} = {e}", "", "{v}"),
    "literal": ("", "", "{e}"),
    "another module": ("from {m} import {v}", "{v} = {e}", "{v}"),
    "another module, renamed": ("from {m} import CONSTANT as {v}", "CONSTANT = {e}", "{v}"),
    "an attribute of a module": ("import {m}", "{v} = {e}", "{m}.{v}"),
    "a class": ("class Settings:\n    {v} = {e}", "", "Settings.{v}"),
    "a class elsewhere": ("from {m} import Settings", "class Settings:\n    {v} = {e}", "Settings().{v}"),
    "a dict": ("{v} = {{'key': {e}}}", "", "{v}['key']"),
    "a dict that is filled": ("{v} = {{}}\n{v}['key'] = {e}", "", "{v}['key']"),
    "a dict that is updated": ("{v} = {{}}\n{v}.update(key={e})", "", "{v}['key']"),
    "a list that is filled": ("{v} = []\n{v}.append({e})", "", "{v}[0]"),
    "a function": ("def get():\n    {v} = {e}\n    return {v}", "", "get()"),
    "a generator": ("def get():\n    yield {e}", "", "next(get())"),
    "a default": ("def get({v}={e}):\n    return {v}", "", "get()"),
    "a factory": (
        (
            "import dataclasses\n@dataclasses.dataclass\nclass Settings:\n"
            "    {v}: str = dataclasses.field(default_factory=lambda: {e})"
        ),
        "",
        "Settings().{v}",
    ),
}
"""For each: lines of the file, lines of the other module, and the expression that gives the id."""
WRAPPINGS: Final = {
    "bare": ("", "AutoModel.from_pretrained({a})", "pretrained_model_name_or_path"),
    "an alias": ("{f} = AutoModel.from_pretrained", "{f}({a})", "pretrained_model_name_or_path"),
    "a function": ("def {f}({v}):\n    return AutoModel.from_pretrained({v})", "{f}({a})", "{v}"),
    "two functions": (
        "def inner(key):\n    return AutoModel.from_pretrained(key)\ndef {f}({v}, size=1):\n    return inner({v})",
        "{f}({a})",
        "{v}",
    ),
    "keywords that are passed on": (
        (
            "def inner({v}):\n    return AutoModel.from_pretrained({v})\n"
            "def {f}(*args, **kwargs):\n    return inner(*args, **kwargs)"
        ),
        "{f}({a})",
        "{v}",
    ),
    "a class": (
        (
            "class Loader:\n    def __init__(self, {v}):\n        self.{v} = {v}\n"
            "    def {f}(self):\n        return AutoModel.from_pretrained(self.{v})"
        ),
        "Loader({a}).{f}()",
        "{v}",
    ),
    "a class that inherits": (
        (
            "class Base:\n    def __init__(self, {v}):\n        self.model = AutoModel.from_pretrained({v})\n"
            "class Loader(Base):\n    def __init__(self, {v}):\n        super().__init__({v})"
        ),
        "Loader({a})",
        "{v}",
    ),
    "a class method": (
        (
            "class Loader:\n    def __init__(self, {v}):\n        self.model = AutoModel.from_pretrained({v})\n"
            "    @classmethod\n    def {f}(cls, {v}):\n        return cls({v})"
        ),
        "Loader.{f}({a})",
        "{v}",
    ),
    "partial": (
        "import functools\n{f} = functools.partial(AutoModel.from_pretrained, use_cache=True)",
        "{f}({a})",
        "pretrained_model_name_or_path",
    ),
    "partial of a function": (
        (
            "import functools\ndef inner(size, {v}):\n    return AutoModel.from_pretrained({v})\n"
            "{f} = functools.partial(inner, 1)"
        ),
        "{f}({a})",
        "{v}",
    ),
    "a cache": (
        (
            "import functools\n@functools.lru_cache(maxsize=None)\ndef {f}({v}):\n"
            "    return AutoModel.from_pretrained({v})"
        ),
        "{f}({a})",
        "{v}",
    ),
    "a lambda": ("{f} = lambda {v}: AutoModel.from_pretrained({v})", "{f}({a})", "{v}"),
    "a dispatch": (
        "def inner({v}):\n    return AutoModel.from_pretrained({v})\n{f} = {{'kind': inner}}",
        "{f}['kind']({a})",
        "{v}",
    ),
    "an argument": (
        (
            "def inner(function, *args, **kwargs):\n    return function(*args, **kwargs)\n"
            "def {f}({v}):\n    return AutoModel.from_pretrained({v})"
        ),
        "inner({f}, {a})",
        "{v}",
    ),
    "a thread": (
        (
            "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n"
            "def {f}({v}):\n    return AutoModel.from_pretrained({v})"
        ),
        "pool.submit({f}, {a})",
        "{v}",
    ),
}
"""For each: definitions, the call, and the name of the parameter."""
VARIABLES: Final = ("name", "model", "x", "_private", "MODEL_ID", "value", "key", "größe")
FUNCTIONS: Final = ("load", "get_model", "build", "_make", "run")


def files_of(uses: list[Use]) -> dict[str, str]:
    """Return the program: one module for each use, and one for each constant that stands elsewhere."""
    files = {}
    for number, use in enumerate(uses):
        module = f"settings{number}"
        head, other, expression = HOMES[use.home]
        defined, call, parameter = WRAPPINGS[use.wrapping]
        literal = use.written.format(o=use.owner, n=use.name)
        words = {"v": use.variable, "f": use.function, "m": module, "e": literal}
        argument = expression.format(**words)
        if use.keyword:
            argument = f"{parameter.format(**words)}={argument}"
        lines = (
            "from transformers import AutoModel",
            defined.format(**words),
            head.format(**words),
            f"result = {call.format(a=argument, **words)}",
        )
        files[f"use{number}.py"] = "\n".join(line for line in lines if line) + "\n"
        if other:
            files[f"{module}.py"] = other.format(**words) + "\n"
    return files


def check(uses: list[Use]) -> None:
    files = files_of(uses)
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            compile(text, path, "exec")
            Path(folder, path).write_text(text, encoding="utf-8")
        bill = scan(folder, detectors=LOADERS)
    found = {c.name for c in bill.models if any(e.usage is not Usage.MENTION for e in c.evidence)}
    others = [c.name for c in bill if c.kind not in {Kind.MODEL, Kind.LIBRARY}]
    open_ = [str(d) for d in bill.diagnostics]
    text = "\n".join(f"# {path}\n{content}" for path, content in files.items())

    assert ({u.id for u in uses}, [], []) == (found, others, open_), text


START: Final = Use("acme", "ranker-7b")


@pytest.mark.parametrize("written", WRITTEN)
def test_splitting_the_literal_changes_nothing(written: str):
    check([evolve(START, written=written, wrapping="a function", variable="key")])


@pytest.mark.parametrize("home", sorted(HOMES))
def test_moving_the_constant_changes_nothing(home: str):
    check([evolve(START, home=home, wrapping="a function")])


@pytest.mark.parametrize("by_name", [False, True], ids=["by position", "by name"])
@pytest.mark.parametrize("wrapping", sorted(WRAPPINGS))
def test_wrapping_the_call_changes_nothing(wrapping: str, by_name: bool):
    check([evolve(START, wrapping=wrapping, keyword=by_name)])


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_renaming_changes_nothing(variable: str, function: str):
    check([evolve(START, home="another module", wrapping="two functions", variable=variable, function=function)])


def names(first: str) -> st.SearchStrategy[str]:
    """Return names of variables, those that are common and any others; they begin with *first*."""
    ends = st.from_regex(r"[a-z_]{0,6}[0-9]?", fullmatch=True).map(lambda end: first + end)
    return ends.filter(
        lambda name: not keyword.iskeyword(name) and name not in {"result", "inner", "pool", "functools"}
    )


OWNERS: Final = ("acme", "globex", "initech", "umbrella")
uses = st.builds(
    Use,
    owner=st.just(""),
    name=st.sampled_from(["ranker-7b", "reader-1b", "writer_v2", "Judge-70B-Instruct"]),
    written=st.sampled_from(WRITTEN),
    home=st.sampled_from(sorted(HOMES)),
    wrapping=st.sampled_from(sorted(WRAPPINGS)),
    keyword=st.booleans(),
    variable=st.sampled_from(VARIABLES) | names("v"),
    function=st.sampled_from(FUNCTIONS) | names("f"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(uses, min_size=1, max_size=4))
def test_no_way_of_writing_a_program_changes_which_models_it_loads(several: list[Use]):
    check([evolve(use, owner=OWNERS[number]) for number, use in enumerate(several)])
