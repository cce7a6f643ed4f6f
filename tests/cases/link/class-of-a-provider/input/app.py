from openai import OpenAI


class DeepSeekModel:
    def __init__(self, model="deepseek-coder-33b", base_url=None):
        self.model = model
        self.client = OpenAI(base_url=base_url) if base_url else OpenAI()

    def ask(self, text):
        return self.client.chat.completions.create(model=self.model, messages=[text])


class Writer:
    def __init__(self, model="gpt-4o"):
        self.model = model
        self.client = OpenAI()

    def ask(self, text):
        return self.client.chat.completions.create(model=self.model, messages=[text])
