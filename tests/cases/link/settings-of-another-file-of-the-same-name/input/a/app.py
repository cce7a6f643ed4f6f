import json
from transformers import AutoModel

AutoModel.from_pretrained(json.load(open("config.json"))["encoder"])
