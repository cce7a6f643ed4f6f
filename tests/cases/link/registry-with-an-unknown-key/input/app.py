import sys

from transformers import AutoModel

MODELS = {
    "en": "dbmdz/bert-large-cased-finetuned-conll03-english",
    "de": "dbmdz/bert-base-german-cased",
}
MODELS["fr"] = "dbmdz/bert-base-french-europeana-cased"


def load(language):
    return AutoModel.from_pretrained(MODELS.get(language, "dbmdz/bert-base-historic-multilingual-cased"))


load(sys.argv[1])
