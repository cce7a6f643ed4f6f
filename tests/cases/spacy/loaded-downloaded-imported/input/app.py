import en_core_web_md
import spacy
from spacy.cli import download

spacy.load("en_core_web_sm", disable=["ner"])
for language in ("de", "fr"):
    spacy.load(f"{language}_core_news_sm")
if not spacy.util.is_package("xx_ent_wiki_sm"):
    download("xx_ent_wiki_sm")
nlp = en_core_web_md.load()
spacy.load("./training/model-best")
