import importlib

t = importlib.import_module("transformers")
t.AutoModel.from_pretrained("acme/ranker-7b")
