import random

from transformers import AutoModel

AutoModel.from_pretrained(random.choice(["acme/ranker-7b", "acme/reader-1b"]))
