from dataclasses import dataclass, replace

from transformers import AutoModel


@dataclass
class A:
    repo: str = "acme/ranker-7b"


base = A()
other = replace(base, repo="acme/reader-1b")
AutoModel.from_pretrained(base.repo)
AutoModel.from_pretrained(other.repo)
