"""Ask a server, and keep its answers: what every enricher that uses the network shares."""

from __future__ import annotations
