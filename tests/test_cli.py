"""The command line: what it prints, where, and with which code it exits."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from aibom import cli
from aibom.bill import Diagnostic
from aibom.cli import main
from aibom.detectors import builtin

CODE: Final = "from transformers import AutoModel\nAutoModel.from_pretrained('acme/ranker-7b')\n"
OPEN: Final = "from transformers import AutoModel\nAutoModel.from_pretrained(input())\n"
NOTE: Final = "app.py:2: not-followed: transformers.AutoModel.from_pretrained: the name is the result of input()"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, at a time that stands still, in a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Path:
    """Put a small program into the folder."""
    (folder / "app.py").write_text(CODE, encoding="utf-8")
    return folder


@pytest.fixture
def unclear(folder: Path) -> Path:
    """Put a program into the folder of which something stays open."""
    (folder / "app.py").write_text(OPEN, encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aibom", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
    )


def components(text: str) -> set[str]:
    """Return the names of the components of the document *text*."""
    return {"/".join(c[k] for k in ("group", "name") if k in c) for c in json.loads(text).get("components", [])}


# -- scan ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("app")
def test_a_scan_prints_a_table():
    result = run("scan")

    assert (0, "") == (result.exit_code, result.stderr)
    assert re.search(r"^Models \(1\) +provider +version +usage +where$", result.stdout, re.MULTILINE)
    assert re.search(r"^acme/ranker-7b +huggingface +used +app\.py:2$", result.stdout, re.MULTILINE)
    assert result.stdout.endswith("1 model, 1 library\n")


def test_nothing_found_is_no_error():
    result = run("scan")

    assert (0, "nothing found\n", "") == (result.exit_code, result.stdout, result.stderr)


def test_one_file_is_scanned(app: Path):
    (app / "other.py").write_text(CODE.replace("ranker", "reader"), encoding="utf-8")

    assert "reader" not in run("scan", "app.py").stdout


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("name", "begins"), [("bill.json", "{"), ("bill.cdx.json", "{"), ("bill.md", "# AI in"), ("bill.txt", "Models")]
)
def test_the_name_of_the_output_says_its_format(folder: Path, name: str, begins: str):
    result = run("scan", "--output", name)

    assert (0, "", f"{name}: 1 model, 1 library\n") == (result.exit_code, result.stdout, result.stderr)
    assert (folder / name).read_text("utf-8").startswith(begins)


@pytest.mark.usefixtures("app")
def test_a_dash_is_standard_output():
    result = run("scan", "-o", "-")

    assert (0, "", {"acme/ranker-7b", "transformers"}) == (
        result.exit_code,
        result.stderr,
        components(result.stdout),
    )


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("format_", "begins"), [("cyclonedx", "{"), ("markdown", "# AI in"), ("table", "Models")])
def test_the_format_may_be_named(folder: Path, format_: str, begins: str):
    assert run("scan", "--format", format_).stdout.startswith(begins)
    assert run("scan", "-f", format_, "-o", "-").stdout.startswith(begins)
    assert 0 == run("scan", "-f", format_, "-o", "bill.any").exit_code
    assert (folder / "bill.any").read_text("utf-8").startswith(begins)


def test_what_matches_is_left_out(app: Path):
    for name in ("one", "two"):
        (app / name).mkdir()
        (app / name / "app.py").write_text(CODE.replace("ranker", name), encoding="utf-8")
    result = run("scan", "--exclude", "one/", "--exclude", "two/", "-o", "-")

    assert {"acme/ranker-7b", "transformers"} == components(result.stdout)


def test_what_git_ignores_is_read_when_asked_for(app: Path):
    (app / ".gitignore").write_text("app.py\n", encoding="utf-8")

    assert [False, True] == ["acme/ranker-7b" in run("scan", *o).stdout for o in ((), ("--no-ignore",))]


@pytest.mark.usefixtures("app")
def test_libraries_may_be_left_out():
    assert {"acme/ranker-7b"} == components(run("scan", "--no-libraries", "-o", "-").stdout)


def test_mentions_are_written_on_request(app: Path):
    (app / "README.md").write_text("See https://huggingface.co/acme/other-7b\n", encoding="utf-8")

    assert [False, True] == ["acme/other-7b" in run("scan", *o).stdout for o in ((), ("--mentions",))]
    assert [False, True] == [
        "acme/other-7b" in components(run("scan", "-o", "-", *o).stdout) for o in ((), ("--mentions",))
    ]


@pytest.mark.usefixtures("app")
def test_large_files_are_not_read():
    result = run("scan", "--max-file-size", "10", "-o", "bill.json")

    assert 0 == result.exit_code
    assert result.stderr.startswith("app.py: too-large: ")
    assert "nothing found, 1 place could not be read" in result.stderr


@pytest.mark.usefixtures("unclear")
def test_what_is_open_is_said_once():
    table, document, file = run("scan"), run("scan", "-o", "-"), run("scan", "-o", "bill.json")

    assert (1, "") == (table.stdout.count(NOTE), table.stderr)
    assert f"{NOTE}\n" == document.stderr
    assert f"{NOTE}\nbill.json: 1 library, 1 call could not be followed\n" == file.stderr


@pytest.mark.usefixtures("unclear")
def test_quiet_prints_the_bill_alone():
    document, file = run("scan", "-q", "-o", "-"), run("scan", "--quiet", "-o", "bill.json")

    assert ("", "", "") == (document.stderr, file.stdout, file.stderr)
    assert {"transformers"} == components(document.stdout)


@pytest.mark.usefixtures("unclear")
def test_an_incomplete_bill_fails_on_request():
    codes = [run("scan", *o).exit_code for o in ((), ("--fail-on-incomplete",))]

    assert [0, 3] == codes
    assert 3 == run("scan", "--fail-on-incomplete", "-q", "-o", "bill.json").exit_code
    assert Path("bill.json").exists()


@pytest.mark.usefixtures("app")
def test_a_complete_bill_does_not_fail():
    assert 0 == run("scan", "--fail-on-incomplete").exit_code


def test_many_open_ends_are_counted(folder: Path):
    calls = "".join(f"AutoModel.from_pretrained(input({n}))\n" for n in range(30))
    (folder / "app.py").write_text(f"from transformers import AutoModel\n{calls}", encoding="utf-8")
    lines = run("scan", "-o", "-").stderr.splitlines()

    assert (21, "… and 10 more") == (len(lines), lines[-1])


def test_a_path_that_is_not_there_is_a_usage_error():
    result = run("scan", "nowhere")

    assert (2, "", "aibom: TargetError: nothing to scan at 'nowhere'\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )


@pytest.mark.usefixtures("app")
def test_an_ending_that_means_no_format_is_a_usage_error():
    result = run("scan", "-o", "bill.doc")
    endings = ".spdx3.json, .spdx.json, .json, .xml, .sarif, .md, .txt"
    message = f"the name 'bill.doc' does not say in which format to write: end it with {endings}"

    assert (2, "", f"aibom: DocumentError: {message}\n") == (result.exit_code, result.stdout, result.stderr)


@pytest.mark.usefixtures("app")
def test_an_output_that_cannot_be_written_is_a_usage_error():
    result = run("scan", "-o", "missing/bill.json")

    assert (2, "aibom: DocumentError: cannot write 'bill.json': No such file or directory\n") == (
        result.exit_code,
        result.stderr,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "--format", "word"),
        ("scan", "--max-file-size", "0"),
        ("scan", "--max-file-size", "x"),
        ("scan", "a", "b"),
        ("scan", "--nope"),
        ("nope",),
        ("validate",),
        ("scan", "--exclude"),
    ],
)
def test_a_wrong_use_is_exit_code_2(arguments: tuple[str, ...]):
    result = run(*arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(("Usage: ", "Error: "))


@pytest.mark.usefixtures("app")
def test_without_plugins_none_are_loaded(monkeypatch: pytest.MonkeyPatch):
    def load() -> tuple[tuple[()], tuple[Diagnostic, ...]]:
        return (), (Diagnostic("plugin-not-loaded", "acme: ImportError: acme"),)

    monkeypatch.setattr("aibom.pipeline.load", load)

    assert ["plugin-not-loaded: acme: ImportError: acme\n", ""] == [
        run("scan", "-o", "-", *o).stderr for o in ((), ("--no-plugins",))
    ]
    assert ["plugin-not-loaded: acme: ImportError: acme\n", ""] == [
        run("detectors", *o).stderr for o in ((), ("--no-plugins",))
    ]


@pytest.mark.usefixtures("app")
def test_the_same_tree_gives_the_same_bytes_at_a_time_that_stands_still():
    assert run("scan", "-o", "-").stdout == run("scan", "-o", "-").stdout


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("epoch", "stamp"), [("0", "1970-01-01T00:00:00"), ("1700000000", "2023-11-14T22:13:20")])
def test_the_time_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch, epoch: str, stamp: str):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert json.loads(run("scan", "-o", "-").stdout)["metadata"]["timestamp"].startswith(stamp)


@pytest.mark.usefixtures("app")
def test_the_time_is_the_present_otherwise(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    stamp = json.loads(run("scan", "-o", "-").stdout)["metadata"]["timestamp"]

    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", stamp)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("epoch", ["now", "", "1.5", "9" * 30, "\x1b[31m"])
def test_a_time_that_is_none_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, epoch: str):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("scan", "-o", "-")

    assert (2, "", f"aibom: TargetError: SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )


HOSTILE: Final = "a\x1b[31m\nb\u202e.py"


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_hostile_names_are_escaped(folder: Path):
    (folder / HOSTILE).write_text(OPEN + CODE.replace("ranker", "\\x1b[31mranker"), encoding="utf-8")
    (folder / "b.py").write_text("import transformers\nf(:\n", encoding="utf-8")
    printed = ""
    for arguments in ((), ("-o", "-"), ("-f", "markdown"), ("-o", "bill.json")):
        result = run("scan", "--mentions", *arguments)
        printed += result.stderr + ("" if arguments == ("-o", "-") else result.stdout)

    assert set() == {"\x1b", "\u202e"} & set(printed)
    assert "\\x1b" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
@pytest.mark.parametrize("arguments", [("scan",), ("validate",), ("explain", "x"), ("scan", ".", "-o")])
def test_hostile_arguments_are_escaped(arguments: tuple[str, ...]):
    result = run(*arguments, f"{HOSTILE}/x.doc")

    assert 2 == result.exit_code
    assert set() == {"\x1b", "\u202e"} & set(result.output)


# -- explain -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("name", ["acme/ranker-7b", "ranker-7b", "huggingface:acme/ranker-7b"])
def test_a_component_is_explained_by_its_places(name: str):
    result = run("explain", name)

    assert (0, "") == (result.exit_code, result.stderr)
    assert "acme/ranker-7b" in result.stdout
    assert "app.py:2" in result.stdout


@pytest.mark.usefixtures("app")
def test_a_component_is_explained_from_a_document():
    run("scan", "-o", "bill.json")
    Path("app.py").unlink()
    result = run("explain", "acme/ranker-7b", "bill.json")

    assert (0, True) == (result.exit_code, "app.py:2" in result.stdout)


@pytest.mark.usefixtures("app")
def test_a_component_that_is_not_there_is_a_usage_error():
    result = run("explain", "acme/other", "--no-plugins")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "acme/other" in result.stderr


@pytest.mark.parametrize("content", [b"{}", b"[1", b"\xff\xfe\x00", b'{"bomFormat": "other"}'])
def test_what_is_no_document_is_scanned(folder: Path, content: bytes):
    (folder / "x.json").write_bytes(content)

    assert 2 == run("explain", "acme/x", "x.json").exit_code


# -- validate ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("app")
def test_our_own_document_is_valid():
    run("scan", "-o", "bill.json")
    result = run("validate", "bill.json")

    assert (0, "", "bill.json: valid\n") == (result.exit_code, result.stdout, result.stderr)
    assert "" == run("validate", "-q", "bill.json").output


def broken(document: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield what is wrong in several ways."""
    yield document | {"components": [{"type": "nonsense", "name": "x"}]}
    yield document | {"dependencies": [{"ref": "nobody"}]}
    yield {k: v for k, v in document.items() if k != "specVersion"}


