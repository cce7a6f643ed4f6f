from transformers import AutoModel


def load(name, tries=3):
    try:
        return AutoModel.from_pretrained(name)
    except OSError:
        return load(name, tries - 1)


load("nvidia/segformer-b0-finetuned-ade-512-512")
