from transformers import AutoModel


def get(name):
    return AutoModel.from_pretrained(f"acme/{name}")
