from typing import Literal, get_args

from transformers import AutoModel

Names = Literal["acme/ranker-7b", "acme/reader-1b"]


def go(name: Names):
    return AutoModel.from_pretrained(name)
