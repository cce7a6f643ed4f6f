from transformers import AutoModel


class Encoder:
    name = None

    def load(self):
        return AutoModel.from_pretrained(self.name)


class Default(Encoder):
    name = "distilbert-base-cased"
