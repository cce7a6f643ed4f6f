"""Find the detectors, enrichers and rules that other distributions offer."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aibom.bill import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import EntryPoint

__all__ = ["ENRICHERS", "GROUP", "RULES", "load"]

GROUP = "aibom.detectors"
"""The entry-point group; each entry point is a detector, or a class or function without arguments that gives one."""
ENRICHERS = "aibom.enrichers"
"""The same for enrichers."""
RULES = "aibom.rules"
"""The same for rules."""


def load(
    entries: Iterable[EntryPoint] | None = None, group: str = GROUP
) -> tuple[tuple[tuple[str, object], ...], tuple[Diagnostic, ...]]:
    """
    Return what the installed distributions offer in *group*, and diagnostics for what does not load.

    Each comes with its name. A class is made an instance, because the class itself has the attributes of a detector
    too. The caller checks that they are what *group* says. *entries* are those of *group* unless they are given.
    """
    found = []
    problems = []
    for entry in sorted(_installed(group) if entries is None else entries, key=lambda e: (e.name, e.value)):
        try:
            offered = entry.load()
            found.append((entry.name, offered() if isinstance(offered, type) else offered))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may raise anything, and the scan goes on
            problems.append(
                Diagnostic("plugin-not-loaded", f"{entry.name} ({entry.value}): {type(error).__name__}: {error}")
            )
    return tuple(found), tuple(problems)


def _installed(group: str) -> Iterable[EntryPoint]:
    """Return the entry points of the installed distributions."""
    if not any(_may_offer(folder, group) for folder in sys.path):
        return ()
    from importlib.metadata import entry_points  # It costs a tenth of the start of a scan, and mostly finds nothing.

    return entry_points(group=group)


def _may_offer(folder: str, group: str) -> bool:
    """Tell whether a distribution in *folder*, an entry of Python's path, may name *group*."""
    path = Path(folder or ".")
    if not path.is_dir():  # A zip file, for instance; what is not there offers nothing.
        return path.exists()
    with suppress(OSError), os.scandir(path) as entries:
        names = [e.name for e in entries if e.name.endswith((".dist-info", ".egg-info", ".egg", ".egg-link"))]
        for name in names:
            with suppress(OSError):
                if group.encode() in (path / name / "entry_points.txt").read_bytes():
                    return True
        return any(name.endswith((".egg", ".egg-link")) for name in names)
    return False
