from transformers import AutoModel

MODELS = {
    "tiny": "prajjwal1/bert-tiny",
    "mini": "prajjwal1/bert-mini",
}


def load(size="tiny"):
    return AutoModel.from_pretrained(MODELS[size])
