from dataclasses import dataclass, field

from transformers import AutoModel


def default_name():
    return "acme/ranker-7b"


@dataclass
class C:
    name: str = field(default_factory=default_name)


AutoModel.from_pretrained(C().name)
