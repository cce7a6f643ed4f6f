import yaml
from transformers import AutoModel

with open("config.yaml") as file:
    cfg = yaml.safe_load(file)

model = AutoModel.from_pretrained(cfg["model"]["encoder"])
