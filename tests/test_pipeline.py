"""The public verbs: scan a tree with detectors, and write what they found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve, frozen

import aibom
from aibom import pipeline
from aibom.bill import Bill, Coverage, Detection, Diagnostic, Kind, Location, Target, Usage
from aibom.detectors import builtin
from aibom.errors import DocumentError, PluginError, TargetError
from aibom.files import File
from aibom.pipeline import FORMATS, available_detectors, render, scan, write
from aibom.protocols import FunctionDetector, detector
from aibom.testing import found, found_in, shown

CODE = "from transformers import AutoModel\nAutoModel.from_pretrained('acme/ranker-7b')\n"


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes files, and gives their folder."""

    def make(files: Mapping[str, str], name: str = "tree") -> Path:
        for path, text in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return tmp_path / name

    return make


def named(bill: Bill) -> list[str]:
    return [c.name for c in bill]


def asks(*files: str, hints: tuple[str | tuple[str, ...], ...] = (), name: str = "asks") -> FunctionDetector:
    """Return a detector that finds each file it is shown, by its path."""

    def detect(file: File) -> Iterator[Detection]:
        yield Detection(Kind.MODEL, file.path, file.at(1), "acme")

    return FunctionDetector(name, "Every file.", files, hints, detect)


# -- what is scanned -----------------------------------------------------------------------------


def test_a_folder_is_scanned(tree: Callable[..., Path]):
    bill = scan(tree({"app.py": CODE, "pkg/b.py": CODE.replace("ranker", "reader")}))

    assert {"acme/ranker-7b", "acme/reader-7b", "transformers"} == set(named(bill))


def test_a_single_file_is_scanned(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE, "other.py": CODE.replace("ranker", "reader")})
    bill = scan(folder / "app.py", libraries=False)

    assert ["acme/ranker-7b"] == named(bill)
    assert ["app.py:2"] == [str(e.location) for c in bill for e in c.evidence]


def test_the_present_folder_is_scanned_unless_another_is_named(
    tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tree({"app.py": CODE}))

    assert scan(".") == scan()
    assert ["acme/ranker-7b"] == named(scan(libraries=False))


def test_there_has_to_be_something_to_scan(tmp_path: Path):
    with pytest.raises(TargetError) as raised:
        scan(tmp_path / "nowhere")

    assert f"nothing to scan at {str(tmp_path / 'nowhere')!r}" == str(raised.value)


def test_libraries_may_be_left_out(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE, "requirements.txt": "torch\n"})

    assert {Kind.MODEL, Kind.LIBRARY} == {c.kind for c in scan(folder)}
    assert {Kind.MODEL} == {c.kind for c in scan(folder, libraries=False)}


def test_what_is_excluded_is_not_scanned(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE, "old/app.py": CODE.replace("ranker", "reader")})

    assert ["acme/ranker-7b"] == named(scan(folder, exclude=["old/"], libraries=False))
    assert ["acme/ranker-7b", "acme/reader-7b"] == named(scan(folder, libraries=False))


def test_what_git_ignores_is_scanned_when_asked_for(tree: Callable[..., Path]):
    folder = tree({".gitignore": "app.py\n", "app.py": CODE})

    assert [] == named(scan(folder))
    assert ["acme/ranker-7b"] == named(scan(folder, ignore=False, libraries=False))


def test_a_file_above_the_limit_is_said_to_be_too_large(tree: Callable[..., Path]):
    bill = scan(tree({"app.py": CODE}), limit=10)

    assert ([], ["too-large"]) == (named(bill), [d.code for d in bill.diagnostics])


def test_a_file_without_a_hint_is_not_parsed(tree: Callable[..., Path]):
    bill = scan(tree({"app.py": "def f(:\n"}))

    assert ((), 0) == (bill.diagnostics, bill.coverage.parsed)


def test_a_file_without_a_hint_is_parsed_when_a_name_leads_there(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE.replace("'acme/ranker-7b'", "NAME").replace("\n", "\nfrom names import NAME\n", 1)})
    (folder / "names.py").write_text("NAME = 'acme/ranker-7b'\n", encoding="utf-8")

    assert ["names.py:1"] == [str(e.location) for c in scan(folder, libraries=False) for e in c.evidence]


