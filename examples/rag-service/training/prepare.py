"""Build the passages that the service searches, from a public support data set."""

import csv
import json
from pathlib import Path

from huggingface_hub import snapshot_download

OUTPUT = Path("data/passages.jsonl")


def main() -> None:
    folder = snapshot_download(
        repo_id="bitext/Bitext-customer-support-llm-chatbot-training-dataset",
        repo_type="dataset",
        allow_patterns=["*.csv"],
    )
    passages: set[str] = set()
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            passages.update(row["response"] for row in csv.DictReader(rows))

    OUTPUT.parent.mkdir(exist_ok=True)
    with OUTPUT.open("w", encoding="utf-8") as lines:
        for passage in sorted(passages):
            lines.write(json.dumps({"text": passage}) + "\n")
    print(f"{len(passages)} passages written to {OUTPUT}")


if __name__ == "__main__":
    main()
