from transformers import AutoModel


def make_loader(name):
    def load():
        return AutoModel.from_pretrained(name)

    return load


load = make_loader("nielsr/lilt-xlm-roberta-base")
model = load()
