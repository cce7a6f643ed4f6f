"""A bill as an SPDX 3.0.1 document, with the AI and Dataset profiles."""

from __future__ import annotations

from aibom.spdx.document import to_spdx, to_spdx_document

__all__ = ["to_spdx", "to_spdx_document"]
