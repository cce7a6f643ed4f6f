from transformers import AutoModel


class Base:
    def load(self, name):
        return AutoModel.from_pretrained(name)


class A(Base):
    def load(self, name="acme/ranker-7b"):
        return super().load(name)
