from transformers import AutoModel


def names():
    for k, v in {"x": "acme/ranker-7b", "y": "acme/reader-1b"}.items():
        yield k, v


for k, n in names():
    AutoModel.from_pretrained(n)
