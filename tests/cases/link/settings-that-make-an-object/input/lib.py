from transformers import AutoModel


class Wrapper:
    def __init__(self, name):
        self.m = AutoModel.from_pretrained(name)
