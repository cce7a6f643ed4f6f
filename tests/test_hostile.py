"""
What an attacker, a broken tool or a bad disk may put into a tree that is scanned.

Each case puts something hostile beside one good file. The scan has to end, the good file's model has to be found, the
document has to be valid, and what is wrong has to be said, file by file. A process of its own runs each case, so that
a crash of a parser or a loop without end is a failed test, and not the end of the run.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pytest

import aibom
from aibom import files, manifests, weights
from aibom.bill import Bill
from aibom.cyclonedx import validate
from aibom.pipeline import FORMATS

pytestmark = pytest.mark.hostile

GOOD: Final = "from transformers import pipeline\n\npipeline('text-generation', model='Qwen/Qwen3-8B')\n"
MODEL: Final = "Qwen/Qwen3-8B"
HINT: Final = "from transformers import pipeline\n"
"""A file of code that names no library is not parsed at all."""
DEEP: Final = 10_000
GUARD: Final = 60
"""Seconds after which a case counts as endless; the slowest takes a few."""

Content: TypeAlias = "str | bytes"
Tree: TypeAlias = "Mapping[str, Content] | Callable[[Path], object]"

SCAN: Final = """
import pickle, sys
from pathlib import Path

import aibom
from aibom.cli import main
from aibom.pipeline import available_detectors
from aibom.protocols import FunctionDetector

def read_everything(file):
    file.size, file.head(10), file.data, file.code, file.at(1), file.sibling("../good.py")
    yield from ()

tree, document, bill = sys.argv[1:]
main(["scan", tree, "--output", document], standalone_mode=False)
everything = FunctionDetector("everything", "Asks for all that a file can give.", ("*",), (), read_everything)
Path(bill).write_bytes(pickle.dumps(aibom.scan(tree, detectors=[*available_detectors()[0], everything])))
"""


def put(folder: Path, tree: Tree) -> None:
    if callable(tree):
        tree(folder)
        return
    for path, content in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)


def scanned(tmp_path: Path, tree: Tree) -> Bill:
    """Scan *tree* and the good file, as the command line does and with every reader; return what the latter found."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "good.py").write_text(GOOD, encoding="utf-8")
    put(folder, tree)
    document, pickled = tmp_path / "bill.cdx.json", tmp_path / "bill.pickle"
    command = [sys.executable, "-c", SCAN, str(folder), str(document), str(pickled)]

    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=GUARD, check=False)

    assert (0, False) == (done.returncode, "Traceback" in done.stderr), done.stderr[-2000:]
    text = document.read_text(encoding="utf-8")
    assert [] == list(validate(text))
    assert MODEL in {f"{c.get('group')}/{c['name']}" for c in json.loads(text)["components"]}
    bill = pickle.loads(pickled.read_bytes())
    assert isinstance(bill, Bill)
    assert "good.py:3" in [str(e.location) for e in bill[MODEL].evidence]
    return bill


def said(bill: Bill) -> list[str]:
    """Return what is wrong, as ``path: code``, each once."""
    return sorted({f"{d.location.path if d.location else ''}: {d.code}" for d in bill.diagnostics})


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def nested(opening: str, core: str, closing: str, depth: int = DEEP) -> str:
    return opening * depth + core + closing * depth


def model_is(expression: str) -> str:
    return f"{HINT}pipeline(model={expression})\n"


def blocks(head: str, depth: int) -> str:
    """Return blocks one within another; the indentation alone has depth²/2 bytes."""
    lines = [f"{' ' * n}{head.replace('#', str(n))}" for n in range(depth)]
    return HINT + "\n".join([*lines, f"{' ' * depth}pipeline(model='org/inner')", ""])


def chain(number: int, line: str, last: str) -> str:
    """Return *number* lines in which each name, A0, A1, …, is said by means of the next."""
    return "".join(f"A{n} = {line.replace('#', f'A{n + 1}')}\n" for n in range(number)) + f"A{number} = {last}\n"


