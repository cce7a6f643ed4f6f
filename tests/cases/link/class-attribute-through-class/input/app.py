from transformers import AutoModel


class A:
    M = "acme/ranker-7b"

    def f(self):
        AutoModel.from_pretrained(self.__class__.M)
