from transformers import AutoModel

for n in ["a/zero", "acme/ranker-7b"][1:]:
    AutoModel.from_pretrained(n)
