from collections import namedtuple

from transformers import AutoModel

Spec = namedtuple("Spec", ["repo", "dim"])
R = {"x": Spec("acme/ranker-7b", 3), "y": Spec(repo="acme/reader-1b", dim=3)}


def go(k):
    AutoModel.from_pretrained(R[k].repo)