@pytest.mark.usefixtures("app")
def test_a_document_with_faults_is_not_valid(folder: Path):
    run("scan", "-q", "-o", "bill.json")
    for document in broken(json.loads((folder / "bill.json").read_text("utf-8"))):
        (folder / "bad.json").write_text(json.dumps(document), encoding="utf-8")
        result = run("validate", "bad.json")
        lines = result.stdout.splitlines()

        assert 1 == result.exit_code
        assert lines
        assert all(line.startswith("bad.json: ") for line in lines)
        assert re.fullmatch(r"bad\.json: \d+ faults?(?:, \d+ warnings?)?\n", result.stderr)
        assert (1, "") == ((quiet := run("validate", "--quiet", "bad.json")).exit_code, quiet.output)


@pytest.mark.parametrize("text", ["", "not JSON", "{", "[]", "3", "{}", '{"bomFormat": "SPDX"}', "\ufeff{}"])
def test_what_is_no_document_is_not_valid(folder: Path, text: str):
    (folder / "bad.json").write_text(text, encoding="utf-8")
    result = run("validate", "bad.json")

    assert 1 == result.exit_code
    assert result.stdout.startswith("bad.json: ")


def test_a_document_may_begin_with_a_byte_order_mark(app: Path):
    run("scan", "-q", "-o", "bill.json")
    (app / "marked.json").write_text("\ufeff" + (app / "bill.json").read_text("utf-8"), encoding="utf-8")

    assert 0 == run("validate", "marked.json").exit_code


