from transformers import AutoModel

R = dict.fromkeys(["x", "y"], "acme/ranker-7b")


def go(k):
    AutoModel.from_pretrained(R[k])
