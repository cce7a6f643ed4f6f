import os

from transformers import AutoModel


def load(name=os.environ["MODEL"]):
    return AutoModel.from_pretrained(name)


load("acme/given-7b")


def load_default(name=None):
    name = name or os.environ.get("OTHER") or "acme/default-7b"
    return AutoModel.from_pretrained(name)
