from transformers import AutoModel

R = {}


def register(name):
    def deco(cls):
        R[name] = cls
        return cls

    return deco


@register("x")
class A:
    repo = "acme/ranker-7b"


@register("y")
class B:
    repo = "acme/reader-1b"


def go(k):
    AutoModel.from_pretrained(R[k].repo)
