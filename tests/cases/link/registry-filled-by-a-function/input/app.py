from transformers import AutoModel

R = {}


def register(key, repo):
    R[key] = repo


register("x", "acme/ranker-7b")
register("y", "acme/reader-1b")


def go(k):
    AutoModel.from_pretrained(R[k])