def test_a_document_that_is_not_there_is_a_usage_error(folder: Path):
    missing = run("validate", "missing.json")
    (folder / "sub").mkdir()
    directory = run("validate", "sub")

    assert (2, "", "aibom: TargetError: cannot read 'missing.json': No such file or directory\n") == (
        missing.exit_code,
        missing.stdout,
        missing.stderr,
    )
    assert (2, "aibom: TargetError: cannot read 'sub': Is a directory\n") == (directory.exit_code, directory.stderr)


def test_a_document_that_is_not_text_is_not_valid(folder: Path):
    (folder / "bad.json").write_bytes(b"\xff\xfe{\x00}\x00")
    result = run("validate", "bad.json")

    assert (1, "bad.json: 1 fault\n") == (result.exit_code, result.stderr)


# -- the rest ------------------------------------------------------------------------------------


def test_detectors_are_listed_with_what_they_find():
    result = run("detectors", "--no-plugins")
    width = max(len(d.name) for d in builtin())

    assert [f"{d.name:{width}}  {d.summary}" for d in builtin()] == result.stdout.splitlines()
    assert 0 == result.exit_code


def test_the_version_is_that_of_the_distribution():
    result = run("--version")

    assert 0 == result.exit_code
    assert re.fullmatch(r"aibom \d+\.\d+\.\S+\n", result.stdout)


