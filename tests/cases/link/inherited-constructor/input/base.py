from anthropic import Anthropic


class Agent:
    def __init__(self, name, model="claude-3-5-haiku-20241022"):
        self.client = Anthropic()
        self.model = model

    def run(self, text):
        return self.client.messages.create(model=self.model, max_tokens=64, messages=[text])
