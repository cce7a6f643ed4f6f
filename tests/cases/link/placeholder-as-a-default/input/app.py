from transformers import AutoModel


def load(name="your-org/your-model"):
    return AutoModel.from_pretrained(name)