def test_progress_is_told_of_each_file(tree: Callable[..., Path]):
    folder = tree({"a.py": CODE, "b.py": "", "c.toml": ""})
    seen: list[int] = []
    scan(folder, progress=seen.append)

    assert list(range(1, len(seen) + 1)) == seen
    assert len(seen) >= 2


def test_coverage_counts_what_was_looked_at(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE, "plain.py": "x = 1\n", "photo.xyz": "x", ".gitignore": "z.py\n", "z.py": CODE})
    coverage = scan(folder).coverage

    assert Coverage(seen=5, read=2, parsed=1, unhandled=2, skips=coverage.skips) == coverage
    assert [("ignored", ("z.py",))] == [(s.reason, (s.path,)) for s in coverage.skips]


# -- the project ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, Target()),
        (
            {"pyproject.toml": "[project]\nname = 'Acme_App'\nversion = '1.2'\n"},
            Target("Acme_App", "1.2", "pkg:pypi/acme-app@1.2", "pyproject.toml"),
        ),
        (
            {"pyproject.toml": "[tool.poetry]\nname = 'acme'\nversion = '3'\n"},
            Target("acme", "3", "pkg:pypi/acme@3", "pyproject.toml"),
        ),
        (
            {"setup.cfg": "[metadata]\nname = acme\nversion = attr: acme.__version__\n"},
            Target("acme", None, "pkg:pypi/acme", "setup.cfg"),
        ),
        (
            {"package.json": '{"name": "@acme/app", "version": "1.0.0"}'},
            Target("@acme/app", "1.0.0", "pkg:npm/%40acme/app@1.0.0", "package.json"),
        ),
        (
            {"pyproject.toml": "[tool.ruff]\n", "package.json": '{"name": "app"}'},
            Target("app", None, "pkg:npm/app", "package.json"),
        ),
        ({"sub/pyproject.toml": "[project]\nname = 'acme'\n"}, Target()),
        ({"pyproject.toml": "[project\n"}, Target()),
    ],
)
def test_the_manifest_at_the_root_says_what_the_project_is(
    tree: Callable[..., Path], files: dict[str, str], expected: Target
):
    assert expected == scan(tree({"README.md": "", **files})).target


# -- detectors -----------------------------------------------------------------------------------


def test_only_the_given_detectors_are_asked(tree: Callable[..., Path]):
    folder = tree({"app.py": CODE, "x.acme": ""})

    assert ["x.acme"] == named(scan(folder, detectors=[asks("*.acme")]))
    assert [] == named(scan(folder, detectors=[]))


def test_the_core_writes_the_name_of_the_detector(tree: Callable[..., Path]):
    bill = scan(tree({"x.acme": ""}), detectors=[asks("*.acme", name="by-name")])

    assert [["by-name"]] == [[e.detector for e in c.evidence] for c in bill]


def test_a_detector_has_to_be_one(tree: Callable[..., Path]):
    with pytest.raises(PluginError) as raised:
        scan(tree({"a": ""}), detectors=["transformers"])  # type: ignore[list-item]

    assert "'transformers' is no detector: see aibom.protocols.Detector" == str(raised.value)


def test_a_crash_of_a_detector_is_said_and_the_others_go_on(tree: Callable[..., Path]):
    @detector("crashes", files=["*.acme"])
    def crashes(file: File) -> Iterator[Detection]:
        """Crash after the first."""
        yield Detection(Kind.MODEL, "first", file.at(1), "acme")
        raise ValueError("over")

    bill = scan(tree({"x.acme": "", "y.acme": ""}), detectors=[crashes, asks("*.acme")])
    expected = tuple(
        Diagnostic("detector-failed", "crashes: ValueError: over", Location(f"{name}.acme")) for name in "xy"
    )

    assert ({"first", "x.acme", "y.acme"}, expected) == (set(named(bill)), bill.diagnostics)
    assert not bill.complete


def test_a_detector_may_crash_before_it_yields(tree: Callable[..., Path]):
    def detect(_file: File) -> Iterator[Detection]:
        raise KeyError("x")

    bill = scan(tree({"x.acme": ""}), detectors=[FunctionDetector("crashes", "Crash.", ("*.acme",), (), detect)])

    assert (Diagnostic("detector-failed", "crashes: KeyError: 'x'", Location("x.acme")),) == bill.diagnostics


