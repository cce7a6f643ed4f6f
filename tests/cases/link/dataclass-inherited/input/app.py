from dataclasses import dataclass

from transformers import AutoModel


@dataclass
class A:
    repo: str
    dim: int = 3


@dataclass
class B(A):
    extra: int = 3


b = B("acme/ranker-7b")
AutoModel.from_pretrained(b.repo)
