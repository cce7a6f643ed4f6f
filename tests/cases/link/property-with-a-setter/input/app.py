from transformers import AutoModel


class A:
    def __init__(self, name="acme/ranker-7b"):
        self._name = name

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, v):
        self._name = v

    def f(self):
        AutoModel.from_pretrained(self.name)
