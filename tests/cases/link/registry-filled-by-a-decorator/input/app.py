from transformers import AutoModel

R = {}


def register(name):
    def deco(cls):
        R[name] = cls
        return cls

    return deco


@register("acme/ranker-7b")
class A:
    pass


def go():
    for n in R:
        AutoModel.from_pretrained(n)
