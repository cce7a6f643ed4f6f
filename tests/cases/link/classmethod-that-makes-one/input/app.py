from transformers import AutoModel


class C:
    def __init__(self, name):
        self.m = AutoModel.from_pretrained(name)

    @classmethod
    def default(cls):
        return cls("acme/ranker-7b")
