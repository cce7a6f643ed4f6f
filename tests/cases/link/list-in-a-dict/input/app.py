from transformers import AutoModel

R = {}
R.setdefault("x", []).append("acme/ranker-7b")
for n in R["x"]:
    AutoModel.from_pretrained(n)
