from transformers import AutoModel

ALIASES = {"e5": "intfloat/e5-large", "opt": "facebook/opt-125m"}


def load(name="e5"):
    if name in ALIASES:
        name = ALIASES[name]
    return AutoModel.from_pretrained(name)


def fetch(name):
    return AutoModel.from_pretrained(ALIASES.get(name, name))


fetch("opt")
fetch("gpt2")
