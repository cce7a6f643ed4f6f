from enum import Enum

from transformers import AutoModel


class M(Enum):
    ONE = ("acme/ranker-7b", 12)

    @property
    def repo(self):
        return self.value[0]


AutoModel.from_pretrained(M.ONE.repo)
