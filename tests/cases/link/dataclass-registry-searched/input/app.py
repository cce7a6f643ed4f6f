from reg import find
from transformers import AutoModel


def go(n):
    spec = find(n)
    AutoModel.from_pretrained(spec.repo)
