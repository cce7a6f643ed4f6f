from transformers import AutoModel


def load(name):
    return AutoModel.from_pretrained(name)


def retry(fn, *args, **kwargs):
    return fn(*args, **kwargs)


retry(load, "acme/ranker-7b")