@pytest.mark.parametrize("nonsense", [None, "gpt-4o", 3, {"name": "x"}])
def test_what_is_no_detection_is_said(tree: Callable[..., Path], nonsense: object):
    def detect(file: File) -> Iterator[object]:
        yield nonsense
        yield Detection(Kind.MODEL, "good", file.at(1), "acme")

    bill = scan(tree({"x.acme": ""}), detectors=[FunctionDetector("odd", "Odd.", ("*.acme",), (), detect)])  # type: ignore[arg-type]
    why = f"odd: it yielded {type(nonsense).__name__}, not a Detection or a Diagnostic"

    assert (["good"], (Diagnostic("detector-failed", why, Location("x.acme")),)) == (named(bill), bill.diagnostics)


@pytest.mark.parametrize("returned", [None, 3])
def test_a_detector_has_to_give_something_to_iterate(tree: Callable[..., Path], returned: object):
    odd = FunctionDetector("odd", "Odd.", ("*.acme",), (), lambda _file: returned)  # type: ignore[arg-type, return-value]
    bill = scan(tree({"x.acme": ""}), detectors=[odd])

    assert ["detector-failed"] == [d.code for d in bill.diagnostics]


def test_a_detector_may_yield_diagnostics(tree: Callable[..., Path]):
    problem = Diagnostic("malformed-manifest", "odd", Location("x.acme", 3))
    says = FunctionDetector("says", "Says.", ("*.acme",), (), lambda _file: [problem])

    assert (problem,) == scan(tree({"x.acme": ""}), detectors=[says]).diagnostics


def test_a_detector_is_shown_only_the_files_that_it_asks_for(tree: Callable[..., Path]):
    folder = tree({"a.acme": "", "b.acme2": "", "c/d.acme": "", "e.py": "", "requirements-x.txt": ""})

    assert ["a.acme", "c/d.acme"] == named(scan(folder, detectors=[asks("*.acme")]))
    assert ["a.acme", "requirements-x.txt"] == named(scan(folder, detectors=[asks("a.*", "requirements*.txt")]))
    assert [] == named(scan(folder, detectors=[asks()]))


def test_a_detector_without_hints_sees_all_code(tree: Callable[..., Path]):
    folder = tree({"a.py": "x = 1\n", "b.ipynb": "{}", "c.pyw": ""})

    assert ["a.py", "b.ipynb", "c.pyw"] == named(scan(folder, detectors=[asks("*.py", "*.pyw", "*.ipynb")]))


@pytest.mark.parametrize("pattern", ["*", "a.*", "a.py", "*.p?"])
def test_a_detector_without_hints_sees_code_by_any_pattern(tree: Callable[..., Path], pattern: str):
    assert ["a.py"] == named(scan(tree({"a.py": "x = 1\n"}), detectors=[asks(pattern)]))


def test_a_detector_with_hints_sees_the_code_that_has_one(tree: Callable[..., Path]):
    folder = tree({"a.py": "acme_ai = 1\n", "b.py": "acme = 1\n", "c.py": "import acme.ai\n"})

    assert ["a.py", "c.py"] == named(scan(folder, detectors=[asks("*.py", hints=("acme_ai", r"acme\.\w+"))]))


def test_all_of_a_weak_hint_has_to_be_there(tree: Callable[..., Path]):
    folder = tree({"a.py": "model = 'x/y'\n", "b.py": "model = 1\n", "c.py": "'x/y'\n"})
    weak = asks("*.py", hints=((r"'\w+/\w+'", "model"),))

    assert ["a.py"] == named(scan(folder, detectors=[weak]))


def test_a_hint_of_one_detector_lets_the_others_see_the_file(tree: Callable[..., Path]):
    folder = tree({"a.py": "acme\n", "b.py": "other\n"})
    both = [asks("*.py", hints=("acme",), name="one"), asks("*.py", hints=("zzz",), name="two")]

    assert [{"one", "two"}] == [{e.detector for e in c.evidence} for c in scan(folder, detectors=both)]


@frozen
class Offered:
    """A detector as a class."""

    name: str = "offered"
    summary: str = "Whatever."
    files: tuple[str, ...] = ("*.acme",)
    hints: tuple[str, ...] = ()

    def detect(self, file: File) -> Iterator[Detection]:
        yield Detection(Kind.MODEL, "offered", file.at(1), "acme")


