"""Run the examples of the documentation and of the docstrings as tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent
FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE


def enter_a_fresh_folder(namespace: dict[str, Any]) -> None:
    """Let examples read `examples/` and write what they like, where it does no harm."""
    folder = tempfile.TemporaryDirectory(prefix="aibom-docs-")
    namespace["_leave"] = (folder, Path.cwd())
    shutil.copytree(ROOT / "examples", Path(folder.name, "examples"))
    os.chdir(folder.name)


def leave_the_folder(namespace: dict[str, Any]) -> None:
    """Go back to where pytest was."""
    folder, before = namespace["_leave"]
    os.chdir(before)
    folder.cleanup()


prose = Sybil(
    parsers=[
        SkipParser(),
        DocTestDirectiveParser(optionflags=FLAGS),
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    path=str(ROOT),
    setup=enter_a_fresh_folder,
    teardown=leave_the_folder,
)

docstrings = Sybil(
    parsers=[DocTestParser(optionflags=FLAGS)],
    patterns=["*.py"],
    path=str(ROOT / "src"),
    document_types={".py": PythonDocStringDocument},
    setup=enter_a_fresh_folder,
    teardown=leave_the_folder,
)

pytest_collect_file = (prose + docstrings).pytest()
