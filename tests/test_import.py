"""What `import aibom` brings, and what it leaves for later."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

import aibom

if TYPE_CHECKING:
    from pathlib import Path


def told_by(program: str) -> object:
    """Return what *program* prints as JSON, run by a Python of its own in which a warning is an error."""
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_the_import_is_light():
    loaded = told_by("import aibom, json, sys; print(json.dumps(sorted(sys.modules)))")

    assert isinstance(loaded, list)
    heavy = {"huggingface_hub", "cyclonedx", "yaml", "re2", "packageurl", "pandas", "click", "jsonschema", "httpx"}
    assert [] == [m for m in loaded if m.partition(".")[0] in heavy or m.startswith("tree_sitter")]


def test_the_import_loads_values_and_no_verbs():
    loaded = told_by("import aibom, json, sys; print(json.dumps([m for m in sys.modules if m.startswith('aibom')]))")

    assert isinstance(loaded, list)
    assert ["aibom", "aibom.bill", "aibom.diagnostics", "aibom.errors"] == sorted(loaded)


def test_what_is_promised_is_sorted_and_is_what_dir_shows():
    assert sorted(aibom.__all__) == dir(aibom)
    assert sorted(aibom.__all__) == aibom.__all__
    assert len(set(aibom.__all__)) == len(aibom.__all__)


@pytest.mark.parametrize("name", aibom.__all__)
def test_every_promised_name_is_there(name: str):
    assert name == getattr(aibom, name).__name__


def test_every_promised_name_comes_with_a_star():
    names = told_by("from aibom import *\nimport json; print(json.dumps([n for n in dir() if n != 'json']))")

    assert isinstance(names, list)
    assert aibom.__all__ == [n for n in names if not n.startswith("__")]


def test_a_verb_is_the_function_also_after_all_modules_are_loaded():
    kinds = told_by(
        "import aibom, importlib, json, pkgutil\n"
        "for module in pkgutil.walk_packages(aibom.__path__, 'aibom.'):\n"
        "    if module.name != 'aibom.__main__': importlib.import_module(module.name)\n"
        "print(json.dumps([n for n in aibom.__all__ if not callable(getattr(aibom, n))]))"
    )

    assert [] == kinds


def test_a_name_that_is_not_promised_is_an_error_as_of_any_module():
    with pytest.raises(AttributeError) as error:
        aibom.scna  # noqa: B018

    assert "module 'aibom' has no attribute 'scna'" == str(error.value)
    assert not hasattr(aibom, "_private")


def test_the_version_is_that_of_the_distribution():
    assert version("aibom") == aibom.__version__


@pytest.mark.parametrize("name", [n for n in aibom.__all__ if n.endswith("Error")])
def test_every_error_has_one_root(name: str):
    assert issubclass(getattr(aibom, name), aibom.AibomError)


def test_a_scan_of_nothing_reads_no_table_and_loads_nothing_that_reads_files(tmp_path: Path):
    program = f"""
import json, sys
import aibom
from aibom.knowledge import packages, signatures

aibom.scan({str(tmp_path)!r}, plugins=False)
read = [table.cache_info().currsize for table in (packages, signatures)]
heavy = {{"re2", "cyclonedx", "packageurl", "huggingface_hub", "jsonschema", "httpx"}}
loaded = [m for m in sys.modules if m.partition(".")[0] in heavy or m.startswith(("tree_sitter", "aibom.link"))]
print(json.dumps([read, loaded]))
"""

    assert [[0, 0], []] == told_by(program)
