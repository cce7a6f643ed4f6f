from collections import defaultdict

from transformers import AutoModel

R = defaultdict(lambda: "acme/ranker-7b")


def go(k):
    AutoModel.from_pretrained(R[k])
