import json

import spacy

nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
json.load(open("en_core_web_sm.json"))
