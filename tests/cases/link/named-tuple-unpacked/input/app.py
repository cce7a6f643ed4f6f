from typing import NamedTuple

from transformers import AutoModel


class Spec(NamedTuple):
    repo: str
    dim: int


repo, dim = Spec("acme/ranker-7b", 3)
AutoModel.from_pretrained(repo)
AutoModel.from_pretrained(Spec("acme/ranker-7b", 4)[0])
