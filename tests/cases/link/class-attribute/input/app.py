from openai import OpenAI

from names import Models


class Bot:
    model = "gpt-4o-mini"

    def __init__(self):
        self.client = OpenAI()

    def ask(self, text):
        return self.client.responses.create(model=self.model, input=text)

    def think(self, text):
        return self.client.responses.create(model=Models.CHAT, input=text)

    def embed(self, text):
        return self.client.embeddings.create(model=Models.Embedding.small, input=text)