@pytest.mark.parametrize("command", [(), *((name,) for name in main.commands)])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_each_command_says_how_it_is_used(command: tuple[str, ...], option: str):
    result = run(*command, option)

    assert (0, "") == (result.exit_code, result.stderr)
    assert result.stdout.startswith(f"Usage: main {' '.join((*command, ''))}".rstrip())
    assert max(map(len, result.stdout.splitlines())) <= 120


def test_the_exit_codes_are_said():
    assert "Exit codes: 0 done" in run("--help").stdout
    assert "3 incomplete, with --fail-on-incomplete" in " ".join(run("scan", "--help").stdout.split())


def test_without_a_command_the_help_is_shown():
    result = run()

    assert "Usage: main" in result.output
    assert result.exit_code in {0, 2}  # click 8.2 made it 2.


# -- as a process --------------------------------------------------------------------------------


@pytest.mark.usefixtures("unclear")
def test_the_module_is_the_command_line():
    done = process("scan", "-o", "-", "--fail-on-incomplete")

    assert (3, f"{NOTE}\n", {"transformers"}) == (done.returncode, done.stderr, components(done.stdout))


def test_an_error_of_a_process_is_a_message_and_no_traceback():
    done = process("scan", "nowhere")

    assert (2, "", "aibom: TargetError: nothing to scan at 'nowhere'\n") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.usefixtures("app")
def test_a_terminal_that_is_not_utf_8_is_no_reason_to_fail():
    done = process("scan", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")

    assert (0, True) == (done.returncode, "acme/ranker-7b" in done.stdout), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes of this kind")
def test_a_reader_that_stops_is_no_reason_for_a_traceback(folder: Path):
    calls = "".join(f"AutoModel.from_pretrained('acme/ranker-{n}b')\n" for n in range(3000))
    (folder / "app.py").write_text(f"from transformers import AutoModel\n{calls}", encoding="utf-8")
    command = [sys.executable, "-m", "aibom", "scan", "-f", "cyclonedx"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read().decode()

    assert "Traceback" not in said
    assert "BrokenPipe" not in said


# -- progress ------------------------------------------------------------------------------------


def test_progress_is_shown_after_a_second(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    show = cli._progress()
    for text, now in (("1", 100.0), ("2", 100.9), ("3", 101.05), ("4", 101.1), ("5", 101.2), ("", 101.3)):  # noqa: B007
        show(text)

    assert ("", "\r3\r5\r") == tuple(capsys.readouterr())  # click keeps the escape for terminals.


def test_a_quick_scan_shows_no_progress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    show = cli._progress()
    for text in ("1 files", "2 files", ""):
        show(text)

    assert ("", "") == tuple(capsys.readouterr())


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("options", "expected"), [((), True), (("--quiet",), False)])
def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], expected: bool
):
    asked: list[str] = []
    monkeypatch.setattr(cli, "_progress", lambda: asked.append)
    main_end, other_end = pty.openpty()
    with os.fdopen(other_end, "w") as terminal, os.fdopen(main_end, "rb"):
        monkeypatch.setattr(sys, "stderr", terminal)
        main(["scan", "-o", "bill.json", *options], standalone_mode=False)

    assert expected is bool(asked)
    assert not expected or ["1 files", ""] == asked
