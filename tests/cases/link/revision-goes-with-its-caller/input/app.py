from transformers import AutoModel


def load(name, revision=None):
    return AutoModel.from_pretrained(name, revision=revision)


load("intfloat/e5-base-v2", "1c644c92ad3ba1efdad3f1451a637716616a20e8")
load("intfloat/e5-small-v2")
load("intfloat/e5-large-v2", revision="refs/pr/3")
