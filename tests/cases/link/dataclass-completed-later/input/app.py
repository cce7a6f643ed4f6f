from dataclasses import dataclass

from transformers import AutoModel


@dataclass
class A:
    repo: str = None

    def __post_init__(self):
        if self.repo is None:
            self.repo = "acme/ranker-7b"


def go(a: A):
    AutoModel.from_pretrained(a.repo)
