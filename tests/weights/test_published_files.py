"""Model files that other people published, fetched from PyPI by their pins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.online
def test_published_model_files_have_the_right_format_size_and_hash(tmp_path: Path):
    script = Path(__file__).parents[2] / "benchmarks" / "model_files.py"
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("50 files: 0 wrong;")
