from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


from functools import lru_cache

cached = lru_cache(load)
cached("acme/ranker-7b")
cached2 = lru_cache(maxsize=None)(load)
cached2("acme/reader-1b")
