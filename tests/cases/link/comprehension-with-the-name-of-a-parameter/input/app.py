from transformers import AutoModel

NAMES = ["acme/reader-7b", "acme/writer-7b"]


def load(model="acme/ranker-1b"):
    known = [model["id"] for model in listing()]
    if model not in known:
        raise ValueError(model)
    return AutoModel.from_pretrained(model)


def load_all(name):
    return {name: AutoModel.from_pretrained(name) for name in NAMES}
