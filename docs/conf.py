"""The configuration of the documentation."""

from __future__ import annotations

from importlib.metadata import version as version_of

project = "aibom"
author = "The aibom maintainers"
copyright = author
release = version_of("aibom")
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "aibom"
templates_path: list[str] = []

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"  # Docstrings name things in single backquotes.

# Every name of ours must resolve. Names of others would need their inventories, and so the network.
nitpicky = True
# A type in an annotation, such as `date`, may have the name of two fields; nitpicky says it when it has none.
suppress_warnings = ["ref.python"]
nitpick_ignore_regex = [("py:.*", r"(?!aibom\.).*")]
