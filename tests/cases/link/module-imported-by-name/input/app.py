import importlib

from transformers import AutoModel

s = importlib.import_module("pkg.settings")
AutoModel.from_pretrained(s.MODEL)
