from pydantic import BaseModel, Field
from transformers import AutoModel


class Inner(BaseModel):
    name: str = "acme/ranker-7b"


class Outer(BaseModel):
    inner: Inner = Field(default_factory=Inner)


def go(o: Outer):
    AutoModel.from_pretrained(o.inner.name)
