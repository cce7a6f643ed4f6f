from transformers import AutoModel

TEMPLATE = "acme/ranker-7b-%s"


def f(size="small"):
    AutoModel.from_pretrained(TEMPLATE % size)
