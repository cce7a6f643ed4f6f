from openai import OpenAI


class Assistant:
    def __init__(self, config):
        self.config = config
        if not self.config.model:
            self.config.model = "gpt-4.1-nano"
        self.client = OpenAI()

    def ask(self, text, engine=None):
        if engine is None:
            engine = "gpt-4o-2024-08-06"
        self.client.responses.create(model=engine, input=text)
        return self.client.responses.create(model=self.config.model, input=text)
