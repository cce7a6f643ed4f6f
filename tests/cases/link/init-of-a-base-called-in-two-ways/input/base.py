from transformers import AutoModel


class Base:
    def __init__(self, model, dim=1):
        self.model = AutoModel.from_pretrained(model)
