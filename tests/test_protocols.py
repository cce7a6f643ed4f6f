"""What a detector is, and how one is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aibom.bill import Detection, Kind
from aibom.detectors import builtin
from aibom.errors import PluginError
from aibom.files import File
from aibom.knowledge import Signature, parse_signatures
from aibom.prefilter import pattern_of
from aibom.protocols import CODE, Detector, FunctionDetector, SignatureDetector, detector, hints_of, wants
from aibom.testing import found_in

HEADER = "detector\tcallee\tkind\tprovider\tid\trevision\tcontext\tflags\n"


def table(*callees: str) -> tuple[Signature, ...]:
    """Return a table whose rows have these callees."""
    return parse_signatures(HEADER + "".join(f"acme\t{c}\tmodel\tacme\t0\t\t\t\n" for c in callees))


# -- @detector -------------------------------------------------------------------------------------


def test_a_function_becomes_a_detector():
    @detector("acme-cloud", files=["*.acme"], hints=["acme", ("slot", "id")])
    def acme(file: File) -> Iterator[Detection]:
        """
        Models of the Acme cloud.

        More that is for authors.
        """
        yield Detection(Kind.MODEL, "x", file.at(1))

    assert ("acme-cloud", "Models of the Acme cloud.", ("*.acme",), ("acme", ("slot", "id"))) == (
        acme.name,
        acme.summary,
        acme.files,
        acme.hints,
    )
    assert isinstance(acme, Detector)


def test_a_detector_asks_for_code_unless_it_says_otherwise():
    @detector("acme")
    def acme(_file: File) -> tuple[()]:
        """Nothing."""
        return ()

    assert (CODE, ()) == (acme.files, acme.hints)


@pytest.mark.parametrize("name", ["", "Acme", "acme_cloud", "-acme", "acme-", "a--b", "a b", "ä", "acme\n", "a.b"])
def test_a_name_that_is_not_lower_case_with_hyphens_is_the_authors_mistake(name: str):
    with pytest.raises(PluginError) as error:
        detector(name)

    assert f"a detector's name is lower case with hyphens, and {name!r} is not" == str(error.value)


@pytest.mark.parametrize("docstring", [None, "", "  \n "])
def test_a_function_without_a_docstring_is_the_authors_mistake(docstring: str | None):
    def acme(_file: File) -> tuple[()]:
        return ()

    acme.__doc__ = docstring
    with pytest.raises(PluginError) as error:
        detector("acme")(acme)

    assert "the detector 'acme' has no docstring: write in a sentence what it finds" == str(error.value)


@pytest.mark.parametrize("word", ["files", "hints"])
def test_one_text_in_place_of_several_is_the_authors_mistake(word: str):
    with pytest.raises(PluginError) as error:
        detector("acme", **{word: "acme_ai"})

    assert f"the {word} of the detector 'acme' are a sequence: write ['acme_ai']" == str(error.value)


@pytest.mark.parametrize("hints", [["good", "("], [("good", "(")]])
def test_a_hint_that_is_no_expression_is_the_authors_mistake(hints: list[str | tuple[str, ...]]):
    with pytest.raises(PluginError, match=re.escape("the hint '(' is no expression of RE2")):
        detector("acme", hints=hints)


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patterns", "name", "expected"),
    [
        (["*.py"], "a.py", True),
        (["*.py"], "a.pyc", False),
        (["*.py"], "a.py\n", False),
        (["*.py"], "a\nb.py", True),
        (["*.toml", "requirements*.txt"], "requirements-dev.txt", True),
        (["*.toml", "requirements*.txt"], "my-requirements.txt", False),
        (["[ab].txt"], "b.txt", True),
        (["a+b"], "aab", False),
        ([], "", False),
        ([], "a.py", False),
    ],
)
def test_a_shell_pattern_stands_for_whole_names(patterns: list[str], name: str, *, expected: bool):
    assert expected is bool(wants(patterns).match(name))


# -- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("callee", "expected"),
    [
        ("acme.Client", r"\bacme"),
        ("acme.cloud.*.load", r"\bacme"),
        ("acme_*.Client", r"\bacme_"),
        ("load_model", r"\bload_model"),
        ("Acme().load", r"\bAcme"),
        ("?.load", "load"),
        ("?.**.load", "load"),
        ("?.*.load", "load"),
        ("?.Acme().load", "load"),
        ("?.chat.create", r"chat\s*\.\s*create"),
        ("?.**.chat.create", r"chat\s*\.\s*create"),
        ("?.very.long.chat.create", r"chat\s*\.\s*create"),
        ("?.chat.create_*", r"chat\s*\.\s*create_"),
    ],
)
def test_a_hint_is_the_package_or_the_end_of_the_call(callee: str, expected: str):
    assert (expected,) == hints_of(table(callee))


def test_hints_come_sorted_and_once():
    assert (r"\bacme", r"\bzeta") == hints_of(table("zeta.A", "acme.B", "acme.C"))


@pytest.mark.parametrize(
    "code",
    [
        "import acme\nacme.load('m')\n",
        "client.chat.create('m')\n",
        "(client.chat\n    .create('m'))\n",
        "client.chat. create('m')\n",
    ],
)
def test_code_that_has_the_call_has_the_hint(code: str):
    assert pattern_of(hints_of(table("acme.load", "?.chat.create"))).search(code.encode())


def test_a_table_of_ones_own_finds_what_it_says(tmp_path: Path):
    own = parse_signatures(
        "# Calls of our own client.\n"
        + HEADER
        + "x\tacme.Client().run\tmodel\tacme\t0|model\t\ttemperature\thosted\n"
        + "x\tacme.fetch\tdataset\thuggingface\tname\trevision\t\t\n"
    )
    (tmp_path / "app.py").write_text(
        "import acme\n"
        "acme.Client(key='SECRET').run('acme-large', temperature=0.5)\n"
        "acme.fetch(name='acme/data', revision='v1')\n"
        "acme.fetch('acme/positional-is-not-taken')\n"
        "other.fetch(name='acme/no')\n",
        encoding="utf-8",
    )

    found = found_in(tmp_path, SignatureDetector("acme", "Models of Acme.", own))

    assert {
        "model": ["acme:acme-large (hosted) | app.py:2:31 | used | acme | acme.Client().run | temperature=0.5"],
        "dataset": ["huggingface:acme/data | app.py:3:17 | used | acme | acme.fetch | revision v1"],
    } == found


def test_a_detector_of_the_table_that_has_no_rows_is_a_mistake():
    with pytest.raises(PluginError) as error:
        _ = SignatureDetector.of("no-such-detector", "x").hints

    assert "no row of the table of signatures belongs to 'no-such-detector'" == str(error.value)


def test_detectors_of_equal_tables_are_equal_and_do_not_print_them():
    one, two = (SignatureDetector("acme", "Models of Acme.", table("acme.load")) for _ in range(2))

    assert one == two
    assert "SignatureDetector(name='acme', summary='Models of Acme.', files=(" in repr(one)
    assert "table" not in repr(one)


@pytest.mark.parametrize("each", builtin(), ids=lambda d: d.name)
def test_a_detector_of_aibom_says_in_one_sentence_what_it_finds(each: Detector):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.name)
    assert re.fullmatch(r"[A-Z][^\n]+\.", each.summary)
    assert isinstance(each.files, tuple)
    assert each.files


@pytest.mark.parametrize("thing", [None, 7, "x", object(), lambda: None])
def test_what_lacks_the_attributes_is_no_detector(thing: object):
    assert not isinstance(thing, Detector)


def test_a_function_detector_does_not_print_its_function():
    assert "FunctionDetector(name='a', summary='b', files=(), _hints=())" == repr(
        FunctionDetector("a", "b", (), (), lambda _: ())
    )
