import yaml
from transformers import AutoModel

config = yaml.safe_load(open("run.yaml"))
AutoModel.from_pretrained(config["part"])
AutoModel.from_pretrained(config["part"]["name"])
