from transformers import AutoModel

TEMPLATE = "acme/ranker-7b-{size}"
for s in ("small", "big"):
    AutoModel.from_pretrained(TEMPLATE.format(size=s))
