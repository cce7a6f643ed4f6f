from transformers import AutoModel


def _load(name):
    return AutoModel.from_pretrained(name)
