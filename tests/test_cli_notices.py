"""Security notices on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.enrichers.local_osv import notice

from aibom.cli import main


def test_notices_of_a_dump_are_in_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("src/uv.lock").write_text('version = 1\n[[package]]\nname = "openai"\nversion = "1.0.0"\n', "utf-8")
    Path("src/pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["openai"]\n', "utf-8")
    Path("dump").mkdir()
    Path("dump/X-1.json").write_text(json.dumps(notice("X-1", "openai")), "utf-8")

    result = CliRunner().invoke(
        main, ["scan", "src", "-q", "--enrich", "--offline", "--osv-dump", "dump", "-o", "bill.json", "--cache", "c"]
    )

    entries = json.loads(Path("bill.json").read_text("utf-8"))["vulnerabilities"]
    assert (0, [("X-1", ["pkg:pypi/openai@1.0.0"])]) == (
        result.exit_code,
        [(e["id"], [a["ref"] for a in e["affects"]]) for e in entries],
    )
