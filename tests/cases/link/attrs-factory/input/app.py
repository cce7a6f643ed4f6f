import attrs
from transformers import AutoModel


@attrs.define
class C:
    names: list = attrs.Factory(lambda: ["acme/ranker-7b"])


for n in C().names:
    AutoModel.from_pretrained(n)
