from enum import Enum

from transformers import AutoModel


class M(str, Enum):
    ONE = "acme/ranker-7b"
    TWO = "acme/reader-1b"


def go(name: M):
    return AutoModel.from_pretrained(name.value)
