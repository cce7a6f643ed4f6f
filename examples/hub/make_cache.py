"""
Make a cache of the records in this folder, which were written for the example.

    python examples/hub/make_cache.py FILE

`aibom scan examples/rag-service --enrich --offline --cache FILE` reads it. Real caches are made by asking a hub.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aibom.asking.cache import Answer, Cache, Question

HUB = "https://huggingface.co"
WRITTEN = 1795651200.0
"""2026-11-26, the day on which the records were written."""


def main() -> None:
    """Write the cache to the file that is named, anew."""
    path = Path(sys.argv[1])
    path.unlink(missing_ok=True)
    records = json.loads(Path(__file__).with_name("records.json").read_text("utf-8"))
    cache = Cache(path)
    for kind in ("models", "datasets"):
        for record in records[kind]:
            card = record.pop("card", None)
            name, commit = record["id"], record.get("sha", "")
            body = json.dumps(record).encode()
            answer = Answer(200, body, canonical=name, commit=commit, asked=WRITTEN)
            cache.put(Question(HUB, kind, name, commit, "info"), answer)
            if card is not None:
                text = Answer(200, "\n".join(card).encode(), asked=WRITTEN)
                cache.put(Question(HUB, kind, name, commit, "file:README.md"), text)
    cache.close()


if __name__ == "__main__":
    main()
