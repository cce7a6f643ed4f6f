import nltk
import requests

LANGUAGES = {"en": "english", "de": "german"}
HUB = "https://huggingface.co"
VOICES = "acme-ai/voices"


def split(language):
    name = LANGUAGES.get(language, "english")
    return nltk.data.load(f"tokenizers/punkt_tab/{name}.pickle")


def voice():
    return requests.get(f"{HUB}/{VOICES}/resolve/main/en.onnx")
