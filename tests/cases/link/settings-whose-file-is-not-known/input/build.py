from transformers import AutoModel


def build(cfg):
    return AutoModel.from_pretrained(cfg["backbone"]["name"])


def other(cfg):
    return AutoModel.from_pretrained(cfg["head"]["name"])
