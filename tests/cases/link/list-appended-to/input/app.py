from transformers import AutoModel

names = []
names.append("acme/ranker-7b")
names.append("acme/reader-1b")
for n in names:
    AutoModel.from_pretrained(n)
