import json

from transformers import AutoModel

with open("settings.json") as file:
    cfg = json.load(file)

a = AutoModel.from_pretrained(cfg.get("encoder", "studio-ousia/luke-base"))


def build(config):
    return AutoModel.from_pretrained(config.get("encoder", "google/canine-s"))


def attribute(config):
    return AutoModel.from_pretrained(getattr(config, "encoder", "google/bigbird-roberta-base"))
