from dataclasses import dataclass, field

from transformers import AutoModel


@dataclass
class C:
    names: dict = field(default_factory=lambda: {"x": "acme/ranker-7b"})


def go(c: C):
    AutoModel.from_pretrained(c.names["x"])
