"""Print each dependency at the lowest version that pyproject.toml allows, as constraints for pip (``make lowest``)."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement


def lowest(project: Path) -> list[str]:
    """Return a constraint for each dependency of *project* and of its extras."""
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    stated = [*table["dependencies"], *(line for extra in table["optional-dependencies"].values() for line in extra)]
    found = {}
    for requirement in map(Requirement, stated):
        bounds = [each.version for each in requirement.specifier if each.operator == ">="]
        if bounds and (requirement.marker is None or requirement.marker.evaluate()):
            found[requirement.name.lower()] = f"{requirement.name}=={bounds[0]}"
    return sorted(found.values())


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest(Path(sys.argv[1]))) + "\n")
