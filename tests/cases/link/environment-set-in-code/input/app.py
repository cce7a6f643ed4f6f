import os

from transformers import AutoModel

os.environ["M"] = "acme/ranker-7b"
AutoModel.from_pretrained(os.getenv("M"))
