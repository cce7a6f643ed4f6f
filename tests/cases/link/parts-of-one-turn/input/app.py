from transformers import AutoModel

MODELS = {"acme": "one", "zeta": "two"}
for owner, name in MODELS.items():
    AutoModel.from_pretrained(f"{owner}/{name}")

for key in MODELS:
    AutoModel.from_pretrained(f"{key}x/{MODELS[key]}x")

for a, b in [("la", "m1"), ("lb", "m2")]:
    AutoModel.from_pretrained(f"{a}/{b}")

for row in [{"o": "ra", "m": "m1"}, {"o": "rb", "m": "m2"}]:
    AutoModel.from_pretrained(row["o"] + "/" + row["m"])
