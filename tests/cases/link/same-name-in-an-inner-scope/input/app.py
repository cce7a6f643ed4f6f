from transformers import AutoModel

name = "facebook/data2vec-text-base"


def load():
    name = "facebook/data2vec-audio-base"
    return AutoModel.from_pretrained(name)


class Holder:
    name = "holder"

    def load(self):
        return AutoModel.from_pretrained(name)
