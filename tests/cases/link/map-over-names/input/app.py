from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


ms = list(map(load, ["acme/ranker-7b", "acme/reader-1b"]))
