from dataclasses import dataclass

from transformers import pipeline


@dataclass
class Model:
    path: str


SMALL = Model("acme/small-7b")


def scan(model: Model | None = None):
    if model is None:
        model = SMALL
    return pipeline("fill-mask", model=model.path)
