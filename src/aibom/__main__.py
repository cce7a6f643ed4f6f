"""``python -m aibom`` is the command ``aibom``."""

from __future__ import annotations

from aibom.cli import main

if __name__ == "__main__":
    main()
