"""What functions do with what they are given, told from the facts of one file."""

from __future__ import annotations

import pytest
from tests.counting import steps

from aibom.link.harms import harms_of
from aibom.syntax import javascript, python


def harms(text: str) -> dict[str, list[str]]:
    code = python.read(text)
    return {code.scopes[scope].name: [f"{h.what} {h.callee}" for h in found] for scope, found in harms_of(code).items()}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("os.system(x)", ["shell os.system"]),
        ("os.system(f'du {x}')", ["shell os.system"]),
        ("os.system('du ' + shlex.quote(x))", []),
        ("os.system('du')", []),
        ("subprocess.run(x, shell=True)", ["shell subprocess.run"]),
        ("subprocess.run(x.split())", ["shell subprocess.run"]),
        ("subprocess.run(['git', 'log', x])", []),
        ("subprocess.run([x, '--help'])", ["shell subprocess.run"]),
        ("subprocess.run(['/bin/bash', '-c', x])", ["shell subprocess.run"]),
        ("subprocess.run([])", []),
        ("eval(x, {})", ["code eval"]),
        ("eval('1 + 1')", []),
        ("model.eval(x)", []),
        ("line = x.strip()\n    exec(line)", ["code exec"]),
        ("os.remove(x)", ["data os.remove"]),
        ("open(x, 'w')", ["data open"]),
        ("open(x)", []),
        ("open('log', 'a').write(x)", []),
        ("Path(x).unlink()", ["data pathlib.Path().unlink"]),
        ("sqlite3.connect('db').execute(x)", ["data sqlite3.connect().execute"]),
        ("sqlite3.connect('db').execute('select ?', (x,))", []),
        ("requests.get(x)", ["outside requests.get"]),
        ("requests.get(f'https://api.example/{x}')", []),
        ("smtplib.SMTP('mail').sendmail('a', 'b', x)", ["outside smtplib.SMTP().sendmail"]),
        ("print(x)", []),
    ],
)
def test_a_call_does_harm_where_it_is_given_what_the_function_is(body: str, expected: list[str]):
    imports = "import os, requests, shlex, smtplib, sqlite3, subprocess\nfrom pathlib import Path\n"

    assert expected == harms(f"{imports}def tool(x):\n    {body}\n").get("tool", [])


def test_a_function_does_what_those_do_that_it_hands_its_own_to():
    text = """
import os

def tool(x):
    return first(x)

def first(y):
    return second(y)

def second(z):
    os.system(z)

def other(x):
    return second("date")

class Shell:
    def _run(self, x):
        return self._go(x)

    def _go(self, y):
        os.system(y)

    def _name(self):
        os.system(self.name)
"""

    assert {"second", "first", "tool", "Shell", "Shell._run", "Shell._go"} == harms(text).keys()


def test_what_stands_inside_of_a_function_is_its_own():
    assert {"tool", "tool.inner"} == harms("def tool(x):\n    def inner():\n        exec(x)\n    inner()\n").keys()


def test_functions_of_javascript_count_too():
    code = javascript.read('import { execSync } from "node:child_process";\nfunction tool(x) { return execSync(x); }\n')

    assert [("tool", "shell")] == [(code.scopes[s].name, h.what) for s, found in harms_of(code).items() for h in found]


def test_it_takes_four_times_the_steps_for_four_times_as_much():
    def chain(size: int) -> int:
        calls = "".join(f"def f{n}(x):\n    return f{n + 1}(x)\n" for n in range(size))
        code = python.read(f"{calls}def f{size}(x):\n    exec(x)\n")
        return steps(lambda: harms_of(code))

    def many(size: int) -> int:
        code = python.read("def tool(x):\n" + "".join(f"    y{n} = x\n    exec(y{n})\n" for n in range(size)))
        return steps(lambda: harms_of(code))

    assert chain(200) < 6 * chain(50)
    assert many(200) < 6 * many(50)
