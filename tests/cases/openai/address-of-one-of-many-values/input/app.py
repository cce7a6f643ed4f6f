from dataclasses import dataclass

from openai import OpenAI


@dataclass(frozen=True)
class Provider:
    base_url: str
    model: str

    def ask(self, text):
        client = OpenAI(base_url=self.base_url)
        return client.chat.completions.create(model=self.model, messages=[{"role": "user", "content": text}])


DEEPSEEK = Provider("https://api.deepseek.com", "deepseek-reasoner")
XAI = Provider("https://api.x.ai/v1", model="grok-3-mini")
OWN = Provider("https://llm.example/v1", "our-model")
