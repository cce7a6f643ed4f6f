from transformers import AutoModel

names = ["acme/ranker-7b"]
names += ["acme/reader-1b"]
for n in names:
    AutoModel.from_pretrained(n)
