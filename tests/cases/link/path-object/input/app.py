from pathlib import Path

from transformers import AutoModel

FOLDER = Path("models")
model = AutoModel.from_pretrained(FOLDER / "bert-tickets")
other = AutoModel.from_pretrained(str(Path("weights", "router")))
