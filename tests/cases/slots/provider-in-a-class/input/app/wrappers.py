import requests


class GroqChat:
    def __init__(self, config):
        self.config = config
        if not self.config.model:
            self.config.model = "llama-3.3-70b-versatile"


class AzureWriter:
    def __init__(self, model="gpt-4o-mini"):
        self.model = model


class TogetherEmbedder:
    model_name: str = "togethercomputer/m2-bert-80M-8k-retrieval"
    api_version: str = "2024-05-15"
    model_type: str = "chat-2"


class Plain:
    def __init__(self, model="llama-3.3-70b-versatile"):
        self.model = model


def ask(model, text):
    return requests.post("https://llm.example/v1", json={"model": model, "text": text})
