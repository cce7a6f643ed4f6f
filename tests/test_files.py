"""Walk a tree and hand out its files, each read once and parsed once."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from aibom import files
from aibom.bill import Coverage, Diagnostic, Level, Location, Skip
from aibom.errors import AibomError, TargetError
from aibom.files import DEFAULT_EXCLUDES, LIMIT, File, Tree, walk
from aibom.syntax import Code, Data, Scope

NOTHING = (Scope("module", "", -1, 1),)
POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")


def write(root: Path, contents: Mapping[str, str | bytes]) -> Path:
    """Write files below *root*, each by its path."""
    for path, content in contents.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def paths(tree: Tree) -> list[str]:
    """Return the paths of the files that *tree* hands out, those that git ignores in parentheses."""
    return [f"({file.path})" if file.ignored else file.path for file in tree]


def skips(tree: Tree) -> list[tuple[str, str]]:
    """Return what *tree* did not read, and why."""
    list(tree)
    return [(skip.path, skip.reason) for skip in tree.coverage.skips]


def only(root: Path, name: str, content: bytes | str, *, limit: int = LIMIT) -> File:
    """Return the one file of a tree that holds nothing else."""
    (file,) = walk(write(root, {name: content}), limit=limit)
    return file


def said(file: File | Tree) -> list[str]:
    """Return the diagnostics as people read them."""
    return [str(d) for d in file.diagnostics]


def symlink(link: Path, target: Path | str) -> None:
    """Make a symbolic link and the folders above it."""
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


# -- what is handed out --------------------------------------------------------------------------


def test_files_with_a_reader_come_by_name_those_of_a_folder_before_its_folders(tmp_path: Path):
    write(tmp_path, {"b.py": "", "a/z.json": "", "a.py": "", "a/b/c.yml": "", "a/a.toml": "", "README.md": ""})

    assert ["a.py", "b.py", "a/a.toml", "a/z.json", "a/b/c.yml"] == paths(walk(tmp_path))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.py", ("python", None)),
        ("a.PY", ("python", None)),
        ("a.pyw", ("python", None)),
        ("a.ipynb", ("notebook", None)),
        ("a.json", (None, "json")),
        ("a.jsonc", (None, "json")),
        ("Pipfile.lock", (None, "json")),
        ("a.yaml", (None, "yaml")),
        ("a.yml", (None, "yaml")),
        ("a.toml", (None, "toml")),
        ("pylock.dev.toml", (None, "toml")),
        ("Pipfile", (None, "toml")),
        ("uv.lock", (None, "toml")),
        ("poetry.lock", (None, "toml")),
        ("a.ini", (None, "ini")),
        ("setup.cfg", (None, "ini")),
        (".env", (None, "env")),
        (".env.local", (None, "env")),
        ("prod.env", (None, "env")),
        ("model.safetensors", (None, None)),
        ("MODEL.GGUF", (None, None)),
    ],
)
def test_the_name_says_what_reads_a_file(tmp_path: Path, name: str, kind: tuple[str | None, str | None]):
    file = only(tmp_path, name, "")

    assert (name, *kind) == (file.name, file.language, file.format)


@pytest.mark.parametrize("name", ["a.pyi", "a.txt", "py", "a.py.orig", ".envrc", "yarn.lock"])
def test_files_of_other_kinds_are_counted_and_not_handed_out(tmp_path: Path, name: str):
    tree = walk(write(tmp_path, {name: ""}))

    assert [] == list(tree)
    assert Coverage(seen=1, unhandled=1) == tree.coverage


def test_a_caller_can_ask_for_more_files_by_name(tmp_path: Path):
    write(tmp_path, {"requirements.txt": "openai\n", "a/Dockerfile": "FROM x", "b.txt": ""})

    tree = walk(tmp_path, wanted={"requirements.txt", "Dockerfile"}.__contains__)

    assert [("requirements.txt", None, None), ("a/Dockerfile", None, None)] == [
        (f.path, f.language, f.format) for f in tree
    ]


@pytest.mark.parametrize(
    "head", ["#!/usr/bin/env python3\n", "#! /usr/bin/python -u", "#!/usr/bin/env -S uv run --script\n", "#!/opt/pypy3"]
)
def test_a_script_without_suffix_is_python_when_its_first_line_says_so(tmp_path: Path, head: str):
    assert "python" == only(tmp_path, "bin/tool", head).language


@pytest.mark.parametrize("head", ["#!/bin/sh\n# python", "#!/usr/bin/env -S bash -e\n", "#! /bin/zsh"])
def test_a_script_without_suffix_is_handed_out_when_its_first_line_says_that_a_shell_runs_it(tmp_path: Path, head: str):
    assert (None, None) == (only(tmp_path, "bin/tool", head).language, only(tmp_path, "bin/tool", head).format)


@pytest.mark.parametrize("head", ["#!/usr/bin/perl\n# sh", "python", "", "#!/usr/bin/env ipython", "#!/usr/bin/fish"])
def test_other_files_without_suffix_are_not(tmp_path: Path, head: str):
    assert [] == paths(walk(write(tmp_path, {"bin/tool": head})))


def test_a_script_that_git_ignores_is_not_even_looked_at(tmp_path: Path):
    tree = walk(write(tmp_path, {"tool": "#!/usr/bin/python", ".gitignore": "tool"}))

    assert [] == paths(tree)
    assert Coverage(seen=2, unhandled=2) == tree.coverage


def test_a_single_file_is_handed_out_whatever_its_kind_and_whatever_is_excluded(tmp_path: Path):
    write(tmp_path, {"a.md": "# A", "b.py": "", ".gitignore": "*"})
    tree = walk(tmp_path / "a.md", exclude=["*"])

    (file,) = tree

    assert ("a.md", None, None, "# A", False) == (file.path, file.language, file.format, file.text, file.ignored)
    assert (None, None) == (file.sibling("b.py"), tree.file("b.py"))
    assert (same := tree.file("a.md")) is not None
    assert "# A" == same.text
    assert Coverage(seen=1, read=1) == tree.coverage


def test_a_single_file_may_be_a_script_or_a_link(tmp_path: Path):
    write(tmp_path, {"bin/tool": "#!/usr/bin/env python\nimport openai", "bin/other": "x"})
    symlink(tmp_path / "run", "bin/tool")

    (file,) = walk(tmp_path / "run")
    (other,) = walk(tmp_path / "bin/other")

    assert ("run", "python", "openai") == (file.path, file.language, file.code.imports[0].target)
    assert ("other", None) == (other.path, other.language)


def test_a_path_may_be_text_or_end_in_a_slash(tmp_path: Path):
    write(tmp_path, {"a.py": ""})

    assert ["a.py"] == paths(walk(f"{tmp_path}/")) == paths(walk(str(tmp_path / "a.py")))


@pytest.mark.parametrize("path", ["nowhere", "no\0where"])
def test_nothing_at_the_path_is_the_callers_mistake(path: str):
    with pytest.raises(TargetError) as caught:
        walk(path)

    assert f"nothing to scan at {path!r}" == str(caught.value)


@POSIX
def test_neither_is_a_fifo_something_to_scan(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(TargetError, match="it is neither a file nor a folder"):
        walk(tmp_path / "pipe")


def test_the_scanned_folder_may_be_a_link(tmp_path: Path):
    write(tmp_path, {"real/a.py": ""})
    symlink(tmp_path / "link", "real")

    assert ["a.py"] == paths(walk(tmp_path / "link"))


def test_iterating_twice_gives_the_same_twice(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.py": "", "b.txt": "", ".git/config": ""}))
    first = (paths(tree), tree.coverage)

    assert first == (paths(tree), tree.coverage)
    assert Coverage(seen=2, unhandled=1, skips=(Skip(".git/", "excluded-by-default"),)) == tree.coverage


# -- what is left out ----------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", DEFAULT_EXCLUDES)
def test_folders_of_tools_are_not_entered_and_are_named(tmp_path: Path, pattern: str):
    tree = walk(write(tmp_path, {f"src/{pattern}inner/a.py": "", "b.py": ""}))

    assert ["b.py"] == paths(tree)
    assert Coverage(seen=1, skips=(Skip(f"src/{pattern}", "excluded-by-default"),)) == tree.coverage


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "conda-meta/history"])
def test_an_environment_is_told_by_what_is_in_it(tmp_path: Path, marker: str):
    write(tmp_path, {f"myenv/{marker}": "", "myenv/lib/x.py": "", "env/a.py": "", "venv/pyvenv.cfg/a.py": ""})
    tree = walk(tmp_path)

    assert ["env/a.py", "venv/pyvenv.cfg/a.py"] == paths(tree)
    assert [("myenv/", "excluded-by-default")] == skips(tree)
    assert tree.file("myenv/lib/x.py") is None
    assert walk(tmp_path).file("myenv/lib/x.py") is None


def test_a_negated_pattern_opens_what_is_closed_by_default(tmp_path: Path):
    write(tmp_path, {"node_modules/a.py": "", "env/pyvenv.cfg": "", "env/b.py": "", "o/node_modules/c.py": ""})
    open_ = ["env/b.py", "env/pyvenv.cfg", "node_modules/a.py"]

    tree = walk(tmp_path, exclude=["!/node_modules/", "!env/"])
    assert (open_, [("o/node_modules/", "excluded-by-default")]) == (paths(tree), skips(tree))

    write(tmp_path, {".aibomignore": "!/node_modules/\n!env/\n"})
    assert open_ == paths(walk(tmp_path))


def test_the_root_itself_may_be_a_folder_that_is_closed_by_default(tmp_path: Path):
    write(tmp_path, {".venv/pyvenv.cfg": "", ".venv/a.py": ""})

    assert ["a.py", "pyvenv.cfg"] == paths(walk(tmp_path / ".venv"))


def test_what_the_caller_excludes_stays_out_model_files_too(tmp_path: Path):
    write(tmp_path, {"tests/a.py": "", "x/tests/b.py": "", "x/m.gguf": "", "x/c.py": "", "x/.env": ""})
    tree = walk(tmp_path, exclude=["/tests/", "*.gguf", ".env"])

    assert ["x/c.py", "x/tests/b.py"] == paths(tree)
    assert [("tests/", "excluded"), ("x/.env", "excluded"), ("x/m.gguf", "excluded")] == skips(tree)


def test_what_the_caller_wants_is_read_though_git_ignores_it(tmp_path: Path):
    write(tmp_path, {".gitignore": "build/\n*.json", "build/a.py": "", "b.json": ""})

    assert ["b.json", "build/a.py"] == paths(walk(tmp_path, exclude=["!build/", "!b.json"]))


@pytest.mark.parametrize("pattern", ["!", "a\\"])
def test_a_pattern_that_git_would_not_take_is_the_callers_mistake(tmp_path: Path, pattern: str):
    with pytest.raises(AibomError) as caught:
        walk(tmp_path, exclude=["ok", pattern])

    assert f"not a pattern of .gitignore's form: {pattern!r}" == str(caught.value)


def test_files_that_git_ignores_are_left_out_and_named(tmp_path: Path):
    write(tmp_path, {".gitignore": "\ufeff# ours\n/gen.py\r\nbuild/\n", "gen.py": "", "a/gen.py": "", "build/b.py": ""})
    tree = walk(tmp_path)

    assert ["a/gen.py"] == paths(tree)
    assert [("build/", "ignored"), ("gen.py", "ignored")] == skips(tree)
    assert Coverage(seen=3, unhandled=1, skips=tree.coverage.skips) == tree.coverage


Matcher = Callable[[Sequence[str]], Callable[[str], int]]
MATCHERS = pytest.mark.parametrize("matcher", [files._by_re2, files._by_re])


@MATCHERS
@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        ({".gitignore": "*.py\n!a.py"}, ["a.py", "d/a.py", "d/e/a.py"]),
        ({".gitignore": "*.py", "d/.gitignore": "!b.py"}, ["d/b.py", "d/e/b.py"]),
        ({".gitignore": "*.py", "d/.gitignore": "!*.py", "d/e/.gitignore": "a.py"}, ["d/a.py", "d/b.py", "d/e/b.py"]),
        ({".gitignore": "d/\n!d/a.py"}, ["a.py", "b.py"]),  # Nothing brings back what lies in an ignored folder.
        ({".gitignore": "d/*\n!d/e"}, ["a.py", "b.py", "d/e/a.py", "d/e/b.py"]),
        ({".gitignore": "d/**\n!d/a.py"}, ["a.py", "b.py", "d/a.py"]),
        ({".gitignore": "d/**/"}, ["a.py", "b.py", "d/a.py", "d/b.py"]),
        ({".gitignore": "*\n!*/\n!a.py"}, ["a.py", "d/a.py", "d/e/a.py"]),  # An allow list.
        ({".gitignore": "*\n!a.py"}, ["a.py"]),
        ({".gitignore": "/*\n!/d/"}, ["d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"]),
        (
            {".gitignore": "a.py\n!d/"},
            ["b.py", "d/b.py", "d/e/b.py"],
        ),  # What is said of a folder is not said of its files.
        ({".gitignore": "e/a.py"}, ["a.py", "b.py", "d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"]),
        ({".gitignore": "**/e/a.py"}, ["a.py", "b.py", "d/a.py", "d/b.py", "d/e/b.py"]),
        ({".gitignore": "!a.py\na.py\n!a.py\nb.py"}, ["a.py", "d/a.py", "d/e/a.py"]),
        ({".gitignore": "!\n[z-a].py\n[[a].py\n\\\n"}, ["b.py", "d/b.py", "d/e/b.py"]),
        ({".gitignore": "[z-a].py\n"}, ["a.py", "b.py", "d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"]),
        ({".git/info/exclude": "d/", ".gitignore": "a.py"}, ["b.py"]),
        ({"d/.git/info/exclude": "*"}, ["a.py", "b.py", "d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"]),
        ({".gitignore": "*", ".aibomignore": "!*"}, ["a.py", "b.py", "d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"]),
    ],
)
def test_ignore_files_hold_as_in_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matcher: Matcher, ignored: dict[str, str | bytes], left: list[str]
):
    monkeypatch.setattr(files, "_matcher", matcher)
    write(tmp_path, dict.fromkeys(["a.py", "b.py", "d/a.py", "d/b.py", "d/e/a.py", "d/e/b.py"], ""))

    assert left == paths(walk(write(tmp_path, ignored)))


@MATCHERS
def test_names_that_are_no_utf8_or_hold_line_breaks_are_matched_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matcher: Matcher
):
    monkeypatch.setattr(files, "_matcher", matcher)
    for name in (b"a\xff.py", b"b\n.py", b"c\xff.json", b"d\n.json"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    write(tmp_path, {".gitignore": "*.json"})

    tree = walk(tmp_path)

    assert ["a\udcff.py", "b\n.py"] == paths(tree)
    assert [("c\udcff.json", "ignored"), ("d\n.json", "ignored")] == skips(tree)


def test_a_pattern_that_is_too_much_for_re2_matches_nothing():
    last = files._by_re2(["^a", "^" + "[^/]*y" * 20_000, "^c"])

    assert (0, 2, -1) == (last("a"), last("c"), last("y" * 20_000))


def test_without_re2_a_pattern_with_many_stars_matches_nothing():
    last = files._by_re([r"^(?:.+/)?[^/]*a[^/]*a[^/]*a[^/]*a[^/]*a[^/]*b(?:/|$)", r"^(?:.+/)?a[^/]*(?:/|$)"])

    assert (1, -1) == (last("a" * 250), last("c"))


def test_ignore_files_can_be_switched_off(tmp_path: Path):
    write(tmp_path, {".gitignore": "a.py", ".aibomignore": "b.py", ".git/info/exclude": "c.py"})
    write(tmp_path, {"a.py": "", "b.py": "", "c.py": "", "node_modules/d.py": ""})

    assert ["a.py", "b.py", "c.py"] == paths(walk(tmp_path, ignore=False))


def test_what_lies_above_the_root_is_not_asked(tmp_path: Path):
    write(tmp_path, {".gitignore": "*.py", "sub/a.py": ""})

    assert ["a.py"] == paths(walk(tmp_path / "sub"))


def test_an_ignore_file_that_cannot_be_read_ignores_nothing_and_is_named(tmp_path: Path):
    write(tmp_path, {".gitignore": "*.py\n" * 30_000, "a.py": "", "d/b.py": ""})
    symlink(tmp_path / "d/.gitignore", "../a.py")  # As in git: it is no link's target that is asked.
    tree = walk(tmp_path)

    assert ["a.py", "d/b.py"] == paths(tree)
    assert [".gitignore: too-large: nothing is ignored by it: more than 131,072 bytes"] == said(tree)


def test_an_ignore_file_that_vanishes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, {".gitignore": "*.py", "a.py": ""})
    listed = files._listed

    def vanishing(base: str, path: str) -> dict[str, str]:
        found = listed(base, path)
        (tmp_path / ".gitignore").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(files, "_listed", vanishing)
    tree = walk(tmp_path)

    assert ["a.py"] == paths(tree)
    assert [".gitignore: unreadable: nothing is ignored by it: No such file or directory"] == said(tree)


MANY = "with those above it, it has too many patterns"


def test_an_ignore_file_with_too_many_patterns_ignores_nothing_and_is_named(tmp_path: Path):
    patterns = "".join(f"*{n}*{n % 7}*a.py\n" for n in range(3000))
    tree = walk(write(tmp_path, {".gitignore": patterns, "110a.py": "", "d/.gitignore": "b.py", "d/b.py": ""}))

    assert ["110a.py"] == paths(tree)
    assert [f".gitignore: too-large: nothing is ignored by it: {MANY}"] == said(tree)


def test_ignore_files_count_up_to_a_number_of_patterns(tmp_path: Path):
    inner = "d/" * 64
    write(tmp_path, {f"{'d/' * n}.gitignore": f"{n}.py" for n in range(65)})
    write(tmp_path, {f"{inner}0.py": "", f"{inner}63.py": "", f"{inner}64.py": ""})
    tree = walk(tmp_path)

    assert [f"{inner}64.py"] == paths(tree)
    assert [f"{inner}.gitignore: too-large: nothing is ignored by it: {MANY}"] == said(tree)


# -- what is read though git ignores it ----------------------------------------------------------


def test_model_files_and_local_settings_are_read_though_git_ignores_them_and_say_so(tmp_path: Path):
    local = [".env", ".env.local", ".mcp.json", "config.local.yaml", "m.onnx", "prod.env", "settings.local.json"]
    write(tmp_path, {".gitignore": "*\nweights/", "a.py": "", **dict.fromkeys(local, "x")})
    write(tmp_path, {"weights/b.py": "", "weights/v1/m.safetensors": "", "weights/v1/config.json": ""})
    write(tmp_path, {"weights/node_modules/m.bin": "", "weights/.env": ""})
    tree = walk(tmp_path)
    read = [*local, "weights/.env", "weights/v1/m.safetensors"]

    assert [f"({path})" for path in read] == paths(tree)
    assert [("a.py", "ignored"), ("weights/", "ignored")] == skips(tree)
    assert Coverage(11, 0, 0, 1, tree.coverage.skips, tuple(read)) == tree.coverage


def test_what_aibomignore_names_is_never_read(tmp_path: Path):
    write(tmp_path, {".gitignore": "weights/", ".aibomignore": "*.bin\n.env\nold/", "weights/m.bin": "", ".env": ""})
    write(tmp_path, {"weights/m.gguf": "", "weights/old/n.gguf": "", "old/a.py": ""})
    tree = walk(tmp_path)

    assert ["(weights/m.gguf)"] == paths(tree)
    assert [(".env", "excluded"), ("old/", "excluded"), ("weights/", "ignored")] == skips(tree)


def test_what_aibomignore_opens_within_an_ignored_folder_is_read_whole(tmp_path: Path):
    write(tmp_path, {".gitignore": "out/", ".aibomignore": "!out/app/", "out/app/a.py": "", "out/b.py": ""})

    assert ["out/app/a.py"] == paths(walk(tmp_path))


def test_an_ignored_folder_is_looked_through_level_by_level_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "_ENTRIES", 5)
    write(tmp_path, {".gitignore": "data/", "data/a/b/deep.bin": "", "data/m.bin": "", "data/z/n.bin": ""})
    write(tmp_path, {"data/a/1.txt": "", "data/a/2.txt": ""})
    tree = walk(tmp_path)

    assert ["(data/m.bin)"] == paths(tree)
    assert [("data/", "ignored")] == skips(tree)


def hub(root: Path) -> Path:
    """Make a cache of Hugging Face, with one repository of two commits."""
    repository = root / "hub/models--org--name"
    write(
        repository, {"refs/main": "c1", "blobs/aaa": "#!/usr/bin/python", "blobs/bbb": '{"x": 1}', ".no_exist/c1/y": ""}
    )
    write(repository, {"blobs/ccc": "other"})
    for commit in ("c1", "c2"):
        symlink(repository / f"snapshots/{commit}/model.safetensors", "../../blobs/aaa")
        symlink(repository / f"snapshots/{commit}/sub/config.json", "../../../blobs/bbb")
    symlink(repository / "snapshots/c1/README.md", "../../blobs/ccc")
    return root


SNAPSHOTS = [
    "hub/models--org--name/refs/main",
    "hub/models--org--name/snapshots/c1/model.safetensors",
    "hub/models--org--name/snapshots/c1/sub/config.json",
    "hub/models--org--name/snapshots/c2/model.safetensors",
    "hub/models--org--name/snapshots/c2/sub/config.json",
]


def test_a_hugging_face_cache_is_read_by_the_names_of_its_snapshots(tmp_path: Path):
    tree = walk(hub(tmp_path))
    found = list(tree)

    assert SNAPSHOTS == [f.path for f in found]
    assert (b"#!/usr", 17, "c1") == (found[1].head(6), found[1].size, found[0].text)
    assert 1 == found[2].data.entries[0].value
    assert (Coverage(6, 3, 1, 1), ()) == (tree.coverage, tree.diagnostics)


def test_so_it_is_when_git_ignores_it(tmp_path: Path):
    write(hub(tmp_path), {".gitignore": "hub/", "hub/other.json": ""})
    tree = walk(tmp_path)

    assert [f"({path})" for path in SNAPSHOTS] == paths(tree)
    assert Coverage(6, 0, 0, 1, (Skip("hub/", "ignored"),), tuple(SNAPSHOTS)) == tree.coverage


def test_so_it_is_when_git_ignores_only_the_names_within(tmp_path: Path):
    write(hub(tmp_path), {".gitignore": "*.safetensors\nconfig.json"})

    assert [path if path.endswith("main") else f"({path})" for path in SNAPSHOTS] == paths(walk(tmp_path))


def test_one_repository_of_a_cache_can_be_the_root(tmp_path: Path):
    found = paths(walk(hub(tmp_path) / "hub/models--org--name"))

    assert [path.removeprefix("hub/models--org--name/") for path in SNAPSHOTS] == found


def test_a_file_of_a_snapshot_is_found_by_its_path(tmp_path: Path):
    file = walk(hub(tmp_path)).file(SNAPSHOTS[1])

    assert file is not None
    assert SNAPSHOTS[1] == file.path
    assert (sibling := file.sibling("README.md")) is not None
    assert ("hub/models--org--name/snapshots/c1/README.md", "other") == (sibling.path, sibling.text)


# -- hostile trees -------------------------------------------------------------------------------


@POSIX
@pytest.mark.hostile
def test_what_is_no_file_is_named_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)  # The path of a socket is short.
    os.mkfifo("pipe.py")
    os.mkfifo("ignored.py")
    write(tmp_path, {".gitignore": "ignored.py", "z.py": ""})
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.json")
        tree = walk(".")

        assert ["z.py"] == paths(tree)
    assert [("ignored.py", "ignored"), ("pipe.py", "not-a-file"), ("socket.json", "not-a-file")] == skips(tree)
    assert [
        "pipe.py: not-a-file: it is a FIFO, a socket or a device",
        "socket.json: not-a-file: it is a FIFO, a socket or a device",
    ] == said(tree)


@pytest.mark.hostile
def test_links_are_not_followed(tmp_path: Path):
    write(tmp_path, {"root/a/b.py": "", "outside/c.py": "", "rootless/d.py": ""})
    links: dict[str, Path | str] = {
        "to_file.py": "a/b.py",  # Met under its own name.
        "to_folder": "a",
        "out.py": "../outside/c.py",
        "out": tmp_path / "outside",
        "near": "../rootless",
        "above": "..",
        "nothing": "nowhere",
        "through": "a/b.py/c",
        "self": "self",
        "one": "two",
        "two": "one",
        "a/up": "..",
        "a/here": ".",
    }
    for link, target in links.items():
        symlink(tmp_path / "root" / link, target)
    tree = walk(tmp_path / "root")

    assert ["a/b.py"] == paths(tree)
    assert [
        "a/here: broken-link: the link leads back to a folder that it is in",
        "a/up: broken-link: the link leads back to a folder that it is in",
        "above: outside-root: the link leads out of the scanned folder",
        "near: outside-root: the link leads out of the scanned folder",
        "nothing: broken-link: the link leads nowhere",
        "one: broken-link: the link leads nowhere",
        "out: outside-root: the link leads out of the scanned folder",
        "out.py: outside-root: the link leads out of the scanned folder",
        "self: broken-link: the link leads nowhere",
        "through: broken-link: the link leads nowhere",
        "two: broken-link: the link leads nowhere",
    ] == said(tree)
    assert [(str(d.location), d.code) for d in tree.diagnostics] == skips(tree)


def test_a_link_that_cannot_be_resolved_is_unreadable(tmp_path: Path):
    symlink(tmp_path / "long.py", "x" * 300)
    tree = walk(tmp_path)

    assert [] == paths(tree)
    assert ["long.py: unreadable: the link could not be followed: File name too long"] == said(tree)


@pytest.mark.hostile
def test_names_may_hold_anything(tmp_path: Path):
    for name in (b"a\nb.py", b"\x1b[31m.py", b"\xff\xfe.py"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("def f(:")
    tree = walk(tmp_path)

    assert ["\x1b[31m.py", "a\nb.py", "\udcff\udcfe.py"] == [file.path for file in tree if file.code.problems]
    assert ["\\x1b[31m.py:1", "a\\nb.py:1", "\\udcff\\udcfe.py:1"] == [str(d.location) for d in tree.diagnostics]


@pytest.mark.hostile
@pytest.mark.parametrize("name", ["d", "longer_name"])
def test_folders_may_be_deep(tmp_path: Path, name: str):
    depth = 5000 if name == "d" else 1000
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=descriptor)
        inner = os.open(name, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(os.open("a.py", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor))
    os.symlink("a.py", "link.py", dir_fd=descriptor)
    os.close(descriptor)
    deep = f"{name}/" * depth

    tree = walk(tmp_path)
    (file,) = tree

    assert (f"{deep}a.py", b"", 0) == (file.path, file.bytes, file.size)
    assert [f"{deep}link.py: unreadable: the link could not be followed: File name too long"] == said(tree)
    assert (found := file.sibling("a.py")) is not None
    assert file.path == found.path
    assert file.sibling("b.py") is None

    _remove(tmp_path, name, depth)


def _remove(root: Path, name: str, depth: int) -> None:
    """Remove the folders of one deep chain; `shutil.rmtree`, by which pytest cleans up, gives in to them."""
    descriptors = [os.open(root, os.O_RDONLY)]
    while depth:  # Move the chain up step by step: no more than two folders need to be open.
        inner = os.open(name, os.O_RDONLY, dir_fd=descriptors[0])
        depth -= 1
        if depth:
            os.rename(name, "rest", src_dir_fd=inner, dst_dir_fd=descriptors[0])
        else:
            for left in ("a.py", "link.py"):
                os.unlink(left, dir_fd=inner)
        os.close(inner)
        os.rmdir(name, dir_fd=descriptors[0])
        if depth:
            os.rename("rest", name, src_dir_fd=descriptors[0], dst_dir_fd=descriptors[0])
    os.close(descriptors[0])


@pytest.mark.hostile
def test_folders_deeper_than_the_bound_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "_LONGEST", 10)
    tree = walk(write(tmp_path, {"a/b.py": "", "a/long_name/c.py": ""}))

    assert ["a/b.py"] == paths(tree)
    assert ["a/long_name/: unreadable: it could not be listed: File name too long"] == said(tree)


def test_a_folder_that_vanishes_is_named_without_the_path_of_this_machine(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.py": "", "d/b.py": ""}))
    files_ = iter(tree)
    next(files_)
    (tmp_path / "d/b.py").unlink()
    (tmp_path / "d").rmdir()

    assert [] == list(files_)
    assert [("d/", "unreadable")] == [(s.path, s.reason) for s in tree.coverage.skips]
    assert ["d/: unreadable: it could not be listed: No such file or directory"] == said(tree)


def test_a_root_that_vanishes_is_named(tmp_path: Path):
    root = tmp_path / "root"
    root.mkdir()
    tree = walk(root)
    root.rmdir()

    assert [] == list(tree)
    assert [".: unreadable: it could not be listed: No such file or directory"] == said(tree)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path):
    write(tmp_path, {"d/a.py": "", "b.py": ""})
    (tmp_path / "d").chmod(0)
    (tmp_path / "b.py").chmod(0)
    tree = walk(tmp_path)

    assert [b""] == [file.bytes for file in tree]
    assert [("b.py", "unreadable"), ("d/", "unreadable")] == skips(tree)
    (tmp_path / "d").chmod(0o700)


def test_a_file_that_vanishes_is_named_once_however_often_it_is_asked(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.py": "import openai"}))
    (file,) = tree
    (tmp_path / "a.py").unlink()

    views = [(file.bytes, file.text, file.code, file.head(5), file.size) for _ in range(3)]

    assert [(b"", "", Code("python", NOTHING), b"", 0)] * 3 == views
    assert ["a.py: unreadable: it could not be read: No such file or directory"] == said(file) == said(tree)
    assert Coverage(1, 0, 0, 0, (Skip("a.py", "unreadable"),)) == tree.coverage


@POSIX
@pytest.mark.hostile
def test_a_fifo_or_a_link_that_takes_the_place_of_a_file_is_not_read(tmp_path: Path):
    write(tmp_path, {"a.py": "", "b.py": "", "tool": "", "secret": "x"})
    tree = walk(tmp_path)
    a, b = tree
    for name in ("a.py", "b.py", "tool"):
        (tmp_path / name).unlink()
    os.mkfifo(tmp_path / "a.py")
    os.mkfifo(tmp_path / "tool")
    symlink(tmp_path / "b.py", "secret")

    assert (b"", b"", None) == (a.bytes, b.bytes, tree._walk._script("tool"))
    assert ["a.py: not-a-file: it is no longer a file"] == said(a)
    assert [f"b.py: unreadable: it could not be read: {os.strerror(errno.ELOOP)}"] == said(b)


# -- content -------------------------------------------------------------------------------------


def test_a_file_is_read_once_and_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tree = walk(write(tmp_path, {"a.py": "import openai", "b.json": "{}", "c.bin": "xyz"}))
    a, b, c = tree
    opened = []
    real = files._open

    def counting(base: str, path: str, flags: int) -> int:
        opened.append(path)
        return real(base, path, flags)

    monkeypatch.setattr(files, "_open", counting)

    for _ in range(3):
        assert a.code.imports[0].target == "openai"
        assert (13, b"import", Data("json")) == (a.size, a.head(6), b.data)
    assert b"x" == c.head(1)
    assert ["a.py", "b.json", "c.bin"] == opened
    assert Coverage(seen=3, read=3, parsed=2) == tree.coverage


def test_what_is_released_is_read_again(tmp_path: Path):
    file = only(tmp_path, "a.py", "x = 1")
    code = file.code
    write(tmp_path, {"a.py": "y = 2"})

    file.release(keep_facts=True)
    assert (True, "y = 2") == (file.code is code, file.text)

    file.release()
    assert "y" == file.code.scopes[0].bindings[0].name


def test_a_file_without_reader_has_no_facts(tmp_path: Path):
    (file,) = walk(write(tmp_path, {"a.bin": "x"}))

    assert (Code(""), Data("")) == (file.code, file.data)
    assert [] == said(file)


def test_a_place_in_a_notebook_names_the_cell(tmp_path: Path):
    cells = [
        {"cell_type": "code", "source": [line], "metadata": {}, "outputs": []} for line in ("import openai", "x = (")
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file = only(tmp_path, "a.ipynb", json.dumps(book, indent=1))
    line = file.code.imports[0].line

    assert Location("a.ipynb", line, 3, 1) == file.at(line, 3)
    assert [("syntax-error", 2)] == [(d.code, d.location.cell) for d in file.diagnostics if d.location]


def test_a_place_elsewhere_does_not(tmp_path: Path):
    assert Location("a.py", 7, 2) == only(tmp_path, "a.py", "").at(7, 2)


def test_what_a_reader_finds_wrong_is_said_once(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.py": "def f(:", "b.json": '{"a": }'}))

    for file in tree:
        for _ in range(3):
            assert (Code, Data) == (type(file.code), type(file.data))
            file.release()
    assert [("a.py", "syntax-error"), ("b.json", "syntax-error")] == [
        (d.location.path, d.code) for d in tree.diagnostics if d.location
    ]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("secret"), ("syntax-error", "its reader failed: ValueError", Level.ERROR)),
        (RecursionError(), ("too-deep", "its reader ran out of stack", Level.WARNING)),
    ],
)
def test_a_fault_in_a_reader_costs_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: tuple[str, str, Level]
):
    def broken(*_: str) -> Code:
        raise error

    monkeypatch.setattr("aibom.syntax.python.read", broken)
    monkeypatch.setattr("aibom.syntax.structured.read", broken)
    tree = walk(write(tmp_path, {"a.py": "x", "b.json": "{}"}))
    a, b = tree

    assert (Code("python", NOTHING), Data("json")) == (a.code, b.data)
    code, message, level = expected
    assert (Diagnostic(code, message, Location("a.py"), level),) == a.diagnostics
    assert (Diagnostic(code, message, Location("b.json"), level),) == b.diagnostics


def test_a_file_over_the_limit_gives_its_head_alone(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.py": "x" * 11, "b.py": "x" * 10, "c.json": " " * 2000}), limit=10)
    a, b, c = tree

    assert (b"", "", Code("python", NOTHING), b"xxx", 11) == (a.bytes, a.text, a.code, a.head(3), a.size)
    assert (b"x" * 10, Data("json")) == (b.bytes, c.data)
    assert [
        "a.py: too-large: it has 11 bytes, more than the limit of 10",
        "c.json: too-large: it has 2,000 bytes, more than the limit of 10",
    ] == said(tree)
    assert [("a.py", "too-large"), ("c.json", "too-large")] == skips(tree)


def test_model_files_over_the_limit_are_nothing_to_report(tmp_path: Path):
    file = only(tmp_path, "m.safetensors", "x" * 11, limit=10)

    assert (b"", b"xx", []) == (file.bytes, file.head(2), said(file))


def test_the_size_of_a_file_needs_no_reading(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.bin": "x" * 11, "b.bin": ""}))

    assert [11, 0] == [file.size for file in tree]
    assert Coverage(seen=2) == tree.coverage


def test_the_head_of_a_file_is_no_longer_than_the_file(tmp_path: Path):
    file = only(tmp_path, "a.bin", "abc")

    assert [b"", b"a", b"abc", b"abc", b"abc"] == [file.head(n) for n in (0, 1, 3, 4, LIMIT)]
    assert b"abc" == file.bytes
    assert [b"", b"a", b"abc"] == [file.head(n) for n in (0, 1, 4)]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_file_that_is_longer_than_it_says_is_read_to_its_end_and_no_further_than_the_limit():
    (whole,) = walk("/proc/self/status")
    (cut,) = walk("/proc/self/status", limit=100)

    assert (b"Name:", True) == (whole.bytes[:5], len(whole.bytes) > 100)
    assert (b"", ["status: too-large: it has 101 bytes, more than the limit of 100"]) == (cut.bytes, said(cut))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"x = 'caf\xc3\xa9'", "x = 'café'"),
        (b"\xef\xbb\xbfx = 'caf\xc3\xa9'", "x = 'café'"),
        ("\ufeffcafé\r\nb".encode("utf-16-le"), "café\nb"),
        ("\ufeffcafé".encode("utf-16-be"), "café"),
        ("\ufeffcafé".encode("utf-32-le"), "café"),
        ("\ufeffcafé".encode("utf-32-be"), "café"),
        (b"# -*- coding: latin-1 -*-\n'\xe9'", "# -*- coding: latin-1 -*-\n'é'"),
        (
            b"#!/bin/python\r\n# vim: set fileencoding=cp1251 :\r\n'\xe9'",
            "#!/bin/python\n# vim: set fileencoding=cp1251 :\n'й'",
        ),
        (b"\n# coding: iso8859-1\n'\xe9'", "\n# coding: iso8859-1\n'é'"),
        (b"# coding: latin-1\n# coding: cp1251\n\xe9", "# coding: latin-1\n# coding: cp1251\né"),
        (b"# coding: utf-8-unix\n\xc3\xa9", "# coding: utf-8-unix\né"),
        (b"# coding: utf-7\n+2AA-", "# coding: utf-7\n?"),  # Half a character, which nothing could encode.
        (b"a\r\nb\rc\nd\r", "a\nb\nc\nd\n"),
        (b"a\x0cb\xe2\x80\xa8c\x85"[:-1], "a\x0cb\u2028c"),
        (b"", ""),
    ],
)
def test_text_is_decoded_as_it_says(tmp_path: Path, content: bytes, text: str):
    file = only(tmp_path, "a.py", content)

    assert (text, []) == (file.text, said(file))


@pytest.mark.parametrize(
    ("name", "content", "text", "problem"),
    [
        ("a.py", b"'caf\xe9'", "'café'", "it is not UTF-8; read as Latin-1"),
        ("a.json", b"# coding: cp1251\n\xe9", "# coding: cp1251\né", "it is not UTF-8; read as Latin-1"),
        (
            "a.py",
            b"# coding: ascii\n'\xe9'",
            "# coding: ascii\n'é'",
            "it is not in the encoding that it declares, ascii; read as Latin-1",
        ),
        (
            "a.py",
            b"# coding: klingon\n'\xc3\xa9'",
            "# coding: klingon\n'é'",
            "it declares an encoding that is not known, klingon",
        ),
        (
            "a.py",
            b"# coding: klingon\n'\xe9'",
            "# coding: klingon\n'é'",
            "it declares an encoding that is not known, klingon",
        ),
        ("a.py", b"# coding: idna\nx", "# coding: idna\nx", "it declares an encoding that is not known, idna"),
        (
            "a.py",
            b"# coding: rot13\nx",
            "# coding: rot13\nx",
            "it is not in the encoding that it declares, rot13; read as Latin-1",
        ),
        (
            "a.py",
            b"\xff\xfea\x00b",
            "a\ufffd",
            "it is not UTF-16-LE, as its mark says; the odd bytes were replaced",
        ),
    ],
)
def test_what_is_not_in_its_encoding_is_read_and_said(
    tmp_path: Path, name: str, content: bytes, text: str, problem: str
):
    file = only(tmp_path, name, content)

    assert (text, text) == (file.text, file.text)
    assert (Diagnostic("bad-encoding", problem, Location(name)),) == file.diagnostics


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\x7fELF\0\0\0", "it holds NUL bytes"),
        (b"import openai\0", "it holds NUL bytes"),
        (bytes(range(1, 256)), "it holds control characters"),
    ],
)
def test_binary_data_named_like_text_is_not_parsed(tmp_path: Path, content: bytes, problem: str):
    tree = walk(write(tmp_path, {"a.py": content}))
    (file,) = tree

    assert ("", Code("python", NOTHING), content) == (file.text, file.code, file.bytes)
    assert (Diagnostic("not-text", problem, Location("a.py")),) == file.diagnostics
    assert Coverage(1, 1, 0, 0, (Skip("a.py", "not-text"),)) == tree.coverage


# -- other files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("b.txt", "d/b.txt"),
        ("./b.txt", "d/b.txt"),
        ("../top.py", "top.py"),
        ("e/c.py", "d/e/c.py"),
        ("../d/../d/a.py", "d/a.py"),
        ("link.py", "top.py"),
        ("../../outside.py", None),
        ("../../root/top.py", None),
        ("/etc/passwd", None),
        ("", None),
        ("..", None),
        ("../..", None),
        ("e", None),
        ("nothing.py", None),
        ("nowhere/x.py", None),
        ("a.py/x", None),
        ("ignored.py", None),
        ("ignored.bin", "d/ignored.bin"),
        ("../node_modules/x.py", None),
        ("out.py", None),
        ("folder_link", None),
        ("folder_link/c.py", None),
        ("pipe", None),
        ("no\0where", None),
        ("\ud800", None),
        ("x" * 300, None),
    ],
)
def test_a_file_finds_others_of_its_tree_by_name(tmp_path: Path, name: str, found: str | None):
    write(tmp_path, {"outside.py": "", "root/top.py": "", "root/d/a.py": "", "root/d/b.txt": "", "root/d/e/c.py": ""})
    write(
        tmp_path / "root", {".gitignore": "ignored.*", "d/ignored.py": "", "d/ignored.bin": "", "node_modules/x.py": ""}
    )
    symlink(tmp_path / "root/d/link.py", "../top.py")
    symlink(tmp_path / "root/d/out.py", "../../outside.py")
    symlink(tmp_path / "root/d/folder_link", "e")
    os.mkfifo(tmp_path / "root/d/pipe")
    before = walk(tmp_path / "root")
    after = walk(tmp_path / "root")
    coverage = (list(after), after.coverage)[1]

    for tree in (before, after):
        file = tree.file("d/a.py")
        assert file is not None
        sibling = file.sibling(name)

        assert found == (None if sibling is None else sibling.path)
    assert (Coverage(), coverage) == (before.coverage, after.coverage)


def test_a_file_that_is_asked_for_by_name_is_read_whatever_its_kind(tmp_path: Path):
    tree = walk(write(tmp_path, {"a.md": "# A", "bin/tool": "#!/usr/bin/env python", "bin/other": ""}))
    a, tool, other = (tree.file(path) for path in ("a.md", "bin/tool", "bin/other"))

    assert a is not None
    assert tool is not None
    assert other is not None
    assert ("# A", "python", None) == (a.text, tool.language, other.language)


def test_a_file_is_shown_without_what_it_holds(tmp_path: Path):
    file = only(tmp_path, "a.py", "secret = 1")
    assert file.text

    assert "File(path='a.py', language='python', format=None, ignored=False)" == repr(file)
