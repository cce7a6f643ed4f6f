import os

from transformers import AutoModel


def load(name="intfloat/e5-large"):
    cached = os.path.join("~/.cache/models", name.replace("-", "_"))
    if os.path.exists(cached):
        return AutoModel.from_pretrained(cached)
    return AutoModel.from_pretrained(name)


def either(name="facebook/opt-125m"):
    path = os.path.join("~/.cache/models", name)
    return AutoModel.from_pretrained(path if os.path.exists(path) else name)