def offer(monkeypatch: pytest.MonkeyPatch, **offered: object) -> None:
    """Let distributions offer detectors."""
    loaded = tuple(offered.items())
    monkeypatch.setattr(pipeline, "load", lambda: (loaded, (Diagnostic("plugin-not-loaded", "another"),)))


def test_plugins_are_asked_too(tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    offer(monkeypatch, offered=Offered(), function=Offered)
    bill = scan(tree({"x.acme": ""}))

    assert (["offered"], ["plugin-not-loaded"]) == (named(bill), [d.code for d in bill.diagnostics])


def test_plugins_may_be_left_out(tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    offer(monkeypatch, offered=Offered())
    bill = scan(tree({"x.acme": ""}), plugins=False)

    assert ([], ()) == (named(bill), bill.diagnostics)
    assert (builtin(), ()) == available_detectors(plugins=False)


def test_given_detectors_leave_plugins_out(tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    offer(monkeypatch, offered=Offered())

    assert [] == named(scan(tree({"x.acme": ""}), detectors=[asks("*.other")]))


def test_a_plugin_that_is_no_detector_is_said(monkeypatch: pytest.MonkeyPatch):
    def fails() -> object:
        raise OSError("no disk")

    def good() -> Offered:
        return Offered()

    offer(monkeypatch, number=3, fails=fails, made=lambda: "x", good=good)
    detectors, problems = available_detectors()

    assert (*builtin(), Offered()) == detectors
    assert ["another", "fails: ", "made: it", "number: "] == sorted(p.message[:8].removesuffix("O") for p in problems)


# -- always the same -----------------------------------------------------------------------------

MANY = {
    "app.py": CODE,
    "zeta/a.py": "from transformers import pipeline\npipeline(model='a/b')\npipeline(model=unknown)\n",
    "alpha/b.py": "import openai\nopenai.OpenAI().embeddings.create(model='text-embedding-3-small')\n",
    "requirements.txt": "openai==1.2\ntransformers\n",
    "README.md": "https://huggingface.co/acme/ranker-7b\n",
    "pyproject.toml": "[project]\nname = 'acme'\nversion = '1'\n",
    "broken.py": "import transformers\ndef f(:\n",
}


def test_the_same_tree_elsewhere_gives_the_same_bill_and_the_same_bytes(tree: Callable[..., Path]):
    one = scan(tree(MANY, "one"))
    two = scan(tree(dict(reversed(MANY.items())), "elsewhere/two"))

    assert one == two
    assert {f: render(one, f) for f in FORMATS} == {f: render(two, f) for f in FORMATS}


def test_the_order_of_the_entries_of_a_folder_does_not_matter(
    tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    folder = tree(MANY)
    expected = scan(folder)
    real = os.scandir

    @contextmanager
    def backwards(where: str | int = ".") -> Iterator[Iterator[os.DirEntry[str]]]:
        with real(where) as entries:
            yield iter(sorted(entries, key=lambda e: e.name, reverse=True))

    monkeypatch.setattr(os, "scandir", backwards)

    assert expected == scan(folder)


def test_the_order_of_detectors_does_not_matter(tree: Callable[..., Path]):
    folder = tree(MANY)

    assert scan(folder, detectors=builtin()) == scan(folder, detectors=builtin()[::-1])


def test_a_scan_changes_nothing_in_the_tree(tree: Callable[..., Path]):
    folder = tree(MANY)
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
    scan(folder)

    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def test_the_verbs_are_those_of_the_package():
    assert (scan, write) == (aibom.scan, aibom.write)


# -- writing -------------------------------------------------------------------------------------

AT = Location("app.py", 1)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def bill(tree: Callable[..., Path]) -> Bill:
    return scan(tree({"app.py": CODE, "README.md": "See https://huggingface.co/acme/other-7b\n"}))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_bill_is_written_in_the_format_that_the_name_means(bill: Bill, tmp_path: Path, format_: str):
    for ending in FORMATS[format_]:
        write(bill, tmp_path / f"bill.cdx{ending}")

        assert render(bill, format_) == (tmp_path / f"bill.cdx{ending}").read_bytes().decode()


def test_the_format_may_be_named(bill: Bill, tmp_path: Path):
    write(bill, tmp_path / "bill.json", format="markdown")
    write(bill, str(tmp_path / "bill"), format="table")

    assert (render(bill, "markdown"), render(bill, "table")) == (
        (tmp_path / "bill.json").read_text("utf-8"),
        (tmp_path / "bill").read_text("utf-8"),
    )


def test_the_time_is_written_when_it_is_given(bill: Bill, tmp_path: Path):
    write(bill, tmp_path / "bill.json", timestamp=NOON)

    assert "2026-01-02T12:00:00" in (tmp_path / "bill.json").read_text("utf-8")
    assert "timestamp" not in render(bill, "cyclonedx")


@pytest.mark.parametrize("format_", [f for f in FORMATS if f != "sarif"])  # It has findings alone.
def test_what_is_only_mentioned_is_written_on_request(bill: Bill, format_: str):
    assert [False, True] == ["acme/other-7b" in render(bill, format_, mentions=m) for m in (False, True)]
    assert "acme/ranker-7b" in render(bill, format_)


def test_an_unknown_format_is_an_error(bill: Bill):
    with pytest.raises(DocumentError) as raised:
        render(bill, "word")

    assert f"there is no format 'word'; there are {', '.join(FORMATS)}" == str(raised.value)


@pytest.mark.parametrize("name", ["bill.doc", "bill", "json", ".cdx"])
def test_a_name_that_means_no_format_is_an_error(bill: Bill, tmp_path: Path, name: str):
    with pytest.raises(DocumentError) as raised:
        write(bill, tmp_path / name)

    endings = ".spdx3.json, .spdx.json, .json, .xml, .sarif, .md, .txt"
    assert (f"the name {name!r} does not say in which format to write: end it with {endings}", []) == (
        str(raised.value),
        [p.name for p in tmp_path.iterdir() if p.name == name],
    )


def test_a_file_that_cannot_be_written_is_an_error(bill: Bill, tmp_path: Path):
    with pytest.raises(DocumentError) as raised:
        write(bill, tmp_path / "missing" / "bill.json")

    assert "cannot write 'bill.json': No such file or directory" == str(raised.value)


def test_line_ends_are_those_of_unix(bill: Bill, tmp_path: Path):
    write(bill, tmp_path / "bill.md")

    assert b"\r" not in (tmp_path / "bill.md").read_bytes()


# -- for authors of detectors --------------------------------------------------------------------


def test_a_detector_is_tried_on_a_string():
    line = "huggingface:acme/ranker-7b | app.py:2:27 | used | transformers | transformers.AutoModel.from_pretrained"

    assert [line] == found(CODE)["model"]


def test_a_detector_is_tried_on_files():
    expected = {"model": ["acme:a/x.acme | a/x.acme:1:0 | used | asks", "acme:y.acme | y.acme:1:0 | used | asks"]}

    assert expected == found({"a/x.acme": "text", "y.acme": b"\x00"}, asks("*.acme"))


def test_a_detector_is_tried_on_a_folder(tree: Callable[..., Path]):
    folder = tree({"x.acme": ""})

    assert {"model": ["acme:x.acme | x.acme:1:0 | used | asks"]} == found_in(folder, asks("*.acme"))
    assert {} == found_in(folder, asks("*.other"))


def test_a_bill_is_shown_with_all_that_its_evidence_says():
    def detect(file: File) -> Iterator[Detection | Diagnostic]:
        made = Detection(
            Kind.MODEL, "x", Location("x.acme", 2, 3, 4), "acme", revision="v1", usage=Usage.OPTIONAL, symbol="f"
        )
        yield evolve(made, hosted=True, reaches=(Location("y.py", 5),), context=(("split", "test"),))
        yield Diagnostic("unreadable", "gone", file.at(1))

    tried = found({"x.acme": ""}, FunctionDetector("all", "All.", ("*.acme",), (), detect))
    expected = {
        "model": [
            "acme:x (hosted) | x.acme:2:3 cell 4 | optional | all | f | revision v1 | reaches y.py:5 | split=test"
        ],
        "diagnostics": ["x.acme:1: unreadable: gone"],
    }

    assert expected == tried
    assert {} == shown(Bill())
