from transformers import AutoModel

R = ["acme/ranker-7b", "acme/reader-1b"]


def names():
    yield from R


for n in names():
    AutoModel.from_pretrained(n)
