import yaml
from transformers import AutoModel

cfg = yaml.safe_load(open("models.yaml"))
for entry in cfg["models"]:
    AutoModel.from_pretrained(entry["id"])
for name, id in cfg["more"].items():
    AutoModel.from_pretrained(id)
