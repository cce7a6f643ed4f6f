from transformers import AutoModel


def f():
    name = None

    def g():
        nonlocal name
        name = "acme/ranker-7b"

    g()
    AutoModel.from_pretrained(name)
