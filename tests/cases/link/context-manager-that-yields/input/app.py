from contextlib import contextmanager

from transformers import AutoModel


@contextmanager
def name():
    yield "acme/ranker-7b"


with name() as n:
    AutoModel.from_pretrained(n)
