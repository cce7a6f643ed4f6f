"""Reports for people, whatever the tree holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aibom.bill import Bill, Component, Diagnostic, Evidence, Kind, Location, Target, Usage
from aibom.reports import to_markdown, to_table
from aibom.reports.table import columns_of

SUMMARY = (
    "2 models, 1 dataset, 1 service, 2 libraries, 1 call takes its model from the caller, 1 call could not be followed"
)
COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    [
        "<script>",
        "a|b",
        "`x`",
        "![x](http://e)",
        "\x1b[2J",
        "a\nb",
        "\r",
        "@everyone",
        "\u202e",
        "| --- |",
        "\\|",
        "#1",
        "&lt;",
    ]
)
USES = st.builds(Evidence, st.builds(Location, HOSTILE, st.integers(0, 9)), HOSTILE, revision=st.none() | HOSTILE)
BILLS = st.builds(
    lambda components, diagnostics, target: Bill(components, diagnostics=diagnostics, target=Target(target)),
    st.lists(
        st.builds(
            Component,
            st.sampled_from(Kind),
            HOSTILE,
            HOSTILE,
            st.none() | st.just(COMMIT),
            st.none() | HOSTILE,
            evidence=st.lists(USES, max_size=2),
            properties=st.lists(st.tuples(st.just("version-range"), HOSTILE), max_size=1),
        ),
        max_size=4,
    ),
    st.lists(st.builds(Diagnostic, st.just("not-followed"), HOSTILE, st.builds(Location, HOSTILE)), max_size=3),
    HOSTILE,
)


def a_bill() -> Bill:
    """Return a bill with every kind."""
    return Bill(
        [
            Component(
                Kind.MODEL,
                "huggingface",
                "Qwen/Qwen3-8B",
                COMMIT,
                evidence=[Evidence(Location("app.py", 3, 5), "x"), Evidence(Location("b.py", 1), "x")],
            ),
            Component(Kind.MODEL, "openai", "gpt-4o", hosted=True, evidence=[Evidence(Location("app.py", 9), "x")]),
            Component(
                Kind.DATASET,
                "huggingface",
                "stanfordnlp/imdb",
                evidence=[Evidence(Location("nb.ipynb", 9, 0, 2), "x", usage=Usage.OPTIONAL, revision="main")],
            ),
            Component(Kind.SERVICE, "openai", "openai", hosted=True),
            Component(Kind.LIBRARY, "pypi", "torch", version="2.9.0"),
            Component(Kind.LIBRARY, "pypi", "transformers", properties=[("version-range", ">=4"), ("category", "x")]),
        ],
        diagnostics=[
            Diagnostic("not-followed", "the model comes from os.environ['MODEL_NAME']", Location("app.py", 12)),
            Diagnostic("supplied-by-caller", "not shown"),
        ],
        target=Target("acme_app"),
    )


def test_a_table_has_a_section_for_each_kind_and_ends_with_the_summary():
    assert (
        "Models (2)     provider     version       usage  where\n"
        "─────────────  ───────────  ────────────  ─────  ───────────\n"
        "Qwen/Qwen3-8B  huggingface  86b5e0934494  used   app.py:3 +1\n"
        "gpt-4o         openai                     used   app.py:9\n"
        "\n"
        "Datasets (1)      provider     version  usage     where\n"
        "────────────────  ───────────  ───────  ────────  ───────────────────\n"
        "stanfordnlp/imdb  huggingface  main     optional  nb.ipynb:9 (cell 2)\n"
        "\n"
        "Services (1)  provider  version  usage    where\n"
        "────────────  ────────  ───────  ───────  ─────\n"
        "openai        openai             mention\n"
        "\n"
        "Libraries (2)  provider  version  usage    where\n"
        "─────────────  ────────  ───────  ───────  ─────\n"
        "torch          pypi      2.9.0    mention\n"
        "transformers   pypi      >=4      mention\n"
        "\n"
        f"{SUMMARY}\n"
        "app.py:12: not-followed: the model comes from os.environ['MODEL_NAME']\n"
    ) == to_table(a_bill(), width=120)


def test_markdown_has_a_table_for_each_kind_and_says_what_is_open():
    assert (
        "# AI in acme\\_app\n"
        "\n"
        f"{SUMMARY}.\n"
        "\n"
        "## Models\n"
        "\n"
        "| name | provider | version | usage | where |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Qwen/Qwen3-8B | huggingface | 86b5e0934494 | used | app.py:3 +1 |\n"
        "| gpt-4o | openai |  | used | app.py:9 |\n"
        "\n"
        "## Datasets\n"
        "\n"
        "| name | provider | version | usage | where |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| stanfordnlp/imdb | huggingface | main | optional | nb.ipynb:9 (cell 2) |\n"
        "\n"
        "## Services\n"
        "\n"
        "| name | provider | version | usage | where |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| openai | openai |  | mention |  |\n"
        "\n"
        "## Libraries\n"
        "\n"
        "| name | provider | version | usage | where |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| torch | pypi | 2.9.0 | mention |  |\n"
        "| transformers | pypi | \\>=4 | mention |  |\n"
        "\n"
        "## Not decided\n"
        "\n"
        "- app.py:12: not-followed: the model comes from os.environ\\['MODEL\\_NAME'\\]\n"
    ) == to_markdown(a_bill())


def test_nothing_found_is_said_too():
    assert "nothing found\n" == to_table(Bill())
    assert "# AI in this code base\n\nNothing found.\n" == to_markdown(Bill())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", "a\\|b"),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[x](javascript:y)", "\\[x\\](javascript:y)"),
        ("![x](http://e)", "\\!\\[x\\](http://e)"),
        ("`code`", "\\`code\\`"),
        ("**b** _i_ ~~s~~", "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~"),
        ("\\|", "\\\\\\|"),
        ("&lt;", "\\&lt;"),
        ("@acme/sdk", "@<!-- -->acme/sdk"),
        ("a\n# b", "a\\\\n\\# b"),
    ],
)
def test_markdown_shows_a_hostile_name_as_it_is(text: str, expected: str):
    shown = to_markdown(Bill([Component(Kind.LIBRARY, "npm", text)]))

    assert f"\n| {expected} | npm |  | mention |  |\n" in shown


@given(BILLS)
def test_no_report_has_a_control_character(bill: Bill):
    for report in (to_table(bill, width=200), to_markdown(bill)):
        assert report.endswith("\n")
        assert report.replace("\n", "").isprintable()


@given(BILLS)
def test_no_name_makes_a_row_or_a_line_of_its_own(bill: Bill):
    kinds = len({c.kind for c in bill})
    lost = len({d for d in bill.diagnostics if d.incomplete})

    rows = [line for line in to_markdown(bill).split("\n") if line.startswith("|")]
    assert len(bill) + 2 * kinds == len(rows)
    assert all(6 == len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows)
    assert lost == sum(line.startswith("- ") for line in to_markdown(bill).split("\n"))
    assert len(bill) + 3 * kinds + 1 + lost == len(to_table(bill, width=200).splitlines())


def test_a_table_lists_the_first_of_what_is_open_and_counts_the_rest():
    lost = [Diagnostic("not-followed", "?", Location("app.py", n)) for n in range(1, 101)]

    lines = to_table(Bill(diagnostics=lost)).splitlines()
    assert ["nothing found, 100 calls could not be followed", *map(str, lost[:20]), "… and 80 more"] == lines


@given(BILLS)
def test_markdown_has_no_html_but_the_comment_that_keeps_names_asleep(bill: Bill):
    assert not re.search(r"(?<!\\)(?:\\\\)*<", to_markdown(bill).replace("@<!-- -->", ""))


@pytest.mark.parametrize("width", [100, 120, 200])
def test_a_table_fits_its_width(width: int):
    bill = Bill(
        [
            Component(
                Kind.MODEL,
                "huggingface",
                f"{'owner' * 20}/{'name' * n}",
                evidence=[Evidence(Location("deep/" * n + "app.py", 3), "x", revision="branch" * n)],
            )
            for n in (1, 10, 40)
        ]
    )

    assert max(map(len, to_table(bill, width=width).splitlines())) <= width


def test_what_does_not_fit_is_shortened_in_the_middle():
    bill = Bill([Component(Kind.MODEL, "huggingface", f"start{'x' * 200}end")])

    (row,) = [line for line in to_table(bill, width=100).splitlines() if line.startswith("start")]
    assert re.match(r"startx+…x+end  huggingface", row)


def test_a_table_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch):
    bill = Bill([Component(Kind.MODEL, "huggingface", "x" * 300)])
    monkeypatch.setenv("COLUMNS", "90")

    assert to_table(bill, width=90) == to_table(bill)


@pytest.mark.parametrize("width", [-5, 1, 60])
def test_a_table_is_never_too_narrow_to_read(width: int):
    assert to_table(a_bill(), width=60) == to_table(a_bill(), width=width)


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (Component(Kind.MODEL, "p", "n"), ("n", "p", "", "mention", "")),
        (Component(Kind.MODEL, "p", "n", COMMIT, "v"), ("n", "p", "86b5e0934494", "mention", "")),
        (
            Component(Kind.MODEL, "p", "n", version="v", properties=[("version-range", "r")]),
            ("n", "p", "v", "mention", ""),
        ),
        (Component(Kind.MODEL, "p", "n", properties=[("version-range", "r")]), ("n", "p", "r", "mention", "")),
        (
            Component(
                Kind.MODEL,
                "p\x1b",
                "n\n",
                evidence=[Evidence(Location("a", n), "x", revision=f"r{n}") for n in (1, 2, 3)],
            ),
            ("n\\n", "p\\x1b", "r1, r2, r3", "used", "a:1 +2"),
        ),
    ],
)
def test_the_columns_are_name_provider_version_usage_and_place(component: Component, expected: tuple[str, ...]):
    assert expected == columns_of(component)
