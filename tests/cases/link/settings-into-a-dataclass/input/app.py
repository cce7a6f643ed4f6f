from dataclasses import dataclass

import yaml
from transformers import AutoModel


@dataclass
class Config:
    encoder: str
    layers: int = 2


def read(path):
    with open(path) as file:
        return Config(**yaml.safe_load(file))


config = read("model.yml")
model = AutoModel.from_pretrained(config.encoder)
