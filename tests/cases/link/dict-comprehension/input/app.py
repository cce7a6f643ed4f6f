from transformers import AutoModel

R = {s: f"acme/ranker-7b-{s}" for s in ["s", "b"]}


def go(k):
    AutoModel.from_pretrained(R[k])
