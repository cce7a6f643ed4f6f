from transformers import AutoModel

R = {"x": "acme/ranker-7b"}
R.update({"y": "acme/reader-1b"})


def go(k):
    AutoModel.from_pretrained(R[k])
