from transformers import AutoModel


class Base:
    def load(self):
        return AutoModel.from_pretrained(self.MODEL)
