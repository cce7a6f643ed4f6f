"""`aibom scan --assess`, `aibom assess`, `aibom check` and `aibom rules`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import aibom
from aibom import Bill, Finding, Level, cli
from aibom.reports import findings_of, to_markdown, to_table

APP = "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "app.py").write_text(APP, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, list(map(str, arguments)), catch_exceptions=False)


def test_a_scan_is_assessed_when_asked(app: Path):
    without, with_ = run("scan", app), run("scan", app, "--assess")

    assert "unpinned-revision" not in without.stdout
    assert "warning: unpinned-revision: a/b is loaded without a revision" in with_.stdout
    assert "… and 2 info: library-unpinned (1), not-checked (1)" in with_.stdout
    assert "None of it is legal advice." in with_.stdout


def test_a_document_is_assessed(app: Path, tmp_path: Path):
    document = tmp_path / "bom.cdx.json"
    run("scan", app, "-q", "-o", document)

    result = run("assess", document, "--format", "markdown")

    assert 0 == result.exit_code
    assert "| warning | unpinned-revision | a/b is loaded without a revision" in result.stdout


@pytest.mark.parametrize(
    ("command", "name", "message"),
    [
        (("assess",), "app", "is no CycloneDX document; aibom scan makes one of a folder"),
        (("assess",), "app/app.py", "is no CycloneDX document; aibom scan makes one of a folder"),
        (("assess",), "none.json", "there is no file"),
        (("enrich",), "app", "is a folder; aibom scan --enrich finds what it uses, and enriches that"),
        (("check", "--since", "none.json"), "app", "there is no file"),
    ],
)
def test_what_is_no_document_is_refused_with_the_way_out(
    app: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], name: str, message: str
):
    monkeypatch.chdir(app.parent)

    result = run(*command, name)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.cdx.json", b'{"bomFormat": "CycloneDX", "comp'),  # The disk was full.
        ("report.json", b'{"bomFormat": "CycloneDX", "comp'),
        ("report.json", b'{"predicate": {"bomFormat": "CycloneDX", "specVersion": "1.6"}}'),
        ("report.json", b" \n"),
        ("sbom.json", b"{}"),
        ("app.spdx3.json", b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}'),
        ("report.xml", b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><comp'),
        ("report.xml", '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><comp'.encode("utf-16")),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("check",), ("coverage",), ("diff", "app"), ("explain", "a/b"), ("check", "app", "--since")],
    ids=" ".join,
)
def test_a_broken_document_passes_for_nothing_else(
    app: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], name: str, content: bytes
):
    monkeypatch.chdir(app.parent)
    Path(name).write_bytes(content)

    result = run(*command, name)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"aibom: TargetError: {name!r}: this is no ")


def test_a_file_of_settings_is_still_scanned_and_checked(tmp_path: Path):
    settings = tmp_path / "package.json"
    settings.write_text('{"name": "app", "dependencies": {"openai": "^5.0.0"}}', encoding="utf-8")

    assert 0 == run("check", settings).exit_code


def test_check_exits_with_1_when_the_policy_is_not_met(app: Path, tmp_path: Path):
    policy = tmp_path / "policy.toml"
    policy.write_text('pinned = true\n[fail]\nlevel = "warning"\n', encoding="utf-8")

    passed, failed, quiet = run("check", app), run("check", app, "-p", policy), run("check", app, "-p", policy, "-q")

    assert (0, 1, 1) == (passed.exit_code, failed.exit_code, quiet.exit_code)
    assert [
        "error: policy-pinned: a/b is used without a commit (app.py:2)",
        "warning: unpinned-revision: a/b is loaded without a revision",
    ] == [
        line.removesuffix(": the default branch at the time of the download is used (app.py:2)")
        for line in failed.stdout.splitlines()
    ]
    assert "failed: 2 failed, 0 excused, 0 known before" in failed.stderr
    assert "None of it is legal advice." in failed.stderr
    assert "" == quiet.output


def test_check_says_which_exemptions_are_of_no_use(app: Path, tmp_path: Path):
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[[exemption]]\nrule = "x"\nreason = "old"\nexpires = 2020-01-01\n[[exemption]]\nrule = "y"\nreason = "odd"\n',
        encoding="utf-8",
    )

    result = run("check", app, "-p", policy)

    assert "expired on 2020-01-01: the exemption of x for *: old" in result.stderr
    assert "excuses nothing: the exemption of y for *: odd" in result.stderr


def test_check_lets_pass_what_was_there_before(app: Path, tmp_path: Path):
    before, policy = tmp_path / "before.cdx.json", tmp_path / "policy.toml"
    policy.write_text('[fail]\nlevel = "warning"\n', encoding="utf-8")
    run("scan", app, "-q", "-o", before)
    known = run("check", app, "-p", policy, "--since", before)
    (app / "more.py").write_text(APP.replace("a/b", "c/d"), encoding="utf-8")
    more = run("check", app, "-p", policy, "--since", before)

    assert (0, 1) == (known.exit_code, more.exit_code)
    assert ["c/d"] == [line.split()[2] for line in more.stdout.splitlines()]
    assert 2 == run("check", app, "--since", policy).exit_code


def test_rules_are_listed_and_told():
    listed, one, none = run("rules"), run("rules", "gated"), run("rules", "gatd")
    exposed = run("rules", "literal-secret").stdout

    gated = next(line for line in listed.stdout.splitlines() if line.startswith("gated "))
    assert ["gated", "info", "A"] == gated.split()[:3]
    assert one.stdout.startswith(
        "gated (info)\nA model or a dataset is given only to those who accept its conditions.\n"
    )
    assert "What to do: Accept the conditions" in one.stdout
    assert (2, True) == (none.exit_code, "there is no rule 'gatd'" in none.stderr)
    assert "Exposes to, where it sees mcp.config.credentials: AML.T0083, AML.T0055, " in exposed
    assert "Exposes to" not in one.stdout


def test_findings_stand_in_the_reports_the_gravest_first():
    findings = [
        Finding("a", Level.INFO, "x", "good to know"),
        Finding("b", Level.ERROR, "x", "bad | thing", (aibom.Location("a.py", 1), aibom.Location("b.py", 2))),
        Finding("c", Level.WARNING, "x", "look"),
    ]
    bill = Bill(findings=findings)

    assert [
        "Findings (3)",
        "error: b: bad | thing (a.py:1 +1)",
        "warning: c: look",
        "… and 1 info: a (1)",
        "None of it is legal advice.",
    ] == to_table(bill).splitlines()[:5]
    assert [
        "| error | b | bad \\| thing | a.py:1 +1 |",
        "| warning | c | look |  |",
        "| info | a | good to know |  |",
    ] == [line for line in to_markdown(bill).splitlines() if line.startswith(("| error", "| warn", "| info"))]


def test_of_many_findings_by_one_rule_the_first_are_shown():
    many = [Finding("gated", Level.WARNING, f"model:huggingface:a/{n:02}", f"a/{n:02} is gated") for n in range(12)]
    other = Finding("x", Level.ERROR, "model:huggingface:a/01", "it is odd")

    lines = findings_of(Bill(findings=[*many, other]))

    shown = [f"warning: gated: a/{n:02} is gated" for n in range(10)]
    assert ["error: x: it is odd", *shown, "… and 2 more warning: gated"] == lines
