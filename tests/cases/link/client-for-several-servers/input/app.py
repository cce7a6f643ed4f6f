import os

from openai import OpenAI


class Chat:
    def __init__(self, model=None):
        self.model = model or "gpt-4o-mini"
        if os.environ.get("OPENROUTER_API_KEY"):
            self.client = OpenAI(base_url="https://openrouter.ai/api/v1")
        else:
            self.client = OpenAI(base_url=os.getenv("OPENAI_BASE_URL") or "https://api.openai.com/v1")

    def ask(self, messages):
        return self.client.chat.completions.create(model=self.model, messages=messages)


def served(messages):
    own = OpenAI(base_url="http://gpu.intranet.invalid:8000/v1")
    return own.chat.completions.create(model="Qwen/Qwen2.5-32B-Instruct", messages=messages)
