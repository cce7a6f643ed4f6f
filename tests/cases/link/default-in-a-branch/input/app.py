from openai import OpenAI


class Chat:
    def __init__(self, config, model=None):
        if isinstance(config, dict):
            config.model = config.model or "gpt-4o"
        elif not config.model:
            config.model = "gpt-4.1"
        if config.small:
            config.model = "gpt-4o-mini"
        self.config = config

    def ask(self, text):
        return OpenAI().responses.create(model=self.config.model, input=text)
