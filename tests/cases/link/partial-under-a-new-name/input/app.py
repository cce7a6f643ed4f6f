from functools import partial

from transformers import AutoModel


def load(kind, name):
    return AutoModel.from_pretrained(name)


load_x = partial(load, "x")
load_x("acme/ranker-7b")
load_x(name="acme/reader-1b")
