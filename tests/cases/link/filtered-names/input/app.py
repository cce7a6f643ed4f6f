from transformers import AutoModel

for n in filter(None, ["acme/ranker-7b"]):
    AutoModel.from_pretrained(n)
AutoModel.from_pretrained(max(["acme/reader-1b"], key=len))
