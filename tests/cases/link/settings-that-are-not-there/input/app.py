import json
from transformers import AutoModel

cfg = json.load(open("missing.json"))
AutoModel.from_pretrained(cfg["encoder"])
AutoModel.from_pretrained(open("name.txt").read())