CODE: Final[Mapping[str, tuple[Callable[[], Content], list[str]]]] = {
    # -- depth
    "parentheses": (lambda: model_is(nested("(", "'org/x'", ")")), ["not-followed", "too-deep"]),
    "lists": (lambda: model_is(nested("[", "'org/x'", "]")), ["too-deep"]),
    "dicts": (lambda: model_is(nested("{1: ", "'org/x'", "}")), ["not-followed", "too-deep"]),
    "calls-in-calls": (lambda: model_is(nested("f(", "'org/x'", ")")), ["not-followed", "too-deep"]),
    "loaders-in-loaders": (
        lambda: HINT + nested("pipeline(model=", "'org/x'", ")") + "\n",
        ["not-followed", "too-deep"],
    ),
    "chains-of-calls": (lambda: model_is("a" + ".b().c()" * DEEP), ["limit-reached", "too-deep"]),
    "chains-of-attributes": (lambda: model_is("a" + ".b" * DEEP), ["limit-reached", "too-deep"]),
    "chains-of-subscripts": (lambda: model_is("a" + "[0]" * DEEP), ["limit-reached", "too-deep"]),
    "sums": (lambda: model_is(" + ".join(["'a'"] * 50_000)), []),
    "sums-as-statements": (lambda: HINT + " + ".join(["a"] * 50_000) + "\n", []),
    "implicit-concatenations": (lambda: model_is(" ".join(["'a'"] * 50_000)), []),
    "alternatives": (lambda: model_is(" or ".join(["a"] * DEEP)), ["not-followed", "too-deep"]),
    "conditions": (lambda: model_is("'org/x' if a else " * DEEP + "'org/y'"), ["limit-reached", "too-deep"]),
    "negations": (lambda: model_is("not " * DEEP + "a"), ["not-followed", "too-deep"]),
    "awaits": (lambda: model_is("await " * DEEP + "a"), ["not-followed", "too-deep"]),
    "lambdas": (lambda: model_is("lambda: " * DEEP + "a"), ["not-followed", "too-deep"]),
    "walruses": (lambda: model_is(nested("(a := ", "'org/x'", ")")), ["not-followed", "too-deep"]),
    "comprehensions": (lambda: model_is(nested("[", "a", " for a in a]")), ["too-deep"]),
    "format-strings": (lambda: model_is(nested('f"{', "1", '}"')), ["syntax-error", "too-deep"]),
    "format-specs": (lambda: model_is('f"' + nested("{a:", "b", "}") + '"'), ["not-followed", "too-deep"]),
    "annotations": (
        lambda: f"{HINT}def f(m: {nested('Optional[', 'str', ']')}): pipeline(model=m)\n",
        ["supplied-by-caller", "too-deep"],
    ),
    "assignments-of-assignments": (
        lambda: HINT + "a = " * DEEP + "'org/x'\npipeline(model=a)\n",
        ["not-followed", "too-deep"],
    ),
    "nested-functions": (lambda: blocks("def f#(m=1):", 2000), ["too-deep"]),
    "nested-classes": (lambda: blocks("class C#:", 2000), ["too-deep"]),
    "nested-conditions": (lambda: blocks("if a:", 2000), ["too-deep"]),
    "nested-patterns": (
        lambda: f"{HINT}match a:\n case {nested('[', 'b', ']')}: pipeline(model=b)\n",
        ["not-followed", "too-deep"],
    ),
    "elifs": (lambda: f"{HINT}if a: b\n" + "elif a: pipeline(model='org/x')\n" * DEEP, []),
    # -- breadth
    "lines": (lambda: HINT + "x = 'org/x'\n" * 100_000, []),
    "statements-on-a-line": (lambda: HINT + "x = 'org/x'; " * 20_000 + "\n", []),
    "imports": (lambda: HINT + "".join(f"import a{n}.b as c{n}\n" for n in range(DEEP)), []),
    "names-of-an-import": (lambda: f"{HINT}from a import ({', '.join(f'a{n}' for n in range(DEEP))})\n", []),
    "decorators": (
        lambda: HINT + "@click.option('--m', default='org/x')\n" * DEEP + "def f(m): pipeline(model=m)\n",
        ["limit-reached"],
    ),
    "parameters": (lambda: f"{HINT}def f({', '.join(f'a{n}=1' for n in range(DEEP))}): pipeline(model=a9)\n", []),
    "arguments": (lambda: f"{HINT}pipeline({', '.join(f'a{n}=1' for n in range(DEEP))}, model='org/x')\n", []),
    "loaders": (lambda: HINT + "".join(f"pipeline(model='org/x{n}')\n" for n in range(DEEP)), []),
    "comments": (lambda: HINT + "# gpt-4o https://huggingface.co/org/x\n" * DEEP, []),
    "a-registry": (
        lambda: HINT + "R = {" + "".join(f"{n}: 'org/x{n}', " for n in range(DEEP)) + "}\npipeline(model=R[a])\n",
        ["limit-reached"],
    ),
    "a-parameter-of-many-callers": (
        lambda: f"{HINT}def f(m): pipeline(model=m)\n" + "".join(f"f('org/x{n}')\n" for n in range(DEEP)),
        ["limit-reached"],
    ),
    "many-loaders-of-many-callers": (
        lambda: f"{HINT}def f(m):\n" + " pipeline(model=m)\n" * 200 + "".join(f"f('o/x{n}')\n" for n in range(200)),
        [],
    ),
    # -- what never ends
    "constants-in-a-circle": (lambda: f"{HINT}A = B\nB = A\npipeline(model=A)\n", ["not-followed"]),
    "a-constant-of-itself": (lambda: f"{HINT}A = A\npipeline(model=A)\n", ["not-followed"]),
    "a-template-of-itself": (lambda: f'{HINT}A = f"{{A}}/{{A}}"\npipeline(model=A)\n', ["not-followed"]),
    "a-dict-of-itself": (lambda: f"{HINT}D = {{D: D}}\npipeline(model=D[D])\n", ["not-followed"]),
    "a-wrapper-that-calls-itself": (
        lambda: f"{HINT}def f(m):\n pipeline(model=m)\n f(m)\n f(f(m))\nf('org/x')\n",
        [],
    ),
    "a-default-that-is-its-function": (lambda: f"{HINT}def f(m=f): pipeline(model=m)\nf()\n", ["not-followed"]),
    "a-default-that-is-its-parameter": (lambda: f"{HINT}def f(m=m): pipeline(model=m)\nf()\n", ["not-followed"]),
    "a-function-that-returns-itself": (
        lambda: f"{HINT}def f(a): return f(a)(f)(f(f))\npipeline(model=f(f)(f))\n",
        ["not-followed"],
    ),
    "functions-that-call-what-they-are-given": (
        lambda: f"{HINT}def f(g): return g(g)\npipeline(model=f(f))\n",
        ["not-followed"],
    ),
    "a-class-of-itself": (
        lambda: f"{HINT}class A(A):\n def f(self): pipeline(model=self.m)\nA().f()\n",
        ["not-followed"],
    ),
    "classes-in-a-circle": (
        lambda: (
            HINT
            + "".join(f"class A{n}(A{(n + 1) % 500}, A{(n + 7) % 500}): pass\n" for n in range(500))
            + "class B(A0):\n def f(self): pipeline(model=self.m)\nB().f()\n"
        ),
        ["not-followed"],
    ),
    "a-property-of-itself": (
        lambda: f"{HINT}class A:\n @property\n def m(self): return self.m.m or self.m\npipeline(model=A().m)\n",
        ["not-followed"],
    ),
    "an-attribute-of-itself": (
        lambda: f"{HINT}class A:\n def __init__(self):\n  self.m = self.m\n  pipeline(model=self.m)\nA()\n",
        ["not-followed"],
    ),
    # -- what grows
    "templates-of-templates": (
        lambda: HINT + chain(60, 'f"{#}{#}"', "'a'") + "pipeline(model=A0)\n",
        ["limit-reached", "not-followed"],
    ),
    "choices-of-choices": (
        lambda: HINT + chain(60, "# if a else #", "'org/x'") + "pipeline(model=A0)\n",
        ["limit-reached"],
    ),
    "dicts-of-dicts": (
        lambda: HINT + chain(60, "{1: #, 2: #}", "'org/x'") + f"pipeline(model=A0{'[a]' * 60})\n",
        ["limit-reached"],
    ),
    "functions-of-functions": (
        lambda: (
            HINT
            + "".join(f"def f{n}(m): return f{n + 1}(m) if m else f{n + 1}(f{n + 1}(m))\n" for n in range(60))
            + "def f60(m): return m\npipeline(model=f0('org/x'))\n"
        ),
        ["limit-reached"],
    ),
    "wrappers-of-wrappers": (
        lambda: (
            HINT
            + "def f0(m): pipeline(model=m)\n"
            + "".join(f"def f{n + 1}(m):\n f{n}(m)\n f{n}(m)\n" for n in range(60))
            + "f60('org/x')\n"
        ),
        ["limit-reached"],
    ),
    "a-long-way": (lambda: HINT + chain(5000, "#", "'org/x'") + "pipeline(model=A0)\n", ["limit-reached"]),
    # -- what a pattern may choke on
    "a-long-name": (lambda: model_is(repr("a" * 1_000_000)), []),
    "a-long-path": (lambda: model_is(repr("a/" * 200_000)), []),
    "a-long-address": (lambda: model_is(repr("https://huggingface.co/" + "a-" * 200_000)), []),
    "a-long-address-in-a-comment": (lambda: f"{HINT}# https://huggingface.co/{'a./' * 200_000}\n", []),
    "model-names-without-end": (lambda: f"{HINT}# {'gpt-4-' * 100_000}{'claude-3' * 100_000}\n", []),
    "opening-parentheses": (lambda: HINT + "(" * 1_000_000 + "\n", ["syntax-error"]),
    "closing-parentheses": (lambda: HINT + ")" * 100_000 + "\n", ["syntax-error"]),
    "backslashes": (lambda: HINT + "\\" * 100_000 + "\n", ["syntax-error"]),
    "continued-lines": (lambda: HINT + "x = [" + "1, \\\n" * 50_000 + "1]\n", []),
    "a-string-without-end": (lambda: f"{HINT}x = '''" + "a'' \\" * 100_000, ["syntax-error"]),
    "spaces": (lambda: HINT + "x =" + " " * 1_000_000 + "1\n", []),
    "odd-blanks": (lambda: HINT + "\f\v\x1c\x85\u2028\u2029\ufeff" * 1000 + "\n", ["syntax-error"]),
    "a-line-of-nine-megabytes": (lambda: HINT + "x = '" + "a" * 9_000_000 + "'\n", []),
    # -- bytes
    "nul-bytes": (lambda: HINT.encode() + b"\0" * 1000, ["not-text"]),
    "no-utf-8": (lambda: HINT.encode() + b"x = '\xff\xfe\xed\xa0\x80 caf\xe9'\n", ["bad-encoding"]),
    "half-characters": (lambda: f"{HINT}pipeline(model='\\ud800/\\udfff')\n", []),
    "half-characters-by-utf-7": (lambda: b"# coding: utf-7\n" + HINT.encode() + b"pipeline(model='+2AA-/x')\n", []),
    "an-encoding-that-is-none": (lambda: f"# coding: zip\n{HINT}", ["bad-encoding"]),
    "an-encoding-that-nobody-has": (lambda: f"# coding: {'x' * 3000}\n{HINT}", ["bad-encoding"]),
    "utf-16-that-ends-in-half": (
        lambda: b"\xff\xfe" + HINT.encode("utf-16-le") + b"\x00",
        ["bad-encoding", "syntax-error"],
    ),
    "control-characters": (lambda: model_is(repr("org/\x1b[31mred\x07\r\n\x9b\u202e\u2066")), []),
}
"""What stands in a file of code, and what is said of it."""


JAVA: Final = "import dev.langchain4j.model.openai.OpenAiChatModel;\n"
KOTLIN: Final = JAVA.replace(";", "")
GO: Final = 'package a\nimport "github.com/sashabaranov/go-openai"\n'
RUST: Final = "use hf_hub::Repo;\n"
PHP: Final = "<?php use OpenAI\\Client;\n"
CSHARP: Final = "using OpenAI.Chat;\n"

