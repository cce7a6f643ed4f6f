import yaml, nltk
from transformers import AutoModel
cfg = yaml.safe_load(open("c.yaml"))
nltk.download(cfg["pkgs"])
for m in cfg["models"]:
    AutoModel.from_pretrained(m)
