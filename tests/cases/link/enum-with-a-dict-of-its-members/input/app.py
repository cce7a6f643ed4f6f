from enum import Enum

from transformers import AutoModel


class M(Enum):
    ONE = 1
    TWO = 2

    @property
    def repo(self):
        return {M.ONE: "acme/ranker-7b", M.TWO: "acme/reader-1b"}[self]


def go(m: M):
    AutoModel.from_pretrained(m.repo)