OTHERS: Final[Mapping[str, tuple[str, Callable[[], Content], list[str]]]] = {
    "parentheses-in-java": ("bad.java", lambda: JAVA + f"class A {{ int x = {nested('(', '1', ')')}; }}", ["too-deep"]),
    "calls-in-java": ("bad.java", lambda: JAVA + f"class A {{ int x = {nested('f(', '1', ')')}; }}", ["too-deep"]),
    "chains-in-java": ("bad.java", lambda: JAVA + f"class A {{ int x = a{'.b().c()' * DEEP}; }}", ["too-deep"]),
    "sums-in-java": ("bad.java", lambda: JAVA + f"class A {{ String x = {'a + ' * DEEP}b; }}", []),
    "classes-in-java": ("bad.java", lambda: JAVA + nested("class A { ", "int x;", "}", 2000), ["too-deep"]),
    "branches-in-java": (
        "bad.java",
        lambda: JAVA + f"class A {{ void f() {{ {'if (a) b(); else ' * 2000}; }} }}",
        ["too-deep"],
    ),
    "opening-braces-in-java": ("bad.java", lambda: JAVA + "{" * DEEP, ["syntax-error"]),
    "long-strings-in-java": ("bad.java", lambda: JAVA + f'class A {{ String x = "{"a" * 2_000_000}"; }}', []),
    "calls-in-kotlin": ("bad.kt", lambda: KOTLIN + f"val x = {nested('f(', '1', ')', 2000)}", ["too-deep"]),
    "lambdas-in-kotlin": ("bad.kt", lambda: KOTLIN + f"val x = {nested('f { ', '1', '}', 1000)}", ["too-deep"]),
    "much-of-kotlin": (
        "bad.kt",
        lambda: KOTLIN + "fun f(): Int {\n  if (a) { return b }; return c }\n" * 50_000,
        [],
    ),
    "dollars-in-kotlin": ("bad.kt", lambda: KOTLIN + f'val x = "{"$" * 20_000}"', []),
    "calls-in-go": ("bad.go", lambda: GO + f"var x = {nested('f(', '1', ')')}", ["too-deep"]),
    "literals-in-go": ("bad.go", lambda: GO + f"var x = []A{nested('{{A: ', '1', '}}', 2000)}", ["too-deep"]),
    "functions-in-go": ("bad.go", lambda: GO + f"var x = {nested('func() { ', '', ' }', 2000)}", ["too-deep"]),
    "calls-in-rust": ("bad.rs", lambda: RUST + f"const A: B = {nested('f(', '1', ')')};", ["too-deep"]),
    "macros-in-rust": ("bad.rs", lambda: RUST + f"const A: B = vec!{nested('[', '1', ']')};", ["too-deep"]),
    "uses-in-rust": ("bad.rs", lambda: RUST + f"use {nested('a::{', 'b', '}', 2000)};", []),
    "branches-in-rust": ("bad.rs", lambda: RUST + f"fn f() {{ {'if a { b } else ' * 2000}{{}} }}", []),
    "calls-in-csharp": ("bad.cs", lambda: CSHARP + f"class A {{ int x = {nested('f(', '1', ')')}; }}", ["too-deep"]),
    "templates-in-csharp": (
        "bad.cs",
        lambda: CSHARP + "class A { string x = " + nested('$"{', "x", '}"', 300) + "; }",
        ["syntax-error"],
    ),
    "switches-in-csharp": (
        "bad.cs",
        lambda: CSHARP + f"class A {{ int x = {nested('a switch { _ => ', '1', '}', 1000)}; }}",
        ["too-deep"],
    ),
    "calls-in-php": ("bad.php", lambda: PHP + f"$x = {nested('f(', '1', ')')};", ["too-deep"]),
    "arrays-in-php": ("bad.php", lambda: PHP + f"$x = {nested('[', '1', ']')};", ["too-deep"]),
    "chains-in-php": ("bad.php", lambda: PHP + f"$x = A{'::f()' + '->f()' * 5000};", ["too-deep"]),
    "classes-in-php": ("bad.php", lambda: PHP + "".join(f"A{n}::f();" for n in range(20_000)), []),
}


@pytest.mark.parametrize("name", OTHERS)
def test_hostile_code_of_other_languages_costs_nothing_else(tmp_path: Path, name: str):
    path, content, codes = OTHERS[name]

    bill = scanned(tmp_path, {path: content()})

    assert [f"{path}: {code}" for code in codes] == said(bill)


@pytest.mark.parametrize("name", CODE)
def test_hostile_code_costs_nothing_else(tmp_path: Path, name: str):
    content, codes = CODE[name]

    bill = scanned(tmp_path, {"bad.py": content()})

    assert sorted(f"bad.py: {code}" for code in codes) == said(bill)


def noise(size: int, alphabet: bytes = bytes(range(256))) -> bytes:
    return bytes(random.Random(size).choices(alphabet, k=size))


def zip_of_nulls() -> bytes:
    from io import BytesIO

    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(20_000_000))
    return written.getvalue()


def cells(*sources: object, **more: object) -> str:
    listed = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "cells": listed, **more})


LAUGHS: Final = "a0: &a0 [lol, lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)
MERGES: Final = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n  k{n}: v\n" for n in range(1, 30)
)
ENTITIES: Final = (
    '<!DOCTYPE a [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    + "]><{0}><a>&a29;</a></{0}>"
)

