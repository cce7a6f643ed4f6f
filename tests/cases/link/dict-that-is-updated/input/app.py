import openai
from transformers import AutoModel, AutoTokenizer, pipeline


class Chat:
    def __init__(self, config):
        self.config = config
        if not self.config.model:
            self.config.model = "gpt-4o-mini"
        self.client = openai.OpenAI()

    def options(self, **kwargs):
        options = {}
        options.update(kwargs)
        return options

    def ask(self, messages, **kwargs):
        params = self.options(**kwargs)
        params.update({"model": self.config.model, "messages": messages})
        params["temperature"] = 0
        return self.client.chat.completions.create(**params)


def load(**rest):
    rest.setdefault("pretrained_model_name_or_path", "acme-ai/default-base")
    return AutoModel.from_pretrained(**rest)


def summarise(text):
    settings = dict(task="summarization")
    settings.update(model="acme-ai/summary-base")
    digest = text.sha()
    digest.update(text)
    return pipeline(**settings)(text, AutoTokenizer.from_pretrained(digest))
