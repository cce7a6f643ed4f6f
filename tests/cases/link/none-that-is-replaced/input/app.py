from transformers import pipeline

NAME = None
NAME = "acme/constant-7b" if NAME is None else NAME


def name() -> str:
    return NAME


pipeline("text-generation", model=name())


def load(model=None):
    if model is None:
        model = "acme/default-7b"
    return pipeline("fill-mask", model=model)


class Detector:
    def __init__(self, model=None):
        self.model = model

    def load(self):
        return pipeline("object-detection", model=self.model)


Detector("acme/detector-7b").load()
