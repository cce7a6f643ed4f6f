"""Tell what a program does with its words: run them, look among them for a script, or name models in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aibom.commands.table import exact
from aibom.commands.words import base
from aibom.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aibom.commands.words import Words

__all__ = [
    "LAUNCHERS",
    "PYTHON",
    "RUNNING",
    "SCRIPT",
    "SEEKING",
    "SHELLS",
    "SHELL_SCRIPT",
    "SKIPPING",
    "is_program",
    "starts",
]

PYTHON: Final = expression(r"(?:python|pypy)[\d.]*(?:\.exe)?|py|ipython\d?")
SHELLS: Final = frozenset({"sh", "bash", "zsh", "dash", "ash", "ksh", "fish"})
SKIPPING: Final[Mapping[str, tuple[int, frozenset[str]]]] = {
    "sudo": (0, frozenset({"-u", "-g", "-h", "-p", "--user", "--group"})),
    "doas": (0, frozenset({"-u"})),
    "env": (0, frozenset({"-u", "-C", "--unset", "--chdir"})),
    **dict.fromkeys(
        ("nohup", "exec", "command", "builtin", "setsid", "time", "unbuffer", "caffeinate", "tini", "gosu"),
        (0, frozenset({"-f", "-o", "-a"})),
    ),
    "nice": (0, frozenset({"-n"})),
    "ionice": (0, frozenset({"-c", "-n", "-p"})),
    "timeout": (1, frozenset({"-k", "-s", "--signal", "--kill-after"})),
    "stdbuf": (0, frozenset({"-i", "-o", "-e"})),
    "xargs": (0, frozenset({"-n", "-P", "-I", "-L", "-d", "-a", "-s"})),
    "taskset": (1, frozenset()),
    "retry": (0, frozenset({"-t", "-d", "-m", "--times", "--delay"})),
}
"""Commands that run the rest of their words: how many words of their own stand first, and options with a value."""
SEEKING: Final = frozenset(
    {
        *("srun", "mpirun", "mpiexec", "horovodrun", "numactl", "xvfb-run", "ssh", "nsys", "ncu", "strace"),
        *("parallel", "uv", "uvx", "poetry", "pipenv", "pdm", "hatch", "rye", "pipx", "conda", "mamba", "micromamba"),
        *("pixi", "npx", "bunx", "pnpm", "yarn", "npm", "bun", "dotenv", "doppler", "op", "docker-compose"),
        *("kubectl", "screen", "oc", "tmux", "ray", "dumb-init", "coverage", "just", "tox", "nox"),
        *("opentelemetry-instrument", "streamlit", "chainlit", "ddtrace-run"),
    }
)
"""Commands behind whose options a program that is known stands somewhere."""
RUNNING: Final = frozenset({"uv", "poetry", "pipenv", "pdm", "hatch", "rye", "pixi"})
"""Those of them that run programs of the project itself."""
LAUNCHERS: Final = frozenset(
    {"torchrun", "deepspeed", "colossalai", "composer", "torch-distributed-launch", "distributed_train.sh"}
)
"""Commands that run a script in Python."""
SCRIPT: Final = expression(r"[^\s]*\.py(?:::\w+)?")
SHELL_SCRIPT: Final = expression(r".+\.(?:sh|bash|zsh|ksh|sbatch|slurm)")
_NAMING: Final = frozenset(
    {"--with", "--extra", "--group", "--from", "--package", "-p", "add", "install", "--name", "-n", "pull"}
)
"""Words behind which stands a name, and no program."""


def is_program(word: str) -> bool:
    """Tell whether *word* is the name of a program whose words are read."""
    name = base(word)
    return name in exact() or PYTHON.fullmatch(name) is not None or name in LAUNCHERS | SHELLS | {"accelerate"}


def starts(words: Words, number: int) -> bool:
    """Tell whether a program begins at the word *number*."""
    word, before = words.text(number), words.text(number - 1)
    if before in _NAMING:
        return False
    return is_program(word) or (SCRIPT.fullmatch(word) is not None)