DATA: Final[Mapping[str, tuple[str, Callable[[], Content], list[str]]]] = {
    "deep-lists-in-json": ("bad.json", lambda: nested("[", "", "]"), ["too-deep"]),
    "deeper-lists-in-json": ("bad.json", lambda: nested("[", "", "]", 1_000_000), ["too-deep"]),
    "deep-objects-in-json": ("bad.json", lambda: nested('{"a":', "1", "}"), ["too-deep"]),
    "opening-brackets-in-json": ("bad.json", lambda: "[" * 1_000_000, ["too-deep"]),
    "keys-without-values-in-json": ("bad.json", lambda: '{"a":' * 100_000, ["too-deep"]),
    "a-string-without-end-in-json": ("bad.json", lambda: '{"a": "' + "\\" * 1_000_001, ["syntax-error"]),
    "numbers-without-end-in-json": ("bad.json", lambda: f"[{'9' * 1_000_000}, -1e{'9' * 100_000}]", []),
    "many-values-in-json": ("bad.json", lambda: json.dumps([{"a": n} for n in range(300_000)]), ["too-many"]),
    "half-characters-in-json": ("bad.json", lambda: r'{"\ud800": "\udfff", "a": "\u0000"}', []),
    "random-text-in-json": ("bad.json", lambda: noise(200_000, b'{}[]",:\\0aE+-. \n/*'), ["syntax-error"]),
    "deep-flow-lists-in-yaml": ("bad.yaml", lambda: nested("[", "", "]"), ["too-deep"]),
    "deep-flow-maps-in-yaml": ("bad.yaml", lambda: nested("{a: ", "1", "}"), ["too-deep"]),
    "opening-brackets-in-yaml": ("bad.yaml", lambda: "[" * 500_000, ["too-deep"]),
    "deep-block-lists-in-yaml": ("bad.yaml", lambda: "- " * DEEP + "a\n", ["too-deep"]),
    "deep-block-maps-in-yaml": ("bad.yaml", lambda: "".join(f"{' ' * n}a:\n" for n in range(4000)), ["too-deep"]),
    "deep-keys-in-yaml": ("bad.yaml", lambda: "? " * DEEP + "a\n", ["too-deep"]),
    "aliases-of-aliases-in-yaml": ("bad.yaml", lambda: LAUGHS, ["too-many"]),
    "merges-of-merges-in-yaml": ("bad.yaml", lambda: MERGES, []),
    "an-alias-of-itself-in-yaml": ("bad.yaml", lambda: "a: &a [*a, *a]\nb: &b {*b : *b}\n", []),
    "many-documents-in-yaml": ("bad.yaml", lambda: "---\na: 1\n" * 50_000, []),
    "objects-in-yaml": ("bad.yaml", lambda: "a: !!python/object/apply:os.abort []\nb: !!binary '?'\n", []),
    "odd-scalars-in-yaml": ("bad.yaml", lambda: f"a: {'1:' * 50_000}1\nb: 0x{'f' * 50_000}\nc: {'9' * 50_000}\n", []),
    "odd-dates-in-yaml": ("bad.yaml", lambda: "a: 2001-99-99\nb: 2001-01-01T99:99:99Z\n? {a: 1}\n: b\n", []),
    "tabs-in-yaml": ("bad.yaml", lambda: "a:\n\t- b\n\t\t- c\n", ["syntax-error"]),
    "control-characters-in-yaml": ("bad.yaml", lambda: "a: '\x07\x1b[31m'\n", []),
    "deep-lists-in-toml": ("bad.toml", lambda: f"a = {nested('[', '', ']')}\n", ["too-deep"]),
    "deep-tables-in-toml": ("bad.toml", lambda: f"a = {nested('{a = ', '1', '}')}\n", ["too-deep"]),
    "deep-keys-in-toml": ("bad.toml", lambda: f"[{'.'.join('a' * DEEP)}]\n{'.'.join('a' * DEEP)} = 1\n", ["too-deep"]),
    "opening-brackets-in-toml": ("bad.toml", lambda: "a = " + "[" * 100_000, ["syntax-error", "too-deep"]),
    "numbers-without-end-in-toml": ("bad.toml", lambda: f"a = {'9' * 100_000}\nb = 2001-99-99\n", []),
    "tables-twice-in-toml": ("bad.toml", lambda: "[a]\nb = 1\n" * DEEP, []),
    "no-section-in-ini": ("bad.ini", lambda: "a\n b\n  c\n" * 30_000, []),
    "values-of-values-in-ini": ("bad.ini", lambda: "[a]\na = %(b)s %(b)s\nb = %(a)s %(a)s\n", []),
    "continued-values-in-ini": ("bad.ini", lambda: "[a]\na =\n" + "  b\n" * 100_000, []),
    "values-of-values-in-env": (
        ".env",
        lambda: "A0=aaaaaaaaaa\n" + "".join(f"A{n}={f'${{A{n - 1}}}' * 9}\n" for n in range(1, 30)),
        [],
    ),
    "a-string-without-end-in-env": (".env", lambda: "A='" + "\\'" * 200_000, ["syntax-error"]),
    "blanks-in-env": (".env", lambda: "A" + " \t" * 200_000 + "B\n", ["syntax-error"]),
    # -- notebooks
    "a-notebook-that-is-a-list": ("bad.ipynb", lambda: '[1, "import transformers"]', ["malformed-notebook"]),
    "a-notebook-that-is-a-string": ("bad.ipynb", lambda: '"transformers"', ["malformed-notebook"]),
    "a-notebook-that-is-no-json": ("bad.ipynb", lambda: "import transformers\n", ["syntax-error"]),
    "a-notebook-without-cells": ("bad.ipynb", lambda: '{"transformers": 1}', ["malformed-notebook"]),
    "a-notebook-whose-cells-are-a-string": (
        "bad.ipynb",
        lambda: '{"cells": "transformers", "nbformat": 4}',
        ["malformed-notebook"],
    ),
    "a-notebook-whose-cells-are-not-objects": (
        "bad.ipynb",
        lambda: '{"cells": [1, "transformers", null, [[]]], "nbformat": 4}',
        ["malformed-notebook"],
    ),
    "a-notebook-whose-sources-are-not-text": (
        "bad.ipynb",
        lambda: cells(1, None, {"a": "transformers"}, [1, [HINT]], [[[]]]),
        ["malformed-notebook"],
    ),
    "a-notebook-whose-metadata-are-a-list": (
        "bad.ipynb",
        lambda: cells(HINT, metadata=[1], nbformat=[]),
        ["malformed-notebook"],
    ),
    "a-notebook-on-one-long-line": ("bad.ipynb", lambda: cells(HINT + "x = 1\n" * 50_000), []),
    "a-notebook-with-a-deep-cell": (
        "bad.ipynb",
        lambda: cells(model_is(nested("(", "1", ")"))),
        ["not-followed", "too-deep"],
    ),
    "a-notebook-of-many-cells": ("bad.ipynb", lambda: cells(*[model_is("'org/x'")] * DEEP), []),
    "a-notebook-that-is-deep": (
        "bad.ipynb",
        lambda: cells(HINT)[:-1] + ',"a":' + nested("[", "", "]") + "}",
        ["too-deep"],
    ),
    "a-notebook-of-half-characters": ("bad.ipynb", lambda: cells("import transformers\nx = '\ud800'\n"), []),
    # -- manifests
    "package-json-that-is-a-list": ("package.json", lambda: "[1]", ["malformed-manifest"]),
    "package-json-of-odd-types": (
        "package.json",
        lambda: '{"name": [], "version": {}, "dependencies": [1], "devDependencies": {"openai": {"a": 1}}}',
        ["malformed-manifest"],
    ),
    "package-json-that-is-deep": ("package.json", lambda: nested('{"dependencies":', "1", "}"), ["too-deep"]),
    "package-lock-that-is-deep": (
        "package-lock.json",
        lambda: '{"lockfileVersion": 1, "dependencies":' + nested('{"openai":{"dependencies":', "{}", "}}") + "}",
        ["too-deep"],
    ),
    "requirements-with-nul": ("requirements.txt", lambda: b"torch==2.0\0\nopenai\0==1\n", ["not-text"]),
    "requirements-that-include-themselves": (
        "requirements.txt",
        lambda: "-r requirements.txt\n-c ./requirements.txt\n",
        [],
    ),
    "requirements-of-long-names": (
        "requirements.txt",
        lambda: f"{'a' * 1_000_000}\n{'a-' * 200_000}\n",
        ["malformed-manifest"],
    ),
    "requirements-of-deep-markers": (
        "requirements.txt",
        lambda: "torch ; " + nested("(", "python_version > '3'", ")") + "\n",
        ["malformed-manifest"],
    ),
    "requirements-of-long-markers": (
        "requirements.txt",
        lambda: "torch ; " + " and ".join(["python_version > '3'"] * DEEP) + "\n",
        ["malformed-manifest"],
    ),
    "requirements-of-many-ranges": (
        "requirements.txt",
        lambda: "torch" + ",".join([">=1.0"] * DEEP) + "\n",
        ["malformed-manifest"],
    ),
    "requirements-of-many-extras": (
        "requirements.txt",
        lambda: f"torch[{','.join(['a'] * DEEP)}]\n",
        ["malformed-manifest"],
    ),
    "requirements-of-long-versions": (
        "requirements.txt",
        lambda: f"torch=={'1.' * 100_000}1\n",
        ["malformed-manifest"],
    ),
    "requirements-of-many-hashes": ("requirements.txt", lambda: "torch==2.0" + " --hash=sha256:00" * DEEP + "\n", []),
    "requirements-that-continue": ("requirements.txt", lambda: "torch \\\n" * 50_000, ["malformed-manifest"]),
    "requirements-of-brackets": (
        "requirements.txt",
        lambda: f"{'(' * 100_000}\n{'[' * 100_000}\n",
        ["malformed-manifest"],
    ),
    "requirements-out-of-the-root": (
        "requirements.txt",
        lambda: "-r ../../../../etc/passwd\n-r /etc/passwd\n",
        ["malformed-manifest"],
    ),
    "groups-in-a-circle": (
        "pyproject.toml",
        lambda: (
            "[dependency-groups]\n"
            + "".join(
                f"a{n} = [{{include-group = 'a{(n + 1) % 500}'}}, {{include-group = 'a{n // 2}'}}]\n"
                for n in range(500)
            )
        ),
        [],
    ),
    "pyproject-of-odd-types": (
        "pyproject.toml",
        lambda: "project = [1]\ntool = 2\nbuild-system = 'x'\ndependency-groups = [[]]\n",
        ["malformed-manifest"],
    ),
    "uv-lock-of-odd-types": ("uv.lock", lambda: "package = 1\n[[packages]]\nname = [1]\n", ["malformed-manifest"]),
    "poetry-lock-of-many-packages": (
        "poetry.lock",
        lambda: "".join(f"[[package]]\nname = 'torch'\nversion = '2.{n}'\n" for n in range(2000)),
        [],
    ),
    "pylock-that-is-yaml": ("pylock.toml", lambda: LAUGHS, ["syntax-error"]),
    "entities-of-entities-in-a-pom": ("pom.xml", lambda: ENTITIES.format("project"), ["malformed-manifest"]),
    "entities-of-entities-in-a-csproj": ("bad.csproj", lambda: ENTITIES.format("Project"), ["malformed-manifest"]),
    "entities-of-entities-in-a-packages-config": (
        "packages.config",
        lambda: ENTITIES.format("packages"),
        ["malformed-manifest"],
    ),
    "a-pom-that-reads-other-files": (
        "pom.xml",
        lambda: (
            '<!DOCTYPE project [<!ENTITY % all SYSTEM "file:///etc/passwd"> %all; <!ENTITY x SYSTEM "/etc/passwd">]>'
            "<project><dependencies><dependency><groupId>&x;</groupId></dependency></dependencies></project>"
        ),
        ["malformed-manifest"],
    ),
    "a-pom-of-properties-that-double": (
        "pom.xml",
        lambda: (
            "<project><properties>"
            + "".join(f"<a{n}>${{a{n + 1}}}${{a{n + 1}}}</a{n}>" for n in range(60))
            + "<b>${c}</b><c>${b}</c></properties><dependencies>"
            + "<dependency><groupId>${b}</groupId><artifactId>${a0}</artifactId></dependency>" * 2000
            + "</dependencies></project>"
        ),
        ["malformed-manifest"],
    ),
    "a-pom-that-is-its-own-parent": (
        "pom.xml",
        lambda: "<project><parent><relativePath>./pom.xml</relativePath></parent></project>",
        [],
    ),
    "a-pom-that-is-deep": ("pom.xml", lambda: nested("<project>", "", "</project>"), ["malformed-manifest"]),
    "a-pom-of-many-elements": (
        "pom.xml",
        lambda: f"<project><dependencies>{'<dependency/>' * 100_001}</dependencies></project>",
        ["malformed-manifest"],
    ),
    "a-csproj-of-an-endless-attribute": (
        "bad.csproj",
        lambda: (
            f'<Project><ItemGroup><PackageReference Include="{"a;" * 100_000}" Version="{"$(a)" * 100_000}"/>'
            "</ItemGroup></Project>"
        ),
        ["malformed-manifest"],
    ),
    "pnpm-lock-that-is-deep": (
        "pnpm-lock.yaml",
        lambda: "packages: " + nested("{openai@1.0.0: ", "1", "}"),
        ["too-deep"],
    ),
    "pnpm-lock-of-aliases": ("pnpm-lock.yaml", lambda: LAUGHS + "packages: {openai@1.0.0: *a29}\n", ["too-many"]),
    "pnpm-lock-of-packages-in-a-circle": (
        "pnpm-lock.yaml",
        lambda: (
            "importers:\n  .:\n    dependencies:\n      a0: {version: 1.0.0}\nsnapshots:\n"
            + "".join(
                f"  a{n}@1.0.0:\n    dependencies: {{a{(n + 1) % 5000}: 1.0.0, a{n // 2}: 1.0.0}}\n"
                for n in range(5000)
            )
        ),
        [],
    ),
    "composer-lock-that-is-deep": (
        "composer.lock",
        lambda: nested('{"packages":[{"require":', "1", "}]}"),
        ["too-deep"],
    ),
    "composer-lock-of-odd-types": (
        "composer.lock",
        lambda: '{"packages": {"a": 1}, "packages-dev": [[], 1, null]}',
        [],
    ),
    "pipfile-lock-that-is-deep": ("Pipfile.lock", lambda: nested('{"default":', "1", "}"), ["too-deep"]),
    "go-sum-of-many-modules": (
        "go.sum",
        lambda: "".join(f"github.com/a/b{n} v1.0.{n} h1:{'a' * 43}=\n" for n in range(50_000)),
        [],
    ),
    "go-sum-on-one-line": ("go.sum", lambda: "github.com/a/b v1.0.0 " * 100_000, ["malformed-manifest"]),
    "yarn-lock-on-one-line": ("yarn.lock", lambda: "openai@^4.0.0, " * 200_000 + ":", ["malformed-manifest"]),
    "yarn-lock-of-blanks": (
        "yarn.lock",
        lambda: f'openai@^4.0.0:\n  version{" " * 500_000}"""\n',
        ["malformed-manifest"],
    ),
    "cargo-lock-of-many-packages": (
        "Cargo.lock",
        lambda: "".join(
            f'[[package]]\nname = "a{n}"\nversion = "1.0.0"\nsource = "registry"\n' for n in range(100_000)
        ),
        ["too-many"],
    ),
    "cargo-lock-of-odd-types": (
        "Cargo.lock",
        lambda: 'metadata = "checksum"\n[[package]]\nname = []\n[[package.b]]\nversion = 1\n',
        ["malformed-manifest"],
    ),
    "gradle-lock-of-many-packages": (
        "gradle.lockfile",
        lambda: "".join(f"a.b:c{n}:1.{n}={'a,' * 10}b\n" for n in range(50_000)),
        [],
    ),
    "gradle-lock-on-one-line": ("gradle.lockfile", lambda: "a.b:c:" * 500_000, ["malformed-manifest"]),
    "gradle-without-an-end": (
        "build.gradle",
        lambda: (
            "implementation(platform(" * 50_000
            + '"a:b:' * 50_000
            + "/*" * 50_000
            + "implementation group: 'a'," * 20_000
        ),
        [],
    ),
    "a-catalog-in-a-circle": (
        "libs.versions.toml",
        lambda: (
            '[versions]\na = {ref = "b"}\nb = {ref = "a"}\n[libraries]\nx = {module = "a:b", version.ref = "a"}\n'
            'y = {module = "a:b", version = {ref = "y"}}\n[bundles]\nbundles = ["bundles", "x"]\nz = "z"\n'
        ),
        [],
    ),
    "an-environment-of-aliases": ("environment.yml", lambda: LAUGHS + "dependencies: *a29\n", ["too-many"]),
    "an-environment-of-blanks": (
        "environment.yml",
        lambda: "dependencies:\n" + f"- 'pytorch{' ' * 1900}['\n" * 500,
        ["malformed-manifest"],
    ),
    "conda-lock-of-aliases": ("conda-lock.yml", lambda: LAUGHS + "package: *a29\n", ["too-many"]),
    "conda-lock-of-odd-types": (
        "conda-lock.yml",
        lambda: "package: [{name: []}, 1, {name: {a: b}}]\n",
        ["malformed-manifest"],
    ),
    "pixi-lock-of-aliases": ("pixi.lock", lambda: LAUGHS + "packages: *a29\n", ["too-many"]),
    "bun-lock-of-comments": (
        "bun.lock",
        lambda: '{"packages": {' + "// a\n/* b */" * 50_000 + '"openai": ["openai@4.0.0",],},}/*' + "/*" * 50_000,
        ["syntax-error"],
    ),
    "gemfile-of-blanks": ("Gemfile", lambda: f"group :test{' ' * 400} d\n" * 2000, []),
    "requirements-in-r-of-commas": ("DESCRIPTION", lambda: "Package: a\nImports: " + "," * 500_000 + "\n", []),
    "mix-without-an-end": ("mix.exs", lambda: '{:a, "' * 200_000, []),
    "sbt-without-an-end": ("build.sbt", lambda: '"a" %% "b" % ' * 100_000 + "/*" * 100_000, []),
    "setup-py-that-is-deep": (
        "setup.py",
        lambda: f"from setuptools import setup\nsetup(install_requires={nested('[', repr('openai'), ']')})\n",
        ["too-deep"],
    ),
    # -- model files
    "safetensors-that-is-a-zip-of-nulls": ("bad.safetensors", zip_of_nulls, ["unreadable-weights"]),
    "safetensors-of-nulls": ("bad.safetensors", lambda: bytes(100_000), ["unreadable-weights"]),
    "safetensors-of-an-endless-header": ("bad.safetensors", lambda: b"\xff" * 7 + b"\x7f{}", ["unreadable-weights"]),
    "safetensors-of-a-deep-header": (
        "bad.safetensors",
        lambda: len(header := nested("[", "", "]", 400_000).encode()).to_bytes(8, "little") + header,
        ["unreadable-weights"],
    ),
    "safetensors-that-is-empty": ("bad.safetensors", lambda: b"", ["unreadable-weights"]),
    "gguf-of-endless-counts": ("bad.gguf", lambda: b"GGUF\x03\0\0\0" + b"\xff" * 100, ["unreadable-weights"]),
    "gguf-of-arrays-of-arrays": (
        "bad.gguf",
        lambda: (
            b"GGUF\x03\0\0\0"
            + bytes(8)
            + b"\x01"
            + bytes(7)
            + b"\x01"
            + bytes(7)
            + b"a"
            + b"\x09\0\0\0"
            + (b"\x09\0\0\0\x01" + bytes(7)) * 50_000
        ),
        ["unreadable-weights"],
    ),
    "a-pickle-that-would-run": ("bad.pkl", lambda: b"cos\nabort\n(tR.", ["unsafe-pickle"]),
    "a-pickle-of-endless-marks": ("bad.pkl", lambda: b"\x80\x04](" + b"(" * 3_000_000 + b".", ["unreadable-pickle"]),
    "a-pickle-of-endless-calls": (
        "bad.pkl",
        lambda: b"\x80\x04cos\nf\n" + b")R" * 2_500_000 + b".",
        ["unreadable-pickle", "unsafe-pickle"],
    ),
    "a-pickle-that-says-it-is-long": (
        "bad.pkl",
        lambda: b"\x80\x04\x8e" + b"\xff" * 7 + b"\x7f.",
        ["unreadable-pickle"],
    ),
    "a-checkpoint-that-is-a-bomb": ("bad.pt", lambda: zipped({"m/data.pkl": bytes(100 << 20)}), ["unreadable-pickle"]),
    "a-joblib-that-is-a-bomb": (
        "bad.joblib",
        lambda: zlib.compress(b"\x80\x04" + b"N0" * (50 << 20)),
        ["unreadable-pickle"],
    ),
    "an-onnx-of-endless-lengths": ("bad.onnx", lambda: b"\x08\x08\x3a" + b"\xff" * 8 + b"\x7f", ["unreadable-weights"]),
    "an-onnx-of-endless-fields": (
        "bad.onnx",
        lambda: b"\x08\x08\x3a\x80\x89\x7a" + b"\x0a\0" * 1_000_000,
        ["unreadable-weights"],
    ),
    "a-tflite-that-points-out-of-itself": ("bad.tflite", lambda: b"\xff\xff\xff\x7fTFL3", ["unreadable-weights"]),
    "a-keras-of-deep-json": (
        "bad.keras",
        lambda: zipped({"metadata.json": b"{}", "config.json": nested("[", "", "]", 400_000).encode()}),
        ["unreadable-weights"],
    ),
    "a-bin-that-is-text": ("pytorch_model.bin", lambda: "hello\n" * 1000, []),
    # -- commands
    "quotes-in-a-script": ("run.sh", lambda: 'hf "a ' * 50_001, ["syntax-error"]),
    "quotes-that-open-on-every-line": ("run.sh", lambda: "hf '\n" * 50_001, ["syntax-error"]),
    "here-documents-without-an-end": ("run.sh", lambda: "hf <<EOF\n" * 30_000, ["syntax-error"]),
    "commands-in-commands": ("run.sh", lambda: "hf $(" * 30_000, ["syntax-error", "too-deep"]),
    "defaults-in-defaults": ("run.sh", lambda: "hf " + nested("${A:-", "x", "}"), []),
    "branches-in-branches": ("run.sh", lambda: "if hf; then\n" * 30_000, []),
    "functions-that-call-themselves": (
        "run.sh",
        lambda: "f() { f $1$1; hf download $1; }\n" * 1000 + "f a\n" * 1000,
        [],
    ),
    "variables-that-double": ("run.sh", lambda: "X=ab\n" + "X=$X$X\n" * 1000 + "hf download $X\n", []),
    "branches-that-multiply": (
        "run.sh",
        lambda: "".join(f"if a; then M=o{n}/x; fi\n" for n in range(2000)) + "hf download $M$M$M$M$M$M$M$M\n",
        [],
    ),
    "a-long-script": ("run.sh", lambda: "echo model $X\n" * 100_000, ["too-many"]),
    "shells-in-shells": ("run.sh", lambda: "sh -c 'hf' " * 1000 + "sudo " * 1000, []),
    "files-that-read-each-other": ("run.sh", lambda: "source run.sh\n. ./run.sh\nhf\n", []),
    "recipes-without-an-end": ("Makefile", lambda: "a: b\n\thf " + "\\\n" * 50_000, []),
    "a-makefile-of-itself": ("Makefile", lambda: "A = $(A)$(A)\nhf:\n\thf download $(A)\n", []),
    "stages-of-stages": (
        "Dockerfile",
        lambda: "".join(f"FROM s{n} AS s{n + 1}\nENV MODEL=$MODEL{n}\n" for n in range(3000)),
        [],
    ),
    "here-documents-of-a-dockerfile": ("Dockerfile", lambda: "RUN hf <<EOF\n" * 10_000, []),
    "a-dockerfile-without-an-end": ("Dockerfile", lambda: "RUN hf \\\n# note\n" * 20_000, []),
    "blocks-of-terraform": ("main.tf", lambda: 'model {\n a = "${' * 20_000, []),
    "blanks-in-terraform": ("main.tf", lambda: f'model = "${{{" " * 5000}{{a}}}}"\n', []),
    "texts-of-terraform": ("main.tf", lambda: 'model = <<E\n"' * 10_000, []),
    "a-modelfile-without-an-end": ("Modelfile", lambda: 'TEMPLATE """\nFROM x\n' * 10_000 + "FROM", []),
    "a-pipeline-of-aliases": (
        "ci.yml",
        lambda: LAUGHS + "jobs: {run: *a9, env: *a9, image: ollama/ollama, args: *a9}\n",
        ["too-many"],
    ),
    "a-pipeline-with-many-steps": ("ci.yml", lambda: "steps:\n" + "- run: hf $A\n  env: {A: $B, B: $A}\n" * 3000, []),
    "a-matrix-of-matrices": (
        "ci.yml",
        lambda: (
            "strategy:\n  matrix:\n"
            + "".join(f"    m{n}: [a, b, c]\n" for n in range(500))
            + "run: hf ${{ matrix.m1 }}\n"
        ),
        [],
    ),
    "a-chart-of-templates": (
        "templates/x.yaml",
        lambda: "a: {{ .Values.x }}\nrun: hf {{ " + "{{ " * 10_000,
        [],
    ),
    # -- agents, servers, deployments
    "servers-that-are-deep": (".mcp.json", lambda: nested('{"mcpServers":', "1", "}"), ["too-deep"]),
    "servers-of-odd-types": (
        ".mcp.json",
        lambda: json.dumps(
            {"mcpServers": {"a": 1, "b": [], "": {"command": [], "args": {"a": None}, "env": "x", "url": 1}}}
        ),
        [],
    ),
    "servers-without-number": (
        ".mcp.json",
        lambda: json.dumps({"mcpServers": {f"s{n}": {"command": "npx", "args": ["-y"] * 9} for n in range(2000)}}),
        [],
    ),
    "a-server-of-many-arguments": (
        ".mcp.json",
        lambda: json.dumps({"mcpServers": {"a": {"command": "sh", "args": ["-c", "npx " * 100_000]}}}),
        [],
    ),
    "an-agent-of-aliases": (".claude/agents/bad.md", lambda: f"---\n{LAUGHS}model: *a29\n---\nBe good.\n", []),
    "an-agent-without-an-end": (".claude/agents/bad.md", lambda: "---\nmodel: opus\n" * 50_000, []),
    "a-skill-that-is-deep": (".claude/skills/bad/SKILL.md", lambda: f"---\nname: {nested('[', '', ']')}\n---\n", []),
    "instructions-without-an-end": ("AGENTS.md", lambda: "@AGENTS.md `gpt-4o` [a](AGENTS.md) " * 5_000, []),
    "agents-of-aliases": ("agents.yaml", lambda: LAUGHS + "agent: {role: a, llm: *a29}\n", ["too-many"]),
    "compose-of-aliases": (
        "compose.yaml",
        lambda: LAUGHS + "services: {a: {image: ollama/ollama, environment: *a29}}\n",
        ["too-many"],
    ),
    "compose-of-merges": (
        "compose.yaml",
        lambda: (
            MERGES + "services:\n" + "  a: &s\n    <<: [*a29, *a28]\n    image: ollama/ollama\n    command: [serve]\n"
        ),
        [],
    ),
    "compose-that-extends-itself": (
        "compose.yaml",
        lambda: (
            "include: [compose.yaml]\nservices:\n"
            "  a: {image: ollama/ollama, extends: {file: compose.yaml, service: a}}\n"
        ),
        [],
    ),
    "compose-of-variables-in-a-circle": (
        "compose.yaml",
        lambda: (
            "services:\n  a:\n    image: ${A:-${A:-${A}}}\n"
            "    environment: [A=$B$B, B=$A$A]\n    command: hf download $A\n"
        ),
        [],
    ),
    "a-deployment-of-aliases": (
        "deployment.yaml",
        lambda: LAUGHS + "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: *a29}}}\n",
        ["too-many"],
    ),
    "a-deployment-that-is-deep": (
        "deployment.yaml",
        lambda: "apiVersion: v1\nkind: List\nitems: " + nested("[{items: ", "1", "}]"),
        ["too-deep"],
    ),
    "a-deployment-of-many-containers": (
        "deployment.yaml",
        lambda: (
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n"
            + "  - {image: vllm/vllm-openai, args: [--model, $(M)], env: [{name: M, value: $(M)$(M)}]}\n" * 1500
        ),
        [],
    ),
    # -- scripts of Windows
    "a-batch-file-of-branches": ("run.bat", lambda: "if exist a (\n" * 30_000 + "hf download org/x\n", []),
    "a-batch-file-of-loops": ("run.bat", lambda: "for %%a in (a b) do (\n" * 30_000 + "hf download %%a\n", []),
    "a-batch-file-of-blanks": ("run.bat", lambda: f"if exist a hf{' ' * 200_000}download\n", []),
    "a-batch-file-that-continues": ("run.bat", lambda: "hf download ^\n" * 50_000, []),
    "a-batch-file-whose-variables-double": (
        "run.bat",
        lambda: "set X=ab\n" + "set X=%X%%X%\n" * 1000 + "hf download %X%\n",
        [],
    ),
    "a-batch-file-that-calls-itself": ("run.bat", lambda: "call run.bat\n" * 5000 + "cmd /c run.bat & " * 5000, []),
    "percents-in-a-batch-file": ("run.bat", lambda: "hf download " + "%a" * 50_000 + "!a" * 50_000, []),
    "a-powershell-of-blocks": ("run.ps1", lambda: "if ($a) {\n" * 30_000 + "hf download org/x\n", []),
    "a-powershell-of-pipes": ("run.ps1", lambda: "hf | % {" * 50_000 + "\n", ["too-many"]),
    "a-powershell-of-pipes-that-end": ("run.ps1", lambda: "hf | % {" * 50_000 + "}\n", ["too-many"]),
    "a-powershell-whose-list-never-ends": ("run.ps1", lambda: "$a = @(\n" + "'hf',\n" * 50_000, []),
    "a-powershell-whose-remark-never-ends": ("run.ps1", lambda: "<# hf\n" * 50_000, []),
    "a-powershell-that-continues": ("run.ps1", lambda: "hf download `\n" * 50_000, []),
    "a-powershell-of-parameters": ("run.ps1", lambda: "param(\n" + '$a = "hf",\n' * 50_000, ["too-many"]),
    "a-powershell-whose-variables-double": (
        "run.ps1",
        lambda: "$x = 'ab'\n" + '$x = "$x$x"\n' * 1000 + "hf download $x\n",
        [],
    ),
}
"""What stands in a file of settings, a notebook, a manifest or a model file, its name, and what is said of it."""


