from transformers import AutoModel

X = "acme/ranker-7b"
AutoModel.from_pretrained(globals()["X"])
