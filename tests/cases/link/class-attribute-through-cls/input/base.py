from transformers import AutoModel


class Base:
    MODEL = None

    @classmethod
    def load(cls):
        return AutoModel.from_pretrained(cls.MODEL)
