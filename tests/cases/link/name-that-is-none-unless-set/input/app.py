from openai import OpenAI

from config import Config


class Embedder:
    def __init__(self, config: Config | None = None):
        self.config = config
        self.client = OpenAI()

    def embed(self, text):
        return self.client.embeddings.create(input=[text], model=self.config.model, dimensions=self.config.size)
