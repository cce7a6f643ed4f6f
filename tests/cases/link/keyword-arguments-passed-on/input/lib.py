from transformers import AutoModel


def load(*args, **kwargs):
    kwargs.setdefault("trust_remote_code", False)
    return AutoModel.from_pretrained(*args, **kwargs)


def embed(text, **kwargs):
    return load(kwargs.pop("name", "facebook/contriever"), **kwargs)
