from transformers import pipeline


class Classifier:
    def __init__(self, labels, model_name):
        self.labels = labels
        self.model_name = model_name

    def run(self, text):
        return pipeline("zero-shot-classification", model=self.model_name)(text, self.labels)
