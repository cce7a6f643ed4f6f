import importlib

from transformers import AutoModel

s = importlib.import_module(".settings", __package__)
AutoModel.from_pretrained(s.MODEL)