@pytest.mark.parametrize("name", DATA)
def test_hostile_data_costs_nothing_else(tmp_path: Path, name: str):
    path, content, codes = DATA[name]

    bill = scanned(tmp_path, {path: content()})

    assert sorted(f"{path}: {code}" for code in codes) == said(bill)


# -- names, kinds and places of files -------------------------------------------------------------


def fifos(folder: Path) -> None:
    for name in ("x.py", "requirements.txt", "package.json", "model.safetensors", ".gitignore", "pyproject.toml"):
        os.mkfifo(folder / name)


def sockets(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # The path of a socket has at most 108 bytes.
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("x.py")
    finally:
        os.chdir(here)


def links_in_a_circle(folder: Path) -> None:
    (folder / "a.py").symlink_to("b.py")
    (folder / "b.py").symlink_to("a.py")
    (folder / "self.py").symlink_to("self.py")
    (folder / "inner").mkdir()
    (folder / "inner" / "up").symlink_to("..")
    (folder / "inner" / "here").symlink_to(".")


def links_out_of_the_root(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text(f"{HINT}pipeline(model='org/outside')\n", encoding="utf-8")
    (folder / "link.py").symlink_to(outside / "secret.py")
    (folder / "linked").symlink_to(outside)
    (folder / "up").symlink_to("../outside")
    (folder / "zero.py").symlink_to("/dev/zero")
    (folder / "requirements.txt").symlink_to("/etc/passwd")


def dangling_links(folder: Path) -> None:
    (folder / "x.py").symlink_to("nowhere.py")
    (folder / "uv.lock").symlink_to("x" * 200)
    (folder / "y.py").symlink_to("good.py/x")


def folders_named_like_files(folder: Path) -> None:
    for name in ("x.py", "requirements.txt", "package.json", "model.gguf", ".gitignore", ".env", "pyproject.toml"):
        (folder / name).mkdir()


def odd_names(folder: Path) -> None:
    names = [
        b"new\nline.py", b"carriage\rreturn.py", b"escape\x1b[31m.py", b"no-utf-8-\xff\xfe.py", b"half-\xed\xa0\x80.py",
        b"C:\\windows.py", b"semi;colon=usage=used.py", b"per%cent.py", "right-to-left-\u202e.py".encode(), b"-o.py",
        b"<script>alert(1)<script>.py", b"|pipe|`tick`.py", b" .py", b"..py", b"a" * 252 + b".py",
    ]  # fmt: skip
    for number, name in enumerate(names):
        path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 - pathlib has no bytes
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
            file.write(model_is(f"'org/named-{number}'"))
    inner = os.path.join(os.fsencode(folder), b"folder\n\xff")  # noqa: PTH118 - as above
    os.mkdir(inner)  # noqa: PTH102 - as above
    with open(os.path.join(inner, b"requirements\x07.txt"), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123 - as above
        file.write("torch==2.0\n???\n")


def deep_folders(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    for _ in range(300):  # Longer than any path may be at once; pytest still has to remove it.
        os.mkdir("d" * 20, dir_fd=descriptor)
        inner = os.open("d" * 20, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    with os.fdopen(os.open("x.py", os.O_WRONLY | os.O_CREAT, dir_fd=descriptor), "w") as file:
        file.write(model_is("'org/deep'"))
    os.close(descriptor)


def huge_files(folder: Path) -> None:
    for name in ("x.py", "x.json", "x.ipynb", "requirements.txt", "model.safetensors"):
        (folder / name).touch()
        os.truncate(folder / name, 200 * 1024 * 1024)  # Sparse: it takes no room on the disk.


def a_wide_folder(folder: Path) -> None:
    for number in range(10_000):
        (folder / f"{number}.txt").touch()


def hostile_ignore_files(folder: Path) -> None:
    patterns = [
        "*" * 5000,
        "a*" * 1000 + "b",
        "[" * 5000,
        "[!" + "a" * 5000,
        "\\" * 5001,
        "!" * 5000,
        "/" * 5000,
        "**/" * 2000,
    ]
    patterns += ["[z-a]", "[[:alpha:]", "\x00", "\ud800", "a{2,1}", "(?P<x>", "(a+)+$"]
    (folder / ".gitignore").write_bytes("\n".join(patterns).encode("utf-8", "surrogatepass"))
    (folder / ".aibomignore").write_bytes(b"*\xff\n!good.py\n")
    (folder / ("a" * 250)).touch()


EXPECTED: Final[Mapping[Callable[[Path], None], list[str]]] = {
    fifos: [
        ".gitignore: not-a-file",
        "model.safetensors: not-a-file",
        "package.json: not-a-file",
        "pyproject.toml: not-a-file",
        "requirements.txt: not-a-file",
        "x.py: not-a-file",
    ],
    sockets: ["x.py: not-a-file"],
    links_in_a_circle: [
        "a.py: broken-link",
        "b.py: broken-link",
        "inner/here: broken-link",
        "inner/up: broken-link",
        "self.py: broken-link",
    ],
    links_out_of_the_root: [
        "link.py: outside-root",
        "linked: outside-root",
        "requirements.txt: outside-root",
        "up: outside-root",
        "zero.py: outside-root",
    ],
    dangling_links: ["uv.lock: broken-link", "x.py: broken-link", "y.py: broken-link"],
    folders_named_like_files: [],
    odd_names: ["folder\n\udcff/requirements\x07.txt: malformed-manifest"],
    deep_folders: [],
    huge_files: [
        "requirements.txt: too-large",
        "model.safetensors: unreadable-weights",
        "x.ipynb: too-large",
        "x.json: too-large",
        "x.py: too-large",
    ],
    a_wide_folder: [],
    hostile_ignore_files: [],
}


def ring(number: int, line: str, last: str) -> dict[str, Content]:
    """Return modules each of which refers to the next, and the last to the first."""
    tree = {f"m{n}.py": line.replace("#", f"m{(n + 1) % number}") for n in range(number)}
    return {**tree, "main.py": last}


def wrappers(number: int) -> dict[str, Content]:
    """Return modules each of which wraps what the one before offers."""
    tree = {f"m{n}.py": f"from m{n - 1} import f{n - 1}\ndef f{n}(m): f{n - 1}(m)\n" for n in range(1, number)}
    tree["m0.py"] = f"{HINT}def f0(m): pipeline(model=m)\n"
    tree["main.py"] = f"from m{number - 1} import f{number - 1}\nf{number - 1}('org/x')\n"
    return dict(tree)


def callers(number: int) -> dict[str, Content]:
    """Return one wrapper, and many modules that call it."""
    tree = {f"m{n}.py": f"from main import run\nrun('org/x{n}')\n" for n in range(number)}
    return {**tree, "main.py": f"{HINT}def run(m): pipeline(model=m)\n"}


GRAPHS: Final[Mapping[str, tuple[Callable[[], dict[str, Content]], list[str]]]] = {
    "modules-in-a-ring": (
        lambda: ring(5000, "from # import A\n", f"{HINT}from m0 import A\npipeline(model=A)\n"),
        ["main.py: limit-reached"],
    ),
    "stars-in-a-ring": (
        lambda: ring(300, "from # import *\n", f"{HINT}from m0 import *\npipeline(model=A)\n"),
        ["main.py: limit-reached"],
    ),
    "stars-in-all-directions": (
        lambda: ring(
            100, "".join(f"from m{n} import *\n" for n in range(100)), f"{HINT}from m0 import *\npipeline(model=A)\n"
        ),
        ["main.py: limit-reached"],
    ),
    "modules-with-hints-in-a-ring": (
        lambda: ring(1000, f"{HINT}import #\nA = #.A\npipeline(model=A)\n", "import m0\n"),
        sorted(f"m{n}.py: limit-reached" for n in range(1000)),
    ),
    "wrappers-through-many-modules": (lambda: wrappers(300), ["m0.py: limit-reached"]),
    "callers-in-many-modules": (lambda: callers(3000), ["main.py: limit-reached"]),
    "imports-of-itself": (
        lambda: {"a/__init__.py": f"{HINT}from . import a\nfrom .a import a as a\npipeline(model=a.a)\n"},
        ["a/__init__.py: not-followed"],
    ),
    "imports-out-of-the-root": (
        lambda: {"a.py": f"{HINT}from ......... import x\nfrom .....x.y import z\npipeline(model=x or z)\n"},
        ["a.py: not-followed"],
    ),
    "requirements-that-include-many": (
        lambda: {
            f"r{n}/requirements.txt": "".join(f"-r ../r{m}/requirements.txt\n" for m in range(100)) for n in range(100)
        },
        [],
    ),
}
"""Trees of many files, and what is said of them."""

ALPHABET: Final = b"""abc019.-_=:;,'"#@$%&|!?*+~^<>()[]{}/\\ \n\t"""
NAMES: Final = sorted(
    {f"bad{suffix}" for suffix in [*files._KINDS, *weights.SUFFIXES]}
    | {*files._NAMES, ".env.local", ".gitignore", ".aibomignore", "script", *manifests.DESCRIBING}
    | {pattern.replace("*", "bad") for pattern in manifests.PATTERNS}
)
"""A name for every reader that there is."""


@pytest.mark.parametrize("name", GRAPHS)
def test_hostile_trees_cost_nothing_else(tmp_path: Path, name: str):
    tree, expected = GRAPHS[name]

    bill = scanned(tmp_path, tree())

    assert expected == said(bill)


@pytest.mark.parametrize("place", EXPECTED, ids=lambda place: place.__name__)
def test_hostile_places_cost_nothing_else(tmp_path: Path, place: Callable[[Path], None]):
    bill = scanned(tmp_path, place)

    assert sorted(EXPECTED[place]) == said(bill)


@pytest.mark.parametrize(
    ("alphabet", "size", "expected"),
    [
        (bytes(range(256)), 3000, {"malformed-manifest", "not-text", "unreadable-pickle", "unreadable-weights"}),
        (ALPHABET, 3000, {"malformed-manifest", "syntax-error", "unreadable-weights"}),
        (b"\0", 3000, {"malformed-manifest", "not-text", "unreadable-weights"}),
        (b" ", 0, {"malformed-manifest", "malformed-notebook", "unreadable-weights"}),
    ],
    ids=["random bytes", "random text", "nulls", "nothing"],
)
def test_nonsense_under_every_name_costs_nothing_else(tmp_path: Path, alphabet: bytes, size: int, expected: set[str]):
    bill = scanned(tmp_path, {f"{n}/{name}": noise(size + n * bool(size), alphabet) for n, name in enumerate(NAMES)})

    assert expected == {d.code for d in bill.diagnostics}


# -- what must not get out ------------------------------------------------------------------------

SECRET: Final = "s3cr3t"
LEAKS: Final[Mapping[str, Content]] = {
    "app.py": f"""
import os
from openai import OpenAI
from transformers import pipeline, AutoModel
from huggingface_hub import hf_hub_download, login
API_KEY = "sk-{SECRET}"
os.environ["OPENAI_API_KEY"] = "sk-{SECRET}"
login(token="hf_{SECRET}")
client = OpenAI(api_key="sk-{SECRET}", base_url="https://user:{SECRET}@api.example.com/v1?key={SECRET}#{SECRET}")
client.chat.completions.create(model="gpt-4o", user="{SECRET}", extra_headers={{"Authorization": "Bearer {SECRET}"}})
OpenAI(api_key=f"sk-{SECRET}").responses.create(model="gpt-4o-mini"); key = "{SECRET}"
pipeline(model="https://user:{SECRET}@huggingface.co/org/one?token={SECRET}")
pipeline(model="https://user:{SECRET}@models.example.com/two.bin?X-Amz-Signature={SECRET}")
pipeline(model=f"https://user:{SECRET}@models.example.com/{{name}}")
pipeline(model=os.environ["MODEL"] + "?token={SECRET}")
pipeline(model=fetch("{SECRET}", token="{SECRET}"))
AutoModel.from_pretrained("org/three", token="hf_{SECRET}", use_auth_token="hf_{SECRET}")
hf_hub_download("org/four", "model.bin", token="hf_{SECRET}", endpoint="https://user:{SECRET}@hub.example.com")
# https://user:{SECRET}@huggingface.co/org/five?token={SECRET}
def f(: "{SECRET}"
""",
    "requirements.txt": f"""--index-url https://user:{SECRET}@pypi.example.com/simple
torch @ https://user:{SECRET}@files.example.com/torch-2.0-py3-none-any.whl?token={SECRET}
git+https://{SECRET}@github.com/huggingface/transformers.git@main#egg=transformers
???{SECRET}
-r {SECRET}.txt
""",
    "pyproject.toml": f"""[project]
name = "x"
version = "1"
dependencies = ["openai @ https://user:{SECRET}@files.example.com/openai.whl", "??? {SECRET}"]
[tool.uv.sources]
torch = {{ git = "https://user:{SECRET}@github.com/pytorch/pytorch" }}
""",
    "package.json": json.dumps(
        {
            "name": "x",
            "dependencies": {
                "openai": f"git+https://user:{SECRET}@github.com/openai/openai-node.git",
                "@huggingface/inference": f"https://user:{SECRET}@files.example.com/inference.tgz",
            },
        }
    ),
    "uv.lock": f"""version = 1
[[package]]
name = "torch"
version = "2.0"
source = {{ registry = "https://user:{SECRET}@pypi.example.com/simple" }}
[[package]]
name = "openai"
version = "2.0"
source = {{ git = "https://user:{SECRET}@github.com/openai/openai?rev=main#{"a" * 40}" }}
""",
    "run.sh": f"""export HF_TOKEN=hf_{SECRET} MODEL_TOKEN={SECRET}
hf download org/six --token hf_{SECRET}
huggingface-cli login --token {SECRET} && hf auth login --token={SECRET}
git clone https://user:{SECRET}@huggingface.co/org/seven
curl -H "Authorization: Bearer {SECRET}" "https://user:{SECRET}@huggingface.co/org/eight/resolve/main/x.bin?token={SECRET}"
curl "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent?key={SECRET}"
docker run -e OPENAI_API_KEY={SECRET} vllm/vllm-openai:v1 --model org/nine --api-key {SECRET}
pip install --index-url https://user:{SECRET}@pypi.example.com/simple torch
pip install "openai @ https://user:{SECRET}@files.example.com/openai.whl"
""",
    "Dockerfile": f"""FROM user:{SECRET}@registry.example.com/vllm/vllm-openai
ARG HF_TOKEN={SECRET}
RUN HF_TOKEN={SECRET} hf download org/ten --token {SECRET}
ADD https://user:{SECRET}@models.example.com/x.onnx?sig={SECRET} /x
""",
    "serving.yaml": f"""apiVersion: v1
spec:
  storageUri: s3://user:{SECRET}@bucket.example/x?key={SECRET}
  args: ["--model=org/eleven", "--api-key={SECRET}"]
""",
    "main.tf": f'variable "model_token" {{\n  default = "{SECRET}"\n}}\nlocals {{\n  llm_key = "org/{SECRET}-7b"\n}}\n',
    ".env": f"OPENAI_API_KEY=sk-{SECRET}\nMODEL='{SECRET}\n",
    "settings.yaml": f"token: {SECRET}\n\tmodel: [",
    "book.ipynb": json.dumps(
        {
            "nbformat": 4,
            "cells": [
                {
                    "cell_type": "code",
                    "source": [
                        "from openai import OpenAI\n",
                        f"OpenAI(api_key='{SECRET}').responses.create(model='o3-mini')",
                    ],
                    "outputs": [{"text": SECRET}],
                }
            ],
        }
    ),
}
"""Files that hold keys where people leave them."""


WRITE: Final = """
import pickle, sys
from pathlib import Path

from aibom import pipeline
from aibom.cli import main

tree, out, *formats = sys.argv[1:]
scan, found = pipeline.scan, []

def once(*arguments, **options):
    if not found:
        found.append(scan(*arguments, **options))
    return found[0]

pipeline.scan = once
for format in formats:
    for where in ("-", str(Path(out, format))):
        main(["scan", tree, "--mentions", "--format", format, "--output", where], standalone_mode=False)
Path(out, "bill").write_bytes(pickle.dumps(found[0]))
"""
"""Scans once, and lets the command line write what was found in every format, to standard output and to a file."""


def everything_written(tmp_path: Path, tree: Tree) -> Iterator[tuple[str, str]]:
    """Scan *tree*; yield all that people may read of it: each format, what the command line prints, and the values."""
    folder = tmp_path / "machine-path"
    folder.mkdir()
    put(folder, tree)
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-c", WRITE, str(folder), str(out), *FORMATS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=GUARD, check=True)
    told = done.stderr
    for format_ in FORMATS:
        told = told.replace(str(out / format_), "")  # It says what it was told to write.
        yield format_, (out / format_).read_text(encoding="utf-8")
    yield "standard output", done.stdout
    yield "standard error", told
    bill = pickle.loads((out / "bill").read_bytes())
    yield "table for a notebook", bill._repr_html_()
    yield "value", repr((bill.components, bill.relations, bill.findings, bill.diagnostics, bill.coverage, bill.target))


def test_no_secret_gets_out(tmp_path: Path):
    leaks = [what for what, text in everything_written(tmp_path, LEAKS) if SECRET in text]

    assert [] == leaks


def test_what_stands_beside_secrets_is_found(tmp_path: Path):
    put(tmp_path, LEAKS)

    names = {c.name for c in aibom.scan(tmp_path)}

    assert names >= {"gpt-4o", "gpt-4o-mini", "o3-mini", "org/three", "org/four", "torch", "openai", "transformers"}


@pytest.mark.parametrize("place", [None, *EXPECTED], ids=lambda place: place.__name__ if place else "leaks")
def test_no_path_of_the_machine_gets_out(tmp_path: Path, place: Callable[[Path], None] | None):
    written = everything_written(tmp_path, place or LEAKS)

    assert [] == [what for what, text in written if str(tmp_path) in text or "machine-path" in text]
