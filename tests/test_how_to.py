"""What the documentation tells people to type and to write is what aibom takes."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from aibom import cli
from aibom.decisions import read_decisions
from aibom.elements import read_statements
from aibom.policy import read_policy

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINE = re.compile(r"^\s*(?:\$ |- run: |run: |- )(aibom [a-z][^#|>\n]*)", re.MULTILINE)
COMMANDS = sorted({(page.name, line.strip()) for page in PAGES for line in LINE.findall(page.read_text("utf-8"))})


def test_there_are_commands():
    assert len(COMMANDS) > 20


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_of_the_documentation_is_taken(page: str, line: str):
    """Its options are read, and nothing is run."""
    _, name, *arguments = shlex.split(line)
    command: click.Command | None = cli.main
    context = click.Context(cli.main)
    command = cli.main.get_command(context, name)
    if isinstance(command, click.Group):
        name, *arguments = arguments
        command = command.get_command(context, name)

    assert command is not None, page
    try:
        command.make_context(name, arguments, parent=context)
    except click.BadParameter as error:
        if "does not exist" not in error.message:  # The files of an example are not here.
            raise


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("gate-a-pull-request", read_policy),
        ("decide-about-a-finding", read_decisions),
        ("state-what-only-you-know", read_statements),
    ],
)
def test_a_file_of_the_documentation_is_read(page: str, read: object, tmp_path: Path):
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)

    assert blocks
    assert callable(read)
    for block in blocks:
        file = tmp_path / "file.toml"
        file.write_text(block, encoding="utf-8")
        assert tomllib.loads(block)
        assert read(file)
