from transformers import AutoModel


def load(name, revision=None):
    return AutoModel.from_pretrained(name, revision=revision)


WANTED = ("facebook/timesformer-base-finetuned-k400", "main")
load(*WANTED)
