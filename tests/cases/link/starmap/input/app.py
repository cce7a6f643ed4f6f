from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


from itertools import starmap

list(starmap(load, [("acme/ranker-7b",)]))
