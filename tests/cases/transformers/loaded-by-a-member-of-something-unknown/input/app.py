import importlib


def load(kind):
    factory = getattr(importlib.import_module("transformers"), kind)
    return factory.from_pretrained("Salesforce/blip2-opt-2.7b")


def settings(store):
    return store.from_pretrained("latest")
