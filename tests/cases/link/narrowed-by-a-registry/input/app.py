from transformers import AutoModel
MODELS = {"mnli": {"card": "acme/mnli-large"}, "snli": {"card": "acme/snli-large"}}
def name_to_card(name):
    if name in MODELS:
        return MODELS[name]["card"]
    return name
class Imager:
    def __init__(self, model_name="mnli"):
        self.model_card = name_to_card(model_name)
    def load(self):
        return AutoModel.from_pretrained(self.model_card)


def known(name="acme/reader-7b"):
    if name not in MODELS:
        return AutoModel.from_pretrained(name)
    return AutoModel.from_pretrained(MODELS[name]["card"])
