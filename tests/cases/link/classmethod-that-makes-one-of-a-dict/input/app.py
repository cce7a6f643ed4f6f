from transformers import AutoModel


class C:
    def __init__(self, cfg):
        self.m = AutoModel.from_pretrained(cfg["name"])

    @classmethod
    def make(cls, **kw):
        return cls({"name": kw.get("name", "acme/ranker-7b")})
