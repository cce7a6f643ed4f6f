from typing import TypedDict

from transformers import AutoModel


class Spec(TypedDict):
    repo: str
    dim: int


R = {"x": Spec(repo="acme/ranker-7b", dim=2)}


def go(k):
    AutoModel.from_pretrained(R[k]["repo"])
