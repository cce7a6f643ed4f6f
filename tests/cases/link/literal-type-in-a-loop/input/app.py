from typing import Literal, get_args

from transformers import AutoModel

Names = Literal["acme/ranker-7b", "acme/reader-1b"]
for n in get_args(Names):
    AutoModel.from_pretrained(n)
