import os
from transformers import pipeline

MODELS = [
    os.environ.get("STUDIO_NSFW", "Falconsai/nsfw_image_detection"),
    "umm-maybe/AI-image-detector",
]


def checks():
    for name in MODELS:
        yield pipeline("image-classification", model=name, framework="pt")
