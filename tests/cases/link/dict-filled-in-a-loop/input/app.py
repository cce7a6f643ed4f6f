from transformers import AutoModel

R = {}
for size in ("s", "b"):
    R[size] = f"acme/ranker-7b-{size}"


def go(k):
    AutoModel.from_pretrained(R[k])
