from pathlib import Path

from transformers import AutoModel

AutoModel.from_pretrained(str(Path("a").joinpath("one")))
