from transformers import MarianMTModel


def load(source, target):
    return MarianMTModel.from_pretrained(f"Helsinki-NLP/opus-mt-{source}-{target}")
