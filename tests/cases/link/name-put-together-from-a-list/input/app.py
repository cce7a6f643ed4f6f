from transformers import MarianMTModel

for language in ["de", "fr"]:
    MarianMTModel.from_pretrained(f"Helsinki-NLP/opus-mt-en-{language}")
