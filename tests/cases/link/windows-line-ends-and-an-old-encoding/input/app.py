# -*- coding: latin-1 -*-
from transformers import AutoModel

NAME = "dbmdz/bert-base-german-uncased"  # für Grüße
model = AutoModel.from_pretrained(NAME)
