from transformers import AutoModel

R = {"x": "acme/ranker-7b"}
B = {"y": "acme/reader-1b"}
R |= B


def go(k):
    AutoModel.from_pretrained(R[k])
