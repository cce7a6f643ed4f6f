from transformers import AutoModel


class Models:
    def get(self, name):
        return AutoModel.from_pretrained(name)
